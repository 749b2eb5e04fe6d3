"""Plain folders: `<student>/ex05.py` and `ex05_<student>.py`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from grader.course import Exercise
from grader.intake.records import ClassWork, Handin, Student


def find_plain(folder: Path, exercises: Sequence[Exercise]) -> ClassWork:
    """Return who handed in what in `<student>/ex05.py` and `ex05_<student>.py`."""
    students: dict[str, Student] = {}
    handins: list[Handin] = []
    for path in sorted(folder.glob("*/*.*")) + sorted(folder.glob("*.*")):
        if path.is_symlink() or not path.is_file() or path.suffix.lower() not in {".py", ".ipynb"}:
            continue
        for exercise in exercises:
            is_flat = path.parent == folder and path.stem.startswith(f"{exercise.id}_")
            if not is_flat and (path.parent == folder or path.stem != exercise.id):
                continue
            name = path.stem.removeprefix(f"{exercise.id}_") if is_flat else path.parent.name
            key = unicodedata.normalize("NFC", name)
            student = students.setdefault(key, Student(key=key, name=key))
            handins.append(
                Handin(members=(student,), exercise_id=exercise.id, path=path, original_name=path.name)
            )
    return ClassWork(layout="plain", students=tuple(students.values()), handins=tuple(handins))
