# ruff: noqa: N802, N803, N806, RUF012, B905, RUF007 (as others write it)
"""A right solution of ex02: one class for every network, trained on squared errors with momentum."""

import numpy as np


class Network:
    functions = {
        "step": lambda z: np.heaviside(z, 0),
        "sigmoid": lambda z: np.exp(-np.logaddexp(0, -z)),
        "tanh": np.tanh,
        "relu": lambda z: z * (z > 0),
        "identity": lambda z: z + 0.0,
        "softmax": lambda z: np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True)),
    }

    def __init__(self, *layers):
        self.layers = layers

    def __call__(self, x):
        for W, b, name in self.layers:
            if name not in self.functions:
                raise ValueError(name)
            x = self.functions[name](np.dot(x, W) + b)
        return x

    @property
    def num_params(self):
        return sum(np.size(W) + np.size(b) for W, b, _ in self.layers)

    @classmethod
    def untrained(cls, sizes, draw):
        shapes = list(zip(sizes[:-1], sizes[1:]))
        return cls(*((draw(shape), np.zeros(shape[1]), "sigmoid") for shape in shapes))

    def fit(self, X, t, rate=2.0, momentum=0.8, steps=1000):
        speeds = [[np.zeros_like(W), np.zeros_like(b)] for W, b, _ in self.layers]
        for _ in range(steps):
            outputs = [X]
            for layer in self.layers:
                outputs.append(Network(layer)(outputs[-1]))
            delta = (outputs[-1] - t) * outputs[-1] * (1 - outputs[-1])
            gradients = []
            for (W, _, _), x in zip(self.layers[::-1], outputs[-2::-1]):
                gradients.insert(0, (x.T @ delta, delta.sum(0)))
                delta = delta @ W.T * x * (1 - x)
            for (W, b, _), speed, gradient in zip(self.layers, speeds, gradients):
                for parameter, k in ((W, 0), (b, 1)):
                    speed[k] = momentum * speed[k] - rate * gradient[k] / len(X)
                    parameter += speed[k]
        return self

    def predict(self, X):
        return self(X)


def XOR(x1, x2):
    return int((x1 or x2) and not (x1 and x2))


def xor_forward(X, W1, b1, W2, b2):
    return Network((W1, b1, "sigmoid"), (W2, b2, "sigmoid"))(X)


def relu_xor_hidden(X):
    return Network((np.ones((2, 2)), np.array([0, -1]), "relu"))(X)


def relu_xor(X):
    return Network((np.ones((2, 2)), np.array([0, -1]), "relu"), (np.array([1, -2]), 0, "identity"))(X)


def forward(x, layers):
    return Network(*layers)(x)


def count_params(sizes):
    return int(Network.untrained(sizes, np.zeros).num_params)


def train_xor(rng):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    t = np.array([[0], [1], [1], [0]])
    while True:
        network = Network.untrained([2, 4, 1], rng.standard_normal).fit(X, t)
        if np.array_equal(np.round(network(X)), t):
            return network.predict
