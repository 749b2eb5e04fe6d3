"""Which mistakes a submission makes: failing cases are run again with known mistakes in its place.

Theory of operation. A case that fails is run again with a known mistake in the submission's place and the same
seed. Where the mistake fails too and its transcript (values, exceptions, arguments after the call) equals the
submission's, it is a candidate. A candidate that fails a case which the submission passes is refuted. Of several
that are left, the one that explains most failing cases is named if it is alone in that, and none otherwise: a
wrong name is worse than none. What no single mistake explains is tried with the general ones (`general_mistakes`),
and what is left with two known mistakes at once.

Cheap cases come first: most mistakes differ from the submission in the first one, and a mistake that was found
there is tried before the others in the next. A case that takes long refutes only while there is room.

The search ends when it has spent its budget. The budget is counted (`effort`), not measured, and so is which case
is cheap: a busy machine names what a quiet one does. The clock only guards against what the count does not see.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeAlias

from grader.language import Text
from grader.suite.bounds import bounded_memory
from grader.suite.evidence import Observed, observe, observe_mismatch
from grader.suite.general_mistakes import name_general
from grader.suite.mistakes import Mistake
from grader.suite.plugin import Suite
from grader.suite.reference import Reference
from grader.suite.rerun import Reruns
from grader.suite.trial import CaseRun
from grader.verdicts import CaseResult, Verdict

BUDGET = 100_000  # units of `effort`; the end may come one case later
GUARD_S = (
    0.5  # of the processor: only a machine that is far too slow, or code that nobody counts, comes this far
)
_GRACE = 15_000  # after the budget, for passed cases to refute what was found
_SLOW_SHARE = 0.3  # of the budget: later, slow cases neither refute nor are explained once more
_SINGLES_SHARE = 0.85  # of the budget, for single mistakes: the solution's own runs need the rest
_PAIRS_SHARE = 0.2  # of the budget, for two mistakes at once
_SLOW = 15  # a case with more operations is left out where the budget is short
_MISSES = 2  # after so many cases that do not fit, and none that does, a candidate is given up
_LEAST_OF_ONE = 12_000  # units of effort
_FEW = 2  # failing cases of a function: where there are more, one that fits is chance
_LEADING_NAME = re.compile(r"\W.*", re.DOTALL)  # what follows the name in `RNN().grads[0]`
_WORTH_IT = (Verdict.FAILED, Verdict.RUNTIME_ERROR)

# Indices of known mistakes that stand in the solution at once: one, or two.
_Candidate: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The mistakes that the transcripts prove.

    Attributes:
        named: For each case id that is explained, the mistake.
        is_complete: False where the budget ended before every failing case was looked at.
        spent: What was spent of it, in units of `effort`.
    """

    named: Mapping[str, Mistake]
    is_complete: bool
    spent: int = 0


