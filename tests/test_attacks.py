"""The corpus of hostile submissions is held, and the trial that says so would notice if it were not."""

import shutil
import textwrap
from pathlib import Path

import pytest

from grader.attacks.corpus import Aftermath, Family, read_attack, read_corpus
from grader.attacks.ground import open_ground
from grader.attacks.in_batch import try_in_batch
from grader.attacks.trial import try_attacks
from grader.course import find_course, open_course
from grader.errors import UsageError
from grader.grading import Settings
from grader.sandbox.start import can_fork
from grader.verdicts import Verdict

CORPUS = Path(__file__).parent / "attacks"
needs_linux = pytest.mark.skipif(not can_fork(), reason="untrusted code is graded on Linux only")

HEADER = """\
# goal: whatever this test is about
# family: forge
# expects: {expects}
# afterwards: honest
"""


# --- the corpus -------------------------------------------------------------------------------------------------


def test_the_corpus_is_complete():
    attacks = read_corpus(CORPUS)
    assert len(attacks) >= 80
    assert {attack.family for attack in attacks} == set(Family)
    assert {word for attack in attacks for word in attack.afterwards} == set(Aftermath)
    assert len({attack.goal for attack in attacks}) == len(attacks)


@needs_linux
@pytest.mark.slow
def test_every_attack_is_held():
    outcomes = try_attacks(
        find_course(None, {}), read_corpus(CORPUS), settings=Settings(shrink_s=0.2), on_outcome=lambda _: None
    )
    assert {outcome.attack.name: outcome.breaches for outcome in outcomes if not outcome.is_held} == {}


@needs_linux
@pytest.mark.slow
def test_every_attack_is_held_in_a_class():
    attacks = read_corpus(CORPUS)
    course = find_course(None, {})
    with open_ground(course, frozenset(attack.exercise_id for attack in attacks)) as ground:
        outcome = try_in_batch(ground, attacks)
    assert outcome.breaches == ()
    assert outcome.held == {attack.name for attack in attacks}
    assert outcome.num_honest == len(attacks)


# --- headers ----------------------------------------------------------------------------------------------------


def test_a_header_is_read(tmp_path):
    path = tmp_path / "ex99_takes_all.py"
    path.write_text(
        "# goal: take all\n#   and more\n# family: limits\n# expects: 2.5 time_limit\n"
        "# afterwards: memory, time\nimport os\nos.write(1, b'ARMED')\n"
    )
    attack = read_attack(path)
    assert (attack.goal, attack.family, attack.exercise_id) == ("take all and more", Family.LIMITS, "ex99")
    assert (attack.max_points, attack.verdict) == (2.5, Verdict.TIME_LIMIT)
    assert attack.afterwards == (Aftermath.MEMORY, Aftermath.TIME)
    assert attack.is_loud


def test_a_notebook_says_it_in_its_metadata(tmp_path):
    path = tmp_path / "ex99_book.ipynb"
    path.write_text(
        '{"metadata": {"attack": {"goal": "g", "family": "report", "expects": "0", "afterwards": "honest"}}}'
    )
    assert read_attack(path).family is Family.REPORT
    for text in ("{}", "no json", '{"metadata": {"attack": 3}}', "[" * 100_000):
        path.write_text(text)
        with pytest.raises(UsageError, match="attack"):
            read_attack(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("fills_memory.py", HEADER.format(expects="0")),
        ("ex99_none.py", "import os\n"),
        ("ex99_half.py", "# goal: x\n"),
        ("ex99_family.py", HEADER.format(expects="0").replace("forge", "family")),
        ("ex99_after.py", HEADER.format(expects="0").replace("honest", "peace")),
        ("ex99_points.py", HEADER.format(expects="none")),
        ("ex99_nan.py", HEADER.format(expects="nan")),
        ("ex99_verdict.py", HEADER.format(expects="0 fine")),
        ("ex99_bytes.py", b"\xff\xfe"),
    ],
)
def test_an_attack_must_say_what_it_is(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UsageError):
        read_attack(path)


