"""`grade release`: the student kit, which is a course without anything of `solutions/`.

Theory of operation. Only declared files are copied, each read once: the bytes that were checked are the bytes
that are written. A file is refused if it is a copy of a file of `solutions/`, or if one of its functions is the
solution's, so that an answer left in a stub never leaves the house. The kit is built beside its place and moved
there whole.
"""

from __future__ import annotations

import ast
import hashlib
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from grader import __version__
from grader.course import Course, Exercise
from grader.course_folders import KIT_MARKER, files_below
from grader.errors import ExerciseError, UsageError
from grader.exercise_files import undeclared_files
from grader.language import LANGUAGES, active, tr
from grader.notebook_kit import notebook_text

_TEMPLATES = Path(__file__).parent / "templates"
_ZIP_DATE = (2026, 1, 1, 0, 0, 0)  # a fixed one: the same kit gives the same bytes
_TRIVIAL_BYTES = 64  # an empty `__init__.py` may be the same on both sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What `release` wrote.

    Attributes:
        root: The kit's folder.
        files: Its files, relative to the root, sorted.
        zip_path: The same as one file, if that was asked for.
        left_out: Files of `exercises/` that no exercise declares; they stayed at home.
    """

    root: Path
    files: tuple[str, ...]
    zip_path: Path | None
    left_out: tuple[Path, ...]


def release(
    course: Course, exercises: Sequence[Exercise], out: Path, *, as_zip: bool = False, notebook: bool = False
) -> Kit:
    """Write the student kit of some exercises of a course.

    Args:
        course: Where the exercises come from.
        exercises: What the kit holds.
        out: The kit's folder; it must not exist, or be empty.
        as_zip: Whether `OUT.zip` is written, too.
        notebook: Whether students begin with notebooks instead of Python files.

    Raises:
        UsageError: The folder is taken or cannot be written.
        ExerciseError: A public file holds something of `solutions/`; nothing was written then.
    """
    zip_path = out.with_name(f"{out.name}.zip") if as_zip else None
    _check_free(out, zip_path)
    contents = dict(_contents(course, exercises, notebook=notebook))
    _check_secrets(contents, exercises)
    try:
        _write(out, contents, zip_path)
    except OSError as error:
        raise UsageError(
            tr("The kit cannot be written: {error}", error=error),
            hint=tr("Choose a folder that you may write to: `grade release --out DIR`"),
        ) from error
    left_out = [
        path
        for exercise in exercises
        for path in undeclared_files(exercise)
        if path.is_relative_to(exercise.folder)
    ]
    return Kit(root=out, files=tuple(sorted(contents)), zip_path=zip_path, left_out=tuple(left_out))


def _check_free(out: Path, zip_path: Path | None) -> None:
    taken = zip_path if zip_path is not None and zip_path.exists() else None
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        taken = out
    if taken is not None:
        raise UsageError(
            tr("`{path}` is there already. Expected a place for a new kit", path=taken),
            hint=tr("Delete it, or choose another one with `--out DIR`"),
        )


def _contents(
    course: Course, exercises: Sequence[Exercise], *, notebook: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every file of the kit."""
    for exercise in exercises:
        folder = f"exercises/{exercise.folder.name}"
        for path in _public_files(exercise):
            yield f"{folder}/{path.relative_to(exercise.folder).as_posix()}", _read(path, exercise)
        if notebook:
            yield f"{exercise.id}.ipynb", notebook_text(exercise, language=active()).encode()
        else:
            yield f"{exercise.id}.py", _read(_stub(exercise), exercise)
    datasets = course.root / "datasets"
    for path in files_below(datasets):
        yield f"datasets/{path.relative_to(datasets).as_posix()}", path.read_bytes()
    suffix = ".ipynb" if notebook else ".py"
    first = exercises[0].id
    listing = {
        language: "\n".join(
            f"- `{exercise.id}{suffix}`: {exercise.title.ko if language == 'ko' else exercise.title.en}"
            for exercise in exercises
        )
        for language in LANGUAGES
    }
    for name, template, language in (
        ("README.md", "kit.md", "en"),
        ("README.ko.md", "kit.ko.md", "ko"),
        (KIT_MARKER, "kit.toml", "en"),
    ):
        text = Template((_TEMPLATES / template).read_text("utf-8"))
        values = {"first": first, "suffix": suffix, "listing": listing[language], "version": __version__}
        yield name, text.substitute(values).encode()


