"""Gradient check: central differences of the submission's own forward pass against its backward pass.

Theory of operation. The author hands over a function of one array that lives in the worker (made with
`submission.define`) and the array at which to differentiate; all perturbed inputs travel in a few frames. A
central difference with step h errs by h²·f'''/6 and by rounding of about u·|f|/h, so the best step is near the
cube root of the unit roundoff u, scaled to the element (Nocedal and Wright, Numerical Optimization, 2nd ed.,
section 8.1). Every element is differentiated with two steps. Where both agree, their Richardson extrapolation
is taken and their difference bounds its error. Where they do not, other steps are tried: smaller ones, because
a kink of ReLU or of a maximum may be near, and larger ones, because the submission may compute in float32.
An element whose slopes on both sides disagree with every step sits on a kink: it is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from grader.language import tr
from grader.sandbox.proxy import Remote
from grader.sandbox.wire import Value
from grader.suite.compare import MismatchError, comparison, read, type_name
from grader.verdicts import Mismatch

Array = np.ndarray[Any, np.dtype[np.float64]]

_STEP = float(np.finfo(np.float64).eps) ** (1 / 3)
_OTHER_STEPS = (1e-2, 1e2, 1e3)  # nearer than a kink; beyond the rounding of a float32 forward pass
_AGREE = 1e-5
_BEND = 0.05
_RTOL = 1e-6
_COARSE_RTOL = 5e-3  # for float32 answers: their forward pass is as coarse as they are
_CALLS_PER_FRAME = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericGradient:
    """A gradient by central differences.

    Attributes:
        values: Same shape as the array at which the function was differentiated.
        error: Bound of each element's own error.
        is_smooth: False where the function has a kink too near to tell.
    """

    values: Array
    error: Array
    is_smooth: np.ndarray[Any, np.dtype[np.bool_]]


def numeric_gradient(function: Remote, at: Value) -> NumericGradient:
    """Return the gradient of `function` at an array.

    Args:
        function: Takes one float64 array and returns one number; it must not keep state between calls.
        at: The array; integers are taken as floats.

    Raises:
        MismatchError: The function does not return finite numbers.
    """
    point = np.asarray(at, dtype=np.float64)
    middle = _number(function._module.map(function, [(point,)])[0])
    steps = _STEP * np.maximum(1.0, np.abs(point)).ravel()
    best = _two_steps(function, point, np.arange(point.size), steps, middle)
    scale = 1e-3 * max(1.0, float(np.abs(best.values).max(initial=0.0)))
    is_rough = (best.doubt > _AGREE * np.maximum(scale, np.abs(best.values))) | best.is_flat
    rough = np.flatnonzero(is_rough)
    for factor in _OTHER_STEPS if rough.size else ():
        other = _two_steps(function, point, rough, steps[rough] * factor, middle)
        better = (other.doubt < best.doubt[rough]) | (best.is_flat[rough] & other.is_slope)
        for array, replacement in zip(best, other, strict=True):
            array[rough[better]] = replacement[better]
    magnitude = np.maximum(scale, np.abs(best.values))
    is_smooth = (best.error <= 1e-3 * magnitude) & (best.bend <= _BEND * magnitude)
    shape = point.shape
    return NumericGradient(
        values=best.values.reshape(shape), error=best.error.reshape(shape), is_smooth=is_smooth.reshape(shape)
    )


class _Estimate(NamedTuple):
    """Differences of some elements.

    Attributes:
        values: Extrapolated from two steps.
        error: How far the two steps disagree.
        bend: How far the slopes on both sides disagree: with the step for a smooth function, not at a kink.
    """

    values: Array
    error: Array
    bend: Array

    @property
    def doubt(self) -> Array:
        """What makes one step better than another."""
        return np.maximum(self.error, self.bend * 1e-3)

    @property
    def is_flat(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Where nothing changed at all: a gradient of 0, or a float32 function under a step too small for it."""
        is_flat: np.ndarray[Any, np.dtype[np.bool_]] = (self.values == 0) & (self.error == 0)
        return is_flat

    @property
    def is_slope(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Where something changed, alike on both sides and with both steps."""
        size = np.abs(self.values)
        is_slope: np.ndarray[Any, np.dtype[np.bool_]] = (
            (size > 0) & (self.error <= 1e-3 * size) & (self.bend <= _BEND * size)
        )
        return is_slope


def _two_steps(function: Remote, point: Array, elements: Any, steps: Array, middle: float) -> _Estimate:  # noqa: ANN401 - indices
    coarse, bend = _differences(function, point, elements, steps, middle)
    fine, _ = _differences(function, point, elements, steps / 2, middle)
    return _Estimate((4 * fine - coarse) / 3, np.abs(fine - coarse), bend)


def _differences(
    function: Remote,
    point: Array,
    elements: Any,  # noqa: ANN401 - indices
    steps: Array,
    middle: float,
) -> tuple[Array, Array]:
    """Return central differences, and how far the slopes on both sides differ."""
    inputs: list[tuple[Array]] = []
    exact: list[float] = []
    for element, step in zip(elements, steps, strict=True):
        above, below = point.copy(), point.copy()
        above.flat[element] += step
        below.flat[element] -= step
        exact.append(
            float(above.flat[element] - below.flat[element])
        )  # what was really added, after rounding
        inputs += [(above,), (below,)]
    results: list[float] = []
    for start in range(0, len(inputs), _CALLS_PER_FRAME):
        results += map(_number, function._module.map(function, inputs[start : start + _CALLS_PER_FRAME]))
    outcome = np.asarray(results).reshape(-1, 2)
    width = np.asarray(exact)
    return (outcome[:, 0] - outcome[:, 1]) / width, np.abs(outcome.sum(axis=1) - 2 * middle) / (width / 2)


def _number(value: Value) -> float:
    is_number = isinstance(value, bool | int | float | np.generic | np.ndarray) and np.size(value) == 1
    if not is_number or not np.isreal(value) or not np.isfinite(float(np.asarray(value).reshape(()))):
        received = repr(value) if isinstance(value, int | float) else type_name(value)
        message = tr("Expected a finite number as loss. Received: {received}", received=received)
        raise MismatchError(Mismatch(kind="type", message=message))
    return float(np.asarray(value).reshape(()))


@comparison
def assert_gradients(
    pairs: Mapping[str, tuple[Value, NumericGradient]],
    *,
    sizes: Mapping[str, int] | None = None,
    rtol: float = _RTOL,
) -> None:
    """Check analytic gradients against numeric ones, with one report over all parameters.

    Args:
        pairs: For each name, such as `dW1`, the gradient that was received and the numeric one.
        sizes: Numbers that may turn up as a wrong factor, with their names, such as {"batch size": 8}.
        rtol: Tolerance relative to the largest element of each gradient.

    Raises:
        MismatchError: One of them is wrong; the message says which are right, and by what factor one is off.
    """
    verdicts: dict[str, str] = {}
    first: Mismatch | None = None
    for name, (received, numeric) in pairs.items():
        found = _mismatch_of(name, read(received), numeric, rtol, sizes or {})
        verdicts[name] = tr("right") if found is None else found.message
        first = first or found
    if first is None:
        return
    report = "; ".join(f"{name}: {verdict}" for name, verdict in verdicts.items())
    raise MismatchError(
        Mismatch(
            kind=first.kind,
            message=report,
            expected=first.expected,
            received=first.received,
            wrong=first.wrong,
            num_wrong=first.num_wrong,
            size=first.size,
            first_index=first.first_index,
            max_abs_error=first.max_abs_error,
            max_rel_error=first.max_rel_error,
        )
    )


def _mismatch_of(
    name: str, received: Value, numeric: NumericGradient, rtol: float, sizes: Mapping[str, int]
) -> Mismatch | None:
    del name
    wanted = numeric.values
    if not isinstance(received, np.ndarray | np.generic | int | float) or isinstance(received, bool):
        message = tr(
            "Expected {expected}. Received: {received}",
            expected="numpy.ndarray",
            received=type_name(received),
        )
        return Mismatch(kind="type", message=message, expected=wanted)
    array = np.asarray(received)
    if array.shape != wanted.shape:
        message = tr(
            "Expected shape {expected}. Received: {received}", expected=wanted.shape, received=array.shape
        )
        return Mismatch(kind="shape", message=message, expected=wanted, received=array)
    if array.dtype.kind not in "biuf":
        message = tr(
            "Expected dtype {expected}. Received: {received}", expected="float64", received=array.dtype
        )
        return Mismatch(kind="dtype", message=message, expected=wanted, received=array)
    values = array.astype(np.float64)
    scale = float(np.abs(wanted).max(initial=0.0))
    coarse = array.dtype.kind == "f" and array.dtype.itemsize < 8
    bound = (_COARSE_RTOL if coarse else rtol) * max(scale, 1e-8) + 10 * numeric.error
    with np.errstate(invalid="ignore"):
        difference = np.abs(values - wanted)
        wrong = ~(difference <= bound) & numeric.is_smooth
    if not wrong.any():
        return None
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    finite = np.isfinite(difference)
    return Mismatch(
        kind="values",
        message=_explain(values, wanted, numeric, index, sizes),
        expected=wanted,
        received=array,
        wrong=wrong,
        num_wrong=int(wrong.sum()),
        size=int(wrong.size),
        first_index=index,
        max_abs_error=float(difference[finite].max()) if finite.any() else None,
    )


def _explain(
    values: Array, wanted: Array, numeric: NumericGradient, index: tuple[int, ...], sizes: Mapping[str, int]
) -> str:
    factor = common_factor(values[numeric.is_smooth], wanted[numeric.is_smooth])
    if factor == -1:
        return tr("wrong sign")
    if factor is not None:
        for name, size in sizes.items():
            if size > 1 and np.isclose(factor, size, rtol=1e-4):
                return tr("too large by the factor {factor} = {name}", factor=size, name=name)
            if size > 1 and np.isclose(factor, 1 / size, rtol=1e-4):
                return tr("too small by the factor {factor} = {name}", factor=size, name=name)
        return tr("wrong by the factor {factor:.6g}", factor=factor)
    return tr(
        "wrong at {index}: expected {expected:.6g}. Received: {received:.6g}",
        index=list(index),
        expected=float(wanted[index]),
        received=float(values[index]),
    )


def common_factor(values: Array, wanted: Array) -> float | None:
    """Return c where `values` equals c times `wanted` everywhere, c neither 0 nor 1; None where there is none."""
    large = np.abs(wanted) > 1e-6 * max(float(np.abs(wanted).max(initial=0.0)), 1e-300)
    if not large.any() or not np.isfinite(values).all():
        return None
    ratios = values[large] / wanted[large]
    factor = float(np.median(ratios))
    if factor == 0 or np.isclose(factor, 1, rtol=1e-6):
        return None
    if not np.allclose(values, factor * wanted, rtol=1e-4, atol=1e-6 * float(np.abs(wanted).max())):
        return None
    return -1.0 if np.isclose(factor, -1, rtol=1e-6) else factor
