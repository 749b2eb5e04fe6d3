"""ex07: A recurrent cell and its layer over time.

The statement is in README.md (한국어: README.ko.md). Fill in the two classes;
then run `grade check ex07`. Each method has its own cases: you can begin with
`RNN.forward` and leave the others for later.
"""

import numpy as np


class RNN:
    """A recurrent cell: one step in time.

    Args:
        Wx: Weights of the input, float array of shape (D, H).
        Wh: Weights of the state, float array of shape (H, H).
        b: Bias, float array of shape (H,).

    Attributes:
        params: The list [Wx, Wh, b].
        grads: A list of three arrays with the same shapes: what the latest
            `backward` found for each of `params`. They exist from the start,
            and `backward` writes into these very arrays.
    """

    def __init__(self, Wx, Wh, b):
        raise NotImplementedError

    def forward(self, x, h_prev=None):
        """Return the next state.

        Args:
            x: Input of this step, float array of shape (N, D). Must not be changed.
            h_prev: State before this step, float array of shape (N, H). None
                means zeros. Must not be changed.

        Returns:
            h_next, array of shape (N, H).
        """
        raise NotImplementedError

    def backward(self, dh_next):
        """Carry a gradient back through the latest `forward`, and fill `grads`.

        Args:
            dh_next: Gradient of the loss by h_next, shape (N, H). Must not be changed.

        Returns:
            The tuple (dx, dh_prev), shapes (N, D) and (N, H).
        """
        raise NotImplementedError


class TimeRNN:
    """A recurrent layer: the cell applied to T steps, one after the other.

    Args:
        Wx: Weights of the input, float array of shape (D, H).
        Wh: Weights of the state, float array of shape (H, H).
        b: Bias, float array of shape (H,).
        stateful: Whether a `forward` begins with the state in which the one
            before it ended. Otherwise each begins with zeros.

    Attributes:
        params: The list [Wx, Wh, b].
        grads: A list of three arrays with the same shapes, as in `RNN`: sums
            over all steps of the latest `forward`.
    """

    def __init__(self, Wx, Wh, b, stateful=False):
        raise NotImplementedError

    def forward(self, xs):
        """Return the states of all steps.

        Args:
            xs: Inputs, float array of shape (N, T, D). Must not be changed.

        Returns:
            hs, array of shape (N, T, H): hs[:, t] is the state after step t.
        """
        raise NotImplementedError

    def backward(self, dhs):
        """Carry gradients back through the latest `forward`, and fill `grads`.

        Args:
            dhs: Gradient of the loss by hs, shape (N, T, H). Must not be changed.

        Returns:
            dxs, array of shape (N, T, D).
        """
        raise NotImplementedError

    def set_state(self, h):
        """Let the next `forward` of a stateful layer begin with h, shape (N, H)."""
        raise NotImplementedError

    def reset_state(self):
        """Let the next `forward` begin with zeros, for a batch of any size."""
        raise NotImplementedError
