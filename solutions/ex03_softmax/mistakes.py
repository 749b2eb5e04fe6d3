"""Wrong solutions of ex03 that learners write, each with the question that may put them right.

An alternative is wrong in one respect and right in every other, and it replaces all the names in which the
same misconception shows, so that it fits a learner who has it in one of them.
"""

import numpy as np
from solution import as_one_hot, count_samples, softmax, softmax_cross_entropy_gradient

from grader.language import Text
from grader.suite.mistakes import mistake

# What many put inside the logarithm: allowed by the statement.
DELTA = 1e-7

AXIS_LOST = Text(
    en="Print the shapes of your row maxima and row sums. How does numpy lay them against the batch?",
    ko="행마다 구한 최댓값과 합의 shape을 출력해 보세요. numpy는 그것을 배치와 어떻게 맞추나요?",
)


def fraction(exponentials):
    """Return exponentials divided by their sum along the last axis."""
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


def shift(a):
    """Return logits whose largest in each row is 0."""
    return a - np.max(a, axis=-1, keepdims=True)


# ----------------------------------------------------------------------------------------- softmax: the guard


@mistake(
    "no_max_subtraction",
    replaces="softmax",
    hint=Text(
        en="Print np.exp(1000), and then that value divided by itself. What comes out?",
        ko="np.exp(1000)과, 그 값을 자기 자신으로 나눈 값을 출력해 보세요. 무엇이 나오나요?",
    ),
)
def no_max_subtraction(a):
    return fraction(np.exp(a))


@mistake(
    "one_maximum_for_the_batch",
    replaces="softmax",
    hint=Text(
        en="Take a row whose logits are all far below those of another row. What is left of it after np.exp?",
        ko="다른 행보다 로짓이 훨씬 작은 행을 떠올려 보세요. np.exp를 지나면 그 행에는 무엇이 남나요?",
    ),
)
def one_maximum_for_the_batch(a):
    return fraction(np.exp(a - np.max(a)))


@mistake(
    "minimum_subtracted",
    replaces="softmax",
    hint=Text(
        en="After your subtraction, which sign do the exponents have? How large can the largest one get?",
        ko="뺄셈을 한 뒤 지수들의 부호는 무엇인가요? 가장 큰 지수는 얼마까지 커질 수 있나요?",
    ),
)
def minimum_subtracted(a):
    return fraction(np.exp(a - np.min(a, axis=-1, keepdims=True)))


@mistake(
    "maximum_added",
    replaces="softmax",
    hint=Text(
        en="What is the largest exponent after your first step: 0, or twice what it was?",
        ko="첫 단계를 지난 뒤 가장 큰 지수는 얼마인가요? 0인가요, 아니면 원래의 두 배인가요?",
    ),
)
def maximum_added(a):
    return fraction(np.exp(a + np.max(a, axis=-1, keepdims=True)))


@mistake(
    "numerator_not_shifted",
    replaces="softmax",
    hint=Text(
        en="A factor cancels when it stands above and below the line. Is it in both places in your code?",
        ko="인수는 분자와 분모에 모두 있어야 약분돼요. 코드에서도 두 곳에 다 있나요?",
    ),
)
def numerator_not_shifted(a):
    return np.exp(a) / np.sum(np.exp(shift(a)), axis=-1, keepdims=True)


@mistake(
    "denominator_not_shifted",
    replaces="softmax",
    hint=Text(
        en="You changed the logits above the line. Which logits does the sum below it see?",
        ko="분자에서는 로짓을 바꾸었네요. 분모의 합은 어떤 로짓으로 계산하나요?",
    ),
)
def denominator_not_shifted(a):
    return np.exp(shift(a)) / np.sum(np.exp(a), axis=-1, keepdims=True)


