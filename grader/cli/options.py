"""Options that every command has, and values of options read once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from grader.errors import UsageError
from grader.language import tr

if TYPE_CHECKING:
    import typer

    from grader.course import Course

_MAX_SEED = 2**32 - 1


class OutputFormat(StrEnum):
    """How `grade check` writes its result."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    GRADESCOPE = "gradescope"
    GITHUB = "github"


class ProgressFormat(StrEnum):
    """How `grade progress` writes its result."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class Feedback(StrEnum):
    """Whose eyes a result is for."""

    FULL = "full"
    STUDENT = "student"


class ReferenceMode(StrEnum):
    """Where the values come from with which Keras is compared."""

    RECORDED = "recorded"
    LIVE = "live"


class Device(StrEnum):
    """On what Keras computes."""

    AUTO = "auto"
    CPU = "cpu"
    GPU = "gpu"


class Backend(StrEnum):
    """With what Keras computes."""

    TENSORFLOW = "tensorflow"
    JAX = "jax"
    TORCH = "torch"


Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was said for every command.

    Attributes:
        course_folder: What `--course` names, or None.
        plain: One fact a line, for screen readers.
    """

    course_folder: Path | None = None
    plain: bool = False

    def course(self) -> Course:
        """Return the course in use."""
        from grader.course import find_course

        return find_course(self.course_folder, os.environ, here=Path())


def options_of(context: typer.Context) -> Options:
    """Return what was said for every command."""
    found = context.find_object(Options)
    return found if isinstance(found, Options) else Options()


def exercise_ids(incomplete: str) -> list[str]:
    """Return the exercises that a word may become, for completion in the shell."""
    return [item.id for item in Options().course().exercises if item.id.startswith(incomplete)]


def read_choice(option: str, value: str, kind: type[Choice]) -> Choice:
    """Return the member of `kind` that `value` names.

    Raises:
        UsageError: There is none.
    """
    names = [str(member) for member in kind]
    if value in names:
        return kind(value)
    near = get_close_matches(value, names, n=1)
    raise UsageError(
        tr(
            "`{option}` does not take this value. Expected {names}. Received: {value}",
            option=option,
            names=", ".join(names),
            value=value,
        ),
        hint=tr("For instance `{example}`", example=f"{option} {near[0] if near else names[0]}"),
    )


def read_seed(value: str) -> int:
    """Return a seed.

    Raises:
        UsageError: It is no whole number from 0 on.
    """
    if value.isascii() and value.isdigit() and int(value[:11]) <= _MAX_SEED:
        return int(value)
    raise UsageError(
        tr(
            "`--seed` is no such number. Expected a whole number from 0 to {largest}. Received: {value}",
            largest=_MAX_SEED,
            value=value[:40],
        ),
        hint=tr("For instance `{example}`", example="--seed 7"),
    )
