"""GitHub Actions: one annotation for each failed case, and the points as GitHub Classroom reads them.

The lines are commands for the runner, so every text is escaped: nothing that a submission says can become one.
"""

from __future__ import annotations

import json

from grader.report import wording
from grader.report.clean import clean, one_line
from grader.report.wording import number
from grader.verdicts import CaseResult, Report, Verdict

MAX_ANNOTATIONS = 10  # that GitHub shows of one kind and step


def to_github(report: Report) -> str:
    """Return the workflow commands of a result, one a line."""
    failed = [case for case in report.cases if case.verdict not in (Verdict.PASSED, Verdict.BLOCKED)]
    lines = [_annotation(case, report) for case in failed[: MAX_ANNOTATIONS - 1]]
    num_more = len(failed) - len(lines)
    if num_more > 0:
        lines.append(_command("error", wording.tally(report), title=report.exercise_id))
    total = wording.score(report)
    lines.append(_command("notice", f"{total}; {wording.tally(report)}", title=f"grade {report.exercise_id}"))
    if report.score is not None:
        points = {"totalPoints": report.score, "maxPoints": report.max_score}
        lines.append(_command("notice", json.dumps(points, allow_nan=False), title="Autograding report"))
        shown = f"Points {number(report.score)}/{number(report.max_score)}"
        lines.append(_command("notice", shown, title="Autograding complete"))
    return "\n".join(lines) + "\n"


def _annotation(case: CaseResult, report: Report) -> str:
    said = [case.message or case.detail.exception, case.hint]
    text = "\n".join(clean(line) for line in said if line) or wording.verdict_word(case.verdict)
    frames = case.detail.frames
    place = {"line": str(frames[-1].line)} if frames else {}
    kind = "warning" if case.verdict is Verdict.GRADER_ERROR else "error"
    return _command(kind, text, file=report.path, **place, title=one_line(case.title))


def _command(kind: str, text: str, **properties: str) -> str:
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{kind} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")
