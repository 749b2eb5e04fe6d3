"""What the system says of a worker while it runs: its resident memory and its threads.

Only tables of numbers are read. The worker chooses its own name, which other tables hold as it is, and its main
thread may end before the others do; such a thread shows no memory.
"""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from pathlib import Path

_MIB = 2**20
_RESIDENT = 1  # column of `statm`, in pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A look at a process."""

    resident_mib: int
    num_threads: int


def look_at(pid: int) -> Seen | None:
    """Return what can be seen of the process `pid`; None where it is gone, or the system has no such tables."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return None
    resident = 0
    for thread in threads:
        try:
            pages = int((thread / "statm").read_text("ascii").split()[_RESIDENT])
        except (OSError, ValueError, IndexError):  # this thread just ended
            continue
        resident = pages * mmap.PAGESIZE
        if resident:  # all threads share one memory
            break
    return Seen(resident_mib=resident // _MIB, num_threads=len(threads))
