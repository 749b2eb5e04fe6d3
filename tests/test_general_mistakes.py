"""General mistakes: named where the arrays prove them, through real runs of a little course; else not."""

import textwrap

import numpy as np
import pytest

from grader.course import load_course
from grader.grading import Settings, open_grader
from grader.language import activate
from grader.sandbox.local import LocalModule
from grader.sandbox.start import can_fork
from grader.suite.diagnose import with_diagnosis
from grader.suite.evidence import observe_mismatch
from grader.suite.general_mistakes import name_general
from grader.suite.plugin import LocalSubject
from grader.suite.trial import CaseRun
from grader.verdicts import CaseDetail, CaseResult, Mismatch, Verdict

NAMES = {
    "softmax": "x",
    "affine": "x, W, b",
    "loss": "x",
    "limits": "x",
    "spread": "x",
    "half": "x",
}
TOML = """
format_version = 1
title = { en = "Small functions", ko = "작은 함수들" }
skills = ["arrays"]
prerequisites = []
allowed_imports = ["numpy"]
forbidden_calls = []
sources = ["none"]

[limits]
case_s = 5.0
submission_s = 20.0
memory_mib = 300

[points]
total = 14
""" + "".join(
    f'\n[[entry_points]]\nname = "{name}"\nparameters = {[p.strip() for p in parameters.split(",")]}\naliases = []\n'
    for name, parameters in NAMES.items()
).replace("'", '"')
STUB = "".join(
    f"def {name}({parameters}):\n    raise NotImplementedError\n\n\n" for name, parameters in NAMES.items()
)
RIGHT = {
    "softmax": "e = np.exp(x); return e / e.sum(axis=-1, keepdims=True)",
    "affine": "return x @ W + b",
    "loss": "return np.sum(x**2) / len(x)",
    "limits": "return x.min(axis=1), x.max(axis=1)",
    "spread": "return x.var(axis=1)",
    "half": "return x / 2.0",
}


def module(**bodies):
    lines = ["import numpy as np", "memory = []"]
    for name, body in {**RIGHT, **bodies}.items():
        lines += [f"def {name}({NAMES[name]}):", textwrap.indent(body.replace("; ", "\n"), "    ")]
    return "\n".join(lines) + "\n"


PUBLIC = """
import numpy as np

from grader.suite.compare import assert_close
from grader.suite.marks import points, title


@points(1)
@title(en="Example", ko="예")
def test_example(submission):
    assert_close(submission.half(np.array([[2.0, 4.0]])), [[1.0, 2.0]])
"""
HIDDEN = """
import pytest

from grader.suite.compare import assert_array, assert_close, assert_unchanged
from grader.suite.marks import points, title


@points(1)
@title(en="Values", ko="값")
@pytest.mark.parametrize("shape", [(3, 4), (5, 2)])
@pytest.mark.parametrize("name", ["softmax", "affine", "loss", "limits", "spread"])
def test_values(submission, solution, rng, name, shape):
    x = rng.normal(size=shape)
    args = (x, rng.normal(size=(shape[1], 3)), rng.normal(size=3)) if name == "affine" else (x,)
    assert_close(getattr(submission, name)(*args), getattr(solution, name)(*args))


@points(1)
@title(en="Half of whole numbers", ko="정수의 절반")
def test_half(submission, solution, rng):
    x = rng.integers(0, 50, size=(4, 5))
    assert_close(submission.half(x), solution.half(x))
    assert_close(submission.half(x), solution.half(x))


@points(1)
@title(en="Floats", ko="실수")
def test_kind(submission, rng):
    assert_array(submission.half(2.0 * rng.integers(0, 50, size=(4, 5))), kind="f")


@points(1)
@title(en="The argument stays", ko="인수는 그대로")
def test_unchanged(submission, rng):
    submission.half(rng.normal(size=(2, 3)))
    assert_unchanged(submission)
"""
MISTAKES = """
import numpy as np

from grader.language import Text
from grader.suite.mistakes import mistake

ASK = Text(en="Why?", ko="왜요?")
ASK_TWICE = Text(en="How?", ko="어떻게요?")


@mistake("negated", replaces="loss", hint=ASK)
def negated(x):
    return -np.sum(x**2) / len(x)


@mistake("population", replaces="spread", hint=ASK_TWICE)
def population(x):
    return x.std(axis=1)


@mistake("uses_no_exp", replaces="softmax", hint=ASK)
def uses_no_exp(x):
    return x / x.sum(axis=-1, keepdims=True)
"""
STATEMENTS = {name: " ".join(f"`{name}`" for name in NAMES) for name in ("README.md", "README.ko.md")}


