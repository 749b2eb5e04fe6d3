"""Which cases are asked before their turn, and that it changes nothing but the time."""

import textwrap

import numpy as np
import pytest

from grader.course import find_course, load_course
from grader.grading import Settings, open_grader
from grader.sandbox.dispatch import Operation, Raised
from grader.sandbox.outcomes import Returned, parse_together
from grader.sandbox.proxy import Asked
from grader.sandbox.requests import Frame
from grader.sandbox.start import can_fork
from grader.sandbox.wire import WireError, encode
from grader.submission import read_submission
from grader.suite.compare import MismatchError, assert_close, assert_equal, rehearsing
from grader.suite.foresight import MAX_CHUNK_BYTES, first_chunk, foreseen
from grader.verdicts import Verdict

RIGHT = """
import numpy as np
def double(x):
    return np.asarray(x) * 2.0
def halve(x, times=1):
    return np.asarray(x) / 2.0**times
"""

SUITE = """
import numpy as np
from grader.suite.compare import assert_close
from grader.suite.marks import points, title


@points(4)
@title(en="One", ko="하나")
def test_one(submission, solution, rng):
    {one}


@points(5)
@title(en="Two", ko="둘")
def test_two(submission, solution, rng):
    {two}
"""
PLAIN = "x = rng.normal(size=3)\n    assert_close(submission.double(x), solution.double(x))"


@pytest.fixture
def grade(make_course, tmp_path):
    """Return a function that grades sources one after the other, with a memory, and returns reports and foreseen."""

    made = {}

    def run(*sources, one=PLAIN, two=PLAIN, **settings):
        if not made:
            made["course"] = make_course(hidden=SUITE.format(one=one, two=two))
        exercise = load_course(made["course"]).exercise("ex99")
        path = tmp_path / "ex99.py"

        def drive(grader):
            reports = []
            for source in sources:
                path.write_text(textwrap.dedent(source), "utf-8")
                reports.append(grader.grade(read_submission(path, exercise)))
            places = grader._memory._foreseen
            return reports, {case_id for (case_id, *_), found in places.items() if found is not None}

        options = {"jail": can_fork(), "seed": 5, "remember": True, "diagnose": False, **settings}
        return open_grader(exercise, settings=Settings(**options), drive=drive)

    return run


def verdicts(report):
    return {case.case_id: case.verdict for case in report.cases}


@pytest.mark.parametrize(
    ("exercise_id", "kept_back"),
    [
        ("ex01", set()),
        ("ex03", {"test_initial_loss"}),
        ("ex05", set()),
        ("ex06", set()),
        (
            "ex07",
            {
                "test_gradient_check",
                "test_layer_gradient_check",
                "test_set_state",
                "test_truncated_gradient_check",
            },
        ),
    ],
)
def test_of_the_bundled_exercises_only_what_hands_answers_on_waits_for_its_turn(exercise_id, kept_back):
    exercise = find_course(None, {}).exercise(exercise_id)
    submission = read_submission(exercise.solution, exercise)

    def drive(grader):
        first, second = grader.grade(submission), grader.grade(submission)
        return first, second, dict(grader._memory._foreseen)

    settings = Settings(jail=can_fork(), remember=True)
    first, second, places = open_grader(exercise, settings=settings, drive=drive)
    assert first.all_passed
    assert second.all_passed
    assert {case_id for (case_id, *_), found in places.items() if found is None} == kept_back
    assert len(places) == len(first.cases)


