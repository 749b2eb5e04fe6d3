"""JSON and JUnit: exact keys, nothing invented, nothing leaked, and XML that always parses."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from grader.report import plain, terminal
from grader.report.exports import to_json, to_junit
from grader.report.feedback import student_view
from grader.report.look import Look
from grader.verdicts import CaseDetail, Verdict, Visibility
from tests import sample_reports as samples

TOP_KEYS = {
    "format_version",
    "exercise",
    "submission",
    "seed",
    "score",
    "max_score",
    "verdict",
    "cases",
    "reference",
    "jail",
    "duration_s",
}
CASE_KEYS = {
    "id",
    "title",
    "verdict",
    "points",
    "max_points",
    "visibility",
    "message",
    "mistake",
    "hint",
    "duration_s",
}
FAULT = samples.case("test_broken", Verdict.GRADER_ERROR, title="Ours", message="The grader failed")


def test_json_has_exactly_the_keys_of_version_1():
    data = to_json(samples.MIXED)
    assert set(data) == TOP_KEYS
    assert all(set(case) == CASE_KEYS for case in data["cases"])
    assert set(data["submission"]) == {"path", "sha256"}
    assert set(data["jail"]) == {"complete", "parts"}


def test_json_says_what_the_report_says():
    data = json.loads(json.dumps(to_json(samples.MIXED), allow_nan=False))
    assert data["format_version"] == 1
    assert data["exercise"] == "ex05"
    assert data["submission"] == {"path": "ex05.py", "sha256": "ab" * 32}
    assert (data["score"], data["max_score"], data["verdict"], data["seed"]) == (4.0, 17.5, "failed", 7)
    assert data["reference"] is None
    assert data["jail"] == {"complete": True, "parts": ["landlock", "seccomp", "rlimits"]}
    assert data["cases"][2] == {
        "id": "test_asymmetric_kernel",
        "title": "A kernel that is not symmetric",
        "verdict": "failed",
        "points": 0.0,
        "max_points": 2.0,
        "visibility": "visible",
        "message": samples.VECTOR.message,
        "mistake": "kernel_not_flipped",
        "hint": samples.VECTOR.hint,
        "duration_s": 0.0,
    }


def test_json_has_no_points_where_the_grader_failed():
    data = to_json(samples.report(samples.PASSED, FAULT))
    assert data["score"] is None
    assert data["verdict"] == "grader_error"
    assert [case["points"] for case in data["cases"]] == [2.0, None]


def test_json_holds_no_control_characters():
    hostile = replace(samples.VECTOR, message="\x1b[31mred\x1b[0m \u202eeman\u202c \ud800")
    message = to_json(samples.report(hostile))["cases"][0]["message"]
    assert message == "red eman \N{REPLACEMENT CHARACTER}"


WITHHELD = "expected-7391"
HIDDEN = samples.case(
    f"test_hidden[{WITHHELD}]",
    Verdict.FAILED,
    title="A hidden thing",
    visibility=Visibility.HIDDEN,
    message=f"Expected {WITHHELD}",
    mistake=f"mistake_{WITHHELD}",
    hint="Look at the border",
    duration_s=0.7391,
    detail=CaseDetail(
        call=f"f({WITHHELD})",
        mismatch=samples.values([7391.0, 2.0], [1.0, 2.0], message=WITHHELD),
        notes=(WITHHELD,),
        output=WITHHELD,
    ),
)
RAISED_HIDDEN = replace(
    samples.RAISED,
    visibility=Visibility.AFTER_DUE_DATE,
    message=WITHHELD,
    detail=CaseDetail(exception=f"ValueError: {WITHHELD}", call=WITHHELD, output=WITHHELD),
)


def render(report, kind):
    if kind == "json":
        return json.dumps(to_json(report, "student"))
    report = student_view(report)
    if kind == "junit":
        return to_junit(report)
    renderer = {"terminal": terminal, "plain": plain}[kind]
    return renderer.result(report, title="Convolution", look=Look(plain=kind == "plain"), num_details=9)


@pytest.mark.parametrize("kind", ["terminal", "plain", "json", "junit"])
def test_nothing_of_a_hidden_case_but_title_verdict_points_and_hint_reaches_a_student(kind):
    report = samples.report(samples.VECTOR, HIDDEN, RAISED_HIDDEN)
    text = render(report, kind)
    assert "7391" not in text
    assert "A hidden thing" in text
    assert "A stride of two" in text
    assert "Look at the border" in text
    assert "turns the kernel" in text  # the visible case is whole
    assert "first at [1]" in text


@pytest.mark.parametrize("visibility", [v for v in Visibility if v is not Visibility.VISIBLE])
def test_student_view_empties_every_case_that_is_not_visible_yet(visibility):
    report = samples.report(samples.VECTOR, replace(HIDDEN, visibility=visibility))
    first, second = student_view(report).cases
    assert first == samples.VECTOR
    assert second.case_id == "case_2"
    assert (second.title, second.hint) == (HIDDEN.title, HIDDEN.hint)
    assert (second.verdict, second.points, second.max_points) == (Verdict.FAILED, 0.0, 2.0)
    assert (second.message, second.mistake, second.duration_s, second.detail) == ("", None, 0.0, CaseDetail())


def test_student_view_keeps_verdict_and_score():
    report = samples.report(samples.PASSED, HIDDEN, RAISED_HIDDEN)
    seen = student_view(report)
    assert (seen.score, seen.max_score, seen.verdict) == (report.score, report.max_score, report.verdict)
    assert [case.verdict for case in seen.cases] == [case.verdict for case in report.cases]


def parse(report, **options):
    suites = ElementTree.fromstring(to_junit(report, **options))  # noqa: S314 - our own output
    assert suites.tag == "testsuites"
    (suite,) = suites
    return suite


def properties(element):
    return {item.get("name"): item.get("value") for item in element.find("properties")}


def test_junit_counts_what_happened():
    suite = parse(samples.report(*samples.MIXED.cases, FAULT))
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "10",
        "failures": "6",
        "errors": "1",
        "skipped": "1",
    }
    assert len(suite.findall("testcase/failure")) == 6
    assert len(suite.findall("testcase/error")) == 1
    assert len(suite.findall("testcase/skipped")) == 1


def test_junit_calls_an_unwritten_stub_a_failure_so_that_nothing_looks_green():
    stub = samples.case("test_stub", Verdict.NOT_ATTEMPTED, message="Not written yet")
    failure = parse(samples.report(stub)).find("testcase/failure")
    assert failure.get("type") == "not_attempted"
    assert failure.get("message") == "Not written yet"


def test_junit_keeps_scores_in_properties():
    suite = parse(samples.MIXED)
    assert properties(suite)["score"] == "4"
    assert properties(suite)["max_score"] == "17.5"
    assert properties(suite)["seed"] == "7"
    case = suite.findall("testcase")[3]
    assert (case.get("classname"), case.get("name")) == ("ex05", "test_same_2d")
    assert properties(case)["points"] == "0"
    assert properties(case)["max_points"] == "1.5"


def test_junit_has_no_score_where_the_grader_failed():
    suite = parse(samples.report(FAULT))
    assert properties(suite)["score"] == ""
    assert "points" not in properties(suite.find("testcase"))


def test_junit_without_any_case_is_red():
    suite = parse(samples.report())
    assert suite.get("errors") == "1"
    assert suite.find("testcase/error") is not None


def test_junit_survives_what_xml_cannot_write():
    hostile = replace(
        samples.VECTOR,
        case_id="test_[\x00]",
        message="<b>&\x08 \x1b[31m\ud800\ufffe ]]>",
        detail=CaseDetail(output="\x00\x1b]0;title\x07printed", exception="E: \x0b"),
    )
    suite = parse(samples.report(hostile, path="\x01ex05.py"))
    failure = suite.find("testcase/failure")
    assert failure.get("message") == "<b>& \N{REPLACEMENT CHARACTER} ]]>"
    assert suite.find("testcase/system-out").text == "printed"
    assert properties(suite)["submission"] == "ex05.py"


def test_junit_shows_the_problem_and_the_time():
    suite = parse(samples.SYNTAX, now=datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    assert "SyntaxError" in suite.find("system-err").text
    assert "line 12" in suite.find("system-err").text
    assert suite.get("timestamp") == "2026-03-01T09:30:00+00:00"


def test_junit_shows_the_learners_frames():
    failure = parse(samples.report(samples.RAISED)).find("testcase/failure")
    assert "line 31, in _slide" in failure.text
    assert "y[i] = (x[i : i + n] * w).sum()" in failure.text
