"""What a suite's modules hold between submissions: noted once after collection, put back before every run."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from types import FunctionType, ModuleType
from typing import Any

import pytest

from grader.language import Text

_SHARED = (ModuleType, FunctionType, type)
_FIXED = (int, float, complex, bool, str, bytes, type(None), Text)  # cannot change: a copy would be the same


class SuiteState:
    """The mutable state of collected items: globals, class attributes, defaults and parameters.

    Args:
        items: What was collected.
    """

    def __init__(self, items: Iterable[pytest.Function]) -> None:
        self._items = list(items)
        modules = {id(item.module): item.module for item in self._items}
        owners: list[Any] = []
        functions: list[FunctionType] = []
        for module in modules.values():
            owners.append(module)
            for value in vars(module).values():
                if isinstance(value, type) and value.__module__ == module.__name__:
                    owners.append(value)
                    functions += [
                        member for member in vars(value).values() if isinstance(member, FunctionType)
                    ]
                elif isinstance(value, FunctionType) and value.__module__ == module.__name__:
                    functions.append(value)
        self._owners = [(owner, _Kept(_mutable(vars(owner))), set(vars(owner))) for owner in owners]
        self._defaults = [
            (function, function.__defaults__, _Kept(dict(enumerate(function.__defaults__ or ()))))
            for function in functions
        ]
        self._params = [
            (item.callspec.params, _Kept(item.callspec.params))
            for item in self._items
            if hasattr(item, "callspec")
        ]

    def restore(self) -> None:
        """Put everything back as it was after collection."""
        for owner, values, names in self._owners:
            for name in [name for name in vars(owner) if name not in names]:
                delattr(owner, name)
            held = vars(owner)
            for name, value in values.fresh():
                if held.get(name) is not value:
                    setattr(owner, name, value)
        for function, defaults, values in self._defaults:
            function.__defaults__ = (
                tuple(value for _, value in sorted(values.fresh(), key=_place))
                if values.can_change
                else defaults
            )
        for params, values in self._params:
            params.update(values.fresh())


class _Kept:
    """Values by name: those that cannot change, and those of which a copy is kept."""

    def __init__(self, values: Mapping[Any, Any]) -> None:
        self._fixed = [(name, value) for name, value in values.items() if isinstance(value, _FIXED)]
        rest = {name: value for name, value in values.items() if not isinstance(value, _FIXED)}
        self.can_change = bool(rest)
        self._copies = _copied(rest)

    def fresh(self) -> list[tuple[Any, Any]]:
        """Return names and values as they were, in copies that may be changed."""
        return [*self._fixed, *_copied(self._copies).items()] if self.can_change else self._fixed


def _mutable(namespace: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in namespace.items()
        if not name.startswith("__") and not isinstance(value, _SHARED)
    }


def _copied(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return deep copies, with objects that stand under two names still one object."""
    memo: dict[int, Any] = {}
    result: dict[str, Any] = {}
    for name, value in values.items():
        try:
            result[name] = copy.deepcopy(value, memo)
        except (TypeError, ValueError, RecursionError):  # an open file, a lock: nothing to put back
            result[name] = value
    return result


def _place(entry: tuple[Any, Any]) -> Any:  # noqa: ANN401 - a position or a name
    return entry[0]
