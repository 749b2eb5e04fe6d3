"""Wrong solutions of ex01 that learners write, each with the question that may put them right.

An alternative is wrong in one respect and right in every other. In the solution everything rests on
`step_function` and `perceptron`; in a learner's file the gates and the training often do not. So these stay
right here when a step or a perceptron is wrong, and a wrong step comes in two kinds: with the perceptron that
rests on it, and alone.
"""

import numpy as np
from solution import AND, NAND, OR, perceptron, step_function, train_perceptron

from grader.language import Text
from grader.suite.mistakes import declared_mistakes, mistake

RIGHT = {"perceptron": perceptron, "AND": AND, "OR": OR, "NAND": NAND, "train_perceptron": train_perceptron}


def wrong_step(name, *, hint):
    """Declare a wrong step function, and the perceptron that rests on it."""

    def mark(alternative):
        functions = {**RIGHT, "step_function": alternative}
        del functions["perceptron"]
        return mistake(name, replaces=tuple(functions), hint=hint)(type(name, (), functions))

    return mark


def alone(wrong):
    """Return the same wrong step function with a right perceptron."""
    (known,) = declared_mistakes({"wrong": wrong})
    functions = {**RIGHT, **known.replaces}
    return mistake(known.id, replaces=tuple(functions), hint=known.hint)(type(known.id, (), functions))


def wrong_perceptron(name, *, hint):
    """Declare a wrong perceptron; nothing rests on it."""

    def mark(alternative):
        functions = {**RIGHT, "perceptron": alternative}
        return mistake(name, replaces=tuple(functions), hint=hint)(type(name, (), functions))

    return mark


def gate(x1, x2, weight, bias):
    """Return the output of a unit with two equal weights."""
    return int(weight * x1 + weight * x2 + bias > 0)


def fires(x, w, b):
    """Return the output of a unit for one sample, quickly."""
    return 1 if x @ w + b > 0 else 0


def train(X, t, epochs, update):
    """Run a learning rule.

    Args:
        X: Samples.
        t: Targets.
        epochs: How many times to go through them.
        update: Takes w, b, x and a target; returns the next w and b.
    """
    w, b = np.zeros(X.shape[1]), 0.0
    # A rule that has been in a state before goes round in a circle. The rest of the way is known then, which
    # keeps a diagnosis quick: most mistakes never come to rest.
    states, seen = [], {}
    for epoch in range(epochs):
        for x, target in zip(X, t, strict=True):
            w, b = update(w, b, x, target)
        first = seen.setdefault((w.tobytes(), float(b)), epoch)
        if first < epoch:
            return states[first + (epochs - 1 - first) % (epoch - first)]
        states.append((w, b))
    return w, b


def rule(lr):
    """Return the right update for a learning rate."""

    def update(w, b, x, target):
        error = target - fires(x, w, b)
        return w + lr * error * x, b + lr * error

    return update


# ----------------------------------------------------------------------------------- the step: its two values


@wrong_step(
    "threshold_itself_fires",
    hint=Text(
        en="When the number is exactly 0, on which side of the definition does it fall?",
        ko="수가 정확히 0일 때, 문제의 식에서는 어느 쪽에 들어가나요?",
    ),
)
def threshold_itself_fires(x):
    return np.where(np.asarray(x) >= 0, 1, 0)


@wrong_step(
    "sign_for_step",
    hint=Text(
        en="How many different values may come out of the step function? How many come out of yours?",
        ko="계단 함수에서 나올 수 있는 값은 몇 가지인가요? 작성한 함수에서는 몇 가지가 나오나요?",
    ),
)
def sign_for_step(x):
    return np.sign(np.asarray(x)).astype(int)


@wrong_step(
    "relu_for_step",
    hint=Text(
        en="What does your function give for 0.5, and what for 2? Should these two differ?",
        ko="0.5와 2를 넣으면 각각 무엇이 나오나요? 두 값이 달라야 하나요?",
    ),
)
def relu_for_step(x):
    return np.maximum(x, 0)


@wrong_step(
    "sigmoid_for_step",
    hint=Text(
        en="Draw your function from −3 to 3. Where does it jump?",
        ko="작성한 함수를 −3부터 3까지 그려 보세요. 어디에서 값이 뛰나요?",
    ),
)
def sigmoid_for_step(x):
    return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))


