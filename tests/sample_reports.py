"""Reports made by hand, for the tests of everything that shows them."""

import numpy as np

from grader.verdicts import (
    CaseDetail,
    CaseResult,
    Frame,
    Jail,
    Mismatch,
    Report,
    Verdict,
    Visibility,
)

WHOLE_JAIL = Jail(complete=True, parts=("landlock", "seccomp", "rlimits"))


def values(expected, received, message="2 of 6 elements differ"):
    expected, received = np.asarray(expected), np.asarray(received)
    with np.errstate(all="ignore"):
        difference = np.abs(expected.astype(float) - received.astype(float))
    wrong = ~(difference <= 1e-9)
    return Mismatch(
        kind="values",
        message=message,
        expected=expected,
        received=received,
        wrong=wrong,
        num_wrong=int(wrong.sum()),
        size=int(wrong.size),
        first_index=tuple(int(i) for i in np.argwhere(wrong)[0]),
        max_abs_error=float(np.nanmax(difference)),
        max_rel_error=float(np.nanmax(difference / np.maximum(np.abs(expected), 1e-300))),
    )


def case(case_id="test_valid", verdict=Verdict.PASSED, **fields):
    fields = {"title": "The slide's numbers", "max_points": 2.0} | fields
    default = None if verdict is Verdict.GRADER_ERROR else 0.0
    fields.setdefault("points", fields["max_points"] if verdict is Verdict.PASSED else default)
    return CaseResult(case_id=case_id, verdict=verdict, **fields)


def report(*cases, **fields):
    fields = {
        "path": "ex05.py",
        "sha256": "ab" * 32,
        "seed": 7,
        "duration_s": 0.31,
        "jail": WHOLE_JAIL,
    } | fields
    return Report(exercise_id="ex05", cases=cases, **fields)


VECTOR = case(
    "test_asymmetric_kernel",
    Verdict.FAILED,
    title="A kernel that is not symmetric",
    message="2 of 6 elements differ; first at [1]: expected 48. Received: 21",
    mistake="kernel_not_flipped",
    hint="Convolution turns the kernel around. Compute one cell by hand, with an asymmetric kernel.",
    detail=CaseDetail(
        call="convolve1d([1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0], mode='valid')",
        mismatch=values([63.0, 48.0, 49.0, 28.0, 21.0, 20.0], [63.0, 21.0, 49.0, 28.0, 22.5, 20.0]),
    ),
)
MATRIX = case(
    "test_same_2d",
    Verdict.FAILED,
    title="Mode same in two dimensions",
    max_points=1.5,
    message="1 of 9 elements differ; first at [1, 1]: expected 4. Received: 8",
    detail=CaseDetail(
        call="correlate2d(<float64 (5, 5)>, <float64 (3, 3)>, mode='same')",
        mismatch=values([[4, 3, 4], [2, 4, 3], [2, 3, 4]], [[4, 3, 4], [2, 8, 3], [2, 3, 4]]),
        notes=("a list was taken for an array",),
    ),
)
LARGE = case(
    "test_random[3]",
    Verdict.FAILED,
    title="Random inputs of many lengths",
    visibility=Visibility.HIDDEN,
    message="4000 of 4096 elements differ; first at [0, 1]: expected 1. Received: 0",
    hint="Does the window move along both axes?",
    detail=CaseDetail(mismatch=values(np.arange(4096.0).reshape(64, 64), np.zeros((64, 64), np.float32))),
)
SHAPE = case(
    "test_full",
    Verdict.FAILED,
    title="Mode full",
    message="Expected shape (4,). Received: (2,)",
    detail=CaseDetail(
        call="convolve1d([1.0, 2.0], [1.0, 2.0, 3.0], mode='full')",
        mismatch=Mismatch(
            kind="shape",
            message="Expected shape (4,). Received: (2,)",
            expected=np.array([1.0, 4.0, 7.0, 6.0]),
            received=np.array([1.0, 4.0]),
        ),
    ),
)
RAISED = case(
    "test_stride",
    Verdict.RUNTIME_ERROR,
    title="A stride of two",
    message="Your code raised ValueError: operands could not be broadcast together",
    detail=CaseDetail(
        call="correlate1d([1.0, 2.0, 3.0], [1.0, 2.0], stride=2)",
        exception="ValueError: operands could not be broadcast together",
        frames=(
            Frame(line=12, function="correlate1d", source="return _slide(x, w, stride)"),
            Frame(line=31, function="_slide", source="y[i] = (x[i : i + n] * w).sum()"),
        ),
        output="n = 3\nw = [1. 2.]\n",
    ),
)
PASSED = case(detail=CaseDetail(notes=("a list was taken for an array",)))
MIXED = report(
    PASSED,
    case("test_one", title="A kernel of length one"),
    VECTOR,
    MATRIX,
    RAISED,
    LARGE,
    case("test_slow", Verdict.TIME_LIMIT, title="A long input", message="No answer within 5 s"),
    case("test_stub", Verdict.NOT_ATTEMPTED, title="The size of the output", message="Not written yet"),
    case("test_rest", Verdict.BLOCKED, title="Sizes with padding", message="Rests on test_stub"),
    notes=("`convolution_1d` was taken for `convolve1d`",),
)
SYNTAX = report(
    *(
        case(f"test_{name}", Verdict.RUNTIME_ERROR, title=name, message="The file has a syntax error")
        for name in ("first", "second")
    ),
    problem=CaseDetail(
        exception="SyntaxError: '(' was never closed",
        frames=(Frame(line=12, function="<module>", source="    y = np.zeros((3, 4)"),),
        column=17,
    ),
)
