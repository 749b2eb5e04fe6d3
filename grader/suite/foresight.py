"""Which cases may be asked before their turn: those whose requests tell nothing of an answer.

Theory of operation. In a class every submission gets the same inputs, so what a case asks is known from an earlier
submission, and many requests can be sent together in a fraction of the time. But a request can hold the answer to
one before it: a suite may hand on what came back, or what its own solution says. So a case that passed is first
rehearsed: it runs again with every answer, the submission's and the solution's, replaced by another one of the same
type and shape. Only a case that asks the very same then, to the byte and to its end, depends on no answer. Besides,
no array that would be taken for the right answer to a request, as the solution has it or as a submission that passed,
may stand in a later one that is sent with it.

The solution itself and known mistakes are never sent; what a submission sees is what it would see anyway, sooner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any, TypeAlias

import numpy as np

from grader.sandbox.dispatch import Operation, Raised
from grader.sandbox.host import CaseOverError
from grader.sandbox.outcomes import Returned
from grader.sandbox.proxy import Asked
from grader.sandbox.requests import Frame
from grader.sandbox.wire import Value, encode
from grader.suite.trial import Subject

NUM_REHEARSALS = 3
MAX_CHUNK_BYTES = 128 * 1024  # of the requests that are sent as one
_MAX_ASKED = 2000  # of a solution in one rehearsal: a suite may wait for an answer that never comes
_MIN_TELLING = 2  # elements of an array that says something
_DECIMALS = 9
_NEAR = 5e-3  # as `tolerances` has it for float16, the coarsest type
_NOT_FINITE = 1e150  # stands for what is no number, so that its place counts and its size does not
Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.complex128]]
Arrays: TypeAlias = dict[bytes, Numbers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """All requests of a case, which tell nothing of its answers.

    Attributes:
        frames: The requests, in their order.
        requests: Their operations, with what begins the case.
        sent: The arrays in them, each under what tells it from others.
        answers: The same of the answers: the solution's, and those of the submission that passed.
        num_bytes: How long the frames are.
    """

    frames: tuple[Frame, ...]
    requests: tuple[list[Sequence[Value]], ...]
    sent: Arrays
    answers: Arrays
    num_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Cases, one after the other, that are asked as one.

    Attributes:
        cases: What each of them asks.
        together: One request for all of it.
        num_requests: How many it stands for.
    """

    cases: tuple[Foreseen, ...]
    together: Frame
    num_requests: int


def foreseen(
    frames: Sequence[Frame],
    asked: Sequence[Asked],
    beginning: Sequence[Sequence[Value]],
    said: Sequence[Returned | Raised] = (),
) -> Foreseen | None:
    """Return what is kept of a case that passed; None where one of its requests holds the answer to an earlier one.

    Args:
        frames: The requests as they were sent.
        asked: The same with what came back.
        beginning: What went before the first one.
        said: What the solution was heard to say.
    """
    known: Arrays = {}
    answers: Arrays = {}
    for item in asked:
        sent = dict(_arrays_in(item.operations))
        if _hold_an_answer(sent, answers):
            return None
        known |= sent
        answers |= _others(_arrays_in([_parts(outcome) for outcome in item.outcomes]), known)
    answers |= _others(_arrays_in([_parts(outcome) for outcome in said]), known)
    return Foreseen(
        frames=tuple(frames),
        requests=tuple(
            [*beginning[: frame.num_beginning], *item.operations]
            for frame, item in zip(frames, asked, strict=True)
        ),
        sent=known,
        answers=answers,
        num_bytes=sum(len(frame.header) + len(frame.payload) for frame in frames),
    )


def first_chunk(cases: Iterable[Foreseen | None]) -> Chunk | None:
    """Return as many of these cases, from the first on, as may be sent together; None for none."""
    chosen: list[Foreseen] = []
    num_bytes = 0
    known: Arrays = {}
    answers: Arrays = {}
    for case in cases:
        if (
            case is None
            or num_bytes + case.num_bytes > MAX_CHUNK_BYTES
            or _hold_an_answer(case.sent, answers)
        ):
            break
        known |= case.sent
        answers |= _others(case.answers.items(), known)
        num_bytes += case.num_bytes
        chosen.append(case)
    if not chosen:
        return None
    requests = [request for case in chosen for request in case.requests]
    header, payload = encode([[Operation.TOGETHER, requests]])
    return Chunk(cases=tuple(chosen), together=Frame(header, payload, 0, 1), num_requests=len(requests))


class Rehearsal:
    """Stands for a submission whose answers are all other ones.

    Args:
        frames: What the case asked.
        asked: The same with what came back.
        beginning: What goes before a case's first request.
        names: The submission's own names of the entry points.
        number: Which rehearsal: each has other answers.
    """

    def __init__(
        self,
        frames: Sequence[Frame],
        asked: Sequence[Asked],
        beginning: Sequence[Sequence[Value]],
        names: dict[str, str],
        number: int,
    ) -> None:
        self._steps = list(zip(frames, asked, strict=True))
        self._beginning = beginning
        self._names = names
        self._alter = _Alteration(number)

    @property
    def is_complete(self) -> bool:
        """Whether the case asked all that it asked before, and nothing else."""
        return not self._steps

    def begin_case(self, seed: int) -> None:
        """Do nothing: what a case begins with is part of its first request."""

    def end_case(self) -> CaseOverError | None:
        """Return nothing: a rehearsal has no limits."""

    def request(self, operations: Sequence[Sequence[Value]]) -> list[Returned | Raised]:
        """Return other outcomes than the ones that came back.

        Raises:
            LookupError: Something else is asked.
        """
        if not operations:
            return []
        frame, asked = self._steps.pop(0) if self._steps else (None, None)
        if frame is not None and asked is not None:
            header, payload = encode([*self._beginning[: frame.num_beginning], *operations])
            if (header, payload) == (frame.header, frame.payload):
                return [self._alter(outcome) for outcome in asked.outcomes]
            self._steps.append((frame, asked))
        raise LookupError("The case asks something else after other answers")

    def resolve(self, name: str) -> str:
        """Return the submission's own name for an entry point."""
        return self._names.get(name, name)

    def printed(self) -> str:
        """Return nothing."""
        return ""

    def close(self) -> None:
        """Hold nothing that needs closing."""


