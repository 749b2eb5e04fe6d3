"""Deadlines that the roster moves for single people, noted in the gradebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from grader.gradebook.book import Gradebook
from grader.gradebook.corrections import add_extension, extensions
from grader.intake.records import Extension

_WHO = "roster"


def note_moved_deadlines(book: Gradebook, moved: Iterable[Extension], exercise_ids: Sequence[str]) -> None:
    """Note the deadlines that a roster moves, where the gradebook does not say so yet.

    Days count from the exercise's due date, and say nothing where it has none. What is said about one exercise
    goes before what is said about all. What somebody decided by another way than the roster stays.

    Args:
        book: The gradebook; the people and exercises are in it already.
        moved: What the roster says.
        exercise_ids: The exercises that are graded now.
    """
    due = {
        row[0]: datetime.fromisoformat(row[1])
        for row in book.store.each("SELECT id, due_at FROM exercise WHERE due_at IS NOT NULL")
    }
    in_force = {(given.student_key, given.exercise_id): given for given in extensions(book)}
    wanted: dict[tuple[str, str], datetime] = {}
    for extension in sorted(moved, key=lambda one: bool(one.exercise_id)):
        for exercise_id in [extension.exercise_id] if extension.exercise_id else exercise_ids:
            until = _until(extension, due.get(exercise_id))
            if until is not None and exercise_id in exercise_ids:
                wanted[extension.student_key, exercise_id] = until
    for (student_key, exercise_id), until in wanted.items():
        before = in_force.get((student_key, exercise_id))
        if before is None or (before.who == _WHO and before.due_at != until):
            add_extension(book, student_key, exercise_id, due_at=until, reason="roster", who=_WHO)


def _until(extension: Extension, due: datetime | None) -> datetime | None:
    if extension.until is not None:
        return extension.until
    if due is None or extension.days is None:
        return None
    return due + timedelta(days=extension.days)
