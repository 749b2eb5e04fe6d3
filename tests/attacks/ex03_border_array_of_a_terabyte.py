# goal: a header that promises an array of a terabyte, whose bytes then arrive one after another for ever
# family: wire
# expects: 0 time_limit
# afterwards: memory, time
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


def softmax(a):
    os.write(1, b"ARMED\n")
    shape = b"\x91\xcf" + struct.pack(">Q", 2**40)
    fields = b"\x93\xa3|u1" + shape + b"\xa1C"
    header = b"\x92\x93\xa5value\xc0\x80\x93\xa5value\xc7" + bytes([len(fields), 4]) + fields + b"\x80"
    os.write(3, struct.pack("<II", 8 + len(header), 64 * 2**20) + WORKER.f_locals["request_id"] + header)
    while True:
        os.write(3, b"\0" * 16)


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
