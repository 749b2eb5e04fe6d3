"""The record of attempts: kept, found again, carried on; never in the way of a check."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from grader import progress
from grader.attempts import Attempt, CaseOutcome, as_json, attempt_of, read_export
from grader.errors import StoreError, UsageError
from grader.progress import Recorder, all_attempts, ask_for_solution, attempts_in, take_in
from grader.verdicts import Verdict
from tests import sample_reports as samples

ROOT = Path(__file__).resolve().parents[1]


def attempt(number=1, **changed):
    values = {
        "key": f"key{number}",
        "course": "",
        "exercise_id": "ex05",
        "at": 1_000_000.0 + 60 * number,
        "since_s": None,
        "score": 2.0,
        "max_score": 3.0,
        "verdict": Verdict.FAILED,
        "has_run": True,
        "seed": 7,
        "other_seed": None,
        "duration_s": 0.3,
        "sha256": "ab",
        "cases": (
            CaseOutcome(case_id="test_a", verdict=Verdict.PASSED, points=2.0, max_points=2.0),
            CaseOutcome(
                case_id="test_b",
                verdict=Verdict.FAILED,
                points=0.0,
                max_points=1.0,
                mistake="kernel_not_flipped",
                hint="어느 쪽부터?",
            ),
        ),
    }
    return Attempt(**{**values, **changed})


@pytest.fixture(autouse=True)
def _let_go(monkeypatch):
    """Every recorder of a test lets its record go in the end."""
    made = []
    init = Recorder.__init__

    def note(self, folder):
        init(self, folder)
        made.append(self)

    monkeypatch.setattr(Recorder, "__init__", note)
    yield
    for recorder in made:
        recorder.close()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "홈" / ".grade"
    path.mkdir(parents=True)
    return path


def test_an_attempt_comes_back_as_it_was_with_the_time_since_the_one_before(folder):
    recorder = Recorder(folder)
    recorder.add(attempt(1))
    recorder.add(attempt(2, exercise_id="ex03"))
    recorder.add(attempt(3, course="another"))
    assert attempts_in(folder, course="") == (attempt(1), attempt(2, exercise_id="ex03", since_s=60.0))
    assert [item.key for item in all_attempts(folder)] == ["key1", "key2", "key3"]
    assert recorder.notes == []


def test_nothing_is_there_before_the_first_check(folder, tmp_path):
    assert attempts_in(folder, course="") == ()
    assert all_attempts(tmp_path / "nowhere") == ()
    Recorder(None).add(attempt())
    Recorder(None).mark_other_seed("key1", 9)


def test_a_report_becomes_an_attempt():
    made = attempt_of(samples.MIXED, course="", now=5.0)
    assert (made.exercise_id, made.score, made.at) == ("ex05", samples.MIXED.score, 5.0)
    assert [case.case_id for case in made.cases] == [case.case_id for case in samples.MIXED.cases]
    assert made.has_run
    assert not attempt_of(samples.SYNTAX, course="", now=5.0).has_run
    named = [case for case in made.cases if case.mistake]
    assert all(case.hint for case in named)
    assert not any(case.hint for case in made.cases if not case.mistake)
    assert made.key != attempt_of(samples.MIXED, course="", now=5.0).key


def test_a_failure_under_another_seed_is_no_full_score(folder):
    recorder = Recorder(folder)
    full = attempt(verdict=Verdict.PASSED, score=3.0)
    assert full.is_full
    recorder.add(full)
    recorder.mark_other_seed(full.key, 2031)
    (found,) = attempts_in(folder, course="")
    assert (found.other_seed, found.is_full) == (2031, False)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said_once(folder):
    folder.chmod(0o500)
    notes = []
    for _ in range(2):
        recorder = Recorder(folder)
        recorder.add(attempt())
        recorder.add(attempt(2))
        notes.append(list(recorder.notes))
    assert len(notes[0]) == 1
    assert notes[1] == []


def test_what_cannot_be_written_is_said_once_for_a_folder(folder):
    (folder / progress.FILE).mkdir()  # no file can be made there
    notes = []
    for _ in range(2):
        recorder = Recorder(folder)
        recorder.add(attempt())
        recorder.add(attempt(2))
        recorder.mark_other_seed("key1", 3)
        notes.append(list(recorder.notes))
    assert [len(said) for said in notes] == [1, 0]
    assert "your progress is not kept in this folder" in notes[0][0]


def test_without_a_cache_it_is_said_every_time(folder, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    (folder / progress.FILE).mkdir()
    for _ in range(2):
        recorder = Recorder(folder)
        recorder.add(attempt())
        assert len(recorder.notes) == 1


def test_a_folder_of_somebody_elses_is_left_alone(folder, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1, raising=False)
    recorder = Recorder(folder)
    recorder.add(attempt())
    assert "belongs to somebody else" in recorder.notes[0]
    assert not (folder / progress.FILE).exists()


def test_a_damaged_record_breaks_no_check_and_is_said_where_it_is_read(folder):
    (folder / progress.FILE).write_bytes(b"no database" * 500)
    recorder = Recorder(folder)
    recorder.add(attempt())
    assert recorder.notes
    with pytest.raises(StoreError):
        attempts_in(folder, course="")


def test_a_record_in_use_delays_nobody_and_gets_the_attempt_later(folder):
    Recorder(folder).add(attempt(1))
    other = sqlite3.connect(folder / progress.FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    recorder = Recorder(folder)
    started = time.perf_counter()
    recorder.add(attempt(2))
    assert time.perf_counter() - started < 1.0
    assert recorder.notes == []
    assert [path.name for path in (folder / "late").iterdir()] == ["key2.json"]
    (folder / "late" / "half.json").write_text('{"format_ver')  # whoever wrote it was killed
    other.execute("ROLLBACK")
    other.close()
    recorder.add(attempt(3))
    assert [item.key for item in attempts_in(folder, course="")] == ["key1", "key2", "key3"]
    assert list((folder / "late").iterdir()) == []


WRITER = """
import sys
from pathlib import Path
from grader.progress import Recorder
from tests.test_progress import attempt
recorder = Recorder(Path(sys.argv[1]))
start, stop = int(sys.argv[2]), int(sys.argv[3])
for number in range(start, stop):
    recorder.add(attempt(number))
    print(number, flush=True)
