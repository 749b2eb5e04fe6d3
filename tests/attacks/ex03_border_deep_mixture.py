# goal: lists within tuples within dicts within lists: each kind within its limit, all together far beyond
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
DONE = b"\x93\xa5value\xc0\x80"


def layer(data):
    inner = b"\x91" + b"\x91" * 40 + data
    return b"\xc9" + len(inner).to_bytes(4, "big") + b"\x03" + inner


BOMB = b"\x90"
for _ in range(60):
    BOMB = layer(BOMB)


def answer(operations):
    if operations[-1][0] != "call":
        return HONEST(operations)
    os.write(1, b"ARMED\n")
    last = b"\x93\xa5value" + BOMB + b"\x80"
    return bytes([0x90 + len(operations)]) + DONE * (len(operations) - 1) + last, b""


WORKSPACE.answer = answer


def softmax(a):
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
