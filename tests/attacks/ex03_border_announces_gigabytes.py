# goal: announce a message of 4 GiB, so that the grader allocates it
# family: wire
# expects: 0 runtime_error
# afterwards: memory, honest
import os
import struct


def softmax(a):
    os.write(1, b"ARMED\n")
    os.write(3, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF))
    return None


def cross_entropy(y, t):
    os.write(3, struct.pack("<II", 0, 64 * 2**20 + 1))
    return None


def softmax_cross_entropy_gradient(logits, t):
    os.write(3, struct.pack("<II", 4 * 2**20 + 9, 0))
    return None
