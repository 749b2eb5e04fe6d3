# ruff: noqa: N803, N806 (the field's letters)
"""A right solution of ex07: numbers one by one, as the formulas have them; functions that return a cache."""

import math

import numpy as np


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    N, D = x.shape
    H = len(b)
    next_h = np.zeros((N, H))
    for n in range(N):
        for j in range(H):
            a = b[j]
            for d in range(D):
                a += x[n, d] * Wx[d, j]
            for k in range(H):
                a += prev_h[n, k] * Wh[k, j]
            next_h[n, j] = math.tanh(a)
    return next_h, (x, prev_h, Wx, Wh, next_h)


def rnn_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, next_h = cache
    dx, dprev_h = np.zeros(x.shape), np.zeros(prev_h.shape)
    dWx, dWh, db = np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(Wh.shape[1])
    for n, j in np.ndindex(*next_h.shape):
        da = dnext_h[n, j] * (1 - next_h[n, j] ** 2)
        db[j] += da
        for d in range(x.shape[1]):
            dx[n, d] += da * Wx[d, j]
            dWx[d, j] += da * x[n, d]
        for k in range(prev_h.shape[1]):
            dprev_h[n, k] += da * Wh[k, j]
            dWh[k, j] += da * prev_h[n, k]
    return dx, dprev_h, dWx, dWh, db


class RNN:
    def __init__(self, Wx, Wh, b):
        self.params = [Wx, Wh, b]
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)]

    def forward(self, x, h_prev=None):
        if h_prev is None:
            h_prev = np.zeros((len(x), len(self.params[2])))
        h_next, self.cache = rnn_step_forward(x, h_prev, *self.params)
        return h_next

    def backward(self, dh_next):
        dx, dh_prev, *grads = rnn_step_backward(dh_next, self.cache)
        for i in range(3):
            self.grads[i][...] = grads[i]
        return dx, dh_prev


class TimeRNN:
    def __init__(self, Wx, Wh, b, stateful=False):
        self.params = [Wx, Wh, b]
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)]
        self.stateful = stateful
        self.h = None

    def set_state(self, h):
        self.h = h

    def reset_state(self):
        self.h = None

    def forward(self, xs):
        N, T, _ = xs.shape
        if self.h is None or not self.stateful:
            self.h = np.zeros((N, len(self.params[2])))
        self.caches, hs = [], []
        for t in range(T):
            self.h, cache = rnn_step_forward(xs[:, t], self.h, *self.params)
            self.caches.append(cache)
            hs.append(self.h)
        return np.stack(hs, axis=1)

    def backward(self, dhs):
        dxs = np.zeros((*dhs.shape[:2], len(self.params[0])))
        dh = np.zeros(dhs[:, 0].shape)
        totals = [np.zeros(array.shape) for array in self.params]
        for t in range(dhs.shape[1])[::-1]:
            dxs[:, t], dh, *parts = rnn_step_backward(dhs[:, t] + dh, self.caches[t])
            totals = [total + part for total, part in zip(totals, parts, strict=True)]
        for grad, total in zip(self.grads, totals, strict=True):
            np.copyto(grad, total)
        return dxs
