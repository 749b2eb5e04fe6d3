# ruff: noqa
"""The bias as the weight of an input that is always 1, einsum for the sums, and samples in random order."""

import numpy as np


def step_function(x):
    return np.heaviside(x, 0).astype(np.uint8)


def _with_one(x):
    ones = np.ones(x.shape[:-1] + (1,))
    return np.concatenate([x, ones], axis=-1)


def perceptron(x, w, b):
    full = np.concatenate([w, np.expand_dims(b, 0)], axis=0)
    return step_function(
        np.einsum("...i,i...->...", _with_one(x), full)
        if w.ndim == 1 and x.ndim == 1
        else _with_one(x).dot(full)
    )


def _gate(*weights):
    return lambda x1, x2: int(np.dot([x1, x2, 1], weights) > 0)


AND = _gate(2, 2, -3)
OR = _gate(2, 2, -1)
NAND = _gate(-2, -2, 3)


def train_perceptron(X, t, lr=1.0, epochs=100):
    inputs = _with_one(X)
    signs = 2 * t - 1
    v = np.zeros(inputs.shape[1])
    order = np.random.default_rng(0)
    for _ in range(epochs):
        wrong = False
        for i in order.permutation(len(inputs)):
            above = inputs[i] @ v > 0
            if above != (signs[i] > 0):
                v += lr * signs[i] * inputs[i]
                wrong = True
        if not wrong:
            break
    return v[:-1], v[-1]
