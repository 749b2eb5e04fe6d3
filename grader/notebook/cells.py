"""A notebook's file read into cells: `.ipynb` in format 3 or 4, from Jupyter or Colab.

Theory of operation. The file is JSON from anybody: its size and the number of its parts are looked at before it
is parsed, and every part before it is used. A damaged cell is left out and said; only a file without any cell
is refused. `nbformat` is not used for reading: it takes a hundred milliseconds to import, and refuses a whole
notebook for one wrong field of metadata.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.errors import UsageError
from grader.language import tr

_MAX_CELLS = 10_000
_MAX_PARTS = 1_000_000  # values of the JSON: what a parser needs memory for
_MAX_HEADING = 500
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One code cell.

    Attributes:
        number: Its place among the notebook's cells of every kind, from 1.
        source: Its text; lines end with a line feed.
        tags: As its author set them.
        headings: The Markdown headings that it stands under, outermost first.
    """

    number: int
    source: str
    tags: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()


def read_cells(text: str, shown: str) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
    """Return the code cells of a notebook, and what is to be said about damaged ones.

    Args:
        text: The file's text.
        shown: Its path; for messages.

    Raises:
        UsageError: It is no notebook of format 3 or 4 in Python.
    """
    notebook = _parse(text, shown)
    _check_language(notebook, shown)
    listed = _listed(notebook, shown)
    if len(listed) > _MAX_CELLS:
        received = tr("{num} cells", num=len(listed))
        raise _not_a_notebook(shown, tr("at most {num} cells", num=_MAX_CELLS), received)
    return _code_cells(listed)


def _parse(text: str, shown: str) -> dict[str, object]:
    if sum(text.count(mark) for mark in ",[{") > _MAX_PARTS:
        raise UsageError(
            tr("`{path}` holds too much to be read", path=shown),
            hint=tr("Clear all outputs, save the notebook, and hand it in again"),
        )
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        received = tr("no JSON") if not isinstance(error, RecursionError) else tr("lists within lists")
        raise _not_a_notebook(shown, tr("JSON with cells"), received) from error
    if not isinstance(notebook, dict):
        raise _not_a_notebook(shown, tr("JSON with cells"), type(notebook).__name__)
    return notebook


def _not_a_notebook(shown: str, expected: str, received: str) -> UsageError:
    return UsageError(
        tr(
            "`{path}` is no notebook. Expected {expected}. Received: {received}",
            path=shown,
            expected=expected,
            received=received,
        ),
        hint=tr("Open it in Jupyter or Colab, save it again, or hand in a `.py` file"),
    )


def _check_language(notebook: dict[str, object], shown: str) -> None:
    metadata = _table(notebook.get("metadata"))
    language = _table(metadata.get("language_info")).get("name")
    language = language or _table(metadata.get("kernelspec")).get("language")
    if isinstance(language, str) and "python" not in language.casefold():
        raise _not_a_notebook(shown, tr("a notebook in Python"), language[:40])


def _listed(notebook: dict[str, object], shown: str) -> list[object]:
    """Return the cells of every kind, as they stand in the file."""
    version = notebook.get("nbformat")
    if isinstance(version, int) and version not in (3, 4):
        raise _not_a_notebook(shown, tr("nbformat 3 or 4"), f"nbformat {str(version)[:20]}")
    cells = notebook.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = notebook.get("worksheets")  # format 3
    if isinstance(sheets, list):
        found: list[object] = []
        for sheet in sheets:
            inner = _table(sheet).get("cells")
            found += inner if isinstance(inner, list) else []
        return found
    raise _not_a_notebook(shown, tr("JSON with cells"), tr("none"))


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _code_cells(listed: Iterable[object]) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
    cells: list[Cell] = []
    notes: list[str] = []
    headings: list[tuple[int, str]] = []
    for number, entry in enumerate(listed, start=1):
        fields = _table(entry)
        kind = fields.get("cell_type")
        text = _text(fields.get("source", fields.get("input")))
        if text is None or not isinstance(kind, str):
            notes.append(tr("Cell {cell} is damaged and was left out", cell=number))
        elif kind == "code":
            above = tuple(heading for _, heading in headings)
            cells.append(Cell(number=number, source=text, tags=_tags(fields), headings=above))
        else:
            for level, heading in _headings(kind, text, fields.get("level")):
                headings = [*(one for one in headings if one[0] < level), (level, heading)]
    return tuple(cells), tuple(notes)


def _text(value: object) -> str | None:
    """Return a cell's text, which the file holds whole or as a list of lines; None for anything else."""
    if isinstance(value, list):
        if not all(isinstance(line, str) for line in value):
            return None
        value = "".join(value)
    return as_lines(value) if isinstance(value, str) else None


def as_lines(text: str) -> str:
    """Return a cell's text with line feeds for line ends, and without halves of characters."""
    whole = text.encode("utf-8", "replace").decode()  # JSON can spell halves
    return whole.replace("\r\n", "\n").replace("\r", "\n")


def _tags(fields: dict[str, object]) -> tuple[str, ...]:
    metadata = _table(fields.get("metadata"))
    tags = metadata.get("tags")
    found = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    if isinstance(metadata.get("grade"), str):  # `"grade": "skip"`, for editors without tags
        found.append(f"grade: {metadata['grade']}")
    return tuple(found[:50])


def _headings(kind: str, text: str, level: object) -> Iterator[tuple[int, str]]:
    if kind == "heading":  # format 3
        yield level if isinstance(level, int) and 1 <= level <= 6 else 1, text[:_MAX_HEADING]
    elif kind == "markdown":
        for line in text.split("\n"):
            match = _HEADING.match(line)
            if match:
                yield len(match[1]), match[2][:_MAX_HEADING]
