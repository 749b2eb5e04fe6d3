"""English and Korean: the catalogue of this package's strings, and texts that authors write twice.

Every string a person reads goes through `tr`. English is the message id; Korean stands in
`locale/ko/LC_MESSAGES/grader.po`, compiled to `.mo` beside it (`python -m grader.locale` after a change).
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "ko")
_DOMAIN = "grader"
_LOCALE_DIR = Path(__file__).parent / "locale"

_active: ContextVar[tuple[str, gettext.NullTranslations]] = ContextVar(
    "grader_language", default=("en", gettext.NullTranslations())
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text in both languages, as a course author writes it."""

    en: str
    ko: str

    def __str__(self) -> str:
        """Return the text in the active language."""
        return self.ko if active() == "ko" else self.en


def active() -> str:
    """Return the active language: `en` or `ko`."""
    return _active.get()[0]


def activate(language: str) -> None:
    """Make `language` the language of every `tr` and `Text` that follows.

    Raises:
        ValueError: `language` is neither `en` nor `ko`.
    """
    if language not in LANGUAGES:
        raise ValueError(f"Expected one of {LANGUAGES}. Received: {language!r}")
    if language == "en":
        _active.set(("en", gettext.NullTranslations()))
        return
    _active.set((language, gettext.translation(_DOMAIN, localedir=_LOCALE_DIR, languages=[language])))


def tr(message: str, /, **fields: object) -> str:
    """Return `message` in the active language with `{name}` fields filled in.

    Args:
        message: The English sentence; the key of the catalogue.
        fields: Values for its `{name}` fields.
    """
    text = _active.get()[1].gettext(message) if message else ""  # the empty message is the catalogue's header
    return text.format(**fields) if fields else text


def chosen(arguments: Sequence[str], environ: Mapping[str, str] | None = None) -> str:
    """Return the language that a command line asks for: `--lang`, then GRADE_LANG, then the locale."""
    environ = os.environ if environ is None else environ
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments) and arguments[position + 1] in LANGUAGES:
            return arguments[position + 1]
        if argument.startswith("--lang=") and argument[7:] in LANGUAGES:
            return argument[7:]
    for name in ("GRADE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return "ko" if value.lower().startswith("ko") else "en"
    system_locale = locale.getlocale()[0] or ""
    return "ko" if system_locale.lower().startswith(("ko", "korean")) else "en"
