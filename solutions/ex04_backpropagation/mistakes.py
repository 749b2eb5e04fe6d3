"""Wrong solutions of ex04 that learners write, each with the question that may put them right.

An alternative is wrong in one respect and right in every other, and it replaces all the names in which the
same misconception shows, so that it fits a learner who has it in one of them.
"""

import numpy as np
from solution import Affine, Relu, Sigmoid, SoftmaxWithLoss, Tanh, TwoLayerNet, one_hot

from grader.language import Text
from grader.suite.mistakes import mistake

STEP = 1e-4  # of a difference
DELTA = 1e-7  # inside a logarithm; allowed by the statement


def sigmoid(x):
    """Return the sigmoid of x."""
    return Sigmoid().forward(x)


# ------------------------------------------------------------------------------------------ Affine, forward


@mistake(
    "bias_forgotten",
    replaces="Affine",
    hint=Text(
        en="Send a batch of zeros through your layer. What should come out?",
        ko="0으로만 된 배치를 층에 넣어 보세요. 무엇이 나와야 하나요?",
    ),
)
class BiasForgotten(Affine):
    def forward(self, x):
        return super().forward(x) - self.b


@mistake(
    "cache_shared_by_layers",
    replaces=("Affine", "Sigmoid"),
    hint=Text(
        en="Make two layers and go forward through both. Where does each one keep its numbers, and whose are they?",
        ko="층을 두 개 만들어 둘 다 순전파해 보세요. 보관한 값은 어디에 있고, 누구의 것인가요?",
    ),
)
class CacheSharedByLayers:
    class Affine(Affine):
        cache = {}  # noqa: RUF012 - that it belongs to the class is the mistake

        def forward(self, x):
            self.cache["x"] = x
            return super().forward(x)

        def backward(self, dout):
            self.x = self.cache["x"]
            return super().backward(dout)

    class Sigmoid(Sigmoid):
        cache = {}  # noqa: RUF012

        def forward(self, x):
            self.cache["y"] = super().forward(x)
            return self.y

        def backward(self, dout):
            self.y = self.cache["y"]
            return super().backward(dout)


# ----------------------------------------------------------------------------------------- Affine, backward


