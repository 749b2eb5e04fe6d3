"""Feedback of a batch: written for each result as it comes, and again where a file is missing.

A mark that lateness or a person's decision changed is put into the files once the whole batch is through,
because only then all of it is known.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from grader.batch.jobs import report_of
from grader.batch.run import Finished, Tally
from grader.course import Exercise
from grader.gradebook.book import open_gradebook
from grader.gradebook.records import LatePolicy, ResultState
from grader.intake.records import Handin
from grader.report.feedback_data import Occasion, Unreadable
from grader.report.feedback_files import FOLDER, SUFFIXES, fit_name, write_feedback, write_unreadable
from grader.source.file import shown_path
from grader.verdicts import Report


class BatchFeedback:
    """Writes the feedback files of one batch.

    Args:
        out: The batch's folder.
        exercises: By id.
        late: Due dates, by exercise.
    """

    def __init__(self, out: Path, exercises: Mapping[str, Exercise], late: Mapping[str, LatePolicy]) -> None:
        self._out = out
        self._exercises = exercises
        self._late = late

    def finished(self, finished: Finished) -> None:
        """Write what the members of one hand-in may read; a fault of the grader leaves earlier files alone."""
        if finished.result.state is ResultState.GRADED:
            self._write(report_of(finished.result, finished.job), finished.handin)
        elif finished.result.state is ResultState.NOT_READ:
            self._write_unreadable(
                finished.result.message, finished.handin, sha256=finished.job.sha256, seed=finished.job.seed
            )

    def fill_in(self, tally: Tally) -> int:
        """Write what is missing for results of earlier batches, and return for how many hand-ins."""
        missing = {
            handin_id: handin
            for handin_id, handin in tally.plan.settled.items()
            if not all(self._has_files(member.key, handin.exercise_id) for member in handin.members)
        }
        if not missing:
            return 0
        from grader.gradebook.results import newest_results, read_report, unreadable_results

        num_written = 0
        with open_gradebook(self._out) as book:
            for exercise_id in {handin.exercise_id for handin in missing.values()}:
                for result in newest_results(book, exercise_id):
                    if result.handin_id in missing:
                        self._write(read_report(book, result.id), missing[result.handin_id])
                        num_written += 1
                for result in unreadable_results(book, exercise_id):
                    if result.handin_id in missing:
                        self._write_unreadable(
                            result.message,
                            missing[result.handin_id],
                            sha256=result.sha256,
                            seed=result.basis.seed,
                        )
                        num_written += 1
        return num_written

    def _has_files(self, key: str, exercise_id: str) -> bool:
        name = f"{self._out}/{FOLDER}/{fit_name(key)}/{exercise_id}{SUFFIXES[-1]}"
        return os.path.exists(name)  # noqa: PTH110 - of tens of thousands

    def _write(self, report: Report, handin: Handin) -> None:
        now = datetime.now(UTC)
        write_feedback(report, handin.members, self._out, now=now, occasion=self._occasion(handin))

    def _write_unreadable(self, message: str, handin: Handin, *, sha256: str, seed: int) -> None:
        for path in (handin.place, shown_path(handin.path)):  # folders of the teacher's
            message = message.replace(path, handin.original_name) if path else message
        found = Unreadable(
            exercise=self._exercises[handin.exercise_id], sha256=sha256, seed=seed, message=message
        )
        write_unreadable(
            found, handin.members, self._out, now=datetime.now(UTC), occasion=self._occasion(handin)
        )

    def _occasion(self, handin: Handin) -> Occasion:
        late = self._late.get(handin.exercise_id, LatePolicy())
        return Occasion(
            title=str(self._exercises[handin.exercise_id].title),
            original_name=handin.original_name,
            submitted_at=handin.submitted_at,
            due_at=late.due_at,
        )
