"""Runs once, in the workers' parent, what every worker runs again and again.

Theory of operation. Since Python 3.11 the interpreter rewrites the code of a function that is called often into a
faster one, in place. A worker lives for milliseconds: it would do that anew for every submission, and each page of
memory that it writes on has to be copied first. What the parent has rewritten, its forks have. Nothing of a course
or of a submission takes part.
"""

from __future__ import annotations

import contextlib
import linecache
import marshal
import os
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from grader.sandbox.arrays import Array
from grader.sandbox.channel import REQUEST_ID_BYTES, frame
from grader.sandbox.dispatch import MODULE_NAME, Operation, Workspace
from grader.sandbox.forked import ForkEntry
from grader.sandbox.wire import Reference, Value, decode_request, encode

_ROUNDS = 40  # a function is looked at after 8 calls, each of its instructions after some more
_FILENAME = "warm_up.py"
_REPLY_BYTES = 64 * 1024
_SOURCE = """
import numpy as np
def own(x, y=None, mode="a"):
    return x + 1
def fails(x):
    raise ValueError("no")
"""


_AnswerNext: TypeAlias = Callable[
    [Workspace, int, int, Sequence[list[Value]], Sequence[Callable[[], None]]], None
]


def warm_up(answer_next: _AnswerNext) -> None:
    """Make the way of a request through a worker, and numpy's own Python code, as fast as they get.

    Args:
        answer_next: `worker._answer_next`.
    """
    namespace: dict[str, object] = {"__name__": MODULE_NAME}
    workspace = Workspace(namespace)
    code = marshal.dumps(compile(_SOURCE, _FILENAME, "exec"))
    array = np.ndarray((3, 4))  # a type, which no exercise forbids
    array.fill(1.5)
    requests = [
        encode([[Operation.LOAD, _SOURCE, _FILENAME, 0, False, code]]),
        encode([[Operation.BEGIN, 1], [Operation.CALL, Reference("own"), [array], {"mode": "b"}]]),
        encode([[Operation.CALL, Reference("own"), [array[0], array[1]], {}]]),
        encode(
            [[Operation.CALL, Reference("own"), [3, 4], {}], [Operation.CALL, Reference("own"), [0.5], {}]]
        ),
        encode([[Operation.HAS, ["own"]], [Operation.CALL, Reference("fails"), [array], {}]]),
    ]
    together = [decode_request(*request) for request in requests]
    requests.append(encode([[Operation.KEPT, 0]]))
    entry = ForkEntry(cpu_s=None, ruleset=None, close_files=None, filters=None)  # puts on what holds already
    asked, replied = os.pipe(), os.pipe()
    try:
        for _ in range(_ROUNDS):
            entry.put_on(os.getppid())
            for header, payload in requests:
                os.write(asked[1], frame(b"\0" * REQUEST_ID_BYTES + header, payload))
                answer_next(workspace, asked[0], replied[1], [together], ())
                os.read(replied[0], _REPLY_BYTES)
            _use_numpy(array)
    finally:
        for end in (*asked, *replied):
            os.close(end)
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
