"""Sudden death: whatever is killed, full, exhausted or broken, nothing that was reported is lost."""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from grader.cli.main import run
from grader.course import open_course
from grader.errors import SandboxError, StoreError
from grader.gradebook.book import open_gradebook
from grader.gradebook.results import newest_results
from grader.grading import Settings, open_grader
from grader.sandbox import confine
from grader.sandbox.confine import Part, PartStatus
from grader.sandbox.host import CaseOverError
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.start import can_fork
from grader.submission import read_submission
from grader.verdicts import Verdict

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_fork(), reason="untrusted code is graded on Linux only"),
]

RIGHT = """import numpy as np
{slow}
def double(x):
    return np.asarray(x) * 2.0

def halve(x, times=1):
    return np.asarray(x) / 2.0**times
"""
SLOW = "import time; time.sleep(0.05)"
MAIN = "from grader.cli.main import main; main()"


def grade(*words, **how):
    command = [sys.executable, "-c", MAIN, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **how)


def later(delay_s, action):
    thread = threading.Timer(delay_s, action)
    thread.start()
    return thread


# --- processes that are killed ------------------------------------------------------------------------------------


def test_a_worker_that_is_killed_costs_its_case(open_session):
    session = open_session("import time\ndef f(x):\n    time.sleep(x)\n    return x")
    submission = ModuleProxy(session, lambda name: name)
    submission.f(0)
    for delay_s in (0.02, 0.1):
        session.begin_case()
        pid = session._worker.pid
        killer = later(delay_s, lambda pid=pid: os.kill(pid, signal.SIGKILL))
        with pytest.raises(CaseOverError) as caught:
            submission.f(3)
        killer.join()
        assert caught.value.verdict is Verdict.RUNTIME_ERROR
        assert "SIGKILL" in caught.value.message
        session.begin_case()
        assert submission.f(0) == 0  # in a new one


def test_a_worker_parent_that_is_killed_is_the_graders_fault(make_course, tmp_path):
    path = tmp_path / "ex99.py"
    path.write_text("import time\ndef double(x):\n    time.sleep(2)\n    return x * 2\n")
    exercise = open_course(make_course()).exercise("ex99")

    def drive(grader):
        pid = grader._launcher._process.pid
        killer = later(0.3, lambda: os.kill(pid, signal.SIGKILL))
        try:
            return grader.grade(read_submission(path, exercise))
        finally:
            killer.join()

    # Either a report whose score is nobody's, or an error that says so: never points, never a zero.
    with contextlib.suppress(SandboxError):
        report = open_grader(exercise, settings=Settings(), drive=drive)
        assert report.verdict is Verdict.GRADER_ERROR
        assert report.score is None


def class_of(folder, number):
    folder.mkdir()
    for student in range(number):
        (folder / f"s{student:02}").mkdir()
        (folder / f"s{student:02}" / "ex99.py").write_text(RIGHT.format(slow=SLOW) + f"# {student}\n")
    return folder


def scores(out):
    with open_gradebook(out) as book:
        return {result.members[0]: (result.id, result.score) for result in newest_results(book, "ex99")}


def offspring(pid):
    """Return the processes below `pid` that run Python."""
    found = subprocess.run(
        ["ps", "-o", "pid=,ppid=", "-e"], capture_output=True, text=True, check=True
    ).stdout
    parents = {int(line.split()[0]): int(line.split()[1]) for line in found.splitlines()}
    below = {pid}
    for _ in range(6):
        below |= {child for child, parent in parents.items() if parent in below}
    return below - {pid}


def test_a_batch_that_is_killed_loses_nothing_that_it_reported(make_course, tmp_path):
    course, source, out = make_course(), class_of(tmp_path / "class", 12), tmp_path / "out"
    words = ["--course", course, "batch", source, "--exercise", "ex99", "--out", out, "--workers", "1"]
    rng, reported, children = random.Random(3), {}, set()
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", MAIN, *map(str, words)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:  # until it has reported something new
            with contextlib.suppress(StoreError, sqlite3.Error):
                if len(scores(out)) > len(reported):
                    break
            time.sleep(0.05)
        time.sleep(rng.random() * 0.2)
        children |= offspring(process.pid)
        process.kill()
        process.wait()
        seen = scores(out)
        assert seen.items() >= reported.items()
        reported = seen
    assert reported
    done = grade(*words)
    assert done.returncode == 0, done.stderr
    assert scores(out).items() >= reported.items()  # the same numbers: nothing was graded twice
    assert {score for _, score in scores(out).values()} == {10.0}
    assert len(scores(out)) == 12
    until = time.monotonic() + 5
    while time.monotonic() < until and any(Path(f"/proc/{pid}").exists() for pid in children):
        time.sleep(0.05)
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def test_a_process_of_a_batch_that_is_killed_is_made_up_for(make_course, tmp_path):
    course, source, out = make_course(), class_of(tmp_path / "class", 10), tmp_path / "out"
    words = ["--course", course, "batch", source, "--exercise", "ex99", "--out", out, "--workers", "1"]
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    until, killed = time.monotonic() + 60, False
    while time.monotonic() < until and process.poll() is None and not killed:
        with contextlib.suppress(StoreError, sqlite3.Error):
            if len(scores(out)) >= 2:
                for pid in offspring(process.pid):
                    command = Path(f"/proc/{pid}/cmdline").read_bytes()
                    if b"spawn_main" in command:
                        os.kill(pid, signal.SIGKILL)
                        killed = True
        time.sleep(0.02)
    _, said = process.communicate(timeout=120)
    assert killed
    assert process.returncode == 0, said
    assert [score for _, score in scores(out).values()] == [10.0] * 10


