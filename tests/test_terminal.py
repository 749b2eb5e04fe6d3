"""The result's screen and its plain form: readable without colour, aligned in Korean, steered by nobody."""

import io
import re
from dataclasses import replace

import numpy as np
import pytest
from rich.cells import cell_len

from grader.language import activate
from grader.report import arrays, plain, terminal, wording
from grader.report.clean import clean, one_line, pad, width, wrap
from grader.report.look import Look, look_of
from grader.verdicts import CaseDetail, Frame, Jail, Mismatch, Verdict
from tests import sample_reports as samples

ESCAPE = "\x1b"


def screen(report, **look):
    return terminal.result(report, title="Convolution and correlation", look=Look(**look))


def lines_between(text, start, end):
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if start in line)
    last = next(number for number, line in enumerate(lines) if end in line and number > first)
    return lines[first:last]


# The screen of a result


def test_what_is_explained_first_is_about_other_functions_and_lines():
    def raised(name, call, line):
        detail = CaseDetail(
            call=call, exception="ValueError: x", frames=(Frame(line=line, function="f", source=""),)
        )
        return samples.case(name, Verdict.RUNTIME_ERROR, detail=detail)

    cases = [
        raised("one", "softmax([0])", 5),
        raised("same_function", "softmax([1])", 6),
        raised("same_line", "gradient([1])", 5),
        samples.case("other", Verdict.FAILED, detail=CaseDetail(call="cross_entropy([1])")),
    ]
    chosen, num_more = wording.explained(samples.report(*cases), 2)
    assert ([case.case_id for case in chosen], num_more) == (["one", "other"], 2)
    chosen, num_more = wording.explained(samples.report(*cases), 3)
    assert ([case.case_id for case in chosen], num_more) == (["one", "same_function", "other"], 1)


def test_every_line_fits_80_columns_in_both_languages():
    for language in ("en", "ko"):
        activate(language)
        for report in (samples.MIXED, samples.SYNTAX, samples.report(samples.SHAPE)):
            assert max(cell_len(line) for line in screen(report).splitlines()) <= 80


@pytest.mark.parametrize("language", ["en", "ko"])
def test_points_end_in_the_same_column(language):
    activate(language)
    wide = samples.case(title="대칭이 아닌 커널로 하는 합성곱")
    rows = [
        line
        for line in screen(samples.report(wide, *samples.MIXED.cases)).splitlines()
        if line.endswith(" / 2")
    ]
    assert len(rows) == 9
    assert {cell_len(row) for row in rows} == {80}
    assert len({cell_len(row[: row.index("대칭")]) for row in rows if "대칭" in row}) == 1


@pytest.mark.parametrize("language", ["en", "ko"])
def test_titles_begin_in_the_same_column_whatever_the_verdicts_word(language):
    activate(language)
    cases = [samples.case(f"test_{verdict}", verdict, title="TITLE") for verdict in Verdict]
    rows = [line for line in screen(samples.report(*cases)).splitlines() if "TITLE" in line and "/ 2" in line]
    assert len(rows) == len(Verdict)
    assert len({cell_len(row[: row.index("TITLE")]) for row in rows}) == 1


def test_a_case_reads_without_colour():
    text = screen(samples.MIXED)
    assert ESCAPE not in text
    assert re.search(r"^✓ passed +The slide's numbers +2 / 2$", text, re.MULTILINE)
    assert re.search(r"^✗ wrong +A kernel that is not symmetric +0 / 2$", text, re.MULTILINE)
    assert re.search(r"^! error +A stride of two +0 / 2$", text, re.MULTILINE)
    assert re.search(r"^! time limit +A long input +0 / 2$", text, re.MULTILINE)
    assert re.search(r"^– not written +The size of the output +0 / 2$", text, re.MULTILINE)
    assert re.search(r"^· waiting +Sizes with padding +0 / 2$", text, re.MULTILINE)
    assert "4 / 17.5 points" in text
    assert "2 of 9 cases passed" in text


