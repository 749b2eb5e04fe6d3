"""The jail is tried from the inside: every promise by an attempt to break it.

A process of its own, this file run as a script, plays the worker's parent: it prepares the jail, forks, and the
child enters and runs one of the functions named `attempt_…` below.
"""

from __future__ import annotations

import ctypes
import errno
import importlib
import json
import mmap
import os
import signal
import socket
import stat
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.sandbox import confine, landlock_rules
from grader.sandbox.confine import Jail, JailPolicy, Part, probe

REPOSITORY = Path(__file__).resolve().parents[1]
SITE = Path(sysconfig.get_path("purelib"))
PRIVATE = tuple(str(REPOSITORY / name) for name in ("grader", "exercises", "solutions"))
NUMPY = tuple(str(SITE / name) for name in ("numpy", "numpy.libs"))
ALL_PARTS = tuple(str(part) for part in Part)


def _why_not_here() -> str:
    """Return why this kernel cannot be tested; what is merely not installed is a failure, not a reason."""
    if not sys.platform.startswith("linux"):
        return "the jail is made of Linux's parts"
    if not Path("/proc/sys/kernel/seccomp/actions_avail").exists():
        return "this kernel has no seccomp filters"
    try:
        import landlockpy
    except ImportError:
        return ""
    return "" if landlockpy.supported() else "this kernel has no Landlock"


pytestmark = pytest.mark.skipif(bool(_why_not_here()), reason=_why_not_here())


# --- attempts: run in the jail --------------------------------------------------------------------------------


def _syscall(name: str, *args: int) -> int:
    from pyseccomp import Arch, resolve_syscall

    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(ctypes.c_long(resolve_syscall(Arch.NATIVE, name)), *map(ctypes.c_long, args))
    if result == -1:
        raise OSError(ctypes.get_errno(), name)
    return result


def attempt_nothing() -> str:
    return "done"


def attempt_read(path: str) -> int:
    place = Path(path.replace("PARENT", str(os.getppid())))
    if place.is_dir():
        return len(list(place.iterdir()))
    with place.open("rb") as file:
        return 0 if place.name == "mem" else len(file.read(16))


def attempt_imports(names: list[str]) -> list[str]:
    """Import `names` and return those that were not loaded before."""
    fresh = [name for name in names if name not in sys.modules]
    for name in names:
        importlib.import_module(name)
    return fresh


def attempt_numpy() -> list[float]:
    import numpy as np

    rng = np.random.default_rng(7)
    a = rng.normal(size=(200, 200))
    return [
        float(np.abs(a @ np.linalg.inv(a) - np.eye(200)).max()),
        float(np.abs(np.fft.ifft(np.fft.fft(a)) - a).max()),
        float(np.polynomial.Polynomial([1, 2, 3])(2.0)),
    ]


