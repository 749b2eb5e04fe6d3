"""How fast a class is graded: rate, memory and linearity of `grade batch`, and other graders on the same files.

Run:  python benchmarks/batch_speed.py [--workers 2] [--size 1000] [--dozen 1000] [--large 10000] [--peers 200]
          [--ex08 40]

Every submission is a file of its own (they differ in a comment), graded in a worker of its own. The right class
takes turns between the solution and the alternatives of `tests/alternatives`; in the realistic class half is
right, most of the others make one of the known mistakes, and some are the stub, break in the middle or are no
Python. Wall time is that of the whole command: start, taking in, gradebook and feedback files included. With
`--peers N` the first N files of the realistic class also go through other graders (see `batch_peers`).
`--dozen` keeps the first 12 cases of a copy of the course: the targets were set with a suite of that size.
`--ex08` takes the training case out of one. 0 leaves a part out.
"""

import argparse
import ast
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import batch_peers
from rich.console import Console
from rich.table import Table

from grader.course import find_course
from grader.suite.mistake_sources import read_mistake_sources

ROOT = Path(__file__).resolve().parents[1]
GRADE = shutil.which("grade", path=str(Path(sys.executable).parent)) or "grade"


def right_sources(exercise):
    files = [exercise.solution, *sorted((ROOT / "tests" / "alternatives" / exercise.id).glob("*.py"))]
    return [path.read_text("utf-8") for path in files]


class Own(ast.NodeTransformer):
    """Lets an alternative use the solution's own functions where it replaces those of the same names."""

    def __init__(self, names):
        self.names = names

    def visit_Name(self, node):
        is_read = isinstance(node.ctx, ast.Load) and node.id in self.names
        return ast.Name(id=f"_own_{node.id}", ctx=node.ctx) if is_read else node


def wrong_sources(exercise):
    """Return the solution with each known mistake in it, as a file that stands alone.

    In a suite the alternatives call the solution across the border. In one file, a function that is replaced by one
    that calls it would call itself for ever, and the class would fail with nothing but exceptions.
    """
    solution = exercise.solution.read_text("utf-8")
    found = []
    for item in read_mistake_sources(exercise.mistakes, exercise.solution):
        assert item.source.startswith(solution)
        names = item.mistake.replaces
        rest = Own(names).visit(ast.parse(item.source[len(solution) :]))
        own = "".join(f"_own_{name} = {name}\n" for name in names)
        found.append(f"{solution}\n{own}{ast.unparse(rest)}\n")
    return found


