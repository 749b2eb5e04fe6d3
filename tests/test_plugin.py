"""The suite: run again and again with nothing carried over, and every case accounted for."""

import textwrap
from pathlib import Path

import numpy as np
import pytest

from grader.errors import ExerciseError
from grader.sandbox.local import LocalModule
from grader.suite.plugin import LocalSubject, run_suite
from grader.verdicts import Verdict, Visibility


@pytest.fixture
def run(tmp_path):
    """Return a function that runs a suite `times` times on a module and returns each run's case runs."""

    def start(
        suite,
        module="def f(x=1):\n    return x\n",
        *,
        times=1,
        solution="def f(x=1):\n    return x\n",
        seed=1,
    ):
        hidden = tmp_path / "test_hidden.py"
        hidden.write_text(textwrap.dedent(suite), "utf-8")
        code = compile(textwrap.dedent(module), "ex99.py", "exec")
        reference = compile(textwrap.dedent(solution), "solution.py", "exec")

        def drive(collected):
            return [
                collected.run(LocalSubject(LocalModule(code)), seed=seed, source=module) for _ in range(times)
            ]

        return run_suite([hidden], new_solution=lambda: LocalSubject(LocalModule(reference)), drive=drive)

    return start


def verdicts(case_runs):
    return {case.result.case_id: case.result.verdict for case in case_runs}


def test_nothing_is_carried_from_one_submission_to_the_next(run):
    suite = """
        import numpy as np
        import pytest

        SEEN = []
        TABLE = {"rows": [1]}
        ARRAY = np.zeros(2)

        class Counter:
            counts = [0]

        @pytest.fixture(scope="session")
        def once():
            return []

        @pytest.fixture(scope="module")
        def of_module():
            return {"n": 0}

        def remember(value, kept=[]):
            kept.append(value)
            return len(kept)

        @pytest.mark.parametrize("bag", [[1, 2]])
        def test_parameter(submission, bag):
            assert bag == [1, 2]
            bag.append(3)

        def test_state(submission, once, of_module):
            assert SEEN == [] and TABLE == {"rows": [1]} and ARRAY.sum() == 0 and Counter.counts == [0]
            assert once == [] and of_module == {"n": 0} and remember(1) == 1
            SEEN.append(1); TABLE["rows"].append(2); ARRAY[0] = 1; Counter.counts.append(1)
            once.append(1); of_module["n"] += 1
            globals()["NEW"] = 1

        def test_second(submission, once, of_module):
            assert once == [1] and of_module == {"n": 1} and SEEN == [1]
    """
    for case_runs in run(suite, times=3):
        assert set(verdicts(case_runs).values()) == {Verdict.PASSED}, [c.result.message for c in case_runs]


def test_solution_state_is_fresh_for_every_submission(run):
    solution = "CALLS = []\ndef f(x=1):\n    CALLS.append(1)\n    return len(CALLS)\n"
    suite = "def test_it(solution):\n    assert solution.f() == 1\n"
    for case_runs in run(suite, solution=solution, times=2):
        assert verdicts(case_runs) == {"test_it": Verdict.PASSED}


