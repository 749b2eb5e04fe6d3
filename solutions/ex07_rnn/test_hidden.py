"""Hidden suite of ex07: random batches and the edges of cell and layer, one behaviour a case.

The sizes N, T, D and H differ wherever shapes can give a transposed product away, and are equal where only the
values can. A case makes its calls before it compares the first array, so that a diagnosis sees every result;
`grads` is read by a call for the same reason.

Values are compared with the solution's. Cases about what a cell or layer keeps from call to call compare a
submission with itself, fresh against used: a wrong formula does not cost these points, and the hint is about
what is wrong. The gradient checks, too, take a submission's own forward pass.
"""

import numpy as np

from grader.language import Text
from grader.sandbox.proxy import Remote
from grader.suite.compare import assert_array, assert_close, assert_unchanged, require
from grader.suite.gradcheck import assert_gradients, numeric_gradient
from grader.suite.marks import hint, points, requires, title

N, T, D, H = 2, 5, 3, 4
NOT_MADE = Text(
    en="Expected an object with the methods of the statement", ko="문제에 나온 메서드가 있는 객체가 필요해요"
)
NO_GRADS = Text(
    en="Expected `grads` to be a list of three arrays before the first backward",
    ko="첫 backward 전에도 `grads`는 배열 세 개짜리 리스트여야 해요",
)

ALL_ZERO = Text(en="Expected numbers other than 0", ko="0이 아닌 수가 있어야 해요")


def sizes():
    """Return the sizes that may turn up as a wrong factor, by their names."""
    return {str(Text(en="batch size", ko="배치 크기")): N, str(Text(en="time steps", ko="단계 수")): T}


def draw(rng, *shape, scale=1.0):
    """Draw numbers of two decimals: a learner can type a failing case in."""
    return np.round(rng.normal(0.0, scale, size=shape), 2)


def weights(rng, num_inputs=D, num_units=H):
    """Draw Wx, Wh and b so small that tanh is seldom flat."""
    shapes = ((num_inputs, num_units), (num_units, num_units), (num_units,))
    return [draw(rng, *shape, scale=0.5) for shape in shapes]


def new_cell(module, arrays):
    """Make a cell; a function in the place of the class may return anything."""
    return made(module.RNN(*arrays))


def new_layer(module, arrays, **options):
    """Make a layer."""
    return made(module.TimeRNN(*arrays, **options))


def made(instance):
    require(isinstance(instance, Remote), NOT_MADE, received=instance)
    return instance


def read_grads(module, instance):
    """Return `grads` as it is, read by a call where it is a list."""
    grads = module.value(instance.grads)
    return instance.grads.copy() if isinstance(grads, list) else grads


def overwrite(place, values):
    """Write into an array over there, as an optimiser does; a list of rows, for a slice cannot travel."""
    place[list(range(len(values)))] = values


def assert_shapes(received, shapes, name):
    """Check shapes and finiteness and nothing else, before anything is computed from what was received."""
    assert_close(received, [np.zeros(shape) for shape in shapes], rtol=0, atol=np.inf, name=name)


def shapes_of(arrays):
    return [np.shape(array) for array in arrays]


def assert_filled(received, shapes, name):
    """Check shapes and finiteness, and that no array is 0 everywhere: nothing equals itself too easily."""
    assert_shapes(received, shapes, name)
    for array in received:
        require(np.any(np.asarray(array)), ALL_ZERO, received=array)


def take_grads(submission, instance, arrays):
    """Return handles for the arrays that are in `grads` before the first backward, whatever they hold."""
    found = submission.value(instance.grads)
    require(isinstance(found, list | tuple) and len(found) == len(arrays), NO_GRADS)
    for k, array in enumerate(arrays):
        assert_array(found[k], shape=array.shape, name=f"grads[{k}]")
    return [submission.ref(instance.grads[k]) for k in range(len(arrays))]


def numeric_gradients(submission, loss, at, **bindings):
    """Return the numeric gradient of an expression by each of the arrays `at` that it names."""
    functions = {name: submission.define(f"lambda {name}: float({loss})", **bindings, **at) for name in at}
    return {name: numeric_gradient(functions[name], at[name]) for name in at}


# ------------------------------------------------------------------------------------------ the cell: values


