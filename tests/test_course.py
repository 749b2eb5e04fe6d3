"""Courses on disk: what is accepted, what is refused and how, and how exercises are found."""

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course import (
    Course,
    EntryPoint,
    Exercise,
    Limits,
    find_course,
    load_course,
    parse_exercise,
)
from grader.course_folders import bundled_root
from grader.errors import ExerciseError, ExitCode, GraderError, UsageError
from grader.exercise_files import suite_hash, undeclared_files
from grader.language import Text

TOML = """
format_version = 1
title = { en = "Convolution", ko = "합성곱" }
skills = ["convolution"]
prerequisites = []
allowed_imports = ["numpy"]
forbidden_calls = ["numpy.convolve", "scipy"]
sources = ["slide set 003"]

[[entry_points]]
name = "correlate1d"
parameters = ["x", "w", "mode='valid'", "stride=1"]
aliases = ["cross_correlation_1d"]

[[entry_points]]
name = "convolve1d"
parameters = ["x", "w"]

[points]
total = 20
"""


def write_exercise(root, name="ex05_convolution", toml=TOML, *, solutions=True):
    exercise_id = name.partition("_")[0]
    public, private = root / "exercises" / name, root / "solutions" / name
    public.mkdir(parents=True)
    (public / "exercise.toml").write_text(toml, "utf-8")
    for file in ("README.md", "README.ko.md", f"{exercise_id}.py", "test_public.py"):
        (public / file).write_text(f"# {file}\n", "utf-8")
    if solutions:
        private.mkdir(parents=True)
        for file in (f"{exercise_id}.py", "test_hidden.py", "mistakes.py"):
            (private / file).write_text(f"# {file}\n", "utf-8")
    return public


def refused(root):
    with pytest.raises(ExerciseError) as caught:
        load_course(root)
    return caught.value


def test_an_exercise_is_read_whole(tmp_path):
    folder = write_exercise(tmp_path)
    course = load_course(tmp_path)
    exercise = course.exercises[0]
    private = tmp_path / "solutions" / "ex05_convolution"
    assert exercise == Exercise(
        id="ex05",
        folder=folder,
        solution_folder=private,
        title=Text(en="Convolution", ko="합성곱"),
        skills=("convolution",),
        prerequisites=(),
        entry_points=(
            EntryPoint(
                name="correlate1d",
                parameters=("x", "w", "mode='valid'", "stride=1"),
                aliases=("cross_correlation_1d",),
            ),
            EntryPoint(name="convolve1d", parameters=("x", "w")),
        ),
        allowed_imports=("numpy",),
        forbidden_calls=("numpy.convolve", "scipy"),
        sources=("slide set 003",),
        limits=Limits(case_s=5.0, submission_s=30.0, memory_mib=400),
        total_points=20.0,
    )
    assert exercise.stub == folder / "ex05.py"
    assert exercise.statement("en") == folder / "README.md"
    assert exercise.statement("ko") == folder / "README.ko.md"
    assert exercise.public_suite == folder / "test_public.py"
    assert exercise.hidden_suite == private / "test_hidden.py"
    assert exercise.solution == private / "ex05.py"
    assert exercise.mistakes == private / "mistakes.py"
    assert exercise.names == ("correlate1d", "convolve1d")
    assert exercise.canonical("cross_correlation_1d") == "correlate1d"
    assert exercise.canonical("convolve1d") == "convolve1d"
    assert exercise.canonical("cross") is None
    assert [entry_point.num_required for entry_point in exercise.entry_points] == [2, 2]


def test_limits_and_files_may_be_given(tmp_path):
    toml = TOML.replace("[points]", "[limits]\ncase_s = 2\nmemory_mib = 300\n\n[points]")
    toml = toml.replace("sources", 'files = ["picture.png", "data/bank.npz"]\nsources')
    folder = write_exercise(tmp_path, toml=toml)
    (folder / "picture.png").write_bytes(b"png")
    hidden = tmp_path / "solutions" / "ex05_convolution" / "data" / "bank.npz"
    hidden.parent.mkdir()
    hidden.write_bytes(b"npz")
    exercise = load_course(tmp_path).exercises[0]
    assert exercise.limits == Limits(case_s=2.0, submission_s=30.0, memory_mib=300)
    assert exercise.files == ("picture.png", "data/bank.npz")
    assert undeclared_files(exercise) == ()
    hidden.unlink()
    assert "bank.npz" in refused(tmp_path).message


