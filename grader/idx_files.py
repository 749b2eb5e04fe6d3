"""Arrays of bytes in files that people bring: idx files and the `.npz` of Keras, read and checked.

An idx file is a header (two zeros, 8 for uint8, the number of axes, the length of each axis in four bytes)
and then the data, often packed with gzip. Nothing in a file is believed: no more is read than the expected
array needs, and the published MD5 decides whether it is that array.
"""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path

from grader.errors import UsageError
from grader.language import tr

_GZIP = b"\x1f\x8b"
_NPY = b"\x93NUMPY"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdxFile:
    """One idx file as it was published.

    Attributes:
        name: File name without `.gz`.
        shape: Shape of its array of uint8.
        md5: MD5 of the whole file, unpacked.
    """

    name: str
    shape: tuple[int, ...]
    md5: str

    @property
    def header(self) -> bytes:
        """The bytes in front of the data."""
        return bytes((0, 0, 8, len(self.shape))) + b"".join(
            length.to_bytes(4, "big") for length in self.shape
        )

    @property
    def num_bytes(self) -> int:
        """Size of the whole file, unpacked."""
        return len(self.header) + prod(self.shape)


def read_idx(file: Path, idx: IdxFile, *, hint: str) -> bytes:
    """Return the bytes of an idx file, unpacked where it is packed, and at most one too many.

    Raises:
        UsageError: The file cannot be read or unpacked.
    """
    try:
        with file.open("rb") as raw:
            is_packed = raw.read(2) == _GZIP
            raw.seek(0)
            return (gzip.GzipFile(fileobj=raw) if is_packed else raw).read(idx.num_bytes + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _damaged(file, hint) from error
    except OSError as error:
        raise _unreadable(file, error, hint) from error


def read_npz(file: Path, key: str, idx: IdxFile, *, hint: str) -> bytes:
    """Return the array `key` of an `.npz` as the bytes of its idx file, at most one too many.

    What the array's own header says of shape and dtype is skipped: the hash decides.

    Raises:
        UsageError: The file cannot be read or unpacked, or has no such array.
    """
    try:
        with zipfile.ZipFile(file) as archive, archive.open(f"{key}.npy") as stream:
            start = stream.read(10)
            if not start.startswith(_NPY):
                raise _damaged(file, hint)
            stream.read(int.from_bytes(start[8:], "little"))
            return idx.header + stream.read(idx.num_bytes - len(idx.header) + 1)
    except KeyError as error:
        raise UsageError(
            tr("`{file}` lacks an array. Expected one of the name `{key}`", file=file, key=key), hint=hint
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(file, hint) from error
    except OSError as error:
        raise _unreadable(file, error, hint) from error


def check(data: bytes, idx: IdxFile, *, label: str, hint: str, known: Mapping[str, str]) -> None:
    """Refuse bytes that are not those of the published file.

    Args:
        data: What was read.
        idx: What it has to be.
        label: Where it was read; for messages.
        hint: How to get the right file.
        known: MD5 of published files, and what these are.

    Raises:
        UsageError: Header, length or MD5 differ.
    """
    received = hashlib.md5(data, usedforsecurity=False).hexdigest()
    if received == idx.md5:
        return
    if received in known:
        expected, received = known.get(idx.md5, idx.name), known[received]
    elif not data.startswith(idx.header):
        expected, received = _described(idx.header), _described(data)
    elif len(data) != idx.num_bytes:
        expected = tr("{count} bytes", count=idx.num_bytes)
        received = tr("more") if len(data) > idx.num_bytes else tr("{count} bytes", count=len(data))
    else:
        expected, received = f"MD5 {idx.md5}", f"MD5 {received}"
    raise UsageError(
        tr(
            "`{file}` is not the published file. Expected {expected}. Received: {received}",
            file=label,
            expected=expected,
            received=received,
        ),
        hint=hint,
    )


def _described(data: bytes) -> str:
    """Return what the header at the start of `data` says, or that there is none."""
    if not data:
        return tr("an empty file")
    num_axes = data[3] if len(data) > 3 and data.startswith(b"\0\0\x08") else 0
    lengths = data[4 : 4 + 4 * num_axes]
    if not 0 < num_axes <= 4 or len(lengths) < 4 * num_axes:
        return tr("a file that begins with the bytes {start}", start=data[:4].hex(" "))
    shape = [int.from_bytes(lengths[start : start + 4], "big") for start in range(0, len(lengths), 4)]
    return tr("an idx file of the shape {shape}", shape="×".join(map(str, shape)))


def _damaged(file: Path, hint: str) -> UsageError:
    return UsageError(
        tr("`{file}` is damaged or cut off. Expected the whole file as it was published", file=file),
        hint=hint,
    )


def _unreadable(file: Path, error: OSError, hint: str) -> UsageError:
    return UsageError(
        tr("`{file}` cannot be read: {reason}", file=file, reason=error.strerror or error), hint=hint
    )
