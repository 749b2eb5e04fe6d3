"""A CSV sheet that is filled in place: the cells that change are replaced, every other byte stays as it was.

Theory of operation. The text is cut into cells that know where they stand. A new value is written over a cell's
stretch of text, quoted if the cell was quoted, with the sheet's own decimal sign; the result is encoded as the
sheet was. So an LMS gets back what it exported, whatever its delimiter, quoting, line ends or order of columns.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.language import tr

_MAX_BYTES = 64 << 20
_DELIMITERS = (",", ";", "\t")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ENCODINGS = ("utf-8", "cp949", "cp1252")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_DECIMAL_POINT = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its stretch of the text, quotation marks included, and what it says."""

    start: int
    end: int
    value: str
    is_quoted: bool


class Sheet:
    """A parsed sheet."""

    def __init__(self, path: Path, text: str, encoding: str, bom: bytes) -> None:
        self.path = path
        self._text = text
        self._encoding = encoding
        self._bom = bom
        self.delimiter = _delimiter(text)
        self.rows, self._spans = _cells(text, self.delimiter)
        values = [cell.value.strip() for row in self.rows for cell in row]
        has_point = any(_DECIMAL_POINT.fullmatch(value) for value in values)
        has_comma = any(_DECIMAL_COMMA.fullmatch(value) for value in values)
        self.has_decimal_comma = has_comma and not has_point
        if self.delimiter == ";" and not has_point and not has_comma:
            self.has_decimal_comma = True  # who separates by semicolons does so because of the comma

    def value(self, row: int, column: int) -> str:
        """Return what a cell says, without white space around it; empty where the row is too short."""
        cells = self.rows[row]
        return cells[column].value.strip() if column < len(cells) else ""

    def number(self, row: int, column: int) -> float | None:
        """Return a cell's number; None where it holds none."""
        text = self.value(row, column)
        if self.has_decimal_comma:
            text = text.replace(",", ".")
        try:
            found = float(text)
        except ValueError:
            return None
        return found if abs(found) < 1e12 else None  # infinity and NaN are no marks

    def shown(self, points: float) -> str:
        """Return points as this sheet writes numbers, with at most two decimals."""
        text = f"{points:.2f}".rstrip("0").rstrip(".")
        return text.replace(".", ",") if self.has_decimal_comma else text

    def filled(
        self, values: Mapping[tuple[int, int], str], *, kept_rows: Collection[int] | None = None
    ) -> bytes:
        """Return the sheet's bytes with some cells replaced.

        Args:
            values: New text by row and column; a row that is too short is filled up.
            kept_rows: The only rows to keep; by default all.
        """
        by_row: dict[int, dict[int, str]] = {}
        for (row, column), value in values.items():
            by_row.setdefault(row, {})[column] = value
        parts: list[str] = []
        for number, (start, end) in enumerate(self._spans):
            if kept_rows is None or number in kept_rows:
                parts.append(self._row(number, start, end, by_row.get(number, {})))
        return self._bom + "".join(parts).encode(self._encoding)

    def _row(self, number: int, start: int, end: int, values: Mapping[int, str]) -> str:
        cells = self.rows[number]
        pieces: list[str] = []
        position = start
        for column in sorted(values):
            if column >= len(cells):
                continue
            cell = cells[column]
            pieces += [self._text[position : cell.start], self._quoted(values[column], cell)]
            position = cell.end
        last = cells[-1].end if cells else start
        pieces.append(self._text[position:last])
        for column in range(len(cells), max(values, default=-1) + 1):
            pieces.append(self.delimiter + self._quoted(values.get(column, ""), None))
        return "".join([*pieces, self._text[last:end]])

    def _quoted(self, value: str, cell: Cell | None) -> str:
        needs = any(sign in value for sign in (self.delimiter, '"', "\n", "\r"))
        if needs or (cell is not None and cell.is_quoted):
            return '"' + value.replace('"', '""') + '"'
        return value


def read_sheet(path: Path) -> Sheet:
    """Read a sheet in UTF-8, UTF-16 or cp949, with commas, semicolons or tabs.

    Raises:
        UsageError: The file is missing, too large, or no text.
    """
    hint = tr("Export the sheet from your LMS again and name it with `--template FILE`")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(tr("The sheet cannot be read: {error}", error=error), hint=hint) from error
    if len(data) > _MAX_BYTES or data[:2] == b"PK":
        raise UsageError(
            tr("`{path}` is no CSV file. Expected the exported sheet as CSV", path=path), hint=hint
        )
    bom = b""
    encodings: tuple[str, ...] = _ENCODINGS
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            bom, encodings = mark, (encoding,)
    for encoding in encodings:
        try:
            text = data[len(bom) :].decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return Sheet(path, text, encoding, bom)
    raise UsageError(tr("`{path}` is no text. Expected the exported sheet as CSV", path=path), hint=hint)


def _delimiter(text: str) -> str:
    """Return what separates the cells of the first line: the sign that stands there most often, unquoted."""
    first = re.sub(r'"(?:[^"]|"")*"', "", text).lstrip("\r\n").partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _cells(text: str, delimiter: str) -> tuple[list[list[Cell]], list[tuple[int, int]]]:
    """Return every row's cells, and the stretch of each row with its line end; empty lines are rows without cells."""
    stop = re.escape(delimiter)
    pattern = re.compile(rf'(?P<quoted>"(?:[^"]|"")*"(?=[{stop}\r\n]|\Z))|[^{stop}\r\n]*')
    line_end = re.compile(r"\r\n|\n|\r|\Z")
    rows: list[list[Cell]] = []
    spans: list[tuple[int, int]] = []
    position = 0
    while position < len(text):
        start = position
        row: list[Cell] = []
        while True:
            match = pattern.match(text, position)
            end = match.end() if match is not None else position
            raw = text[position:end]
            is_quoted = match is not None and match.group("quoted") is not None
            value = raw[1:-1].replace('""', '"') if is_quoted else raw
            row.append(Cell(position, end, value, is_quoted))
            position = end
            if not text.startswith(delimiter, position):
                break
            position += len(delimiter)
        ending = line_end.match(text, position)
        position = ending.end() if ending is not None else len(text)
        is_empty = len(row) == 1 and not row[0].value and not row[0].is_quoted
        rows.append([] if is_empty else row)
        spans.append((start, position))
    return rows, spans
