"""Known mistakes: how they are declared, composed into files, and named behind failing cases."""

import textwrap

import numpy as np
import pytest

from grader.course import load_course
from grader.errors import ExerciseError
from grader.grading import Settings, open_grader
from grader.language import Text, activate
from grader.sandbox.local import LocalModule
from grader.sandbox.start import can_fork
from grader.suite.diagnose import with_diagnosis
from grader.suite.mistake_sources import read_mistake_sources
from grader.suite.mistakes import declared_mistakes, mistake, run_mistakes_file
from grader.suite.plugin import LocalSubject
from grader.suite.transcript import same_value

HINT = Text(en="Why?", ko="왜요?")


def test_one_name_or_several():
    @mistake("a", replaces="f", hint=HINT)
    def f(x):
        return x

    @mistake("b", replaces=("f", "g"), hint=HINT)
    class Both:
        def f(x):  # noqa: N805
            return x

        def g(x):  # noqa: N805
            return -x

    found = declared_mistakes({"f": f, "Both": Both, "again": f, "other": 3})
    assert [(item.id, sorted(item.replaces)) for item in found] == [("a", ["f"]), ("b", ["f", "g"])]
    assert found[1].replaces["g"](2) == -2


def test_a_missing_alternative_is_refused():
    with pytest.raises(ExerciseError, match="no alternative for g"):

        @mistake("b", replaces=("f", "g"), hint=HINT)
        class Half:
            def f(x):  # noqa: N805
                return x


def test_the_solution_is_importable_only_while_the_file_runs():
    namespace = run_mistakes_file(compile("from solution import f as right", "m.py", "exec"), {"f": 3})
    assert namespace["right"] == 3
    with pytest.raises(ModuleNotFoundError):
        __import__("solution")
    with pytest.raises(ExerciseError, match="ZeroDivisionError"):
        run_mistakes_file(compile("1 / 0", "m.py", "exec"), {})


def test_mistakes_become_whole_files(tmp_path):
    (tmp_path / "solution.py").write_text("def f(x):\n    return x + 1\n\n\ndef g(x):\n    return f(x) * 2\n")
    (tmp_path / "mistakes.py").write_text(
        textwrap.dedent(
            '''
            """Mistakes."""
            import math

            from grader.language import Text
            from grader.suite.mistakes import mistake
            from solution import f as right

            ASK = Text(en="Why?", ko="왜요?")

            def shift():
                return math.floor(3.7)

            @mistake("minus", replaces="f", hint=ASK)
            def f(x):
                return right(x) - shift()

            @mistake("both", replaces=("f", "g"), hint=Text(en="How?", ko="어떻게요?"))
            class Both:
                def f(x):
                    return 0

                def g(x):
                    return 7
            '''
        ),
        "utf-8",
    )
    minus, both = read_mistake_sources(tmp_path / "mistakes.py", tmp_path / "solution.py")
    assert (minus.mistake.id, minus.mistake.hint.ko) == ("minus", "왜요?")
    assert sorted(both.mistake.replaces) == ["f", "g"]
    assert "grader" not in minus.source + both.source
    first = LocalModule(compile(minus.source, "a.py", "exec")).namespace
    assert (first["f"](10), first["g"](10)) == (8, 16)
    second = LocalModule(compile(both.source, "b.py", "exec")).namespace
    assert (second["f"](10), second["g"](10)) == (0, 7)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def broken(:\n", "cannot be read"),
        ("@mistake('a', replaces=NAMES, hint=Text(en='a', ko='가'))\ndef f(x): pass\n", "Expected literals"),
        ("@mistake('a')\ndef f(x): pass\n", "Expected literals"),
    ],
)
def test_declarations_that_cannot_be_read_are_refused(tmp_path, text, words):
    (tmp_path / "solution.py").write_text("f = 1\n")
    (tmp_path / "mistakes.py").write_text(text)
    with pytest.raises(ExerciseError, match=words):
        read_mistake_sources(tmp_path / "mistakes.py", tmp_path / "solution.py")


@pytest.fixture
def diagnose(make_course):
    """Return a function that runs a module through the sample course and names its mistakes."""

    def run(source, budget=10**6, **files):
        course = load_course(make_course(**files))
        module = LocalModule(compile(textwrap.dedent(source), "ex99.py", "exec"))

        def drive(grader):
            runs = grader.suite.run(LocalSubject(module), seed=5)
            diagnosis = grader.diagnoser.diagnose(runs, seed=5, budget=budget)
            return diagnosis, [with_diagnosis(case.result, diagnosis) for case in runs]

        return open_grader(course.exercise("ex99"), settings=Settings(jail=can_fork()), drive=drive)

    return run


RIGHT_HALVE = "\n    def halve(x, times=1):\n        return np.asarray(x) / 2.0**times\n"


def test_another_way_to_make_the_same_mistake_is_named(diagnose):
    source = (
        "    import numpy as np\n    def double(x):\n        return np.array([v + 2 for v in x])\n"
        + RIGHT_HALVE
    )
    diagnosis, results = diagnose(source)
    assert {item.id for item in diagnosis.named.values()} == {"adds_two"}
    assert diagnosis.is_complete
    assert next(result for result in results if result.case_id == "test_random").mistake == "adds_two"