@wrong_step(
    "cut_before_comparing",
    hint=Text(
        en="What does astype(int) make of 0.5? Does that happen before or after your comparison?",
        ko="0.5에 astype(int)를 쓰면 무엇이 되나요? 그 일은 비교하기 전에 일어나나요, 후에 일어나나요?",
    ),
)
def cut_before_comparing(x):
    return np.where(np.asarray(x).astype(int) > 0, 1, 0)


# ----------------------------------------------------------------------------------------- the step: its type


@wrong_step(
    "boolean_returned",
    hint=Text(
        en="Print the dtype of the array that you return. Is it the one that was asked for?",
        ko="반환된 배열의 dtype을 출력해 보세요. 문제에서 요구한 것과 같은가요?",
    ),
)
def boolean_returned(x):
    return np.asarray(x) > 0


@wrong_step(
    "float_returned",
    hint=Text(
        en="Does your result print as 1 or as 1.0? What is the difference?",
        ko="결과를 출력하면 1인가요, 1.0인가요? 둘은 무엇이 다른가요?",
    ),
)
def float_returned(x):
    return np.heaviside(x, 0.0)


@wrong_step(
    "removed_numpy_int",
    hint=Text(
        en="`np.int` was only another name for something. Read the error message: for what, and what does it"
        " offer to write today?",
        ko="`np.int`는 다른 무언가의 별명이었어요. 오류 문장을 끝까지 읽어 보세요. 무엇의 별명이었고, 지금은"
        " 무엇을 쓰라고 하나요?",
    ),
)
def removed_numpy_int(x):
    y = np.asarray(x) > 0
    return y.astype(np.int)  # noqa: NPY001 - the mistake itself: gone since NumPy 1.24


# --------------------------------------------------------------------------------------- the step: its arrays


@wrong_step(
    "if_on_an_array",
    hint=Text(
        en="How many values does a comparison with an array give? On how many can an `if` decide?",
        ko="배열이 들어오면 비교 결과는 몇 개의 값이 되나요? `if`는 몇 개의 값으로 판단하나요?",
    ),
)
def if_on_an_array(x):
    if x > 0:
        return 1
    return 0


@wrong_step(
    "any_of_the_array",
    hint=Text(
        en="What does `any` make of ten answers? Numpy's error message offers it; is it what the step needs?",
        ko="`any`는 답 열 개를 몇 개로 만드나요? 오류 문장이 권하는 방법이 여기에 맞는 방법인가요?",
    ),
)
def any_of_the_array(x):
    return int(np.any(np.asarray(x) > 0))


@wrong_step(
    "plain_numbers_refused",
    hint=Text(
        en="Put a plain 3.0 in. What is the type of the comparison's result, and what may one call on it?",
        ko="그냥 3.0을 넣어 보세요. 비교한 결과의 자료형은 무엇이고, 거기에 무엇을 부를 수 있나요?",
    ),
)
def plain_numbers_refused(x):
    return (x > 0).astype(int)


@wrong_step(
    "append_not_assigned",
    hint=Text(
        en="After the loop, how long is your result? What does np.append do with the array that it is given?",
        ko="반복이 끝난 뒤 결과 배열의 크기를 확인해 보세요. np.append는 받은 배열을 바꾸나요?",
    ),
)
def append_not_assigned(x):
    result = np.array([])
    for value in x:
        np.append(result, 1 if value > 0 else 0)
    return result


@wrong_step(
    "vectors_only",
    hint=Text(
        en="What does your loop variable hold in turn when the array has two dimensions?",
        ko="배열이 2차원이면 반복문의 변수에는 차례로 무엇이 들어가나요?",
    ),
)
def vectors_only(x):
    if np.ndim(x) == 0:
        return int(x > 0)
    return np.array([1 if value > 0 else 0 for value in x])


@wrong_step(
    "shape_flattened",
    hint=Text(
        en="A table goes in. What shape comes out?",
        ko="표를 넣었어요. 어떤 shape이 나오나요?",
    ),
)
def shape_flattened(x):
    if np.ndim(x) == 0:
        return int(x > 0)
    return np.array([1 if value > 0 else 0 for value in np.ravel(x)])


