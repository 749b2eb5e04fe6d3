"""From what happened during a case to its verdict: the only place where exceptions become verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from grader.language import tr
from grader.sandbox.dispatch import Raised
from grader.sandbox.host import CaseOverError
from grader.sandbox.proxy import Call, ModuleProxy, Remote, SubmissionRaisedError
from grader.sandbox.wire import Value
from grader.suite.compare import MismatchError, short
from grader.verdicts import CaseDetail, Frame, Verdict

_SHOWN_ELEMENTS = 16
_SHOWN_TEXT = 120
_MAX_SAID = 800  # of an exception in a case's message; NumPy and Keras explain themselves at length


class BlockedError(BaseException):
    """A case that this one rests on did not pass."""


def judge(
    error: BaseException | None, fault: CaseOverError | None, submission: ModuleProxy, source_lines: list[str]
) -> tuple[Verdict, str, CaseDetail]:
    """Return verdict, message and detail of a case.

    Args:
        error: What the case raised first, or None.
        fault: What ended the case on the worker's side, or None: it cannot be swallowed by a suite.
        submission: The side that is being graded.
        source_lines: The submission's source, for its traceback.
    """
    calls = submission.calls
    last = Call(function="", args=(), kwargs={}) if not calls else calls[-1]
    detail = CaseDetail(call=format_call(last))
    if fault is not None:
        return fault.verdict, fault.message, detail
    if error is None:
        return Verdict.PASSED, "", CaseDetail()
    if isinstance(error, BlockedError):
        return Verdict.BLOCKED, str(error), CaseDetail()
    if isinstance(error, SubmissionRaisedError) and error.module is submission:
        return judge_raised(error.raised, source_lines, format_call(last))
    if isinstance(error, MismatchError):
        found = _call_behind(error.mismatch.received, calls) or last
        shown = format_call(found)
        if found.is_read:  # a place that an earlier call has filled
            before = next((call for call in reversed(calls) if not call.is_read and call.function), None)
            shown = shown if before is None else f"{format_call(before)}; {shown}"
        detail = CaseDetail(call=shown, mismatch=error.mismatch)
        return Verdict.FAILED, error.mismatch.message, detail
    if isinstance(error, pytest.fail.Exception):
        return Verdict.FAILED, _did_not_raise(str(error)), detail
    if isinstance(error, AssertionError):
        # Only the author's own words: what pytest may add below them would show the suite's source.
        said = str(error).partition("\n")[0]
        message = (
            said if said and not said.startswith("assert ") else tr("The answer is not what was asked for")
        )
        return Verdict.FAILED, message, detail
    return Verdict.GRADER_ERROR, grader_failed(error), detail


def grader_failed(error: BaseException) -> str:
    """Return what a fault of ours is called."""
    return tr("The grader failed: {error}", error=f"{type(error).__name__}: {error}"[:500])


def judge_raised(raised: Raised, source_lines: list[str], call: str = "") -> tuple[Verdict, str, CaseDetail]:
    """Return verdict, message and detail for an exception of the submission."""
    name = raised.type_names[0]
    exception = f"{name}: {raised.message}" if raised.message else name
    frames = tuple(
        Frame(line=line, function=function, source=_line(source_lines, line))
        for line, function in raised.frames
    )
    detail = CaseDetail(call=call, exception=exception, frames=frames)
    if "NotImplementedError" in raised.type_names:
        return Verdict.NOT_ATTEMPTED, tr("Not written yet"), CaseDetail(call=call)
    if "MemoryError" in raised.type_names:
        return Verdict.MEMORY_LIMIT, tr("The memory limit was reached"), detail
    return Verdict.RUNTIME_ERROR, tr("Your code raised {exception}", exception=exception[:_MAX_SAID]), detail


def _line(source_lines: list[str], number: int) -> str:
    return source_lines[number - 1].strip() if 0 < number <= len(source_lines) else ""


def _did_not_raise(message: str) -> str:
    words = message.split("DID NOT RAISE ")
    if len(words) == 2:
        name = words[1].strip("<>").removeprefix("class ").strip("'")
        return tr("Expected the exception {name}. Received: none", name=name)
    return message


def _call_behind(received: Value, calls: list[Call]) -> Call | None:
    """Return the call whose value was compared."""
    if received is None:
        return None
    for call in reversed(calls):
        if call.value is received or _is_same_number(call.value, received):
            return call
    return None


def _is_same_number(value: Value, received: Value) -> bool:
    if isinstance(received, np.ndarray) and received.ndim == 0:
        received = received[()]
    numbers = bool | int | float | np.generic
    try:
        return isinstance(value, numbers) and isinstance(received, numbers) and bool(value == received)
    except OverflowError:  # an integer that no float holds, beside a numpy scalar
        return False


def format_call(call: Call) -> str:
    """Return a call as source text with short values; empty where none was made."""
    if not call.function or call.is_read:
        return call.function
    parts = [format_value(arg) for arg in call.args]
    parts += [f"{name}={format_value(arg)}" for name, arg in call.kwargs.items()]
    name = call.function
    if call.receiver is not None:  # `RNN().forward`: with what the object was made
        name = name.replace(f"{call.receiver.function}()", format_call(call.receiver), 1)
    return f"{name}({', '.join(parts)})"


def format_value(value: Any) -> str:  # noqa: ANN401 - whatever crossed
    """Return a value as a person writes it; large arrays as shape and dtype."""
    if isinstance(value, Remote):
        return repr(value)
    if isinstance(value, np.ndarray):
        if value.size > _SHOWN_ELEMENTS:
            return f"<{value.dtype} {value.shape}>"
        return _format_nested(value.tolist())
    if isinstance(value, np.generic):
        return short(value)
    if type(value) in (list, tuple):
        return (
            _format_nested(value)
            if len(value) <= _SHOWN_ELEMENTS
            else f"<{type(value).__name__}: {len(value)}>"
        )
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"{key!r}: {format_value(item)}" for key, item in list(value.items())[:8]) + "}"
        )
    if isinstance(value, float | complex):
        return short(value)
    text = repr(value) if not hasattr(value, "wire_seed") else "rng"
    return text if len(text) <= _SHOWN_TEXT else text[: _SHOWN_TEXT - 1] + "…"


def _format_nested(value: Any) -> str:  # noqa: ANN401 - nested lists of numbers
    if isinstance(value, list | tuple):
        inner = ", ".join(_format_nested(item) for item in value)
        if isinstance(value, tuple):
            return f"({inner},)" if len(value) == 1 else f"({inner})"
        return f"[{inner}]"
    return format_value(value)
