"""Pseudonyms: one for each student of a gradebook, the same in every export, and nothing to guess them from."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import replace

from grader.gradebook.book import Gradebook
from grader.gradebook.records import Mark
from grader.intake.records import Student

_SETTING = "pseudonym_key"
_DIGITS = 10


class Pseudonyms:
    """Names people by a code that only this gradebook can compute."""

    def __init__(self, book: Gradebook) -> None:
        key = book.setting(_SETTING)
        if key is None:
            key = secrets.token_hex(32)
            book.set_setting(_SETTING, key)
        self._key = bytes.fromhex(key)

    def of(self, student_key: str) -> str:
        """Return a student's pseudonym."""
        code = hmac.new(self._key, student_key.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
        return f"anon-{code[:_DIGITS]}"

    def marks(self, marks: Sequence[Mark]) -> list[Mark]:
        """Return marks of nobody in particular, in an order that says nothing."""
        hidden = [
            replace(
                mark,
                student=Student(key=self.of(mark.student.key)),
                members=tuple(self.of(key) for key in mark.members),
                path="",
                sha256="",
            )
            for mark in marks
        ]
        return sorted(hidden, key=lambda mark: (mark.student.key, mark.exercise_id))
