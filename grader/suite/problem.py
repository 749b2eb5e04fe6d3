"""What went wrong before or around the cases, and where in what was handed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from grader.language import tr
from grader.sandbox.dispatch import Raised
from grader.source.places import LineMap
from grader.source.rules import Finding
from grader.submission import Submission
from grader.suite.outcome import judge_raised
from grader.suite.removed_names import hint_for
from grader.verdicts import CaseDetail, CaseResult, Frame, all_cases_passed


def placed(cases: Iterable[CaseResult], lines: LineMap) -> tuple[CaseResult, ...]:
    """Return the cases with every line of a traceback as the learner knows it: in a notebook, in its cell."""
    if not lines.blocks:
        return tuple(cases)
    return tuple(replace(case, detail=_placed(case.detail, lines)) for case in cases)


def _placed(detail: CaseDetail, lines: LineMap) -> CaseDetail:
    places = [(frame, lines.place(frame.line)) for frame in detail.frames]
    frames = tuple(replace(frame, line=place.line, cell=place.cell) for frame, place in places)
    return replace(detail, frames=frames)


def problem_of(
    submission: Submission,
    findings: tuple[Finding, ...],
    load_error: Raised | None,
    results: Sequence[CaseResult],
) -> CaseDetail | None:
    """Return what went wrong before the first case, if anything did."""
    lines = submission.source.split("\n")
    broken = submission.syntax_error or submission.broken_cell
    if broken is not None:
        frame = Frame(line=broken.line, function="<module>", source=broken.text, cell=broken.cell)
        return CaseDetail(exception=f"SyntaxError: {broken.message}", frames=(frame,), column=broken.column)
    is_harmless = submission.is_piecewise and all_cases_passed(results)
    if load_error is not None and not is_harmless:
        detail = judge_raised(load_error, lines)[2]
        instead = hint_for(detail.exception)
        return _placed(replace(detail, notes=(instead,)) if instead else detail, submission.lines)
    if findings:
        first = findings[0]
        source = lines[first.line - 1] if 0 < first.line <= len(lines) else ""
        frame = Frame(line=first.line, function="<module>", source=source)
        detail = CaseDetail(exception=sentence(first, submission.lines), frames=(frame,), column=first.column)
        return _placed(detail, submission.lines)
    return None


def sentence(finding: Finding, lines: LineMap) -> str:
    """Return what is to be said about a rule that was broken."""
    return tr(
        "`{name}` ({place}) may not be used in this exercise",
        name=finding.name,
        place=lines.place(finding.line).with_column(finding.column),
    )
