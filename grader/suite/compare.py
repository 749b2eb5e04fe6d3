"""Comparison of what was received with what was expected: strict, and with the difference as data.

Order of the checks: what kind of value it is, its shape (nothing is broadcast), finiteness, then the values
within a tolerance that follows from the dtype and the length of the sums behind them. A list for an array, or
an int for a float of equal value, passes with a note; cases about type or dtype use `assert_array`.

The tolerance is that of `tolerances`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec

import numpy as np

from grader.language import Text, tr
from grader.sandbox.proxy import Call, ModuleProxy, Remote
from grader.sandbox.wire import Value
from grader.suite.tolerances import absolute_tolerance, coarser, tolerance
from grader.verdicts import Mismatch

_notes: ContextVar[list[str] | None] = ContextVar("grader_case_notes", default=None)
_is_rehearsal: ContextVar[bool] = ContextVar("grader_is_rehearsal", default=False)
_Arguments = ParamSpec("_Arguments")


class MismatchError(AssertionError):
    """A comparison failed."""

    def __init__(self, mismatch: Mismatch) -> None:
        super().__init__(mismatch.message)
        self.mismatch = mismatch


@contextmanager
def rehearsing() -> Iterator[None]:
    """Let every comparison of this context pass, so that a case goes on whatever it is answered."""
    token = _is_rehearsal.set(True)
    try:
        yield
    finally:
        _is_rehearsal.reset(token)


def comparison(check: Callable[_Arguments, None]) -> Callable[_Arguments, None]:
    """Return a function that raises MismatchError as one that does not while a case is rehearsed."""

    @wraps(check)
    def checked(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> None:
        try:
            check(*args, **kwargs)
        except MismatchError:
            if not _is_rehearsal.get():
                raise

    return checked


def collect_notes() -> list[str]:
    """Start a list to which the comparisons of this context add what they let pass."""
    notes: list[str] = []
    _notes.set(notes)
    return notes


def _note(text: str) -> None:
    notes = _notes.get()
    if notes is not None and text not in notes:
        notes.append(text)


def read(value: Value) -> Value:
    """Return a copy of what is at a remote place; any other value as it is."""
    return value._module.value(value) if isinstance(value, Remote) else value


@comparison
def assert_close(  # noqa: PLR0913 - what a numeric comparison may depend on
    actual: Value,
    expected: Value,
    *,
    rtol: float | None = None,
    atol: float | None = None,
    reduction: int = 1,
    dtype: Any = None,  # noqa: ANN401 - anything numpy takes for a dtype
    equal_nan: bool = False,
    device: str = "cpu",
    name: str = "",
) -> None:
    """Check that `actual` has the shape and, within a tolerance, the values of `expected`.

    Args:
        actual: What the submission returned, or a remote place.
        expected: Array, scalar, or list, tuple or dict of them.
        rtol: Relative tolerance; by default from the coarser dtype of both and `reduction`.
        atol: Absolute tolerance; by default `rtol` times the largest expected magnitude.
        reduction: How many terms were added up for one element.
        dtype: In what precision the values were computed, where the values themselves do not show it.
        equal_nan: Whether NaN is expected where `expected` has it. Otherwise NaN equals nothing.
        device: Where the expected values were computed: `cpu` or `gpu`.
        name: What is compared, for the message, such as `dW`.

    Raises:
        MismatchError: They differ.
    """
    actual, expected = read(actual), read(expected)
    if isinstance(expected, list | tuple | dict):
        pairs = _pairs(actual, expected, name)
        for label, received, wanted in pairs:
            assert_close(
                received,
                wanted,
                rtol=rtol,
                atol=atol,
                reduction=reduction,
                dtype=dtype,
                equal_nan=equal_nan,
                device=device,
                name=label,
            )
        return
    wanted = np.asarray(expected)
    received = _numeric(actual, wanted, name)
    if received.shape != wanted.shape:
        message = tr(
            "Expected shape {expected}. Received: {received}", expected=wanted.shape, received=received.shape
        )
        _mismatch("shape", message, wanted, received, name)
    coarse = np.dtype(dtype) if dtype is not None else coarser(received.dtype, wanted.dtype)
    rtol = tolerance(coarse, reduction, device) if rtol is None else rtol
    atol = absolute_tolerance(wanted, rtol) if atol is None else atol
    _compare_values(received, wanted, rtol=rtol, atol=atol, equal_nan=equal_nan, name=name)


def _pairs(actual: Value, expected: Value, name: str) -> list[tuple[str, Value, Value]]:
    """Return label, received and expected of each element of a container."""
    if isinstance(expected, dict):
        if not isinstance(actual, dict) or set(actual) != set(expected):
            keys = list(actual) if isinstance(actual, dict) else type_name(actual)
            message = tr(
                "Expected the keys {expected}. Received: {received}", expected=list(expected), received=keys
            )
            _mismatch("type", message, None, None, name)
        return [(f"{name}[{key!r}]", actual[key], expected[key]) for key in expected]
    if isinstance(actual, np.ndarray) and actual.ndim:
        actual = list(actual)
    if not isinstance(actual, list | tuple) or len(actual) != len(expected):
        count = len(actual) if isinstance(actual, list | tuple) else type_name(actual)
        message = tr(
            "Expected {expected} values. Received: {received}", expected=len(expected), received=count
        )
        _mismatch("type", message, None, None, name)
    return [(f"{name}[{i}]", *pair) for i, pair in enumerate(zip(actual, expected, strict=True))]


def type_name(value: Value) -> str:
    """Return the name of a received value's type, for messages."""
    if isinstance(value, Remote):
        return value._type_name
    return "None" if value is None else type(value).__name__