@mistake(
    "logits_clipped",
    replaces="softmax",
    hint=Text(
        en="Put in [2000, 2001] and [0, 1]. Should they differ? Which numbers reach np.exp in your code?",
        ko="[2000, 2001]과 [0, 1]을 넣어 보세요. 결과가 달라야 하나요? np.exp에는 어떤 수들이 들어가나요?",
    ),
)
def logits_clipped(a):
    return fraction(np.exp(np.clip(a, -700, 700)))


@mistake(
    "divided_by_the_maximum",
    replaces="softmax",
    hint=Text(
        en="Softmax depends on the differences of the logits. Does your first step keep those differences?",
        ko="소프트맥스는 로짓 사이의 차이로 정해져요. 첫 단계를 지난 뒤에도 그 차이가 그대로인가요?",
    ),
)
def divided_by_the_maximum(a):
    return fraction(np.exp(a / np.max(a, axis=-1, keepdims=True)))


# ------------------------------------------------------------------------------------------ softmax: the axis


@mistake(
    "one_sum_for_the_batch",
    replaces="softmax",
    hint=Text(
        en="Print the sum of each row of your result. How many distributions should a batch hold?",
        ko="결과의 각 행의 합을 출력해 보세요. 샘플이 세 개인 배치에는 확률분포가 몇 개 있어야 하나요?",
    ),
)
def one_sum_for_the_batch(a):
    exponentials = np.exp(a - np.max(a))
    return exponentials / np.sum(exponentials)


@mistake(
    "first_axis_normalised",
    replaces="softmax",
    hint=Text(
        en="The classes of one sample stand side by side. In which direction do you add?",
        ko="한 샘플의 클래스들은 옆으로 나란히 놓여 있어요. 어느 방향으로 더하고 있나요?",
    ),
)
def first_axis_normalised(a):
    exponentials = np.exp(a - np.max(a, axis=0))
    return exponentials / np.sum(exponentials, axis=0)


@mistake(
    "axis_lost_in_broadcast",
    replaces="softmax",
    hint=AXIS_LOST,
)
def axis_lost_in_broadcast(a):
    exponentials = np.exp(a - np.max(a, axis=-1))
    return exponentials / np.sum(exponentials, axis=-1)


@mistake("axis_lost_in_broadcast", replaces="softmax", hint=AXIS_LOST)
def axis_lost_in_the_maximum(a):
    return fraction(np.exp(a - np.max(a, axis=-1)))


@mistake("axis_lost_in_broadcast", replaces="softmax", hint=AXIS_LOST)
def axis_lost_in_the_sum(a):
    exponentials = np.exp(shift(a))
    return exponentials / np.sum(exponentials, axis=-1)


@mistake(
    "two_dimensions_assumed",
    replaces="softmax",
    hint=Text(
        en="How many axes does a vector have, and which one does your code ask for?",
        ko="벡터에는 축이 몇 개 있나요? 코드에서는 어느 축을 찾고 있나요?",
    ),
)
def two_dimensions_assumed(a):
    exponentials = np.exp(a - np.max(a, axis=1, keepdims=True))
    return exponentials / np.sum(exponentials, axis=1, keepdims=True)


@mistake(
    "batch_of_one_squeezed",
    replaces="softmax",
    hint=Text(
        en="Is a batch of one sample still a batch? Compare `ndim` before and after.",
        ko="샘플이 하나뿐인 배치도 배치인가요? 들어가기 전과 나온 뒤의 `ndim`을 비교해 보세요.",
    ),
)
def batch_of_one_squeezed(a):
    return np.squeeze(softmax(a))


# ---------------------------------------------------------------------------------- softmax: what is computed


@mistake(
    "plain_normalisation",
    replaces="softmax",
    hint=Text(
        en="What comes out for [-1, 1]? Which step of the formula makes every number positive?",
        ko="[-1, 1]을 넣으면 무엇이 나오나요? 식의 어느 단계에서 모든 수가 양수가 되나요?",
    ),
)
def plain_normalisation(a):
    return fraction(a)


