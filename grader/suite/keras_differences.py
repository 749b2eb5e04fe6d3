"""By how much values differ from those of a reference case, and how much of the tolerance that uses up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from grader.sandbox.wire import Value
from grader.suite.keras_cases import Case, Step
from grader.suite.tolerances import Array, absolute_tolerance, coarser, tolerance


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """By how much the values of one case differ, at most.

    Attributes:
        absolute: Largest |a - b|.
        relative: Largest |a - b| / |b|, over the elements where b is not 0.
        ulps: Largest |a - b| in units in the last place of b.
        tolerance: The relative tolerance that the suite uses.
        used: Which share of what the suite allows was used up; more than 1 is too much.
    """

    absolute: float = 0.0
    relative: float = 0.0
    ulps: float = 0.0
    tolerance: float = 0.0
    used: float = 0.0

    def worst(self, other: Difference) -> Difference:
        """Return the larger of each."""
        return Difference(
            absolute=max(self.absolute, other.absolute),
            relative=max(self.relative, other.relative),
            ulps=max(self.ulps, other.ulps),
            tolerance=max(self.tolerance, other.tolerance),
            used=max(self.used, other.used),
        )


def difference(values: Sequence[Value], case: Case, device: str) -> Difference:
    """Return how values differ from those that a case expects.

    Args:
        values: What each step gave; None where nothing is compared.
        case: What is expected.
        device: Where the expected values were computed: `cpu` or `gpu`.
    """
    worst = Difference()
    for step, value in zip(case.steps, values, strict=True):
        if step.expected is not None:
            for received, wanted in _pairs(value, step.expected):
                worst = worst.worst(_of_arrays(received, wanted, step, device))
    return worst


def _pairs(received: Value, wanted: Value) -> list[tuple[Array | None, Array]]:
    if isinstance(wanted, dict):
        return [
            pair for key in wanted for pair in _pairs(received.get(key) if received else None, wanted[key])
        ]
    if isinstance(wanted, list | tuple):
        is_same = isinstance(received, list | tuple) and len(received) == len(wanted)
        others: Sequence[Value] = received if is_same else [None] * len(wanted)
        return [pair for one, other in zip(others, wanted, strict=True) for pair in _pairs(one, other)]
    return [(None if received is None else np.asarray(received), np.asarray(wanted))]


def _of_arrays(received: Array | None, wanted: Array, step: Step, device: str) -> Difference:
    if received is None or received.shape != wanted.shape or received.dtype.kind not in "biuf":
        return Difference(absolute=math.inf, relative=math.inf, ulps=math.inf, used=math.inf)
    dtype = coarser(received.dtype, wanted.dtype)
    rtol = tolerance(dtype, step.reduction, device) if step.rtol is None else step.rtol
    atol = absolute_tolerance(wanted, rtol) if step.atol is None else step.atol
    if not wanted.size:
        return Difference(tolerance=rtol)
    right = np.abs(wanted.astype(float))
    gap = np.abs(received.astype(float) - wanted.astype(float))
    with np.errstate(all="ignore"):
        relative = np.where(right > 0, gap / right, 0.0)
        spacing = np.spacing(np.maximum(right, np.finfo(dtype).tiny).astype(dtype)).astype(float)
        used = np.where(gap == 0, 0.0, gap / (atol + rtol * right))
    return Difference(
        absolute=float(gap.max()),
        relative=float(relative.max()),
        ulps=float((gap / spacing).max()),
        tolerance=rtol,
        used=math.inf if np.isnan(used).any() else float(used.max()),
    )
