"""What a learner sees of the own progress: the list of exercises and the page of `grade progress`, as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from grader.language import tr
from grader.report.clean import cut, one_line, pad, width, wrap
from grader.report.look import Look
from grader.report.wording import number

if TYPE_CHECKING:
    from grader.standing import ExerciseStanding, MadeMistake, Standing, Status

BAR = 12
_MARKS = {"done": "✓", "started": "·", "new": " "}


def status_word(status: Status) -> str:
    """Return how far an exercise is, in a word."""
    return {"done": tr("solved"), "started": tr("begun"), "new": tr("new")}[str(status)]


def best_score(item: ExerciseStanding) -> str:
    """Return the best score out of what there is, such as `12.5 / 20`."""
    return f"{number(item.best)} / {number(item.max_score)}"


def bar(item: ExerciseStanding, *, cells: int = BAR) -> str:
    """Return the best score as a bar."""
    share = (item.best or 0.0) / item.max_score if item.max_score else 0.0
    filled = min(cells, int(cells * share + 1e-9))
    return "█" * filled + "░" * (cells - filled)


def exercise_list(standing: Standing, *, look: Look) -> str:
    """Return every exercise with status, best score, skills and prerequisites."""
    if look.plain:
        from grader.report import plain

        headers = (tr("Exercise"), tr("Title"), tr("Status"), tr("Best"), tr("Skills"), tr("After"))
        rows = [
            (
                item.exercise.id,
                str(item.exercise.title),
                status_word(item.status),
                best_score(item),
                *_about(item),
            )
            for item in standing.exercises
        ]
        return plain.table(headers, rows, look=look)
    return draw_lines(
        [line for item in standing.exercises for line in _list_entry(item, look.width)], look=look
    )


def _about(item: ExerciseStanding) -> tuple[str, str]:
    return ", ".join(map(str, item.exercise.skill_names)), ", ".join(item.exercise.prerequisites)


def _list_entry(item: ExerciseStanding, columns: int) -> list[list[tuple[str, str]]]:
    style = {"done": "green", "started": "yellow", "new": ""}[str(item.status)]
    score = best_score(item)
    word = status_word(item.status)
    room = columns - 9 - width(word) - 12
    title = one_line(str(item.exercise.title))
    title = cut(title, room)
    skills, before = _about(item)
    told = skills if not before else f"{skills} · " + tr("after {ids}", ids=before)
    lines = [
        [
            (f"{_MARKS[str(item.status)]} ", style),
            (pad(item.exercise.id, 6), "bold cyan"),
            (pad(title, room), "bold"),
            (f" {pad(word, width(word))}", style),
            (" " * (11 - len(score)) + score, style),
        ]
    ]
    lines += [[("        ", ""), (line, "dim")] for line in wrap(told, columns - 8)]
    return lines


def draw_lines(lines: Sequence[Sequence[tuple[str, str]]], *, look: Look) -> str:
    """Return lines of styled pieces as text."""
    from rich.text import Text as RichText

    from grader.report.terminal import draw

    parts = [RichText.assemble(*pieces) for pieces in lines]
    for part in parts:
        part.no_wrap = True
    return draw(parts, look)


# --- grade progress --------------------------------------------------------------------------------------------


def duration(seconds: float) -> str:
    """Return a time for people: minutes, or hours and minutes."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return tr("under 1 min")
    if minutes < 60:
        return tr("{minutes} min", minutes=minutes)
    return tr("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def checks(num: int) -> str:
    """Return a number of checks as a phrase."""
    return tr("1 check") if num == 1 else tr("{num} checks", num=num)


def day(when: datetime) -> str:
    """Return a day of this machine's calendar."""
    return f"{when.astimezone():%Y-%m-%d}"


def mistake_words(mistake: MadeMistake) -> str:
    """Return a mistake's id as words."""
    return one_line(mistake.id.replace("_", " "))


def mistake_state(mistake: MadeMistake) -> str:
    """Return whether a mistake is overcome, and since when."""
    if mistake.overcome_at is None:
        return tr("{times}×, still open", times=mistake.times)
    return tr("{times}×, overcome on {day}", times=mistake.times, day=day(mistake.overcome_at))


def headline(standing: Standing) -> list[str]:
    """Return the facts that stand above everything else."""
    facts = [
        tr("{done} of {all} exercises", done=standing.num_done, all=len(standing.exercises)),
        tr(
            "{score} / {max_score} points",
            score=number(standing.score),
            max_score=number(standing.max_score),
        ),
        checks(standing.num_attempts),
        duration(standing.time_s),
    ]
    return [*facts, tr("{days} days in a row", days=standing.streak)] if standing.streak > 1 else facts


def progress_page(standing: Standing, command: str, *, look: Look) -> str:
    """Return the screen of `grade progress`.

    Args:
        standing: How far the learner has come.
        command: The one to run now.
        look: What the terminal can show.
    """
    if look.plain:
        return _plain_progress(standing, command, look)
    lines: list[list[tuple[str, str]]] = [
        [(tr("Your progress"), "bold cyan")],
        *([(line, "")] for line in wrap(" · ".join(headline(standing)), look.width)),
        [],
    ]
    columns = [_progress_cells(item) for item in standing.exercises]
    widths = (
        [max(width(cells[place]) for cells in columns) for place in range(len(columns[0]))] if columns else []
    )
    for item, cells in zip(standing.exercises, columns, strict=True):
        style = {"done": "green", "started": "yellow", "new": "dim"}[str(item.status)]
        padded = [" " * (size - width(cell)) + cell for cell, size in zip(cells, widths, strict=True)]
        lines.append(
            [
                (f"{_MARKS[str(item.status)]} ", style),
                (pad(item.exercise.id, 6), "bold cyan"),
                (bar(item), style),
                ("  " + "  ".join(padded), style),
            ]
        )
    lines += [*_skill_lines(standing, look.width), *_mistake_lines(standing, look.width), []]
    facts = _advice_facts(standing, command)
    longest = max(width(label) for label, _ in facts)
    for label, text in facts:
        first, *more = wrap(text, look.width - longest - 2)
        lines.append([(pad(label, longest), "bold"), (f"  {first}", "")])
        lines += [[(" " * (longest + 2) + line, "")] for line in more]
    return draw_lines(lines, look=look)


def _progress_cells(item: ExerciseStanding) -> tuple[str, ...]:
    if not item.num_attempts:
        return best_score(item), "", ""
    return best_score(item), checks(item.num_attempts), duration(item.time_s)


def _advice_facts(standing: Standing, command: str) -> list[tuple[str, str]]:
    exercise = standing.advice.exercise
    if exercise is None:
        return [(tr("next"), tr("nothing is left: {reason}", reason=standing.advice.reason))]
    return [
        (tr("next"), f"{exercise.id}  {exercise.title}"),
        (tr("why"), standing.advice.reason),
        (tr("run"), command),
    ]


def _skill_groups(standing: Standing) -> list[tuple[str, str, list[str]]]:
    """Return mastered and begun skills: a label, a style, and their names."""
    mastered = [str(skill.name) for skill in standing.skills if skill.is_mastered]
    begun = [
        tr("{skill} ({done} of {all})", skill=skill.name, done=len(skill.done), all=len(skill.exercises))
        for skill in standing.skills
        if skill.done and not skill.is_mastered
    ]
    return [
        (label, style, names)
        for label, style, names in (
            (tr("mastered"), "green", mastered),
            (tr("on the way"), "yellow", begun),
        )
        if names
    ]


def _skill_lines(standing: Standing, columns: int) -> list[list[tuple[str, str]]]:
    groups = _skill_groups(standing)
    if not groups:
        return []
    lines: list[list[tuple[str, str]]] = [[], [(tr("Skills"), "bold")]]
    longest = max(width(label) for label, _, _ in groups)
    for label, style, names in groups:
        first, *more = wrap(", ".join(names), columns - longest - 4)
        lines.append([("  ", ""), (pad(label, longest), style), (f"  {first}", "")])
        lines += [[(" " * (longest + 4) + line, "")] for line in more]
    return lines


def _mistake_lines(standing: Standing, columns: int) -> list[list[tuple[str, str]]]:
    if not standing.mistakes:
        return []
    lines: list[list[tuple[str, str]]] = [[], [(tr("Mistakes"), "bold")]]
    for mistake in standing.mistakes:
        is_open = mistake.overcome_at is None
        lines.append(
            [
                ("  ", ""),
                ("· " if is_open else "✓ ", "yellow" if is_open else "green"),
                (f"{mistake.exercise_id}  {mistake_words(mistake)}: {mistake_state(mistake)}", ""),
            ]
        )
        if is_open and mistake.hint:
            lines += [[(f"      {line}", "dim")] for line in wrap(one_line(mistake.hint), columns - 6)]
    return lines


def _plain_progress(standing: Standing, command: str, look: Look) -> str:
    from grader.report import plain

    lines = [": ".join((tr("Your progress"), ", ".join(headline(standing))))]
    for item in standing.exercises:
        facts = [cell for cell in (status_word(item.status), *_progress_cells(item)) if cell]
        lines.append(f"{item.exercise.id} {item.exercise.title}: {', '.join(facts)}")
    lines += [f"{label}: {', '.join(names)}" for label, _, names in _skill_groups(standing)]
    lines += [
        tr("Mistake") + f": {mistake.exercise_id} {mistake_words(mistake)}: {mistake_state(mistake)}"
        for mistake in standing.mistakes
    ]
    text = look.fit("\n".join(lines) + "\n")
    return text + plain.facts(_advice_facts(standing, command), look=look)
