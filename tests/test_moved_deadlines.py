"""Deadlines that a roster moves: noted once, after other people's decisions, in the gradebook."""

from datetime import UTC, datetime, timedelta

import pytest

from grader.batch.moved_deadlines import note_moved_deadlines
from grader.gradebook.book import open_gradebook
from grader.gradebook.corrections import add_extension, extensions, set_late_policy
from grader.gradebook.records import LatePolicy
from grader.intake.records import Extension, Student

DUE = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)
LATER = DUE + timedelta(days=5)


@pytest.fixture
def book(tmp_path):
    with open_gradebook(tmp_path, create=True) as opened:
        with opened.store.transaction():
            for exercise_id in ("ex03", "ex05"):
                opened.set_exercise(exercise_id, title_en="a", title_ko="a", max_score=1.0)
            set_late_policy(opened, "ex05", LatePolicy(due_at=DUE, per_day=0.1, floor=0.0))
            opened.set_students([Student(key="kim"), Student(key="lee")])
        yield opened


def noted(book):
    return [(one.student_key, one.exercise_id, one.due_at, one.who) for one in extensions(book)]


def test_days_count_from_the_due_date_and_one_exercise_goes_before_all(book):
    moved = [
        Extension(student_key="kim", exercise_id="ex05", until=LATER),
        Extension(student_key="kim", days=1.0),
        Extension(student_key="lee", days=2.0),
        Extension(student_key="lee", exercise_id="ex99", days=2.0),
    ]
    for _ in range(2):  # the same batch again
        note_moved_deadlines(book, moved, ["ex03", "ex05"])
    newest = {(key, exercise_id): due_at for key, exercise_id, due_at, _ in noted(book)}
    assert newest == {("kim", "ex05"): LATER, ("lee", "ex05"): DUE + timedelta(days=2)}
    assert len(noted(book)) == 2


def test_a_roster_that_changed_its_mind_is_noted_anew(book):
    note_moved_deadlines(book, [Extension(student_key="kim", until=DUE)], ["ex05"])
    note_moved_deadlines(book, [Extension(student_key="kim", until=LATER)], ["ex05"])
    assert [one[2] for one in noted(book)] == [DUE, LATER]


def test_what_somebody_decided_otherwise_stays(book):
    add_extension(book, "kim", "ex05", due_at=LATER, reason="ill", who="teacher")
    note_moved_deadlines(book, [Extension(student_key="kim", until=DUE)], ["ex05"])
    assert noted(book) == [("kim", "ex05", LATER, "teacher")]
