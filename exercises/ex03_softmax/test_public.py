"""Examples from the statement of ex03. You may read these; more cases wait in `grade check`."""

import numpy as np

from grader.suite.compare import assert_close
from grader.suite.marks import hint, points, title

# Logits whose exponentials are 7, 1, 2 and 1, 1, 2: you can check everything here by hand.
LOGITS = np.log([[7.0, 1.0, 2.0], [1.0, 1.0, 2.0]])


@points(0.5)
@title(en="Slide example: three logits", ko="슬라이드 예제: 로짓 세 개")
@hint(
    en="Print the three exponentials and their sum. Which fractions do they make?",
    ko="지숫값 세 개와 그 합을 출력해 보세요. 어떤 분수가 만들어지나요?",
)
def test_slide_vector(submission):
    expected = np.array([0.01821127, 0.24519181, 0.73659691])
    assert_close(submission.softmax(np.array([0.3, 2.9, 4.0])), expected, rtol=0, atol=1e-7)


@points(0.5)
@title(en="Slide example: logits above 1000", ko="슬라이드 예제: 1000이 넘는 로짓")
@hint(
    en="What does np.exp give for 1010? And what is that number divided by itself?",
    ko="np.exp에 1010을 넣으면 무엇이 나오나요? 그 값을 자기 자신으로 나누면요?",
)
def test_slide_vector_above_1000(submission):
    expected = np.array([9.99954600e-01, 4.53978686e-05, 2.06106005e-09])
    assert_close(submission.softmax(np.array([1010.0, 1000.0, 990.0])), expected, rtol=1e-6, atol=1e-15)


@points(0.5)
@title(en="Slide example: logits that are not positive", ko="슬라이드 예제: 양수가 아닌 로짓")
@hint(
    en="Does your result contain a negative number? Can a probability be one?",
    ko="결과에 음수가 있나요? 확률이 음수일 수 있나요?",
)
def test_slide_three_classes(submission):
    expected = np.array([0.74, 0.18, 0.08])  # the slide prints two digits
    assert_close(submission.softmax(np.array([0.00, -1.39, -2.20])), expected, rtol=0, atol=0.006)


@points(0.5)
@title(en="A batch of two from the statement", ko="문제에 나온 샘플 두 개짜리 배치")
@hint(
    en="Which numbers of this array belong to one sample? Add up those of your result.",
    ko="이 배열에서 한 샘플에 속하는 수는 어느 것들인가요? 결과에서 그 수들을 더해 보세요.",
)
def test_batch_example(submission):
    expected = np.array([[0.7, 0.1, 0.2], [0.25, 0.25, 0.5]])
    assert_close(submission.softmax(LOGITS), expected, rtol=1e-6)


@points(0.5)
@title(en="Slide example: cross-entropy of one sample", ko="슬라이드 예제: 샘플 하나의 교차 엔트로피")
@hint(
    en="Which of the three probabilities matters when the target is the last class?",
    ko="정답이 마지막 클래스라면 세 확률 중 어느 것이 손실을 정하나요?",
)
def test_cross_entropy_example(submission):
    y = np.array([0.7, 0.1, 0.2])
    last_class = submission.cross_entropy(y, np.array([0, 0, 1]))
    first_class = submission.cross_entropy(y, np.array([1, 0, 0]))
    assert_close(last_class, 1.609438, atol=1e-5)
    assert_close(first_class, 0.356675, atol=1e-5)


@points(0.5)
@title(en="Cross-entropy of a batch from the statement", ko="문제에 나온 배치의 교차 엔트로피")
@hint(
    en="Here t holds numbers of classes. Which probability does each of them point at?",
    ko="여기서 t는 클래스의 번호예요. 각 번호는 어느 확률을 가리키나요?",
)
def test_cross_entropy_labels_example(submission):
    y = np.array([[0.7, 0.1, 0.2], [0.7, 0.1, 0.2]])
    assert_close(submission.cross_entropy(y, np.array([2, 0])), 0.983056, atol=1e-5)


@points(0.5)
@title(en="The gradient from the statement", ko="문제에 나온 기울기")
@hint(
    en="Compare your result with the probabilities. In which cells should the two differ in sign?",
    ko="결과를 확률과 비교해 보세요. 어느 칸에서 부호가 달라야 하나요?",
)
def test_gradient_example(submission):
    expected = np.array([[0.35, 0.05, -0.4], [-0.375, 0.125, 0.25]])
    assert_close(submission.softmax_cross_entropy_gradient(LOGITS, np.array([2, 0])), expected, atol=1e-6)
