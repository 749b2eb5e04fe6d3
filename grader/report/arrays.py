"""Two arrays drawn beside each other, with a sign at every cell that differs; facts where they are too large.

No colours and no terminal here: the result is lines of pieces, each with a role that a renderer may style.
"""

from __future__ import annotations

import cmath
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from grader.language import tr
from grader.report.clean import one_line, pad, width
from grader.verdicts import Mismatch

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

WRONG_MARK = "≠"
MAX_ROW = 12  # longest vector that is drawn
MAX_SIDE = 8  # longest side of a matrix that is drawn
_MAX_VALUE = 300  # characters of a value that is no array
_DIGITS = (4, 6, 9, 17)  # significant digits, tried in turn until wrong cells look different
_GAP = "    "


class Role(StrEnum):
    """What a piece of a line is."""

    TEXT = "text"
    LABEL = "label"
    WRONG = "wrong"
    SLIGHT = "slight"  # from here on, how far off an element is
    SMALL = "small"
    LARGE = "large"
    LARGEST = "largest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one line.

    Attributes:
        under: What the background stands for, where it stands for something: the lower half of a cell.
    """

    text: str
    role: Role = Role.TEXT
    under: Role | None = None


Line = tuple[Piece, ...]
Cells = list[list[str]]


def is_array(value: object) -> bool:
    """Return whether `value` is an array or an array's scalar, without importing numpy."""
    return bool(hasattr(value, "dtype") and hasattr(value, "shape"))


def is_small(array: Array) -> bool:
    """Return whether an array is drawn cell by cell."""
    sides: tuple[int, ...] = array.shape
    if len(sides) == 1:
        return 0 < sides[0] <= MAX_ROW
    return len(sides) == 2 and all(0 < side <= MAX_SIDE for side in sides)


def format_number(value: object, digits: int) -> str:
    """Return a number with at most `digits` significant digits."""
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, complex):
        if cmath.isnan(value):
            return "nan"
        return f"{value.real:.{digits}g}{value.imag:+.{digits}g}j"
    if isinstance(value, float):
        return f"{value:.{digits}g}"
    return one_line(str(value))


def picture(mismatch: Mismatch, columns: int) -> list[Line]:
    """Return the lines that show expected and received cell by cell; none where that does not fit."""
    expected, received = mismatch.expected, mismatch.received
    if not (is_array(expected) and is_array(received) and is_small(expected) and is_small(received)):
        return []
    same_shape = expected.shape == received.shape
    wrong = mismatch.wrong if same_shape and mismatch.wrong is not None else None
    left, right = _cells(expected, received, wrong)
    marks = [[bool(flag) for flag in row] for row in _rows(wrong)] if wrong is not None else None
    if expected.ndim == received.ndim == 1:
        lines = _vectors(left[0], right[0], marks[0] if marks else None, columns)
    else:
        lines = _matrices(left, right, marks, columns)
    if expected.dtype != received.dtype:
        label, text = _pair(tr("dtype"), str(expected.dtype), str(received.dtype))[0]
        lines += [(), (Piece(text=f"{label}  ", role=Role.LABEL), Piece(text=text))]
    return lines if all(line_width(line) <= columns for line in lines) else []


def facts(mismatch: Mismatch) -> list[tuple[str, str]]:
    """Return label and text of each fact about values that are not drawn cell by cell."""
    expected, received = mismatch.expected, mismatch.received
    found: list[tuple[str, str]] = []
    if _is_scalar(expected) and _is_scalar(received):
        return found  # the message holds both numbers
    if is_array(expected) and is_array(received):
        found += _pair(tr("shape"), str(expected.shape), str(received.shape))
        found += _pair(tr("dtype"), str(expected.dtype), str(received.dtype))
    else:
        found += _single(tr("expected"), expected)
        found += _single(tr("received"), received)
    if mismatch.size > 1 and mismatch.num_wrong:
        found += _differences(mismatch)
    return found


def _differences(mismatch: Mismatch) -> list[tuple[str, str]]:
    share = 100 * mismatch.num_wrong / mismatch.size
    percent = f"{share:.0f}" if share >= 1 else "<1"
    found = [
        (
            tr("differ"),
            tr(
                "{num} of {size} elements ({percent} %)",
                num=mismatch.num_wrong,
                size=mismatch.size,
                percent=percent,
            ),
        )
    ]
    index = mismatch.first_index
    if index is not None and is_array(mismatch.expected) and is_array(mismatch.received):
        left, right = _told_apart(_plain(mismatch.expected[index]), _plain(mismatch.received[index]))
        where = tr(
            "{index}: expected {expected}, received {received}",
            index=list(index),
            expected=left,
            received=right,
        )
        found.append((tr("first at"), where))
    if mismatch.max_abs_error is not None:
        found.append((tr("largest absolute error"), format_number(mismatch.max_abs_error, 4)))
    if mismatch.max_rel_error is not None:
        found.append((tr("largest relative error"), format_number(mismatch.max_rel_error, 4)))
    return found


def wrong_cells(mismatch: Mismatch, max_cells: int) -> list[tuple[str, str, str]]:
    """Return index, expected and received of the first cells that differ, as text."""
    if mismatch.wrong is None or not is_array(mismatch.expected) or not is_array(mismatch.received):
        return []
    found = []
    for index in zip(*mismatch.wrong.nonzero(), strict=True):
        place = tuple(int(i) for i in index)
        left, right = _told_apart(_plain(mismatch.expected[place]), _plain(mismatch.received[place]))
        found.append((str(list(place)), left, right))
        if len(found) == max_cells:
            break
    return found


