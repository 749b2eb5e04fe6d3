"""What was judged once is judged the same again: a remembering grader beside one that runs every case."""

import textwrap
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np
import pytest

from grader.course import find_course, load_course
from grader.grading import Settings, open_grader
from grader.sandbox.requests import Reply
from grader.sandbox.start import can_fork
from grader.sandbox.wire import encode
from grader.submission import read_submission
from grader.suite.memory import _digest
from grader.suite.mistake_sources import read_mistake_sources
from grader.verdicts import Verdict

ALTERNATIVES = Path(__file__).with_name("alternatives")
RIGHT = "import numpy as np\ndef double(x):\n    return np.asarray(x) * 2.0\n"
HALVES = "def halve(x, times=1):\n    return np.asarray(x) / 2.0**times\n"


def grade_all(exercise, paths, *, remember, diagnose=True):
    """Return the report of each file, in order, by one grader, and that grader's memory."""
    settings = Settings(jail=can_fork(), seed=5, remember=remember, diagnose=diagnose)

    def grade(grader):
        reports = [grader.grade(read_submission(path, exercise)) for path in paths]
        return reports, grader._memory if remember else None

    return open_grader(exercise, settings=settings, drive=grade)


def plain(value):
    """Return a record as something that can be compared, without durations."""
    if is_dataclass(value):
        return {
            field.name: plain(getattr(value, field.name))
            for field in fields(value)
            if not field.name.startswith("duration")
        }
    if isinstance(value, np.ndarray):
        return (str(value.dtype), value.shape, value.tobytes())
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value if isinstance(value, bool | int | float | str | None) else repr(value)


@pytest.fixture
def both(make_course, tmp_path):
    """Return a function that grades sources twice, with and without a memory, and returns both lists of reports."""

    def run(*sources, **replaced):
        exercise = load_course(make_course(**replaced)).exercise("ex99")
        paths = []
        for number, source in enumerate(sources):
            paths.append(tmp_path / f"student{number}" / "ex99.py")
            paths[-1].parent.mkdir()
            paths[-1].write_text(textwrap.dedent(source), "utf-8")
        remembered, _ = grade_all(exercise, paths, remember=True)
        alone, _ = grade_all(exercise, paths, remember=False)
        assert plain(remembered) == plain(alone)
        return remembered

    return run


def wrong_sources(exercise):
    """Return wrong submissions: known mistakes, or the solution with another function in it."""
    if exercise.id in ("ex03", "ex05"):
        return [item.source for item in read_mistake_sources(exercise.mistakes, exercise.solution)[:8]]
    source = exercise.solution.read_text("utf-8")
    return [source.replace("np.tanh", "np.sin"), source.replace("sum(axis=0)", "mean(axis=0)")]


@pytest.mark.parametrize("exercise_id", ["ex03", "ex04", "ex05", "ex07"])
def test_every_known_submission_is_judged_as_without_a_memory(exercise_id, tmp_path):
    exercise = find_course(None, {}).exercise(exercise_id)
    paths = sorted((ALTERNATIVES / exercise_id).glob("*.py"))[:3]
    for number, source in enumerate(wrong_sources(exercise)):
        paths.append(tmp_path / f"{number}.py")
        paths[-1].write_text(source, "utf-8")
    paths += paths[:2]
    alone, _ = grade_all(exercise, paths, remember=False, diagnose=False)
    remembered, memory = grade_all(exercise, paths, remember=True, diagnose=False)
    assert memory._num_runs < sum(len(report.cases) for report in remembered)
    for one, other in zip(alone, remembered, strict=True):
        for left, right in zip(one.cases, other.cases, strict=True):
            assert plain(left) == plain(right)


def test_a_wrong_value_after_right_ones_is_seen(both):
    sometimes = (
        "import numpy as np\ndef double(x):\n    return np.asarray(x) * (2.0 if len(x) == 5 else 3.0)\n"
    )
    reports = both(RIGHT + HALVES, sometimes + HALVES, RIGHT + HALVES)
    assert [report.all_passed for report in reports] == [True, False, True]


def test_a_traceback_is_that_of_the_submission(both):
    raising = "import numpy as np\n{gap}def double(x):\n    raise ValueError('no')\n"
    first, second = both(raising.format(gap="") + HALVES, raising.format(gap="\n\n\n") + HALVES)
    lines = [report.cases[0].detail.frames[-1].line for report in (first, second)]
    assert lines == [3, 6]


def test_what_is_printed_is_that_of_the_submission(both):
    talks = RIGHT.replace("    return", "    print('hello')\n    return")
    quiet, loud = both(RIGHT + HALVES, talks + HALVES)
    assert (quiet.cases[0].detail.output, loud.cases[0].detail.output) == ("", "hello\n")


