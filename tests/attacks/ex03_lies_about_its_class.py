# goal: objects that pass for arrays wherever `isinstance` is asked, and hold nothing
# family: lie
# expects: 0
# afterwards: honest
import os

import numpy as np


class Pretender:
    """Its class says that it is an array."""

    def __init__(self, shape):
        self.shape = shape

    __class__ = np.ndarray
    dtype = np.dtype(float)
    ndim, size, nbytes, flags, strides = 1, 3, 24, None, (8,)

    def tobytes(self, *arguments, **keywords):
        return b"\0" * 24

    def view(self, *arguments):
        return self

    def __array__(self, dtype=None, copy=None):
        return np.zeros(self.shape)


class Number:
    __class__ = float

    def __float__(self):
        return 0.0


def softmax(a):
    os.write(1, b"ARMED\n")
    return Pretender(np.shape(a))


def cross_entropy(y, t):
    return Number()


def softmax_cross_entropy_gradient(logits, t):
    return Pretender(np.shape(logits))
