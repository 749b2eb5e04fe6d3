"""A known mistake is asked what a submission was asked: the first answer that differs ends it."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from grader.sandbox.local import LocalModule
from grader.sandbox.proxy import ModuleProxy
from grader.suite.effort import Effort, compile_counted
from grader.suite.evidence import observe
from grader.suite.plugin import LocalSubject
from grader.suite.remembered import RememberedSubject
from grader.suite.replay import Agreement, replay
from grader.suite.transcript import same_calls
from grader.suite.trial import CaseRun

SOLUTION = """
import numpy as np
def double(x):
    return 2 * np.asarray(x)
def fill(x):
    x[...] = 1
def refuse(x):
    raise ValueError(f"no {x}")
def draw():
    return np.random.random()
def apply(f, x):
    return f(x)
class Net:
    def __init__(self, w):
        self.w = w
    def forward(self, x):
        self.x = x
        return self.w * x
"""
UNLIMITED = 10**9


class Module(LocalSubject):
    """A module of these sources, whose entry points may be called otherwise."""

    def __init__(self, source, names=None):
        super().__init__(LocalModule(compile(source, "module.py", "exec")))
        self.names = names or {}

    def resolve(self, name):
        return self.names.get(name, name)


def plain_case(module):
    net = module.Net(np.array([1.0, -2.0]))
    given = np.zeros(2)
    module.fill(given)
    module.double([1.0, 2.0])
    net.forward(3.0)
    module.value(net.x)
    net.w = np.ones(2)
    net.forward(4.0)
    module.draw()
    module.apply(module.double, 2.0)
    with pytest.raises(ValueError, match="no 3"):
        module.refuse(3)


def played(case, source, names=None):
    """Return a case's run for a module."""
    subject = Module(source, names)
    subject.begin_case(7)
    proxy = ModuleProxy(subject, subject.resolve)
    case(proxy)
    return CaseRun(result=None, calls=tuple(proxy.calls), asked=tuple(proxy.asked), names=proxy.names)


def against(run, source, *, strict=False, most=UNLIMITED):
    return replay(Module(source), run, 7, Effort(), strict=strict, most=most)


def test_the_same_answers_are_identical_and_cost_the_same_every_time():
    run = played(plain_case, SOLUTION)
    first, second = against(run, SOLUTION, strict=True), against(run, SOLUTION, strict=True)
    assert first.agreement is second.agreement is Agreement.IDENTICAL
    assert [call.function for call in first.calls] == [call.function for call in run.calls]
    assert (first.cost, first.costs) == (second.cost, second.costs)
    assert list(first.costs) == sorted(first.costs)


@pytest.mark.parametrize(
    ("before", "after", "position"),
    [
        ("return 2 * np.asarray(x)", "return 3 * np.asarray(x)", 2),
        ("x[...] = 1", "pass", 1),
        ("return self.w * x", "return self.w + x", 3),
        ("self.x = x", "self.x = -x", 4),
        ('raise ValueError(f"no {x}")', 'raise ValueError(f"not {x}")', 8),
        ('raise ValueError(f"no {x}")', "return x", 8),
        ("return np.random.random()", "return 1 - np.random.random()", 6),
    ],
)
def test_the_first_answer_that_differs_ends_it(before, after, position):
    run = played(plain_case, SOLUTION)
    found = against(run, SOLUTION.replace(before, after))
    assert found.agreement is Agreement.DIFFERENT
    assert len(found.calls) == position + 1
    assert found.cost == found.cost_until(position) == found.costs[-1]
    assert found.cost_until(0) < found.cost


def test_rounding_is_close_and_a_dtype_counts_only_where_it_is_asked_for():
    run = played(plain_case, SOLUTION)
    rounded = SOLUTION.replace("return self.w * x", "return self.w * x * (1 + 1e-12)")
    assert against(run, rounded).agreement is Agreement.CLOSE
    narrow = SOLUTION.replace("return self.w * x", "return (self.w * x).astype(np.float32)")
    assert against(run, narrow).agreement is Agreement.CLOSE
    assert against(run, narrow, strict=True).agreement is Agreement.DIFFERENT


def test_what_no_transcript_holds_leaves_it_open():
    def case(module):
        module.map(module.double, [(1.0,), (2.0,)])
        module.double(3.0)

    run = played(case, SOLUTION)
    assert against(run, SOLUTION).agreement is Agreement.IDENTICAL
    found = against(run, SOLUTION.replace("2 * np", "3 * np"))
    assert found.agreement is Agreement.OPEN
    assert not found.calls


