"""The files of one exercise: which it must have, which it may have, and the hash that a grade depends on."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course_folders import files_below
from grader.language import LANGUAGES

if TYPE_CHECKING:
    from grader.course import Exercise

_OPTIONAL_FILES = ("keras_reference.py", "keras_golden.npz")
_TEXT_SUFFIXES = {".py", ".toml", ".md", ".txt", ".csv", ".json"}


def required_files(exercise: Exercise) -> tuple[Path, ...]:
    """Return the files that the course format demands of an exercise, `exercise.toml` aside."""
    public = (*(exercise.statement(language) for language in LANGUAGES), exercise.stub, exercise.public_suite)
    hidden = (exercise.solution, exercise.hidden_suite, exercise.mistakes)
    return (*public, *(path for path in hidden if path))


def explanations_file(exercise: Exercise, language: str) -> Path | None:
    """Return where the solution is explained in a language other than English; None where that is nowhere."""
    if exercise.solution_folder is None or language == "en":
        return None
    return exercise.solution_folder / f"explanations.{language}.toml"


def suite_hash(exercise: Exercise) -> str:
    """Return the SHA-256 of everything that a grade depends on, `mistakes.py` not among it.

    These are `exercise.toml`, the suites, the solution, the Keras bank, the declared extra files and the
    course's datasets; the line endings of text files do not count.
    """
    labelled = [
        ("exercise", exercise.folder, name) for name in ("exercise.toml", "test_public.py", *exercise.files)
    ]
    if exercise.solution_folder is not None:
        names = (f"{exercise.id}.py", "test_hidden.py", "keras_golden.npz", *exercise.files)
        labelled += [("solution", exercise.solution_folder, name) for name in names]
    datasets = exercise.folder.parent.parent / "datasets"
    labelled += [
        ("datasets", datasets, path.relative_to(datasets).as_posix()) for path in files_below(datasets)
    ]
    digest = hashlib.sha256()
    for label, folder, name in labelled:
        path = folder / name
        if not path.is_file():
            continue
        data = path.read_bytes()
        if path.suffix in _TEXT_SUFFIXES:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        digest.update(f"{label}/{name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return digest.hexdigest()


def undeclared_files(exercise: Exercise) -> tuple[Path, ...]:
    """Return the files of an exercise's folders that neither the course format nor `files` names."""
    folders = [folder for folder in (exercise.folder, exercise.solution_folder) if folder]
    declared = {exercise.folder / "exercise.toml", exercise.hints, *required_files(exercise)}
    declared |= {exercise.stub_in(language) for language in LANGUAGES}
    declared |= {
        path for language in LANGUAGES if (path := explanations_file(exercise, language)) is not None
    }
    declared |= {folder / name for folder in folders for name in exercise.files}
    declared |= {folder / name for folder in folders[1:] for name in _OPTIONAL_FILES}
    return tuple(path for folder in folders for path in files_below(folder) if path not in declared)
