"""Which statements of a notebook are run: its definitions and what they need.

Theory of operation. Forwards, in the order of the cells: a statement may run unless it trains, evaluates,
downloads and the like, or reads a name whose latest value comes from a statement that may not. Of an `if`,
`with`, `for` or `try` that holds both, what may not run is taken out (`prune`). Backwards, from
the exercise's entry points: what they read, and what completes it, is needed. Functions, and constants that are
written out, are kept in any case; they cost nothing.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.notebook.facts import Facts, facts_of, is_heavy
from grader.notebook.prune import Pruned, prune
from grader.source.bindings import is_main_guard

_NEVER = (ast.Assert, ast.Delete, ast.Raise, ast.Pass, ast.Global, ast.Return)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One top-level statement of a notebook.

    Attributes:
        node: Its tree.
        cell: The number of its cell.
        is_marked: Whether its cell is marked as belonging to the exercise.
    """

    node: ast.stmt
    cell: int
    is_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is run, and what is to be said about it.

    Attributes:
        kept: For each statement, whether it is run.
        removed: For each statement, what is taken out of its block where it is run.
        repeated: For each function or class that is defined more than once, the cells, the last one first
            that counts.
        overruled: For each name that counts as a marked cell defines it, the cells that define it otherwise.
        dropped: Entry points, and names that they need, that only statements bind that are not run.
    """

    kept: tuple[bool, ...]
    removed: tuple[tuple[ast.stmt, ...], ...]
    repeated: dict[str, tuple[int, ...]]
    overruled: dict[str, tuple[int, ...]]
    dropped: dict[str, Statement]


def select(statements: Sequence[Statement], entry_points: Iterable[str]) -> Selection:
    """Return which statements are run.

    Args:
        statements: Of all cells, in their order.
        entry_points: The names that are graded, aliases among them.
    """
    facts = [facts_of(statement.node) for statement in statements]
    overruled = _overruled(statements, facts)
    may_run, pruned = _may_run(statements, facts, overruled)
    for index, found in pruned.items():
        facts[index] = found.facts
    demand = _Demand(facts, may_run)
    kept = demand.kept(entry_points)
    bound = {name for one, is_kept in zip(facts, kept, strict=True) if is_kept for name in one.binds}
    return Selection(
        kept=tuple(kept),
        removed=tuple(
            pruned[index].removed if index in pruned and is_kept else () for index, is_kept in enumerate(kept)
        ),
        repeated=_repeated(statements, facts, kept),
        overruled=_by_name(statements, facts, overruled),
        dropped={
            name: statement
            for index, statement in enumerate(statements)
            for name in sorted(_lost(index, facts, may_run, pruned) & demand.needed - bound)
        },
    )


def _lost(
    index: int, facts: Sequence[Facts], may_run: Sequence[bool], pruned: Mapping[int, Pruned]
) -> set[str]:
    """Return the names that a statement would bind if it were run whole."""
    if not may_run[index]:
        return facts[index].binds
    return pruned[index].lost if index in pruned else set()


def _overruled(statements: Sequence[Statement], facts: Sequence[Facts]) -> set[int]:
    """Return the statements that bind nothing but names that a marked cell binds too."""
    marked = {
        name
        for statement, one in zip(statements, facts, strict=True)
        if statement.is_marked and not one.is_import
        for name in one.binds
    }
    return {
        index
        for index, (statement, one) in enumerate(zip(statements, facts, strict=True))
        if not statement.is_marked and not one.is_import and one.binds and one.binds <= marked
    }


def _by_name(
    statements: Sequence[Statement], facts: Sequence[Facts], indices: Iterable[int]
) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for index in indices:
        if facts[index].defines:
            found[facts[index].defines].add(statements[index].cell)
    return {name: tuple(sorted(cells)) for name, cells in sorted(found.items())}


def _repeated(
    statements: Sequence[Statement], facts: Sequence[Facts], kept: Sequence[bool]
) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for statement, one, is_kept in zip(statements, facts, kept, strict=True):
        if is_kept and one.defines:
            found[one.defines].append(statement.cell)
    return {name: tuple(reversed(cells)) for name, cells in found.items() if len(cells) > 1}


# --- forwards ------------------------------------------------------------------------------------------------


def _may_run(
    statements: Sequence[Statement], facts: Sequence[Facts], overruled: set[int]
) -> tuple[list[bool], dict[int, Pruned]]:
    """Return for each statement whether it may run, and what is left of those that only may in part."""
    heavy = _heavy_functions(facts)
    functions = {one.defines for one in facts if one.defines}
    stale: set[str] = set()  # names whose latest value comes from what is not run
    allowed: list[bool] = []
    pruned: dict[int, Pruned] = {}

    def is_light(node: ast.stmt, one: Facts) -> bool:
        own = {name for name in one.calls if name in functions}
        return not (one.trains or _is_guarded(node) or own & heavy or is_heavy(one.calls - own))

    for index, (statement, one) in enumerate(zip(statements, facts, strict=True)):
        if index in overruled or not _does_something(statement.node, one):
            allowed.append(False)
            continue
        may = is_light(statement.node, one) and not one.reads & stale
        lost = set() if may else one.binds
        if not may and not _is_guarded(statement.node):
            part = prune(statement.node, is_light, stale)
            if part is not None and _does_something(statement.node, part.facts):
                may, lost, pruned[index] = True, part.lost, part
        allowed.append(may)
        stale = stale - one.binds | lost
    return allowed, pruned


def _does_something(node: ast.stmt, facts: Facts) -> bool:
    return not isinstance(node, _NEVER) and bool(facts.binds or facts.completes or facts.star)


def _is_guarded(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and is_main_guard(node)


def _heavy_functions(facts: Sequence[Facts]) -> set[str]:
    """Return the notebook's functions that, when they are called, do something heavy."""
    own = {name for one in facts for name in one.methods}  # a method that is written here does what it does
    bodies = {one.defines: (one.later_calls | one.calls) - own for one in facts if one.defines}
    callers: dict[str, set[str]] = defaultdict(set)
    for name, calls in bodies.items():
        for called in calls & bodies.keys():
            callers[called].add(name)
    waiting = [name for name, calls in bodies.items() if is_heavy(calls - bodies.keys())]
    heavy = set(waiting)
    while waiting:
        more = callers[waiting.pop()] - heavy
        heavy |= more
        waiting += more
    return heavy


