"""ex02: XOR and the multilayer perceptron.

The statement is in README.md (한국어: README.ko.md). Fill in the seven functions;
then run `grade check ex02`.
"""

import numpy as np


def XOR(x1, x2):
    """Return whether exactly one of two inputs is 1, made of AND, OR and NAND.

    Args:
        x1: 0 or 1.
        x2: 0 or 1.

    Returns:
        0 or 1, an int.
    """
    raise NotImplementedError


def xor_forward(X, W1, b1, W2, b2):
    """Send rows through a hidden and an output layer of sigmoid units.

    Args:
        X: Inputs, shape (N, D), one sample a row. Must not be changed.
        W1: Hidden weights, shape (D, H), one unit a column.
        b1: Hidden biases, shape (H,).
        W2: Output weights, shape (H, 1).
        b2: Output bias, shape (1,).

    Returns:
        Array of shape (N, 1), the sigmoid values themselves, not rounded.
    """
    raise NotImplementedError


def relu_xor_hidden(X):
    """Return the hidden layer of the ReLU network of the statement.

    Args:
        X: Inputs, any real numbers, shape (N, 2). Must not be changed.

    Returns:
        Array of shape (N, 2).
    """
    raise NotImplementedError


def relu_xor(X):
    """Return the output of the ReLU network of the statement.

    Args:
        X: Inputs, any real numbers, shape (N, 2). Must not be changed.

    Returns:
        Array of shape (N,), one number a row.
    """
    raise NotImplementedError


def forward(x, layers):
    """Send one vector or a batch of rows through any number of layers.

    Args:
        x: Shape (n,) or (N, n). Must not be changed.
        layers: A list of tuples (W, b, activation), the first layer first: W of shape
            (inputs, outputs), b of shape (outputs,), and activation one of "step",
            "sigmoid", "tanh", "relu", "identity" and "softmax". Must not be changed.

    Returns:
        Array of shape (m,) or (N, m), where m is the number of outputs of the last layer.

    Raises:
        ValueError: The activation is none of the six.
    """
    raise NotImplementedError


def count_params(sizes):
    """Return the number of weights and biases of a fully connected network.

    Args:
        sizes: Units of each layer, the inputs first: a list such as [784, 300, 100, 10].

    Returns:
        An int.
    """
    raise NotImplementedError


def train_xor(rng):
    """Train a small network until it computes XOR.

    Args:
        rng: A `numpy.random.Generator`, such as `np.random.default_rng(0)`. Every random
            number of the training comes from it.

    Returns:
        A function predict(X): for X of shape (N, 2) it returns the outputs of the network
        trained here, shape (N, 1), not rounded; above 0.5 means 1, below 0.5 means 0.
    """
    raise NotImplementedError
