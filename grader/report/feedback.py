"""What a learner may see of a graded submission: hidden cases are emptied before any renderer sees them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from grader.made_once import MadeOnce
from grader.verdicts import CaseResult, Report, Verdict, Visibility, all_cases_passed

_MANY = 2048  # different cases in a class: most of them went the same way for many


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When feedback is written, seen from the exercise's dates.

    Attributes:
        now: When it is written; None, like a date that nobody declared, opens nothing.
        due_at: When the exercise is due for this learner.
        published_at: When the marks are published.
    """

    now: datetime | None = None
    due_at: datetime | None = None
    published_at: datetime | None = None

    def opens(self, visibility: Visibility) -> bool:
        """Return whether a case of this visibility shows its details now."""
        dates = {
            Visibility.AFTER_DUE_DATE: self.due_at,
            Visibility.AFTER_PUBLISHED: self.published_at,
        }
        if visibility is Visibility.VISIBLE:
            return True
        date = dates.get(visibility)
        return self.now is not None and date is not None and self.now >= date

    def opened(self) -> frozenset[Visibility]:
        """Return the visibilities whose cases show their details now."""
        return frozenset(filter(self.opens, Visibility))


def student_view(report: Report, moment: Moment | None = None) -> Report:
    """Return `report` as the learner may see it.

    A case that is not (yet) visible keeps its title, verdict, points and hint. Its id may name the inputs,
    its message and detail hold expected values, its mistake names the misconception that the hint only points
    at, and its duration tells inputs apart: these are removed.

    Args:
        report: What the grader found.
        moment: When the learner sees it; without one, nothing has become visible by a date.
    """
    moment = moment or Moment()
    return replace(report, cases=_seen(report.cases, moment.opened()))


def _without_hidden(cases: tuple[CaseResult, ...], opened: frozenset[Visibility]) -> tuple[CaseResult, ...]:
    return tuple(
        case if case.visibility in opened else _emptied(case, number)
        for number, case in enumerate(cases, start=1)
    )


_seen = MadeOnce[tuple[CaseResult, ...], tuple[CaseResult, ...]](_without_hidden, is_kept=all_cases_passed)


def _emptied(case: CaseResult, number: int) -> CaseResult:
    return _shell(number, case.title, case.verdict, case.max_points, case.points, case.visibility, case.hint)


@lru_cache(maxsize=_MANY)
def _shell(  # noqa: PLR0913 - what is left of a case
    number: int,
    title: str,
    verdict: Verdict,
    max_points: float,
    points: float | None,
    visibility: Visibility,
    hint: str,
) -> CaseResult:
    return CaseResult(
        case_id=f"case_{number}",
        title=title,
        verdict=verdict,
        max_points=max_points,
        points=points,
        visibility=visibility,
        hint=hint,
    )
