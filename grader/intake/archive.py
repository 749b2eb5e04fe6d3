"""Archives unpacked member by member: what could do harm is refused, the rest is taken.

Theory of operation. Nothing is extracted by the library: each member's name is looked at, and only what can be
graded, or says who handed in, is read, with a limit on what comes out of it, whatever its header promises, and
written under a name of ours. An archive inside an archive is unpacked once more, no deeper.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from grader.errors import UsageError
from grader.intake.files import HandedFile, is_archive, is_wanted, walk
from grader.intake.members import BROKEN, Archive, Member, members_of, opened_archive, stream_of
from grader.intake.names import composed, is_device, is_junk, key_of
from grader.intake.records import Unread
from grader.intake.unpacked import forget_unpacked, note_unpacked, noted_unpacked
from grader.language import tr
from grader.source.file import MAX_NOTEBOOK_BYTES, shown_path

_MAX_DEPTH = 2  # archives within archives
_MAX_MEMBERS = 200_000
_MAX_INNER_MEMBERS = 5_000
_MAX_MEMBER_BYTES = MAX_NOTEBOOK_BYTES
_MAX_INNER_ARCHIVE = 200 << 20
_MAX_TOTAL_BYTES = 8 << 30
_MAX_INNER_BYTES = 128 << 20  # of sources in what one person handed in: nobody may use up the room of all
_MAX_RATIO = 200
_RATIO_FROM = 1 << 20  # smaller ones do no harm
_MAX_PART_BYTES = 255
_MAX_PATH = 1000
_MAX_PARTS = 30
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The files of a source and what was refused of it."""

    files: tuple[HandedFile, ...]
    unread: tuple[Unread, ...]


@dataclass(slots=True, kw_only=True)
class _Budget:
    """What may still be unpacked, and what was.

    Attributes:
        bytes_left: Of everything.
        inner_left: Of the archive of one person that is being unpacked; None outside of such a one.
    """

    bytes_left: int = _MAX_TOTAL_BYTES
    inner_left: int | None = None
    files: list[HandedFile] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    @property
    def room(self) -> int:
        """How many bytes the next member may have."""
        return self.bytes_left if self.inner_left is None else min(self.bytes_left, self.inner_left)

    def use(self, num_bytes: int) -> None:
        """Note what was unpacked."""
        self.bytes_left -= num_bytes
        if self.inner_left is not None:
            self.inner_left -= num_bytes

    def refuse(self, place: str, reason: str, *, is_hostile: bool = True) -> None:
        self.unread.append(Unread(place=place, reason=reason, is_hostile=is_hostile))


def gather(source: Path, work_folder: Path) -> Gathered:
    """Return the files of a folder or an archive, with those of archives inside.

    Args:
        source: A folder, `.zip`, `.tar` or `.tar.gz`.
        work_folder: Where archives are unpacked. What an earlier run unpacked of the same archive is taken as
            it is; of another, it is replaced.

    Raises:
        UsageError: There is no such source, or it cannot be read.
    """
    if source.is_dir():
        return _gather_folder(source, work_folder)
    _check_source(source)
    known = noted_unpacked([source], work_folder)
    if known is not None:
        return Gathered(files=known[0], unread=known[1])
    budget = _Budget()
    target = _emptied(work_folder)
    outer: list[HandedFile] = []
    try:
        outer.extend(_unpack(source, (), target, budget, depth=1))
    except BROKEN as error:
        reason = tr("damaged; what comes after cannot be read: {reason}", reason=error)
        budget.refuse(source.name, reason, is_hostile=False)
    for file in outer:
        _add(file, target, budget, depth=1)
    note_unpacked([source], work_folder, budget.files, budget.unread)
    return Gathered(files=tuple(budget.files), unread=tuple(budget.unread))


def _gather_folder(source: Path, work_folder: Path) -> Gathered:
    """Return the files of a folder and those of the archives in it, which are unpacked once while they stay."""
    unread: list[Unread] = []
    plain: list[HandedFile] = []
    archives: list[HandedFile] = []
    for file in walk(source, unread):
        (archives if is_archive(file.name) else plain).append(file)
    paths = [file.path for file in archives if file.path is not None]
    known = noted_unpacked(paths, work_folder)
    if known is None:
        budget = _Budget()
        target = _emptied(work_folder)
        for file in archives:
            # A single archive in a folder is the platform's, with everybody's work in it.
            _add(file, target, budget, depth=0, is_of_one_person=len(archives) > 1 or bool(plain))
        known = (tuple(budget.files), tuple(budget.unread))
        if paths:
            note_unpacked(paths, work_folder, *known)
    return Gathered(files=(*plain, *known[0]), unread=(*unread, *known[1]))


def _emptied(work_folder: Path) -> Path:
    """Return where archives are unpacked, without what an earlier run left there."""
    forget_unpacked(work_folder)
    target = work_folder / "unpacked"
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    return target


def _check_source(source: Path) -> None:
    shown = shown_path(source)
    if not source.is_file():
        raise UsageError(
            tr("There is no `{path}`. Expected what the class handed in", path=shown),
            hint=tr("Name the folder or the archive that the platform gave you"),
        )
    if not is_archive(source.name):
        raise UsageError(
            tr("`{path}` is no archive. Expected a folder, `.zip`, `.tar` or `.tar.gz`", path=shown),
            hint=tr("Unpack it, then name the folder"),
        )
    try:
        with opened_archive(source):
            pass
    except BROKEN as error:
        raise UsageError(
            tr("`{path}` cannot be read as an archive: {reason}", path=shown, reason=error),
            hint=tr("Download it once more, or unpack it and name the folder"),
        ) from error


