"""Hidden suite of ex04: every gradient by its shape, its values, and by differences of the submission's own forward.

Batch, inputs, units and classes have different sizes, so that no transpose and no wrong axis goes unseen by
luck; one case has a square W, where a shape cannot give a wrong transpose away. A case makes its calls before it
compares the first array, so that a diagnosis sees every result.

Tolerances. A constant of up to 1e-7 inside the logarithm is allowed, as in ex03. It moves a loss by less than
1e-5 and the slope of a loss by less than 1e-5 of itself for the logits drawn here, hence LOSS_ATOL and the rtol
of the gradient checks that go through a loss.
"""

import math

import numpy as np

from grader.language import Text
from grader.sandbox.proxy import Call, Remote
from grader.suite.compare import assert_array, assert_close, assert_unchanged, require, type_name
from grader.suite.gradcheck import assert_gradients, numeric_gradient
from grader.suite.marks import hint, points, requires, title

BATCH, INPUTS, UNITS, CLASSES = 5, 3, 4, 2
NAMES = ("W1", "b1", "W2", "b2")

LOSS_ATOL = 1e-5
GRADIENT_ATOL = 1e-6
NUMERICAL_ATOL = 1e-4  # of a numerical gradient with a step of at most 1e-3


def draw(rng, *shape):
    """Draw up to 24 numbers between -1.5 and 1.5, all different, none closer to 0 than 1/8, where ReLU has its kink."""
    numbers = rng.permutation([number / 8 for number in range(-12, 13) if number])
    return numbers[: math.prod(shape)].reshape(shape)


def made(value):
    """Return what a class of the submission made, if it made an object."""
    message = Text(
        en=f"Expected an object of your class. Received: {type_name(value)}",
        ko=f"클래스로 만든 객체가 필요해요. 받은 것: {type_name(value)}",
    )
    require(isinstance(value, Remote), message)
    return value


def kept(submission, value):
    """Keep a value among the calls, before the last of them: a diagnosis looks there for what came back."""
    submission.calls.insert(-1, Call(function="", args=(), kwargs={}, value=value))


def affine_gradients(submission, layer):
    """Return the places of dW and db after `backward`, with their present values kept for a diagnosis."""
    kept(submission, submission.value(layer.dW))
    kept(submission, submission.value(layer.db))
    return {"dW": layer.dW, "db": layer.db}


def named(value):
    """Return a dict with one value for each parameter, if it is one."""
    keys = list(value) if isinstance(value, dict) else type_name(value)
    message = Text(
        en=f"Expected a dict with the keys {', '.join(NAMES)}. Received: {keys}",
        ko=f"키가 {', '.join(NAMES)}인 딕셔너리가 필요해요. 받은 것: {keys}",
    )
    require(isinstance(value, dict) and set(value) == set(NAMES), message)
    return value


def draw_parameters(rng):
    """Draw parameters of a network; no probability falls below 0.02, whatever the inputs."""
    return {
        "W1": draw(rng, INPUTS, UNITS),
        "b1": draw(rng, UNITS),
        "W2": draw(rng, UNITS, CLASSES) / 4,
        "b2": draw(rng, CLASSES) / 4,
    }


def network(module, parameters):
    """Return a network with these parameters, written into the arrays that it made itself.

    In place, because a network may read `params` anew for every batch, or have handed its arrays to its layers.
    """
    net = made(module.TwoLayerNet(INPUTS, UNITS, CLASSES))
    found = named(module.value(net.params))
    for key, values in parameters.items():
        assert_array(found[key], shape=values.shape, kind="f", name=f'params["{key}"]')
    write = module.define("lambda net, key, values: np.copyto(net.params[key], values)")
    module.map(write, [(net, key, values) for key, values in parameters.items()])
    return net


def sizes():
    """Return the sizes that may turn up as a wrong factor, by their names."""
    return {
        str(Text(en="batch size", ko="배치 크기")): BATCH,
        str(Text(en="hidden units", ko="은닉 유닛 수")): UNITS,
    }


# ------------------------------------------------------------------------------------------------- Affine


