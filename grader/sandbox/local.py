"""A trusted module behind the same border: the solution, or a known mistake, in the grader's own process.

Arguments and results are copied exactly as for a submission (through `wire`, or as it would), so that an
alternative that changes its arguments in place cannot corrupt what others see.
"""

from __future__ import annotations

import contextlib
import io
import traceback
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from grader.errors import ExerciseError
from grader.sandbox.dispatch import Operation, Raised, Workspace
from grader.sandbox.outcomes import Returned, parse_outcomes
from grader.sandbox.plain import NotPlainError, plain_copy
from grader.sandbox.wire import Value, decode, encode


class LocalModule:
    """Answers requests with a module of the course.

    Args:
        code: The compiled source; see `compile_trusted`.
        replaced: Names that are bound anew after the source ran: a known mistake's alternatives.
        given: Names that are bound before it runs.
    """

    def __init__(
        self,
        code: CodeType,
        replaced: Mapping[str, Any] | None = None,
        given: Mapping[str, Any] | None = None,
    ) -> None:
        self._module = ModuleType("solution")
        self._module.__dict__.update(given or {})
        self._workspace = Workspace(self._module.__dict__)
        self._workspace.filename = code.co_filename
        self._module.__file__ = code.co_filename
        try:
            exec(code, self._module.__dict__)  # noqa: S102 - the course's own solution
        except Exception as error:
            line = max(
                (frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__)[1:]), default=0
            )
            raise ExerciseError(
                f"`{code.co_filename}`, line {line}, raised {type(error).__name__}: {error}",
                hint="Put the solution right; `grade verify` runs it",
            ) from error
        self._module.__dict__.update(replaced or {})

    @property
    def namespace(self) -> dict[str, Any]:
        """The module's globals."""
        return self._module.__dict__

    def request(self, operations: Sequence[Sequence[Value]]) -> list[Returned | Raised]:
        """Return the outcomes of `operations`."""
        asked: list[Value] = list(operations)
        try:
            copied = plain_copy(asked)
        except NotPlainError:
            copied = decode(*encode(asked))
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            outcomes = self._workspace.outcomes(copied)
            try:
                answer = plain_copy(outcomes, self._workspace.handles)
            except NotPlainError:
                answer = decode(*self._workspace.encoded(outcomes))
        return parse_outcomes(answer, num_expected=len(operations))

    def begin_case(self, seed: int) -> None:
        """Drop every object that an earlier case made, and start the global random generators anew."""
        self.request([[Operation.BEGIN, seed]])


def compile_trusted(path: Path) -> CodeType:
    """Return a file of the course as code.

    Raises:
        ExerciseError: The file cannot be read or is no Python.
    """
    try:
        return compile(path.read_text("utf-8"), str(path), "exec", dont_inherit=True)
    except (OSError, SyntaxError, ValueError) as error:
        raise ExerciseError(
            f"`{path}` cannot be loaded: {error}", hint=f"Run `python {path}` to see the error"
        ) from error
