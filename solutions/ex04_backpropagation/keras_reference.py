"""What Keras computes for ex04: layers, a loss and a network, with the gradients that its backend finds.

No input of ReLU lies near 0, where the derivative jumps. The loss is taken from logits: Keras cuts nothing off
there. No probability falls below 0.01, because a small constant inside the logarithm is allowed. The tolerances of
a loss, of its gradient and of a numerical gradient are those of the suite.
"""

import keras
import numpy as np

from grader.suite.keras_cases import apply, call, read, reference_case, steps, write
from grader.suite.keras_gradients import gradients

SIZES = (1, 2, 3, 5, 8, 16)
LOSS_ATOL, GRADIENT_ATOL, NUMERICAL_ATOL = 1e-5, 1e-6, 1e-4


def draw(rng, dtype, *shape, scale=1.0):
    return (scale * rng.normal(size=shape)).astype(dtype)


def dense(num_inputs, num_units, dtype, activation=None):
    """Return a function (x, W, b) that is a Dense layer."""
    layer = keras.layers.Dense(num_units, activation=activation, dtype=dtype)
    layer.build((None, num_inputs))
    return lambda x, W, b: layer.stateless_call([W, b], [], x)[0]


@reference_case(sizes=SIZES, large=(40,))
def Affine(rng, size, dtype):
    """As many inputs as the size says; samples and outputs are fewer or more."""
    samples, outputs = size + int(rng.integers(1, 4)), size + int(rng.integers(4, 7))
    W, b, x = draw(rng, dtype, size, outputs), draw(rng, dtype, outputs), draw(rng, dtype, samples, size)
    dout = draw(rng, dtype, samples, outputs)
    y, (dx, dW, db) = gradients(dense(size, outputs, dtype), [x, W, b], dout)
    return steps(
        call("", W, b),
        call("forward", x, expected=y, reduction=size + 1),
        call("backward", dout, expected=dx, reduction=outputs),
        read("dW", expected=dW, reduction=samples),
        read("db", expected=db, reduction=samples),
    )


def activation_case(rng, size, dtype, function):
    """Forward and backward through an activation, for a batch of as many rows as the size says.

    Farther out tanh is so flat that 1 - y² has lost half of float32's digits.
    """
    x = rng.uniform(-1.5, 1.5, size=(size, int(rng.integers(1, 6)))).astype(dtype)
    x = np.where(np.abs(x) < 0.05, x + np.array(0.2, dtype), x)
    dout = draw(rng, dtype, *x.shape)
    y, (dx,) = gradients(function, [x], dout)
    return steps(call(""), call("forward", x, expected=y), call("backward", dout, expected=dx, reduction=4))


@reference_case(sizes=SIZES, large=(40,))
def Sigmoid(rng, size, dtype):
    return activation_case(rng, size, dtype, keras.layers.Activation("sigmoid", dtype=dtype))


@reference_case(sizes=SIZES, large=(40,))
def Tanh(rng, size, dtype):
    return activation_case(rng, size, dtype, keras.layers.Activation("tanh", dtype=dtype))


@reference_case(sizes=SIZES, large=(40,))
def Relu(rng, size, dtype):
    return activation_case(rng, size, dtype, keras.layers.ReLU(dtype=dtype))


def mean_loss(logits, one_hot):
    return keras.ops.mean(keras.losses.categorical_crossentropy(one_hot, logits, from_logits=True))


def draw_targets(rng, num_samples, num_classes, dtype):
    """Return labels, and the tensor of their one-hot rows."""
    t = rng.integers(0, num_classes, size=num_samples)
    return t, keras.ops.convert_to_tensor(np.eye(num_classes)[t], dtype=dtype)


@reference_case(sizes=SIZES, large=(256,))
def SoftmaxWithLoss(rng, size, dtype):
    """Labels in one half of the cases, one-hot rows in the other."""
    classes = int(rng.integers(2, 8))
    x = rng.uniform(-1, 1, size=(size, classes)).astype(dtype)
    labels, one_hot = draw_targets(rng, size, classes, dtype)
    loss, (dx,) = gradients(lambda z: mean_loss(z, one_hot), [x])
    t = labels if rng.random() < 0.5 else np.eye(classes)[labels]
    return steps(
        call(""),
        call("forward", x, t, expected=loss, reduction=size, atol=LOSS_ATOL),
        call("backward", expected=dx, reduction=classes, atol=GRADIENT_ATOL),
    )


@reference_case(sizes=SIZES, large=(50,))
def TwoLayerNet(rng, size, dtype):
    """As many hidden units as the size says."""
    inputs, classes, samples = size + 1, int(rng.integers(2, 6)), size + int(rng.integers(2, 5))
    shapes = {"W1": (inputs, size), "b1": (size,), "W2": (size, classes), "b2": (classes,)}
    params = {
        name: (rng.uniform(-1, 1, size=shape) * (shape[0] ** -0.5 if len(shape) == 2 else 0.5)).astype(dtype)
        for name, shape in shapes.items()
    }
    x = draw(rng, dtype, samples, inputs)
    t, one_hot = draw_targets(rng, samples, classes, dtype)
    hidden, output = dense(inputs, size, dtype, "sigmoid"), dense(size, classes, dtype)

    def loss_of(W1, b1, W2, b2):
        batch = keras.ops.convert_to_tensor(x)
        return mean_loss(output(hidden(batch, W1, b1), W2, b2), one_hot)

    loss, found = gradients(loss_of, list(params.values()))
    return steps(
        call("", inputs, size, classes),
        *(write("params", name, values) for name, values in params.items()),
        call("loss", x, t, expected=loss, reduction=inputs + size, atol=LOSS_ATOL),
        call(
            "gradient",
            x,
            t,
            expected=dict(zip(params, found, strict=True)),
            reduction=inputs + size + samples,
            atol=GRADIENT_ATOL,
        ),
    )


@reference_case(sizes=(1, 2, 3, 4, 6, 8))
def numerical_gradient(rng, size, dtype):
    """The gradient of a sum of squares of tanh: the backend's own, which needs no step."""
    x = np.round(rng.normal(size=(size, 2) if rng.random() < 0.5 else (size,)), 2)
    _, (gradient,) = gradients(
        lambda z: keras.ops.sum(keras.ops.square(keras.ops.tanh(z))), [x.astype(dtype)]
    )
    source = "lambda numerical_gradient, x: numerical_gradient(lambda z: float((np.tanh(z) ** 2).sum()), x)"
    return apply(source, x, expected=gradient, reduction=x.size, atol=NUMERICAL_ATOL)
