"""The smallest failing input: found through a real worker, in time, and only where it says something."""

import ast
import importlib
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

from grader.cli import main
from grader.course import find_course, load_course
from grader.grading import Settings, check, open_grader
from grader.language import activate
from grader.report.look import Look
from grader.report.smallest import smallest_input
from grader.sandbox.dispatch import Raised
from grader.sandbox.local import LocalModule, compile_trusted
from grader.sandbox.proxy import Call
from grader.sandbox.start import can_fork
from grader.suite.call_domain import Form, build, cost, learn, signature
from grader.suite.plugin import LocalSubject
from grader.suite.programs import Program, Step
from grader.suite.programs import outcome_of as outcome_of_program
from grader.suite.rng import CaseRng, noted_draws
from grader.suite.shrink import SmallestInput, difference
from grader.verdicts import Verdict
from tests.conftest import HIDDEN
from tests.loaded import loaded_by_check

# Before any test: pytest rewrites the assertions of Hypothesis, which takes longer than the searches may.
importlib.import_module("hypothesis")

ROOT = Path(__file__).resolve().parents[1]
JAIL = can_fork()
RIGHT = """
    import numpy as np

    def double(x):
        return np.asarray(x) * 2.0

    def halve(x, times=1):
        return np.asarray(x) / 2.0**times
"""
VISIBLE_HIDDEN = HIDDEN.replace(
    "def test_unchanged(submission):", "def test_unchanged(submission, rng):"
).replace("np.arange(3.0)", "rng.normal(size=3)")


def outcome_of(subject, name, args, kwargs):
    step = Step("", False, len(args), tuple(kwargs))
    return outcome_of_program(subject, Program(name, (step,)), args, kwargs)


@pytest.fixture
def shrink(make_course, tmp_path):
    """Return a function that grades a source for a course's exercise: the report and the smallest inputs."""
    made = []

    def run(source, *, exercise=None, shrink_s=2.0, shrink_hidden=True, seed=2026, **replaced):
        if exercise is None:
            if not made:
                made.append(load_course(make_course(**replaced)).exercise("ex99"))
            exercise = made[0]
        else:
            exercise = find_course(None, {}).exercise(exercise)
        path = tmp_path / f"{exercise.id}.py"
        path.write_text(textwrap.dedent(source), "utf-8")
        found, order = [], []
        report = check(
            exercise,
            path,
            settings=Settings(seed=seed, jail=JAIL, shrink_s=shrink_s, shrink_hidden=shrink_hidden),
            on_report=lambda report: order.append("report"),
            on_extra_seed=lambda number, again: None,
            on_smallest=lambda smallest: (found.append(smallest), order.append("smallest")),
        )
        assert order[0] == "report"
        return report, found

    return run


# What is found


def test_a_kernel_that_is_not_flipped(shrink):
    source = """
        import numpy as np

        def convolve1d(x, w, mode="valid"):
            return np.array([np.sum(x[i : i + len(w)] * w) for i in range(len(x) - len(w) + 1)])
    """
    _, (found,) = shrink(source, exercise="ex05")
    numbers = [ast.literal_eval(part) for part in (found.expected, found.received)]
    x, w = ast.literal_eval(found.call.removeprefix("convolve1d"))
    assert len(x) == len(w) == 2
    assert set(x) | set(w) == {0, 1}
    assert list(np.convolve(x, w, "valid")) == numbers[0]
    assert list(np.correlate(x, w, "valid")) == numbers[1]


def test_windows_that_are_one_too_few(shrink):
    source = """
        import numpy as np

        def correlate1d(x, w, mode="valid", stride=1):
            return np.array([np.sum(x[i : i + len(w)] * w) for i in range(0, len(x) - len(w), stride)])
    """
    _, (found,) = shrink(source, exercise="ex05")
    assert found.function == "correlate1d"
    assert found.call == "correlate1d([0, 0], [0, 0])"
    assert (found.expected, found.received) == ("[0]", "[]")


def test_a_missing_guard_against_overflow(shrink):
    source = """
        import numpy as np

        def softmax(a):
            return np.exp(a) / np.exp(a).sum(axis=-1, keepdims=True)
    """
    _, (found,) = shrink(source, exercise="ex03")
    assert "1000" in found.call
    assert "nan" in found.received
    assert "nan" not in found.expected


