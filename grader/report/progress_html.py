"""The page of `grade progress --html`: one file without scripts and without anything from elsewhere.

Pictures are SVG drawn by the template from the numbers computed here; each has a title, and every fact in it stands
in a table or a list as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from grader.language import tr
from grader.report.learning import (
    best_score,
    day,
    duration,
    headline,
    mistake_state,
    mistake_words,
    status_word,
)
from grader.report.page_templates import page
from grader.report.wording import number

if TYPE_CHECKING:
    from jinja2 import Template

    from grader.standing import ExerciseStanding, Standing

_WIDTH, _HEIGHT = 640, 220  # of the picture of scores, without its margins
_SPARK = (96, 24)
_NODE = (104, 54)
_GAP = (12, 34)
_MAX_POINTS = 400  # of a line: more cannot be seen


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    """One exercise of the map.

    Attributes:
        share: How much of its bar is filled, in the map's units.
    """

    id: str
    title: str
    status: str
    word: str
    x: float
    y: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """The picture of scores: a line in steps, with marks on both axes."""

    points: str
    x_marks: tuple[tuple[float, str], ...]
    y_marks: tuple[tuple[float, str], ...]
    rows: tuple[tuple[str, str], ...]


def progress_html(standing: Standing, command: str, *, language: str, now: datetime) -> str:
    """Return the page.

    Args:
        standing: How far the learner has come.
        command: The one to run now.
        language: Of the page, `en` or `ko`; the active one.
        now: When the page was made, in the learner's time zone.
    """
    nodes, edges, height = _map(standing)
    return _page().render(
        language=language,
        labels=_labels(),
        headline=headline(standing),
        made=f"{now:%Y-%m-%d %H:%M}",
        standing=standing,
        command=command,
        line=_line(standing, now),
        frame={"width": _WIDTH, "height": _HEIGHT},
        rows=[_row(item) for item in standing.exercises],
        nodes=nodes,
        edges=edges,
        map_width=_map_width(nodes),
        map_height=height,
        node_size=_NODE,
        spark_size=_SPARK,
        skills=_skills(standing),
        mistakes=[
            {
                "exercise": mistake.exercise_id,
                "words": mistake_words(mistake),
                "state": mistake_state(mistake),
                "hint": mistake.hint,
                "is_open": mistake.overcome_at is None,
            }
            for mistake in standing.mistakes
        ],
        most_attempts=max((item.num_attempts for item in standing.exercises), default=0),
    )


def _labels() -> dict[str, str]:
    return {
        "title": tr("Your progress"),
        "next": tr("What comes next"),
        "why": tr("why"),
        "run": tr("run"),
        "nothing_left": tr("Nothing is left: every exercise has full points"),
        "scores": tr("Score over time"),
        "scores_text": tr("Your best scores together, from the first check to today"),
        "no_scores": tr("There is nothing to draw before the first check"),
        "as_table": tr("The same as a table"),
        "day": tr("Day"),
        "points": tr("Points"),
        "exercises": tr("Exercises"),
        "exercise": tr("Exercise"),
        "status": tr("Status"),
        "best": tr("Best"),
        "attempts": tr("Checks"),
        "time": tr("Time"),
        "course": tr("Scores of each check"),
        "map": tr("Skill map"),
        "map_text": tr("The exercises from top to bottom; a line leads to what builds on it"),
        "mastered": tr("mastered"),
        "begun": tr("on the way"),
        "to_come": tr("to come"),
        "mistakes": tr("Mistakes"),
        "no_mistakes": tr("No known mistake was named so far"),
        "skip": tr("To the content"),
        "made": tr("made on"),
    }


# --- rows ------------------------------------------------------------------------------------------------------


def _row(item: ExerciseStanding) -> Mapping[str, object]:
    return {
        "id": item.exercise.id,
        "title": str(item.exercise.title),
        "status": str(item.status),
        "word": status_word(item.status),
        "best": best_score(item),
        "share": 0.0 if not item.max_score else round(100 * (item.best or 0.0) / item.max_score, 1),
        "attempts": item.num_attempts,
        "time": duration(item.time_s) if item.num_attempts else "",
        "spark": _spark(item),
        "said": ", ".join(number(score) for _, score in item.scores[-12:]),
    }


def _spark(item: ExerciseStanding) -> str:
    """Return the scores of an exercise's checks as the points of a small line; empty for fewer than two."""
    scores = _thinned([score for _, score in item.scores])
    if len(scores) < 2 or not item.max_score:
        return ""
    width, height = _SPARK
    return " ".join(
        f"{2 + index * (width - 4) / (len(scores) - 1):.1f},{height - 3 - (height - 6) * score / item.max_score:.1f}"
        for index, score in enumerate(scores)
    )


