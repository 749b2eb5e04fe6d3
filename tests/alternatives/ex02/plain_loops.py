# ruff: noqa: N802, N803, N806, B905, T201 (as others write it)
"""A right solution of ex02: numbers, lists and loops, some results left as lists; trained point after point."""

import math

import numpy as np


def XOR(x1, x2):
    return 1 if x1 + x2 == 1 else 0


def _sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def _softmax(sums):
    largest = max(sums)
    exponentials = [math.exp(z - largest) for z in sums]
    return [e / sum(exponentials) for e in exponentials]


_SCALAR = {
    "step": lambda z: 1 if z > 0 else 0,
    "sigmoid": _sigmoid,
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0),
    "identity": lambda z: z,
}


def _layer(row, W, b, name):
    sums = [sum(row[i] * W[i][j] for i in range(len(row))) + b[j] for j in range(len(b))]
    sums = [float(z) for z in sums]
    if name == "softmax":
        return _softmax(sums)
    if name not in _SCALAR:
        raise ValueError(f"no activation {name}")
    return [_SCALAR[name](z) for z in sums]


def forward(x, layers):
    if x.ndim == 2:
        return np.array([forward(row, layers) for row in x])
    row = list(x)
    for W, b, name in layers:
        row = _layer(row, W, b, name)
    return np.array(row)


def xor_forward(X, W1, b1, W2, b2):
    return forward(X, [(W1, b1, "sigmoid"), (W2, b2, "sigmoid")])


def relu_xor_hidden(X):
    return [[max(0, x1 + x2), max(0, x1 + x2 - 1)] for x1, x2 in X]


def relu_xor(X):
    return [h1 - 2 * h2 for h1, h2 in relu_xor_hidden(X)]


def count_params(sizes):
    total = 0
    for k in range(1, len(sizes)):
        total += sizes[k] * sizes[k - 1] + sizes[k]
    return total


POINTS = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)]


def _train_once(rng, num_hidden=5, steps=400, rate=1.0):
    # A row for each hidden unit: two weights, the bias, the weight of its output.
    units = [[rng.normal(), rng.normal(), 0.0, rng.normal()] for _ in range(num_hidden)]
    bias = 0.0

    def output(x1, x2):
        h = [_sigmoid(u[0] * x1 + u[1] * x2 + u[2]) for u in units]
        return h, _sigmoid(sum(u[3] * hk for u, hk in zip(units, h)) + bias)

    for _ in range(steps):
        for x1, x2, t in POINTS:
            h, y = output(x1, x2)
            d = y - t
            for u, hk in zip(units, h):
                dk = d * u[3] * hk * (1 - hk)
                u[0] -= rate * dk * x1
                u[1] -= rate * dk * x2
                u[2] -= rate * dk
                u[3] -= rate * d * hk
            bias -= rate * d
    return output


def train_xor(rng):
    for _ in range(20):
        output = _train_once(rng)
        if all((output(x1, x2)[1] > 0.5) == (t == 1) for x1, x2, t in POINTS):
            break

    def predict(X):
        return [output(x1, x2)[1] for x1, x2 in X]

    return predict


if __name__ == "__main__":
    print([XOR(a, b) for a in (0, 1) for b in (0, 1)])