@pytest.mark.parametrize(
    "hands_on",
    [
        pytest.param(
            "y = submission.double([3.0, 4.0])\n    assert_close(submission.halve(y), [3.0, 4.0])",
            id="what came back",
        ),
        pytest.param(
            "y = solution.double([3.0, 4.0])\n    submission.double([3.0, 4.0])\n"
            "    assert_close(submission.halve(y), [3.0, 4.0])",
            id="what the solution says",
        ),
        pytest.param(
            "assert_close(submission.double([3.0, 4.0]), [6.0, 8.0])\n"
            "    assert_close(submission.halve([6.0, 8.0]), [3.0, 4.0])",
            id="the right answer as a constant",
        ),
        pytest.param(
            "y = submission.double(np.array([3.0, 4.0]))\n"
            "    for _ in range(int(np.sum(y))):\n        submission.double([1.0])",
            id="in how much it asks",
        ),
        pytest.param(
            "assert submission.double([3.0, 4.0]).tolist() == [6.0, 8.0]\n    submission.double([1.0])",
            id="after a comparison of its own",
        ),
        pytest.param(
            "while abs(solution.double([1.0])[0] - 2.0) > 1e-9:\n        pass\n    submission.double([1.0])",
            id="once an answer is right",
        ),
    ],
)
def test_a_case_that_tells_of_an_answer_waits_for_its_turn(grade, hands_on):
    (report,), ahead = grade(RIGHT, one=hands_on)
    assert report.all_passed is (verdicts(report)["test_one"] is Verdict.PASSED)
    assert "test_one" not in ahead
    assert {"test_two", "test_example", "test_random"} & ahead == {"test_two", "test_example"}


LOOKS_AHEAD = """
import sys
import numpy as np
def double(x):
    frame = sys._getframe()
    while frame is not None:
        for value in list(frame.f_locals.values()):
            for other in every_array(value):
                if other.shape == np.shape(x) and np.allclose(other, 2 * np.asarray(x)):
                    return other
        frame = frame.f_back
    return None
def every_array(value, depth=0):
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, (list, tuple)) and depth < 12:
        if value and all(isinstance(item, float) for item in value):
            yield np.array(value)
        for item in value:
            yield from every_array(item, depth + 1)
    elif isinstance(value, dict) and depth < 12:
        for item in value.values():
            yield from every_array(item, depth + 1)
def halve(x, times=1):
    return np.asarray(x) / 2.0**times
"""


# The same, with what could be found while the file was loaded: a later worker has the first requests by then.
LOADS_AHEAD = (
    LOOKS_AHEAD.replace("def double(x):", "def found_in(frame, x):")
    .replace("    frame = sys._getframe()\n", "")
    .replace("value in list(frame.f_locals.values())", "value in frame")
    .replace("        frame = frame.f_back\n", "        frame = None\n")
    + """
seen = []
frame = sys._getframe()
while frame is not None:
    seen += [value for name, value in frame.f_locals.items() if isinstance(value, (list, tuple)) and name != "seen"]
    frame = frame.f_back
def double(x):
    return found_in(seen, x)
"""
)


@pytest.mark.parametrize("reader", [LOOKS_AHEAD, LOADS_AHEAD], ids=["when called", "when loaded"])
def test_who_reads_ahead_finds_no_answer(grade, reader):
    hands_on = "x = rng.normal(size=3)\n    assert_close(submission.halve(solution.double(x)), x)"
    one = "x = rng.normal(size=3)\n    assert_close(submission.double(x), solution.double(x))"
    *right, report = grade(RIGHT, RIGHT, RIGHT, reader, one=one, two=hands_on)[0]
    ahead = grade(RIGHT, one=one, two=hands_on)[1]
    assert all(item.all_passed for item in right)
    assert ahead == {"test_example", "test_one"}
    assert verdicts(report)["test_one"] is not Verdict.PASSED
    assert verdicts(report)["test_example"] is not Verdict.PASSED
    assert verdicts(report)["test_two"] is Verdict.PASSED


@pytest.mark.parametrize("reader", [LOOKS_AHEAD, LOADS_AHEAD], ids=["when called", "when loaded"])
def test_an_answer_in_a_later_case_keeps_the_two_apart(grade, reader):
    one = "assert_close(submission.double([3.0, 4.0]), [6.0, 8.0])"
    two = "assert_close(submission.halve([6.0, 8.0]), [3.0, 4.0])"
    (*right, report), ahead = grade(RIGHT, RIGHT, RIGHT, reader, one=one, two=two)
    assert {"test_one", "test_two"} <= ahead  # each by itself; not in one message
    assert all(item.all_passed for item in right)
    assert verdicts(report)["test_one"] is not Verdict.PASSED
    assert verdicts(report)["test_two"] is Verdict.PASSED