@points(1)
@title(en="One step of a random batch", ko="무작위 배치의 한 단계")
@hint(
    en="Take one sample and one unit. Which D + H + 1 numbers make up the value before tanh?",
    ko="샘플 하나, 유닛 하나만 보세요. tanh를 취하기 전의 값은 어떤 D + H + 1개의 수로 이루어지나요?",
)
def test_forward(submission, solution, rng):
    arrays, x, h_prev = weights(rng), draw(rng, N, D), draw(rng, N, H, scale=0.5)
    received = new_cell(submission, arrays).forward(x, h_prev)
    assert_close(received, new_cell(solution, arrays).forward(x, h_prev))


@points(0.5)
@title(en="No state before the step", ko="이전 상태가 없는 단계")
@hint(
    en="Which values does the statement give to a state that is None, and what does dWh become then?",
    ko="상태가 None이면 어떤 값이라고 했나요? 그러면 dWh는 무엇이 되나요?",
)
def test_no_state(submission, rng):
    arrays, x, dh_next = weights(rng), draw(rng, N, D), draw(rng, N, H)
    cell, other = new_cell(submission, arrays), new_cell(submission, arrays)
    received = [cell.forward(x), cell.forward(x, None)]
    pair, grads = cell.backward(dh_next), read_grads(submission, cell)
    with_zeros, pair_with_zeros = other.forward(x, np.zeros((N, H))), other.backward(dh_next)
    assert_filled([with_zeros], [(N, H)], "forward(x, zeros)")
    assert_filled(pair_with_zeros, [(N, D), (N, H)], "(dx, dh_prev)")
    assert_shapes(grads, shapes_of(arrays), "grads")
    assert_close(received[0], with_zeros, name="forward(x)")
    assert_close(received[1], with_zeros, name="forward(x, None)")
    assert_close(pair, pair_with_zeros, name="(dx, dh_prev)")
    assert_close(grads[1], np.zeros((H, H)), name="dWh")


@points(0.5)
@title(en="Inputs in the hundreds", ko="수백에 이르는 입력")
@hint(
    en="Between which two numbers must every state lie? And how steep is tanh far out?",
    ko="상태의 값은 어떤 두 수 사이에 있어야 하나요? 아주 먼 곳에서 tanh의 기울기는 얼마인가요?",
)
def test_large_inputs(submission, solution, rng):
    # Each unit's weights have one sign and so has each row of inputs: no sum comes near 0.
    weights_x = rng.uniform(0.5, 1.0, size=(D, H)) * rng.choice([-1.0, 1.0], size=H)
    x = rng.uniform(300.0, 400.0, size=(N, D)) * np.array([[1.0], [-1.0]])
    arrays = [weights_x, *weights(rng)[1:]]
    h_prev, dh_next = draw(rng, N, H, scale=0.5), draw(rng, N, H)
    cell, reference = new_cell(submission, arrays), new_cell(solution, arrays)
    received, pair = cell.forward(x, h_prev), cell.backward(dh_next)
    assert_close(received, reference.forward(x, h_prev))
    assert_close(pair, reference.backward(dh_next), rtol=0, atol=1e-9, name="(dx, dh_prev)")


@points(1)
@title(en="Backward through a random step", ko="무작위 한 단계의 역전파")
@hint(
    en="Work out da for one cell. From which numbers of the forward pass does its factor come?",
    ko="한 칸의 da를 계산해 보세요. 거기에 곱하는 수는 순전파의 어떤 값에서 나오나요?",
)
def test_backward(submission, solution, rng):
    arrays, x, h_prev = weights(rng), draw(rng, N, D), draw(rng, N, H, scale=0.5)
    dh_next = draw(rng, N, H)
    cell, reference = new_cell(submission, arrays), new_cell(solution, arrays)
    cell.forward(x, h_prev)
    received = cell.backward(dh_next)
    reference.forward(x, h_prev)
    assert_close(received, reference.backward(dh_next), name="(dx, dh_prev)")


