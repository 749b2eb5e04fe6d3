"""A little course with a Keras reference, and a bank for it that needs no Keras: twice a number is no secret."""

import importlib.util
import textwrap

import numpy as np
import pytest

from grader.course import open_course
from grader.suite.keras_bank import Provenance, bank_path, code_hash, reference_path, write_bank
from grader.suite.keras_cases import answer, declared_makers, reference_case

REFERENCE = '''
"""What Keras computes for doubling."""

import keras

from grader.suite.keras_cases import answer, reference_case


@reference_case(sizes=(1, 2, 3, 5, 8, 13), large=(40,))
def double(rng, size, dtype):
    x = rng.normal(size=size).astype(dtype)
    return answer(x, expected=keras.ops.multiply(keras.ops.convert_to_tensor(x), 2))
'''

RIGHT = """import numpy as np
def double(x): return np.asarray(x) * 2.0
def halve(x, times=1): return np.asarray(x) / 2.0**times
"""

AGREES = """

@points(0)
@title(en="The same as Keras", ko="케라스와 같은 값")
def test_agrees_with_keras(submission, keras_reference):
    keras_reference.check(submission, "double", count=2)
"""


@reference_case(sizes=(1, 2, 3, 5, 8, 13), large=(40,))
def double(rng, size, dtype):
    x = rng.normal(size=size).astype(dtype)
    return answer(x, expected=2 * x)


def numpy_cases(seed=1):
    maker = declared_makers(globals())["double"]
    return [maker.case(size, dtype, seed) for size, dtype in maker.choices]


def provenance(**changes):
    facts = {
        "keras": "3.0.0",
        "backend": "tensorflow",
        "backend_version": "2.0.0",
        "device": "cpu",
        "device_name": "a processor",
        "dtypes": ("float32", "float64"),
        "tf32": False,
        "numpy": np.__version__,
        "python": "3.11",
        "seed": 1,
        "date": "2026-01-02",
        "code": "none",
    }
    return Provenance(**(facts | changes))


def add_reference(course_root, *, cases=None, **changes):
    """Give the little course a reference and a bank; return its exercise."""
    exercise = open_course(course_root).exercise("ex99")
    (exercise.solution_folder / "keras_reference.py").write_text(REFERENCE, "utf-8")
    with exercise.hidden_suite.open("a", encoding="utf-8") as suite:
        suite.write(AGREES)
    code = code_hash(reference_path(exercise))
    write_bank(bank_path(exercise), cases or numpy_cases(), provenance(**({"code": code} | changes)))
    return exercise


def needs(package):
    """Mark a test that runs only where a backend is installed."""
    return pytest.mark.skipif(
        importlib.util.find_spec(package) is None, reason=f"{package} is not installed: it is no dependency"
    )


def submission(tmp_path, source):
    path = tmp_path / "ex99.py"
    path.write_text(textwrap.dedent(source), "utf-8")
    return path