@points(0.5)
@title(en="Affine: outputs of a random batch", ko="Affine: 무작위 배치의 출력")
@hint(
    en="Which shapes do x, W and b have, and which one has the output? Where does each b[j] belong?",
    ko="x, W, b의 shape은 각각 무엇이고 출력의 shape은 무엇인가요? b[j]는 어디에 더해지나요?",
)
def test_affine_forward(submission, solution, rng):
    W, b, x = draw(rng, INPUTS, UNITS), draw(rng, UNITS), draw(rng, BATCH, INPUTS)
    received = made(submission.Affine(W, b)).forward(x)
    assert_close(received, solution.Affine(W, b).forward(x), reduction=INPUTS)


def affine_after_backward(module, W, b, x, dout):
    """Return an Affine layer that went forwards and backwards, and its dx."""
    layer = made(module.Affine(W, b))
    layer.forward(x)
    return layer, layer.backward(dout)


def draw_affine(rng, units=UNITS):
    """Draw W, b, x and dout of an Affine layer."""
    return draw(rng, INPUTS, units), draw(rng, units), draw(rng, BATCH, INPUTS), draw(rng, BATCH, units)


@points(0.5)
@title(en="Affine: the gradient by the inputs", ko="Affine: 입력에 대한 기울기")
@hint(
    en="dx has the shape of x. Which product of dout and W gives that shape?",
    ko="dx의 shape은 x와 같아요. dout과 W를 어떻게 곱해야 그 shape이 나오나요?",
)
def test_affine_dx(submission, solution, rng):
    arrays = draw_affine(rng)
    _, received = affine_after_backward(submission, *arrays)
    _, expected = affine_after_backward(solution, *arrays)
    assert_close(received, expected, reduction=UNITS, name="dx")


@points(0.5)
@title(en="Affine: the gradient by the weights", ko="Affine: 가중치에 대한 기울기")
@hint(
    en="dW has the shape of W. Over which letter does its formula sum, and which axis of x is that?",
    ko="dW의 shape은 W와 같아요. 식에서는 어느 글자에 대해 더하고, 그것은 x의 어느 축인가요?",
)
def test_affine_dW(submission, solution, rng):
    arrays = draw_affine(rng)
    layer, _ = affine_after_backward(submission, *arrays)
    reference, _ = affine_after_backward(solution, *arrays)
    received = affine_gradients(submission, layer)
    assert_close(received["dW"], reference.dW, reduction=BATCH, name="dW")


@points(0.5)
@title(en="Affine: the gradient by the bias", ko="Affine: 편향에 대한 기울기")
@hint(
    en="Compare the shape of db with that of b. On how many samples does one number of b act?",
    ko="db의 shape과 b의 shape을 비교해 보세요. b의 수 하나는 샘플 몇 개에 영향을 주나요?",
)
def test_affine_db(submission, solution, rng):
    arrays = draw_affine(rng)
    layer, _ = affine_after_backward(submission, *arrays)
    reference, _ = affine_after_backward(solution, *arrays)
    received = affine_gradients(submission, layer)
    assert_close(received["db"], reference.db, reduction=BATCH, name="db")


@points(0.5)
@title(en="Affine: a square W", ko="Affine: 정사각형 W")
@hint(
    en="With a square W the shapes cannot tell you where a transpose belongs. What do the formulas say?",
    ko="W가 정사각형이면 shape만으로는 어디를 전치해야 하는지 알 수 없어요. 식은 어떻게 되어 있나요?",
)
def test_affine_square_weights(submission, solution, rng):
    arrays = draw_affine(rng, units=INPUTS)
    layer, received = affine_after_backward(submission, *arrays)
    reference, expected = affine_after_backward(solution, *arrays)
    gradients = affine_gradients(submission, layer)
    assert_close(received, expected, reduction=INPUTS, name="dx")
    assert_close(gradients["dW"], reference.dW, reduction=BATCH, name="dW")


@points(0.5)
@title(en="Affine: the second batch counts alone", ko="Affine: 두 번째 배치는 따로 계산")
@hint(
    en="Call backward for one batch, then for another. Does dW still know about the first?",
    ko="배치 하나로 backward를 부르고, 다른 배치로 또 불러 보세요. dW에 첫 배치의 흔적이 남아 있나요?",
)
def test_affine_second_backward(submission, solution, rng):
    W, b, first, first_dout = draw_affine(rng)
    x, dout = draw(rng, BATCH, INPUTS), draw(rng, BATCH, UNITS)
    layer, _ = affine_after_backward(submission, W, b, first, first_dout)
    layer.forward(x)
    layer.backward(dout)
    received = affine_gradients(submission, layer)
    reference, _ = affine_after_backward(solution, W, b, x, dout)
    assert_close(received["dW"], reference.dW, reduction=BATCH, name="dW")
    assert_close(received["db"], reference.db, reduction=BATCH, name="db")


