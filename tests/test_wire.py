"""What crosses the border crosses exactly, and bytes that are no message are refused."""

import struct
import time

import msgpack
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.sandbox import arrays
from grader.sandbox.wire import (
    MAX_DEPTH,
    MAX_HEADER_BYTES,
    MAX_PAYLOAD_BYTES,
    Opaque,
    Reference,
    RngSeed,
    WireError,
    decode,
    decode_request,
    encode,
)

DTYPES = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(),
    hnp.unsigned_integer_dtypes(),
    hnp.floating_dtypes(sizes=(16, 32, 64)),
    hnp.complex_number_dtypes(sizes=(64, 128)),
)
ARRAYS = hnp.arrays(dtype=DTYPES, shape=hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(2**200), max_value=2**200),
    st.floats(allow_nan=False),
    st.complex_numbers(allow_nan=False),
    st.text(),
    st.binary(),
)
KEYS = st.one_of(st.text(), st.integers(-100, 100), st.tuples(st.integers(0, 5), st.text(max_size=3)))
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.tuples(inner, inner), st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)


def same_types(left, right):
    if type(left) is not type(right):
        return False
    if isinstance(left, list | tuple):
        return all(map(same_types, left, right))
    if isinstance(left, dict):
        return all(same_types(left[key], right[key]) for key in left)
    return True


@given(VALUES)
def test_plain_values_round_trip(value):
    received = decode(*encode(value))
    assert received == value
    assert same_types(received, value)


@given(ARRAYS)
def test_arrays_round_trip_bit_for_bit(array):
    received = decode(*encode(array))
    assert received.dtype == array.dtype
    assert received.dtype.str == array.dtype.str
    assert received.shape == array.shape
    assert received.tobytes() == array.tobytes()
    assert received.flags.writeable
    assert received.flags.owndata


@pytest.mark.parametrize(
    "array",
    [
        np.arange(12.0).reshape(3, 4).T,
        np.arange(24)[::-2],
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        np.zeros((0, 5)),
        np.array(3.5),
        np.array([np.nan, -np.nan, np.inf, -0.0]),
        np.array([1, 2], dtype=">i4"),
    ],
    ids=["transposed", "reversed", "fortran", "empty", "0-d", "nan", "big-endian"],
)
def test_unusual_arrays(array):
    received = decode(*encode(array))
    assert received.tobytes() == array.tobytes()
    assert received.dtype.str == array.dtype.str
    assert received.flags.f_contiguous == array.flags.f_contiguous or array.ndim < 2


def test_nan_payload_survives():
    odd = np.frombuffer(struct.pack("<Q", 0x7FF8DEADBEEF0001), dtype="<f8")
    assert decode(*encode(odd)).tobytes() == odd.tobytes()


def test_scalars_keep_their_dtype():
    for scalar in (np.float32(1.5), np.int8(-3), np.bool_(True), np.complex64(1j), np.float16(0.1)):
        received = decode(*encode(scalar))
        assert type(received) is type(scalar)
        assert received == scalar


def test_subclasses_arrive_as_what_they_hold():
    class Lying(float):
        def __float__(self):
            return 9.0

        def __eq__(self, other):
            return True

        __hash__ = float.__hash__

    class Half(list):
        def __iter__(self):
            return iter(())

    class Evil(np.ndarray):
        def __array__(self, *args, **kwargs):
            return np.zeros(3)

        def tobytes(self, order="C"):
            return b"\0" * 24

    received = decode(*encode([Lying(2.0), Half([1, 2]), np.arange(3.0).view(Evil)]))
    assert type(received[0]) is float
    assert received[0] == 2.0
    assert received[1] == [1, 2]
    assert type(received[2]) is np.ndarray
    assert received[2].tolist() == [0.0, 1.0, 2.0]


def test_references_and_seeds_round_trip():
    message = [Reference("net", ((".", "params"), ("[]", "W1"))), Opaque(3, "Cell"), RngSeed((1, 2))]
    assert decode(*encode(message)) == message
    keys = [slice(None), slice(1, None, -2), ..., (slice(0, 3), 1, ...)]
    assert decode(*encode(keys)) == keys
    with pytest.raises(WireError):
        encode(slice("a", object()))


def test_objects_need_a_keeper():
    with pytest.raises(WireError, match="object"):
        encode(object())
    with pytest.raises(WireError):
        encode(np.array([object()]))


