# goal: name a dtype that is a piece of source, which numpy's own parser fails on in its own way
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
NAMES = [b"<01", b"<(,f", b"|O", b"<,", b"|V8", b"=f,f", b"<0a", b"<M8"]
number = 0


def answer(operations):
    global number
    if operations[-1][0] != "call":
        return HONEST(operations)
    os.write(1, b"ARMED\n")
    number += 1
    name = NAMES[number % len(NAMES)]
    array = b"\x93" + bytes([0xA0 + len(name)]) + name + b"\x91\x00\xa1C"
    last = b"\x93\xa5value\xc7" + bytes([len(array), 4]) + array + b"\x80"
    return bytes([0x90 + len(operations)]) + DONE * (len(operations) - 1) + last, b""


WORKSPACE.answer = answer

def softmax(a):
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
