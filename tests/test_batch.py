"""A class is graded: every result is written once, nothing is lost, and a second run does nothing."""

import os
import sqlite3
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from grader.batch import warm
from grader.batch.executors import LocalProcesses
from grader.batch.jobs import Outcome, mistakes_hash
from grader.batch.plan import BatchRequest
from grader.batch.run import run_batch
from grader.batch.warm import fault, grade_job
from grader.course import open_course
from grader.errors import StoreError
from grader.gradebook.book import open_gradebook
from grader.gradebook.marks import read_marks
from grader.gradebook.records import LatePolicy, MarkState, ResultState
from grader.gradebook.results import attempts, read_report
from grader.intake.records import ClassWork, Handin, Student, Unread
from grader.sandbox.start import can_fork
from grader.store import held_alone
from grader.verdicts import Verdict

RIGHT = """import numpy as np

def double(x):
    return np.asarray(x) * 2.0

def halve(x, times=1):
    return np.asarray(x) / 2.0**times
"""
WRONG = RIGHT.replace("* 2.0", "+ 2.0")
STUB = "def double(x):\n    raise NotImplementedError\n"
BROKEN = "def double(x:\n"
ENDLESS = RIGHT.replace("    return np.asarray(x) * 2.0", "    while True: pass")
TEXTS = {"ann": RIGHT, "bob": WRONG, "cho": STUB, "dan": BROKEN, "eve": "\n"}


class InProcess(Executor):
    """Runs jobs here, one after the other, with whatever grades them."""

    def __init__(self, grade):
        self.grade = grade

    def submit(self, _function, job):
        future = Future()
        try:
            future.set_result(self.grade(job))
        except Exception as error:  # noqa: BLE001 - as an executor does
            future.set_exception(error)
        return future


class Here:
    """A place whose jobs run in this process."""

    num_workers = 1

    def __init__(self, grade=grade_job):
        self.grade = grade
        self.num_opened = 0

    def open(self, num_workers=None):
        self.num_opened += 1
        return InProcess(self.grade)

    def submit(self, executor, job):
        return executor.submit(None, job)

    def stop(self, executor):
        executor.shutdown()


class Heard:
    """Keeps what it is told."""

    def __init__(self):
        self.results = []

    def begin(self, tally):
        self.plan = tally.plan

    def finished(self, finished, tally):
        self.results.append(finished)


@pytest.fixture
def class_of(tmp_path):
    """Return a function that writes submissions and says who handed them in."""

    def write(texts, **more):
        handins = []
        for key, text in texts.items():
            path = tmp_path / "class" / key / "ex99.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            handins.append(
                Handin(
                    members=(Student(key=key, name=key.title()),),
                    exercise_id="ex99",
                    path=path,
                    original_name="ex99.py",
                    **more,
                )
            )
        students = tuple(handin.members[0] for handin in handins)
        return ClassWork(layout="plain", students=students, handins=tuple(handins))

    return write


@pytest.fixture
def batch(tmp_path, make_course, class_of):
    """Return a function that grades a class into one gradebook and returns the tally."""
    root = make_course()

    def run(texts, place=None, *, work=None, draw_seed=7, **more):
        course = open_course(root)
        request = BatchRequest(
            source=tmp_path / "class",
            out=tmp_path / "out",
            course=course,
            exercises=(course.exercise("ex99"),),
            language="en",
            has_jail=can_fork(),
            **more,
        )
        heard = Heard()
        return run_batch(
            request, work or class_of(texts), place or Here(), draw_seed=draw_seed, listener=heard
        )

    yield run
    warm._process.drop()


def marks(tmp_path):
    with open_gradebook(tmp_path / "out") as book:
        return {mark.student.key: mark for mark in read_marks(book)}


