"""The bank of an exercise's reference: cases that Keras computed once, with where they come from.

Theory of operation. `keras_golden.npz` holds four arrays. `provenance` and `index` are JSON texts; `structure`
and `values` are the bytes of all cases as `wire` writes them, and the index says where each one lies. A check
decodes the few cases that it uses and no other. Nothing in the file can be executed (`allow_pickle=False`).
The same cases give the same bytes.

A bank belongs to the code that made it: `keras_reference.py`, and how this package draws cases and takes
gradients. Where the hash of that code is another one, the bank is refused.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from grader.course import Exercise
from grader.errors import ExerciseError, StoreError
from grader.language import tr
from grader.sandbox.wire import Value, WireError, decode, encode
from grader.suite.keras_cases import Case, from_plain, to_plain

BANK_NAME = "keras_golden.npz"
REFERENCE_NAME = "keras_reference.py"
_FORMAT = 1
_OWN_CODE = Path(__file__).with_name("keras_gradients.py")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where computed values come from.

    Attributes:
        device: `cpu` or `gpu`.
        device_name: The processor's or card's own name.
        tf32: Whether TensorFloat-32 was allowed.
        seed: Of the inputs.
        date: On which day, ISO 8601.
        code: Hash of the code that made it.
    """

    keras: str
    backend: str
    backend_version: str
    device: str
    device_name: str
    dtypes: tuple[str, ...]
    tf32: bool
    numpy: str
    python: str
    seed: int
    date: str
    code: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the index."""

    maker: str
    function: str
    size: int
    dtype: str
    is_large: bool
    structure: tuple[int, int]  # first byte and the one after the last
    values: tuple[int, int]


def _entry(
    maker: str,
    function: str,
    size: int,
    dtype: str,
    is_large: bool,
    places: Sequence[int],
) -> _Entry:
    first, end, first_value, end_value = places
    return _Entry(maker, function, size, dtype, is_large, (first, end), (first_value, end_value))


def reference_path(exercise: Exercise) -> Path | None:
    """Return the exercise's `keras_reference.py`, if it has one."""
    path = exercise.solution_folder and exercise.solution_folder / REFERENCE_NAME
    return path if path is not None and path.is_file() else None


def bank_path(exercise: Exercise) -> Path | None:
    """Return where the exercise's bank lies or would lie; None in a student kit."""
    return exercise.solution_folder and exercise.solution_folder / BANK_NAME


def code_hash(reference: Path) -> str:
    """Return the hash of the code that a bank is made by; line endings do not count."""
    digest = hashlib.sha256(f"bank {_FORMAT}\n".encode())
    for path in (reference, _OWN_CODE):
        data = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        digest.update(f"{path.name} {len(data)}\n".encode() + data)
    return digest.hexdigest()


class Bank:
    """A bank that was read.

    Args:
        path: Its file.
    """

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
                texts = {name: json.loads(str(file[name])) for name in ("provenance", "index")}
                self._structure = file["structure"].tobytes()
                self._values = memoryview(file["values"])
            self.provenance = _provenance(texts["provenance"])
            self._entries = [_entry(*row) for row in texts["index"]]
        except (OSError, ValueError, KeyError, TypeError, IndexError, EOFError, zipfile.BadZipFile) as error:
            raise ExerciseError(
                tr("The Keras bank `{path}` cannot be read: {error}", path=path, error=error),
                hint=_rebuild(path.parent.name.partition("_")[0]),
            ) from error
        self._path = path
        self._decoded: dict[int, Case] = {}

    @cached_property
    def functions(self) -> dict[str, list[int]]:
        """For each entry point, the numbers of its cases."""
        found: dict[str, list[int]] = {}
        for number, entry in enumerate(self._entries):
            found.setdefault(entry.function, []).append(number)
        return found

    def __len__(self) -> int:
        return len(self._entries)

    def is_large(self, number: int) -> bool:
        """Return whether a case is too long for a check."""
        return self._entries[number].is_large

    def case(self, number: int) -> Case:
        """Return one case; its arrays cannot be written to, for the same one is returned every time.

        Raises:
            ExerciseError: Its bytes are no case.
        """
        if number not in self._decoded:
            self._decoded[number] = self._decode(number)
        return self._decoded[number]

    def _decode(self, number: int) -> Case:
        entry = self._entries[number]
        try:
            plain = decode(self._structure[slice(*entry.structure)], self._values[slice(*entry.values)])
        except WireError as error:
            raise ExerciseError(
                tr("The Keras bank `{path}` cannot be read: {error}", path=self._path, error=error),
                hint=_rebuild(self._path.parent.name.partition("_")[0]),
            ) from error
        _protect(plain)
        return from_plain(plain)

    def cases(self) -> list[Case]:
        """Return every case, in the order in which they were made."""
        return [self.case(number) for number in range(len(self))]


