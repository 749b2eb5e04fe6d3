"""The sentences that say how a mark came about: what lateness, waivers and people made of the score."""

from __future__ import annotations

from grader.gradebook.records import Mark
from grader.language import tr
from grader.report.wording import number

_LEAST = 0.005  # points that two decimals show


def reasons(mark: Mark) -> tuple[str, ...]:
    """Return one sentence for each thing that made the mark out of the computed score."""
    found: list[str] = []
    if mark.override is not None and mark.override.points is not None:
        return (
            tr(
                "Your teacher set {points} points: {reason}",
                points=number(mark.override.points),
                reason=mark.override.reason,
            ),
        )
    if mark.computed is not None and mark.adjusted is not None:
        change = mark.adjusted - mark.computed
        if abs(change) >= _LEAST:
            found.append(tr("Cases that were wrong themselves: {change} points", change=f"{change:+.2f}"))
    if mark.penalty >= _LEAST:
        found.append(
            tr("{days} days late: −{penalty} points", days=mark.days_late, penalty=number(mark.penalty))
        )
    return tuple(found)