def test_colour_changes_nothing_but_colour():
    coloured = screen(samples.MIXED, color=True)
    assert ESCAPE in coloured
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in stripped.splitlines()] == screen(samples.MIXED).splitlines()


def test_the_header_names_exercise_file_and_seed():
    first, second = screen(samples.MIXED).splitlines()[:2]
    assert first == "ex05  Convolution and correlation"
    assert second == "ex05.py · seed 7"


def test_without_unicode_everything_of_ours_is_ascii():
    assert screen(samples.MIXED, unicode=False).isascii()
    assert "x wrong " in screen(samples.MIXED, unicode=False)
    assert plain.result(samples.MIXED, title="t", look=Look(unicode=False, plain=True)).isascii()


def test_three_failures_are_explained_and_the_rest_is_counted():
    text = screen(samples.MIXED)
    explained = [
        line
        for line in text.splitlines()
        if re.match(r"[✗!] \w", line) and not line.endswith(("/ 2", "/ 1.5"))
    ]
    assert explained == [
        "✗ A kernel that is not symmetric",
        "✗ Mode same in two dimensions",
        "! A stride of two",
    ]
    assert "further failed cases: 2" in text
    everything = terminal.result(samples.MIXED, title="t", look=Look(), num_details=9)
    assert "further failed cases" not in everything
    assert "No answer within 5 s" in everything


def test_a_syntax_error_stands_first_with_its_caret():
    text = screen(samples.SYNTAX)
    problem = lines_between(text, "Problem", "None of the 2 cases")
    assert problem[1:5] == [
        "  SyntaxError: '(' was never closed",
        "  line 12, column 17",
        "  │     y = np.zeros((3, 4)",
        "  │                 ^",
    ]
    assert "First fix the problem shown at the top" in text
    assert text.count("SyntaxError") == 1
    assert "None of the 2 cases could run" in text  # one line in place of one for each
    assert "error  first" not in text
    short = terminal.result(samples.SYNTAX, title="t", look=Look(), only_failed=True)
    assert "error  first" not in short
    assert "None of the 2 cases could run" in short


def test_cases_that_ran_beside_a_problem_have_their_lines():
    ran = replace(samples.SYNTAX, cases=(*samples.SYNTAX.cases, samples.case("test_third", title="third")))
    text = screen(ran)
    assert [line.split()[:3] for line in text.splitlines() if line[:1] in {"!", "✓"}] == [
        ["!", "error", "first"],
        ["!", "error", "second"],
        ["✓", "passed", "third"],
    ]
    assert "None of the" not in text


def test_a_caret_stands_under_its_letter_behind_korean():
    source = "이름 = (1, 2"
    problem = CaseDetail(
        exception="SyntaxError: '(' was never closed",
        frames=(Frame(line=1, function="<module>", source=source),),
        column=source.index("(") + 1,
    )
    lines = screen(replace(samples.SYNTAX, problem=problem)).splitlines()
    shown = next(line for line in lines if source in line)
    caret = next(line for line in lines if line.endswith("^"))
    assert cell_len(shown[: shown.index("(")]) == cell_len(caret) - 1


def test_an_exception_shows_the_learners_frames_and_source_only():
    block = lines_between(screen(samples.report(samples.RAISED)), "! A stride of two", "0 / 2 points")
    assert block == [
        "! A stride of two",
        "  Your code raised ValueError: operands could not be broadcast together",
        "",
        "  call  correlate1d([1.0, 2.0, 3.0], [1.0, 2.0], stride=2)",
        "",
        "  line 12, in correlate1d",
        "  │ return _slide(x, w, stride)",
        "  line 31, in _slide",
        "  │ y[i] = (x[i : i + n] * w).sum()",
        "",
        "  your code printed",
        "  │ n = 3",
        "  │ w = [1. 2.]",
        "",
    ]


