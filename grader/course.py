"""Courses and exercises: folders and `exercise.toml` parsed once into frozen records.

A course is any folder with `exercises/` and, on the teacher's side, `solutions/` and `datasets/`; without
`solutions/` it is a student kit. An exercise's folder is named like `ex05_convolution`, its id is what stands
before the first underscore: `ex` and two or three digits in the course that comes with this package, any
`[a-z][a-z0-9]*` elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from grader.course_folders import exercise_folders, files_below, find_root
from grader.errors import ExerciseError, UsageError
from grader.exercise_checks import (
    EXAMPLES,
    check_file,
    check_parameters,
    check_prerequisites,
    check_version,
    is_dotted,
    is_file_name,
    is_id,
    is_name,
    split_id,
    verify_hint,
)
from grader.language import LANGUAGES, Text, tr
from grader.strict_toml import Table, read_toml, shown

STATEMENTS = {"en": "README.md", "ko": "README.ko.md"}
_OPTIONAL_FILES = ("keras_reference.py", "keras_golden.npz")
_TEXT_SUFFIXES = {".py", ".toml", ".md", ".txt", ".csv", ".json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPoint:
    """One name that a submission must define.

    Attributes:
        name: The name that suites call.
        parameters: The parameters as Python source, in order, such as `x`, `w`, `mode='valid'`.
        aliases: Other names that are taken for it, in order of preference.
    """

    name: str
    parameters: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def num_required(self) -> int:
        """Number of parameters without a default value; they come first."""
        return sum("=" not in parameter for parameter in self.parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a submission may use.

    Attributes:
        case_s: Wall-clock seconds for one case.
        submission_s: Wall-clock seconds for all cases together.
        memory_mib: Memory of the worker in MiB.
    """

    case_s: float = 5.0
    submission_s: float = 30.0
    memory_mib: int = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise of a course, as `exercise.toml` and the folders declare it.

    Attributes:
        id: For example `ex05`: the folder's name up to the first underscore.
        folder: `exercises/ex05_convolution`.
        solution_folder: `solutions/ex05_convolution`, or None in a student kit.
        forbidden_calls: Dotted names that the submission may not reach, such as `numpy.convolve`; the name of
            a package forbids the whole package.
        allowed_imports: Packages beyond the standard library that the worker offers.
        total_points: What the points of all cases must add up to.
        files: Extra files of the exercise's folders, declared so that nothing lies there by accident.
    """

    id: str
    folder: Path
    solution_folder: Path | None
    title: Text
    skills: tuple[str, ...]
    prerequisites: tuple[str, ...]
    entry_points: tuple[EntryPoint, ...]
    allowed_imports: tuple[str, ...]
    forbidden_calls: tuple[str, ...]
    sources: tuple[str, ...]
    limits: Limits
    total_points: float
    files: tuple[str, ...] = ()

    @property
    def stub(self) -> Path:
        """What a learner starts from."""
        return self.folder / f"{self.id}.py"

    def statement(self, language: str) -> Path:
        """Return the statement's file in `language`: `en` or `ko`."""
        return self.folder / STATEMENTS[language]

    @property
    def public_suite(self) -> Path:
        """The cases that learners may read."""
        return self.folder / "test_public.py"

    @property
    def hidden_suite(self) -> Path | None:
        """The cases that learners never see; None in a student kit."""
        return self.solution_folder and self.solution_folder / "test_hidden.py"

    @property
    def solution(self) -> Path | None:
        """The reference solution; None in a student kit."""
        return self.solution_folder and self.solution_folder / f"{self.id}.py"

    @property
    def mistakes(self) -> Path | None:
        """The known mistakes; None in a student kit."""
        return self.solution_folder and self.solution_folder / "mistakes.py"

    @property
    def needs_worker(self) -> bool:
        """Whether even the solution runs in a worker: it imports more than numpy."""
        return bool(set(self.allowed_imports) - {"numpy"})

    @property
    def names(self) -> tuple[str, ...]:
        """The name of every entry point, without aliases."""
        return tuple(entry_point.name for entry_point in self.entry_points)

    def canonical(self, name: str) -> str | None:
        """Return the entry point that goes by `name`, its own or an alias; None if there is none."""
        for entry_point in self.entry_points:
            if name == entry_point.name or name in entry_point.aliases:
                return entry_point.name
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A folder of exercises, in the order of their ids."""

    root: Path
    exercises: tuple[Exercise, ...]

    def exercise(self, name: str) -> Exercise:
        """Return the exercise that a person means: `ex05`, `EX5`, `5`, `ex05_convolution` or `ex05.py`.

        Raises:
            UsageError: No exercise goes by that name, or more than one does.
        """
        wanted = name.strip().casefold().replace("\\", "/").rstrip("/").rpartition("/")[2]
        wanted = wanted.removesuffix(".py").removesuffix(".ipynb")
        short = wanted.partition("_")[0]
        for exercise in self.exercises:
            if exercise.id in (wanted, short):
                return exercise
        letters, number = split_id(short)
        same = [exercise for exercise in self.exercises if number and split_id(exercise.id)[1] == number]
        same = [exercise for exercise in same if letters in ("", split_id(exercise.id)[0])]
        if len(same) == 1:
            return same[0]
        raise UsageError(
            tr(
                "This course has no such exercise. Expected an exercise's id. Received: {name}",
                name=shown(name),
            ),
            hint=self._nearest(wanted),
        )

    def _nearest(self, wanted: str) -> str:
        spellings = {
            part: exercise.id for exercise in self.exercises for part in exercise.folder.name.split("_")
        }
        spellings |= {exercise.folder.name: exercise.id for exercise in self.exercises}
        near = get_close_matches(wanted[:80], spellings, n=1, cutoff=0.5)
        if not near:
            return tr("`grade list` shows every exercise")
        return tr("Did you mean `{id}`? `grade list` shows every exercise", id=spellings[near[0]])


def load_course(root: Path) -> Course:
    """Return the course in `root`.

    Raises:
        UsageError: There is no `exercises/`, two exercises have one id, or an exercise needs a newer grader.
        ExerciseError: An exercise is not as the course format demands.
    """
    folders = exercise_folders(root)
    solutions = root / "solutions"
    is_kit = not solutions.is_dir()
    found = [load_exercise(folder, None if is_kit else solutions / folder.name) for folder in folders]
    course = Course(root=root, exercises=tuple(sorted(found, key=_order)))
    check_prerequisites(
        {exercise.id: exercise.prerequisites for exercise in course.exercises},
        {exercise.id: exercise.folder / "exercise.toml" for exercise in course.exercises},
    )
    return course


def find_course(option: Path | None, environ: Mapping[str, str]) -> Course:
    """Return the course that `--course` names, else the one that GRADE_COURSE names, else the bundled one.

    Raises:
        UsageError: The folder that was named is no course, or as for `load_course`.
        ExerciseError: An exercise is not as the course format demands.
    """
    return load_course(find_root(option, environ))


def load_exercise(folder: Path, solution_folder: Path | None) -> Exercise:
    """Return the exercise in `folder`; its prerequisites are not looked up here.

    Raises:
        UsageError: The exercise needs a newer grader.
        ExerciseError: It is not as the course format demands.
    """
    exercise_id = folder.name.partition("_")[0]
    if not is_id(exercise_id):
        raise ExerciseError(
            tr(
                "`{folder}` is no exercise. Expected a name like `ex05_convolution`. Received: {name}",
                folder=folder,
                name=shown(folder.name),
            ),
            hint=tr("Rename the folder, or move it out of `exercises/`; then run `grade verify`"),
        )
    hint = verify_hint(exercise_id)
    check_file(folder / "exercise.toml", hint=hint)
    exercise = parse_exercise(read_toml(folder / "exercise.toml", hint=hint), folder, solution_folder)
    for path in _required_files(exercise):
        check_file(path, hint=hint)
    for name in exercise.files:
        if solution_folder and not (solution_folder / name).is_file():
            check_file(folder / name, hint=hint)
    return exercise


def parse_exercise(values: Mapping[str, object], folder: Path, solution_folder: Path | None) -> Exercise:
    """Return the exercise that the table of an `exercise.toml` declares.

    Raises:
        UsageError: The format is newer than this grader.
        ExerciseError: A key is unknown or missing, or its value is not what the format demands.
    """
    exercise_id = folder.name.partition("_")[0]
    table = Table(
        file=folder / "exercise.toml", values=values, hint=verify_hint(exercise_id), examples=EXAMPLES
    )
    check_version(table)
    table.check_keys(
        required=(
            *("format_version", "title", "skills", "prerequisites", "allowed_imports", "forbidden_calls"),
            *("sources", "entry_points", "points"),
        ),
        optional=("files", "limits"),
    )
    title = table.table("title")
    title.check_keys(required=LANGUAGES)
    points = table.table("points")
    points.check_keys(required=("total",))
    exercise = Exercise(
        id=exercise_id,
        folder=folder,
        solution_folder=solution_folder,
        title=Text(en=title.text("en"), ko=title.text("ko")),
        skills=table.texts("skills", min_size=1),
        prerequisites=table.texts("prerequisites", is_valid=is_id, expected=tr("ids of exercises")),
        entry_points=tuple(_parse_entry_point(entry) for entry in table.tables("entry_points")),
        allowed_imports=table.texts(
            "allowed_imports", is_valid=is_name, expected=tr("names of packages, without dots")
        ),
        forbidden_calls=table.texts("forbidden_calls", is_valid=is_dotted, expected=tr("dotted names")),
        sources=table.texts("sources"),
        limits=_parse_limits(table.table("limits")),
        total_points=points.number("total", maximum=10_000),
        files=table.texts("files", is_valid=is_file_name, expected=tr("paths inside the exercise's folders")),
    )
    _check_names(exercise, table)
    return exercise


def _parse_entry_point(table: Table) -> EntryPoint:
    table.check_keys(required=("name", "parameters"), optional=("aliases",))
    name = table.text("name")
    if not is_name(name):
        raise table.problem("name", expected=tr("a Python name"), received=shown(name))
    parameters = table.texts("parameters", expected=tr("parameters as Python source"))
    check_parameters(table, parameters)
    return EntryPoint(
        name=name,
        parameters=parameters,
        aliases=table.texts("aliases", is_valid=is_name, expected=tr("Python names")),
    )


def _parse_limits(table: Table) -> Limits:
    defaults = Limits()
    table.check_keys(required=(), optional=("case_s", "submission_s", "memory_mib"))
    limits = Limits(
        case_s=table.number("case_s", maximum=3600, default=defaults.case_s),
        submission_s=table.number("submission_s", maximum=86_400, default=defaults.submission_s),
        memory_mib=table.integer("memory_mib", minimum=16, maximum=1 << 20, default=defaults.memory_mib),
    )
    if limits.submission_s < limits.case_s:
        expected = tr("at least case_s, which is {case_s}", case_s=limits.case_s)
        raise table.problem("submission_s", expected=expected, received=f"{limits.submission_s}")
    return limits


def _check_names(exercise: Exercise, table: Table) -> None:
    """Refuse a name that stands for two entry points, and an import that is allowed and forbidden."""
    seen: set[str] = set()
    for position, entry_point in enumerate(exercise.entry_points):
        for name in (entry_point.name, *entry_point.aliases):
            if name in seen:
                raise table.problem(
                    f"entry_points[{position}]",
                    expected=tr("each name and alias once in the exercise"),
                    received=tr("{value} twice", value=shown(name)),
                )
            seen.add(name)
    for name in exercise.allowed_imports:
        if name in exercise.forbidden_calls:
            expected = tr("no package of allowed_imports")
            raise table.problem("forbidden_calls", expected=expected, received=shown(name))


def _required_files(exercise: Exercise) -> tuple[Path, ...]:
    public = (*(exercise.statement(language) for language in LANGUAGES), exercise.stub, exercise.public_suite)
    hidden = (exercise.solution, exercise.hidden_suite, exercise.mistakes)
    return (*public, *(path for path in hidden if path))


def _order(exercise: Exercise) -> tuple[str, int, str]:
    letters, number = split_id(exercise.id)
    return letters, int(number or 0), exercise.id


def suite_hash(exercise: Exercise) -> str:
    """Return the SHA-256 of everything that a grade depends on, `mistakes.py` not among it.

    These are `exercise.toml`, the suites, the solution, the Keras bank, the declared extra files and the
    course's datasets; the line endings of text files do not count.
    """
    labelled = [
        ("exercise", exercise.folder, name) for name in ("exercise.toml", "test_public.py", *exercise.files)
    ]
    if exercise.solution_folder is not None:
        names = (f"{exercise.id}.py", "test_hidden.py", "keras_golden.npz", *exercise.files)
        labelled += [("solution", exercise.solution_folder, name) for name in names]
    datasets = exercise.folder.parent.parent / "datasets"
    labelled += [
        ("datasets", datasets, path.relative_to(datasets).as_posix()) for path in files_below(datasets)
    ]
    digest = hashlib.sha256()
    for label, folder, name in labelled:
        path = folder / name
        if not path.is_file():
            continue
        data = path.read_bytes()
        if path.suffix in _TEXT_SUFFIXES:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        digest.update(f"{label}/{name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return digest.hexdigest()


def undeclared_files(exercise: Exercise) -> tuple[Path, ...]:
    """Return the files of an exercise's folders that neither the course format nor `files` names."""
    folders = [folder for folder in (exercise.folder, exercise.solution_folder) if folder]
    declared = {exercise.folder / "exercise.toml", *_required_files(exercise)}
    declared |= {folder / name for folder in folders for name in exercise.files}
    declared |= {folder / name for folder in folders[1:] for name in _OPTIONAL_FILES}
    return tuple(path for folder in folders for path in files_below(folder) if path not in declared)
