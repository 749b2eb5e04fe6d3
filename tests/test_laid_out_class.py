"""A class of sixty as each platform gives it: everybody found, with the file that counts, and marks go back."""

import unicodedata
from collections import Counter

import pytest

from grader.course import find_course
from grader.intake.take_in import take_in
from tests.laid_out_class import EVIL, LAYOUTS, lay_out

EX05 = find_course(None, {}).exercise("ex05")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_everybody_is_found_in_every_layout(tmp_path, layout):
    source, roster, people = lay_out(layout, tmp_path / "class")
    work = take_in(source, exercises=[EX05], work_folder=tmp_path / "work", roster=roster)
    assert len(work.students) == len(people) == 60
    handed_in = [person for person in people if person.files]
    assert len(work.handins) == len(handed_in) == 57

    names = Counter(unicodedata.normalize("NFC", person.name) for person in handed_in)
    found = Counter(unicodedata.normalize("NFC", handin.members[0].name) for handin in work.handins)
    assert found == names
    contents = Counter(dict(person.files).popitem()[1] for person in handed_in)
    assert Counter(handin.path.read_bytes() for handin in work.handins) == contents

    refused = [one for one in work.unread if one.is_hostile]
    if source.suffix == ".zip":
        assert {one.place for one in refused} == {*EVIL, "link_ex05.py", "bomb_ex05.py"}
    assert not (tmp_path / "escaped.py").exists()
    others = {one.place for one in work.unread if not one.is_hostile}
    nobody = [f"s{person.number}" for person in people if not person.files]
    assert others == (
        {f"week-5-ex05-{key}/{name}" for key in nobody for name in ("README.md", "test_public.py")}
        if layout == "classroom"
        else set()
    )

    by_name = {unicodedata.normalize("NFC", handin.members[0].name): handin for handin in work.handins}
    for person in handed_in:
        handin = by_name[unicodedata.normalize("NFC", person.name)]
        if layout in ("gradescope", "nbgrader") and names[handin.members[0].name] == 1:
            assert handin.submitted_at == person.at
        if layout == "canvas" and names[handin.members[0].name] == 1:
            assert handin.is_late == (person.kind == "late")
    assert len(work.earlier) == (4 if layout == "canvas" else 0)
