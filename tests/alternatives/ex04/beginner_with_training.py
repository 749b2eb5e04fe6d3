# ruff: noqa
# 딥러닝 과제 4 - 오차역전파
import numpy as np
import matplotlib.pyplot as plt
from tensorflow import keras


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        dx = np.dot(dout, self.W.T)
        print("dx.shape =", dx.shape)
        return dx


class Sigmoid:
    def forward(self, x):
        self.y = 1 / (1 + np.exp(-x))
        return self.y

    def backward(self, dout):
        return dout * self.y * (1 - self.y)


class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, dout):
        return dout * (1 - self.y * self.y)


class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(0, x)

    def backward(self, dout):
        dx = np.zeros_like(dout)
        for i in range(dout.shape[0]):
            for j in range(dout.shape[1]):
                if self.x[i][j] > 0:
                    dx[i][j] = dout[i][j]
        return dx


class SoftmaxWithLoss:
    def forward(self, x, t):
        # 레이블이면 원-핫으로
        if t.ndim == 1:
            t = np.eye(x.shape[1])[t]
        self.t = t
        e = np.exp(x - np.max(x, axis=1).reshape(-1, 1))
        self.y = e / np.sum(e, axis=1).reshape(-1, 1)
        return -np.sum(t * np.log(self.y + 1e-7)) / x.shape[0]

    def backward(self, dout=1):
        return dout * (self.y - self.t) / self.t.shape[0]


def numerical_gradient(f, x):
    h = 1e-4
    x = x.astype(float)
    grad = np.zeros_like(x)
    for idx in np.ndindex(x.shape):
        tmp = x[idx]
        x[idx] = tmp + h
        f1 = f(x)
        x[idx] = tmp - h
        f2 = f(x)
        grad[idx] = (f1 - f2) / (2 * h)
        x[idx] = tmp
    return grad


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        self.params = {
            "W1": weight_init_std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": weight_init_std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def forward(self, x, t):
        self.a1 = Affine(self.params["W1"], self.params["b1"])
        self.s1 = Sigmoid()
        self.a2 = Affine(self.params["W2"], self.params["b2"])
        self.last = SoftmaxWithLoss()
        return self.last.forward(self.a2.forward(self.s1.forward(self.a1.forward(x))), t)

    def loss(self, x, t):
        return self.forward(x, t)

    def gradient(self, x, t):
        self.forward(x, t)
        d = self.last.backward()
        d = self.a2.backward(d)
        d = self.s1.backward(d)
        self.a1.backward(d)
        return {"W1": self.a1.dW, "b1": self.a1.db, "W2": self.a2.dW, "b2": self.a2.db}


# ---- 학습 ----
(x_train, t_train), (x_test, t_test) = keras.datasets.mnist.load_data()
x_train = x_train.reshape(60000, 784) / 255

net = TwoLayerNet(784, 50, 10)
losses = []
for i in range(1000):
    mask = np.random.choice(60000, 100)
    grads = net.gradient(x_train[mask], t_train[mask])
    for key in net.params:
        net.params[key] -= 0.1 * grads[key]
    losses.append(net.loss(x_train[mask], t_train[mask]))
plt.plot(losses)
plt.show()
