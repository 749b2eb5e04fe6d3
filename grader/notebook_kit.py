"""An exercise as a notebook: the statement, a cell for each function of the stub, and a cell to try things in.

The same exercise gives the same bytes, so that a notebook nobody has touched can be told from one somebody has.
"""

from __future__ import annotations

import ast
import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.language import LANGUAGES, Text

if TYPE_CHECKING:
    from grader.course import Exercise

SKIP_TAG = "grade: skip"  # of a cell that is not graded
_Cell = dict[str, Any]

_GUIDE = Text(
    en="""*Write the functions below, each in its cell. You may add cells: definitions and imports are graded, what
trains, plots or prints is not. Save the notebook, then run `grade check {id}` in its folder.*""",
    ko="""*아래 함수를 각 셀에 작성하세요. 셀을 더 만들어도 돼요. 정의와 import는 채점하고, 학습하거나 그리거나 출력하는
것은 채점하지 않아요. 노트북을 저장한 다음 그 폴더에서 `grade check {id}`를 실행하세요.*""",
)
_SCRATCH = Text(
    en="# grade: skip\n# This cell is not graded: try your functions here.\n",
    ko="# grade: skip\n# 이 셀은 채점하지 않아요. 여기서 함수를 시험해 보세요.\n",
)


def notebook_text(exercise: Exercise, *, language: str) -> str:
    """Return the exercise's notebook (nbformat 4.5) as the text of an `.ipynb` file.

    Args:
        exercise: Whose statement and stub.
        language: Of the statement and the explanations, `en` or `ko`.
    """
    statement = exercise.statement(language).read_text("utf-8")
    cells = [
        _cell(
            "markdown",
            f"{exercise.id}-statement",
            f"{statement.rstrip()}\n\n{_in(_GUIDE, language, exercise)}",
        ),
        *(
            _cell("code", f"{exercise.id}-{number}", source, tags=[exercise.id])
            for number, source in enumerate(_code(exercise, language), start=1)
        ),
        _cell("code", f"{exercise.id}-scratch", _in(_SCRATCH, language, exercise), tags=[SKIP_TAG]),
    ]
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def is_untouched_notebook(exercise: Exercise, text: str) -> bool:
    """Return whether a notebook's graded cells are still those of the stub, in either language."""
    try:
        cells = json.loads(text)["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code" and SKIP_TAG not in _tags(cell)]
        sources = ["".join(cell["source"]).strip() for cell in code]
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    written = [source for source in sources if source]
    return any(written == [part.strip() for part in _code(exercise, language)] for language in LANGUAGES)


def _tags(cell: _Cell) -> list[str]:
    tags = cell.get("metadata", {}).get("tags", [])
    return tags if isinstance(tags, list) else []


def _in(text: Text, language: str, exercise: Exercise) -> str:
    return (text.ko if language == "ko" else text.en).format(id=exercise.id)


def _code(exercise: Exercise, language: str) -> list[str]:
    """Return the stub cut into cells: what stands before the first function, then one function a cell."""
    source = _stub(exercise, language).read_text("utf-8")
    lines = source.splitlines()
    tree = ast.parse(source)
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    starts = [_first_line(node, lines) for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    begin = body[0].lineno if body else len(lines) + 1
    edges = sorted({begin, *starts, len(lines) + 1})
    parts = ("\n".join(lines[first - 1 : last - 1]).strip("\n") for first, last in pairwise(edges))
    return [part for part in parts if part.strip()]


def _first_line(node: ast.FunctionDef | ast.ClassDef, lines: list[str]) -> int:
    """Return where a definition begins, with its decorators and the comment above it."""
    line = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    while line > 1 and lines[line - 2].startswith("#"):
        line -= 1
    return line


def _stub(exercise: Exercise, language: str) -> Path:
    own = exercise.folder / f"{exercise.id}.{language}.py"
    return own if own.is_file() else exercise.stub


def _cell(kind: str, cell_id: str, source: str, *, tags: list[str] | None = None) -> _Cell:
    cell: _Cell = {"cell_type": kind, "id": cell_id, "metadata": {"tags": tags} if tags else {}}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return {**cell, "source": source.splitlines(keepends=True)}
