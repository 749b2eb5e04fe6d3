"""Wrong solutions of ex02 that learners write, each with the question that may put them right.

An alternative is wrong in one respect and right in every other. Where a misconception can show in several
functions, each has an alternative of its own under the same id, so that it also fits a learner who has it in
one of them only.
"""

from itertools import pairwise

import numpy as np
from solution import (
    ACTIVATIONS,
    LABELS,
    POINTS,
    forward,
    gate,
    relu,
    relu_xor_hidden,
    sigmoid,
    train_xor,
    xor_forward,
)

from grader.language import Text
from grader.suite.mistakes import mistake

RELU_W, RELU_C, RELU_V = np.array([[1, 1], [1, 1]]), np.array([0, -1]), np.array([1, -2])


def activate(name, z):
    """Apply an activation by its name.

    Raises:
        ValueError: There is no such activation.
    """
    if name not in ACTIVATIONS:
        raise ValueError(f"Unknown activation: {name!r}")
    return ACTIVATIONS[name](z)


def forward_with(x, layers, **replaced):
    """Send rows through layers, some activations of which are replaced."""
    for W, b, name in layers:
        x = replaced.get(name, lambda z, name=name: activate(name, z))(x @ W + b)
    return x


# ------------------------------------------------------------------------------------------------------ gates


@mistake(
    "last_gate_sees_the_inputs",
    replaces="XOR",
    hint=Text(
        en="Two gates have already looked at x1 and x2. What did they find out, and who reads it?",
        ko="게이트 두 개가 이미 x1과 x2를 보았어요. 그 결과는 누가 읽나요? 마지막 게이트에는 무엇이 들어가나요?",
    ),
)
def last_gate_sees_the_inputs(x1, x2):
    return gate(x1, x2, 1, 1, -1.5)


RANDOM_GATES = Text(
    en="Add a column for each gate to the truth table. Does any row reach the last gate as you meant it?",
    ko="진리표에 게이트마다 열을 하나씩 추가해 보세요. 마지막 게이트에는 의도한 값이 들어가나요?",
)


@mistake("gates_combined_at_random", replaces="XOR", hint=RANDOM_GATES)
def or_at_the_end(x1, x2):
    return gate(gate(x1, x2, -1, -1, 1.5), gate(x1, x2, 1, 1, -0.5), 1, 1, -0.5)


@mistake("gates_combined_at_random", replaces="XOR", hint=RANDOM_GATES)
def nor_for_nand(x1, x2):
    return gate(gate(x1, x2, -1, -1, 0.5), gate(x1, x2, 1, 1, -0.5), 1, 1, -1.5)


# --------------------------------------------------------------------------------------------- inside a layer

NO_ACTIVATION = Text(
    en="What happens between the hidden sums and the output weights? Is the whole still a straight line?",
    ko="은닉층의 총합은 출력 가중치를 만나기 전에 무엇을 거치나요? 식이 여전히 일차식인가요?",
)


@mistake("hidden_layer_without_activation", replaces="xor_forward", hint=NO_ACTIVATION)
def hidden_sums_in_xor_forward(X, W1, b1, W2, b2):
    return sigmoid((X @ W1 + b1) @ W2 + b2)


@mistake("hidden_layer_without_activation", replaces=("relu_xor_hidden", "relu_xor"), hint=NO_ACTIVATION)
class HiddenSumsInReluNetwork:
    def relu_xor_hidden(X):
        return X @ RELU_W + RELU_C

    def relu_xor(X):
        return (X @ RELU_W + RELU_C) @ RELU_V


@mistake("hidden_layer_without_activation", replaces="forward", hint=NO_ACTIVATION)
def hidden_sums_in_forward(x, layers):
    for W, b, _ in layers[:-1]:
        x = x @ W + b
    return forward(x, layers[-1:])


NO_OUTPUT_ACTIVATION = Text(
    en="Print the smallest and the largest output. Between which two numbers should they lie?",
    ko="가장 작은 출력과 가장 큰 출력을 찍어 보세요. 출력은 어떤 두 수 사이에 있어야 하나요?",
)


@mistake("output_without_activation", replaces="xor_forward", hint=NO_OUTPUT_ACTIVATION)
def output_sums_in_xor_forward(X, W1, b1, W2, b2):
    return sigmoid(X @ W1 + b1) @ W2 + b2


@mistake("output_without_activation", replaces="forward", hint=NO_OUTPUT_ACTIVATION)
def output_sums_in_forward(x, layers):
    W, b, _ = layers[-1]
    return forward(x, layers[:-1]) @ W + b


