"""The static rules: which imports and calls that an exercise forbids does an entry point reach?

Theory of operation. Every binding that can hold code (a function, a class with its methods, the value of an
assignment) is looked at once: what it uses that is forbidden, and which other bindings it reads. From each
entry point the bindings are then followed. What no entry point reaches, such as a self-check at the end of
the file, breaks no rule. Where the source leaves a doubt nothing is found: in the worker forbidden functions
are missing anyway, and a false accusation costs a learner more than a miss costs the teacher.
"""

from __future__ import annotations

import ast
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from grader.course import Exercise
from grader.source.bind_names import bind_names
from grader.source.bindings import (
    SILENT_NODES,
    Binding,
    Names,
    Origin,
    Scope,
    ScopeKind,
    catches_import_error,
    imports_in,
    is_main_guard,
    parts,
)
from grader.source.dotted_names import DottedNames, split_chain

# Imported to show something, never to compute an answer: their use breaks no rule, and in the worker they do
# nothing. Not among them: cv2, skimage, pylab, sklearn and the like, which hold the very functions that are
# asked for. A name in an exercise's `forbidden_calls` wins over this list.
INERT_MODULES = (
    "IPython",
    "PIL",
    "google.colab",
    "graphviz",
    "ipywidgets",
    "koreanize_matplotlib",
    "matplotlib",
    "mpl_toolkits",
    "pandas",
    "plotly",
    "seaborn",
    "tabulate",
    "tqdm",
)


_WORD = re.compile(r"\w+")
# What a name that is put together as text goes through (see `dotted_names`).
_TEXT_WORDS = frozenset({"__dict__", "__import__", "getattr", "import_module", "modules", "vars"})


