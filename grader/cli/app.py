"""The commands of `grade` and the options that all of them share.

Theory of operation. A learner waits for the import of every module, so that a command line loads the module of its own
command alone. `_MODULES` says which that is; where it is not clear which command is meant, all are loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from grader.cli import console
from grader.cli.help import HelpfulGroup, command_word, later
from grader.cli.options import Options
from grader.errors import ExitCode, UsageError
from grader.language import LANGUAGES, activate, active, tr

# In the order of the help page: it begins with how one begins.
_MODULES = {
    "workspace_commands": ("init", "next", "reset"),
    "check_commands": ("list", "show", "check", "hint"),
    "author_commands": ("verify", "new", "doctor"),
    "demo_commands": ("demo",),
    "batch_commands": ("batch",),
    "handout_commands": ("release",),
    "reference_commands": ("reference",),
    "marks_commands": ("report", "export", "feedback"),
    "progress_commands": ("progress",),
    "watch_commands": ("watch",),
    "solution_commands": ("solution",),
    "correction_commands": ("override", "waive", "purge"),
    "rerun_commands": ("regrade", "replay"),
}


def new_app(arguments: Sequence[str] = ()) -> typer.Typer:
    """Return `grade` with the command that a command line names, or with all of them where it names none.

    Args:
        arguments: The command line, without `grade` itself.
    """
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
    app.callback(invoke_without_command=True)(shared)
    for name in _modules_of(arguments):
        import_module(f"grader.cli.{name}").register(app)
    return app


def _modules_of(arguments: Sequence[str]) -> list[str]:
    word = command_word(arguments)
    return [name for name, commands in _MODULES.items() if word in commands] or list(_MODULES)


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
        from grader.cli import workspace_commands  # for nobody who runs a command

        if workspace_commands.show_where_one_stands(context.obj):
            raise typer.Exit
        console.err(context.get_help() + "\n")
        raise typer.Exit(ExitCode.WRONG_USE)
