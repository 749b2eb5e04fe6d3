"""`grade watch`: a warm grader for one exercise at a time, fed by saved files and pressed keys.

Theory of operation. A thread watches the learner's folder, another one reads keys; both only put events into a
queue. This thread takes them out one by one inside `open_grader`, so that suite and worker parent stay warm from one
save to the next. Going on to another exercise leaves `open_grader` and enters it again. A file is graded when its
bytes differ from those graded last; a file that is gone, empty or half written is waited for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from queue import Empty, Queue
from threading import Event as Flag
from threading import Thread
from typing import TYPE_CHECKING, Protocol

from grader.course import Exercise
from grader.errors import SandboxError, UsageError
from grader.grading import Grader, Settings, open_grader
from grader.submission import Submission, read_submission
from grader.verdicts import Report

if TYPE_CHECKING:
    from grader.suite.shrink import SmallestInput

STEP_MS = 20  # how long a folder must be quiet before its changes count as one
_DEBOUNCE_MS = 150
_TICK_S = 1.0
_HALF_WRITTEN_S = 0.06  # what does not parse is read once more after this
_RESTART_S = 10.0  # a worker parent that dies twice within this is broken


@dataclass(frozen=True, slots=True)
class Saved:
    """A file was written, renamed or deleted."""

    path: Path


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key was pressed: `h`, `n`, `l`, `q` or `c`."""

    key: str


Event = Saved | Pressed


@dataclass(frozen=True, slots=True)
class Target:
    """What is watched: an exercise and the learner's file for it."""

    exercise: Exercise
    path: Path


class Desk(Protocol):
    """The learner's folder, as far as watching needs it."""

    def target_of(self, path: Path) -> Target | None:
        """Return what a file that changed belongs to; None where it is no exercise's."""

    def after(self, target: Target, *, is_solved: bool) -> Target | None:
        """Return what comes next; None where nothing does."""


class Screen(Protocol):
    """What a learner sees."""

    def begin(self, target: Target) -> bool:
        """Say what is watched now; return whether the file is worth a first check."""

    def checking(self, target: Target) -> None:
        """Say that a check runs."""

    def report(self, target: Target, report: Report, *, took_s: float) -> None:
        """Show a result, and keep it."""

    def extra_seed(self, seed: int, report: Report) -> None:
        """Show a failure that only another seed showed."""

    def smallest(self, found: SmallestInput) -> None:
        """Show a smallest input that fails."""

    def problem(self, target: Target, error: UsageError) -> None:
        """Show why a file cannot be graded at all."""

    def waiting(self, target: Target) -> None:
        """Say that the file is gone or empty."""

    def hint(self, target: Target, report: Report | None) -> None:
        """Show the next hint."""

    def overview(self) -> None:
        """Show every exercise."""

    def solved(self, target: Target, following: Target | None) -> None:
        """Say that an exercise is done, and what comes next."""

    def tick(self) -> None:
        """Bring the status line up to date."""


