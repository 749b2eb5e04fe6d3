"""What is made of an object that many results share, made once: found again by the object itself, not by its value.

In a class most cases went the same way for many, and `lru_cache` would have to hash every word of every case to know.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Source = TypeVar("Source")
Made = TypeVar("Made")
_MAX_KEPT = 256


class MadeOnce(Generic[Source, Made]):
    """Calls a function once for each object, as long as it is remembered. Nobody may change what it returns.

    Args:
        make: Called with the object and with whatever else the result depends on.
        is_kept: Whether an object is worth it: what is large, and hardly anybody else's, is not kept.
    """

    def __init__(self, make: Callable[..., Made], *, is_kept: Callable[[Source], bool] | None = None) -> None:
        self._make = make
        self._is_kept = is_kept
        self._kept: dict[tuple[int, Hashable], tuple[Source, Made]] = {}

    def __call__(self, source: Source, *also: Hashable) -> Made:
        """Return what is made of `source` and `also`; `source` itself may have no hash, and must not change."""
        if self._is_kept is not None and not self._is_kept(source):
            return self._make(source, *also)
        key = (id(source), also)
        found = self._kept.get(key)
        if found is None:  # the object is kept too, so that its id is nobody else's
            if len(self._kept) >= _MAX_KEPT:
                self._kept.clear()
            found = self._kept[key] = (source, self._make(source, *also))
        return found[1]
