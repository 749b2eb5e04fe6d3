"""Commands for decisions of a teacher: override, waive and purge. What was computed stays beside them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import console
from grader.cli.gradebooks import find_out, given_reason, open_out, teacher
from grader.cli.help import HelpfulCommand, later
from grader.cli.options import options_of
from grader.cli.parameters import TEACH, OutArgument
from grader.errors import UsageError
from grader.language import tr
from grader.report.clean import one_line
from grader.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.gradebook.book import Gradebook
    from grader.gradebook.records import Effect, Mark
    from grader.report.class_summary import CaseRate

StudentArgument = Annotated[
    str,
    typer.Argument(metavar="STUDENT", help=later("A number, a name, or a part that only one person has.")),
]
GradedArgument = Annotated[
    str, typer.Argument(metavar="EXERCISE", help=later("The exercise's id, such as ex05."))
]
ReasonOption = Annotated[
    str | None,
    typer.Option("--reason", metavar="WORDS", help=later("Why; it stays in the gradebook.")),
]
WhoOption = Annotated[
    str | None,
    typer.Option("--who", metavar="NAME", help=later("Who decides; otherwise your name on this machine.")),
]
UndoOption = Annotated[
    bool, typer.Option("--undo", help=later("Take an earlier decision back; it stays in the record."))
]


def register(app: typer.Typer) -> None:
    """Add the commands to `grade`."""
    app.command(
        "override",
        cls=HelpfulCommand,
        rich_help_panel=TEACH,
        help=later(
            "Give one person other points than the computed ones.\n\n"
            "The computed score stays beside them, with who decided, when and why; the student's feedback says it. "
            "Without `--out` it is the gradebook of this folder, or the only one in a folder below."
        ),
        epilog=later(
            'grade override 20231234 ex05 --points 7 --reason "Showed it in the office hour" --out week5\n'
            'grade override 김민준 ex05 --undo --reason "Was somebody else" --out week5'
        ),
    )(override)
    app.command(
        "waive",
        cls=HelpfulCommand,
        rich_help_panel=TEACH,
        help=later(
            "Say that a case was wrong: everybody gets its points, or it counts for nobody.\n\n"
            "Nothing runs again. CASE is its number in `grade report`, its id, or its title. What changes is "
            "listed; `--dry-run` only lists it."
        ),
        epilog=later(
            'grade waive week5 ex05 7 --full --reason "The statement did not say it"\n'
            'grade waive week5 ex05 test_even_kernel --drop --reason "Wrong expected value" --dry-run\n'
            'grade waive week5 ex05 7 --undo --reason "It was right after all"'
        ),
    )(waive)
    app.command(
        "purge",
        cls=HelpfulCommand,
        rich_help_panel=TEACH,
        help=later(
            "Remove a person: gradebook, feedback, what they handed in, and exports that name them.\n\n"
            "What a group handed in stays for the others. Without `--yes` it only says what would be removed."
        ),
        epilog=later("grade purge week5 20231234  # what would be removed\ngrade purge week5 20231234 --yes"),
    )(purge)


def override(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    student: StudentArgument,
    exercise: GradedArgument,
    *,
    points: Annotated[
        float | None, typer.Option("--points", metavar="N", help=later("The points to give."))
    ] = None,
    reason: ReasonOption = None,
    undo: UndoOption = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="OUT", help=later("The folder that `grade batch` wrote."))
    ] = None,
    who: WhoOption = None,
) -> None:
    """Give one person other points."""
    from grader.gradebook.corrections import add_override
    from grader.gradebook.people import find_exercise, find_student, label
    from grader.report.refresh import refresh_marks

    del context
    example = f'grade override {student} {exercise} --points 7 --reason "…"'
    if (points is None) != undo:
        raise UsageError(tr("Expected either `--points N` or `--undo`"), hint=example)
    if points is not None and not (math.isfinite(points) and points >= 0):
        raise UsageError(
            tr("`--points` are no points. Expected a number from 0. Received: {value}", value=points),
            hint=example,
        )
    if out is None and (Path(student) / "gradebook.sqlite").is_file():
        raise UsageError(
            tr("`{folder}` is a gradebook, not a student. Expected STUDENT EXERCISE", folder=student),
            hint=f'grade override STUDENT {exercise} --points 7 --reason "…" --out {student}',
        )
    said = given_reason(reason, example)
    folder = find_out(out)
    with open_out(folder) as book:
        person, graded = find_student(book, student), find_exercise(book, exercise)
        before = _mark(book, person.key, graded.id)
        add_override(book, person.key, graded.id, points=points, reason=said, who=teacher(who))
        after = _mark(book, person.key, graded.id)
        refresh_marks(book, folder, only={person.key})
        others = [key for key in after.members if key != person.key]
    console.out(f"{one_line(label(person))}  {graded.id}  {number(before.final)} → {number(after.final)}\n")
    if points is not None and points > after.max_score + 1e-9:
        console.err(
            tr(
                "note: {note}",
                note=tr("that is more than {max_points} points", max_points=number(after.max_score)),
            )
            + "\n"
        )
    if others:
        note = tr("the others of the group keep theirs: {names}", names=one_line(", ".join(others)))
        console.err(tr("note: {note}", note=note) + "\n")


def waive(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    out: OutArgument,
    exercise: GradedArgument,
    case: Annotated[
        str, typer.Argument(metavar="CASE", help=later("Its number in `grade report`, its id, or its title."))
    ],
    *,
    full: Annotated[bool, typer.Option("--full", help=later("Everybody gets its points."))] = False,
    drop: Annotated[
        bool, typer.Option("--drop", help=later("It counts for nobody, and its points leave the maximum."))
    ] = False,
    undo: UndoOption = False,
    reason: ReasonOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=later("Only list what would change."))] = False,
    who: WhoOption = None,
) -> None:
    """Say that a case was wrong."""
    from grader.gradebook.marks import read_marks
    from grader.gradebook.people import find_exercise
    from grader.gradebook.records import Effect
    from grader.report.class_summary import summaries
    from grader.report.refresh import refresh_marks

    example = f'grade waive {out} {exercise} {case} --full --reason "…"'
    if full + drop + undo != 1:
        raise UsageError(tr("Expected one of `--full`, `--drop`, `--undo`"), hint=example)
    effect = Effect.FULL if full else Effect.DROP if drop else Effect.NONE
    said = given_reason(reason, example)
    with open_out(out) as book:
        graded = find_exercise(book, exercise)
        (summary,) = summaries(book, exercises=(graded.id,))
        chosen = _case(summary.cases, case, out)
        before = read_marks(book)
        after = _after(book, graded.id, chosen.case_id, effect, said, teacher(who), is_dry=dry_run)
        if not dry_run:
            refresh_marks(book, out, only={mark.student.key for mark in after})
    look = console.stdout_look(plain=options_of(context).plain)
    pairs = [
        (old, new)
        for old, new in zip(before, after, strict=True)
        if old.exercise_id == graded.id and (old.final, old.max_score) != (new.final, new.max_score)
    ]
    console.out(_changes(pairs, look=look))
    text = tr("{case}: marks that change: {num}", case=f"{chosen.case_id} “{chosen.title}”", num=len(pairs))
    more = tr("Nothing was changed") if dry_run else tr("`--undo` takes it back")
    console.err(f"\n{text}. {more}\n")


def purge(
    context: typer.Context,
    out: OutArgument,
    student: StudentArgument,
    *,
    yes: Annotated[bool, typer.Option("--yes", help=later("Really remove it."))] = False,
) -> None:
    """Remove a person."""
    from grader.gradebook.people import find_student, label
    from grader.report.purge import files_outside, traces
    from grader.report.purge import purge as remove

    del context
    with open_out(out) as book:
        person = find_student(book, student)
        outside = files_outside(book, out, person)
        paths = remove(book, out, person) if yes else traces(book, out, person)
    console.out("".join(f"{one_line(str(path))}\n" for path in paths))
    for path in outside:
        note = tr("`{path}` lies outside and stays: it is yours to delete", path=one_line(str(path)))
        console.err(tr("note: {note}", note=note) + "\n")
    if yes:
        console.err(
            tr("{name} is out of the gradebook and of {out}", name=one_line(label(person)), out=out) + "\n"
        )
    else:
        text = tr("{name} and the files above would be removed", name=one_line(label(person)))
        console.err(f"{text}\n" + tr("hint: {hint}", hint=f"grade purge {out} {person.key} --yes") + "\n")


def _mark(book: Gradebook, student_key: str, exercise_id: str) -> Mark:
    from grader.gradebook.marks import read_marks

    return next(
        mark
        for mark in read_marks(book)
        if (mark.student.key, mark.exercise_id) == (student_key, exercise_id)
    )


def _case(cases: Sequence[CaseRate], text: str, out: Path) -> CaseRate:
    """Return the case that a person means."""
    wanted = text.strip().casefold()
    if wanted.isdigit() and 1 <= int(wanted[:6]) <= len(cases):
        return cases[int(wanted) - 1]
    exact = [case for case in cases if wanted in (case.case_id.casefold(), case.title.casefold())]
    found = exact or [case for case in cases if wanted in f"{case.case_id}\n{case.title}".casefold()]
    if len(found) == 1:
        return found[0]
    named = ", ".join(case.case_id for case in (found or cases)[:6])
    raise UsageError(
        tr("Which case is `{text}`? Expected one of {names}", text=text, names=named),
        hint=tr("`grade report {out}` numbers them", out=out),
    )


def _after(  # noqa: PLR0913 - a waiver's five facts and whether it stays
    book: Gradebook, exercise_id: str, case_id: str, effect: Effect, reason: str, who: str, *, is_dry: bool
) -> list[Mark]:
    """Return all marks with the waiver in force; in a dry run it is taken back before anybody sees it."""
    from grader.gradebook.corrections import add_waiver
    from grader.gradebook.marks import read_marks

    if not is_dry:
        add_waiver(book, exercise_id, case_id, effect=effect, reason=reason, who=who)
        return read_marks(book)
    try:
        with book.store.transaction():
            add_waiver(book, exercise_id, case_id, effect=effect, reason=reason, who=who)
            marks = read_marks(book)
            raise _TakenBackError
    except _TakenBackError:
        return marks


class _TakenBackError(Exception):
    """Ends a transaction that was only a try."""


def _changes(pairs: Sequence[tuple[Mark, Mark]], *, look: object) -> str:
    from grader.report.look import Look

    shown = look if isinstance(look, Look) else Look()
    rows = [
        (
            new.student.key,
            new.student.name,
            f"{number(old.final)} / {number(old.max_score)}",
            f"{number(new.final)} / {number(new.max_score)}",
        )
        for old, new in pairs
    ]
    if not rows:
        return ""
    headers = (tr("Student"), tr("Name"), tr("Old"), tr("New"))
    return console.renderer(shown).table(headers, rows, look=shown)
