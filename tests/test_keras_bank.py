"""Banks: whole or refused, fresh or refused, and those of the bundled course hold what they should."""

import numpy as np
import pytest

from grader.course import load_course
from grader.course_folders import bundled_root
from grader.errors import ExerciseError, StoreError
from grader.suite.keras_bank import Bank, bank_path, code_hash, open_bank, reference_path, write_bank
from grader.suite.keras_cases import to_plain
from tests.keras_courses import add_reference, numpy_cases, provenance

COURSE = load_course(bundled_root())
IDS = [f"ex0{number}" for number in range(2, 9)]


def test_what_was_written_is_read(tmp_path):
    cases, origin = numpy_cases(), provenance()
    write_bank(tmp_path / "keras_golden.npz", cases, origin)
    bank = Bank(tmp_path / "keras_golden.npz")
    assert bank.provenance == origin
    assert len(bank) == len(cases) == 14
    assert bank.functions == {"double": list(range(14))}
    assert [case.label for case in bank.cases()] == [case.label for case in cases]
    assert np.array_equal(bank.case(3).steps[0].expected, cases[3].steps[0].expected)
    assert [bank.is_large(number) for number in (0, 13)] == [False, True]
    first = (tmp_path / "keras_golden.npz").read_bytes()
    write_bank(tmp_path / "keras_golden.npz", cases, origin)
    assert (tmp_path / "keras_golden.npz").read_bytes() == first  # the same cases, the same bytes
    assert [path.name for path in tmp_path.iterdir()] == ["keras_golden.npz"]


def test_a_bank_holds_nothing_that_could_be_executed(tmp_path):
    path = tmp_path / "ex99_doubling" / "keras_golden.npz"
    path.parent.mkdir()
    objects = np.array([{"a": 1}], dtype=object)
    np.savez(path, provenance=objects, index=objects, structure=objects, values=objects)
    with pytest.raises(ExerciseError, match="cannot be read") as caught:
        Bank(path)
    assert caught.value.hint == "Run `grade reference build ex99`"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\x93NUMPY"])
def test_a_broken_bank_is_refused(tmp_path, content):
    path = tmp_path / "keras_golden.npz"
    path.write_bytes(content)
    with pytest.raises(ExerciseError, match="cannot be read"):
        Bank(path)


def test_a_bank_without_its_whole_provenance_is_refused(tmp_path):
    path = tmp_path / "keras_golden.npz"
    np.savez(path, provenance=np.array('{"keras": "3"}'), index=np.array("[]"), structure=[], values=[])
    with pytest.raises(ExerciseError, match="provenance"):
        Bank(path)


def test_a_case_of_other_bytes_is_refused(tmp_path):
    path = tmp_path / "keras_golden.npz"
    write_bank(path, numpy_cases(), provenance())
    with np.load(path) as file:
        parts = {name: file[name] for name in file.files}
    parts["structure"] = np.zeros_like(parts["structure"])
    np.savez(path, **parts)
    with pytest.raises(ExerciseError):
        Bank(path).case(0)


def test_a_bank_of_other_code_is_refused_with_the_command(make_course):
    exercise = add_reference(make_course())
    assert len(open_bank(exercise)) == 14
    path = reference_path(exercise)
    before = code_hash(path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert code_hash(path) == before  # another editor's line endings change nothing
    path.write_text(path.read_text("utf-8") + "\n# changed\n", "utf-8")
    with pytest.raises(ExerciseError, match="stale") as caught:
        open_bank(exercise)
    assert caught.value.hint == "Run `grade reference build ex99`"
    assert "2026-01-02" in caught.value.message


def test_a_missing_bank_or_reference_is_said(make_course):
    exercise = add_reference(make_course())
    bank_path(exercise).unlink()
    with pytest.raises(ExerciseError, match="no Keras bank yet"):
        open_bank(exercise)
    reference_path(exercise).unlink()
    with pytest.raises(ExerciseError, match="no Keras reference"):
        open_bank(exercise)


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(StoreError, match="cannot be written"):
        write_bank(tmp_path / "nowhere" / "keras_golden.npz", numpy_cases(), provenance())


# ------------------------------------------------------------------------------------------- the bundled course


@pytest.mark.parametrize("exercise_id", IDS)
def test_the_bundled_banks_are_fresh_small_and_broad(exercise_id):
    exercise = COURSE.exercise(exercise_id)
    bank = open_bank(exercise)
    assert bank_path(exercise).stat().st_size < 500_000
    assert bank.provenance.device == "cpu"  # anybody can make it again, to the last bit
    assert not bank.provenance.tf32
    cases = bank.cases()
    for function, numbers in bank.functions.items():
        assert function in exercise.names
        assert len(numbers) >= 12, function
        own = [cases[number] for number in numbers]
        assert min(case.size for case in own) <= 2
        if function not in ("count_params", "output_size"):  # whole numbers have one dtype
            assert {case.dtype for case in own} == {"float32", "float64"}


@pytest.mark.parametrize("exercise_id", IDS)
def test_no_gradient_case_has_a_tie_and_no_cross_entropy_a_zero(exercise_id):
    for case in open_bank(COURSE.exercise(exercise_id)).cases():
        first = case.steps[0].args
        if case.function == "max_pool2d_backward":
            assert len(np.unique(first[1])) == first[1].size
        elif case.function == "cross_entropy":
            assert first[0].min() > 0.01
            assert np.allclose(first[0].sum(axis=-1), 1, atol=1e-6)
        elif case.function == "Relu":
            assert np.abs(case.steps[1].args[0]).min() > 0.01


def test_a_case_can_be_shown_as_data():
    case = open_bank(COURSE.exercise("ex05")).case(0)
    assert to_plain(case)[0] == case.function
