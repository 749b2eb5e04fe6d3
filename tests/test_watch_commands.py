"""`grade watch` in a real terminal, with real saves and keys, and through a pipe."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

from grader.attempts import Attempt
from grader.cli.keys import key_of
from grader.progress import attempts_in
from tests.test_cli import RIGHT, ROOT, WRONG

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal that a test can drive")
GRADE = [sys.executable, "-c", "from grader.cli.main import main; main()"]


@pytest.fixture
def learn(make_course, tmp_path):
    """A workspace and the environment of a terminal in it."""
    env = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "PYTHONPATH": str(ROOT),
        "GRADE_COURSE": str(make_course()),
        "LANG": "C.UTF-8",
        "TERM": "xterm",
    }
    folder = tmp_path / "learn"
    subprocess.run([*GRADE, "init", str(folder)], env=env, check=True, capture_output=True)
    return folder, env


def start(learn, *arguments):
    folder, env = learn
    return pexpect.spawn(
        GRADE[0],
        [*GRADE[1:], "watch", *arguments],
        cwd=str(folder),
        env=env,
        encoding="utf-8",
        timeout=30,
        dimensions=(40, 80),
    )


def kept(folder: Path) -> tuple[Attempt, ...]:
    return attempts_in(folder / ".grade", course="course")


def test_saves_and_keys_in_a_terminal(learn):
    folder, _ = learn
    terminal = start(learn)
    terminal.expect("Write the functions in `ex99.py` and save")
    terminal.expect("waiting for a save")
    (folder / "ex99.py").write_text(WRONG)
    terminal.expect("4 / 10 points")
    terminal.expect("h hint")
    terminal.send("h")
    terminal.expect("What is twice 3")
    terminal.send("ㅣ")  # the key of `l` on a Korean keyboard
    terminal.expect("begun")
    temporary = folder / "ex99.py~"
    temporary.write_text("def double(x:\n")
    temporary.replace(folder / "ex99.py")
    terminal.expect("SyntaxError")
    (folder / "ex99.py").unlink()
    terminal.expect("ex99.py is gone")
    (folder / "ex99.py").write_text(RIGHT)
    terminal.expect("10 / 10 points")
    terminal.expect("ex99 is done")
    terminal.expect("Nothing is left to go on to")
    terminal.send("q")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert [attempt.score for attempt in kept(folder)] == [4.0, 0.0, 10.0]


def test_ctrl_c_leaves_with_the_terminal_as_it_was(learn):
    folder, env = learn
    shell = pexpect.spawn("/bin/sh", cwd=str(folder), env={**env, "PS1": "$ "}, encoding="utf-8", timeout=30)
    command = f"{GRADE[0]} -c '{GRADE[2]}' watch ex99"
    shell.sendline(f'before=$(stty -g); {command}; test "$before" = "$(stty -g)" && echo same-$((1+1))')
    shell.expect("waiting for a save")
    shell.sendcontrol("c")
    shell.expect("same-2")
    shell.close()


def test_q_leaves_an_endless_loop(learn):
    folder, _ = learn
    (folder / "ex99.py").write_text(RIGHT.replace("return np.asarray(x) * 2.0", "while True: pass"))
    terminal = start(learn, "ex99")
    terminal.expect("checking ex99.py")
    time.sleep(0.5)
    started = time.monotonic()
    terminal.send("q")
    terminal.expect(pexpect.EOF)
    assert time.monotonic() - started < 4
    terminal.close()


def test_without_a_terminal_plain_lines_do(learn):
    folder, env = learn
    with subprocess.Popen(
        [*GRADE, "watch", "--plain"],
        cwd=folder,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        bufsize=1,
    ) as process:
        lines = iter(process.stdout.readline, "")

        def until(wanted):
            found = next((line for line in lines if wanted in line), None)
            assert found is not None, wanted

        until("h hint")
        time.sleep(0.5)
        (folder / "ex99.py").write_text(WRONG)
        until("Score: 4 / 10 points")
        process.stdin.write("h\n")
        until("Hint: What is twice 3?")
        process.stdin.write("q\n")
        process.stdin.flush()
        rest = "".join(lines)
        assert "\x1b" not in rest
    assert process.returncode == 0


def test_a_wrong_place_is_said(learn, tmp_path):
    _, env = learn
    done = subprocess.run(
        [*GRADE, "watch"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 2
    assert "cd learn" in done.stderr


def test_keys_are_those_of_both_keyboards():
    assert [key_of(letter) for letter in "hNqㅗㅜㅂx"] == ["h", "n", "q", "h", "n", "q", ""]
    assert key_of("") == ""
