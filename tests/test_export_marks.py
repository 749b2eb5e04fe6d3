"""Marks for an LMS: each format against a golden sheet, every other byte untouched, nobody invented."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from grader.errors import StoreError, UsageError
from grader.gradebook.book import open_gradebook
from grader.gradebook.corrections import add_override
from grader.intake.records import Student
from grader.report.export_marks import Platform, Request, export_marks
from grader.report.matching import match
from grader.report.sheet import read_sheet
from tests import sample_class as people

GOLDEN = Path(__file__).parent / "golden" / "sheets"
NAMES = [student.name for student in people.EVERYBODY]


@pytest.fixture
def out(tmp_path):
    return people.make_class(tmp_path / "out")


def exported(out, to, template=None, **more):
    with open_gradebook(out) as book:
        sheet = None if template is None else GOLDEN / template
        return export_marks(book, out, Request(to=Platform(to), template=sheet, **more))


# Sheets that are filled in place


@pytest.mark.parametrize(
    ("platform", "name"),
    [
        ("canvas", "canvas"),
        ("canvas", "canvas_semicolon"),
        ("moodle", "moodle"),
        ("moodle", "moodle_ko"),
        ("moodle", "moodle_fi"),
    ],
)
def test_a_sheet_is_filled_and_every_other_byte_stays(out, platform, name):
    done = exported(out, platform, f"{name}.csv")
    assert done.path == out / "exports" / f"{platform}.csv"
    assert done.path.read_bytes() == (GOLDEN / f"{name}.filled.csv").read_bytes()


def test_who_is_not_in_the_sheet_is_listed_and_nobody_is_invented(out):
    done = exported(out, "canvas", "canvas.csv")
    assert done.unmatched == (people.EVIL.key,)
    assert done.locked == (people.JIHO.key,)
    assert done.strangers == ("Stranger, Ann", "Student, Test")
    assert [mark.student.name for mark in done.without_mark] == ["최수아"]
    assert done.num_marks == 4


def test_an_excused_person_stays_excused_and_no_mark_is_no_zero(out):
    text = exported(out, "canvas", "canvas.csv").path.read_text("utf-8-sig")
    assert ",7,EX,,7," in text
    assert '"최, 수아",9006,20231006,sua,,CS-101,,5,,,' in text


def test_another_points_possible_is_refused_and_scaled_where_asked(out, tmp_path):
    sheet = tmp_path / "Grades.csv"
    sheet.write_bytes((GOLDEN / "canvas.csv").read_bytes().replace(b",10,20,(read", b",10,100,(read"))
    with pytest.raises(UsageError, match="ex05 is out of 20 points, its column out of 100") as error:
        exported(out, "canvas", sheet)
    assert "--scale" in error.value.hint
    text = exported(out, "canvas", sheet, is_scaled=True).path.read_text("utf-8-sig")
    assert "9.5,100,88.2" in text


def test_the_column_is_found_by_title_or_named(out, tmp_path):
    sheet = tmp_path / "Grades.csv"
    data = (GOLDEN / "canvas.csv").read_bytes()
    sheet.write_bytes(data.replace(b"Week 5: ex05 (111)", b"Convolution (111)"))
    assert b"9.5,20,88.2" in exported(out, "canvas", sheet).path.read_bytes()
    sheet.write_bytes(data.replace(b"Week 5: ex05 (111)", b"Homework (111)"))
    with pytest.raises(UsageError, match="Which column of the sheet is ex05") as error:
        exported(out, "canvas", sheet)
    assert '--column "ex05=Week 4, ex04 (110)"' in error.value.hint
    for name in ("Homework (111)", "homework"):
        done = exported(out, "canvas", sheet, columns={"ex05": name})
        assert b"9.5,20,88.2" in done.path.read_bytes()


@pytest.mark.parametrize("name", ["Final Score", "Assignments Current Points (read only)", "Notes (1)"])
def test_a_column_that_canvas_only_shows_is_not_filled(out, name):
    with pytest.raises(UsageError, match="Which column"):
        exported(out, "canvas", "canvas.csv", columns={"ex05": name})


def test_only_what_changed(out):
    exported(out, "canvas", "canvas.csv")
    with open_gradebook(out) as book:
        add_override(book, people.JANE.key, "ex05", points=13.0, reason="appeal", who="prof")
    done = exported(out, "canvas", "canvas.csv", changed_only=True)
    lines = done.path.read_bytes().splitlines()
    assert len(lines) == 4
    assert b'"Doe, Jane",9003,20231003,jane,,CS-101,,"13",,,' in lines
    assert exported(out, "canvas", "canvas.csv", changed_only=True).num_marks == 0
    assert (
        exported(out, "moodle", "moodle_fi.csv", changed_only=True).num_marks == 5
    )  # nothing went there yet


def test_the_template_itself_is_never_written(out, tmp_path):
    sheet = tmp_path / "Grades.csv"
    sheet.write_bytes((GOLDEN / "canvas.csv").read_bytes())
    with pytest.raises(UsageError, match="is the sheet itself"):
        exported(out, "canvas", sheet, file=sheet)
    assert sheet.read_bytes() == (GOLDEN / "canvas.csv").read_bytes()


@pytest.mark.parametrize(
    ("platform", "data", "message"),
    [
        ("canvas", b"name,points\nx,1\n", "no gradebook of Canvas"),
        ("moodle", b"name,points\nx,1\n", "no grading worksheet of Moodle"),
        ("canvas", b"", "no gradebook of Canvas"),
        ("moodle", b"", "no grading worksheet of Moodle"),
        ("canvas", b"PK\x03\x04zip", "is no CSV file"),
        ("canvas", b"\xff\xfe\x00\xd8\x00\xd8", "is no text"),
    ],
)
def test_what_is_no_such_sheet_is_said(out, tmp_path, platform, data, message):
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(data)
    with pytest.raises(UsageError, match=message):
        exported(out, platform, sheet)


def test_a_missing_sheet_and_a_forgotten_one(out):
    with pytest.raises(UsageError, match="cannot be read"):
        exported(out, "canvas", "nothing.csv")
    with pytest.raises(UsageError, match="Expected `--template FILE`"):
        exported(out, "moodle")


def test_an_exercise_that_was_never_graded(out):
    with pytest.raises(UsageError, match=r"has no ex06\. Expected one of ex05"):
        exported(out, "csv", exercises=("ex06",))


def test_a_worksheet_of_moodle_is_for_one_exercise(out):
    with open_gradebook(out) as book:
        book.set_exercise("ex06", title_en="Pooling", title_ko="풀링", max_score=20.0)
    with pytest.raises(UsageError, match="for one assignment"):
        exported(out, "moodle", "moodle.csv")
    assert exported(out, "moodle", "moodle.csv", exercises=("ex05",)).num_marks == 4


def test_utf16_and_tabs_as_excel_writes_them(out, tmp_path):
    sheet = tmp_path / "excel.csv"
    text = (GOLDEN / "canvas_semicolon.csv").read_text("utf-8").replace(";", "\t")
    sheet.write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    data = exported(out, "canvas", sheet).path.read_bytes()
    assert data.startswith(b"\xff\xfe")
    assert "minjun\t1\t20\n" in data.decode("utf-16")


def test_every_sheet_is_read_as_the_csv_module_reads_it():
    for path in GOLDEN.glob("*.csv"):
        sheet = read_sheet(path)
        text = path.read_bytes().decode("cp949" if "_ko" in path.name else "utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sheet.delimiter))
        assert [[cell.value for cell in row] for row in sheet.rows] == rows
        assert sheet.filled({}) == path.read_bytes()


def test_line_breaks_in_cells_empty_lines_and_short_rows(tmp_path):
    path = tmp_path / "odd.csv"
    data = b'a,b\n"1\n2",x\n\nshort\n"no end, really\n'
    path.write_bytes(data)
    sheet = read_sheet(path)
    assert [len(row) for row in sheet.rows] == [2, 2, 0, 1, 2]
    assert sheet.filled({}) == data
    assert sheet.filled({(3, 2): "9"}) == data.replace(b"short", b"short,,9")
    assert sheet.filled({(1, 0): 'a"b,c'}) == data.replace(b'"1\n2"', b'"a""b,c"')


# Who is who


def test_people_are_matched_by_ids_then_by_a_name_of_only_one():
    students = [
        Student(key="1", name="Jane Doe", ids=(("canvas_id", "9"),)),
        Student(key="kim", name="김민준"),
        Student(key="a", name="Lee Min"),
        Student(key="b", name="Min Lee"),
        Student(key="gone", name="Nobody"),
    ]
    rows = {
        1: {"canvas_id": "9", "name": "Somebody Else"},
        2: {"canvas_id": "8", "name": "김, 민준"},
        3: {"canvas_id": "7", "name": "Lee, Min"},
        4: {"canvas_id": "6", "name": "Doe, Jane"},
    }
    found = match(students, rows)
    assert found.rows == {"1": 1, "kim": 2}
    assert found.ambiguous == ("a", "b")
    assert found.unmatched == ("gone",)
    assert found.others == (3, 4)


def test_a_decomposed_name_is_the_same_name():
    decomposed = "\u1100\u1175\u11b7\u1106\u1175\u11ab\u110c\u116e\u11ab"
    assert match([Student(key="x", name=decomposed)], {5: {"name": "김민준"}}).rows == {"x": 5}


# CSV and Gradescope


def test_csv_opens_in_excel_with_one_row_for_each_person(out):
    done = exported(out, "csv")
    data = done.path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["name"] for row in rows[:-1]] == NAMES[:-1]
    assert [row["points"] for row in rows] == ["20", "12", "12", "7.5", "16", "", "4"]
    assert rows[3]["override_reason"] == "Showed it in the office"
    assert (rows[4]["penalty"], rows[4]["days_late"]) == ("4", "2")
    assert (rows[5]["status"], rows[5]["max_points"]) == ("not handed in", "20")
    assert rows[1]["mistakes"] == "no_padding (1)"
    assert rows[6]["name"] == '\'=HYPERLINK("http://evil";"click")'
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@")]


@pytest.mark.parametrize(
    ("to", "template"),
    [("csv", None), ("canvas", "canvas.csv"), ("moodle", "moodle.csv"), ("gradescope", None)],
)
def test_anonymous_exports_name_nobody(out, to, template):
    done = exported(out, to, template, is_anonymous=True)
    files = [done.path] if done.path.is_file() else [path for path in done.path.rglob("*") if path.is_file()]
    assert files
    facts = [value for student in people.EVERYBODY for _, value in student.ids if len(value) > 4]
    for path in files:
        text = f"{path.relative_to(out)} {path.read_text('utf-8')}"
        secrets = [
            *facts,
            "민준",
            "서연",
            "Jane",
            "Doe",
            "지호",
            "Müller",
            "HYPERLINK",
            "/home/prof",
            "office",
        ]
        assert not [secret for secret in secrets if secret in text]
        assert re.search("anon-[0-9a-f]{10}", text)
    again = exported(out, "csv", is_anonymous=True)
    assert exported(out, "csv", is_anonymous=True).path.read_bytes() == again.path.read_bytes()


def test_gradescope_results_for_each_submission(out):
    done = exported(out, "gradescope")
    folders = sorted(path.parent.name for path in done.path.rglob("results.json"))
    assert folders == sorted(student.key for student in people.EVERYBODY if student is not people.NOBODY)
    text = (done.path / "ex05" / people.SEOYEON.key / "results.json").read_text("utf-8")
    result = json.loads(text)
    assert result["score"] == 12.0
    assert [(test["score"], test["max_score"], test["status"]) for test in result["tests"]] == [
        (4.0, 4.0, "passed"),
        (0.0, 8.0, "failed"),
        (8.0, 8.0, "passed"),
    ]
    assert {test["visibility"] for test in result["tests"]} == {"visible"}
    assert "SECRET" not in text
    assert "CALL" not in text
    assert "/home/prof" not in text
    assert "Look at the edges" in result["tests"][1]["output"]
    override = json.loads((done.path / "ex05" / people.JIHO.key / "results.json").read_text("utf-8"))
    assert override["score"] == 7.5
    assert "Your teacher set 7.5 points: Showed it in the office" in override["output"]
    assert "CALL of test_a" in override["tests"][0]["output"]


def test_an_export_that_cannot_be_written(out, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        exported(out, "csv", file=tmp_path / "file" / "marks.csv")


@pytest.mark.parametrize(
    ("to", "written", "golden"),
    [
        ("csv", "marks.csv", "marks.csv"),
        ("gradescope", f"gradescope/ex05/{people.SEOYEON.key}/results.json", "gradescope_results.json"),
        ("gradescope", f"gradescope/ex05/{people.JIHO.key}/results.json", "gradescope_results_override.json"),
    ],
)
def test_golden_samples(out, to, written, golden):
    exported(out, to)
    assert (out / "exports" / written).read_bytes() == (GOLDEN.parent / "exports" / golden).read_bytes()