@wrong_step(
    "written_into_argument",
    hint=Text(
        en="Print the array that you passed in again, after the call. Whose array did the function write to?",
        ko="함수를 부른 뒤 입력 배열을 다시 출력해 보세요. 함수는 누구의 배열에 값을 썼나요?",
    ),
)
def written_into_argument(x):
    if np.ndim(x) == 0:
        return int(x > 0)
    positive = x > 0
    x[positive] = 1
    x[~positive] = 0
    return x.astype(int)


threshold_itself_fires_alone = alone(threshold_itself_fires)
sign_for_step_alone = alone(sign_for_step)
relu_for_step_alone = alone(relu_for_step)
sigmoid_for_step_alone = alone(sigmoid_for_step)
cut_before_comparing_alone = alone(cut_before_comparing)
boolean_returned_alone = alone(boolean_returned)
float_returned_alone = alone(float_returned)
removed_numpy_int_alone = alone(removed_numpy_int)
if_on_an_array_alone = alone(if_on_an_array)
any_of_the_array_alone = alone(any_of_the_array)
plain_numbers_refused_alone = alone(plain_numbers_refused)
append_not_assigned_alone = alone(append_not_assigned)
vectors_only_alone = alone(vectors_only)
shape_flattened_alone = alone(shape_flattened)
written_into_argument_alone = alone(written_into_argument)


# -------------------------------------------------------------------------------------------------- the gates


@mistake(
    "nand_only_weights_negated",
    replaces="NAND",
    hint=Text(
        en="Multiply both sides of AND's inequality by −1. What changes, and is the bias part of it?",
        ko="AND의 부등식 양쪽에 -1을 곱하면 무엇무엇이 바뀌나요? 편향도 거기에 들어가나요?",
    ),
)
def nand_only_weights_negated(x1, x2):
    return gate(x1, x2, -0.5, -0.7)


@mistake(
    "nand_only_bias_changed",
    replaces="NAND",
    hint=Text(
        en="Which input should give the smallest sum in NAND? Which one does in yours?",
        ko="NAND에서 총합이 가장 작아야 하는 입력은 무엇인가요? 작성한 함수에서는 무엇인가요?",
    ),
)
def nand_only_bias_changed(x1, x2):
    return gate(x1, x2, 0.5, 0.7)


@mistake(
    "nor_for_nand",
    replaces="NAND",
    hint=Text(
        en="For how many of the four inputs does NAND give 1? For how many does yours?",
        ko="NAND는 네 입력 중 몇 개에서 1인가요? 작성한 함수는 몇 개에서 1인가요?",
    ),
)
def nor_for_nand(x1, x2):
    return gate(x1, x2, -0.5, 0.2)


@mistake(
    "or_with_bias_of_and",
    replaces="OR",
    hint=Text(
        en="Write the four sums of your OR into a table and compare each with 0. Which one is too small?",
        ko="OR의 네 입력의 총합을 표로 적고 0과 비교해 보세요. 너무 작은 것은 무엇인가요?",
    ),
)
def or_with_bias_of_and(x1, x2):
    return gate(x1, x2, 0.5, -0.7)


@mistake(
    "and_with_bias_of_or",
    replaces="AND",
    hint=Text(
        en="Write the four sums of your AND into a table and compare each with 0. Which one is too large?",
        ko="AND의 네 입력의 총합을 표로 적고 0과 비교해 보세요. 너무 큰 것은 무엇인가요?",
    ),
)
def and_with_bias_of_or(x1, x2):
    return gate(x1, x2, 0.5, -0.2)


# --------------------------------------------------------------------------------------------- the perceptron


@wrong_perceptron(
    "whole_batch_summed",
    hint=Text(
        en="Several samples go in. Over which axis does your sum run, and how many outputs remain?",
        ko="샘플 여러 개를 넣었어요. 합은 어느 축을 따라 구하고, 출력은 몇 개 남나요?",
    ),
)
def whole_batch_summed(x, w, b):
    if w.ndim == 2:
        return perceptron(x, w, b)
    return step_function(np.sum(w * x) + b)


