"""Canvas, *Download Submissions*: `<sortablename>_[LATE_]<userid>_<attachmentid>_<original name>`.

Source: the name patterns of Canvas's content zipper. The sortable name is lower case without any character that
is no letter or digit; letters of every script survive. A resubmitted file of the same name gets `-1`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.intake.files import HandedFile
from grader.intake.names import key_of
from grader.intake.pieces import Piece, below
from grader.intake.records import Student, Unread
from grader.language import tr

_ANONYMOUS = re.compile(
    r"(?:(?P<late>LATE)_)?anon_(?:(?P<late2>LATE)_)?(?P<anon>[^_]+)_(?P<attachment>\d+)_(?P<file>.+)"
)
_NAMED = re.compile(r"(?P<name>\w*?)_(?:(?P<late>LATE)_)?(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)")
_TEXT_ENTRY = re.compile(
    r"(?:(?P<name>\w*?)_)?(?:(?P<late>LATE)_)?(?:anon_(?P<anon>[^_]+)|(?P<user>\d+))_(?P<file>(?:text|link)\.html)"
)


def canvas(
    files: Sequence[HandedFile], unread: list[Unread], _exercise_ids: Sequence[str]
) -> list[Piece] | None:
    """Return the pieces of a Canvas download; None if it is none."""
    for candidate in (list(files), below(files)):
        tops = {file.parts[0] for file in candidate}
        named = {top for top in tops if _match(top)}
        texts = {top for top in tops - named if _TEXT_ENTRY.fullmatch(top)}
        if not named or 2 * len(named | texts) < len(tops):
            continue
        found = [piece for file in candidate if (piece := _piece(file)) is not None]
        unread += [
            Unread(place=file.shown, reason=tr("not named as Canvas names files"))
            for file in candidate
            if not (_match(file.parts[0]) or _TEXT_ENTRY.fullmatch(file.parts[0]))
        ]
        return found
    return None


def _match(name: str) -> re.Match[str] | None:
    return _ANONYMOUS.fullmatch(name) or _NAMED.fullmatch(name)


def _piece(file: HandedFile) -> Piece | None:
    match = _match(file.parts[0])
    text = _TEXT_ENTRY.fullmatch(file.parts[0]) if match is None else None
    found = match or text
    if found is None:
        return None
    fields = found.groupdict()
    if fields.get("anon"):
        student = Student(
            key=key_of(f"anon_{fields['anon']}"), name="", ids=(("anonymous_id", fields["anon"]),)
        )
    else:
        student = Student(
            key=key_of(f"{fields['name']}_{fields['user']}"),
            name=fields["name"],
            ids=(("canvas_id", fields["user"]),),
        )
    inside = file.parts[1:]
    return Piece(
        members=(student,),
        file=file,
        original_name=inside[-1] if inside else fields["file"],
        folder=(fields["file"], *inside[:-1]) if inside else (),
        is_late=bool(fields["late"] or fields.get("late2")),
        order=(float(fields.get("attachment") or 0),),
        problem=tr("a text or a link instead of a file") if text else "",
    )
