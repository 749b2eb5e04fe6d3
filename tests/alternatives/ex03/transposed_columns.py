"""Right, written another way: classes in columns by transposing, one-hot targets turned into labels."""

import numpy as np


def softmax(x):
    if x.ndim == 2:
        x = x.T
        x = x - np.max(x, axis=0)
        y = np.exp(x) / np.sum(np.exp(x), axis=0)
        return y.T

    x = x - np.max(x)
    return np.exp(x) / np.sum(np.exp(x))


def cross_entropy_error(y, t):
    if y.ndim == 1:
        t = t.reshape(1, t.size)
        y = y.reshape(1, y.size)

    if t.size == y.size:
        t = t.argmax(axis=1)

    batch_size = y.shape[0]
    picked = y[np.arange(batch_size), t.reshape(-1)]
    return -np.sum(np.log(picked + 1e-7)) / batch_size


def softmax_cross_entropy_gradient(x, t):
    dx = softmax(x).reshape(-1, x.shape[-1])
    batch_size = dx.shape[0]
    if t.size == x.size:
        dx = dx - t.reshape(dx.shape)
    else:
        dx[np.arange(batch_size), t.reshape(-1)] -= 1
    return dx.reshape(x.shape) / batch_size
