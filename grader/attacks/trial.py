"""Attacks tried one after another: each by the way that `grade check` goes, an honest submission around each.

Theory of operation. One warm grader for each exercise, as for a class. The honest submission runs first and
after every attack; before and after each attack everything that it could have left or changed is noted
(`traces`), and all that the run says, in every form in which people and programs read it, is searched for the
planted secrets. Whatever is not as it must be is a *breach*; an attack without one was *held*.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.attacks import traces
from grader.attacks.corpus import ARMED, ESCAPED, Attack
from grader.attacks.ground import LIMITS, Ground, open_ground
from grader.course import Course, Exercise
from grader.grading import Grader, Settings, open_grader
from grader.language import tr
from grader.report import plain, terminal
from grader.report.exports import to_json, to_junit
from grader.report.look import Look
from grader.submission import read_submission
from grader.verdicts import Report

# One reply holds at most 64 MiB; comparing it with what was expected takes some copies of that.
MAX_MEMORY_MIB = 800.0
_MAX_TIME_S = 2 * LIMITS.submission_s + 6.0  # with the start of workers, the diagnosis and a busy machine
_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one attack.

    Attributes:
        score: The points that it got; None where the grader failed.
        verdicts: Those of its cases, without repetition.
        breaches: What is not as it must be, in the run's language; empty where it was held.
        memory_mib: By how much the grader's own memory grew at its peak.
    """

    attack: Attack
    score: float | None
    verdicts: tuple[str, ...]
    breaches: tuple[str, ...]
    duration_s: float
    memory_mib: float

    @property
    def is_held(self) -> bool:
        """Whether everything is as it must be."""
        return not self.breaches


def try_attacks(
    course: Course, attacks: Sequence[Attack], *, settings: Settings, on_outcome: Callable[[Outcome], None]
) -> tuple[Outcome, ...]:
    """Return what came of each attack.

    Args:
        course: What is attacked: a copy of it, with secrets planted.
        attacks: What is tried, in this order within each exercise.
        settings: How the runs are done.
        on_outcome: Called with every outcome as soon as it is known.

    Raises:
        UsageError: The course lacks an exercise that is attacked, or its solution.
    """
    outcomes: list[Outcome] = []
    exercise_ids = sorted({attack.exercise_id for attack in attacks})
    with open_ground(course, frozenset(exercise_ids)) as ground:
        for exercise_id in exercise_ids:
            exercise = ground.exercise(exercise_id)
            chosen = [attack for attack in attacks if attack.exercise_id == exercise_id]

            def drive(grader: Grader, chosen: list[Attack] = chosen) -> None:
                for outcome in _Trial(grader, ground).run(chosen):
                    outcomes.append(outcome)
                    on_outcome(outcome)

            open_grader(exercise, settings=settings, drive=drive)
    return tuple(outcomes)


