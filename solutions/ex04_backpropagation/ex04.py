"""Reference solution of ex04: layers that know their own derivative, and a network put together from them.

Each layer does two things. `forward` computes an output and keeps what the way back will need. `backward` gets
the gradient of the loss by that output, called `dout`, and hands on the gradient by its input: the chain rule,
one factor for each layer. No layer needs to know what comes before or after it.

Source: Rumelhart, Hinton and Williams (1986); Goodfellow, Bengio and Courville (2016), Deep Learning,
section 6.5 (algorithms 6.3 and 6.4); central differences from Nocedal and Wright (2006), section 8.1.
"""

import numpy as np


class Affine:
    """A fully connected layer: x @ W + b.

    Attributes:
        dW: Gradient of the loss by W, shape (D, M), after the last `backward`.
        db: Gradient of the loss by b, shape (M,), after the last `backward`.
    """

    def __init__(self, W, b):
        # No dW and db yet: whoever reads them before `backward` should hear of it, not find None.
        self.W = W
        self.b = b

    def forward(self, x):
        """Return the outputs, shape (N, M), for inputs of shape (N, D)."""
        # On the object, not on the class or in a global: two layers must not share their memory.
        self.x = x
        return x @ self.W + self.b  # b is added to every row

    def backward(self, dout):
        """Set dW and db, and return the gradient by the inputs, shape (N, D).

        Every W[i, j] acts on all samples, through x[n, i], on the output j. So its gradient collects one product
        for each sample: dW[i, j] = Σ_n x[n, i] · dout[n, j]. The same holds for b[j], whose factor is 1. And
        x[n, i] acts on all outputs of its own sample: dx[n, i] = Σ_j dout[n, j] · W[i, j].
        """
        # The three sums as they stand, written as matrix products. Only one order and one transpose makes the
        # inner sizes meet over the letter that is summed: (D, N)(N, M) and (N, M)(M, D).
        # A new assignment, not +=: these are the gradients of this batch alone.
        self.dW = self.x.T @ dout
        self.db = np.sum(dout, axis=0)
        return dout @ self.W.T


class Sigmoid:
    """The activation y = 1 / (1 + exp(-x)), cell by cell."""

    def forward(self, x):
        """Return y."""
        # log(1 + exp(-x)) without the overflow of exp(-x) for x far below 0.
        self.y = np.exp(-np.logaddexp(0, -x))
        return self.y

    def backward(self, dout):
        """Return the gradient by x: dy/dx = y (1 - y), with y the output that `forward` kept."""
        return dout * self.y * (1 - self.y)


class Tanh:
    """The activation y = tanh(x), cell by cell."""

    def forward(self, x):
        """Return y."""
        self.y = np.tanh(x)
        return self.y

    def backward(self, dout):
        """Return the gradient by x: dy/dx = 1 - y², with y the output that `forward` kept."""
        return dout * (1 - self.y**2)


class Relu:
    """The activation y = max(0, x), cell by cell; its derivative at 0 is 0."""

    def forward(self, x):
        """Return y."""
        self.is_active = x > 0
        return np.where(self.is_active, x, 0.0)

    def backward(self, dout):
        """Return the gradient by x: dout where the input was positive, 0 elsewhere."""
        # What decides is the sign of the input, not that of the gradient. np.where makes a new array, so that
        # the caller's dout stays as it was.
        return np.where(self.is_active, dout, 0.0)


class SoftmaxWithLoss:
    """Softmax and cross-entropy in one layer, the last of a network."""

    def forward(self, x, t):
        """Return the mean loss of the batch.

        With log y = x - log Σ_j exp(x_j), the loss of a sample is minus the log y of its class. Nothing here
        takes the logarithm of a probability that has become 0.
        """
        shifted = x - np.max(x, axis=1, keepdims=True)  # each row's largest logit becomes 0: no overflow
        log_y = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
        self.y = np.exp(log_y)
        self.t = one_hot(t, num_classes=x.shape[1])
        return float(-np.sum(self.t * log_y) / len(x))

    def backward(self, dout=1):
        """Return the gradient by the logits: (y - t) / N, times dout as in any other layer."""
        # The loss is a mean, so every sample counts one N-th. This is the only place that divides by N:
        # every gradient further back is made of this one.
        return (self.y - self.t) / len(self.y) * dout


def one_hot(t, num_classes):
    """Return targets as one-hot rows; labels have one axis, one-hot rows have two."""
    return np.eye(num_classes)[t] if t.ndim == 1 else t


def numerical_gradient(f, x):
    """Estimate the gradient of f at x by central differences.

    df/dx_i ≈ (f(x + h e_i) - f(x - h e_i)) / 2h, whose error shrinks with h². The difference from one side,
    (f(x + h e_i) - f(x)) / h, has an error that shrinks with h only.

    A smaller h is not always a better one: f is known to about 16 digits, so the difference of two of its values
    has a rounding error of about 1e-16 · |f|, which is then divided by 2h.

    Args:
        f: Takes an array of the same shape as x and returns a number.
        x: Float or int array of any shape.
    """
    h = 1e-4
    # A float copy. In an int array x + h would be cut off to x again, and the caller's x stays as it was.
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        value = x[index]  # a number, no view: it does not follow when x[index] changes
        x[index] = value + h
        above = f(x)
        x[index] = value - h
        below = f(x)
        x[index] = value  # the next element is changed alone
        gradient[index] = (above - below) / (2 * h)
    return gradient


class TwoLayerNet:
    """A network for classification: Affine, Sigmoid, Affine, SoftmaxWithLoss.

    Attributes:
        params: Dict with the parameters W1 (input_size, hidden_size), b1 (hidden_size,), W2 (hidden_size,
            output_size) and b2 (output_size,).
    """

    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        # Random weights, or all hidden units would stay alike for ever; a bias may well begin at 0.
        self.params = {
            "W1": np.random.normal(0.0, weight_init_std, size=(input_size, hidden_size)),
            "b1": np.zeros(hidden_size),
            "W2": np.random.normal(0.0, weight_init_std, size=(hidden_size, output_size)),
            "b2": np.zeros(output_size),
        }

    def loss(self, x, t):
        """Return the mean loss of a batch."""
        _, _, loss = self._forward(x, t)
        return loss

    def gradient(self, x, t):
        """Return the gradient of `loss(x, t)` by every parameter, a dict with the keys of `params`."""
        layers, last_layer, _ = self._forward(x, t)
        # The loss by itself has the gradient 1; from there backwards, each layer's result is the next one's dout.
        dout = last_layer.backward(1)
        for layer in reversed(layers):
            dout = layer.backward(dout)
        hidden, _, output = layers
        return {"W1": hidden.dW, "b1": hidden.db, "W2": output.dW, "b2": output.db}

    def _forward(self, x, t):
        """Run a batch through fresh layers; return these, the last layer, and the loss."""
        # The layers are made of the present parameters each time: whoever changes `params` is heard at once.
        layers = [
            Affine(self.params["W1"], self.params["b1"]),
            Sigmoid(),
            Affine(self.params["W2"], self.params["b2"]),
        ]
        last_layer = SoftmaxWithLoss()
        for layer in layers:
            x = layer.forward(x)
        return layers, last_layer, last_layer.forward(x, t)
