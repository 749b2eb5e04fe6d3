"""What an author wrote for people: whether it is there, in both languages, and gives nothing away."""

from __future__ import annotations

import re

from grader.course import Exercise
from grader.errors import ExerciseError
from grader.explanations import explanation_problems
from grader.hints import find_code, load_hints
from grader.language import Text, tr

UNWRITTEN = re.compile(r"\(to be written\)|\(아직 쓰지 않음\)")
_HANGUL = re.compile(r"[가-힣]")


def text_problems(exercise: Exercise) -> list[str]:
    """Return what is wrong with an exercise's statements, title and skills."""
    problems: list[str] = []
    for language in ("en", "ko"):
        path = exercise.statement(language)
        text = path.read_text("utf-8")
        if UNWRITTEN.search(text) or not text.strip():
            problems.append(tr("`{file}` is not written yet", file=path.name))
        elif language == "ko" and not _HANGUL.search(text):
            problems.append(tr("`{file}` is not Korean", file=path.name))
        problems += [
            tr("`{file}` does not mention `{name}`", file=path.name, name=name)
            for name in exercise.names
            if name not in text
        ]
    problems += bilingual_problems("title", exercise.title)
    problems += explanation_problems(exercise, "ko")
    return problems + [
        p for name in exercise.skill_names for p in bilingual_problems(f"skill {name.en}", name)
    ]


def learner_hint_problems(exercise: Exercise) -> list[str]:
    """Return what is wrong with the hints for learners; code of the solution is."""
    try:
        hints = load_hints(exercise)
        solution = "" if exercise.solution is None else exercise.solution.read_text("utf-8")
        given_away = [find_code(hint, solution) for hint in hints]
    except (ExerciseError, OSError, UnicodeDecodeError) as error:
        return [str(error)]
    problems = [] if hints else [tr("`{file}` is not written yet", file=exercise.hints.name)]
    for number, (hint, code) in enumerate(zip(hints, given_away, strict=True), start=1):
        what = tr("{file}: hint {number}", file=exercise.hints.name, number=number)
        problems += bilingual_problems(what, hint.text)
        problems += [tr("{what} holds code of the solution: {code}", what=what, code=code)] if code else []
    named = {hint.entry_point for hint in hints}
    missing = [name for name in exercise.names if hints and name not in named]
    return problems + [
        tr("`{file}` has no hint for `{name}`", file=exercise.hints.name, name=name) for name in missing
    ]


def bilingual_problems(what: str, text: Text) -> list[str]:
    """Return which languages `what` lacks."""
    problems = []
    if not text.en.strip() or UNWRITTEN.search(text.en):
        problems.append(tr("{what}: English is missing", what=what))
    if not _HANGUL.search(text.ko) or UNWRITTEN.search(text.ko):
        problems.append(tr("{what}: Korean is missing", what=what))
    return problems
