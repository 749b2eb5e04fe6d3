"""Runs cases again with the course's own code in the submission's place, quickly: failing cases need hundreds.

Theory of operation. Whether a known mistake answers like a submission is seen without the case (`replay`).
Where that does not suffice the case runs again. One that asks for our fixtures
alone is called as the function that it is, with new proxies and the same seed, and the suite's state put back
before it: a third of the time of pytest's protocol. A case with fixtures of its own goes through the protocol.
Calls run through the border as in any other run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pytest

from grader.sandbox.dispatch import Raised
from grader.sandbox.outcomes import Returned
from grader.sandbox.proxy import Call, ModuleProxy
from grader.sandbox.wire import Value
from grader.suite.cases import CaseDeclaration
from grader.suite.effort import PER_CASE, PER_OPERATION, PER_PROTOCOL, Effort, TooLongError
from grader.suite.outcome import judge
from grader.suite.plugin import Suite
from grader.suite.reference import Reference
from grader.suite.remembered import Answer, RememberedSubject
from grader.suite.replay import Agreement, Replay, replay
from grader.suite.rng import CaseRng, global_seed
from grader.suite.transcript import first_difference, made, same_calls
from grader.suite.trial import CaseRun, Subject
from grader.verdicts import Verdict

_OURS = frozenset({"submission", "solution", "rng", "keras_reference"})
_MAX_KEPT = 20_000
_MOST = 12_000  # units of effort of one run with mistakes in it: longer ones would use up all there is
_MOST_OF_SOLUTION = 100_000
_Key: TypeAlias = tuple[tuple[int, ...], str, int]  # mistakes, case, seed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """How a case went for the course's own code.

    Attributes:
        verdict: Of the whole case.
        calls: What was called.
        cost: Of all that was run; see `effort`.
    """

    verdict: Verdict
    calls: tuple[Call, ...]
    cost: int


class Reruns:
    """The cases of one suite, to be run again one by one; what was run is kept.

    Args:
        suite: The collected suite.
        reference: The exercise's solution and mistakes.

    Attributes:
        spent: What all runs together would have cost if nothing had been kept: it depends on what was asked for,
            not on what was asked for before.
        was_cut: Whether the last run that was asked for was given up.
        most: Units of effort after which a run with mistakes in it is given up.
    """

    def __init__(self, suite: Suite, reference: Reference) -> None:
        self._suite = suite
        self._reference = reference
        self._items = {case.case_id: item for item, case in zip(suite._items, suite.cases, strict=True)}
        self._kept: dict[_Key, Rerun] = {}
        self._replays: dict[_Key, Replay] = {}
        self._answers: dict[tuple[str, int], list[Answer]] = {}  # of the solution in a case that runs again
        self._beside: dict[tuple[str, int], list[Answer]] = {}  # of the solution that is asked in its place
        self.spent = 0
        self.was_cut = False
        self.most = _MOST

    def run(self, mistakes: tuple[int, ...], case_id: str, seed: int) -> Rerun:
        """Return how a case goes for the solution with these mistakes in it; none for the solution itself."""
        key = (mistakes, case_id, seed)
        known = self._kept.get(key)
        if known is None or (known.verdict is Verdict.TIME_LIMIT and known.cost < self.most):
            known = self._kept[key] = self._run(key)
        self.spent += known.cost
        return known

    def trim(self) -> None:
        """Forget what was run if it has become much."""
        if len(self._kept) + len(self._replays) > _MAX_KEPT:
            self.clear()

    def clear(self) -> None:
        """Forget what was run."""
        self._kept.clear()
        self._replays.clear()
        self._answers.clear()
        self._beside.clear()

    def same(self, mistakes: tuple[int, ...], run: CaseRun, seed: int, *, strict: bool) -> Verdict | None:
        """Return the verdict of a case for which these mistakes answer as a submission did; None if they do not.

        The first answer that differs ends it. What was answered until there is kept, for the next submission.

        Args:
            mistakes: Which mistakes stand in the solution.
            run: The submission's.
            seed: Of the case's random inputs.
            strict: Whether dtypes and the kind of container must agree too.
        """
        self.was_cut = False
        key = (mistakes, run.result.case_id, seed)
        known = self._replays.get(key)
        if known is not None:
            position = first_difference(made(run.calls), known.calls, strict=strict)
            if position is not None:
                self.spent += known.cost_until(position)
                return None
        if known is None or known.agreement is not Agreement.CUT or known.cost < self.most:
            # Also where it is known: this submission may go further, or agree less.
            subject = self._reference.with_mistakes(mistakes)
            known = self._replays[key] = self._replayed(subject, run, seed, most=self.most, strict=strict)
        self.spent += known.cost
        self.was_cut = known.agreement is Agreement.CUT
        if known.agreement in (Agreement.DIFFERENT, Agreement.CUT):
            return None
        if known.agreement is Agreement.IDENTICAL and run.asked:
            return run.result.verdict
        whole = self.run(*key)
        self.was_cut = whole.verdict is Verdict.TIME_LIMIT
        return whole.verdict if same_calls(run.calls, whole.calls, strict=strict) else None

    def solution_beside(self, run: CaseRun, seed: int) -> tuple[Call, ...]:
        """Return what the solution answers to the calls of a submission; less where that takes too long."""
        answers = self._beside.setdefault((run.result.case_id, seed), [])
        solution = RememberedSubject(
            lambda: self._reference.with_mistakes(()), answers, self._reference.effort
        )
        done = self._replayed(solution, run, seed, most=_MOST_OF_SOLUTION, strict=None)
        self.spent += done.cost
        return done.calls

    def _replayed(
        self, subject: Subject, run: CaseRun, seed: int, *, most: int, strict: bool | None
    ) -> Replay:
        in_case = global_seed(seed, run.result.case_id)
        return replay(subject, run, in_case, self._reference.effort, most=most, strict=strict)

    def _run(self, key: _Key) -> Rerun:
        """Return how a case goes."""
        mistakes, case_id, seed = key
        item = self._items[case_id]
        effort = self._reference.effort
        before = effort.spent
        if not _is_plain(item):
            return self._by_protocol(key)
        calls: list[Call] = []
        effort.limit(self.most if mistakes else _MOST_OF_SOLUTION)
        try:
            effort.add(PER_CASE)
            verdict = self._call(item, mistakes, case_id, seed, calls)
        except TooLongError:
            verdict = Verdict.TIME_LIMIT
        finally:
            effort.limit(None)
        return Rerun(verdict=verdict, calls=tuple(calls), cost=effort.spent - before)

    def _by_protocol(self, key: _Key) -> Rerun:
        """Return how a case with fixtures of its own goes: by pytest's protocol."""
        mistakes, case_id, seed = key
        effort = self._reference.effort
        before = effort.spent

        def is_wanted(case: CaseDeclaration) -> bool:
            return case.case_id == case_id

        subject = self._reference.with_mistakes(mistakes)
        run = self._suite.run(subject, seed=seed, only=is_wanted)[0]
        subject.close()
        cost = effort.spent - before + PER_PROTOCOL + PER_OPERATION * len(run.calls)
        return Rerun(verdict=run.result.verdict, calls=run.calls, cost=cost)

    def _call(
        self, item: pytest.Function, mistakes: tuple[int, ...], case_id: str, seed: int, calls: list[Call]
    ) -> Verdict:
        """Call a case's function and return its verdict; the calls are added to `calls`."""
        self._suite._state.restore()
        rng = CaseRng(seed, case_id)
        subjects: list[Subject] = [self._reference.with_mistakes(mistakes)]
        submission = ModuleProxy(_Metered(subjects[0], self._reference.effort), subjects[0].resolve)
        submission.calls = calls
        params = dict(item.callspec.params) if hasattr(item, "callspec") else {}
        fixtures: dict[str, object] = {"submission": submission, "rng": rng}
        if "keras_reference" in item.fixturenames:
            fixtures["keras_reference"] = self._suite.keras_reference(seed, case_id)
        if "solution" in item.fixturenames:
            answers = self._answers.setdefault((case_id, seed), [])
            subjects.append(RememberedSubject(self._reference.solution, answers))
            metered = _Metered(subjects[1], self._reference.effort)
            fixtures["solution"] = ModuleProxy(metered, subjects[1].resolve)
        given = {**fixtures, **params}
        error: BaseException | None = None
        try:
            for subject in subjects:
                subject.begin_case(rng.global_seed)
            item.obj(**{name: given[name] for name in item.fixturenames})
        except (KeyboardInterrupt, SystemExit, TooLongError):
            raise
        except BaseException as raised:  # noqa: BLE001 - the outcome of the case, judged below
            error = raised
        finally:
            for subject in subjects:
                subject.close()
        return judge(error, None, submission, [])[0]


class _Metered:
    """A subject whose operations are counted.

    Args:
        subject: Answers.
        effort: Counts.
    """

    def __init__(self, subject: Subject, effort: Effort) -> None:
        self._subject = subject
        self._effort = effort

    def request(self, operations: Sequence[Sequence[Value]]) -> list[Returned | Raised]:
        """Return the outcomes of `operations`."""
        self._effort.add(PER_OPERATION * len(operations))
        return self._subject.request(operations)


def _is_plain(item: pytest.Function) -> bool:
    """Return whether a case asks for nothing but our fixtures and its parameters."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return set(item.fixturenames) <= _OURS | set(params)
