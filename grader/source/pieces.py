"""A module taken apart for people: its explanation, its imports and constants, and each definition by name."""

from __future__ import annotations

import ast
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One function or class.

    Attributes:
        code: Its source without the docstring, with decorators and the comment directly above it.
        explanation: The docstring up to its first section, such as `Args:`.
    """

    name: str
    code: str
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """A module.

    Attributes:
        explanation: Its docstring.
        rest: What is neither docstring nor definition, in order.
        definitions: Functions and classes, in order; of several with one name the last.
    """

    explanation: str
    rest: str
    definitions: tuple[Piece, ...]

    def named(self, name: str) -> Piece | None:
        """Return the definition of a name, or None."""
        return next((piece for piece in self.definitions if piece.name == name), None)


_SECTIONS = ("Args:", "Returns:", "Raises:", "Attributes:", "Source:", "Sources:", "Example:", "Examples:")


def take_apart(source: str) -> Pieces:
    """Return the pieces of a source.

    Raises:
        SyntaxError: It is no Python.
        ValueError: It holds what no source may hold.
    """
    tree = ast.parse(source)
    lines = source.splitlines()
    found: dict[str, Piece] = {}
    rest: list[str] = []
    end = 0
    for position, node in enumerate(tree.body):
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(item.lineno for item in decorators)]) - 1
        while first > end and lines[first - 1].startswith("#"):
            first -= 1
        end = node.end_lineno or node.lineno
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.pop(node.name, None)
            found[node.name] = Piece(
                name=node.name, code=_code(node, lines, first), explanation=_explanation(node)
            )
        elif position or not _is_docstring(node):
            rest.append("\n".join(lines[first:end]))
    return Pieces(
        explanation=_first_part(ast.get_docstring(tree) or "", sections=()),
        rest="\n".join(rest),
        definitions=tuple(found.values()),
    )


def _is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _code(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, lines: list[str], first: int) -> str:
    """Return a definition's lines without its own docstring; those of methods stay."""
    end = node.end_lineno or node.lineno
    docstring = node.body[0]
    if not _is_docstring(docstring) or len(node.body) == 1:
        return "\n".join(lines[first:end])
    after = docstring.end_lineno or docstring.lineno
    body = lines[after:end]
    while body and not body[0].strip():
        body.pop(0)
    return "\n".join([*lines[first : docstring.lineno - 1], *body])


def _explanation(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> str:
    return _first_part(ast.get_docstring(node) or "", sections=_SECTIONS)


def _first_part(docstring: str, *, sections: tuple[str, ...]) -> str:
    kept: list[str] = []
    for line in docstring.splitlines():
        if sections and line.startswith(sections):
            break
        kept.append(line)
    return "\n".join(kept).strip()
