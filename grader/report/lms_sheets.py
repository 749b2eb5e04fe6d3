"""The gradebook CSV of Canvas and the grading worksheet of Moodle: which cells hold marks, and whose.

Both are filled in place (`sheet`): only cells of marks change, so that the LMS recognises everything else. A mark
goes only where the sheet says whose cell it is and out of how many points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from grader.errors import UsageError
from grader.language import tr
from grader.report.matching import NAME, Identity
from grader.report.sheet import Sheet

_EXCUSED = {"EX"}
_CANVAS_COLUMN = re.compile(r"(?P<title>.*?)\s*\((?P<id>\d+)\)\s*")
_CANVAS_IDS = {
    "id": "canvas_id",
    "sis user id": "sis_user_id",
    "sis login id": "sis_login_id",
    "student": NAME,
}
_CANVAS_COMPUTED = re.compile(
    r"(?:unposted )?(?:current|final|override) (?:score|points|grade|status)\b|.*(?:current|final) (?:score|points)$",
    re.IGNORECASE,
)
# Moodle writes its column names in the language of whoever exported; the grade's column is found by them or else
# by its place: left of the one that says the same maximum in every row.
_MOODLE_IDS = {
    "identifier": "participant", "식별자": "participant",
    "full name": NAME, "이름": NAME, "성명": NAME,
    "email address": "email", "이메일 주소": "email", "이메일": "email",
    "id number": "sid", "학번": "sid", "id 번호": "sid",
    "username": "sis_login_id", "사용자 아이디": "sis_login_id", "사용자명": "sis_login_id",
}  # fmt: skip
_MOODLE_GRADE = {"grade", "성적", "점수", "bewertung", "note", "calificación", "評点", "成绩"}
_MOODLE_MAXIMUM = {
    "maximum grade",
    "최고 성적",
    "최대 성적",
    "최고점수",
    "최대 점수",
    "höchstbewertung",
    "note maximale",
}
_MOODLE_LOCKED = {"grade can be changed", "성적을 변경할 수 있음", "성적 변경 가능"}
_NO = {"no", "아니오", "아니요", "nein", "non", "いいえ", "否"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an exercise's marks are looked for by.

    Attributes:
        titles: The exercise's titles.
        column: The column that a person named; empty to find it.
        max_points: What the marks are out of.
    """

    exercise_id: str
    titles: tuple[str, ...]
    column: str = ""
    max_points: float


class Layout(Protocol):
    """One LMS's sheet."""

    sheet: Sheet

    def people(self) -> dict[int, Identity]:
        """Return what each row says about a person."""
        ...

    def column(self, target: Target) -> int:
        """Return the column of an exercise's marks."""
        ...

    def maximum(self, column: int) -> float | None:
        """Return what a column's marks are out of; None where the sheet does not say."""
        ...

    def is_locked(self, row: int, column: int) -> bool:
        """Return whether a cell must stay as it is."""
        ...

    def identity_columns(self) -> Mapping[int, str]:
        """Return the columns that say who somebody is, with our word for each."""
        ...

    def head_rows(self) -> Sequence[int]:
        """Return the rows above the people."""
        ...


