"""A class is graded by real processes that are killed, on a disk that is full, and on a Dask cluster."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pytest

from grader.cli.main import run
from grader.gradebook.book import open_gradebook
from grader.gradebook.marks import read_marks
from grader.sandbox.start import can_fork

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_fork(), reason="untrusted code is graded on Linux"),
]

RIGHT = """
import time
import numpy as np
time.sleep(0.05)

def double(x):
    return np.asarray(x) * 2.0

def halve(x, times=1):
    return np.asarray(x) / 2.0**times
"""
GRADE = str(Path(sys.executable).with_name("grade"))
WRONG = RIGHT.replace("* 2.0", "+ 2.0")


@pytest.fixture
def folder(tmp_path, make_course):
    """Return a folder with a course and a class of 24, half of it wrong."""
    make_course()
    for number in range(24):
        path = tmp_path / "class" / f"s{number:02}" / "ex99.py"
        path.parent.mkdir(parents=True)
        path.write_text(f"# {number}\n" + (WRONG if number % 2 else RIGHT), "utf-8")
    return tmp_path


def arguments(folder, *more):
    return [
        "--course", str(folder / "course"), "batch", str(folder / "class"), "--exercise", "ex99",
        "--out", str(folder / "out"), *more,
    ]  # fmt: skip


def start(folder, *more):
    return subprocess.Popen(
        [GRADE, *arguments(folder, *more)],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def num_results(folder):
    path = folder / "out" / "gradebook.sqlite"
    if not path.exists():
        return 0
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)
    try:
        return connection.execute("SELECT count(*) FROM result").fetchone()[0]
    except sqlite3.OperationalError:  # its tables are not there yet
        return 0
    finally:
        connection.close()


def wait_for_results(folder, number):
    deadline = time.monotonic() + 60
    while num_results(folder) < number:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def final_marks(folder):
    with open_gradebook(folder / "out") as book:
        return {mark.student.key: mark.final for mark in read_marks(book)}


EXPECTED = {f"s{number:02}": 4.0 if number % 2 else 10.0 for number in range(24)}


def children_of(pid):
    return [
        int(line.split()[0])
        for line in subprocess.run(
            ["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True
        ).stdout.splitlines()[1:]
        if int(line.split()[1]) == pid
    ]


def left_by(pids):
    """Return the temporary folders that processes left behind."""
    return [path for pid in pids for path in Path(tempfile.gettempdir()).glob(f"grade-{pid}-*")]


def test_a_class_through_the_command_line(folder, capsys):
    assert run(arguments(folder, "--workers", "2")) == 0
    said = capsys.readouterr().err
    assert "submissions: 24, people: 24 (plain), graded before: 0" in said
    assert "passed 12" in said
    assert f"grade report {folder / 'out'}" in said
    assert final_marks(folder) == EXPECTED
    page = folder / "out" / "feedback" / "s01" / "ex99.html"
    assert "4 / 10" in page.read_text("utf-8")
    page.unlink()
    assert run(arguments(folder, "--quiet")) == 0
    assert capsys.readouterr().err == ""
    assert "4 / 10" in page.read_text("utf-8")  # what is missing is written again
    assert num_results(folder) == 24


def test_killed_in_the_middle_and_started_again(folder):
    process = start(folder, "--workers", "2")
    wait_for_results(folder, 3)
    pool = children_of(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pool):
        assert time.monotonic() < deadline, "a pool process outlived the one that asked"
        time.sleep(0.05)
    assert left_by(pool) == []
    before = num_results(folder)
    assert 3 <= before < 24
    assert run(arguments(folder, "--workers", "2", "--quiet")) == 0
    assert final_marks(folder) == EXPECTED
    assert num_results(folder) == 24


def test_ctrl_c_stops_says_how_to_go_on_and_leaves_nothing_running(folder):
    process = start(folder, "--workers", "2")
    wait_for_results(folder, 3)
    pool = children_of(process.pid)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to everybody
    said = process.communicate(timeout=30)[1]
    assert process.returncode == 130
    assert "Stopped. What is graded is kept; go on with: grade" in said
    assert "Traceback" not in said
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pool):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert left_by(pool) == []
    assert run(arguments(folder, "--quiet")) == 0
    assert final_marks(folder) == EXPECTED


def test_a_pool_process_that_is_killed_costs_nobody_a_mark(folder):
    process = start(folder, "--workers", "2")
    wait_for_results(folder, 3)
    commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children_of(process.pid)}
    victim = next(pid for pid, command in commands.items() if b"spawn_main" in command)
    os.kill(victim, signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert final_marks(folder) == EXPECTED
    assert num_results(folder) == 24


def test_two_batches_at_once_on_one_folder(folder, capsys):
    process = start(folder, "--workers", "1")
    wait_for_results(folder, 1)
    assert run(arguments(folder)) == 3
    said = capsys.readouterr().err
    assert "Another `grade batch` is at work" in said
    assert "--out DIR" in said
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert final_marks(folder) == EXPECTED


# A batch whose grading costs nothing, so that what is killed is the writing. The process forks a child for every
# try, and kills it after a random time.
MANY_KILLS = """
import json, os, random, resource, signal, sqlite3, sys, time
from pathlib import Path

sys.path.insert(0, sys.argv[3])
from grader.batch.jobs import Outcome
from grader.batch.plan import BatchRequest
from grader.batch.run import run_batch
from grader.course import open_course
from grader.errors import StoreError
from grader.intake.take_in import take_in
from tests.test_batch import Heard, Here

root, mode = Path(sys.argv[1]), sys.argv[2]
course = open_course(root / "course")
exercise = course.exercise("ex99")
work = take_in(root / "class", exercises=[exercise], work_folder=root / "work")
CASES = 40

