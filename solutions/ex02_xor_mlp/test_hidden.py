"""Hidden suite of ex02: random networks, each activation at its edges, and trainings from many starts.

A case makes its calls before it compares the first result, so that a diagnosis sees every one of them. No two
layers are of one size, unless the case is about that: a transposed matrix must not fit by accident.

The trainings. A submission is asked for XOR after 22 trainings (one of them in the public suite), each with a
generator of its own. The recipe of the statement fails one of them with a probability below 10^-45 (measured:
see the solution). Two hidden units without another try fail 30 % of theirs: 0.7^22 = 0.04 % get through. The
calls return labels, truth values and outputs to one decimal, because the outputs themselves differ from one
network to the next, and no known mistake could ever be recognised by them.
"""

import numpy as np
import pytest

from grader.language import Text
from grader.suite.compare import (
    assert_array,
    assert_close,
    assert_equal,
    assert_unchanged,
    require,
    type_name,
)
from grader.suite.marks import hint, points, requires, title

POINTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])

# The outputs of a trained network: as labels where all of them lie on the right side of 0.5, otherwise to one
# decimal. Two right networks then give the same answer, and so do two that are stuck at the same place.
OUTPUTS = """lambda predict, X: (
    lambda y, t: t if ((y > 0.5) & (t == 1) | (y < 0.5) & (t == 0)).all() else np.round(1.0 * y, 1)
)(np.asarray(predict(X)).reshape(-1), X[:, 0] ^ X[:, 1])"""
ALMOST_HALF = 0.4999
SAME_OUTPUTS = "lambda one, other, X: bool(np.allclose(one(X), other(X), rtol=0, atol=1e-7))"


def draw_layer(rng, num_inputs, num_units, activation=None):
    """Return a layer with weights that keep sigmoid and tanh away from their ends."""
    W = rng.normal(0, 1 / np.sqrt(num_inputs), size=(num_inputs, num_units))
    b = rng.normal(0, 0.5, size=num_units)
    return (W, b) if activation is None else (W, b, activation)


def draw_network(rng, sizes, activations):
    """Return the layers of a network with `sizes`, the inputs first."""
    return [
        draw_layer(rng, *shape, name) for *shape, name in zip(sizes, sizes[1:], activations, strict=False)
    ]


def train(submission, rng):
    """Return the trained function, which stays where it was made."""
    predict = submission.train_xor(rng)
    message = Text(
        en=f"Expected a function from `train_xor`. Received: {type_name(predict)}",
        ko=f"`train_xor`는 함수를 돌려줘야 해요. 받은 값: {type_name(predict)}",
    )
    require(callable(predict), message)
    return predict


# ------------------------------------------------------------------------------------- two layers of sigmoids


@points(1)
@title(en="Random networks of sigmoid units", ko="무작위 시그모이드 신경망")
@hint(
    en="Follow one row through the network on paper, with one hidden unit. Which step is another one?",
    ko="은닉 유닛이 하나일 때 한 행을 따라가며 종이에 계산해 보세요. 코드와 다른 단계는 어디인가요?",
)
def test_random_sigmoid_networks(submission, solution, rng):
    drawn = []
    for num_samples, num_inputs, num_hidden in ((4, 2, 2), (5, 2, 3), (3, 4, 6)):
        X = rng.normal(0, 1, size=(num_samples, num_inputs))
        drawn.append((X, *draw_layer(rng, num_inputs, num_hidden), *draw_layer(rng, num_hidden, 1)))
    received = [submission.xor_forward(*network) for network in drawn]
    for network, y in zip(drawn, received, strict=True):
        assert_close(y, solution.xor_forward(*network))


@points(0.5)
@title(en="A batch of one row", ko="한 행짜리 배치")
@hint(
    en="Which shape does a single row have when it enters, and which when it leaves?",
    ko="한 행만 넣었을 때 들어가는 shape과 나오는 shape은 각각 무엇인가요?",
)
def test_one_row(submission, solution, rng):
    X, W1, b1, W2, b2 = rng.normal(0, 1, size=(1, 2)), *draw_layer(rng, 2, 3), *draw_layer(rng, 3, 1)
    received = submission.xor_forward(X, W1, b1, W2, b2)
    assert_close(received, solution.xor_forward(X, W1, b1, W2, b2))


