"""Values as bytes: what may cross the border between grader and worker, in either direction.

Theory of operation. A message is two byte strings: a *header*, one MessagePack value, and a *payload*, the raw
bytes of every array of the message in the order in which the header names them. The header is small by
decree, so that what it unfolds to is bounded before anything is built; arrays are checked (dtype, shape,
length) before they are allocated, keys before they meet in one table. Nothing is executed to rebuild a value.

None, bool, int, float, str, bytes, list and dict are MessagePack's own. The rest are extension types below.
What cannot cross as a value crosses as an `Opaque`: a number that only the worker can turn into its object.
"""

from __future__ import annotations

import operator
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeAlias

import msgpack
import numpy as np

from grader.sandbox.arrays import ARRAY_DTYPES, MAX_BYTES, build, build_from_fields, describe, find_dtype
from grader.sandbox.exact import exact

MAX_HEADER_BYTES = 1024 * 1024
MAX_PAYLOAD_BYTES = MAX_BYTES
MAX_DEPTH = 64
MAX_VALUES = 250_000  # in lists, tuples and dicts, all together
MAX_SPECIAL = 100_000  # dicts, and values that are no type of MessagePack's own
MAX_MAP_ITEMS = 10_000  # in one dict; and keys that are no text, in all dicts together
MAX_INT_BYTES = 8 * 1024
# MessagePack's own 256 KiB for each value made the C library ask the system for memory and give it back every time.
_Packer = partial(msgpack.Packer, strict_types=True, unicode_errors="surrogatepass", buf_size=512)
_MAX_EQUAL_HASHES = 32
_CONTAINERS = (list, tuple, dict)

# A value that crossed: plain Python, numpy arrays and scalars, `Opaque`. Nothing narrower can be said of it.
Value: TypeAlias = Any
Buffer: TypeAlias = bytes | bytearray | memoryview

# A list describes an array in banks and gradebooks of older versions: it is read, and no longer written.
_BIG_INT, _COMPLEX, _TUPLE, _LISTED_ARRAY, _SCALAR, _OPAQUE, _REFERENCE, _RNG, _SLICE, _ARRAY, _NAME = range(
    1, 12
)
_ONLY_IN_REQUESTS = frozenset({_REFERENCE, _RNG, _SLICE})


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
    payload = b"".join(buffers)
    for data, limit, what in (
        (header, MAX_HEADER_BYTES, "lists, text and numbers; large ones cross as arrays"),
        (payload, MAX_PAYLOAD_BYTES, "arrays"),
    ):
        if len(data) > limit:
            raise WireError(f"Expected at most {limit} bytes of {what}. Received: {len(data)}")
    return header, payload


def decode(header: bytes, payload: bytes | bytearray | memoryview = b"", *, is_reply: bool = False) -> Value:
    """Return the value that header and payload hold.

    Args:
        header: The structure.
        payload: The arrays' bytes.
        is_reply: Whether a worker sent it: then it holds no places, seeds or slices, which only requests do.

    Raises:
        WireError: They are not exactly one message within the limits.
    """
    if len(header) > MAX_HEADER_BYTES or len(payload) > MAX_PAYLOAD_BYTES:
        raise WireError(f"Message of {len(header)} + {len(payload)} bytes is too long")
    reader = _Reader(payload, is_reply=is_reply)
    value = _unpack(header, reader, 0)
    _check_nesting(value)
    if reader.position != len(payload):
        raise WireError(f"Expected {reader.position} bytes of arrays. Received: {len(payload)}")
    return value


def decode_request(header: bytes, payload: Buffer) -> Value:
    """Return what the grader sent, as `decode` does, but without its limits: for the worker, which trusts it."""
    reader = _Reader(payload, is_reply=False)

    def extension(code: int, content: bytes) -> Value:
        return _unpack_special(code, content, reader, 0)

    return msgpack.unpackb(header, ext_hook=extension, strict_map_key=False, unicode_errors="surrogatepass")


def _pack(value: Value, buffers: list[bytes], keeper: KeepsObjects | None, depth: int) -> bytes:
    if depth > MAX_DEPTH:
        raise WireError(f"Expected at most {MAX_DEPTH} nested values")

    special = partial(_pack_special, buffers=buffers, keeper=keeper, depth=depth)
    return bytes(_Packer(default=special).pack(value))


