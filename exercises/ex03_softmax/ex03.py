"""ex03: Softmax with overflow guard.

The statement is in README.md (한국어: README.ko.md). Fill in the three
functions; then run `grade check ex03`.
"""

import numpy as np


def softmax(a):
    """Turn logits into probabilities, one distribution along the last axis.

    Args:
        a: Logits, int or float array of shape (C,) for one sample or (N, C)
            for a batch. Any size and any sign. Must not be changed.

    Returns:
        Float array of the same shape: no number is negative, and those of one
        sample sum to 1.
    """
    raise NotImplementedError


def cross_entropy(y, t):
    """Return the cross-entropy of probabilities, averaged over the batch.

    Args:
        y: Probabilities, float array of shape (C,) or (N, C). Must not be
            changed.
        t: Targets. Either one-hot, int or float, of the same shape as y; or
            labels from 0 to C - 1, an int array of shape (N,), and one integer
            where y is (C,).

    Returns:
        One number, finite even where the target's probability is 0.
    """
    raise NotImplementedError


def softmax_cross_entropy_gradient(logits, t):
    """Return the gradient of `cross_entropy(softmax(logits), t)` by the logits.

    Args:
        logits: Int or float array of shape (C,) or (N, C). Must not be changed.
        t: Targets, one-hot or labels as in `cross_entropy`.

    Returns:
        Float array of the same shape as the logits.
    """
    raise NotImplementedError
