"""Commands for teachers who give marks back: report and export."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import console
from grader.cli.gradebooks import open_out
from grader.cli.help import HelpfulCommand, help_hint, later
from grader.cli.options import exercise_ids, options_of, read_choice
from grader.cli.parameters import TEACH, OutArgument
from grader.errors import UsageError
from grader.language import tr
from grader.report.clean import one_line

if TYPE_CHECKING:
    from grader.gradebook.records import Mark
    from grader.report.export_marks import Exported
    from grader.report.look import Look

_MAX_LISTED = 20

ExercisesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--exercise",
        metavar="EXERCISE",
        help=later("Only this one; may be repeated. Otherwise all that were graded."),
        autocompletion=exercise_ids,
    ),
]


class ReportFormat(StrEnum):
    """How `grade report` writes."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the commands to `grade`."""
    app.command(
        "report",
        cls=HelpfulCommand,
        rich_help_panel=TEACH,
        help=later(
            "Show what a class did: distribution, cases, mistakes, and who has no mark and why.\n\n"
            "OUT is the folder that `grade batch` wrote. With `--progress` it is the files that learners wrote "
            "with `grade progress --export`, and the report is on a self-study group."
        ),
        epilog=later(
            "grade report week5\n"
            "grade report term --exercise ex05\n"
            "grade report week5 --format json  # for other programs\n"
            "grade report --progress minji.json sora.json  # a self-study group"
        ),
    )(report)
    app.command(
        "export",
        cls=HelpfulCommand,
        rich_help_panel=TEACH,
        help=later(
            "Write the marks for an LMS.\n\n"
            "For Canvas and Moodle export the sheet there first and name it with `--template`: only the cells of "
            "the marks are filled, everything else stays as it was. Whoever the sheet does not list is named, and "
            "nobody without a mark gets a zero."
        ),
        epilog=later(
            "grade export week5 --to csv  # for Excel\n"
            "grade export week5 --to canvas --template Grades.csv\n"
            'grade export week5 --to canvas --template Grades.csv --column "ex05=Week 5 (123)"\n'
            "grade export week5 --to moodle --template Worksheet.csv --changed-only\n"
            "grade export week5 --to gradescope  # results.json for each submission"
        ),
    )(export)

    app.command(
        "feedback",
        cls=HelpfulCommand,
        rich_help_panel=TEACH,
        help=later(
            "Write every student's feedback again, as they may see it now.\n\n"
            "`grade batch` writes it while it grades. Run this after the due date or with `--published`, when cases "
            "open that were hidden until then: OUT/feedback/STUDENT/ex05.html, .md and .json."
        ),
        epilog=later("grade feedback week5\ngrade feedback week5 --published  # the marks are out"),
    )(feedback)


def feedback(
    context: typer.Context,
    out: OutArgument,
    *,
    exercise: ExercisesOption = None,
    published: Annotated[
        bool, typer.Option("--published", help=later("The marks are published: open what waited for that."))
    ] = False,
) -> None:
    """Write feedback again."""
    from datetime import UTC, datetime

    from grader.gradebook.marks import read_marks
    from grader.gradebook.people import find_exercise
    from grader.report.refresh import rewrite_feedback

    del context
    with open_out(out) as book:
        wanted = {find_exercise(book, name).id for name in exercise or ()}
        marks = [mark for mark in read_marks(book) if not wanted or mark.exercise_id in wanted]
        num = rewrite_feedback(book, out, marks, now=datetime.now(UTC), is_published=published)
    console.out(f"{out / 'feedback'}\n")
    console.err(tr("feedback written: {num}", num=num) + "\n")


def report(
    context: typer.Context,
    out: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="OUT", help=later("The folder that `grade batch` wrote; with `--progress` files.")
        ),
    ] = None,
    *,
    exercise: ExercisesOption = None,
    progress: Annotated[
        bool, typer.Option("--progress", help=later("Report on progress that learners exported."))
    ] = False,
    output_format: Annotated[
        str, typer.Option("--format", metavar="text|json", help=later("How to write it."))
    ] = "text",
) -> None:
    """Show what a class did."""
    from grader.report import class_screen
    from grader.report.class_summary import summaries

    written_as = read_choice("--format", output_format, ReportFormat)
    look = console.stdout_look(plain=options_of(context).plain)
    if progress:
        console.out(_study_group(context, out or [], written_as, look))
        return
    folder = _only(out or [])
    with open_out(folder) as book:
        found = summaries(book, exercises=tuple(exercise or ()))
    if not found:
        raise UsageError(
            tr("Nothing was graded yet in `{path}`", path=folder),
            hint=f"grade batch DIR --exercise ex05 --out {folder}",
        )
    if written_as is ReportFormat.JSON:
        text = json.dumps(
            class_screen.to_json(found), ensure_ascii=not look.unicode, indent=2, allow_nan=False
        )
        console.out(text + "\n")
    else:
        console.out(class_screen.screen(found, look))


