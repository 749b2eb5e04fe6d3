"""`grade check --all`: every exercise that was begun, each in a process of its own, and one table at the end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from grader.cli import console
from grader.cli.options import Options, options_of
from grader.cli.place import Place
from grader.cli.workspace_commands import place_of
from grader.errors import ExitCode, UsageError
from grader.language import active, tr
from grader.report.wording import number, verdict_word
from grader.verdicts import Verdict
from grader.workspace import Workspace, is_untouched

if TYPE_CHECKING:
    from grader.cli.student import CheckRequest
    from grader.course import Exercise
    from grader.report.look import Look

# Nothing of the folder that we are in may be imported: it is the learner's.
_CODE = "import sys; sys.path.append(sys.argv.pop(1)); from grader.cli.main import main; main()"
_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What the table says about one exercise."""

    exercise: Exercise
    code: int
    report: dict[str, Any] | None
    error: str = ""


def check_all(context: typer.Context, request: CheckRequest) -> None:
    """Grade every exercise that was begun, write a table and end with the worst exit code."""
    if request.exercise is not None or request.file is not None:
        raise UsageError(
            tr("`--all` grades every exercise: no exercise may be named"), hint="grade check --all"
        )
    if request.output_format != "text":
        raise UsageError(tr("`--all` writes a table only"), hint="grade check ex05 --format json")
    options = options_of(context)
    place = place_of(options)
    begun = _begun(place)
    if not begun:
        place.edited_last()  # says what to do
    options_for_all = _options(options, place, request)
    lines: dict[str, _Line] = {}
    with ThreadPoolExecutor(max_workers=min(len(begun), os.cpu_count() or 1)) as pool:
        waiting = [pool.submit(_run, exercise, path, options_for_all) for exercise, path in begun]
        for done in as_completed(waiting):
            line = done.result()
            lines[line.exercise.id] = line
            console.progress(tr("{num} of {all} graded", num=len(lines), all=len(begun)), plain=options.plain)
    console.progress("", plain=options.plain)
    look = console.stdout_look(plain=options.plain)
    headers = (tr("Exercise"), tr("Status"), tr("Points"), tr("Cases"), tr("Begin with"))
    rows = [_row(lines[exercise_id], look) for exercise_id in place.course.folders if exercise_id in lines]
    console.out(console.renderer(look).table(headers, rows, look=look))
    failed = [line for line in lines.values() if line.code != ExitCode.ALL_PASSED]
    if failed:
        first = min(failed, key=lambda line: list(place.course.folders).index(line.exercise.id))
        console.err("\n" + tr("next: {command}", command=place.command("check", first.exercise.id)) + "\n")
    codes = {line.code for line in lines.values()}
    raise typer.Exit(next((code for code in (3, 2, 1) if code in codes), 0))


def _begun(place: Place) -> list[tuple[Exercise, Path]]:
    """Return what was begun, what takes longest first."""
    workspace = place.workspace or Workspace(root=Path.cwd())
    found = [
        (exercise, path)
        for exercise in place.course.exercises
        if (path := workspace.file(exercise.id)) is not None and not is_untouched(exercise, path)
    ]
    return sorted(found, key=lambda item: not item[0].needs_worker)


def _options(options: Options, place: Place, request: CheckRequest) -> list[str]:
    chosen = ["--format", "json", "--lang", active(), "--feedback", request.feedback]
    if options.course_folder is not None:
        chosen += ["--course", str(place.course.root)]
    if request.seed is not None:
        chosen += ["--seed", request.seed]
    return chosen if request.jail else [*chosen, "--unsafe-no-jail"]


def _run(exercise: Exercise, path: Path, options: list[str]) -> _Line:
    command = [sys.executable, "-P", "-c", _CODE, _PACKAGE_PARENT, "check", exercise.id, str(path), *options]
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        command,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    error = done.stderr.decode(errors="replace").strip()
    try:
        report = json.loads(done.stdout) if done.stdout.strip() else None
    except ValueError:
        report = None
    return _Line(exercise=exercise, code=done.returncode, report=report, error=error)


def _row(line: _Line, look: Look) -> tuple[str, ...]:
    if line.report is None:
        reason = line.error.splitlines()[0] if line.error else tr("it ended without a word")
        return line.exercise.id, console.status("?", tr("not graded"), look), "", "", reason
    cases = line.report["cases"]
    passed = sum(case["verdict"] == Verdict.PASSED for case in cases)
    left = [case for case in cases if case["verdict"] not in (Verdict.PASSED, Verdict.BLOCKED)]
    verdict = Verdict(line.report["verdict"])
    mark = "✓" if verdict is Verdict.PASSED else "?" if verdict is Verdict.GRADER_ERROR else "✗"
    points = f"{number(line.report['score'])} / {number(line.report['max_score'])}"
    return (
        line.exercise.id,
        console.status(mark, verdict_word(verdict), look),
        points,
        f"{passed} / {len(cases)}",
        left[0]["title"] if left else "",
    )
