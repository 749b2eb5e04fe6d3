"""Which student a person means who typed a name, a number or a part of either."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

from grader.errors import UsageError
from grader.gradebook.book import Gradebook
from grader.gradebook.marks import read_exercises, read_students
from grader.gradebook.records import StoredExercise
from grader.intake.records import Student
from grader.language import tr

_MAX_LISTED = 6


def find_student(book: Gradebook, text: str) -> Student:
    """Return the student who goes by `text`: a key, an id, a name, or a part that only one person has.

    Raises:
        UsageError: Nobody does, or more than one.
    """
    students = read_students(book)
    wanted = _folded(text)
    exact = [student for student in students if wanted in map(_folded, _words(student))]
    keyed = [student for student in exact if _folded(student.key) == wanted]
    parts = [student for student in students if any(wanted in _folded(word) for word in _words(student))]
    found = keyed or exact or (parts if wanted else [])
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            tr("`{text}` is not only one person. Expected one of {names}", text=text, names=_listed(found)),
            hint=tr("Give the number instead, for instance `{key}`", key=found[0].key),
        )
    near = get_close_matches(
        wanted, {_folded(word): word for student in students for word in _words(student)}, n=3
    )
    known = [student for student in students if any(_folded(word) in near for word in _words(student))]
    raise UsageError(
        tr("This gradebook knows nobody called `{text}`", text=text),
        hint=(
            tr("Did you mean {names}?", names=_listed(known))
            if known
            else tr("`grade export OUT --to csv` lists everybody")
        ),
    )


def find_exercise(book: Gradebook, text: str) -> StoredExercise:
    """Return the exercise of a gradebook that a person means.

    Raises:
        UsageError: It was never graded here.
    """
    exercises = {exercise.id: exercise for exercise in read_exercises(book)}
    wanted = text.strip().casefold().removesuffix(".py").removesuffix(".ipynb").partition("_")[0]
    if wanted in exercises:
        return exercises[wanted]
    raise UsageError(
        tr(
            "This gradebook has no {id}. Expected one of {known}",
            id=text,
            known=", ".join(exercises) or tr("none yet"),
        ),
        hint=tr("`grade batch … --exercise {id}` grades it", id=wanted or "ex05"),
    )


def label(student: Student) -> str:
    """Return how a student is named to teachers."""
    return f"{student.name} ({student.key})" if student.name and student.name != student.key else student.key


def _words(student: Student) -> tuple[str, ...]:
    return (student.key, student.name, *(value for _, value in student.ids))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold()


def _listed(students: Sequence[Student]) -> str:
    names = [label(student) for student in students[:_MAX_LISTED]]
    return ", ".join(names) + (" …" if len(students) > _MAX_LISTED else "")
