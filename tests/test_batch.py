"""A class is graded: every result is written once, nothing is lost, and a second run does nothing."""

from concurrent.futures import Executor, Future

import pytest

from grader.batch import warm
from grader.batch.plan import BatchRequest
from grader.batch.run import run_batch
from grader.batch.warm import grade_job
from grader.course import open_course
from grader.gradebook.book import open_gradebook
from grader.gradebook.marks import read_marks
from grader.gradebook.records import MarkState, ResultState
from grader.intake.records import ClassWork, Handin, Student
from grader.sandbox.start import can_fork
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
