"""`grade report --progress`: a self-study group from the files that its learners exported."""

import json

from grader.attempts import as_json
from grader.report.look import Look
from grader.report.study_group import Learner, group_screen
from tests.test_cli import grade  # noqa: F401 - a fixture
from tests.test_progress import attempt
from tests.test_standing import at, case, full, of

WRONG = (case("a", passed=False, mistake="kernel_not_flipped"),)


def export(path, *attempts):
    path.write_text(json.dumps(as_json(attempts)), "utf-8")


def test_a_group_is_shown_and_its_open_mistakes_counted(grade, tmp_path):  # noqa: F811
    export(tmp_path / "민지.json", full("ex01"), attempt(2, at=at(1), cases=WRONG, score=2.5))
    export(
        tmp_path / "sora.json", attempt(3, at=at(2), cases=WRONG, score=1.0), full("ex03", course="another")
    )
    export(tmp_path / "new.json")
    code, out, err = grade("report", "--progress", "민지.json", "sora.json", "new.json")
    assert (code, err) == (0, "")
    lines = {line.split()[0]: line for line in out.splitlines() if line.strip()}
    assert "1 / 8  22.5 / 160" in lines["민지"]
    assert "0 / 8  1 / 160" in lines["sora"]
    assert lines["new"].rstrip().endswith("ex01")
    assert lines["kernel"].split() == ["kernel", "not", "flipped", "ex05", "2"]
    code, out, _ = grade("report", "--progress", "sora.json", "--format", "json")
    values = json.loads(out)
    assert values["learners"][0]["name"] == "sora"
    assert values["open_mistakes"] == [{"exercise": "ex05", "id": "kernel_not_flipped", "learners": 1}]
    assert "Learner: sora" in grade("report", "--progress", "sora.json", "--plain")[1]


def test_wrong_use_is_said(grade, tmp_path):  # noqa: F811
    for arguments, said in (
        (["report"], "Something is missing. Expected OUT"),
        (["report", "a", "b"], "Left over: b"),
        (["report", "--progress"], "No file was named"),
        (["report", "--progress", "nothing.json"], "cannot be read"),
    ):
        code, out, err = grade(*arguments)
        assert (code, out) == (2, "")
        assert said in err


def test_a_name_cannot_steer_the_terminal():
    learner = Learner(name="\x1b[2Jevil", standing=of(), last_at=None)
    assert "\x1b" not in group_screen([learner], look=Look())