def attempt_threads(num_threads: int) -> int:
    import numpy as np

    found: list[float] = []
    threads = [
        threading.Thread(target=lambda: found.append(float(np.ones((50, 50)).dot(np.ones(50)).sum())))
        for _ in range(num_threads)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return int(sum(found))


def attempt_syscall(name: str, args: list[int]) -> int:
    return _syscall(name, *(os.getppid() if arg == PARENT else arg for arg in args))


def attempt_fork() -> int:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    return pid


def attempt_program(how: str) -> int:
    if how == "subprocess":
        return subprocess.run(["/bin/true"], check=False).returncode
    if how == "posix_spawn":
        return os.posix_spawn("/bin/true", ["true"], {})
    if how == "system":
        return os.system("/bin/true")  # noqa: S605 - no input of anybody's
    return os.execv("/bin/true", ["true"])  # noqa: S606 - as above


def attempt_socket(how: str) -> str:
    if how == "pair":
        return str(socket.socketpair())
    family, kind = {
        "tcp": (socket.AF_INET, socket.SOCK_STREAM),
        "udp": (socket.AF_INET6, socket.SOCK_DGRAM),
        "unix": (socket.AF_UNIX, socket.SOCK_STREAM),
        "netlink": (socket.AF_NETLINK, socket.SOCK_RAW),
        "packet": (socket.AF_PACKET, socket.SOCK_RAW),
    }[how]
    made = socket.socket(family, kind)
    if how == "unix":
        made.bind("\0grader-test")
    return str(made)


def attempt_inherited_socket(fd: int) -> str:
    """Use the descriptor that the worker talks over, as it may, then in the ways that carry more than bytes."""
    os.write(fd, b"by write")
    data = ctypes.create_string_buffer(b", by send")
    _syscall("sendto", fd, ctypes.addressof(data), 9, 0, 0, 0)
    refused = []
    for name, args in (
        ("sendto", (fd, 0, 0, 0, 1, 16)),
        ("sendmsg", (fd, 0, 0)),
        ("recvmsg", (fd, 0, 0)),
        ("sendmmsg", (fd, 0, 0, 0)),
        ("recvmmsg", (fd, 0, 0, 0, 0)),
        ("connect", (fd, 0, 0)),
    ):
        try:
            _syscall(name, *args)
        except PermissionError:
            refused.append(name)
    return " ".join(refused)


def attempt_signal(target: str) -> None:
    pid = {"parent": os.getppid(), "init": 1, "group": 0, "everyone": -1, "parent's group": -os.getppid()}[
        target
    ]
    os.kill(pid, 0)


def attempt_signal_myself() -> list[str]:
    seen: list[str] = []
    signal.signal(signal.SIGUSR1, lambda *_: seen.append("caught"))
    os.kill(os.getpid(), signal.SIGUSR1)
    signal.raise_signal(signal.SIGUSR1)
    signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
    return seen


def attempt_abort() -> None:
    os.abort()


def attempt_change_parent(how: str) -> object:
    import resource

    parent = os.getppid()
    return {
        "prlimit": lambda: resource.prlimit(parent, resource.RLIMIT_CPU, (0, 0)),
        "prlimit, read": lambda: resource.prlimit(parent, resource.RLIMIT_CPU),
        "affinity": lambda: os.sched_setaffinity(parent, {0}),
        "scheduler": lambda: os.sched_setscheduler(parent, os.SCHED_IDLE, os.sched_param(0)),
        "priority": lambda: os.setpriority(os.PRIO_PROCESS, parent, 19),
        "group": lambda: os.setpgid(parent, 0),
        "clock": lambda: time.clock_gettime((~parent << 3) | 2),
    }[how]()


def attempt_raise_own_limit(name: str) -> object:
    import resource

    kind = getattr(resource, name)
    soft, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (soft + 1, hard + 1))
    return soft


def attempt_change_file(how: str, path: str) -> object:
    return {
        "chmod": lambda: Path(path).chmod(0o640),
        "fchmod": lambda: os.fchmod(os.open(path, os.O_RDONLY), 0o640),
        "chown": lambda: os.chown(path, os.getuid(), os.getgid()),
        "utime": lambda: os.utime(path),
        "setxattr": lambda: os.setxattr(path, "user.note", b"x"),
        "truncate": lambda: os.truncate(path, 0),
        "empty": lambda: os.open(path, os.O_RDONLY | os.O_TRUNC),
        "write": lambda: os.open(path, os.O_WRONLY),
        "remove": lambda: Path(path).unlink(),
        "rename": lambda: Path(path).rename(path + "2"),
    }[how]()


def attempt_make(how: str, path: str) -> object:
    return {
        "file": lambda: os.open(path, os.O_WRONLY | os.O_CREAT, 0o600),
        "set-user-id file": lambda: os.open(path, os.O_WRONLY | os.O_CREAT, 0o4755),
        "folder": lambda: Path(path).mkdir(),
        "symlink": lambda: Path(path).symlink_to("/etc/passwd"),
        "hardlink": lambda: os.link(os.__file__, path),
        "fifo": lambda: os.mkfifo(path),
        "device": lambda: os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5)),
    }[how]()


def attempt_memory(how: str) -> int:
    if how == "shared":
        return len(mmap.mmap(-1, mmap.PAGESIZE))
    if how == "grows down":
        private = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
        return len(mmap.mmap(-1, mmap.PAGESIZE, flags=private | 0x100))
    if how == "array":
        import numpy as np

        return len(np.ones(2**27))  # 1 GiB
    kept = []
    while len(kept) < 1024:
        kept.append(bytearray(2**20))
    return len(kept)


def attempt_private_memory() -> int:
    return len(mmap.mmap(-1, 2**20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))


