"""What a submission's transcript shows beside the solution's: pairs of values that should be equal.

Theory of operation. The solution is asked what the submission was asked, so that both made the same calls with the
same arguments. Each such call gives one observation, or one for each element of a tuple, list or dict.
Observations of one function have one key, such as `softmax`, `RNN().backward[1]` or `Affine().dW`; a general
mistake must hold for all observations of a key, those of passed cases included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from grader.sandbox.proxy import Call, Remote
from grader.sandbox.wire import Value
from grader.suite.transcript import is_nested_numbers, made, same_value
from grader.suite.trial import CaseRun

Array: TypeAlias = np.ndarray[Any, Any]

CLOSE = 1e-6  # relative to the largest magnitude: two ways to write one thing
_NAME = re.compile(r"[\w.]+")
_MAX_ELEMENTS = 100_000


@dataclass(frozen=True, kw_only=True)  # no slots: they leave no room for a cached property
class Observation:
    """One value of the submission beside the solution's.

    Attributes:
        key: The function, place or element that the values belong to.
        received: The submission's value.
        expected: The solution's.
        arguments: The arguments of the call; for a place that was read, those of the call before it.
        context: Every argument of the case so far.
        call: The submission's call.
    """

    key: str
    received: Value
    expected: Value
    arguments: tuple[Value, ...] = ()
    context: tuple[Value, ...] = ()
    call: Call | None = None

    @cached_property
    def left(self) -> Array | None:
        """The received numbers; None where it is none."""
        return as_numbers(self.received)

    @cached_property
    def right(self) -> Array | None:
        """The expected numbers; None where it is none."""
        return as_numbers(self.expected)

    @cached_property
    def differs(self) -> bool:
        """Whether the values are not equal, up to the way in which they are written."""
        if self.left is None or self.right is None:
            return not same_value(self.received, self.expected, strict=False)
        return not close(self.left, self.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What one case shows.

    Attributes:
        case_id: Which case.
        observations: In the order of the calls.
        is_stray: Whether one side raised where no value had differed before, or the solution was not asked all.
        changed: Functions that changed their arguments in place where the solution did not.
    """

    case_id: str
    observations: tuple[Observation, ...]
    is_stray: bool
    changed: tuple[str, ...] = ()


def as_numbers(value: Value) -> Array | None:
    """Return a number, an array or a nested list of numbers as an array of floats; None for all else."""
    is_number = isinstance(value, bool | int | float | np.ndarray | np.generic)
    if is_number or (isinstance(value, list | tuple) and is_nested_numbers(value)):
        try:
            array = np.asarray(value)
        except (ValueError, OverflowError):
            return None
        if array.dtype.kind in "biuf" and array.size <= _MAX_ELEMENTS:
            return array.astype(np.float64)
    return None


def close(left: Array, right: Array, tolerance: float = CLOSE) -> bool:
    """Return whether two arrays have one shape and the same values; NaN is NaN."""
    if left.shape != right.shape:
        return False
    finite = np.abs(right[np.isfinite(right)])
    scale = float(finite.max()) if finite.size else 0.0
    return bool(np.allclose(left, right, rtol=tolerance, atol=tolerance * scale, equal_nan=True))


def observe(run: CaseRun, right_calls: Sequence[Call]) -> Observed:
    """Return what a case shows, up to the first call in which a side raised.

    Args:
        run: The case as it went for the submission.
        right_calls: What the solution answers to the same calls, as far as it was asked.
    """
    found: list[Observation] = []
    changed: list[str] = []
    context: list[Value] = []
    last: tuple[Value, ...] = ()
    calls = made(run.calls)
    is_stray = len(calls) != len(right_calls)
    for ours, right in zip(calls, right_calls, strict=False):
        if ours.raised is not None or right.raised is not None:
            is_stray = ours.raised is None or right.raised is None
            break
        if not ours.is_read:
            last = (*ours.args, *ours.kwargs.values())
            context += last
        if set(ours.changed) - set(right.changed):
            changed.append(ours.function)
        for key, received, expected in _elements(ours.function, ours.value, right.value):
            found.append(
                Observation(
                    key=key,
                    received=received,
                    expected=expected,
                    arguments=last,
                    context=tuple(context),
                    call=ours,
                )
            )
    is_stray = is_stray and not any(item.differs for item in found)
    return Observed(
        case_id=run.result.case_id, observations=tuple(found), is_stray=is_stray, changed=tuple(changed)
    )


def observe_mismatch(run: CaseRun) -> Observed:
    """Return what the comparison that failed shows by itself, where the solution cannot be run here."""
    mismatch = run.result.detail.mismatch
    name = _NAME.match(run.result.detail.call)
    found: list[Observation] = []
    if mismatch is not None and name is not None and mismatch.kind in ("values", "shape"):
        found.append(Observation(key=name.group(), received=mismatch.received, expected=mismatch.expected))
    return Observed(case_id=run.result.case_id, observations=tuple(found), is_stray=not found)


def _elements(key: str, received: Value, expected: Value) -> Iterator[tuple[str, Value, Value]]:
    """Yield a value, or the elements of a container that holds more than numbers of one array."""
    if isinstance(expected, Remote):
        return
    if isinstance(expected, dict) and isinstance(received, dict) and set(received) == set(expected):
        for name in expected:
            yield from _elements(f"{key}[{name!r}]", received[name], expected[name])
        return
    is_both = isinstance(expected, list | tuple) and isinstance(received, list | tuple)
    if is_both and len(received) == len(expected) and _has_arrays(expected) and _has_arrays(received):
        yield f"{key}[:]", received, expected
        for position, (ours, right) in enumerate(zip(received, expected, strict=True)):
            yield from _elements(f"{key}[{position}]", ours, right)
        return
    yield key, received, expected


def _has_arrays(value: Value) -> bool:
    return any(isinstance(item, np.ndarray | list | tuple) for item in value)
