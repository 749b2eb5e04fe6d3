"""`grade batch`: a class's work in, a gradebook and feedback out."""

from __future__ import annotations

import gc
import os
import secrets
import shlex
import sys
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import console
from grader.cli.help import HelpfulCommand, later
from grader.cli.options import exercise_ids, options_of, read_seed
from grader.cli.parameters import TEACH, SeedOption
from grader.errors import ExitCode, SandboxError, UsageError
from grader.language import active, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.batch.executors import Place
    from grader.batch.plan import BatchRequest
    from grader.batch.run import Tally
    from grader.course import Course, Exercise
    from grader.gradebook.records import LatePolicy
    from grader.intake.records import ClassWork

_INTERRUPTED = 130


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(
        "batch",
        cls=HelpfulCommand,
        rich_help_panel=TEACH,
        help=later(
            "Grade a whole class.\n\n"
            "SOURCE is what your platform gave you: a folder or an archive. OUT receives the gradebook and the "
            "feedback for each student. Run the same command again at any time: what is graded already is not "
            "graded again, and nothing that was graded is lost when it is stopped.\n\n"
            "Exit status: 0 everything was graded, 2 wrong use, 3 the grader failed on something, which is "
            "listed and has no mark."
        ),
        epilog=later(
            "grade batch submissions.zip --exercise ex05 --out week5 --dry-run  # who was found, with what\n"
            "grade batch submissions.zip --exercise ex05 --out week5\n"
            "grade batch class/ --all --out term --due ex05=2026-03-02T23:59 --late-per-day 10 --late-floor 50\n"
            "grade batch class/ --exercise ex05 --out week5 --cluster tcp://10.0.0.1:8786"
        ),
    )(batch)


