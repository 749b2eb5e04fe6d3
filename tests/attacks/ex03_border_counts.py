# goal: more outcomes than were asked for, fewer, none, and outcomes after an exception
# family: wire
# expects: 0 runtime_error
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
number = 0


def answer(operations):
    global number
    if operations[-1][0] != "call":
        return HONEST(operations)
    os.write(1, b"ARMED\n")
    number += 1
    fine = ["value", 0.5, {}]
    bad = ["raised", ["ValueError"], "", []]
    replies = [[fine] * 9, [], [bad, fine, fine], None, {"score": 20.0}, [["passed"]], [fine[:2]], [bad[:2]], "passed"]
    return ENCODE(replies[number % len(replies)])


WORKSPACE.answer = answer

def softmax(a):
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
