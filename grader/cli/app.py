"""The commands of `grade` and the options that all of them share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli import (
    author,
    batch_commands,
    console,
    correction_commands,
    demo_commands,
    handout_commands,
    marks_commands,
    progress_commands,
    reference_commands,
    rerun_commands,
    solution_commands,
    student,
    watch_commands,
    workspace_commands,
)
from grader.cli.help import HelpfulCommand, HelpfulGroup, later
from grader.cli.options import Options, exercise_ids
from grader.cli.parameters import (
    LEARN,
    MACHINE,
    WRITE,
    BackendOption,
    DeviceOption,
    ExerciseArgument,
    ExerciseOrLastArgument,
    SeedOption,
)
from grader.errors import ExitCode, UsageError
from grader.language import LANGUAGES, activate, active, tr

app = typer.Typer(
    name="grade",
    cls=HelpfulGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=later(
        "Grade deep-learning exercises: what is wrong with the array, and which mistake it looks like.\n\n"
        "Your code runs in a process of its own, without network and without the answers."
    ),
    epilog=later(
        "grade init learn  # a folder to learn in\n"
        "grade  # in that folder: where you stand, and what to run now\n"
        "grade check ex05  # grade ex05.py in this folder"
    ),
)
workspace_commands.register(app)  # first in the help: this is how one begins


@app.callback(invoke_without_command=True)
def shared(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help=later("Show the version and exit."))] = False,
    lang: Annotated[
        str | None,
        typer.Option(metavar="en|ko", help=later("The language; otherwise GRADE_LANG or the system's.")),
    ] = None,
    course: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help=later("The course; otherwise GRADE_COURSE or the one that came along.")
        ),
    ] = None,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            help=later("One fact a line, without boxes, colours and cursor moves: for screen readers."),
        ),
    ] = False,
) -> None:
    """Read the options that every command has."""
    if lang is not None:
        if lang not in LANGUAGES:
            raise UsageError(
                tr("`--lang` does not take this value. Expected en or ko. Received: {value}", value=lang),
                hint=tr("For instance `{example}`", example="--lang ko"),
            )
        if active() != lang:
            activate(console.shown_language(lang))
    if version:
        from grader import __version__

        console.out(f"grade {__version__}\n")
        raise typer.Exit
    context.obj = Options(course_folder=course, plain=plain)
    if context.invoked_subcommand is None:
        if workspace_commands.show_where_one_stands(context.obj):
            raise typer.Exit
        console.err(context.get_help() + "\n")
        raise typer.Exit(ExitCode.WRONG_USE)


@app.command(
    "list",
    cls=HelpfulCommand,
    rich_help_panel=LEARN,
    help=later("Show which exercises there are."),
    epilog=later("grade list\ngrade list --course ../my-course  # the exercises of another course"),
)
def list_exercises(context: typer.Context) -> None:
    """Show a table of the course's exercises."""
    student.list_exercises(context)


@app.command(
    cls=HelpfulCommand,
    rich_help_panel=LEARN,
    help=later("Show what an exercise asks for."),
    epilog=later("grade show ex05\ngrade show ex05 --lang ko  # in Korean"),
)
def show(context: typer.Context, exercise: ExerciseArgument) -> None:
    """Show an exercise's statement."""
    student.show(context, exercise)


@app.command(
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
)
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


@app.command(
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
)
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


@app.command(
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
)
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


@app.command(
    cls=HelpfulCommand,
    rich_help_panel=WRITE,
    help=later(
        "Write the files of a new exercise.\n\n`grade verify` then says what is left to do, until nothing is."
    ),
    epilog=later(
        "grade new ex30 --name pooling --course my-course  # exercises/ex30_pooling and its solution\n"
        "grade verify ex30 --course my-course  # what is left to do"
    ),
)
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


@app.command(
    "doctor",
    cls=HelpfulCommand,
    rich_help_panel=MACHINE,
    help=later("Show what works on this machine: packages, jail, Keras, language, course."),
    epilog=later("grade doctor\ngrade doctor --devices  # and on what Keras computes"),
)
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


demo_commands.register(app)
batch_commands.register(app)
handout_commands.register(app)
reference_commands.register(app)
marks_commands.register(app)
progress_commands.register(app)
watch_commands.register(app)
solution_commands.register(app)
correction_commands.register(app)
rerun_commands.register(app)
