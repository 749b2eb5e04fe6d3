"""The files of one source, each with the path under which the platform gave it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.intake.names import composed, is_junk
from grader.intake.records import Unread
from grader.language import tr
from grader.source.file import shown_path

SOURCES = (".py", ".ipynb")
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
KEPT_NAMES = ("submission_metadata.yml", "timestamp.txt")  # what tells who and when
MAX_FILES = 500_000
_GRADEBOOK = "gradebook.sqlite"
_OUR_FILES = (_GRADEBOOK, "batch.lock")
_OUR_FOLDERS = {"feedback", "handed_in", "submissions"}  # beside a gradebook


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedFile:
    """One file of a source.

    Attributes:
        parts: Its path in the source, in composed Unicode; an archive in it counts as a folder.
        path: Where it lies; None for what is of no use to us and was not unpacked.
        modified: When it was changed last, in seconds; 0 where nobody says.
    """

    parts: tuple[str, ...]
    path: Path | None
    modified: float = 0.0

    @property
    def name(self) -> str:
        """The last part."""
        return self.parts[-1]

    @property
    def shown(self) -> str:
        """The path as people look for it."""
        return "/".join(self.parts)

    @property
    def is_source(self) -> bool:
        """Whether it can be graded, by its name."""
        return self.name.lower().endswith(SOURCES)


def is_archive(name: str) -> bool:
    """Return whether a file's name is an archive's that can be unpacked."""
    return name.lower().endswith(ARCHIVES)


def is_wanted(name: str) -> bool:
    """Return whether a file's content is of use: a source, an archive, or who handed in and when."""
    return name.lower().endswith((*SOURCES, *ARCHIVES)) or name in KEPT_NAMES


def walk(folder: Path, unread: list[Unread]) -> Iterator[HandedFile]:
    """Yield the files below a folder, in the order of their names; links are refused, not followed.

    A batch's own results, which may lie in the class's folder, are passed over.
    """
    num_files = 0
    root = os.fspath(folder)
    for parent, folders, names in os.walk(root):  # text instead of paths: there may be tens of thousands
        inside = tuple(part for part in parent[len(root) :].split(os.sep) if part)  # noqa: PTH206
        if not names and not folders and inside:
            unread.append(Unread(place="/".join(inside), reason=tr("an empty folder")))
        folders[:] = _to_enter(parent, folders, inside, unread, has_results=_GRADEBOOK in names)
        above = tuple(_composed(part) for part in inside)
        for name in sorted(names):
            parts = (*above, _composed(name))
            if is_junk(parts) or name.startswith(_OUR_FILES):
                continue
            num_files += 1
            if num_files > MAX_FILES:
                unread.append(Unread(place=shown_path(folder), reason=tr("more files than can be read")))
                return
            found = _look(os.path.join(parent, name), parts, unread)  # noqa: PTH118
            if found is not None:
                yield found


def _composed(part: str) -> str:
    """Return one part of a path as text that can be printed, whatever bytes it holds."""
    return part if part.isascii() else composed(os.fsencode(part).decode("utf-8", "replace"))


def _to_enter(
    parent: str, folders: list[str], inside: tuple[str, ...], unread: list[Unread], *, has_results: bool
) -> list[str]:
    """Return which folders are walked; links are noted."""
    found: list[str] = []
    for name in sorted(folders):
        if os.path.islink(os.path.join(parent, name)):  # noqa: PTH114, PTH118
            unread.append(_link("/".join((*inside, name))))
        elif not is_junk((*inside, name, "")) and not (has_results and name in _OUR_FOLDERS):
            found.append(name)
    return found


def _look(path: str, parts: tuple[str, ...], unread: list[Unread]) -> HandedFile | None:
    try:
        status = os.lstat(path)
    except OSError as error:
        unread.append(Unread(place="/".join(parts), reason=error.strerror or type(error).__name__))
        return None
    if stat.S_ISLNK(status.st_mode):
        unread.append(_link("/".join(parts)))
        return None
    if not stat.S_ISREG(status.st_mode):
        unread.append(Unread(place="/".join(parts), reason=tr("no regular file"), is_hostile=True))
        return None
    return HandedFile(parts=parts, path=Path(path), modified=status.st_mtime)


def _link(place: str) -> Unread:
    return Unread(place=place, reason=tr("a link; links are never followed"), is_hostile=True)
