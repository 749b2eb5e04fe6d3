"""What an expression of a submission stands for outside of it: `np.convolve` is `numpy.convolve`.

Names are followed through imports, assignments and the ways around a plain attribute that people use:
`getattr(np, "convolve")`, `np.__dict__["convolve"]`, `importlib.import_module("numpy")`. What cannot be told
from the source stands for nothing: the worker does without the forbidden functions anyway.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Sequence
from dataclasses import replace

from grader.source.bindings import Binding, Names, Origin, Scope

_MAX_DEPTH = 40  # of one name for another for another
_MAX_PARTS = 20  # of one dotted name
_MAX_MEANINGS = 16  # of one expression
_NOTHING: frozenset[str] = frozenset()
_IMPORTERS = {"builtins.__import__", "importlib.__import__", "importlib.import_module"}


class DottedNames:
    """Finds the dotted names that the expressions of one tree may stand for, each once.

    Args:
        names: The bindings of the tree.
        stars: The `from module import *` that a name without a binding may come from.
    """

    def __init__(self, names: Names, stars: Sequence[Binding]) -> None:
        self._names = names
        self._stars = stars
        self._known: dict[ast.expr, frozenset[str]] = {}
        self._depth = 0

    def bindings(self, node: ast.Name, scope: Scope) -> tuple[Binding, ...]:
        """Return what a name may be bound to where it is read; a builtin is bound to an import of it."""
        found = self._names.lookup(node.id, scope, (node.lineno, node.col_offset))
        if found:
            return found
        if hasattr(builtins, node.id):
            return (self._import_of(node, scope, module="builtins"),)
        return tuple(replace(star, name=node.id, dotted=f"{star.dotted}.{node.id}") for star in self._stars)

    def _import_of(self, node: ast.Name, scope: Scope, *, module: str) -> Binding:
        return Binding(
            name=node.id,
            origin=Origin.IMPORT,
            node=node,
            scope=scope,
            owner=self._names.module,
            position=(0, 0),
            module=module,
            dotted=f"{module}.{node.id}",
        )

    def of(self, node: ast.expr, scope: Scope) -> frozenset[str]:
        """Return the dotted names that `node`, read in `scope`, may stand for; none for what is its own."""
        known = self._known.get(node)
        if known is not None:
            return known
        self._known[node] = (
            _NOTHING  # an expression that stands for itself, by way of a loop, stands for nothing
        )
        if self._depth >= _MAX_DEPTH:
            return _NOTHING
        self._depth += 1
        base, attributes = split_chain(node)
        found = [".".join([name, *attributes]) for name in self._of_base(base, scope)]
        self._depth -= 1
        short = sorted(name for name in found if name.count(".") < _MAX_PARTS)
        self._known[node] = frozenset(short[:_MAX_MEANINGS])
        return self._known[node]

    def of_binding(self, binding: Binding) -> frozenset[str]:
        """Return the dotted names that a name with this binding stands for."""
        if binding.origin is Origin.IMPORT:
            return frozenset({binding.dotted})
        if binding.origin is Origin.VALUE and binding.value is not None:
            return self.of(binding.value, binding.scope)
        return _NOTHING

    def _of_base(self, node: ast.expr, scope: Scope) -> frozenset[str]:
        if isinstance(node, ast.Name):
            return frozenset().union(*(self.of_binding(binding) for binding in self.bindings(node, scope)))
        if isinstance(node, ast.NamedExpr):
            return self.of(node.value, scope)
        if isinstance(node, ast.Subscript):
            return self._of_item(node, scope)
        if isinstance(node, ast.Call) and node.args:
            return self._of_call(node, scope)
        return _NOTHING

    def _of_item(self, node: ast.Subscript, scope: Scope) -> frozenset[str]:
        """Return what `np.__dict__["convolve"]` and `sys.modules["numpy"]` stand for."""
        key = self.text(node.slice, scope)
        if key is None:
            return _NOTHING
        tables = self.of(node.value, scope)
        found = {f"{name.removesuffix('.__dict__')}.{key}" for name in tables if name.endswith(".__dict__")}
        return frozenset(found | ({key} if "sys.modules" in tables else set()))

    def _of_call(self, node: ast.Call, scope: Scope) -> frozenset[str]:
        called = self.of(node.func, scope)
        if "builtins.vars" in called:
            return frozenset(f"{name}.__dict__" for name in self.of(node.args[0], scope))
        if "builtins.getattr" in called and len(node.args) > 1:
            attribute = self.text(node.args[1], scope)
            names = self.of(node.args[0], scope)
            return frozenset(f"{name}.{attribute}" for name in names) if attribute is not None else _NOTHING
        if called & _IMPORTERS:
            module = self.text(node.args[0], scope)
            if module is None or module.startswith("."):
                return _NOTHING
            is_top = "importlib.import_module" not in called and len(node.args) < 4 and not node.keywords
            return frozenset({module.partition(".")[0] if is_top else module})
        return _NOTHING

    def text(self, node: ast.expr, scope: Scope) -> str | None:
        """Return the text that `node` certainly is: a literal, two of them added, or a name for one."""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else None
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            parts = [self._text_of_name(side, scope) for side in (node.left, node.right)]
            return "".join(part for part in parts if part is not None) if None not in parts else None
        return self._text_of_name(node, scope)

    def _text_of_name(self, node: ast.expr, scope: Scope) -> str | None:
        if isinstance(node, ast.Name):
            bindings = self._names.lookup(node.id, scope, (node.lineno, node.col_offset))
            if len(bindings) != 1 or bindings[0].origin is not Origin.VALUE or bindings[0].value is None:
                return None
            node = bindings[0].value
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def split_chain(node: ast.expr) -> tuple[ast.expr, list[str]]:
    """Return the innermost expression of `a.b.c` and the attributes in the order in which they are read."""
    attributes: list[str] = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
    return node, attributes[::-1]
