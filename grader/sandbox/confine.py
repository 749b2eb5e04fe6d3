"""The jail of a worker (Linux): what it is made of, and putting it on.

Theory of operation. `Jail.prepare` runs once, in the worker's parent, after its imports; what it makes (a
Landlock ruleset, a seccomp filter) is inherited by `fork`. `Jail.hold` then puts on the parent itself what forks
inherit and the parent can do without. `Jail.enter` runs in each worker, in its only thread and before the first
line of the submission, and puts on the rest: Landlock and seccomp bind the calling thread and those
that it starts later. A part that this machine lacks is named in `missing`; a part that it has and that cannot
be put on is an error, and so is one that does not hold when tried: no submission runs in half a jail without
a word.

Which part keeps what:

* Landlock: nothing is read but Python and the allowed packages, nothing written but in the scratch folder.
* seccomp: no socket, process, program or foreign signal; what Landlock does not govern (see `syscalls`).
* limits: memory, processor time, file size, open files. RLIMIT_DATA counts written private memory; memory
  that was written and then made read-only leaves that count, so that resident size is watched from outside.
* capabilities, `no_new_privs`: being root is of no use.
* the parent's death is the worker's, whatever happens to the grader.
"""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from grader.errors import SandboxError
from grader.language import tr
from grader.sandbox import kernel, landlock_rules, syscalls
from grader.sandbox.forked import CallFilters, ForkEntry, require_closed_root
from grader.sandbox.kernel import Part

if TYPE_CHECKING:
    from landlockpy import Ruleset

_MIB = 2**20
_ADDRESS_SPACE_HEADROOM = 4096 * _MIB  # thread stacks and heaps reserve far more than they use
_STACK_BYTES = 8 * _MIB
_FILE_BYTES = 64 * _MIB
_MAX_OPEN_FILES = 128
_UMASK = 0o077
_PROBE_TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class JailPolicy:
    """What a worker may use.

    Attributes:
        packages: Absolute paths of the allowed packages' folders and files; readable.
        private: Absolute paths that must stay unreadable, whatever else is granted.
        scratch: The only folder where files may be made, or None.
        memory_mib: Written private memory, with what the parent's imports already hold.
        cpu_s: Processor time in seconds.
        extra_files: Further files that the packages must read.
    """

    packages: tuple[str, ...]
    private: tuple[str, ...]
    scratch: str | None
    memory_mib: int = 400
    cpu_s: int = 60
    extra_files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartStatus:
    """Whether this machine has one part of the jail.

    Attributes:
        reason: Why it has not, in one line; empty where it has.
    """

    part: Part
    is_available: bool
    reason: str = ""


