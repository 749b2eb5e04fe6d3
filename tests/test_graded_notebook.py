"""A notebook from file to report: what its cells did, and where, with a real worker in its jail."""

import pytest
from typer.testing import CliRunner

from grader.cli.app import new_app
from grader.course import find_course, load_course
from grader.grading import Settings, check
from grader.report.exports import to_junit
from grader.report.wording import place
from grader.sandbox.start import can_fork
from tests.conftest import TOML
from tests.sample_notebooks import code, markdown, notebook

IMPORTS = (
    "from google.colab import drive\nimport numpy as np\nimport matplotlib.pyplot as plt\n%matplotlib inline"
)
RIGHT = "def double(x):\n    plt.plot(x)\n    return np.asarray(x) * 2.0"
HALF = "def halve(x, times=1):\n    return np.asarray(x) / 2.0**times"


@pytest.fixture
def grade(make_course, tmp_path):
    """Return a function that grades a notebook of these cells and returns the report."""

    def run(*cells, mode="definitions", extra_seeds=0):
        course = load_course(make_course(toml=f'notebook = "{mode}"\n' + TOML.format(case_s=5.0)))
        path = tmp_path / "ex99.ipynb"
        path.write_text(notebook(*cells), "utf-8")
        return check(
            course.exercise("ex99"),
            path,
            settings=Settings(jail=can_fork(), extra_seeds=extra_seeds),
            on_report=lambda _report: None,
            on_extra_seed=lambda _number, _report: None,
        )

    return run


def test_a_right_notebook_gets_full_points(grade):
    report = grade(
        markdown("# Ex 99"),
        IMPORTS,
        "drive.mount('/content/drive')\n!pip install numpy\ndata = np.load('data.npy')",
        RIGHT,
        "plt.plot(double(data)); plt.show()",
        HALF,
        code("raise SystemExit", "grade: skip"),
    )
    assert report.all_passed
    assert report.problem is None


def test_a_traceback_names_cell_and_line(grade):
    report = grade(markdown("# a"), IMPORTS, "\n" + RIGHT.replace("np.asarray(x)", "undefined"), HALF)
    case = next(case for case in report.cases if case.case_id == "test_random")
    frame = case.detail.frames[-1]
    assert (frame.cell, frame.line, frame.function, frame.source) == (
        3,
        4,
        "double",
        "return undefined * 2.0",
    )
    assert place(frame) == "cell 3, line 4, in double"
    assert "cell 3, line 4, in double" in to_junit(report)


def test_a_rule_that_is_broken_is_found_in_its_cell(grade):
    report = grade(IMPORTS, RIGHT.replace("np.asarray(x)", "np.convolve(x, [1])"), HALF)
    assert (report.problem.frames[-1].cell, report.problem.frames[-1].line) == (2, 3)
    assert "cell 2, line 3, column 12" in report.problem.exception
    case = next(case for case in report.cases if case.case_id == "test_random")
    assert "(cell 2, line 3)" in case.message


def test_a_syntax_error_is_found_in_its_cell(grade):
    report = grade("x = 1", RIGHT.replace(":", ""))
    assert report.score == 0
    assert report.problem.frames[-1].cell == 2
    assert report.cases[0].message == "The file cannot be read as Python: cell 2, line 1"


def test_a_broken_cell_costs_only_what_it_would_define(grade):
    report = grade(IMPORTS, RIGHT, HALF.replace(":", ""))
    assert {case.case_id for case in report.cases if case.points} == {
        "test_example",
        "test_random",
        "test_unchanged",
    }
    assert report.problem.frames[-1].cell == 3


@pytest.mark.parametrize("mode", ["definitions", "all"])
def test_a_statement_that_raises_costs_only_what_needs_it(grade, mode):
    cells = [IMPORTS, "two = np.loads()\nthree = 2.0", RIGHT, HALF.replace("2.0**", "two**")]
    report = grade(*cells, "def other(x=two): pass", mode=mode)
    assert report.score == 6
    assert report.problem.frames[-1].cell == 2
    failed = next(case for case in report.cases if case.case_id == "test_halve")
    assert failed.detail.exception == "NameError: name 'two' is not defined"


def test_what_fails_beside_the_point_is_no_problem(grade):
    cells = ["from __future__ import annotations", IMPORTS, "raise SystemExit(0)", "return 5", RIGHT, HALF]
    report = grade(*cells, "def f(x: unknown): pass", mode="all")
    assert report.all_passed
    assert report.problem is None


def test_what_is_not_defined_is_not_blamed_on_another_cell(grade):
    report = grade(IMPORTS, "undefined", RIGHT, mode="all")
    message = next(case.message for case in report.cases if case.case_id == "test_halve")
    assert message == "`halve` is not defined"
    assert report.problem.frames[-1].cell == 2


def test_a_failure_that_only_another_seed_shows_names_the_cell(grade):
    sometimes = "def double(x):\n    return np.asarray(x) * 2.0 if np.asarray(x)[0] > -1.2 else oops"
    report = grade(IMPORTS, sometimes, HALF, extra_seeds=20)
    assert report.max_score == 10


def test_the_command_line_takes_the_notebook_of_this_folder(make_course, tmp_path, monkeypatch):
    course = make_course()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ex99.ipynb").write_text(notebook(IMPORTS, RIGHT.replace("np.as", "np.az"), HALF), "utf-8")
    done = CliRunner().invoke(new_app(), ["--course", str(course), "--plain", "check", "ex99"])
    assert done.exit_code == 1
    assert "Cell 2, line 3, in double" in done.stdout
    assert "grade check ex99 ex99.ipynb" in done.stdout


def test_notebook_is_a_choice_of_the_course(make_course):
    with pytest.raises(Exception, match=r"definitions \| all"):
        load_course(make_course(toml='notebook = "some"\n' + TOML.format(case_s=5.0)))
    assert find_course(None, {}).exercise("ex05").notebook == "definitions"
