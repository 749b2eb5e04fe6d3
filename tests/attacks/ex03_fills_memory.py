# goal: take memory until there is none
# family: limits
# expects: 0 memory_limit
# afterwards: memory, honest
import os


def softmax(a):
    os.write(1, b"ARMED\n")
    kept = []
    while True:
        kept.append(bytearray(8 * 2**20))


def cross_entropy(y, t):
    return b"x" * 2**31


def softmax_cross_entropy_gradient(logits, t):
    return [[0.0] * 10**6 for _ in range(10**6)]
