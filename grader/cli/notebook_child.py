"""The process behind a notebook's magics: reads a request, grades, and writes text and HTML as one JSON object.

It runs beside the kernel, never in it: suites and solutions are loaded here, and what the learner wrote runs in a
worker that this process starts.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from grader.cli import console
from grader.cli.options import Options, read_seed
from grader.cli.place import Place
from grader.errors import GraderError, UsageError
from grader.language import LANGUAGES, activate, chosen, tr
from grader.report.look import Look
from grader.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.course import Exercise
    from grader.submission import Submission
    from grader.verdicts import Report

_COLUMNS = 96
_NUM_EXTRA_SEEDS, _EXTRA_SEEDS_S, _SHRINK_S = 20, 2.0, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a magic asks.

    Attributes:
        do: `grade`, `hint` or `progress`.
        words: What stood behind the magic's name.
        cells: The cells that ran, each at the place of its execution count.
        file: The notebook's file where it is known.
    """

    do: str
    words: tuple[str, ...]
    cells: tuple[str, ...]
    file: Path | None

    @classmethod
    def parse(cls, values: dict[str, Any]) -> Request:
        """Return the request that a kernel wrote."""
        return cls(
            do=str(values["do"]),
            words=tuple(map(str, values["words"])),
            cells=tuple(map(str, values["cells"])),
            file=Path(values["file"]) if values.get("file") else None,
        )

    @property
    def exercise(self) -> str | None:
        """The exercise that is named; None where none is."""
        rest = [word for word in self._without_values() if not word.startswith("-")]
        return rest[0] if rest else None

    def option(self, name: str) -> str | None:
        """Return an option's value; None where it is not there."""
        for place, word in enumerate(self.words):
            if word == name and place + 1 < len(self.words):
                return self.words[place + 1]
            if word.startswith(f"{name}="):
                return word.partition("=")[2]
        return None

    def _without_values(self) -> list[str]:
        kept, is_value = [], False
        for word in self.words:
            if not is_value:
                kept.append(word)
            is_value = not is_value and word in ("--seed", "--lang", "--course")
        return kept


Part: TypeAlias = "Callable[[Look], str]"  # drawn once as text, once for HTML


def main() -> None:
    """Answer the request on standard input."""
    console.make_safe()
    request = Request.parse(json.loads(sys.stdin.buffer.read()))
    stdout = sys.stdout
    with redirect_stdout(sys.stderr):  # the answer is the only thing on stdout
        text, html = answer(request)
    stdout.write(json.dumps({"text": text, "html": html}))
    stdout.flush()
    os._exit(0)  # as `grade` ends: all is written


def answer(request: Request) -> tuple[str, str]:
    """Return what to show, as text and as HTML."""
    from grader.report.notebook_html import to_html

    language = request.option("--lang") or _metadata(request).get("language") or chosen(())
    activate(language if language in LANGUAGES else "en")
    try:
        parts = _parts(request)
    except GraderError as error:
        said = f"{tr('error')}: {error.message}\n" + (f"{tr('hint')}: {error.hint}\n" if error.hint else "")
        parts = [lambda _look: said]
    plain, colored = (
        "\n".join(part(Look(width=_COLUMNS, color=color)) for part in parts) for color in (False, True)
    )
    return plain, to_html(colored)


def _parts(request: Request) -> list[Part]:
    options = Options(course_folder=Path(named) if (named := request.option("--course")) else None)
    here = Path.cwd() if request.file is None else request.file.parent
    place = Place(
        course=options.course(),
        workspace=find_workspace(here),
        course_option=str(options.course_folder or ""),
    )
    match request.do:
        case "grade":
            return _grade(request, place)
        case "hint":
            return _hint(request, place)
        case _:
            return _progress(place)


def _exercise(request: Request, place: Place) -> Exercise:
    """Return the exercise that is named, else the one that the notebook says it is for.

    Raises:
        UsageError: Neither says it.
    """
    name = request.exercise or _metadata(request).get("exercise")
    if not name:
        first = next(iter(place.course.folders), "ex01")
        raise UsageError(
            tr("Which exercise? Expected its id"),
            hint=tr("For instance `{example}`", example=f"%{request.do} {first}"),
        )
    return place.course.exercise(name)


