"""ex06: Pooling.

The statement is in README.md (한국어: README.ko.md). Fill in the four functions;
then run `grade check ex06`.
"""

import numpy as np


def max_pool1d(x, size, stride=1):
    """Keep the largest number of each window of a signal.

    Args:
        x: Input, int or float array of shape (n,). Must not be changed.
        size: Length of the window.
        stride: Steps between two windows, at least 1.

    Returns:
        Array of shape ((n - size) // stride + 1,).

    Raises:
        ValueError: The window is longer than the input.
    """
    raise NotImplementedError


def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
    """Keep the largest number of each window of an image or of a batch of images.

    Args:
        x: Image of shape (H, W), or batch of shape (N, H, W, C); ints or floats.
            Must not be changed.
        pool_h: Rows of the window.
        pool_w: Columns of the window.
        stride: Steps between two windows, the same for rows and columns.
        padding: "valid": only windows that lie inside the image. "same": as many
            windows as the statement says; cells outside the image are never the
            largest.

    Returns:
        Array with as many axes as x. N and C stay; H and W become the numbers of
        windows.

    Raises:
        ValueError: The padding is "valid" and the window is higher or wider than
            the image.
    """
    raise NotImplementedError


def average_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
    """Keep the mean of each window of an image or of a batch of images.

    Args:
        x: Image of shape (H, W), or batch of shape (N, H, W, C); ints or floats.
            Must not be changed.
        pool_h: Rows of the window.
        pool_w: Columns of the window.
        stride: Steps between two windows, the same for rows and columns.
        padding: "valid" or "same", with the windows of `max_pool2d`. The mean is
            taken over the cells that lie inside the image.

    Returns:
        Array of floats, of the shape that `max_pool2d` returns.

    Raises:
        ValueError: The padding is "valid" and the window is higher or wider than
            the image.
    """
    raise NotImplementedError


def max_pool2d_backward(d_out, x, pool_h, pool_w, stride=1):
    """Return the gradient of the loss with respect to the input of a max pooling.

    Args:
        d_out: Gradient with respect to max_pool2d(x, pool_h, pool_w, stride), and
            of its shape. Must not be changed.
        x: What was pooled, of shape (H, W) or (N, H, W, C); ints or floats. Must
            not be changed.
        pool_h: Rows of the window.
        pool_w: Columns of the window.
        stride: Steps between two windows, the same for rows and columns.

    Returns:
        Array of floats, of the shape of x. Among equal maxima of a window, the
        first in row-major order takes the gradient.
    """
    raise NotImplementedError
