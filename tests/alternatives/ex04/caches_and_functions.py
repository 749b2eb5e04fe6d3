# ruff: noqa: N802, N803 (as a learner writes it)
"""Right, written another way: functions that return an output and a cache, with thin classes around them."""

import numpy as np


def affine_forward(x, w, b):
    return x.dot(w) + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, _ = cache
    return dout.dot(w.T), x.T.dot(dout), dout.sum(axis=0)


def softmax_loss(x, y):
    shifted = x - x.max(axis=1, keepdims=True)
    log_z = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    log_probs = shifted - log_z
    n = x.shape[0]
    loss = -log_probs[np.arange(n), y].sum() / n
    dx = np.exp(log_probs)
    dx[np.arange(n), y] -= 1
    return loss, dx / n


def labels_of(t):
    return t.argmax(axis=1) if t.ndim == 2 else t


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.grads = {}

    def forward(self, x):
        out, self.cache = affine_forward(x, self.W, self.b)
        return out

    def backward(self, dout):
        dx, self.grads["W"], self.grads["b"] = affine_backward(dout, self.cache)
        return dx

    @property
    def dW(self):
        return self.grads["W"]

    @property
    def db(self):
        return self.grads["b"]


def make_activation(value, slope):
    """Return a class: its instances know the function and its slope, both in terms of x."""

    class Activation:
        def __init__(self):
            self.cache = None

        def forward(self, x):
            self.cache = x
            return value(x)

        def backward(self, dout):
            return slope(self.cache) * dout

    return Activation


def logistic(x):
    return 0.5 * np.tanh(0.5 * x) + 0.5


Sigmoid = make_activation(logistic, lambda x: logistic(x) * (1 - logistic(x)))
Tanh = make_activation(np.tanh, lambda x: 1 / np.cosh(np.clip(x, -300, 300)) ** 2)
ReLU = make_activation(lambda x: x * (x > 0), lambda x: 1.0 * (x > 0))


class SoftmaxWithLoss:
    def forward(self, x, t):
        loss, self.dx = softmax_loss(x, labels_of(t))
        return loss

    def backward(self, dout=1):
        return dout * self.dx


def numerical_gradient(f, x):
    x = x.astype(np.float64)
    grad = np.zeros(x.shape)
    for ix, old in np.ndenumerate(x.copy()):
        x[ix] = old + 1e-5
        pos = f(x)
        x[ix] = old - 1e-5
        neg = f(x)
        x[ix] = old
        grad[ix] = (pos - neg) / 2e-5
    return grad


class TwoLayerNet:
    def __init__(self, input_dim, hidden_dim, num_classes, weight_scale=0.01):
        draw = np.random.default_rng().normal
        self.params = dict(
            W1=draw(scale=weight_scale, size=(input_dim, hidden_dim)),
            b1=np.zeros(hidden_dim),
            W2=draw(scale=weight_scale, size=(hidden_dim, num_classes)),
            b2=np.zeros(num_classes),
        )

    def loss_and_gradient(self, x, t):
        w1, b1, w2, b2 = (self.params[key] for key in ("W1", "b1", "W2", "b2"))
        a1, cache1 = affine_forward(x, w1, b1)
        z1 = logistic(a1)
        scores, cache2 = affine_forward(z1, w2, b2)
        loss, dscores = softmax_loss(scores, labels_of(t))
        dz1, dw2, db2 = affine_backward(dscores, cache2)
        _, dw1, db1 = affine_backward(dz1 * z1 * (1 - z1), cache1)
        return loss, {"W1": dw1, "b1": db1, "W2": dw2, "b2": db2}

    def loss(self, x, t):
        return self.loss_and_gradient(x, t)[0]

    def gradient(self, x, t):
        return self.loss_and_gradient(x, t)[1]