def _numeric(actual: Value, wanted: np.ndarray[Any, Any], name: str) -> np.ndarray[Any, Any]:
    """Return `actual` as an array of numbers."""
    if isinstance(actual, list | tuple) and _is_nested_numbers(actual):
        try:
            array = np.asarray(actual)
        except ValueError:  # rows of different lengths
            array = np.empty(0, dtype=object)
        if array.dtype.kind in "biufc":
            _note(tr("a {type} was taken for an array", type=type_name(actual)))
            return array
    is_number = isinstance(actual, np.ndarray | np.generic | bool | int | float | complex)
    if not is_number:
        what = tr("a number") if wanted.ndim == 0 else tr("an array of shape {shape}", shape=wanted.shape)
        _mismatch(
            "type",
            tr("Expected {expected}. Received: {received}", expected=what, received=type_name(actual)),
            wanted,
            None,
            name,
        )
    array = np.asarray(actual)
    if array.dtype.kind == "O":  # an integer beyond 64 bits, perhaps beyond every float
        try:
            array = array.astype(float)
        except OverflowError:
            array = np.asarray(np.inf)
    if array.dtype.kind == "c" and wanted.dtype.kind != "c":
        message = tr("Expected real numbers. Received: {received}", received=array.dtype)
        _mismatch("dtype", message, wanted, array, name)
    if array.dtype.kind == "b" and wanted.dtype.kind != "b":
        _note(tr("True and False were taken for 1 and 0"))
    if array.dtype.kind in "iu" and wanted.dtype.kind in "fc":
        _note(tr("integers were taken for floats"))
    return array


def _is_nested_numbers(value: Value) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_nested_numbers(item) for item in value)
    if isinstance(value, np.ndarray):
        return True
    return isinstance(value, bool | int | float | complex | np.generic)


def _compare_values(
    received: np.ndarray[Any, Any],
    wanted: np.ndarray[Any, Any],
    *,
    rtol: float,
    atol: float,
    equal_nan: bool,
    name: str,
) -> None:
    left, right = _comparable(received), _comparable(wanted)
    with np.errstate(all="ignore"):
        difference = np.abs(left - right)
        close = (difference <= atol + rtol * np.abs(right)) & np.isfinite(left) & np.isfinite(right)
        close |= (left == right) & ~np.isnan(right)  # infinities of one sign
        if equal_nan:
            close |= np.isnan(left) & np.isnan(right)
        wrong = ~close
        if not wrong.any():
            return
        finite = np.isfinite(difference)
        comparable = finite & (right != 0)  # beside a 0 every error is infinitely large
        relative = difference[comparable] / np.abs(right[comparable])
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    mismatch = Mismatch(
        kind="values",
        message=_with_name(name, _sentence(received, wanted, wrong, index)),
        expected=wanted,
        received=received,
        wrong=wrong,
        num_wrong=int(wrong.sum()),
        size=int(wrong.size),
        first_index=index,
        max_abs_error=float(difference[finite].max()) if finite.any() else None,
        max_rel_error=float(relative.max()) if comparable.any() else None,
    )
    raise MismatchError(mismatch)


