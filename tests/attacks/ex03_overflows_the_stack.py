# goal: recursion in C and in Python until the stack ends, and reads and writes of no address
# family: escape
# expects: 0 runtime_error
# afterwards: honest
import ctypes
import os
import sys


def softmax(a):
    os.write(1, b"ARMED\n")
    sys.setrecursionlimit(10**9)

    class Deep:
        def __repr__(self):
            return repr([self])

    return repr(Deep())


def cross_entropy(y, t):
    return ctypes.string_at(0)


def softmax_cross_entropy_gradient(logits, t):
    ctypes.memset(8, 1, 8)
