"""Notebooks: what of them is run, what counts, what is said, and the way back to cell and line."""

import ast
import json
import textwrap
import time
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course import find_course
from grader.errors import UsageError
from grader.notebook.cells import Cell, read_cells
from grader.notebook.facts import facts_of
from grader.notebook.magics import without_magics
from grader.notebook.source import notebook_source
from grader.submission import read_submission, submission_from_cells
from tests.sample_notebooks import code, markdown, notebook, notebook_3
from tests.test_submission import EXERCISE, GOOD

ROOT = Path(__file__).resolve().parents[1]
ALL = replace(EXERCISE, notebook="all")


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a notebook of these cells as a submission."""

    def write_and_read(*cells, exercise=EXERCISE, **fields):
        path = tmp_path / "ex05.ipynb"
        path.write_text(notebook(*cells, **fields).replace("HALF", r"\ud800"), "utf-8")
        return read_submission(path, exercise)

    return write_and_read


def kept(*cells, exercise=EXERCISE):
    """Return the lines that are run of cells given as sources, without blank ones."""
    numbered = [Cell(number=number, source=textwrap.dedent(cell)) for number, cell in enumerate(cells, 1)]
    text = notebook_source(numbered, exercise).text
    ast.parse(text)
    return [line for line in text.split("\n") if line.strip()]


# --- what is run ---------------------------------------------------------------------------------------------


def test_functions_with_what_they_need_are_run(read):
    submission = read(
        "import numpy as np\nimport os, sys",
        "K = 3\nscale = np.float64(K)\nunused = np.zeros(10**9)",
        "def correlate1d(x, w, mode='valid', stride=1):\n    return helper(x)\n",
        "def helper(x):\n    return x * scale",
        "print(correlate1d([1], [1]))",
    )
    assert submission.entry_points == {"correlate1d": "correlate1d"}
    assert "unused" not in submission.source
    assert "print" not in submission.source
    assert "import os" not in submission.source
    for line in ("import numpy as np", "K = 3", "scale = np.float64(K)", "def helper(x):"):
        assert line in submission.source
    assert submission.is_piecewise


@pytest.mark.parametrize(
    "statement",
    [
        "model.fit(x, t)",
        "history = model.fit(x, t)",
        "model.evaluate(x, t)",
        "model.summary()",
        "print(model)",
        "plt.plot([1])",
        "(x_train, t_train), _ = mnist.load_data()",
        "data = pd.read_csv('data.csv')",
        "name = input()",
        "files.upload()",
        "drive.mount('/content/drive')",
        "assert model is not None",
        "del model",
        "'a text'",
        "1 / 0",
        "for epoch in range(10):\n    w = w - 0.1 * gradient(w)",
        "for i in range(10):\n    print(i)",
        "while True:\n    model.add(1)",
        "if __name__ == '__main__':\n    model = 3",
    ],
)
def test_what_trains_evaluates_downloads_plots_or_prints_is_not(statement):
    head = ["import pandas as pd", "model = Sequential()", "w = 1"]
    lines = kept("\n".join(head), statement, "def f():\n    return w, history, x_train, data, name, i")
    assert lines[0] in head
    assert not set(statement.split("\n")) & set(lines)


@pytest.mark.parametrize(
    "statement",
    [
        "model.add(Dense(10))",
        "model.compile(optimizer='sgd')",
        "model.layers[0].trainable = False",
        "model['W1'] = 3",
        "model.items.append(1)",
        "model += [1]",
        "for units in (10, 20):\n    model.add(Dense(units))",
        "for i in range(3):\n    model['W%d' % i] = i",
        "if True:\n    model.add(1)",
        "with scope():\n    model.add(1)",
        "try:\n    model.add(1)\nexcept ValueError:\n    model.add(2)",
    ],
)
def test_what_completes_a_kept_name_is_run(statement):
    lines = kept("model = Sequential()", statement)
    assert lines == ["model = Sequential()", *statement.split("\n")]


def test_what_depends_on_what_is_left_out_is_left_out_too():
    lines = kept(
        "(x, t), _ = mnist.load_data()\nn = x.shape[1]\nmodel = Dense(n)",
        "model = Dense(10)",
        "model.add(n)",
        "def correlate1d(a, b):\n    return n",
    )
    assert lines == ["model = Dense(10)", "def correlate1d(a, b):", "    return n"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("if True:\n    K = 3\n    model.fit(K)", "if True:\n    K = 3\n    0"),
        ("with scope():\n    K = 3\n    h = fit(K,\n        2)  # long", "with scope():\n    K = 3\n    0"),
        ("for _ in a:\n    K = 3\n    net.train(K); show()", "for _ in a:\n    K = 3\n    0           ; show()"),
        ("if a:\n    x = load_data()\n    n = len(x)\nelse:\n    K = 3", "if a:\n    0\n    0\nelse:\n    K = 3"),
        ("if a:\n  if b:\n    K = 3\n    fit(K)\n  score(K)", "if a:\n  if b:\n    K = 3\n    0\n  0"),
        ("try:\n    K = 3\n    x = load_data()\nexcept E:\n    pass", "try:\n    K = 3\n    0\nexcept E:"),
        ("try:\n    K = 3\nexcept E:\n    fit(1)\nfinally:\n    fit(1)", "try:\n    K = 3\nexcept E:\n    0\nfinally:"),
        ("if a:\n    K = 3\n    for j in (1, 2):\n        w = w - K", "if a:\n    K = 3\n    0"),
    ],
)  # fmt: skip
def test_of_a_block_that_is_needed_only_what_trains_is_left_out(cell, expected):
    lines = kept("a = b = 1", cell, "def correlate1d(x, w):\n    return K")
    shown = "\n".join(line.rstrip() for line in lines)
    assert expected in shown
    assert shown.endswith("def correlate1d(x, w):\n    return K")


@pytest.mark.parametrize(
    "cell",
    [
        "if load_data():\n    K = 3",
        "for batch in train_data():\n    K = 3",
        "if a:\n    fit(1)\nelif a:\n    K = fit(2)",
        "with scope():\n    K = model.fit(1)",
        "for i in (1, 2):\n    K = 3\n    w += K",
        "try:\n    K = load_data()\nexcept E:\n    K = 3",
        "try:\n    y = 1\n    K = load_data()\nexcept E:\n    K = 3",
    ],
)
def test_a_block_of_which_nothing_may_run_is_left_out_with_a_note(read, cell):
    submission = read("a = 1", cell, GOOD.replace("return x", "return x + K"))
    assert cell.split("\n")[0] not in submission.source
    assert any("`K` (cell 2" in note and "was left out" in note for note in submission.notes)


def test_the_counter_of_a_loop_that_trains_is_no_obstacle_to_another_loop():
    lines = kept(
        "P = {}\nfor i in range(9):\n    w = w - model.fit(i)",
        "for i in range(3):\n    P[i] = i",
        "with scope() as s:\n    P[s] = 1",
        "def correlate1d(x, w):\n    return P",
    )
    assert "for i in range(3):" in lines
    assert "with scope() as s:" in lines
    assert "for i in range(9):" not in lines


def test_a_file_that_a_cell_writes_counts_as_definitions(read):
    old = GOOD.replace("return", "return 0 *")
    for head in ("%%writefile ex05.py", "%%file 'ex05.py'", "%%writefile -a work/ex05.py"):
        submission = read(f"{head}\n{GOOD}", "!python ex05.py", "from ex05 import correlate1d", old)
        assert submission.entry_points == {"correlate1d": "correlate1d"}
        assert "return 0 *" not in submission.source  # the cell is named for the exercise
    helper = read("%%writefile helper.py\nK = 3", GOOD.replace("return x", "return x + K"))
    assert "K = 3" in helper.source
    assert "train" not in read("%%writefile data.txt\ntrain", GOOD).source


def test_where_every_cell_is_run_a_file_counts_only_if_it_is_the_exercises(read):
    submission = read(f"%%writefile ex05.py\n{GOOD}", "%%writefile train.py\nboom()", exercise=ALL)
    assert submission.entry_points == {"correlate1d": "correlate1d"}
    assert "boom" not in submission.source


def test_an_entry_point_that_is_left_out_is_named_in_a_note(read):
    submission = read("model = load_model('mine.h5')", GOOD)
    assert any("`model` (cell 1, line 1) was left out" in note for note in submission.notes)


def test_what_a_function_needs_and_is_left_out_is_named_in_a_note(read):
    submission = read("(x_train, t), _ = load_data()\nn = len(t)", GOOD.replace("return x", "return x + n"))
    assert any("`n` (cell 1, line 2) was left out" in note for note in submission.notes)
    assert not any("x_train" in note for note in submission.notes)


def test_a_function_that_downloads_is_as_heavy_as_a_download():
    lines = kept(
        "def get():\n    return urlopen('x')",
        "def get_more():\n    return get()",
        "data = get_more()",
        "def correlate1d(x, w):\n    return data",
    )
    assert "data = get_more()" not in lines


def test_a_function_of_ones_own_is_judged_by_what_it_does_not_by_its_name():
    lines = kept(
        "def train_gate(x):\n    return x + 1", "w = train_gate(1)", "def Affine(W, b):\n    return w"
    )
    assert "w = train_gate(1)" in lines


def test_a_class_with_a_method_that_trains_can_be_made_and_used():
    lines = kept(
        """
        class Unit:
            def __init__(self, w):
                self.w = w
            def fit(self, x):
                self.predict(x)
            def predict(self, x):
                return self.w
        class Loaded:
            def __init__(self):
                self.w = np.load("w.npy")
        """,
        "unit = Unit(1)\nloaded = Loaded()",
        "def gate(x):\n    return unit.predict(x)",
        "table = gate(1)",
        "def Affine(W, b):\n    return table, loaded",
    )
    assert "unit = Unit(1)" in lines
    assert "table = gate(1)" in lines
    assert "loaded = Loaded()" not in lines


def test_settings_of_a_package_are_run_where_it_is_needed():
    cells = [
        "import numpy as np\nimport tensorflow as tf",
        "np.random.seed(1)\ntf.random.set_seed(1)\nnp.show()",
    ]
    assert kept(*cells, "model = np.ones(3)") == [
        "import numpy as np",
        "np.random.seed(1)",
        "model = np.ones(3)",
    ]


def test_names_of_functions_classes_and_comprehensions_are_their_own():
    lines = kept(
        "x = load_data()\nsoftmax = 3\nbase = object\nunits = 5",
        "def other():\n    pass",
        """
        class Affine(base):
            units = 3
            size = [units for units in (1, 2)]
            def __init__(self, W, b):
                self.f = lambda x: softmax(x)
            def softmax(self, x, /, *more, key=units, **rest):
                global total
                import os as operating
                total = [x for x in more]
                try:
                    def inner(): return x
                except ValueError as error:
                    raise error
                return softmax(x)
        """,
    )
    assert "softmax = 3" in lines
    assert "units = 5" in lines
    assert "base = object" in lines
    assert "x = load_data()" not in lines


def test_code_that_reaches_names_by_text_keeps_everything_that_may_run():
    lines = kept("a = make()\nb = train()", "def correlate1d(x, w):\n    return globals()['a']")
    assert "a = make()" in lines
    assert "b = train()" not in lines


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("print(1); model = 1; print(2)", "0       ; model = 1; 0"),
        ("model = 1; print(\n1)", "model = 1;\n0"),
        ("print(\n1); model = 1", "0 ; model = 1"),
        (
            "print(1)  # 셀\nmodel = '한글'; print('한글'); model2 = 2",
            "model = '한글'; 0          ; model2 = 2",
        ),
        ("@deco\ndef f(): return 1\nmodel = 1", "model = 1"),
        ("model = 1; \\\nprint(2)", "model = 1; \\\n0"),
    ],
)
def test_what_is_left_out_leaves_blanks(source, expected):
    lines = kept(source.replace("def f()", "def f(x=print())"))
    assert "\n".join(line.rstrip() for line in lines) == expected


def test_late_annotations_go_to_the_front(read):
    submission = read("x = 1", "from __future__ import annotations, division", GOOD)
    assert submission.source.startswith("from __future__ import annotations\n")
    assert submission.source.count("__future__") == 1


def test_what_a_notebook_offers_without_an_import_is_there(read):
    submission = read(GOOD + "    display(x)\n    get_ipython()\n")
    assert submission.source.startswith(
        "from IPython.display import display; from IPython import get_ipython\n"
    )


def test_a_course_can_have_every_cell_run_in_order(read):
    submission = read(
        "import os", "print('x')", GOOD, code("boom()", "grade: skip"), "%%bash\nls", exercise=ALL
    )
    assert [line for line in submission.source.split("\n") if line] == [
        "import os",
        "print('x')",
        *GOOD.rstrip("\n").split("\n"),
    ]


# --- which definition counts ---------------------------------------------------------------------------------


def test_the_last_definition_counts_and_the_feedback_says_so(read):
    submission = read(GOOD, "x = 1", GOOD + "    # again\n")
    assert submission.source.index("# again") > submission.source.index("return x")
    assert "`correlate1d` is defined in cells 1, 3: the one in cell 3 counts" in submission.notes


@pytest.mark.parametrize(
    "marked",
    [
        [code(GOOD, "ex05")],
        [code(GOOD, "EX5-answer")],
        [code("# ex05\n" + GOOD)],
        [code("%%grade ex05\n" + GOOD)],
        [markdown("# Week 3\n## Exercise 5: convolution"), code(GOOD)],
        [markdown("### 연습문제 5"), markdown("#### part 2"), code(GOOD)],
    ],
)
def test_a_cell_that_is_marked_as_the_exercises_takes_precedence(read, marked):
    other = GOOD.replace("return x", "return other")
    submission = read(*marked, markdown("## ex06"), other)
    assert "return other" not in submission.source
    assert "return x" in submission.source
    number = len(marked) + 2
    expected = f"`correlate1d` counts as the cell marked ex05 defines it, not as cell {number} does"
    assert expected in submission.notes


def test_an_exercise_without_a_number_is_found_by_its_name(read):
    exercise = replace(EXERCISE, id="linear")
    submission = read(
        code(GOOD, "linear"), GOOD.replace("return x", "return other"), "# bilinear\nz = 1", exercise=exercise
    )
    assert "return other" not in submission.source


@pytest.mark.parametrize(
    "cell",
    [
        code("boom(", "grade: skip"),
        code("boom(", "grade:skip"),
        code("boom(", grade="skip"),
        code("# grade: skip\nboom("),
    ],
)
def test_a_cell_that_is_tagged_to_be_skipped_is_left_out(read, cell):
    submission = read(GOOD, cell)
    assert "boom" not in submission.source
    assert submission.broken_cell is None
    assert any("cell 2 is tagged" in note for note in submission.notes)


# --- broken cells and places ---------------------------------------------------------------------------------


def test_a_broken_cell_costs_only_itself(read):
    submission = read(GOOD, "def Affine(W, b:\n    return 1", "x = 1 +", "model = 3")
    assert submission.tree is not None
    assert set(submission.entry_points) == {"correlate1d", "model"}
    assert (submission.broken_cell.cell, submission.broken_cell.line) == (2, 1)
    assert submission.broken_cell.text == "def Affine(W, b:"
    assert any(note.startswith("cell 3 cannot be read as Python (line 1") for note in submission.notes)


def test_a_broken_cell_is_a_note_where_nothing_is_missing(read):
    submission = read(GOOD, "def Affine(W, b):\n    pass", "model = 1", "x = 1 +")
    assert submission.broken_cell is None
    assert submission.syntax_error is None
    assert any(note.startswith("cell 4 cannot be read") for note in submission.notes)


def test_if_only_broken_cells_define_what_is_asked_it_is_a_syntax_error(read):
    submission = read("x = 1 +", "def correlate1d(x, w:\n    return x")
    assert submission.tree is None
    assert submission.syntax_error.cell == 2
    assert str(submission.syntax_error.place) == "cell 2, line 1"


def test_lines_lead_back_to_cells(read):
    submission = read(
        markdown("# title"), "\n\nimport os\n\n", "%matplotlib inline\n\n" + GOOD + "\nprint(1)\n\nmodel = os"
    )
    lines = submission.source.split("\n")
    where = {lines[number - 1]: submission.lines.place(number) for number in range(1, len(lines) + 1)}
    assert str(where["import os"]) == "cell 2, line 3"
    assert str(where["    return x"]) == "cell 3, line 4"
    assert where["model = os"].with_column(9) == "cell 3, line 8, column 9"
    assert submission.lines.place(1).cell == 2


def test_messages_about_entry_points_name_the_cell(read):
    with pytest.raises(UsageError, match=r"`correlate1d` \(cell 2, line 1\)"):
        read("x = 1", "def correlate1d(x): pass")
    with pytest.raises(UsageError) as caught:
        read("x = 1", "async def correlate1d(x, w): pass")
    assert "cell 2, line 1" in caught.value.hint


# --- files ---------------------------------------------------------------------------------------------------


def test_format_3_is_read_as_nbformat_reads_it(tmp_path):
    text = notebook_3("import os\n", GOOD)
    cells, notes = read_cells(text, "x")
    upgraded = nbformat.reads(text, as_version=4)
    theirs = [cell.source for cell in upgraded.cells if cell.cell_type == "code"]
    assert [cell.source for cell in cells] == theirs
    assert cells[1].headings == ("ex05",)
    assert notes == ()
    assert [cell.number for cell in cells] == [2, 3]


def test_format_4_is_read_as_nbformat_reads_it():
    text = notebook(markdown("# a"), "import os\n", code(GOOD, "ex05"))
    cells, _ = read_cells(text, "x")
    theirs = [cell for cell in nbformat.reads(text, as_version=4).cells if cell.cell_type == "code"]
    assert [(cell.source, list(cell.tags)) for cell in cells] == [
        (cell.source, cell.metadata.get("tags", [])) for cell in theirs
    ]


def test_a_damaged_cell_is_left_out_and_said(read):
    submission = read(GOOD, {"cell_type": "code", "source": 3}, {}, {"cell_type": "code", "source": ["a", 1]})
    assert sum("is damaged" in note for note in submission.notes) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("{", "no JSON"),
        ("[]", "list"),
        ("{}", "Expected JSON with cells"),
        ('{"cells": 3}', "Expected JSON with cells"),
        ('{"nbformat": 2, "worksheets": []}', "nbformat 2"),
        ('{"nbformat": 99999999999999999999999, "cells": []}', "nbformat 9999"),
        ("[" * 100_000, "lists within lists"),
        ("[" * 1_100_000, "too much"),
        ('{"n": ' + "1" * 500_000 + "}", "no JSON"),
        (notebook(GOOD, metadata={"language_info": {"name": "R"}}), "a notebook in Python. Received: R"),
        (notebook(GOOD, metadata={"kernelspec": {"language": "julia"}}), "Received: julia"),
        (notebook(*["x"] * 10_001), "10001 cells"),
        (notebook("x = '" + "a" * (1 << 20) + "'"), "too long"),
        (notebook("x = 1"), "defines none of the entry points"),
        (notebook(), "defines none of the entry points"),
    ],
)
def test_what_is_no_notebook_is_refused(tmp_path, text, words):
    path = tmp_path / "ex05.ipynb"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=words) as caught:
        read_submission(path, EXERCISE)
    assert caught.value.hint


def test_a_notebook_with_large_outputs_is_read_and_one_beyond_all_measure_is_not(tmp_path):
    path = tmp_path / "ex05.ipynb"
    outputs = [{"output_type": "display_data", "data": {"image/png": "A" * (2 << 20)}, "metadata": {}}]
    path.write_text(notebook({**code(GOOD), "outputs": outputs}), "utf-8")
    assert read_submission(path, EXERCISE).entry_points
    with path.open("ab") as file:
        file.truncate(33 << 20)
    with pytest.raises(UsageError, match="at most 32 MiB"):
        read_submission(path, EXERCISE)


def test_old_line_ends_are_line_ends():
    text = notebook_source([Cell(number=1, source="x = 1\rprint(x)\r\nmodel = 2")], EXERCISE).text
    assert text.split() == ["x", "=", "1", "model", "=", "2"]


def test_half_a_character_and_nul_are_only_the_cells_problem(read):
    submission = read(GOOD, "model = 'HALF'", "x = '\0'")
    assert submission.entry_points == {"correlate1d": "correlate1d", "model": "model"}
    assert any(note.startswith("cell 3 cannot be read") for note in submission.notes)


def test_cells_of_a_running_notebook_make_a_submission():
    submission = submission_from_cells([("x = 1", []), (GOOD, ["ex05"])], EXERCISE, name="notebook")
    assert submission.path == "notebook"
    assert submission.entry_points == {"correlate1d": "correlate1d"}
    line = submission.source.split("\n").index("    return x") + 1
    assert str(submission.lines.place(line)) == "cell 2, line 2"


# --- magics --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install \\\n   numpy\nx = 1", "pass\n\nx = 1"),
        ("pip install numpy", "pass"),
        ("np.dot?\n?np.dot\nnp.dot??", "pass\npass\npass"),
        ("files = !ls\nt = %timeit -o f()", "files = None\nt = None"),
        ("%time x = f()", "x = f()"),
        ("try:\n    %tensorflow_version 2.x\nexcept: pass", "try:\n    pass\nexcept: pass"),
        ("%%time\nx = 1", "\nx = 1"),
        ("\n%%capture out\nx = 1", "\n\nx = 1"),
        ("%%grade ex05\nx = 1", "\nx = 1"),
        ("%%bash\nls", None),
        ("%%writefile a.py\nx = 1", "\nx = 1"),
        ("%%writefile a.txt\nx = 1", None),
        ("%%html\n<b>", None),
        ("x = (a\n% b)", "x = (a\n% b)"),
        ("x = a \\\n% b", "x = a \\\n% b"),
        ("x = '''\n%d\n!\\'''\n'''\n%m", "x = '''\n%d\n!\\'''\n'''\npass"),
        ("x = '%' # ( \"\n%m", "x = '%' # ( \"\npass"),
        ('x = "\\\n%m"', 'x = "\\\n%m"'),
        ("x = a != b", "x = a != b"),
        ("x = ')]'\n%m", "x = ')]'\npass"),
        ("x = [1)\n%m", "x = [1)\npass"),
    ],
)
def test_what_only_ipython_understands_is_taken_out(source, expected):
    assert without_magics(source) == expected


# --- anything ------------------------------------------------------------------------------------------------

_SNIPPETS = st.sampled_from(
    [
        *(
            "x = 1",
            "print(x)",
            "model = f(x)",
            "def correlate1d(x, w): return x",
            "class Affine:\n",
            "@deco\n",
        ),
        *("; ", "\n", "\\\n", "'''", '"""', "(", ")", "    ", "\t", "#", "%m", "!ls", "\x0c", "\r", "\u2028"),
        *("한글 = 'ㄱ'", "for i in x:\n", "if x:\n", "lambda: x", "return", "import numpy as np", "x += 1"),
        *("from a import *", "model.add(1)", "async ", "await x", "del x"),
        *(
            "fit(x)",
            "with fit(x) as y:\n",
            "else:\n",
            "elif x:\n",
            "    fit(x)\n",
            "if y: fit(x)\n",
            "        K = 3\n",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_SNIPPETS, max_size=12).map("".join), max_size=5), st.booleans())
