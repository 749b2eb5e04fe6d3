# ruff: noqa
# 6주차 과제: 풀링
import numpy as np
import matplotlib.pyplot as plt


def pooling1d(x, pool_size, stride=1):
    n = x.shape[0]
    if pool_size > n:
        raise ValueError("창이 입력보다 길어요")
    n_out = int((n - pool_size) / stride) + 1
    out = np.zeros(n_out)
    for i in range(n_out):
        out[i] = np.max(x[i * stride : i * stride + pool_size])
    return out


def get_pad(n, k, s):
    out = int(np.ceil(n / s))
    pad = max((out - 1) * s + k - n, 0)
    return pad // 2, pad - pad // 2


def pooling2d(x, pool_h, pool_w, stride=1, padding="valid", mode="max"):
    if len(x.shape) == 4:
        # 배치: 이미지와 채널을 하나씩
        result = []
        for img in x:
            chs = [
                pooling2d(img[:, :, c], pool_h, pool_w, stride, padding, mode) for c in range(img.shape[2])
            ]
            result.append(np.dstack(chs))
        return np.array(result)

    x = np.array(x, dtype=np.float32 if x.dtype == np.float32 else float)
    if padding == "same":
        p = [get_pad(x.shape[0], pool_h, stride), get_pad(x.shape[1], pool_w, stride)]
        x = np.pad(x, p, mode="constant", constant_values=np.nan)

    h, w = x.shape
    if h < pool_h or w < pool_w:
        raise ValueError("창이 이미지보다 커요")
    out_h = (h - pool_h) // stride + 1
    out_w = (w - pool_w) // stride + 1
    out = np.zeros((out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            window = x[i * stride : i * stride + pool_h, j * stride : j * stride + pool_w]
            # 바깥 칸은 nan이라서 빼고 계산
            out[i, j] = np.nanmax(window) if mode == "max" else np.nanmean(window)
    return out


def average_pooling2d(x, pool_h, pool_w, stride=1, padding="valid"):
    return pooling2d(x, pool_h, pool_w, stride, padding, "avg")


def max_pool2d_backward(d_out, x, pool_h, pool_w, stride=1):
    if x.ndim == 4:
        dx = np.zeros(x.shape)
        for n in range(x.shape[0]):
            for c in range(x.shape[3]):
                dx[n, :, :, c] = max_pool2d_backward(d_out[n, :, :, c], x[n, :, :, c], pool_h, pool_w, stride)
        return dx
    dx = np.zeros(x.shape)
    for i in range(d_out.shape[0]):
        for j in range(d_out.shape[1]):
            window = x[i * stride : i * stride + pool_h, j * stride : j * stride + pool_w]
            r, c = np.where(window == window.max())  # 행 우선 순서
            dx[i * stride + r[0], j * stride + c[0]] += d_out[i, j]
    return dx


# ---- 확인 ----
a = np.arange(16).reshape(4, 4)
print(pooling2d(a, 2, 2, 2))
print(average_pooling2d(a, 2, 2, 2))

plt.imshow(pooling2d(np.random.rand(28, 28), 2, 2, 2))
plt.show()

import tensorflow as tf

b = np.array([[-4.0, -3.0], [-2.0, -1.0]]).reshape(1, 2, 2, 1)
print(tf.keras.layers.MaxPooling2D(2, strides=1, padding="same")(b))
print(pooling2d(b, 2, 2, padding="same"))