def test_notes_of_passed_cases_are_gathered():
    text = screen(samples.report(samples.PASSED, samples.PASSED, notes=("read as cp949",)))
    assert "note  read as cp949\n" in text
    assert "note  a list was taken for an array (2 cases)\n" in text


def test_a_missing_jail_is_one_line():
    jail = Jail(complete=False, missing=("landlock", "seccomp"))
    text = screen(samples.report(samples.PASSED, jail=jail))
    assert "missing: landlock, seccomp" in text.replace("\n      ", " ")


def test_a_hint_is_written_once():
    again = replace(samples.VECTOR, case_id="test_again", title="Another one")
    text = screen(samples.report(samples.VECTOR, again))
    assert text.count("turns the kernel around") == 1
    assert "diagnosis  the same as above" in text
    assert text.count("your results are exactly those of this mistake") == 1


def test_advice_for_a_case_does_not_look_like_a_diagnosis():
    general = replace(samples.VECTOR, mistake=None)
    text = screen(samples.report(general))
    assert "hint  " in text
    assert "diagnosis" not in text
    assert "exactly those" not in text


def test_the_first_failure_and_one_of_each_mistake_are_explained():
    """Three cases of one mistake say less than one case of each."""
    kinds = ("a", "a", None, "a", "b")
    cases = [
        replace(
            samples.VECTOR,
            case_id=f"test_{number}",
            title=f"Number {number}",
            mistake=kind,
            hint=f"Why {kind}?",
        )
        for number, kind in enumerate(kinds)
    ]
    text = screen(samples.report(*cases))
    assert [line for line in text.splitlines() if line.startswith("✗ Number")] == [
        "✗ Number 0",
        "✗ Number 1",
        "✗ Number 4",
    ]
    assert "further failed cases: 2" in text


def test_the_graders_fault_has_no_score_and_blames_nobody():
    fault = samples.case("test_broken", Verdict.GRADER_ERROR, message="The grader failed: KeyError")
    text = screen(samples.report(samples.PASSED, fault))
    assert "no score" in text
    assert "– / 2" in text
    assert "This is not your fault" in text


def test_all_passed_says_so():
    text = screen(samples.report(samples.PASSED))
    assert "2 / 2 points  ████████████████████  1 of 1 cases passed" in text
    assert "`grade next` says what to do now" in text


def test_a_nearly_full_score_has_no_full_bar():
    cases = [samples.case(f"test_{i}", max_points=1.0) for i in range(99)]
    text = screen(samples.report(*cases, samples.case("test_bad", Verdict.FAILED, max_points=1.0)))
    assert "█" * 19 + "░" in text


def test_the_next_command_can_be_pasted():
    text = terminal.result(replace(samples.MIXED, path="my work/ex05.py"), title="t", look=Look(width=100))
    assert "`grade check ex05 'my work/ex05.py'`" in text.replace("\n      ", " ")
    assert "then run `grade check ex05`" in screen(samples.MIXED)


def test_another_seeds_failure_names_the_seed():
    failed = replace(samples.report(samples.VECTOR), seed=11)
    for renderer in (terminal, plain):
        text = renderer.extra_seed(failed, look=Look())
        assert "seed 11" in text
        assert "A kernel that is not symmetric" in text
        assert "`grade check ex05 --seed 11` shows it again" in text


# Arrays


def draw(mismatch, columns=78):
    return ["".join(piece.text for piece in line) for line in arrays.picture(mismatch, columns)]


def test_small_vectors_stand_below_each_other_with_a_sign_at_wrong_cells():
    assert draw(samples.VECTOR.detail.mismatch) == [
        "index         0      1      2      3      4      5",
        "expected     63     48     49     28     21     20",
        "received     63    ≠21     49     28  ≠22.5     20",
    ]


