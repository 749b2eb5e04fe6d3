"""Grading again what the gradebook holds: a whole class with a mended suite, or one person for an appeal.

Theory of operation. The files come from the gradebook, as they were when they were graded, so that nothing that
happened to the folders since can matter. A regrade writes new results beside the old ones; under
`--never-lower` a result that would take points away is set aside and the old one goes on counting. A replay
writes nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from grader.batch.executors import Place
from grader.batch.jobs import Job, Outcome, basis_of, checked_result, course_hash
from grader.batch.warm import fault
from grader.course import Course, Exercise
from grader.errors import ExerciseError, StoreError, UsageError
from grader.exercise_files import suite_hash
from grader.gradebook.book import Gradebook, NewResult
from grader.gradebook.records import Mark, ResultState, StoredCase, StoredResult
from grader.gradebook.results import read_cases, read_result
from grader.grading import Settings, open_grader
from grader.language import tr
from grader.submission import read_submission
from grader.verdicts import Report

_WAIT_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a regrade makes of one submission.

    Attributes:
        marks: Of everybody who handed it in, as they are before.
        old: The computed score until now.
        new: The score under the present suite; None where there is none.
        is_kept: Whether the old one goes on counting: `--never-lower`, or no new score.
        message: What went wrong, where there is no new score.
        is_fault: Whether that was the grader's fault.
    """

    marks: tuple[Mark, ...]
    old: float | None
    new: float | None
    max_score: float
    is_kept: bool
    message: str = ""
    is_fault: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrade:
    """How a class is graded again.

    Attributes:
        is_dry: Whether nothing is written.
        never_lower: Whether a lower score is set aside.
    """

    course: Course
    exercises: Sequence[Exercise]
    seed: int
    language: str
    has_jail: bool = True
    is_dry: bool = False
    never_lower: bool = False


def regrade(
    book: Gradebook,
    marks: Sequence[Mark],
    request: Regrade,
    place: Place,
    *,
    on_progress: Callable[[int, int], None],
) -> list[Change]:
    """Grade every submission that counts once more and return what changes.

    Args:
        book: The gradebook.
        marks: All marks, as they are.
        request: How it is done.
        place: Where the jobs run.
        on_progress: Called with how many are done, and of how many.

    Raises:
        ExerciseError: An exercise cannot be graded here; nothing is written for it.
    """
    wanted = {exercise.id: exercise for exercise in request.exercises}
    by_handin: dict[int, list[Mark]] = {}
    for mark in marks:
        if mark.exercise_id in wanted and mark.handin_id is not None and mark.sha256:
            by_handin.setdefault(mark.handin_id, []).append(mark)
    in_use = course_hash(request.exercises)
    bases = {item.id: basis_of(item, seed=request.seed, course_hash=in_use) for item in request.exercises}

    def jobs() -> Iterator[tuple[int, Job]]:
        for handin_id, owners in by_handin.items():
            mark = owners[0]
            basis = bases[mark.exercise_id]
            yield (
                handin_id,
                Job(
                    handin_id=handin_id,
                    exercise_id=mark.exercise_id,
                    path=mark.path,
                    data=_source(book, mark.sha256, mark.path),
                    sha256=mark.sha256,
                    course_root=str(request.course.root.absolute()),
                    suite_hash=basis.suite_hash,
                    mistakes_hash=basis.mistakes_hash,
                    grader_version=basis.grader_version,
                    seed=basis.seed,
                    has_jail=request.has_jail,
                    language=request.language,
                ),
            )

    changes: dict[int, Change] = {}
    for handin_id, job, outcome in _outcomes(place, jobs()):
        if outcome.is_exercise_broken:
            raise ExerciseError(outcome.message, hint=f"grade verify {job.exercise_id}")
        result = checked_result(
            outcome, job, bases[job.exercise_id], max_score=wanted[job.exercise_id].total_points
        )
        change = _change(by_handin[handin_id], result, never_lower=request.never_lower)
        if not request.is_dry:
            book.add_result(
                replace(result, is_set_aside=change.is_kept and result.state is ResultState.GRADED),
                batch_id=None,
                sha256=job.sha256,
                source=job.data,
            )
        changes[handin_id] = change
        on_progress(len(changes), len(by_handin))
    return [changes[handin_id] for handin_id in by_handin if handin_id in changes]


def _source(book: Gradebook, sha256: str, path: str) -> bytes:
    source = book.source_of(sha256)
    if source is None:
        raise StoreError(
            tr("The gradebook does not hold `{path}` any more", path=path),
            hint=tr("Run `grade batch` on the class's work once more"),
        )
    return source


