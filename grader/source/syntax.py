"""A source parsed into its tree, or why it is no Python."""

from __future__ import annotations

import ast
import warnings
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.language import tr
from grader.source.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntaxProblem:
    """Why a source is no Python.

    Attributes:
        line: From 1; of the cell, if there is one.
        column: From 1, in characters.
        text: The line's text as it stands in the file.
        message: What Python says, and what to do where that is known.
        cell: The notebook's cell; None in a file.
    """

    line: int
    column: int
    text: str
    message: str
    cell: int | None = None

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(line=self.line, cell=self.cell)


def parse_source(
    source: str, *, on_tree: Callable[[ast.Module], None] | None = None
) -> ast.Module | SyntaxProblem:
    """Return the tree of `source`, with columns that count characters, or why there is none.

    The source is parsed and not compiled: compiling doubles nested `finally` blocks, so that a small hostile
    file can fill the memory of whoever compiles it (see `compiled`).

    Args:
        source: The text.
        on_tree: Hears of the tree while its columns still count bytes.
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
    except ValueError:
        return SyntaxProblem(line=1, column=1, text="", message=tr("The source holds NUL characters"))
    if on_tree is not None:
        on_tree(tree)
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
    numbers = sorted(starts)
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.expr | ast.stmt):
            if node.lineno in starts:
                node.col_offset = bisect_left(starts[node.lineno], node.col_offset)
            if node.end_lineno in starts and node.end_col_offset is not None:
                node.end_col_offset = bisect_left(starts[node.end_lineno], node.end_col_offset)
            if isinstance(node, ast.stmt) and not _spans_one_of(numbers, node):
                continue  # most of a source is ASCII
        waiting.extend(ast.iter_child_nodes(node))


def _spans_one_of(numbers: Sequence[int], node: ast.stmt) -> bool:
    """Return whether one of the line `numbers` is the statement's; a decorator stands before its first one."""
    decorators = getattr(node, "decorator_list", ())
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    index = bisect_left(numbers, first)
    return index < len(numbers) and numbers[index] <= (node.end_lineno or first)
