"""What a person looks at to understand a result, as bytes: to keep it, and to hand it from process to process.

Records become plain values and go through `sandbox.wire`, which never executes anything to rebuild them. What
cannot cross as a value, such as an object that stayed in the worker, becomes the text that stood for it.
"""

from __future__ import annotations

import dataclasses
import zlib
from typing import Any

import numpy as np

from grader import verdicts
from grader.sandbox.wire import Opaque, Value, WireError, decode, encode
from grader.verdicts import CaseDetail, Report

_RECORD = "record"  # ("record", class name, {field: value})
_RECORDS = {
    record.__name__: record
    for record in (
        verdicts.CaseDetail,
        verdicts.Frame,
        verdicts.Mismatch,
        verdicts.TimeSteps,
        verdicts.Window,
    )
}
_KEPT_BYTES = 256 * 1024  # of one value: more cannot be shown, only stored
_KEPT_TEXT = 8000  # characters of what was printed or said: 38 talkative cases must fit
_EMPTY = CaseDetail()


class Shown:
    """Stands for an object that was not kept, and looks like it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shown) and repr(other) == self._text

    def __hash__(self) -> int:
        return hash(self._text)


class _Names:
    def keep(self, value: object) -> Opaque:
        return Opaque(0, repr(value)[:200])


def pack_details(report: Report) -> bytes:
    """Return the details of a report's cases and its problem; empty where there is nothing to look at."""
    cases = {number: _tree(case.detail) for number, case in enumerate(report.cases) if case.detail != _EMPTY}
    if not cases and report.problem is None:
        return b""
    try:
        header, payload = encode([cases, _tree(report.problem)], _Names())
    except WireError:  # too much of it: a result without its pictures is still a result
        return b""
    return len(header).to_bytes(4, "little") + zlib.compress(header + payload, 1)


def unpack_details(data: bytes) -> tuple[dict[int, CaseDetail], CaseDetail | None]:
    """Return the details by the case's position from 0, and the problem.

    Raises:
        WireError: The bytes were not made by `pack_details`.
    """
    if not data:
        return {}, None
    size = int.from_bytes(data[:4], "little")
    try:
        body = zlib.decompress(data[4:])
        cases, problem = decode(body[:size], body[size:])
        details = {number: _rebuilt(tree) for number, tree in cases.items()}
        return details, _rebuilt(problem)
    except (zlib.error, ValueError, TypeError, AttributeError) as error:
        raise WireError(f"Stored details cannot be read: {error}") from error


def _tree(value: Any) -> Value:  # noqa: ANN401 - records, and whatever they hold
    if dataclasses.is_dataclass(value) and type(value).__name__ in _RECORDS:
        fields = {
            field.name: _tree(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not _is_default(field, getattr(value, field.name))
        }
        return (_RECORD, type(value).__name__, fields)
    if isinstance(value, np.ndarray) and value.nbytes > _KEPT_BYTES:
        return None
    if type(value) is str and len(value) > _KEPT_TEXT:
        return value[:_KEPT_TEXT] + "…"
    if type(value) is tuple:
        return tuple(_tree(item) for item in value)
    return value


def _is_default(field: dataclasses.Field[Any], value: object) -> bool:
    """Return whether leaving the field out means the same."""
    if field.default is dataclasses.MISSING or type(value) is not type(field.default):
        return False
    return bool(isinstance(value, str | int | float | tuple | None) and value == field.default)


def _rebuilt(tree: Value) -> Any:  # noqa: ANN401
    if type(tree) is tuple and len(tree) == 3 and tree[0] == _RECORD:
        record: Any = _RECORDS[tree[1]]
        known = {field.name for field in dataclasses.fields(record)}
        return record(**{name: _rebuilt(value) for name, value in tree[2].items() if name in known})
    if isinstance(tree, Opaque):
        return Shown(tree.type_name)
    if type(tree) in (list, tuple):
        return type(tree)(_rebuilt(item) for item in tree)
    if type(tree) is dict:
        return {key: _rebuilt(item) for key, item in tree.items()}
    return tree
