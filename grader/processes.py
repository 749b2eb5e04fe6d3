"""Processes of our own that work side by side: started anew, ended with the one that asked."""

from __future__ import annotations

import os
import threading
from concurrent.futures import Executor
from contextlib import suppress

from grader.sandbox.start import ONE_THREAD


def num_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_pool(num_workers: int) -> Executor:
    """Return a fresh pool of at most so many processes, which are started anew (`spawn`)."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Read when the processes import numpy: sums that do not depend on the machine.
    os.environ.update(ONE_THREAD)
    return ProcessPoolExecutor(num_workers, mp_context=get_context("spawn"), initializer=begin_process)


def end_pool(executor: Executor) -> None:
    """End a pool, of whose work nothing is of use any more."""
    # Public as `kill_workers` from Python 3.14.
    processes = dict(getattr(executor, "_processes", None) or {})
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes.values():
        with suppress(OSError, ValueError):
            process.kill()
            process.join()


def begin_process() -> None:
    """Make a pool's process ready: it dies with the one that asked, and leaves Ctrl-C to that one."""
    import signal
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)