def grade(job):
    time.sleep(0.0005)
    points = float(len(job.data) % 2)
    row = lambda n: (f"case_{n}", "t" * 200, "passed" if points else "failed", 1.0, points, "hidden", "", None, "", 0.0)
    cases = tuple(row(n) for n in range(CASES))
    return Outcome(state="graded", verdict=cases[0][2], cases=cases, jail_complete=True)

def batch(out):
    request = BatchRequest(source=root, out=out, course=course, exercises=(exercise,), language="en")
    return run_batch(request, work, Here(grade), draw_seed=7, listener=Heard())

def rows(out):
    book = sqlite3.connect(out / "gradebook.sqlite")
    found = book.execute(
        "SELECT owner, score, state, (SELECT count(*) FROM result_case WHERE result_id = result.id)"
        " FROM result JOIN handin ON handin.id = handin_id ORDER BY owner").fetchall()
    sound = book.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    book.close()
    return found, sound

def child(out, limit=None):
    pid = os.fork()
    if pid == 0:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            batch(out)
        except StoreError as error:
            os.write(1, f"{error} | {error.hint}\\n".encode())
            os._exit(3)
        os._exit(0)
    return pid

out = root / "out"
whole = root / "whole"
batch(whole)
if mode == "kill":
    random.seed(0)
    halves = killed = grown = 0
    for number in range(50):
        if grown == len(rows(whole)[0]):  # graded to the end, piece by piece: begin again with nothing
            assert rows(out) == rows(whole)
            out, grown = root / f"out{number}", 0
        pid = child(out)
        time.sleep(random.uniform(0.0, 0.03))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        killed += os.WIFSIGNALED(status)
        if (out / "gradebook.sqlite").exists() and (out / "gradebook.sqlite").stat().st_size:
            try:
                found, sound = rows(out)
            except sqlite3.OperationalError:  # killed before its tables were there
                continue
            assert sound
            halves += sum(row[3] != CASES for row in found)
            assert len(found) >= grown, "a result was lost"
            grown = len(found)
    batch(out)
    assert rows(out) == rows(whole)
    print(json.dumps({"killed": killed, "halves": halves, "before_last": grown, "all": len(rows(out)[0])}))
else:
    pid = child(out, limit=400_000)
    _, status = os.waitpid(pid, 0)
    found, sound = rows(out)
    batch(out)
    print(json.dumps({
        "rc": os.waitstatus_to_exitcode(status), "sound": sound, "found": len(found),
        "halves": sum(row[3] != CASES for row in found), "same": rows(out) == rows(whole)}))
"""


def many_kills(folder, mode):
    for number in range(24, 160):
        path = folder / "class" / f"s{number:03}" / "ex99.py"
        path.parent.mkdir(parents=True)
        path.write_text(f"# {number}\ndef double(x): ...\n", "utf-8")
    root = str(Path(__file__).resolve().parents[1])
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(MANY_KILLS), str(folder), mode, root],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    *said, facts = done.stdout.splitlines()
    return said, json.loads(facts)


def test_killed_at_fifty_random_moments_and_nothing_is_lost_or_half(folder):
    _, facts = many_kills(folder, "kill")
    assert facts["halves"] == 0
    assert facts["killed"] >= 40
    assert facts["all"] == 160


def test_a_full_disk_ends_with_a_clear_error_and_a_whole_gradebook(folder):
    said, facts = many_kills(folder, "full")
    assert facts["rc"] == 3
    assert "full" in said[0]
    assert "what was written is safe" in said[0]
    assert (facts["sound"], facts["halves"], facts["same"]) == (True, 0, True)
    assert 0 < facts["found"] < 160


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def cluster(tmp_path):
    """Return the address and the workers of a Dask cluster on loopback: a scheduler and two worker processes."""
    pytest.importorskip("distributed")
    address = f"tcp://127.0.0.1:{free_port()}"
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "3"}
    dask = [sys.executable, "-m", "dask"]
    log = (tmp_path / "dask.log").open("w")
    commands = [[*dask, "scheduler", "--host", address, "--no-dashboard"]]
    worker = [*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    commands += [[*worker, "--local-directory", str(tmp_path / name)] for name in ("one", "two")]
    processes = [
        subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=tmp_path)
        for command in commands
    ]
    yield address, processes[1:]
    for process in processes:
        process.kill()
        process.wait()
    log.close()


def wait_for_workers(address, number):
    from distributed import Client

    with Client(address, timeout=60) as client:
        client.wait_for_workers(number, timeout=60)


@pytest.mark.filterwarnings("ignore")  # Dask's and tornado's own
def test_a_dask_cluster_grades_everybody_once_though_a_worker_is_killed(folder, cluster):
    address, workers = cluster
    wait_for_workers(address, 2)
    (folder / "course").rename(folder / "elsewhere")  # the workers receive the course, and do not find it
    process = start_elsewhere(folder, address)
    wait_for_results(folder, 4)
    workers[0].kill()
    said = process.communicate(timeout=120)[1]
    assert process.returncode == 0, said
    assert final_marks(folder) == EXPECTED
    assert num_results(folder) == 24


def start_elsewhere(folder, address):
    """Start a batch whose course is where the workers cannot read it by its path."""
    moved = folder / "elsewhere"
    return subprocess.Popen(
        [
            GRADE, "--course", str(moved), "batch", str(folder / "class"),
            "--exercise", "ex99", "--out", str(folder / "out"), "--cluster", address,
        ],
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip


def test_a_cluster_that_does_not_answer_is_named(folder, capsys, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("grader.batch.executors._CONNECT_S", 0.3)
    assert run(arguments(folder, "--cluster", f"tcp://127.0.0.1:{free_port()}")) == 2
    assert "No Dask scheduler answers" in capsys.readouterr().err