@points(0.5)
@title(en="Two layers of one kind do not share what they keep", ko="같은 종류의 두 층은 기억을 나누지 않아요")
@hint(
    en="Go forward through two layers, then back through the first. Whose numbers does it use?",
    ko="두 층을 차례로 순전파한 뒤 첫 번째 층을 역전파해 보세요. 누구의 값을 쓰고 있나요?",
)
def test_layers_apart(submission, solution, rng):
    W, b, x, dout = draw_affine(rng)
    others = draw(rng, BATCH, UNITS), draw(rng, UNITS, CLASSES), draw(rng, CLASSES)

    def run(module):
        affine, sigmoid = made(module.Affine(W, b)), made(module.Sigmoid())
        other_affine, other_sigmoid = made(module.Affine(*others[1:])), made(module.Sigmoid())
        affine.forward(x)
        sigmoid.forward(dout)
        other_affine.forward(others[0])
        other_sigmoid.forward(others[0])
        through_sigmoid = sigmoid.backward(dout)
        affine.backward(dout)
        return affine, through_sigmoid

    layer, dx = run(submission)
    kept(submission, submission.value(layer.dW))
    reference, expected = run(solution)
    assert_close(layer.dW, reference.dW, reduction=BATCH, name="dW")
    assert_close(dx, expected, name="dx")


@points(0.5)
@title(en="Gradient check: Affine", ko="기울기 검사: Affine")
@hint(
    en="Here your own forward says what is right: one number is nudged at a time. Which gradient disagrees?",
    ko="여기서는 수를 하나씩 움직여 본 여러분의 forward가 정답이에요. 어느 기울기가 그것과 다른가요?",
)
@requires("test_affine_forward_example")
def test_affine_gradient_check(submission, rng):
    W, b, x, dout = draw_affine(rng)
    layer, dx = affine_after_backward(submission, W, b, x, dout)

    def check(parameter, at):
        # The sum of out · dout has the gradient dout by out: what backward was told.
        source = f"lambda {parameter}: float(np.sum(np.asarray(Affine(W, b).forward(x)) * dout))"
        bindings = {"W": W, "b": b, "x": x, "dout": dout}
        del bindings[parameter]
        return numeric_gradient(submission.define(source, Affine=submission.Affine, **bindings), at)

    received = affine_gradients(submission, layer)
    pairs = {
        "dx": (dx, check("x", x)),
        "dW": (received["dW"], check("W", W)),
        "db": (received["db"], check("b", b)),
    }
    assert_gradients(pairs, sizes=sizes())


# --------------------------------------------------------------------------------------------- activations


def through(module, name, x, dout):
    """Return y and dx of a fresh activation layer."""
    layer = made(getattr(module, name)())
    return [layer.forward(x), layer.backward(dout)]


@points(0.5)
@title(en="Sigmoid: a random batch, forward and backward", ko="시그모이드: 무작위 배치의 순전파와 역전파")
@hint(
    en="Draw the sigmoid and its derivative. In the formula, is y an input or an output?",
    ko="시그모이드와 그 도함수를 같은 점에서 그려 보세요. 식의 y는 입력인가요, 출력인가요?",
)
def test_sigmoid(submission, solution, rng):
    x, dout = 2 * draw(rng, BATCH, UNITS), draw(rng, BATCH, UNITS)
    received, expected = through(submission, "Sigmoid", x, dout), through(solution, "Sigmoid", x, dout)
    assert_close(received[0], expected[0], name="forward(x)")
    assert_close(received[1], expected[1], name="backward(dout)")


@points(0.5)
@title(en="Tanh: a random batch, forward and backward", ko="Tanh: 무작위 배치의 순전파와 역전파")
@hint(
    en="Between which two values does the slope of tanh lie? Do all of yours?",
    ko="tanh의 기울기는 어떤 두 값 사이에 있나요? 여러분의 값도 모두 그런가요?",
)
def test_tanh(submission, solution, rng):
    x, dout = draw(rng, BATCH, UNITS), draw(rng, BATCH, UNITS)
    received, expected = through(submission, "Tanh", x, dout), through(solution, "Tanh", x, dout)
    assert_close(received[0], expected[0], name="forward(x)")
    assert_close(received[1], expected[1], name="backward(dout)")


