"""Feedback files brought up to date after a decision: the mark and the sentence that explains it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from grader.gradebook.book import Gradebook
from grader.gradebook.corrections import extensions
from grader.gradebook.marks import read_exercises, read_marks, read_students
from grader.gradebook.records import Mark, StoredExercise
from grader.gradebook.results import read_report
from grader.language import active
from grader.report.feedback_data import Occasion
from grader.report.feedback_files import change_mark, feedback_texts, put_feedback
from grader.report.reasons import reasons


def refresh_marks(book: Gradebook, out: Path, *, only: Collection[str] | None = None) -> int:
    """Put the marks of today into feedback files that exist, and return how many people's changed.

    Args:
        book: The gradebook.
        out: The batch's folder.
        only: Keys of the students to look at; by default everybody whose mark is not the computed score.
    """
    if only is None and not _has_decisions(book):
        return 0
    num_changed = 0
    for mark in read_marks(book):
        said = reasons(mark)
        if (only is None and not said) or (only is not None and mark.student.key not in only):
            continue
        num_changed += bool(
            change_mark(out, mark.student.key, mark.exercise_id, mark=mark.final, reasons=said)
        )
    return num_changed


def _has_decisions(book: Gradebook) -> bool:
    """Return whether anything can make a mark other than the computed score: due dates or decisions of people."""
    return any(
        book.store.rows(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - our own names
        for table in ("exercise WHERE due_at NOT NULL", "override", "waiver")
    )


def rewrite_feedback(
    book: Gradebook, out: Path, marks: Collection[Mark], *, now: datetime, is_published: bool = False
) -> int:
    """Write everything about some marks anew, and return for how many people.

    Args:
        book: The gradebook.
        out: The batch's folder.
        marks: Whose files are written; those without a result have none.
        now: Opens cases that are visible after the due date, the person's own where there is one.
        is_published: Whether cases that are visible after publication are opened.
    """
    exercises = {exercise.id: exercise for exercise in read_exercises(book)}
    students = {student.key: student for student in read_students(book)}
    names = dict(book.store.rows("SELECT id, original_name FROM handin"))
    extended = {(given.student_key, given.exercise_id): given.due_at for given in extensions(book)}
    num_written = 0
    for mark in marks:
        if mark.result_id is None:
            continue
        exercise = exercises[mark.exercise_id]
        place = (mark.student.key, mark.exercise_id)
        occasion = Occasion(
            title=_title(exercise),
            original_name=str(names.get(mark.handin_id, "")),
            submitted_at=mark.submitted_at,
            due_at=extended.get(place) or exercise.late.due_at,
            published_at=now if is_published else None,
            mark=mark.final,
            reasons=reasons(mark),
        )
        report = read_report(book, mark.result_id)
        others = [students[key] for key in mark.members if key in students and key != mark.student.key]
        files = feedback_texts(report, [mark.student, *others], now=now, occasion=occasion)
        put_feedback(files, out, mark.student.key, mark.exercise_id)
        num_written += 1
    return num_written


def _title(exercise: StoredExercise) -> str:
    return exercise.title_ko if active() == "ko" else exercise.title_en
