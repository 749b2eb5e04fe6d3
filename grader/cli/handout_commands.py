"""The command for teachers who hand out exercises: release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli import console
from grader.cli.help import HelpfulCommand, later
from grader.cli.options import exercise_ids, options_of
from grader.cli.parameters import TEACH
from grader.errors import UsageError
from grader.language import tr
from grader.report.clean import one_line


def register(app: typer.Typer) -> None:
    """Add the commands to `grade`."""
    app.command(
        "release",
        cls=HelpfulCommand,
        rich_help_panel=TEACH,
        help=later(
            "Make the student kit: stubs, statements, public examples, data, and nothing of `solutions/`.\n\n"
            "In the kit's folder `grade check ex05` runs the public cases only and gives no total. Students hand "
            "in the one file that they wrote, and `grade batch` grades it with every case."
        ),
        epilog=later(
            "grade release --out kit  # every exercise of the course\n"
            "grade release --out week5 --exercise ex05 --zip  # one exercise, also as week5.zip\n"
            "grade release --out kit --course my-course --notebook  # notebooks instead of .py files"
        ),
    )(release)


def release(
    context: typer.Context,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help=later("The kit's folder, a new one."))
    ] = None,
    exercise: Annotated[
        list[str] | None,
        typer.Option(
            "--exercise",
            metavar="EXERCISE",
            help=later("Which one, such as ex05; may be given several times. Otherwise all."),
            autocompletion=exercise_ids,
        ),
    ] = None,
    as_zip: Annotated[bool, typer.Option("--zip", help=later("Also as one file, DIR.zip."))] = False,
    notebook: Annotated[
        bool, typer.Option("--notebook", help=later("Notebooks to begin with instead of Python files."))
    ] = False,
) -> None:
    """Write the student kit."""
    if out is None:
        raise UsageError(
            tr("Something is missing. Expected {name}", name="--out DIR"), hint="grade release --out kit"
        )
    from grader.release import release as write_kit

    course = options_of(context).course()
    exercises = [course.exercise(name) for name in exercise or []] or list(course.exercises)
    if not exercises:
        raise UsageError(
            tr("`{root}` holds no exercise yet", root=course.root),
            hint=f"grade new ex01 --course {course.root}",
        )
    unique = {found.id: found for found in exercises}
    kit = write_kit(course, list(unique.values()), out, as_zip=as_zip, notebook=notebook)
    console.out("".join(f"{path}\n" for path in (kit.root, kit.zip_path) if path is not None))
    for path in kit.left_out:
        console.err(
            tr("note: {note}", note=tr("`{path}` is not declared in `files` and stayed here", path=path))
            + "\n"
        )
    text = tr(
        "{num} files, nothing of `solutions/`. Try it as a student would: `cd {root}`, then `grade check {id}`",
        num=len(kit.files),
        root=one_line(str(kit.root)),
        id=exercises[0].id,
    )
    console.err(f"\n{text}\n")
