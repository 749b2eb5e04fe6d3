"""What a class handed in, in every layout: who it was, what counts, and what was not understood."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.cli.app import new_app
from grader.course import EntryPoint, find_course
from grader.errors import UsageError
from grader.intake.take_in import LAYOUTS, take_in
from grader.language import activate
from grader.notebook_kit import notebook_text
from grader.report.batch_screen import found as shown_before
from tests import sample_classes as samples
from tests.sample_classes import KIM, LEE, MAC_KIM, PARK, put, tarred, zipped
from tests.sample_notebooks import notebook
from tests.test_submission import EXERCISE, GOOD

EX03 = replace(EXERCISE, id="ex03", entry_points=(EntryPoint(name="softmax", parameters=("a",)),))
SOFTMAX = "def softmax(a):\n    return a\n"


@pytest.fixture
def take(tmp_path):
    """Return a function that takes in what lies in a folder `class`, or in an archive."""

    def run(files=None, *, source=None, exercises=(EXERCISE,), **options):
        source = source or put(tmp_path / "class", files)
        for name in ("roster", "groups"):
            if isinstance(options.get(name), str | bytes):
                put(tmp_path, {f"{name}.csv": options[name]})
                options[name] = tmp_path / f"{name}.csv"
        return take_in(source, exercises=list(exercises), work_folder=tmp_path / "work", **options)

    return run


def found(work):
    return {tuple(one.key for one in handin.members): handin.original_name for handin in work.handins}


def reasons(work):
    return {one.place: one.reason for one in work.unread}


# --- layouts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrapped", ["", "big folder/"])
@pytest.mark.parametrize("is_zip", [True, False], ids=["zip", "folder"])
def test_canvas(take, tmp_path, is_zip, wrapped):
    files = {wrapped + name: content for name, content in samples.canvas_files(GOOD).items()}
    work = take(source=zipped(tmp_path / "a.zip", files)) if is_zip else take(files)
    assert work.layout == "canvas"
    assert found(work) == {
        ("doejane_1001",): "ex05.py",
        ("doejohn_1002",): "ex05-1.py",
        (f"{KIM}_1003",): "ex05-1.py",
        (f"{LEE}_1004",): "과제 (1).ipynb",
        ("anon_x7Yz",): "ex05.py",
    }
    by_key = {handin.members[0].key: handin for handin in work.handins}
    assert {key for key, handin in by_key.items() if handin.is_late} == {"doejohn_1002", "anon_x7Yz"}
    assert by_key["doejane_1001"].members[0].ids == (("canvas_id", "1001"),)
    assert by_key["doejohn_1002"].notes == ("handed in as `ex05-1.py`",)
    assert by_key[f"{KIM}_1003"].path.read_text("utf-8") == GOOD
    assert [handin.original_name for handin in work.earlier] == ["ex05.py"]
    assert reasons(work)["textsen_1006_text.html"] == "a text or a link instead of a file"
    assert reasons(work)["parkmin_1007_50007_report.pdf"] == "neither `.py` nor `.ipynb`"
    assert "parkmin_1007" in {student.key for student in work.students}
    assert len(work.unread) == 2


@pytest.mark.parametrize("is_zip", [True, False], ids=["zip", "folder"])
def test_moodle_with_folders(take, tmp_path, is_zip):
    files = samples.moodle_folders(GOOD)
    work = take(source=zipped(tmp_path / "a.zip", files)) if is_zip else take(files)
    assert work.layout == "moodle"
    assert found(work) == {
        (f"{KIM} 42",): "ex05.py",
        (f"{LEE} 43",): "ex05.ipynb",
        ("Participant 1234",): "ex05.py",
        ("Team Rocket 77",): "ex05.py",
        ("כהן דוד 44",): "ex05.py",
    }
    kim = next(student for student in work.students if student.name == KIM)
    assert kim.ids == (("participant", "42"),)
    assert not work.unread  # whoever wrote a text beside a file has handed in a file
    assert not work.unusable


def test_moodle_without_folders(take, tmp_path):
    work = take(source=zipped(tmp_path / "a.zip", samples.moodle_flat(GOOD)))
    assert work.layout == "moodle"
    assert found(work) == {
        (f"{KIM} 42",): "ex05.py",
        (f"{LEE} 43",): "ex05 (2).py",
        ("Participant 1234",): "ex05.py",
    }


def test_a_text_instead_of_a_file_is_somebodys(take, tmp_path):
    files = {f"{KIM}_42_assignsubmission_onlinetext_/onlinetext.html": "x"}
    work = take(
        source=zipped(
            tmp_path / "m.zip",
            {
                **samples.moodle_folders(GOOD),
                f"{PARK}_50_assignsubmission_onlinetext_/onlinetext.html": "x",
                **files,
            },
        )
    )
    (one,) = work.unusable
    assert (one.members[0].key, one.reason) == (f"{PARK} 50", "a text instead of a file")
    names = ["kim_LATE_7_text.html", "anon_x1_link.html", "lee_8_text.html", "lee_8_90_ex05.py"]
    work = take(source=zipped(tmp_path / "c.zip", {**dict.fromkeys(names, GOOD), "roe_9_91_ex05.py": GOOD}))
    assert {one.members[0].key: one.reason for one in work.unusable} == dict.fromkeys(
        ("kim_7", "anon_x1"), "a text or a link instead of a file"
    )


def test_nobody_becomes_somebody_else_by_a_file_name(take):
    files = samples.moodle_flat(GOOD)
    evil = f"{KIM}_42_assignsubmission_file_x_43_assignsubmission_file_ex05.py"
    work = take({**files, evil: "print('for 43')"})
    (own,) = [one for one in (*work.handins, *work.earlier) if one.place == evil]
    assert own.members[0].key == f"{KIM} 42"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("submission_metadata.yml", "submission_1:\n  :submitters:\n  - :name: Lee\n"),
        ("data/timestamp.txt", "2026-03-02 10:15:00 UTC"),
        ("x_1_assignsubmission_file_/ex05.py", GOOD),
    ],
)
def test_nobody_changes_how_the_class_is_read(take, name, text):
    """A student's own file may be called like those that tell one layout from another."""
    people = {f"s{number}/ex05.py": GOOD for number in range(4)}
    work = take({**people, f"a/{name}": text, "a/submission_1/ex05.py": GOOD})
    assert work.layout == "plain"
    assert {key for (key,) in found(work)} == {"a", "s0", "s1", "s2", "s3"}


