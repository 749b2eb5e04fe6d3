"""Pictures of a difference: a map of a large array, the window behind an output, the steps of a sequence.

As in `arrays`, the result is lines of pieces. A sign tells wrong from right everywhere, so that colour only adds
how far off an element is: without colour the shades ░▒▓█ say it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from grader.language import tr
from grader.report.arrays import (
    WRONG_MARK,
    Line,
    Piece,
    Role,
    format_number,
    is_array,
    is_small,
    line_width,
)
from grader.report.clean import pad, width
from grader.verdicts import Mismatch, TimeSteps, Window

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

Levels = list[list[int]]

EQUAL_MARK = "·"
_SHADES = "·░▒▓█"
_ROLES = (Role.LABEL, Role.SLIGHT, Role.SMALL, Role.LARGE, Role.LARGEST)
_MAX_COLUMNS = 64  # of a map
_MAX_ROWS = 32  # half as many lines
_MAX_STEPS = 40
_GAP = "    "


# --- where a large array differs -----------------------------------------------------------------------------


def difference_map(mismatch: Mismatch, columns: int, *, halves: bool) -> list[Line]:
    """Return a map of where two large arrays differ, and how far; no lines where there is nothing to map.

    Args:
        mismatch: Two arrays of one shape, with one or two axes.
        columns: Columns to stay within.
        halves: Whether a character may show two cells, one above the other, by its two colours.
    """
    expected, wrong = mismatch.expected, mismatch.wrong
    if wrong is None or not is_array(expected) or not wrong.any() or is_small(expected):
        return []
    if wrong.ndim not in (1, 2) or 1 in wrong.shape[1:] or wrong.shape[0] == 1:
        return []
    errors = _errors(mismatch)
    room = min(columns, _MAX_COLUMNS)
    if errors.ndim == 1:
        factors = (1, math.ceil(errors.shape[0] / room))
        levels = _levels(errors.reshape(1, -1), factors)
        lines = [_shaded(levels[0])]
    else:
        factors = (math.ceil(errors.shape[0] / _MAX_ROWS), math.ceil(errors.shape[1] / room))
        levels = _levels(errors, factors)
        pairs = [
            (levels[row], levels[row + 1] if row + 1 < len(levels) else None)
            for row in range(0, len(levels), 2)
        ]
        lines = [_halved(*pair) if halves else _shaded(_worst(*pair)) for pair in pairs]
    return [(Piece(text=_caption(errors), role=Role.LABEL),), *lines, *_legend(errors, factors)]


def extent(mismatch: Mismatch) -> str:
    """Return the range of indices that holds every difference, as text; empty where it says nothing."""
    wrong = mismatch.wrong
    if wrong is None or wrong.ndim not in (1, 2) or not wrong.any() or is_small(wrong):
        return ""
    ranges = [(int(places.min()), int(places.max())) for places in wrong.nonzero()]
    if wrong.ndim == 1:
        return tr("elements {first} to {last}", first=ranges[0][0], last=ranges[0][1])
    (top, bottom), (left, right) = ranges
    return tr(
        "rows {top} to {bottom}, columns {left} to {right}", top=top, bottom=bottom, left=left, right=right
    )


def _caption(errors: Array) -> str:
    if errors.ndim == 1:
        return tr("where it differs: {num} elements", num=errors.shape[0])
    return tr(
        "where it differs: {rows} rows, {columns} columns", rows=errors.shape[0], columns=errors.shape[1]
    )


def _errors(mismatch: Mismatch) -> Array:
    """Return how far each element is off: 0 where it counts as equal, infinity where there is no number."""
    import numpy as np

    kind = np.complex128 if mismatch.expected.dtype.kind == "c" else np.float64
    with np.errstate(all="ignore"):
        errors = np.abs(mismatch.received.astype(kind) - mismatch.expected.astype(kind))
    errors[np.isnan(errors)] = np.inf
    errors[(errors == 0) & mismatch.wrong] = np.finfo(np.float64).tiny
    errors[~np.asarray(mismatch.wrong)] = 0.0
    return np.asarray(errors)


def _levels(errors: Array, factors: tuple[int, int]) -> Levels:
    """Return 0 (equal) to 4 (farthest off) for each cell of the map; a cell is as bad as its worst element."""
    largest = _largest(errors)
    rows, columns = (math.ceil(side / factor) for side, factor in zip(errors.shape, factors, strict=True))
    levels: Levels = []
    for row in range(rows):
        band = errors[row * factors[0] : (row + 1) * factors[0]]
        cells = (band[:, i * factors[1] : (i + 1) * factors[1]] for i in range(columns))
        levels.append([_level(float(cell.max()), largest) for cell in cells])
    return levels


def _largest(errors: Array) -> float:
    """Return the largest finite error; 0 where there is none."""
    return max((float(error) for error in errors.ravel() if math.isfinite(error)), default=0.0)


def _level(error: float, largest: float) -> int:
    if error == 0:
        return 0
    if not math.isfinite(error):
        return 4
    return max(1, math.ceil(4 * error / largest)) if largest else 4


def _worst(upper: Sequence[int], lower: Sequence[int] | None) -> list[int]:
    return list(upper) if lower is None else [max(pair) for pair in zip(upper, lower, strict=True)]


def _shaded(levels: Sequence[int]) -> Line:
    return tuple(
        Piece(text=_SHADES[level] * len(list(same)), role=_ROLES[level]) for level, same in groupby(levels)
    )


def _halved(upper: Sequence[int], lower: Sequence[int] | None) -> Line:
    """Return two rows as one line: the upper half in the colour of the letters, the lower in the background's."""
    below = lower if lower is not None else [0] * len(upper)
    pieces = []
    for (high, low), same in groupby(zip(upper, below, strict=True)):
        count = len(list(same))
        if high and low:
            text, role, under = ("█", high, None) if high == low else ("▀", high, _ROLES[low])
        elif high or low:
            text, role, under = ("▀", high, None) if high else ("▄", low, None)
        else:
            text, role, under = EQUAL_MARK, 0, None
        pieces.append(Piece(text=text * count, role=_ROLES[role], under=under))
    return tuple(pieces)


