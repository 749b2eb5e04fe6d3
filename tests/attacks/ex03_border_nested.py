# goal: nest values deeper than anybody can follow: lists, maps, tuples within tuples
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
DONE = b"\x93\xa5value\xc0\x80"
number = 0


def tuples(depth):
    data = b"\x90"
    for _ in range(depth):
        inner = b"\x91" + data
        data = b"\xc9" + len(inner).to_bytes(4, "big") + b"\x03" + inner
    return data


BOMBS = [b"\x91" * 100_000 + b"\x90", b"\x91" * 400 + b"\x90", b"\x81\xc0" * 400 + b"\x90", tuples(70), tuples(2000)]


def answer(operations):
    global number
    if operations[-1][0] != "call":
        return HONEST(operations)
    os.write(1, b"ARMED\n")
    number += 1
    last = b"\x93\xa5value" + BOMBS[number % len(BOMBS)] + b"\x80"
    return bytes([0x90 + len(operations)]) + DONE * (len(operations) - 1) + last, b""


WORKSPACE.answer = answer

def softmax(a):
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
