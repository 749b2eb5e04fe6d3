"""What a `keras_reference.py` declares: cases that Keras has computed, and how a module is asked for the same.

A case is a short program for a module, written as data, so that it runs through the border on a submission,
on the solution and on a known mistake alike: call the entry point, then perhaps methods of the object that it
made, write into its arrays, read its attributes. Each step says what Keras has computed for it, or None where
nothing is compared. The module's side gets arguments, never the expected values.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

import numpy as np

from grader.errors import ExerciseError
from grader.sandbox.wire import Value

F = TypeVar("F", bound=Callable[..., Any])

_ATTRIBUTE = "__grader_reference_case__"
_DRAWN = "\0drawn"  # the key that marks a `Drawn` in plain data


class Kind(StrEnum):
    """What a step does."""

    CALL = "call"  # the entry point itself, or a method of the object that it made
    READ = "read"  # an attribute of the object
    WRITE = "write"  # into an array of a dict attribute of the object, in place
    APPLY = "apply"  # a function, given as source, to the entry point


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a case.

    Attributes:
        name: The method or attribute; empty for the entry point itself; the source for APPLY.
        args: Positional arguments; for WRITE the key and the values.
        expected: What Keras computed; None where nothing is compared.
        reduction: How many terms are added up for one element, for the tolerance.
        rtol: A relative tolerance that the exercise grants; None for the one that follows from the dtype.
        atol: An absolute tolerance that the exercise grants, likewise.
    """

    kind: Kind
    name: str
    args: tuple[Value, ...] = ()
    expected: Value = None
    reduction: int = 1
    rtol: float | None = None
    atol: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of the reference.

    Attributes:
        steps: What is done, in order.
        function: The entry point that it is about; the declaration says it.
        maker: Name of the function that made it.
        size: The size that it was made for.
        dtype: The dtype that Keras computed in.
        is_large: Whether it is for `grade reference verify` only, too long for a check.
    """

    steps: tuple[Step, ...]
    function: str = ""
    maker: str = ""
    size: int = 0
    dtype: str = "float64"
    is_large: bool = False

    @property
    def label(self) -> str:
        """A name for tables, such as `softmax_batch 8 float32`."""
        return f"{self.maker} {self.size} {self.dtype}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An argument too large to be stored, drawn anew from its seed wherever it is needed.

    Attributes:
        seed: Of numpy's legacy generator, whose numbers are promised never to change.
        shape: Of the array.
        limit: The numbers are uniform between -limit and limit.
    """

    seed: int
    shape: tuple[int, ...]
    limit: float

    def array(self) -> np.ndarray[Any, Any]:
        """Return the float32 array."""
        legacy = np.random.RandomState(self.seed)
        return legacy.uniform(-self.limit, self.limit, self.shape).astype(np.float32)


def call(
    name: str = "",
    *args: Value,
    expected: Value = None,
    reduction: int = 1,
    rtol: float | None = None,
    atol: float | None = None,
) -> Step:
    """Return a step that calls the entry point, or a method of the object that it made."""
    return Step(
        kind=Kind.CALL, name=name, args=args, expected=expected, reduction=reduction, rtol=rtol, atol=atol
    )


def answer(
    *inputs: Value,
    expected: Value,
    reduction: int = 1,
    rtol: float | None = None,
    atol: float | None = None,
) -> Case:
    """Return a case that calls the entry point once."""
    step = call("", *inputs, expected=expected, reduction=reduction, rtol=rtol, atol=atol)
    return Case(steps=(step,))


def steps(*done: Step) -> Case:
    """Return a case that does several things in order: first it makes an object, with a `call` without name."""
    return Case(steps=done)


def read(name: str, *, expected: Value, reduction: int = 1) -> Step:
    """Return a step that reads an attribute of the object."""
    return Step(kind=Kind.READ, name=name, expected=expected, reduction=reduction)


def write(name: str, key: str, values: Value) -> Step:
    """Return a step that copies values into an array that stands in a dict of the object."""
    return Step(kind=Kind.WRITE, name=name, args=(key, values))


def apply(
    source: str,
    *args: Value,
    expected: Value,
    reduction: int = 1,
    rtol: float | None = None,
    atol: float | None = None,
) -> Case:
    """Return a case that applies a function, written as source, to the entry point and `args`.

    The submission can read the source: it must not hold an answer.
    """
    step = Step(
        kind=Kind.APPLY, name=source, args=args, expected=expected, reduction=reduction, rtol=rtol, atol=atol
    )
    return Case(steps=(step,))