def test_a_student_cannot_replace_gradescopes_list_of_people(take):
    files = samples.gradescope_files(GOOD)
    root = "assignment_9_export"
    fake = "submission_1:\n  :submitters:\n  - :name: x\n    :sid: '20260003'\n"
    mine = {
        f"{root}/submission_301/submission_metadata.yml": fake,
        f"{root}/submission_301/submission_1/ex05.py": "x = 1",
    }
    assert found(take({**mine, **files})) == found(take(files))


@pytest.mark.parametrize("is_zip", [True, False], ids=["zip", "folder"])
def test_gradescope(take, tmp_path, is_zip):
    files = samples.gradescope_files(GOOD)
    work = take(source=zipped(tmp_path / "a.zip", files)) if is_zip else take(files)
    assert work.layout == "gradescope"
    assert found(work) == {("20260001",): "ex05.py", ("20260003",): "ex05.py", ("20260002",): "ex05.py"}
    first = work.handins[0]
    assert first.submitted_at == datetime(2026, 3, 2, 10, 15, 0, 123456, timezone(timedelta(hours=9)))
    assert dict(first.members[0].ids) == {"sid": "20260001", "email": "kim@example.ac.kr"}
    assert reasons(work)["20260002"].startswith("handed in ex05 more than once, with different people")
    unnamed = [place for place, reason in reasons(work).items() if reason.startswith("nobody is named")]
    assert sorted(unnamed) == [
        "assignment_9_export/submission_304/ex05.py",
        "assignment_9_export/submission_999/ex05.py",
    ]