FLOATS = RIGHT.replace("np.asarray(x) * 2.0", "np.asarray(x, np.float32) * np.float32(2)")


@pytest.mark.parametrize("reader", [LOOKS_AHEAD, LOADS_AHEAD], ids=["when called", "when loaded"])
@pytest.mark.parametrize("first", [FLOATS, FLOATS.replace("def double", "def twice")], ids=["name", "alias"])
def test_an_answer_with_other_last_digits_keeps_them_apart_too(grade, reader, first):
    """Whoever comes first may be right in float32: what it answers is not what stands in the later case."""
    one = "assert_close(submission.double([3.1, 4.7]), [6.2, 9.4])"
    two = "assert_close(submission.halve([6.2, 9.4]), [3.1, 4.7])"
    *right, report = grade(first, first, RIGHT, RIGHT, RIGHT, reader, one=one, two=two)[0]
    assert all(item.all_passed for item in right)
    assert verdicts(report)["test_one"] is not Verdict.PASSED
    assert verdicts(report)["test_two"] is Verdict.PASSED


@pytest.mark.skipif(not can_fork(), reason="workers have no common parent here")
def test_what_was_kept_for_later_workers_is_what_they_would_have_been_sent(grade):
    """A submission that tells what it has before it is called: the first requests, from the third one on."""
    tells = (
        RIGHT
        + """
import sys
frame = sys._getframe()
while "kept" not in frame.f_locals:
    frame = frame.f_back
lengths = [len(operation[2][0]) for requests in frame.f_locals["kept"] for request in requests
           for operation in request if operation[0] == "call"]
def double(x):
    return np.asarray(x) * 2.0 + (1000.0 * len(lengths) if len(x) == 6 else 0.0)
"""
    )
    two = "x = rng.normal(size=6)\n    assert_close(submission.double(x), solution.double(x))"
    reports, ahead = grade(RIGHT, tells, tells, tells, two=two)
    assert {"test_example", "test_one", "test_two"} == ahead
    assert [report.all_passed for report in reports] == [True, True, False, False]  # the second was sent them
    off = [
        case.detail.mismatch for report in reports[2:] for case in report.cases if case.case_id == "test_two"
    ]
    assert [round(float(np.mean(one.received - one.expected))) for one in off] == [3000, 3000]


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("while True:\n            pass", Verdict.TIME_LIMIT),
        ("import os\n        os._exit(3)", Verdict.RUNTIME_ERROR),
        ("raise ValueError('no')", Verdict.RUNTIME_ERROR),
        ("return np.zeros((1000, 1000, 40))", Verdict.MEMORY_LIMIT),
        ("print('seen')\n        return np.asarray(x) * 2.0", Verdict.PASSED),
    ],
    ids=["endless", "ends", "raises", "large", "prints"],
)
def test_what_goes_wrong_together_goes_wrong_where_it_does_alone(grade, body, verdict):
    two = "x = rng.normal(size=7)\n    assert_close(submission.double(x), solution.double(x))"
    source = RIGHT.replace(
        "    return np.asarray(x) * 2.0",
        f"    if len(x) == 7:\n        {body}\n    return np.asarray(x) * 2.0",
    )
    (_, together), ahead = grade(RIGHT, source, two=two)
    (alone,), _ = grade(source, two=two)
    assert {"test_one", "test_two"} <= ahead
    assert verdicts(together) == verdicts(alone)
    assert verdicts(together)["test_two"] is verdict
    assert verdicts(together)["test_one"] is Verdict.PASSED
    printed = {case.case_id: case.detail.output for case in together.cases}
    assert printed["test_two"] == ("seen\n" if verdict is Verdict.PASSED else printed["test_two"])
    assert printed["test_one"] == ""