def _only(folders: Sequence[Path]) -> Path:
    if not folders:
        raise UsageError(
            tr("Something is missing. Expected {name}", name="OUT"), hint=help_hint("grade report")
        )
    if len(folders) > 1:
        raise UsageError(
            tr(
                "`{command}` does not take so many arguments. Left over: {rest}",
                command="grade report",
                rest=" ".join(map(str, folders[1:])),
            ),
            hint=help_hint("grade report"),
        )
    return folders[0]


def _study_group(context: typer.Context, files: Sequence[Path], written_as: ReportFormat, look: Look) -> str:
    """Return the report on learners who exported their progress."""
    from grader.attempts import read_export
    from grader.cli.place import course_name
    from grader.report.study_group import Learner, group_json, group_screen
    from grader.standing import standing, utc_now

    if not files:
        raise UsageError(
            tr("No file was named. Expected what learners exported"),
            hint=tr("For instance `{example}`", example="grade report --progress minji.json sora.json"),
        )
    course = options_of(context).course()
    name = course_name(course)
    learners = []
    for file in files:
        attempts = sorted(
            (one for one in read_export(file) if one.course == name), key=lambda attempt: attempt.at
        )
        learners.append(
            Learner(
                name=file.stem,
                standing=standing(course.exercises, attempts, now=utc_now()),
                last_at=attempts[-1].when if attempts else None,
            )
        )
    return group_json(learners) if written_as is ReportFormat.JSON else group_screen(learners, look=look)


def export(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    out: OutArgument,
    *,
    to: Annotated[
        str, typer.Option("--to", metavar="csv|canvas|moodle|gradescope", help=later("Where the marks go."))
    ] = "csv",
    exercise: ExercisesOption = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE", help=later("The sheet that the LMS exported.")),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="EXERCISE=TITLE",
            help=later("Which column of the sheet is an exercise, where that is not clear; may be repeated."),
        ),
    ] = None,
    scale: Annotated[
        bool, typer.Option("--scale", help=later("Convert marks to the points that the sheet asks for."))
    ] = False,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help=later("Replace names and ids by pseudonyms."))
    ] = False,
    changed_only: Annotated[
        bool,
        typer.Option("--changed-only", help=later("Only what changed since the last export of this kind.")),
    ] = False,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help=later("Where to write; otherwise OUT/exports/.")),
    ] = None,
) -> None:
    """Write marks for an LMS."""
    from grader.report.export_marks import Platform, Request, export_marks

    del context
    request = Request(
        to=read_choice("--to", to, Platform),
        exercises=tuple(exercise or ()),
        template=template,
        columns=_columns(column or ()),
        file=file,
        is_scaled=scale,
        is_anonymous=anonymous,
        changed_only=changed_only,
    )
    with open_out(out) as book:
        done = export_marks(book, out, request)
    console.out(f"{done.path}\n")
    _tell(done, is_anonymous=anonymous)


def _columns(values: Sequence[str]) -> dict[str, str]:
    columns = {}
    for value in values:
        exercise_id, sign, title = value.partition("=")
        if not (exercise_id and sign and title.strip()):
            raise UsageError(
                tr(
                    "`--column` names an exercise and a column. Expected EXERCISE=TITLE. Received: {value}",
                    value=value,
                ),
                hint='--column "ex05=Week 5 (123)"',
            )
        columns[exercise_id.strip()] = title.strip()
    return columns


def _tell(done: Exported, *, is_anonymous: bool) -> None:
    console.err("\n" + tr("{num} marks written", num=done.num_marks) + "\n")
    if is_anonymous:
        return  # names would be on the screen

    def called(keys: Sequence[str]) -> tuple[str, ...]:
        return tuple(f"{done.names[key]} ({key})" if done.names.get(key) else key for key in keys)

    lists = [
        (tr("not in the sheet"), called(done.unmatched)),
        (tr("not clear which row of the sheet"), called(done.ambiguous)),
        (tr("excused or locked in the sheet, left as they are"), called(done.locked)),
        (tr("in the sheet, but unknown here: left as they are"), done.strangers),
        (tr("without a mark: left as they are"), tuple(_without(mark) for mark in done.without_mark)),
    ]
    for label, names in lists:
        if names:
            shown = "; ".join(one_line(name) for name in names[:_MAX_LISTED])
            more = len(names) - _MAX_LISTED
            rest = " " + tr("and {num} more", num=more) if more > 0 else ""
            console.err(f"{label} ({len(names)}): {shown}{rest}\n")


def _without(mark: Mark) -> str:
    from grader.report.marks_csv import status

    return f"{mark.student.name or mark.student.key} ({mark.exercise_id}, {status(mark)})"
