# ruff: noqa
# 5주차 과제: 합성곱과 교차상관
import numpy as np
import matplotlib.pyplot as plt


def cross_correlation_1d(x, w, mode="valid", stride=1):
    w_len = len(w)
    if mode == "same":
        x = np.pad(x, (w_len // 2, w_len - 1 - w_len // 2))
    elif mode == "full":
        x = np.pad(x, w_len - 1)

    n = (len(x) - w_len) // stride + 1
    if len(x) < w_len:
        raise ValueError("커널이 입력보다 길어요")
    cc = np.zeros(n)
    for i in range(n):
        x_sub = x[i * stride : i * stride + w_len]
        cc[i] = np.sum(x_sub * w)
    return cc


def convolution_1d(x, w, mode="valid"):
    # 커널을 뒤집어서 교차상관
    return cross_correlation_1d(x, np.flip(w), mode)


def cross_correlation_2d(x, w, mode="valid", stride=1):
    w_row, w_col = w.shape
    if mode == "same":
        # 짝수 커널이면 아래쪽과 오른쪽에 하나 더
        top, left = (w_row - 1) // 2, (w_col - 1) // 2
        x = np.pad(x, ((top, w_row - 1 - top), (left, w_col - 1 - left)))
    elif mode == "full":
        x = np.pad(x, ((w_row - 1, w_row - 1), (w_col - 1, w_col - 1)))
    if x.shape[0] < w_row or x.shape[1] < w_col:
        raise ValueError("커널이 이미지보다 커요")

    row = conv_output_size(x.shape[0], w_row, stride)
    col = conv_output_size(x.shape[1], w_col, stride)
    cc = np.zeros((row, col))
    for i in range(row):
        for j in range(col):
            r, c = i * stride, j * stride
            cc[i, j] = (x[r : r + w_row, c : c + w_col] * w).sum()
    return cc


def convolution_2d(x, w, mode="valid"):
    return cross_correlation_2d(x, np.flip(np.flip(w, 0), 1), mode)


def conv_output_size(n, f, stride=1, pad=0):
    return (n + 2 * pad - f) // stride + 1


# ---- 확인 ----
x = np.array([2, 8, 3, 7, 1, 2, 0, 4, 5])
w = np.array([2, 1, 5, 3])
print(convolution_1d(x, w))
print(np.convolve(x, w, mode="valid"))

from scipy import signal

for mode in ["valid", "same", "full"]:
    print(mode, cross_correlation_1d(x, w, mode), signal.correlate(x, w, mode))

image = np.arange(49).reshape(7, 7)
print(cross_correlation_2d(image, np.ones((3, 3))))
print(signal.correlate2d(image, np.ones((3, 3)), mode="valid"))

plt.imshow(cross_correlation_2d(image, np.ones((3, 3))))
plt.show()
