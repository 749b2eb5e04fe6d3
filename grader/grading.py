"""One submission through one suite: the use case behind `grade check`.

Theory of operation. The worker's process is started first, so that its imports overlap with ours. Then the
suite is collected and the submission read; `Grader.grade` runs every case for one submission and may be called
for as many as one likes while the suite and the worker parent stay warm.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from grader.course import Exercise, Limits
from grader.sandbox.packages import check_packages
from grader.sandbox.start import StartedParent, can_fork, start_parent
from grader.source.rules import INERT_MODULES, Finding, check_rules
from grader.submission import Submission, read_submission
from grader.verdicts import CaseResult, Jail, Report, Visibility, all_cases_passed

if TYPE_CHECKING:  # numpy and pytest: imported only once a submission is really graded
    from grader.sandbox.host import Session
    from grader.sandbox.launch import Launcher, WorkerPolicy
    from grader.suite.diagnose import Diagnoser, Diagnosis
    from grader.suite.keras_process import ReferenceRequest
    from grader.suite.memory import Memory, Recall
    from grader.suite.plugin import Suite
    from grader.suite.reference import Reference
    from grader.suite.shrink import SmallestInput
    from grader.suite.subject import SubmissionSubject
    from grader.suite.trial import CaseRun
    from grader.verdicts import TimeSteps, Window

Result = TypeVar("Result")

DEFAULT_SEED = 2026
_CPU_MARGIN_S = 30
_MAX_DIAGNOSES = 10_000
_TENSORFLOW_FILES = ("/dev/urandom", "/proc/self/cmdline")  # what it reads when it first computes


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a run is done.

    Attributes:
        seed: Of every random input.
        extra_seeds: How many further seeds run after full points, at most.
        extra_seeds_s: After how many seconds no further seed is begun.
        jail: Whether the worker is confined; False only where a person said so.
        fork: Whether workers are forked from a warm parent; None where the platform can.
        diagnose: Whether known mistakes are looked for where a case fails.
        shrink_s: Seconds to look for the smallest failing inputs; 0 leaves it out.
        shrink_hidden: Whether hidden cases are shrunk too.
        live: The process that computes fresh cases of the Keras reference; None for those of the bank.
        remember: Whether a case that goes the same way as for an earlier submission is judged like it, without
            running it again: for many submissions with one seed.
    """

    seed: int = DEFAULT_SEED
    extra_seeds: int = 0
    extra_seeds_s: float = math.inf
    jail: bool = True
    fork: bool | None = None
    diagnose: bool = True
    shrink_s: float = 0.0
    shrink_hidden: bool = True
    live: ReferenceRequest | None = None
    remember: bool = False


