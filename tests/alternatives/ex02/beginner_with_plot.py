# ruff: noqa
# 2주차 - XOR
import numpy as np
import matplotlib.pyplot as plt


def AND(x1, x2):
    x = np.array([x1, x2])
    w = np.array([0.5, 0.5])
    b = -0.7
    tmp = np.sum(w * x) + b
    if tmp <= 0:
        return 0
    else:
        return 1


def NAND(x1, x2):
    x = np.array([x1, x2])
    w = np.array([-0.5, -0.5])
    b = 0.7
    tmp = np.sum(w * x) + b
    if tmp <= 0:
        return 0
    else:
        return 1


def OR(x1, x2):
    x = np.array([x1, x2])
    w = np.array([0.5, 0.5])
    b = -0.2
    tmp = np.sum(w * x) + b
    if tmp <= 0:
        return 0
    else:
        return 1


def xor_gate(x1, x2):
    s1 = NAND(x1, x2)
    s2 = OR(x1, x2)
    y = AND(s1, s2)
    return y


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def step_function(x):
    return np.array(x > 0, dtype=int)


def relu(x):
    return np.maximum(0, x)


def identity_function(x):
    return x


def softmax(a):
    if a.ndim == 2:
        return np.array([softmax(row) for row in a])
    c = np.max(a)
    exp_a = np.exp(a - c)
    return exp_a / np.sum(exp_a)


def xor_forward(X, W1, b1, W2, b2):
    A1 = np.dot(X, W1) + b1
    Z1 = sigmoid(A1)
    A2 = np.dot(Z1, W2) + b2
    return sigmoid(A2)


W = np.array([[1, 1], [1, 1]])
c = np.array([0, -1])
w = np.array([1, -2])


def relu_xor_hidden(X):
    return relu(np.dot(X, W) + c)


def relu_xor(X):
    y = []
    for h in relu_xor_hidden(X):
        y.append(np.dot(h, w))
    return np.array(y)


def feedforward(x, layers):
    z = x
    for W, b, act in layers:
        a = np.dot(z, W) + b
        if act == "step":
            z = step_function(a)
        elif act == "sigmoid":
            z = sigmoid(a)
        elif act == "tanh":
            z = np.tanh(a)
        elif act == "relu":
            z = relu(a)
        elif act == "identity":
            z = identity_function(a)
        elif act == "softmax":
            z = softmax(a)
        else:
            raise ValueError("활성화 함수 이름이 잘못됐어요: " + act)
    return z


def count_parameters(sizes):
    n = 0
    for i in range(len(sizes) - 1):
        n = n + sizes[i] * sizes[i + 1] + sizes[i + 1]
    return n


class neuralNetwork:
    def __init__(self, inputnodes, hiddennodes, outputnodes, learningrate, rng):
        self.wih = rng.normal(0.0, 1.0, (hiddennodes, inputnodes))
        self.who = rng.normal(0.0, 1.0, (outputnodes, hiddennodes))
        self.bh = rng.normal(0.0, 1.0, (hiddennodes, 1))
        self.bo = rng.normal(0.0, 1.0, (outputnodes, 1))
        self.lr = learningrate
        self.losses = []

    def train(self, inputs_list, targets_list):
        inputs = np.array(inputs_list, ndmin=2).T
        targets = np.array(targets_list, ndmin=2).T
        hidden_outputs = sigmoid(np.dot(self.wih, inputs) + self.bh)
        final_outputs = sigmoid(np.dot(self.who, hidden_outputs) + self.bo)
        output_errors = (targets - final_outputs) * final_outputs * (1.0 - final_outputs)
        hidden_errors = np.dot(self.who.T, output_errors) * hidden_outputs * (1.0 - hidden_outputs)
        self.who += self.lr * np.dot(output_errors, hidden_outputs.T)
        self.bo += self.lr * output_errors.sum(axis=1, keepdims=True)
        self.wih += self.lr * np.dot(hidden_errors, inputs.T)
        self.bh += self.lr * hidden_errors.sum(axis=1, keepdims=True)
        self.losses.append(((targets - final_outputs) ** 2).sum())

    def query(self, inputs_list):
        inputs = np.array(inputs_list, ndmin=2).T
        hidden_outputs = sigmoid(np.dot(self.wih, inputs) + self.bh)
        return sigmoid(np.dot(self.who, hidden_outputs) + self.bo).T


X_data = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
t_data = np.array([[0], [1], [1], [0]])
last = None


def train_xor(rng):
    global last
    for i in range(10):
        n = neuralNetwork(2, 8, 1, 1.0, rng)
        for e in range(3000):
            n.train(X_data, t_data)
        last = n
        if (np.round(n.query(X_data)) == t_data).all():
            break
    return n.query


# ---- 확인 ----
for xs in [(0, 0), (1, 0), (0, 1), (1, 1)]:
    print(xs, "->", xor_gate(xs[0], xs[1]))
predict = train_xor(np.random.default_rng(42))
print(predict(X_data))
plt.plot(last.losses)
plt.xlabel("epoch")
plt.ylabel("loss")
plt.show()
