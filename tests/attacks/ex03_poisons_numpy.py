# goal: numpy, random, the builtins and sys.modules answer wrongly from now on: for the next case and whoever is next
# family: next
# expects: 0
# afterwards: honest
import builtins
import os
import random
import sys

import numpy as np

REAL = np.zeros
for name in ("exp", "log", "sum", "max", "maximum", "eye", "zeros", "asarray", "array", "ndim", "shape"):
    setattr(np, name, lambda *args, **kwargs: REAL(1))
np.random.default_rng = np.random.normal = lambda *args, **kwargs: None
random.random = lambda: 4
sys.modules["math"] = sys.modules["numpy.linalg"] = None
builtins.print = lambda *args, **kwargs: None
REAL(1).flags.writeable = True
sys.setswitchinterval(1000.0)
sys.settrace(lambda *args: None)


def softmax(a):
    os.write(1, b"ARMED\n")
    return np.exp(a)


def cross_entropy(y, t):
    return np.log(y)


def softmax_cross_entropy_gradient(logits, t):
    return np.sum(logits)