@mistake(
    "divided_by_the_largest",
    replaces="softmax",
    hint=Text(
        en="Which value does the most likely class get from you, every time? Add up the numbers of a row.",
        ko="가장 그럴듯한 클래스의 값이 매번 얼마로 나오나요? 한 행의 수를 모두 더해 보세요.",
    ),
)
def divided_by_the_largest(a):
    return np.exp(shift(a))


@mistake(
    "logarithm_returned",
    replaces="softmax",
    hint=Text(
        en="Your numbers are negative. Of which quantity are they the logarithms?",
        ko="결과가 음수로 나와요. 이 수들은 무엇의 로그일까요?",
    ),
)
def logarithm_returned(a):
    shifted = shift(a)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))


@mistake(
    "constant_in_the_denominator",
    replaces="softmax",
    hint=Text(
        en="How small can the sum of the exponentials become once your rows are guarded? Can it be 0?",
        ko="오버플로를 막은 뒤에는 지숫값의 합이 얼마까지 작아질 수 있나요? 0이 될 수 있나요?",
    ),
)
def constant_in_the_denominator(a):
    exponentials = np.exp(shift(a))
    return exponentials / (np.sum(exponentials, axis=-1, keepdims=True) + 1e-7)


@mistake(
    "constant_in_the_denominator",
    replaces="softmax",
    hint=Text(
        en="How small can the sum of the exponentials become once your rows are guarded? Can it be 0?",
        ko="오버플로를 막은 뒤에는 지숫값의 합이 얼마까지 작아질 수 있나요? 0이 될 수 있나요?",
    ),
)
def smaller_constant_in_the_denominator(a):
    exponentials = np.exp(shift(a))
    return exponentials / (np.sum(exponentials, axis=-1, keepdims=True) + 1e-8)


# ---------------------------------------------------------------------------------------- softmax: the arrays


@mistake(
    "result_in_integers",
    replaces="softmax",
    hint=Text(
        en="You write fractions into an array. Which dtype does it have, and where did it get it from?",
        ko="분수를 배열에 써 넣고 있어요. 그 배열의 dtype은 무엇이고, 어디서 온 것인가요?",
    ),
)
def result_in_integers(a):
    y = np.zeros_like(a)
    y[...] = softmax(a)
    return y


@mistake(
    "logits_shifted_in_place",
    replaces="softmax",
    hint=Text(
        en="Compare the logits before and after the call. Is a parameter a copy of what was passed in?",
        ko="호출 전후의 로짓을 비교해 보세요. 매개변수는 넘겨받은 배열의 복사본인가요?",
    ),
)
def logits_shifted_in_place(a):
    a -= np.max(a, axis=-1, keepdims=True)
    return fraction(np.exp(a))


# -------------------------------------------------------------- cross-entropy and gradient: what N stands for


@mistake(
    "batch_summed",
    replaces=("cross_entropy", "softmax_cross_entropy_gradient"),
    hint=Text(
        en="Put every sample of the batch in twice. What should happen to the result, and what does?",
        ko="배치의 모든 샘플을 두 번씩 넣어 보세요. 결과가 어떻게 되어야 하고, 실제로는 어떻게 되나요?",
    ),
)
class BatchSummed:
    def cross_entropy(y, t):
        return -np.sum(as_one_hot(t, y) * np.log(y + DELTA))

    def softmax_cross_entropy_gradient(logits, t):
        return softmax(logits) - as_one_hot(t, logits)


@mistake(
    "mean_over_all_cells",
    replaces=("cross_entropy", "softmax_cross_entropy_gradient"),
    hint=Text(
        en="The loss is a mean. Over how many things: cells, classes or samples? What does your code count?",
        ko="손실은 평균이에요. 칸, 클래스, 샘플 중 무엇의 개수로 나누어야 하나요? 코드는 무엇을 세고 있나요?",
    ),
)
class MeanOverAllCells:
    def cross_entropy(y, t):
        return -np.mean(as_one_hot(t, y) * np.log(y + DELTA))

    def softmax_cross_entropy_gradient(logits, t):
        return (softmax(logits) - as_one_hot(t, logits)) / logits.size


