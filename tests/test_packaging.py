"""The wheel, built from the sdist and installed into a fresh environment, works from any directory."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader import __version__

ROOT = Path(__file__).resolve().parents[1]
SUBMISSION = ROOT / "tests" / "alternatives" / "ex05" / "plain_loops.py"


def run(*command, cwd, code=0):
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    run(
        sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out
    )  # sdist, then its wheel
    (found,) = out.glob("*.whl")
    assert list(out.glob("*.tar.gz"))
    return found


@pytest.mark.slow
def test_the_wheel_holds_the_course_and_nothing_at_the_top(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    top = {name.partition("/")[0] for name in names}
    assert top == {"grader", f"neurograde-{__version__}.dist-info"}
    for part in (
        "exercises/ex05_convolution/README.ko.md",
        "solutions/ex05_convolution/test_hidden.py",
        "solutions/ex05_convolution/keras_reference.py",
        "solutions/ex05_convolution/keras_golden.npz",
        "datasets/README.md",
    ):
        assert f"grader/_course/{part}" in names
    assert "grader/locale/ko/LC_MESSAGES/grader.mo" in names
    assert "grader/suite/pytest.ini" in names
    assert "grader/templates/exercise.toml" in names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


@pytest.mark.slow
def test_the_wheel_works_in_a_fresh_environment_from_any_directory(wheel, tmp_path):
    environment, elsewhere = tmp_path / "env", tmp_path / "elsewhere"
    elsewhere.mkdir()
    run(sys.executable, "-m", "venv", environment, cwd=tmp_path)
    binaries = environment / ("Scripts" if sys.platform == "win32" else "bin")
    run(binaries / "python", "-m", "pip", "install", "--quiet", wheel, cwd=elsewhere)
    grade = binaries / "grade"
    assert __version__ in run(grade, "--version", cwd=elsewhere)
    assert "ex05" in run(grade, "list", "--plain", cwd=elsewhere)
    report = json.loads(run(grade, "check", "ex05", SUBMISSION, "--format", "json", cwd=elsewhere))
    assert report["score"] == 20
    assert report["verdict"] == "passed"
    assert report["reference"]["mode"] == "recorded"  # without Keras: it is not installed here
    assert "합성곱" in run(grade, "show", "ex05", "--lang", "ko", "--plain", cwd=elsewhere)
    run(grade, "verify", "ex03", "--plain", cwd=elsewhere)
    # Without the extra, the Keras exercise says what is missing.
    (elsewhere / "ex08.py").write_text("def build_model():\n    raise NotImplementedError\n")
    done = subprocess.run(
        [grade, "check", "ex08"], cwd=elsewhere, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "not available here" in done.stderr
    assert "pip install" in done.stderr
    assert list(elsewhere.iterdir()) == [elsewhere / "ex08.py"]  # nothing was written
