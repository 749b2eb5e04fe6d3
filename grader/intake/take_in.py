"""What a class handed in, from what the platform gave: the one way in for `grade batch`.

Theory of operation. The source (a folder, or an archive that is unpacked member by member) becomes a list of
files. A layout turns names into people. The roster tells which of them are one person, and who handed in
nothing. The exercise of each file is told by its name or by what it defines; where somebody handed in more than
once the latest file counts and the earlier ones are kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from grader.course import Exercise
from grader.errors import UsageError
from grader.intake.archive import Gathered, gather
from grader.intake.choice import choose, settled
from grader.intake.groups import Groups, grouped, read_groups
from grader.intake.layouts.canvas import canvas
from grader.intake.layouts.gradescope import gradescope
from grader.intake.layouts.moodle import moodle
from grader.intake.layouts.nbgrader import nbgrader
from grader.intake.layouts.plain import plain
from grader.intake.names import composed, same_name
from grader.intake.pieces import Layout, Piece
from grader.intake.records import ClassWork, Extension, Student, Unread
from grader.intake.roster import INTERNAL_IDS, Directory, Roster, merged, read_roster
from grader.language import tr
from grader.source.file import shown_path

_READERS: dict[str, Layout] = {  # in the order in which they are tried
    "gradescope": gradescope,
    "moodle": moodle,
    "nbgrader": nbgrader,
    "canvas": canvas,
    "plain": plain,
}
LAYOUTS = ("canvas", "moodle", "gradescope", "nbgrader", "plain")


def take_in(
    source: Path,
    *,
    exercises: Sequence[Exercise],
    work_folder: Path,
    layout: str = "auto",
    roster: Path | None = None,
    groups: Path | None = None,
) -> ClassWork:
    """Return who handed in what.

    Args:
        source: A folder, or an archive as the platform gives it.
        exercises: What is graded; files of others are listed as not understood.
        work_folder: Where archives are unpacked, made when it is needed. What lies there from an earlier run
            of the same archive is taken as it is; of another, it is replaced.
        layout: `auto`, or one of LAYOUTS.
        roster: A CSV file with everybody who should have handed in.
        groups: A CSV file that says who works together.

    Raises:
        UsageError: There is no such source, it cannot be read, or it holds nothing of the named layout.
    """
    ids = [exercise.id for exercise in exercises]
    listed = read_roster(roster, ids) if roster is not None else None
    gathered = gather(source, work_folder)
    unread = list(gathered.unread)
    name, pieces = _pieces(gathered, layout, unread, ids, source)
    people = _People(listed, unread)
    pieces = [replace(piece, members=people.known(piece.members)) for piece in pieces]
    teams = people.groups(groups)
    pieces = [replace(piece, members=_whole(piece.members, teams)) for piece in pieces]
    students = people.everybody(pieces)
    order = {student.key: number for number, student in enumerate(students)}
    refused = {composed(one.place): one.reason for one in gathered.unread}
    choice = settled(choose(pieces, exercises, refused), order)
    return ClassWork(
        layout=name,
        students=students,
        handins=tuple(choice.handins),
        earlier=tuple(choice.earlier),
        unread=_once([*unread, *choice.unread], refused),
        unusable=tuple(choice.unusable),
        extensions=people.extensions(),
        notes=(*(listed.notes if listed else ()), *teams.notes),
    )


def _pieces(
    gathered: Gathered, layout: str, unread: list[Unread], ids: Sequence[str], source: Path
) -> tuple[str, list[Piece]]:
    """Return the layout's name and what it makes of the files."""
    readers = _READERS if layout == "auto" else {layout: _READERS[layout]}
    for name, reader in readers.items():
        found = reader(gathered.files, unread, ids) if gathered.files else []
        if found is not None and (found or gathered.files or layout != "auto"):
            return name, found
    if layout == "auto":
        return "plain", []
    raise UsageError(
        tr(
            "`{path}` is not what {layout} gives. Expected names as in its download. Received: {received}",
            path=shown_path(source),
            layout=layout,
            received=", ".join(sorted({file.parts[0] for file in gathered.files})[:3]) or tr("nothing"),
        ),
        hint=tr("Leave out `--lms`: the layout is recognised by itself"),
    )


def _once(unread: Sequence[Unread], refused: Mapping[str, str]) -> tuple[Unread, ...]:
    """Return what was not understood; of a member of an archive that was refused, only why it was."""
    found: dict[tuple[str, str], Unread] = {}
    for one in unread:
        place = composed(one.place)
        if refused.get(place, one.reason) == one.reason:
            found.setdefault((place, one.reason), one)
    return tuple(found.values())


