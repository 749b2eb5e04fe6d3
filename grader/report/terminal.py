"""Results and tables for a terminal: the only module that draws with rich.

Everything is drawn into a string, in the width and with the symbols that `Look` allows; who calls decides
where it goes. Text of a submission is cleaned and becomes `rich.text.Text`, never markup.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from grader.language import tr
from grader.report import arrays, pictures, wording
from grader.report.clean import clean, one_line, width
from grader.report.look import Look
from grader.verdicts import CaseDetail, CaseResult, Report, Verdict

if TYPE_CHECKING:
    from grader.verdicts import Mismatch

NUM_DETAILS = 3  # failed cases that are explained at once: more at a time is read by nobody
_MAX_PRINTED = 5  # lines of a submission's own output under a case
_BAR = 20
_EMPTY_LINES = re.compile(r"\n(\s*\n){2,}")
_INDENT = 2
_LEAST_WIDTH = 16  # of a table's column that wraps

_STYLES = {
    Verdict.PASSED: "green",
    Verdict.FAILED: "red",
    Verdict.RUNTIME_ERROR: "red",
    Verdict.TIME_LIMIT: "red",
    Verdict.MEMORY_LIMIT: "red",
    Verdict.NOT_ATTEMPTED: "yellow",
    Verdict.BLOCKED: "dim",
    Verdict.GRADER_ERROR: "magenta",
}
_MARK_STYLES = {"✓ ": "green", "✗ ": "bold red", "· ": "dim"}
_THEME = Theme(  # rich's own statements shout: magenta headings, code on black
    {
        "markdown.code": "cyan",
        "markdown.h2": "bold",
        "markdown.h3": "bold",
        "markdown.table.header": "bold",
        "markdown.table.border": "dim",
        "markdown.item.bullet": "dim",
    }
)
_ROLES = {
    arrays.Role.TEXT: "",
    arrays.Role.LABEL: "dim",
    arrays.Role.WRONG: "bold red",
    arrays.Role.SLIGHT: "blue",
    arrays.Role.SMALL: "magenta",
    arrays.Role.LARGE: "red",
    arrays.Role.LARGEST: "bright_yellow",
}


def draw(parts: Iterable[RenderableType], look: Look) -> str:
    """Return `parts` one below the other as text, without trailing spaces."""
    console = Console(
        file=io.StringIO(),
        width=look.width,
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        no_color=not look.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        theme=_THEME,
    )
    with console.capture() as capture:
        console.print(*parts, sep="\n")
    lines = (line.rstrip() for line in capture.get().splitlines())
    return look.fit("\n".join(lines)) + "\n"


def result(
    report: Report,
    *,
    title: str,
    look: Look,
    num_details: int = NUM_DETAILS,
    only_failed: bool = False,
    is_for_teacher: bool = False,
) -> str:
    """Return the screen of one result.

    Args:
        report: What the grader found.
        title: The exercise's title.
        look: What the terminal can show.
        num_details: How many failed cases to explain.
        only_failed: Whether to leave out the lines of the cases that passed, all but the first that did not, and
            what to do next: for a screen that lives on.
        is_for_teacher: Whether what to do next is left out: it is said to learners.
    """
    cases = wording.shown_cases(report, only_failed=only_failed)
    parts: list[RenderableType] = [*_header(report, title), ""]
    if report.problem is not None:
        parts += [*_problem(report.problem), ""]
    if wording.is_nothing_run(report):
        parts += [_prose(wording.nothing_run(report)), ""]
    parts += [_cases(cases), ""] if cases else []
    parts += _notes(wording.notes(report))
    parts += _details(report, look, num_details)
    footer = _footer(report, look)
    parts += footer[:-1] if only_failed or is_for_teacher else footer
    return draw(parts, look)


def extra_seed(report: Report, *, look: Look) -> str:
    """Return the screen of a failure that only another seed showed."""
    parts: list[RenderableType] = ["", Text(wording.seed_failure(report), style="bold red"), ""]
    parts += _details(report, look, 1)
    parts.append(_next(wording.seed_step(report, look)))
    return draw(parts, look)


def hint(title: str, place: str, text: str, next_step: str, *, look: Look) -> str:
    """Return the screen of one hint.

    Args:
        title: The exercise's id and title.
        place: Which hint it is; may be empty.
        text: The hint.
        next_step: What to do now.
        look: What the terminal can show.
    """
    parts: list[RenderableType] = [Text(clean(title), style="bold cyan")]
    parts += [Text(one_line(place), style="dim")] if place else []
    parts += ["", _indented(_prose(text)), "", _next(next_step)]
    return draw(parts, look)


def facts(pairs: Sequence[tuple[str, str]], *, look: Look) -> str:
    """Return facts one below the other, each with its label."""
    return draw([_labelled([(label, Text(clean(text))) for label, text in pairs], "bold")], look)


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, look: Look) -> str:
    """Return a table without lines; where the room ends, the widest column wraps and the others do not."""
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    widths = [max(width(cell) for cell in column) for column in zip(headers, *rows, strict=True)]
    widest = widths.index(max(widths))
    has_room = sum(widths) - widths[widest] + 2 * len(widths) <= look.width - _LEAST_WIDTH
    for column, header in enumerate(headers):
        drawn.add_column(header, no_wrap=has_room and column != widest, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(one_line(cell), style=_MARK_STYLES.get(cell[:2], "")) for cell in row))
    return draw([drawn], look)


def statement(markdown: str, *, look: Look) -> str:
    """Return an exercise's statement, written in Markdown, as text for the terminal."""
    from rich.markdown import Markdown

    first, _, rest = clean(markdown).lstrip().partition("\n")
    if not first.startswith("# "):
        first, rest = "", f"{first}\n{rest}"
    title: list[RenderableType] = [Text(first[2:].strip(), style="bold cyan"), ""] if first else []
    text = draw([*title, Markdown(rest, code_theme="ansi_dark", hyperlinks=False)], look)
    return _EMPTY_LINES.sub("\n\n", text)


