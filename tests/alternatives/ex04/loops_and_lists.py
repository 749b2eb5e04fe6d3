# ruff: noqa: N803, NPY002 (as a learner writes it)
"""Right, written another way: plain loops over samples and cells, the math module, arrays only where asked for."""

import math

import numpy as np


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        num_in, num_out = self.W.shape
        out = []
        for row in x:
            out.append(
                [sum(row[i] * self.W[i, j] for i in range(num_in)) + self.b[j] for j in range(num_out)]
            )
        return out

    def backward(self, dout):
        num_in, num_out = self.W.shape
        dx = np.zeros((len(dout), num_in))
        self.dW = np.zeros((num_in, num_out))
        self.db = np.zeros(num_out)
        for n in range(len(dout)):
            for j in range(num_out):
                self.db[j] += dout[n][j]
                for i in range(num_in):
                    self.dW[i, j] += self.x[n][i] * dout[n][j]
                    dx[n, i] += dout[n][j] * self.W[i, j]
        return dx


class Activation:
    def forward(self, x):
        self.y = [[self.value(float(number)) for number in row] for row in x]
        return np.array(self.y)

    def backward(self, dout):
        rows = zip(self.y, dout, strict=True)
        return np.array([[d * self.slope(y) for y, d in zip(ys, ds, strict=True)] for ys, ds in rows])


class Sigmoid(Activation):
    def value(self, number):
        if number < 0:
            return math.exp(number) / (1 + math.exp(number))
        return 1 / (1 + math.exp(-number))

    def slope(self, y):
        return y * (1 - y)


class Tanh(Activation):
    def value(self, number):
        return math.tanh(number)

    def slope(self, y):
        return (1 - y) * (1 + y)


class Relu(Activation):
    def value(self, number):
        return max(number, 0.0)

    def slope(self, y):
        return 1.0 if y > 0 else 0.0


class SoftmaxCrossEntropy:
    def forward(self, x, t):
        self.y = []
        self.labels = [int(label) if np.ndim(label) == 0 else int(np.argmax(label)) for label in t]
        total = 0.0
        for row, label in zip(x, self.labels, strict=True):
            largest = max(row)
            exponentials = [math.exp(number - largest) for number in row]
            self.y.append([number / sum(exponentials) for number in exponentials])
            total -= math.log(max(self.y[-1][label], 1e-12))
        return total / len(self.labels)

    def backward(self, dout=1):
        dx = np.array(self.y)
        for n, label in enumerate(self.labels):
            dx[n, label] -= 1
        return dx * (dout / len(dx))


def numerical_grad(function, point):
    h = 1e-5
    slopes = []
    for i in range(point.size):
        values = []
        for step in (h, -h):
            moved = point.astype(float).flatten()
            moved[i] += step
            values.append(function(moved.reshape(point.shape)))
        slopes.append((values[0] - values[1]) / (2 * h))
    return np.array(slopes).reshape(point.shape)


class TwoLayerNetwork:
    def __init__(self, num_inputs, num_hidden, num_outputs, weight_init_std=0.01):
        self.affine1 = Affine(
            np.random.normal(0, weight_init_std, (num_inputs, num_hidden)), np.zeros(num_hidden)
        )
        self.affine2 = Affine(
            np.random.normal(0, weight_init_std, (num_hidden, num_outputs)), np.zeros(num_outputs)
        )
        self.sigmoid = Sigmoid()
        self.softmax = SoftmaxCrossEntropy()

    @property
    def params(self):
        return {"W1": self.affine1.W, "b1": self.affine1.b, "W2": self.affine2.W, "b2": self.affine2.b}

    def loss(self, x, t):
        return self.softmax.forward(self.affine2.forward(self.sigmoid.forward(self.affine1.forward(x))), t)

    def gradient(self, x, t):
        self.loss(x, t)
        self.affine1.backward(self.sigmoid.backward(self.affine2.backward(self.softmax.backward())))
        return {"W1": self.affine1.dW, "b1": self.affine1.db, "W2": self.affine2.dW, "b2": self.affine2.db}
