"""A learner's progress for other programs: JSON with everything, CSV with a line for each exercise."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.standing import ExerciseStanding, MadeMistake, Standing

FORMAT_VERSION = 1
_COLUMNS = ("exercise", "title", "status", "best", "max_score", "attempts", "time_s", "done_at")


def to_json(standing: Standing) -> str:
    """Return a standing as the text of one JSON object."""
    advice = standing.advice
    values = {
        "format_version": FORMAT_VERSION,
        "score": standing.score,
        "max_score": standing.max_score,
        "attempts": standing.num_attempts,
        "time_s": round(standing.time_s, 1),
        "streak_days": standing.streak,
        "exercises": [_exercise(item) for item in standing.exercises],
        "skills": [
            {
                "name": skill.name.en,
                "name_ko": skill.name.ko,
                "exercises": list(skill.exercises),
                "done": list(skill.done),
                "is_mastered": skill.is_mastered,
            }
            for skill in standing.skills
        ],
        "mistakes": [_mistake(mistake) for mistake in standing.mistakes],
        "next": {"exercise": advice.exercise.id if advice.exercise else None, "reason": advice.reason},
    }
    return json.dumps(values, ensure_ascii=True, indent=2, allow_nan=False) + "\n"


def to_csv(standing: Standing) -> str:
    """Return a standing as a table with a line for each exercise."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS)
    for item in standing.exercises:
        values = _exercise(item)
        table.writerow(["" if values[name] is None else _cell(values[name]) for name in _COLUMNS])
    return text.getvalue()


def _cell(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" else value


def _exercise(item: ExerciseStanding) -> dict[str, object]:
    return {
        "exercise": item.exercise.id,
        "title": str(item.exercise.title),
        "status": str(item.status),
        "best": item.best,
        "max_score": item.max_score,
        "attempts": item.num_attempts,
        "time_s": round(item.time_s, 1),
        "done_at": _time(item.done_at),
    }


def _mistake(mistake: MadeMistake) -> dict[str, object]:
    return {
        "exercise": mistake.exercise_id,
        "id": mistake.id,
        "times": mistake.times,
        "first_at": _time(mistake.first_at),
        "overcome_at": _time(mistake.overcome_at),
    }


def _time(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat(timespec="seconds")
