"""What is handed in: files that cannot be graded, syntax errors, and entry points that are found or not."""

import ast
import hashlib
import os
import socket
import sys
import threading
import time
import tracemalloc
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course import EntryPoint, Exercise, Limits
from grader.errors import ExitCode, UsageError
from grader.language import Text
from grader.source.syntax import parse_source
from grader.submission import Submission, read_submission

EXERCISE = Exercise(
    id="ex05",
    folder=Path("exercises/ex05_convolution"),
    solution_folder=None,
    title=Text(en="Convolution", ko="합성곱"),
    skills=("convolution",),
    prerequisites=(),
    entry_points=(
        EntryPoint(
            name="correlate1d",
            parameters=("x", "w", "mode='valid'", "stride=1"),
            aliases=("cross_correlation_1d", "xcorr"),
        ),
        EntryPoint(name="Affine", parameters=("W", "b")),
        EntryPoint(name="model", parameters=()),
    ),
    allowed_imports=("numpy",),
    forbidden_calls=(),
    sources=(),
    limits=Limits(),
    total_points=10.0,
)
GOOD = "def correlate1d(x, w, mode='valid', stride=1):\n    return x\n"


@pytest.fixture
def read(tmp_path):
    """Return a function that writes a source to a file and reads it as a submission."""

    def write_and_read(source, name="ex05.py"):
        path = tmp_path / name
        path.write_bytes(source if isinstance(source, bytes) else source.encode())
        return read_submission(path, EXERCISE)

    return write_and_read


def refused(path):
    with pytest.raises(UsageError) as caught:
        read_submission(path, EXERCISE)
    assert caught.value.exit_code is ExitCode.WRONG_USE
    assert caught.value.message
    return caught.value


def test_a_submission_is_read_whole(tmp_path):
    path = tmp_path / "ex05.py"
    path.write_text(GOOD, "utf-8")
    submission = read_submission(path, EXERCISE)
    assert submission.path == str(path)
    assert submission.source == GOOD
    assert submission.sha256 == hashlib.sha256(GOOD.encode()).hexdigest()
    assert submission.syntax_error is None
    assert submission.entry_points == {"correlate1d": "correlate1d"}
    assert submission.notes == ()
    assert isinstance(submission.tree, ast.Module)


# --- files that cannot be graded ---


def test_no_such_file_names_the_nearest(tmp_path):
    (tmp_path / "ex05.py").write_text(GOOD, "utf-8")
    error = refused(tmp_path / "ex5.py")
    assert "There is no file" in error.message
    assert error.hint == f"Did you mean `{tmp_path / 'ex05.py'}`?"
    assert refused(tmp_path / "ex05").hint == f"Did you mean `{tmp_path / 'ex05.py'}`?"
    assert refused(tmp_path / "something.py").hint == "`grade check ex05 FILE` grades any file"
    assert "no folder" in refused(tmp_path / "nowhere" / "ex05.py").hint
    assert "There is no file" in refused(tmp_path / "ex05.py" / "ex05.py").message
    assert "There is no file" in refused(tmp_path / "a\0b.py").message
    assert "cannot be read" in refused(tmp_path / ("a" * 5000 + ".py")).message


def test_a_folder_is_refused(tmp_path):
    (tmp_path / "mine.py").write_text(GOOD, "utf-8")
    error = refused(tmp_path)
    assert "is a folder" in error.message
    assert f"`{tmp_path}/mine.py`" in error.hint


@pytest.mark.parametrize(
    "data", [b"", b"\xef\xbb\xbf", b" \n\t\r\n", b"\xef\xbb\xbf\n", b"\xef\xbb\xbf\xef\xbb\xbf"]
)
def test_an_empty_file_is_refused(tmp_path, data):
    path = tmp_path / "ex05.py"
    path.write_bytes(data)
    assert "is empty" in refused(path).message


