"""Which known mistake a submission makes: failing cases are run again with each mistake in its place.

Theory of operation. A case that fails is run again, whole, with a known mistake in the submission's place and
the same seed. Where the mistake fails too and its transcript (values, exceptions, arguments after the call)
equals the submission's, it is a candidate. A candidate that fails a case which the submission passes is refuted.
Of several that are left, the one that explains most failing cases is named if it is alone in that, and none
otherwise: a wrong name is worse than none.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from grader.suite.mistakes import Mistake
from grader.suite.plugin import CaseDeclaration, CaseRun, Suite
from grader.suite.reference import Reference
from grader.suite.transcript import same_calls
from grader.verdicts import CaseResult, Verdict

BUDGET_S = 0.15
_LEADING_NAME = re.compile(r"\W.*", re.DOTALL)  # what follows the name in `RNN().grads[0]`
_WORTH_IT = (Verdict.FAILED, Verdict.RUNTIME_ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The mistakes that the transcripts prove.

    Attributes:
        named: For each case id that is explained, the mistake.
        is_complete: False where the time ran out before every failing case was looked at.
    """

    named: Mapping[str, Mistake]
    is_complete: bool


class Diagnoser:
    """Knows the mistakes of one exercise and runs them through its suite.

    Args:
        suite: The collected suite.
        reference: The exercise's solution and mistakes.
    """

    def __init__(self, suite: Suite, reference: Reference) -> None:
        self._suite = suite
        self._reference = reference
        self._mistakes = list(reference.mistakes)
        self._runs: dict[tuple[int, str, int], CaseRun | None] = {}

    def diagnose(self, runs: Sequence[CaseRun], *, seed: int, budget_s: float = BUDGET_S) -> Diagnosis:
        """Return the mistakes behind failing cases.

        Args:
            runs: One submission's cases, run with `seed`.
            seed: The seed of those runs.
            budget_s: Time after which no further case is looked at.
        """
        deadline = time.perf_counter() + budget_s
        candidates: dict[str, set[int]] = {}
        is_complete = True
        failing = [run for run in runs if run.result.verdict in _WORTH_IT and run.calls]
        for run in failing:
            if time.perf_counter() > deadline:
                is_complete = False
                break
            found = self._candidates(run, seed, candidates, deadline)
            if found is None:
                is_complete = False
                break
            if found:
                candidates[run.result.case_id] = found
        passed = [run.result.case_id for run in runs if run.result.verdict is Verdict.PASSED]
        refuted = {
            index
            for index in {index for found in candidates.values() for index in found}
            if any(self._fails(index, case_id, seed) for case_id in passed)
        }
        candidates = {case_id: found - refuted for case_id, found in candidates.items() if found - refuted}
        named: dict[str, Mistake] = {}
        votes = [index for found in candidates.values() for index in found]
        for case_id, found in candidates.items():
            # Of several candidates of one case, the one that explains most failing cases, if it is alone in that.
            most = max(votes.count(index) for index in found)
            best = {self._mistakes[index].id: index for index in found if votes.count(index) == most}
            if len(best) == 1:
                named[case_id] = self._mistakes[next(iter(best.values()))]
        return Diagnosis(named=named, is_complete=is_complete)

    def _fails(self, index: int, case_id: str, seed: int) -> bool:
        """Return whether the mistake fails a case: one that the submission passed refutes it."""
        run = self._run(index, case_id, seed)
        return run is not None and run.result.verdict in _WORTH_IT

    def _candidates(
        self, run: CaseRun, seed: int, known: Mapping[str, set[int]], deadline: float
    ) -> set[int] | None:
        """Return the mistakes whose transcript of this case equals the submission's; None when time is over."""
        likely = [index for found in known.values() for index in found]
        functions = {_LEADING_NAME.sub("", call.function) for call in run.calls}
        order = [
            index
            for index in dict.fromkeys([*likely, *range(len(self._mistakes))])
            if index in likely or self._reference.matters(index, functions)
        ]
        is_about_type = run.result.detail.mismatch is not None and run.result.detail.mismatch.kind in (
            "type",
            "dtype",
        )
        found: set[int] = set()
        for index in order:
            if found and index not in likely and all(index in likely for index in found):
                break  # explained by a mistake that was already found: the others need not be tried
            if time.perf_counter() > deadline:
                return None
            other = self._run(index, run.result.case_id, seed)
            if other is None or other.result.verdict is not run.result.verdict:
                continue
            if same_calls(run.calls, other.calls, strict=is_about_type):
                found.add(index)
        return found

    def _run(self, index: int, case_id: str, seed: int) -> CaseRun | None:
        key = (index, case_id, seed)
        if key not in self._runs:
            if len(self._runs) > 5000:
                self._runs.clear()

            def is_wanted(case: CaseDeclaration) -> bool:
                return case.case_id == case_id

            subject = self._reference.with_mistake(index)
            runs = self._suite.run(subject, seed=seed, only=is_wanted)
            subject.close()
            self._runs[key] = runs[0] if runs else None
        return self._runs[key]


def with_diagnosis(result: CaseResult, diagnosis: Diagnosis) -> CaseResult:
    """Return the result with the mistake that explains it and its hint, if there is one."""
    mistake = diagnosis.named.get(result.case_id)
    if mistake is None:
        return result
    return replace(result, mistake=mistake.id, hint=str(mistake.hint))
