"""Evaluates requests against one module: in the worker for the submission, in the grader for the solution.

Theory of operation. A request is a list of operations, each a list whose first item names it (`Operation`).
The answer is a list of outcomes, one for each operation up to and including the first that raised:
`["value", value, changed]` or `["raised", Raised fields]`. `changed` maps the position or keyword of every
argument that the call changed in place to what it holds afterwards.

The solution and the known mistakes run through this same code, so that arguments and results are copied for
them exactly as for a submission.
"""

from __future__ import annotations
import __future__

import ast
import linecache
import marshal
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from grader.sandbox.arrays import ARRAY_DTYPES
from grader.sandbox.wire import Opaque, Reference, RngSeed, Value, WireError, encode

MODULE_NAME = "submission"
DEFINED_FILENAME = "<suite>"
MAX_MESSAGE = 2000
MAX_FRAMES = 8
MAX_NAMES, MAX_NAME = 20, 100  # of an exception's classes, and of functions
# Without one of these words, nothing in a source reaches the global random generators: starting them takes longer
# than many a call.
_DRAWS = re.compile(r"rand|NormalDist|keras|tensorflow|import_|__|getattr|eval|exec|vars")
_HANDLE_BITS = 24  # handles that one case may make before they run into another case's numbers


class Operation(StrEnum):
    """What a request may ask for, with the items that follow the name."""

    LOAD = "load"  # source, filename, seed, whether each statement runs for itself, the source compiled
    CALL = "call"  # reference, positional arguments, keyword arguments
    GET = "get"  # reference -> its value
    REF = "ref"  # reference -> a handle, never a copy
    SET = "set"  # reference, value
    SAME = "same"  # reference, reference -> whether they are one object
    NEXT = "next"  # reference to an iterator -> [False, item], or [True, None] at its end
    DEFINE = "define"  # source of an expression, bindings -> a handle
    EVALUATE = "evaluate"  # source of an expression, bindings -> its value
    HAS = "has"  # names -> those that the module defines
    TOGETHER = "together"  # requests, each a list of operations -> the answer to each, encoded by itself
    KEPT = "kept"  # number of requests that the worker's parent keeps -> the same
    BEGIN = "begin"  # seed of the global random generators; drops every handle


_CHANGEABLE = (np.ndarray, list, dict)
_CALL = str(Operation.CALL)  # an enum's member is looked up in a tenth of the time of a short call


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception of the submission, as plain values.

    Attributes:
        type_names: The exception's class and its bases, most derived first, up to BaseException.
        message: `str` of the exception, cut.
        frames: Line number and function name of each frame of the submission's file, outermost first.
    """

    type_names: tuple[str, ...]
    message: str
    frames: tuple[tuple[int, str], ...]


class _HandleTable:
    """The objects that stay on this side."""

    def __init__(self) -> None:
        self._objects: dict[int, object] = {}
        self._next = 1

    def keep(self, value: object) -> Opaque:
        handle, self._next = self._next, self._next + 1
        self._objects[handle] = value
        kind = type(value).__name__
        if isinstance(value, np.ndarray | np.generic):
            kind = f"{kind} of dtype {value.dtype}"
        return Opaque(handle, kind[:MAX_NAME])

    def find(self, handle: int) -> object:
        if handle not in self._objects:
            raise LookupError(f"No object has the handle {handle}")
        return self._objects[handle]

    def forget(self, seed: int) -> None:
        """Drop every object; a case's handles count from a number of its own, whatever ran before it."""
        self._objects.clear()
        self._next = 1 + ((seed % 2**32) << _HANDLE_BITS)