def _whole(members: tuple[Student, ...], teams: Groups) -> tuple[Student, ...]:
    found = {one.key: one for member in members for one in teams.of(member)}
    return tuple(found.values())


class _People:
    """Everybody who is known: one record for each person.

    Args:
        roster: Who is in the class; None where nobody says.
        unread: Where people are listed whom the roster does not have.
    """

    def __init__(self, roster: Roster | None, unread: list[Unread]) -> None:
        self._roster = roster
        self._directory = Directory(roster.students) if roster else None
        self._unread = unread
        self._by_key: dict[str, Student] = {}  # a platform's key -> the person
        self._on_roster: dict[str, Student] = {}  # a roster's key -> the person
        self._names: dict[str, str] = {}  # a roster's key -> the name in the platform's files
        self._teams: Groups | None = None
        if roster:
            unread += roster.unread

    def known(self, members: Sequence[Student]) -> tuple[Student, ...]:
        """Return the people, each as the one record that stands for them."""
        return tuple(self._known(member) for member in members)

    def _known(self, member: Student) -> Student:
        if member.key in self._by_key:
            return self._by_key[member.key]
        found = self._directory.find(member) if self._directory else None
        student = member
        if found is not None:
            student = self._on_roster.setdefault(found.key, merged(member, found))
            self._note_name(member, found)
        self._by_key[member.key] = student
        return student

    def _note_name(self, member: Student, found: Student) -> None:
        """List somebody under whose number of the platform several names handed in: one may be another's."""
        if not member.name or not any(kind in INTERNAL_IDS for kind, _ in member.ids):
            return
        first = self._names.setdefault(found.key, member.name)
        if same_name(first) != same_name(member.name):
            reason = tr("handed in under two names, {first} and {second}: look whose it is", first=first,
                        second=member.name)  # fmt: skip
            self._unread.append(Unread(place=found.name or found.key, reason=reason))

    def groups(self, path: Path | None) -> Groups:
        """Return who works together, by the file or by the roster's column."""
        listed = self._listed()
        if path is not None:
            teams = read_groups(path, listed)
        else:
            named = self._roster.groups if self._roster else {}
            by_roster = {student.key: student for student in self._roster.students} if self._roster else {}
            teams = grouped((name, self._person(by_roster[key])) for key, name in named.items())
        self._unread += teams.unread
        self._teams = teams
        return teams

    def _person(self, listed: Student) -> Student:
        return self._on_roster.get(listed.key, listed)

    def _listed(self) -> list[Student]:
        """Return everybody once: those of the roster in its order, then the others."""
        on_roster = [self._person(one) for one in self._roster.students] if self._roster else []
        found = {one.key: one for one in on_roster}
        for student in self._by_key.values():
            found.setdefault(student.key, student)
        return list(found.values())

    def everybody(self, pieces: Sequence[Piece]) -> tuple[Student, ...]:
        """Return everybody who gets a mark: the roster, who handed in, and their groups."""
        handed_in = {member.key: member for piece in pieces for member in piece.members}
        teams = self._teams.members.values() if self._teams else ()
        in_teams = {one.key: one for people in teams for one in people}
        on_roster = {self._person(one).key for one in self._roster.students} if self._roster else set()
        found = {one.key: one for one in self._listed() if one.key in on_roster or one.key in handed_in}
        for key, student in (*in_teams.items(), *handed_in.items()):
            found.setdefault(key, student)
        if self._roster:
            self._unread += [
                Unread(place=student.name or key, reason=self._why_unlisted(student))
                for key, student in found.items()
                if key not in on_roster
            ]
        return tuple(found.values())

    def _why_unlisted(self, student: Student) -> str:
        """Return why somebody is nobody of the roster."""
        name = unicodedata.normalize("NFC", student.name)
        listed = self._roster.students if self._roster else ()
        if name and sum(unicodedata.normalize("NFC", one.name) == name for one in listed) > 1:
            return tr(
                "several on the roster have this name, and nothing else tells which: graded under a key of their own"
            )
        return tr("not on the roster")

    def extensions(self) -> tuple[Extension, ...]:
        """Return the moved deadlines, by the keys that stand for the people."""
        if self._roster is None:
            return ()
        by_key = {one.key: self._person(one).key for one in self._roster.students}
        return tuple(replace(one, student_key=by_key[one.student_key]) for one in self._roster.extensions)
