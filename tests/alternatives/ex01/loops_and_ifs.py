# ruff: noqa
"""Plain Python: numbers one by one, lists turned into arrays at the end."""

import numpy as np


def step_function(x):
    if isinstance(x, np.ndarray):
        out = np.empty(x.shape, dtype=np.int64)
        for index in np.ndindex(x.shape):
            out[index] = step_function(x[index])
        return out
    return 1 if x > 0 else 0


def weighted_sum(x, w, b):
    total = b
    for x_i, w_i in zip(x, w):
        total = total + x_i * w_i
    return total


def perceptron(x, w, b):
    if x.ndim == 2:
        return np.array([perceptron(row, w, b) for row in x])
    if w.ndim == 2:
        return np.array([perceptron(x, w[:, j], b[j]) for j in range(w.shape[1])])
    return step_function(weighted_sum(x, w, b))


def AND(x1, x2):
    w1, w2, theta = 0.5, 0.5, 0.7
    tmp = x1 * w1 + x2 * w2
    if tmp <= theta:
        return 0
    elif tmp > theta:
        return 1


def OR(x1, x2):
    w1, w2, theta = 0.5, 0.5, 0.2
    tmp = x1 * w1 + x2 * w2
    if tmp <= theta:
        return 0
    elif tmp > theta:
        return 1


def NAND(x1, x2):
    return 1 - AND(x1, x2)


def train_perceptron(X, t, lr=1.0, epochs=100):
    n = len(X[0])
    w = [0.0] * n
    b = 0
    for epoch in range(epochs):
        for i in range(len(X)):
            y = 1 if weighted_sum(X[i], w, b) > 0 else 0
            if y == t[i]:
                continue
            for j in range(n):
                if t[i] == 1:
                    w[j] += lr * X[i][j]
                else:
                    w[j] -= lr * X[i][j]
            b += lr if t[i] == 1 else -lr
    return w, b
