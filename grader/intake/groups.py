"""Who works together: a table of groups, or the roster's column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.intake.names import composed, same_name
from grader.intake.records import Student, Unread
from grader.intake.roster import GROUP_COLUMNS, Directory, first_of, student_of
from grader.intake.tables import read_sheet
from grader.language import tr
from grader.source.file import shown_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Who works together.

    Attributes:
        members: For each group's name, its people, each in one group only.
        unread: People in two groups, and rows that are not understood.
        notes: Facts that cost nothing.
    """

    members: Mapping[str, tuple[Student, ...]]
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, student: Student) -> tuple[Student, ...]:
        """Return everybody in a person's group; of a team that a platform lists like a person, its members."""
        for people in self.members.values():
            if any(one.key == student.key for one in people):
                return people
        wanted = same_name(student.name or student.key)
        for name, people in self.members.items():
            if wanted and same_name(name) == wanted:
                return people
        return (student,)


def read_groups(path: Path, known: Sequence[Student]) -> Groups:
    """Return the groups that a CSV file lists: a column `group`, and columns that tell people apart.

    Args:
        path: The file.
        known: Everybody who is known by now; others are taken as the file names them.

    Raises:
        UsageError: It is no table, or has no column for groups.
    """
    sheet = read_sheet(path)
    shown = shown_path(path)
    if not set(GROUP_COLUMNS).intersection(sheet.columns):
        raise UsageError(
            tr(
                "`{path}` has no column for groups. Expected one of group, team, 조. Received: {received}",
                path=shown,
                received=", ".join(sheet.columns[:8]),
            ),
            hint=tr("One row for each person: `group,sid` or `group,email` or `group,name`"),
        )
    directory = Directory(known)
    listed: list[tuple[str, Student]] = []
    unread: list[Unread] = []
    for row in sheet.rows:
        name, student = first_of(row, GROUP_COLUMNS), student_of(row, sheet.columns)
        if not name or student is None:
            place = tr("{path}, row {row}", path=shown, row=row.number)
            unread.append(Unread(place=place, reason=tr("names no group, or nobody")))
            continue
        listed.append((name, directory.find(student) or student))
    groups = grouped(listed)
    return Groups(members=groups.members, unread=(*unread, *groups.unread), notes=sheet.notes)


def grouped(listed: Iterable[tuple[str, Student]]) -> Groups:
    """Return groups from pairs of a group's name and a person; somebody in two is listed, the first counts."""
    members: dict[str, list[Student]] = {}
    first: dict[str, str] = {}
    unread: list[Unread] = []
    for name, student in listed:
        name = composed(name).strip()
        before = first.setdefault(student.key, name)
        if before == name:
            people = members.setdefault(name, [])
            if all(one.key != student.key for one in people):
                people.append(student)
        else:
            reason = tr("in two groups, {first} and {second}; the first counts", first=before, second=name)
            unread.append(Unread(place=student.name or student.key, reason=reason))
    return Groups(members={name: tuple(people) for name, people in members.items()}, unread=tuple(unread))
