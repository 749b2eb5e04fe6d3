"""New marks beside given ones: who is found, what differs, and that nothing is written."""

import pytest

from grader.errors import UsageError
from grader.gradebook.book import open_gradebook
from grader.gradebook.marks import read_marks
from grader.language import activate
from grader.report.compare_marks import compare, comparison_screen
from grader.report.look import Look
from tests import sample_class as people

TABLE = (
    "학번,이름,ex05\n20231001,김민준,20\n20231002,이서연,15.5\n20231004,박지호,\n"
    "20239999,Stranger,3\n20231006,최수아,1\n"
)


@pytest.fixture
def marks(tmp_path):
    with open_gradebook(people.make_class(tmp_path / "out")) as book:
        return read_marks(book)


def compared(tmp_path, marks, text=TABLE, encoding="utf-8"):
    path = tmp_path / "marks.csv"
    path.write_bytes(text.encode(encoding))
    found = compare(path, marks)
    assert path.read_bytes() == text.encode(encoding)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_who_differs(tmp_path, marks, encoding):
    found = compared(tmp_path, marks, encoding=encoding)
    rows = {row.mark.student.name: (row.given, row.new, row.difference) for row in found.rows}
    assert rows == {
        "김민준": (20.0, 20.0, 0.0),
        "이서연": (15.5, 12.0, -3.5),
        "박지호": (None, 7.5, None),
        "최수아": (1.0, None, None),
    }
    assert found.only_given == ("20239999",)
    assert set(found.only_new) == {people.JANE.key, people.LATE.key, people.EVIL.key}


def test_a_table_of_one_exercise_needs_no_id_in_its_head(tmp_path, marks):
    found = compared(tmp_path, marks, "Name;Score\nDoe, Jane;11,5\nMax Müller;16,0\n")
    assert [(row.mark.student.key, row.difference) for row in found.rows] == [
        (people.JANE.key, 0.5),
        (people.LATE.key, 0.0),
    ]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("look", [Look(), Look(plain=True)], ids=str)
def test_the_screen_begins_with_the_largest_difference(tmp_path, marks, language, look):
    activate(language)
    text = comparison_screen(compared(tmp_path, marks), look)
    assert "-3.5" in text
    assert "no_padding" in text
    assert "20239999" in text
    assert "김민준" not in text.splitlines()[0]


def test_all_the_same_is_one_sentence(tmp_path, marks):
    text = comparison_screen(compared(tmp_path, marks, "sid,mark\n20231001,20\n"), Look())
    assert text.startswith("1 marks compared: 1 the same, 0 not\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "no column that tells people apart"),
        ("", "no column that tells people apart"),
        ("sid,essay\n1,2\n", "no column for ex05"),
    ],
)
def test_what_is_missing(tmp_path, marks, text, message):
    with pytest.raises(UsageError, match=message):
        compared(tmp_path, marks, text)


def test_a_long_list_says_how_many_more_there_are(tmp_path, marks):
    rows = "".join(f"3024{number:04d},1\n" for number in range(25))
    text = comparison_screen(compared(tmp_path, marks, f"sid,mark\n{rows}"), Look())
    assert "30240019 and 5 more" in text
    assert "30240020" not in text
