"""What `grade solution` explains: the solution's docstrings, or what its author wrote in another language.

`solutions/ex05_convolution/explanations.ko.toml` holds the Korean texts: `module`, then the name of each function and
class. Where there is no such file, the docstrings speak.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from grader.course import Exercise
from grader.errors import ExerciseError
from grader.exercise_checks import verify_hint
from grader.exercise_files import explanations_file
from grader.language import tr
from grader.source.pieces import Pieces, take_apart
from grader.strict_toml import read_toml, shown

_MODULE = "module"


def explained_solution(exercise: Exercise, language: str) -> Pieces:
    """Return the solution in pieces, explained in a language if its author did.

    Raises:
        ExerciseError: The solution or its explanations cannot be read.
    """
    pieces = _pieces(exercise)
    texts = _texts(exercise, language)
    return replace(
        pieces,
        explanation=texts.get(_MODULE, pieces.explanation),
        definitions=tuple(
            replace(piece, explanation=texts.get(piece.name, piece.explanation))
            for piece in pieces.definitions
        ),
    )


def explanation_problems(exercise: Exercise, language: str) -> list[str]:
    """Return which pieces of a solution lack an explanation in a language, and which texts are about nothing.

    A course may do without the file; one that is there must be whole.
    """
    file = explanations_file(exercise, language)
    if file is None or not file.is_file():
        return []
    try:
        pieces, texts = _pieces(exercise), _texts(exercise, language)
    except ExerciseError as error:
        return [str(error)]
    wanted = {piece.name for piece in pieces.definitions if piece.explanation}
    wanted |= {_MODULE} if pieces.explanation else set()
    missing = [
        name
        for name in (_MODULE, *(piece.name for piece in pieces.definitions))
        if name in wanted - set(texts)
    ]
    return [
        *(tr("`{file}` has nothing about `{name}`", file=file.name, name=name) for name in missing),
        *(
            tr("`{file}` is about `{name}`, which the solution does not explain", file=file.name, name=name)
            for name in texts
            if name not in wanted
        ),
    ]


def _pieces(exercise: Exercise) -> Pieces:
    try:
        return take_apart(exercise.solution.read_text("utf-8") if exercise.solution else "")
    except (OSError, ValueError, SyntaxError) as error:
        raise ExerciseError(
            tr("The solution cannot be read: {error}", error=error), hint=verify_hint(exercise.id)
        ) from error


def _texts(exercise: Exercise, language: str) -> Mapping[str, str]:
    file = explanations_file(exercise, language)
    if file is None or not file.is_file():
        return {}
    return {
        name: _text(file, name, value, exercise.id)
        for name, value in read_toml(file, hint=verify_hint(exercise.id)).items()
    }


def _text(file: Path, name: str, value: object, exercise_id: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ExerciseError(
            tr(
                "`{file}`: `{name}` must be a text. Received: {value}",
                file=file.name,
                name=name,
                value=shown(value),
            ),
            hint=verify_hint(exercise_id),
        )
    return value.strip()
