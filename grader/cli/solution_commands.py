"""`grade solution`: the reference solution once it is earned, beside the learner's own code."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from time import time
from typing import TYPE_CHECKING

import typer

from grader.cli import console
from grader.cli.help import HelpfulCommand, later
from grader.cli.options import options_of
from grader.cli.parameters import LEARN, ExerciseArgument
from grader.cli.place import Place
from grader.cli.workspace_commands import place_of
from grader.errors import ExitCode, GraderError, UsageError
from grader.language import active, tr
from grader.report.wording import number

if TYPE_CHECKING:
    from grader.course import Exercise
    from grader.report.look import Look
    from grader.source.pieces import Pieces

NUM_REQUESTS = 3  # after so many the solution is shown, earned or not


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "solution",
        cls=HelpfulCommand,
        rich_help_panel=LEARN,
        help=later(
            "Show the solution with its explanation, beside your own code.\n\n"
            "It is yours once you have full points. Before that you have to ask three times: a look at it ends the "
            "search for your own."
        ),
        epilog=later("grade solution ex05  # once it has full points"),
    )(_solution)


def _solution(context: typer.Context, exercise: ExerciseArgument) -> None:
    """Show a solution."""
    options = options_of(context)
    place = place_of(options)
    chosen = place.course.exercise(exercise)
    if chosen.solution is None:
        raise UsageError(
            tr("This course comes without solutions: your teacher has them"),
            hint=place.command("hint", chosen.id),
        )
    if place.workspace is None:
        raise UsageError(
            tr("Solutions are shown in a workspace, where it is known what you have solved"),
            hint=place.elsewhere_hint(),
        )
    _refuse_too_early(place, chosen)
    look = console.stdout_look(plain=options.plain, course=options.course_folder)
    if sys.stdout.isatty():
        look = replace(look, width=max(look.width, shutil.get_terminal_size().columns))
    own, names = _own(place, chosen)
    from grader.explanations import explained_solution
    from grader.report.solution_page import solution_page

    solution = explained_solution(chosen, active())
    console.out(solution_page(f"{chosen.id}  {chosen.title}", solution, own, names, look=look))
    _say_next(place, look)


def _refuse_too_early(place: Place, exercise: Exercise) -> None:
    """End with a warning where the solution is not earned and was not asked for often enough.

    Raises:
        Exit: It is not.
    """
    item = place.standing().of(exercise.id)
    if item is not None and item.done_at is not None:
        return
    from grader.progress import ask_for_solution

    folder = place.workspace.state if place.workspace else None
    if folder is None:
        return
    asked = ask_for_solution(folder, course=place.course_name, exercise_id=exercise.id, now=time())
    if asked >= NUM_REQUESTS:
        return
    best = number(None if item is None else item.best)
    console.err(
        tr(
            "warning: {id} is not solved yet (best: {best} of {max_score} points). A look at the solution ends the "
            "search for your own",
            id=exercise.id,
            best=best,
            max_score=number(exercise.total_points),
        )
        + "\n\n"
        + tr("hint: `{command}` asks a question that leads on", command=place.command("hint", exercise.id))
        + "\n"
        + tr(
            "To see it all the same, run this command again; still to ask: {left}",
            left=NUM_REQUESTS - asked,
        )
        + "\n"
    )
    raise typer.Exit(ExitCode.SOME_FAILED)


def _own(place: Place, exercise: Exercise) -> tuple[Pieces | None, dict[str, str]]:
    """Return the learner's code and what it calls the entry points; None where it cannot be read."""
    from grader.source.pieces import take_apart
    from grader.submission import read_submission

    path = place.found_file(exercise)
    if path is None:
        return None, {}
    try:
        submission = read_submission(path, exercise)
        return take_apart(submission.source), dict(submission.entry_points)
    except (GraderError, ValueError, SyntaxError):
        return None, {}


def _say_next(place: Place, look: Look) -> None:
    if not look.plain:
        console.err("\n" + tr("next: {command}", command=place.command("next")) + "\n")