def _add(
    file: HandedFile, target: Path, budget: _Budget, *, depth: int, is_of_one_person: bool = True
) -> None:
    """Take one file, or what an archive holds."""
    if not is_archive(file.name) or file.path is None:
        budget.files.append(file)
        return
    if depth >= _MAX_DEPTH:
        budget.refuse(file.shown, tr("an archive in an archive in an archive"))
        return
    is_outermost = is_of_one_person and budget.inner_left is None
    if is_outermost:
        budget.inner_left = _MAX_INNER_BYTES
    try:
        for inner in _unpack(file.path, file.parts, target, budget, depth=depth + 1):
            _add(inner, target, budget, depth=depth + 1)
    except BROKEN as error:
        budget.refuse(
            file.shown, tr("cannot be read as an archive: {reason}", reason=error), is_hostile=False
        )
    finally:
        if is_outermost:
            budget.inner_left = None


def _unpack(
    archive: Path, above: tuple[str, ...], target: Path, budget: _Budget, *, depth: int
) -> Iterator[HandedFile]:
    """Yield the members of an archive that are taken."""
    most = _MAX_MEMBERS if depth == 1 and not above else _MAX_INNER_MEMBERS
    seen: set[str] = set()
    with opened_archive(archive) as opened:
        for number, member in enumerate(members_of(opened)):
            place = "/".join([*above, shown_path(Path(member.name.replace("\0", "?")))])[:300]
            if number >= most:
                budget.refuse("/".join(above) or archive.name, tr("more than {num} members", num=most))
                return
            if member.problem == "folder":
                continue
            if member.name in seen:
                budget.refuse(place, tr("a second member of this name"))
                continue
            seen.add(member.name)
            parts, problem = _safe_parts(member.name)
            if not problem and is_junk(parts):
                continue
            problem = problem or member.problem or _size_problem(member)
            if problem:
                budget.refuse(place, problem, is_hostile=member.problem != tr("locked with a password"))
            elif is_wanted(parts[-1]):
                path = _write(opened, member, (*above, *parts), target, budget, place)
                if path is not None:
                    yield HandedFile(parts=(*above, *parts), path=path, modified=member.modified)
            else:
                yield HandedFile(parts=(*above, *parts), path=None, modified=member.modified)


def _size_problem(member: Member) -> str:
    if member.size > (_MAX_INNER_ARCHIVE if is_archive(member.name) else _MAX_MEMBER_BYTES):
        return tr("larger than what can be graded") if is_wanted(member.name) else ""
    is_bomb = member.packed and member.size > _RATIO_FROM and member.size > _MAX_RATIO * member.packed
    return tr("a bomb: it unpacks to more than {num} times its size", num=_MAX_RATIO) if is_bomb else ""


def _safe_parts(name: str) -> tuple[tuple[str, ...], str]:
    """Return the parts of a member's name, or why they are refused."""
    text = composed(name).replace("\\", "/")
    parts = tuple(part for part in text.split("/") if part not in ("", "."))
    if text.startswith("/") or (len(text) > 1 and text[1] == ":"):
        return parts, tr("an absolute path")
    if ".." in parts:
        return parts, tr("a path that climbs out of the archive")
    if not parts or len(text) > _MAX_PATH or len(parts) > _MAX_PARTS:
        return parts, tr("an absurd name")
    for part in parts:
        is_absurd = len(part.encode("utf-8", "replace")) > _MAX_PART_BYTES or not part.isprintable()
        if is_absurd or part.strip(" .") == "":
            return parts, tr("an absurd name")
        if is_device(part):
            return parts, tr("the name of a device")
    return parts, ""


def _write(
    opened: Archive,
    member: Member,
    parts: tuple[str, ...],
    target: Path,
    budget: _Budget,
    place: str,
) -> Path | None:
    """Write a member under a name of ours and return the path; None where it was refused."""
    path = _free_path(target, parts, budget.taken)
    most = min(_MAX_INNER_ARCHIVE if is_archive(parts[-1]) else _MAX_MEMBER_BYTES, budget.room)
    try:
        stream = stream_of(opened, member)
        if stream is None:
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        with stream, path.open("wb") as file:
            num_bytes = 0
            while chunk := stream.read(_CHUNK):
                num_bytes += len(chunk)
                if num_bytes > most:
                    break
                file.write(chunk)
    except BROKEN as error:
        path.unlink(missing_ok=True)
        budget.refuse(place, tr("cannot be unpacked: {reason}", reason=error), is_hostile=False)
        return None
    if num_bytes > most:
        path.unlink()
        budget.refuse(place, tr("larger than what can be graded"))
        return None
    budget.use(num_bytes)
    return path


def _free_path(target: Path, parts: tuple[str, ...], taken: set[str]) -> Path:
    """Return a path below `target` that nothing else was written to: two spellings may be one name."""
    ending = PurePosixPath(parts[-1]).suffix
    safe = [*(key_of(part) for part in parts[:-1]), key_of(parts[-1].removesuffix(ending)) + ending]
    folded = [part.casefold() for part in safe]
    places = ["/".join(folded[: length + 1]) for length in range(len(folded))]
    number = 1
    # A file in the place of a folder, or of another file; `taken` holds folders with a slash at the end.
    while any(f"{number}/{place}" in taken for place in places) or f"{number}/{places[-1]}/" in taken:
        number += 1
    taken.add(f"{number}/{places[-1]}")
    taken.update(f"{number}/{place}/" for place in places[:-1])
    return target / str(number) / "/".join(safe)
