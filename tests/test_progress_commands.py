"""`grade progress` as typed: on the screen, into files, and from one machine to another."""

import json

import pytest

from tests.test_cli import RIGHT, WRONG, grade  # noqa: F401 - a fixture
from tests.test_workspace_commands import course, learn, write  # noqa: F401 - fixtures


@pytest.fixture
def tried(learn):  # noqa: F811
    """A workspace with a wrong and a right attempt."""
    write(WRONG)
    learn("check")
    write(RIGHT)
    learn("check")
    return learn


def test_the_screen(tried):
    code, out, err = tried("progress")
    assert (code, err) == (0, "")
    assert "1 of 1 exercises · 10 / 10 points · 2 checks" in out
    assert "✓ ex99  adds two: 1×, overcome on" in out
    assert "Your progress: 1 of 1 exercises" in tried("progress", "--plain")[1]
    assert "문제 1개 중 1개" in tried("progress", "--lang", "ko")[1]


def test_for_programs(tried):
    assert json.loads(tried("progress", "--format", "json")[1])["attempts"] == 2
    assert tried("progress", "--format", "csv")[1].startswith("exercise,title,status")
    code, _, err = tried("progress", "--format", "xml")
    assert code == 2
    assert "Expected text, json, csv" in err


def test_the_page(tried, tmp_path):
    code, out, err = tried("progress", "--html", "mine.html")
    assert (code, out) == (0, "")
    assert "Open `mine.html` in a browser" in err
    assert "adds two" in (tmp_path / "learn" / "mine.html").read_text("utf-8")
    code, _, err = tried("progress", "--html", "nowhere/mine.html")
    assert code == 3
    assert "cannot be written" in err


def test_to_another_machine(tried, tmp_path, monkeypatch):
    assert "2 attempts written to" in tried("progress", "--export", "../mine.json")[2]
    monkeypatch.chdir(tmp_path)
    tried("init", "other")
    monkeypatch.chdir(tmp_path / "other")
    assert "0 of 1" in tried("progress")[1]
    assert "2 of 2 attempts were new" in tried("progress", "--import", "../mine.json")[2]
    assert "0 of 2 attempts were new" in tried("progress", "--import", "../mine.json")[2]
    assert "10 / 10" in tried("progress")[1]
    code, _, err = tried("progress", "--import", "ex99.py")
    assert code == 2
    assert "is no exported progress" in err


def test_outside_a_workspace(learn, monkeypatch, tmp_path):  # noqa: F811
    monkeypatch.chdir(tmp_path)
    code, _, err = learn("progress")
    assert code == 2
    assert "no progress is kept here" in err
    assert "cd learn" in err


def test_a_damaged_record_is_said_with_what_to_do(tried, tmp_path):
    for path in (tmp_path / "learn" / ".grade").glob("progress.sqlite*"):
        path.write_bytes(b"nonsense" * 1000)
    code, _, err = tried("progress")
    assert code == 3
    assert "hint: " in err
    assert tried("check")[0] == 0