# --- no room ------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 400 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("mounting a disk needs privileges")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_is_said_and_made_up_for(make_course, tmp_path, small_disk):
    course, source = make_course(), class_of(tmp_path / "class", 6)
    words = ["--course", course, "batch", source, "--exercise", "ex99", "--out", small_disk / "out"]
    (small_disk / "ballast").write_bytes(b"x" * 300 * 1024)
    done = grade(*words, "--workers", "1")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr, done.stderr
    assert "error: " in done.stderr
    (small_disk / "ballast").unlink()
    subprocess.run(["mount", "-o", "remount,size=16m", small_disk], check=True)
    done = grade(*words, "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert len(scores(small_disk / "out")) == 6


@pytest.mark.parametrize(
    ("name", "limits"),
    [("NOFILE", (6, 9, 12, 16, 24)), ("AS", (2**26, 2**27, 2**28, 2**29)), ("NPROC", (1,))],
)
def test_a_check_without_descriptors_or_memory_is_never_a_result(make_course, tmp_path, name, limits):
    path = tmp_path / "ex99.py"
    path.write_text(RIGHT.format(slow=""))
    course = make_course()
    for limit in limits:
        script = (
            "import resource, sys\n"
            f"resource.setrlimit(resource.RLIMIT_{name}, ({limit}, {limit}))\n"
            f"sys.argv[1:] = ['--course', {str(course)!r}, 'check', 'ex99', {str(path)!r}, '--seed', '1']\n"
            "from grader.cli.main import main\nmain()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path
        )
        # Python itself may not start (1 with a traceback of the interpreter's own): that is no result either.
        is_right = done.returncode == 0 and "10 / 10" in done.stdout
        is_fault = done.returncode != 0 and "/ 10" not in done.stdout
        assert is_right or is_fault, (limit, done.returncode, done.stdout[-300:], done.stderr[-300:])


# --- clocks and files -----------------------------------------------------------------------------------------------


def test_a_clock_that_jumps_changes_no_result(make_course, tmp_path, monkeypatch):
    path = tmp_path / "ex99.py"
    path.write_text(RIGHT.format(slow=""))
    exercise = open_course(make_course()).exercise("ex99")
    jumps = iter([0.0, 1e9, -1e9] * 10_000)
    monkeypatch.setattr(time, "time", lambda: 1.7e9 + next(jumps))
    report = open_grader(
        exercise, settings=Settings(), drive=lambda grader: grader.grade(read_submission(path, exercise))
    )
    assert report.all_passed


@pytest.mark.parametrize("suffix", ["-wal", "-shm", ""])
@pytest.mark.parametrize("harm", ["garbage", "cut", "zeros"])
def test_a_gradebook_that_was_damaged(make_course, tmp_path, suffix, harm):
    """What the write-ahead log held may be gone; then it is graded again. A broken book is said to be broken."""
    course, source, out = make_course(), class_of(tmp_path / "class", 2), tmp_path / "out"
    words = ["--course", str(course), "batch", str(source), "--exercise", "ex99", "--out", str(out)]
    assert grade(*words, "--workers", "1").returncode == 0
    book = sqlite3.connect(out / "gradebook.sqlite")
    book.execute("PRAGMA journal_mode=WAL")
    book.execute("UPDATE result SET duration_s = duration_s")
    book.commit()
    for end in ("", "-wal", "-shm"):
        if (out / f"gradebook.sqlite{end}").exists():
            shutil.copy(out / f"gradebook.sqlite{end}", tmp_path / f"kept{end}")
    book.close()
    for end in ("", "-wal", "-shm"):
        if (tmp_path / f"kept{end}").exists():
            shutil.copy(tmp_path / f"kept{end}", out / f"gradebook.sqlite{end}")
    path = out / f"gradebook.sqlite{suffix}"
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    if harm == "garbage":
        data[middle : middle + 4096] = random.Random(1).randbytes(4096)
    elif harm == "zeros":
        data[:] = bytes(len(data))
    else:
        del data[middle:]
    path.write_bytes(data)
    done = grade(*words, "--workers", "1")
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in (0, 3)
    if done.returncode == 0:
        assert {score for _, score in scores(out).values()} == {10.0}
    else:
        assert "gradebook" in done.stderr


# --- a jail without one of its parts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("part", list(Part))
def test_a_class_is_not_graded_without_every_part_of_the_jail(
    make_course, tmp_path, monkeypatch, capsys, part
):
    monkeypatch.setattr(
        confine,
        "probe",
        lambda: tuple(
            PartStatus(part=one, is_available=one is not part, reason="taken away") for one in Part
        ),
    )
    out = tmp_path / "out"
    words = [
        "--course",
        str(make_course()),
        "batch",
        str(class_of(tmp_path / "class", 1)),
        "--exercise",
        "ex99",
    ]
    assert run([*words, "--out", str(out)]) == 3
    assert str(part) in capsys.readouterr().err
    assert not (out / "gradebook.sqlite").exists()
