"""The confusion table: what the diagnosis says of known mistakes, of right answers and of unknown wrong ones.

A known mistake must be given its own name and no other, a right answer written in another way none. What an unknown
wrong answer is called is measured on mutants of the solution. Such a name is right if it holds beyond the inputs on
which it was given: under further seeds the mutant must answer every case that was given the name exactly as the
named mistake does, and a general mistake must be proven there again. Otherwise the mutant was misnamed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course import Exercise
from grader.grading import Grader
from grader.language import tr
from grader.source.mutants import Mutant, mutants
from grader.submission import Submission, read_submission
from grader.verdicts import Verdict

if TYPE_CHECKING:
    from grader.suite.diagnose import Diagnosis
    from grader.suite.trial import CaseRun

NUM_JUDGING_SEEDS = 3
MOST_MISNAMED = 0.02
_UNLIMITED = 10**9
_PATIENCE_S = 60.0
_LONG_S = 0.1
_WRONG = (Verdict.FAILED, Verdict.RUNTIME_ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the diagnosis says of one wrong answer that is known.

    Attributes:
        id: The mistake.
        num_failing: Cases that it fails.
        num_own: Of these, how many are given its name, however long it takes.
        is_quick: Whether one of them is given it within the budget of a check.
        others: The other names that were given.
        as_unknown: The names that it would be given if nobody had declared it.
        as_unknown_wrong: Those of them that do not hold under further seeds.
        duration_s: Seconds of the processor for the diagnosis, begun with nothing kept.
    """

    id: str
    num_failing: int
    num_own: int
    is_quick: bool
    others: tuple[str, ...]
    as_unknown: tuple[str, ...]
    as_unknown_wrong: tuple[str, ...]
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the diagnosis says of one mutant, and whether it is right.

    Attributes:
        mutant: The change.
        num_failing: Cases that it fails; 0 for one that survives.
        names: The names that were given.
        wrong: Those that do not hold under further seeds.
        duration_s: Seconds of the processor for the diagnosis, begun with nothing kept.
    """

    mutant: Mutant
    num_failing: int
    names: tuple[str, ...]
    wrong: tuple[str, ...]
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """One exercise's table.

    Attributes:
        known: One entry for each known mistake, in the order of `mistakes.py`.
        alternatives: For each right answer that was tried, the names that it was given.
        mutants: The mutants that were tried.
    """

    exercise_id: str
    known: tuple[Named, ...]
    alternatives: tuple[tuple[str, tuple[str, ...]], ...]
    mutants: tuple[Judged, ...] = ()

    @property
    def killed(self) -> tuple[Judged, ...]:
        """The mutants that fail a case."""
        return tuple(item for item in self.mutants if item.num_failing)

    @property
    def misnamed_share(self) -> float:
        """How many of the killed mutants were given a wrong name, as a share of 1."""
        return sum(bool(item.wrong) for item in self.killed) / max(1, len(self.killed))


def alternatives_of(exercise: Exercise) -> list[Path]:
    """Return the right answers that a course keeps for its tests, in `tests/alternatives/<id>/` below its root."""
    return sorted((exercise.folder.parent.parent / "tests" / "alternatives" / exercise.id).glob("*.py"))


def measure(  # noqa: PLR0913 - a table as whoever prints it wants it
    grader: Grader,
    runs: Sequence[Sequence[CaseRun]],
    *,
    seed: int,
    num_mutants: int | None = 0,
    undeclared: bool = False,
    num_timings: int = 1,
    on_mutant: Callable[[int, int], None] = lambda done, num: None,
) -> Confusion:
    """Return an exercise's confusion table.

    Args:
        grader: Of the exercise; its solution must run here, not in a worker.
        runs: For each known mistake, how the suite went.
        seed: Of these runs.
        num_mutants: How many mutants of the solution to try, evenly spread; None for all.
        undeclared: Whether to see what each known mistake would be called if nobody had declared it.
        num_timings: How often a diagnosis that takes long is timed, at most; the shortest time counts.
        on_mutant: Called after each mutant with how many were tried, and of how many.
    """
    known = [
        _named(grader, index, case_runs, seed, undeclared, num_timings)
        for index, case_runs in enumerate(runs)
    ]
    alternatives = [
        (path.name, _names_of_right_answer(grader, path, seed)) for path in alternatives_of(grader.exercise)
    ]
    chosen = _chosen(grader.exercise, num_mutants)
    judged = []
    for mutant in chosen:
        judged.append(judge(grader, mutant, seed, num_timings))
        on_mutant(len(judged), len(chosen))
    return Confusion(
        exercise_id=grader.exercise.id,
        known=tuple(known),
        alternatives=tuple(alternatives),
        mutants=tuple(judged),
    )


def _chosen(exercise: Exercise, num: int | None) -> list[Mutant]:
    if exercise.solution is None or num == 0:
        return []
    found = mutants(exercise.solution.read_text("utf-8"))
    if num is None or num >= len(found):
        return found
    return [found[position * len(found) // num] for position in range(num)]


def _diagnosed(
    grader: Grader,
    runs: Sequence[CaseRun],
    seed: int,
    without: Sequence[int] = (),
    num_timings: int = 1,
) -> tuple[Diagnosis, float]:
    """Return the diagnosis that a learner gets, and how long it takes where nothing is kept.

    It always does the same. So what took long is timed again, and the shortest time is what it costs: the others
    hold what else the machine did.
    """
    from grader.suite.diagnose import Diagnoser

    times: list[float] = []
    while not times or (min(times) > _LONG_S and len(times) < num_timings):
        diagnoser = Diagnoser(grader.suite, grader.reference, without=without)
        started = time.thread_time()
        diagnosis = diagnoser.diagnose(runs, seed=seed, guard_s=_PATIENCE_S)
        times.append(time.thread_time() - started)
    return diagnosis, min(times)


def _named(
    grader: Grader, index: int, runs: Sequence[CaseRun], seed: int, undeclared: bool, num_timings: int
) -> Named:
    mistake = grader.reference.mistakes[index]
    quick, duration_s = _diagnosed(grader, runs, seed, num_timings=num_timings)
    diagnosis = grader.diagnoser.diagnose(runs, seed=seed, budget=_UNLIMITED, guard_s=_PATIENCE_S)
    names = [item.id for item in diagnosis.named.values()]
    others = {*names, *(item.id for item in quick.named.values())} - {mistake.id}
    blind, wrong = _as_unknown(grader, index, runs, seed) if undeclared else ((), ())
    return Named(
        id=mistake.id,
        num_failing=sum(run.result.verdict in _WRONG for run in runs),
        num_own=names.count(mistake.id),
        is_quick=mistake.id in {item.id for item in quick.named.values()},
        others=tuple(sorted(others)),
        as_unknown=blind,
        as_unknown_wrong=wrong,
        duration_s=duration_s,
    )


def _as_unknown(
    grader: Grader, index: int, runs: Sequence[CaseRun], seed: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a known mistake would be called if it were unknown, and which of these names do not hold."""
    known = grader.reference.mistakes
    same = [other for other, item in enumerate(known) if item.id == known[index].id]
    blind, _ = _diagnosed(grader, runs, seed, without=same)
    wrong: set[str] = set()
    for later_seed in range(seed + 1, seed + 1 + NUM_JUDGING_SEEDS if blind.named else seed + 1):
        subject = grader.reference.with_mistake(index)
        later = grader.suite.run(subject, seed=later_seed)
        subject.close()
        wrong |= _refuted(grader, blind, later, later_seed, without=same)
    return tuple(sorted({item.id for item in blind.named.values()})), tuple(sorted(wrong))


