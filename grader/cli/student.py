"""Commands for learners: list, show and check."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from grader.cli import console
from grader.cli.options import Feedback, OutputFormat, ReferenceMode, options_of, read_choice, read_seed
from grader.cli.reference_commands import request_of
from grader.cli.workspace_commands import place_of
from grader.errors import ExerciseError, ExitCode, UsageError
from grader.language import active, tr
from grader.report.look import Look
from grader.report.wording import number

if TYPE_CHECKING:
    from grader.course import Exercise
    from grader.suite.shrink import SmallestInput
    from grader.verdicts import Report

_NUM_EXTRA_SEEDS = 20
_EXTRA_SEEDS_S = 3.0  # the result is on the screen: nobody waits longer for the confirmation
_SHRINK_S = 1.0  # for the smallest failing inputs, after the result is on the screen
_SLOW_PACKAGES = {"keras", "tensorflow"}  # a further seed would cost seconds, not milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """What a person asked of `grade check`, as it was typed."""

    exercise: str | None
    file: Path | None
    seed: str | None
    output_format: str
    feedback: str
    jail: bool
    shrink: bool = True
    reference: str = "recorded"
    device: str | None = None
    backend: str | None = None


def list_exercises(context: typer.Context) -> None:
    """Write a table of the course's exercises, in a workspace with how far one is in each."""
    options = options_of(context)
    look = console.stdout_look(plain=options.plain)
    place = place_of(options)
    if place.workspace is None:
        headers = [tr("Exercise"), tr("Title"), tr("Points"), tr("Skills"), tr("After")]
        rows = [
            (exercise.id, str(exercise.title), number(exercise.total_points), *_about(exercise))
            for exercise in place.course.exercises
        ]
        console.out(console.renderer(look).table(headers, rows, look=look))
        return
    from grader.report.learning import exercise_list

    console.out(exercise_list(place.standing(), look=look))


def _about(exercise: Exercise) -> tuple[str, str]:
    return ", ".join(map(str, exercise.skill_names)), ", ".join(exercise.prerequisites)


def show(context: typer.Context, exercise_name: str) -> None:
    """Write an exercise's statement."""
    options = options_of(context)
    look = console.stdout_look(plain=options.plain)
    exercise = options.course().exercise(exercise_name)
    path = exercise.statement(active())
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExerciseError(
            tr("The statement cannot be read: {error}", error=error),
            hint=f"grade verify {exercise.id}",
        ) from error
    console.out(console.renderer(look).statement(text, look=look))


def check(context: typer.Context, request: CheckRequest) -> None:
    """Grade one exercise, write the result and end with its exit code."""
    output_format = read_choice("--format", request.output_format, OutputFormat)
    feedback = read_choice("--feedback", request.feedback, Feedback)
    seed = None if request.seed is None else read_seed(request.seed)
    is_live = _is_live(request)
    options = options_of(context)
    place = place_of(options)
    exercise, path = place.chosen(request.exercise, request.file)
    recording = place.recorder(path)

    from grader import grading

    has_more_seeds = _is_fast(exercise) and exercise.hidden_suite is not None
    wants_more_seeds = seed is None and output_format is OutputFormat.TEXT and has_more_seeds
    settings = grading.Settings(
        seed=grading.DEFAULT_SEED if seed is None else seed,
        jail=request.jail,
        extra_seeds=_NUM_EXTRA_SEEDS if wants_more_seeds and not is_live else 0,
        extra_seeds_s=_EXTRA_SEEDS_S,
        shrink_s=_SHRINK_S if request.shrink and output_format is OutputFormat.TEXT else 0.0,
        shrink_hidden=feedback is Feedback.FULL,
        live=request_of(request.device, request.backend) if is_live else None,
    )
    look = console.stdout_look(plain=options.plain, course=options.course_folder)
    screen = Screen(exercise, output_format, feedback, look)

    def show_and_keep(report: Report) -> None:
        screen.show(report)
        recording.add(report)

    def show_and_keep_extra_seed(seed: int, report: Report) -> None:
        screen.show_extra_seed(seed, report)
        recording.add_other_seed(seed)

    try:
        report = grading.check(
            exercise,
            path,
            settings=settings,
            on_report=show_and_keep,
            on_extra_seed=show_and_keep_extra_seed,
            on_seeds_passed=screen.show_seeds_passed,
            on_smallest=screen.show_smallest,
        )
    finally:
        recording.close()
    recording.tell(console.err)
    raise typer.Exit(screen.finish(report))


