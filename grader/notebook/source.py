"""From a notebook's cells to one Python source, with the way back from its lines to the cells.

Theory of operation. Each cell is cleaned of what only IPython understands and parsed alone, so that a broken
one costs itself. What is not run is replaced by blanks: the rest keeps its lines and columns. In front stands
at most one line of ours: what a notebook offers without an import.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from grader.course import Exercise
from grader.errors import UsageError
from grader.exercise_checks import split_id
from grader.language import tr
from grader.notebook.cells import Cell, as_lines
from grader.notebook.magics import without_magics
from grader.notebook.prune import BLOCK
from grader.notebook.selection import Selection, Statement, select
from grader.source.file import MAX_SOURCE_BYTES
from grader.source.places import Block, LineMap
from grader.source.syntax import SyntaxProblem, parse_source

_MAX_NOTES = 5
_MAX_STATEMENTS = 20_000
_SKIP = re.compile(r"grade[:\-_]?skip", re.IGNORECASE)
_OFFERED = {  # what a notebook offers without an import, and where it is for show only
    "display": "from IPython.display import display",
    "get_ipython": "from IPython import get_ipython",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookSource:
    """What is graded of a notebook.

    Attributes:
        text: One Python source. Its statements may be run one by one: none needs one that fails.
        lines: Where its lines stand in the cells.
        broken: The cells that are no Python, which are left out.
        notes: What counts where that is not plain, for the person who wrote it.
    """

    text: str
    lines: LineMap
    broken: tuple[SyntaxProblem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One cell that can be read.

    Attributes:
        text: Its Python, line for line.
        statements: Its top-level statements.
    """

    cell: Cell
    text: str
    statements: tuple[ast.stmt, ...]
    is_marked: bool


def notebook_source(cells: Sequence[Cell], exercise: Exercise) -> NotebookSource:
    """Return what is graded of a notebook, as `exercise.notebook` says: `definitions` or `all`.

    Raises:
        UsageError: There is more code than a submission may hold.
    """
    cells = [replace(cell, source=as_lines(cell.source)) for cell in cells]
    num_bytes = sum(len(cell.source.encode()) for cell in cells)
    if num_bytes > MAX_SOURCE_BYTES:
        raise _too_much(f"{num_bytes / (1 << 20):.1f} MiB")
    parts: list[_Part] = []
    broken: list[SyntaxProblem] = []
    skipped: list[int] = []
    for cell in cells:
        if _is_skipped(cell):
            skipped.append(cell.number)
            continue
        # Run in order, a file that is written is run only if somebody imports it.
        has_files = exercise.notebook != "all" or _is_marked(cell, exercise.id)
        text = without_magics(cell.source, has_files=has_files)
        if text is None:
            continue
        read = _part(cell, text, exercise)
        if isinstance(read, SyntaxProblem):
            broken.append(read)
        else:
            parts.append(read)
    num_statements = sum(len(part.statements) for part in parts)
    if num_statements > _MAX_STATEMENTS:
        raise _too_much(tr("{num} statements", num=num_statements))
    notes = [tr("cell {cell} is tagged `grade: skip` and was left out", cell=number) for number in skipped]
    notes += [
        tr(
            "cell {cell} cannot be read as Python (line {line}: {reason}) and was left out",
            cell=problem.cell,
            line=problem.line,
            reason=problem.message,
        )
        for problem in broken
    ]
    if exercise.notebook == "all":
        kept = [(part, [True] * len(part.statements)) for part in parts]
        removed: set[ast.stmt] = set()
    else:
        kept, removed, more = _definitions(parts, exercise)
        notes += more
    text, lines = _assembled(kept, removed)
    return NotebookSource(
        text=text, lines=lines, broken=_likeliest_first(broken, cells, exercise), notes=tuple(_cut(notes))
    )


def _too_much(received: str) -> UsageError:
    return UsageError(
        tr(
            "The notebook's code is too long. Expected at most 1 MiB and {num} statements. Received: {received}",
            num=_MAX_STATEMENTS,
            received=received,
        ),
        hint=tr("Keep data in files of their own, not in cells"),
    )


