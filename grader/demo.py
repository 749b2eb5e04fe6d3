"""`grade demo`: a class of 60 that does not exist, to try batch, report, feedback and export on.

Everybody begins with one of two ways to write ex05; small edits make of it what learners really hand in: right in
other words, wrong in one place, half done, broken, endless, late, a notebook, a file in an old encoding. The same
class is written every time.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from string import Template

from grader.errors import UsageError
from grader.language import tr

EXERCISE_ID = "ex05"
NUM_STUDENTS = 60
DUE = datetime(2026, 3, 6, 14, 59, tzinfo=UTC)  # 23:59 in Seoul
_TEMPLATES = Path(__file__).parent / "templates" / "demo"
_FAMILY = ["김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오"]
_GIVEN = (
    *("민준", "서연", "도윤", "하은", "시우", "지유", "주원", "서윤", "하준", "지아"),
    *("지호", "수아", "준서", "다은", "건우", "예은", "우진", "채원", "선우", "소율"),
    *("현우", "지민", "유진", "은서", "태윤", "나연", "승현", "가온", "민서", "하린"),
)
_GUESTS = ("Nguyễn Minh", "Zoë Müller", "O'Brien, Sean")

# What a wrong submission differs in from a right one: what stood there, what stands there, in turn.
_SLIPS = (
    (
        *("return correlate1d(x, w[::-1], mode)", "return correlate1d(x, w, mode)"),
        *("return correlate2d(x, w[::-1, ::-1], mode)", "return correlate2d(x, w, mode)"),
    ),
    ("return correlate2d(x, w[::-1, ::-1], mode)", "return correlate2d(x, w[::-1], mode)"),
    ("return correlate2d(x, w[::-1, ::-1], mode)", "return correlate2d(x, w.T, mode)"),
    ("after = (f - 1) // 2", "after = f // 2"),
    ("top, left = (fh - 1) // 2, (fw - 1) // 2", "top, left = fh // 2, fw // 2"),
    ("len(line) - f + 1, stride", "len(line) - f, stride"),
    ("image.shape[0] - fh + 1, stride", "image.shape[0] - fh + 1"),
    ("(n + 2 * padding - f) // stride + 1", "(n + padding - f) // stride + 1"),
    ("(n + 2 * padding - f) // stride + 1", "(n + 2 * padding - f) / stride + 1"),
    ("before = after = f - 1", "before = after = f // 2"),
    ('raise ValueError("kernel longer than input")', "return np.array([])"),
    ("np.sum(image[i : i + fh, j : j + fw] * w)", "np.sum(image[i : i + fh, j : j + fw]) * np.sum(w)"),
    ("np.zeros((len(rows), len(columns)))", "np.zeros((len(rows), len(columns)), dtype=np.uint8)"),
    ("return np.array(result)", "return result"),
    ("    line = pad_line(", "    w /= 1.0\n    line = pad_line("),
)
_ACCIDENTS = (
    ("broken", 'def convolve1d(x, w, mode="valid"):', 'def convolve1d(x, w, mode="valid")'),
    ("broken", "import numpy as np\n", "import nunpy as np\n"),
    ("broken", "total = 0.0", "total = np.float(0.0)"),
    (
        "endless",
        "    return (n + 2 * padding - f)",
        "    while f > 0:\n        pass\n    return (n + 2 * padding - f)",
    ),
    ("hostile", "import numpy as np\n", "import numpy as np\n\nprint(open('/etc/passwd').read())\n"),
    ("forbidden", "return correlate1d(x, w[::-1], mode)", "return np.convolve(x, w, mode)"),
)
_WORDS = (
    ("total", "s"), ("result", "out"), ("line", "padded"), ("image", "img"), ("start", "i0"),
    ("rows", "row_range"), ("columns", "col_range"), ("pad_line", "_pad1"), ("pad_image", "_pad2"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who does not exist.

    Attributes:
        files: What they handed in, by name; nothing where they did not.
        at: When.
        kind: What their work is like, for the tests.
    """

    number: str
    name: str
    kind: str
    files: tuple[tuple[str, bytes], ...]
    at: datetime


