"""ex04: Backpropagation.

The statement is in README.md (한국어: README.ko.md). Fill in the six classes and
the function; then run `grade check ex04`. A class without `__init__` may get one,
as long as it takes no arguments.
"""

import numpy as np


class Affine:
    """A fully connected layer: x @ W + b.

    Attributes:
        dW: Gradient of the loss by W, shape (D, M), after the last `backward`.
        db: Gradient of the loss by b, shape (M,), after the last `backward`.
    """

    def __init__(self, W, b):
        """Keep the parameters.

        Args:
            W: Weights, float array of shape (D, M).
            b: Bias, float array of shape (M,).
        """
        raise NotImplementedError

    def forward(self, x):
        """Return the layer's output, shape (N, M).

        Args:
            x: Inputs, float array of shape (N, D). Must not be changed.
        """
        raise NotImplementedError

    def backward(self, dout):
        """Set `dW` and `db`, and return the gradient by the last `forward`'s x.

        Args:
            dout: Gradient of the loss by the output, shape (N, M). Must not be
                changed.

        Returns:
            Array of shape (N, D).
        """
        raise NotImplementedError


class Sigmoid:
    """The activation y = 1 / (1 + exp(-x)), cell by cell."""

    def forward(self, x):
        """Return y for a float array x of shape (N, D), which must not be changed."""
        raise NotImplementedError

    def backward(self, dout):
        """Return the gradient by the last `forward`'s x, given that by its y."""
        raise NotImplementedError


class Tanh:
    """The activation y = tanh(x), cell by cell."""

    def forward(self, x):
        """Return y for a float array x of shape (N, D), which must not be changed."""
        raise NotImplementedError

    def backward(self, dout):
        """Return the gradient by the last `forward`'s x, given that by its y."""
        raise NotImplementedError


class Relu:
    """The activation y = max(0, x), cell by cell; its derivative at 0 is 0."""

    def forward(self, x):
        """Return y for a float array x of shape (N, D), which must not be changed."""
        raise NotImplementedError

    def backward(self, dout):
        """Return the gradient by the last `forward`'s x, given that by its y.

        The array dout must not be changed.
        """
        raise NotImplementedError


class SoftmaxWithLoss:
    """Softmax and cross-entropy in one layer, the last of a network."""

    def forward(self, x, t):
        """Return the mean loss of the batch, one finite number.

        Args:
            x: Logits, float array of shape (N, C). Must not be changed.
            t: Targets: one-hot, shape (N, C), or labels from 0 to C - 1, int array of
                shape (N,).
        """
        raise NotImplementedError

    def backward(self, dout=1):
        """Return the gradient by the logits of the last `forward`, shape (N, C).

        Args:
            dout: Gradient of what is differentiated by this layer's loss, a number.
        """
        raise NotImplementedError


def numerical_gradient(f, x):
    """Estimate the gradient of f at x by central differences.

    Args:
        f: Takes an array of the same shape as x and returns a number.
        x: Float or int array with one axis or more. Must hold the same numbers
            afterwards.

    Returns:
        Float array of the same shape as x.
    """
    raise NotImplementedError


class TwoLayerNet:
    """A network for classification: Affine, Sigmoid, Affine, SoftmaxWithLoss.

    Attributes:
        params: Dict with the parameters "W1", "b1", "W2" and "b2", float arrays.
    """

    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        """Make the parameters.

        Args:
            input_size: Number of inputs of a sample.
            hidden_size: Number of hidden units.
            output_size: Number of classes.
            weight_init_std: Standard deviation of the random weights, whose mean is
                0. Biases begin at 0.
        """
        raise NotImplementedError

    def loss(self, x, t):
        """Return the mean loss of a batch, one number.

        Args:
            x: Inputs, float array of shape (N, input_size).
            t: Targets, one-hot or labels as in `SoftmaxWithLoss`.
        """
        raise NotImplementedError

    def gradient(self, x, t):
        """Return the gradient of `loss(x, t)` by every parameter.

        Args:
            x: Inputs, float array of shape (N, input_size).
            t: Targets, one-hot or labels.

        Returns:
            Dict with the keys of `params`, each array of its parameter's shape.
        """
        raise NotImplementedError
