# goal: an exception with names, a message and a traceback of megabytes swells every report
# family: report
# expects: 0 runtime_error
# afterwards: memory, honest
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


def answer(operations):
    if operations[-1][0] != "call":
        return HONEST(operations)
    os.write(1, b"ARMED\n")
    done = [["value", None, {}]] * (len(operations) - 1)
    frames = [[number % 9, "name"] for number in range(50_000)] + [[-5, "x"], [10**300, "\x1b[2J"]]
    return ENCODE([*done, ["raised", ["E" * 1_000_000, "Exception"], "m" * 2_000_000, frames]])


WORKSPACE.answer = answer

def softmax(a):
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
