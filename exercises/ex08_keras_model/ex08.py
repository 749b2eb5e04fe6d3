"""ex08: A classifier with Keras.

The statement is in README.md (한국어: README.ko.md). Fill in the five functions;
then run `grade check ex08`.
"""

import keras
import numpy as np


def build_model():
    """Build and compile the classifier of 28×28 images into ten classes.

    Instead of this function you may write a module-level `model = …`.

    Returns:
        Compiled Keras model: Flatten, Dense 300 with relu, Dense 100 with relu,
        Dense 10 with softmax; loss sparse categorical cross-entropy, plain SGD
        with learning rate 0.01, metric accuracy.
    """
    raise NotImplementedError


def prepare_data(X, y, n_valid=5000):
    """Scale pixels to 0..1 and keep the first rows apart for validation.

    Args:
        X: Images, array of shape (N, …) with numbers from 0 to 255, mostly uint8.
            Must not be changed.
        y: Labels, int array of shape (N,). Must not be changed.
        n_valid: How many rows are for validation.

    Returns:
        (X_train, y_train), (X_valid, y_valid): the first n_valid rows are the
        validation part, all others the training part, both in their old order.
        The images are floats from 0 to 1 in their old shape.
    """
    raise NotImplementedError


def predict_labels(model, X):
    """Return the most probable class of each image.

    Args:
        model: Keras model whose output is a row of probabilities for each input.
        X: Inputs of the model, array of shape (N, …), already scaled.

    Returns:
        Int array of shape (N,).
    """
    raise NotImplementedError


def build_wide_and_deep():
    """Build the network in which 8 inputs reach the output on two ways.

    Returns:
        Keras model, input of shape (N, 8), output of shape (N, 1): the inputs go
        through Dense 30 and Dense 30 with relu; Concatenate joins the inputs
        (first) and the second hidden layer; Dense 1 without activation.
    """
    raise NotImplementedError


def build_two_inputs():
    """Build the network that takes its 5 wide and its 6 deep inputs separately.

    Returns:
        Keras model, inputs [A, B] of shapes (N, 5) and (N, 6), output of shape
        (N, 1): B goes through Dense 30 and Dense 30 with relu; Concatenate joins
        A (first) and the second hidden layer; Dense 1 without activation.
    """
    raise NotImplementedError
