"""`grade reference`: a bank is built, recomputed, found wanting where a value is off, and shown."""

from dataclasses import replace

import numpy as np
import pytest

from grader.cli.main import run
from grader.reference_banks import check_bank, with_reference
from grader.suite.keras_bank import bank_path, open_bank, reference_path, write_bank
from tests.keras_courses import add_reference, numpy_cases


@pytest.fixture
def course(make_course):
    root = make_course()
    return root, add_reference(root)


def grade(capfd, root, *command):
    code = run(["reference", *command, "--course", str(root), "--plain"])
    return (code, *capfd.readouterr())


def spoiled(cases, by):
    """Return the cases with one value of the first off by a factor."""
    step = cases[0].steps[0]
    return [replace(cases[0], steps=(replace(step, expected=step.expected * by),)), *cases[1:]]


@pytest.mark.slow
def test_build_then_verify_then_show(course, capfd):
    root, exercise = course
    code, out, _ = grade(capfd, root, "build", "ex99", "--backend", "tensorflow", "--device", "cpu")
    assert code == 0
    assert "ex99: 14 cases, CPU bank, Keras 3." in out
    bank = open_bank(exercise)
    assert bank.provenance.code != "none"
    assert bank.provenance.dtypes == ("float32", "float64")
    for case in bank.cases():
        assert np.array_equal(case.steps[0].expected, 2 * case.steps[0].args[0])

    code, out, err = grade(capfd, root, "verify", "ex99", "--backend", "tensorflow", "--device", "cpu")
    assert code == 0
    assert out.count("the bank") == out.count("the solution") == 14
    assert "used: 0 %" in out
    assert "14 cases, 0 beyond the tolerance" in err
    assert "CPU bank of" in err

    # One value of the bank is off: the tolerance is exceeded, and the exit status says so.
    write_bank(bank_path(exercise), spoiled(bank.cases(), 1.001), bank.provenance)
    code, out, err = grade(capfd, root, "verify", "--backend", "tensorflow", "--device", "cpu", "--summary")
    assert code == 1
    assert out.count("the bank") == 2
    assert "14 cases, 1 beyond the tolerance" in err
    problems, _ = check_bank(exercise)
    assert len(problems) == 1


@pytest.mark.slow
def test_other_inputs_than_the_banks_are_not_compared(course, capfd):
    root, exercise = course
    bank = open_bank(exercise)
    write_bank(bank_path(exercise), numpy_cases(seed=2), bank.provenance)
    code, _, err = grade(capfd, root, "verify", "ex99", "--backend", "tensorflow", "--device", "cpu")
    assert code == 3
    assert "not those of the bank" in err


def test_show_says_where_a_bank_comes_from(course, capfd):
    root, exercise = course
    code, out, _ = grade(capfd, root, "show")
    assert code == 0
    for fact in ("CPU bank, made on 2026-01-02", "3.0.0, tensorflow 2.0.0", "a processor", "14: double 14"):
        assert fact in out
    reference_path(exercise).write_text("# changed", "utf-8")
    assert "no: run `grade reference build ex99`" in grade(capfd, root, "show")[1]
    bank_path(exercise).unlink()
    assert "none yet" in grade(capfd, root, "show", "ex99")[1]


def test_what_has_no_reference_is_refused(make_course, capfd):
    root = make_course()
    assert grade(capfd, root, "show")[0] == 2
    for command in ("show", "build", "verify"):
        code, _, err = grade(capfd, root, command, "ex99")
        assert code == 3
        assert "no Keras reference" in err
        assert "`grade reference show`" in err  # which exercises have one


@pytest.mark.parametrize("option", [("--device", "tpu"), ("--backend", "theano")])
def test_values_that_no_option_has_are_refused(course, capfd, option):
    code, _, err = grade(capfd, course[0], "verify", *option)
    assert code == 2
    assert option[1] in err


def test_the_group_without_a_command_shows_its_help(capfd):
    assert run(["reference"]) == 2
    err = capfd.readouterr().err
    assert "build" in err
    assert "verify" in err
    assert run(["reference", "shw"]) == 2
    assert "grade reference show" in capfd.readouterr().err


def test_a_bank_nobody_asks_for_is_a_problem(course):
    _, exercise = course
    assert with_reference([exercise]) == [exercise]
    problems, said = check_bank(exercise)
    assert (problems, said) == ([], "14, CPU bank, made on 2026-01-02")
    suite = exercise.hidden_suite.read_text("utf-8").partition("@points(0)")[0]
    exercise.hidden_suite.write_text(suite, "utf-8")
    assert "no case of `test_hidden.py`" in check_bank(exercise)[0][0]


def test_verify_proves_the_bank(course):
    from grader.authoring import verify
    from grader.grading import Settings
    from grader.sandbox.start import can_fork

    _, exercise = course
    settings = Settings(jail=can_fork())
    rows = {row.check: row for row in verify([exercise], settings=settings, on_progress=lambda _: None).rows}
    row = rows["the Keras bank is fresh, the solution agrees"]
    assert row.ok
    assert rows["every known mistake is named"].ok
    reference_path(exercise).write_text("# changed", "utf-8")
    rows = {row.check: row for row in verify([exercise], settings=settings, on_progress=lambda _: None).rows}
    row = rows["the Keras bank is fresh, the solution agrees"]
    assert not row.ok
    assert "grade reference build ex99" in row.detail
