"""A right solution of ex05: the full convolution by way of the Fourier transform, cut to each mode."""

import numpy as np


def convolve1d(x, w, mode="valid"):
    n, f = len(x), len(w)
    if mode == "valid" and f > n:
        raise ValueError("the kernel is longer than the input")
    size = n + f - 1
    full = np.fft.irfft(np.fft.rfft(x, size) * np.fft.rfft(w, size), size)
    if mode == "full":
        return full
    if mode == "same":
        first = (f - 1) // 2
        return full[first : first + n]
    return full[f - 1 : n]


def correlate1d(x, w, mode="valid", stride=1):
    return convolve1d(x, w[::-1], mode)[::stride]


def convolve2d(x, w, mode="valid"):
    if mode == "valid" and any(f > n for n, f in zip(x.shape, w.shape, strict=True)):
        raise ValueError("the kernel is larger than the image")
    size = [n + f - 1 for n, f in zip(x.shape, w.shape, strict=True)]
    full = np.fft.irfft2(np.fft.rfft2(x, size) * np.fft.rfft2(w, size), size)
    if mode == "full":
        return full
    if mode == "same":
        cut = [slice(f // 2, f // 2 + n) for n, f in zip(x.shape, w.shape, strict=True)]
    else:
        cut = [slice(f - 1, n) for n, f in zip(x.shape, w.shape, strict=True)]
    return full[tuple(cut)]


def correlate2d(x, w, mode="valid", stride=1):
    return convolve2d(x, w[::-1, ::-1], mode)[::stride, ::stride]


def output_size(n, f, stride=1, padding=0):
    return int(np.floor((n + 2 * padding - f) / stride)) + 1
