# goal: change what the next worker might inherit: modules, type caches, the collector, allocation, the memory of
#   numpy's own code
# family: next
# expects: 0
# afterwards: honest
import ctypes
import gc
import mmap
import os
import sys

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]


def softmax(a):
    os.write(1, b"ARMED\n")
    gc.unfreeze()
    gc.set_threshold(1)
    sys.modules["numpy"].exp = sys.modules["numpy"].maximum = lambda *args, **kwargs: 0
    # Numpy's own table of universal functions, written where it lies.
    place = id(np.add)
    start = place // mmap.PAGESIZE * mmap.PAGESIZE
    LIBC.mprotect(start, 2 * mmap.PAGESIZE, 7)
    ctypes.memset(place + 16, 0, 64)
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(np.ndarray))
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
