"""The made-up class: sixty people, the same every time, whose work is what it claims to be."""

import unicodedata
from collections import Counter

import pytest

from grader.course import find_course
from grader.demo import _ACCIDENTS, _SLIPS, _TEMPLATES, _slipped, made_up_class, write_demo
from grader.errors import UsageError
from grader.grading import Settings, open_grader
from grader.submission import read_submission
from tests.test_release import code_lines, grade  # noqa: F401 - a fixture

EX05 = find_course(None, {}).exercise("ex05")


def test_sixty_people_the_same_every_time():
    people = made_up_class()
    assert len(people) == 60
    assert people == made_up_class()
    assert len({person.number for person in people}) == 60
    kinds = Counter(person.kind for person in people)
    wanted = {
        "right",
        "wrong",
        "late",
        "broken",
        "notebook",
        "endless",
        "hostile",
        "nothing",
        "empty",
        "renamed",
    }
    assert wanted <= set(kinds)
    names = Counter(unicodedata.normalize("NFC", person.name) for person in people)
    assert sorted(names.values())[-1] == 2  # two of one name, one of them decomposed
    assert sum(any("가" <= char <= "힣" for char in name) for name in names) > 50


def test_right_is_right_and_every_slip_costs_points(tmp_path):
    """The work is graded for real, in one warm grader."""
    right = (_TEMPLATES / "loops.py.txt").read_text("utf-8")
    sources = [right, *(_slipped(right, slip) for slip in _SLIPS)]
    sources += [
        dict(person.files)["ex05.py"].decode() for person in made_up_class() if person.kind == "right"
    ][:3]

    def score(grader, source):
        path = tmp_path / "ex05.py"
        path.write_text(source, "utf-8")
        return grader.grade(read_submission(path, EX05)).score

    scores = open_grader(
        EX05,
        settings=Settings(diagnose=False),
        drive=lambda grader: [score(grader, text) for text in sources],
    )
    assert (scores[0], scores[-3:]) == (20.0, [20.0] * 3)
    assert all(5.0 < points < 20.0 for points in scores[1:-3]), scores


def test_nothing_of_the_solutions_is_in_it():
    secrets = code_lines(EX05.solution.read_text("utf-8")) | code_lines(EX05.mistakes.read_text("utf-8"))
    for path in _TEMPLATES.iterdir():
        lines = {line.strip() for line in path.read_text("utf-8").splitlines()}
        common = lines & secrets
        assert len(common) <= 3, common  # one-liners that the statement itself says


def test_accidents_change_something():
    right = (_TEMPLATES / "loops.py.txt").read_text("utf-8")
    assert all(_slipped(right, slip) != right for slip in _SLIPS)
    assert all(_slipped(right, (before, after)) != right for _, before, after in _ACCIDENTS)
    with pytest.raises(ValueError, match="Nothing to change"):
        _slipped(right, ("no such text", ""))


def test_the_command_says_what_to_try(tmp_path, grade):  # noqa: F811
    code, out, err = grade("demo", tmp_path / "demo")
    assert (code, out) == (0, f"{tmp_path / 'demo'}\n")
    for command in (
        "grade batch submitted --exercise ex05 --out out",
        "grade report out",
        "grade export out",
    ):
        assert command in err
    names = {path.name for path in (tmp_path / "demo").iterdir()}
    assert names == {"submitted", "roster.csv", "last_marks.csv", "canvas.csv", "README.md"}
    folders = list((tmp_path / "demo" / "submitted").iterdir())
    assert len(folders) == 57  # three handed in nothing
    assert all((folder / "ex05" / "timestamp.txt").is_file() for folder in folders)
    code, _, err = grade("demo", tmp_path / "demo")
    assert code == 2
    assert "is there already" in err


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UsageError):
        write_demo(tmp_path / "file")
    with pytest.raises(UsageError, match="cannot be written"):
        write_demo(tmp_path / "file" / "demo")
