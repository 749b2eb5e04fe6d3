"""nbgrader: `submitted/<student>/<assignment>/…` with `timestamp.txt` beside the notebook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from grader.intake.files import HandedFile
from grader.intake.names import key_of
from grader.intake.pieces import Piece, below
from grader.intake.records import Student, Unread
from grader.language import tr

_STAMP = "timestamp.txt"


def nbgrader(
    files: Sequence[HandedFile], unread: list[Unread], _exercise_ids: Sequence[str]
) -> list[Piece] | None:
    """Return the pieces of an nbgrader course; None if it is none."""
    for candidate in (list(files), below(files)):
        submitted = [file for file in candidate if file.parts[0] == "submitted" and len(file.parts) > 3]
        if submitted:
            return _pieces([_without_root(file) for file in submitted], unread)
    for candidate in (list(files), below(files)):
        stamped = {file.parts[0] for file in candidate if file.name == _STAMP and len(file.parts) == 3}
        people = {file.parts[0] for file in candidate if file.is_source and file.path is not None}
        if stamped and 2 * len(stamped) >= len(people):  # not just somebody's own file of this name
            return _pieces(candidate, unread)
    return None


def _without_root(file: HandedFile) -> HandedFile:
    return HandedFile(parts=file.parts[1:], path=file.path, modified=file.modified)


def _pieces(files: Sequence[HandedFile], unread: list[Unread]) -> list[Piece]:
    stamps: dict[tuple[str, ...], datetime | None] = {
        file.parts[:2]: _time(file.path) for file in files if file.name == _STAMP and len(file.parts) == 3
    }
    found: list[Piece] = []
    for file in files:
        if file.name == _STAMP:
            continue
        if len(file.parts) < 3:
            unread.append(Unread(place=file.shown, reason=tr("not in `<student>/<assignment>/`")))
            continue
        student = Student(key=key_of(file.parts[0]), name=file.parts[0], ids=(("student_id", file.parts[0]),))
        when = stamps.get(file.parts[:2])
        found.append(
            Piece(
                members=(student,),
                file=file,
                original_name=file.name,
                folder=file.parts[1:-1],
                submitted_at=when,
                order=(when.timestamp() if when else 0.0,),
            )
        )
    return found


def _time(path: Path | None) -> datetime | None:
    """Return what `timestamp.txt` says, such as `2026-03-02 10:15:00.000000 UTC`."""
    if path is None:
        return None
    try:
        text = path.read_bytes()[:100].decode("ascii", "replace").strip()
    except OSError:
        return None
    plain = text.removesuffix(" UTC").strip()
    try:
        when = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
