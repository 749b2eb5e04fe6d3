# ruff: noqa
# 클래스로 작성한 퍼셉트론
import numpy as np


class Step:
    def __call__(self, x):
        return np.where(np.array(x) > 0, 1, 0)


class Perceptron:
    def __init__(self, n_inputs=None, w=None, b=None, lr=1.0, epochs=100):
        self.w = np.zeros(n_inputs) if w is None else np.array(w)
        self.b = np.zeros(1) if b is None else b
        self.lr = lr
        self.epochs = epochs
        self.errors_ = []

    def net_input(self, X):
        return np.dot(X, self.w) + self.b

    def predict(self, X):
        return step_function(self.net_input(X))

    def fit(self, X, y):
        for _ in range(self.epochs):
            errors = 0
            for xi, target in zip(X, y):
                update = self.lr * (target - self.predict(xi))
                self.w += update * xi
                self.b += update
                errors += int((update != 0.0).sum())
            self.errors_.append(errors)
        return self


class Gate(Perceptron):
    def __call__(self, x1, x2):
        return self.predict(np.array([x1, x2]))


step_function = Step()
AND = Gate(w=[0.5, 0.5], b=-0.7)
OR = Gate(w=[0.5, 0.5], b=-0.2)
NAND = Gate(w=[-0.5, -0.5], b=0.7)


def perceptron(x, w, b):
    return Perceptron(w=w, b=b).predict(x)


def train_perceptron(X, t, lr=1.0, epochs=100):
    unit = Perceptron(X.shape[1], lr=lr, epochs=epochs).fit(X, t)
    return unit.w, unit.b