def test_an_exception_is_shown_with_the_smallest_input_that_raises_it(shrink):
    source = RIGHT.replace("np.asarray(x) * 2.0", "1 / 0 if min(x) < 2 else x")
    report, (found,) = shrink(source)
    assert report.cases[1].verdict is Verdict.RUNTIME_ERROR
    assert found == SmallestInput(
        case_id="test_random",
        function="double",
        call="double([0, 0])",
        expected="[0, 0]",
        exception="ZeroDivisionError: division by zero",
    )


def test_at_most_one_input_for_each_function_and_two_in_all(shrink):
    source = RIGHT.replace("* 2.0", "* 3.0").replace("/ 2.0**times", "/ 3.0**times")
    _, found = shrink(source)
    assert [item.function for item in found] == ["double", "halve"]
    assert [item.call for item in found] == ["double([0, 1])", "halve([0, 1])"]


# What is left alone


def test_full_points_show_nothing(shrink):
    report, found = shrink(RIGHT)
    assert report.all_passed
    assert found == []


def test_a_mistake_in_place_is_not_shrunk(shrink):
    source = RIGHT.replace("return np.asarray(x) * 2.0", "x = np.asarray(x, float); x *= 2.0; return x")
    report, found = shrink(source, hidden=VISIBLE_HIDDEN)
    assert {case.case_id: case.verdict for case in report.cases}["test_unchanged"] is Verdict.FAILED
    assert found == []


def test_a_fixed_case_is_not_shrunk(shrink):
    hidden = """
        from grader.suite.compare import assert_close

        def test_fixed(submission, solution):
            assert_close(submission.double([3.0, 4.0, 5.0]), solution.double([3.0, 4.0, 5.0]))
    """
    report, found = shrink(RIGHT.replace("* 2.0", "* 3.0"), hidden=textwrap.dedent(hidden))
    assert not report.all_passed
    assert found == []


def test_nothing_is_shown_where_nothing_is_smaller(shrink):
    hidden = """
        from grader.suite.compare import assert_close

        def test_small(submission, solution, rng):
            x = rng.integers(0, 1, size=1).astype(float)
            assert_close(submission.double(x), solution.double(x))
    """
    report, found = shrink(RIGHT.replace("* 2.0", "* 2.0 + 1"), hidden=textwrap.dedent(hidden))
    assert not report.all_passed
    assert found == []


def test_a_property_that_other_answers_have_too_is_not_shrunk(shrink):
    hidden = """
        from grader.language import Text
        from grader.suite.compare import require

        def test_grows(submission, rng):
            require(submission.double(rng.random(3)).min() > 5, Text(en="too small", ko="작아요"))
    """
    report, found = shrink(RIGHT.replace("* 2.0", "* 3.0"), hidden=textwrap.dedent(hidden))
    assert not report.all_passed
    assert found == []


def test_generators_and_objects_are_left_alone(shrink):
    hidden = """
        from grader.suite.compare import assert_close

        def test_generator(submission, solution, rng):
            x = rng.normal(size=3)
            assert_close(submission.halve(x, rng.child(1)), solution.double(x))

        def test_object(submission, solution, rng):
            x = rng.normal(size=3)
            function = submission.define("lambda x: x")
            assert_close(submission.halve(x, function), solution.double(x))
    """
    report, found = shrink(RIGHT.replace("/ 2.0**times", "/ 2.0"), hidden=textwrap.dedent(hidden))
    assert not report.all_passed
    assert found == []


def test_only_visible_cases_are_shrunk_where_hidden_ones_must_stay_hidden(shrink):
    source = RIGHT.replace("* 2.0", "* 3.0").replace("/ 2.0**times", "/ 3.0**times")
    _, found = shrink(source, shrink_hidden=False)
    assert [item.case_id for item in found] == ["test_halve"]


# Time and faults