class Diagnoser:
    """Knows the mistakes of one exercise and runs them through its suite.

    Args:
        suite: The collected suite.
        reference: The exercise's solution and mistakes.
        without: Indices of mistakes that count as unknown.
    """

    def __init__(self, suite: Suite, reference: Reference, *, without: Collection[int] = ()) -> None:
        self._reference = reference
        self._without = frozenset(without)
        self.reruns = Reruns(suite, reference)

    def forget(self) -> None:
        """Drop what was run for earlier submissions."""
        self.reruns.clear()

    def diagnose(
        self, runs: Sequence[CaseRun], *, seed: int, budget: int = BUDGET, guard_s: float = GUARD_S
    ) -> Diagnosis:
        """Return the mistakes behind failing cases.

        Args:
            runs: One submission's cases, run with `seed`.
            seed: The seed of those runs.
            budget: Units of `effort` after which no further case is looked at.
            guard_s: Seconds after which none is either, whatever was spent.
        """
        failing = [run for run in runs if run.result.verdict in _WORTH_IT and run.calls]
        failing.sort(key=lambda run: run.num_operations)
        if not self._reference.is_local:  # seconds for every mistake: only what the arrays show by themselves
            shown = [observe_mismatch(run) for run in failing]
            return Diagnosis(named=name_general(failing, shown, None), is_complete=True)
        self.reruns.trim()
        try:
            with bounded_memory():
                return self._search(runs, failing, seed, budget, guard_s)
        except MemoryError:  # what a submission made up is too large to be looked at
            return Diagnosis(named={}, is_complete=False)

    def _search(
        self, runs: Sequence[CaseRun], failing: Sequence[CaseRun], seed: int, budget: int, guard_s: float
    ) -> Diagnosis:
        before = self.reruns.spent
        self.reruns.most = max(_LEAST_OF_ONE, budget // 8)  # one run may not use up what all others need
        search = _Search(self._reference, self.reruns, runs, seed, budget, guard_s)
        search.known = [i for i in range(len(self._reference.mistakes)) if i not in self._without]
        is_complete = search.look_for_singles(failing, int(budget * _SINGLES_SHARE))
        named = search.named()
        left = [run for run in failing if run.result.case_id not in search.explained]
        if named:  # where a known mistake was found, a case that nobody came to may well be another of it
            left = [run for run in left if run.result.case_id in search.looked_at]
        observed = self._observe(runs, left, seed, search) if left else None
        general = name_general(left, observed, self._reference) if observed else {}
        left = [run for run in left if run.result.case_id not in general]
        if is_complete and left and search.look_for_pairs(left, int(budget * _PAIRS_SHARE)):
            named = search.named()
        return Diagnosis(named=general | named, is_complete=is_complete, spent=self.reruns.spent - before)

    def _observe(
        self, runs: Sequence[CaseRun], left: Sequence[CaseRun], seed: int, search: _Search
    ) -> list[Observed] | None:
        """Return what all cases of the same functions show beside the solution; None where it does not suffice."""
        functions = {name for run in left for name in _functions(run)}
        wanted = [run for run in runs if run in left or not functions.isdisjoint(_functions(run))]
        observed: list[Observed] = []
        for run in sorted((run for run in wanted if run.calls), key=_is_slow):
            if _is_slow(run) and observed and search.is_late:
                break  # the quick cases say enough
            if search.is_over:
                return None
            observed.append(observe(run, self.reruns.solution_beside(run, seed)))
        return observed


class _Search:
    """The search for known mistakes behind one submission's failing cases."""

    def __init__(
        self,
        reference: Reference,
        reruns: Reruns,
        runs: Sequence[CaseRun],
        seed: int,
        budget: int,
        guard_s: float,
    ) -> None:
        self._reference = reference
        self.known: Sequence[int] = ()
        self.looked_at: set[str] = set()
        self._reruns = reruns
        self._seed = seed
        self._begun = reruns.spent
        self._late = int(budget * _SLOW_SHARE)
        self._budget = budget
        self._guard = time.perf_counter() + guard_s
        self._found: dict[str, set[_Candidate]] = {}
        self._refuted: dict[_Candidate, bool] = {}
        self._misses: Counter[_Candidate] = Counter()
        self._skipped: set[str] = set()
        passed = [run for run in runs if run.result.verdict is Verdict.PASSED and run.calls]
        self._passed = sorted(passed, key=lambda run: run.num_operations)
        self._failing: Sequence[CaseRun] = ()

    @property
    def is_over(self) -> bool:
        """Whether the budget is spent."""
        return self._is_beyond(self._budget)

    @property
    def is_late(self) -> bool:
        """Whether slow cases are no longer looked at."""
        return self._is_beyond(self._late)

    def _is_beyond(self, spent: int) -> bool:
        """Return whether so much was spent, or the clock says that it is too late for anything."""
        return self._reruns.spent - self._begun >= spent or time.perf_counter() > self._guard

    @property
    def explained(self) -> set[str]:
        """The cases with a candidate that no passed case refutes, named or not, and those left out as slow."""
        proven = {case_id for case_id, found in self._found.items() if self._best(found)}
        # Beyond the budget nobody knows: another name might be wrong.
        return (set(self._found) if self.is_over else proven) | self._skipped

    def look_for_singles(self, failing: Sequence[CaseRun], budget: int) -> bool:
        """Look for the single mistakes behind each case; return whether the budget sufficed."""
        self._failing = failing
        every = [(index,) for index in self.known]
        return all(self._look(run, every, budget) for run in failing)

    def look_for_pairs(self, left: Sequence[CaseRun], budget: int) -> bool:
        """Look for two mistakes at once behind each case; return whether the budget sufficed.

        A pair with a mistake that explains another case comes first. What was found in a search that could not
        be finished is dropped: another pair might fit as well.
        """
        end = min(self._budget, self._reruns.spent - self._begun + budget)
        alive = {one for found in self._found.values() for one in found if not self._refuted.get(one, False)}
        known = {index for one in alive for index in one}
        for run in left:
            functions = _functions(run)
            members = [index for index in self.known if self._reference.matters(index, functions)]
            pairs = [pair for pair in combinations(members, 2) if not self._reference.overlaps(*pair)]
            pairs.sort(key=lambda pair: known.isdisjoint(pair))
            self._found.pop(run.result.case_id, None)
            if not self._look(run, pairs, end):
                self._found.pop(run.result.case_id, None)
                return False
        return True

    def _look(self, run: CaseRun, choice: Iterable[_Candidate], end: int) -> bool:
        """Note the candidates of one case; return whether the budget sufficed."""
        if self._found and _is_slow(run) and self._is_beyond(self._late):
            self._skipped.add(run.result.case_id)  # cheaper cases say it already
            return True
        functions = _functions(run)
        likely = {one for found in self._found.values() for one in found}
        choice = list(choice)
        size = len(choice[0]) if choice else 1
        order = [one for one in dict.fromkeys([*likely, *choice]) if len(one) == size]
        found: set[_Candidate] = set()
        is_sure = True
        for one in order:
            if found and one not in likely and found <= likely:
                break  # explained by what was already found: the others need not be tried
            if self._is_beyond(end):
                return False
            if one not in likely and not self._is_promising(one, functions):
                continue
            if self._fits(one, run):
                found.add(one)
            elif self._reruns.was_cut:
                is_sure = False
            else:
                self._misses[one] += 1
        if found:
            self._found[run.result.case_id] = found
        if found or is_sure:
            self.looked_at.add(run.result.case_id)
        return True

    def _is_promising(self, one: _Candidate, functions: set[str]) -> bool:
        """Return whether a candidate can matter in a case, and has not missed too many."""
        can_matter = all(self._reference.matters(index, functions) for index in one)
        return can_matter and self._misses[one] < _MISSES

    def _fits(self, one: _Candidate, run: CaseRun) -> bool:
        """Return whether a case goes for a candidate as it went for the submission."""
        mismatch = run.result.detail.mismatch
        strict = mismatch is not None and mismatch.kind in ("type", "dtype")
        return self._reruns.same(one, run, self._seed, strict=strict) is run.result.verdict

    def _best(self, found: Iterable[_Candidate]) -> set[_Candidate]:
        """Return the candidates of one case that explain most failing cases and that no passed case refutes.

        Those that explain fewer are looked at only where none is left: to refute one takes many runs.
        """
        votes = Counter(one for others in self._found.values() for one in others)
        for num_votes in sorted({votes[one] for one in found}, reverse=True):
            left = {one for one in found if votes[one] == num_votes and not self._is_refuted(one)}
            if left:
                return left
        return set()

    def _is_refuted(self, one: _Candidate) -> bool:
        """Return whether a candidate fails a case that the submission passes, or there was no room to see."""
        if one in self._refuted:
            return self._refuted[one]
        for run in self._passed:
            if self._is_beyond(self._budget + _GRACE):
                return True  # not proven
            if self._fails(one, run):
                self._refuted[one] = True
                return True
        self._refuted[one] = not self._covers(one)
        return self._refuted[one]

    def _covers(self, one: _Candidate) -> bool:
        """Return whether half of the failing cases that a candidate could explain go as for the submission.

        One case of many fits by chance. And two programs that stop with an exception of one type have little in
        common: there the words count too.
        """
        num_same = num_looked_at = num_all = 0
        is_strong = False
        for run in self._failing:
            functions = _functions(run)
            if not any(self._reference.matters(index, functions) for index in one):
                continue
            num_all += 1
            if self._is_beyond(self._late if _is_slow(run) else self._budget + _GRACE):
                continue
            fits = self._fits(one, run)
            if self._reruns.was_cut:
                continue
            num_looked_at += 1
            if fits:
                num_same += 1
                is_strong = is_strong or self._says_the_same(one, run)
        if num_looked_at == 0:
            return num_all <= _FEW  # slow cases only
        return is_strong and 2 * num_same >= num_looked_at and (num_same > 1 or num_all <= _FEW)

    def _says_the_same(self, one: _Candidate, run: CaseRun) -> bool:
        """Return whether a case shows more of a candidate than the type of an exception."""
        ours = run.calls[-1].raised
        other = self._reruns.run(one, run.result.case_id, self._seed).calls[-1].raised
        return ours is None or other is None or ours.message == other.message

    def _fails(self, one: _Candidate, run: CaseRun) -> bool:
        functions = _functions(run)
        if not any(self._reference.matters(index, functions) for index in one):
            return False
        if _is_slow(run) and self._is_beyond(self._late):
            return False
        if self._reruns.same(one, run, self._seed, strict=False) is Verdict.PASSED:
            return False
        return self._reruns.run(one, run.result.case_id, self._seed).verdict in _WORTH_IT

    def named(self) -> dict[str, Mistake]:
        """Return the mistake of each case that exactly one candidate explains best."""
        named: dict[str, Mistake] = {}
        for case_id, found in self._found.items():
            best = {mistake.id: mistake for one in self._best(found) for mistake in [self._both(one)]}
            if len(best) == 1:
                named[case_id] = next(iter(best.values()))
        return named

    def _both(self, one: _Candidate) -> Mistake:
        """Return a candidate as one mistake: a pair has both ids and both hints."""
        mistakes = [self._reference.mistakes[index] for index in one]
        if len(mistakes) == 1:
            return mistakes[0]
        return Mistake(
            id="+".join(mistake.id for mistake in mistakes),
            replaces={name: value for mistake in mistakes for name, value in mistake.replaces.items()},
            hint=Text(
                en=" ".join(mistake.hint.en for mistake in mistakes),
                ko=" ".join(mistake.hint.ko for mistake in mistakes),
            ),
        )


def _functions(run: CaseRun) -> set[str]:
    """Return the module's names that a case reached."""
    return {_LEADING_NAME.sub("", call.function) for call in run.calls}


def _is_slow(run: CaseRun) -> bool:
    return run.num_operations > _SLOW


def with_diagnosis(result: CaseResult, diagnosis: Diagnosis) -> CaseResult:
    """Return the result with the mistake that explains it and its hint, if there is one."""
    mistake = diagnosis.named.get(result.case_id)
    if mistake is None:
        return result
    return replace(result, mistake=mistake.id, hint=str(mistake.hint))
