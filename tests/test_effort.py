"""The cost of the course's own code: counted, so that a search ends at the same place on every machine."""

import time

import pytest

from grader.course import find_course
from grader.errors import ExerciseError
from grader.grading import Settings, open_grader
from grader.sandbox.local import LocalModule
from grader.sandbox.start import can_fork
from grader.suite.diagnose import BUDGET, Diagnoser
from grader.suite.effort import Effort, TooLongError, compile_counted

SOURCE = '''
"""Loops of every sort."""


def loops(n):
    """Return numbers."""
    total = 0
    for i in range(n):
        total += i
    while n > 0:
        n -= 1
    return [i for i in range(3)], sum(i for i in range(2)), total
'''


def run(tmp_path, source, effort):
    path = tmp_path / "code.py"
    path.write_text(source, "utf-8")
    return LocalModule(compile_counted(path), given=effort.bindings).namespace


def test_rounds_and_calls_are_counted_and_nothing_else_changes(tmp_path):
    effort = Effort()
    namespace = run(tmp_path, SOURCE, effort)
    assert effort.spent == 0
    assert namespace["loops"](0) == ([0, 1, 2], 1, 0)
    without_rounds = effort.spent
    assert without_rounds > 0
    assert namespace["loops"](4) == ([0, 1, 2], 1, 6)
    four_rounds = effort.spent - 2 * without_rounds
    assert namespace["loops"](8) == ([0, 1, 2], 1, 28)
    assert effort.spent - 3 * without_rounds == 3 * four_rounds
    assert namespace["loops"].__doc__ == "Return numbers."
    assert namespace["loops"].__code__.co_firstlineno == 5


def test_a_round_counts_by_what_is_written_in_it(tmp_path):
    """Loops within loops count for themselves, not for the round around them."""
    spent = []
    for body in ("pass", "y = x + 1", "y = abs(x) + abs(x - 1) * 2", "for j in []: y = abs(x) + abs(x)"):
        effort = Effort()
        source = f"def f(x):\n    for i in range(10):\n        {body}\n"
        run(tmp_path, source, effort)["f"](1)
        spent.append(effort.spent)
    assert spent[0] < spent[1] < spent[2]
    assert spent[3] == spent[0]


def test_a_run_that_takes_too_long_is_stopped_at_the_same_step(tmp_path):
    source = "ROUNDS = []\ndef f():\n    while True:\n        ROUNDS.append(1)\n"
    lengths = []
    for _ in range(2):
        effort = Effort()
        namespace = run(tmp_path, source, effort)
        effort.limit(600)
        with pytest.raises(TooLongError):
            namespace["f"]()
        lengths.append(len(namespace["ROUNDS"]))
    assert lengths[0] == lengths[1] > 10
    effort.limit(None)
    effort.add(10**9)


def test_a_file_that_is_no_python_is_an_error(tmp_path):
    path = tmp_path / "code.py"
    path.write_text("def f(:\n")
    with pytest.raises(ExerciseError, match="cannot be loaded"):
        compile_counted(path)


def test_what_is_named_depends_neither_on_the_clock_nor_on_what_was_asked_before(monkeypatch):
    """On a machine a hundred times slower the same mistakes are named, in a warm grader and in a fresh one."""
    exercise = find_course(None, {}).exercise("ex03")

    def drive(grader):
        found = []
        runs = {}
        for index in (0, 7, 20):
            subject = grader.reference.with_mistake(index)
            runs[index] = grader.suite.run(subject, seed=2026)
        for order in ((0, 7, 20), (20, 7, 0)):
            diagnoser = Diagnoser(grader.suite, grader.reference)
            for index in order:
                for budget in (3_000, BUDGET):
                    slow = iter(range(10**9))
                    monkeypatch.setattr(time, "thread_time", lambda slow=slow: next(slow) * 1e-5)
                    done = diagnoser.diagnose(runs[index], seed=2026, budget=budget, guard_s=1e9)
                    monkeypatch.undo()
                    names = {case_id: item.id for case_id, item in done.named.items()}
                    found.append((index, budget, names, done.is_complete, done.spent))
        return found

    found = open_grader(exercise, settings=Settings(jail=can_fork()), drive=drive)
    key = lambda item: item[:2]  # noqa: E731 - short
    assert sorted(found[:6], key=key) == sorted(found[6:], key=key)
    assert any(not item[3] for item in found)
    assert all(item[4] < BUDGET * 2 for item in found)
    assert any(item[2] for item in found)
