"""Parts that several tests share: workers without a course, and little courses on disk."""

import signal
import textwrap

import pytest

from grader.course import EntryPoint, Limits
from grader.language import activate
from grader.sandbox.host import Session
from grader.sandbox.launch import WorkerPolicy, open_launcher
from grader.sandbox.start import can_fork, start_parent


def pytest_configure():
    """Let Ctrl-C arrive: a shell that starts the tests in the background has it ignored by all that they start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(autouse=True)
def _english():
    """Every test starts in English, whatever the machine speaks."""
    activate("en")


@pytest.fixture
def open_session(request):
    """Return a function that starts a session for a submission's source."""
    opened = []

    def start(
        source, *, names=("f",), fork=None, jail=None, case_s=5.0, submission_s=20.0, memory_mib=400, **policy
    ):
        fork = can_fork() if fork is None else fork
        worker_policy = WorkerPolicy(
            allowed=("numpy",), jail=can_fork() if jail is None else jail, memory_mib=memory_mib, **policy
        )
        launcher = open_launcher(worker_policy, start_parent() if fork else None)
        opened.append(launcher)
        session = Session(
            launcher,
            source=textwrap.dedent(source),
            filename="ex99.py",
            entry_points=[EntryPoint(name=name, parameters=()) for name in names],
            limits=Limits(case_s=case_s, submission_s=submission_s, memory_mib=memory_mib),
            seed=1,
        )
        opened.append(session)
        session.begin_case()
        return session

    yield start
    for thing in reversed(opened):
        thing.close()


TOML = """
format_version = 1
title = {{ en = "Doubling", ko = "두 배" }}
skills = ["doubling"]
skills_ko = ["두 배"]
prerequisites = []
allowed_imports = ["numpy"]
forbidden_calls = ["numpy.convolve", "scipy"]
sources = ["none"]

[[entry_points]]
name = "double"
parameters = ["x"]
aliases = ["twice"]

[[entry_points]]
name = "halve"
parameters = ["x", "times=1"]

[limits]
case_s = {case_s}
submission_s = 20.0
memory_mib = 300

[points]
total = 10
"""

STUB = '''
"""Doubling and halving."""


def double(x):
    raise NotImplementedError


def halve(x, times=1):
    raise NotImplementedError
'''

SOLUTION = """
import numpy as np


def double(x):
    return np.asarray(x) * 2.0


def halve(x, times=1):
    return np.asarray(x) / 2.0**times
"""

PUBLIC = """
from grader.suite.compare import assert_close
from grader.suite.marks import points, title


@points(1)
@title(en="The example of the statement", ko="문제에 나온 예")
def test_example(submission):
    assert_close(submission.double([1.0, 2.0]), [2.0, 4.0])
"""

HIDDEN = """
import numpy as np

from grader.suite.compare import assert_close, assert_unchanged
from grader.suite.marks import hint, points, requires, title, visibility


@points(3)
@title(en="Random values", ko="무작위 값")
@hint(en="What does double mean for -1?", ko="-1의 두 배는 얼마인가요?")
def test_random(submission, solution, rng):
    x = rng.normal(size=5)
    assert_close(submission.double(x), solution.double(x))


@points(2)
@title(en="The argument stays", ko="인수는 그대로")
@requires("test_random")
def test_unchanged(submission):
    submission.double(np.arange(3.0))
    assert_unchanged(submission)


@points(2)
@title(en="Halving", ko="반으로 나누기")
@visibility("visible")
def test_halve(submission, solution, rng):
    x = rng.normal(size=5)
    assert_close(submission.halve(x), solution.halve(x))


@points(2)
@title(en="Halving twice", ko="두 번 나누기")
@requires("test_halve")
def test_halve_twice(submission, solution, rng):
    x = rng.normal(size=5)
    assert_close(submission.halve(x, times=2), solution.halve(x, times=2))
"""

MISTAKES = """
import numpy as np

from grader.language import Text
from grader.suite.mistakes import mistake
from solution import double as right

ASK = Text(en="What is twice 3?", ko="3의 두 배는 얼마인가요?")


@mistake("adds_two", replaces="double", hint=ASK)
def adds_two(x):
    return np.asarray(x) + 2.0


@mistake("squares", replaces="double", hint=ASK)
def squares(x):
    return np.asarray(x) ** 2.0


@mistake("negates", replaces="double", hint=ASK)
def negates(x):
    return -right(x)


@mistake("in_place", replaces="double", hint=ASK)
def in_place(x):
    x = np.asarray(x)
    x *= 2.0
    return x


@mistake("ignores_times", replaces="halve", hint=ASK)
def ignores_times(x, times=1):
    return np.asarray(x) / 2.0
"""

HINTS = """
[[hints]]
en = "What is twice a number?"
ko = "두 배는 무엇인가요?"

[[hints]]
entry_point = "double"
en = "Try -1."
ko = "-1을 넣어 보세요."

[[hints]]
entry_point = "halve"
en = "What changes with a second time?"
ko = "두 번째에는 무엇이 달라지나요?"
"""

STATEMENT = {
    "README.md": "# Doubling\n\n`double`, `halve`\n",
    "README.ko.md": "# 두 배\n\n`double`, `halve`\n",
}


@pytest.fixture
def make_course(tmp_path):
    """Return a function that writes a course of one exercise, with any file replaced."""

    def make(case_s=5.0, **replaced):
        public = tmp_path / "course" / "exercises" / "ex99_doubling"
        private = tmp_path / "course" / "solutions" / "ex99_doubling"
        (tmp_path / "course" / "datasets").mkdir(parents=True)
        files = {
            public / "exercise.toml": replaced.get("toml", TOML.format(case_s=case_s)),
            public / "hints.toml": replaced.get("hints", HINTS),
            public / "ex99.py": replaced.get("stub", STUB),
            public / "test_public.py": replaced.get("public", PUBLIC),
            private / "ex99.py": replaced.get("solution", SOLUTION),
            private / "test_hidden.py": replaced.get("hidden", HIDDEN),
            private / "mistakes.py": replaced.get("mistakes", MISTAKES),
            **{public / name: text for name, text in STATEMENT.items()},
        }
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return tmp_path / "course"

    return make
