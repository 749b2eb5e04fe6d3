# goal: fill the grader's memory with large arrays that every case keeps
# family: wire
# expects: 0
# afterwards: memory, honest
import os

import numpy as np


def softmax(a):
    os.write(1, b"ARMED\n")
    return np.zeros(60 * 2**20, dtype=np.uint8)


def cross_entropy(y, t):
    return np.zeros(60 * 2**20, dtype=bool)


def softmax_cross_entropy_gradient(logits, t):
    return np.zeros(60 * 2**20, dtype=np.uint8)