def test_wrong_cells_have_a_role_of_their_own():
    rows = arrays.picture(samples.VECTOR.detail.mismatch, 78)
    wrong = [piece.text.strip() for row in rows for piece in row if piece.role is arrays.Role.WRONG]
    assert wrong == ["≠21", "≠22.5"]


def test_small_matrices_stand_side_by_side():
    assert draw(samples.MATRIX.detail.mismatch) == [
        "expected        received",
        "   4   3   4       4   3   4",
        "   2   4   3       2  ≠8   3",
        "   2   3   4       2   3   4",
    ]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_columns_stay_aligned_in_both_languages(language):
    activate(language)
    for mismatch in (samples.VECTOR.detail.mismatch, samples.MATRIX.detail.mismatch):
        rows = draw(mismatch)
        assert len({cell_len(row) for row in rows[-2:]}) == 1
    head, first = draw(samples.MATRIX.detail.mismatch)[:2]
    label = {"en": "received", "ko": "결과"}[language]
    assert cell_len(head[: head.index(label)]) == len(first) // 2 + 2  # half of the gap is on each side


def test_matrices_that_do_not_fit_stand_below_each_other():
    expected = np.full((8, 8), 1234.5678)
    received = expected.copy()
    received[7, 7] = 1.25
    drawn = draw(samples.values(expected, received))
    assert [row for row in drawn if not row.startswith(" ")] == ["expected", "", "received"]
    assert max(len(row) for row in drawn) <= 78
    assert sum("≠" in row for row in drawn) == 1


def test_long_vectors_break_into_blocks_that_fit():
    expected = np.arange(12) * 123456.0
    received = expected + np.eye(12)[11]
    drawn = draw(samples.values(expected, received), 60)
    assert max(len(row) for row in drawn) <= 60
    assert sum(row.startswith("index") for row in drawn) > 1
    assert "≠1358017" in drawn[-1].replace(" ", "")


def test_close_numbers_get_the_digits_it_takes_to_tell_them_apart():
    drawn = draw(samples.values([0.1, 1 / 3], [0.1, 1 / 3 + 1e-8]))
    assert "0.333333333" in drawn[1]
    assert "≠0.333333343" in drawn[2]


def test_vectors_of_different_lengths_are_drawn_without_marks():
    drawn = draw(samples.SHAPE.detail.mismatch)
    assert drawn == ["index      0   1   2   3", "expected   1   4   7   6", "received   1   4"]


def test_a_different_dtype_is_said():
    drawn = draw(samples.values(np.array([0.5, 1.5]), np.array([0, 1])))
    assert drawn[-1] == "dtype  expected float64, received int64"


@pytest.mark.parametrize(
    ("expected", "received"),
    [
        (np.zeros(13), np.ones(13)),
        (np.zeros((9, 2)), np.ones((9, 2))),
        (np.zeros((2, 2, 2)), np.ones((2, 2, 2))),
        (np.array(3.0), np.array(4.0)),
    ],
)
def test_what_is_large_is_not_drawn(expected, received):
    mismatch = Mismatch(kind="values", message="", expected=expected, received=received)
    assert arrays.picture(mismatch, 78) == []


def test_empty_arrays_are_not_drawn():
    mismatch = Mismatch(kind="shape", message="", expected=np.zeros(2), received=np.zeros(0))
    assert arrays.picture(mismatch, 78) == []
    assert ("shape", "expected (2,), received (0,)") in arrays.facts(mismatch)


def test_large_arrays_are_told_in_facts():
    facts = dict(arrays.facts(samples.LARGE.detail.mismatch))
    assert facts == {
        "shape": "(64, 64)",
        "dtype": "expected float64, received float32",
        "differ": "4095 of 4096 elements (100 %)",
        "first at": "[0, 1]: expected 1, received 0",
        "largest absolute error": "4095",
        "largest relative error": "1",
    }
    text = terminal.result(samples.report(samples.LARGE), title="t", look=Look())
    assert "  first at                [0, 1]: expected 1, received 0" in text


