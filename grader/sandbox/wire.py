"""Values as bytes: what may cross the border between grader and worker, in either direction.

Theory of operation. A message is two byte strings: a *header*, one MessagePack value, and a *payload*, the raw
bytes of every array of the message in the order in which the header names them. The header is small by
decree, so that counting and nesting are bounded before anything is built; arrays are checked (dtype on the
list, shape, length) before they are allocated. Nothing is ever executed to rebuild a value.

None, bool, int, float, str, bytes, list and dict are MessagePack's own. The rest are extension types below.
What cannot cross as a value crosses as an `Opaque`: a number that only the worker can turn into its object.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import msgpack
import numpy as np

MAX_HEADER_BYTES = 4 * 1024 * 1024
MAX_PAYLOAD_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 64
MAX_MAP_ITEMS = 10_000
MAX_INT_BYTES = 8 * 1024
# To begin with. MessagePack's own 256 KiB for each value, mostly one of many inside a message, make the C library
# ask the system for memory and give it back every time: half of what a worker's requests cost.
_BUFFER_BYTES = 512
ARRAY_DTYPES = frozenset("?bBhHiIlLqQefdFD")

# A value that crossed: plain Python, numpy arrays and scalars, `Opaque`. Nothing narrower can be said of it.
Value: TypeAlias = Any

_BIG_INT, _COMPLEX, _TUPLE, _ARRAY, _SCALAR, _OPAQUE, _REFERENCE, _RNG, _SLICE = range(1, 10)


class WireError(Exception):
    """Bytes that are no message, or a value that may not cross."""


@dataclass(frozen=True, slots=True)
class Opaque:
    """An object that stays in the worker.

    Attributes:
        handle: The worker's number for it.
        type_name: The class's name, for messages only.
    """

    handle: int
    type_name: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in the worker: a module-level name or a handle, then attributes and items.

    Attributes:
        root: Name in the submission's module, or the number of an `Opaque`.
        steps: Pairs (`"."`, attribute name) and (`"[]"`, key).
    """

    root: str | int
    steps: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class RngSeed:
    """A random generator, sent as what it is built from: `numpy.random.default_rng(entropy)`."""

    entropy: tuple[int, ...]


class KeepsObjects(Protocol):
    """The side that owns objects: gives a handle for what cannot cross as a value."""

    def keep(self, value: object) -> Opaque:
        """Return a handle for `value`."""
        ...


def encode(value: Value, keeper: KeepsObjects | None = None) -> tuple[bytes, bytes]:
    """Return `value` as header and payload.

    Args:
        value: Anything that may cross. Subclasses of plain types cross as what they truly hold.
        keeper: Gives handles for other objects; without one they are refused.

    Raises:
        WireError: The value may not cross, is too large, nested too deeply or refers to itself.
    """
    buffers: list[bytes] = []
    try:
        header = _pack(value, buffers, keeper, 0)
    except (ValueError, OverflowError, RecursionError) as error:
        raise WireError(f"The value cannot be sent: {error}") from error
    if len(header) > MAX_HEADER_BYTES:
        raise WireError(f"Expected at most {MAX_HEADER_BYTES} bytes of structure. Received: {len(header)}")
    payload = b"".join(buffers)
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise WireError(f"Expected at most {MAX_PAYLOAD_BYTES} bytes of arrays. Received: {len(payload)}")
    return header, payload


def decode(header: bytes, payload: bytes | bytearray | memoryview = b"") -> Value:
    """Return the value that header and payload hold.

    Raises:
        WireError: They are not exactly one message within the limits.
    """
    if len(header) > MAX_HEADER_BYTES or len(payload) > MAX_PAYLOAD_BYTES:
        raise WireError(f"Message of {len(header)} + {len(payload)} bytes is too long")
    reader = _Payload(payload)
    value = _unpack(header, reader, 0)
    if reader.position != len(payload):
        raise WireError(f"Expected {reader.position} bytes of arrays. Received: {len(payload)}")
    return value


def _pack(value: Value, buffers: list[bytes], keeper: KeepsObjects | None, depth: int) -> bytes:
    if depth > MAX_DEPTH:
        raise WireError(f"Expected at most {MAX_DEPTH} nested values")

    def special(item: object) -> Value:
        return _pack_special(item, buffers, keeper, depth)

    packed: bytes = msgpack.packb(
        value,
        default=special,
        strict_types=True,
        unicode_errors="surrogatepass",
        buf_size=_BUFFER_BYTES,
    )
    return packed


