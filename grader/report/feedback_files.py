"""Feedback files: `OUT/feedback/<student>/ex05.json`, `.md` and `.html`, what one learner may read.

Theory of operation. `write_feedback` is called for every result of a batch, in a worker process: it makes the
data once (`feedback_data`), renders Markdown and HTML from it, and puts each file into place in one step, so
that a reader never sees half of one. Every text is data here: cleaned of controls and escape sequences, escaped
by jinja2 in HTML, and in Markdown either fenced or with its punctuation escaped.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.errors import StoreError
from grader.intake.records import Student
from grader.language import tr
from grader.made_once import MadeOnce
from grader.report.clean import clean, one_line
from grader.report.feedback_data import (
    NOT_READ,
    Data,
    Occasion,
    Unreadable,
    feedback_data,
    unreadable_data,
)
from grader.report.page_templates import page
from grader.report.wording import number
from grader.verdicts import Report

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

FOLDER = "feedback"
SUFFIXES = (".json", ".md", ".html")
_MANY = 2048  # titles and hints are the same for a whole class
_FEW = 64  # whole tables of cases
Told = tuple[str, str, str, str, str]  # what a table says of a case: mark, verdict, its word, title, points
_PUNCTUATION = re.compile(
    r"[\\`*_{}\[\]<>#|~@]|:(?=/)|(?<=www)\.|^[-+=](?=\s|$)|(?<=^\d)[.)](?=\s)|(?<=^\d\d)[.)](?=\s)"
)
_WRONG = re.compile(r"≠\S+")
_CODE = re.compile(r"`([^`\n]+)`")
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def write_feedback(
    report: Report, members: Sequence[Student], out: Path, *, now: datetime, occasion: Occasion | None = None
) -> tuple[Path, ...]:
    """Write what each member may read about one submission, in the active language.

    Args:
        report: What the grader found, with everything that it knows.
        members: Who handed it in: one person, or a group.
        out: The batch's folder; the files go to `out/feedback/<student>/`.
        now: When this is written; opens cases that are visible after a date.
        occasion: Title, dates and mark; see `Occasion`.

    Returns:
        The files, three for each member.

    Raises:
        StoreError: A file could not be written.
    """
    texts = feedback_texts(report, members, now=now, occasion=occasion or Occasion())
    return tuple(
        path for member in members for path in put_feedback(texts, out, member.key, report.exercise_id)
    )


def feedback_texts(
    report: Report, members: Sequence[Student], *, now: datetime, occasion: Occasion
) -> dict[str, str]:
    """Return the text of each file, by its suffix."""
    return _texts(feedback_data(report, members, now=now, occasion=occasion))


def write_unreadable(
    found: Unreadable, members: Sequence[Student], out: Path, *, now: datetime, occasion: Occasion
) -> None:
    """Write for each member what was wrong with a file that could not be graded, and what to hand in.

    Where an earlier file was graded its mark stands, and so does its feedback: a note in it says what happened.

    Raises:
        StoreError: A file could not be written.
    """
    data = unreadable_data(found, members, now=now, occasion=occasion)
    note = tr("What was handed in last could not be graded, and the earlier file counts: {reason}",
              reason=one_line(found.message))  # fmt: skip
    for member in members:
        earlier = _written(out, member.key, found.exercise.id)
        if earlier is not None and earlier["verdict"] == NOT_READ and earlier["problem"] == data["problem"]:
            continue  # it says so already
        if earlier is None or earlier["verdict"] == NOT_READ:
            put_feedback(_texts(data), out, member.key, found.exercise.id)
        elif note not in earlier["notes"]:
            earlier["notes"].append(note)
            put_feedback(_texts(earlier), out, member.key, found.exercise.id)


def forget_partner(out: Path, student_key: str, exercise_id: str, names: Sequence[str]) -> None:
    """Take somebody out of the feedback of one they worked with; nothing where they are not named in it.

    Raises:
        StoreError: A file could not be written.
    """
    data = _written(out, student_key, exercise_id)
    if data is None:
        return
    left = [name for name in data["students"] if name not in names]
    if left != data["students"]:
        data["students"] = left
        put_feedback(_texts(data), out, student_key, exercise_id)


def _written(out: Path, student_key: str, exercise_id: str) -> Data | None:
    """Return what a student's files say; None where there are none of ours."""
    try:
        data = json.loads((student_folder(out, student_key) / f"{exercise_id}.json").read_text("utf-8"))
        return data if {"verdict", "mark", "notes", "cases", "students"} <= data.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


