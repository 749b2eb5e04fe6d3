# goal: crash wherever softmax is asked for; only what the honest cross_entropy computes may count
# family: forge
# expects: 6 runtime_error
# afterwards: honest
import os

import numpy as np


def softmax(a):
    os.write(1, b"ARMED\n")
    os.abort()


def cross_entropy(y, t):
    y = np.atleast_2d(y)
    t = np.asarray(t)
    if t.ndim == 2 or (t.ndim == 1 and t.shape == y.shape[-1:] and len(y) == 1 and t.sum() == 1 and t.size > 1):
        t = np.argmax(np.atleast_2d(t), axis=-1)
    t = np.atleast_1d(t)
    return float(-np.mean(np.log(np.maximum(y[np.arange(len(y)), t], 1e-12))))


def softmax_cross_entropy_gradient(logits, t):
    return softmax(logits)
