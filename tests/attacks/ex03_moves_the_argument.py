# goal: write the own answer into the argument, so that the solution is asked about something else
# family: lie
# expects: 0
# afterwards: honest
import os

import numpy as np


def softmax(a):
    os.write(1, b"ARMED\n")
    a[...] = -np.inf
    return np.full(a.shape, np.nan)


def cross_entropy(y, t):
    y[...] = 1.0
    return 0.0


def softmax_cross_entropy_gradient(logits, t):
    logits[...] = 0.0
    return np.zeros(logits.shape)
