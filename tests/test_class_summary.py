"""The summary of a class: the numbers, the screen, the plain lines and the JSON."""

import json

import pytest

from grader.gradebook.book import open_gradebook
from grader.gradebook.records import Effect
from grader.language import activate
from grader.report.class_screen import screen, to_json
from grader.report.class_summary import summaries
from grader.report.look import Look
from tests import sample_class as people
from tests.test_release import grade  # noqa: F401 - a fixture


@pytest.fixture
def out(tmp_path):
    return people.make_class(tmp_path / "out")


def summary_of(out):
    with open_gradebook(out) as book:
        (found,) = summaries(book)
    return found


def test_the_numbers(out):
    found = summary_of(out)
    assert (found.num_students, len(found.points), found.num_full) == (7, 6, 1)
    assert (found.num_late, found.num_overridden) == (1, 1)
    assert sorted(found.points) == [4.0, 7.5, 12.0, 12.0, 16.0, 20.0]
    assert found.bins == (0, 0, 1, 1, 0, 0, 2, 0, 1, 1)
    assert found.median == 12.0


def test_a_group_counts_once_in_the_cases(out):
    cases = {case.case_id: case for case in summary_of(out).cases}
    assert [(case.num_passed, case.num_all) for case in cases.values()] == [(4, 5), (2, 5), (3, 5)]
    assert list(cases) == ["test_a", "test_b", "test_c"]


def test_mistakes_by_count_and_who_has_no_mark(out):
    found = summary_of(out)
    assert found.mistakes == (("no_padding", 2),)
    assert [(person.key, person.status) for person in found.missing] == [(people.NOBODY.key, "not handed in")]


def test_a_waived_case_is_marked(out):
    people.waive(out, "test_b", Effect.DROP)
    found = summary_of(out)
    assert [case.waiver for case in found.cases] == ["", "drop", ""]
    assert found.max_points == 12.0
    assert "waived: does not count" in screen([found], Look())


def test_who_is_late_without_a_time_is_listed(out):
    with open_gradebook(out) as book:
        book.store.execute(
            "UPDATE handin SET submitted_at = NULL, is_late = 1 WHERE owner = ?", ("20231005",)
        )
    found = summary_of(out)
    assert [person.key for person in found.late_without_time] == [people.LATE.key]
    assert "nobody says by how much: no penalty" in screen([found], Look())
    assert to_json([found])["exercises"][0]["late_without_time"][0]["student"] == people.LATE.key


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("look", [Look(), Look(color=True), Look(plain=True), Look(unicode=False)], ids=str)
def test_the_screen(out, language, look):
    activate(language)
    text = screen([summary_of(out)], look)
    assert {"en": "Convolution", "ko": "합성곱"}[language] in text
    assert "no_padding" in text
    assert "최수아" in text
    assert ("\x1b[" in text) is look.color
    assert ("█" in text) is (look.unicode and not look.plain)


def test_the_command_writes_text_and_json(out, grade):  # noqa: F811
    code, text, _ = grade("report", out)
    assert code == 0
    assert "Distribution of the marks" in text
    code, text, _ = grade("report", out, "--format", "json", "--exercise", "ex05")
    report = json.loads(text)["exercises"][0]
    assert code == 0
    assert report["distribution"] == [0, 0, 1, 1, 0, 0, 2, 0, 1, 1]
    assert report["without_mark"] == [
        {"student": people.NOBODY.key, "name": "최수아", "why": "not handed in", "reason": ""}
    ]


def test_nothing_there(out, grade, tmp_path):  # noqa: F811
    code, _, err = grade("report", out, "--exercise", "ex06")
    assert code == 2
    assert "Nothing was graded yet" in err
    code, _, err = grade("report", tmp_path / "nowhere")
    assert code == 2
    assert "holds no gradebook" in err


def test_export_says_who_is_missing(out, grade):  # noqa: F811
    sheet = people.Path(__file__).parent / "golden" / "sheets" / "canvas.csv"
    code, text, err = grade("export", out, "--to", "canvas", "--template", sheet)
    assert (code, text) == (0, f"{out / 'exports' / 'canvas.csv'}\n")
    assert "4 marks written" in err
    assert "Stranger, Ann; Student, Test" in err
    assert "박지호 (20231004)" in err
    assert "최수아 (ex05, not handed in)" in err
    code, text, err = grade("export", out, "--to", "csv", "--anonymous")
    assert code == 0
    assert "최수아" not in err + text


@pytest.mark.parametrize("value", ["ex05", "=x", "ex05= "])
def test_a_column_needs_both_sides(out, grade, value):  # noqa: F811
    code, _, err = grade("export", out, "--to", "csv", "--column", value)
    assert code == 2
    assert "EXERCISE=TITLE" in err


def test_json_is_plain_data(out):
    assert json.dumps(to_json([summary_of(out)]))


def test_feedback_is_written_again_as_it_may_be_seen_now(out, grade):  # noqa: F811
    code, text, err = grade("feedback", out)
    assert (code, text) == (0, f"{out / 'feedback'}\n")
    assert "feedback written: 6" in err
    data = json.loads((out / "feedback" / people.JANE.key / "ex05.json").read_text("utf-8"))
    assert data["students"] == ["Jane Doe", "이서연"]
    assert data["submission"]["path"] == "ex05.py"
    assert data["mark"] == 12.0
    late = (out / "feedback" / people.LATE.key / "ex05.md").read_text("utf-8")
    assert "2 days late: −4 points" in late
    assert grade("feedback", out, "--exercise", "ex06")[0] == 2


@pytest.mark.parametrize(
    ("visibility", "arguments", "is_open"),
    [
        ("after_published", [], False),
        ("after_published", ["--published"], True),
        ("after_due_date", [], True),
    ],
)
def test_cases_open_after_their_date(out, grade, visibility, arguments, is_open):  # noqa: F811
    with open_gradebook(out) as book:
        book.store.execute("UPDATE result_case SET visibility = ? WHERE case_id = 'test_b'", (visibility,))
    assert grade("feedback", out, *arguments)[0] == 0
    text = (out / "feedback" / people.JIHO.key / "ex05.md").read_text("utf-8")
    assert ("CALL of test_b" in text) is is_open
    assert "CALL of test_c" not in text
