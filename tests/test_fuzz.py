"""Broken input ends in a result or a clear error: mutated messages, exercises, sources and notebooks."""

import itertools
import json
import random
import time
from pathlib import Path

import pytest

from benchmarks.fuzz_wire import check, run_mutations, seeds
from grader.course import load_course, open_course
from grader.errors import GraderError
from grader.gradebook.book import open_gradebook
from grader.intake.roster import read_roster
from grader.report.export_marks import Platform, Request, export_marks
from grader.source.rules import check_rules
from grader.submission import read_submission
from grader.verdicts import CaseResult, Jail, Report, Verdict

# --- the wire ---------------------------------------------------------------------------------------------------
from tests import sample_class as people


def test_messages_are_values_or_wire_errors():
    num_values, longest_s = run_mutations(10_000, seed=2026)
    assert num_values > 100
    assert longest_s < 1.0


def test_the_seeds_reach_every_kind_of_value():
    assert all(map(check, seeds()))


# --- verdicts ---------------------------------------------------------------------------------------------------


def case(number, verdict, max_points=2.0):
    points = {Verdict.PASSED: max_points, Verdict.GRADER_ERROR: None}.get(verdict, 0.0)
    return CaseResult(
        case_id=f"test_{number}", title="t", verdict=verdict, max_points=max_points, points=points
    )


def report(verdicts):
    cases = tuple(case(number, verdict, 0.5 + number) for number, verdict in enumerate(verdicts))
    return Report(
        exercise_id="ex99", path="x", sha256="", seed=1, cases=cases, jail=Jail(complete=True), duration_s=0
    )


@pytest.mark.parametrize("num_cases", [0, 1, 2, 3, 4])
def test_every_combination_of_outcomes_has_a_score_that_is_right(num_cases):
    for verdicts in itertools.product(Verdict, repeat=num_cases):
        found = report(verdicts)
        assert (found.score is None) == (not verdicts or Verdict.GRADER_ERROR in verdicts)
        assert (found.verdict is Verdict.GRADER_ERROR) == (found.score is None)
        assert found.all_passed == (bool(verdicts) and set(verdicts) == {Verdict.PASSED})
        if found.score is None:
            continue
        assert 0 <= found.score <= found.max_score
        assert (found.score == found.max_score) == found.all_passed
        for number in range(num_cases):  # a better case never lowers the score
            better = report([*verdicts[:number], Verdict.PASSED, *verdicts[number + 1 :]])
            assert better.score >= found.score
            broken = report([*verdicts[:number], Verdict.GRADER_ERROR, *verdicts[number + 1 :]])
            assert broken.score is None


# --- files ------------------------------------------------------------------------------------------------------

SOURCE = """\
import numpy as np
from numpy import convolve as c


class A:
    def f(self, x=[]): return [y for y in x if (lambda z: z)(y)]


def double(x):
    try:
        return np.asarray(x) * 2.0
    except* ValueError as error:
        raise RuntimeError(f"{error!r:>{10}}") from None


def halve(x, times=1):
    global np
    match x:
        case {"a": [1, *rest]} if rest: return rest
        case _: return A().f(x) / 2.0**times


if __name__ == "__main__":
    print(double([1.0, 2.0]))
"""
NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"language_info": {"name": "python"}},
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": ["# ex99\n"]},
        {
            "cell_type": "code",
            "metadata": {"tags": ["ex99"]},
            "source": "def double(x):\n    return x * 2",
            "outputs": [],
        },
        {"cell_type": "code", "metadata": {}, "source": ["%matplotlib inline\n", "!ls\n"], "outputs": []},
    ],
}  # fmt: skip


PIECES = [
    *(
        "'",
        '"',
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        "\\",
        "\n",
        "\t",
        "  ",
        "#",
        "=",
        "-",
        "1",
        "1e999",
        "null",
    ),
    *(
        "\0",
        "\x1b",
        "\ud800",
        "\u202e",
        "가",
        "true",
        "[[",
        "def ",
        "class ",
        "lambda: ",
        "import os",
        "async ",
        "*",
    ),
]


def slightly_mutated(rng, text):
    """Return `text` with one to three little changes, in some encoding."""
    for _ in range(rng.randint(1, 3)):
        text = text or "x"
        place = rng.randrange(len(text))
        match rng.randrange(5):
            case 0:
                text = text[:place] + rng.choice(PIECES) + text[place:]
            case 1:
                text = text[:place] + text[place + rng.randint(1, 4) :]
            case 2:
                lines = text.splitlines(keepends=True)
                rng.shuffle(lines) if rng.random() < 0.2 else lines.pop(rng.randrange(len(lines)))
                text = "".join(lines) or "x"
            case 3:
                other = rng.randrange(len(text))
                text = text[:place] + text[other : other + rng.randint(1, 30)] + text[place:]
            case _:
                text = text[:place] + rng.choice(PIECES) + text[place + 1 :]
    encoding = "utf-8" if rng.random() < 0.9 else rng.choice(["utf-16", "cp949", "utf-8-sig", "latin-1"])
    return text.encode(encoding, errors="surrogatepass" if encoding == "utf-8" else "replace")


