"""Hidden suite of ex03: random logits and the edges of exp and log, one behaviour a case.

A case makes all its calls before it compares the first result, so that a diagnosis sees every one of them.

Tolerances are wider than the dtype asks for. A constant of 1e-7 inside the logarithm is allowed and moves a
loss by less than 1e-5 for the probabilities drawn here. One added to the denominator of a softmax is a
mistake that costs test_rows_sum_to_one and no more.
"""

import numpy as np

from grader.suite.compare import assert_array, assert_close, assert_unchanged
from grader.suite.marks import hint, points, requires, title

SOFTMAX_RTOL = 1e-6
LOSS_ATOL = 1e-5
GRADIENT_ATOL = 1e-6


def draw_probabilities(rng, *shape):
    """Return rows that sum to 1, none of their numbers close to 0."""
    weights = rng.uniform(0.2, 1.0, size=shape)
    return weights / weights.sum(axis=-1, keepdims=True)


# ---------------------------------------------------------------------------------------- softmax: its values


@points(0.5)
@title(en="Random vectors", ko="무작위 벡터")
@hint(
    en="Work out a vector of two numbers by hand. Which step gives a different value?",
    ko="수가 두 개인 벡터를 손으로 계산해 보세요. 어느 단계에서 값이 달라지나요?",
)
def test_random_vectors(submission, solution, rng):
    vectors = [rng.normal(0.0, 2.0, size=length) for length in (2, 5, 9)]
    received = [submission.softmax(a) for a in vectors]
    for a, y in zip(vectors, received, strict=True):
        assert_close(y, solution.softmax(a), rtol=SOFTMAX_RTOL)


@points(1)
@title(en="Random batches", ko="무작위 배치")
@hint(
    en="Put one row of the batch in alone. Should it get other probabilities than among the others?",
    ko="배치의 한 행만 따로 넣어 보세요. 다른 행과 함께 있을 때와 확률이 달라야 하나요?",
)
def test_random_batches(submission, solution, rng):
    wide, high = rng.normal(0.0, 2.0, size=(3, 5)), rng.normal(0.0, 2.0, size=(5, 2))
    received = submission.softmax(wide), submission.softmax(high)
    assert_close(received[0], solution.softmax(wide), rtol=SOFTMAX_RTOL)
    assert_close(received[1], solution.softmax(high), rtol=SOFTMAX_RTOL)


@points(0.5)
@title(en="As many samples as classes", ko="샘플 수와 클래스 수가 같은 배치")
@hint(
    en="The shape (3, 3) no longer tells rows from columns. Along which axis do your numbers sum to 1?",
    ko="shape이 (3, 3)이면 행과 열을 구별할 수 없어요. 어느 축으로 더해야 1이 되나요?",
)
def test_square_batch(submission, solution, rng):
    a = rng.normal(0.0, 2.0, size=(3, 3))
    assert_close(submission.softmax(a), solution.softmax(a), rtol=SOFTMAX_RTOL)


@points(0.5)
@title(en="A batch of one", ko="샘플이 하나뿐인 배치")
@hint(
    en="Which shape goes in, and which comes out? Do they agree?",
    ko="들어간 shape과 나온 shape은 각각 무엇인가요? 서로 같은가요?",
)
def test_batch_of_one(submission, solution, rng):
    a = rng.normal(0.0, 2.0, size=(1, 4))
    assert_close(submission.softmax(a), solution.softmax(a), rtol=SOFTMAX_RTOL)


@points(0.5)
@title(en="A single class", ko="클래스가 하나뿐인 경우")
@hint(
    en="If there is only one class, how likely is it, whatever its logit?",
    ko="클래스가 하나뿐이라면 로짓이 얼마이든 그 확률은 얼마인가요?",
)
def test_one_class(submission, rng):
    batch, vector = rng.normal(0.0, 5.0, size=(4, 1)), rng.normal(0.0, 5.0, size=1)
    received = submission.softmax(batch), submission.softmax(vector)
    assert_close(received[0], np.ones((4, 1)), rtol=SOFTMAX_RTOL)
    assert_close(received[1], np.ones(1), rtol=SOFTMAX_RTOL)


