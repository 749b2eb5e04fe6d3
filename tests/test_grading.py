"""One submission from file to report, with a real worker in its jail."""

import textwrap
from pathlib import Path

import pytest

import grader
from grader.course import find_course, load_course
from grader.errors import ExerciseError, SandboxError, UsageError
from grader.grading import Settings, check
from grader.sandbox.start import can_fork
from grader.verdicts import Verdict
from tests.conftest import STUB, TOML

JAIL = can_fork()
RIGHT = """
    import numpy as np

    def double(x):
        return np.asarray(x) * 2.0

    def halve(x, times=1):
        return np.asarray(x) / 2.0**times
"""


@pytest.fixture
def grade(make_course, tmp_path):
    """Return a function that grades a source and returns the report, the reports shown, and failing seeds."""
    course = []

    def run(source, *, seed=3, extra_seeds=0, fork=None, jail=JAIL, case_s=5.0, name="ex99.py", **replaced):
        if not course:
            course.append(load_course(make_course(case_s=case_s, **replaced)))
        path = tmp_path / name
        path.write_text(textwrap.dedent(source), "utf-8")
        shown, seeds = [], []
        settings = Settings(seed=seed, extra_seeds=extra_seeds, jail=jail, fork=fork)
        report = check(
            course[0].exercise("ex99"),
            path,
            settings=settings,
            on_report=shown.append,
            on_extra_seed=lambda number, again: seeds.append((number, again)),
        )
        return report, shown, seeds

    return run


def verdicts(report):
    return {case.case_id: str(case.verdict) for case in report.cases}


@pytest.mark.parametrize("fork", [None, False], ids=["as here", "without fork"])
def test_a_right_submission_gets_full_points(grade, fork):
    report, shown, seeds = grade(RIGHT, fork=fork, jail=JAIL and fork is None)
    assert report.all_passed
    assert (report.score, report.max_score) == (10.0, 10.0)
    assert len(shown) == 1
    assert not seeds
    assert report.problem is None
    if fork is None and JAIL:
        assert report.jail.complete
        assert {"landlock", "seccomp", "rlimits", "capabilities"} <= set(report.jail.parts)
    else:
        assert not report.jail.complete


def test_public_cases_run_first(grade):
    assert next(iter(grade(RIGHT)[0].cases)).case_id == "test_example"


def test_the_known_mistake_is_named(grade):
    report, _, _ = grade(RIGHT.replace("* 2.0", "+ 2"))
    failed = next(case for case in report.cases if case.case_id == "test_random")
    assert failed.verdict is Verdict.FAILED
    assert failed.mistake == "adds_two"
    assert failed.hint == "What is twice 3?"


def test_an_unknown_mistake_is_not_named(grade):
    report, _, _ = grade(RIGHT.replace("* 2.0", "* np.arange(1, np.size(x) + 1)"))
    failed = next(case for case in report.cases if case.case_id == "test_random")
    assert failed.mistake is None
    assert failed.hint == "What does double mean for -1?"


def test_a_stub_is_not_attempted(grade, make_course):
    report, _, _ = grade(STUB)
    assert set(verdicts(report).values()) == {"not_attempted", "blocked"}
    assert report.verdict is Verdict.NOT_ATTEMPTED
    assert report.score == 0


def test_a_missing_function_costs_its_own_cases_only(grade):
    report, _, _ = grade("def double(x):\n    return [2 * v for v in x]\n")
    found = verdicts(report)
    assert found["test_random"] == "passed"
    assert found["test_halve"] == "not_attempted"
    assert found["test_halve_twice"] == "blocked"
    assert report.cases[1].detail.notes == ("a list was taken for an array",)


def test_an_alias_is_taken_and_told(grade):
    report, _, _ = grade(RIGHT.replace("def double", "def twice"))
    assert report.all_passed
    assert any("twice" in note for note in report.notes)


def test_a_syntax_error_is_graded(grade):
    report, _, _ = grade("def double(x):\n    return x *\n")
    assert report.score == 0
    assert report.problem.exception.startswith("SyntaxError")
    assert report.problem.frames[0].line == 2
    assert report.problem.column
    assert set(verdicts(report).values()) <= {"runtime_error", "blocked"}


def test_what_only_compiling_finds_is_shown_like_a_syntax_error(grade):
    report, _, _ = grade(RIGHT + "\n    return 3\n")
    assert report.score == 0
    assert "SyntaxError" in report.problem.exception
    assert report.problem.frames[0].line == 10


def test_an_exception_at_import_costs_only_what_follows(grade):
    report, _, _ = grade(RIGHT + "\n    raise RuntimeError('plot')\n")
    assert report.all_passed
    assert report.problem.exception == "RuntimeError: plot"
    assert report.problem.frames[0].source == "raise RuntimeError('plot')"


def test_an_exception_before_the_functions_is_told_for_each(grade):
    report, _, _ = grade("import numpy as np\nx = np.float_(3)\n" + textwrap.dedent(RIGHT))
    assert report.score == 0
    assert "AttributeError" in report.cases[0].message
    assert "np.float64" in report.problem.exception
    assert report.problem.notes == ("`np.float_` was removed in NumPy 2: write `np.float64`.",)