@points(0.5)
@title(en="As many samples as inputs and units", ko="샘플, 입력, 유닛의 수가 모두 같은 경우")
@hint(
    en="All arrays are 3×3, so no shape betrays a wrong order. Which products are transposed, and which not?",
    ko="모든 배열이 3×3이라 shape으로는 순서를 알 수 없어요. 어느 곱에 전치가 있고 어느 곱에는 없나요?",
)
def test_equal_sizes(submission, solution, rng):
    arrays, x, h_prev = weights(rng, 3, 3), draw(rng, 3, 3), draw(rng, 3, 3, scale=0.5)
    dh_next = draw(rng, 3, 3)
    cell, reference = new_cell(submission, arrays), new_cell(solution, arrays)
    received, pair = cell.forward(x, h_prev), cell.backward(dh_next)
    grads = read_grads(submission, cell)
    assert_close(received, reference.forward(x, h_prev), name="h_next")
    assert_close(pair, reference.backward(dh_next), name="(dx, dh_prev)")
    assert_close(grads, solution.value(reference.grads), name="grads")


@points(0.5)
@title(en="One sample, one input, one unit", ko="샘플, 입력, 유닛이 하나씩인 경우")
@hint(
    en="Every array holds a single number here. How many axes does each of them have all the same?",
    ko="여기서는 배열마다 수가 하나뿐이에요. 그래도 축은 각각 몇 개여야 하나요?",
)
def test_sizes_of_one(submission, solution, rng):
    arrays, x, h_prev, dh_next = weights(rng, 1, 1), draw(rng, 1, 1), draw(rng, 1, 1), draw(rng, 1, 1)
    cell, reference = new_cell(submission, arrays), new_cell(solution, arrays)
    received, pair = cell.forward(x, h_prev), cell.backward(dh_next)
    grads = read_grads(submission, cell)
    assert_close(received, reference.forward(x, h_prev), name="h_next")
    assert_close(pair, reference.backward(dh_next), name="(dx, dh_prev)")
    assert_close(grads, solution.value(reference.grads), name="grads")


@points(1)
@title(en="Gradient check of the cell", ko="셀의 기울기 검사")
@hint(
    en="Here your own forward is nudged, one number at a time. Which array disagrees with your backward?",
    ko="여러분의 forward에 수를 하나씩 조금 바꿔 넣어 본 결과예요. backward와 맞지 않는 배열은 무엇인가요?",
)
@requires("test_forward")
def test_gradient_check(submission, rng):
    arrays, x, h_prev = weights(rng), draw(rng, N, D), draw(rng, N, H, scale=0.5)
    dh_next = draw(rng, N, H)
    cell = new_cell(submission, arrays)
    h_next = cell.forward(x, h_prev)
    pair = cell.backward(dh_next)
    grads = read_grads(submission, cell)
    assert_shapes([h_next], [(N, H)], "forward")
    assert_shapes(pair, shapes_of([x, h_prev]), "(dx, dh_prev)")
    assert_shapes(grads, shapes_of(arrays), "grads")
    at = dict(zip(("Wx", "Wh", "b", "x", "h_prev"), [*arrays, x, h_prev], strict=True))
    loss = "np.sum(RNN(Wx, Wh, b).forward(x, h_prev) * dh_next)"
    numeric = numeric_gradients(submission, loss, at, RNN=submission.RNN, dh_next=dh_next)
    received = zip(numeric, [*grads, *pair], strict=True)
    assert_gradients({f"d{name}": (np.asarray(got), numeric[name]) for name, got in received}, sizes=sizes())


# ------------------------------------------------------------------------------------ the cell: what it keeps


@points(0.5)
@title(en="A second backward replaces the gradients", ko="두 번째 backward의 기울기")
@hint(
    en="Call forward and backward twice with the same arrays. Should `grads` be twice as large then?",
    ko="같은 배열로 forward와 backward를 두 번 불러 보세요. `grads`가 두 배가 되어야 하나요?",
)
def test_second_backward(submission, rng):
    arrays = weights(rng)
    cell, fresh = new_cell(submission, arrays), new_cell(submission, arrays)
    for _ in range(2):
        x, h_prev, dh_next = draw(rng, N, D), draw(rng, N, H, scale=0.5), draw(rng, N, H)
        cell.forward(x, h_prev)
        cell.backward(dh_next)
    fresh.forward(x, h_prev)
    fresh.backward(dh_next)
    grads, expected = read_grads(submission, cell), read_grads(submission, fresh)
    assert_filled(expected, shapes_of(arrays), "grads")
    assert_close(grads, expected, name="grads")


