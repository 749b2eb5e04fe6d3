"""What is shrunk: one call of a function, or an object that is made, used and looked at; short programs.

Theory of operation. A program's arguments are laid out in one row, those of the constructor and of each method call
one after the other, so that what may be passed is learned for all of them together: that the rows of a weight are as
many as the columns of an input is then a fact like any other. Only what crossed the border as plain values can be
replaced; who was given an object, a function or a random generator is left alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.sandbox.dispatch import Raised
from grader.sandbox.proxy import Call, ModuleProxy, SubmissionRaisedError
from grader.sandbox.wire import Value
from grader.suite.outcome import format_call
from grader.suite.trial import Subject

_MAX_STEPS = 8  # of a program: more is read by nobody

Arguments = tuple[tuple[Value, ...], dict[str, Value]]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a program.

    Attributes:
        place: What follows the object, such as `.forward` or `.grads['W']`; empty for the function itself.
        is_read: Whether the place is looked at, not called.
        num_args: Positional arguments.
        names: Keyword arguments.
    """

    place: str
    is_read: bool
    num_args: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A function that is called, or a class whose object is made and then used.

    Attributes:
        function: The entry point.
        steps: The call of the entry point, and what is done with the object.
    """

    function: str
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        """What is shrunk once: the function, or the last thing that is done with the object."""
        return self.function + self.steps[-1].place

    def shorter(self) -> Iterator[Program]:
        """Yield the program without one of the steps between the first and the last."""
        for position in range(1, len(self.steps) - 1):
            yield Program(self.function, self.steps[:position] + self.steps[position + 1 :])


def program_of(calls: Sequence[Call], call: Call) -> tuple[Program, Call] | None:
    """Return the program that ends with a call of a case, and all its arguments as one call; None where it has none.

    Args:
        calls: Of the case.
        call: One of them.
    """
    if call.receiver is None:
        is_plain = call.function.isidentifier() and not call.is_read
        return _assembled([call]) if is_plain else None
    if not call.receiver.function.isidentifier():
        return None
    before = calls[: next(position for position, other in enumerate(calls) if other is call)]
    used = [other for other in before if other.receiver is call.receiver and not other.is_read]
    if any(other.raised is not None for other in used) or len(used) + 2 > _MAX_STEPS:
        return None
    return _assembled([call.receiver, *used, call])


def _assembled(lines: Sequence[Call]) -> tuple[Program, Call]:
    function = lines[0].function
    steps = [Step("", False, len(lines[0].args), tuple(lines[0].kwargs))]
    for line in lines[1:]:
        place = line.function.removeprefix(f"{function}()")
        steps.append(Step(place, line.is_read, len(line.args), tuple(line.kwargs)))
    args = tuple(arg for line in lines for arg in line.args)
    kwargs = {
        f"{number}:{name}": value for number, line in enumerate(lines) for name, value in line.kwargs.items()
    }
    return Program(function, tuple(steps)), replace(lines[-1], function=function, args=args, kwargs=kwargs)


def matching(calls: Sequence[Call], program: Program) -> Iterator[Call]:
    """Yield the arguments of each use of a program in a case: the same steps in their order, whatever is between."""
    for call in calls:
        if call.function != program.function or call.is_read or call.receiver is not None:
            continue
        lines = [call]
        uses = iter([other for other in calls if other.receiver is call])
        for step in program.steps[1:]:
            label = f"{program.function}(){step.place}"
            found = next((use for use in uses if use.function == label and use.is_read == step.is_read), None)
            if found is None:
                break
            lines.append(found)
        if len(lines) == len(program.steps):
            same, arguments = _assembled(lines)
            if same == program:
                yield arguments


def without_step(
    program: Program, shorter: Program, args: tuple[Value, ...], kwargs: Mapping[str, Value]
) -> Arguments:
    """Return the arguments of a program for the same one with a step less."""
    lines = list(_lines(program, args, kwargs))
    kept = _kept(program, shorter)
    flat = tuple(arg for number in kept for arg in lines[number][1])
    named = {
        f"{new}:{name}": value for new, number in enumerate(kept) for name, value in lines[number][2].items()
    }
    return flat, named


def _kept(program: Program, shorter: Program) -> list[int]:
    dropped = next(
        (i for i, step in enumerate(shorter.steps) if step is not program.steps[i]), len(shorter.steps)
    )
    return [number for number in range(len(program.steps)) if number != dropped]


def _lines(
    program: Program, args: tuple[Value, ...], kwargs: Mapping[str, Value]
) -> Iterator[tuple[Step, tuple[Value, ...], dict[str, Value]]]:
    start = 0
    is_single = len(program.steps) == 1
    for number, step in enumerate(program.steps):
        own = args[start : start + step.num_args]
        start += step.num_args
        names = {
            name: kwargs[name if is_single and name in kwargs else f"{number}:{name}"] for name in step.names
        }
        yield step, own, names


def outcome_of(
    subject: Subject, program: Program, args: tuple[Value, ...], kwargs: Mapping[str, Value]
) -> Value | Raised:
    """Return what a program's last step gives, or what one of its steps raised.

    Raises:
        CaseOverError: The subject's worker ended.
    """
    module = ModuleProxy(subject, subject.resolve)
    function = getattr(module, program.function)
    try:
        if len(program.steps) == 1:
            ((_, own, names),) = _lines(program, args, kwargs)
            return function(*own, **names)
        # As one function over there, for each call by itself would wait for its answer.
        return module.define(_source(program), made=function)(*args, *kwargs.values())
    except SubmissionRaisedError as error:
        return error.raised


def _source(program: Program) -> str:
    """Return a program as a function of all its arguments, the positional ones of every step first."""
    num_args = sum(step.num_args for step in program.steps)
    numbers = itertools.count()
    names = itertools.count(num_args)
    lines = []
    for step in program.steps:
        given = [f"a{next(numbers)}" for _ in range(step.num_args)]
        given += [f"{name}=a{next(names)}" for name in step.names]
        place = f"o{step.place}" if step.place else "o := made"
        lines.append(place if step.is_read else f"{place}({', '.join(given)})")
    lines[0] = f"({lines[0]})"
    return f"lambda {', '.join(f'a{number}' for number in range(next(names)))}: [{', '.join(lines)}][-1]"


def written(program: Program, args: tuple[Value, ...], kwargs: Mapping[str, Value]) -> str:
    """Return a program as Python source: one line for each step, a single method call in one line."""
    (_, own, names), *rest = _lines(program, args, kwargs)
    made = format_call(Call(function=program.function, args=own, kwargs=names))
    if not rest:
        return made
    name = made if len(rest) == 1 else program.function.lower()
    lines = [] if len(rest) == 1 else [f"{name} = {made}"]
    for step, own, names in rest:
        place = f"{name}{step.place}"
        lines.append(place if step.is_read else format_call(Call(function=place, args=own, kwargs=names)))
    return "\n".join(lines)
