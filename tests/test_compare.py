"""Comparison is strict where numpy's helpers are lenient, and says how the values differ."""

import numpy as np
import pytest

from grader.language import Text
from grader.suite.compare import (
    MismatchError,
    assert_array,
    assert_close,
    assert_equal,
    collect_notes,
    require,
)
from grader.suite.tolerances import tolerance


def mismatch(actual, expected, **options):
    with pytest.raises(MismatchError) as caught:
        assert_close(actual, expected, **options)
    return caught.value.mismatch


ONES = np.ones((2, 3))


@pytest.mark.parametrize(
    "actual",
    [np.ones(3), 1.0, np.ones((2, 1)), np.ones((1, 2, 3)), np.ones((3, 2)), [1.0] * 6, np.ones((2, 3, 1))],
)
def test_nothing_is_broadcast(actual):
    assert mismatch(actual, ONES).kind == "shape"


@pytest.mark.parametrize("actual", [None, "text", {"a": 1}, object(), b"x", [[1, 2], [3]], ["a"]])
def test_other_kinds_are_refused(actual):
    found = mismatch(actual, ONES)
    assert found.kind == "type"
    assert "Expected" in found.message
    assert "Received" in found.message


def test_an_object_that_agrees_with_everything_is_refused():
    class Yes:
        def __eq__(self, other):
            return True

        __hash__ = None

    assert mismatch(Yes(), 1.0).kind == "type"


def test_nan_equals_nothing_unless_asked():
    nan = np.array([1.0, np.nan])
    assert "NaN" in mismatch(nan, np.array([1.0, 2.0])).message
    assert mismatch(nan, nan).num_wrong == 1
    assert_close(nan, nan, equal_nan=True)
    assert mismatch(np.array([1.0, 2.0]), nan, equal_nan=True).num_wrong == 1


def test_infinities_need_the_same_sign():
    assert_close(np.array([np.inf, -np.inf]), np.array([np.inf, -np.inf]))
    assert mismatch(np.array([np.inf]), np.array([-np.inf])).num_wrong == 1
    assert mismatch(np.array([np.inf]), np.array([1.0])).num_wrong == 1


def test_the_difference_is_reported():
    expected = np.arange(6.0).reshape(2, 3)
    actual = expected.copy()
    actual[1, 0] += 0.5
    actual[1, 2] -= 2.0
    found = mismatch(actual, expected)
    assert found.kind == "values"
    assert found.num_wrong == 2
    assert found.size == 6
    assert found.first_index == (1, 0)
    assert found.max_abs_error == pytest.approx(2.0)
    assert found.wrong.tolist() == [[False] * 3, [True, False, True]]
    assert found.message == "2 of 6 elements differ; first at [1, 0]: expected 3. Received: 3.5"


def test_notes_instead_of_failures():
    notes = collect_notes()
    assert_close([1.0, 2.0], np.array([1.0, 2.0]))
    assert_close(np.array([1, 2]), np.array([1.0, 2.0]))
    assert_close(np.array([True, False]), np.array([1, 0]))
    assert len(notes) == 3
    assert_close(1, 1.0)
    assert len(notes) == 3


def test_empty_complex_bool_and_integer_arrays():
    assert_close(np.zeros((0, 3)), np.zeros((0, 3)))
    assert mismatch(np.zeros((3, 0)), np.zeros((0, 3))).kind == "shape"
    assert_close(np.array([1 + 2j]), np.array([1 + 2j]))
    assert mismatch(np.array([1 + 2j]), np.array([1.0])).kind == "dtype"
    assert mismatch(np.array([1 + 2j]), np.array([1 - 2j])).num_wrong == 1
    assert mismatch(np.array([True]), np.array([False])).num_wrong == 1
    assert mismatch(np.array([255], dtype=np.uint8), np.array([0], dtype=np.uint8)).max_abs_error == 255
    big = 2**53 + 1
    assert_equal(np.array([big]), np.array([big]))
    with pytest.raises(MismatchError):
        assert_equal(np.array([big]), np.array([big - 1]))
    with pytest.raises(MismatchError):
        assert_equal(2**70, 1)
    assert_equal(2**70, 2**70)
    assert mismatch(10**400, 1.0).num_wrong == 1


