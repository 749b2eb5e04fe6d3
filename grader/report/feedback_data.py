"""What a feedback file says, as plain data: every text cleaned, every picture drawn, nothing hidden in it.

The JSON file is this data; the Markdown and HTML files are made from it and from nothing else, so that a mark
that changes later needs no second grading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from typing import Any

from grader.course import Exercise
from grader.intake.records import Student
from grader.language import active, tr
from grader.made_once import MadeOnce
from grader.report import arrays, pictures, wording
from grader.report.clean import clean, one_line
from grader.report.exports import cases_to_json, to_json
from grader.report.feedback import Moment, student_view
from grader.report.look import Look
from grader.verdicts import CaseDetail, CaseResult, Jail, Report, Verdict, all_cases_passed

Data = dict[str, Any]

NOT_READ = "not_read"  # in place of a verdict
_COLUMNS = 76
_MAX_PICTURES = 5  # failed cases that are drawn; the others keep their message, call and hint
_MAX_PRINTED = 20
_SELF_EVIDENT = (Verdict.PASSED, Verdict.NOT_ATTEMPTED, Verdict.BLOCKED)  # the word says it all
_MAX_NAME = 120  # of a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What the report on a submission does not know about itself.

    Attributes:
        title: The exercise's title, in the run's language.
        original_name: What the learner called the file; otherwise the report's path without its folders.
        submitted_at: When it was handed in.
        due_at: When the exercise is due for this learner; opens cases that are visible after the due date.
        published_at: When the marks are published; opens cases that are visible after that.
        mark: The mark after penalty and correction; None where it is the score.
        reasons: One sentence for each thing that made a mark out of the score.
    """

    title: str = ""
    original_name: str = ""
    submitted_at: datetime | None = None
    due_at: datetime | None = None
    published_at: datetime | None = None
    mark: float | None = None
    reasons: tuple[str, ...] = ()


