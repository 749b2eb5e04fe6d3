"""ex05: Convolution and correlation.

The statement is in README.md (한국어: README.ko.md). Fill in the five functions;
then run `grade check ex05`.
"""

import numpy as np


def correlate1d(x, w, mode="valid", stride=1):
    """Slide the kernel over a signal and sum the products in each window.

    Args:
        x: Input, int or float array of shape (n,). Must not be changed.
        w: Kernel, int or float array of shape (f,). Must not be changed.
        mode: "valid", "same" or "full". An even kernel in "same" has its extra
            zero on the left.
        stride: Steps between two windows, at least 1.

    Returns:
        Array of shape (m,). With stride 1, m is n - f + 1 in "valid", n in "same"
        and n + f - 1 in "full"; a larger stride keeps every stride-th output of these,
        beginning with the first.

    Raises:
        ValueError: The mode is "valid" and the kernel is longer than the input.
    """
    raise NotImplementedError


def convolve1d(x, w, mode="valid"):
    """Convolve a signal with a kernel: correlation with the kernel flipped.

    Args:
        x: Input, int or float array of shape (n,). Must not be changed.
        w: Kernel, int or float array of shape (f,). Must not be changed.
        mode: "valid", "same" or "full". An even kernel in "same" has its extra
            zero on the left.

    Returns:
        Array of shape (n - f + 1,) in "valid", (n,) in "same", (n + f - 1,) in "full".

    Raises:
        ValueError: The mode is "valid" and the kernel is longer than the input.
    """
    raise NotImplementedError


def correlate2d(x, w, mode="valid", stride=1):
    """Slide a two-dimensional kernel over an image and sum the products.

    Args:
        x: Image, int or float array of shape (height, width). Must not be changed.
        w: Kernel, int or float array of shape (fh, fw). Must not be changed.
        mode: "valid", "same" or "full". An even kernel in "same" has its extra
            zeros at the bottom and on the right.
        stride: Steps between two windows, the same for rows and columns.

    Returns:
        Two-dimensional array; the rule of `correlate1d` holds for rows and columns.

    Raises:
        ValueError: The mode is "valid" and the kernel is higher or wider than the
            image.
    """
    raise NotImplementedError


def convolve2d(x, w, mode="valid"):
    """Convolve an image with a kernel: correlation with the kernel flipped both ways.

    Args:
        x: Image, int or float array of shape (height, width). Must not be changed.
        w: Kernel, int or float array of shape (fh, fw). Must not be changed.
        mode: "valid", "same" or "full". An even kernel in "same" has its extra
            zeros at the bottom and on the right.

    Returns:
        Two-dimensional array; the rule of `convolve1d` holds for rows and columns.

    Raises:
        ValueError: The mode is "valid" and the kernel is higher or wider than the
            image.
    """
    raise NotImplementedError


def output_size(n, f, stride=1, padding=0):
    """Return how many windows fit along one axis.

    Args:
        n: Length of the input, without padding.
        f: Length of the kernel, at most n + 2 * padding.
        stride: Steps between two windows, at least 1.
        padding: Zeros added on each of the two sides.

    Returns:
        Number of outputs, an int.
    """
    raise NotImplementedError