def _change(marks: Sequence[Mark], result: NewResult, *, never_lower: bool) -> Change:
    old, new = marks[0].computed, result.score
    is_lower = old is not None and new is not None and new < old - 1e-9
    return Change(
        marks=tuple(marks),
        old=old,
        new=new,
        max_score=result.max_score,
        is_kept=new is None or (never_lower and is_lower),
        message=result.message.replace(marks[0].path, PurePath(marks[0].path).name) if new is None else "",
        is_fault=result.state is ResultState.GRADER_ERROR,
    )


def _outcomes(place: Place, jobs: Iterator[tuple[int, Job]]) -> Iterator[tuple[int, Job, Outcome]]:
    """Yield what comes of each job; only a few are out at a time, and one that kills its process twice is a fault."""
    window = 2 * place.num_workers + 2
    executor = place.open()
    running: dict[Future[Outcome], tuple[int, Job]] = {}
    try:
        while True:
            suspects = _fill(place, executor, jobs, running, window)
            if not running and not suspects:
                break
            done, _ = wait(running, timeout=_WAIT_S, return_when=FIRST_COMPLETED)
            for future in done:
                task = running.pop(future)
                outcome = _outcome(future)
                if outcome is None:
                    suspects.append(task)
                else:
                    yield (*task, outcome)
            if suspects:  # any of those that were out may have killed the pool: each runs alone once more
                suspects += running.values()
                running.clear()
                place.stop(executor)
                for handin_id, job in suspects:
                    yield handin_id, job, _alone(place, job)
                executor = place.open()
    except BaseException:  # also where whoever asked for outcomes wants no more of them
        place.stop(executor)
        raise
    executor.shutdown()


def _fill(
    place: Place,
    executor: Executor,
    jobs: Iterator[tuple[int, Job]],
    running: dict[Future[Outcome], tuple[int, Job]],
    window: int,
) -> list[tuple[int, Job]]:
    while len(running) < window:
        task = next(jobs, None)
        if task is None:
            break
        try:
            running[place.submit(executor, task[1])] = task
        except BrokenExecutor:
            return [task]
    return []


def _alone(place: Place, job: Job) -> Outcome:
    executor = place.open(1)
    try:
        outcome = _outcome(place.submit(executor, job))
    finally:
        place.stop(executor)
    return outcome or fault(tr("The process that graded this died twice"))


def _outcome(future: Future[Outcome]) -> Outcome | None:
    try:
        return future.result()
    except Exception:  # noqa: BLE001 - the border to a foreign pool: a broken one, a lost worker, a bug
        return None


# --- one person ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """One stored result, run again.

    Attributes:
        stored: What the gradebook says.
        stored_cases: Its cases.
        report: What came out now, with the stored seed.
        is_same_suite: Whether the suite is still the one of the stored result.
    """

    stored: StoredResult
    stored_cases: tuple[StoredCase, ...]
    report: Report
    is_same_suite: bool

    @property
    def differing(self) -> tuple[str, ...]:
        """Ids of the cases that went another way than the gradebook says."""
        before = {case.case_id: case.verdict for case in self.stored_cases}
        return tuple(
            case.case_id for case in self.report.cases if before.get(case.case_id) is not case.verdict
        )


def replay(book: Gradebook, mark: Mark, exercise: Exercise, *, has_jail: bool = True) -> Replay:
    """Run the result that counts for a mark once more, with its seed, and write nothing.

    Raises:
        UsageError: There is no such result.
        StoreError: Its file is gone.
    """
    if mark.result_id is None:
        raise UsageError(
            tr(
                "There is no result to run again: {path}",
                path=mark.fault or mark.path or tr("nothing was handed in"),
            ),
            hint=tr("`grade report OUT` says who has no mark and why"),
        )
    stored = read_result(book, mark.result_id)
    source = _source(book, stored.sha256, stored.path)
    with tempfile.TemporaryDirectory(prefix="grade-replay-") as folder:
        path = Path(folder) / f"{exercise.id}{PurePath(stored.path).suffix or '.py'}"
        path.write_bytes(source)
        submission = replace(read_submission(path, exercise), path=stored.path)
        settings = Settings(seed=stored.basis.seed, jail=has_jail)
        report = open_grader(exercise, settings=settings, drive=lambda grader: grader.grade(submission))
    return Replay(
        stored=stored,
        stored_cases=tuple(read_cases(book, stored.id)),
        report=report,
        is_same_suite=suite_hash(exercise) == stored.basis.suite_hash,
    )