class Grader:
    """A collected suite and a warm worker parent for one exercise."""

    def __init__(
        self, exercise: Exercise, suite: Suite, launcher: Launcher, reference: Reference, settings: Settings
    ) -> None:
        self.exercise = exercise
        self.suite = suite
        self.reference = reference
        self._launcher = launcher
        self.num_extra_seeds = 0  # how many further seeds went well for the last submission
        self._settings = settings
        self._diagnoses: dict[tuple[int, ...], Diagnosis] = {}  # of submissions that went the same way
        self._places: dict[int, tuple[Window | None, TimeSteps | None]] = {}  # of cases that did

    @property
    def missing_parts(self) -> tuple[str, ...]:
        """The parts of the jail that this machine cannot give."""
        return self._launcher.missing

    def grade(
        self,
        submission: Submission,
        *,
        on_extra_seed: Callable[[int, Report], None] | None = None,
        on_report: Callable[[Report], None] | None = None,
        on_smallest: Callable[[SmallestInput], None] | None = None,
    ) -> Report:
        """Return the report on one submission.

        Args:
            submission: What was handed in.
            on_report: Called with the report as soon as it is there.
            on_extra_seed: Called with the first further seed under which a case fails, if one does.
            on_smallest: Called after the result with each smallest failing input.
        """
        from grader.suite.rng import noted_draws
        from grader.suite.subject import SubmissionSubject

        started = time.perf_counter()
        findings: tuple[Finding, ...] = ()
        if submission.tree is not None:
            findings = check_rules(submission.tree, self.exercise, submission.entry_points, submission.source)
        session = self._session(submission)
        subject = SubmissionSubject(session, self.exercise, findings, submission)
        try:
            subject.load()
            with noted_draws() as drawn:
                runs = self.suite.run(
                    subject, seed=self._settings.seed, source=submission.source, recall=self._recall(subject)
                )
            runs = [self._focused(run) for run in runs]
            results = self._diagnosed(runs)
            report = self._report(submission, findings, session, results, time.perf_counter() - started)
            if on_report is not None:
                on_report(report)
            if report.all_passed:
                self._run_extra_seeds(subject, submission, report, on_extra_seed)
            elif on_smallest is not None:
                self._shrink(submission, findings, runs, drawn, on_smallest)
            return report
        finally:
            session.close()

    def _recall(self, subject: SubmissionSubject) -> Recall | None:
        from grader.suite.memory import Recall

        if not (self._settings.remember and subject.is_judged_by_replies):
            return None
        return Recall(self._memory, subject.session, foresees=self.reference.is_local)

    @cached_property
    def _memory(self) -> Memory:
        from grader.suite.memory import Memory

        return Memory()

    def _focused(self, run: CaseRun) -> CaseRun:
        """Return a case with the place of its first difference, looked for once in cases that went the same way."""
        from grader.suite.focus import with_focus

        if not run.number:
            return with_focus(run, self.exercise)
        if run.number not in self._places:
            found = with_focus(run, self.exercise).result.detail
            self._places[run.number] = (found.window, found.time_steps)
        window, time_steps = self._places[run.number]
        if window is None and time_steps is None:
            return run
        detail = replace(run.result.detail, window=window, time_steps=time_steps)
        return replace(run, result=replace(run.result, detail=detail))

    def _diagnosed(self, runs: list[CaseRun]) -> tuple[CaseResult, ...]:
        """Return the cases' results with the mistakes that explain them; looked for only where one failed."""
        results = tuple(run.result for run in runs)
        if all_cases_passed(results) or not self._settings.diagnose:
            return results
        if self.exercise.solution is None:
            return results  # nothing to compare with
        from grader.suite.diagnose import with_diagnosis

        numbers = tuple(run.number for run in runs)
        diagnosis = self._diagnoses.get(numbers)
        if diagnosis is None:
            diagnosis = self.diagnoser.diagnose(runs, seed=self._settings.seed)
            if all(numbers) and len(self._diagnoses) < _MAX_DIAGNOSES:
                self._diagnoses[numbers] = diagnosis
        return tuple(with_diagnosis(result, diagnosis) for result in results)

    @cached_property
    def diagnoser(self) -> Diagnoser:
        """What knows the exercise's mistakes, loaded when the first case fails."""
        from grader.suite.diagnose import Diagnoser

        return Diagnoser(self.suite, self.reference)

    def _shrink(
        self,
        submission: Submission,
        findings: tuple[Finding, ...],
        runs: list[CaseRun],
        drawn: set[str],
        on_smallest: Callable[[SmallestInput], None],
    ) -> None:
        """Look for the smallest inputs that show what failed, in a worker with little time."""
        if self.exercise.solution is None or self.exercise.needs_worker or self._settings.shrink_s <= 0:
            return
        from grader.suite.shrink import MAX_CALL_S, Shrinker
        from grader.suite.subject import SubmissionSubject

        budget_s = self._settings.shrink_s
        wanted = {
            run.result.case_id
            for run in runs
            if self._settings.shrink_hidden or run.result.visibility is Visibility.VISIBLE
        }
        limits = replace(self.exercise.limits, case_s=MAX_CALL_S, submission_s=budget_s)
        session = self._session(submission, limits)
        subject = SubmissionSubject(session, self.exercise, findings, submission)
        solution = self.reference.solution()
        try:
            shrinker = Shrinker(subject, solution, set(self.exercise.names))
            for found in shrinker.smallest(runs, drawn & wanted, budget_s=budget_s):
                on_smallest(found)
        finally:
            session.close()
            solution.close()

    def _session(self, submission: Submission, limits: Limits | None = None) -> Session:
        from grader.sandbox.host import Session

        return Session(
            self._launcher,
            source=submission.source,
            filename=Path(submission.path).name,
            entry_points=self.exercise.entry_points,
            limits=limits or self.exercise.limits,
            seed=self._settings.seed,
            is_piecewise=submission.is_piecewise,
            code=submission.code,
        )

    def _run_extra_seeds(
        self,
        subject: object,
        submission: Submission,
        report: Report,
        on_extra_seed: Callable[[int, Report], None] | None,
    ) -> None:
        from grader.suite.focus import with_focus
        from grader.suite.problem import placed
        from grader.suite.subject import SubmissionSubject

        if not isinstance(subject, SubmissionSubject):
            return
        self.num_extra_seeds = 0
        deadline = time.monotonic() + self._settings.extra_seeds_s
        for seed in range(self._settings.seed + 1, self._settings.seed + 1 + self._settings.extra_seeds):
            if time.monotonic() > deadline:
                return
            subject.session.renew()
            runs = self.suite.run(subject, seed=seed, source=submission.source)
            cases = tuple(with_focus(run, self.exercise).result for run in runs)
            again = replace(report, seed=seed, cases=placed(cases, submission.lines))
            if not again.all_passed:
                self.num_extra_seeds = 0
                if on_extra_seed is not None:
                    on_extra_seed(seed, again)
                return
            self.num_extra_seeds = seed - self._settings.seed

    def _report(
        self,
        submission: Submission,
        findings: tuple[Finding, ...],
        session: Session,
        results: tuple[CaseResult, ...],
        duration_s: float,
    ) -> Report:
        from grader.suite.problem import placed, problem_of, sentence

        missing = self._launcher.missing
        # A syntax error is graded without a worker: then nothing ran that a jail could have held.
        nothing_ran = submission.syntax_error is not None
        has_jail = self._settings.jail and not missing and (bool(session.parts) or nothing_ran)
        return Report(
            exercise_id=self.exercise.id,
            path=submission.path,
            sha256=submission.sha256,
            seed=self._settings.seed,
            cases=placed(results, submission.lines),
            jail=Jail(complete=has_jail, parts=session.parts, missing=missing),
            duration_s=duration_s,
            problem=problem_of(submission, findings, session.load_error, results),
            notes=(*submission.notes, *(sentence(finding, submission.lines) for finding in findings)),
            is_public_only=self.exercise.hidden_suite is None,
            reference=self.suite.reference,
        )