@points(0.5)
@title(en="Inputs that are all 0", ko="모두 0인 입력")
@hint(
    en="If every input is 0, what is left of the sum of a hidden unit?",
    ko="입력이 모두 0이면 은닉 유닛의 총합에는 무엇이 남나요?",
)
def test_zero_inputs(submission, solution, rng):
    X, W1, b1, W2, b2 = np.zeros((2, 3)), *draw_layer(rng, 3, 4), *draw_layer(rng, 4, 1)
    received = submission.xor_forward(X, W1, b1, W2, b2)
    assert_close(received, solution.xor_forward(X, W1, b1, W2, b2))


@points(0.5)
@title(en="Sums that lie far from 0", ko="0에서 멀리 떨어진 총합")
@hint(
    en="What should the sigmoid of 1000 be, and of -1000? Which numbers does your formula meet on the way?",
    ko="1000의 시그모이드는 얼마여야 하나요? -1000은요? 계산하는 도중에 어떤 수가 나오나요?",
)
def test_sums_far_from_zero(submission, solution, rng):
    X, far = np.array([[-1.0], [1.0]]), rng.uniform(800, 1000)
    # One hidden unit at either end; then an output unit at either end.
    hidden = X, np.array([[far, -far]]), np.zeros(2), *draw_layer(rng, 2, 1)
    output = X, np.array([[1.0]]), np.zeros(1), np.array([[4 * far]]), np.array([-2 * far])
    received = submission.xor_forward(*hidden), submission.xor_forward(*output)
    assert_close(received[0], solution.xor_forward(*hidden))
    assert_close(received[1], solution.xor_forward(*output))


# --------------------------------------------------------------------------------------- two layers of ReLU


@points(1)
@title(en="The ReLU hidden layer away from the four points", ko="네 점이 아닌 곳에서의 ReLU 은닉층")
@hint(
    en="Take the row (-1, 0.5). What is each unit's sum before ReLU, and what after?",
    ko="(-1, 0.5) 행을 넣어 보세요. 두 유닛의 총합은 ReLU 앞뒤에서 각각 얼마인가요?",
)
def test_relu_hidden_anywhere(submission, solution, rng):
    X = rng.uniform(-2, 2, size=(9, 2))
    assert_close(submission.relu_xor_hidden(X), solution.relu_xor_hidden(X))


@points(0.5)
@title(en="The ReLU output away from the four points", ko="네 점이 아닌 곳에서의 ReLU 출력")
@hint(
    en="Is the output of this network always 0 or 1? Work out the row (0.5, 0) and the row (2, 2).",
    ko="이 신경망의 출력은 언제나 0이나 1인가요? (0.5, 0) 행과 (2, 2) 행을 계산해 보세요.",
)
def test_relu_output_anywhere(submission, solution, rng):
    X, row = rng.uniform(-2, 2, size=(9, 2)), rng.uniform(-2, 2, size=(1, 2))
    X[:2] = rng.uniform(1.25, 2, size=(2, 2))  # where the output is negative
    received = submission.relu_xor(X), submission.relu_xor(row)
    assert_close(received[0], solution.relu_xor(X))
    assert_close(received[1], solution.relu_xor(row))


# ------------------------------------------------------------------------------------------------ any network


@points(1)
@title(en="Two layers, each with an activation of its own", ko="활성화 함수가 서로 다른 두 층")
@hint(
    en="Print the name of the activation in each turn of your loop. Is it the one of this layer?",
    ko="반복할 때마다 활성화 함수의 이름을 출력해 보세요. 지금 지나는 층의 것인가요?",
)
def test_two_layers(submission, solution, rng):
    x = rng.normal(0, 1, size=(4, 3))
    pairs = (
        ("sigmoid", "identity"),
        ("tanh", "sigmoid"),
        ("relu", "tanh"),
        ("identity", "relu"),
        ("step", "tanh"),
    )
    networks = [draw_network(rng, (3, 5, 2), pair) for pair in pairs]
    received = [submission.forward(x, layers) for layers in networks]
    for pair, layers, y in zip(pairs, networks, received, strict=True):
        assert_close(y, solution.forward(x, layers), name=" → ".join(pair))


