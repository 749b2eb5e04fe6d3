# goal: answer with the border's own records, which only requests may hold: places, seeds, slices, handles, dates
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
HUGE = 10**5000
number = 0


def answer(operations):
    global number
    header, payload = HONEST(operations)
    if operations[-1][0] in ("load", "has"):
        return header, payload
    os.write(1, b"ARMED\n")
    number += 1
    values = [
        KINDS["Reference"]("softmax", ((".", "__globals__"),)),
        KINDS["RngSeed"]((1, 2, 3)),
        slice(None, HUGE),
        ...,
        KINDS["Opaque"](2**62, "[red]\x1b[2J"),
        [KINDS["Opaque"](1, "a"), KINDS["Opaque"](1, "b")],
        {"params": KINDS["Opaque"](1, "")},
    ]
    return ENCODE([*([["value", None, {}]] * (len(operations) - 1)), ["value", values[number % len(values)], {}]])


WORKSPACE.answer = answer

def softmax(a):
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
