# ruff: noqa
"""Everything with the functional API and keras.ops, no word where an object can stand."""

import keras
import numpy as np
from keras import activations, initializers, losses, metrics, ops, optimizers
from keras.layers import Concatenate, Dense, Flatten, Input


def build_model():
    images = Input((28, 28), name="images")
    x = Flatten()(images)
    for number, units in enumerate((300, 100), start=1):
        x = Dense(units, activations.relu, kernel_initializer=initializers.GlorotUniform(), name=f"hidden{number}")(x)
    model = keras.Model(images, Dense(10, keras.ops.softmax, name="probs")(x))
    model.compile(optimizers.SGD(), losses.sparse_categorical_crossentropy, metrics=[metrics.sparse_categorical_accuracy])
    return model


def prepare_data(X, y, n_valid=5000):
    parts = np.split(np.divide(X, 255.0), [n_valid]), np.split(np.asarray(y), [n_valid])
    (X_valid, X_train), (y_valid, y_train) = parts
    return (X_train, y_train), (X_valid, y_valid)


def predict_labels(model, X):
    return ops.argmax(model(ops.convert_to_tensor(X)), axis=-1)


def _tower(x):
    for _ in range(2):
        x = Dense(30, "relu")(x)
    return x


def _joined(inputs, wide, deep):
    return keras.Model(inputs, Dense(1)(Concatenate(axis=-1)([wide, _tower(deep)])))


def build_wide_and_deep():
    x = Input((8,))
    return _joined(x, x, x)


def build_two_inputs():
    a, b = Input((5,)), Input((6,))
    return _joined([a, b], a, b)