@pytest.mark.parametrize("yaml", ["!!python/object/apply:os.system [exit]", "a: [", "- 1\n- 2", "\t"])
def test_gradescope_metadata_is_read_without_trust(take, yaml):
    files = {"submission_metadata.yml": yaml, "submission_1/ex05.py": GOOD}
    if yaml.startswith("-"):
        assert take(files).handins == ()
    else:
        with pytest.raises(UsageError, match="cannot be read"):
            take(files)


@pytest.mark.parametrize("above", ["", "course/"])
def test_nbgrader(take, above):
    files = {above + name: content for name, content in samples.nbgrader_files(GOOD).items()}
    work = take(files, exercises=[EXERCISE, EX03])
    assert work.layout == "nbgrader"
    assert {(*(one.key for one in handin.members), handin.exercise_id) for handin in work.handins} == {
        ("hacker", "ex05"),
        (KIM, "ex05"),
        (KIM, "ex03"),
        ("late", "ex05"),
    }
    times = {
        handin.members[0].key: handin.submitted_at for handin in work.handins if handin.exercise_id == "ex05"
    }
    assert times["hacker"] == datetime(2026, 3, 2, 10, 15, 0, 123456, UTC)
    assert times[KIM] == datetime(2026, 3, 2, 10, 15, tzinfo=UTC)
    assert times["late"] is None
    late = next(handin for handin in work.handins if handin.members[0].key == "late")
    assert late.notes == ("`main.py` was taken for ex05 by what it defines",)


def test_nbgrader_without_its_folder_is_told_by_time_stamps(take):
    work = take({"kim/ex05/ex05.py": GOOD, "kim/ex05/timestamp.txt": "2026-03-02 10:15:00 UTC", "x.py": ""})
    assert work.layout == "nbgrader"
    assert found(work) == {("kim",): "ex05.py"}
    assert "x.py" in reasons(work)


def test_plain(take):
    work = take(samples.plain_files(GOOD))
    assert work.layout == "plain"
    assert found(work) == {
        ("kim",): "ex05.py",
        ("lee",): "ex5.ipynb",
        (PARK,): f"ex05_{PARK}.py",
        ("choi",): "choi-ex05.py",
    }
    assert set(reasons(work)) == {"notes.txt", "readme.py"}


def test_plain_files_in_one_folder(take, tmp_path):
    work = take(
        source=zipped(tmp_path / "a.zip", {f"week 3/ex05_{KIM}.py": GOOD, "week 3/ex05_lee.py": GOOD})
    )
    assert found(work) == {(KIM,): f"ex05_{KIM}.py", ("lee",): "ex05_lee.py"}
    assert all(handin.notes == () for handin in work.handins)


def test_github_classroom(take):
    work = take(samples.classroom_files(GOOD))
    assert found(work) == {("octocat",): "ex05.py", ("octo-dog",): "ex05.py"}
    assert work.unread == ()


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "plain"])
def test_a_layout_that_is_named_and_is_not_there_is_an_error(take, layout):
    with pytest.raises(UsageError, match=f"is not what {layout} gives") as caught:
        take({"kim/ex05.py": GOOD, "lee/ex05.py": GOOD}, layout=layout)
    assert "--lms" in caught.value.hint


def test_what_was_handed_out_is_nobodys_work(take):
    work = take({"kim/ex05.py": GOOD, "kim/test_public.py": "x", "lee/test_public.py": "x"})
    assert found(work) == {("kim",): "ex05.py"}
    assert reasons(work) == {"lee/test_public.py": "handed out, or of a tool: nobody's work"}


