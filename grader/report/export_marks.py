"""`grade export`: the marks of a gradebook as files for an LMS, and a list of everybody who got none.

Theory of operation. Marks are only read. What was exported last is noted in the gradebook, for each target, so
that `--changed-only` can leave out what the LMS knows already. Files are put into place whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from grader.errors import StoreError, UsageError
from grader.gradebook.book import Gradebook
from grader.gradebook.marks import read_exercises, read_marks
from grader.gradebook.records import Mark, StoredExercise
from grader.gradebook.results import read_report
from grader.language import tr
from grader.report.anonymous import Pseudonyms
from grader.report.feedback_files import fit_name
from grader.report.gradescope import to_gradescope
from grader.report.lms_sheets import CanvasSheet, Layout, MoodleSheet, Target
from grader.report.marks_csv import marks_csv
from grader.report.matching import NAME, Matches, match
from grader.report.reasons import reasons
from grader.report.sheet import read_sheet

FOLDER = "exports"


class Platform(StrEnum):
    """Where marks go."""

    CSV = "csv"
    CANVAS = "canvas"
    MOODLE = "moodle"
    GRADESCOPE = "gradescope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a person asked of `grade export`.

    Attributes:
        exercises: Ids; all of the gradebook where there are none.
        template: The sheet that the LMS exported.
        columns: For an exercise, the sheet's column.
        file: Where to write instead of `OUT/exports/`.
        is_scaled: Whether marks are converted to the points that the sheet asks for.
        is_anonymous: Whether names and ids are replaced.
        changed_only: Whether what was exported last and is still the same is left out.
    """

    to: Platform
    exercises: tuple[str, ...] = ()
    template: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None
    is_scaled: bool = False
    is_anonymous: bool = False
    changed_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written, and what was not.

    Attributes:
        path: The file, or the folder of files.
        num_marks: How many marks are in it.
        without_mark: Who has none, and so stays as the LMS has them.
        unmatched: Students with a mark whom the sheet does not list.
        ambiguous: Students with a mark of whom the sheet does not say clearly which row is theirs.
        strangers: People of the sheet whom the gradebook does not know.
        locked: Students whose cell is excused or locked.
        names: Every student's name, by key.
    """

    path: Path
    num_marks: int
    without_mark: tuple[Mark, ...] = ()
    unmatched: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def export_marks(book: Gradebook, out: Path, request: Request) -> Exported:
    """Write the marks of a gradebook for one platform.

    Raises:
        UsageError: The sheet is missing or does not fit, or an exercise was never graded.
        StoreError: The gradebook cannot be read or the file cannot be written.
    """
    exercises = _exercises(book, request)
    wanted = {exercise.id for exercise in exercises}
    marks = [mark for mark in read_marks(book) if mark.exercise_id in wanted]
    known = json.loads(book.setting(_setting(request)) or "{}")
    marked = [mark for mark in marks if mark.final is not None]
    if request.changed_only:
        marked = [mark for mark in marked if known.get(_place(mark)) != mark.final]
    without = tuple(mark for mark in marks if mark.final is None)
    if request.to in (Platform.CANVAS, Platform.MOODLE):
        done = _fill(book, out, request, exercises, marked)
    elif request.to is Platform.GRADESCOPE:
        done = _write_results(book, out, request, marked)
    else:
        listed = marked if request.changed_only else marks
        people = Pseudonyms(book).marks(listed) if request.is_anonymous else listed
        path = request.file or out / FOLDER / f"{'anonymous' if request.is_anonymous else 'marks'}.csv"
        _put(path, marks_csv(people, is_anonymous=request.is_anonymous))
        done = Exported(path=path, num_marks=len(marked))
    if not request.is_anonymous:  # an anonymous file is for reading, not for the LMS
        left = {*done.unmatched, *done.ambiguous, *done.locked}
        known |= {_place(mark): mark.final for mark in marked if mark.student.key not in left}
        book.set_setting(_setting(request), json.dumps(known, ensure_ascii=False))
    names = {mark.student.key: mark.student.name for mark in marks}
    return replace(done, without_mark=without, names=names)


def _setting(request: Request) -> str:
    return f"exported_{request.to}"


def _place(mark: Mark) -> str:
    return f"{mark.student.key}\n{mark.exercise_id}"


def _exercises(book: Gradebook, request: Request) -> list[StoredExercise]:
    known = {exercise.id: exercise for exercise in read_exercises(book)}
    for exercise_id in (*request.exercises, *request.columns):
        if exercise_id not in known:
            raise UsageError(
                tr(
                    "This gradebook has no {id}. Expected one of {known}",
                    id=exercise_id,
                    known=", ".join(known) or tr("none yet"),
                ),
                hint=tr("`grade batch … --exercise {id}` grades it", id=exercise_id),
            )
    chosen = [known[exercise_id] for exercise_id in dict.fromkeys(request.exercises)] or list(known.values())
    if not chosen:
        raise UsageError(
            tr("Nothing was graded yet in `{path}`", path=book.path),
            hint="grade batch DIR --exercise ex05 --out OUT",
        )
    if request.to is Platform.MOODLE and len(chosen) > 1:
        raise UsageError(
            tr(
                "A worksheet of Moodle is for one assignment. Expected one exercise. Received: {num}",
                num=len(chosen),
            ),
            hint=f"--exercise {chosen[0].id}",
        )
    return chosen


# --- sheets ----------------------------------------------------------------------------------------------------


def _fill(
    book: Gradebook, out: Path, request: Request, exercises: Sequence[StoredExercise], marks: Sequence[Mark]
) -> Exported:
    layout = _layout(request)
    people = layout.people()
    students = {mark.student.key: mark.student for mark in marks}
    matches = match(list(students.values()), people)
    columns = {exercise.id: _column(layout, exercise, request) for exercise in exercises}
    values: dict[tuple[int, int], str] = {}
    locked: list[str] = []
    for mark in marks:
        row = matches.rows.get(mark.student.key)
        if row is None or mark.final is None:
            continue
        column, factor = columns[mark.exercise_id]
        if layout.is_locked(row, column):
            locked.append(mark.student.key)
        else:
            values[row, column] = layout.sheet.shown(mark.final * factor)
    kept = None
    if request.changed_only:
        kept = {*layout.head_rows(), *(row for row, _ in values)}
    num_marks = len(values)
    if request.is_anonymous:
        values |= _pseudonyms(book, layout, matches, people)
    path = request.file or out / FOLDER / f"{request.to}{'-anonymous' if request.is_anonymous else ''}.csv"
    _refuse_template(path, request)
    _put(path, layout.sheet.filled(values, kept_rows=kept))
    return Exported(
        path=path,
        num_marks=num_marks,
        unmatched=matches.unmatched,
        ambiguous=matches.ambiguous,
        strangers=()
        if request.changed_only
        else tuple(_label(people[row]) for row in _strangers(book, matches, people)),
        locked=tuple(locked),
    )


def _strangers(book: Gradebook, matches: Matches, people: Mapping[int, Mapping[str, str]]) -> Sequence[int]:
    """Return the rows of people whom the gradebook does not know at all, with a mark or without."""
    from grader.gradebook.marks import read_students

    everybody = match(read_students(book), people)
    return [row for row in matches.others if row in everybody.others]


def _label(identity: Mapping[str, str]) -> str:
    return identity.get(NAME) or next((value for value in identity.values() if value), "?")


def _layout(request: Request) -> Layout:
    if request.template is None:
        raise UsageError(
            tr(
                "Which sheet? Expected `--template FILE`, the one that {to} exported",
                to=request.to.capitalize(),
            ),
            hint=f"grade export OUT --to {request.to} --template FILE.csv",
        )
    sheet = read_sheet(request.template)
    return CanvasSheet(sheet) if request.to is Platform.CANVAS else MoodleSheet(sheet)


def _column(layout: Layout, exercise: StoredExercise, request: Request) -> tuple[int, float]:
    """Return an exercise's column and what a mark is multiplied with there."""
    target = Target(
        exercise_id=exercise.id,
        titles=(exercise.title_en, exercise.title_ko),
        column=request.columns.get(exercise.id, ""),
        max_points=exercise.max_score,
    )
    column = layout.column(target)
    maximum = layout.maximum(column)
    if maximum is None or abs(maximum - exercise.max_score) < 1e-9:
        return column, 1.0
    if not request.is_scaled or maximum <= 0 or exercise.max_score <= 0:
        raise UsageError(
            tr(
                "{id} is out of {ours} points, its column out of {theirs}. Expected the same",
                id=exercise.id,
                ours=f"{exercise.max_score:g}",
                theirs=f"{maximum:g}",
            ),
            hint=tr("Change the points in the LMS and export again, or convert every mark with `--scale`"),
        )
    return column, maximum / exercise.max_score