def _is_live(request: CheckRequest) -> bool:
    """Return whether Keras shall compute fresh cases.

    Raises:
        UsageError: A device or backend was named for a bank, which was made long ago.
    """
    mode = read_choice("--reference", request.reference, ReferenceMode)
    if mode is ReferenceMode.LIVE:
        return True
    for option, value in (("--device", request.device), ("--backend", request.backend)):
        if value is not None:
            raise UsageError(
                tr(
                    "`{option}` says what computes fresh cases. Expected `--reference live` with it",
                    option=option,
                ),
                hint=tr("For instance `{example}`", example=f"--reference live {option} {value}"),
            )
    return False


def _is_fast(exercise: Exercise) -> bool:
    return not _SLOW_PACKAGES.intersection(exercise.allowed_imports)


class Screen:
    """Writes a result in the format that was asked for, once it is there."""

    def __init__(
        self, exercise: Exercise, output_format: OutputFormat, feedback: Feedback, look: Look
    ) -> None:
        self._title = str(exercise.title)
        self._format = output_format
        self._feedback = feedback
        self._look = look
        self._failed_later = False

    def show(self, report: Report) -> None:
        """Write the result under the first seed."""
        from grader.report.feedback import student_view

        if self._feedback is Feedback.STUDENT:
            report = student_view(report)
        if self._format is OutputFormat.TEXT:
            console.out(console.renderer(self._look).result(report, title=self._title, look=self._look))
        elif self._format is OutputFormat.JSON:
            console.out(_json(report))
        elif self._format is OutputFormat.GRADESCOPE:
            import json

            from grader.report.gradescope import to_gradescope

            console.out(
                json.dumps(to_gradescope(report), ensure_ascii=True, indent=2, allow_nan=False) + "\n"
            )
        elif self._format is OutputFormat.GITHUB:
            from grader.report.github import to_github

            console.out(to_github(report))
        else:
            from datetime import UTC, datetime

            from grader.report.exports import to_junit

            console.out(to_junit(report, now=datetime.now(UTC)))

    def show_extra_seed(self, seed: int, report: Report) -> None:
        """Write the first failure that only another seed showed."""
        from grader.report.feedback import student_view

        self._failed_later = True
        if self._feedback is Feedback.STUDENT:
            report = student_view(report)
        console.out(console.renderer(self._look).extra_seed(report, look=self._look))

    def show_smallest(self, found: SmallestInput) -> None:
        """Write a smallest input that shows what failed."""
        from grader.report.smallest import smallest_input

        console.out(smallest_input(found, look=self._look))

    def show_seeds_passed(self, num_seeds: int) -> None:
        """Write that further seeds went well."""
        from grader.report.wording import seeds_passed

        console.out(self._look.fit(seeds_passed(num_seeds)) + "\n")

    def finish(self, report: Report) -> ExitCode:
        """Return the exit code."""
        from grader.verdicts import Verdict

        if report.verdict is Verdict.GRADER_ERROR:
            return ExitCode.GRADER_FAILED
        if self._failed_later or not report.all_passed:
            return ExitCode.SOME_FAILED
        return ExitCode.ALL_PASSED


def _json(report: Report) -> str:
    import json
    import sys

    from grader.report.exports import to_json

    is_utf8 = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    return json.dumps(to_json(report), ensure_ascii=not is_utf8, indent=2, allow_nan=False) + "\n"
