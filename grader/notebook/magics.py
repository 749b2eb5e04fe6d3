"""What IPython adds to Python, taken out of a cell without moving a line: magics, shell lines and help."""

from __future__ import annotations

import re

# Cell magics whose cell is Python all the same.
_PYTHON_MAGICS = {"capture", "grade", "memit", "mprun", "lprun", "prun", "pypy", "python", "python3", "time"}
_WRITTEN = re.compile(r"%%(?:writefile|file)\s+(?:(?:-a|--append)\s+)?[\"']?[^\"']+\.py[\"']?\s*")
_TOKEN = re.compile(
    r"""#[^\n]*|'{3}|"{3}|'(?:\\.|[^'\\\n])*(?:'|\\?$)|"(?:\\.|[^"\\\n])*(?:"|\\?$)|[([{]|[)\]}]"""
)
_MAGIC = re.compile(r"\s*(?:[%!?]|pip3?\s+(?:un)?install\b|conda\s+install\b)")
_HELP = re.compile(r"\s*[\w.*\[\]'\"]+\?{1,2}\s*$")
_ASSIGNED = re.compile(r"(\s*[A-Za-z_][\w.,\s\[\]'\"]*=\s*)(?:[!]|%[A-Za-z_])")
_TIMED = re.compile(r"(\s*)%time\s+(?=\S)")


def without_magics(source: str, *, has_files: bool = True) -> str | None:
    """Return a cell's text without what only IPython understands, line by line; None if it is no Python.

    A line that is taken out becomes `pass`, so that the block around it stays whole.

    Args:
        source: The cell's text.
        has_files: Whether a cell that `%%writefile ex05.py` writes to a file counts as Python, too.
    """
    lines = source.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].startswith("%%"):
        name = re.match(r"%%(\w*)", lines[first])
        is_file = has_files and _WRITTEN.fullmatch(lines[first]) is not None
        if not is_file and (name is None or name[1] not in _PYTHON_MAGICS):
            return None
        lines[first] = ""
    state = _LineState()
    shell_goes_on = False
    for number, line in enumerate(lines):
        if shell_goes_on:
            shell_goes_on = line.rstrip().endswith("\\")
            lines[number] = ""
        elif state.begins_statement and (replaced := _replaced(line)) is not None:
            shell_goes_on = line.rstrip().endswith("\\")
            lines[number] = replaced
        else:
            state.read(line)
    return "\n".join(lines)


def _replaced(line: str) -> str | None:
    """Return what stands for a line that only IPython understands; None for a line of Python."""
    timed = _TIMED.match(line)
    if timed:
        return timed[1] + line[timed.end() :]
    if _MAGIC.match(line) or _HELP.match(line):
        return line[: len(line) - len(line.lstrip())] + "pass"
    assigned = _ASSIGNED.match(line)
    return assigned[1] + "None" if assigned else None


class _LineState:
    """Where in Python's grammar a line begins: within brackets or a long string, or with a statement."""

    def __init__(self) -> None:
        self._quotes = ""
        self._depth = 0
        self._goes_on = False

    @property
    def begins_statement(self) -> bool:
        """Whether the next line does."""
        return not (self._quotes or self._depth or self._goes_on)

    def read(self, line: str) -> None:
        """Read one line of Python."""
        position = 0
        while position < len(line):
            if self._quotes:
                end = _end_of_string(line, position, self._quotes)
                if end is None:
                    break
                position, self._quotes = end, ""
                continue
            match = _TOKEN.search(line, position)
            if match is None:
                break
            found, position = match[0], match.end()
            if found in ("'''", '"""'):
                self._quotes = found
            elif found in "([{":
                self._depth += 1
            elif found in ")]}":
                self._depth = max(0, self._depth - 1)
        self._goes_on = not self._quotes and line.endswith("\\")


def _end_of_string(line: str, position: int, quotes: str) -> int | None:
    """Return where the long string ends that is open at `position`."""
    while True:
        found = line.find(quotes, position)
        if found < 0:
            return None
        before = found
        while before > position and line[before - 1] == "\\":
            before -= 1
        if (found - before) % 2 == 0:
            return found + len(quotes)
        position = found + 1