def test_the_budget_holds_with_a_slow_submission(make_course, tmp_path, shrink):
    source = "import time\n" + textwrap.dedent(RIGHT).replace(
        "return np.asarray(x) * 2.0", "time.sleep(0.1); return np.asarray(x) * 3.0"
    )
    course = load_course(make_course())
    path = tmp_path / "slow.py"
    path.write_text(source, "utf-8")
    shown = []
    check(
        course.exercise("ex99"),
        path,
        settings=Settings(jail=JAIL, shrink_s=1.0),
        on_report=lambda report: shown.append(time.perf_counter()),
        on_extra_seed=lambda seed, report: None,
        on_smallest=lambda smallest: None,
    )
    assert time.perf_counter() - shown[0] < 1.6


def test_a_submission_too_slow_for_the_budget_is_given_up(shrink):
    source = "import time\n" + textwrap.dedent(RIGHT).replace(
        "return np.asarray(x) * 2.0", "time.sleep(0.5); return np.asarray(x) * 3.0"
    )
    started = time.perf_counter()
    report, found = shrink(source, shrink_s=1.0)
    assert found == []
    assert not report.all_passed
    assert time.perf_counter() - started < 6


def test_a_submission_that_ends_its_process_while_shrinking(shrink):
    source = "import os\n" + textwrap.dedent(RIGHT).replace(
        "return np.asarray(x) * 2.0", "return np.asarray(x) * 3.0 if len(x) == 5 else os._exit(3)"
    ).replace("/ 2.0**times", "/ 3.0**times")
    report, found = shrink(source)
    assert report.score == 0
    assert [item.call for item in found] == ["halve([0, 1])"]


def test_an_answer_that_changes_from_call_to_call_is_not_shown(shrink):
    source = """
        import numpy as np

        CALLS = []

        def double(x):
            CALLS.append(x)
            return np.asarray(x) * (3.0 if len(CALLS) < 6 else 2.0)

        def halve(x, times=1):
            return np.asarray(x) / 2.0**times
    """
    report, found = shrink(source)
    assert not report.all_passed
    assert found == []


# What may be passed


def called(*args, **kwargs):
    return Call(function="f", args=args, kwargs=kwargs)


def random_choice(seed):
    source = np.random.default_rng(seed)
    return lambda low, high: int(source.integers(low, high, endpoint=True))


def many(inputs, number=200):
    choose = random_choice(4)
    made = [build(inputs, choose) for _ in range(number)]
    return [item for item in made if item is not None]


def test_sizes_that_were_always_equal_stay_equal():
    calls = [called(np.ones((n, 3)), np.ones(n)) for n in (3, 5, 6)]
    made = many(learn(calls[2], calls, calls[2:]))
    assert made
    assert all(len(x) == len(t) for (x, t), _ in made)
    assert {len(x) for (x, _), _ in made} > {2, 3}


def test_a_size_that_was_never_larger_stays_so():
    calls = [called(np.zeros(9), np.ones(w)) for w in (3, 9)] + [called(np.zeros(7), np.ones(2))]
    made = many(learn(calls[0], calls, calls))
    assert made
    assert all(len(w) <= len(x) for (x, w), _ in made)


def test_the_number_of_windows_follows_from_the_sizes():
    calls = [
        called(np.zeros((h - f + 1, k - f + 1)), np.ones((h, k)), f, f)
        for h, k, f in ((4, 4, 2), (3, 5, 2), (6, 4, 3))
    ]
    made = many(learn(calls[0], calls, calls))
    assert made
    for (d, x, height, width), _ in made:
        assert d.shape == (x.shape[0] - height + 1, x.shape[1] - width + 1)


def test_one_hot_rows_and_probabilities_stay_what_they_are():
    calls = [called(np.array([[0.2, 0.8], [0.5, 0.5]]), np.eye(2))]
    inputs = learn(calls[0], calls, calls)
    assert dict(inputs.forms) == {0: Form.DISTRIBUTION, 1: Form.ONE_HOT}
    for (y, t), _ in many(inputs):
        assert np.allclose(y.sum(axis=-1), 1)
        assert (y > 0).all()
        assert np.array_equal(t.sum(axis=-1), np.ones(len(t)))


def test_values_stay_in_the_range_and_whole_where_they_were():
    calls = [called(np.array([3, 200], dtype=np.uint8), 0.25, 2, "valid", True)]
    calls.append(called(np.array([7, 9], dtype=np.uint8), 0.75, 3, "same", True))
    for (x, factor, step, mode, flag), _ in many(learn(calls[0], calls, calls)):
        assert x.dtype == np.uint8
        assert ((x >= 3) & (x <= 200)).all()
        assert 0.25 <= factor <= 0.75
        assert step in (2, 3)
        assert mode in ("valid", "same")
        assert flag is True


