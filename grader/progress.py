"""What a learner's workspace remembers: every check as an attempt in `.grade/progress.sqlite`.

Theory of operation. An attempt is written after its result is on the screen, in one short transaction. Nothing
here may keep a result from its learner: what cannot be written is a note, said once for a folder. A file that
another process holds just now gets the attempt later: it waits as a small file in `.grade/late/` and is taken in by
the next one. Each attempt has a key of its own, so that histories of two machines are put together without doubles.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from grader.attempts import Attempt, as_json, case_as_list, parse_attempt, plain_fields, read_export
from grader.errors import GraderError, StoreError
from grader.language import Text, tr
from grader.store import Kind, Store, open_store

FILE = "progress.sqlite"
_BUSY_S = 0.05  # to write one attempt: nobody waits longer for that
_READ_BUSY_S = 2.0
_LATE = "late"
_KIND = Kind(
    application_id=0x67725067,
    what=Text(en="record of your progress", ko="학습 기록"),
    migrations=[
        (
            "attempts and requests for solutions",
            [
                "CREATE TABLE attempt (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, course TEXT NOT NULL, "
                "exercise TEXT NOT NULL, at REAL NOT NULL, since_s REAL, score REAL, max_score REAL NOT NULL, "
                "verdict TEXT NOT NULL, has_run INTEGER NOT NULL, seed INTEGER NOT NULL, other_seed INTEGER, "
                "duration_s REAL NOT NULL, sha256 TEXT NOT NULL, cases TEXT NOT NULL) STRICT",
                "CREATE INDEX attempt_by_time ON attempt (at)",
                "CREATE TABLE request (course TEXT NOT NULL, exercise TEXT NOT NULL, at REAL NOT NULL) STRICT",
            ],
        )
    ],
)
_COLUMNS = (
    *("key", "course", "exercise", "at", "since_s", "score", "max_score", "verdict", "has_run", "seed"),
    *("other_seed", "duration_s", "sha256", "cases"),
)


# --- writing, which may fail -----------------------------------------------------------------------------------


class Recorder:
    """Writes attempts into a workspace, and never raises.

    The record stays open from one attempt to the next, and is let go without waiting for the disk: that waiting
    would take longer than everything else.

    Args:
        folder: The workspace's `.grade`; None where there is no workspace, and then nothing is written.

    Attributes:
        notes: What the learner should know, once.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._store: Store | None = None
        self.notes: list[str] = []

    def add(self, attempt: Attempt) -> None:
        """Write one attempt, or say why not."""
        if self._folder is None:
            return
        try:
            store = self._open(self._folder)
            _take_in_late(self._folder, store)
            with store.transaction():
                _insert(store, _with_gap(store, attempt))
        except StoreError as error:
            if _is_busy(error) and _put_by(self._folder, attempt):
                return
            self._say(error)

    def mark_other_seed(self, key: str, seed: int) -> None:
        """Write that an attempt with full points failed under a further seed."""
        if self._folder is None:
            return
        try:
            store = self._open(self._folder)
            with store.transaction():
                store.execute("UPDATE attempt SET other_seed = ? WHERE key = ?", (seed, key))
        except StoreError as error:
            self._say(error)

    def close(self) -> None:
        """Let the record go."""
        if self._store is not None:
            with suppress(StoreError):
                self._store.let_go()
            self._store = None

    def _open(self, folder: Path) -> Store:
        if self._store is None:
            if _belongs_to_another(folder):
                raise StoreError(tr("`{folder}` belongs to somebody else", folder=folder))
            self._store = open_store(folder / FILE, _KIND, busy_s=_BUSY_S)
        return self._store

    def _say(self, error: GraderError) -> None:
        folder = self._folder or Path()
        self.close()
        if self.notes or not _is_first_time(folder):
            return
        self.notes.append(tr("your progress is not kept in this folder: {reason}", reason=error.message))


def _belongs_to_another(folder: Path) -> bool:
    """Return whether a folder is another person's: two learners in one record would help neither."""
    get_user = getattr(os, "geteuid", None)
    if get_user is None or get_user() == 0:
        return False
    try:
        return bool(folder.stat().st_uid != get_user())
    except OSError:
        return False


