"""What one top-level statement does: which names it binds, reads and completes, and whether it is heavy.

Theory of operation. A statement reads some names as soon as it runs, and others only once a function that it
defines is called. The walk keeps the two apart. It has a stack of its own and looks at each node once, for
a tree may be deep and large.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

# Calls that train, evaluate, download, read what lies elsewhere, or wait for somebody.
_HEAVY = re.compile(
    r"(?:fit|train|evaluate|predict|score|load|fetch|download)(?:_\w+)?|[a-z]+_download|"
    r"(?:cross_val|learning_curve|grid_search|read|imread|mount|upload|urlopen|urlretrieve|get_file|input|raw_input|"
    r"open|loadtxt|genfromtxt|read_\w+|sleep|system|popen|run|check_call|check_output|getoutput|wait|main|exit|quit)"
)
# Methods that show, and complete nothing.
_SHOWING = re.compile(
    r"(?:summary|plot|show|head|tail|describe|info|display|print|imshow|hist|scatter|legend|get_\w+|save|savefig"
    r"|save_\w+|to_\w+|write|close|flush|keys|values|items|view|numpy|count\w*)(?:_\w+)?"
)
# Settings of imported packages: they change how everything after them computes or prints.
_SETTINGS = re.compile(r"seed|set_\w*seed|filterwarnings|simplefilter|set_printoptions|seterr|set_\w+")
_DYNAMIC = {"eval", "exec", "globals", "locals", "vars"}


@dataclass(slots=True, kw_only=True)
class Facts:
    """What one statement does.

    Attributes:
        binds: Names of the module that it gives a value.
        reads: Names of the module that it reads as soon as it runs.
        later: Names of the module that functions in it read once they are called.
        completes: Names whose value it changes: `model.add(…)`, `params["W1"] = …`.
        calls: What it calls as soon as it runs: names, and methods with their dot.
        later_calls: The same, of what functions in it call; of a class, of what making an object calls.
        methods: Of a class, its functions' names with their dot.
        defines: The function or class that it defines.
        is_import: Whether it only imports.
        is_setting: Whether it sets up an imported package: `np.random.seed(1)`.
        is_literal: Whether it binds nothing but written-out values.
        is_loop: Whether it may go round many times.
        trains: Whether it is a loop that changes a value step by step.
        is_dynamic: Whether it may reach names that it does not spell.
        star: Whether it imports names that nobody can tell.
    """

    binds: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    completes: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)
    later_calls: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)
    defines: str = ""
    is_import: bool = False
    is_setting: bool = False
    is_literal: bool = False
    is_loop: bool = False
    trains: bool = False
    is_dynamic: bool = False
    star: bool = False


def is_heavy(calls: Iterable[str]) -> bool:
    """Return whether one of these calls trains, evaluates, downloads, or reads what is not there."""
    return any(_HEAVY.fullmatch(name.removeprefix(".")) for name in calls)


def facts_of(statement: ast.stmt) -> Facts:
    """Return what a top-level statement does."""
    facts = Facts()
    _Walk(facts).walk(statement)
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        facts.defines = statement.name
    if isinstance(statement, ast.ClassDef):
        _look_into(statement, facts)
    if isinstance(statement, ast.For | ast.With):
        facts.reads -= _given_by_head(statement)
    facts.is_import = isinstance(statement, ast.Import | ast.ImportFrom)
    if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
        facts.star = True  # it changes what follows
    facts.is_literal = isinstance(statement, ast.Assign | ast.AnnAssign) and not (facts.reads or facts.calls)
    inner = [*ast.walk(statement)] if isinstance(statement, _COMPOUND) else [statement]
    for node in inner:
        _complete(node, facts)
    facts.is_loop = any(isinstance(node, ast.For | ast.While | ast.AsyncFor) for node in inner)
    facts.trains = any(_trains(node) for node in inner if isinstance(node, ast.For | ast.While))
    return facts


def _given_by_head(statement: ast.For | ast.With) -> set[str]:
    """Return the names that the head of a block gives values before anything in the block reads them."""
    if isinstance(statement, ast.For):
        targets: list[ast.AST] = [statement.target]
        values: list[ast.AST] = [statement.iter]
    else:
        targets = [item.optional_vars for item in statement.items if item.optional_vars is not None]
        values = [item.context_expr for item in statement.items]
    read = {part.id for value in values for part in ast.walk(value) if isinstance(part, ast.Name)}
    return {name for target in targets for name in _stored_names(target)} - read


def _look_into(node: ast.ClassDef, facts: Facts) -> None:
    """Note a class's methods, and what is called when one makes an object of it."""
    methods = [one for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    making = Facts()
    for method in methods:
        facts.methods.add(f".{method.name}")
        if method.name in _MAKERS:
            _Walk(making).walk(method)
    facts.later_calls = making.later_calls


_MAKERS = {"__init__", "__new__", "__post_init__"}
_COMPOUND = (ast.If, ast.Try, ast.TryStar, ast.With, ast.For, ast.While, ast.Match)
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSION = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


# --- names ---------------------------------------------------------------------------------------------------


class _When(IntEnum):
    """When a node runs, and whether what it binds belongs to the module."""

    NOW = 0
    IN_CLASS = 1  # now, but its names are the class's
    LATER = 2  # once a function is called


@dataclass(frozen=True, slots=True)
class _Leave:
    """On the stack: the end of a scope with these names of its own."""

    own: tuple[str, ...]


class _Walk:
    """Walks one statement and notes names and calls."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._hidden: Counter[str] = Counter()  # names that belong to a scope around the node
        self._stack: list[tuple[ast.AST | _Leave, _When]] = []

    def walk(self, statement: ast.stmt) -> None:
        self._stack.append((statement, _When.NOW))
        while self._stack:
            node, when = self._stack.pop()
            if isinstance(node, _Leave):
                self._hidden.subtract(node.own)
            elif isinstance(node, ast.Name):
                self._name(node, when)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                self._import(node, when)
            elif isinstance(node, _FUNCTION):
                self._function(node, when)
            elif isinstance(node, ast.ClassDef):
                self._bind(node.name, when)
                self._push([*node.decorator_list, *node.bases, *node.keywords], when)
                self._push(node.body, max(when, _When.IN_CLASS))
            elif isinstance(node, _COMPREHENSION):
                targets = [generator.target for generator in node.generators]
                self._enter({name for target in targets for name in _stored_names(target)})
                self._push(ast.iter_child_nodes(node), when)
            else:
                self._other(node, when)

    def _push(self, nodes: Iterable[ast.AST], when: _When) -> None:
        self._stack += [(node, when) for node in nodes]

    def _enter(self, own: set[str]) -> None:
        self._hidden.update(own)
        self._stack.append((_Leave(tuple(own)), _When.NOW))

    def _bind(self, name: str | None, when: _When) -> None:
        if name is not None and when is _When.NOW and self._hidden[name] <= 0:
            self._facts.binds.add(name)

    def _name(self, node: ast.Name, when: _When) -> None:
        if isinstance(node.ctx, ast.Store):
            self._bind(node.id, when)
        elif self._hidden[node.id] <= 0:
            (self._facts.later if when is _When.LATER else self._facts.reads).add(node.id)
            self._facts.is_dynamic = self._facts.is_dynamic or node.id in _DYNAMIC

    def _import(self, node: ast.Import | ast.ImportFrom, when: _When) -> None:
        for alias in node.names:
            if alias.name == "*":
                self._facts.star = True
            elif isinstance(node, ast.ImportFrom):
                self._bind(alias.asname or alias.name, when)
            else:
                self._bind(alias.asname or alias.name.partition(".")[0], when)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, when: _When) -> None:
        outside, inside, own = _function_parts(node)
        if not isinstance(node, ast.Lambda):
            self._bind(node.name, when)
        self._push(outside, when)
        self._enter(own)
        self._push(inside, _When.LATER)

    def _other(self, node: ast.AST, when: _When) -> None:
        if isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
            self._bind(node.name, when)
        elif isinstance(node, ast.MatchMapping):
            self._bind(node.rest, when)
        elif isinstance(node, ast.Call):
            called = node.func
            calls = self._facts.later_calls if when is _When.LATER else self._facts.calls
            if isinstance(called, ast.Attribute):
                calls.add(f".{called.attr}")
            elif isinstance(called, ast.Name):
                calls.add(called.id)
        self._push(ast.iter_child_nodes(node), when)


def _function_parts(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
) -> tuple[list[ast.AST], list[ast.AST], set[str]]:
    """Return what runs when a function is defined, what runs when it is called, and its own names."""
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [one for one in (arguments.vararg, arguments.kwarg) if one is not None]
    outside: list[ast.AST] = [
        *arguments.defaults, *(one for one in arguments.kw_defaults if one is not None)
    ]  # fmt: skip
    body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else [*node.body]
    if not isinstance(node, ast.Lambda):
        outside += [*node.decorator_list, *([node.returns] if node.returns is not None else [])]
        outside += [one.annotation for one in every if one.annotation is not None]
    own = {one.arg for one in every} | _own_names(body)
    return outside, body, own


def _own_names(body: Iterable[ast.AST]) -> set[str]:
    """Return the names that a function or class gives values, those of scopes inside it left out."""
    found: set[str] = set()
    elsewhere: set[str] = set()
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Global):
            elsewhere.update(node.names)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
            continue
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ExceptHandler) and node.name is not None:
            found.add(node.name)
        if not isinstance(node, (ast.Lambda, *_COMPREHENSION)):
            waiting.extend(ast.iter_child_nodes(node))
    return found - elsewhere


# --- what a statement completes ------------------------------------------------------------------------------


def _complete(node: ast.AST, facts: Facts) -> None:
    """Note which name's value `node` changes, if it is a statement that changes one."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        called = node.value.func
        if isinstance(called, ast.Attribute):
            root = _root(called)
            if _SETTINGS.fullmatch(called.attr):
                facts.is_setting = True
            if root is not None and not _SHOWING.fullmatch(called.attr):
                facts.completes.add(root)
    elif isinstance(node, ast.Assign):
        facts.completes.update(_changed(node.targets))
    elif isinstance(node, ast.AugAssign):
        facts.completes.update(_changed([node.target]))
        if isinstance(node.target, ast.Name):
            facts.reads.add(node.target.id)


def _changed(targets: Iterable[ast.expr]) -> Iterator[str]:
    """Yield the names whose values an assignment changes from inside."""
    waiting = list(targets)
    while waiting:
        target = waiting.pop()
        if isinstance(target, ast.Tuple | ast.List):
            waiting += target.elts
        elif isinstance(target, ast.Subscript | ast.Attribute):
            root = _root(target)
            if root is not None:
                yield root


def _root(node: ast.expr) -> str | None:
    """Return the name at the beginning of `model.layers[0].weights`."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _trains(loop: ast.For | ast.While) -> bool:
    """Return whether a loop changes a value step by step, or goes round nobody knows how often."""
    if isinstance(loop, ast.While):
        return True
    for node in ast.walk(loop):
        if isinstance(node, ast.AugAssign):
            is_longer_list = isinstance(node.op, ast.Add) and isinstance(node.value, ast.List)
            if not is_longer_list:
                return True
        elif isinstance(node, ast.Assign):
            targets = {name for target in node.targets for name in _stored_names(target)}
            read = {part.id for part in ast.walk(node.value) if isinstance(part, ast.Name)}
            if targets & read and not _adds_a_layer(node.value):
                return True
    return False


def _stored_names(target: ast.AST) -> Iterator[str]:
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _adds_a_layer(value: ast.expr) -> bool:
    """Return whether `x = Dense(10)(x)`: the result of a call is called."""
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Call)
