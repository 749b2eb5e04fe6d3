"""How pytest is started for a suite: with a configuration of its own, whatever the machine's says."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_SUITE_FILES = ("test_public.py", "test_hidden.py")
_INI = Path(__file__).with_name("pytest.ini")
# Built-in plugins that no suite needs: leaving them out saves a third of pytest's start.
_UNUSED = (
    "terminal", "cacheprovider", "stepwise", "doctest", "junitxml", "pastebin", "logging", "debugging",
    "faulthandler", "setuponly", "setupplan", "unraisableexception", "threadexception", "warnings",
    "legacypath", "recwarn", "tmpdir", "capture", "unittest", "subtests",
)  # fmt: skip


def arguments(folder: Path) -> list[str]:
    """Return the arguments of a start whose root is `folder`."""
    options = ["-c", str(_INI), "--rootdir", str(folder), "--confcutdir", str(folder), "--noconftest"]
    options += ["--disable-plugin-autoload", "--import-mode=importlib", "--assert=plain"]
    return options + [f"-pno:{name}" for name in _UNUSED]


def forget_modules(files: Sequence[Path]) -> None:
    """Drop a suite's modules: another exercise's files have the same names."""
    wanted = {file.resolve() for file in files}
    for name, module in list(sys.modules.items()):
        place = getattr(module, "__file__", None)
        if place and Path(place).name in _SUITE_FILES and Path(place).resolve() in wanted:
            del sys.modules[name]


@contextmanager
def own_environment() -> Iterator[None]:
    """Take the machine's pytest settings out of the environment."""
    taken = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PYTEST_")}
    try:
        yield
    finally:
        for name in [name for name in os.environ if name.startswith("PYTEST_")]:
            del os.environ[name]
        os.environ.update(taken)
