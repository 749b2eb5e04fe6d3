"""Examples from the statement of ex04. You may read these; more cases wait in `grade check`."""

import numpy as np

from grader.language import Text
from grader.sandbox.proxy import Remote
from grader.suite.compare import assert_array, assert_close, require, type_name
from grader.suite.marks import hint, points, title

X = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]])
W = np.array([[1.0, 0.0], [2.0, -1.0], [0.0, 1.0]])
B = np.array([1.0, -1.0])
DOUT = np.array([[1.0, 2.0], [3.0, -1.0]])

LOGITS = np.log([[1.0, 3.0], [1.0, 1.0]])
LABELS = np.array([0, 1])

# Chosen so that the hidden units become 0.5 and 0.75, and both classes get the probability 0.5.
SAMPLE, SAMPLE_LABEL = np.array([[1.0, 2.0]]), np.array([0])
PARAMETERS = {
    "W1": np.array([[2.0, 1.0], [-1.0, -1.0]]),
    "b1": np.array([0.0, 1.0 + np.log(3.0)]),
    "W2": np.array([[2.0, 4.0], [4.0, 0.0]]),
    "b2": np.array([0.0, 2.0]),
}


def made(value):
    """Return what a class of the submission made, if it made an object."""
    message = Text(
        en=f"Expected an object of your class. Received: {type_name(value)}",
        ko=f"클래스로 만든 객체가 필요해요. 받은 것: {type_name(value)}",
    )
    require(isinstance(value, Remote), message)
    return value


def network(submission, parameters):
    """Return a network with these parameters, written into the arrays that it made itself."""
    sizes = (*parameters["W1"].shape, parameters["W2"].shape[1])
    net = made(submission.TwoLayerNet(*sizes))
    found = submission.value(net.params)
    message = Text(
        en="Expected `params` to be a dict with the keys W1, b1, W2, b2",
        ko="`params`는 키가 W1, b1, W2, b2인 딕셔너리여야 해요",
    )
    require(isinstance(found, dict) and set(found) == set(parameters), message)
    for key, values in parameters.items():
        assert_array(found[key], shape=values.shape, kind="f", name=f'params["{key}"]')
    write = submission.define("lambda net, key, values: np.copyto(net.params[key], values)")
    submission.map(write, [(net, key, values) for key, values in parameters.items()])
    return net


@points(0.5)
@title(en="By hand: Affine, forward", ko="손으로 푼 예제: Affine의 순전파")
@hint(
    en="Which row of x and which column of W meet in the upper left cell? What is added to it?",
    ko="왼쪽 위 칸에서는 x의 어느 행과 W의 어느 열이 만나나요? 거기에 무엇을 더하나요?",
)
def test_affine_forward_example(submission):
    layer = made(submission.Affine(W, B))
    assert_close(layer.forward(X), np.array([[6.0, -3.0], [3.0, 1.0]]))


@points(0.5)
@title(en="By hand: Affine, backward", ko="손으로 푼 예제: Affine의 역전파")
@hint(
    en="Each formula of the statement sums over one letter. Over which one, for each of dW, db and dx?",
    ko="문제의 식은 저마다 글자 하나에 대해 더해요. dW, db, dx에서 각각 어느 글자인가요?",
)
def test_affine_backward_example(submission):
    layer = made(submission.Affine(W, B))
    layer.forward(X)
    assert_close(layer.backward(DOUT), np.array([[1.0, 0.0, 2.0], [3.0, 7.0, -1.0]]), name="dx")
    assert_close(layer.dW, np.array([[1.0, 2.0], [5.0, 3.0], [9.0, -3.0]]), name="dW")
    assert_close(layer.db, np.array([4.0, 1.0]), name="db")


@points(0.5)
@title(en="By hand: sigmoid", ko="손으로 푼 예제: 시그모이드")
@hint(
    en="At 0 the slope of the sigmoid is one quarter. What does the chain rule do with it and the two numbers of dout?",
    ko="0에서 시그모이드의 기울기는 4분의 1이에요. 연쇄 법칙은 그것과 dout의 두 수로 무엇을 하나요?",
)
def test_sigmoid_example(submission):
    layer = made(submission.Sigmoid())
    assert_close(layer.forward(np.array([[0.0, np.log(3.0)]])), np.array([[0.5, 0.75]]), name="y")
    assert_close(layer.backward(np.array([[1.0, 2.0]])), np.array([[0.25, 0.375]]), name="dx")