def batch(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE", help=later("The folder or archive that your platform gave you."))
    ],
    *,
    out: Annotated[
        Path, typer.Option("--out", metavar="OUT", help=later("The folder for gradebook and feedback."))
    ],
    exercise: Annotated[
        list[str] | None,
        typer.Option(
            "--exercise",
            metavar="EXERCISE",
            help=later("What is graded; may be repeated."),
            autocompletion=exercise_ids,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help=later("Grade every exercise of the course."))
    ] = False,
    lms: Annotated[
        str,
        typer.Option(
            "--lms",
            metavar="auto|canvas|moodle|gradescope|nbgrader|plain",
            help=later("How SOURCE is laid out; it is recognised by itself."),
        ),
    ] = "auto",
    roster: Annotated[
        Path | None,
        typer.Option("--roster", metavar="FILE", help=later("A CSV file with everybody who should hand in.")),
    ] = None,
    groups: Annotated[
        Path | None,
        typer.Option("--groups", metavar="FILE", help=later("A CSV file that says who works together.")),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=later("Show who was found, with what, and what was not understood.")),
    ] = False,
    seed: SeedOption = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help=later("Processes at work; otherwise one a core.")),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster", metavar="ADDRESS", help=later("Grade on the Dask cluster at tcp://HOST:PORT.")
        ),
    ] = None,
    due: Annotated[
        list[str] | None,
        typer.Option(
            "--due",
            metavar="[EXERCISE=]TIME",
            help=later("When it is due, such as ex05=2026-03-02T23:59; may be repeated."),
        ),
    ] = None,
    late_per_day: Annotated[
        float,
        typer.Option(
            "--late-per-day", metavar="PERCENT", min=0, max=100,
            help=later("How much of the earned points each started day takes."),
        ),
    ] = 0.0,
    late_floor: Annotated[
        float,
        typer.Option(
            "--late-floor", metavar="PERCENT", min=0, max=100,
            help=later("How much of the earned points is left however late it is."),
        ),
    ] = 0.0,
    compare: Annotated[
        Path | None,
        typer.Option(
            "--compare", metavar="FILE",
            help=later("A CSV file with marks that were given: shows new against given, and writes nothing to it."),
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help=later("Show only what needs you."))
    ] = False,
    unsafe_no_jail: Annotated[
        bool,
        typer.Option(
            "--unsafe-no-jail", help=later("Run submissions without the jail: they can read and change your files.")
        ),
    ] = False,
) -> None:  # fmt: skip
    """Grade a class."""
    from grader.batch.plan import BatchRequest
    from grader.intake.take_in import LAYOUTS, take_in

    if lms not in ("auto", *LAYOUTS):
        raise UsageError(
            tr(
                "`{option}` does not take this value. Expected {names}. Received: {value}",
                option="--lms",
                names=", ".join(("auto", *LAYOUTS)),
                value=lms,
            ),
            hint=tr("Leave it out: the layout is recognised by itself"),
        )
    course = options_of(context).course()
    exercises = _exercises(course, exercise or [], every=every)
    _refuse_kit(course, exercises)
    if compare is not None:
        from grader.report.sheet import read_sheet

        read_sheet(compare)  # what is wrong with it is told before the class is graded
    late = _late_policies(due or [], exercises, per_day=late_per_day / 100, floor=late_floor / 100)
    gc.set_threshold(50_000, 20, 50)  # ten thousand people are many objects that stay
    gc.enable()  # a class is not a command that lives for less than a second
    read = partial(take_in, source, exercises=exercises, layout=lms, roster=roster, groups=groups)
    if dry_run:
        from tempfile import TemporaryDirectory

        from grader.report.batch_screen import found

        with TemporaryDirectory(
            prefix="grade-"
        ) as folder:  # an archive must be unpacked to see what it holds
            console.out(found(read(work_folder=Path(folder))))
        return
    work = read(work_folder=out / "handed_in")
    request = BatchRequest(
        source=source,
        out=out,
        course=course,
        exercises=exercises,
        language=active(),
        seed=None if seed is None else read_seed(seed),
        late=late,
        has_jail=not unsafe_no_jail,
    )
    with _place(request, cluster, workers) as place:
        tally = _run(request, work, place, is_plain=options_of(context).plain, is_quiet=quiet)
    code = _show(tally, is_quiet=quiet)
    if compare is not None and not tally.is_stopped:
        _compare(compare, request, is_plain=options_of(context).plain)
    raise typer.Exit(code)


def _refuse_kit(course: Course, exercises: Sequence[Exercise]) -> None:
    """Refuse to give marks without the hidden cases, as in a folder that students got."""
    for exercise in exercises:
        if exercise.hidden_suite is None:
            raise UsageError(
                tr(
                    "`{root}` has no `solutions/`: it is what students get. Expected the whole course",
                    root=course.root,
                ),
                hint=tr("Name your course with `--course DIR`, or run this in another folder"),
            )


def _compare(given: Path, request: BatchRequest, *, is_plain: bool) -> None:
    """Write new marks beside those that were given."""
    from grader.gradebook.book import open_gradebook
    from grader.gradebook.marks import read_marks
    from grader.report.compare_marks import compare, comparison_screen

    wanted = {exercise.id for exercise in request.exercises}
    with open_gradebook(request.out) as book:
        marks = [mark for mark in read_marks(book) if mark.exercise_id in wanted]
    console.out(comparison_screen(compare(given, marks), console.stdout_look(plain=is_plain)))


def _exercises(course: Course, names: Sequence[str], *, every: bool) -> tuple[Exercise, ...]:
    if every == bool(names):
        raise UsageError(
            tr(
                "Expected either `--exercise` or `--all`. Received: {what}",
                what=tr("both") if every else tr("neither"),
            ),
            hint=tr("For instance `{example}`", example="--exercise ex05"),
        )
    if every:
        return course.exercises
    chosen = {item.id: item for item in (course.exercise(name) for name in names)}
    return tuple(chosen.values())


