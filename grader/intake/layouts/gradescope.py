"""Gradescope, *Export Submissions*: `assignment_<id>_export/submission_<id>/…` with `submission_metadata.yml`.

The file is YAML as Ruby writes it: keys are symbols and begin with a colon. It is read with a loader that makes
nothing but plain values.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from grader.errors import UsageError
from grader.intake.files import HandedFile
from grader.intake.names import key_of
from grader.intake.pieces import Piece
from grader.intake.records import Student, Unread
from grader.language import tr
from grader.source.file import shown_path

_METADATA = "submission_metadata.yml"
_MAX_BYTES = 64 << 20


def gradescope(
    files: Sequence[HandedFile], unread: list[Unread], _exercise_ids: Sequence[str]
) -> list[Piece] | None:
    """Return the pieces of a Gradescope export; None if it is none."""
    metadata = _metadata(files)
    if metadata is None or metadata.path is None:
        return None
    entries = read_metadata(metadata.path)
    above = len(metadata.parts) - 1
    found: list[Piece] = []
    for file in files:
        if file is metadata:
            continue
        inside = file.parts[above:]
        entry = (
            _table(entries.get(inside[0]))
            if len(inside) > 1 and file.parts[:above] == metadata.parts[:-1]
            else {}
        )
        members = _members(entry)
        if not members:
            unread.append(
                Unread(place=file.shown, reason=tr("nobody is named for it in {file}", file=_METADATA))
            )
            continue
        submitted_at = _time(entry.get(":created_at"))
        found.append(
            Piece(
                members=members,
                file=file,
                original_name=inside[-1],
                folder=inside[1:-1],
                submitted_at=submitted_at,
                order=(submitted_at.timestamp() if submitted_at else 0.0, _number(inside[0])),
            )
        )
    return found


def _metadata(files: Sequence[HandedFile]) -> HandedFile | None:
    """Return the export's own file: the outermost one, if all sources lie beside it. A student may hand in another."""
    named = [file for file in files if file.name == _METADATA and file.path is not None]
    outermost = min(named, key=lambda file: len(file.parts), default=None)
    if outermost is None:
        return None
    above = outermost.parts[:-1]
    is_whole = all(
        len(file.parts) > len(above) + 1 and file.parts[: len(above)] == above
        for file in files
        if file.is_source and file.path is not None
    )
    return outermost if is_whole else None


def read_metadata(path: Path) -> dict[str, object]:
    """Return what `submission_metadata.yml` says.

    Raises:
        UsageError: It is too large, or no YAML.
    """
    import yaml  # only for this layout

    loader = getattr(
        yaml, "CSafeLoader", yaml.SafeLoader
    )  # nothing but plain values; quicker where it is there
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise yaml.YAMLError("larger than 64 MiB")
        values = yaml.load(path.read_bytes(), Loader=loader)  # noqa: S506 - a safe one
    except (yaml.YAMLError, OSError, ValueError, RecursionError) as error:
        raise UsageError(
            tr("`{path}` cannot be read: {reason}", path=shown_path(path), reason=str(error)[:200]),
            hint=tr("Export the submissions from Gradescope once more"),
        ) from error
    return {str(key): value for key, value in _table(values).items()}


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _members(entry: dict[str, object]) -> tuple[Student, ...]:
    listed = entry.get(":submitters")
    found: dict[str, Student] = {}
    for one in listed if isinstance(listed, list) else []:
        fields = {str(key).lstrip(":"): str(value).strip() for key, value in _table(one).items() if value}
        ids = tuple((kind, fields[kind]) for kind in ("sid", "email") if kind in fields)
        name = fields.get("name", "")
        key = key_of(fields.get("sid") or fields.get("email") or name)
        if ids or name:
            found[key] = Student(key=key, name=name, ids=ids)
    return tuple(found.values())


def _time(value: object) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip().replace(" UTC", "+00:00"))
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _number(name: str) -> float:
    digits = name.rpartition("_")[2]
    return float(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else 0.0
