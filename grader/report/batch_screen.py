"""What `grade batch` shows: what was found, how it goes, and the closing summary.

On a terminal a bar moves; anywhere else, and for screen readers, a plain line is written now and then. All of
it goes to standard error: the batch's data is the gradebook.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from grader.batch.run import Finished, Tally, Trouble
from grader.gradebook.records import ResultState
from grader.intake.records import ClassWork, Handin
from grader.language import tr
from grader.report.clean import one_line, pad, width
from grader.report.wording import verdict_word
from grader.verdicts import Verdict

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn, TaskID

_PLAIN_EVERY_S = 10.0
_SHOWN = 20  # of a long list


class BatchScreen:
    """Shows a batch while it runs.

    Args:
        stream: Where to.
        is_terminal: Whether a bar may move there.
        is_quiet: Whether nothing is shown but what needs a person.
        on_finished: Called for each result first, to write its feedback.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        is_terminal: bool,
        is_quiet: bool,
        on_finished: Callable[[Finished], None] | None = None,
    ) -> None:
        self._stream = stream
        self._bar = _Bar(stream) if is_terminal and not is_quiet else None
        self._is_quiet = is_quiet
        self._on_finished = on_finished
        self._started = self._next_line = time.monotonic()
        self._total = 0

    def begin(self, tally: Tally) -> None:
        """Say what there is to do."""
        plan = tally.plan
        self._total = len(plan.items)
        self._started = time.monotonic()
        self._next_line = self._started + _PLAIN_EVERY_S
        if self._is_quiet:
            return
        self._line(
            tr(
                "submissions: {found}, people: {people} ({layout}), graded before: {settled}, seed {seed}",
                found=len(tally.work.handins),
                people=len(tally.work.students),
                layout=tally.work.layout,
                settled=plan.num_settled,
                seed=plan.seed,
            )
        )
        if self._bar is not None and self._total:
            self._bar.begin(self._total)

    def finished(self, finished: Finished, tally: Tally) -> None:
        """Show one more result."""
        if self._on_finished is not None:
            self._on_finished(finished)
        if self._bar is not None:
            self._bar.advance(counts(tally.verdicts, tally.troubles))
        elif not self._is_quiet and time.monotonic() >= self._next_line:
            self._next_line = time.monotonic() + _PLAIN_EVERY_S
            self._line(self._plain(tally))

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.end()

    def _plain(self, tally: Tally) -> str:
        rate = tally.num_done / max(1e-9, time.monotonic() - self._started)
        return tr(
            "{done} of {total}, {rate:.1f} a second, {left} s left: {counts}",
            done=tally.num_done,
            total=self._total,
            rate=rate,
            left=round((self._total - tally.num_done) / max(1e-9, rate)),
            counts=counts(tally.verdicts, tally.troubles),
        )

    def _line(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()


class _Bar:
    """A bar that moves, with rate, time left and counts."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def begin(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns: list[ProgressColumn] = [
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeRemainingColumn(),
            TextColumn("{task.fields[counts]}", markup=False),
        ]
        console = Console(file=self._stream, highlight=False)
        self._progress = Progress(*columns, console=console, refresh_per_second=4, transient=True)
        self._task = self._progress.add_task("", total=total, rate="", counts="")
        self._progress.start()

    def advance(self, text: str) -> None:
        if self._progress is None or self._task is None:
            return
        speed = self._progress.tasks[0].speed
        rate = "" if speed is None else tr("{rate:.0f}/s", rate=speed)
        self._progress.update(self._task, advance=1, rate=rate, counts=text)

    def end(self) -> None:
        if self._progress is not None:
            self._progress.stop()


def counts(verdicts: Mapping[Verdict, int], troubles: Iterable[Trouble]) -> str:
    """Return how many submissions got which verdict, in one line."""
    words = [f"{verdict_word(verdict)} {verdicts[verdict]}" for verdict in Verdict if verdicts.get(verdict)]
    states = Counter(trouble.state for trouble in troubles)
    if states[ResultState.NOT_READ]:
        words.append(tr("not readable {n}", n=states[ResultState.NOT_READ]))
    if states[ResultState.GRADER_ERROR]:
        words.append(tr("grader failed {n}", n=states[ResultState.GRADER_ERROR]))
    return ", ".join(words)


def found(work: ClassWork) -> str:
    """Return who handed in what and what was not understood, before anything runs."""
    rows = [(_who(handin), handin) for handin in work.handins]
    columns = min(32, max((width(who) for who, _ in rows), default=0))
    lines = [f"{pad(who, columns)}  {handin.exercise_id}  {_file(handin)}" for who, handin in rows]
    handed_in = {member.key for handin in work.handins for member in handin.members}
    useless = {member.key for one in work.unusable for member in one.members} - handed_in
    known = handed_in | useless
    nothing = [student for student in work.students if student.key not in known]
    if nothing:
        lines += ["", tr("Handed in nothing: {n}", n=len(nothing))]
        lines += [f"  {one_line(student.name or student.key)}" for student in nothing]
    if useless:
        lines += ["", tr("Handed in, but nothing that can be graded: {n}", n=len(useless))]
        lines += [
            f"  {one_line(student.name or student.key)}"
            for student in work.students
            if student.key in useless
        ]
    if work.earlier:
        lines += ["", tr("Earlier files that a later one replaces: {n}", n=len(work.earlier))]
        lines += [
            f"  {_who(handin)}  {handin.exercise_id}  {one_line(handin.place or str(handin.path))}"
            for handin in work.earlier
        ]
    lines += _unread(work, shown=len(work.unread))
    if work.notes:
        lines += ["", *(tr("note: {note}", note=one_line(note)) for note in work.notes)]
    total = tr("submissions: {n}, people: {people} ({layout}). Nothing was run and nothing written",
               n=len(work.handins), people=len(work.students), layout=work.layout)  # fmt: skip
    return "\n".join([*lines, "", total]) + "\n"


def _who(handin: Handin) -> str:
    return one_line(", ".join(member.name or member.key for member in handin.members))


def _file(handin: Handin) -> str:
    parts = [one_line(handin.place or str(handin.path))]
    if handin.submitted_at is not None:
        parts.append(handin.submitted_at.isoformat(sep=" ", timespec="minutes"))
    if handin.is_late:
        parts.append(tr("late"))
    return "  ".join([*parts, *(f"({one_line(note)})" for note in handin.notes)])


def _unread(work: ClassWork, *, shown: int) -> list[str]:
    if not work.unread:
        return []
    lines = ["", tr("Not understood or refused: {n}", n=len(work.unread))]
    lines += [f"  {one_line(item.place)}: {one_line(item.reason)}" for item in work.unread[:shown]]
    if len(work.unread) > shown:
        lines.append(tr("  … and {n} more, in the gradebook", n=len(work.unread) - shown))
    return lines


def summary(tally: Tally, *, command: str) -> str:
    """Return what a batch did, what needs a person, and what to do next.

    Args:
        tally: What was done.
        command: The command that goes on where this one was stopped.
    """
    plan, work = tally.plan, tally.work
    rate = tally.num_done / tally.duration_s if tally.duration_s else 0.0
    lines = [
        tr(
            "Graded {done} of {total} submissions in {s:.1f} s ({rate:.1f} a second); {settled} were graded before",
            done=sum(tally.verdicts.values()),
            total=len(plan.items),
            s=tally.duration_s,
            rate=rate,
            settled=plan.num_settled,
        )
    ]
    said = counts(tally.verdicts, tally.troubles)
    lines += [f"  {said}"] if said else []
    handed_in = {member.key for handin in work.handins for member in handin.members}
    useless = {member.key for one in work.unusable for member in one.members} - handed_in
    known = handed_in | useless
    num_nothing = sum(student.key not in known for student in work.students)
    if num_nothing:
        lines.append("  " + tr("Handed in nothing: {n}", n=num_nothing))
    if useless:
        lines.append("  " + tr("Handed in, but nothing that can be graded: {n}", n=len(useless)))
    lines += _unread(work, shown=_SHOWN)
    lines += _troubles(tally)
    lines += ["", tr("Gradebook: {path}", path=tally.out / "gradebook.sqlite")]
    lines.append(tr("Feedback: {path}", path=tally.out / "feedback"))
    if tally.is_stopped:
        lines += ["", tr("Stopped. What is graded is kept; go on with: {command}", command=command)]
    else:
        lines += ["", tr("Next: {command}", command=f"grade report {tally.out}")]
    return "\n".join(lines) + "\n"


def _troubles(tally: Tally) -> list[str]:
    lines: list[str] = []
    headings: Sequence[tuple[ResultState, str]] = (
        (ResultState.NOT_READ, tr("Could not be graded, and wait for you (no mark, not 0)")),
        (
            ResultState.GRADER_ERROR,
            tr("The grader failed (no mark lost, not 0); the same command tries again"),
        ),
    )
    for state, heading in headings:
        chosen = [trouble for trouble in tally.troubles if trouble.state is state]
        if not chosen:
            continue
        lines += ["", f"{heading}: {len(chosen)}"]
        lines += [
            f"  {_who(item.handin)}  {item.handin.exercise_id}: {one_line(item.message)}"
            for item in chosen[:_SHOWN]
        ]
        if len(chosen) > _SHOWN:
            lines.append(tr("  … and {n} more, in the gradebook", n=len(chosen) - _SHOWN))
    for exercise_id, reason in tally.broken.items():
        lines += ["", tr("{id} cannot be graded here: {reason}", id=exercise_id, reason=one_line(reason))]
    return lines