class Rule(StrEnum):
    """What was broken."""

    FORBIDDEN_CALL = "forbidden_call"
    FORBIDDEN_IMPORT = "forbidden_import"  # neither in the standard library nor allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One use of something forbidden.

    Attributes:
        name: What was used, such as `numpy.convolve`, or the module that was imported.
        line: Line in the submission, from 1.
        column: Column in that line, from 1.
        entry_points: The entry points that reach it, by their own names, in the exercise's order.
    """

    rule: Rule
    name: str
    line: int
    column: int
    entry_points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Spot:
    line: int
    column: int
    rule: Rule
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Uses:
    """What one binding uses: what is forbidden, and which bindings it reads."""

    spots: set[_Spot]
    bindings: dict[Binding, None]


def is_inert(module: str) -> bool:
    """Return whether a module is imported for show only; a package around one is inert too."""
    return any(
        module == inert or module.startswith(f"{inert}.") or inert.startswith(f"{module}.")
        for inert in INERT_MODULES
    )


def check_rules(
    tree: ast.Module, exercise: Exercise, entry_points: Mapping[str, str], source: str | None = None
) -> tuple[Finding, ...]:
    """Return every use of something forbidden that an entry point reaches, in the order of the source.

    Args:
        tree: The submission, with columns that count characters (`submission.Submission.tree`).
        exercise: Whose `allowed_imports` and `forbidden_calls` hold.
        entry_points: For each entry point, the name that the submission gave it.
        source: What the tree was made of, where it is at hand: most sources are cleared by their words alone.
    """
    policy = _Policy(exercise)
    names = bind_names(tree, source)
    if source is not None and policy.clears(source, names):
        return ()
    uses = _UseFinder(names, policy)
    reached: dict[_Spot, list[str]] = {}
    for canonical in exercise.names:
        taken = entry_points.get(canonical)
        if taken is not None:
            for spot in _reach(names.at_end(taken), uses):
                reached.setdefault(spot, []).append(canonical)
    return tuple(
        Finding(rule=spot.rule, name=spot.name, line=spot.line, column=spot.column, entry_points=tuple(found))
        for spot, found in sorted(reached.items())
    )


def _reach(start: Iterable[Binding], uses: _UseFinder) -> set[_Spot]:
    spots: set[_Spot] = set()
    waiting = list(start)
    seen = set(waiting)
    while waiting:
        used = uses.of(waiting.pop())
        spots |= used.spots
        waiting += used.bindings.keys() - seen
        seen |= used.bindings.keys()
    return spots


class _Policy:
    """What an exercise forbids."""

    def __init__(self, exercise: Exercise) -> None:
        self._forbidden = exercise.forbidden_calls
        self._open = {*sys.stdlib_module_names, *exercise.allowed_imports, "__future__"}

    def clears(self, source: str, names: Names) -> bool:
        """Return whether a source certainly breaks no rule: nothing else is imported, no forbidden name is in it.

        Whatever is used has its name in the source as a word of its own, unless the name is put together as
        text; for that, one of `_TEXT_WORDS` is needed.
        """
        found = _WORD.findall(unicodedata.normalize("NFKC", source))  # as Python reads identifiers
        words = set(found)
        if not words.isdisjoint(_TEXT_WORDS):
            return False
        if not words.isdisjoint(name.rpartition(".")[2] for name in self._forbidden):
            return False
        imports = imports_in([names.module])
        if found.count("import") > len(imports):  # there may be others inside of functions
            imports = imports_in(names.inner.values())
        return all(
            self.rule(module, is_guarded=False) is None for node in imports for module in _modules_of(node)
        )

    def forbids(self, dotted: str) -> bool:
        """Return whether `dotted` is a forbidden name or inside of one."""
        known_as = (dotted, _public_name(dotted))
        return any(
            known == name or known.startswith(f"{name}.") for known in known_as for name in self._forbidden
        )

    def rule(self, dotted: str, *, is_guarded: bool) -> Rule | None:
        """Return the rule that using `dotted` breaks, if any.

        An import that may fail without harm breaks no rule for being unknown to the worker.
        """
        if self.forbids(dotted):
            return Rule.FORBIDDEN_CALL
        top = dotted.partition(".")[0]
        is_open = not top or top in self._open or is_inert(dotted)
        return None if is_open or is_guarded else Rule.FORBIDDEN_IMPORT


def _modules_of(node: ast.AST) -> list[str]:
    """Return the modules that an import statement names; none for one that is relative."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def _public_name(dotted: str) -> str:
    """Return the name by which an author forbids what `dotted` stands for."""
    parts = dotted.split(".")
    if parts[0] == "builtins" and len(parts) > 1:
        return ".".join(parts[1:])
    if parts[:2] in (["numpy", "core"], ["numpy", "_core"]) and len(parts) > 3:  # where numpy keeps its own
        return ".".join(["numpy", *parts[3:]])
    return dotted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the walk is.

    Attributes:
        is_guarded: Whether an import that fails here is caught.
        is_named: Whether the expression around it was found already, and names all that is in it.
    """

    scope: Scope
    is_guarded: bool = False
    is_named: bool = False


_Step = tuple[ast.AST, _Place]
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda


class _UseFinder:
    """Finds what each binding of one tree uses, each once."""

    def __init__(self, names: Names, policy: _Policy) -> None:
        self._names = names
        self._policy = policy
        stars = names.module.stars
        if len(stars) > 1:  # an unknown name comes from one of them: from an allowed one, when in doubt
            stars = [star for star in stars if policy.rule(star.dotted, is_guarded=False) is None]
        self._dotted = DottedNames(names, stars)
        self._known: dict[Binding | ast.expr, _Uses] = {}

    def of(self, binding: Binding) -> _Uses:
        """Return what `binding` uses."""
        key = binding.value or binding  # however many names one expression fills, it is looked at once
        uses = self._known.get(key)
        if uses is None:
            uses = self._known[key] = _Uses(spots=set(), bindings={})
            if binding.origin is Origin.IMPORT:
                self._use_import(binding, binding.dotted, binding.node, uses)
            stack = list(self._inside(binding))
            while stack:
                node, place = stack.pop()
                if not isinstance(node, SILENT_NODES):
                    stack.extend(self._visit(node, place, uses))
        return uses

    def _inside(self, binding: Binding) -> Iterator[_Step]:
        """Yield what is evaluated when `binding` is made or, if it is a function or a class, used."""
        outside = _Place(scope=binding.scope, is_guarded=binding.is_guarded)
        if isinstance(binding.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from self._header(binding.node, outside)
            yield from self._body(binding.node)
        elif binding.value is not None:
            yield binding.value, outside

    def _header(self, node: _Definition, place: _Place) -> Iterator[_Step]:
        """Yield what is evaluated at a definition; annotations compute nothing."""
        if isinstance(node, ast.ClassDef):
            parts: list[ast.expr | ast.keyword | None] = [*node.decorator_list, *node.bases, *node.keywords]
        else:
            decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
            parts = [*decorators, *node.args.defaults, *node.args.kw_defaults]
        yield from ((part, place) for part in parts if part is not None)

    def _body(self, node: _Definition) -> Iterator[_Step]:
        place = _Place(scope=self._names.inner[node])
        yield from ((part, place) for part in ([node.body] if isinstance(node, ast.Lambda) else node.body))

    def _visit(self, node: ast.AST, place: _Place, uses: _Uses) -> Iterator[_Step]:
        """Note what `node` itself uses, and yield what is inside of it and still to be looked at."""
        match node:
            case ast.Name(ctx=ast.Load()):
                self._use_name(node, (), node, place, uses)
            case ast.Attribute():
                yield from self._visit_chain(node, place, uses)
            case ast.Call() | ast.Subscript():
                is_found = self._use_expression(node, place, uses)
                inside = replace(place, is_named=True) if is_found else place
                yield from ((child, inside) for child in parts(node))
            case ast.Import() | ast.ImportFrom():
                self._visit_import(node, place, uses)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield from self._header(node, place)
                if (
                    place.scope.kind is ScopeKind.CLASS
                ):  # a method; other definitions count where they are used
                    yield from self._body(node)
            case ast.Lambda():
                yield from self._header(node, place)
                yield from self._body(node)
            case _:
                yield from self._children(node, place)

    def _children(self, node: ast.AST, place: _Place) -> Iterator[_Step]:
        """Yield the parts of a node that is nothing special but for where its parts are evaluated."""
        if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            inside = replace(place, scope=self._names.inner[node])
            for child in parts(node):
                if isinstance(child, ast.comprehension):
                    is_first = child is node.generators[0]
                    yield child.iter, place if is_first else inside
                    yield from ((condition, inside) for condition in child.ifs)
                else:
                    yield child, inside
        elif isinstance(node, ast.Try | ast.TryStar):
            inside = replace(place, is_guarded=place.is_guarded or catches_import_error(node))
            yield from ((child, inside) for child in node.body)
            yield from ((child, place) for child in [*node.handlers, *node.orelse, *node.finalbody])
        elif isinstance(node, ast.If) and is_main_guard(node):
            yield from ((child, place) for child in node.orelse)
        elif isinstance(node, ast.AnnAssign):
            yield from ((child, place) for child in (node.target, node.value) if child is not None)
        else:
            yield from ((child, place) for child in parts(node))

    def _visit_chain(self, node: ast.Attribute, place: _Place, uses: _Uses) -> Iterator[_Step]:
        """Note what `a.b.c` uses; yield `a` where it is no name."""
        if not isinstance(node.ctx, ast.Load):  # what is set or deleted is not used; what it belongs to is
            yield node.value, place
            return
        base, attributes = split_chain(node)
        if isinstance(base, ast.Name):
            self._use_name(base, attributes, node, place, uses)
        else:
            is_found = self._use_expression(node, place, uses)
            yield base, replace(place, is_named=True) if is_found else place

    def _visit_import(self, node: ast.Import | ast.ImportFrom, place: _Place, uses: _Uses) -> None:
        for module in _modules_of(node):
            rule = self._policy.rule(module, is_guarded=place.is_guarded)
            if rule is not None:
                uses.spots.add(_spot(rule, module, node))

    def _use_expression(self, node: ast.expr, place: _Place, uses: _Uses) -> bool:
        """Note what an expression that is no plain name stands for; return whether that is forbidden."""
        if place.is_named:
            return True
        for dotted in sorted(self._dotted.of(node, place.scope)):
            rule = self._policy.rule(dotted, is_guarded=place.is_guarded)
            if rule is not None:
                uses.spots.add(_spot(rule, dotted, node))
                return True
        return False

    def _use_name(
        self, name: ast.Name, attributes: Sequence[str], whole: ast.expr, place: _Place, uses: _Uses
    ) -> None:
        """Note what `name.attributes` uses, whatever the name is bound to."""
        for binding in self._dotted.bindings(name, place.scope):
            if binding.origin is Origin.IMPORT:
                if not place.is_named:
                    self._use_import(binding, ".".join([binding.dotted, *attributes]), whole, uses)
                continue
            if attributes and not place.is_named:
                self._use_attributes(binding, attributes, whole, uses)
            is_walked = binding.origin in (Origin.VALUE, Origin.PART) and binding.owner.kind not in (
                ScopeKind.MODULE,
                ScopeKind.CLASS,
            )
            if not is_walked:  # a function's own variables are looked at with its body
                uses.bindings[binding] = None

    def _use_import(self, binding: Binding, dotted: str, whole: ast.AST, uses: _Uses) -> None:
        """Note the use of what an import gave a name to."""
        rule = self._policy.rule(dotted, is_guarded=binding.is_guarded)
        if rule is Rule.FORBIDDEN_IMPORT:
            uses.spots.add(_spot(rule, binding.module, binding.node))
        elif rule is Rule.FORBIDDEN_CALL:
            is_local = binding.owner is not self._names.module
            if not (is_local and self._policy.forbids(binding.module)):  # else the import itself was found
                uses.spots.add(_spot(rule, dotted, whole))

    def _use_attributes(
        self, binding: Binding, attributes: Sequence[str], whole: ast.expr, uses: _Uses
    ) -> None:
        """Note `n.convolve` where `n = np`; what `n` itself breaks is found at its assignment."""
        for root in sorted(self._dotted.of_binding(binding)):
            dotted = ".".join([root, *attributes])
            if self._policy.forbids(dotted) and not self._policy.forbids(root):
                uses.spots.add(_spot(Rule.FORBIDDEN_CALL, dotted, whole))


def _spot(rule: Rule, dotted: str, node: ast.AST) -> _Spot:
    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
    return _Spot(line=line, column=column + 1, rule=rule, name=_public_name(dotted))
