"""Notebooks of exercises: valid, complete, the same every time, and told apart from edited ones."""

import ast
import json

import nbformat
import pytest

from grader.course import find_course
from grader.notebook_kit import is_untouched_notebook, notebook_text

COURSE = find_course(None, {})


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", COURSE.folders)
def test_every_exercise_becomes_a_valid_notebook_with_the_whole_stub(name, language):
    exercise = COURSE.exercise(name)
    text = notebook_text(exercise, language=language)
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert text == notebook_text(exercise, language=language)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    graded = ast.parse("\n\n".join(cell.source for cell in code[:-1]))
    stub = ast.parse(exercise.stub.read_text("utf-8"))
    names = [[node.name for node in tree.body if hasattr(node, "name")] for tree in (graded, stub)]
    assert names[0] == names[1]
    assert len(graded.body) == len(stub.body) - 1  # all but the module's docstring
    assert all(cell.metadata.tags == [name] for cell in code[:-1])
    assert code[-1].metadata.tags == ["grade: skip"]
    assert exercise.statement(language).read_text("utf-8").strip() in notebook.cells[0].source


def test_each_function_has_a_cell_of_its_own():
    notebook = nbformat.reads(notebook_text(COURSE.exercise("ex05"), language="en"), as_version=4)
    firsts = [cell.source.splitlines()[0] for cell in notebook.cells if cell.cell_type == "code"]
    assert firsts[0] == "import numpy as np"
    assert [first.partition("(")[0] for first in firsts[1:-1]] == [
        "def correlate1d",
        "def convolve1d",
        "def correlate2d",
        "def convolve2d",
        "def output_size",
    ]


def test_untouched_means_that_no_graded_cell_changed():
    exercise = COURSE.exercise("ex05")
    text = notebook_text(exercise, language="ko")
    notebook = json.loads(text)
    assert is_untouched_notebook(exercise, text)
    notebook["cells"][-1]["source"] = ["print(1)"]
    notebook["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1"}]
    assert is_untouched_notebook(exercise, json.dumps(notebook))
    notebook["cells"][2]["source"][-1] = "    return x"
    assert not is_untouched_notebook(exercise, json.dumps(notebook))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": [1]}', '{"cells": null}', "[" * 100_000])
def test_what_is_no_notebook_is_not_untouched(text):
    assert not is_untouched_notebook(COURSE.exercise("ex05"), text)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", COURSE.folders)
def test_a_notebook_that_grades_itself_says_what_is_what(name, language):
    exercise = COURSE.exercise(name)
    text = notebook_text(exercise, language=language, magics=True)
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.grader == {"exercise": name, "format_version": 1, "language": language}
    about = [cell.metadata.grader for cell in notebook.cells]
    roles = [item.role for item in about]
    assert roles[:2] == ["statement", "setup"]
    assert roles[-2:] == ["grade", "scratch"]
    assert [item.entry_point for item in about if item.role == "entry_point"] == list(exercise.names)
    assert f"%grade {name}" in notebook.cells[-2].source
    assert is_untouched_notebook(exercise, text)
