"""What Keras computes for ex08: the outputs of each network with given weights, and the loss while it learns.

The networks are built here once more, and for float64 in float64: a submission computes in float32, as Keras does
unless it is told otherwise. Weights and images are too many to be stored; they are drawn from a seed.

`prepare_data` is left out: cutting an array in two is nothing that Keras computes.
"""

import keras
import numpy as np

from grader.suite.keras_cases import Drawn, apply, reference_case

SIZES = (1, 2, 4, 8, 16, 32)

# What the cases do with the model that a submission builds, or that stands in the function's place. It gets its own
# weights back: one model may serve all cases.
MODEL = (
    "lambda build, weights, *inputs: (lambda model: (None if model.built else model.build((None, 28, 28)), "
    "(lambda before: (model.set_weights(weights), {use}, model.set_weights(before))[1])(model.get_weights()))[1])"
    "(build if hasattr(build, 'set_weights') else build())"
)
OUTPUT = MODEL.format(use="np.asarray(model(inputs[0] if len(inputs) == 1 else list(inputs)))")
LOSSES = MODEL.format(
    use="np.array([(model.reset_metrics(), model.train_on_batch(x, y, return_dict=True)['loss'])[1] "
    "for x, y in zip(*inputs)], dtype='float32')"
)


def drawn(rng, *shape, limit=1.0):
    return Drawn(int(rng.integers(2**31)), shape, limit)


def draw_weights(rng, *shapes):
    """Draw kernels within Glorot's limit, and biases that are not 0."""
    return [drawn(rng, *shape, limit=(6 / sum(shape)) ** 0.5 if len(shape) == 2 else 0.5) for shape in shapes]


def arrays(values):
    return [value.array() for value in values]


def classifier(dtype):
    layers = keras.layers
    return keras.Sequential(
        [
            layers.Input((28, 28), dtype=dtype),
            layers.Flatten(dtype=dtype),
            layers.Dense(300, activation="relu", dtype=dtype),
            layers.Dense(100, activation="relu", dtype=dtype),
            layers.Dense(10, activation="softmax", dtype=dtype),
        ]
    )


CLASSIFIER = ((784, 300), (300,), (300, 100), (100,), (100, 10), (10,))


@reference_case(sizes=SIZES)
def build_model(rng, size, dtype):
    """The probabilities of as many images as the size says."""
    model, weights, x = classifier(dtype), draw_weights(rng, *CLASSIFIER), drawn(rng, size, 28, 28)
    model.set_weights(arrays(weights))
    return apply(OUTPUT, weights, x, expected=model(x.array().astype(dtype)), rtol=1e-3)


@reference_case(sizes=(), large=(1, 8, 32), function="build_model")
def build_model_learns(rng, size, dtype):
    """The loss before each of three steps, on batches of as many images as the size says."""
    model, weights, x = classifier(dtype), draw_weights(rng, *CLASSIFIER), drawn(rng, 3, size, 28, 28)
    y = rng.integers(0, 10, size=(3, size))
    model.set_weights(arrays(weights))
    model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.SGD(0.01))
    losses = [
        float(model.train_on_batch(*batch, return_dict=True)["loss"])
        for batch in zip(x.array().astype(dtype), y, strict=True)
        if model.reset_metrics() is None
    ]
    return apply(LOSSES, weights, x, y, expected=np.array(losses, dtype="float32"), rtol=1e-4)


@reference_case(sizes=(), large=SIZES)
def predict_labels(rng, size, dtype):
    """The labels of as many rows as the size says; the largest input has the smallest probability."""
    classes = int(rng.integers(3, 8))
    x = np.stack([rng.permutation(classes) for _ in range(size)]) / 4
    source = (
        "(lambda keras: lambda predict_labels, x: predict_labels(keras.Sequential([keras.layers.Input((x.shape[1],)), "
        "keras.layers.Rescaling(-1.0), keras.layers.Softmax()]), x))(__import__('keras'))"
    )
    probs = keras.ops.softmax(keras.ops.convert_to_tensor(-x, dtype=dtype), axis=-1)
    return apply(source, x, expected=keras.ops.argmax(probs, axis=1))


def joined(inputs, wide, deep, dtype):
    """Return the network in which `wide` goes straight to the output and `deep` through two layers."""
    hidden = deep
    for _ in range(2):
        hidden = keras.layers.Dense(30, activation="relu", dtype=dtype)(hidden)
    both = keras.layers.Concatenate(dtype=dtype)([wide, hidden])
    return keras.Model(inputs, keras.layers.Dense(1, dtype=dtype)(both))


@reference_case(sizes=SIZES)
def build_wide_and_deep(rng, size, dtype):
    weights = draw_weights(rng, (8, 30), (30,), (30, 30), (30,), (38, 1), (1,))
    x = drawn(rng, size, 8)
    inputs = keras.layers.Input((8,), dtype=dtype)
    model = joined(inputs, inputs, inputs, dtype)
    model.set_weights(arrays(weights))
    return apply(OUTPUT, weights, x, expected=model(x.array().astype(dtype)), rtol=1e-4)


@reference_case(sizes=SIZES)
def build_two_inputs(rng, size, dtype):
    weights = draw_weights(rng, (6, 30), (30,), (30, 30), (30,), (35, 1), (1,))
    x = [drawn(rng, size, n) for n in (5, 6)]
    wide, deep = (keras.layers.Input((n,), dtype=dtype) for n in (5, 6))
    model = joined([wide, deep], wide, deep, dtype)
    model.set_weights(arrays(weights))
    expected = model([array.astype(dtype) for array in arrays(x)])
    return apply(OUTPUT, weights, *x, expected=expected, rtol=1e-4)