@points(0.5)
@title(en="ReLU: positive, negative and zero inputs", ko="ReLU: 양수, 음수, 0인 입력")
@hint(
    en="For each cell: which number decides whether the gradient passes, and what is passed on?",
    ko="칸마다 생각해 보세요. 기울기가 통과할지는 어떤 수가 정하고, 통과하는 값은 무엇인가요?",
)
def test_relu(submission, solution, rng):
    x, dout = draw(rng, BATCH, UNITS), draw(rng, BATCH, UNITS)
    x[rng.permutation(BATCH)[:3], rng.permutation(UNITS)[:3]] = 0.0
    received, expected = through(submission, "Relu", x, dout), through(solution, "Relu", x, dout)
    assert_close(received[0], expected[0], name="forward(x)")
    assert_close(received[1], expected[1], name="backward(dout)")


@points(0.5)
@title(en="Sigmoid and tanh far from 0", ko="0에서 먼 곳의 시그모이드와 tanh")
@hint(
    en="What does np.exp give for 1000? Which numbers of your formula are then infinite?",
    ko="np.exp에 1000을 넣으면 무엇이 나오나요? 그러면 식의 어느 값이 무한대가 되나요?",
)
def test_activations_far_from_zero(submission, solution, rng):
    x, dout = np.array([[-1000.0, -50.0, 0.0, 50.0, 1000.0]]), draw(rng, 1, 5)
    received = through(submission, "Sigmoid", x, dout) + through(submission, "Tanh", x, dout)
    expected = through(solution, "Sigmoid", x, dout) + through(solution, "Tanh", x, dout)
    names = [
        f"{layer}().{method}" for layer in ("Sigmoid", "Tanh") for method in ("forward(x)", "backward(dout)")
    ]
    for name, values, wanted in zip(names, received, expected, strict=True):
        assert_close(values, wanted, name=name)


@points(0.5)
@title(en="Gradient check: the three activations", ko="기울기 검사: 세 활성화 함수")
@hint(
    en="Which of the three disagrees with its own forward? Try it on an array with a single number.",
    ko="셋 중 어느 것이 자기 forward와 맞지 않나요? 수가 하나뿐인 배열로 시험해 보세요.",
)
@requires("test_sigmoid_example", "test_tanh_example", "test_relu_example")
def test_activations_gradient_check(submission, rng):
    x, dout = draw(rng, 2, 3), draw(rng, 2, 3)
    pairs = {}
    for name in ("Sigmoid", "Tanh", "Relu"):
        _, dx = through(submission, name, x, dout)
        source = "lambda x: float(np.sum(np.asarray(layer().forward(x)) * dout))"
        function = submission.define(source, layer=getattr(submission, name), dout=dout)
        pairs[f"{name}, dx"] = dx, numeric_gradient(function, x)
    assert_gradients(pairs)


# ----------------------------------------------------------------------------------------- SoftmaxWithLoss


def draw_targets(rng, num_classes=UNITS):
    """Draw labels that are not all alike, and the same as one-hot rows."""
    labels = rng.integers(0, num_classes, size=BATCH)
    labels[:2] = rng.permutation(num_classes)[:2]  # never all alike
    return labels, np.eye(num_classes, dtype=int)[labels]


@points(0.5)
@title(
    en="SoftmaxWithLoss: the mean loss, one-hot and with labels",
    ko="SoftmaxWithLoss: 원-핫과 레이블의 평균 손실",
)
@hint(
    en="Copy every sample of the batch once more. Should the loss become larger?",
    ko="배치의 모든 샘플을 한 번씩 더 복제해 보세요. 손실이 커져야 하나요?",
)
def test_softmax_loss(submission, solution, rng):
    x, targets = draw(rng, BATCH, UNITS), draw_targets(rng)
    received = [made(submission.SoftmaxWithLoss()).forward(x, t) for t in targets]
    for loss, t in zip(received, targets, strict=True):
        assert_close(loss, solution.SoftmaxWithLoss().forward(x, t), rtol=0, atol=LOSS_ATOL)


