# ruff: noqa
# 1주차 과제: 퍼셉트론
import numpy as np
import matplotlib.pylab as plt
from sklearn.linear_model import Perceptron


def step(x):
    y = np.asarray(x) > 0
    return y.astype(np.int64)


def perceptron(x, w, b):
    if w.ndim == 1:
        return step(np.sum(x * w, axis=-1) + b)
    return step(np.dot(x, w) + b)


def and_gate(x1, x2):
    x = np.array([x1, x2])
    w = np.array([0.5, 0.5])
    b = -0.7
    tmp = np.sum(w * x) + b
    if tmp <= 0:
        return 0
    else:
        return 1


def or_gate(x1, x2):
    x = np.array([x1, x2])
    w = np.array([0.5, 0.5])
    b = -0.2
    tmp = np.sum(w * x) + b
    if tmp <= 0:
        return 0
    else:
        return 1


def nand_gate(x1, x2):
    x = np.array([x1, x2])
    w = np.array([-0.5, -0.5])  # AND와는 가중치(w와 b)만 다르다
    b = 0.7
    tmp = np.sum(w * x) + b
    if tmp <= 0:
        return 0
    else:
        return 1


def fit_perceptron(X, t, lr=1.0, epochs=100):
    w = np.zeros(X.shape[1])
    b = 0.0
    history = []
    for epoch in range(epochs):
        wrong = 0
        for i in range(X.shape[0]):
            y = step(np.dot(w, X[i]) + b)
            w = w - lr * (y - t[i]) * X[i]
            b = b - lr * (y - t[i])
            wrong += y != t[i]
        history.append(wrong)
        if wrong == 0:
            break
    return [w, b]


# ---- 확인 ----
if __name__ == "__main__":
    for xs in [(0, 0), (1, 0), (0, 1), (1, 1)]:
        print(str(xs) + " -> " + str(and_gate(xs[0], xs[1])))

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
w, b = fit_perceptron(X, np.array([0, 0, 0, 1]))
print(w, b)

x = np.arange(-5.0, 5.0, 0.1)
plt.plot(x, step(x))
plt.ylim(-0.1, 1.1)
plt.show()

clf = Perceptron(max_iter=100)
clf.fit(X, [0, 0, 0, 1])
print(clf.coef_, clf.intercept_)
