"""Hidden suite of ex06: random arrays and the edges of each definition, one behaviour a case.

The numbers of an array are all different, so that no window has two maxima: ties matter in
`test_ties_go_to_the_first` and nowhere else. Arrays and windows are rectangular wherever a square would hide
something. A case makes its calls before it compares the first array, so that a diagnosis sees every result.
Nothing is computed from what a submission returned: expected values come from the solution alone.
"""

import math

import numpy as np
import pytest

from grader.suite.compare import assert_array, assert_close, assert_unchanged
from grader.suite.marks import hint, points, requires, title


def numbers(rng, *shape):
    """Draw different whole numbers around 0, as floats: a learner can follow a failing case on paper."""
    count = math.prod(shape)
    return (rng.permutation(count) - count // 2).reshape(shape).astype(float)


def negative_numbers(rng, *shape):
    """Draw different whole numbers below 0, as floats."""
    count = math.prod(shape)
    return (rng.permutation(count) - count).reshape(shape).astype(float)


def gradients(rng, *shape):
    """Draw different whole numbers above 1, as floats: which of them went where can be seen."""
    return (rng.permutation(math.prod(shape)) + 2).reshape(shape).astype(float)


# ------------------------------------------------------------------------------------------ one dimension


@points(0.5)
@title(en="Random signals", ko="무작위 신호")
@hint(
    en="Does your code find the largest number wherever in the window it stands?",
    ko="가장 큰 수가 창의 어느 자리에 있어도 찾을 수 있나요?",
)
def test_signal_random(submission, solution, rng):
    x, size = numbers(rng, int(rng.integers(9, 14))), int(rng.integers(2, 5))
    assert_close(submission.max_pool1d(x, size), solution.max_pool1d(x, size))


@points(0.5)
@title(en="A signal whose end is left over", ko="끝이 남는 신호")
@hint(
    en="List where each window starts and ends. Which numbers does no whole window reach?",
    ko="창마다 시작과 끝을 적어 보세요. 온전한 창이 닿지 않는 수는 어느 것인가요?",
)
def test_signal_stride(submission, solution, rng):
    x = numbers(rng, 12)
    settings = [(3, 2), (4, 3), (2, 3)]
    received = [submission.max_pool1d(x, size, stride=stride) for size, stride in settings]
    for (size, stride), y in zip(settings, received, strict=True):
        expected = solution.max_pool1d(x, size, stride=stride)
        assert_close(y, expected, name=f"size={size}, stride={stride}")


@points(0.5)
@title(en="Windows of one number and of the whole signal", ko="수 하나짜리 창과 신호 전체를 덮는 창")
@hint(
    en="What should come out when the window holds a single number? And when it holds all of them?",
    ko="창에 수가 하나뿐이면 무엇이 나와야 하나요? 모든 수가 들어 있으면요?",
)
def test_signal_shortest_and_longest_window(submission, solution, rng):
    x = numbers(rng, 6)
    single, whole = submission.max_pool1d(x, 1), submission.max_pool1d(x, 6)
    assert_close(single, x, name="size=1")
    assert_close(whole, solution.max_pool1d(x, 6), name="size=6")


# ----------------------------------------------------------------------------------------- two dimensions


@points(0.5)
@title(en="Random images", ko="무작위 이미지")
@hint(
    en="Shuffle the numbers inside one window. Does its result stay the same?",
    ko="창 하나 안에서 수의 순서를 섞어 보세요. 결과가 그대로인가요?",
)
def test_image_random(submission, solution, rng):
    x, larger = numbers(rng, 5, 5), numbers(rng, 6, 6)
    received = submission.max_pool2d(x, 2, 2), submission.max_pool2d(larger, 3, 3)
    assert_close(received[0], solution.max_pool2d(x, 2, 2), name="2×2")
    assert_close(received[1], solution.max_pool2d(larger, 3, 3), name="3×3")


@points(0.5)
@title(en="Images that are not square", ko="정사각형이 아닌 이미지")
@hint(
    en="Which entry of the shape counts the columns? Follow it through your code.",
    ko="shape의 몇 번째 값이 열의 수인가요? 코드에서 그 값을 따라가 보세요.",
)
def test_image_not_square(submission, solution, rng):
    wide, high = numbers(rng, 3, 6), numbers(rng, 6, 3)
    received = submission.max_pool2d(wide, 2, 2), submission.max_pool2d(high, 2, 2)
    assert_close(received[0], solution.max_pool2d(wide, 2, 2), name="3×6")
    assert_close(received[1], solution.max_pool2d(high, 2, 2), name="6×3")


@points(0.5)
@title(en="Windows that are not square", ko="정사각형이 아닌 창")
@hint(
    en="Draw a window of one row and three columns. Which of its sizes limits the rows of the result?",
    ko="1행 3열 창을 종이에 그려 보세요. 결과의 행 수를 정하는 것은 어느 쪽 크기인가요?",
)
def test_window_not_square(submission, solution, rng):
    x = numbers(rng, 5, 5)
    flat, high = submission.max_pool2d(x, 1, 3), submission.max_pool2d(x, 4, 2)
    assert_close(flat, solution.max_pool2d(x, 1, 3), name="1×3")
    assert_close(high, solution.max_pool2d(x, 4, 2), name="4×2")


@points(0.5)
@title(en="Images with stride", ko="스트라이드가 있는 이미지")
@hint(
    en="Mark the upper left corner of every window. How far apart are two of them, down and across?",
    ko="모든 창의 왼쪽 위 모서리를 표시해 보세요. 두 모서리는 세로와 가로로 몇 칸 떨어져 있나요?",
)
def test_image_stride(submission, solution, rng):
    x, wide = numbers(rng, 7, 9), numbers(rng, 4, 8)
    overlapping, apart = submission.max_pool2d(x, 3, 3, stride=2), submission.max_pool2d(wide, 1, 2, stride=3)
    assert_close(overlapping, solution.max_pool2d(x, 3, 3, stride=2), name="3×3, stride=2")
    assert_close(apart, solution.max_pool2d(wide, 1, 2, stride=3), name="1×2, stride=3")


@points(0.5)
@title(en="Rows and columns that are left over", ko="남는 행과 열")
@hint(
    en="Which cells does no whole window reach? May one of them appear in the result?",
    ko="온전한 창이 닿지 않는 칸은 어디인가요? 그 칸의 수가 결과에 나와도 되나요?",
)
def test_image_left_over(submission, solution, rng):
    x, more = numbers(rng, 5, 7), numbers(rng, 5, 8)
    received = submission.max_pool2d(x, 2, 2, stride=2), submission.average_pool2d(more, 3, 3, stride=3)
    assert_close(received[0], solution.max_pool2d(x, 2, 2, stride=2), name="max_pool2d")
    assert_close(received[1], solution.average_pool2d(more, 3, 3, stride=3), name="average_pool2d")


@points(0.5)
@title(en="All numbers negative", ko="모두 음수일 때")
@hint(
    en="Pool a few negative numbers by hand. With what does your search for the largest one begin?",
    ko="음수 몇 개를 손으로 풀링해 보세요. 코드는 가장 큰 수를 무엇부터 찾기 시작하나요?",
)
def test_negative(submission, solution, rng):
    signal, image = negative_numbers(rng, 7), negative_numbers(rng, 4, 5)
    received = submission.max_pool1d(signal, 3), submission.max_pool2d(image, 2, 3)
    assert_close(received[0], solution.max_pool1d(signal, 3), name="max_pool1d")
    assert_close(received[1], solution.max_pool2d(image, 2, 3), name="max_pool2d")


@points(0.5)
@title(en="Fractions stay fractions", ko="소수는 소수로")
@hint(
    en="What is the dtype of the array that holds your results?",
    ko="결과를 담는 배열의 dtype은 무엇인가요?",
)
def test_fractions(submission, solution, rng):
    signal, image = numbers(rng, 6) / 8 + 0.0625, numbers(rng, 4, 4) / 8 + 0.0625
    received = submission.max_pool1d(signal, 2), submission.max_pool2d(image, 2, 2)
    assert_close(received[0], solution.max_pool1d(signal, 2), name="max_pool1d")
    assert_close(received[1], solution.max_pool2d(image, 2, 2), name="max_pool2d")


@points(1)
@title(en="A batch of images with channels", ko="채널이 있는 이미지 배치")
@hint(
    en="In shape (N, H, W, C), along which two axes does the window move? What happens to the other two?",
    ko="shape이 (N, H, W, C)일 때 창은 어느 두 축을 따라 움직이나요? 나머지 두 축은 어떻게 되나요?",
)
def test_batch(submission, solution, rng):
    x = numbers(rng, 2, 5, 6, 4)
    largest = submission.max_pool2d(x, 2, 3, stride=2)
    mean = submission.average_pool2d(x, 3, 2, stride=2)
    assert_close(largest, solution.max_pool2d(x, 2, 3, stride=2), name="max_pool2d")
    assert_close(mean, solution.average_pool2d(x, 3, 2, stride=2), reduction=6, name="average_pool2d")


@points(0.5)
@title(en="A batch of one image with one channel", ko="채널 하나짜리 이미지 한 장의 배치")
@hint(
    en="Which shape goes in, and which comes out? How many axes does each have?",
    ko="들어간 shape과 나온 shape을 적어 보세요. 축이 각각 몇 개인가요?",
)
def test_batch_of_one(submission, solution, rng):
    x = numbers(rng, 1, 4, 5, 1)
    assert_close(submission.max_pool2d(x, 2, 2), solution.max_pool2d(x, 2, 2))


@points(0.5)
@title(en="A window that does not fit is refused in `valid`", ko="`valid`에서 들어가지 않는 창은 거절")
@hint(
    en="A window may fit along one axis and not along the other. What should happen then?",
    ko="창이 한 축에서는 들어가고 다른 축에서는 들어가지 않는다면 어떻게 되어야 하나요?",
)
@requires("test_image_random")
def test_large_window_is_refused(submission, rng):
    x = numbers(rng, 3, 5)
    with pytest.raises(ValueError):
        submission.max_pool1d(numbers(rng, 4), 5)
    with pytest.raises(ValueError):
        submission.max_pool2d(x, 4, 2)
    with pytest.raises(ValueError):
        submission.max_pool2d(x, 2, 6)
    with pytest.raises(ValueError):
        submission.average_pool2d(x, 4, 6)


# ------------------------------------------------------------------------------------------------- `same`


@points(0.5)
@title(en="`same` with stride 1 on negative numbers", ko="스트라이드 1의 `same`과 음수")
@hint(
    en="Windows of 2 and of 3 cells: how many cells lie outside above the first row, and below the last?",
    ko="창이 2칸일 때와 3칸일 때, 첫 행의 위와 마지막 행의 아래에 바깥 칸이 몇 개씩 있나요?",
)
def test_same(submission, solution, rng):
    x, wide = negative_numbers(rng, 4, 4), negative_numbers(rng, 3, 6)
    even = submission.max_pool2d(x, 2, 2, padding="same")
    mixed = submission.max_pool2d(wide, 3, 4, padding="same")
    assert_close(even, solution.max_pool2d(x, 2, 2, padding="same"), name="2×2")
    assert_close(mixed, solution.max_pool2d(wide, 3, 4, padding="same"), name="3×4")


@points(1)
@title(en="`same` together with a stride", ko="`same`과 스트라이드를 함께")
@hint(
    en="Work out m, outside and before, for rows and for columns. Where does your first window start?",
    ko="행과 열에서 m, outside, before를 각각 구해 보세요. 첫 번째 창은 어디서 시작하나요?",
)
def test_same_stride(submission, solution, rng):
    x, batch = negative_numbers(rng, 6, 7), negative_numbers(rng, 2, 6, 7, 3)
    one = submission.max_pool2d(x, 3, 3, stride=2, padding="same")
    many = submission.max_pool2d(batch, 5, 4, stride=3, padding="same")
    assert_close(one, solution.max_pool2d(x, 3, 3, stride=2, padding="same"), name="3×3, stride=2")
    assert_close(many, solution.max_pool2d(batch, 5, 4, stride=3, padding="same"), name="5×4, stride=3")


@points(0.5)
@title(en="`same` with a stride larger than the window", ko="`same`에서 창보다 큰 스트라이드")
@hint(
    en="What is `outside` for 9 cells, windows of 2 and stride 3? How does its formula end?",
    ko="칸이 9개, 창이 2칸, 스트라이드가 3이면 `outside`는 얼마인가요? 식의 끝까지 읽어 보세요.",
)
def test_same_stride_beyond_window(submission, solution, rng):
    x = negative_numbers(rng, 9, 7)
    received = submission.max_pool2d(x, 2, 2, stride=3, padding="same")
    assert_close(received, solution.max_pool2d(x, 2, 2, stride=3, padding="same"))


@points(0.5)
@title(en="`same` with a window larger than the image", ko="`same`에서 이미지보다 큰 창")
@hint(
    en="How large is the result of `same` with stride 1? Does the size of the window change that?",
    ko="스트라이드가 1일 때 `same`의 결과는 크기가 얼마인가요? 창의 크기에 따라 달라지나요?",
)
def test_same_large_window(submission, solution, rng):
    x = negative_numbers(rng, 2, 3)
    by_one = submission.max_pool2d(x, 5, 4, padding="same")
    by_two = submission.max_pool2d(x, 4, 5, stride=2, padding="same")
    assert_close(by_one, solution.max_pool2d(x, 5, 4, padding="same"), name="5×4")
    assert_close(by_two, solution.max_pool2d(x, 4, 5, stride=2, padding="same"), name="4×5, stride=2")


@points(0.5)
@title(en="`same` on whole numbers far below zero", ko="0보다 훨씬 작은 정수의 `same`")
@hint(
    en="Which number stands for −∞ in your code? Is it below every input, and may an array of ints hold it?",
    ko="코드에서 −∞ 대신 쓴 수는 무엇인가요? 어떤 입력보다도 작고, 정수 배열에도 담을 수 있나요?",
)
def test_same_far_below_zero(submission, solution, rng):
    x = 1000 * rng.permutation(12).reshape(3, 4) - 5_000_000
    received = submission.max_pool2d(x, 3, 3, padding="same")
    assert_close(received, solution.max_pool2d(x, 3, 3, padding="same"))


# ----------------------------------------------------------------------------------------------- averages


@points(0.5)
@title(en="Averages of random images", ko="무작위 이미지의 평균")
@hint(
    en="How many cells does a window of 2 rows and 3 columns have?",
    ko="2행 3열 창에는 칸이 몇 개 있나요?",
)
def test_average_random(submission, solution, rng):
    x = numbers(rng, 4, 6)
    by_one, by_two = submission.average_pool2d(x, 2, 3), submission.average_pool2d(x, 3, 2, stride=2)
    assert_close(by_one, solution.average_pool2d(x, 2, 3), reduction=6, name="2×3, stride=1")
    assert_close(by_two, solution.average_pool2d(x, 3, 2, stride=2), reduction=6, name="3×2, stride=2")


@points(0.5)
@title(en="Averages in `same`", ko="`same`의 평균")
@hint(
    en="Put in an image in which every number is 6. Which averages must come out at its edge?",
    ko="모든 수가 6인 이미지를 넣어 보세요. 가장자리의 평균은 얼마여야 하나요?",
)
def test_average_same(submission, solution, rng):
    x, batch = numbers(rng, 4, 5), numbers(rng, 2, 6, 7, 3)
    one = submission.average_pool2d(x, 3, 2, padding="same")
    large = submission.average_pool2d(x, 6, 7, stride=2, padding="same")
    many = submission.average_pool2d(batch, 3, 4, stride=2, padding="same")
    assert_close(one, solution.average_pool2d(x, 3, 2, padding="same"), reduction=6, name="3×2")
    expected = solution.average_pool2d(x, 6, 7, stride=2, padding="same")
    assert_close(large, expected, reduction=20, name="6×7, stride=2")
    expected = solution.average_pool2d(batch, 3, 4, stride=2, padding="same")
    assert_close(many, expected, reduction=12, name="3×4, stride=2")


@points(0.5)
@title(en="A photograph stored as uint8", ko="uint8로 저장된 사진")
@hint(
    en="Which numbers can an array of dtype uint8 hold? Do your sums and your averages fit in?",
    ko="dtype이 uint8인 배열에는 어떤 수를 담을 수 있나요? 합과 평균도 담을 수 있나요?",
)
def test_image_of_bytes(submission, solution, rng):
    x = (rng.permutation(20).reshape(4, 5) + 200).astype(np.uint8)
    mean, largest = submission.average_pool2d(x, 2, 3), submission.max_pool2d(x, 2, 2, padding="same")
    assert_close(mean, solution.average_pool2d(x, 2, 3), reduction=6, name="average_pool2d")
    assert_close(largest, solution.max_pool2d(x, 2, 2, padding="same"), name="max_pool2d")


# ------------------------------------------------------------------------------------------- the way back


@points(0.5)
@title(en="The way back through windows side by side", ko="나란한 창을 거꾸로")
@hint(
    en="Where in the whole image does the maximum of the second window stand? What do left-over cells get?",
    ko="두 번째 창의 최댓값은 이미지 전체에서 어디에 있나요? 창이 닿지 않은 칸은 얼마를 받나요?",
)
def test_backward_side_by_side(submission, solution, rng):
    x, d_out = numbers(rng, 5, 7), gradients(rng, 2, 3)
    received = submission.max_pool2d_backward(d_out, x, 2, 2, stride=2)
    assert_close(received, solution.max_pool2d_backward(d_out, x, 2, 2, stride=2))


@points(0.5)
@title(en="The way back through windows that overlap", ko="겹치는 창을 거꾸로")
@hint(
    en="A cell is the maximum of four windows. What should it have received in the end?",
    ko="어떤 칸이 네 창에서 최댓값이에요. 마지막에는 얼마를 받았어야 하나요?",
)
def test_backward_overlap(submission, solution, rng):
    x, d_out = numbers(rng, 4, 4), gradients(rng, 3, 3)
    x[1, 2] = 20  # the maximum of four windows
    received = submission.max_pool2d_backward(d_out, x, 2, 2)
    assert_close(received, solution.max_pool2d_backward(d_out, x, 2, 2))


@points(0.5)
@title(en="The way back through windows that are not square", ko="정사각형이 아닌 창을 거꾸로")
@hint(
    en="`argmax` of a window is a single number. From which size do its row and its column follow?",
    ko="창의 `argmax`는 수 하나예요. 그 수에서 행과 열을 구하려면 어느 쪽 크기가 필요한가요?",
)
def test_backward_not_square(submission, solution, rng):
    x, flat, high = negative_numbers(rng, 7, 5), gradients(rng, 4, 2), gradients(rng, 3, 2)
    received = (
        submission.max_pool2d_backward(flat, x, 1, 3, stride=2),
        submission.max_pool2d_backward(high, x, 3, 2, stride=2),
    )
    assert_close(received[0], solution.max_pool2d_backward(flat, x, 1, 3, stride=2), name="1×3")
    assert_close(received[1], solution.max_pool2d_backward(high, x, 3, 2, stride=2), name="3×2")


@points(0.5)
@title(en="The way back of a batch", ko="배치를 거꾸로")
@hint(
    en="Do two channels of one image have their maximum in the same cell of a window?",
    ko="한 이미지의 두 채널에서 최댓값은 창의 같은 칸에 있나요?",
)
def test_backward_batch(submission, solution, rng):
    x, d_out = numbers(rng, 3, 4, 5, 2), gradients(rng, 3, 3, 3, 2)
    received = submission.max_pool2d_backward(d_out, x, 2, 3)
    assert_close(received, solution.max_pool2d_backward(d_out, x, 2, 3))


@points(0.5)
@title(en="Ties go to the first maximum", ko="최댓값이 여러 개면 처음 것이")
@hint(
    en="Number the cells of a window row by row. Which of two equal maxima does the statement choose?",
    ko="창의 칸에 행마다 차례로 번호를 붙여 보세요. 최댓값이 두 개이면 문제에서는 어느 칸을 고르나요?",
)
def test_ties_go_to_the_first(submission, solution, rng):
    x, d_out = np.array([[1.0, 5.0, 5.0], [5.0, 0.0, 5.0]]), np.array([[1.0, 2.0]])
    ones_and_twos, d_random = rng.integers(1, 3, size=(5, 5)).astype(float), gradients(rng, 4, 4)
    received = (
        submission.max_pool2d_backward(d_out, x, 2, 2),
        submission.max_pool2d_backward(d_random, ones_and_twos, 2, 2),
    )
    assert_close(received[0], np.array([[0, 3, 0], [0, 0, 0]]))
    assert_close(received[1], solution.max_pool2d_backward(d_random, ones_and_twos, 2, 2))


@points(0.5)
@title(en="Fractions go back to whole numbers", ko="정수 이미지로 돌아가는 소수 기울기")
@hint(
    en="Which dtype has the array in which you collect the gradient? Did it take it over from x?",
    ko="기울기를 모으는 배열의 dtype은 무엇인가요? x의 dtype을 그대로 이어받았나요?",
)
def test_backward_fractions(submission, solution, rng):
    x, d_out = rng.permutation(16).reshape(4, 4), gradients(rng, 2, 2) / 8 + 0.0625
    received = submission.max_pool2d_backward(d_out, x, 2, 2, stride=2)
    assert_close(received, solution.max_pool2d_backward(d_out, x, 2, 2, stride=2))


# ------------------------------------------------------------------------------------------ all functions


@points(0.5)
@title(en="The arguments stay as they were", ko="인자로 받은 배열은 그대로")
@hint(
    en="Print the arrays that you passed in, before and after the call. Are they the same?",
    ko="함수를 부르기 전과 후에 넘겨준 배열을 출력해 보세요. 똑같은가요?",
)
@requires("test_image_random")
def test_arguments_unchanged(submission, rng):
    submission.max_pool1d(numbers(rng, 7), 3)
    assert_unchanged(submission)
    x = numbers(rng, 4, 5)
    submission.max_pool2d(x, 2, 2, padding="same")
    assert_unchanged(submission)
    submission.average_pool2d(x, 2, 2, padding="same")
    assert_unchanged(submission)
    submission.max_pool2d_backward(gradients(rng, 3, 4), x, 2, 2)
    assert_unchanged(submission)


@points(0.5)
@title(en="The results are numpy arrays", ko="결과는 numpy 배열")
@hint(
    en="What does `type(...)` say about the value that you return?",
    ko="돌려준 값을 `type(...)`에 넣으면 무엇이 나오나요?",
)
@requires("test_image_random")
def test_results_are_arrays(submission, rng):
    of_signal, x = submission.max_pool1d(numbers(rng, 7), 3), numbers(rng, 4, 5)
    received = {
        "max_pool1d": of_signal,
        "max_pool2d": submission.max_pool2d(x, 2, 2),
        "average_pool2d": submission.average_pool2d(x, 2, 2),
        "max_pool2d_backward": submission.max_pool2d_backward(gradients(rng, 3, 4), x, 2, 2),
    }
    for name, value in received.items():
        assert_array(value, kind="fiu", name=name)


# -------------------------------------------------------------------------------------------- beside Keras


@points(0.5)
@title(en="The same numbers as Keras", ko="케라스와 같은 값")
@hint(
    en="Where does the first window that differs lie? Which of its cells are inside the image?",
    ko="처음으로 다른 창은 어디에 있나요? 그 창의 칸 중에서 이미지 안에 있는 것은 어느 것인가요?",
)
def test_agrees_with_keras(submission, keras_reference):
    keras_reference.check(submission, "max_pool1d", "max_pool2d", "average_pool2d", "max_pool2d_backward")
