"""Who handed in what: the records that every layout is turned into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """One person, as the platform knows them.

    Attributes:
        key: What tells this person from all others in one class, and names their folder: stable from one
            batch to the next, Unicode in composed form (NFC), without path separators.
        name: As people write it; may be empty.
        ids: The platform's identifiers by the platform's own word for them, such as `sid`, `email`,
            `sis_user_id`, `canvas_id`, `participant`.
    """

    key: str
    name: str = ""
    ids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handin:
    """One file that counts, or that an accepted later one replaced.

    Attributes:
        members: Who gets the mark: one person, or a group.
        exercise_id: For example `ex05`.
        path: Where the file lies now, readable and inside a folder of ours or of the teacher's.
        original_name: What the person or the platform called it.
        submitted_at: When it was handed in, with a time zone; None where nobody says.
        is_late: Whether the platform itself says that it was late.
        notes: Facts that cost nothing: a renamed file, an encoding, an earlier attempt that was kept.
        place: Where it stood in what the platform gave, as the teacher would look for it.
    """

    members: tuple[Student, ...]
    exercise_id: str
    path: Path
    original_name: str
    submitted_at: datetime | None = None
    is_late: bool = False
    notes: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Something that was handed in and is not graded.

    Attributes:
        place: The file, folder or archive member, as the person would look for it.
        reason: One sentence in the run's language.
        is_hostile: Whether it was refused because it could do harm (a path that climbs out, a bomb).
    """

    place: str
    reason: str
    is_hostile: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """All that somebody handed in for an exercise is nothing that can be graded: a PDF, a bomb.

    Attributes:
        members: Who handed it in.
        exercise_id: What for.
        place: Where it stood in what the platform gave.
        original_name: What the person or the platform called it.
        reason: Why it cannot be graded.
        submitted_at: When it was handed in; None where nobody says.
    """

    members: tuple[Student, ...]
    exercise_id: str
    place: str
    original_name: str
    reason: str
    submitted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A deadline that was moved for one person: to a time, or by days.

    Attributes:
        student_key: Whose.
        exercise_id: Which exercise's; empty for all of them.
        until: The new deadline, with a time zone; None where days are given.
        days: By how many days later than for others; None where a time is given.
    """

    student_key: str
    exercise_id: str = ""
    until: datetime | None = None
    days: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassWork:
    """Everything that was found.

    Attributes:
        layout: The layout's name: `canvas`, `moodle`, `gradescope`, `nbgrader` or `plain`.
        students: Everybody who is known, from the roster too, in a stable order.
        handins: The one file for each student (or group) and exercise that counts.
        earlier: Files that later ones replaced.
        unread: What was not understood or refused.
        unusable: Who handed in, but nothing that can be graded; it is in `unread` too.
        extensions: Deadlines that the roster moves for single people.
        notes: Facts about the whole class that cost nothing: a roster in cp949.
    """

    layout: str
    students: tuple[Student, ...]
    handins: tuple[Handin, ...]
    earlier: tuple[Handin, ...] = ()
    unread: tuple[Unread, ...] = ()
    unusable: tuple[Unusable, ...] = ()
    extensions: tuple[Extension, ...] = ()
    notes: tuple[str, ...] = ()