def change_mark(
    out: Path, student_key: str, exercise_id: str, *, mark: float | None, reasons: Sequence[str]
) -> tuple[Path, ...]:
    """Write a student's files again with another mark; nothing where there are none or they say it already.

    Raises:
        StoreError: The JSON file is not one of ours, or a file could not be written.
    """
    folder = student_folder(out, student_key)
    path = folder / f"{exercise_id}.json"
    if not path.is_file():
        return ()
    try:
        data = json.loads(path.read_text("utf-8"))
        said = [one_line(reason) for reason in reasons]
        if (data["mark"], data["reasons"]) == (mark, said):
            return ()
        data["mark"], data["reasons"] = mark, said
        return put_feedback(_texts(data), out, student_key, exercise_id)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            tr("`{path}` is no feedback that this program wrote: {error}", path=path, error=error),
            hint=tr("Delete it; the next `grade batch` writes it again"),
        ) from error


def student_folder(out: Path, student_key: str) -> Path:
    """Return the folder of one student: their key, made fit for every file system."""
    return out / FOLDER / fit_name(student_key)


def fit_name(text: str) -> str:
    """Return `text` as one name of a file or folder."""
    return _UNFIT.sub("_", text).strip(" .") or "_"


def _texts(data: Data) -> dict[str, str]:
    return {
        ".json": json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n",
        ".md": to_markdown(data),
        ".html": to_html(data),
    }


def put_feedback(texts: Mapping[str, str], out: Path, student_key: str, exercise_id: str) -> tuple[Path, ...]:
    """Put one student's files into place.

    Raises:
        StoreError: A file could not be written.
    """
    folder = student_folder(out, student_key)
    paths: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for suffix, text in texts.items():
            paths.append(folder / f"{exercise_id}{suffix}")
            _put(paths[-1], text)
    except OSError as error:
        raise StoreError(
            tr("Feedback cannot be written: {error}", error=error),
            hint=tr("Make room or name another folder with `--out DIR`, then run the same command again"),
        ) from error
    return tuple(paths)


