"""`%load_ext grader` in a real kernel: what is graded, what is shown, and what the kernel never loads."""

import json
import os
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from grader import ipython
from grader.cli.notebook_child import Request, answer
from grader.course import find_course
from grader.language import activate
from grader.progress import attempts_in
from grader.report.notebook_html import to_html
from grader.workspace import Workspace, create
from tests.test_cli import RIGHT, WRONG


@pytest.fixture
def course(make_course, monkeypatch, tmp_path):
    path = make_course()
    monkeypatch.setenv("GRADE_COURSE", str(path))
    monkeypatch.setenv("GRADE_LANG", "en")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return find_course(path, {})


def run(cells, folder, **environ):
    """Run cells in a kernel and return its outputs as one text for each cell."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    env = {**os.environ, **environ, "PYTHONPATH": str(Path(ipython.__file__).parents[1])}
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}})
    client.execute(env=env)
    return [outputs_of(cell) for cell in notebook.cells]


def outputs_of(cell):
    return "\n".join(
        output.get("data", {}).get("text/plain", output.get("text", "")) for output in cell.outputs
    )


def test_the_functions_of_a_notebook_are_graded(course, tmp_path):
    create(tmp_path / "learn", course.exercises)
    double, halve = WRONG.split("\n\n\ndef halve")
    outputs = run(
        [
            "%load_ext grader",
            double,
            "def halve" + halve,
            "%grade ex99",
            "def double(x):\n    return np.asarray(x) * 2.0",
            "%grade ex99",
            "%hint ex99",
            "%progress",
            "%grade ex98",
            "import sys\nprint({name for name in sys.modules if 'solution' in name or name == 'grader.suite'})",
        ],
        tmp_path / "learn",
    )
    assert "4 / 10 points" in outputs[3]
    assert "What is twice 3?" in outputs[3]
    assert "`%grade ex99` again" in outputs[3]
    assert "10 / 10 points" in outputs[5]
    assert "further seeds went well" in outputs[5]
    assert "nothing left to hint at" in outputs[6]
    assert "1 of 1 exercises" in outputs[7]
    assert "error: This course has no such exercise" in outputs[8]
    assert outputs[9].strip() == "set()"
    kept = attempts_in(tmp_path / "learn" / ".grade", course="course")
    assert [attempt.score for attempt in kept] == [4.0, 10.0]


def test_a_cell_is_graded_by_its_head_and_run_and_errors_name_the_cell(course, tmp_path):
    outputs = run(
        [
            "import numpy as np\ndef halve(x, times=1):\n    return np.asarray(x) / 2.0**times",
            "%load_ext grader",  # what ran before is known too
            "%%grade ex99\ndef double(x):\n    return np.asarray(x) * 2.0",
            "print(double(4))",
            "def halve(x, times=1):\n    return x.nothing",
            "%grade ex99 --seed 3",
        ],
        tmp_path,
    )
    assert "10 / 10 points" in outputs[2]
    assert outputs[3].strip() == "8.0"
    assert "seed 3" in outputs[5]
    assert "AttributeError" in outputs[5]
    assert "cell 5, line 2" in outputs[5]


OLD_KERNEL = """
import errno, pyseccomp
rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "landlock_create_ruleset")
rules.load()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has what is taken away here")
def test_where_the_system_has_no_jail_it_grades_and_says_so(course, tmp_path):
    # As in Colab: the system knows nothing of Landlock, and no file of the notebook is known.
    outputs = run(
        [
            OLD_KERNEL,
            "%load_ext grader",
            "import numpy as np\n" + WRONG,
            "%grade ex99",
            "import time\ndef halve(x, times=1):\n    while True: time.sleep(1)",
            "%grade ex99 --seed 3",
        ],
        tmp_path,
    )
    assert "4 / 10 points" in outputs[3]
    assert "jail" in outputs[3]
    assert "landlock" in outputs[3]
    assert "No answer within" in outputs[5]  # its limits hold all the same


# Without a kernel


def asked(do, *words, cells=(), file=None):
    return answer(Request.parse({"do": do, "words": list(words), "cells": list(cells), "file": file}))


def test_the_answer_is_text_and_the_same_in_html(course):
    text, html = asked("grade", "ex99", cells=[WRONG])
    assert "4 / 10 points" in text
    assert "\x1b" not in text
    assert html.startswith("<pre")
    assert "color: #" in html
    assert "≠" in html


def test_the_saved_file_counts_where_no_cell_has_run(course, tmp_path):
    create(tmp_path / "learn", course.exercises, notebook=True)
    path = tmp_path / "learn" / "ex99.ipynb"
    text, _ = asked("grade", file=str(path))
    assert "the saved file was graded" in text
    assert "not written" in text
    assert len(attempts_in(Workspace(root=path.parent).state, course="course")) == 1
    text, _ = asked("hint", file=str(path))
    assert "ex99" in text


def test_a_korean_notebook_speaks_korean(course, tmp_path):
    activate("ko")
    create(tmp_path / "learn", course.exercises, notebook=True)
    activate("en")
    text, _ = asked("grade", file=str(tmp_path / "learn" / "ex99.ipynb"))
    assert "작성" in text
    assert "이 과정에" in asked("grade", "ex98", "--lang", "ko")[0]


@pytest.mark.parametrize(
    ("do", "words", "cells", "said"),
    [
        ("grade", [], [], "Which exercise? Expected its id"),
        ("grade", ["ex99"], [], "error:"),
        ("grade", ["ex99", "--seed", "x"], [RIGHT], "Expected a whole number"),
        ("progress", [], [], "!grade init learn --notebook"),
        ("hint", ["ex99"], [], "What is twice a number?"),
    ],
)
def test_what_cannot_be_done_is_said(course, do, words, cells, said):
    assert said in asked(do, *words, cells=cells)[0]


def test_html_holds_text_only():
    html = to_html("\x1b[31m<script>alert(1)</script>\x1b[0m & 합성곱")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "합성곱" in html


def test_a_child_that_fails_is_shown(monkeypatch):
    monkeypatch.setattr(ipython, "_CODE", "raise SystemExit('<gone>')")
    said = ipython.ask({"do": "grade"})
    assert "<gone>" in said["text"]
    assert "&lt;gone&gt;" in said["html"]


def test_where_the_front_end_says_the_file(tmp_path, monkeypatch):
    class Shell:
        def __init__(self, **names):
            self.user_ns = names

    path = tmp_path / "ex99.ipynb"
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    assert ipython.notebook_file(Shell()) is None
    path.write_text(json.dumps({}))
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    assert ipython.notebook_file(Shell()) == str(path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", "somewhere/else/ex99.ipynb")
    assert Path(ipython.notebook_file(Shell())).name == "ex99.ipynb"
    assert ipython.notebook_file(Shell(__vsc_ipynb_file__=str(path))) == str(path)