def test_a_submission_that_ends_in_the_middle_is_blamed(both):
    ends = "import numpy as np, os\ndef double(x):\n    return np.asarray(x) * 2.0 if len(x) < 5 else os._exit(0)\n"
    right, ended = both(RIGHT + HALVES, ends + HALVES)
    assert right.all_passed
    assert ended.cases[0].verdict is Verdict.PASSED
    assert ended.cases[1].verdict is Verdict.RUNTIME_ERROR


def test_a_broken_rule_is_not_hidden_by_right_answers(both):
    forbidden = "import numpy as np\ndef double(x):\n    return 2.0 * np.convolve(np.asarray(x), [1.0])\n"
    right, broken = both(RIGHT + HALVES, forbidden + HALVES)
    assert right.all_passed
    assert broken.cases[0].verdict is Verdict.FAILED


def test_a_missing_function_is_not_hidden_by_right_answers(both):
    right, partly = both(RIGHT + HALVES, RIGHT)
    assert right.all_passed
    assert partly.cases[-2].verdict is Verdict.NOT_ATTEMPTED
    assert partly.cases[-1].verdict is Verdict.BLOCKED


SUITE = """
import os
from grader.suite.compare import assert_close
from grader.suite.marks import points, title

seen = []


@points(4)
@title(en="One", ko="하나")
def test_one(submission):
    seen.append(1)
    assert_close(submission.double([float(len(seen))]), [2.0 * len(seen)])


@points(5)
@title(en="Two", ko="둘")
def test_two(submission):
    {body}
"""


def test_a_suite_that_asks_something_else_each_time_is_never_recalled(make_course, tmp_path):
    body = "x = 3.0 + int.from_bytes(os.urandom(2))\n    assert_close(submission.double([x]), [2.0 * x])"
    exercise = load_course(make_course(hidden=SUITE.format(body=body))).exercise("ex99")
    path, wrong = tmp_path / "ex99.py", tmp_path / "wrong.py"
    path.write_text(RIGHT + HALVES, "utf-8")
    wrong.write_text(RIGHT.replace("2.0", "2.0 + (np.asarray(x) > 2)") + HALVES, "utf-8")
    reports, memory = grade_all(exercise, [path] * 4 + [wrong], remember=True)
    assert all(report.all_passed for report in reports[:4])
    assert reports[4].cases[-1].verdict is Verdict.FAILED
    assert memory._unsteady


def test_a_case_does_not_see_what_another_left_in_the_suite(both):
    body = "assert_close(submission.double([3.0]), [6.0])\n    assert seen in ([], [1])"
    reports = both(
        RIGHT + HALVES, RIGHT.replace("2.0", "2.5") + HALVES, RIGHT + HALVES, hidden=SUITE.format(body=body)
    )
    assert [report.all_passed for report in reports] == [True, False, True]


def test_a_memory_has_room_for_so_much(make_course, tmp_path, monkeypatch):
    monkeypatch.setattr("grader.suite.memory._RUN_BYTES", 2**26)
    exercise = load_course(make_course()).exercise("ex99")
    path = tmp_path / "ex99.py"
    path.write_text(RIGHT + HALVES, "utf-8")
    reports, memory = grade_all(exercise, [path] * 3, remember=True)
    assert all(report.all_passed for report in reports)
    assert memory._num_runs <= 1


LOOK_ALIKES = [
    (0.0, -0.0),
    (1, 1.0),
    (1, True),
    ([1, 2], (1, 2)),
    (np.float64(1), np.float32(1)),
    (np.float64(1), 1.0),
    (np.zeros(3), np.zeros((3, 1))),
    (np.zeros(3), -np.zeros(3)),
    (np.ones(3), np.ones(3, ">f8")),
    (np.ones(3), np.ones(3, "i8")),
    (np.ones((2, 3)), np.ones((3, 2)).T),
    (np.array([np.nan]), -np.array([np.nan])),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ("e\u0301", "\u00e9"),
]


@pytest.mark.parametrize(("left", "right"), LOOK_ALIKES, ids=lambda value: repr(value)[:20])
def test_what_only_looks_the_same_is_another_reply(left, right):
    keys = {_digest(Reply(*encode([["value", value, {}]]))) for value in (left, right)}
    assert len(keys) == 2
    assert len({_digest(Reply(*encode([["value", None, {0: value}]]))) for value in (left, right)}) == 2


def test_where_header_ends_and_payload_begins_counts():
    assert _digest(Reply(b"ab", b"c")) != _digest(Reply(b"a", b"bc"))
