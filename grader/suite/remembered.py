"""The solution that is asked the same again and again: what it answered once, it need not compute again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.sandbox.dispatch import Raised
from grader.sandbox.outcomes import Returned
from grader.sandbox.plain import NotPlainError, is_same, plain_copy
from grader.sandbox.wire import Value
from grader.suite.effort import Effort
from grader.suite.trial import Subject


@dataclass(frozen=True, slots=True)
class Answer:
    """What a subject was asked, and what it answered; both in copies that nobody else has.

    Attributes:
        cost: What it took to compute, in units of `effort`; 0 where nobody counts.
    """

    operations: Value
    outcomes: list[Returned | Raised]
    cost: int


class RememberedSubject:
    """A subject of the course that answers as before for as long as it is asked the same.

    The first time that it is asked for something else, a real one is made and asked everything so far.

    Args:
        make: Returns the real one, which always answers the same.
        answers: To the requests of one case, from its beginning; new ones are added.
        effort: Counts the real one's steps; an answer that is given again counts what it took to compute.
    """

    def __init__(
        self, make: Callable[[], Subject], answers: list[Answer], effort: Effort | None = None
    ) -> None:
        self._make = make
        self._answers = answers
        self._effort = effort or Effort()
        self._num_given = 0
        self._seed = 0
        self._subject: Subject | None = None

    def begin_case(self, seed: int) -> None:
        """Note how the case's random generators start."""
        self._seed = seed

    def end_case(self) -> None:
        """Say that nothing ended the case."""

    def request(self, operations: Sequence[Sequence[Value]]) -> list[Returned | Raised]:
        """Return the outcomes of `operations`."""
        if self._subject is None:
            known = self._known(operations)
            if known is not None:
                return known
            with self._effort.uncounted():
                self._subject = self._caught_up()
        before = self._effort.spent
        outcomes = self._subject.request(operations)
        if self._num_given == len(self._answers):
            try:
                self._answers.append(
                    Answer(_plain(operations), list(map(_copied, outcomes)), self._effort.spent - before)
                )
                self._num_given += 1
            except NotPlainError:
                self._num_given = -1  # this run's further answers are not kept
        return outcomes

    def _known(self, operations: Sequence[Sequence[Value]]) -> list[Returned | Raised] | None:
        if self._num_given == len(self._answers):
            return None
        answer = self._answers[self._num_given]
        try:
            if not is_same(answer.operations, _plain(operations)):
                return None
        except NotPlainError:
            return None
        self._num_given += 1
        self._effort.add(answer.cost)
        return list(map(_copied, answer.outcomes))

    def _caught_up(self) -> Subject:
        subject = self._make()
        subject.begin_case(self._seed)
        for answer in self._answers[: self._num_given]:
            subject.request(_plain(answer.operations))
        return subject

    def resolve(self, name: str) -> str:
        """Return the name itself."""
        return name

    def printed(self) -> str:
        """Return nothing: what the course prints is nobody's business."""
        return ""

    def close(self) -> None:
        """Let go of the real one."""
        if self._subject is not None:
            self._subject.close()


def _plain(operations: Sequence[Sequence[Value]]) -> Value:
    return plain_copy(list(operations))


def _copied(outcome: Returned | Raised) -> Returned | Raised:
    if isinstance(outcome, Raised):
        return outcome
    return Returned(plain_copy(outcome.value), plain_copy(dict(outcome.changed)))