class Workspace:
    """One module and the objects that were made with it.

    Args:
        namespace: The module's globals.
    """

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.filename = ""  # of the module's source in tracebacks, known once it is loaded
        self.handles = _HandleTable()
        self._may_draw = True  # whether anything here can use the global random generators
        self._seed = 0  # of theirs, in this case
        self._operations: Mapping[str, Callable[..., Value]] = {
            Operation.LOAD: self._load,
            Operation.GET: self._resolve,
            Operation.REF: self._ref,
            Operation.SET: self._set,
            Operation.SAME: self._same,
            Operation.NEXT: self._next,
            Operation.DEFINE: self._define,
            Operation.EVALUATE: lambda *items: _tensor_as_array(self._value_of(*items)),
            Operation.HAS: self._has,
            Operation.BEGIN: self._begin,
        }

    def answer(self, operations: Sequence[Sequence[Value]]) -> tuple[bytes, bytes]:
        """Return the encoded outcomes of `operations`, up to the first that raised."""
        return self.encoded(self.outcomes(operations))

    def outcomes(self, operations: Sequence[Sequence[Value]]) -> list[Value]:
        """Return the outcomes of `operations`, up to the first that raised, as they are: nothing is copied."""
        outcomes: list[Value] = []
        for operation in operations:
            try:
                outcomes.append(self._evaluate(operation))
            except (KeyboardInterrupt, GeneratorExit, SystemExit, Exception) as error:  # noqa: BLE001
                # The border around the submission: whatever it raises is data.
                outcomes.append(["raised", *self._raised(error)])
                break
        return outcomes

    def encoded(self, outcomes: list[Value]) -> tuple[bytes, bytes]:
        """Return outcomes as header and payload; what cannot cross gets a handle."""
        try:
            return encode(outcomes, self.handles)
        except WireError as error:
            return encode([["raised", ["WireError", "Exception"], str(error)[:MAX_MESSAGE], []]])
        except Exception as error:  # noqa: BLE001 - an object that cannot even be asked what it is
            return encode([["raised", *self._raised(error)]])

    def _evaluate(self, operation: Sequence[Value]) -> list[Value]:
        name = operation[0]
        if name == _CALL:
            return self._call(*operation[1:])
        return ["value", self._operations[name](*operation[1:]), {}]

    def _load(
        self, source: str, filename: str, seed: int, is_piecewise: bool = False, code: bytes = b""
    ) -> None:
        self.filename = filename
        self.namespace.update(__name__=MODULE_NAME, __file__=filename)
        self._may_draw = _DRAWS.search(source) is not None
        if self._may_draw:
            seed_global_generators(seed)
        # The file exists nowhere; `inspect.getsource`, and TensorFlow's compiler through it, ask here: if they do.
        linecache.cache[filename] = (lambda: source,)
        if is_piecewise:
            self._run_pieces(source, filename)
            return
        # Compiled by the grader, or here; `marshal` reads what the grader wrote.
        module = marshal.loads(code) if code else compile(source, filename, "exec", dont_inherit=True)  # noqa: S302
        exec(module, self.namespace)  # noqa: S102 - running the submission is what a worker is for

    def _run_pieces(self, source: str, filename: str) -> None:
        """Run each statement of a notebook for itself; at the end, raise what the first that failed raised."""
        first: BaseException | None = None
        flags = 0
        for statement in ast.parse(source, filename).body:
            if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
                flags = __future__.annotations.compiler_flag
            try:
                piece = ast.Module([statement], [])
                code = compile(piece, filename, "exec", flags=flags, dont_inherit=True)
                exec(code, self.namespace)  # noqa: S102 - as above
            except (SystemExit, Exception) as error:  # noqa: BLE001 - the border around the submission
                first = first or error
        if first is not None:
            raise first

    def _resolve(self, reference: Reference) -> Any:  # noqa: ANN401 - any object of the submission
        if isinstance(reference.root, int):
            found = self.handles.find(reference.root)
        elif reference.root in self.namespace:
            found = self.namespace[reference.root]
        else:
            raise NameError(f"name {reference.root!r} is not defined")
        for kind, key in reference.steps:
            found = getattr(found, key) if kind == "." else found[self._argument(key)]  # type: ignore[index]
        return found

    def _argument(self, value: Value) -> Value:
        """Return `value` with references, handles and seeds replaced by the objects they stand for."""
        if type(value) is np.ndarray:
            return value
        if isinstance(value, Reference):
            return self._resolve(value)
        if isinstance(value, Opaque):
            return self.handles.find(value.handle)
        if isinstance(value, RngSeed):
            return np.random.default_rng(list(value.entropy))
        if type(value) in (list, tuple):
            return type(value)(self._argument(item) for item in value)
        if type(value) is dict:
            return {key: self._argument(item) for key, item in value.items()}
        return value

    def _call(self, target: Reference, args: list[Value], kwargs: dict[str, Value]) -> list[Value]:
        function = self._resolve(target)
        arguments = [self._argument(arg) for arg in args]
        keywords = {name: self._argument(arg) for name, arg in kwargs.items()}
        watched = [
            (key, arg, _fingerprint(arg))
            for key, arg in [*enumerate(arguments), *keywords.items()]
            if isinstance(arg, _CHANGEABLE)
        ]
        value = function(*arguments, **keywords)
        changed = {key: arg for key, arg, before in watched if _fingerprint(arg) != before}
        return ["value", _tensor_as_array(value), changed]

    def _ref(self, reference: Reference) -> Opaque:
        return self.handles.keep(self._resolve(reference))

    def _set(self, reference: Reference, value: Value) -> None:
        owner = self._resolve(Reference(reference.root, reference.steps[:-1]))
        kind, key = reference.steps[-1]
        if kind == ".":
            setattr(owner, key, self._argument(value))
        else:
            owner[self._argument(key)] = self._argument(value)

    def _same(self, left: Reference, right: Reference) -> bool:
        return self._resolve(left) is self._resolve(right)

    def _next(self, reference: Reference) -> list[Value]:
        try:
            return [False, next(self._resolve(reference))]
        except StopIteration:
            return [True, None]

    def _value_of(self, source: str, bindings: dict[str, Value]) -> Value:
        if not self._may_draw and _DRAWS.search(source):
            self._may_draw = True
            seed_global_generators(self._seed)
        names = {"np": np, **{name: self._argument(value) for name, value in bindings.items()}}
        code = compile(source, DEFINED_FILENAME, "eval", dont_inherit=True)
        return eval(code, names)  # noqa: S307 - the author's own expression

    def _define(self, source: str, bindings: dict[str, Value]) -> Opaque:
        return self.handles.keep(self._value_of(source, bindings))

    def _has(self, names: list[str]) -> list[str]:
        return [name for name in names if name in self.namespace]

    def _begin(self, seed: int) -> None:
        self.handles.forget(seed)
        self._seed = seed
        if self._may_draw:
            seed_global_generators(seed)

    def _raised(self, error: BaseException) -> list[Value]:
        names = [cls.__name__[:MAX_NAME] for cls in type(error).__mro__ if cls not in (object, BaseException)]
        try:
            message = str(error)[:MAX_MESSAGE]
        except Exception:  # noqa: BLE001 - a hostile __str__ is still only a message
            message = ""
        frames: list[Value] = []
        trace = error.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename == self.filename:
                frames.append([trace.tb_lineno, code.co_name[:MAX_NAME]])
            trace = trace.tb_next
        if isinstance(error, SyntaxError) and error.filename == self.filename and error.lineno is not None:
            frames.append([error.lineno, "<module>"])  # found while compiling: no frame ever ran
        if len(frames) > MAX_FRAMES:  # a recursion without end: its beginning and its end say it all
            frames = [*frames[: MAX_FRAMES // 2], *frames[-MAX_FRAMES // 2 :]]
        return [names[:MAX_NAMES], message, frames]


def seed_global_generators(seed: int) -> None:
    """Start the random generators of Python and numpy that belong to no one in particular."""
    random.seed(seed)
    np.random.seed(seed % 2**32)  # noqa: NPY002 - submissions use the global generator


def _fingerprint(value: Value) -> object:
    """Return something that differs when `value` was changed in place."""
    if (
        type(value) is np.ndarray and value.dtype.char in ARRAY_DTYPES
    ):  # as encoding it says, in a tenth of the time
        return value.dtype, value.shape, value.tobytes()
    try:
        return encode(value, _Identities())
    except WireError:
        return None


class _Identities:
    """Stands for an object by its identity while arguments are compared."""

    def keep(self, value: object) -> Opaque:
        return Opaque(id(value), type(value).__name__[:MAX_NAME])


def _tensor_as_array(value: Value) -> Value:
    """Return an eager tensor as its array: asked by class, so that TensorFlow is not imported for it."""
    kind = type(value)
    if kind.__name__ == "EagerTensor" and kind.__module__.startswith("tensorflow."):
        return np.asarray(value)
    if type(value) in (list, tuple):
        return type(value)(_tensor_as_array(item) for item in value)
    return value
