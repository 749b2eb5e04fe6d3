"""A learner's folder: stubs and statements written once, never over what is there; the file edited last.

A workspace is a folder with `.grade/workspace.json` in it. That file only marks the folder: no path in it is ever
followed, so that grading in a folder which somebody else made runs nothing of theirs outside the worker.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from grader.course import Course, Exercise
from grader.errors import StoreError, UsageError
from grader.language import active, tr

STATE_FOLDER = ".grade"
STATEMENTS = "statements"
GUIDE = "README.md"
SUFFIXES = (".py", ".ipynb")
_MARKER = Path(STATE_FOLDER) / "workspace.json"
_KEPT = Path(STATE_FOLDER) / "kept"
_FORMAT_VERSION = 1
_MAX_ENTRIES = 1000  # of a folder, looked at for a workspace in it
_STATEMENT_NAME = re.compile(r"README\.md(?: \(한국어: README\.ko\.md\))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What `init` did.

    Attributes:
        made: The files that were written.
        kept: The files that were there already and stay as they are.
    """

    root: Path
    made: tuple[Path, ...]
    kept: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A learner's folder."""

    root: Path

    @property
    def state(self) -> Path:
        """The folder of what is kept between commands."""
        return self.root / STATE_FOLDER

    def file(self, exercise_id: str) -> Path | None:
        """Return the learner's file for an exercise, the one edited last where there are two; None without."""
        found = [path for path in files_for(self.root, exercise_id) if path.is_file()]
        return max(found, key=_edited_at) if found else None

    def edited_last(self, course: Course) -> tuple[Exercise, Path] | None:
        """Return the exercise whose file was edited last, and the file; None where all are as they came."""
        found = [(path, exercise_id) for exercise_id in course.folders if (path := self.file(exercise_id))]
        for path, exercise_id in sorted(found, key=lambda item: _edited_at(item[0]), reverse=True):
            exercise = course.exercise(exercise_id)
            if not is_untouched(exercise, path):
                return exercise, path
        return None


def files_for(folder: Path, exercise_id: str) -> tuple[Path, ...]:
    """Return the names that a learner's file for an exercise may have in a folder."""
    return tuple(folder / f"{exercise_id}{suffix}" for suffix in SUFFIXES)


def _edited_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # an editor is just replacing it
        return 0.0


# --- where it is -----------------------------------------------------------------------------------------------


def find_workspace(start: Path) -> Workspace | None:
    """Return the workspace that `start` is or lies in; None where there is none."""
    start = start.absolute()
    for folder in (start, *start.parents):
        try:
            if (folder / _MARKER).is_file():
                return Workspace(root=folder)
        except OSError:  # not allowed to look
            continue
    return None


def workspaces_near(folder: Path) -> tuple[Path, ...]:
    """Return the workspaces directly below a folder or beside it, sorted; for somebody who is in the wrong one."""
    folder = folder.absolute()
    return tuple(
        sorted({child for place in (folder, folder.parent) for child in _folders(place) if is_marked(child)})
    )


def is_marked(folder: Path) -> bool:
    """Return whether a folder is a workspace."""
    try:
        return (folder / _MARKER).is_file()
    except OSError:
        return False