def test_special_numbers_are_written_out():
    expected = np.array([1.0, 2.0, 3.0, 4.0])
    received = np.array([np.nan, np.inf, -np.inf, 4.0])
    assert draw(samples.values(expected, received))[2].split() == ["received", "≠nan", "≠inf", "≠-inf", "4"]
    assert arrays.format_number(1.5 - 2j, 4) == "1.5-2j"
    assert arrays.format_number(complex("nan"), 4) == "nan"
    assert arrays.format_number(True, 4) == "True"
    assert arrays.format_number(10**30, 4) == "1" + "0" * 30


def test_only_compared_arrays_have_wrong_cells():
    assert arrays.wrong_cells(samples.SHAPE.detail.mismatch, 5) == []
    assert arrays.wrong_cells(samples.LARGE.detail.mismatch, 2) == [
        ("[0, 1]", "1", "0"),
        ("[0, 2]", "2", "0"),
    ]


def test_a_value_that_is_no_array_is_named_beside_one():
    mismatch = Mismatch(kind="type", message="", expected=np.zeros((2, 3)), received=np.float32(1.5))
    facts = [("shape", "expected (2, 3), received ()"), ("dtype", "expected float64, received float32")]
    assert arrays.facts(mismatch) == facts
    mismatch = Mismatch(kind="type", message="", expected=np.zeros((2, 3)), received=None)
    assert arrays.facts(mismatch) == [("expected", "array of shape (2, 3), dtype float64")]
    mismatch = Mismatch(kind="type", message="", expected=np.float64(0.5), received=[1])
    assert arrays.facts(mismatch) == [("expected", "0.5"), ("received", "[1]")]


def test_few_wrong_elements_are_less_than_a_percent():
    mismatch = samples.values(np.zeros(1000), np.eye(1, 1000)[0])
    assert dict(arrays.facts(mismatch))["differ"] == "1 of 1000 elements (<1 %)"


def test_scalars_leave_it_to_the_message():
    mismatch = Mismatch(
        kind="values", message="Expected 3. Received: 4", expected=np.array(3.0), received=np.array(4.0)
    )
    assert arrays.facts(mismatch) == []


def test_plain_values_are_shown_short():
    mismatch = Mismatch(kind="type", message="", expected={"a": 1}, received="x" * 999)
    facts = dict(arrays.facts(mismatch))
    assert facts["expected"] == "{'a': 1}"
    assert len(facts["received"]) < 310


# What a submission wrote is data


def test_markup_of_a_submission_is_shown_as_it_is():
    hostile = "[red]not red[/red] [/nothing] :smile: [link=x]"
    detail = CaseDetail(
        call=hostile, exception=hostile, output=hostile, frames=(Frame(line=1, function="f", source=hostile),)
    )
    failed = samples.case(
        "test_x", Verdict.RUNTIME_ERROR, title=hostile, message=f"raised {hostile}", detail=detail
    )
    text = screen(samples.report(failed, path="[bold]ex05.py"), color=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", text).count(hostile) == 7
    assert "[bold]ex05.py" in text


HOSTILE = "a\x1b[2Jb\x1b]0;title\x07c\x1b(Bd\x9b31me\x07f\u202eg\u2066h\x00i\x7fj\x08k"


@pytest.mark.parametrize("renderer", [terminal, plain])
@pytest.mark.parametrize("color", [False, True])
def test_a_submission_cannot_steer_the_terminal(renderer, color):
    detail = CaseDetail(
        call=HOSTILE, exception=HOSTILE, output=HOSTILE, notes=(HOSTILE,),
        frames=(Frame(line=1, function=HOSTILE, source=HOSTILE),),
        mismatch=Mismatch(kind="type", message=HOSTILE, expected=HOSTILE, received=HOSTILE),
    )  # fmt: skip
    failed = samples.case("x", Verdict.FAILED, title=HOSTILE, message=HOSTILE, hint=HOSTILE, detail=detail)
    report = samples.report(failed, path=HOSTILE, notes=(HOSTILE,), problem=detail)
    text = renderer.result(report, title=HOSTILE, look=Look(color=color, plain=renderer is plain))
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)  # our own colours
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "abcdefghijk" in text


