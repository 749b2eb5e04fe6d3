"""One submission to grade and what came of it, as plain data: this is all that crosses between processes.

A `Job` and an `Outcome` hold text, numbers and bytes only, so that they can be pickled by any executor without
anything of a submission being rebuilt as an object.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from grader import __version__
from grader.course import Exercise
from grader.exercise_files import suite_hash
from grader.gradebook.book import NewResult
from grader.gradebook.details import pack_details
from grader.gradebook.records import Basis, ResultState
from grader.verdicts import CaseDetail, CaseResult, Jail, Report, Verdict, Visibility

CaseRow = tuple[str, str, str, float, float | None, str, str, str | None, str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file to grade.

    Attributes:
        handin_id: The gradebook's number for it.
        path: Where the teacher finds it; only shown.
        data: The file's bytes.
        course_root: Where the course lies on the machine that asks.
        suite_hash: Of the exercise: the process that grades must hold the same.
        has_jail: Whether the worker is confined, in full or not at all.
        language: Of every text of the result.
    """

    handin_id: int
    exercise_id: str
    path: str
    data: bytes
    sha256: str
    course_root: str
    suite_hash: str
    mistakes_hash: str
    grader_version: str
    seed: int
    has_jail: bool
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a job.

    Attributes:
        state: One of `gradebook.records.ResultState`.
        details: From `gradebook.details.pack_details`.
        message: What went wrong, where `state` is not `graded`.
        is_exercise_broken: Whether the exercise cannot be graded at all here, whoever's submission it is.
    """

    state: str
    message: str = ""
    is_exercise_broken: bool = False
    verdict: str = str(Verdict.GRADER_ERROR)
    cases: tuple[CaseRow, ...] = ()
    details: bytes = b""
    notes: tuple[str, ...] = ()
    has_problem: bool = False
    jail_complete: bool = False
    jail_parts: tuple[str, ...] = ()
    jail_missing: tuple[str, ...] = ()
    duration_s: float = 0.0


def basis_of(exercise: Exercise, *, seed: int, course_hash: str) -> Basis:
    """Return what results of `exercise` rest on."""
    return Basis(
        seed=seed,
        suite_hash=suite_hash(exercise),
        mistakes_hash=mistakes_hash(exercise),
        course_hash=course_hash,
        grader_version=__version__,
    )


def mistakes_hash(exercise: Exercise) -> str:
    """Return the SHA-256 of what only the diagnosis depends on; line endings do not count."""
    if exercise.mistakes is None or not exercise.mistakes.is_file():
        return ""
    data = exercise.mistakes.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return hashlib.sha256(data).hexdigest()


def course_hash(exercises: Sequence[Exercise]) -> str:
    """Return one SHA-256 for everything that is in use of a course."""
    parts = [f"{item.id} {suite_hash(item)} {mistakes_hash(item)}" for item in exercises]
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()


def outcome_of(report: Report) -> Outcome:
    """Return a report as plain data."""
    score = report.score
    broken = next((case.message for case in report.cases if case.points is None), "")
    return Outcome(
        state=str(ResultState.GRADER_ERROR if score is None else ResultState.GRADED),
        message=broken if score is None else "",
        verdict=str(report.verdict),
        cases=tuple(
            (
                case.case_id, case.title, str(case.verdict), case.max_points, case.points,
                str(case.visibility), case.message, case.mistake, case.hint, case.duration_s,
            )
            for case in report.cases
        ),
        details=pack_details(report),
        notes=report.notes,
        jail_complete=report.jail.complete,
        jail_parts=report.jail.parts,
        jail_missing=report.jail.missing,
        duration_s=report.duration_s,
    )  # fmt: skip


def new_result(outcome: Outcome, job: Job, basis: Basis, *, max_score: float) -> NewResult:
    """Return what the gradebook is to keep of an outcome; every number is checked on the way."""
    cases = _cases(outcome.cases)
    points = [case.points for case in cases if case.points is not None]
    is_graded = outcome.state == ResultState.GRADED
    if is_graded and (not cases or len(points) < len(cases)):
        raise ValueError("a graded result without points")
    return NewResult(
        handin_id=job.handin_id,
        state=ResultState(outcome.state),
        basis=basis,
        verdict=Verdict(outcome.verdict),
        score=sum(points) if is_graded else None,
        max_score=sum(case.max_points for case in cases) if cases else max_score,
        cases=cases,
        details=outcome.details,
        message=outcome.message,
        notes=outcome.notes,
        jail=Jail(complete=outcome.jail_complete, parts=outcome.jail_parts, missing=outcome.jail_missing),
        duration_s=outcome.duration_s,
    )


def checked_result(outcome: Outcome, job: Job, basis: Basis, *, max_score: float) -> NewResult:
    """Return what the gradebook is to keep of an outcome; of one that cannot be right, a fault of the grader."""
    try:
        return new_result(outcome, job, basis, max_score=max_score)
    except ValueError as error:
        message = f"The outcome cannot be right: {error}"[:2000]
        fault = Outcome(state=str(ResultState.GRADER_ERROR), message=message)
        return new_result(fault, job, basis, max_score=max_score)


def report_of(result: NewResult, job: Job) -> Report:
    """Return the report on a job, details included, as feedback is written from."""
    from grader.gradebook.details import unpack_details

    details, problem = unpack_details(result.details)
    return Report(
        exercise_id=job.exercise_id,
        path=job.path,
        sha256=job.sha256,
        seed=job.seed,
        cases=_detailed(result.cases, details),
        jail=result.jail,
        duration_s=result.duration_s,
        problem=problem,
        notes=tuple(result.notes),
    )


def _detailed(cases: tuple[CaseResult, ...], details: dict[int, CaseDetail]) -> tuple[CaseResult, ...]:
    if not details:
        return cases
    return tuple(
        replace(case, detail=details[number]) if number in details else case
        for number, case in enumerate(cases)
    )


@lru_cache(maxsize=256)  # in a class, all cases went the same way for many
def _cases(rows: tuple[CaseRow, ...]) -> tuple[CaseResult, ...]:
    return tuple(map(_case, rows))


def _case(row: CaseRow) -> CaseResult:
    return _untimed_case(*row[:-1]).timed(row[-1])


@lru_cache(maxsize=2048)  # in a class, most cases went the same way for many
def _untimed_case(  # noqa: PLR0913 - a row
    case_id: str,
    title: str,
    verdict: str,
    max_points: float,
    points: float | None,
    visibility: str,
    message: str,
    mistake: str | None,
    hint: str,
) -> CaseResult:
    return CaseResult(
        case_id=case_id,
        title=title,
        verdict=Verdict(verdict),
        max_points=max_points,
        points=points,
        visibility=Visibility(visibility),
        message=message,
        mistake=mistake,
        hint=hint,
    )