@points(0.5)
@title(en="Each row sums to 1", ko="각 행의 합은 1")
@hint(
    en="Add up each row and subtract 1. What is left, and where could that little bit come from?",
    ko="각 행을 더한 뒤 1을 빼 보세요. 무엇이 남나요? 그 작은 값은 어디서 왔을까요?",
)
def test_rows_sum_to_one(submission, solution, rng):
    a = rng.normal(0.0, 2.0, size=(4, 10))
    received = submission.softmax(a)
    assert_close(received, solution.softmax(a), rtol=SOFTMAX_RTOL)
    sums = np.sum(np.asarray(received), axis=-1)
    assert_close(sums - 1, np.zeros(4), rtol=0, atol=1e-9, name="sum - 1")


@points(0.5)
@title(en="The same number added to all logits of a row", ko="한 행의 모든 로짓에 같은 수를 더한 경우")
@hint(
    en="Write exp(a + c) as a product. What happens to the factor in the fraction?",
    ko="exp(a + c)를 곱으로 써 보세요. 분수에서 그 인수는 어떻게 되나요?",
)
def test_shift_invariance(submission, solution, rng):
    a = rng.normal(0.0, 2.0, size=(3, 4))
    shifts = rng.uniform(-300.0, 300.0, size=(3, 1))
    assert_close(submission.softmax(a + shifts), solution.softmax(a), rtol=SOFTMAX_RTOL)


# -------------------------------------------------------------------------------------- softmax: its overflow


@points(0.5)
@title(en="Rows that lie far apart", ko="서로 멀리 떨어진 행")
@hint(
    en="Look at each row after your subtraction. Is any of its exponentials still different from 0?",
    ko="뺄셈을 한 뒤의 각 행을 살펴보세요. 0이 아닌 지숫값이 행마다 남아 있나요?",
)
def test_rows_far_apart(submission, solution, rng):
    square = np.array([[0.0, 1.0], [2000.0, 2001.0]])
    offsets = rng.permutation(3) * 2000.0 - 2000.0
    batch = rng.normal(0.0, 2.0, size=(3, 4)) + offsets[:, np.newaxis]
    received = submission.softmax(square), submission.softmax(batch)
    assert_close(received[0], solution.softmax(square), rtol=SOFTMAX_RTOL)
    assert_close(received[1], solution.softmax(batch), rtol=SOFTMAX_RTOL)


@points(0.5)
@title(en="Logits of plus and minus ten thousand", ko="만과 음의 만에 이르는 로짓")
@hint(
    en="Two logits of 10000 and 9999 differ by 1. Which quotient must their probabilities have?",
    ko="로짓 10000과 9999의 차이는 1이에요. 두 확률의 비는 얼마여야 하나요?",
)
def test_logits_of_ten_thousand(submission, solution, rng):
    close = np.array([1e4, 1e4 - 1.0, 1e4 - 2.5])
    wide = rng.uniform(-1e4, 1e4, size=(3, 4))
    wide[:, 1:3] = [1e4, -1e4]
    received = submission.softmax(close), submission.softmax(-close), submission.softmax(wide)
    assert_close(received[0], solution.softmax(close), rtol=SOFTMAX_RTOL)
    assert_close(received[1], solution.softmax(-close), rtol=SOFTMAX_RTOL)
    assert_close(received[2], solution.softmax(wide), rtol=SOFTMAX_RTOL)


@points(0.5)
@title(en="The logits 0 and 1000", ko="로짓 0과 1000")
@hint(
    en="What is the largest number that goes into np.exp in your code?",
    ko="코드에서 np.exp에 들어가는 가장 큰 수는 얼마인가요?",
)
def test_zero_and_a_thousand(submission):
    assert_close(submission.softmax(np.array([0.0, 1000.0])), np.array([0.0, 1.0]), rtol=SOFTMAX_RTOL)