def attempt_spin() -> None:
    for number in (signal.SIGXCPU, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass


def attempt_descriptors(how: str) -> int:
    import fcntl

    if how == "many":
        return len([os.dup(0) for _ in range(2000)])
    _, writing = os.pipe()
    commands = {
        "size": (1031, 2**20),
        "owner": (fcntl.F_SETOWN, os.getppid()),
        "lease": (fcntl.F_SETLEASE, 0),
    }
    return fcntl.fcntl(writing, *commands[how])


def attempt_scratch(folder: str) -> dict[str, object]:
    place = Path(folder)
    (place / "inner").mkdir()
    (place / "inner" / "a.txt").write_text("one", encoding="utf-8")
    (place / "inner" / "a.txt").rename(place / "b.txt")
    (place / "inner").rmdir()
    mode = stat.S_IMODE((place / "b.txt").stat().st_mode)
    return {"text": (place / "b.txt").read_text(encoding="utf-8"), "mode": mode, "cwd": str(Path.cwd())}


def attempt_look_around() -> dict[str, object]:
    Path(os.devnull).write_text("nothing", encoding="utf-8")
    return {
        "environ": dict(os.environ),
        "HOME": os.getenv("HOME"),
        "cwd": str(Path.cwd()),
        "random": len(os.urandom(4)),
    }


def attempt_status(fd: int) -> dict[str, str]:
    os.lseek(fd, 0, os.SEEK_SET)
    lines = os.read(fd, 2**16).decode().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


def attempt_foreign_call() -> int:
    """Make a system call of the x32 machine, whose numbers an allow-list for x86-64 does not know."""
    return int(ctypes.CDLL(None).syscall(0x40000000 + 39))


# --- the parent of the jailed processes -----------------------------------------------------------------------

PARENT = -12345  # stands for the parent's process id among the arguments of a system call


def _serve() -> None:
    import numpy as np  # noqa: F401 - the parent is warm

    for line in sys.stdin:
        sys.stdout.write(json.dumps(_run(json.loads(line))) + "\n")
        sys.stdout.flush()


def _run(order: dict[str, object]) -> dict[str, object]:
    try:
        jail = Jail.prepare(JailPolicy(**{name: _frozen(value) for name, value in order["policy"].items()}))
    except SandboxError as error:
        return {"refused": error.message}
    jail.missing += tuple(order["without"])
    parent, (reading, writing) = os.getpid(), os.pipe()
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        status_fd = os.open("/proc/self/status", os.O_RDONLY)
        given = {"STATUS_FD": status_fd, "SOCKET_FD": theirs.fileno()}
        args = [given.get(arg, arg) if isinstance(arg, str) else arg for arg in order["args"]]
        report = _enter_and_run(jail, order, args, parent)
        os.write(writing, json.dumps(report).encode())
        os._exit(0)
    os.close(writing)
    theirs.close()
    with os.fdopen(reading, "rb") as pipe:
        report = json.loads(pipe.read() or b"{}")
    _, status = os.waitpid(pid, 0)
    ours.settimeout(0)
    try:
        sent = ours.recv(100).decode()
    except BlockingIOError:
        sent = ""
    ours.close()
    return {**report, "status": os.waitstatus_to_exitcode(status), "sent": sent}


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _enter_and_run(
    jail: Jail, order: dict[str, object], args: list[object], parent: int
) -> dict[str, object]:
    start = time.perf_counter()
    if order["threads"]:
        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
    try:
        if order["is_held"]:  # as the workers' parent does; the rest is put on by each
            jail.hold()
        parts = jail.enter(parent_pid=order["parent"] or parent)
    except SandboxError as error:
        return {"refused": error.message}
    report: dict[str, object] = {"parts": parts, "enter_s": time.perf_counter() - start}
    try:
        report["value"] = globals()[order["attempt"]](*args)
    except BaseException as error:  # noqa: BLE001 - whatever is raised is the outcome
        report["raised"] = type(error).__name__
        report["errno"] = getattr(error, "errno", None)
    return report


if __name__ == "__main__":
    _serve()
    raise SystemExit


# --- the tests ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    value: object = None
    raised: str = ""
    errno: int | None = None
    status: int = 0
    sent: str = ""
    refused: str = ""
    enter_s: float = 0.0
    parts: list[str] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return self.raised == "PermissionError" and self.errno in (errno.EPERM, errno.EACCES)


class Prison:
    """A warm parent that jails one child for each order: as a fork whose parent holds a part of it, or alone."""

    def __init__(self, executable: str, *, is_held: bool = True) -> None:
        self._is_held = is_held
        self._process = subprocess.Popen(
            [executable, "-B", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "OPENBLAS_NUM_THREADS": "1",
                "HOME": "/root",
            },
        )

    def __call__(
        self,
        attempt: Callable[..., object],
        *args: object,
        without: tuple[str, ...] = (),
        threads: bool = False,
        parent: int | None = None,
        is_held: bool | None = None,
        **policy: object,
    ) -> Outcome:
        order = {
            "is_held": self._is_held if is_held is None else is_held,
            "attempt": attempt.__name__,
            "args": args,
            "without": without,
            "threads": threads,
            "parent": parent,
            "policy": {"packages": NUMPY, "private": PRIVATE, "scratch": None, **policy},
        }
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Outcome(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=20)


@pytest.fixture(scope="module", params=[True, False], ids=["forked", "alone"])
def jailed(request: pytest.FixtureRequest) -> Iterator[Prison]:
    prison = Prison(sys.executable, is_held=request.param)
    yield prison
    prison.close()


def test_every_part_holds(jailed):
    outcome = jailed(attempt_nothing)
    assert outcome.value == "done"
    assert tuple(outcome.parts) == ALL_PARTS


def test_entering_is_fast(jailed):
    # 2 to 3 ms on the machine where it was written; the bound leaves room for a busy one.
    assert min(jailed(attempt_nothing).enter_s for _ in range(5)) < 0.02


# --- reading


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/etc/passwd",
        "/tmp",
        "/proc/self/environ",
        "/proc/self/maps",
        "/proc/self/mem",
        "/proc/PARENT/mem",
        "/proc/PARENT/environ",
        "/proc/PARENT/maps",
        "/proc/PARENT/fd",
        "/sys/kernel",
        "/dev/shm",
        str(REPOSITORY),
        __file__,
        str(REPOSITORY / "grader" / "errors.py"),
        str(REPOSITORY / "solutions"),
        str(REPOSITORY / "exercises"),
        str(SITE),
        str(Path(pytest.__file__)),
        str(SITE / "msgpack"),
        str(SITE / "landlockpy" / "__init__.py"),
        sys.executable,
    ],
)
def test_nothing_else_can_be_read(jailed, path):
    assert jailed(attempt_read, path, without=ALL_PARTS).raised == ""  # it is there, and readable outside
    outcome = jailed(attempt_read, path)
    assert outcome.is_refused, outcome