@points(0.5)
@title(en="Two cells side by side", ko="나란히 놓인 두 셀")
@hint(
    en="One cell goes forward, then the other, and only then do both go back. Where does each keep its arrays?",
    ko="두 셀이 차례로 순전파를 한 다음에 역전파를 해요. 각 셀은 자기 배열을 어디에 두고 있나요?",
)
def test_two_cells(submission, rng):
    both = [weights(rng), weights(rng)]
    inputs = [(draw(rng, N, D), draw(rng, N, H, scale=0.5)) for _ in both]
    dh_next = draw(rng, N, H)
    alone = new_cell(submission, both[0])
    alone.forward(*inputs[0])
    expected, expected_grads = alone.backward(dh_next), read_grads(submission, alone)
    cells = [new_cell(submission, arrays) for arrays in both]
    for cell, arguments in zip(cells, inputs, strict=True):
        cell.forward(*arguments)
    pairs = [cell.backward(dh_next) for cell in cells]
    grads = read_grads(submission, cells[0])
    assert_filled(expected, shapes_of(inputs[0]), "(dx, dh_prev)")
    assert_filled(expected_grads, shapes_of(both[0]), "grads")
    assert_close(pairs[0], expected, name="(dx, dh_prev)")
    assert_close(grads, expected_grads, name="grads")


@points(0.5)
@title(en="A weight changed in `params`", ko="`params`에서 바꾼 가중치")
@hint(
    en="An optimiser writes into the arrays of `params`. Are these the arrays that your methods compute with?",
    ko="optimizer는 `params`의 배열에 값을 써넣어요. 메서드가 계산에 쓰는 배열이 바로 그 배열인가요?",
)
def test_changed_weights(submission, rng):
    arrays, changed = weights(rng), weights(rng)
    x, h_prev, dh_next = draw(rng, N, D), draw(rng, N, H, scale=0.5), draw(rng, N, H)
    cell, fresh = new_cell(submission, arrays), new_cell(submission, changed)
    for k in range(3):
        overwrite(cell.params[k], changed[k])
    received, pair = cell.forward(x, h_prev), cell.backward(dh_next)
    expected, expected_pair = fresh.forward(x, h_prev), fresh.backward(dh_next)
    assert_filled([expected], [(N, H)], "h_next")
    assert_filled(expected_pair, [(N, D), (N, H)], "(dx, dh_prev)")
    assert_close(received, expected, name="h_next")
    assert_close(pair, expected_pair, name="(dx, dh_prev)")


@points(0.5)
@title(
    en="The arrays in the cell's `grads` stay the same objects", ko="셀의 `grads`에 든 배열은 늘 같은 객체"
)
@hint(
    en="An optimiser took the three arrays out of `grads` at the start. What do they hold after backward?",
    ko="optimizer가 처음에 `grads`의 배열 세 개를 받아 두었어요. backward 뒤에 그 배열에는 무엇이 있나요?",
)
def test_grads_in_place(submission, rng):
    arrays = weights(rng)
    x, h_prev, dh_next = draw(rng, N, D), draw(rng, N, H, scale=0.5), draw(rng, N, H)
    cell = new_cell(submission, arrays)
    taken = take_grads(submission, cell, arrays)
    cell.forward(x, h_prev)
    cell.backward(dh_next)
    held, present = [array.copy() for array in taken], read_grads(submission, cell)
    assert_filled(present, shapes_of(arrays), "grads")
    assert_close(held, present, name="grads")


@points(0.5)
@title(en="The cell changes neither its arguments nor its weights", ko="인자와 가중치를 바꾸지 않는 셀")
@hint(
    en="Print x, h_prev, dh_next and the weights before and after each call. Which one has changed?",
    ko="호출 전후에 x, h_prev, dh_next와 가중치를 출력해 보세요. 달라진 것이 있나요?",
)
@requires("test_forward")
def test_cell_leaves_arrays(submission, rng):
    arrays = weights(rng)
    cell = new_cell(submission, arrays)
    cell.forward(draw(rng, N, D), draw(rng, N, H, scale=0.5))
    assert_unchanged(submission)
    cell.backward(draw(rng, N, H))
    assert_unchanged(submission)
    assert_close(cell.params, arrays, name="params")


# ----------------------------------------------------------------------------------------- the layer: values


