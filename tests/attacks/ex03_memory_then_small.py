# goal: take nearly all that is allowed in one case, and again in the next, and the next
# family: limits
# expects: 0
# afterwards: memory, honest
import os

KEPT = []


def softmax(a):
    os.write(1, b"ARMED\n")
    KEPT.append(bytearray(40 * 2**20))
    return None


def cross_entropy(y, t):
    KEPT.append(bytearray(40 * 2**20))
    return None


def softmax_cross_entropy_gradient(logits, t):
    KEPT.append(bytearray(40 * 2**20))
    return None
