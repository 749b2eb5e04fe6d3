"""Feedback files: what a learner may see and nothing else, whatever the learner wrote into it."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from grader.errors import StoreError
from grader.intake.records import Student
from grader.language import activate
from grader.report.feedback_data import Occasion
from grader.report.feedback_files import change_mark, student_folder, write_feedback
from grader.verdicts import CaseDetail, Frame, Verdict, Visibility
from tests import sample_reports as samples

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
MINJUN = Student(key="20231234_김민준", name="김민준")
SECRETS = ("SECRET-ID", "SECRET-MESSAGE", "SECRET-MISTAKE", "SECRET-CALL")
EVIL = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> ![x](http://evil/?q) [y](javascript:alert) "
    "www.evil.example https://evil.example me@evil.example </pre></td> | ``` **b** # h {{ 7*7 }} {% x %} "
    "\x1b[31mred\x1b[0m \x1b]8;;http://evil\x07link \u202etxt\u2066 \x07 \ud800 =1+1 &amp;"
)


def hidden(visibility=Visibility.HIDDEN, **fields):
    fields = {
        "title": "Secret numbers",
        "visibility": visibility,
        "message": "SECRET-MESSAGE",
        "mistake": "SECRET-MISTAKE",
        "hint": "Look at the edges.",
        "detail": CaseDetail(call="SECRET-CALL", notes=("SECRET-CALL",)),
    } | fields
    return samples.case("SECRET-ID", Verdict.FAILED, **fields)


def written(tmp_path, report, members=(MINJUN,), **occasion):
    paths = write_feedback(report, members, tmp_path, now=NOW, occasion=Occasion(**occasion))
    return {path.suffix: path.read_text("utf-8") for path in paths}


class Page(HTMLParser):
    """Collects the tags, attributes and text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.names, self.text = [], set(), ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


def test_one_folder_a_student_with_three_files(tmp_path):
    paths = write_feedback(samples.MIXED, [MINJUN], tmp_path, now=NOW)
    folder = tmp_path / "feedback" / "20231234_김민준"
    assert sorted(folder.iterdir()) == sorted(paths)
    assert [path.name for path in paths] == ["ex05.json", "ex05.md", "ex05.html"]


