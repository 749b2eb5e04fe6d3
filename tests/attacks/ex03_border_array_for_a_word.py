# goal: arrays where the protocol has words, numbers and lists, which no comparison tells apart in one answer
# family: wire
# expects: 0 runtime_error
# afterwards: honest
import os
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
ODD = [np.zeros((0, 3)), np.ones(3), np.array("x", dtype=object).size * np.ones(2)]
number = 0


def answer(operations):
    global number
    if operations[-1][0] != "call":
        return HONEST(operations)
    os.write(1, b"ARMED\n")
    number += 1
    odd = ODD[number % len(ODD)]
    replies = [
        [odd, odd, odd],
        ["value", 0.5, odd],
        ["raised", odd, odd, odd],
        ["raised", [odd], "", []],
        ["raised", ["ValueError"], "", [odd]],
        ["raised", ["ValueError"], "", [[odd, odd]]],
        odd,
    ]
    return ENCODE([*([["value", None, {}]] * (len(operations) - 1)), replies[number % len(replies)]])


WORKSPACE.answer = answer


def softmax(a):
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
