"""Who is in the class, by a roster, and how the people of a platform are found in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

from grader.errors import UsageError
from grader.intake.names import ExerciseNames, composed, key_of, spellings
from grader.intake.records import Extension, Student, Unread
from grader.intake.tables import Sheet, SheetRow, column, read_sheet
from grader.language import tr
from grader.source.file import shown_path

_NAMES = ("name", "fullname", "studentname", "student", "이름", "성명", "학생이름", "학생명", "학생")
_FIRST, _LAST = ("firstname", "givenname"), ("lastname", "surname", "familyname", "성")
_IDS = {
    "sid": ("sid", "studentid", "studentnumber", "idnumber", "학번", "학생번호", "교번"),
    "sis_user_id": ("sisuserid",),
    "email": ("email", "emailaddress", "mail", "이메일", "이메일주소", "전자우편", "메일"),
    "login": ("login", "username", "loginid", "sisloginid", "userid", "아이디", "사용자이름"),
    "github": ("github", "githubusername", "githubid", "githublogin", "깃허브"),
    "student_id": ("studentkey",),
    "canvas_id": ("canvasid", "canvasuserid"),
    "participant": ("identifier", "participant", "식별자", "식별번호"),
}
GROUP_COLUMNS = ("group", "team", "groupname", "조", "팀", "모둠", "그룹")
_EXTENSIONS = ("extension", "extendeduntil", "extendedto", "연장", "연장마감", "연장마감일", "마감연장")
_NOT_PEOPLE = {"pointspossible", "studenttest", "teststudent", "manualposting", "muted"}
_HANGUL = re.compile(r"[가-힣]")
INTERNAL_IDS = (
    "canvas_id",
    "participant",
    "anonymous_id",
)  # a platform's own numbers: nobody else's are meant
_DAYS = re.compile(r"\+?\s*(\d{1,3}(?:[.,]\d)?)\s*(?:d|days?|일)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Everybody who is in the class.

    Attributes:
        students: In the file's order.
        groups: For each person's key, the group's name, where the roster has such a column.
        extensions: Deadlines that were moved for single people.
        notes: Facts that cost nothing.
        unread: Rows that are not understood.
    """

    students: tuple[Student, ...]
    groups: dict[str, str]
    extensions: tuple[Extension, ...] = ()
    notes: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


def read_roster(path: Path, exercise_ids: Sequence[str]) -> Roster:
    """Return the class that a roster lists.

    Args:
        path: A CSV file; its columns may be those of Canvas, Moodle, Gradescope, or in Korean.
        exercise_ids: Of exercises that a column such as `extension ex05` may name.

    Raises:
        UsageError: It is no table, or has no column that tells people apart.
    """
    sheet = read_sheet(path)
    shown = shown_path(path)
    known = {*_NAMES, *_FIRST, *_LAST, "id", *(name for names in _IDS.values() for name in names)}
    if not known.intersection(sheet.columns):
        raise UsageError(
            tr(
                "`{path}` has no column that tells people apart. Expected one of name, sid, email, 이름, 학번, 이메일. "
                "Received: {received}",
                path=shown,
                received=", ".join(sheet.columns[:8]),
            ),
            hint=tr("The first row names the columns"),
        )
    return _Reader(sheet, shown, exercise_ids).read()


class _Reader:
    def __init__(self, sheet: Sheet, shown: str, exercise_ids: Sequence[str]) -> None:
        self._sheet = sheet
        self._shown = shown
        self._extension_columns = _extension_columns(sheet.columns, ExerciseNames(exercise_ids))
        self._students: dict[str, Student] = {}
        self._groups: dict[str, str] = {}
        self._extensions: list[Extension] = []
        self._unread: list[Unread] = []

    def read(self) -> Roster:
        for row in self._sheet.rows:
            self._read_row(row)
        return Roster(
            students=tuple(self._students.values()),
            groups=self._groups,
            extensions=tuple(self._extensions),
            notes=self._sheet.notes,
            unread=tuple(self._unread),
        )

    def _read_row(self, row: SheetRow) -> None:
        place = tr("{path}, row {row}", path=self._shown, row=row.number)
        student = student_of(row, self._sheet.columns)
        if student is None:
            return
        known = self._students.get(student.key)
        if known is not None and student.ids and not set(known.ids) & set(student.ids):
            student = replace(student, key=key_of(f"{student.name} {student.ids[0][1]}"))  # of the same name
        if student.key in self._students:
            self._unread.append(Unread(place=place, reason=tr("the same person as in an earlier row")))
            return
        self._students[student.key] = student
        group = first_of(row, GROUP_COLUMNS)
        if group:
            self._groups[student.key] = group
        for name, exercise_id in self._extension_columns.items():
            if name not in row.cells:
                continue
            extension = parse_extension(row.cells[name], student.key, exercise_id)
            if extension is None:
                reason = tr(
                    "“{value}” is no extension. Expected a date such as 2026-05-03, or days such as +2",
                    value=row.cells[name][:40],
                )
                self._unread.append(Unread(place=place, reason=reason))
            else:
                self._extensions.append(extension)