def _folders(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            yield from (Path(entry.path) for entry in islice(entries, _MAX_ENTRIES) if entry.is_dir())
    except OSError:
        return


# --- writing it ------------------------------------------------------------------------------------------------


def default_root(here: Path) -> Path:
    """Return where `init` writes when no folder is named: here where nothing is in the way, else in a new one."""
    if is_marked(here):
        return here
    names = [path.name for path in here.iterdir() if not path.name.startswith(".")]
    return here / "neurograde" if names else here


def create(root: Path, exercises: Sequence[Exercise], *, notebook: bool = False) -> Written:
    """Write a workspace: stubs (or notebooks), statements and a guide in the run's language.

    Args:
        root: The folder; made where it is missing. What lies in it is never written over.
        exercises: Whose stubs and statements are wanted.
        notebook: Notebooks in place of Python files.

    Raises:
        UsageError: The folder is a course, or no folder, or cannot be written to.
    """
    _refuse_course(root)
    made: list[Path] = []
    kept: list[Path] = []
    try:
        (root / STATE_FOLDER).mkdir(parents=True, exist_ok=True)
        (root / STATEMENTS).mkdir(exist_ok=True)
        for path, data in _contents(root, exercises, notebook=notebook):
            (made if _write_new(path, data) else kept).append(path)
        _write_new(root / _MARKER, json.dumps({"format_version": _FORMAT_VERSION}) + "\n")
    except OSError as error:
        raise UsageError(
            tr(
                "The workspace cannot be written: {path}: {reason}",
                path=error.filename or root,
                reason=error.strerror,
            ),
            hint=tr("Choose a folder that you may write to, such as `{command}`", command="grade init learn"),
        ) from error
    return Written(root=root, made=tuple(made), kept=tuple(kept))


def _refuse_course(root: Path) -> None:
    if not (root / "exercises").is_dir():
        return
    raise UsageError(
        tr("`{root}` is a course, not a place to learn in. Expected another folder", root=root),
        hint=tr("For instance `{example}`", example="grade init ../learn"),
    )


def _contents(root: Path, exercises: Sequence[Exercise], *, notebook: bool) -> Iterator[tuple[Path, str]]:
    from string import Template

    language = active()
    suffix = ".ipynb" if notebook else ".py"
    for exercise in exercises:
        if notebook:
            from grader.notebook_kit import notebook_text

            yield root / f"{exercise.id}.ipynb", notebook_text(exercise, language=language, magics=True)
        else:
            yield root / f"{exercise.id}.py", stub_text(exercise)
        yield root / STATEMENTS / f"{exercise.id}.md", exercise.statement(language).read_text("utf-8")
    template = Path(__file__).parent / "templates" / f"guide.{language}.md"
    first = exercises[0].id if exercises else "ex01"
    yield root / GUIDE, Template(template.read_text("utf-8")).substitute(first=first, file=f"{first}{suffix}")


def stub_text(exercise: Exercise) -> str:
    """Return an exercise's stub as it stands in a workspace, where statements have a folder of their own."""
    text = exercise.stub_in(active()).read_text("utf-8")
    return _STATEMENT_NAME.sub(f"{STATEMENTS}/{exercise.id}.md", text)


def is_untouched(exercise: Exercise, path: Path) -> bool:
    """Return whether a learner's file is still the stub, in either language."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    if path.suffix == ".ipynb":
        from grader.notebook_kit import is_untouched_notebook

        return is_untouched_notebook(exercise, text)
    stubs = {exercise.stub_in(language).read_text("utf-8") for language in ("en", "ko")}
    bare = "\n".join(text.splitlines()).rstrip()
    return any(
        bare == "\n".join(written.splitlines()).rstrip()
        for stub in stubs
        for written in (stub, _STATEMENT_NAME.sub(f"{STATEMENTS}/{exercise.id}.md", stub))
    )


def _write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet; return whether it was written. A link counts as there."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True


# --- beginning again -------------------------------------------------------------------------------------------


def reset(workspace: Workspace, exercise: Exercise, *, now: datetime) -> tuple[Path, Path | None]:
    """Bring an exercise's stub back and return its file, and where the old one was kept if there was one.

    Args:
        workspace: The learner's.
        exercise: Which one.
        now: Names the copy of the old file.

    Raises:
        StoreError: The old file cannot be kept; nothing was changed then. Or the new one cannot be written.
    """
    path = workspace.file(exercise.id) or workspace.root / f"{exercise.id}.py"
    if path.suffix == ".ipynb":
        from grader.notebook_kit import notebook_text

        text = notebook_text(exercise, language=active(), magics=True)
    else:
        text = stub_text(exercise)
    kept = None
    try:
        if path.exists() and not is_untouched(exercise, path):
            kept = _free_name(workspace.root / _KEPT, f"{exercise.id}-{now:%Y-%m-%d-%H%M%S}", path.suffix)
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, kept)
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise StoreError(
            tr("`{path}` cannot be written: {reason}", path=error.filename or path, reason=error.strerror),
            hint=tr("Look at the folder's permissions and at the space on the disk"),
        ) from error
    return path, kept


def _free_name(folder: Path, stem: str, suffix: str) -> Path:
    names = (folder / f"{stem}{f'-{number}' if number else ''}{suffix}" for number in range(1000))
    return next(path for path in names if not path.exists())
