"""Courses and exercises: folders and `exercise.toml` parsed once into frozen records.

A course is any folder with `exercises/` and, on the teacher's side, `solutions/` and `datasets/`; without
`solutions/` it is a student kit. An exercise's folder is named like `ex05_convolution`, its id is what stands
before the first underscore: `ex` and two or three digits in the course that comes with this package, any
`[a-z][a-z0-9]*` elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.course_folders import exercise_folders, find_root, is_kit
from grader.errors import ExerciseError, UsageError
from grader.exercise_checks import (
    EXAMPLES,
    check_file,
    check_imports,
    check_names,
    check_parameters,
    check_picture,
    check_prerequisites,
    check_skills,
    check_version,
    is_dotted,
    is_file_name,
    is_id,
    is_name,
    split_id,
    verify_hint,
)
from grader.exercise_files import required_files
from grader.language import LANGUAGES, Text, tr
from grader.strict_toml import Table, read_toml, shown

NOTEBOOK_MODES = ("definitions", "all")
STATEMENTS = {"en": "README.md", "ko": "README.ko.md"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPoint:
    """One name that a submission must define.

    Attributes:
        name: The name that suites call.
        parameters: The parameters as Python source, in order, such as `x`, `w`, `mode='valid'`.
        aliases: Other names that are taken for it, in order of preference.
        picture: What is drawn beside a wrong result: `window`, `time_step`, or nothing more.
    """

    name: str
    parameters: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    picture: str = ""

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
        notebook: What is run of a notebook: its `definitions` and what they need, or `all` of its cells.
        skills_ko: The skills in Korean, in the same order; empty where the author wrote none.
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
    notebook: str = "definitions"
    skills_ko: tuple[str, ...] = ()

    @property
    def skill_names(self) -> tuple[Text, ...]:
        """The skills in both languages."""
        return tuple(
            Text(en=en, ko=ko) for en, ko in zip(self.skills, self.skills_ko or self.skills, strict=True)
        )

    @property
    def stub(self) -> Path:
        """What a learner starts from."""
        return self.folder / f"{self.id}.py"

    def stub_in(self, language: str) -> Path:
        """Return the stub with its explanations in `language`: `ex05.ko.py` where the author wrote one."""
        path = self.folder / f"{self.id}.{language}.py"
        return path if language != "en" and path.is_file() else self.stub

    def statement(self, language: str) -> Path:
        """Return the statement's file in `language`: `en` or `ko`."""
        return self.folder / STATEMENTS[language]

    @property
    def hints(self) -> Path:
        """The hints of `grade hint`; a course may do without."""
        return self.folder / "hints.toml"

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


