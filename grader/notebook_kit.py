"""An exercise as a notebook: the statement, a cell for each function of the stub, and a cell to try things in.

The same exercise gives the same bytes, so that a notebook nobody has touched can be told from one somebody has.
Metadata says what is what: the notebook's `grader` names the exercise and the language, each cell's `grader` its
role (`statement`, `setup`, `preamble`, `entry_point` with its name, `grade`, `scratch`).
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
FORMAT_VERSION = 1  # of the metadata
_Cell = dict[str, Any]

_GUIDE = Text(
    en="""*Write the functions below, each in its cell. You may add cells: definitions and imports are graded, what
trains, plots or prints is not. Save the notebook, then run `grade check {id}` in its folder.*""",
    ko="""*아래 함수를 각 셀에 작성하세요. 셀을 더 만들어도 돼요. 정의와 import는 채점하고, 학습하거나 그리거나 출력하는
것은 채점하지 않아요. 노트북을 저장한 다음 그 폴더에서 `grade check {id}`를 실행하세요.*""",
)
_SETUP = Text(
    en="# grade: skip\n# Run this first. Where the grader is missing (as in Colab), install it once:\n"
    "# %pip install git+<the address of the grader's repository>\n%load_ext grader\n",
    ko="# grade: skip\n# 먼저 이 셀을 실행하세요. 채점기가 없으면(Colab처럼) 한 번 설치하세요:\n"
    "# %pip install git+<채점기 저장소의 주소>\n%load_ext grader\n%env GRADE_LANG=ko\n",
)
_GRADE = Text(
    en="# grade: skip\n# Run the cells above, then this one. %hint {id} leads on, %progress shows your way.\n"
    "%grade {id}\n",
    ko="# grade: skip\n# 위의 셀들을 실행한 다음 이 셀을 실행하세요. %hint {id}는 힌트, %progress는 학습 기록이에요.\n"
    "%grade {id}\n",
)
_SCRATCH = Text(
    en="# grade: skip\n# This cell is not graded: try your functions here.\n",
    ko="# grade: skip\n# 이 셀은 채점하지 않아요. 여기서 함수를 시험해 보세요.\n",
)


def notebook_text(exercise: Exercise, *, language: str, magics: bool = False) -> str:
    """Return the exercise's notebook (nbformat 4.5) as the text of an `.ipynb` file.

    Args:
        exercise: Whose statement and stub.
        language: Of the statement and the explanations, `en` or `ko`.
        magics: Whether it grades itself, with cells that load the grader and run `%grade`.
    """
    import nbformat
    from nbformat import v4

    statement = exercise.statement(language).read_text("utf-8").rstrip()
    if not magics:
        statement += f"\n\n{_in(_GUIDE, language, exercise)}"
    cells = [
        _cell("markdown", f"{exercise.id}-statement", statement, {"grader": {"role": "statement"}}),
        *([_skipped(exercise, "setup", _SETUP, language)] if magics else []),
        *(
            _cell("code", f"{exercise.id}-{number}", source, _about(exercise, source))
            for number, source in enumerate(_code(exercise, language), start=1)
        ),
        *([_skipped(exercise, "grade", _GRADE, language)] if magics else []),
        _skipped(exercise, "scratch", _SCRATCH, language),
    ]
    notebook = v4.new_notebook(
        cells=cells,
        metadata={
            "grader": {"exercise": exercise.id, "format_version": FORMAT_VERSION, "language": language},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )
    nbformat.validate(notebook)
    return f"{nbformat.writes(notebook)}\n"


def _skipped(exercise: Exercise, role: str, text: Text, language: str) -> _Cell:
    metadata = {"grader": {"role": role}, "tags": [SKIP_TAG]}
    return _cell("code", f"{exercise.id}-{role}", _in(text, language, exercise), metadata)


def _about(exercise: Exercise, source: str) -> dict[str, Any]:
    """Return a graded cell's metadata: which entry point it holds, if one."""
    names = {getattr(node, "name", "") for node in ast.parse(source).body}
    found = [name for name in exercise.names if name in names]
    role = {"role": "entry_point", "entry_point": found[0]} if found else {"role": "preamble"}
    return {"grader": role, "tags": [exercise.id]}


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


def _cell(kind: str, cell_id: str, source: str, metadata: dict[str, Any]) -> _Cell:
    from nbformat import v4

    if kind == "code":
        cell: _Cell = v4.new_code_cell(source, id=cell_id, metadata=metadata)
    else:
        cell = v4.new_markdown_cell(source, id=cell_id, metadata=metadata)
    return cell
