# ruff: noqa: N802, N803, N806 (as others write it)
"""A right solution of ex02: biases as one more row, and an output layer that is solved for, not descended to."""

from functools import reduce

import numpy as np


def XOR(x1, x2):
    return x1 ^ x2


def with_ones(x):
    return np.concatenate([x, np.ones((*x.shape[:-1], 1))], axis=-1)


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def softmax(z):
    z = z - z.max(-1, keepdims=True)
    return (np.exp(z).T / np.exp(z).sum(-1)).T


def activate(z, name):
    match name:
        case "step":
            return np.where(z > 0, 1.0, 0.0)
        case "sigmoid":
            return sigmoid(z)
        case "tanh":
            return 2 * sigmoid(2 * z) - 1
        case "relu":
            return (z + abs(z)) / 2
        case "identity":
            return z
        case "softmax":
            return softmax(z)
    raise ValueError(f"{name} is none of the six")


def forward(x, layers):
    return reduce(
        lambda a, layer: activate(with_ones(a) @ np.vstack(layer[:2]), layer[2]), layers, np.asarray(x)
    )


def xor_forward(X, W1, b1, W2, b2):
    h = sigmoid(np.einsum("nd,dh->nh", X, W1) + b1)
    return sigmoid(np.sum(h * W2.T, axis=1, keepdims=True) + b2)


def relu_xor_hidden(X):
    total = X.sum(axis=1)
    return np.stack([total.clip(0), (total - 1).clip(0)], axis=1)


def relu_xor(X):
    return np.einsum("nh,h->n", relu_xor_hidden(X), [1.0, -2.0])


def count_params(sizes):
    sizes = np.array(sizes)
    return np.dot(sizes[:-1] + 1, sizes[1:])


def train_xor(rng):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    t = np.array([0, 1, 1, 0])
    for _ in range(50):
        V = rng.normal(size=(3, 12))
        W = np.linalg.lstsq(np.tanh(with_ones(X) @ V), t, rcond=None)[0]
        if np.allclose(np.tanh(with_ones(X) @ V) @ W, t, atol=0.3):
            break
    return lambda X: (np.tanh(with_ones(X) @ V) @ W)[:, np.newaxis]