class Jail:
    """A jail that is ready to be put on.

    Attributes:
        missing: The parts that this machine cannot give.
    """

    def __init__(
        self,
        policy: JailPolicy,
        *,
        readable: tuple[str, ...],
        ruleset: Ruleset | None,
        filters: tuple[bytes, bytes] | None,
        reasons: Mapping[Part, str],
    ) -> None:
        self.missing: tuple[str, ...] = tuple(str(part) for part in reasons)
        self._policy = policy
        self._readable = readable
        self._ruleset = ruleset
        self._filters = filters
        self._entry: ForkEntry | None = None  # what is left to forks of a process that holds the rest
        self._held: tuple[str, ...] = ()  # what then holds in them

    @classmethod
    def prepare(cls, policy: JailPolicy) -> Jail:
        """Return the jail for `policy`; call it once, in the worker's parent, after its imports.

        Raises:
            SandboxError: The policy would open something private, or a part that this machine has cannot be
                made.
        """
        reasons = _missing_parts()
        readable: tuple[str, ...] = ()
        ruleset: Ruleset | None = None
        filters: tuple[bytes, bytes] | None = None
        if Part.LANDLOCK not in reasons:
            if policy.scratch is not None:
                landlock_rules.refuse_private(policy.scratch, private=policy.private)
            readable = landlock_rules.readable_paths(
                packages=policy.packages, extra_files=policy.extra_files, private=policy.private
            )
            if not any(map(landlock_rules.is_own_process, readable)):
                ruleset = _try(Part.LANDLOCK, lambda: _ruleset(readable, policy))
        if Part.SECCOMP not in reasons:
            filters = _try(Part.SECCOMP, lambda: _filters(policy))
        return cls(policy, readable=readable, ruleset=ruleset, filters=filters, reasons=reasons)

    def hold(self) -> tuple[str, ...]:
        """Put the inherited parts on this process, from which workers are forked, once for all of them.

        It goes on forking, but reads no file any more that needs a privilege. What a process would share with
        other workers stays each one's own: Landlock, whose scopes keep them apart, and its processor time.

        Returns:
            The names of the parts that hold in a fork once it has entered.

        Raises:
            SandboxError: As for `enter`.
        """
        if not sys.platform.startswith("linux"):
            return ()
        self._settle()
        for part, put_on in (
            (Part.RLIMITS, lambda: _limit_space(self._policy)),
            (Part.NO_NEW_PRIVS, _set_no_new_privs),
            (Part.CAPABILITIES, self._drop_capabilities),
        ):
            if part not in self.missing:
                _try(part, put_on)
        self._held = self._all_parts()
        # The bare call needs `no_new_privs`; and a ruleset of the process's own is made by the process.
        is_bare = {Part.LANDLOCK, Part.NO_NEW_PRIVS}.isdisjoint(self.missing)
        self._entry = ForkEntry(
            cpu_s=None if Part.RLIMITS in self.missing else self._policy.cpu_s,
            ruleset=landlock_rules.as_arguments(self._ruleset) if self._ruleset and is_bare else None,
            close_files=None if Part.LANDLOCK in self.missing else self._close_files,
            filters=None if Part.SECCOMP in self.missing else self._filters,
        )
        return self._held

    def _settle(self) -> None:
        os.umask(_UMASK)
        os.chdir(self._policy.scratch or "/")
        os.environ.clear()

    def enter(self, *, parent_pid: int) -> tuple[str, ...]:
        """Put the jail on this process, for good, and return the names of the parts that now hold.

        Args:
            parent_pid: The process whose death must be this one's.

        Raises:
            SandboxError: A part cannot be put on or does not hold, the parent is gone, or there is a second
                thread, which would stay outside.
        """
        if not sys.platform.startswith("linux"):
            os.environ.clear()
            return ()
        if self._entry is not None:  # a fork has one thread
            try:
                self._entry.put_on(parent_pid)
            except (OSError, RuntimeError, ValueError) as error:
                raise _failure(self._entry.part, error) from error
            return self._held
        _try(Part.LANDLOCK, _require_one_thread)
        self._settle()
        for part, put_on in self.steps(parent_pid).items():
            if part not in self.missing:
                _try(part, put_on)
        return self._all_parts()

    def _all_parts(self) -> tuple[str, ...]:
        return tuple(str(part) for part in Part if part not in self.missing)

    def steps(self, parent_pid: int) -> Mapping[Part, Callable[[], None]]:
        """Return what puts each part on, in order; `parent_pid` is as in `enter`."""
        return {
            Part.PDEATHSIG: lambda: _die_with(parent_pid),
            Part.RLIMITS: lambda: _limit(self._policy),
            Part.NO_NEW_PRIVS: _set_no_new_privs,
            Part.LANDLOCK: self._close_files,
            Part.CAPABILITIES: self._drop_capabilities,
            Part.SECCOMP: self._narrow_system_calls,
        }

    def _close_files(self) -> None:
        # A path beneath /proc/self is another file in each process: this one's ruleset is made here.
        ruleset = self._ruleset or _ruleset(self._readable, self._policy)
        landlock_rules.restrict(ruleset)
        require_closed_root()

    def _drop_capabilities(self) -> None:
        kernel.drop_capabilities()
        for path in {os.__file__, *self._policy.packages}.intersection(self._readable):
            if not os.access(path, os.R_OK):  # root could, and this process is root without its powers
                raise PermissionError(f"{path} cannot be read without privileges")

    def _narrow_system_calls(self) -> None:
        if self._filters is None:
            raise RuntimeError("the jail was prepared without a list of system calls")
        CallFilters(*self._filters).put_on()


def die_with_parent() -> None:
    """Make this process die with the thread that started it (Linux; elsewhere it does nothing)."""
    if sys.platform.startswith("linux"):
        kernel.prctl(kernel.PR_SET_PDEATHSIG, kernel.SIGKILL)


def probe() -> tuple[PartStatus, ...]:
    """Return which parts of the jail this machine has, each tried for real in a process of its own."""
    if not sys.platform.startswith("linux"):
        return tuple(
            PartStatus(part=part, is_available=False, reason=reason)
            for part, reason in _missing_parts().items()
        )
    boot = (
        "import sys; sys.path.insert(0, sys.argv[1]); "
        "from grader.sandbox import confine; confine.try_parts(sys.stdout)"
    )
    package_parent = str(Path(__file__).resolve().parents[2])
    trial = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-I", "-B", "-c", boot, package_parent],
        capture_output=True,
        text=True,
        timeout=_PROBE_TIMEOUT_S,
        check=False,
    )
    if trial.returncode == 0:
        reasons = json.loads(trial.stdout)
    else:
        status = tr("the trial ended with status {status}", status=trial.returncode)
        reasons = dict.fromkeys(Part, (trial.stderr.strip().splitlines() or [status])[-1])
    return tuple(PartStatus(part=part, is_available=not reasons[part], reason=reasons[part]) for part in Part)


