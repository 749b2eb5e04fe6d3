"""Gradescope's `results.json`: one object for each submission, with what a learner may see and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from grader.language import tr
from grader.report import wording
from grader.report.clean import clean, one_line
from grader.report.feedback import student_view
from grader.report.look import Look
from grader.verdicts import CaseResult, Report, Verdict, Visibility

_DATED = (Visibility.AFTER_DUE_DATE, Visibility.AFTER_PUBLISHED)  # Gradescope opens these by itself


def to_gradescope(
    report: Report, *, score: float | None = None, reasons: Sequence[str] = ()
) -> dict[str, object]:
    """Return a report as `results.json`.

    A hidden case stays a visible test without its numbers: as one of Gradescope's hidden tests it would hide the
    total from students. A grader's fault has no score, and Gradescope shows the output instead.

    Args:
        report: What the grader found.
        score: The mark after penalty and correction; by default the report's score.
        reasons: One sentence for each thing that made a mark out of the score.
    """
    # Neither the teacher's folders nor a name in a file's name belong into what students see.
    report = replace(report, path=f"{report.exercise_id}.py", jail=replace(report.jail, complete=True))
    shown = student_view(report).cases
    cases = [
        original if original.visibility in _DATED else emptied
        for original, emptied in zip(report.cases, shown, strict=True)
    ]
    lines = [*reasons]
    if report.problem is not None:
        lines.append(report.problem.exception)
    lines += wording.notes(report)
    failed = report.verdict is Verdict.GRADER_ERROR
    lines.append(
        tr("The grader failed here, not you: your teacher sees it and grades this again")
        if failed
        else wording.next_step(report, Look())
    )
    result: dict[str, object] = {
        "output": clean("\n".join(line for line in lines if line)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "execution_time": round(report.duration_s, 3),
        "tests": [_test(case, number) for number, case in enumerate(cases, start=1)],
        "extra_data": {"exercise": report.exercise_id, "sha256": report.sha256},
    }
    mark = report.score if score is None else score
    if mark is not None:
        result["score"] = round(mark, 4)
    return result


def _test(case: CaseResult, number: int) -> dict[str, Any]:
    said = [case.message, case.detail.exception if case.detail.exception not in case.message else ""]
    if case.detail.call:
        said.append(f"{tr('call')}: {wording.shortened(case.detail.call)}")
    if case.hint:
        said.append(f"{tr('hint')}: {case.hint}")
    is_dated = case.visibility in _DATED
    return {
        "number": str(number),
        "name": one_line(case.title),
        "score": 0.0 if case.points is None else case.points,
        "max_score": case.max_points,
        "status": "passed" if case.verdict is Verdict.PASSED else "failed",
        "output": clean("\n".join(line for line in said if line)),
        "visibility": str(case.visibility) if is_dated else "visible",
    }
