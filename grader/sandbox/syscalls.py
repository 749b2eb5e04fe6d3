"""The system calls that a worker may make: an allow-list for seccomp, where everything else answers EPERM.

Theory of operation. The list is built once, in the worker's parent, and loaded by each worker. A filter can
compare arguments with constants only, so that *signals to oneself, none to others* needs the worker's own
pid: a second, tiny filter is built in the worker for that. It holds on every kernel; Landlock's signal scope
(kernel 6.12) is a second line behind it.

What Landlock does not govern is decided here: limits, owners, modes, times and attributes of others, priority
and processor of others, System V and POSIX objects, memory that no limit counts.

Pointers are never compared: another thread could change what they point at between the check and the use.
"""

from __future__ import annotations

import errno
import os
import platform
import struct
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyseccomp import Arg, SyscallFilter

# The numbers below are the ones of `asm-generic`, which these machines share.
MACHINES = ("x86_64", "aarch64", "riscv64")

# By purpose. What is absent is refused.
_ALWAYS = {
    "memory": "brk munmap mprotect mremap madvise",
    "threads of this process": (
        "exit exit_group futex futex_waitv set_robust_list set_tid_address rseq membarrier restart_syscall "
        "sched_yield sched_getaffinity sched_getscheduler sched_getparam sched_get_priority_max "
        "sched_get_priority_min getcpu"
    ),
    # `signals_to_itself` narrows the last three.
    "signals of this process": (
        "rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack "
        "pause alarm getitimer setitimer kill tkill tgkill"
    ),
    "what this process is": (
        "getpid gettid getppid getpgrp getuid geteuid getgid getegid getresuid getresgid getgroups "
        "getrusage getrlimit times uname sysinfo getcwd"
    ),
    "time and chance": "gettimeofday time nanosleep getrandom",
    # No message may carry a descriptor: `sendmsg` and `recvmsg` are absent.
    "descriptors": (
        "read readv pread64 preadv preadv2 write writev pwrite64 pwritev pwritev2 lseek close close_range "
        "dup dup2 dup3 pipe pipe2 eventfd eventfd2 recvfrom fstat fadvise64 "
        "poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2"
    ),
    # Landlock says which ones can be opened and listed.
    "looking at files": (
        "access faccessat faccessat2 stat lstat newfstatat statx readlink readlinkat getdents64"
    ),
}
_WITH_SCRATCH = {
    "making and removing files": "mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2",
    "what is in them": "ftruncate fallocate fsync fdatasync msync sendfile copy_file_range flock",
}

# Threads exactly as the C library starts them: they share memory, files, signals and name spaces.
_CLONE_THREAD_FLAGS = 0x003D0F00
_CLONE_DETACHED = 0x00400000  # musl sets it; it means nothing
_EVERY_BIT = 0xFFFF_FFFF_FFFF_FFFF

_MAP_TYPE = 0x0F
_MAP_SHARED, _MAP_PRIVATE = 0x01, 0x02
_MAP_ANONYMOUS = 0x20
# What RLIMIT_DATA does not count: a mapping that grows down passes for a stack. The last two pin memory.
_MAP_UNCOUNTED = 0x00100 | 0x02000 | 0x40000  # MAP_GROWSDOWN, MAP_LOCKED, MAP_HUGETLB

_SETUID_BITS = 0o6000

SOME_PID = 0x7D1D1D1D  # stands for a process's own number in a filter; above the kernel's highest
_INSTRUCTION = struct.Struct("=HBBI")  # `struct sock_filter` of <linux/filter.h>
_OPERAND_OFFSET = 4  # of its last field

# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ. Absent: F_SETOWN and F_SETSIG
# (signals to others), leases and locks (they hold up others), F_SETPIPE_SZ (memory that no limit counts).
_FCNTL = (0, 1, 2, 3, 4, 1030, 1032)
# TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
_IOCTL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# PR_GET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_GET_SECCOMP, PR_CAPBSET_READ,
# PR_GET_NO_NEW_PRIVS, PR_SET_VMA (names for mappings)
_PRCTL = (2, 3, 15, 16, 21, 23, 39, 0x53564D41)
_ARCH_PRCTL = (
    0x1021,
    0x1022,
    0x1023,
)  # ARCH_{GET_XCOMP_SUPP,GET_XCOMP_PERM,REQ_XCOMP_PERM}: matrix registers
_AS_TREE = 2  # of SCMP_FLTATR_CTL_OPTIMIZE
_LAST_COMMON_CLOCK = 11  # CLOCK_TAI; clocks of other processes are negative numbers


def why_missing() -> str:
    """Return why no filter can be built here, or nothing where one can."""
    try:
        import pyseccomp  # noqa: F401 - whether it can be imported is the question
    except (ImportError, RuntimeError, OSError) as error:  # RuntimeError: it found no libseccomp
        return str(error)
    if platform.machine() not in MACHINES or sys.maxsize < 2**32:
        return f"no list of system calls for {platform.machine()}"
    return ""