def _stub(exercise: Exercise) -> Path:
    own = exercise.folder / f"{exercise.id}.{active()}.py"
    return own if own.is_file() else exercise.stub


def _public_files(exercise: Exercise) -> Iterator[Path]:
    names = ["exercise.toml", "hints.toml", "test_public.py", f"{exercise.id}.py", *exercise.files]
    names += [f"{exercise.id}.{language}.py" for language in LANGUAGES]
    names += [exercise.statement(language).name for language in LANGUAGES]
    for name in dict.fromkeys(names):
        if (exercise.folder / name).is_file():
            yield exercise.folder / name


def _read(path: Path, exercise: Exercise) -> bytes:
    """Return a public file's bytes; a link that leads out of the exercise's folder is refused."""
    if not path.resolve().is_relative_to(exercise.folder.resolve()):
        raise ExerciseError(
            tr("`{path}` is a link out of its exercise. Expected a file", path=path),
            hint=tr("Put a copy in its place if students may have it"),
        )
    return path.read_bytes()


# --- nothing of the solutions ----------------------------------------------------------------------------------


def _check_secrets(contents: dict[str, bytes], exercises: Sequence[Exercise]) -> None:
    """Refuse contents that hold a file of the solutions, or an entry point as the solution has it."""
    secrets: dict[str, Path] = {}
    answers: dict[str, Path] = {}
    for exercise in exercises:
        if exercise.solution_folder is None or exercise.solution is None:
            continue
        files = {path: path.read_bytes() for path in files_below(exercise.solution_folder)}
        secrets |= {_digest(data): path for path, data in files.items() if len(data) > _TRIVIAL_BYTES}
        functions = _functions(
            files.get(exercise.solution, b"")
        )  # helpers may be shared: they are no answers
        answers |= {body: exercise.solution for name, body in functions if exercise.canonical(name)}
    for name, data in contents.items():
        origin = secrets.get(_digest(data))
        if origin is not None:
            raise _leak(tr("`{file}` is a copy of `{origin}`", file=name, origin=origin))
        found = _functions(data) if name.endswith(".py") else ()
        for function, body in found:
            if body in answers:
                text = tr(
                    "`{function}` in `{file}` is the one of `{origin}`",
                    function=function,
                    file=name,
                    origin=answers[body],
                )
                raise _leak(text)


def _leak(what: str) -> ExerciseError:
    return ExerciseError(
        tr("The kit would give away something of `solutions/`: {what}. Nothing was written", what=what),
        hint=tr("Put the stub back in its place, then run `grade release` again"),
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def _functions(source: bytes) -> Iterator[tuple[str, str]]:
    """Yield name and body of each function that does something, without docstrings and places."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            text = "\n".join(ast.dump(statement) for statement in body)
            if body and not (len(body) == 1 and isinstance(body[0], ast.Raise | ast.Pass | ast.Return)):
                yield node.name, text


# --- writing ---------------------------------------------------------------------------------------------------


def _write(out: Path, contents: dict[str, bytes], zip_path: Path | None) -> None:
    beside = out.with_name(f".{out.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        for name, data in contents.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if zip_path is not None:
            _write_zip(zip_path, out.name, contents)
        if out.exists():
            out.rmdir()
        beside.rename(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write_zip(path: Path, top: str, contents: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(contents):
            member = zipfile.ZipInfo(f"{top}/{name}", _ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, contents[name])
