"""One Korean term for each concept, and hints in 해요체, in every Korean text of the package and the bundled course."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from grader.course import find_course
from grader.hints import load_hints
from grader.locale import catalogue

ROOT = Path(__file__).resolve().parents[1]
HANGUL = re.compile(r"[가-힣]")


def rows():
    for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and HANGUL.search(cells[1]):
            yield cells[0], cells[1], [word.strip() for word in cells[2].split(",") if word.strip()]


ROWS = list(rows())


def korean_texts():
    with catalogue.PO_FILE.open("rb") as file:
        for message in read_po(file, locale="ko"):
            yield "grader.po", str(message.string)
    patterns = (
        "exercises/*/README.ko.md",
        "exercises/*/*.toml",
        "exercises/*/*.py",
        "grader/templates/*.ko.md",
    )
    solutions = ("solutions/*/test_hidden.py", "solutions/*/mistakes.py", "solutions/*/*.ko.toml")
    for pattern in (*patterns, *solutions, "grader/suite/removed_names.py"):
        for path in ROOT.glob(pattern):
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")


TEXTS = list(korean_texts())


def test_the_glossary_is_read():
    assert len(ROWS) > 30
    assert ("bias", "편향", ["바이어스"]) in ROWS
    assert len(TEXTS) > 500


def test_in_korean_keras_is_written_in_korean():
    said = [(where, text) for where, text in TEXTS if where == "grader.po"]
    said += [(where, line) for where, text in TEXTS for line in re.findall(r'ko="([^"]*)"', text)]
    files = [(where, text) for where, text in TEXTS if where.endswith((".ko.toml", ".ko.md", ".ko.py"))]
    assert len(files) > 20
    said += [(where, line) for where, text in files for line in text.splitlines()]
    assert len(said) > 2000
    name = re.compile(r"(?<![A-Za-z])Keras(?![A-Za-z)])")  # in brackets it may stand beside the Korean name
    assert not [(where, text) for where, text in said if HANGUL.search(text) and name.search(text)]


@pytest.mark.parametrize(("english", "korean", "others"), ROWS, ids=lambda value: str(value)[:20])
def test_a_concept_has_one_term(english, korean, others):
    for other in others:
        found = [
            f"{where}: {line.strip()}"
            for where, text in TEXTS
            for line in text.splitlines()
            if re.search(rf"(?<![가-힣]){other}", line)
        ]
        assert not found, f"{english}: write {korean}"


def test_every_hint_of_the_course_is_polite_and_asks_or_invites():
    wrong = []
    for exercise in find_course(None, {}).exercises:
        for hint in load_hints(exercise):
            sentences = re.split(r"(?<=[.?!])\s+", hint.text.ko.strip())
            wrong += [
                f"{exercise.id}: {sentence}"
                for sentence in sentences
                if not re.search(r"[요죠]\W*$", sentence)
            ]
    assert not wrong


def test_no_text_is_in_another_manner():
    """`-습니다` beside 해요체 reads like two authors."""
    formal = [
        f"{where}: {line.strip()}"
        for where, text in TEXTS
        for line in text.splitlines()
        if re.search(r"[가-힣]니다[.\s\"]", line)
    ]
    assert not formal