TRANSPOSED = Text(
    en="Which of the numbers in W1 belong to the first hidden unit: those of a row or those of a column?",
    ko="W1에서 첫 번째 은닉 유닛의 가중치는 어느 수들인가요? 한 행인가요, 한 열인가요?",
)


@mistake("weights_transposed", replaces="xor_forward", hint=TRANSPOSED)
def transposed_in_xor_forward(X, W1, b1, W2, b2):
    return xor_forward(X, W1.T, b1, W2, b2)


@mistake("weights_transposed", replaces="forward", hint=TRANSPOSED)
def transposed_in_forward(x, layers):
    return forward(x, [(W.T, b, name) for W, b, name in layers])


NO_BIAS = Text(
    en="Let all inputs be 0. Which sums do the units have now, and which should they have?",
    ko="입력을 모두 0으로 두어 보세요. 유닛들의 총합은 지금 얼마이고, 얼마여야 하나요?",
)


@mistake("bias_forgotten", replaces="xor_forward", hint=NO_BIAS)
def no_bias_in_xor_forward(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(X @ W1) @ W2)


@mistake("bias_forgotten", replaces=("relu_xor_hidden", "relu_xor"), hint=NO_BIAS)
class NoBiasInReluNetwork:
    def relu_xor_hidden(X):
        return relu(X @ RELU_W)

    def relu_xor(X):
        return relu(X @ RELU_W) @ RELU_V


@mistake("bias_forgotten", replaces="forward", hint=NO_BIAS)
def no_bias_in_forward(x, layers):
    return forward(x, [(W, np.zeros(len(b)), name) for W, b, name in layers])


LATE_BIAS = Text(
    en="Can one of your hidden values be negative? At which moment does the bias join the sum?",
    ko="은닉층의 값이 음수가 될 수 있나요? 편향은 어느 순간에 더해지나요?",
)


@mistake("bias_after_activation", replaces="xor_forward", hint=LATE_BIAS)
def late_bias_in_xor_forward(X, W1, b1, W2, b2):
    return sigmoid((sigmoid(X @ W1) + b1) @ W2) + b2


@mistake("bias_after_activation", replaces=("relu_xor_hidden", "relu_xor"), hint=LATE_BIAS)
class LateBiasInReluNetwork:
    def relu_xor_hidden(X):
        return relu(X @ RELU_W) + RELU_C

    def relu_xor(X):
        return (relu(X @ RELU_W) + RELU_C) @ RELU_V


@mistake("bias_after_activation", replaces="forward", hint=LATE_BIAS)
def late_bias_in_forward(x, layers):
    for W, b, name in layers:
        x = activate(name, x @ W) + b
    return x


STEP = Text(
    en="Are your outputs only 0 and 1? What does the curve of a sigmoid look like in between?",
    ko="출력값이 0과 1뿐인가요? 시그모이드 곡선은 그 사이에서 어떤 모양인가요?",
)


def step(z):
    return (z > 0).astype(int)


@mistake("step_for_sigmoid", replaces="xor_forward", hint=STEP)
def step_in_xor_forward(X, W1, b1, W2, b2):
    return step(step(X @ W1 + b1) @ W2 + b2)


@mistake("step_for_sigmoid", replaces="forward", hint=STEP)
def step_in_forward(x, layers):
    return forward_with(x, layers, sigmoid=step)


@mistake(
    "outputs_rounded",
    replaces="xor_forward",
    hint=Text(
        en="The slides write 0 and 1 for the sigmoid's values. What does your calculator say for s(3)?",
        ko="슬라이드는 시그모이드의 값을 0과 1로 적어요. 계산기로 s(3)을 구하면 얼마인가요?",
    ),
)
def outputs_rounded(X, W1, b1, W2, b2):
    return np.round(xor_forward(X, W1, b1, W2, b2))


# ---------------------------------------------------------------------------------------------- ReLU network


@mistake(
    "relu_output_as_column",
    replaces="relu_xor",
    hint=Text(
        en="How many square brackets does your w have? What is the shape of h @ w then?",
        ko="w에는 대괄호가 몇 겹 있나요? 그러면 h @ w의 shape은 무엇이 되나요?",
    ),
)
def relu_output_as_column(X):
    return relu_xor_hidden(X) @ RELU_V[:, np.newaxis]


