"""What the calls of a suite say about the arguments that a function takes: learned, so that no author declares it.

A smaller input is worth showing only if the statement speaks about it. What the suite itself passes tells: kinds
and dtypes, the range of the values, whether they are whole numbers, whether rows are one-hot or sum to 1, which
sizes are equal and which are never larger than which. An input outside of that is never tried.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np

from grader.sandbox.proxy import Call
from grader.sandbox.wire import Value

Key = int | str  # position or keyword
Slot = tuple[Key, int]  # an axis of an array, or -1 for a whole number
_Window = tuple[Slot, Slot, Slot, Slot | None]

_MAX_DIMENSIONS = 3
_MAX_LENGTH = {1: 6, 2: 4, 3: 3}
_LEAST_LENGTH = 2  # of an axis that the suite never makes shorter: 1 would be a special case
_MAX_CANDIDATES = 30
_FEW = 4
_NICE = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8, 9, -9, 0.5, -0.5, 0.25, -0.25, 1.5, -1.5)
_LARGE = (10, -10, 100, -100, 1000, -1000, 10000, -10000)


class Sort(StrEnum):
    """What an argument is."""

    ARRAY = "array"
    LIST = "list"
    TUPLE = "tuple"
    INT = "int"
    FLOAT = "float"
    CONSTANT = "constant"  # text, None, a truth value


class Form(StrEnum):
    """What the rows of an array have in common."""

    ANY = "any"
    ONE_HOT = "one_hot"
    DISTRIBUTION = "distribution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One argument's kind: what a smaller one has in common with it."""

    sort: Sort
    dtype: str = ""
    num_dimensions: int = 0


def kind_of(value: Value) -> Kind | None:
    """Return the kind of an argument, or None for what is left alone: objects, generators, dictionaries."""
    if value is None or isinstance(value, bool | str):
        return Kind(sort=Sort.CONSTANT)
    if type(value) is int:
        return Kind(sort=Sort.INT)
    if type(value) is float:
        return Kind(sort=Sort.FLOAT)
    if type(value) not in (list, tuple) and not isinstance(value, np.ndarray | np.generic):
        return None
    if not isinstance(value, np.ndarray | np.generic) and not _is_nested_numbers(value):
        return None
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return None
    if array.dtype.kind not in "biuf" or array.ndim > _MAX_DIMENSIONS:
        return None
    sort = Sort(type(value).__name__) if type(value) in (list, tuple) else Sort.ARRAY
    return Kind(sort=sort, dtype=array.dtype.str, num_dimensions=array.ndim)


def _is_nested_numbers(value: Value) -> bool:
    if type(value) in (list, tuple):
        return all(_is_nested_numbers(item) for item in value)
    return type(value) in (bool, int, float)


def arguments(call: Call) -> dict[Key, Value]:
    """Return the arguments of a call by position or keyword."""
    found: dict[Key, Value] = dict(enumerate(call.args))
    found.update(call.kwargs)
    return found


