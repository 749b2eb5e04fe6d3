"""`grade verify` and `new`, for authors, and `doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli import author
from grader.cli.help import HelpfulCommand, later
from grader.cli.options import exercise_ids
from grader.cli.parameters import MACHINE, WRITE, SeedOption


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        cls=HelpfulCommand,
        rich_help_panel=WRITE,
        help=later(
            "Prove that exercises grade what they claim to grade.\n\n"
            "The stub must count as not written, the solution must get full points under many seeds, and every "
            "known mistake must be rejected and told apart from the others. The confusion table says what the "
            "diagnosis calls them. Exit status 1 where something does not hold."
        ),
        epilog=later(
            "grade verify  # every exercise of the course\n"
            "grade verify ex03 ex05\n"
            "grade verify ex05 --mutants 50  # how often is an unknown mistake misnamed?\n"
            "grade verify --attacks tests/attacks  # hostile submissions, in a checkout"
        ),
    )(verify)
    app.command(
        cls=HelpfulCommand,
        rich_help_panel=WRITE,
        help=later(
            "Write the files of a new exercise.\n\n`grade verify` then says what is left to do, until nothing is."
        ),
        epilog=later(
            "grade new ex30 --name pooling --course my-course  # exercises/ex30_pooling and its solution\n"
            "grade verify ex30 --course my-course  # what is left to do"
        ),
    )(new)
    app.command(
        "doctor",
        cls=HelpfulCommand,
        rich_help_panel=MACHINE,
        help=later("Show what works on this machine: packages, jail, Keras, language, course."),
        epilog=later("grade doctor\ngrade doctor --devices  # and on what Keras computes"),
    )(run_doctor)


def verify(
    context: typer.Context,
    exercises: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="EXERCISE", help=later("Which ones; otherwise all."), autocompletion=exercise_ids
        ),
    ] = None,
    *,
    seed: SeedOption = None,
    mutants: Annotated[
        int,
        typer.Option(
            "--mutants",
            metavar="N",
            min=0,
            help=later("Also try N wrong answers that nobody declared: how many get a wrong name?"),
        ),
    ] = 0,
    attacks: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=later(
                "Try the hostile submissions in DIR instead: none may earn, read, break or leave anything."
            ),
        ),
    ] = None,
) -> None:
    """Verify exercises."""
    if attacks is not None:
        from grader.cli.attack_table import try_attacks

        try_attacks(context, attacks, exercises or [], seed=seed)
    else:
        author.verify(context, exercises or [], seed=seed, num_mutants=mutants)


def new(
    context: typer.Context,
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE", help=later("The new id, such as ex30."))],
    *,
    name: Annotated[
        str, typer.Option(metavar="NAME", help=later("The rest of the folder's name, in English."))
    ] = "exercise",
) -> None:
    """Write a new exercise."""
    author.new(context, exercise, name)


def run_doctor(
    context: typer.Context,
    *,
    devices: Annotated[
        bool,
        typer.Option(
            "--devices", help=later("Ask each Keras backend for its devices: takes some seconds each.")
        ),
    ] = False,
) -> None:
    """Examine this machine."""
    from grader.cli.doctor import doctor  # reads package metadata: slow to import

    doctor(context, devices=devices)