# --- backwards -----------------------------------------------------------------------------------------------


class _Demand:
    """Follows what is needed from the entry points back."""

    def __init__(self, facts: Sequence[Facts], may_run: Sequence[bool]) -> None:
        self._facts = facts
        self._binders: dict[str, list[int]] = defaultdict(list)
        self._completers: dict[str, list[int]] = defaultdict(list)
        self._kept = [False] * len(facts)
        self.needed: set[str] = set()  # names
        for index, one in enumerate(facts):
            if not may_run[index]:
                continue
            for name in one.binds:
                self._binders[name].append(index)
            for name in one.completes:
                self._completers[name].append(index)
            is_free = bool(one.defines) and not one.reads and not one.calls
            self._kept[index] = one.star or one.is_literal or is_free

    def kept(self, wanted: Iterable[str]) -> list[bool]:
        waiting = list(wanted)
        seen = self.needed
        seen.update(waiting)
        followed: set[int] = set()
        while waiting:
            for index in self._needed_for(waiting.pop()):
                if index in followed:
                    continue
                followed.add(index)
                self._kept[index] = True
                one = self._facts[index]
                more = one.reads | one.later
                if one.is_dynamic:  # it may reach anything
                    more |= self._binders.keys()
                waiting += more - seen
                seen |= more
        return self._kept

    def _needed_for(self, name: str) -> Iterable[int]:
        binders = self._binders.get(name, [])
        yield from binders
        is_imported = all(self._facts[index].is_import for index in binders)
        for index in self._completers.get(name, []):
            if binders and (self._facts[index].is_setting or not is_imported):
                yield index
