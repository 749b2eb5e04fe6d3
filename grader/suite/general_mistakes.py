"""Mistakes that need no author: what a wrong array has to do with the right one.

Theory of operation. Everything that the suite saw of one function, in failing and in passed cases, is one group
of observations. A rule predicts from the right value and the arguments what the mistake would have returned. It
is proven where the prediction equals what was received in every observation of the group, and where enough
elements that it changes tell it from chance. If the rules of two different mistakes hold, none is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from grader.sandbox.proxy import ModuleProxy, SubmissionRaisedError
from grader.sandbox.wire import Value
from grader.suite import general_hints as hints
from grader.suite.evidence import Array, Observation, Observed, as_numbers, close
from grader.suite.factors import MIN_EVIDENCE, factor_of, is_evident
from grader.suite.mistakes import Mistake
from grader.suite.reference import Reference
from grader.suite.removed_names import hint_for
from grader.suite.transcript import same_value
from grader.suite.trial import CaseRun

_Group = Sequence[Observation]
_Predict = Callable[[Observation, Array], "Array | None"]
_EXACT, _FLOAT32_EXACT = 1e-12, 1e-6
_FLOAT32_ERROR = 1e-3
_MAX_DIGITS = 6


def name_general(
    failing: Sequence[CaseRun], observed: Sequence[Observed], reference: Reference | None
) -> dict[str, Mistake]:
    """Return the general mistake behind each failing case for which one is proven.

    Args:
        failing: The cases to explain.
        observed: What these cases show, and other cases of the same functions.
        reference: The solution, for rules that ask it; None where it cannot be run here.
    """
    groups: dict[str, list[Observation]] = defaultdict(list)
    for each in observed:
        for item in each.observations:
            groups[item.key].append(item)
    by_case = {case.case_id: case for case in observed}
    memo: dict[str, Mistake | None] = {}
    named: dict[str, Mistake] = {}
    for run in failing:
        removed = hint_for(run.result.detail.exception)
        if removed:
            named[run.result.case_id] = hints.removed_name(removed)
            continue
        case = by_case.get(run.result.case_id)
        mistake = None if case is None or case.is_stray else _behind(run, case, groups, memo, reference)
        if mistake is not None:
            named[run.result.case_id] = mistake
    return named


def _behind(
    run: CaseRun,
    case: Observed,
    groups: dict[str, list[Observation]],
    memo: dict[str, Mistake | None],
    reference: Reference | None,
) -> Mistake | None:
    """Return the one mistake that explains everything that differs in a case."""
    mismatch = run.result.detail.mismatch
    if mismatch is None:
        return None
    # What a suite notes under no name stands in its other observations too.
    wrong = list(dict.fromkeys(item.key for item in case.observations if item.differs and item.key))
    if not wrong:
        return _behind_right_values(run, case, groups)
    whole = [key for key in wrong if key.endswith("[:]")]
    found: list[Mistake] = []
    for key in wrong:
        if key not in memo:
            memo[key] = _swapped(groups[key]) if key in whole else _of_values(groups[key], reference)
        mistake = memo[key]
        if mistake is None and key in whole:
            continue  # its elements say what it is, or nothing does
        if mistake is None:
            if any(key.startswith(one[:-3]) and memo[one] is not None for one in whole):
                continue  # the order explains the element
            return None
        found.append(mistake)
    return found[0] if found and len({mistake.id for mistake in found}) == 1 else None


def _behind_right_values(
    run: CaseRun, case: Observed, groups: dict[str, list[Observation]]
) -> Mistake | None:
    """Return the mistake of a case that fails although every value is right."""
    mismatch = run.result.detail.mismatch
    if mismatch is None or not case.observations:
        return None
    last = case.observations[-1]
    group = groups[last.key]
    if mismatch.kind == "text" and case.changed:
        return hints.ARGUMENT_CHANGED if _shows(run, mismatch.received) else None
    if mismatch.kind == "dtype" and not any(item.differs for item in group) and _other_kind(case):
        return hints.DTYPE
    if mismatch.kind == "values":
        behind = [item for item in case.observations if _float32(item)]
        if behind and all(item.key == behind[0].key for item in behind):
            group = groups[behind[0].key]
            if is_evident([item for item in group if _float32(item)]) and all(
                _float32(item) or _exactly(item) for item in group
            ):
                return hints.FLOAT32
    return None


def _shows(run: CaseRun, after: Value) -> bool:
    """Return whether a failed comparison is about an argument that a call changed in place."""
    return after is not None and any(
        same_value(value, after) for call in run.calls for value in call.changed.values()
    )


def _other_kind(case: Observed) -> bool:
    """Return whether a result is of another kind of number than the solution's."""
    kinds = [
        (np.asarray(item.received).dtype.kind, np.asarray(item.expected).dtype.kind)
        for item in case.observations
        if item.left is not None and item.right is not None
    ]
    return any(ours != right for ours, right in kinds)


