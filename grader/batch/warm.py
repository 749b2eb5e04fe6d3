"""The side that grades: one warm grader for each process, asked with jobs and answering with outcomes.

Theory of operation. pytest owns the call in which a collected suite lives (`suite.plugin.run_suite`), so a warm
grader lives in a thread of its own that waits for submissions. Jobs of one exercise come one after the other;
when another exercise begins, the grader of the one before is closed, so that memory does not grow with the
course. Everything that a job can raise becomes an outcome: a pool is not for exceptions.
"""

from __future__ import annotations

import contextvars
import queue
import threading
from collections.abc import Callable
from pathlib import Path

from grader import __version__
from grader.batch.garbage import long_lived
from grader.batch.jobs import Job, Outcome, mistakes_hash, outcome_of
from grader.course import Exercise, open_course
from grader.errors import GraderError, SandboxError, UsageError
from grader.exercise_files import suite_hash
from grader.gradebook.records import ResultState
from grader.grading import Grader, Settings, open_grader
from grader.language import activate, active, tr
from grader.submission import Submission, read_submission
from grader.verdicts import Report

_CLOSE_S = 10.0


class WarmGrader:
    """A grader that stays collected and warm between submissions.

    Args:
        exercise: What is graded.
        settings: How each run is done.

    Raises:
        GraderError: The exercise cannot be graded here.
    """

    def __init__(self, exercise: Exercise, settings: Settings) -> None:
        self.exercise = exercise
        self._settings = settings
        self._asked: queue.SimpleQueue[Submission | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Report | BaseException | None] = queue.SimpleQueue()
        context = contextvars.copy_context()  # the active language goes along
        self._thread = threading.Thread(target=context.run, args=(self._run,), daemon=True)
        self._thread.start()
        self._answer()  # None: it is open

    def grade(self, submission: Submission) -> Report:
        """Return the report on one submission."""
        self._asked.put(submission)
        report = self._answer()
        if report is None:
            raise SandboxError(tr("The grader ended without an answer"))
        return report

    def close(self) -> None:
        """End the suite and the worker parent."""
        self._asked.put(None)
        self._thread.join(_CLOSE_S)

    def _answer(self) -> Report | None:
        answer = self._answers.get()
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _run(self) -> None:
        try:
            open_grader(self.exercise, settings=self._settings, drive=self._serve)
        except BaseException as error:  # noqa: BLE001 - raised again by whoever waits for the answer
            self._answers.put(error)

    def _serve(self, grader: Grader) -> None:
        if self._settings.jail and grader.missing_parts:
            raise SandboxError(
                tr("The jail is not complete here. Missing: {parts}", parts=", ".join(grader.missing_parts)),
                hint=tr("Run `grade doctor` to see what works on this machine"),
            )
        with long_lived():
            self._answers.put(None)
            while (submission := self._asked.get()) is not None:
                self._answers.put(grader.grade(submission))


class _Process:
    """What this process keeps between jobs."""

    def __init__(self) -> None:
        self.lock = threading.Lock()  # a Dask worker may have several threads; a suite has one
        self.key: tuple[object, ...] = ()
        self.warm: WarmGrader | None = None

    def grader(self, key: tuple[object, ...], make: Callable[[], WarmGrader]) -> WarmGrader:
        if self.warm is None or key != self.key:
            self.drop()
            self.warm, self.key = make(), key
        return self.warm

    def drop(self) -> None:
        warm, self.warm = self.warm, None
        if warm is not None:
            warm.close()


_process = _Process()


def grade_job(job: Job) -> Outcome:
    """Return what came of `job`, graded in this process."""
    return grade_with_course(job, Path(job.course_root))


def grade_with_course(job: Job, root: Path) -> Outcome:
    """Return what came of `job`, graded with the course in `root`."""
    with _process.lock:
        if job.language != active():
            activate(job.language)
        try:
            return _grade(job, root)
        except Exception as error:  # noqa: BLE001 - the border around one submission: nothing may end the batch
            _process.drop()
            return fault(f"{type(error).__name__}: {error}")


def fault(message: str, *, is_exercise_broken: bool = False) -> Outcome:
    """Return the outcome of a job that the grader itself could not do."""
    return Outcome(
        state=str(ResultState.GRADER_ERROR), message=message[:2000], is_exercise_broken=is_exercise_broken
    )


def _grade(job: Job, root: Path) -> Outcome:
    if job.grader_version != __version__:
        message = tr(
            "This worker has another version of grade. Expected {wanted}. Received: {found}",
            wanted=job.grader_version,
            found=__version__,
        )
        return fault(message, is_exercise_broken=True)
    key = (
        str(root),
        job.exercise_id,
        job.suite_hash,
        job.mistakes_hash,
        job.seed,
        job.has_jail,
        job.language,
    )

    def open_warm() -> WarmGrader:
        exercise = _exercise(root, job)
        return WarmGrader(exercise, Settings(seed=job.seed, jail=job.has_jail, remember=True))

    try:
        warm = _process.grader(key, open_warm)
    except GraderError as error:
        return fault(error.message, is_exercise_broken=True)
    try:
        path = Path(job.path)
        submission = read_submission(path, warm.exercise, data=job.data, compile_as=path.name)
    except UsageError as error:
        return Outcome(state=str(ResultState.NOT_READ), message=error.message)
    return outcome_of(warm.grade(submission))


def _exercise(root: Path, job: Job) -> Exercise:
    """Return the exercise, which must be the one that the job is about."""
    exercise = open_course(root).exercise(job.exercise_id)
    if (suite_hash(exercise), mistakes_hash(exercise)) != (job.suite_hash, job.mistakes_hash):
        raise SandboxError(
            tr("The course in `{root}` is not the one that this batch began with", root=root),
            hint=tr("Run the same command again"),
        )
    return exercise
