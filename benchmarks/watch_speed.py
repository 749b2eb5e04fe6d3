"""How long after a save the result stands on the screen of `grade watch`, and what keeping an attempt costs.

Run:  python benchmarks/watch_speed.py [--exercise ex05] [--saves 15]

A real `grade watch` runs in a pseudo-terminal; wrong and right versions are saved in turn. The clock starts when the
file is written and stops when the score has come out of the terminal. Attempts are added to a record that holds a
year's worth of them, in a fresh process each time, imports included.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect

from grader.course import find_course

GRADE = [sys.executable, "-c", "from grader.cli.main import main; main()"]
ADD = """
import os, random, sys, time
from pathlib import Path
# What a check has loaded by then.
import grader.grading, grader.suite.plugin, grader.cli.check_commands, grader.attempts, numpy
from grader.attempts import Attempt, CaseOutcome
from grader.verdicts import Verdict
case = CaseOutcome(case_id="test_something", verdict=Verdict.FAILED, points=0.0, max_points=1.0, mistake="a_mistake")
attempt = Attempt(
    key=str(random.random()), course="", exercise_id="ex05", at=time.time(), since_s=None, score=2.0, max_score=37.0,
    verdict=Verdict.FAILED, has_run=True, seed=7, other_seed=None, duration_s=0.3, sha256="ab" * 32, cases=(case,) * 37,
)
assert "sqlite3" not in sys.modules
wall, cpu = time.perf_counter(), time.process_time()
from grader.progress import Recorder
recorder = Recorder(Path(sys.argv[1]))
recorder.add(attempt)
recorder.close()
print((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000, flush=True)
assert not recorder.notes
os._exit(0)  # as `grade` ends
"""


def watch_times(exercise_id: str, saves: int) -> list[float]:
    """Return the seconds from save to score."""
    solution = find_course(None, {}).exercise(exercise_id).solution.read_text("utf-8")
    durations = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "learn"
        env = {**os.environ, "LANG": "C.UTF-8", "GRADE_LANG": "en", "TERM": "xterm"}
        subprocess.run([*GRADE, "init", str(folder)], env=env, check=True, capture_output=True)
        file = folder / f"{exercise_id}.py"
        terminal = pexpect.spawn(
            GRADE[0],
            [*GRADE[1:], "watch", exercise_id],
            cwd=str(folder),
            env=env,
            encoding="utf-8",
            timeout=30,
            dimensions=(50, 100),
        )
        terminal.expect("waiting for a save")
        time.sleep(1)
        for number in range(saves + 1):
            broken = solution.replace("return ", f"return ({number + 2}) and -1 * ", 1)
            started = time.perf_counter()
            file.write_text(broken, "utf-8")
            terminal.expect(r"/ \d+ points")
            durations.append(time.perf_counter() - started)
            time.sleep(1.5)  # the smallest failing input is looked for after the result
            while True:
                try:
                    terminal.read_nonblocking(100_000, timeout=0.1)
                except pexpect.TIMEOUT:
                    break
        terminal.send("q")
        terminal.close()
    return durations[1:]


def add_times(runs: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds that keeping one attempt takes: on the clock, and of the processor."""
    root = Path(__file__).resolve().parents[1]
    with tempfile.TemporaryDirectory() as scratch:
        fill = (
            "import sys; from pathlib import Path\n"
            "from grader.progress import take_in; from tests.test_progress import attempt\n"
            "take_in(Path(sys.argv[1]), [attempt(number) for number in range(3000)])\n"
        )
        subprocess.run([sys.executable, "-c", fill, scratch], check=True, cwd=root)
        pairs = [
            subprocess.run([sys.executable, "-c", ADD, scratch], check=True, capture_output=True, cwd=root)
            .stdout.decode()
            .split()
            for _ in range(runs)
        ]
    return [float(wall) for wall, _ in pairs], [float(cpu) for _, cpu in pairs]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exercise", default="ex05")
    parser.add_argument("--saves", type=int, default=15)
    chosen = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the first run compiles for those after it, as anywhere
    walls, cpus = add_times(chosen.saves)
    for what, values, unit, limit in (
        ("keeping an attempt, on the clock", walls, "ms", 5),
        ("keeping an attempt, of the processor", cpus, "ms", 5),
        ("save to screen", watch_times(chosen.exercise, chosen.saves), "s", 0.3),
    ):
        print(
            f"{what}: median {statistics.median(values):.3f} {unit}, best {min(values):.3f}, "
            f"worst {max(values):.3f} (limit {limit} {unit}, {len(values)} times)"
        )


if __name__ == "__main__":
    main()