def _float32(item: Observation) -> bool:
    """Return whether a value was computed with the digits of float32 where the solution's has more."""
    left, right = item.left, item.right
    if left is None or right is None or left.shape != right.shape or not np.isfinite(left).all():
        return False
    is_short = bool((left.astype(np.float32) == left).all())
    return (
        is_short
        and not bool((right.astype(np.float32) == right).all())
        and close(left, right, _FLOAT32_ERROR)
    )


def _exactly(item: Observation) -> bool:
    return item.left is not None and item.right is not None and close(item.left, item.right, _EXACT)


# --- values --------------------------------------------------------------------------------------------------


def _of_values(group: _Group, reference: Reference | None) -> Mistake | None:
    """Return the mistake behind the wrong numbers of one function."""
    if any(item.left is None or item.right is None for item in group):
        return None
    found = [mistake for mistake in (_state(group), _shape(group)) if mistake is not None]
    if not found:
        rules: list[tuple[_Predict, Mistake]] = [
            (_transposed, hints.TRANSPOSED),
            (_softmax, hints.SOFTMAX_TWICE),
            (lambda _, right: np.trunc(right), hints.CUT_OFF),
        ]
        found = [mistake for predict, mistake in rules if _holds(group, predict)]
        found += [
            mistake for mistake in (_bias(group), _offset(group), factor_of(group)) if mistake is not None
        ]
        if not found:
            found = [
                mistake for mistake in (_rounding(group), _axis(group, reference)) if mistake is not None
            ]
    return found[0] if len({mistake.id for mistake in found}) == 1 else None


def _holds(group: _Group, predict: _Predict, *, evidence: bool = True) -> bool:
    """Return whether a prediction is what was received, everywhere, and can hardly be so by chance."""
    changed: list[Observation] = []
    for item in group:
        left, right = item.left, item.right
        if left is None or right is None:
            return False
        predicted = predict(item, right)
        if predicted is None or not close(left, predicted):
            return False
        if item.differs:
            changed.append(item)
    return bool(changed) and (not evidence or is_evident(changed))


def _transposed(_: Observation, right: Array) -> Array:
    return right.T if right.ndim == 2 else right  # a batch of images may well be right beside a single one


def _softmax(_: Observation, right: Array) -> Array | None:
    if right.ndim == 0 or not np.allclose(right.sum(axis=-1), 1.0) or (right < 0).any():
        return None
    exponentials: Array = np.exp(right)
    shares: Array = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return shares


def _shape(group: _Group) -> Mistake | None:
    """Values in the right order, in another shape: an axis too many, or too few."""
    wrong = [item for item in group if item.differs]
    for item in wrong:
        left, right = item.left, item.right
        if left is None or right is None or left.shape == right.shape or left.size != right.size:
            return None
        if not close(left.ravel(), right.ravel()):
            return None
    return hints.SHAPE if _many_values(wrong) else None


def _many_values(group: _Group) -> bool:
    """Return whether the right values are so many that their order is no chance."""
    values = {round(float(value), 9) for item in group if item.right is not None for value in item.right.flat}
    return len(values) >= 2


def _bias(group: _Group) -> Mistake | None:
    """A vector among the arguments that is missing in the result, in it once too often, or with the wrong sign."""
    most = max((len(_vectors(item)) for item in group), default=0)
    for position in range(most):
        for sign, mistake in ((-1.0, hints.BIAS_MISSING), (1.0, hints.BIAS_ADDED), (-2.0, hints.BIAS_SIGN)):

            def predict(
                item: Observation, right: Array, position: int = position, sign: float = sign
            ) -> Array | None:
                vectors = _vectors(item)
                if position >= len(vectors) or right.ndim == 0:
                    return None
                vector = vectors[position]
                return right + sign * vector if vector.shape == right.shape[-1:] else None

            if _holds(group, predict):
                return mistake
    return None