@points(0.5)
@title(en="By hand: tanh", ko="손으로 푼 예제: tanh")
@hint(
    en="How steep is tanh at 0? And is its slope written in terms of x or of y = tanh(x)? Try your second number.",
    ko="0에서 tanh의 기울기는 얼마인가요? 그 식에 들어가는 것은 x인가요, y = tanh(x)인가요? 두 번째 값으로 해 보세요.",
)
def test_tanh_example(submission):
    layer = made(submission.Tanh())
    assert_close(layer.forward(np.array([[0.0, np.log(2.0)]])), np.array([[0.0, 0.6]]), name="y")
    assert_close(layer.backward(np.array([[3.0, 2.0]])), np.array([[3.0, 1.28]]), name="dx")


@points(0.5)
@title(en="By hand: ReLU, at 0 too", ko="손으로 푼 예제: ReLU, 0에서도")
@hint(
    en="Which of the three inputs let the gradient through? What does the statement say about 0?",
    ko="세 입력 중 어느 것이 기울기를 통과시키나요? 0에 대해서는 문제에 뭐라고 적혀 있나요?",
)
def test_relu_example(submission):
    layer = made(submission.Relu())
    assert_close(layer.forward(np.array([[-2.0, 0.0, 3.0]])), np.array([[0.0, 0.0, 3.0]]), name="y")
    assert_close(layer.backward(np.array([[5.0, 6.0, -7.0]])), np.array([[0.0, 0.0, -7.0]]), name="dx")


@points(0.5)
@title(en="By hand: softmax with loss", ko="손으로 푼 예제: 손실이 붙은 소프트맥스")
@hint(
    en="Write down the probabilities of both samples. What does the right class of each one get?",
    ko="두 샘플의 확률을 적어 보세요. 정답 클래스는 각각 얼마를 받나요?",
)
def test_softmax_with_loss_example(submission):
    layer = made(submission.SoftmaxWithLoss())
    assert_close(layer.forward(LOGITS, LABELS), 1.0397208, rtol=0, atol=1e-5, name="loss")
    assert_close(layer.backward(), np.array([[-0.375, 0.375], [0.25, -0.25]]), atol=1e-6, name="dx")


@points(0.5)
@title(en="By hand: the gradient of a product", ko="손으로 푼 예제: 곱의 기울기")
@hint(
    en="While you nudge one of the three numbers, which values must the other two have?",
    ko="세 수 중 하나를 조금 움직이는 동안, 나머지 둘은 어떤 값이어야 하나요?",
)
def test_numerical_gradient_example(submission):
    product = submission.define("lambda x: x[0] * x[1] * x[2]")
    received = submission.numerical_gradient(product, np.array([2.0, 3.0, 4.0]))
    assert_close(received, np.array([12.0, 8.0, 6.0]), rtol=0, atol=1e-4)


@points(0.5)
@title(en="By hand: a network with two layers", ko="손으로 푼 예제: 2층 신경망")
@hint(
    en="Which line of the statement's table is the first that differs? Does loss see what was written into params?",
    ko="문제의 표에서 처음으로 값이 달라지는 줄은 어디인가요? params에 써 넣은 수를 loss가 쓰고 있나요?",
)
def test_network_example(submission):
    net = network(submission, PARAMETERS)
    expected = {
        "W1": np.array([[0.25, -0.375], [0.5, -0.75]]),
        "b1": np.array([0.25, -0.375]),
        "W2": np.array([[-0.25, 0.25], [-0.375, 0.375]]),
        "b2": np.array([-0.5, 0.5]),
    }
    assert_close(net.loss(SAMPLE, SAMPLE_LABEL), np.log(2.0), rtol=0, atol=1e-5, name="loss")
    assert_close(net.gradient(SAMPLE, SAMPLE_LABEL), expected, atol=1e-6, name="gradient")