def test_a_mistake_that_changes_its_arguments_changes_nothing_for_the_next():
    def case(module):
        module.double(np.array([1.0, 2.0]))
        module.run([["call", module.double._reference, [np.ones(2)], {}]])

    run = played(case, SOLUTION)
    spoiling = SOLUTION.replace("return 2 * np.asarray(x)", "x *= 2; return x")
    for _ in range(2):
        assert against(run, spoiling).agreement is Agreement.DIFFERENT
        assert against(run, SOLUTION).agreement is Agreement.IDENTICAL


def test_names_of_the_submission_are_put_back():
    own = SOLUTION.replace("def double", "def my_double").replace("class Net", "class MyNet")
    run = played(plain_case, own, {"double": "my_double", "Net": "MyNet"})
    assert run.names == {"my_double": "double", "MyNet": "Net"}
    assert against(run, SOLUTION).agreement is not Agreement.DIFFERENT
    assert against(run, SOLUTION.replace("2 * np", "3 * np")).agreement is Agreement.DIFFERENT


def test_what_takes_too_long_is_given_up(tmp_path):
    effort = Effort()
    path = tmp_path / "endless.py"
    path.write_text(SOLUTION.replace("return 2 * np.asarray(x)", "while True: pass"), "utf-8")
    subject = LocalSubject(LocalModule(compile_counted(path), given=effort.bindings))
    run = played(plain_case, SOLUTION)
    found = replay(subject, run, 7, effort, strict=False, most=5000)
    assert found.agreement is Agreement.CUT
    assert 5000 <= found.cost < 6000
    assert len(found.calls) == 2


# ------------------------------------------------------------------------------------------- the solution beside


class Solutions:
    """Makes solutions whose steps are counted, and counts those that were made."""

    def __init__(self, folder):
        path = folder / "solution.py"
        path.write_text(SOLUTION, "utf-8")
        self.effort = Effort()
        self.code = compile_counted(path)
        self.num_made = 0

    def __call__(self):
        self.num_made += 1
        return LocalSubject(LocalModule(self.code, given=self.effort.bindings))

    def beside(self, run, answers, most=UNLIMITED):
        """Return the replay of a solution that remembers these answers."""
        subject = RememberedSubject(self, answers, self.effort)
        return replay(subject, run, 7, self.effort, most=most, strict=None)


def test_the_solution_is_asked_once_for_all_that_ask_the_same(tmp_path):
    solutions, answers = Solutions(tmp_path), []
    run = played(plain_case, SOLUTION)
    first, again = solutions.beside(run, answers), solutions.beside(run, answers)
    assert solutions.num_made == 1
    assert first.cost == again.cost
    assert same_calls(first.calls, run.calls)
    assert same_calls(again.calls, run.calls)


def feeding(module):
    module.double(module.double(1.0))
    module.double(5.0)


def test_what_was_handed_on_is_asked_anew_and_costs_what_it_would_have_cost_first(tmp_path):
    """The wrong submission hands on 3.0 where others hand on 2.0: the solution is asked about 3.0."""
    right, wrong = played(feeding, SOLUTION), played(feeding, SOLUTION.replace("2 * np", "3 * np"))
    solutions, answers = Solutions(tmp_path), []
    cost_right = solutions.beside(right, answers).cost
    found = solutions.beside(wrong, answers)
    assert [float(call.value) for call in found.calls] == [2.0, 6.0, 10.0]
    assert solutions.num_made == 2
    fresh = []
    assert solutions.beside(wrong, fresh).cost == found.cost
    assert solutions.beside(right, fresh).cost == cost_right


def test_a_solution_that_takes_too_long_answers_less(tmp_path):
    """At the same place, whether its answers are remembered or not."""
    solutions, answers = Solutions(tmp_path), []
    run = played(plain_case, SOLUTION)
    whole = solutions.beside(run, answers)
    remembered, fresh = (solutions.beside(run, known, most=whole.cost // 2) for known in (answers, []))
    assert 0 < len(fresh.calls) < len(whole.calls)
    assert len(remembered.calls) == len(fresh.calls)
    assert remembered.agreement is fresh.agreement is Agreement.CUT


def test_observations_show_each_function_by_itself(tmp_path):
    """Only `double` is wrong: what it hands to `Net` does not make `Net` wrong."""

    def case(module):
        net = module.Net(module.double([1.0, 2.0]))
        net.forward(2.0)

    run = played(case, SOLUTION.replace("2 * np", "3 * np"))
    run = replace(run, result=SimpleNamespace(case_id="test_net"))
    observed = observe(run, Solutions(tmp_path).beside(run, []).calls)
    assert {item.key: item.differs for item in observed.observations} == {
        "double": True,
        "Net().forward": False,
    }
    assert not observed.is_stray