def _header(report: Report, title: str) -> list[RenderableType]:
    name = Text.assemble((report.exercise_id, "bold cyan"), "  ", (one_line(title), "bold"))
    source = Text(one_line(report.path) + " · " + tr("seed {seed}", seed=report.seed), style="dim")
    return [name, source]


def _problem(problem: CaseDetail) -> list[RenderableType]:
    parts: list[RenderableType] = [Text(tr("Problem"), style="bold red")]
    parts += [_indented(_prose(problem.exception, "bold"))] if problem.exception else []
    parts += [_indented(_prose(note)) for note in problem.notes]
    parts += _frames(problem)
    parts += _printed(problem.output)
    return parts


def _cases(cases: Sequence[CaseResult]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_column(no_wrap=True, justify="right")
    for case in cases:
        style = _STYLES[case.verdict]
        word = Text(f"{wording.MARKS[case.verdict]} {wording.verdict_word(case.verdict)}", style=style)
        points = f"{wording.number(case.points)} / {wording.number(case.max_points)}"
        title_style = "dim" if case.verdict is Verdict.BLOCKED else ""
        grid.add_row(word, Text(one_line(case.title), style=title_style), Text(points, style=style))
    return grid


def _notes(notes: Sequence[str]) -> list[RenderableType]:
    if not notes:
        return []
    return [*(_labelled([(tr("note"), Text(note))], "yellow") for note in notes), ""]


def _details(report: Report, look: Look, num_details: int) -> list[RenderableType]:
    cases, num_more = wording.explained(report, num_details)
    parts: list[RenderableType] = []
    shown_hints: set[str] = set()
    for case in cases:
        parts += [*_case(case, look, shown_hints), ""]
    if num_more > 0:
        parts += [
            Text(
                tr("further failed cases: {num}; often they have the same cause", num=num_more), style="dim"
            ),
            "",
        ]
    return parts


def _case(case: CaseResult, look: Look, shown_hints: set[str]) -> list[RenderableType]:
    detail = case.detail
    heading = Text.assemble(
        (f"{wording.MARKS[case.verdict]} ", _STYLES[case.verdict]), (one_line(case.title), "bold")
    )
    parts: list[RenderableType] = [heading]
    message = wording.shortened(case.message)
    if message:
        parts.append(_indented(_prose(message)))
    if detail.exception and one_line(detail.exception) not in one_line(message):
        parts.append(_indented(_prose(detail.exception, "red")))
    if detail.call:
        parts += [
            "",
            _indented(_labelled([(tr("call"), Text(clean(wording.shortened(detail.call))))], "dim")),
        ]
    if detail.mismatch is not None:
        parts += _mismatch(detail.mismatch, look)
        parts += _focus(detail, detail.mismatch, look)
    if detail.frames:
        parts += ["", *_frames(detail)]
    parts += _printed(detail.output)
    if detail.notes:
        parts += [
            "",
            _indented(_labelled([(tr("note"), Text(one_line(note))) for note in detail.notes], "yellow")),
        ]
    if case.hint:
        is_new = case.hint not in shown_hints
        hint = Text(clean(case.hint) if is_new else tr("the same as above"))
        if case.mistake and is_new:
            hint.append(f"\n({wording.proof()})", style="dim")
        shown_hints.add(case.hint)
        style = "bold magenta" if case.mistake else "bold cyan"
        parts += ["", _indented(_labelled([(wording.hint_label(case), hint)], style))]
    return parts


def _mismatch(mismatch: Mismatch, look: Look) -> list[RenderableType]:
    lines = arrays.picture(mismatch, look.width - _INDENT)
    if lines:
        return _drawn(lines)
    facts = arrays.facts(mismatch)
    if not facts:
        return []
    drawn = _drawn(
        pictures.difference_map(mismatch, look.width - _INDENT, halves=look.color and look.unicode)
    )
    return ["", _indented(_labelled([(label, Text(text)) for label, text in facts], "dim")), *drawn]


def _focus(detail: CaseDetail, mismatch: Mismatch, look: Look) -> list[RenderableType]:
    """Return where the first difference comes from: the window behind it, the step at which it appears."""
    columns = look.width - _INDENT
    parts: list[RenderableType] = []
    if detail.window is not None:
        parts += _drawn(pictures.window_picture(detail.window, mismatch.first_index or (), columns))
    if detail.time_steps is not None:
        parts += _drawn(pictures.steps_picture(detail.time_steps, columns))
    return parts


def _drawn(lines: Sequence[arrays.Line]) -> list[RenderableType]:
    """Return the lines of a picture with an empty line above, nothing where there are none."""
    drawn = [_indented(Text.assemble(*((piece.text, _style(piece)) for piece in line))) for line in lines]
    return ["", *drawn] if drawn else []


def _style(piece: arrays.Piece) -> str:
    return _ROLES[piece.role] if piece.under is None else f"{_ROLES[piece.role]} on {_ROLES[piece.under]}"


def _frames(detail: CaseDetail) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for frame in detail.frames:
        column = detail.column if frame is detail.frames[-1] else None
        lines.append(_indented(Text(wording.place(frame, column), style="dim")))
        lines += [_quoted(source) for source in clean(frame.source).splitlines()]
    caret = wording.caret(detail)
    return [*lines, _quoted(caret, "bold red")] if caret else lines


def _quoted(line: str, style: str = "") -> Padding:
    """Return a line of the submission's own, cut where it is too long."""
    text = Text.assemble(("│ ", "dim"), (line, style))
    text.no_wrap, text.overflow = True, "ellipsis"
    return _indented(text)


def _printed(output: str) -> list[RenderableType]:
    lines, num_more = wording.printed(clean(output), _MAX_PRINTED)
    if not lines:
        return []
    parts: list[RenderableType] = ["", _indented(Text(tr("your code printed"), style="dim"))]
    parts += [_quoted(line) for line in lines]
    if num_more:
        parts.append(_indented(Text(tr("and {num} more", num=num_more), style="dim")))
    return parts


def _footer(report: Report, look: Look) -> list[RenderableType]:
    failed = report.verdict is Verdict.GRADER_ERROR
    style = "magenta" if failed else "green" if report.all_passed else "yellow"
    if report.is_public_only:
        return [Text(wording.score(report), style=f"bold {style}"), _next(wording.next_step(report, look))]
    line = Text.assemble((wording.score(report), f"bold {style}"), "  ")
    if report.score is not None and report.max_score > 0:
        filled = int(_BAR * report.score / report.max_score)
        line.append("█" * filled, style=style)
        line.append("░" * (_BAR - filled), style="dim")
        line.append("  ")
    line.append(wording.tally(report), style="dim")
    parts: list[RenderableType] = [line]
    if report.reference is not None and not wording.is_nothing_run(report):
        said = wording.reference_line(report.reference)
        parts.append(Text(tr("compared with {reference}", reference=said), style="dim"))
    return [*parts, _next(wording.next_step(report, look))]


def _next(sentence: str) -> RenderableType:
    return _labelled([(tr("next"), Text(sentence))], "bold")


def _prose(text: str, style: str = "") -> Group:
    return Group(*(Text(line, style=style) for line in clean(text).splitlines()))


def _labelled(pairs: Sequence[tuple[str, Text]], style: str) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in pairs:
        grid.add_row(Text(label, style=style), text)
    return grid


def _indented(part: RenderableType) -> Padding:
    return Padding(part, (0, 0, 0, _INDENT))