@mistake(
    "relu_on_the_output",
    replaces="relu_xor",
    hint=Text(
        en="Does the statement apply ReLU to the output, too? What does your network answer for (2, 2)?",
        ko="문제에서는 출력에도 ReLU를 적용하나요? (2, 2)를 넣으면 무엇이 나와야 하나요?",
    ),
)
def relu_on_the_output(X):
    return relu(relu_xor_hidden(X) @ RELU_V)


@mistake(
    "relu_units_exchanged",
    replaces=("relu_xor_hidden", "relu_xor"),
    hint=Text(
        en="Which of the two units has the bias -1? And which of the two output weights belongs to it?",
        ko="편향이 -1인 유닛은 둘 중 어느 것인가요? 그 유닛의 출력 가중치는 어느 것인가요?",
    ),
)
class ReluUnitsExchanged:
    def relu_xor_hidden(X):
        return relu_xor_hidden(X)[:, ::-1]

    def relu_xor(X):
        return relu_xor_hidden(X)[:, ::-1] @ RELU_V


# ------------------------------------------------------------------------------------------------ activations


@mistake(
    "step_fires_at_zero",
    replaces="forward",
    hint=Text(
        en="What does your step function return for a sum of exactly 0, and what does the statement say?",
        ko="총합이 정확히 0일 때 여러분의 계단 함수는 무엇을 돌려주나요? 문제에는 무엇이라고 적혀 있나요?",
    ),
)
def step_fires_at_zero(x, layers):
    return forward_with(x, layers, step=lambda z: (z >= 0).astype(int))


FRAGILE_SIGMOID = Text(
    en="Print np.exp(1000) and np.exp(1000) / (1 + np.exp(1000)). What should stand there?",
    ko="np.exp(1000)과 np.exp(1000) / (1 + np.exp(1000))을 출력해 보세요. 원래는 무엇이 나와야 하나요?",
)


def fragile_sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


@mistake("sigmoid_overflows", replaces="xor_forward", hint=FRAGILE_SIGMOID)
def fragile_sigmoid_in_xor_forward(X, W1, b1, W2, b2):
    return fragile_sigmoid(fragile_sigmoid(X @ W1 + b1) @ W2 + b2)


@mistake("sigmoid_overflows", replaces="forward", hint=FRAGILE_SIGMOID)
def fragile_sigmoid_in_forward(x, layers):
    return forward_with(x, layers, sigmoid=fragile_sigmoid)


@mistake(
    "tanh_overflows",
    replaces="forward",
    hint=Text(
        en="Print the numerator and the denominator of your tanh for 1000. What is their quotient?",
        ko="1000에서 tanh 식의 분자와 분모를 따로 출력해 보세요. 둘을 나누면 무엇이 되나요?",
    ),
)
def tanh_overflows(x, layers):
    def fragile(z):
        return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))

    return forward_with(x, layers, tanh=fragile)


@mistake(
    "softmax_overflows",
    replaces="forward",
    hint=Text(
        en="Print np.exp(1000), and that value divided by itself. How did the statement get around this?",
        ko="np.exp(1000)과, 그 값을 자기 자신으로 나눈 값을 출력해 보세요. 문제에서는 어떻게 피했나요?",
    ),
)
def softmax_overflows(x, layers):
    def fragile(z):
        return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)

    return forward_with(x, layers, softmax=fragile)


@mistake(
    "softmax_over_the_batch",
    replaces="forward",
    hint=Text(
        en="What do all the outputs of a batch add up to, and what should each row add up to?",
        ko="배치의 출력을 모두 더하면 얼마인가요? 한 행의 합은 얼마여야 하나요?",
    ),
)
def softmax_over_the_batch(x, layers):
    def of_all(z):
        exponentials = np.exp(z - np.max(z))
        return exponentials / exponentials.sum()

    return forward_with(x, layers, softmax=of_all)


@mistake(
    "softmax_down_the_columns",
    replaces="forward",
    hint=Text(
        en="Which numbers share one softmax: the outputs of one sample, or one output of all samples?",
        ko="한 소프트맥스를 함께 나누는 수들은 한 샘플의 출력들인가요, 모든 샘플의 한 출력인가요?",
    ),
)
def softmax_down_the_columns(x, layers):
    def of_columns(z):
        exponentials = np.exp(z - np.max(z, axis=0))
        return exponentials / exponentials.sum(axis=0)

    return forward_with(x, layers, softmax=of_columns)