class CanvasSheet:
    """Canvas's gradebook: a header, `Points Possible`, perhaps `Manual Posting`, then people."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        names = [cell.value.strip() for cell in sheet.rows[0]] if sheet.rows else []
        is_plain = len(names) >= 4 and "Student" in names[0] and "ID" in names[1]
        self._is_split = [name.casefold() for name in names[:3]] == ["lastname", "firstname", "id"]
        if not (is_plain or self._is_split):
            raise UsageError(
                tr(
                    "`{path}` is no gradebook of Canvas. Expected columns `Student`, `ID`. Received: {names}",
                    path=sheet.path,
                    names=", ".join(names[:4]) or tr("nothing"),
                ),
                hint=tr(
                    "In Canvas: Grades, Export, Export Entire Gradebook; name that file with `--template`"
                ),
            )
        self._names = names
        self._ids = {
            column: _CANVAS_IDS[name.casefold()]
            for column, name in enumerate(names)
            if name.casefold() in _CANVAS_IDS
        }
        if not self._is_split:
            self._ids |= {0: NAME, 1: "canvas_id"}
        sections = [column for column, name in enumerate(names) if "section" in name.casefold()]
        self._first = max([*self._ids, *sections[:1]]) + 1
        points = [
            row for row in range(1, len(sheet.rows)) if sheet.value(row, 0).casefold() == "points possible"
        ]
        self._points_row = points[0] if points else None
        self._start = self._points_row + 1 if self._points_row is not None else 1

    def people(self) -> dict[int, Identity]:
        """Return what each row says about a person."""
        rows: dict[int, Identity] = {}
        for row in range(self._start, len(self.sheet.rows)):
            identity = {kind: self.sheet.value(row, column) for column, kind in self._ids.items()}
            if self._is_split:
                identity[NAME] = f"{self.sheet.value(row, 0)}, {self.sheet.value(row, 1)}"
            if identity.get("canvas_id") or identity.get("sis_user_id") or identity.get("sis_login_id"):
                rows[row] = identity
        return rows

    def _candidates(self) -> dict[int, str]:
        return {
            column: name
            for column, name in enumerate(self._names)
            if column >= self._first and _CANVAS_COLUMN.fullmatch(name) and not self._is_read_only(column)
        }

    def _is_read_only(self, column: int) -> bool:
        possible = "" if self._points_row is None else self.sheet.value(self._points_row, column)
        return "(read only)" in possible.casefold() or bool(_CANVAS_COMPUTED.match(self._names[column]))

    def column(self, target: Target) -> int:
        """Return the column of an exercise's marks; a column that Canvas only shows is refused."""
        return _choose(target, self._candidates(), strip=_CANVAS_COLUMN)

    def maximum(self, column: int) -> float | None:
        """Return the points that the row `Points Possible` says."""
        return None if self._points_row is None else self.sheet.number(self._points_row, column)

    def is_locked(self, row: int, column: int) -> bool:
        """Return whether the person is excused."""
        return self.sheet.value(row, column).upper() in _EXCUSED

    def identity_columns(self) -> Mapping[int, str]:
        """Return the columns that say who somebody is, with our word for each."""
        named = {"integration id": "integration_id", "root account": "root_account"}
        more = {c: named[name.casefold()] for c, name in enumerate(self._names) if name.casefold() in named}
        split = {0: NAME, 1: NAME} if self._is_split else {}
        return {**more, **split, **self._ids}

    def head_rows(self) -> Sequence[int]:
        """Return the rows above the people."""
        people = self.people()
        return [row for row in range(len(self.sheet.rows)) if row < self._start or row not in people]


