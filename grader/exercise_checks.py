"""What an `exercise.toml` may say: its version, names, parameters and paths; which exercises come first."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from keyword import iskeyword
from pathlib import Path, PurePosixPath

from grader.errors import ExerciseError, UsageError
from grader.language import tr
from grader.strict_toml import Table, shown

FORMAT_VERSION = 1
PICTURES = ("window", "time_step")
EXAMPLES = {
    "format_version": f"format_version = {FORMAT_VERSION}",
    "title": 'title = { en = "Convolution", ko = "합성곱" }',
    "title.en": 'title = { en = "Convolution", ko = "합성곱" }',
    "title.ko": 'title = { en = "Convolution", ko = "합성곱" }',
    "skills": 'skills = ["convolution"]',
    "skills_ko": 'skills_ko = ["합성곱"]',
    "prerequisites": 'prerequisites = ["ex03"]',
    "allowed_imports": 'allowed_imports = ["numpy"]',
    "forbidden_calls": 'forbidden_calls = ["numpy.convolve", "scipy"]',
    "sources": 'sources = ["slide set 003"]',
    "files": 'files = ["picture.png"]',
    "entry_points": "[[entry_points]]",
    "entry_points.name": 'name = "correlate1d"',
    "entry_points.parameters": 'parameters = ["x", "w", "mode=\'valid\'"]',
    "entry_points.aliases": 'aliases = ["cross_correlation_1d"]',
    "entry_points.picture": 'picture = "window"',
    "limits": "[limits]",
    "limits.case_s": "case_s = 5.0",
    "limits.submission_s": "submission_s = 30.0",
    "limits.memory_mib": "memory_mib = 400",
    "points": "[points]",
    "points.total": "total = 20",
}
_ID = re.compile(r"[a-z][a-z0-9]*")


def is_id(text: str) -> bool:
    """Return whether `text` can be an exercise's id."""
    return _ID.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Return whether `text` can be a Python name."""
    return text.isidentifier() and not iskeyword(text)


def is_dotted(text: str) -> bool:
    """Return whether `text` is Python names joined by dots."""
    return all(is_name(part) for part in text.split("."))


def is_file_name(text: str) -> bool:
    """Return whether `text` is a path that stays inside its folder and is written with `/`."""
    path = PurePosixPath(text)
    is_plain = not set(text) & set('\\:*?"<>|')
    return is_plain and not path.is_absolute() and ".." not in path.parts and path.as_posix() == text != "."


def check_version(table: Table) -> None:
    """Refuse a format that this grader does not read, before anything else in the file is looked at.

    Raises:
        UsageError: The format is newer.
        ExerciseError: The version is missing or no version.
    """
    version = table.values.get("format_version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        received = shown(version) if "format_version" in table.values else tr("nothing: the key is missing")
        raise table.problem("format_version", expected=f"{FORMAT_VERSION}", received=received)
    if version > FORMAT_VERSION:
        raise UsageError(
            tr(
                "`{file}` needs a newer grader. Expected format_version {expected}. Received: {received}",
                file=table.file,
                expected=FORMAT_VERSION,
                received=shown(version),
            ),
            hint=tr("Update the grader, then try again; `grade --version` shows which one this is"),
        )


def check_parameters(table: Table, parameters: Sequence[str]) -> None:
    """Refuse parameters that are not `x` or `mode='valid'`, in the order that Python demands.

    Raises:
        ExerciseError: One is something else, stands out of order, or repeats a name.
    """
    names: list[str] = []
    has_default = False
    for source in parameters:
        name, equals, default = source.partition("=")
        name = name.strip()
        if not is_name(name) or (equals and not _is_literal(default)):
            expected = tr("names, each with or without a literal default value")
            raise table.problem("parameters", expected=expected, received=shown(source))
        if has_default and not equals:
            expected = tr("parameters with a default value after those without")
            raise table.problem("parameters", expected=expected, received=shown(source))
        if name in names:
            raise table.problem("parameters", expected=tr("each name once"), received=shown(source))
        names.append(name)
        has_default = bool(equals)


def _is_literal(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.literal_eval(source.strip())
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def find_cycle(prerequisites: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the ids of exercises that wait for each other, the first one also at the end; or nothing."""
    done: set[str] = set()
    for start in prerequisites:
        path = [start]
        waiting = [iter(prerequisites[start])]
        while path and start not in done:
            following = next(waiting[-1], None)
            if following is None:
                done.add(path.pop())
                waiting.pop()
            elif following in path:
                return (*path[path.index(following) :], following)
            elif following not in done:
                path.append(following)
                waiting.append(iter(prerequisites[following]))
    return ()


