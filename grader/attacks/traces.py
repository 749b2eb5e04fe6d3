"""What an attack may leave behind: processes, files, shared objects, memory and descriptors of the grader.

Attacks call what they leave by the names below, so that a busy machine's own comings and goings are not taken
for theirs; processes are found by the session that every worker belongs to.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

MARK_NAME = "lab_loot"  # the beginning of every file's name that an attack leaves
IPC_KEY = 0x1AB1007  # the key of every System V object that an attack leaves
_PLACES = ("/", "/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run", "/var/lock")  # noqa: S108 - looked at
_KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """What can be seen of the grader and of what its workers left, at one moment.

    Attributes:
        processes: Ids of the processes that descend from this one or live in a session of such a one.
        files: Files with an attack's name, and the state of every watched file.
        ipc: System V objects with an attack's key.
        num_descriptors: How many this process has open.
    """

    processes: frozenset[int]
    files: frozenset[str]
    ipc: frozenset[str]
    num_descriptors: int


def footprint(watched: Iterable[Path]) -> Footprint:
    """Return what can be seen now; every file below the folders `watched` is noted with its state."""
    return Footprint(
        processes=frozenset(_offspring()),
        files=frozenset((*_left_files(), *_states(watched))),
        ipc=frozenset(_shared_objects()),
        num_descriptors=len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").is_dir() else 0,
    )


def _offspring() -> Iterator[int]:
    """Yield the living processes that come from this one, whatever became of their parents."""
    facts = {pid: (parent, session) for pid, parent, session in _processes()}
    own = os.getpid()
    family = {own}
    while True:
        more = {
            pid for pid, (parent, session) in facts.items() if parent in family or session in family - {own}
        } - family
        if not more:
            break
        family |= more
    yield from family - {own}


def _processes() -> Iterator[tuple[int, int, int]]:
    """Yield id, parent and session of every process."""
    if not sys.platform.startswith("linux"):
        return
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text("utf-8", errors="replace")
            except OSError:  # it just ended
                continue
            # The name in parentheses may hold anything, also parentheses.
            fields = stat.rpartition(")")[2].split()
            yield int(entry.name), int(fields[1]), int(fields[3])


def _left_files() -> Iterator[str]:
    folders = {
        *_PLACES,
        tempfile.gettempdir(),
        str(Path.cwd()),
        str(Path.home()),
        str(Path(os.__file__).parent),
    }
    for folder in sorted(folders):
        try:
            yield from (entry.path for entry in os.scandir(folder) if entry.name.startswith(MARK_NAME))
        except OSError:  # there is no such folder, or it is not ours to look into
            continue


def _states(watched: Iterable[Path]) -> Iterator[str]:
    for folder in watched:
        for path in sorted(folder.rglob("*")):
            if "__pycache__" not in path.parts:
                state = path.lstat()
                owned = f"{path} {state.st_mode:o} {state.st_uid}"
                # What is in a folder is told of by itself; its time also changes when Python writes `__pycache__`.
                yield owned if stat.S_ISDIR(state.st_mode) else f"{owned} {state.st_size} {state.st_mtime_ns}"


def _shared_objects() -> Iterator[str]:
    for kind in ("shm", "sem", "msg"):
        try:
            lines = Path(f"/proc/sysvipc/{kind}").read_text("ascii").splitlines()[1:]
        except OSError:
            continue
        yield from (f"{kind} {line.split()[1]}" for line in lines if int(line.split()[0]) == IPC_KEY)


def forget_peak_memory() -> None:
    """Let `peak_memory_mib` begin anew (Linux; elsewhere it goes on)."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        return


def peak_memory_mib() -> float:
    """Return the most memory that this process had, in MiB."""
    try:
        lines = Path("/proc/self/status").read_text("utf-8", errors="replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / _KIB
    except (OSError, StopIteration):  # another system: nothing can be said
        return 0.0
