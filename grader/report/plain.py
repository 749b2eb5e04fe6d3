"""Results and tables for screen readers and pipes: no boxes, no colours, one fact a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.language import tr
from grader.report import arrays, pictures, wording
from grader.report.clean import clean, one_line
from grader.report.look import Look
from grader.verdicts import CaseDetail, CaseResult, Mismatch, Report

NUM_DETAILS = 3
_MAX_CELLS = 5
_MAX_PRINTED = 5
_FENCE = re.compile(r"^\s*(```|~~~)")
_RULE = re.compile(r"^\s*\|?[\s:|-]*-{3}[\s:|-]*$")  # under a table's head, or a line across
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)]*)\)")


def result(
    report: Report,
    *,
    title: str,
    look: Look,
    num_details: int = NUM_DETAILS,
    only_failed: bool = False,
    is_for_teacher: bool = False,
) -> str:
    """Return one result, a fact a line; see `terminal.result`."""
    lines = [
        _fact(tr("Exercise"), f"{report.exercise_id}, {title}"),
        _fact(tr("File"), report.path),
        _fact(tr("Seed"), str(report.seed)),
    ]
    if report.problem is not None:
        lines += _problem(report.problem)
    if wording.is_nothing_run(report):
        lines.append(wording.nothing_run(report))
    shown = {case.case_id for case in wording.shown_cases(report, only_failed=only_failed)}
    lines += [
        _case(case, number, len(report.cases))
        for number, case in enumerate(report.cases, start=1)
        if case.case_id in shown
    ]
    lines += [_fact(tr("Note"), note) for note in wording.notes(report)]
    lines += _details(report, num_details)
    if report.reference is not None and not wording.is_nothing_run(report):
        lines.append(_fact(tr("Reference"), wording.reference_line(report.reference)))
    if not report.is_public_only:
        lines.append(_fact(tr("Score"), wording.score(report)))
    cases = wording.public_tally(report) if report.is_public_only else wording.tally(report)
    lines.append(_fact(tr("Cases"), cases))
    if not (only_failed or is_for_teacher):
        lines.append(_fact(tr("Next"), wording.next_step(report, look)))
    return _joined(lines, look)


def extra_seed(report: Report, *, look: Look) -> str:
    """Return a failure that only another seed showed."""
    lines = [
        wording.seed_failure(report),
        *_details(report, 1),
        _fact(tr("Next"), wording.seed_step(report, look)),
    ]
    return _joined(lines, look)


def hint(title: str, place: str, text: str, next_step: str, *, look: Look) -> str:
    """Return one hint, a fact a line; see `terminal.hint`."""
    lines = [_fact(tr("Exercise"), title)]
    lines += [_fact(tr("Which one"), place)] if place else []
    return _joined([*lines, _fact(tr("Hint"), text), _fact(tr("Next"), next_step)], look)


def facts(pairs: Sequence[tuple[str, str]], *, look: Look) -> str:
    """Return facts, one a line."""
    return _joined([_fact(_capital(label), text) for label, text in pairs], look)


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, look: Look) -> str:
    """Return a table as records: a line for each cell that holds something, an empty line between rows."""
    records = [
        [_fact(header, cell) for header, cell in zip(headers, row, strict=True) if cell.strip()]
        for row in rows
    ]
    return _joined([line for record in records for line in [*record, ""]][:-1], look)


def statement(markdown: str, *, look: Look) -> str:
    """Return an exercise's statement without Markdown's signs; code and formulas stay as they are."""
    lines: list[str] = []
    in_code = False
    for line in clean(markdown).splitlines():
        if _FENCE.match(line):
            in_code = not in_code
        elif in_code:
            lines.append(line)
        elif not _RULE.match(line):
            lines.append(_without_signs(line))
    return _joined(lines, look)


def _without_signs(line: str) -> str:
    line = re.sub(r"^\s*(#+|>)\s*", "", line)
    line = _LINK.sub(r"\1 (\2)", line)
    line = re.sub(r"(\*\*|__|`)", "", line)
    if line.lstrip().startswith("|"):
        return "; ".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    return line


def _problem(problem: CaseDetail) -> list[str]:
    lines = [_fact(tr("Problem"), text) for text in (problem.exception, *problem.notes) if text]
    return [*lines, *_frames(problem), *_printed(problem.output)]


def _case(case: CaseResult, number: int, num_cases: int) -> str:
    return tr(
        "Case {number} of {all}: {verdict}, {points} of {max_points} points: {title}",
        number=number,
        all=num_cases,
        verdict=wording.verdict_word(case.verdict),
        points=wording.number(case.points),
        max_points=wording.number(case.max_points),
        title=one_line(case.title),
    )


def _details(report: Report, num_details: int) -> list[str]:
    cases, num_more = wording.explained(report, num_details)
    lines: list[str] = []
    for case in cases:
        lines += _detail(case)
    if num_more > 0:
        lines.append(tr("further failed cases: {num}; often they have the same cause", num=num_more))
    return lines


def _detail(case: CaseResult) -> list[str]:
    detail = case.detail
    lines = [_fact(tr("About the case"), case.title)]
    message = wording.shortened(case.message)
    if message:
        lines.append(_fact(tr("Message"), message))
    if detail.exception and one_line(detail.exception) not in one_line(message):
        lines.append(_fact(tr("Exception"), detail.exception))
    if detail.call:
        lines.append(_fact(tr("Call"), wording.shortened(detail.call)))
    if detail.mismatch is not None:
        lines += _mismatch(detail.mismatch)
        lines += _focus(detail)
    lines += _frames(detail)
    lines += _printed(detail.output)
    lines += [_fact(tr("Note"), note) for note in detail.notes]
    if case.hint:
        lines.append(_fact(_capital(wording.hint_label(case)), case.hint))
    return lines


def _mismatch(mismatch: Mismatch) -> list[str]:
    expected, received = mismatch.expected, mismatch.received
    are_arrays = arrays.is_array(expected) and arrays.is_array(received)
    if not (are_arrays and arrays.is_small(expected) and arrays.is_small(received)):
        lines = [_fact(_capital(label), text) for label, text in arrays.facts(mismatch)]
        extent = pictures.extent(mismatch)
        return [*lines, _fact(tr("Where it differs"), extent)] if extent else lines
    lines = [_fact(tr("Expected"), arrays.as_list(expected)), _fact(tr("Received"), arrays.as_list(received))]
    if expected.dtype != received.dtype:
        both = tr(
            "expected {expected}, received {received}", expected=expected.dtype, received=received.dtype
        )
        lines.append(_fact(_capital(tr("dtype")), both))
    cells = arrays.wrong_cells(mismatch, _MAX_CELLS)
    lines += [
        tr(
            "Element {index}: expected {expected}, received {received}",
            index=place,
            expected=left,
            received=right,
        )
        for place, left, right in cells
    ]
    num_more = mismatch.num_wrong - len(cells)
    return [*lines, tr("and {num} more", num=num_more)] if cells and num_more > 0 else lines


def _focus(detail: CaseDetail) -> list[str]:
    lines: list[str] = []
    if detail.window is not None:
        lines.append(_fact(tr("Window behind it"), pictures.window_place(detail.window)))
        if arrays.is_small(detail.window.cells):
            lines.append(_fact(tr("Cells of the window"), pictures.window_text(detail.window)))
    if detail.time_steps is not None:
        lines.append(_fact(tr("Time steps"), pictures.steps_text(detail.time_steps)))
    return lines


def _frames(detail: CaseDetail) -> list[str]:
    lines = []
    for frame in detail.frames:
        is_last = frame is detail.frames[-1]
        place = wording.place(frame, detail.column if is_last else None)
        lines.append(_fact(_capital(place), (clean(frame.source).splitlines() or [""])[0]))
    return lines


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _printed(output: str) -> list[str]:
    shown, num_more = wording.printed(clean(output), _MAX_PRINTED)
    lines = [_fact(tr("Your code printed"), line) for line in shown]
    if num_more:
        lines.append(tr("and {num} more", num=num_more))
    return lines


def _fact(label: str, text: str) -> str:
    return f"{label}: {one_line(text)}"


def _joined(lines: Sequence[str], look: Look) -> str:
    return look.fit("\n".join(line.rstrip() for line in lines)) + "\n"
