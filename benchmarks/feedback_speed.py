"""How long the three feedback files of one submission take: `python benchmarks/feedback_speed.py`.

CPU time of one process, the best of ten rounds: right, a few cases wrong, and every case wrong with a picture.
"""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from grader.intake.records import Student
from grader.report.feedback_files import write_feedback
from tests import sample_reports as samples

NUM_CASES = 37
LIMIT_MS = 2.0


def reports():
    right = [samples.case(f"test_{n}") for n in range(NUM_CASES)]
    some = [samples.VECTOR, samples.MATRIX, samples.RAISED, samples.SHAPE]
    return {
        "right": samples.report(*right),
        "four cases wrong": samples.report(*right[: -len(some)], *some),
        "every case wrong": samples.report(*[samples.VECTOR] * NUM_CASES),
    }


def main():
    members, now = [Student(key="a")], datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        for name, report in reports().items():
            best = float("inf")
            for _ in range(10):
                started = time.process_time()
                for _ in range(50):
                    write_feedback(report, members, Path(folder), now=now)
                best = min(best, (time.process_time() - started) / 50)
            print(f"{name:18} {best * 1000:5.2f} ms (limit {LIMIT_MS} ms)")


if __name__ == "__main__":
    main()
