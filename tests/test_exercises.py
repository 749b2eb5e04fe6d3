"""The bundled course: right solutions written in other ways get full points, and every exercise is whole.

`grade verify` proves the rest (stub, solution under 20 seeds, known mistakes); continuous integration runs it.
"""

import ast
import importlib.util
import json
from pathlib import Path

import pytest

from grader.course import load_course
from grader.course_folders import bundled_root
from grader.grading import Settings, open_grader
from grader.sandbox.start import can_fork
from grader.submission import Submission, read_submission
from grader.verdicts import Verdict

ALTERNATIVES = Path(__file__).parent / "alternatives"
COURSE = load_course(bundled_root())
IDS = [exercise.id for exercise in COURSE.exercises]
NEEDS_KERAS = [exercise.id for exercise in COURSE.exercises if exercise.needs_worker]


def params(ids):
    return [pytest.param(name, marks=pytest.mark.slow) if name in NEEDS_KERAS else name for name in ids]


def test_the_core_is_complete():
    assert IDS[:8] == [f"ex0{number}" for number in range(1, 9)]


@pytest.mark.parametrize("exercise_id", params(IDS))
def test_right_solutions_written_in_other_ways_get_full_points(exercise_id):
    exercise = COURSE.exercise(exercise_id)
    files = sorted((ALTERNATIVES / exercise_id).glob("*.py"))
    assert len(files) >= 3

    def grade_all(grader):
        return {path.name: grader.grade(read_submission(path, exercise)) for path in files}

    settings = Settings(jail=can_fork(), seed=11)
    for name, report in open_grader(exercise, settings=settings, drive=grade_all).items():
        failed = [(case.case_id, case.message) for case in report.cases if case.points != case.max_points]
        assert not failed, name
        assert report.all_passed


OF_2019 = """
import numpy as np
import tensorflow as tf
from tensorflow import keras

def build_model():
    model = keras.models.Sequential([keras.layers.Flatten(input_shape=[28, 28])])
    model.add(keras.layers.Dense(300, activation="relu"))
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(lr=0.01), metrics=["accuracy"])
    return model

def prepare_data(X, y, n_valid=5000):
    X = X.astype(np.float) / 255
    return (X[n_valid:], y[n_valid:]), (X[:n_valid], y[:n_valid])

def predict_labels(model, X):
    function = tf.function(lambda x: x * 2)
    for i in range(8):
        function(tf.zeros(i + 1))  # TensorFlow warns of functions that are compiled again and again
    tf.get_logger().error("of TensorFlow")
    print("of the learner")
    return model.predict_classes(X)

def build_wide_and_deep():
    inputs = keras.layers.Input(shape=[8])
    return keras.models.Model(input=inputs, output=keras.layers.Dense(1)(inputs))
"""


HARD_CODED = """
from tensorflow import keras

def prepare_data(X, y, n_valid=5000):
    return (X[5000:] / 255.0, y[5000:]), (X[:5000] / 255.0, y[:5000])

(X, y), _ = keras.datasets.fashion_mnist.load_data()

def predict_labels(model, X):
    return model.predict(X).argmax(axis=1)
"""


@pytest.mark.slow
def test_keras_of_2019_is_explained_and_tensorflow_logs_nothing():
    exercise = COURSE.exercise("ex08")
    sources = [
        Submission(path="ex08.py", source=text, sha256="", tree=None, syntax_error=None, entry_points=())
        for text in (OF_2019, HARD_CODED)
    ]
    settings = Settings(jail=can_fork())
    reports = open_grader(
        exercise, settings=settings, drive=lambda grader: [grader.grade(source) for source in sources]
    )
    _is_of_2019_explained({case.case_id: case for case in reports[0].cases})
    # Numbers of rows may stand in the file where no case asks for others; what needs a network ends it.
    passed = {case.case_id for case in reports[1].cases if case.verdict is Verdict.PASSED}
    assert passed == {
        "test_validation_part",
        "test_training_part",
        "test_dark_images",
        "test_arguments_unchanged",
    }
    assert "without a network" in reports[1].problem.notes[0]


def _is_of_2019_explained(cases):
    hints = {
        "test_model_is_built": "learning_rate",
        "test_three_small_images": "`np.float`",
        "test_labels_of_two_rows": "predict_classes",
        "test_size_of_wide_and_deep": "`inputs`",
    }
    for case_id, word in hints.items():
        assert word in cases[case_id].hint
    assert cases["test_size_of_two_inputs"].verdict is Verdict.NOT_ATTEMPTED
    assert cases["test_labels_of_two_rows"].detail.output == "of the learner\n"
    assert "site-packages" not in cases["test_model_is_built"].detail.output


@pytest.mark.parametrize("exercise_id", IDS)
def test_statements_fit_a_terminal(exercise_id):
    from rich.cells import cell_len

    for language in ("en", "ko"):
        text = COURSE.exercise(exercise_id).statement(language).read_text("utf-8")
        long = [line for line in text.splitlines() if cell_len(line) > 80]
        assert not long


def statements(path):
    """Return what a file computes: its statements as source, without texts, definitions and imports."""
    simple = (ast.Assign, ast.AugAssign, ast.Return, ast.For, ast.While)
    tree = ast.parse(path.read_text("utf-8"))
    return {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, simple)}


@pytest.mark.parametrize("exercise_id", IDS)
def test_stubs_do_not_hold_the_solution(exercise_id):
    exercise = COURSE.exercise(exercise_id)
    shared = statements(exercise.stub) & statements(exercise.solution)
    assert not {text for text in shared if not text.startswith(("self.", "return self"))}


def test_every_exercise_has_a_place_in_the_order():
    for exercise in COURSE.exercises:
        assert all(name < exercise.id for name in exercise.prerequisites)


def test_json_of_a_real_check_is_as_documented(tmp_path, capfd):
    from grader.cli.main import run

    path = ALTERNATIVES / "ex05" / "plain_loops.py"
    arguments = ["check", "ex05", str(path), "--format", "json"]
    assert run([*arguments] if can_fork() else [*arguments, "--unsafe-no-jail"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert list(found) == [
        "format_version", "exercise", "submission", "seed", "score", "max_score", "verdict", "cases", "reference",
        "jail", "duration_s",
    ]  # fmt: skip
    assert list(found["cases"][0]) == [
        "id", "title", "verdict", "points", "max_points", "visibility", "message", "mistake", "hint", "duration_s",
    ]  # fmt: skip
    assert found["score"] == found["max_score"] == 20.0


def test_keras_is_installed_for_the_tests_that_need_it():
    """The install command of the README brings it: a missing one must not pass as a skipped test."""
    assert importlib.util.find_spec("keras")
