"""Text from a submission made safe to show: nothing in it may steer a terminal or reorder a line.

Columns are counted here too, because a Korean letter takes two of them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# CSI and OSC sequences, then DCS, SOS, PM and APC strings, then any other escape with its one letter.
_ANSI = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
# Controls but tab and newline; marks and overrides of text direction; line separators; invisible joiners.
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_TAB = 4
_SHORT = 500
_ZERO_WIDTH = {"Mn", "Me", "Cf"}


def clean(text: str) -> str:
    """Return `text` without escape sequences, control characters, direction overrides and lone surrogates.

    Tabs become spaces; a carriage return, as progress bars write it, begins a new line.
    """
    if text.isprintable():  # most texts: nothing in them to remove
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub("", _ANSI.sub("", text))
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text).expandtabs(_TAB)


def one_line(text: str) -> str:
    """Return `text` cleaned, with every run of white space made one space."""
    return _one_line(text) if len(text) <= _SHORT else " ".join(clean(text).split())


@lru_cache(maxsize=2048)
def _one_line(text: str) -> str:  # titles and hints: the same for a whole class
    return " ".join(clean(text).split())


def width(text: str) -> int:
    """Return how many terminal columns `text` takes: two for a wide letter, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(char) in _ZERO_WIDTH else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )


def pad(text: str, columns: int) -> str:
    """Return `text` filled with spaces to `columns` terminal columns; longer text stays as it is."""
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """Return `text` broken at spaces into lines of at most `columns` terminal columns."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.split(" "):
            if line and width(f"{line} {word}") > columns:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return lines


def cut(text: str, columns: int) -> str:
    """Return `text` shortened to `columns` terminal columns, with an ellipsis where something is missing."""
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 1:
        text = text[:-1]
    return text + "…"