def test_who_handed_in_nothing_that_can_be_graded_is_known(take, tmp_path):
    empty = zipped(tmp_path / "empty.zip", {}).read_bytes()
    deep = zipped(tmp_path / "b.zip", {"a.zip": zipped(tmp_path / "a.zip", {"c.zip": empty}).read_bytes()})
    files = {
        "doe_1_11_ex05.txt": "x",
        "roe_2_12_hw.zip": empty,
        "poe_3_13_hw.zip": b"broken",
        "moe_4_14_hw.zip": deep.read_bytes(),
        "foe_5_15_ex05.py": "#" * (3 << 20),
        "joe_6_16_ex05.py": GOOD,
        "joe_6_17_notes.pdf": "x",
        "noe_7_18_other.py": "x = 1",
        "noe_7_19_more.py": "x = 1",
        "zoe_8_20_README.md": "x",
        "boe_9_21_ex03.py": "x = 1",
    }
    work = take(source=zipped(tmp_path / "class.zip", files))
    said = {one.members[0].key: (one.original_name, one.exercise_id) for one in work.unusable}
    assert said == {
        "doe_1": ("ex05.txt", "ex05"),
        "roe_2": ("hw.zip", "ex05"),
        "poe_3": ("hw.zip", "ex05"),
        "moe_4": ("a.zip", "ex05"),
        "foe_5": ("ex05.py", "ex05"),
        "noe_7": ("other.py", "ex05"),
    }
    why = {one.members[0].key: one.reason for one in work.unusable}
    assert "a bomb" in why["foe_5"]
    assert "cannot be read as an archive" in why["poe_3"]
    assert "nothing in it" in why["roe_2"]
    assert len(work.students) == 9
    assert len(work.unread) == len({one.place for one in work.unread})
    shown = shown_before(work)
    assert "Handed in nothing: 2" in shown
    assert "Handed in, but nothing that can be graded: 6" in shown


def test_of_several_exercises_only_a_file_that_names_one_is_unusable_for_it(take):
    files = {"kim/ex05.txt": "x", "lee/report.pdf": "x", "park/ex03.py": SOFTMAX, "park/ex05.pdf": "x"}
    work = take(files, exercises=[EX03, EXERCISE])
    assert [(one.members[0].key, one.exercise_id) for one in work.unusable] == [("kim", "ex05")]


def test_a_layout_that_is_named_is_taken(take):
    assert take({"kim/ex05.py": GOOD, "a_1_2_ex05.py/ex05.py": GOOD}, layout="plain").layout == "plain"


def test_nothing_at_all(take, tmp_path):
    (tmp_path / "empty").mkdir()
    assert take(source=tmp_path / "empty").handins == ()
    with pytest.raises(UsageError, match="There is no"):
        take(source=tmp_path / "missing")
    with pytest.raises(UsageError, match="is no archive"):
        take(source=put(tmp_path, {"a.rar": "x"}) / "a.rar")
    with pytest.raises(UsageError, match="cannot be read as an archive"):
        take(source=put(tmp_path, {"a.zip": "x"}) / "a.zip")


def test_an_empty_folder_is_listed(take, tmp_path):
    (tmp_path / "class" / "lee").mkdir(parents=True)
    work = take({"kim/ex05.py": GOOD})
    assert reasons(work) == {"lee": "an empty folder"}


def test_results_that_lie_in_the_folder_are_no_submissions(take):
    ours = {"out/gradebook.sqlite": "x", "out/gradebook.sqlite-wal": "x", "out/batch.lock": "x"}
    ours |= {"out/feedback/kim/ex05.md": "x", "out/handed_in/unpacked/1/park/ex05.py": GOOD}
    work = take({"kim/ex05.py": GOOD, "lee/ex05.py": GOOD, **ours})
    assert [student.key for student in work.students] == ["kim", "lee"]
    assert work.unread == ()


def test_composed_and_decomposed_names_are_one_person(take):
    work = take({f"{KIM}/ex05.py": GOOD, f"{MAC_KIM}/ex05 (1).py": GOOD + "# later\n"})
    assert found(work) == {(KIM,): "ex05 (1).py"}
    assert len(work.students) == 1
    assert len(work.earlier) == 1