def _put(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(text.encode("utf-8", "replace"))
    beside.replace(path)


# --- HTML ----------------------------------------------------------------------------------------------------


def to_html(data: Data) -> str:
    """Return the page: one file, without scripts and without anything from elsewhere."""
    labels = {
        "explained": tr("What to look at"),
        "notes": tr("Notes"),
        "cases": tr("Cases"),
        "next": tr("next"),
        "hint": tr("hint"),
    }
    rows = _rows(_told_of(data["cases"]))
    return _page().render(
        data=data, points=points(data), explained=_explained(data), labels=labels, rows=rows
    )


def _explained(data: Data) -> list[Data]:
    """Return the cases that did not pass and about which there is something to say."""
    return [
        case for case in data["cases"] if case["verdict"] != "passed" and (case["blocks"] or case["hint"])
    ]


@lru_cache(maxsize=1)
def _page() -> Template:
    return page("feedback.html", pointed=_pointed, prose=_prose, moment=moment)


@lru_cache(maxsize=_FEW)
def _rows(cases: tuple[Told, ...]) -> Markup:
    """Return the table's rows; half a class has the same."""
    from markupsafe import Markup

    row = Markup('<tr><td class="{}">{} {}</td><td>{}</td><td>{}</td></tr>')
    return Markup("\n").join(
        row.format(verdict, mark, word, _prose(title), earned) for mark, verdict, word, title, earned in cases
    )


def _pointed(text: str) -> Markup:
    """Return a picture with every wrong cell marked for the eye, everything escaped."""
    from markupsafe import Markup, escape

    parts = _WRONG.split(text)
    cells = [Markup("<b>{}</b>").format(cell) for cell in _WRONG.findall(text)]
    return Markup("").join(
        part for pair in zip(map(escape, parts), [*cells, Markup("")], strict=True) for part in pair
    )


@lru_cache(maxsize=_MANY)
def _prose(text: str) -> Markup:
    """Return a sentence with its `names` set as code, everything escaped."""
    from markupsafe import Markup, escape

    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just before


# --- Markdown ------------------------------------------------------------------------------------------------


def to_markdown(data: Data) -> str:
    """Return the same as Markdown, which any renderer shows as text: no markup of the learner's survives."""
    title = f"{data['exercise']} · {data['title']}" if data["title"] else data["exercise"]
    note, hint, step = tr("note"), tr("hint"), tr("next")
    case_label, points_label = tr("Case"), tr("Points")
    lines = [f"# {_inline(title)}", "", f"**{_inline(points(data))}**", ""]
    lines += [f"- {_inline(reason)}" for reason in data["reasons"]]
    facts = [", ".join(data["students"]), data["submission"]["path"], moment(data["submitted_at"])]
    lines += [f"- {_inline(fact)}" for fact in facts if fact]
    lines += ["", *_blocks(data["problem"])]
    lines += [f"- {note}: {_inline(text)}" for text in data["notes"]]
    for case in _explained(data):
        lines += ["", f"## {case['mark']} {_inline(case['title'])}", "", *_blocks(case["blocks"])]
        lines += [f"**{hint}:** {_inline(case['hint'])}", ""] if case["hint"] else []
    if data["cases"]:
        lines += ["", f"## {_inline(tr('Cases'))}"]
        lines += ["", f"| | {case_label} | {points_label} |", "|---|---|---:|"]
    lines += _lines_of_table(_told_of(data["cases"]))
    lines += ["", _inline(data["footnote"])] if data["footnote"] else []
    lines += ["", f"**{step}:** {_inline(data['next'])}", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _told(case: Data) -> Told:
    return (
        case["mark"],
        case["verdict"],
        case["word"],
        case["title"],
        _earned(case["points"], case["max_points"]),
    )


def _all_told(cases: list[Data]) -> tuple[Told, ...]:
    return tuple(map(_told, cases))


def _is_common(cases: list[Data]) -> bool:
    return not any(case["blocks"] for case in cases)


_told_of = MadeOnce[list[Data], tuple[Told, ...]](_all_told, is_kept=_is_common)


@lru_cache(maxsize=_MANY)
def _earned(points: float | None, max_points: float) -> str:
    return f"{number(points)} / {number(max_points)}"


@lru_cache(maxsize=_FEW)
def _lines_of_table(cases: tuple[Told, ...]) -> tuple[str, ...]:
    return tuple(
        f"| {mark} {_inline(word)} | {_inline(title)} | {earned} |" for mark, _, word, title, earned in cases
    )


def points(data: Data) -> str:
    """Return the mark as a phrase."""
    if data["mark"] is None:
        return tr("no score")
    return tr("{score} / {max_score} points", score=number(data["mark"]), max_score=number(data["max_score"]))


def moment(iso: str | None) -> str:
    """Return a moment for people: to the minute; empty where there is none."""
    return "" if iso is None else f"{iso[:10]} {iso[11:16]}"


def _blocks(blocks: Iterable[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if block["label"]:
            lines += [f"{_inline(block['label'])}:", ""]
        longest = max((len(run) for run in re.findall("`+", block["text"])), default=0)
        fence = "`" * max(3, longest + 1)
        lines += [f"{fence}text", *clean(block["text"]).splitlines(), fence, ""]
    return lines


@lru_cache(maxsize=_MANY)
def _inline(text: str) -> str:
    """Return one line in which nothing means anything to Markdown or HTML but `code` in single backticks."""
    pieces = _CODE.split(one_line(text))  # plain text and code in turn
    return "".join(
        f"`{piece.replace('|', chr(92) + '|')}`" if position % 2 else _escaped(piece)
        for position, piece in enumerate(pieces)
    )


def _escaped(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\g<0>", text.replace("&", "&amp;")).replace("\\<", "&lt;")