@points(0.5)
@title(en="Logits that are all very negative", ko="모두 크게 음수인 로짓")
@hint(
    en="What does np.exp give for -1000? And the sum of three such numbers?",
    ko="np.exp에 -1000을 넣으면 무엇이 나오나요? 그런 값 세 개를 더하면요?",
)
def test_very_negative_logits(submission, solution):
    a = np.array([-1010.0, -1000.0, -990.0])
    assert_close(submission.softmax(a), solution.softmax(a), rtol=SOFTMAX_RTOL)


@points(0.5)
@title(en="float32 logits", ko="float32 로짓")
@hint(
    en="From which number on does np.exp overflow in float32? Try 88 and 89.",
    ko="float32에서는 np.exp가 어느 수부터 넘치나요? 88과 89를 넣어 보세요.",
)
def test_float32_logits(submission, solution, rng):
    # 32-bit numbers near 100 are 8e-6 apart: a softmax by way of the logarithm of the sum is that much off.
    a = rng.uniform(95.0, 105.0, size=(3, 4)).astype(np.float32)
    assert_close(submission.softmax(a), solution.softmax(a.astype(np.float64)), rtol=1e-4)


# ---------------------------------------------------------------------------------------- softmax: its arrays


@points(0.5)
@title(en="Whole-number logits", ko="정수 로짓")
@hint(
    en="Which dtype do the logits have here, and which one do the probabilities need?",
    ko="여기서 로짓의 dtype은 무엇이고, 확률에는 어떤 dtype이 필요한가요?",
)
def test_integer_logits(submission, solution, rng):
    batch, vector = rng.integers(-4, 5, size=(3, 4)), rng.integers(-4, 5, size=5)
    received = submission.softmax(batch), submission.softmax(vector)
    assert_close(received[0], solution.softmax(batch), rtol=SOFTMAX_RTOL)
    assert_close(received[1], solution.softmax(vector), rtol=SOFTMAX_RTOL)


@points(0.5)
@title(en="The logits stay as they were", ko="로짓은 그대로")
@hint(
    en="Print the logits before and after the call. Are they the same?",
    ko="함수를 부르기 전과 후에 로짓을 출력해 보세요. 똑같은가요?",
)
@requires("test_random_vectors")
def test_logits_unchanged(submission, rng):
    submission.softmax(rng.normal(0.0, 2.0, size=5))
    assert_unchanged(submission)
    submission.softmax(rng.normal(0.0, 2.0, size=(2, 3)))
    assert_unchanged(submission)


# ---------------------------------------------------------------------------------------------- cross-entropy


@points(0.5)
@title(en="Cross-entropy with one-hot targets", ko="원-핫 정답의 교차 엔트로피")
@hint(
    en="Work out one row. Which of its cells add something to the loss?",
    ko="한 행만 계산해 보세요. 어느 칸이 손실에 더해지나요?",
)
def test_cross_entropy_one_hot(submission, solution, rng):
    y = draw_probabilities(rng, 3, 5)
    t = np.eye(5, dtype=int)[rng.permutation(5)[:3]]
    assert_close(submission.cross_entropy(y, t), solution.cross_entropy(y, t), atol=LOSS_ATOL)


@points(0.5)
@title(en="Cross-entropy with labels", ko="정수 레이블 정답의 교차 엔트로피")
@hint(
    en="Each label belongs to one row. Which single number of that row do you need?",
    ko="레이블 하나는 한 행에 속해요. 그 행에서 필요한 수 하나는 무엇인가요?",
)
def test_cross_entropy_labels(submission, solution, rng):
    # The last class is nobody's target: it exists all the same.
    y, t = draw_probabilities(rng, 3, 5), rng.permutation(4)[:3]
    assert_close(submission.cross_entropy(y, t), solution.cross_entropy(y, t), atol=LOSS_ATOL)


