"""A screen as HTML for a notebook: the pictures of the terminal, in colours for light and dark themes."""

from __future__ import annotations

import io

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text as RichText

# Middle tones: readable on white and on a dark theme alike. The order is the terminal's: black, red, green,
# yellow, blue, magenta, cyan, white.
_COLORS = [
    (110, 118, 129),
    (207, 34, 46),
    (26, 127, 55),
    (154, 103, 0),
    (9, 105, 218),
    (161, 73, 179),
    (27, 124, 131),
    (110, 118, 129),
]
_GREY = (118, 118, 118)  # what is dim: halfway between two equal greys
_THEME = TerminalTheme(_GREY, _GREY, _COLORS, _COLORS)
_PAGE = (
    '<pre class="grade" style="white-space: pre; overflow-x: auto; line-height: 1.35; background: none; '
    "font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', D2Coding, monospace\">"
    "{code}</pre>"
)


def to_html(screen: str) -> str:
    """Return a screen with escape sequences for colour as one HTML element; everything in it is text."""
    console = Console(
        file=io.StringIO(),
        record=True,
        width=10_000,
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
    )
    console.print(RichText.from_ansi(screen.rstrip("\n"), no_wrap=True), soft_wrap=True)
    return console.export_html(theme=_THEME, code_format=_PAGE, inline_styles=True)
