"""Starting workers: by `fork` from a warm parent where there is one, as a process of its own elsewhere."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from grader.errors import SandboxError
from grader.language import tr
from grader.sandbox.channel import (
    REQUEST_ID_BYTES,
    Channel,
    ChannelClosedError,
    DeadlineError,
    PipeChannel,
    SocketChannel,
    frame,
)
from grader.sandbox.dispatch import Operation
from grader.sandbox.requests import Frame
from grader.sandbox.start import StartedParent, start_single
from grader.sandbox.wire import Value, WireError, decode, encode

START_TIMEOUT_S = 120.0  # TensorFlow on a cold disk
_FORK_TIMEOUT_S = 20.0
_FORK, _REAP, _KEEP = b"\x01", b"\x02", b"\x03"  # what the workers' parent is told to do
_MAX_KEPT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerPolicy:
    """What workers of one exercise may use.

    Attributes:
        allowed: Packages beyond the standard library.
        inert: Modules that do nothing.
        forbidden: Dotted names of functions that raise.
        private: Folders that no worker may read, whatever else is granted.
        jail: Whether the jail goes on; False only where a person has said so or the platform has none.
        files: Further files that the allowed packages must read.
        many: Whether there will be so many workers that it pays to make their parent warm.
    """

    allowed: tuple[str, ...]
    inert: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    memory_mib: int = 400
    cpu_s: int = 60
    jail: bool = True
    files: tuple[str, ...] = ()
    many: bool = False

    def as_message(self) -> dict[str, Value]:
        """Return the first message to the worker parent."""
        return {
            "allowed": list(self.allowed),
            "inert": list(self.inert),
            "forbidden": list(self.forbidden),
            "private": list(self.private),
            "scratch": None,
            "memory_mib": self.memory_mib,
            "cpu_s": self.cpu_s,
            "jail": self.jail,
            "files": list(self.files),
            "many": self.many,
        }


class Worker(Protocol):
    """One running worker.

    Attributes:
        kept: Requests that it has from its parent, and what to send in their place.
    """

    channel: Channel
    pid: int
    parts: tuple[str, ...]
    kept: Mapping[Frame, Frame]

    def end(self) -> int:
        """Kill the worker if it still runs; return its exit status, negative for a signal."""
        ...


class Launcher(Protocol):
    """Starts workers of one policy."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts of the jail that this machine cannot give."""
        ...

    def launch(self) -> Worker:
        """Return a worker that is ready for its submission."""
        ...

    def keep(self, together: Frame) -> None:
        """Let every worker that is started from now on have a request of cases that are asked together, if it can be.

        They can read it before they are asked: nothing may stand in it that answers what is asked before it.
        """
        ...

    def close(self) -> None:
        """End everything that was started."""
        ...


def open_launcher(policy: WorkerPolicy, started: StartedParent | None) -> Launcher:
    """Return a launcher of workers; it does not wait for anything to be ready.

    Args:
        policy: What the workers may use.
        started: The worker parent, from `start.start_parent`; None where a process is started for each worker.
    """
    return ProcessStarter(policy) if started is None else ForkServer(policy, started)


def _no_watch() -> None:
    """Look at nothing while a process of ours starts."""


def _failed(reason: str) -> SandboxError:
    return SandboxError(
        tr("The worker could not be started: {reason}", reason=reason or tr("it ended without a word")),
        hint=tr("Run `grade doctor` to see what works on this machine"),
    )


