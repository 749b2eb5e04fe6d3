"""`grade batch` as it is typed: what is refused, what is shown, and where the work may run."""

import io
from dataclasses import replace

import pytest

from grader.batch.executors import LocalProcesses, grade_anywhere, pack_course
from grader.batch.jobs import Job, mistakes_hash
from grader.batch.run import Trouble
from grader.cli.main import run
from grader.course import open_course
from grader.exercise_files import suite_hash
from grader.gradebook.records import ResultState
from grader.report.batch_screen import BatchScreen, counts, summary
from grader.sandbox.confine import Part, PartStatus
from grader.sandbox.start import can_fork
from tests.test_batch import RIGHT, WRONG, Here, class_of

__all__ = ["class_of"]  # a fixture


@pytest.fixture
def typed(tmp_path, make_course):
    """Return a function that runs `grade batch` with options and returns its exit code."""
    make_course()
    for key, text in {"ann": RIGHT, "bob": WRONG}.items():
        path = tmp_path / "class" / key / "ex99.py"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")

    def run_with(*more, out="out"):
        course = ["--course", str(tmp_path / "course")]
        return run([*course, "batch", str(tmp_path / "class"), "--out", str(tmp_path / out), *more])

    return run_with


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Expected either `--exercise` or `--all`. Received: neither"),
        (["--exercise", "ex99", "--all"], "Received: both"),
        (["--exercise", "ex98"], "no such exercise"),
        (["--all", "--lms", "blackboard"], "Received: blackboard"),
        (["--all", "--due", "tomorrow"], "`--due` is no such time"),
        (["--all", "--due", "ex05=2026-03-02"], "names an exercise that is not graded"),
        (["--all", "--late-per-day", "10"], "A late penalty needs a due date"),
        (["--all", "--seed", "x"], "Expected a whole number"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_runs(typed, tmp_path, capsys, options, said):
    assert typed(*options) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out" / "gradebook.sqlite").exists()


def test_a_dry_run_shows_and_writes_nothing(typed, tmp_path, capsys):
    assert typed("--all", "--dry-run") == 0
    shown = capsys.readouterr().out
    assert "submissions: 2, people: 2" in shown
    assert "ann" in shown
    assert not (tmp_path / "out" / "gradebook.sqlite").exists()


def test_untrusted_code_is_refused_where_the_jail_is_not_whole(typed, capsys, monkeypatch):
    missing = PartStatus(part=Part.LANDLOCK, is_available=False, reason="an old kernel")
    monkeypatch.setattr("grader.sandbox.confine.probe", lambda: (missing,))
    assert typed("--all") == 3
    said = capsys.readouterr().err
    assert "Missing: landlock (an old kernel)" in said
    assert "--unsafe-no-jail" in said


def test_a_class_in_real_processes(typed, tmp_path, capsys):
    options = () if can_fork() else ("--unsafe-no-jail",)
    due = "ex99=2020-01-01T00:00+09:00"
    assert (
        typed("--all", "--workers", "1", "--due", due, "--late-per-day", "10", "--seed", "7", *options) == 0
    )
    said = capsys.readouterr().err
    assert "seed 7" in said
    assert "passed 1, wrong 1" in said
    assert (tmp_path / "out" / "feedback" / "bob" / "ex99.md").is_file()


def job_for(root, **more):
    exercise = open_course(root).exercise("ex99")
    job = Job(
        handin_id=1,
        exercise_id="ex99",
        path="class/ann/ex99.py",
        data=RIGHT.encode(),
        sha256="",
        course_root=str(root),
        suite_hash=suite_hash(exercise),
        mistakes_hash=mistakes_hash(exercise),
        grader_version=__import__("grader").__version__,
        seed=7,
        has_jail=can_fork(),
        language="en",
    )
    return replace(job, **more)


def test_a_machine_without_the_course_receives_it(tmp_path, make_course):
    root = make_course()
    course = open_course(root)
    packed = pack_course(course, [course.exercise("ex99")])
    assert grade_anywhere(job_for(root), b"not needed: it is here").verdict == "passed"
    assert grade_anywhere(job_for(root, course_root="/nowhere"), packed).verdict == "passed"
    broken = grade_anywhere(job_for(root, course_root="/nowhere"), b"no archive")
    assert broken.is_exercise_broken
    from grader.batch import warm

    warm._process.drop()


def test_a_pool_grades_a_job_and_can_be_stopped(make_course):
    root = make_course()
    place = LocalProcesses(1)
    executor = place.open()
    assert place.submit(executor, job_for(root, data=WRONG.encode())).result().verdict == "failed"
    place.stop(executor)


@pytest.mark.parametrize("is_terminal", [True, False])
def test_the_screen_says_how_it_goes(tmp_path, make_course, class_of, is_terminal, monkeypatch):
    from grader.batch.plan import BatchRequest
    from grader.batch.run import run_batch
    from grader.batch.warm import fault

    monkeypatch.setattr("grader.report.batch_screen._PLAIN_EVERY_S", 0.0)
    course = open_course(make_course())
    request = BatchRequest(
        source=tmp_path,
        out=tmp_path / "out",
        course=course,
        exercises=(course.exercise("ex99"),),
        language="en",
    )
    stream, finished = io.StringIO(), []
    screen = BatchScreen(stream, is_terminal=is_terminal, is_quiet=False, on_finished=finished.append)
    place = Here(lambda job: fault("no room"))
    tally = run_batch(request, class_of({"ann": RIGHT, "bob": RIGHT}), place, draw_seed=3, listener=screen)
    screen.end()
    shown = stream.getvalue()
    assert "submissions: 2, people: 2 (plain), graded before: 0, seed 3" in shown
    assert is_terminal or "2 of 2" in shown
    assert len(finished) == 2
    tally.broken["ex99"] = "it is broken"
    tally.is_stopped = True
    said = summary(tally, command="grade batch again")
    assert "The grader failed (no mark lost, not 0); the same command tries again: 2" in said
    assert "Ann  ex99: no room" in said
    assert "ex99 cannot be graded here: it is broken" in said
    assert "go on with: grade batch again" in said


def test_counts_say_what_has_no_mark(class_of):
    work = class_of({"ann": RIGHT})
    troubles = [
        Trouble(handin=work.handins[0], state=state, message="") for state in (ResultState.NOT_READ,) * 2
    ]
    assert counts({}, troubles) == "not readable 2"
