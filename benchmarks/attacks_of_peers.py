"""The attacks of tests/attacks that make sense elsewhere too, against plain pytest, otter-grader and nbgrader.

    python benchmarks/attacks_of_peers.py --home /tmp/peers            # makes the environments, then runs
    python benchmarks/attacks_of_peers.py --home /tmp/peers --attacks says_yes exits

Each tool runs as its documentation has it run without a container, in a virtual environment of its own, on the same
six hidden tests of softmax, cross-entropy and its gradient. An attack *got somewhere* when it has points that it did
not compute, when a planted secret came out, when it says ESCAPED (it read, wrote or started what it should not), or
when there was no score at all after it or within the time. Left out are attacks on this grader's own protocol,
attacks that would change the machine where nothing holds them, and those that ask for more memory than it has.

Needs Linux; every run has limits of memory, file size and time. It writes to this machine's temporary folders. What
is found is kept in `results.json` below `--home`: a run that was stopped goes on there. `--install` makes the
environments and ends; what follows needs no network and may well run where it sees no process of anybody else's:

    python benchmarks/attacks_of_peers.py --home /tmp/peers --install
    unshare --pid --fork --mount-proc python benchmarks/attacks_of_peers.py --home /tmp/peers
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import resource
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from grader.attacks.corpus import ESCAPED, read_corpus

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "attacks"
WAIT_S = 25
LEFT_OUT = re.compile(
    "border|kernel_doors|clock|scheduling|terminal|shared|broken_source|marks_the_fork|deep_source|long_chain|many_names"
    "|compiled|second_numpy|reads_the_course|reads_its_own|imports_the_grader|leaves_traces|then_small|knows_the|reads_processes"
)
ORACLE = """
import numpy as np

TESTS_MARK = "{mark}"


def right_softmax(a):
    e = np.exp(a - a.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
"""
# Name of the test and function that it is about, then its body.
HIDDEN = """
softmax_vector softmax
    expected = [0.01821127, 0.24519181, 0.73659691]
    np.testing.assert_allclose(softmax(np.array([0.3, 2.9, 4.0])), expected, atol=1e-7)
softmax_large softmax
    expected = [9.99954600e-01, 4.53978686e-05, 2.06106005e-09]
    np.testing.assert_allclose(softmax(np.array([1010.0, 1000.0, 990.0])), expected, rtol=1e-6)
softmax_batch softmax
    a = np.random.default_rng(1).normal(size=(3, 5))
    np.testing.assert_allclose(softmax(a.copy()), right_softmax(a))
loss_one_hot cross_entropy
    y, t = np.array([[0.7, 0.2, 0.1]]), np.array([[0, 1, 0]])
    assert abs(cross_entropy(y, t) + np.log(0.2)) < 1e-5
loss_labels cross_entropy
    y, t = np.array([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]]), np.array([0, 2])
    assert np.isclose(cross_entropy(y, t), -np.log([0.7, 0.8]).mean(), atol=1e-5)
gradient softmax_cross_entropy_gradient
    a, t = np.random.default_rng(2).normal(size=(2, 3)), np.array([0, 2])
    expected = (right_softmax(a) - np.eye(3)[t]) / 2
    np.testing.assert_allclose(softmax_cross_entropy_gradient(a.copy(), t), expected, atol=1e-6)
"""
TESTS = {
    name: (function, textwrap.dedent(body))
    for name, function, body in re.findall(r"(?m)^(\w+) (\w+)\n((?:    .+\n)+)", HIDDEN)
}
RIGHT = """
import numpy as np