@pytest.mark.parametrize(
    ("dirty", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq#0\x1b\\picture", "picture"),
        ("\x1b", ""),
        ("\x1b[", ""),
        ("10%\r20%\r\ndone", "10%\n20%\ndone"),
        ("a\tb", "a   b"),
        ("line\u2028sep", "linesep"),
        ("\u202etxt.py\u202c", "txt.py"),
        ("half \ud83d", "half \N{REPLACEMENT CHARACTER}"),
        ("한국어 × Σ √", "한국어 × Σ √"),
    ],
)
def test_clean(dirty, shown):
    assert clean(dirty) == shown
    assert clean(clean(dirty)) == shown


def test_long_lines_of_a_submission_are_cut():
    detail = CaseDetail(
        frames=(Frame(line=1, function="f", source="x = " + "1 + " * 500),), output="y" * 5000
    )
    text = screen(samples.report(samples.case("x", Verdict.RUNTIME_ERROR, message="m", detail=detail)))
    assert max(len(line) for line in text.splitlines()) <= 80
    assert len(text.splitlines()) < 20


def test_much_output_is_counted():
    detail = CaseDetail(exception="E", output="\n".join(map(str, range(50))))
    text = screen(samples.report(samples.case("x", Verdict.RUNTIME_ERROR, detail=detail)))
    assert "│ 4\n" in text
    assert "│ 5\n" not in text
    assert "and 45 more" in text


def test_one_line_and_width():
    assert one_line(" a\n\n b\t c ") == "a b c"
    assert (width("abc"), width("한글"), width("e\u0301")) == (3, 4, 1)
    assert pad("한글", 6) == "한글  "
    assert wrap("채점 결과를 봅니다", 12) == ["채점 결과를", "봅니다"]
    assert wrap("", 10) == [""]


# Plain: for screen readers


def test_plain_is_one_fact_a_line_without_boxes_and_colours():
    text = plain.result(samples.MIXED, title="Convolution", look=Look(plain=True, color=True))
    assert ESCAPE not in text
    assert not re.search(r"[│─━┃█░✓✗≠·]", text)
    lines = text.splitlines()
    assert lines[:3] == ["Exercise: ex05, Convolution", "File: ex05.py", "Seed: 7"]
    assert lines[3] == "Case 1 of 9: passed, 2 of 2 points: The slide's numbers"
    assert "Element [1]: expected 48, received 21" in lines
    assert "Received: [63, 21, 49, 28, 22.5, 20]" in lines
    assert "Received: [[4, 3, 4], [2, 8, 3], [2, 3, 4]]" in lines
    assert "Line 31, in _slide: y[i] = (x[i : i + n] * w).sum()" in lines
    assert "Your code printed: n = 3" in lines
    assert lines[-3:-1] == ["Score: 4 / 17.5 points", "Cases: 2 of 9 cases passed"]
    assert all(lines)


def test_plain_tells_large_arrays_in_facts():
    lines = plain.result(samples.report(samples.LARGE), title="t", look=Look(plain=True)).splitlines()
    assert "Shape: (64, 64)" in lines
    assert "Largest absolute error: 4095" in lines


def test_plain_counts_further_elements():
    failed = samples.case(
        "x", Verdict.FAILED, detail=CaseDetail(mismatch=samples.values(np.zeros(9), np.ones(9)))
    )
    lines = plain.result(samples.report(failed), title="t", look=Look(plain=True)).splitlines()
    assert sum(line.startswith("Element") for line in lines) == 5
    assert "and 4 more" in lines


