"""`grade verify` finds what is wrong with an exercise, and `grade new` writes one that it can tell about."""

import pytest

from grader.authoring import VerifyReport, verify
from grader.course import load_course
from grader.errors import UsageError
from grader.grading import Settings
from grader.sandbox.start import can_fork
from grader.scaffold import create
from tests.conftest import HIDDEN, MISTAKES, PUBLIC, SOLUTION, TOML


def prove(course_root):
    rows = []
    report = verify(
        load_course(course_root).exercises, settings=Settings(jail=can_fork()), on_progress=rows.append
    )
    assert tuple(rows) == report.rows
    return report


def broken(report):
    return " | ".join(f"{row.check}: {row.detail}" for row in report.rows if not row.ok)


def test_a_good_exercise_is_proven(make_course):
    report = prove(make_course())
    assert report.all_ok, broken(report)
    assert len(report.rows) >= 9


@pytest.mark.parametrize(
    ("replaced", "words"),
    [
        ({"stub": SOLUTION}, "the stub is not attempted: `test_example`: passed"),
        ({"solution": SOLUTION.replace("* 2.0", "* 2.5")}, "the solution gets full points"),
        ({"solution": "import numpy as np\n" + SOLUTION.replace("* 2.0", "* np.random.rand()")}, "seed"),
        ({"mistakes": MISTAKES.replace("+ 2.0", "* 2.0")}, "`adds_two` gets full points"),
        ({"mistakes": MISTAKES.replace("** 2.0", "+ 2.0")}, "no case tells `adds_two` from `squares`"),
        ({"mistakes": MISTAKES[: MISTAKES.index('@mistake("negates"')]}, "fewer than five"),
        ({"mistakes": MISTAKES.replace("3의 두 배는 얼마인가요?", "")}, "Korean is missing"),
        ({"hidden": HIDDEN.replace('ko="무작위 값"', 'ko="Random"')}, "test_random: Korean is missing"),
        ({"hidden": HIDDEN.replace('@title(en="Halving", ko="반으로 나누기")\n', "")}, "`test_halve` has no title"),
        ({"hidden": HIDDEN.replace("@points(3)", "@points(4)")}, "add up to 11, not 10"),
        ({"hidden": HIDDEN.replace('requires("test_halve")', 'requires("test_nothing")')}, "which is no case"),
        ({"hidden": HIDDEN.replace("test_halve_twice", "test_example")}, "Two cases are called `test_example`"),
        ({"public": PUBLIC.replace("(submission)", "(submission, solution)")}, "students do not have"),
        ({"hidden": HIDDEN.replace("(submission.double(x), s", "(submission.double(x) + 0, s")}, "returning None"),
        ({"mistakes": MISTAKES.replace('replaces="halve"', 'replaces="quarter"')}, "does not define"),
        ({"mistakes": MISTAKES + "\n1 / 0\n"}, "ZeroDivisionError"),
        ({"toml": TOML.format(case_s=1).replace("두 배", "Doubling")}, "Korean is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(make_course, replaced, words):
    report = prove(make_course(**replaced))
    assert not report.all_ok
    assert words in broken(report)


def test_statements_must_name_every_function_in_both_languages(make_course):
    root = make_course()
    folder = root / "exercises" / "ex99_doubling"
    (folder / "README.ko.md").write_text("# Doubling\n`double`\n", "utf-8")
    found = broken(prove(root))
    assert "`README.ko.md` is not Korean" in found
    assert "`README.ko.md` does not mention `halve`" in found


def test_a_student_kit_has_nothing_to_prove(make_course, tmp_path):
    root = make_course()
    (root / "solutions").rename(tmp_path / "elsewhere")
    assert "no `solutions/` folder" in broken(prove(root))


def test_nothing_proves_nothing():
    assert not VerifyReport(rows=()).all_ok


# --- grade new -------------------------------------------------------------------------------------------------


def test_a_new_exercise_says_what_is_left_to_do_until_nothing_is(tmp_path):
    made = create(tmp_path, "ex30", name="Mean of a list")
    assert all(path.is_file() for path in made)
    folder, private = made[0].parent, made[-1].parent
    assert folder.name == "ex30_mean_of_a_list"
    found = broken(prove(tmp_path))
    assert "is not written yet" in found
    assert "fewer than five known mistakes" in found
    assert "the solution gets full points" in found

    # Twenty lines of one's own.
    toml = (folder / "exercise.toml").read_text("utf-8")
    toml = toml.replace('en = "(to be written)", ko = "(아직 쓰지 않음)"', 'en = "Mean", ko = "평균"')
    toml = toml.replace("(to be written)", "mean").replace("(아직 쓰지 않음)", "평균")
    (folder / "exercise.toml").write_text(toml, "utf-8")
    (folder / "README.md").write_text("`my_function` returns the list without its mean.\n", "utf-8")
    (folder / "README.ko.md").write_text("`my_function`은 평균을 뺀 값을 돌려줘요.\n", "utf-8")
    hints = (folder / "hints.toml").read_text("utf-8")
    assert "hints.toml: hint 1: English is missing" in found
    hints = hints.replace("(to be written)", "What is left?").replace("(아직 쓰지 않음)", "무엇이 남나요?")
    (folder / "hints.toml").write_text(hints, "utf-8")
    title = '@title(en="(to be written)", ko="(아직 쓰지 않음)")'
    for path in (folder / "test_public.py", private / "test_hidden.py"):
        text = path.read_text("utf-8").replace(title, '@title(en="A list", ko="목록")')
        path.write_text(text.replace("[1.0, 2.0]), [1.0, 2.0]", "[1.0, 2.0]), [-0.5, 0.5]"), "utf-8")
    solution = "import numpy as np\n\n\ndef my_function(x):\n    return np.asarray(x) - np.mean(x)\n"
    (private / "ex30.py").write_text(solution, "utf-8")
    mistakes = [
        "np.mean(x)",
        "-np.array(x)",
        "np.array(x) + np.mean(x)",
        "np.array(x) / np.mean(x)",
        "np.array(x)",
    ]
    text = (private / "mistakes.py").read_text("utf-8")
    for number, expression in enumerate(mistakes):
        text += f'\n\n@mistake("wrong_{number}", replaces="my_function", hint=Text(en="Why?", ko="왜요?"))\n'
        text += f"def wrong_{number}(x):\n    return {expression}\n"
    (private / "mistakes.py").write_text(text, "utf-8")
    report = prove(tmp_path)
    assert report.all_ok, broken(report)


def test_a_taken_or_impossible_id_is_refused_and_nothing_is_written(tmp_path):
    create(tmp_path, "ex30")
    before = sorted(tmp_path.rglob("*"))
    for exercise_id in ("ex30", "Ex31", "../ex31", "ex 31", ""):
        with pytest.raises(UsageError) as caught:
            create(tmp_path, exercise_id)
        assert caught.value.hint
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "exercises").write_text("a file")
    with pytest.raises(UsageError, match="cannot be written"):
        create(tmp_path, "ex30")
