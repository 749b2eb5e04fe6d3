"""What a batch has to do: what was handed in is read, noted in the gradebook, and what is settled left out."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from grader import __version__
from grader.batch.jobs import basis_of, course_hash
from grader.batch.moved_deadlines import note_moved_deadlines
from grader.course import Course, Exercise
from grader.errors import StoreError
from grader.gradebook.book import Gradebook
from grader.gradebook.corrections import set_late_policy
from grader.gradebook.records import Basis, LatePolicy
from grader.intake.records import ClassWork, Handin
from grader.language import tr

MAX_FILE_BYTES = 32 << 20  # a notebook with its pictures; what is larger is no submission


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRequest:
    """What a person asked of `grade batch`.

    Attributes:
        source: Where the class's work came from, for the record.
        out: Where the gradebook is.
        exercises: What is graded.
        seed: Of the random inputs, the same for everybody; None takes the gradebook's, or draws one.
        late: Due dates and policies to declare, by exercise.
        has_jail: Whether submissions are confined.
    """

    source: Path
    out: Path
    course: Course
    exercises: Sequence[Exercise]
    language: str
    seed: int | None = None
    late: Mapping[str, LatePolicy] = field(default_factory=dict)
    has_jail: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One hand-in that is to be graded."""

    handin_id: int
    handin: Handin
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What there is to do.

    Attributes:
        items: In the order of the exercises.
        num_settled: Hand-ins whose result is in the gradebook already.
        settled: Their ids.
        bases: What new results rest on, by exercise.
    """

    batch_id: int
    seed: int
    items: tuple[Item, ...]
    settled: Mapping[int, Handin]
    bases: Mapping[str, Basis]

    @property
    def num_settled(self) -> int:
        """How many hand-ins need no run."""
        return len(self.settled)


def make_plan(book: Gradebook, request: BatchRequest, work: ClassWork, *, draw_seed: int) -> Plan:
    """Note what was handed in and return what is to be graded, in one transaction.

    Args:
        book: The gradebook.
        request: What was asked for.
        work: What `take_in` found.
        draw_seed: The seed to take where neither the request nor the gradebook has one.
    """
    hashes = [file_hash(handin.path) for handin in work.handins]
    in_use = course_hash(request.exercises)
    with book.store.transaction():
        seed = request.seed if request.seed is not None else int(book.setting("seed") or draw_seed)
        book.set_setting("seed", str(seed))
        batch_id = book.begin_batch(
            source=str(request.source),
            layout=work.layout,
            seed=seed,
            course_hash=in_use,
            grader_version=__version__,
        )
        for exercise in request.exercises:
            title = exercise.title
            book.set_exercise(
                exercise.id, title_en=title.en, title_ko=title.ko, max_score=exercise.total_points
            )
            if exercise.id in request.late:
                set_late_policy(book, exercise.id, request.late[exercise.id])
        people = {student.key: student for student in work.students}
        for handin in work.handins:
            people |= {member.key: member for member in handin.members if member.key not in people}
        for unusable in work.unusable:
            people |= {member.key: member for member in unusable.members if member.key not in people}
        book.set_students(people.values())
        note_moved_deadlines(book, work.extensions, [exercise.id for exercise in request.exercises])
        book.set_unread(batch_id, work.unread)
        book.set_unusable([exercise.id for exercise in request.exercises], work.unusable)
        ids = book.add_handins(zip(work.handins, hashes, strict=True))
        bases = {item.id: basis_of(item, seed=seed, course_hash=in_use) for item in request.exercises}
        done = {exercise_id: book.settled(exercise_id, basis) for exercise_id, basis in bases.items()}
    found = [
        Item(handin_id=handin_id, handin=handin, sha256=digest)
        for handin_id, handin, digest in zip(ids, work.handins, hashes, strict=True)
    ]
    return Plan(
        batch_id=batch_id,
        seed=seed,
        items=tuple(_in_order(found, done, [item.id for item in request.exercises])),
        settled={
            item.handin_id: item.handin for item in found if item.handin_id in done[item.handin.exercise_id]
        },
        bases=bases,
    )


def _in_order(items: Iterable[Item], done: Mapping[str, set[int]], order: Sequence[str]) -> list[Item]:
    left = [item for item in items if item.handin_id not in done[item.handin.exercise_id]]
    return sorted(left, key=lambda item: order.index(item.handin.exercise_id))


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, or of nothing where it cannot be a submission."""
    data = read_file(path)
    return sha256(b"" if data is None else data).hexdigest()


def read_file(path: Path) -> bytes | None:
    """Return the bytes of a regular file of a sensible size; None for anything else.

    Raises:
        StoreError: It is there and cannot be read.
    """
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:
            return None
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(
            tr("`{path}` cannot be read: {error}", path=path, error=error),
            hint=tr("Check the folder and its permissions"),
        ) from error