def test_cases_go_over_in_their_order_and_with_their_own_random_start(grade):
    notes = """
    import numpy as np
    log = []
    def double(x):
        log.append((len(x), float(np.random.random())))
        return np.asarray(x) * 2.0
    def halve(x, times=1):
        return np.array(log)
    """
    two = "submission.double([1.0] * 6)\n    assert_close(submission.halve([1.0]), np.array([0.5]))"
    (_, together), ahead = grade(RIGHT, notes, two=two)
    (alone,), _ = grade(notes, two=two)
    assert {"test_example", "test_one", "test_two"} <= ahead
    seen = [report.cases[-1].detail.mismatch.received for report in (together, alone)]
    assert np.array_equal(*seen)
    assert seen[0][:, 0].tolist() == [2, 3, 6]
    assert len(set(seen[0][:, 1])) == 3


# --- the parts ---------------------------------------------------------------------------------------------------


def case(*exchanges, said=()):
    """Return what is kept of a case that asked for `f` of some arrays and got others."""
    operations = [[[Operation.CALL, "f", [sent], {}]] for sent, _ in exchanges]
    frames = [Frame(*encode(asked), 0, 1) for asked in operations]
    asked = [
        Asked(operation, [Returned(received)], None)
        for operation, (_, received) in zip(operations, exchanges, strict=True)
    ]
    return foreseen(frames, asked, [[Operation.BEGIN, 1]], said)


A, B, C = np.array([1.0, 2.0]), np.array([3.0, 5.0]), np.array([7.0, 11.0])


def test_no_right_answer_stands_in_a_later_request():
    assert case((A, B), (C, A)) is not None
    assert case((A, B), (B, C)) is None
    assert case((A, B), (B.astype(np.float32).reshape(2, 1), C)) is None
    assert case((A, B), ([[3, 5]], C)) is None
    assert case((A, {"dW": B}), ({"w": (B,)}, C)) is None
    assert case((A, B), (B * 1.004, C)) is None  # near enough for float16
    assert case((A, B), (B * 1.006, C)) is not None
    assert case((A, B), (np.array([3 + 1e-4j, 5]), C)) is None
    hole = np.array([3.0, np.nan, np.inf, 1.0])
    assert case((A, hole), (hole * 1.001, C)) is None
    assert case((A, hole), (np.array([3.0, 2.0, np.inf, 1.0]), C)) is not None
    assert case((A, A), (A, A)) is not None  # what it was given itself is no answer
    assert case((A, np.zeros(2)), (np.zeros(2), B)) is not None  # nor is a constant


def test_a_chunk_ends_before_an_answer():
    chunk = first_chunk([case((A, B)), case((C, A)), case((B, C)), case((A, C))])
    assert len(chunk.cases) == 2
    assert chunk.num_requests == 2
    assert first_chunk([None, case((A, B))]) is None
    assert (
        len(first_chunk([case((A, B), said=[Returned(C)]), case((C, B))]).cases) == 1
    )  # the solution's word
    assert len(first_chunk([case((A, B)), case((C, B))]).cases) == 2
    large = np.arange(MAX_CHUNK_BYTES / 16)
    assert len(first_chunk([case((large, A)), case((large, B)), case((large, C))]).cases) == 1


def test_a_rehearsal_lets_every_comparison_pass():
    with rehearsing():
        assert_close(A, B)
        assert_equal("a", "b")
    with pytest.raises(MismatchError):
        assert_close(A, B)


@pytest.mark.parametrize(
    "outcome",
    [
        Raised(("ValueError",), "no", ()),
        Returned(None),
        Returned([[b"a", b"b"]]),
        Returned([[b"a", b"b"], [b"a"]]),
        Returned([[b"a", b"b"], ["a", b"b"]]),
        Returned([[b"a", b"b"], (b"a", b"b")]),
        Returned([[b"a", b"b"]] * 3),
    ],
)
def test_what_is_no_answer_to_all_is_refused(outcome):
    with pytest.raises(WireError):
        parse_together(outcome, num_expected=2)


def test_answers_to_all():
    pairs = parse_together(Returned([[b"a", b"b"], [b"c", b""]]), num_expected=2)
    assert pairs == [(b"a", b"b"), (b"c", b"")]