# --- which file ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "counts"),
    [
        (["ex05.py", "ex05 (1).py"], "ex05 (1).py"),
        (["ex05.py", "ex05-final.py", "ex05 (2).py"], "ex05-final.py"),
        (["ex05_최종.py", "ex05.py"], "ex05_최종.py"),
        (["ex05.ipynb", "ex05.py"], "ex05.py"),
        (["ex05.py", "old/ex05.py"], "ex05.py"),
        (["EX5.py"], "EX5.py"),
        (["Exercise 5.py"], "Exercise 5.py"),
    ],
)
def test_of_several_files_the_latest_counts_with_a_note(take, names, counts):
    work = take({f"kim/{name}": GOOD + f"# {name}\n" for name in names} | {"lee/ex05.py": GOOD})
    kim = work.handins[0]
    assert kim.original_name == counts
    assert len(work.earlier) == len(names) - 1
    if len(names) > 1:
        assert any("counts, not" in note for note in kim.notes)
    if counts != "ex05.py":
        assert any("handed in as" in note for note in kim.notes) == (counts != "EX5.py") or counts == "EX5.py"


def test_a_stub_that_nobody_touched_counts_for_nothing(take):
    exercise = find_course(None, {}).exercise("ex05")
    stub = exercise.stub.read_text("utf-8")
    files = {
        "kim/ex05.py": stub,
        "kim/ex05.ipynb": notebook(GOOD),
        "lee/ex05.py": GOOD,
        "lee/ex05.ipynb": notebook_text(exercise, language="ko"),
        "park/ex05.py": stub,
    }
    work = take(files, exercises=[exercise])
    assert found(work) == {("kim",): "ex05.ipynb", ("lee",): "ex05.py", ("park",): "ex05.py"}


def test_which_exercise_is_told_by_the_name_the_folder_or_what_is_defined(take):
    files = {
        "kim/ex05.py": GOOD,
        "kim/ex03.py": SOFTMAX,
        "lee/ex03/main.py": SOFTMAX,
        "lee/ex05/main.py": GOOD,
        "park/a.py": SOFTMAX,
        "park/b.py": GOOD,
        "park/helper.py": "x = 1",
        "park/test_public.py": "x = 1",
        "choi/ex04.py": "def double(x): return x",
        "jung/ex04.py": GOOD,
    }
    work = take(files, exercises=[EXERCISE, EX03])
    assert {(handin.members[0].key, handin.exercise_id, handin.original_name) for handin in work.handins} == {
        ("kim", "ex05", "ex05.py"),
        ("kim", "ex03", "ex03.py"),
        ("lee", "ex05", "main.py"),
        ("lee", "ex03", "main.py"),
        ("park", "ex03", "a.py"),
        ("park", "ex05", "b.py"),
        ("jung", "ex05", "ex04.py"),
    }
    assert set(reasons(work)) == {"park/helper.py", "choi/ex04.py"}
    assert "ex04, which is not graded" in reasons(work)["choi/ex04.py"]


def test_the_only_file_is_taken_even_if_it_is_broken(take):
    work = take({"kim/main.py": "def f(:", "lee/a.py": "x = 1", "lee/b.py": "x = 1"})
    assert found(work) == {("kim",): "main.py"}
    assert work.handins[0].notes == ("`main.py` was taken for ex05: it is the only file",)
    assert len(work.students) == 2


def test_archives_that_people_hand_in_are_unpacked(take, tmp_path):
    inner = zipped(tmp_path / "inner.zip", {"src/ex05.py": GOOD, "data.csv": "1"}).read_bytes()
    packed = tarred(tmp_path / "inner.tar.gz", {"ex05.py": GOOD}).read_bytes()
    files = {"kim/hw.zip": inner, "lee/hw.tar.gz": packed, "ex05_park.zip": inner, "choi/hw.7z": b"7z"}
    work = take(files)
    assert found(work) == {("kim",): "ex05.py", ("lee",): "ex05.py", ("park",): "ex05.py"}
    assert "not unpacked" in reasons(work)["choi/hw.7z"]
    work = take(source=zipped(tmp_path / "all.zip", {"doe_1_2_hw.zip": inner, "roe_3_4_hw.zip": b"broken"}))
    assert work.layout == "canvas"
    assert found(work) == {("doe_1",): "ex05.py"}
    assert "cannot be read as an archive" in reasons(work)["roe_3_4_hw.zip"]