def test_python_and_the_packages_can_be_read(jailed):
    for path in (os.__file__, str(SITE / "numpy" / "__init__.py"), "/dev/urandom"):
        assert jailed(attempt_read, path).value == 16


def test_modules_are_imported_inside(jailed):
    linked = [
        name for name in ("bz2", "ctypes.util", "lzma", "readline", "sqlite3", "ssl") if _is_there(name)
    ]
    outcome = jailed(attempt_imports, ["colorsys", "decimal", "json", "wave", "xml.dom.minidom", *linked])
    assert outcome.raised == ""
    assert {"colorsys", "wave", "xml.dom.minidom"} <= set(outcome.value)  # nothing had them loaded before
    names = ["numpy.fft", "numpy.linalg", "numpy.polynomial", "numpy.random"]
    assert "numpy.fft" in jailed(attempt_imports, names).value


def _is_there(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:  # an interpreter built without it
        return False
    return True


def test_numpy_computes_inside(jailed):
    inverse, transform, polynomial = jailed(attempt_numpy).value
    assert inverse < 1e-8
    assert transform < 1e-12
    assert polynomial == 17.0


def test_threads_run_inside(jailed):
    assert jailed(attempt_threads, 8).value == 8 * 2500


# --- system calls

# No argument makes one of these acceptable; the others need a target to mean harm.
REFUSED_ANYHOW = """
    accept add_key adjtimex bind bpf capset chroot clock_adjtime clock_settime delete_module execve
    fanotify_init init_module inotify_init1 io_setup io_uring_setup keyctl landlock_create_ruleset
    memfd_create memfd_secret mincore mlock mlock2 mlockall mount mq_open mq_unlink personality
    pivot_root process_madvise quotactl reboot request_key seccomp setuid setresuid setsid shmat splice
    swapon symlinkat syslog timer_create timerfd_create umask umount2 userfaultfd vmsplice
"""
REFUSED_CALLS = dict.fromkeys(REFUSED_ANYHOW.split(), (0, 0, 0, 0, 0, 0)) | {
    "clone": (0x11, 0, 0, 0, 0),  # SIGCHLD: a process
    "execveat": (-1, 0, 0, 0, 0),
    "finit_module": (-1, 0, 0),
    "get_robust_list": (PARENT, 0, 0),
    "ioprio_set": (1, PARENT, 0),
    "kcmp": (PARENT, PARENT, 0, 0, 0),
    "linkat": (-1, 0, -1, 0, 0),
    "migrate_pages": (PARENT, 0, 0, 0),
    "mknodat": (-1, 0, 0, 0),
    "move_pages": (PARENT, 0, 0, 0, 0, 0),
    "msgget": (0, 0o1600),
    "name_to_handle_at": (-1, 0, 0, 0, 0),
    "open_by_handle_at": (-1, 0, 0),
    "perf_event_open": (0, PARENT, -1, -1, 0),
    "pidfd_getfd": (-1, 0, 0),
    "pidfd_open": (PARENT, 0),
    "pidfd_send_signal": (-1, 0, 0, 0),
    "prctl": (1, 0, 0, 0, 0),  # PR_SET_PDEATHSIG, off
    "process_vm_readv": (PARENT, 0, 0, 0, 0, 0),
    "process_vm_writev": (PARENT, 0, 0, 0, 0, 0),
    "ptrace": (16, PARENT, 0, 0),
    "rt_sigqueueinfo": (PARENT, 0, 0),
    "rt_tgsigqueueinfo": (PARENT, PARENT, 0, 0),
    "sched_setaffinity": (PARENT, 0, 0),
    "sched_setattr": (PARENT, 0, 0),
    "semget": (0, 1, 0o1600),
    "setns": (-1, 0),
    "setpriority": (0, PARENT, 0),
    "shmget": (0, 4096, 0o1600),
    "signalfd4": (-1, 0, 8, 0),
    "tgkill": (PARENT, PARENT, 0),
    "tkill": (PARENT, 0),
    "unshare": (0x10000000,),
    "utimensat": (-1, 0, 0, 0),
}


@pytest.mark.parametrize("name", REFUSED_CALLS)
def test_system_call_is_refused(jailed, name):
    outcome = jailed(attempt_syscall, name, REFUSED_CALLS[name], without=("landlock", "capabilities"))
    assert (outcome.raised, outcome.errno) == ("PermissionError", errno.EPERM)


def test_clone3_is_not_there(jailed):
    assert jailed(attempt_syscall, "clone3", (0, 0)).errno == errno.ENOSYS


def test_terminal_input_cannot_be_forged(jailed):
    for request in (0x5412, 0x8901, 0x5452):  # TIOCSTI, FIOSETOWN, FIOASYNC
        assert jailed(attempt_syscall, "ioctl", (0, request, 0)).errno == errno.EPERM


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="x32 is a mode of x86-64")
def test_another_machines_system_call_kills(jailed):
    assert jailed(attempt_foreign_call).status == -signal.SIGSYS


