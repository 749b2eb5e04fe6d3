"""Reference solution of ex02: XOR and the multilayer perceptron, written out with numpy.

One line cannot separate the two classes of XOR. A hidden layer makes new coordinates in which one line can:
first from gates, then from sigmoid and ReLU units with weights that somebody chose, at last with weights that
the network finds by itself.

Vectors are rows. A layer computes activation(x @ W + b), where each column of W belongs to one unit.

How often does `train_xor` fail? Measured with its recipe, the starts that were not close enough after 1,000
steps:

    hidden units    2               3             4               8              8, weights 100 times smaller
    failed          5,953 (30 %)    873 (4.4 %)   855 (0.43 %)    0              20,000 (all)
    of              20,000          20,000        200,000         200,000        20,000

A start that fails is thrown away and another one drawn, up to 20 times. With 4 units, the fewest that the
statement allows, a training then fails with a probability below 0.005^20 < 10^-45. One grading asks XOR of 22
trainings: far below one false verdict in 10,000 gradings.

Sources: Goodfellow, Bengio and Courville (2016), Deep Learning, section 6.1 (the ReLU network); Rumelhart,
Hinton and Williams (1986), Learning representations by back-propagating errors (XOR learned by descent).
"""

from itertools import pairwise

import numpy as np

# The four points and their labels.
POINTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
LABELS = np.array([[0.0], [1.0], [1.0], [0.0]])

# The recipe of `train_xor`.
NUM_HIDDEN = 8  # the statement asks for at least 4
LEARNING_RATE = 0.5
NUM_STEPS = 1000
NUM_STARTS = 20
CLOSE_ENOUGH = 0.25


# ------------------------------------------------------------------------------------- gates become a network


def gate(x1, x2, w1, w2, b):
    """Return 1 if the weighted sum is above 0, else 0."""
    return int(x1 * w1 + x2 * w2 + b > 0)


def XOR(x1, x2):
    """Combine three gates: "not both" and "at least one", both of them true.

    The last gate sees what the first two made of the inputs, no longer the inputs themselves.
    """
    not_both = gate(x1, x2, -1, -1, 1.5)  # NAND
    at_least_one = gate(x1, x2, 1, 1, -0.5)  # OR
    return gate(not_both, at_least_one, 1, 1, -1.5)  # AND


# ------------------------------------------------------------------------------------------------ activations


def step(z):
    """Return 1 where z is above 0, else 0; at 0 itself, 0."""
    return (z > 0).astype(int)


def sigmoid(z):
    """Return 1 / (1 + exp(-z)), written with tanh: that never overflows.

    tanh(z/2) = (1 - exp(-z)) / (1 + exp(-z)), and adding 1 leaves 2 / (1 + exp(-z)).
    """
    return (1 + np.tanh(z / 2)) / 2


def relu(z):
    """Return z where it is above 0, else 0."""
    return np.maximum(z, 0)


def identity(z):
    """Return z."""
    return z


def softmax(z):
    """Return the shares of exp(z) in its row.

    The row's largest number is taken off first: it cancels in the fraction, and exp can no longer overflow.
    """
    exponentials = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


ACTIVATIONS = {
    "step": step,
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "relu": relu,
    "identity": identity,
    "softmax": softmax,
}


# ------------------------------------------------------------------------ networks with weights that are given


def xor_forward(X, W1, b1, W2, b2):
    """Send rows through a hidden and an output layer of sigmoid units.

    Args:
        X: Inputs, shape (N, D), one sample a row.
        W1: Hidden weights, shape (D, H), one unit a column.
        b1: Hidden biases, shape (H,).
        W2: Output weights, shape (H, 1).
        b2: Output bias, shape (1,).

    Returns:
        float array of shape (N, 1).
    """
    hidden = sigmoid(X @ W1 + b1)
    return sigmoid(hidden @ W2 + b2)


def relu_xor_hidden(X):
    """Return what the hidden layer of the ReLU network makes of each row: relu(X W + c).

    Both units add the inputs; the second one only counts what goes beyond 1. In the new coordinates (0, 1)
    and (1, 0) are one and the same point, and a line separates it from the two others.

    Args:
        X: Inputs, shape (N, 2).

    Returns:
        Array of shape (N, 2).
    """
    W = np.array([[1, 1], [1, 1]])
    c = np.array([0, -1])
    return relu(X @ W + c)


