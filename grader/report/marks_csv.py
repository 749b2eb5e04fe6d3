"""Marks as a CSV table that Excel opens as it is: UTF-8 with BOM, one row for each person and exercise."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

from grader.gradebook.records import Mark, MarkState
from grader.intake.records import Student
from grader.language import tr
from grader.report.clean import one_line
from grader.report.wording import number

_FORMULA = ("=", "+", "-", "@")


def marks_csv(marks: Sequence[Mark], *, is_anonymous: bool) -> bytes:
    """Return the table.

    Args:
        marks: In the order of the rows.
        is_anonymous: Whether the names of files and reasons written by people, which may name somebody, are
            left out; the students themselves have been replaced before.
    """
    kinds = list(dict.fromkeys(kind for mark in marks for kind, _ in mark.student.ids))
    personal = [] if is_anonymous else ["submitted_at", "override_reason", "override_by", "file"]
    header = [
        *("student", "name", *kinds, "exercise", "points", "max_points", "status", "computed", "penalty"),
        *("days_late", "override", "mistakes", *personal),
    ]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    for mark in marks:
        row = [*_identity(mark.student, kinds), mark.exercise_id, *_numbers(mark)]
        row += [] if is_anonymous else _personal(mark)
        writer.writerow([safe(cell) for cell in row])
    return codecs.BOM_UTF8 + buffer.getvalue().encode("utf-8", "replace")


def safe(text: str) -> str:
    """Return a cell's text so that no spreadsheet takes it for a formula; a number stays a number."""
    line = one_line(text)
    return f"'{line}" if line.startswith(_FORMULA) else line


def status(mark: Mark) -> str:
    """Return why there is a mark, or none, as a word for people."""
    words = {
        "graded": tr("graded"),
        "grader_error": tr("grader failed"),
        "not_handed_in": tr("not handed in"),
        "not_read": tr("not readable"),
        "not_graded": tr("not graded yet"),
    }
    if mark.state is MarkState.NOT_HANDED_IN and mark.fault:
        return tr("not usable")
    return words[str(mark.state)]


def _identity(student: Student, kinds: Iterable[str]) -> list[str]:
    ids = dict(student.ids)
    return [student.key, student.name, *(ids.get(kind, "") for kind in kinds)]


def _numbers(mark: Mark) -> list[str]:
    override = mark.override.points if mark.override is not None else None
    return [
        _number(mark.final),
        _number(mark.max_score),
        status(mark),
        _number(mark.computed),
        _number(mark.penalty),
        str(mark.days_late),
        _number(override),
        "; ".join(f"{name} ({num})" for name, num in sorted(mark.mistakes.items())),
    ]


def _personal(mark: Mark) -> list[str]:
    override = mark.override
    return [
        "" if mark.submitted_at is None else mark.submitted_at.isoformat(timespec="seconds"),
        "" if override is None else override.reason,
        "" if override is None else override.who,
        mark.path,
    ]


def _number(value: float | None) -> str:
    return "" if value is None else number(value)