@points(0.5)
@title(en="One-hot rows and labels give one and the same loss", ko="원-핫과 레이블의 손실은 같은 값")
@hint(
    en="Three labels and three classes: what would numpy do if you multiplied the two arrays?",
    ko="레이블도 세 개, 클래스도 세 개예요. 두 배열을 곱하면 numpy는 무엇을 할까요?",
)
def test_one_hot_and_labels_agree(submission, solution, rng):
    y, labels = draw_probabilities(rng, 3, 3), rng.permutation(3)
    received = submission.cross_entropy(y, labels), submission.cross_entropy(y, np.eye(3)[labels])
    expected = solution.cross_entropy(y, labels)
    assert_close(received[0], expected, atol=LOSS_ATOL)
    assert_close(received[1], expected, atol=LOSS_ATOL)


@points(0.5)
@title(en="Cross-entropy of a batch of one", ko="샘플이 하나뿐인 배치의 교차 엔트로피")
@hint(
    en="The shape is (1, 4). How many samples are there, and what do you divide by?",
    ko="shape이 (1, 4)예요. 샘플은 몇 개이고, 무엇으로 나누나요?",
)
def test_cross_entropy_batch_of_one(submission, solution, rng):
    y, labels = draw_probabilities(rng, 1, 4), rng.integers(0, 4, size=1)
    received = submission.cross_entropy(y, labels), submission.cross_entropy(y, np.eye(4)[labels])
    expected = solution.cross_entropy(y, labels)
    assert_close(received[0], expected, atol=LOSS_ATOL)
    assert_close(received[1], expected, atol=LOSS_ATOL)


@points(0.5)
@title(en="One sample and one label", ko="샘플 하나와 레이블 하나")
@hint(
    en="Here y has the shape (4,) and t is one integer. How many samples are that?",
    ko="여기서 y의 shape은 (4,)이고 t는 정수 하나예요. 샘플은 몇 개인가요?",
)
def test_cross_entropy_one_label(submission, solution, rng):
    y, labels = draw_probabilities(rng, 2, 4), rng.integers(0, 4, size=2)
    received = [submission.cross_entropy(y[n], labels[n]) for n in range(2)]
    for n in range(2):
        assert_close(received[n], solution.cross_entropy(y[n], labels[n]), atol=LOSS_ATOL)


@points(0.5)
@title(en="Every sample twice", ko="같은 샘플이 두 번씩 있는 배치")
@hint(
    en="Nothing about the predictions has become worse. Should the loss grow?",
    ko="예측이 나빠진 것은 하나도 없어요. 손실이 커져야 하나요?",
)
def test_doubled_batch(submission, solution, rng):
    y, t = draw_probabilities(rng, 3, 4), rng.permutation(4)[:3]
    received = submission.cross_entropy(np.concatenate([y, y]), np.concatenate([t, t]))
    assert_close(received, solution.cross_entropy(y, t), atol=LOSS_ATOL)


@points(0.5)
@title(en="A target with probability 0", ko="정답의 확률이 0인 경우")
@hint(
    en="What does np.log give for 0? Any finite loss will do here.",
    ko="np.log에 0을 넣으면 무엇이 나오나요? 여기서는 유한한 손실이면 충분해요.",
)
@requires("test_cross_entropy_labels")
def test_zero_probability(submission, solution):
    y, labels = np.array([[1.0, 0.0, 0.0], [0.2, 0.3, 0.5]]), np.array([2, 1])
    received = submission.cross_entropy(y, labels), submission.cross_entropy(y, np.eye(3)[labels])
    # How large the loss is depends on the constant: only nan and infinity are wrong.
    expected = solution.cross_entropy(y, labels)
    assert_close(received[0], expected, rtol=0, atol=1000)
    assert_close(received[1], expected, rtol=0, atol=1000)


@points(0.5)
@title(en="A target that is almost certain", ko="정답의 확률이 거의 1인 경우")
@hint(
    en="The prediction is right and sure of it. How large is the loss, and which cells may add to it?",
    ko="예측이 맞고 확신도 커요. 손실은 얼마이고, 어느 칸이 손실에 더해지나요?",
)
@requires("test_cross_entropy_labels")
def test_almost_certain(submission):
    y, labels = np.array([[1.0, 0.0, 0.0], [1e-9, 1e-9, 1 - 2e-9]]), np.array([0, 2])
    received = submission.cross_entropy(y, np.eye(3)[labels]), submission.cross_entropy(y, labels)
    assert_close(received[0], 0.0, rtol=0, atol=1e-6)
    assert_close(received[1], 0.0, rtol=0, atol=1e-6)


