"""Watching without a screen: what is graded, when, and what one goes on to."""

import threading
import time
from pathlib import Path
from queue import Queue

import pytest

from grader.course import find_course
from grader.errors import SandboxError
from grader.grading import Grader, Settings
from grader.sandbox.start import can_fork
from grader.watching import Pressed, Saved, Target, Watcher, watch_folder
from tests.test_cli import RIGHT, WRONG

SETTINGS = Settings(jail=can_fork(), extra_seeds=2, shrink_s=0.0)


class FakeScreen:
    """Writes down what it was told, and lets the test act on it."""

    def __init__(self, events, acts):
        self.told = []
        self._events = events
        self._acts = list(acts)

    def note(self, *what):
        self.told.append(what)

    def act(self):
        """Do the next thing that the test wants; leave where there is none."""
        if self._acts:
            self._acts.pop(0)()
        else:
            self._events.put(Pressed("q"))

    def begin(self, target):
        self.note("begin", target.exercise.id)
        self.act()
        return False

    def checking(self, target):
        self.note("checking")

    def report(self, target, report, *, took_s):
        self.note("report", report.score, took_s > 0)

    def extra_seed(self, seed, report):
        self.note("extra seed")

    def smallest(self, found):
        self.note("smallest")

    def problem(self, target, error):
        self.note("problem", error.message)
        self.act()

    def waiting(self, target):
        self.note("waiting")
        self.act()

    def hint(self, target, report):
        self.note("hint", None if report is None else report.score)
        self.act()

    def overview(self):
        self.note("overview")
        self.act()

    def solved(self, target, following):
        self.note("solved")
        if following is None:
            self.act()

    def tick(self):
        if self.told[-1][0] in ("report", "tick"):
            self.act()
        self.note("tick")


class FakeDesk:
    def __init__(self, following=None):
        self.following = following

    def target_of(self, path):
        return self.following if self.following and path == self.following.path else None

    def after(self, target, *, is_solved):
        return self.following


@pytest.fixture
def exercise(make_course):
    return find_course(make_course(), {}).exercise("ex99")


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "learn"
    folder.mkdir()
    return folder / "ex99.py"


def watched(exercise, path, *acts, desk=None, follow=True):
    """Return what the screen was told while `acts` were done one after the other."""
    events = Queue()
    screen = FakeScreen(events, [lambda act=act: act(events) for act in acts])
    Watcher(events, desk or FakeDesk(), screen, SETTINGS, follow=follow).run(Target(exercise, path))
    return [told[:2] for told in screen.told if told[0] not in ("tick", "checking")]


def save(path, source):
    def act(events):
        path.write_text(source, "utf-8")
        events.put(Saved(path))

    return act


def press(key):
    return lambda events: events.put(Pressed(key))


def test_every_save_is_graded_once(exercise, path):
    told = watched(exercise, path, save(path, WRONG), save(path, WRONG), save(path, WRONG + "\n"), press("c"))
    assert told == [("begin", "ex99"), ("report", 4.0), ("report", 4.0), ("report", 4.0)]


def test_half_a_file_a_syntax_error_and_no_file_are_survived(exercise, path):
    told = watched(
        exercise,
        path,
        save(path, "def double(x:\n"),
        save(path, "x = 1\n"),
        save(path, ""),
        lambda events: (path.unlink(), events.put(Saved(path))),
        save(path, WRONG),
    )
    assert [what for what, *_ in told] == ["begin", "report", "problem", "waiting", "waiting", "report"]
    assert told[1] == ("report", 0.0)


def test_a_file_that_is_being_written_is_read_once_more(exercise, path):
    def act(events):
        path.write_text(WRONG[: len(WRONG) // 2] + "(", "utf-8")
        events.put(Saved(path))
        threading.Timer(0.02, lambda: path.write_text(WRONG, "utf-8")).start()

    assert watched(exercise, path, act) == [("begin", "ex99"), ("report", 4.0)]


def test_all_green_goes_on(exercise, path):
    other = Target(exercise, path.with_name("other.py"))
    told = watched(exercise, path, save(path, RIGHT), desk=FakeDesk(other))
    assert told == [("begin", "ex99"), ("report", 10.0), ("solved",), ("begin", "ex99")]
    told = watched(exercise, path, save(path, RIGHT + "\n"))
    assert told == [("begin", "ex99"), ("report", 10.0), ("solved",)]


def test_keys(exercise, path):
    told = watched(exercise, path, press("h"), save(path, WRONG), press("h"), press("l"), press("n"))
    assert told == [
        ("begin", "ex99"),
        ("hint", None),
        ("report", 4.0),
        ("hint", 4.0),
        ("overview",),
        ("overview",),
    ]
    other = Target(exercise, path.with_name("other.py"))
    assert watched(exercise, path, press("n"), desk=FakeDesk(other)) == [("begin", "ex99"), ("begin", "ex99")]


def test_another_exercises_file_is_followed_unless_one_was_named(exercise, path):
    from dataclasses import replace

    (exercise.solution_folder / "ex98.py").write_text(exercise.solution.read_text("utf-8"), "utf-8")
    other = Target(replace(exercise, id="ex98"), path.with_name("ex98.py"))

    def touch_other(events):
        events.put(Saved(path.with_name("notes.txt")))
        events.put(Saved(other.path))

    assert watched(exercise, path, touch_other, desk=FakeDesk(other))[-1] == ("begin", "ex98")
    told = watched(
        exercise, path, lambda e: (touch_other(e), e.put(Pressed("q"))), desk=FakeDesk(other), follow=False
    )
    assert told == [("begin", "ex99")]


def test_a_worker_parent_that_dies_is_started_again_once(exercise, path, monkeypatch):
    grade, failures = Grader.grade, [SandboxError("gone"), None]

    def fails_once(self, *arguments, **options):
        failure = failures.pop(0)
        if failure is not None:
            raise failure
        return grade(self, *arguments, **options)

    monkeypatch.setattr(Grader, "grade", fails_once)
    told = watched(exercise, path, save(path, WRONG), save(path, WRONG))
    assert [what for what, *_ in told] == ["begin", "begin", "report"]
    failures[:] = [SandboxError("gone"), SandboxError("gone")]
    with pytest.raises(SandboxError):
        watched(exercise, path, save(path, WRONG), save(path, WRONG))


# Files on disk


@pytest.fixture
def changes(tmp_path):
    events, stop = Queue(), threading.Event()
    folder = tmp_path / "folder"
    folder.mkdir()
    thread = watch_folder(folder, events, stop)
    time.sleep(0.4)
    yield folder, events
    stop.set()
    thread.join(5)
    assert not thread.is_alive()


def names(events, wanted):
    found, deadline = set(), time.monotonic() + 10
    while not wanted <= found and time.monotonic() < deadline:
        found.add(events.get(timeout=10).path.name)
    return found


def test_writing_renaming_and_deleting_are_seen(changes):
    folder, events = changes
    (folder / "ex05.py").write_text("a = 1\n")
    assert "ex05.py" in names(events, {"ex05.py"})
    (folder / ".ex05.py.swp").write_text("a = 2\n")
    (folder / ".ex05.py.swp").replace(folder / "ex05.py")  # as editors do that write a new file
    assert "ex05.py" in names(events, {"ex05.py"})
    (folder / "ex05.py").unlink()
    assert "ex05.py" in names(events, {"ex05.py"})
    assert Path(folder).is_dir()
