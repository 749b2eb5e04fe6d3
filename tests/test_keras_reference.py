"""The fixture: a check compares with a few recorded cases, the same for whoever runs under one seed."""

import json
from pathlib import Path

import numpy as np
import pytest

from grader.course import load_course
from grader.course_folders import bundled_root
from grader.errors import ExerciseError
from grader.grading import Settings, open_grader, policy
from grader.reference_banks import check_bank
from grader.sandbox.host import Session
from grader.sandbox.launch import open_launcher
from grader.sandbox.local import LocalModule, compile_trusted
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.start import can_fork, start_parent
from grader.sandbox.wire import encode
from grader.submission import read_submission
from grader.suite.compare import MismatchError
from grader.suite.keras_bank import Bank, open_bank
from grader.suite.keras_cases import Case, call, steps
from grader.suite.keras_differences import difference
from grader.suite.keras_reference import KerasReference, RecordedSource, compare, drive
from grader.suite.plugin import LocalSubject
from grader.suite.subject import SubmissionSubject
from grader.verdicts import Verdict
from tests.keras_courses import RIGHT, add_reference, numpy_cases, submission
from tests.loaded import loaded_by_check

COURSE = load_course(bundled_root())
NUMPY_IDS = [f"ex0{number}" for number in range(2, 8)]
ALTERNATIVES = Path(__file__).parent / "alternatives"
GPU_BANKS = Path(__file__).parent / "gpu_banks"  # made by benchmarks/gpu_reference.py on an NVIDIA card
CASE = "test_agrees_with_keras"


def grade(exercise, path, **settings):
    def run(grader):
        return grader.grade(read_submission(path, exercise))

    return open_grader(exercise, settings=Settings(jail=can_fork(), **settings), drive=run)


def the_case(report):
    return next(case for case in report.cases if case.case_id == CASE)


def test_a_right_submission_agrees_and_the_result_names_keras(make_course, tmp_path):
    exercise = add_reference(make_course())
    report = grade(exercise, submission(tmp_path, RIGHT))
    assert the_case(report).verdict is Verdict.PASSED
    assert (report.reference.mode, report.reference.keras, report.reference.device) == (
        "recorded",
        "3.0.0",
        "cpu",
    )


def test_a_wrong_submission_does_not_and_the_mistake_is_named(make_course, tmp_path):
    exercise = add_reference(make_course())
    path = submission(tmp_path, RIGHT.replace("* 2.0", "** 2.0"))
    for seed in (1, 2):
        case = the_case(grade(exercise, path, seed=seed))
        assert case.verdict is Verdict.FAILED
        assert case.mistake == "squares"


def test_a_float32_answer_passes_and_a_rounded_one_does_not(make_course, tmp_path):
    exercise = add_reference(make_course())
    single = RIGHT.replace("* 2.0", "* np.float32(2)").replace("(x) *", "(x, dtype=np.float32) *")
    assert the_case(grade(exercise, submission(tmp_path, single))).verdict is Verdict.PASSED
    rounded = RIGHT.replace("np.asarray(x) * 2.0", "np.round(np.asarray(x) * 2.0, 3)")
    assert the_case(grade(exercise, submission(tmp_path, rounded))).verdict is Verdict.FAILED


@pytest.mark.parametrize("value", ["None", "'text'", "[]", "{'a': 1}", "float('nan')", "object()"])
def test_nonsense_is_the_submissions_fault(make_course, tmp_path, value):
    exercise = add_reference(make_course())
    path = submission(tmp_path, f"def double(x): return {value}\ndef halve(x, times=1): return 0\n")
    assert the_case(grade(exercise, path)).verdict is Verdict.FAILED


def test_a_check_with_a_bank_imports_no_keras(tmp_path):
    jail = [] if can_fork() else ["--unsafe-no-jail"]
    path = ALTERNATIVES / "ex05" / "plain_loops.py"
    written, loaded = loaded_by_check("check", "ex05", path, "--format", "json", *jail, cwd=tmp_path)
    assert json.loads(written)["reference"]["mode"] == "recorded"
    assert "numpy" in loaded
    assert not {"keras", "tensorflow", "jax", "torch"} & set(loaded)


def test_a_stale_bank_is_refused_before_anything_is_graded(make_course, tmp_path):
    exercise = add_reference(make_course(), code="another")
    with pytest.raises(ExerciseError, match="stale"):
        grade(exercise, submission(tmp_path, RIGHT))