def try_parts(out: TextIO) -> None:
    """Put each part on this process and write why each failed, as JSON; for `probe`'s throw-away process."""
    reasons: dict[str, str] = {}
    missing = _missing_parts()
    jail = Jail.prepare(JailPolicy(packages=(), private=(), scratch=None))
    for part, put_on in jail.steps(os.getppid()).items():
        reasons[part] = missing.get(part, "")
        if not reasons[part]:
            try:
                _try(part, put_on)
            except SandboxError as error:
                reasons[part] = error.message
    out.write(json.dumps(reasons))
    out.flush()


def _missing_parts() -> dict[Part, str]:
    """Return the parts that cannot be had here, each with the reason."""
    if not sys.platform.startswith("linux"):
        return dict.fromkeys(Part, tr("this system is not Linux"))
    return {
        part: reason
        for part, reason in (
            (Part.RLIMITS, _why_no_limits()),
            (Part.LANDLOCK, landlock_rules.why_missing()),
            (Part.SECCOMP, syscalls.why_missing() or _why_no_filters()),
        )
        if reason
    }


def _why_no_limits() -> str:
    """Return why limits cannot be set; loads what sets them, so that the workers need not."""
    try:
        import resource  # noqa: F401 - whether it can be imported is the question
    except ImportError as error:
        return str(error)
    return ""


def _why_no_filters() -> str:
    """Return why the kernel takes no filter: given a null pointer, one that would says EFAULT."""
    try:
        kernel.prctl(kernel.PR_SET_SECCOMP, kernel.SECCOMP_MODE_FILTER)
    except OSError as error:
        return "" if error.errno == errno.EFAULT else str(error)
    return tr("the kernel does not answer")


# --- the parts ----------------------------------------------------------------------------------------------

_Made = TypeVar("_Made")


def _try(part: Part, step: Callable[[], _Made]) -> _Made:
    try:
        return step()
    except (OSError, RuntimeError, ValueError) as error:
        raise _failure(part, error) from error


def _failure(part: Part, reason: Exception) -> SandboxError:
    return SandboxError(
        tr(
            "The jail could not be put on. Expected its part `{part}` to hold. Received: {reason}",
            part=part,
            reason=reason,
        ),
        hint=tr("Run `grade doctor` to see what works on this machine"),
    )


def _require_one_thread() -> None:
    if (num_threads := kernel.num_threads()) != 1:
        raise RuntimeError(f"{num_threads} threads run, and all but one would stay outside")


def _ruleset(readable: tuple[str, ...], policy: JailPolicy) -> Ruleset:
    return landlock_rules.build_ruleset(readable, scratch=policy.scratch)


def _filters(policy: JailPolicy) -> tuple[bytes, bytes]:
    """Return the filters of signals and of all calls, as the kernel takes them: building them takes milliseconds."""
    allow_list = syscalls.allow_list(has_scratch=policy.scratch is not None)
    return syscalls.program(syscalls.signals_to_itself()), syscalls.program(allow_list)


def _die_with(parent_pid: int) -> None:
    die_with_parent()
    if os.getppid() != parent_pid:  # it died before it was asked for
        raise RuntimeError(f"the parent {parent_pid} is gone")


def _limit_space(policy: JailPolicy) -> None:
    """Set all limits but that of time, soft and hard, so that they can be lowered and not raised again."""
    import resource

    memory = policy.memory_mib * _MIB
    pages = Path("/proc/self/statm").read_bytes().split()
    reserved, written = (int(pages[column]) * resource.getpagesize() for column in (0, 5))
    if written >= memory:
        raise RuntimeError(f"the imports alone hold {written // _MIB} of {policy.memory_mib} MiB")
    for name, limit in (
        ("DATA", memory),
        ("AS", reserved + memory + _ADDRESS_SPACE_HEADROOM),
        ("STACK", _STACK_BYTES),
        ("FSIZE", _FILE_BYTES),
        ("NOFILE", _MAX_OPEN_FILES),
        *((name, 0) for name in ("CORE", "MEMLOCK", "MSGQUEUE", "RTPRIO", "NICE")),
    ):
        kernel.limit_of(getattr(resource, f"RLIMIT_{name}"), limit)()
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)  # no core file, and no other process of this user may look inside


def _limit(policy: JailPolicy) -> None:
    _limit_space(policy)
    kernel.limit_of_time(policy.cpu_s)()


def _set_no_new_privs() -> None:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
