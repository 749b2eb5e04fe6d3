"""What Keras computes for ex07: SimpleRNN, its cell, and their gradients.

Keras's kernel is Wx, its recurrent kernel Wh. The gradient by a state before the first step is the cell's dh_prev;
the layer of the exercise drops it, and so does the case.
"""

import keras
import numpy as np

from grader.suite.keras_cases import call, read, reference_case, steps
from grader.suite.keras_gradients import gradients

SIZES = (1, 2, 3, 4, 6, 8)


def draw(rng, dtype, *shape, scale=1.0):
    return (scale * rng.normal(size=shape)).astype(dtype)


def draw_weights(rng, dtype, num_inputs, num_units):
    """Draw Wx, Wh and b so small that tanh is seldom flat: there 1 - h² loses float32's digits."""
    scale = 0.7 * (num_inputs + num_units) ** -0.5
    shapes = ((num_inputs, num_units), (num_units, num_units), (num_units,))
    return [draw(rng, dtype, *shape, scale=scale) for shape in shapes]


def recurrent_layer(num_inputs, num_units, dtype):
    """Return a function (xs, h, Wx, Wh, b) that is a SimpleRNN layer."""
    layer = keras.layers.SimpleRNN(num_units, return_sequences=True, dtype=dtype)
    layer.build((None, None, num_inputs))
    rest = [variable.value for variable in layer.non_trainable_variables]

    def run(xs, h, *weights):
        return layer.stateless_call(weights, rest, xs, initial_state=[h])[0]

    return run


def recurrent_cell(num_inputs, num_units, dtype):
    """Return a function (x, h, Wx, Wh, b) that is a SimpleRNNCell."""
    cell = keras.layers.SimpleRNNCell(num_units, dtype=dtype)
    cell.build((None, num_inputs))
    rest = [variable.value for variable in cell.non_trainable_variables]
    return lambda x, h, *weights: cell.stateless_call(weights, rest, x, [h])[0][0]


@reference_case(sizes=SIZES, large=(64,))
def RNN(rng, size, dtype):
    """As many units as the size says."""
    samples, inputs = int(rng.integers(1, 5)), size + int(rng.integers(1, 3))
    weights, x = draw_weights(rng, dtype, inputs, size), draw(rng, dtype, samples, inputs)
    h, dh = draw(rng, dtype, samples, size, scale=0.5), draw(rng, dtype, samples, size)
    y, (dx, dh_prev, *grads) = gradients(recurrent_cell(inputs, size, dtype), [x, h, *weights], dh)
    terms = inputs + size + 1
    return steps(
        call("", *weights),
        call("forward", x, h, expected=y, reduction=terms),
        call("backward", dh, expected=(dx, dh_prev), reduction=2 * terms),
        read("grads", expected=grads, reduction=terms + samples),
    )


@reference_case(sizes=SIZES, large=(32,))
def TimeRNN(rng, size, dtype):
    """As many steps as the size says."""
    samples, inputs, units = (int(n) for n in rng.integers(1, 5, size=3))
    weights, xs = draw_weights(rng, dtype, inputs, units), draw(rng, dtype, samples, size, inputs)
    dhs, zeros = draw(rng, dtype, samples, size, units), np.zeros((samples, units), dtype)
    hs, (dxs, _, *grads) = gradients(recurrent_layer(inputs, units, dtype), [xs, zeros, *weights], dhs)
    terms = size * (inputs + units + 1)
    return steps(
        call("", *weights),
        call("forward", xs, expected=hs, reduction=terms),
        call("backward", dhs, expected=dxs, reduction=2 * terms),
        read("grads", expected=grads, reduction=terms * samples),
    )


@reference_case(sizes=SIZES, function="TimeRNN")
def TimeRNN_stateful(rng, size, dtype):
    """Two blocks of one sequence: the second begins where the first ended."""
    samples, inputs, units = (int(n) for n in rng.integers(1, 5, size=3))
    weights, xs = draw_weights(rng, dtype, inputs, units), draw(rng, dtype, samples, 2 * size, inputs)
    zeros = np.zeros((samples, units), dtype)
    tensors = [keras.ops.convert_to_tensor(array) for array in (xs, zeros, *weights)]
    hs = keras.ops.convert_to_numpy(recurrent_layer(inputs, units, dtype)(*tensors))
    terms = 2 * size * (inputs + units + 1)
    return steps(
        call("", *weights, True),
        call("forward", xs[:, :size].copy(), expected=hs[:, :size].copy(), reduction=terms),
        call("forward", xs[:, size:].copy(), expected=hs[:, size:].copy(), reduction=terms),
    )
