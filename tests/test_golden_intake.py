"""Golden samples of everything that a class comes in: each layout, rosters and groups as platforms write them.

`python -m pytest tests/test_golden_intake.py --update-golden` writes what was understood anew: read the difference.
"""

import json
from pathlib import Path

import pytest

from grader.intake.groups import read_groups
from grader.intake.records import Student
from grader.intake.roster import read_roster
from grader.intake.take_in import take_in
from tests.test_submission import EXERCISE
from tests.test_take_in import EX03

GOLDEN = Path(__file__).parent / "golden" / "intake"
SOURCES = sorted([*GOLDEN.glob("*.zip"), *GOLDEN.glob("*.tar.gz")])
KNOWN = (
    Student(key="20260001", name="김철수", ids=(("sid", "20260001"), ("email", "kim@example.ac.kr"))),
    Student(key="20260002", name="이영희", ids=(("sid", "20260002"), ("email", "lee@example.ac.kr"))),
    Student(key="20260003", name="박민수", ids=(("sid", "20260003"), ("email", "park@example.ac.kr"))),
)


@pytest.fixture
def same(request):
    """Return a function that compares with a golden file, or writes it."""

    def compare(path, found):
        text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        if request.config.getoption("--update-golden"):
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8")

    return compare


def person(student):
    return {"key": student.key, "name": student.name, "ids": dict(student.ids)}


def handed_in(handin):
    return {
        "members": [member.key for member in handin.members],
        "exercise": handin.exercise_id,
        "place": handin.place,
        "name": handin.original_name,
        "at": None if handin.submitted_at is None else handin.submitted_at.isoformat(),
        "late": handin.is_late,
        "notes": list(handin.notes),
    }


def listed(unread):
    return [{"place": one.place, "reason": one.reason, "hostile": one.is_hostile} for one in unread]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_a_class_of_each_layout(source, tmp_path, same):
    work = take_in(source, exercises=[EX03, EXERCISE], work_folder=tmp_path / "work")
    found = {
        "layout": work.layout,
        "students": [person(student) for student in work.students],
        "counts": [handed_in(handin) for handin in work.handins],
        "earlier": [handed_in(handin) for handin in work.earlier],
        "unread": listed(work.unread),
    }
    same(source.with_suffix(source.suffix + ".json"), found)


@pytest.mark.parametrize("path", sorted((GOLDEN / "rosters").glob("*.csv")), ids=lambda path: path.stem)
def test_a_roster_of_each_platform(path, same):
    roster = read_roster(path, ["ex05"])
    found = {
        "students": [person(student) for student in roster.students],
        "groups": roster.groups,
        "extensions": [
            [
                one.student_key,
                one.exercise_id,
                one.days,
                one.until and one.until.replace(tzinfo=None).isoformat(),
            ]
            for one in roster.extensions
        ],
        "notes": [note.replace(str(path.parent), "…") for note in roster.notes],
        "unread": listed(roster.unread),
    }
    same(path.with_suffix(".json"), found)


@pytest.mark.parametrize("path", sorted((GOLDEN / "groups").glob("*.csv")), ids=lambda path: path.stem)
def test_groups_of_each_platform(path, same):
    groups = read_groups(path, KNOWN)
    found = {
        "groups": {name: [member.key for member in members] for name, members in groups.members.items()},
        "unread": [
            {"place": one.place.replace(str(path.parent), "…"), "reason": one.reason} for one in groups.unread
        ],
    }
    same(path.with_suffix(".json"), found)


def test_there_is_a_sample_of_every_layout():
    layouts = {json.loads(path.read_text("utf-8"))["layout"] for path in GOLDEN.glob("*.json")}
    assert layouts == {"canvas", "moodle", "gradescope", "nbgrader", "plain"}
