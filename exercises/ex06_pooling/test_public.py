"""Examples from the statement of ex06. You may read these; more cases wait in `grade check`."""

import numpy as np

from grader.suite.compare import assert_close
from grader.suite.marks import hint, points, title

SIGNAL = np.array([3, 1, 4, 1, 5, 9, 2, 6])

IMAGE = np.array([[5, 1, 2, 8], [3, 7, 0, 4], [6, 2, 9, 1]])
ONE_TO_SIXTEEN = np.arange(1, 17).reshape(4, 4)
FOUR_DOWN_TO_ONE = np.array([[4, 3], [2, 1]])


@points(0.5)
@title(en="A signal with three strides", ko="세 가지 스트라이드로 신호 풀링하기")
@hint(
    en="Write the windows of three numbers below each other. Where does the second start, where does the last end?",
    ko="수 세 개짜리 창을 차례로 적어 보세요. 두 번째 창은 어디서 시작하고, 마지막 창은 어디서 끝나나요?",
)
def test_signal(submission):
    strides = (1, 2, 3)
    received = [submission.max_pool1d(SIGNAL, 3, stride=stride) for stride in strides]
    expected = [np.array([4, 4, 5, 9, 9, 9]), np.array([4, 5, 9]), np.array([4, 9])]
    for stride, y, wanted in zip(strides, received, expected, strict=True):
        assert_close(y, wanted, name=f"stride={stride}")


@points(0.5)
@title(en="Slide example: max pooling of a 4×4 image", ko="슬라이드 예제: 4×4 이미지의 최대 풀링")
@hint(
    en="How many 2×2 windows fit next to each other with stride 1, and how many with stride 2?",
    ko="2×2 창은 스트라이드가 1일 때와 2일 때 가로로 몇 번씩 놓이나요?",
)
def test_slide_max(submission):
    by_one = submission.max_pool2d(ONE_TO_SIXTEEN, 2, 2)
    by_two = submission.max_pool2d(ONE_TO_SIXTEEN, 2, 2, stride=2)
    assert_close(by_one, np.array([[6, 7, 8], [10, 11, 12], [14, 15, 16]]), name="stride=1")
    assert_close(by_two, np.array([[6, 8], [14, 16]]), name="stride=2")


@points(0.5)
@title(en="Slide example: average pooling of a 4×4 image", ko="슬라이드 예제: 4×4 이미지의 평균 풀링")
@hint(
    en="Add up the four numbers in the upper left corner. What do you divide by?",
    ko="왼쪽 위의 네 수를 더해 보세요. 무엇으로 나누나요?",
)
def test_slide_average(submission):
    received = submission.average_pool2d(ONE_TO_SIXTEEN, 2, 2, stride=2)
    assert_close(received, np.array([[3.5, 5.5], [11.5, 13.5]]))


@points(0.5)
@title(en="Slide example: `same` on a 2×2 image", ko="슬라이드 예제: 2×2 이미지의 `same`")
@hint(
    en="How many cells of the lower right window lie inside the image?",
    ko="오른쪽 아래 창에서 이미지 안에 있는 칸은 몇 개인가요?",
)
def test_slide_same(submission):
    largest = submission.max_pool2d(FOUR_DOWN_TO_ONE, 2, 2, padding="same")
    mean = submission.average_pool2d(FOUR_DOWN_TO_ONE, 2, 2, padding="same")
    assert_close(largest, np.array([[4, 3], [2, 1]]), name="max_pool2d")
    assert_close(mean, np.array([[2.5, 2], [1.5, 1]]), name="average_pool2d")


@points(0.5)
@title(en="`same` on negative numbers", ko="음수 이미지의 `same`")
@hint(
    en="Is there a 0 anywhere in the image? Where could one come from?",
    ko="이미지에 0이 있나요? 없다면 0은 어디에서 왔을까요?",
)
def test_same_negative(submission):
    x = np.array([[-4.0, -3.0], [-2.0, -1.0]])
    received = submission.max_pool2d(x, 2, 2, padding="same")
    assert_close(received, np.array([[-1, -1], [-1, -1]]))


@points(0.5)
@title(en="Worked example: windows of two rows and three columns", ko="손으로 푼 예제: 2행 3열 창")
@hint(
    en="Draw the window on paper. Over how many rows and columns of the image can it move?",
    ko="창을 종이에 그려 보세요. 이미지에서 세로로 몇 번, 가로로 몇 번 놓을 수 있나요?",
)
def test_worked_example(submission):
    assert_close(submission.max_pool2d(IMAGE, 2, 3), np.array([[7, 8], [9, 9]]))


@points(0.5)
@title(en="Worked example: three rows and stride 2", ko="손으로 푼 예제: 세 행과 스트라이드 2")
@hint(
    en="What happens to the third row in `valid`, and what in `same`?",
    ko="세 번째 행은 `valid`에서는 어떻게 되고, `same`에서는 어떻게 되나요?",
)
def test_row_left_over(submission):
    functions = {"max_pool2d": submission.max_pool2d, "average_pool2d": submission.average_pool2d}
    expected = {
        ("max_pool2d", "valid"): np.array([[7, 8]]),
        ("max_pool2d", "same"): np.array([[7, 8], [6, 9]]),
        ("average_pool2d", "valid"): np.array([[4, 3.5]]),
        ("average_pool2d", "same"): np.array([[4, 3.5], [4, 5]]),
    }
    received = [functions[name](IMAGE, 2, 2, stride=2, padding=padding) for name, padding in expected]
    for (name, padding), y in zip(expected, received, strict=True):
        assert_close(y, expected[name, padding], name=f"{name}, {padding}")


@points(0.5)
@title(en="Worked example: the way back", ko="손으로 푼 예제: 거꾸로 가는 길")
@hint(
    en="In which windows is the 9 the largest number? What does it receive from each of them?",
    ko="9는 어느 창들에서 가장 큰 수인가요? 각 창에서 얼마를 받나요?",
)
def test_worked_gradient(submission):
    received = submission.max_pool2d_backward(np.array([[1.0, 2.0], [3.0, 4.0]]), IMAGE, 2, 3)
    assert_close(received, np.array([[0, 0, 0, 2], [0, 1, 0, 0], [0, 0, 7, 0]]))
