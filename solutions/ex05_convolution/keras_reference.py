"""What Keras computes for ex05: correlation is what it calls convolution.

Where Keras means something else, its input is padded here as the exercise says, and then it computes `valid`:

* an even kernel in `same` has its extra zero on the left of a signal, Keras lays it on the right (for images both
  lay it below and on the right);
* `same` with a stride is the result with stride 1, of which every stride-th number stays; Keras pads less there;
* `full` does not exist in Keras.
"""

import keras
import numpy as np

from grader.suite.keras_cases import answer, reference_case

MODES = ("valid", "same", "full")


def draw(rng, dtype, *shape):
    return rng.normal(size=shape).astype(dtype)


def zeros_around(f, mode):
    """Return how many zeros go before and after an axis; the odd one goes after it."""
    total = {"valid": 0, "same": f - 1, "full": 2 * (f - 1)}[mode]
    return total // 2, total - total // 2


def correlation(x, w, mode, stride):
    """Return Keras's convolution of one signal or image."""
    pads = [zeros_around(f, mode) for f in w.shape]
    if x.ndim == 1:
        pads = [(after, before) for before, after in pads]
    if mode == "same" and stride == 1 and x.ndim == 2:
        padding = "same"  # here Keras means the same
    else:
        padding, x = "valid", np.pad(x, pads)
    y = keras.ops.conv(
        keras.ops.convert_to_tensor(x[np.newaxis, ..., np.newaxis]),
        keras.ops.convert_to_tensor(w[..., np.newaxis, np.newaxis]),
        strides=stride,
        padding=padding,
        data_format="channels_last",
    )
    return keras.ops.convert_to_numpy(y)[0, ..., 0]


def draw_mode(rng, x, w):
    """Draw a mode; never `valid` where the kernel does not fit."""
    fits = all(f <= n for f, n in zip(w.shape, x.shape, strict=True))
    return str(rng.choice(MODES if fits else MODES[1:]))


@reference_case(sizes=(1, 2, 3, 5, 8, 16, 32), large=(256,))
def correlate1d(rng, size, dtype):
    x, w = draw(rng, dtype, size), draw(rng, dtype, int(rng.integers(1, 8)))
    mode, stride = draw_mode(rng, x, w), int(rng.integers(1, 4))
    return answer(x, w, mode, stride, expected=correlation(x, w, mode, stride), reduction=w.size)


@reference_case(sizes=(1, 2, 3, 5, 8, 16, 32), large=(256,))
def convolve1d(rng, size, dtype):
    x, w = draw(rng, dtype, size), draw(rng, dtype, int(rng.integers(1, 8)))
    mode = draw_mode(rng, x, w)
    return answer(x, w, mode, expected=correlation(x, w[::-1].copy(), mode, 1), reduction=w.size)


def draw_image(rng, size, dtype):
    """Draw an image that is not square, and a kernel."""
    height, width = size, size + int(rng.integers(0, 3))
    fh, fw = (int(n) for n in rng.integers(1, 5, size=2))
    return draw(rng, dtype, height, width), draw(rng, dtype, fh, fw)


@reference_case(sizes=(1, 2, 3, 4, 6, 8), large=(28,))
def correlate2d(rng, size, dtype):
    x, w = draw_image(rng, size, dtype)
    mode, stride = draw_mode(rng, x, w), int(rng.integers(1, 4))
    return answer(x, w, mode, stride, expected=correlation(x, w, mode, stride), reduction=w.size)


@reference_case(sizes=(1, 2, 3, 4, 6, 8), large=(28,))
def convolve2d(rng, size, dtype):
    x, w = draw_image(rng, size, dtype)
    mode = draw_mode(rng, x, w)
    turned = w[::-1, ::-1].copy()
    return answer(x, w, mode, expected=correlation(x, turned, mode, 1), reduction=w.size)


@reference_case(sizes=range(1, 13), large=(224,), dtypes=("float32",))
def output_size(rng, size, dtype):
    """What the layers say of their output's length."""
    padding, stride = int(rng.integers(0, 3)), int(rng.integers(1, 4))
    f = int(rng.integers(1, min(7, size + 2 * padding) + 1))
    padded = keras.layers.ZeroPadding1D(padding).compute_output_shape((1, size, 1))
    shape = keras.layers.Conv1D(1, f, strides=stride).compute_output_shape(padded)
    return answer(size, f, stride, padding, expected=int(shape[1]))