def test_a_film_is_refused_without_being_read(tmp_path):
    path = tmp_path / "ex05.py"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    tracemalloc.start()
    try:
        assert "Expected at most 1 MiB. Received: 100.0 MiB" in refused(path).message
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_one_mebibyte_is_just_read(tmp_path, read):
    source = GOOD + "#" * (2**20 - len(GOOD))
    assert read(source).entry_points == {"correlate1d": "correlate1d"}
    (tmp_path / "ex05.py").write_text(source + "#", "utf-8")
    assert "too large" in refused(tmp_path / "ex05.py").message


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs files that say they are empty")
def test_a_file_that_lies_about_its_size_is_read_to_the_limit_only(tmp_path):
    assert Path("/proc/self/maps").stat().st_size == 0
    assert "ends in `.py`" in refused(Path("/proc/self/maps")).message


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ex05.ipynb", "JSON with cells"),
        ("EX05.IPYNB", "notebook"),
        ("ex05.txt", ".py"),
        ("ex05", ".py"),
    ],
)
def test_what_is_no_python_file_is_refused(tmp_path, name, words):
    (tmp_path / name).write_text(GOOD, "utf-8")
    assert words in refused(tmp_path / name).message


def test_a_suffix_in_capitals_is_python(read):
    assert read(GOOD, name="EX05.PY").entry_points


@pytest.mark.parametrize(
    ("data", "received"),
    [
        (GOOD.encode("utf-16"), "UTF-16"),
        (GOOD.encode("utf-16-be"), "NUL bytes"),
        (b"PK\x03\x04\x00\x00" + GOOD.encode(), "NUL bytes"),
        (b"# \xff\xfe\xfd\n" + GOOD.encode(), "neither"),
        (b"\xef\xbb\xbf# \xc7\xd1\n" + GOOD.encode(), "neither"),
    ],
)
def test_what_is_neither_utf8_nor_cp949_is_refused(tmp_path, data, received):
    path = tmp_path / "ex05.py"
    path.write_bytes(data)
    assert received in refused(path).message.partition("Received:")[2]


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    path = tmp_path / "ex05.py"
    os.mkfifo(path)
    answered = threading.Event()

    def ask():
        refused(path)
        answered.set()

    threading.Thread(target=ask, daemon=True).start()
    assert answered.wait(5)


def test_sockets_and_devices_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("ex05.py")
        assert "no regular file" in refused(Path("ex05.py")).message
    assert "no regular file" in refused(Path("/dev/zero")).message


