"""What the grader compiles for a worker, and what it leaves to it."""

import marshal

import pytest

from grader.source.compiled import compiled
from grader.source.syntax import parse_source


def code_of(source, filename="ex99.py"):
    found = []
    parse_source(source, on_tree=lambda tree: found.append(compiled(tree, source, filename)))
    return found[0]


def test_the_code_is_that_of_the_source():
    source = "# 한국어\ndef f(x):\n    return ('가', x + 1)  # 주석\n"
    code = marshal.loads(code_of(source))  # noqa: S302 - written a moment ago
    expected = compile(source, "ex99.py", "exec", dont_inherit=True)
    assert code == expected
    assert code.co_filename == "ex99.py"
    assert list(code.co_consts[0].co_positions()) == list(expected.co_consts[0].co_positions())


NESTED = "".join(f"{' ' * depth}try:\n{' ' * depth} pass\n{' ' * depth}finally:\n" for depth in range(18))


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(NESTED + " " * 18 + "pass\n", id="what is written once for every way out"),
        pytest.param("x = 1\n" * 10_000, id="a long source"),
        pytest.param("return 1\n", id="an error that only compiling finds"),
        pytest.param("def f(x, x):\n    pass\n", id="another one"),
    ],
)
def test_the_rest_is_left_to_the_worker(source):
    assert code_of(source) == b""


def test_a_name_that_no_file_has_is_left_to_the_worker():
    assert code_of("x = 1\n", "a\0b.py") == b""