@points(0.5)
@title(en="A random sequence", ko="무작위 시퀀스")
@hint(
    en="Run your cell by hand over xs[:, 0], xs[:, 1], … Which state goes into each step?",
    ko="xs[:, 0], xs[:, 1], …에 셀을 하나씩 직접 적용해 보세요. 각 단계에는 어떤 상태가 들어가나요?",
)
def test_sequence(submission, solution, rng):
    arrays, xs = weights(rng), draw(rng, N, T, D)
    received = new_layer(submission, arrays).forward(xs)
    assert_close(received, new_layer(solution, arrays).forward(xs))


@points(0.5)
@title(en="As many steps as samples, inputs and units", ko="단계, 샘플, 입력, 유닛의 수가 모두 같은 경우")
@hint(
    en="Which axis of xs counts the samples, and which the steps? Follow one sample by itself.",
    ko="xs에서 샘플의 축은 어느 것이고 단계의 축은 어느 것인가요? 샘플 하나만 따라가 보세요.",
)
def test_sequence_of_equal_sizes(submission, solution, rng):
    arrays, xs, dhs = weights(rng, 3, 3), draw(rng, 3, 3, 3), draw(rng, 3, 3, 3)
    layer, reference = new_layer(submission, arrays), new_layer(solution, arrays)
    received, d_xs = layer.forward(xs), layer.backward(dhs)
    grads = read_grads(submission, layer)
    assert_close(received, reference.forward(xs), name="hs")
    assert_close(d_xs, reference.backward(dhs), name="dxs")
    assert_close(grads, solution.value(reference.grads), name="grads")


@points(0.5)
@title(en="Backward through a random sequence", ko="무작위 시퀀스의 역전파")
@hint(
    en="The state after step t was used in two places. From where do the two parts of its gradient come?",
    ko="단계 t의 상태는 두 군데에서 쓰였어요. 그 기울기의 두 부분은 각각 어디에서 오나요?",
)
def test_sequence_backward(submission, solution, rng):
    arrays, xs, dhs = weights(rng), draw(rng, N, T, D), draw(rng, N, T, H)
    layer, reference = new_layer(submission, arrays), new_layer(solution, arrays)
    layer.forward(xs)
    received = layer.backward(dhs)
    reference.forward(xs)
    assert_close(received, reference.backward(dhs))


@points(0.5)
@title(en="A loss that sees the last state only", ko="마지막 상태만 보는 손실")
@hint(
    en="Only dhs[:, -1] differs from 0. Can the first input have had an influence on the last state?",
    ko="dhs[:, -1]만 0이 아니에요. 첫 번째 입력이 마지막 상태에 영향을 주었을까요?",
)
def test_loss_at_the_last_step(submission, solution, rng):
    arrays, xs, dhs = weights(rng), draw(rng, N, T, D), np.zeros((N, T, H))
    dhs[:, -1] = draw(rng, N, H)
    layer, reference = new_layer(submission, arrays), new_layer(solution, arrays)
    layer.forward(xs)
    received = layer.backward(dhs)
    reference.forward(xs)
    assert_close(received, reference.backward(dhs))


@points(0.5)
@title(en="Gradient check of the layer", ko="계층의 기울기 검사")
@hint(
    en="One weight was used in every step. How many parts does its gradient have, and what becomes of them?",
    ko="가중치 하나가 모든 단계에서 쓰였어요. 그 기울기는 몇 부분으로 이루어지고, 그 부분들을 어떻게 하나요?",
)
@requires("test_sequence")
def test_layer_gradient_check(submission, rng):
    arrays, xs, dhs = weights(rng), draw(rng, N, T, D), draw(rng, N, T, H)
    layer = new_layer(submission, arrays)
    hs, d_xs = layer.forward(xs), layer.backward(dhs)
    grads = read_grads(submission, layer)
    assert_shapes([hs, d_xs], shapes_of([dhs, xs]), "(hs, dxs)")
    assert_shapes(grads, shapes_of(arrays), "grads")
    at = dict(zip(("Wx", "Wh", "b", "xs"), [*arrays, xs], strict=True))
    loss = "np.sum(TimeRNN(Wx, Wh, b).forward(xs) * dhs)"
    numeric = numeric_gradients(submission, loss, at, TimeRNN=submission.TimeRNN, dhs=dhs)
    received = zip(numeric, [*grads, d_xs], strict=True)
    assert_gradients({f"d{name}": (np.asarray(got), numeric[name]) for name, got in received}, sizes=sizes())


