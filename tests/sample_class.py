"""A little class in a gradebook, made with the gradebook's own functions."""

from datetime import UTC, datetime
from pathlib import Path

from grader.gradebook.book import NewResult, open_gradebook
from grader.gradebook.corrections import add_override, add_waiver, set_late_policy
from grader.gradebook.details import pack_details
from grader.gradebook.records import Basis, Effect, LatePolicy, ResultState
from grader.intake.records import Handin, Student
from grader.verdicts import CaseDetail, CaseResult, Jail, Report, Verdict, Visibility

DUE = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)
BASIS = Basis(seed=7, suite_hash="s", mistakes_hash="m", course_hash="c", grader_version="1")


def person(key, name, canvas, sis, participant, email):
    ids = (("canvas_id", canvas), ("sid", sis), ("participant", participant), ("email", email))
    return Student(key=key, name=name, ids=ids)


MINJUN = person("20231001", "김민준", "9001", "20231001", "501", "minjun@uni.example")
SEOYEON = person("20231002", "이서연", "9002", "20231002", "502", "seoyeon@uni.example")
JANE = person("20231003", "Jane Doe", "9003", "20231003", "503", "jane@uni.example")
JIHO = person("20231004", "박지호", "9004", "20231004", "504", "jiho@uni.example")
LATE = person("20231005", "Max Müller", "9005", "20231005", "505", "max@uni.example")
NOBODY = person("20231006", "최수아", "9006", "20231006", "506", "sua@uni.example")
EVIL = Student(key="20231007", name='=HYPERLINK("http://evil";"click")', ids=(("sid", "20231007"),))
EVERYBODY = [MINJUN, SEOYEON, JANE, JIHO, LATE, NOBODY, EVIL]

CASES = [
    ("test_a", "First numbers", 4.0),
    ("test_b", "A kernel | with <edges>", 8.0),
    ("test_c", "Shapes", 8.0),
]


def report_of(passed, *, mistake=None, path="/home/prof/class/ex05.py"):
    cases = []
    for (case_id, title, max_points), is_passed in zip(CASES, passed, strict=True):
        cases.append(
            CaseResult(
                case_id=case_id,
                title=title,
                verdict=Verdict.PASSED if is_passed else Verdict.FAILED,
                points=max_points if is_passed else 0.0,
                max_points=max_points,
                visibility=Visibility.VISIBLE if case_id == "test_a" else Visibility.HIDDEN,
                message="" if is_passed else f"SECRET of {case_id}",
                mistake=None if is_passed else mistake,
                hint="" if is_passed else "Look at the edges.",
                detail=CaseDetail() if is_passed else CaseDetail(call=f"CALL of {case_id}"),
            )
        )
    return Report(
        exercise_id="ex05",
        path=path,
        sha256="ab" * 32,
        seed=7,
        cases=tuple(cases),
        jail=Jail(complete=True),
        duration_s=0.25,
    )


def add(book, members, passed, *, text, submitted_at=None, **more):
    """Hand something in and grade it."""
    handin = Handin(
        members=tuple(members),
        exercise_id="ex05",
        path=Path(f"/home/prof/class/{members[0].name}/ex05.py"),
        original_name="ex05.py",
        submitted_at=submitted_at,
    )
    digest = f"{text:0<64}"
    (handin_id,) = book.add_handins([(handin, digest)])
    report = report_of(passed, **more)
    result = NewResult(
        handin_id=handin_id,
        state=ResultState.GRADED,
        basis=BASIS,
        verdict=report.verdict,
        score=report.score,
        max_score=report.max_score,
        cases=report.cases,
        details=pack_details(report),
        jail=report.jail,
        duration_s=report.duration_s,
    )
    return book.add_result(result, batch_id=None, sha256=digest, source=text.encode())


def make_class(out, *, corrected=True):
    """Write `out/gradebook.sqlite`: full, none, in between, a group, late, nothing handed in, hostile name."""
    out.mkdir(parents=True, exist_ok=True)
    with open_gradebook(out, create=True) as book:
        book.set_exercise("ex05", title_en="Convolution", title_ko="합성곱", max_score=20.0)
        set_late_policy(book, "ex05", LatePolicy(due_at=DUE, per_day=0.1, floor=0.5))
        book.set_students(EVERYBODY)
        add(book, [MINJUN], (True, True, True), text="right", submitted_at=DUE)
        add(book, [SEOYEON, JANE], (True, False, True), text="group", mistake="no_padding", submitted_at=DUE)
        add(book, [JIHO], (False, False, False), text="wrong", mistake="no_padding", submitted_at=DUE)
        late = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
        add(book, [LATE], (True, True, True), text="late", submitted_at=late)
        add(book, [EVIL], (True, False, False), text="evil", submitted_at=DUE)
        if corrected:
            add_override(book, JIHO.key, "ex05", points=7.5, reason="Showed it in the office", who="prof")
    return out


def waive(out, case_id, effect=Effect.FULL):
    with open_gradebook(out) as book:
        add_waiver(book, "ex05", case_id, effect=effect, reason="The test was wrong", who="prof")
