"""Stored results read back: one or all of a hand-in, their cases, and the whole report for feedback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from grader.errors import StoreError
from grader.gradebook.book import Gradebook
from grader.gradebook.records import Basis, ResultState, StoredCase, StoredResult
from grader.language import tr
from grader.verdicts import CaseResult, Jail, Report, Verdict, Visibility

_RESULT = (
    "SELECT result.id, result.handin_id, handin.exercise_id, handin.owner, handin.path, handin.sha256,"
    " result.state, result.seed, result.suite_hash, result.mistakes_hash, result.course_hash,"
    " result.grader_version, result.verdict, result.score, result.max_score, result.message, result.notes,"
    " result.jail, result.duration_s, result.graded_at, result.is_set_aside"
    " FROM result JOIN handin ON handin.id = result.handin_id"
)


def read_result(book: Gradebook, result_id: int) -> StoredResult:
    """Return one attempt at grading.

    Raises:
        StoreError: There is none of this number.
    """
    for result in _read(book, " WHERE result.id = ?", (result_id,)):
        return result
    raise StoreError(tr("The gradebook has no result number {number}", number=result_id))


def attempts(book: Gradebook, student_key: str, exercise_id: str) -> list[StoredResult]:
    """Return every attempt at grading what a person handed in for an exercise, the oldest first."""
    return list(
        _read(
            book,
            " JOIN member ON member.handin_id = handin.id WHERE member.student_key = ?"
            " AND member.exercise_id = ? ORDER BY result.id",
            (student_key, exercise_id),
        )
    )


def newest_results(book: Gradebook, exercise_id: str) -> list[StoredResult]:
    """Return, for each hand-in that counts for somebody, its newest result that has a score."""
    return list(
        _read(
            book,
            " WHERE result.id IN"
            " (SELECT max(id) FROM result WHERE state = 'graded' AND NOT is_set_aside GROUP BY handin_id)"
            " AND handin.exercise_id = ? AND handin.id IN (SELECT handin_id FROM member WHERE is_current)"
            " ORDER BY handin.owner",
            (exercise_id,),
        )
    )


def unreadable_results(book: Gradebook, exercise_id: str) -> list[StoredResult]:
    """Return, for each hand-in that counts for somebody and is nothing that could be graded, what was said."""
    return list(
        _read(
            book,
            " WHERE result.id IN (SELECT max(id) FROM result WHERE NOT is_set_aside GROUP BY handin_id)"
            " AND state = 'not_read' AND handin.exercise_id = ?"
            " AND handin.id IN (SELECT handin_id FROM member WHERE is_current) ORDER BY handin.owner",
            (exercise_id,),
        )
    )


def _read(book: Gradebook, where: str, values: tuple[object, ...]) -> Iterator[StoredResult]:
    for row in book.store.each(_RESULT + where, values):
        complete, parts, missing = json.loads(row[17])
        yield StoredResult(
            id=row[0],
            handin_id=row[1],
            exercise_id=row[2],
            members=tuple(row[3].split("\n")),
            path=row[4],
            sha256=row[5],
            state=ResultState(row[6]),
            basis=Basis(
                seed=row[7],
                suite_hash=row[8],
                mistakes_hash=row[9],
                course_hash=row[10],
                grader_version=row[11],
            ),
            verdict=Verdict(row[12]),
            score=row[13],
            max_score=row[14],
            message=row[15],
            notes=tuple(json.loads(row[16])),
            jail=Jail(complete=complete, parts=tuple(parts), missing=tuple(missing)),
            duration_s=row[18],
            graded_at=datetime.fromisoformat(row[19]),
            is_set_aside=bool(row[20]),
        )


def read_cases(book: Gradebook, result_id: int) -> list[StoredCase]:
    """Return the cases of a result as they were computed, in the suite's order."""
    return [
        StoredCase(
            case_id=row[0],
            title=row[1],
            verdict=Verdict(row[2]),
            points=row[3],
            max_points=row[4],
            visibility=row[5],
            message=row[6],
            mistake=row[7],
            hint=row[8],
            duration_s=row[9],
        )
        for row in book.store.each(
            "SELECT case_id, title, verdict, points, max_points, visibility, message, mistake, hint, duration_s"
            " FROM result_case WHERE result_id = ? ORDER BY position",
            (result_id,),
        )
    ]


def read_report(book: Gradebook, result_id: int) -> Report:
    """Return the whole report of a result, details included, to write feedback from.

    It says what was computed: waivers, penalties and overrides are not in it.

    Raises:
        StoreError: There is no such result, or its details cannot be read.
    """
    from grader.gradebook.details import unpack_details  # needs numpy: only where details are looked at
    from grader.sandbox.wire import WireError

    result = read_result(book, result_id)
    data = book.store.rows("SELECT details FROM result WHERE id = ?", (result_id,))[0][0]
    try:
        details, problem = unpack_details(data)
    except WireError as error:
        raise StoreError(
            tr("The gradebook `{path}` is damaged: {error}", path=book.path, error=error)
        ) from error
    cases = []
    for position, case in enumerate(read_cases(book, result_id)):
        more = {"detail": details[position]} if position in details else {}
        cases.append(
            CaseResult(
                case_id=case.case_id,
                title=case.title,
                verdict=case.verdict,
                points=case.points,
                max_points=case.max_points,
                visibility=Visibility(case.visibility),
                message=case.message,
                mistake=case.mistake,
                hint=case.hint,
                duration_s=case.duration_s,
                **more,
            )
        )
    return Report(
        exercise_id=result.exercise_id,
        path=result.path,
        sha256=result.sha256,
        seed=result.basis.seed,
        cases=tuple(cases),
        jail=result.jail,
        duration_s=result.duration_s,
        problem=problem,
        notes=result.notes,
    )
