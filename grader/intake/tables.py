"""Tables that teachers have: CSV from Excel, Canvas, Moodle or Gradescope, in UTF-8 or cp949."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.intake.names import composed
from grader.language import tr
from grader.source.file import shown_path

_MAX_BYTES = 32 << 20
_MAX_ROWS = 200_000
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row.

    Attributes:
        number: Of the row in the file, from 1, the head counted.
        cells: What stands in each column, by the column's name as `column` spells it; empty cells left out.
    """

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with a head.

    Attributes:
        columns: The names in the head, as `column` spells them.
        notes: Facts that cost nothing: an encoding that was guessed.
    """

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()


def column(name: str) -> str:
    """Return a column's name in one spelling: without case, spaces, or what stands in parentheses."""
    bare = composed(name).casefold().partition("(")[0]
    return "".join(char for char in bare if char.isalnum())


def read_sheet(path: Path) -> Sheet:
    """Return a CSV file's rows.

    Raises:
        UsageError: There is no such file, or it is no table with a head.
    """
    shown = shown_path(path)
    text, notes = _text(path, shown)
    head = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    except csv.Error as error:
        raise _no_table(shown, str(error)) from error
    filled = [(number, cells) for number, cells in enumerate(lines, start=1) if any(cells)]
    if not filled or len(filled) > _MAX_ROWS:
        raise _no_table(shown, tr("{num} rows", num=len(filled)))
    columns = tuple(column(name) for name in filled[0][1])
    return Sheet(columns=columns, rows=tuple(_rows(columns, filled[1:])), notes=notes)


def _rows(columns: Sequence[str], filled: Sequence[tuple[int, list[str]]]) -> list[SheetRow]:
    return [
        SheetRow(
            number=number,
            cells={
                name: composed(cell).strip()
                for name, cell in zip(columns, cells, strict=False)
                if name and cell.strip()
            },
        )
        for number, cells in filled
    ]


def _text(path: Path, shown: str) -> tuple[str, tuple[str, ...]]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise _no_table(shown, tr("more than 32 MiB"))
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            tr(
                "`{path}` cannot be read: {reason}", path=shown, reason=error.strerror or type(error).__name__
            ),
            hint=tr("Name a CSV file, as the platform exports it"),
        ) from error
    encodings = ["utf-8-sig", "cp949"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]  # what Excel calls Unicode text
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        notes = (tr("`{path}` was read as cp949", path=shown),) if encoding == "cp949" else ()
        return text.replace("\0", ""), notes
    raise _no_table(shown, tr("bytes that are neither UTF-8 nor cp949"))


def _no_table(shown: str, received: str) -> UsageError:
    return UsageError(
        tr(
            "`{path}` is no table. Expected CSV with a head. Received: {received}",
            path=shown,
            received=received,
        ),
        hint=tr("Save it as CSV in UTF-8"),
    )