def test_plain_shows_the_problem():
    lines = plain.result(samples.SYNTAX, title="t", look=Look(plain=True)).splitlines()
    assert lines[3] == "Problem: SyntaxError: '(' was never closed"
    assert lines[4] == "Line 12, column 17: y = np.zeros((3, 4)"
    assert "None of the 2 cases could run: they wait for what is said above" in lines
    assert not any(line.startswith("Case 1") for line in lines)


# Tables and statements

ROWS = [("ex03", "소프트맥스", "20"), ("ex05", "Convolution", "7.5")]


def test_tables_align_wide_letters():
    text = terminal.table(("Exercise", "Title", "Points"), ROWS, look=Look())
    head, first, second = text.splitlines()
    column = head.index("Points")
    assert cell_len(first[: first.index("20")]) == column
    assert second.index("7.5") == column


def test_a_plain_table_is_a_record_of_facts():
    text = plain.table(("Exercise", "Title", "Points"), [*ROWS, ("ex09", "", "1")], look=Look(plain=True))
    assert text == (
        "Exercise: ex03\nTitle: 소프트맥스\nPoints: 20\n\n"
        "Exercise: ex05\nTitle: Convolution\nPoints: 7.5\n\n"
        "Exercise: ex09\nPoints: 1\n"
    )


MARKDOWN = """# Softmax · 소프트맥스

Write **softmax** and `cross_entropy`; see [the book](https://example.org/book).

```text
softmax(a)ᵢ = exp(aᵢ − max a) / Σⱼ exp(aⱼ − max a)
    shape (N, C)
```

| name | shape |
|---|---|
| x | (N, C) |

- one
- two
"""


@pytest.mark.parametrize("renderer", [terminal, plain])
@pytest.mark.parametrize("color", [False, True])
def test_formulas_stay_legible(renderer, color):
    text = renderer.statement(MARKDOWN, look=Look(color=color, plain=renderer is plain))
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert "softmax(a)ᵢ = exp(aᵢ − max a) / Σⱼ exp(aⱼ − max a)" in text
    assert "    shape (N, C)" in text
    assert "https://example.org/book" in text
    assert text.lstrip().startswith("Softmax · 소프트맥스")
    assert "**" not in text
    assert "```" not in text


def test_a_plain_statement_has_no_signs():
    text = plain.statement(MARKDOWN, look=Look(plain=True))
    assert "Write softmax and cross_entropy; see the book (https://example.org/book)." in text
    assert "x; (N, C)" in text
    assert not re.search(r"[#|]|---", text)


def test_a_statement_without_a_heading_is_whole():
    assert terminal.statement("First.\n\nSecond.", look=Look()) == "First.\n\nSecond.\n"


# What the stream can show


class Stream(io.TextIOWrapper):
    def __init__(self, encoding="utf-8", *, tty=True):
        super().__init__(io.BytesIO(), encoding=encoding)
        self.tty = tty

    def isatty(self):
        return self.tty


@pytest.mark.parametrize(
    ("tty", "environ", "color"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_follows_the_stream_and_the_environment(tty, environ, color):
    assert look_of(Stream(tty=tty), environ).color is color


def test_plain_has_no_colour():
    assert not look_of(Stream(), {"FORCE_COLOR": "1"}, plain=True).color


@pytest.mark.parametrize(
    ("encoding", "unicode"), [("utf-8", True), ("utf-16", True), ("cp949", False), ("ascii", False)]
)
def test_symbols_follow_the_encoding(encoding, unicode):
    assert look_of(Stream(encoding), {}).unicode is unicode


@pytest.mark.parametrize(("columns", "expected"), [("20", 40), ("64", 64), ("300", 100)])
def test_the_width_stays_readable(monkeypatch, columns, expected):
    monkeypatch.setenv("COLUMNS", columns)
    assert look_of(Stream(), {"COLUMNS": columns}).width == expected


def test_a_pipe_has_80_columns():
    assert look_of(Stream(tty=False), {}).width == 80