def _protect(value: Value) -> None:
    """Make every array inside of a value read-only."""
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, list | tuple):
        for item in value:
            _protect(item)
    elif isinstance(value, dict):
        for item in value.values():
            _protect(item)


def _provenance(values: dict[str, Any]) -> Provenance:
    if set(values) != {field.name for field in fields(Provenance)}:
        raise ValueError("its provenance is incomplete")
    return Provenance(**{**values, "dtypes": tuple(values["dtypes"])})


def open_bank(exercise: Exercise) -> Bank:
    """Return the exercise's bank, if it belongs to the code that is there now.

    Raises:
        ExerciseError: There is no bank, it cannot be read, or it was made by other code.
    """
    reference, path = reference_path(exercise), bank_path(exercise)
    if reference is None or path is None:
        raise ExerciseError(
            tr("{id} has no Keras reference. Expected a `{file}`", id=exercise.id, file=REFERENCE_NAME),
            hint=tr("Write it beside the solution, or take `keras_reference` out of the suite"),
        )
    if not path.is_file():
        raise ExerciseError(
            tr("{id} has no Keras bank yet. Expected `{path}`", id=exercise.id, path=path),
            hint=_rebuild(exercise.id),
        )
    bank = Bank(path)
    if bank.provenance.code != code_hash(reference):
        raise ExerciseError(
            tr(
                "The Keras bank of {id} is stale: `{file}` has changed since it was made on {date}",
                id=exercise.id,
                file=REFERENCE_NAME,
                date=bank.provenance.date,
            ),
            hint=_rebuild(exercise.id),
        )
    return bank


def _rebuild(exercise_id: str) -> str:
    return tr("Run `grade reference build {id}`", id=exercise_id)


def write_bank(path: Path, cases: Sequence[Case], provenance: Provenance) -> None:
    """Write a bank, whole or not at all.

    Raises:
        StoreError: The file cannot be written.
    """
    index: list[list[Any]] = []
    structure, values = bytearray(), bytearray()
    for case in cases:
        header, payload = encode(to_plain(case))
        index.append(
            [
                *(case.maker, case.function, case.size, case.dtype, case.is_large),
                [
                    *(len(structure), len(structure) + len(header)),
                    *(len(values), len(values) + len(payload)),
                ],
            ]
        )
        structure += header
        values += payload
    arrays = {
        "provenance": np.array(json.dumps(asdict(provenance))),
        "index": np.array(json.dumps(index)),
        "structure": np.frombuffer(bytes(structure), dtype=np.uint8),
        "values": np.frombuffer(bytes(values), dtype=np.uint8),
    }
    temporary = path.with_suffix(".npz.part")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as file:
            for name, array in arrays.items():
                content = io.BytesIO()
                np.lib.format.write_array(content, array, allow_pickle=False)
                info = zipfile.ZipInfo(f"{name}.npy", date_time=_ZIP_DATE)
                # Digits that look random gain nothing from compression, and opening a bank would pay for it.
                info.compress_type = zipfile.ZIP_STORED if name == "values" else zipfile.ZIP_DEFLATED
                file.writestr(info, content.getvalue())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StoreError(
            tr("The Keras bank cannot be written to `{path}`: {error}", path=path, error=error),
            hint=tr("Name a course that you may write to with `--course DIR`"),
        ) from error
