"""Notebooks to begin with: valid, one cell for each entry point, and metadata that says what is what."""

import nbformat
import pytest

from grader.course import find_course
from grader.notebook_kit import code_cells, is_untouched_notebook, notebook_text

COURSE = find_course(None, {})


@pytest.mark.parametrize("exercise_id", COURSE.folders)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_exercise_gives_a_valid_notebook(exercise_id, language):
    exercise = COURSE.exercise(exercise_id)
    text = notebook_text(exercise, language=language)
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor >= 5) == (4, True)
    assert notebook.metadata.grader == {
        "format_version": 1,
        "exercise": exercise_id,
        "language": language,
    }
    roles = [cell.metadata.grader.role for cell in notebook.cells]
    assert roles[:2] == ["statement", "setup"]
    assert roles[-2:] == ["how", "grade"]
    names = [
        cell.metadata.grader.entry_point
        for cell in notebook.cells
        if cell.metadata.grader.role == "entry_point"
    ]
    assert names == list(exercise.names)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    assert is_untouched_notebook(exercise, text)
    for cell in notebook.cells:
        if cell.metadata.grader.role in ("entry_point", "preamble"):
            compile(cell.source, cell.id, "exec")


def test_what_is_no_notebook_has_no_cells():
    for text in ("", "[]", '{"cells": 3}', '{"cells": [{}]}', "[" * 100_000):
        assert code_cells(text) == []
