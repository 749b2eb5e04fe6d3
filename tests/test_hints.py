"""Hints: what authors may write, in which order learners get them, and what is kept between two calls."""

import json

import pytest

from grader.cli import main
from grader.course import load_course
from grader.course_folders import bundled_root
from grader.errors import ExerciseError
from grader.exercise_files import undeclared_files
from grader.hints import Hint, Memory, find_code, load_hints, next_step, steps
from grader.language import Text, activate
from grader.sandbox.start import can_fork
from grader.verdicts import CaseDetail, Verdict
from tests import sample_reports as samples
from tests.conftest import HINTS
from tests.test_authoring import broken, prove
from tests.test_cli import RIGHT, WRONG, submission

HINTS_OF_TWO = (
    Hint(text=Text(en="concept", ko="개념")),
    Hint(text=Text(en="about f", ko="f에 대해"), entry_point="f"),
    Hint(text=Text(en="about g", ko="g에 대해"), entry_point="g"),
    Hint(text=Text(en="the line of f", ko="f의 줄"), entry_point="f"),
)
needs_worker = pytest.mark.skipif(
    not can_fork(), reason="the jail needs Linux; `grade hint` has no way around it"
)


def failing(call, **fields):
    fields = {"message": "wrong", "detail": CaseDetail(call=call)} | fields
    return samples.case("test_x", fields.pop("verdict", Verdict.FAILED), title="A case", **fields)


# What authors write


@pytest.mark.parametrize("exercise", load_course(bundled_root()).exercises, ids=lambda exercise: exercise.id)
def test_every_exercise_of_the_course_leads_to_each_of_its_functions(exercise):
    hints = load_hints(exercise)
    assert 4 <= len(hints) <= 8 or len(hints) > len(exercise.names)
    assert {hint.entry_point for hint in hints} == {"", *exercise.names}
    solution = exercise.solution.read_text("utf-8")
    assert not [code for code in (find_code(hint, solution) for hint in hints) if code]
    assert not undeclared_files(exercise)
    for hint in hints:
        assert any(mark in hint.text.en for mark in "?.")
        assert hint.text.ko.rstrip().endswith(("?", "요.", "."))


