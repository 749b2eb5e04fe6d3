"""Transcripts: what a run asked of a subject and what came back, and when two of them are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.sandbox.proxy import Call, Remote
from grader.sandbox.wire import Value
from grader.suite.tolerances import tolerance

_SAME_MISTAKE = 1e-6  # two ways to write one mistake: log(y + 1e-7), a guard at 1e-12


def same_calls(left: Sequence[Call], right: Sequence[Call], *, strict: bool = True) -> bool:
    """Return whether two sequences of calls had the same outcomes: values, exceptions, side effects.

    Args:
        left: One side's calls.
        right: The other's.
        strict: Whether dtypes and the kind of container must agree too.
    """
    return len(left) == len(right) and all(
        same_call(one, other, strict) for one, other in zip(left, right, strict=True)
    )


def first_difference(left: Sequence[Call], right: Sequence[Call], *, strict: bool) -> int | None:
    """Return the position of the first of `right` that `left` does not have there; None where there is none."""
    for position, call in enumerate(right):
        if position >= len(left) or not same_call(left[position], call, strict):
            return position
    return None


def made(calls: Sequence[Call]) -> list[Call]:
    """Return the calls that were made, without what a suite noted by itself."""
    return [call for call in calls if call.function]


def same_call(left: Call, right: Call, strict: bool) -> bool:
    """Return whether two calls of one place had the same outcome."""
    if left.function != right.function or (left.raised is None) != (right.raised is None):
        return False
    if left.raised is not None and right.raised is not None:
        # The kind alone proves nothing: many mistakes end in a ValueError. The message holds the shapes.
        return (left.raised.type_names[0], left.raised.message) == (
            right.raised.type_names[0],
            right.raised.message,
        )
    return same_value(left.value, right.value, strict=strict) and same_value(
        dict(left.changed), dict(right.changed), strict=strict
    )


def same_value(left: Value, right: Value, *, strict: bool = True) -> bool:
    """Return whether two values agree: kind, shape, dtype, and values within the dtype's tolerance; NaN is NaN.

    Without `strict`, a list of numbers may stand for an array, and any numeric dtype for another.
    """
    if not strict:
        left, right = _as_numbers(left), _as_numbers(right)
    if isinstance(left, Remote) and isinstance(right, Remote):
        return not strict or repr(left) == repr(right)  # learners name their classes as they like
    if isinstance(left, np.ndarray | np.generic) and isinstance(right, np.ndarray | np.generic):
        return _same_array(np.asarray(left), np.asarray(right), strict)
    if type(left) is not type(right):
        return False
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(
            same_value(one, other, strict=strict) for one, other in zip(left, right, strict=True)
        )
    if isinstance(left, Mapping):
        return set(left) == set(right) and all(
            same_value(left[key], right[key], strict=strict) for key in left
        )
    if isinstance(left, float | complex):
        return _same_array(np.asarray(left), np.asarray(right), strict)
    return bool(left == right)


def is_nested_numbers(value: Value) -> bool:
    """Return whether nothing but numbers and arrays stands in nested lists: remote places are never read."""
    if isinstance(value, list | tuple):
        return all(is_nested_numbers(item) for item in value)
    return isinstance(value, bool | int | float | complex | np.ndarray | np.generic)


def _as_numbers(value: Value) -> Value:
    """Return numbers and nested lists of them as an array of floats; anything else as it is."""
    is_number = isinstance(value, bool | int | float | complex | np.ndarray | np.generic)
    if is_number or (isinstance(value, list | tuple) and is_nested_numbers(value)):
        try:
            array = np.asarray(value)
        except (ValueError, OverflowError):
            return value
        if array.dtype.kind in "biuf":
            return array.astype(np.float64)
    return value


def _same_array(left: np.ndarray[Any, Any], right: np.ndarray[Any, Any], strict: bool) -> bool:
    if left.shape != right.shape or (strict and left.dtype != right.dtype):
        return False
    if left.dtype.kind not in "fc":
        return bool(np.array_equal(left, right))
    finite = np.abs(right[np.isfinite(right)])
    rtol = tolerance(left.dtype) if strict else max(tolerance(left.dtype), _SAME_MISTAKE)
    scale = float(finite.max()) if finite.size else 0.0
    return bool(np.allclose(left, right, rtol=rtol, atol=rtol * scale, equal_nan=True))
