"""The system calls that the jail is made of, for which Python has no functions (Linux)."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from enum import StrEnum
from functools import cache, partial

# <linux/prctl.h>, <linux/capability.h>
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP = 1, 4, 22
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 24, 38, 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
SECCOMP_MODE_FILTER = 2
_CAPABILITY_VERSION_3 = 0x20080522
_MAX_CAPABILITIES = 64
_INSTRUCTION_BYTES = 8  # of `struct sock_filter`
SIGKILL = 9
_UNTRIED = (3, 14)


class Part(StrEnum):
    """One part of the jail, in the order in which they are put on."""

    PDEATHSIG = "pdeathsig"
    RLIMITS = "rlimits"
    NO_NEW_PRIVS = "no_new_privs"
    LANDLOCK = "landlock"
    CAPABILITIES = "capabilities"
    SECCOMP = "seccomp"


def prctl(option: int, value: int = 0, pointer: int = 0) -> None:
    """Set something about this process: the system call of that name.

    Raises:
        OSError: The kernel refused it.
    """
    checked(libc().prctl(option, value, pointer, 0, 0))


def light_fork() -> Callable[[], int]:
    """Return what forks this process as `os.fork` does, without what Python and its modules do around that.

    They put locks, threads and generators in order, and look at so much that the new process has to copy two thirds of
    its first pages for it. A process with one thread needs none of it: nobody else can hold a lock, and workers start
    their generators themselves. With more threads, or a Python for which this was never tried, it is `os.fork`.
    """
    if not sys.platform.startswith("linux") or sys.version_info >= _UNTRIED or num_threads() != 1:
        return os.fork
    bare = ctypes.PyDLL(None, use_errno=True).fork  # unlike CDLL, it keeps the interpreter's lock
    return lambda: checked(bare())


def num_threads() -> int:
    """Return how many threads this process has."""
    return len(list(os.scandir("/proc/self/task")))  # in a tenth of pathlib's time


def limit_of(kind: int, limit: int) -> Callable[[], None]:
    """Return what lowers a limit of its process, soft and hard, so that it cannot be raised again."""
    import resource

    hard = resource.getrlimit(kind)[1]
    value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    return partial(resource.setrlimit, kind, (value, value))


def limit_of_time(cpu_s: int) -> Callable[[], None]:
    """Return what limits its process to so many seconds of processor time."""
    import resource

    return limit_of(resource.RLIMIT_CPU, cpu_s)


def drop_capabilities() -> None:
    """Give up every privilege of root, for this process and all that it forks.

    Raises:
        OSError: The kernel refused it.
        RuntimeError: One is left.
    """
    prctl(PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(_MAX_CAPABILITIES):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:  # beyond the last; or not ours to drop, and `no_new_privs` keeps it out of reach
            break
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    held = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable, in two halves
    checked(libc().capset(header, held))
    checked(libc().capget(header, held))
    if any(held):
        raise RuntimeError("it was put on and does not hold")


class FilterProgram:
    """A filter of system calls, built before: building one costs a millisecond.

    Args:
        program: Its instructions, as the kernel takes them.

    Attributes:
        buffer: The instructions, which may be changed before they are put on.
        address: Where the kernel finds them.
    """

    def __init__(self, program: bytes) -> None:
        self._instructions = ctypes.create_string_buffer(program, len(program))
        self._found = _SockFprog(
            len(program) // _INSTRUCTION_BYTES, ctypes.cast(self._instructions, ctypes.c_void_p)
        )
        self.buffer = memoryview(self._instructions).cast("B")
        self.address = ctypes.addressof(self._found)


class _SockFprog(ctypes.Structure):
    """`struct sock_fprog` of <linux/filter.h>."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


@cache
def libc() -> ctypes.CDLL:
    """Return the C library, with the arguments of what is called here declared: otherwise half a long is passed."""
    found = ctypes.CDLL(None, use_errno=True)
    found.prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
    found.syscall.argtypes = (ctypes.c_long,) * 3
    found.syscall.restype = ctypes.c_long
    found.open.argtypes = (ctypes.c_char_p, ctypes.c_int)
    found.getpriority.argtypes = (ctypes.c_int, ctypes.c_int)
    return found


def checked(result: int) -> int:
    """Return `result` of a system call.

    Raises:
        OSError: It says that the call failed.
    """
    if result == -1:
        raise refused()
    return result


def is_forbidden(call: Callable[..., int], *arguments: object) -> bool:
    """Return whether a function of `libc` fails because it is not allowed; an exception would cost a fork much more."""
    ctypes.set_errno(0)
    return call(*arguments) == -1 and ctypes.get_errno() in (errno.EPERM, errno.EACCES)


def refused() -> OSError:
    """Return what the last system call failed with."""
    code = ctypes.get_errno()
    return OSError(code, os.strerror(code))
