"""A right solution of ex06: plain Python loops and lists, arrays only at the end."""

import math

import numpy as np


def number_of_windows(n, size, stride):
    if size > n:
        raise ValueError("no window fits")
    count = 0
    while count * stride + size <= n:
        count += 1
    return count


def first_and_count(n, size, stride, padding):
    if padding == "valid":
        return 0, number_of_windows(n, size, stride)
    count = math.ceil(n / stride)
    total = (count - 1) * stride + size - n
    if total < 0:
        total = 0
    return -(total // 2), count


def max_pool1d(x, size, stride=1):
    result = []
    for i in range(number_of_windows(len(x), size, stride)):
        best = x[i * stride]
        for a in range(1, size):
            if x[i * stride + a] > best:
                best = x[i * stride + a]
        result.append(best)
    return np.array(result)


def pool_image(x, pool_h, pool_w, stride, padding, choose):
    height, width = len(x), len(x[0])
    top, rows = first_and_count(height, pool_h, stride, padding)
    left, columns = first_and_count(width, pool_w, stride, padding)
    result = []
    for i in range(rows):
        line = []
        for j in range(columns):
            cells = []
            for a in range(pool_h):
                for b in range(pool_w):
                    r = top + i * stride + a
                    c = left + j * stride + b
                    if 0 <= r < height and 0 <= c < width:
                        cells.append(float(x[r][c]))
            line.append(choose(cells))
        result.append(line)
    return np.array(result)


def mean(cells):
    return sum(cells) / len(cells)


def pool(x, pool_h, pool_w, stride, padding, choose):
    if x.ndim == 2:
        return pool_image(x.tolist(), pool_h, pool_w, stride, padding, choose)
    images = []
    for n in range(x.shape[0]):
        channels = []
        for c in range(x.shape[3]):
            channels.append(pool_image(x[n, :, :, c].tolist(), pool_h, pool_w, stride, padding, choose))
        images.append(np.stack(channels, axis=-1))
    return np.stack(images)


def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
    return pool(x, pool_h, pool_w, stride, padding, max)


def average_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
    return pool(x, pool_h, pool_w, stride, padding, mean)


def max_pool2d_backward(d_out, x, pool_h, pool_w, stride=1):
    if x.ndim == 4:
        gradient = np.zeros(x.shape)
        for n in range(x.shape[0]):
            for c in range(x.shape[3]):
                image, from_above = x[n, :, :, c], d_out[n, :, :, c]
                gradient[n, :, :, c] = max_pool2d_backward(from_above, image, pool_h, pool_w, stride)
        return gradient
    gradient = [[0.0] * x.shape[1] for _ in range(x.shape[0])]
    for i in range(d_out.shape[0]):
        for j in range(d_out.shape[1]):
            best_row, best_column = i * stride, j * stride
            for r in range(i * stride, i * stride + pool_h):
                for c in range(j * stride, j * stride + pool_w):
                    if x[r, c] > x[best_row, best_column]:
                        best_row, best_column = r, c
            gradient[best_row][best_column] += d_out[i, j]
    return np.array(gradient)
