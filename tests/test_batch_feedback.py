"""Feedback that a batch writes: for what was graded, and for what could not be."""

import json
import shutil
from dataclasses import replace

import pytest

from grader.batch import warm
from grader.batch.plan import BatchRequest
from grader.batch.run import run_batch
from grader.course import open_course
from grader.gradebook.book import open_gradebook
from grader.gradebook.corrections import add_override
from grader.gradebook.marks import read_marks
from grader.gradebook.records import MarkState
from grader.intake.records import Student, Unusable
from grader.report.batch_feedback import BatchFeedback
from grader.report.batch_screen import summary
from grader.report.class_summary import summaries
from grader.report.refresh import refresh_marks
from grader.sandbox.start import can_fork
from tests.test_batch import RIGHT, Here, class_of  # noqa: F401 - a fixture

EMPTY = "\n"
PLACE = "week5.zip/501/ex99.py"


class Writing:
    """Writes the feedback of each result as it comes."""

    def __init__(self, feedback):
        self.feedback = feedback

    def begin(self, tally):
        pass

    def finished(self, finished, tally):
        self.feedback.finished(finished)


@pytest.fixture
def graded(make_course, class_of, tmp_path):  # noqa: F811 - a fixture
    """Return a function that grades a class, writes its feedback and returns the tally."""
    course = open_course(make_course())

    def run(texts, *, useless=()):
        exercises = (course.exercise("ex99"),)
        feedback = BatchFeedback(tmp_path / "out", {item.id: item for item in exercises}, {})
        request = BatchRequest(
            source=tmp_path / "class",
            out=tmp_path / "out",
            course=course,
            exercises=exercises,
            language="en",
            has_jail=can_fork(),
        )
        work = class_of(texts, place=PLACE)
        unusable = tuple(
            Unusable(
                members=(Student(key=key, name=key),),
                exercise_id="ex99",
                place=f"week5.zip/502/{name}",
                original_name=name,
                reason="neither `.py` nor `.ipynb`",
            )
            for key, name in useless
        )
        work = replace(work, unusable=unusable)
        tally = run_batch(request, work, Here(), draw_seed=7, listener=Writing(feedback))
        feedback.fill_in(tally)
        return tally

    yield run
    warm._process.drop()


def said(tmp_path, student):
    folder = tmp_path / "out" / "feedback" / student
    texts = {path.suffix: path.read_text("utf-8") for path in folder.iterdir()}
    return json.loads(texts[".json"]), texts


def test_a_file_that_could_not_be_graded_gets_feedback_that_says_why(graded, tmp_path):
    tally = graded({"ann": RIGHT, "eve": EMPTY})
    data, texts = said(tmp_path, "eve")
    assert (data["verdict"], data["mark"], data["max_score"]) == ("not_read", None, 10.0)
    assert data["cases"] == []
    for text in (texts[".md"], texts[".html"]):
        assert "no score" in text
        assert "is empty. Expected a Python source" in text
        assert "ex99.ipynb" in text
        assert "double" in text
        assert "halve" in text
        assert "Cases" not in text
        assert PLACE not in text  # the teacher's folders
        assert str(tmp_path) not in text
    shown = summary(tally, command="grade batch")
    assert "Graded 1 of 2 submissions" in shown
    assert f"`{PLACE}` is empty" in shown  # where the teacher looks for it


def test_it_is_written_again_where_it_is_missing(graded, tmp_path):
    texts = {"ann": RIGHT, "eve": EMPTY}
    graded(texts)
    before = {name: said(tmp_path, name)[1][".md"] for name in texts}
    shutil.rmtree(tmp_path / "out" / "feedback")
    graded(texts)
    assert {name: said(tmp_path, name)[1][".md"] for name in texts} == before


def test_where_an_earlier_file_counts_its_feedback_stays_with_a_note(graded, tmp_path):
    graded({"ann": RIGHT})
    for _ in range(2):
        graded({"ann": EMPTY})
        data, texts = said(tmp_path, "ann")
        assert (data["mark"], data["verdict"]) == (10.0, "passed")
        (note,) = [note for note in data["notes"] if "could not be graded" in note]
        assert "the earlier file counts" in note
        assert "the earlier file counts" in texts[".md"]
        assert "the earlier file counts" in texts[".html"]


def test_what_is_no_submission_at_all_gets_feedback_and_a_reason_in_the_report(graded, tmp_path):
    tally = graded({"ann": RIGHT}, useless=[("pat", "ex99.pdf"), ("ann", "ex99.doc")])
    data, texts = said(tmp_path, "pat")
    assert (data["verdict"], data["mark"]) == ("not_read", None)
    assert "`ex99.pdf`: neither `.py` nor `.ipynb`" in texts[".md"]
    assert "week5.zip" not in texts[".html"]
    assert "Handed in, but nothing that can be graded: 1" in summary(tally, command="grade batch")
    with open_gradebook(tmp_path / "out") as book:
        marks = {mark.student.key: mark for mark in read_marks(book)}
        (found,) = summaries(book)
    assert marks["pat"].state is MarkState.NOT_HANDED_IN
    assert marks["ann"].fault == ""
    (missing,) = found.missing
    assert (missing.key, missing.status) == ("pat", "not usable")
    assert missing.reason == "`week5.zip/502/ex99.pdf`: neither `.py` nor `.ipynb`"
    before = (tmp_path / "out" / "feedback" / "pat" / "ex99.json").stat().st_mtime_ns
    graded({"ann": RIGHT}, useless=[("pat", "ex99.pdf")])
    assert (tmp_path / "out" / "feedback" / "pat" / "ex99.json").stat().st_mtime_ns == before
    graded({"ann": RIGHT, "pat": RIGHT})
    assert said(tmp_path, "pat")[0]["mark"] == 10.0
    with open_gradebook(tmp_path / "out") as book:
        assert book.store.rows("SELECT * FROM unusable") == []


def test_a_file_that_can_be_graded_takes_its_place(graded, tmp_path):
    graded({"eve": EMPTY})
    graded({"eve": RIGHT})
    data, _ = said(tmp_path, "eve")
    assert (data["verdict"], data["mark"]) == ("passed", 10.0)


def test_points_that_a_teacher_gives_for_it_are_in_it(graded, tmp_path):
    graded({"eve": EMPTY})
    with open_gradebook(tmp_path / "out") as book:
        add_override(book, "eve", "ex99", points=3.0, reason="Shown on paper", who="kim")
        refresh_marks(book, tmp_path / "out")
        (mark,) = read_marks(book)
        (found,) = summaries(book)
    assert mark.final == 3.0
    assert (found.missing, found.faults) == ((), ())
    data, texts = said(tmp_path, "eve")
    assert data["mark"] == 3.0
    assert "3 / 10 points" in texts[".html"]
    assert "Shown on paper" in texts[".md"]
