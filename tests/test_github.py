"""Gradescope and GitHub as formats of `grade check`."""

import json
import re
from dataclasses import replace

import pytest

from grader.report.github import to_github
from grader.report.gradescope import to_gradescope
from grader.verdicts import CaseDetail, Verdict, Visibility
from tests import sample_reports as samples
from tests.test_cli import WRONG
from tests.test_release import grade  # noqa: F401 - a fixture

COMMAND = re.compile(r"::(error|warning|notice) [^\n]*::[^\n]*")


def test_annotations_say_file_line_and_title():
    lines = to_github(samples.MIXED).splitlines()
    assert all(COMMAND.fullmatch(line) for line in lines)
    assert (
        "::error file=ex05.py,line=31,title=A stride of two::"
        "Your code raised ValueError: operands could not be broadcast together" in lines
    )
    assert '::notice title=Autograding report::{"totalPoints": 4.0, "maxPoints": 17.5}' in lines
    assert "::notice title=Autograding complete::Points 4/17.5" in lines


def test_nothing_that_a_submission_says_becomes_a_command():
    evil = "x\n::notice title=Autograding report::{}\r\n%0A::set-output name=a::b\x1b[31m"
    broken = samples.case("t", Verdict.RUNTIME_ERROR, title="a: b, c", message=evil, hint=evil)
    lines = to_github(samples.report(broken, path="a,b::c\n.py")).splitlines()
    assert len(lines) == 4
    assert "%0A::notice title" in lines[0]
    assert "%250A" in lines[0]
    assert "title=a%3A b%2C c::" in lines[0]


def test_at_most_ten_errors_and_no_points_of_the_graders_fault():
    many = [replace(samples.VECTOR, case_id=f"t{number}") for number in range(30)]
    assert sum(line.startswith("::error") for line in to_github(samples.report(*many)).splitlines()) == 10
    text = to_github(samples.report(samples.case("t", Verdict.GRADER_ERROR, message="ours")))
    assert text.startswith("::warning")
    assert "Autograding" not in text


def test_gradescope_leaves_dates_to_gradescope_and_hides_the_rest():
    def wrong(visibility):
        return samples.case(
            "t", Verdict.FAILED, visibility=visibility, message="SECRET", detail=CaseDetail(call="f(SECRET)")
        )

    result = to_gradescope(samples.report(*map(wrong, Visibility)))
    tests = dict(zip(Visibility, result["tests"], strict=True))
    assert [test["visibility"] for test in tests.values()] == [
        "visible",
        "visible",
        "after_due_date",
        "after_published",
    ]
    assert ["SECRET" in test["output"] for test in tests.values()] == [True, False, True, True]
    assert result["score"] == 0.0


def test_a_graders_fault_has_no_score():
    result = to_gradescope(samples.report(samples.case("t", Verdict.GRADER_ERROR)))
    assert "score" not in result
    assert "your teacher sees it" in result["output"]


@pytest.mark.parametrize("name", ["gradescope", "github"])
def test_the_command_writes_them(make_course, tmp_path, grade, name):  # noqa: F811
    (tmp_path / "ex99.py").write_text(WRONG, "utf-8")
    code, out, _ = grade("check", "ex99", "--course", make_course(), "--format", name)
    assert code == 1
    if name == "gradescope":
        assert json.loads(out)["score"] == 4.0
        assert str(tmp_path) not in out
    else:
        assert "Points 4/10" in out
