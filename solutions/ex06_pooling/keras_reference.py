"""What Keras computes for ex06: max and average pooling, and the gradient of max pooling.

No two numbers of an input are equal: among equal maxima, backends and devices do not agree which one takes the
gradient. `same` means the same here as in Keras: what lies outside of the image counts neither for a maximum nor
for a mean. On PyTorch, though, Keras counts it for a mean wherever the padding is not even, so the mean is taken
over zeros and then divided by the share of the cells that lie inside.

Channels stand first: on an NVIDIA card, PyTorch 2.11 stops with "misaligned address" where float64 maxima of
channels that stand last come down to a single number.
"""

import math

import keras
import numpy as np

from grader.suite.keras_cases import answer, reference_case
from grader.suite.keras_gradients import gradients


def draw(rng, dtype, *shape):
    """Draw numbers of which no two are equal, about as many below 0 as above."""
    numbers = rng.permutation(math.prod(shape)) - math.prod(shape) // 2
    return (numbers.reshape(shape) / 8 + 0.03).astype(dtype)


def draw_image(rng, size, dtype):
    """Draw an image that is not square, alone or in a batch with channels."""
    shape = (size, size + int(rng.integers(0, 3)))
    if rng.random() < 0.5:
        return draw(rng, dtype, *shape)
    return draw(rng, dtype, int(rng.integers(1, 3)), *shape, int(rng.integers(1, 4)))


def draw_window(rng, x):
    """Draw height and width of a window that fits, and a stride."""
    height, width = x.shape if x.ndim == 2 else x.shape[1:3]
    return [int(rng.integers(1, min(3, n) + 1)) for n in (height, width)], int(rng.integers(1, 4))


def as_batch(x):
    """Return an image, or a batch with its channels last, as a batch with its channels first."""
    return x[np.newaxis, np.newaxis] if x.ndim == 2 else np.ascontiguousarray(np.moveaxis(x, 3, 1))


def as_image(y, x):
    """Return a batch with its channels first in the shape of `x`'s kind."""
    y = keras.ops.convert_to_numpy(y)
    return y[0, 0] if x.ndim == 2 else np.moveaxis(y, 1, 3)


def outside(n, size, stride):
    """Return how many cells of the windows of `same` lie before and behind an axis of n cells."""
    total = max((math.ceil(n / stride) - 1) * stride + size - n, 0)
    return total // 2, total - total // 2


@reference_case(sizes=(1, 2, 3, 5, 8, 16, 32), large=(256,))
def max_pool1d(rng, size, dtype):
    x, window, stride = (
        draw(rng, dtype, size),
        int(rng.integers(1, min(4, size) + 1)),
        int(rng.integers(1, 4)),
    )
    layer = keras.layers.MaxPooling1D(window, strides=stride, data_format="channels_first", dtype=dtype)
    y = keras.ops.convert_to_numpy(layer(x[np.newaxis, np.newaxis]))[0, 0]
    return answer(x, window, stride, expected=y)


@reference_case(sizes=(1, 2, 3, 4, 6, 8), large=(28,))
def max_pool2d(rng, size, dtype):
    x = draw_image(rng, size, dtype)
    window, stride = draw_window(rng, x)
    padding = str(rng.choice(["valid", "same"]))
    layer = keras.layers.MaxPooling2D(window, stride, padding, data_format="channels_first", dtype=dtype)
    return answer(x, *window, stride, padding, expected=as_image(layer(as_batch(x)), x))


@reference_case(sizes=(1, 2, 3, 4, 6, 8), large=(28,))
def average_pool2d(rng, size, dtype):
    x = draw_image(rng, size, dtype)
    window, stride = draw_window(rng, x)
    padding = str(rng.choice(["valid", "same"]))
    batch = as_batch(x)
    layer = keras.layers.AveragePooling2D(window, stride, data_format="channels_first", dtype=dtype)
    if padding == "valid":
        y = layer(batch)
    else:
        sides = [outside(n, f, stride) for n, f in zip(batch.shape[2:], window, strict=True)]
        pads = [(0, 0), (0, 0), *sides]
        # The mean of the cells inside is the mean over zeros too, divided by the share of cells that lie inside.
        y = layer(np.pad(batch, pads)) / layer(np.pad(np.ones_like(batch), pads))
    y = as_image(y, x)
    return answer(x, *window, stride, padding, expected=y, reduction=math.prod(window))


@reference_case(sizes=(1, 2, 3, 4, 5, 6), large=(28,))
def max_pool2d_backward(rng, size, dtype):
    x = draw_image(rng, size, dtype)
    window, stride = draw_window(rng, x)
    layer = keras.layers.MaxPooling2D(window, stride, data_format="channels_first", dtype=dtype)
    shape = layer.compute_output_shape(as_batch(x).shape)
    d_out = rng.normal(size=shape).astype(dtype)
    _, (d_x,) = gradients(layer, [as_batch(x)], d_out)
    return answer(
        as_image(d_out, x), x, *window, stride, expected=as_image(d_x, x), reduction=math.prod(window)
    )