@mistake(
    "vector_divided_by_classes",
    replaces=("cross_entropy", "softmax_cross_entropy_gradient"),
    hint=Text(
        en="For a vector of four classes, what is shape[0]? How many samples is that vector?",
        ko="클래스가 네 개인 벡터에서 shape[0]은 얼마인가요? 그 벡터는 샘플 몇 개인가요?",
    ),
)
class VectorDividedByClasses:
    def cross_entropy(y, t):
        return -np.sum(as_one_hot(t, y) * np.log(y + DELTA)) / y.shape[0]

    def softmax_cross_entropy_gradient(logits, t):
        return (softmax(logits) - as_one_hot(t, logits)) / logits.shape[0]


# -------------------------------------------------------------------- cross-entropy and gradient: the targets


@mistake(
    "labels_taken_for_one_hot",
    replaces=("cross_entropy", "softmax_cross_entropy_gradient"),
    hint=Text(
        en="Print t and its shape. Does a label of 2 mean 'two times', or does it point at something?",
        ko="t와 그 shape을 출력해 보세요. 레이블 2는 '두 배'라는 뜻인가요, 아니면 무언가를 가리키나요?",
    ),
)
class LabelsTakenForOneHot:
    def cross_entropy(y, t):
        return -np.sum(t * np.log(y + DELTA)) / count_samples(y)

    def softmax_cross_entropy_gradient(logits, t):
        return (softmax(logits) - t) / count_samples(logits)


@mistake(
    "one_hot_taken_for_labels",
    replaces=("cross_entropy", "softmax_cross_entropy_gradient"),
    hint=Text(
        en="Which two forms may t have? Try your function with t = [0, 0, 1] for a single sample.",
        ko="t는 어떤 두 가지 모양으로 들어올 수 있나요? 샘플 하나에 t = [0, 0, 1]을 넣어 보세요.",
    ),
)
class OneHotTakenForLabels:
    def cross_entropy(y, t):
        rows, labels = np.atleast_2d(y), np.atleast_1d(np.asarray(t)).astype(int)
        return -np.mean(np.log(rows[np.arange(len(rows)), labels] + DELTA))

    def softmax_cross_entropy_gradient(logits, t):
        rows, labels = np.atleast_2d(softmax(logits)), np.atleast_1d(np.asarray(t)).astype(int)
        rows[np.arange(len(rows)), labels] -= 1
        return (rows / len(rows)).reshape(logits.shape)


@mistake(
    "one_hot_as_wide_as_largest_label",
    replaces=("cross_entropy", "softmax_cross_entropy_gradient"),
    hint=Text(
        en="Suppose no sample belongs to the last class. How many columns do your one-hot rows get?",
        ko="배치에 마지막 클래스의 샘플이 하나도 없다면 어떨까요? 원-핫 행은 몇 칸이 되나요?",
    ),
)
class OneHotAsWideAsLargestLabel:
    def cross_entropy(y, t):
        return -np.sum(one_hot_from_labels(t, y) * np.log(y + DELTA)) / count_samples(y)

    def softmax_cross_entropy_gradient(logits, t):
        return (softmax(logits) - one_hot_from_labels(t, logits)) / count_samples(logits)


def one_hot_from_labels(t, like):
    """Return labels as one-hot rows as wide as the largest label demands."""
    return t if np.ndim(t) == np.ndim(like) else np.eye(np.max(t) + 1)[t]


@mistake(
    "every_label_in_every_row",
    replaces="cross_entropy",
    hint=Text(
        en="Print what your indexing picks from y. How many numbers should three samples give?",
        ko="y에서 골라낸 값을 출력해 보세요. 샘플이 세 개라면 수가 몇 개 나와야 하나요?",
    ),
)
def every_label_in_every_row(y, t):
    rows = np.atleast_2d(y)
    labels = np.argmax(np.atleast_2d(as_one_hot(t, y)), axis=-1)
    return -np.mean(np.log(rows[:, labels] + DELTA))