@points(0.5)
@title(en="A second sequence, shorter than the first", ko="첫 번째보다 짧은 두 번째 시퀀스")
@hint(
    en="What is left in your layer from the first sequence when the second one begins?",
    ko="두 번째 시퀀스가 시작될 때 계층 안에는 첫 번째 시퀀스의 무엇이 남아 있나요?",
)
def test_second_sequence(submission, rng):
    arrays = weights(rng)
    layer, fresh = new_layer(submission, arrays), new_layer(submission, arrays)
    for num_steps in (T, T - 2):
        xs, dhs = draw(rng, N, num_steps, D), draw(rng, N, num_steps, H)
        layer.forward(xs)
        received = layer.backward(dhs)
    fresh.forward(xs)
    expected = fresh.backward(dhs)
    grads, expected_grads = read_grads(submission, layer), read_grads(submission, fresh)
    assert_filled([expected], [(N, T - 2, D)], "dxs")
    assert_filled(expected_grads, shapes_of(arrays), "grads")
    assert_close(received, expected, name="dxs")
    assert_close(grads, expected_grads, name="grads")


@points(0.5)
@title(en="A layer that is not stateful begins afresh", ko="stateful이 아닌 계층은 매번 새로 시작")
@hint(
    en="Call forward twice with the same sequence. Should the second answer differ? And with one sample more?",
    ko="같은 시퀀스로 forward를 두 번 부르면 결과가 달라야 하나요? 샘플이 하나 더 많으면요?",
)
def test_fresh_start(submission, rng):
    arrays, xs, larger = weights(rng), draw(rng, N, T, D), draw(rng, N + 1, T, D)
    layer, fresh = new_layer(submission, arrays), new_layer(submission, arrays)
    received = [layer.forward(batch) for batch in (xs, xs, larger)]
    expected = fresh.forward(larger)
    assert_filled([received[0], expected], [(N, T, H), (N + 1, T, H)], "hs")
    assert_close(received[1], received[0], name="hs 2")
    assert_close(received[2], expected, name="hs 3")


# --------------------------------------------------------------------------------- the layer: state and blocks


@points(0.5)
@title(en="A stateful layer goes on where it stopped", ko="멈춘 곳에서 이어 가는 stateful 계층")
@hint(
    en="A sequence is cut in two. In which state should the second piece begin?",
    ko="시퀀스 하나를 둘로 잘랐어요. 두 번째 조각은 어떤 상태에서 시작해야 하나요?",
)
def test_state_goes_on(submission, rng):
    arrays, xs = weights(rng), draw(rng, N, T + 3, D)
    layer, whole = new_layer(submission, arrays, stateful=True), new_layer(submission, arrays)
    received = layer.forward(xs[:, :T]), layer.forward(xs[:, T:])
    expected = whole.forward(xs)
    assert_filled([expected], [(N, T + 3, H)], "hs")
    assert_close(received[0], np.asarray(expected)[:, :T], name="hs 1")
    assert_close(received[1], np.asarray(expected)[:, T:], name="hs 2")


@points(0.5)
@title(en="A sequence fed one step at a time", ko="한 단계씩 넣은 시퀀스")
@hint(
    en="A block of a single step is a block too. Which shapes have xs and hs when T is 1?",
    ko="한 단계짜리 블록도 블록이에요. T가 1이면 xs와 hs의 shape은 무엇인가요?",
)
def test_one_step_at_a_time(submission, rng):
    arrays, xs, dh_last = weights(rng), draw(rng, N, 4, D), draw(rng, N, 1, H)
    layer, whole = new_layer(submission, arrays, stateful=True), new_layer(submission, arrays)
    received = [layer.forward(xs[:, t : t + 1]) for t in range(4)]
    d_xs = layer.backward(dh_last)
    expected = whole.forward(xs)
    only_last = np.concatenate([np.zeros((N, 3, H)), dh_last], axis=1)
    expected_d_xs = whole.backward(only_last)
    assert_filled([expected, expected_d_xs], [(N, 4, H), (N, 4, D)], "(hs, dxs)")
    for t in range(4):
        assert_close(received[t], np.asarray(expected)[:, t : t + 1], name=f"hs {t + 1}")
    # The last input has no influence but on the last state: cutting the gradient changes nothing for it.
    assert_close(d_xs, np.asarray(expected_d_xs)[:, 3:], name="dxs")


