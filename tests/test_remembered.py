"""The solution of a case that runs again: answers are given again, or worked out anew where something else is asked."""

import numpy as np
import pytest

from grader.sandbox.dispatch import Raised
from grader.sandbox.local import LocalModule
from grader.sandbox.proxy import ModuleProxy, SubmissionRaisedError
from grader.suite.plugin import LocalSubject
from grader.suite.remembered import RememberedSubject

SOURCE = """
import random
import numpy as np
count = 0
def scale(x):
    global count
    count += 1
    return 2 * np.asarray(x)
def num_calls():
    return count
def draw():
    return random.random()
def fill(x):
    x[...] = 1
def refuse():
    raise ValueError("no")
class Net:
    def __init__(self, w):
        self.w = w
    def forward(self, x):
        return self.w * x
"""
CODE = compile(SOURCE, "solution.py", "exec")


class Solutions:
    """Makes solutions and counts them."""

    def __init__(self):
        self.num_made = 0
        self.answers = []

    def __call__(self):
        self.num_made += 1
        return LocalSubject(LocalModule(CODE))

    def run(self, case):
        subject = RememberedSubject(self, self.answers)
        subject.begin_case(7)
        proxy = ModuleProxy(subject, subject.resolve)
        try:
            return case(proxy), proxy
        finally:
            subject.close()


def plain_case(solution):
    net = solution.Net(np.array([1.0, -2.0]))
    given = np.zeros(2)
    solution.fill(given)
    return [solution.scale([1.0, 2.0]).tolist(), net.forward(3.0).tolist(), net.w.tolist(), solution.draw()]


def test_the_second_run_computes_nothing_and_is_the_same():
    solutions = Solutions()
    first, calls = solutions.run(plain_case)
    second, calls_again = solutions.run(plain_case)
    assert first == second
    assert first[0] == [2.0, 4.0]
    assert solutions.num_made == 1
    assert [call.function for call in calls.calls] == [call.function for call in calls_again.calls]
    assert calls_again.calls[1].changed[0].tolist() == [1, 1]


def test_what_is_asked_anew_comes_after_everything_before_it():
    solutions = Solutions()
    draws, _ = solutions.run(lambda solution: [solution.draw(), solution.draw()])

    def other(solution):
        first = solution.draw()
        solution.scale(1.0)
        return [first, solution.draw(), solution.num_calls()]

    again, _ = solutions.run(other)
    assert again == [*draws, 1]
    assert solutions.num_made == 2
    assert solutions.run(lambda solution: [solution.draw(), solution.draw()])[0] == draws


def test_a_longer_run_adds_to_what_is_known():
    solutions = Solutions()
    solutions.run(lambda solution: solution.scale(1.0))
    solutions.run(lambda solution: [solution.scale(1.0), solution.num_calls()])
    assert len(solutions.answers) == 2
    assert solutions.run(lambda solution: [solution.scale(1.0), solution.num_calls()])[0][1] == 1
    assert solutions.num_made == 2


def test_what_a_suite_does_to_an_answer_changes_no_later_one():
    solutions = Solutions()

    def spoil(solution):
        value = solution.scale([1.0])
        value[...] = 0
        return value

    solutions.run(spoil)
    assert solutions.run(lambda solution: solution.scale([1.0]))[0].tolist() == [2.0]
    assert solutions.run(lambda solution: solution.scale([1.0]))[0].tolist() == [2.0]


@pytest.mark.parametrize("other", [[-0.0], [1], (0.0,), np.zeros(1, "f4")])
def test_nearly_the_same_is_something_else(other):
    solutions = Solutions()
    solutions.run(lambda solution: solution.scale([0.0]))
    fresh = ModuleProxy(LocalSubject(LocalModule(CODE)), str)
    answer, _ = solutions.run(lambda solution: solution.scale(other))
    expected = fresh.scale(other)
    assert (answer.dtype, answer.tobytes()) == (expected.dtype, expected.tobytes())
    assert solutions.num_made == 2


def test_exceptions_are_answers():
    solutions = Solutions()
    for _ in range(2):
        with pytest.raises(SubmissionRaisedError):
            solutions.run(lambda solution: solution.refuse())
    assert solutions.num_made == 1
    assert isinstance(solutions.answers[0].outcomes[0], Raised)


def test_what_is_not_plain_is_worked_out_each_time():
    solutions = Solutions()
    for _ in range(2):
        assert solutions.run(lambda solution: solution.scale(2j))[0] == 4j
    assert solutions.num_made == 2
    assert not solutions.answers
