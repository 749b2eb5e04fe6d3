"""A new learner at a terminal: from an empty folder to the second exercise solved, with every mistake on the way.

A real shell in a pseudo-terminal; its screen, as a terminal shows it, is kept after each command, in
`tests/golden/learner/`. After a change of a message `python -m pytest tests/test_learner_session.py --update-golden`
writes them anew: read the difference.
"""

import os
import re
import sys
import time
from pathlib import Path

import pexpect
import pyte
import pytest

from grader.course import find_course
from tests.test_cli import ROOT

GOLDEN = Path(__file__).parent / "golden" / "learner"
COLUMNS, LINES = 80, 130

READY = "the prompt is next"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a pseudo-terminal"),
]


class Terminal:
    """A shell behind an emulated screen."""

    def __init__(self, home, language):
        bin_folder = home / "bin"
        bin_folder.mkdir()
        script = bin_folder / "grade"
        script.write_text(
            f"#!/bin/sh\nexec {sys.executable} -P -c 'from grader.cli.main import main; main()' \"$@\"\n"
        )
        script.chmod(0o755)
        rc = home / "bashrc"
        rc.write_text(
            f"export PATH={bin_folder}:$PATH PYTHONPATH={ROOT} GRADE_LANG={language} LANG=C.UTF-8 HOME={home}\n"
            f"unset GRADE_COURSE LC_ALL NO_COLOR COLUMNS LINES; PS1='$ '; cd {home}\n"
            # A title is nothing that stands on a screen: it says that the prompt is next.
            f"PROMPT_COMMAND='printf \"\\033]2;{READY}\\007\"'\n"
        )
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._shell = pexpect.spawn(
            "bash",
            ["--noprofile", "--rcfile", str(rc), "-i"],
            dimensions=(LINES, COLUMNS),
            env={**os.environ, "TERM": "xterm-256color"},
            timeout=120,
        )
        self._wait()

    def _wait(self):
        self._shell.expect_exact(f"\x1b]2;{READY}\x07".encode())
        self._stream.feed(self._shell.before)

    def type(self, command, *, interrupt_after_s=None):
        """Type a command on a clear screen and return what stands there when the prompt is back."""
        self._shell.sendline("clear")
        self._wait()
        self._shell.sendline(command)
        if interrupt_after_s is not None:
            time.sleep(interrupt_after_s)
            self._shell.sendintr()
        self._wait()
        screen = "\n".join(line.rstrip() for line in self._screen.display).rstrip("\n")
        screen = screen[max(0, screen.rfind(f"$ {command}")) :]  # it may stand there twice
        lines = screen.splitlines()
        while lines and lines[-1] in ("$", ""):
            lines.pop()
        return "\n".join(line.rstrip() for line in lines) + "\n"

    def close(self):
        self._shell.close(force=True)


@pytest.fixture(params=["en", "ko"])
def terminal(request, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    opened = Terminal(home, request.param)
    yield opened, request.param, home
    opened.close()


def solution(exercise_id):
    return find_course(None, {}).exercise(exercise_id).solution.read_text("utf-8")


def normalised(screen):
    """Return a screen without what differs from run to run."""
    screen = re.sub(r"\d{4}-\d\d-\d\d(-\d{6})?", "DATE", screen)
    screen = re.sub(r"under 1 min|1분 미만|(\d+ h )?\d+ min|(\d+시간 )?\d+분", "TIME", screen)
    screen = re.sub(r" +TIME", "  TIME", screen)
    screen = re.sub(r"\d+\.\d+\.\d+", "VERSION", screen)
    screen = re.sub(r"\d+ further seeds|시드 \d+개", "N seeds", screen)
    return re.sub(r"[ \t]+$", "", screen, flags=re.MULTILINE)


def play(terminal, home, language):
    """Yield every command and its screen."""
    ex01, ex02 = home / "learn" / "ex01.py", home / "learn" / "ex02.py"
    right = solution("ex01")

    def step(command, **options):
        return command, terminal.type(command, **options)

    yield step("grade 2>&1 | tail -4")
    yield step("grade check ex01")  # the wrong folder
    yield step("grade init learn")
    yield step("grade check")  # still the wrong folder
    yield step("cd learn; grade")
    yield step("grade show ex01 | head -24")
    yield step("grade check")  # nothing written yet
    yield step("grade check ex77")  # a wrong id
    yield step("grade chek ex01")  # a wrong command
    yield step("grade check ex01 ex01.txt")  # a wrong file
    yield step("grade check ex01")  # the stub
    ex01.write_text(right[: right.index("def AND")] + "\ndef AND(x1, x2):\n    return perceptron(\n")
    yield step("grade check")  # half a file
    forbidden = "return (np.asarray(x) > 0).astype(int)"
    assert forbidden in right
    ex01.write_text(right.replace(forbidden, "import sklearn\n    return sklearn.step(x)"))
    yield step("grade check")  # an import that is not allowed
    endless = right.replace("def AND(x1, x2):", "def AND(x1, x2):\n    while True:\n        pass\n")
    ex01.write_text(endless)
    yield step("grade check", interrupt_after_s=3)  # an endless loop, and Ctrl-C
    if language == "en":  # once is enough: it takes its time limits
        ex01.write_text("def OR(x1, x2):\n    while True:\n        pass\n")
        yield step("grade check")
    ex01.write_text(right.replace("> 0", ">= 0"))
    yield step("grade check --no-shrink")  # a real mistake
    yield step("grade hint")
    yield step("grade solution ex01")  # too early
    yield step("grade")
    ex01.write_text(right)
    yield step("grade")
    yield step("grade check")  # the first exercise solved
    yield step("grade next")
    yield step("grade solution ex01 2>/dev/null | head -30")
    ex02.write_text("def XOR(x1, x2):\n    return x1 != x2\n")
    yield step("grade check")  # the other functions are missing
    yield step("grade reset ex02")
    ex02.write_text(solution("ex02"))
    yield step("grade check")  # the second exercise solved
    yield step("grade check --all")
    yield step("grade list")
    yield step("grade progress")


def test_from_an_empty_folder_to_the_second_exercise(terminal, request):
    opened, language, home = terminal
    screens = "".join(
        f"──── {command}\n{normalised(screen)}\n" for command, screen in play(opened, home, language)
    )
    golden = GOLDEN / f"{language}.txt"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(screens, "utf-8")
    assert screens.split("\n────") == golden.read_text("utf-8").split("\n────")
