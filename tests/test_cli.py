"""The command line: streams, exit codes, languages, encodings, errors, and what a start may load."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer
from rich.cells import cell_len
from typer.testing import CliRunner

import grader
from grader.cli import console, doctor, main, student
from grader.cli.app import new_app
from grader.cli.help import hoisted
from grader.cli.options import Feedback, OutputFormat, read_choice, read_seed
from grader.course import find_course
from grader.errors import ExitCode, SandboxError, UsageError
from grader.report.look import Look
from grader.sandbox import confine
from grader.sandbox.start import can_fork
from grader.scaffold import create
from tests import sample_reports as samples

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = [
    "init",
    "next",
    "reset",
    "progress",
    "watch",
    "solution",
    "list",
    "show",
    "check",
    "hint",
    "verify",
    "new",
    "doctor",
]
HEAVY = {"numpy", "pytest", "tensorflow", "keras", "hypothesis", "jax", "torch"}
RIGHT = """
import numpy as np


def double(x):
    print("doubling")
    return np.asarray(x) * 2.0


def halve(x, times=1):
    return np.asarray(x) / 2.0**times
"""
WRONG = RIGHT.replace("* 2.0", "+ 2.0")


@pytest.fixture
def course(make_course):
    return make_course()


@pytest.fixture
def grade(capsys, monkeypatch, tmp_path):
    """Return a function that runs one command line here and returns exit code, stdout and stderr."""
    for name in ("GRADE_LANG", "GRADE_COURSE", "LC_ALL", "LC_MESSAGES", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        code = main.run([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return call


def process(*arguments, cwd=None, code="from grader.cli.main import main; main()", **environ):
    """Run a command line in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "SYSTEMROOT"}}
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=cwd,
        env={**kept, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        check=False,
        timeout=60,
    )


def submission(folder, source=RIGHT, name="ex99.py"):
    path = folder / name
    path.write_text(source, "utf-8")
    return path


# What a start may load, and how long it may take


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["check", "--help"], ["list"], ["--version"], ["--lang", "ko", "--help"], []],
    ids=str,
)
def test_a_light_command_loads_nothing_heavy(course, arguments):
    code = (
        "import sys\n"
        "from grader.cli.main import run\n"
        "code = run(sys.argv[1:])\n"
        "sys.stderr.write('LOADED ' + ' '.join(sys.modules))\n"
        "raise SystemExit(code)\n"
    )
    done = process(*arguments, code=code, GRADE_COURSE=str(course))
    assert done.returncode == (0 if arguments else 2)
    loaded = {name.partition(".")[0] for name in done.stderr.decode().rpartition("LOADED ")[2].split()}
    assert "typer" in loaded
    assert not loaded & HEAVY


def cpu_time_of_children():
    times = os.times()
    return times.children_user + times.children_system


@pytest.mark.skipif(sys.platform == "win32", reason="children's CPU time is not counted there")
@pytest.mark.parametrize("arguments", [["--help"], ["list"]], ids=str)
def test_a_light_command_takes_at_most_200_ms(course, arguments):
    """In CPU time, which other work only makes longer: one quiet run shows it. The benchmark has the wall time."""
    durations = []
    while not durations or (min(durations) > 0.2 and len(durations) < 20):
        before = cpu_time_of_children()
        done = process(*arguments, GRADE_COURSE=str(course))
        durations.append(cpu_time_of_children() - before)
        assert done.returncode == 0
    assert 0 < min(durations) <= 0.2


# Streams and exit codes


def test_version(grade):
    assert grade("--version") == (0, f"grade {grader.__version__}\n", "")


def test_without_a_command_the_help_goes_to_stderr_and_the_exit_code_is_2(grade):
    code, out, err = grade()
    assert (code, out) == (2, "")
    assert "Usage: grade [OPTIONS] COMMAND ..." in err


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_help_of_every_command_fits_80_columns(grade, name, language):
    code, out, err = grade(name, "--help", "--lang", language)
    assert (code, err) == (0, "")
    assert {"en": "Usage: grade", "ko": "사용법: grade"}[language] in out
    assert {"en": "Examples:", "ko": "예:"}[language] in out
    too_long = [line for line in out.splitlines() if cell_len(line) > 80 and " # " not in line]
    assert not too_long