def _late_policies(
    due: Sequence[str], exercises: Sequence[Exercise], *, per_day: float, floor: float
) -> dict[str, LatePolicy]:
    """Return the policy of each exercise that `--due` names; without a name it is every one."""
    from grader.gradebook.records import LatePolicy

    policies: dict[str, LatePolicy] = {}
    known = [exercise.id for exercise in exercises]
    for text in due:
        name, _, moment = text.rpartition("=")
        if name and name not in known:
            raise UsageError(
                tr("`--due` names an exercise that is not graded. Expected one of {ids}. Received: {name}",
                   ids=", ".join(known), name=name),
            )  # fmt: skip
        policy = LatePolicy(due_at=_moment(moment), per_day=per_day, floor=floor)
        policies |= dict.fromkeys([name] if name else known, policy)
    if not due and (per_day or floor):
        raise UsageError(
            tr("A late penalty needs a due date. Expected `--due`. Received: none"),
            hint=tr("For instance `{example}`", example="--due ex05=2026-03-02T23:59"),
        )
    return policies


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            tr("`--due` is no such time. Expected a date and a time. Received: {text}", text=text[:60]),
            hint=tr("For instance `{example}`", example="--due ex05=2026-03-02T23:59+09:00"),
        ) from None
    return moment if moment.tzinfo is not None else moment.astimezone()  # the time of this machine


@contextmanager
def _place(request: BatchRequest, cluster: str | None, workers: int | None) -> Iterator[Place]:
    """Give where the batch runs, once it is sure that it can."""
    from grader.batch.executors import LocalProcesses, dask_cluster

    if cluster is not None:
        with dask_cluster(cluster, request.course, request.exercises) as place:
            yield place
        return
    from grader.sandbox.packages import check_packages

    for exercise in request.exercises:
        check_packages(exercise)
    if request.has_jail:
        require_jail()
    yield LocalProcesses(workers)


def require_jail() -> None:
    """Refuse to run a class's code where the jail is not complete."""
    from grader.sandbox.confine import probe

    missing = [f"{status.part} ({status.reason})" for status in probe() if not status.is_available]
    if missing:
        raise SandboxError(
            tr(
                "The jail is not complete on this machine, and a class's code is not to be trusted. Missing: {parts}",
                parts=", ".join(missing),
            ),
            hint=tr("`grade doctor` says more. To run it without the jail nevertheless: `--unsafe-no-jail`"),
        )


def _run(request: BatchRequest, work: ClassWork, place: Place, *, is_plain: bool, is_quiet: bool) -> Tally:
    from grader.batch.run import run_batch
    from grader.report.batch_feedback import BatchFeedback
    from grader.report.batch_screen import BatchScreen

    exercises = {exercise.id: exercise for exercise in request.exercises}
    feedback = BatchFeedback(request.out, exercises, request.late)
    is_terminal = sys.stderr.isatty() and not is_plain and os.environ.get("TERM") != "dumb"
    screen = BatchScreen(
        sys.stderr, is_terminal=is_terminal, is_quiet=is_quiet, on_finished=feedback.finished
    )
    try:
        tally = run_batch(request, work, place, draw_seed=secrets.randbelow(2**32), listener=screen)
    finally:
        screen.end()
    if not tally.is_stopped:
        from grader.gradebook.book import open_gradebook
        from grader.report.refresh import refresh_marks

        feedback.fill_in(tally)
        with open_gradebook(
            request.out
        ) as book:  # late penalties and decisions of people belong into it, too
            refresh_marks(book, request.out)
    return tally


def _show(tally: Tally, *, is_quiet: bool) -> int:
    from grader.report.batch_screen import summary

    if not is_quiet or tally.troubles or tally.is_stopped or tally.broken:
        command = shlex.join(["grade", *sys.argv[1:]])
        console.err("\n" + summary(tally, command=command))
    if tally.is_stopped:
        return _INTERRUPTED
    return ExitCode.GRADER_FAILED if tally.faults or tally.broken else ExitCode.ALL_PASSED
