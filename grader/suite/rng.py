"""Random inputs of a case: a subset of `numpy.random.Generator`, seeded by the run and the case."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

Size = int | tuple[int, ...] | None

_drawn: ContextVar[set[str] | None] = ContextVar("grader_drawn_cases", default=None)


@contextmanager
def noted_draws() -> Iterator[set[str]]:
    """Collect the ids of the cases that draw random inputs meanwhile: all others are fixed."""
    drawn: set[str] = set()
    token = _drawn.set(drawn)
    try:
        yield drawn
    finally:
        _drawn.reset(token)


def global_seed(seed: int, case_id: str) -> int:
    """Return the seed of the global generators for one case: the same whichever cases ran before."""
    return zlib.crc32(f"{seed}/{case_id}".encode())


class CaseRng:
    """Draws the random inputs of one case.

    Args:
        seed: The run's seed.
        case_id: The case's id: each case has a stream of its own, whatever ran before it.
        stream: Number of a further stream of the same case.

    As an argument of a call it goes over the border as a seed: submission and solution each get a generator
    built from the same one.
    """

    def __init__(self, seed: int, case_id: str, stream: int = 0) -> None:
        self._identity = (seed, case_id, stream)
        self.wire_seed = (seed, zlib.crc32(case_id.encode()), stream)
        self.global_seed = global_seed(seed, case_id)
        self._stream = np.random.default_rng(list(self.wire_seed))

    @property
    def _generator(self) -> np.random.Generator:
        """The stream; whoever asks for it draws."""
        drawn = _drawn.get()
        if drawn is not None:
            drawn.add(self._identity[1])
        return self._stream

    def child(self, stream: int) -> CaseRng:
        """Return an independent generator of the same case, `stream` >= 1."""
        return CaseRng(self._identity[0], self._identity[1], stream)

    def random(self, size: Size = None) -> Any:  # noqa: ANN401 - a float or an array
        """Draw from [0, 1)."""
        return self._generator.random(size)

    def uniform(self, low: float = 0.0, high: float = 1.0, size: Size = None) -> Any:  # noqa: ANN401
        """Draw uniformly from [low, high)."""
        return self._generator.uniform(low, high, size)

    def normal(self, loc: float = 0.0, scale: float = 1.0, size: Size = None) -> Any:  # noqa: ANN401
        """Draw from a normal distribution."""
        return self._generator.normal(loc, scale, size)

    def standard_normal(self, size: Size = None) -> Any:  # noqa: ANN401
        """Draw from the standard normal distribution."""
        return self._generator.standard_normal(size)

    def integers(
        self, low: int, high: int | None = None, size: Size = None, *, endpoint: bool = False
    ) -> Any:  # noqa: ANN401
        """Draw integers from [low, high), or [0, low) without `high`."""
        return self._generator.integers(low, high, size, endpoint=endpoint)

    def choice(self, a: int | Sequence[Any], size: Size = None, *, replace: bool = True) -> Any:  # noqa: ANN401
        """Draw from a sequence, or from range(a)."""
        return self._generator.choice(np.asarray(a), size, replace=replace)

    def permutation(self, x: int | Sequence[Any]) -> Any:  # noqa: ANN401
        """Return a permuted copy of a sequence, or of range(x)."""
        return self._generator.permutation(np.asarray(x) if not isinstance(x, int) else x)