@pytest.mark.parametrize(
    ("hints", "words"),
    [
        ("hints = 3", "at least one table"),
        ("[[hints]]\nen = 'a'", "`hints[0].ko`"),
        ("[[hints]]\nen = 'a'\nko = 'b'\nline = 3", "no key of this name"),
        ("[[hints]]\nen = 'a'\nko = 'b'\nentry_point = 'dubble'", "double | halve"),
        ("[[hints]]\nen = ''\nko = 'b'", "one line of text"),
        ("[[hints]\n", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_told(make_course, hints, words):
    exercise = load_course(make_course(hints=hints)).exercise("ex99")
    with pytest.raises(ExerciseError) as caught:
        load_hints(exercise)
    assert words in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("hints", "words"),
    [
        (HINTS.replace("두 배는 무엇인가요?", "Why?"), "hint 1: Korean is missing"),
        (HINTS.replace("Try -1.", "Return np.asarray( x ) * 2.0"), "hint 2 holds code of the solution"),
        (HINTS[: HINTS.rindex("[[hints]]")], "no hint for `halve`"),
        ("x = 3", "no key of this name"),
    ],
)
def test_verify_reads_the_hints(make_course, hints, words):
    assert words in broken(prove(make_course(hints=hints)))


def test_a_course_may_do_without_hints_until_it_is_verified(make_course):
    root = make_course()
    exercise = load_course(root).exercise("ex99")
    exercise.hints.unlink()
    assert load_hints(exercise) == ()
    assert "`hints.toml` is not written yet" in broken(prove(root))


# In which order


def test_without_a_check_hints_come_as_they_were_written():
    assert [step.text for step in steps(HINTS_OF_TWO, None)] == [
        "concept", "about f", "about g", "the line of f",
    ]  # fmt: skip


def test_the_diagnosed_mistake_comes_first_then_what_is_about_that_function():
    report = samples.report(
        failing("g(1)"), failing("f(x=[1])", mistake="off_by_one", hint="How many windows?"), samples.case()
    )
    found = steps(HINTS_OF_TWO, report)
    assert [step.text for step in found] == ["How many windows?", "concept", "about f", "the line of f"]
    assert found[0].key == "mistake off_by_one"
    activate("ko")
    assert steps(HINTS_OF_TWO, report)[1].text == "개념"
    assert steps(HINTS_OF_TWO, report)[1].key == found[1].key


def test_a_wrong_answer_comes_before_what_is_not_written():
    report = samples.report(failing("f(1)", verdict=Verdict.NOT_ATTEMPTED), failing("g().run(1)"))
    assert [step.text for step in steps(HINTS_OF_TWO, report)] == ["concept", "about g"]


def test_a_call_of_something_else_brings_every_hint():
    assert len(steps(HINTS_OF_TWO, samples.report(failing("h(1)")))) == 4


def test_the_next_step_is_the_first_that_was_not_shown():
    found = steps(HINTS_OF_TWO, None)
    assert next_step(found, ()) == 0
    assert next_step(found, (found[0].key, found[2].key)) == 1
    assert next_step(found, [step.key for step in found]) == 3


def test_code_is_found_however_it_is_spaced():
    solution = "def f(x):\n    y = x[1:] - x[:-1]\n    return y / 2\n"
    assert find_code(Hint(text=Text(en="Try x[1:]-x[ :-1 ]!", ko="힌트")), solution)
    assert not find_code(Hint(text=Text(en="Take differences of neighbours", ko="이웃의 차")), solution)


# What is kept


def test_what_was_shown_is_kept_and_forgotten_for_each_exercise(tmp_path):
    memory = Memory(tmp_path)
    memory.add("ex01", "a")
    memory.add("ex02", "b")
    assert Memory(tmp_path).seen("ex01") == ("a",)
    memory.forget("ex01")
    again = Memory(tmp_path)
    assert (again.seen("ex01"), again.seen("ex02"), again.notes) == ((), ("b",), [])
    assert [path.name for path in (tmp_path / ".grade").iterdir()] == ["hints.json"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", '{"format_version": 9, "shown": {}}', '{"format_version": 1, "shown": {"a": 3}}',
             '{"format_version": 1, "shown": []}', "[" * 100_000, "\x00", "1" * 1_000_001],
)  # fmt: skip
def test_a_damaged_file_is_told_and_written_anew(tmp_path, text):
    (tmp_path / ".grade").mkdir()
    (tmp_path / ".grade" / "hints.json").write_text(text)
    memory = Memory(tmp_path)
    assert "damaged" in memory.notes[0]
    memory.add("ex01", "a")
    assert Memory(tmp_path).seen("ex01") == ("a",)


def test_a_folder_that_cannot_be_written_costs_a_note(tmp_path):
    (tmp_path / ".grade").write_text("a file where the folder should be")
    memory = Memory(tmp_path)
    memory.add("ex01", "a")
    assert len(memory.notes) == 1
    assert "cannot be written" in memory.notes[0]


# The command


@pytest.fixture
def hint(capsys, monkeypatch, tmp_path, make_course):
    """Return a function that asks for a hint here and returns exit code, stdout and stderr."""
    monkeypatch.setenv("GRADE_COURSE", str(make_course()))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        return main.run(["hint", "ex99", *map(str, arguments)]), *capsys.readouterr()

    return call


def test_without_code_the_hints_follow_each_other_to_the_last(hint):
    said = [hint()[1] for _ in range(4)]
    assert [
        "hint 1 of 3\n" in said[0],
        "hint 2 of 3 · double" in said[1],
        "hint 3 of 3 · halve" in said[2],
    ] == [True] * 3
    assert "That was the last one" in said[3]
    assert "hint 3 of 3" in said[3]
    code, out, err = hint("--reset")
    assert (code, err) == (0, "")
    assert "What is twice a number?" in out


@needs_worker
def test_the_hint_begins_with_what_is_wrong_in_the_code(hint, tmp_path):
    submission(tmp_path, WRONG)
    code, out, err = hint()
    assert (code, err) == (0, "")
    assert "What is twice 3?" in out  # of the mistake `adds_two`
    assert "hint 1 of 3 · Random values" in out or "hint 1 of 3 · The example of the statement" in out
    assert "What is twice a number?" in hint()[1]
    assert "Try -1." in hint()[1]
    kept = json.loads((tmp_path / ".grade" / "hints.json").read_text("utf-8"))
    assert kept["shown"]["ex99"][0] == "mistake adds_two"
    submission(tmp_path, RIGHT.replace("2.0**times", "2.0"))  # another mistake: its own hint comes first
    assert "hint 1 of 3" in hint()[1]


@needs_worker
def test_right_code_needs_no_hint_and_broken_code_is_told(hint, tmp_path):
    submission(tmp_path, RIGHT)
    assert "nothing left to hint at" in hint()[1]
    other = submission(tmp_path, "def double(x:\n", name="other.py")
    code, out, _ = hint(other)
    assert code == 0
    assert "stops at line 1" in out
    assert not (tmp_path / ".grade").exists()


def test_a_file_that_is_not_there_is_wrong_use(hint):
    code, out, err = hint("nowhere.py")
    assert (code, out) == (2, "")
    assert "There is no file `nowhere.py`" in err


def test_a_plain_hint_is_a_fact_a_line_in_korean(hint, capsys):
    assert main.run(["--plain", "--lang", "ko", "hint", "ex99"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "힌트: 두 배는 무엇인가요?"
    assert len(lines) == 4


def test_a_folder_that_cannot_be_written_still_gets_its_hint(hint, tmp_path):
    (tmp_path / ".grade").write_text("")
    code, out, err = hint()
    assert code == 0
    assert "What is twice a number?" in out
    assert "cannot be written" in err