def test_a_folder_without_attacks(tmp_path):
    with pytest.raises(UsageError, match="holds no attacks"):
        read_corpus(tmp_path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_corpus(tmp_path / "nowhere")


# --- the trial notices what gets through --------------------------------------------------------------------------


@pytest.fixture
def breaches_of(make_course, tmp_path, monkeypatch):
    """Return a function that tries one attack on a small course and returns what got through."""
    monkeypatch.chdir(tmp_path)
    course = open_course(make_course())

    def of(code, *, expects="0", jail=True):
        path = tmp_path / "ex99_attack.py"
        path.write_text(HEADER.format(expects=expects) + textwrap.dedent(code))
        settings = Settings(jail=jail, diagnose=False)
        (outcome,) = try_attacks(course, [read_attack(path)], settings=settings, on_outcome=lambda _: None)
        return "\n".join(outcome.breaches)

    return of


@needs_linux
def test_what_is_held(breaches_of):
    assert breaches_of("def double(x): return 3", expects="0 failed") == ""


@needs_linux
def test_points_that_were_not_to_be_had(breaches_of):
    assert "points instead of at most 0" in breaches_of("def double(x): return [2.0, 4.0]")


@needs_linux
def test_a_verdict_that_does_not_come(breaches_of):
    assert "No case ended with time_limit" in breaches_of("def double(x): return 3", expects="0 time_limit")


@needs_linux
def test_an_attack_that_never_begins(breaches_of):
    assert "It never began" in breaches_of("def double(x): return 3  # ARMED")


@needs_linux
def test_an_attack_that_says_it_got_through(breaches_of):
    assert "ESCAPED: far away" in breaches_of("def double(x): print('ESCAPED: far away')")


@needs_linux
def test_a_secret_that_comes_out(breaches_of):
    code = """
        import glob, tempfile
        def double(x):
            found = glob.glob(tempfile.gettempdir() + "/grade-attacks-*/mark.txt")
            raise ValueError([open(path).read() for path in found])
    """
    assert breaches_of(code) == ""
    assert "A secret came out: FILE_MARK" in breaches_of(code, jail=False)


@needs_linux
def test_a_file_that_is_left(breaches_of, tmp_path):
    code = f"""
        def double(x):
            open({str(tmp_path / "lab_loot")!r}, "w").close()
    """
    assert breaches_of(code) == ""
    assert "Files were left or changed" in breaches_of(code, jail=False)


@needs_linux
def test_a_process_that_is_left(breaches_of):
    code = """
        import subprocess
        def double(x):
            subprocess.Popen(["/bin/sleep", "2"])
    """
    assert breaches_of(code) == ""
    assert "processes are left" in breaches_of(code, jail=False)


@needs_linux
def test_a_class_with_an_attack_that_gets_through(make_course, tmp_path):
    held, through = tmp_path / "ex99_held.py", tmp_path / "ex99_through.py"
    held.write_text(HEADER.format(expects="0") + "def double(x): return 3\n")
    through.write_text(HEADER.format(expects="0") + "def double(x): return [2.0, 4.0]\n")
    with open_ground(open_course(make_course()), frozenset({"ex99"})) as ground:
        outcome = try_in_batch(ground, read_corpus(tmp_path))
        assert outcome.held == {"ex99_held.py"}
        assert len(outcome.breaches) == 1
        assert "ex99_through.py: 1 points instead of at most 0" in outcome.breaches[0]


def test_a_course_without_solutions_has_nothing_to_attack(make_course):
    root = make_course()
    shutil.rmtree(root / "solutions")
    with (
        pytest.raises(UsageError, match="nothing that could be attacked"),
        open_ground(open_course(root), frozenset({"ex99"})),
    ):
        pass


# --- the command ------------------------------------------------------------------------------------------------


@needs_linux
def test_the_command_shows_families_and_what_got_through(make_course, tmp_path, capsys):
    from grader.cli.main import run

    attacks = tmp_path / "attacks"
    attacks.mkdir()
    (attacks / "ex99_held.py").write_text(HEADER.format(expects="0") + "def double(x): return 3\n")
    course = make_course()
    assert run(["--course", str(course), "verify", "--attacks", str(attacks)]) == 0
    out, err = capsys.readouterr()
    assert "forging the" in out
    assert "0 got somewhere" in err

    (attacks / "ex99_more.py").write_text(HEADER.format(expects="0") + "def double(x): return [2.0, 4.0]\n")
    assert run(["--course", str(course), "verify", "ex99", "--attacks", str(attacks)]) == 1
    out, err = capsys.readouterr()
    assert "ex99_more.py: whatever this test is about" in err
    assert "1 got somewhere" in err
    assert run(["--course", str(course), "verify", "ex03", "--attacks", str(attacks)]) == 2
    assert "No attack is meant for ex03" in capsys.readouterr().err
