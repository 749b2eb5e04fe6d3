"""The live reference: one process for the whole run, on any backend, and nobody's zero when it dies."""

import json
import os
import signal
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from grader.course import load_course
from grader.course_folders import bundled_root
from grader.errors import ExerciseError, SandboxError, UsageError
from grader.grading import Settings, open_grader
from grader.keras_backends import installed_backends
from grader.reference_banks import with_reference
from grader.sandbox.start import can_fork
from grader.submission import read_submission
from grader.suite import keras_process
from grader.suite.keras_bank import open_bank, reference_path
from grader.suite.keras_differences import difference
from grader.suite.keras_process import LiveSource, ReferenceProcess, ReferenceRequest
from grader.verdicts import Verdict
from tests.keras_courses import RIGHT, add_reference, needs, submission

COURSE = load_course(bundled_root())
EX05 = COURSE.exercise("ex05")
LOOPS = Path(__file__).parent / "alternatives" / "ex05" / "plain_loops.py"
BACKENDS = [
    pytest.param("tensorflow"),
    pytest.param("jax", marks=needs("jax")),
    pytest.param("torch", marks=needs("torch")),
]


@pytest.fixture(scope="module")
def process():
    """One process on TensorFlow for the tests that ask ex05."""
    started = ReferenceProcess(reference_path(EX05), ReferenceRequest(backend="tensorflow", device="cpu"))
    yield started
    started.close()


@pytest.mark.slow
def test_it_says_what_it_is(process):
    facts = process.facts
    assert (facts.backend, facts.device, facts.tf32) == ("tensorflow", "cpu", False)
    assert facts.backend_version == installed_backends()["tensorflow"]
    assert [maker.name for maker in facts.makers] == [
        "correlate1d", "convolve1d", "correlate2d", "convolve2d", "output_size",
    ]  # fmt: skip


@pytest.mark.slow
def test_it_computes_what_the_bank_holds_and_the_same_every_time(process):
    bank = open_bank(EX05)
    recorded = bank.cases()[:6]
    wanted = [(case.maker, case.size, case.dtype, bank.provenance.seed) for case in recorded]
    first, second = process.cases(wanted), process.cases(wanted)
    for one, other, before in zip(first, second, recorded, strict=True):
        assert np.array_equal(one.steps[0].expected, other.steps[0].expected)
        assert difference([one.steps[0].expected], before, "cpu").used < 0.1


@pytest.mark.slow
def test_fresh_cases_follow_from_the_seed_and_are_kept_for_reruns(process):
    source = LiveSource(process, wanted_device="auto")
    assert source.info.mode == "live"
    assert "no GPU" in source.info.note
    assert LiveSource(process, wanted_device="cpu").info.note == ""
    cases = source.cases("correlate2d", 2, (1, 2))
    assert source.cases("correlate2d", 2, (1, 2)) is cases
    again = LiveSource(process, wanted_device="cpu").cases("correlate2d", 2, (1, 2))
    assert [np.array_equal(a.steps[0].args[0], b.steps[0].args[0]) for a, b in zip(cases, again, strict=True)]
    with pytest.raises(ExerciseError, match="no case about `nothing`"):
        source.cases("nothing", 1, (1,))
    with pytest.raises(ExerciseError, match="correlate1d, size 4, float99"):
        process.cases([("correlate1d", 4, "float99", 1)])
    assert process.cases([("output_size", 5, "float32", 1)])  # it stays up


@pytest.mark.slow
@pytest.mark.parametrize("exercise_id", [exercise.id for exercise in with_reference(COURSE.exercises)])
def test_whatever_a_check_draws_live_is_a_case_for_a_check(exercise_id):
    """Of every function, under several seeds: also of one that has a maker for `grade reference verify` alone."""
    exercise = COURSE.exercise(exercise_id)
    bank = open_bank(exercise)
    asked = [name for name in bank.functions if not all(map(bank.is_large, bank.functions[name]))]
    request = ReferenceRequest(device="cpu", backend="tensorflow")
    with closing(ReferenceProcess(reference_path(exercise), request)) as process:
        source = LiveSource(process, wanted_device="cpu")
        for function in asked:
            for seed in range(4):
                (case,) = source.cases(function, 1, (seed,))
                assert (case.function, case.is_large) == (function, False)


@pytest.mark.slow
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_live_check_on_each_backend(backend, capfd):
    from grader.cli.main import run

    command = ["check", "ex05", str(LOOPS), "--reference", "live", "--backend", backend, "--device", "cpu"]
    command += [] if can_fork() else ["--unsafe-no-jail"]
    assert run([*command, "--format", "json"]) == 0
    out, err = capfd.readouterr()
    found = json.loads(out)
    assert found["score"] == 20.0
    assert found["reference"]["mode"] == "live"
    assert found["reference"]["backend"] == backend
    assert found["reference"]["device"] == "cpu"
    assert err == ""  # what backends log stays off the screen


@pytest.mark.slow
@pytest.mark.skipif(Path("/proc/driver/nvidia").exists(), reason="there may be a GPU here")
def test_a_gpu_that_is_not_there_is_said_before_anything_is_graded(capfd):
    from grader.cli.main import run

    assert run(["check", "ex05", str(LOOPS), "--reference", "live", "--device", "gpu"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert "sees no GPU here" in err
    assert "--device auto" in err


@pytest.mark.slow
def test_a_process_that_dies_is_never_the_submissions_zero(make_course, tmp_path):
    exercise = add_reference(make_course())
    read = read_submission(submission(tmp_path, RIGHT), exercise)

    def run(grader):
        right = grader.grade(read)
        os.kill(grader.suite._source._process.pid, signal.SIGKILL)
        grader.suite._source._kept.clear()
        return right, grader.grade(read)

    settings = Settings(jail=can_fork(), live=ReferenceRequest(device="cpu", backend="tensorflow"))
    right, broken = open_grader(exercise, settings=settings, drive=run)
    assert right.verdict is Verdict.PASSED
    case = next(case for case in broken.cases if case.case_id == "test_agrees_with_keras")
    assert case.verdict is Verdict.GRADER_ERROR
    assert case.points is None
    assert "Keras reference is gone" in case.message
    assert broken.score is None


def test_a_reference_file_that_raises_is_the_authors_fault(tmp_path):
    path = tmp_path / "keras_reference.py"
    path.write_text("raise RuntimeError('not today')", "utf-8")
    process = ReferenceProcess(path, ReferenceRequest(backend="tensorflow", device="cpu"))
    with pytest.raises(ExerciseError, match="not today"):
        process.facts  # noqa: B018 - waits
    process.close()


def test_a_backend_that_is_not_installed_is_said_at_once(monkeypatch):
    monkeypatch.setattr(keras_process, "find_spec", lambda name: None if name == "jax" else object())
    with pytest.raises(SandboxError, match="jax is not installed") as caught:
        ReferenceProcess(None, ReferenceRequest(backend="jax"))
    assert "pip install keras jax" in caught.value.hint
    monkeypatch.setattr(keras_process, "find_spec", lambda _name: None)
    with pytest.raises(SandboxError) as caught:
        ReferenceProcess(None, ReferenceRequest())
    assert "neurograde[keras]" in caught.value.hint


def test_refusals_are_told_apart():
    refused = ReferenceProcess._refused
    assert isinstance(refused(None, "device", "jax"), UsageError)
    assert isinstance(refused(None, "import", "no module"), SandboxError)
    assert isinstance(refused(None, "start", "error"), ExerciseError)