def test_a_forbidden_call_is_found_before_anything_runs(grade):
    report, _, _ = grade(RIGHT.replace("np.asarray(x) * 2.0", "np.convolve(x, [2.0])"))
    assert "line 5" in report.problem.exception
    failed = next(case for case in report.cases if case.case_id == "test_random")
    assert failed.verdict is Verdict.FAILED
    assert "numpy.convolve" in failed.message
    assert verdicts(report)["test_halve"] == "passed"


def test_a_forbidden_call_in_a_self_check_is_no_violation(grade):
    source = (
        RIGHT
        + """
    import scipy.signal
    import matplotlib.pyplot as plt
    plt.plot(double([1, 2]))
    plt.show()
    print(np.convolve([1, 2], [3]))
    """
    )
    report, _, _ = grade(source)
    assert report.all_passed
    assert "not available" in report.problem.exception


def test_a_forbidden_call_in_disguise_is_unavailable_at_run_time(grade):
    report, _, _ = grade(RIGHT.replace("np.asarray(x) * 2.0", "getattr(np, 'evlovnoc'[::-1])(x, [2.0])"))
    assert verdicts(report)["test_random"] == "runtime_error"


def test_the_learners_traceback_has_only_their_frames(grade):
    source = """
        def helper(x):
            return x.nonsense

        def double(x):
            return helper(x)

        def halve(x, times=1):
            return x
    """
    report, _, _ = grade(source)
    failed = next(case for case in report.cases if case.case_id == "test_random")
    assert [(frame.line, frame.function, frame.source) for frame in failed.detail.frames] == [
        (6, "double", "return helper(x)"),
        (3, "helper", "return x.nonsense"),
    ]


def test_an_endless_loop_costs_its_case_only(grade):
    source = RIGHT.replace("return np.asarray(x) /", "while times == 2: pass\n        return np.asarray(x) /")
    report, _, _ = grade(source, case_s=0.3)
    assert verdicts(report)["test_halve_twice"] == "time_limit"
    assert verdicts(report)["test_halve"] == "passed"
    assert report.score == 8.0


def test_more_seeds_after_full_points_show_the_first_failure(grade):
    source = RIGHT.replace(
        "return np.asarray(x) * 2.0", "return np.asarray(x) * (2.0 if np.max(x) < 2.05 else 3.0)"
    )
    outcomes = [grade(source, seed=seed, extra_seeds=30) for seed in (4, 5, 6, 8, 9)]
    passed = [(report, seeds) for report, _, seeds in outcomes if report.all_passed]
    assert passed
    for _report, seeds in passed:
        assert len(seeds) == 1
        assert not seeds[0][1].all_passed
        assert seeds[0][1].seed == seeds[0][0]


def test_the_graders_own_fault_gives_no_score(grade):
    hidden = """
        def test_broken(submission):
            {}["nothing"]
    """
    report, _, _ = grade(RIGHT, hidden=textwrap.dedent(hidden))
    assert report.verdict is Verdict.GRADER_ERROR
    assert report.score is None


def test_a_solution_that_raises_is_our_fault(grade):
    report, _, _ = grade(
        RIGHT, solution="def double(x):\n    raise ValueError\ndef halve(x, times=1):\n    return x\n"
    )
    assert verdicts(report)["test_random"] == "grader_error"
    assert report.score is None


def test_a_suite_that_cannot_be_collected_is_an_exercise_error(grade):
    with pytest.raises(ExerciseError, match="collected"):
        grade(RIGHT, hidden="import no_such_module\n")


def test_a_package_that_is_not_installed_is_told_with_the_command(grade):
    toml = TOML.format(case_s=1.0).replace('["numpy"]', '["numpy", "no_such_package"]')
    with pytest.raises(SandboxError, match="not available here") as caught:
        grade(RIGHT, toml=toml)
    assert "pip install" in caught.value.hint


def test_two_runs_with_one_seed_are_the_same(grade):
    first, second = grade(RIGHT)[0], grade(RIGHT)[0]
    assert [case.verdict for case in first.cases] == [case.verdict for case in second.cases]
    assert first.sha256 == second.sha256


def test_the_bundled_course_is_found_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_course(None, {}).exercise("ex05").id == "ex05"
    with pytest.raises(UsageError):
        find_course(tmp_path, {})


@pytest.mark.skipif(not JAIL, reason="the jail is Linux only")
def test_neither_course_nor_grader_can_be_read(grade, make_course):
    source = """
        import pathlib
        def double(x):
            seen = []
            for folder in (%r, %r):
                for path in ("", "solutions", "exercises", "grading.py"):
                    try:
                        target = pathlib.Path(folder) / path
                        seen.append(target.read_text() if target.is_file() else list(target.iterdir()))
                    except OSError:
                        pass
            raise ValueError(repr(seen))
        def halve(x, times=1):
            return x
    """
    folders = (str(Path(grader.__file__).parent), str(Path(grader.__file__).parents[1]))
    report, _, _ = grade(source % folders)
    failed = next(case for case in report.cases if case.case_id == "test_random")
    assert failed.detail.exception == "ValueError: []"
