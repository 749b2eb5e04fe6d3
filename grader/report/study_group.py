"""A self-study group for its teacher: a line for each learner's exported progress, and the mistakes that many share."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.language import tr
from grader.report.clean import one_line
from grader.report.learning import day, duration
from grader.report.look import Look
from grader.report.wording import number

if TYPE_CHECKING:
    from datetime import datetime

    from grader.standing import Standing

_MAX_MISTAKES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """One member.

    Attributes:
        name: The file's name without its ending.
        last_at: The latest attempt; None where there is none.
    """

    name: str
    standing: Standing
    last_at: datetime | None


def group_screen(learners: Sequence[Learner], *, look: Look) -> str:
    """Return the group as a table, and below it the mistakes that are still open."""
    from grader.report import plain, terminal

    table = plain.table if look.plain else terminal.table
    headers = (tr("Learner"), tr("Done"), tr("Points"), tr("Checks"), tr("Time"), tr("Last"), tr("Now at"))
    rows = [
        (
            learner.name,
            f"{learner.standing.num_done} / {len(learner.standing.exercises)}",
            f"{number(learner.standing.score)} / {number(learner.standing.max_score)}",
            str(learner.standing.num_attempts),
            duration(learner.standing.time_s),
            "" if learner.last_at is None else day(learner.last_at),
            learner.standing.advice.exercise.id if learner.standing.advice.exercise else "",
        )
        for learner in learners
    ]
    text = table(headers, rows, look=look)
    counted = _open_mistakes(learners)
    if not counted:
        return text
    lines = [
        (one_line(mistake.replace("_", " ")), exercise, str(num)) for (exercise, mistake), num in counted
    ]
    below = (tr("Open mistake"), tr("Exercise"), tr("Learners"))
    return text + "\n" + table(below, lines, look=look)


def group_json(learners: Sequence[Learner]) -> str:
    """Return the group as the text of one JSON object."""
    from grader.report.progress_exports import to_json

    values = {
        "format_version": 1,
        "learners": [
            {
                "name": learner.name,
                "last_at": None if learner.last_at is None else learner.last_at.isoformat(timespec="seconds"),
                **{
                    key: value
                    for key, value in json.loads(to_json(learner.standing)).items()
                    if key != "format_version"
                },
            }
            for learner in learners
        ],
        "open_mistakes": [
            {"exercise": exercise, "id": mistake, "learners": num}
            for (exercise, mistake), num in _open_mistakes(learners)
        ],
    }
    return json.dumps(values, ensure_ascii=True, indent=2, allow_nan=False) + "\n"


def _open_mistakes(learners: Sequence[Learner]) -> list[tuple[tuple[str, str], int]]:
    counted = Counter(
        (mistake.exercise_id, mistake.id)
        for learner in learners
        for mistake in learner.standing.mistakes
        if mistake.overcome_at is None
    )
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:_MAX_MISTAKES]
