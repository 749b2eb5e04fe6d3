"""The smallest input on which a submission differs from the solution, found with Hypothesis.

Theory of operation. A randomised case that failed names the function and the kind of the failure: other values,
NaN, another shape, an exception of one class. The suite is not run again: its sizes stand in its source, so that
only values would shrink. Instead the failing *call* is replaced, or the few calls that make an object and use it
(`programs`). `call_domain` learns from the suite's own calls what may be passed, Hypothesis generates such inputs
and shrinks them, and each goes over the border to the submission (in a worker of its own, with little time) and to
the solution. An input counts if the solution takes it and the submission differs there in the same way, well beyond
rounding, twice in a row.

Fixed cases are as their author wants them and stay so. Functions, random generators and arguments that are changed
in place are left alone.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from grader.sandbox.dispatch import Raised
from grader.sandbox.host import CaseOverError
from grader.sandbox.proxy import Call, Remote
from grader.sandbox.wire import Value
from grader.suite.call_domain import Inputs, build, cost, learn, narrowed, signature
from grader.suite.compare import MismatchError, assert_close, assert_equal
from grader.suite.outcome import format_value
from grader.suite.programs import Program, matching, outcome_of, program_of, without_step, written
from grader.suite.transcript import same_value
from grader.suite.trial import CaseRun, Subject
from grader.verdicts import Verdict

BUDGET_S = 1.0
MAX_SHOWN = 2
MAX_CALL_S = 0.25  # of one call of the submission: how far the budget may be exceeded
_MAX_FAULTS = 3  # crashes and limits after which a function is left alone
_WORTH_IT = (Verdict.FAILED, Verdict.RUNTIME_ERROR)
_CLEAR = 1e-3  # nobody is shown a difference in the fourth digit of a made-up input
_MAX_ELEMENTS = 16
_MAX_ELEMENTS_OF_OBJECTS = 30  # weights, inputs and gradients, a line for each call
_FEW_EXAMPLES, _MANY_EXAMPLES = 100, 5000
_SAME = ""  # no difference


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestInput:
    """The simplest call found that shows a failure.

    Attributes:
        case_id: The failing case that it stands for.
        function: The entry point.
        call: As Python source; several lines where an object is made and used, the last of which counts.
        expected: What the solution returns, as text.
        received: What the submission returns, as text; empty if it raised.
        exception: `TypeName: message` of what it raised; empty if it returned.
    """

    case_id: str
    function: str
    call: str
    expected: str
    received: str = ""
    exception: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """A failing call and the way in which it fails."""

    case_id: str
    difference: str
    program: Program
    inputs: Inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    expected: Value
    received: Value | Raised


class _StopError(BaseException):
    """The time is over, or the submission is not worth further calls: Hypothesis lets it through."""


class Shrinker:
    """Finds the smallest failing inputs of one submission.

    Args:
        subject: The submission, with limits that suit the budget.
        solution: The reference.
        functions: The entry points that may be called.
    """

    def __init__(self, subject: Subject, solution: Subject, functions: Collection[str]) -> None:
        self._subject = subject
        self._solution = solution
        self._functions = functions

    def smallest(
        self, runs: Sequence[CaseRun], drawn: Collection[str], *, budget_s: float = BUDGET_S
    ) -> Iterator[SmallestInput]:
        """Yield a smallest input for the first failing case of each entry point, where there is one.

        Args:
            runs: The submission's cases.
            drawn: The ids of those that drew random inputs.
            budget_s: Seconds for all inputs together.
        """
        deadline = time.perf_counter() + budget_s
        done: set[str] = set()
        num_shown = 0
        for run in runs:
            if run.result.verdict not in _WORTH_IT or run.result.case_id not in drawn:
                continue
            target = self._target(run, runs, done, deadline)
            if target is None:
                continue
            left_s = deadline - time.perf_counter()
            if left_s <= 0:
                return
            # The first function may not use up what a second one needs.
            share_s = left_s if num_shown + 1 == MAX_SHOWN else left_s * 0.6
            found = _Search(self._subject, self._solution, target, time.perf_counter() + share_s).run()
            if found is not None:
                num_shown += 1
                yield found
            if num_shown == MAX_SHOWN:
                return

    def _target(
        self, run: CaseRun, runs: Sequence[CaseRun], done: set[str], deadline: float
    ) -> _Target | None:
        """Return the first call of a case that differs from the solution's, if it can be replaced."""
        for call in run.calls:
            found = program_of(run.calls, call)
            if found is None:
                continue
            program, whole = found
            if program.function not in self._functions or program.name in done or not signature(whole):
                continue
            kind = self._kind(run, call, program, whole)
            if kind == _SAME:
                continue
            done.add(program.name)
            program, whole = self._shortest(program, whole, kind, deadline)
            accepted = [
                other
                for case in runs
                for other in matching(case.calls, program)
                if self._accepts(program, other)
            ]
            inputs = learn(whole, [whole, *accepted], list(matching(run.calls, program)) or [whole])
            if inputs is not None:
                return _Target(case_id=run.result.case_id, difference=kind, program=program, inputs=inputs)
        return None

    def _kind(self, run: CaseRun, call: Call, program: Program, whole: Call) -> str:
        """Return in which way a call of a case differs from the solution's, if the case failed because of it."""
        expected = outcome_of(self._solution, program, whole.args, whole.kwargs)
        received = call.value if call.raised is None else call.raised
        if isinstance(expected, Raised) or _has_remote(expected) or _has_remote(received):
            return _SAME
        kind = difference(received, expected)
        return kind if kind != _SAME and _is_about(run, call, expected) else _SAME

    def _shortest(self, program: Program, whole: Call, kind: str, deadline: float) -> tuple[Program, Call]:
        """Return the program without the steps that the difference does not need."""
        is_shorter = True
        while is_shorter and time.perf_counter() < deadline:
            is_shorter = False
            for shorter in program.shorter():
                args, kwargs = without_step(program, shorter, whole.args, whole.kwargs)
                if self._differs(shorter, args, kwargs) == kind:
                    program, whole = shorter, replace(whole, args=args, kwargs=kwargs)
                    is_shorter = True
                    break
        return program, whole

    def _differs(self, program: Program, args: tuple[Value, ...], kwargs: dict[str, Value]) -> str:
        """Return in which way the two sides differ on a program; empty where they do not, or nobody can say."""
        expected = outcome_of(self._solution, program, args, kwargs)
        if isinstance(expected, Raised) or _has_remote(expected):
            return _SAME
        self._subject.begin_case(0)
        try:
            return difference(outcome_of(self._subject, program, args, kwargs), expected)
        except CaseOverError:
            return _SAME
        finally:
            self._subject.end_case()

    def _accepts(self, program: Program, call: Call) -> bool:
        return bool(signature(call)) and not isinstance(
            outcome_of(self._solution, program, call.args, call.kwargs), Raised
        )