@wrong_perceptron(
    "summed_over_samples",
    hint=Text(
        en="Does your sum run along a sample, or along a feature of all samples? Try 5 samples of 3 numbers.",
        ko="합은 한 샘플을 따라가나요, 모든 샘플의 한 특성을 따라가나요? 수 3개짜리 샘플 5개로 해 보세요.",
    ),
)
def summed_over_samples(x, w, b):
    if w.ndim == 2:
        return perceptron(x, w, b)
    return step_function(np.sum(x * w, axis=0) + b)


@wrong_perceptron(
    "bias_subtracted",
    hint=Text(
        en="A threshold and a bias are not the same number. What is their relation in the statement?",
        ko="임계값과 편향은 같은 수가 아니에요. 문제에서는 둘이 어떤 관계인가요?",
    ),
)
def bias_subtracted(x, w, b):
    return step_function(x @ w - b)


@wrong_perceptron(
    "bias_forgotten",
    hint=Text(
        en="What is the output when all inputs are 0? Which number alone decides about it?",
        ko="입력이 모두 0이면 출력은 무엇인가요? 그것은 어떤 수 하나로 정해지나요?",
    ),
)
def bias_forgotten(x, w, b):
    return step_function(x @ w)


@wrong_perceptron(
    "bias_for_every_input",
    hint=Text(
        en="How often is the bias added for one sample of three numbers?",
        ko="수 세 개짜리 샘플 하나에서 편향은 몇 번 더해지나요?",
    ),
)
def bias_for_every_input(x, w, b):
    # sum(x * w + b): the bias inside the sum.
    return step_function(x @ w + len(w) * np.asarray(b))


@wrong_perceptron(
    "no_activation",
    hint=Text(
        en="Which values can a perceptron's output have? What is still to be done with the sum?",
        ko="퍼셉트론의 출력은 어떤 값을 가질 수 있나요? 총합을 구한 뒤에 무엇이 남아 있나요?",
    ),
)
def no_activation(x, w, b):
    return x @ w + b


@wrong_perceptron(
    "products_not_added",
    hint=Text(
        en="One unit, one sample of four numbers: how many outputs should there be? How many do you get?",
        ko="유닛 하나에 수 네 개짜리 샘플 하나예요. 출력은 몇 개여야 하고, 몇 개가 나오나요?",
    ),
)
def products_not_added(x, w, b):
    if w.ndim == 2:
        return perceptron(x, w, b)
    return step_function(x * w + b)


@wrong_perceptron(
    "weights_transposed",
    hint=Text(
        en="Is a unit a row or a column of W here? Set one single weight to 1 and see which output moves.",
        ko="여기서 유닛 하나는 W의 행인가요, 열인가요? 가중치 하나만 1로 두고 어느 출력이 바뀌는지 보세요.",
    ),
)
def weights_transposed(x, w, b):
    return step_function(x @ w.T + b)


@wrong_perceptron(
    "weights_before_inputs",
    hint=Text(
        en="In x @ W, which axes are multiplied with each other? Is that still so in W @ x?",
        ko="x @ W에서는 어느 축끼리 곱하나요? W @ x에서도 그런가요?",
    ),
)
def weights_before_inputs(x, w, b):
    return step_function(np.dot(w, x) + b)


@wrong_perceptron(
    "inputs_scaled_in_place",
    hint=Text(
        en="What is the difference between `x = x * w` and `x *= w` for the one who passed x in?",
        ko="x를 넘겨준 쪽에서 볼 때 `x = x * w`와 `x *= w`는 무엇이 다른가요?",
    ),
)
def inputs_scaled_in_place(x, w, b):
    if w.ndim == 2 or x.dtype.kind != "f":
        return perceptron(x, w, b)
    x *= w
    return step_function(np.sum(x, axis=-1) + b)


# ----------------------------------------------------------------------------------------- training: its rule


@mistake(
    "update_reversed",
    replaces="train_perceptron",
    hint=Text(
        en="A sample with target 1 gives 0. Should its sum grow or shrink? What does your update do to it?",
        ko="정답이 1인데 출력이 0이에요. 총합은 커져야 하나요, 작아져야 하나요? 갱신은 무엇을 하나요?",
    ),
)
def update_reversed(X, t, lr=1.0, epochs=100):
    return train(X, t, epochs, rule(-lr))


