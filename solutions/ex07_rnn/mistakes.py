"""Wrong solutions of ex07 that learners write, each with the question that may put them right.

An alternative is wrong in one respect and right in every other. A wrong cell also makes the layer wrong that is
built of it: the solution's `TimeRNN` takes whatever `RNN` stands in its module. Where a misconception would show
differently in a layer, or not at all, the alternative brings a layer of its own.

Every alternative keeps the name of the class that it stands for, as a learner's does.
"""

import numpy as np
from solution import RNN as Cell
from solution import TimeRNN as Layer

from grader.language import Text
from grader.suite.mistakes import mistake


def backward_of(cell, da):
    """Finish a cell's backward pass from da: fill `grads`, return (dx, dh_prev)."""
    Wx, Wh, _ = cell.params
    x, h_prev, _ = cell.cache
    fill(cell.grads, (x.T @ da, h_prev.T @ da, da.sum(axis=0)))
    return da @ Wx.T, da @ Wh.T


def fill(grads, values):
    """Write into the arrays of `grads`."""
    for grad, value in zip(grads, values, strict=True):
        grad[...] = value


def zeros(cell, x):
    """Return the state before the first step."""
    return np.zeros((len(x), len(cell.params[1])))


def step(cell, x, h_prev, a, activation=np.tanh):
    """Finish a cell's forward pass from the pre-activation."""
    h_next = activation(a)
    cell.cache = (x, h_prev, h_next)
    return h_next