@points(0.5)
@title(en="Four layers", ko="네 개의 층")
@hint(
    en="After which layer do the values first differ? Compare the shapes, too.",
    ko="몇 번째 층부터 값이 달라지나요? shape도 비교해 보세요.",
)
def test_four_layers(submission, solution, rng):
    x = rng.normal(0, 1, size=(6, 2))
    layers = draw_network(rng, (2, 4, 3, 5, 2), ("tanh", "sigmoid", "identity", "softmax"))
    assert_close(submission.forward(x, layers), solution.forward(x, layers))


@points(0.5)
@title(en="A single vector", ko="벡터 하나")
@hint(
    en="A vector of shape (n,) goes in. Which shape does x @ W + b have then, and what should come out?",
    ko="shape이 (n,)인 벡터가 들어가면 x @ W + b의 shape은 무엇인가요? 결과의 shape은 무엇이어야 하나요?",
)
def test_single_vector(submission, solution, rng):
    x = rng.normal(0, 1, size=3)
    layers = draw_network(rng, (3, 5, 4), ("sigmoid", "softmax"))
    received = submission.forward(x, layers), submission.forward(x, layers[:1])
    assert_close(received[0], solution.forward(x, layers))
    assert_close(received[1], solution.forward(x, layers[:1]))


@points(0.5)
@title(en="The step function at exactly 0", ko="정확히 0에서의 계단 함수")
@hint(
    en="The statement says what the step function returns for 0. Which comparison says the same?",
    ko="계단 함수가 0에서 무엇을 돌려주는지 문제에 적혀 있어요. 같은 뜻의 비교는 무엇인가요?",
)
def test_step_at_zero(submission, solution, rng):
    x = rng.permutation([-0.5, -0.25, 0.0, 0.0, 0.25, 0.5]).reshape(6, 1)
    W, b = np.array([[1.0, -2.0]]), np.array([0.25, 0.5])  # exact in binary: the sums are 0 or clearly not
    layers = [(W, b, "step")]
    assert_close(submission.forward(x, layers), solution.forward(x, layers))


@points(0.5)
@title(en="Softmax gives each row its own shares", ko="소프트맥스는 행마다 따로")
@hint(
    en="Add up your outputs along each row, then down each column. Which sums should be 1?",
    ko="출력을 행별로, 또 열별로 더해 보세요. 어느 쪽의 합이 1이어야 하나요?",
)
def test_softmax_rows(submission, solution, rng):
    high, square = rng.normal(0, 1, size=(5, 2)), rng.normal(0, 1, size=(3, 2))
    layers = [draw_layer(rng, 2, 3, "softmax")]
    received = submission.forward(high, layers), submission.forward(square, layers)
    assert_close(received[0], solution.forward(high, layers))
    assert_close(received[1], solution.forward(square, layers))


@points(0.5)
@title(en="Softmax of sums far from 0", ko="0에서 멀리 떨어진 총합의 소프트맥스")
@hint(
    en="What is np.exp(1000)? Which number may you subtract from a whole row before exp?",
    ko="np.exp(1000)은 얼마인가요? exp를 하기 전에 한 행 전체에서 어떤 수를 빼도 괜찮을까요?",
)
def test_softmax_far_from_zero(submission, solution, rng):
    x, far = np.array([[-1.0], [0.0], [1.0]]), rng.uniform(800, 1000)
    layers = [(np.array([[far, far, -far]]), rng.normal(0, 1, size=3), "softmax")]
    assert_close(submission.forward(x, layers), solution.forward(x, layers))


@points(0.25)
@title(en="Sigmoid of sums far from 0", ko="0에서 멀리 떨어진 총합의 시그모이드")
@hint(
    en="Where does the curve end, left and right? Which numbers does your formula meet there?",
    ko="곡선은 왼쪽 끝과 오른쪽 끝에서 얼마가 되나요? 식을 계산하는 도중에 어떤 수가 나오나요?",
)
def test_sigmoid_far_from_zero(submission, solution, rng):
    check_far_from_zero(submission, solution, rng, "sigmoid")


