"""Nothing leaves the machine: no telemetry, no look for updates, no address but the one named with `--cluster`."""

import ast
import subprocess
import sys

import pytest

from grader.sandbox.start import can_fork
from tests.test_architecture import MODULES, ROOT

NETWORK = {
    *(
        "aiohttp",
        "asyncio",
        "ftplib",
        "http",
        "httpx",
        "imaplib",
        "poplib",
        "requests",
        "smtplib",
        "socketserver",
    ),
    *("ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "xmlrpc"),
}
# A pair of sockets between the grader and its workers; a probe whether Dask's port answers.
WITH_SOCKETS = {
    "batch/executors.py",
    *(f"sandbox/{name}.py" for name in ("channel", "launch", "start", "worker")),
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_can_reach_the_network(path):
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    assert not names & NETWORK
    assert "socket" not in names or path.relative_to(ROOT / "grader").as_posix() in WITH_SOCKETS


TERM = """
import socket, sys
seen = []

def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        seen.append((event, arguments[0]))
    if event == "socket.connect" and arguments[0].family != socket.AF_UNIX:
        seen.append((event, arguments[1]))

sys.addaudithook(watch)
from grader.cli.main import run
course, folder, out, *jail = sys.argv[1:]
given = ["--course", course]
for command in (
    ["batch", folder, "--exercise", "ex99", "--out", out, "--workers", "1", "--quiet", *jail],
    ["report", out],
    ["export", out, "--to", "csv"],
    ["export", out, "--to", "gradescope"],
    ["feedback", out, "--published"],
    ["override", "ann", "ex99", "--points", "7", "--reason", "x", "--out", out],
    ["replay", out, "ann", "ex99", "--for-student", *jail],
    ["regrade", out, "--workers", "1", *jail],
    ["purge", out, "ann", "--yes"],
):
    code = run([*given, *command])
    assert code == 0, (command, code)
print("ADDRESSES", seen)
"""


def test_a_term_of_commands_asks_for_no_address(make_course, tmp_path):
    course = make_course()
    (tmp_path / "class" / "ann").mkdir(parents=True)
    source = (course / "solutions" / "ex99_doubling" / "ex99.py").read_text("utf-8")
    (tmp_path / "class" / "ann" / "ex99.py").write_text(source, "utf-8")
    script = tmp_path / "term.py"
    script.write_text("if __name__ == '__main__':\n    " + TERM.strip().replace("\n", "\n    "), "utf-8")
    jail = [] if can_fork() else ["--unsafe-no-jail"]
    done = subprocess.run(
        [sys.executable, script, course, tmp_path / "class", tmp_path / "out", *jail],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert "ADDRESSES []" in done.stdout, done.stdout[-500:] + done.stderr[-1500:]
