"""What each worker puts on for itself when its parent holds the rest of the jail.

A fork shares its parent's memory until it writes on it, and Python writes on every object that it looks at, to count
who uses it: each page with such an object has to be copied first. So this is a short row of bare calls whose
arguments were made before; `confine.Jail.steps`, which does the same, costs a fork three times as much.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable

from grader.sandbox import kernel, syscalls
from grader.sandbox.kernel import Part

_SYS_LANDLOCK_RESTRICT_SELF = 446  # the same number on every machine


# Under names of their own: an enum's or a module's attribute is looked up in places that a fork would have to copy.
_PDEATHSIG, _RLIMITS, _LANDLOCK, _SECCOMP = Part.PDEATHSIG, Part.RLIMITS, Part.LANDLOCK, Part.SECCOMP
_SET_PDEATHSIG, _SIGKILL = kernel.PR_SET_PDEATHSIG, kernel.SIGKILL
_SET_SECCOMP, _SECCOMP_FILTER = kernel.PR_SET_SECCOMP, kernel.SECCOMP_MODE_FILTER
_parent, _own, _put_operand = os.getppid, os.getpid, struct.Struct("=I").pack_into


class ForkEntry:
    """Puts on a fork what it does not have from its parent.

    Args:
        cpu_s: Processor time in seconds; None where no limit can be set.
        ruleset: Descriptor and flags of the Landlock ruleset; None where there is no Landlock.
        close_files: Puts on Landlock instead, where each process needs a ruleset of its own.
        filters: The filters of signals and of all calls; None where there is no seccomp.
    """

    def __init__(
        self,
        *,
        cpu_s: int | None,
        ruleset: tuple[int, int] | None,
        close_files: Callable[[], None] | None,
        filters: tuple[bytes, bytes] | None,
    ) -> None:
        self.part = _PDEATHSIG  # that is being put on
        self._prctl = kernel.libc().prctl
        self._syscall = kernel.libc().syscall
        self._limit_time = None if cpu_s is None else kernel.limit_of_time(cpu_s)
        self._ruleset = ruleset
        self._close_files = close_files
        self._narrow_calls = None if filters is None else CallFilters(*filters).put_on

    def put_on(self, parent_pid: int) -> None:
        """Put it on this process, for good, and try that it holds; `part` says what failed.

        Raises:
            OSError: The kernel refused a part.
            RuntimeError: A part does not hold, or the parent is gone.
            ValueError: A limit cannot be lowered.
        """
        self.part = _PDEATHSIG
        if self._prctl(_SET_PDEATHSIG, _SIGKILL, 0, 0, 0) != 0:
            raise kernel.refused()
        if _parent() != parent_pid:
            raise RuntimeError(f"the parent {parent_pid} is gone")
        if self._limit_time is not None:
            self.part = _RLIMITS
            self._limit_time()
        self.part = _LANDLOCK
        if self._ruleset is not None:
            if self._syscall(_SYS_LANDLOCK_RESTRICT_SELF, *self._ruleset) != 0:
                raise kernel.refused()
            require_closed_root()
        elif self._close_files is not None:
            self._close_files()
        if self._narrow_calls is not None:
            self.part = _SECCOMP
            self._narrow_calls()


class CallFilters:
    """The filters of system calls, ready for whatever process puts them on itself.

    Args:
        signals: The program that lets a process signal only itself.
        allow_list: The one that names every call that is allowed.
    """

    def __init__(self, signals: bytes, allow_list: bytes) -> None:
        self._prctl = kernel.libc().prctl
        self._programs = (kernel.FilterProgram(signals), kernel.FilterProgram(allow_list))
        self._addresses = tuple(program.address for program in self._programs)
        self._signals = self._programs[0].buffer
        self._pid_offsets = syscalls.offsets_of_pid(signals)

    def put_on(self) -> None:
        """Put them on the calling thread, for good, and try that they hold.

        Raises:
            OSError: The kernel refused one.
            RuntimeError: They do not hold.
        """
        for offset in self._pid_offsets:
            _put_operand(self._signals, offset, _own())
        for address in self._addresses:
            if self._prctl(_SET_SECCOMP, _SECCOMP_FILTER, address, 0, 0) != 0:
                raise kernel.refused()
        require_narrow_calls()


def require_closed_root() -> None:
    """Raise RuntimeError unless the root of the file system, which Landlock never grants, cannot be opened."""
    if not kernel.is_forbidden(kernel.libc().open, b"/", os.O_RDONLY):
        raise RuntimeError("it was put on and does not hold")


def require_narrow_calls() -> None:
    """Raise RuntimeError unless a system call that is on no list is refused."""
    if not kernel.is_forbidden(kernel.libc().getpriority, os.PRIO_PROCESS, 0):
        raise RuntimeError("it was put on and does not hold")
