"""What it costs to run the course's own code, counted instead of measured: the same on every machine.

Theory of operation. The syntax trees of the solution and of its known mistakes are given a call in every round of
a loop and at the start of every function, which counts by what is written there: a call or an operator each has a
price, as of an operation on a small array. The counter adds these steps to the operations that cross the border. A
budget in such units ends a search at the same place on a busy machine as on a quiet one, and a run that goes on
for too long ends at the same step.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType
from typing import TypeVar

from grader.errors import ExerciseError

T = TypeVar("T")

# About a microsecond each, where they were measured.
PER_CASE = 250
PER_REPLAY = 150
PER_OPERATION = 50
PER_PROTOCOL = 700  # a case by pytest's own protocol
_PER_STEP = 2.0
_PER_CALL = 1.5
_PER_OPERATOR = 0.6
_NAME = "__grader_step__"
_COUNTED = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.ListComp, ast.GeneratorExp)


class TooLongError(BaseException):
    """A run of the course's own code took more than it was given."""


class Effort:
    """Counts what runs of one course's code cost."""

    def __init__(self) -> None:
        self.spent = 0
        self._limit: int | None = None

    @property
    def bindings(self) -> dict[str, object]:
        """What code that was compiled here needs among its globals."""
        return {_NAME: self._step}

    def _step(self, units: int, value: T = None) -> T:  # type: ignore[assignment]  # None: no value to hand on
        self.spent += units
        if self._limit is not None and self.spent > self._limit:
            raise TooLongError
        return value

    def add(self, units: int) -> None:
        """Count work other than steps.

        Raises:
            TooLongError: The limit is reached.
        """
        self.spent += units
        if self._limit is not None and self.spent > self._limit:
            raise TooLongError

    @contextlib.contextmanager
    def uncounted(self) -> Iterator[None]:
        """Count and limit nothing meanwhile."""
        spent, limit = self.spent, self._limit
        self._limit = None
        try:
            yield
        finally:
            self.spent, self._limit = spent, limit

    def limit(self, units: int | None) -> None:
        """Let what follows cost so much and no more; None lets it cost anything."""
        self._limit = None if units is None else self.spent + units


def compile_counted(path: Path) -> CodeType:
    """Return a file of the course as code that counts its steps; it runs with `Effort.bindings`.

    Raises:
        ExerciseError: The file cannot be read or is no Python.
    """
    try:
        tree = _Counting().visit(ast.parse(path.read_text("utf-8"), str(path)))
        return compile(ast.fix_missing_locations(tree), str(path), "exec", dont_inherit=True)
    except (OSError, SyntaxError, ValueError) as error:
        raise ExerciseError(
            f"`{path}` cannot be loaded: {error}", hint=f"Run `python {path}` to see the error"
        ) from error


class _Counting(ast.NodeTransformer):
    """Puts a step into loops, comprehensions and functions."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        step = ast.Expr(_step(node.body))
        self.generic_visit(node)
        has_docstring = ast.get_docstring(node, clean=False) is not None
        node.body.insert(int(has_docstring), step)
        return node

    def visit_For(self, node: ast.For) -> ast.For:
        step = ast.Expr(_step(node.body))
        self.generic_visit(node)
        node.body.insert(0, step)
        return node

    def visit_While(self, node: ast.While) -> ast.While:
        step = ast.Expr(_step([node.test, *node.body]))
        self.generic_visit(node)
        node.body.insert(0, step)
        return node

    def visit_ListComp(self, node: ast.ListComp) -> ast.ListComp:
        step = _step([node.elt])
        self.generic_visit(node)
        step.args.append(node.elt)
        node.elt = step
        return node

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.GeneratorExp:
        step = _step([node.elt])
        self.generic_visit(node)
        step.args.append(node.elt)
        node.elt = step
        return node


def _step(written: Sequence[ast.AST]) -> ast.Call:
    """Return the call that counts what is written in one round of a loop or one run of a function."""
    units = ast.Constant(round(_PER_STEP + sum(map(_price, written))))
    return ast.Call(func=ast.Name(id=_NAME, ctx=ast.Load()), args=[units], keywords=[])


def _price(node: ast.AST) -> float:
    """Return what a node costs, without the loops and functions in it: they count for themselves."""
    if isinstance(node, _COUNTED):
        return 0.0
    own = _PER_CALL if isinstance(node, ast.Call) else 0.0
    own += _PER_OPERATOR if isinstance(node, ast.BinOp | ast.UnaryOp | ast.Compare | ast.AugAssign) else 0.0
    return own + sum(map(_price, ast.iter_child_nodes(node)))