@pytest.fixture
def diagnose(make_course):
    """Return a function that grades functions with other bodies and gives the results by case id."""

    def run(**bodies):
        course = load_course(
            make_course(
                toml=TOML,
                stub=STUB,
                solution=module(),
                public=PUBLIC,
                hidden=HIDDEN,
                mistakes=MISTAKES,
                **STATEMENTS,
            )
        )
        code = compile(module(**bodies), "ex99.py", "exec")

        def drive(grader):
            runs = grader.suite.run(LocalSubject(LocalModule(code)), seed=5)
            diagnosis = grader.diagnoser.diagnose(runs, seed=5, budget=10**7)
            return {case.result.case_id: with_diagnosis(case.result, diagnosis) for case in runs}

        return open_grader(course.exercise("ex99"), settings=Settings(jail=can_fork()), drive=drive)

    return run


def names(results):
    return {case.mistake for case in results.values() if case.verdict is not Verdict.PASSED}


POSITIVE = [
    ("transposed", "affine", "return (x @ W + b).T"),
    ("shape", "loss", "return np.array([np.sum(x**2) / len(x)])"),
    ("shape", "spread", "return x.var(axis=1, keepdims=True)"),
    ("axis", "softmax", "e = np.exp(x); return e / e.sum(axis=0)"),
    ("axis", "spread", "return x.var(axis=0)"),
    ("factor_batch", "affine", "return (x @ W + b) / len(x)"),
    ("factor_dimension", "affine", "return (x @ W + b) * x.shape[1]"),
    ("factor_two", "affine", "return 2 * (x @ W + b)"),
    ("factor", "affine", "return 3.5 * (x @ W + b)"),
    ("sign", "affine", "return -(x @ W + b)"),
    ("bias_missing", "affine", "return x @ W"),
    ("bias_added", "affine", "return x @ W + b + b"),
    ("factor_batch", "affine", "return (x @ W + b) * len(x) ** 2"),
    ("bias_sign", "affine", "return x @ W - b"),
    ("factor_dimension", "affine", "return (x @ W + b) / len(W)"),
    ("offset", "affine", "return x @ W + b + 0.25"),
    ("degrees_of_freedom", "spread", "return x.var(axis=1, ddof=1)"),
    ("softmax_twice", "softmax", "e = np.exp(x); e /= e.sum(axis=-1, keepdims=True); e = np.exp(e); "
     "return e / e.sum(axis=-1, keepdims=True)"),
    ("rounding", "affine", "return np.round(x @ W + b, 2)"),
    ("float32", "affine", "return (x.astype('f') @ W.astype('f') + b.astype('f')).astype(float)"),
    ("outputs_swapped", "limits", "return x.max(axis=1), x.min(axis=1)"),
    ("cut_off", "half", "return (x / 2.0).astype(int).astype(float)"),
    ("argument_changed", "half", "y = x / 2.0; x[...] = 0; return y"),
    ("dtype", "half", "return x / 2.0 if (x % 2).any() else x.astype(int) // 2"),
    ("state_kept", "half", "memory.append(x.copy()); return x / 2.0 + sum(np.array_equal(x, m) for m in memory[:-1])"),
    ("removed_name", "half", "return x / np.float_(2.0)"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "function", "body"), POSITIVE, ids=[f"{row[0]}-{row[1]}" for row in POSITIVE]
)
def test_what_the_arrays_prove_is_named(diagnose, name, function, body):
    results = diagnose(**{function: body})
    assert names(results) == {f"general_{name}"}
    assert all(case.hint.endswith(("?", ".")) for case in results.values() if case.mistake)


