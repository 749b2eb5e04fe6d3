"""`grade purge`: everything about one person leaves the gradebook and its folder."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from pathlib import Path

from grader.errors import StoreError
from grader.gradebook.book import Gradebook
from grader.gradebook.corrections import remove_student
from grader.intake.records import Student
from grader.language import tr
from grader.report.clean import one_line
from grader.report.export_marks import FOLDER as EXPORTS
from grader.report.export_marks import Platform
from grader.report.feedback_files import forget_partner, student_folder

HANDED_IN = "handed_in"  # where `grade batch` unpacks archives
_PLACE = re.compile(r"`[^`]*`")
_LISTS = ("submission_metadata.yml", "unpacked.json")  # name the whole class; the next batch makes them again


def traces(book: Gradebook, out: Path, student: Student) -> list[Path]:
    """Return the files and folders of `out` that are about a student or hold their marks beside others'."""
    inside = out.resolve()
    found = [student_folder(out, student.key), *_handed_in(book, out, student)]
    found += [path for path in _own_files(book, student) if path.resolve().is_relative_to(inside)]
    found += [path for path in (out / EXPORTS, out / "appeals") if path.exists()]
    return [path for path in dict.fromkeys(found) if path.exists()]


def _handed_in(book: Gradebook, out: Path, student: Student) -> list[Path]:
    """Return what was unpacked into `out` for a student: what was graded, and what carries their key in its path.

    That a group needs one of these files is no obstacle: the gradebook holds what was graded, and the next batch
    unpacks it again.
    """
    root = out / HANDED_IN
    keys = [str(row[0]) for row in book.store.rows("SELECT key FROM student")]
    own: set[str] = set()
    others: set[str] = set()
    for path, owner in book.store.rows("SELECT path, owner FROM handin"):
        tail = Path(path).as_posix().rpartition(f"/{HANDED_IN}/")[2]
        (own if owner == student.key else others).add(unicodedata.normalize("NFC", tail))
    found: list[Path] = []
    for path in sorted(root.rglob("*")):
        if not path.is_dir() or path.is_symlink():
            name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
            named = max((key for key in keys if _stands_in(key, name)), key=len, default="")
            is_own = named == student.key or (name in own and name not in others)
            if is_own or path.name in _LISTS:
                found.append(path)
    return found


def _stands_in(key: str, text: str) -> bool:
    """Return whether a key stands in a path on its own, not as a part of a longer word."""
    return re.search(rf"(?<![^\W_]){re.escape(key)}(?![^\W_])", text) is not None


def _remove_emptied(folder: Path, root: Path) -> None:
    """Remove a folder of which nothing but a time stamp is left, and those above it."""
    while folder != root and folder.is_relative_to(root) and folder.is_dir():
        left = list(folder.iterdir())
        if any(path.name != "timestamp.txt" for path in left):
            return
        for path in left:
            path.unlink()
        folder.rmdir()
        folder = folder.parent


def files_outside(book: Gradebook, out: Path, student: Student) -> list[Path]:
    """Return what a student handed in and lies outside of `out`: the teacher's own copies."""
    inside = out.resolve()
    return [path for path in _own_files(book, student) if not path.resolve().is_relative_to(inside)]


def _own_files(book: Gradebook, student: Student) -> list[Path]:
    """Return the files that a student handed in alone and that are still there."""
    rows = book.store.rows(
        "SELECT path FROM handin JOIN member ON member.handin_id = handin.id WHERE student_key = ?"
        " AND owner = student_key",
        (student.key,),
    )
    return [path for path in (Path(row[0]) for row in rows) if path.is_file()]


def _partners(book: Gradebook, student: Student) -> set[tuple[str, str]]:
    """Return with whom, and for what, a person handed in: their feedback names everybody of the group."""
    rows = book.store.rows(
        "SELECT DISTINCT other.student_key, other.exercise_id FROM member AS other JOIN member AS own"
        " ON own.handin_id = other.handin_id WHERE own.student_key = ? AND other.student_key <> ?"
        " UNION SELECT other.student_key, other.exercise_id FROM unusable AS other JOIN unusable AS own"
        " ON own.place = other.place WHERE own.student_key = ? AND other.student_key <> ?",
        (student.key,) * 4,
    )
    return {(str(key), str(exercise_id)) for key, exercise_id in rows}


def _forget_places(book: Gradebook, student: Student) -> None:
    """Remove where a person's work lay, in what was not understood or not read: it holds their name."""
    words = [unicodedata.normalize("NFC", word) for word in (student.key, student.name) if word]

    def is_named(text: str) -> bool:
        return any(_stands_in(word, unicodedata.normalize("NFC", text)) for word in words)

    store = book.store
    for row_id, place, reason in store.rows("SELECT rowid, place, reason FROM unread"):
        if is_named(f"{place}\n{reason}"):
            store.execute("DELETE FROM unread WHERE rowid = ?", (row_id,))
    for key, exercise_id, place in store.rows("SELECT student_key, exercise_id, place FROM unusable"):
        if is_named(place):  # a group's others keep the reason
            name = place.rpartition("/")[2]
            store.execute(
                "UPDATE unusable SET place = ? WHERE student_key = ? AND exercise_id = ?",
                ("" if is_named(name) else name, key, exercise_id),
            )
    for row_id, message in store.rows("SELECT id, message FROM result WHERE state = 'not_read'"):
        if is_named(message):
            store.execute(
                "UPDATE result SET message = ? WHERE id = ?", (_PLACE.sub("`…`", message, count=1), row_id)
            )


def purge(book: Gradebook, out: Path, student: Student) -> list[Path]:
    """Remove a person and return what was deleted from `out`; exports can be made again without them.

    Raises:
        StoreError: The gradebook cannot be written, or a file cannot be deleted.
    """
    paths = traces(book, out, student)
    partners = _partners(book, student)
    with book.store.transaction():
        _forget_places(book, student)
    remove_student(book, student.key)
    for platform in Platform:
        name = f"exported_{platform}"
        known = json.loads(book.setting(name) or "{}")
        kept = {place: mark for place, mark in known.items() if not place.startswith(f"{student.key}\n")}
        if kept != known:
            book.set_setting(name, json.dumps(kept, ensure_ascii=False))
    book.store.execute("VACUUM")
    book.store.rows("PRAGMA wal_checkpoint(TRUNCATE)")  # the journal holds the old pages until then
    for key, exercise_id in partners:
        forget_partner(out, key, exercise_id, (one_line(student.name), one_line(student.key)))
    for path in paths:
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
                _remove_emptied(path.parent, out / HANDED_IN)
        except OSError as error:
            raise StoreError(
                tr(
                    "The person is out of the gradebook, but `{path}` cannot be deleted: {error}",
                    path=path,
                    error=error,
                ),
                hint=tr("Delete it by hand"),
            ) from error
    return paths
