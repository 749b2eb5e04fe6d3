"""Examples from the statement of ex02. You may read these; more cases wait in `grade check`."""

import numpy as np

from grader.language import Text
from grader.suite.compare import assert_close, assert_equal, require, type_name
from grader.suite.marks import hint, points, requires, title

POINTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])

# The network of the slides: one hidden unit is an AND, the other one a NOR.
W1 = np.array([[5, -7], [5, -7]])
B1 = np.array([-8, 3])
W2 = np.array([[-11], [-11]])
B2 = np.array([6])

# The outputs of a trained network: as labels where all of them lie on the right side of 0.5, otherwise to one
# decimal. Two right networks then give the same answer, and so do two that are stuck at the same place.
OUTPUTS = """lambda predict, X: (
    lambda y, t: t if ((y > 0.5) & (t == 1) | (y < 0.5) & (t == 0)).all() else np.round(1.0 * y, 1)
)(np.asarray(predict(X)).reshape(-1), X[:, 0] ^ X[:, 1])"""
ALMOST_HALF = 0.4999


def train(submission, rng):
    """Return the trained function, which stays where it was made."""
    predict = submission.train_xor(rng)
    message = Text(
        en=f"Expected a function from `train_xor`. Received: {type_name(predict)}",
        ko=f"`train_xor`는 함수를 돌려줘야 해요. 받은 값: {type_name(predict)}",
    )
    require(callable(predict), message)
    return predict


@points(0.5)
@title(en="The truth table of XOR", ko="XOR의 진리표")
@hint(
    en="Write the truth table with a column for each gate that you use. Which row is wrong?",
    ko="사용한 게이트마다 열을 하나씩 두고 진리표를 적어 보세요. 어느 행이 다른가요?",
)
def test_truth_table(submission):
    table = {(0, 0): 0, (0, 1): 1, (1, 0): 1, (1, 1): 0}
    received = {row: submission.XOR(*row) for row in table}
    for row, y in received.items():
        assert_equal(y, table[row], name=f"XOR{row}")


@points(0.5)
@title(en="Slide example: XOR with sigmoid units", ko="슬라이드 예제: 시그모이드로 만든 XOR")
@hint(
    en="Work out the row (0, 0): both sums of the hidden layer, their sigmoids, then the output.",
    ko="(0, 0) 행을 손으로 계산해 보세요. 은닉층의 총합 두 개, 그 시그모이드, 출력은 각각 얼마인가요?",
)
def test_slide_sigmoid_network(submission):
    expected = np.array([[0.011184], [0.994936], [0.994936], [0.024389]])
    assert_close(submission.xor_forward(POINTS, W1, B1, W2, B2), expected, rtol=0, atol=2e-6)


@points(0.5)
@title(en="Slide example: the hidden layer of ReLU units", ko="슬라이드 예제: ReLU 은닉층")
@hint(
    en="Which sums do the two units have at (0, 0), and what does ReLU make of a negative one?",
    ko="(0, 0)에서 두 유닛의 총합은 각각 얼마인가요? 음수에 ReLU를 쓰면 무엇이 되나요?",
)
def test_slide_relu_hidden(submission):
    assert_close(submission.relu_xor_hidden(POINTS), np.array([[0, 0], [1, 0], [1, 0], [2, 1]]))


@points(0.5)
@title(en="Slide example: XOR with ReLU units", ko="슬라이드 예제: ReLU로 만든 XOR")
@hint(
    en="The hidden layer turns (1, 1) into (2, 1). How do the output weights make 0 of that?",
    ko="은닉층은 (1, 1)을 (2, 1)로 바꿔요. 출력 가중치를 쓰면 어떻게 0이 되나요?",
)
def test_slide_relu_output(submission):
    assert_close(submission.relu_xor(POINTS), np.array([0, 1, 1, 0]))


@points(0.5)
@title(en="Slide example: the same network with step units", ko="슬라이드 예제: 계단 함수를 쓴 같은 신경망")
@hint(
    en="What enters the second layer: the inputs of the network or the outputs of the first layer?",
    ko="두 번째 층에는 무엇이 들어가나요? 신경망의 입력인가요, 첫 번째 층의 출력인가요?",
)
def test_slide_step_network(submission):
    layers = [(W1, B1, "step"), (W2, B2, "step")]
    assert_close(submission.forward(POINTS, layers), np.array([[0], [1], [1], [0]]))


@points(0.5)
@title(en="Parameters of four networks", ko="신경망 네 개의 파라미터 수")
@hint(
    en="Draw the network 3-4-2. How many lines does it have, and which circles have a bias?",
    ko="3-4-2 신경망을 그려 보세요. 선은 몇 개이고, 편향이 있는 동그라미는 어느 것인가요?",
)
def test_parameter_counts(submission):
    counts = {(3, 4, 2): 26, (3, 4, 4, 1): 41, (784, 300, 100, 10): 266610, (2, 4, 1): 17}
    received = {sizes: submission.count_params(list(sizes)) for sizes in counts}
    for sizes, number in received.items():
        assert_equal(number, counts[sizes], name=f"{list(sizes)}")


@points(0.5)
@title(en="`train_xor` returns a function of rows", ko="`train_xor`가 돌려주는 것은 행을 받는 함수")
@hint(
    en="What do you return? Call it with a single row, then with five. How many outputs do you get?",
    ko="무엇을 돌려주고 있나요? 그것에 한 행을 넣고, 또 다섯 행을 넣어 보세요. 출력은 각각 몇 개인가요?",
)
def test_training_returns_function(submission, rng):
    predict = train(submission, rng)
    blank = submission.define(
        "lambda predict, X: np.zeros(np.shape(predict(X)))"
    )  # the values are not at issue
    for n in (1, 4, 5):
        received = blank(predict, rng.uniform(0, 1, size=(n, 2)))
        is_flat = isinstance(received, np.ndarray) and received.ndim == 1  # one number for each row, too
        assert_close(received, np.zeros(n) if is_flat else np.zeros((n, 1)))


@points(0.5)
@requires("test_training_returns_function")
@title(en="One training learns XOR", ko="한 번 학습하면 XOR을 계산")
@hint(
    en="Print the loss every 100 steps. Does it fall, and how far? What if it stops falling too early?",
    ko="100스텝마다 손실을 출력해 보세요. 줄어드나요? 더 줄지 않고 멈추면 여러분의 코드는 무엇을 하나요?",
)
def test_training_learns_xor(submission, rng):
    predict = train(submission, rng)
    received = submission.define(OUTPUTS)(predict, POINTS)
    assert_close(received, np.array([0.0, 1.0, 1.0, 0.0]), rtol=0, atol=ALMOST_HALF)
