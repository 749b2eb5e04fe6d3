"""A known mistake is asked what a submission was asked, until it answers otherwise.

Theory of operation. What a case asks next follows from what came back so far. So whether a mistake answers a case
as a submission did can be seen without the case: the submission's requests are put to the mistake one by one, and
the first answer that differs ends it. No input is drawn, no solution runs beside it, nothing is compared with it.
Where every answer is the same to the bit, the case's verdict is the same too; where they only agree within a
tolerance, or where something else than a call answers otherwise, the case itself must say.

The solution is asked in the same way, to the end: its answers show by how much each function is off by itself, also
where a wrong result was handed on to the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from grader.sandbox.dispatch import Raised
from grader.sandbox.outcomes import Returned
from grader.sandbox.plain import is_same
from grader.sandbox.proxy import Call, ModuleProxy
from grader.sandbox.wire import Reference, Value
from grader.suite.bounds import is_within_measure
from grader.suite.effort import PER_OPERATION, PER_REPLAY, Effort, TooLongError
from grader.suite.transcript import same_call
from grader.suite.trial import CaseRun, Subject


class Agreement(Enum):
    """How the answers of two runs agree."""

    DIFFERENT = "different"
    IDENTICAL = "identical"  # to the bit
    CLOSE = "close"  # within a tolerance
    OPEN = "open"  # something that no transcript holds went otherwise
    CUT = "cut"  # given up: it took too long


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """How a mistake answered.

    Attributes:
        calls: Its calls, without their arguments, up to the first that differs.
        costs: What had been spent after each of them; see `effort`.
        cost: Of all.
        agreement: With the submission's answers; not looked at where all was asked.
    """

    calls: tuple[Call, ...]
    costs: tuple[int, ...]
    cost: int
    agreement: Agreement

    def cost_until(self, position: int) -> int:
        """Return the cost of a replay that stops at the call of this position."""
        return self.costs[position] if position < len(self.costs) else self.cost


def replay(
    subject: Subject, run: CaseRun, seed: int, effort: Effort, *, most: int, strict: bool | None
) -> Replay:
    """Put a submission's requests to a subject of the course until it answers otherwise.

    Args:
        subject: A fresh one.
        run: The submission's.
        seed: Of the global random generators in this case.
        effort: Counts what the subject does.
        most: Units of effort after which it is given up.
        strict: Whether dtypes and the kind of container must agree too; None asks to the end, whatever it answers.
    """
    before = effort.spent
    calls: list[Call] = []
    costs: list[int] = []
    proxy = ModuleProxy(subject, subject.resolve)
    agreement = Agreement.IDENTICAL
    effort.limit(most)
    try:
        effort.add(PER_REPLAY)
        subject.begin_case(seed)
        for asked in run.asked:
            if not is_within_measure(asked.operations):
                agreement = Agreement.OPEN
                break
            operations = _renamed(asked.operations, run.names) if run.names else asked.operations
            effort.add(PER_OPERATION * len(operations))
            outcomes = subject.request(operations)
            if asked.call is not None:
                calls.append(_as_call(asked.call, outcomes[0], proxy))
                costs.append(effort.spent - before)
            if strict is None or _are_identical(outcomes, asked.outcomes):
                continue
            if asked.call is None:
                agreement = Agreement.OPEN
                break
            if not same_call(asked.call, calls[-1], strict):
                agreement = Agreement.DIFFERENT
                break
            agreement = Agreement.CLOSE
    except (TooLongError, MemoryError):
        agreement = Agreement.CUT
    finally:
        effort.limit(None)
    return Replay(calls=tuple(calls), costs=tuple(costs), cost=effort.spent - before, agreement=agreement)


def _as_call(call: Call, outcome: Returned | Raised, proxy: ModuleProxy) -> Call:
    """Return a call as it would have been kept of this outcome; of its arguments nothing is kept."""
    if isinstance(outcome, Raised):
        return Call(function=call.function, args=(), kwargs={}, raised=outcome, is_read=call.is_read)
    label = call.function if call.is_read else f"{call.function}()"
    value = proxy.incoming(outcome.value, label)
    return Call(
        function=call.function, args=(), kwargs={}, value=value, changed=outcome.changed, is_read=call.is_read
    )


def _renamed(value: Value, names: Mapping[str, str]) -> Value:
    """Return operations with the names at the root of their references replaced."""
    if isinstance(value, Reference):
        root = names.get(value.root, value.root) if isinstance(value.root, str) else value.root
        return Reference(root, tuple((kind, _renamed(key, names)) for kind, key in value.steps))
    if type(value) in (list, tuple):
        return type(value)(_renamed(item, names) for item in value)
    if type(value) is dict:
        return {key: _renamed(item, names) for key, item in value.items()}
    return value


def _are_identical(ours: Sequence[Returned | Raised], others: Sequence[Returned | Raised]) -> bool:
    return len(ours) == len(others) and all(map(_is_identical, ours, others))


def _is_identical(ours: Returned | Raised, other: Returned | Raised) -> bool:
    """Return whether two outcomes are the same to the bit; in which line something was raised does not count."""
    if isinstance(ours, Raised) or isinstance(other, Raised):
        return (
            isinstance(ours, Raised)
            and isinstance(other, Raised)
            and (ours.type_names, ours.message) == (other.type_names, other.message)
        )
    return is_same(ours.value, other.value) and is_same(dict(ours.changed), dict(other.changed))