@points(0.5)
@title(en="A network that knows nothing yet", ko="아직 아무것도 모르는 신경망")
@hint(
    en="All ten logits are equal. How likely is each class, and what is the loss of one sample?",
    ko="로짓 열 개가 모두 같아요. 각 클래스의 확률은 얼마이고, 샘플 하나의 손실은 얼마인가요?",
)
def test_initial_loss(submission, rng):
    # Your softmax feeds your cross-entropy, as in a network: the loss of equal logits is log(10).
    logits = np.zeros((6, 10)) + rng.normal(0.0, 2.0, size=(6, 1))
    y = submission.softmax(logits)
    loss = submission.cross_entropy(y, rng.integers(0, 10, size=6))
    assert_close(y, np.full((6, 10), 0.1), rtol=SOFTMAX_RTOL)
    assert_close(loss, np.log(10.0), atol=LOSS_ATOL)


# ----------------------------------------------------------------------------------------------- the gradient


@points(0.5)
@title(en="Gradient with one-hot targets", ko="원-핫 정답의 기울기")
@hint(
    en="Change one logit by 0.001. By how much does the mean loss change, and what does your gradient say?",
    ko="로짓 하나를 0.001만큼 바꿔 보세요. 평균 손실은 얼마나 변하고, 기울기는 뭐라고 하나요?",
)
def test_gradient_one_hot(submission, solution, rng):
    logits = rng.normal(0.0, 2.0, size=(3, 5))
    t = np.eye(5)[rng.permutation(5)[:3]]
    received = submission.softmax_cross_entropy_gradient(logits, t)
    assert_close(received, solution.softmax_cross_entropy_gradient(logits, t), atol=GRADIENT_ATOL)


@points(0.5)
@title(en="Gradient with labels", ko="정수 레이블 정답의 기울기")
@hint(
    en="In how many cells of each row does the gradient differ from the probabilities divided by N?",
    ko="각 행에서 기울기가 확률을 N으로 나눈 값과 다른 칸은 몇 개인가요?",
)
def test_gradient_labels(submission, solution, rng):
    # The last class is nobody's target: it exists all the same.
    logits, t = rng.normal(0.0, 2.0, size=(3, 5)), rng.permutation(4)[:3]
    received = submission.softmax_cross_entropy_gradient(logits, t)
    assert_close(received, solution.softmax_cross_entropy_gradient(logits, t), atol=GRADIENT_ATOL)


@points(0.5)
@title(en="Each row of the gradient sums to 0", ko="기울기의 각 행의 합은 0")
@hint(
    en="What do the probabilities of a row sum to, and what do its targets sum to?",
    ko="한 행의 확률을 모두 더하면 얼마인가요? 정답은 모두 더하면 얼마인가요?",
)
def test_gradient_rows_sum_to_zero(submission, solution, rng):
    logits, t = rng.normal(0.0, 2.0, size=(4, 4)), rng.permutation(4)
    received = submission.softmax_cross_entropy_gradient(logits, t)
    assert_close(received, solution.softmax_cross_entropy_gradient(logits, t), atol=GRADIENT_ATOL)
    assert_close(np.sum(np.asarray(received), axis=-1), np.zeros(4), rtol=0, atol=GRADIENT_ATOL, name="sum")


@points(0.5)
@title(en="Gradient of a batch of one", ko="샘플이 하나뿐인 배치의 기울기")
@hint(
    en="The slides write the gradient of one sample with two letters. What are the two here?",
    ko="슬라이드에서는 샘플 하나의 기울기를 글자 두 개로 써요. 여기서 그 둘은 무엇인가요?",
)
def test_gradient_one_sample(submission, solution, rng):
    logits, t = rng.normal(0.0, 2.0, size=(1, 4)), np.eye(4)[rng.integers(0, 4, size=1)]
    received = submission.softmax_cross_entropy_gradient(logits, t)
    assert_close(received, solution.softmax(logits) - t, atol=GRADIENT_ATOL)


