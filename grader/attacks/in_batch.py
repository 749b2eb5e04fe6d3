"""The same attacks handed in by a class, and graded by `grade batch`, honest students between them.

What is looked at afterwards is everything that the command has written: the gradebook, each student's feedback,
and what it says on the screen. Who comes before whom in which process is the pool's affair.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.attacks import traces
from grader.attacks.corpus import Attack
from grader.attacks.ground import Ground
from grader.errors import ExitCode, SandboxError
from grader.gradebook.book import Gradebook, open_gradebook
from grader.gradebook.records import ResultState, StoredResult
from grader.gradebook.results import newest_results, read_report
from grader.language import tr

_RUN = "from grader.cli.main import main; main()"
_HONEST = "honest"
_WAIT_S = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOutcome:
    """What came of a class.

    Attributes:
        num_attacks: How many hostile submissions were handed in.
        num_honest: How many honest ones.
        held: The attacks whose result is as it must be.
        breaches: What is not as it must be, in the run's language, each with the attack or student it is about.
    """

    num_attacks: int
    num_honest: int
    held: frozenset[str]
    breaches: tuple[str, ...]
    duration_s: float


def try_in_batch(ground: Ground, attacks: Sequence[Attack]) -> BatchOutcome:
    """Grade `attacks` as one class, an honest student after each, and return what came of it.

    Raises:
        SandboxError: The batch cannot run here.
    """
    source, out = ground.folder / "handed_in", ground.folder / "graded"
    exercise_ids = sorted({attack.exercise_id for attack in attacks})
    students = _hand_in(ground, attacks, source)
    before = traces.footprint([source, ground.folder / "exercises", ground.folder / "solutions"])
    started = time.monotonic()
    done = subprocess.run(  # noqa: S603 - our own interpreter and command
        [
            sys.executable, "-c", _RUN, "--course", str(ground.folder), "batch", str(source), "--out", str(out),
            *(word for exercise_id in exercise_ids for word in ("--exercise", exercise_id)),
        ],
        capture_output=True, text=True, errors="replace", timeout=_WAIT_S, check=False, env=dict(os.environ),
    )  # fmt: skip
    duration_s = time.monotonic() - started
    if not (out / "gradebook.sqlite").is_file():
        raise SandboxError(
            tr("`grade batch` did not run: {error}", error=(done.stderr.strip().splitlines() or [""])[-1]),
            hint=tr("Run `grade doctor` to see what works on this machine"),
        )
    breaches: dict[str, list[str]] = {}
    if done.returncode != ExitCode.ALL_PASSED:
        breaches["grade batch"] = [tr("It ended with status {status}", status=done.returncode)]
    after = traces.footprint([source, ground.folder / "exercises", ground.folder / "solutions"])
    left = [*sorted(after.files ^ before.files), *sorted(after.ipc - before.ipc)]
    left += [f"pid {pid}" for pid in after.processes - before.processes]
    if left:
        breaches.setdefault("grade batch", []).append(
            tr("It left or changed: {what}", what="; ".join(left[:4]))
        )
    with open_gradebook(out) as book:
        for name, found in _results(book, exercise_ids, students):
            breaches.setdefault(name, []).append(found)
        said = [done.stdout, done.stderr, *_written(book, out, exercise_ids)]
    for mark, secret in ground.marks.items():
        if any(secret in text for text in said):
            breaches.setdefault("grade batch", []).append(tr("A secret came out: {name}", name=mark))
    return BatchOutcome(
        num_attacks=len(attacks),
        num_honest=sum(attack is None for attack in students.values()),
        held=frozenset(attack.name for attack in attacks if attack.name not in breaches),
        breaches=tuple(f"{name}: {breach}" for name, found in breaches.items() for breach in found),
        duration_s=duration_s,
    )


def _hand_in(ground: Ground, attacks: Sequence[Attack], source: Path) -> dict[str, Attack | None]:
    """Write one file for each attack, and an honest one after it; return what each file's name stands for."""
    source.mkdir()
    files: dict[str, Attack | None] = {}
    for number, attack in enumerate(attacks):
        student, honest = source / f"mallory{number:03}", source / f"{_HONEST}{number:03}"
        student.mkdir()
        honest.mkdir()
        shutil.copy(attack.path, student / f"{attack.exercise_id}{attack.path.suffix}")
        text = ground.honest(ground.exercise(attack.exercise_id)).read_text("utf-8")
        # Not two of them are the same file, or they would be graded once.
        (honest / f"{attack.exercise_id}.py").write_text(f"{text}\n# {number}\n", "utf-8")
        files[student.name], files[honest.name] = attack, None
    return files


def _results(
    book: Gradebook, exercise_ids: Sequence[str], students: dict[str, Attack | None]
) -> Iterator[tuple[str, str]]:
    """Yield the attack or student whose result is not as it must be, and what is wrong with it."""
    found: dict[str, StoredResult] = {
        result.members[0]: result
        for exercise_id in exercise_ids
        for result in newest_results(book, exercise_id)
    }
    for name, attack in students.items():
        wanted = name if attack is None else attack.name
        result = found.get(name)
        if result is None or result.state is not ResultState.GRADED or result.score is None:
            yield wanted, tr("It has no mark")
        elif attack is None and result.score < result.max_score:
            yield wanted, tr("The honest submission got {score:g} points", score=result.score)
        elif attack is not None and result.score > attack.max_points:
            yield (
                wanted,
                tr(
                    "{score:g} points instead of at most {limit:g}",
                    score=result.score,
                    limit=attack.max_points,
                ),
            )


def _written(book: Gradebook, out: Path, exercise_ids: Sequence[str]) -> Iterator[str]:
    """Yield all that the batch wrote: reports with their details, and the feedback's files."""
    for exercise_id in exercise_ids:
        for result in newest_results(book, exercise_id):
            yield repr(read_report(book, result.id))
    for path in sorted((out / "feedback").rglob("*")):
        # A student's own page may hold what the student wrote.
        if path.is_file() and _HONEST not in str(path):
            yield path.read_text("utf-8", errors="replace")