def _pack_special(item: object, buffers: list[bytes], keeper: KeepsObjects | None, depth: int) -> Value:
    """Return what MessagePack shall pack in the place of `item`, which is no plain type of its own."""
    if type(item) is np.ndarray and item.dtype.char in ARRAY_DTYPES:
        return _pack_array(item, buffers)
    return _pack_other(item, buffers, keeper, depth)


def _pack_other(item: object, buffers: list[bytes], keeper: KeepsObjects | None, depth: int) -> Value:
    def inner(value: Value) -> bytes:
        return _pack(value, buffers, keeper, depth + 1)

    if isinstance(item, np.ndarray) and type(item) is not np.ndarray:
        item = np.ndarray.view(item, np.ndarray)  # a subclass's own methods are not asked what it holds
    if isinstance(item, np.ndarray | np.generic) and np.dtype(item.dtype).char in ARRAY_DTYPES:
        return _pack_numbers(item, buffers, inner)
    if type(item) is Reference and keeper is None and not item.steps and isinstance(item.root, str):
        return msgpack.ExtType(_NAME, item.root.encode("utf-8", "surrogatepass"))
    ours = _fields_of(item)
    # On the side that owns objects, a slice is one of them: in its replies these records have no place.
    if ours is not None and (keeper is None or isinstance(item, Opaque)):
        code, fields = ours
        return msgpack.ExtType(code, inner(fields))
    plain = exact(item)
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
        return msgpack.ExtType(_SCALAR, inner([item.dtype.str, np.generic.tobytes(item)]))
    return _pack_array(item, buffers)


def _pack_array(item: np.ndarray[Any, Any], buffers: list[bytes]) -> Value:
    description, content = describe(item)
    buffers.append(content)
    return msgpack.ExtType(_ARRAY, description)


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


class _Reader:
    """One message being read: the arrays' bytes from front to back, and what has been counted."""

    def __init__(self, data: Buffer, *, is_reply: bool) -> None:
        self.data = memoryview(data)
        self.is_reply = is_reply
        self.position = 0
        self._num_special = 0
        self._num_keys = 0

    def take(self, num_bytes: int) -> memoryview:
        start, self.position = self.position, self.position + num_bytes
        if self.position > len(self.data):
            raise WireError(f"An array claims {num_bytes} bytes. Received: {len(self.data) - start}")
        return self.data[start : self.position]

    def count(self) -> None:
        self._num_special += 1
        if self._num_special > MAX_SPECIAL:
            raise WireError(f"Expected at most {MAX_SPECIAL} dicts, tuples, arrays and scalars")

    def table(self, pairs: list[tuple[Value, Value]]) -> dict[Value, Value]:
        """Return a dict of `pairs`.

        Text has a hash that nobody can foresee. Of numbers, thousands can be chosen that all have the same.
        """
        self.count()
        keys = [key for key, _ in pairs if type(key) not in (str, bytes)]
        if not all(map(_is_key, keys)):
            raise WireError("Expected plain keys in a dict")
        self._num_keys += len(keys)
        if len(pairs) > MAX_MAP_ITEMS or self._num_keys > MAX_MAP_ITEMS:
            raise WireError(f"Expected at most {MAX_MAP_ITEMS} items in a dict")
        hashes = sorted(map(hash, keys))
        if any(map(operator.eq, hashes, hashes[_MAX_EQUAL_HASHES:])):
            raise WireError("Expected keys that can be told apart")
        return dict(pairs)


def _unpack(data: bytes, reader: _Reader, depth: int) -> Value:
    if depth > MAX_DEPTH:
        raise WireError(f"Expected at most {MAX_DEPTH} nested values")

    def extension(code: int, content: bytes) -> Value:
        return _unpack_special(code, content, reader, depth)

    try:
        return msgpack.unpackb(
            data,
            ext_hook=extension,
            object_pairs_hook=reader.table,
            strict_map_key=False,
            unicode_errors="surrogatepass",
        )
    except WireError:
        raise
    except (ValueError, TypeError, OverflowError, RecursionError, MemoryError) as error:
        raise WireError(f"Not a message: {type(error).__name__}: {str(error)[:200]}") from error


