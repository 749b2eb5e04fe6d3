"""The gradebook that a command is about, and who gives the command."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import UsageError
from grader.language import tr

if TYPE_CHECKING:
    from grader.gradebook.book import Gradebook

_FILE_NAME = "gradebook.sqlite"  # without an import of SQLite


def open_out(out: Path) -> Gradebook:
    """Open the gradebook in the folder that a person named.

    Raises:
        UsageError: There is none.
        StoreError: It cannot be used.
    """
    from grader.gradebook.book import open_gradebook

    if not (out / _FILE_NAME).is_file():
        near = out.parent if out.name == _FILE_NAME else None
        raise UsageError(
            tr("`{path}` holds no gradebook. Expected a folder that `grade batch` wrote", path=out),
            hint=_near(near),
        )
    return open_gradebook(out)


def find_out(named: Path | None) -> Path:
    """Return the folder that a person named, else this folder, else the only one in it that has a gradebook.

    Raises:
        UsageError: There is none here, or more than one.
    """
    if named is not None:
        return named
    here = Path()
    if (here / _FILE_NAME).is_file():
        return here
    found = _folders(here)
    if len(found) == 1:
        return found[0]
    raise UsageError(
        tr("Which gradebook? Expected `--out OUT`, the folder that `grade batch` wrote"),
        hint=_near(None),
    )


def teacher(named: str | None) -> str:
    """Return who decides, for the record: what was named, else this machine's name for the person."""
    if named is not None and named.strip():
        return named.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without a user
        return "?"


def given_reason(text: str | None, example: str) -> str:
    """Return the reason for a decision.

    Raises:
        UsageError: There is none: whoever reads the gradebook later would not know why.
    """
    if text is None or not text.strip():
        raise UsageError(tr("A decision needs a reason. Expected `--reason WORDS`"), hint=example)
    return " ".join(text.split())


def _folders(here: Path) -> list[Path]:
    try:
        return sorted(path.parent for path in here.glob(f"*/{_FILE_NAME}"))
    except OSError:
        return []


def _near(folder: Path | None) -> str:
    found = [folder] if folder is not None else _folders(Path())
    if found:
        return tr("Did you mean {names}?", names=", ".join(f"`{path}`" for path in found[:5]))
    return "grade batch DIR --exercise ex05 --out OUT"