@points(0.25)
@title(en="Tanh of sums far from 0", ko="0에서 멀리 떨어진 총합의 tanh")
@hint(
    en="Where does the curve end, left and right? Which numbers does your formula meet there?",
    ko="곡선은 왼쪽 끝과 오른쪽 끝에서 얼마가 되나요? 식을 계산하는 도중에 어떤 수가 나오나요?",
)
def test_tanh_far_from_zero(submission, solution, rng):
    check_far_from_zero(submission, solution, rng, "tanh")


def check_far_from_zero(submission, solution, rng, activation):
    """Check one layer whose sums lie near -900, near 0 and near 900."""
    x, far = np.array([[-1.0], [0.0], [1.0]]), rng.uniform(800, 1000)
    layers = [(np.array([[far, -far]]), rng.normal(0, 1, size=2), activation)]
    assert_close(submission.forward(x, layers), solution.forward(x, layers))


@points(0.5)
@title(en="Two layers without a bend are one layer", ko="휘지 않는 두 층은 한 층과 같음")
@hint(
    en="Multiply out (x W1 + b1) W2 + b2. Which single matrix and which single vector do the same?",
    ko="(x W1 + b1) W2 + b2를 전개해 보세요. 어떤 행렬 하나와 벡터 하나가 같은 일을 하나요?",
)
def test_identity_layers_collapse(submission, solution, rng):
    x = rng.normal(0, 1, size=(4, 3))
    (V, a), (W, b) = draw_layer(rng, 3, 5), draw_layer(rng, 5, 2)
    received = submission.forward(x, [(V, a, "identity"), (W, b, "identity")])
    assert_close(received, solution.forward(x, [(V @ W, a @ W + b, "identity")]), reduction=15)


@points(0.5)
@title(en="Whole numbers in, fractions out", ko="정수가 들어가고 소수가 나오는 경우")
@hint(
    en="Inputs and weights are arrays of ints here, the biases are not. What dtype do your sums have?",
    ko="입력과 가중치는 정수 배열인데 편향은 아니에요. 총합의 dtype은 무엇인가요?",
)
def test_whole_numbers(submission, solution, rng):
    x, W = rng.integers(-3, 4, size=(4, 3)), rng.integers(-3, 4, size=(3, 2))
    b = rng.choice([0.125, 0.375, 0.625, 0.875], size=2)
    layers = [[(W, b, "identity")], [(W, b, "relu")], [(W, b, "tanh")]]
    received = [submission.forward(x, network) for network in layers]
    for network, y in zip(layers, received, strict=True):
        assert_close(y, solution.forward(x, network), name=network[0][2])


@points(0.5)
@title(en="An activation that nobody knows is refused", ko="모르는 활성화 함수는 거절")
@hint(
    en="Suppose somebody misspells the name of an activation. How would they learn of it?",
    ko="누가 활성화 함수의 이름을 잘못 적었다면, 그 사실을 어떻게 알 수 있을까요?",
)
@requires("test_two_layers")
def test_unknown_activation(submission, rng):
    layers = draw_network(rng, (2, 3, 2), ("tanh", "softplus"))
    with pytest.raises(ValueError):
        submission.forward(rng.normal(0, 1, size=(4, 2)), layers)


@points(0.5)
@title(en="The arguments stay as they were", ko="인자는 그대로")
@hint(
    en="Call your function twice with the same arguments. Does it find them unchanged the second time?",
    ko="같은 인자로 함수를 두 번 불러 보세요. 두 번째에도 인자가 처음과 같은가요?",
)
@requires("test_random_sigmoid_networks")
def test_arguments_unchanged(submission, rng):
    X = rng.normal(0, 1, size=(4, 2))
    submission.xor_forward(X, *draw_layer(rng, 2, 3), *draw_layer(rng, 3, 1))
    assert_unchanged(submission)
    submission.relu_xor(X)
    assert_unchanged(submission)
    submission.forward(X, draw_network(rng, (2, 3, 2), ("relu", "identity")))
    assert_unchanged(submission)
    submission.count_params([2, 3, 2])
    assert_unchanged(submission)


# ---------------------------------------------------------------------------------------- counting parameters