def feedback_data(report: Report, members: Sequence[Student], *, now: datetime, occasion: Occasion) -> Data:
    """Return everything that the learner may read about one submission."""
    name = one_line(occasion.original_name or PurePath(report.path.replace("\\", "/")).name)[:_MAX_NAME]
    moment = Moment(now=now, due_at=occasion.due_at, published_at=occasion.published_at)
    view = replace(student_view(report, moment), path=name)
    data = to_json(view)
    data |= {
        "language": active(),
        "title": one_line(occasion.title),
        "students": [one_line(member.name) or one_line(member.key) for member in members],
        "submitted_at": _iso(occasion.submitted_at),
        "written_at": _iso(now),
        "mark": occasion.mark if occasion.mark is not None else report.score,
        "reasons": [one_line(reason) for reason in occasion.reasons],
        "problem": _problem(view.problem),
        "notes": wording.notes(replace(view, jail=replace(view.jail, complete=True))),
        "next": _next_step(view),
        "cases": _shown_cases(view.cases, _known_exception(view), active()),
        "footnote": _footnote(report, moment),
    }
    return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that is nothing the exercise could grade.

    Attributes:
        exercise: What it was handed in for.
        sha256: Of its bytes.
        seed: Of the run that could not begin.
        message: What was wrong, without the teacher's folders.
    """

    exercise: Exercise
    sha256: str
    seed: int
    message: str


def unreadable_data(
    found: Unreadable, members: Sequence[Student], *, now: datetime, occasion: Occasion
) -> Data:
    """Return what the learner reads about a file that could not be graded: what was wrong, what to hand in."""
    exercise = found.exercise
    name = one_line(occasion.original_name)[:_MAX_NAME] or exercise.id
    report = Report(
        exercise_id=exercise.id,
        path=name,
        sha256=found.sha256,
        seed=found.seed,
        cases=(),
        jail=Jail(complete=True),
        duration_s=0.0,
        problem=CaseDetail(exception=found.message),
    )
    data = feedback_data(report, members, now=now, occasion=occasion)
    wanted = ", ".join(f"`{entry.name}`" for entry in exercise.entry_points)
    data |= {
        "verdict": NOT_READ,
        "max_score": exercise.total_points,
        "next": tr(
            "Hand in `{id}.py` or `{id}.ipynb` with {names}. This is no zero: your teacher sees it",
            id=exercise.id,
            names=wanted,
        ),
    }
    return data


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def _next_step(report: Report) -> str:
    """Return what to do now; unlike on the screen, the learner reads this without the machine."""
    if report.verdict is Verdict.GRADER_ERROR:
        return tr("The grader failed here, not you: your teacher sees it and grades this again")
    if report.all_passed:
        return tr("Everything is right")
    return wording.next_step(report, Look())


def _footnote(report: Report, moment: Moment) -> str:
    opened = moment.opened()
    if all(case.visibility in opened or case.verdict is Verdict.PASSED for case in report.cases):
        return ""
    return tr("Of a hidden case you see what it is about, its points and a hint, not its numbers")


def _problem(problem: CaseDetail | None) -> list[dict[str, str]]:
    if problem is None:
        return []
    blocks = [_block(tr("Problem"), problem.exception)] if problem.exception else []
    blocks += [_block(tr("note"), note) for note in problem.notes]
    return [*blocks, *_traceback(problem), *_printed(problem.output)]


def _known_exception(report: Report) -> str:
    return one_line(report.problem.exception) if report.problem is not None else ""


def _data_of_cases(results: tuple[CaseResult, ...], known: str, language: str) -> list[Data]:
    """Return what is said of each case in the active `language`, where the exception `known` was told before."""
    del language
    cases: list[Data] = []
    num_drawn = 0
    for case, values in zip(results, cases_to_json(results), strict=True):
        blocks: list[dict[str, str]] = []
        if case.verdict not in _SELF_EVIDENT:
            is_drawn = num_drawn < _MAX_PICTURES
            blocks = _evidence(case, known, is_drawn=is_drawn)
            num_drawn += bool(blocks)
        word = wording.verdict_word(case.verdict)
        said = {"title": one_line(case.title), "hint": one_line(case.hint), "word": word}
        cases.append({**values, **said, "mark": wording.MARKS[case.verdict], "blocks": blocks})
    return cases


_shown_cases = MadeOnce[tuple[CaseResult, ...], list[Data]](_data_of_cases, is_kept=all_cases_passed)


def _evidence(case: CaseResult, known: str, *, is_drawn: bool) -> list[dict[str, str]]:
    detail = case.detail
    blocks: list[dict[str, str]] = []
    if case.message and one_line(case.message) != known:
        blocks.append(_block("", wording.shortened(case.message)))
    exception = one_line(detail.exception)
    if exception and exception != known and exception not in one_line(case.message):
        blocks.append(_block("", detail.exception))
    if detail.call:
        blocks.append(_block(tr("call"), wording.shortened(detail.call)))
    if is_drawn:
        blocks += _pictures(detail)
        if not known or exception != known:
            blocks += _traceback(detail)
        blocks += _printed(detail.output)
    return [*blocks, *(_block(tr("note"), note) for note in detail.notes)]


def _pictures(detail: CaseDetail) -> list[dict[str, str]]:
    mismatch = detail.mismatch
    if mismatch is None:
        return []
    lines = arrays.picture(mismatch, _COLUMNS)
    facts: list[tuple[str, str]] = []
    if not lines:
        facts = arrays.facts(mismatch)
        lines = pictures.difference_map(mismatch, _COLUMNS, halves=False) if facts else []
    blocks = [_block(label, text) for label, text in facts]
    drawings = [(tr("values"), lines)]
    if detail.window is not None:
        drawings.append(("", pictures.window_picture(detail.window, mismatch.first_index or (), _COLUMNS)))
    if detail.time_steps is not None:
        drawings.append(("", pictures.steps_picture(detail.time_steps, _COLUMNS)))
    return [*blocks, *(_drawing(label, lines) for label, lines in drawings if lines)]


def _drawing(label: str, lines: Sequence[arrays.Line]) -> dict[str, str]:
    rows = ("".join(piece.text for piece in line).rstrip() for line in lines)
    return {"label": label, "text": clean("\n".join(rows)), "kind": "picture"}


def _traceback(detail: CaseDetail) -> list[dict[str, str]]:
    if not detail.frames:
        return []
    rows: list[str] = []
    for frame in detail.frames:
        column = detail.column if frame is detail.frames[-1] else None
        rows.append(clean(wording.place(frame, column)))
        rows += [f"    {line}" for line in clean(frame.source).splitlines()]
    caret = wording.caret(detail)
    rows += [f"    {caret}"] if caret else []
    return [{"label": tr("where"), "text": "\n".join(rows), "kind": "code"}]


def _printed(output: str) -> list[dict[str, str]]:
    lines, num_more = wording.printed(clean(output), _MAX_PRINTED)
    if not lines:
        return []
    more = [tr("and {num} more", num=num_more)] if num_more else []
    text = wording.shortened("\n".join(lines))
    return [{"label": tr("your code printed"), "text": "\n".join([text, *more]), "kind": "code"}]


def _block(label: str, text: str) -> dict[str, str]:
    return {"label": label, "text": clean(text).strip(), "kind": "text"}
