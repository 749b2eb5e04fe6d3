# goal: NaN, infinities, empty arrays and shapes that broadcast stand in for numbers
# family: lie
# expects: 0
# afterwards: honest
import os

import numpy as np

number = 0


def softmax(a):
    global number
    os.write(1, b"ARMED\n")
    number += 1
    a = np.asarray(a, float)
    return [np.full(a.shape, np.nan), np.zeros(0), np.full((1, *a.shape), 0.5), 0.5, np.full(a.shape, np.inf)][number % 5]


def cross_entropy(y, t):
    return [np.nan, np.inf, -np.inf, np.zeros(0), np.full(1, 0.5)][np.size(y) % 5]


def softmax_cross_entropy_gradient(logits, t):
    return np.zeros((0, *np.shape(logits)))