def test_lists_and_tuples_stay_lists_and_tuples():
    calls = [called([[1, 2], [3, 4]], (0.5, 1.0), [])]
    for (rows, pair, empty), _ in many(learn(calls[0], calls, calls), 20):
        assert all(type(row) is list and all(type(n) is int for n in row) for row in rows)
        assert type(pair) is tuple
        assert empty == []


@pytest.mark.parametrize(
    "value",
    [{"a": 1}, [[1], [2, 3]], CaseRng(1, "case"), np.array(["a"]), ["a"]],
    ids=["dict", "ragged", "rng", "letters", "texts"],
)
def test_other_arguments_are_left_alone(value):
    assert signature(called(value)) is None
    assert learn(called(value), [called(value)], [called(value)]) is None


def test_what_is_shorter_and_simpler_costs_less():
    inputs = [[0], [1], [-1], [0.5], [1000], [0, 0], [0, 1]]
    costs = [cost((np.array(item),), {}) for item in inputs]
    assert costs == sorted(costs)


def test_a_case_that_draws_is_noted():
    with noted_draws() as drawn:
        CaseRng(1, "idle")
        CaseRng(1, "draws").normal(size=2)
    CaseRng(1, "later").random()
    assert drawn == {"draws"}


@pytest.mark.parametrize(
    ("received", "expected", "word"),
    [
        (np.array([1.0, 2.0]), np.array([1.0, 2.0001]), ""),
        (np.array([1.0, 2.0]), np.array([1.0, 3.0]), "values"),
        (np.array([np.nan]), np.array([1.0]), "not finite"),
        (np.zeros(2), np.zeros(3), "shape"),
        (None, np.zeros(3), "type"),
        ((1.0, 2.0), (1.0, 4.0), "values"),
        ("yes", "no", "values"),
        (Raised(("KeyError", "LookupError"), "x", ()), 1.0, "raises KeyError"),
    ],
)
def test_the_way_in_which_two_values_differ(received, expected, word):
    assert difference(received, expected) == word


ALTERNATIVES = ["ex03/transposed_columns", "ex03/loops_over_rows", "ex05/fourier", "ex05/plain_loops"]
ALTERNATIVES += ["ex05/windows_einsum", "ex06/plain_loops", "ex06/shifted_images", "ex06/windows_view"]


def all_inputs(run, runs, solution, names):
    """Yield what may be passed in place of each call of a case."""
    for call in run.calls:
        if call.function in names and signature(call) and not call.is_read and call.raised is None:
            name = call.function
            observed = [other for case in runs for other in case.calls if other.function == name]
            observed = [
                other
                for other in observed
                if signature(other)
                and not isinstance(outcome_of(solution, name, other.args, other.kwargs), Raised)
            ]
            yield name, learn(call, observed, [other for other in run.calls if other.function == name])


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_right_answers_agree_on_every_input_that_may_be_shown(name):
    """An input that the statement does not speak about would tell right answers apart."""
    exercise = find_course(None, {}).exercise(name[:4])
    module = LocalModule(compile_trusted(ROOT / "tests" / "alternatives" / f"{name}.py"))
    alternative = LocalSubject(module)
    taken = {
        entry.name: next(known for known in (entry.name, *entry.aliases) if known in module.namespace)
        for entry in exercise.entry_points
    }
    alternative.resolve = taken.get

    def agree(grader):
        solution, choose = grader.reference.solution(), random_choice(1)
        with noted_draws() as drawn:
            runs = grader.suite.run(grader.reference.solution(), seed=2026)
        made = [
            (name, arguments)
            for run in runs
            if run.result.case_id in drawn
            for name, inputs in all_inputs(run, runs, solution, exercise.names)
            for arguments in [build(inputs, choose) for _ in range(20)]
            if arguments is not None
        ]
        pairs = [
            (made_call, [outcome_of(side, made_call[0], *made_call[1]) for side in (alternative, solution)])
            for made_call in made
        ]
        accepted = [(call, pair) for call, pair in pairs if not isinstance(pair[1], Raised)]
        return len(accepted), [(call, pair) for call, pair in accepted if difference(*pair)]

    num_compared, differing = open_grader(exercise, settings=Settings(jail=JAIL), drive=agree)
    assert num_compared > 200
    assert differing == []