ONE_ACTIVATION = Text(
    en="Let an identity layer follow a tanh layer. Which outputs are possible, and which do you get?",
    ko="tanh 층 다음에 identity 층이 오면 어떤 출력이 나올 수 있나요? 실제로는 무엇이 나오나요?",
)


@mistake("one_activation_for_all_layers", replaces="forward", hint=ONE_ACTIVATION)
def first_activation_for_all_layers(x, layers):
    return forward(x, [(W, b, layers[0][2]) for W, b, _ in layers])


@mistake("one_activation_for_all_layers", replaces="forward", hint=ONE_ACTIVATION)
def last_activation_for_all_layers(x, layers):
    return forward(x, [(W, b, layers[-1][2]) for W, b, _ in layers])


@mistake(
    "only_the_first_layer",
    replaces="forward",
    hint=Text(
        en="How often does your loop turn in a network of four layers? Where does `return` stand?",
        ko="층이 네 개인 신경망에서 반복문은 몇 번 도나요? `return`은 어디에 있나요?",
    ),
)
def only_the_first_layer(x, layers):
    return forward(x, layers[:1])


@mistake(
    "unknown_activation_passes",
    replaces="forward",
    hint=Text(
        en="What does your code do with a name that it does not know? Would anybody notice?",
        ko="모르는 이름이 들어오면 여러분의 코드는 무엇을 하나요? 그 사실을 누가 알아차릴 수 있나요?",
    ),
)
def unknown_activation_passes(x, layers):
    for W, b, name in layers:
        x = ACTIVATIONS.get(name, lambda z: z)(x @ W + b)
    return x


USED_UP = Text(
    en="Look at the list that you passed in after the call. How long is it?",
    ko="함수를 부른 뒤에 넘겨준 리스트를 확인해 보세요. 길이가 얼마인가요?",
)


@mistake("list_used_up", replaces="forward", hint=USED_UP)
def layers_used_up(x, layers):
    while layers:
        x = forward(x, [layers.pop(0)])
    return x


# ---------------------------------------------------------------------------------------- counting parameters


@mistake(
    "weights_only",
    replaces="count_params",
    hint=Text(
        en="Write down every number that a single unit with three inputs owns. How many are there?",
        ko="입력이 세 개인 유닛 하나가 가진 수를 모두 적어 보세요. 몇 개인가요?",
    ),
)
def weights_only(sizes):
    return sum(n * m for n, m in pairwise(sizes))


@mistake(
    "biases_for_the_inputs",
    replaces="count_params",
    hint=Text(
        en="Which layers compute a sum? Does the input layer?",
        ko="총합을 계산하는 층은 어느 것들인가요? 입력층도 계산을 하나요?",
    ),
)
def biases_for_the_inputs(sizes):
    return weights_only(sizes) + sum(sizes)


@mistake(
    "one_bias_a_layer",
    replaces="count_params",
    hint=Text(
        en="What is the shape of b in a layer of four units? How many numbers is that?",
        ko="유닛이 네 개인 층에서 b의 shape은 무엇인가요? 수가 몇 개 들어 있나요?",
    ),
)
def one_bias_a_layer(sizes):
    return weights_only(sizes) + len(sizes) - 1


@mistake(
    "biases_of_the_layer_before",
    replaces="count_params",
    hint=Text(
        en="In a layer from three inputs to two units, who owns the biases: the inputs or the units?",
        ko="입력 세 개에서 유닛 두 개로 가는 층에서 편향은 누구의 것인가요? 입력인가요, 유닛인가요?",
    ),
)
def biases_of_the_layer_before(sizes):
    return weights_only(sizes) + sum(sizes[:-1])


@mistake(
    "units_counted",
    replaces="count_params",
    hint=Text(
        en="Did you count the circles of the drawing, or the numbers that training may change?",
        ko="그림의 동그라미를 세었나요, 아니면 학습으로 바뀌는 수를 세었나요?",
    ),
)
def units_counted(sizes):
    return sum(sizes[1:])


@mistake("list_used_up", replaces="count_params", hint=USED_UP)
def sizes_used_up(sizes):
    total = 0
    num_inputs = sizes.pop(0)
    while sizes:
        num_units = sizes.pop(0)
        total += (num_inputs + 1) * num_units
        num_inputs = num_units
    return total


# ----------------------------------------------------------------------------------------------- the training


