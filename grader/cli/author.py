"""Commands for authors of exercises: verify and new."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from grader.cli import console
from grader.cli.options import Options, options_of, read_seed
from grader.errors import ExitCode, UsageError
from grader.language import tr

if TYPE_CHECKING:
    from grader.authoring import VerifyRow
    from grader.confusion import Confusion
    from grader.report.look import Look


def verify(context: typer.Context, names: Sequence[str], *, seed: str | None, num_mutants: int = 0) -> None:
    """Write a table of what holds and what does not; end with 1 where something does not."""
    options = options_of(context)
    chosen_seed = None if seed is None else read_seed(seed)
    course = options.course()
    exercises = [course.exercise(name) for name in names] or list(course.exercises)
    if not exercises:
        raise UsageError(
            tr("`{root}` holds no exercise yet", root=course.root),
            hint=f"grade new ex01 --course {course.root}",
        )

    from grader import authoring, grading

    def tell(row: VerifyRow) -> None:
        console.progress(f"{row.exercise_id}: {row.check}", plain=options.plain)

    settings = grading.Settings(seed=grading.DEFAULT_SEED if chosen_seed is None else chosen_seed)
    report = authoring.verify(exercises, settings=settings, on_progress=tell, num_mutants=num_mutants)
    console.progress("", plain=options.plain)
    look = console.stdout_look(plain=options.plain)
    headers = (tr("Exercise"), tr("Status"), tr("Check"), tr("Detail"))
    rows = [(row.exercise_id, _status(row, look), row.check, row.detail) for row in report.rows]
    console.out(console.renderer(look).table(headers, rows, look=look))
    _show_confusion(report.confusions, look)
    num_failed = sum(not row.ok for row in report.rows)
    console.err("\n" + tr("{num} checks, {failed} failed", num=len(rows), failed=num_failed) + "\n")
    raise typer.Exit(ExitCode.ALL_PASSED if report.all_ok else ExitCode.SOME_FAILED)


def _show_confusion(tables: Sequence[Confusion], look: Look) -> None:
    """Write what the diagnosis says: a line for each exercise, and for a single one a line for each mistake."""
    if not tables:
        return
    draw = console.renderer(look).table
    if len(tables) == 1:
        headers = (tr("Mistake"), tr("Cases that fail"), tr("Named as it"), tr("Named otherwise"))
        rows = [
            (item.id, str(item.num_failing), str(item.num_own), ", ".join(item.others) or "–")
            for item in tables[0].known
        ]
        console.out("\n" + draw(headers, rows, look=look))
    headers = (tr("Exercise"), tr("Known mistakes"), tr("Right answers"), tr("Unknown mistakes"))
    rows = [(table.exercise_id, _known(table), _right(table), _unknown(table)) for table in tables]
    console.out("\n" + draw(headers, rows, look=look))


def _known(table: Confusion) -> str:
    num_own = sum(item.num_own > 0 and not item.others for item in table.known)
    return tr("{num} of {all} named as themselves", num=num_own, all=len(table.known))


def _right(table: Confusion) -> str:
    if not table.alternatives:
        return "–"
    num_named = sum(bool(names) for _, names in table.alternatives)
    return tr("{num} of {all} named", num=num_named, all=len(table.alternatives))


def _unknown(table: Confusion) -> str:
    if not table.mutants:
        return tr("not measured: --mutants N")
    num_wrong = sum(bool(item.wrong) for item in table.killed)
    return tr("{num} of {all} misnamed", num=num_wrong, all=len(table.killed))


def _status(row: VerifyRow, look: Look) -> str:
    return console.status("✓", tr("ok"), look) if row.ok else console.status("✗", tr("failed"), look)


def new(context: typer.Context, exercise_id: str, name: str) -> None:
    """Write the files of a new exercise and say what comes next."""
    from grader.scaffold import create

    options = options_of(context)
    root = _root_to_write(options)
    paths = create(root, exercise_id, name=name)
    console.out("".join(f"{path}\n" for path in paths))
    where = f" --course {options.course_folder}" if options.course_folder else ""
    command = f"grade verify {exercise_id}{where}"
    console.err("\n" + tr("`{command}` says what is left to do", command=command) + "\n")


def _root_to_write(options: Options) -> Path:
    """Return the course that a new exercise belongs to; a folder that is named need be no course yet."""
    named = options.course_folder or (
        Path(os.environ["GRADE_COURSE"]) if os.environ.get("GRADE_COURSE") else None
    )
    if named is None:
        here = Path()
        if (here / "exercises").is_dir():
            return here
        raise UsageError(
            tr("This folder is no course. Expected a folder with `exercises/` in it, or `--course DIR`"),
            hint="grade new ex30 --course my-course",
        )
    if named.exists() and not named.is_dir():
        raise UsageError(
            tr("`--course` names no folder. Received: {path}", path=named),
            hint="grade new ex30 --course my-course",
        )
    return named