class _Search:
    """One search for the smallest input of one function."""

    def __init__(self, subject: Subject, solution: Subject, target: _Target, deadline: float) -> None:
        self._subject = subject
        self._solution = solution
        self._target = target
        self._deadline = deadline
        template = target.inputs.template
        self._program = target.program
        self._most_elements = _MAX_ELEMENTS if len(self._program.steps) == 1 else _MAX_ELEMENTS_OF_OBJECTS
        self._least = cost(template.args, template.kwargs)  # what is no simpler than that is of no use
        self._best: _Found | None = None
        self._num_faults = 0
        self._known: dict[str, bool] = {}

    def run(self) -> SmallestInput | None:
        """Return what was found until the deadline, if it fails again."""
        with suppress(_StopError):
            # Most mistakes show on a handful of zeros and ones; what shows there needs hardly any shrinking.
            self._explore(narrowed(self._target.inputs), _FEW_EXAMPLES)
            if self._best is None:
                self._explore(self._target.inputs, _MANY_EXAMPLES)
        found = self._best
        if found is None:
            return None
        try:
            again = self._try(found.args, found.kwargs)
        except _StopError:
            return None
        return None if again is None else self._shown(again)

    def _explore(self, domain: Inputs, max_examples: int) -> None:
        from hypothesis import HealthCheck, Phase, find, settings
        from hypothesis import strategies as st
        from hypothesis.errors import HypothesisException

        bit = st.booleans()

        @st.composite
        def inputs(draw: st.DrawFn) -> tuple[tuple[Value, ...], dict[str, Value]] | None:
            # In bits, because `st.integers` first reads all local source for constants: half a second in a clone.
            def choose(low: int, high: int) -> int:
                number = 0
                for _ in range((high - low).bit_length()):
                    number = 2 * number + draw(bit)
                return low + number % (high - low + 1)

            return build(domain, choose)

        how = settings(
            database=None,
            deadline=None,
            derandomize=True,
            max_examples=max_examples,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        )
        try:
            find(inputs(), self._fails, settings=how)
        except (
            HypothesisException
        ):  # nothing fails, or not every time; what was found counts if it fails again
            return

    def _fails(self, made: tuple[tuple[Value, ...], dict[str, Value]] | None) -> bool:
        """Return whether an input shows the failure, and keep the simplest one."""
        if made is None:
            return False
        if time.perf_counter() > self._deadline:
            raise _StopError
        args, kwargs = made
        written = repr(made)
        if written in self._known:
            return self._known[written]
        found = self._try(args, kwargs)
        self._known[written] = found is not None
        if found is not None:
            price = cost(args, kwargs)
            if price < self._least and price[0] <= self._most_elements:
                self._least, self._best = price, found
        return found is not None

    def _try(self, args: tuple[Value, ...], kwargs: dict[str, Value]) -> _Found | None:
        """Return what both sides make of an input if they differ as they do in the failing case."""
        expected = outcome_of(self._solution, self._program, args, kwargs)
        if isinstance(expected, Raised) or _has_remote(expected) or not _is_finite(expected):
            return None
        self._subject.begin_case(0)
        try:
            received = outcome_of(self._subject, self._program, args, kwargs)
        except CaseOverError:
            self._num_faults += 1
            if self._num_faults >= _MAX_FAULTS:
                raise _StopError from None
            return None
        finally:
            self._subject.end_case()
        if difference(received, expected) != self._target.difference:
            return None
        return _Found(args=args, kwargs=kwargs, expected=expected, received=received)

    def _shown(self, found: _Found) -> SmallestInput | None:
        call = written(self._program, found.args, found.kwargs)
        expected, received, exception = format_value(found.expected), "", ""
        if isinstance(found.received, Raised):
            name, message = found.received.type_names[0], found.received.message
            exception = f"{name}: {message}" if message else name
        else:
            received = format_value(found.received)
        if expected == received or "<" in expected:  # too large, or too close, to be seen
            return None
        return SmallestInput(
            case_id=self._target.case_id,
            function=self._program.function,
            call=call,
            expected=expected,
            received=received,
            exception=exception,
        )