def _pair(label: str, expected: str, received: str) -> list[tuple[str, str]]:
    if expected == received:
        return [(label, expected)]
    return [(label, tr("expected {expected}, received {received}", expected=expected, received=received))]


def _single(label: str, value: object) -> list[tuple[str, str]]:
    if value is None:
        return []
    if is_array(value):
        array: Any = value
        if not array.ndim:
            return [(label, format_number(_plain(array), 6))]
        return [(label, tr("array of shape {shape}, dtype {dtype}", shape=array.shape, dtype=array.dtype))]
    text = one_line(repr(value))
    return [(label, text if len(text) <= _MAX_VALUE else text[:_MAX_VALUE] + " …")]


def _is_scalar(value: Any) -> bool:  # noqa: ANN401 - whatever crossed
    return isinstance(value, bool | int | float | complex) or (is_array(value) and not value.shape)


def _plain(value: Any) -> object:  # noqa: ANN401 - whatever an array holds
    return value.item() if hasattr(value, "item") else value


def _rows(array: Array) -> list[list[Any]]:
    values: list[Any] = array.tolist()
    return [values] if array.ndim == 1 else values


def _told_apart(expected: object, received: object) -> tuple[str, str]:
    """Return both numbers with as many digits as it takes to see that they differ."""
    left = right = ""
    for digits in _DIGITS:
        left, right = format_number(expected, digits), format_number(received, digits)
        if left != right:
            break
    return left, right


def _cells(expected: Array, received: Array, wrong: Array | None) -> tuple[Cells, Cells]:
    left_rows, right_rows = _rows(expected), _rows(received)
    left: Cells = []
    right: Cells = []
    for digits in _DIGITS:
        left = [[format_number(value, digits) for value in row] for row in left_rows]
        right = [[format_number(value, digits) for value in row] for row in right_rows]
        if wrong is None:
            break
        places = [tuple(int(i) for i in index) for index in zip(*wrong.nonzero(), strict=True)]
        places = [(0, *index) if wrong.ndim == 1 else index for index in places]
        if all(left[row][column] != right[row][column] for row, column in places):
            break
    return left, right


def _column_width(*tables: Cells) -> int:
    return max(len(cell) for table in tables for row in table for cell in row)


def _vectors(left: list[str], right: list[str], wrong: list[bool] | None, columns: int) -> list[Line]:
    """Return index, expected and received one below the other, in as many blocks as the columns ask for."""
    labels = [tr("index"), tr("expected"), tr("received")]
    label_width = max(width(label) for label in labels)
    length = max(len(left), len(right))
    cell_width = max(_column_width([left, right]), len(str(length - 1)))
    per_block = max(1, (columns - label_width) // (cell_width + 3))
    lines: list[Line] = []
    for start in range(0, length, per_block):
        block = range(start, min(start + per_block, length))
        if start:
            lines.append(())
        lines.append(
            (
                Piece(text=pad(labels[0], label_width), role=Role.LABEL),
                *(Piece(text=str(i).rjust(cell_width + 3), role=Role.LABEL) for i in block),
            )
        )
        for label, cells, flags in ((labels[1], left, None), (labels[2], right, wrong)):
            first = Piece(text=pad(label, label_width), role=Role.LABEL)
            here = [i for i in block if i < len(cells)]
            row = [_cell(cells[i], cell_width, wrong=bool(flags and flags[i])) for i in here]
            lines.append((first, *row))
    return lines


def _matrices(left: Cells, right: Cells, wrong: list[list[bool]] | None, columns: int) -> list[Line]:
    """Return two matrices side by side, or one below the other where the columns do not hold both."""
    cell_width = _column_width(left, right)
    first = _block(tr("expected"), left, None, cell_width)
    second = _block(tr("received"), right, wrong, cell_width)
    left_width = max(line_width(line) for line in first)
    if left_width + len(_GAP) + max(line_width(line) for line in second) > columns:
        return [*first, (), *second]
    lines: list[Line] = []
    for row in range(max(len(first), len(second))):
        pieces = first[row] if row < len(first) else ()
        filler = " " * (left_width - line_width(pieces)) + _GAP
        lines.append((*pieces, Piece(text=filler), *(second[row] if row < len(second) else ())))
    return lines


def _block(label: str, cells: Cells, wrong: list[list[bool]] | None, cell_width: int) -> list[Line]:
    lines: list[Line] = [(Piece(text=label, role=Role.LABEL),)]
    for number, row in enumerate(cells):
        flags = wrong[number] if wrong else [False] * len(row)
        lines.append(
            tuple(_cell(cell, cell_width, wrong=flag) for cell, flag in zip(row, flags, strict=True))
        )
    return lines


def _cell(text: str, columns: int, *, wrong: bool) -> Piece:
    """Return one cell with room for the mark in front, so that marked and unmarked cells stay aligned."""
    shown = f"{WRONG_MARK}{text}" if wrong else text
    return Piece(text="  " + shown.rjust(columns + 1), role=Role.WRONG if wrong else Role.TEXT)


def line_width(line: Sequence[Piece]) -> int:
    """Return how many terminal columns a line takes."""
    return sum(width(piece.text) for piece in line)


def as_list(array: Array) -> str:
    """Return a small array as Python writes a list, with short numbers."""
    rows = ["[" + ", ".join(format_number(value, 6) for value in row) + "]" for row in _rows(array)]
    return rows[0] if array.ndim == 1 else "[" + ", ".join(rows) + "]"
