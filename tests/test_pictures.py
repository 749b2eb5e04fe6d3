"""Pictures of a difference: maps of large arrays, windows behind outputs, steps of sequences; what each may show."""

import re

import numpy as np
import pytest
from rich.cells import cell_len

from grader.course import EntryPoint, load_course
from grader.course_folders import bundled_root
from grader.grading import Settings, open_grader
from grader.language import activate
from grader.report import pictures, plain, terminal
from grader.report.feedback import student_view
from grader.report.look import Look
from grader.sandbox.proxy import Call
from grader.sandbox.start import can_fork
from grader.submission import Submission
from grader.suite.focus import find_window
from grader.verdicts import CaseDetail, TimeSteps, Verdict, Visibility, Window
from tests import sample_reports as samples

COURSE = load_course(bundled_root())
SLIDING_1D = EntryPoint(name="f", parameters=("x", "w", "mode='valid'", "stride=1"), picture="window")
POOLING = EntryPoint(name="f", parameters=("x", "pool_h", "pool_w", "stride=1"), picture="window")


def texts(lines):
    return ["".join(piece.text for piece in line) for line in lines]


def off(shape, *places, error=1.0):
    """Return a mismatch of zeros and zeros with errors at some places."""
    received = np.zeros(shape)
    for place in places:
        received[place] = error
    return samples.values(np.zeros(shape), received)


# Maps


def test_a_map_shows_where_and_how_far_without_colour():
    received = np.zeros((10, 12))
    received[0, 0], received[4, 5], received[9, 11] = 1.0, 2.0, 4.0
    mismatch = samples.values(np.zeros((10, 12)), received)
    caption, *rows, legend = texts(pictures.difference_map(mismatch, 78, halves=False))
    assert caption == "where it differs: 10 rows, 12 columns"
    assert rows == ["░···········", "············", "·····▒······", "············", "···········█"]
    assert legend == "· equal  ░▒▓█ off by up to 4"


def test_a_coloured_map_shows_two_rows_in_one_line():
    received = np.zeros((10, 12))
    received[0, 0], received[3, 1], received[4:6, 2], received[6, 3], received[7, 3] = 4, 4, 4, 4, 1
    _, *rows, _ = pictures.difference_map(samples.values(np.zeros((10, 12)), received), 78, halves=True)
    assert [row[:5] for row in texts(rows)] == ["▀····", "·▄···", "··█··", "···▀·", "·····"]
    both = next(piece for piece in rows[3] if "▀" in piece.text)
    assert (both.role, both.under) == (pictures.Role.LARGEST, pictures.Role.SLIGHT)


