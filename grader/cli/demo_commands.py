"""The command for teachers who want to see it first: demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli import console
from grader.cli.help import HelpfulCommand, later
from grader.cli.parameters import TEACH
from grader.language import tr
from grader.report.clean import one_line


def register(app: typer.Typer) -> None:
    """Add the command to `grade`."""
    app.command(
        "demo",
        cls=HelpfulCommand,
        rich_help_panel=TEACH,
        help=later(
            "Write a made-up class of 60, to try batch, report, feedback and export on.\n\n"
            "Right and wrong work, late, broken, endless and hostile, notebooks, renamed files, old encodings, two "
            "people of one name. Nobody in it is real. What to run then is said, and stands in its README.md."
        ),
        epilog=later("grade demo\ngrade demo ~/try  # in another folder"),
    )(demo)


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=later("Where to write; otherwise `demo`."))
    ] = Path("demo"),
) -> None:
    """Write a made-up class."""
    from grader.demo import write_demo

    people = write_demo(folder)
    console.out(f"{folder}\n")
    where = one_line(str(folder))
    appeal = next(person for person in people if person.kind == "wrong")
    steps = [
        (f"cd {where}", ""),
        (
            "grade batch submitted --exercise ex05 --out out --roster roster.csv --dry-run",
            tr("who was found"),
        ),
        (
            "grade batch submitted --exercise ex05 --out out --roster roster.csv --due ex05=2026-03-06T23:59+09:00 "
            "--late-per-day 10",
            tr("grade them all"),
        ),
        ("grade report out", tr("what the class did")),
        ("grade export out --to canvas --template canvas.csv", tr("the marks for the LMS")),
        (f"grade replay out {appeal.number} ex05", tr("an appeal")),
    ]
    lines = [tr("{num} people who do not exist. Now try:", num=len(people)), ""]
    for command, remark in steps:
        lines.append(f"  {command}" + (f"  # {remark}" if remark else ""))
    page = f"out/feedback/{appeal.number}/ex05.html"
    lines += ["", tr("What a student sees: open {page}", page=page)]
    console.err("\n" + "\n".join(lines) + "\n")
