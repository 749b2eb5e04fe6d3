"""Mutants of a program: copies of it with one small change each, made on the syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_OPERATORS = (
    "Lt LtE GtE, LtE Lt Gt, Gt GtE LtE, GtE Gt Lt, Eq NotEq, NotEq Eq, In NotIn, NotIn In, Is IsNot, IsNot Is, "
    "And Or, Or And, Add Sub, Sub Add, Mult Div, Div Mult, FloorDiv Div, Mod FloorDiv, Pow Mult, MatMult Mult"
)
_ROWS = [[getattr(ast, name) for name in row.split()] for row in _OPERATORS.split(",")]
_INSTEAD = {old: new for old, *new in _ROWS}
_PAIRS = ("max min", "maximum minimum", "argmax argmin", "ceil floor", "zeros ones", "sum mean")
_NAMES = dict(words for pair in map(str.split, _PAIRS) for words in (pair, pair[::-1]))
_SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.For, ast.Return, ast.Raise, ast.Break, ast.Continue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One changed program; `before` and `after` are the first line of the statement that was changed."""

    line: int
    before: str
    after: str
    source: str


def _altered(node: Any, **fields: object) -> ast.AST:  # noqa: ANN401 - of any class
    altered: ast.AST = type(node)(**{**dict(ast.iter_fields(node)), **fields})
    return altered


def _changes(node: Any) -> Iterator[ast.AST]:  # noqa: ANN401, C901 - one short rule for each kind of node
    """Yield what may stand in the place of a node."""
    match node:
        case ast.Compare(ops=[op, *others]):
            yield from (_altered(node, ops=[new(), *others]) for new in _INSTEAD[type(op)])
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op):
            yield _altered(node, op=_INSTEAD[type(op)][0]())
        case ast.UnaryOp(operand=inner) | ast.Attribute(attr="T", value=inner):
            yield inner
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield from map(ast.Constant, (value + 1, value - 1, value * 2))
        case ast.Constant(value=str(value)):
            yield ast.Constant(value + "_")
        case ast.Call(args=args, keywords=keywords):
            for k in range(1, len(args)):  # each but the first: swapped with the one before it, left out
                yield _altered(node, args=[*args[: k - 1], args[k], args[k - 1], *args[k + 1 :]])
                yield _altered(node, args=args[:k] + args[k + 1 :])
            dropped = [
                k for k in keywords if not isinstance(getattr(k.value, "value", 0), bool)
            ]  # else flipped
            yield from (_altered(node, keywords=[k for k in keywords if k is not out]) for out in dropped)
            yield from (arg for arg in args[:1] if not isinstance(arg, ast.Starred))  # np.asarray(x): x
        case ast.Slice():
            yield from (_altered(node, **{end: None}) for end in node._fields if getattr(node, end))
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in _NAMES:
            yield _altered(node, **{node._fields[-2]: _NAMES[name]})
        case ast.Tuple(elts=[first, second, *others]):
            yield _altered(node, elts=[second, first, *others])
        case ast.If() | ast.IfExp() | ast.While():
            tests = (ast.UnaryOp(ast.Not(), node.test), ast.Constant(True), ast.Constant(False))
            yield from (_altered(node, test=test) for test in tests)
    if isinstance(node, ast.BinOp):
        yield node.left
        if not isinstance(node.op, ast.Add | ast.Mult):  # for these two the order does not matter
            yield _altered(node, left=node.right, right=node.left)
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)
    if isinstance(node, _SIMPLE):
        yield ast.Pass()


def _places(node: ast.AST, statement: ast.stmt | None = None) -> Iterator[tuple[Any, Any, Any]]:
    """Yield every place of a tree as holder, key and statement; texts for people are no places."""
    for field, value in ast.iter_fields(node):
        holder: Any
        keys: Any
        holder, keys = (value, range(len(value))) if isinstance(value, list) else (vars(node), [field])
        for key in keys:
            match holder[key]:
                case ast.Expr(value=ast.Constant()) | ast.JoinedStr():
                    continue
                case ast.AST() as child:
                    inside = child if isinstance(child, ast.stmt) else statement
                    yield holder, key, inside
                    yield from () if isinstance(child, ast.Raise) else _places(child, inside)


def mutants(source: str) -> list[Mutant]:
    """Return every mutant of a program, each text once."""
    tree = ast.parse(source)
    found: dict[str, Mutant | None] = {ast.unparse(tree): None}
    for holder, key, statement in _places(tree):
        node, before = holder[key], ast.unparse(statement).split("\n")[0]
        for new in list(_changes(node)):
            holder[key] = ast.copy_location(new, node)
            text, changed = ast.unparse(tree), ast.unparse(new if node is statement else statement)
            holder[key] = node
            mutant = Mutant(line=node.lineno, before=before, after=changed.split("\n")[0], source=text)
            found.setdefault(text, mutant)
    return [mutant for mutant in found.values() if mutant is not None]
