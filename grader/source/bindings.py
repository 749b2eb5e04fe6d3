"""What a name in a submission's source may stand for: scopes, bindings, and the look-up of a name.

Nothing follows the flow of control, with two exceptions. Where a name is bound more than once, `Names.lookup`
returns only what may hold where the name is read. And the body of `if __name__ == "__main__"` binds nothing,
for no worker runs it.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Position = tuple[int, int]  # line from 1, column from 0

_MAX_CANDIDATES = 32  # bindings of one name that are looked at; a submission may hold thousands
# Nodes that neither bind nor use a name, and hold no node that does.
SILENT_NODES = (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop, ast.Constant)
_SILENT_TYPES = frozenset(
    kind for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, SILENT_NODES)
)
# Where the commonest nodes have others that may bind or use a name; of all others every field is looked at.
_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Name: (),
    ast.Attribute: ("value",),
    ast.BinOp: ("left", "right"),
    ast.UnaryOp: ("operand",),
    ast.Compare: ("left", "comparators"),
    ast.Subscript: ("value", "slice"),
    ast.Call: ("func", "args", "keywords"),
    ast.Tuple: ("elts",),
    ast.List: ("elts",),
    ast.keyword: ("value",),
    ast.Expr: ("value",),
    ast.Return: ("value",),
    ast.Slice: ("lower", "upper", "step"),
}
_IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


def parts(node: ast.AST) -> list[ast.AST]:
    """Return the children of `node` that may bind or use a name; `ast.iter_child_nodes`, at a third of its cost."""
    found: list[ast.AST] = []
    names = _FIELDS.get(type(node))
    for name in node._fields if names is None else names:
        value = getattr(node, name, None)
        if type(value) is list:
            for item in value:
                if type(item) not in _SILENT_TYPES and isinstance(item, ast.AST):
                    found.append(item)
        elif type(value) not in _SILENT_TYPES and isinstance(value, ast.AST):
            found.append(value)
    return found


class ScopeKind(StrEnum):
    """What a scope belongs to."""

    MODULE = "module"
    FUNCTION = "function"
    CLASS = "class"
    COMPREHENSION = "comprehension"


class Origin(StrEnum):
    """How a name got its value."""

    IMPORT = "import"
    FUNCTION = "function"
    COROUTINE = "coroutine"  # `async def`
    CLASS = "class"
    VALUE = "value"  # `name = value`
    PART = "part"  # something that comes out of `value`: an item of it, a loop over it
    PARAMETER = "parameter"


@dataclass(slots=True, kw_only=True, eq=False)
class Scope:
    """The names of a module, function, class or comprehension.

    Attributes:
        parent: The scope around it; None for the module.
        bindings: The bindings of each name, in the order of the source.
        globals: Names that `global` declares.
        nonlocals: Names that `nonlocal` declares.
        stars: One binding for each `from module import *`.
    """

    kind: ScopeKind
    parent: Scope | None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    globals: set[str] = field(default_factory=set)
    nonlocals: set[str] = field(default_factory=set)
    stars: list[Binding] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Binding:
    """One place where a name gets a value.

    Attributes:
        node: The statement, definition or expression that binds.
        scope: Where `value` is evaluated.
        owner: Whose name it is.
        position: Where in the source the name has its value from.
        value: The value's expression, where there is one.
        module: The module that an import statement names.
        dotted: What is imported: `numpy.convolve` for `from numpy import convolve`; for a star, the module.
        is_conditional: Whether it may not happen: it stands inside `if`, `for`, `try` and the like.
        is_guarded: Whether it stands inside a `try` that catches a failing import.
    """

    name: str
    origin: Origin
    node: ast.AST
    scope: Scope
    owner: Scope
    position: Position
    value: ast.expr | None = None
    module: str = ""
    dotted: str = ""
    is_conditional: bool = False
    is_guarded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Names:
    """The scopes of one tree.

    Attributes:
        module: The outermost scope.
        inner: The scope of each function, lambda, class and comprehension; going through them binds them all.
    """

    module: Scope
    inner: Mapping[ast.AST, Scope]

    def lookup(self, name: str, scope: Scope, position: Position) -> tuple[Binding, ...]:
        """Return the bindings that `name` may have where it is read, the likeliest first.

        Inside the scope that owns the name, these are the ones before `position`; in a scope further in,
        which runs later, the ones that hold at the end. A binding that always happens hides those before it.
        """
        home = scope
        around: Scope | None = scope
        while around is not None:
            if name in around.globals:
                around = self.module
            found = around.bindings.get(name, ())
            if found and (around.kind is not ScopeKind.CLASS or around is home):
                return _candidates(found, position if around is home else None)
            around = around.parent
        return ()

    def at_end(self, name: str) -> tuple[Binding, ...]:
        """Return the bindings that `name` may have once the module has run, the likeliest first."""
        return _candidates(self.module.bindings.get(name, ()), None)


def _candidates(bindings: Sequence[Binding], position: Position | None) -> tuple[Binding, ...]:
    end = len(bindings)
    if position is not None:  # a loop may bring a later binding to an earlier line; only then none is before
        end = bisect_right(bindings, position, key=lambda binding: binding.position) or end
    found: list[Binding] = []
    for index in range(end - 1, max(-1, end - 1 - _MAX_CANDIDATES), -1):
        found.append(bindings[index])
        if not bindings[index].is_conditional:
            break
    return tuple(found)


def imports_in(scopes: Iterable[Scope]) -> set[ast.AST]:
    """Return the statements that import something in these scopes."""
    return {
        binding.node
        for scope in scopes
        for bindings in (*scope.bindings.values(), scope.stars)
        for binding in bindings
        if binding.origin is Origin.IMPORT
    }


def is_main_guard(node: ast.If) -> bool:
    """Return whether `node` is `if __name__ == "__main__"`, perhaps with more conditions."""
    is_and = isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.And)
    tests = node.test.values if isinstance(node.test, ast.BoolOp) and is_and else [node.test]
    return any(_compares_main(test) for test in tests)


def _compares_main(test: ast.expr) -> bool:
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = (test.left, test.comparators[0])
    has_name = any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)
    return has_name and any(isinstance(side, ast.Constant) and side.value == "__main__" for side in sides)


def catches_import_error(node: ast.Try | ast.TryStar) -> bool:
    """Return whether an import that fails in the body of `node` is caught."""
    for handler in node.handlers:
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        if any(kind is None or (isinstance(kind, ast.Name) and kind.id in _IMPORT_ERRORS) for kind in kinds):
            return True
    return False