assert not recorder.notes, recorder.notes
"""


def writer(folder, start, stop):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(start), str(stop)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_terminals_at_once_lose_nothing(folder):
    both = [writer(folder, 0, 60), writer(folder, 1000, 1060)]
    for process in both:
        process.communicate(timeout=60)
        assert process.returncode == 0
    Recorder(folder).add(attempt(5000))  # takes in what waited
    assert len(attempts_in(folder, course="")) == 121


def test_a_killed_process_leaves_a_whole_record(folder):
    process = writer(folder, 0, 100_000)
    for _ in range(5):
        process.stdout.readline()
    process.kill()
    process.communicate(timeout=30)
    before = attempts_in(folder, course="")
    assert len(before) >= 5
    Recorder(folder).add(attempt(200_000))
    assert len(attempts_in(folder, course="")) >= len(before) + 1


def test_requests_for_a_solution_are_counted_for_each_exercise(folder):
    def ask(exercise_id):
        return ask_for_solution(folder, course="", exercise_id=exercise_id, now=1.0)

    assert [ask("ex05"), ask("ex05"), ask("ex03"), ask("ex05")] == [1, 2, 1, 3]


# Carrying it on


def test_export_and_import_put_two_histories_together_without_doubles(folder, tmp_path):
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(as_json([attempt(1), attempt(2)])), "utf-8")
    Recorder(folder).add(attempt(2))
    assert take_in(folder, read_export(file)) == 1
    assert take_in(folder, read_export(file)) == 0
    assert [item.key for item in attempts_in(folder, course="")] == ["key1", "key2"]


def exported(**changed):
    values = as_json([attempt()])
    values["attempts"][0].update(changed)
    return json.dumps(values)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"format_version": 2, "attempts": []}',
        '{"format_version": 1, "attempts": 3}',
        exported(score="much"),
        exported(score=1e9),
        exported(score=True),
        exported(at=float("nan")),
        exported(verdict="great"),
        exported(cases=[["a"]]),
        exported(seed=None),
    ],
)
def test_what_is_no_export_is_refused(text, tmp_path):
    file = tmp_path / "wrong.json"
    file.write_text(text, "utf-8")
    with pytest.raises(UsageError, match="is no exported progress") as caught:
        read_export(file)
    assert "grade progress --export FILE" in caught.value.hint


def test_a_missing_export_is_said(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        read_export(tmp_path / "nothing.json")


def test_an_attempt_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="finite"):
        replace(attempt(), at=float("inf"))
    with pytest.raises(ValueError, match="score"):
        replace(attempt(), score=-1.0)


def test_an_attempt_in_the_record_that_nobody_can_read_is_said(folder):
    Recorder(folder).add(attempt())
    with sqlite3.connect(folder / progress.FILE) as connection:
        connection.execute("UPDATE attempt SET cases = '[1]'")
    connection.close()
    with pytest.raises(StoreError, match="nobody can read"):
        attempts_in(folder, course="")


def test_a_record_that_may_only_be_read_is_read(folder, monkeypatch):
    Recorder(folder).add(attempt())
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    assert len(attempts_in(folder, course="")) == 1