def test_archives_in_a_folder_are_unpacked_once(take, tmp_path):
    inner = zipped(tmp_path / "inner.zip", {"ex05.py": GOOD}).read_bytes()
    files = {"kim/hw.zip": inner, "lee/ex05.py": GOOD, "bad/hw.zip": b"broken"}
    first = take(files)
    (unpacked,) = [one.path for one in first.handins if one.path.is_relative_to(tmp_path / "work")]
    when = unpacked.stat().st_mtime_ns
    put(tmp_path / "class", {"park/ex05.py": GOOD})  # what is no archive may come and go
    again = take(source=tmp_path / "class")
    assert len(again.handins) == len(first.handins) + 1
    assert unpacked.stat().st_mtime_ns == when
    assert reasons(again) == reasons(first)
    newer = zipped(tmp_path / "b.zip", {"ex05.py": GOOD + "# new\n"}).read_bytes()
    put(tmp_path / "class", {"kim/hw.zip": newer})
    third = take(source=tmp_path / "class")
    assert {one.path.read_text("utf-8") for one in third.handins} == {GOOD, GOOD + "# new\n"}
    (tmp_path / "class" / "kim" / "hw.zip").unlink()
    assert found(take(source=tmp_path / "class")) == {("lee",): "ex05.py", ("park",): "ex05.py"}


@pytest.mark.parametrize(
    "layout", ["canvas", "moodle_folders", "moodle_flat", "gradescope", "nbgrader", "classroom"]
)
def test_a_roster_beside_the_platforms_archive_is_no_obstacle(take, tmp_path, layout):
    files = getattr(samples, layout if layout.startswith("moodle") else f"{layout}_files")(GOOD)
    alone = take(source=zipped(tmp_path / "week5.zip", files))
    data = (tmp_path / "week5.zip").read_bytes()
    beside = take({"week5.zip": data, "roster.csv": "name\n", "notes.pdf": "x"})
    assert beside.layout == alone.layout
    assert found(beside) == found(alone)
    assert len(alone.handins) > 1


def test_what_was_unpacked_before_is_replaced(take, tmp_path):
    source = zipped(tmp_path / "a.zip", {"kim/ex05.py": GOOD, "lee/ex05.py": GOOD})
    take(source=source)
    zipped(source, {"kim/ex05.py": GOOD + "# new\n", "park/ex05.py": GOOD})
    work = take(source=source)
    assert {handin.path.read_text("utf-8") for handin in work.handins} == {GOOD, GOOD + "# new\n"}
    assert len([path for path in (tmp_path / "work").rglob("*.py")]) == 2


def test_the_same_archive_is_not_unpacked_again(take, tmp_path):
    source = zipped(tmp_path / "a.zip", {f"{KIM}/ex05.py": GOOD, "lee/ex05.py": GOOD, "../x.py": GOOD})
    first = take(source=source)
    when = first.handins[0].path.stat().st_mtime_ns
    again = take(source=source)
    assert (again.handins, again.unread) == (first.handins, first.unread)
    assert again.handins[0].path.stat().st_mtime_ns == when
    first.handins[0].path.unlink()
    assert len(take(source=source).handins) == 2
    (tmp_path / "work" / "unpacked.json").write_text('{"of": 3}', "utf-8")
    assert take(source=source).unread == first.unread


# --- roster and groups ---------------------------------------------------------------------------------------