@points(0.5)
@title(en="SoftmaxWithLoss: the gradient by the logits", ko="SoftmaxWithLoss: 로짓에 대한 기울기")
@hint(
    en="What sign has the gradient of the right class? What do the numbers of one row add up to?",
    ko="정답 클래스의 기울기는 부호가 무엇이어야 하나요? 한 행의 수를 모두 더하면요?",
)
def test_softmax_gradient(submission, solution, rng):
    x, targets = draw(rng, BATCH, UNITS), draw_targets(rng)
    received = []
    for t in targets:
        layer = made(submission.SoftmaxWithLoss())
        layer.forward(x, t)
        received.append(layer.backward())
    reference = solution.SoftmaxWithLoss()
    reference.forward(x, targets[0])
    expected = reference.backward()
    assert_close(received[1], expected, atol=GRADIENT_ATOL, name=str(Text(en="one-hot", ko="원-핫")))
    assert_close(received[0], expected, atol=GRADIENT_ATOL, name=str(Text(en="labels", ko="레이블")))


@points(1)
@title(
    en="SoftmaxWithLoss: a loss that is multiplied by something",
    ko="SoftmaxWithLoss: 손실에 어떤 수를 곱할 때",
)
@hint(
    en="Call backward(2.0) and compare it with backward(). What would a loss twice as large do?",
    ko="backward(2.0)을 부르고 backward()와 비교해 보세요. 손실이 두 배라면 기울기는 어떻게 되나요?",
)
def test_softmax_dout(submission, solution, rng):
    x, (labels, _), factor = draw(rng, BATCH, UNITS), draw_targets(rng), float(rng.choice([-3.0, 0.5, 2.5]))
    layer = made(submission.SoftmaxWithLoss())
    layer.forward(x, labels)
    received = layer.backward(factor)
    reference = solution.SoftmaxWithLoss()
    reference.forward(x, labels)
    assert_close(received, reference.backward(factor), atol=GRADIENT_ATOL)


@points(0.5)
@title(en="SoftmaxWithLoss: logits that lie far apart", ko="SoftmaxWithLoss: 서로 멀리 떨어진 로짓")
@hint(
    en="Which part of ex03 keeps exp from overflowing? And what is the logarithm of a probability of 0?",
    ko="ex03에서는 무엇이 exp의 오버플로를 막았나요? 그리고 확률 0의 로그는 무엇인가요?",
)
def test_softmax_large_logits(submission, solution, rng):
    near, far = draw(rng, 1, UNITS), 1000 * rng.permutation([-2.0, -1.0, 1.0, 2.0]).reshape(1, UNITS)
    x, labels = np.concatenate([far, near]), np.array([np.argmin(far), 0])
    layer = made(submission.SoftmaxWithLoss())
    loss, received = layer.forward(x, labels), layer.backward()
    reference = solution.SoftmaxWithLoss()
    expected = reference.forward(x, labels)
    # The right class of the first sample has a probability of 0: how large the loss is then may differ.
    assert_close(loss, expected, rtol=0, atol=10 * expected, name="loss")
    assert_close(received, reference.backward(), atol=GRADIENT_ATOL, name="dx")


@points(0.5)
@title(
    en="SoftmaxWithLoss: backward twice gives the same twice",
    ko="SoftmaxWithLoss: 역전파를 두 번 해도 같은 값",
)
@hint(
    en="Print the probabilities that you kept before and after backward. Have they changed?",
    ko="backward를 부르기 전과 후에 보관해 둔 확률을 출력해 보세요. 달라졌나요?",
)
def test_softmax_backward_twice(submission, solution, rng):
    x, (labels, _) = draw(rng, BATCH, UNITS), draw_targets(rng)
    layer = made(submission.SoftmaxWithLoss())
    layer.forward(x, labels)
    received = [layer.backward(), layer.backward()]
    reference = solution.SoftmaxWithLoss()
    reference.forward(x, labels)
    expected = reference.backward()
    assert_close(received[0], expected, atol=GRADIENT_ATOL, name=str(Text(en="first time", ko="첫 번째")))
    assert_close(received[1], expected, atol=GRADIENT_ATOL, name=str(Text(en="second time", ko="두 번째")))


# --------------------------------------------------------------------------------------- numerical_gradient


