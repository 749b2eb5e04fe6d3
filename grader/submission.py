"""A submission's file read and looked at, without running it: its source, its tree, its entry points.

What cannot be graded at all is the person's mistake and raises UsageError. A syntax error is the submission's
and is recorded: it is graded.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course import Exercise
from grader.errors import UsageError
from grader.language import tr
from grader.source.compiled import compiled
from grader.source.entry_points import find_entry_points
from grader.source.file import is_notebook, read_source, shown_path
from grader.source.places import LineMap
from grader.source.syntax import SyntaxProblem, parse_source

if TYPE_CHECKING:
    from grader.notebook.cells import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One file that was handed in.

    Attributes:
        path: The file, as the person named it.
        source: Its text; lines end with a line feed. Of a notebook, what is run of its cells.
        sha256: Of its bytes.
        tree: Its syntax tree, with columns that count characters, not bytes; None after a syntax error.
        syntax_error: Why there is no tree.
        broken_cell: Of a notebook, a cell that is no Python and was left out although an entry point is missing.
        lines: Where the source's lines stand: a notebook's in its cells.
        is_piecewise: Whether each statement runs for itself, so that one that fails costs no other.
        code: The source compiled, where that was asked for and is cheap (see `source.compiled`).
        entry_points: For each entry point that is found, the name that the submission gave it.
        notes: Facts that cost nothing: an alias that was taken, an encoding that was guessed.
    """

    path: str
    source: str
    sha256: str
    tree: ast.Module | None
    syntax_error: SyntaxProblem | None
    entry_points: Mapping[str, str]
    notes: tuple[str, ...] = ()
    broken_cell: SyntaxProblem | None = None
    lines: LineMap = field(default_factory=LineMap)
    is_piecewise: bool = False
    code: bytes = b""


def read_submission(
    path: Path, exercise: Exercise, *, data: bytes | None = None, compile_as: str = ""
) -> Submission:
    """Return the submission in `path`, without running it.

    Args:
        path: A `.py` file in UTF-8 or cp949 of at most 1 MiB, or a notebook (`.ipynb`).
        exercise: Whose entry points it should define.
        data: The file's bytes, where they were read already.
        compile_as: The file's name in tracebacks, where it is to be compiled too.

    Raises:
        UsageError: There is no such file, it cannot be a Python source, it defines none of the entry points,
            or one of them takes other parameters than the exercise passes.
    """
    file = read_source(path, data)
    shown = shown_path(path)
    if is_notebook(path):
        from grader.notebook.cells import read_cells  # only where there is a notebook

        cells, notes = read_cells(file.text, shown)
        return _of_cells(cells, exercise, shown, file.sha256, (*file.notes, *notes))
    codes: list[bytes] = []

    def keep_code(tree: ast.Module) -> None:
        codes.append(compiled(tree, file.text, compile_as))

    tree = parse_source(file.text, on_tree=keep_code if compile_as else None)
    entry_points: Mapping[str, str] = {}
    if isinstance(tree, ast.Module):
        entry_points = find_entry_points(tree, exercise, shown, source=file.text)
    return Submission(
        code=b"".join(codes),
        path=shown,
        source=file.text,
        sha256=file.sha256,
        tree=tree if isinstance(tree, ast.Module) else None,
        syntax_error=tree if isinstance(tree, SyntaxProblem) else None,
        entry_points=entry_points,
        notes=(*file.notes, *_taken(entry_points)),
    )


def submission_from_cells(
    cells: Iterable[tuple[str, Sequence[str]]], exercise: Exercise, *, name: str
) -> Submission:
    """Return the submission that the code cells of a running notebook make, without running it.

    Args:
        cells: Text and tags of each code cell, in their order; they are numbered from 1.
        exercise: Whose entry points they should define.
        name: What stands for the file's name in messages, such as `notebook`.

    Raises:
        UsageError: As for `read_submission`.
    """
    from grader.notebook.cells import Cell

    numbered = [
        Cell(number=number, source=source, tags=tuple(tags))
        for number, (source, tags) in enumerate(cells, start=1)
    ]
    digest = sha256("\0".join(cell.source for cell in numbered).encode("utf-8", "replace")).hexdigest()
    return _of_cells(numbered, exercise, name, digest, ())


def _of_cells(
    cells: Sequence[Cell], exercise: Exercise, shown: str, digest: str, notes: tuple[str, ...]
) -> Submission:
    from grader.notebook.source import notebook_source

    notebook = notebook_source(cells, exercise)
    tree = parse_source(notebook.text)
    problem: SyntaxProblem | None = None
    if isinstance(tree, SyntaxProblem):  # each cell can be read, but not all of them together
        place = notebook.lines.place(tree.line)
        problem = replace(tree, line=place.line, cell=place.cell)
    entry_points: Mapping[str, str] = {}
    if isinstance(tree, ast.Module):
        try:
            entry_points = find_entry_points(tree, exercise, shown, notebook.lines)
        except UsageError:
            if not notebook.broken:
                raise
            problem = notebook.broken[0]  # what it would define is in a cell that cannot be read
    is_incomplete = len(entry_points) < len(exercise.names)
    return Submission(
        path=shown,
        source=notebook.text,
        sha256=digest,
        tree=tree if isinstance(tree, ast.Module) and problem is None else None,
        syntax_error=problem,
        entry_points=entry_points,
        notes=(*notes, *notebook.notes, *_taken(entry_points)),
        broken_cell=notebook.broken[0] if notebook.broken and is_incomplete else None,
        lines=notebook.lines,
        is_piecewise=True,
    )


def _taken(entry_points: Mapping[str, str]) -> Iterable[str]:
    """Yield what is to be said about entry points that go by an alias."""
    return (
        tr("{name}: taken from `{alias}`", name=name, alias=alias)
        for name, alias in entry_points.items()
        if name != alias
    )
