# ruff: noqa
# 7주차 과제 - 순환 신경망(RNN)
import numpy as np
import matplotlib.pyplot as plt


class MyRNN:
    def __init__(self, Wx, Wh, b, debug=False):
        self.params = [Wx, Wh, b]
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)]
        self.cache = None
        self.debug = debug

    def forward(self, x, h_prev=None):
        Wx, Wh, b = self.params
        # 첫 단계면 상태가 없음
        if h_prev is None:
            h_prev = np.zeros((x.shape[0], Wh.shape[0]))
        t = np.dot(h_prev, Wh) + np.dot(x, Wx) + b
        if self.debug:
            print("t =", t)
        h_next = np.tanh(t)
        self.cache = (x, h_prev, h_next)
        return h_next

    def backward(self, dh_next):
        Wx, Wh, b = self.params
        x, h_prev, h_next = self.cache

        dt = dh_next * (1 - h_next**2)
        db = np.sum(dt, axis=0)
        dWh = np.dot(h_prev.T, dt)
        dh_prev = np.dot(dt, Wh.T)
        dWx = np.dot(x.T, dt)
        dx = np.dot(dt, Wx.T)

        self.grads[0][...] = dWx
        self.grads[1][...] = dWh
        self.grads[2][...] = db

        return [dx, dh_prev]


class MyTimeRNN:
    def __init__(self, Wx, Wh, b, stateful=False):
        self.params = [Wx, Wh, b]
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)]
        self.layers = None
        self.h, self.dh = None, None
        self.stateful = stateful

    def set_state(self, h):
        self.h = h

    def reset_state(self):
        self.h = None

    def forward(self, xs):
        N, T, D = xs.shape
        H = self.params[1].shape[0]
        self.layers = []
        hs = np.empty((N, T, H))
        if not self.stateful or self.h is None:
            self.h = np.zeros((N, H))
        for t in range(T):
            layer = MyRNN(*self.params)
            self.h = layer.forward(xs[:, t, :], self.h)
            hs[:, t, :] = self.h
            self.layers.append(layer)
        return hs

    def backward(self, dhs):
        N, T, H = dhs.shape
        D = self.params[0].shape[0]
        dxs = np.empty((N, T, D))
        dh = 0
        grads = [0, 0, 0]
        for t in reversed(range(T)):
            layer = self.layers[t]
            dx, dh = layer.backward(dhs[:, t, :] + dh)
            dxs[:, t, :] = dx
            for i, grad in enumerate(layer.grads):
                grads[i] += grad
        for i, grad in enumerate(grads):
            self.grads[i][...] = grad
        self.dh = dh
        return dxs


# ---- 확인 ----
np.random.seed(0)
N, T, D, H = 2, 5, 3, 4
Wx, Wh, b = np.random.randn(D, H), np.random.randn(H, H), np.random.randn(H)
xs = np.random.randn(N, T, D)
net = MyTimeRNN(Wx, Wh, b)
hs = net.forward(xs)
print(hs.shape)
dxs = net.backward(np.ones_like(hs))
print(dxs.shape, [g.shape for g in net.grads])

plt.plot(hs[0])
plt.title("hidden states")
plt.show()

# 케라스와 비교
from tensorflow import keras

keras_layer = keras.layers.SimpleRNN(H, return_sequences=True)
keras_layer.build((N, T, D))
keras_layer.set_weights([Wx, Wh, b])
print(np.allclose(keras_layer(xs), hs, atol=1e-5))