def _metadata(request: Request) -> dict[str, str]:
    """Return what the notebook's own metadata say; nothing where they cannot be read."""
    if request.file is None:
        return {}
    try:
        about = json.loads(request.file.read_text("utf-8"))["metadata"]["grader"]
        return {name: str(about[name]) for name in ("exercise", "language") if name in about}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _submission(request: Request, exercise: Exercise) -> Submission:
    """Return what the cells that ran define, else what the notebook's file holds.

    Raises:
        UsageError: Neither defines anything of the exercise.
    """
    from grader.submission import read_submission, submission_from_cells

    name = tr("this notebook") if request.file is None else request.file.name
    try:
        return submission_from_cells([(source, ()) for source in request.cells], exercise, name=name)
    except UsageError:
        if request.file is None:
            raise
    submission = read_submission(request.file, exercise)
    note = tr("no cell that ran defines a function of the exercise: the saved file was graded")
    return replace(submission, path=name, notes=(note, *submission.notes))


def _graded(request: Request, place: Place, parts: list[Part] | None) -> tuple[Exercise, Report]:
    """Grade, keep the attempt, and add what there is to show to `parts`."""
    from grader import grading
    from grader.report.smallest import smallest_input
    from grader.report.wording import seeds_passed

    exercise = _exercise(request, place)
    submission = _submission(request, exercise)
    seed = request.option("--seed")
    is_fast = not exercise.needs_worker and seed is None and parts is not None
    settings = grading.Settings(
        seed=grading.DEFAULT_SEED if seed is None else read_seed(seed),
        extra_seeds=_NUM_EXTRA_SEEDS if is_fast else 0,
        extra_seeds_s=_EXTRA_SEEDS_S,
        shrink_s=_SHRINK_S if is_fast else 0.0,
    )
    where = place.workspace.root / f"{exercise.id}.ipynb" if place.workspace else Path(submission.path)
    recording = place.recorder(where)
    shown: list[Part] = [] if parts is None else parts

    def result(report: Report) -> None:
        shown.append(
            lambda look: console.renderer(look).result(
                report, title=str(exercise.title), look=look, is_for_teacher=True
            )
        )
        if parts is not None:
            recording.add(report)

    def extra_seed(other: int, report: Report) -> None:
        shown.append(lambda look: console.renderer(look).extra_seed(report, look=look))
        recording.add_other_seed(other)

    def grade(grader: grading.Grader) -> Report:
        report = grader.grade(
            submission,
            on_report=result,
            on_extra_seed=extra_seed,
            on_smallest=lambda found: shown.append(lambda look: smallest_input(found, look=look)),
        )
        if grader.num_extra_seeds:
            num = grader.num_extra_seeds
            shown.append(lambda look: look.fit(seeds_passed(num)) + "\n")
        return report

    try:
        report = grading.open_grader(exercise, settings=settings, drive=grade)
    finally:
        recording.close()
    notes: list[str] = []
    recording.tell(notes.append)
    shown += [lambda _look, note=note: note for note in notes]  # type: ignore[misc]
    return exercise, report


def _grade(request: Request, place: Place) -> list[Part]:
    parts: list[Part] = []
    exercise, report = _graded(request, place, parts)
    if report.all_passed:
        step = tr("`{command}` shows how far you have come", command="%progress")
    else:
        step = tr(
            "Change the cell, run it, then `{grade}` again; `{hint}` asks what leads on",
            grade=f"%grade {exercise.id}",
            hint=f"%hint {exercise.id}",
        )
    parts.append(lambda look: console.renderer(look).facts([(tr("next"), step)], look=look))
    return parts


def _hint(request: Request, place: Place) -> list[Part]:
    from grader.cli.hints import hint_text

    exercise = _exercise(request, place)
    report: Report | None = None
    if not exercise.needs_worker:
        try:
            _, report = _graded(request, place, None)
        except UsageError:  # nothing is written yet: the hints begin with the concept
            report = None
    title, position, text = hint_text(place, exercise, report)
    step = tr("Try it, then `{command}`", command=f"%grade {exercise.id}")
    return [lambda look: console.renderer(look).hint(title, position, text, step, look=look)]


def _progress(place: Place) -> list[Part]:
    from grader.report.learning import progress_page

    if place.workspace is None:
        raise UsageError(
            tr("This folder is no workspace: no progress is kept here"),
            hint=tr("`{command}` makes a workspace with notebooks", command="!grade init learn --notebook"),
        )
    found = place.standing()
    exercise = found.advice.exercise
    command = "%progress" if exercise is None else f"%grade {exercise.id}"
    return [lambda look: progress_page(found, command, look=look)]
