# ruff: noqa: T201, I001, RET504, RET505, N806 (as a learner writes it)
# 딥러닝 과제 3 - softmax
import numpy as np
import matplotlib.pyplot as plt
from scipy.special import softmax as scipy_softmax


def softmax(a):
    if a.ndim == 1:
        c = np.max(a)
        exp_a = np.exp(a - c)  # 오버플로 대책
        sum_exp_a = np.sum(exp_a)
        y = exp_a / sum_exp_a
        return y
    else:
        result = np.zeros(a.shape)
        for i in range(a.shape[0]):
            result[i] = softmax(a[i])
        return result


def cross_entropy(y, t):
    delta = 1e-7
    # 샘플이 하나면 배치로 바꾼다
    if y.ndim == 1:
        y = y.reshape(1, -1)
        t = np.array(t).reshape(1, -1)
        if t.shape[1] == 1:
            t = t.reshape(1)
    if t.ndim == 1:
        # 레이블 -> 원-핫
        onehot = np.zeros_like(y)
        for i in range(len(t)):
            onehot[i, t[i]] = 1
        t = onehot
    return -np.sum(t * np.log(y + delta)) / y.shape[0]


def softmax_cross_entropy_gradient(logits, t):
    y = softmax(logits)
    if logits.ndim == 1:
        if np.array(t).ndim == 0:
            y[t] -= 1
            return y
        return y - t
    N = logits.shape[0]
    if t.ndim == 1:
        for i in range(N):
            y[i, t[i]] -= 1
    else:
        y = y - t
    return y / N


# 확인용
x = np.arange(-5.0, 5.0, 0.1)
y = softmax(x)
print(np.sum(y))  # 1.0
plt.plot(x, y)
plt.ylim(-0.01, 0.1)
plt.show()

a = np.array([[0.3, 2.9, 4.0], [1010, 1000, 990]])
print("scipy와 같은가?", np.allclose(softmax(a), scipy_softmax(a, axis=1)))
