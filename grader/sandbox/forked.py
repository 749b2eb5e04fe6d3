"""What each worker puts on for itself when its parent holds the rest of the jail.

A fork shares its parent's memory until it writes on it, and Python writes on every object that it looks at, to count
who uses it: each page with such an object has to be copied first. So this is a short row of bare calls whose
arguments were made before; `confine.Jail.steps`, which does the same, costs a fork three times as much.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from enum import StrEnum
from functools import partial

from grader.sandbox import kernel, syscalls

_SYS_LANDLOCK_RESTRICT_SELF = 446  # the same number on every machine
_OPERAND = struct.Struct("=I")


class Part(StrEnum):
    """One part of the jail, in the order in which they are put on."""

    PDEATHSIG = "pdeathsig"
    RLIMITS = "rlimits"
    NO_NEW_PRIVS = "no_new_privs"
    LANDLOCK = "landlock"
    CAPABILITIES = "capabilities"
    SECCOMP = "seccomp"


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
        self.part = Part.PDEATHSIG  # that is being put on
        self._prctl = kernel.libc().prctl
        self._syscall = kernel.libc().syscall
        self._limit_time = None if cpu_s is None else _time_limiter(cpu_s)
        self._ruleset = ruleset
        self._close_files = close_files
        self._filters = None if filters is None else tuple(map(kernel.FilterProgram, filters))
        self._pid_offsets = () if filters is None else syscalls.offsets_of_pid(filters[0])

    def put_on(self, parent_pid: int) -> None:
        """Put it on this process, for good, and try that it holds; `part` says what failed.

        Raises:
            OSError: The kernel refused a part.
            RuntimeError: A part does not hold, or the parent is gone.
            ValueError: A limit cannot be lowered.
        """
        self.part = Part.PDEATHSIG
        kernel.checked(self._prctl(kernel.PR_SET_PDEATHSIG, kernel.SIGKILL, 0, 0, 0))
        if os.getppid() != parent_pid:
            raise RuntimeError(f"the parent {parent_pid} is gone")
        if self._limit_time is not None:
            self.part = Part.RLIMITS
            self._limit_time()
        self.part = Part.LANDLOCK
        if self._ruleset is not None:
            kernel.checked(self._syscall(_SYS_LANDLOCK_RESTRICT_SELF, *self._ruleset))
            require_closed_root()
        elif self._close_files is not None:
            self._close_files()
        if self._filters is not None:
            self.part = Part.SECCOMP
            signals, calls = self._filters
            for offset in self._pid_offsets:
                _OPERAND.pack_into(signals.buffer, offset, os.getpid())
            signals.load()
            calls.load()
            require_narrow_calls()


def _time_limiter(cpu_s: int) -> Callable[[], None]:
    import resource

    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    value = cpu_s if hard == resource.RLIM_INFINITY else min(cpu_s, hard)
    return partial(resource.setrlimit, resource.RLIMIT_CPU, (value, value))


def require_closed_root() -> None:
    """Raise RuntimeError unless the root of the file system, which Landlock never grants, cannot be opened."""
    try:
        os.open("/", os.O_RDONLY)
    except PermissionError:
        return
    raise RuntimeError("it was put on and does not hold")


def require_narrow_calls() -> None:
    """Raise RuntimeError unless a system call that is on no list is refused."""
    try:
        os.getpriority(os.PRIO_PROCESS, 0)
    except PermissionError:
        return
    raise RuntimeError("it was put on and does not hold")
