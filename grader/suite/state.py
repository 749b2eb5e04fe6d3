"""What a suite's modules hold between submissions: noted once after collection, put back before every run."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from types import FunctionType, ModuleType
from typing import Any

import pytest

_SHARED = (ModuleType, FunctionType, type)
_FIXED = (int, float, complex, bool, str, bytes, type(None))  # cannot change: a copy would be the same


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
        self._owners = [(owner, _copied(_mutable(vars(owner))), set(vars(owner))) for owner in owners]
        self._defaults = [(function, _copied({"d": function.__defaults__})) for function in functions]
        self._params = [
            _copied(dict(item.callspec.params)) if hasattr(item, "callspec") else {} for item in self._items
        ]

    def restore(self) -> None:
        """Put everything back as it was after collection."""
        for owner, values, names in self._owners:
            for name in [name for name in vars(owner) if name not in names]:
                delattr(owner, name)
            for name, value in _copied(values).items():
                setattr(owner, name, value)
        for function, defaults in self._defaults:
            function.__defaults__ = _copied(defaults)["d"]
        for item, params in zip(self._items, self._params, strict=True):
            if hasattr(item, "callspec"):
                item.callspec.params.update(_copied(params))


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
        if isinstance(value, _FIXED):
            result[name] = value
            continue
        try:
            result[name] = copy.deepcopy(value, memo)
        except (TypeError, ValueError, RecursionError):  # an open file, a lock: nothing to put back
            result[name] = value
    return result