def _pseudonyms(
    book: Gradebook, layout: Layout, matches: Matches, people: Mapping[int, object]
) -> dict[tuple[int, int], str]:
    """Return every cell that says who somebody is: a pseudonym for the name, nothing for the rest."""
    names = Pseudonyms(book)
    owners = {row: key for key, row in matches.rows.items()}
    first = min(layout.identity_columns(), default=0)
    return {
        (row, column): names.of(owners[row]) if column == first and row in owners else ""
        for row in people
        for column in layout.identity_columns()
    }


def _refuse_template(path: Path, request: Request) -> None:
    if request.template is not None and path.exists() and path.samefile(request.template):
        raise UsageError(
            tr("`{path}` is the sheet itself. Expected another file: the export stays as it was", path=path),
            hint=tr("Leave `--file` out; the filled sheet goes to `OUT/exports/`"),
        )


# --- Gradescope --------------------------------------------------------------------------------------------------


def _write_results(book: Gradebook, out: Path, request: Request, marks: Sequence[Mark]) -> Exported:
    root = request.file or out / FOLDER / ("gradescope-anonymous" if request.is_anonymous else "gradescope")
    names = Pseudonyms(book) if request.is_anonymous else None
    num_written = 0
    for mark in marks:
        if mark.result_id is None:
            continue  # points that a person gave without a submission: there is nothing to show tests of
        report = read_report(book, mark.result_id)
        said = () if request.is_anonymous else reasons(mark)
        result = to_gradescope(report, score=mark.final, reasons=said)
        folder = names.of(mark.student.key) if names is not None else fit_name(mark.student.key)
        text = json.dumps(result, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
        _put(root / mark.exercise_id / folder / "results.json", text.encode("utf-8", "replace"))
        num_written += 1
    return Exported(path=root, num_marks=num_written)


def _put(path: Path, data: bytes) -> None:
    """Write a file so that there is the old one or the new one, never a part."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise StoreError(
            tr("The export cannot be written: {error}", error=error),
            hint=tr("Name another place with `--file FILE`, or close the program that has it open"),
        ) from error
