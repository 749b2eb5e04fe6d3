"""What a learner sees of the own progress: the list of exercises and the page of `grade progress`, as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.language import tr
from grader.report.clean import one_line, pad, width, wrap
from grader.report.look import Look
from grader.report.wording import number

if TYPE_CHECKING:
    from grader.standing import ExerciseStanding, Standing, Status

BAR = 12
_TITLE = 38
_MARKS = {"done": "✓", "started": "·", "new": " "}


def status_word(status: Status) -> str:
    """Return how far an exercise is, in a word."""
    return {"done": tr("solved"), "started": tr("begun"), "new": tr("new")}[str(status)]


def best_score(item: ExerciseStanding) -> str:
    """Return the best score out of what there is, such as `12.5 / 20`."""
    return f"{number(item.best)} / {number(item.max_score)}"


def bar(item: ExerciseStanding, *, cells: int = BAR) -> str:
    """Return the best score as a bar."""
    share = (item.best or 0.0) / item.max_score if item.max_score else 0.0
    filled = min(cells, int(cells * share + 1e-9))
    return "█" * filled + "░" * (cells - filled)


def exercise_list(standing: Standing, *, look: Look) -> str:
    """Return every exercise with status, best score, skills and prerequisites."""
    if look.plain:
        from grader.report import plain

        headers = (tr("Exercise"), tr("Title"), tr("Status"), tr("Best"), tr("Skills"), tr("After"))
        rows = [
            (
                item.exercise.id,
                str(item.exercise.title),
                status_word(item.status),
                best_score(item),
                *_about(item),
            )
            for item in standing.exercises
        ]
        return plain.table(headers, rows, look=look)
    return draw_lines(
        [line for item in standing.exercises for line in _list_entry(item, look.width)], look=look
    )


def _about(item: ExerciseStanding) -> tuple[str, str]:
    return ", ".join(map(str, item.exercise.skill_names)), ", ".join(item.exercise.prerequisites)


def _list_entry(item: ExerciseStanding, columns: int) -> list[list[tuple[str, str]]]:
    style = {"done": "green", "started": "yellow", "new": ""}[str(item.status)]
    score = best_score(item)
    word = status_word(item.status)
    room = columns - 9 - width(word) - 12
    title = one_line(str(item.exercise.title))
    title = title if width(title) <= room else wrap(title, room - 1)[0] + "…"
    skills, before = _about(item)
    told = skills if not before else f"{skills} · " + tr("after {ids}", ids=before)
    lines = [
        [
            (f"{_MARKS[str(item.status)]} ", style),
            (pad(item.exercise.id, 6), "bold cyan"),
            (pad(title, room), "bold"),
            (f" {pad(word, width(word))}", style),
            (" " * (11 - len(score)) + score, style),
        ]
    ]
    lines += [[("        ", ""), (line, "dim")] for line in wrap(told, columns - 8)]
    return lines


def draw_lines(lines: Sequence[Sequence[tuple[str, str]]], *, look: Look) -> str:
    """Return lines of styled pieces as text."""
    from rich.text import Text

    from grader.report.terminal import draw

    parts = [Text.assemble(*pieces) for pieces in lines]
    for part in parts:
        part.no_wrap = True
    return draw(parts, look)
