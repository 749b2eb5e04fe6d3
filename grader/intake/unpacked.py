"""What was unpacked of archives, noted beside it, so that the same archives are not unpacked again."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.intake.files import HandedFile
from grader.intake.records import Unread
from grader.language import active

_VERSION = 2
_NAME = "unpacked.json"


def note_unpacked(
    sources: Sequence[Path], work_folder: Path, files: Iterable[HandedFile], unread: Iterable[Unread]
) -> None:
    """Note what archives held; a note that cannot be written costs only time later."""
    fields = {
        "of": _identity(sources),
        "files": [
            [list(file.parts), str(file.path.relative_to(work_folder)) if file.path else None, file.modified]
            for file in files
        ],
        "unread": [[one.place, one.reason, one.is_hostile] for one in unread],
    }
    new = work_folder / f"{_NAME}.new"
    with contextlib.suppress(OSError, ValueError):
        new.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(fields), "utf-8", errors="surrogateescape")
        new.replace(work_folder / _NAME)


def forget_unpacked(work_folder: Path) -> None:
    """Take the note away before something else is unpacked."""
    with contextlib.suppress(OSError):
        (work_folder / _NAME).unlink(missing_ok=True)


def noted_unpacked(
    sources: Sequence[Path], work_folder: Path
) -> tuple[tuple[HandedFile, ...], tuple[Unread, ...]] | None:
    """Return what was unpacked of these very archives; None where nobody knows, or a file is gone."""
    try:
        fields = json.loads((work_folder / _NAME).read_text("utf-8", errors="surrogateescape"))
        if fields["of"] != _identity(sources):
            return None
        files = tuple(
            HandedFile(
                parts=tuple(parts),
                path=None if path is None else work_folder / path,
                modified=float(modified),
            )
            for parts, path, modified in fields["files"]
        )
        unread = tuple(
            Unread(place=place, reason=reason, is_hostile=is_hostile)
            for place, reason, is_hostile in fields["unread"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    is_whole = all(file.path is None or os.path.isfile(file.path) for file in files)  # noqa: PTH113 - ten thousand of them
    return (files, unread) if is_whole else None


def _identity(sources: Sequence[Path]) -> list[object]:
    found: list[object] = [_VERSION, active()]
    for source in sources:
        status = source.stat()
        found.append([os.path.abspath(source), status.st_size, status.st_mtime_ns])  # noqa: PTH100 - of thousands
    return found
