"""What Keras computes for ex02: networks of Dense layers with given weights.

`step` is left out: Keras has no such activation, and next to 0 the last digit would decide about it. Left out are
`XOR` and `train_xor` too: the one has no numbers to compute, and two right trainings do not end in one place.
"""

from itertools import pairwise

import keras
import numpy as np

from grader.suite.keras_cases import answer, reference_case

SIZES = (1, 2, 3, 5, 8, 16)
ACTIVATIONS = ("sigmoid", "tanh", "relu", "identity", "softmax")


def draw(rng, dtype, *shape, scale=1.0):
    return (scale * rng.normal(size=shape)).astype(dtype)


def draw_layer(rng, dtype, num_inputs, num_units):
    """Draw weights that keep sigmoid and tanh away from their ends."""
    return draw(rng, dtype, num_inputs, num_units, scale=num_inputs**-0.5), draw(
        rng, dtype, num_units, scale=0.5
    )


def dense(x, W, b, activation):
    """Return the outputs of a Dense layer with these weights."""
    layer = keras.layers.Dense(
        W.shape[1], activation=None if activation == "identity" else activation, dtype=W.dtype.name
    )
    layer.build(x.shape)
    layer.set_weights([W, b])
    return layer(x)


@reference_case(sizes=SIZES, large=(64,))
def xor_forward(rng, size, dtype):
    X = draw(rng, dtype, size, 2)
    W1, b1 = draw_layer(rng, dtype, 2, size)
    W2, b2 = draw_layer(rng, dtype, size, 1)
    y = dense(dense(X, W1, b1, "sigmoid"), W2, b2, "sigmoid")
    return answer(X, W1, b1, W2, b2, expected=y, reduction=size + 2)


def relu_network(X, dtype):
    """Return hidden layer and output of the network with two ReLU units."""
    hidden = dense(X, np.ones((2, 2), dtype), np.array([0, -1], dtype), "relu")
    output = dense(hidden, np.array([[1], [-2]], dtype), np.zeros(1, dtype), "identity")
    return hidden, keras.ops.squeeze(output, axis=-1)


@reference_case(sizes=SIZES, large=(64,))
def relu_xor_hidden(rng, size, dtype):
    X = rng.uniform(-1, 2, size=(size, 2)).astype(dtype)
    return answer(X, expected=relu_network(X, dtype)[0], reduction=3)


@reference_case(sizes=SIZES, large=(64,))
def relu_xor(rng, size, dtype):
    X = rng.uniform(-1, 2, size=(size, 2)).astype(dtype)
    return answer(X, expected=relu_network(X, dtype)[1], reduction=8)


@reference_case(sizes=SIZES, large=(40,))
def forward(rng, size, dtype):
    """Two to four layers; no two widths are equal."""
    widths = [size + int(n) for n in rng.permutation(6)[: int(rng.integers(3, 6))]]
    x = draw(rng, dtype, int(rng.integers(1, 6)), widths[0])
    names = [str(rng.choice(ACTIVATIONS[:4])) for _ in widths[2:]] + [str(rng.choice(ACTIVATIONS))]
    layers = [
        (*draw_layer(rng, dtype, *shape), name) for shape, name in zip(pairwise(widths), names, strict=True)
    ]
    y = x
    for W, b, name in layers:
        y = dense(y, W, b, name)
    return answer(x, layers, expected=y, reduction=sum(widths))


@reference_case(sizes=range(2, 14), dtypes=("float32",))
def count_params(rng, size, dtype):
    """As many layers as the size says; Keras counts what it made."""
    widths = [int(n) for n in rng.integers(1, 100, size=size)]
    model = keras.Sequential([keras.layers.Input((widths[0],)), *map(keras.layers.Dense, widths[1:])])
    return answer(widths, expected=model.count_params())
