"""Verdicts, points and scores: what one grading run says, as frozen records.

A score is never guessed. The grader's own fault carries no points at all (None, never 0), and a submission
with one such case has no score.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import numpy as np


class Verdict(StrEnum):
    """The outcome of one case, or of a whole submission."""

    PASSED = "passed"
    FAILED = "failed"  # a wrong answer
    RUNTIME_ERROR = "runtime_error"  # the submission raised, crashed, exited or broke the protocol
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    NOT_ATTEMPTED = "not_attempted"  # the stub's NotImplementedError
    BLOCKED = "blocked"  # a prerequisite case did not pass
    GRADER_ERROR = "grader_error"  # our own fault: no points, never 0


class Visibility(StrEnum):
    """When a learner may see a case's details (Gradescope's words)."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    AFTER_DUE_DATE = "after_due_date"
    AFTER_PUBLISHED = "after_published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One frame of the learner's own traceback.

    Attributes:
        line: Line number in the submission, from 1; in the cell, if there is one.
        function: Name of the function, or `<module>`.
        source: That line's text, without indentation.
        cell: The notebook's cell, counted from 1 over cells of every kind; None in a file.
    """

    line: int
    function: str
    source: str = ""
    cell: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """How a received value differs from the expected one.

    Attributes:
        kind: `values`, `shape`, `dtype`, `type` or `text` (a property without an expected value).
        message: One sentence for the learner.
        expected: What was expected; None where there is no such value.
        received: What came back.
        wrong: Which elements differ, where both have one shape.
        num_wrong: How many elements differ.
        size: How many elements there are.
        first_index: Index of the first one that differs.
        max_abs_error: Largest absolute difference of finite elements.
        max_rel_error: Largest relative difference of finite elements that should not be 0.
    """

    kind: str
    message: str
    expected: Any = None
    received: Any = None
    wrong: np.ndarray[Any, np.dtype[np.bool_]] | None = None
    num_wrong: int = 0
    size: int = 0
    first_index: tuple[int, ...] | None = None
    max_abs_error: float | None = None
    max_rel_error: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The part of the input from which the first wrong output of a convolution or pooling is made.

    Attributes:
        cells: The window's values, with one or two axes.
        inside: Which of them lie in the input; the others are padding.
        start: Index of the window's first cell in the input, negative in the padding.
        kernel: What the window is multiplied with, as it was passed; None for a pooling.
    """

    cells: np.ndarray[Any, np.dtype[Any]]
    inside: np.ndarray[Any, np.dtype[np.bool_]]
    start: tuple[int, ...]
    kernel: np.ndarray[Any, np.dtype[Any]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSteps:
    """At which steps of a sequence the values differ.

    Attributes:
        wrong: For each step, whether anything differs there.
        backwards: Whether the steps were computed from the last one to the first.
    """

    wrong: tuple[bool, ...]
    backwards: bool = False

    @property
    def first(self) -> int:
        """The step where the first difference appears, in the order of computation."""
        steps = [step for step, is_wrong in enumerate(self.wrong) if is_wrong]
        return steps[-1] if self.backwards else steps[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDetail:
    """What a person may look at to understand a case: never needed for the score.

    Attributes:
        call: The call that was made, as Python source with short values; empty if none was.
        mismatch: Expected and received values, when the comparison failed.
        exception: `TypeName: message` of what the submission raised; empty if it did not.
        frames: The learner's traceback, outermost frame first, frames of the submission's file only.
        notes: Facts that cost nothing, such as a list that was taken for an array.
        output: What the submission printed during the case, cut to a cap.
        column: Column of the problem in the last frame's line, from 1; None where there is no such place.
        window: Where the first wrong output comes from, if the exercise asks for this picture.
        time_steps: Which steps of a sequence differ, if the exercise asks for this picture.
    """

    call: str = ""
    mismatch: Mismatch | None = None
    exception: str = ""
    frames: tuple[Frame, ...] = ()
    notes: tuple[str, ...] = ()
    output: str = ""
    column: int | None = None
    window: Window | None = None
    time_steps: TimeSteps | None = None


_Record = TypeVar("_Record")


def altered(record: _Record, **changes: object) -> _Record:
    """Return a record with slots in which some fields are others: `replace`, at a fifth of its cost.

    Its checks do not run: for fields that have none.
    """
    other = object.__new__(type(record))
    for name in type(record).__slots__:  # type: ignore[attr-defined]
        object.__setattr__(other, name, changes[name] if name in changes else getattr(record, name))
    return other


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """Result of one case.

    Attributes:
        case_id: The test function's name, with its parameters.
        title: What the case is about, in the run's language.
        points: Points earned; None when the grader itself failed.
        message: One sentence for the learner; may be empty when passed.
        mistake: Id of the known mistake that explains the failure, or None.
        hint: The mistake's or the case's hint in the run's language; may be empty.
        duration_s: Wall-clock seconds.
    """

    case_id: str
    title: str
    verdict: Verdict
    max_points: float
    points: float | None
    visibility: Visibility = Visibility.VISIBLE
    message: str = ""
    mistake: str | None = None
    hint: str = ""
    duration_s: float = 0.0
    detail: CaseDetail = field(default_factory=CaseDetail)

    def timed(self, duration_s: float) -> CaseResult:
        """Return the same result with another duration."""
        return altered(self, duration_s=duration_s)

    def __post_init__(self) -> None:
        if not (math.isfinite(self.max_points) and self.max_points >= 0):
            raise ValueError(f"max_points={self.max_points} is not a finite number >= 0")
        if (self.points is None) != (self.verdict is Verdict.GRADER_ERROR):
            raise ValueError(f"points={self.points} does not fit {self.verdict=}")
        if self.points is None:
            return
        if not 0 <= self.points <= self.max_points:  # NaN fails here too
            raise ValueError(f"points={self.points} outside [0, {self.max_points}]")
        if self.points > 0 and self.verdict is not Verdict.PASSED:
            raise ValueError(f"points={self.points} for {self.verdict=}")


def all_cases_passed(cases: Sequence[CaseResult]) -> bool:
    """Return whether every case passed; such cases hold no pictures, and most of a class has the same."""
    return all(case.verdict is Verdict.PASSED for case in cases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Jail:
    """Which parts of the jail held the worker (see `sandbox.confine`)."""

    complete: bool
    parts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceInfo:
    """With which Keras the cases of a run were compared.

    Attributes:
        mode: `recorded`, from a bank that was made earlier, or `live`.
        keras: Keras's version.
        backend: `tensorflow`, `jax` or `torch`.
        device: Where Keras computed, `cpu` or `gpu`; of a bank, where it was made.
        device_name: The processor's or card's own name.
        note: What a person should know about it, such as that there is no GPU; may be empty.
    """

    mode: str
    keras: str
    backend: str
    backend_version: str
    device: str
    device_name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything one grading run says about one submission.

    Attributes:
        exercise_id: For example `ex05`.
        path: The submission's file, as the person named it.
        sha256: Of the submission's bytes.
        seed: Of every random input of this run.
        cases: One result for each case of the suite, in the suite's order.
        jail: What held the worker.
        duration_s: Wall-clock seconds of the whole run.
        problem: What went wrong before or around the cases: a syntax error, an exception while the
            submission was imported, a rule that was broken. Shown first.
        notes: Facts that cost nothing: an alias that was taken, an encoding that was guessed.
        reference: With which Keras cases were compared; None where none was.
        is_public_only: Whether only the public cases ran, as in a student kit: then there is no total.
    """

    exercise_id: str
    path: str
    sha256: str
    seed: int
    cases: tuple[CaseResult, ...]
    jail: Jail
    duration_s: float
    problem: CaseDetail | None = None
    notes: tuple[str, ...] = ()
    reference: ReferenceInfo | None = None
    is_public_only: bool = False

    @property
    def max_score(self) -> float:
        """Sum of the cases' points, at most."""
        return math.fsum(case.max_points for case in self.cases)

    @property
    def score(self) -> float | None:
        """Sum of the points earned, or None where the grader failed or the hidden cases did not run."""
        if self.is_public_only:
            return None
        earned = [case.points for case in self.cases]
        if not earned:
            return None
        return None if None in earned else math.fsum(points for points in earned if points is not None)

    @property
    def verdict(self) -> Verdict:
        """One word for the submission: the grader's fault first, then the cases' common word, or failed."""
        verdicts = {case.verdict for case in self.cases}
        if not verdicts or Verdict.GRADER_ERROR in verdicts:
            return Verdict.GRADER_ERROR
        verdicts.discard(Verdict.BLOCKED)
        return verdicts.pop() if len(verdicts) == 1 else Verdict.FAILED

    @property
    def all_passed(self) -> bool:
        """Whether there was at least one case and every case passed."""
        return self.verdict is Verdict.PASSED and all_cases_passed(self.cases)
