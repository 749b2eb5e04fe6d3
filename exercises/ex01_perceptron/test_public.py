"""Examples from the statement of ex01. You may read these; more cases wait in `grade check`."""

import numpy as np

from grader.language import Text
from grader.suite.compare import assert_close, require
from grader.suite.marks import hint, points, requires, title

# The four inputs of a gate.
CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def check_separates(pair, X, t):
    """Check that `pair` is (w, b), and that this unit gives every sample its target."""
    require(
        isinstance(pair, tuple | list) and len(pair) == 2,
        Text(en="Expected the pair (w, b)", ko="(w, b) 두 개를 돌려주어야 해요"),
        received=pair,
    )
    w, b = pair
    if isinstance(b, np.ndarray) and b.shape == (1,):  # a bias made by np.zeros(1)
        b = b[0]
    # Any weights will do at this point, as long as they are numbers in the right shape.
    assert_close(w, np.zeros(X.shape[1]), rtol=0, atol=np.inf, name="w")
    assert_close(b, 0.0, rtol=0, atol=np.inf, name="b")
    w, b = np.asarray(w, dtype=float), float(b)
    with np.errstate(all="ignore"):
        outputs = np.where(X @ w + b > 0, 1, 0)
    assert_close(outputs, t, name=f"step(X @ w + b), w = {w.tolist()}, b = {b}")


@points(0.5)
@title(en="Slide example: the step function", ko="슬라이드 예제: 계단 함수")
@hint(
    en="Compare each of the three numbers with 0 by hand. Which of them are greater?",
    ko="세 수를 하나씩 0과 비교해 보세요. 0보다 큰 것은 무엇인가요?",
)
def test_slide_step(submission):
    assert_close(submission.step_function(np.array([-1.0, 0.5, 2.0])), np.array([0, 1, 1]))


@points(0.5)
@title(en="The step function at exactly 0", ko="정확히 0에서의 계단 함수")
@hint(
    en="Which of the two lines of the definition holds for 0 itself?",
    ko="정의의 두 줄 중에서 0은 어느 줄에 들어가나요?",
)
def test_step_at_zero(submission):
    assert_close(submission.step_function(np.array([-0.5, 0.0, 0.5])), np.array([0, 0, 1]))


@points(0.5)
@title(en="AND", ko="AND 게이트")
@hint(
    en="Write the weighted sum of all four inputs into a table. Which one alone may be greater than 0?",
    ko="네 입력의 총합을 표로 적어 보세요. 0보다 커야 하는 것은 어느 하나인가요?",
)
def test_and(submission):
    received = [submission.AND(0, 0), submission.AND(0, 1), submission.AND(1, 0), submission.AND(1, 1)]
    for (x1, x2), value, expected in zip(CORNERS, received, [0, 0, 0, 1], strict=True):
        assert_close(value, expected, name=f"AND({x1}, {x2})")


@points(0.5)
@title(en="OR", ko="OR 게이트")
@hint(
    en="Write the weighted sum of all four inputs into a table. Which one alone may not be greater than 0?",
    ko="네 입력의 총합을 표로 적어 보세요. 0보다 크면 안 되는 것은 어느 하나인가요?",
)
def test_or(submission):
    received = [submission.OR(0, 0), submission.OR(0, 1), submission.OR(1, 0), submission.OR(1, 1)]
    for (x1, x2), value, expected in zip(CORNERS, received, [0, 1, 1, 1], strict=True):
        assert_close(value, expected, name=f"OR({x1}, {x2})")


@points(0.5)
@title(en="Slide example: two units, one after the other", ko="슬라이드 예제: 두 유닛을 하나씩")
@hint(
    en="Four samples go in: how many outputs should come out? For (1, 1), what is 5 + 5 − 8, and −7 − 7 + 3?",
    ko="샘플 네 개를 넣으면 출력은 몇 개여야 하나요? 입력이 (1, 1)일 때 5 + 5 − 8과 −7 − 7 + 3은 얼마인가요?",
)
def test_slide_units(submission):
    # The sums are -8 -3 -3 2 and 3 -4 -4 -11.
    first = submission.perceptron(CORNERS, np.array([5.0, 5.0]), -8.0)
    second = submission.perceptron(CORNERS, np.array([-7.0, -7.0]), 3.0)
    assert_close(first, np.array([0, 0, 0, 1]))
    assert_close(second, np.array([1, 0, 0, 0]))


@points(0.5)
@title(en="Slide example: two units at once", ko="슬라이드 예제: 두 유닛을 한꺼번에")
@hint(
    en="Which unit owns a column of W, and which sample owns a row of the result?",
    ko="W의 한 열은 어느 유닛의 것이고, 결과의 한 행은 어느 샘플의 것인가요?",
)
def test_slide_layer(submission):
    W = np.array([[5.0, -7.0], [5.0, -7.0]])
    b = np.array([-8.0, 3.0])
    expected = np.array([[0, 1], [0, 0], [0, 0], [1, 0]])
    assert_close(submission.perceptron(CORNERS, W, b), expected)


@points(0.5)
@title(en="A weighted sum of exactly 0", ko="총합이 정확히 0인 경우")
@hint(
    en="0.5 + 0.25 − 0.75 is exactly 0. Which output did the statement choose for a sum of 0?",
    ko="0.5 + 0.25 − 0.75는 정확히 0이에요. 문제에서는 총합이 0일 때 어느 쪽을 골랐나요?",
)
@requires("test_and")
def test_sum_of_zero(submission):
    assert_close(submission.perceptron(np.array([1.0, 1.0]), np.array([0.5, 0.25]), -0.75), 0)


@points(0.5)
@title(en="A perceptron that has learned AND", ko="AND를 학습한 퍼셉트론")
@hint(
    en="Print w and b after every sample of the first two epochs. Where do they leave the statement's table?",
    ko="처음 두 에포크에서 샘플마다 w와 b를 출력해 보세요. 문제의 표와 어디서 달라지나요?",
)
def test_learns_and(submission):
    t = np.array([0, 0, 0, 1])
    check_separates(submission.train_perceptron(CORNERS, t), CORNERS, t)