def _pack_special(item: object, buffers: list[bytes], keeper: KeepsObjects | None, depth: int) -> Value:
    """Return what MessagePack shall pack in the place of `item`, which is no plain type of its own."""

    def inner(value: Value) -> bytes:
        return _pack(value, buffers, keeper, depth + 1)

    if isinstance(item, np.ndarray | np.generic) and item.dtype.char in ARRAY_DTYPES:
        return _pack_numbers(item, buffers, inner)
    ours = _fields_of(item)
    if ours is not None:
        code, fields = ours
        return msgpack.ExtType(code, inner(fields))
    plain = _plain(item)
    if plain is not None:
        return msgpack.ExtType(_TUPLE, inner(list(plain))) if isinstance(plain, tuple) else plain
    if isinstance(item, int) and not isinstance(item, bool):
        return _pack_big_int(int.__pos__(item))
    if isinstance(item, complex):
        return msgpack.ExtType(_COMPLEX, struct.pack("<dd", item.real, item.imag))
    if keeper is None:
        raise WireError(f"A value of type {type(item).__name__} cannot be sent")
    kept = keeper.keep(item)
    return msgpack.ExtType(_OPAQUE, inner([kept.handle, kept.type_name]))


def _pack_numbers(
    item: np.ndarray[Any, Any] | np.generic, buffers: list[bytes], inner: Callable[[Value], bytes]
) -> Value:
    if isinstance(item, np.generic):
        return msgpack.ExtType(_SCALAR, inner([item.dtype.str, item.tobytes()]))
    # A subclass's own methods are not asked: this is the array it truly holds.
    array = np.asarray(np.ndarray.view(item, np.ndarray))
    order = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
    buffers.append(array.tobytes(order=order))  # type: ignore[arg-type]
    return msgpack.ExtType(_ARRAY, inner([array.dtype.str, list(array.shape), order]))


def _pack_big_int(number: int) -> Value:
    size = number.bit_length() // 8 + 1
    if size > MAX_INT_BYTES:
        raise WireError(f"Expected integers of at most {MAX_INT_BYTES} bytes. Received: {size}")
    return msgpack.ExtType(_BIG_INT, number.to_bytes(size, "big", signed=True))


def _fields_of(item: object) -> tuple[int, list[Value]] | None:
    """Return code and fields of this module's own records."""
    if isinstance(item, Reference):
        return _REFERENCE, [item.root, [list(step) for step in item.steps]]
    if isinstance(item, RngSeed):
        return _RNG, list(item.entropy)
    if isinstance(item, Opaque):
        return _OPAQUE, [item.handle, item.type_name]
    if isinstance(item, slice):
        return _SLICE, [item.start, item.stop, item.step]
    if item is Ellipsis:
        return _SLICE, []
    return None


def _plain(item: object) -> Value | None:
    """Return the exact plain value inside a tuple or a subclass of a plain type; None for anything else.

    The base classes' own methods are called, so that an overriding subclass has no say.
    """
    if isinstance(item, tuple):
        return tuple(tuple.__iter__(item))
    if isinstance(item, list):
        return list(list.__iter__(item))
    if isinstance(item, dict):
        return dict(dict.items(item))
    if isinstance(item, float):
        return float.__pos__(item)
    if isinstance(item, str):
        return str.__str__(item)
    if isinstance(item, bytes | bytearray):
        return bytes(memoryview(item))
    if isinstance(item, int) and not isinstance(item, bool) and -(2**63) <= int.__pos__(item) < 2**64:
        return int.__pos__(item) if type(item) is not int else None
    return None


class _Payload:
    """The arrays' bytes, handed out from front to back."""

    def __init__(self, data: bytes | bytearray | memoryview) -> None:
        self.data = memoryview(data)
        self.position = 0

    def take(self, num_bytes: int) -> memoryview:
        if num_bytes > len(self.data) - self.position:
            left = len(self.data) - self.position
            raise WireError(f"An array claims {num_bytes} bytes. Received: {left}")
        start, self.position = self.position, self.position + num_bytes
        return self.data[start : self.position]


def _unpack(data: bytes, payload: _Payload, depth: int) -> Value:
    if depth > MAX_DEPTH:
        raise WireError(f"Expected at most {MAX_DEPTH} nested values")

    def extension(code: int, content: bytes) -> Value:
        return _unpack_special(code, content, payload, depth)

    try:
        value = msgpack.unpackb(
            data,
            ext_hook=extension,
            strict_map_key=False,
            max_map_len=MAX_MAP_ITEMS,
            unicode_errors="surrogatepass",
        )
    except WireError:
        raise
    except (ValueError, TypeError, OverflowError, RecursionError, MemoryError) as error:
        # msgpack's own errors are ValueErrors; an unhashable key is a TypeError.
        raise WireError(f"Not a message: {type(error).__name__}: {str(error)[:200]}") from error
    _check_depth(value, MAX_DEPTH - depth)
    return value


