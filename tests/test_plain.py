"""Plain copies are what a trip over the border makes of a value, or are refused."""

import enum

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.dispatch import Operation
from grader.sandbox.local import LocalModule
from grader.sandbox.plain import NotPlainError, plain_copy
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.wire import Reference, RngSeed, decode, encode
from tests.test_wire import ARRAYS, VALUES


def is_same(left, right):
    if type(left) is not type(right):
        return False
    if isinstance(left, np.ndarray):
        looks = [
            (a.dtype, a.shape, a.flags.c_contiguous, a.flags.f_contiguous, a.tobytes()) for a in (left, right)
        ]
        return looks[0] == looks[1] and right.flags.owndata and right.flags.writeable
    if isinstance(left, np.generic):
        return left.dtype == right.dtype and left.tobytes() == right.tobytes()
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(is_same, left, right))
    if isinstance(left, dict):
        return is_same(list(left.items()), list(right.items()))
    return left == right


@settings(max_examples=500)
@given(VALUES | st.lists(ARRAYS, max_size=3))
def test_a_plain_copy_is_what_crosses(value):
    try:
        copy = plain_copy(value)
    except NotPlainError:
        return
    assert is_same(decode(*encode(value)), copy)


def test_what_a_request_holds_is_plain():
    request = [
        [
            Operation.CALL,
            Reference("f", ((".", "weights"), ("[]", 0))),
            [np.eye(2), 3, (1.5, None)],
            {"axis": -1},
        ],
        [Operation.BEGIN, RngSeed((1, 2))],
        [np.float32(0.1), np.bool_(True), np.array([1, 2], ">i4"), np.ones((2, 3)).T, np.arange(8)[::2]],
    ]
    copy = plain_copy(request)
    assert is_same(decode(*encode(request)), copy)
    assert type(copy[0][0]) is str
    assert not np.shares_memory(copy[0][2][0], request[0][2][0])


class Colour(enum.IntEnum):
    RED = 1


@pytest.mark.parametrize(
    "value",
    [
        2**64,
        1j,
        slice(None),
        ...,
        np.array(["text"]),
        np.ones(3, "f8").view(np.recarray),
        np.ma.ones(3),
        Colour.RED,
        Reference("f", (("[]", slice(0, 1)),)),
        {(1, 2): 3},
        object(),
        np.zeros(1 << 18),
        [0] * 20_000,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_only_the_wire_can_carry_or_refuse_is_left_to_it(value):
    with pytest.raises(NotPlainError):
        plain_copy([value])


def test_a_list_that_holds_itself_is_left_to_the_wire():
    value = []
    value.append(value)
    with pytest.raises(NotPlainError):
        plain_copy(value)


def test_a_local_module_hands_out_copies_and_handles():
    source = "kept = [1.0]\nclass Net: pass\ndef give(): return kept\ndef make(x): x[0] = 7; return Net()\n"
    module = LocalModule(compile(source, "solution.py", "exec"))
    proxy = ModuleProxy(module, str)
    module.begin_case(0)
    proxy.give().append(2.0)
    assert proxy.give() == [1.0]
    argument = np.zeros(2)
    net = proxy.make(argument)
    assert "Net" in repr(net)
    assert argument.tolist() == [0, 0]
    assert proxy.calls[-1].changed[0].tolist() == [7, 0]
