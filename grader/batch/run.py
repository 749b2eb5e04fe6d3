"""Grading a class: jobs go out, outcomes come back, each is written at once in a transaction of its own.

Theory of operation. Only a few jobs are out at a time, so that memory does not grow with the class. The process
that asks is the only one that writes the gradebook; a lock on OUT keeps a second batch away. When a pool breaks
(a process of it was killed), the jobs that were out run once more, each alone in a pool of its own: what breaks
that one too is written as a fault of the grader. A fault never has a score, and no earlier score is touched.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from grader.batch.executors import Place
from grader.batch.garbage import long_lived
from grader.batch.jobs import Job, Outcome, checked_result
from grader.batch.plan import BatchRequest, Item, Plan, make_plan, read_file
from grader.batch.warm import fault
from grader.gradebook.book import Gradebook, NewResult, open_gradebook
from grader.gradebook.records import ResultState
from grader.intake.records import ClassWork, Handin, Unread
from grader.language import tr
from grader.source.file import shown_path
from grader.store import held_alone
from grader.verdicts import Verdict

_LOCK_NAME = "batch.lock"
_WAIT_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """One result that was just written.

    Attributes:
        handin: What was graded.
        result_id: The gradebook's number for the result.
        result: What was written.
        job: What was asked for.
    """

    handin: Handin
    result_id: int
    result: NewResult
    job: Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A hand-in without a new score, and why."""

    handin: Handin
    state: ResultState
    message: str


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a batch did, counted while it runs.

    Attributes:
        verdicts: Of the submissions that were graded now.
        troubles: Faults of the grader, and files that could not be read.
        broken: Exercises that cannot be graded here at all, with the reason.
        is_stopped: Whether a person ended the batch before it was through.
    """

    plan: Plan
    work: ClassWork
    out: Path
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    troubles: list[Trouble] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)
    num_done: int = 0
    duration_s: float = 0.0
    is_stopped: bool = False

    @property
    def faults(self) -> list[Trouble]:
        """What the grader itself failed on."""
        return [trouble for trouble in self.troubles if trouble.state is ResultState.GRADER_ERROR]

    @property
    def unread(self) -> tuple[Unread, ...]:
        """What was not understood or refused when the class's work was taken in."""
        return self.work.unread


class Listener(Protocol):
    """Whoever wants to see how it goes."""

    def begin(self, tally: Tally) -> None:
        """Hear what there is to do."""
        ...

    def finished(self, finished: Finished, tally: Tally) -> None:
        """Hear of one result, which is in the gradebook by now."""
        ...


def run_batch(
    request: BatchRequest,
    work: ClassWork,
    place: Place,
    *,
    draw_seed: int,
    listener: Listener,
) -> Tally:
    """Grade what is not settled yet and return what was done.

    Raises:
        StoreError: The gradebook cannot be used, or another batch uses it.
    """
    request.out.mkdir(parents=True, exist_ok=True)
    message = tr("Another `grade batch` is at work on `{out}`", out=request.out)
    hint = tr("Wait until it has ended, or name another folder with `--out DIR`")
    with (
        held_alone(request.out / _LOCK_NAME, message, hint=hint),
        open_gradebook(request.out, create=True) as book,
    ):
        plan = make_plan(book, request, work, draw_seed=draw_seed)
        tally = Tally(plan=plan, work=work, out=request.out)
        listener.begin(tally)
        with long_lived():
            _Run(book, request, place, tally, listener).run()
        if not tally.is_stopped:
            book.end_batch(plan.batch_id)
    return tally


