"""Reference solution of ex08: a classifier, its data, and two networks that are no plain chain, with Keras.

What Keras adds to ex02, ex03 and ex04 is bookkeeping: it makes the weights, remembers what the backward pass
needs, walks over the batches and averages what it measures on the way. What it computes is what was written by
hand there: a Dense layer is `activation(x @ W + b)`, and SGD is `W -= learning_rate * dW`.

Source: Géron (2019), Hands-On Machine Learning, chapter 10; Cheng et al. (2016), arXiv:1606.07792, section 3.
"""

import keras
import numpy as np


def build_model():
    """Build and compile the classifier of 28×28 images into ten classes.

    Returns:
        Compiled Keras model with 266,610 parameters, input (N, 28, 28), output (N, 10).
    """
    model = keras.Sequential(
        [
            # With its input shape known, the model makes its weights now, not when it sees the first batch.
            keras.layers.Input(shape=(28, 28)),
            # (N, 28, 28) -> (N, 784). Without it a Dense layer would treat each of the 28 rows of an image as a
            # sample of its own: Dense acts on the last axis only.
            keras.layers.Flatten(),
            keras.layers.Dense(300, activation="relu"),  # 784·300 weights + 300 biases = 235,500
            keras.layers.Dense(100, activation="relu"),  # 300·100 + 100 = 30,100
            keras.layers.Dense(10, activation="softmax"),  # 100·10 + 10 = 1,010; one probability a class
        ]
    )
    model.compile(
        # "sparse": the labels are class numbers 0 to 9. Without the word they would have to be one-hot rows.
        loss="sparse_categorical_crossentropy",
        optimizer="sgd",  # plain gradient descent on batches, learning rate 0.01, no momentum
        metrics=["accuracy"],  # a list, even of one
    )
    return model


def prepare_data(X, y, n_valid=5000):
    """Scale pixels to 0..1 and keep the first rows apart for validation.

    Args:
        X: Images, shape (N, …), numbers from 0 to 255.
        y: Labels, shape (N,).
        n_valid: How many rows are for validation.

    Returns:
        (X_train, y_train), (X_valid, y_valid); the images are float64 arrays.
    """
    # Division makes a new float array, so the caller's bytes stay as they were. The divisor is the largest value
    # that a pixel can have, not the largest in X: training and test images must be scaled alike.
    X = np.asarray(X) / 255
    y = np.asarray(y)
    # The two parts share no row. A model can learn its training rows by heart, so only rows that it has never
    # seen tell how well it does on new ones.
    return (X[n_valid:], y[n_valid:]), (X[:n_valid], y[:n_valid])


def predict_labels(model, X):
    """Return the most probable class of each image.

    Args:
        model: Keras model whose output is a row of probabilities for each input.
        X: Inputs of the model, shape (N, …).

    Returns:
        int64 array of shape (N,).
    """
    probs = model.predict(X, verbose=0)  # (N, classes)
    return np.argmax(probs, axis=1)  # along the classes of each row


def build_wide_and_deep():
    """Build the network in which 8 inputs reach the output on two ways.

    A Sequential model is a chain. Here an arrow goes around the hidden layers, and that needs the functional API:
    a layer is called on the output of another one, and the model is named by its two ends.

    Returns:
        Keras model with 1,239 parameters, input (N, 8), output (N, 1).
    """
    inputs = keras.layers.Input(shape=(8,))
    hidden1 = keras.layers.Dense(30, activation="relu")(inputs)  # 8·30 + 30 = 270
    hidden2 = keras.layers.Dense(30, activation="relu")(hidden1)  # 30·30 + 30 = 930
    # The wide way (simple rules, straight from the inputs) beside the deep one (patterns of patterns).
    both = keras.layers.Concatenate()([inputs, hidden2])  # (N, 38)
    output = keras.layers.Dense(1)(both)  # 38·1 + 1 = 39; no activation: any number may be predicted
    return keras.Model(inputs=inputs, outputs=output)


def build_two_inputs():
    """Build the network that takes its 5 wide and its 6 deep inputs separately.

    Returns:
        Keras model with 1,176 parameters, inputs [(N, 5), (N, 6)], output (N, 1).
    """
    wide = keras.layers.Input(shape=(5,))
    deep = keras.layers.Input(shape=(6,))
    hidden1 = keras.layers.Dense(30, activation="relu")(deep)  # 6·30 + 30 = 210
    hidden2 = keras.layers.Dense(30, activation="relu")(hidden1)  # 30·30 + 30 = 930
    both = keras.layers.Concatenate()([wide, hidden2])  # (N, 35)
    output = keras.layers.Dense(1)(both)  # 35·1 + 1 = 36
    # The order of this list is the order in which `fit` and `predict` expect the arrays.
    return keras.Model(inputs=[wide, deep], outputs=output)
