"""A corpus of hostile submissions: what each file is after, and what must hold when it has run.

Theory of operation. A corpus is a folder of submissions, Python files or notebooks. Their names begin with the
exercise that they are handed in for (`ex03_fills_memory.py`). Each says about itself, in comments at its top
(a notebook in its metadata, under `attack`):

    # goal: take memory until there is none
    # family: limits
    # expects: 0 memory_limit
    # afterwards: memory, honest

`expects` is the most points that it may get and, where one is certain, a verdict that one of its cases must
have. `afterwards` names what the attack is aimed at; everything of `Aftermath` is looked at after every attack.
An attack writes the line ARMED to its output as soon as its hostile part begins, and a line that starts with
ESCAPED where something went through that must not.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from grader.errors import UsageError
from grader.language import tr
from grader.verdicts import Verdict

Word = TypeVar("Word", bound=StrEnum)

ARMED = "ARMED"
ESCAPED = "ESCAPED"
_NAME = re.compile(r"(ex[0-9]+)_[a-z0-9_]+")
_KEYS = ("goal", "family", "expects", "afterwards")
_SUFFIXES = (".py", ".ipynb")


class Family(StrEnum):
    """What kind of attack it is."""

    FORGE = "forge"  # the result
    READ = "read"  # the answer, or any other secret
    LIE = "lie"  # values that are not what they say
    LIMITS = "limits"  # memory, time, threads, files
    WIRE = "wire"  # the grader, through the border
    ESCAPE = "escape"  # out of the jail: processes, signals, the system
    NEXT = "next"  # the next submission
    REPORT = "report"  # reports, archives, notebooks


class Aftermath(StrEnum):
    """What must hold when an attack is over."""

    HONEST = "honest"  # an honest submission gets full marks, before and after
    SECRETS = "secrets"  # no planted secret comes out anywhere
    PROCESSES = "processes"  # none is left
    FILES = "files"  # none is left or changed
    IPC = "ipc"  # no shared memory, semaphore or message queue is left
    MEMORY = "memory"  # the grader's own stays within bounds
    DESCRIPTORS = "descriptors"  # the grader has as many as before
    TIME = "time"  # it ended within its limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One hostile submission.

    Attributes:
        goal: What it is after.
        max_points: The most points that it may get.
        verdict: What at least one of its cases must end with; None where that is not certain.
        afterwards: What it is aimed at.
        is_loud: Whether it says ARMED when its hostile part begins.
    """

    path: Path
    exercise_id: str
    goal: str
    family: Family
    max_points: float
    verdict: Verdict | None
    afterwards: tuple[Aftermath, ...]
    is_loud: bool

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


def read_corpus(folder: Path) -> tuple[Attack, ...]:
    """Return the attacks in `folder`, in the order of their names.

    Raises:
        UsageError: It holds none, or one does not say what it is.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES)
    except OSError as error:
        raise UsageError(
            tr("The attacks cannot be read: {error}", error=error),
            hint="grade verify --attacks tests/attacks",
        ) from error
    if not paths:
        raise UsageError(
            tr("`{folder}` holds no attacks. Expected files such as `ex03_fills_memory.py`", folder=folder),
            hint=tr("They come with the source: `grade verify --attacks tests/attacks` in a checkout"),
        )
    return tuple(read_attack(path) for path in paths)


def read_attack(path: Path) -> Attack:
    """Return what the file `path` says about itself.

    Raises:
        UsageError: It does not say it, or not in this form.
    """
    name = _NAME.fullmatch(path.stem)
    if name is None:
        raise _wrong(path, tr("a name such as `ex03_fills_memory.py`"), path.name)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(path, tr("a text in UTF-8"), str(error)) from error
    fields = _notebook_fields(path, text) if path.suffix == ".ipynb" else _comment_fields(text)
    missing = [key for key in _KEYS if not fields.get(key, "").strip()]
    if missing:
        raise _wrong(path, tr("its header to hold {keys}", keys=", ".join(_KEYS)), ", ".join(sorted(fields)))
    max_points, verdict = _expectation(path, fields["expects"])
    return Attack(
        path=path,
        exercise_id=name[1],
        goal=fields["goal"],
        family=_chosen(path, Family, fields["family"]),
        max_points=max_points,
        verdict=verdict,
        afterwards=tuple(_chosen(path, Aftermath, word) for word in fields["afterwards"].split(",")),
        is_loud=ARMED in text,
    )


def _comment_fields(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        begun, continued = re.fullmatch(r"# ([a-z]+): (.+)", line), re.fullmatch(r"#   (.+)", line)
        if begun is not None:
            key = begun[1]
            fields[key] = begun[2]
        elif continued is not None and key:
            fields[key] += " " + continued[1]
        else:
            break
    return fields


def _notebook_fields(path: Path, text: str) -> dict[str, str]:
    try:
        fields = json.loads(text)["metadata"]["attack"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _wrong(path, tr("`attack` in the notebook's metadata"), type(error).__name__) from error
    if not isinstance(fields, Mapping):
        raise _wrong(path, tr("`attack` in the notebook's metadata"), type(fields).__name__)
    return {str(key): str(value) for key, value in fields.items()}


def _expectation(path: Path, text: str) -> tuple[float, Verdict | None]:
    number, _, word = text.partition(" ")
    try:
        points = float(number)
    except ValueError:
        points = math.nan
    if not 0 <= points < math.inf:
        raise _wrong(path, tr("`expects` to begin with the most points that it may get"), text)
    return points, _chosen(path, Verdict, word) if word else None


def _chosen(path: Path, kind: type[Word], word: str) -> Word:
    try:
        return kind(word.strip())
    except ValueError:
        raise _wrong(path, tr("one of {words}", words=", ".join(kind)), word.strip()) from None


def _wrong(path: Path, expected: str, received: str) -> UsageError:
    return UsageError(
        tr(
            "`{path}` does not say what attack it is. Expected {expected}. Received: {received}",
            path=path,
            expected=expected,
            received=received[:100] or tr("nothing"),
        ),
        hint=tr("`tests/attacks/README.md` shows the header"),
    )