def learn(W1, W2, num_steps=300, rate=0.5):
    """Return a network trained from one start, as one writes it the first time: no second try."""
    b1, b2 = np.zeros(W1.shape[1]), np.zeros(1)
    for _ in range(num_steps):
        h = sigmoid(POINTS @ W1 + b1)
        d_output = sigmoid(h @ W2 + b2) - LABELS
        d_hidden = d_output @ W2.T * h * (1 - h)
        W2, b2 = W2 - rate * h.T @ d_output, b2 - rate * d_output.sum(axis=0)
        W1, b1 = W1 - rate * POINTS.T @ d_hidden, b1 - rate * d_hidden.sum(axis=0)
    return lambda X: xor_forward(X, W1, b1, W2, b2)


SMALL_START = Text(
    en="All four outputs stay near 0.5. Print the hidden values of the four points before the first step. "
    "By how much do they differ, and what decides about that?",
    ko="네 출력이 모두 0.5 근처에 머물러요. 첫 스텝 전에 네 점의 은닉층 값을 출력해 보세요. 서로 얼마나 "
    "다른가요? 그 차이는 무엇이 정하나요?",
)


@mistake("start_too_small", replaces="train_xor", hint=SMALL_START)
def small_start(rng):
    return learn(rng.normal(0, 0.01, size=(2, 8)), rng.normal(0, 0.01, size=(8, 1)))


@mistake("start_too_small", replaces="train_xor", hint=SMALL_START)
def start_at_zero(rng):
    del rng
    return learn(np.zeros((2, 4)), np.zeros((4, 1)))


@mistake(
    "two_hidden_units",
    replaces="train_xor",
    hint=Text(
        en="Train from a hundred starts and count the failures. What changes with more hidden units, and "
        "what could your code do with a start that failed?",
        ko="백 번 다르게 시작해서 실패한 횟수를 세어 보세요. 은닉 유닛이 늘어나면 어떻게 되나요? 실패한 "
        "시작이 나오면 코드는 무엇을 할 수 있을까요?",
    ),
)
def two_hidden_units(rng):
    return learn(rng.normal(0, 1, size=(2, 2)), rng.normal(0, 1, size=(2, 1)))


@mistake(
    "generator_ignored",
    replaces="train_xor",
    hint=Text(
        en="Call train_xor with two different generators. Which number in your network knows about them?",
        ko="서로 다른 두 생성기로 train_xor를 불러 보세요. 신경망의 어떤 수가 생성기에 따라 달라지나요?",
    ),
)
def generator_ignored(rng):
    del rng
    return train_xor(np.random.default_rng(0))


ANSWERS = Text(
    en="What does your function answer for the row (0.5, 0.5)? Is that a number that a network puts out?",
    ko="여러분의 함수는 (0.5, 0.5) 행에 무엇이라고 답하나요? 신경망이 그런 수를 내놓나요?",
)


@mistake("answers_for_outputs", replaces="train_xor", hint=ANSWERS)
def table_for_a_network(rng):
    del rng
    return lambda X: (np.round(X[:, :1]) != np.round(X[:, 1:])).astype(float)


@mistake("answers_for_outputs", replaces="train_xor", hint=ANSWERS)
def predict_rounds(rng):
    predict = train_xor(rng)
    return lambda X: np.round(predict(X))


@mistake(
    "random_numbers_from_elsewhere",
    replaces="train_xor",
    hint=Text(
        en="Train twice with the same seed and print the first weights. Who drew them?",
        ko="같은 시드로 두 번 학습하고 처음 가중치를 출력해 보세요. 그 수들은 어디에서 뽑았나요?",
    ),
)
def random_numbers_from_elsewhere(rng):
    del rng
    return train_xor(np.random.default_rng())


@mistake(
    "outputs_of_the_training",
    replaces="train_xor",
    hint=Text(
        en="Give your function a single row. How many outputs come back, and which rows do they belong to?",
        ko="돌려준 함수에 한 행만 넣어 보세요. 출력이 몇 개 나오나요? 그 출력은 어느 행의 것인가요?",
    ),
)
def outputs_of_the_training(rng):
    y = train_xor(rng)(POINTS)
    return lambda X: y


@mistake(
    "weights_shared_by_all_trainings",
    replaces="train_xor",
    hint=Text(
        en="Train twice and keep both functions. Which weights does the first one read now?",
        ko="두 번 학습하고 두 함수를 모두 보관해 보세요. 첫 번째 함수는 지금 어떤 가중치를 읽나요?",
    ),
)
def weights_shared_by_all_trainings(rng, latest={}):  # noqa: B006 - one dictionary for all calls is the mistake
    latest["predict"] = train_xor(rng)
    return lambda X: latest["predict"](X)
