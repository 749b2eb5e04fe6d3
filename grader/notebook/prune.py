"""A block of which only a part may run: what trains, downloads and the like is taken out of it, the rest stays."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass

from grader.notebook.facts import Facts, facts_of

BLOCK = (ast.If, ast.With, ast.For, ast.Try)
_MAX_DEPTH = 20

IsLight = Callable[[ast.stmt, Facts], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What is left of a block.

    Attributes:
        facts: Of the rest.
        removed: The statements that were taken out.
        lost: Names that only those would bind.
    """

    facts: Facts
    removed: tuple[ast.stmt, ...]
    lost: set[str]


def prune(node: ast.stmt, is_light: IsLight, stale: set[str]) -> Pruned | None:
    """Return what may run of an `if`, `with`, `for` or `try`; None where its head may not, or nothing of it.

    Args:
        node: The statement.
        is_light: Whether a statement neither trains nor evaluates nor downloads.
        stale: Names that have no value, because what binds them is not run.
    """
    removed: list[ast.stmt] = []
    rest = _rest(node, is_light, set(stale), removed, 0)
    if rest is None:
        return None
    facts = facts_of(rest)
    lost = {name for one in removed for name in facts_of(one).binds} - facts.binds
    return Pruned(facts=facts, removed=tuple(removed), lost=lost)


def _rest(
    node: ast.stmt, is_light: IsLight, stale: set[str], removed: list[ast.stmt], depth: int
) -> ast.stmt | None:
    """Return a copy of a block without what may not run; None where all of it has to go."""
    if not isinstance(node, BLOCK) or depth > _MAX_DEPTH:
        return None
    if isinstance(node, ast.Try):
        return _rest_of_try(node, is_light, stale, removed, depth)
    if isinstance(node, ast.For) and facts_of(node).trains:
        return None
    rest = copy(node)
    rest.body = [ast.Pass()]
    if not isinstance(rest, ast.With):
        rest.orelse = []
    head = facts_of(rest)
    if not is_light(rest, head) or head.reads & stale:
        return None
    stale -= head.binds
    taken: list[ast.stmt] = []
    body = _those(node.body, is_light, stale, taken, depth)
    rest.body = body or [ast.Pass()]
    if not isinstance(node, ast.With) and not isinstance(rest, ast.With):
        above = [] if _is_elif(node) else taken
        others = _those(node.orelse, is_light, stale, above, depth)
        if _is_elif(node) and (above or len(others) < len(node.orelse)):
            return None  # an `elif` cannot be taken out alone
        rest.orelse = others
        body += others
    if not body:
        return None
    removed += taken
    return rest


def _rest_of_try(
    node: ast.Try, is_light: IsLight, stale: set[str], removed: list[ast.stmt], depth: int
) -> ast.stmt | None:
    """Return a copy of a `try`; None where a handler may stand in for what has to go."""
    rest, taken = copy(node), list[ast.stmt]()
    rest.body = _those(node.body, is_light, stale, taken, depth)
    lost = {name for one in taken for name in facts_of(one).binds}
    instead = {name for handler in node.handlers for one in handler.body for name in facts_of(one).binds}
    if not rest.body or lost & instead:
        return None
    rest.handlers = []
    for handler in node.handlers:
        new = copy(handler)
        new.body = _those(handler.body, is_light, stale, taken, depth) or [ast.Pass()]
        rest.handlers.append(new)
    rest.orelse = _those(node.orelse, is_light, stale, taken, depth)
    rest.finalbody = _those(node.finalbody, is_light, stale, taken, depth)
    removed += taken
    return rest


def _those(
    nodes: Sequence[ast.stmt], is_light: IsLight, stale: set[str], removed: list[ast.stmt], depth: int
) -> list[ast.stmt]:
    """Return the statements of a block that may run, whole or in part."""
    found: list[ast.stmt] = []
    for node in nodes:
        facts = facts_of(node)
        if is_light(node, facts) and not facts.reads & stale:
            rest: ast.stmt | None = node
        else:
            rest = _rest(node, is_light, stale, removed, depth + 1)
        if rest is None:
            removed.append(node)
            stale |= facts.binds
        else:
            found.append(rest)
            stale -= facts_of(rest).binds
    return found


def _is_elif(node: ast.If | ast.For) -> bool:
    """Return whether what follows otherwise is an `elif`, which stands under no `else` of its own."""
    other = node.orelse[0] if len(node.orelse) == 1 else None
    return isinstance(other, ast.If) and other.col_offset == node.col_offset
