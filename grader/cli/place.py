"""Where a learner is, and which exercise and file are meant: by name, by folder, or by what was edited last."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import UsageError
from grader.language import tr
from grader.report.look import Look
from grader.workspace import Workspace, files_for, workspaces_near

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.attempts import Attempt
    from grader.course import Course, Exercise
    from grader.progress import Recorder
    from grader.standing import Standing
    from grader.verdicts import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a command runs.

    Attributes:
        course: The course in use.
        workspace: The learner's folder, this one or one above it; None elsewhere.
        course_option: What `--course` says, as it was typed; empty without.
    """

    course: Course
    workspace: Workspace | None
    course_option: str = ""

    def command(self, *words: str) -> str:
        """Return a command line of ours that means the course in use."""
        return Look(course=self.course_option).command(*words)

    def chosen(self, name: str | None, file: Path | None) -> tuple[Exercise, Path]:
        """Return the exercise and the file that a person means.

        Raises:
            UsageError: There is no such exercise, or no file for it where one is expected.
        """
        if name is None:
            return self.edited_last()
        if file is not None:
            return self.course.exercise(name), file
        named = Path(name)
        if named.suffix and named.is_file():  # `grade check work/ex05.py`
            return self._exercise_of(named), named
        exercise = self.course.exercise(name)
        return exercise, self.file(exercise)

    def edited_last(self) -> tuple[Exercise, Path]:
        """Return the exercise that was edited last, and its file.

        Raises:
            UsageError: Nothing was edited yet, or this is no place where one learns.
        """
        workspace = self.workspace or Workspace(root=Path.cwd())
        found = workspace.edited_last(self.course)
        if found is not None:
            return found[0], shown(found[1])
        if self.workspace is None:
            raise UsageError(tr("Which exercise? This folder is no workspace"), hint=self.elsewhere_hint())
        first = next(iter(self.course.folders), "ex01")
        raise UsageError(
            tr("No file here has been edited yet: there is nothing to grade"),
            hint=tr("Begin with `{command}`", command=self.command("show", first)),
        )

    def file(self, exercise: Exercise) -> Path:
        """Return the learner's file for an exercise.

        Raises:
            UsageError: There is none.
        """
        here = [path for path in files_for(Path(), exercise.id) if path.exists()]
        if here:
            return max(here, key=lambda path: path.lstat().st_mtime)
        inside = self.workspace and self.workspace.file(exercise.id)
        if inside:
            return shown(inside)
        path = f"{exercise.id}.py"
        if self.workspace is not None:
            raise UsageError(
                tr(
                    "There is no `{path}` in your workspace. Expected your code for {id}",
                    path=path,
                    id=exercise.id,
                ),
                hint=tr("`{command}` brings the stub back", command=self.command("reset", exercise.id)),
            )
        advice = tr(
            "To grade another file: `{command}`",
            command=self.command("check", exercise.id, "FILE"),
        )
        raise UsageError(
            tr("There is no `{path}` in this folder. Expected your code for {id}", path=path, id=exercise.id),
            hint=self.elsewhere_hint() + ". " + advice,
        )

    def found_file(self, exercise: Exercise) -> Path | None:
        """Return the learner's file for an exercise, or None."""
        try:
            return self.file(exercise)
        except UsageError:
            return None

    def _exercise_of(self, path: Path) -> Exercise:
        try:
            return self.course.exercise(path.name)
        except UsageError as error:
            if self.course.folders.keys() & {path.stem}:
                raise
            raise UsageError(
                tr(
                    "`{path}` is a file, and its name is no exercise's. Expected an exercise first", path=path
                ),
                hint=tr(
                    "For instance `{example}`",
                    example=self.command("check", next(iter(self.course.folders)), str(path)),
                ),
            ) from error

    def elsewhere(self) -> str:
        """Return the command that leads to a workspace: into one that is near, or the one that makes one."""
        near = workspaces_near(Path())
        return shlex.join(["cd", str(shown(near[0]))]) if near else self.command("init", "learn")

    def elsewhere_hint(self) -> str:
        """Return a sentence with that command."""
        command = self.elsewhere()
        if command.startswith("cd "):
            return tr("Your workspace is another folder: `{command}`", command=command)
        return tr("`{command}` makes a workspace", command=command)

    # --- what is kept ------------------------------------------------------------------------------------------

    def attempts(self) -> tuple[Attempt, ...]:
        """Return what was tried so far; nothing outside a workspace.

        Raises:
            StoreError: The record cannot be read.
        """
        if self.workspace is None:
            return ()
        from grader.progress import attempts_in

        return attempts_in(self.workspace.state, course=self.course_name)

    def standing(self) -> Standing:
        """Return how far the learner has come."""
        from grader.standing import standing, utc_now

        return standing(self.course.exercises, self.attempts(), now=utc_now())

    @property
    def course_name(self) -> str:
        """The name under which attempts are kept; empty for the course that comes with the grader."""
        return course_name(self.course)

    def recorder(self, path: Path) -> Recording:
        """Return what keeps the checks of a file: only of one that lies in the workspace."""
        inside = self.workspace is not None and _is_below(path, self.workspace.root)
        return Recording(self.workspace.state if inside and self.workspace else None, self.course_name)


class Recording:
    """Keeps the attempts at one file; see `progress.Recorder`."""

    def __init__(self, folder: Path | None, course: str) -> None:
        self._folder = folder
        self._course = course
        self._recorder: Recorder | None = None
        self._last: Attempt | None = None

    def add(self, report: Report) -> None:
        """Keep a report as an attempt; the grader's own failure is none."""
        if self._folder is None or report.score is None:
            return
        from time import time

        from grader.attempts import attempt_of
        from grader.progress import Recorder

        self._recorder = self._recorder or Recorder(self._folder)
        self._last = attempt_of(report, course=self._course, now=time())
        self._recorder.add(self._last)

    def add_other_seed(self, seed: int) -> None:
        """Keep that another seed showed a failure after full points."""
        if self._recorder is not None and self._last is not None:
            self._recorder.mark_other_seed(self._last.key, seed)

    def close(self) -> None:
        """Let the record go."""
        if self._recorder is not None:
            self._recorder.close()

    def tell(self, say: Callable[[str], None]) -> None:
        """Say once what kept the attempts from being kept."""
        if self._recorder is not None:
            for note in self._recorder.notes:
                say(tr("note: {note}", note=note) + "\n")
            self._recorder.notes.clear()


def course_name(course: Course) -> str:
    """Return the name of a course under which attempts are kept; empty for the bundled one."""
    from grader.course_folders import bundled_root
    from grader.errors import ExerciseError

    try:
        is_bundled = course.root.resolve() == bundled_root().resolve()
    except ExerciseError:
        is_bundled = False
    return "" if is_bundled else course.root.resolve().name


def shown(path: Path) -> Path:
    """Return a path as one would type it here."""
    try:
        return Path(os.path.relpath(path))
    except ValueError:  # another drive (Windows)
        return path


def _is_below(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except OSError:
        return False