def relu_xor(X):
    """Return the output of the ReLU network for each row: the sum, less twice what goes beyond 1.

    Args:
        X: Inputs, shape (N, 2).

    Returns:
        Array of shape (N,): w is a vector, so `@` takes the last axis away.
    """
    w = np.array([1, -2])
    return relu_xor_hidden(X) @ w


def forward(x, layers):
    """Send one vector or a batch of rows through any number of layers.

    Args:
        x: Shape (n,) or (N, n).
        layers: A list of (W, b, activation): W of shape (inputs, outputs), b of shape (outputs,), and one of
            the names in `ACTIVATIONS`.

    Returns:
        Array of shape (m,) or (N, m), where m is the number of outputs of the last layer.

    Raises:
        ValueError: There is no such activation.
    """
    for W, b, activation in layers:
        if activation not in ACTIVATIONS:
            raise ValueError(
                f"Unknown activation. Expected one of {list(ACTIVATIONS)}. Received: {activation!r}"
            )
        # What leaves one layer enters the next. `x` is a new name here: the caller's array stays as it was.
        x = ACTIVATIONS[activation](x @ W + b)
    return x


def count_params(sizes):
    """Return the number of weights and biases of a fully connected network.

    Args:
        sizes: Units of each layer, the inputs first, such as [784, 300, 100, 10].
    """
    total = 0
    for num_inputs, num_units in pairwise(sizes):  # [3, 4, 2]: 3 to 4, then 4 to 2
        weights = num_inputs * num_units  # every unit looks at every input
        biases = num_units  # one for each unit; inputs compute nothing and have none
        total += weights + biases
    return total


# -------------------------------------------------------------------------------------- a network that learns


def draw_start(rng):
    """Return fresh weights, normal with standard deviation 1, and biases of 0.

    The weights have to differ: units that start alike get the same gradient and stay alike for ever.
    """
    W1, b1 = rng.normal(0, 1, size=(2, NUM_HIDDEN)), np.zeros(NUM_HIDDEN)
    W2, b2 = rng.normal(0, 1, size=(NUM_HIDDEN, 1)), np.zeros(1)
    return W1, b1, W2, b2


def descend(W1, b1, W2, b2):
    """Return the weights after gradient descent on the cross-entropy of the four points, and whether it learned.

    The loss is L = -Σ (t log y + (1 - t) log(1 - y)), summed over the points, and every step sees all four.
    `d_output` and `d_hidden` are its derivatives with respect to the sums of the two layers.
    """
    for _ in range(NUM_STEPS):
        h = sigmoid(POINTS @ W1 + b1)
        y = sigmoid(h @ W2 + b2)
        if np.max(np.abs(y - LABELS)) < CLOSE_ENOUGH:
            return (W1, b1, W2, b2), True
        # Of sigmoid and cross-entropy together only the difference is left, as it was with softmax in ex03.
        d_output = y - LABELS
        # How much each hidden unit had to do with it, with the W2 of this pass; h (1 - h) is the sigmoid's slope.
        d_hidden = d_output @ W2.T * h * (1 - h)
        # New arrays instead of `-=`: nobody else's weights can change on the way.
        W2 = W2 - LEARNING_RATE * (h.T @ d_output)
        b2 = b2 - LEARNING_RATE * d_output.sum(axis=0)
        W1 = W1 - LEARNING_RATE * (POINTS.T @ d_hidden)
        b1 = b1 - LEARNING_RATE * d_hidden.sum(axis=0)
    return (W1, b1, W2, b2), False


def train_xor(rng):
    """Learn XOR from its four points.

    Args:
        rng: A `numpy.random.Generator`; every random number comes from it.

    Returns:
        The function predict(X): for X of shape (N, 2), the network's outputs, shape (N, 1), between 0 and 1.
    """
    for _ in range(NUM_STARTS):
        network, has_learned = descend(*draw_start(rng))
        # Descent only walks downhill. From some starts it ends in a hollow where one point stays wrong;
        # nothing leads out of it but another start.
        if has_learned:
            break

    W1, b1, W2, b2 = network

    def predict(X):
        # These weights belong to this call of train_xor alone: another training does not touch them.
        return sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)

    return predict