def test_a_picture_may_be_asked_for(tmp_path):
    write_exercise(
        tmp_path, toml=TOML.replace('name = "convolve1d"', 'name = "convolve1d"\npicture = "window"')
    )
    entry_points = load_course(tmp_path).exercises[0].entry_points
    assert [entry_point.picture for entry_point in entry_points] == ["", "window"]


def test_hints_need_no_declaration(tmp_path):
    folder = write_exercise(tmp_path)
    (folder / "hints.toml").write_text("[[hints]]\n", "utf-8")
    assert undeclared_files(load_course(tmp_path).exercises[0]) == ()


def test_a_course_without_solutions_is_a_student_kit(tmp_path):
    write_exercise(tmp_path, solutions=False)
    exercise = load_course(tmp_path).exercises[0]
    assert exercise.solution_folder is None
    assert (exercise.solution, exercise.hidden_suite, exercise.mistakes) == (None, None, None)
    (tmp_path / "solutions").mkdir()
    assert str(tmp_path / "solutions" / "ex05_convolution" / "ex05.py") in refused(tmp_path).message


def test_exercises_come_in_the_order_of_their_numbers(tmp_path):
    for name in ("ex100_last", "ex05_convolution", "ex30_own", "b2_foreign"):
        write_exercise(tmp_path, name)
    (tmp_path / "exercises" / "README.md").write_text("not an exercise", "utf-8")
    (tmp_path / "exercises" / "__pycache__").mkdir()
    assert [exercise.id for exercise in load_course(tmp_path).exercises] == ["b2", "ex05", "ex30", "ex100"]


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ('title = { en = "Convolution", ko = "합성곱" }', "", "title", "this key"),
        ("total = 20", "", "points.total", "this key"),
        ('name = "convolve1d"', "", "entry_points[1].name", "this key"),
        (', ko = "합성곱"', "", "title.ko", "this key"),
        ('en = "Convolution"', 'en = " "', "title.en", "one line of text"),
        ('en = "Convolution"', 'en = "two\\nlines"', "title.en", "one line of text"),
        ('title = { en = "Convolution", ko = "합성곱" }', 'title = "Convolution"', "title", "a table"),
        ('skills = ["convolution"]', "skills = []", "skills", "at least one"),
        ('skills = ["convolution"]', 'skills = "convolution"', "skills", "a list"),
        ('skills = ["convolution"]', 'skills = ["a", "a"]', "skills", "each entry once"),
        ('skills = ["convolution"]', "skills = [1]", "skills", "a list"),
        ('sources = ["slide set 003"]', 'sources = [""]', "sources", "a list"),
        (
            'allowed_imports = ["numpy"]',
            'allowed_imports = ["numpy.linalg"]',
            "allowed_imports",
            "without dots",
        ),
        ('allowed_imports = ["numpy"]', 'allowed_imports = ["scipy"]', "forbidden_calls", "allowed_imports"),
        ('"numpy.convolve"', '"numpy..convolve"', "forbidden_calls", "dotted names"),
        ('"numpy.convolve"', '"numpy.convolve()"', "forbidden_calls", "dotted names"),
        ("prerequisites = []", 'prerequisites = ["ex03"]', "prerequisites", "ids of this course: ex05"),
        ("prerequisites = []", 'prerequisites = ["EX 3"]', "prerequisites", "ids of exercises"),
        ("prerequisites = []", 'prerequisites = ["ex05"]', "prerequisites", "wait for each other"),
        (
            'name = "convolve1d"',
            'name = "convolve1d"\npicture = "map"',
            "entry_points[1].picture",
            "time_step",
        ),
        ('name = "convolve1d"', 'name = "convolve1d"\npicture = ""', "entry_points[1].picture", "one line"),
        ('name = "convolve1d"', 'name = "convolve1d"\npicture = 3', "entry_points[1].picture", "one line"),
        ('name = "convolve1d"', 'name = "convolve 1d"', "entry_points[1].name", "a Python name"),
        ('name = "convolve1d"', 'name = "lambda"', "entry_points[1].name", "a Python name"),
        ('name = "convolve1d"', 'name = "correlate1d"', "entry_points[1]", "once in the exercise"),
        ('name = "convolve1d"', 'name = "cross_correlation_1d"', "entry_points[1]", "once in the exercise"),
        ('["cross_correlation_1d"]', '["cross-correlation"]', "entry_points[0].aliases", "Python names"),
        ('parameters = ["x", "w"]', 'parameters = ["x", "w w"]', "entry_points[1].parameters", "names"),
        ('parameters = ["x", "w"]', 'parameters = ["x", "*w"]', "entry_points[1].parameters", "names"),
        ('parameters = ["x", "w"]', 'parameters = ["x=1", "w"]', "entry_points[1].parameters", "default"),
        (
            'parameters = ["x", "w"]',
            'parameters = ["x", "x=1"]',
            "entry_points[1].parameters",
            "each name once",
        ),
        ('parameters = ["x", "w"]', 'parameters = ["x=f()"]', "entry_points[1].parameters", "literal"),
        ('parameters = ["x", "w"]', 'parameters = ["x=1): pass"]', "entry_points[1].parameters", "literal"),
        ('parameters = ["x", "w"]', 'parameters = "x, w"', "entry_points[1].parameters", "a list"),
        ("total = 20", "total = 0", "points.total", "above 0"),
        ("total = 20", "total = -1", "points.total", "above 0"),
        ("total = 20", "total = nan", "points.total", "above 0"),
        ("total = 20", "total = inf", "points.total", "above 0"),
        ("total = 20", "total = true", "points.total", "above 0"),
        ("total = 20", 'total = "20"', "points.total", "above 0"),
        ("total = 20", f"total = 0x{'f' * 5000}", "points.total", "above 0"),
        ("[points]", "[limits]\ncase_s = 0\n[points]", "limits.case_s", "above 0"),
        ("[points]", "[limits]\ncase_s = 60\n[points]", "limits.submission_s", "at least case_s"),
        ("[points]", "[limits]\nmemory_mib = 300.0\n[points]", "limits.memory_mib", "an integer"),
        ("[points]", "[limits]\nmemory_mib = true\n[points]", "limits.memory_mib", "an integer"),
        ("sources", 'files = ["../secret"]\nsources', "files", "paths inside"),
        ("sources", 'files = ["/etc/passwd"]\nsources', "files", "paths inside"),
        ("sources", 'files = ["a\\\\b"]\nsources', "files", "paths inside"),
        ("sources", "limits = 3\nsources", "limits", "a table"),
        ("format_version = 1", 'format_version = "1"', "format_version", "1"),
        ("format_version = 1", "format_version = true", "format_version", "1"),
        ("format_version = 1", "format_version = 0", "format_version", "1"),
        ("format_version = 1", "", "format_version", "1"),
    ],
)
def test_a_wrong_value_is_refused_with_file_key_expectation_and_remedy(tmp_path, old, new, key, expected):
    assert old in TOML
    write_exercise(tmp_path, toml=TOML.replace(old, new))
    error = refused(tmp_path)
    assert str(tmp_path / "exercises" / "ex05_convolution" / "exercise.toml") in error.message
    assert f"`{key}`" in error.message
    assert expected in error.message.partition("Expected")[2].partition("Received")[0]
    assert "Received: " in error.message
    assert error.hint.endswith("run `grade verify ex05`")
    assert len(error.message) < 1000
    assert error.exit_code is ExitCode.GRADER_FAILED


