"""From attempts to where one stands: status, skills, mistakes, streak, and what comes next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from grader.attempts import CaseOutcome
from grader.course import find_course
from grader.language import activate
from grader.standing import PAUSE_S, Status, standing
from grader.verdicts import Verdict
from tests.test_progress import attempt

EXERCISES = find_course(None, {}).exercises
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def at(days=0.0, hours=0.0):
    return (NOW - timedelta(days=days, hours=hours)).timestamp()


def case(case_id, *, passed, mistake=None):
    return CaseOutcome(
        case_id=case_id,
        verdict=Verdict.PASSED if passed else Verdict.FAILED,
        points=1.0 if passed else 0.0,
        max_points=1.0,
        mistake=mistake,
        hint="Which way?" if mistake else "",
    )


def full(exercise_id, **changed):
    values = {"score": 20.0, "max_score": 20.0, "verdict": Verdict.PASSED, "cases": (case("a", passed=True),)}
    return attempt(exercise_id=exercise_id, **{**values, **changed})


def of(*attempts, exercises=EXERCISES):
    return standing(exercises, attempts, now=NOW, zone=UTC)


def test_at_the_beginning_the_first_exercise_comes():
    found = of()
    assert (found.num_done, found.score, found.streak, found.num_attempts) == (0, 0.0, 0, 0)
    assert found.max_score == sum(exercise.total_points for exercise in EXERCISES)
    assert {item.status for item in found.exercises} == {Status.NEW}
    assert found.advice.exercise.id == "ex01"
    assert found.advice.reason == "it is the first one"


def test_status_best_score_and_time():
    untouched = attempt(exercise_id="ex06", verdict=Verdict.NOT_ATTEMPTED, score=0.0)
    found = of(
        attempt(1, at=at(1), score=2.0),
        attempt(2, at=at(0.9), score=1.0, since_s=100.0),
        attempt(3, at=at(0.8), score=1.5, since_s=PAUSE_S * 9),
        full("ex03", since_s=50.0),
        untouched,
    )
    item = found.of("ex05")
    assert (item.status, item.best, item.num_attempts) == (Status.STARTED, 2.0, 3)
    assert item.time_s == 100 + PAUSE_S
    assert len(item.scores) == 3
    assert found.of("ex03").status is Status.DONE
    assert found.of("ex03").done_at is not None
    assert found.of("ex06").status is Status.NEW
    assert found.of("ex00") is None
    assert found.time_s == 150 + PAUSE_S


def test_full_points_under_one_seed_only_are_not_done():
    found = of(full("ex05", other_seed=2030))
    assert found.of("ex05").status is Status.STARTED
    assert "not with every random input (seed 2030)" in found.advice.reason


def test_the_graders_failure_is_no_score():
    found = of(attempt(score=None, verdict=Verdict.GRADER_ERROR, cases=()))
    assert found.of("ex05").best is None


def test_one_goes_on_with_what_was_begun_last():
    found = of(attempt(1, at=at(2)), attempt(2, exercise_id="ex03", at=at(1)))
    assert found.advice.exercise.id == "ex03"
    assert found.advice.reason == "you have begun it: 1 of 2 cases are left"
    found = of(attempt(1, at=at(2), has_run=False))
    assert "does not run yet" in found.advice.reason


def test_then_comes_what_builds_on_what_is_done():
    assert of(full("ex01")).advice.exercise.id == "ex02"
    assert of(full("ex01")).advice.reason == "it builds on ex01, which you have done"
    assert of(full("ex01"), full("ex02")).advice.reason == "it needs nothing that comes before"
    only = tuple(exercise for exercise in EXERCISES if exercise.id == "ex02")
    assert of(exercises=only).advice.reason == "it is the next one left; it builds on ex01"
    everything = of(*(full(exercise.id) for exercise in EXERCISES))
    assert everything.advice.exercise is None
    assert all(skill.is_mastered for skill in everything.skills)


def test_what_needs_a_package_that_is_missing_comes_last():
    there, missing = EXERCISES[0], replace(EXERCISES[0], id="ex00", allowed_imports=("no_such_package",))
    assert of(exercises=(missing, there)).advice.exercise.id == "ex01"
    assert of(exercises=(missing,)).advice.exercise.id == "ex00"


def test_a_skill_is_mastered_when_every_exercise_that_practises_it_is_done():
    found = {skill.name.en: skill for skill in of(full("ex05")).skills}
    assert found["convolution"].is_mastered
    assert found["padding"].exercises == ("ex05", "ex06")
    assert found["padding"].done == ("ex05",)
    assert not found["padding"].is_mastered
    activate("ko")
    assert str(found["padding"].name) == "패딩"


def test_a_mistake_is_overcome_once_every_case_that_it_spoilt_has_passed():
    def tried(number, *cases):
        return attempt(number, at=at(10 - number), cases=cases)

    wrong = (case("a", passed=False, mistake="m"), case("b", passed=False, mistake="m"))
    half = (case("a", passed=True), case("b", passed=False))
    right = (case("a", passed=True), case("b", passed=True))
    (mistake,) = of(tried(1, *wrong)).mistakes
    assert (mistake.times, mistake.overcome_at, mistake.hint) == (1, None, "Which way?")
    (mistake,) = of(tried(1, *wrong), tried(2, *half)).mistakes
    assert mistake.overcome_at is None
    (mistake,) = of(tried(1, *wrong), tried(2, *half), tried(3, *right)).mistakes
    assert mistake.overcome_at == tried(3).when
    (mistake,) = of(tried(1, *wrong), tried(2, *right), tried(3, *wrong)).mistakes
    assert (mistake.times, mistake.overcome_at) == (2, None)
    assert of(attempt(exercise_id="ex00", cases=wrong)).mistakes == ()


@pytest.mark.parametrize(
    ("days", "streak"), [([0], 1), ([1], 1), ([2], 0), ([0, 1, 2, 4], 3), ([1, 2], 2), ([0, 0, 0], 1)]
)
def test_a_streak_is_days_in_a_row_up_to_today_or_yesterday(days, streak):
    attempts = [attempt(number, at=at(day)) for number, day in enumerate(days)]
    found = of(*attempts)
    assert found.streak == streak
    assert sum(found.by_day.values()) == len(days)


def test_days_are_those_of_the_learners_calendar():
    late = attempt(at=datetime(2026, 3, 9, 23, 30, tzinfo=UTC).timestamp())
    from zoneinfo import ZoneInfo

    found = standing(EXERCISES, [late], now=NOW, zone=ZoneInfo("Asia/Seoul"))
    assert [day.day for day in found.by_day] == [10]