def check_file(path: Path, *, hint: str) -> None:
    """Refuse a file that is not there.

    Raises:
        ExerciseError: It is not there, or no file.
    """
    if path.is_file():
        return
    others = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
    near = get_close_matches(path.name, others, n=1)
    raise ExerciseError(
        tr(
            "A file of the exercise is missing. Expected `{file}`. Received: {received}",
            file=path,
            received=f"`{near[0]}`" if near else tr("nothing of that name"),
        ),
        hint=hint,
    )


def verify_hint(exercise_id: str) -> str:
    """Return what an author does about an error in an exercise."""
    return tr("Put it right, then run `grade verify {id}`", id=exercise_id)


def split_id(text: str) -> tuple[str, str]:
    """Return an id's letters and its number without leading zeros; two empty texts if it has no number."""
    match = re.fullmatch(r"(.*?)0*([0-9]+)", text)
    return (match[1], match[2]) if match else ("", "")


def check_prerequisites(prerequisites: Mapping[str, Sequence[str]], files: Mapping[str, Path]) -> None:
    """Refuse a prerequisite that the course does not have, and exercises that wait for each other.

    Args:
        prerequisites: For each exercise's id, the ids that come before it.
        files: For each exercise's id, its `exercise.toml`.

    Raises:
        ExerciseError: There is such a prerequisite.
    """
    for exercise_id, wanted in prerequisites.items():
        for other in wanted:
            if other not in prerequisites:
                expected = tr("ids of this course: {ids}", ids=", ".join(prerequisites))
                raise _prerequisite_problem(files, exercise_id, expected, shown(other))
    cycle = find_cycle(prerequisites)
    if cycle:
        expected = tr("exercises that do not wait for each other")
        raise _prerequisite_problem(files, cycle[0], expected, " → ".join(cycle))


def _prerequisite_problem(
    files: Mapping[str, Path], exercise_id: str, expected: str, received: str
) -> ExerciseError:
    table = Table(file=files[exercise_id], values={}, hint=verify_hint(exercise_id), examples=EXAMPLES)
    return table.problem("prerequisites", expected=expected, received=received)


def check_picture(table: Table) -> str:
    """Return the picture that an entry point asks for; none where it asks for none."""
    if "picture" not in table.values:
        return ""
    picture = table.text("picture")
    if picture not in PICTURES:
        raise table.problem("picture", expected=" | ".join(PICTURES), received=shown(picture))
    return picture


def check_names(table: Table, entry_points: Sequence[Sequence[str]]) -> None:
    """Refuse a name that stands for two entry points.

    Args:
        table: The exercise's.
        entry_points: For each one its name and its aliases.
    """
    seen: set[str] = set()
    for position, names in enumerate(entry_points):
        for name in names:
            if name in seen:
                raise table.problem(
                    f"entry_points[{position}]",
                    expected=tr("each name and alias once in the exercise"),
                    received=tr("{value} twice", value=shown(name)),
                )
            seen.add(name)


def check_imports(table: Table, allowed: Sequence[str], forbidden: Sequence[str]) -> None:
    """Refuse an import that is allowed and forbidden."""
    for name in allowed:
        if name in forbidden:
            expected = tr("no package of allowed_imports")
            raise table.problem("forbidden_calls", expected=expected, received=shown(name))


def check_skills(table: Table, skills: Sequence[str], skills_ko: Sequence[str]) -> None:
    """Refuse Korean names that are not one for each skill; none at all are allowed."""
    if skills_ko and len(skills_ko) != len(skills):
        expected = tr("as many as in `skills`, which are {num}", num=len(skills))
        raise table.problem("skills_ko", expected=expected, received=str(len(skills_ko)))
