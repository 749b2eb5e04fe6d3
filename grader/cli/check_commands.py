"""`grade list`, `show`, `check` and `hint`: what a learner runs most."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli import student
from grader.cli.help import HelpfulCommand, later
from grader.cli.parameters import (
    LEARN,
    BackendOption,
    DeviceOption,
    ExerciseArgument,
    ExerciseOrLastArgument,
    SeedOption,
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "list",
        cls=HelpfulCommand,
        rich_help_panel=LEARN,
        help=later("Show which exercises there are."),
        epilog=later("grade list\ngrade list --course ../my-course  # the exercises of another course"),
    )(list_exercises)
    app.command(
        cls=HelpfulCommand,
        rich_help_panel=LEARN,
        help=later("Show what an exercise asks for."),
        epilog=later("grade show ex05\ngrade show ex05 --lang ko  # in Korean"),
    )(show)
    app.command(
        cls=HelpfulCommand,
        rich_help_panel=LEARN,
        help=later(
            "Grade one exercise and say what is wrong.\n\n"
            "Every case is one line: its verdict, what it is about, its points. The first cases that failed are "
            "explained, with the call that was made and what was expected. At full points further seeds run, "
            "unless you chose one.\n\n"
            "Exit status: 0 all cases passed, 1 some case failed, 2 wrong use, 3 the grader itself failed."
        ),
        epilog=later(
            "grade check  # the exercise whose file you edited last\n"
            "grade check ex05  # ex05.py in this folder\n"
            "grade check --all  # every exercise that you have begun, side by side\n"
            "grade check ex05 work/conv.py  # another file\n"
            "grade check ex05 --seed 7  # the same random inputs again\n"
            "grade check ex05 --reference live  # let Keras compute fresh cases\n"
            "grade check ex05 --format json  # for other programs"
        ),
    )(check)
    app.command(
        "hint",
        cls=HelpfulCommand,
        rich_help_panel=LEARN,
        help=later(
            "Show the next hint, from the concept to the line.\n\n"
            "Where your code is in this folder it is checked first, and the hint begins with what is wrong in it. "
            "Which hints you have seen is kept in `.grade/hints.json` in this folder."
        ),
        epilog=later(
            "grade hint  # for the exercise that you edited last\n"
            "grade hint ex05  # the next hint\n"
            "grade hint ex05 work/conv.py  # for code in another file\n"
            "grade hint ex05 --reset  # from the first one again"
        ),
    )(show_hint)


def list_exercises(context: typer.Context) -> None:
    """Show a table of the course's exercises."""
    student.list_exercises(context)


def show(context: typer.Context, exercise: ExerciseArgument) -> None:
    """Show an exercise's statement."""
    student.show(context, exercise)


def check(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    exercise: ExerciseOrLastArgument = None,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help=later("Your code; otherwise EXERCISE.py in this folder.")),
    ] = None,
    *,
    all_exercises: Annotated[
        bool, typer.Option("--all", help=later("Every exercise that you have begun, side by side."))
    ] = False,
    seed: SeedOption = None,
    output_format: Annotated[
        str,
        typer.Option(
            "--format", metavar="text|json|junit|gradescope|github", help=later("How to write the result.")
        ),
    ] = "text",
    feedback: Annotated[
        str,
        typer.Option(
            metavar="full|student",
            help=later("student leaves out what a learner may not see of hidden cases in graded work."),
        ),
    ] = "full",
    reference: Annotated[
        str,
        typer.Option(
            metavar="recorded|live",
            help=later("Compare with what Keras computed earlier, or let it compute fresh cases now."),
        ),
    ] = "recorded",
    device: DeviceOption = None,
    backend: BackendOption = None,
    no_shrink: Annotated[
        bool,
        typer.Option("--no-shrink", help=later("Do not look for the smallest input that fails.")),
    ] = False,
    unsafe_no_jail: Annotated[
        bool,
        typer.Option("--unsafe-no-jail", help=later("Run without the jail. For your own code only.")),
    ] = False,
) -> None:
    """Grade one exercise, or all."""
    request = student.CheckRequest(
        exercise=exercise,
        file=file,
        seed=seed,
        output_format=output_format,
        feedback=feedback,
        jail=not unsafe_no_jail,
        shrink=not no_shrink,
        reference=reference,
        device=device,
        backend=backend,
    )
    if all_exercises:
        from grader.cli.check_all import check_all  # starts processes: only where it is asked for

        check_all(context, request)
    student.check(context, request)


def show_hint(
    context: typer.Context,
    exercise: ExerciseOrLastArgument = None,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help=later("Your code; otherwise EXERCISE.py in this folder.")),
    ] = None,
    *,
    reset: Annotated[bool, typer.Option("--reset", help=later("Begin with the first hint again."))] = False,
) -> None:
    """Show the next hint."""
    from grader.cli.hints import hint  # reads hints and grades: not for every start

    hint(context, exercise, file, reset=reset)
