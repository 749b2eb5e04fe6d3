"""Which source the reference cases of a run come from: the bank, or a process that is started at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course import Exercise
from grader.errors import UsageError
from grader.language import tr
from grader.suite.keras_bank import open_bank, reference_path
from grader.suite.keras_reference import RecordedSource, Source

if TYPE_CHECKING:  # imported only where fresh cases are asked for
    from grader.suite.keras_process import ReferenceProcess, ReferenceRequest


class ReferenceSource:
    """What gives a run its reference cases, once a case of the suite asks for them.

    Args:
        exercise: Whose reference it is.
        live: The process that computes fresh cases; None for the bank.

    Raises:
        UsageError: Fresh cases were asked for, and the exercise has no Keras reference.
        SandboxError: Keras or the backend is not installed.
    """

    def __init__(self, exercise: Exercise, live: ReferenceRequest | None) -> None:
        self._exercise = exercise
        self._live = live
        self._process: ReferenceProcess | None = None
        if live is None:
            return
        path = reference_path(exercise)
        if path is None:
            raise UsageError(
                tr("{id} has no Keras reference. Expected one for `--reference live`", id=exercise.id),
                hint=tr("Check it without `--reference live`"),
            )
        from grader.suite.keras_process import ReferenceProcess

        self._process = ReferenceProcess(path, live)

    def open(self) -> Source:
        """Return the source; for a live one, wait until it is ready.

        Raises:
            GraderError: The bank is missing or stale, or the process could not be started.
        """
        if self._process is None or self._live is None:
            return RecordedSource(open_bank(self._exercise))
        from grader.suite.keras_process import LiveSource

        return LiveSource(self._process, wanted_device=self._live.device)

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.close()