# --- makers --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """A function of a `keras_reference.py` that makes cases."""

    name: str
    function: str
    make: Callable[..., Case]
    sizes: tuple[int, ...]
    large: tuple[int, ...]
    dtypes: tuple[str, ...]

    @property
    def choices(self) -> list[tuple[int, str]]:
        """Every size and dtype of which the bank holds a case."""
        return [(size, dtype) for size in (*self.sizes, *self.large) for dtype in self.dtypes]

    def case(self, size: int, dtype: str, seed: int) -> Case:
        """Return the case of these; the same every time."""
        entropy = [seed, zlib.crc32(self.name.encode()), size, zlib.crc32(dtype.encode())]
        case = self.make(np.random.default_rng(entropy), size, dtype)
        return replace(
            case,
            function=self.function,
            maker=self.name,
            size=size,
            dtype=dtype,
            is_large=size in self.large,
        )


def reference_case(
    *,
    sizes: Sequence[int],
    large: Sequence[int] = (),
    dtypes: Sequence[str] = ("float32", "float64"),
    function: str = "",
) -> Callable[[F], F]:
    """Declare a function `(rng, size, dtype) -> Case` of a `keras_reference.py`.

    Args:
        sizes: For which sizes the bank holds a case; what a size means is the function's to say.
        large: Further sizes, for `grade reference verify` only: a check would take too long over them.
        dtypes: In which dtypes Keras computes each of them.
        function: The entry point that the cases are about; by default the one of the same name.
    """

    def mark(make: F) -> F:
        name = make.__name__
        maker = Maker(
            name=name,
            function=function or name,
            make=make,
            sizes=tuple(sizes),
            large=tuple(large),
            dtypes=tuple(dtypes),
        )
        setattr(make, _ATTRIBUTE, maker)
        return make

    return mark


def declared_makers(namespace: Mapping[str, Any]) -> dict[str, Maker]:
    """Return the makers that a `keras_reference.py` declares, by name and in its order."""
    found = [getattr(value, _ATTRIBUTE, None) for value in namespace.values()]
    return {maker.name: maker for maker in found if isinstance(maker, Maker)}


# --- cases as plain data -------------------------------------------------------------------------------------


def to_plain(case: Case) -> list[Value]:
    """Return a case as values that may cross a border or be written to a file."""
    steps = [
        [
            str(step.kind),
            step.name,
            _plain(step.args),
            _plain(step.expected),
            step.reduction,
            step.rtol,
            step.atol,
        ]
        for step in case.steps
    ]
    return [case.function, case.maker, case.size, case.dtype, case.is_large, steps]


def from_plain(fields: Value) -> Case:
    """Return the case that `to_plain` made plain data of.

    Raises:
        ExerciseError: The data are no case.
    """
    try:
        function, maker, size, dtype, is_large, rows = fields
        steps = tuple(
            Step(
                kind=Kind(kind),
                name=name,
                args=_revived(args),
                expected=_revived(expected),
                reduction=reduction,
                rtol=rtol,
                atol=atol,
            )
            for kind, name, args, expected, reduction, rtol, atol in rows
        )
    except (TypeError, ValueError) as error:
        raise ExerciseError(
            f"A case of the Keras reference cannot be read: {error}", hint="Run `grade reference build`"
        ) from error
    return Case(function=function, steps=steps, maker=maker, size=size, dtype=dtype, is_large=is_large)


def _plain(value: Value) -> Value:
    if isinstance(value, Drawn):
        return {_DRAWN: [value.seed, list(value.shape), value.limit]}
    if type(value) in (list, tuple):
        return type(value)(_plain(item) for item in value)
    if type(value) is dict:
        return {key: _plain(item) for key, item in value.items()}
    return value


def _revived(value: Value) -> Value:
    if type(value) is dict:
        if _DRAWN in value:
            seed, shape, limit = value[_DRAWN]
            return Drawn(seed, tuple(shape), limit)
        return {key: _revived(item) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_revived(item) for item in value)
    return value


def sent(value: Value) -> Value:
    """Return an argument as it is sent: with what is drawn from a seed drawn."""
    if isinstance(value, Drawn):
        return value.array()
    if type(value) in (list, tuple):
        return type(value)(sent(item) for item in value)
    if type(value) is dict:
        return {key: sent(item) for key, item in value.items()}
    return value
