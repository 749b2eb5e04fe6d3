"""Courses and exercises: folders and `exercise.toml` parsed once into frozen records.

A course is any folder with `exercises/` and, on the teacher's side, `solutions/` and `datasets/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.language import Text

FORMAT_VERSION = 1


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A folder of exercises, in the order of their ids."""

    root: Path
    exercises: tuple[Exercise, ...]