@points(0.5)
@title(en="A state that is set", ko="직접 정해 준 상태")
@hint(
    en="After `set_state(h)`, which state does step 0 of the next forward see?",
    ko="`set_state(h)` 다음에 forward를 부르면 단계 0에는 어떤 상태가 들어가나요?",
)
def test_set_state(submission, rng):
    arrays, xs = weights(rng), draw(rng, N, T + 3, D)
    layer, whole = new_layer(submission, arrays, stateful=True), new_layer(submission, arrays)
    expected = whole.forward(xs)
    assert_filled([expected], [(N, T + 3, H)], "hs")
    expected = np.asarray(expected)
    received = []
    for t in (2, T):
        layer.set_state(expected[:, t - 1])
        received.append(layer.forward(xs[:, t : t + 3]))
    assert_close(received[0], expected[:, 2:T], name="hs 1")
    assert_close(received[1], expected[:, T:], name="hs 2")


@points(1)
@title(
    en="Truncated backpropagation: gradient check of a second block",
    ko="Truncated BPTT: 두 번째 블록의 기울기 검사",
)
@hint(
    en="To the second block, the state it begins with is a given number. What may reach its gradients?",
    ko="두 번째 블록에게 시작 상태는 그저 주어진 수예요. 이 블록의 기울기에는 무엇만 들어가야 하나요?",
)
@requires("test_sequence")
def test_truncated_gradient_check(submission, rng):
    arrays, xs, dhs = weights(rng), draw(rng, N, T, D), draw(rng, N, T, H)
    layer = new_layer(submission, arrays, stateful=True)
    first = layer.forward(draw(rng, N, T, D))
    layer.backward(draw(rng, N, T, H))
    hs, d_xs = layer.forward(xs), layer.backward(dhs)
    grads = read_grads(submission, layer)
    assert_shapes([first, hs, d_xs], shapes_of([dhs, dhs, xs]), "(hs, hs, dxs)")
    assert_shapes(grads, shapes_of(arrays), "grads")
    # The incoming state is held fixed, at the value that the submission's own first block has left.
    begin = np.asarray(first)[:, -1]
    at = dict(zip(("Wx", "Wh", "b", "xs"), [*arrays, xs], strict=True))
    second = "(layer.set_state(begin), layer.forward(xs))[1]"
    loss = f"sum(np.sum({second} * dhs) for layer in [TimeRNN(Wx, Wh, b, stateful=True)])"
    numeric = numeric_gradients(submission, loss, at, TimeRNN=submission.TimeRNN, dhs=dhs, begin=begin)
    received = zip(numeric, [*grads, d_xs], strict=True)
    assert_gradients({f"d{name}": (np.asarray(got), numeric[name]) for name, got in received}, sizes=sizes())


@points(0.5)
@title(en="After a reset, a batch of another size", ko="상태를 초기화한 뒤 크기가 다른 배치")
@hint(
    en="How many rows must the state of the next batch have? Does `reset_state` know that?",
    ko="다음 배치의 상태는 행이 몇 개여야 하나요? `reset_state`가 그것을 알 수 있나요?",
)
def test_reset_state(submission, rng):
    arrays, xs, larger = weights(rng), draw(rng, N, T, D), draw(rng, N + 1, T, D)
    layer, fresh = new_layer(submission, arrays, stateful=True), new_layer(submission, arrays)
    received = [layer.forward(xs)]
    layer.reset_state()
    received.append(layer.forward(xs))
    layer.reset_state()
    received.append(layer.forward(larger))
    layer.set_state(draw(rng, N, H))
    layer.reset_state()
    received.append(layer.forward(xs))
    of_larger = fresh.forward(larger)
    assert_filled([received[0], of_larger], [(N, T, H), (N + 1, T, H)], "hs")
    assert_close(received[1], received[0], name="hs 2")
    assert_close(received[2], of_larger, name="hs 3")
    assert_close(received[3], received[0], name="hs 4")


# -------------------------------------------------------------------------------------- the layer: its arrays


