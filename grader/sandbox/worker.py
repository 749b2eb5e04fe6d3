"""The worker: the process in which a submission runs. Started by name, never imported by the grader.

Theory of operation. The *worker parent* imports the packages that the exercise allows, prepares the jail and
waits. For each submission, and again after a crash, the grader sends it two descriptors; it forks, and the
child puts on the jail, says `ready` and answers requests (see `dispatch`) until its connection closes. The
parent never sees a byte of a submission. Where there is no `fork`, a process is started for each worker and
talks over its standard streams.

Nothing secret ever lies in this process's memory: no suite, no solution, no expected value.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import os
import socket
import sys
import sysconfig
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from grader.errors import SandboxError
from grader.sandbox import kernel
from grader.sandbox.channel import PREFIX_BYTES, REQUEST_ID_BYTES, frame, lengths
from grader.sandbox.confine import Jail, JailPolicy, die_with_parent
from grader.sandbox.dispatch import MODULE_NAME, Operation, Workspace, seed_global_generators
from grader.sandbox.imports import DOWNLOAD, ImportGate, forbid, make_reproducible
from grader.sandbox.warm_up import warm_up
from grader.sandbox.wire import Value, decode, decode_request, encode

_OURS = ("grader", "msgpack", "landlockpy", "pyseccomp")
# Parts that packages load only when they are used: loaded once here instead of in every fork.
_LAZY_PARTS = {"numpy": ("numpy.random", "numpy.linalg", "numpy.fft", "numpy.lib.stride_tricks")}
_FORK, _REAP, _KEEP = 1, 2, 3
_PID_BYTES = 4
_TOGETHER, _KEPT = str(Operation.TOGETHER), str(Operation.KEPT)
_CONNECTION_FD = 3
_MAX_FD = 1024
_FIRST_PART = 64 * 1024


def main(arguments: Sequence[str]) -> None:
    """Run as worker parent on the socket `arguments[0]`, or as a single worker on the standard streams."""
    if arguments:
        _run_parent(socket.socket(fileno=int(arguments[0])))
    else:
        _run_single()


# --- messages ------------------------------------------------------------------------------------------------


def _receive_frame(fd: int) -> tuple[bytes, bytes]:
    """Return the next frame; one call reads a small one, because nothing is sent before it is answered."""
    data = _read(fd, _FIRST_PART)
    while len(data) < PREFIX_BYTES:
        data += _read(fd, _FIRST_PART)
    num_header, num_payload = lengths(data[:PREFIX_BYTES])
    end = PREFIX_BYTES + num_header
    parts, left = [data], end + num_payload - len(data)
    while left > 0:
        parts.append(_read(fd, left))
        left -= len(parts[-1])
    data = b"".join(parts)
    return data[PREFIX_BYTES:end], data[end:]


def _read(fd: int, most: int) -> bytes:
    data = os.read(fd, most)
    if not data:
        raise EOFError
    return data


def _receive(fd: int) -> Value:
    return decode(*_receive_frame(fd))


def _send(fd: int, header: bytes, payload: bytes = b"") -> None:
    data = memoryview(frame(header, payload))
    while data:
        data = data[os.write(fd, data) :]


# --- the parent ----------------------------------------------------------------------------------------------


class _Setting:
    """What the grader wants of every worker, made ready once.

    Args:
        config: The first message: `allowed`, `inert`, `forbidden`, `private`, `scratch`, `memory_mib`,
            `cpu_s`, `jail`, `files`, `many`.
    """

    def __init__(self, config: dict[str, Value]) -> None:
        before = set(sys.modules)
        for package in config["allowed"]:
            for name in (package, *_LAZY_PARTS.get(package, ())):
                importlib.import_module(name)
        needed = {name.partition(".")[0] for name in set(sys.modules) - before}
        self.allowed = sorted((needed | set(config["allowed"])) - set(_OURS))
        _set_up_tensorflow()
        self._gate = ImportGate(allowed=self.allowed, inert=config["inert"])
        self._path = _import_path()
        forbid(config["forbidden"])
        make_reproducible()
        self._our_modules = [name for name in sys.modules if name.partition(".")[0] in _OURS]
        self._is_shut = False
        self.ready = b""
        self.serves_many = bool(config["many"])
        self.jail: Jail | None = None
        if config["jail"]:
            self.jail = Jail.prepare(
                JailPolicy(
                    packages=tuple(_package_paths(self.allowed)),
                    private=tuple(config["private"]),
                    scratch=config["scratch"],
                    memory_mib=config["memory_mib"],
                    cpu_s=config["cpu_s"],
                    extra_files=tuple(config["files"]),
                )
            )

    @property
    def missing(self) -> list[str]:
        return list(self.jail.missing) if self.jail else []

    def hold(self) -> None:
        """Make this process, from which workers are forked, what they shall be, as far as it goes on forking."""
        parts = self.jail.hold() if self.jail else ()
        self.ready = frame(*encode(["ready", "", [*parts]]))  # what each fork says once it is confined
        self._shut()

    def confine(self, parent_pid: int) -> list[str]:
        """Put this process into the jail, shut what it does not need, and return the parts that hold."""
        parts = list(self.jail.enter(parent_pid=parent_pid)) if self.jail else []
        if not self._is_shut:
            self._shut()
        return parts

    def _shut(self) -> None:
        os.environ.clear()
        sys.argv[:] = [""]
        sys.path[:] = self._path
        for name in self._our_modules:
            sys.modules.pop(name, None)  # what is loaded goes on working
        sys.meta_path.insert(0, self._gate)
        self._is_shut = True


def _set_up_tensorflow() -> None:
    """Make TensorFlow, where it is loaded, independent of the machine's number of cores, and silent."""
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is not None:
        tensorflow.config.threading.set_intra_op_parallelism_threads(1)
        tensorflow.config.threading.set_inter_op_parallelism_threads(1)
        for name in ("tensorflow", "absl"):  # what they log is no word of the submission's
            logging.getLogger(name).setLevel(logging.CRITICAL)
        forbid((DOWNLOAD,))  # there is no network, and no folder of data: let the exception say so