def test_a_roster_adds_those_who_handed_in_nothing(take):
    roster = f"이름,학번,이메일\n{KIM},1,k@x.kr\n{LEE},2,l@x.kr\n{PARK},3,p@x.kr\n"
    files = {f"{KIM}/ex05.py": GOOD, "2/ex05.py": GOOD, "stranger/ex05.py": GOOD}
    work = take(files, roster=roster)
    assert [(student.key, student.name) for student in work.students] == [
        (KIM, KIM),
        ("2", LEE),
        ("3", PARK),
        ("stranger", "stranger"),
    ]
    assert dict(work.students[0].ids) == {"sid": "1", "email": "k@x.kr"}
    assert found(work) == {(KIM,): "ex05.py", ("2",): "ex05.py", ("stranger",): "ex05.py"}
    assert reasons(work) == {"stranger": "not on the roster"}


def test_two_folders_of_one_person_on_the_roster_are_one(take):
    work = take({"kim_20261/ex05.py": GOOD, "20261/ex05-1.py": GOOD}, roster="name,sid\nKim,20261\n")
    assert len(work.handins) == 1
    assert len(work.students) == 1
    assert len(work.earlier) == 1


def test_canvas_people_are_found_by_number_or_name(take):
    roster = (
        'Student,ID,SIS User ID,Section\n    Points Possible,,,\n"Doe, Jane",1001,s1,A\n"Roe, Rick",9,s2,A\n'
    )
    files = {"doejane_1001_1_ex05.py": GOOD, "roerick_77_2_ex05.py": GOOD}
    work = take(files, roster=roster)
    assert [student.name for student in work.students] == ["Doe, Jane", "Roe, Rick"]
    assert work.unread == ()


def test_two_names_under_one_number_of_the_platform_are_listed(take):
    """Whoever may choose their name in Canvas could put another one's number into it."""
    files = {"doejane_1001_50001_ex05.py": GOOD, "evil_1001_99999_1007_50002_ex05.py": "x = 1"}
    work = take(files, roster='Student,ID\n"Doe, Jane",1001\nEvil,1007\n')
    assert "handed in under two names, doejane and evil" in reasons(work)["Doe, Jane"]


def test_extensions_come_with_the_roster(take):
    roster = (
        "name;extension;extension ex05;연장 ex03\n"
        "kim;2026-05-03;;\nlee;;+2;2026.5.7\npark;soon;2026-05-03T12:00+09:00;2일\n"
    )
    work = take({"kim/ex05.py": GOOD, "lee/ex05.py": GOOD}, exercises=[EXERCISE, EX03], roster=roster)
    moved = {(one.student_key, one.exercise_id): one.until or one.days for one in work.extensions}
    local = datetime(2026, 5, 3, 23, 59, 59).astimezone()
    assert moved == {
        ("kim", ""): local,
        ("lee", "ex05"): 2.0,
        ("lee", "ex03"): local.replace(day=7),
        ("park", "ex05"): datetime(2026, 5, 3, 3, tzinfo=UTC),
        ("park", "ex03"): 2.0,
    }
    assert any("is no extension" in reason for reason in reasons(work).values())


def test_groups_of_a_file(take):
    groups = f"조,이름\n1,{KIM}\n1,{LEE}\n2,{PARK}\n2,{KIM}\n,nobody\n"
    work = take({f"{MAC_KIM}/ex05.py": GOOD, f"{PARK}/ex05.py": GOOD}, groups=groups)
    assert found(work) == {(KIM, LEE): "ex05.py", (PARK,): "ex05.py"}
    assert reasons(work)[KIM] == "in two groups, 1 and 2; the first counts"
    assert any(reason == "names no group, or nobody" for reason in reasons(work).values())
    assert {student.key for student in work.students} == {KIM, LEE, PARK}


def test_two_of_a_group_hand_in_and_the_latest_counts(take):
    stamp = {"kim/ex05/timestamp.txt": "2026-03-02 10:00:00", "lee/ex05/timestamp.txt": "2026-03-03 10:00:00"}
    work = take(
        {"kim/ex05/ex05.py": GOOD, "lee/ex05/ex05.py": GOOD + "# lee\n", **stamp},
        groups="team,name\na,kim\na,lee\n",
    )
    assert len(work.handins) == 1
    assert len(work.handins[0].members) == 2
    assert work.handins[0].path.read_text("utf-8").endswith("# lee\n")
    assert len(work.earlier) == 1