def signature(call: Call) -> dict[Key, Kind] | None:
    """Return the kinds of a call's arguments, or None where one of them is left alone."""
    kinds = {key: kind_of(value) for key, value in arguments(call).items()}
    found = {key: kind for key, kind in kinds.items() if kind is not None}
    return found if len(found) == len(kinds) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The inputs that a failing call may be replaced by.

    Attributes:
        template: The failing call.
        kinds: The kinds of its arguments.
        lengths: For each slot the smallest and the largest length or number.
        equal: For each slot the first one that always had the same length.
        ordered: Pairs of slots of which the first was never the larger one.
        windows: Slots `n, x, f, s` for which `n = (x - f) // s + 1` always held; without `s` it is 1.
        values: For each argument what its elements are taken from, the simplest first.
        forms: What the rows of each array have in common.
    """

    template: Call
    kinds: Mapping[Key, Kind]
    lengths: Mapping[Slot, tuple[int, int]]
    equal: Mapping[Slot, Slot]
    ordered: Sequence[tuple[Slot, Slot]]
    windows: Sequence[_Window]
    values: Mapping[Key, Sequence[Value]]
    forms: Mapping[Key, Form]


def learn(template: Call, observed: Sequence[Call], of_case: Sequence[Call]) -> Inputs | None:
    """Return what may stand for `template`, or None where an argument is left alone or none can be made.

    Args:
        template: The failing call.
        observed: All calls of the same function that the solution accepts, `template` among them.
        of_case: Those of the failing case: the values are taken from these, because what is asked of an extreme
            value (a probability of 0, a logit of 1000) is the business of the cases that pass one.
    """
    kinds = signature(template)
    if not kinds:
        return None
    alike = [call for call in observed if signature(call) == kinds]
    sizes = [_sizes(call, kinds) for call in alike]
    own = _sizes(template, kinds)
    equal: dict[Slot, Slot] = {}
    for slot in own:
        same = (other for other in equal if all(size[other] == size[slot] for size in sizes))
        equal[slot] = next((other for other in same if (other[1] < 0) == (slot[1] < 0)), slot)
    ordered = [
        (small, large)
        for small in own
        for large in own
        if small != large and all(size[small] <= size[large] for size in sizes)
    ]
    forms = {key: _form([arguments(call)[key] for call in alike], kind) for key, kind in kinds.items()}
    values = {key: _values(key, kind, template, of_case) for key, kind in kinds.items()}
    if not all(values.values()):
        return None
    return Inputs(
        template=template,
        kinds=kinds,
        lengths={slot: _lengths(slot, own[slot], [size[slot] for size in sizes], kinds) for slot in own},
        equal=equal,
        ordered=ordered,
        windows=list(_windows(own, sizes)),
        values=values,
        forms=forms,
    )


def narrowed(inputs: Inputs) -> Inputs:
    """Return the simplest part of what may be passed: the least sizes, and the first few values."""
    return replace(
        inputs,
        lengths={slot: (low, min(high, low + 1)) for slot, (low, high) in inputs.lengths.items()},
        values={key: values[:_FEW] for key, values in inputs.values.items()},
    )


def _sizes(call: Call, kinds: Mapping[Key, Kind]) -> dict[Slot, int]:
    sizes: dict[Slot, int] = {}
    for key, value in arguments(call).items():
        if kinds[key].sort is Sort.INT:
            sizes[key, -1] = value
        else:
            shape = np.shape(value) if kinds[key].num_dimensions else ()
            sizes.update({(key, axis): length for axis, length in enumerate(shape)})
    return sizes


def _windows(slots: Collection[Slot], sizes: Sequence[Mapping[Slot, int]]) -> Iterator[_Window]:
    """Yield the axes whose length is the number of windows over another axis, in all calls."""
    axes = [slot for slot in slots if slot[1] >= 0]
    strides = [None, *(slot for slot in slots if slot[1] < 0)]
    for num, length, width, stride in itertools.product(axes, axes, slots, strides):
        if len({num, length, width, stride}) == 4 and all(
            _is_window(size, (num, length, width, stride)) for size in sizes
        ):
            yield num, length, width, stride


def _is_window(size: Mapping[Slot, int], window: _Window) -> bool:
    num, length, width, stride = window
    step = 1 if stride is None else size[stride]
    return step > 0 and size[num] == (size[length] - size[width]) // step + 1


def _lengths(slot: Slot, own: int, seen: Sequence[int], kinds: Mapping[Key, Kind]) -> tuple[int, int]:
    if slot[1] < 0:
        return min(seen), max(seen)
    lowest = min(_LEAST_LENGTH, *seen)
    return min(lowest, own), min(own, _MAX_LENGTH[kinds[slot[0]].num_dimensions])


def _form(values: Sequence[Value], kind: Kind) -> Form:
    """Return what all rows have in common; whole numbers of labels and the like are `ANY`."""
    if kind.num_dimensions == 0 or kind.dtype[1:2] == "b":
        return Form.ANY
    arrays = [np.asarray(value, dtype=float) for value in values]
    if not all(array.size and np.isfinite(array).all() and (array >= 0).all() for array in arrays):
        return Form.ANY
    if not all(np.allclose(array.sum(axis=-1), 1.0) for array in arrays):
        return Form.ANY
    is_hot = all(bool(np.isin(array, (0.0, 1.0)).all()) for array in arrays)
    return Form.ONE_HOT if is_hot else Form.DISTRIBUTION


def _values(key: Key, kind: Kind, template: Call, calls: Sequence[Call]) -> Sequence[Value]:
    """Return the values for an argument or its elements, the simplest first."""
    own = arguments(template)[key]
    if kind.sort is Sort.CONSTANT:
        seen = [arguments(call).get(key, own) for call in calls]
        return [own, *(value for value in dict.fromkeys(seen) if type(value) is type(own) and value != own)]
    if kind.dtype[1:2] == "b":
        return [False, True]
    numbers = np.concatenate([np.zeros(0), *(_numbers(call, key, kind) for call in calls)])
    numbers = numbers[np.isfinite(numbers)]
    if not numbers.size:
        return [0] if np.size(own) == 0 else []
    low, high = float(numbers.min()), float(numbers.max())
    is_whole = bool((numbers == np.round(numbers)).all())
    ends = (math.ceil(low), math.floor(high)) if high - low >= 1 else (low, high)
    candidates = [value for value in (*_NICE, *_LARGE, *ends) if low <= value <= high]
    if is_whole:
        candidates = [int(value) for value in candidates if value == round(value)]
    return list(dict.fromkeys(candidates))[:_MAX_CANDIDATES]


def _numbers(call: Call, key: Key, kind: Kind) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return what a call passed for an argument, if it was of the same sort of numbers."""
    value = arguments(call).get(key)
    other = kind_of(value)
    if other is None or other.sort is Sort.CONSTANT:
        return np.zeros(0)
    if other.dtype[1:2] != kind.dtype[1:2] or (other.sort is Sort.INT) != (kind.sort is Sort.INT):
        return np.zeros(0)
    return np.asarray(value, dtype=np.float64).ravel()


