"""What the terminal in front of a person can show: width, colour and symbols."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

_PIPE_WIDTH = 80
_MIN_WIDTH, _MAX_WIDTH = 40, 100  # lines longer than that are hard to read

# Every symbol that our own text is drawn with, and what stands for it on a terminal that lacks it: of equal
# width, so that the columns stay. Legacy Korean code pages have some of these, but two columns wide.
_ASCII = str.maketrans(
    {
        "✓": "+",
        "✗": "x",
        "≠": "!",
        "·": "-",
        "─": "-",
        "━": "=",
        "│": "|",
        "┃": "|",
        "•": "*",
        "…": "~",
        "–": "-",
        "—": "-",
        "“": '"',
        "”": '"',
        "’": "'",
        "█": "#",
        "░": ".",
        "▒": "+",
        "▓": "%",
        "▌": "|",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How to write for one stream.

    Attributes:
        width: Columns to stay within.
        color: Whether escape sequences for colour are welcome.
        unicode: Whether symbols beyond ASCII can be shown.
        plain: One fact a line, for screen readers.
        course: What `--course` named, for commands that are shown; empty where it was not used.
    """

    width: int = _PIPE_WIDTH
    color: bool = False
    unicode: bool = True
    plain: bool = False
    course: str = ""

    def command(self, *words: str) -> str:
        """Return a command as a person types it, with the course that they named."""
        return shlex.join(["grade", *words, *(["--course", self.course] if self.course else [])])

    def fit(self, text: str) -> str:
        """Return `text` with our symbols replaced where the stream cannot show them."""
        return text if self.unicode else text.translate(_ASCII)


def look_of(stream: TextIO, environ: Mapping[str, str], *, plain: bool = False, course: str = "") -> Look:
    """Return how to write to `stream`.

    NO_COLOR turns colour off and FORCE_COLOR turns it on where the stream is no terminal; COLUMNS sets the
    width.
    """
    width = _PIPE_WIDTH
    if stream.isatty() or environ.get("COLUMNS", "").isdigit():
        width = shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns
    return Look(
        width=max(_MIN_WIDTH, min(width, _MAX_WIDTH)),
        color=not plain and _wants_color(stream, environ),
        unicode=(stream.encoding or "").lower().replace("-", "").startswith("utf"),
        plain=plain,
        course=course,
    )


def _wants_color(stream: TextIO, environ: Mapping[str, str]) -> bool:
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    if not stream.isatty() or environ.get("TERM") == "dumb":
        return False
    if sys.platform == "win32":
        from rich.console import detect_legacy_windows

        return not detect_legacy_windows()
    return True
