# ruff: noqa: N806 (the letters of the field)
"""A right solution of ex06: a layer class with im2col and channels first, and functions that wrap it."""

import numpy as np


def im2col(images, filter_h, filter_w, stride):
    N, C, H, W = images.shape
    out_h = (H - filter_h) // stride + 1
    out_w = (W - filter_w) // stride + 1
    col = np.zeros((N, C, filter_h, filter_w, out_h, out_w))
    for y in range(filter_h):
        y_max = y + stride * out_h
        for x in range(filter_w):
            x_max = x + stride * out_w
            col[:, :, y, x, :, :] = images[:, :, y:y_max:stride, x:x_max:stride]
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(N * out_h * out_w, -1), out_h, out_w


class Pooling:
    def __init__(self, pool_h, pool_w, stride=1):
        self.pool_h, self.pool_w, self.stride = pool_h, pool_w, stride
        self.x = None
        self.arg_max = None

    def forward(self, x):
        N, C, H, W = x.shape
        if self.pool_h > H or self.pool_w > W:
            raise ValueError("the window is larger than the image")
        # im2col may read beyond the last whole window: cut what is left over
        x = x[:, :, : H - (H - self.pool_h) % self.stride, : W - (W - self.pool_w) % self.stride]
        col, out_h, out_w = im2col(x, self.pool_h, self.pool_w, self.stride)
        col = col.reshape(-1, self.pool_h * self.pool_w)
        self.x = x
        self.arg_max = np.argmax(col, axis=1)
        return self.reduce(col).reshape(N, out_h, out_w, C).transpose(0, 3, 1, 2)

    def reduce(self, col):
        return np.max(col, axis=1)

    def backward(self, dout, shape):
        dx = np.zeros(shape)
        dout = dout.transpose(0, 2, 3, 1)
        arg_max = self.arg_max.reshape(dout.shape)
        for n, i, j, c in np.ndindex(*dout.shape):
            row, column = divmod(arg_max[n, i, j, c], self.pool_w)
            dx[n, c, i * self.stride + row, j * self.stride + column] += dout[n, i, j, c]
        return dx


class AveragePooling(Pooling):
    def reduce(self, col):
        return np.nanmean(col, axis=1)


def to_nchw(x):
    return x.astype(float).reshape(1, 1, *x.shape) if x.ndim == 2 else x.astype(float).transpose(0, 3, 1, 2)


def from_nchw(y, ndim):
    return y[0, 0] if ndim == 2 else y.transpose(0, 2, 3, 1)


def pad_same(x, pool_h, pool_w, stride, value):
    widths = [(0, 0), (0, 0)]
    for n, k in [(x.shape[2], pool_h), (x.shape[3], pool_w)]:
        # as TensorFlow documents it
        total = max(k - stride, 0) if n % stride == 0 else max(k - n % stride, 0)
        widths.append((total // 2, total - total // 2))
    return np.pad(x, widths, "constant", constant_values=value)


def run(layer_class, outside, x, pool_h, pool_w, stride, padding):
    images = to_nchw(x)
    if padding == "same":
        images = pad_same(images, pool_h, pool_w, stride, outside)
    return from_nchw(layer_class(pool_h, pool_w, stride).forward(images), x.ndim)


def max_pool1d(x, size, stride=1):
    return run(Pooling, None, x.reshape(1, -1), 1, size, stride, "valid")[0]


def max_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
    return run(Pooling, -np.inf, x, pool_h, pool_w, stride, padding)


def average_pool2d(x, pool_h, pool_w, stride=1, padding="valid"):
    return run(AveragePooling, np.nan, x, pool_h, pool_w, stride, padding)


def max_pool2d_backward(d_out, x, pool_h, pool_w, stride=1):
    layer = Pooling(pool_h, pool_w, stride)
    images = to_nchw(x)
    layer.forward(images)
    return from_nchw(layer.backward(to_nchw(d_out), images.shape), x.ndim)
