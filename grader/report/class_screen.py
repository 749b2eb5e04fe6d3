"""The summary of a class for a terminal, for screen readers, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from grader.language import active, tr
from grader.report import plain, terminal
from grader.report.class_summary import CaseRate, Missing, Summary
from grader.report.clean import one_line, width
from grader.report.look import Look
from grader.report.wording import number

_BAR = 30
_RATE_BAR = 10
_MAX_MISTAKES = 12
_BOLD, _CYAN, _DIM, _GREEN, _YELLOW, _RESET = (
    "\x1b[1m",
    "\x1b[36m",
    "\x1b[2m",
    "\x1b[32m",
    "\x1b[33m",
    "\x1b[0m",
)


def title(summary: Summary) -> str:
    """Return an exercise's id and title in the active language."""
    exercise = summary.exercise
    return f"{exercise.id}  {exercise.title_ko if active() == 'ko' else exercise.title_en}".rstrip()


def screen(summaries: Sequence[Summary], look: Look) -> str:
    """Return the summary of every exercise, one below the other."""
    show = _plain if look.plain else _drawn
    return "\n".join(show(summary, look) for summary in summaries)


def _facts(summary: Summary) -> list[tuple[str, str]]:
    facts = [
        (
            tr("Marks"),
            tr("{num} of {all} students", num=len(summary.points), all=summary.num_students),
        )
    ]
    if summary.mean is not None and summary.median is not None:
        facts += [
            (
                tr("Mean"),
                tr(
                    "{score} / {max_score} points",
                    score=number(summary.mean),
                    max_score=number(summary.max_points),
                ),
            ),
            (tr("Median"), number(summary.median)),
            (tr("Full points"), str(summary.num_full)),
        ]
    facts += [(tr("Late"), str(summary.num_late))] if summary.num_late else []
    facts += [(tr("Set by hand"), str(summary.num_overridden))] if summary.num_overridden else []
    return facts


def _drawn(summary: Summary, look: Look) -> str:
    def styled(text: str, style: str) -> str:
        return f"{style}{text}{_RESET}" if look.color else text

    lines = [styled(title(summary), _BOLD + _CYAN), ""]
    lines.append("   ".join(f"{styled(label, _DIM)} {text}" for label, text in _facts(summary)))
    if summary.points:
        lines += ["", styled(tr("Distribution of the marks"), _BOLD), *_histogram(summary)]
    text = look.fit("\n".join(lines)) + "\n"
    if summary.cases:
        text += "\n" + look.fit(styled(tr("Cases"), _BOLD)) + "\n"
        text += terminal.table(
            ("#", tr("Passed"), "", tr("Points"), tr("Case")), _rates(summary.cases), look=look
        )
    for heading, headers, rows in _tables(summary):
        text += "\n" + look.fit(styled(heading, _BOLD)) + "\n" + terminal.table(headers, rows, look=look)
    return text


def _histogram(summary: Summary) -> list[str]:
    largest = max(summary.bins)
    edges = [summary.max_points * part / len(summary.bins) for part in range(len(summary.bins) + 1)]
    labels = [f"{number(edges[i])}–{number(edges[i + 1])}" for i in range(len(summary.bins))]
    columns = max(width(label) for label in labels)
    lines = []
    for label, count in zip(labels, summary.bins, strict=True):
        size = max(1, round(_BAR * count / largest)) if count else 0
        lines.append(
            f"  {' ' * (columns - width(label))}{label}  {'█' * size}{' ' if size else ''}{count or '·'}"
        )
    return lines


def _rates(cases: Sequence[CaseRate]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for position, case in enumerate(cases, start=1):
        part = case.num_passed / case.num_all if case.num_all else 0.0
        filled = int(_RATE_BAR * part + 0.5)
        bar = "█" * filled + "░" * (_RATE_BAR - filled)
        rows.append((str(position), f"{100 * part:3.0f} %", bar, number(case.max_points), _case_title(case)))
    return rows


def _case_title(case: CaseRate) -> str:
    words = {"full": tr("waived: full points for all"), "drop": tr("waived: does not count")}
    return f"{case.title} ({words[case.waiver]})" if case.waiver else case.title


def _tables(summary: Summary) -> list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    found: list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]] = []
    if summary.mistakes:
        rows: list[tuple[str, ...]] = [(str(num), name) for name, num in summary.mistakes[:_MAX_MISTAKES]]
        found.append((tr("Mistakes"), (tr("Submissions"), tr("Mistake")), rows))
    if summary.missing:
        found.append((tr("Without a mark"), *_people(summary.missing)))
    if summary.faults:
        found.append((tr("An earlier mark stands: the last attempt failed"), *_people(summary.faults)))
    if summary.late_without_time:
        heading = tr(
            "Late by the platform's word, nobody says by how much: no penalty (see `grade override`)"
        )
        found.append((heading, *_people(summary.late_without_time)))
    return found


def _people(people: Sequence[Missing]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return heads and rows; the reason's column only where somebody has one."""
    headers = (tr("Student"), tr("Name"), tr("Why"), tr("Reason"))
    rows = [(person.key, person.name, person.status, person.reason) for person in people]
    num_columns = 4 if any(person.reason for person in people) else 3
    return headers[:num_columns], [row[:num_columns] for row in rows]


def _plain(summary: Summary, look: Look) -> str:
    facts = [(tr("Exercise"), title(summary)), *_facts(summary)]
    lines = [f"{label}: {one_line(text)}" for label, text in facts]
    edges = [summary.max_points * part / len(summary.bins) for part in range(len(summary.bins) + 1)]
    if summary.points:
        for position, count in enumerate(summary.bins):
            low, high = number(edges[position]), number(edges[position + 1])
            lines.append(tr("From {low} to {high} points: {num} students", low=low, high=high, num=count))
    for position, case in enumerate(summary.cases, start=1):
        lines.append(
            tr(
                "Case {number}, passed by {passed} of {all}: {title}",
                number=position,
                passed=case.num_passed,
                all=case.num_all,
                title=one_line(_case_title(case)),
            )
        )
    text = look.fit("\n".join(lines)) + "\n"
    for heading, headers, rows in _tables(summary):
        text += f"\n{heading}\n" + plain.table(headers, rows, look=look)
    return text


def to_json(summaries: Sequence[Summary]) -> dict[str, object]:
    """Return the summaries as plain data (format version 1)."""
    return {"format_version": 1, "exercises": [_json(summary) for summary in summaries]}


def _json(summary: Summary) -> dict[str, object]:
    return {
        "exercise": summary.exercise.id,
        "max_points": summary.max_points,
        "students": summary.num_students,
        "marks": len(summary.points),
        "mean": summary.mean,
        "median": summary.median,
        "full_points": summary.num_full,
        "late": summary.num_late,
        "overridden": summary.num_overridden,
        "distribution": list(summary.bins),
        "cases": [
            {
                "id": case.case_id,
                "title": case.title,
                "max_points": case.max_points,
                "passed": case.num_passed,
                "ran": case.num_all,
                "waiver": case.waiver or None,
            }
            for case in summary.cases
        ],
        "mistakes": [{"id": name, "submissions": num} for name, num in summary.mistakes],
        "without_mark": [_person(person) for person in summary.missing],
        "earlier_mark_stands": [_person(person) for person in summary.faults],
        "late_without_time": [_person(person) for person in summary.late_without_time],
    }


def _person(person: Missing) -> dict[str, str]:
    return {
        "student": person.key,
        "name": one_line(person.name),
        "why": person.status,
        "reason": one_line(person.reason),
    }
