"""A pool's processes: each on a core of its own where there are as many, on all of them otherwise."""

import os
import time

import pytest

from grader.processes import end_pool, num_cores, open_pool

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity"), reason="this system ties no process to a core"
)


def cores_of_all(pool, num_workers):
    """Return the cores of each process of a pool, once each has done something: it is ready by then."""
    for waiting in [pool.submit(time.sleep, 0.1) for _ in range(num_workers)]:
        waiting.result()
    seen = set()
    while len(seen) < num_workers:
        seen |= set(pool.map(own_number, [0.02] * num_workers))
    return sorted(sorted(os.sched_getaffinity(pid)) for pid in seen)


def own_number(busy_s):
    time.sleep(busy_s)
    return os.getpid()


@pytest.mark.parametrize("keeps_to_cores", [True, False])
def test_as_many_processes_as_cores(keeps_to_cores):
    cores = sorted(os.sched_getaffinity(0))
    pool = open_pool(num_cores(), keeps_to_cores=keeps_to_cores)
    try:
        found = cores_of_all(pool, num_cores())
    finally:
        end_pool(pool)
    assert found == ([[core] for core in cores] if keeps_to_cores else [cores] * len(cores))
    assert sorted(os.sched_getaffinity(0)) == cores  # the one that asked keeps to none


@pytest.mark.skipif(num_cores() < 2, reason="with one core there is nothing to choose")
def test_fewer_processes_choose_none():
    pool = open_pool(num_cores() - 1, keeps_to_cores=True)
    try:
        assert cores_of_all(pool, num_cores() - 1) == [sorted(os.sched_getaffinity(0))] * (num_cores() - 1)
    finally:
        end_pool(pool)