def _likeliest_first(
    broken: Sequence[SyntaxProblem], cells: Sequence[Cell], exercise: Exercise
) -> tuple[SyntaxProblem, ...]:
    """Return the broken cells, those first that name an entry point."""
    sources = {cell.number: cell.source for cell in cells}
    names = [name for entry in exercise.entry_points for name in (entry.name, *entry.aliases)]
    return tuple(sorted(broken, key=lambda one: not any(name in sources[one.cell or 0] for name in names)))


def _cut(notes: Sequence[str]) -> Sequence[str]:
    hidden = len(notes) - _MAX_NOTES
    return notes if hidden <= 1 else [*notes[:_MAX_NOTES], tr("and {num} more", num=hidden)]


# --- one cell ------------------------------------------------------------------------------------------------


def _part(cell: Cell, text: str, exercise: Exercise) -> _Part | SyntaxProblem:
    tree = parse_source(text)
    if isinstance(tree, SyntaxProblem):
        return replace(tree, cell=cell.number)
    return _Part(cell=cell, text=text, statements=tuple(tree.body), is_marked=_is_marked(cell, exercise.id))


def _is_skipped(cell: Cell) -> bool:
    first = _first_line(cell)
    tags = [*cell.tags, first.lstrip("# \t")] if first.startswith("#") else cell.tags
    return any(_SKIP.fullmatch("".join(tag.split())) for tag in tags)


def _first_line(cell: Cell) -> str:
    return next((line.strip() for line in cell.source.split("\n") if line.strip()), "")[:500]


def _is_marked(cell: Cell, exercise_id: str) -> bool:
    """Return whether a cell is tagged or headed as one of the exercise."""
    first = _first_line(cell)
    named = [*cell.tags, *cell.headings]
    if first.startswith(("#", "%%grade", "%%writefile", "%%file")):
        named.append(first)
    pattern = _naming(exercise_id)
    return any(pattern.search(text) for text in named)


def _naming(exercise_id: str) -> re.Pattern[str]:
    """Return what finds `ex05`, `EX5`, `ex 5`, `Exercise 5` in a line."""
    letters, number = split_id(exercise_id)
    if not number:
        return re.compile(rf"(?<![^\W_]){re.escape(exercise_id)}(?![^\W_])", re.IGNORECASE)
    words = "|".join([re.escape(letters), "exercise", "연습문제", "연습"])
    return re.compile(rf"(?<![^\W_])(?:{words})[\s_.\-]*0*{int(number)}(?!\d)", re.IGNORECASE)


# --- what is kept --------------------------------------------------------------------------------------------


def _definitions(
    parts: Sequence[_Part], exercise: Exercise
) -> tuple[list[tuple[_Part, list[bool]]], set[ast.stmt], list[str]]:
    """Return for each cell which of its statements are run, what is taken out of those, and what is to be said."""
    statements = [
        Statement(node=node, cell=part.cell.number, is_marked=part.is_marked)
        for part in parts
        for node in part.statements
    ]
    names = [name for entry in exercise.entry_points for name in (entry.name, *entry.aliases)]
    selection = select(statements, names)
    flags = iter(selection.kept)
    kept = [(part, [next(flags) for _ in part.statements]) for part in parts]
    removed = {node for nodes in selection.removed for node in nodes}
    return kept, removed, _notes(selection, kept, exercise)


def _notes(selection: Selection, kept: Sequence[tuple[_Part, list[bool]]], exercise: Exercise) -> list[str]:
    notes = [
        tr(
            "`{name}` (cell {cell}, line {line}) was left out: it trains, evaluates, downloads, or needs what does",
            name=name,
            cell=statement.cell,
            line=statement.node.lineno,
        )
        for name, statement in selection.dropped.items()
    ]
    notes += [
        tr(
            "`{name}` is defined in cells {cells}: the one in cell {last} counts",
            name=name,
            cells=_numbers(cells),
            last=cells[0],
        )
        for name, cells in selection.repeated.items()
    ]
    notes += [
        tr(
            "`{name}` counts as the cell marked {id} defines it, not as cell {cells} does",
            name=name,
            id=exercise.id,
            cells=_numbers(cells),
        )
        for name, cells in selection.overruled.items()
    ]
    without = [part.cell.number for part, flags in kept if part.statements and not any(flags)]
    if without:
        notes.append(
            tr(
                "only definitions and what they need were run; left out: cell {cells}",
                cells=_numbers(without),
            )
        )
    return notes


