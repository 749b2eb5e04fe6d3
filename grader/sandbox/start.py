"""Starts the worker's process: light, so that it runs before the grader has imported anything heavy."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])
# Sums that do not depend on the machine's number of cores, on both sides of the border; and no threads to start.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from grader.sandbox import worker; sys.path.pop(0); worker.main(sys.argv[1:])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedParent:
    """A worker parent that waits for its first message.

    Attributes:
        control: The grader's end of the control socket.
        log: What the parent writes on its standard streams, for a start that fails.
    """

    process: subprocess.Popen[bytes]
    control: socket.socket
    log: IO[bytes]


_early: list[StartedParent] = []  # started before anybody asked, at most one


def start_early() -> None:
    """Start a worker parent for the `start_parent` that will follow, while the command line is still read.

    If none follows, the parent ends by itself when this process does.
    """
    if can_fork() and not _early:
        _early.append(_start_parent())


def start_parent() -> StartedParent:
    """Return a worker parent that was started early, or start one; in neither case wait for it."""
    return _early.pop() if _early else _start_parent()


def can_fork() -> bool:
    """Return whether workers can be forked from a warm parent here."""
    return sys.platform.startswith("linux") and hasattr(os, "fork") and hasattr(socket, "send_fds")


def _start_parent() -> StartedParent:
    control, theirs = socket.socketpair()
    log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the launcher
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            _command(str(theirs.fileno())),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[theirs.fileno()],
            env=_environment(),
            cwd="/",
            start_new_session=True,  # Ctrl-C is the grader's to handle
        )
    return StartedParent(process=process, control=control, log=log)


def start_single() -> subprocess.Popen[bytes]:
    """Start one worker that talks over its standard streams and return at once."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
    )


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", _BOOT, _PACKAGE_PARENT, *arguments]


def _environment() -> dict[str, str]:
    """Return the worker's environment: one thread, for sums that do not depend on the machine; no secrets."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return {
        **kept,
        **ONE_THREAD,
        "PYTHONHASHSEED": "0",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "CUDA_VISIBLE_DEVICES": "-1",
        "KERAS_BACKEND": "tensorflow",
        "KERAS_HOME": os.devnull,  # no configuration of the machine's, and none written
    }