@points(0.5)
@title(en="Gradient of a vector", ko="벡터 하나의 기울기")
@hint(
    en="A vector of four logits: how many samples is that? Which shape must the gradient have?",
    ko="로짓 네 개짜리 벡터예요. 샘플은 몇 개인가요? 기울기의 shape은 무엇이어야 하나요?",
)
def test_gradient_vector(submission, solution, rng):
    logits, label = rng.normal(0.0, 2.0, size=4), rng.integers(0, 4, size=2)[0]
    t = np.eye(4)[label]
    received = [submission.softmax_cross_entropy_gradient(logits, target) for target in (label, t)]
    for gradient in received:
        assert_close(gradient, solution.softmax(logits) - t, atol=GRADIENT_ATOL)


@points(0.5)
@title(en="Gradient of logits that lie far apart", ko="서로 멀리 떨어진 로짓의 기울기")
@hint(
    en="Some probabilities are exactly 0 here. Does your code divide by them or take their log?",
    ko="여기서는 확률이 정확히 0인 칸이 있어요. 기울기를 구할 때 그 값으로 나누거나 로그를 취하나요?",
)
def test_gradient_large_logits(submission, solution, rng):
    near, far = rng.normal(0.0, 2.0, size=(2, 3)), np.array([[1e4, 0.0, -1e4], [-1e4, -1e4 + 1, 1e4]])
    logits, t = np.concatenate([near, far]), np.array([0, 1, 2, 1])
    received = submission.softmax_cross_entropy_gradient(logits, t)
    assert_close(received, solution.softmax_cross_entropy_gradient(logits, t), atol=GRADIENT_ATOL)


# ---------------------------------------------------------------------------------------------- all functions


@points(0.5)
@title(en="Probabilities, logits and targets stay as they were", ko="확률, 로짓, 정답은 그대로")
@hint(
    en="Print the arrays that you passed in, before and after the call. Are they the same?",
    ko="함수를 부르기 전과 후에 넘겨준 배열을 출력해 보세요. 똑같은가요?",
)
@requires("test_cross_entropy_one_hot")
def test_arguments_unchanged(submission, rng):
    y, logits = draw_probabilities(rng, 3, 4), rng.normal(0.0, 2.0, size=(3, 4))
    labels = rng.permutation(4)[:3]
    for t in (np.eye(4)[labels], labels):
        submission.cross_entropy(y, t)
        assert_unchanged(submission)
        submission.softmax_cross_entropy_gradient(logits, t)
        assert_unchanged(submission)


@points(0.5)
@title(en="Probabilities and gradients are numpy arrays of floats", ko="확률과 기울기는 실수형 numpy 배열")
@hint(
    en="What do `type(...)` and `.dtype` say about the values that you return?",
    ko="돌려준 값에 `type(...)`과 `.dtype`을 물어보면 무엇이 나오나요?",
)
@requires("test_random_batches")
def test_results_are_float_arrays(submission, rng):
    logits, t = rng.normal(0.0, 2.0, size=(3, 4)), rng.integers(0, 4, size=3)
    probabilities = submission.softmax(logits)
    gradient = submission.softmax_cross_entropy_gradient(logits, t)
    assert_array(probabilities, shape=(3, 4), kind="f")
    assert_array(gradient, shape=(3, 4), kind="f")


# -------------------------------------------------------------------------------------------- beside Keras


@points(0.5)
@title(en="The same numbers as Keras", ko="케라스와 같은 값")
@hint(
    en="Take the first row that differs. What do its probabilities sum to, and by what is the loss divided?",
    ko="처음으로 다른 행을 보세요. 확률의 합은 얼마이고, 손실은 무엇으로 나누나요?",
)
def test_agrees_with_keras(submission, keras_reference):
    keras_reference.check(submission, "softmax", "cross_entropy", "softmax_cross_entropy_gradient", count=2)
