"""Corrections and appeals on a gradebook that `grade batch` really wrote: override, waive, regrade, replay, purge."""

import json
import re
import shutil
import sqlite3

import pytest

from grader.cli import main
from grader.gradebook.book import open_gradebook
from grader.gradebook.corrections import overrides, waivers
from grader.gradebook.marks import read_marks
from grader.gradebook.results import attempts
from tests import conftest
from tests.test_cli import RIGHT, WRONG

HALF = RIGHT.replace("/ 2.0**times", "/ 2.0")


def run(*arguments):
    return main.run([str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A course, a class and its gradebook, made once."""
    root = tmp_path_factory.mktemp("world")
    public, private = root / "course/exercises/ex99_doubling", root / "course/solutions/ex99_doubling"
    files = {
        public / "exercise.toml": conftest.TOML.format(case_s=5.0),
        public / "hints.toml": conftest.HINTS,
        public / "ex99.py": conftest.STUB,
        public / "test_public.py": conftest.PUBLIC,
        private / "ex99.py": conftest.SOLUTION,
        private / "test_hidden.py": conftest.HIDDEN,
        private / "mistakes.py": conftest.MISTAKES,
        **{public / name: text for name, text in conftest.STATEMENT.items()},
    }
    for name, source in {"김민준": RIGHT, "이서연": WRONG, "Jane Doe": HALF, "Jana Doe": RIGHT}.items():
        files[root / "class" / name / "ex99.py"] = source
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    arguments = ["--course", root / "course", "batch", root / "class", "--exercise", "ex99"]
    assert run(*arguments, "--out", root / "out", "--seed", 7, "--workers", 1, "--quiet") == 0
    return root


@pytest.fixture
def here(world, tmp_path):
    """A copy of that world."""
    shutil.copytree(world, tmp_path / "w")
    return tmp_path / "w"


@pytest.fixture
def grade(capsys, monkeypatch, here):
    for name in ("GRADE_LANG", "LC_ALL", "LC_MESSAGES", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("GRADE_COURSE", str(here / "course"))
    monkeypatch.chdir(here)

    def call(*arguments):
        code = run(*arguments)
        return code, *capsys.readouterr()

    return call


def marks(here):
    with open_gradebook(here / "out") as book:
        return {mark.student.key: mark for mark in read_marks(book)}


def feedback(here, name):
    return json.loads((here / "out" / "feedback" / name / "ex99.json").read_text("utf-8"))


# override


def test_an_override_stands_beside_the_computed_score(here, grade):
    code, out, _ = grade(
        "override", "이서연", "ex99", "--points", "7", "--reason", "Showed it", "--who", "prof"
    )
    assert (code, out) == (0, "이서연  ex99  4 → 7\n")
    mark = marks(here)["이서연"]
    assert (mark.final, mark.computed, mark.override.reason, mark.override.who) == (
        7.0,
        4.0,
        "Showed it",
        "prof",
    )
    data = feedback(here, "이서연")
    assert (data["mark"], data["score"]) == (7.0, 4.0)
    assert data["reasons"] == ["Your teacher set 7 points: Showed it"]
    code, out, _ = grade("override", "이서연", "ex99", "--undo", "--reason", "a slip")
    assert (code, out) == (0, "이서연  ex99  7 → 4\n")
    assert feedback(here, "이서연")["reasons"] == []
    with open_gradebook(here / "out") as book:
        assert [(made.points, made.reason) for made in overrides(book)] == [
            (7.0, "Showed it"),
            (None, "a slip"),
        ]


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["이서연", "ex99", "--points", "7"], "needs a reason", "--reason"),
        (["이서연", "ex99", "--reason", "x"], "Expected either `--points N` or `--undo`", "--points 7"),
        (["이서연", "ex99", "--points", "nan", "--reason", "x"], "are no points", "--points 7"),
        (["이서연", "ex99", "--points", "-1", "--reason", "x"], "are no points", "--points 7"),
        (["이서현", "ex99", "--points", "1", "--reason", "x"], "nobody called `이서현`", "이서연"),
        (["Doe", "ex99", "--points", "1", "--reason", "x"], "not only one person", "Jana Doe"),
        (["이서연", "ex98", "--points", "1", "--reason", "x"], "has no ex98", "grade batch"),
        (["out", "이서연", "--points", "1", "--reason", "x"], "is a gradebook, not a student", "--out out"),
        (["이서연", "ex99", "--points", "1", "--reason", "x", "--out", "no"], "holds no gradebook", "`out`"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(here, grade, arguments, message, hint):
    code, out, err = grade("override", *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert hint in err
    assert marks(here)["이서연"].override is None


def test_more_than_all_points_is_noted(grade):
    code, _, err = grade("override", "김민준", "ex99", "--points", "11", "--reason", "bonus")
    assert code == 0
    assert "more than 10 points" in err


# waive


def test_a_waiver_lists_what_changes_and_a_dry_run_changes_nothing(here, grade):
    before = {name: mark.final for name, mark in marks(here).items()}
    code, out, err = grade("waive", "out", "ex99", "5", "--full", "--reason", "wrong", "--dry-run")
    assert code == 0
    assert "Jane Doe" in out
    assert "8 / 10" in out
    assert "10 / 10" in out
    assert "Nothing was changed" in err
    assert {name: mark.final for name, mark in marks(here).items()} == before
    with open_gradebook(here / "out") as book:
        assert waivers(book) == []


@pytest.mark.parametrize("name", ["5", "test_halve_twice", "Halving twice", "twice"])
def test_a_case_is_named_in_several_ways(here, grade, name):
    assert grade("waive", "out", "ex99", name, "--full", "--reason", "wrong")[0] == 0
    assert marks(here)["Jane Doe"].final == 10.0
    assert feedback(here, "Jane Doe")["mark"] == 10.0
    assert feedback(here, "Jane Doe")["reasons"] == ["Cases that were wrong themselves: +2.00 points"]


def test_a_dropped_case_leaves_the_maximum_and_can_be_taken_back(here, grade):
    assert grade("waive", "out", "ex99", "5", "--drop", "--reason", "wrong")[0] == 0
    mark = marks(here)["Jane Doe"]
    assert (mark.final, mark.max_score) == (8.0, 8.0)
    assert grade("waive", "out", "ex99", "5", "--undo", "--reason", "right")[0] == 0
    assert (marks(here)["김민준"].final, marks(here)["Jane Doe"].max_score) == (10.0, 10.0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ex99", "5", "--reason", "x"], "Expected one of `--full`"),
        (["ex99", "5", "--full", "--drop", "--reason", "x"], "Expected one of `--full`"),
        (["ex99", "5", "--full"], "needs a reason"),
        (["ex99", "99", "--full", "--reason", "x"], "Which case is `99`"),
        (["ex99", "Halving", "--full", "--reason", " "], "needs a reason"),
    ],
)
def test_what_is_wrong_with_a_waiver(grade, arguments, message):
    code, out, err = grade("waive", "out", *arguments)
    assert (code, out) == (2, "")
    assert message in err


# regrade


def mend(here, old, new):
    path = here / "course/solutions/ex99_doubling/test_hidden.py"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_regrade_shows_old_and_new_before_anything_changes(here, grade):
    wrong = "assert_close(submission.halve(x, times=2), solution.halve(x, times=2))"
    mend(here, wrong, f"return\n    {wrong}")
    code, out, err = grade("regrade", "out", "--dry-run", "--workers", "1")
    assert code == 0
    assert "8 → 10" in out
    assert "김민준" not in out
    assert "4 submissions: 1 higher, 0 lower, 3 the same, 0 without a new score. Nothing was changed" in err
    assert marks(here)["Jane Doe"].final == 8.0
    code, out, _ = grade("regrade", "out", "--workers", "1")
    assert code == 0
    assert "8 → 10" in out
    assert marks(here)["Jane Doe"].final == 10.0
    assert feedback(here, "Jane Doe")["mark"] == 10.0
    with open_gradebook(here / "out") as book:
        assert [result.score for result in attempts(book, "Jane Doe", "ex99")] == [8.0, 10.0]


def test_never_lower(here, grade):
    mend(
        here,
        "assert_close(submission.halve(x), solution.halve(x))",
        "assert_close(submission.halve(x), 0 * x)",
    )
    code, out, _ = grade("regrade", "out", "--never-lower", "--workers", "1")
    assert code == 0
    assert "10 → 6" in out
    assert "stays 10" in out
    assert marks(here)["김민준"].final == 10.0
    with open_gradebook(here / "out") as book:
        assert [result.is_set_aside for result in attempts(book, "김민준", "ex99")] == [False, True]


def test_a_broken_suite_takes_nobodys_points(here, grade):
    mend(here, "import numpy as np", "import numpy as np\nraise RuntimeError('broken')")
    code, _, err = grade("regrade", "out", "--workers", "1")
    assert code == 3
    assert "broken" in err
    assert marks(here)["김민준"].final == 10.0


# replay


def test_a_replay_shows_the_hidden_values_and_that_nothing_changed(here, grade):
    before = marks(here)
    code, out, err = grade("replay", "out", "이서연", "ex99")
    assert code == 0
    assert "double(" in out
    assert "Random values" in out
    assert "expected" in out
    assert "received" in out
    assert "landlock" in err
    assert "every verdict is the one in the gradebook" in err
    assert "seed 7" in err
    assert "next" not in out
    assert marks(here) == before


def test_one_case_of_a_replay(grade):
    code, out, _ = grade("--plain", "replay", "out", "이서연", "ex99", "--case", "2")
    assert code == 0
    assert "Random values" in out
    assert "Halving" not in out
    code, _, err = grade("replay", "out", "이서연", "ex99", "--case", "nothing")
    assert code == 2
    assert "Which case" in err


def test_a_page_for_the_student_hides_what_is_hidden(here, grade):
    code, out, _ = grade("replay", "out", "이서연", "ex99", "--for-student")
    assert code == 0
    paths = [here / line for line in out.splitlines()]
    assert [path.suffix for path in paths] == [".json", ".md", ".html"]
    for path in paths:
        text = path.read_text("utf-8")
        assert "Random values" in text
        assert "test_random" not in text
    cases = {case["title"]: case for case in json.loads(paths[0].read_text("utf-8"))["cases"]}
    assert [cases["Random values"][key] for key in ("message", "mistake", "blocks")] == ["", None, []]
    assert cases["Halving"]["id"] == "test_halve"


def test_a_replay_says_that_the_suite_changed(here, grade):
    mend(
        here,
        "assert_close(submission.halve(x), solution.halve(x))",
        "assert_close(submission.halve(x), 0 * x)",
    )
    code, _, err = grade("replay", "out", "김민준", "ex99")
    assert code == 0
    assert "the suite changed since this was graded" in err
    assert "other verdicts than in the gradebook: test_halve" in err


# purge


def test_a_purge_first_says_what_it_would_remove(here, grade):
    code, out, err = grade("purge", "out", "이서연")
    assert code == 0
    assert "out/feedback/이서연" in out
    assert "grade purge out 이서연 --yes" in err
    assert "class/이서연/ex99.py` lies outside" in err
    assert "이서연" in marks(here)


def test_a_purged_person_leaves_no_byte(here, grade):
    grade("export", "out", "--to", "csv")
    grade("override", "이서연", "ex99", "--points", "7", "--reason", "Showed it", "--who", "prof")
    assert grade("purge", "out", "이서연", "--yes")[0] == 0
    assert set(marks(here)) == {"김민준", "Jane Doe", "Jana Doe"}
    for path in (here / "out").rglob("*"):
        assert "이서연" not in path.name
        if path.is_file():
            assert "이서연".encode() not in path.read_bytes()
            assert b"Showed it" not in path.read_bytes()
    sources = (
        sqlite3.connect(here / "out" / "gradebook.sqlite").execute("SELECT count(*) FROM source").fetchone()
    )
    assert sources == (2,)


def test_a_purged_person_is_out_of_lists_and_of_their_groups_feedback(here, grade):
    """From an archive, in a group, with something that was not understood."""
    folder = here / "zipped"
    for name, source in {"이서연": WRONG, "Jane Doe": HALF}.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "ex99.py").write_text(source, "utf-8")
        (folder / name / "notes.7z").write_text("x", "utf-8")
    (folder / "이서연" / "link.py").symlink_to("ex99.py")
    for name in ("Eve", "Dan"):
        (folder / name).mkdir()
    (folder / "Eve" / "ex99.py").write_text("\n", "utf-8")  # nothing to grade
    (folder / "Dan" / "ex99.pdf").write_text("x", "utf-8")  # nothing at all
    shutil.make_archive(str(here / "week5"), "zip", folder)
    groups = here / "groups.csv"
    groups.write_text("group,name\nA,이서연\nA,Jane Doe\nB,Eve\nB,Eva\nC,Dan\nC,Dana\n", "utf-8")
    out = here / "grouped"
    arguments = ("batch", here / "week5.zip", "--exercise", "ex99", "--out", out, "--groups", groups)
    assert grade(*arguments, "--workers", 1)[0] == 0
    (out / "handed_in" / "submission_metadata.yml").write_text("이서연", "utf-8")
    assert "이서연" in (out / "feedback" / "Jane Doe" / "ex99.html").read_text("utf-8")
    assert grade("purge", out, "이서연", "--yes")[0] == 0
    for path in out.rglob("*"):
        assert "이서연" not in path.name
        if path.is_file():
            assert "이서연".encode() not in path.read_bytes(), path
            assert rb"\uc774\uc11c\uc5f0" not in path.read_bytes(), path
    assert "Jane Doe" in (out / "feedback" / "Jane Doe" / "ex99.html").read_text("utf-8")
    for name in ("Eve", "Dan"):
        other = out / "feedback" / f"{name[:2]}{'a' if name == 'Eve' else 'na'}" / "ex99.html"
        assert name in other.read_text("utf-8")
        assert grade("purge", out, name, "--yes")[0] == 0
        for path in out.rglob("*"):
            if path.is_file():
                assert not re.search(rf"\b{name}\b".encode(), path.read_bytes()), path
        assert "ex99" in other.read_text("utf-8")


def test_what_was_unpacked_goes_too_from_wherever_it_is_run(here, grade, monkeypatch):
    root = here / "out" / "handed_in" / "unpacked" / "1"
    names = [
        "Jana Doe/ex99.py",
        "Jana Doe/timestamp.txt",
        "Jana Doe_2/ex99.py",
        "김민준_earlier.py",
        "x/ex99.py",
    ]
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", "utf-8")
    monkeypatch.chdir(here.parent)
    assert grade("purge", here / "out", "Jana Doe", "--yes")[0] == 0
    left = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    assert left == ["x/ex99.py", "김민준_earlier.py"]
    assert not (root / "Jana Doe").exists()
    assert grade("purge", here / "out", "김민준", "--yes")[0] == 0
    assert not (root / "김민준_earlier.py").exists()
    assert (root / "x" / "ex99.py").exists()
