# goal: answer the question which names are defined with arrays, which cannot be compared with a name
# family: wire
# expects: 0
# afterwards: honest
import sys

import numpy as np


def _frame_of_the_worker():
    frame = sys._getframe()
    while "workspace" not in frame.f_locals:
        frame = frame.f_back
    return frame


WORKER = _frame_of_the_worker()
WORKSPACE = WORKER.f_locals["workspace"]
HONEST = WORKSPACE.answer
ENCODE = WORKER.f_globals["encode"]


def answer(operations):
    if operations[-1][0] == "has":
        return ENCODE([["value", [np.ones(3), "softmax"], {}]])
    return HONEST(operations)


WORKSPACE.answer = answer

def softmax(a):
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
