"""What a learner may see of a graded submission: hidden cases are emptied before any renderer sees them."""

from __future__ import annotations

from dataclasses import replace

from grader.verdicts import CaseDetail, CaseResult, Report, Visibility


def student_view(report: Report) -> Report:
    """Return `report` as the learner may see it.

    A case that is not (yet) visible keeps its title, verdict, points and hint. Its id may name the inputs,
    its message and detail hold expected values, its mistake names the misconception that the hint only points
    at, and its duration tells inputs apart: these are removed.
    """
    cases = tuple(_emptied(case, number) for number, case in enumerate(report.cases, start=1))
    return replace(report, cases=cases)


def _emptied(case: CaseResult, number: int) -> CaseResult:
    if case.visibility is Visibility.VISIBLE:
        return case
    return replace(
        case, case_id=f"case_{number}", message="", mistake=None, duration_s=0.0, detail=CaseDetail()
    )