@pytest.mark.parametrize("entry_points", ["entry_points = []", "entry_points = [1]", "entry_points = 'x'"])
def test_there_is_at_least_one_entry_point(tmp_path, entry_points):
    start, points = TOML.index("[[entry_points]]"), TOML.index("[points]")
    write_exercise(tmp_path, toml=TOML[:start] + entry_points + "\n" + TOML[points:])
    assert "at least one table" in refused(tmp_path).message


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ('skils = ["a"]\n', "`skills`"),
        ('forbidden_imports = ["scipy"]\n', "`forbidden_calls`"),
        ("zzz = 1\n", "Remove the key"),
        ('"a\\nb" = 1\n', "Remove the key"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_one(tmp_path, line, remedy):
    write_exercise(tmp_path, toml=line + TOML)
    error = refused(tmp_path)
    assert "Expected one of `format_version`, `title`" in error.message
    assert remedy in error.hint
    assert "\n" not in error.message


@pytest.mark.parametrize(
    ("old", "new", "nearest"),
    [
        ("total = 20", "totals = 20", "`points.total`"),
        ("parameters", "params", "`entry_points[0].parameters`"),
        ("[points]", "[limits]\ncase = 1\n[points]", "`limits.case_s`"),
        ("ko =", "kr =", "`title.ko`"),
    ],
)
def test_an_unknown_key_of_an_inner_table_is_refused(tmp_path, old, new, nearest):
    write_exercise(tmp_path, toml=TOML.replace(old, new))
    assert nearest in refused(tmp_path).hint


def test_a_newer_format_is_wrong_use_and_comes_before_everything_else(tmp_path):
    write_exercise(tmp_path, toml="format_version = 2\nsomething_new = 1\n")
    with pytest.raises(UsageError, match=r"Expected format_version 1\. Received: 2") as caught:
        load_course(tmp_path)
    assert caught.value.exit_code is ExitCode.WRONG_USE
    assert "Update" in caught.value.hint


def test_two_exercises_of_one_id_are_wrong_use(tmp_path):
    write_exercise(tmp_path, "ex05_convolution")
    write_exercise(tmp_path, "ex05_correlation")
    with pytest.raises(UsageError, match="Expected `ex05` once") as caught:
        load_course(tmp_path)
    assert "ex05_convolution" in caught.value.message
    assert "ex05_correlation" in caught.value.message


@pytest.mark.parametrize("name", ["Ex05_convolution", "05_convolution", "ex-05", "_ex05", "합성곱"])
def test_a_folder_that_is_no_exercise_is_refused(tmp_path, name):
    write_exercise(tmp_path, name)
    assert "Expected a name like `ex05_convolution`" in refused(tmp_path).message


@pytest.mark.parametrize(
    "missing",
    [
        "exercises/ex05_convolution/exercise.toml",
        "exercises/ex05_convolution/README.md",
        "exercises/ex05_convolution/README.ko.md",
        "exercises/ex05_convolution/ex05.py",
        "exercises/ex05_convolution/test_public.py",
        "solutions/ex05_convolution/ex05.py",
        "solutions/ex05_convolution/test_hidden.py",
        "solutions/ex05_convolution/mistakes.py",
    ],
)
def test_a_missing_file_is_refused_by_name(tmp_path, missing):
    write_exercise(tmp_path)
    (tmp_path / missing).unlink()
    error = refused(tmp_path)
    assert f"Expected `{tmp_path / missing}`" in error.message
    assert "`grade verify ex05`" in error.hint


def test_a_misspelled_file_is_pointed_at(tmp_path):
    folder = write_exercise(tmp_path)
    (folder / "README.ko.md").rename(folder / "README.kr.md")
    assert "Received: `README.kr.md`" in refused(tmp_path).message


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"format_version = ", "Invalid value"),
        (b"title = 'caf\xe9'", "utf-8"),
        (b"a = " + b"[" * 5000, "recursion"),
        (b"a = " + b"9" * 30_000, "digits"),
    ],
)
def test_a_file_that_is_no_toml_is_refused(tmp_path, data, reason):
    folder = write_exercise(tmp_path)
    (folder / "exercise.toml").write_bytes(data)
    error = refused(tmp_path)
    assert "is not valid TOML" in error.message
    assert reason in error.message