def _names_of_right_answer(grader: Grader, path: Path, seed: int) -> tuple[str, ...]:
    runs = _runs(grader, read_submission(path, grader.exercise), [seed])[0]
    diagnosis = grader.diagnoser.diagnose(runs, seed=seed, budget=_UNLIMITED, guard_s=_PATIENCE_S)
    return tuple(sorted({item.id for item in diagnosis.named.values()}))


def _runs(grader: Grader, submission: Submission, seeds: Sequence[int]) -> list[list[CaseRun]]:
    """Return how the suite goes for a submission under each seed; only the first where it passes everything."""
    from grader.suite.subject import SubmissionSubject

    session = grader._session(submission)
    subject = SubmissionSubject(session, grader.exercise, (), submission)
    done: list[list[CaseRun]] = []
    try:
        subject.load()
        for seed in seeds:
            session.renew()
            done.append(grader.suite.run(subject, seed=seed, source=submission.source))
            if all(run.result.verdict is Verdict.PASSED for run in done[0]):
                break
        return done
    finally:
        session.close()


def judge(grader: Grader, mutant: Mutant, seed: int, num_timings: int = 1) -> Judged:
    """Return what the diagnosis says of a mutant, and whether that holds under further seeds."""
    exercise = grader.exercise
    submission = Submission(
        path=f"{exercise.id}.py",
        source=mutant.source,
        sha256="",
        tree=None,  # the rules are not what is tried
        syntax_error=None,
        entry_points={name: name for name in exercise.names},
    )
    seeds = range(seed, seed + 1 + NUM_JUDGING_SEEDS)
    first, *later = _runs(grader, submission, seeds)
    num_failing = sum(run.result.verdict is not Verdict.PASSED for run in first)
    diagnosis, duration_s = _diagnosed(grader, first, seed, num_timings=num_timings)
    wrong: set[str] = set()
    for runs, later_seed in zip(later, seeds[1:], strict=False):
        wrong |= _refuted(grader, diagnosis, runs, later_seed)
    return Judged(
        mutant=mutant,
        num_failing=num_failing,
        names=tuple(sorted({item.id for item in diagnosis.named.values()})),
        wrong=tuple(sorted(wrong)),
        duration_s=duration_s,
    )