def test_the_help_lists_every_command_with_its_summary(grade):
    _, out, _ = grade("--help")
    for name in COMMANDS:
        assert re.search(rf"^  {name} +[A-Z]", out, re.MULTILINE)


def test_korean_help_is_korean_throughout(grade):
    _, out, _ = grade("--lang", "ko", "--help")
    english = re.compile(r"\b(the|Show|Usage|Options|Install|otherwise|shell)\b")
    assert not [line for line in out.splitlines() if english.search(line)]


@pytest.mark.parametrize(
    ("arguments", "error", "hint"),
    [
        (["chekc"], "There is no command `chekc`", "Did you mean `grade check`?"),
        (["zzz"], "There is no command `zzz`", "`grade --help` shows what it takes"),
        (["show"], "Something is missing. Expected EXERCISE", "`grade show --help`"),
        (["check"], "Which exercise? This folder is no workspace", "`grade init learn` makes a workspace"),
        (["check", "--all", "ex99"], "no exercise may be named", "grade check --all"),
        (["check", "ex99", "a", "b"], "Left over: b", "`grade check --help`"),
        (["check", "ex99", "--sede", "1"], "There is no option `--sede`", "Did you mean `--seed`?"),
        (["check", "ex99", "--seed"], "`--seed` needs a value", "`grade"),
        (["check", "ex99", "--unsafe-no-jail=1"], "`--unsafe-no-jail` takes no value", "`grade"),
        (["check", "ex99", "--seed", "-1"], "Received: -1", "--seed 7"),
        (["check", "ex99", "--seed", "abc"], "Expected a whole number", "--seed 7"),
        (
            ["check", "ex99", "--format", "xml"],
            "Expected text, json, junit, gradescope, github. Received: xml",
            "--format text",
        ),
        (["check", "ex99", "--format", "jsn"], "Received: jsn", "--format json"),
        (["check", "ex99", "--feedback", "all"], "Expected full, student", "--feedback full"),
        (["list", "--lang", "fr"], "Expected en or ko. Received: fr", "--lang ko"),
        (["list", "--course", "nowhere"], "names no course", ""),
        (["check", "ex98"], "no such exercise", "Did you mean `ex99`?"),
        (["check", "ex99"], "There is no `ex99.py` in this folder", "grade check ex99 FILE"),
        (["check", "ex99", "nothing.py"], "There is no file `nothing.py`", ""),
        (["show", "ex98"], "no such exercise", ""),
        (["verify", "ex98"], "no such exercise", ""),
        (["new", "Ex!"], "This folder is no course", "grade new ex30 --course my-course"),
    ],
)
def test_wrong_use_says_what_and_what_to_do_and_ends_with_2(
    grade, course, monkeypatch, arguments, error, hint
):
    monkeypatch.setenv("GRADE_COURSE", "" if arguments[0] == "new" else str(course))
    code, out, err = grade(*arguments)
    assert (code, out) == (2, "")
    said, _, advice = err.partition("\n\nhint: ")
    assert said.startswith("error: ")
    assert error in said
    assert hint in advice
    assert "Traceback" not in err


def test_errors_speak_korean(grade, course):
    code, _, err = grade("check", "ex98", "--course", course, "--lang", "ko")
    assert code == 2
    assert err.startswith("오류: 이 과정에 그런 문제는 없어요")
    assert "\n\n힌트: 혹시 `ex99`인가요?" in err


def test_a_broken_course_is_the_graders_environment(grade, make_course):
    code, out, err = grade("list", "--course", make_course(toml="title = 3"))
    assert (code, out) == (3, "")
    assert "exercise.toml" in err


