# goal: return any array in reach that is not an argument: from frames, the garbage collector, constants
# family: read
# expects: 0
# afterwards: secrets
import gc
import os
import sys

import numpy as np


def arrays(*arguments):
    frame = sys._getframe(1)
    pool = list(gc.get_objects())
    while frame is not None:
        pool += [*frame.f_locals.values(), *frame.f_code.co_consts]
        for value in frame.f_locals.values():
            pool += value if isinstance(value, list | tuple) else []
        frame = frame.f_back
    for thing in pool:
        if isinstance(thing, np.ndarray) and thing.dtype == float and all(thing is not other for other in arguments):
            yield thing
        if isinstance(thing, tuple) and len(thing) > 3 and all(isinstance(item, float | int) for item in thing):
            yield np.asarray(thing, float)


def guess(*arguments):
    os.write(1, b"ARMED\n")
    for argument in arguments:
        argument[...] = -argument
    return next((found for found in arrays(*arguments) if found.size > 1), None)


def correlate1d(x, w, mode="valid", stride=1):
    return guess(x, w)


def convolve1d(x, w, mode="valid"):
    return guess(x, w)


def correlate2d(x, w, mode="valid", stride=1):
    return guess(x, w)


def convolve2d(x, w, mode="valid"):
    return guess(x, w)


def output_size(n, f, stride=1, padding=0):
    return -n
