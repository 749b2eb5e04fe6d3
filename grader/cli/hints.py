"""The command for learners who are stuck: the next hint, beginning with the mistake that a check finds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from grader.cli import console
from grader.cli.options import options_of
from grader.cli.workspace_commands import place_of
from grader.errors import GraderError, UsageError
from grader.hints import Memory, Step, load_hints, next_step, steps
from grader.language import tr
from grader.report import wording
from grader.report.look import Look
from grader.verdicts import Report, Verdict

if TYPE_CHECKING:
    from grader.cli.place import Place
    from grader.course import Exercise


def hint(context: typer.Context, exercise_name: str | None, file: Path | None, *, reset: bool) -> None:
    """Write the next hint for an exercise."""
    options = options_of(context)
    place_here = place_of(options)
    if exercise_name is None:
        exercise, _ = place_here.edited_last()
    else:
        exercise = place_here.course.exercise(exercise_name)
    look = console.stdout_look(plain=options.plain, course=options.course_folder)
    written = load_hints(exercise)
    path = _file(place_here, exercise, file)
    notes: list[str] = []
    report = None if path is None else _checked(exercise, path, notes)
    memory = _memory(place_here)
    if reset:
        memory.forget(exercise.id)
    place, text, following = _said(exercise, report, steps(written, report), memory, look)
    title = f"{exercise.id}  {exercise.title}"
    console.out(console.renderer(look).hint(title, place, text, following, look=look))
    for note in (*notes, *dict.fromkeys(memory.notes)):
        console.err(tr("note: {note}", note=note) + "\n")


def hint_screen(place_here: Place, exercise: Exercise, report: Report | None, look: Look) -> str:
    """Return the screen of the next hint where a report is there already; keep that it was shown.

    Raises:
        ExerciseError: The hints cannot be read.
    """
    found = steps(load_hints(exercise), report)
    place, text, following = _said(exercise, report, found, _memory(place_here), look)
    return console.renderer(look).hint(f"{exercise.id}  {exercise.title}", place, text, following, look=look)


def hint_text(place_here: Place, exercise: Exercise, report: Report | None) -> tuple[str, str, str]:
    """Return title, position and text of the next hint; keep that it was shown.

    Raises:
        ExerciseError: The hints cannot be read.
    """
    found = steps(load_hints(exercise), report)
    place, text, _ = _said(exercise, report, found, _memory(place_here), Look())
    return f"{exercise.id}  {exercise.title}", place, text


def _memory(place: Place) -> Memory:
    return Memory(Path() if place.workspace is None else place.workspace.root)


def _said(
    exercise: Exercise, report: Report | None, found: tuple[Step, ...], memory: Memory, look: Look
) -> tuple[str, str, str]:
    """Return where in the row a hint stands, the hint, and what to do next; keep that it was shown."""
    check = tr("Try it, then run `{command}`", command=look.command("check", exercise.id))
    if report is not None and report.all_passed and not report.is_public_only:
        return (
            "",
            tr("Every case passes: there is nothing left to hint at"),
            tr("`{command}` says what to do now", command=look.command("next")),
        )
    if report is not None and report.problem is not None:
        return tr("before the first hint"), _problem(report), check
    if not found:
        said = tr("The author wrote no hints for this exercise")
        return "", said, tr("`{command}` shows the statement", command=look.command("show", exercise.id))
    seen = memory.seen(exercise.id)
    position = next_step(found, seen)
    step = found[position]
    memory.add(exercise.id, step.key)
    place = tr("hint {number} of {all}", number=position + 1, all=len(found))
    if step.about:
        place += f" · {step.about}"
    if step.key in seen:
        reset = look.command("hint", exercise.id, "--reset")
        again = tr("That was the last one; `{command}` begins again", command=reset)
        return place, step.text, again
    if position + 1 == len(found):
        return place, step.text, check
    return (
        place,
        step.text,
        tr("{check}; `{command}` says more", check=check, command=look.command("hint", exercise.id)),
    )


def _problem(report: Report) -> str:
    """Return what keeps the file from running at all, as something to look at."""
    problem = report.problem
    said = "" if problem is None else problem.exception
    if problem is None or not problem.frames:
        return tr("Your file stops before any function can be called: {error}", error=said)
    return tr(
        "Your file stops at {place} before any function can be called: {error}",
        place=wording.place(problem.frames[-1]),
        error=said,
    )


def _file(place: Place, exercise: Exercise, named: Path | None) -> Path | None:
    """Return the code to check: what was named, else what lies in this folder; None where nothing does.

    Raises:
        UsageError: What was named is not there.
    """
    if named is not None:
        if not named.is_file():
            raise UsageError(
                tr("There is no file `{path}`. Expected your code for {id}", path=named, id=exercise.id),
                hint=f"grade hint {exercise.id}",
            )
        return named
    return place.found_file(exercise)


def _checked(exercise: Exercise, path: Path, notes: list[str]) -> Report | None:
    """Return the report on a file; None, and a note, where it cannot be graded now."""
    if exercise.needs_worker:
        return None  # seconds for every hint
    from grader import grading

    try:
        report = grading.check(
            exercise,
            path,
            settings=grading.Settings(),
            on_report=lambda _: None,
            on_extra_seed=lambda _seed, _report: None,
        )
    except GraderError as error:
        notes.append(tr("your code could not be checked: {reason}", reason=error.message))
        return None
    return None if report.verdict is Verdict.GRADER_ERROR else report
