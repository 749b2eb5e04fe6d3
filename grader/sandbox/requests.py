"""A request as it is sent and a reply as it came, before anything in it is read."""

from __future__ import annotations

from dataclasses import dataclass

_STRUCTURE_WEIGHT = 16  # bytes that a byte of structure may become


@dataclass(frozen=True, slots=True)
class Frame:
    """One request of a case, ready to be sent."""

    header: bytes
    payload: bytes
    num_beginning: int  # operations before those that were asked for
    num_operations: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for a frame, not read yet."""

    header: bytes
    payload: bytes | bytearray

    @property
    def num_bytes(self) -> int:
        """What it may hold in memory once it is read."""
        return len(self.header) * _STRUCTURE_WEIGHT + len(self.payload)
