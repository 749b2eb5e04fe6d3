"""The entry points that a submission defines, found in its tree: under which names, with which parameters."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from grader.course import EntryPoint, Exercise
from grader.errors import UsageError
from grader.language import tr
from grader.source.bind_names import bind_names
from grader.source.bindings import Binding, Names, Origin
from grader.source.places import LineMap

_MAX_SHOWN = 6
# Who uses one of these may define names that the tree does not show.
_DYNAMIC = {"exec", "eval", "globals", "locals", "vars", "setattr"}


def find_entry_points(
    tree: ast.Module,
    exercise: Exercise,
    shown: str,
    lines: LineMap | None = None,
    source: str | None = None,
) -> Mapping[str, str]:
    """Return for each entry point that the submission defines the name that it gave it.

    An entry point's own name is preferred to its aliases, and these are taken in the exercise's order.

    Args:
        tree: The submission.
        exercise: Whose entry points are looked for.
        shown: The submission's path; for messages.
        lines: Where the tree's lines stand in what was handed in.
        source: What the tree was made of, where that is at hand.

    Raises:
        UsageError: None is defined although the tree shows all that is, or one takes other parameters.
    """
    names = bind_names(tree, source)
    lines = lines or LineMap()
    found: dict[str, str] = {}
    for entry_point in exercise.entry_points:
        for name in (entry_point.name, *entry_point.aliases):
            bindings = [one for one in names.at_end(name) if one.origin is not Origin.COROUTINE]
            if bindings:
                found[entry_point.name] = name
                _check_parameters(bindings, entry_point, names, exercise, lines)
                break
    if not found and not _may_define_more(tree, names):
        raise _none_defined(tree, names, exercise, shown, lines)
    return found


def _may_define_more(tree: ast.Module, names: Names) -> bool:
    """Return whether names may come from a star import, `exec` and the like."""
    if names.module.stars or "__getattr__" in names.module.bindings:
        return True
    return any(
        (isinstance(node, ast.Name) and node.id in _DYNAMIC)
        or (isinstance(node, ast.Attribute) and node.attr == "__dict__")
        for node in ast.walk(tree)
    )


def _none_defined(
    tree: ast.Module, names: Names, exercise: Exercise, shown: str, lines: LineMap
) -> UsageError:
    defined = [
        name
        for name, bindings in names.module.bindings.items()
        if any(binding.origin in (Origin.FUNCTION, Origin.CLASS) for binding in bindings)
    ]
    return UsageError(
        tr(
            "`{path}` defines none of the entry points of {id}. Expected {expected}. Received: {received}",
            path=shown,
            id=exercise.id,
            expected=_listed(exercise.names),
            received=_listed(defined) if defined else tr("no function and no class"),
        ),
        hint=_remedy(tree, defined, exercise, lines),
    )


def _remedy(tree: ast.Module, defined: Sequence[str], exercise: Exercise, lines: LineMap) -> str:
    wanted = [name for entry in exercise.entry_points for name in (entry.name, *entry.aliases)]
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncFunctionDef) and node.name in wanted:
            return tr("Write `def` instead of `async def` in {place}", place=lines.place(node.lineno))
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in wanted:
            return tr(
                "Move `{name}` from {place} to the top level of the file",
                name=node.name,
                place=lines.place(node.lineno),
            )
    for name in defined:
        near = get_close_matches(name[:100], wanted, n=1, cutoff=0.75)
        if near:
            return tr("Rename `{name}` to `{expected}`", name=name, expected=near[0])
    return tr("`grade show {id}` shows what is asked for", id=exercise.id)


def _listed(names: Sequence[str]) -> str:
    listed = ", ".join(f"`{name[:60]}`" for name in names[:_MAX_SHOWN])
    return f"{listed}, …" if len(names) > _MAX_SHOWN else listed


def _check_parameters(
    bindings: Sequence[Binding], entry_point: EntryPoint, names: Names, exercise: Exercise, lines: LineMap
) -> None:
    """Refuse an entry point that none of its definitions allows to be called as the exercise calls it."""
    misfits = [_misfit(binding, entry_point, names) for binding in bindings]
    if None in misfits:
        return
    line = getattr(bindings[0].node, "lineno", 1)
    raise UsageError(
        tr(
            "`{name}` ({place}) cannot be called with {count} arguments. Expected `{expected}`. "
            "Received: `{received}`",
            name=bindings[0].name,
            place=lines.place(line),
            count=entry_point.num_required,
            expected=f"{bindings[0].name}({', '.join(entry_point.parameters)})",
            received=f"{bindings[0].name}({misfits[0]})",
        ),
        hint=tr(
            "Take these parameters in this order, and give any further one a default value; "
            "`grade show {id}` says what they mean",
            id=exercise.id,
        ),
    )


def _misfit(binding: Binding, entry_point: EntryPoint, names: Names) -> str | None:
    """Return the parameters of a definition that cannot be called as it should be; None for any other."""
    definition = binding.value if binding.origin is Origin.VALUE else binding.node
    if isinstance(definition, ast.ClassDef):
        return _misfit_of_class(definition, entry_point, names)
    if isinstance(definition, ast.Lambda) or (
        isinstance(definition, ast.FunctionDef) and not definition.decorator_list
    ):
        return _misfit_of(definition.args, entry_point, is_method=False)
    return None


def _misfit_of_class(node: ast.ClassDef, entry_point: EntryPoint, names: Names) -> str | None:
    inside = names.inner[node].bindings
    is_plain = not (node.decorator_list or node.bases or node.keywords or "__new__" in inside)
    makers = inside.get("__init__", [])
    if not is_plain or len(makers) > 1:
        return None
    if not makers:
        return "" if entry_point.num_required else None
    maker = makers[0].node
    if not isinstance(maker, ast.FunctionDef) or maker.decorator_list:
        return None
    return _misfit_of(maker.args, entry_point, is_method=True)


def _misfit_of(arguments: ast.arguments, entry_point: EntryPoint, *, is_method: bool) -> str | None:
    positional = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    num_optional = len(arguments.defaults)
    shown = [
        f"{name}=…" if len(positional) - index <= num_optional else name
        for index, name in enumerate(positional)
    ]
    num_required = len(positional) - num_optional
    if is_method:
        positional, shown, num_required = positional[1:], shown[1:], num_required - 1
    keywords = [
        argument.arg
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        if default is None
    ]
    takes_enough = arguments.vararg is not None or len(positional) >= entry_point.num_required
    if takes_enough and num_required <= entry_point.num_required and not keywords:
        return None
    if keywords:
        shown += ["*", *keywords]
    return ", ".join(shown[:_MAX_SHOWN] + (["…"] if len(shown) > _MAX_SHOWN else []))
