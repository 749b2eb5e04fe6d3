"""`grade progress`: how far one has come, as a screen, a page, a file for programs or for another machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from grader.cli import console
from grader.cli.help import HelpfulCommand, later
from grader.cli.options import ProgressFormat, options_of, read_choice
from grader.cli.parameters import LEARN
from grader.cli.place import Place
from grader.cli.workspace_commands import command_now, place_of
from grader.errors import StoreError, UsageError
from grader.language import active, tr
from grader.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "progress",
        cls=HelpfulCommand,
        rich_help_panel=LEARN,
        help=later(
            "Show how far you have come: exercises, skills, mistakes made and overcome, and what comes next.\n\n"
            "It is read from `.grade/progress.sqlite` in your workspace, where every check is kept. `--export` and "
            "`--import` carry it to another machine."
        ),
        epilog=later(
            "grade progress\n"
            "grade progress --html progress.html  # a page that opens without a network\n"
            "grade progress --export mine.json  # on the old machine\n"
            "grade progress --import mine.json  # on the new one"
        ),
    )(_progress)


def _progress(
    context: typer.Context,
    *,
    output_format: Annotated[
        str, typer.Option("--format", metavar="text|json|csv", help=later("How to write it."))
    ] = "text",
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help=later("Write it as one page that opens offline.")),
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help=later("Write every attempt, for another machine.")),
    ] = None,
    take_from: Annotated[
        Path | None,
        typer.Option("--import", metavar="FILE", help=later("Take in what another machine wrote.")),
    ] = None,
) -> None:
    """Show, export or import progress."""
    chosen_format = read_choice("--format", output_format, ProgressFormat)
    options = options_of(context)
    place = place_of(options)
    if place.workspace is None:
        raise UsageError(
            tr("This folder is no workspace: no progress is kept here"), hint=place.elsewhere_hint()
        )
    if take_from is not None:
        _take_in(place.workspace, take_from)
    if export is not None:
        _export(place.workspace, export)
    if html is not None:
        _write_page(place, html)
    if take_from is not None or export is not None or html is not None:
        return
    found = place.standing()
    if chosen_format is ProgressFormat.TEXT:
        from grader.report.learning import progress_page

        look = console.stdout_look(plain=options.plain, course=options.course_folder)
        console.out(progress_page(found, command_now(place, found), look=look))
        return
    from grader.report import progress_exports

    write = progress_exports.to_json if chosen_format is ProgressFormat.JSON else progress_exports.to_csv
    console.out(write(found))


def _take_in(workspace: Workspace, file: Path) -> None:
    from grader.attempts import read_export
    from grader.progress import take_in

    attempts = read_export(file)
    num_new = take_in(workspace.state, attempts)
    console.err(tr("{new} of {all} attempts were new", new=num_new, all=len(attempts)) + "\n")


def _export(workspace: Workspace, file: Path) -> None:
    from grader.attempts import as_json
    from grader.progress import all_attempts

    attempts = all_attempts(workspace.state)
    _write(file, json.dumps(as_json(attempts), ensure_ascii=False, indent=1) + "\n")
    console.err(tr("{num} attempts written to `{file}`", num=len(attempts), file=file) + "\n")


def _write_page(place: Place, file: Path) -> None:
    from grader.report.progress_html import progress_html
    from grader.standing import utc_now

    found = place.standing()
    _write(
        file, progress_html(found, command_now(place, found), language=active(), now=utc_now().astimezone())
    )
    console.err(tr("Open `{file}` in a browser", file=file) + "\n")


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise StoreError(
            tr("`{path}` cannot be written: {reason}", path=file, reason=error.strerror),
            hint=tr("Look at the folder's permissions and at the space on the disk"),
        ) from error
