"""A submission's file read and looked at, without running it: its source, its tree, its entry points.

What cannot be graded at all is the person's mistake and raises UsageError. A syntax error is the submission's
and is recorded: it is graded.
"""

from __future__ import annotations

import ast
import warnings
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.course import Exercise
from grader.language import tr
from grader.source.entry_points import find_entry_points
from grader.source.file import read_source, shown_path


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntaxProblem:
    """Why a source is no Python.

    Attributes:
        line: From 1.
        column: From 1, in characters.
        text: The line's text as it stands in the file.
        message: What Python says, and what to do where that is known.
    """

    line: int
    column: int
    text: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One file that was handed in.

    Attributes:
        path: The file, as the person named it.
        source: Its text; lines end with a line feed.
        sha256: Of its bytes.
        tree: Its syntax tree, with columns that count characters, not bytes; None after a syntax error.
        syntax_error: Why there is no tree.
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


def read_submission(path: Path, exercise: Exercise) -> Submission:
    """Return the submission in `path`, without running it.

    Args:
        path: A `.py` file in UTF-8 or cp949 of at most 1 MiB.
        exercise: Whose entry points it should define.

    Raises:
        UsageError: There is no such file, it cannot be a Python source, it defines none of the entry points,
            or one of them takes other parameters than the exercise passes.
    """
    file = read_source(path)
    tree = _parse(file.text)
    entry_points: Mapping[str, str] = {}
    if isinstance(tree, ast.Module):
        entry_points = find_entry_points(tree, exercise, shown_path(path))
    taken = (
        tr("{name}: taken from `{alias}`", name=name, alias=alias)
        for name, alias in entry_points.items()
        if name != alias
    )
    return Submission(
        path=shown_path(path),
        source=file.text,
        sha256=file.sha256,
        tree=tree if isinstance(tree, ast.Module) else None,
        syntax_error=tree if isinstance(tree, SyntaxProblem) else None,
        entry_points=entry_points,
        notes=(*file.notes, *taken),
    )


def _parse(source: str) -> ast.Module | SyntaxProblem:
    """Return the tree of `source`, or why there is none.

    The source is parsed and not compiled: compiling doubles nested `finally` blocks, so that a small hostile
    file can fill the memory of whoever compiles it. That is left to the worker.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except SyntaxError as error:
        return _syntax_problem(error, source)
    except (RecursionError, MemoryError):
        message = tr("The source is nested too deeply to be read")
        return SyntaxProblem(line=1, column=1, text=_line(source, 1), message=message)
    if not source.isascii():
        _count_characters(tree, source)
    return tree


def _syntax_problem(error: SyntaxError, source: str) -> SyntaxProblem:
    line = max(1, error.lineno or 1)
    column = max(1, error.offset or 1)
    text = _line(source, line)
    part = (error.text or "").strip("\n")
    if part and part not in text:  # an f-string's inside, which Python 3.11 shows in brackets
        inside = part.removeprefix("(").removesuffix(")")
        column = max(1, text.find(inside) + column - 1) if inside in text else 1
    advice = _advice(error.msg, text)
    message = f"{error.msg}{'' if error.msg.endswith('?') else '.'} {advice}" if advice else error.msg
    return SyntaxProblem(line=line, column=min(column, len(text) + 1), text=text, message=message)


def _line(source: str, line: int) -> str:
    lines = source.split("\n")
    return lines[line - 1] if line <= len(lines) else ""


def _advice(message: str, text: str) -> str:
    """Return what to do about a syntax error that many learners meet; empty for the others."""
    if "call to 'print'" in message:
        return tr("This is how Python 2 prints; in Python 3 it is `print(...)`")
    if text.lstrip().startswith(("%", "!")):
        return tr("This is a notebook's command; leave the line out of a `.py` file")
    if any(mark in message for mark in "“”‘’"):
        return tr("Write straight quotation marks: ' or \"")
    return ""


def _count_characters(tree: ast.Module, source: str) -> None:
    """Make the columns of `tree`, which count bytes of UTF-8, count characters."""
    starts = {
        number: array("L", (index for index, byte in enumerate(line.encode()) if byte & 0xC0 != 0x80))
        for number, line in enumerate(source.split("\n"), start=1)
        if not line.isascii()
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.expr | ast.stmt):
            continue
        if node.lineno in starts:
            node.col_offset = bisect_left(starts[node.lineno], node.col_offset)
        if node.end_lineno in starts and node.end_col_offset is not None:
            node.end_col_offset = bisect_left(starts[node.end_lineno], node.end_col_offset)