def test_nesting_is_limited_on_both_sides():
    nested = []
    for _ in range(MAX_DEPTH + 5):
        nested = [nested]
    with pytest.raises(WireError):
        decode(*encode(nested))
    deep = ()
    for _ in range(MAX_DEPTH + 5):
        deep = (deep,)
    with pytest.raises(WireError):
        encode(deep)
    with pytest.raises(WireError):
        decode(b"\x91" * 2_000_000 + b"\xc0")
    endless = []
    endless.append(endless)
    with pytest.raises(WireError):
        encode(endless)


def array_message(dtype="<f8", shape=(3,), order="C", code=4):
    return msgpack.packb(msgpack.ExtType(code, msgpack.packb([dtype, list(shape), order])))


def described(number, order=0, *lengths, rest=b""):
    content = struct.pack(f"<BB{len(lengths)}Q", number, order, *lengths) + rest
    return msgpack.packb(msgpack.ExtType(10, content))


FLOAT64 = list(arrays.DTYPES).index("<f8")


@pytest.mark.parametrize(
    ("header", "payload"),
    [
        (described(FLOAT64, 0, 2**40), b""),
        (described(FLOAT64, 0, 2**64 - 1, 0), b""),
        (described(FLOAT64, 0, MAX_PAYLOAD_BYTES + 1, 0), b""),
        (array_message(shape=(MAX_PAYLOAD_BYTES + 1, 0)), b""),
        (described(FLOAT64, 0, 2**20, 2**20, 2**20), b""),
        (described(FLOAT64, 0, 3), b"\0" * 23),
        (described(FLOAT64, 0, 3), b"\0" * 25),
        (described(FLOAT64, 2, 3), b"\0" * 24),
        (described(len(arrays.DTYPES), 0, 3), b"\0" * 24),
        (described(255, 0, 3), b"\0" * 24),
        (described(FLOAT64, 0, *[1] * 33), b"\0" * 8),
        (described(FLOAT64, 0, 3, rest=b"\0"), b"\0" * 24),
        (msgpack.packb(msgpack.ExtType(10, b"")), b""),
        (msgpack.packb(msgpack.ExtType(10, b"\0")), b"\0"),
        (msgpack.packb(msgpack.ExtType(11, b"\xff\xfe")), b""),
        (array_message(shape=(2**40,)), b""),
        (array_message(shape=(2**20, 2**20, 2**20)), b""),
        (array_message(shape=(-1,)), b""),
        (array_message(shape=(3,)), b"\0" * 23),
        (array_message(shape=(3,)), b"\0" * 25),
        (array_message(dtype="|O", shape=(1,)), b"\0" * 8),
        (array_message(dtype="<U5", shape=(1,)), b"\0" * 20),
        (array_message(dtype="<M8", shape=(1,)), b"\0" * 8),
        (array_message(dtype="nonsense", shape=(1,)), b"\0" * 8),
        (array_message(order="K"), b"\0" * 24),
        (array_message(shape=(1,) * 33), b"\0" * 8),
        (array_message(shape=(True,)), b"\0" * 8),
        (array_message(code=99), b""),
        (msgpack.packb({1: 2}) + b"\0", b""),
        (b"", b""),
        (b"\xc1", b""),
        (b"\xdd\xff\xff\xff\xff", b""),
        (b"\x81\x90\xc0", b""),
        (msgpack.packb(msgpack.ExtType(2, b"123")), b""),
        (msgpack.packb(msgpack.ExtType(1, b"x" * 10_000)), b""),
        (msgpack.packb(msgpack.ExtType(6, msgpack.packb([-1, "x"]))), b""),
        (msgpack.packb(msgpack.ExtType(7, msgpack.packb(["x", [["!", 1]]]))), b""),
        (msgpack.packb(msgpack.ExtType(8, msgpack.packb([-1]))), b""),
        (msgpack.packb(msgpack.ExtType(9, msgpack.packb([1, "a", None]))), b""),
        (msgpack.packb(msgpack.ExtType(5, msgpack.packb(["<f8", b"123"]))), b""),
    ],
)
def test_malformed_messages_are_refused(header, payload):
    with pytest.raises(WireError):
        decode(header, payload)


def test_arrays_as_older_banks_and_gradebooks_describe_them_are_still_read():
    array = np.arange(6.0).reshape(2, 3)
    received = decode(array_message(shape=(2, 3)), array.tobytes())
    assert received.tolist() == array.tolist()
    assert decode(array_message(shape=(2, 3), order="F"), array.tobytes("F")).tolist() == array.tolist()


@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (1,) * 32])
def test_every_shape_and_order_of_an_array_crosses(shape):
    for order in ("C", "F"):
        array = np.ones(shape, ">i2", order=order)
        received = decode(*encode(array))
        assert (received.shape, received.dtype, received.flags.writeable) == (shape, array.dtype, True)
        assert received.flags.f_contiguous == array.flags.f_contiguous


