"""Reference solution of ex01: a step, a weighted sum, three gates, and a rule that finds the weights.

A perceptron asks one question: is x·w + b greater than 0? The points where the sum is exactly 0 form a
straight line (a plane, a hyperplane), and the answer is which side of it the input lies on. Everything a
perceptron can and cannot do follows from that.

Source: Rosenblatt (1958), The perceptron, Psychological Review 65(6); the learning rule and its convergence
as in Novikoff (1962), On convergence proofs on perceptrons.
"""

import numpy as np


def step_function(x):
    """Return 1 where x is greater than 0, and 0 everywhere else.

    Args:
        x: A number, or an array of any shape.

    Returns:
        Integers in the shape of x.
    """
    # A comparison with an array compares every element, so no loop is needed, and the result is a new array:
    # x stays as it was. np.asarray makes a numpy value even of a plain Python number; without it the
    # comparison would give a plain True or False, which has no `astype`.
    #
    # `>` and not `>=`: at exactly 0 the result is 0.
    return (np.asarray(x) > 0).astype(int)


def perceptron(x, w, b):
    """Return the output of one unit, or of a layer of units, for one sample or a batch.

    y = step(x·w + b)

    Args:
        x: One sample (n,) or a batch (N, n).
        w: The weights of one unit (n,), or of m units (n, m), one column for each.
        b: A number for one unit, (m,) for m units.

    Returns:
        Integers of shape (), (N,), (m,) or (N, m).
    """
    # One `@` serves all four cases: it sums over the last axis of x and the first axis of w, which both have
    # length n, and keeps the others. np.sum(w * x), as one writes it for a single sample, would add up a
    # whole batch.
    #
    # b of shape (m,) lies along the last axis of the sums: every unit gets its own bias, every sample the
    # same ones.
    return step_function(x @ w + b)


def AND(x1, x2):
    """Return 1 if both inputs are 1, else 0."""
    # The sums of 00, 01, 10, 11 are -1.5, -0.5, -0.5, 0.5. Half-way between two sums that matter is the
    # safest place for the line; 0.5, 0.5, -0.7 works as well.
    return perceptron(np.array([x1, x2]), w=np.array([1.0, 1.0]), b=-1.5)


def OR(x1, x2):
    """Return 0 if both inputs are 0, else 1."""
    # The sums are -0.5, 0.5, 0.5, 1.5: the line of AND, moved towards the origin.
    return perceptron(np.array([x1, x2]), w=np.array([1.0, 1.0]), b=-0.5)


def NAND(x1, x2):
    """Return 0 if both inputs are 1, else 1."""
    # The sums are 1.5, 0.5, 0.5, -0.5. "s > 0" turns into "s < 0" when both sides are multiplied by -1, and
    # that means every number in the sum: the weights of AND and its bias.
    return perceptron(np.array([x1, x2]), w=np.array([-1.0, -1.0]), b=1.5)


def train_perceptron(X, t, lr=1.0, epochs=100):
    """Learn weights and bias of one unit with the perceptron rule.

    For each sample in turn, with its output y: w ← w + lr·(t − y)·x and b ← b + lr·(t − y).

    If some line separates the classes, this ends: there are at most (R/γ)² updates, where R is the length of
    the longest (x, 1) and γ the distance of the nearest (x, 1) to the best line through the origin of that
    space. If none does, it would go on for ever, so `epochs` limits it.

    Args:
        X: Samples (N, n).
        t: Targets (N,), 0 or 1.
        lr: Learning rate. From a zero start it only scales w and b, which leaves the line where it is.
        epochs: How many times at most to go through all samples.

    Returns:
        The pair (w, b): shape (n,) and a number.

    Source: Novikoff (1962).
    """
    # Floats, whatever X is made of: with integer weights a fraction of a step would be cut off.
    w = np.zeros(X.shape[1])
    b = 0.0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            # 0 if the output is right, 1 if it should have been higher, -1 if it should have been lower.
            # Adding x to w raises the sum of this very sample by x·x, which is never negative.
            error = target - perceptron(x, w, b)
            w = w + lr * error * x
            # The bias is the weight of an input that is always 1.
            b = b + lr * error
        # If every sample is on its side by now, no further epoch will move anything.
        if np.array_equal(perceptron(X, w, b), t):
            break
    return w, b