def _check_nesting(value: Value) -> None:
    """Refuse containers nested too deeply, and very many values."""
    level, num_values = [value] if type(value) in _CONTAINERS else [], 0
    for _ in range(MAX_DEPTH + 1):
        parts = [item.values() if type(item) is dict else item for item in level]
        num_values += sum(map(len, parts))
        if num_values > MAX_VALUES:
            raise WireError(f"Expected at most {MAX_VALUES} values outside of arrays. Received: {num_values}")
        level = [inner for part in parts for inner in part if type(inner) in _CONTAINERS]
        if not level:
            return
    raise WireError(f"Expected at most {MAX_DEPTH} nested values")


def _is_key(key: Value) -> bool:
    if type(key) is tuple:
        return all(_is_key(part) for part in key)
    return key is None or type(key) in (bool, int, float, str, bytes)


def _unpack_special(code: int, content: bytes, reader: _Reader, depth: int) -> Value:
    reader.count()
    read = _READERS.get(code)
    if read is not None:
        return read(content, reader)
    fields = _unpack(content, reader, depth + 1)
    if type(fields) is not list:
        raise WireError("Expected a list inside an extension")
    if code == _TUPLE:
        return tuple(fields)
    builder = _BUILDERS.get(code)
    if builder is None or (reader.is_reply and code in _ONLY_IN_REQUESTS):
        raise WireError(f"Unexpected extension {code}")
    return builder(fields, reader)


def _big_int(content: bytes, _reader: _Reader) -> Value:
    if len(content) > MAX_INT_BYTES:
        raise WireError("An integer is too long")
    return int.from_bytes(content, "big", signed=True)


def _complex(content: bytes, _reader: _Reader) -> Value:
    if len(content) != 16:
        raise WireError("A complex number needs 16 bytes")
    return complex(*struct.unpack("<dd", content))


def _name(content: bytes, reader: _Reader) -> Value:
    if reader.is_reply:
        raise WireError(f"Unexpected extension {_NAME}")
    return Reference(content.decode("utf-8", "surrogatepass"))


def _scalar(fields: list[Value], _reader: _Reader) -> Value:
    if len(fields) != 2 or type(fields[1]) is not bytes:
        raise WireError("Expected dtype and bytes of a scalar")
    dtype = find_dtype(fields[0])
    if len(fields[1]) != dtype.itemsize:
        raise WireError(f"Expected {dtype.itemsize} bytes of a scalar. Received: {len(fields[1])}")
    return np.frombuffer(fields[1], dtype=dtype)[0]


def _opaque(fields: list[Value], _reader: _Reader) -> Opaque:
    if len(fields) != 2 or type(fields[0]) is not int or type(fields[1]) is not str:
        raise WireError("Expected number and type of a handle")
    if not 0 <= fields[0] < 2**63:
        raise WireError("A handle's number is out of range")
    return Opaque(fields[0], fields[1][:100])


def _reference(fields: list[Value], _reader: _Reader) -> Reference:
    if len(fields) != 2 or type(fields[0]) not in (str, int) or type(fields[1]) is not list:
        raise WireError("Expected root and steps of a reference")
    if not all(type(step) is list and len(step) == 2 and step[0] in (".", "[]") for step in fields[1]):
        raise WireError("Expected steps of an attribute or an item")
    return Reference(fields[0], tuple((kind, key) for kind, key in fields[1]))


def _rng(fields: list[Value], _reader: _Reader) -> RngSeed:
    if not all(type(word) is int and word >= 0 for word in fields):
        raise WireError("Expected non-negative integers as a seed")
    return RngSeed(tuple(fields))


def _slice(fields: list[Value], _reader: _Reader) -> Value:
    """Return a slice, or `...` for no fields: keys of items that are read or written."""
    if not fields:
        return ...
    if len(fields) != 3 or not all(field is None or type(field) is int for field in fields):
        raise WireError("Expected start, stop and step of a slice")
    return slice(*fields)


_READERS: dict[int, Callable[[bytes, _Reader], Value]] = {
    _BIG_INT: _big_int, _COMPLEX: _complex, _NAME: _name,
    _ARRAY: lambda content, reader: build(content, reader.take),
}  # fmt: skip
_BUILDERS: dict[int, Callable[[list[Value], _Reader], Value]] = {
    _LISTED_ARRAY: lambda fields, reader: build_from_fields(fields, reader.take), _SCALAR: _scalar,
    _OPAQUE: _opaque, _REFERENCE: _reference, _RNG: _rng, _SLICE: _slice,
}  # fmt: skip
