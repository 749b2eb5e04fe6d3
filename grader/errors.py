"""The errors of this package and the exit codes they become.

GraderError
├── UsageError       the person at the keyboard asked for something that cannot be done      exit 2
├── ExerciseError    the course's author wrote something that cannot be graded               exit 3
├── SandboxError     the worker or its jail could not be set up: never the submission's fault exit 3
└── StoreError       a file of ours could not be read or written                             exit 3

What a submission does wrong is no error of this tree: it is data, a `verdicts.Verdict`.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit status of the `grade` command."""

    ALL_PASSED = 0
    SOME_FAILED = 1  # some case failed
    WRONG_USE = 2  # wrong arguments or unusable input; nothing was written
    GRADER_FAILED = 3  # the grader or its environment failed: no statement about the submission


class GraderError(Exception):
    """Something a person can put right.

    Attributes:
        message: What is wrong, what was expected and what was received.
        hint: The command or the change that puts it right; may be empty.
    """

    exit_code = ExitCode.GRADER_FAILED

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(GraderError):
    """The person at the keyboard asked for something that cannot be done."""

    exit_code = ExitCode.WRONG_USE


class ExerciseError(GraderError):
    """The course's author wrote something that cannot be graded."""


class SandboxError(GraderError):
    """The worker or its jail could not be set up; no submission is to blame."""


class StoreError(GraderError):
    """A file of ours could not be read or written."""