def test_no_process(jailed):
    assert jailed(attempt_fork).is_refused
    for how in ("subprocess", "posix_spawn", "execv"):
        assert jailed(attempt_program, how).is_refused
    assert jailed(attempt_program, "system").value != 0


@pytest.mark.parametrize("how", ["tcp", "udp", "unix", "netlink", "packet", "pair"])
def test_no_socket(jailed, how):
    assert jailed(attempt_socket, how, without=("landlock", "capabilities")).is_refused


def test_the_inherited_socket_carries_bytes_only(jailed):
    outcome = jailed(attempt_inherited_socket, "SOCKET_FD")
    assert outcome.value == "sendto sendmsg recvmsg sendmmsg recvmmsg connect"
    assert outcome.sent == "by write, by send"


# --- other processes


@pytest.mark.parametrize("target", ["parent", "init", "group", "everyone", "parent's group"])
@pytest.mark.parametrize("without", [(), ("landlock", "capabilities")], ids=["whole", "seccomp alone"])
def test_no_signal_to_others(jailed, target, without):
    outcome = jailed(attempt_signal, target, without=without)
    assert (outcome.raised, outcome.errno) == ("PermissionError", errno.EPERM)


def test_signals_to_oneself(jailed):
    assert jailed(attempt_signal_myself).value == ["caught"] * 3
    assert jailed(attempt_abort).status == -signal.SIGABRT


