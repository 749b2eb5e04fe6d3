"""Objects that are made, used and looked at: shrunk to the shortest program that shows the failure."""

import ast
import importlib
import re

import numpy as np
import pytest

from grader.course import find_course
from grader.grading import Settings, check
from grader.sandbox.proxy import Call
from grader.sandbox.start import can_fork
from grader.suite.programs import Program, Step, matching, program_of, without_step, written

# Before any test: pytest rewrites the assertions of Hypothesis, which takes longer than the searches may.
importlib.import_module("hypothesis")

COURSE = find_course(None, {})
JAIL = can_fork()


@pytest.fixture
def shrink(tmp_path):
    """Return a function that changes a solution and gives the smallest inputs that show it."""

    def run(exercise_id, before, after, **settings):
        exercise = COURSE.exercise(exercise_id)
        source = exercise.solution.read_text("utf-8")
        assert before in source
        path = tmp_path / f"{exercise_id}.py"
        path.write_text(source.replace(before, after), "utf-8")
        found = []
        check(
            exercise,
            path,
            settings=Settings(jail=JAIL, shrink_s=4.0, diagnose=False, **settings),
            on_report=lambda report: None,
            on_extra_seed=lambda seed, report: None,
            on_smallest=found.append,
        )
        return found

    return run


def test_a_place_that_is_read_after_two_methods(shrink):
    (found,) = shrink("ex04", "self.db = np.sum(dout, axis=0)", "self.db = 3 * np.sum(dout, axis=0)")
    lines = found.call.splitlines()
    assert re.match(r"affine = Affine\(\[\[.*\]\], \[.*\]\)$", lines[0])
    assert [line.partition("(")[0] for line in lines[1:]] == [
        "affine.forward",
        "affine.backward",
        "affine.db",
    ]
    dout = np.array(ast.literal_eval(lines[2].removeprefix("affine.backward")))
    assert np.allclose(dout.sum(axis=0), ast.literal_eval(found.expected))
    assert dout.size <= 6


def test_one_method_is_one_line(shrink):
    found = shrink("ex07", "return h_next", "return h_next + 1")
    first = next(item for item in found if ".forward(" in item.call)
    assert first.call.startswith("RNN([[")
    assert "\n" not in first.call
    assert first.expected != first.received


def test_what_the_first_call_leaves_behind_needs_two(shrink):
    """A state that is kept shows only in the second call: the first must stay in the program."""
    (found,) = shrink(
        "ex04", "self.dW = self.x.T @ dout", "self.dW = getattr(self, 'dW', 0) + self.x.T @ dout"
    )
    lines = found.call.splitlines()
    assert found.call.count(".backward(") == 2
    assert lines[-1] == "affine.dW"
    assert len(lines) <= 6


def test_hidden_cases_are_left_alone_where_they_must_be(shrink):
    assert shrink("ex04", "dout * self.y * (1 - self.y)", "dout * self.y", shrink_hidden=False) == []


# Programs by themselves

MADE = Call(function="Cell", args=(2,), kwargs={"bias": 1.0})
OTHER = Call(function="Cell", args=(3,), kwargs={"bias": 2.0})


def use(place, *args, of=MADE, is_read=False, **kwargs):
    return Call(function=f"Cell(){place}", args=args, kwargs=kwargs, is_read=is_read, receiver=of)


CALLS = [MADE, OTHER, use(".forward", 5, of=OTHER), use(".forward", 1, h=2), use(".h", is_read=True),
         use(".backward", 4), use(".grads['W']", is_read=True)]  # fmt: skip


def test_a_program_holds_what_was_done_with_its_own_object():
    program, whole = program_of(CALLS, CALLS[-1])
    assert [step.place for step in program.steps] == ["", ".forward", ".backward", ".grads['W']"]
    assert whole.args == (2, 1, 4)
    assert whole.kwargs == {"0:bias": 1.0, "1:h": 2}
    assert written(program, whole.args, whole.kwargs).splitlines() == [
        "cell = Cell(2, bias=1)",
        "cell.forward(1, h=2)",
        "cell.backward(4)",
        "cell.grads['W']",
    ]


def test_a_step_can_be_left_out():
    program, whole = program_of(CALLS, CALLS[-1])
    first, second = program.shorter()
    assert without_step(program, first, whole.args, whole.kwargs) == ((2, 4), {"0:bias": 1.0})
    assert without_step(program, second, whole.args, whole.kwargs) == ((2, 1), {"0:bias": 1.0, "1:h": 2})
    assert list(Program("f", (Step("", False, 1, ()),)).shorter()) == []


def test_every_object_of_a_case_is_a_use_of_the_program():
    calls = [MADE, OTHER, use(".forward", 5, of=OTHER), use(".forward", 1)]
    program, _ = program_of(calls, calls[-1])
    assert [call.args for call in matching(calls, program)] == [(2, 1), (3, 5)]
    assert written(program, (2, 1), {"0:bias": 1.0}) == "Cell(2, bias=1).forward(1)"


def test_what_has_no_program():
    assert program_of([use(".forward", 1)], use(".forward", 1, of=use(".copy"))) is None
    place = Call(function="table", args=(), kwargs={}, is_read=True)
    assert program_of([place], place) is None
    many = [MADE, *(use(".forward", number) for number in range(9))]
    assert program_of(many, many[-1]) is None
