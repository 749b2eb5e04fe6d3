"""One check of one exercise as a record, and as the plain values that are stored and carried to other machines."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.language import tr
from grader.strict_toml import shown
from grader.verdicts import Report, Verdict

FORMAT_VERSION = 1
_MAX_HINT = 300
_MAX_FILE_BYTES = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOutcome:
    """One case of an attempt.

    Attributes:
        mistake: Id of the known mistake that explained the failure, or None.
        hint: What was said about that mistake, in the language of the day; may be empty.
    """

    case_id: str
    verdict: Verdict
    points: float | None
    max_points: float
    mistake: str | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One check of one exercise.

    Attributes:
        key: Different for every attempt ever made.
        course: The course's name; empty for the one that comes with the grader.
        at: When the result was there, in seconds since 1970.
        since_s: Seconds since the attempt before, of whichever exercise; None for the first one.
        has_run: Whether the file ran at all: no syntax error, no exception at its import.
        other_seed: A further seed under which a case failed after full points; None where none did.
        cases: In the suite's order.
    """

    key: str
    course: str
    exercise_id: str
    at: float
    since_s: float | None
    score: float | None
    max_score: float
    verdict: Verdict
    has_run: bool
    seed: int
    other_seed: int | None
    duration_s: float
    sha256: str
    cases: tuple[CaseOutcome, ...]

    def __post_init__(self) -> None:
        numbers = [self.at, self.max_score, self.duration_s, self.since_s or 0.0, self.score or 0.0]
        if not all(math.isfinite(number) for number in numbers):
            raise ValueError("Expected finite numbers")
        if self.score is not None and not 0 <= self.score <= self.max_score + 1e-9:
            raise ValueError(f"Expected a score from 0 to {self.max_score}. Received: {self.score}")

    @property
    def is_full(self) -> bool:
        """Whether every case passed, under the further seeds too."""
        return self.verdict is Verdict.PASSED and self.other_seed is None

    @property
    def when(self) -> datetime:
        """When it was, in UTC."""
        return datetime.fromtimestamp(self.at, UTC)


def attempt_of(report: Report, *, course: str, now: float) -> Attempt:
    """Return the attempt that a report is."""
    return Attempt(
        key=os.urandom(16).hex(),
        course=course,
        exercise_id=report.exercise_id,
        at=now,
        since_s=None,
        score=report.score,
        max_score=report.max_score,
        verdict=report.verdict,
        has_run=report.problem is None,
        seed=report.seed,
        other_seed=None,
        duration_s=report.duration_s,
        sha256=report.sha256,
        cases=tuple(
            CaseOutcome(
                case_id=case.case_id,
                verdict=case.verdict,
                points=case.points,
                max_points=case.max_points,
                mistake=case.mistake,
                hint=case.hint[:_MAX_HINT] if case.mistake else "",
            )
            for case in report.cases
        ),
    )


def as_json(attempts: Iterable[Attempt]) -> dict[str, object]:
    """Return attempts as what `export` writes: plain values, with a version."""
    return {
        "format_version": FORMAT_VERSION,
        "attempts": [
            {**plain_fields(attempt), "cases": [case_as_list(case) for case in attempt.cases]}
            for attempt in attempts
        ],
    }


def read_export(path: Path) -> tuple[Attempt, ...]:
    """Return the attempts that an exported file holds, trusting nothing in it.

    Raises:
        UsageError: There is no such file, or it is none of ours.
    """
    try:
        if path.stat().st_size > _MAX_FILE_BYTES:
            raise ValueError(tr("it is too large"))
        values = json.loads(path.read_text("utf-8"))
        version = values["format_version"]
        if version != FORMAT_VERSION:
            raise ValueError(tr("it has format {version}", version=shown(version)))
        return tuple(parse_attempt(fields) for fields in values["attempts"])
    except OSError as error:
        raise UsageError(
            tr("`{path}` cannot be read: {reason}", path=path, reason=error.strerror),
            hint=tr("Name a file that `{command}` wrote", command="grade progress --export FILE"),
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            tr("`{path}` is no exported progress: {reason}", path=path, reason=error),
            hint=tr("Name a file that `{command}` wrote", command="grade progress --export FILE"),
        ) from error


def plain_fields(attempt: Attempt) -> dict[str, object]:
    """Return everything of an attempt but its cases, as plain values."""
    return {
        "key": attempt.key,
        "course": attempt.course,
        "exercise": attempt.exercise_id,
        "at": attempt.at,
        "since_s": attempt.since_s,
        "score": attempt.score,
        "max_score": attempt.max_score,
        "verdict": str(attempt.verdict),
        "has_run": int(attempt.has_run),
        "seed": attempt.seed,
        "other_seed": attempt.other_seed,
        "duration_s": attempt.duration_s,
        "sha256": attempt.sha256,
    }


def case_as_list(case: CaseOutcome) -> list[object]:
    """Return a case as plain values."""
    return [case.case_id, str(case.verdict), case.points, case.max_points, case.mistake, case.hint]


def parse_attempt(fields: Mapping[str, Any]) -> Attempt:
    """Return the attempt that plain values stand for.

    Raises:
        ValueError, KeyError, TypeError: They stand for none.
    """
    return Attempt(
        key=str(fields["key"])[:64],
        course=str(fields["course"])[:200],
        exercise_id=str(fields["exercise"])[:64],
        at=float(fields["at"]),
        since_s=_number(fields["since_s"]),
        score=_number(fields["score"]),
        max_score=float(fields["max_score"]),
        verdict=Verdict(fields["verdict"]),
        has_run=bool(fields["has_run"]),
        seed=int(fields["seed"]),
        other_seed=None if fields["other_seed"] is None else int(fields["other_seed"]),
        duration_s=float(fields["duration_s"]),
        sha256=str(fields["sha256"])[:64],
        cases=tuple(_parse_case(values) for values in fields["cases"]),
    )


def _parse_case(values: Sequence[Any]) -> CaseOutcome:
    case_id, verdict, points, max_points, mistake, hint = values
    return CaseOutcome(
        case_id=str(case_id),
        verdict=Verdict(verdict),
        points=_number(points),
        max_points=float(max_points),
        mistake=None if mistake is None else str(mistake),
        hint=str(hint),
    )


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"Expected a number. Received: {shown(value)}")
    return float(value)