def write_demo(root: Path) -> list[Person]:
    """Write the class and return it.

    Raises:
        UsageError: The folder is there already and not empty, or cannot be written.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise UsageError(
            tr("`{path}` is there already. Expected a place for the made-up class", path=root),
            hint=tr("Name another folder: `grade demo DIR`"),
        )
    people = made_up_class()
    files: dict[str, bytes] = {}
    for person in people:
        folder = f"submitted/{person.number}/{EXERCISE_ID}"
        files |= {f"{folder}/{name}": data for name, data in person.files}
        if person.files:
            files[f"{folder}/timestamp.txt"] = f"{person.at:%Y-%m-%d %H:%M:%S.%f} UTC\n".encode()
    files |= _tables(people)
    appeal = next(person for person in people if person.kind == "wrong")
    guide = Template((_TEMPLATES / "guide.md").read_text("utf-8"))
    files["README.md"] = guide.substitute(num=len(people), appeal=appeal.number).encode()
    try:
        for name, data in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        raise UsageError(
            tr("The made-up class cannot be written: {error}", error=error),
            hint=tr("Name another folder: `grade demo DIR`"),
        ) from error
    return people


def made_up_class() -> list[Person]:
    """Return sixty people with what they handed in, the same every time."""
    draw = random.Random(EXERCISE_ID)  # noqa: S311 - nothing is secret here
    works = list(_works(draw))
    draw.shuffle(works)
    people = []
    for position, (name, (kind, files)) in enumerate(zip(_names(draw), works, strict=True)):
        early = -timedelta(hours=draw.randint(2, 90))
        late = timedelta(days=draw.choice((1, 2, 5)), hours=-3) if kind == "late" else early
        number = f"2026{1000 + 7 * position + draw.randint(0, 6)}"
        people.append(Person(number=number, name=name, kind=kind, files=tuple(files), at=DUE + late))
    return people


def _names(draw: random.Random) -> list[str]:
    everybody = [family + given for family in _FAMILY for given in _GIVEN]
    names = draw.sample(everybody, NUM_STUDENTS - len(_GUESTS) - 1)
    names.append(unicodedata.normalize("NFD", names[0]))  # two people of one name, one as macOS writes it
    return [*names, *_GUESTS]


def _works(draw: random.Random) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Yield kind and files of everybody's work."""
    right = (_TEMPLATES / "loops.py.txt").read_text("utf-8")
    for number in range(16):
        yield "right", [("ex05.py", _reworded(right, draw, number).encode())]
    for slip in (*_SLIPS, *_SLIPS[:3]):  # the first ones are what most people do
        yield "wrong", [("ex05.py", _reworded(_slipped(right, slip), draw, draw.randrange(99)).encode())]
    for _ in range(4):
        yield "late", [("ex05.py", _reworded(right, draw, draw.randrange(99)).encode())]
    for name in ("ex05 (1).py", "ex05-final.py", "EX05.py"):
        yield "renamed", [(name, right.encode())]
    for source in (right, _slipped(right, _SLIPS[0]), right):
        yield "notebook", [("ex05.ipynb", _notebook(source))]
    for wanted in (2, 2, 3):
        yield "half", [("ex05.py", _half(right, wanted).encode())]
    yield "old encoding", [("ex05.py", f"# 합성곱 과제입니다\n{right}".encode("cp949"))]
    yield "empty", [("ex05.py", b"")]
    yield "stub", [("ex05.py", _half(right, 0).encode())]
    yield "stub", [("ex05.py", _half(right, 0).encode())]
    for kind, before, after in _ACCIDENTS:
        yield kind, [("ex05.py", _slipped(right, (before, after)).encode())]
    for _ in range(3):
        yield "nothing", []


def _slipped(source: str, slip: Sequence[str]) -> str:
    """Return a program in which each text of `slip` stands as the one behind it."""
    for before, after in zip(slip[::2], slip[1::2], strict=True):
        if before not in source:
            raise ValueError(f"Nothing to change: {before!r}")
        source = source.replace(before, after)
    return source


def _reworded(source: str, draw: random.Random, number: int) -> str:
    """Return the same program in the words of somebody else."""
    for old, new in draw.sample(_WORDS, 4):
        source = _renamed(source, old, new)
    return f"# {EXERCISE_ID} {number}\n{source}"


def _renamed(source: str, old: str, new: str) -> str:
    return re.sub(rf"\b{old}\b", new, source)


def _half(source: str, num_kept: int) -> str:
    """Return the program with only the first entry points written."""
    tree = ast.parse(source)
    helpers = {"pad_line", "pad_image"}
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name not in helpers]
    for node in functions[num_kept:]:
        node.body = list(ast.parse("raise NotImplementedError").body)
    return ast.unparse(tree) + "\n"


def _notebook(source: str) -> bytes:
    """Return a notebook as people have it: magics, trials, and the functions between them."""
    parts = source.split("\n\n\n")
    cells = ["%matplotlib inline\nimport matplotlib.pyplot as plt", *parts]
    cells += ["x = np.arange(9)\nprint(correlate1d(x, np.array([1, 0, -1])))", "plt.plot(x)\nplt.show()"]
    notebook = {
        "cells": [
            {"cell_type": "markdown", "id": "head", "metadata": {}, "source": ["# ex05"]},
            *(
                {
                    "cell_type": "code",
                    "execution_count": number,
                    "id": f"cell-{number}",
                    "metadata": {},
                    "outputs": [],
                    "source": text.splitlines(keepends=True),
                }
                for number, text in enumerate(cells, start=1)
            ),
        ],
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()


def _tables(people: Sequence[Person]) -> dict[str, bytes]:
    """Return the roster, marks that were given by hand, and a sheet as Canvas exports it."""
    draw = random.Random("marks")  # noqa: S311 - nothing is secret here
    roster = [["학번", "이름", "이메일"], *([p.number, p.name, f"{p.number}@uni.example"] for p in people)]
    guesses = {
        "right": 20,
        "late": 20,
        "renamed": 20,
        "notebook": 20,
        "old encoding": 20,
        "wrong": 17,
        "half": 8,
    }
    marks = [["학번", "ex05"]]
    for person in people:
        guess = guesses.get(person.kind, 0)
        shown = "" if not person.files else f"{max(0.0, guess - (guess < 20) * draw.choice((0, 0.5, 1))):g}"
        marks.append([person.number, shown])
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Convolution (7001)", "Final Score"]
    canvas = [header, ["    Points Possible", "", "", "", "", "20", "(read only)"]]
    for position, person in enumerate(people):
        canvas.append([person.name, str(9000 + position), person.number, f"u{person.number}", "1", "", ""])
    tables = {"roster.csv": roster, "last_marks.csv": marks, "canvas.csv": canvas}
    return {name: _csv(rows) for name, rows in tables.items()}


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()