def _numbers(cells: Iterable[int]) -> str:
    numbers = sorted(set(cells))
    shown = ", ".join(str(number) for number in numbers[:8])
    return f"{shown}, …" if len(numbers) > 8 else shown


# --- one source ----------------------------------------------------------------------------------------------


def _assembled(
    kept: Iterable[tuple[_Part, Sequence[bool]]], removed: Collection[ast.stmt]
) -> tuple[str, LineMap]:
    """Return the source and its map; statements that are not kept become blanks, those in blocks a number."""
    first: dict[str, None] = {}
    lines: list[str] = [""]  # for what stands in front
    blocks: list[Block] = []
    for part, flags in kept:
        if not any(flags):
            continue
        text, has_future = _blanked(part, flags, removed)
        if has_future:
            first["from __future__ import annotations"] = None
        own = text.split("\n")
        filled = [number for number, line in enumerate(own) if line.strip()]
        if not filled:
            continue
        start, end = filled[0], filled[-1] + 1
        own[end - 1] = own[end - 1].removesuffix("\\")  # it would go on in the next cell
        blocks.append(Block(start=len(lines) + 1, cell=part.cell.number, line=start + 1))
        lines += own[start:end]
    source = "\n".join(lines)
    first.update((line, None) for name, line in _OFFERED.items() if name in source)
    return f"{'; '.join(first)}{source}\n", LineMap(tuple(blocks))


def _blanked(part: _Part, flags: Sequence[bool], removed: Collection[ast.stmt]) -> tuple[str, bool]:
    """Return a cell's text with what is not kept blanked out, and whether it asks for late annotations.

    Imports from `__future__` are blanked too: they are only allowed at the beginning of a source.
    """
    lines = part.text.split("\n")
    has_future = False
    for node, is_kept in zip(part.statements, flags, strict=True):
        is_future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if is_future and isinstance(node, ast.ImportFrom):
            has_future = has_future or any(alias.name == "annotations" for alias in node.names)
        if not is_kept or is_future:
            _blank(lines, node)
        elif removed and isinstance(node, BLOCK):
            for inner in ast.walk(node):
                if inner in removed and isinstance(inner, ast.stmt):
                    _empty(lines, inner)
    return "\n".join(lines), has_future


def _blank(lines: list[str], node: ast.stmt) -> None:
    """Blank out a statement, columns kept; where another one shares its line, a number takes its place."""
    first, last = _first_line_of(node) - 1, (node.end_lineno or node.lineno) - 1
    begin, end = (0 if first < node.lineno - 1 else node.col_offset), node.end_col_offset or 0
    before, after = lines[first][:begin], lines[last][end:]
    is_alone = not before.strip() and (not after.strip() or after.lstrip().startswith("#"))
    if first and lines[first - 1].endswith("\\"):  # the line before goes on here
        is_alone = False
    if first == last:
        lines[first] = before if is_alone else before + "0".ljust(end - begin) + after
        return
    lines[first] = before
    for number in range(first + 1, last):
        lines[number] = ""
    lines[last] = "" if is_alone else "0".ljust(end) + after


def _empty(lines: list[str], node: ast.stmt) -> None:
    """Put a number in the place of a statement in a block, which may not be left without one."""
    first, last = _first_line_of(node) - 1, (node.end_lineno or node.lineno) - 1
    begin, end = node.col_offset, node.end_col_offset or 0
    before, after = lines[first][:begin], lines[last][end:]
    if first == last:
        lines[first] = before + "0".ljust(end - begin) + after
        return
    lines[first] = before + "0"
    for number in range(first + 1, last):
        lines[number] = ""
    is_last = not after.strip() or after.lstrip().startswith("#")
    lines[last] = "" if is_last else f"{'':{begin}}0".ljust(end) + after


def _first_line_of(node: ast.stmt) -> int:
    decorators: list[ast.expr] = []
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        decorators = node.decorator_list
    return min([node.lineno, *(one.lineno for one in decorators)])
