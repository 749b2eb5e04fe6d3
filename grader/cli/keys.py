"""Keys without Enter: a thread that reads them one by one from a terminal, or as lines from anything else."""

from __future__ import annotations

import _thread
import codecs
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TextIO

KEYS = "hnlqc"
# The same keys on a keyboard that is switched to Korean.
_KOREAN = dict(zip("ㅗㅜㅣㅂㅊ", KEYS, strict=True))


@contextmanager
def reading_keys(put: Callable[[str], None]) -> Iterator[None]:
    """Call `put` with every key of ours that is pressed, while the block runs.

    `q` is put and interrupts the main thread too where that is busy, as Ctrl-C would.
    """
    stream = sys.stdin
    if stream is None or stream.closed:
        yield
        return
    if not stream.isatty():
        _start(_read_lines, stream, put)
        yield
        return
    if sys.platform == "win32":
        _start(_read_console, put)
        yield
        return
    import termios
    import tty

    fd = stream.fileno()
    before = termios.tcgetattr(fd)
    try:
        tty.setcbreak(fd)
        _start(_read_terminal, fd, put)
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)


def _start(target: Callable[..., None], *arguments: object) -> None:
    Thread(target=target, args=arguments, daemon=True, name="keys").start()


def key_of(letter: str) -> str:
    """Return the key that a letter stands for; empty if it is none of ours."""
    letter = _KOREAN.get(letter, letter.lower())
    return letter if letter and letter in KEYS else ""


def _read_terminal(fd: int, put: Callable[[str], None]) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    while True:
        try:
            data = os.read(fd, 64)
        except OSError:
            return
        if not data:
            return
        for letter in decoder.decode(data):
            _give(letter, put)


def _read_lines(stream: TextIO, put: Callable[[str], None]) -> None:
    try:
        for line in stream:
            _give(line.strip()[:1], put)
    except (OSError, ValueError):
        return


def _read_console(put: Callable[[str], None]) -> None:  # pragma: no cover - Windows
    import msvcrt

    while True:
        _give(msvcrt.getwch(), put)  # type: ignore[attr-defined,unused-ignore]


def _give(letter: str, put: Callable[[str], None]) -> None:
    key = key_of(letter)
    if key:
        put(key)


def leave_now() -> None:
    """Interrupt the main thread, which may be waiting for an endless loop."""
    _thread.interrupt_main()
