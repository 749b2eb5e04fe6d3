"""Marks: what was computed and what people decided, put together whenever they are read.

The result that counts is the newest one with a score of the file that counts now. If that file has none (the
grader failed on it, or has not come to it), the newest score that the person has for this exercise stands, and
`Mark.fault` says why: a fault of the grader takes nobody's points away.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from grader.gradebook.book import Gradebook
from grader.gradebook.corrections import extensions, overrides, waivers_in_force
from grader.gradebook.records import (
    Effect,
    LatePolicy,
    Mark,
    MarkState,
    Override,
    ResultState,
    StoredExercise,
)
from grader.intake.records import Student

_DAY = timedelta(days=1)


def read_marks(book: Gradebook) -> list[Mark]:
    """Return a mark for every person and every exercise that was ever graded, in the class's order."""
    facts = _Facts(book)
    exercises = read_exercises(book)
    return [_mark(facts, student, exercise) for student in read_students(book) for exercise in exercises]


def read_students(book: Gradebook) -> list[Student]:
    """Return everybody who is known, in the class's order."""
    ids: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = book.store.rows("SELECT student_key, kind, value FROM student_id ORDER BY student_key, position")
    for key, kind, value in rows:
        ids[key].append((kind, value))
    return [
        Student(key=key, name=name, ids=tuple(ids[key]))
        for key, name in book.store.rows("SELECT key, name FROM student ORDER BY position, key")
    ]


def read_exercises(book: Gradebook) -> list[StoredExercise]:
    """Return every exercise that was ever graded."""
    return [
        StoredExercise(
            id=row[0],
            title_en=row[1],
            title_ko=row[2],
            max_score=row[3],
            late=LatePolicy(
                due_at=None if row[4] is None else datetime.fromisoformat(row[4]),
                per_day=row[5],
                floor=row[6],
            ),
        )
        for row in book.store.rows(
            "SELECT id, title_en, title_ko, max_score, due_at, late_per_day, late_floor FROM exercise ORDER BY id"
        )
    ]


def days_late(submitted_at: datetime | None, due_at: datetime | None) -> int:
    """Return how many days after the due date began before something was handed in; 0 where it was in time."""
    if submitted_at is None or due_at is None or submitted_at <= due_at:
        return 0
    return math.ceil((submitted_at - due_at) / _DAY)


def late_penalty(points: float, days: int, policy: LatePolicy) -> float:
    """Return the points that lateness takes from `points`."""
    kept = max(policy.floor, 1.0 - policy.per_day * days) if days else 1.0
    return points * (1.0 - kept)


@dataclass(frozen=True, slots=True)
class _Result:
    id: int
    handin_id: int
    score: float | None
    max_score: float


class _Facts:
    """Everything that marks are made of, read with one query for each table."""

    def __init__(self, book: Gradebook) -> None:
        store = book.store
        self.handins = {
            row[0]: row[1:]
            for row in store.each("SELECT id, owner, path, sha256, submitted_at, is_late FROM handin")
        }
        self.members: dict[tuple[str, str], list[tuple[int, bool]]] = defaultdict(list)
        for key, exercise_id, handin_id, is_current in store.each(
            "SELECT student_key, exercise_id, handin_id, is_current FROM member ORDER BY handin_id"
        ):
            self.members[key, exercise_id].append((handin_id, bool(is_current)))
        self.graded: dict[int, _Result] = {}
        self.newest: dict[int, tuple[ResultState, str]] = {}
        rows = store.each(
            "SELECT id, handin_id, state, score, max_score, message FROM result WHERE NOT is_set_aside ORDER BY id"
        )
        for result_id, handin_id, state, score, max_score, message in rows:
            self.newest[handin_id] = (ResultState(state), message)
            if state == ResultState.GRADED:
                self.graded[handin_id] = _Result(result_id, handin_id, score, max_score)
        self.mistakes: dict[int, Counter[str]] = defaultdict(Counter)
        counting = {result.id for result in self.graded.values()}
        for result_id, mistake in store.each(
            "SELECT result_id, mistake FROM result_case WHERE mistake IS NOT NULL"
        ):
            if result_id in counting:
                self.mistakes[result_id][mistake] += 1
        self.overrides: dict[tuple[str, str], Override] = {
            (made.student_key, made.exercise_id): made for made in overrides(book)
        }
        self.due = {(given.student_key, given.exercise_id): given.due_at for given in extensions(book)}
        self._read_waivers(book)

    def _read_waivers(self, book: Gradebook) -> None:
        """Note by how much waivers change each result's score and maximum."""
        self.changes: dict[int, tuple[float, float]] = {}
        self.max_changes: dict[str, float] = defaultdict(float)
        for (exercise_id, case_id), waiver in waivers_in_force(book).items():
            dropped: float | None = None
            for result_id, points, max_points in book.store.each(
                "SELECT result.id, points, max_points FROM result_case JOIN result ON result.id = result_id"
                " JOIN handin ON handin.id = handin_id WHERE exercise_id = ? AND case_id = ? AND points NOT NULL",
                (exercise_id, case_id),
            ):
                score, maximum = self.changes.get(result_id, (0.0, 0.0))
                if waiver.effect is Effect.FULL:
                    self.changes[result_id] = (score + max_points - points, maximum)
                else:
                    self.changes[result_id] = (score - points, maximum - max_points)
                    dropped = max_points
            if dropped is not None:
                self.max_changes[exercise_id] -= dropped