class MoodleSheet:
    """Moodle's grading worksheet: one assignment, column names in anybody's language."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._names = [cell.value.strip().lstrip("\ufeff") for cell in sheet.rows[0]] if sheet.rows else []
        folded = [unicodedata.normalize("NFC", name).casefold() for name in self._names]
        self._rows = [row for row in range(1, len(sheet.rows)) if len(sheet.rows[row]) > 1]
        self._ids = {column: _MOODLE_IDS[name] for column, name in enumerate(folded) if name in _MOODLE_IDS}
        if folded and self._looks_like_identifiers(0):
            self._ids[0] = "participant"
        for column in range(len(folded)):
            if column not in self._ids and self._rows and self._all_hold(column, "@"):
                self._ids[column] = "email"
        if "participant" in self._ids.values() and 1 not in self._ids and len(folded) > 1:
            self._ids[1] = NAME
        self._maximum = self._find_maximum(folded)
        grades = [column for column, name in enumerate(folded) if name in _MOODLE_GRADE]
        if not grades and self._maximum is not None and self._maximum > 0:
            grades = [self._maximum - 1]
        locked = [column for column, name in enumerate(folded) if name in _MOODLE_LOCKED]
        self._locked = locked[0] if locked else None
        if "participant" not in self._ids.values() or not grades:
            raise UsageError(
                tr(
                    "`{path}` is no grading worksheet of Moodle. Expected columns such as `Identifier`, `Grade`. "
                    "Received: {names}",
                    path=sheet.path,
                    names=", ".join(self._names[:6]) or tr("nothing"),
                ),
                hint=tr("In Moodle: the assignment, View all submissions, Download grading worksheet"),
            )
        self._grade = grades[0]

    def _looks_like_identifiers(self, column: int) -> bool:
        values = [self.sheet.value(row, column) for row in self._rows]
        are_numbered = all(re.fullmatch(r"\D*\d+", value) for value in values)
        return bool(values) and are_numbered and len(set(values)) == len(values)

    def _all_hold(self, column: int, sign: str) -> bool:
        return all(sign in self.sheet.value(row, column) for row in self._rows)

    def _find_maximum(self, folded: Sequence[str]) -> int | None:
        named = [column for column, name in enumerate(folded) if name in _MOODLE_MAXIMUM]
        if named:
            return named[0]
        for column in range(2, len(folded)):
            values = {self.sheet.number(row, column) for row in self._rows}
            if len(values) == 1 and (values.pop() or 0.0) > 0:
                return column
        return None

    def people(self) -> dict[int, Identity]:
        """Return what each row says about a person; of the identifier only its number."""
        rows: dict[int, Identity] = {}
        for row in self._rows:
            identity = {kind: self.sheet.value(row, column) for column, kind in self._ids.items()}
            digits = re.search(r"\d+$", identity["participant"])
            rows[row] = {**identity, "participant": digits.group() if digits else ""}
        return rows

    def column(self, target: Target) -> int:
        """Return the column of the marks: a worksheet has one."""
        if target.column:
            return _choose(target, dict(enumerate(self._names)), strip=None)
        return self._grade

    def maximum(self, column: int) -> float | None:
        """Return what the worksheet says in every row."""
        del column
        if self._maximum is None or not self._rows:
            return None
        return self.sheet.number(self._rows[0], self._maximum)

    def is_locked(self, row: int, column: int) -> bool:
        """Return whether the grade is locked in Moodle's gradebook."""
        del column
        return self._locked is not None and self.sheet.value(row, self._locked).casefold() in _NO

    def identity_columns(self) -> Mapping[int, str]:
        """Return the columns that say who somebody is, with our word for each."""
        return self._ids

    def head_rows(self) -> Sequence[int]:
        """Return the rows above the people."""
        people = set(self._rows)
        return [row for row in range(len(self.sheet.rows)) if row not in people]


def _choose(target: Target, candidates: Mapping[int, str], *, strip: re.Pattern[str] | None) -> int:
    """Return the one column that is meant: by the name that was given, by the exercise's id or by its title."""

    def bare(name: str) -> str:
        match = strip.fullmatch(name) if strip is not None else None
        return (match.group("title") if match is not None else name).strip().casefold()

    if target.column:
        wanted = target.column.strip().casefold()
        found = [
            column for column, name in candidates.items() if wanted in (name.strip().casefold(), bare(name))
        ]
    else:
        word = re.compile(rf"(?<![^\W_]){re.escape(target.exercise_id)}(?![^\W_])", re.IGNORECASE)
        titles = {title.casefold() for title in target.titles if title}
        found = [column for column, name in candidates.items() if word.search(name)]
        found = found or [column for column, name in candidates.items() if bare(name) in titles]
        found = found or (list(candidates) if len(candidates) == 1 else [])
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"`{name}`" for name in list(candidates.values())[:8]) or tr("none that can be filled")
    example = next(iter(candidates.values()), "Title (123)")
    raise UsageError(
        tr(
            "Which column of the sheet is {id}? Expected exactly one. Received: {names}",
            id=target.exercise_id,
            names=listed,
        ),
        hint=f'--column "{target.exercise_id}={example}"',
    )
