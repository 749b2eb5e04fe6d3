"""Commands that grade again what the gradebook holds: regrade and replay."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import console
from grader.cli.correction_commands import GradedArgument, StudentArgument
from grader.cli.gradebooks import open_out
from grader.cli.help import HelpfulCommand, later
from grader.cli.marks_commands import ExercisesOption
from grader.cli.options import options_of
from grader.cli.parameters import TEACH, OutArgument
from grader.errors import ExitCode, UsageError
from grader.language import active, tr
from grader.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.batch.rerun import Change, Replay
    from grader.report.look import Look
    from grader.verdicts import Report

NoJailOption = Annotated[
    bool,
    typer.Option(
        "--unsafe-no-jail",
        help=later("Run submissions without the jail: they can read and change your files."),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to `grade`."""
    app.command(
        "regrade",
        cls=HelpfulCommand,
        rich_help_panel=TEACH,
        help=later(
            "Grade a class again with the course as it is now, after a test was mended.\n\n"
            "`--dry-run` lists old → new for each student and changes nothing. Old grades stay in the gradebook. "
            "The files are those that were graded, with the same seed."
        ),
        epilog=later(
            "grade regrade week5 --dry-run  # who would get what\n"
            "grade regrade week5 --never-lower\n"
            "grade regrade term --exercise ex05"
        ),
    )(regrade)
    app.command(
        "replay",
        cls=HelpfulCommand,
        rich_help_panel=TEACH,
        help=later(
            "Run one submission again with the stored seed and show everything, for an appeal.\n\n"
            "Calls, expected and received values, what the code printed, and what held it. The gradebook does "
            "not change. `--for-student` writes a page without anything hidden."
        ),
        epilog=later(
            "grade replay week5 20231234 ex05\n"
            "grade replay week5 김민준 ex05 --case 7\n"
            "grade replay week5 20231234 ex05 --for-student  # a page to send"
        ),
    )(replay)


def regrade(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    out: OutArgument,
    *,
    exercise: ExercisesOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=later("List old → new and change nothing."))
    ] = False,
    never_lower: Annotated[
        bool, typer.Option("--never-lower", help=later("Whoever would lose points keeps the old score."))
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help=later("Processes at work; otherwise one a core.")),
    ] = None,
    unsafe_no_jail: NoJailOption = False,
) -> None:
    """Grade a class again."""
    from grader.batch.executors import LocalProcesses
    from grader.batch.rerun import Regrade
    from grader.batch.rerun import regrade as run
    from grader.gradebook.marks import read_exercises, read_marks
    from grader.gradebook.people import find_exercise
    from grader.report.refresh import rewrite_feedback
    from grader.store import held_alone

    options = options_of(context)
    gc.enable()  # a class is not a command that lives for less than a second
    with (
        open_out(out) as book,
        held_alone(out / "batch.lock", tr("Another `grade batch` is at work on `{out}`", out=out)),
    ):
        graded = [find_exercise(book, name) for name in exercise or ()] or read_exercises(book)
        course = options.course()
        request = Regrade(
            course=course,
            exercises=[course.exercise(item.id) for item in graded],
            seed=int(book.setting("seed") or 0),
            language=active(),
            has_jail=not unsafe_no_jail,
            is_dry=dry_run,
            never_lower=never_lower,
        )
        _check_jail(request.has_jail)

        def tell(num_done: int, num_all: int) -> None:
            console.progress(tr("{done} of {all}", done=num_done, all=num_all), plain=options.plain)

        changes = run(book, read_marks(book), request, LocalProcesses(workers), on_progress=tell)
        console.progress("", plain=options.plain)
        if not dry_run:
            people = {mark.student.key for change in changes for mark in change.marks}
            after = [mark for mark in read_marks(book) if mark.student.key in people]
            rewrite_feedback(book, out, after, now=datetime.now(UTC))
    look = console.stdout_look(plain=options.plain)
    console.out(_table(changes, look))
    console.err("\n" + _summary(changes, is_dry=dry_run) + "\n")
    failed = any(change.is_fault for change in changes)
    raise typer.Exit(ExitCode.GRADER_FAILED if failed else ExitCode.ALL_PASSED)


def _check_jail(has_jail: bool) -> None:
    if not has_jail:
        return
    from grader.cli.batch_commands import require_jail

    require_jail()


def _table(changes: Sequence[Change], look: Look) -> str:
    rows = []
    for change in changes:
        if change.new is not None and change.old is not None and abs(change.new - change.old) < 1e-9:
            continue
        note = change.message.partition("\n")[0]
        if change.is_kept and change.new is not None:
            note = tr("stays {points}", points=number(change.old))
        rows += [
            (
                mark.student.key,
                mark.student.name,
                mark.exercise_id,
                f"{number(change.old)} → {number(change.new)}",
                note,
            )
            for mark in change.marks
        ]
    if not rows:
        return ""
    headers = (tr("Student"), tr("Name"), tr("Exercise"), tr("Old → new"), tr("Note"))
    return console.renderer(look).table(headers, rows, look=look)


