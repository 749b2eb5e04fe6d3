"""Bounds for the course's own code where it is asked what a submission's values led to.

A suite hands on what a submission gave: weights that it made, a size that it computed. The course's code is not made
for a matrix with ten million columns. In the submission's worker the jail stops that; here, memory ends as an
exception, and whole numbers beyond measure are not handed on at all.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from grader.sandbox.wire import Value

_ROOM_BYTES = 2**30
_MOST_INT = 2**31


@contextlib.contextmanager
def bounded_memory(room_bytes: int = _ROOM_BYTES) -> Iterator[None]:
    """Let this process grow by no more than `room_bytes` meanwhile: beyond, `MemoryError` is raised (Linux)."""
    if not sys.platform.startswith("linux"):
        yield
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    before, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + room_bytes
    limits = [limit for limit in (wanted, before, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, hard))


def is_within_measure(value: Value) -> bool:
    """Return whether no whole number in a value is so large that powers and sizes of it find no end."""
    kind = type(value)
    if kind is int:
        return bool(-_MOST_INT < value < _MOST_INT)
    if kind in (list, tuple):
        return all(map(is_within_measure, value))
    if kind is dict:
        return all(map(is_within_measure, value.values()))
    return True
