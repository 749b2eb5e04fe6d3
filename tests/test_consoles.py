"""Consoles and folders as Korean learners have them: cp949, a locale that says nothing, a home with Korean letters."""

import subprocess
import sys

import pytest
from rich.cells import cell_len

from tests.test_cli import RIGHT, ROOT, WRONG

GRADE = [sys.executable, "-c", "from grader.cli.main import main; main()"]
KOREAN = {"GRADE_LANG": "ko"}


@pytest.fixture
def home(tmp_path, make_course):
    folder = tmp_path / "사용자" / "홍길동 (집)"
    folder.mkdir(parents=True)
    return folder, make_course()


def grade(home, *arguments, cwd=None, **environ):
    folder, course = home
    env = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "GRADE_COURSE": str(course),
        **environ,
    }
    return subprocess.run(
        [*GRADE, *arguments], cwd=cwd or folder, env=env, capture_output=True, check=False, timeout=60
    )


COMMANDS = [
    ["--help"],
    ["list"],
    [],
    ["next"],
    ["show", "ex99"],
    ["check"],
    ["check", "ex98"],
    ["hint", "--reset"],
    ["progress"],
    ["progress", "--html", "기록.html"],
    ["progress", "--export", "기록.json"],
    ["reset", "ex99"],
    ["solution", "ex99"],
]


def test_everything_works_in_cp949_and_in_a_home_with_korean_letters(home):
    """The same words as in UTF-8, with nothing lost but symbols that have a stand-in, and lines of 80 columns."""
    folder, _ = home
    learn = folder / "배우기"
    done = grade(home, "init", "배우기", **KOREAN, PYTHONIOENCODING="cp949")
    assert done.returncode == 0, done.stderr
    assert "배우기" in done.stdout.decode("cp949")
    (learn / "ex99.py").write_text(WRONG, "utf-8")
    for arguments in COMMANDS:
        both = [
            grade(home, *arguments, cwd=learn, **KOREAN, PYTHONIOENCODING=encoding)
            for encoding in ("cp949", "utf-8")
        ]
        legacy, modern = (
            done.stdout.decode(encoding) for done, encoding in zip(both, ("cp949", "utf-8"), strict=True)
        )
        assert both[0].returncode == both[1].returncode, arguments
        assert both[0].returncode in (0, 1, 2), both[0].stderr
        assert legacy.count("?") == modern.count("?"), arguments
        assert [letter for letter in legacy if "가" <= letter <= "힣"] == [
            letter for letter in modern if "가" <= letter <= "힣"
        ], arguments
        assert both[0].stderr.count(b"?") == both[1].stderr.count(b"?"), arguments
        too_long = [line for line in legacy.splitlines() if cell_len(line) > 80 and " # " not in line]
        assert not too_long, too_long


def test_a_submission_in_cp949_is_read(home):
    folder, _ = home
    (folder / "ex99.py").write_bytes(("# 두 배\n" + RIGHT).encode("cp949"))
    done = grade(home, "check", "ex99", **KOREAN, PYTHONIOENCODING="cp949")
    assert done.returncode == 0
    assert "cp949" in done.stdout.decode("cp949")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such locale")
@pytest.mark.parametrize(
    "environ",
    [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
)
def test_a_locale_that_says_nothing_shows_korean(home, environ):
    done = grade(home, "list", **KOREAN, **environ)
    assert done.returncode == 0
    assert "두 배" in done.stdout.decode("utf-8")
    assert b"?" not in done.stdout + done.stderr


def test_where_korean_cannot_be_shown_english_is_spoken_and_that_is_said(home):
    for arguments in (["list"], ["list", "--lang", "ko"]):
        done = grade(home, *arguments, **KOREAN, PYTHONIOENCODING="ascii")
        assert done.returncode == 0
        assert b"Doubling" in done.stdout
        assert b"?" not in done.stdout
        assert done.stderr.count(b"this console cannot show Korean (its encoding is ascii)") == 1