def sigmoid(a):
    """Return 1/(1 + exp(-a)) without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * a))


# ---------------------------------------------------------------------------------------- the cell: forward


@mistake(
    "tanh_left_out",
    replaces=("RNN",),
    hint=Text(
        en="Feed in very large inputs. In which range do your states lie, and in which should they?",
        ko="아주 큰 입력을 넣어 보세요. 상태의 값은 어떤 범위에 있고, 어떤 범위에 있어야 하나요?",
    ),
)
class TanhLeftOut:
    class RNN(Cell):
        def forward(self, x, h_prev=None):
            Wx, Wh, b = self.params
            h_prev = zeros(self, x) if h_prev is None else h_prev
            return step(self, x, h_prev, h_prev @ Wh + x @ Wx + b, activation=np.array)


@mistake(
    "sigmoid_for_tanh",
    replaces=("RNN",),
    hint=Text(
        en="What is the state when the sum before the activation is 0? Can your states become negative?",
        ko="활성화 함수에 들어가는 합이 0이면 상태는 얼마여야 하나요? 여러분의 상태는 음수가 될 수 있나요?",
    ),
)
class SigmoidForTanh:
    class RNN(Cell):
        def forward(self, x, h_prev=None):
            Wx, Wh, b = self.params
            h_prev = zeros(self, x) if h_prev is None else h_prev
            return step(self, x, h_prev, h_prev @ Wh + x @ Wx + b, activation=sigmoid)

        def backward(self, dh_next):
            h_next = self.cache[2]
            return backward_of(self, dh_next * h_next * (1 - h_next))


@mistake(
    "tanh_overflows",
    replaces=("RNN",),
    hint=Text(
        en="What is np.exp(1000), and what is one such number divided by another?",
        ko="np.exp(1000)은 얼마인가요? 그런 수끼리 나누면 무엇이 나오나요?",
    ),
)
class TanhOverflows:
    class RNN(Cell):
        def forward(self, x, h_prev=None):
            Wx, Wh, b = self.params
            h_prev = zeros(self, x) if h_prev is None else h_prev
            a = h_prev @ Wh + x @ Wx + b
            return step(self, x, h_prev, a, lambda a: (np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a)))


@mistake(
    "state_weights_transposed",
    replaces=("RNN",),
    hint=Text(
        en="Try Wh = [[0, 1], [0, 0]] and the state [1, 0]. Which unit should receive the 1, and which does?",
        ko="Wh = [[0, 1], [0, 0]]이고 상태가 [1, 0]이면 1은 어느 유닛으로 가야 하나요? 실제로는요?",
    ),
)
class StateWeightsTransposed:
    class RNN(Cell):
        def forward(self, x, h_prev=None):
            Wx, Wh, b = self.params
            h_prev = zeros(self, x) if h_prev is None else h_prev
            return step(self, x, h_prev, h_prev @ Wh.T + x @ Wx + b)


@mistake(
    "h_prev_ignored",
    replaces=("RNN",),
    hint=Text(
        en="Change nothing but h_prev. Does your next state change?",
        ko="다른 것은 그대로 두고 h_prev만 바꿔 보세요. 다음 상태가 달라지나요?",
    ),
)
class HPrevIgnored:
    class RNN(Cell):
        def forward(self, x, h_prev=None):
            Wx, _, b = self.params
            return step(self, x, zeros(self, x) if h_prev is None else h_prev, x @ Wx + b)


@mistake(
    "missing_state_not_handled",
    replaces=("RNN", "TimeRNN"),
    hint=Text(
        en="What is `None @ Wh` in Python? Which array does None stand for here, and of which shape?",
        ko="파이썬에서 `None @ Wh`는 무엇이 되나요? 여기서 None은 어떤 배열을 뜻하고 shape은 무엇인가요?",
    ),
)
class MissingStateNotHandled:
    class RNN(Cell):
        def forward(self, x, h_prev=None):
            Wx, Wh, b = self.params
            return step(self, x, h_prev, h_prev @ Wh + x @ Wx + b)

    TimeRNN = Layer  # begins with zeros of its own


@mistake(
    "zero_state_shaped_like_x",
    replaces=("RNN",),
    hint=Text(
        en="Print the shape of the zeros with which you begin. How many numbers belong to one sample's state?",
        ko="시작할 때 쓰는 0 배열의 shape을 출력해 보세요. 샘플 하나의 상태는 수 몇 개로 이루어지나요?",
    ),
)
class ZeroStateShapedLikeX:
    class RNN(Cell):
        def forward(self, x, h_prev=None):
            return super().forward(x, np.zeros_like(x) if h_prev is None else h_prev)


@mistake(
    "bias_left_out",
    replaces=("RNN",),
    hint=Text(
        en="Let x and h_prev be 0 everywhere. What must the state be then?",
        ko="x와 h_prev를 모두 0으로 두세요. 그러면 상태는 얼마여야 하나요?",
    ),
)
class BiasLeftOut:
    class RNN(Cell):
        def forward(self, x, h_prev=None):
            Wx, Wh, _ = self.params
            h_prev = zeros(self, x) if h_prev is None else h_prev
            return step(self, x, h_prev, h_prev @ Wh + x @ Wx)


# --------------------------------------------------------------------------------------- the cell: backward


@mistake(
    "derivative_of_sigmoid",
    replaces=("RNN",),
    hint=Text(
        en="Where is the graph of tanh steepest, what is its value there, and how steep is it?",
        ko="tanh의 그래프에서 기울기가 가장 큰 곳은 어디인가요? 그곳의 함숫값과 기울기는 얼마인가요?",
    ),
)
class DerivativeOfSigmoid:
    class RNN(Cell):
        def backward(self, dh_next):
            h_next = self.cache[2]
            return backward_of(self, dh_next * h_next * (1 - h_next))


@mistake(
    "derivative_from_preactivation",
    replaces=("RNN",),
    hint=Text(
        en="Which array did forward keep for the derivative: the one before tanh, or the one behind it?",
        ko="도함수를 위해 저장한 것은 활성화 전의 값인가요, 후의 값인가요?",
    ),
)
class DerivativeFromPreactivation:
    class RNN(Cell):
        def backward(self, dh_next):
            Wx, Wh, b = self.params
            x, h_prev, _ = self.cache
            return backward_of(self, dh_next * (1 - (h_prev @ Wh + x @ Wx + b) ** 2))


@mistake(
    "derivative_left_out",
    replaces=("RNN",),
    hint=Text(
        en="Between dh_next and the two products lies one more function. What does it do to a gradient?",
        ko="dh_next와 두 행렬곱 사이에 함수가 하나 더 있어요. 그 함수를 지나면 기울기는 어떻게 되나요?",
    ),
)
class DerivativeLeftOut:
    class RNN(Cell):
        def backward(self, dh_next):
            return backward_of(self, dh_next)


@mistake(
    "derivative_of_tanh_not_squared",
    replaces=("RNN",),
    hint=Text(
        en="Is your factor the same for a state of 0.5 and for one of -0.5? Should it be?",
        ko="상태가 0.5일 때와 -0.5일 때 곱하는 값이 같은가요? 같아야 할까요?",
    ),
)
class DerivativeOfTanhNotSquared:
    class RNN(Cell):
        def backward(self, dh_next):
            return backward_of(self, dh_next * (1 - self.cache[2]))


@mistake(
    "state_weights_not_transposed_on_the_way_back",
    replaces=("RNN",),
    hint=Text(
        en="Wh is square, so no shape warns you. Through which weights did h_prev[0, 0] reach each unit?",
        ko="Wh는 정사각형이라 shape이 알려 주지 않아요. h_prev[0, 0]은 어떤 가중치를 거쳐 각 유닛에 갔나요?",
    ),
)
class StateWeightsNotTransposedOnTheWayBack:
    class RNN(Cell):
        def backward(self, dh_next):
            da = dh_next * (1 - self.cache[2] ** 2)
            dx, _ = backward_of(self, da)
            return dx, da @ self.params[1]


@mistake(
    "dwh_transposed",
    replaces=("RNN",),
    hint=Text(
        en="Which row of Wh did h_prev[:, 0] meet? In which row must its part of the gradient stand?",
        ko="h_prev[:, 0]은 Wh의 어느 행과 곱해졌나요? 그 부분의 기울기는 어느 행에 있어야 하나요?",
    ),
)
class DwhTransposed:
    class RNN(Cell):
        def backward(self, dh_next):
            pair = super().backward(dh_next)
            self.grads[1][...] = self.grads[1].T.copy()
            return pair


@mistake(
    "dwh_from_h_next",
    replaces=("RNN",),
    hint=Text(
        en="Which of the two states was multiplied by Wh in the forward pass?",
        ko="순전파에서 Wh와 곱해진 것은 두 상태 중 어느 것인가요?",
    ),
)
class DwhFromHNext:
    class RNN(Cell):
        def backward(self, dh_next):
            pair = super().backward(dh_next)
            h_next = self.cache[2]
            self.grads[1][...] = h_next.T @ (dh_next * (1 - h_next**2))
            return pair


@mistake(
    "return_order_swapped",
    replaces=("RNN", "TimeRNN"),
    hint=Text(
        en="Print the shapes of the two arrays that backward returns, with D and H different.",
        ko="D와 H를 다르게 두고, backward가 돌려주는 두 배열의 shape을 출력해 보세요.",
    ),
)
class ReturnOrderSwapped:
    class RNN(Cell):
        def backward(self, dh_next):
            dx, dh_prev = super().backward(dh_next)
            return dh_prev, dx

    TimeRNN = Layer  # knows its own cell's order


@mistake(
    "dh_prev_not_returned",
    replaces=("RNN", "TimeRNN"),
    hint=Text(
        en="Two arrays went into the step besides the weights. For how many of them do you return a gradient?",
        ko="가중치 말고 이 단계에 들어간 배열은 두 개예요. 그중 몇 개의 기울기를 돌려주나요?",
    ),
)
class DhPrevNotReturned:
    class RNN(Cell):
        def backward(self, dh_next):
            return super().backward(dh_next)[0]

    class TimeRNN(Layer):
        def backward(self, dhs):
            return backward_without_dh(self, dhs)


def backward_without_dh(layer, dhs):
    """Go back through the steps of a layer as if the states did not depend on each other."""
    dxs = np.empty((*dhs.shape[:2], len(layer.params[0])))
    fill(layer.grads, (0, 0, 0))
    for t, cell in enumerate(layer.cells):
        dxs[:, t] = cell.backward(dhs[:, t])[0]
        for grad, part in zip(layer.grads, cell.grads, strict=True):
            grad += part
    return dxs


@mistake(
    "db_for_each_sample",
    replaces=("RNN",),
    hint=Text(
        en="Compare the shape of db with the shape of b. How often was each b[j] used in one step?",
        ko="db의 shape과 b의 shape을 비교해 보세요. b[j] 하나는 한 단계에서 몇 번 쓰였나요?",
    ),
)
class DbForEachSample:
    class RNN(Cell):
        def backward(self, dh_next):
            pair = super().backward(dh_next)
            self.grads[2] = dh_next * (1 - self.cache[2] ** 2)
            return pair


AVERAGED = Text(
    en="Let every sample be in the batch twice. Should the gradients of the weights stay as they are?",
    ko="배치에 모든 샘플을 두 번씩 넣어 보세요. 가중치의 기울기가 그대로여야 하나요?",
)


@mistake(
    "averaged_over_the_batch",
    replaces=("RNN",),
    hint=AVERAGED,
)
class AveragedOverTheBatch:
    class RNN(Cell):
        def backward(self, dh_next):
            pair = super().backward(dh_next)
            fill(self.grads, [grad / len(dh_next) for grad in self.grads])
            return pair


@mistake("averaged_over_the_batch", replaces=("RNN",), hint=AVERAGED)
class DbAveragedOverTheBatch:
    class RNN(Cell):
        def backward(self, dh_next):
            pair = super().backward(dh_next)
            self.grads[2] /= len(dh_next)
            return pair


@mistake(
    "dh_next_changed_in_place",
    replaces=("RNN",),
    hint=Text(
        en="Print dh_next after the call. To whom does this array belong?",
        ko="호출한 뒤에 dh_next를 출력해 보세요. 그 배열은 누구의 것인가요?",
    ),
)
class DhNextChangedInPlace:
    class RNN(Cell):
        def backward(self, dh_next):
            pair = super().backward(dh_next)
            dh_next *= 1 - self.cache[2] ** 2
            return pair


# --------------------------------------------------------------------------- what is kept, and in which arrays


@mistake(
    "grads_rebound",
    replaces=("RNN", "TimeRNN"),
    hint=Text(
        en="Is the array in `grads` after backward the object that an optimiser took out of it before?",
        ko="backward 뒤에 `grads`에 든 배열은 optimizer가 미리 받아 둔 배열과 같은 객체인가요?",
    ),
)
class GradsRebound:
    class RNN(Cell):
        def backward(self, dh_next):
            self.grads = [grad.copy() for grad in self.grads]
            return super().backward(dh_next)

    class TimeRNN(Layer):
        def backward(self, dhs):
            self.grads = [grad.copy() for grad in self.grads]
            return super().backward(dhs)


@mistake(
    "grads_accumulated",
    replaces=("RNN", "TimeRNN"),
    hint=Text(
        en="Call backward twice. Does `grads` hold what the second call found, or more than that?",
        ko="backward를 두 번 불러 보세요. `grads`에는 두 번째에 구한 값만 있나요, 그보다 많은 것이 있나요?",
    ),
)
class GradsAccumulated:
    class RNN(Cell):
        def backward(self, dh_next):
            before = [grad.copy() for grad in self.grads]
            pair = super().backward(dh_next)
            fill(self.grads, [old + new for old, new in zip(before, self.grads, strict=True)])
            return pair

    class TimeRNN(Layer):
        def backward(self, dhs):
            before = [grad.copy() for grad in self.grads]
            dxs = super().backward(dhs)
            fill(self.grads, [old + new for old, new in zip(before, self.grads, strict=True)])
            return dxs


@mistake(
    "arrays_shared_by_all_cells",
    replaces=("RNN", "TimeRNN"),
    hint=Text(
        en="Make two cells and let both go forward. Does each still know its own x afterwards?",
        ko="셀을 두 개 만들어 둘 다 순전파를 해 보세요. 그 뒤에도 각자 자기 x를 알고 있나요?",
    ),
)
class ArraysSharedByAllCells:
    class RNN(Cell):
        kept = {}  # noqa: RUF012 - one dict for the class: that is the mistake

        def forward(self, x, h_prev=None):
            h_next = super().forward(x, h_prev)
            self.kept["cache"] = self.cache
            return h_next

        def backward(self, dh_next):
            self.cache = self.kept["cache"]
            return super().backward(dh_next)

    TimeRNN = Layer  # as of a learner who writes the steps out there


@mistake(
    "weights_copied_at_the_start",
    replaces=("RNN", "TimeRNN"),
    hint=Text(
        en="Set `params[0][0, 0] = 100` and call forward again. Does the answer change?",
        ko="`params[0][0, 0] = 100`으로 바꾸고 forward를 다시 불러 보세요. 결과가 달라지나요?",
    ),
)
class WeightsCopiedAtTheStart:
    class RNN(Cell):
        def __init__(self, Wx, Wh, b):
            super().__init__(Wx, Wh, b)
            self.copies = [array.copy() for array in self.params]

        def forward(self, x, h_prev=None):
            return with_weights(self, self.copies, super().forward, x, h_prev)

        def backward(self, dh_next):
            return with_weights(self, self.copies, super().backward, dh_next)

    class TimeRNN(Layer):
        def __init__(self, Wx, Wh, b, stateful=False):
            super().__init__(Wx, Wh, b, stateful)
            self.copies = [array.copy() for array in self.params]

        def forward(self, xs):
            return with_weights(self, self.copies, super().forward, xs)

        def backward(self, dhs):
            return with_weights(self, self.copies, super().backward, dhs)


def with_weights(owner, arrays, method, *arguments):
    """Call a method while other arrays stand in `params`."""
    before, owner.params = owner.params, arrays
    try:
        return method(*arguments)
    finally:
        owner.params = before


@mistake(
    "weights_updated_in_backward",
    replaces=("RNN",),
    hint=Text(
        en="Print the weights before and after backward. Whose task is it to change them?",
        ko="backward 앞뒤로 가중치를 출력해 보세요. 가중치를 바꾸는 것은 누구의 일인가요?",
    ),
)
class WeightsUpdatedInBackward:
    class RNN(Cell):
        def backward(self, dh_next):
            pair = super().backward(dh_next)
            for array, grad in zip(self.params, self.grads, strict=True):
                array -= 0.1 * grad
            return pair


@mistake(
    "zeros_like_of_three",
    replaces=("RNN", "TimeRNN"),
    hint=Text(
        en="Count the brackets in the line with np.zeros_like. How many arrays does one call take?",
        ko="np.zeros_like가 있는 줄의 괄호를 세어 보세요. 한 번 부를 때 배열을 몇 개 받나요?",
    ),
)
class ZerosLikeOfThree:
    class RNN(Cell):
        def __init__(self, Wx, Wh, b):
            super().__init__(Wx, Wh, b)
            self.grads = [np.zeros_like(Wx, np.zeros_like(Wh), np.zeros_like(b))]

    class TimeRNN(Layer):
        def __init__(self, Wx, Wh, b, stateful=False):
            super().__init__(Wx, Wh, b, stateful)
            self.grads = [np.zeros_like(Wx, np.zeros_like(Wh), np.zeros_like(b))]


# ------------------------------------------------------------------------------------- the layer: forward


@mistake(
    "time_axis_first",
    replaces=("TimeRNN",),
    hint=Text(
        en="Say in words what xs[0] is and what xs[:, 0] is. Which of the two does one step need?",
        ko="xs[0]과 xs[:, 0]이 각각 무엇인지 말로 적어 보세요. 한 단계에 필요한 것은 어느 쪽인가요?",
    ),
)
class TimeAxisFirst:
    class TimeRNN(Layer):
        def forward(self, xs):
            return super().forward(xs.swapaxes(0, 1)).swapaxes(0, 1)

        def backward(self, dhs):
            return super().backward(dhs.swapaxes(0, 1)).swapaxes(0, 1)


STACKED = Text(
    en="You collect T arrays of shape (N, H). Along which axis do you put them together?",
    ko="shape이 (N, H)인 배열 T개를 모았어요. 그것을 어느 축을 따라 쌓았나요?",
)


@mistake(
    "steps_stacked_in_front",
    replaces=("TimeRNN",),
    hint=STACKED,
)
class StepsStackedInFront:
    class TimeRNN(Layer):
        def forward(self, xs):
            return super().forward(xs).swapaxes(0, 1)

        def backward(self, dhs):
            return super().backward(dhs).swapaxes(0, 1)


@mistake("steps_stacked_in_front", replaces=("TimeRNN",), hint=STACKED)
class StepsStackedInFrontByForward:
    class TimeRNN(Layer):
        def forward(self, xs):
            return super().forward(xs).swapaxes(0, 1)


@mistake(
    "only_the_last_state_returned",
    replaces=("TimeRNN",),
    hint=Text(
        en="How many axes does hs have in the statement? Which states does a caller ask for?",
        ko="문제에서 hs의 축은 몇 개인가요? 부르는 쪽은 어떤 상태들을 기다리나요?",
    ),
)
class OnlyTheLastStateReturned:
    class TimeRNN(Layer):
        def forward(self, xs):
            return super().forward(xs)[:, -1]


@mistake(
    "state_reset_at_every_step",
    replaces=("TimeRNN",),
    hint=Text(
        en="Change the first input only. Does the last state change? Where does each state go after its step?",
        ko="첫 번째 입력만 바꿔 보세요. 마지막 상태가 달라지나요? 한 단계의 상태는 다음에 어디로 가나요?",
    ),
)
class StateResetAtEveryStep:
    class TimeRNN(Layer):
        def forward(self, xs):
            states = []
            begin, cells = self.h if self.stateful else None, []
            for t in range(xs.shape[1]):
                cells.append(Cell(*self.params))
                states.append(cells[t].forward(xs[:, t], begin))
            self.cells, self.h = cells, states[-1]
            return np.stack(states, axis=1)


# ------------------------------------------------------------------------------------ the layer: backward


@mistake(
    "dh_not_carried_back",
    replaces=("TimeRNN",),
    hint=Text(
        en="The state of step 0 was used in two places. From how many places does its gradient come back?",
        ko="단계 0의 상태는 두 군데에서 쓰였어요. 그 기울기는 몇 군데에서 돌아오나요?",
    ),
)
class DhNotCarriedBack:
    class TimeRNN(Layer):
        def backward(self, dhs):
            return backward_without_dh(self, dhs)


@mistake(
    "dhs_left_out_before_the_last_step",
    replaces=("TimeRNN",),
    hint=Text(
        en="What comes from above at step t, and what from step t + 1? Do you use both?",
        ko="단계 t에서 위에서 오는 것과 단계 t + 1에서 오는 것은 무엇인가요? 둘 다 쓰고 있나요?",
    ),
)
class DhsLeftOutBeforeTheLastStep:
    class TimeRNN(Layer):
        def backward(self, dhs):
            only_last = np.zeros_like(dhs)
            only_last[:, -1] = dhs[:, -1]
            return super().backward(only_last)


@mistake(
    "backward_in_forward_order",
    replaces=("TimeRNN",),
    hint=Text(
        en="Before a step can go back, it needs something from another step. From which one?",
        ko="한 단계가 역전파를 하려면 다른 단계에서 받아야 할 것이 있어요. 어느 단계에서 오나요?",
    ),
)
class BackwardInForwardOrder:
    class TimeRNN(Layer):
        def backward(self, dhs):
            dxs, dh = np.empty((*dhs.shape[:2], len(self.params[0]))), 0
            fill(self.grads, (0, 0, 0))
            for t, cell in enumerate(self.cells):
                dxs[:, t], dh = cell.backward(dhs[:, t] + dh)
                for grad, part in zip(self.grads, cell.grads, strict=True):
                    grad += part
            return dxs


@mistake(
    "grads_of_one_step_only",
    replaces=("TimeRNN",),
    hint=Text(
        en="One weight was used T times. How many parts does its gradient have, and what happens to each?",
        ko="가중치 하나가 T번 쓰였어요. 그 기울기는 몇 부분인가요? 각 부분은 어떻게 되고 있나요?",
    ),
)
class GradsOfOneStepOnly:
    class TimeRNN(Layer):
        def backward(self, dhs):
            dxs = super().backward(dhs)
            fill(self.grads, self.cells[0].grads)  # what the last round of the loop has left
            return dxs


@mistake(
    "averaged_over_time",
    replaces=("TimeRNN",),
    hint=Text(
        en="Compare with a sequence twice as long. Does the statement say sum or mean over the steps?",
        ko="길이가 두 배인 시퀀스와 비교해 보세요. 문제에서는 단계에 대해 합이라고 했나요, 평균이라고 했나요?",
    ),
)
class AveragedOverTime:
    class TimeRNN(Layer):
        def backward(self, dhs):
            dxs = super().backward(dhs)
            fill(self.grads, [grad / dhs.shape[1] for grad in self.grads])
            return dxs


@mistake(
    "one_cell_for_all_steps",
    replaces=("TimeRNN",),
    hint=Text(
        en="After forward, of which steps does your cell still know x and h_prev?",
        ko="forward가 끝난 뒤, 셀은 어느 단계의 x와 h_prev를 기억하고 있나요?",
    ),
)
class OneCellForAllSteps:
    class TimeRNN(Layer):
        def forward(self, xs):
            hs = super().forward(xs)
            for cell in self.cells:
                cell.cache = self.cells[-1].cache
            return hs


@mistake(
    "cells_of_earlier_sequences_kept",
    replaces=("TimeRNN",),
    hint=Text(
        en="How long is your list of steps after a second forward? Which of its entries does backward take?",
        ko="forward를 두 번 부르면 단계를 모은 리스트의 길이는 얼마인가요? backward는 그중 어느 것을 쓰나요?",
    ),
)
class CellsOfEarlierSequencesKept:
    class TimeRNN(Layer):
        def forward(self, xs):
            earlier = self.cells
            hs = super().forward(xs)
            self.cells = [*earlier, *self.cells]
            return hs


@mistake(
    "dhs_changed_in_place",
    replaces=("TimeRNN",),
    hint=Text(
        en="Print dhs after the call. What have you added to it, and to whom does it belong?",
        ko="호출한 뒤에 dhs를 출력해 보세요. 무엇이 더해졌나요? 그 배열은 누구의 것인가요?",
    ),
)
class DhsChangedInPlace:
    class TimeRNN(Layer):
        def backward(self, dhs):
            dxs, dh = np.empty((*dhs.shape[:2], len(self.params[0]))), 0
            fill(self.grads, (0, 0, 0))
            for t in reversed(range(dhs.shape[1])):
                dhs[:, t] += dh
                dxs[:, t], dh = self.cells[t].backward(dhs[:, t])
                for grad, part in zip(self.grads, self.cells[t].grads, strict=True):
                    grad += part
            return dxs


@mistake(
    "layer_backward_takes_two_arguments",
    replaces=("TimeRNN",),
    hint=Text(
        en="With how many arguments does the statement call backward? Where can the second one come from?",
        ko="문제에서는 backward를 인자 몇 개로 부르나요? 두 번째 값은 어디에서 얻을 수 있나요?",
    ),
)
class LayerBackwardTakesTwoArguments:
    class TimeRNN(Layer):
        def backward(self, dhs, dh):
            del dh
            return super().backward(dhs)


# ---------------------------------------------------------------------------- the layer: state between blocks


STATELESS = Text(
    en="A stateful layer gets the same block twice in a row. Should the two answers be equal?",
    ko="stateful 계층에 같은 블록을 두 번 연달아 넣으면 두 결과가 같아야 하나요?",
)


@mistake(
    "stateful_ignored",
    replaces=("TimeRNN",),
    hint=STATELESS,
)
class StatefulIgnored:
    class TimeRNN(Layer):
        def __init__(self, Wx, Wh, b, stateful=False):
            super().__init__(Wx, Wh, b)


@mistake("stateful_ignored", replaces=("TimeRNN",), hint=STATELESS)
class LastStateNotKept:
    class TimeRNN(Layer):
        def forward(self, xs):
            h = self.h
            hs = super().forward(xs)
            self.h = h  # what set_state has put there, and nothing newer
            return hs


@mistake(
    "always_stateful",
    replaces=("TimeRNN",),
    hint=Text(
        en="Without stateful=True, what may a second forward know of the first?",
        ko="stateful=True가 아니면 두 번째 forward는 첫 번째에 대해 무엇을 알고 있어야 하나요?",
    ),
)
class AlwaysStateful:
    class TimeRNN(Layer):
        def __init__(self, Wx, Wh, b, stateful=False):
            super().__init__(Wx, Wh, b, stateful=True)


@mistake(
    "first_state_of_the_block_kept",
    replaces=("TimeRNN",),
    hint=Text(
        en="The block has T states. Which of them stands right before the next block?",
        ko="블록에는 상태가 T개 있어요. 그중 다음 블록의 바로 앞에 있는 것은 어느 것인가요?",
    ),
)
class FirstStateOfTheBlockKept:
    class TimeRNN(Layer):
        def forward(self, xs):
            hs = super().forward(xs)
            self.h = hs[:, 0]
            return hs


@mistake(
    "set_state_lost",
    replaces=("TimeRNN",),
    hint=Text(
        en="Under which name does set_state keep the state, and under which does forward look for it?",
        ko="set_state는 상태를 어떤 이름으로 저장하고, forward는 어떤 이름에서 찾나요?",
    ),
)
class SetStateLost:
    class TimeRNN(Layer):
        def set_state(self, h):
            self.state = h


@mistake(
    "reset_does_nothing",
    replaces=("TimeRNN",),
    hint=Text(
        en="Call forward, reset_state and forward with the same block. Are the two answers equal?",
        ko="같은 블록으로 forward, reset_state, forward를 차례로 불러 보세요. 두 결과가 같은가요?",
    ),
)
class ResetDoesNothing:
    class TimeRNN(Layer):
        def reset_state(self):
            h = None  # noqa: F841 - a variable of its own, and not the layer's: that is the mistake


@mistake(
    "reset_keeps_the_batch_size",
    replaces=("TimeRNN",),
    hint=Text(
        en="How many rows has your state after reset_state? And how many samples may the next batch have?",
        ko="reset_state 뒤에 상태의 행은 몇 개인가요? 다음 배치의 샘플은 몇 개일 수 있나요?",
    ),
)
class ResetKeepsTheBatchSize:
    class TimeRNN(Layer):
        def reset_state(self):
            self.h = None if self.h is None else np.zeros_like(self.h)


@mistake(
    "gradient_crosses_the_blocks",
    replaces=("TimeRNN",),
    hint=Text(
        en="With which dh does your loop over the steps begin in the second block? What may cross the border?",
        ko="두 번째 블록에서 역방향 반복문은 어떤 dh로 시작하나요? 블록의 경계를 넘어도 되는 것은 무엇인가요?",
    ),
)
class GradientCrossesTheBlocks:
    class TimeRNN(Layer):
        dh = 0

        def backward(self, dhs):
            dxs, dh = np.empty((*dhs.shape[:2], len(self.params[0]))), self.dh
            fill(self.grads, (0, 0, 0))
            for t in reversed(range(dhs.shape[1])):
                dxs[:, t], dh = self.cells[t].backward(dhs[:, t] + dh)
                for grad, part in zip(self.grads, self.cells[t].grads, strict=True):
                    grad += part
            self.dh = dh
            return dxs
