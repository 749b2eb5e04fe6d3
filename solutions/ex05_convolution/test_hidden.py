"""Hidden suite of ex05: random arrays and the edges of each definition, one behaviour a case.

No kernel is symmetric, and arrays are rectangular wherever a square would hide something. A case makes its
calls before it compares the first array, so that a diagnosis sees every result. Nothing is computed from what
a submission returned: expected values come from the solution alone.
"""

import math

import numpy as np
import pytest

from grader.suite.compare import assert_array, assert_close, assert_equal, assert_unchanged
from grader.suite.marks import hint, points, requires, title


def inputs(rng, *shape):
    """Draw small whole numbers, as floats: a learner can follow a failing case on paper."""
    return rng.integers(-9, 10, size=shape).astype(float)


def kernel(rng, *shape):
    """Draw whole numbers, all different and none 0: no flip or turn of the kernel is the kernel."""
    numbers = rng.permutation([number for number in range(-15, 16) if number])
    return numbers[: math.prod(shape)].reshape(shape).astype(float)


# ------------------------------------------------------------------------------------------ one dimension


@points(0.5)
@title(en="Correlation of random signals", ko="무작위 신호의 교차상관")
@hint(
    en="Take a signal of four numbers and a kernel of two. Where does each window start?",
    ko="수 네 개짜리 신호와 두 개짜리 커널로 해 보세요. 창은 각각 어디서 시작하나요?",
)
def test_correlation_random_1d(submission, solution, rng):
    x, w = inputs(rng, int(rng.integers(8, 14))), kernel(rng, int(rng.integers(3, 6)))
    assert_close(submission.correlate1d(x, w), solution.correlate1d(x, w), reduction=len(w))


@points(1)
@title(en="A kernel that is not symmetric", ko="대칭이 아닌 커널")
@hint(
    en="What sets convolution apart from correlation? Work out one window of each by hand.",
    ko="합성곱과 교차상관은 무엇이 다른가요? 창 하나씩만 손으로 계산해 보세요.",
)
def test_convolution_random_1d(submission, solution, rng):
    x, w = inputs(rng, int(rng.integers(8, 14))), kernel(rng, int(rng.integers(3, 6)))
    assert_close(submission.convolve1d(x, w), solution.convolve1d(x, w), reduction=len(w))


@points(0.5)
@title(
    en="Convolution is correlation with the kernel flipped, in every mode",
    ko="모든 모드에서 합성곱은 뒤집은 커널의 교차상관",
)
@hint(
    en="Convolve with w, then correlate with w written backwards. Should the two results differ?",
    ko="w로 합성곱을 하고, w를 거꾸로 적어 교차상관을 해 보세요. 두 결과가 달라야 하나요?",
)
def test_convolution_is_flipped_correlation(submission, solution, rng):
    x, w = inputs(rng, 9), kernel(rng, 5)
    modes = ("valid", "same", "full")
    convolved = [submission.convolve1d(x, w, mode=mode) for mode in modes]
    for mode, received in zip(modes, convolved, strict=True):
        assert_close(received, solution.correlate1d(x, w[::-1], mode=mode), reduction=5, name=mode)


@points(0.5)
@title(en="A kernel with a single number", ko="수가 하나뿐인 커널")
@hint(
    en="A kernel of length 1 needs how many zeros in `same`, and how many in `full`?",
    ko="길이가 1인 커널이라면 `same`과 `full`에서 0이 몇 개 필요한가요?",
)
def test_kernel_of_length_one(submission, solution, rng):
    x, w = inputs(rng, 6), kernel(rng, 1)
    modes = ("valid", "same", "full")
    received = [submission.correlate1d(x, w, mode=mode) for mode in modes]
    convolved = submission.convolve1d(x, w, mode="same")
    for mode, values in zip(modes, received, strict=True):
        assert_close(values, solution.correlate1d(x, w), name=f"correlate1d, {mode}")
    assert_close(convolved, solution.correlate1d(x, w), name="convolve1d, same")


