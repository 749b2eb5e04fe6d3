"""The solution beside the learner's own code: in two columns where the terminal is wide enough."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.language import tr
from grader.report.clean import clean
from grader.report.look import Look

if TYPE_CHECKING:
    from rich.console import RenderableType

    from grader.source.pieces import Piece, Pieces

TWO_COLUMNS = 120  # columns of a terminal from which two of them can be read side by side


def solution_page(
    title: str, solution: Pieces, own: Pieces | None, names: dict[str, str], *, look: Look
) -> str:
    """Return the page.

    Args:
        title: The exercise's id and title.
        solution: The reference solution.
        own: The learner's code; None where it cannot be read.
        names: For each entry point, what the learner's code calls it.
        look: What the terminal can show; its width may be that of the whole terminal.
    """
    if look.plain:
        return _plain(title, solution, own, names, look)
    from rich.text import Text as RichText

    from grader.report.terminal import draw

    narrow = replace(look, width=min(look.width, 100))
    pages = [
        draw([RichText(clean(title), style="bold cyan"), *_prose(solution.explanation)], narrow),
        draw([*_heading(tr("imports and constants")), _code(solution.rest, look)], narrow)
        if solution.rest
        else "",
    ]
    for piece in solution.definitions:
        pages.append(draw([*_heading(piece.name), *_prose(piece.explanation), ""], narrow))
        mine = own.named(names.get(piece.name, piece.name)) if own is not None else None
        pages.append(draw([_pair(piece, mine, look)], look))
    return "\n".join(page.rstrip("\n") for page in pages if page) + "\n"


def _heading(text: str) -> list[RenderableType]:
    from rich.text import Text as RichText

    return ["", RichText(text, style="bold")]


def _prose(text: str) -> list[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text as RichText

    return [Padding(RichText(_flowing(clean(text))), (0, 0, 0, 2))] if text else []


def _flowing(text: str) -> str:
    """Return prose without the line breaks of its source; lists and indented lines keep theirs."""
    return re.sub(r"(?<=\S)\n(?=[^\s\-*\d])", " ", text)


def _code(source: str, look: Look) -> RenderableType:
    from rich.padding import Padding
    from rich.syntax import Syntax
    from rich.text import Text as RichText

    text = clean(source)
    if not look.color:
        return Padding(RichText(text), (0, 0, 0, 2))
    code = Syntax(text, "python", theme="ansi_dark", background_color="default", word_wrap=True)
    return Padding(code, (0, 0, 0, 2))


def _pair(piece: Piece, mine: Piece | None, look: Look) -> RenderableType:
    """Return a definition of the solution, and the learner's own where there is one."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text as RichText

    if mine is None:
        return _code(piece.code, look)
    labels = (RichText(tr("yours"), style="dim"), RichText(tr("the solution"), style="dim"))
    if look.width < TWO_COLUMNS:
        return Group(labels[0], _code(mine.code, look), "", labels[1], _code(piece.code, look))
    grid = Table.grid(padding=(0, 3, 0, 0), expand=True)
    grid.add_column(ratio=1)
    grid.add_column(ratio=1)
    grid.add_row(*labels)
    grid.add_row(_code(mine.code, look), _code(piece.code, look))
    return grid


def _plain(title: str, solution: Pieces, own: Pieces | None, names: dict[str, str], look: Look) -> str:
    blocks = [title, solution.explanation, solution.rest]
    for piece in solution.definitions:
        blocks += [piece.explanation]
        mine = own.named(names.get(piece.name, piece.name)) if own is not None else None
        if mine is not None:
            blocks += [tr("yours") + f": {piece.name}", mine.code]
        blocks += [tr("the solution") + f": {piece.name}", piece.code]
    return look.fit("\n\n".join(clean(block) for block in blocks if block)) + "\n"
