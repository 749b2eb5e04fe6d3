"""init, reset, next, list, check and hint as a learner types them, in the right folder and in wrong ones."""

import os
import time

import pytest

from grader.attempts import Attempt
from grader.progress import Recorder, attempts_in
from tests.test_cli import RIGHT, WRONG, grade  # noqa: F401 - a fixture


@pytest.fixture
def course(make_course, monkeypatch, tmp_path):
    path = make_course()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return path


@pytest.fixture
def learn(grade, course, tmp_path, monkeypatch):  # noqa: F811
    """Return a function that runs a command line in a fresh workspace."""
    monkeypatch.setenv("GRADE_COURSE", str(course))
    assert grade("init", "learn")[0] == 0
    monkeypatch.chdir(tmp_path / "learn")
    return grade


def write(source, name="ex99.py"):
    with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(source)


def test_init_says_what_it_made_and_what_to_do(grade, course):  # noqa: F811
    code, out, err = grade("init", "learn", "--course", course)
    assert code == 0
    assert out.splitlines() == ["learn/ex99.py", "learn/statements/ex99.md", "learn/README.md"]
    assert "3 files written to `learn`" in err
    assert "next: cd learn ; grade show ex99" in err
    code, out, err = grade("init", "learn", "--course", course)
    assert (code, out) == (0, "")
    assert "3 were there already and stay as they are" in err


def test_init_in_a_course_is_refused(grade, course):  # noqa: F811
    code, out, err = grade("init", course, "--course", course)
    assert (code, out) == (2, "")
    assert "is a course" in err


def test_grade_alone_says_where_one_stands_and_one_command(learn):
    code, out, _ = learn()
    assert code == 0
    assert "0 of 1 exercises" in out
    assert "grade show ex99" in out
    write(WRONG)
    assert "grade check ex99" in learn()[1]
    assert learn("check")[0] == 1
    assert "grade hint ex99" in learn()[1]
    write(RIGHT)
    assert "grade check ex99" in learn()[1]
    assert learn("check")[0] == 0
    code, out, _ = learn()
    assert "1 of 1 exercises · 10 / 10 points" in out
    assert "grade progress" in out
    os.remove("ex99.py")  # noqa: PTH107
    assert learn()[0] == 0


def test_a_stub_that_is_gone_can_be_brought_back(learn):
    os.remove("ex99.py")  # noqa: PTH107
    assert "grade reset ex99" in learn()[1]
    code, _, err = learn("check", "ex99")
    assert code == 2
    assert "There is no `ex99.py` in your workspace" in err
    assert "`grade reset ex99` brings the stub back" in err
    code, out, err = learn("reset", "ex99")
    assert (code, out, err) == (0, "ex99.py\n", "")
    write(WRONG)
    assert "What you had written is kept in `.grade/kept/ex99-" in learn("reset", "ex99")[2]


def test_next_says_what_and_why(learn):
    code, out, _ = learn("next", "--plain")
    assert code == 0
    assert "Next: ex99 Doubling" in out
    assert "Why: it is the first one" in out
    assert "Skills: doubling" in out
    assert "Run: grade show ex99" in out
    write(RIGHT)
    learn("check")
    assert "nothing is left" in learn("next")[1]


def test_list_shows_status_and_best_score(learn):
    assert "new" in learn("list")[1]
    write(WRONG)
    learn("check")
    _, out, _ = learn("list")
    assert "begun" in out
    assert "4 / 10" in out
    write(RIGHT)
    learn("check")
    assert "✓ ex99" in learn("list")[1]
    korean = learn("list", "--lang", "ko")[1]
    assert "풀었음" in korean
    assert "두 배" in korean
    assert "Status: solved" in learn("list", "--plain")[1]


def test_check_without_an_id_grades_what_was_edited_last(learn):
    code, _, err = learn("check")
    assert code == 2
    assert "No file here has been edited yet" in err
    assert "`grade show ex99`" in err
    write(RIGHT)
    assert "ex99.py" in learn("check")[1]


def test_every_check_is_an_attempt(learn, tmp_path):
    def kept() -> tuple[Attempt, ...]:
        return attempts_in(tmp_path / "learn" / ".grade", course="course")

    write(WRONG)
    learn("check")
    learn("check", "ex99", "--format", "json")
    write(RIGHT, "../friend.py")
    learn("check", "ex99", "../friend.py")
    assert [(item.score, item.is_full) for item in kept()] == [(4.0, False)] * 2
    assert kept()[0].since_s is None
    assert kept()[1].since_s > 0
    assert {case.mistake for case in kept()[0].cases} == {None, "adds_two"}
    write("def double(x:\n")
    learn("check")
    assert not kept()[-1].has_run


