"""SECURITY.md: every promise names a test that is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
PROMISES = re.findall(r"^\| (.+?) \| (all|Linux) \| (.+?) \| (.+?) \|$", TEXT, re.MULTILINE)


def functions_of(path):
    """Return the names of a module's test functions, those in classes with the class before them."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from (
                f"{node.name}::{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)
            )


def test_there_are_promises():
    assert len(PROMISES) >= 20


@pytest.mark.parametrize(("promise", "platform", "means", "test"), PROMISES, ids=lambda text: text[:40])
def test_every_promise_names_its_test(promise, platform, means, test):
    assert means
    path, _, name = test.strip("`").partition("::")
    assert name in set(functions_of(ROOT / path)), test


@pytest.mark.parametrize("path", re.findall(r"`((?:grader|tests)/[\w/]+\.py)`", TEXT))
def test_every_file_that_is_named_is_there(path):
    assert (ROOT / path).is_file()
