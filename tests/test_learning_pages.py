"""`grade progress` as a screen, as JSON and CSV, and as a page that opens offline."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len

from grader.course import find_course
from grader.language import activate
from grader.report import progress_exports
from grader.report.learning import duration, exercise_list, progress_page
from grader.report.look import Look
from grader.report.progress_html import progress_html
from grader.standing import standing
from grader.verdicts import Verdict
from tests.test_progress import attempt
from tests.test_standing import EXERCISES, NOW, at, case, full, of

PAGE = Path(__file__).resolve().parents[1] / "grader" / "report" / "pages" / "progress.html"


@pytest.fixture(params=["en", "ko"])
def language(request):
    activate(request.param)
    return request.param


def learner():
    wrong = (case("a", passed=False, mistake="axis_wrong"), case("b", passed=False, mistake="sum_of_all"))
    half = (case("a", passed=True), case("b", passed=False, mistake="sum_of_all"))
    return of(
        full("ex01", key="1", at=at(5), since_s=None),
        attempt(2, exercise_id="ex03", at=at(4), since_s=90.0, score=4.0, max_score=20.0, cases=wrong),
        attempt(3, exercise_id="ex03", at=at(1), since_s=4000.0, score=11.5, max_score=20.0, cases=half),
        full("ex05", key="4", at=at(0.5), since_s=700.0),
    )


@pytest.mark.parametrize("width", [40, 80, 100])
def test_screens_fit_the_terminal(language, width):
    look = Look(width=width)
    for text in (progress_page(learner(), "grade hint ex03", look=look), exercise_list(learner(), look=look)):
        assert not [line for line in text.splitlines() if cell_len(line) > width] or width < 60
        assert "ex05" in text


def test_the_screen_says_everything():
    text = progress_page(learner(), "grade hint ex03", look=Look())
    assert "2 of 8 exercises · 51.5 / 160 points · 4 checks · 33 min" in " ".join(text.split())
    assert re.search(r"✓ ex01  █{12} +20 / 20 +1 check", text)
    assert "· ex03  ██████░░░░░░  11.5 / 20" in text
    assert "✓ ex03  axis wrong: 1×, overcome on" in text
    assert "· ex03  sum of all: 2×, still open" in text
    assert "Which way?" in text
    assert re.search(r"mastered +step function", text)
    assert re.search(r"on the way +array shapes \(2 of 3\)", text)
    assert text.endswith("run   grade hint ex03\n")


def test_columns_stay_aligned_with_wide_letters():
    activate("ko")
    text = progress_page(learner(), "grade hint ex03", look=Look())
    rows = [line for line in text.splitlines() if "█" in line or "░" in line]
    assert len({cell_len(line[: line.index("/")]) for line in rows}) == 1


def test_plain_has_one_fact_a_line(language):
    text = progress_page(learner(), "grade hint ex03", look=Look(plain=True))
    assert not set(text) & set("█░✓│")
    assert len([line for line in text.splitlines() if line.startswith("ex0")]) == 8
    assert "✓" not in exercise_list(learner(), look=Look(plain=True))


def test_where_nothing_is_there_yet_and_where_all_is_done():
    assert "0 of 8 exercises" in progress_page(of(), "grade show ex01", look=Look())
    everything = of(*(full(exercise.id, key=exercise.id) for exercise in EXERCISES))
    assert "nothing is left: every exercise has full points" in progress_page(everything, "x", look=Look())
    assert "x" in progress_html(everything, "x", language="en", now=NOW)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "under 1 min"), (89, "1 min"), (3599, "1 h 0 min"), (7260, "2 h 1 min")]
)
def test_durations(seconds, words):
    assert duration(seconds) == words


def test_json_says_everything():
    values = json.loads(progress_exports.to_json(learner()))
    assert (values["format_version"], values["score"], values["attempts"]) == (1, 51.5, 4)
    assert values["exercises"][0]["status"] == "done"
    assert values["next"]["exercise"] == "ex03"
    assert {mistake["id"]: mistake["overcome_at"] is None for mistake in values["mistakes"]} == {
        "axis_wrong": False,
        "sum_of_all": True,
    }
    padding = next(skill for skill in values["skills"] if skill["name"] == "padding")
    assert (padding["name_ko"], padding["is_mastered"]) == ("패딩", False)


def test_csv_has_a_line_for_each_exercise_and_no_formulas():
    rows = list(csv.DictReader(io.StringIO(progress_exports.to_csv(learner()))))
    assert [row["exercise"] for row in rows] == [exercise.id for exercise in EXERCISES]
    assert rows[2]["best"] == "11.5"
    assert rows[1]["best"] == ""
    from grader.language import Text

    evil = replace(EXERCISES[0], title=Text(en="=HYPERLINK()", ko="=1"))
    assert "'=HYPERLINK()" in progress_exports.to_csv(of(exercises=(evil,)))


# The page


class Outline(HTMLParser):
    """What a page consists of; fails where tags do not match."""

    VOID = frozenset({"meta", "br", "polyline", "rect", "line"})

    def __init__(self, text):
        super().__init__()
        self.stack, self.tags, self.text = [], [], ""
        self.feed(text)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.stack.pop() == tag

    def handle_data(self, data):
        self.text += data


def page(found, language="en"):
    return progress_html(found, "grade hint ex03", language=language, now=NOW)


def test_the_page_is_whole_and_needs_nothing_from_elsewhere(language):
    text = page(learner(), language)
    outline = Outline(text)
    assert ("html", {"lang": language}) in outline.tags
    assert not {tag for tag, _ in outline.tags} & {"script", "link", "img", "iframe"}
    assert not re.findall(r"https?:|url\(|@import", text)
    assert "default-src 'none'" in text
    assert "grade hint ex03" in outline.text


def test_every_picture_has_a_text_and_every_fact_stands_in_a_table(language):
    outline = Outline(page(learner(), language))
    pictures = [attributes for tag, attributes in outline.tags if tag == "svg"]
    ids = {attributes.get("id") for _, attributes in outline.tags}
    assert len(pictures) == 3  # the scores, the map, and the small line of ex03
    for picture in pictures:
        assert picture["role"] == "img"
        assert picture.get("aria-label") or picture["aria-labelledby"] in ids
    assert "11.5 / 20" in outline.text
    assert {"51.5", "20"} <= set(re.findall(r"[\d.]+", outline.text))


def test_headings_go_down_in_order():
    levels = [int(tag[1]) for tag, _ in Outline(page(learner())).tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_speaks_its_language():
    activate("ko")
    text = Outline(page(learner(), "ko")).text
    assert {"학습 기록", "패딩", "풀었음"} <= set(re.findall(r"학습 기록|패딩|풀었음", text))
    assert "Your progress" not in text


def test_what_an_import_says_is_text_and_no_markup():
    evil = "<script>alert(1)</script>\"'&"
    found = of(
        attempt(1, exercise_id="ex05", cases=(case("a", passed=False, mistake=evil),), verdict=Verdict.FAILED)
    )
    text = page(found)
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    Outline(text)


def test_a_page_before_the_first_check_and_after_very_many():
    assert "nothing to draw" in page(of())
    many = of(
        *(attempt(number, key=str(number), at=at(9) + number, score=number % 3) for number in range(3000))
    )
    assert len(page(many)) < 60_000


def test_a_course_with_unknown_and_late_prerequisites_is_drawn():
    course = (replace(EXERCISES[0], prerequisites=("ex77",)), EXERCISES[1])
    Outline(page(standing(course, (), now=NOW, zone=UTC)))


def luminance(color):
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_text_has_the_contrast_that_wcag_asks_for():
    roots = re.findall(r":root \{([^}]*)\}", PAGE.read_text("utf-8"))[:2]
    for root in roots:
        colors = dict(re.findall(r"--([\w-]+): (#\w{6})", root))
        for name in ("text", "dim", "good", "wait", "ink"):
            for back in ("back", "card"):
                assert contrast(colors[name], colors[back]) >= 4.5, (name, back)
        for back in ("good-back", "wait-back"):
            for name in ("text", "dim"):
                assert contrast(colors[name], colors[back]) >= 4.5, (name, back)


def test_the_page_of_a_real_course_opens_in_both_languages():
    course = find_course(None, {})
    for language in ("en", "ko"):
        activate(language)
        text = progress_html(
            standing(course.exercises, (), now=datetime.now(UTC)), "x", language=language, now=NOW
        )
        Outline(text)