def test_a_link_is_refused_wherever_it_leads(tmp_path):
    (tmp_path / "solution.py").write_text(GOOD, "utf-8")
    for number, target in enumerate(["solution.py", "nowhere.py", "/dev/zero", "link2.py"]):
        path = tmp_path / f"link{number}.py"
        path.symlink_to(target)
        assert "is a link" in refused(path).message
    (tmp_path / "folder").symlink_to(tmp_path, target_is_directory=True)
    assert read_submission(tmp_path / "folder" / "solution.py", EXERCISE).entry_points


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path):
    path = tmp_path / "ex05.py"
    path.write_text(GOOD, "utf-8")
    path.chmod(0)
    assert "cannot be read" in refused(path).message


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_can_still_be_shown(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/ex05_\xff.py"))
    path.write_text(GOOD, "utf-8")
    assert read_submission(path, EXERCISE).path.endswith("ex05_\ufffd.py")


# --- encodings ---

KOREAN = "# 합성곱\n" + GOOD


@pytest.mark.parametrize(
    ("data", "has_note"),
    [
        (KOREAN.encode(), False),
        (b"\xef\xbb\xbf" + KOREAN.encode(), False),
        (KOREAN.encode("cp949"), True),
        (("# -*- coding: cp949 -*-\n" + KOREAN).encode("cp949"), True),
        (("#!/usr/bin/python\n# coding=EUC_KR\n" + KOREAN).encode("euc-kr"), True),
        (("# coding: utf-8\n" + KOREAN).encode("cp949"), True),
        (("# coding: cp949\n" + KOREAN).encode(), None),
        (("# coding: latin-1\n" + KOREAN).encode(), False),
        (("# coding: no-such-codec\n" + KOREAN).encode(), False),
        (("# vim: set fileencoding=utf-8 :\n" + KOREAN).encode(), False),
    ],
)
def test_korean_sources_are_read(read, data, has_note):
    submission = read(data)
    assert submission.entry_points == {"correlate1d": "correlate1d"}
    assert submission.sha256 == hashlib.sha256(data).hexdigest()
    if has_note is not None:
        assert "합성곱" in submission.source
        assert bool(submission.notes) is has_note
    if has_note:
        assert "cp949" in submission.notes[0]


def test_a_declared_encoding_wins_where_both_would_do(read):
    ambiguous = b"# \xc2\xb7\n"  # a dot in UTF-8, a Hangul syllable in cp949
    assert "\u00b7" in read(ambiguous + GOOD.encode()).source
    assert "\u00b7" not in read(b"# coding: cp949\n" + ambiguous + GOOD.encode()).source


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_end_with_a_line_feed(read, end):
    assert read(GOOD.replace("\n", end)).source == GOOD


# --- syntax errors are graded ---


@pytest.mark.parametrize(
    ("source", "line", "column", "message"),
    [
        ("def f(:\n", 1, 7, "invalid syntax"),
        ("x = 1\n변수 = '가나다' 1\n", 2, 12, "invalid syntax"),
        ("def correlate1d(x, w):\nreturn 1\n", 2, 1, "expected an indented block"),
        ("if 1:\n\tx = 1\n        y = 1\n", 3, 1, "inconsistent use of tabs"),
        ("x = '''abc\n", 1, 5, "unterminated triple-quoted"),
        ("x = (1,\n", 1, 5, "was never closed"),
        ("x = 1\x01\n", 1, 6, "invalid non-printable"),
        ("x = " + "(" * 300 + "\n", 1, None, "too many nested parentheses"),
        ("x = " + "9" * 500_000 + "\n", 1, 1, "digits"),
        ("-" * 100_000 + "1\n", 1, 1, "nested too deeply"),
        ("x" + "+x" * 100_000 + "\n", 1, 1, "nested too deeply"),
        ("x" + ".x" * 100_000 + "\n", 1, 1, "nested too deeply"),
        ("if x: pass\n" + "elif x: pass\n" * 50_000, 1, 1, "nested too deeply"),
        ("    print 'a'\n", 1, None, "unexpected indent"),
        ("def f():\n    print 'a'\n", 2, 5, "This is how Python 2 prints"),
        ("print 1, 2\n", 1, 1, "This is how Python 2 prints"),
        ("import numpy\n%matplotlib inline\n", 2, 1, "a notebook's command"),
        ("!pip install numpy\n", 1, 1, "a notebook's command"),
        ("x = “a”\n", 1, 5, "straight quotation marks"),
        ("x = 1\ny = f'{a b}'\n", 2, None, "f-string"),
    ],
)
def test_a_syntax_error_is_recorded_with_line_and_column(read, source, line, column, message):
    submission = read(source)
    problem = submission.syntax_error
    assert submission.tree is None
    assert submission.entry_points == {}
    assert problem is not None
    assert problem.line == line
    assert problem.text == source.split("\n")[line - 1]
    assert 1 <= problem.column <= len(problem.text) + 1
    assert column is None or problem.column == column
    assert message in problem.message


def test_the_column_of_an_error_in_an_f_string_points_into_the_line(read):
    problem = read("value = f'{a b}'\n").syntax_error
    assert problem.text[problem.column - 1 :].startswith(("a b", "b"))


def test_warnings_of_the_source_are_not_ours(read, recwarn):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read(GOOD + "pattern = '\\d'\nassert (1, 'x')\n").syntax_error is None
    assert not recwarn.list


def test_columns_count_characters_however_long_the_line(read):
    tree = read(GOOD + "print('안녕', correlate1d)\n").tree
    names = {node.id: node for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert names["correlate1d"].col_offset == len("print('안녕', ")
    assert names["correlate1d"].end_col_offset == len("print('안녕', correlate1d")
    started = time.perf_counter()
    assert read(GOOD + "x = [" + "'가'," * 100_000 + "]\n").tree is not None
    assert time.perf_counter() - started < 10


# --- entry points ---


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (GOOD, "correlate1d"),
        ("class correlate1d:\n    def __init__(self, x, w): pass\n", "correlate1d"),
        ("correlate1d = lambda x, w: x\n", "correlate1d"),
        ("correlate1d: object = make()\n", "correlate1d"),
        ("a, (correlate1d, *b) = make()\n", "correlate1d"),
        ("a = correlate1d = make()\n", "correlate1d"),
        ("from mine import f as correlate1d\n", "correlate1d"),
        ("import mine as correlate1d\n", "correlate1d"),
        ("for correlate1d in fs: pass\n", "correlate1d"),
        ("with make() as correlate1d: pass\n", "correlate1d"),
        ("if (correlate1d := make()): pass\n", "correlate1d"),
        ("if x:\n    def correlate1d(x, w): pass\nelse:\n    pass\n", "correlate1d"),
        ("try:\n    pass\nexcept E:\n    def correlate1d(x, w): pass\n", "correlate1d"),
        ("with x:\n    def correlate1d(x, w): pass\n", "correlate1d"),
        ("match x:\n    case [correlate1d]: pass\n", "correlate1d"),
        ("def make():\n    global correlate1d\n    correlate1d = 1\n", "correlate1d"),
        ("[correlate1d := f for f in fs]\n", "correlate1d"),
        ("def xcorr(x, w): pass\n", "xcorr"),
        ("def xcorr(x, w): pass\ndef cross_correlation_1d(x, w): pass\n", "cross_correlation_1d"),
        ("def xcorr(x, w): pass\ndef correlate1d(x, w): pass\n", "correlate1d"),
        ("async def correlate1d(x, w): pass\ndef xcorr(x, w): pass\n", "xcorr"),
        ("async def correlate1d(x, w): pass\ncorrelate1d = run(correlate1d)\n", "correlate1d"),
    ],
)
def test_entry_points_are_found_without_running(read, source, found):
    submission = read(source)
    assert submission.entry_points == {"correlate1d": found}
    expected = () if found == "correlate1d" else (f"correlate1d: taken from `{found}`",)
    assert submission.notes == expected