def test_each_member_of_a_group_has_the_same_files(tmp_path):
    other = Student(key="20231235", name="이서연")
    write_feedback(samples.MIXED, [MINJUN, other], tmp_path, now=NOW)
    first, second = (student_folder(tmp_path, member.key) for member in (MINJUN, other))
    for name in ("ex05.json", "ex05.md", "ex05.html"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    assert "김민준, 이서연" in (first / "ex05.md").read_text("utf-8")


def test_the_json_has_the_keys_of_the_contract_and_the_mark(tmp_path):
    data = json.loads(
        written(tmp_path, samples.MIXED, title="Convolution", mark=3.0, reasons=("late",))[".json"]
    )
    assert data["format_version"] == 1
    assert (data["exercise"], data["score"], data["mark"], data["reasons"]) == ("ex05", 4.0, 3.0, ["late"])
    assert {"id", "title", "verdict", "points", "max_points", "hint"} <= set(data["cases"][0])


def test_what_the_learner_sees_of_a_wrong_array(tmp_path):
    files = written(tmp_path, samples.MIXED, title="Convolution")
    page = Page(files[".html"])
    for text in (files[".md"], page.text):
        assert "4 / 17.5 points" in text
        assert "convolve1d([1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0], mode='valid')" in text
        assert "≠21" in text
        assert "Convolution turns the kernel around" in text
        assert "line 31, in _slide" in text


@pytest.mark.parametrize("suffix", [".json", ".md", ".html"])
def test_of_a_hidden_case_only_title_verdict_points_and_hint(tmp_path, suffix):
    text = written(tmp_path, samples.report(hidden(), samples.case()))[suffix]
    assert not [secret for secret in SECRETS if secret in text]
    assert "Secret numbers" in text
    assert "Look at the edges." in text


@pytest.mark.parametrize(
    ("visibility", "occasion", "is_open"),
    [
        (Visibility.AFTER_DUE_DATE, {}, False),
        (Visibility.AFTER_DUE_DATE, {"due_at": NOW + timedelta(minutes=1)}, False),
        (Visibility.AFTER_DUE_DATE, {"due_at": NOW}, True),
        (Visibility.AFTER_DUE_DATE, {"published_at": NOW}, False),
        (Visibility.AFTER_PUBLISHED, {"published_at": NOW}, True),
        (Visibility.AFTER_PUBLISHED, {"due_at": NOW}, False),
        (Visibility.HIDDEN, {"due_at": NOW, "published_at": NOW}, False),
        (Visibility.VISIBLE, {}, True),
    ],
)
def test_dates_open_cases(tmp_path, visibility, occasion, is_open):
    text = written(tmp_path, samples.report(hidden(visibility)), **occasion)[".md"]
    assert ("SECRET-CALL" in text) is is_open
    assert ("Of a hidden case" in text) is not is_open


def test_the_teachers_folders_stay_unknown(tmp_path):
    report = replace(samples.MIXED, path="/home/prof/secret/김민준/ex05.py")
    for text in written(tmp_path, report).values():
        assert "/home/prof" not in text
        assert str(tmp_path) not in text


def evil_report():
    detail = CaseDetail(
        call=EVIL,
        exception=EVIL,
        frames=(Frame(line=1, function=EVIL, source=EVIL),),
        notes=(EVIL,),
        output=EVIL + "\n```\n<b>",
        mismatch=samples.Mismatch(kind="type", message=EVIL, expected=1.0, received=EVIL),
    )
    broken = samples.case(
        "test_evil", Verdict.FAILED, title="A title", message=EVIL, hint=EVIL, detail=detail
    )
    return samples.report(broken, problem=detail, notes=(EVIL,), path=EVIL)


def evil_files(tmp_path):
    member = Student(key="a", name=EVIL)
    return written(tmp_path, evil_report(), [member], title=EVIL, original_name=EVIL, reasons=(EVIL,))


def test_nothing_steers_a_terminal_or_reorders_a_line(tmp_path):
    for text in evil_files(tmp_path).values():
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
        assert "\\u001b" not in text


def test_html_shows_the_learners_text_as_text(tmp_path):
    page = Page(evil_files(tmp_path)[".html"])
    assert not {"script", "img", "a", "iframe", "link", "svg"} & set(page.tags)
    assert page.names <= {
        *("lang", "charset", "http-equiv", "content", "name", "class", "tabindex"),
        *("min", "max", "value", "datetime"),
    }
    assert "<script>alert(1)</script>" in page.text
    assert "{{ 7*7 }}" in page.text


def test_markdown_shows_the_learners_text_as_text(tmp_path):
    text = evil_files(tmp_path)[".md"]
    renderer = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    html = renderer.render(text)
    page = Page(html)
    allowed = {
        "h1",
        "h2",
        "p",
        "strong",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "pre",
        "code",
    }
    assert set(page.tags) <= allowed
    assert html.count("<h1>") == 1
    assert "<script>alert(1)</script>" in page.text
    assert "**b**" in page.text
    assert page.text.count("A title") == 2


def test_the_page_is_self_contained_and_adapts(tmp_path):
    text = written(tmp_path, samples.MIXED)[".html"]
    assert not re.search(r"(src|href)=|url\(|@import", text)
    for rule in ("prefers-color-scheme: dark", "@media print", "width=device-width", "default-src 'none'"):
        assert rule in text


def test_korean(tmp_path):
    activate("ko")
    files = written(tmp_path, samples.MIXED, title="합성곱")
    assert '<html lang="ko">' in files[".html"]
    for text in (files[".md"], files[".html"]):
        assert "점" in text
        assert "힌트" in text
        assert "Of a hidden case" not in text


def test_a_grader_error_is_no_zero(tmp_path):
    failed = samples.case("test_ours", Verdict.GRADER_ERROR, message="Traceback: ours")
    files = written(tmp_path, samples.report(failed))
    assert json.loads(files[".json"])["mark"] is None
    assert "no score" in files[".md"]
    assert "your teacher sees it" in Page(files[".html"]).text
    assert "grade doctor" not in files[".html"]


def test_many_failed_cases_keep_their_words_but_not_all_their_pictures(tmp_path):
    cases = [replace(samples.VECTOR, case_id=f"test_{n}") for n in range(12)]
    data = json.loads(written(tmp_path, samples.report(*cases))[".json"])
    drawn = [any(block["kind"] == "picture" for block in case["blocks"]) for case in data["cases"]]
    assert drawn == [True] * 5 + [False] * 7
    assert all("expected 48" in case["blocks"][0]["text"] for case in data["cases"])


def test_a_syntax_error_is_told_once(tmp_path):
    text = written(tmp_path, samples.SYNTAX)[".md"]
    assert text.count("SyntaxError: '(' was never closed") == 1
    assert "^" in text


def test_a_mark_that_changes_later(tmp_path):
    written(tmp_path, samples.MIXED)
    paths = change_mark(tmp_path, MINJUN.key, "ex05", mark=7.0, reasons=["Set by the teacher: <b>appeal</b>"])
    files = {path.suffix: path.read_text("utf-8") for path in paths}
    assert json.loads(files[".json"])["score"] == 4.0
    assert "7 / 17.5 points" in files[".md"]
    assert "Set by the teacher: <b>appeal</b>" in Page(files[".html"]).text
    said = ["Set by the teacher: <b>appeal</b>"]
    assert change_mark(tmp_path, MINJUN.key, "ex05", mark=7.0, reasons=said) == ()  # they say it already
    assert change_mark(tmp_path, "nobody", "ex05", mark=1.0, reasons=[]) == ()


def test_a_file_that_is_not_ours_is_an_error(tmp_path):
    folder = student_folder(tmp_path, "a")
    folder.mkdir(parents=True)
    (folder / "ex05.json").write_text("[]", "utf-8")
    with pytest.raises(StoreError, match="no feedback that this program wrote"):
        change_mark(tmp_path, "a", "ex05", mark=1.0, reasons=[])


@pytest.mark.parametrize("key", ["../up", "..", "a/b", "a\\b", "", "\x00", "CON:"])
def test_a_key_never_leaves_the_folder(tmp_path, key):
    assert student_folder(tmp_path, key).parent == tmp_path / "feedback"
    assert student_folder(tmp_path, key).name not in ("", ".", "..")


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "feedback").write_text("a file", "utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        write_feedback(samples.MIXED, [MINJUN], tmp_path, now=NOW)
