"""Where attacks are tried: a copy of the course with secrets planted in everything that must stay closed.

Each secret is a random word. Wherever one of them turns up in what a grading run says, something was read
that nobody may read.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from grader.course import Course, Exercise, Limits, open_course
from grader.errors import UsageError
from grader.language import tr

# Small, so that what waits and what fills does so quickly; an honest submission needs a hundredth of it.
LIMITS = Limits(case_s=1.0, submission_s=8.0, memory_mib=200)
_MARKS = ("TESTS_MARK", "SOLUTION_MARK", "OTHER_MARK", "GRADER_SECRET", "FILE_MARK")
_PARTS = ("exercises", "solutions", "datasets")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A course to be attacked.

    Attributes:
        marks: Each planted secret by its name.
    """

    course: Course
    folder: Path
    marks: Mapping[str, str]

    def exercise(self, exercise_id: str) -> Exercise:
        """Return an exercise of it."""
        return self.course.exercise(exercise_id)

    def honest(self, exercise: Exercise) -> Path:
        """Return a submission that gets full marks and holds a secret of its own."""
        return self.folder / "submissions" / f"{exercise.id}.py"


@contextmanager
def open_ground(course: Course, exercise_ids: frozenset[str]) -> Iterator[Ground]:
    """Yield a copy of `course`, with secrets in the suites, the solutions, the folders and the environment.

    Raises:
        UsageError: An exercise has no solution to be attacked.
    """
    marks = {name: f"{name.lower()}-{secrets.token_hex(12)}" for name in _MARKS}
    before = os.environ.get("GRADER_SECRET")
    with TemporaryDirectory(prefix="grade-attacks-") as name:
        folder = Path(name)
        for part in _PARTS:
            if (course.root / part).is_dir():
                shutil.copytree(
                    course.root / part, folder / part, ignore=shutil.ignore_patterns("__pycache__")
                )
        (folder / "mark.txt").write_text(marks["FILE_MARK"], "utf-8")
        (folder / "submissions").mkdir()
        ground = Ground(course=open_course(folder), folder=folder, marks=marks)
        for exercise_id in sorted(exercise_ids):
            _plant(ground, ground.exercise(exercise_id))
        ground = replace(ground, course=open_course(folder))  # as the files are now
        os.environ["GRADER_SECRET"] = marks["GRADER_SECRET"]
        try:
            yield ground
        finally:
            if before is None:
                del os.environ["GRADER_SECRET"]
            else:
                os.environ["GRADER_SECRET"] = before


def _plant(ground: Ground, exercise: Exercise) -> None:
    solution, suite = exercise.solution, exercise.hidden_suite
    declaration = exercise.folder / "exercise.toml"
    text = declaration.read_text("utf-8")
    for key, value in asdict(LIMITS).items():
        text = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", text)
    declaration.write_text(text, "utf-8")
    if solution is None or suite is None:
        raise UsageError(
            tr("{id} has no solution and hidden suite here: nothing that could be attacked", id=exercise.id),
            hint=tr("Name a course with solutions: `grade verify --attacks DIR --course COURSE`"),
        )
    shutil.copy(solution, ground.honest(exercise))
    _append(ground.honest(exercise), "OTHER_MARK", ground.marks)
    _append(solution, "SOLUTION_MARK", ground.marks)
    _append(suite, "TESTS_MARK", ground.marks)


def _append(path: Path, name: str, marks: Mapping[str, str]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f'\n\n{name} = "{marks[name]}"\n')
