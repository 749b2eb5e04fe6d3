"""The gradient check accepts right gradients, kinks included, and says what is wrong with others."""

import numpy as np
import pytest

from grader.sandbox.local import LocalModule
from grader.sandbox.proxy import ModuleProxy
from grader.suite.compare import MismatchError
from grader.suite.gradcheck import assert_gradients, common_factor, numeric_gradient

RNG = np.random.default_rng(3)


def proxy(source="import numpy as np"):
    return ModuleProxy(LocalModule(compile(source, "x.py", "exec")), lambda name: name)


def differentiate(expression, at):
    return numeric_gradient(proxy().define(f"lambda x: {expression}"), at)


@pytest.mark.parametrize(
    ("expression", "gradient", "at"),
    [
        ("np.sum(x ** 2)", lambda x: 2 * x, RNG.normal(size=(3, 4))),
        ("np.sum(np.tanh(x))", lambda x: 1 - np.tanh(x) ** 2, RNG.normal(size=7) * 3),
        ("np.sum(np.exp(x))", np.exp, RNG.normal(size=5)),
        (
            "x[0] * x[1] * x[2]",
            lambda x: np.array([x[1] * x[2], x[0] * x[2], x[0] * x[1]]),
            np.array([1, 2, 3]),
        ),
        ("1e6 * np.sum(x)", lambda x: np.full_like(x, 1e6), RNG.normal(size=3)),
        ("np.sum(x ** 2)", lambda x: 2 * x, np.array([1e5, 1e-5, 0.0])),
        ("float(np.sum(x))", lambda x: np.ones_like(x), np.array(2.5)),
    ],
)
def test_smooth_functions(expression, gradient, at):
    found = differentiate(expression, at)
    wanted = gradient(np.asarray(at, dtype=float))
    assert found.is_smooth.all()
    assert_gradients({"dx": (wanted, found)})
    with pytest.raises(MismatchError):
        assert_gradients({"dx": (wanted * (1 + 1e-4) + 1e-4, found)})


def test_kinks_are_left_out_and_near_ones_resolved():
    at = np.array([1.0, -1.0, 0.0, 1e-7, -1e-7])
    found = differentiate("np.sum(np.maximum(x, 0.0))", at)
    assert found.is_smooth.tolist() == [True, True, False, True, True]
    assert_gradients({"dx": (np.array([1.0, 0.0, 99.0, 1.0, 0.0]), found)})


def test_float32_forward_is_no_reason_to_fail():
    at = RNG.normal(size=6)
    found = numeric_gradient(proxy().define("lambda x: np.sum(np.float32(x) ** 2)"), at)
    assert_gradients({"dx": ((2 * at).astype(np.float32), found)})
    with pytest.raises(MismatchError):
        assert_gradients({"dx": ((4 * at).astype(np.float32), found)})


def report(received, wanted, **sizes):
    at = np.asarray(wanted)
    function = proxy().define("lambda x: float(np.sum(x * g))", g=at)
    with pytest.raises(MismatchError) as caught:
        assert_gradients({"db1": (received, numeric_gradient(function, np.zeros_like(at)))}, sizes=sizes)
    return str(caught.value)


def test_the_report_names_factor_sign_and_place():
    wanted = RNG.normal(size=(2, 3))
    assert report(wanted * 8, wanted, batch_size=8) == "db1: too large by the factor 8 = batch_size"
    assert report(wanted / 8, wanted, batch_size=8) == "db1: too small by the factor 8 = batch_size"
    assert report(-wanted, wanted) == "db1: wrong sign"
    assert report(wanted * 0.5, wanted) == "db1: wrong by the factor 0.5"
    off = wanted.copy()
    off[1, 0] += 1
    assert report(off, wanted).startswith("db1: wrong at [1, 0]")
    assert "shape (2, 3)" in report(wanted.T, wanted)
    assert "NoneType" in report(None, wanted) or "None" in report(None, wanted)
    assert "dtype" in report(wanted + 1j, wanted)
    assert "wrong at" in report(wanted * np.nan, wanted)


def test_all_parameters_are_reported():
    at = np.ones(3)
    found = differentiate("np.sum(x)", at)
    with pytest.raises(MismatchError, match=r"dW2: right; db1: too large by the factor 4 = batch size"):
        assert_gradients(
            {"dW2": (np.ones(3), found), "db1": (np.full(3, 4.0), found)}, sizes={"batch size": 4}
        )


@pytest.mark.parametrize("expression", ["None", "'text'", "x", "np.nan", "1j", "[1.0]"])
def test_a_loss_that_is_no_number_is_the_submissions_fault(expression):
    with pytest.raises(MismatchError, match="finite number"):
        differentiate(expression, np.ones(3))


def test_common_factor():
    wanted = RNG.normal(size=10)
    assert common_factor(wanted * 3, wanted) == pytest.approx(3)
    assert common_factor(wanted, wanted) is None
    assert common_factor(wanted * 0, wanted) is None
    assert common_factor(wanted + 1, wanted) is None
    assert common_factor(wanted, wanted * 0) is None
