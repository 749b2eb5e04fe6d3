"""`%load_ext grader`: the magics of a notebook. Nothing of a course is loaded into the learner's kernel.

Theory of operation. The kernel is the learner's process, so it must not hold suites or solutions: a magic collects
the cells that ran and hands them to a process of its own (`grader.cli.notebook_child`), which grades them in a
worker of *its* own and answers with text and HTML. Cells are kept by their id where the front end tells it, so that a
cell which is run again replaces what it was.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# Nothing of the folder that the kernel runs in may be imported: it is the learner's.
_CODE = "import sys; sys.path.append(sys.argv.pop(1)); from grader.cli.notebook_child import main; main()"
_PACKAGE_PARENT = str(Path(__file__).resolve().parents[1])
_MAX_CELLS = 2000
_NOT_CODE = re.compile(
    r"^\s*(?:%(?:grade|hint|progress|load_ext)\b|#\s*grade: skip\b)"
)  # cells around the code


def load(shell: Any) -> None:  # noqa: ANN401 - IPython is not installed everywhere, so its types are not either
    """Register the magics in a running IPython shell."""
    Magics(shell).register()


class Magics:
    """The magics of one kernel."""

    def __init__(self, shell: Any) -> None:  # noqa: ANN401 - see `load`
        self._shell = shell
        self._cells: dict[object, tuple[int, str]] = {}  # for each cell its execution count and its text
        history = list(getattr(getattr(shell, "history_manager", None), "input_hist_raw", []))
        for count, source in enumerate(history):
            if count and source.strip():
                self._cells[count] = (count, source)

    def register(self) -> None:
        """Add the magics and listen to cells that run."""
        self._shell.events.register("post_run_cell", self._note)
        for name in ("grade", "hint", "progress"):
            self._shell.register_magic_function(
                self._magic(name), "line_cell" if name == "grade" else "line", name
            )

    def _note(self, result: Any) -> None:  # noqa: ANN401 - see `load`
        """Keep a cell that ran; one that is no Python was not run."""
        info = getattr(result, "info", None)
        source = getattr(info, "raw_cell", None)
        if not source or not getattr(info, "store_history", True):
            return
        if isinstance(getattr(result, "error_before_exec", None), SyntaxError):
            return
        count = int(getattr(self._shell, "execution_count", 1)) - 1
        key = getattr(info, "cell_id", None) or count
        self._cells.pop(key, None)
        self._cells[key] = (count, source)

    def _magic(self, name: str) -> Callable[..., None]:
        def magic(line: str = "", cell: str | None = None) -> None:
            self.run(name, line, cell)

        magic.__name__ = name
        magic.__doc__ = {
            "grade": "Grade an exercise: `%grade ex05`; `%%grade ex05` grades and runs the cell it heads.",
            "hint": "Show the next hint: `%hint ex05`.",
            "progress": "Show how far you have come: `%progress`.",
        }[name]
        return magic

    def run(self, name: str, line: str, cell: str | None = None) -> None:
        """Answer one magic."""
        words = shlex.split(line)
        request: dict[str, object] = {
            "do": name,
            "words": words,
            "cells": self._numbered(cell),
            "file": notebook_file(self._shell),
        }
        answer = ask(request)
        self._publish(answer)
        if cell is not None:
            self._shell.run_cell(cell, store_history=False)

    def _numbered(self, cell: str | None) -> list[str]:
        """Return the text of every cell at the place of its execution count, empty where there is none."""
        known = sorted(self._cells.values())[-_MAX_CELLS:]
        sources = [""] * max([count for count, _ in known], default=0)
        for count, source in known:
            sources[count - 1] = "" if _NOT_CODE.match(source) else source
        return sources if cell is None else [*sources, cell]

    def _publish(self, answer: dict[str, str]) -> None:
        from IPython.display import publish_display_data

        publish: Callable[[dict[str, str]], None] = publish_display_data
        publish({"text/html": answer["html"], "text/plain": answer["text"]})


def ask(request: dict[str, object]) -> dict[str, str]:
    """Return what the process of our own says to a request; it is killed where the kernel is interrupted."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-P", "-c", _CODE, _PACKAGE_PARENT],
        input=json.dumps(request).encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    try:
        answer = json.loads(done.stdout)
        return {"html": str(answer["html"]), "text": str(answer["text"])}
    except (ValueError, KeyError, TypeError):
        from html import escape

        said = done.stderr.decode("utf-8", "replace").strip() or f"exit status {done.returncode}"
        return {"html": f"<pre>{escape(said)}</pre>", "text": said}


def notebook_file(shell: Any) -> str | None:  # noqa: ANN401 - see `load`
    """Return the notebook's file where the front end tells it: VS Code, JupyterLab and its kin; else None."""
    told = shell.user_ns.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME") or ""
    for path in (Path(told), Path.cwd() / Path(told).name):
        if path.suffix == ".ipynb" and path.is_file():
            return str(path)
    return None
