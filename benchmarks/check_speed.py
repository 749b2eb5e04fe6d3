"""How long a learner waits: `grade check` against plain pytest on the same cases, in turn.

Run:  python benchmarks/check_speed.py [--exercise ex05] [--runs 10]

Plain pytest imports the solution directly, in one process, without any protection; `grade check` starts a jailed
worker and compares over the border. Both run both suites with one seed. The machine is noisy, so both sides take
turns and the medians are compared.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from grader.course import find_course
from grader.grading import DEFAULT_SEED, Grader, Settings, open_grader
from grader.submission import read_submission

CONFTEST = """
import importlib.util
import numpy as np
import pytest
from grader.suite.rng import CaseRng

np.seterr(all="ignore")


def load(name):
    spec = importlib.util.spec_from_file_location(name, {solution!r})
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.calls = []
    return module


@pytest.fixture(scope="session")
def submission():
    return load("submission_module")


@pytest.fixture(scope="session")
def solution():
    return load("solution_module")


@pytest.fixture
def rng(request):
    return CaseRng({seed}, request.node.name)
"""


def timed(command, **options):
    started = time.perf_counter()
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options
    )
    return time.perf_counter() - started, done


def tree_pss_mb(pid):
    """Return the proportional memory of a process and its descendants in MB."""
    total, todo = 0, [pid]
    while todo:
        current = todo.pop()
        try:
            for line in Path(f"/proc/{current}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
            for task in Path(f"/proc/{current}/task").iterdir():
                todo += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return total / 1e6


def peak_memory_mb(command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, tree_pss_mb(process.pid))
        time.sleep(0.002)
    return peak


def warm_ms(exercise, submission, runs):
    """Return milliseconds for each submission after the first, through a warm suite and worker parent."""

    def drive(grader: Grader):
        times = []
        for _ in range(runs + 2):
            started = time.perf_counter()
            report = grader.grade(submission)
            times.append(1000 * (time.perf_counter() - started))
            if not report.all_passed:
                raise SystemExit("the solution does not pass: nothing to measure")
        return times[2:]

    return open_grader(exercise, settings=Settings(), drive=drive)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--exercise", default="ex05")
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args()
    exercise = find_course(None, os.environ).exercise(options.exercise)
    grade = shutil.which("grade", path=str(Path(sys.executable).parent)) or "grade"
    with tempfile.TemporaryDirectory() as folder:
        for suite in (exercise.public_suite, exercise.hidden_suite):
            shutil.copy(suite, folder)
        conftest = CONFTEST.format(solution=str(exercise.solution), seed=DEFAULT_SEED)
        Path(folder, "conftest.py").write_text(conftest)
        marks = ["points", "title", "visibility", "hint", "requires"]
        Path(folder, "pytest.ini").write_text(
            "[pytest]\nmarkers =\n" + "".join(f"    {m}: m\n" for m in marks)
        )
        # `assert_unchanged` asks the border for the last call, `keras_reference` opens the bank: plain pytest has
        # neither, so that these cases are in `grade check`'s time alone.
        plain = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-k",
            "not unchanged and not keras",
            folder,
        ]
        ours = [grade, "check", options.exercise, str(exercise.solution), "--seed", str(DEFAULT_SEED)]
        # Plugins that happen to be installed are none of plain pytest's time.
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        environment.pop(
            "PYTHONDONTWRITEBYTECODE", None
        )  # the first run compiles for those after it, as anywhere
        commands = {
            "plain pytest, same cases": plain,
            "grade check, jailed": ours,
            "grade --help": [grade, "--help"],
            "grade list": [grade, "list"],
        }
        times = {name: [] for name in commands}
        for _ in range(options.runs + 1):
            for name, command in commands.items():
                seconds, done = timed(command, env=environment, cwd=folder)
                if done.returncode:
                    raise SystemExit(f"{name} failed:\n{done.stdout}")
                times[name].append(seconds)
        memory = peak_memory_mb(ours)
        tail = timed(plain, env=environment, cwd=folder)[1].stdout.strip().splitlines()[-1]
    submission = read_submission(exercise.solution, exercise)
    warm = warm_ms(exercise, submission, options.runs)
    num_cases = open_grader(exercise, settings=Settings(), drive=lambda grader: len(grader.suite.cases))
    table = Table(title=f"{options.exercise}: {num_cases} cases, {options.runs} runs each, in turn")
    for column in ("what", "median", "fastest", "limit"):
        table.add_column(column)
    medians = {name: statistics.median(values[1:]) for name, values in times.items()}
    limits = {"grade --help": "0.2 s", "grade list": "0.2 s"}
    for name, values in times.items():
        table.add_row(name, f"{medians[name]:.3f} s", f"{min(values[1:]):.3f} s", limits.get(name, ""))
    ratio = medians["grade check, jailed"] / medians["plain pytest, same cases"]
    table.add_row("grade check / plain pytest", f"{ratio:.2f}", "", "1.3")
    per_dozen = statistics.median(warm) * 12 / num_cases
    table.add_row(
        f"a further submission, {num_cases} cases",
        f"{statistics.median(warm):.1f} ms",
        f"{min(warm):.1f} ms",
        "",
    )
    table.add_row(
        "the same for 12 cases", f"{per_dozen:.1f} ms", f"{min(warm) * 12 / num_cases:.1f} ms", "20 ms"
    )
    table.add_row("peak memory, grader and worker", f"{memory:.0f} MB", "", "150 MB")
    Console().print(table)
    Console().print(f"plain pytest said: {tail}")
    Console().print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.platform()}")


if __name__ == "__main__":
    main()