def _legend(errors: Array, factors: tuple[int, int]) -> list[Line]:
    largest = _largest(errors)
    shades: list[Piece] = [
        Piece(text=f"{EQUAL_MARK} " + tr("equal") + "  ", role=Role.LABEL),
        *(Piece(text=_SHADES[level], role=_ROLES[level]) for level in range(1, 5)),
    ]
    said = tr("off by up to {error}", error=format_number(largest, 3)) if largest else tr("no number")
    lines: list[Line] = [(*shades, Piece(text=" " + said, role=Role.LABEL))]
    num = factors[0] * factors[1]
    if num > 1:
        note = tr("a cell stands for {num} elements and is as bad as the worst of them", num=num)
        lines.append((Piece(text=note, role=Role.LABEL),))
    return lines


# --- the window behind an output -------------------------------------------------------------------------------


def window_place(window: Window) -> str:
    """Return where in the input the window lies, as text."""
    ends = [first + size - 1 for first, size in zip(window.start, window.cells.shape, strict=True)]
    if len(ends) == 1:
        return tr("elements {first} to {last} of the input", first=window.start[0], last=ends[0])
    return tr(
        "rows {top} to {bottom}, columns {left} to {right} of the input",
        top=window.start[0],
        bottom=ends[0],
        left=window.start[1],
        right=ends[1],
    )


def has_padding(window: Window) -> bool:
    """Return whether the window sticks out of the input."""
    return not bool(window.inside.all())


