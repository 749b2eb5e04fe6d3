"""Runs a hidden suite: collected once by pytest, run for submission after submission.

Theory of operation. `run_suite` starts pytest on the exercise's files with a configuration of its own. The
plugin owns the run loop: instead of running the items once, it hands a `Suite` to the caller's `drive`, which
calls `Suite.run` for every submission. Each run puts the modules' state back, runs every item through
pytest's own protocol (so that fixtures and marks work as anywhere), tears every fixture down at the end, and
turns what happened into verdicts. A case that did not report is never a pass.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from grader.errors import ExerciseError
from grader.language import tr
from grader.sandbox.dispatch import Raised
from grader.sandbox.local import LocalModule
from grader.sandbox.outcomes import Returned
from grader.sandbox.proxy import ModuleProxy
from grader.suite.cases import CaseDeclaration, declare
from grader.suite.compare import rehearsing
from grader.suite.foresight import NUM_REHEARSALS, AlteredSolution
from grader.suite.keras_reference import KerasReference, Source
from grader.suite.memory import Recall
from grader.suite.outcome import BlockedError
from grader.suite.rng import CaseRng
from grader.suite.state import SuiteState
from grader.suite.trial import CaseRun, Subject, Trial
from grader.verdicts import ReferenceInfo, Verdict

Result = TypeVar("Result")

_SUITE_FILES = ("test_public.py", "test_hidden.py")
_INI = Path(__file__).with_name("pytest.ini")
# Built-in plugins that no suite needs: leaving them out saves a third of pytest's start.
_UNUSED = (
    "terminal", "cacheprovider", "stepwise", "doctest", "junitxml", "pastebin", "logging", "debugging",
    "faulthandler", "setuponly", "setupplan", "unraisableexception", "threadexception", "warnings",
    "legacypath", "recwarn", "tmpdir", "capture", "unittest", "subtests",
)  # fmt: skip


class LocalSubject:
    """A module of the course in the submission's place."""

    def __init__(self, module: LocalModule) -> None:
        self._module = module
        self.request = module.request

    def begin_case(self, seed: int) -> None:
        """Drop what an earlier case made."""
        self._module.begin_case(seed)

    def end_case(self) -> None:
        """Say that nothing ended the case."""

    def resolve(self, name: str) -> str:
        """Return the name itself."""
        return name

    def printed(self) -> str:
        """Return nothing: what the course prints is nobody's business."""
        return ""

    def close(self) -> None:
        """Hold nothing that needs closing."""


