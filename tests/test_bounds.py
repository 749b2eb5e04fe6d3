"""What a submission's values lead to costs the grader neither its memory nor its time."""

import resource
import sys
import time

import numpy as np
import pytest

from grader.course import load_course
from grader.grading import Settings, open_grader
from grader.sandbox.start import can_fork
from grader.submission import read_submission
from grader.suite.bounds import bounded_memory, is_within_measure
from grader.verdicts import Verdict

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is bounded on Linux")


@linux
def test_memory_ends_as_an_exception_and_only_meanwhile():
    before = resource.getrlimit(resource.RLIMIT_AS)
    with bounded_memory(64 * 2**20):
        with pytest.raises(MemoryError):
            np.ones(32 * 2**20)  # 256 MiB
        assert np.ones(2**20).sum() == 2**20
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert len(np.ones(32 * 2**20)) == 32 * 2**20


@pytest.mark.parametrize(
    ("value", "is_within"),
    [
        (2**31 - 1, True),
        (2**31, False),
        (-(10**300), False),
        ([1, (2, {"n": 10**12})], False),
        ([1.5, "x", None, True, np.arange(3)], True),
        (1e300, True),
    ],
)
def test_whole_numbers_beyond_measure_are_seen(value, is_within):
    assert is_within_measure(value) is is_within


SOLUTION = """
import numpy as np


def double(x):
    return 2 * x


def halve(x, times=1):
    return float(np.ones(x).sum()) + 2**x % 7
"""

HIDDEN = """
from grader.suite.compare import assert_close
from grader.suite.marks import points, title


@points(9)
@title(en="Up to a size", ko="크기까지")
def test_sizes(submission, solution):
    size = submission.double(3)
    assert_close(submission.halve(size), 7.0)
"""

MISTAKES = """
import numpy as np

from grader.language import Text
from grader.suite.mistakes import mistake


@mistake("one_too_many", replaces="halve", hint=Text(en="How many?", ko="몇 개인가요?"))
def one_too_many(x, times=1):
    return float(np.ones(x + 1).sum()) + 2**x % 7
"""


@linux
@pytest.mark.parametrize("size", ["3 * 10**8", "10**40", "[3] * 10**5"])
def test_a_size_that_the_submission_makes_up_is_no_danger(make_course, tmp_path, size):
    """The solution, asked for the sum up to such a size, would take gigabytes."""
    root = make_course(hidden=HIDDEN, solution=SOLUTION, mistakes=MISTAKES)
    exercise = load_course(root).exercise("ex99")
    path = tmp_path / "ex99.py"
    path.write_text(f"def double(x):\n    return {size}\n\ndef halve(x, times=1):\n    return 0.0\n", "utf-8")
    started = time.perf_counter()
    report = open_grader(
        exercise,
        settings=Settings(jail=can_fork()),
        drive=lambda grader: grader.grade(read_submission(path, exercise)),
    )
    assert time.perf_counter() - started < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2 * 2**20  # KiB
    verdicts = {case.verdict for case in report.cases}
    assert Verdict.FAILED in verdicts
    assert Verdict.GRADER_ERROR not in verdicts


@linux
def test_a_diagnosis_for_which_memory_does_not_suffice_names_nothing(make_course, tmp_path, monkeypatch):
    """What fails there is neither the submission's nor the check's: the case stays wrong, without a name."""
    exercise = load_course(make_course()).exercise("ex99")
    path = tmp_path / "ex99.py"
    path.write_text(
        "def double(x):\n    return x + 2.0\n\ndef halve(x, times=1):\n    return x / 2.0\n", "utf-8"
    )

    def check():
        return open_grader(
            exercise,
            settings=Settings(jail=can_fork()),
            drive=lambda grader: grader.grade(read_submission(path, exercise)),
        )

    assert "adds_two" in {case.mistake for case in check().cases}

    def end(*arguments, **named):
        raise MemoryError

    monkeypatch.setattr("grader.suite.diagnose.Diagnoser._search", end)
    report = check()
    assert {case.mistake for case in report.cases} == {None}
    assert Verdict.GRADER_ERROR not in {case.verdict for case in report.cases}
