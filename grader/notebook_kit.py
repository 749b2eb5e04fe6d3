"""Notebooks that learners start from: the statement, one cell for each entry point, and cells that grade.

Metadata tells the grader what is what: the notebook's `grader` names the exercise, each cell's `grader` its role:
`statement`, `setup`, `preamble` (imports and constants of the stub), `entry_point` (with its name), `grade`.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from typing import Any

from grader.course import Exercise
from grader.language import Text

FORMAT_VERSION = 1
_SETUP = Text(
    en="# Run this first. Where the grader is missing (as in Colab), install it once:\n"
    "# %pip install git+<the address of the grader's repository>\n"
    "%load_ext grader",
    ko="# 먼저 이 셀을 실행하세요. 채점기가 없으면(Colab처럼) 한 번 설치하세요:\n"
    "# %pip install git+<채점기 저장소의 주소>\n"
    "%load_ext grader",
)
_HOW = Text(
    en="## Grade it\n\nRun the cells with your functions, then the next one. `%hint {id}` asks a question that "
    "leads on, `%progress` shows how far you have come.",
    ko="## 채점하기\n\n함수가 있는 셀을 실행한 다음 아래 셀을 실행하세요. `%hint {id}`는 다음으로 이끄는 질문을 "
    "드리고, `%progress`는 얼마나 왔는지 보여 줘요.",
)


def notebook_text(exercise: Exercise, *, language: str) -> str:
    """Return an exercise's notebook as the text of an `.ipynb` file, validated.

    Args:
        exercise: Whose stub and statement it holds.
        language: `en` or `ko`.
    """
    import nbformat  # a tenth of a second: only where a notebook is made
    from nbformat import v4

    cells = []
    for role, kind, source in _cells(exercise, language):
        name = role.removeprefix("entry_point ")
        about = {"role": role.partition(" ")[0], **({"entry_point": name} if " " in role else {})}
        make = v4.new_markdown_cell if kind == "markdown" else v4.new_code_cell
        cells.append(
            make(  # type: ignore[no-untyped-call]
                source, id=f"{exercise.id}-{name.replace('_', '-')}"[:64], metadata={"grader": about}
            )
        )
    notebook = v4.new_notebook(  # type: ignore[no-untyped-call]
        cells=cells,
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
            "grader": {"format_version": FORMAT_VERSION, "exercise": exercise.id, "language": language},
        },
    )
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"  # type: ignore[no-untyped-call,no-any-return]


def _cells(exercise: Exercise, language: str) -> Iterator[tuple[str, str, str]]:
    """Yield role, kind and source of every cell."""
    statement = exercise.statement(language).read_text("utf-8").strip()
    yield "statement", "markdown", statement
    yield "setup", "code", _in(_SETUP, language)
    preamble, parts = _stub_parts(exercise, language)
    if preamble:
        yield "preamble", "code", preamble
    for name, source in parts:
        yield f"entry_point {name}", "code", source
    yield "how", "markdown", _in(_HOW, language).format(id=exercise.id)
    yield "grade", "code", f"%grade {exercise.id}"


def _in(text: Text, language: str) -> str:
    return text.ko if language == "ko" else text.en


def _stub_parts(exercise: Exercise, language: str) -> tuple[str, list[tuple[str, str]]]:
    """Return what stands in the stub beside the entry points, and the source of each entry point."""
    source = exercise.stub_in(language).read_text("utf-8")
    tree = ast.parse(source)
    rest: list[str] = []
    parts: list[tuple[str, str]] = []
    lines = source.splitlines()
    end = 0
    for node in tree.body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and not end
        decorators = getattr(node, "decorator_list", [])
        start = min([node.lineno, *(item.lineno for item in decorators)]) - 1
        comment = _comment_above(lines, start, end)
        end = node.end_lineno or node.lineno
        piece = "\n".join(lines[comment:end])
        name = getattr(node, "name", "")
        if name in exercise.names:
            parts.append((name, piece))
        elif not is_docstring:
            rest.append(piece)
    return "\n".join(rest), parts


def _comment_above(lines: list[str], start: int, lowest: int) -> int:
    """Return where the comment directly above a line begins."""
    while start > lowest and lines[start - 1].startswith("#"):
        start -= 1
    return start


def code_cells(text: str) -> list[str]:
    """Return the sources of a notebook's code cells; none where the text is no notebook."""
    try:
        cells: list[dict[str, Any]] = json.loads(text)["cells"]
        return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


def is_untouched_notebook(exercise: Exercise, text: str) -> bool:
    """Return whether the functions in a learner's notebook are still those of the stub, in either language."""
    found = {source.strip() for source in code_cells(text)}
    stubs = ([part for _, part in _stub_parts(exercise, language)[1]] for language in ("en", "ko"))
    return any(found.issuperset(part.strip() for part in stub) for stub in stubs)