def _mark(facts: _Facts, student: Student, exercise: StoredExercise) -> Mark:
    place = (student.key, exercise.id)
    handed_in = facts.members.get(place, [])
    maximum = exercise.max_score + facts.max_changes[exercise.id]
    made = _Making(student=student, exercise_id=exercise.id, max_score=maximum)
    current = next((handin_id for handin_id, is_current in reversed(handed_in) if is_current), None)
    if current is not None:
        _add_handin(facts, made, current)
        result = facts.graded.get(current)
        if result is None:
            earlier = [facts.graded[handin_id] for handin_id, _ in handed_in if handin_id in facts.graded]
            result = max(earlier, key=lambda found: found.id, default=None)
        if result is not None:
            _add_result(facts, made, result)
            _add_penalty(facts, made, exercise.late)
    if made.adjusted is not None:
        made.final = made.adjusted - made.penalty
    override = facts.overrides.get(place)
    if override is not None and override.points is not None:
        made.override, made.final = override, override.points
    return made.done()


@dataclass(slots=True, kw_only=True)
class _Making:
    """A mark while it is put together; see `Mark`."""

    student: Student
    exercise_id: str
    max_score: float
    state: MarkState = MarkState.NOT_HANDED_IN
    computed: float | None = None
    adjusted: float | None = None
    penalty: float = 0.0
    override: Override | None = None
    final: float | None = None
    result_id: int | None = None
    handin_id: int | None = None
    members: tuple[str, ...] = ()
    submitted_at: datetime | None = None
    is_late: bool = False
    days_late: int = 0
    mistakes: Mapping[str, int] = field(default_factory=dict)
    path: str = ""
    sha256: str = ""
    fault: str = ""

    def done(self) -> Mark:
        return Mark(**{name: getattr(self, name) for name in _FIELDS})


_FIELDS = tuple(one.name for one in fields(_Making))
_STATES: Mapping[ResultState | None, MarkState] = {
    None: MarkState.NOT_GRADED,
    ResultState.GRADED: MarkState.GRADED,
    ResultState.GRADER_ERROR: MarkState.GRADER_ERROR,
    ResultState.NOT_READ: MarkState.NOT_READ,
}


def _add_handin(facts: _Facts, made: _Making, handin_id: int) -> None:
    owner, path, sha256, submitted_at, is_late = facts.handins[handin_id]
    state, message = facts.newest.get(handin_id, (None, ""))
    made.state = _STATES[state]
    made.handin_id = handin_id
    made.members = tuple(owner.split("\n"))
    made.path, made.sha256 = path, sha256
    made.submitted_at = None if submitted_at is None else datetime.fromisoformat(submitted_at)
    made.is_late = bool(is_late)
    made.fault = "" if state is ResultState.GRADED else message


def _add_result(facts: _Facts, made: _Making, result: _Result) -> None:
    score, maximum = facts.changes.get(result.id, (0.0, 0.0))
    if result.handin_id != made.handin_id:  # an earlier file's: its time and place are what was graded
        fault = made.fault
        _add_handin(facts, made, result.handin_id)
        made.fault = fault
    made.state = MarkState.GRADED
    made.computed = result.score or 0.0  # a graded result has a score
    made.adjusted = made.computed + score
    made.max_score = result.max_score + maximum
    made.result_id = result.id
    made.mistakes = dict(facts.mistakes.get(result.id, {}))


def _add_penalty(facts: _Facts, made: _Making, policy: LatePolicy) -> None:
    own = facts.due.get((made.student.key, made.exercise_id))
    due_at = own or policy.due_at
    made.days_late = days_late(made.submitted_at, due_at)
    nobody_knows = due_at is None or (made.submitted_at is None and own is None)
    # The platform's word counts only where there is nothing better: it knows no extension.
    made.is_late = made.days_late > 0 or (made.is_late and nobody_knows)
    made.penalty = late_penalty(made.adjusted or 0.0, made.days_late, policy)
