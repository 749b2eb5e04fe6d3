"""The two kinds of archive, zip and tar, as one: their members, looked at before anything is trusted."""

from __future__ import annotations

import gzip
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from grader.language import tr

BROKEN = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, struct.error),
    *(EOFError, OSError, ValueError, NotImplementedError, RuntimeError, OverflowError),
)
_UNICODE_PATH = 0x7075
_MAX_TAR_READ = 1 << 20
_MAX_TAR_BYTES = 4 << 30

Archive = zipfile.ZipFile | tarfile.TarFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One entry of an archive, before it is trusted.

    Attributes:
        name: As it stands there, text of any kind.
        problem: Why it is refused, whatever its name; empty for a plain file.
        size: What its header promises; None where nobody says.
        packed: How many bytes it takes in the archive; 0 where nobody says.
        modified: In seconds.
        info: What the library reads it by.
    """

    name: str
    problem: str
    size: int
    packed: int
    modified: float
    info: zipfile.ZipInfo | tarfile.TarInfo


@contextmanager
def opened_archive(archive: Path) -> Iterator[Archive]:
    """Open an archive by its name's ending; what is wrong with it raises one of `BROKEN`."""
    if archive.name.lower().endswith(".zip"):
        with zipfile.ZipFile(archive) as opened:
            yield opened
        return
    is_packed = archive.name.lower().endswith("gz")
    with (
        gzip.open(archive) if is_packed else archive.open("rb") as raw,
        tarfile.open(fileobj=_Limited(raw), mode="r:") as opened_tar,  # type: ignore[call-overload]
    ):
        yield opened_tar


class _Limited:
    """Reads for `tarfile`, which would read a header of any length, and unpack anything to pass over it."""

    def __init__(self, raw: IO[bytes] | gzip.GzipFile) -> None:
        self._raw = raw

    def read(self, size: int) -> bytes:
        if not 0 <= size <= _MAX_TAR_READ:
            raise tarfile.ReadError(tr("a header that is too long"))
        return self._raw.read(size)

    def tell(self) -> int:
        return self._raw.tell()

    def seek(self, position: int) -> int:
        if position > _MAX_TAR_BYTES:
            raise tarfile.ReadError(tr("more than can be unpacked"))
        return self._raw.seek(position)


def members_of(opened: Archive) -> Iterator[Member]:
    """Yield the entries of an archive in their order."""
    if isinstance(opened, zipfile.ZipFile):
        for info in opened.infolist():
            yield Member(
                name=_zip_name(info),
                problem=_zip_problem(info),
                size=info.file_size,
                packed=info.compress_size,
                modified=_zip_time(info),
                info=info,
            )
        return
    for entry in opened:
        kind = "folder" if entry.isdir() else ""
        if not kind and not entry.isreg():
            kind = (
                tr("a link; links are never followed") if entry.issym() or entry.islnk() else tr("a device")
            )
        yield Member(
            name=entry.name, problem=kind, size=entry.size, packed=0, modified=float(entry.mtime), info=entry
        )


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; where the archive does not say that it is UTF-8, as UTF-8 or else as cp949."""
    try:
        raw = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    name = _unicode_path(info.extra, raw)
    if name or info.flag_bits & 0x800:
        return name or info.orig_filename
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Return the name in UTF-8 that Info-ZIP and its like put beside one in the system's encoding; empty if none.

    Source: .ZIP File Format Specification, 4.6.9: version 1, CRC-32 of the name that it stands for, name.
    """
    place = 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        field_data = extra[place + 4 : place + 4 + size]
        place += 4 + size
        if kind != _UNICODE_PATH or len(field_data) <= 5 or field_data[0] != 1:
            continue
        if struct.unpack_from("<I", field_data, 1)[0] != zlib.crc32(raw):
            continue  # the name was changed by what does not know of this field
        try:
            return field_data[5:].decode("utf-8")
        except UnicodeDecodeError:
            continue
    return ""


def _zip_problem(info: zipfile.ZipInfo) -> str:
    if info.is_dir():
        return "folder"
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return tr("a link; links are never followed")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return tr("a device")
    return tr("locked with a password") if info.flag_bits & 0x1 else ""


def _zip_time(info: zipfile.ZipInfo) -> float:
    try:
        return datetime(*info.date_time, tzinfo=UTC).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def stream_of(opened: Archive, member: Member) -> IO[bytes] | None:
    """Return what a member holds, to be read piece by piece; None where it is no file."""
    if isinstance(opened, zipfile.ZipFile) and isinstance(member.info, zipfile.ZipInfo):
        return opened.open(member.info)
    if isinstance(opened, tarfile.TarFile) and isinstance(member.info, tarfile.TarInfo):
        return opened.extractfile(member.info)
    return None
