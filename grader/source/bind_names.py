"""The pass over a submission's tree that notes every scope and every binding.

Theory of operation. The walk has a stack of its own, for a tree may be deeper than Python's. It goes in the
order of the source. Each kind of node that binds names or opens a scope has a handler; the others hand on
their children. What is inside a function of the module or of a class is bound when somebody looks into it: unless
the word `global` is in the source, it binds no name outside.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from grader.source.bindings import (
    Binding,
    Names,
    Origin,
    Position,
    Scope,
    ScopeKind,
    catches_import_error,
    is_main_guard,
    parts,
)

_FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_ComprehensionNode = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@lru_cache(maxsize=1)  # a submission is read, and then its rules are checked
def bind_names(tree: ast.Module, source: str | None = None) -> Names:
    """Return the scopes and bindings of `tree`, which must not change afterwards.

    Args:
        tree: The module.
        source: What it was made of, where that is at hand: then most functions need not be looked into.
    """
    return _Binder(tree, is_lazy=source is not None and "global" not in source).names


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    scope: Scope
    is_conditional: bool = False
    is_guarded: bool = False


class _Binder:
    """Walks one tree, in the order of the source."""

    def __init__(self, tree: ast.Module, *, is_lazy: bool) -> None:
        module = Scope(kind=ScopeKind.MODULE, parent=None)
        self._scopes: dict[ast.AST, Scope] = {tree: module}
        self._waiting: dict[ast.AST, _Place] | None = {} if is_lazy else None
        self.names = Names(module=module, inner=_Scopes(self))
        self._stack: list[tuple[ast.AST, _Place]] = []
        self._opened = [module]
        self._push(tree.body, _Place(scope=module))
        self._bind_all()

    def scope_of(self, node: ast.AST) -> Scope:
        """Return the scope that `node` opens."""
        if self._waiting:
            if node in self._waiting:
                place = self._waiting.pop(node)
                self._inside(node, place)
                self._bind_all()
            elif node not in self._scopes:  # somewhere in a function that nobody has looked into
                return self.all_scopes()[node]
        return self._scopes[node]

    def all_scopes(self) -> dict[ast.AST, Scope]:
        """Return every scope by the node that opens it."""
        for node in list(self._waiting or ()):
            self.scope_of(node)
        return self._scopes

    def _bind_all(self) -> None:
        while self._stack:
            node, place = self._stack.pop()
            handler = _HANDLERS.get(type(node))
            if handler is None:
                self._stack += [(part, place) for part in reversed(parts(node)) if type(part) is not ast.Name]
            else:
                handler(self, node, place)
        while self._opened:
            for bindings in self._opened.pop().bindings.values():
                if len(bindings) > 1:
                    bindings.sort(key=_place_in_source)

    def _push(self, nodes: Iterable[ast.AST | None], place: _Place) -> None:
        self._stack.extend(reversed([(node, place) for node in nodes if node is not None]))

    def _bind(
        self,
        name: str,
        origin: Origin,
        node: ast.AST,
        place: _Place,
        *,
        value: ast.expr | None = None,
        imported: tuple[str, str] = ("", ""),
    ) -> None:
        owner, is_elsewhere = self._owner(name, node, place.scope)
        binding = Binding(
            name=name,
            origin=origin,
            node=node,
            scope=place.scope,
            owner=owner,
            position=_position(origin, node),
            value=value,
            module=imported[0],
            dotted=imported[1],
            is_conditional=place.is_conditional or is_elsewhere,
            is_guarded=place.is_guarded,
        )
        (owner.stars if name == "*" else owner.bindings.setdefault(name, [])).append(binding)

    def _owner(self, name: str, node: ast.AST, scope: Scope) -> tuple[Scope, bool]:
        """Return whose name it is, and whether that is not the scope in which it is bound."""
        if name in scope.globals:
            return self.names.module, True
        owner = scope
        if isinstance(node, ast.NamedExpr):  # `:=` in a comprehension binds outside of it
            while owner.kind is ScopeKind.COMPREHENSION and owner.parent is not None:
                owner = owner.parent
        elif name in scope.nonlocals:
            around = scope.parent
            while around is not None and (
                around.kind is not ScopeKind.FUNCTION or name not in around.bindings
            ):
                around = around.parent
            owner = around or scope
        return owner, owner is not scope

    def _open_scope(self, node: ast.AST, kind: ScopeKind, place: _Place) -> _Place:
        scope = Scope(kind=kind, parent=place.scope)
        self._scopes[node] = scope
        self._opened.append(scope)
        return _Place(scope=scope)

    def _target(self, target: ast.expr, value: ast.expr, place: _Place) -> None:
        """Bind the names of a target that gets a part of `value`."""
        for part in ast.walk(target):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                self._bind(part.id, Origin.PART, target, place, value=value)

    def _function(self, node: _FunctionNode, place: _Place) -> None:
        if not isinstance(node, ast.Lambda):
            is_async = isinstance(node, ast.AsyncFunctionDef)
            origin = Origin.COROUTINE if is_async else Origin.FUNCTION
            self._bind(node.name, origin, node, place)
            self._push(node.decorator_list, place)
        self._push([*node.args.defaults, *node.args.kw_defaults], place)
        if self._waiting is None or _is_in_function(place.scope):
            self._inside(node, place)
        else:
            self._waiting[node] = place

    def _inside(self, node: Any, place: _Place) -> None:  # noqa: ANN401 - a function's node
        arguments = node.args
        inside = self._open_scope(node, ScopeKind.FUNCTION, place)
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        for argument in [*every, arguments.vararg, arguments.kwarg]:
            if argument is not None:
                self._bind(argument.arg, Origin.PARAMETER, argument, inside)
        self._push([node.body] if isinstance(node, ast.Lambda) else node.body, inside)

    def _class(self, node: ast.ClassDef, place: _Place) -> None:
        self._bind(node.name, Origin.CLASS, node, place)
        self._push([*node.decorator_list, *node.bases, *node.keywords], place)
        self._push(node.body, self._open_scope(node, ScopeKind.CLASS, place))

    def _comprehension(self, node: _ComprehensionNode, place: _Place) -> None:
        inside = self._open_scope(node, ScopeKind.COMPREHENSION, place)
        for generator in node.generators:
            self._target(generator.target, generator.iter, inside)
        self._push([node.generators[0].iter], place)
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self._push(results, inside)
        for index, generator in enumerate(node.generators):
            self._push([*generator.ifs, *([generator.iter] if index else [])], inside)

    def _import(self, node: ast.Import, place: _Place) -> None:
        for alias in node.names:
            name, dotted = (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
            self._bind(name, Origin.IMPORT, node, place, imported=(alias.name, dotted))

    def _import_from(self, node: ast.ImportFrom, place: _Place) -> None:
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            dotted = module if alias.name == "*" else f"{module}.{alias.name}"
            self._bind(alias.asname or alias.name, Origin.IMPORT, node, place, imported=(module, dotted))

    def _assign(self, node: ast.Assign, place: _Place) -> None:
        for target in node.targets:
            self._assign_one(target, node.value, node, place)
        self._push([*node.targets, node.value], place)

    def _assign_one(self, target: ast.expr, value: ast.expr, node: ast.AST, place: _Place) -> None:
        pairs = [(target, value)]
        while pairs:
            one, its_value = pairs.pop()
            if isinstance(one, ast.Name):
                self._bind(one.id, Origin.VALUE, node, place, value=its_value)
            elif isinstance(one, ast.Tuple | ast.List):
                side_by_side = _paired(one, its_value)
                if side_by_side is None:
                    self._target(one, its_value, place)
                else:
                    pairs += zip(one.elts, side_by_side, strict=True)

    def _annotated(self, node: ast.AnnAssign, place: _Place) -> None:
        if node.value is not None:
            self._assign_one(node.target, node.value, node, place)
        self._push([node.target, node.value], place)

    def _augmented(self, node: ast.AugAssign, place: _Place) -> None:
        if isinstance(node.target, ast.Name):  # what was there before still counts
            self._bind(
                node.target.id, Origin.PART, node, replace(place, is_conditional=True), value=node.value
            )
        self._push([node.target, node.value], place)

    def _named(self, node: ast.NamedExpr, place: _Place) -> None:
        self._bind(node.target.id, Origin.VALUE, node, place, value=node.value)
        self._push([node.value], place)

    def _for(self, node: ast.For | ast.AsyncFor, place: _Place) -> None:
        inside = replace(place, is_conditional=True)
        self._target(node.target, node.iter, inside)
        self._push([node.target, node.iter], place)
        self._push([*node.body, *node.orelse], inside)

    def _if(self, node: ast.If, place: _Place) -> None:
        inside = replace(place, is_conditional=True)
        self._push([node.test], place)
        self._push(node.orelse if is_main_guard(node) else [*node.body, *node.orelse], inside)

    def _branches(self, node: ast.AST, place: _Place) -> None:
        self._push(parts(node), replace(place, is_conditional=True))

    def _try(self, node: ast.Try | ast.TryStar, place: _Place) -> None:
        inside = replace(place, is_conditional=True)
        self._push(node.body, replace(inside, is_guarded=place.is_guarded or catches_import_error(node)))
        self._push([*node.handlers, *node.orelse, *node.finalbody], inside)

    def _handler(self, node: ast.ExceptHandler, place: _Place) -> None:
        if node.name is not None and node.type is not None:
            self._bind(node.name, Origin.PART, node.type, place)
        self._push([node.type, *node.body], place)

    def _with(self, node: ast.With | ast.AsyncWith, place: _Place) -> None:
        for item in node.items:
            if item.optional_vars is not None:
                self._target(item.optional_vars, item.context_expr, place)
        self._push([*node.items, *node.body], place)

    def _capture(self, node: ast.MatchAs | ast.MatchStar | ast.MatchMapping, place: _Place) -> None:
        name = node.rest if isinstance(node, ast.MatchMapping) else node.name
        if name is not None:
            self._bind(name, Origin.PART, node, place)
        self._push(parts(node), place)

    def _global(self, node: ast.Global, place: _Place) -> None:
        place.scope.globals.update(node.names)

    def _nonlocal(self, node: ast.Nonlocal, place: _Place) -> None:
        place.scope.nonlocals.update(node.names)


_HANDLERS: dict[type[ast.AST], Callable[[_Binder, Any, _Place], None]] = {
    ast.FunctionDef: _Binder._function,
    ast.AsyncFunctionDef: _Binder._function,
    ast.Lambda: _Binder._function,
    ast.ClassDef: _Binder._class,
    ast.ListComp: _Binder._comprehension,
    ast.SetComp: _Binder._comprehension,
    ast.DictComp: _Binder._comprehension,
    ast.GeneratorExp: _Binder._comprehension,
    ast.Import: _Binder._import,
    ast.ImportFrom: _Binder._import_from,
    ast.Assign: _Binder._assign,
    ast.AnnAssign: _Binder._annotated,
    ast.AugAssign: _Binder._augmented,
    ast.NamedExpr: _Binder._named,
    ast.For: _Binder._for,
    ast.AsyncFor: _Binder._for,
    ast.While: _Binder._branches,
    ast.If: _Binder._if,
    ast.Match: _Binder._branches,
    ast.Try: _Binder._try,
    ast.TryStar: _Binder._try,
    ast.ExceptHandler: _Binder._handler,
    ast.With: _Binder._with,
    ast.AsyncWith: _Binder._with,
    ast.MatchAs: _Binder._capture,
    ast.MatchStar: _Binder._capture,
    ast.MatchMapping: _Binder._capture,
    ast.Global: _Binder._global,
    ast.Nonlocal: _Binder._nonlocal,
}


class _Scopes(Mapping[ast.AST, Scope]):
    """The scopes of one tree, bound when they are asked for."""

    def __init__(self, binder: _Binder) -> None:
        self._binder = binder

    def __getitem__(self, node: ast.AST) -> Scope:
        return self._binder.scope_of(node)

    def __iter__(self) -> Iterator[ast.AST]:
        return iter(self._binder.all_scopes())

    def __len__(self) -> int:
        return len(self._binder.all_scopes())


def _is_in_function(scope: Scope | None) -> bool:
    while scope is not None:
        if scope.kind is ScopeKind.FUNCTION:
            return True
        scope = scope.parent
    return False


def _place_in_source(binding: Binding) -> Position:
    return binding.position


def _paired(target: ast.Tuple | ast.List, value: ast.expr) -> list[ast.expr] | None:
    """Return the value for each target of `a, b = x, y`; None where they are not written side by side."""
    if not isinstance(value, ast.Tuple | ast.List) or len(value.elts) != len(target.elts):
        return None
    has_star = any(isinstance(item, ast.Starred) for item in (*target.elts, *value.elts))
    return None if has_star else value.elts


def _position(origin: Origin, node: ast.AST) -> Position:
    """Return from where on in the source a name has its value."""
    if origin is Origin.PARAMETER:
        return (0, 0)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return (node.lineno, node.col_offset)
    line, column = getattr(node, "end_lineno", None), getattr(node, "end_col_offset", None)
    return (line, column) if isinstance(line, int) and isinstance(column, int) else (0, 0)
