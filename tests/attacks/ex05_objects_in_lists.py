# goal: lists of objects that stay in the worker make the grader ask the worker again after the case is over
# family: wire
# expects: 0
# afterwards: time, honest
import time


class Slow:
    def __len__(self):
        time.sleep(0.2)
        return 10**9

    def __array__(self, dtype=None, copy=None):
        time.sleep(60)

    def __iter__(self):
        return iter([Slow()])


def correlate1d(x, w, mode="valid", stride=1):
    x[...] = 0
    return [Slow(), object()]


def convolve1d(x, w, mode="valid"):
    x[...] = 0
    return [[Slow()]]


def correlate2d(x, w, mode="valid", stride=1):
    return (object(), 1.0)


def convolve2d(x, w, mode="valid"):
    return [object()]


def output_size(n, f, stride=1, padding=0):
    return [object()]
