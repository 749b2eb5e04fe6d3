"""Reference cases as data: made alike every time, carried over a border and into a file, refused when broken."""

import numpy as np
import pytest

from grader.errors import ExerciseError
from grader.sandbox.wire import decode, encode
from grader.suite.keras_cases import (
    Drawn,
    Kind,
    answer,
    apply,
    call,
    declared_makers,
    from_plain,
    read,
    reference_case,
    sent,
    steps,
    to_plain,
    write,
)


@reference_case(sizes=(1, 4), large=(9,), function="softmax")
def softmax_of_a_vector(rng, size, dtype):
    x = rng.normal(size=size).astype(dtype)
    return answer(x, expected=x + 1, reduction=size, atol=1e-5)


def maker():
    return declared_makers(globals())["softmax_of_a_vector"]


def test_a_case_is_the_same_every_time_and_another_for_another_seed():
    one, again, other = (maker().case(4, "float32", seed) for seed in (7, 7, 8))
    assert np.array_equal(one.steps[0].args[0], again.steps[0].args[0])
    assert not np.array_equal(one.steps[0].args[0], other.steps[0].args[0])


def test_a_case_says_what_it_was_made_for():
    case = maker().case(9, "float64", 1)
    assert (case.function, case.maker, case.size, case.dtype, case.is_large) == (
        "softmax", "softmax_of_a_vector", 9, "float64", True,
    )  # fmt: skip
    assert case.label == "softmax_of_a_vector 9 float64"
    assert maker().choices == [(n, dtype) for n in (1, 4, 9) for dtype in ("float32", "float64")]


def test_every_kind_of_step_survives_the_border():
    weights = Drawn(3, (2, 3), 0.5)
    made = [
        steps(
            call("", np.ones((2, 2)), True),
            call("forward", [(np.zeros(2), "relu")], expected=np.ones(2, np.float32), reduction=3),
            write("params", "W1", np.ones(3)),
            read("grads", expected=[np.ones(2), {"b": np.zeros(1)}]),
        ),
        apply("lambda f, w: f(w)", [weights], expected=(1, 2.5), rtol=1e-3),
    ]
    for case in made:
        again = from_plain(decode(*encode(to_plain(case))))
        assert [step.kind for step in again.steps] == [step.kind for step in case.steps]
        assert encode(to_plain(again)) == encode(to_plain(case))
    assert again.steps[0].args == ([weights],)
    assert again.steps[0].kind is Kind.APPLY


@pytest.mark.parametrize("fields", [None, [], [1, 2, 3, 4, 5, [["leap", "", (), None, 1, None, None]]]])
def test_what_is_no_case_is_refused(fields):
    with pytest.raises(ExerciseError, match="cannot be read"):
        from_plain(fields)


def test_what_is_drawn_is_drawn_alike_forever():
    """The numbers of numpy's legacy generator are promised never to change: ex08's bank rests on it."""
    array = Drawn(2026, (2, 2), 0.5).array()
    assert array.dtype == np.float32
    assert array.ravel().tolist() == pytest.approx([-0.28065437, -0.08698826, 0.47663548, -0.41110098])
    assert np.array_equal(sent([(Drawn(2026, (2, 2), 0.5),)])[0][0], array)
    assert sent({"x": 1}) == {"x": 1}
