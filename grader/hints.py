"""Hints that lead from the concept to the line: `hints.toml`, which one is next, and what was shown before.

An exercise's hints stand in order. Those about one function are shown where a check points to it, after the hint
of the mistake that was diagnosed. What was shown is kept in the learner's folder by keys of whole sequences, so
that a hint which the author rewords or moves is at worst shown twice.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course import Exercise
from grader.errors import ExerciseError
from grader.exercise_checks import verify_hint
from grader.language import LANGUAGES, Text, tr
from grader.strict_toml import Table, read_toml, shown
from grader.verdicts import CaseResult, Report, Verdict

STATE_FILE = Path(".grade") / "hints.json"
_FORMAT_VERSION = 1
_EXAMPLES = {
    "hints": "[[hints]]",
    "hints.entry_point": 'entry_point = "correlate1d"',
    "hints.en": 'en = "How many windows are there?"',
    "hints.ko": 'ko = "창은 모두 몇 개인가요?"',
}
_LEADING_NAME = re.compile(r"\W.*", re.DOTALL)  # what follows the name in `RNN().forward(x)`
_MIN_CODE = 12  # characters of a piece of code that gives something away
_MAX_STATE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One hint.

    Attributes:
        entry_point: The function it is about; empty for the exercise as a whole.
        text: A question or a thing to try, never code.
    """

    text: Text
    entry_point: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One hint in the order in which a learner gets them.

    Attributes:
        key: Stays the same from one call to the next.
        text: In the run's language.
        about: The function or the case that it is about; empty for the exercise as a whole.
    """

    key: str
    text: str
    about: str = ""


# --- what the author wrote -------------------------------------------------------------------------------------


def load_hints(exercise: Exercise) -> tuple[Hint, ...]:
    """Return an exercise's hints in their order, from the concept to the line; none where there is no file.

    Raises:
        ExerciseError: The file is not as the course format demands.
    """
    if not exercise.hints.is_file():
        return ()
    hint = verify_hint(exercise.id)
    values = read_toml(exercise.hints, hint=hint)
    table = Table(file=exercise.hints, values=values, hint=hint, examples=_EXAMPLES)
    table.check_keys(required=("hints",))
    return tuple(_parse(entry, exercise) for entry in table.tables("hints"))


def _parse(table: Table, exercise: Exercise) -> Hint:
    table.check_keys(required=LANGUAGES, optional=("entry_point",))
    name = table.text("entry_point") if "entry_point" in table.values else ""
    if name and name not in exercise.names:
        raise table.problem("entry_point", expected=" | ".join(exercise.names), received=shown(name))
    return Hint(text=Text(en=table.text("en"), ko=table.text("ko")), entry_point=name)


def find_code(hint: Hint, solution: str) -> str:
    """Return a piece of the solution's code that a hint gives away; empty if it does not.

    Raises:
        ExerciseError: The solution is not Python.
    """
    try:
        tree = ast.parse(solution)
    except (SyntaxError, ValueError) as error:
        raise ExerciseError(tr("The solution cannot be read: {error}", error=error)) from error
    texts = ["".join(text.split()) for text in (hint.text.en, hint.text.ko)]
    for piece in _pieces(tree):
        bare = "".join(piece.split())
        if len(bare) >= _MIN_CODE and any(bare in text for text in texts):
            return piece
    return ""


def _pieces(tree: ast.Module) -> Iterator[str]:
    """Yield what a solution computes: assignments, returned values, and the expressions in them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.Return | ast.BinOp | ast.Call | ast.Compare):
            yield ast.unparse(node)


# --- in which order --------------------------------------------------------------------------------------------


def steps(hints: Sequence[Hint], report: Report | None) -> tuple[Step, ...]:
    """Return the hints for a learner, first the one that the last check points to.

    Args:
        hints: The exercise's, in the author's order.
        report: Of the learner's present code; None where it was not checked.
    """
    case = None if report is None else _first_failing(report)
    if case is None:
        return tuple(_step(hint) for hint in hints)
    name = _LEADING_NAME.sub("", case.detail.call)
    found: list[Step] = []
    if case.hint:
        kind = case.mistake or case.case_id
        found.append(Step(key=f"mistake {kind}", text=case.hint, about=case.title))
    about_it = [hint for hint in hints if hint.entry_point in ("", name)]
    if all(not hint.entry_point for hint in about_it):  # the call names no function of the exercise
        about_it = list(hints)
    return (*found, *(_step(hint) for hint in about_it))


def _step(hint: Hint) -> Step:
    digest = hashlib.sha256(hint.text.en.encode()).hexdigest()[:12]
    return Step(key=f"hint {digest}", text=str(hint.text), about=hint.entry_point)


def _first_failing(report: Report) -> CaseResult | None:
    """Return the case to begin with: the first with a diagnosed mistake, else with a wrong answer, else unwritten."""
    failing = [case for case in report.cases if case.verdict not in (Verdict.PASSED, Verdict.BLOCKED)]
    diagnosed = [case for case in failing if case.mistake]
    attempted = [case for case in failing if case.verdict is not Verdict.NOT_ATTEMPTED]
    return next(iter((*diagnosed, *attempted, *failing)), None)


def next_step(found: Sequence[Step], seen: Sequence[str]) -> int:
    """Return the position of the first step that was not shown; the last one where all were."""
    return next((position for position, step in enumerate(found) if step.key not in seen), len(found) - 1)


# --- what was shown before -------------------------------------------------------------------------------------


class Memory:
    """Which hints were shown in a folder: a small file that may be lost, broken or forbidden.

    Args:
        folder: The learner's.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / STATE_FILE
        self.notes: list[str] = []
        self._seen = self._read()

    def seen(self, exercise_id: str) -> tuple[str, ...]:
        """Return the keys of the steps that were shown."""
        return tuple(self._seen.get(exercise_id, ()))

    def add(self, exercise_id: str, key: str) -> None:
        """Keep that a step was shown; a folder that cannot be written is a note."""
        keys = self._seen.setdefault(exercise_id, [])
        if key not in keys:
            keys.append(key)
            self._write()

    def forget(self, exercise_id: str) -> None:
        """Begin again with the first hint."""
        if self._seen.pop(exercise_id, None) is not None:
            self._write()

    def _read(self) -> dict[str, list[str]]:
        try:
            if self._path.stat().st_size > _MAX_STATE_BYTES:
                raise ValueError("too large")
            values = json.loads(self._path.read_text("utf-8"))
            if values["format_version"] != _FORMAT_VERSION:
                raise ValueError("another version")
            return {str(name): [str(key) for key in _a_list(keys)] for name, keys in values["shown"].items()}
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            self.notes.append(
                tr("`{file}` cannot be read: {reason}", file=STATE_FILE.as_posix(), reason=error.strerror)
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self.notes.append(
                tr("`{file}` is damaged: hints begin again with the first", file=STATE_FILE.as_posix())
            )
        return {}

    def _write(self) -> None:
        text = json.dumps(
            {"format_version": _FORMAT_VERSION, "shown": self._seen}, ensure_ascii=True, indent=2
        )
        temporary = ""
        try:
            self._path.parent.mkdir(exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=".hints", suffix=".json")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text + "\n")
            Path(temporary).replace(self._path)
        except OSError as error:
            if temporary:
                Path(temporary).unlink(missing_ok=True)
            self.notes.append(
                tr(
                    "`{file}` cannot be written ({reason}): the next call shows the same hint",
                    file=STATE_FILE.as_posix(),
                    reason=error.strerror,
                )
            )


def _a_list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("Expected a list")
    return value
