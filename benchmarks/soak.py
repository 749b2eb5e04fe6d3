"""Many submissions through one warm grader, a quarter of them hostile: does anything grow?

    python benchmarks/soak.py                 # 20,000, for a quiet machine: about half an hour
    python benchmarks/soak.py -n 1000 --every 250

Honest solutions, wrong ones (the exercise's known mistakes as they were written down), stubs and the corpus's
quick attacks take turns in an order drawn from the seed. After every thousand the grader's memory, its open
descriptors and the processes below it are noted, and the honest ones must all have had full marks.
"""

from __future__ import annotations

import argparse
import gc
import random
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from grader.attacks import traces
from grader.attacks.corpus import read_corpus
from grader.attacks.ground import open_ground
from grader.course import find_course
from grader.errors import UsageError
from grader.grading import Settings, open_grader
from grader.submission import read_submission

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "attacks"
EXERCISE = "ex03"
# These wait for limits, which says nothing about growth and takes hours twenty thousand times.
SLOW = re.compile(
    "hangs|deaf|swallows|stops|drip|terabyte|late|threads|memory|leftovers|names|millions|small_things|replies_twice"
    "|large_arrays|prints_without|fills|half_honest|nested|endless|deep|colliding|garbage|closed|counts|without_an"
)


def resident_mib(pid="self"):
    text = Path(f"/proc/{pid}/status").read_text("utf-8", errors="replace")
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024


def wrong_answers(source):
    """Yield the solution with one small thing changed."""
    for old, new in (
        (" - ", " + "),
        ("axis=-1", "axis=0"),
        ("keepdims=True", "keepdims=False"),
        ("np.log(", "-np.log("),
    ):
        if old in source:
            yield source.replace(old, new)


def submissions(ground, exercise, folder):
    """Return by kind what may be handed in, each read once."""
    honest = ground.honest(exercise).read_text("utf-8")
    texts = {"honest": [f"{honest}\n# {n}\n" for n in range(5)], "wrong": list(wrong_answers(honest))}
    texts["stub"] = [exercise.stub.read_text("utf-8")]
    found = {kind: [] for kind in (*texts, "hostile")}
    for kind, sources in texts.items():
        for number, text in enumerate(sources):
            path = Path(folder) / f"{kind}{number}.py"
            path.write_text(text, "utf-8")
            found[kind].append(read_submission(path, exercise))
    for attack in read_corpus(CORPUS):
        if attack.exercise_id == exercise.id and not SLOW.search(attack.name):
            try:
                found["hostile"].append(read_submission(attack.path, exercise))
            except UsageError:  # refused before anything runs
                continue
    return found


def soak(num, every, seed):
    rng, kinds = random.Random(seed), Counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ground(find_course(None, {}), frozenset({EXERCISE})) as ground,
    ):
        exercise = replace(ground.exercise(EXERCISE), limits=find_course(None, {}).exercise(EXERCISE).limits)
        pool = submissions(ground, exercise, folder)
        print(f"{num} submissions, a quarter hostile ({len(pool['hostile'])} different attacks)\n")
        print("| submissions | seconds | grader MiB | worker parent MiB | descriptors | processes |")
        print("|---|---|---|---|---|---|")

        def drive(grader):
            started = time.perf_counter()
            for number in range(1, num + 1):
                kind = rng.choices(("hostile", "honest", "wrong", "stub"), (25, 40, 30, 5))[0]
                report = grader.grade(rng.choice(pool[kind]))
                kinds[kind] += 1
                if kind == "honest" and not report.all_passed:
                    lost = next(case for case in report.cases if case.points != case.max_points)
                    raise SystemExit(
                        f"submission {number}, an honest one, lost {lost.case_id}: {lost.message}"
                    )
                if report.score is None:
                    raise SystemExit(f"submission {number}, {kind}: the grader failed: {report.path}")
                if number % every == 0:
                    gc.collect()
                    seen = traces.footprint([])
                    parent = max(resident_mib(pid) for pid in seen.processes)
                    print(
                        f"| {number} | {time.perf_counter() - started:.0f} | {resident_mib():.0f} | {parent:.0f} "
                        f"| {seen.num_descriptors} | {len(seen.processes)} |",
                        flush=True,
                    )

        open_grader(exercise, settings=Settings(), drive=drive)
    print(f"\n{dict(kinds)}; every honest one had full marks")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", "--submissions", type=int, default=20_000)
    parser.add_argument("--every", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    soak(options.submissions, options.every, options.seed)


if __name__ == "__main__":
    main()
