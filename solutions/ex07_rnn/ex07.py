"""Reference solution of ex07: a recurrent cell, and the layer that runs it over time, written out with numpy.

The cell is an affine layer with two inputs and a tanh behind it. The layer over time adds no mathematics, only
bookkeeping: the same weights are used T times, so their gradients are sums of T terms, and every state is used
twice (as an output, and by the next step), so its gradient is a sum of two terms.

Source: Goodfellow, Bengio and Courville (2016), Deep Learning, equations 10.8 and 10.9 (forward) and 10.18 to
10.28 (backward); truncation as in Williams and Peng (1990), with blocks that do not overlap.
"""

import numpy as np


class RNN:
    """A recurrent cell: one step in time.

    Args:
        Wx: Weights of the input, shape (D, H).
        Wh: Weights of the state, shape (H, H).
        b: Bias, shape (H,).

    Attributes:
        params: [Wx, Wh, b].
        grads: Their gradients, three arrays that stay the same objects.
    """

    def __init__(self, Wx, Wh, b):
        self.params = [Wx, Wh, b]
        # An optimiser may pick up these arrays now and look into them after each backward pass. So they exist
        # from the start, and backward fills them rather than putting others in their place.
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)]
        self.cache = None

    def forward(self, x, h_prev=None):
        """Return the next state: h_next = tanh(h_prev·Wh + x·Wx + b).

        Args:
            x: Input of this step, shape (N, D).
            h_prev: State before this step, shape (N, H); None means zeros.

        Returns:
            Array of shape (N, H).
        """
        Wx, Wh, b = self.params
        if h_prev is None:
            h_prev = np.zeros((x.shape[0], Wh.shape[0]))
        # Samples are rows, so the weights stand on the right; b is added to each row.
        a = h_prev @ Wh + x @ Wx + b
        h_next = np.tanh(a)
        # What backward needs. The pre-activation a is not among it: the derivative of tanh can be had from its
        # value alone.
        self.cache = (x, h_prev, h_next)
        return h_next

    def backward(self, dh_next):
        """Carry a gradient back through the latest forward, and fill `grads`.

        Args:
            dh_next: Gradient of the loss by h_next, shape (N, H).

        Returns:
            dx of shape (N, D) and dh_prev of shape (N, H).
        """
        Wx, Wh, _ = self.params
        x, h_prev, h_next = self.cache

        # tanh'(a) = 1 - tanh(a)², cell by cell. A new array: dh_next belongs to the caller.
        da = dh_next * (1 - h_next**2)

        # a = h_prev·Wh + x·Wx + b is two matrix products and a sum; each has the gradients of an affine layer.
        # The shapes leave no choice but for Wh, which is square: there only the formula helps.
        dx = da @ Wx.T
        dh_prev = da @ Wh.T
        # Every sample used the same weights, so their gradients are sums over the samples. The two products do
        # that sum by themselves; the bias, which was added to each row, needs it written out.
        dWx, dWh, db = self.grads
        dWx[...] = x.T @ da
        dWh[...] = h_prev.T @ da
        db[...] = np.sum(da, axis=0)
        return dx, dh_prev


class TimeRNN:
    """A recurrent layer: the cell applied to T steps, one after the other.

    Args:
        Wx: Weights of the input, shape (D, H).
        Wh: Weights of the state, shape (H, H).
        b: Bias, shape (H,).
        stateful: Whether a forward begins with the state in which the one before it ended.

    Attributes:
        params: [Wx, Wh, b].
        grads: Their gradients, summed over the steps; three arrays that stay the same objects.
    """

    def __init__(self, Wx, Wh, b, stateful=False):
        self.params = [Wx, Wh, b]
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)]
        self.stateful = stateful
        self.h = None  # the state in which the latest forward ended; None stands for zeros
        self.cells = []

    def set_state(self, h):
        """Let the next forward of a stateful layer begin with h, shape (N, H)."""
        self.h = h

    def reset_state(self):
        """Let the next forward begin with zeros, for a batch of any size."""
        # None, not an array of zeros: how many rows the next batch has is not known yet.
        self.h = None

    def forward(self, xs):
        """Return the states of all steps.

        Args:
            xs: Inputs, shape (N, T, D).

        Returns:
            Array of shape (N, T, H).
        """
        N, T, _ = xs.shape
        H = self.params[1].shape[0]

        h = self.h if self.stateful else None
        hs = np.empty((N, T, H))
        # One cell for each step, all with the same weight arrays: each remembers its own x, h_prev and h_next,
        # which backward will need. The list is a new one, for backward belongs to this forward only.
        self.cells = []
        for t in range(T):
            cell = RNN(*self.params)
            h = cell.forward(xs[:, t, :], h)
            hs[:, t, :] = h
            self.cells.append(cell)
        self.h = h
        return hs

    def backward(self, dhs):
        """Carry gradients back through the latest forward, and fill `grads`.

        Args:
            dhs: Gradient of the loss by hs, shape (N, T, H).

        Returns:
            dxs of shape (N, T, D).
        """
        N, T, _ = dhs.shape
        D = self.params[0].shape[0]

        dxs = np.empty((N, T, D))
        for grad in self.grads:
            grad[...] = 0
        # Nothing comes back from beyond the last step: in a stateful layer the next block has seen the state,
        # but the gradient is cut there (truncated backpropagation). For the same reason the dh that is left
        # after step 0 goes nowhere.
        dh = 0
        for t in reversed(range(T)):
            cell = self.cells[t]
            # The state after step t went two ways: out as hs[:, t], and into step t + 1.
            dx, dh = cell.backward(dhs[:, t, :] + dh)
            dxs[:, t, :] = dx
            # The same weights once more: one more term of the sum.
            for grad, grad_of_step in zip(self.grads, cell.grads, strict=True):
                grad += grad_of_step
        return dxs