@mistake(
    "bias_not_learned",
    replaces="train_perceptron",
    hint=Text(
        en="Print b after training. Through which point does every line with that bias go?",
        ko="학습이 끝난 뒤 b를 출력해 보세요. 편향이 그 값인 직선은 모두 어느 점을 지나나요?",
    ),
)
def bias_not_learned(X, t, lr=1.0, epochs=100):
    def update(w, b, x, target):
        return w + lr * (target - fires(x, w, b)) * x, b

    return train(X, t, epochs, update)


@mistake(
    "input_missing_in_update",
    replaces="train_perceptron",
    hint=Text(
        en="If a feature is 0, can its weight be to blame for the error? Does your update move that weight?",
        ko="샘플의 한 특성이 0이면 그 가중치가 오류의 원인일 수 있나요? 갱신할 때 그 가중치도 움직이나요?",
    ),
)
def input_missing_in_update(X, t, lr=1.0, epochs=100):
    def update(w, b, x, target):
        error = target - fires(x, w, b)
        return w + lr * error, b + lr * error

    return train(X, t, epochs, update)


@mistake(
    "sum_taken_for_output",
    replaces="train_perceptron",
    hint=Text(
        en="Which values can t − y have in the statement's rule? Print yours for a few epochs.",
        ko="문제의 규칙에서 t − y는 어떤 값을 가질 수 있나요? 몇 에포크 동안 출력해 보세요.",
    ),
)
def sum_taken_for_output(X, t, lr=1.0, epochs=100):
    def update(w, b, x, target):
        error = target - (x @ w + b)
        return w + lr * error * x, b + lr * error

    return train(X, t, epochs, update)


@mistake(
    "targets_taken_for_signs",
    replaces="train_perceptron",
    hint=Text(
        en="What is t · (x·w + b) for a sample with target 0? How far does such a sample move the weights?",
        ko="정답이 0인 샘플에서 t · (x·w + b)는 얼마인가요? 그런 샘플은 가중치를 얼마나 움직이나요?",
    ),
)
def targets_taken_for_signs(X, t, lr=1.0, epochs=100):
    def update(w, b, x, target):
        if target * (x @ w + b) <= 0:
            return w + lr * target * x, b + lr * target
        return w, b

    return train(X, t, epochs, update)


@mistake(
    "right_samples_updated",
    replaces="train_perceptron",
    hint=Text(
        en="Which samples should move the weights: those that are right or those that are wrong?",
        ko="가중치를 움직여야 하는 것은 맞힌 샘플인가요, 틀린 샘플인가요?",
    ),
)
def right_samples_updated(X, t, lr=1.0, epochs=100):
    def update(w, b, x, target):
        if fires(x, w, b) == target:
            sign = 2 * target - 1
            return w + lr * sign * x, b + lr * sign
        return w, b

    return train(X, t, epochs, update)


@mistake(
    "bias_falls_only",
    replaces="train_perceptron",
    hint=Text(
        en="Can your bias move in both directions? Print it after every update.",
        ko="편향은 양쪽으로 모두 움직일 수 있나요? 갱신할 때마다 출력해 보세요.",
    ),
)
def bias_falls_only(X, t, lr=1.0, epochs=100):
    # The threshold grows with every error, whatever its sign.
    def update(w, b, x, target):
        error = target - fires(x, w, b)
        return w + lr * error * x, b - lr * abs(error)

    return train(X, t, epochs, update)


# ---------------------------------------------------------------------------------------- training: its loops


@mistake(
    "only_one_epoch_counts",
    replaces="train_perceptron",
    hint=Text(
        en="Print w and b as every epoch begins. How many epochs are there? What is left of the one before?",
        ko="에포크가 시작될 때마다 w와 b를 출력해 보세요. 에포크는 몇 번이고, 앞에서 배운 것이 남아 있나요?",
    ),
)
def only_one_epoch_counts(X, t, lr=1.0, epochs=100):
    # No loop over the epochs; or w and b start from zero in each of them, and all but the last are in vain.
    return train(X, t, 1, rule(lr))


