"""Plain folders: `<student>/…/ex05.py`, `ex05_<student>.py`, and GitHub Classroom's `<assignment>-<student>/`."""

from __future__ import annotations

from collections.abc import Sequence
from os.path import commonprefix
from pathlib import PurePosixPath

from grader.intake.files import HandedFile
from grader.intake.names import ExerciseNames, key_of
from grader.intake.pieces import Piece, below
from grader.intake.records import Student, Unread
from grader.language import tr

_ENDINGS = (".zip", ".tar.gz", ".tgz", ".tar")


def plain(files: Sequence[HandedFile], unread: list[Unread], exercise_ids: Sequence[str]) -> list[Piece]:
    """Return the pieces of plain folders and files."""
    names = ExerciseNames(exercise_ids)
    inner = below(files)
    is_wrapped = inner and (
        all(len(file.parts) > 1 for file in inner)
        or any(len(file.parts) == 1 and names.without(_stem(file.name)) for file in inner)
    )
    listed = inner if is_wrapped else list(files)
    folders = sorted({file.parts[0] for file in listed if len(file.parts) > 1})
    people = _people(folders, names)
    found: list[Piece] = []
    for file in listed:
        if len(file.parts) > 1:
            student = people[file.parts[0]]
        else:
            split = names.without(_stem(file.name))
            if split is None:
                unread.append(
                    Unread(place=file.shown, reason=tr("neither in a student's folder nor named for one"))
                )
                continue
            student = Student(key=key_of(split[1]), name=split[1])
        found.append(
            Piece(members=(student,), file=file, original_name=file.name, folder=file.parts[:-1][1:])
        )
    return found


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _people(folders: Sequence[str], names: ExerciseNames) -> dict[str, Student]:
    """Return whose folder each is; `ex05-kim` and `ex05_kim.zip` are Kim's."""
    bare = {folder: _without_ending(folder) for folder in folders}
    prefix = _assignment(list(bare.values()), names)
    found: dict[str, Student] = {}
    for folder, name in bare.items():
        split = names.without(name)
        own = name[len(prefix) :] if prefix else split[1] if split else name
        found[folder] = Student(key=key_of(own), name=own)
    return found


def _without_ending(name: str) -> str:
    for ending in _ENDINGS:
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return name


def _assignment(folders: list[str], names: ExerciseNames) -> str:
    """Return what GitHub Classroom puts before every name, such as `week-3-ex05-`; empty if nothing is."""
    if len(folders) < 2:
        return ""
    prefix = commonprefix(folders)  # noqa: RUF071 - of names, letter by letter
    prefix = prefix[: prefix.rfind("-") + 1]
    is_named = prefix and (names.find(prefix) is not None)
    return prefix if is_named and all(len(folder) > len(prefix) for folder in folders) else ""