def test_any_one_entry_point_is_enough(read):
    assert read("model = build()\n").entry_points == {"model": "model"}
    both = read("class Affine:\n    def __init__(self, W, b): pass\n\n" + GOOD)
    assert both.entry_points == {"correlate1d": "correlate1d", "Affine": "Affine"}


@pytest.mark.parametrize(
    ("source", "received", "hint"),
    [
        ("x = 1\n", "no function and no class", "`grade show ex05`"),
        ("# nothing\n", "no function and no class", "`grade show ex05`"),
        ("def softmax(a): pass\n", "`softmax`", "`grade show ex05`"),
        ("def corelate1d(x, w): pass\n", "`corelate1d`", "Rename `corelate1d` to `correlate1d`"),
        ("class A:\n    def correlate1d(self, x, w): pass\n", "`A`", "Move `correlate1d` from line 2"),
        ("def main():\n    def xcorr(x, w): pass\n", "`main`", "Move `xcorr` from line 2"),
        ("if __name__ == '__main__':\n    def correlate1d(x, w): pass\n", "no function", "from line 2"),
        ("async def correlate1d(x, w): pass\n", "no function", "instead of `async def` in line 1"),
        ("correlate1d(1, 2)\ncorrelate1d.x = 1\ncorrelate1d[0] = 1\n", "no function", "`grade show ex05`"),
        ("[1 for correlate1d in fs]\n", "no function", "`grade show ex05`"),
        ("def f(correlate1d): correlate1d = 1\n", "`f`", "`grade show ex05`"),
        ("".join(f"def f{i}(): pass\n" for i in range(9)), "`f5`, …", "`grade show ex05`"),
    ],
)
def test_a_file_without_any_entry_point_is_refused(tmp_path, source, received, hint):
    path = tmp_path / "ex05.py"
    path.write_text(source, "utf-8")
    error = refused(path)
    assert "Expected `correlate1d`, `Affine`, `model`" in error.message
    assert received in error.message.partition("Received:")[2]
    assert hint in error.hint


