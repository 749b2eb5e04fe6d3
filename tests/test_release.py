"""The student kit: what is in it, what never is, and working in it without the course."""

import ast
import json
import shutil
import tomllib
import zipfile

import pytest

from grader.cli import main
from grader.course import find_course, open_course
from grader.course_folders import find_kit, is_kit
from grader.errors import ExerciseError, UsageError
from grader.language import activate
from grader.release import release
from tests.test_cli import RIGHT, WRONG

BUNDLED = find_course(None, {})


@pytest.fixture
def grade(capsys, monkeypatch, tmp_path):
    """Return a function that runs one command line in a folder and returns exit code, stdout and stderr."""
    for name in ("GRADE_LANG", "GRADE_COURSE", "LC_ALL", "LC_MESSAGES", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")

    def call(*arguments, here=tmp_path):
        monkeypatch.chdir(here)
        code = main.run([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def kit(make_course, tmp_path, grade):
    """The kit of a little course whose own folder is gone."""
    course = make_course()
    code, _, _ = grade("release", "--course", course, "--out", tmp_path / "kit", "--zip")
    assert code == 0
    shutil.rmtree(course)
    return tmp_path / "kit"


def code_lines(source):
    """Return the lines of a program that only its author could have written: statements, no words."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if hasattr(node, "body") and isinstance(node.body, list) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body[0] = ast.Pass()
    lines = {line.strip() for line in ast.unparse(tree).splitlines()}
    return {
        line for line in lines if len(line) > 30 and not line.startswith(("def ", "import ", "from ", "@"))
    }


# What is in it


def test_a_kit_of_the_bundled_course_holds_nothing_of_the_solutions(tmp_path):
    kit = release(BUNDLED, BUNDLED.exercises, tmp_path / "kit")
    texts = {path: path.read_bytes() for path in kit.root.rglob("*") if path.is_file()}
    assert not [path for path in texts if {"solutions", "mistakes.py", "test_hidden.py"} & set(path.parts)]
    programs = [ast.unparse(ast.parse(data)) for path, data in texts.items() if path.suffix == ".py"]
    code = {line.strip() for program in programs for line in program.splitlines()}
    for exercise in BUNDLED.exercises:
        for secret in (exercise.solution, exercise.hidden_suite, exercise.mistakes):
            public = code_lines(exercise.public_suite.read_text("utf-8"))
            leaked = [line for line in code_lines(secret.read_text("utf-8")) - public if line in code]
            assert not leaked, f"{secret}: {leaked[:3]}"
    assert all(str(BUNDLED.root) not in data.decode("utf-8", "ignore") for data in texts.values())


def test_what_a_kit_holds(tmp_path):
    kit = release(BUNDLED, [BUNDLED.exercise("ex05")], tmp_path / "kit")
    assert {
        *("README.md", "README.ko.md", "kit.toml", "ex05.py", "datasets/README.md", "datasets/digits.npz"),
        *(
            f"exercises/ex05_convolution/{name}"
            for name in (
                "exercise.toml",
                "README.md",
                "README.ko.md",
                "ex05.py",
                "test_public.py",
                "hints.toml",
            )
        ),
    } <= set(kit.files)
    assert (kit.root / "ex05.py").read_text("utf-8") == BUNDLED.exercise("ex05").stub.read_text("utf-8")
    assert tomllib.loads((kit.root / "kit.toml").read_text("utf-8"))["format_version"] == 1
    assert "Convolution and correlation" in (kit.root / "README.md").read_text("utf-8")
    assert "합성곱과 교차상관" in (kit.root / "README.ko.md").read_text("utf-8")


def test_a_zip_holds_the_same_files_and_is_the_same_every_time(tmp_path):
    exercises = [BUNDLED.exercise("ex05")]
    first = release(BUNDLED, exercises, tmp_path / "a" / "kit", as_zip=True)
    second = release(BUNDLED, exercises, tmp_path / "b" / "kit", as_zip=True)
    assert first.zip_path.read_bytes() == second.zip_path.read_bytes()
    with zipfile.ZipFile(first.zip_path) as archive:
        assert sorted(archive.namelist()) == [f"kit/{name}" for name in first.files]


def test_notebooks(tmp_path):
    activate("ko")
    kit = release(BUNDLED, [BUNDLED.exercise("ex05")], tmp_path / "kit", notebook=True)
    assert "ex05.ipynb" in kit.files
    assert "ex05.py" not in kit.files
    assert "합성곱" in (kit.root / "ex05.ipynb").read_text("utf-8")


# What is refused


def test_a_stub_with_the_answer_in_it_is_refused(make_course, tmp_path):
    answer = (
        "import numpy as np\n\n\ndef double(x):\n    'Words.'\n    y = np.asarray(x)\n    return y * 2.0\n"
    )
    course = make_course(solution=answer, stub=answer.replace("Words", "Other words"))
    with pytest.raises(ExerciseError, match=r"`double` in `exercises/ex99_doubling/ex99.py` is the one of"):
        release(open_course(course), open_course(course).exercises, tmp_path / "kit")
    assert not (tmp_path / "kit").exists()


def test_a_copy_of_a_hidden_file_is_refused_whatever_its_name(make_course, tmp_path):
    course = make_course()
    folder = course / "exercises" / "ex99_doubling"
    hidden = (course / "solutions" / "ex99_doubling" / "test_hidden.py").read_bytes()
    (folder / "notes.txt").write_bytes(hidden.replace(b"\n", b"\r\n"))
    toml = folder / "exercise.toml"
    toml.write_text(toml.read_text("utf-8").replace("sources =", 'files = ["notes.txt"]\nsources ='), "utf-8")
    with pytest.raises(ExerciseError, match=r"`exercises/ex99_doubling/notes.txt` is a copy of"):
        release(open_course(course), open_course(course).exercises, tmp_path / "kit")


def test_a_link_into_the_solutions_is_refused(make_course, tmp_path):
    course = make_course()
    stub = course / "exercises" / "ex99_doubling" / "ex99.py"
    stub.unlink()
    stub.symlink_to(course / "solutions" / "ex99_doubling" / "ex99.py")
    with pytest.raises(ExerciseError, match="is a link out of its exercise"):
        release(open_course(course), open_course(course).exercises, tmp_path / "kit")


def test_what_is_not_declared_stays_at_home(make_course, tmp_path, grade):
    course = make_course()
    (course / "exercises" / "ex99_doubling" / "draft.py").write_text("answer = 2\n", "utf-8")
    code, out, err = grade("release", "--course", course, "--out", tmp_path / "kit")
    assert (code, out) == (0, f"{tmp_path / 'kit'}\n")
    assert "draft.py` is not declared" in err
    assert not list((tmp_path / "kit").rglob("draft.py"))


def test_a_place_that_is_taken(make_course, tmp_path, grade):
    course = make_course()
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / "work.py").write_text("mine", "utf-8")
    code, _, err = grade("release", "--course", course, "--out", tmp_path / "kit")
    assert code == 2
    assert "is there already" in err
    assert [path.name for path in (tmp_path / "kit").iterdir()] == ["work.py"]


def test_an_empty_folder_is_no_obstacle(make_course, tmp_path):
    (tmp_path / "kit").mkdir()
    course = open_course(make_course())
    assert release(course, course.exercises, tmp_path / "kit").files


def test_a_place_that_cannot_be_written(make_course, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    course = open_course(make_course())
    with pytest.raises(UsageError, match="cannot be written"):
        release(course, course.exercises, tmp_path / "file" / "kit")


def test_without_out_it_says_what_is_missing(grade, make_course):
    code, _, err = grade("release", "--course", make_course())
    assert code == 2
    assert "Expected --out DIR" in err


# A student in the kit


def test_a_student_works_in_the_kit_without_the_course(kit, grade):
    code, out, _ = grade("check", "ex99", here=kit)
    assert code == 1
    assert "0 of 1 public cases passed; your teacher runs the hidden ones too" in out
    (kit / "ex99.py").write_text(RIGHT, "utf-8")
    code, out, _ = grade("check", "ex99", here=kit)
    assert code == 0
    assert "1 public cases passed; your teacher runs the hidden ones" in out
    assert "points" not in out
    assert "further seeds" not in out
    assert "Random values" not in out


def test_the_kit_is_found_from_a_folder_in_it_and_by_name(kit, grade, tmp_path):
    assert find_kit(kit / "exercises" / "ex99_doubling") == kit
    assert find_kit(tmp_path) is None
    (kit / "ex99.py").write_text(WRONG, "utf-8")
    code, out, _ = grade("--plain", "check", "ex99", kit / "ex99.py", "--course", kit)
    assert code == 1
    assert "Cases: 0 of 1 public cases passed" in out
    assert "Score" not in out


def test_json_and_junit_have_no_total(kit, grade):
    (kit / "ex99.py").write_text(RIGHT, "utf-8")
    code, out, _ = grade("check", "ex99", "--format", "json", here=kit)
    report = json.loads(out)
    assert (code, report["verdict"], report["score"], report["max_score"]) == (0, "passed", None, None)
    assert [case["points"] for case in report["cases"]] == [1.0]
    code, out, _ = grade("check", "ex99", "--format", "junit", here=kit)
    assert code == 0
    assert '<property name="score" value="" />' in out


def test_show_list_and_hint_work_in_the_kit(kit, grade):
    (kit / "ex99.py").write_text(RIGHT, "utf-8")
    assert "ex99" in grade("list", here=kit)[1]
    assert "Doubling" in grade("show", "ex99", here=kit)[1]
    assert "What is twice a number?" in grade("hint", "ex99", here=kit)[1]


def test_a_course_with_solutions_is_no_kit(kit):
    assert is_kit(kit)
    (kit / "solutions").mkdir()
    assert not is_kit(kit)
    assert find_kit(kit) is None


def test_a_kit_needs_no_exercise_that_comes_before(tmp_path):
    kit = release(BUNDLED, [BUNDLED.exercise("ex05")], tmp_path / "kit")
    course = open_course(kit.root)
    assert [exercise.id for exercise in course.exercises] == ["ex05"]
    assert course.exercise("5").prerequisites == ("ex03",)


def test_what_a_student_made_in_the_kit_is_handed_in_and_graded_with_every_case(make_course, tmp_path, grade):
    course, kit = make_course(), tmp_path / "kit"
    assert grade("release", "--course", course, "--out", kit)[0] == 0
    (kit / "ex99.py").write_text(RIGHT.replace("2.0**times", "2.0"), "utf-8")  # right in the public case only
    assert grade("check", "ex99", here=kit)[0] == 0
    handed_in = tmp_path / "class" / "김민준" / "ex99.py"
    handed_in.parent.mkdir(parents=True)
    shutil.copy(kit / "ex99.py", handed_in)
    arguments = [
        "batch",
        tmp_path / "class",
        "--exercise",
        "ex99",
        "--out",
        tmp_path / "out",
        "--workers",
        "1",
    ]
    code, _, err = grade(*arguments, here=kit)
    assert code == 2
    assert "it is what students get" in err
    assert not (tmp_path / "out").exists()
    assert grade(*arguments, "--course", course)[0] == 0
    feedback = json.loads((tmp_path / "out/feedback/김민준/ex99.json").read_text("utf-8"))
    assert (feedback["score"], feedback["max_score"]) == (8.0, 10.0)


def test_a_notebook_of_the_kit_is_filled_in_and_checked(make_course, tmp_path, grade):
    course, kit = make_course(), tmp_path / "kit"
    assert grade("release", "--course", course, "--out", kit, "--notebook")[0] == 0
    path = kit / "ex99.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if text.startswith("def double"):
            cell["source"] = ["def double(x):\n", "    return [2.0 * value for value in x]\n"]
        elif "grade: skip" in text:
            cell["source"] = [text, "raise SystemExit\n"]
    path.write_text(json.dumps(notebook), "utf-8")
    code, out, _ = grade("check", "ex99", here=kit)
    assert code == 0
    assert "1 public cases passed" in out
    assert "Hand in `ex99.ipynb`" in out
