"""How an array is described in a message: dtype, order and shape in a few bytes, beside its own bytes.

What is read may come from anybody: the dtype is looked up and never parsed (numpy's own parser takes many more
forms), the shape is bounded before anything is allocated. Whatever is wrong raises ValueError.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]
Take: TypeAlias = Callable[[int], memoryview]  # returns the next so many bytes

ARRAY_DTYPES = frozenset("?bBhHiIlLqQefdFD")
MAX_DIMENSIONS = 32
MAX_BYTES = 64 * 1024 * 1024  # of all arrays of a message; and elements along one axis of one that has none
DTYPES = {
    dtype.str: dtype
    for char in sorted(ARRAY_DTYPES)
    for dtype in (np.dtype(char).newbyteorder("<"), np.dtype(char).newbyteorder(">"))
}
_NAMES = tuple(DTYPES)
_NUMBERS = {name: number for number, name in enumerate(_NAMES)}
_BY_NUMBER = tuple(DTYPES.values())
_ORDERS = ("C", "F")
_SHAPES = tuple(struct.Struct(f"<BB{num_axes}Q") for num_axes in range(65))  # as many as numpy knows
_AXIS_BYTES = 8


def find_dtype(name: object) -> np.dtype[Any]:
    """Return the numeric dtype of that name, such as `<f8`."""
    dtype = DTYPES.get(name) if type(name) is str else None
    if dtype is None:
        raise ValueError(f"Expected a numeric dtype. Received: {str(name)[:20]!r}")
    return dtype


def describe(array: Array) -> tuple[bytes, bytes]:
    """Return an array's description and its bytes."""
    flags = array.flags
    is_fortran = flags.f_contiguous and not flags.c_contiguous
    shape = array.shape
    number = _NUMBERS[array.dtype.str]
    return _SHAPES[len(shape)].pack(number, is_fortran, *shape), array.tobytes("F" if is_fortran else "C")


def build(description: bytes, take: Take) -> Array:
    """Return the array of a description and of the bytes that `take` gives."""
    num_axes, rest = divmod(len(description) - 2, _AXIS_BYTES)
    if rest or not 0 <= num_axes <= MAX_DIMENSIONS:
        raise ValueError(f"Expected dtype, order and at most {MAX_DIMENSIONS} lengths of an array")
    number, order, *shape = _SHAPES[num_axes].unpack(description)
    if number >= len(_BY_NUMBER) or order >= len(_ORDERS):
        raise ValueError("Expected the number of a numeric dtype, and an order of C or Fortran")
    return _build(_BY_NUMBER[number], shape, _ORDERS[order], take)


def build_from_fields(fields: list[Any], take: Take) -> Array:
    """Return the array of a description as banks and gradebooks of older versions hold it: a list."""
    if len(fields) != 3 or type(fields[1]) is not list or fields[2] not in _ORDERS:
        raise ValueError("Expected dtype, shape and order of an array")
    dtype, shape = find_dtype(fields[0]), fields[1]
    if len(shape) > MAX_DIMENSIONS or not all(type(n) is int and n >= 0 for n in shape):
        raise ValueError(f"Expected at most {MAX_DIMENSIONS} dimensions, none negative")
    return _build(dtype, shape, fields[2], take)


def _build(dtype: np.dtype[Any], shape: list[int], order: Any, take: Take) -> Array:  # noqa: ANN401 - C or F
    if shape and max(shape) > MAX_BYTES:
        raise ValueError(f"Expected at most {MAX_BYTES} elements along an axis")
    content = take(math.prod(shape) * dtype.itemsize)
    return np.ndarray(shape, dtype, content, order=order).copy("K")
