"""SQLite files of ours: migrations, transactions, and what is said when the file or the disk lets us down."""

import os
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from grader.errors import StoreError
from grader.language import Text
from grader.store import Kind, held_alone, open_store

FIRST = ("things", ["CREATE TABLE thing (name TEXT NOT NULL) STRICT", "INSERT INTO thing VALUES ('first')"])
SECOND = ("sizes", ["ALTER TABLE thing ADD COLUMN size INTEGER", "UPDATE thing SET size = 1"])
THINGS = Text(en="list of things", ko="물건 목록")


def kind(*migrations, application_id=0x6E671234):
    return Kind(application_id=application_id, what=THINGS, migrations=migrations)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "things.sqlite"


def test_a_new_file_gets_every_migration_and_remembers_them(path):
    with open_store(path, kind(FIRST, SECOND)) as store:
        assert store.rows("SELECT * FROM thing") == [("first", 1)]
        assert store.rows("SELECT number, name FROM migration") == [(1, "things"), (2, "sizes")]
        assert store.rows("PRAGMA journal_mode") == [("wal",)]
        assert store.rows("PRAGMA application_id") == [(0x6E671234,)]


def test_an_older_file_gets_only_what_is_missing(path):
    with open_store(path, kind(FIRST)) as store, store.transaction():
        store.execute("INSERT INTO thing VALUES ('mine')")
    with open_store(path, kind(FIRST, SECOND)) as store:
        assert store.rows("SELECT name, size FROM thing") == [("first", 1), ("mine", 1)]
    with open_store(path, kind(FIRST, SECOND)) as store:
        assert len(store.rows("SELECT * FROM migration")) == 2


def test_a_migration_that_fails_leaves_the_file_at_the_step_before(path):
    broken = ("broken", ["CREATE TABLE half (name TEXT)", "INSERT INTO nowhere VALUES (1)"])
    with pytest.raises(StoreError, match="list of things"):
        open_store(path, kind(FIRST, broken))
    with open_store(path, kind(FIRST)) as store:
        assert store.rows("SELECT name FROM sqlite_schema WHERE name = 'half'") == []


def test_a_newer_file_is_left_alone(path):
    open_store(path, kind(FIRST, SECOND)).close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer version of grade") as caught:
        open_store(path, kind(FIRST))
    assert "pip install" in caught.value.hint
    assert path.read_bytes() == before


def test_another_programs_file_is_left_alone(path):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(path, kind(FIRST))
    path.unlink()
    open_store(path, kind(FIRST, application_id=7)).close()
    with pytest.raises(StoreError, match="another program"):
        open_store(path, kind(FIRST))


def test_a_missing_file_is_an_error_where_it_must_exist(path):
    with pytest.raises(StoreError, match="There is no list of things"):
        open_store(path, kind(FIRST), create=False)
    assert not path.exists()


def test_a_damaged_file_is_named(path):
    path.write_bytes(b"no database at all, but long enough to be read as one\n" * 100)
    with pytest.raises(StoreError, match="is damaged"):
        open_store(path, kind(FIRST))


def test_a_page_that_was_overwritten_is_noticed_when_it_is_read(path):
    with open_store(path, kind(FIRST)) as store, store.transaction():
        store.execute_many("INSERT INTO thing VALUES (?)", [("x" * 500,) for _ in range(100)])
    data = bytearray(path.read_bytes())
    data[4096:-4096] = b"\xff" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="is damaged"), open_store(path, kind(FIRST)) as store:
        store.rows("SELECT * FROM thing")


def test_a_transaction_is_all_or_nothing(path):
    def add_and_fail(store):
        with store.transaction():
            store.execute("INSERT INTO thing VALUES ('lost')")
            raise KeyboardInterrupt

    with open_store(path, kind(FIRST)) as store:
        with pytest.raises(KeyboardInterrupt):
            add_and_fail(store)
        rows = [("lost too",), (None,)]
        with pytest.raises(StoreError, match="cannot be used"), store.transaction():
            store.execute_many("INSERT INTO thing VALUES (?)", rows)
        with store.transaction():
            store.execute("INSERT INTO thing VALUES ('kept')")
        assert list(store.each("SELECT name FROM thing")) == [("first",), ("kept",)]
        assert store.changed("UPDATE thing SET name = 'x'") == 2


def test_a_locked_file_is_waited_for_and_then_named(path):
    with open_store(path, kind(FIRST)) as first, open_store(path, kind(FIRST), busy_s=0.05) as second:
        with first.transaction():
            assert second.rows("SELECT name FROM thing") == [("first",)]  # readers do not wait
            with pytest.raises(StoreError, match="locked by another process"), second.transaction():
                pass
        with second.transaction():
            second.execute("INSERT INTO thing VALUES ('later')")


@pytest.mark.skipif(os.name != "posix", reason="file permissions")
def test_a_place_where_nothing_can_be_written_is_named(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "missing" / "things.sqlite", kind(FIRST))


FILL = """
import resource, sys
from pathlib import Path
from grader.errors import StoreError
from grader.language import Text
from grader.store import Kind, open_store

kind = Kind(application_id=7, what=Text(en="list", ko="목록"),
            migrations=[("things", ["CREATE TABLE thing (name TEXT NOT NULL) STRICT"])])
with open_store(Path(sys.argv[1]), kind) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    written = 0
    try:
        while True:
            with store.transaction():
                store.execute("INSERT INTO thing VALUES (?)", ("x" * 1000,))
            written += 1
    except StoreError as error:
        print(written, error, error.hint)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="resource limits")
def test_a_full_disk_keeps_what_was_committed(path):
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FILL), str(path)], capture_output=True, text=True, check=True
    )
    written, message = done.stdout.split(" ", 1)
    assert "full" in message
    assert int(written) > 10
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("SELECT count(*) FROM thing").fetchone() == (int(written),)
    connection.close()


def test_only_one_process_holds_a_lock(tmp_path):
    lock = tmp_path / "lock"
    with held_alone(lock, "taken"), pytest.raises(StoreError, match="taken"), held_alone(lock, "taken"):
        pass
    with held_alone(lock, "taken"):
        pass
    with pytest.raises(StoreError, match="cannot be opened"), held_alone(tmp_path / "no" / "lock", "taken"):
        pass


def test_a_lock_ends_with_its_process(tmp_path):
    lock = tmp_path / "lock"
    script = f"""
        import time
        from pathlib import Path
        from grader.store import held_alone
        with held_alone(Path({str(lock)!r}), "taken"):
            print("held", flush=True)
            time.sleep(60)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    with pytest.raises(StoreError, match="taken"), held_alone(lock, "taken"):
        pass
    process.kill()
    process.wait()
    process.stdout.close()
    with held_alone(lock, "taken"):
        pass
