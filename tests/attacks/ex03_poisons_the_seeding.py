# goal: raise where only the grader's own preparations run: the start of each case
# family: next
# expects: 0
# afterwards: honest
import os
import random

import numpy as np


def refuse(*_args, **_kwargs):
    os.write(1, b"ARMED\n")
    raise ValueError("no seed for you")


np.random.seed = random.seed = refuse


def softmax(a):
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
