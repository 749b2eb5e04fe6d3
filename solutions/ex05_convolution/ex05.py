"""Reference solution of ex05: convolution and correlation, written out with numpy.

Everything here is one idea: a window slides over the input, and each output is the sum of the products
of the window's cells and the kernel's cells. Modes differ only in the zeros that are laid around the input
first; convolution differs from correlation only in the kernel's direction.

Source: Goodfellow, Bengio and Courville (2016), Deep Learning, section 9.1, equations 9.3 to 9.6; sizes from
Dumoulin and Visin (2016), arXiv:1603.07285, section 2.
"""

import numpy as np


def zeros_around(f, mode, *, extra_zero_first):
    """Return how many zeros go before and after an axis.

    A window of f cells fits n - f + 1 times into n cells. So f - 1 zeros in total keep the length n ("same"),
    and 2 (f - 1) zeros let the kernel touch the input with a single cell at either end ("full").

    Args:
        f: Length of the kernel along the axis.
        mode: "valid", "same" or "full".
        extra_zero_first: Where the odd one goes when the zeros cannot be halved, that is, for an even
            kernel in "same".

    Raises:
        ValueError: There is no such mode.
    """
    totals = {"valid": 0, "same": f - 1, "full": 2 * (f - 1)}
    if mode not in totals:
        raise ValueError(f"Unknown mode. Expected one of {list(totals)}. Received: {mode!r}")
    smaller = totals[mode] // 2
    larger = totals[mode] - smaller
    return (larger, smaller) if extra_zero_first else (smaller, larger)


def correlate1d(x, w, mode="valid", stride=1):
    """Slide the kernel over a signal and sum the products in each window.

    y[i] = Σ_k x[i·stride + k] · w[k], where x already has its zeros around it.

    Args:
        x: Input, shape (n,).
        w: Kernel, shape (f,).
        mode: "valid", "same" or "full"; an even kernel in "same" has its extra zero on the left.
        stride: Steps between two windows, at least 1.

    Returns:
        float64 array of shape (m,).

    Raises:
        ValueError: The mode is "valid" and the kernel is longer than the input.
    """
    # Floats from the start: sums of integer arrays could overflow (uint8 ends at 255), and an integer result
    # would cut off the fractions of a kernel such as [0.25, 0.5, 0.25].
    x = np.asarray(x, dtype=float)
    w = np.asarray(w, dtype=float)
    f = len(w)

    # np.pad returns a new array, so the caller's x stays as it was.
    padded = np.pad(x, zeros_around(f, mode, extra_zero_first=True))
    if f > len(padded):
        raise ValueError(f"The kernel is longer than the input. Expected {f} <= {len(padded)}")

    # The last window starts at n - f; range leaves its end out, hence the + 1.
    # Steps of `stride` make the larger stride a sample of the stride-1 result: y[::stride].
    starts = range(0, len(padded) - f + 1, stride)
    return np.array([np.sum(padded[start : start + f] * w) for start in starts])


def convolve1d(x, w, mode="valid"):
    """Convolve a signal with a kernel: correlation with the kernel flipped.

    y[i] = Σ_k x[i + k] · w[f - 1 - k]

    Args:
        x: Input, shape (n,).
        w: Kernel, shape (f,).
        mode: "valid", "same" or "full"; an even kernel in "same" has its extra zero on the left.

    Returns:
        float64 array of shape (m,).

    Raises:
        ValueError: The mode is "valid" and the kernel is longer than the input.
    """
    # w[::-1] is a view that reads w backwards; w itself does not change.
    return correlate1d(x, np.asarray(w)[::-1], mode)


def correlate2d(x, w, mode="valid", stride=1):
    """Slide a two-dimensional kernel over an image and sum the products.

    y[i, j] = Σ_a Σ_b x[i·stride + a, j·stride + b] · w[a, b], where x already has its zeros around it.

    Args:
        x: Image, shape (height, width).
        w: Kernel, shape (fh, fw).
        mode: "valid", "same" or "full"; an even kernel in "same" has its extra zeros at the bottom and on
            the right.
        stride: Steps between two windows, for rows and columns alike.

    Returns:
        float64 array, two-dimensional.

    Raises:
        ValueError: The mode is "valid" and the kernel is higher or wider than the image.
    """
    x = np.asarray(x, dtype=float)
    w = np.asarray(w, dtype=float)
    # Height and width stay apart in every line that follows: neither image nor kernel need be square.
    fh, fw = w.shape

    above_below = zeros_around(fh, mode, extra_zero_first=False)
    left_right = zeros_around(fw, mode, extra_zero_first=False)
    padded = np.pad(x, (above_below, left_right))
    height, width = padded.shape
    if fh > height or fw > width:
        raise ValueError(f"The kernel does not fit. Expected {w.shape} within {padded.shape}")

    tops = range(0, height - fh + 1, stride)
    lefts = range(0, width - fw + 1, stride)
    y = np.zeros((len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            window = padded[top : top + fh, left : left + fw]
            # Cell by cell, not a matrix product.
            y[i, j] = np.sum(window * w)
    return y


def convolve2d(x, w, mode="valid"):
    """Convolve an image with a kernel: correlation with the kernel flipped both ways.

    y[i, j] = Σ_a Σ_b x[i + a, j + b] · w[fh - 1 - a, fw - 1 - b]

    Args:
        x: Image, shape (height, width).
        w: Kernel, shape (fh, fw).
        mode: "valid", "same" or "full"; an even kernel in "same" has its extra zeros at the bottom and on
            the right.

    Returns:
        float64 array, two-dimensional.

    Raises:
        ValueError: The mode is "valid" and the kernel is higher or wider than the image.
    """
    # Rows and columns backwards: half a turn, not a mirror image and not a transpose.
    return correlate2d(x, np.asarray(w)[::-1, ::-1], mode)


def output_size(n, f, stride=1, padding=0):
    """Return how many windows fit along one axis.

    The last window may start at n + 2·padding - f. From 0 to there one can take (n + 2·padding - f) // stride
    whole steps, and every step ends at one more window than the first: hence the + 1 outside the division.

    Args:
        n: Length of the input, without padding.
        f: Length of the kernel.
        stride: Steps between two windows, at least 1.
        padding: Zeros added on each of the two sides.
    """
    return (n + 2 * padding - f) // stride + 1