def test_a_request_is_read_by_the_worker_as_by_anybody():
    request = [["call", Reference("f"), [np.arange(3.0), (1, 2), 2 + 3j, slice(1, 2)], {"mode": "a"}]]
    header, payload = encode(request)
    assert repr(decode_request(header, payload)) == repr(decode(header, payload)) == repr(request)


def test_sizes_are_limited():
    with pytest.raises(WireError):
        encode("x" * (MAX_HEADER_BYTES + 1))
    with pytest.raises(WireError):
        encode(np.zeros(MAX_PAYLOAD_BYTES + 1, dtype=np.uint8))
    with pytest.raises(WireError):
        decode(b"\0" * (MAX_HEADER_BYTES + 1))
    with pytest.raises(WireError, match="integers"):
        encode(1 << 100_000)


@settings(max_examples=400)
@given(st.binary(max_size=200), st.binary(max_size=64))
def test_any_bytes_are_a_value_or_a_wire_error(header, payload):
    try:
        decode(header, payload)
    except WireError as error:
        assert str(error)


@settings(max_examples=200)
@given(VALUES | ARRAYS, st.data())
def test_mutated_messages_are_a_value_or_a_wire_error(value, data):
    header, payload = encode(value)
    mutated = bytearray(header)
    for _ in range(data.draw(st.integers(1, 4))):
        mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
    try:
        decode(bytes(mutated), payload)
    except WireError as error:
        assert str(error)


# --- what takes time or room without being long -----------------------------------------------------------------


def pack_list(items):
    return b"\xdd" + len(items).to_bytes(4, "big") + b"".join(items)


def in_tuple(data):
    return b"\xc9" + len(data).to_bytes(4, "big") + b"\x03" + data


def nested_mixture(depth):
    data = b"\x90"
    for _ in range(depth):
        data = in_tuple(b"\x91" * 41 + data)
    return data


def same_hash_keys(number):
    prime = 2**61 - 1
    keys = ((2**80 + index) * prime for index in range(number))
    return (
        b"\xde"
        + number.to_bytes(2, "big")
        + b"".join(b"\xc7\x14\x01" + key.to_bytes(20, "big") + b"\xc0" for key in keys)
    )


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(pack_list([b"\x90"] * 500_000), id="half a million lists"),
        pytest.param(pack_list([b"\x80"] * 900_000), id="dicts"),
        pytest.param(pack_list([b"\xd4\x03\x90"] * 300_000), id="tuples"),
        pytest.param(pack_list([b"\x81\x01\x02"] * 50_000), id="dicts with numbers as keys"),
        pytest.param(same_hash_keys(9000), id="keys with one hash"),
        pytest.param(nested_mixture(5), id="nested lists and tuples"),
        pytest.param(b"\x91" * 900_000 + b"\x90", id="nested lists"),
        pytest.param(b"\x81\x91\x01\x02", id="a list as a key"),
    ],
)
def test_what_unfolds_without_end_is_refused_at_once(header):
    started = time.process_time()
    with pytest.raises(WireError):
        decode(header)
    assert time.process_time() - started < 2.0


def test_a_dict_of_numbers_that_is_honest_is_fine():
    table = {number: str(number) for number in range(5000)}
    assert decode(*encode(table)) == table


@pytest.mark.parametrize("dtype", ["<01", "<(,f", "|O", "|V8", "=f8", "f8", "<M8", "<f16", "<U3", "float64"])
def test_dtypes_are_looked_up_and_never_parsed(dtype):
    fields = msgpack.packb([dtype, [0], "C"])
    with pytest.raises(WireError):
        decode(msgpack.packb(msgpack.ExtType(4, fields)))


@pytest.mark.parametrize("value", [Reference("softmax"), RngSeed((1,)), slice(1, 2), ...])
def test_replies_hold_no_records_of_requests(value):
    header, payload = encode([value])
    assert decode(header, payload) == [value]
    with pytest.raises(WireError):
        decode(header, payload, is_reply=True)


def test_a_slice_that_a_submission_returns_stays_there():
    class Keeper:
        def keep(self, value):
            return Opaque(1, type(value).__name__)

    assert decode(*encode([slice(1, 2)], Keeper()), is_reply=True) == [Opaque(1, "slice")]


def test_an_array_that_lies_about_itself_crosses_as_what_it_is():
    class Lie(np.ndarray):
        def tobytes(self, *args, **kwargs):
            return b""

        def __getattribute__(self, name):
            return 12 if name in ("dtype", "nbytes", "shape") else super().__getattribute__(name)

    assert decode(*encode(np.full(2, 9.0).view(Lie))).tolist() == [9.0, 9.0]