def _site_folders() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    return tuple(dict.fromkeys(str(Path(paths[name]).resolve()) for name in ("purelib", "platlib")))


def _package_paths(names: Iterable[str]) -> Iterable[str]:
    """Yield the files and folders of loaded top-level packages, with the libraries bundled beside them."""
    for name in names:
        module = sys.modules.get(name)
        places = list(getattr(module, "__path__", [])) or [getattr(module, "__file__", None)]
        for place in places:
            if place is None or not str(Path(place).resolve()).startswith(_site_folders()):
                continue  # built in, or part of the standard library
            path = Path(place).resolve()
            yield str(path)
            libraries = path.with_name(path.name + ".libs")
            if libraries.is_dir():
                yield str(libraries)


def _import_path() -> list[str]:
    """Return `sys.path` with nothing but the standard library and the site folders."""
    standard = {str(Path(sysconfig.get_paths()[name])) for name in ("stdlib", "platstdlib")}
    keep = {*standard, *_site_folders(), *(str(Path(p) / "lib-dynload") for p in standard)}
    return [entry for entry in sys.path if entry in keep or entry.endswith(".zip")]


def _out_of_the_way(control: socket.socket) -> socket.socket:
    """Return the control socket under a higher number, with the number that workers talk on taken."""
    import fcntl

    moved = socket.socket(fileno=fcntl.fcntl(control.fileno(), fcntl.F_DUPFD_CLOEXEC, _CONNECTION_FD + 1))
    control.close()
    os.dup2(os.open(os.devnull, os.O_RDONLY), _CONNECTION_FD)
    return moved


def _run_parent(control: socket.socket) -> None:
    die_with_parent()
    control = _out_of_the_way(control)
    fd = control.fileno()
    try:
        setting = _Setting(_receive(fd))
        setting.hold()
    except EOFError:
        return  # the grader went away without a word
    except (SandboxError, ImportError, OSError) as error:
        _send(fd, *encode(["failed", f"{type(error).__name__}: {error}", []]))
        return
    _send(fd, *encode(["ready", "", setting.missing]))
    if setting.serves_many:
        warm_up(_answer_next)
    workspace = _staged_for_forks()
    # Requests of the first cases, read: each fork has them without reading them again.
    kept: list[list[Value]] = []
    gc.collect()
    gc.freeze()
    parent_pid = os.getpid()
    fork = kernel.light_fork()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 2)
        if not message:
            os._exit(0)  # the grader is gone
        if message[0] == _FORK:
            connection, printed = descriptors
            pid = fork()
            if pid == 0:
                _become_worker(setting, workspace, kept, parent_pid, connection, printed)
            os.close(connection)
            os.close(printed)
            _send(fd, *encode(pid))
        elif message[0] == _KEEP:
            kept.append(decode_request(*_receive_frame(fd))[0][1])
            gc.freeze()
            _send(fd, *encode(len(kept) - 1))
        else:
            pid = int.from_bytes(os.read(fd, _PID_BYTES), "little")
            _send(fd, *encode(_reap(pid)))


