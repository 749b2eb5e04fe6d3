"""Hidden suite of ex08: what the models are made of, what they compute, and how they learn, one behaviour a case.

The expected outputs, losses and accuracies are computed here with numpy, as in ex03 and ex04: a second Keras
would cost as much time again, and would share its faults with the first. The models live in the worker and are
driven through handles. A submission may hold one module-level model for all cases, so a case that sets weights
puts the old ones back before it compares.

The training case. A right model that starts as Keras starts it and learns the 4,000 training images of
`fashion_mnist_small` for EPOCHS epochs in batches of 32 was trained under 96 seeds. Its accuracy on the 1,000
test images had the mean 0.741 and the standard deviation 0.011, between 0.713 and 0.767. LOWEST_ACCURACY lies
more than 8 standard deviations below the mean: for a normal distribution a right model falls below it with a
probability of about 10^-16, and even tails as heavy as those of Student's t with 10 degrees of freedom give
less than 10^-5. A run under one seed gives the same accuracy every time, because the worker's generators start
from the case's seed.
"""

import itertools

import numpy as np

from grader import datasets
from grader.language import Text
from grader.suite.compare import assert_array, assert_close, assert_equal, assert_unchanged, require
from grader.suite.marks import hint, points, requires, title

CLOTHES = datasets.load("fashion_mnist_small")
EPOCHS = 3
LOWEST_ACCURACY = 0.65
KERAS = "__import__('keras')"
IS_MODEL = f"isinstance(thing, {KERAS}.Model)"


def take_model(submission, place):
    """Return a handle of the model that a function builds, or of the model that stands in the function's place."""
    model = submission.ref(place) if submission.evaluate(IS_MODEL, thing=place) else place()
    is_model, kind = submission.evaluate(f"[{IS_MODEL}, type(thing).__name__]", thing=model)
    require(
        is_model,
        Text(
            en=f"Expected a Keras model. Received: {kind}",
            ko=f"케라스 모델을 기대했어요. 받은 것: {kind}",
        ),
    )
    return model


def take_classifier(submission):
    """Return a handle of the classifier, built for images even if it was not told their shape."""
    model = take_model(submission, submission.build_model)
    submission.evaluate("None if model.built else model.build((None, 28, 28))", model=model)
    return model


def layers_of(submission, model):
    """Return kind, units and activation of each layer; an activation on its own counts to the layer before it.

    Activations may be words, functions (`tf.nn.softmax` is called softmax_v2) or layers (`ReLU`).
    """
    described = submission.evaluate(
        "[[type(layer).__name__, str(getattr(layer, 'units', '')), "
        "(lambda f: str(getattr(f, '__name__', type(f).__name__)))(getattr(layer, 'activation', None))] "
        "for layer in model.layers]",
        model=model,
    )
    layers = []
    for kind, units, word in described:
        activation = word.lower().removesuffix("_v2")
        if kind in ("ReLU", "Softmax", "Activation") and layers and layers[-1][2] == "linear":
            layers[-1][2] = activation if kind == "Activation" else kind.lower()
        elif kind != "InputLayer":
            layers.append([kind, units, activation])
    return layers


def dense_layers_of(submission, model):
    """Return units and activation of each Dense layer."""
    return [layer[1:] for layer in layers_of(submission, model) if layer[0] == "Dense"]


# ------------------------------------------------------------------------------- what Keras computes, by hand


def scaled(pixels):
    """Return pixels as numbers from 0 to 1."""
    return (pixels / 255).astype(np.float32)


def with_weights(submission, model, weights, use):
    """Return what `use` returns while the model has the given weights; it gets its own back."""
    before = submission.define("model.get_weights()", model=model)
    model.set_weights(weights)
    result = use()
    submission.evaluate("model.set_weights(weights)", model=model, weights=before)
    return result


def glorot(rng, *sizes):
    """Return kernels and biases of Dense layers as Keras draws them, but with biases that are not 0."""
    weights = []
    for fan_in, fan_out in itertools.pairwise(sizes):
        limit = np.sqrt(6 / (fan_in + fan_out))
        weights += [rng.uniform(-limit, limit, size=(fan_in, fan_out)), rng.uniform(-0.5, 0.5, size=fan_out)]
    return [array.astype(np.float32) for array in weights]