@points(0.5)
@title(en="Parameters of random networks", ko="무작위 신경망의 파라미터 수")
@hint(
    en="Write down the shapes of W and b of every layer. How many numbers are in each?",
    ko="층마다 W와 b의 shape을 적어 보세요. 수가 각각 몇 개인가요?",
)
def test_random_parameter_counts(submission, solution, rng):
    networks = [rng.permutation(60)[:length].tolist() for length in (2, 3, 4, 6)]
    networks = [[size + 1 for size in sizes] for sizes in networks]
    received = [submission.count_params(sizes) for sizes in networks]
    for sizes, number in zip(networks, received, strict=True):
        assert_equal(number, solution.count_params(sizes), name=f"{sizes}")


@points(0.5)
@title(en="The smallest networks", ko="가장 작은 신경망")
@hint(
    en="What does a network compute that has inputs and no further layer? How many numbers does it need?",
    ko="입력만 있고 다른 층이 없는 신경망은 무엇을 계산하나요? 그러려면 수가 몇 개 필요한가요?",
)
def test_smallest_networks(submission, solution, rng):
    n = int(rng.integers(2, 9))
    networks = [[1, 1], [n, 1], [1, n], [n]]
    received = [submission.count_params(sizes) for sizes in networks]
    for sizes, number in zip(networks, received, strict=True):
        assert_equal(number, solution.count_params(sizes), name=f"{sizes}")


# ----------------------------------------------------------------------------------------------- the training


@points(1)
@requires("test_training_learns_xor")
@title(en="Ten trainings from ten starts", ko="서로 다른 열 번의 시작")
@hint(
    en="How many hidden units are there? How large are the first weights? What happens when a start fails?",
    ko="은닉 유닛은 몇 개이고 처음 가중치는 얼마나 큰가요? 학습이 잘 안 된 시작은 그다음에 어떻게 되나요?",
)
def test_ten_trainings(submission, rng):
    check_trainings(submission, rng)


@points(1)
@requires("test_training_learns_xor")
@title(en="Ten further starts", ko="또 다른 열 번의 시작")
@hint(
    en="Train with default_rng(0) to default_rng(99) and count the failures. What do the failed ones share?",
    ko="default_rng(0)부터 default_rng(99)까지 학습하고 실패를 세어 보세요. 무엇이 비슷한가요?",
)
def test_ten_further_trainings(submission, rng):
    check_trainings(submission, rng)


def check_trainings(submission, rng):
    """Check that each of ten trainings learns XOR."""
    outputs = submission.define(OUTPUTS)
    received = [outputs(train(submission, rng.child(number)), POINTS) for number in range(1, 11)]
    for number, y in enumerate(received, start=1):
        assert_close(y, np.array([0.0, 1.0, 1.0, 0.0]), rtol=0, atol=ALMOST_HALF, name=f"training {number}")


@points(0.5)
@requires("test_training_learns_xor")
@title(en="Rows in any order, as often as one likes", ko="어떤 순서로든, 몇 번이든")
@hint(
    en="Does your function compute its outputs from the rows that it is given now?",
    ko="돌려준 함수는 지금 받은 행으로 출력을 계산하나요?",
)
def test_rows_in_any_order(submission, rng):
    X = POINTS[rng.permutation([0, 1, 2, 3, 3, 2, 0])]
    predict = train(submission, rng)
    received = submission.define(OUTPUTS)(predict, X)
    assert_close(received, np.where(X[:, 0] != X[:, 1], 1.0, 0.0), rtol=0, atol=ALMOST_HALF)


@points(0.5)
@requires("test_training_returns_function")
@title(en="The same generator, the same network", ko="같은 생성기로는 같은 신경망")
@hint(
    en="Train twice with default_rng(0). If the outputs differ, where did other random numbers come from?",
    ko="default_rng(0)으로 두 번 학습해 보세요. 출력이 다르다면 다른 난수는 어디서 왔을까요?",
)
def test_same_generator(submission, rng):
    one, other = train(submission, rng.child(1)), train(submission, rng.child(1))
    received = submission.define(SAME_OUTPUTS)(one, other, rng.uniform(0, 1, size=(6, 2)))
    message = Text(
        en="Expected two trainings with equal generators to give the same network.",
        ko="똑같은 생성기로 두 번 학습하면 같은 신경망이 나와야 해요.",
    )
    require(received, message)