def test_byte_order_mark_and_windows_lines_are_no_error(tmp_path):
    folder = write_exercise(tmp_path)
    text = (folder / "exercise.toml").read_text("utf-8").replace("\n", "\r\n")
    (folder / "exercise.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load_course(tmp_path).exercises[0].id == "ex05"


def test_prerequisites_may_not_wait_for_each_other(tmp_path):
    chain = {"ex01_a": ["ex03"], "ex02_b": ["ex01"], "ex03_c": ["ex02"], "ex04_d": ["ex03", "ex01"]}
    for name, wanted in chain.items():
        write_exercise(tmp_path, name, TOML.replace("prerequisites = []", f"prerequisites = {wanted}"))
    error = refused(tmp_path)
    assert "ex01 → ex03 → ex02 → ex01" in error.message
    toml = tmp_path / "exercises" / "ex01_a" / "exercise.toml"
    toml.write_text(TOML, "utf-8")
    assert load_course(tmp_path).exercises[3].prerequisites == ("ex03", "ex01")


@pytest.mark.parametrize(
    "name",
    [
        "ex05",
        "EX05",
        " ex05 ",
        "ex5",
        "Ex005",
        "5",
        "05",
        "ex05_convolution",
        "ex05.py",
        "EX05.PY",
        "ex05.ipynb",
        "work/ex05.py",
        "C:\\work\\ex05.py",
        "exercises/ex05_convolution/",
        "ex5_conv",
    ],
)
def test_an_exercise_is_found_by_what_people_write(tmp_path, name):
    for folder in ("ex05_convolution", "ex06_pooling", "ex15_other", "ex50_other"):
        write_exercise(tmp_path, folder)
    assert load_course(tmp_path).exercise(name).id == "ex05"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("ex55", "`ex05`"),
        ("convolutoin", "`ex05`"),
        ("ex05x", "`ex05`"),
        ("합성곱", "`grade list`"),
        ("", "`grade list`"),
        ("9" * 10_000, "`grade list`"),
        ("ex٥", "`grade list`"),
    ],
)
def test_an_unknown_exercise_is_wrong_use_and_the_nearest_is_named(tmp_path, name, hint):
    write_exercise(tmp_path)
    with pytest.raises(UsageError) as caught:
        load_course(tmp_path).exercise(name)
    assert hint in caught.value.hint
    assert len(caught.value.message) < 300


