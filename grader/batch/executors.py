"""Where jobs run: processes of this machine, or a Dask cluster, behind one interface.

Both give a `concurrent.futures.Executor` and a function that grades a job on it; `run` knows no more of either.
A killed process of this machine breaks its pool, which `run` makes again; Dask gives the task of a lost worker
to another one by itself.
"""

from __future__ import annotations

import hashlib
import io
import socket
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from grader.batch.jobs import Job, Outcome
from grader.batch.warm import fault, grade_job, grade_with_course
from grader.course import Course, Exercise, open_course
from grader.course_folders import files_below
from grader.errors import GraderError, UsageError
from grader.exercise_files import suite_hash
from grader.language import tr
from grader.processes import end_pool, num_cores, open_pool

_CONNECT_S = 10.0


class Place(Protocol):
    """Somewhere jobs can run."""

    @property
    def num_workers(self) -> int:
        """How many jobs run at the same time."""
        ...

    def open(self, num_workers: int | None = None) -> Executor:
        """Return a fresh executor, with at most `num_workers` at work."""
        ...

    def submit(self, executor: Executor, job: Job) -> Future[Outcome]:
        """Hand in one job."""
        ...

    def stop(self, executor: Executor) -> None:
        """End an executor without waiting for what it does."""
        ...


class LocalProcesses:
    """Processes of this machine, started anew (`spawn`), each with one warm grader.

    Args:
        num_workers: How many; None for one on each core that this process may use.
    """

    def __init__(self, num_workers: int | None = None) -> None:
        self._num_workers = num_workers or num_cores()

    @property
    def num_workers(self) -> int:
        """How many jobs run at the same time."""
        return self._num_workers

    def open(self, num_workers: int | None = None) -> Executor:
        """Return a fresh pool."""
        return open_pool(num_workers or self._num_workers, keeps_to_cores=True)

    def submit(self, executor: Executor, job: Job) -> Future[Outcome]:
        """Hand in one job."""
        return executor.submit(grade_job, job)

    def stop(self, executor: Executor) -> None:
        """End a pool: nothing of what it does is of use any more."""
        end_pool(executor)


class DaskCluster:
    """The workers of a Dask cluster; each receives the course once and checks that it is the right one.

    Args:
        client: Of the cluster.
        course: What is graded with.
        exercises: Those of it that are needed.
    """

    def __init__(self, client: Any, course: Course, exercises: Sequence[Exercise]) -> None:  # noqa: ANN401 - Dask has no types
        self._client = client
        self._course = client.scatter(pack_course(course, exercises), broadcast=True)

    @property
    def num_workers(self) -> int:
        """How many jobs run at the same time."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def open(self, num_workers: int | None = None) -> Executor:
        """Return the cluster as an executor."""
        del num_workers
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def submit(self, executor: Executor, job: Job) -> Future[Outcome]:
        """Hand in one job."""
        return executor.submit(grade_anywhere, job, self._course)

    def stop(self, executor: Executor) -> None:
        """Forget what still runs."""
        executor.shutdown(wait=False, cancel_futures=True)


@contextmanager
def dask_cluster(address: str, course: Course, exercises: Sequence[Exercise]) -> Iterator[DaskCluster]:
    """Connect to the Dask scheduler at `address`, such as `tcp://10.0.0.1:8786`.

    Raises:
        UsageError: Dask is not installed, nobody answers there, or the cluster has no worker.
    """
    try:
        import distributed
    except ImportError as error:
        raise UsageError(
            tr("`--cluster` needs Dask, which is not installed"),
            hint=tr(
                "Install it with `pip install 'neurograde[cluster]'`, or from a checkout `pip install '.[cluster]'`"
            ),
        ) from error
    try:
        client: Any = distributed.Client(address, timeout=_CONNECT_S)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(
            tr("No Dask scheduler answers at `{address}`: {error}", address=address, error=error),
            hint=tr(
                "Start one with `dask scheduler`, and workers with `dask worker {address}`", address=address
            ),
        ) from error
    try:
        if not client.nthreads():
            raise UsageError(
                tr("The Dask cluster at `{address}` has no workers", address=address),
                hint=tr("Start one with `dask worker {address} --nthreads 1`", address=address),
            )
        yield DaskCluster(client, course, exercises)
    finally:
        client.close()


def pack_course(course: Course, exercises: Sequence[Exercise]) -> bytes:
    """Return what grading needs of a course, as a zip archive."""
    buffer = io.BytesIO()
    folders = [folder for item in exercises for folder in (item.folder, item.solution_folder) if folder]
    datasets = course.root / "datasets"
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in [*folders, *([datasets] if datasets.is_dir() else [])]:
            for path in files_below(folder):
                archive.write(path, path.relative_to(course.root).as_posix())
        for exercise_id in course.folders:  # prerequisites must exist, and need not be complete
            name = f"exercises/{course.folders[exercise_id].name}/"
            if name not in archive.namelist():
                archive.writestr(name, "")
    return buffer.getvalue()


def grade_anywhere(job: Job, packed_course: bytes) -> Outcome:
    """Return what came of `job`, graded on a machine that may not have the course yet."""
    try:
        root = _course_here(job.course_root, job.exercise_id, job.suite_hash, packed_course)
    except (GraderError, OSError, ValueError, zipfile.BadZipFile) as error:
        return fault(f"{socket.gethostname()}: {error}", is_exercise_broken=True)
    return grade_with_course(job, root)


def _course_here(root: str, exercise_id: str, wanted_hash: str, packed_course: bytes) -> Path:
    """Return a folder of this machine that holds the course: the same one as there, or what was sent."""
    return _found(root, exercise_id, wanted_hash) or _unpacked(packed_course)


@lru_cache(maxsize=64)
def _found(root: str, exercise_id: str, wanted_hash: str) -> Path | None:
    with suppress(GraderError, OSError):
        if suite_hash(open_course(Path(root)).exercise(exercise_id)) == wanted_hash:
            return Path(root)
    return None


@lru_cache(maxsize=4)
def _unpacked(packed_course: bytes) -> Path:
    digest = hashlib.sha256(packed_course).hexdigest()[:16]
    folder = tempfile.mkdtemp(prefix=f"grade-course-{digest}-")
    with zipfile.ZipFile(io.BytesIO(packed_course)) as archive:
        archive.extractall(folder)
    return Path(folder)
