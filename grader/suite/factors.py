"""By which factor a result is off, and what that factor is: the batch, another dimension, 2, or n / (n - 1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np

from grader.suite import general_hints as hints
from grader.suite.evidence import CLOSE, Observation
from grader.suite.mistakes import Mistake

MIN_EVIDENCE = 3  # elements, and different values among them: fewer agree by chance

# A dimension: position of the argument, axis. The batch is the first axis of the first argument.
_Place: TypeAlias = tuple[int, int]
_BATCH: _Place = (0, 0)


def is_evident(group: Sequence[Observation]) -> bool:
    """Return whether right values are so many and so different that a rule cannot hold by chance."""
    values = [
        float(value)
        for item in group
        if item.right is not None
        for value in item.right.flat
        if np.isfinite(value) and value != 0
    ]
    return len({float(f"{value:.6g}") for value in values}) >= MIN_EVIDENCE


def factor_of(group: Sequence[Observation]) -> Mistake | None:
    """Return the mistake of a constant factor, if every observation shows one; -1 is the wrong sign."""
    found: list[tuple[Observation, float]] = []
    for item in group:
        left, right = item.left, item.right
        if left is None or right is None or left.shape != right.shape or not np.isfinite(left).all():
            return None
        where = right != 0
        if not where.any():
            if item.differs:
                return None
            continue
        largest = int(np.argmax(np.abs(right)))
        ratio = float(left.flat[largest] / right.flat[largest])
        scale = float(np.abs(right * ratio).max())
        if ratio == 0 or not np.allclose(left, right * ratio, rtol=CLOSE, atol=CLOSE * scale):
            return None
        found.append((item, ratio))
    wrong = [(item, ratio) for item, ratio in found if item.differs]
    if not wrong or not is_evident([item for item, _ in wrong]):
        return None
    return _named(found, [ratio for _, ratio in found])


def _named(found: Sequence[tuple[Observation, float]], ratios: Sequence[float]) -> Mistake | None:
    is_constant = bool(np.allclose(ratios, ratios[0], rtol=CLOSE))
    places = [place for place in _places(found) if _is_power(found, place)]
    if not is_constant:
        if places:
            is_batch = _BATCH in places and all(axis == 0 for _, axis in places)
            return hints.FACTOR_BATCH if is_batch else hints.FACTOR_DIMENSION
        if _is_batch_beside_single_samples(found):
            return hints.FACTOR_BATCH
        return hints.DEGREES_OF_FREEDOM if any(_is_ddof(found, place) for place in _places(found)) else None
    if np.isclose(ratios[0], -1.0, rtol=CLOSE):
        return hints.SIGN
    is_two = bool(np.isclose(ratios[0], 2.0) or np.isclose(ratios[0], 0.5))
    if is_two and not places:
        return hints.FACTOR_TWO
    return hints.factor(ratios[0])


def _places(found: Sequence[tuple[Observation, float]]) -> Iterator[_Place]:
    """Yield the dimensions that the arguments of every observation have."""
    shapes = [
        [np.shape(value) for value in item.arguments if isinstance(value, np.ndarray)] for item, _ in found
    ]
    if not all(shapes):
        return
    for position in range(min(len(shape) for shape in shapes)):
        for axis in range(min(len(shape[position]) for shape in shapes)):
            yield position, axis


def _length(item: Observation, place: _Place) -> float:
    arrays = [value for value in item.arguments if isinstance(value, np.ndarray)]
    return float(arrays[place[0]].shape[place[1]])


def _is_power(found: Sequence[tuple[Observation, float]], place: _Place) -> bool:
    """Return whether every ratio is a dimension, its square (multiplied for divided), or a reciprocal of these."""
    return _are_powers([ratio for _, ratio in found], [_length(item, place) for item, _ in found])


def _are_powers(ratios: Sequence[float], lengths: Sequence[float]) -> bool:
    if min(lengths) <= 0:
        return False
    return any(
        np.allclose(ratios, np.array(lengths) ** power, rtol=CLOSE) for power in (1.0, -1.0, 2.0, -2.0)
    )


def _is_batch_beside_single_samples(found: Sequence[tuple[Observation, float]]) -> bool:
    """Return whether every ratio is the batch's size, where a first argument with an axis less is one sample."""
    first = [
        next((value for value in item.arguments if isinstance(value, np.ndarray)), None) for item, _ in found
    ]
    dims = {value.ndim for value in first if value is not None}
    if any(value is None for value in first) or len(dims) != 2 or max(dims) - min(dims) != 1:
        return False
    sizes = [value.shape[0] if value.ndim == max(dims) else 1 for value in first if value is not None]
    return _are_powers([ratio for _, ratio in found], sizes)


def _is_ddof(found: Sequence[tuple[Observation, float]], place: _Place) -> bool:
    """Return whether every ratio is n / (n - 1) of a dimension n, its root, or the reciprocal of one."""
    lengths = np.array([_length(item, place) for item, _ in found])
    if (lengths < 2).any():
        return False
    ratios = np.array([ratio for _, ratio in found])
    corrected = lengths / (lengths - 1)
    return any(np.allclose(ratios, corrected**power, rtol=CLOSE) for power in (1, -1, 0.5, -0.5))