def test_whatever_the_cells_hold_what_is_run_can_be_read(sources, run_all):
    cells = [Cell(number=number, source=source) for number, source in enumerate(sources, start=1)]
    source = notebook_source(cells, ALL if run_all else EXERCISE)
    ast.parse(source.text)
    for line in range(1, source.text.count("\n") + 2):
        source.lines.place(line)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.just(GOOD),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "cells",
                    "cell_type",
                    "source",
                    "metadata",
                    "tags",
                    "nbformat",
                    "worksheets",
                    "input",
                    "code",
                ]
            ),
            inner | st.just("code"),
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_JSON, max_size=4), _JSON)
def test_whatever_the_file_holds_it_is_read_or_refused(tmp_path_factory, cells, other):
    path = tmp_path_factory.getbasetemp() / "fuzz.ipynb"
    whole = {"cells": cells, "metadata": other} if not isinstance(other, dict) else {"cells": cells, **other}
    path.write_text(json.dumps(whole), "utf-8")
    try:
        read_submission(path, EXERCISE)
    except UsageError as error:
        assert error.message


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_notebook_is_read_or_refused(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "damaged.ipynb"
    whole = bytearray(notebook(markdown("# ex05"), "import os\n", GOOD).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    try:
        read_submission(path, EXERCISE)
    except UsageError as error:
        assert error.message


@pytest.mark.parametrize(
    "source",
    [
        "x = '" + "\\'''" * 200_000,
        "'''" * 300_000,
        "lambda: " * 80 + "x",
        "x = 1\n" * 5_000,
        "model = input()\n" * 5_000,
        "model.add(1)\n" * 5_000,
        "def f(): return f()\n" * 5_000,
        "(" * 100_000,
        "a = b = c = d; " * 5_000,
    ],
    ids=["quotes", "strings", "lambdas", "lines", "heavy", "completes", "functions", "deep", "shared"],
)
def test_hostile_cells_end_in_time(source):
    begun = time.process_time()
    notebook_source([Cell(number=1, source=source), Cell(number=2, source=GOOD)], EXERCISE)
    assert time.process_time() - begun < 10


def test_a_notebook_with_more_statements_than_anybody_writes_is_refused(read):
    with pytest.raises(UsageError, match="20001 statements"):
        read("x = 1\n" * 20_001)


def cut_in_cells(source):
    """Return a file's text in cells of one top-level statement each, with the comments before it."""
    lines, begin, cells = source.split("\n"), 0, []
    for node in ast.parse(source).body:
        cells.append("\n".join(lines[begin : node.end_lineno]))
        begin = node.end_lineno
    return cells


ALTERNATIVES = sorted((ROOT / "tests" / "alternatives").glob("ex0*/*.py"))


@pytest.mark.parametrize("path", ALTERNATIVES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_people_wrote_as_files_is_the_same_in_cells(read, path):
    exercise = find_course(None, {}).exercise(path.parent.name)
    file = read_submission(path, exercise)
    submission = read(*cut_in_cells(path.read_text("utf-8")), exercise=exercise)
    assert submission.entry_points == file.entry_points
    assert not any("cannot be read" in note for note in submission.notes)
    run = {name for node in ast.parse(submission.source).body for name in facts_of(node).binds}
    needed = {name for node in ast.parse(submission.source).body for name in facts_of(node).reads}
    bound = {name for node in file.tree.body for name in facts_of(node).binds}
    assert needed & bound <= run