# --------------------------------------------------------------------------------- cross-entropy: the formula


@mistake(
    "logarithm_of_zero",
    replaces="cross_entropy",
    hint=Text(
        en="Put in a probability of exactly 0. What does the logarithm give, and what is 0 times that?",
        ko="정확히 0인 확률을 넣어 보세요. 로그를 취하면 무엇이 나오나요? 거기에 0을 곱하면요?",
    ),
)
def logarithm_of_zero(y, t):
    return -np.sum(as_one_hot(t, y) * np.log(y)) / count_samples(y)


@mistake(
    "logarithm_of_zero_in_target",
    replaces="cross_entropy",
    hint=Text(
        en="You pick the target's probability and take its logarithm. What if the network gave it exactly 0?",
        ko="정답의 확률을 골라 로그를 취하고 있어요. 신경망이 그 확률을 정확히 0으로 냈다면요?",
    ),
)
def logarithm_of_zero_in_target(y, t):
    rows = np.atleast_2d(y)
    labels = np.argmax(np.atleast_2d(as_one_hot(t, y)), axis=-1)
    return -np.mean(np.log(rows[np.arange(len(rows)), labels]))


@mistake(
    "binary_formula",
    replaces="cross_entropy",
    hint=Text(
        en="Where a one-hot row holds a 0, what does that cell add to the loss in the formula? And in yours?",
        ko="원-핫에서 0인 칸은 식에서 손실에 무엇을 더하나요? 작성한 코드에서는요?",
    ),
)
def binary_formula(y, t):
    t = as_one_hot(t, y)
    cells = t * np.log(y + DELTA) + (1 - t) * np.log(1 - y + DELTA)
    return -np.sum(cells) / count_samples(y)


@mistake(
    "minus_forgotten",
    replaces="cross_entropy",
    hint=Text(
        en="Which sign has the logarithm of a probability? Which sign should a loss have?",
        ko="확률의 로그는 부호가 무엇인가요? 손실의 부호는 무엇이어야 하나요?",
    ),
)
def minus_forgotten(y, t):
    return np.sum(as_one_hot(t, y) * np.log(y + DELTA)) / count_samples(y)


@mistake(
    "logarithm_to_base_ten",
    replaces="cross_entropy",
    hint=Text(
        en="Divide the value you expected by yours. Of which number is that quotient the logarithm?",
        ko="기대한 값을 나온 값으로 나누어 보세요. 그 몫은 어떤 수의 로그인가요?",
    ),
)
def logarithm_to_base_ten(y, t):
    return -np.sum(as_one_hot(t, y) * np.log10(y + DELTA)) / count_samples(y)


@mistake(
    "logarithm_to_base_two",
    replaces="cross_entropy",
    hint=Text(
        en="For a probability of one half, is your loss 1 or 0.693? Which logarithm is meant?",
        ko="확률이 1/2일 때 손실이 1인가요, 0.693인가요? 어떤 로그를 써야 하나요?",
    ),
)
def logarithm_to_base_two(y, t):
    return -np.sum(as_one_hot(t, y) * np.log2(y + DELTA)) / count_samples(y)


@mistake(
    "prediction_and_target_swapped",
    replaces="cross_entropy",
    hint=Text(
        en="Which of the two belongs inside the logarithm: what was predicted, or what is true?",
        ko="예측과 정답 중 어느 쪽이 로그 안에 들어가야 하나요?",
    ),
)
def prediction_and_target_swapped(y, t):
    return -np.sum(y * np.log(as_one_hot(t, y) + DELTA)) / count_samples(y)


