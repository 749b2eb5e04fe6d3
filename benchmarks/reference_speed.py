"""How much the Keras reference costs: what a recorded comparison adds to a check, and a live one beside a plain script.

The live side is `grade check ex05 --reference live --device cpu`. The plain side is a script that imports Keras and
computes the very same cases with the course's own `keras_reference.py`, without a grader. Both take turns.

    python benchmarks/reference_speed.py [ROUNDS]
"""

import os
import statistics
import subprocess
import sys
import time
import zlib
from pathlib import Path

import numpy as np

from grader.course import load_course
from grader.course_folders import bundled_root
from grader.grading import DEFAULT_SEED, Settings, open_grader
from grader.submission import read_submission
from grader.suite.keras_bank import open_bank, reference_path
from grader.suite.keras_process import _SETTINGS, ReferenceProcess, ReferenceRequest, _draw

EXERCISE = load_course(bundled_root()).exercise("ex05")
SUBMISSION = Path(__file__).resolve().parents[1] / "tests" / "alternatives" / "ex05" / "plain_loops.py"
CASE = "test_agrees_with_keras"
GRADE = Path(sys.executable).with_name("grade")

PLAIN = """
import sys
from pathlib import Path
from types import ModuleType
import keras
import tensorflow as tf
tf.config.experimental.enable_op_determinism()
from grader.suite.keras_cases import declared_makers
path = Path(sys.argv[1])
module = ModuleType("keras_reference")
exec(compile(path.read_text("utf-8"), str(path), "exec"), module.__dict__)
makers = declared_makers(module.__dict__)
for name, size, dtype in (line.split() for line in sys.argv[2:]):
    keras.config.set_floatx(dtype)
    case = makers[name].case(int(size), dtype, 1)
    [keras.ops.convert_to_numpy(step.expected) for step in case.steps]
"""


def recorded(rounds):
    """Return the median of what the case that compares with the bank takes in a warm check, in ms."""
    submission = read_submission(SUBMISSION, EXERCISE)
    times, opening = [], []

    def run(grader):
        for seed in range(rounds):
            grader._settings = Settings(seed=seed)
            report = grader.grade(submission)
            times.extend(case.duration_s for case in report.cases if case.case_id == CASE)
            started = time.perf_counter()
            open_bank(EXERCISE)
            opening.append(time.perf_counter() - started)

    open_grader(EXERCISE, settings=Settings(), drive=run)
    return 1000 * statistics.median(times), 1000 * statistics.median(opening)


def chosen():
    """Return the cases that the live check of the default seed computes, as name, size and dtype."""
    process = ReferenceProcess(reference_path(EXERCISE), ReferenceRequest(device="cpu", backend="tensorflow"))
    try:
        makers = process.facts.makers
    finally:
        process.close()
    found = []
    for maker in makers:
        entropy = [DEFAULT_SEED, zlib.crc32(CASE.encode()), zlib.crc32(maker.function.encode())]
        found.append(" ".join(map(str, _draw(np.random.default_rng(entropy), [maker])[:3])))
    return found


def seconds(command, **options):
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    return time.perf_counter() - started


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    case_ms, opening_ms = recorded(max(rounds, 20))
    print(f"recorded: the case {case_ms:.1f} ms, opening the bank {opening_ms:.1f} ms, limit 5 ms together")
    live = [
        GRADE,
        "check",
        "ex05",
        SUBMISSION,
        "--reference",
        "live",
        "--device",
        "cpu",
        "--backend",
        "tensorflow",
    ]
    plain = [sys.executable, "-P", "-c", PLAIN, reference_path(EXERCISE), *chosen()]
    environment = {**os.environ, **_SETTINGS, "KERAS_BACKEND": "tensorflow", "CUDA_VISIBLE_DEVICES": "-1"}
    pairs = [(seconds(live), seconds(plain, env=environment)) for _ in range(rounds)]
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(
        f"live check of ex05 {ours:.2f} s, plain script {theirs:.2f} s, ratio {ours / theirs:.2f}, limit 1.20"
    )


if __name__ == "__main__":
    main()
