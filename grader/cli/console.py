"""The two streams of a command: data goes to stdout, everything else to stderr, and neither may fail."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from grader.errors import GraderError, StoreError
from grader.language import tr
from grader.report.clean import clean, wrap
from grader.report.look import Look, look_of
from grader.verdicts import Report

_RED, _CYAN, _RESET = "\x1b[1;31m", "\x1b[1;36m", "\x1b[0m"
_ERASE_LINE = "\r\x1b[K"


class Renderer(Protocol):
    """What `report.terminal` and `report.plain` have in common."""

    def result(
        self,
        report: Report,
        *,
        title: str,
        look: Look,
        num_details: int = 3,
        only_failed: bool = False,
        is_for_teacher: bool = False,
    ) -> str:
        """Return one result."""

    def extra_seed(self, report: Report, *, look: Look) -> str:
        """Return a failure that only another seed showed."""

    def facts(self, pairs: Sequence[tuple[str, str]], *, look: Look) -> str:
        """Return facts, each with its label."""

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]], *, look: Look) -> str:
        """Return a table."""

    def statement(self, markdown: str, *, look: Look) -> str:
        """Return an exercise's statement."""

    def hint(self, title: str, place: str, text: str, next_step: str, *, look: Look) -> str:
        """Return one hint."""


def renderer(look: Look) -> Renderer:
    """Return what draws for `look`; rich is imported only where it is needed."""
    if look.plain:
        from grader.report import plain

        return plain
    from grader.report import terminal

    return terminal


def make_safe() -> None:
    """Let no character end the program on a stream that cannot show it, as on cp949 and ASCII consoles.

    A locale that says nothing (`LC_ALL=C`) says nothing against UTF-8 either, which terminals understand.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                encoding="utf-8" if _is_ascii_by_default(stream) else stream.encoding, errors="replace"
            )


def _is_ascii_by_default(stream: io.TextIOWrapper) -> bool:
    if os.environ.get("PYTHONIOENCODING") or codecs.lookup(stream.encoding).name != "ascii":
        return False
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    return next((name for name in names if name), "C") in ("C", "POSIX")


def can_show(text: str) -> bool:
    """Return whether both streams can show a text."""
    try:
        for stream in (sys.stdout, sys.stderr):
            text.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def shown_language(language: str) -> str:
    """Return the language that this console can show: the one that is wanted, or English."""
    return language if language == "en" or can_show("한글") else "en"


def stdout_look(*, plain: bool, course: Path | None = None) -> Look:
    """Return how to write to stdout."""
    return look_of(sys.stdout, os.environ, plain=plain, course="" if course is None else str(course))


def fill_closed_streams() -> None:
    """Point standard streams that are closed (`>&-`) at nothing; for stdout, writing then says so."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
    if sys.stdout is None:
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115 - a descriptor


class _Closed(io.StringIO):
    """Stands for a standard output that is not there."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        if text:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return 0


def out(text: str) -> None:
    """Write data at once.

    Raises:
        StoreError: The output is closed, or its device is full.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read it has seen enough
        raise
    except OSError as error:
        raise StoreError(
            tr("The output could not be written: {error}", error=error.strerror or error),
            hint=tr("Nothing was said, whatever the result was: write to another place and run it again"),
        ) from error


def err(text: str) -> None:
    """Write anything else; where that cannot be written, nobody can be told."""
    look = look_of(sys.stderr, os.environ)
    with contextlib.suppress(OSError):
        sys.stderr.write(look.fit(text))
        sys.stderr.flush()


def progress(text: str, *, plain: bool) -> None:
    """Write over the last line of a terminal; say nothing elsewhere. Empty text erases the line."""
    if sys.stderr.isatty() and not plain and os.environ.get("TERM") != "dumb":
        sys.stderr.write(_ERASE_LINE + " ".join(wrap(clean(text), 76)[:1]))
        sys.stderr.flush()


def status(mark: str, word: str, look: Look) -> str:
    """Return a table's cell for a state: with a mark to find it by, or the word alone for screen readers."""
    return word if look.plain else f"{mark} {word}"


def show_error(error: GraderError) -> None:
    """Write what is wrong and, after an empty line, what puts it right."""
    text = _labelled(tr("error"), error.message, _RED)
    if error.hint:
        text += "\n" + _labelled(tr("hint"), error.hint, _CYAN)
    err(text)


def show_no_korean() -> None:
    """Write, in the letters that there are, why the answers are not in Korean."""
    err(
        f"note: this console cannot show Korean (its encoding is {sys.stdout.encoding}): answering in English. "
        "With PYTHONIOENCODING=utf-8 it is Korean\n"
    )


def show_interrupted() -> None:
    """Write that the person stopped the program."""
    err("\n" + tr("Stopped") + "\n")


def show_bug(bug: BaseException) -> None:
    """Write the traceback of a fault of ours, and what to do with it."""
    from grader import __version__

    err("".join(traceback.format_exception(bug)) + "\n")
    version = f"grade {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    message = tr("This is a bug of the grader, not of your code ({version})", version=version)
    show_error(GraderError(message, hint=tr("Report it with the lines above; `grade doctor` may help")))


def _labelled(label: str, text: str, color: str) -> str:
    """Return a labelled sentence; on a terminal broken between words, elsewhere on one line."""
    look = look_of(sys.stderr, os.environ)
    said = f"{label}: {clean(text)}"
    if sys.stderr.isatty():
        said = "\n".join(wrap(said, look.width))
    return (f"{color}{label}:{_RESET}{said[len(label) + 1 :]}" if look.color else said) + "\n"