class Suite:
    """The collected cases of one exercise.

    Args:
        items: pytest's items, in the order in which they run.
        new_solution: Makes a fresh reference for a run.
        source: Where `keras_reference` gets its cases; None where no case asks for it.
    """

    def __init__(
        self,
        items: Sequence[pytest.Function],
        new_solution: Callable[[], Subject],
        source: Source | None = None,
    ) -> None:
        self._items = list(items)
        self._state = SuiteState(items)
        self._new_solution = new_solution
        self._source = source
        self.cases = [declare(item) for item in items]
        self._running: Trial | None = None
        ids = [case.case_id for case in self.cases]
        for case_id in ids:
            if ids.count(case_id) > 1:
                raise ExerciseError(
                    f"Two cases are called `{case_id}`. Expected unique names over both suites",
                    hint="Rename one of the test functions",
                )

    def run(
        self,
        subject: Subject,
        *,
        seed: int,
        source: str = "",
        only: Callable[[CaseDeclaration], bool] | None = None,
        recall: Recall | None = None,
    ) -> list[CaseRun]:
        """Run the cases for one subject.

        Args:
            subject: What is graded.
            seed: Of the random inputs.
            source: The submission's text, for tracebacks.
            only: Chooses the cases; by default all.
            recall: How cases went for earlier submissions, for a subject that may be judged by it.
        """
        chosen = [
            (item, case)
            for item, case in zip(self._items, self.cases, strict=True)
            if only is None or only(case)
        ]
        known = None if recall is None else recall.begin_run([case.case_id for _, case in chosen], seed)
        if known is not None:
            return list(known)
        self._state.restore()
        solution = self._new_solution()
        runs: list[CaseRun] = []
        passed: dict[str, bool] = {}
        following = [item for item, _ in chosen[1:]] + [None]
        lines = source.split("\n")
        try:
            for (item, case), next_item in zip(chosen, following, strict=True):
                trial = Trial(subject, solution, case, seed, _not_passed(case.requires, passed))
                if recall is None or trial.blocked_by:
                    self._running = trial
                    runs.append(trial.run(item, next_item, lines))
                else:
                    runs.append(self._run_or_recall(trial, item, lines, recall))
                passed[case.case_id] = runs[-1].result.verdict is Verdict.PASSED
        finally:
            self._running = None
            solution.close()
        if recall is not None:
            recall.end_run(runs)
        return runs

    def _run_or_recall(
        self, trial: Trial, item: pytest.Function, lines: list[str], recall: Recall
    ) -> CaseRun:
        """Run a case if the submission answers it in a new way; else return how it went before.

        Which cases will run is not known, so each is set up and torn down as if it were alone.
        """
        started = time.perf_counter()
        trial.begin()
        known = recall.begin(trial.case.case_id, trial.seed, trial.global_seed)
        if known is not None:
            return trial.recalled(known, time.perf_counter() - started)
        self._running = trial
        self._state.restore()
        run = trial.run(item, None, lines, transport=recall)
        if not recall.has_diverged:
            run = recall.keep(run)
            if recall.wants_rehearsal(run):
                recall.foresee(run, said=self._said_alike(trial, item, run, recall))
            return run
        recall.start_over()
        self._state.restore()
        trial = self._running = trial.again()
        return trial.run(item, None, lines)

    def _said_alike(
        self, trial: Trial, item: pytest.Function, run: CaseRun, recall: Recall
    ) -> list[Returned | Raised] | None:
        """Return what the solution says in a case that passed; None where that asks otherwise after other answers."""
        said: list[Returned | Raised] = []
        for number in range(NUM_REHEARSALS):
            rehearsal = recall.rehearsal(run, number)
            solution = AlteredSolution(self._new_solution(), number)
            self._running = Trial(rehearsal, solution, trial.case, trial.seed, [])
            self._state.restore()
            with rehearsing():
                self._running.run(item, None, [])
            solution.close()
            if not rehearsal.is_complete:
                return None
            said += solution.said
        return said

    @property
    def reference(self) -> ReferenceInfo | None:
        """With which Keras cases are compared; None where none is."""
        return None if self._source is None else self._source.info

    def keras_reference(self, seed: int, case_id: str) -> KerasReference:
        """Return what a case may ask Keras under a seed."""
        if self._source is None:
            raise ExerciseError("`keras_reference` was asked for by something that is no case")
        return KerasReference(self._source, seed, case_id)

    @property
    def running(self) -> Trial:
        """The case that runs now, for the fixtures."""
        if self._running is None:
            raise ExerciseError("A fixture of the grader was asked for outside of a case")
        return self._running


def _not_passed(required: Sequence[str], passed: dict[str, bool]) -> list[str]:
    """Return the required cases that ran and did not pass; a name stands for all its parameters."""
    return [
        name
        for name in required
        if any(
            not ok for case_id, ok in passed.items() if case_id.partition("[")[0] == name or case_id == name
        )
    ]


