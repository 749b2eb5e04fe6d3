"""`grade batch … --compare marks.csv`: new marks beside those that were given, to trust one or the other.

Nothing is written: neither the given marks nor the gradebook change.
"""

from __future__ import annotations

import statistics
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.gradebook.records import Mark
from grader.language import tr
from grader.report import plain, terminal
from grader.report.clean import one_line
from grader.report.look import Look
from grader.report.matching import NAME, Identity, match
from grader.report.sheet import Sheet, read_sheet
from grader.report.wording import number

_PEOPLE = {
    "sid": ("sid", "student id", "student number", "student", "id", "id number", "sis user id", "학번"),
    "email": ("email", "email address", "e-mail", "이메일", "이메일 주소"),
    "sis_login_id": ("sis login id", "login", "username", "아이디"),
    NAME: ("name", "full name", "student name", "이름", "성명"),
}
_MARKS = ("mark", "marks", "points", "score", "grade", "total", "total score", "점수", "성적", "총점")
_SAME = 0.005
_SHOWN = 20  # of a long list


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One person's marks for one exercise.

    Attributes:
        given: From the table; None where it holds no number.
        new: From the gradebook; None where there is none.
    """

    mark: Mark
    given: float | None
    new: float | None

    @property
    def difference(self) -> float | None:
        """New less given."""
        return None if self.given is None or self.new is None else self.new - self.given


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A class's marks beside those that were given.

    Attributes:
        rows: Everybody who is in both.
        only_given: People of the table whom the gradebook does not know.
        only_new: Keys of students whom the table does not list.
    """

    rows: tuple[Compared, ...]
    only_given: tuple[str, ...]
    only_new: tuple[str, ...]


def compare(path: Path, marks: Sequence[Mark]) -> Comparison:
    """Return new marks beside the given ones of a CSV table.

    The table has a column that tells people apart (student number, e-mail, name; English or Korean) and, for each
    exercise, a column named like it; for one exercise any column of marks will do.

    Raises:
        UsageError: There is no such table, or a column is missing.
    """
    sheet = read_sheet(path)
    names = [_folded(cell.value) for cell in sheet.rows[0]] if sheet.rows else []
    ids = {kind: names.index(name) for kind, known in _PEOPLE.items() for name in known if name in names}
    if not ids:
        raise UsageError(
            tr(
                "`{path}` has no column that tells people apart. Expected one of sid, email, name, 학번, 이름. "
                "Received: {received}",
                path=path,
                received=", ".join(names[:8]) or tr("nothing"),
            ),
            hint=tr("The first row names the columns"),
        )
    people = _people(sheet, ids)
    students = {mark.student.key: mark.student for mark in marks}
    found = match(list(students.values()), people)
    columns = _columns(names, sorted({mark.exercise_id for mark in marks}), path)
    rows = [
        Compared(mark=mark, given=sheet.number(row, columns[mark.exercise_id]), new=mark.final)
        for mark in marks
        if (row := found.rows.get(mark.student.key)) is not None
    ]
    rows = [row for row in rows if row.given is not None or row.new is not None]  # nothing was to be marked
    return Comparison(
        rows=tuple(rows),
        only_given=tuple(next(iter(people[row].values())) for row in found.others),
        only_new=(*found.unmatched, *found.ambiguous),
    )


def _people(sheet: Sheet, ids: Mapping[str, int]) -> dict[int, Identity]:
    rows = {
        row: {kind: sheet.value(row, column) for kind, column in ids.items()}
        for row in range(1, len(sheet.rows))
    }
    return {row: identity for row, identity in rows.items() if any(identity.values())}


def _columns(names: Sequence[str], exercises: Sequence[str], path: Path) -> dict[str, int]:
    columns = {name: names.index(name) for name in exercises if name in names}
    if not columns and len(exercises) == 1:
        general = [position for position, name in enumerate(names) if name in _MARKS]
        columns = dict.fromkeys(exercises, general[0]) if general else {}
    missing = [name for name in exercises if name not in columns]
    if missing:
        raise UsageError(
            tr(
                "`{path}` has no column for {id}. Expected one called `{id}`. Received: {received}",
                path=path,
                id=missing[0],
                received=", ".join(names[:8]),
            ),
            hint=tr("The first row names the columns"),
        )
    return columns


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold()


def comparison_screen(found: Comparison, look: Look) -> str:
    """Return the table of what differs, the largest differences first, and what all of them say together."""
    differing = [row for row in found.rows if row.given != row.new and not _is_same(row)]
    differing.sort(key=lambda row: (row.difference is None, -abs(row.difference or 0.0)))
    headers = (
        tr("Student"),
        tr("Name"),
        tr("Exercise"),
        tr("Given"),
        tr("New"),
        tr("Difference"),
        tr("Mistakes"),
    )
    rows = [
        (
            row.mark.student.key,
            row.mark.student.name,
            row.mark.exercise_id,
            number(row.given),
            number(row.new),
            "" if row.difference is None else f"{row.difference:+.2f}".rstrip("0").rstrip("."),
            ", ".join(sorted(row.mark.mistakes)[:2]),
        )
        for row in differing
    ]
    text = (plain.table if look.plain else terminal.table)(headers, rows, look=look) + "\n" if rows else ""
    return text + "".join(f"{line}\n" for line in _sentences(found, num_differing=len(differing)))


def _is_same(row: Compared) -> bool:
    return row.difference is not None and abs(row.difference) < _SAME


def _sentences(found: Comparison, *, num_differing: int) -> list[str]:
    lines = [
        tr(
            "{num} marks compared: {same} the same, {differing} not",
            num=len(found.rows),
            same=len(found.rows) - num_differing,
            differing=num_differing,
        )
    ]
    moves = [row.difference for row in found.rows if row.difference is not None]
    if moves:
        lines.append(
            tr(
                "Mean difference {mean}, largest {largest} points",
                mean=f"{statistics.fmean(moves):+.2f}",
                largest=f"{max(moves, key=abs):+.2f}",
            )
        )
    if found.only_given:
        lines.append(tr("Only in the given marks: {names}", names=_listed(found.only_given)))
    if found.only_new:
        lines.append(tr("Only in the gradebook: {names}", names=_listed(found.only_new)))
    return lines


def _listed(keys: Sequence[str]) -> str:
    more = len(keys) - _SHOWN
    listed = one_line(", ".join(keys[:_SHOWN]))
    return f"{listed} {tr('and {num} more', num=more)}" if more > 0 else listed