@mistake(
    "epochs_ignored",
    replaces="train_perceptron",
    hint=Text(
        en="Where in your code does the parameter `epochs` occur?",
        ko="코드에서 매개변수 `epochs`는 어디에 쓰이나요?",
    ),
)
def epochs_ignored(X, t, lr=1.0, epochs=100):
    return train(X, t, 100, rule(lr))


@mistake(
    "last_epoch_missing",
    replaces="train_perceptron",
    hint=Text(
        en="Write down the numbers that your range gives for epochs=1. How many are there?",
        ko="epochs=1일 때 range에서 나오는 수를 적어 보세요. 몇 개인가요?",
    ),
)
def last_epoch_missing(X, t, lr=1.0, epochs=100):
    return train(X, t, epochs - 1, rule(lr))


@mistake(
    "returned_inside_the_loop",
    replaces="train_perceptron",
    hint=Text(
        en="After which sample does your function return? Look at the indentation of `return`.",
        ko="함수는 몇 번째 샘플 뒤에 값을 돌려주나요? `return`의 들여쓰기를 살펴보세요.",
    ),
)
def returned_inside_the_loop(X, t, lr=1.0, epochs=100):
    return train(X[:1], t[:1], 1, rule(lr))


@mistake(
    "stopped_at_a_right_sample",
    replaces="train_perceptron",
    hint=Text(
        en="One sample is right. Does that mean that the others are? Which loop does your `break` leave?",
        ko="샘플 하나를 맞혔어요. 그러면 나머지도 맞나요? `break`는 어느 반복문을 벗어나나요?",
    ),
)
def stopped_at_a_right_sample(X, t, lr=1.0, epochs=100):
    update = rule(lr)
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            if fires(x, w, b) == target:
                break
            w, b = update(w, b, x, target)
    return w, b


# --------------------------------------------------------------------------------------- training: its arrays


@mistake(
    "weights_in_dtype_of_samples",
    replaces="train_perceptron",
    hint=Text(
        en="Print the dtype of your weights for whole-number samples. What becomes of a step of 0.5?",
        ko="샘플이 정수일 때 가중치의 dtype을 출력해 보세요. 0.5만큼의 갱신은 어떻게 되나요?",
    ),
)
def weights_in_dtype_of_samples(X, t, lr=1.0, epochs=100):
    # np.zeros_like(X[0]) and w[:] = …
    def update(w, b, x, target):
        error = target - fires(x, w, b)
        return (w + lr * error * x).astype(X.dtype), b + lr * error

    return train(X, t, epochs, update)


@mistake(
    "targets_changed_in_place",
    replaces="train_perceptron",
    hint=Text(
        en="Print t after training. What has become of the zeros?",
        ko="학습이 끝난 뒤 t를 출력해 보세요. 0은 어떻게 되었나요?",
    ),
)
def targets_changed_in_place(X, t, lr=1.0, epochs=100):
    t[t == 0] = -1

    def update(w, b, x, target):
        y = 1 if fires(x, w, b) == 1 else -1
        return (w, b) if y == target else (w + lr * target * x, b + lr * target)

    return train(X, t, epochs, update)


@mistake(
    "bias_returned_first",
    replaces="train_perceptron",
    hint=Text(
        en="The caller writes `w, b = train_perceptron(X, t)`. What ends up in w?",
        ko="부르는 쪽에서는 `w, b = train_perceptron(X, t)`라고 써요. w에는 무엇이 들어가나요?",
    ),
)
def bias_returned_first(X, t, lr=1.0, epochs=100):
    w, b = train(X, t, epochs, rule(lr))
    return b, w


@mistake(
    "bias_left_among_the_weights",
    replaces="train_perceptron",
    hint=Text(
        en="How many values does your function return, and how many does the statement ask for?",
        ko="함수는 값을 몇 개 돌려주고, 문제에서는 몇 개를 요구하나요?",
    ),
)
def bias_left_among_the_weights(X, t, lr=1.0, epochs=100):
    w, b = train(X, t, epochs, rule(lr))
    return np.append(w, b)
