"""What a layout says about one file: who handed it in, when, and as what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from grader.intake.files import HandedFile, is_wanted
from grader.intake.records import Student, Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file of somebody.

    Attributes:
        members: Who handed it in: one person, or a group.
        file: What.
        original_name: What the person called it.
        folder: The folders that the person, or the platform for an exercise, put it in.
        submitted_at: When it was handed in, with a time zone; None where nobody says.
        is_late: Whether the platform says that it was late.
        order: Of several hand-ins of one person, the later one's is larger.
        problem: Why it is nothing that can be graded, where the platform's name for it says so.
    """

    members: tuple[Student, ...]
    file: HandedFile
    original_name: str
    folder: tuple[str, ...] = ()
    submitted_at: datetime | None = None
    is_late: bool = False
    order: tuple[float, ...] = ()
    problem: str = ""


# Turns the files of a source into pieces, or into None if it is not of this layout. What cannot be understood is
# added to the list; the exercises that are graded help where a name holds both.
Layout = Callable[[Sequence[HandedFile], list[Unread], Sequence[str]], list[Piece] | None]


def below(files: Sequence[HandedFile]) -> list[HandedFile]:
    """Return the files without the one folder, or archive, that all of them lie in, if there is one.

    What a teacher keeps beside it, such as a roster, is nobody's work and left out.
    """
    inside = [file for file in files if len(file.parts) > 1]
    beside = [file for file in files if len(file.parts) == 1]
    if len({file.parts[0] for file in inside}) != 1 or any(_is_of_a_class(file) for file in beside):
        return list(files)
    return [HandedFile(parts=file.parts[1:], path=file.path, modified=file.modified) for file in inside]


def _is_of_a_class(file: HandedFile) -> bool:
    return file.is_source or is_wanted(file.name)