def test_a_map_is_binned_and_a_single_wrong_element_is_never_lost():
    for shape in ((64, 64), (500, 700), (100, 3), (9, 2000)):
        for place in ((0, 0), (shape[0] - 1, shape[1] - 1), (shape[0] // 2, shape[1] // 2)):
            lines = texts(pictures.difference_map(off(shape, place), 78, halves=False))
            assert sum(line.count("█") for line in lines[1:-2]) == 1
            assert len(lines) <= 19
            assert max(map(len, lines)) <= 78
            assert "elements and is as bad as the worst" in lines[-1]


def test_a_long_vector_is_a_strip():
    caption, strip, legend = texts(pictures.difference_map(off(40, 7, 8), 78, halves=True))
    assert caption == "where it differs: 40 elements"
    assert strip == "·" * 7 + "██" + "·" * 31
    assert legend.startswith("· equal")


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_farthest_off(value):
    lines = texts(pictures.difference_map(off((9, 9), (0, 0), error=value), 78, halves=False))
    assert lines[1].startswith("█·")
    assert lines[-1].endswith("no number")


def test_integers_do_not_wrap_around_in_a_map():
    expected, received = np.full((9, 9), 250, np.uint8), np.full((9, 9), 5, np.uint8)
    assert texts(pictures.difference_map(samples.values(expected, received), 78, halves=False))[-1].endswith(
        "245"
    )


@pytest.mark.parametrize("shape", [(8, 8), (12,), (1, 30), (30, 1), (3, 3, 3)])
def test_small_and_other_arrays_have_no_map(shape):
    assert pictures.difference_map(off(shape, (0,) * len(shape)), 78, halves=False) == []


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("color", [True, False])
def test_a_map_stands_on_the_screen_within_its_columns(language, color):
    activate(language)
    text = terminal.result(samples.report(samples.LARGE), title="t", look=Look(color=color))
    bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert "█" * 10 in bare or "▀" * 10 in bare
    assert max(cell_len(line) for line in bare.splitlines()) <= 80
    assert terminal.result(samples.report(samples.LARGE), title="t", look=Look(unicode=False)).isascii() or (
        language == "ko"
    )


def test_a_plain_result_says_the_range_in_one_line_and_draws_nothing():
    text = plain.result(samples.report(samples.LARGE), title="t", look=Look(plain=True))
    assert "\nWhere it differs: rows 0 to 63, columns 0 to 63\n" in text
    assert not set(text) & set("░▒▓█▀▄")
    assert pictures.extent(off(40, 7, 9)) == "elements 7 to 9"


# Windows


def window_of(expected, index, call, entry_point):
    wrong = np.zeros(np.shape(expected), bool)
    wrong[index] = True
    received = np.where(wrong, np.asarray(expected) + 1.0, expected)
    mismatch = samples.values(np.asarray(expected, float), received)
    return find_window(mismatch, call, entry_point)


def test_a_window_is_found_by_the_rule_that_gives_the_expected_result():
    x, w = [2.0, 8.0, 3.0, 7.0, 1.0], [2.0, 1.0, 5.0]
    valid = np.convolve(x, w[::-1], "valid")
    call = Call(function="f", args=(np.array(x), np.array(w)), kwargs={})
    window = window_of(valid, 1, call, SLIDING_1D)
    assert (window.start, window.cells.tolist(), window.inside.all()) == ((1,), [8, 3, 7], True)
    assert window.kernel.tolist() == w
    full = np.convolve(x, w, "full")  # flipped, with zeros on both sides
    window = window_of(full, 0, call, SLIDING_1D)
    assert (window.start, window.inside.tolist()) == ((-2,), [False, False, True])
    strided = Call(function="f", args=(np.array(x), np.array(w)), kwargs={"stride": 2})
    assert window_of(valid[::2], 1, strided, SLIDING_1D).start == (2,)


def test_no_window_is_claimed_that_does_not_explain_the_result():
    x, w = np.arange(9.0), np.array([1.0, 5.0, 2.0])
    call = Call(function="f", args=(x, w), kwargs={})
    assert window_of(np.arange(7.0) ** 2, 1, call, SLIDING_1D) is None
    # Both directions of this kernel fit, from two places: neither is proven.
    image, kernel = np.arange(1.0, 10.0).reshape(3, 3), np.array([[2.0, 0.0], [0.0, 0.0]])
    entry_point = EntryPoint(name="f", parameters=("x", "w"), picture="window")
    assert (
        window_of(2 * image, (0, 0), Call(function="f", args=(image, kernel), kwargs={}), entry_point) is None
    )
    assert window_of(x, 1, Call(function="f", args=(), kwargs={}), SLIDING_1D) is None
    assert window_of(x, 1, Call(function="f", args=("text", None), kwargs={}), SLIDING_1D) is None


def test_the_window_of_a_pooling_is_that_of_its_image_and_channel():
    rng = np.random.default_rng(0)
    batch = rng.normal(size=(2, 5, 6, 3))
    tops, lefts = range(0, 4, 2), range(0, 4, 2)
    expected = np.array(
        [[[image[i : i + 2, j : j + 3].max(axis=(0, 1)) for j in lefts] for i in tops] for image in batch]
    )
    call = Call(function="f", args=(batch, 2, 3), kwargs={"stride": 2})
    window = window_of(expected, (1, 1, 0, 2), call, POOLING)
    assert window.start == (2, 0)
    assert window.kernel is None
    assert np.array_equal(window.cells, batch[1, 2:4, 0:3, 2])


WINDOW = Window(
    cells=np.array([[0.0, 0.0], [0.0, 7.0]]),
    inside=np.array([[False, False], [False, True]]),
    start=(-1, -1),
    kernel=np.array([[1.0, 2.0], [3.0, 4.5]]),
)


def test_a_window_is_drawn_beside_its_kernel_with_a_sign_for_padding():
    assert texts(pictures.window_picture(WINDOW, (0, 0), 78)) == [
        "the window behind [0, 0]: rows -1 to 0, columns -1 to 0 of the input",
        "window    kernel",
        "  ·  ·        1    2",
        "  ·  7        3  4.5",
        "· lies outside the input",
    ]
    assert pictures.window_text(WINDOW) == "[[·, ·], [·, 7]]"


def test_a_large_window_is_told_and_not_drawn():
    cells = np.zeros((9, 9))
    large = Window(cells=cells, inside=cells == 0, start=(0, 0))
    assert len(pictures.window_picture(large, (0, 0), 78)) == 1


# Steps


def test_the_steps_that_differ_are_marked_and_the_first_is_named():
    steps = TimeSteps(wrong=(False, False, True, True))
    assert texts(pictures.steps_picture(steps, 78)) == [
        "step     0 1 2 3",
        "differs  · · ≠ ≠",
        "the first difference appears at step 2",
    ]
    back = TimeSteps(wrong=(True, True, False, False), backwards=True)
    assert back.first == 1
    assert texts(pictures.steps_picture(back, 78))[-1].endswith("appears at step 1")
    assert len(pictures.steps_picture(TimeSteps(wrong=(True,) * 60), 78)) == 1


# From a submission to the screen


def graded(exercise_id, source):
    exercise = COURSE.exercise(exercise_id)
    submission = Submission(
        path=f"{exercise_id}.py",
        source=source,
        sha256="",
        tree=None,
        syntax_error=None,
        entry_points={name: name for name in exercise.names},
    )
    settings = Settings(jail=can_fork(), diagnose=False)
    return open_grader(exercise, settings=settings, drive=lambda grader: grader.grade(submission))


def test_a_wrong_convolution_shows_its_window():
    source = (
        "import numpy as np\n"
        "def convolve1d(x, w, mode='valid'):\n"
        "    return np.array([np.sum(x[i:i + len(w)] * w) for i in range(len(x) - len(w) + 1)])\n"
    )
    report = graded("ex05", source)
    case = next(case for case in report.cases if case.case_id == "test_slide_convolution")
    assert case.detail.window.cells.tolist() == [2, 8, 3, 7]
    text = terminal.result(report, title="t", look=Look())
    assert "the window behind [0]: elements 0 to 3 of the input" in text


def test_a_layer_that_forgets_shows_its_step():
    source = COURSE.exercise("ex07").solution.read_text("utf-8")
    wrong = source.replace(
        "h = cell.forward(xs[:, t, :], h)", "h = cell.forward(xs[:, t, :], h if t < 2 else None)"
    )
    assert wrong != source
    steps = {case.title: case.detail.time_steps for case in graded("ex07", wrong).cases}
    assert steps["A random sequence"] == TimeSteps(wrong=(False, False, True, True, True))


def test_student_feedback_has_no_picture_of_a_hidden_case():
    detail = CaseDetail(
        call="f(x)",
        mismatch=samples.values(np.zeros((9, 9)), np.ones((9, 9))),
        window=WINDOW,
        time_steps=TimeSteps(wrong=(False, True)),
    )
    shown = {"window behind", "where it differs", "first difference appears", "█"}
    for visibility in Visibility:
        case = samples.case(
            "test_x", Verdict.FAILED, title="A case", message="wrong", detail=detail, visibility=visibility
        )
        report = samples.report(case)
        full = terminal.result(report, title="t", look=Look())
        assert all(words in full for words in shown)
        seen = terminal.result(student_view(report), title="t", look=Look())
        assert all((words in seen) == (visibility is Visibility.VISIBLE) for words in shown - {"█"})
        said = plain.result(student_view(report), title="t", look=Look(plain=True))
        assert ("Window behind it" in said) == (visibility is Visibility.VISIBLE)
        assert ("Time steps" in said) == (visibility is Visibility.VISIBLE)
