"""What a suite holds in its hands: `submission` and `solution`, objects on the other side of the border.

Theory of operation. `submission.softmax` is a `Remote`: a place on the other side, nothing read yet. Calling
it runs it there and returns a copy of the value, or another `Remote` for an object that cannot be copied.
Attributes and items of a `Remote` are places too (`net.params["W1"][0, 0] = 1` writes over there); a place
is read by `submission.value(place)`, by the comparisons of `suite.compare`, by `numpy.asarray`, `len` and
iteration. Every call is kept in `submission.calls` for the report and the diagnosis.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np

from grader.sandbox.dispatch import Operation, Raised
from grader.sandbox.outcomes import Returned
from grader.sandbox.wire import Opaque, Reference, RngSeed, Value


class Transport(Protocol):
    """Whatever answers requests: a session with a worker, or a module in this process."""

    def request(self, operations: Sequence[Sequence[Value]]) -> list[Returned | Raised]:
        """Return the outcomes of `operations`."""
        ...


class SubmissionRaisedError(Exception):
    """The submission raised; classes made by `raised_error` are also the builtin that it raised."""

    module: ModuleProxy | None = None  # on whose side it happened

    def __init__(self, raised: Raised) -> None:
        super().__init__(raised.message)
        self.raised = raised


def raised_error(raised: Raised, module: ModuleProxy) -> SubmissionRaisedError:
    """Return an exception that `pytest.raises(ValueError)` recognises if the submission raised one."""
    for name in raised.type_names:
        builtin = getattr(builtins, name, None)
        if isinstance(builtin, type) and issubclass(builtin, Exception) and builtin is not Exception:
            kind: type[SubmissionRaisedError] = type(
                name, (SubmissionRaisedError, builtin), {"module": module}
            )
            try:
                return kind(raised)
            except TypeError:  # its constructor wants more: UnicodeDecodeError
                break
    error = SubmissionRaisedError(raised)
    error.module = module
    return error


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call over the border, for reports and transcripts.

    Attributes:
        function: How the suite wrote it, such as `softmax` or `cell.forward`.
        args: Positional arguments as they were before the call.
        value: What came back; None if it raised.
        changed: Position or keyword of each argument that was changed in place, with its later value.
        is_read: Whether nothing was called: `function` names a place that was read.
        receiver: The call that made the object whose method was called; None for a function of the module.
    """

    function: str
    args: tuple[Value, ...]
    kwargs: Mapping[str, Value]
    value: Value = None
    raised: Raised | None = None
    changed: Mapping[int | str, Value] = field(default_factory=dict)
    is_read: bool = False
    receiver: Call | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it was made, to be made again of another module.

    Attributes:
        operations: What was asked for; nobody changes it.
        outcomes: What came back.
        call: The call or the read that it was; None for any other request.
    """

    operations: Sequence[Sequence[Value]]
    outcomes: Sequence[Returned | Raised]
    call: Call | None


class ModuleProxy:
    """A module on the other side of the border.

    Args:
        transport: Answers requests.
        resolve: Returns the name that the module gave to an entry point; raises where there is none.
    """

    def __init__(self, transport: Transport, resolve: Callable[[str], str]) -> None:
        self._transport = transport
        self._resolve = resolve
        self.calls: list[Call] = []
        self.asked: list[Asked] = []
        self.names: dict[
            str, str
        ] = {}  # for each name that the module gave to an entry point, the entry point's
        self.num_operations = 0  # how much was asked of the other side
        self._made: dict[int, Call] = {}  # for each handle, the call that it came from

    def __getattr__(self, name: str) -> Remote:
        if name.startswith("__"):
            raise AttributeError(name)
        own = self._resolve(name)
        if own != name:
            self.names[own] = name
        return Remote(self, Reference(own), name)

    def __repr__(self) -> str:
        return "<module on the other side of the border>"

    def define(self, source: str, **bindings: Value) -> Remote:
        """Return the function that the expression `source` makes over there.

        Args:
            source: Such as `"lambda x: (x**2).sum()"`; `np` is bound. The submission can read it.
            bindings: Further names that `source` uses: values or remote objects.
        """
        opaque = self._one([Operation.DEFINE, source, _outgoing(bindings, self)]).value
        return Remote(self, Reference(opaque.handle), "f")

    def evaluate(self, source: str, **bindings: Value) -> Value:
        """Return what the expression `source` gives over there: a look at objects that calls no function of theirs.

        Args:
            source: Such as `"[type(layer).__name__ for layer in model.layers]"`; `np` is bound.
            bindings: Further names that `source` uses: values or remote objects.
        """
        return self.incoming(
            self._one([Operation.EVALUATE, source, _outgoing(bindings, self)]).value, "value"
        )

    def value(self, place: Remote) -> Value:
        """Return a copy of what is at `place`, or a `Remote` for what cannot be copied."""
        value = self.incoming(self._one([Operation.GET, place._reference]).value, place._label)
        receiver = self._maker(place)
        call = Call(function=place._label, args=(), kwargs={}, value=value, is_read=True, receiver=receiver)
        self.calls.append(call)
        self.asked[-1] = replace(self.asked[-1], call=call)
        return value

    def ref(self, place: Remote, *attributes: str) -> Remote:
        """Return a handle for the very object at `place` now, never a copy."""
        for attribute in attributes:
            place = getattr(place, attribute)
        opaque = self._one([Operation.REF, place._reference]).value
        return Remote(self, Reference(opaque.handle), place._label)

    def same(self, left: Remote, right: Remote) -> bool:
        """Return whether two places hold one and the same object."""
        outcome = self._one([Operation.SAME, left._reference, right._reference])
        return outcome.value is True

    def map(self, function: Remote, inputs: Sequence[tuple[Value, ...]]) -> list[Value]:
        """Return `function(*args)` for each `args` of `inputs`, all sent in one frame."""
        operations = [
            [Operation.CALL, function._reference, _outgoing(list(args), self), {}] for args in inputs
        ]
        return [self.incoming(outcome.value, "result") for outcome in self.run(operations)]

    def run(self, operations: Sequence[Sequence[Value]]) -> list[Returned]:
        """Return the outcomes of operations that travel in one frame (see `dispatch.Operation`).

        Raises:
            SubmissionRaisedError: One of them raised.
        """
        self.num_operations += len(operations)
        sent: list[Sequence[Value]] = [_kept(operation) for operation in operations]
        outcomes = self._transport.request(sent)
        self.asked.append(Asked(sent, outcomes, None))
        if isinstance(outcomes[-1], Raised):
            raise raised_error(outcomes[-1], self)
        return [outcome for outcome in outcomes if isinstance(outcome, Returned)]

    def _one(self, operation: Sequence[Value]) -> Returned:
        return self.run([operation])[0]

    def incoming(self, value: Value, label: str) -> Value:
        """Return a received value with its handles made usable."""
        if isinstance(value, Opaque):
            return Remote(self, Reference(value.handle), label, value.type_name)
        if type(value) in (list, tuple):
            return type(value)(self.incoming(item, f"{label}[{i}]") for i, item in enumerate(value))
        if type(value) is dict:
            return {key: self.incoming(item, f"{label}[{key!r}]") for key, item in value.items()}
        return value

    def _maker(self, place: Remote) -> Call | None:
        """Return the call that made the object at whose attributes a place is."""
        root = place._reference.root
        return self._made.get(root) if isinstance(root, int) else None

    def _call(self, place: Remote, args: tuple[Value, ...], kwargs: dict[str, Value]) -> Value:
        label = place._label
        kept_args = tuple(_kept(arg) for arg in args)
        kept_kwargs = {name: _kept(arg) for name, arg in kwargs.items()}
        sent = [
            [Operation.CALL, place._reference, _outgoing(list(kept_args), self), _outgoing(kept_kwargs, self)]
        ]
        self.num_operations += 1
        receiver = self._maker(place)
        outcomes = self._transport.request(sent)
        outcome = outcomes[0]
        raised = outcome if isinstance(outcome, Raised) else None
        value = None if isinstance(outcome, Raised) else self.incoming(outcome.value, f"{label}()")
        call = Call(
            function=label, args=kept_args, kwargs=kept_kwargs, value=value, raised=raised,
            changed={} if isinstance(outcome, Raised) else outcome.changed, receiver=receiver,
        )  # fmt: skip
        self.asked.append(Asked(sent, outcomes, call))
        self.calls.append(call)
        if raised is not None:
            raise raised_error(raised, self)
        if isinstance(value, Remote) and isinstance(value._reference.root, int):
            self._made[value._reference.root] = call
        return value


class Remote:
    """A place on the other side: a function, an object, an attribute, an item."""

    __slots__ = ("_label", "_module", "_reference", "_type_name")

    def __init__(
        self, module: ModuleProxy, reference: Reference, label: str, type_name: str = "object"
    ) -> None:
        object.__setattr__(self, "_module", module)
        object.__setattr__(self, "_reference", reference)
        object.__setattr__(self, "_label", label)
        object.__setattr__(self, "_type_name", type_name)

    _module: ModuleProxy
    _reference: Reference
    _label: str
    _type_name: str

    def _step(self, kind: str, key: Value) -> Remote:
        reference = Reference(
            self._reference.root, (*self._reference.steps, (kind, _outgoing(key, self._module)))
        )
        label = f"{self._label}.{key}" if kind == "." else f"{self._label}[{key!r}]"
        return Remote(self._module, reference, label)

    def __call__(self, *args: Value, **kwargs: Value) -> Value:
        """Call what is at this place and return a copy of the value, or a `Remote`."""
        return self._module._call(self, args, kwargs)

    def __getattr__(self, name: str) -> Remote:
        if name.startswith("__"):
            raise AttributeError(name)  # copying and numpy probe for protocols
        return self._step(".", name)

    def __getitem__(self, key: Value) -> Remote:
        return self._step("[]", key)

    def __setattr__(self, name: str, value: Value) -> None:
        place = self._step(".", name)
        self._module.run([[Operation.SET, place._reference, _outgoing(value, self._module)]])

    def __setitem__(self, key: Value, value: Value) -> None:
        place = self._step("[]", key)
        self._module.run([[Operation.SET, place._reference, _outgoing(value, self._module)]])

    def __len__(self) -> int:
        length = self._step(".", "__len__")()
        if type(length) is not int or length < 0:
            raise TypeError(f"Expected a length. Received: {length!r}")
        return length

    def __iter__(self) -> Iterator[Value]:
        value = self._module.value(self)
        if isinstance(value, list | tuple | dict | str | np.ndarray):
            yield from value
            return
        iterator = self._step(".", "__iter__")()
        while isinstance(iterator, Remote):
            try:
                yield iterator.__next__()
            except StopIteration:
                return

    def __next__(self) -> Value:
        is_over, item = self._module._one([Operation.NEXT, self._reference]).value
        if is_over is True:
            raise StopIteration
        return self._module.incoming(item, f"next({self._label})")

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:  # noqa: ANN401 - numpy's protocol
        del copy
        value = self._module.value(self)
        if isinstance(value, Remote):
            raise TypeError(f"{self._label} is a {value._type_name}, no array")
        return np.asarray(value, dtype=dtype)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Remote):
            return self._module.same(self, other)
        raise TypeError(f"Read {self._label} with `submission.value` before it is compared")

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise TypeError(f"Read {self._label} with `submission.value` before it is asked for its truth")

    def __repr__(self) -> str:
        return f"<{self._type_name} {self._label}>"


def _outgoing(value: Value, module: ModuleProxy) -> Value:
    """Return `value` with remotes and generators replaced by what travels for them."""
    if isinstance(value, Remote):
        if value._module is not module:
            raise TypeError(f"{value._label} lives on another side: read it with `value` and send the copy")
        return value._reference
    if hasattr(value, "wire_seed"):
        return RngSeed(value.wire_seed)
    if type(value) in (list, tuple):
        return type(value)(_outgoing(item, module) for item in value)
    if type(value) is dict:
        return {key: _outgoing(item, module) for key, item in value.items()}
    return value


def _kept(value: Value) -> Value:
    """Return a copy that later changes do not reach."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (list, tuple):
        return type(value)(_kept(item) for item in value)
    if type(value) is dict:
        return {key: _kept(item) for key, item in value.items()}
    return value
