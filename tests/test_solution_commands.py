"""`grade solution`: earned by full points or by asking three times, shown beside one's own code."""

import pytest

from grader.report.look import Look
from grader.report.solution_page import solution_page
from grader.source.pieces import take_apart
from tests.test_cli import RIGHT, WRONG, grade  # noqa: F401 - a fixture
from tests.test_workspace_commands import course, learn, write  # noqa: F401 - fixtures

SOURCE = '''"""Adding.

Two ways.
"""

import numpy as np

LIMIT = 3  # never more


# Above it.
@np.vectorize
def add(a, b):
    """Return a sum.

    It is what it is.

    Args:
        a: One.
    """
    # why
    return a + b


class Adder:
    """Adds."""


def add_more(a):
    return a
'''


def test_a_module_is_taken_apart():
    pieces = take_apart(SOURCE)
    assert pieces.explanation == "Adding.\n\nTwo ways."
    assert pieces.rest == "import numpy as np\nLIMIT = 3  # never more"
    assert [piece.name for piece in pieces.definitions] == ["add", "Adder", "add_more"]
    add = pieces.named("add")
    assert add.explanation == "Return a sum.\n\nIt is what it is."
    assert add.code == "# Above it.\n@np.vectorize\ndef add(a, b):\n    # why\n    return a + b"
    assert pieces.named("Adder").code == 'class Adder:\n    """Adds."""'
    assert pieces.named("nothing") is None


def test_the_last_definition_counts():
    assert take_apart("def f():\n    return 1\n\n\ndef f():\n    return 2\n").named("f").code.endswith("2")


def page(**look):
    mine = take_apart("def plus(a, b):\n    return b + a\n")
    return solution_page("ex30  Adding", take_apart(SOURCE), mine, {"add": "plus"}, look=Look(**look))


def test_two_columns_where_there_is_room_for_them():
    wide = page(width=140)
    assert any("return b + a" in line and "def add" not in line for line in wide.splitlines())
    (labels,) = [line for line in wide.splitlines() if line.startswith("yours")]
    assert "the solution" in labels
    narrow = page(width=80)
    assert [line for line in narrow.splitlines() if line in ("yours", "the solution")] == [
        "yours",
        "the solution",
    ]
    assert max(map(len, narrow.splitlines())) <= 80
    plain = page(plain=True)
    assert "yours: add" in plain
    assert "the solution: add" in plain


def test_colours_only_where_they_are_welcome():
    assert "\x1b" in page(width=80, color=True)
    assert "\x1b" not in page(width=80)


def test_it_is_earned_by_full_points(learn):  # noqa: F811
    write(RIGHT)
    learn("check")
    code, out, _ = learn("solution", "ex99")
    assert code == 0
    assert "np.asarray(x) / 2.0**times" in out
    assert "yours" in out
    assert 'print("doubling")' in out


def test_or_by_asking_three_times_with_a_warning(learn):  # noqa: F811
    write(WRONG)
    learn("check")
    for left in (2, 1):
        code, out, err = learn("solution", "ex99")
        assert (code, out) == (1, "")
        assert "ex99 is not solved yet (best: 4 of 10 points)" in err
        assert "`grade hint ex99`" in err
        assert f"still to ask: {left}" in err
    code, out, _ = learn("solution", "ex99")
    assert code == 0
    assert "np.asarray(x) * 2.0" in out
    assert learn("solution", "ex99")[0] == 0


@pytest.mark.parametrize("source", ["def double(x:\n", "x = 1\n", ""])
def test_own_code_that_cannot_be_read_is_left_out(learn, source):  # noqa: F811
    write(source)
    for _ in range(3):
        code, out, _ = learn("solution", "ex99")
    assert code == 0
    assert "yours" not in out


def test_elsewhere_and_without_solutions_it_is_said(learn, monkeypatch, tmp_path, make_course):  # noqa: F811
    monkeypatch.chdir(tmp_path)
    code, _, err = learn("solution", "ex99")
    assert code == 2
    assert "cd learn" in err
    (tmp_path / "course" / "solutions").rename(tmp_path / "hidden")
    code, _, err = learn("solution", "ex99")
    assert code == 2
    assert "comes without solutions" in err