def test_the_command_line_says_all_this(make_course, tmp_path, capfd):
    from grader.cli.main import run

    root = make_course()
    add_reference(root)
    path = submission(tmp_path, RIGHT)
    command = ["check", "ex99", str(path), "--course", str(root), "--seed", "1"]
    command += [] if can_fork() else ["--unsafe-no-jail"]
    run([*command, "--format", "json"])
    found = json.loads(capfd.readouterr().out)
    assert found["reference"] == {
        "mode": "recorded", "keras": "3.0.0", "backend": "tensorflow", "device": "cpu",
    }  # fmt: skip
    run([*command, "--plain"])
    assert "Reference: Keras 3.0.0 on tensorflow 2.0.0, CPU bank" in capfd.readouterr().out
    run([*command, "--format", "junit"])
    assert 'name="reference" value="Keras 3.0.0 on tensorflow 2.0.0, CPU bank"' in capfd.readouterr().out
    run(command)
    assert "compared with Keras 3.0.0" in capfd.readouterr().out
    add_reference(root, code="another")
    assert run(command) == 3
    assert "grade reference build ex99" in capfd.readouterr().err


@pytest.mark.parametrize("options", [["--device", "gpu"], ["--backend", "jax"], ["--reference", "alive"]])
def test_options_that_do_not_fit_are_refused(make_course, tmp_path, capfd, options):
    from grader.cli.main import run

    path = submission(tmp_path, RIGHT)
    assert run(["check", "ex99", str(path), "--course", str(make_course()), *options]) == 2
    assert options[0] in capfd.readouterr().err


def test_live_without_a_reference_is_refused(make_course, tmp_path, capfd):
    from grader.cli.main import run

    path = submission(tmp_path, RIGHT)
    command = ["check", "ex99", str(path), "--course", str(make_course()), "--reference", "live"]
    assert run(command) == 2
    assert "no Keras reference" in capfd.readouterr().err


# --------------------------------------------------------------------------------------------- which cases


def source_of(exercise_id):
    return RecordedSource(open_bank(COURSE.exercise(exercise_id)))


def test_the_choice_follows_from_seed_and_case_alone():
    source = source_of("ex05")

    def chosen(seed, case_id):
        reference = KerasReference(source, seed, case_id)
        return [case.label for case in reference.cases("correlate1d", 3)]

    assert chosen(1, "a") == chosen(1, "a")
    assert len({tuple(chosen(seed, "a")) for seed in range(8)}) > 4
    assert chosen(1, "a") != chosen(1, "b")


def test_a_check_leaves_large_cases_out():
    reference = KerasReference(source_of("ex05"), 1, "a")
    cases = reference.cases("correlate2d", 100)
    assert len(cases) == 12
    assert not any(case.is_large for case in cases)


def test_a_function_without_a_case_is_the_authors_fault():
    with pytest.raises(ExerciseError, match="no case about `nothing`"):
        KerasReference(source_of("ex05"), 1, "a").cases("nothing")


def test_what_a_method_gives_is_called_by_its_name():
    module = compile("class C:\n  def __init__(self): self.h = 1\n  def f(self): return 2\n", "x.py", "exec")
    local = LocalSubject(LocalModule(module))
    local.begin_case(0)
    case = Case(function="C", steps=steps(call(""), call("f", expected=3), call("f", expected=2)).steps)
    with pytest.raises(MismatchError, match="C: f"):
        compare(case, drive(ModuleProxy(local, local.resolve), case), device="cpu")


def test_a_function_in_the_place_of_a_class_is_the_submissions_fault():
    local = LocalSubject(LocalModule(compile("def C(): return 1\n", "x.py", "exec")))
    local.begin_case(0)
    case = Case(function="C", steps=steps(call(""), call("f", expected=3)).steps)
    with pytest.raises(MismatchError, match="an object of your class"):
        drive(ModuleProxy(local, local.resolve), case)


# -------------------------------------------------------------------------------------------- what goes over


class Overheard:
    """Notes every byte that goes to a subject."""

    def __init__(self, subject):
        self.sent = bytearray()
        self._subject = subject

    def request(self, operations):
        header, payload = encode(list(operations))
        self.sent += header + payload
        return self._subject.request(operations)