class AlteredSolution:
    """A solution that says other things than it finds."""

    def __init__(self, solution: Subject, number: int) -> None:
        self._solution = solution
        self._alter = _Alteration(number + NUM_REHEARSALS)
        self._num_left = _MAX_ASKED
        self.said: list[Returned | Raised] = []  # what it finds in truth
        self.begin_case = solution.begin_case
        self.end_case = solution.end_case
        self.resolve = solution.resolve
        self.printed = solution.printed
        self.close = solution.close

    def request(self, operations: Sequence[Sequence[Value]]) -> list[Returned | Raised]:
        """Return other outcomes than the solution's.

        Raises:
            LookupError: It was asked without end.
        """
        self._num_left -= 1
        if self._num_left < 0:
            raise LookupError("The case waits for an answer")
        found = self._solution.request(operations)
        self.said += found
        return [self._alter(outcome) for outcome in found]


class _Alteration:
    """Replaces numbers and text by others; keeps types, shapes, and what stays on the other side."""

    def __init__(self, number: int) -> None:
        self._number = number

    @cached_property
    def _rng(self) -> np.random.Generator:
        return np.random.default_rng(self._number)

    def __call__(self, outcome: Returned | Raised) -> Returned | Raised:
        if isinstance(outcome, Raised):  # that it raised is known once the case goes on
            return replace(outcome, message=f"{self._rng.random()}")
        return Returned(
            self._other(outcome.value), {key: self._other(value) for key, value in outcome.changed.items()}
        )

    def _other(self, value: Value) -> Value:
        if isinstance(value, np.ndarray):
            return self._numbers(value.shape, value.dtype)
        if isinstance(value, np.generic):
            return self._numbers((1,), value.dtype)[0]
        if type(value) in (list, tuple):
            return type(value)([self._other(item) for item in value])
        if type(value) is dict:
            return {key: self._other(item) for key, item in value.items()}
        if type(value) is bool:
            return bool(self._rng.integers(2))
        if type(value) is int:
            return int(self._rng.integers(1, 1000))
        if type(value) is float:
            return float(self._rng.normal())
        if type(value) is complex:
            return complex(*self._rng.normal(size=2))
        if type(value) is str:
            return f"{value[::-1]}{self._rng.integers(1000)}"
        return value

    def _numbers(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> np.ndarray[Any, Any]:
        if dtype.kind in "biu":
            return self._rng.integers(0, 2 if dtype.kind == "b" else 100, size=shape).astype(dtype)
        return self._rng.normal(size=shape).astype(dtype)


def _parts(outcome: Returned | Raised) -> Value:
    return [outcome.value, outcome.changed] if isinstance(outcome, Returned) else []


def _others(arrays: Iterable[tuple[bytes, Numbers]], known: Arrays) -> Arrays:
    """Return the arrays that are not known: what a submission was given itself is no answer."""
    return {key: numbers for key, numbers in arrays if key not in known}


def _hold_an_answer(sent: Arrays, answers: Arrays) -> bool:
    """Return whether one of the arrays that are sent would be taken for one of the answers."""
    if not sent.keys().isdisjoint(answers):
        return True
    by_size: dict[int, list[Numbers]] = {}
    for answer in answers.values():
        by_size.setdefault(answer.size, []).append(answer)
    return any(
        bool(np.any(_is_near(np.array(by_size[numbers.size]), numbers)))
        for numbers in sent.values()
        if numbers.size in by_size
    )


def _is_near(answers: Numbers, sent: Numbers) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return for each row of `answers` whether a comparison by the loosest of the tolerances would pass."""
    size = np.abs(np.where(np.abs(answers) < _NOT_FINITE, answers, 0.0)).max(axis=1, keepdims=True)
    near: np.ndarray[Any, np.dtype[np.bool_]] = np.all(np.abs(answers - sent) <= _NEAR * size, axis=1)
    return near


def _arrays_in(value: Value) -> Iterator[tuple[bytes, Numbers]]:
    """Yield each array in a value, whatever its type and shape, under what tells it from others but for last digits."""
    if isinstance(value, np.ndarray):
        numbers = np.asarray(value, dtype=np.complex128).ravel()
        numbers = np.nan_to_num(numbers, nan=2 * _NOT_FINITE, posinf=_NOT_FINITE, neginf=-_NOT_FINITE)
        if numbers.size >= _MIN_TELLING and np.any(numbers != numbers[0]):
            yield blake2b((np.round(numbers, _DECIMALS) + 0.0).tobytes(), digest_size=16).digest(), numbers
    elif isinstance(value, list | tuple):
        if len(value) >= _MIN_TELLING and all(type(item) in (int, float) for item in value):
            yield from _arrays_in(np.array(value, dtype=np.float64))
        for item in value:
            yield from _arrays_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _arrays_in(item)