def test_a_class_is_graded(batch, tmp_path):
    tally = batch(TEXTS)
    assert tally.num_done == 5
    assert tally.verdicts[Verdict.PASSED] == 1
    found = marks(tmp_path)
    assert {key: (mark.state, mark.final) for key, mark in found.items()} == {
        "ann": (MarkState.GRADED, 10.0),
        "bob": (MarkState.GRADED, 4.0),
        "cho": (MarkState.GRADED, 0.0),
        "dan": (MarkState.GRADED, 0.0),
        "eve": (MarkState.NOT_READ, None),
    }
    assert found["bob"].mistakes == {"adds_two": 2}
    assert "class/eve/ex99.py` is empty" in found["eve"].fault
    assert [trouble.state for trouble in tally.troubles] == [ResultState.NOT_READ]


def test_a_second_run_does_nothing_and_a_changed_file_only_itself(batch, tmp_path):
    batch(TEXTS)
    again = batch(TEXTS)
    assert (again.num_done, again.plan.num_settled, again.plan.seed) == (0, 5, 7)
    changed = batch(TEXTS | {"bob": RIGHT})
    assert (changed.num_done, changed.plan.num_settled) == (1, 4)
    assert marks(tmp_path)["bob"].final == 10.0
    with open_gradebook(tmp_path / "out") as book:
        assert [result.score for result in attempts(book, "bob", "ex99")] == [4.0, 10.0]
        assert book.store.rows("SELECT count(*) FROM batch WHERE finished_at IS NULL") == [(0,)]


def test_a_changed_suite_grades_again_and_changed_mistakes_only_what_failed(batch, tmp_path):
    batch(TEXTS)
    folder = tmp_path / "course" / "solutions" / "ex99_doubling"
    mistakes = folder / "mistakes.py"
    mistakes.write_text(mistakes.read_text("utf-8").replace('"adds_two"', '"plus_two"'), "utf-8")
    tally = batch(TEXTS)
    assert tally.num_done == 4  # all but the right one; what cannot be read may be readable by now
    assert marks(tmp_path)["bob"].mistakes == {"plus_two": 2}
    suite = folder / "test_hidden.py"
    suite.write_text(suite.read_text("utf-8") + "\n# a new word\n", "utf-8")
    assert batch(TEXTS).num_done == 5
    suite.write_bytes(suite.read_bytes().replace(b"\n", b"\r\n"))
    mistakes.write_bytes(mistakes.read_bytes().replace(b"\n", b"\r\n"))
    assert batch(TEXTS).num_done == 0


def test_everybody_gets_the_seed_of_the_gradebook(batch):
    assert batch({"ann": RIGHT}, draw_seed=11).plan.seed == 11
    assert batch({"ann": RIGHT, "bob": WRONG}, draw_seed=12).plan.seed == 11
    other = batch({"ann": RIGHT, "bob": WRONG}, seed=3)
    assert (other.plan.seed, other.num_done) == (3, 2)
    assert batch({"ann": RIGHT}).plan.seed == 3


def test_feedback_can_be_written_from_what_is_stored(batch, tmp_path):
    batch({"bob": WRONG})
    with open_gradebook(tmp_path / "out") as book:
        report = read_report(book, marks(tmp_path)["bob"].result_id)
    failed = report.cases[0]
    assert failed.detail.call == "double([1, 2])"
    assert failed.detail.mismatch.expected.tolist() == 2.0
    assert report.path == str(tmp_path / "class" / "bob" / "ex99.py")
    assert report.jail.complete == can_fork()


def test_a_fault_of_the_grader_is_listed_and_tried_again(batch, tmp_path):
    broken = Here(lambda job: fault("the disk burns") if "bob" in job.path else grade_job(job))
    tally = batch({"ann": RIGHT, "bob": RIGHT}, broken)
    assert [(item.handin.members[0].key, item.message) for item in tally.faults] == [
        ("bob", "the disk burns")
    ]
    assert (marks(tmp_path)["bob"].state, marks(tmp_path)["bob"].final) == (MarkState.GRADER_ERROR, None)
    assert batch({"ann": RIGHT, "bob": RIGHT}).num_done == 1
    assert marks(tmp_path)["bob"].final == 10.0
    batch({"ann": RIGHT, "bob": RIGHT}, broken, seed=8)
    assert (marks(tmp_path)["bob"].final, marks(tmp_path)["bob"].fault) == (10.0, "the disk burns")


