"""One SQLite file of ours: opened, migrated, written in transactions, with errors a person can act on.

Theory of operation. A file carries an application id (whose file this is) and a table `migration` (which steps
built it). `open_store` runs the steps that are missing, each in one transaction together with the record that
it ran, so that a process killed in between leaves the file at a whole step. The journal is a write-ahead log:
readers never wait for the writer, and a killed process loses at most the transaction it was in. Whatever
SQLite raises becomes a `StoreError` here, and nowhere else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.errors import StoreError
from grader.language import Text, tr

BUSY_S = 5.0  # how long another process's transaction is waited for
_MAX_PRIMARY = 0xFF  # the lowest byte of SQLite's extended codes is the kind of error

_LET_GO: list[sqlite3.Connection] = []

_MIGRATION_TABLE = """
CREATE TABLE IF NOT EXISTS migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    ran_at TEXT NOT NULL
) STRICT
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a file of one kind is: its identity and how it is built.

    Attributes:
        application_id: SQLite's 32-bit number for "whose file is this".
        what: What the file is called in messages.
        migrations: Numbered steps from 1: a name and SQL statements. Never change one that was released.
    """

    application_id: int
    what: Text
    migrations: Sequence[tuple[str, Sequence[str]]]


class Store:
    """An open SQLite file. Use `open_store`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, kind: Kind) -> None:
        self.path = path
        self._connection = connection
        self._kind = kind

    @contextmanager
    def transaction(self) -> Iterator[Store]:
        """Write everything in the block, or nothing of it.

        Raises:
            StoreError: The file is locked, damaged, read-only, or the disk is full.
        """
        self.execute("BEGIN IMMEDIATE")
        try:
            yield self
            self.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                with self._translated():
                    self._connection.execute("ROLLBACK")

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement and return the id of the row that it inserted last, or 0."""
        with self._translated():
            return self._connection.execute(sql, values).lastrowid or 0

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each of `rows`."""
        with self._translated():
            self._connection.executemany(sql, rows)

    def changed(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement and return how many rows it changed."""
        with self._translated():
            return self._connection.execute(sql, values).rowcount

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with self._translated():
            return self._connection.execute(sql, values).fetchall()

    def each(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query one by one, for results that need not be in memory at once."""
        with self._translated():
            yield from self._connection.execute(sql, values)

    def close(self) -> None:
        """Close the file."""
        with self._translated():
            self._connection.close()

    def let_go(self) -> None:
        """Close without folding the journal in, which waits for the disk; whoever closes it next does that."""
        set_config = getattr(self._connection, "setconfig", None)
        if set_config is None:  # before Python 3.12: left open until this process ends
            _LET_GO.append(self._connection)
            return
        with self._translated():
            set_config(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True)  # type: ignore[attr-defined,unused-ignore]
            self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise store_error(error, self.path, self._kind.what) from error


def open_store(path: Path, kind: Kind, *, create: bool = True, busy_s: float = BUSY_S) -> Store:
    """Open a file of one kind, and bring it up to date.

    Args:
        path: Of the file; its folder exists.
        kind: What the file must be.
        create: Whether a missing file is made; otherwise it is an error.
        busy_s: Seconds to wait for another process's transaction.

    Raises:
        StoreError: It is missing, locked, damaged, of another kind or of a newer version.
    """
    if not create and not path.is_file():
        raise StoreError(tr("There is no {what} at `{path}`", what=kind.what, path=path))
    try:
        connection = sqlite3.connect(path, timeout=busy_s, isolation_level=None)
    except sqlite3.Error as error:
        raise store_error(error, path, kind.what) from error
    store = Store(path, connection, kind)
    try:
        _prepare(store, kind)
    except BaseException:
        connection.close()
        raise
    return store


def _prepare(store: Store, kind: Kind) -> None:
    found = int(store.rows("PRAGMA application_id")[0][0])
    is_new = not store.rows("SELECT name FROM sqlite_schema LIMIT 1")
    if found != kind.application_id and not (found == 0 and is_new):
        raise StoreError(
            tr("`{path}` is not a {what}: another program wrote it", path=store.path, what=kind.what),
            hint=tr("Nothing was changed in it. Name another place"),
        )
    store.execute("PRAGMA foreign_keys = ON")
    done = 0
    if not is_new:
        done = int(store.rows("SELECT coalesce(max(number), 0) FROM migration")[0][0])
    if done > len(kind.migrations):
        raise StoreError(
            tr(
                "`{path}` was written by a newer version of grade. Expected at most step {ours}. Received: {theirs}",
                path=store.path,
                ours=len(kind.migrations),
                theirs=done,
            ),
            hint=tr("Update it: `pip install --upgrade neurograde`. Nothing was changed in the file"),
        )
    if is_new:
        store.execute("PRAGMA journal_mode = WAL")
    store.execute("PRAGMA synchronous = NORMAL")
    if done < len(kind.migrations):
        _migrate(store, kind)


def _migrate(store: Store, kind: Kind) -> None:
    for number, (name, statements) in enumerate(kind.migrations, start=1):
        with store.transaction():
            store.execute(f"PRAGMA application_id = {int(kind.application_id)}")
            store.execute(_MIGRATION_TABLE)
            if store.rows("SELECT 1 FROM migration WHERE number = ?", (number,)):
                continue  # it ran before, perhaps a moment ago in another process
            for statement in statements:
                store.execute(statement)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            store.execute("INSERT INTO migration VALUES (?, ?, ?)", (number, name, now))


@contextmanager
def held_alone(path: Path, message: str, *, hint: str = "") -> Iterator[None]:
    """Hold `path` for this process alone, until the block ends or the process does, however it dies.

    The lock is SQLite's own on an empty database, because that works on every platform and leaves nothing
    behind that could be stale.

    Args:
        path: Of the lock's file, which is made.
        message: What to say where another process holds it.
        hint: What to do about it.

    Raises:
        StoreError: Another process holds it, or the file cannot be made.
    """
    connection = None
    try:
        try:
            connection = sqlite3.connect(path, timeout=0.0, isolation_level=None)
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if _primary(error) == sqlite3.SQLITE_BUSY:
                raise StoreError(message, hint=hint) from None
            raise store_error(error, path, Text(en="lock", ko="잠금 파일")) from error
        yield
    finally:
        if connection is not None:
            connection.close()


def _primary(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & _MAX_PRIMARY


def store_error(error: sqlite3.Error, path: Path, what: Text) -> StoreError:
    """Return SQLite's error in words that say what to do."""
    place = {"path": path, "what": what}
    match _primary(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreError(
                tr("The {what} `{path}` is locked by another process", **place),
                hint=tr("Wait until that one has ended, then run the same command again"),
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreError(
                tr("The {what} `{path}` is damaged: {error}", error=error, **place),
                hint=tr("Move it away or bring back a copy; nothing more was written to it"),
            )
        case sqlite3.SQLITE_FULL:
            return StoreError(
                tr("The disk is full: the {what} `{path}` cannot grow", **place),
                hint=tr("Make room, then run the same command again: what was written is safe"),
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StoreError(
                tr("The {what} `{path}` cannot be opened for writing: {error}", error=error, **place),
                hint=tr("Check the folder and its permissions"),
            )
        case sqlite3.SQLITE_IOERR:
            return StoreError(
                tr("The {what} `{path}` could not be read or written: {error}", error=error, **place),
                hint=tr(
                    "Check the disk (is it full?), then run the same command again: what was written is safe"
                ),
            )
        case _:
            return StoreError(tr("The {what} `{path}` cannot be used: {error}", error=error, **place))