def build(
    inputs: Inputs, choose: Callable[[int, int], int]
) -> tuple[tuple[Value, ...], dict[str, Value]] | None:
    """Return positional and keyword arguments, or None where sizes do not go together.

    Args:
        inputs: What may be passed.
        choose: Returns a whole number between two bounds, both included; 0 is the simplest.
    """
    sizes = _choose_sizes(inputs, choose)
    if sizes is None:
        return None
    made: dict[Key, Value] = {}
    for key, kind in inputs.kinds.items():
        if kind.sort is Sort.INT:
            made[key] = sizes[key, -1]
        elif kind.num_dimensions == 0 and kind.sort is not Sort.ARRAY:
            value = inputs.values[key][choose(0, len(inputs.values[key]) - 1)]
            made[key] = float(value) if kind.sort is Sort.FLOAT else value
        else:
            shape = tuple(sizes[key, axis] for axis in range(kind.num_dimensions))
            made[key] = _array(inputs, key, shape, choose)
    args = tuple(made[key] for key in range(len(inputs.template.args)))
    return args, {name: made[name] for name in inputs.template.kwargs}


def _choose_sizes(inputs: Inputs, choose: Callable[[int, int], int]) -> dict[Slot, int] | None:
    sizes: dict[Slot, int] = {}
    derived = {window[0]: window for window in inputs.windows}
    for slot in sorted(
        inputs.lengths, key=lambda slot: slot in derived
    ):  # what follows from others comes last
        low, high = inputs.lengths[slot]
        first = inputs.equal[slot]
        window = derived.get(slot)
        if first in sizes:
            sizes[slot] = sizes[first]
        elif window is not None and all(other is None or other in sizes for other in window[1:]):
            step = 1 if window[3] is None else sizes[window[3]]
            sizes[slot] = (sizes[window[1]] - sizes[window[2]]) // max(step, 1) + 1
        else:
            sizes[slot] = low + choose(0, high - low)
    if any(sizes[small] > sizes[large] for small, large in inputs.ordered):
        return None
    if any(sizes[slot] < 0 for slot in sizes if slot[1] >= 0):
        return None
    return sizes if all(_is_window(sizes, window) for window in inputs.windows) else None


def _array(inputs: Inputs, key: Key, shape: tuple[int, ...], choose: Callable[[int, int], int]) -> Value:
    kind, form, values = inputs.kinds[key], inputs.forms[key], inputs.values[key]
    rows = shape[:-1] if form is not Form.ANY else shape
    if form is Form.ANY:
        flat = [values[choose(0, len(values) - 1)] for _ in range(math.prod(shape))]
        array = np.array(flat, dtype=float).reshape(shape)
    elif form is Form.ONE_HOT:
        hot = [choose(0, shape[-1] - 1) for _ in range(math.prod(rows))]
        array = np.eye(shape[-1])[hot].reshape(shape)
    else:
        # Exact decimals, none of them 0: what a probability of 0 means is the business of other cases.
        halves = [0.5 ** min(place + 1, shape[-1] - 1) for place in range(shape[-1])]
        array = np.array([np.roll(halves, choose(0, shape[-1] - 1)) for _ in range(math.prod(rows))])
        array = array.reshape(shape)
    array = array.astype(kind.dtype)
    if kind.sort is Sort.ARRAY:
        return array if kind.num_dimensions else array[()]
    return _as_container(array.tolist(), kind.sort)


def _as_container(value: Value, sort: Sort) -> Value:
    if isinstance(value, list):
        items = (_as_container(item, sort) for item in value)
        return tuple(items) if sort is Sort.TUPLE else list(items)
    return value


def cost(args: tuple[Value, ...], kwargs: Mapping[str, Value]) -> tuple[int, float]:
    """Return how much there is to read in a call: first the number of elements, then how simple they are."""
    numbers = list(_elements([*args, *kwargs.values()]))
    return len(numbers), math.fsum(_weight(number) for number in numbers)


def _elements(values: Sequence[Value]) -> Iterator[float]:
    for value in values:
        if kind_of(value) not in (None, Kind(sort=Sort.CONSTANT)):
            yield from np.asarray(value, dtype=float).ravel().tolist()


def _weight(number: float) -> float:
    if not math.isfinite(number):
        return 100.0
    return math.log2(1 + abs(number)) + (number < 0) * 0.25 + (number != round(number)) * 4
