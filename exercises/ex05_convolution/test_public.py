"""Examples from the statement of ex05. You may read these; more cases wait in `grade check`."""

import numpy as np

from grader.suite.compare import assert_close, assert_equal
from grader.suite.marks import hint, points, title

SIGNAL = np.array([2, 8, 3, 7, 1, 2, 0, 4, 5])
KERNEL = np.array([2, 1, 5, 3])

IMAGE_3X3 = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
CORNER_KERNEL = np.array([[2, 0], [0, 0]])

IMAGE_5X5 = np.array(
    [
        [1, 1, 1, 0, 0],
        [0, 1, 1, 1, 0],
        [0, 0, 1, 1, 1],
        [0, 0, 1, 1, 0],
        [0, 1, 1, 0, 0],
    ]
)
X_KERNEL = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])


@points(0.5)
@title(en="Slide example: correlation", ko="슬라이드 예제: 교차상관")
@hint(
    en="In how many places does the kernel fit? Lay it over the first four numbers: which products do you add?",
    ko="커널을 놓을 수 있는 자리는 몇 곳인가요? 처음 네 수 위에 올려놓으면 어떤 곱들을 더하나요?",
)
def test_slide_correlation(submission):
    expected = np.array([48, 57, 24, 25, 16, 39])
    assert_close(submission.correlate1d(SIGNAL, KERNEL), expected)


@points(0.5)
@title(en="Slide example: convolution", ko="슬라이드 예제: 합성곱")
@hint(
    en="Where do the first and the last number of the kernel stand when you convolve?",
    ko="합성곱을 할 때 커널의 첫 번째 수와 마지막 수는 어디에 놓이나요?",
)
def test_slide_convolution(submission):
    expected = np.array([63, 48, 49, 28, 21, 20])
    assert_close(submission.convolve1d(SIGNAL, KERNEL), expected)


@points(0.5)
@title(en="Slide example: full correlation", ko="슬라이드 예제: full 교차상관")
@hint(
    en="In the first window of `full`, how many kernel cells touch the signal?",
    ko="`full`의 첫 번째 창에서 신호와 겹치는 커널의 칸은 몇 개인가요?",
)
def test_slide_full(submission):
    expected = np.array([6, 34, 51, 48, 57, 24, 25, 16, 39, 29, 13, 10])
    assert_close(submission.correlate1d(SIGNAL, KERNEL, mode="full"), expected)


@points(0.5)
@title(en="Slide example: same correlation", ko="슬라이드 예제: same 교차상관")
@hint(
    en="Three zeros are shared between two sides. What does the statement's picture show?",
    ko="0 세 개를 양쪽에 나눠야 해요. 문제의 그림에서는 어떻게 나누었나요?",
)
def test_slide_same(submission):
    expected = np.array([34, 51, 48, 57, 24, 25, 16, 39, 29])
    assert_close(submission.correlate1d(SIGNAL, KERNEL, mode="same"), expected)


@points(0.5)
@title(en="Slide example: a 3×3 image, valid", ko="슬라이드 예제: 3×3 이미지, valid")
@hint(
    en="How many rows and how many columns of windows does a 3×3 image have here?",
    ko="3×3 이미지에서 창은 세로로 몇 번, 가로로 몇 번 놓이나요?",
)
def test_slide_image(submission):
    expected = np.array([[2, 4], [8, 10]])
    assert_close(submission.correlate2d(IMAGE_3X3, CORNER_KERNEL), expected)


@points(0.5)
@title(en="Slide example: a 3×3 image, same", ko="슬라이드 예제: 3×3 이미지, same")
@hint(
    en="Does the rule for the extra zero of a signal also hold for an image? Compare the pictures.",
    ko="남는 0을 두는 규칙이 신호와 이미지에서 같은가요? 두 그림을 비교해 보세요.",
)
def test_slide_image_same(submission):
    expected = np.array([[2, 4, 6], [8, 10, 12], [14, 16, 18]])
    assert_close(submission.correlate2d(IMAGE_3X3, CORNER_KERNEL, mode="same"), expected)


@points(0.5)
@title(en="An X-shaped kernel on a 5×5 image", ko="5×5 이미지와 X 모양 커널")
@hint(
    en="Count the ones that the X covers in the upper left corner. What is your first number?",
    ko="왼쪽 위 모서리에서 X가 덮는 1은 몇 개인가요? 첫 번째 값과 비교해 보세요.",
)
def test_x_kernel(submission):
    expected = np.array([[4, 3, 4], [2, 4, 3], [2, 3, 4]])
    assert_close(submission.correlate2d(IMAGE_5X5, X_KERNEL), expected)


@points(0.5)
@title(en="The numbers 0 to 48 under a kernel of ones", ko="0부터 48까지의 수와 1로 채운 커널")
@hint(
    en="By how much does the sum grow when the window moves one column to the right?",
    ko="창이 오른쪽으로 한 칸 움직이면 합은 얼마나 커지나요?",
)
def test_arange_49(submission):
    expected = np.array(
        [
            [72, 81, 90, 99, 108],
            [135, 144, 153, 162, 171],
            [198, 207, 216, 225, 234],
            [261, 270, 279, 288, 297],
            [324, 333, 342, 351, 360],
        ]
    )
    assert_close(submission.correlate2d(np.arange(49).reshape(7, 7), np.ones((3, 3))), expected)


@points(0.5)
@title(en="Output sizes from the statement", ko="문제에 나온 출력 크기")
@hint(
    en="Write down where each window starts. Is `padding` counted for one side or for both?",
    ko="창의 시작 위치를 모두 적어 보세요. `padding`은 한쪽의 수인가요, 양쪽의 합인가요?",
)
def test_output_size_examples(submission):
    assert_equal(submission.output_size(9, 4), 6)
    assert_equal(submission.output_size(9, 4, 2), 3)
    assert_equal(submission.output_size(7, 3), 5)
    assert_equal(submission.output_size(7, 3, 2), 3)
    assert_equal(submission.output_size(4, 2, 2), 2)
    assert_equal(submission.output_size(3, 2, 1, 1), 4)