def ends_well(read, *, limit_s=5.0):
    """Return whether `read` gave a result; a GraderError is as good, anything else is not."""
    started = time.process_time()
    try:
        read()
    except GraderError as error:
        assert error.message
        return False
    finally:
        assert time.process_time() - started < limit_s
    return True


@pytest.fixture
def exercise(make_course):
    return open_course(make_course()).exercise("ex99")


@pytest.mark.parametrize("suffix", [".py", ".ipynb"])
def test_sources_and_notebooks_that_were_mutated(exercise, tmp_path, suffix):
    text = SOURCE if suffix == ".py" else json.dumps(NOTEBOOK, indent=1)
    rng, path, num_read = random.Random(7), tmp_path / f"ex99{suffix}", 0
    for _ in range(400):
        path.write_bytes(slightly_mutated(rng, text))

        def read():
            submission = read_submission(path, exercise)
            if submission.tree is not None:
                check_rules(submission.tree, exercise, submission.entry_points)

        num_read += ends_well(read)
    assert num_read > 50


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x = " + "-" * 50_000 + "1", id="signs"),
        pytest.param("x = " + "(" * 5_000 + ")" * 5_000, id="parentheses"),
        pytest.param("x = " + "[" * 5_000, id="brackets that stay open"),
        pytest.param("x = y" + ".a" * 20_000, id="attributes"),
        pytest.param("x = y" + "()" * 20_000, id="calls"),
        pytest.param("x = " + "+".join("1" * 20_000), id="a sum"),
        pytest.param("x = " + "1" * 100_000, id="a number"),
        pytest.param("x = '" + "\\N{BULLET}" * 20_000 + "'", id="names of characters"),
        pytest.param("".join(f"{' ' * level}if x:\n" for level in range(120)) + " " * 120 + "pass", id="blocks"),
        pytest.param("x = f'" + "{x:" * 400 + "}" * 400 + "'", id="formats in formats"),
        pytest.param("\n".join(f"def f{n}(): return f{n + 1}()" for n in range(20_000)), id="functions"),
        pytest.param("x = lambda: " + "lambda: " * 5_000 + "1", id="lambdas"),
        pytest.param("a = " + "b = " * 50_000 + "1", id="targets"),
        pytest.param("from numpy import " + ", ".join(f"a{n}" for n in range(20_000)), id="imported names"),
        pytest.param("\ufeff\ufeffx = 1\x00", id="marks and zeros"),
        pytest.param("x = 1\n" * 300_000, id="lines"),
    ],
)  # fmt: skip
def test_sources_that_are_hard_to_read(exercise, tmp_path, source):
    path = tmp_path / "ex99.py"
    path.write_text(source, "utf-8")

    def read():
        submission = read_submission(path, exercise)
        assert (submission.tree is None) == (submission.syntax_error is not None)
        if submission.tree is not None:
            check_rules(submission.tree, exercise, submission.entry_points)

    ends_well(read, limit_s=20.0)


def test_exercises_that_were_mutated(make_course):
    root = make_course()
    path = root / "exercises" / "ex99_doubling" / "exercise.toml"
    rng, text, num_read = random.Random(11), path.read_text("utf-8"), 0
    for _ in range(400):
        path.write_bytes(slightly_mutated(rng, text))
        num_read += ends_well(lambda: load_course(root))
    assert num_read > 10


# --- what platforms and teachers give ---

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("platform", "name"), [("canvas", "canvas"), ("moodle", "moodle"), ("moodle", "moodle_ko")]
)
def test_sheets_of_an_lms_that_were_mutated(tmp_path, platform, name):
    out = people.make_class(tmp_path / "out")
    encoding = "cp949" if name == "moodle_ko" else "utf-8-sig"
    text = (GOLDEN / "sheets" / f"{name}.csv").read_text(encoding)
    rng, path, num_filled = random.Random(7), tmp_path / "sheet.csv", 0
    with open_gradebook(out) as book:
        for _ in range(150):
            path.write_bytes(slightly_mutated(rng, text))
            request = Request(to=Platform(platform), template=path)
            num_filled += ends_well(lambda request=request: export_marks(book, out, request))
    assert num_filled > 15


@pytest.mark.parametrize(
    "roster", sorted((GOLDEN / "intake" / "rosters").glob("*.csv")), ids=lambda path: path.name
)
def test_rosters_that_were_mutated(tmp_path, roster):
    data = roster.read_bytes()
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = data.decode("utf-16" if is_utf16 else "cp949" if "cp949" in roster.name else "utf-8-sig")
    rng, path, num_read = random.Random(7), tmp_path / "roster.csv", 0
    for _ in range(100):
        path.write_bytes(slightly_mutated(rng, text))
        num_read += ends_well(lambda: read_roster(path, ["ex03", "ex05"]))
    assert num_read > 10
