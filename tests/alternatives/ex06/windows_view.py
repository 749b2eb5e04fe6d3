"""A right solution of ex06: all windows at once as a view; NaN outside for averages, −∞ for maxima."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool1d(x, size, stride=1):
    return sliding_window_view(x, size)[::stride].max(axis=1)


def around(n, size, stride):
    total = max((-(-n // stride) - 1) * stride + size - n, 0)
    return total // 2, (total + 1) // 2


def windows(x, pool_h, pool_w, stride, padding, outside):
    x = np.array(x, dtype=np.float64)
    if x.ndim == 2:
        return windows(x[None, ..., None], pool_h, pool_w, stride, padding, outside)
    if padding == "same":
        cells = (0, 0), around(x.shape[1], pool_h, stride), around(x.shape[2], pool_w, stride), (0, 0)
        x = np.pad(x, cells, constant_values=outside)
    return sliding_window_view(x, (pool_h, pool_w), axis=(1, 2))[:, ::stride, ::stride]


def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
    y = windows(x, pool_h, pool_w, stride, padding, -np.inf).max(axis=(-2, -1))
    return y if x.ndim == 4 else y[0, ..., 0]


def average_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
    y = np.nanmean(windows(x, pool_h, pool_w, stride, padding, np.nan), axis=(-2, -1))
    return y if x.ndim == 4 else y[0, ..., 0]


def max_pool2d_backward(d_out, x, pool_h, pool_w, stride=1):
    w = windows(x, pool_h, pool_w, stride, "valid", None)
    n, i, j, c = np.indices(w.shape[:4])
    place = w.reshape(*w.shape[:4], pool_h * pool_w).argmax(axis=-1)
    gradient = np.zeros(x.shape if x.ndim == 4 else (1, *x.shape, 1))
    rows, columns = i * stride + place // pool_w, j * stride + place % pool_w
    np.add.at(gradient, (n, rows, columns, c), d_out.reshape(place.shape))
    return gradient.reshape(x.shape)