def test_verdicts_of_what_a_case_can_do(run):
    suite = """
        import pytest
        from grader.suite.compare import assert_close

        def test_passes(submission): assert submission.f(2) == 2
        def test_plain_assert(submission): assert submission.f(2) == 3, "twice"
        def test_mismatch(submission): assert_close(submission.f(2.0), 3.0)
        def test_raises(submission): submission.raises()
        def test_todo(submission): submission.todo()
        def test_expects(submission):
            with pytest.raises(ValueError): submission.f(1)
        def test_ours(submission): {}["missing"]
        def test_skips(submission): pytest.skip("not today")
        def test_solution_raises(solution): solution.nothing_there()
        def test_system_exit(submission): submission.leaves()
        def test_memory(submission): submission.hungry()
    """
    module = """
        def f(x): return x
        def raises(): raise KeyError("k")
        def todo(): raise NotImplementedError
        def leaves(): raise SystemExit(0)
        def hungry(): raise MemoryError
    """
    (case_runs,) = run(suite, textwrap.dedent(module))
    assert verdicts(case_runs) == {
        "test_passes": Verdict.PASSED,
        "test_plain_assert": Verdict.FAILED,
        "test_mismatch": Verdict.FAILED,
        "test_raises": Verdict.RUNTIME_ERROR,
        "test_todo": Verdict.NOT_ATTEMPTED,
        "test_expects": Verdict.FAILED,
        "test_ours": Verdict.GRADER_ERROR,
        "test_skips": Verdict.GRADER_ERROR,
        "test_solution_raises": Verdict.GRADER_ERROR,
        "test_system_exit": Verdict.RUNTIME_ERROR,
        "test_memory": Verdict.MEMORY_LIMIT,
    }
    results = {case.result.case_id: case.result for case in case_runs}
    assert results["test_ours"].points is None
    assert results["test_plain_assert"].message == "twice"
    assert results["test_expects"].message == "Expected the exception ValueError. Received: none"
    assert results["test_raises"].detail.frames[0].source == 'def raises(): raise KeyError("k")'
    assert results["test_mismatch"].detail.call == "f(2)"


def test_prerequisites_block(run):
    suite = """
        import pytest
        from grader.suite.marks import requires

        @pytest.mark.parametrize("n", [1, 2])
        def test_first(submission, n): assert submission.f(n) == 1
        @requires("test_first")
        def test_second(submission): raise SystemError("never run")
        @requires("test_second")
        def test_third(submission): assert True is True
        def test_free(submission): assert submission.f(1) == 1
    """
    (case_runs,) = run(suite)
    assert verdicts(case_runs) == {
        "test_first[1]": Verdict.PASSED,
        "test_first[2]": Verdict.FAILED,
        "test_second": Verdict.BLOCKED,
        "test_third": Verdict.BLOCKED,
        "test_free": Verdict.PASSED,
    }
    assert case_runs[2].result.points == 0
    assert "test_first" in case_runs[2].result.message


def test_marks_reach_the_result(run):
    suite = """
        from grader.suite.marks import hint, points, title, visibility

        @points(2.5)
        @title(en="English", ko="한국어")
        @visibility("after_published")
        @hint(en="Why?", ko="왜요?")
        def test_it(submission): assert submission.f(1) == 2
    """
    result = run(suite)[0][0].result
    assert (result.title, result.max_points, result.points, result.hint) == ("English", 2.5, 0.0, "Why?")
    assert result.visibility is Visibility.AFTER_PUBLISHED


def test_fixtures_are_torn_down_and_their_errors_are_ours(run):
    suite = """
        import pytest

        LOG = []

        @pytest.fixture(scope="module")
        def resource():
            LOG.append("open")
            yield
            LOG.append("close")

        @pytest.fixture
        def broken():
            yield
            raise RuntimeError("teardown")

        def test_a(submission, resource): assert LOG == ["open"]
        def test_b(submission, resource): assert LOG == ["open"]
        def test_c(submission, broken): assert submission.f(1) == 1
    """
    for case_runs in run(suite, times=2):
        assert list(verdicts(case_runs).values()) == [Verdict.PASSED, Verdict.PASSED, Verdict.GRADER_ERROR]


def test_random_inputs_follow_from_seed_and_case_alone(run):
    suite = """
        def test_a(submission, rng): submission.f(rng.normal(size=3))
        def test_b(submission, rng): submission.f(rng.normal(size=3))
    """
    first, again = run(suite, times=2)
    (other,) = run(suite, seed=2)
    values = [[case.calls[0].value for case in case_runs] for case_runs in (first, again, other)]
    assert np.array_equal(values[0], values[1])
    assert not np.array_equal(values[0][0], values[0][1])
    assert not np.array_equal(values[0], values[2])