def test_an_outcome_that_cannot_be_right_is_a_fault(batch, tmp_path):
    row = ("c", "t", "failed", 2.0, 2.0, "hidden", "", None, "", 0.0)
    for outcome in (
        Outcome(state="graded", verdict="passed"),
        Outcome(state="graded", verdict="failed", cases=(row,)),
        "no outcome at all",
    ):
        tally = batch({"ann": RIGHT}, Here(lambda job, outcome=outcome: outcome))
        assert len(tally.faults) == 1
        assert marks(tmp_path)["ann"].final is None


class Dying:
    """Grades, but dies on some jobs, as many times as it is told."""

    def __init__(self, victims):
        self.left = dict(victims)

    def __call__(self, job):
        for name in self.left:
            if name in job.path and self.left[name]:
                self.left[name] -= 1
                raise BrokenProcessPool("a process died")
        return grade_job(job)


def test_a_pool_that_breaks_is_made_again_and_the_culprit_gets_one_more_try(batch, tmp_path):
    place = Here(Dying({"ann": 1, "cho": 2}))
    tally = batch(TEXTS, place)
    assert tally.num_done == 5
    found = marks(tmp_path)
    assert (found["ann"].final, found["bob"].final) == (10.0, 4.0)
    assert (found["cho"].state, found["cho"].fault) == (
        MarkState.GRADER_ERROR,
        "The process that graded this died twice",
    )
    with open_gradebook(tmp_path / "out") as book:
        assert book.store.rows("SELECT max(n) FROM (SELECT count(*) n FROM result GROUP BY handin_id)") == [
            (1,)
        ]


def test_a_pool_that_takes_nothing_more_is_made_again(batch):
    place = Here()
    refused = []

    def submit(executor, job):
        if not refused:
            refused.append(job)
            raise BrokenProcessPool("closed")
        return executor.submit(None, job)

    place.submit = submit
    assert batch({"ann": RIGHT, "bob": WRONG}, place).num_done == 2


def test_an_exercise_that_cannot_be_graded_here_is_told_once(batch, tmp_path):
    def other_version(job):
        return grade_job(replace(job, grader_version="0"))

    tally = batch({f"s{n:02}": RIGHT for n in range(30)}, Here(other_version))
    assert "another version of grade" in tally.broken["ex99"]
    assert tally.num_done < 30
    assert {mark.final for mark in marks(tmp_path).values()} == {None}
    assert batch({f"s{n:02}": RIGHT for n in range(30)}).num_done == 30


def test_a_course_that_changed_since_the_batch_began_is_not_graded_with(batch):
    tally = batch({"ann": RIGHT}, Here(lambda job: grade_job(replace(job, suite_hash="another"))))
    assert "is not the one that this batch began with" in tally.broken["ex99"]


def test_without_a_whole_jail_nothing_is_graded(batch, monkeypatch):
    monkeypatch.setattr("grader.grading.can_fork", lambda: False)
    tally = batch({"ann": RIGHT}, Here(lambda job: grade_job(replace(job, has_jail=True))))
    assert "The jail is not complete here. Missing: fork" in tally.broken["ex99"]


def test_a_bug_of_ours_costs_one_submission(batch, monkeypatch):
    def read(path, exercise, **how):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(warm, "read_submission", read)
    tally = batch({"ann": RIGHT})
    assert [item.message for item in tally.faults] == ["ZeroDivisionError: a bug"]


def test_a_file_that_changes_while_the_batch_runs_waits_for_the_next(batch, tmp_path):
    def change(job):
        (tmp_path / "class" / "zoe" / "ex99.py").write_text(WRONG, "utf-8")
        return grade_job(job)

    tally = batch({f"s{n}": RIGHT for n in range(6)} | {"zoe": RIGHT}, Here(change))
    assert ["changed while the batch ran" in item.message for item in tally.faults] == [True]


