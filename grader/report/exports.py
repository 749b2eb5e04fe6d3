"""Results for other programs: JSON (version 1) and JUnit XML (xunit2)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal
from xml.etree import ElementTree as ET

from grader.language import tr
from grader.made_once import MadeOnce
from grader.report.clean import clean
from grader.report.feedback import student_view
from grader.report.wording import number, place, reference_line
from grader.verdicts import CaseDetail, CaseResult, ReferenceInfo, Report, Verdict, all_cases_passed

FORMAT_VERSION = 1
Feedback = Literal["full", "student"]

# What XML 1.0 has no way to write, not even escaped.
_ILLEGAL_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_json(report: Report, feedback: Feedback = "full") -> dict[str, object]:
    """Return the report as plain data, with the keys of format version 1.

    Args:
        report: What the grader found.
        feedback: `student` empties hidden cases first, as `feedback.student_view` does.
    """
    if feedback == "student":
        report = student_view(report)
    return {
        "format_version": FORMAT_VERSION,
        "exercise": report.exercise_id,
        "submission": {"path": clean(report.path), "sha256": report.sha256},
        "seed": report.seed,
        "score": report.score,
        "max_score": None if report.is_public_only else report.max_score,
        "verdict": str(report.verdict),
        "cases": cases_to_json(report.cases),
        "reference": None if report.reference is None else _reference_to_json(report.reference),
        "jail": {"complete": report.jail.complete, "parts": list(report.jail.parts)},
        "duration_s": report.duration_s,
    }


def _reference_to_json(reference: ReferenceInfo) -> dict[str, object]:
    return {
        "mode": reference.mode,
        "keras": reference.keras,
        "backend": reference.backend,
        "device": reference.device,
    }


def _case_to_json(case: CaseResult) -> dict[str, object]:
    return {
        "id": case.case_id,
        "title": case.title,
        "verdict": str(case.verdict),
        "points": case.points,
        "max_points": case.max_points,
        "visibility": str(case.visibility),
        "message": clean(case.message),
        "mistake": case.mistake,
        "hint": case.hint,
        "duration_s": case.duration_s,
    }


def _made_json(cases: tuple[CaseResult, ...]) -> list[dict[str, object]]:
    return [_case_to_json(case) for case in cases]


cases_to_json = MadeOnce[tuple[CaseResult, ...], list[dict[str, object]]](
    _made_json, is_kept=all_cases_passed
)


def to_junit(report: Report, *, now: datetime | None = None) -> str:
    """Return the report as JUnit XML, one test suite with a test case for each case.

    What the submission did is a `failure`, whatever the verdict: `error` is kept for the grader's own fault.
    A stub that nobody wrote is a `failure` too: skipped, an empty submission would look green. Only a blocked
    case is `skipped`, since the case it rests on is red already. The score stands in the properties, which is
    the only place that the format has for it.

    Args:
        report: What the grader found.
        now: When it ran, for the suite's timestamp; without it there is none.
    """
    num_errors = sum(case.verdict is Verdict.GRADER_ERROR for case in report.cases)
    num_skipped = sum(case.verdict is Verdict.BLOCKED for case in report.cases)
    num_passed = sum(case.verdict is Verdict.PASSED for case in report.cases)
    is_empty = not report.cases
    totals = {
        "name": f"grade {report.exercise_id}",
        "errors": str(num_errors + is_empty),
        "failures": str(len(report.cases) - num_errors - num_skipped - num_passed),
        "skipped": str(num_skipped),
        "tests": str(len(report.cases) + is_empty),
        "time": f"{report.duration_s:.3f}",
    }
    if now is not None:
        totals["timestamp"] = now.isoformat(timespec="seconds")
    suites = ET.Element("testsuites")
    suite = ET.SubElement(suites, "testsuite", totals)
    facts = {
        "score": number(report.score) if report.score is not None else "",
        "max_score": "" if report.is_public_only else number(report.max_score),
        "verdict": str(report.verdict),
        "seed": str(report.seed),
        "submission": report.path,
        "sha256": report.sha256,
    }
    if report.reference is not None:
        facts["reference"] = reference_line(report.reference)
    _add_properties(suite, facts)
    for case in report.cases:
        _add_case(suite, case, report.exercise_id)
    if is_empty:  # nothing was graded: never green
        empty = ET.SubElement(
            suite, "testcase", {"classname": report.exercise_id, "name": "grading", "time": "0.000"}
        )
        ET.SubElement(empty, "error", {"message": tr("No case reported a result")})
    if report.problem is not None:
        ET.SubElement(suite, "system-err").text = _legal(_evidence("", report.problem))
    ET.indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _add_case(suite: ET.Element, case: CaseResult, exercise_id: str) -> None:
    names = {"classname": exercise_id, "name": _legal(case.case_id), "time": f"{case.duration_s:.3f}"}
    element = ET.SubElement(suite, "testcase", names)
    facts = {
        "title": case.title,
        "verdict": str(case.verdict),
        "points": number(case.points) if case.points is not None else "",
        "max_points": number(case.max_points),
        "visibility": str(case.visibility),
        "mistake": case.mistake or "",
        "hint": case.hint,
    }
    _add_properties(element, {name: value for name, value in facts.items() if value})
    message = _legal(case.message or case.detail.exception or case.title)
    if case.verdict is Verdict.GRADER_ERROR:
        outcome = ET.SubElement(element, "error", {"message": message, "type": str(case.verdict)})
    elif case.verdict is Verdict.BLOCKED:
        outcome = ET.SubElement(element, "skipped", {"message": message, "type": str(case.verdict)})
    elif case.verdict is not Verdict.PASSED:
        outcome = ET.SubElement(element, "failure", {"message": message, "type": str(case.verdict)})
    else:
        outcome = element
    if outcome is not element:
        outcome.text = _legal(_evidence(case.message, case.detail, case.hint))
    if case.detail.output:
        ET.SubElement(element, "system-out").text = _legal(case.detail.output)


def _add_properties(parent: ET.Element, facts: dict[str, str]) -> None:
    properties = ET.SubElement(parent, "properties")
    for name, value in facts.items():
        ET.SubElement(properties, "property", {"name": name, "value": _legal(value)})


def _evidence(message: str, detail: CaseDetail, hint: str = "") -> str:
    lines = [message, detail.exception, *detail.notes]
    if detail.call:
        lines.append(tr("call") + ": " + detail.call)
    for frame in detail.frames:
        lines += [place(frame), *("    " + line for line in frame.source.splitlines())]
    if hint:
        lines.append(tr("hint") + ": " + hint)
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _legal(text: str) -> str:
    return _ILLEGAL_XML.sub("", clean(text))
