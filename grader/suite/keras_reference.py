"""The fixture `keras_reference`: a case's answers beside those that Keras gives for the same thing.

Cases come from a *source*: the bank (`recorded`) or a process that computes fresh ones (`live`). Which ones a
case of the suite gets follows from the run's seed and the case's id alone, so that a known mistake that is run
in the submission's place gets the same.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from grader.errors import ExerciseError
from grader.language import Text
from grader.sandbox.proxy import ModuleProxy, Remote
from grader.sandbox.wire import Value
from grader.suite.compare import assert_close, require, type_name
from grader.suite.keras_bank import Bank
from grader.suite.keras_cases import Case, Kind, Step, sent
from grader.verdicts import ReferenceInfo

_WRITE = "lambda thing, name, key, values: np.copyto(getattr(thing, name)[key], values)"


class Source(Protocol):
    """Where reference cases come from."""

    @property
    def info(self) -> ReferenceInfo:
        """What a result says about the reference."""
        ...

    def cases(self, function: str, count: int, entropy: Sequence[int]) -> list[Case]:
        """Return `count` cases about an entry point; the same for the same `entropy`."""
        ...


class RecordedSource:
    """Cases of a bank."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        origin = bank.provenance
        self.info = ReferenceInfo(
            mode="recorded",
            keras=origin.keras,
            backend=origin.backend,
            backend_version=origin.backend_version,
            device=origin.device,
            device_name=origin.device_name,
        )

    def cases(self, function: str, count: int, entropy: Sequence[int]) -> list[Case]:
        """Return `count` cases of the bank, none of those that are too long for a check."""
        numbers = [
            number for number in self._bank.functions.get(function, ()) if not self._bank.is_large(number)
        ]
        if not numbers:
            raise ExerciseError(
                f"The Keras bank holds no case about `{function}`",
                hint=f"Declare one in `keras_reference.py`; there are {', '.join(self._bank.functions)}",
            )
        chosen = np.random.default_rng([*entropy]).permutation(len(numbers))[:count]
        return [self._bank.case(numbers[index]) for index in chosen]


class KerasReference:
    """What one case of the suite may ask Keras.

    Args:
        source: Where reference cases come from.
        seed: The run's seed.
        case_id: The suite's case.
    """

    def __init__(self, source: Source, seed: int, case_id: str) -> None:
        self._source = source
        self._entropy = (seed, zlib.crc32(case_id.encode()))

    @property
    def device(self) -> str:
        """Where Keras computed: `cpu` or `gpu`."""
        return self._source.info.device

    def cases(self, function: str, count: int = 1) -> list[Case]:
        """Return some reference cases about an entry point."""
        return self._source.cases(function, count, (*self._entropy, zlib.crc32(function.encode())))

    def check(
        self, submission: ModuleProxy, *functions: str, count: int = 1, most: int | None = None
    ) -> None:
        """Compare what entry points return with what Keras computed.

        Every call is made before the first comparison, so that a diagnosis sees all of them.

        Args:
            submission: The side that is graded.
            functions: The entry points.
            count: Reference cases about each of them.
            most: How many of the functions, chosen by the seed; by default all.

        Raises:
            MismatchError: They differ.
        """
        order = np.random.default_rng(self._entropy).permutation(len(functions))
        chosen = functions if most is None else [functions[index] for index in sorted(order[:most])]
        cases = [case for function in chosen for case in self.cases(function, count)]
        for case, received in [(case, drive(submission, case)) for case in cases]:
            compare(case, received, device=self.device)


def drive(module: ModuleProxy, case: Case) -> list[Value]:
    """Do what a case says and return what each step gave, None where nothing is compared.

    Only arguments go over: no expected value does.
    """
    made: Value = None
    received: list[Value] = []
    for step in case.steps:
        value = _do(module, case, step, made)
        if step.kind is Kind.CALL and not step.name:
            made = value
        received.append(None if step.expected is None else value)
    return received


def _do(module: ModuleProxy, case: Case, step: Step, made: Value) -> Value:
    arguments = tuple(sent(argument) for argument in step.args)
    entry_point = getattr(module, case.function)
    if step.kind is Kind.APPLY:
        return module.map(module.define(step.name), [(entry_point, *arguments)])[0]
    if not step.name:
        return entry_point(*arguments)
    require(
        isinstance(made, Remote),
        Text(
            en=f"Expected an object of your class. Received: {type_name(made)}",
            ko=f"클래스로 만든 객체가 필요해요. 받은 것: {type_name(made)}",
        ),
    )
    if step.kind is Kind.READ:
        return module.value(getattr(made, step.name))
    if step.kind is Kind.WRITE:
        return module.map(module.define(_WRITE), [(made, step.name, *arguments)])[0]
    return getattr(made, step.name)(*arguments)


def compare(case: Case, received: Sequence[Value], *, device: str) -> None:
    """Compare what the steps gave with what Keras computed.

    Raises:
        MismatchError: They differ.
    """
    for step, value in zip(case.steps, received, strict=True):
        if step.expected is not None:
            assert_close(
                value,
                step.expected,
                rtol=step.rtol,
                atol=step.atol,
                reduction=step.reduction,
                device=device,
                name=name_of(case, step),
            )


def name_of(case: Case, step: Step) -> str:
    """Return what a step's value is called in messages."""
    is_only = sum(other.expected is not None for other in case.steps) == 1
    is_named = step.name and step.kind is not Kind.APPLY
    return f"{case.function}: {step.name}" if is_named and not is_only else case.function