def softmax(a):
    e = np.exp(a - a.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def cross_entropy(y, t):
    t = t.argmax(-1) if t.ndim > 1 else t
    return -np.log(y[np.arange(len(y)), t]).mean()


def softmax_cross_entropy_gradient(a, t):
    return (softmax(a) - np.eye(a.shape[1])[t]) / len(a)
"""


def indented(text):
    return "\n".join(f"    {line}" for line in text.splitlines())


class Peer:
    """One tool: how the tests are written for it, what is run, where the points are."""

    packages: tuple[str, ...] = ("numpy",)

    def __init__(self, home, name):
        self.name, self.environment = name, home / f"env_{name}"

    def install(self):
        if not (self.environment / "ready").exists():
            subprocess.run([sys.executable, "-m", "venv", self.environment], check=True)
            subprocess.run([self.environment / "bin" / "pip", "install", "-q", *self.packages], check=True)
            (self.environment / "ready").touch()

    def run(self, command, folder, **how):
        """Run a command of this environment with limits; return its output, or None where it did not end."""

        def limit():
            os.setsid()
            resource.setrlimit(resource.RLIMIT_DATA, (2 * 2**30, 2 * 2**30))
            resource.setrlimit(resource.RLIMIT_FSIZE, (2**27, 2**27))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        environ = {
            "PATH": f"{self.environment}/bin:{os.defpath}",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "OPENBLAS_NUM_THREADS": "1",
            **how.pop("env", {}),
        }
        with (folder / "said").open("wb") as said:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environ,
                stdout=said,
                stderr=said,
                stdin=subprocess.DEVNULL,
                preexec_fn=limit,
            )
            try:
                process.wait(WAIT_S * (3 if self.name == "nbgrader" else 1))
                is_over = True
            except subprocess.TimeoutExpired:
                is_over = False
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        text = (folder / "said").read_bytes()[: 2**22].decode("utf-8", errors="replace")
        return text if is_over else None


class Pytest(Peer):
    packages = ("numpy", "pytest")

    def build(self, folder, mark):
        tests = "".join(
            f"\n\ndef test_{name}():\n    {function} = submission.{function}\n{indented(body)}\n"
            for name, (function, body) in TESTS.items()
        )
        (folder / "test_hidden.py").write_text(ORACLE.format(mark=mark) + "\nimport submission\n" + tests)

    def grade(self, folder, code, env):
        (folder / "submission.py").write_text(code)
        said = self.run(
            ["python", "-m", "pytest", "-q", "--junitxml=report.xml", "test_hidden.py"], folder, env=env
        )
        try:
            cases = list(ElementTree.parse(folder / "report.xml").iter("testcase"))
        except (OSError, ElementTree.ParseError):
            return said, None
        return said, float(
            sum(not len([part for part in case if part.tag != "system-out"]) for case in cases)
        ) if cases else None


class Otter(Peer):
    packages = ("numpy", "otter-grader[grading]", "ipykernel")

    def build(self, folder, mark):
        (folder / "tests").mkdir()
        for function in dict.fromkeys(function for function, _ in TESTS.values()):
            text = (
                f'from otter.test_files import test_case\n\nOK_FORMAT = False\nname = "{function}"\npoints = None\n'
                + ORACLE.format(mark=mark)
            )
            for name, (asked, body) in TESTS.items():
                if asked == function:
                    text += f'\n\n@test_case(name="{name}", points=1, hidden=True)\n'
                    text += f"def test_{name}({function}):\n{indented(body)}\n"
            (folder / "tests" / f"{function}.py").write_text(text)
        self.run(
            [
                "otter",
                "generate",
                "-t",
                "tests",
                "-o",
                "autograder.zip",
                "--no-config",
                "--no-requirements",
                "--no-environment",
            ],
            folder,
        )

    def grade(self, folder, code, env):
        (folder / "results").mkdir()
        (folder / "submission.py").write_text(code)
        said = self.run(
            ["otter", "run", "--no-logo", "-a", "autograder.zip", "-o", "results", "submission.py"],
            folder,
            env=env,
        )
        try:
            tests = json.loads((folder / "results" / "results.json").read_text())["tests"]
        except (OSError, ValueError, KeyError):
            return said, None
        if any(test.get("name") == "Autograder Error" for test in tests):
            return said, None
        return said, float(sum(test.get("score") or 0 for test in tests))


class Nbgrader(Peer):
    packages = ("numpy", "nbgrader", "ipykernel")

    @staticmethod
    def cell(source, name, *, points=None):
        tags = {
            "grade": points is not None,
            "grade_id": name,
            "locked": points is not None,
            "schema_version": 3,
            "solution": points is None,
            "task": False,
        }
        if points is not None:
            tags["points"] = points
        return {
            "cell_type": "code",
            "execution_count": None,
            "id": name.replace("_", "-"),
            "metadata": {"nbgrader": tags},
            "outputs": [],
            "source": source,
        }

    def build(self, folder, mark):
        cells = [self.cell("### BEGIN SOLUTION\npass\n### END SOLUTION", "answer")]
        for name, (_, body) in TESTS.items():
            cells.append(
                self.cell(
                    f"# {name}\n### BEGIN HIDDEN TESTS\n{ORACLE.format(mark=mark)}\n{body}\n### END HIDDEN TESTS",
                    name,
                    points=1,
                )
            )
        book = {
            "cells": cells,
            "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        (folder / "source" / "ex1").mkdir(parents=True)
        (folder / "source" / "ex1" / "ex1.ipynb").write_text(json.dumps(book))
        (folder / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "lab"\n')
        self.run(["nbgrader", "generate_assignment", "ex1"], folder)

    def grade(self, folder, code, env):
        book = json.loads((folder / "release" / "ex1" / "ex1.ipynb").read_text())
        book["cells"][0]["source"] = code
        (folder / "submitted" / "mallory" / "ex1").mkdir(parents=True)
        (folder / "submitted" / "mallory" / "ex1" / "ex1.ipynb").write_text(json.dumps(book))
        said = self.run(["nbgrader", "autograde", "ex1"], folder, env=env)
        try:
            with sqlite3.connect(folder / "gradebook.db") as book:
                scores = [row[0] for row in book.execute("SELECT auto_score FROM grade")]
            shown = json.loads((folder / "autograded" / "mallory" / "ex1" / "ex1.ipynb").read_text())
            said = None if said is None else json.dumps([cell.get("outputs") for cell in shown["cells"]])
        except (OSError, ValueError, sqlite3.Error):
            return said, None
        return said, None if not scores or None in scores else float(sum(scores))


PEERS = {"pytest": Pytest, "otter-grader": Otter, "nbgrader": Nbgrader}


def outcome(peer, template, attack, marks):
    """Return what an attack achieved against a tool, in one word; empty for nothing."""
    folder = template.with_name(f"run_{peer.name}")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    said, score = peer.grade(
        folder, attack.path.read_text("utf-8"), {"GRADER_SECRET": marks["secret"], "TMPDIR": str(folder)}
    )
    if said is None:
        return "hang"
    if score is None:
        return "no score"
    if score > attack.max_points:
        return f"{score:g} points"
    if any(mark in said for mark in marks.values()) and attack.family == "read":
        return "secret"
    return "escaped" if re.search(rf"(?m){ESCAPED}", said) else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, required=True, help="a folder for environments and runs")
    parser.add_argument("--attacks", nargs="*", help="parts of names; otherwise all that make sense")
    parser.add_argument("--peers", nargs="*", default=list(PEERS), choices=list(PEERS))
    parser.add_argument("--install", action="store_true", help="make the environments, and no more")
    options = parser.parse_args()
    home = options.home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    if options.install:
        for name in options.peers:
            PEERS[name](home, name).install()
        return
    marks = {"tests": f"tests-{secrets.token_hex(8)}", "secret": f"secret-{secrets.token_hex(8)}"}
    attacks = [
        attack
        for attack in read_corpus(CORPUS)
        if attack.exercise_id == "ex03" and attack.path.suffix == ".py" and not LEFT_OUT.search(attack.name)
    ]
    if options.attacks:
        attacks = [attack for attack in attacks if any(word in attack.name for word in options.attacks)]
    found = {}
    results = home / "results.json"
    kept = json.loads(results.read_text()) if results.is_file() else {}
    for name in options.peers:
        peer = PEERS[name](home, name)
        peer.install()
        template = home / f"course_{name}"
        shutil.rmtree(template, ignore_errors=True)
        template.mkdir()
        peer.build(template, marks["tests"])
        honest = home / f"honest_{name}"
        shutil.rmtree(honest, ignore_errors=True)
        shutil.copytree(template, honest)
        _, score = peer.grade(honest, RIGHT, {})
        if score != len(TESTS):
            raise SystemExit(
                f"{name}: the right answer got {score} of {len(TESTS)} points: the set-up is wrong"
            )
        for attack in attacks:
            key = f"{name} {attack.name}"
            if key not in kept:
                kept[key] = outcome(peer, template, attack, marks)
                results.write_text(json.dumps(kept, indent=1))
            found[name, attack.name] = kept[key]
            print(f"{name:14}{attack.name:44}{found[name, attack.name]}", flush=True)
    families = defaultdict(list)
    for attack in attacks:
        families[attack.family].append(attack)
    print("\n| family | attacks |", " | ".join(options.peers), "|")
    print("|---|---|", "---|" * len(options.peers))
    for family, members in families.items():
        row = [sum(bool(found[name, attack.name]) for attack in members) for name in options.peers]
        print(f"| {family} | {len(members)} |", " | ".join(map(str, row)), "|")
    totals = [sum(bool(found[name, attack.name]) for attack in attacks) for name in options.peers]
    points = [sum("points" in found[name, attack.name] for attack in attacks) for name in options.peers]
    print(f"| all | {len(attacks)} |", " | ".join(map(str, totals)), "|")
    print(f"| of these with points | {len(attacks)} |", " | ".join(map(str, points)), "|")


if __name__ == "__main__":
    main()
