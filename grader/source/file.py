"""A submission's file as bytes and as text: what is opened at all, and how its encoding is told.

A class hands in anything: folders, pipes, links to the solution, a film. Only a regular file that is not
larger than a source can be is opened, and it is looked at before.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from itertools import islice
from pathlib import Path

from grader.errors import UsageError
from grader.language import tr

MAX_SOURCE_BYTES = 1 << 20
MAX_NOTEBOOK_BYTES = 32 << 20  # with the pictures in its outputs
_MAX_NAMES = 10_000  # of a folder, looked at for one like the name that is missing
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_KOREAN = {b"cp949", b"ms949", b"uhc", b"949", b"euc-kr", b"euckr", b"ks-c-5601-1987"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """The text of one file.

    Attributes:
        text: What it holds; lines end with a line feed.
        sha256: Of its bytes.
        notes: Facts that cost nothing, such as an encoding that was guessed.
    """

    text: str
    sha256: str
    notes: tuple[str, ...] = ()


def shown_path(path: Path) -> str:
    """Return a path as text that can be printed, whatever bytes its name holds."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def is_notebook(path: Path) -> bool:
    """Return whether a file's name is a notebook's."""
    return path.suffix.lower() == ".ipynb"


def read_source(path: Path, data: bytes | None = None) -> SourceFile:
    """Return the text of a Python file or of a notebook.

    Args:
        path: The file.
        data: Its bytes, where somebody has read them already; then the path is only a name.

    Raises:
        UsageError: There is no such file, or it cannot be a Python source or a notebook.
    """
    if data is None:
        data = _read_bytes(path)
    else:
        _check_suffix(path)
        if len(data) > _most(path):
            raise _too_large(path, f"{len(data) / (1 << 20):.1f} MiB")
    text, notes = _decode(data, shown_path(path))
    if not text.replace("\ufeff", "").strip():
        raise UsageError(
            tr(
                "`{path}` is empty. Expected a Python source. Received: nothing to grade",
                path=shown_path(path),
            ),
            hint=tr("Save the file in your editor, then try again"),
        )
    return SourceFile(text=text, sha256=sha256(data).hexdigest(), notes=notes)


def _read_bytes(path: Path) -> bytes:
    """Return what a regular file holds, if it is not too much."""
    shown = shown_path(path)
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: a NUL in the name
        raise UsageError(
            tr("There is no file `{path}`. Expected a submission", path=shown), hint=_nearest(path)
        ) from error
    except OSError as error:
        raise _unreadable(shown, error) from error
    _check_kind(path, status)
    most = _most(path)
    if status.st_size > most:
        raise _too_large(path, f"{status.st_size / (1 << 20):.1f} MiB")
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY"):  # the file may be another one by now
        flags |= getattr(os, name, 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UsageError(tr("`{path}` changed while it was read", path=shown))
            data = file.read(most + 1)
    except OSError as error:
        raise _unreadable(shown, error) from error
    if len(data) > most:
        raise _too_large(path, tr("more"))
    return data


def _check_kind(path: Path, status: os.stat_result) -> None:
    """Refuse what is no regular file with a name in `.py` or `.ipynb`."""
    shown = shown_path(path)
    if stat.S_ISDIR(status.st_mode):
        raise UsageError(
            tr("`{path}` is a folder. Expected a Python file", path=shown),
            hint=tr("Name the file, such as `{file}`", file=f"{shown}/{_first_python(path)}"),
        )
    if stat.S_ISLNK(status.st_mode):
        raise UsageError(
            tr("`{path}` is a link to another file. Expected a file of its own", path=shown),
            hint=tr("Name the file that it leads to, or copy that file here"),
        )
    if not stat.S_ISREG(status.st_mode):
        raise UsageError(
            tr("`{path}` is no regular file. Expected a Python file", path=shown),
            hint=tr("Save the source in a file whose name ends in `.py`"),
        )
    _check_suffix(path)


def _check_suffix(path: Path) -> None:
    if path.suffix.lower() not in {".py", ".ipynb"}:
        raise UsageError(
            tr(
                "`{path}` is no Python file. Expected a name that ends in `.py` or `.ipynb`",
                path=shown_path(path),
            ),
            hint=tr("Rename the file if it holds Python"),
        )


def _most(path: Path) -> int:
    return MAX_NOTEBOOK_BYTES if is_notebook(path) else MAX_SOURCE_BYTES


def _unreadable(shown: str, error: OSError) -> UsageError:
    return UsageError(
        tr("`{path}` cannot be read: {reason}", path=shown, reason=error.strerror or type(error).__name__),
        hint=tr("Look at the file's permissions"),
    )


def _too_large(path: Path, received: str) -> UsageError:
    if is_notebook(path):
        return UsageError(
            tr(
                "`{path}` is too large. Expected at most 32 MiB. Received: {received}",
                path=shown_path(path),
                received=received,
            ),
            hint=tr("Clear all outputs, save the notebook, and hand it in again"),
        )
    return UsageError(
        tr(
            "`{path}` is too large. Expected at most 1 MiB. Received: {received}",
            path=shown_path(path),
            received=received,
        ),
        hint=tr("Hand in the source only, without data"),
    )


def _nearest(path: Path) -> str:
    try:
        with os.scandir(path.parent) as entries:
            names = [entry.name for entry in islice(entries, _MAX_NAMES)]
    except (OSError, ValueError):
        return tr("There is no folder `{folder}` either", folder=shown_path(path.parent))
    near = get_close_matches(path.name[:100], names, n=1, cutoff=0.5)
    if near:
        return tr("Did you mean `{file}`?", file=shown_path(path.parent / near[0]))
    return tr("`grade check ex05 FILE` grades any file")


def _first_python(folder: Path) -> str:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in islice(entries, _MAX_NAMES) if entry.name.endswith(".py")]
    except OSError:
        names = []
    return shown_path(Path(min(names, default="ex05.py")))


def _decode(data: bytes, shown: str) -> tuple[str, tuple[str, ...]]:
    """Return the text and what is to be said about its encoding."""
    if b"\0" in data:
        is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        received = tr("UTF-16") if is_utf16 else tr("NUL bytes")
        raise _not_text(shown, received)
    body = data.removeprefix(codecs.BOM_UTF8)
    encodings = ["utf-8", "cp949"]
    if len(body) < len(data):
        encodings = ["utf-8"]
    elif _cookie(body) in _KOREAN:
        encodings = ["cp949", "utf-8"]
    for encoding in encodings:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        notes = () if encoding == "utf-8" else (tr("The file was read as cp949; UTF-8 is read everywhere"),)
        return text.replace("\r\n", "\n").replace("\r", "\n"), notes
    raise _not_text(shown, tr("bytes that are neither"))


def _not_text(shown: str, received: str) -> UsageError:
    return UsageError(
        tr(
            "`{path}` is no text. Expected UTF-8, or cp949. Received: {received}",
            path=shown,
            received=received,
        ),
        hint=tr("Save the file as UTF-8 in your editor, then try again"),
    )


def _cookie(data: bytes) -> bytes:
    """Return the encoding that one of the first two lines declares (PEP 263), or nothing."""
    for line in data.splitlines()[:2]:
        match = _COOKIE.match(line)
        if match:
            return match[1].lower().replace(b"_", b"-")
        if not _BLANK.match(line):
            break
    return b""