class ForkServer:
    """A warm parent from which every worker is forked (Linux)."""

    def __init__(self, policy: WorkerPolicy, started: StartedParent) -> None:
        self._ready = False
        self._missing: tuple[str, ...] = ()
        self._kept: Mapping[Frame, Frame] = {}
        self._process, self._control, self._log = started.process, started.control, started.log
        self._control_channel = SocketChannel(self._control)
        header, payload = encode(policy.as_message())
        self._control_channel.send(header, payload, deadline=time.monotonic() + _FORK_TIMEOUT_S)

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts of the jail that this machine cannot give."""
        self._wait_until_ready()
        return self._missing

    def _wait_until_ready(self) -> None:
        if self._ready:
            return
        word, reason, missing = self._hear(START_TIMEOUT_S)
        if word != "ready":
            raise _failed(reason)
        self._ready, self._missing = True, tuple(missing)

    def _hear(self, timeout_s: float) -> Value:
        try:
            deadline = time.monotonic() + timeout_s
            return decode(*self._control_channel.receive(deadline=deadline, watch=_no_watch))
        except (ChannelClosedError, DeadlineError, WireError) as error:
            self._log.seek(0)
            said = self._log.read().decode(errors="replace").strip().splitlines()
            raise _failed(said[-1] if said else "") from error

    def launch(self) -> Worker:
        """Return a freshly forked worker, jailed and ready."""
        self._wait_until_ready()
        ours, theirs = socket.socketpair()
        read_end, write_end = os.pipe()
        channel = SocketChannel(ours, read_end)
        try:
            socket.send_fds(self._control, [_FORK], [theirs.fileno(), write_end])
            pid = self._hear(_FORK_TIMEOUT_S)
        except OSError as error:
            channel.close()
            raise _failed(str(error)) from error
        except SandboxError:
            channel.close()
            raise
        finally:
            theirs.close()
            os.close(write_end)
        worker = _Forked(channel, pid, self, self._kept)
        worker.parts = _first_word(worker)
        return worker

    def reap(self, pid: int) -> int:
        """Kill the worker and return its exit status."""
        self._tell(_REAP + pid.to_bytes(4, "little"))
        status: int = self._hear(_FORK_TIMEOUT_S)
        return status

    def keep(self, together: Frame) -> None:
        """Let the parent, and so every worker that is forked from it, have a request; a few at most."""
        if together in self._kept or len(self._kept) >= _MAX_KEPT:
            return
        self._tell(_KEEP + frame(together.header, together.payload))
        # A late word would be taken for the next one's: no word is a fault.
        number = self._hear(_FORK_TIMEOUT_S)
        shorter = Frame(*encode([[Operation.KEPT, number]]), 0, 1)
        self._kept = {**self._kept, together: shorter}  # a worker that runs goes on with what it has

    def _tell(self, message: bytes) -> None:
        try:
            self._control.setblocking(True)
            self._control.sendall(message)
            self._control.setblocking(False)
        except OSError as error:
            raise _failed(str(error)) from error

    def close(self) -> None:
        """End the parent; its workers die with it."""
        self._control_channel.close()
        self._process.kill()
        self._process.wait()
        self._log.close()


class _Forked:
    def __init__(self, channel: Channel, pid: int, server: ForkServer, kept: Mapping[Frame, Frame]) -> None:
        self.channel = channel
        self.pid = pid
        self.parts: tuple[str, ...] = ()
        self.kept = kept
        self._server = server

    def end(self) -> int:
        try:
            return self._server.reap(self.pid)
        finally:
            self.channel.close()


class ProcessStarter:
    """Starts one process for each worker, on any platform."""

    def __init__(self, policy: WorkerPolicy) -> None:
        self._policy = policy
        self._running: list[_Started] = []
        self._spare: _Started | None = self._start()  # the first one warms up while the suite is collected

    def _start(self) -> _Started:
        started = _Started(start_single(), self._policy)
        self._running.append(started)
        return started

    @property
    def missing(self) -> tuple[str, ...]:
        """What this way of starting workers lacks."""
        return ("fork",)

    def launch(self) -> Worker:
        """Return a worker that is ready."""
        worker, self._spare = self._spare or self._start(), None
        worker.parts = _first_word(worker)
        return worker

    def keep(self, together: Frame) -> None:
        """Do nothing: these workers have no common parent."""

    def close(self) -> None:
        """End every process."""
        for worker in self._running:
            worker.end()


class _Started:
    def __init__(self, process: subprocess.Popen[bytes], policy: WorkerPolicy) -> None:
        if process.stdin is None or process.stdout is None or process.stderr is None:
            raise _failed("no pipes")
        self._process = process
        self.channel: Channel = PipeChannel(process.stdin, process.stdout, process.stderr)  # type: ignore[arg-type]
        self.pid = process.pid
        self.parts: tuple[str, ...] = ()
        self.kept: Mapping[Frame, Frame] = {}
        header, payload = encode(policy.as_message())
        try:
            self.channel.send(header, payload, deadline=time.monotonic() + _FORK_TIMEOUT_S)
        except (ChannelClosedError, DeadlineError) as error:
            raise _failed(str(error)) from error

    def end(self) -> int:
        if self._process.poll() is None:
            self._process.kill()
        status = self._process.wait()
        self.channel.close()
        return status


def _first_word(worker: Worker) -> tuple[str, ...]:
    """Wait for `ready`; whatever goes wrong before it is ours."""
    try:
        deadline = time.monotonic() + START_TIMEOUT_S
        word, reason, parts = decode(*worker.channel.receive(deadline=deadline, watch=_no_watch))
    except (ChannelClosedError, DeadlineError, WireError, ValueError, TypeError) as error:
        said = worker.channel.output.take().strip().splitlines()
        worker.end()
        raise _failed(said[-1] if said else "") from error
    if word != "ready":
        worker.end()
        raise _failed(reason)
    return tuple(parts)


def new_request_id() -> bytes:
    """Return an id that a late or forged reply cannot guess."""
    return os.urandom(REQUEST_ID_BYTES)
