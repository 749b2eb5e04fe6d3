"""What the submission may import, and what it meets instead of the rest.

Three kinds of module are not there for a submission. *Inert* ones (plots, Colab, progress bars) do nothing
when used: a learner's own show-and-tell must not cost marks. *Unavailable* ones, with which learners check
themselves at the bottom of a file, can be imported but raise as soon as they are used. All others are not
found, as if they were not installed, so that `try: import … except ImportError` does what it says. Forbidden
functions of allowed packages are replaced by one that raises.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, MutableSequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, NoReturn

import numpy as np

DOWNLOAD = "keras.utils.get_file"  # what every `load_data` of Keras calls
_MAX_AXES = 100
_UNAVAILABLE = frozenset({"scipy", "sklearn", "skimage", "torch", "tensorflow", "keras", "jax", "cv2"})


class NotAvailableError(ImportError):
    """The exercise does not offer this module or function."""


class _Inert:
    """Does nothing, whatever is asked of it.

    Args:
        name: What it stands for.
        items: What it goes through when it is looped over or unpacked; twice itself unless given.
    """

    def __init__(self, name: str, items: Iterable[Any] | None = None) -> None:
        self._name = name
        self._items = items

    def __repr__(self) -> str:
        return f"<{self._name}, which does nothing here>"

    def __getattr__(self, name: str) -> _Inert:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _Inert(f"{self._name}.{name}")

    def __call__(self, *args: object, **kwargs: object) -> _Inert:
        items = _items_of(self._name, args, kwargs)
        return self if items is None else _Inert(self._name, items)

    def __getitem__(self, _key: object) -> _Inert:
        return self

    def __setitem__(self, _key: object, _value: object) -> None:
        return None

    def __enter__(self) -> _Inert:
        return self

    def __exit__(self, *_details: object) -> None:
        return None

    def __iter__(self) -> Any:  # noqa: ANN401 - pairs, for `fig, ax = plt.subplots()`
        return iter((self, self) if self._items is None else self._items)

    def __float__(self) -> float:
        return 0.0

    def _same(self, *_others: object) -> _Inert:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _same
    __floordiv__ = __mod__ = __pow__ = __neg__ = __lt__ = __le__ = __gt__ = __ge__ = __or__ = __and__ = _same


def _items_of(name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> Iterable[Any] | None:
    """Return what a call's result goes through, where people unpack it or loop over it; None for pairs."""
    last = name.rpartition(".")[2]
    if last in {"tqdm", "tqdm_notebook"} and args and hasattr(args[0], "__iter__"):
        return args[0]
    if last in {"trange", "tnrange"} and args:
        return range(*(arg for arg in args if isinstance(arg, int)))
    if last in {"hist", "hist2d"}:  # numbers, edges and bars
        return tuple(_Inert(name) for _ in range(3 if last == "hist" else 4))
    if last == "subplots":
        sizes = [*args, *(kwargs.get(key, 1) for key in ("nrows", "ncols")[len(args) :])][:2]
        rows, columns = (size if isinstance(size, int) and 0 < size <= _MAX_AXES else 1 for size in sizes)
        lines = [_Inert(name, tuple(_Inert(name) for _ in range(columns))) for _ in range(rows)]
        single = lines[0] if columns > 1 else _Inert(name)
        column = _Inert(name, tuple(_Inert(name) for _ in range(rows)))
        axes = (_Inert(name, lines) if columns > 1 else column) if rows > 1 else single
        return (_Inert(name), axes)
    return None


class _InertModule(ModuleType):
    __path__: MutableSequence[str] = []  # noqa: RUF012 - empty, and never written

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - stands for any object
        if name.startswith("__"):
            raise AttributeError(name)
        return _Inert(f"{self.__name__}.{name}")


class _UnavailableModule(ModuleType):
    __path__: MutableSequence[str] = []  # noqa: RUF012 - empty, and never written

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - stands for any object
        if name.startswith("__"):
            raise AttributeError(name)
        return _Unavailable(f"{self.__name__}.{name}")


class _Unavailable:
    """A name of a module that is not offered: may be looked at, raises when it is called."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> _Unavailable:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Unavailable(f"{self._name}.{name}")

    def __call__(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise NotAvailableError(f"{self._name} is not available in this exercise")


def unavailable(name: str) -> Callable[..., NoReturn]:
    """Return a function that raises as soon as it is called."""

    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise NotAvailableError(f"{name} is not available in this exercise")

    refuse.__name__ = refuse.__qualname__ = name.rpartition(".")[2]
    return refuse


class ImportGate(MetaPathFinder, Loader):
    """Decides about every top-level module that is neither standard nor allowed.

    Args:
        allowed: Top-level names of the packages that the exercise offers, with what they need.
        inert: Dotted names of modules that do nothing.
    """

    def __init__(self, *, allowed: Iterable[str], inert: Iterable[str]) -> None:
        self._open = {*sys.stdlib_module_names, *allowed}
        self._inert = tuple(inert)

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Return a stand-in's spec, or None where the real module may be found.

        Raises:
            ModuleNotFoundError: The module is not for this exercise.
        """
        del path, target
        if self._is_inert(fullname):
            return ModuleSpec(fullname, self, is_package=True)
        top = fullname.partition(".")[0]
        if top in self._open:
            return None
        if top in _UNAVAILABLE:
            return ModuleSpec(fullname, self, is_package=True)
        raise ModuleNotFoundError(f"No module named {fullname!r} in this exercise", name=fullname)

    def _is_inert(self, fullname: str) -> bool:
        return any(
            fullname == name or fullname.startswith(name + ".") or name.startswith(fullname + ".")
            for name in self._inert
        )

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the stand-in."""
        kind = _InertModule if self._is_inert(spec.name) else _UnavailableModule
        return kind(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the stand-in as it is."""


def make_reproducible() -> None:
    """Let `numpy.random.default_rng()` without a seed draw one from the global generator, which has one."""
    original = np.random.default_rng

    def default_rng(seed: Any = None) -> np.random.Generator:  # noqa: ANN401 - numpy's own parameter
        return original(np.random.randint(2**31) if seed is None else seed)  # noqa: NPY002 - as said

    np.random.default_rng = default_rng


# The compiled functions behind some that exercises forbid.
_COMPILED = "numpy._core.multiarray" if hasattr(np, "_core") else "numpy.core.multiarray"
_BEHIND = {
    name: (f"{_COMPILED}.correlate", f"{_COMPILED}.correlate2")
    for name in ("numpy.correlate", "numpy.convolve")
}


def forbid(dotted_names: Iterable[str]) -> None:
    """Replace functions of loaded modules, wherever they are reachable by name, by ones that raise."""
    asked = tuple(dotted_names)
    for dotted in dict.fromkeys([*asked, *(behind for name in asked for behind in _BEHIND.get(name, ()))]):
        module_name, _, attribute = dotted.rpartition(".")
        if not module_name:
            continue  # a whole package: the gate's business
        try:
            original = getattr(importlib.import_module(module_name), attribute)
        except (ImportError, AttributeError):
            continue
        root = module_name.partition(".")[0]
        stand_in = unavailable(dotted)
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] != root:
                continue
            for key, value in list(vars(module).items()):
                if value is original:
                    setattr(module, key, stand_in)