def _check_depth(value: Value, allowed: int) -> None:
    """Refuse containers nested deeper than `allowed`, and keys that are not plain."""
    level = [value]
    for _ in range(allowed + 1):
        below: list[Value] = []
        for item in level:
            if type(item) is dict:
                if not all(_is_key(key) for key in item):
                    raise WireError("Expected plain keys in a dict")
                below.extend(inner for inner in item.values() if type(inner) in (list, dict))
            elif type(item) is list:
                below.extend(inner for inner in item if type(inner) in (list, dict))
        if not below:
            return
        level = below
    raise WireError(f"Expected at most {MAX_DEPTH} nested values")


def _is_key(key: Value) -> bool:
    if type(key) is tuple:
        return all(_is_key(part) for part in key)
    return key is None or type(key) in (bool, int, float, str, bytes)


def _unpack_special(code: int, content: bytes, payload: _Payload, depth: int) -> Value:
    if code == _BIG_INT:
        if len(content) > MAX_INT_BYTES:
            raise WireError("An integer is too long")
        return int.from_bytes(content, "big", signed=True)
    if code == _COMPLEX:
        if len(content) != 16:
            raise WireError("A complex number needs 16 bytes")
        return complex(*struct.unpack("<dd", content))
    fields = _unpack(content, payload, depth + 1)
    if type(fields) is not list:
        raise WireError("Expected a list inside an extension")
    if code == _TUPLE:
        return tuple(fields)
    builders = {
        _ARRAY: _array,
        _SCALAR: _scalar,
        _OPAQUE: _opaque,
        _REFERENCE: _reference,
        _RNG: _rng,
        _SLICE: _slice,
    }
    if code not in builders:
        raise WireError(f"Unknown extension {code}")
    return builders[code](fields, payload)


def _dtype(name: Value) -> np.dtype[Any]:
    if type(name) is not str or len(name) > 4 or name[:1] not in "<>|=":
        raise WireError(f"Expected a dtype. Received: {str(name)[:20]!r}")
    try:
        dtype = np.dtype(name)
    except (TypeError, ValueError) as error:
        raise WireError(f"Unknown dtype {name!r}") from error
    if dtype.char not in ARRAY_DTYPES:
        raise WireError(f"Expected a numeric dtype. Received: {name!r}")
    return dtype


def _array(fields: list[Value], payload: _Payload) -> Value:
    if len(fields) != 3 or type(fields[1]) is not list or fields[2] not in ("C", "F"):
        raise WireError("Expected dtype, shape and order of an array")
    dtype, shape = _dtype(fields[0]), fields[1]
    if len(shape) > 32 or not all(type(n) is int and 0 <= n <= MAX_PAYLOAD_BYTES for n in shape):
        raise WireError("Expected at most 32 dimensions, none negative")
    content = payload.take(math.prod(shape) * dtype.itemsize)
    try:
        return np.frombuffer(content, dtype=dtype).reshape(shape, order=fields[2]).copy(order="K")
    except ValueError as error:
        raise WireError(f"Not an array: {error}") from error


def _scalar(fields: list[Value], _payload: _Payload) -> Value:
    if len(fields) != 2 or type(fields[1]) is not bytes:
        raise WireError("Expected dtype and bytes of a scalar")
    dtype = _dtype(fields[0])
    if len(fields[1]) != dtype.itemsize:
        raise WireError(f"Expected {dtype.itemsize} bytes of a scalar. Received: {len(fields[1])}")
    return np.frombuffer(fields[1], dtype=dtype)[0]


def _opaque(fields: list[Value], _payload: _Payload) -> Opaque:
    if len(fields) != 2 or type(fields[0]) is not int or type(fields[1]) is not str:
        raise WireError("Expected number and type of a handle")
    if not 0 <= fields[0] < 2**63:
        raise WireError("A handle's number is out of range")
    return Opaque(fields[0], fields[1][:100])


def _reference(fields: list[Value], _payload: _Payload) -> Reference:
    if len(fields) != 2 or type(fields[0]) not in (str, int) or type(fields[1]) is not list:
        raise WireError("Expected root and steps of a reference")
    steps: list[tuple[str, Value]] = []
    for step in fields[1]:
        if type(step) is not list or len(step) != 2 or step[0] not in (".", "[]"):
            raise WireError("Expected steps of an attribute or an item")
        steps.append((step[0], step[1]))
    return Reference(fields[0], tuple(steps))


def _rng(fields: list[Value], _payload: _Payload) -> RngSeed:
    if not all(type(word) is int and word >= 0 for word in fields):
        raise WireError("Expected non-negative integers as a seed")
    return RngSeed(tuple(fields))


def _slice(fields: list[Value], _payload: _Payload) -> Value:
    """Return a slice, or `...` for no fields: keys of items that are read or written."""
    if not fields:
        return ...
    if len(fields) != 3 or not all(field is None or type(field) is int for field in fields):
        raise WireError("Expected start, stop and step of a slice")
    return slice(*fields)