def allow_list(*, has_scratch: bool) -> SyscallFilter:
    """Return the filter that allows what Python, numpy and TensorFlow on a CPU need.

    Args:
        has_scratch: Whether files may be made and removed where Landlock lets them be.

    Raises:
        OSError: libseccomp refused a rule.
    """
    from pyseccomp import ALLOW, ERRNO, KILL_PROCESS, Attr, SyscallFilter

    found = SyscallFilter(ERRNO(errno.EPERM))
    found.set_attr(Attr.ACT_BADARCH, KILL_PROCESS)
    # The kernel tries every number on a filter that it is given: down a tree in half the time that a list takes.
    with suppress(OSError, ValueError):  # libseccomp before 2.5 knows only lists
        found.set_attr(Attr.CTL_OPTIMIZE, _AS_TREE)
    calls = _ALWAYS | _WITH_SCRATCH if has_scratch else _ALWAYS
    for name in " ".join(calls.values()).split():
        _add(found, ALLOW, name)
    for name, conditions in _conditional():
        _add(found, ALLOW, name, *conditions)
    _add(found, ERRNO(errno.ENOSYS), "clone3")  # its flags lie behind a pointer; `clone` is tried next
    return found


def program(rules: SyscallFilter) -> bytes:
    """Return the filter as the kernel takes it.

    Raises:
        OSError: libseccomp could not build it.
    """
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def signals_to_itself() -> SyscallFilter:
    """Return the filter that refuses signals to any process but `SOME_PID`, and allows everything else.

    Raises:
        OSError: libseccomp refused a rule.
    """
    from pyseccomp import ALLOW, ERRNO, KILL_PROCESS, NE, Arg, Attr, SyscallFilter

    found = SyscallFilter(ALLOW)
    found.set_attr(Attr.ACT_BADARCH, KILL_PROCESS)
    for name in ("kill", "tkill", "tgkill"):
        _add(found, ERRNO(errno.EPERM), name, Arg(0, NE, SOME_PID))
    return found


def offsets_of_pid(program: bytes) -> tuple[int, ...]:
    """Return where in the program of `signals_to_itself` the process's own number is to stand.

    Raises:
        ValueError: It is not that program.
    """
    operands = [operand for *_, operand in _INSTRUCTION.iter_unpack(program)]
    found = [index for index, operand in enumerate(operands) if operand == SOME_PID]
    if not found:
        raise ValueError("the filter names no process")
    return tuple(index * _INSTRUCTION.size + _OPERAND_OFFSET for index in found)


def _add(target: SyscallFilter, action: int, name: str, *conditions: Arg) -> None:
    """Add a rule for a call that this machine has; an older one may lack some."""
    from pyseccomp import Arch, resolve_syscall

    number = resolve_syscall(Arch.NATIVE, name)
    if number >= 0:
        target.add_rule(action, number, *conditions)


def _conditional() -> Iterator[tuple[str, tuple[Arg, ...]]]:
    """Yield the calls that are allowed with some arguments only; several entries for one call are an *or*."""
    from pyseccomp import EQ, LE, MASKED_EQ, Arg

    yield "clone", (Arg(0, MASKED_EQ, _EVERY_BIT & ~_CLONE_DETACHED, _CLONE_THREAD_FLAGS),)
    # Private memory is counted; shared memory without a file would not be.
    yield "mmap", (Arg(3, MASKED_EQ, _MAP_TYPE | _MAP_UNCOUNTED, _MAP_PRIVATE),)
    yield "mmap", (Arg(3, MASKED_EQ, _MAP_TYPE | _MAP_UNCOUNTED | _MAP_ANONYMOUS, _MAP_SHARED),)
    # Before ABI 3, Landlock lets a file that may only be read be emptied. No file is made set-user-id. With
    # O_PATH, Landlock would let a descriptor be had for any place.
    for mask, value in (
        (os.O_PATH | os.O_TRUNC, 0),
        (os.O_PATH | os.O_TRUNC | os.O_ACCMODE, os.O_TRUNC | os.O_WRONLY),
        (os.O_PATH | os.O_TRUNC | os.O_ACCMODE, os.O_TRUNC | os.O_RDWR),
    ):
        for name, flags, mode in (("open", 1, 2), ("openat", 2, 3)):
            yield name, (Arg(flags, MASKED_EQ, mask, value), Arg(mode, MASKED_EQ, _SETUID_BITS, 0))
    yield "prlimit64", (Arg(0, EQ, 0),)
    yield "sendto", (Arg(4, EQ, 0),)
    for name in ("clock_gettime", "clock_getres", "clock_nanosleep"):
        yield name, (Arg(0, LE, _LAST_COMMON_CLOCK),)
    for name, position, values in (
        ("fcntl", 1, _FCNTL),
        ("ioctl", 1, _IOCTL),
        ("prctl", 0, _PRCTL),
        ("arch_prctl", 0, _ARCH_PRCTL),
    ):
        for value in values:
            yield name, (Arg(position, EQ, value),)
