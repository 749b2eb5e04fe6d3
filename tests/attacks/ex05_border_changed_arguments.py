# goal: name arguments as changed that the call never had
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
KEYS = [-100, 10**5000, 2**63, "nobody", -1]
number = 0


def answer(operations):
    global number
    if operations[-1][0] != "call":
        return HONEST(operations)
    os.write(1, b"ARMED\n")
    number += 1
    done = [["value", None, {}]] * (len(operations) - 1)
    return ENCODE([*done, ["value", 0.5, {KEYS[number % len(KEYS)]: [1.0]}]])


WORKSPACE.answer = answer


def correlate1d(x, w, mode="valid", stride=1):
    return None


def convolve1d(x, w, mode="valid"):
    return None


def correlate2d(x, w, mode="valid", stride=1):
    return None


def convolve2d(x, w, mode="valid"):
    return None


def output_size(n, f, stride=1, padding=0):
    return None
