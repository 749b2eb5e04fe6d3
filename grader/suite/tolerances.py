"""How much two right answers may differ: the one place that says it.

A sum of n products in a floating-point type with unit roundoff u has a relative error of at most about n·u
(Higham, Accuracy and Stability of Numerical Algorithms, section 3.1), in whatever order it is added up. So the
tolerance follows from three things: the *dtype* (the coarser of both sides), the *reduction* (how many terms
are added up for one element) and the *device* on which the expected values were computed.

    tolerance = device factor · max(floor of the dtype, 32 · reduction · u)

The floor is there because no learner loses points for the seventeenth digit. A CPU has the factor 1. A GPU has
the factor 4: with TensorFloat-32 off it keeps to the same bound, but its convolutions may use transforms that
add a few terms more, and its exp and tanh are a few units less exact than a CPU's.

A value is close where |received - expected| <= atol + rtol · |expected|. By default rtol is the tolerance, and
atol is the tolerance times the largest expected magnitude, because a sum that happens to end near 0 has the
error of its large terms. docs/keras_reference.md holds the margins that were measured.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]

_FLOORS = {"e": 5e-3, "f": 1e-5, "d": 1e-9}
_SAFETY = 32.0
_DEVICE_FACTORS = {"cpu": 1.0, "gpu": 4.0}


def tolerance(dtype: np.dtype[Any], reduction: int = 1, device: str = "cpu") -> float:
    """Return the relative tolerance for values of `dtype`.

    Args:
        dtype: The coarser of the two sides' dtypes; complex counts as its parts, integers as float64.
        reduction: How many terms were added up for one element.
        device: Where the expected values were computed: `cpu` or `gpu`.
    """
    char = {"F": "f", "D": "d"}.get(dtype.char, dtype.char)
    if char not in _FLOORS:
        char = "d"
    unit_roundoff = float(np.finfo(char).eps) / 2
    return _DEVICE_FACTORS[device] * max(_FLOORS[char], _SAFETY * max(1, reduction) * unit_roundoff)


def coarser(left: np.dtype[Any], right: np.dtype[Any]) -> np.dtype[Any]:
    """Return the floating dtype with fewer digits, float64 where neither floats; float16 only if `right` is."""
    floats = [dtype for dtype in (left, right) if dtype.kind in "fc"]
    if not floats:
        return np.dtype("d")
    coarse = max(floats, key=lambda dtype: float(np.finfo(dtype).eps))
    if float(np.finfo(coarse).eps) > float(np.finfo("f").eps) and coarse != right:
        return np.dtype("f")
    return coarse


def absolute_tolerance(wanted: Array, rtol: float) -> float:
    """Return `rtol` times the largest finite magnitude of what is expected."""
    finite = (
        np.abs(wanted[np.isfinite(wanted)]) if wanted.dtype.kind in "fc" else np.abs(wanted.astype(float))
    )
    return rtol * float(finite.max()) if finite.size else 0.0
