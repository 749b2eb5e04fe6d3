"""Other graders on the same submissions: a loop of plain pytest, otter-grader and nbgrader, without containers.

Each runs in a virtual environment of its own that is made here, on eight tests of ex05 rendered into its own
format (our suite has 38 cases, so the comparison is in their favour), in the way its documentation gives for a
whole class: one pytest process for each file, `otter.api.grade_submission` in a loop in one process, and
`nbgrader autograde` as one command. nbgrader takes some seconds for each submission: a quarter of an hour for 200.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time

TESTS = {
    "worked_example": "assert_close(correlate1d([1.0, 2.0, 3.0], [1.0, 2.0]), [5.0, 8.0])",
    "flip": "assert_close(convolve1d(X, W), np.convolve(X, W, 'valid'))",
    "correlate": "assert_close(correlate1d(X, W), np.correlate(X, W, 'valid'))",
    "same_length": "assert len(correlate1d(X, W, 'same')) == len(X)",
    "full": "assert_close(convolve1d(X, W, 'full'), np.convolve(X, W, 'full'))",
    "stride": "assert_close(correlate1d(X, W, stride=2), np.correlate(X, W, 'valid')[::2])",
    "image": "assert_close(correlate2d(A, K), reference2d(A, K))",
    "image_shape": "assert np.shape(correlate2d(A, K, 'same')) == np.shape(A)",
}
PRELUDE = """
import numpy as np

X = np.random.default_rng(7).normal(size=20)
W = np.array([1.0, -2.0, 0.5])
A = np.random.default_rng(8).normal(size=(6, 7))
K = np.array([[1.0, 2.0], [3.0, -1.0]])


def assert_close(left, right):
    np.testing.assert_allclose(np.asarray(left), np.asarray(right), rtol=1e-7, atol=1e-12)


def reference2d(a, k):
    rows, columns = a.shape[0] - k.shape[0] + 1, a.shape[1] - k.shape[1] + 1
    return np.array(
        [[(a[i : i + k.shape[0], j : j + k.shape[1]] * k).sum() for j in range(columns)] for i in range(rows)]
    )
"""
PACKAGES = {
    "plain pytest": ["pytest", "numpy"],
    "otter-grader": ["otter-grader[grading]", "numpy", "ipykernel"],
    "nbgrader": ["nbgrader", "numpy", "ipykernel"],
}
MOST_S = 20.0  # for one submission; nbgrader needs about 4 s
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def measure(sources, folder):
    """Yield name and seconds of each peer for all of `sources`; a peer that cannot be installed is left out."""
    runs = {"plain pytest": run_pytest, "otter-grader": run_otter, "nbgrader": run_nbgrader}
    for name, run in runs.items():
        place = folder / name.replace(" ", "_")
        place.mkdir(parents=True)
        try:
            python = environment(place / "env", PACKAGES[name])
            yield name, run(python, sources, place)
        except subprocess.CalledProcessError as error:
            print(f"{name} is left out: {(error.stderr or b'')[-800:]!r}", file=sys.stderr)


def environment(folder, packages):
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True, capture_output=True)
    return python


def started(command, cwd, *, may_fail=False, timeout_s=600.0):
    """Run a command to its end.

    What it says goes to a file, not to a pipe: a kernel that outlives nbgrader would keep a pipe open for ever. What
    has not ended in time is ended with everything of its session.
    """
    home = {"HOME": str(cwd), "PATH": f"{command[0].parent}:/usr/bin:/bin"}
    kept = {name: value for name, value in os.environ.items() if name in ("LANG", "LC_ALL")}
    with (cwd / "said.log").open("w+b") as log:
        process = subprocess.Popen(
            list(map(str, command)),
            cwd=cwd,
            env={**kept, **home, **ONE_THREAD},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            code = process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        log.seek(0)
        said = log.read()
    if code is None:
        raise subprocess.CalledProcessError(-1, command, stderr=b"did not end in time: " + said[-800:])
    if code and not may_fail:
        raise subprocess.CalledProcessError(code, command, stderr=said)


def run_pytest(python, sources, place):
    tests = "\n\n".join(f"def test_{name}():\n    {body}" for name, body in TESTS.items())
    (place / "test_hidden.py").write_text(PRELUDE + "\nfrom ex05 import *\n\n\n" + tests + "\n", "utf-8")
    begun = time.perf_counter()
    for source in sources:
        (place / "ex05.py").write_text(source, "utf-8")
        command = [python, "-m", "pytest", "-q", "--junitxml=result.xml", "test_hidden.py"]
        started(command, place, may_fail=True)
        if not (place / "result.xml").exists():
            raise SystemExit("pytest wrote no result")
    return time.perf_counter() - begun


def run_otter(python, sources, place):
    (place / "tests").mkdir()
    cases = "\n\n".join(
        f'@test_case(name="{name}", points=1, hidden=True)\ndef test_{name}(env):\n'
        f"    globals().update({{n: env[n] for n in ('correlate1d', 'convolve1d', 'correlate2d')}})\n    {body}"
        for name, body in TESTS.items()
    )
    head = 'from otter.test_files import test_case\n\nOK_FORMAT = False\nname = "q1"\npoints = None\n'
    (place / "tests" / "q1.py").write_text(head + PRELUDE + "\n\n" + cases + "\n", "utf-8")
    for number, source in enumerate(sources):
        (place / f"s{number:04}").mkdir()
        (place / f"s{number:04}" / "ex05.py").write_text(source, "utf-8")
    otter = python.with_name("otter")
    options = ["generate", "-t", "tests", "-o", "autograder.zip"]
    started([otter, *options, "--no-config", "--no-requirements", "--no-environment"], place)
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from otter.api import grade_submission
        for path in sorted(Path(".").glob("s????/ex05.py")):
            try:
                grade_submission(str(path), "autograder.zip", quiet=True)
            except Exception as error:
                print(path, error, file=sys.stderr)
        """
    )
    begun = time.perf_counter()
    started([python, "-c", script], place, timeout_s=60 + MOST_S * len(sources))
    return time.perf_counter() - begun