def _summary(changes: Sequence[Change], *, is_dry: bool) -> str:
    moves = [
        change.new - change.old for change in changes if change.old is not None and change.new is not None
    ]
    higher = sum(move > 1e-9 for move in moves)
    lower = sum(move < -1e-9 for move in moves)
    failed = sum(change.new is None for change in changes)
    text = tr(
        "{num} submissions: {higher} higher, {lower} lower, {same} the same, {failed} without a new score",
        num=len(changes),
        higher=higher,
        lower=lower,
        same=len(changes) - higher - lower - failed,
        failed=failed,
    )
    return f"{text}. {tr('Nothing was changed')}" if is_dry else text


def replay(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    out: OutArgument,
    student: StudentArgument,
    exercise: GradedArgument,
    *,
    case: Annotated[
        str | None,
        typer.Option(
            "--case", metavar="CASE", help=later("Only this one: its number, its id, or its title.")
        ),
    ] = None,
    for_student: Annotated[
        bool, typer.Option("--for-student", help=later("Write a page without anything hidden."))
    ] = False,
    unsafe_no_jail: NoJailOption = False,
) -> None:
    """Run one submission again."""
    from grader.batch.rerun import replay as run
    from grader.gradebook.marks import read_marks
    from grader.gradebook.people import find_exercise, find_student

    options = options_of(context)
    _check_jail(not unsafe_no_jail)
    with open_out(out) as book:
        person, graded = find_student(book, student), find_exercise(book, exercise)
        mark = next(
            mark
            for mark in read_marks(book)
            if (mark.student.key, mark.exercise_id) == (person.key, graded.id)
        )
        subject = options.course().exercise(graded.id)
        done = run(book, mark, subject, has_jail=not unsafe_no_jail)
    report = done.report if case is None else _only(done.report, case)
    if for_student:
        from grader.report.feedback_data import Occasion
        from grader.report.feedback_files import write_feedback
        from grader.report.reasons import reasons

        occasion = Occasion(
            title=str(subject.title), submitted_at=mark.submitted_at, mark=mark.final, reasons=reasons(mark)
        )
        paths = write_feedback(
            done.report, [person], out / "appeals", now=datetime.now(UTC), occasion=occasion
        )
        console.out("".join(f"{path}\n" for path in paths))
    else:
        look = console.stdout_look(plain=options.plain)
        console.out(_shown(report, str(subject.title), look))
    _tell(done)


def _only(report: Report, text: str) -> Report:
    from dataclasses import replace

    wanted = text.strip().casefold()
    cases = report.cases
    if wanted.isdigit() and 1 <= int(wanted[:6]) <= len(cases):
        return replace(report, cases=(cases[int(wanted) - 1],))
    found = [item for item in cases if wanted in (item.case_id.casefold(), item.title.casefold())]
    found = found or [item for item in cases if wanted in f"{item.case_id}\n{item.title}".casefold()]
    if len(found) != 1:
        named = ", ".join(item.case_id for item in (found or cases)[:6])
        raise UsageError(tr("Which case is `{text}`? Expected one of {names}", text=text, names=named))
    return replace(report, cases=tuple(found))


def _shown(report: Report, title: str, look: Look) -> str:
    """Return the whole result: every failed case in full, whatever its visibility."""
    from grader.report import plain, terminal

    show = plain.result if look.plain else terminal.result
    return show(report, title=title, look=look, num_details=len(report.cases), is_for_teacher=True)


def _tell(done: Replay) -> None:
    jail = done.report.jail
    parts = ", ".join(jail.parts) or tr("nothing")
    console.err(tr("jail: {parts}", parts=parts) + "\n")
    if jail.missing:
        console.err(tr("missing in the jail: {parts}", parts=", ".join(jail.missing)) + "\n")
    notes = []
    if not done.is_same_suite:
        notes.append(tr("the suite changed since this was graded; this is the present one"))
    if done.differing:
        notes.append(tr("other verdicts than in the gradebook: {cases}", cases=", ".join(done.differing)))
    elif done.is_same_suite:
        notes.append(tr("every verdict is the one in the gradebook"))
    stored = done.stored
    notes.append(
        tr(
            "stored: {score} of {max_score} points, seed {seed}, graded {when}",
            score=number(stored.score),
            max_score=number(stored.max_score),
            seed=stored.basis.seed,
            when=f"{stored.graded_at:%Y-%m-%d %H:%M}",
        )
    )
    for note in notes:
        console.err(tr("note: {note}", note=note) + "\n")