# How it is written


FOUND = SmallestInput(
    case_id="test_x", function="f", call="f([0, 1], [0, 1])", expected="[1]", received="[0]"
)


def test_the_block_in_a_terminal():
    assert smallest_input(FOUND, look=Look()).splitlines() == [
        "",
        "Smallest failing input",
        "  call       f([0, 1], [0, 1])",
        "  should be  [1]",
        "  yours      [0]",
    ]
    assert "\x1b[1mSmallest failing input\x1b[0m" in smallest_input(FOUND, look=Look(color=True))


def test_the_block_for_screen_readers_and_in_korean():
    activate("ko")
    lines = smallest_input(FOUND, look=Look(plain=True)).splitlines()
    assert lines[0] == "가장 작은 반례"
    assert lines[1] == "호출: f([0, 1], [0, 1])"
    assert all(": " in line for line in lines[1:])


def test_an_exception_and_a_long_call_in_the_block():
    found = SmallestInput(
        case_id="test_x",
        function="f",
        call="f([" + ", ".join("0" * 30) + "])",
        expected="0",
        exception="ValueError: \x1b[31mno\x1b[0m",
    )
    lines = smallest_input(found, look=Look(width=40)).splitlines()
    assert all(len(line) <= 40 for line in lines)
    assert lines[-1] == "  yours      raised ValueError: no"


# The command


@pytest.fixture
def grade(capsys, monkeypatch, make_course, tmp_path):
    """Return a function that checks a wrong submission with further options and returns what was written."""
    monkeypatch.chdir(tmp_path)
    course = make_course()
    (tmp_path / "ex99.py").write_text(textwrap.dedent(RIGHT.replace("* 2.0", "* 3.0")), "utf-8")

    def call(*options):
        jail = [] if JAIL else ["--unsafe-no-jail"]
        code = main.run(["--course", str(course), "--lang", "en", "check", "ex99", *jail, *options])
        assert code == 1
        return capsys.readouterr().out

    return call


def test_the_block_comes_after_the_result(grade, tmp_path):
    written = grade()
    assert written.index("points") < written.index("Smallest failing input")
    assert written.endswith("  call       double([0, 1])\n  should be  [0, 2]\n  yours      [0, 3]\n")
    assert not (tmp_path / ".hypothesis").exists()


@pytest.mark.parametrize(
    "options",
    [["--no-shrink"], ["--format", "json"], ["--format", "junit"], ["--feedback", "student"]],
    ids=str,
)
def test_where_it_is_not_looked_for(grade, options):
    written = grade(*options)
    assert "Smallest" not in written
    assert "double([0, 1])" not in written


@pytest.mark.parametrize(("factor", "is_loaded"), [("2.0", False), ("3.0", True)], ids=["right", "wrong"])
def test_hypothesis_is_imported_only_where_something_failed(make_course, tmp_path, factor, is_loaded):
    course = make_course()
    (tmp_path / "ex99.py").write_text(textwrap.dedent(RIGHT.replace("2.0", factor, 1)), "utf-8")
    jail = [] if JAIL else ["--unsafe-no-jail"]
    written, loaded = loaded_by_check("--course", course, "check", "ex99", *jail, cwd=tmp_path)
    assert "points" in written
    assert ("hypothesis" in loaded) is is_loaded


@pytest.mark.slow
def test_a_keras_check_never_imports_hypothesis(tmp_path):
    source = """
        import numpy as np

        def predict_labels(model, X):
            return np.zeros(len(X), dtype=int)

        def prepare_data(X, y, n_valid=5000):
            return X, y
    """
    (tmp_path / "ex08.py").write_text(textwrap.dedent(source), "utf-8")
    jail = [] if JAIL else ["--unsafe-no-jail"]
    written, loaded = loaded_by_check("--lang", "en", "check", "ex08", *jail, cwd=tmp_path)
    assert "wrong" in written or "error" in written
    assert "hypothesis" not in loaded