def _refuted(
    grader: Grader, diagnosis: Diagnosis, runs: Sequence[CaseRun], seed: int, without: Sequence[int] = ()
) -> set[str]:
    """Return the names that do not hold for one of their cases under another seed."""
    from grader.suite.diagnose import Diagnoser

    diagnoser = (
        grader.diagnoser if not without else Diagnoser(grader.suite, grader.reference, without=without)
    )
    by_id = {run.result.case_id: run for run in runs}
    again: Diagnosis | None = None
    refuted: set[str] = set()
    for case_id, mistake in diagnosis.named.items():
        if not mistake.id.startswith("general_"):
            if not _goes_like(grader, mistake.id, by_id[case_id], seed):
                refuted.add(mistake.id)
            continue
        if by_id[case_id].result.verdict is Verdict.PASSED:
            continue
        again = again or diagnoser.diagnose(runs, seed=seed, budget=_UNLIMITED, guard_s=_PATIENCE_S)
        if case_id not in again.named or again.named[case_id].id != mistake.id:
            refuted.add(mistake.id)
    return refuted


def _goes_like(grader: Grader, mistake_id: str, run: CaseRun, seed: int) -> bool:
    """Return whether a case goes as it goes for a known mistake, or for two of them at once."""
    known = grader.reference.mistakes
    ways = [[index for index, item in enumerate(known) if item.id == name] for name in mistake_id.split("+")]
    reruns = grader.diagnoser.reruns
    verdict = run.result.verdict
    return any(reruns.same(tuple(one), run, seed, strict=False) is verdict for one in product(*ways))


def naming_problems(table: Confusion) -> list[str]:
    """Return the known mistakes that are not named, or called by another's name."""
    own = {item.id for item in table.known if item.num_own}
    problems = [
        tr("`{id}` is taken for {others}", id=item.id, others=", ".join(item.others))
        for item in table.known
        if item.others
    ]
    unnamed = [item.id for item in table.known if not item.num_own and not item.others]
    problems += [tr("`{id}` is not named", id=name) for name in dict.fromkeys(unnamed) if name not in own]
    problems += [
        tr("one way to write `{id}` is not named", id=name) for name in dict.fromkeys(unnamed) if name in own
    ]
    return problems


def right_problems(table: Confusion) -> list[str]:
    """Return the right answers that are called a mistake."""
    return [
        tr("`{file}` is right and is taken for {others}", file=name, others=", ".join(names))
        for name, names in table.alternatives
        if names
    ]


def mutant_problems(table: Confusion) -> tuple[list[str], str]:
    """Return the misnamed mutants where there are too many of them, and the count."""
    wrong = [item for item in table.killed if item.wrong]
    counted = tr("{wrong} of {num} misnamed", wrong=len(wrong), num=len(table.killed))
    if table.misnamed_share <= MOST_MISNAMED:
        return [], counted
    return [
        counted,
        *(
            tr(
                "line {line}, `{after}` is taken for {others}",
                line=item.mutant.line,
                after=item.mutant.after,
                others=", ".join(item.wrong),
            )
            for item in wrong
        ),
    ], ""
