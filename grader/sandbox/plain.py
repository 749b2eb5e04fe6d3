"""Copies of plain values, as a trip over the border would make them, without the bytes.

The course's own code runs beside the suite in one process and answers hundreds of requests for every case that
fails. What is plain is copied directly; of everything else `plain_copy` says so, and it takes the long way (`wire`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, cast

import numpy as np

from grader.sandbox.arrays import ARRAY_DTYPES
from grader.sandbox.wire import MAX_DEPTH, KeepsObjects, Opaque, Reference, RngSeed, Value

_FIXED = frozenset({bool, float, str, bytes, type(None), Opaque, RngSeed})
_KEYS = frozenset({bool, int, float, str, bytes, type(None)})
# Of a subclass of these, `wire` carries what it truly holds; of any other object the owner keeps a handle.
_CARRIED = (
    *(int, float, complex, str, bytes, bytearray, list, tuple, dict, slice, type(Ellipsis)),
    *(np.ndarray, np.generic, Reference),
)
_MAX_INT_BITS = 63
_MAX_ARRAY_BYTES = 1 << 20  # larger ones are rare, and `wire` watches over its limits
_MAX_ITEMS = 10_000


class NotPlainError(Exception):
    """A value holds something that only `wire` knows how to carry, or refuse."""


def plain_copy(value: Value, keeper: KeepsObjects | None = None, depth: int = 0) -> Value:
    """Return what `wire.decode(*wire.encode(value, keeper))` would.

    Raises:
        NotPlainError: It is not plain, very large or nested very deeply: ask `wire`.
    """
    kind = type(value)
    if kind in _FIXED:
        return value
    copy = _COPIES.get(kind)
    if copy is not None:
        return copy(value, keeper, depth)
    if isinstance(value, np.generic) and value.dtype.char in ARRAY_DTYPES:
        return value
    if isinstance(value, str):  # a subclass, such as the name of an operation
        return str.__str__(value)
    if keeper is None or isinstance(value, _CARRIED):
        raise NotPlainError
    return keeper.keep(value)


def is_same(left: Value, right: Value) -> bool:
    """Return whether two plain values are the same to the bit; a NaN outside of an array is never sure to be."""
    kind = type(left)
    if kind is not type(right):
        return False
    if isinstance(left, np.ndarray | np.generic):
        return bool(
            left.dtype == right.dtype and left.shape == right.shape and left.tobytes() == right.tobytes()
        )
    if kind in (list, tuple):
        return len(left) == len(right) and all(map(is_same, left, right))
    if kind is dict:
        return is_same(list(left.items()), list(right.items()))
    if kind is float:
        return bool(left == right and math.copysign(1.0, left) == math.copysign(1.0, right))
    return bool(left == right)


def _integer(value: int, _keeper: KeepsObjects | None, _depth: int) -> Value:
    if value.bit_length() > _MAX_INT_BITS:
        raise NotPlainError
    return value


def _reference(value: Reference, _keeper: KeepsObjects | None, _depth: int) -> Value:
    # Its keys are copied by `wire`: here only those pass that nobody can change.
    if not all(type(key) in _KEYS for _, key in value.steps):
        raise NotPlainError
    return value


def _array(value: np.ndarray[Any, Any], _keeper: KeepsObjects | None, _depth: int) -> Value:
    if value.dtype.char not in ARRAY_DTYPES or value.nbytes > _MAX_ARRAY_BYTES:
        raise NotPlainError
    is_whole = value.flags.c_contiguous or value.flags.f_contiguous
    return cast("Value", value.copy(order="K" if is_whole else "C"))


def _sequence(value: list[Value] | tuple[Value, ...], keeper: KeepsObjects | None, depth: int) -> Value:
    if depth >= MAX_DEPTH or len(value) > _MAX_ITEMS:
        raise NotPlainError
    return type(value)([plain_copy(item, keeper, depth + 1) for item in value])


def _mapping(value: dict[Value, Value], keeper: KeepsObjects | None, depth: int) -> Value:
    if depth >= MAX_DEPTH or len(value) > _MAX_ITEMS or not all(type(key) in _KEYS for key in value):
        raise NotPlainError
    return {key: plain_copy(item, keeper, depth + 1) for key, item in value.items()}


_COPIES: dict[type, Callable[[Any, KeepsObjects | None, int], Value]] = {
    int: _integer, Reference: _reference, np.ndarray: _array, list: _sequence, tuple: _sequence, dict: _mapping,
}  # fmt: skip