def open_grader(exercise: Exercise, *, settings: Settings, drive: Callable[[Grader], Result]) -> Result:
    """Return what `drive` returns for a warm grader of `exercise`."""
    check_packages(exercise)
    fork = can_fork() if settings.fork is None else settings.fork
    started = start_parent() if fork else None
    return _open_grader(exercise, settings, drive, started)


def _open_grader(
    exercise: Exercise, settings: Settings, drive: Callable[[Grader], Result], started: StartedParent | None
) -> Result:
    from grader.sandbox.launch import open_launcher
    from grader.suite.keras_sources import ReferenceSource
    from grader.suite.plugin import run_suite
    from grader.suite.reference import Reference

    with ExitStack() as opened:
        launcher = open_launcher(policy(exercise, jail=settings.jail, many=settings.remember), started)
        opened.callback(launcher.close)
        keras = ReferenceSource(exercise, settings.live)  # a live one warms up while the suite is collected
        opened.callback(keras.close)
        files = [exercise.public_suite]
        if exercise.hidden_suite is not None:
            files.append(exercise.hidden_suite)
        reference = Reference(exercise, launcher, seed=settings.seed)
        return run_suite(
            files,
            new_solution=reference.solution,
            drive=lambda suite: drive(Grader(exercise, suite, launcher, reference, settings)),
            open_source=keras.open,
        )


def policy(exercise: Exercise, *, jail: bool, many: bool = False) -> WorkerPolicy:
    """Return what workers of `exercise` may use."""
    from grader.sandbox.launch import WorkerPolicy

    private = [str(Path(__file__).resolve().parent), str(exercise.folder.resolve().parent)]
    if exercise.solution_folder is not None:
        private.append(str(exercise.solution_folder.resolve().parent))
    return WorkerPolicy(
        allowed=exercise.allowed_imports,
        inert=tuple(INERT_MODULES),
        forbidden=exercise.forbidden_calls,
        private=tuple(private),
        memory_mib=exercise.limits.memory_mib,
        cpu_s=int(exercise.limits.submission_s) + _CPU_MARGIN_S,
        jail=jail,
        many=many,
        files=_TENSORFLOW_FILES if exercise.needs_worker else (),
    )


def check(  # noqa: PLR0913 - what is graded, how, and whom to tell what
    exercise: Exercise,
    path: Path,
    *,
    settings: Settings,
    on_report: Callable[[Report], None],
    on_extra_seed: Callable[[int, Report], None],
    on_seeds_passed: Callable[[int], None] | None = None,
    on_smallest: Callable[[SmallestInput], None] | None = None,
) -> Report:
    """Grade one file and return its report.

    Args:
        exercise: What is graded.
        path: The submission's file.
        settings: How the run is done.
        on_report: Called once, with the result under the fixed seed.
        on_extra_seed: Called with the first further seed under which a case fails.
        on_seeds_passed: Called with the number of further seeds that ran, if they all went well.
        on_smallest: Called after that with each smallest failing input.

    Raises:
        UsageError: The file cannot be graded at all.
    """
    started_at = time.perf_counter()
    submission = read_submission(path, exercise)

    def grade(grader: Grader) -> Report:
        def show(report: Report) -> None:
            on_report(replace(report, duration_s=time.perf_counter() - started_at))

        report = grader.grade(
            submission, on_report=show, on_extra_seed=on_extra_seed, on_smallest=on_smallest
        )
        if grader.num_extra_seeds and on_seeds_passed is not None:
            on_seeds_passed(grader.num_extra_seeds)
        return report

    return open_grader(exercise, settings=settings, drive=grade)
