"""A submission's tree compiled for its worker, where that is certainly cheap.

A worker is a fresh fork: to compile there takes four times as long as here, in a process that has done it a thousand
times. But a compiler can be made to write very much: a `finally` is written once for every way out of its `try`. What
holds one, and what is large, is left to the worker, which is limited.
"""

from __future__ import annotations

import ast
import marshal
import warnings

_MAX_CHARACTERS = 20_000
_WRITTEN_OFTEN = "finally"


def compiled(tree: ast.Module, source: str, filename: str) -> bytes:
    """Return the code of a source as `marshal` writes it; nothing where the worker has to compile it.

    Args:
        tree: With columns as `ast.parse` gives them: they are part of the code.
        source: Its text.
        filename: In tracebacks.
    """
    if len(source) > _MAX_CHARACTERS or _WRITTEN_OFTEN in source:
        return b""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return marshal.dumps(compile(tree, filename, "exec", dont_inherit=True))
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
        return b""  # the worker says what is wrong
