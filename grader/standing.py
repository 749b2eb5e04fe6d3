"""How far a learner has come: attempts and a course turned into scores, skills, mistakes and what comes next."""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from grader.attempts import Attempt
from grader.course import Exercise
from grader.language import Text, tr
from grader.verdicts import Verdict

PAUSE_S = 20 * 60  # a longer gap between two attempts was not spent on the exercise, or not all of it


class Status(StrEnum):
    """How far one exercise is."""

    DONE = "done"  # full points, under every seed that was tried
    STARTED = "started"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeMistake:
    """One known mistake in one exercise.

    Attributes:
        times: In how many attempts it was named.
        hint: What was said about it last.
        overcome_at: When every case that it had spoilt had passed; None while that is still to come.
    """

    exercise_id: str
    id: str
    times: int
    hint: str
    first_at: datetime
    overcome_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseStanding:
    """How far one exercise is.

    Attributes:
        best: The highest score so far; None before the first one.
        time_s: Time between attempts, pauses left out.
        done_at: When it had full points for the first time.
        last: The latest attempt.
        scores: Time and score of every attempt that has one, in order.
    """

    exercise: Exercise
    status: Status
    best: float | None
    max_score: float
    num_attempts: int
    time_s: float
    done_at: datetime | None
    last: Attempt | None
    scores: tuple[tuple[datetime, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """One skill of the course.

    Attributes:
        exercises: The exercises that practise it.
        done: Those of them with full points.
    """

    name: Text
    exercises: tuple[str, ...]
    done: tuple[str, ...]

    @property
    def is_mastered(self) -> bool:
        """Whether every exercise that practises it has full points."""
        return len(self.done) == len(self.exercises)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do next.

    Attributes:
        exercise: Which exercise; None where all are done.
        reason: One sentence that says why.
    """

    exercise: Exercise | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a learner has come in a course.

    Attributes:
        streak: Days in a row with an attempt, up to today or yesterday.
        by_day: For each day of the learner's own calendar with an attempt, how many there were.
    """

    exercises: tuple[ExerciseStanding, ...]
    skills: tuple[Skill, ...]
    mistakes: tuple[MadeMistake, ...]
    streak: int
    by_day: Mapping[date, int]
    advice: Advice

    @property
    def score(self) -> float:
        """The best scores together."""
        return sum(item.best or 0.0 for item in self.exercises)

    @property
    def max_score(self) -> float:
        """What the course's exercises add up to."""
        return sum(item.max_score for item in self.exercises)

    @property
    def num_done(self) -> int:
        """How many exercises have full points."""
        return sum(item.status is Status.DONE for item in self.exercises)

    @property
    def time_s(self) -> float:
        """Time spent on all exercises."""
        return sum(item.time_s for item in self.exercises)

    @property
    def num_attempts(self) -> int:
        """How many checks there were."""
        return sum(item.num_attempts for item in self.exercises)

    def of(self, exercise_id: str) -> ExerciseStanding | None:
        """Return how far one exercise is; None where the course has no such exercise."""
        return next((item for item in self.exercises if item.exercise.id == exercise_id), None)


def standing(
    exercises: Sequence[Exercise],
    attempts: Sequence[Attempt],
    *,
    now: datetime,
    zone: tzinfo | None = None,
) -> Standing:
    """Return how far a learner has come.

    Args:
        exercises: The course's, in order.
        attempts: The learner's, in the order of time.
        now: With a time zone.
        zone: In which days are counted; None is the machine's.
    """
    by_exercise: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        by_exercise[attempt.exercise_id].append(attempt)
    items = tuple(_exercise_standing(exercise, by_exercise[exercise.id]) for exercise in exercises)
    by_day: dict[date, int] = defaultdict(int)
    for attempt in attempts:
        by_day[attempt.when.astimezone(zone).date()] += 1
    known = {exercise.id for exercise in exercises}
    mistakes = [
        mistake
        for exercise_id, own in by_exercise.items()
        if exercise_id in known
        for mistake in _mistakes(exercise_id, own)
    ]
    return Standing(
        exercises=items,
        skills=_skills(items),
        mistakes=tuple(sorted(mistakes, key=lambda mistake: mistake.first_at)),
        streak=_streak(by_day, now.astimezone(zone).date()),
        by_day=dict(by_day),
        advice=_advice(items),
    )


def _exercise_standing(exercise: Exercise, attempts: Sequence[Attempt]) -> ExerciseStanding:
    full = [attempt for attempt in attempts if attempt.is_full]
    scored = [attempt for attempt in attempts if attempt.score is not None]
    is_started = any(attempt.verdict is not Verdict.NOT_ATTEMPTED for attempt in attempts)
    return ExerciseStanding(
        exercise=exercise,
        status=Status.DONE if full else Status.STARTED if is_started else Status.NEW,
        best=max((attempt.score or 0.0 for attempt in scored), default=None),
        max_score=exercise.total_points,
        num_attempts=len(attempts),
        time_s=sum(min(attempt.since_s or 0.0, PAUSE_S) for attempt in attempts),
        done_at=full[0].when if full else None,
        last=attempts[-1] if attempts else None,
        scores=tuple((attempt.when, attempt.score or 0.0) for attempt in scored),
    )


def _mistakes(exercise_id: str, attempts: Sequence[Attempt]) -> list[MadeMistake]:
    """Return the mistakes of one exercise; one is overcome once all cases that it spoilt have passed since."""
    open_cases: dict[str, set[str]] = {}
    found: dict[str, MadeMistake] = {}
    for attempt in attempts:
        named: dict[str, str] = {}
        for case in attempt.cases:
            if case.mistake:
                named[case.mistake] = case.hint
                open_cases.setdefault(case.mistake, set()).add(case.case_id)
        passed = {case.case_id for case in attempt.cases if case.verdict is Verdict.PASSED}
        for mistake_id, hint in named.items():
            before = found.get(mistake_id)
            found[mistake_id] = MadeMistake(
                exercise_id=exercise_id,
                id=mistake_id,
                times=1 + (before.times if before else 0),
                hint=hint,
                first_at=before.first_at if before else attempt.when,
                overcome_at=None,
            )
        for mistake_id, cases in open_cases.items():
            if not cases or mistake_id in named:
                continue
            cases -= passed
            if not cases:
                found[mistake_id] = _overcome(found[mistake_id], attempt.when)
    return list(found.values())


def _overcome(mistake: MadeMistake, at: datetime) -> MadeMistake:
    from dataclasses import replace

    return replace(mistake, overcome_at=at)


def _skills(items: Sequence[ExerciseStanding]) -> tuple[Skill, ...]:
    names: dict[str, Text] = {}
    where: dict[str, list[ExerciseStanding]] = defaultdict(list)
    for item in items:
        for name in item.exercise.skill_names:
            names.setdefault(name.en, name)
            where[name.en].append(item)
    return tuple(
        Skill(
            name=name,
            exercises=tuple(item.exercise.id for item in where[key]),
            done=tuple(item.exercise.id for item in where[key] if item.status is Status.DONE),
        )
        for key, name in names.items()
    )


def _streak(by_day: Mapping[date, int], today: date) -> int:
    day = today if today in by_day else today - timedelta(days=1)
    days = 0
    while day in by_day:
        days += 1
        day -= timedelta(days=1)
    return days


# --- what comes next -------------------------------------------------------------------------------------------


def is_available(exercise: Exercise) -> bool:
    """Return whether the packages that an exercise needs are installed here."""
    return all(importlib.util.find_spec(name) is not None for name in exercise.allowed_imports)


def _advice(items: Sequence[ExerciseStanding]) -> Advice:
    left = [item for item in items if item.status is not Status.DONE]
    if not left:
        return Advice(exercise=None, reason=tr("every exercise has full points"))
    here = [item for item in left if is_available(item.exercise)] or left
    started = [item for item in here if item.status is Status.STARTED and item.last is not None]
    if started:
        latest = max(started, key=lambda item: item.last.at if item.last else 0.0)
        return Advice(exercise=latest.exercise, reason=_reason_to_go_on(latest))
    done = {item.exercise.id for item in items if item.status is Status.DONE}
    ready = [item for item in here if done.issuperset(item.exercise.prerequisites)]
    chosen = (ready or here)[0].exercise
    return Advice(exercise=chosen, reason=_reason_to_begin(chosen, done))


def _reason_to_go_on(item: ExerciseStanding) -> str:
    attempt = item.last
    if attempt is None:
        return ""
    if not attempt.has_run:
        return tr("you have begun it, and its file does not run yet")
    if attempt.other_seed is not None:
        return tr(
            "it has full points, but not with every random input (seed {seed})", seed=attempt.other_seed
        )
    failed = sum(case.verdict is not Verdict.PASSED for case in attempt.cases)
    return tr("you have begun it: {failed} of {all} cases are left", failed=failed, all=len(attempt.cases))


def _reason_to_begin(exercise: Exercise, done: set[str]) -> str:
    before = [name for name in exercise.prerequisites if name in done]
    if before:
        return tr("it builds on {ids}, which you have done", ids=", ".join(before))
    missing = [name for name in exercise.prerequisites if name not in done]
    if missing:
        return tr("it is the next one left; it builds on {ids}", ids=", ".join(missing))
    return tr("it needs nothing that comes before") if done else tr("it is the first one")


def utc_now() -> datetime:
    """Return the present time, in UTC."""
    return datetime.now(UTC)