def test_a_number_that_means_two_exercises_is_not_guessed(tmp_path):
    for folder in ("a1_one", "b1_one"):
        write_exercise(tmp_path, folder)
    course = load_course(tmp_path)
    with pytest.raises(UsageError):
        course.exercise("1")
    assert course.exercise("b01").id == "b1"


def test_the_course_is_the_option_then_the_variable_then_the_bundled_one(tmp_path, monkeypatch):
    write_exercise(tmp_path / "option", "ex01_option")
    write_exercise(tmp_path / "variable", "ex02_variable")
    environ = {"GRADE_COURSE": str(tmp_path / "variable")}
    assert find_course(tmp_path / "option", environ).exercises[0].id == "ex01"
    assert find_course(None, environ).exercises[0].id == "ex02"
    monkeypatch.chdir(tmp_path)
    assert find_course(None, {"GRADE_COURSE": "option"}).exercises[0].id == "ex01"


def test_the_bundled_course_lies_in_the_package_or_beside_it(tmp_path):
    package = tmp_path / "lib" / "grader"
    package.mkdir(parents=True)
    with pytest.raises(ExerciseError, match="holds no course"):
        bundled_root(package)
    (tmp_path / "lib" / "exercises").mkdir()
    assert bundled_root(package) == tmp_path / "lib"
    (package / "_course" / "exercises").mkdir(parents=True)
    assert bundled_root(package) == package / "_course"
    assert (bundled_root() / "exercises").is_dir()


@pytest.mark.parametrize("named", ["nowhere", "empty", "file", "a" * 5000, "~nobody-of-this-name"])
def test_a_folder_that_is_no_course_is_wrong_use(tmp_path, monkeypatch, named):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(UsageError, match="--course names no course"):
        find_course(tmp_path / named, {})
    with pytest.raises(UsageError, match="GRADE_COURSE names no course"):
        find_course(None, {"GRADE_COURSE": named})
    with pytest.raises(UsageError, match="no course"):
        load_course(tmp_path / named)


def test_a_folder_inside_a_course_is_answered_with_the_course(tmp_path):
    folder = write_exercise(tmp_path)
    with pytest.raises(UsageError) as caught:
        find_course(folder, {})
    assert caught.value.hint == f"Did you mean `--course {tmp_path}`?"


def test_a_course_may_be_empty(tmp_path):
    (tmp_path / "exercises").mkdir()
    assert load_course(tmp_path) == Course(root=tmp_path, folders={})


def test_the_suite_hash_covers_what_a_grade_depends_on(tmp_path):
    public = write_exercise(tmp_path)
    private = tmp_path / "solutions" / "ex05_convolution"
    (tmp_path / "datasets" / "digits").mkdir(parents=True)
    exercise = load_course(tmp_path).exercises[0]
    seen = {suite_hash(exercise)}
    counted = [
        *(public / name for name in ("exercise.toml", "test_public.py")),
        *(private / name for name in ("ex05.py", "test_hidden.py", "keras_golden.npz")),
        tmp_path / "datasets" / "digits" / "images.gz",
    ]
    for number, path in enumerate(counted):
        before = path.read_bytes() if path.exists() else b""
        path.write_bytes(before + b"# changed\n")
        seen.add(suite_hash(exercise))
        assert len(seen) == number + 2, path
    for path in (private / "mistakes.py", public / "README.md", public / "ex05.py"):
        path.write_text("changed", "utf-8")
        seen.add(suite_hash(exercise))
    assert len(seen) == len(counted) + 1