@mistake(
    "bias_gradient_per_sample",
    replaces="Affine",
    hint=Text(
        en="Compare the shape of db with the shape of b. How often is b added in one forward pass?",
        ko="db의 shape과 b의 shape을 비교해 보세요. 순전파 한 번에 b는 몇 번 더해지나요?",
    ),
)
class BiasGradientPerSample(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = dout
        return dx


@mistake(
    "bias_gradient_averaged",
    replaces="Affine",
    hint=Text(
        en="Nudge one b[j] by 0.01 and add up how all outputs of column j change. Is it a mean that you get?",
        ko="b[j] 하나를 0.01만큼 움직이고 j열의 출력 변화를 모두 더해 보세요. 그 값이 평균인가요?",
    ),
)
class BiasGradientAveraged(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = np.mean(dout, axis=0)
        return dx


@mistake(
    "bias_gradient_along_units",
    replaces="Affine",
    hint=Text(
        en="How many numbers does b hold, and how many does your db? Which axis of dout are the samples?",
        ko="b에는 수가 몇 개 있고 db에는 몇 개 있나요? dout에서 샘플은 어느 축인가요?",
    ),
)
class BiasGradientAlongUnits(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = np.sum(dout, axis=1)
        return dx


@mistake(
    "bias_gradient_one_number",
    replaces="Affine",
    hint=Text(
        en="What is the shape of your db? Does every output have the same bias?",
        ko="db의 shape은 무엇인가요? 모든 출력의 편향이 같은 수인가요?",
    ),
)
class BiasGradientOneNumber(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.db = np.sum(dout)
        return dx


@mistake(
    "weights_not_transposed",
    replaces="Affine",
    hint=Text(
        en="Check the shapes of dout, W and dx with a W that is not square. Which ones fit together?",
        ko="정사각형이 아닌 W로 dout, W, dx의 shape을 확인해 보세요. 어떻게 해야 서로 맞나요?",
    ),
)
class WeightsNotTransposed(Affine):
    def backward(self, dout):
        super().backward(dout)
        return dout @ self.W


@mistake(
    "weight_gradient_transposed",
    replaces="Affine",
    hint=Text(
        en="W[i, j] leads from input i to output j. From where to where does your dW[i, j] lead?",
        ko="W[i, j]는 입력 i에서 출력 j로 가요. 여러분의 dW[i, j]는 어디에서 어디로 가나요?",
    ),
)
class WeightGradientTransposed(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = dout.T @ self.x
        return dx


@mistake(
    "weights_in_place_of_inputs",
    replaces="Affine",
    hint=Text(
        en="In x · w, by which number must you multiply to get the slope in w? And the slope in x?",
        ko="x · w에서 w에 대한 기울기는 무엇인가요? x에 대한 기울기는요? 둘을 따로 적어 보세요.",
    ),
)
class WeightsInPlaceOfInputs(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW = self.W * np.sum(dout, axis=0)
        return dx


@mistake(
    "gradients_accumulated",
    replaces="Affine",
    hint=Text(
        en="Call backward twice with the same dout and print dW both times. What do you see?",
        ko="같은 dout으로 backward를 두 번 부르고 그때마다 dW를 출력해 보세요. 무엇이 보이나요?",
    ),
)
class GradientsAccumulated(Affine):
    def __init__(self, W, b):
        super().__init__(W, b)
        self.sums = np.zeros(np.shape(W)), np.zeros(np.shape(b))

    def backward(self, dout):
        dx = super().backward(dout)
        self.sums = self.sums[0] + self.dW, self.sums[1] + self.db
        self.dW, self.db = self.sums
        return dx


@mistake(
    "divided_by_batch_in_layer",
    replaces="Affine",
    hint=Text(
        en="Which line of your file turns a sum over the batch into a mean? Count them all.",
        ko="배치의 합을 평균으로 바꾸는 줄이 어디인가요? 그런 줄이 모두 몇 개인지 세어 보세요.",
    ),
)
class DividedByBatchInLayer(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dW, self.db = self.dW / len(dout), self.db / len(dout)
        return dx


NAME_HINT = Text(
    en="Print layer.dW after backward, spelled exactly like this. Does Python warn about a new attribute?",
    ko="backward 뒤에 layer.dW를 글자 그대로 출력해 보세요. 파이썬은 새 속성이 생길 때 알려 주나요?",
)


@mistake(
    "gradient_under_another_name",
    replaces="Affine",
    hint=NAME_HINT,
)
class GradientUnderAnotherName(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dw, self.dW = self.dW, None
        return dx


@mistake(
    "gradient_under_another_name",
    replaces="Affine",
    hint=NAME_HINT,
)
class GradientNeverNamed(Affine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.dw = self.dW
        del self.dW
        return dx


# --------------------------------------------------------------------------------------------- activations


@mistake(
    "activation_again",
    replaces=("Sigmoid", "Tanh", "Relu"),
    hint=Text(
        en="Draw the function of your forward and its derivative at the same points. Which one does backward use?",
        ko="순전파 함수와 도함수를 같은 점에서 그려 보세요. backward는 둘 중 어느 것을 쓰나요?",
    ),
)
class ActivationAgain:
    class Sigmoid(Sigmoid):
        def backward(self, dout):
            return dout * self.y

    class Tanh(Tanh):
        def backward(self, dout):
            return dout * self.y

    class Relu(Relu):
        def forward(self, x):
            self.y = super().forward(x)
            return self.y

        def backward(self, dout):
            return dout * self.y


@mistake(
    "derivative_of_the_input",
    replaces=("Sigmoid", "Tanh"),
    hint=Text(
        en="Which number of the forward pass is the y of the formula? Try an input of 0.",
        ko="식의 y는 순전파의 무엇인가요? 입력이 0일 때 어떤 값이 나오는지 보세요.",
    ),
)
class DerivativeOfTheInput:
    class Sigmoid(Sigmoid):
        def forward(self, x):
            self.x = x
            return super().forward(x)

        def backward(self, dout):
            return dout * self.x * (1 - self.x)

    class Tanh(Tanh):
        def forward(self, x):
            self.x = x
            return super().forward(x)

        def backward(self, dout):
            return dout * (1 - self.x**2)


@mistake(
    "derivative_at_the_output",
    replaces=("Sigmoid", "Tanh"),
    hint=Text(
        en="How often is the activation applied to x until your slope is done? How often should it be?",
        ko="기울기가 나올 때까지 x에 활성화 함수를 몇 번 적용하나요? 몇 번이어야 하나요?",
    ),
)
class DerivativeAtTheOutput:
    class Sigmoid(Sigmoid):
        def backward(self, dout):
            again = sigmoid(self.y)
            return dout * again * (1 - again)

    class Tanh(Tanh):
        def backward(self, dout):
            return dout * (1 - np.tanh(self.y) ** 2)


@mistake(
    "tanh_square_forgotten",
    replaces="Tanh",
    hint=Text(
        en="tanh is as steep at -1 as at 1. Is your slope the same on both sides?",
        ko="tanh는 -1에서나 1에서나 똑같이 가팔라요. 여러분의 기울기도 양쪽이 같은가요?",
    ),
)
class TanhSquareForgotten(Tanh):
    def backward(self, dout):
        return dout * (1 - self.y)


@mistake(
    "sigmoid_slope_for_tanh",
    replaces="Tanh",
    hint=Text(
        en="How steep is tanh at 0? Take two points near 0, work it out, and compare with your backward.",
        ko="tanh는 0에서 얼마나 가파른가요? 0 근처의 두 점으로 계산해서 backward와 비교해 보세요.",
    ),
)
class SigmoidSlopeForTanh(Tanh):
    def backward(self, dout):
        return dout * self.y * (1 - self.y)


@mistake(
    "chain_broken",
    replaces=("Sigmoid", "Tanh", "Relu"),
    hint=Text(
        en="Call backward with 1 and with 10. Which of the chain's factors does your result not know about?",
        ko="backward를 1과 10으로 불러 보세요. 연쇄 법칙의 인수 중 결과에 들어 있지 않은 것은 무엇인가요?",
    ),
)
class ChainBroken:
    class Sigmoid(Sigmoid):
        def backward(self, dout):
            return super().backward(np.ones_like(dout))

    class Tanh(Tanh):
        def backward(self, dout):
            return super().backward(np.ones_like(dout))

    class Relu(Relu):
        def backward(self, dout):
            return super().backward(np.ones_like(dout))


@mistake(
    "exponentials_overflow",
    replaces=("Sigmoid", "Tanh"),
    hint=Text(
        en="Print np.exp(1000) divided by itself plus 1. Which way of writing your formula avoids that?",
        ko="np.exp(1000)을 1 + np.exp(1000)으로 나눈 값을 출력해 보세요. 식을 어떻게 써야 피할 수 있나요?",
    ),
)
class ExponentialsOverflow:
    class Sigmoid(Sigmoid):
        def forward(self, x):
            self.y = np.exp(x) / (1 + np.exp(x))
            return self.y

    class Tanh(Tanh):
        def forward(self, x):
            self.y = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
            return self.y


@mistake(
    "relu_passes_at_zero",
    replaces="Relu",
    hint=Text(
        en="An input of exactly 0: what does the statement say about the slope there?",
        ko="입력이 정확히 0이라면, 문제에서는 그곳의 기울기를 얼마라고 했나요?",
    ),
)
class ReluPassesAtZero(Relu):
    def forward(self, x):
        y = super().forward(x)
        self.is_active = x >= 0
        return y


@mistake(
    "relu_of_the_gradient",
    replaces="Relu",
    hint=Text(
        en="May a gradient that arrives at a ReLU be negative? What became of yours?",
        ko="ReLU에 도착하는 기울기가 음수일 수도 있나요? 그 음수는 어떻게 되었나요?",
    ),
)
class ReluOfTheGradient(Relu):
    def backward(self, dout):
        return np.maximum(dout, 0)


@mistake(
    "relu_passes_everything",
    replaces="Relu",
    hint=Text(
        en="If an input of -2 becomes -1.9, does the output change? So how large is the slope there?",
        ko="입력이 -2에서 -1.9가 되면 출력이 바뀌나요? 그렇다면 그곳의 기울기는 얼마인가요?",
    ),
)
class ReluPassesEverything(Relu):
    def backward(self, dout):
        return dout * 1.0


@mistake(
    "dout_changed_in_place",
    replaces="Relu",
    hint=Text(
        en="`dx = dout`: how many arrays are there now? Print dout before and after your backward.",
        ko="`dx = dout`이라고 쓰면 배열이 몇 개인가요? backward 전과 후에 dout을 출력해 보세요.",
    ),
)
class DoutChangedInPlace(Relu):
    def backward(self, dout):
        dout[~self.is_active] = 0
        return dout


@mistake(
    "inputs_changed_in_place",
    replaces="Relu",
    hint=Text(
        en="Print the array that you pass to forward, before and after. Who else may need it?",
        ko="forward에 넘긴 배열을 부르기 전과 후에 출력해 보세요. 그 배열이 다른 곳에서도 필요하지 않을까요?",
    ),
)
class InputsChangedInPlace(Relu):
    def forward(self, x):
        y = super().forward(x)
        x[~self.is_active] = 0
        return y


# ----------------------------------------------------------------------------------------- SoftmaxWithLoss


class WithConstant(SoftmaxWithLoss):
    """Right, and written as most people write it: a small constant keeps the logarithm finite."""

    def forward(self, x, t):
        super().forward(x, t)
        return float(-np.sum(self.t * np.log(self.y + DELTA)) / len(x))


@mistake(
    "gradient_not_divided",
    replaces="SoftmaxWithLoss",
    hint=Text(
        en="Copy every sample once more. The mean loss stays the same: what should one row of the gradient do?",
        ko="배치를 두 배로 복제해 보세요. 평균 손실은 그대로인데, 기울기의 한 행은 어떻게 되어야 하나요?",
    ),
)
class GradientNotDivided(WithConstant):
    def backward(self, dout=1):
        return (self.y - self.t) * dout


@mistake(
    "loss_summed",
    replaces="SoftmaxWithLoss",
    hint=Text(
        en="Is the loss of twenty equally good predictions larger than that of ten? What did the statement ask for?",
        ko="똑같이 잘한 예측이 스무 개면 열 개일 때보다 손실이 큰가요? 문제에서는 무엇을 구하라고 했나요?",
    ),
)
class LossSummed(WithConstant):
    def forward(self, x, t):
        return super().forward(x, t) * len(x)

    def backward(self, dout=1):
        return (self.y - self.t) * dout


@mistake(
    "loss_mean_over_all_cells",
    replaces="SoftmaxWithLoss",
    hint=Text(
        en="By which number do you divide? Is it the number of samples, or that of all cells?",
        ko="어떤 수로 나누고 있나요? 샘플의 수인가요, 모든 칸의 수인가요?",
    ),
)
class LossMeanOverAllCells(WithConstant):
    def forward(self, x, t):
        return super().forward(x, t) / x.shape[1]

    def backward(self, dout=1):
        return (self.y - self.t) / self.y.size * dout


@mistake(
    "gradient_sign_turned",
    replaces="SoftmaxWithLoss",
    hint=Text(
        en="A larger logit of the right class makes the loss smaller. So which sign has its gradient?",
        ko="정답 클래스의 로짓이 커지면 손실은 작아져요. 그러면 그 기울기의 부호는 무엇이어야 하나요?",
    ),
)
class GradientSignTurned(WithConstant):
    def backward(self, dout=1):
        return (self.t - self.y) / len(self.y) * dout


@mistake(
    "dout_ignored",
    replaces="SoftmaxWithLoss",
    hint=Text(
        en="Call backward(2.0). Is anything different from backward()? When would somebody pass another number?",
        ko="backward(2.0)을 불러 보세요. backward()와 다른 점이 있나요? 1이 아닌 수는 언제 들어올까요?",
    ),
)
class DoutIgnored(WithConstant):
    def backward(self, dout=1):
        return super().backward(1)


@mistake(
    "softmax_of_whole_batch",
    replaces="SoftmaxWithLoss",
    hint=Text(
        en="Print the probabilities of a batch and the sum of each row. To what should a row sum up?",
        ko="배치의 확률과 각 행의 합을 출력해 보세요. 한 행의 합은 얼마여야 하나요?",
    ),
)
class SoftmaxOfWholeBatch(SoftmaxWithLoss):
    def forward(self, x, t):
        exponentials = np.exp(x - np.max(x))
        self.y = exponentials / np.sum(exponentials)
        self.t = one_hot(t, x.shape[1])
        return float(-np.sum(self.t * np.log(self.y + DELTA)) / len(x))


@mistake(
    "no_max_subtraction",
    replaces="SoftmaxWithLoss",
    hint=Text(
        en="Try a logit of 2000. Which step of ex03 is missing here?",
        ko="2000인 로짓을 넣어 보세요. ex03의 어느 단계가 여기에는 없나요?",
    ),
)
class NoMaxSubtraction(SoftmaxWithLoss):
    def forward(self, x, t):
        exponentials = np.exp(x)
        self.y = exponentials / np.sum(exponentials, axis=1, keepdims=True)
        self.t = one_hot(t, x.shape[1])
        return float(-np.sum(self.t * np.log(self.y + DELTA)) / len(x))


@mistake(
    "logarithm_of_zero",
    replaces="SoftmaxWithLoss",
    hint=Text(
        en="What does np.log(0.0) give, and what becomes of it when it is multiplied by 0?",
        ko="np.log(0.0)은 무엇인가요? 거기에 0을 곱하면 어떻게 되나요?",
    ),
)
class LogarithmOfZero(SoftmaxWithLoss):
    def forward(self, x, t):
        super().forward(x, t)
        picked = np.sum(self.t * self.y, axis=1)
        return float(-np.mean(np.log(picked)))


@mistake(
    "probabilities_changed_in_place",
    replaces="SoftmaxWithLoss",
    hint=Text(
        en="`dx = self.y`, then `dx[...] -= 1`: which array has changed? Call backward twice and compare.",
        ko="`dx = self.y` 다음에 `dx[...] -= 1`을 하면 어느 배열이 바뀌나요? backward를 두 번 불러 비교해 보세요.",
    ),
)
class ProbabilitiesChangedInPlace(WithConstant):
    def backward(self, dout=1):
        dx = self.y
        dx -= self.t
        return dx / len(dx) * dout


@mistake(
    "labels_taken_for_one_hot",
    replaces="SoftmaxWithLoss",
    hint=Text(
        en="Print the shapes of y and t in backward, once for labels and once for one-hot rows. Can you subtract?",
        ko="레이블일 때와 원-핫일 때 backward에서 y와 t의 shape을 출력해 보세요. 뺄 수 있나요?",
    ),
)
class LabelsTakenForOneHot(WithConstant):
    def forward(self, x, t):
        loss = super().forward(x, t)
        self.t = t
        return loss

    def backward(self, dout=1):
        return (self.y - self.t) / len(self.y) * dout


# --------------------------------------------------------------------------------------- numerical_gradient


def differences(f, x, slope):
    """Return slope(g) for every element of x, where g(step) is f with that element moved by `step`."""
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):

        def moved(step, index=index):
            value = x[index]
            x[index] = value + step
            try:
                return f(x)
            finally:
                x[index] = value

        gradient[index] = slope(moved)
    return gradient


@mistake(
    "difference_from_one_side",
    replaces="numerical_gradient",
    hint=Text(
        en="Where does the middle between your two points lie? Try x² at 0 and a large step.",
        ko="두 점의 한가운데는 어디인가요? x²의 0에서 큰 간격으로 시험해 보세요.",
    ),
)
def difference_from_one_side(f, x):
    return differences(f, x, lambda moved: (moved(STEP) - moved(0)) / STEP)


@mistake(
    "divided_by_one_step",
    replaces="numerical_gradient",
    hint=Text(
        en="How far apart are your two points? Try f(x) = x, whose slope you know.",
        ko="두 점은 서로 얼마나 떨어져 있나요? 기울기를 아는 f(x) = x로 시험해 보세요.",
    ),
)
def divided_by_one_step(f, x):
    return differences(f, x, lambda moved: (moved(STEP) - moved(-STEP)) / STEP)


@mistake(
    "multiplied_by_the_step",
    replaces="numerical_gradient",
    hint=Text(
        en="What does Python make of `1 / 2 * h`? In which order does it work?",
        ko="파이썬은 `1 / 2 * h`를 어떤 순서로 계산하나요? h에 0.1을 넣어 확인해 보세요.",
    ),
)
def multiplied_by_the_step(f, x):
    return differences(f, x, lambda moved: (moved(STEP) - moved(-STEP)) / 2 * STEP)


@mistake(
    "step_lost_in_rounding",
    replaces="numerical_gradient",
    hint=Text(
        en="Print 1.0 + h == 1.0 for your h. What is then left of the difference?",
        ko="여러분의 h로 1.0 + h == 1.0을 출력해 보세요. 그러면 차이는 얼마가 남나요?",
    ),
)
def step_lost_in_rounding(f, x):
    return differences(f, x, lambda moved: (moved(1e-50) - moved(-1e-50)) / 2e-50)


VIEW_HINT = Text(
    en="Print the value that you saved once more after you have written x + h. Test a product of two variables.",
    ko="x + h를 써 넣은 뒤에 저장해 둔 값을 다시 출력해 보세요. 두 변수의 곱으로도 시험해 보세요.",
)


def differences_with_views(f, x):
    """Return differences for which each element is read as a view."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        value = x[(*index, ...)]  # what it[0] of np.nditer is, too: it follows when x changes
        x[index] = value + STEP
        above = f(x)
        x[index] = value - STEP
        below = f(x)
        x[index] = value
        gradient[index] = (above - below) / (2 * STEP)
    return gradient


@mistake(
    "element_is_a_view",
    replaces="numerical_gradient",
    hint=VIEW_HINT,
)
def element_is_a_view(f, x):
    return differences_with_views(f, np.array(x, dtype=float))


@mistake(
    "element_is_a_view",
    replaces="numerical_gradient",
    hint=VIEW_HINT,
)
def element_is_a_view_in_place(f, x):
    # Adding h and taking it off again may leave the last digit of the caller's x changed.
    return differences_with_views(f, x if x.dtype.kind == "f" else x.astype(float))


@mistake(
    "value_not_restored",
    replaces="numerical_gradient",
    hint=Text(
        en="Print x after the loop. When the second element is moved, what does the first one hold?",
        ko="반복이 끝난 뒤 x를 출력해 보세요. 두 번째 수를 움직일 때 첫 번째 수는 얼마인가요?",
    ),
)
def value_not_restored(f, x):
    if x.dtype.kind != "f":
        x = x.astype(float)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        value = x[index]
        x[index] = value + STEP
        above = f(x)
        x[index] = value - STEP
        gradient[index] = (above - f(x)) / (2 * STEP)
    return gradient


@mistake(
    "integers_cut_off",
    replaces="numerical_gradient",
    hint=Text(
        en="Write 3.0001 into np.array([1, 2]) and print it. Which dtype does zeros_like give for integers?",
        ko="np.array([1, 2])에 3.0001을 써 넣고 출력해 보세요. 정수 배열의 zeros_like는 dtype이 무엇인가요?",
    ),
)
def integers_cut_off(f, x):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        value = x[index]
        x[index] = value + STEP
        above = f(x)
        x[index] = value - STEP
        below = f(x)
        x[index] = value
        gradient[index] = (above - below) / (2 * STEP)
    return gradient


@mistake(
    "one_axis_only",
    replaces="numerical_gradient",
    hint=Text(
        en="What is x[0] when x is a matrix? And how many steps does your loop take?",
        ko="x가 행렬이면 x[0]은 무엇인가요? 그리고 반복은 몇 번 도나요?",
    ),
)
def one_axis_only(f, x):
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for i in range(x.size):
        value = x[i].copy()
        x[i] = value + STEP
        above = f(x)
        x[i] = value - STEP
        below = f(x)
        x[i] = value
        gradient[i] = (above - below) / (2 * STEP)
    return gradient


@mistake(
    "all_elements_at_once",
    replaces="numerical_gradient",
    hint=Text(
        en="f gives a single number. If all elements move together, how can you tell what each of them did?",
        ko="f는 수 하나를 돌려줘요. 모든 원소를 함께 움직이면, 저마다의 몫을 어떻게 알 수 있나요?",
    ),
)
def all_elements_at_once(f, x):
    return np.full(np.shape(x), (f(x + STEP) - f(x - STEP)) / (2 * STEP))


# --------------------------------------------------------------------------------------------- TwoLayerNet


def backwards(net, x, t, layers, last_layer):
    """Return the gradients of a network whose layers may be wrong."""
    hidden, activation, output = layers
    for layer in layers:
        x = layer.forward(x)
    last_layer.forward(x, t)
    dout = last_layer.backward(1)
    for layer in (output, activation, hidden):
        dout = layer.backward(dout)
    return {"W1": hidden.dW, "b1": hidden.db, "W2": output.dW, "b2": output.db}


def layers_of(net):
    """Return the first three layers of a network."""
    p = net.params
    return [Affine(p["W1"], p["b1"]), Sigmoid(), Affine(p["W2"], p["b2"])]


class PassesOn(Sigmoid):
    """A sigmoid that is forgotten on the way back."""

    def backward(self, dout):
        return dout


@mistake(
    "activation_forgotten_on_the_way_back",
    replaces="TwoLayerNet",
    hint=Text(
        en="List the layers from x to the loss, then those that your gradient passes. Are they the same?",
        ko="x에서 손실까지의 층과, 기울기가 거슬러 지나가는 층을 각각 적어 보세요. 서로 같은가요?",
    ),
)
class ActivationForgottenOnTheWayBack(TwoLayerNet):
    def gradient(self, x, t):
        hidden, _, output = layers_of(self)
        return backwards(self, x, t, [hidden, PassesOn(), output], SoftmaxWithLoss())


@mistake(
    "no_hidden_activation",
    replaces="TwoLayerNet",
    hint=Text(
        en="What do two Affine layers make if nothing stands between them? What does the statement put there?",
        ko="Affine 두 개 사이에 아무것도 없으면 무엇이 되나요? 문제에서는 그 사이에 무엇을 두었나요?",
    ),
)
class NoHiddenActivation(TwoLayerNet):
    def loss(self, x, t):
        hidden, _, output = layers_of(self)
        return SoftmaxWithLoss().forward(output.forward(hidden.forward(x)), t)

    def gradient(self, x, t):
        hidden, _, output = layers_of(self)
        last_layer = SoftmaxWithLoss()
        last_layer.forward(output.forward(hidden.forward(x)), t)
        hidden.backward(output.backward(last_layer.backward()))
        return {"W1": hidden.dW, "b1": hidden.db, "W2": output.dW, "b2": output.db}


@mistake(
    "hidden_relu",
    replaces="TwoLayerNet",
    hint=Text(
        en="Which activation does the statement ask for in the hidden layer? Which one have you put there?",
        ko="문제에서는 은닉층에 어떤 활성화 함수를 쓰라고 했나요? 여러분은 무엇을 넣었나요?",
    ),
)
class HiddenRelu(TwoLayerNet):
    def loss(self, x, t):
        hidden, _, output = layers_of(self)
        return SoftmaxWithLoss().forward(output.forward(Relu().forward(hidden.forward(x))), t)

    def gradient(self, x, t):
        hidden, _, output = layers_of(self)
        return backwards(self, x, t, [hidden, Relu(), output], SoftmaxWithLoss())


@mistake(
    "gradient_of_the_last_loss",
    replaces="TwoLayerNet",
    hint=Text(
        en="Call gradient without a loss before it. Who runs the batch forwards that gradient was given?",
        ko="loss를 부르지 않고 gradient를 불러 보세요. gradient가 받은 배치는 누가 순전파하나요?",
    ),
)
class GradientOfTheLastLoss(TwoLayerNet):
    last_batch = None

    def loss(self, x, t):
        self.last_batch = x, t
        return super().loss(x, t)

    def gradient(self, x, t):
        return super().gradient(*(self.last_batch or (x, t)))


@mistake(
    "parameters_updated_in_gradient",
    replaces="TwoLayerNet",
    hint=Text(
        en="Print params before and after gradient. Whose task is it to change them?",
        ko="gradient를 부르기 전과 후에 params를 출력해 보세요. 그것을 바꾸는 일은 누구의 몫인가요?",
    ),
)
class ParametersUpdatedInGradient(TwoLayerNet):
    def gradient(self, x, t):
        gradients = super().gradient(x, t)
        for key, values in gradients.items():
            self.params[key] -= 0.1 * values
        return gradients


@mistake(
    "weights_stored_transposed",
    replaces="TwoLayerNet",
    hint=Text(
        en="Samples are rows here: x @ W1. Which shape must W1 have for 3 inputs and 4 hidden units?",
        ko="여기서는 샘플이 행이에요. x @ W1이 되려면 입력 3개, 은닉 유닛 4개일 때 W1의 shape은 무엇인가요?",
    ),
)
class WeightsStoredTransposed(TwoLayerNet):
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        super().__init__(input_size, hidden_size, output_size, weight_init_std)
        for key in ("W1", "W2"):
            self.params[key] = self.params[key].T


@mistake(
    "start_spread_ignored",
    replaces="TwoLayerNet",
    hint=Text(
        en="Make a network with weight_init_std=1 and print W1.std(). What does that parameter change?",
        ko="weight_init_std=1로 신경망을 만들고 W1.std()를 출력해 보세요. 그 인자로 무엇이 달라지나요?",
    ),
)
class StartSpreadIgnored(TwoLayerNet):
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        super().__init__(input_size, hidden_size, output_size)


@mistake(
    "start_all_positive",
    replaces="TwoLayerNet",
    hint=Text(
        en="Are any of your first weights negative? Between which numbers does np.random.rand draw?",
        ko="처음 가중치 중에 음수가 있나요? np.random.rand는 어떤 두 수 사이에서 뽑나요?",
    ),
)
class StartAllPositive(TwoLayerNet):
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        super().__init__(input_size, hidden_size, output_size, weight_init_std)
        for key in ("W1", "W2"):
            self.params[key] = weight_init_std * np.random.random(self.params[key].shape)


@mistake(
    "start_all_zero",
    replaces="TwoLayerNet",
    hint=Text(
        en="If all weights are 0, what tells one hidden unit from another, now and after a step?",
        ko="가중치가 모두 0이면 은닉 유닛들은 무엇이 서로 다른가요? 한 걸음 학습한 뒤에는요?",
    ),
)
class StartAllZero(TwoLayerNet):
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        super().__init__(input_size, hidden_size, output_size, 0.0)


@mistake(
    "biases_start_random",
    replaces="TwoLayerNet",
    hint=Text(
        en="Print b1 of a new network. Which parameters did the statement want to be random?",
        ko="새 신경망의 b1을 출력해 보세요. 문제에서는 어떤 파라미터를 무작위로 두라고 했나요?",
    ),
)
class BiasesStartRandom(TwoLayerNet):
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        super().__init__(input_size, hidden_size, output_size, weight_init_std)
        for key in ("b1", "b2"):
            self.params[key] = np.random.normal(0.0, weight_init_std, size=self.params[key].shape)
