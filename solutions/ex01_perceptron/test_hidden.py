"""Hidden suite of ex01: every shape that a step and a perceptron may get, ties, and training that must end.

Random inputs are small multiples of a power of two, so that sums are exact in whatever order they are added:
a sum of 0 is 0 for everyone. A case makes its calls before it compares the first result, so that a diagnosis
sees all of them. What training returns is graded by the side on which each sample lies, never by its weights.
"""

import numpy as np

from grader.language import Text
from grader.suite.compare import assert_array, assert_close, assert_unchanged, require
from grader.suite.marks import hint, points, requires, title

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
GATES = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "NAND": [1, 1, 1, 0]}
XOR = [0, 1, 1, 0]


def inputs(rng, *shape):
    """Draw quarters from -2 to 2."""
    return rng.integers(-8, 9, size=shape) / 4


def bias(rng):
    """Draw a bias that decides about many a sample: its size is between 1.5 and 4."""
    return float(rng.choice([-1, 1]) * rng.integers(6, 17)) / 4


def signs(rng, *shape):
    """Draw numbers of both signs and none of them 0: at least one of each sign, in random places."""
    size = int(np.prod(shape))
    drawn = rng.integers(1, 9, size=size) / 2
    drawn[: size // 2] *= -1
    return drawn[rng.permutation(size)].reshape(shape)


def separable(rng, num, n):
    """Draw samples near a line and the targets that it gives them, as many of each class, in random order.

    Of the line w·x + b = 0, w has length 1 and b at most 0.75; no sample is nearer to it than 0.5, and none
    has a coordinate beyond ±2. By Novikoff's bound (4n + 1) · (1 + 0.75²) / 0.5² updates are enough, in
    whatever order the samples come: 81 for n = 3, so that 100 epochs always do.
    """
    w = rng.normal(size=n)
    w /= np.sqrt(np.sum(w**2))
    b = float(rng.choice([-1, 1]) * rng.uniform(0.5, 0.75))  # far enough from 0 to be missed
    while True:
        X = rng.integers(-8, 9, size=(8 * num, n)) / 4
        sums = X @ w + b
        nearest = np.argsort(np.abs(sums), kind="stable")
        X, sums = X[nearest], sums[nearest]
        below, above = X[sums < -0.5], X[sums > 0.5]
        if len(below) >= num // 2 and len(above) >= num // 2:
            break
    X = np.concatenate([below[: num // 2], above[: num // 2]])
    t = np.repeat([0, 1], num // 2)
    order = rng.permutation(len(X))
    return X[order], t[order]


def shuffled_gate(rng, targets):
    """Return the inputs and targets of a gate, in random order but for the first two.

    The first has the target 1 and the second 0: for each gate, both are wrong at first.
    """
    t = np.array(targets)
    ones, zeros = rng.permutation(np.flatnonzero(t == 1)), rng.permutation(np.flatnonzero(t == 0))
    rest = rng.permutation(np.concatenate([ones[1:], zeros[1:]]))
    order = np.concatenate([ones[:1], zeros[:1], rest])
    return CORNERS[order], t[order]


def unit(pair, n):
    """Return w and b as floats, once they are known to be finite numbers in the right shapes."""
    require(
        isinstance(pair, tuple | list) and len(pair) == 2,
        Text(en="Expected the pair (w, b)", ko="(w, b) 두 개를 돌려주어야 해요"),
        received=pair,
    )
    w, b = pair
    for value in pair:
        require(
            is_finite(value),
            Text(en="Expected finite numbers in w and b", ko="w와 b는 유한한 수여야 해요"),
            received=value,
        )
    if isinstance(b, np.ndarray) and b.shape == (1,):  # a bias made by np.zeros(1)
        b = b[0]
    # Any finite numbers will do: only type and shape are compared.
    assert_close(w, np.zeros(n), rtol=0, atol=np.inf, name="w")
    assert_close(b, 0.0, rtol=0, atol=np.inf, name="b")
    return np.asarray(w, dtype=float), float(b)


def is_integer(value):
    """Return whether a value is a single integer, of Python or of numpy: True and 1.0 are none."""
    if isinstance(value, np.ndarray | np.generic):
        return value.ndim == 0 and value.dtype.kind in "iu"
    return type(value) is int


def is_finite(value):
    """Return False for a float or an array with NaN or infinity, True for anything else."""
    if not isinstance(value, float | np.ndarray | np.floating):
        return True
    return np.asarray(value).dtype.kind != "f" or bool(np.all(np.isfinite(value)))


def check_separates(pair, X, t):
    """Check that `pair` is (w, b), and that this unit gives every sample its target."""
    w, b = unit(pair, X.shape[1])
    with np.errstate(all="ignore"):
        outputs = np.where(X @ w + b > 0, 1, 0)
    shown = ", ".join(f"{weight:.6g}" for weight in w)
    assert_close(outputs, t, name=f"step(X @ w + b), w = [{shown}], b = {b:.6g}")


# ------------------------------------------------------------------------------------------- step function


@points(0.5)
@title(en="Random numbers in a vector", ko="무작위 벡터")
@hint(
    en="How many numbers go in, and how many come out? Which values can each of them have?",
    ko="수가 몇 개 들어가고 몇 개 나와야 하나요? 각각 어떤 값을 가질 수 있나요?",
)
def test_step_vector(submission, solution, rng):
    x = signs(rng, int(rng.integers(6, 10)))
    assert_close(submission.step_function(x), solution.step_function(x))


@points(0.5)
@title(en="One number at a time", ko="수 하나씩")
@hint(
    en="What is the type of `x > 0` when x is a plain number? And what can it not do that an array can?",
    ko="x가 그냥 수일 때 `x > 0`의 자료형은 무엇인가요? 배열에는 있지만 그 값에는 없는 것은요?",
)
def test_step_numbers(submission, solution, rng):
    drawn = float(rng.integers(1, 9)) / 4
    numbers = [3, -2, drawn, -drawn, np.float64(drawn), np.float64(-drawn)]
    received = [submission.step_function(x) for x in numbers]
    for x, value in zip(numbers, received, strict=True):
        assert_close(value, solution.step_function(x), name=f"step_function({x})")


@points(1)
@title(en="Tables and blocks of numbers", ko="2차원과 3차원 배열")
@hint(
    en="Print the shape of what goes in and of what comes out. Does your code rely on one dimension?",
    ko="들어가는 배열과 나오는 배열의 shape을 출력해 보세요. 1차원이라고 가정한 곳이 있나요?",
)
def test_step_shapes(submission, solution, rng):
    table, block = signs(rng, 3, 4), signs(rng, 2, 3, 2)
    received = submission.step_function(table), submission.step_function(block)
    assert_close(received[0], solution.step_function(table))
    assert_close(received[1], solution.step_function(block))


@points(0.5)
@title(en="Arrays that hold one number", ko="수가 하나뿐인 배열")
@hint(
    en="An array of shape (1,) is not a number. What shape should the result have?",
    ko="shape이 (1,)인 배열은 수가 아니에요. 결과의 shape은 무엇이어야 하나요?",
)
def test_step_single_element(submission, solution, rng):
    x = signs(rng, 1)
    received = submission.step_function(x), submission.step_function(-x.reshape(1, 1))
    assert_close(received[0], solution.step_function(x))
    assert_close(received[1], solution.step_function(-x.reshape(1, 1)))


@points(0.5)
@title(en="Zeros and their nearest neighbours", ko="0과 0에 가장 가까운 수")
@hint(
    en="Is 0.001 greater than 0? Is 0? What happens to such numbers before your comparison?",
    ko="0.001은 0보다 큰가요? 0은요? 코드에서 비교하기 전에 이런 수에 무슨 일이 일어나나요?",
)
def test_step_around_zero(submission, rng):
    x = np.array([0.0, -0.0, 1e-3, -1e-3, 1e-300, -1e-300])
    expected = np.array([0, 0, 1, 0, 1, 0])
    order = rng.permutation(6)
    received = (
        submission.step_function(x[order]),
        submission.step_function(0),
        submission.step_function(1e-300),
    )
    assert_close(received[0], expected[order])
    assert_close(received[1], 0, name="step_function(0)")
    assert_close(received[2], 1, name="step_function(1e-300)")


@points(0.5)
@title(en="The numbers that went in stay as they were", ko="들어간 수는 그대로")
@hint(
    en="Print the array that you passed in, before and after the call. Is it the same?",
    ko="함수를 부르기 전과 후에 넘겨준 배열을 출력해 보세요. 똑같은가요?",
)
@requires("test_step_vector")
def test_step_argument_unchanged(submission, rng):
    submission.step_function(signs(rng, 5))
    assert_unchanged(submission)
    submission.step_function(rng.integers(-9, 10, size=(2, 3)))
    assert_unchanged(submission)


@points(0.5)
@title(en="Steps are integers", ko="계단 함수의 결과는 정수")
@hint(
    en="Print the dtype of the array that you return. Is True a number, and is 1.0 an integer?",
    ko="돌려준 배열의 dtype을 출력해 보세요. True는 수인가요? 1.0은 정수인가요?",
)
def test_step_dtype(submission, rng):
    vector, table = submission.step_function(signs(rng, 4)), submission.step_function(signs(rng, 2, 3))
    assert_array(vector, shape=(4,), kind="iu")
    assert_array(table, shape=(2, 3), kind="iu")


# --------------------------------------------------------------------------------------------------- gates


@points(1)
@title(en="NAND", ko="NAND 게이트")
@hint(
    en="Start from the inequalities of AND and turn each of them round. Which of the three numbers change?",
    ko="AND의 부등식에서 시작해 모두 뒤집어 보세요. 세 수 중에서 바뀌는 것은 무엇인가요?",
)
def test_nand(submission):
    received = [submission.NAND(0, 0), submission.NAND(0, 1), submission.NAND(1, 0), submission.NAND(1, 1)]
    for (x1, x2), value, expected in zip(CORNERS, received, GATES["NAND"], strict=True):
        assert_close(value, expected, name=f"NAND({x1}, {x2})")


# ---------------------------------------------------------------------------------------------- perceptron


@points(0.5)
@title(en="One unit, one sample", ko="유닛 하나, 샘플 하나")
@hint(
    en="Multiply inputs by weights, add up, add the bias. What does the step make of the sum?",
    ko="입력마다 가중치를 곱해 더하고 편향을 더해 보세요. 그 값을 계단 함수에 넣으면 무엇이 되나요?",
)
def test_one_unit_one_sample(submission, solution, rng):
    draws = [(inputs(rng, 4), signs(rng, 4), bias(rng)) for _ in range(8)]
    received = [submission.perceptron(x, w, b) for x, w, b in draws]
    for value, (x, w, b) in zip(received, draws, strict=True):
        assert_close(value, solution.perceptron(x, w, b))


@points(0.5)
@title(en="One unit, a batch of samples", ko="유닛 하나, 샘플 여러 개")
@hint(
    en="Each row of x is a sample. How many outputs should there be, and along which axis do you add?",
    ko="x의 한 행이 샘플 하나예요. 출력은 몇 개여야 하고, 어느 축을 따라 더하나요?",
)
def test_one_unit_batch(submission, solution, rng):
    x, w, b = inputs(rng, 7, 3), signs(rng, 3), bias(rng)
    assert_close(submission.perceptron(x, w, b), solution.perceptron(x, w, b))


@points(0.5)
@title(en="Several units, one sample", ko="유닛 여러 개, 샘플 하나")
@hint(
    en="W has one column for each unit. How many outputs does a layer of five units have?",
    ko="W에는 유닛마다 열이 하나씩 있어요. 유닛이 다섯 개인 층의 출력은 몇 개인가요?",
)
def test_layer_one_sample(submission, solution, rng):
    draws = [(inputs(rng, 3), signs(rng, 3, 5), 2 * inputs(rng, 5)) for _ in range(2)]
    received = [submission.perceptron(x, W, b) for x, W, b in draws]
    for values, (x, W, b) in zip(received, draws, strict=True):
        assert_close(values, solution.perceptron(x, W, b))


@points(1)
@title(en="Several units, a batch of samples", ko="유닛 여러 개, 샘플 여러 개")
@hint(
    en="Write down the shapes of x, W and b. Which shape does x @ W have, and where does b fit?",
    ko="x, W, b의 shape을 적어 보세요. x @ W의 shape은 무엇이고, b는 어느 축에 맞나요?",
)
def test_layer_batch(submission, solution, rng):
    x, W, b = inputs(rng, 6, 3), signs(rng, 3, 4), 2 * inputs(rng, 4)
    assert_close(submission.perceptron(x, W, b), solution.perceptron(x, W, b))


@points(0.5)
@title(en="As many samples as inputs and units", ko="샘플, 입력, 유닛의 수가 모두 같은 경우")
@hint(
    en="When every shape fits, no error tells you of a mix-up. Whose weights stand in the first column?",
    ko="shape이 모두 맞으면 뒤바뀌어도 오류가 나지 않아요. 첫 번째 열은 누구의 가중치인가요?",
)
def test_square(submission, solution, rng):
    x, W, b = inputs(rng, 4, 4), signs(rng, 4, 4), 2 * inputs(rng, 4)
    received = submission.perceptron(x, W, b), submission.perceptron(x, W[:, 0], float(b[0]))
    assert_close(received[0], solution.perceptron(x, W, b))
    assert_close(received[1], solution.perceptron(x, W[:, 0], float(b[0])))


@points(1)
@title(en="Sums of exactly 0, and sums next to it", ko="정확히 0인 총합과 그 바로 옆")
@hint(
    en="The sum of some of these units is exactly 0. Which output does the statement give them?",
    ko="총합이 정확히 0인 유닛이 있어요. 문제에서는 그때 출력이 무엇이라고 했나요?",
)
def test_ties(submission, rng):
    x, W = signs(rng, 3), signs(rng, 3, 6)
    side = rng.permutation([0, 0, 1, 1, -1, -1])
    b = -(x @ W) + side / 1024
    expected = np.where(side > 0, 1, 0)
    received = [submission.perceptron(x, W, b), submission.perceptron(x, W[:, 0], float(b[0]))]
    assert_close(received[0], expected)
    assert_close(received[1], expected[0])


@points(0.5)
@title(en="A batch of one, a layer of one, a single input", ko="샘플이나 유닛이나 입력이 하나뿐인 경우")
@hint(
    en="An axis of length 1 is still an axis. Which shape does the statement's table give for each call?",
    ko="길이가 1인 축도 축이에요. 문제의 표에서 각 결과의 shape은 무엇인가요?",
)
def test_axes_of_length_one(submission, solution, rng):
    row, batch, column = inputs(rng, 1, 3), inputs(rng, 4, 3), inputs(rng, 4, 1)
    w, b = signs(rng, 3), bias(rng)
    received = [
        submission.perceptron(row, w, b),
        submission.perceptron(batch, w.reshape(3, 1), np.array([b])),
        submission.perceptron(column, w.reshape(1, 3), np.array([b, -b, 0.25])),
    ]
    assert_close(received[0], solution.perceptron(row, w, b))
    assert_close(received[1], solution.perceptron(batch, w.reshape(3, 1), np.array([b])))
    assert_close(received[2], solution.perceptron(column, w.reshape(1, 3), np.array([b, -b, 0.25])))


@points(0.5)
@title(en="A thousand units, and none of them is XOR", ko="유닛 천 개 중에 XOR은 없어요")
@hint(
    en="Does your code take the four inputs of a gate as one batch? Count the columns that read 0 1 1 0.",
    ko="게이트의 네 입력을 배치 하나로 넣을 수 있나요? 0 1 1 0인 열이 몇 개인지 세어 보세요.",
)
def test_no_unit_is_xor(submission, solution, rng):
    W, b = rng.integers(-16, 17, size=(2, 1000)) / 4, rng.integers(-16, 17, size=1000) / 8
    assert_close(submission.perceptron(CORNERS, W, b), solution.perceptron(CORNERS, W, b))


@points(0.5)
@title(en="Inputs, weights and biases stay as they were", ko="입력, 가중치, 편향은 그대로")
@hint(
    en="Print the arrays that you passed in, before and after the call. Are they the same?",
    ko="함수를 부르기 전과 후에 넘겨준 배열을 출력해 보세요. 똑같은가요?",
)
@requires("test_one_unit_batch")
def test_perceptron_arguments_unchanged(submission, rng):
    submission.perceptron(inputs(rng, 3), signs(rng, 3), 0.25)
    assert_unchanged(submission)
    submission.perceptron(inputs(rng, 4, 3), signs(rng, 3, 2), signs(rng, 2))
    assert_unchanged(submission)


@points(0.5)
@title(en="Outputs of units and gates are integers", ko="유닛과 게이트의 출력은 정수")
@hint(
    en="Put the value that you return into `type(...)`. Is it an integer, or something that equals one?",
    ko="돌려준 값을 `type(...)`에 넣어 보세요. 정수인가요, 정수와 같은 값인 다른 것인가요?",
)
def test_outputs_are_integers(submission, rng):
    layer = submission.perceptron(inputs(rng, 5, 3), inputs(rng, 3, 2), inputs(rng, 2))
    numbers = {
        "step_function": submission.step_function(0.5),
        "perceptron": submission.perceptron(inputs(rng, 3), signs(rng, 3), 0.25),
        "AND": submission.AND(1, 1),
        "OR": submission.OR(0, 0),
        "NAND": submission.NAND(1, 1),
    }
    assert_array(layer, shape=(5, 2), kind="iu", name="perceptron")
    for name, value in numbers.items():
        require(
            is_integer(value),
            Text(en=f"{name}: Expected an integer", ko=f"{name}: 정수여야 해요"),
            received=value,
        )


# ------------------------------------------------------------------------------------------------ training


@points(1)
@title(en="AND, OR and NAND learned in any order", ko="순서와 상관없이 학습한 AND, OR, NAND")
@hint(
    en="After training, which of the four inputs is on the wrong side? What should its update have done?",
    ko="학습이 끝난 뒤 틀린 쪽에 있는 입력은 무엇인가요? 그 샘플의 갱신은 무엇을 했어야 하나요?",
)
def test_learns_gates(submission, rng):
    gates = [shuffled_gate(rng, targets) for targets in GATES.values()]
    received = [submission.train_perceptron(X, t) for X, t in gates]
    for pair, (X, t) in zip(received, gates, strict=True):
        check_separates(pair, X, t)


@points(1)
@title(en="Points in the plane, on two sides of a line", ko="직선의 양쪽에 놓인 평면 위의 점")
@hint(
    en="Print how many samples are wrong after each epoch. Does that number reach 0 and stay there?",
    ko="에포크마다 틀린 샘플의 수를 출력해 보세요. 0이 되고, 그대로 0인가요?",
)
def test_learns_plane(submission, rng):
    X, t = separable(rng, 10, 2)
    check_separates(submission.train_perceptron(X, t), X, t)


@points(0.5)
@title(en="Samples with one and with three features", ko="특성이 하나인 샘플과 세 개인 샘플")
@hint(
    en="From where does your code know how many weights there are?",
    ko="코드에서 가중치의 개수는 어디에서 정해지나요?",
)
def test_learns_other_widths(submission, rng):
    (X1, t1), (X3, t3) = separable(rng, 6, 1), separable(rng, 10, 3)
    received = submission.train_perceptron(X1, t1), submission.train_perceptron(X3, t3)
    check_separates(received[0], X1, t1)
    check_separates(received[1], X3, t3)


@points(0.5)
@title(en="Two samples so close that they need many epochs", ko="아주 가까워서 에포크가 많이 필요한 두 샘플")
@hint(
    en="How many epochs does your code go through when it is given epochs=400?",
    ko="epochs=400을 주면 코드는 에포크를 몇 번 도나요?",
)
def test_needs_many_epochs(submission, rng):
    # The rule needs between 111 and 145 epochs here, depending on a and on the order.
    a = float(rng.integers(10, 12))
    order = rng.permutation(2)
    X, t = np.array([[a], [a + 1]])[order], np.array([0, 1])[order]
    check_separates(submission.train_perceptron(X, t, epochs=400), X, t)


@points(0.5)
@title(en="Two samples for which one epoch is enough", ko="에포크 한 번이면 충분한 두 샘플")
@hint(
    en="With epochs=1, how many samples does your code look at?",
    ko="epochs=1이면 코드는 샘플을 몇 개 보나요?",
)
def test_one_epoch_is_enough(submission, rng):
    # A single update, by the sample whose target is 1, puts the other one on its side too: x·(-x) + 1 <= 0.
    x = 2 * signs(rng, 3)
    order = rng.permutation(2)
    X, t = np.array([x, -x])[order], np.array([1, 0])[order]
    check_separates(submission.train_perceptron(X, t, epochs=1), X, t)


@points(0.5)
@title(en="Whole-number samples and a small learning rate", ko="정수 샘플과 작은 학습률")
@hint(
    en="Of which dtype are your weights, and what happens when a quarter is added to them?",
    ko="가중치의 dtype은 무엇인가요? 거기에 4분의 1을 더하면 어떻게 되나요?",
)
def test_small_learning_rate(submission, rng):
    lr = float(rng.choice([0.5, 0.25, 0.125]))
    gates = [shuffled_gate(rng, GATES[name]) for name in ("AND", "NAND")]
    received = [submission.train_perceptron(X, t, lr=lr) for X, t in gates]
    for pair, (X, t) in zip(received, gates, strict=True):
        check_separates(pair, X, t)


@points(0.5)
@title(en="Training on XOR comes to an end", ko="XOR로 학습해도 끝나요")
@hint(
    en="No line separates XOR, so every epoch has an error. What ends your loop then?",
    ko="XOR은 직선으로 나눌 수 없어서 에포크마다 오류가 있어요. 반복문은 무엇 때문에 끝나나요?",
)
@requires("test_learns_gates")
def test_xor_ends(submission, rng):
    order = rng.permutation(4)
    X, t = CORNERS[order], np.array(XOR)[order]
    received = [
        submission.train_perceptron(X, t, epochs=10),
        submission.train_perceptron(X, t, lr=0.5, epochs=3),
    ]
    for pair in received:
        unit(pair, 2)


@points(0.5)
@title(en="Samples and targets stay as they were", ko="샘플과 정답은 그대로")
@hint(
    en="Print X and t after training. Are they still what you passed in?",
    ko="학습이 끝난 뒤 X와 t를 출력해 보세요. 넘겨준 그대로인가요?",
)
@requires("test_learns_gates")
def test_training_data_unchanged(submission, rng):
    X, t = separable(rng, 8, 2)
    submission.train_perceptron(X, t)
    assert_unchanged(submission)