def _reap(pid: int) -> int:
    """Kill the worker `pid` and return its exit status: negative for a signal that ended it before us."""
    done, status = os.waitpid(pid, os.WNOHANG)
    if done == 0:
        os.kill(pid, 9)
        _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _staged_for_forks() -> Workspace:
    """Return what `_stage` does, for processes whose output is a pipe, though this one's is not."""
    kept = [(number, os.dup(number)) for number in (1, 2)]
    ends = os.pipe()
    for number, _ in kept:
        os.dup2(ends[1], number)
    workspace = _stage()
    for number, copy in kept:
        os.dup2(copy, number)
        os.close(copy)
    for end in ends:
        os.close(end)
    return workspace


def _become_worker(
    setting: _Setting,
    workspace: Workspace,
    kept: Sequence[list[Value]],
    parent_pid: int,
    connection: int,
    printed: int,
) -> NoReturn:
    """Turn the freshly forked child into a worker, with as little Python as may be (see `forked`)."""
    if setting.jail is None:
        die_with_parent()
    try:
        os.dup2(printed, 1)  # it, like the connection, has a higher number than all that are wanted
        os.dup2(printed, 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # its own: flags that it sets are not the next one's
        os.dup2(connection, _CONNECTION_FD)
        setting.confine(parent_pid)
        os.closerange(_CONNECTION_FD + 1, _MAX_FD)
        os.write(_CONNECTION_FD, setting.ready)
    except BaseException as error:  # noqa: BLE001 - before `ready` every failure is ours, and is told so
        _send(connection, *encode(["failed", f"{type(error).__name__}: {error}", []]))
        os._exit(1)
    _serve(workspace, _CONNECTION_FD, _CONNECTION_FD, kept)


def _format_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, line: str | None = None
) -> str:
    """Return a warning as a learner can use it: with the line in the own file, without a path in a library."""
    del line
    is_own = not Path(filename).is_absolute()
    return (
        f"{filename}:{lineno}: {category.__name__}: {message}\n"
        if is_own
        else f"{category.__name__}: {message}\n"
    )


# --- a single worker without fork ----------------------------------------------------------------------------


def _run_single() -> NoReturn:
    requests, replies = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        setting = _Setting(_receive(requests))
        parts = setting.confine(os.getppid())
    except (SandboxError, ImportError, OSError, EOFError) as error:
        _send(replies, *encode(["failed", f"{type(error).__name__}: {error}", []]))
        os._exit(1)
    _send(replies, *encode(["ready", "", [*parts]]))
    _serve(_stage(), requests, replies)


# --- the worker ----------------------------------------------------------------------------------------------


def _stage() -> Workspace:
    """Return a module for a submission, empty, in a process whose output goes where a submission's shall go."""
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = open(number, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115 - a descriptor
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    warnings.formatwarning = _format_warning
    seed_global_generators(0)  # draws that nobody foresaw are at least the same in every worker
    # A module of its own in `sys.modules`: dataclasses and the like look themselves up there.
    module = ModuleType(MODULE_NAME)
    sys.modules[MODULE_NAME] = module
    return Workspace(module.__dict__)


def _serve(workspace: Workspace, requests: int, replies: int, kept: Sequence[list[Value]] = ()) -> NoReturn:
    """Answer requests until the connection closes."""
    flush = (sys.stdout.flush, sys.stderr.flush)
    try:
        while True:
            _answer_next(workspace, requests, replies, kept, flush)
    except EOFError:
        os._exit(0)


def _answer_next(
    workspace: Workspace,
    requests: int,
    replies: int,
    kept: Sequence[list[Value]],
    flush: Sequence[Callable[[], None]],
) -> None:
    """Answer the next request.

    Raises:
        EOFError: There will be no other.
    """
    header, payload = _receive_frame(requests)
    request_id = header[:REQUEST_ID_BYTES]
    operations = decode_request(header[REQUEST_ID_BYTES:], payload)
    name = operations[0][0]
    if name in (_TOGETHER, _KEPT):
        what = operations[0][1]
        answers: list[Value] = []
        for request in kept[what] if name == _KEPT else what:
            answers.append([*workspace.answer(request)])  # here recursion has gone as deep as below
        header, payload = workspace.encoded([["value", answers, {}]])
    else:
        header, payload = workspace.answer(operations)
    for function in flush:
        with contextlib.suppress(OSError, ValueError):  # the submission closed its own output
            function()
    _send(replies, request_id + header, payload)