def window_picture(window: Window, index: Sequence[int], columns: int) -> list[Line]:
    """Return the window of the input, and the kernel beside it; only the place where that does not fit.

    Args:
        window: What to draw.
        index: Of the output that it belongs to.
        columns: Columns to stay within.
    """
    caption = tr("the window behind {index}: {place}", index=list(index), place=window_place(window))
    head: Line = (Piece(text=caption, role=Role.LABEL),)
    if not is_small(window.cells):
        return [head]
    blocks = [_table(tr("window"), _window_cells(window))]
    if window.kernel is not None:
        cells = [[format_number(value, 4) for value in row] for row in _as_rows(window.kernel.tolist())]
        blocks.append(_table(tr("kernel"), cells))
    lines = _side_by_side(blocks, columns)
    if any(line_width(line) > columns for line in lines):
        return [head]
    if has_padding(window):
        lines.append((Piece(text=f"{EQUAL_MARK} " + tr("lies outside the input"), role=Role.LABEL),))
    return [head, *lines]


def window_text(window: Window) -> str:
    """Return the window's cells as Python writes a list, those outside of the input as a dot."""
    rows = ["[" + ", ".join(row) + "]" for row in _window_cells(window)]
    return rows[0] if window.cells.ndim == 1 else "[" + ", ".join(rows) + "]"


def _window_cells(window: Window) -> list[list[str]]:
    rows = zip(_as_rows(window.cells.tolist()), _as_rows(window.inside.tolist()), strict=True)
    return [
        [format_number(value, 4) if is_inside else EQUAL_MARK for value, is_inside in zip(*pair, strict=True)]
        for pair in rows
    ]


def _as_rows(values: list[Any]) -> list[list[Any]]:
    return values if values and isinstance(values[0], list) else [values]


def _table(label: str, cells: list[list[str]]) -> list[Line]:
    cell_width = max(width(cell) for row in cells for cell in row)
    lines: list[Line] = [(Piece(text=label, role=Role.LABEL),)]
    lines += [
        tuple(
            Piece(text="  " + cell.rjust(cell_width), role=Role.LABEL if cell == EQUAL_MARK else Role.TEXT)
            for cell in row
        )
        for row in cells
    ]
    return lines


def _side_by_side(blocks: list[list[Line]], columns: int) -> list[Line]:
    """Return blocks of equal height beside each other; one below the other where they are too wide."""
    if len(blocks) == 1:
        return blocks[0]
    left, right = blocks
    left_width = max(line_width(line) for line in left)
    if left_width + len(_GAP) + max(line_width(line) for line in right) > columns:
        return [*left, *right]
    return [
        (*one, Piece(text=" " * (left_width - line_width(one)) + _GAP), *other)
        for one, other in zip(left, right, strict=True)
    ]


# --- the steps of a sequence -----------------------------------------------------------------------------------


def steps_text(steps: TimeSteps) -> str:
    """Return in one sentence where along the sequence the first difference appears."""
    if steps.backwards:
        return tr("the way back begins at the end; the first difference appears at step {t}", t=steps.first)
    return tr("the first difference appears at step {t}", t=steps.first)


def steps_picture(steps: TimeSteps, columns: int) -> list[Line]:
    """Return a mark under each step that differs, and where the first difference appears."""
    said: Line = (Piece(text=steps_text(steps), role=Role.LABEL),)
    num_steps = len(steps.wrong)
    cell_width = len(str(num_steps - 1)) + 1
    labels = [tr("step"), tr("differs")]
    label_width = max(width(label) for label in labels) + 1
    if num_steps > _MAX_STEPS or label_width + num_steps * cell_width > columns:
        return [said]
    numbers = [Piece(text=str(t).rjust(cell_width), role=Role.LABEL) for t in range(num_steps)]
    marks = [
        Piece(
            text=(WRONG_MARK if is_wrong else EQUAL_MARK).rjust(cell_width),
            role=Role.WRONG if is_wrong else Role.LABEL,
        )
        for is_wrong in steps.wrong
    ]
    return [
        (Piece(text=pad(labels[0], label_width), role=Role.LABEL), *numbers),
        (Piece(text=pad(labels[1], label_width), role=Role.LABEL), *marks),
        said,
    ]