def test_a_moodle_team_is_its_members(take):
    files = {"Team Rocket_77_assignsubmission_file_/ex05.py": GOOD}
    work = take(files, groups="group,email,name\nTeam Rocket,j@x,Jessie\nTeam Rocket,m@x,James\n")
    assert [student.name for student in work.handins[0].members] == ["Jessie", "James"]
    assert [student.name for student in work.students] == ["Jessie", "James"]


def test_groups_of_the_roster(take):
    work = take({"kim/ex05.py": GOOD}, roster="name,group\nkim,a\nlee,a\npark,b\n")
    assert [student.key for student in work.handins[0].members] == ["kim", "lee"]
    assert [student.key for student in work.students] == ["kim", "lee", "park"]


def test_groups_need_their_column(take):
    with pytest.raises(UsageError, match="no column for groups"):
        take({"kim/ex05.py": GOOD}, groups="name\nkim\n")


def test_what_is_said_is_said_in_korean(take):
    activate("ko")
    work = take({"kim/ex05 (1).py": GOOD, "lee/report.pdf": "x"})
    assert not any(note.isascii() for note in work.handins[0].notes)
    assert not any(reason.isascii() for reason in reasons(work).values())


def test_a_dry_run_shows_who_was_found_with_what(take):
    roster = f"이름,학번\n{KIM},1\n{PARK},3\n".encode("cp949")
    work = take({f"{KIM}/ex05 (1).py": GOOD, f"{KIM}/ex05.py": GOOD, "lee/notes.py": "x = 1"}, roster=roster)
    lines = shown_before(work).split("\n")
    assert lines[0].startswith(f"{KIM}  ex05  {KIM}/ex05 (1).py")
    assert f"  {PARK}" in lines
    assert f"  {KIM}  ex05  {KIM}/ex05.py" in lines
    assert "  lee: not on the roster" in lines
    assert any("read as cp949" in line for line in lines)


def test_a_class_is_taken_in_quickly(take, tmp_path):
    files = {f"student{number}/ex05.py": GOOD for number in range(300)}
    work = take(source=zipped(tmp_path / "a.zip", files))
    assert len(work.handins) == 300
    json.dumps([str(handin.path.relative_to(tmp_path)) for handin in work.handins])
    assert all(isinstance(handin.path, Path) for handin in work.handins)


def test_two_of_one_name_on_the_roster_are_no_strangers(tmp_path):
    """Seen with a class of sixty: "not on the roster" was said of somebody who stands on it twice."""
    (tmp_path / "roster.csv").write_text("학번,이름\n1,정은서\n2,정은서\n3,김민준\n", "utf-8")
    folder = tmp_path / "class"
    for name in ("정은서", "김민준"):
        (folder / name).mkdir(parents=True)
        (folder / name / "ex05.py").write_text("x = 1\n", "utf-8")
    work = take_in(
        folder,
        exercises=[find_course(None, {}).exercise("ex05")],
        work_folder=tmp_path / "work",
        roster=tmp_path / "roster.csv",
    )
    assert [(item.place, "several on the roster" in item.reason) for item in work.unread] == [
        ("정은서", True)
    ]


def test_a_dry_run_of_an_archive_writes_nothing(tmp_path):
    source = zipped(tmp_path / "a.zip", {"kim/ex05.py": GOOD, "lee/ex05.py": GOOD})
    command = ["batch", str(source), "--exercise", "ex05", "--out", str(tmp_path / "out"), "--dry-run"]
    done = CliRunner().invoke(new_app(), command)
    assert done.exit_code == 0
    assert "kim   ex05  kim/ex05.py" in done.stdout or "kim  ex05  kim/ex05.py" in done.stdout
    assert not (tmp_path / "out").exists()
