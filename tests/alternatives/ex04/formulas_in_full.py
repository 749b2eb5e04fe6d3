# ruff: noqa: N803 (as a learner writes it)
"""Right, written another way: einsum in the layers, and a network that uses no layers, all formulas in one place."""

import numpy as np


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return np.einsum("nd,dm->nm", self.x, self.W) + self.b[np.newaxis, :]

    def backward(self, dout):
        self.dW = np.einsum("nd,nm->dm", self.x, dout)
        self.db = np.ones(len(dout)) @ dout
        return np.einsum("nm,dm->nd", dout, self.W)


def sigmoid(x):
    return np.where(x >= 0, 1.0, np.exp(-np.abs(x))) / (1.0 + np.exp(-np.abs(x)))


class Sigmoid:
    def forward(self, x):
        self.x = x
        return sigmoid(x)

    def backward(self, dout):
        return dout * sigmoid(self.x) * sigmoid(-self.x)


class Tanh:
    def forward(self, x):
        self.x = x
        return 2 * sigmoid(2 * x) - 1

    def backward(self, dout):
        return dout * 4 * sigmoid(2 * self.x) * sigmoid(-2 * self.x)


class Relu:
    def forward(self, x):
        self.x = x
        return (np.abs(x) + x) / 2

    def backward(self, dout):
        return dout * np.heaviside(self.x, 0.0)


def log_softmax(z):
    return z - np.logaddexp.reduce(z, axis=1, keepdims=True)


class SoftmaxWithLoss:
    def forward(self, x, t):
        self.log_y = log_softmax(x)
        self.labels = t if t.ndim == 1 else np.argmax(t, axis=1)
        return -np.mean(np.take_along_axis(self.log_y, self.labels[:, None], axis=1))

    def backward(self, dout=1):
        dx = np.exp(self.log_y)
        np.subtract.at(dx, (np.arange(len(dx)), self.labels), 1)
        return dout * dx / len(dx)


def numerical_gradient(f, x):
    x = np.asarray(x, dtype=float)
    h = 1e-3
    directions = np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [
        (8 * (f(x + h * e) - f(x - h * e)) - (f(x + 2 * h * e) - f(x - 2 * h * e))) / (12 * h)
        for e in directions
    ]
    return np.array(slopes).reshape(x.shape)


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        generator = np.random.default_rng(7)
        shapes = {"W1": (input_size, hidden_size), "W2": (hidden_size, output_size)}
        self.params = {
            name: generator.standard_normal(shape) * weight_init_std for name, shape in shapes.items()
        }
        self.params |= {"b1": np.zeros((hidden_size,)), "b2": np.zeros((output_size,))}

    def logits(self, x):
        p = self.params
        hidden = sigmoid(x @ p["W1"] + p["b1"])
        return hidden, hidden @ p["W2"] + p["b2"]

    def loss(self, x, t):
        one_hot = np.eye(len(self.params["b2"]))[t] if t.ndim == 1 else t
        return -(one_hot * log_softmax(self.logits(x)[1])).sum(axis=1).mean()

    def gradient(self, x, t):
        hidden, logits = self.logits(x)
        one_hot = np.eye(logits.shape[1])[t] if t.ndim == 1 else t
        delta2 = (np.exp(log_softmax(logits)) - one_hot) / x.shape[0]
        delta1 = delta2 @ self.params["W2"].T * hidden * (1 - hidden)
        return {
            "W1": x.T @ delta1,
            "b1": delta1.sum(axis=0),
            "W2": hidden.T @ delta2,
            "b2": delta2.sum(axis=0),
        }