def realistic_sources(exercise):
    """Return a cycle of submissions: half right, eight tenths of the rest with a known mistake."""
    right = right_sources(exercise)
    wrong = wrong_sources(exercise)
    others = [
        exercise.stub.read_text("utf-8"),
        right[0] + "\nraise ValueError('oops')\n",
        right[0] + "\ndef (:\n",
    ]
    cycle = []
    for number in range(200):
        if number % 2 == 0:
            cycle.append(right[number // 2 % len(right)])
        elif number % 10 == 9:
            cycle.append(others[number // 10 % len(others)])
        else:
            cycle.append(wrong[number // 2 % len(wrong)])
    return cycle


def write_class(folder, exercise_id, sources, size):
    for number in range(size):
        path = folder / f"student{number:05}" / f"{exercise_id}.py"
        path.parent.mkdir(parents=True)
        path.write_text(f"# student {number}\n{sources[number % len(sources)]}", "utf-8")


def tree(pid):
    """Yield a process and all its descendants, each with its depth."""
    todo = [(pid, 0)]
    while todo:
        current, depth = todo.pop()
        yield current, depth
        try:
            for task in Path(f"/proc/{current}/task").iterdir():
                todo += [(int(child), depth + 1) for child in (task / "children").read_text().split()]
        except OSError:
            continue


def look(pid, spent):
    """Return the proportional memory of a process tree in MB; note each process's seconds of processor.

    Workers are the fourth generation. They live for milliseconds, so their parents' account is read instead.
    """
    total = 0
    for current, depth in tree(pid):
        try:
            lines = Path(f"/proc/{current}/smaps_rollup").read_text().splitlines()
            fields = Path(f"/proc/{current}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        if depth < 3:
            ticks = sum(map(int, fields[11:15] if depth == 2 else fields[11:13]))
            spent[current] = ticks / os.sysconf("SC_CLK_TCK")
    return total / 1000


def run_batch(exercise_id, source, out, workers, course=None):
    """Return seconds, seconds of processor and peak memory of one `grade batch`."""
    command = [GRADE, *(["--course", str(course)] if course else []), "batch", str(source)]
    command += [
        "--exercise",
        exercise_id,
        "--out",
        str(out),
        "--workers",
        str(workers),
        "--quiet",
        "--seed",
        "7",
    ]
    started = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    peak, spent = [0.0], {}

    def watch():
        while process.poll() is None:
            peak[0] = max(peak[0], look(process.pid, spent))
            time.sleep(0.5)

    watcher = threading.Thread(target=watch)
    watcher.start()
    said = process.communicate()[1]
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\n{said}")
    return time.perf_counter() - started, sum(spent.values()), peak[0]


def course_without(folder, exercise_id, is_left_out):
    """Return a copy of the course in which some of an exercise's cases, chosen by number and name, are missing."""
    for name in ("exercises", "solutions", "datasets"):
        shutil.copytree(ROOT / name, folder / name)
    number = 0
    for part, file in (("exercises", "test_public.py"), ("solutions", "test_hidden.py")):
        suite = next((folder / part).glob(f"{exercise_id}_*")) / file
        text = suite.read_text("utf-8")
        lines = text.splitlines(keepends=True)
        cut = []
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                if is_left_out(number, node.name):
                    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                    cut.append((first - 1, node.end_lineno))
                number += 1
        for first, last in reversed(cut):
            del lines[first:last]
        suite.write_text("".join(lines), "utf-8")
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--exercise", default="ex05")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--dozen", type=int, default=1000)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--peers", type=int, default=200)
    parser.add_argument("--ex08", type=int, default=40)
    options = parser.parse_args()
    exercise = find_course(ROOT, os.environ).exercise(options.exercise)
    table = Table(title=f"{options.exercise}, {options.workers} workers, whole command")
    for column in ("what", "submissions", "s", "a second", "processor ms each", "peak MB", "target"):
        table.add_column(column)

    def add(name, size, figures, target=""):
        seconds, spent, peak = figures
        table.add_row(
            name, str(size), f"{seconds:.1f}", f"{size / seconds:.1f}", f"{1000 * spent / size:.1f}",
            f"{peak:.0f}", target,
        )  # fmt: skip
        print(f"{name}: {size} in {seconds:.1f} s", flush=True)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kinds = {"right": right_sources(exercise), "realistic": realistic_sources(exercise)}
        targets = {"right": "100 a second", "realistic": "40 a second"}
        for kind, sources in kinds.items():
            write_class(folder / kind, options.exercise, sources, options.size)
            figures = run_batch(options.exercise, folder / kind, folder / f"out_{kind}", options.workers)
            add(kind, options.size, figures, targets[kind])
        if options.dozen:
            course = course_without(folder / "short", options.exercise, lambda number, _: number >= 12)
            write_class(folder / "dozen", options.exercise, kinds["right"], options.dozen)
            figures = run_batch(
                options.exercise, folder / "dozen", folder / "out_dozen", options.workers, course
            )
            add("right, the first 12 cases only", options.dozen, figures)
        if options.large:
            write_class(folder / "large", options.exercise, kinds["right"], options.large)
            figures = run_batch(options.exercise, folder / "large", folder / "out_large", options.workers)
            add("right, large", options.large, figures, "within 10 % of the rate above, 400 MB")
            again = run_batch(options.exercise, folder / "large", folder / "out_large", options.workers)
            add("the same again", options.large, again, "2 s")
        if options.ex08:
            course = course_without(folder / "course", "ex08", lambda _, name: "accuracy" in name)
            keras = find_course(course, os.environ).exercise("ex08")
            write_class(folder / "keras", "ex08", right_sources(keras), options.ex08)
            figures = run_batch("ex08", folder / "keras", folder / "out_keras", options.workers, course)
            add("ex08 without training", options.ex08, figures, "1.5 a second")
        if options.peers:
            sources = [kinds["realistic"][number % 200] for number in range(options.peers)]
            write_class(folder / "peers", options.exercise, kinds["realistic"], options.peers)
            figures = run_batch(options.exercise, folder / "peers", folder / "out_peers", options.workers)
            add("grade batch, same files as below", options.peers, figures)
            for peer, seconds in batch_peers.measure(sources, folder / "lab"):
                add(peer, options.peers, (seconds, 0.0, 0.0))
    Console(width=140).print(table)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.platform()}")


if __name__ == "__main__":
    main()