@dataclass(frozen=True, kw_only=True)  # without slots: `exercises` is kept once it was read
class Course:
    """A folder of exercises: each is read when it is asked for, so that a broken one breaks no other.

    Attributes:
        folders: For each id, the exercise's folder, in the order of the ids.
    """

    root: Path
    folders: Mapping[str, Path]

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise, in the order of the ids.

        Raises:
            UsageError: An exercise needs a newer grader.
            ExerciseError: An exercise is not as the course format demands.
        """
        found = tuple(self._load(folder) for folder in self.folders.values())
        if not is_kit(self.root):  # a kit may hold one exercise without those before it
            check_prerequisites(
                {exercise.id: exercise.prerequisites for exercise in found},
                {exercise.id: exercise.folder / "exercise.toml" for exercise in found},
            )
        return found

    def exercise(self, name: str) -> Exercise:
        """Return the exercise that a person means: `ex05`, `EX5`, `5`, `ex05_convolution` or `ex05.py`.

        Raises:
            UsageError: No exercise goes by that name, more than one does, or it needs a newer grader.
            ExerciseError: The exercise is not as the course format demands.
        """
        wanted = name.strip().casefold().replace("\\", "/").rstrip("/").rpartition("/")[2]
        wanted = wanted.removesuffix(".py").removesuffix(".ipynb")
        short = wanted.partition("_")[0]
        for exercise_id in self.folders:
            if exercise_id in (wanted, short):
                return self._alone(exercise_id)
        letters, number = split_id(short)
        same = [exercise_id for exercise_id in self.folders if number and split_id(exercise_id)[1] == number]
        same = [exercise_id for exercise_id in same if letters in ("", split_id(exercise_id)[0])]
        if len(same) == 1:
            return self._alone(same[0])
        raise UsageError(
            tr(
                "This course has no such exercise. Expected an exercise's id. Received: {name}",
                name=shown(name),
            ),
            hint=self._nearest(wanted),
        )

    def _alone(self, exercise_id: str) -> Exercise:
        """Return one exercise, with its prerequisites known to exist but not read."""
        exercise = self._load(self.folders[exercise_id])
        if is_kit(self.root):
            return exercise
        known = {name: () for name in self.folders} | {exercise_id: exercise.prerequisites}
        check_prerequisites(known, dict.fromkeys(known, exercise.folder / "exercise.toml"))
        return exercise

    def _load(self, folder: Path) -> Exercise:
        solutions = self.root / "solutions"
        return load_exercise(folder, solutions / folder.name if solutions.is_dir() else None)

    def _nearest(self, wanted: str) -> str:
        from difflib import get_close_matches  # only where a name was wrong

        spellings = {
            part: exercise_id
            for exercise_id, folder in self.folders.items()
            for part in (*folder.name.split("_"), folder.name)
        }
        near = get_close_matches(wanted[:80], spellings, n=1, cutoff=0.5)
        if not near:
            return tr("`grade list` shows every exercise")
        return tr("Did you mean `{id}`? `grade list` shows every exercise", id=spellings[near[0]])


def open_course(root: Path) -> Course:
    """Return the course in `root`; its exercises are read when they are asked for.

    Raises:
        UsageError: There is no `exercises/`, or two exercises have one id.
    """
    folders = {folder.name.partition("_")[0]: folder for folder in exercise_folders(root)}
    return Course(root=root, folders=dict(sorted(folders.items(), key=lambda item: _order(item[0]))))


def load_course(root: Path) -> Course:
    """Return the course in `root` with every exercise read.

    Raises:
        UsageError: There is no `exercises/`, two exercises have one id, or an exercise needs a newer grader.
        ExerciseError: An exercise is not as the course format demands.
    """
    course = open_course(root)
    course.exercises  # noqa: B018 - read now, so that what is wrong is told now
    return course


def find_course(option: Path | None, environ: Mapping[str, str], *, here: Path | None = None) -> Course:
    """Return the course that `--course` names, else GRADE_COURSE, else the kit around `here`, else the bundled one.

    Raises:
        UsageError: The folder that was named is no course, or as for `open_course`.
        ExerciseError: None was named, and this installation holds none.
    """
    return open_course(find_root(option, environ, here=here))


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
    for path in required_files(exercise):
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
        optional=("files", "limits", "notebook", "skills_ko"),
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
        notebook=table.choice("notebook", NOTEBOOK_MODES, default="definitions"),
        skills_ko=table.texts("skills_ko"),
    )
    check_names(table, [(point.name, *point.aliases) for point in exercise.entry_points])
    check_imports(table, exercise.allowed_imports, exercise.forbidden_calls)
    check_skills(table, exercise.skills, exercise.skills_ko)
    return exercise


def _parse_entry_point(table: Table) -> EntryPoint:
    table.check_keys(required=("name", "parameters"), optional=("aliases", "picture"))
    name = table.text("name")
    if not is_name(name):
        raise table.problem("name", expected=tr("a Python name"), received=shown(name))
    parameters = table.texts("parameters", expected=tr("parameters as Python source"))
    check_parameters(table, parameters)
    return EntryPoint(
        name=name,
        parameters=parameters,
        aliases=table.texts("aliases", is_valid=is_name, expected=tr("Python names")),
        picture=check_picture(table),
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


def _order(exercise_id: str) -> tuple[str, int, str]:
    letters, number = split_id(exercise_id)
    return letters, int(number or 0), exercise_id
