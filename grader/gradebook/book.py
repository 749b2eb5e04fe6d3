"""The gradebook's file: opened, and written by the batch, one transaction for each result.

Theory of operation. Nothing that was computed is ever changed: a new run adds a result, and the newest one that
has a score counts. What a person handed in is one `handin` for each exercise and content; which one counts now
is noted for each member, so that groups may change. Decisions of people stand in tables of their own
(`corrections`), and `marks` puts everything together when it is read.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from grader.gradebook.records import Basis, ResultState
from grader.gradebook.schema import FILE_NAME, GRADEBOOK
from grader.intake.records import Handin, Student, Unread, Unusable
from grader.made_once import MadeOnce
from grader.store import Store, open_store
from grader.verdicts import CaseResult, Jail, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResult:
    """One attempt at grading, to be written.

    Attributes:
        cases: In the suite's order; none where nothing ran.
        details: From `details.pack_details`.
        message: What went wrong, where `state` is not `graded`.
        is_set_aside: Whether it is kept for the record only and an earlier score goes on counting, as after
            a regrade that may not lower anybody's.
    """

    handin_id: int
    state: ResultState
    basis: Basis
    verdict: Verdict
    score: float | None
    max_score: float
    cases: tuple[CaseResult, ...] = ()
    details: bytes = b""
    message: str = ""
    notes: Sequence[str] = ()
    jail: Jail = field(default_factory=lambda: Jail(complete=False))
    duration_s: float = 0.0
    is_set_aside: bool = False

    def __post_init__(self) -> None:
        if (self.score is None) == (self.state is ResultState.GRADED):
            raise ValueError(f"score={self.score} does not fit {self.state=}")


class Gradebook:
    """An open gradebook. Use `open_gradebook`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.store.path

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    # --- settings --------------------------------------------------------------------------------------------

    def setting(self, name: str) -> str | None:
        """Return a setting of this gradebook, such as `seed`."""
        found = self.store.rows("SELECT value FROM setting WHERE name = ?", (name,))
        return None if not found else str(found[0][0])

    def set_setting(self, name: str, value: str) -> None:
        """Write a setting."""
        self.store.execute(
            "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    # --- a batch ---------------------------------------------------------------------------------------------

    def begin_batch(
        self, *, source: str, layout: str, seed: int, course_hash: str, grader_version: str
    ) -> int:
        """Note that a batch begins, and return its number."""
        return self.store.execute(
            "INSERT INTO batch (started_at, source, layout, seed, course_hash, grader_version)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (now_text(), source, layout, seed, course_hash, grader_version),
        )

    def end_batch(self, batch_id: int) -> None:
        """Note that a batch came to its end."""
        self.store.execute("UPDATE batch SET finished_at = ? WHERE id = ?", (now_text(), batch_id))

    def set_exercise(self, exercise_id: str, *, title_en: str, title_ko: str, max_score: float) -> None:
        """Note an exercise that is graded; its due date stays as it is."""
        self.store.execute(
            "INSERT INTO exercise (id, title_en, title_ko, max_score) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET title_en = excluded.title_en, title_ko = excluded.title_ko,"
            " max_score = excluded.max_score",
            (exercise_id, title_en, title_ko, max_score),
        )

    def set_students(self, students: Iterable[Student]) -> None:
        """Note who is in the class; who was known before stays, with names and ids as they are now."""
        rows = list(students)
        first = int(self.store.rows("SELECT coalesce(max(position), 0) FROM student")[0][0]) + 1
        self.store.execute_many(
            "INSERT INTO student VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
            " name = CASE excluded.name WHEN '' THEN name ELSE excluded.name END",
            [(student.key, student.name, position) for position, student in enumerate(rows, start=first)],
        )
        known = [student for student in rows if student.ids]
        self.store.execute_many(
            "DELETE FROM student_id WHERE student_key = ?", [(student.key,) for student in known]
        )
        self.store.execute_many(
            "INSERT INTO student_id VALUES (?, ?, ?, ?)",
            [
                (student.key, position, kind, value)
                for student in known
                for position, (kind, value) in enumerate(student.ids)
            ],
        )

    def set_unread(self, batch_id: int, unread: Iterable[Unread]) -> None:
        """Note what was not understood or refused."""
        self.store.execute_many(
            "INSERT INTO unread VALUES (?, ?, ?, ?)",
            [(batch_id, item.place, item.reason, int(item.is_hostile)) for item in unread],
        )

    def set_unusable(self, exercise_ids: Iterable[str], unusable: Iterable[Unusable]) -> None:
        """Note who handed in nothing but what cannot be graded, for the exercises of a batch."""
        self.store.execute_many(
            "DELETE FROM unusable WHERE exercise_id = ?", [(exercise_id,) for exercise_id in exercise_ids]
        )
        self.store.execute_many(
            "INSERT OR REPLACE INTO unusable VALUES (?, ?, ?, ?)",
            [
                (member.key, one.exercise_id, storable(one.place), storable(one.reason))
                for one in unusable
                for member in one.members
            ],
        )

    def add_handins(self, handins: Iterable[tuple[Handin, str]]) -> list[int]:
        """Note what counts now for its members, and return the ids.

        Args:
            handins: Each with the SHA-256 of its bytes.
        """
        known = {
            row[:3]: (row[3], row[4:])
            for row in self.store.each(
                "SELECT exercise_id, owner, sha256, id, path, original_name, submitted_at, is_late, notes FROM handin"
            )
        }
        rows = self.store.each("SELECT student_key, exercise_id, handin_id FROM member WHERE is_current")
        current = {(key, exercise_id): handin_id for key, exercise_id, handin_id in rows}
        ids: list[int] = []
        for handin, sha256 in handins:
            owner = "\n".join(sorted(member.key for member in handin.members))
            identity, facts = (handin.exercise_id, owner, sha256), _facts(handin)
            handin_id, before = known.get(identity, (0, ()))
            places = [(member.key, handin.exercise_id) for member in handin.members]
            if before != facts or any(current.get(place) != handin_id for place in places):
                handin_id = self._add_handin(handin, identity, facts)
                current |= dict.fromkeys(places, handin_id)
            ids.append(handin_id)
        return ids

    def _add_handin(
        self, handin: Handin, identity: tuple[str, str, str], facts: tuple[str | int | None, ...]
    ) -> int:
        self.store.execute(
            "INSERT INTO handin (path, original_name, submitted_at, is_late, notes, exercise_id, owner, sha256)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (exercise_id, owner, sha256) DO UPDATE SET"
            " path = excluded.path, original_name = excluded.original_name,"
            " submitted_at = excluded.submitted_at, is_late = excluded.is_late, notes = excluded.notes",
            (*facts, *identity),
        )
        handin_id = int(
            self.store.rows(
                "SELECT id FROM handin WHERE exercise_id = ? AND owner = ? AND sha256 = ?", identity
            )[0][0]
        )
        members = [(member.key, handin.exercise_id, handin_id) for member in handin.members]
        self.store.execute_many(
            "UPDATE member SET is_current = 0 WHERE student_key = ? AND exercise_id = ? AND handin_id <> ?",
            members,
        )
        self.store.execute_many(
            "INSERT INTO member VALUES (?, ?, ?, 1)"
            " ON CONFLICT (student_key, exercise_id, handin_id) DO UPDATE SET is_current = 1",
            members,
        )
        return handin_id

    # --- results ---------------------------------------------------------------------------------------------

    def add_result(self, result: NewResult, *, batch_id: int | None, sha256: str, source: bytes) -> int:
        """Write one result with its cases and the file it is about, in one transaction; return its id."""
        basis = result.basis
        jail = _json([result.jail.complete, list(result.jail.parts), list(result.jail.missing)])
        with self.store.transaction():
            self.store.execute(
                "INSERT OR IGNORE INTO source VALUES (?, ?)", (sha256, zlib.compress(source, 1))
            )
            result_id = self.store.execute(
                "INSERT INTO result (handin_id, batch_id, state, seed, suite_hash, mistakes_hash, course_hash,"
                " grader_version, verdict, score, max_score, message, notes, jail, duration_s, graded_at,"
                " details, is_set_aside) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    result.handin_id, batch_id, str(result.state), basis.seed, basis.suite_hash,
                    basis.mistakes_hash, basis.course_hash, basis.grader_version, str(result.verdict),
                    result.score, result.max_score, storable(result.message), _json(result.notes), jail,
                    result.duration_s, now_text(), result.details, int(result.is_set_aside),
                ),
            )  # fmt: skip
            self.store.execute_many(
                "INSERT INTO result_case VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(result_id, *row) for row in _case_rows(result.cases)],
            )
        return result_id

    def settled(self, exercise_id: str, basis: Basis) -> set[int]:
        """Return the handins of which a new run on `basis` would say what is known already.

        A grader's fault is none of them. Where only the known mistakes changed, that is where every case
        passed: there is nothing to diagnose.
        """
        rows = self.store.rows(
            "SELECT DISTINCT result.handin_id FROM result JOIN handin ON handin.id = result.handin_id"
            " WHERE handin.exercise_id = ? AND result.state <> 'grader_error' AND result.seed = ?"
            " AND result.suite_hash = ? AND result.grader_version = ?"
            " AND (result.mistakes_hash = ? OR result.verdict = 'passed')",
            (exercise_id, basis.seed, basis.suite_hash, basis.grader_version, basis.mistakes_hash),
        )
        return {int(row[0]) for row in rows}

    def source_of(self, sha256: str) -> bytes | None:
        """Return the bytes of a file that was graded, as they were then."""
        rows = self.store.rows("SELECT data FROM source WHERE sha256 = ?", (sha256,))
        return zlib.decompress(rows[0][0]) if rows else None


