"""The gradebook: what is written once, what people decide, and the marks that come of both."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from grader.errors import StoreError
from grader.gradebook.book import NewResult, open_gradebook
from grader.gradebook.corrections import (
    add_extension,
    add_override,
    add_waiver,
    overrides,
    remove_student,
    set_late_policy,
    waivers,
)
from grader.gradebook.details import Shown, pack_details
from grader.gradebook.marks import late_penalty, read_exercises, read_marks, read_students
from grader.gradebook.records import Basis, Effect, LatePolicy, MarkState, ResultState
from grader.gradebook.results import attempts, newest_results, read_cases, read_report, read_result
from grader.gradebook.schema import FILE_NAME, GRADEBOOK
from grader.intake.records import Handin, Student, Unread
from grader.store import Kind, open_store
from grader.verdicts import (
    CaseDetail,
    CaseResult,
    Frame,
    Jail,
    Mismatch,
    Report,
    TimeSteps,
    Verdict,
    Visibility,
    Window,
)

DUE = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)
BASIS = Basis(seed=7, suite_hash="s1", mistakes_hash="m1", course_hash="c1", grader_version="1")
ANN, BOB = Student(key="ann", name="앤", ids=(("sid", "1"), ("email", "a@x"))), Student(key="bob", name="Bob")


def case(case_id, points, max_points=4.0, **more):
    verdict = Verdict.GRADER_ERROR if points is None else Verdict.PASSED if points else Verdict.FAILED
    return CaseResult(
        case_id=case_id, title=case_id, verdict=verdict, points=points, max_points=max_points, **more
    )


def handin(*members, text="v1", submitted_at=None, is_late=False):
    record = Handin(
        members=members,
        exercise_id="ex05",
        path=Path(f"/class/{members[0].key}/ex05.py"),
        original_name="ex05.py",
        submitted_at=submitted_at,
        is_late=is_late,
        notes=("renamed",),
    )
    return record, text


@pytest.fixture
def book(tmp_path):
    with open_gradebook(tmp_path, create=True) as opened:
        opened.set_exercise("ex05", title_en="Convolution", title_ko="합성곱", max_score=8.0)
        opened.set_students([ANN, BOB])
        yield opened


def grade(book, handin_id, *points, state=ResultState.GRADED, basis=BASIS, **more):
    cases = [case(f"test_{number}", value) for number, value in enumerate(points)]
    score = sum(points) if state is ResultState.GRADED else None
    verdict = Verdict.PASSED if score == 8 else Verdict.FAILED
    result = NewResult(
        handin_id=handin_id,
        state=state,
        basis=basis,
        verdict=verdict,
        score=score,
        max_score=8.0,
        cases=cases,
        message="" if state is ResultState.GRADED else "it broke",
        **more,
    )
    return book.add_result(result, batch_id=None, sha256="v1", source=b"def f(): ...")


def mark_of(book, key="ann"):
    return next(mark for mark in read_marks(book) if mark.student.key == key)


def test_who_handed_in_nothing_has_no_mark_and_no_zero(book):
    mark = mark_of(book)
    assert mark.state is MarkState.NOT_HANDED_IN
    assert (mark.final, mark.max_score, mark.student) == (None, 8.0, ANN)


def test_a_result_is_a_mark_with_all_that_led_to_it(book):
    (handin_id,) = book.add_handins([handin(ANN, submitted_at=DUE)])
    assert mark_of(book).state is MarkState.NOT_GRADED
    result_id = grade(book, handin_id, 4.0, 0.0, notes=("an alias",), jail=Jail(complete=True, parts=("x",)))
    mark = mark_of(book)
    assert (mark.state, mark.computed, mark.final, mark.max_score) == (MarkState.GRADED, 4.0, 4.0, 8.0)
    assert (mark.result_id, mark.submitted_at, mark.path) == (result_id, DUE, "/class/ann/ex05.py")
    stored = read_result(book, result_id)
    assert (stored.basis, stored.jail, stored.notes) == (
        BASIS,
        Jail(complete=True, parts=("x",)),
        ("an alias",),
    )
    assert [(found.case_id, found.points) for found in read_cases(book, result_id)] == [
        ("test_0", 4.0),
        ("test_1", 0.0),
    ]
    assert book.source_of("v1") == b"def f(): ..."
    assert book.source_of("other") is None


def test_a_result_without_a_number_is_refused():
    with pytest.raises(ValueError, match="does not fit"):
        NewResult(
            handin_id=1,
            state=ResultState.GRADED,
            basis=BASIS,
            verdict=Verdict.FAILED,
            score=None,
            max_score=1.0,
        )


def test_old_results_stay_and_the_newest_counts(book):
    (handin_id,) = book.add_handins([handin(ANN)])
    first, second = grade(book, handin_id, 4.0, 0.0), grade(book, handin_id, 0.0, 0.0)
    assert mark_of(book).final == 0.0
    assert [result.id for result in attempts(book, "ann", "ex05")] == [first, second]
    assert [result.id for result in newest_results(book, "ex05")] == [second]
    grade(book, handin_id, 0.0, 4.0)
    grade(book, handin_id, 0.0, 0.0, is_set_aside=True)
    assert mark_of(book).final == 4.0
    assert len(attempts(book, "ann", "ex05")) == 4


def test_a_fault_of_the_grader_never_takes_a_score_away(book):
    (handin_id,) = book.add_handins([handin(ANN)])
    grade(book, handin_id, state=ResultState.GRADER_ERROR)
    assert (mark_of(book).state, mark_of(book).final) == (MarkState.GRADER_ERROR, None)
    grade(book, handin_id, 4.0, 4.0)
    assert (mark_of(book).state, mark_of(book).fault) == (MarkState.GRADED, "")
    grade(book, handin_id, state=ResultState.GRADER_ERROR)
    mark = mark_of(book)
    assert (mark.state, mark.final, mark.fault) == (MarkState.GRADED, 8.0, "it broke")
    (newer,) = book.add_handins([handin(ANN, text="v2")])
    grade(book, newer, state=ResultState.GRADER_ERROR)
    assert (mark_of(book).final, mark_of(book).fault, mark_of(book).handin_id) == (8.0, "it broke", handin_id)
    grade(book, newer, 0.0, 0.0)
    assert (mark_of(book).final, mark_of(book).handin_id) == (0.0, newer)


def test_what_cannot_be_read_waits_for_a_person(book):
    (handin_id,) = book.add_handins([handin(ANN)])
    grade(book, handin_id, state=ResultState.NOT_READ)
    assert (mark_of(book).state, mark_of(book).final, mark_of(book).fault) == (
        MarkState.NOT_READ,
        None,
        "it broke",
    )
    add_override(book, "ann", "ex05", points=3.0, reason="on paper", who="kim")
    assert (mark_of(book).final, mark_of(book).state) == (3.0, MarkState.NOT_READ)


def test_an_earlier_file_handed_in_again_needs_no_new_run(book):
    (first,) = book.add_handins([handin(ANN)])
    grade(book, first, 4.0, 0.0)
    (second,) = book.add_handins([handin(ANN, text="v2")])
    assert mark_of(book).final == 4.0  # the newer one waits
    grade(book, second, 4.0, 4.0)
    assert mark_of(book).final == 8.0
    assert book.add_handins([handin(ANN)]) == [first]
    assert mark_of(book).final == 4.0


def test_what_is_settled_depends_on_the_basis(book):
    one, two, three = book.add_handins([handin(ANN), handin(BOB), handin(ANN, text="v2")])
    grade(book, one, 4.0, 4.0)
    grade(book, two, 4.0, 0.0)
    grade(book, three, state=ResultState.GRADER_ERROR)
    assert book.settled("ex05", BASIS) == {one, two}
    assert book.settled("ex05", replace(BASIS, course_hash="c2")) == {one, two}
    assert book.settled("ex05", replace(BASIS, mistakes_hash="m2")) == {one}
    for change in ({"seed": 8}, {"suite_hash": "s2"}, {"grader_version": "2"}):
        assert book.settled("ex05", replace(BASIS, **change)) == set()
    assert book.settled("ex06", BASIS) == set()


def test_a_group_is_graded_once_and_marked_for_each(book):
    (together,) = book.add_handins([handin(ANN, BOB)])
    grade(book, together, 4.0, 4.0)
    assert (mark_of(book).final, mark_of(book, "bob").final) == (8.0, 8.0)
    assert mark_of(book, "bob").members == ("ann", "bob")
    (alone,) = book.add_handins([handin(BOB, text="v2")])
    grade(book, alone, 0.0, 0.0)
    assert (mark_of(book).final, mark_of(book, "bob").final) == (8.0, 0.0)


def test_of_two_groups_with_one_person_the_later_counts_however_often_they_are_noted(book):
    pair = [handin(ANN, BOB, text="v1"), handin(BOB, text="v2")]
    for _ in range(3):
        together, alone = book.add_handins(pair)
        assert (mark_of(book).handin_id, mark_of(book, "bob").handin_id) == (together, alone)
    book.add_handins([handin(ANN, BOB, text="v1", submitted_at=DUE)])
    assert mark_of(book, "bob").submitted_at == DUE


def test_overrides_stand_apart_and_can_be_taken_back(book):
    (handin_id,) = book.add_handins([handin(ANN)])
    grade(book, handin_id, 4.0, 0.0)
    add_override(book, "ann", "ex05", points=7.0, reason="appeal", who="kim")
    mark = mark_of(book)
    assert (mark.computed, mark.final, mark.override.who) == (4.0, 7.0, "kim")
    add_override(book, "ann", "ex05", points=None, reason="a slip", who="lee")
    assert (mark_of(book).final, mark_of(book).override) == (4.0, None)
    assert [made.reason for made in overrides(book)] == ["appeal", "a slip"]


def test_a_waived_case_counts_in_full_or_for_nobody(book):
    one, two = book.add_handins([handin(ANN), handin(BOB)])
    grade(book, one, 4.0, 0.0)
    grade(book, two, 4.0, 4.0)
    add_waiver(book, "ex05", "test_1", effect=Effect.FULL, reason="the test was wrong", who="kim")
    assert [(mark.computed, mark.final, mark.max_score) for mark in read_marks(book)] == [
        (4.0, 8.0, 8.0),
        (8.0, 8.0, 8.0),
    ]
    add_waiver(book, "ex05", "test_1", effect=Effect.DROP, reason="better", who="kim")
    assert [(mark.final, mark.max_score) for mark in read_marks(book)] == [(4.0, 4.0), (4.0, 4.0)]
    add_waiver(book, "ex05", "test_1", effect=Effect.NONE, reason="it was right", who="kim")
    assert [mark.final for mark in read_marks(book)] == [4.0, 8.0]
    assert len(waivers(book)) == 3


def test_lateness_costs_started_days_down_to_the_floor(book):
    (handin_id,) = book.add_handins([handin(ANN, submitted_at=DUE + timedelta(hours=25))])
    grade(book, handin_id, 4.0, 4.0)
    set_late_policy(book, "ex05", LatePolicy(due_at=DUE, per_day=0.1, floor=0.5))
    mark = mark_of(book)
    assert (mark.computed, mark.days_late, mark.is_late) == (8.0, 2, True)
    assert mark.final == pytest.approx(6.4)
    assert late_penalty(8.0, 30, LatePolicy(due_at=DUE, per_day=0.1, floor=0.5)) == 4.0
    add_extension(book, "ann", "ex05", due_at=DUE + timedelta(days=3), reason="ill", who="kim")
    assert (mark_of(book).final, mark_of(book).is_late) == (8.0, False)
    add_extension(book, "ann", "ex05", due_at=None, reason="not ill", who="kim")
    assert mark_of(book).days_late == 2
    assert read_exercises(book)[0].late == LatePolicy(due_at=DUE, per_day=0.1, floor=0.5)


def test_without_a_due_date_the_platforms_word_is_shown_and_costs_nothing(book):
    (handin_id,) = book.add_handins([handin(ANN, is_late=True)])
    grade(book, handin_id, 4.0, 4.0)
    assert (mark_of(book).is_late, mark_of(book).final) == (True, 8.0)


def test_a_gradebook_of_the_first_version_is_carried_on(tmp_path):
    first = Kind(
        application_id=GRADEBOOK.application_id, what=GRADEBOOK.what, migrations=GRADEBOOK.migrations[:1]
    )
    with open_store(tmp_path / FILE_NAME, first) as store:
        store.execute("INSERT INTO student VALUES ('ann', 'Ann', 0)")
        assert not store.rows("SELECT 1 FROM sqlite_schema WHERE name = 'unusable'")
    with open_gradebook(tmp_path) as book:
        assert book.store.rows("SELECT key FROM student") == [("ann",)]
        assert book.store.rows("SELECT * FROM unusable") == []


def test_late_by_the_platforms_word_alone_is_late_and_costs_nothing(book):
    """Canvas says that something was late, but not when it came."""
    (handin_id,) = book.add_handins([handin(ANN, is_late=True)])
    grade(book, handin_id, 4.0, 4.0)
    set_late_policy(book, "ex05", LatePolicy(due_at=DUE, per_day=0.1, floor=0.5))
    assert (mark_of(book).is_late, mark_of(book).days_late, mark_of(book).final) == (True, 0, 8.0)
    add_extension(book, "ann", "ex05", due_at=DUE + timedelta(days=3), reason="ill", who="kim")
    assert not mark_of(book).is_late  # the platform does not know of it


@pytest.mark.parametrize(
    "wrong",
    [{"per_day": 1.5}, {"floor": -0.1}, {"due_at": datetime(2026, 3, 2)}],  # noqa: DTZ001 - the point
)
def test_a_policy_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match="Expected"):
        LatePolicy(**wrong)


def test_mistakes_are_counted_for_the_result_that_counts(book):
    (handin_id,) = book.add_handins([handin(ANN)])
    for mistakes in (("flipped",), ("flipped", "flipped", "padded")):
        cases = [case(f"t{n}", 0.0, mistake=name) for n, name in enumerate(mistakes)]
        result = NewResult(
            handin_id=handin_id,
            state=ResultState.GRADED,
            basis=BASIS,
            verdict=Verdict.FAILED,
            score=0.0,
            max_score=8.0,
            cases=cases,
        )
        book.add_result(result, batch_id=None, sha256="v1", source=b"")
    assert mark_of(book).mistakes == {"flipped": 2, "padded": 1}


DETAIL = CaseDetail(
    call="f([1, 2])",
    mismatch=Mismatch(
        kind="values",
        message="differs",
        expected=np.arange(4.0, dtype="float32").reshape(2, 2),
        received=(1, [2 + 1j, None, 10**30], {"a": np.float64(3)}, object()),
        wrong=np.array([[True, False], [False, False]]),
        num_wrong=1,
        size=4,
        first_index=(0, 0),
        max_abs_error=float("nan"),
    ),
    exception="ValueError: \ud800",
    frames=(Frame(line=3, function="f", source="return x"),),
    notes=("a note",),
    output="printed",
    window=Window(cells=np.ones(3), inside=np.array([True, True, False]), start=(-1,)),
    time_steps=TimeSteps(wrong=(False, True), backwards=True),
)


def test_a_whole_report_comes_back_as_it_was(book):
    (handin_id,) = book.add_handins([handin(ANN)])
    report = Report(
        exercise_id="ex05",
        path="/class/ann/ex05.py",
        sha256="v1",
        seed=7,
        cases=(
            case("one", 4.0, visibility=Visibility.HIDDEN, hint="ask", duration_s=0.25),
            case("two", 0.0, message="\ud800 wrong", detail=DETAIL, mistake="flipped"),
        ),
        jail=Jail(complete=True, parts=("landlock",)),
        duration_s=0.5,
        problem=CaseDetail(exception="SyntaxError: here", column=3),
        notes=("a note",),
    )
    result = NewResult(
        handin_id=handin_id,
        state=ResultState.GRADED,
        basis=BASIS,
        verdict=report.verdict,
        score=report.score,
        max_score=report.max_score,
        cases=report.cases,
        details=pack_details(report),
        notes=report.notes,
        jail=report.jail,
        duration_s=report.duration_s,
    )
    result_id = book.add_result(result, batch_id=None, sha256="v1", source=b"")
    back = read_report(book, result_id)
    assert (back.cases[0], back.jail, back.notes, back.problem) == (
        report.cases[0],
        report.jail,
        report.notes,
        report.problem,
    )
    detail = back.cases[1].detail
    assert (detail.call, detail.exception, detail.frames, detail.time_steps, detail.output) == (
        DETAIL.call,
        DETAIL.exception,
        DETAIL.frames,
        DETAIL.time_steps,
        DETAIL.output,
    )
    np.testing.assert_array_equal(detail.mismatch.expected, DETAIL.mismatch.expected)
    np.testing.assert_array_equal(detail.window.inside, DETAIL.window.inside)
    received = detail.mismatch.received
    assert received[:3] == (1, [2 + 1j, None, 10**30], {"a": np.float64(3)})
    assert isinstance(received[3], Shown)
    assert repr(received[3]).startswith("<object object")
    assert np.isnan(detail.mismatch.max_abs_error)


def test_a_huge_array_is_not_kept(book):
    detail = replace(DETAIL, mismatch=replace(DETAIL.mismatch, expected=np.zeros((600, 600))))
    report = Report(
        exercise_id="ex05",
        path="",
        sha256="",
        seed=1,
        cases=(case("one", 0.0, detail=detail),),
        jail=Jail(complete=True),
        duration_s=0.0,
    )
    assert len(pack_details(report)) < 2000


def test_damaged_details_are_named(book):
    (handin_id,) = book.add_handins([handin(ANN)])
    result_id = grade(book, handin_id, 4.0, 0.0, details=b"\x05\x00\x00\x00nonsense")
    with pytest.raises(StoreError, match="damaged"):
        read_report(book, result_id)
    with pytest.raises(StoreError, match="no result number 99"):
        read_result(book, 99)


def test_people_are_updated_and_never_lost(book):
    book.set_students([Student(key="cho", name="조"), replace(ANN, name="", ids=(("sid", "9"),)), BOB])
    found = read_students(book)
    assert [student.key for student in found] == ["ann", "bob", "cho"]
    assert found[0] == Student(key="ann", name="앤", ids=(("sid", "9"),))


def test_settings_batches_and_what_was_not_read(book):
    assert book.setting("seed") is None
    book.set_setting("seed", "7")
    book.set_setting("seed", "8")
    assert book.setting("seed") == "8"
    batch_id = book.begin_batch(source="x", layout="plain", seed=8, course_hash="c", grader_version="1")
    book.set_unread(batch_id, [Unread(place="a/b", reason="why", is_hostile=True)])
    book.end_batch(batch_id)
    assert book.store.rows("SELECT place, is_hostile FROM unread") == [("a/b", 1)]
    assert book.store.rows("SELECT count(*) FROM batch WHERE finished_at IS NOT NULL") == [(1,)]


def test_a_removed_person_leaves_nothing_behind_but_the_groups_work(book, tmp_path):
    mine, ours = book.add_handins([handin(ANN, text="mine"), handin(ANN, BOB, text="v1")])
    grade(book, mine, 4.0, 0.0)
    grade(book, ours, 4.0, 4.0)
    add_override(book, "ann", "ex05", points=1.0, reason="x", who="y")
    remove_student(book, "ann")
    assert [student.key for student in read_students(book)] == ["bob"]
    assert mark_of(book, "bob").final == 8.0
    assert mark_of(book, "bob").members == ("bob",)
    assert overrides(book) == []
    assert book.store.rows("SELECT count(*) FROM handin") == [(1,)]
    assert book.store.rows("SELECT count(*) FROM result_case") == [(2,)]


def test_a_gradebook_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(StoreError, match="There is no gradebook"):
        open_gradebook(tmp_path)
