# ruff: noqa
# 000 강의 따라 하기
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import tensorflow as tf


def prepare_data(X, y, n_valid=5000):
    X_valid, X_train = X[:n_valid] / 255.0, X[n_valid:] / 255.0
    y_valid, y_train = y[:n_valid], y[n_valid:]
    return (X_train, y_train), (X_valid, y_valid)


def predict_labels(model, X_new):
    y_proba = model.predict(X_new, verbose=0)
    return y_proba.argmax(axis=-1)


model = tf.keras.models.Sequential(
    [
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(300, activation=tf.nn.relu),
        tf.keras.layers.Dense(100, activation=tf.nn.relu),
        tf.keras.layers.Dense(10, activation=tf.nn.softmax),
    ]
)
model.compile(loss="sparse_categorical_crossentropy", optimizer="SGD", metrics=["acc"])


class WideAndDeep(tf.keras.Model):
    def __init__(self):
        inputs = tf.keras.Input((8,))
        h1 = tf.keras.layers.Dense(30, activation="relu")(inputs)
        h2 = tf.keras.layers.Dense(30, activation="relu")(h1)
        out = tf.keras.layers.Dense(1)(tf.keras.layers.Concatenate()([inputs, h2]))
        super().__init__(inputs=inputs, outputs=out)


def build_wide_and_deep():
    return WideAndDeep()


A, B = tf.keras.Input((5,)), tf.keras.Input((6,))
h = tf.keras.layers.Dense(30, activation="relu")(B)
h = tf.keras.layers.Dense(30, activation="relu")(h)
h = tf.concat([A, h], axis=1) if False else tf.keras.layers.concatenate([A, h])
build_two_inputs = tf.keras.Model([A, B], tf.keras.layers.Dense(1)(h))

# ---- 학습해 보기 ----
tf.random.set_seed(42)
images = (np.random.rand(400, 28, 28) * 255).astype(np.uint8)
labels = np.random.randint(0, 10, size=400)
(X_train, y_train), (X_valid, y_valid) = prepare_data(images, labels, 100)
history = model.fit(X_train, y_train, epochs=2, validation_data=(X_valid, y_valid))
pd.DataFrame(history.history).plot(figsize=(8, 5))
plt.show()

(X_train_full, y_train_full), (X_test, y_test) = tf.keras.datasets.fashion_mnist.load_data()
model.fit(X_train_full / 255.0, y_train_full, epochs=30)
model.evaluate(X_test / 255.0, y_test)