@points(0.5)
@title(en="A weight changed in the layer's `params`", ko="계층의 `params`에서 바꾼 가중치")
@hint(
    en="Are the weights in `params` those with which every step of the next forward computes?",
    ko="다음 forward의 모든 단계가 `params`에 있는 바로 그 가중치로 계산하나요?",
)
def test_changed_layer_weights(submission, rng):
    arrays, changed = weights(rng), weights(rng)
    xs, dhs = draw(rng, N, T, D), draw(rng, N, T, H)
    layer, fresh = new_layer(submission, arrays), new_layer(submission, changed)
    layer.forward(xs)
    for k in range(3):
        overwrite(layer.params[k], changed[k])
    received, d_xs = layer.forward(xs), layer.backward(dhs)
    expected, expected_d_xs = fresh.forward(xs), fresh.backward(dhs)
    assert_filled([expected, expected_d_xs], [(N, T, H), (N, T, D)], "(hs, dxs)")
    assert_close(received, expected, name="hs")
    assert_close(d_xs, expected_d_xs, name="dxs")


@points(0.5)
@title(
    en="The arrays in the layer's `grads` stay the same objects", ko="계층의 `grads`에 든 배열은 늘 같은 객체"
)
@hint(
    en="Take the arrays out of `grads` before the first backward. Do they hold the sums afterwards?",
    ko="첫 backward 전에 `grads`의 배열을 받아 두세요. 나중에 그 배열에 합이 들어 있나요?",
)
def test_layer_grads_in_place(submission, rng):
    arrays = weights(rng)
    xs, dhs = draw(rng, N, T, D), draw(rng, N, T, H)
    layer = new_layer(submission, arrays)
    taken = take_grads(submission, layer, arrays)
    layer.forward(xs)
    layer.backward(dhs)
    held, present = [array.copy() for array in taken], read_grads(submission, layer)
    assert_filled(present, shapes_of(arrays), "grads")
    assert_close(held, present, name="grads")


@points(0.5)
@title(en="The layer changes neither its arguments nor its weights", ko="인자와 가중치를 바꾸지 않는 계층")
@hint(
    en="Print xs, dhs and the weights before and after each call. Which one has changed?",
    ko="호출 전후에 xs, dhs와 가중치를 출력해 보세요. 달라진 것이 있나요?",
)
@requires("test_sequence")
def test_layer_leaves_arrays(submission, rng):
    arrays = weights(rng)
    layer = new_layer(submission, arrays)
    layer.forward(draw(rng, N, T, D))
    assert_unchanged(submission)
    layer.backward(draw(rng, N, T, H))
    assert_unchanged(submission)
    assert_close(layer.params, arrays, name="params")


@points(0.5)
@title(en="What comes back are numpy arrays of floats", ko="돌려주는 값은 실수형 numpy 배열")
@hint(
    en="What do `type(...)` and `.dtype` say about the values that your methods return?",
    ko="메서드가 돌려주는 값에 `type(...)`과 `.dtype`을 물어보면 무엇이 나오나요?",
)
@requires("test_forward")
def test_results_are_float_arrays(submission, rng):
    arrays = weights(rng)
    cell, layer = new_cell(submission, arrays), new_layer(submission, arrays)
    h_next, hs = cell.forward(draw(rng, N, D), draw(rng, N, H)), layer.forward(draw(rng, N, T, D))
    pair, d_xs = cell.backward(draw(rng, N, H)), layer.backward(draw(rng, N, T, H))
    assert_shapes(pair, [(N, D), (N, H)], "(dx, dh_prev)")
    results = {"h_next": h_next, "dx": pair[0], "dh_prev": pair[1], "hs": hs, "dxs": d_xs}
    for name, result in results.items():
        assert_array(result, kind="f", name=name)


# -------------------------------------------------------------------------------------------- beside Keras


@points(0.5)
@title(en="The same numbers as Keras", ko="케라스와 같은 값")
@hint(
    en="Keras's SimpleRNN has the same three arrays. Which step is the first that differs, seen from the end?",
    ko="케라스의 SimpleRNN에도 같은 배열 세 개가 있어요. 처음 달라지는 단계는 어디이고, 어느 방향에서 오나요?",
)
def test_agrees_with_keras(submission, keras_reference):
    keras_reference.check(submission, "RNN", "TimeRNN")
