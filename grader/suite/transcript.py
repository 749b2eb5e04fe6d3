"""Transcripts: what a run asked of a subject and what came back, and when two of them are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.sandbox.proxy import Call, Remote
from grader.sandbox.wire import Value
from grader.suite.compare import tolerance


def same_calls(left: Sequence[Call], right: Sequence[Call]) -> bool:
    """Return whether two sequences of calls had the same outcomes: values, dtypes, exceptions, side effects."""
    return len(left) == len(right) and all(map(_same_call, left, right))


def _same_call(left: Call, right: Call) -> bool:
    if left.function != right.function or (left.raised is None) != (right.raised is None):
        return False
    if left.raised is not None and right.raised is not None:
        return left.raised.type_names[0] == right.raised.type_names[0]
    return same_value(left.value, right.value) and same_value(dict(left.changed), dict(right.changed))


def same_value(left: Value, right: Value) -> bool:
    """Return whether two values agree: kind, shape, dtype, and values within the dtype's tolerance; NaN is NaN."""
    if isinstance(left, Remote) and isinstance(right, Remote):
        return repr(left) == repr(right)
    if isinstance(left, np.ndarray | np.generic) and isinstance(right, np.ndarray | np.generic):
        return _same_array(np.asarray(left), np.asarray(right))
    if type(left) is not type(right):
        return False
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same_value, left, right))
    if isinstance(left, Mapping):
        return set(left) == set(right) and all(same_value(left[key], right[key]) for key in left)
    if isinstance(left, float | complex):
        return _same_array(np.asarray(left), np.asarray(right))
    return bool(left == right)


def _same_array(left: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> bool:
    if left.shape != right.shape or left.dtype != right.dtype:
        return False
    if left.dtype.kind not in "fc":
        return bool(np.array_equal(left, right))
    finite = np.abs(right[np.isfinite(right)])
    rtol = tolerance(left.dtype)
    scale = float(finite.max()) if finite.size else 0.0
    return bool(np.allclose(left, right, rtol=rtol, atol=rtol * scale, equal_nan=True))