def _comparable(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the array in a dtype whose differences neither wrap around nor lose digits."""
    if array.dtype.kind == "c":
        return array.astype(np.complex128)
    return array.astype(np.longdouble if array.dtype.kind in "iu" else np.float64)


def _sentence(
    received: np.ndarray[Any, Any],
    wanted: np.ndarray[Any, Any],
    wrong: np.ndarray[Any, Any],
    index: tuple[int, ...],
) -> str:
    if received.ndim == 0:
        return tr(
            "Expected {expected}. Received: {received}",
            expected=short(wanted[()]),
            received=short(received[()]),
        )
    if received.dtype.kind in "fc" and np.isnan(received).any() and not np.isnan(_comparable(wanted)).any():
        return tr(
            "{num} of {size} elements are NaN; first at {index}",
            num=int(np.isnan(received).sum()),
            size=received.size,
            index=[int(i) for i in np.argwhere(np.isnan(received))[0]],
        )
    return tr(
        "{num} of {size} elements differ; first at {index}: expected {expected}. Received: {received}",
        num=int(wrong.sum()),
        size=int(wrong.size),
        index=list(index),
        expected=short(wanted[index]),
        received=short(received[index]),
    )


def short(number: Value) -> str:
    """Return a number with at most six significant digits."""
    if isinstance(number, bool | np.bool_ | int | np.integer):
        return str(number)
    return (
        f"{number:.6g}"
        if isinstance(number, float | np.floating | complex | np.complexfloating)
        else repr(number)
    )


def _with_name(name: str, sentence: str) -> str:
    return f"{name}: {sentence}" if name else sentence


def _mismatch(kind: str, message: str, expected: Value, received: Value, name: str) -> None:
    raise MismatchError(
        Mismatch(kind=kind, message=_with_name(name, message), expected=expected, received=received)
    )


@comparison
def assert_equal(actual: Value, expected: Value, *, name: str = "") -> None:
    """Check that `actual` is exactly `expected`: numbers, text, containers of them; int and float may mix.

    Raises:
        MismatchError: They differ.
    """
    actual, expected = read(actual), read(expected)
    if isinstance(expected, np.ndarray | bool | int | float | complex | np.generic):
        assert_close(actual, expected, rtol=0.0, atol=0.0, name=name)
        return
    if isinstance(expected, list | tuple | dict):
        for label, received, wanted in _pairs(actual, expected, name):
            assert_equal(received, wanted, name=label)
        return
    if type(actual) is not type(expected) or actual != expected:
        shown = type_name(actual) if isinstance(actual, Remote) else repr(actual)[:200]
        message = tr(
            "Expected {expected}. Received: {received}", expected=repr(expected)[:200], received=shown
        )
        _mismatch("values", message, expected, None if isinstance(actual, Remote) else actual, name)


@comparison
def assert_array(
    actual: Value, *, shape: tuple[int, ...] | None = None, kind: str | None = None, name: str = ""
) -> None:
    """Check that `actual` is a real array: for cases that are about type or dtype.

    Args:
        actual: What the submission returned.
        shape: The shape that is asked for.
        kind: Allowed `dtype.kind` letters, such as "f" or "iu".
        name: What is checked, for the message.

    Raises:
        MismatchError: It is no array, or one of another shape or dtype.
    """
    actual = read(actual)
    if not isinstance(actual, np.ndarray):
        message = tr(
            "Expected {expected}. Received: {received}", expected="numpy.ndarray", received=type_name(actual)
        )
        _mismatch("type", message, None, None if isinstance(actual, Remote) else actual, name)
    if shape is not None and actual.shape != shape:
        message = tr("Expected shape {expected}. Received: {received}", expected=shape, received=actual.shape)
        _mismatch("shape", message, None, actual, name)
    if kind is not None and actual.dtype.kind not in kind:
        words = {"b": "bool", "i": "int", "u": "uint", "f": "float", "c": "complex"}
        wanted = " / ".join(words.get(letter, letter) for letter in kind)
        message = tr(
            "Expected dtype {expected}. Received: {received}", expected=wanted, received=actual.dtype
        )
        _mismatch("dtype", message, None, actual, name)


@comparison
def assert_unchanged(submission: ModuleProxy) -> None:
    """Check that the last call left its arguments as they were.

    Raises:
        MismatchError: It changed one of them in place.
    """
    call: Call = [call for call in submission.calls if not call.is_read][-1]
    for key, after in call.changed.items():
        before = (
            call.args[key] if isinstance(key, int) and key < len(call.args) else call.kwargs.get(str(key))
        )
        where = tr("argument {number}", number=key + 1) if isinstance(key, int) else str(key)
        message = tr("{function} changed its {argument} in place", function=call.function, argument=where)
        _mismatch("text", message, before, after, "")


@comparison
def require(condition: object, message: Text, *, received: Value = None) -> None:
    """Check a property that is no comparison.

    Args:
        condition: Only True passes; numpy's True counts.
        message: What was expected, in both languages.
        received: What to show beside it.

    Raises:
        MismatchError: The condition does not hold.
    """
    if not (condition is True or (isinstance(condition, np.bool_) and bool(condition))):
        _mismatch("text", str(message), None, read(received), "")