def arrays_of(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [array for item in value for array in arrays_of(item)]
    return [] if value is None else [np.asarray(value)]


@pytest.mark.parametrize("exercise_id", NUMPY_IDS)
def test_no_expected_value_ever_goes_over(exercise_id):
    exercise = COURSE.exercise(exercise_id)
    subject = LocalSubject(LocalModule(compile_trusted(exercise.solution)))
    for case in open_bank(exercise).cases():
        subject.begin_case(0)
        overheard = Overheard(subject)
        drive(ModuleProxy(overheard, subject.resolve), case)
        asked = b"".join(part for step in case.steps for part in encode(list(step.args)))
        for array in arrays_of([step.expected for step in case.steps]):
            secret = array.tobytes()
            # Small or round answers (a ReLU's zeros, a copied maximum) may stand among the inputs as well.
            if array.size > 2 and np.unique(array).size > 2 and secret not in asked:
                assert secret not in overheard.sent


def test_expected_values_stay_out_of_the_worker_of_a_real_check(make_course, tmp_path):
    """The submission looks for the answer in everything that its process was sent."""
    exercise = add_reference(make_course())
    source = """
        import numpy as np

        def double(x):
            return 0 * np.asarray(x) - 1.0  # never right

        def halve(x, times=1):
            return 0
    """
    path = submission(tmp_path, source)
    read = read_submission(path, exercise)
    launcher = open_launcher(policy(exercise, jail=can_fork()), start_parent() if can_fork() else None)
    try:
        session = Session(
            launcher,
            source=read.source,
            filename="ex99.py",
            entry_points=exercise.entry_points,
            limits=exercise.limits,
            seed=1,
        )
        subject = SubmissionSubject(session, exercise, (), read)
        for case in numpy_cases():
            subject.begin_case(1)
            overheard = Overheard(subject)
            drive(ModuleProxy(overheard, subject.resolve), case)
            assert case.steps[0].args[0].tobytes() in bytes(overheard.sent)
            assert case.steps[0].expected.tobytes() not in bytes(overheard.sent)
        session.close()
    finally:
        launcher.close()


# ----------------------------------------------------------------------------------- right answers all agree


@pytest.mark.parametrize("exercise_id", NUMPY_IDS)
def test_the_solution_agrees_with_every_case_of_the_bank(exercise_id):
    problems, said = check_bank(COURSE.exercise(exercise_id))
    assert not problems
    assert "CPU bank" in said


def cases_of(exercise, device):
    """Return the cases of the course's bank, which a CPU made, or of the one that a GPU made."""
    bank = open_bank(exercise) if device == "cpu" else Bank(GPU_BANKS / f"{exercise.id}.npz")
    assert bank.provenance.device == device
    assert not bank.provenance.tf32
    return bank.cases()


def in_float32(value):
    if isinstance(value, dict):
        return {key: in_float32(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(in_float32(item) for item in value)
    array = np.asarray(value)
    return array.astype(np.float32) if array.dtype.kind == "f" else value


@pytest.mark.parametrize("exercise_id", NUMPY_IDS)
@pytest.mark.parametrize(
    ("device", "granted"), [("cpu", "cpu"), ("cpu", "gpu"), ("gpu", "gpu"), ("gpu", "cpu")]
)
def test_a_right_float32_answer_passes_against_every_bank(exercise_id, device, granted):
    """The solution's values, cut to float32, beside a bank in float32 or float64.

    A card's values keep to what a CPU's are granted too: the factor is there for other cards.
    """
    exercise = COURSE.exercise(exercise_id)
    subject = LocalSubject(LocalModule(compile_trusted(exercise.solution)))
    for case in cases_of(exercise, device):
        subject.begin_case(0)
        values = [
            None if value is None else in_float32(value)
            for value in drive(ModuleProxy(subject, subject.resolve), case)
        ]
        assert difference(values, case, granted).used < 0.2, case.label
        compare(case, values, device=granted)


@pytest.mark.parametrize("exercise_id", NUMPY_IDS)
@pytest.mark.parametrize("device", ["cpu", "gpu"])
def test_alternatives_agree_with_every_case_of_the_bank(exercise_id, device):
    exercise = COURSE.exercise(exercise_id)
    cases = [case for case in cases_of(exercise, device) if not case.is_large]
    launcher = open_launcher(policy(exercise, jail=can_fork()), start_parent() if can_fork() else None)
    try:
        for path in sorted((ALTERNATIVES / exercise_id).glob("*.py")):
            read = read_submission(path, exercise)
            session = Session(
                launcher,
                source=read.source,
                filename=path.name,
                entry_points=exercise.entry_points,
                limits=exercise.limits,
                seed=1,
            )
            subject = SubmissionSubject(session, exercise, (), read)
            for case in cases:
                subject.begin_case(1)
                compare(case, drive(ModuleProxy(subject, subject.resolve), case), device=device)
            session.close()
    finally:
        launcher.close()
