# goal: take the border over for good: read every request by hand and claim a value for it
# family: wire
# expects: 0
# afterwards: honest
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
DECODE = WORKER.f_globals["decode"]


def read(size):
    data = b""
    while len(data) < size:
        data += os.read(3, size - len(data))
    return data


def softmax(a):
    os.write(1, b"ARMED\n")
    request_id = WORKER.f_locals["request_id"]
    number = 2
    while True:
        header, payload = ENCODE([["value", 0.5, {}]] * number)
        os.write(3, struct.pack("<II", 8 + len(header), len(payload)) + request_id + header + payload)
        sizes = struct.unpack("<II", read(8))
        header, payload = read(sizes[0]), read(sizes[1])
        request_id, number = header[:8], len(DECODE(header[8:], payload))


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
