"""A fork without Python's hooks is a whole process; where it might not be one, it is Python's own."""

import subprocess
import sys
import threading

import pytest

from grader.sandbox import kernel
from grader.sandbox.start import can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system has no fork")

SCRIPT = """
import os, random, signal, sys, threading, time
import numpy as np
sys.path.insert(0, {root!r})
from grader.sandbox import kernel

fork = kernel.light_fork()
assert fork is not os.fork, "the light one is what is tested"
parent = os.getpid()
for _ in range(3):
    pid = fork()
    if pid == 0:
        found = []
        workers = [threading.Thread(target=found.append, args=(number,)) for number in range(8)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert sorted(found) == list(range(8))
        assert threading.current_thread() is threading.main_thread()
        assert (os.getppid(), os.getpid() == parent) == (parent, False)
        signal.signal(signal.SIGALRM, lambda *_: found.append("alarm"))
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        while found[-1] != "alarm":
            time.sleep(0.01)
        assert (np.ones((50, 50)) @ np.ones(50)).tolist() == [50.0] * 50
        try:
            os.read(999, 1)
        except OSError as error:
            assert error.errno == 9
        os._exit(7)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
print("whole")
"""


def test_a_light_fork_is_a_whole_process():
    root = str(kernel.__file__).rpartition("/grader/")[0]
    environment = {"OPENBLAS_NUM_THREADS": "1", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(root=root)],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("whole\n", "")


def test_with_a_second_thread_it_is_pythons_own():
    release = threading.Event()
    thread = threading.Thread(target=release.wait)
    thread.start()
    try:
        assert kernel.light_fork() is kernel.os.fork
    finally:
        release.set()
        thread.join()


def test_with_a_python_that_was_not_tried_it_is_pythons_own(monkeypatch):
    monkeypatch.setattr(kernel, "_UNTRIED", (3, 0))
    assert kernel.light_fork() is kernel.os.fork
