"""What a class handed in, in every layout: who it was, what counts, and what was not understood."""

from grader.intake.take_in import take_in
from tests.test_submission import EXERCISE, GOOD


def put(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def found(work):
    return {(handin.members[0].key, handin.exercise_id): handin.original_name for handin in work.handins}


def test_a_folder_for_each_student_and_a_name_in_each_file(tmp_path):
    source = put(tmp_path / "class", {"kim/ex05.py": GOOD, "ex05_lee.py": GOOD})
    work = take_in(source, exercises=[EXERCISE], work_folder=tmp_path / "work")
    assert found(work) == {("kim", "ex05"): "ex05.py", ("lee", "ex05"): "ex05_lee.py"}
