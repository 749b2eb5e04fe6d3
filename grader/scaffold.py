"""`grade new`: the folders of a new exercise, complete but for what only its author can write."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from grader.errors import UsageError
from grader.language import tr

_ID = re.compile(r"[a-z][a-z0-9]*")
_TEMPLATES = Path(__file__).parent / "templates"


def create(course_root: Path, exercise_id: str, *, name: str = "exercise") -> list[Path]:
    """Write the folders of a new exercise and return the files that were made.

    Args:
        course_root: The course; its `exercises/` and `solutions/` are made where they are missing.
        exercise_id: Such as `ex30`.
        name: The rest of the folder's name, in English.

    Raises:
        UsageError: The id is none, is taken, or the folder cannot be written. Nothing was written then.
    """
    if not _ID.fullmatch(exercise_id):
        raise UsageError(
            tr("`{id}` is no exercise id. Expected letters and digits such as ex30", id=exercise_id),
            hint="grade new ex30",
        )
    slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "exercise"
    taken = [path for path in (course_root / "exercises").glob(f"{exercise_id}_*") if path.is_dir()]
    if taken:
        raise UsageError(
            tr("`{id}` exists already: {folder}", id=exercise_id, folder=taken[0]),
            hint=f"grade verify {exercise_id}",
        )
    folder = f"{exercise_id}_{slug}"
    public, private = course_root / "exercises" / folder, course_root / "solutions" / folder
    plan = {
        public / "exercise.toml": "exercise.toml",
        public / "hints.toml": "hints.toml",
        public / "README.md": "README.md",
        public / "README.ko.md": "README.ko.md",
        public / f"{exercise_id}.py": "stub.py.txt",
        public / "test_public.py": "test_public.py.txt",
        private / f"{exercise_id}.py": "solution.py.txt",
        private / "test_hidden.py": "test_hidden.py.txt",
        private / "mistakes.py": "mistakes.py.txt",
    }
    texts = {
        path: Template((_TEMPLATES / template).read_text("utf-8")).substitute(id=exercise_id)
        for path, template in plan.items()
    }
    try:
        public.mkdir(parents=True)
        private.mkdir(parents=True)
        for path, text in texts.items():
            path.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(
            tr("The exercise cannot be written: {error}", error=error),
            hint=tr("Choose a folder that you may write to: grade --course DIR new {id}", id=exercise_id),
        ) from error
    return list(plan)