def _thinned(values: Sequence[float]) -> list[float]:
    step = max(1, -(-len(values) // _MAX_POINTS))
    return [*values[:-1:step], *values[-1:]]


# --- scores over time ------------------------------------------------------------------------------------------


def _line(standing: Standing, now: datetime) -> _Line | None:
    """Return how the sum of the best scores grew; None before the first check."""
    changes = sorted(
        (when, item.exercise.id, score) for item in standing.exercises for when, score in item.scores
    )
    if not changes:
        return None
    best: dict[str, float] = {}
    totals: list[tuple[datetime, float]] = []
    for when, exercise_id, score in changes:
        if score > best.get(exercise_id, -1.0):
            best[exercise_id] = score
            totals.append((when, sum(best.values())))
    begin, end = totals[0][0], max(now, totals[-1][0] + timedelta(minutes=1))
    span = (end - begin).total_seconds()
    top = standing.max_score or 1.0

    def x(when: datetime) -> float:
        return round(_WIDTH * (when - begin).total_seconds() / span, 1)

    def y(total: float) -> float:
        return round(_HEIGHT * (1 - total / top), 1)

    corners = [(0.0, float(_HEIGHT))]
    for when, total in totals:
        corners += [(x(when), corners[-1][1]), (x(when), y(total))]
    corners.append((float(_WIDTH), corners[-1][1]))
    by_day = {day(when): number(total) for when, total in totals}
    return _Line(
        points=" ".join(f"{left},{height}" for left, height in corners),
        x_marks=((0.0, day(begin)), (float(_WIDTH), day(end))),
        y_marks=tuple((y(top * part / 4), number(top * part / 4)) for part in range(5)),
        rows=tuple(by_day.items()),
    )


# --- the map ---------------------------------------------------------------------------------------------------


def _map(standing: Standing) -> tuple[list[_Node], list[tuple[float, float, float, float]], float]:
    """Return the exercises as boxes in rows, the lines between them, and the height of it all."""
    depth: dict[str, int] = {}
    for item in standing.exercises:  # prerequisites come first in a course's order, or are looked up again
        depth[item.exercise.id] = 1 + max(
            (depth.get(name, 0) for name in item.exercise.prerequisites), default=-1
        )
    rows: dict[int, list[ExerciseStanding]] = {}
    for item in standing.exercises:
        rows.setdefault(depth[item.exercise.id], []).append(item)
    nodes: dict[str, _Node] = {}

    def column_of(item: ExerciseStanding) -> float:  # below what it builds on, so that fewer lines cross
        before = [nodes[name].x for name in item.exercise.prerequisites if name in nodes]
        return sum(before) / len(before) if before else 0.0

    for row, items in sorted(rows.items()):
        for column, item in enumerate(sorted(items, key=column_of)):
            nodes[item.exercise.id] = _node(item, column, row)
    edges = [
        (
            nodes[name].x + _NODE[0] / 2,
            nodes[name].y + _NODE[1],
            nodes[item.exercise.id].x + _NODE[0] / 2,
            nodes[item.exercise.id].y,
        )
        for item in standing.exercises
        for name in item.exercise.prerequisites
        if name in nodes and depth[name] == depth[item.exercise.id] - 1
    ]
    height = max((node.y + _NODE[1] for node in nodes.values()), default=0.0) + 4
    return list(nodes.values()), edges, height


def _node(item: ExerciseStanding, column: int, row: int) -> _Node:
    share = (item.best or 0.0) / item.max_score if item.max_score else 0.0
    return _Node(
        id=item.exercise.id,
        title=str(item.exercise.title),
        status=str(item.status),
        word=status_word(item.status),
        x=2 + column * (_NODE[0] + _GAP[0]),
        y=2 + row * (_NODE[1] + _GAP[1]),
        share=round((_NODE[0] - 16) * share, 1),
    )


def _map_width(nodes: Sequence[_Node]) -> float:
    return max((node.x + _NODE[0] for node in nodes), default=0.0) + 2


def _skills(standing: Standing) -> list[tuple[str, list[Mapping[str, str]]]]:
    """Return the skills in three groups, each with the exercises that practise it."""
    groups: dict[str, list[Mapping[str, str]]] = {"mastered": [], "begun": [], "to_come": []}
    for skill in standing.skills:
        kind = "mastered" if skill.is_mastered else "begun" if skill.done else "to_come"
        groups[kind].append({"name": str(skill.name), "where": ", ".join(skill.exercises)})
    return [(kind, skills) for kind, skills in groups.items() if skills]


@lru_cache(maxsize=1)
def _page() -> Template:
    return page("progress.html")
