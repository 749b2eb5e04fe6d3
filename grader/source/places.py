"""Where a line of a graded source stands in what was handed in: the same line of a file, or a cell's."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from grader.language import tr


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line as its author knows it.

    Attributes:
        line: From 1; counted within the cell if there is one.
        cell: The notebook's cell, counted from 1 over cells of every kind; None in a file.
    """

    line: int
    cell: int | None = None

    def __str__(self) -> str:
        """Return the place for people."""
        if self.cell is None:
            return tr("line {line}", line=self.line)
        return tr("cell {cell}, line {line}", cell=self.cell, line=self.line)

    def with_column(self, column: int) -> str:
        """Return the place and a column, from 1, for people."""
        if self.cell is None:
            return tr("line {line}, column {column}", line=self.line, column=column)
        return tr("cell {cell}, line {line}, column {column}", cell=self.cell, line=self.line, column=column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines of a source that stand together in one cell.

    Attributes:
        start: The first of them in the source, from 1.
        cell: The cell's number.
        line: The first of them in the cell, from 1.
    """

    start: int
    cell: int
    line: int


@dataclass(frozen=True, slots=True)
class LineMap:
    """From a source's lines to places; without blocks, every line is its own place.

    Attributes:
        blocks: In the order of the source.
    """

    blocks: tuple[Block, ...] = ()

    def place(self, line: int) -> Place:
        """Return where `line` of the source, from 1, stands."""
        if not self.blocks:
            return Place(line=line)
        index = bisect_right(self.blocks, line, key=lambda block: block.start) - 1
        block = self.blocks[max(0, index)]
        return Place(line=max(1, block.line + line - block.start), cell=block.cell)
