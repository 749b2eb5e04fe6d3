"""A right solution of ex05: all windows at once as a view, and one einsum over them."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

ZEROS_1D = {
    "valid": lambda f: (0, 0),
    "same": lambda f: (f // 2, (f - 1) // 2),
    "full": lambda f: (f - 1, f - 1),
}
ZEROS_2D = ZEROS_1D | {"same": lambda f: ((f - 1) // 2, f // 2)}


def correlate1d(x, w, mode="valid", stride=1):
    x = np.pad(x, ZEROS_1D[mode](w.size))
    return np.einsum("ik,k->i", sliding_window_view(x, w.size)[::stride], w)


def convolve1d(x, w, mode="valid"):
    return correlate1d(x, np.flip(w), mode)


def correlate2d(x, w, mode="valid", stride=1):
    x = np.pad(x, [ZEROS_2D[mode](f) for f in w.shape])
    return np.einsum("ijkl,kl->ij", sliding_window_view(x, w.shape)[::stride, ::stride], w)


def convolve2d(x, w, mode="valid"):
    return correlate2d(x, np.flip(w), mode)


def output_size(n, f, stride=1, padding=0):
    return len(range(0, n + 2 * padding - f + 1, stride))
