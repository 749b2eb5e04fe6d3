# goal: arrays whose header promises more, less or other bytes than the payload holds
# family: wire
# expects: 0 runtime_error
# afterwards: memory, honest
import os
import struct
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
number = 0


def array(shape, dtype=b"<f8", order=b"C"):
    fields = b"\x93" + bytes([0xA0 + len(dtype)]) + dtype + bytes([0x90 + len(shape)])
    fields += b"".join(b"\xcf" + struct.pack(">Q", side) for side in shape) + b"\xa1" + order
    return b"\xc7" + bytes([len(fields), 4]) + fields


CASES = [
    (array([3]), b"\0" * 32),
    (array([3]), b"\0" * 8),
    (array([3]), b""),
    (array([2**40]), b"\0" * 8),
    (array([2**62, 2**62]), b""),
    (array([0, 2**40]), b""),
    (array([2**26, 2**26, 0]), b""),
    (array([1] * 15), b"\0" * 8),
    (array([3], order=b"X"), b"\0" * 24),
    (array([3], dtype=b"<f9"), b"\0" * 24),
    (b"\xc0", b"\0" * 2**20),
]


def answer(operations):
    global number
    if operations[-1][0] != "call":
        return HONEST(operations)
    os.write(1, b"ARMED\n")
    number += 1
    claimed, payload = CASES[number % len(CASES)]
    last = b"\x93\xa5value" + claimed + b"\x80"
    return bytes([0x90 + len(operations)]) + DONE * (len(operations) - 1) + last, payload


WORKSPACE.answer = answer


def softmax(a):
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