def run_nbgrader(python, sources, place):
    def cell(source, name, *, is_test):
        marks = {
            "grade": is_test, "grade_id": name, "locked": is_test, "schema_version": 3,
            "solution": not is_test, "task": False,
        }  # fmt: skip
        if is_test:
            marks["points"] = 1
        facts = {"cell_type": "code", "execution_count": None, "id": name, "outputs": []}
        return {**facts, "metadata": {"nbgrader": marks}, "source": source}

    def notebook(cells):
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        facts = {"metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
        return json.dumps({"cells": cells, **facts})

    hidden = "### BEGIN HIDDEN TESTS\n{prelude}\n{body}\n### END HIDDEN TESTS"
    tests = [
        cell(hidden.format(prelude=PRELUDE, body=body), name, is_test=True) for name, body in TESTS.items()
    ]
    solution = cell("### BEGIN SOLUTION\npass\n### END SOLUTION", "solution", is_test=False)
    (place / "source" / "ex05").mkdir(parents=True)
    (place / "source" / "ex05" / "ex05.ipynb").write_text(notebook([solution, *tests]), "utf-8")
    (place / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "x"\n')
    nbgrader = python.with_name("nbgrader")
    started([nbgrader, "generate_assignment", "ex05"], place)
    released = json.loads((place / "release" / "ex05" / "ex05.ipynb").read_text("utf-8"))
    for number, source in enumerate(sources):
        released["cells"][0]["source"] = source
        target = place / "submitted" / f"s{number:04}" / "ex05"
        target.mkdir(parents=True)
        (target / "ex05.ipynb").write_text(json.dumps(released), "utf-8")
    shutil.rmtree(place / "autograded", ignore_errors=True)
    begun = time.perf_counter()
    started([nbgrader, "autograde", "ex05"], place, may_fail=True, timeout_s=60 + MOST_S * len(sources))
    seconds = time.perf_counter() - begun
    num_graded = len(list((place / "autograded").glob("s*/ex05/ex05.ipynb")))
    if num_graded != len(sources):
        print(f"nbgrader graded {num_graded} of {len(sources)}", file=sys.stderr)
    return seconds