@pytest.mark.parametrize(
    "source",
    [
        "exec(code)\n",
        "globals()['correlate1d'] = f\n",
        "import sys\nsetattr(sys.modules[__name__], 'correlate1d', f)\n",
        "import sys\nsys.modules[__name__].__dict__.update(correlate1d=f)\n",
        "from mine import *\n",
        "def __getattr__(name): return f\n",
    ],
)
def test_a_source_that_may_define_names_unseen_is_not_refused(read, source):
    assert read(source).entry_points == {}


@pytest.mark.parametrize(
    "parameters",
    [
        "x, w",
        "x, w, /",
        "a, b, c=1",
        "x, w, mode='valid', stride=1, extra=None",
        "*args",
        "x, *args",
        "*args, **kwargs",
        "x, w, *, mode='valid', stride=1",
        "x=1, w=2",
        "x, w=2, **kwargs",
    ],
)
def test_parameters_that_take_the_call_are_accepted(read, parameters):
    assert read(f"def correlate1d({parameters}): pass\n").entry_points
    assert read(f"correlate1d = lambda {parameters}: 1\n").entry_points
    assert read(f"class correlate1d:\n    def __init__(self, {parameters}): pass\n").entry_points


@pytest.mark.parametrize(
    ("parameters", "received"),
    [
        ("", "()"),
        ("x", "(x)"),
        ("x, **kwargs", "(x)"),
        ("x, *, w", "(x, *, w)"),
        ("x, w, mode", "(x, w, mode)"),
        ("x, w, mode, stride=1", "(x, w, mode, stride=…)"),
        ("x, w, *, mode", "(x, w, *, mode)"),
        ("a, b, c, d, e, f, g", "(a, b, c, d, e, f, …)"),
    ],
)
def test_parameters_that_refuse_the_call_are_refused(tmp_path, parameters, received):
    path = tmp_path / "ex05.py"
    path.write_text(f"\ndef correlate1d({parameters}): pass\n", "utf-8")
    error = refused(path)
    assert "`correlate1d` (line 2) cannot be called with 2 arguments" in error.message
    assert "Expected `correlate1d(x, w, mode='valid', stride=1)`" in error.message
    assert f"Received: `correlate1d{received}`" in error.message
    for source in (
        f"correlate1d = lambda {parameters}: 1\n",
        f"class correlate1d:\n    def __init__(self, {parameters}): pass\n",
        f"if x:\n    def correlate1d({parameters}): pass\nelse:\n    def correlate1d(): pass\n",
        f"def xcorr({parameters}): pass\n",
    ):
        path.write_text(source, "utf-8")
        assert "cannot be called" in refused(path).message


def test_a_class_that_takes_nothing_is_refused(tmp_path):
    path = tmp_path / "ex05.py"
    for body in ("pass", "def forward(self, x): pass", "def __init__(): pass"):
        path.write_text(f"class Affine:\n    {body}\n", "utf-8")
        assert "`Affine(W, b)`" in refused(path).message