def open_gradebook(folder: Path, *, create: bool = False) -> Gradebook:
    """Open the gradebook in `folder`, the OUT of `grade batch`.

    Raises:
        StoreError: It is missing (unless `create`), locked, damaged or of a newer version.
    """
    return Gradebook(open_store(folder / FILE_NAME, GRADEBOOK, create=create))


def now_text() -> str:
    """Return the time as the gradebook writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def storable(text: str) -> str:
    """Return text that SQLite can hold: lone surrogates of a hostile message have no UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _facts(handin: Handin) -> tuple[str | int | None, ...]:
    """Return what is known of a hand-in but its identity, as it is stored."""
    submitted_at = None if handin.submitted_at is None else handin.submitted_at.isoformat()
    return (
        str(handin.path), handin.original_name, submitted_at, int(handin.is_late), _json(handin.notes)
    )  # fmt: skip


def _json(values: Iterable[object]) -> str:
    return json.dumps(list(values), ensure_ascii=True)


def _case_row(position: int, case: CaseResult) -> tuple[object, ...]:
    return (
        position, storable(case.case_id), storable(case.title), str(case.verdict), case.points,
        case.max_points, str(case.visibility), storable(case.message), case.mistake, storable(case.hint),
        round(case.duration_s, 6),
    )  # fmt: skip


def _rows_of(cases: Sequence[CaseResult]) -> list[tuple[object, ...]]:
    return [_case_row(position, case) for position, case in enumerate(cases)]


_case_rows = MadeOnce[tuple[CaseResult, ...], list[tuple[object, ...]]](_rows_of)