def test_what_is_no_file_of_a_sensible_size_is_not_opened(batch, class_of, tmp_path):
    work = class_of({"ann": RIGHT, "bob": RIGHT})
    secret = tmp_path / "secret.py"
    secret.write_text(RIGHT, "utf-8")
    work.handins[0].path.unlink()
    work.handins[0].path.symlink_to(secret)
    work.handins[1].path.write_bytes(b"#" * (33 << 20))
    batch({}, work=work)
    assert [mark.state for mark in marks(tmp_path).values()] == [MarkState.NOT_READ] * 2


def test_what_was_not_understood_and_who_is_late_is_kept(batch, class_of, tmp_path):
    due = datetime(2026, 3, 1, tzinfo=UTC)
    work = class_of({"ann": RIGHT}, submitted_at=due + timedelta(days=2))
    work = replace(work, unread=(Unread(place="x.exe", reason="no Python"),))
    tally = batch({}, work=work, late={"ex99": LatePolicy(due_at=due, per_day=0.1, floor=0.0)})
    assert tally.unread[0].place == "x.exe"
    mark = marks(tmp_path)["ann"]
    assert (mark.computed, mark.days_late, mark.final) == (10.0, 2, pytest.approx(8.0))


def test_ctrl_c_keeps_what_is_done_and_the_next_run_goes_on(batch, tmp_path):
    def stop_at_bob(job):
        if "bob" in job.path:
            raise KeyboardInterrupt
        return grade_job(job)

    class Interrupted(Here):
        def submit(self, executor, job):
            future = Future()
            future.set_result(self.grade(job))
            return future

    tally = batch(TEXTS, Interrupted(stop_at_bob))
    assert tally.is_stopped
    with open_gradebook(tmp_path / "out") as book:
        assert book.store.rows("SELECT count(*) FROM batch WHERE finished_at IS NULL") == [(1,)]
    assert batch(TEXTS).num_done + tally.num_done == 5


def test_two_batches_never_share_a_gradebook(batch, tmp_path):
    (tmp_path / "out").mkdir()
    with held_alone(tmp_path / "out" / "batch.lock", "held"), pytest.raises(StoreError, match="Another"):
        batch(TEXTS)
    assert batch(TEXTS).num_done == 5


def test_a_damaged_gradebook_is_named_and_left_alone(batch, tmp_path):
    (tmp_path / "out").mkdir()
    path = tmp_path / "out" / "gradebook.sqlite"
    path.write_bytes(b"scrambled " * 1000)
    with pytest.raises(StoreError, match="damaged"):
        batch(TEXTS)
    assert path.read_bytes() == b"scrambled " * 1000


def test_a_gradebook_that_another_program_locks_is_named(batch, tmp_path, monkeypatch):
    monkeypatch.setattr("grader.store.BUSY_S", 0.05)
    batch({"ann": RIGHT})
    other = sqlite3.connect(tmp_path / "out" / "gradebook.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked by another process"):
        batch({"ann": WRONG})
    other.execute("ROLLBACK")
    other.close()
    assert batch({"ann": WRONG}).num_done == 1


def test_texts_are_in_the_language_of_the_batch(batch, tmp_path, make_course, class_of):
    course = open_course(tmp_path / "course")
    request = BatchRequest(
        source=tmp_path,
        out=tmp_path / "out",
        course=course,
        exercises=(course.exercise("ex99"),),
        language="ko",
        has_jail=can_fork(),
    )
    run_batch(request, class_of({"bob": WRONG}), Here(), draw_seed=7, listener=Heard())
    with open_gradebook(tmp_path / "out") as book:
        report = read_report(book, marks(tmp_path)["bob"].result_id)
    assert report.cases[0].title == "문제에 나온 예"
    assert report.cases[1].hint == "3의 두 배는 얼마인가요?"


def test_hashes_of_a_kit_without_mistakes(tmp_path, make_course):
    exercise = open_course(make_course()).exercise("ex99")
    assert len(mistakes_hash(exercise)) == 64
    assert mistakes_hash(replace(exercise, solution_folder=None)) == ""


def test_as_many_processes_as_there_are_cores():
    assert 1 <= LocalProcesses().num_workers <= os.cpu_count()
    assert LocalProcesses(3).num_workers == 3
