"""Where a wrong result comes from: the window behind an output, the steps of a sequence that differ.

Theory of operation. An exercise says by `picture` in `exercise.toml` which of its functions slide a window and
which run over time. For a window nothing else is declared: the input is the first array among the arguments, the
kernel the second, or the window's size the integers. Where the window lies under padding is found by trying the
usual rules, and only a rule is believed that gives the whole expected result; otherwise there is no picture.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.course import EntryPoint, Exercise
from grader.sandbox.proxy import Call
from grader.suite.trial import CaseRun
from grader.verdicts import Mismatch, TimeSteps, Window

Array = np.ndarray[Any, np.dtype[Any]]

_MAX_PRODUCTS = 2_000_000  # more would be felt
_RTOL = 1e-6
_LEADING_NAME = re.compile(r"\W.*", re.DOTALL)  # what follows the name in `TimeRNN().forward`


def with_focus(run: CaseRun, exercise: Exercise) -> CaseRun:
    """Return a case with the place of its first difference, where the exercise asks for that picture."""
    detail = run.result.detail
    mismatch = detail.mismatch
    if mismatch is None or mismatch.wrong is None or mismatch.first_index is None:
        return run
    call = _call_behind(mismatch.received, run.calls)
    name = "" if call is None else _LEADING_NAME.sub("", call.function)
    entry_point = next((item for item in exercise.entry_points if item.name == name and item.picture), None)
    if call is None or entry_point is None:
        return run
    if entry_point.picture == "time_step":
        detail = replace(detail, time_steps=_time_steps(mismatch, call))
    else:
        detail = replace(detail, window=find_window(mismatch, call, entry_point))
    return replace(run, result=replace(run.result, detail=detail))


def _call_behind(received: object, calls: Sequence[Call]) -> Call | None:
    """Return the latest call that gave the array which was compared; lists were made arrays before."""
    for call in reversed(calls):
        if call.value is received:
            return call
        if isinstance(call.value, list) and isinstance(received, np.ndarray):
            numbers = _numbers(call.value)
            if numbers is not None and np.array_equal(numbers, received):
                return call
    return None


def _numbers(value: object) -> Array | None:
    """Return an array of floats for an array or a nested list of numbers with at least one axis."""
    if not isinstance(value, np.ndarray | list | tuple):
        return None
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    return array.astype(np.float64) if array.ndim and array.dtype.kind in "biuf" else None


def _time_steps(mismatch: Mismatch, call: Call) -> TimeSteps | None:
    """Return which steps differ in an array (samples, steps, units)."""
    wrong = mismatch.wrong
    if wrong is None or wrong.ndim != 3 or wrong.shape[1] < 2:
        return None
    steps = tuple(bool(wrong[:, step].any()) for step in range(wrong.shape[1]))
    return TimeSteps(wrong=steps, backwards=call.function.endswith(".backward"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sliding:
    """A window that slides over one plane: a signal, or one channel of one image.

    Attributes:
        plane: The input.
        sizes: The window's, for each axis.
        stride: Steps between two windows.
        kernel: What the window is multiplied with; None for a pooling.
        expected: The whole expected result for this plane.
        index: Of the first wrong output in it.
    """

    plane: Array
    sizes: tuple[int, ...]
    stride: int
    kernel: Array | None
    expected: Array
    index: tuple[int, ...]


def find_window(mismatch: Mismatch, call: Call, entry_point: EntryPoint) -> Window | None:
    """Return the window behind the first wrong output; None where no rule of padding explains the result.

    Args:
        mismatch: Expected and received values.
        call: The call that gave the received ones.
        entry_point: What was called.
    """
    sliding = _sliding(mismatch, call, entry_point)
    if sliding is None or sliding.expected.size * np.prod(sliding.sizes) > _MAX_PRODUCTS:
        return None
    starts = {
        tuple(i * sliding.stride - zeros for i, zeros in zip(sliding.index, before, strict=True))
        for before in _paddings(sliding)
        if _gives_expected(sliding, before)
    }
    if len(starts) != 1:
        return None
    (start,) = starts
    cells = np.zeros(sliding.sizes)
    inside = np.zeros(sliding.sizes, dtype=bool)
    for place in np.ndindex(sliding.sizes):
        source = tuple(first + step for first, step in zip(start, place, strict=True))
        if all(0 <= i < length for i, length in zip(source, sliding.plane.shape, strict=True)):
            cells[place] = sliding.plane[source]
            inside[place] = True
    return Window(cells=cells, inside=inside, start=start, kernel=sliding.kernel)


def _sliding(mismatch: Mismatch, call: Call, entry_point: EntryPoint) -> _Sliding | None:
    values = _bound(call, entry_point)
    arrays = [array for array in map(_numbers, values.values()) if array is not None]
    integers = [value for name, value in values.items() if name != "stride" and _is_count(value)]
    stride = values.get("stride", 1)
    expected, index = _numbers(mismatch.expected), mismatch.first_index
    if not arrays or expected is None or index is None or not _is_count(stride):
        return None
    kernel = arrays[1] if len(arrays) > 1 else None
    sizes = tuple(kernel.shape if kernel is not None else integers[:2])
    plane = arrays[0]
    if len(sizes) not in (1, 2) or plane.ndim != expected.ndim:
        return None
    if plane.ndim == len(sizes) + 2:  # samples first, channels last
        sample, *index_in_plane, channel = index
        plane, expected = plane[sample, ..., channel], expected[sample, ..., channel]
        index = tuple(index_in_plane)
    if plane.ndim != len(sizes):
        return None
    return _Sliding(
        plane=plane, sizes=sizes, stride=int(stride), kernel=kernel, expected=expected, index=index
    )


def _bound(call: Call, entry_point: EntryPoint) -> Mapping[str, Any]:
    """Return the arguments that were passed by the names of the parameters, in their order."""
    names = [parameter.partition("=")[0].strip() for parameter in entry_point.parameters]
    passed = {**dict(zip(names, call.args, strict=False)), **call.kwargs}
    return {name: passed[name] for name in names if name in passed}


def _is_count(value: object) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool) and int(value) > 0


def _paddings(sliding: _Sliding) -> Iterator[tuple[int, ...]]:
    """Yield how many cells of padding may stand before each axis: none, half of what is needed, all of it."""
    options = []
    shapes = zip(sliding.plane.shape, sliding.sizes, sliding.expected.shape, strict=True)
    for length, size, count in shapes:
        needed = max((count - 1) * sliding.stride + size - length, 0)
        options.append(sorted({0, (size - 1) // 2, size // 2, size - 1, needed // 2}))
    yield from itertools.product(*options)


def _gives_expected(sliding: _Sliding, before: Sequence[int]) -> bool:
    """Return whether one of the four operations gives the whole expected result under this padding."""
    widths, steps = [], []
    shapes = zip(sliding.plane.shape, sliding.sizes, sliding.expected.shape, before, strict=True)
    for length, size, count, zeros in shapes:
        widths.append((zeros, max((count - 1) * sliding.stride + size - length - zeros, 0)))
        steps.append(slice(0, (count - 1) * sliding.stride + 1, sliding.stride))
    slide = np.lib.stride_tricks.sliding_window_view
    windows = slide(np.pad(sliding.plane, widths), sliding.sizes)[tuple(steps)]
    is_inside = slide(np.pad(np.ones(sliding.plane.shape), widths), sliding.sizes)[tuple(steps)]
    if windows.shape[: len(sliding.sizes)] != sliding.expected.shape:
        return False
    axes = tuple(range(-len(sliding.sizes), 0))
    with np.errstate(all="ignore"):
        if sliding.kernel is not None:
            kernel = sliding.kernel
            results = [np.sum(windows * kernel, axis=axes), np.sum(windows * np.flip(kernel), axis=axes)]
        else:
            largest = np.max(np.where(is_inside > 0, windows, -np.inf), axis=axes)
            results = [largest, np.sum(windows, axis=axes) / np.sum(is_inside, axis=axes)]
        finite = np.abs(sliding.expected[np.isfinite(sliding.expected)])
        atol = _RTOL * float(finite.max(initial=0.0))
        return any(
            np.allclose(found, sliding.expected, rtol=_RTOL, atol=atol, equal_nan=True) for found in results
        )
