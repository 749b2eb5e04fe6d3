"""Wrong submissions that nobody declared: what the diagnosis calls them, and that it never calls them anything else."""

import pytest

from grader.course import find_course
from grader.grading import Settings, open_grader
from grader.sandbox.local import LocalModule
from grader.sandbox.start import can_fork
from grader.suite.plugin import LocalSubject
from grader.verdicts import Verdict
from tests.wrong_submissions import WRONG

COURSE = find_course(None, {})
LOCAL = [exercise.id for exercise in COURSE.exercises if not exercise.needs_worker]


def names_of(exercise_id, chosen):
    """Return for each wrong submission how many cases it fails, and what they are called."""

    def drive(grader):
        found = {}
        for item in chosen:
            module = LocalModule(compile(item.source, f"{exercise_id}.py", "exec"))
            runs = grader.suite.run(LocalSubject(module), seed=2026)
            diagnosis = grader.diagnoser.diagnose(runs, seed=2026, guard_s=60.0)
            num_failing = sum(run.result.verdict is not Verdict.PASSED for run in runs)
            found[item.slip] = num_failing, tuple(sorted({named.id for named in diagnosis.named.values()}))
        return found

    settings = Settings(jail=can_fork())
    return open_grader(COURSE.exercise(exercise_id), settings=settings, drive=drive)


@pytest.mark.parametrize("exercise_id", sorted({item.exercise for item in WRONG if item.named}))
def test_what_a_general_rule_proves_is_named(exercise_id):
    chosen = [item for item in WRONG if item.exercise == exercise_id and item.named]
    found = names_of(exercise_id, chosen)
    assert {slip: names for slip, (_, names) in found.items()} == {item.slip: item.named for item in chosen}


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", LOCAL)
def test_nothing_else_is_given_a_name(exercise_id):
    chosen = [item for item in WRONG if item.exercise == exercise_id and not item.named]
    found = names_of(exercise_id, chosen)
    assert found
    assert all(num_failing and not names for num_failing, names in found.values()), found


def test_there_are_five_for_each_exercise():
    counted = {exercise.id: 0 for exercise in COURSE.exercises if exercise.id <= "ex08"}
    for item in WRONG:
        counted[item.exercise] += 1
        assert item.source  # what is changed stands in the solution
    assert set(counted.values()) == {5}