@points(0.5)
@title(en="A kernel as long as the signal", ko="신호와 길이가 같은 커널")
@hint(
    en="In how many places does a kernel fit that is exactly as long as the signal?",
    ko="신호와 길이가 똑같은 커널은 몇 군데에 놓을 수 있나요?",
)
def test_kernel_as_long_as_signal(submission, solution, rng):
    x, w = inputs(rng, 5), kernel(rng, 5)
    correlated, convolved = submission.correlate1d(x, w), submission.convolve1d(x, w)
    assert_close(correlated, solution.correlate1d(x, w), reduction=5, name="correlate1d")
    assert_close(convolved, solution.convolve1d(x, w), reduction=5, name="convolve1d")


@points(0.5)
@title(en="An even kernel in `same`: signals", ko="짝수 길이 커널의 `same`: 신호")
@hint(
    en="The zeros cannot be shared equally here. On which side of a signal does the odd one go?",
    ko="여기서는 0을 똑같이 나눌 수 없어요. 신호에서는 남는 하나가 어느 쪽으로 가나요?",
)
def test_same_even_kernel_1d(submission, solution, rng):
    x, w = inputs(rng, 11), kernel(rng, 6)
    correlated = submission.correlate1d(x, w, mode="same")
    convolved = submission.convolve1d(x, w, mode="same")
    assert_close(correlated, solution.correlate1d(x, w, mode="same"), reduction=6, name="correlate1d")
    assert_close(convolved, solution.convolve1d(x, w, mode="same"), reduction=6, name="convolve1d")


@points(0.5)
@title(en="Full correlation of random signals", ko="무작위 신호의 full 교차상관")
@hint(
    en="Which window of `full` is the first to touch the signal, and with how many of its cells?",
    ko="`full`에서 신호에 처음 닿는 창은 몇 칸이나 겹치나요?",
)
def test_full_1d(submission, solution, rng):
    x, w = inputs(rng, 7), kernel(rng, 4)
    received = submission.correlate1d(x, w, mode="full")
    assert_close(received, solution.correlate1d(x, w, mode="full"), reduction=4)


@points(0.5)
@title(en="The values of a correlation with stride", ko="스트라이드가 있는 교차상관의 값")
@hint(
    en="Where does the second window start when the stride is 3? And the last one?",
    ko="스트라이드가 3이면 두 번째 창은 어디서 시작하나요? 마지막 창은요?",
)
def test_stride_1d(submission, solution, rng):
    x, w = inputs(rng, 12), kernel(rng, 4)
    by_two, by_three = submission.correlate1d(x, w, stride=2), submission.correlate1d(x, w, stride=3)
    assert_close(by_two, solution.correlate1d(x, w, stride=2), reduction=4, name="stride=2")
    assert_close(by_three, solution.correlate1d(x, w, stride=3), reduction=4, name="stride=3")


@points(0.5)
@title(en="`same` together with a stride: signals", ko="`same`과 스트라이드를 함께: 신호")
@hint(
    en="The statement defines `same` with a stride by the result with stride 1. Which of its numbers stay?",
    ko="문제에서는 스트라이드 1의 결과로 정의했어요. 그중 어떤 수들이 남나요?",
)
def test_same_with_stride_1d(submission, solution, rng):
    x, w = inputs(rng, 9), kernel(rng, 7)
    received = submission.correlate1d(x, w, mode="same", stride=3)
    assert_close(received, solution.correlate1d(x, w, mode="same")[::3], reduction=7)


@points(0.5)
@title(en="Integers under a kernel of fractions", ko="정수 신호와 소수 커널")
@hint(
    en="What is the dtype of the array that holds your results?",
    ko="결과를 담는 배열의 dtype은 무엇인가요?",
)
def test_integers_under_fractions(submission, solution, rng):
    x, w = rng.integers(0, 100, size=9), rng.choice([0.125, 0.375, 0.625, 0.875], size=3)
    assert_close(submission.correlate1d(x, w), solution.correlate1d(x, w), reduction=3)


@points(0.5)
@title(en="A kernel longer than the signal is refused in `valid`", ko="`valid`에서 신호보다 긴 커널은 거절")
@hint(
    en="What should happen when not a single window fits? Try a kernel that is one number too long.",
    ko="창을 하나도 놓을 수 없으면 어떻게 해야 하나요? 딱 한 칸 더 긴 커널로 해 보세요.",
)
@requires("test_correlation_random_1d")
def test_long_kernel_is_refused_1d(submission, rng):
    x = inputs(rng, 4)
    with pytest.raises(ValueError):
        submission.correlate1d(x, kernel(rng, 5))
    with pytest.raises(ValueError):
        submission.convolve1d(x, kernel(rng, 7))


