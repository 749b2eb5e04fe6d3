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
    from grader.report.look import Look


def verify(context: typer.Context, names: Sequence[str], *, seed: str | None) -> None:
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
    report = authoring.verify(exercises, settings=settings, on_progress=tell)
    console.progress("", plain=options.plain)
    look = console.stdout_look(plain=options.plain)
    headers = (tr("Exercise"), tr("Status"), tr("Check"), tr("Detail"))
    rows = [(row.exercise_id, _status(row, look), row.check, row.detail) for row in report.rows]
    console.out(console.renderer(look).table(headers, rows, look=look))
    num_failed = sum(not row.ok for row in report.rows)
    console.err("\n" + tr("{num} checks, {failed} failed", num=len(rows), failed=num_failed) + "\n")
    raise typer.Exit(ExitCode.ALL_PASSED if report.all_ok else ExitCode.SOME_FAILED)


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
