"""Examples from the statement of ex07. You may read these; more cases wait in `grade check`."""

import numpy as np

from grader.language import Text
from grader.sandbox.proxy import Remote
from grader.suite.compare import assert_close, require
from grader.suite.marks import hint, points, title

# The cell of the first example: D = 3 inputs, H = 2 units, N = 1 sample.
WX = np.array([[2.0, 1.0], [-1.0, 0.0], [0.0, 2.0]])
WH = np.array([[2.0, 0.0], [1.0, -1.0]])
B = np.log([2.0, 3.0])
X = np.array([[1.0, 2.0, -1.0]])
H_PREV = np.array([[0.5, -1.0]])
DH_NEXT = np.array([[1.0, -1.0]])

# The layer of the second example: all sizes 1 but T = 3.
WX_1, WH_1, B_1 = np.array([[1.0]]), np.array([[0.5]]), np.array([0.0])
XS = np.array([np.log(2.0), -0.3, np.log(3.0)]).reshape(1, 3, 1)


def new_cell(submission):
    return made(submission.RNN(WX, WH, B))


def new_layer(submission, stateful):
    return made(submission.TimeRNN(WX_1, WH_1, B_1, stateful=stateful))


def made(instance):
    # A function in the place of the class may return anything.
    message = Text(
        en="Expected an object with the methods of the statement",
        ko="문제에 나온 메서드가 있는 객체가 필요해요",
    )
    require(isinstance(instance, Remote), message, received=instance)
    return instance


def read_grads(submission, instance):
    grads = submission.value(instance.grads)
    return instance.grads.copy() if isinstance(grads, list) else grads


@points(0.5)
@title(en="The worked step, forward", ko="한 단계 예제의 순전파")
@hint(
    en="Work out the two products, their sum with the bias, and tanh of it on paper. At which step do you differ?",
    ko="두 곱, 편향까지 더한 합, 그 합의 tanh를 차례로 종이에 계산해 보세요. 어느 단계에서 달라지나요?",
)
def test_worked_forward(submission):
    received = new_cell(submission).forward(X, H_PREV)
    assert_close(received, np.array([[0.6, 0.8]]))


@points(0.5)
@title(en="The worked step with no state before it", ko="이전 상태가 없는 한 단계 예제")
@hint(
    en="Which term of the sum drops out when there is no state yet?",
    ko="아직 상태가 없으면 합에서 어느 항이 사라지나요?",
)
def test_worked_first_step(submission):
    received = new_cell(submission).forward(X)
    assert_close(received, np.array([[0.6, 0.0983]]), rtol=0, atol=6e-5)


@points(0.5)
@title(en="The worked step, backward", ko="한 단계 예제의 역전파")
@hint(
    en="Begin with da: two numbers. Do yours agree with the page?",
    ko="da부터 확인하세요. 수 두 개가 문제의 값과 같은가요?",
)
def test_worked_backward(submission):
    cell = new_cell(submission)
    cell.forward(X, H_PREV)
    received = cell.backward(DH_NEXT)
    expected = (np.array([[0.92, -0.64, -0.72]]), np.array([[1.28, 1.0]]))
    assert_close(received, expected, name="(dx, dh_prev)")


@points(0.5)
@title(en="The worked step, gradients of the weights", ko="한 단계 예제의 가중치 기울기")
@hint(
    en="Each number of dWx is an input times a number of da; in dWh a state stands for the input. Do both use da?",
    ko="dWx의 각 수는 입력 하나와 da의 수 하나의 곱이고, dWh에서는 입력 자리에 상태가 와요. 둘 다 da를 쓰나요?",
)
def test_worked_grads(submission):
    cell = new_cell(submission)
    cell.forward(X, H_PREV)
    cell.backward(DH_NEXT)
    grads = read_grads(submission, cell)
    d_wx = np.array([[0.64, -0.36], [1.28, -0.72], [-0.64, 0.36]])
    d_wh = np.array([[0.32, -0.18], [-0.64, 0.36]])
    assert_close(grads, [d_wx, d_wh, np.array([0.64, -0.36])], name="grads")


@points(0.5)
@title(en="The worked sequence, forward", ko="시퀀스 예제의 순전파")
@hint(
    en="What enters step 1 besides its input, and where does it come from?",
    ko="단계 1에는 입력 말고 무엇이 들어가나요? 그 값은 어디에서 오나요?",
)
def test_worked_sequence(submission):
    received = new_layer(submission, stateful=False).forward(XS)
    assert_close(received, np.array([0.6, 0.0, 0.8]).reshape(1, 3, 1))


@points(0.5)
@title(en="The worked sequence, backward", ko="시퀀스 예제의 역전파")
@hint(
    en="Which axis of dxs holds the steps? Fill in the page's table from its last step: where do you part?",
    ko="dxs에서 단계는 어느 축인가요? 문제의 표를 마지막 단계부터 첫 단계까지 채워 보세요. 어디서 달라지나요?",
)
def test_worked_sequence_backward(submission):
    layer = new_layer(submission, stateful=False)
    layer.forward(XS)
    d_xs = layer.backward(np.ones((1, 3, 1)))
    grads = read_grads(submission, layer)
    assert_close(d_xs, np.array([1.0176, 1.18, 0.36]).reshape(1, 3, 1), name="dxs")
    expected = [np.array([[0.7468]]), np.array([[0.708]]), np.array([2.5576])]
    assert_close(grads, expected, rtol=0, atol=6e-5, name="grads")


@points(0.5)
@title(en="The worked sequence, one block further", ko="시퀀스 예제의 다음 블록")
@hint(
    en="In which state does the second block begin: stateful, not stateful, and after a reset?",
    ko="두 번째 블록은 어떤 상태에서 시작하나요? stateful일 때, 아닐 때, 초기화한 뒤를 각각 적어 보세요.",
)
def test_worked_next_block(submission):
    x = np.array([[[-0.4]]])
    kept, fresh = new_layer(submission, stateful=True), new_layer(submission, stateful=False)
    kept.forward(XS)
    fresh.forward(XS)
    received = kept.forward(x), fresh.forward(x)
    kept.reset_state()
    after_reset = kept.forward(x)
    assert_close(received[0], np.array([[[0.0]]]), rtol=0, atol=6e-5, name="stateful=True")
    assert_close(received[1], np.array([[[-0.3799]]]), rtol=0, atol=6e-5, name="stateful=False")
    assert_close(after_reset, np.array([[[-0.3799]]]), rtol=0, atol=6e-5, name="reset_state")
