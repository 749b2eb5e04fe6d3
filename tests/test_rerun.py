"""Grading again over a pool of real processes, one of which dies."""

import os

import pytest

from grader.batch.executors import LocalProcesses
from grader.batch.jobs import Job, Outcome, checked_result
from grader.batch.rerun import _outcomes, replay
from grader.cli import gradebooks
from grader.errors import UsageError
from grader.gradebook.book import open_gradebook
from grader.gradebook.marks import read_marks
from grader.intake.records import Student
from tests import sample_class as people


def graded(job):
    return Outcome(state="graded", message=str(job.handin_id))


class Deadly(LocalProcesses):
    """A pool whose processes do not survive job number 2."""

    def __init__(self, num_workers):
        super().__init__(num_workers)
        self.executors = []

    def open(self, num_workers=None):
        self.executors.append(super().open(num_workers))
        return self.executors[-1]

    def submit(self, executor, job):
        if job.handin_id == 2:
            return executor.submit(os._exit, 9)
        return executor.submit(graded, job)


def job(number):
    return Job(
        handin_id=number,
        exercise_id="ex05",
        path="ex05.py",
        data=b"",
        sha256="",
        course_root="",
        suite_hash="",
        mistakes_hash="",
        grader_version="",
        seed=1,
        has_jail=True,
        language="en",
    )


def test_an_outcome_that_cannot_be_right_is_a_fault_without_a_score():
    """As a foreign worker may send: points above the maximum, no case at all, a state that there is not."""
    case = ("test_a", "A", "passed", 1.0, 9.0, "hidden", "", None, "", 0.0)
    for outcome in (
        Outcome(state="graded", verdict="passed", cases=(case,)),
        Outcome(state="graded", verdict="passed"),
        Outcome(state="perfect"),
    ):
        result = checked_result(outcome, job(1), people.BASIS, max_score=20.0)
        assert (str(result.state), result.score, result.max_score) == ("grader_error", None, 20.0)
        assert result.message.startswith("The outcome cannot be right: ")


def test_a_job_that_kills_its_process_is_a_fault_and_the_others_are_graded():
    numbers = range(1, 7)
    found = {number: outcome for number, _, outcome in _outcomes(Deadly(1), ((n, job(n)) for n in numbers))}
    assert sorted(found) == list(numbers)
    assert {number for number, outcome in found.items() if outcome.state != "graded"} == {2}
    assert "died twice" in found[2].message


def test_whoever_stops_asking_leaves_no_process_behind():
    place = Deadly(1)
    outcomes = _outcomes(place, ((n, job(n)) for n in (1, 3, 4)))
    first, _, outcome = next(outcomes)  # whichever is told first: several may be through by then
    assert outcome.message == str(first)
    (executor,) = place.executors
    pids = list(executor._processes)
    assert pids
    for pid in pids:
        os.kill(pid, 0)  # it is there
    outcomes.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_there_is_nothing_to_replay_of_somebody_who_handed_in_nothing(tmp_path):
    with open_gradebook(people.make_class(tmp_path / "out")) as book:
        mark = next(mark for mark in read_marks(book) if mark.student == people.NOBODY)
        with pytest.raises(UsageError, match="no result to run again: nothing was handed in"):
            replay(book, mark, None)


# Which gradebook, and who decides


def test_the_gradebook_of_this_folder_or_the_only_one_below(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as error:
        gradebooks.find_out(None)
    assert "grade batch DIR" in error.value.hint
    people.make_class(tmp_path / "a")
    assert str(gradebooks.find_out(None)) == "a"
    people.make_class(tmp_path / "b")
    with pytest.raises(UsageError) as error:
        gradebooks.find_out(None)
    assert "Did you mean `a`, `b`?" in error.value.hint
    monkeypatch.chdir(tmp_path / "a")
    assert str(gradebooks.find_out(None)) == "."
    assert gradebooks.find_out(tmp_path) == tmp_path


def test_the_database_itself_is_no_folder(tmp_path):
    out = people.make_class(tmp_path / "out")
    with pytest.raises(UsageError) as error:
        gradebooks.open_out(out / "gradebook.sqlite")
    assert f"`{out}`" in error.value.hint


def test_who_decides(monkeypatch):
    assert gradebooks.teacher(" prof ") == "prof"
    monkeypatch.setenv("LOGNAME", "kim")
    assert gradebooks.teacher(None) == "kim"


def test_an_override_of_one_in_a_group_is_theirs_alone(tmp_path, capsys):
    from grader.cli import main

    out = people.make_class(tmp_path / "out")
    arguments = ["override", "Jane Doe", "ex05", "--points", "9", "--reason", "did less", "--out", str(out)]
    assert main.run(arguments) == 0
    assert "the others of the group keep theirs: 20231002" in capsys.readouterr().err
    with open_gradebook(out) as book:
        finals = {mark.student.key: mark.final for mark in read_marks(book)}
    assert (finals[people.JANE.key], finals[people.SEOYEON.key]) == (9.0, 12.0)
    assert isinstance(people.JANE, Student)


def test_a_name_steers_no_terminal(tmp_path, capsys):
    from grader.cli import main

    out = people.make_class(tmp_path / "out")
    evil = Student(key="66", name="\x1b[31mRed\x1b]8;;http://evil\x07\u202etxt")
    with open_gradebook(out) as book:
        book.set_students([evil])
    arguments = ["66", "ex05", "--points", "1", "--reason", "\x1b[2J", "--out", str(out)]
    assert main.run(["override", *arguments]) == 0
    assert main.run(["report", str(out)]) == 0
    assert main.run(["export", str(out), "--to", "csv"]) == 0
    assert main.run(["purge", str(out), "66", "--yes"]) == 0
    said = capsys.readouterr()
    text = said.out + said.err
    assert "Red" in text
    assert not any(sign in text for sign in ("\x1b", "\u202e", "\x07"))
