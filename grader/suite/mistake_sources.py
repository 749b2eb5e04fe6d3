"""Known mistakes as source text, for exercises whose solution runs in a worker (Keras).

Such a solution is never imported by the grader, and neither is its `mistakes.py`: the decorators are read from
the syntax tree, and each mistake becomes one file: the solution, then the alternative in the place of the names
that it replaces.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from grader.errors import ExerciseError
from grader.language import Text
from grader.suite.mistakes import Mistake, declared_mistakes, mistake

_ALTERNATIVE = "_alternative"
_Definition: TypeAlias = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeSource:
    """One known mistake as a whole submission.

    Attributes:
        mistake: Its id, the names it replaces and its hint.
        source: The solution with the mistake in it.
    """

    mistake: Mistake
    source: str


def read_mistake_sources(path: Path, solution: Path) -> tuple[MistakeSource, ...]:
    """Return the mistakes of `path`, each as a whole submission.

    Raises:
        ExerciseError: The file is no Python, or a declaration is more than literals and `Text`.
    """
    try:
        tree = ast.parse(path.read_text("utf-8"), str(path))
        solution_text = solution.read_text("utf-8")
    except (OSError, SyntaxError, ValueError) as error:
        raise ExerciseError(f"`{path}` cannot be read: {error}", hint=f"Run `python {path}`") from error
    marked = [node for node in tree.body if isinstance(node, _Definition) and _mark_of(node) is not None]
    shared = [node for node in tree.body if node not in marked]
    return tuple(
        MistakeSource(mistake=item, source=_compose(solution_text, shared, node, item))
        for node in marked
        for item in [_declaration(path, shared, node)]
    )


def _mark_of(node: _Definition) -> ast.expr | None:
    for decorator in node.decorator_list:
        is_call = isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name)
        if is_call and decorator.func.id == "mistake":  # type: ignore[attr-defined]
            return decorator
    return None


def _declaration(path: Path, shared: list[ast.stmt], node: _Definition) -> Mistake:
    """Return what a decorator declares: the definition is evaluated with an empty body."""
    texts = [
        item
        for item in shared
        if isinstance(item, ast.Assign)
        and isinstance(item.value, ast.Call)
        and isinstance(item.value.func, ast.Name)
        and item.value.func.id == "Text"
    ]
    members: list[ast.stmt] = [
        ast.Assign(targets=[ast.Name(id=member.name, ctx=ast.Store())], value=ast.Constant(None))
        for member in node.body
        if isinstance(member, _Definition)
    ]
    hollow = ast.ClassDef(
        name=node.name,
        bases=[],
        keywords=[],
        body=members if isinstance(node, ast.ClassDef) and members else [ast.Pass()],
        decorator_list=[mark for mark in [_mark_of(node)] if mark is not None],
    )
    module = ast.fix_missing_locations(ast.Module(body=[*texts, hollow], type_ignores=[]))
    namespace: dict[str, object] = {"Text": Text, "mistake": mistake}
    try:
        exec(compile(module, str(path), "exec"), namespace)  # noqa: S102 - the course's own declarations
    except (NameError, TypeError, AttributeError) as error:
        raise ExerciseError(
            f"`{path}`, line {node.lineno}: {error}. Expected literals and `Text` in `@mistake(…)`",
            hint="Write the hint out, or as a module-level `Text`",
        ) from error
    return declared_mistakes(namespace)[0]


def _compose(solution: str, shared: list[ast.stmt], node: _Definition, item: Mistake) -> str:
    lines = [solution]
    for statement in shared:
        if isinstance(statement, ast.ImportFrom) and statement.module == "solution":
            lines += [f"{alias.asname} = {alias.name}" for alias in statement.names if alias.asname]
        elif not _is_ours(statement):
            lines.append(ast.unparse(statement))
    alternative = ast.parse(ast.unparse(node)).body[0]
    if isinstance(alternative, _Definition):
        alternative.decorator_list = []
        alternative.name = _ALTERNATIVE
    lines.append(ast.unparse(alternative))
    is_single = not isinstance(node, ast.ClassDef) or len(item.replaces) == 1
    for name in item.replaces:
        lines.append(f"{name} = {_ALTERNATIVE}" if is_single else f"{name} = vars({_ALTERNATIVE})[{name!r}]")
    return "\n".join(lines) + "\n"


def _is_ours(statement: ast.stmt) -> bool:
    """Return whether a statement is about the grader, which workers do not have."""
    if isinstance(statement, ast.ImportFrom):
        return (statement.module or "").partition(".")[0] == "grader"
    if isinstance(statement, ast.Import):
        return any(alias.name.partition(".")[0] == "grader" for alias in statement.names)
    if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
        return isinstance(statement.value.func, ast.Name) and statement.value.func.id == "Text"
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