NEGATIVE = {
    "nothing": {"affine": "return x"},
    "transposed": {"affine": "y = (x @ W + b).T; y[0] = 0; return y"},
    "transposed in one case only": {"affine": "return (x @ W + b).T if len(x) == 3 else x @ W"},
    "shape": {"spread": "return x.var(axis=1)[::-1].reshape(-1, 1)"},
    "axis": {"softmax": "e = np.exp(x); return e / e.sum()"},
    "factor in one case only": {"affine": "return (x @ W + b) * (2 if len(x) == 3 else 1)"},
    "factor of some elements": {"affine": "y = x @ W + b; y[0] *= 2; return y"},
    "too few elements": {"loss": "return 2 * np.sum(x**2) / len(x)"},
    "sign of some elements": {"affine": "return np.abs(x @ W + b)"},
    "half of the bias": {"affine": "return x @ W + 0.5 * b"},
    "offsets that grow": {"affine": "return x @ W + b + np.arange(3)"},
    "freedom": {"spread": "return x.var(axis=1) * 4 / (len(x) - 1)"},
    "softmax of something else": {
        "softmax": "e = np.exp(x); e = np.exp(e); return e / e.sum(axis=-1, keepdims=True)"
    },
    "rounding with an error": {"affine": "return np.round(x @ W + b, 2) + 0.001 * np.sign(x @ W)"},
    "errors that are no float32's": {"affine": "return (x @ W + b) * (1 + 1e-7 * np.arange(3))"},
    "outputs of another kind": {"limits": "return x.max(axis=1), x.mean(axis=1)"},
    "cut off and moved": {"half": "return x // 2 + (x > 9)"},
    "random numbers": {"half": "return x / 2.0 + np.random.rand()"},
    "a name that never was": {"half": "return np.halve(x)"},
    "no arrays": {"half": "return None"},
}


@pytest.mark.parametrize("bodies", NEGATIVE.values(), ids=NEGATIVE)
def test_what_they_do_not_prove_is_not(diagnose, bodies):
    results = diagnose(**bodies)
    assert names(results) == {None}


def test_right_answers_are_given_no_name(diagnose):
    results = diagnose(affine="return np.einsum('ij,jk->ik', x, W) + b")
    assert names(results) == set()


def test_a_known_mistake_goes_before_a_general_one(diagnose):
    assert names(diagnose(loss="return -(x**2).sum() / x.shape[0]")) == {"negated"}


def test_two_functions_two_mistakes(diagnose):
    results = diagnose(loss="return -(x**2).sum() / x.shape[0]", affine="return -(x @ W + b)")
    assert names(results) == {"negated", "general_sign"}
    assert results["test_values[affine-shape0]"].mistake == "general_sign"


def test_hints_are_in_the_language_of_the_run(diagnose):
    activate("ko")
    results = diagnose(affine="return 3.5 * (x @ W + b)")
    (hint,) = {case.hint for case in results.values() if case.mistake}
    assert hint == "모든 원소가 기대한 값의 3.5배예요. 이 크기를 가진 양은 무엇인가요?"


@pytest.fixture
def name_by_arrays():
    """Return a function that names the mistake behind failed comparisons, without any solution to run."""

    def run(*pairs):
        failing = []
        for number, (received, expected) in enumerate(pairs):
            mismatch = Mismatch(kind="values", message="", received=received, expected=expected)
            result = CaseResult(
                case_id=f"test_{number}",
                title="",
                verdict=Verdict.FAILED,
                max_points=1.0,
                points=0.0,
                detail=CaseDetail(call="predict(<float32 (3, 2)>)", mismatch=mismatch),
            )
            failing.append(CaseRun(result=result, calls=()))
        named = name_general(failing, [observe_mismatch(case) for case in failing], None)
        return {mistake.id for mistake in named.values()}

    return run


def test_arrays_alone_prove_what_needs_no_solution(name_by_arrays):
    first, second = np.arange(1.0, 7.0).reshape(2, 3), np.arange(2.0, 10.0).reshape(4, 2)
    assert name_by_arrays((first.T, first)) == {"general_transposed"}
    assert name_by_arrays((-first, first), (-second, second)) == {"general_sign"}
    assert name_by_arrays((first[..., None], first)) == {"general_shape"}
    assert name_by_arrays((-first, first), (second + 1, second)) == set()
    assert name_by_arrays((np.zeros(3), np.zeros(3)), (None, first)) == set()
    assert name_by_arrays((first * np.nan, first)) == set()


def test_symmetric_or_constant_arrays_prove_nothing(name_by_arrays):
    assert name_by_arrays((2 * np.ones((2, 2)), np.ones((2, 2)))) == set()
    assert name_by_arrays((-np.ones(5), np.ones(5))) == set()
    assert name_by_arrays((np.array([[1.0, 2.0]]).T, np.array([[2.0, 1.0]]))) == set()
