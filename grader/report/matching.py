"""Which row of an LMS's sheet is which student: by identifiers first, then by a name that only one person has."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.intake.records import Student

Identity = Mapping[str, str]  # what a row says about a person, by our word for it
NAME = "name"
# For each kind of cell, the kinds of a student's identifiers that it may be equal to, the surest first.
_SAME = {
    "canvas_id": ("canvas_id",),
    "participant": ("participant",),
    "sis_user_id": ("sis_user_id", "sid", "student_id", "key"),
    "sis_login_id": ("sis_login_id", "login", "username", "email", "sid", "key"),
    "sid": ("sid", "sis_user_id", "student_id", "key"),
    "email": ("email", "sis_login_id", "key"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Who is who.

    Attributes:
        rows: Each student's row, by key.
        unmatched: Keys of students without a row.
        ambiguous: Keys of students for whom several rows, or for whose row several students, were found.
        others: Rows of people whom we do not know.
    """

    rows: Mapping[str, int]
    unmatched: tuple[str, ...]
    ambiguous: tuple[str, ...]
    others: tuple[int, ...]


def match(students: Sequence[Student], rows: Mapping[int, Identity]) -> Matches:
    """Return which student each row is about; nobody is matched where there is any doubt."""
    found: dict[str, int] = {}
    doubtful: set[str] = set()
    for kind in (*_SAME, NAME):
        matched = set(found.values())
        left = {row: identity for row, identity in rows.items() if row not in matched}
        wanted = [student for student in students if student.key not in found]
        pairs = _pairs(kind, wanted, left)
        per_student = Counter(key for key, _ in pairs)
        per_row = Counter(row for _, row in pairs)
        for key, row in pairs:
            if per_student[key] == per_row[row] == 1:
                found[key] = row
                doubtful.discard(key)
            else:
                doubtful.add(key)
    missing = [student.key for student in students if student.key not in found]
    taken = set(found.values())
    return Matches(
        rows=found,
        unmatched=tuple(key for key in missing if key not in doubtful),
        ambiguous=tuple(key for key in missing if key in doubtful),
        others=tuple(row for row in rows if row not in taken),
    )


def _pairs(kind: str, students: Sequence[Student], rows: Mapping[int, Identity]) -> set[tuple[str, int]]:
    by_value: dict[str, list[int]] = defaultdict(list)
    for row, identity in rows.items():
        for value in _forms(kind, identity.get(kind, "")):
            by_value[value].append(row)
    pairs: set[tuple[str, int]] = set()
    for student in students:
        for value in _values(kind, student):
            pairs |= {(student.key, row) for form in _forms(kind, value) for row in by_value.get(form, ())}
    return pairs


def _values(kind: str, student: Student) -> list[str]:
    if kind == NAME:
        return [student.name] if student.name else [student.key]
    known = {"key": [student.key]}
    for name, value in student.ids:
        known.setdefault(name, []).append(value)
    return [value for name in _SAME[kind] for value in known.get(name, [])]


def _forms(kind: str, value: str) -> set[str]:
    """Return the spellings under which a value is looked up."""
    text = unicodedata.normalize("NFC", value).strip().casefold()
    if not text:
        return set()
    if kind != NAME:
        return {text}
    last, comma, first = text.partition(",")
    whole = f"{first} {last}" if comma else text
    words = re.findall(r"\w+", whole)
    return {" ".join(sorted(words)), "".join(words), "".join([*words[-1:], *words[:-1]])}