def test_float32_answers_pass_against_float64():
    rng = np.random.default_rng(1)
    x, w = rng.normal(size=(50, 400)), rng.normal(size=(400, 30))
    single = x.astype(np.float32) @ w.astype(np.float32)
    assert_close(single, x @ w, reduction=400, dtype=np.float32)
    assert mismatch(single.astype(np.float64), x @ w, reduction=400).num_wrong > 0


def test_float16_is_too_coarse_unless_expected():
    exact = np.linspace(0.1, 1, 50)
    assert mismatch(exact.astype(np.float16), exact).num_wrong > 0
    assert_close(exact.astype(np.float16), exact.astype(np.float16))


def test_tolerance_grows_with_the_sum_and_has_a_floor():
    assert tolerance(np.dtype("f8")) == 1e-9
    assert tolerance(np.dtype("f4")) == 1e-5
    assert tolerance(np.dtype("c8")) == tolerance(np.dtype("f4"))
    assert tolerance(np.dtype("i8")) == tolerance(np.dtype("f8"))
    assert tolerance(np.dtype("f4"), 10_000) > 1e-3


def test_small_numbers_are_not_lost_in_the_tolerance():
    assert mismatch(np.array([1.0, 3e-9]), np.array([1.0, 1e-9]), atol=0).num_wrong == 1


def test_containers_are_compared_by_key():
    assert_close({"W": ONES, "b": 1.0}, {"W": ONES, "b": 1.0})
    assert "keys" in mismatch({"W": ONES}, {"W": ONES, "b": 1.0}).message
    assert mismatch({"W": ONES * 2, "b": 1.0}, {"W": ONES, "b": 1.0}).message.startswith("['W']")
    assert_close((ONES, [1.0]), [ONES, [1.0]])
    assert mismatch((ONES,), (ONES, ONES)).kind == "type"


def test_exact_comparison():
    assert_equal("valid", "valid")
    assert_equal([1, "a", (2.0, None)], [1, "a", (2, None)])
    for actual, expected in [("a", "b"), (None, "a"), ("1", 1), (1.0000001, 1), ([1], [2])]:
        with pytest.raises(MismatchError):
            assert_equal(actual, expected)


def test_type_cases():
    assert_array(ONES, shape=(2, 3), kind="f")
    for actual in ([1.0], 1.0, None, np.float64(1.0)):
        with pytest.raises(MismatchError, match=r"numpy\.ndarray"):
            assert_array(actual)
    with pytest.raises(MismatchError, match="shape"):
        assert_array(ONES, shape=(3, 2))
    with pytest.raises(MismatchError, match="dtype int"):
        assert_array(ONES, kind="i")


@pytest.mark.parametrize("condition", [False, None, 0, 1, "yes", np.bool_(False), [True], np.ones(3)])
def test_only_true_is_true(condition):
    with pytest.raises(MismatchError, match="the rows add up to 1"):
        require(condition, Text(en="the rows add up to 1", ko="행의 합은 1이에요"))


def test_true_is_true():
    require(True, Text(en="a", ko="가"))
    require(np.bool_(True), Text(en="a", ko="가"))


def test_beside_a_zero_no_error_is_relative():
    expected = np.array([0.0, 2.0, 4.0])
    with pytest.raises(MismatchError) as error:
        assert_close(np.array([1.0, 3.0, 4.0]), expected)
    assert error.value.mismatch.max_abs_error == 1.0
    assert error.value.mismatch.max_rel_error == 0.5
    with pytest.raises(MismatchError) as error:
        assert_close(np.ones(2), np.zeros(2))
    assert error.value.mismatch.max_rel_error is None