@points(0.5)
@title(en="Numerical gradient: matrices and beyond", ko="수치 미분: 행렬과 그 이상")
@hint(
    en="How many numbers does the array hold, and how many indices does one of them need?",
    ko="배열에 수가 몇 개 들어 있나요? 수 하나를 가리키려면 인덱스가 몇 개 필요한가요?",
)
def test_numerical_gradient_shapes(submission, rng):
    arrays = [draw(rng, *shape) for shape in ((2, 3), (2, 1, 3), (1,))]
    factors = [draw(rng, *x.shape) for x in arrays]
    received = []
    for x, factor in zip(arrays, factors, strict=True):
        function = submission.define("lambda x: float(np.sum(factor * x ** 3))", factor=factor)
        received.append(submission.numerical_gradient(function, x))
    for x, factor, values in zip(arrays, factors, received, strict=True):
        assert_close(values, 3 * factor * x**2, rtol=0, atol=NUMERICAL_ATOL, name=f"x{list(x.shape)}")


@points(0.5)
@title(en="Numerical gradient: x made of integers", ko="수치 미분: 정수로 된 x")
@hint(
    en="Can an array of integers hold x + h? And which dtype has your array of results?",
    ko="정수 배열에 x + h를 담을 수 있나요? 결과를 담는 배열의 dtype은 무엇인가요?",
)
def test_numerical_gradient_integers(submission, rng):
    x, factor = rng.permutation([-3, -2, -1, 1, 2, 3])[:4], draw(rng, 4)
    function = submission.define("lambda x: float(np.sum(factor * x ** 2))", factor=factor)
    received = submission.numerical_gradient(function, x)
    assert_close(received, 2 * factor * x, rtol=0, atol=NUMERICAL_ATOL)


@points(0.5)
@title(en="Numerical gradient: x is put back", ko="수치 미분: x는 원래대로")
@hint(
    en="Print x before and after. While the second number is nudged, what value has the first?",
    ko="부르기 전과 후에 x를 출력해 보세요. 두 번째 수를 움직일 때 첫 번째 수는 얼마인가요?",
)
def test_numerical_gradient_restores(submission, rng):
    x = draw(rng, 2, 2)
    function = submission.define("lambda x: 1000 * np.prod(x)")
    received = submission.numerical_gradient(function, x)
    changed = list(submission.calls[-1].changed.values())
    # Nudging back by -h leaves the last digit open, and nobody minds.
    for after in changed:
        assert_close(after, x, rtol=0, atol=1e-12, name=str(Text(en="x afterwards", ko="호출한 뒤의 x")))
    expected = 1000 * math.prod(x.ravel().tolist()) / x
    assert_close(received, expected, rtol=1e-6)


@points(0.5)
@title(en="Numerical gradient: the same step to both sides", ko="수치 미분: 양쪽으로 같은 간격")
@hint(
    en="At the bottom of a symmetric valley the slope is 0. What do your two points see there?",
    ko="좌우가 대칭인 골짜기의 바닥에서 기울기는 0이에요. 두 점은 그곳에서 무엇을 보나요?",
)
@requires("test_numerical_gradient_shapes")
def test_numerical_gradient_is_central(submission, rng):
    x, steepness = draw(rng, 4), rng.integers(1, 10, size=4) * 1e6
    source = "lambda x: float(np.sum(steepness * (x - bottom) ** 2))"
    function = submission.define(source, steepness=steepness, bottom=x)
    assert_close(submission.numerical_gradient(function, x), np.zeros(4), rtol=0, atol=NUMERICAL_ATOL)


# --------------------------------------------------------------------------------------------- TwoLayerNet


@points(0.5)
@title(
    en="TwoLayerNet: shapes of the parameters, and biases of 0", ko="TwoLayerNet: 파라미터의 shape과 0인 편향"
)
@hint(
    en="Samples are rows: how many rows must W1 have, and how many columns?",
    ko="샘플은 행이에요. 그렇다면 W1은 몇 행 몇 열이어야 하나요?",
)
@requires("test_network_example")
def test_network_parameters(submission):
    net = made(submission.TwoLayerNet(7, 6, 5))
    shapes = {"W1": (7, 6), "b1": (6,), "W2": (6, 5), "b2": (5,)}
    received = named(submission.value(net.params))
    arrays = [values for values in received.values() if isinstance(values, np.ndarray)]
    kept(submission, [(values.shape, not values.any()) for values in arrays])
    for key, shape in shapes.items():
        assert_array(received[key], shape=shape, kind="f", name=f'params["{key}"]')
    for key in ("b1", "b2"):
        assert_close(received[key], np.zeros(shapes[key]), name=f'params["{key}"]')


