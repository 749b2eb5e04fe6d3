"""Python's search for garbage, kept from looking again and again at what lives as long as a batch."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLDS = (50_000, 20, 20)  # a submission's tree has some thousands of nodes, none of them in a circle


@contextmanager
def long_lived() -> Iterator[None]:
    """Take all that is there now as long-lived, and search the rest for garbage less often."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
