"""What a value that looks plain truly holds, whatever its class says of itself."""

from __future__ import annotations

from typing import Any


def exact(item: object) -> Any:  # noqa: ANN401 - any plain value
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