@points(0.5)
@requires("test_training_returns_function")
@title(en="Another generator, another network", ko="다른 생성기로는 다른 신경망")
@hint(
    en="Which lines of your training use `rng`? Print the first weights for two generators.",
    ko="학습 코드에서 `rng`를 쓰는 줄은 어디인가요? 두 생성기로 처음 가중치를 출력해 보세요.",
)
def test_other_generator(submission, rng):
    one, other = train(submission, rng.child(1)), train(submission, rng.child(2))
    X = rng.uniform(0.2, 0.8, size=(6, 2))
    is_rounded = submission.define("lambda predict, X: bool(np.isin(predict(X), (0, 1)).all())")(one, X)
    is_same = submission.define(SAME_OUTPUTS)(one, other, X)
    not_rounded = Text(
        en="Expected the outputs of the network between the four points. Received: only 0 and 1",
        ko="네 점 사이에서도 신경망의 출력을 그대로 돌려줘야 해요. 받은 값: 0과 1뿐이에요",
    )
    require(is_rounded is False, not_rounded)
    message = Text(
        en="Expected two trainings with different generators to give different networks.",
        ko="다른 생성기로 학습하면 다른 신경망이 나와야 해요.",
    )
    require(is_same is False, message)


@points(0.5)
@requires("test_training_returns_function")
@title(
    en="A second training leaves the first network alone", ko="두 번째 학습은 첫 번째 신경망을 바꾸지 않음"
)
@hint(
    en="Where do the weights live that your function uses? Who else writes there?",
    ko="돌려준 함수가 쓰는 가중치는 어디에 저장되어 있나요? 그곳에 또 누가 값을 쓰나요?",
)
def test_two_networks(submission, rng):
    X = rng.uniform(0, 1, size=(6, 2))
    first = train(submission, rng.child(1))
    later = "lambda X: (lambda before, _: bool(np.allclose(before, one(X), rtol=0, atol=1e-7)))"
    later += "(np.array(one(X)), train(rng))"
    received = submission.define(later, one=first, train=submission.train_xor, rng=rng.child(2))(X)
    message = Text(
        en="Expected the first network to answer as before after a second training.",
        ko="두 번째 학습을 한 뒤에도 첫 번째 신경망의 출력은 그대로여야 해요.",
    )
    require(received, message)


# ------------------------------------------------------------------------------------------------- the types


@points(0.5)
@title(en="Ints from the counters, arrays of floats from the networks", ko="정수와 실수 배열")
@hint(
    en="What does `type(...)` say about the values that you return?",
    ko="돌려준 값들을 `type(...)`에 넣으면 무엇이 나오나요?",
)
def test_types(submission, rng):
    numbers = {"XOR": submission.XOR(1, 0), "count_params": submission.count_params([2, 3, 1])}
    X, layers = rng.normal(0, 1, size=(4, 2)), draw_network(rng, (2, 3, 1), ("tanh", "sigmoid"))
    received = submission.xor_forward(X, *layers[0][:2], *layers[1][:2]), submission.forward(X, layers)
    for name, number in numbers.items():
        message = Text(
            en=f"{name}: expected an int. Received: {type_name(number)}",
            ko=f"{name}: 정수를 돌려줘야 해요. 받은 값: {type_name(number)}",
        )
        require(isinstance(number, int | np.integer) and not isinstance(number, bool), message)
    assert_array(received[0], kind="f", name="xor_forward")
    assert_array(received[1], kind="f", name="forward")


# -------------------------------------------------------------------------------------------- beside Keras


@points(0.5)
@title(en="The same numbers as Keras", ko="케라스와 같은 값")
@hint(
    en="A Dense layer of Keras computes activation(x @ W + b). Which of your layers computes something else?",
    ko="케라스의 Dense 층은 activation(x @ W + b)를 계산해요. 어느 층에서 다른 값이 나오나요?",
)
def test_agrees_with_keras(submission, keras_reference):
    keras_reference.check(submission, "xor_forward", "relu_xor_hidden", "relu_xor", "forward", "count_params")
