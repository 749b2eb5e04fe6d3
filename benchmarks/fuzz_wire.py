"""Fuzz the decoder of the border: any bytes are a value or a `WireError`, soon and in little memory.

    python benchmarks/fuzz_wire.py                      # a million inputs, guided by coverage (needs atheris)
    python benchmarks/fuzz_wire.py --engine mutate -n 20000

With `atheris` (Linux, `pip install atheris`) libFuzzer looks for inputs that reach new lines of `wire` and
`outcomes`; without it, messages are only mutated. Anything but a value or a WireError ends the run with the
input that did it; so do an input that takes more than five seconds and one that takes more than 1 GiB.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from grader.sandbox.dispatch import Raised
from grader.sandbox.outcomes import Returned, parse_outcomes
from grader.sandbox.wire import Opaque, Reference, RngSeed, WireError, decode, encode

MAX_BYTES = 4096
_SPLIT = 2  # bytes that say how much of the input is header


def seeds():
    """Return messages that reach every kind of value."""
    values = [
        None,
        [["value", 0.5, {}]],
        [["value", np.arange(6.0).reshape(2, 3), {0: [1, 2]}], ["raised", ["ValueError"], "no", [[3, "f"]]]],
        [True, -1, 2**70, -(2**90), 1.5, 3j, "text", "한글", b"bytes", (1, (2, [3]))],
        {"a": 1, 2: "b", (1, "c"): [None], 2.5: {}},
        [np.float32(1.5), np.int8(-3), np.bool_(True), np.complex64(1j)],
        [np.zeros((0, 3)), np.ones((2, 2), order="F"), np.arange(4, dtype=">i2"), np.array(7, dtype="<u8")],
        [
            Opaque(7, "RNG"),
            Reference("net", ((".", "params"), ("[]", "W1"), ("[]", slice(0, 2)), ("[]", ...))),
        ],
        [RngSeed((1, 2**40)), slice(None, 5, -1), ...],
        [[[[[[[[1.0]]]]]]]],
    ]
    return [joined(*encode(value)) for value in values]


def joined(header, payload):
    """Return a message as one input."""
    return len(header).to_bytes(_SPLIT, "little") + header + payload


def check(data):
    """Raise unless `data` is a value or a `WireError`; return whether it was a value."""
    size = int.from_bytes(data[:_SPLIT], "little")
    header, payload = data[_SPLIT : _SPLIT + size], data[_SPLIT + size :]
    found = False
    for is_reply in (False, True):
        try:
            value = decode(header, payload, is_reply=is_reply)
        except WireError:
            continue
        found = True
        try:
            again = encode(value)
        except WireError:  # a value that needs more room than it came in
            continue
        if encode(decode(*again, is_reply=is_reply)) != again:
            raise AssertionError("a value does not come back as it was sent")
        try:
            outcomes = parse_outcomes(value, num_expected=3)
        except WireError:
            continue
        if not all(isinstance(outcome, Returned | Raised) for outcome in outcomes):
            raise AssertionError("an outcome is neither a value nor an exception")
    return found


def mutated(rng, pool):
    """Return one input made of others."""
    data = bytearray(rng.choice(pool))
    for _ in range(rng.randint(1, 6)):
        place = rng.randrange(len(data) + 1)
        match rng.randrange(6):
            case 0 if data:
                data[place % len(data)] = rng.randrange(256)
            case 1:
                data[place:place] = rng.randbytes(rng.randint(1, 8))
            case 2:
                del data[place : place + rng.randint(1, 8)]
            case 3:
                other = rng.choice(pool)
                start = rng.randrange(len(other) + 1)
                data[place:place] = other[start : start + rng.randint(1, 32)]
            case 4:
                data[place : place + 1] = rng.choice(
                    (b"\xdd\xff\xff\xff\xff", b"\xc9\0\0\0\4\4", b"\x91", b"\xdf", b"\xc1")
                )
            case _:
                data = data[:place] * rng.randint(1, 3)
    return bytes(data[:MAX_BYTES])


def run_mutations(num_inputs, seed=0):
    """Check `num_inputs` inputs; return how many were values, and the longest time that one took."""
    rng, pool = random.Random(seed), seeds()
    num_values, longest = 0, 0.0
    for _ in range(num_inputs):
        data = mutated(rng, pool)
        started = time.process_time()
        is_value = check(data)
        longest = max(longest, time.process_time() - started)
        num_values += is_value
        if is_value and len(pool) < 2000:
            pool.append(data)
    return num_values, longest


def run_guided(num_inputs):
    """Let libFuzzer choose the inputs; it ends this process."""
    import atheris

    for name in ("grader.sandbox.wire", "grader.sandbox.outcomes"):
        module = sys.modules[name]
        for key, value in list(vars(module).items()):
            if callable(value) and getattr(value, "__module__", "") == name and hasattr(value, "__code__"):
                setattr(module, key, atheris.instrument_func(value))
        for kind in (value for value in vars(module).values() if isinstance(value, type)):
            for key, value in list(vars(kind).items()):
                if kind.__module__ == name and hasattr(value, "__code__") and key != "__init__":
                    setattr(kind, key, atheris.instrument_func(value))
    globals()["decode"] = sys.modules["grader.sandbox.wire"].decode
    globals()["encode"] = sys.modules["grader.sandbox.wire"].encode
    globals()["parse_outcomes"] = sys.modules["grader.sandbox.outcomes"].parse_outcomes
    corpus = Path(tempfile.mkdtemp(prefix="fuzz-wire-"))
    for number, data in enumerate(seeds()):
        (corpus / f"seed{number}").write_bytes(data)
    arguments = [
        f"-runs={num_inputs}",
        f"-max_len={MAX_BYTES}",
        "-timeout=5",
        "-rss_limit_mb=1024",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *arguments, str(corpus)], check)
    atheris.Fuzz()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", "--inputs", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=("atheris", "mutate"), default="atheris")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    started = time.perf_counter()
    if options.engine == "atheris":
        run_guided(options.inputs)
        return
    num_values, longest = run_mutations(options.inputs, options.seed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{options.inputs} inputs, {num_values} of them values, the others WireErrors; nothing else. "
        f"Longest {longest * 1000:.1f} ms, peak {peak} MiB, {time.perf_counter() - started:.0f} s"
    )


if __name__ == "__main__":
    main()