def _is_busy(error: StoreError) -> bool:
    code = getattr(error.__cause__, "sqlite_errorcode", 0) or 0
    return (int(code) & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _put_by(folder: Path, attempt: Attempt) -> bool:
    """Keep an attempt beside a record that is in use; return whether that went well."""
    try:
        (folder / _LATE).mkdir(exist_ok=True)
        path = folder / _LATE / f"{attempt.key}.json"
        path.write_text(json.dumps(as_json([attempt])), "utf-8")
    except OSError:
        return False
    return True


def _take_in_late(folder: Path, store: Store) -> None:
    late = folder / _LATE
    if not late.is_dir():
        return
    for path in sorted(late.glob("*.json")):
        with suppress(GraderError), store.transaction():  # half written by a process that was killed: lost
            for attempt in read_export(path):
                _insert(store, _with_gap(store, attempt))
        with suppress(OSError):
            path.unlink()


def _is_first_time(folder: Path) -> bool:
    """Return whether a note about a folder is said for the first time, which the machine's cache remembers."""
    digest = sha256(os.fsencode(folder.absolute())).hexdigest()[:16]
    try:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "neurograde"
        home.mkdir(parents=True, exist_ok=True)
        (home / f"said-{digest}").touch(exist_ok=False)
    except FileExistsError:
        return False
    except (OSError, RuntimeError):
        return True
    return True


def _insert(store: Store, attempt: Attempt) -> bool:
    """Write an attempt that is not there yet; return whether it was written."""
    cases = json.dumps([case_as_list(case) for case in attempt.cases], ensure_ascii=False)
    values = {**plain_fields(attempt), "cases": cases}
    marks = ", ".join("?" for _ in _COLUMNS)
    sql = f"INSERT OR IGNORE INTO attempt ({', '.join(_COLUMNS)}) VALUES ({marks})"  # noqa: S608 - our own names
    return store.changed(sql, [values[name] for name in _COLUMNS]) == 1


def _with_gap(store: Store, attempt: Attempt) -> Attempt:
    ((before,),) = store.rows("SELECT max(at) FROM attempt WHERE at <= ?", (attempt.at,))
    return attempt if before is None else replace(attempt, since_s=attempt.at - before)


# --- reading ---------------------------------------------------------------------------------------------------


def attempts_in(folder: Path, *, course: str) -> tuple[Attempt, ...]:
    """Return the attempts at a course's exercises, in the order of time; none where nothing was kept yet.

    Raises:
        StoreError: The record cannot be read.
    """
    if not (folder / FILE).is_file():
        return ()
    with _readable(folder) as store:
        rows = store.rows(
            f"SELECT {', '.join(_COLUMNS)} FROM attempt WHERE course = ? ORDER BY at, id",  # noqa: S608 - our own names
            (course,),
        )
    return tuple(_from_row(row, folder / FILE) for row in rows)


@contextmanager
def _readable(folder: Path) -> Iterator[Store]:
    """Open a record for reading; where the folder cannot be written to, a copy of it."""
    path = folder / FILE
    if os.access(folder, os.W_OK) and os.access(path, os.W_OK):
        with open_store(path, _KIND, busy_s=_READ_BUSY_S) as store:
            yield store
        return
    with tempfile.TemporaryDirectory() as scratch:
        for name in (FILE, f"{FILE}-wal"):
            with suppress(FileNotFoundError):
                (Path(scratch) / name).write_bytes((folder / name).read_bytes())
        with open_store(Path(scratch) / FILE, _KIND) as store:
            yield store


def _from_row(row: Sequence[Any], path: Path) -> Attempt:
    values = dict(zip(_COLUMNS, row, strict=True))
    try:
        return parse_attempt({**values, "cases": json.loads(values["cases"])})
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            tr("`{path}` holds an attempt that nobody can read: {reason}", path=path, reason=error),
            hint=tr("Move the file away; the next check begins a new one"),
        ) from error


def ask_for_solution(folder: Path, *, course: str, exercise_id: str, now: float) -> int:
    """Write that a solution was asked for, and return how often it was by now.

    Raises:
        StoreError: The record cannot be written.
    """
    with open_store(folder / FILE, _KIND, busy_s=_READ_BUSY_S) as store, store.transaction():
        store.execute("INSERT INTO request VALUES (?, ?, ?)", (course, exercise_id, now))
        sql = "SELECT count(*) FROM request WHERE course = ? AND exercise = ?"
        return int(store.rows(sql, (course, exercise_id))[0][0])


def all_attempts(folder: Path) -> tuple[Attempt, ...]:
    """Return the attempts of every course that was ever checked in a workspace, in the order of time.

    Raises:
        StoreError: The record cannot be read.
    """
    if not (folder / FILE).is_file():
        return ()
    with _readable(folder) as store:
        rows = store.rows(f"SELECT {', '.join(_COLUMNS)} FROM attempt ORDER BY at, id")  # noqa: S608 - our own names
    return tuple(_from_row(row, folder / FILE) for row in rows)


def take_in(folder: Path, attempts: Sequence[Attempt]) -> int:
    """Write attempts of another machine and return how many of them were new.

    Raises:
        StoreError: The record cannot be written; nothing was taken in then.
    """
    with open_store(folder / FILE, _KIND, busy_s=_READ_BUSY_S) as store, store.transaction():
        return sum(_insert(store, attempt) for attempt in attempts)
