# goal: answer with handles that were never given, of objects that are not there and of the worker itself
# family: wire
# expects: 0
# afterwards: honest
import os
import sys


def _frame_of_the_worker():
    frame = sys._getframe()
    while "workspace" not in frame.f_locals:
        frame = frame.f_back
    return frame


WORKER = _frame_of_the_worker()
WORKSPACE = WORKER.f_locals["workspace"]
HONEST = WORKSPACE.answer
ENCODE = WORKER.f_globals["encode"]
KINDS = type(WORKSPACE).answer.__globals__
NUMBERS = [10**6, 2**62, 0, 1]
number = 0
WORKSPACE.handles._objects[1] = WORKSPACE


def answer(operations):
    global number
    if operations[-1][0] != "call":
        return HONEST(operations)
    os.write(1, b"ARMED\n")
    number += 1
    handle = KINDS["Opaque"](NUMBERS[number % len(NUMBERS)], "ndarray of dtype float64")
    return ENCODE([*([["value", None, {}]] * (len(operations) - 1)), ["value", handle, {}]])


WORKSPACE.answer = answer


def softmax(a):
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
