"""Reference solution of ex03: softmax with an overflow guard, cross-entropy, and the gradient of the two.

One idea runs through all of it: classes lie along the last axis. A vector (C,) is one sample, a matrix (N, C)
is N of them, and with `axis=-1` and `keepdims=True` the same lines serve both.

Source: Bishop (2006), Pattern Recognition and Machine Learning, equations 4.104 (softmax), 4.108
(cross-entropy) and 4.109 (its gradient); Goodfellow, Bengio and Courville (2016), Deep Learning, section 4.1
(the overflow).
"""

import numpy as np

# What a probability of 0 counts as inside a logarithm: -log(1e-12) is 27.6, large and finite.
SMALLEST_PROBABILITY = 1e-12


def softmax(a):
    """Turn logits into probabilities.

    softmax(a)_k = exp(a_k) / Σ_j exp(a_j) = exp(a_k - m) / Σ_j exp(a_j - m) for every m, because the factor
    exp(-m) stands above and below the line.

    Args:
        a: Logits, int or float array of shape (C,) or (N, C).

    Returns:
        Float array of the same shape; each sample's numbers sum to 1.

    Source: Goodfellow, Bengio and Courville (2016), section 4.1.
    """
    # With m = the sample's own maximum the largest exponent is 0. So nothing overflows, and the sum is at
    # least exp(0) = 1: it can never be 0 either. One maximum for the whole batch would guard the largest row
    # only; in a row that lies far below, every exponential would vanish and leave 0 / 0.
    #
    # keepdims leaves the maxima as (N, 1), which broadcasts over the columns. Without it they would be (N,)
    # and broadcast over the rows, in silence where N = C.
    #
    # The difference is a new array: `a -= ...` would change the caller's logits.
    shifted = a - np.max(a, axis=-1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


def as_one_hot(t, like):
    """Return targets as one-hot rows.

    Args:
        t: One-hot rows already, or labels: one dimension less than `like`.
        like: Array of shape (C,) or (N, C) that the targets belong to.

    Returns:
        Array of the shape of `like`.
    """
    if np.ndim(t) == np.ndim(like):
        return t
    # Row k of the identity is the one-hot row of class k, and indexing with an array picks a row for each
    # label. The width comes from `like`: the largest label of a batch may be smaller than C - 1.
    num_classes = like.shape[-1]
    return np.eye(num_classes)[t]


def count_samples(like):
    """Return N for an array of shape (N, C), and 1 for a single sample of shape (C,)."""
    return like.shape[0] if like.ndim == 2 else 1


def cross_entropy(y, t):
    """Return the mean cross-entropy of a batch.

    L = -1/N · Σ_n Σ_k t_nk · log(y_nk)

    Args:
        y: Probabilities, float array of shape (C,) or (N, C).
        t: One-hot rows of the same shape, or labels of shape (N,), one integer for (C,).

    Returns:
        One float. Probabilities below SMALLEST_PROBABILITY count as that.

    Source: Bishop (2006), equation 4.108, divided by N.
    """
    # log(0) is -inf, and 0 · -inf is nan: without the lower limit even a class that is not the target would
    # spoil the sum. Probabilities above the limit pass through unchanged.
    log_y = np.log(np.maximum(y, SMALLEST_PROBABILITY))
    return -np.sum(as_one_hot(t, y) * log_y) / count_samples(y)


def softmax_cross_entropy_gradient(logits, t):
    """Return the gradient of cross_entropy(softmax(logits), t) by the logits.

    For one sample L = -Σ_k t_k · log(y_k) and log(y_k) = z_k - log Σ_j exp(z_j). The derivative of that last
    logarithm by z_j is y_j itself, and the t_k sum to 1, so ∂L/∂z_j = y_j - t_j. Nothing is divided by y
    here: the gradient is exact even where a probability is 0. The mean over the batch adds the factor 1/N.

    Args:
        logits: Int or float array of shape (C,) or (N, C).
        t: One-hot rows or labels, as in `cross_entropy`.

    Returns:
        Float array of the shape of the logits. Each sample's numbers sum to 0: y and t both sum to 1.

    Source: Bishop (2006), equation 4.109, by the logits and divided by N.
    """
    return (softmax(logits) - as_one_hot(t, logits)) / count_samples(logits)