def test_line_endings_of_text_do_not_change_the_suite_hash(tmp_path):
    public = write_exercise(tmp_path)
    bank = tmp_path / "solutions" / "ex05_convolution" / "keras_golden.npz"
    bank.write_bytes(b"a\nb")
    exercise = load_course(tmp_path).exercises[0]
    before = suite_hash(exercise)
    suite = public / "test_public.py"
    suite.write_bytes(suite.read_bytes().replace(b"\n", b"\r\n"))
    assert suite_hash(exercise) == before
    bank.write_bytes(b"a\r\nb")
    assert suite_hash(exercise) != before


def test_the_suite_hash_of_a_declared_file_counts_and_of_a_kit_exists(tmp_path):
    toml = TOML.replace("sources", 'files = ["data.csv"]\nsources')
    folder = write_exercise(tmp_path, toml=toml, solutions=False)
    (folder / "data.csv").write_text("1\n", "utf-8")
    exercise = load_course(tmp_path).exercises[0]
    before = suite_hash(exercise)
    (folder / "data.csv").write_text("2\n", "utf-8")
    assert suite_hash(exercise) != before


def test_files_that_nobody_declared_are_found(tmp_path):
    folder = write_exercise(tmp_path)
    private = tmp_path / "solutions" / "ex05_convolution"
    for path in (private / "keras_golden.npz", private / "keras_reference.py", folder / ".DS_Store"):
        path.write_bytes(b"")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "ex05.pyc").write_bytes(b"")
    exercise = load_course(tmp_path).exercises[0]
    assert undeclared_files(exercise) == ()
    (folder / "notes.txt").write_text("x", "utf-8")
    (private / "old").mkdir()
    (private / "old" / "ex05.py").write_text("x", "utf-8")
    assert undeclared_files(exercise) == (folder / "notes.txt", private / "old" / "ex05.py")


def test_forty_exercises_are_read_at_once(tmp_path):
    for number in range(40):
        write_exercise(tmp_path, f"ex{number:02}_convolution")
    times = []
    for _ in range(3):
        started = time.perf_counter()
        assert len(load_course(tmp_path).exercises) == 40
        times.append(time.perf_counter() - started)
    assert min(times) < 0.1


VALID = {
    "format_version": 1,
    "title": {"en": "a", "ko": "b"},
    "skills": ["s"],
    "prerequisites": [],
    "allowed_imports": ["numpy"],
    "forbidden_calls": [],
    "sources": [],
    "entry_points": [{"name": "f", "parameters": ["x"]}],
    "points": {"total": 3},
}


def outcome(act):
    """Return what `act` returns, or the error of ours that it raises."""
    try:
        return act()
    except GraderError as error:
        return error


NAMES = st.sampled_from([*VALID, "files", "limits", "name", "parameters", "aliases", "en", "total", "case_s"])
SCALARS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["x", "mode='valid'", "ex03", "numpy", "numpy.convolve", "x=" + "-" * 50_000 + "1"]),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.times(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(replaced=st.dictionaries(NAMES, VALUES, max_size=3))
def test_any_table_is_an_exercise_or_an_error_of_ours(tmp_path_factory, replaced):
    folder = tmp_path_factory.getbasetemp() / "exercises" / "ex05_convolution"
    exercise = outcome(lambda: parse_exercise({**VALID, **replaced}, folder, None))
    if isinstance(exercise, GraderError):
        assert "exercise.toml" in exercise.message
        assert len(exercise.message) < 2000
    else:
        assert exercise.id == "ex05"
        assert 0 < exercise.total_points < math.inf
        assert exercise.entry_points


@settings(deadline=None)
@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=60) | st.binary(max_size=60))
def test_any_file_is_an_exercise_or_an_error_of_ours(tmp_path_factory, text):
    root = tmp_path_factory.mktemp("course")
    folder = write_exercise(root)
    data = text if isinstance(text, bytes) else (TOML + text).encode()
    (folder / "exercise.toml").write_bytes(data)
    course = outcome(lambda: load_course(root))
    if isinstance(course, GraderError):
        assert "exercise.toml" in course.message
    else:
        assert [exercise.id for exercise in course.exercises] == ["ex05"]
