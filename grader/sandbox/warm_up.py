"""Runs once, in the workers' parent, what every worker runs again and again.

Theory of operation. Since Python 3.11 the interpreter rewrites the code of a function that is called often into a
faster one, in place. A worker lives for milliseconds: it would do that anew for every submission, and each page of
memory that it writes on has to be copied first. What the parent has rewritten, its forks have. Nothing of a course
or of a submission takes part.
"""

from __future__ import annotations

import contextlib
import linecache
from collections.abc import Callable

import numpy as np

from grader.sandbox.arrays import Array
from grader.sandbox.channel import frame
from grader.sandbox.dispatch import MODULE_NAME, Operation, Workspace
from grader.sandbox.wire import Reference, decode_request, encode

_ROUNDS = 40  # a function is looked at after 8 calls, each of its instructions after some more
_FILENAME = "warm_up.py"
_SOURCE = """
import numpy as np
def own(x, y=None, mode="a"):
    return x + 1
def fails(x):
    raise ValueError("no")
"""


def warm_up() -> None:
    """Make the way of a request through a worker, and numpy's own Python code, as fast as they get."""
    namespace: dict[str, object] = {"__name__": MODULE_NAME}
    workspace = Workspace(namespace)
    workspace.outcomes([[Operation.LOAD, _SOURCE, _FILENAME, 0, False]])
    array = np.arange(12.0).reshape(3, 4)
    requests = [
        encode([[Operation.BEGIN, 1], [Operation.CALL, Reference("own"), [array], {"mode": "b"}]]),
        encode([[Operation.CALL, Reference("own"), [array[0], array[1]], {}]]),
        encode(
            [[Operation.CALL, Reference("own"), [3, 4], {}], [Operation.CALL, Reference("own"), [0.5], {}]]
        ),
        encode([[Operation.HAS, ["own"]], [Operation.CALL, Reference("fails"), [array], {}]]),
    ]
    for _ in range(_ROUNDS):
        for request in requests:
            frame(*workspace.answer(decode_request(*request)))
        _use_numpy(array)
    linecache.cache.pop(_FILENAME, None)


def _use_numpy(matrix: Array) -> None:
    """Call what learners call most of the part of numpy that is written in Python."""
    for use in _USES:
        with contextlib.suppress(Exception):  # the exercise forbids it
            use(matrix, matrix[0])


_USES: tuple[Callable[[Array, Array], object], ...] = (
    lambda m, _: np.pad(m, 1),
    lambda m, _: np.pad(m, ((1, 0), (0, 1)), mode="constant"),
    lambda _, v: np.pad(v, (1, 2)),
    lambda m, _: np.lib.stride_tricks.sliding_window_view(m, (2, 2)),
    lambda _, v: np.lib.stride_tricks.sliding_window_view(v, 2),
    lambda _, v: np.lib.stride_tricks.as_strided(v, (2, 2), (8, 8)),
    lambda m, _: np.einsum("ij,kj->ik", m, m),
    lambda m, _: np.tensordot(m, m, axes=([1], [1])),
    lambda m, v: (np.dot(m, v), np.outer(v, v), np.linalg.norm(m)),
    lambda m, v: (np.flip(m), np.flip(v), np.rot90(m), np.roll(v, 1)),
    lambda m, _: (np.sum(m), np.sum(m, axis=0), np.sum(m, axis=1, keepdims=True)),
    lambda m, _: (np.mean(m), np.max(m), np.min(m), np.argmax(m, axis=0), np.prod(m), np.std(m)),
    lambda m, _: (m.sum(), m.mean(), m.max(axis=1), m.min(), m.std()),
    lambda m, v: (np.any(m), np.all(m), np.cumsum(v), np.clip(m, 0, 1), np.where(m > 1, m, 0)),
    lambda m, v: (np.zeros_like(m), np.ones_like(m), np.full((2, 2), 1.0), np.eye(3), np.diag(v)),
    lambda m, v: (np.atleast_1d(1.0), np.atleast_2d(v), np.expand_dims(v, 0), np.squeeze(m)),
    lambda _, v: (np.concatenate([v, v]), np.stack([v, v]), np.vstack([v, v]), np.hstack([v, v])),
    lambda m, v: (np.allclose(m, m), np.isclose(v, v), np.array_equal(m, m)),
    lambda m, _: (np.transpose(m), np.reshape(m, (4, 3)), np.ravel(m), np.swapaxes(m, 0, 1)),
    lambda m, v: (np.broadcast_to(v, (2, 4)), np.tile(v, 2), np.moveaxis(m, 0, 1), np.linspace(0.0, 1.0, 5)),
    lambda m, v: (np.fft.ifft(np.fft.fft(v)), np.fft.irfft(np.fft.rfft(v)), np.fft.ifft2(np.fft.fft2(m))),
)
