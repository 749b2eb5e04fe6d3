"""`grade watch`: the screen of a learner who saves again and again, with a status line and keys."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from queue import Queue
from threading import Event as Flag
from typing import TYPE_CHECKING

import typer

from grader.cli import console
from grader.cli.help import HelpfulCommand, later
from grader.cli.options import Options, options_of
from grader.cli.parameters import LEARN, ExerciseOrLastArgument
from grader.cli.place import Place, Recording, shown
from grader.cli.workspace_commands import place_of
from grader.errors import GraderError, UsageError
from grader.language import tr
from grader.report.look import Look
from grader.report.wording import number
from grader.workspace import is_untouched

if TYPE_CHECKING:
    from grader.course import Exercise
    from grader.suite.shrink import SmallestInput
    from grader.verdicts import Report
    from grader.watching import Target

_EXTRA_SEEDS, _EXTRA_SEEDS_S, _SHRINK_S = 20, 1.0, 0.5  # a save in between waits for as long
_CLEAR, _ERASE_LINE = "\x1b[2J\x1b[H", "\r\x1b[K"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "watch",
        cls=HelpfulCommand,
        rich_help_panel=LEARN,
        help=later(
            "Grade at every save, and go on to the next exercise when all is green.\n\n"
            "The result is there a moment after you save. Keys: h hint, n next exercise, l list, c check again, "
            "q quit. Without EXERCISE, the exercise whose file you save is the one that is watched."
        ),
        epilog=later("grade watch  # whatever you edit\ngrade watch ex05  # this exercise only"),
    )(_watch)


def _watch(context: typer.Context, exercise: ExerciseOrLastArgument = None) -> None:
    """Watch a folder."""
    from grader.cli.keys import leave_now, reading_keys
    from grader.grading import Settings
    from grader.watching import Event, Pressed, Target, Watcher, watch_folder

    options = options_of(context)
    place = place_of(options)
    first = _first(place, exercise)
    target = Target(first, place.file(first))
    events: Queue[Event] = Queue()
    stop = Flag()
    settings = Settings(extra_seeds=_EXTRA_SEEDS, extra_seeds_s=_EXTRA_SEEDS_S, shrink_s=_SHRINK_S)
    screen = WatchScreen(place, options)
    watcher = Watcher(events, WatchDesk(place), screen, settings, follow=exercise is None)

    def press(key: str) -> None:
        events.put(Pressed(key))
        if key == "q" and screen.is_busy:
            leave_now()

    watch_folder(target.path.absolute().parent, events, stop)
    try:
        with reading_keys(press):
            watcher.run(target)
    except KeyboardInterrupt:
        pass  # Ctrl-C is one more way to leave
    finally:
        stop.set()
        screen.end()


def _first(place: Place, name: str | None) -> Exercise:
    if name is not None:
        return place.course.exercise(name)
    if place.workspace is None:
        return place.edited_last()[0]
    advised = place.standing().advice.exercise
    edited = place.workspace.edited_last(place.course)
    if edited is not None and (advised is None or edited[0].id == advised.id):
        return edited[0]
    return advised or place.edited_last()[0]


class WatchDesk:
    """Which file is which exercise's, and what comes next; see `watching.Desk`."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def target_of(self, path: Path) -> Target | None:
        """Return what a file that changed belongs to."""
        from grader.watching import Target

        if path.suffix not in (".py", ".ipynb") or path.stem not in self._place.course.folders:
            return None
        return Target(self._place.course.exercise(path.stem), shown(path))

    def after(self, target: Target, *, is_solved: bool) -> Target | None:
        """Return what comes next: what is advised, or simply the next file."""
        from grader.watching import Target

        if is_solved and self._place.workspace is not None:
            advised = self._place.standing().advice.exercise
            path = None if advised is None else self._place.found_file(advised)
            if advised is not None and path is not None and advised.id != target.exercise.id:
                return Target(advised, path)
            return None
        ids = list(self._place.course.folders)
        position = ids.index(target.exercise.id) + 1
        for exercise_id in (*ids[position:], *ids[: position - 1]):
            exercise = self._place.course.exercise(exercise_id)
            path = self._place.found_file(exercise)
            if path is not None:
                return Target(exercise, path)
        return None


