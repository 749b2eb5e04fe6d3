# goal: an object whose contents differ each time they are looked at: first what was passed in, then nonsense
# family: lie
# expects: 0
# afterwards: honest
import itertools
import os

import numpy as np


class Fickle:
    def __init__(self, *arrays):
        self.arrays = itertools.cycle([np.asarray(array, float) for array in arrays])

    def __array__(self, dtype=None, copy=None):
        return next(self.arrays)

    @property
    def shape(self):
        return next(self.arrays).shape

    def __len__(self):
        return len(next(self.arrays))

    def __iter__(self):
        return iter(next(self.arrays))


def correlate1d(x, w, mode="valid", stride=1):
    os.write(1, b"ARMED\n")
    x[...] = 0
    w[...] = 0
    return Fickle(x, w)


def convolve1d(x, w, mode="valid"):
    x[...] = 0
    return (Fickle(x, w) for _ in range(3))


def correlate2d(x, w, mode="valid", stride=1):
    x[...] = 0
    return Fickle(x, w)


def convolve2d(x, w, mode="valid"):
    x[...] = 0
    return Fickle(w)


def output_size(n, f, stride=1, padding=0):
    return Fickle([n], [f])
