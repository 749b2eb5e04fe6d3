"""Processes of our own that work side by side: started anew, ended with the one that asked."""

from __future__ import annotations

import os
import threading
from concurrent.futures import Executor
from contextlib import suppress
from typing import TYPE_CHECKING

from grader.sandbox.start import ONE_THREAD

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue


def num_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_pool(num_workers: int, *, keeps_to_cores: bool = False) -> Executor:
    """Return a fresh pool of at most so many processes, which are started anew (`spawn`).

    Args:
        num_workers: How many.
        keeps_to_cores: Whether each has a core of its own, where there are as many as processes. One that waits for
            the workers that it starts, and they for it, is a fifth faster where none of them moves to another core.
            With fewer processes it does not hold: another pool could choose the same cores.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Read when the processes import numpy: sums that do not depend on the machine.
    os.environ.update(ONE_THREAD)
    context = get_context("spawn")
    cores = context.SimpleQueue()
    if keeps_to_cores and num_workers == num_cores() and hasattr(os, "sched_setaffinity"):
        free = sorted(os.sched_getaffinity(0))
        # A pool with little to do starts few processes: several such pools shall not choose the same core.
        first = os.getpid() % len(free)
        for core in free[first:] + free[:first]:
            cores.put(core)
    return ProcessPoolExecutor(num_workers, mp_context=context, initializer=begin_process, initargs=(cores,))


def end_pool(executor: Executor) -> None:
    """End a pool, of whose work nothing is of use any more."""
    # Public as `kill_workers` from Python 3.14.
    processes = dict(getattr(executor, "_processes", None) or {})
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes.values():
        with suppress(OSError, ValueError):
            process.kill()
            process.join()


def begin_process(cores: SimpleQueue[int]) -> None:
    """Make a pool's process ready: it dies with the one that asked, and leaves Ctrl-C to that one.

    Args:
        cores: The cores that processes are to keep to, one each; empty where they may use all.
    """
    import signal
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not cores.empty():
        with suppress(OSError):  # taken away from us meanwhile: all the others do as well
            os.sched_setaffinity(0, {cores.get()})
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)