def test_errors_have_colour_only_where_it_is_welcome(grade, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;31merror:\x1b[0m" in grade("zzz")[2]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in grade("zzz")[2]


def test_a_name_cannot_steer_the_terminal(grade):
    _, _, err = grade("\x1b[2Jzz\x07")
    assert "\x1b" not in err
    assert "\x07" not in err


# Bugs, interrupts, closed pipes


def replace_dispatch(monkeypatch, error):
    def fail(arguments):
        raise error

    monkeypatch.setattr(main, "_dispatch", fail)


def test_a_bug_of_ours_ends_with_3_and_a_report(grade, monkeypatch):
    replace_dispatch(monkeypatch, KeyError("lost"))
    code, out, err = grade("list")
    assert (code, out) == (3, "")
    assert "KeyError: 'lost'" in err
    assert "Traceback" in err
    assert f"This is a bug of the grader, not of your code (grade {grader.__version__}" in err
    assert "hint: Report it" in err


def test_every_error_of_ours_has_its_exit_code(grade, monkeypatch):
    replace_dispatch(monkeypatch, SandboxError("No jail", hint="Run `grade doctor`"))
    assert grade("list") == (3, "", "error: No jail\n\nhint: Run `grade doctor`\n")
    replace_dispatch(monkeypatch, UsageError("Not that"))
    assert grade("list") == (2, "", "error: Not that\n")


def test_an_interrupt_ends_with_130_and_one_line(grade, monkeypatch):
    replace_dispatch(monkeypatch, KeyboardInterrupt())
    code, out, err = grade("list")
    assert (code, out, err.strip()) == (130, "", "Stopped")


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_ctrl_c_in_the_middle_of_a_check_ends_with_130(make_course, tmp_path):
    course = make_course(case_s=20.0)
    endless = submission(tmp_path, RIGHT.replace("return np.asarray(x) * 2.0", "while True: pass"))
    child = subprocess.Popen(
        [sys.executable, "-c", "from grader.cli.main import main; main()", "check", "ex99", str(endless)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "GRADE_COURSE": str(course), "GRADE_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with child:
        time.sleep(2)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
    assert child.returncode == 130
    assert out == ""
    assert err.strip() == "Stopped"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_a_reader_that_goes_away_is_no_error(course):
    code = (
        "import os, sys\n"
        "reading, writing = os.pipe()\n"
        "os.dup2(writing, 1)\n"
        "os.close(writing), os.close(reading)\n"
        "from grader.cli.main import main\n"
        "main()\n"
    )
    done = process("list", code=code, GRADE_COURSE=str(course))
    assert done.returncode == 141
    assert done.stderr == b""


# Options for every command


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["check", "ex05", "--plain"], ["--plain", "check", "ex05"]),
        (["list", "--lang", "ko", "--course=x"], ["--lang", "ko", "--course=x", "list"]),
        (["check", "--", "--plain"], ["check", "--", "--plain"]),
        (["list", "--lang"], ["--lang", "list"]),
        (["check", "--seed", "1", "--lang=ko", "x"], ["--lang=ko", "check", "--seed", "1", "x"]),
        ([], []),
    ],
)
def test_shared_options_may_stand_anywhere(arguments, expected):
    assert hoisted(arguments) == expected


def test_shared_options_work_before_and_behind_the_command(grade, course):
    before = grade("--lang", "ko", "--course", course, "--plain", "list")
    behind = grade("list", "--plain", "--course", course, "--lang", "ko")
    assert before == behind
    assert "제목: 두 배" in before[1]


def test_the_runner_of_typer_sees_the_same(course):
    done = CliRunner().invoke(new_app(), ["list", "--course", str(course), "--plain"])
    assert done.exit_code == 0
    assert "Title: Doubling" in done.stdout


def test_grade_course_names_the_course(grade, course, monkeypatch):
    monkeypatch.setenv("GRADE_COURSE", str(course))
    assert "Doubling" in grade("list")[1]


def test_choices_and_seeds():
    assert read_choice("--format", "json", OutputFormat) is OutputFormat.JSON
    assert read_choice("--feedback", "student", Feedback) is Feedback.STUDENT
    assert read_seed("0") == 0
    assert read_seed(str(2**32 - 1)) == 2**32 - 1
    for wrong in ("", " 1", "1.5", str(2**32), "9" * 400, "٣"):
        with pytest.raises(UsageError):
            read_seed(wrong)


# list and show


def test_list_is_a_table(grade, course):
    code, out, err = grade("list", "--course", course)
    assert (code, err) == (0, "")
    head, row = out.splitlines()
    assert head.split() == ["Exercise", "Title", "Points", "Skills", "After"]
    assert row.split() == ["ex99", "Doubling", "10", "doubling"]


def test_show_writes_the_statement_in_the_language(grade, course):
    assert grade("show", "99", "--course", course)[1].startswith("Doubling\n")
    assert grade("show", "ex99", "--course", course, "--lang", "ko")[1].startswith("두 배\n")
    assert grade("show", "ex99", "--course", course, "--plain")[1] == "Doubling\n\ndouble, halve\n"


def test_show_refuses_a_statement_that_is_no_text(grade, course):
    (course / "exercises" / "ex99_doubling" / "README.md").write_bytes(b"\xff\xfe\x00")
    code, _, err = grade("show", "ex99", "--course", course)
    assert code == 3
    assert "The statement cannot be read" in err


# check, on a real worker


def test_check_shows_the_result_and_more_seeds(grade, course, tmp_path):
    submission(tmp_path)
    code, out, err = grade("check", "ex99", "--course", course)
    assert code == 0
    assert "10 / 10 points" in out
    assert out.rstrip().endswith("and 20 further seeds went well")
    assert err == ""


def test_check_of_a_wrong_submission_ends_with_1_and_explains(grade, course, tmp_path):
    submission(tmp_path, WRONG)
    code, out, err = grade("check", "ex99", "--course", course)
    assert (code, err) == (1, "")
    assert re.search(r"^✗ wrong +The example of the statement +0 / 1$", out, re.MULTILINE)
    assert "call  double([1, 2])" in out
    assert "≠3" in out
    assert "│ doubling" in out
    assert "further seeds" not in out


def test_the_result_never_shows_the_suites_source(grade, course, tmp_path):
    submission(tmp_path, WRONG)
    for options in (["--plain"], ["--format", "json"], ["--format", "junit"], []):
        out = grade("check", "ex99", "--course", course, *options)[1]
        assert "assert_close" not in out
        assert "solution.double" not in out
        assert "test_hidden.py" not in out


def test_check_takes_a_path_for_the_exercise(grade, course, tmp_path):
    (tmp_path / "work").mkdir()
    submission(tmp_path / "work")
    code, out, _ = grade("check", "work/ex99.py", "--course", course, "--seed", "3")
    assert code == 0
    assert "work/ex99.py · seed 3" in out
    assert "further seeds" not in out  # the person chose the seed


def test_check_as_json_is_data_and_nothing_else(grade, course, tmp_path):
    submission(tmp_path, WRONG)
    code, out, err = grade("check", "ex99", "--course", course, "--format", "json", "--seed", "5")
    data = json.loads(out)
    assert (code, err) == (1, "")
    assert (data["exercise"], data["seed"], data["max_score"]) == ("ex99", 5, 10.0)
    assert data["verdict"] == "failed"
    assert data["cases"][0]["id"] == "test_example"


def test_check_as_junit_is_xml(grade, course, tmp_path):
    submission(tmp_path, WRONG)
    code, out, _ = grade("check", "ex99", "--course", course, "--format", "junit")
    suites = ElementTree.fromstring(out.encode())  # noqa: S314 - our own output
    assert code == 1
    assert suites.find("testsuite").get("tests") == "5"
    assert suites.find("testsuite").get("timestamp")


def test_student_feedback_hides_hidden_cases(grade, course, tmp_path):
    submission(tmp_path, WRONG)
    out = grade("check", "ex99", "--course", course, "--format", "json", "--feedback", "student")[1]
    cases = {case["title"]: case for case in json.loads(out)["cases"]}
    hidden = cases["Random values"]
    assert hidden["verdict"] == "failed"
    assert hidden["hint"]
    assert (hidden["id"], hidden["message"], hidden["mistake"]) == ("case_2", "", None)


def test_check_in_korean_and_plain(grade, course, tmp_path):
    submission(tmp_path, WRONG)
    code, out, _ = grade("check", "ex99", "--course", course, "--lang", "ko", "--plain")
    assert code == 1
    assert "문제: ex99, 두 배" in out.splitlines()
    assert re.search(r"^사례 1/5: 오답, 1점 중 0점: 문제에 나온 예$", out, re.MULTILINE)
    assert "\x1b" not in out


@pytest.mark.parametrize("encoding", ["cp949", "ascii"])
def test_no_encoding_stops_the_result(course, tmp_path, encoding):
    path = submission(tmp_path, WRONG.replace("doubling", "두 배 ✓ \\ud800"))  # \ud800: half a character
    for extra in ([], ["--plain"], ["--format", "json"], ["--format", "junit"]):
        done = process(
            "check", "ex99", path, "--course", course, "--lang", "ko", *extra, PYTHONIOENCODING=f"{encoding}:strict"
        )  # fmt: skip
        assert done.returncode == 1, done.stderr
        assert done.stdout
    done = process("list", "--course", course, "--lang", "ko", PYTHONIOENCODING=encoding)
    assert done.returncode == 0


def test_cp949_shows_korean_and_keeps_columns(course, tmp_path):
    path = submission(tmp_path, WRONG)
    done = process("check", "ex99", path, "--course", course, "--lang", "ko", PYTHONIOENCODING="cp949")
    text = done.stdout.decode("cp949")
    assert re.search(r"^x 오답 +문제에 나온 예 +0 / 1$", text, re.MULTILINE)
    assert "?" not in text.replace("얼마인가요?", "")


def test_json_is_ascii_where_the_stream_is(course, tmp_path):
    path = submission(tmp_path, WRONG)
    arguments = ["check", "ex99", path, "--course", course, "--lang", "ko", "--format", "json"]
    done = process(*arguments, PYTHONIOENCODING="ascii")
    assert done.stdout.isascii()
    assert json.loads(done.stdout)["cases"][0]["title"] == "문제에 나온 예"


# The screen of check, with reports made by hand


@pytest.fixture
def make_screen(course):
    exercise = find_course(course, {}).exercise("ex99")

    def make(output_format=OutputFormat.TEXT, feedback=Feedback.FULL):
        return student.Screen(exercise, output_format, feedback, Look())

    return make


def test_a_failure_under_another_seed_ends_with_1(make_screen, capsys):
    screen = make_screen()
    passed = samples.report(samples.PASSED)
    screen.show(passed)
    screen.show_extra_seed(13, samples.report(samples.VECTOR, seed=13))
    assert screen.finish(passed) is ExitCode.SOME_FAILED
    out = capsys.readouterr().out
    assert "seed 13" in out
    assert "further seeds went well" not in out


def test_the_graders_fault_ends_with_3(make_screen, capsys):
    fault = samples.case("test_broken", samples.Verdict.GRADER_ERROR)
    report = samples.report(fault, samples.VECTOR)
    assert make_screen().finish(report) is ExitCode.GRADER_FAILED
    assert make_screen().finish(samples.report()) is ExitCode.GRADER_FAILED
    assert capsys.readouterr().out == ""


def test_student_feedback_holds_for_text_and_for_further_seeds(make_screen, capsys):
    screen = make_screen(feedback=Feedback.STUDENT)
    screen.show(samples.report(samples.LARGE))
    screen.show_extra_seed(8, samples.report(samples.LARGE, seed=8))
    out = capsys.readouterr().out
    assert "Random inputs of many lengths" in out
    assert "4096" not in out


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def __init__(self):
        super().__init__(io.BytesIO(), encoding="utf-8")

    def isatty(self):
        return True

    def text(self):
        self.flush()
        return self.buffer.getvalue().decode()


def test_progress_is_for_terminals_only(capsys, monkeypatch):
    console.progress("ex05: something", plain=False)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    console.progress("ex05: something", plain=True)
    assert sys.stderr.text() == ""
    console.progress("ex05: something\x1b[2J", plain=False)
    console.progress("", plain=False)
    assert sys.stderr.text() == "\r\x1b[Kex05: something\r\x1b[K"


def test_help_on_a_terminal_has_colour_and_the_same_words(grade, monkeypatch):
    plain = grade("check", "--help")[1]
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    assert main.run(["check", "--help"]) == 0
    assert "\x1b[36m--seed N\x1b[0m" in terminal.text()
    assert re.sub(r"\x1b\[[0-9;]*m", "", terminal.text()) == plain


# verify, new, doctor


def test_verify_proves_a_sound_exercise(grade, course):
    code, out, err = grade("verify", "ex99", "--course", course)
    assert "the solution gets full points" in out
    failed = [line for line in out.splitlines() if "✗" in line]
    assert code == (1 if failed else 0)
    assert f"{len(failed)} failed" in err


def test_verify_ends_with_1_where_something_does_not_hold(grade, make_course):
    course = make_course(solution=WRONG)
    code, out, err = grade("verify", "--course", course)
    assert code == 1
    assert re.search(r"^ex99 +✗ failed +the solution gets full points", out, re.MULTILINE)
    assert "failed" in err


def test_verify_of_an_empty_course_says_what_to_do(grade, tmp_path):
    (tmp_path / "empty" / "exercises").mkdir(parents=True)
    code, _, err = grade("verify", "--course", tmp_path / "empty")
    assert code == 2
    assert "holds no exercise yet" in err
    assert "grade new ex01" in err


def test_new_writes_an_exercise_whose_verify_says_what_is_left(grade, tmp_path):
    code, out, err = grade("new", "ex30", "--name", "max pooling", "--course", "mine")
    assert code == 0
    paths = [tmp_path / line for line in out.splitlines()]
    assert all(path.is_file() for path in paths)
    assert tmp_path / "mine" / "exercises" / "ex30_max_pooling" / "exercise.toml" in paths
    assert "`grade verify ex30 --course mine` says what is left to do" in err
    code, out, _ = grade("verify", "ex30", "--course", "mine")
    assert code == 1
    assert "is not written yet" in re.sub(r"\s+", " ", out)


def test_new_writes_into_the_course_of_this_folder(grade, tmp_path):
    create(tmp_path, "ex01")
    code, out, _ = grade("new", "ex02")
    assert code == 0
    assert (tmp_path / "exercises" / "ex02_exercise" / "ex02.py").is_file()
    assert len(out.splitlines()) == 9


def test_new_refuses_a_taken_id_and_a_file(grade, tmp_path):
    create(tmp_path, "ex01")
    assert grade("new", "ex01")[0] == 2
    (tmp_path / "file").write_text("")
    code, _, err = grade("new", "ex02", "--course", "file")
    assert code == 2
    assert "names no folder" in err


@pytest.mark.parametrize("language", ["en", "ko"])
def test_doctor_says_what_works(grade, course, language):
    code, out, err = grade("doctor", "--course", course, "--lang", language)
    assert (code, err) == (0, "")
    for name in ("numpy", "pytest", "rich", "typer", "msgpack", "keras", "Python", "UTF-8", language):
        assert name in out
    assert str(course) in re.sub(r"\n\s+", "", out)


def test_doctor_imports_nothing_heavy(course):
    code = (
        "import sys\n"
        "from grader.cli.main import run\n"
        "code = run(sys.argv[1:])\n"
        "sys.stderr.write('LOADED ' + ' '.join(sys.modules))\n"
    )
    done = process("doctor", code=code, GRADE_COURSE=str(course))
    loaded = {name.partition(".")[0] for name in done.stderr.decode().rpartition("LOADED ")[2].split()}
    assert not loaded & HEAVY


def test_doctor_ends_with_3_where_the_course_is_broken(grade, make_course):
    code, out, _ = grade("doctor", "--course", make_course(toml="title = 3"), "--plain")
    assert code == 3
    assert "Status: missing\nWhat: course" in out


def test_doctor_names_a_package_that_is_missing(grade, course, monkeypatch):
    monkeypatch.setattr(doctor, "_NEEDED", ("numpy", "no-such-package"))
    code, out, _ = grade("doctor", "--course", course)
    assert code == 3
    assert re.search(
        r"^✗ missing +no-such-package +not installed: `pip install no-such-package`$", out, re.MULTILINE
    )


def test_doctor_says_which_part_of_the_jail_is_missing(grade, course, monkeypatch):
    statuses = (
        confine.PartStatus(part=confine.Part.RLIMITS, is_available=True),
        confine.PartStatus(part=confine.Part.SECCOMP, is_available=False, reason="an old kernel"),
    )
    monkeypatch.setattr(confine, "probe", lambda: statuses)
    code, out, _ = grade("doctor", "--course", course)
    assert code == 0  # one's own code can be graded all the same
    assert re.search(r"^✗ missing +jail: seccomp +an old kernel$", out, re.MULTILINE)
    assert "not complete: grade your own code only" in out


# Completion


def complete(words, position, course):
    done = process(
        _GRADE_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(position), GRADE_COURSE=str(course)
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.decode().split()


def test_the_shell_completes_commands_exercises_and_options(course):
    assert complete("grade ch", 1, course) == ["check"]
    assert complete("grade check e", 2, course) == ["ex99"]
    assert "--seed" in complete("grade check --s", 2, course)


def test_completion_can_be_shown(course):
    done = process(
        "--show-completion",
        "bash",
        GRADE_COURSE=str(course),
        _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1",
    )
    assert done.returncode == 0
    assert b"_GRADE_COMPLETE=complete_bash" in done.stdout


def test_typer_raises_what_we_translate():
    """The class is found through a public name; this fails when typer moves it."""
    found = typer.BadParameter.__bases__[0]
    assert found.__name__ == "UsageError"
    assert issubclass(found, Exception)


def test_commands_that_are_shown_name_the_course_again(grade, course, tmp_path):
    """What is shown can be pasted: another course than the bundled one stays the course."""
    named = f"--course {course}"
    jail = [] if can_fork() else ["--unsafe-no-jail"]
    code, _, err = grade("--course", course, "check", "ex99")
    assert (code, f"grade check ex99 FILE {named}" in err) == (2, True)
    (tmp_path / "ex99.py").write_text(WRONG, "utf-8")
    _, out, _ = grade("--plain", "--course", course, "check", "ex99", "--no-shrink", *jail)
    assert f"then run `grade check ex99 {named}`" in out
    _, out, _ = grade("--plain", "--course", course, "hint", "ex99")
    assert f"`grade check ex99 {named}`" in out
    assert f"`grade hint ex99 {named}` says more" in out


def test_the_grader_computes_with_one_thread_whatever_the_machine_has(monkeypatch):
    """As the worker does: sums in another order differ in the last digits."""
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    code = "import os; from grader.cli import main; main.run(['--version']); print(os.environ['OPENBLAS_NUM_THREADS'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == "1"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has this device")
@pytest.mark.parametrize("redirection", [">&-", "> /dev/full"])
@pytest.mark.parametrize("command", ["list", "check ex99 {file}", "check ex99 {file} --format json"])
def test_an_output_that_cannot_be_written_is_no_result(make_course, tmp_path, redirection, command):
    file = tmp_path / "ex99.py"
    file.write_text("def double(x): return 3\n", "utf-8")
    grade = f"{sys.executable} -c 'from grader.cli.main import main; main()' --course {make_course()}"
    done = subprocess.run(
        ["/bin/sh", "-c", f"{grade} {command.format(file=file)} {redirection}"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3, done.stderr
    assert "error: The output could not be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="needs a POSIX shell")
@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full", "<&- 2>&-"])
def test_what_nobody_can_be_told_changes_no_exit_code(make_course, tmp_path, redirection):
    file = tmp_path / "ex99.py"
    file.write_text("def double(x): return 3\n", "utf-8")
    grade = f"{sys.executable} -c 'from grader.cli.main import main; main()' --course {make_course()}"
    for command, code in ((f"check ex99 {file}", 1), ("list", 0), ("check ex07", 2)):
        done = subprocess.run(
            ["/bin/sh", "-c", f"{grade} {command} {redirection}"], capture_output=True, text=True
        )
        assert done.returncode == code
