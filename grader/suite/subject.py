"""A submission as a subject of a suite: its session, its names, and the rules that it broke."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from grader.course import Exercise
from grader.language import tr
from grader.sandbox.dispatch import Raised
from grader.sandbox.host import CaseOverError, Session
from grader.sandbox.outcomes import Returned
from grader.sandbox.wire import Value
from grader.source.rules import Finding
from grader.submission import Submission
from grader.verdicts import Verdict


class SubmissionSubject:
    """Runs the cases of one submission in its worker.

    Args:
        session: The submission's worker side.
        exercise: What it should define.
        findings: The rules that it broke: an entry point that reaches one is not run.
        submission: What it is.
    """

    def __init__(
        self,
        session: Session,
        exercise: Exercise,
        findings: Sequence[Finding],
        submission: Submission,
    ) -> None:
        self.session = session
        self._names = {entry.name for entry in exercise.entry_points}
        self._broken = {name: finding for finding in reversed(findings) for name in finding.entry_points}
        self._submission = submission

    def load(self) -> None:
        """Load the submission, so that what goes wrong there is known before the first case."""
        if self._submission.syntax_error is not None:
            return
        self.session.begin_case()
        with contextlib.suppress(CaseOverError):  # the session remembers it for every case
            self.session.load()

    @property
    def is_judged_by_replies(self) -> bool:
        """Whether its cases' verdicts rest on what its functions return, and on no rule that it broke."""
        return self._submission.syntax_error is None and not self._broken

    def begin_case(self, seed: int) -> None:
        """Give the next case its full time and its own random start."""
        self.session.begin_case(seed)
        broken = self._submission.syntax_error
        if broken is not None:
            message = tr("The file cannot be read as Python: {place}", place=broken.place)
            self.session.fail(Verdict.RUNTIME_ERROR, message)

    def end_case(self) -> CaseOverError | None:
        """Return what ended the case, if anything did."""
        return self.session.end_case()

    def request(self, operations: Sequence[Sequence[Value]]) -> list[Returned | Raised]:
        """Return the outcomes of `operations`."""
        return self.session.request(operations)

    def printed(self) -> str:
        """Return what the submission printed during the case."""
        return self.session.output

    def close(self) -> None:
        """End the worker."""
        self.session.close()

    def resolve(self, name: str) -> str:
        """Return the submission's own name for an entry point.

        Raises:
            CaseOverError: It broke a rule, or defines no such name.
        """
        if name not in self._names:
            return name
        self.session.request([])  # the fault of this case or submission, if it has one, comes first
        finding = self._broken.get(name)
        if finding is not None:
            message = tr(
                "`{entry_point}` uses `{name}` ({place}), which this exercise asks you to do without",
                entry_point=name, name=finding.name, place=self._submission.lines.place(finding.line),
            )  # fmt: skip
            raise self.session.fail(Verdict.FAILED, message)
        if name in self.session.names:
            return self.session.names[name]
        is_missing = self._submission.is_piecewise and name not in self._submission.entry_points
        if self.session.load_error is not None and not is_missing:
            message = tr(
                "`{name}` was not defined: the file stopped with {error} before it",
                name=name, error=self.session.load_error.type_names[0],
            )  # fmt: skip
            raise self.session.fail(Verdict.RUNTIME_ERROR, message)
        raise self.session.fail(Verdict.NOT_ATTEMPTED, tr("`{name}` is not defined", name=name))


class CourseSubject:
    """A module of the course that runs in a worker of its own: a Keras solution, which we never import.

    Args:
        session: Its worker, another one than any submission's.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.begin_case = session.begin_case
        self.end_case = session.end_case
        self.request = session.request
        self.close = session.close

    def resolve(self, name: str) -> str:
        """Return the name itself."""
        return name

    def printed(self) -> str:
        """Return nothing: what the course prints is nobody's business."""
        return ""