class _Plugin:
    """Everything that pytest asks of us."""

    def __init__(
        self,
        drive: Callable[[Suite], object],
        new_solution: Callable[[], Subject],
        open_source: Callable[[], Source] | None,
    ) -> None:
        self._drive = drive
        self._new_solution = new_solution
        self._open_source = open_source
        self._suite: Suite | None = None
        self.collection_errors: list[str] = []
        self.result: object = None
        self.failure: BaseException | None = None
        self.has_driven = False

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.collection_errors.append(str(report.longrepr))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if self.collection_errors:
            return True
        items = [item for item in session.items if isinstance(item, pytest.Function)]
        try:
            wants_keras = any("keras_reference" in item.fixturenames for item in items)
            source = self._open_source() if wants_keras and self._open_source is not None else None
            self._suite = Suite(items, self._new_solution, source)
            self.result = self._drive(self._suite)
            self.has_driven = True
        except BaseException as error:  # noqa: BLE001 - raised again by `run_suite`, outside of pytest
            self.failure = error
        return True

    def _trial(self) -> Trial:
        if self._suite is None:
            raise ExerciseError("No suite runs")
        return self._suite.running

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        del item
        blocked_by = self._trial().blocked_by
        if blocked_by:
            raise BlockedError(tr("Rests on {cases}, which did not pass", cases=", ".join(blocked_by)))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        trial = self._trial()
        if call.excinfo is not None:
            trial.errors.append(call.excinfo.value)
        elif call.when == "call":
            trial.has_reported = True
        # Ours, because pytest's own renders a traceback of the suite (16 ms a failure) that nobody may see.
        return pytest.TestReport(
            nodeid=item.nodeid,
            location=item.location,
            keywords={},
            outcome="passed" if call.excinfo is None else "failed",
            longrepr=None,
            when=call.when,  # type: ignore[arg-type]
            start=call.start,
            stop=call.stop,
            duration=call.duration,
        )

    @pytest.fixture
    def submission(self) -> ModuleProxy:
        """The learner's module, in the worker."""
        return self._trial().submission

    @pytest.fixture
    def solution(self) -> ModuleProxy:
        """The reference solution, behind the same border."""
        return self._trial().solution

    @pytest.fixture
    def rng(self) -> CaseRng:
        """The case's own stream of random inputs."""
        return self._trial().rng

    @pytest.fixture
    def keras_reference(self) -> KerasReference:
        """What Keras computes for the same thing."""
        trial = self._trial()
        return self._suite.keras_reference(trial.seed, trial.case.case_id)  # type: ignore[union-attr]


def run_suite(
    files: Sequence[Path],
    *,
    new_solution: Callable[[], Subject],
    drive: Callable[[Suite], Result],
    open_source: Callable[[], Source] | None = None,
) -> Result:
    """Collect `files` and return what `drive` returns for the collected suite.

    Args:
        files: The suite's files.
        new_solution: Makes a fresh reference for a run.
        drive: Runs subjects through the suite.
        open_source: Returns where `keras_reference` gets its cases; called only if a case asks for it.

    Raises:
        ExerciseError: The files cannot be collected, or hold no case.
    """
    plugin = _Plugin(drive, new_solution, open_source)
    files = [file.absolute() for file in files]  # as the imported modules will know themselves
    folder = files[0].parent
    arguments = ["-c", str(_INI), "--rootdir", str(folder), "--confcutdir", str(folder), "--noconftest"]
    arguments += ["--disable-plugin-autoload", "--import-mode=importlib", "--assert=plain"]
    arguments += [f"-pno:{name}" for name in _UNUSED]
    try:
        with _own_environment():
            pytest.main([*arguments, *map(str, files)], plugins=[plugin])
    finally:
        _forget_modules(files)
    if plugin.failure is not None:
        raise plugin.failure
    if plugin.collection_errors or not plugin.has_driven:
        reason = "\n".join(plugin.collection_errors) or "pytest did not start"
        raise ExerciseError(
            f"The suite cannot be collected:\n{reason}", hint=f"Run `grade verify {folder.name}`"
        )
    return plugin.result  # type: ignore[return-value]


def _forget_modules(files: Sequence[Path]) -> None:
    """Drop a suite's modules: another exercise's files have the same names."""
    wanted = {file.resolve() for file in files}
    for name, module in list(sys.modules.items()):
        place = getattr(module, "__file__", None)
        if place and Path(place).name in _SUITE_FILES and Path(place).resolve() in wanted:
            del sys.modules[name]


@contextmanager
def _own_environment() -> Iterator[None]:
    """Take the machine's pytest settings out of the environment."""
    taken = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PYTEST_")}
    try:
        yield
    finally:
        for name in [name for name in os.environ if name.startswith("PYTEST_")]:
            del os.environ[name]
        os.environ.update(taken)
