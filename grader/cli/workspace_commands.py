"""Commands around a learner's folder: init, reset, next, and `grade` alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader import workspace
from grader.cli import console
from grader.cli.help import HelpfulCommand, later
from grader.cli.options import Options, options_of
from grader.cli.parameters import LEARN, ExerciseArgument
from grader.cli.place import Place, shown
from grader.errors import UsageError
from grader.language import tr
from grader.report.look import Look
from grader.report.wording import number

if TYPE_CHECKING:
    from grader.standing import ExerciseStanding, Standing


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "init",
        cls=HelpfulCommand,
        rich_help_panel=LEARN,
        help=later(
            "Make a folder to learn in: a file to fill in and a statement for each exercise.\n\n"
            "Nothing that is there already is written over. Without DIR it is this folder where it is empty, "
            "else a new folder `neurograde`."
        ),
        epilog=later(
            "grade init learn  # a folder `learn` with everything to begin\n"
            "grade init learn --notebook  # notebooks for Jupyter and Colab"
        ),
    )(_init)
    app.command(
        "next",
        cls=HelpfulCommand,
        rich_help_panel=LEARN,
        help=later("Say what to do next, and why."),
        epilog=later("grade next  # which exercise, why, and the command to run"),
    )(_next)
    app.command(
        "reset",
        cls=HelpfulCommand,
        rich_help_panel=LEARN,
        help=later("Bring an exercise's stub back; what you wrote is kept in `.grade/kept/`."),
        epilog=later("grade reset ex05  # begin ex05 again"),
    )(_reset)


def _init(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help=later("The folder; it is made where it is missing."))
    ] = None,
    *,
    notebook: Annotated[
        bool, typer.Option("--notebook", help=later("Notebooks (.ipynb) in place of Python files."))
    ] = False,
) -> None:
    """Make a workspace."""
    options = options_of(context)
    course = options.course()
    root = folder or workspace.default_root(Path())
    done = workspace.create(root, course.exercises, notebook=notebook)
    console.out("".join(f"{path}\n" for path in done.made))
    said = tr("{num} files written to `{root}`", num=len(done.made), root=root.resolve().name)
    if done.kept:
        said += "; " + tr("{num} were there already and stay as they are", num=len(done.kept))
    steps = [] if root.resolve() == Path.cwd().resolve() else [f"cd {shown(root)}"]
    first = next(iter(course.folders), "ex01")
    console.err(
        f"\n{said}\n"
        + _labelled(
            tr("next"),
            " ; ".join([*steps, Look(course=str(options.course_folder or "")).command("show", first)]),
        )
    )


def _reset(context: typer.Context, exercise: ExerciseArgument) -> None:
    """Bring a stub back."""
    place = place_of(options_of(context))
    chosen = place.course.exercise(exercise)
    if place.workspace is None:
        raise UsageError(
            tr("This folder is no workspace: no stub was brought back"),
            hint=tr("`{command}` makes a workspace", command="grade init learn"),
        )
    path, kept = workspace.reset(place.workspace, chosen, now=datetime.now().astimezone())
    console.out(f"{shown(path)}\n")
    if kept is not None:
        console.err("\n" + tr("What you had written is kept in `{path}`", path=shown(kept)) + "\n")


def _next(context: typer.Context) -> None:
    """Say what to do next."""
    options = options_of(context)
    place = place_of(options)
    found = place.standing()
    exercise = found.advice.exercise
    look = console.stdout_look(plain=options.plain)
    if exercise is None:
        facts = [(tr("next"), tr("nothing is left: {reason}", reason=found.advice.reason))]
    else:
        item = found.of(exercise.id)
        facts = [
            (tr("next"), f"{exercise.id}  {exercise.title}"),
            (tr("why"), found.advice.reason),
            (tr("skills"), ", ".join(map(str, exercise.skill_names))),
        ]
        facts += [(tr("best"), _score(item))] if item is not None and item.best is not None else []
    console.out(console.renderer(look).facts([*facts, (tr("run"), command_now(place, found))], look=look))


def show_where_one_stands(options: Options) -> bool:
    """Write where a learner stands and the one command to run now; return False outside a workspace."""
    place = place_of(options)
    if place.workspace is None:
        return False
    found = place.standing()
    look = console.stdout_look(plain=options.plain)
    facts = [
        (
            tr("done"),
            tr("{done} of {all} exercises", done=found.num_done, all=len(found.exercises))
            + " · "
            + tr(
                "{score} / {max_score} points",
                score=number(found.score),
                max_score=number(found.max_score),
            ),
        )
    ]
    exercise = found.advice.exercise
    if exercise is not None:
        facts.append((tr("now"), f"{exercise.id}  {exercise.title}: {found.advice.reason}"))
    console.out(console.renderer(look).facts([*facts, (tr("run"), command_now(place, found))], look=look))
    return True


def place_of(options: Options) -> Place:
    """Return where this command runs."""
    return Place(
        course=options.course(),
        workspace=workspace.find_workspace(Path()),
        course_option=str(options.course_folder or ""),
    )


def command_now(place: Place, found: Standing) -> str:
    """Return the one command to run now."""
    exercise = found.advice.exercise
    if place.workspace is None:
        return place.elsewhere()
    if exercise is None:
        return place.command("progress")
    path = place.workspace.file(exercise.id)
    if path is None:
        return place.command("reset", exercise.id)
    item = found.of(exercise.id)
    if workspace.is_untouched(exercise, path):
        return place.command("show", exercise.id)
    if item is None or item.last is None or not _is_same(path, item.last.sha256):
        return place.command("check", exercise.id)
    return place.command("hint", exercise.id)


def _is_same(path: Path, sha256: str) -> bool:
    from hashlib import sha256 as digest

    try:
        return digest(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def _score(item: ExerciseStanding) -> str:
    return tr("{score} / {max_score} points", score=number(item.best), max_score=number(item.max_score))


def _labelled(label: str, text: str) -> str:
    return f"{label}: {text}\n"
