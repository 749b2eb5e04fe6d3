"""The confusion table: known mistakes under their own names, right answers under none, and what is a wrong name."""

import pytest

from grader import confusion
from grader.cli import main
from grader.course import load_course
from grader.grading import Settings, open_grader
from grader.sandbox.start import can_fork
from grader.source.mutants import Mutant, mutants
from tests.conftest import MISTAKES, SOLUTION

# The last of these is right for one length of input and wrong for others: named by chance, and not under every seed.
SOMETIMES = """
@mistake("sometimes", replaces="double", hint=ASK)
def sometimes(x):
    x = np.asarray(x)
    return x * 2.0 if x.sum() > 0 else x * 3.0
"""


@pytest.fixture
def measured(make_course):
    """Return a function that measures the sample course's exercise."""

    def run(right_answers=(), num_mutants=0, **replaced):
        root = make_course(**replaced)
        folder = root / "tests" / "alternatives" / "ex99"
        folder.mkdir(parents=True)
        for number, source in enumerate(right_answers):
            (folder / f"right_{number}.py").write_text(source, "utf-8")
        exercise = load_course(root).exercise("ex99")

        def drive(grader):
            runs = [
                grader.suite.run(grader.reference.with_mistake(index), seed=5)
                for index in range(len(grader.reference.mistakes))
            ]
            return confusion.measure(grader, runs, seed=5, num_mutants=num_mutants, undeclared=True)

        return open_grader(exercise, settings=Settings(jail=can_fork(), seed=5), drive=drive)

    return run


def test_known_mistakes_are_named_as_themselves_and_right_answers_not_at_all(measured):
    right = SOLUTION.replace("np.asarray(x) * 2.0", "np.add(x, x)")
    table = measured([right])
    assert [item.id for item in table.known] == [
        "adds_two", "squares", "negates", "in_place", "ignores_times",
    ]  # fmt: skip
    assert all(item.num_own and not item.others for item in table.known)
    assert {item.id: item.as_unknown for item in table.known}["negates"] == ("general_sign",)
    assert not any(item.as_unknown_wrong for item in table.known)
    assert table.alternatives == (("right_0.py", ()),)
    assert confusion.naming_problems(table) == confusion.right_problems(table) == []


def test_what_is_not_right_about_names_is_said(measured):
    wrong = SOLUTION.replace("np.asarray(x) * 2.0", "np.asarray(x) + 2.0")
    twin = MISTAKES + MISTAKES[MISTAKES.index('@mistake("negates"') :].split("@mistake")[1].join(
        ["@mistake", ""]
    ).replace("negates", "negates_again")
    table = measured([wrong], mistakes=twin)
    assert confusion.right_problems(table) == ["`right_0.py` is right and is taken for adds_two"]
    problems = confusion.naming_problems(table)
    assert "`negates` is not named" in problems
    assert "`negates_again` is not named" in problems


def test_mutants_are_spread_over_the_solution(measured):
    table = measured(num_mutants=4)
    assert len(table.mutants) == 4
    assert len({item.mutant.line for item in table.mutants}) == 2
    assert confusion.mutant_problems(table)[0] == []


def test_a_name_that_does_not_hold_under_further_seeds_is_wrong(make_course, monkeypatch):
    """Three mutants by hand: one is a known mistake, one only looks like it now and then, one is general."""
    exercise = load_course(make_course(mistakes=MISTAKES + SOMETIMES)).exercise("ex99")
    bodies = {
        "same": "np.asarray(x) + 2.0",
        "like_it": "np.asarray(x) * (2.0 if np.sum(x) > 0 else 3.0 if abs(np.sum(x) + {}) < 1e-9 else 5.0)",
        "general": "2.0 * (2.0 * np.asarray(x))",
    }

    def drive(grader):
        x = []
        run = grader.suite.run(grader.reference.with_mistake(5), seed=5)
        x = next(call.args[0] for case in run for call in case.calls if case.result.case_id == "test_random")
        found = {}
        for name, body in bodies.items():
            source = SOLUTION.replace("np.asarray(x) * 2.0", body.format(-x.sum()))
            mutant = Mutant(line=1, before="", after=name, source=source)
            found[name] = confusion.judge(grader, mutant, 5)
        return float(x.sum()), found

    total, found = open_grader(exercise, settings=Settings(jail=can_fork(), seed=5), drive=drive)
    assert total < 0  # else the first seed shows nothing
    assert (found["same"].names, found["same"].wrong) == (("adds_two",), ())
    assert (found["like_it"].names, found["like_it"].wrong) == (("sometimes",), ("sometimes",))
    assert (found["general"].names, found["general"].wrong) == (("general_factor_two",), ())
    table = confusion.Confusion(exercise_id="ex99", known=(), alternatives=(), mutants=tuple(found.values()))
    assert table.misnamed_share == pytest.approx(1 / 3)
    problems, _ = confusion.mutant_problems(table)
    assert problems == ["1 of 3 misnamed", "line 1, `like_it` is taken for sometimes"]


def test_verify_prints_the_table(make_course, capsys):
    course = make_course()
    main.run(["--lang", "en", "--course", str(course), "verify", "ex99", "--mutants", "3"])
    written = capsys.readouterr().out
    assert "every known mistake is named" in written
    assert "ignores_times" in written.partition("Named otherwise")[2]
    assert "5 of 5 named as themselves" in written
    assert "0 of 2 misnamed" in written  # the third survives: it is right


def test_a_mutant_differs_in_one_place():
    found = mutants("def f(x):\n    return x[0] + 1\n")
    assert len({item.source for item in found}) == len(found) > 4
    assert all(item.before == "return x[0] + 1" for item in found)
    assert "return x[0] - 1" in {item.after for item in found}