def _vectors(item: Observation) -> list[Array]:
    """Return the one-dimensional arguments of a case, the first argument of the call itself left out."""
    arrays = [as_numbers(value) for value in item.context if isinstance(value, np.ndarray)]
    first = item.arguments[0] if item.arguments else None
    own = as_numbers(first) if isinstance(first, np.ndarray) else None
    return [
        array
        for array in arrays
        if array is not None and array.ndim == 1 and not (own is not None and same_value(array, own))
    ]


def _offset(group: _Group) -> Mistake | None:
    item = next((item for item in group if item.differs), None)
    if item is None or item.left is None or item.right is None or item.left.shape != item.right.shape:
        return None
    if item.left.size == 0:
        return None
    number = float((item.left - item.right).flat[0])
    is_constant = np.isfinite(number) and _holds(group, lambda _, right: right + number)
    return hints.offset(number) if is_constant else None


def _rounding(group: _Group) -> Mistake | None:
    """Values that stop after a few decimals: their digits are those of the right ones, rounded."""
    for digits in range(_MAX_DIGITS + 1):

        def is_rounded(item: Observation, digits: int = digits) -> bool:
            left, right = item.left, item.right
            if left is None or right is None:
                return False
            is_short = np.asarray(item.received).dtype == np.float32
            return close(left, np.round(right, digits), _FLOAT32_EXACT if is_short else _EXACT)

        if all(is_rounded(item) for item in group):
            return hints.rounding(digits) if is_evident([item for item in group if item.differs]) else None
    return None


def _axis(group: _Group, reference: Reference | None) -> Mistake | None:
    """The solution's result for the transposed argument, transposed back: the other axis was taken."""
    if reference is None or not group[0].key.isidentifier():
        return None
    subject = reference.solution()
    solution = ModuleProxy(subject, subject.resolve)

    def predict(item: Observation, right: Array) -> Array | None:
        if item.call is None or len(item.arguments) != 1 or not isinstance(item.arguments[0], np.ndarray):
            return None
        argument = item.arguments[0]
        if argument.ndim < 2:
            return right
        if argument.ndim > 2:
            return None
        try:
            value = as_numbers(getattr(solution, item.key)(argument.T))
        except SubmissionRaisedError:
            return None
        return value.T if value is not None else None

    try:
        subject.begin_case(0)
        return hints.AXIS if _holds(group, predict) else None
    finally:
        subject.close()


# --- order and state -----------------------------------------------------------------------------------------


def _swapped(group: _Group) -> Mistake | None:
    """All results of a tuple are there, in another order."""
    wrong = [item for item in group if item.differs]
    for item in group:
        ours, right = list(item.received), list(item.expected)
        turned = right[::-1] if len(right) == 2 else _order_of(wrong[0], right)
        if turned is None or len(turned) != len(ours):
            return None
        if not all(same_value(one, other, strict=False) for one, other in zip(ours, turned, strict=True)):
            return None
    values = [number for item in wrong for number in (as_numbers(part) for part in item.expected)]
    return (
        hints.OUTPUTS_SWAPPED
        if sum(array.size for array in values if array is not None) >= MIN_EVIDENCE
        else None
    )


def _order_of(item: Observation, values: list[Value]) -> list[Value] | None:
    """Return `values` in the order in which an observation has them, if it is one."""
    order: list[int] = []
    for part in item.received:
        same = [i for i, right in enumerate(item.expected) if same_value(part, right, strict=False)]
        if len(same) != 1:
            return None
        order += same
    is_order = sorted(order) == list(range(len(values)))
    return [values[i] for i in order] if is_order else None


def _state(group: _Group) -> Mistake | None:
    """Same call, same right value, and only the first of them is right."""
    first: list[Observation] = []
    num_later = 0
    for item in group:
        if item.call is None or item.call.is_read or not item.arguments:
            return None
        before = next(
            (one for one in first if one.context is not item.context and _same_call(one, item)), None
        )
        if before is None:
            if item.differs:
                return None
            first.append(item)
        elif item.differs:
            num_later += 1
    return hints.STATE_KEPT if num_later else None


def _same_call(left: Observation, right: Observation) -> bool:
    return (
        len(left.arguments) == len(right.arguments)
        and all(same_value(one, other) for one, other in zip(left.arguments, right.arguments, strict=True))
        and same_value(left.expected, right.expected)
    )
