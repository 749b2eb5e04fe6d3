"""Moodle, *Download all submissions*: folders `<Full name>_<id>_assignsubmission_file[_]/…`, or flat files.

Source: Moodle's assignment downloader. With blind marking the name is `Participant_<id>`; of a team it is the
group's name, which is not to be told from a person's. Underscores in names have become spaces, so that the first
mark in a flat file's name is Moodle's own, whatever a student called the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.intake.files import HandedFile
from grader.intake.names import key_of
from grader.intake.pieces import Piece, below
from grader.intake.records import Student, Unread
from grader.language import tr

_MARK = re.compile(
    r"(?P<name>.*?)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<file>.*))?", re.DOTALL
)
_BLIND = re.compile(
    r"Participant[ _](?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<file>.*))?"
)


def moodle(
    files: Sequence[HandedFile], unread: list[Unread], _exercise_ids: Sequence[str]
) -> list[Piece] | None:
    """Return the pieces of a Moodle download; None if it is none."""
    for candidate in (list(files), below(files)):
        tops = {file.parts[0] for file in candidate}
        num_named = sum("_assignsubmission_" in top for top in tops)
        if not num_named or 2 * num_named < len(tops):
            continue
        found: list[Piece] = []
        for file in candidate:
            piece = _piece(file)
            if isinstance(piece, Piece):
                found.append(piece)
            else:
                unread.append(Unread(place=file.shown, reason=piece))
        return found
    return None


def _piece(file: HandedFile) -> Piece | str:
    """Return a piece, or why the file is none."""
    first, inside = file.parts[0], file.parts[1:]
    match = _BLIND.fullmatch(first) or _MARK.fullmatch(first)
    if match is None:
        return tr("not named as Moodle names files")
    flat = match["file"] or ""
    if not inside and not flat:
        return tr("not named as Moodle names files")
    name = match.groupdict().get("name")
    student = (
        Student(key=f"Participant {match['id']}", ids=(("participant", match["id"]),))
        if name is None
        else Student(
            key=key_of(f"{name} {match['id']}"), name=name.strip(), ids=(("participant", match["id"]),)
        )
    )
    own = (flat, *inside) if flat else inside
    problem = tr("a text instead of a file") if match["kind"] == "onlinetext" else ""
    return Piece(members=(student,), file=file, original_name=own[-1], folder=own[:-1], problem=problem)
