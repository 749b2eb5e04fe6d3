"""ex01: Step function and perceptron.

The statement is in README.md (한국어: README.ko.md). Fill in the six functions;
then run `grade check ex01`.
"""

import numpy as np


def step_function(x):
    """Return 1 where x is greater than 0, and 0 everywhere else.

    Args:
        x: A number, or an int or float array of any shape. Must not be changed.

    Returns:
        0 or 1 for a number; an int array of the same shape for an array. At
        exactly 0 the result is 0.
    """
    raise NotImplementedError


def perceptron(x, w, b):
    """Return the output of one unit, or of a layer of units, for one sample or a batch.

    Args:
        x: One sample of shape (n,), or a batch of shape (N, n). Must not be changed.
        w: The weights of one unit, shape (n,), or of m units, shape (n, m), one
            column for each unit. Must not be changed.
        b: The bias: a number for one unit, shape (m,) for m units.

    Returns:
        0 or 1 for each sample and unit: a number, or an int array of shape (N,),
        (m,) or (N, m).
    """
    raise NotImplementedError


def AND(x1, x2):
    """Return 1 if both inputs are 1, else 0.

    Args:
        x1: 0 or 1.
        x2: 0 or 1.

    Returns:
        0 or 1.
    """
    raise NotImplementedError


def OR(x1, x2):
    """Return 0 if both inputs are 0, else 1.

    Args:
        x1: 0 or 1.
        x2: 0 or 1.

    Returns:
        0 or 1.
    """
    raise NotImplementedError


def NAND(x1, x2):
    """Return 0 if both inputs are 1, else 1.

    Args:
        x1: 0 or 1.
        x2: 0 or 1.

    Returns:
        0 or 1.
    """
    raise NotImplementedError


def train_perceptron(X, t, lr=1.0, epochs=100):
    """Learn weights and bias of one unit with the perceptron rule.

    Args:
        X: Samples, int or float array of shape (N, n). Must not be changed.
        t: Targets, int array of shape (N,) that holds 0 and 1. Must not be changed.
        lr: Learning rate, greater than 0.
        epochs: How many times at most to go through all samples, at least 1.

    Returns:
        The pair (w, b): weights of shape (n,), and the bias, a number.
    """
    raise NotImplementedError
