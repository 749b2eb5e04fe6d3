"""What Keras computes for ex03: softmax, cross-entropy, and the gradient of the two.

The cross-entropy gets rows that sum to 1 and hold no number near 0: Keras divides each row by its sum first and
cuts probabilities off at 1e-7, the exercise does neither. The gradient is taken from logits, where Keras cuts
nothing off.

The tolerances of a loss and of a gradient are those of the suite: a small constant inside the logarithm is allowed.
"""

import keras
import numpy as np

from grader.suite.keras_cases import answer, reference_case
from grader.suite.keras_gradients import gradients

SIZES = (1, 2, 3, 5, 8, 16)
LOSS_ATOL, GRADIENT_ATOL = 1e-5, 1e-6


def draw_logits(rng, dtype, *shape):
    return (2.0 * rng.normal(size=shape)).astype(dtype)


def draw_probabilities(rng, dtype, *shape):
    weights = rng.uniform(0.2, 1.0, size=shape)
    return (weights / weights.sum(axis=-1, keepdims=True)).astype(dtype)


def draw_labels(rng, num_samples, num_classes):
    return rng.integers(0, num_classes, size=num_samples)


@reference_case(sizes=SIZES, large=(1000,))
def softmax(rng, size, dtype):
    """A batch with as many classes as the size says."""
    a = draw_logits(rng, dtype, int(rng.integers(1, 8)), size)
    return answer(a, expected=keras.ops.softmax(a, axis=-1), reduction=size)


@reference_case(sizes=SIZES, function="softmax")
def softmax_of_a_vector(rng, size, dtype):
    a = draw_logits(rng, dtype, size)
    return answer(a, expected=keras.ops.softmax(a, axis=-1), reduction=size)


@reference_case(sizes=SIZES, large=(256,))
def cross_entropy(rng, size, dtype):
    """One-hot targets for as many samples as the size says."""
    classes = int(rng.integers(2, 8))
    y, t = draw_probabilities(rng, dtype, size, classes), np.eye(classes)[draw_labels(rng, size, classes)]
    loss = keras.ops.mean(keras.losses.categorical_crossentropy(t.astype(dtype), y))
    return answer(y, t, expected=loss, reduction=size, atol=LOSS_ATOL)


@reference_case(sizes=SIZES, function="cross_entropy")
def cross_entropy_of_labels(rng, size, dtype):
    classes = int(rng.integers(2, 8))
    y, t = draw_probabilities(rng, dtype, size, classes), draw_labels(rng, size, classes)
    loss = keras.ops.mean(keras.losses.sparse_categorical_crossentropy(t, y))
    return answer(y, t, expected=loss, reduction=size, atol=LOSS_ATOL)


def gradient_by_logits(logits, one_hot):
    def loss(z):
        t = keras.ops.convert_to_tensor(one_hot, dtype=logits.dtype.name)
        return keras.ops.mean(keras.losses.categorical_crossentropy(t, z, from_logits=True))

    return gradients(loss, [logits])[1][0]


@reference_case(sizes=SIZES, large=(256,))
def softmax_cross_entropy_gradient(rng, size, dtype):
    """One-hot targets for as many samples as the size says."""
    classes = int(rng.integers(2, 8))
    logits, t = draw_logits(rng, dtype, size, classes), np.eye(classes)[draw_labels(rng, size, classes)]
    return answer(logits, t, expected=gradient_by_logits(logits, t), reduction=classes, atol=GRADIENT_ATOL)


@reference_case(sizes=SIZES, function="softmax_cross_entropy_gradient")
def softmax_cross_entropy_gradient_of_labels(rng, size, dtype):
    classes = int(rng.integers(2, 8))
    logits, t = draw_logits(rng, dtype, size, classes), draw_labels(rng, size, classes)
    expected = gradient_by_logits(logits, np.eye(classes)[t])
    return answer(logits, t, expected=expected, reduction=classes, atol=GRADIENT_ATOL)