def softmax(a):
    """Return the softmax of each row."""
    e = np.exp(a - a.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def forward(weights, x):
    """Return the outputs of the three Dense layers of the classifier for flat images."""
    W1, b1, W2, b2, W3, b3 = weights
    h1 = np.maximum(x @ W1 + b1, 0)
    h2 = np.maximum(h1 @ W2 + b2, 0)
    return h1, h2, softmax(h2 @ W3 + b3)


def losses_of_steps(weights, batches, learning_rate=0.01):
    """Return the loss before each step of gradient descent, one step for each pair of images and labels."""
    weights = [array.astype(np.float64) for array in weights]
    losses = []
    for x, t in batches:
        x, rows = x.reshape(len(x), -1), np.arange(len(x))
        h1, h2, probs = forward(weights, x)
        losses.append(-np.mean(np.log(probs[rows, t])))
        d3 = probs.copy()
        d3[rows, t] -= 1
        d3 /= len(x)
        d2 = (d3 @ weights[4].T) * (h2 > 0)
        d1 = (d2 @ weights[2].T) * (h1 > 0)
        for index, (inputs, d) in enumerate(((x, d1), (h1, d2), (h2, d3))):
            weights[2 * index] -= learning_rate * inputs.T @ d
            weights[2 * index + 1] -= learning_rate * d.sum(axis=0)
    return np.array(losses)


# ----------------------------------------------------------------------------------------- the classifier's parts


@points(0.5)
@title(en="The layers in their order", ko="층의 종류와 순서")
@hint(
    en="Which layer sees the 28×28 image, and what is the shape of its output in `model.summary()`?",
    ko="28×28 이미지를 처음 받는 층은 무엇인가요? `model.summary()`에서 그 층의 Output Shape는 무엇인가요?",
)
@requires("test_model_is_built")
def test_layers(submission):
    layers = layers_of(submission, take_classifier(submission))
    assert_equal(", ".join(kind for kind, _, _ in layers), "Flatten, Dense, Dense, Dense", name="layers")


@points(0.5)
@title(en="The widths of the Dense layers", ko="Dense 층의 너비")
@hint(
    en="What does one output neuron stand for, and how many of them are needed?",
    ko="출력 뉴런 하나는 무엇을 나타내나요? 그런 뉴런이 몇 개 필요한가요?",
)
@requires("test_model_is_built")
def test_units(submission):
    layers = dense_layers_of(submission, take_classifier(submission))
    assert_equal(", ".join(units for units, _ in layers), "300, 100, 10", name="units")


@points(1)
@title(en="The activations", ko="활성화 함수")
@hint(
    en="Which activation does the statement give to the hidden layers, and which one to the output?",
    ko="문제에서는 은닉층과 출력층에 각각 어떤 활성화 함수를 쓰라고 했나요?",
)
@requires("test_model_is_built")
def test_activations(submission):
    layers = dense_layers_of(submission, take_classifier(submission))
    assert_equal(", ".join(word for _, word in layers), "relu, relu, softmax", name="activations")


@points(0.5)
@title(en="The model is compiled", ko="컴파일한 모델")
@hint(
    en="Which call tells a model what to minimise, and how?",
    ko="무엇을 어떻게 줄여야 하는지 모델에 알려 주는 것은 어느 메서드인가요?",
)
@requires("test_model_is_built")
def test_model_is_compiled(submission):
    model = take_classifier(submission)
    require(
        submission.evaluate("bool(model.compiled)", model=model),
        Text(en="Expected a model that was compiled", ko="컴파일한 모델을 기대했어요"),
    )


@points(0.5)
@title(en="The loss", ko="손실 함수")
@hint(
    en="Are the labels class numbers or one-hot rows? Compare the shape of y_train with that of the output.",
    ko="레이블이 클래스 번호인가요, 원-핫인가요? y_train의 shape과 출력의 shape을 비교해 보세요.",
)
@requires("test_model_is_compiled")
def test_loss(submission):
    model = take_classifier(submission)
    word = submission.evaluate(
        "(lambda loss: str(getattr(loss, 'name', getattr(loss, '__name__', loss))))"
        f"({KERAS}.losses.get(model.loss))",
        model=model,
    )
    assert_equal(word, "sparse_categorical_crossentropy", name="loss")


@points(1)
@title(en="The optimizer", ko="옵티마이저")
@hint(
    en="Which optimizer is asked for, and what are its learning rate and its momentum if you say nothing?",
    ko="어떤 옵티마이저를 쓰라고 했나요? 아무것도 적지 않으면 학습률과 모멘텀은 얼마인가요?",
)
@requires("test_model_is_compiled")
def test_optimizer(submission):
    model = take_classifier(submission)
    kind = submission.evaluate("type(model.optimizer).__name__", model=model)
    assert_equal(kind, "SGD", name="optimizer")
    numbers = submission.evaluate(
        "[float(optimizer.learning_rate), float(optimizer.momentum)]", optimizer=model.optimizer
    )
    assert_close(numbers, np.array([0.01, 0.0]), rtol=1e-5, name="learning rate, momentum")


@points(1)
@title(en="The metric counts right labels", ko="맞힌 레이블의 비율")
@hint(
    en="`fit` should print an accuracy beside the loss. Which argument of `compile` is that?",
    ko="`fit`이 손실 옆에 정확도도 출력해야 해요. `compile`의 어느 인자가 그 일을 하나요?",
)
@requires("test_model_is_compiled")
def test_metric(submission, rng):
    model = take_classifier(submission)
    labels = rng.permutation(10)[:8]
    # The right class has the largest probability in five rows of eight, and the second largest in the others.
    probs = np.full((8, 10), 0.05, dtype=np.float32)
    probs[np.arange(8), labels] = 0.4
    probs[np.arange(5, 8), (labels[5:] + 1) % 10] = 0.5
    probs /= probs.sum(axis=1, keepdims=True)
    look = "[[str(k), float(v)] for k, v in model.compute_metrics(None, labels, probs).items()]"
    model.reset_metrics()
    found = submission.evaluate(look, model=model, labels=labels, probs=probs)
    model.reset_metrics()
    metrics = {key: value for key, value in found if key != "loss"}
    shown = ", ".join(f"{key} {value:.3g}" for key, value in metrics.items()) or "-"
    require(
        any(abs(value - 5 / 8) < 1e-5 for value in metrics.values()),
        Text(
            en=f"Expected the accuracy 0.625 for 5 right labels of 8. Received: {shown}",
            ko=f"8개 중 5개를 맞혔을 때 정확도 0.625를 기대했어요. 받은 것: {shown}",
        ),
    )


# ---------------------------------------------------------------------------------- what the classifier computes


@points(0.5)
@title(en="Each output is a row of probabilities", ko="출력은 확률 한 행")
@hint(
    en="Add up the ten outputs for one image. Which activation makes this sum 1 whatever the weights are?",
    ko="이미지 하나의 출력 열 개를 모두 더해 보세요. 가중치가 무엇이든 그 합이 1이 되게 하는 활성화 함수는?",
)
@requires("test_model_is_built")
def test_rows_are_probabilities(submission, rng):
    model = take_classifier(submission)
    probs = model(rng.random(size=(6, 28, 28)).astype(np.float32))
    assert_array(probs, shape=(6, 10), kind="f")
    probs = np.asarray(probs, dtype=float)
    assert_close(probs.sum(axis=1), np.ones(6), rtol=1e-5, name="sums of the rows")
    require(
        bool((probs >= 0).all()),
        Text(en="A probability is never negative", ko="확률은 음수가 될 수 없어요"),
        received=probs,
    )


@points(1)
@title(en="Predictions with known weights", ko="정해진 가중치로 예측하기")
@hint(
    en="With the same weights two equal networks agree. Which activation or layer of yours is another one?",
    ko="가중치가 같으면 같은 신경망은 같은 답을 내요. 활성화 함수나 층 가운데 다른 것은 무엇인가요?",
)
@requires("test_numbers_of_parameters")
def test_predictions_with_known_weights(submission, rng):
    model = take_classifier(submission)
    weights, x = glorot(rng, 784, 300, 100, 10), rng.random(size=(5, 28, 28)).astype(np.float32)
    received = with_weights(submission, model, weights, lambda: model(x))
    assert_close(received, forward(weights, x.reshape(5, 784))[-1], rtol=1e-3)


def loss_of_step(model, x, y):
    """Take one step and return the loss before it."""
    model.reset_metrics()  # otherwise the loss is averaged over the steps
    logs = model.train_on_batch(x, y, return_dict=True)
    loss = logs.get("loss") if isinstance(logs, dict) else None
    return loss if isinstance(loss, float | np.floating) else np.nan


def losses_of_batches(model, batches):
    """Return the loss before each of a few steps, taken one by one: a compiled step would pay off after fifteen."""
    model.train_function, model.run_eagerly = None, True
    losses = [loss_of_step(model, x, y) for x, y in batches]
    model.train_function, model.run_eagerly = None, False
    return np.array(losses)


@points(1.5)
@title(en="The loss during five steps", ko="다섯 스텝 동안의 손실")
@hint(
    en="The loss falls in another way here. What decides about one step besides the gradient?",
    ko="손실이 다르게 줄어들어요. 기울기 말고 한 스텝을 정하는 것은 무엇인가요?",
)
@requires("test_model_is_compiled", "test_numbers_of_parameters")
def test_losses_of_steps(submission, rng):
    model = take_classifier(submission)
    rows = rng.permutation(len(CLOTHES.x_train))[:160].reshape(5, 32)
    batches = [(scaled(CLOTHES.x_train[i]), CLOTHES.y_train[i]) for i in rows]
    weights = glorot(rng, 784, 300, 100, 10)
    received = with_weights(submission, model, weights, lambda: losses_of_batches(model, batches))
    assert_close(received, losses_of_steps(weights, batches), rtol=1e-4, name="loss")


@points(1.5)
@title(en="Accuracy after a short training", ko="짧은 학습 뒤의 정확도")
@hint(
    en="Ten classes: 0.1 is guessing. Does the loss fall when you train on a few hundred images yourself?",
    ko="클래스가 10개이니 0.1이면 찍은 것과 같아요. 이미지 몇백 장으로 직접 학습하면 손실이 줄어드나요?",
)
@requires("test_model_is_compiled")
def test_accuracy_after_training(submission, rng):
    seed = int(rng.integers(2**31))
    submission.evaluate(f"{KERAS}.utils.set_random_seed(seed)", seed=seed)
    model = take_classifier(submission)
    # The bytes travel, and are made numbers from 0 to 1 over there: as floats they are four times as many.
    x_train, x_test = (
        submission.define("x / np.float32(255)", x=x) for x in (CLOTHES.x_train, CLOTHES.x_test)
    )
    model.fit(x_train, CLOTHES.y_train, batch_size=32, epochs=EPOCHS, verbose=0)
    probs = model.predict(x_test, batch_size=250, verbose=0)
    assert_array(probs, shape=(len(CLOTHES.x_test), 10), kind="f")
    accuracy = float(np.mean(np.argmax(probs, axis=1) == CLOTHES.y_test))
    require(
        accuracy >= LOWEST_ACCURACY,
        Text(
            en=f"Expected an accuracy of at least {LOWEST_ACCURACY:.2f} on the test images. Received: {accuracy:.3f}",
            ko=f"테스트 이미지에서 {LOWEST_ACCURACY:.2f} 이상의 정확도를 기대했어요. 받은 것: {accuracy:.3f}",
        ),
    )


# ------------------------------------------------------------------------------------------------------ the data


def images(rng, *, brightest=255):
    """Draw some more than 5,000 small images, and labels: nobody has to look at the third argument."""
    number = 5000 + int(rng.integers(20, 60))
    X = rng.integers(0, brightest + 1, size=(number, 4, 3)).astype(np.uint8)
    return X, rng.integers(0, 10, size=number)


def take_parts(submission, X, y, *more):
    """Return the training part and the validation part, two pairs."""
    received = submission.prepare_data(X, y, *more)
    is_nested = _is_pair(received) and all(_is_pair(part) for part in received)
    require(
        is_nested,
        Text(
            en="Expected two pairs: (X_train, y_train), (X_valid, y_valid)",
            ko="두 쌍을 기대했어요: (X_train, y_train), (X_valid, y_valid)",
        ),
    )
    return received


def _is_pair(value):
    return isinstance(value, tuple | list) and len(value) == 2


@points(0.5)
@title(en="The first 5,000 rows are for validation", ko="처음 5,000행은 검증용")
@hint(
    en="At which end of X are the validation rows taken, and do their labels come with them?",
    ko="검증용 행은 X의 어느 쪽 끝에서 떼어 내나요? 레이블도 함께 가나요?",
)
def test_validation_part(submission, rng):
    X, y = images(rng)
    _, (X_valid, y_valid) = take_parts(submission, X, y)
    assert_close(X_valid, X[:5000] / 255, name="X_valid")
    assert_close(y_valid, y[:5000], name="y_valid")


@points(0.5)
@title(en="No validation row is a training row", ko="검증용 행은 학습에 쓰지 않기")
@hint(
    en="Add the lengths of the two parts. How many rows were there at first?",
    ko="두 조각의 길이를 더해 보세요. 처음에 받은 행은 몇 개였나요?",
)
def test_training_part(submission, rng):
    X, y = images(rng)
    (X_train, y_train), _ = take_parts(submission, X, y)
    assert_close(X_train, X[5000:] / 255, name="X_train")
    assert_close(y_train, y[5000:], name="y_train")


@points(0.5)
@title(en="Another number of validation rows", ko="검증용 행의 수를 바꾸면")
@hint(
    en="How many rows does the third argument ask for?",
    ko="세 번째 인자는 몇 행을 달라고 하나요?",
)
def test_number_of_validation_rows(submission, rng):
    X, y = (array[:12] for array in images(rng))
    n_valid = int(rng.integers(2, 6))
    (X_train, y_train), (X_valid, y_valid) = take_parts(submission, X, y, n_valid)
    assert_close(X_valid, X[:n_valid] / 255, name="X_valid")
    assert_close(y_valid, y[:n_valid], name="y_valid")
    assert_close(X_train, X[n_valid:] / 255, name="X_train")
    assert_close(y_train, y[n_valid:], name="y_train")


@points(0.5)
@title(en="Images without a white pixel", ko="흰 픽셀이 없는 이미지")
@hint(
    en="Two sets of images are scaled, a dark one and a bright one. Should the same gray become the same number?",
    ko="어두운 이미지들과 밝은 이미지들을 각각 바꾼다고 해 보세요. 같은 회색은 같은 수가 되어야 하나요?",
)
def test_dark_images(submission, rng):
    X, y = images(rng, brightest=120)
    (X_train, _), (X_valid, _) = take_parts(submission, X, y)
    assert_close(X_train, X[5000:] / 255, name="X_train")
    assert_close(X_valid, X[:5000] / 255, name="X_valid")


@points(0.5)
@title(en="The arguments stay as they were", ko="인자로 받은 배열은 그대로")
@hint(
    en="Print X and y before and after the call, once with float pixels. Are they the same?",
    ko="함수를 부르기 전과 후에 X와 y를 출력해 보세요. 픽셀이 실수일 때도 해 보세요. 똑같은가요?",
)
def test_arguments_unchanged(submission, rng):
    X, y = images(rng)
    for pixels in (X, X.astype(float)):
        take_parts(submission, pixels, y)
        assert_unchanged(submission)


# ---------------------------------------------------------------------------------------------------- the labels


# A Keras model whose `predict` on arrays takes 1 ms instead of 50: no pipeline of batches is set up for a few rows.
QUICK = f"""
(lambda Sequential, layers: type("Model", (Sequential,), {{
    "predict": lambda self, x, *args, **kwargs:
        np.asarray(self(x)) if isinstance(x, np.ndarray) else Sequential.predict(self, x, *args, **kwargs)
}})([layers.Input((n,)), layers.Rescaling(-1.0), layers.Softmax()]))({KERAS}.Sequential, {KERAS}.layers)
""".strip()


def predict_random_labels(submission, rng, number, classes):
    """Return the labels that the submission reads from a model with clear probabilities, and the right ones.

    The model computes softmax(-x): the largest input has the smallest probability.
    """
    model = submission.define(QUICK, n=classes)
    X = np.stack([rng.permutation(classes) for _ in range(number)]) / 4
    return submission.predict_labels(model, X), np.argmin(X, axis=1)


@points(0.5)
@title(en="Labels of more images than classes", ko="클래스보다 이미지가 많을 때의 레이블")
@hint(
    en="How many labels do you expect for 40 images? Along which axis does each label lie?",
    ko="이미지가 40장이면 레이블은 몇 개여야 하나요? 레이블 하나는 어느 축을 따라 찾나요?",
)
def test_labels_of_many_images(submission, rng):
    received, expected = predict_random_labels(submission, rng, number=40, classes=int(rng.integers(4, 8)))
    assert_equal(received, expected)


@points(0.5)
@title(en="Labels are an array of ints", ko="레이블은 정수 배열")
@hint(
    en="What do `type(...)` and `.dtype` say about the value that you return?",
    ko="돌려준 값의 `type(...)`과 `.dtype`은 무엇인가요?",
)
def test_type_of_labels(submission, rng):
    received, _ = predict_random_labels(submission, rng, number=3, classes=5)
    assert_array(received, shape=(3,), kind="iu")


# -------------------------------------------------------------------------------------------- networks with joins


def wide_and_deep(weights, wide, deep):
    """Return what such a network computes."""
    W1, b1, W2, b2, W3, b3 = weights
    hidden1 = np.maximum(deep @ W1 + b1, 0)
    hidden2 = np.maximum(hidden1 @ W2 + b2, 0)
    return np.concatenate([wide, hidden2], axis=1) @ W3 + b3


def weights_with_join(rng, num_wide, num_deep):
    """Return weights of a network whose last layer sees num_wide inputs and 30 hidden values."""
    first, last = glorot(rng, num_deep, 30, 30), glorot(rng, num_wide + 30, 1)
    return [*first, *last]


@points(1)
@title(en="What the wide and deep network computes", ko="와이드 앤 딥 신경망의 계산")
@hint(
    en="Which arrows end at Concatenate in the picture, and in which order?",
    ko="그림에서 Concatenate로 들어가는 화살표는 어디에서 오나요? 순서는요?",
)
@requires("test_size_of_wide_and_deep")
def test_output_of_wide_and_deep(submission, rng):
    model = take_model(submission, submission.build_wide_and_deep)
    weights, x = weights_with_join(rng, 8, 8), rng.normal(size=(6, 8)).astype(np.float32)
    received = with_weights(submission, model, weights, lambda: model(x))
    assert_close(received, wide_and_deep(weights, x, x), rtol=1e-4)


@points(1)
@title(en="What the network with two inputs computes", ko="입력이 두 개인 신경망의 계산")
@hint(
    en="In which order does your model list its inputs, and in which order will `fit` get the two arrays?",
    ko="모델의 inputs 리스트는 어떤 순서인가요? `fit`에는 두 배열을 어떤 순서로 주나요?",
)
@requires("test_size_of_two_inputs")
def test_output_of_two_inputs(submission, rng):
    model = take_model(submission, submission.build_two_inputs)
    weights = weights_with_join(rng, 5, 6)
    wide, deep = (rng.normal(size=(6, n)).astype(np.float32) for n in (5, 6))
    sizes = submission.evaluate("[int(one.shape[-1]) for one in model.inputs]", model=model)
    assert_equal(sizes, [5, 6], name="inputs")
    received = with_weights(submission, model, weights, lambda: model([wide, deep]))
    assert_close(received, wide_and_deep(weights, wide, deep), rtol=1e-4)


# -------------------------------------------------------------------------------------------- beside Keras


@points(0.5)
@title(
    en="The same outputs as another model with these weights", ko="같은 가중치를 넣은 다른 모델과 같은 출력"
)
@hint(
    en="Two equal networks with equal weights agree. Which layer, activation or arrow of yours is another one?",
    ko="가중치가 같으면 같은 신경망은 같은 답을 내요. 어느 층이나 활성화 함수, 화살표가 다른가요?",
)
@requires("test_numbers_of_parameters", "test_size_of_wide_and_deep", "test_size_of_two_inputs")
def test_agrees_with_keras(submission, keras_reference):
    keras_reference.check(submission, "build_model", "build_wide_and_deep", "build_two_inputs")
