"""Runs cases again with the course's own code in the submission's place, quickly: failing cases need hundreds.

Theory of operation. A case that asks for our fixtures alone is called as the function that it is, with new
proxies and the same seed, and the suite's state put back before it: a third of the time of pytest's protocol.
A case with fixtures of its own goes through the protocol. Calls run through the border as in any other run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pytest

from grader.sandbox.proxy import Call, ModuleProxy
from grader.suite.cases import CaseDeclaration
from grader.suite.outcome import judge
from grader.suite.plugin import Subject, Suite
from grader.suite.reference import Reference
from grader.suite.rng import CaseRng
from grader.suite.transcript import DivergedError, WatchedCalls, made, same_calls
from grader.verdicts import Verdict

_OURS = frozenset({"submission", "solution", "rng", "keras_reference"})
_MAX_KEPT = 20_000
_Key: TypeAlias = tuple[tuple[int, ...], str, int]  # mistakes, case, seed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """How a case went for the course's own code."""

    verdict: Verdict
    calls: tuple[Call, ...]


class Reruns:
    """The cases of one suite, to be run again one by one; what was run is kept.

    Args:
        suite: The collected suite.
        reference: The exercise's solution and mistakes.
    """

    def __init__(self, suite: Suite, reference: Reference) -> None:
        self._suite = suite
        self._reference = reference
        self._items = {case.case_id: item for item, case in zip(suite._items, suite.cases, strict=True)}
        self._kept: dict[_Key, Rerun] = {}
        self._begun: dict[_Key, list[Call]] = {}  # runs that were stopped, up to what differed

    def run(self, mistakes: tuple[int, ...], case_id: str, seed: int) -> Rerun:
        """Return how a case goes for the solution with these mistakes in it; none for the solution itself."""
        key = (mistakes, case_id, seed)
        if key not in self._kept:
            self._kept[key] = self._run(mistakes, case_id, seed)
        return self._kept[key]

    def trim(self) -> None:
        """Forget what was run if it has become much."""
        if len(self._kept) + len(self._begun) > _MAX_KEPT:
            self.clear()

    def clear(self) -> None:
        """Forget what was run."""
        self._kept.clear()
        self._begun.clear()

    def same(
        self, mistakes: tuple[int, ...], case_id: str, seed: int, calls: Sequence[Call], *, strict: bool
    ) -> Verdict | None:
        """Return how a case goes if it makes the same calls with the same outcomes, else None.

        The run stops at the first call that differs. What was run until there is kept, for the next submission.

        Args:
            mistakes: Which mistakes stand in the solution.
            case_id: Which case.
            seed: Of its random inputs.
            calls: What it is compared with.
            strict: Whether dtypes and the kind of container must agree too.
        """
        key = (mistakes, case_id, seed)
        item = self._items[case_id]
        if key in self._kept or not _is_plain(item):
            whole = self.run(mistakes, case_id, seed)
            return whole.verdict if same_calls(calls, whole.calls, strict=strict) else None
        begun = self._begun.get(key, [])
        if not same_calls(made(calls)[: len(begun)], begun, strict=strict):
            return None
        watched = WatchedCalls(calls, strict=strict)
        try:
            verdict = self._call(item, mistakes, case_id, seed, watched)
        except DivergedError:
            self._begun[key] = made(watched)
            return None
        self._kept[key] = Rerun(verdict=verdict, calls=tuple(watched))
        return verdict if watched.agrees else None

    def _run(self, mistakes: tuple[int, ...], case_id: str, seed: int) -> Rerun:
        item = self._items[case_id]
        if _is_plain(item):
            calls: list[Call] = []
            verdict = self._call(item, mistakes, case_id, seed, calls)
            return Rerun(verdict=verdict, calls=tuple(calls))

        def is_wanted(case: CaseDeclaration) -> bool:
            return case.case_id == case_id

        subject = self._reference.with_mistakes(mistakes)
        run = self._suite.run(subject, seed=seed, only=is_wanted)[0]
        subject.close()
        return Rerun(verdict=run.result.verdict, calls=run.calls)

    def _call(
        self, item: pytest.Function, mistakes: tuple[int, ...], case_id: str, seed: int, calls: list[Call]
    ) -> Verdict:
        """Call a case's function and return its verdict; the calls are added to `calls`."""
        self._suite._state.restore()
        rng = CaseRng(seed, case_id)
        subjects: list[Subject] = [self._reference.with_mistakes(mistakes)]
        submission = ModuleProxy(subjects[0], subjects[0].resolve)
        submission.calls = calls
        params = dict(item.callspec.params) if hasattr(item, "callspec") else {}
        fixtures: dict[str, object] = {"submission": submission, "rng": rng}
        if "keras_reference" in item.fixturenames:
            fixtures["keras_reference"] = self._suite.keras_reference(seed, case_id)
        if "solution" in item.fixturenames:
            subjects.append(self._reference.solution())
            fixtures["solution"] = ModuleProxy(subjects[1], subjects[1].resolve)
        given = {**fixtures, **params}
        error: BaseException | None = None
        try:
            for subject in subjects:
                subject.begin_case(rng.global_seed)
            item.obj(**{name: given[name] for name in item.fixturenames})
        except (KeyboardInterrupt, SystemExit, DivergedError):
            raise
        except BaseException as raised:  # noqa: BLE001 - the outcome of the case, judged below
            error = raised
        finally:
            for subject in subjects:
                subject.close()
        return judge(error, None, submission, [])[0]


def _is_plain(item: pytest.Function) -> bool:
    """Return whether a case asks for nothing but our fixtures and its parameters."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return set(item.fixturenames) <= _OURS | set(params)