@points(0.5)
@title(en="A kernel longer than the signal in `same` and `full`", ko="`same`과 `full`에서 신호보다 긴 커널")
@hint(
    en="How long is the result of `same`? Does that depend on which of the two arrays is the longer one?",
    ko="`same`의 결과는 길이가 얼마인가요? 둘 중 어느 쪽이 더 긴지에 따라 달라지나요?",
)
def test_long_kernel_with_zeros(submission, solution, rng):
    x, w = inputs(rng, 3), kernel(rng, 5)
    modes = ("same", "full")
    received = [submission.correlate1d(x, w, mode=mode) for mode in modes]
    for mode, values in zip(modes, received, strict=True):
        assert_close(values, solution.correlate1d(x, w, mode=mode), reduction=5, name=mode)


# ----------------------------------------------------------------------------------------- two dimensions


@points(1)
@title(en="A square kernel that is not symmetric", ko="대칭이 아닌 정사각형 커널")
@hint(
    en="Set one off-diagonal cell of the kernel to 1 and the rest to 0. Which part of the image comes out?",
    ko="커널에서 대각선 밖의 한 칸만 1로 두고 나머지는 0으로 해 보세요. 이미지의 어느 부분이 나오나요?",
)
def test_asymmetric_square_kernel(submission, solution, rng):
    x, w = inputs(rng, 4, 4), kernel(rng, 3, 3)
    assert_close(submission.correlate2d(x, w), solution.correlate2d(x, w), reduction=9)


@points(0.5)
@title(en="An image that is wider than high", ko="세로보다 가로가 긴 이미지")
@hint(
    en="Which number of your code counts the columns, and from which entry of the shape does it come?",
    ko="코드에서 열의 수는 어느 변수인가요? 그 값은 shape의 몇 번째 값에서 왔나요?",
)
def test_rectangular_image(submission, solution, rng):
    x, w = inputs(rng, 3, 5), kernel(rng, 2, 2)
    assert_close(submission.correlate2d(x, w), solution.correlate2d(x, w), reduction=4)


@points(0.5)
@title(en="A kernel that is higher than wide", ko="가로보다 세로가 긴 커널")
@hint(
    en="How many rows and how many columns of windows are there? Work out the two numbers separately.",
    ko="창은 세로로 몇 번, 가로로 몇 번 놓이나요? 두 수를 따로 구해 보세요.",
)
def test_rectangular_kernel(submission, solution, rng):
    x, w = inputs(rng, 4, 4), kernel(rng, 3, 2)
    assert_close(submission.correlate2d(x, w), solution.correlate2d(x, w), reduction=6)
    narrow = inputs(rng, 5, 2)  # just as wide as the kernel
    assert_close(submission.correlate2d(narrow, w), solution.correlate2d(narrow, w), reduction=6)


@points(0.5)
@title(en="Convolution of random images", ko="무작위 이미지의 합성곱")
@hint(
    en="Write a 2×2 kernel with four different numbers and flip it. Where does the upper left number end up?",
    ko="서로 다른 네 수로 2×2 커널을 적고 뒤집어 보세요. 왼쪽 위의 수는 어디로 가나요?",
)
def test_convolution_random_2d(submission, solution, rng):
    x, w = inputs(rng, 3, 5), kernel(rng, 2, 2)
    assert_close(submission.convolve2d(x, w), solution.convolve2d(x, w), reduction=4)


@points(0.5)
@title(en="An even kernel in `same`: images", ko="짝수 크기 커널의 `same`: 이미지")
@hint(
    en="Which sides of an image get the extra row and the extra column of zeros?",
    ko="이미지에서는 남는 한 줄의 0을 어느 쪽에 두나요?",
)
def test_same_even_kernel_2d(submission, solution, rng):
    x, w = inputs(rng, 4, 4), kernel(rng, 4, 2)
    received = submission.correlate2d(x, w, mode="same")
    assert_close(received, solution.correlate2d(x, w, mode="same"), reduction=8)