def test_full_points_that_another_seed_refutes(learn, tmp_path):
    lucky = RIGHT.replace(
        "return np.asarray(x) * 2.0",
        "x = np.asarray(x)\n    return x * 2.0 if abs(x).max() < 1.7 or len(x) != 5 else x",
    )
    write(lucky)
    code, out, _ = learn("check")
    (kept,) = attempts_in(tmp_path / "learn" / ".grade", course="course")
    if "with other random inputs" in out:
        assert code == 1
        assert kept.other_seed is not None
    else:
        assert not kept.is_full


def test_a_record_that_cannot_be_kept_breaks_no_check_and_is_said_once(learn):
    os.mkdir(".grade/progress.sqlite")  # noqa: PTH102
    write(RIGHT)
    code, out, err = learn("check")
    assert code == 0
    assert "10 / 10" in out
    assert "your progress is not kept in this folder" in err
    assert learn("check")[2] == ""


def test_from_a_folder_below_the_workspace_is_used(learn, monkeypatch, tmp_path):
    write(RIGHT)
    monkeypatch.chdir(tmp_path / "learn" / "statements")
    assert learn("check", "ex99")[0] == 0
    assert learn("check")[0] == 0
    assert "1 of 1 exercises" in learn()[1]


def test_from_a_folder_beside_the_way_is_shown(learn, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for arguments in (["check"], ["check", "ex99"]):
        code, _, err = learn(*arguments)
        assert code == 2
        assert "Your workspace is another folder: `cd learn`" in err
    assert learn()[0] == 2
    assert "cd learn" in learn("next")[1]
    code, _, err = learn("reset", "ex99")
    assert code == 2
    assert "no stub was brought back" in err


def test_far_from_any_workspace_one_is_made(learn, monkeypatch, tmp_path):
    far = tmp_path / "a" / "b"
    far.mkdir(parents=True)
    monkeypatch.chdir(far)
    assert "`grade init learn` makes a workspace" in learn("check")[2]
    write(RIGHT)
    assert learn("check")[0] == 0  # one may learn without a workspace


def test_a_file_in_place_of_an_exercise(learn):
    write(RIGHT, "conv.py")
    code, _, err = learn("check", "conv.py")
    assert code == 2
    assert "its name is no exercise's" in err
    assert "grade check ex99 conv.py" in err


def test_hint_without_an_id_is_about_what_was_edited_last(learn, monkeypatch, tmp_path):
    assert learn("hint")[0] == 2
    write(WRONG)
    monkeypatch.chdir(tmp_path / "learn" / "statements")
    assert "ex99" in learn("hint")[1]
    assert (tmp_path / "learn" / ".grade" / "hints.json").is_file()


def test_check_all_writes_a_table_and_ends_with_the_worst(learn, tmp_path):
    code, _, err = learn("check", "--all")
    assert code == 2
    assert "No file here has been edited yet" in err
    write(WRONG)
    code, out, err = learn("check", "--all")
    assert code == 1
    assert "✗ wrong" in out
    assert "4 / 10" in out
    assert "next: grade check ex99" in err
    write(RIGHT)
    code, out, _ = learn("check", "--all", "--seed", "5", "--plain")
    assert code == 0
    assert "Cases: 5 / 5" in out
    assert len(attempts_in(tmp_path / "learn" / ".grade", course="course")) == 2
    write("\0")
    code, out, _ = learn("check", "--all")
    assert code == 2
    assert "? not graded" in out


def test_a_file_of_the_workspace_is_never_imported_by_the_grader(learn):
    """`grade check --all` starts processes in a folder that a learner fills."""
    write("raise SystemExit('imported')\n", "json.py")
    write("raise SystemExit('imported')\n", "numpy.py")
    write(RIGHT)
    assert learn("check", "--all")[0] == 0


def test_check_all_takes_no_exercise_and_no_format(learn):
    assert "no exercise may be named" in learn("check", "--all", "ex99")[2]
    assert "writes a table only" in learn("check", "--all", "--format", "json")[2]


def test_an_attempt_costs_a_check_next_to_nothing(tmp_path):
    """The limit is 5 ms; benchmarks/progress.py measures it in a whole check."""
    from tests.test_progress import attempt

    recorder = Recorder(tmp_path)
    recorder.add(attempt(0))
    durations = []
    for number in range(1, 15):
        started = time.process_time()
        recorder.add(attempt(number))
        durations.append(time.process_time() - started)
    assert min(durations) < 0.005
