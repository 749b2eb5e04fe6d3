# ruff: noqa
# 패션 MNIST 분류기: add()로 한 층씩
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.models import Model, Sequential


def build_model():
    model = Sequential()
    model.add(layers.Flatten(input_shape=[28, 28]))
    model.add(layers.Dense(300))
    model.add(layers.Activation("relu"))
    model.add(layers.Dense(100))
    model.add(layers.ReLU())
    model.add(layers.Dense(10))
    model.add(layers.Softmax())
    model.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(),
        optimizer=keras.optimizers.SGD(learning_rate=0.01),
        metrics=[keras.metrics.SparseCategoricalAccuracy()],
    )
    model.summary()
    return model


def prepare_data(X, y, n_valid=5000):
    X = X.astype("float32") / 255.0
    X_valid, X_train = X[:n_valid], X[n_valid:]
    y_valid, y_train = y[:n_valid], y[n_valid:]
    return [X_train, y_train], [X_valid, y_valid]


def predict_labels(model, X):
    labels = []
    for probs in model.predict(X):
        labels.append(int(np.argmax(probs)))
    return np.array(labels)


def wide_and_deep():
    input_ = layers.Input(shape=[8])
    h = layers.Dense(30, activation="relu")(input_)
    h = layers.Dense(30, activation="relu")(h)
    concat = layers.concatenate([input_, h])
    model = Model(inputs=[input_], outputs=[layers.Dense(1)(concat)])
    model.compile(loss="mean_squared_error", optimizer=keras.optimizers.SGD(learning_rate=1e-3))
    return model


def two_inputs():
    input_A = layers.Input(shape=[5], name="wide_input")
    input_B = layers.Input(shape=[6], name="deep_input")
    hidden1 = layers.Dense(30, activation="relu")(input_B)
    hidden2 = layers.Dense(30, activation="relu")(hidden1)
    concat = layers.concatenate([input_A, hidden2])
    output = layers.Dense(1, name="output")(concat)
    model = Model(inputs=[input_A, input_B], outputs=[output])
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(learning_rate=1e-3))
    return model