class _Run:
    """One batch at work."""

    def __init__(
        self, book: Gradebook, request: BatchRequest, place: Place, tally: Tally, listener: Listener
    ) -> None:
        self._book = book
        self._request = request
        self._place = place
        self._tally = tally
        self._listener = listener
        self._max_points = {exercise.id: exercise.total_points for exercise in request.exercises}

    def run(self) -> None:
        started = time.monotonic()
        try:
            if self._tally.plan.items:
                self._run_all(self._jobs())
        except KeyboardInterrupt:
            self._tally.is_stopped = True
        finally:
            self._tally.duration_s = time.monotonic() - started

    def _jobs(self) -> Iterator[tuple[Item, Job]]:
        for item in self._tally.plan.items:
            exercise_id = item.handin.exercise_id
            if exercise_id in self._tally.broken:
                continue
            basis = self._tally.plan.bases[exercise_id]
            yield (
                item,
                Job(
                    handin_id=item.handin_id,
                    exercise_id=exercise_id,
                    path=str(item.handin.path),
                    data=read_file(item.handin.path) or b"",
                    sha256=item.sha256,
                    course_root=str(self._request.course.root.absolute()),
                    suite_hash=basis.suite_hash,
                    mistakes_hash=basis.mistakes_hash,
                    grader_version=basis.grader_version,
                    seed=basis.seed,
                    has_jail=self._request.has_jail,
                    language=self._request.language,
                ),
            )

    def _run_all(self, jobs: Iterator[tuple[Item, Job]]) -> None:
        """Keep the workers busy until there is nothing left."""
        window = 2 * self._place.num_workers + 2
        executor = self._place.open()
        running: dict[Future[Outcome], tuple[Item, Job]] = {}
        try:
            while True:
                suspects = self._fill(executor, jobs, running, window)
                if not running and not suspects:
                    break
                done, _ = wait(running, timeout=_WAIT_S, return_when=FIRST_COMPLETED)
                suspects += self._collect(done, running)
                if suspects:
                    # Whichever of the jobs that were out killed its process: nobody can say which.
                    suspects += running.values()
                    running.clear()
                    self._place.stop(executor)
                    for item, job in suspects:
                        self._record(item, job, self._alone(job))
                    executor = self._place.open()
        except BaseException:
            self._place.stop(executor)
            raise
        executor.shutdown()

    def _fill(
        self,
        executor: Executor,
        jobs: Iterator[tuple[Item, Job]],
        running: dict[Future[Outcome], tuple[Item, Job]],
        window: int,
    ) -> list[tuple[Item, Job]]:
        """Hand in jobs up to `window`; return what a pool that is broken would not take."""
        while len(running) < window:
            task = next(jobs, None)
            if task is None:
                break
            item, job = task
            if sha256(job.data).hexdigest() != item.sha256:
                message = tr("`{path}` changed while the batch ran", path=item.handin.path)
                self._record(item, job, fault(message))
                continue
            try:
                running[self._place.submit(executor, job)] = task
            except BrokenExecutor:
                return [task]
        return []

    def _collect(
        self, done: set[Future[Outcome]], running: dict[Future[Outcome], tuple[Item, Job]]
    ) -> list[tuple[Item, Job]]:
        """Write what came back; return the jobs that came back without an outcome."""
        lost: list[tuple[Item, Job]] = []
        for future in done:
            item, job = running.pop(future)
            outcome = _outcome(future)
            if outcome is None:
                lost.append((item, job))
            else:
                self._record(item, job, outcome)
        return lost

    def _alone(self, job: Job) -> Outcome:
        """Return what comes of a job that runs in a pool of its own."""
        executor = self._place.open(1)
        try:
            outcome = _outcome(self._place.submit(executor, job))
        finally:
            self._place.stop(executor)
        return outcome or fault(tr("The process that graded this died twice"))

    def _record(self, item: Item, job: Job, outcome: Outcome) -> None:
        """Write one outcome and tell of it."""
        exercise_id = item.handin.exercise_id
        if outcome.is_exercise_broken:
            self._tally.broken.setdefault(exercise_id, outcome.message)
        basis = self._tally.plan.bases[exercise_id]
        max_score = self._max_points[exercise_id]
        if outcome.state == ResultState.NOT_READ and item.handin.place:  # where the teacher looks for it
            message = outcome.message.replace(job.path, item.handin.place)
            outcome = replace(
                outcome, message=message.replace(shown_path(item.handin.path), item.handin.place)
            )
        result = checked_result(outcome, job, basis, max_score=max_score)
        result_id = self._book.add_result(
            result, batch_id=self._tally.plan.batch_id, sha256=item.sha256, source=job.data
        )
        self._tally.num_done += 1
        if result.state is ResultState.GRADED:
            self._tally.verdicts[result.verdict] += 1
        else:
            self._tally.troubles.append(
                Trouble(handin=item.handin, state=result.state, message=result.message)
            )
        finished = Finished(handin=item.handin, result_id=result_id, result=result, job=job)
        self._listener.finished(finished, self._tally)


def _outcome(future: Future[Outcome]) -> Outcome | None:
    """Return a job's outcome; None where the process that had it is gone."""
    try:
        outcome = future.result()
    except Exception:  # noqa: BLE001 - the border to a foreign pool: a broken one, a lost worker, a bug
        return None
    return outcome if isinstance(outcome, Outcome) else None
