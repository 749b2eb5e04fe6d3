"""Solutions explained in Korean: every piece, and what verify says of a file that is not whole."""

import re
import shutil
from dataclasses import replace

import pytest

from grader.course import find_course
from grader.errors import ExerciseError
from grader.exercise_files import explanations_file
from grader.exercise_texts import text_problems
from grader.explanations import explained_solution, explanation_problems

EXERCISES = find_course(None, {}).exercises
SOURCE = """
'What it is.'


def add(a, b):
    'Return the sum.'
    return a + b


def own(a):
    return a
"""


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_every_solution_is_explained_in_korean(exercise):
    assert explanations_file(exercise, "ko").is_file()
    assert explanation_problems(exercise, "ko") == []
    pieces = explained_solution(exercise, "ko")
    for text in (pieces.explanation, *(piece.explanation for piece in pieces.definitions)):
        assert re.search("[가-힣]", text)
        assert re.search(r"(요|세요)[.?!]?", text)


def test_in_english_the_docstrings_speak():
    pieces = explained_solution(EXERCISES[4], "en")
    assert pieces.named("correlate1d").explanation.startswith("Slide the kernel")
    assert explanations_file(EXERCISES[4], "en") is None


@pytest.fixture
def exercise(tmp_path):
    (tmp_path / "ex05.py").write_text(SOURCE, "utf-8")
    return replace(EXERCISES[4], solution_folder=tmp_path)


def write(exercise, text):
    explanations_file(exercise, "ko").write_text(text, "utf-8")


def test_a_course_may_do_without(exercise):
    assert explanation_problems(exercise, "ko") == []
    assert explained_solution(exercise, "ko").explanation == "What it is."


def test_what_is_missing_and_what_is_about_nothing(exercise):
    write(exercise, 'module = "더하기예요."\nsubtract = "빼기예요."\nown = "그대로예요."\n')
    assert explanation_problems(exercise, "ko") == [
        "`explanations.ko.toml` has nothing about `add`",
        "`explanations.ko.toml` is about `subtract`, which the solution does not explain",
        "`explanations.ko.toml` is about `own`, which the solution does not explain",
    ]
    assert explained_solution(exercise, "ko").explanation == "더하기예요."


@pytest.mark.parametrize(
    "text", ["module = 3\n", "module = ''\n", "[module]\nx = 1\n", "module =", "add = ['a']\n"]
)
def test_a_file_that_cannot_be_used_is_an_error_that_names_it(exercise, text):
    write(exercise, text)
    with pytest.raises(ExerciseError, match=r"explanations\.ko\.toml"):
        explained_solution(exercise, "ko")
    (problem,) = explanation_problems(exercise, "ko")
    assert "explanations.ko.toml" in problem


def test_verify_looks_at_it(tmp_path):
    (found,) = [exercise for exercise in EXERCISES if exercise.id == "ex03"]
    assert text_problems(found) == []
    for path in (found.solution, explanations_file(found, "ko")):
        shutil.copy(path, tmp_path)
    copied = replace(found, solution_folder=tmp_path)
    assert text_problems(copied) == []
    file = explanations_file(copied, "ko")
    file.write_text(file.read_text("utf-8").replace("softmax = ", "soft = ", 1), "utf-8")
    assert text_problems(copied) == [
        "`explanations.ko.toml` has nothing about `softmax`",
        "`explanations.ko.toml` is about `soft`, which the solution does not explain",
    ]