def test_a_generator_goes_over_as_a_seed(run):
    suite = """
        from grader.suite.compare import assert_close
        def test_a(submission, solution, rng):
            assert_close(submission.f(rng), solution.f(rng))
            assert (submission.f(rng) != submission.f(rng.child(1))).all()
    """
    source = "def f(rng):\n    return rng.normal(size=4)\n"
    assert verdicts(run(suite, source, solution=source)[0]) == {"test_a": Verdict.PASSED}


def test_a_remote_of_one_side_is_refused_by_the_other(run):
    suite = """
        def test_a(submission, solution):
            submission.f(solution.f)
    """
    assert "another side" in run(suite)[0][0].result.message


def test_arguments_are_copied_for_the_solution_too(run):
    suite = """
        import numpy as np
        from grader.suite.compare import assert_unchanged
        def test_a(submission):
            x = np.zeros(2)
            submission.f(x)
            assert x.sum() == 0
            assert_unchanged(submission)
    """
    result = run(suite, "def f(x):\n    x += 1\n    return x\n")[0][0].result
    assert result.message == "f changed its argument 1 in place"


@pytest.mark.parametrize(
    ("suite", "words"),
    [
        ("def test_a(:\n", "SyntaxError"),
        ("import no_such_thing\n", "no_such_thing"),
        ("1 / 0\n", "ZeroDivision"),
    ],
)
def test_a_suite_that_cannot_be_collected_is_the_authors_error(run, suite, words):
    with pytest.raises(ExerciseError, match=words):
        run(suite)


def test_interrupts_and_errors_of_the_driver_come_through(tmp_path):
    hidden = tmp_path / "test_hidden.py"
    hidden.write_text("def test_a(submission):\n    pass\n")

    def interrupt(_suite):
        raise KeyboardInterrupt

    code = compile("", "solution.py", "exec")
    with pytest.raises(KeyboardInterrupt):
        run_suite([hidden], new_solution=lambda: LocalSubject(LocalModule(code)), drive=interrupt)


def test_the_machines_pytest_settings_do_not_matter(run, monkeypatch, tmp_path):
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    (tmp_path / "conftest.py").write_text("raise RuntimeError('conftest')")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --nope\n")
    assert verdicts(run("def test_a(submission):\n    assert submission.f(1) == 1\n")[0]) == {
        "test_a": Verdict.PASSED
    }


def test_suites_of_one_name_do_not_mix_even_under_relative_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = compile("", "solution.py", "exec")
    seen = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "test_hidden.py").write_text(f"def test_{name}(submission):\n    pass\n")
        hidden = Path(name) / "test_hidden.py"
        new_solution = lambda: LocalSubject(LocalModule(code))  # noqa: E731
        seen += run_suite(
            [hidden], new_solution=new_solution, drive=lambda suite: [case.case_id for case in suite.cases]
        )
    assert seen == ["test_one", "test_two"]


def test_the_call_of_a_method_shows_what_its_object_was_made_with(run):
    module = """
        import numpy as np

        class Cell:
            def __init__(self, weights, size=1):
                self.weights = weights

            def forward(self, x):
                self.out = self.weights * x
                return self.out
    """
    suite = """
        import numpy as np
        from grader.suite.compare import assert_close

        def test_method(submission):
            other = submission.Cell(5.0)
            cell = submission.Cell(np.array([1.0, 2.0]), size=2)
            other.forward(1.0)
            assert_close(cell.forward(3.0), [3.0, 7.0])

        def test_place(submission):
            cell = submission.Cell(2.0)
            cell.forward(3.0)
            assert_close(cell.out, 7.0)

        def test_large(submission):
            assert_close(submission.Cell(np.ones((9, 9))).forward(2.0), np.ones((9, 9)))
    """
    (case_runs,) = run(suite, module)
    assert [case.result.detail.call for case in case_runs] == [
        "Cell([1, 2], size=2).forward(3)",
        "Cell(2).forward(3); Cell().out",
        "Cell(<float64 (9, 9)>).forward(2)",
    ]
    assert [case.num_operations for case in case_runs] == [4, 3, 2]
