"""Names that people and platforms give: one spelling of each, and what they say about the exercise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from grader.exercise_checks import split_id

MAX_KEY = 100
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
_JUNK_FOLDERS = {
    "__macosx",
    ".git",
    ".github",
    ".idea",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".pytest_cache",
    ".venv",
    ".vscode",
    "__pycache__",
    "node_modules",
    "site-packages",
    "venv",
}
_JUNK_FILES = {".ds_store", "thumbs.db", "desktop.ini", ".gitignore", ".gitattributes", ".gitkeep"}
_COPY = re.compile(
    r"[\s_]*\((?P<browser>\d{1,3})\)$|-(?P<dash>\d{1,2})$|(?P<word>[\s_\-]+(?:final|fixed|new|v\d+|copy|최종|수정|완성|진짜)\w*)$"
    r"|[\s_\-]*(?P<korean>사본|복사본)$",
    re.IGNORECASE,
)


def composed(name: str) -> str:
    """Return a name in composed Unicode (NFC): what a Mac and what Windows write are one."""
    return unicodedata.normalize("NFC", name)


def key_of(name: str) -> str:
    """Return a name as a key: composed, one line, fit to name a folder."""
    key = _UNSAFE.sub(" ", composed(name))
    key = " ".join(key.split()).strip(". ")[:MAX_KEY].strip(". ")
    if not key or is_device(key):
        return f"_{key}"
    return key


def is_device(name: str) -> bool:
    """Return whether a name means a device on Windows, such as `nul.py`."""
    return name.partition(".")[0].strip().casefold() in _DEVICES


def is_junk(parts: Sequence[str]) -> bool:
    """Return whether a path is what systems and tools leave behind."""
    *folders, name = parts
    if any(folder.casefold() in _JUNK_FOLDERS for folder in folders):
        return True
    return name.casefold() in _JUNK_FILES or name.startswith(("._", "~$"))


def same_name(name: str) -> str:
    """Return a person's name without what platforms change in it: case, spaces, punctuation."""
    folded = composed(name).casefold()
    return folded if folded.isalnum() else "".join(char for char in folded if char.isalnum())


def spellings(name: str) -> tuple[str, ...]:
    """Return `same_name` of a name as it stands, and with the family name first and last."""
    words = [same_name(word) for word in composed(name).replace(",", " ").split()]
    if len(words) < 2:
        return ("".join(words),)
    turned = (words, words[-1:] + words[:-1], words[1:] + words[:1])
    return tuple(dict.fromkeys("".join(order) for order in turned))


def copy_rank(stem: str) -> int:
    """Return how late a file looks by its name: 0 for `ex05`, 2 for `ex05 (2)`, 1000 for `ex05-final`."""
    match = _COPY.search(stem)
    if match is None:
        return 0
    number = match["browser"] or match["dash"]
    return int(number) if number else 1000


class ExerciseNames:
    """Finds the exercise that a file's or folder's name names.

    Args:
        ids: Of the exercises that are graded.
    """

    def __init__(self, ids: Iterable[str]) -> None:
        self._patterns = {exercise_id: _pattern(exercise_id) for exercise_id in ids}
        letters = sorted({re.escape(split_id(one)[0]) for one in self._patterns if split_id(one)[0]})
        self._others = (
            re.compile(rf"(?<![^\W\d_])(?:{'|'.join(letters)})[\s_\-]*0*(\d{{1,3}})(?!\d)", re.IGNORECASE)
            if letters
            else None
        )

    def find(self, name: str) -> str | None:
        """Return the graded exercise that stands first in `name`; None if none does."""
        found = [
            (match.start(), exercise_id)
            for exercise_id, pattern in self._patterns.items()
            if (match := pattern.search(composed(name)))
        ]
        return min(found)[1] if found else None

    def names_another(self, name: str) -> str:
        """Return what `name` says if it names an exercise that is not graded; empty if it does not."""
        match = self._others.search(composed(name)) if self._others else None
        return match[0] if match and self.find(name) is None else ""

    def without(self, stem: str) -> tuple[str, str] | None:
        """Return exercise and rest of `ex05_kim` and `kim-ex05`; None where either is missing."""
        text = composed(stem)
        exercise_id = self.find(text)
        if exercise_id is None:
            return None
        match = self._patterns[exercise_id].search(text)
        if match is None:
            return None
        before, after = text[: match.start()].strip(" _-."), text[match.end() :]
        if not before and _COPY.fullmatch(after):  # `ex05 (1)` is nobody's name
            return None
        has_gap = not after or after[0] in " _-."
        rest = before or after.strip(" _-.")
        return (exercise_id, rest) if rest and has_gap else None


def _pattern(exercise_id: str) -> re.Pattern[str]:
    letters, number = split_id(exercise_id)
    if not number:
        return re.compile(rf"(?<![^\W_]){re.escape(exercise_id)}(?![^\W_])", re.IGNORECASE)
    words = "|".join(re.escape(word) for word in (letters, "exercise", "연습문제") if word)
    return re.compile(rf"(?<![^\W\d_])(?:{words})[\s_\-]*0*{number}(?!\d)", re.IGNORECASE)