class _Trial:
    """One exercise's attacks on one warm grader."""

    def __init__(self, grader: Grader, ground: Ground) -> None:
        self._grader = grader
        self._ground = ground
        self._honest = read_submission(ground.honest(grader.exercise), grader.exercise)
        self._watched = [grader.exercise.folder, ground.folder / "submissions"]
        if grader.exercise.solution_folder is not None:
            self._watched.append(grader.exercise.solution_folder)

    def run(self, attacks: Iterable[Attack]) -> Iterator[Outcome]:
        """Yield the outcome of each attack."""
        before = self._honest_breaches()
        for attack in attacks:
            outcome = self._try(attack, before)
            before = []
            yield outcome

    def _try(self, attack: Attack, before: list[str]) -> Outcome:
        footprint = traces.footprint(self._watched)
        traces.forget_peak_memory()
        memory_mib = traces.peak_memory_mib()
        started = time.monotonic()
        report, breaches = self._grade(attack, self._grader.exercise)
        duration_s = time.monotonic() - started
        grown_mib = traces.peak_memory_mib() - memory_mib
        if duration_s > _MAX_TIME_S:
            breaches.append(tr("It took {s:.1f} s, more than {limit:g} s", s=duration_s, limit=_MAX_TIME_S))
        if grown_mib > MAX_MEMORY_MIB:
            breaches.append(
                tr("The grader took {mib:.0f} MiB, more than {limit:g}", mib=grown_mib, limit=MAX_MEMORY_MIB)
            )
        breaches += self._honest_breaches()
        breaches += _differences(footprint, traces.footprint(self._watched))
        return Outcome(
            attack=attack,
            score=None if report is None else report.score,
            verdicts=() if report is None else tuple(dict.fromkeys(str(c.verdict) for c in report.cases)),
            breaches=(*before, *breaches),
            duration_s=duration_s,
            memory_mib=max(0.0, grown_mib),
        )

    def _grade(self, attack: Attack, exercise: Exercise) -> tuple[Report | None, list[str]]:
        """Return the report on an attack, and what is wrong with it."""
        shrunk: list[object] = []
        try:
            report = self._grader.grade(
                read_submission(attack.path, exercise), on_smallest=lambda found: shrunk.append(found)
            )
            said = _said(report, str(exercise.title)) + repr(shrunk)
        except Exception as error:  # noqa: BLE001 - whatever an attack makes the grader raise is the finding
            return None, [tr("The grader raised {error}", error=f"{type(error).__name__}: {error}"[:300])]
        return report, [*_score_breaches(attack, report), *self._leaks(said), *_signs(attack, report)]

    def _leaks(self, said: str) -> Iterator[str]:
        for name, mark in self._ground.marks.items():
            if mark in said:
                yield tr("A secret came out: {name}", name=name)

    def _honest_breaches(self) -> list[str]:
        """Return what is wrong with the honest submission's marks."""
        report = self._grader.grade(self._honest)
        if report.all_passed:
            return []
        case = next(case for case in report.cases if case.points != case.max_points)
        return [
            tr(
                "The honest submission failed in `{id}`: {message}",
                id=case.case_id,
                message=case.message or case.verdict,
            )
        ]


def _said(report: Report, title: str) -> str:
    """Return everything that anybody reads of a report."""
    parts = [json.dumps(to_json(report), ensure_ascii=False), to_junit(report)]
    parts += [terminal.result(report, title=title, look=Look(color=True))]
    parts += [plain.result(report, title=title, look=Look(plain=True))]
    for case in report.cases:
        detail = case.detail
        parts += [case.message, case.hint, detail.call, detail.exception, detail.output, *detail.notes]
        parts += [frame.function + frame.source for frame in detail.frames]
        if detail.mismatch is not None:
            parts.append(repr(detail.mismatch.received)[: 2**20])
    return "\n".join(parts)


def _score_breaches(attack: Attack, report: Report) -> Iterator[str]:
    if report.score is None:
        failed = next(case for case in report.cases if case.points is None)
        yield tr("The grader failed in `{id}`: {message}", id=failed.case_id, message=failed.message[:300])
    elif report.score > attack.max_points:
        cases = [case.case_id for case in report.cases if case.points]
        shown = ", ".join(cases[:_SHOWN]) + (" …" if len(cases) > _SHOWN else "")
        yield tr(
            "{score:g} points instead of at most {limit:g}, in {cases}",
            score=report.score, limit=attack.max_points, cases=shown,
        )  # fmt: skip
    if attack.verdict is not None and all(case.verdict is not attack.verdict for case in report.cases):
        yield tr("No case ended with {verdict}", verdict=attack.verdict)


def _signs(attack: Attack, report: Report) -> Iterator[str]:
    """Yield what the attack itself says: that it got through, or that it never began."""
    printed = "\n".join(case.detail.output for case in report.cases)
    escapes = [line for line in printed.splitlines() if line.startswith(ESCAPED)]
    yield from dict.fromkeys(line[:200] for line in escapes[:_SHOWN])
    if attack.is_loud and ARMED not in printed:
        first = next((case.message for case in report.cases if case.message), "")
        yield tr("It never began ({message}): it proves nothing", message=first[:200])


def _differences(before: traces.Footprint, after: traces.Footprint) -> Iterator[str]:
    if after.processes - before.processes:
        yield tr("{n} processes are left", n=len(after.processes - before.processes))
    changed = sorted(after.files ^ before.files)
    if changed:
        yield tr("Files were left or changed: {files}", files="; ".join(changed[:_SHOWN]))
    if after.ipc - before.ipc:
        yield tr("Shared objects are left: {objects}", objects=", ".join(sorted(after.ipc - before.ipc)))
    if after.num_descriptors > before.num_descriptors:
        more = after.num_descriptors - before.num_descriptors
        yield tr("The grader has {n} more descriptors open", n=more)