@pytest.mark.parametrize(
    "source",
    [
        "@cached\ndef correlate1d(): pass\n",
        "correlate1d = partial(f, 1)\n",
        "def correlate1d(): pass\ncorrelate1d = f\n",
        "if x:\n    def correlate1d(): pass\nelse:\n    def correlate1d(x, w): pass\n",
        "class correlate1d(Base): pass\n",
        "class correlate1d(metaclass=Meta): pass\n",
        "@dataclass\nclass correlate1d:\n    x: int\n    w: int\n",
        "class correlate1d:\n    def __new__(cls, *args): pass\n",
        "class correlate1d:\n    __init__ = make()\n",
        (
            "class correlate1d:\n    if x:\n        def __init__(self): pass\n"
            "    else:\n        def __init__(self, x, w): pass\n"
        ),
        "class correlate1d:\n    @wrapped\n    def __init__(self): pass\n",
        "def model(x): pass\ndef model(): pass\n",
    ],
)
def test_what_cannot_be_told_is_not_judged(read, source):
    assert read(source).entry_points


# --- anything ---


def outcome(path):
    """Return the submission in `path`, or the error of ours that reading it raises."""
    try:
        return read_submission(path, EXERCISE)
    except UsageError as error:
        return error


PIECES = st.sampled_from(
    [
        GOOD,
        "def xcorr(x): pass\n",
        "class Affine: pass\n",
        "model = 1\n",
        "if x:\n    ",
        "(",
        ")",
        "\\\n",
        "'''",
        "f'{",
        "lambda: ",
        "*",
        "# coding: cp949\n",
        "\x0c",
        "\r",
        "\ufeff",
        "합성곱",
        "“",
        "\t",
        "async ",
        "print 'a'\n",
        "0x",
        "\0",
    ]
)


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=80) | st.lists(PIECES, max_size=8).map(lambda parts: "".join(parts).encode()))
def test_any_bytes_are_a_submission_or_wrong_use(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "any.py"
    path.write_bytes(data)
    submission = outcome(path)
    if isinstance(submission, UsageError):
        assert submission.message
        assert len(submission.message) < 1000
        return
    assert isinstance(submission, Submission)
    problem = submission.syntax_error
    assert (submission.tree is None) == (problem is not None)
    assert submission.sha256 == hashlib.sha256(data).hexdigest()
    assert problem is None or submission.source.split("\n")[problem.line - 1] == problem.text


@settings(max_examples=100, deadline=None)
@given(data=st.lists(st.sampled_from([*"가나다\n \t()'\"#=:", "def ", "class ", "model"]), max_size=30))
def test_any_cp949_text_is_a_submission_or_wrong_use(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "korean.py"
    path.write_bytes("".join(data).encode("cp949"))
    submission = outcome(path)
    assert submission.message if isinstance(submission, UsageError) else submission.path == str(path)


DECORATED = """
@decorated('안녕', one)
class Net:
    def forward(self, x='기본', *, y=np.zeros(3)):
        \"\"\"순전파\"\"\"
        return f'{x}안{y!r:>{width}}녕', x if x else '끝'

    def quiet(self):
        return [a.b for a in self.c]

match command, '왼쪽':
    case ['가', *rest] if rest: print('가', rest)
"""


def characters_before(line, num_bytes):
    return len(line.encode()[:num_bytes].decode())


def test_every_column_counts_characters():
    parsed = parse_source(DECORATED)
    lines = DECORATED.split("\n")
    plain = [node for node in ast.walk(ast.parse(DECORATED)) if hasattr(node, "lineno")]
    counted = [node for node in ast.walk(parsed) if hasattr(node, "lineno")]
    assert len(plain) == len(counted) > 40
    num_moved = 0
    for before, after in zip(plain, counted, strict=True):
        if isinstance(before, ast.expr | ast.stmt):
            assert after.col_offset == characters_before(lines[before.lineno - 1], before.col_offset)
            assert after.end_col_offset == characters_before(
                lines[before.end_lineno - 1], before.end_col_offset
            )
            num_moved += after.end_col_offset != before.end_col_offset
    assert num_moved > 10