class WatchScreen:
    """What a learner sees while watching; see `watching.Screen`."""

    def __init__(self, place: Place, options: Options) -> None:
        self._place = place
        self._look = console.stdout_look(plain=options.plain, course=options.course_folder)
        self._is_live = sys.stdout.isatty() and not options.plain and self._look.width > 0
        self._status = ""
        self._checked_at: float | None = None
        self._keeps_page = False  # the next result is written below, not over it
        self._recordings: dict[Path, Recording] = {}
        self._target: Target | None = None
        self._state = ""
        self.is_busy = False

    # --- what happens ------------------------------------------------------------------------------------------

    def begin(self, target: Target) -> bool:
        """Say what is watched now; return whether the file is worth a first check."""
        self._target, self._state, self._checked_at = target, "", None
        exercise = target.exercise
        fresh = is_untouched(exercise, target.path)
        if not self._keeps_page:
            self._clear()
        lines = [f"{exercise.id}  {exercise.title}"]
        if fresh:
            lines.append(
                tr(
                    "Write the functions in `{path}` and save; `{command}` shows the statement",
                    path=shown(target.path),
                    command=self._look.command("show", exercise.id),
                )
            )
        self._say("\n".join(lines) + "\n")
        self._keeps_page = fresh
        self.tick()
        return not fresh and target.path.exists()

    def checking(self, target: Target) -> None:
        """Say that a check runs."""
        self.is_busy = True
        self._show_status(tr("checking {path} …", path=shown(target.path)))

    def report(self, target: Target, report: Report, *, took_s: float) -> None:
        """Show a result, and keep it."""
        self._clear()
        renderer = console.renderer(self._look)
        text = renderer.result(
            report, title=str(target.exercise.title), look=self._look, num_details=1, only_failed=True
        )
        self._say(text)
        recording = self._recordings.setdefault(target.path, self._place.recorder(target.path))
        recording.add(report)
        recording.tell(self._say)
        self._checked_at = time.monotonic()
        points = f"{number(report.score)} / {number(report.max_score)}"
        self._state = points + " · " + tr("{duration:.2f} s", duration=took_s)
        self.tick()

    def extra_seed(self, seed: int, report: Report) -> None:
        """Show a failure that only another seed showed, and keep that it did."""
        self._say(console.renderer(self._look).extra_seed(report, look=self._look))
        for recording in self._recordings.values():
            recording.add_other_seed(seed)

    def smallest(self, found: SmallestInput) -> None:
        """Show a smallest input that fails."""
        from grader.report.smallest import smallest_input

        self._say(smallest_input(found, look=self._look))

    def problem(self, target: Target, error: UsageError) -> None:
        """Show why a file cannot be graded at all."""
        self._clear()
        self._say(f"{tr('error')}: {error.message}\n")
        if error.hint:
            self._say(f"{tr('hint')}: {error.hint}\n")
        self._state = tr("not graded")
        self._checked_at = time.monotonic()
        self.tick()

    def waiting(self, target: Target) -> None:
        """Say that the file is gone or empty."""
        path = shown(target.path)
        gone = not target.path.exists()
        self._state = tr("{path} is gone", path=path) if gone else tr("{path} is empty", path=path)
        self._checked_at = None
        if not self._is_live:
            self._say(self._state + "\n")
        self.tick()

    def hint(self, target: Target, report: Report | None) -> None:
        """Show the next hint."""
        from grader.cli.hints import hint_screen

        try:
            text = hint_screen(self._place, target.exercise, report, self._look)
        except GraderError as error:
            text = f"{error.message}\n"
        self._say("\n" + text)
        self.tick()

    def overview(self) -> None:
        """Show every exercise."""
        from grader.report.learning import exercise_list

        self._say("\n" + exercise_list(self._place.standing(), look=self._look))
        self.tick()

    def solved(self, target: Target, following: Target | None) -> None:
        """Say that an exercise is done, and what comes next."""
        self._say("\n" + self._look.fit("✓ ") + tr("{id} is done", id=target.exercise.id) + "\n\n")
        if following is None:
            self._say(
                tr("Nothing is left to go on to; `{command}`", command=self._look.command("progress")) + "\n"
            )
        self._keeps_page = True
        self.tick()

    def tick(self) -> None:
        """Bring the status line up to date."""
        self.is_busy = False
        if self._target is None:
            return
        pieces = [str(shown(self._target.path)), self._state or tr("waiting for a save")]
        if self._checked_at is not None:
            pieces.append(tr("{seconds} s ago", seconds=int(time.monotonic() - self._checked_at)))
        keys = tr("h hint · n next · l list · q quit")
        self._show_status(" · ".join(pieces) + "   " + keys)

    def end(self) -> None:
        """Leave the terminal as a command leaves it, and let the records go."""
        for recording in self._recordings.values():
            recording.close()
        if self._is_live:
            console.out("\n")

    # --- how it is written -------------------------------------------------------------------------------------

    def _clear(self) -> None:
        if self._is_live and not self._keeps_page:
            console.out(_CLEAR)
        elif self._keeps_page:
            self._say("\n")
        self._keeps_page = False

    def _say(self, text: str) -> None:
        """Write above the status line."""
        console.out((_ERASE_LINE if self._is_live else "") + self._look.fit(text))
        if self._is_live:
            console.out(self._status)

    def _show_status(self, text: str) -> None:
        from grader.report.clean import clean, cut

        line = self._look.fit(cut(clean(text), self._look.width - 1))
        if self._is_live:
            self._status = _dim(line, self._look)
            console.out(_ERASE_LINE + self._status)
        elif line.partition("   ")[2] and not self._status:
            self._status = line  # once, for who reads plain lines
            console.out(line + "\n")


def _dim(text: str, look: Look) -> str:
    return f"\x1b[7m{text}\x1b[0m" if look.color else text
