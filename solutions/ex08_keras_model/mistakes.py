"""Wrong solutions of ex08 that learners write, each with the question that may put them right.

An alternative is wrong in one respect and right in every other. Each stands as a whole submission in a worker,
so this file is never imported: the decorators hold nothing but literals.
"""

import keras
import numpy as np
from solution import prepare_data as prepare_rightly

from grader.language import Text
from grader.suite.mistakes import mistake


def chain(*layers, loss="sparse_categorical_crossentropy", metrics=("accuracy",)):
    """Return a compiled chain of layers behind the input of images."""
    model = keras.Sequential([keras.layers.Input(shape=(28, 28)), *layers])
    model.compile(loss=loss, optimizer="sgd", metrics=metrics if isinstance(metrics, str) else list(metrics))
    return model


def dense(units, activation="relu"):
    """Return a Dense layer."""
    return keras.layers.Dense(units, activation=activation)


def joined(inputs, wide, deep, *, takes_hidden1=False):
    """Return a network whose last layer sees `wide` and a hidden layer above `deep`."""
    hidden1 = dense(30)(deep)
    hidden2 = dense(30)(hidden1)
    both = keras.layers.Concatenate()([wide, hidden1 if takes_hidden1 else hidden2])
    return keras.Model(inputs=inputs, outputs=dense(1, None)(both))


# ------------------------------------------------------------------------------------------ the classifier


@mistake(
    "labels_taken_for_one_hot",
    replaces="build_model",
    hint=Text(
        en="Print y_train[:3] and the shape of the output. Are your labels class numbers or rows of ten numbers?",
        ko="y_train[:3]과 출력의 shape을 출력해 보세요. 레이블은 클래스 번호인가요, 수 열 개짜리 행인가요?",
    ),
)
def labels_taken_for_one_hot():
    layers = [keras.layers.Flatten(), dense(300), dense(100), dense(10, "softmax")]
    return chain(*layers, loss="categorical_crossentropy")


@mistake(
    "softmax_missing",
    replaces="build_model",
    hint=Text(
        en="Add up the ten outputs for one image. What should the sum be if they are probabilities?",
        ko="이미지 한 장의 출력 열 개를 모두 더해 보세요. 확률이라면 합이 얼마여야 하나요?",
    ),
)
def softmax_missing():
    return chain(keras.layers.Flatten(), dense(300), dense(100), dense(10, None))


@mistake(
    "dense_before_flatten",
    replaces="build_model",
    hint=Text(
        en="Read `Output Shape` in the summary line by line. Which axis does a Dense layer replace?",
        ko="summary()의 Output Shape를 한 줄씩 읽어 보세요. Dense 층은 어느 축을 바꾸나요?",
    ),
)
def dense_before_flatten():
    return chain(dense(300), dense(100), keras.layers.Flatten(), dense(10, "softmax"))


@mistake(
    "one_output_unit",
    replaces="build_model",
    hint=Text(
        en="Of what should there be as many as output neurons?",
        ko="출력 뉴런의 수는 무엇의 개수와 같아야 하나요?",
    ),
)
def one_output_unit():
    return chain(keras.layers.Flatten(), dense(300), dense(100), dense(1, "softmax"))


@mistake(
    "metric_as_bare_word",
    replaces="build_model",
    hint=Text(
        en="Read Keras' message to its end: what kind of thing should `metrics` be? Which version is installed?",
        ko="케라스의 오류 문장을 끝까지 읽어 보세요. `metrics`는 무엇이어야 하나요? 설치된 버전은 몇인가요?",
    ),
)
def metric_as_bare_word():
    layers = [keras.layers.Flatten(), dense(300), dense(100), dense(10, "softmax")]
    return chain(*layers, metrics="accuracy")


# ------------------------------------------------------------------------------------ the data and the labels


@mistake(
    "pixels_not_scaled",
    replaces="prepare_data",
    hint=Text(
        en="Print X_train.max(). Is that the largest number that the network should see?",
        ko="X_train.max()를 출력해 보세요. 신경망이 받아야 할 가장 큰 수가 맞나요?",
    ),
)
def pixels_not_scaled(X, y, n_valid=5000):
    return (X[n_valid:].astype(float), y[n_valid:]), (X[:n_valid].astype(float), y[:n_valid])


@mistake(
    "scaled_by_own_maximum",
    replaces="prepare_data",
    hint=Text(
        en="If you divide by X.max(), does a pixel of 100 become the same number in every set of images?",
        ko="X.max()로 나누면, 값이 100인 픽셀이 어느 이미지 묶음에서나 같은 수가 되나요?",
    ),
)
def scaled_by_own_maximum(X, y, n_valid=5000):
    X = X / X.max()
    return (X[n_valid:], y[n_valid:]), (X[:n_valid], y[:n_valid])


@mistake(
    "validation_rows_in_training",
    replaces="prepare_data",
    hint=Text(
        en="Add the lengths of your two parts. How many rows were there at first?",
        ko="두 조각의 길이를 더해 보세요. 처음에는 몇 행이었나요?",
    ),
)
def validation_rows_in_training(X, y, n_valid=5000):
    _, validation = prepare_rightly(X, y, n_valid)
    return (X / 255, y), validation


@mistake(
    "predict_classes_is_gone",
    replaces="predict_labels",
    hint=Text(
        en="Which methods does your model have today? What does one row of what `predict` returns tell you?",
        ko="지금의 모델에는 어떤 메서드가 있나요? `predict`가 돌려주는 한 행에서 무엇을 알 수 있나요?",
    ),
)
def predict_classes_is_gone(model, X):
    return model.predict_classes(X)


@mistake(
    "argmax_over_the_images",
    replaces="predict_labels",
    hint=Text(
        en="How many labels did you get, and how many images were there?",
        ko="레이블을 몇 개 얻었나요? 이미지는 몇 장이었나요?",
    ),
)
def argmax_over_the_images(model, X):
    return np.argmax(model.predict(X, verbose=0), axis=0)


# -------------------------------------------------------------------------------------- networks with joins


@mistake(
    "first_hidden_layer_joined",
    replaces=("build_wide_and_deep", "build_two_inputs"),
    hint=Text(
        en="Follow the arrows of the picture backwards from Concatenate. Which layers do you reach first?",
        ko="그림에서 Concatenate부터 화살표를 거꾸로 따라가 보세요. 처음 만나는 층은 무엇인가요?",
    ),
)
class FirstHiddenLayerJoined:
    # The second hidden layer then leads nowhere, and is no part of the model.
    def build_wide_and_deep():
        inputs = keras.layers.Input(shape=(8,))
        return joined(inputs, inputs, inputs, takes_hidden1=True)

    def build_two_inputs():
        wide, deep = keras.layers.Input(shape=(5,)), keras.layers.Input(shape=(6,))
        return joined([wide, deep], wide, deep, takes_hidden1=True)


@mistake(
    "inputs_in_the_other_order",
    replaces="build_two_inputs",
    hint=Text(
        en="Compare the list `inputs` of your model with the order in which the arrays are given to `fit`.",
        ko="모델의 inputs 리스트와 `fit`에 배열을 주는 순서를 비교해 보세요.",
    ),
)
def inputs_in_the_other_order():
    wide, deep = keras.layers.Input(shape=(5,)), keras.layers.Input(shape=(6,))
    return joined([deep, wide], wide, deep)