@points(0.5)
@title(en="TwoLayerNet: the spread of the random weights", ko="TwoLayerNet: 무작위 가중치의 퍼짐")
@hint(
    en="What do W1.mean() and W1.std() give for your network? What was asked for?",
    ko="만든 신경망에서 W1.mean()과 W1.std()를 출력해 보세요. 요구한 값은 얼마인가요?",
)
def test_network_start(submission):
    nets = {
        0.01: made(submission.TwoLayerNet(50, 40, 30)),
        0.64: made(submission.TwoLayerNet(50, 40, 30, 0.64)),
    }
    found = {}
    for std, net in nets.items():
        received = named(submission.value(net.params))
        for key, shape in (("W1", (50, 40)), ("W2", (40, 30))):
            assert_array(received[key], shape=shape, kind="f", name=f'params["{key}"]')
            found[std, key] = received[key]
    spreads = {where: float(np.std(weights)) / where[0] for where, weights in found.items()}
    # For a diagnosis, roughly: each right solution has random weights of its own.
    kept(submission, [round(math.log2(ratio)) if 0 < ratio < math.inf else -99 for ratio in spreads.values()])
    for (std, key), weights in found.items():
        # 1200 numbers or more: a right mean or spread leaves these bounds less than once in 10^20 runs.
        mean, spread = float(np.mean(weights)), float(np.std(weights))
        message = Text(
            en=f"{key}: Expected mean 0 and standard deviation {std}. Received: {mean:.3g} and {spread:.3g}",
            ko=f"{key}: 평균 0, 표준편차 {std}여야 해요. 받은 값: {mean:.3g}, {spread:.3g}",
        )
        require(abs(mean) < 0.3 * std and 0.7 * std < spread < 1.3 * std, message)


@points(0.5)
@title(en="TwoLayerNet: the loss", ko="TwoLayerNet: 손실")
@hint(
    en="Through which layers does x go before the loss, and in which order?",
    ko="x는 손실까지 어떤 층들을 어떤 순서로 지나가나요?",
)
def test_network_loss(submission, solution, rng):
    parameters, x, targets = draw_parameters(rng), draw(rng, BATCH, INPUTS), draw_targets(rng, CLASSES)
    net, reference = network(submission, parameters), network(solution, parameters)
    received = [net.loss(x, t) for t in targets]
    for loss, t in zip(received, targets, strict=True):
        assert_close(loss, reference.loss(x, t), rtol=0, atol=LOSS_ATOL)


@points(0.5)
@title(en="TwoLayerNet: the gradient of every parameter", ko="TwoLayerNet: 모든 파라미터의 기울기")
@hint(
    en="Which of the four are right? The gradient travels from the loss to W1: where does it go wrong?",
    ko="넷 중 어느 것이 맞나요? 기울기는 손실에서 W1까지 거슬러 가요. 어디서부터 틀리나요?",
)
def test_network_gradient(submission, solution, rng):
    parameters, x, (labels, one_hot) = (
        draw_parameters(rng),
        draw(rng, BATCH, INPUTS),
        draw_targets(rng, CLASSES),
    )
    net, reference = network(submission, parameters), network(solution, parameters)
    received = [net.gradient(x, labels), net.gradient(x, one_hot)]
    expected = reference.gradient(x, labels)
    for gradient in received:
        assert_close(gradient, expected, atol=GRADIENT_ATOL, name="gradient")


@points(0.5)
@title(en="Gradient check: TwoLayerNet", ko="기울기 검사: TwoLayerNet")
@hint(
    en="A factor in the report is a trace: which number of the batch or the network is it?",
    ko="보고에 배수가 나왔다면 그것이 실마리예요. 배치나 신경망의 어떤 수와 같은가요?",
)
@requires("test_network_example")
def test_network_gradient_check(submission, rng):
    parameters, x = draw_parameters(rng), draw(rng, BATCH, INPUTS)
    # All of one class: the samples' shares of db2 then have one sign and never cancel to almost nothing, where
    # a constant inside the logarithm would no longer be small beside the rest.
    labels = np.full(BATCH, rng.integers(0, CLASSES))
    net = network(submission, parameters)
    gradient = named(net.gradient(x, labels))
    pairs = {}
    for key in NAMES:
        source = f"lambda {key}: (np.copyto(net.params['{key}'], {key}), net.loss(x, t))[1]"
        loss = submission.define(source, net=net, x=x, t=labels)
        pairs[f"d{key}"] = gradient[key], numeric_gradient(loss, parameters[key])
        submission.map(loss, [(parameters[key],)])  # puts the parameter back
    assert_gradients(pairs, sizes=sizes(), rtol=1e-4)