def _is_about(run: CaseRun, call: Call, expected: Value) -> bool:
    """Return whether a case failed because of this call: what the suite expected is what the solution returns.

    Otherwise the case is about a property, and another answer than the solution's may be right as well.
    """
    if call.raised is not None:
        return run.result.verdict is Verdict.RUNTIME_ERROR
    mismatch = run.result.detail.mismatch
    if mismatch is None or mismatch.expected is None:
        return False
    parts = [expected, *expected] if isinstance(expected, list | tuple) else [expected]
    return any(same_value(part, mismatch.expected, strict=False) for part in parts)


def difference(received: Value | Raised, expected: Value) -> str:
    """Return in which way a value differs from the expected one, one word for each way; empty if it does not."""
    if isinstance(received, Raised):
        return f"raises {received.type_names[0]}"
    if _has_remote(received):  # reading it would run the submission again
        return "object"
    try:
        if expected is None or isinstance(expected, str | bytes | bool):
            assert_equal(received, expected)
        else:
            atol = max(1e-6, _CLEAR * _scale(expected))
            assert_close(received, expected, rtol=_CLEAR, atol=atol, equal_nan=True)
    except MismatchError as error:
        kind = error.mismatch.kind
        return "not finite" if kind == "values" and not _is_finite(received) else kind
    return _SAME


def _scale(value: Value) -> float:
    if isinstance(value, list | tuple):
        return max((_scale(item) for item in value), default=0.0)
    if isinstance(value, dict):
        return _scale(list(value.values()))
    array = np.abs(np.asarray(value, dtype=float)) if _is_number(value) else np.zeros(0)
    return float(array[np.isfinite(array)].max(initial=0.0))


def _is_number(value: Value) -> bool:
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind in "biuf"
    return isinstance(value, bool | int | float)


def _is_finite(value: Value) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_finite(item) for item in value)
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind not in "fc" or bool(np.isfinite(value).all())
    return not isinstance(value, float) or bool(np.isfinite(value))


def _has_remote(value: Value) -> bool:
    if isinstance(value, list | tuple):
        return any(_has_remote(item) for item in value)
    if isinstance(value, dict):
        return any(_has_remote(item) for item in value.values())
    return isinstance(value, Remote)
