"""Outcomes of operations as the grader reads them from a reply, trusting nothing in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.sandbox.dispatch import MAX_FRAMES, MAX_MESSAGE, MAX_NAME, MAX_NAMES, Raised
from grader.sandbox.wire import Value, WireError

_MAX_LINE = 10**6


@dataclass(frozen=True, slots=True)
class Returned:
    """One operation's outcome: its value, and the arguments that it changed in place."""

    value: Value
    changed: dict[int | str, Value] = field(default_factory=dict)


def parse_outcomes(value: Value, *, num_expected: int) -> list[Returned | Raised]:
    """Read a reply's outcomes, trusting nothing in them.

    Raises:
        WireError: They are no outcomes, or not as many as were asked for.
    """
    if type(value) is not list or not 0 < len(value) <= num_expected:
        raise WireError("Expected a list of outcomes")
    outcomes = [_parse_outcome(fields) for fields in value]
    if any(isinstance(outcome, Raised) for outcome in outcomes[:-1]):
        raise WireError("An outcome follows an exception")
    if len(outcomes) < num_expected and not isinstance(outcomes[-1], Raised):
        raise WireError(f"Expected {num_expected} outcomes. Received: {len(outcomes)}")
    return outcomes


def parse_together(outcome: Returned | Raised, *, num_expected: int) -> list[tuple[bytes, bytes]]:
    """Return header and payload of each answer that the outcome of `Operation.TOGETHER` holds.

    Raises:
        WireError: They are no answers, or not as many as were asked for.
    """
    pairs = outcome.value if isinstance(outcome, Returned) else None
    if type(pairs) is not list or len(pairs) != num_expected:
        raise WireError(f"Expected {num_expected} answers")
    if not all(type(pair) is list and list(map(type, pair)) == [bytes, bytes] for pair in pairs):
        raise WireError("Expected header and payload of each answer")
    return [(header, payload) for header, payload in pairs]


def _parse_outcome(fields: Value) -> Returned | Raised:
    # An array beside a word would be compared cell by cell.
    if type(fields) is not list or not fields or type(fields[0]) is not str:
        raise WireError("Expected an outcome")
    if fields[0] == "value" and len(fields) == 3 and type(fields[2]) is dict:
        if not all(type(key) in (int, str) for key in fields[2]):
            raise WireError("Expected positions or keywords of changed arguments")
        return Returned(fields[1], fields[2])
    if fields[0] == "raised" and len(fields) == 4:
        _, names, message, frames = fields
        is_right = type(names) is list and type(message) is str and type(frames) is list
        if is_right and names and all(type(name) is str for name in names) and all(map(_is_frame, frames)):
            # Cut over there already, unless the submission has taken the worker over.
            return Raised(
                tuple(name[:MAX_NAME] for name in names[:MAX_NAMES]),
                message[:MAX_MESSAGE],
                tuple((line, name[:MAX_NAME]) for line, name in frames[:MAX_FRAMES]),
            )
    raise WireError("Expected a value or an exception")


def _is_frame(frame: Value) -> bool:
    if type(frame) is not list or len(frame) != 2 or type(frame[0]) is not int:
        return False
    return 0 < frame[0] <= _MAX_LINE and type(frame[1]) is str
