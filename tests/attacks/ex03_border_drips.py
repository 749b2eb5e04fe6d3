# goal: announce a message and send it a byte at a time, so that the grader is always just about to be done
# family: wire
# expects: 0 time_limit
# afterwards: time, honest
import os
import struct
import time


def softmax(a):
    os.write(1, b"ARMED\n")
    os.write(3, struct.pack("<II", 1000, 60 * 2**20))
    while True:
        os.write(3, b"\0")
        time.sleep(0.001)


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