def test_hints_follow_the_language(diagnose):
    activate("ko")
    source = "    import numpy as np\n    def double(x):\n        return -2 * np.asarray(x)\n" + RIGHT_HALVE
    _, results = diagnose(source)
    assert next(result for result in results if result.mistake).hint == "3의 두 배는 얼마인가요?"


@pytest.mark.parametrize("body", ["np.asarray(x) * 2.0", "np.asarray(x) ** 3.0", "np.add(x, x)", "None"])
def test_right_and_unknown_answers_are_given_no_name(diagnose, body):
    source = f"    import numpy as np\n    def double(x):\n        return {body}\n" + RIGHT_HALVE
    diagnosis, results = diagnose(source)
    assert not diagnosis.named
    assert all(result.mistake is None for result in results)


def test_a_case_that_is_passed_refutes_a_mistake(diagnose):
    """Adding two is right for [2, 2]: a submission that is wrong elsewhere only is not the mistake."""
    source = """
    import numpy as np
    def double(x):
        x = np.asarray(x, dtype=float)
        return x + 2.0 if x.size == 5 else 2.0 * x
    """
    diagnosis, _ = diagnose(source + RIGHT_HALVE)
    assert not diagnosis.named


def test_the_time_is_limited(diagnose):
    source = "    import numpy as np\n    def double(x):\n        return np.asarray(x) + 2\n" + RIGHT_HALVE
    diagnosis, _ = diagnose(source, budget=0)
    assert not diagnosis.named
    assert not diagnosis.is_complete


def test_values_are_the_same_within_tolerance_and_kind():
    assert same_value(np.array([1.0, np.nan]), np.array([1.0 + 1e-13, np.nan]))
    assert not same_value(np.array([1.0]), np.array([1.001]))
    assert not same_value(np.array([1.0]), np.array([1]))
    assert same_value(np.array([1.0]), np.array([1]), strict=False)
    assert same_value([1, 2], np.array([1.0, 2.0]), strict=False)
    assert not same_value([1, 2], np.array([1.0, 2.0]))
    assert not same_value(None, 0.0, strict=False)
    assert same_value({"a": (1, "x")}, {"a": (1, "x")})
    assert not same_value({"a": 1}, {"b": 1})


BOTH = """
from grader.suite.compare import assert_close
from grader.suite.marks import points, title


@points(3)
@title(en="Doubled, then halved twice", ko="두 배, 그다음 반으로 두 번")
def test_both(submission, solution, rng):
    x = rng.normal(size=5)
    received = submission.double(x), submission.halve(x, times=2)
    assert_close(received, (solution.double(x), solution.halve(x, times=2)))


@points(3)
@title(en="Halved", ko="반으로")
def test_halve(submission, solution, rng):
    x = rng.normal(size=5)
    assert_close(submission.halve(x), solution.halve(x))


@points(3)
@title(en="Zero", ko="0")
def test_zero(submission, solution):
    assert_close(submission.double([2.0]), solution.double([2.0]))
"""


def test_two_mistakes_at_once_are_named_together(diagnose):
    source = """
    import numpy as np
    def double(x):
        return 2.0 + np.asarray(x)
    def halve(x, times=1):
        return np.asarray(x) * 0.5
    """
    activate("ko")
    _, results = diagnose(source, budget=10**7, hidden=BOTH)
    both = next(result for result in results if result.case_id == "test_both")
    assert both.mistake == "adds_two+ignores_times"
    assert both.hint == "3의 두 배는 얼마인가요? 3의 두 배는 얼마인가요?"
    assert {result.mistake for result in results if result.case_id == "test_example"} == {"adds_two"}


@pytest.mark.parametrize(
    ("double", "halve"),
    [
        ("np.asarray(x) + 2.0", "np.asarray(x) / 3.0**times"),  # the second is no known mistake
        ("np.asarray(x) * 2.0 + (len(x) > 1)", "np.asarray(x) / 2.0**times"),  # no known mistake
        ("2.0 * np.asarray(x)", "np.asarray(x) / 2.0 + 0.0 * times"),  # one alone is enough
    ],
)
def test_a_pair_is_named_only_where_both_are_proven(diagnose, double, halve):
    source = f"""
    import numpy as np
    def double(x):
        return {double}
    def halve(x, times=1):
        return {halve}
    """
    _, results = diagnose(source, budget=10**7, hidden=BOTH)
    assert not any("+" in (result.mistake or "") for result in results)


def test_mistakes_of_one_name_are_no_pair(diagnose):
    source = (
        "    import numpy as np\n    def double(x):\n        return -(np.asarray(x) + 2.0)\n" + RIGHT_HALVE
    )
    _, results = diagnose(source, budget=10**7)
    assert not any("+" in (result.mistake or "") for result in results)


@pytest.mark.parametrize(("words", "names"), [("another thing", {None}), ("wrong sum", {None, "wrong_sum"})])
def test_the_type_of_an_exception_alone_is_no_proof(diagnose, words, names):
    mistakes = """
from grader.language import Text
from grader.suite.mistakes import mistake


@mistake("wrong_sum", replaces="double", hint=Text(en="Why?", ko="왜요?"))
def wrong_sum(x):
    raise ValueError("wrong sum")
"""
    source = (
        f"    import numpy as np\n    def double(x):\n        raise ValueError('{words}')\n" + RIGHT_HALVE
    )
    _, results = diagnose(source, mistakes=mistakes)
    assert {result.mistake for result in results} == names