@points(0.5)
@title(en="An even kernel in `same`: convolution of images", ko="짝수 크기 커널의 `same`: 이미지의 합성곱")
@hint(
    en="Does flipping the kernel move the zeros to the other side, too? What does the statement say?",
    ko="커널을 뒤집으면 0을 두는 쪽도 바뀌나요? 문제에서는 무엇이라고 했나요?",
)
def test_convolution_same_even_kernel_2d(submission, solution, rng):
    x, w = inputs(rng, 4, 4), kernel(rng, 4, 3)
    received = submission.convolve2d(x, w, mode="same")
    assert_close(received, solution.convolve2d(x, w, mode="same"), reduction=12)


@points(0.5)
@title(en="Full correlation and convolution of images", ko="이미지의 full 교차상관과 합성곱")
@hint(
    en="How many rows does the result of `full` have, and how many columns? Which cells does the corner see?",
    ko="`full`의 결과는 몇 행 몇 열인가요? 모서리의 값은 어느 칸들로 계산되나요?",
)
def test_full_2d(submission, solution, rng):
    x, w = inputs(rng, 3, 5), kernel(rng, 3, 2)
    correlated = submission.correlate2d(x, w, mode="full")
    convolved = submission.convolve2d(x, w, mode="full")
    assert_close(correlated, solution.correlate2d(x, w, mode="full"), reduction=6, name="correlate2d")
    assert_close(convolved, solution.convolve2d(x, w, mode="full"), reduction=6, name="convolve2d")


@points(0.5)
@title(en="An image with stride", ko="스트라이드가 있는 이미지")
@hint(
    en="Along which axes does the window step? Mark the upper left corner of every window on paper.",
    ko="창은 어느 축을 따라 건너뛰나요? 모든 창의 왼쪽 위 모서리를 종이에 표시해 보세요.",
)
def test_stride_2d(submission, solution, rng):
    x, w = inputs(rng, 8, 10), kernel(rng, 3, 3)
    assert_close(submission.correlate2d(x, w, stride=2), solution.correlate2d(x, w, stride=2), reduction=9)


@points(0.5)
@title(en="`same` together with a stride: images", ko="`same`과 스트라이드를 함께: 이미지")
@hint(
    en="Compute the result with stride 1 first. Which of its rows and columns does the statement keep?",
    ko="먼저 스트라이드 1의 결과를 구해 보세요. 그중 어떤 행과 열이 남나요?",
)
def test_same_with_stride_2d(submission, solution, rng):
    x, w = inputs(rng, 8, 6), kernel(rng, 3, 3)
    received = submission.correlate2d(x, w, mode="same", stride=2)
    assert_close(received, solution.correlate2d(x, w, mode="same")[::2, ::2], reduction=9)


@points(0.5)
@title(en="A photograph stored as uint8", ko="uint8로 저장된 사진")
@hint(
    en="Which numbers can an array of dtype uint8 hold? Can your sums leave that range?",
    ko="dtype이 uint8인 배열에는 어떤 수를 담을 수 있나요? 합이 그 범위를 벗어날 수 있나요?",
)
def test_image_of_bytes(submission, solution, rng):
    x = rng.integers(128, 256, size=(3, 5)).astype(np.uint8)
    w = np.array([[2, 1], [1, -1]])
    assert_close(submission.correlate2d(x, w), solution.correlate2d(x, w), reduction=4)


@points(0.5)
@title(
    en="A kernel that is too high or too wide is refused in `valid`",
    ko="`valid`에서 너무 높거나 넓은 커널은 거절",
)
@hint(
    en="A kernel may fit along one axis and not along the other. What should happen then?",
    ko="커널이 한 축에서는 들어가고 다른 축에서는 들어가지 않는다면 어떻게 되어야 하나요?",
)
@requires("test_asymmetric_square_kernel")
def test_long_kernel_is_refused_2d(submission, rng):
    x = inputs(rng, 3, 5)
    with pytest.raises(ValueError):
        submission.correlate2d(x, kernel(rng, 4, 2))
    with pytest.raises(ValueError):
        submission.convolve2d(x, kernel(rng, 2, 6))


