"""Differences in the units that people ask for: absolute, relative, in the last place, and as a share."""

import math

import numpy as np
import pytest

from grader.suite.keras_cases import Case, answer, call, steps
from grader.suite.keras_differences import Difference, difference


def compared(received, expected, device="cpu", **options):
    return difference([received], answer(expected=expected, **options), device)


def test_equal_values_use_nothing_up():
    found = compared(np.ones(3), np.ones(3))
    assert found == Difference(tolerance=1e-9)


def test_one_unit_in_the_last_place():
    wanted = np.array([1.0, 2.0], np.float32)
    found = compared(np.nextafter(wanted, np.float32(9)), wanted)
    assert found.ulps == pytest.approx(1)
    assert found.absolute == pytest.approx(2**-22)
    assert found.relative == pytest.approx(2**-23)
    assert found.tolerance == 1e-5
    assert found.used == pytest.approx(2**-22 / (2e-5 + 2e-5))


def test_a_gpu_is_granted_four_times_as_much():
    on_cpu, on_gpu = (compared(np.ones(2) * 1.0001, np.ones(2), device) for device in ("cpu", "gpu"))
    assert on_cpu.used == pytest.approx(4 * on_gpu.used)
    assert on_cpu.used > 1


def test_the_exercise_may_grant_more():
    assert compared(1.001, 1.0).used > 1
    assert compared(1.001, 1.0, atol=1e-2).used < 1
    assert compared(1.001, 1.0, rtol=1e-2).used < 1


@pytest.mark.parametrize("received", [None, np.ones(3), np.ones((2, 1)), "text", np.array([np.nan, 1.0])])
def test_what_cannot_be_compared_is_infinitely_far(received):
    found = compared(received, np.ones(2))
    assert math.isinf(found.used)


def test_containers_give_the_worst_of_their_elements():
    case = Case(steps=steps(call(""), call("f", expected={"a": np.zeros(1), "b": [1.0, 2.0]})).steps)
    found = difference([None, {"a": np.zeros(1), "b": [1.0, 2.5]}], case, "cpu")
    assert found.absolute == 0.5
    assert math.isinf(difference([None, {"a": np.zeros(1), "b": [1.0]}], case, "cpu").used)
    assert math.isinf(difference([None, None], case, "cpu").used)


def test_nothing_to_compare_is_no_difference():
    assert compared(np.zeros((0, 2)), np.zeros((0, 2))).used == 0
