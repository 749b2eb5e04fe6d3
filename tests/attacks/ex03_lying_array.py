# goal: an ndarray subclass whose comparisons, ufuncs, shape and copies lie
# family: lie
# expects: 0 failed
# afterwards: honest
import os

import numpy as np


class Lie(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.zeros(()) if method == "reduce" else True

    def __array_function__(self, function, types, args, kwargs):
        return np.ones(())

    def __eq__(self, other):
        return np.ones(1, dtype=bool)

    @property
    def shape(self):
        return (3, 4)

    def __reduce__(self):
        return (os._exit, (0,))

    def tobytes(self, *args, **kwargs):
        return b""

    def __getattribute__(self, name):
        if name in ("dtype", "nbytes", "size"):
            return 12
        return super().__getattribute__(name)


def softmax(a):
    os.write(1, b"ARMED\n")
    return np.full(2, 9.0).view(Lie)


def cross_entropy(y, t):
    return np.full((), 9.0).view(Lie)


def softmax_cross_entropy_gradient(logits, t):
    return [np.full(2, 9.0).view(Lie)]
