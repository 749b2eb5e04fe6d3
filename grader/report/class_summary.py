"""What a class did in one exercise, as numbers: marks, cases, mistakes, and who has no mark and why."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from grader.gradebook.book import Gradebook
from grader.gradebook.corrections import waivers_in_force
from grader.gradebook.marks import read_exercises, read_marks
from grader.gradebook.records import Mark, StoredExercise
from grader.report.marks_csv import status
from grader.verdicts import Verdict

NUM_BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRate:
    """How one case went.

    Attributes:
        num_passed: Of how many submissions it passed.
        num_all: How many submissions ran it; one of a group counts once.
        waiver: `full` or `drop` where a person decided so, else empty.
    """

    case_id: str
    title: str
    max_points: float
    num_passed: int
    num_all: int
    waiver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Somebody without a mark.

    Attributes:
        status: Why, as a word for people.
        reason: What went wrong, where something did.
    """

    key: str
    name: str
    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One exercise of a class.

    Attributes:
        points: Every final mark.
        bins: How many marks lie in each tenth of the points; the last one holds full points too.
        num_full: How many have all points.
        mistakes: For each known mistake, how many submissions show it, the most frequent first.
        faults: Marks that stand although the newest attempt at grading failed.
        late_without_time: Who is late by the platform's word and lost nothing, since nobody says by how much.
    """

    exercise: StoredExercise
    max_points: float
    num_students: int
    points: tuple[float, ...]
    bins: tuple[int, ...]
    num_full: int
    num_late: int
    num_overridden: int
    cases: tuple[CaseRate, ...]
    mistakes: tuple[tuple[str, int], ...]
    missing: tuple[Missing, ...]
    faults: tuple[Missing, ...] = ()
    late_without_time: tuple[Missing, ...] = ()

    @property
    def mean(self) -> float | None:
        """The mean mark; None where there is none."""
        return statistics.fmean(self.points) if self.points else None

    @property
    def median(self) -> float | None:
        """The median mark; None where there is none."""
        return statistics.median(self.points) if self.points else None


def summaries(book: Gradebook, *, exercises: Sequence[str] = ()) -> list[Summary]:
    """Return a summary for each exercise of a gradebook, or for the named ones."""
    marks = read_marks(book)
    return [
        _summary(book, exercise, [mark for mark in marks if mark.exercise_id == exercise.id])
        for exercise in read_exercises(book)
        if not exercises or exercise.id in exercises
    ]


def _summary(book: Gradebook, exercise: StoredExercise, marks: Sequence[Mark]) -> Summary:
    graded = [mark for mark in marks if mark.final is not None]
    points = tuple(mark.final for mark in graded if mark.final is not None)
    maximum = max((mark.max_score for mark in marks), default=exercise.max_score)
    bins = [0] * NUM_BINS
    for value in points:
        part = value / maximum if maximum > 0 else 0.0
        bins[min(NUM_BINS - 1, max(0, int(part * NUM_BINS + 1e-9)))] += 1
    unique = {mark.result_id: mark for mark in marks if mark.result_id is not None}
    mistakes = Counter(name for mark in unique.values() for name in mark.mistakes)
    return Summary(
        exercise=exercise,
        max_points=maximum,
        num_students=len(marks),
        points=points,
        bins=tuple(bins),
        num_full=sum(value >= maximum - 1e-9 for value in points),
        num_late=sum(mark.is_late for mark in marks),
        num_overridden=sum(mark.override is not None for mark in marks),
        cases=_cases(book, exercise.id, set(unique)),
        mistakes=tuple(sorted(mistakes.items(), key=lambda item: (-item[1], item[0]))),
        missing=tuple(_missing(mark) for mark in marks if mark.final is None),
        faults=tuple(_missing(mark) for mark in graded if mark.fault and mark.computed is not None),
        late_without_time=tuple(
            _missing(mark)
            for mark in graded
            if exercise.late.per_day > 0 and mark.is_late and not mark.days_late and mark.override is None
        ),
    )


def _missing(mark: Mark) -> Missing:
    return Missing(
        key=mark.student.key,
        name=mark.student.name,
        status=status(mark),
        reason=mark.fault.partition("\n")[0],
    )


def _cases(book: Gradebook, exercise_id: str, results: set[int]) -> tuple[CaseRate, ...]:
    """Return every case's rate, in the suite's order; renamed cases of older suites come last."""
    titles: dict[str, tuple[int, str, float]] = {}
    passed: Counter[str] = Counter()
    ran: Counter[str] = Counter()
    rows = book.store.each(
        "SELECT result_id, position, case_id, title, result_case.verdict, max_points FROM result_case"
        " JOIN result ON result.id = result_id JOIN handin ON handin.id = handin_id"
        " WHERE exercise_id = ? ORDER BY result_id",
        (exercise_id,),
    )
    for result_id, position, case_id, title, verdict, max_points in rows:
        if result_id in results:
            titles[case_id] = (position, title, max_points)
            ran[case_id] += 1
            passed[case_id] += verdict == Verdict.PASSED
    decided = waivers_in_force(book)
    found = []
    for case_id, (_, title, max_points) in sorted(titles.items(), key=lambda item: item[1][0]):
        waiver = decided.get((exercise_id, case_id))
        found.append(
            CaseRate(
                case_id=case_id,
                title=title,
                max_points=max_points,
                num_passed=passed[case_id],
                num_all=ran[case_id],
                waiver="" if waiver is None else str(waiver.effect),
            )
        )
    return tuple(found)