def _extension_columns(columns: Sequence[str], names: ExerciseNames) -> dict[str, str]:
    """Return for each column with extensions the exercise that it is about; empty for all of them."""
    found: dict[str, str] = {}
    for name in columns:
        for word in _EXTENSIONS:
            rest = name.removeprefix(word) if name.startswith(word) else name.removesuffix(word)
            if rest == "":
                found[name] = ""
            elif rest != name and (exercise_id := names.find(rest)) is not None:
                found[name] = exercise_id
    return found


def parse_extension(text: str, key: str, exercise_id: str) -> Extension | None:
    """Return a moved deadline: a date (until its end), a date and time, or a number of days."""
    days = _DAYS.fullmatch(text.strip())
    if days:
        return Extension(student_key=key, exercise_id=exercise_id, days=float(days[1].replace(",", ".")))
    plain = re.sub(r"\s*[./]\s*", "-", text.strip().rstrip(". "))
    plain = re.sub(r"\b(\d)\b(?=-|$|\s)", r"0\1", plain)
    try:
        when = datetime.fromisoformat(plain)
    except ValueError:
        return None
    if len(plain) <= len("2026-05-03"):
        when = datetime.combine(when.date(), time(23, 59, 59), when.tzinfo)
    try:
        until = when if when.tzinfo else when.astimezone()  # the teacher's clock
    except (OverflowError, OSError, ValueError):
        return None
    return Extension(student_key=key, exercise_id=exercise_id, until=until)


def first_of(row: SheetRow, columns: Sequence[str]) -> str:
    """Return the first of these columns that is filled; empty if none is."""
    return next((row.cells[name] for name in columns if name in row.cells), "")


def student_of(row: SheetRow, columns: Sequence[str]) -> Student | None:
    """Return the person whom a row lists; None if it lists nobody."""
    name = first_of(row, _NAMES)
    if not name:
        first, last = first_of(row, _FIRST), first_of(row, _LAST)
        is_korean = bool(_HANGUL.search(first)) and bool(_HANGUL.search(last))
        name = f"{last}{first}" if is_korean else f"{first} {last}".strip()
    if column(name) in _NOT_PEOPLE:
        return None
    found = {kind: first_of(row, names) for kind, names in _IDS.items()}
    if "id" in columns and "id" in row.cells:  # Canvas's own number beside `Student`; a student's else
        found["canvas_id" if "student" in columns else "sid"] = row.cells["id"]
    if "성" in row.cells and "이름" in row.cells:  # Moodle in Korean
        name = f"{row.cells['성']}{row.cells['이름']}"
    participant = re.search(r"\d+", found["participant"])
    found["participant"] = participant[0] if participant else ""
    ids = tuple((kind, value) for kind, value in found.items() if value)
    if not ids and not name:
        return None
    by_id = dict(ids)
    best = (
        next((by_id[kind] for kind in ("sid", "email", "login", "github") if kind in by_id), name)
        or ids[0][1]
    )
    return Student(key=key_of(best), name=name, ids=ids)


class Directory:
    """Finds people by whatever the platform knows of them.

    Args:
        students: Everybody on the roster.
    """

    def __init__(self, students: Sequence[Student]) -> None:
        self._by_kind: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._by_id: dict[str, set[int]] = defaultdict(set)
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self.students = tuple(students)
        for number, student in enumerate(students):
            for kind, value in student.ids:
                self._by_kind[kind, _plain(value)].add(number)
                if kind not in INTERNAL_IDS:
                    self._by_id[_plain(value)].add(number)
                if kind == "email":
                    self._by_id[_plain(value.partition("@")[0])].add(number)
            self._by_id[_plain(student.key)].add(number)
            for spelling in spellings(student.name) if student.name else ():
                self._by_name[spelling].add(number)

    def find(self, student: Student) -> Student | None:
        """Return the one person on the roster who is meant; None if there is none, or more than one."""
        for kind, value in student.ids:
            found = self._by_kind.get((kind, _plain(value)), set())
            if len(found) == 1:
                return self.students[min(found)]
        is_internal = any(kind in INTERNAL_IDS for kind, _ in student.ids)
        words = [value for kind, value in student.ids if kind not in INTERNAL_IDS]
        for value in (*words, student.key):
            found = self._by_id.get(_plain(value), set())
            if len(found) == 1:
                return self.students[min(found)]
        for text in (student.name,) if is_internal else (student.name, student.key):
            found = self._named(text)
            if len(found) == 1:
                return self.students[min(found)]
        return None

    def _named(self, text: str) -> set[int]:
        by_name = (
            {number for one in spellings(text) for number in self._by_name.get(one, ())} if text else set()
        )
        if by_name:
            return by_name
        tokens = [token for token in re.split(r"[\s_\-(),.\[\]]+", composed(text)) if token]
        for some in ([token for token in tokens if any(char.isdigit() for char in token)], tokens):
            found = {number for token in some for number in self._by_id.get(_plain(token), ())}
            if found:  # a number says more than a word that is also an address
                return found
        return {
            number for token in tokens for one in spellings(token) for number in self._by_name.get(one, ())
        }


def merged(student: Student, listed: Student) -> Student:
    """Return a platform's person with what the roster knows too; the platform's key stays."""
    known = dict(listed.ids) | dict(student.ids)
    return replace(student, name=listed.name or student.name, ids=tuple(known.items()))


def _plain(value: str) -> str:
    return composed(value).strip().casefold()
