"""The smallest failing input in words: below the result, in both renderings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.language import tr
from grader.report.clean import one_line, pad, width, wrap
from grader.report.look import Look
from grader.report.wording import shortened

if TYPE_CHECKING:
    from grader.suite.shrink import SmallestInput

_BOLD, _DIM, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_INDENT = "  "


def smallest_input(found: SmallestInput, *, look: Look) -> str:
    """Return the call, what it should return and what the learner's code makes of it."""
    title = tr("Smallest failing input")
    facts = [
        (label, [shortened(one_line(line)) for line in text.splitlines() or [""]])
        for label, text in _facts(found)
    ]
    if look.plain:
        lines = [title, *(f"{label}: {line}" for label, text in facts for line in text)]
        return look.fit("\n".join(lines)) + "\n"
    bold, dim, reset = (_BOLD, _DIM, _RESET) if look.color else ("", "", "")
    columns = max(width(label) for label, _ in facts)
    lines = ["", f"{bold}{title}{reset}"]
    for label, text in facts:
        room = look.width - columns - 2 * len(_INDENT)
        first, *rest = [piece for line in text for piece in wrap(line, room) or [""]]
        lines.append(f"{_INDENT}{dim}{pad(label, columns)}{reset}{_INDENT}{first}")
        lines += [f"{_INDENT}{' ' * columns}{_INDENT}{line}" for line in rest]
    return look.fit("\n".join(lines)) + "\n"


def _facts(found: SmallestInput) -> list[tuple[str, str]]:
    yours = tr("raised {exception}", exception=found.exception) if found.exception else found.received
    return [(tr("call"), found.call), (tr("should be"), found.expected), (tr("yours"), yours)]
