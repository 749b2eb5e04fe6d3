"""One case being run for one subject, from its beginning to its result."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

import pytest
from _pytest.runner import runtestprotocol

from grader.language import tr
from grader.sandbox.dispatch import Raised
from grader.sandbox.host import CaseOverError
from grader.sandbox.outcomes import Returned
from grader.sandbox.proxy import Asked, Call, ModuleProxy, Transport
from grader.sandbox.wire import Value
from grader.suite.cases import CaseDeclaration
from grader.suite.compare import collect_notes
from grader.suite.outcome import grader_failed, judge
from grader.suite.removed_names import hint_for
from grader.suite.rng import CaseRng, global_seed
from grader.verdicts import CaseDetail, CaseResult, Verdict, altered


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRun:
    """One case as it went: its result, and the calls that were made for the diagnosis.

    Attributes:
        asked: Every request, to be made again of a known mistake; none where something else ended the case.
        names: For each name that the submission gave to an entry point, the entry point's.
        number: The same for two cases that went the same way in one memory; 0 where it keeps none.
        num_operations: How much crossed the border: calls, reads, and all that travelled in one frame.
    """

    result: CaseResult
    calls: tuple[Call, ...]
    asked: tuple[Asked, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    number: int = 0
    num_operations: int = 0

    def timed(self, duration_s: float) -> CaseRun:
        """Return the same run with another duration."""
        return altered(self, result=self.result.timed(duration_s))


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


class Trial:
    """One case being run for one subject.

    Args:
        subject: What is graded.
        solution: The reference behind the same border.
        case: What the author declares about it.
        seed: Of the run's random inputs.
        blocked_by: The cases that this one rests on and that did not pass.
    """

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
        self.seed = seed
        self.global_seed = global_seed(seed, case.case_id)
        self.blocked_by = blocked_by
        self.submission = ModuleProxy(subject, subject.resolve)
        self.solution = ModuleProxy(solution, solution.resolve)
        self._solution_subject = solution
        self.errors: list[BaseException] = []
        self.has_reported = False
        self._has_begun = False

    @cached_property
    def rng(self) -> CaseRng:
        """The case's own stream of random inputs."""
        return CaseRng(self.seed, self.case.case_id)

    def begin(self) -> None:
        """Give the subject its time for this case."""
        self.subject.begin_case(self.global_seed)
        self._has_begun = True

    def again(self) -> Trial:
        """Return the same case from its beginning."""
        return Trial(self.subject, self._solution_subject, self.case, self.seed, self.blocked_by)

    def recalled(self, known: CaseRun, duration_s: float) -> CaseRun:
        """Return how the case went for another submission, with what this one did beside its answers."""
        fault = self.subject.end_case()
        known = known.timed(duration_s)
        result, output = known.result, self.subject.printed()
        if output != result.detail.output:
            result = replace(result, detail=replace(result.detail, output=output))
            known = replace(known, result=result)
        if fault is None:
            return known
        ended = replace(result, verdict=fault.verdict, points=0.0, message=fault.message, hint="")
        return replace(known, result=ended, asked=(), number=0)

    def run(
        self,
        item: pytest.Function,
        next_item: pytest.Function | None,
        lines: list[str],
        transport: Transport | None = None,
    ) -> CaseRun:
        """Run the case through pytest's protocol and return how it went.

        Args:
            item: The case's test function.
            next_item: What runs after it, for fixtures of a wider scope; None tears all of them down.
            lines: The submission's source, for tracebacks.
            transport: What answers in the subject's place, if that is not the subject itself.
        """
        if not self._has_begun:
            self.begin()
        if transport is not None:
            self.submission = ModuleProxy(transport, self.subject.resolve)
        self._solution_subject.begin_case(self.global_seed)
        notes = collect_notes()
        started = time.perf_counter()
        runtestprotocol(item, log=False, nextitem=next_item)
        duration_s = time.perf_counter() - started
        fault = self.subject.end_case()
        error = self.errors[0] if self.errors else None
        try:
            verdict, message, detail = judge(error, fault, self.submission, lines)
        except Exception as bug:  # noqa: BLE001 - a value that we cannot show costs this case, not the others
            verdict, message, detail = Verdict.GRADER_ERROR, grader_failed(bug), CaseDetail()
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
        return CaseRun(
            result=result,
            calls=tuple(self.submission.calls),
            asked=tuple(self.submission.asked) if fault is None else (),
            names=self.submission.names,
            num_operations=self.submission.num_operations,
        )


def _hint(case: CaseDeclaration, verdict: Verdict, exception: str) -> str:
    """Return the case's own hint for a wrong answer, and what to write today for a removed name."""
    if verdict is Verdict.FAILED:
        return "" if case.hint is None else str(case.hint)
    return hint_for(exception) if verdict is Verdict.RUNTIME_ERROR else ""
