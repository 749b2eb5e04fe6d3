"""Examples from the statement of ex08. You may read these; more cases wait in `grade check`."""

import numpy as np

from grader.language import Text
from grader.suite.compare import assert_close, assert_equal, require
from grader.suite.marks import hint, points, requires, title

IS_MODEL = "isinstance(thing, __import__('keras').Model)"


def take_model(submission, place):
    """Return the model that a function builds, or the model itself where it stands in the function's place."""
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
    """Return your classifier; one that waits for its first images to make its weights gets to know their shape."""
    model = take_model(submission, submission.build_model)
    submission.evaluate("None if model.built else model.build((None, 28, 28))", model=model)
    return model


@points(1)
@title(en="`build_model` hands back a Keras model", ko="`build_model`이 돌려주는 케라스 모델")
@hint(
    en="Read your function down to its last line. What does it hand to its caller?",
    ko="함수를 마지막 줄까지 읽어 보세요. 부른 쪽에 무엇을 돌려주나요?",
)
def test_model_is_built(submission):
    take_classifier(submission)


@points(1)
@title(en="Slide example: the numbers of parameters", ko="슬라이드 예제: 파라미터의 수")
@hint(
    en="Read the column `Output Shape` of `model.summary()` from the top. Which line is the first to differ?",
    ko="`model.summary()`의 Output Shape를 위에서부터 읽어 보세요. 처음으로 다른 줄은 어디인가요?",
)
@requires("test_model_is_built")
def test_numbers_of_parameters(submission):
    model = take_classifier(submission)
    counts = submission.evaluate("[layer.count_params() for layer in model.layers]", model=model)
    with_weights = ", ".join(str(count) for count in counts if count)
    assert_equal(with_weights, "235500, 30100, 1010", name="parameters of the layers")
    assert_equal(model.count_params(), 266610, name="all parameters")


@points(1)
@title(en="Three small images", ko="작은 이미지 세 개")
@hint(
    en="Which rows of X belong to which part? And what does 255 become?",
    ko="X의 어느 행이 어느 쪽으로 가나요? 그리고 255는 얼마가 되나요?",
)
def test_three_small_images(submission):
    X = np.array([[0, 51], [102, 153], [204, 255]], dtype=np.uint8)
    y = np.array([9, 0, 3])
    training = (np.array([[0.4, 0.6], [0.8, 1.0]]), np.array([0, 3]))
    validation = (np.array([[0.0, 0.2]]), np.array([9]))
    assert_close(submission.prepare_data(X, y, 1), (training, validation), name="result")


@points(0.5)
@title(en="Labels of two rows of probabilities", ko="확률 두 행의 레이블")
@hint(
    en="`predict` gives a row of probabilities for each image. How does a row tell you the label?",
    ko="`predict`는 이미지마다 확률 한 행을 줘요. 그 행을 보고 레이블을 어떻게 알 수 있나요?",
)
def test_labels_of_two_rows(submission):
    # A model without weights: its output is the softmax of its input.
    model = submission.define(
        "(lambda keras: keras.Sequential([keras.layers.Input((3,)), keras.layers.Softmax()]))(__import__('keras'))"
    )
    model.run_eagerly = True
    X = np.array([[0.0, 1.0, 5.0], [2.0, 0.0, 1.0]])
    assert_equal(submission.predict_labels(model, X), np.array([2, 0]))


@points(0.5)
@title(en="Parameters of the wide and deep network", ko="와이드 앤 딥 신경망의 파라미터 수")
@hint(
    en="How many numbers arrive at the last layer, and from where does each of them come?",
    ko="마지막 층에는 수가 몇 개 들어오나요? 각각 어디에서 오나요?",
)
def test_size_of_wide_and_deep(submission):
    model = take_model(submission, submission.build_wide_and_deep)
    assert_equal(model.count_params(), 1239)


@points(0.5)
@title(en="Parameters of the network with two inputs", ko="입력이 두 개인 신경망의 파라미터 수")
@hint(
    en="Which of the two inputs goes through the hidden layers, and how many numbers does it have?",
    ko="두 입력 중 은닉층을 지나는 것은 어느 쪽인가요? 그 입력은 수가 몇 개인가요?",
)
def test_size_of_two_inputs(submission):
    model = take_model(submission, submission.build_two_inputs)
    assert_equal(model.count_params(), 1176)