class Watcher:
    """Grades at every save.

    Args:
        events: What the threads put in.
        desk: The learner's folder.
        screen: What the learner sees.
        settings: How a check is done.
        follow: Whether a saved file of another exercise makes that one the watched one.
    """

    def __init__(
        self, events: Queue[Event], desk: Desk, screen: Screen, settings: Settings, *, follow: bool
    ) -> None:
        self._events = events
        self._desk = desk
        self._screen = screen
        self._settings = settings
        self._follow = follow
        self._graded: str | None = None  # the hash of the bytes that were graded last
        self._report: Report | None = None

    def run(self, target: Target) -> None:
        """Watch until the learner leaves.

        Raises:
            SandboxError: No worker can be started.
        """
        following: Target | None = target
        restarted = -_RESTART_S
        while following is not None:
            target = following
            self._graded, self._report = None, None
            try:
                following = open_grader(
                    target.exercise, settings=self._settings, drive=partial(self._drive, target)
                )
            except SandboxError:
                if time.monotonic() - restarted < _RESTART_S:
                    raise
                restarted = time.monotonic()  # the warm parent was killed: a new one

    def _drive(self, target: Target, grader: Grader) -> Target | None:
        """Return what is watched next; None to leave."""
        if self._screen.begin(target):
            following = self._check(grader, target)
            if following is not None:
                return following
        if target.exercise.solution is not None and not target.exercise.needs_worker:
            grader.diagnoser  # noqa: B018 - loaded now, so that the first failing case need not wait for it
        while True:
            try:
                event = self._events.get(timeout=_TICK_S)
            except Empty:
                self._screen.tick()
                continue
            if event == Pressed("q"):
                return None
            following = self._answer(event, grader, target)
            if following is not None:
                return following

    def _answer(self, event: Event, grader: Grader, target: Target) -> Target | None:
        if isinstance(event, Saved):
            if event.path.name == target.path.name:
                return self._check(grader, target)
            other = self._desk.target_of(event.path) if self._follow else None
            return other if other is not None and other.exercise.id != target.exercise.id else None
        match event.key:
            case "n":
                following = self._desk.after(target, is_solved=False)
                if following is None:
                    self._screen.overview()
                return following
            case "h":
                self._screen.hint(target, self._report)
            case "l":
                self._screen.overview()
            case "c":
                self._graded = None
                return self._check(grader, target)
        return None

    def _check(self, grader: Grader, target: Target) -> Target | None:
        """Grade the file if it is another than before; return what comes next where all is green."""
        started = time.perf_counter()
        data = _bytes_of(target.path)
        if not data.strip():
            self._graded = None
            self._screen.waiting(target)
            return None
        if sha256(data).hexdigest() == self._graded:
            self._screen.tick()
            return None
        self._screen.checking(target)
        try:
            submission = self._read(target)
        except UsageError as error:
            self._graded = sha256(data).hexdigest()
            self._report = None
            self._screen.problem(target, error)
            return None
        self._graded = submission.sha256
        refuted: list[int] = []

        def show(report: Report) -> None:
            self._report = report
            self._screen.report(target, report, took_s=time.perf_counter() - started)

        def show_extra_seed(seed: int, report: Report) -> None:
            refuted.append(seed)
            self._screen.extra_seed(seed, report)

        report = grader.grade(
            submission,
            on_report=show,
            on_extra_seed=show_extra_seed,
            on_smallest=self._screen.smallest,
        )
        if not report.all_passed or refuted:
            self._screen.tick()
            return None
        following = self._desk.after(target, is_solved=True)
        self._screen.solved(target, following)
        return following

    def _read(self, target: Target) -> Submission:
        """Return the file, read once more where an editor may just be writing it."""
        try:
            submission = read_submission(target.path, target.exercise)
        except UsageError:
            submission = None
        if submission is not None and submission.syntax_error is None:
            return submission
        time.sleep(_HALF_WRITTEN_S)
        return read_submission(target.path, target.exercise)


def _bytes_of(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""


def watch_folder(folder: Path, events: Queue[Event], stop: Flag) -> Thread:
    """Start and return the thread that puts a `Saved` into `events` for every file of a folder that changes."""
    thread = Thread(target=_watch, args=(folder, events.put, stop), daemon=True, name="watch")
    thread.start()
    return thread


def _watch(folder: Path, put: Callable[[Event], None], stop: Flag) -> None:
    from watchfiles import watch

    for force_polling in (
        None,
        True,
    ):  # the second where the system gives no more notices, as in some containers
        try:
            for changes in watch(
                folder,
                watch_filter=None,
                debounce=_DEBOUNCE_MS,
                step=STEP_MS,
                stop_event=stop,
                rust_timeout=500,
                recursive=False,
                raise_interrupt=False,
                force_polling=force_polling,
            ):
                for path in sorted({Path(name) for _, name in changes}):
                    put(Saved(path))
        except OSError:
            continue
        return