@mistake(
    "squared_error",
    replaces="cross_entropy",
    hint=Text(
        en="How does your loss grow when the target's probability goes to 0? Does it stay below some number?",
        ko="정답의 확률이 0에 가까워질 때 손실은 어떻게 커지나요? 어떤 수를 넘지 못하나요?",
    ),
)
def squared_error(y, t):
    return 0.5 * np.sum((y - as_one_hot(t, y)) ** 2) / count_samples(y)


@mistake(
    "one_loss_for_each_sample",
    replaces="cross_entropy",
    hint=Text(
        en="What is the shape of the loss you return? How many numbers does training need to go downhill?",
        ko="돌려준 손실의 shape은 무엇인가요? 경사를 내려가려면 손실은 수 몇 개여야 하나요?",
    ),
)
def one_loss_for_each_sample(y, t):
    return -np.sum(as_one_hot(t, y) * np.log(y + DELTA), axis=-1)


@mistake(
    "constant_added_in_place",
    replaces="cross_entropy",
    hint=Text(
        en="Print the probabilities after the loss was computed. Do they still sum to 1?",
        ko="손실을 계산한 뒤에 확률을 다시 출력해 보세요. 여전히 합이 1인가요?",
    ),
)
def constant_added_in_place(y, t):
    y += DELTA
    return -np.sum(as_one_hot(t, y) * np.log(y)) / count_samples(y)


# ----------------------------------------------------------------------------------------------- the gradient


@mistake(
    "gradient_sign_reversed",
    replaces="softmax_cross_entropy_gradient",
    hint=Text(
        en="If the logit of the target grows, does the loss rise or fall? Which sign must that cell have?",
        ko="정답 클래스의 로짓이 커지면 손실은 커지나요, 작아지나요? 그 칸의 부호는 무엇이어야 하나요?",
    ),
)
def gradient_sign_reversed(logits, t):
    return -softmax_cross_entropy_gradient(logits, t)


@mistake(
    "gradient_of_raw_logits",
    replaces="softmax_cross_entropy_gradient",
    hint=Text(
        en="Add up a row of your gradient. What stands before the minus: scores, or numbers that sum to 1?",
        ko="기울기의 한 행을 더해 보세요. 빼기 앞에 있는 것은 점수인가요, 합이 1인 것인가요?",
    ),
)
def gradient_of_raw_logits(logits, t):
    return (logits - as_one_hot(t, logits)) / count_samples(logits)


@mistake(
    "gradient_by_the_probabilities",
    replaces="softmax_cross_entropy_gradient",
    hint=Text(
        en="By what is the derivative taken: the probabilities or the logits? What lies between them?",
        ko="무엇으로 미분해야 하나요? 확률인가요, 로짓인가요? 그 둘 사이에는 무엇이 있나요?",
    ),
)
def gradient_by_the_probabilities(logits, t):
    return -as_one_hot(t, logits) / (softmax(logits) + DELTA) / count_samples(logits)


@mistake(
    "softmax_differentiated_twice",
    replaces="softmax_cross_entropy_gradient",
    hint=Text(
        en="How does the statement arrive at its formula: is the softmax's derivative already part of it?",
        ko="문제에 나온 식은 어떻게 얻어졌나요? 소프트맥스의 도함수가 이미 들어 있나요?",
    ),
)
def softmax_differentiated_twice(logits, t):
    y = softmax(logits)
    return softmax_cross_entropy_gradient(logits, t) * y * (1 - y)


@mistake(
    "target_cells_only",
    replaces="softmax_cross_entropy_gradient",
    hint=Text(
        en="Raise the logit of a class that is not the target. Does the loss change? What does yours say?",
        ko="정답이 아닌 클래스의 로짓을 키워 보세요. 손실이 그대로인가요? 그 칸의 기울기는 얼마로 나오나요?",
    ),
)
def target_cells_only(logits, t):
    return softmax_cross_entropy_gradient(logits, t) * as_one_hot(t, logits)
