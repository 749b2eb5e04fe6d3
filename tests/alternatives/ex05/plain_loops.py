"""A right solution of ex05: plain loops in one dimension, im2col and one matrix product in two."""

import numpy as np


def output_size(n, f, stride=1, padding=0):
    return (n - f + 2 * padding + stride) // stride


def correlate1d(x, w, mode="valid", stride=1):
    n, f = len(x), len(w)
    if mode == "valid":
        first, last = 0, n - f
    elif mode == "same":
        first = -(f // 2)
        last = first + n - 1
    else:
        first, last = 1 - f, n - 1
    if last < first:
        raise ValueError("no window fits")
    result = []
    for start in range(first, last + 1, stride):
        total = 0.0
        for k in range(f):
            if 0 <= start + k < n:  # what lies outside counts as zero
                total += float(x[start + k]) * float(w[k])
        result.append(total)
    return np.array(result)


def convolve1d(x, w, mode="valid"):
    return correlate1d(x, [w[len(w) - 1 - k] for k in range(len(w))], mode)


def im2col(image, filter_h, filter_w, stride=1):
    out_h = output_size(image.shape[0], filter_h, stride)
    out_w = output_size(image.shape[1], filter_w, stride)
    col = np.zeros((filter_h * filter_w, out_h * out_w))
    for y in range(filter_h):
        rows = slice(y, y + stride * (out_h - 1) + 1, stride)
        for x in range(filter_w):
            columns = slice(x, x + stride * (out_w - 1) + 1, stride)
            col[y * filter_w + x] = image[rows, columns].reshape(-1)
    return col, out_h, out_w


def correlate2d(x, w, mode="valid", stride=1):
    fh, fw = w.shape
    if mode == "valid":
        if fh > x.shape[0] or fw > x.shape[1]:
            raise ValueError("the kernel is larger than the image")
        padded = x
    else:
        top, left = ((fh - 1) // 2, (fw - 1) // 2) if mode == "same" else (fh - 1, fw - 1)
        more = (fh - 1, fw - 1) if mode == "same" else (2 * (fh - 1), 2 * (fw - 1))
        padded = np.zeros((x.shape[0] + more[0], x.shape[1] + more[1]))
        padded[top : top + x.shape[0], left : left + x.shape[1]] = x
    col, out_h, out_w = im2col(padded, fh, fw, stride)
    return (w.reshape(1, -1) @ col).reshape(out_h, out_w)


def convolve2d(x, w, mode="valid"):
    return correlate2d(x, np.rot90(w, 2), mode)
