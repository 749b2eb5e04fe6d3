"""What people decide about marks: due dates, extensions, overrides and waivers, each with who and when.

Nothing here touches what was computed. A later decision about the same thing replaces an earlier one, and the
earlier one stays in the table.
"""

from __future__ import annotations

from datetime import datetime

from grader.gradebook.book import Gradebook, now_text, storable
from grader.gradebook.records import Effect, Extension, LatePolicy, Override, Waiver


def set_late_policy(book: Gradebook, exercise_id: str, policy: LatePolicy) -> None:
    """Declare when an exercise is due and what lateness costs."""
    book.store.execute(
        "UPDATE exercise SET due_at = ?, late_per_day = ?, late_floor = ? WHERE id = ?",
        (_text(policy.due_at), policy.per_day, policy.floor, exercise_id),
    )


def add_override(
    book: Gradebook, student_key: str, exercise_id: str, *, points: float | None, reason: str, who: str
) -> None:
    """Give points instead of the computed ones; None takes an earlier override back."""
    book.store.execute(
        "INSERT INTO override (student_key, exercise_id, points, reason, who, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        (student_key, exercise_id, points, storable(reason), storable(who), now_text()),
    )


def add_waiver(
    book: Gradebook, exercise_id: str, case_id: str, *, effect: Effect, reason: str, who: str
) -> None:
    """Give everybody a case's points, or leave it out; `Effect.NONE` takes an earlier waiver back."""
    book.store.execute(
        "INSERT INTO waiver (exercise_id, case_id, effect, reason, who, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        (exercise_id, case_id, str(effect), storable(reason), storable(who), now_text()),
    )


def add_extension(
    book: Gradebook, student_key: str, exercise_id: str, *, due_at: datetime | None, reason: str, who: str
) -> None:
    """Give one person a due date of their own; None takes an earlier one back."""
    book.store.execute(
        "INSERT INTO extension (student_key, exercise_id, due_at, reason, who, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        (student_key, exercise_id, _text(due_at), storable(reason), storable(who), now_text()),
    )


def overrides(book: Gradebook) -> list[Override]:
    """Return every override ever made, the oldest first."""
    return [
        Override(
            student_key=row[0],
            exercise_id=row[1],
            points=row[2],
            reason=row[3],
            who=row[4],
            made_at=datetime.fromisoformat(row[5]),
        )
        for row in book.store.each(
            "SELECT student_key, exercise_id, points, reason, who, made_at FROM override ORDER BY id"
        )
    ]


def waivers(book: Gradebook) -> list[Waiver]:
    """Return every waiver ever made, the oldest first."""
    return [
        Waiver(
            exercise_id=row[0],
            case_id=row[1],
            effect=Effect(row[2]),
            reason=row[3],
            who=row[4],
            made_at=datetime.fromisoformat(row[5]),
        )
        for row in book.store.each(
            "SELECT exercise_id, case_id, effect, reason, who, made_at FROM waiver ORDER BY id"
        )
    ]


def waivers_in_force(book: Gradebook) -> dict[tuple[str, str], Waiver]:
    """Return the waiver that holds now by exercise and case."""
    newest = {(waiver.exercise_id, waiver.case_id): waiver for waiver in waivers(book)}
    return {place: waiver for place, waiver in newest.items() if waiver.effect is not Effect.NONE}


def extensions(book: Gradebook) -> list[Extension]:
    """Return every extension ever given, the oldest first."""
    return [
        Extension(
            student_key=row[0],
            exercise_id=row[1],
            due_at=None if row[2] is None else datetime.fromisoformat(row[2]),
            reason=row[3],
            who=row[4],
            made_at=datetime.fromisoformat(row[5]),
        )
        for row in book.store.each(
            "SELECT student_key, exercise_id, due_at, reason, who, made_at FROM extension ORDER BY id"
        )
    ]


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def remove_student(book: Gradebook, student_key: str) -> None:
    """Remove a person with everything that is only theirs; what a group handed in stays for the others.

    Call `book.store.execute("VACUUM")` afterwards, outside of a transaction, so that the bytes are gone too.
    """
    store = book.store
    with store.transaction():
        shared = store.rows(
            "SELECT id, owner FROM handin WHERE id IN (SELECT handin_id FROM member WHERE student_key = ?)",
            (student_key,),
        )
        for handin_id, owner in shared:
            others = [key for key in owner.split("\n") if key != student_key]
            if others:  # path and notes may hold the name of whoever of a group handed in
                store.execute(
                    "UPDATE handin SET owner = ?, path = original_name, notes = '[]' WHERE id = ?",
                    ("\n".join(others), handin_id),
                )
            else:
                store.execute("DELETE FROM handin WHERE id = ?", (handin_id,))
        store.execute("DELETE FROM student WHERE key = ?", (student_key,))
        store.execute("DELETE FROM source WHERE sha256 NOT IN (SELECT sha256 FROM handin)")