@pytest.mark.parametrize(
    "how", ["prlimit", "prlimit, read", "affinity", "scheduler", "priority", "group", "clock"]
)
def test_no_change_to_the_parent(jailed, how):
    assert jailed(attempt_change_parent, how, without=("landlock", "capabilities")).is_refused


@pytest.mark.parametrize(
    "name",
    [
        "RLIMIT_DATA",
        "RLIMIT_AS",
        "RLIMIT_CPU",
        "RLIMIT_NOFILE",
        "RLIMIT_FSIZE",
        "RLIMIT_CORE",
        "RLIMIT_STACK",
    ],
)
def test_limits_cannot_be_raised(jailed, name):
    assert jailed(attempt_raise_own_limit, name).raised == "ValueError"  # Python's word for EPERM here


def test_dies_with_its_parent():
    reading, writing = os.pipe()
    script = (
        "import os, sys, time\n"
        "from grader.sandbox.confine import Jail, JailPolicy\n"
        "jail = Jail.prepare(JailPolicy(packages=(), private=(), scratch=None))\n"
        "parent = os.getpid()\n"
        "if os.fork() == 0:\n"
        "    jail.enter(parent_pid=parent)\n"
        f"    os.write({writing}, b'in')\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], pass_fds=[writing], env=_environment()) as parent:
        os.close(writing)
        assert os.read(reading, 10) == b"in"
        parent.kill()
    start = time.monotonic()
    assert os.read(reading, 10) == b""  # the child held the other end until it died
    os.close(reading)
    assert time.monotonic() - start < 10


def _environment() -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


# --- files


@pytest.mark.parametrize(
    "how",
    ["chmod", "fchmod", "chown", "utime", "setxattr", "truncate", "empty", "write", "remove", "rename"],
)
def test_granted_files_cannot_be_changed(jailed, tmp_path, how):
    package = tmp_path / "package.py"
    package.write_text("x = 1", encoding="utf-8")
    before = package.stat()
    outcome = jailed(attempt_change_file, how, str(package), packages=(str(package),))
    assert outcome.is_refused, outcome
    assert package.read_text(encoding="utf-8") == "x = 1"
    assert (package.stat().st_mode, package.stat().st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


@pytest.mark.parametrize(
    "how", ["chmod", "chown", "utime", "setxattr", "truncate", "empty", "remove", "rename"]
)
def test_foreign_files_cannot_be_changed_even_without_landlock(jailed, tmp_path, how):
    foreign = tmp_path / "foreign.txt"
    foreign.write_text("x", encoding="utf-8")
    assert jailed(attempt_change_file, how, str(foreign), without=("landlock",)).is_refused
    assert foreign.read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("how", ["chmod", "chown", "utime", "setxattr"])
def test_files_in_scratch_keep_their_marks(jailed, tmp_path, how):
    (tmp_path / "own.txt").write_text("x", encoding="utf-8")
    outcome = jailed(attempt_change_file, how, str(tmp_path / "own.txt"), scratch=str(tmp_path))
    assert outcome.is_refused


def test_scratch_is_for_files(jailed, tmp_path):
    outcome = jailed(attempt_scratch, str(tmp_path), scratch=str(tmp_path))
    assert outcome.value == {"text": "one", "mode": 0o600, "cwd": str(tmp_path)}


@pytest.mark.parametrize("how", ["set-user-id file", "symlink", "hardlink", "fifo", "device"])
def test_scratch_is_for_nothing_else(jailed, tmp_path, how):
    assert jailed(attempt_make, how, str(tmp_path / "made"), scratch=str(tmp_path)).is_refused
    assert not (tmp_path / "made").exists()


def test_a_link_in_scratch_leads_nowhere(jailed, tmp_path):
    (tmp_path / "link").symlink_to("/etc/passwd")
    assert jailed(attempt_read, str(tmp_path / "link"), scratch=str(tmp_path)).is_refused


@pytest.mark.parametrize("how", ["file", "folder"])
def test_nothing_is_made_elsewhere(jailed, tmp_path, how):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for policy in ({"scratch": None}, {"scratch": str(scratch)}):
        assert jailed(attempt_make, how, str(tmp_path / "made"), **policy).is_refused
    assert list(tmp_path.iterdir()) == [scratch]


def test_environment_is_empty(jailed):
    assert jailed(attempt_look_around).value == {"environ": {}, "HOME": None, "cwd": "/", "random": 4}


# --- limits


@pytest.mark.parametrize("how", ["array", "pieces"])
def test_memory_is_limited(jailed, how):
    assert jailed(attempt_memory, how, memory_mib=200).raised in ("MemoryError", "_ArrayMemoryError")


@pytest.mark.parametrize("how", ["shared", "grows down"])
def test_memory_that_no_limit_counts_is_refused(jailed, how):
    assert jailed(attempt_memory, how).is_refused


def test_private_memory_is_allowed(jailed):
    assert jailed(attempt_private_memory).value == 2**20


def test_too_little_memory_for_the_imports_is_ours(jailed):
    outcome = jailed(attempt_nothing, memory_mib=1)
    assert "the imports alone hold" in outcome.refused


def test_processor_time_is_limited(jailed):
    assert jailed(attempt_spin, cpu_s=1).status == -signal.SIGKILL


def test_descriptors_are_limited(jailed):
    assert jailed(attempt_descriptors, "many").errno == errno.EMFILE
    for how in ("size", "owner", "lease"):
        assert jailed(attempt_descriptors, how).is_refused


def test_privileges_are_gone(jailed):
    status = jailed(attempt_status, "STATUS_FD").value
    names = ("CapInh", "CapPrm", "CapEff", "CapAmb")
    assert {int(status[name], 16) for name in names} == {0}
    if os.geteuid() == 0:
        assert int(status["CapBnd"], 16) == 0
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")


# --- what fails closed


def test_a_second_thread_is_an_error(jailed):
    assert "2 threads" in jailed(attempt_nothing, threads=True, is_held=False).refused


def test_a_parent_that_is_gone_is_an_error(jailed):
    assert "is gone" in jailed(attempt_nothing, parent=999_999_999).refused


def test_a_package_that_needs_privileges_is_an_error(jailed, tmp_path):
    package = tmp_path / "package"
    package.mkdir(mode=0)
    assert "without privileges" in jailed(attempt_nothing, packages=(*NUMPY, str(package))).refused


@pytest.mark.parametrize("part", ALL_PARTS)
def test_a_part_that_is_missing_is_not_claimed(jailed, part):
    outcome = jailed(attempt_nothing, without=(part,))
    assert outcome.value == "done"
    assert tuple(outcome.parts) == tuple(name for name in ALL_PARTS if name != part)


@pytest.mark.parametrize(
    ("packages", "leak"),
    [
        ((str(REPOSITORY / "grader"),), "grader"),
        ((str(REPOSITORY),), "grader"),
        (("/",), "grader"),
        ((str(REPOSITORY / "grader" / "sandbox"),), "grader"),
        ((str(SITE),), "site-packages"),
        ((str(SITE.parent),), "site-packages"),
    ],
)
def test_a_policy_that_leaks_is_refused(packages, leak):
    with pytest.raises(SandboxError, match=leak):
        Jail.prepare(JailPolicy(packages=packages, private=PRIVATE, scratch=None))


def test_a_link_to_something_private_is_refused(tmp_path):
    (tmp_path / "innocent").symlink_to(REPOSITORY / "solutions")
    with pytest.raises(SandboxError, match="solutions"):
        Jail.prepare(JailPolicy(packages=(str(tmp_path / "innocent"),), private=PRIVATE, scratch=None))
    with pytest.raises(SandboxError, match="solutions"):
        Jail.prepare(JailPolicy(packages=(), private=PRIVATE, scratch=str(tmp_path / "innocent")))


@pytest.mark.parametrize(
    "path", ["/dev/zero", "/dev/shm", "/proc/1/environ", "/proc/self/../1/mem", "/sys/kernel"]
)
def test_files_of_the_kernel_are_refused(path):
    with pytest.raises(SandboxError, match="of the kernel"):
        Jail.prepare(JailPolicy(packages=(), private=(), scratch=None, extra_files=(path,)))


def test_a_file_about_oneself_can_be_granted(jailed):
    granted = ("/proc/self/cmdline",)
    assert jailed(attempt_read, "/proc/self/cmdline", extra_files=granted).value == 16
    assert jailed(attempt_read, "/proc/PARENT/cmdline", extra_files=granted).is_refused
    assert jailed(attempt_read, "/proc/self/environ", extra_files=granted).is_refused


# --- inside and outside a virtual environment


def test_site_packages_are_never_granted():
    granted = landlock_rules.readable_paths(packages=NUMPY, extra_files=(), private=PRIVATE)
    hidden = {
        str(SITE),
        sysconfig.get_path("platlib"),
        *(entry for entry in sys.path if "-packages" in entry),
    }
    base = f"{sys.base_prefix}/lib/python{sys.version_info.major}.{sys.version_info.minor}"
    hidden |= {f"{base}/site-packages", f"{base}/dist-packages"}
    for grant in map(os.path.realpath, granted):
        assert not [path for path in hidden if Path(path).is_relative_to(grant)]


def test_packages_beneath_the_standard_library_are_not_granted(tmp_path, monkeypatch):
    library = tmp_path / "lib" / "python3"
    for name in ("json", "site-packages/grader", "dist-packages", "lib-dynload"):
        (library / name).mkdir(parents=True)
    (library / "os.py").touch()
    (library / "link").symlink_to("site-packages")
    (library / "upward").symlink_to("..")
    site = str(library / "site-packages")
    paths = {"stdlib": str(library), "platstdlib": str(library), "purelib": site, "platlib": site}
    monkeypatch.setattr(sysconfig, "get_paths", lambda: paths)
    granted = landlock_rules.readable_paths(packages=(), extra_files=(), private=())
    here = {os.path.relpath(path, library) for path in granted if path.startswith(str(tmp_path))}
    assert here == {"json", "lib-dynload", "os.py"}


def test_the_jail_holds_outside_a_virtual_environment():
    base = getattr(sys, "_base_executable", sys.executable)
    script = "import sysconfig; print(sysconfig.get_path('stdlib')); print(sysconfig.get_path('purelib'))"
    found = subprocess.run([base, "-I", "-c", script], capture_output=True, text=True, check=True)
    closed = [*found.stdout.split(), str(SITE), str(REPOSITORY / "solutions")]
    prison = Prison(base)
    try:
        assert tuple(prison(attempt_nothing).parts) == ALL_PARTS
        for path in filter(os.path.exists, closed):
            assert prison(attempt_read, path).is_refused
        assert prison(attempt_imports, ["wave", "numpy.fft"]).value == ["wave", "numpy.fft"]
    finally:
        prison.close()


# --- where parts are missing


def _python(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=_environment(), check=True
    )
    return done.stdout.strip()


ENTER = (
    "import os, sys\n"
    "{before}\n"
    "from grader.sandbox.confine import Jail, JailPolicy\n"
    "jail = Jail.prepare(JailPolicy(packages=(), private=(), scratch=None))\n"
    "print(jail.missing, jail.enter(parent_pid=os.getppid()), dict(os.environ))\n"
)


@pytest.mark.parametrize(
    ("module", "part"), [("landlockpy", "landlock"), ("pyseccomp", "seccomp"), ("resource", "rlimits")]
)
def test_what_is_not_installed_is_missing(module, part):
    rest = tuple(name for name in ALL_PARTS if name != part)
    assert _python(ENTER.format(before=f"sys.modules['{module}'] = None")) == f"('{part}',) {rest} {{}}"


def test_elsewhere_than_on_linux_everything_is_missing():
    gone = ("resource", "fcntl", "landlockpy", "pyseccomp")
    before = f"sys.platform = 'darwin'\nfor name in {gone}: sys.modules[name] = None"
    assert _python(ENTER.format(before=before)) == f"{ALL_PARTS} () {{}}"


def test_probe_tries_every_part_and_confines_nobody():
    before = Path("/proc/self/status").read_text(encoding="utf-8")
    found = probe()
    after = Path("/proc/self/status").read_text(encoding="utf-8")
    assert [(status.part, status.is_available, status.reason) for status in found] == [
        (part, True, "") for part in Part
    ]
    for name in ("NoNewPrivs", "Seccomp", "CapEff"):
        assert _field(after, name) == _field(before, name)


def _field(status: str, name: str) -> str:
    return next(line for line in status.splitlines() if line.startswith(name + ":"))


def test_probe_says_why_not(monkeypatch):
    monkeypatch.setattr(confine.sys, "platform", "win32")
    assert {status.reason for status in probe()} == {"this system is not Linux"}
    confine.die_with_parent()  # and this does nothing there