@points(0.5)
@title(en="TwoLayerNet: gradient() stands on its own", ko="TwoLayerNet: gradient()는 혼자서도 계산")
@hint(
    en="Call loss with one batch and gradient with another. From which batch are the numbers that it uses?",
    ko="loss와 gradient를 서로 다른 배치로 불러 보세요. gradient는 어느 배치의 값을 쓰고 있나요?",
)
def test_network_gradient_alone(submission, solution, rng):
    parameters, (labels, _) = draw_parameters(rng), draw_targets(rng, CLASSES)
    x, other = draw(rng, BATCH, INPUTS), draw(rng, BATCH, INPUTS)
    net, reference = network(submission, parameters), network(solution, parameters)
    net.loss(other, labels)
    received = [net.gradient(x, labels), net.gradient(x, labels)]
    expected = reference.gradient(x, labels)
    assert_close(received[0], expected, atol=GRADIENT_ATOL, name=str(Text(en="after loss", ko="loss 다음")))
    assert_close(received[1], expected, atol=GRADIENT_ATOL, name=str(Text(en="once more", ko="한 번 더")))


# ------------------------------------------------------------------------------------------ all of it


@points(0.5)
@title(en="The arrays that you are given stay as they were", ko="넘겨받은 배열은 그대로")
@hint(
    en="Print x and dout before and after each call. Which layer writes into one of them?",
    ko="호출하기 전과 후에 x와 dout을 출력해 보세요. 어느 층이 그 배열에 값을 써 넣나요?",
)
@requires("test_relu_example", "test_softmax_with_loss_example")
def test_arguments_unchanged(submission, rng):
    W, b, x, dout = draw_affine(rng)
    layers = [made(submission.Affine(W, b))] + [
        made(getattr(submission, name)()) for name in ("Sigmoid", "Tanh", "Relu")
    ]
    for layer, inputs in zip(layers, (x, dout, dout, dout), strict=True):
        layer.forward(inputs)
        assert_unchanged(submission)
        layer.backward(-dout)
        assert_unchanged(submission)
    last_layer = made(submission.SoftmaxWithLoss())
    for t in draw_targets(rng):
        last_layer.forward(dout, t)
        assert_unchanged(submission)


@points(0.5)
@title(en="Gradients are numpy arrays of floats", ko="기울기는 실수형 numpy 배열")
@hint(
    en="What do `type(...)` and `.dtype` say about dW, db and the values of gradient()?",
    ko="dW, db, 그리고 gradient()의 값들에 `type(...)`과 `.dtype`을 물어보면 무엇이 나오나요?",
)
@requires("test_affine_dx")
def test_gradients_are_float_arrays(submission, rng):
    layer, dx = affine_after_backward(submission, *draw_affine(rng))
    integers = submission.numerical_gradient(
        submission.define("lambda x: float(np.sum(x))"), np.array([1, 2])
    )
    assert_array(dx, shape=(BATCH, INPUTS), kind="f", name="dx")
    assert_array(layer.dW, shape=(INPUTS, UNITS), kind="f", name="dW")
    assert_array(layer.db, shape=(UNITS,), kind="f", name="db")
    assert_array(integers, shape=(2,), kind="f", name="numerical_gradient")


# -------------------------------------------------------------------------------------------- beside Keras


@points(0.5)
@title(en="The same gradients as Keras", ko="케라스와 같은 기울기")
@hint(
    en="Keras finds these gradients by itself. Which of your layers finds another one?",
    ko="이 기울기는 케라스가 스스로 구한 것이에요. 어느 층에서 다른 값이 나오고, 식은 어떻게 되어 있나요?",
)
def test_agrees_with_keras(submission, keras_reference):
    functions = ("Affine", "Sigmoid", "Tanh", "Relu", "SoftmaxWithLoss", "TwoLayerNet")
    keras_reference.check(submission, *functions, most=3)
