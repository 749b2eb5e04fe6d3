"""What the diagnosis says: of known mistakes, of right answers and of unknown wrong ones; and how long it takes.

Run:  python benchmarks/diagnosis.py [--exercise ex05] [--mutants 50] [--seed 2026] [--names]

The tables of `docs/diagnosis.md`. Unknown wrong answers are the mutants of the solution that fail a case, and the
known mistakes themselves, each as if nobody had declared it. A name is wrong if it does not hold under further seeds
(`grader/confusion.py`). Every diagnosis begins with nothing kept, as in `grade check`. Exercises whose solution runs
in a worker (Keras) are left out: there the arrays alone are looked at. The exit status is 1 where a known mistake is
not given its own name, a right answer is given one, more than 2 % of the mutants are misnamed, or time is exceeded.
"""

import argparse
import datetime
import gc
import importlib.metadata
import os
import platform
import sys

from grader.confusion import MOST_MISNAMED, measure
from grader.course import find_course
from grader.grading import DEFAULT_SEED, Settings, open_grader
from grader.sandbox.start import can_fork

MAX_S, MEAN_S = 0.150, 0.050
NUM_TIMINGS = 3  # of what takes long: other work on the machine makes it longer, never shorter
COLLECT_EVERY = 10  # mutants; in between no garbage is collected, as in `grade check`
KNOWN = (
    "exercise", "known mistakes", "ways to write them", "named as themselves", "within a check", "as another",
    "right answers", "of these named", "undeclared: named by a general rule", "by another mistake", "misnamed",
)  # fmt: skip
UNKNOWN = ("exercise", "mutants", "wrong", "named", "misnamed", "share")
TIMES = ("exercise", "known mistakes: mean ms", "mutants: mean ms", "all: mean ms", "95 % ms", "max ms")


def measured(exercise, options):
    """Return an exercise's confusion table."""

    def drive(grader):
        runs = []
        for index in range(len(grader.reference.mistakes)):
            subject = grader.reference.with_mistake(index)
            runs.append(grader.suite.run(subject, seed=options.seed))
            subject.close()

        def tell(done, num):
            if done % COLLECT_EVERY == 0:
                gc.collect()
            print(f"{exercise.id}: {done} of {num}", end="\r", file=sys.stderr, flush=True)

        return measure(
            grader,
            runs,
            seed=options.seed,
            num_mutants=options.mutants,
            undeclared=True,
            num_timings=NUM_TIMINGS,
            on_mutant=tell,
        )

    settings = Settings(seed=options.seed, jail=can_fork())
    return open_grader(exercise, settings=settings, drive=drive)


def known_row(table):
    ids = {item.id for item in table.known}
    own = {item.id for item in table.known if item.num_own}
    quick = {item.id for item in table.known if item.is_quick}
    blind = {item.id: item for item in table.known if item.as_unknown}
    general = [
        item for item in blind.values() if all(name.startswith("general_") for name in item.as_unknown)
    ]
    wrong = [item for item in blind.values() if item.as_unknown_wrong]
    others = {item.id for item in table.known if item.others}
    named = [name for name, names in table.alternatives if names]
    return [table.exercise_id, len(ids), len(table.known), len(own), len(quick), len(others), len(table.alternatives),
            len(named), len(general), len(blind) - len(general), len(wrong)]  # fmt: skip


def unknown_row(table):
    killed = table.killed
    named, wrong = [item for item in killed if item.names], [item for item in killed if item.wrong]
    return [table.exercise_id, len(table.mutants), len(killed), len(named), len(wrong),
            f"{100 * table.misnamed_share:.1f} %"]  # fmt: skip


def times_row(name, tables):
    known = [1e3 * item.duration_s for table in tables for item in table.known]
    unknown = [1e3 * item.duration_s for table in tables for item in table.killed]
    times = sorted([*known, *unknown])
    timing = (*map(mean, (known, unknown, times)), times[int(0.95 * (len(times) - 1))], times[-1])
    return [name, *(f"{value:.0f}" for value in timing)]


def mean(values):
    return sum(values) / max(1, len(values))


def remarks(table, *, with_names):
    """Yield what there is to look at."""
    for item in table.known:
        if item.others or not item.num_own:
            said = ", ".join(item.others) or "nothing else"
            yield f"{table.exercise_id}: `{item.id}` is named {item.num_own} times, and {said}"
        if item.as_unknown_wrong:
            yield f"{table.exercise_id}: `{item.id}`, undeclared, is misnamed {', '.join(item.as_unknown_wrong)}"
        elif with_names and item.as_unknown:
            yield f"{table.exercise_id}: `{item.id}`, undeclared, is named {', '.join(item.as_unknown)}"
    for name, names in table.alternatives:
        if names:
            yield f"{table.exercise_id}: the right answer {name} is named {', '.join(names)}"
    for item in table.killed:
        change = f"line {item.mutant.line}: {item.mutant.before}  ->  {item.mutant.after}"
        if item.wrong:
            yield f"{table.exercise_id}: misnamed {', '.join(item.wrong)}: {change}"
        elif with_names and item.names:
            yield f"{table.exercise_id}: named {', '.join(item.names)}: {change}"


def is_kept(table):
    return (
        all(item.num_own and not item.others for item in table.known)
        and not any(names for _, names in table.alternatives)
        and table.misnamed_share <= MOST_MISNAMED
    )


def is_quick(tables):
    """Return whether the diagnosis took no longer than it may: the longest, and the mean over all wrong answers."""
    times = [item.duration_s for table in tables for item in (*table.killed, *table.known)]
    return max(times) <= MAX_S and mean(times) <= MEAN_S


def printed(columns, rows):
    for row in ([*columns], ["---"] * len(columns), *rows):
        print(f"| {' | '.join(map(str, row))} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--exercise", action="append", help="may be given several times; by default all")
    parser.add_argument("--mutants", type=int, help="how many of each solution; by default all")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--names", action="store_true", help="list right names too")
    options = parser.parse_args()
    course = find_course(None, os.environ)
    chosen = [course.exercise(name) for name in options.exercise] if options.exercise else course.exercises
    today = datetime.datetime.now(tz=datetime.UTC).date()
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("numpy", "pytest")]
    print(", ".join([str(today), f"Python {platform.python_version()}", *versions, f"seed {options.seed}"]))
    gc.disable()
    tables = []
    for exercise in chosen:
        if not exercise.needs_worker:
            tables.append(measured(exercise, options))
            print("\n".join(remarks(tables[-1], with_names=options.names)), flush=True)
    print()
    printed(KNOWN, [known_row(table) for table in tables])
    print()
    printed(UNKNOWN, [unknown_row(table) for table in tables])
    print()
    printed(TIMES, [*(times_row(table.exercise_id, [table]) for table in tables), times_row("all", tables)])
    raise SystemExit(0 if all(map(is_kept, tables)) and is_quick(tables) else 1)


if __name__ == "__main__":
    main()
