"""A learner's folder: written once, found again, and the file edited last."""

import ast
import json
import os
import re
from datetime import UTC, datetime

import nbformat
import pytest

from grader import workspace
from grader.course import find_course
from grader.errors import StoreError, UsageError
from grader.language import activate

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


@pytest.fixture
def course(make_course):
    return find_course(make_course(), {})


@pytest.fixture
def root(tmp_path):
    return tmp_path / "배우는 폴더"


@pytest.fixture
def made(root, course):
    workspace.create(root, course.exercises)
    return workspace.Workspace(root=root)


def test_a_workspace_holds_stub_statement_and_guide(root, course):
    done = workspace.create(root, course.exercises)
    assert sorted(path.relative_to(root).as_posix() for path in done.made) == [
        "README.md",
        "ex99.py",
        "statements/ex99.md",
    ]
    assert done.kept == ()
    assert "def double" in (root / "ex99.py").read_text("utf-8")
    assert (root / "statements/ex99.md").read_text("utf-8").startswith("# Doubling")
    assert "`grade show ex99`" in (root / "README.md").read_text("utf-8")


def test_it_speaks_the_language_of_the_run(root, course):
    activate("ko")
    workspace.create(root, course.exercises)
    assert (root / "statements/ex99.md").read_text("utf-8").startswith("# 두 배")
    assert "함수" in (root / "README.md").read_text("utf-8")


def test_a_korean_stub_is_taken_where_the_author_wrote_one(root, course):
    stub = course.exercise("ex99").folder / "ex99.ko.py"
    stub.write_text('"""두 배. 문제는 README.md (한국어: README.ko.md)에 있어요."""\n', "utf-8")
    activate("ko")
    workspace.create(root, course.exercises)
    assert "statements/ex99.md에" in (root / "ex99.py").read_text("utf-8")
    activate("en")
    assert workspace.is_untouched(course.exercise("ex99"), root / "ex99.py")


def test_nothing_is_written_over_not_even_through_a_link(root, course, tmp_path):
    root.mkdir()
    (root / "ex99.py").write_text("mine\n")
    target = tmp_path / "elsewhere.md"
    (root / "README.md").symlink_to(target)
    done = workspace.create(root, course.exercises)
    assert {path.name for path in done.kept} == {"ex99.py", "README.md"}
    assert (root / "ex99.py").read_text() == "mine\n"
    assert not target.exists()
    again = workspace.create(root, course.exercises)
    assert again.made == ()


def test_a_course_is_no_place_to_learn_in(course):
    with pytest.raises(UsageError, match="is a course") as caught:
        workspace.create(course.root, course.exercises)
    assert "grade init ../learn" in caught.value.hint
    assert not (course.root / ".grade").exists()


def test_a_file_in_the_way_is_said(root, course):
    root.write_text("a file")
    with pytest.raises(UsageError, match="cannot be written") as caught:
        workspace.create(root, course.exercises)
    assert "grade init learn" in caught.value.hint


def test_where_init_writes_when_no_folder_is_named(tmp_path, made):
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / ".git").mkdir()
    assert workspace.default_root(empty) == empty
    assert workspace.default_root(made.root) == made.root
    assert workspace.default_root(tmp_path) == tmp_path / "neurograde"


def test_a_workspace_is_found_from_below_and_from_beside(made, tmp_path):
    assert workspace.find_workspace(made.root / "statements") == made
    assert workspace.find_workspace(tmp_path) is None
    assert workspace.workspaces_near(tmp_path) == (made.root,)
    beside = tmp_path / "other"
    beside.mkdir()
    assert workspace.workspaces_near(beside) == (made.root,)


def test_the_marker_names_no_path(made):
    """A path in it would let a stranger's folder choose what runs in the grader."""
    assert json.loads((made.root / ".grade/workspace.json").read_text("utf-8")) == {"format_version": 1}


def test_the_file_edited_last(made, course):
    assert made.edited_last(course) is None
    path = made.root / "ex99.py"
    text = path.read_text("utf-8")
    path.write_text(text.replace("\n", "\r\n") + "\n\n", "utf-8")  # an editor's doing, nobody's edit
    assert made.edited_last(course) is None
    path.write_text("def double(x):\n    return x\n")
    exercise, found = made.edited_last(course)
    assert (exercise.id, found) == ("ex99", path)
    notebook = made.root / "ex99.ipynb"
    notebook.write_text("{}")
    os.utime(notebook, (1, 1))
    assert made.file("ex99") == path
    os.utime(notebook)
    os.utime(path, (1, 1))
    assert made.file("ex99") == notebook


def test_a_file_that_is_no_text_counts_as_edited(made, course):
    (made.root / "ex99.py").write_bytes(b"\xff\xfe")
    assert made.edited_last(course) is not None


def test_reset_keeps_what_was_written(made, course):
    exercise = course.exercise("ex99")
    path = made.root / "ex99.py"
    stub = path.read_text("utf-8")
    assert workspace.reset(made, exercise, now=NOW) == (path, None)
    for number, source in enumerate(["first = 1\n", "second = 2\n"]):
        path.write_text(source)
        _, kept = workspace.reset(made, exercise, now=NOW)
        assert kept.read_text() == source
        assert kept.name == f"ex99-2026-11-26-093000{'-1' * number}.py"
    assert path.read_text("utf-8") == stub
    path.unlink()
    assert workspace.reset(made, exercise, now=NOW) == (path, None)
    assert path.read_text("utf-8") == stub


def test_reset_changes_nothing_where_the_old_file_cannot_be_kept(made, course):
    path = made.root / "ex99.py"
    path.write_text("mine = 1\n")
    (made.root / ".grade/kept").write_text("a file in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        workspace.reset(made, course.exercise("ex99"), now=NOW)
    assert path.read_text() == "mine = 1\n"


def test_notebooks(root, course):
    workspace.create(root, course.exercises, notebook=True)
    made = workspace.Workspace(root=root)
    path = root / "ex99.ipynb"
    notebook = nbformat.read(path, as_version=4)
    assert made.edited_last(course) is None
    (cell,) = [c for c in notebook.cells if c.metadata.grader.get("entry_point") == "double"]
    cell.source = "def double(x):\n    return 2 * x"
    nbformat.write(notebook, path)
    assert made.edited_last(course)[1] == path
    _, kept = workspace.reset(made, course.exercise("ex99"), now=NOW)
    assert kept.suffix == ".ipynb"
    assert made.edited_last(course) is None


@pytest.mark.parametrize("exercise", find_course(None, {}).exercises, ids=lambda exercise: exercise.id)
def test_korean_stubs_are_the_english_ones_with_other_explanations(exercise):
    korean = exercise.stub_in("ko")
    assert korean != exercise.stub
    trees = [ast.parse(path.read_text("utf-8")) for path in (exercise.stub, korean)]
    documented = [[], []]
    for tree, found in zip(trees, documented, strict=True):
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
                found.append(ast.get_docstring(node))
                node.body.pop(0)
    assert ast.dump(trees[0]) == ast.dump(trees[1])
    assert len(documented[0]) == len(documented[1])
    assert all(re.search("[가-힣]", text) for text in documented[1])
