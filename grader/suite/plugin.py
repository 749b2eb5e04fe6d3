"""Runs a hidden suite: collected once by pytest, run for submission after submission.

Theory of operation. `run_suite` starts pytest on the exercise's files with a configuration of its own. The
plugin owns the run loop: instead of running the items once, it hands a `Suite` to the caller's `drive`, which
calls `Suite.run` for every submission. Each run puts the modules' state back, runs every item through
pytest's own protocol (so that fixtures and marks work as anywhere), tears every fixture down at the end, and
turns what happened into verdicts. A case that did not report is never a pass.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from _pytest.runner import runtestprotocol

from grader.errors import ExerciseError
from grader.language import tr
from grader.sandbox.dispatch import Raised
from grader.sandbox.host import CaseOverError, Returned
from grader.sandbox.local import LocalModule
from grader.sandbox.proxy import Call, ModuleProxy
from grader.sandbox.wire import Value
from grader.suite.cases import CaseDeclaration, declare
from grader.suite.compare import collect_notes
from grader.suite.keras_reference import KerasReference, Source
from grader.suite.outcome import BlockedError, judge
from grader.suite.pytest_start import arguments, forget_modules, own_environment
from grader.suite.removed_names import hint_for
from grader.suite.rng import CaseRng
from grader.suite.state import SuiteState
from grader.verdicts import CaseResult, ReferenceInfo, Verdict

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRun:
    """One case as it went: its result, and the calls that were made for the diagnosis."""

    result: CaseResult
    calls: tuple[Call, ...]


class Subject(Protocol):
    """Whatever is run through a suite: a submission's session, the solution, a known mistake."""

    def begin_case(self, seed: int) -> None:
        """Give the next case its full time, and the global random generators this seed."""
        ...

    def end_case(self) -> CaseOverError | None:
        """Return what ended the case, if anything did."""
        ...

    def request(self, operations: Sequence[Sequence[Value]]) -> list[Returned | Raised]:
        """Return the outcomes of `operations`."""
        ...

    def resolve(self, name: str) -> str:
        """Return the subject's own name for an entry point."""
        ...

    def printed(self) -> str:
        """Return what the subject printed during the case."""
        ...

    def close(self) -> None:
        """Let go of what the subject holds."""
        ...


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
        self._running: _Trial | None = None
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
    ) -> list[CaseRun]:
        """Run the cases for one subject.

        Args:
            subject: What is graded.
            seed: Of the random inputs.
            source: The submission's text, for tracebacks.
            only: Chooses the cases; by default all.
        """
        self._state.restore()
        chosen = [
            (item, case)
            for item, case in zip(self._items, self.cases, strict=True)
            if only is None or only(case)
        ]
        solution = self._new_solution()
        runs: list[CaseRun] = []
        passed: dict[str, bool] = {}
        following = [item for item, _ in chosen[1:]] + [None]
        try:
            for (item, case), next_item in zip(chosen, following, strict=True):
                self._running = _Trial(subject, solution, case, seed, _not_passed(case.requires, passed))
                runs.append(self._running.run(item, next_item, source.splitlines()))
                passed[case.case_id] = runs[-1].result.verdict is Verdict.PASSED
        finally:
            self._running = None
            solution.close()
        return runs

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
    def running(self) -> _Trial:
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


class _Trial:
    """One case being run for one subject."""

    def __init__(
        self,
        subject: Subject,
        solution: Subject,
        case: CaseDeclaration,
        seed: int,
        blocked_by: list[str],
    ) -> None:
        self.subject = subject
        self.case = case
        self.blocked_by = blocked_by
        self.seed = seed
        self.rng = CaseRng(seed, case.case_id)
        self.submission = ModuleProxy(subject, subject.resolve)
        self.solution = ModuleProxy(solution, solution.resolve)
        self._solution_subject = solution
        self.errors: list[BaseException] = []
        self.has_reported = False

    def run(self, item: pytest.Function, next_item: pytest.Function | None, lines: list[str]) -> CaseRun:
        self.subject.begin_case(self.rng.global_seed)
        self._solution_subject.begin_case(self.rng.global_seed)
        notes = collect_notes()
        started = time.perf_counter()
        runtestprotocol(item, log=False, nextitem=next_item)
        duration_s = time.perf_counter() - started
        fault = self.subject.end_case()
        error = self.errors[0] if self.errors else None
        verdict, message, detail = judge(error, fault, self.submission, lines)
        if verdict is Verdict.PASSED and not self.has_reported:
            verdict, message = Verdict.GRADER_ERROR, tr("The case ended without a result")
        case = self.case
        points: float | None = case.max_points if verdict is Verdict.PASSED else 0.0
        result = CaseResult(
            case_id=case.case_id,
            title=str(case.title),
            verdict=verdict,
            max_points=case.max_points,
            points=None if verdict is Verdict.GRADER_ERROR else points,
            visibility=case.visibility,
            message=message,
            hint=_hint(case, verdict, detail.exception),
            duration_s=duration_s,
            detail=replace(detail, notes=tuple(notes), output=self.subject.printed()),
        )
        return CaseRun(result=result, calls=tuple(self.submission.calls))


def _hint(case: CaseDeclaration, verdict: Verdict, exception: str) -> str:
    """Return the case's own hint for a wrong answer, and what to write today for a removed name."""
    if verdict is Verdict.FAILED:
        return "" if case.hint is None else str(case.hint)
    return hint_for(exception) if verdict is Verdict.RUNTIME_ERROR else ""


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

    def _trial(self) -> _Trial:
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
    try:
        with own_environment():
            pytest.main([*arguments(folder), *map(str, files)], plugins=[plugin])
    finally:
        forget_modules(files)
    if plugin.failure is not None:
        raise plugin.failure
    if plugin.collection_errors or not plugin.has_driven:
        reason = "\n".join(plugin.collection_errors) or "pytest did not start"
        raise ExerciseError(
            f"The suite cannot be collected:\n{reason}", hint=f"Run `grade verify {folder.name}`"
        )
    return plugin.result  # type: ignore[return-value]
