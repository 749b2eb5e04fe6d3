"""What the gradebook says, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from grader.intake.records import Student
from grader.verdicts import Jail, Verdict


class ResultState(StrEnum):
    """How one attempt at grading ended."""

    GRADED = "graded"
    GRADER_ERROR = "grader_error"  # our own fault: no score, tried again by the next batch
    NOT_READ = "not_read"  # the file is nothing that the exercise could grade: no score, a person decides


class MarkState(StrEnum):
    """Why there is a mark, or none."""

    GRADED = "graded"
    GRADER_ERROR = "grader_error"
    NOT_HANDED_IN = "not_handed_in"
    NOT_READ = "not_read"
    NOT_GRADED = "not_graded"  # handed in, and no batch has come to it yet: it was stopped


class Effect(StrEnum):
    """What a waiver does with a case."""

    FULL = "full"  # everybody gets its points
    DROP = "drop"  # it counts for nobody: its points leave the maximum too
    NONE = "none"  # takes an earlier waiver back


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a result rests on. The same basis and the same file give the same result: nothing is graded twice.

    Attributes:
        seed: Of every random input.
        suite_hash: Of everything in the course that a score depends on.
        mistakes_hash: Of what only the diagnosis depends on.
        course_hash: Of the whole course: of what was in use, for the record.
        grader_version: Of this package.
    """

    seed: int
    suite_hash: str
    mistakes_hash: str
    course_hash: str
    grader_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCase:
    """One case of one stored result, as it was computed.

    Attributes:
        points: Points earned; None where the grader failed.
    """

    case_id: str
    title: str
    verdict: Verdict
    points: float | None
    max_points: float
    visibility: str
    message: str
    mistake: str | None
    hint: str
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredResult:
    """One attempt at grading one file: never changed once it is written.

    Attributes:
        id: Later attempts have larger ones.
        handin_id: What was graded.
        score: As computed, without waivers, penalties and overrides; None where there is none.
        message: What went wrong, where `state` is not `graded`.
        is_set_aside: Whether an earlier score goes on counting instead of this one.
    """

    id: int
    handin_id: int
    exercise_id: str
    members: tuple[str, ...]
    path: str
    sha256: str
    state: ResultState
    basis: Basis
    verdict: Verdict
    score: float | None
    max_score: float
    message: str
    notes: tuple[str, ...]
    jail: Jail
    duration_s: float
    graded_at: datetime
    is_set_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePolicy:
    """When an exercise is due and what lateness costs.

    Attributes:
        due_at: With a time zone; None where it is never late.
        per_day: Part of the earned points that each started day takes, from 0 to 1.
        floor: Part of the earned points that is left however late it is, from 0 to 1.
    """

    due_at: datetime | None = None
    per_day: float = 0.0
    floor: float = 0.0

    def __post_init__(self) -> None:
        for name, value in (("per_day", self.per_day), ("floor", self.floor)):
            if not 0 <= value <= 1:
                raise ValueError(f"Expected a part from 0 to 1. Received: {name}={value}")
        if self.due_at is not None and self.due_at.tzinfo is None:
            raise ValueError(f"Expected a time zone. Received: {self.due_at}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredExercise:
    """One exercise that was graded.

    Attributes:
        max_score: The points of all its cases.
    """

    id: str
    title_en: str
    title_ko: str
    max_score: float
    late: LatePolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Points that a person gave instead of the computed ones; `points` None takes an earlier one back."""

    student_key: str
    exercise_id: str
    points: float | None
    reason: str
    who: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """What a person decided about a case that should not count as it does."""

    exercise_id: str
    case_id: str
    effect: Effect
    reason: str
    who: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A later due date of one person; `due_at` None takes an earlier one back."""

    student_key: str
    exercise_id: str
    due_at: datetime | None
    reason: str
    who: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one person gets for one exercise, and how it came about.

    Attributes:
        state: `graded` where there is a computed score, else why there is none.
        computed: The score of the result that counts, as it was computed.
        adjusted: `computed` after waivers.
        max_score: The points that could be had, after waivers.
        penalty: Points that lateness takes from `adjusted`, at least 0.
        override: Points that a person gave instead; None where nobody did.
        final: The override, else `adjusted` less `penalty`; None where neither exists: never a guessed 0.
        result_id: The result that counts; None where there is none.
        handin_id: What was handed in; None where nothing was.
        members: Keys of everybody who handed this in, this person among them.
        submitted_at: When; None where nobody says.
        is_late: Whether it came after the due date that holds for this person, or the platform says so.
        days_late: Started days after that due date.
        mistakes: For each known mistake that was found, in how many cases.
        path: The file that was graded; empty where there is none.
        fault: What went wrong in the newest attempt, where that was the grader's fault or the file could not
            be read. An earlier score stands nevertheless. Of somebody who handed in nothing that can be graded,
            what that was.
    """

    student: Student
    exercise_id: str
    state: MarkState
    computed: float | None = None
    adjusted: float | None = None
    max_score: float = 0.0
    penalty: float = 0.0
    override: Override | None = None
    final: float | None = None
    result_id: int | None = None
    handin_id: int | None = None
    members: tuple[str, ...] = ()
    submitted_at: datetime | None = None
    is_late: bool = False
    days_late: int = 0
    mistakes: Mapping[str, int]
    path: str = ""
    sha256: str = ""
    fault: str = ""
