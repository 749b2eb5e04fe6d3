"""Where courses lie: the folder that a person means, the exercises in it, the files below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.errors import ExerciseError, UsageError
from grader.language import tr
from grader.strict_toml import shown

KIT_MARKER = "kit.toml"


def bundled_root(package: Path = Path(__file__).parent) -> Path:
    """Return the folder of the course that comes with this package: inside a wheel, or beside it in a clone.

    Raises:
        ExerciseError: There is none.
    """
    for root in (package / "_course", package.parent):
        if _is_course(root):
            return root
    raise ExerciseError(
        tr(
            "This installation holds no course. Expected `exercises/` in or beside `{package}`",
            package=package,
        ),
        hint=tr("Install the grader again, or name a course with `--course DIR`"),
    )


def is_kit(root: Path) -> bool:
    """Return whether a course is a student kit, as `grade release` makes it: marked, and without solutions."""
    try:
        return (root / KIT_MARKER).is_file() and _is_course(root) and not (root / "solutions").exists()
    except OSError:
        return False


def find_kit(here: Path) -> Path | None:
    """Return the student kit that `here` is or lies in; None where there is none."""
    here = here.absolute()
    return next((folder for folder in (here, *here.parents) if is_kit(folder)), None)


def find_root(option: Path | None, environ: Mapping[str, str], *, here: Path | None = None) -> Path:
    """Return the course that `--course` names, else GRADE_COURSE, else the kit around `here`, else the bundled one.

    Args:
        option: What `--course` says.
        environ: The environment.
        here: Where to look for a student kit; without it, none is looked for.

    Raises:
        UsageError: The folder that was named is no course.
        ExerciseError: None was named, and this installation holds none.
    """
    named = option or (Path(environ["GRADE_COURSE"]) if environ.get("GRADE_COURSE") else None)
    if named is None:
        return (find_kit(here) if here is not None else None) or bundled_root()
    root = _expanded(named)
    if _is_course(root):
        return root
    around = [parent for parent in root.absolute().parents if _is_course(parent)]
    raise UsageError(
        tr(
            "{origin} names no course. Expected a folder with `exercises/` in it. Received: {root}",
            origin="--course" if option else "GRADE_COURSE",
            root=shown(str(root)),
        ),
        hint=(
            tr("Did you mean `--course {root}`?", root=around[0])
            if around
            else tr("Leave it out to use the course that comes with the grader")
        ),
    )


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:  # `~somebody`: no such person, so perhaps a folder of that name
        return path


def _is_course(root: Path) -> bool:
    try:
        return (root / "exercises").is_dir()
    except OSError:  # not allowed to look, a name too long
        return False


def exercise_folders(root: Path) -> tuple[Path, ...]:
    """Return the folder of every exercise of the course in `root`.

    Raises:
        UsageError: There is no `exercises/`, or two exercises have one id.
    """
    try:
        inside = sorted(path for path in (root / "exercises").iterdir() if path.is_dir())
    except OSError as error:
        raise UsageError(
            tr("`{root}` is no course. Expected a folder with `exercises/` in it", root=root),
            hint=tr("`grade list --course DIR` names another course"),
        ) from error
    folders = tuple(path for path in inside if not path.name.startswith((".", "__")))
    seen: dict[str, Path] = {}
    for folder in folders:
        exercise_id = folder.name.partition("_")[0]
        if exercise_id in seen:
            raise UsageError(
                tr(
                    "Two exercises have one id. Expected `{id}` once. Received: `{first}` and `{second}`",
                    id=exercise_id,
                    first=seen[exercise_id],
                    second=folder,
                ),
                hint=tr("Rename one of the folders, then run `grade verify`"),
            )
        seen[exercise_id] = folder
    return folders


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every file below `folder`, sorted, without caches and hidden files."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in inside):
            yield path