# ------------------------------------------------------------------------------------------ all functions


@points(0.5)
@title(en="Correlation is linear", ko="교차상관의 선형성")
@hint(
    en="Is the answer for a sum of two images the sum of their answers? Which step would break that?",
    ko="두 이미지를 더한 것의 결과는 각 결과의 합과 같나요? 어느 단계가 그것을 깨뜨릴까요?",
)
def test_linearity(submission, solution, rng):
    first, second, w = (rng.normal(size=shape) for shape in ((4, 4), (4, 4), (3, 3)))
    received = submission.correlate2d(2 * first - 3 * second, w, mode="same")
    of_first, of_second = (solution.correlate2d(x, w, mode="same") for x in (first, second))
    assert_close(received, 2 * of_first - 3 * of_second, reduction=9)


@points(0.5)
@title(en="The arguments stay as they were", ko="인자로 받은 배열은 그대로")
@hint(
    en="Print the arrays that you passed in, before and after the call. Are they the same?",
    ko="함수를 부르기 전과 후에 넘겨준 배열을 출력해 보세요. 똑같은가요?",
)
@requires("test_correlation_random_1d")
def test_arguments_unchanged(submission, rng):
    x, w = inputs(rng, 7), kernel(rng, 3)
    submission.correlate1d(x, w)
    assert_unchanged(submission)
    submission.convolve1d(x, w)
    assert_unchanged(submission)
    x, w = inputs(rng, 3, 5), kernel(rng, 3, 2)
    submission.correlate2d(x, w)
    assert_unchanged(submission)
    submission.convolve2d(x, w)
    assert_unchanged(submission)


@points(0.5)
@title(
    en="Output size when the stride does not come out even", ko="스트라이드로 나누어떨어지지 않는 출력 크기"
)
@hint(
    en="What happens to a last window that would reach beyond the end?",
    ko="마지막 창이 끝을 넘어가게 되면 그 창은 어떻게 되나요?",
)
def test_output_size_rounds_down(submission, solution, rng):
    n, f = int(rng.integers(20, 40)), int(rng.integers(3, 7))
    for stride in (1, 2, 3, 4, 5):
        assert_equal(submission.output_size(n, f, stride), solution.output_size(n, f, stride))


@points(0.5)
@title(en="Output size with zeros on both sides", ko="양쪽에 0을 둔 출력 크기")
@hint(
    en="How long is the signal once `padding` zeros stand on each side of it?",
    ko="양쪽에 각각 `padding`개의 0을 두면 신호의 길이는 얼마가 되나요?",
)
def test_output_size_with_padding(submission, solution, rng):
    n, f, padding = int(rng.integers(8, 20)), int(rng.integers(3, 7)), int(rng.integers(2, 5))
    for stride in (1, 2, 3):
        expected = solution.output_size(n, f, stride, padding)
        assert_equal(submission.output_size(n, f, stride, padding), expected)


@points(0.5)
@title(en="The results are numpy arrays", ko="결과는 numpy 배열")
@hint(
    en="What does `type(...)` say about the value that you return?",
    ko="돌려준 값을 `type(...)`에 넣으면 무엇이 나오나요?",
)
@requires("test_correlation_random_1d")
def test_results_are_arrays(submission, rng):
    of_signal = submission.correlate1d(inputs(rng, 7), kernel(rng, 3))
    of_image = submission.correlate2d(inputs(rng, 3, 5), kernel(rng, 2, 2))
    assert_array(of_signal, kind="fiu", name="correlate1d")
    assert_array(of_image, kind="fiu", name="correlate2d")


# -------------------------------------------------------------------------------------------- beside Keras


@points(0.5)
@title(en="The same numbers as Keras", ko="케라스와 같은 값")
@hint(
    en="What Keras calls convolution is one of your functions. Which one, and which kernel would the other one need?",
    ko="케라스가 합성곱이라고 부르는 것은 이 문제의 어느 함수인가요? 다른 함수는 어떤 커널을 써야 같아지나요?",
)
def test_agrees_with_keras(submission, keras_reference):
    keras_reference.check(submission, "correlate1d", "convolve1d", "correlate2d", "convolve2d", "output_size")
