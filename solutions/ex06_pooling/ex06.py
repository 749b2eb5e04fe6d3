"""Reference solution of ex06: pooling, written out with numpy.

Everything here rests on one list: which cells each window covers along one axis. A window of an image is a
span of rows and a span of columns. Under `same`, a window may stick out of the image; it is simply cut at the
edge. So the cells outside can neither be the largest nor be counted in a mean, and nothing has to be padded.

Source: Goodfellow, Bengio and Courville (2016), Deep Learning, section 9.3; sizes from Dumoulin and Visin
(2016), arXiv:1603.07285, section 3; `same` as in Keras 3.
"""

import math

import numpy as np


def spans(n, size, stride, padding):
    """Return the cells of each window along one axis, as slices.

    Args:
        n: Number of cells along the axis.
        size: Length of the window along it.
        stride: Steps between two windows, at least 1.
        padding: "valid" or "same".

    Raises:
        ValueError: There is no such padding, or it is "valid" and the window is too long.
    """
    if padding == "valid":
        if size > n:
            raise ValueError(f"The window does not fit. Expected at most {n} cells. Received: {size}")
        # The last window may start at n - size. From 0 to there one can take (n - size) // stride steps, and
        # each ends at one more window than the first: hence the + 1. The cells left over are not pooled.
        num_windows = (n - size) // stride + 1
        before = 0
    elif padding == "same":
        # One window for each started stride. From the first cell of the first to the last cell of the last
        # these are (num_windows - 1) * stride + size cells. What is more than n lies outside, half of it
        # (rounded down) before the input. With a stride above the size it may be less: nothing lies outside.
        num_windows = math.ceil(n / stride)
        outside = max((num_windows - 1) * stride + size - n, 0)
        before = outside // 2
    else:
        raise ValueError(f"Unknown padding. Expected 'valid' or 'same'. Received: {padding!r}")

    starts = [k * stride - before for k in range(num_windows)]
    # Cut at both ends: slice(-1, 2) would count from the back.
    return [slice(max(start, 0), min(start + size, n)) for start in starts]


def max_pool1d(x, size, stride=1):
    """Keep the largest number of each window of a signal.

    y[i] = max_a x[i·stride + a]

    Args:
        x: Input, shape (n,).
        size: Length of the window.
        stride: Steps between two windows, at least 1.

    Returns:
        Array of shape ((n - size) // stride + 1,), of x's dtype.

    Raises:
        ValueError: The window is longer than the input.
    """
    # np.max begins with the first number of the window, not with 0: the numbers may all be negative.
    return np.array([np.max(x[window]) for window in spans(len(x), size, stride, "valid")])


def as_batch(x):
    """Return an image (H, W) as a batch of one image with one channel; a batch (N, H, W, C) as it is."""
    return x[np.newaxis, :, :, np.newaxis] if x.ndim == 2 else x


def pool2d(x, pool_h, pool_w, stride, padding, reduce):
    """Reduce each window to one number per image and channel: all that max and average pooling share.

    Args:
        x: Image, shape (H, W), or batch, shape (N, H, W, C).
        pool_h: Rows of the window.
        pool_w: Columns of the window.
        stride: Steps between two windows, for rows and columns alike.
        padding: "valid" or "same".
        reduce: np.max or np.mean.
    """
    batch = as_batch(x)
    num_images, height, width, num_channels = batch.shape
    # Height and width stay apart: neither image nor window need be square.
    rows = spans(height, pool_h, stride, padding)
    columns = spans(width, pool_w, stride, padding)

    # float64, whatever x holds: the mean of whole numbers need not be whole.
    y = np.zeros((num_images, len(rows), len(columns), num_channels))
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            # The same window of all images and channels at once. Reduced are its rows and columns, no more.
            y[:, i, j, :] = reduce(batch[:, row, column, :], axis=(1, 2))
    return y[0, :, :, 0] if x.ndim == 2 else y


def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
    """Keep the largest number of each window of an image or of a batch of images.

    y[n, i, j, c] = max_a max_b x[n, i·stride + a, j·stride + b, c]

    Args:
        x: Image, shape (H, W), or batch, shape (N, H, W, C).
        pool_h: Rows of the window.
        pool_w: Columns of the window.
        stride: Steps between two windows, for rows and columns alike.
        padding: "valid" or "same".

    Returns:
        float64 array, with as many axes as x.

    Raises:
        ValueError: The padding is "valid" and the window is higher or wider than the image.
    """
    return pool2d(x, pool_h, pool_w, stride, padding, np.max)


def average_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
    """Keep the mean of each window of an image or of a batch of images.

    y[n, i, j, c] = mean_a mean_b x[n, i·stride + a, j·stride + b, c], over the cells inside the image.

    Args:
        x: Image, shape (H, W), or batch, shape (N, H, W, C).
        pool_h: Rows of the window.
        pool_w: Columns of the window.
        stride: Steps between two windows, for rows and columns alike.
        padding: "valid" or "same".

    Returns:
        float64 array, with as many axes as x.

    Raises:
        ValueError: The padding is "valid" and the window is higher or wider than the image.
    """
    return pool2d(x, pool_h, pool_w, stride, padding, np.mean)


def max_pool2d_backward(d_out, x, pool_h, pool_w, stride=1):
    """Return the gradient of the loss with respect to the input of a max pooling.

    y[i, j] is a copy of one cell of x. So that cell gets all of d_out[i, j], and the others of the window get
    nothing: moving them a little does not move the maximum.

    Args:
        d_out: Gradient with respect to max_pool2d(x, pool_h, pool_w, stride), of its shape.
        x: What was pooled, shape (H, W) or (N, H, W, C).
        pool_h: Rows of the window.
        pool_w: Columns of the window.
        stride: Steps between two windows, for rows and columns alike.

    Returns:
        float64 array of the shape of x. Among equal maxima the first in row-major order takes the gradient.
    """
    batch, gradients = as_batch(x), as_batch(d_out)
    # float64 even for whole numbers in x: a gradient is seldom whole.
    d_batch = np.zeros(batch.shape)
    rows = spans(batch.shape[1], pool_h, stride, "valid")
    columns = spans(batch.shape[2], pool_w, stride, "valid")
    # Every combination of image n, window (i, j) and channel c.
    for n, i, j, c in np.ndindex(gradients.shape):
        window = batch[n, rows[i], columns[j], c]
        # argmax reads the window row by row and stops at the first maximum; its number counts the cells so.
        a, b = np.unravel_index(np.argmax(window), window.shape)
        # (a, b) counts within the window. += because the cell may be the maximum of several windows, and the
        # loss depends on it through each of them.
        d_batch[n, rows[i].start + a, columns[j].start + b, c] += gradients[n, i, j, c]
    return d_batch.reshape(x.shape)
