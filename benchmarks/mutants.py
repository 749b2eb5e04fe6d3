"""What the suites see: mutants of every solution, run through the exercise's own cases.

Run:  python benchmarks/mutants.py [--exercise ex05] [--seed 2026] [--extra-seeds 20] [--names]

A mutant is the solution with one small change (`grader/source/mutants.py`). It is graded like a submission: in a
jailed worker, under the exercise's limits. It is killed when a case does not pass: by a wrong answer, else by an
exception, else by a limit. What then survives stands in `docs/mutants.md` with the reason why it is right all the
same; a survivor that does not is marked `!`, and the exit status is 1. The last columns say for how many killed
mutants the diagnosis named a known mistake, and for how many of these an exception was all that it had to go by;
`--names` lists them.
"""

import argparse
import datetime
import importlib.metadata
import os
import platform
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from grader.course import find_course
from grader.grading import DEFAULT_SEED, Settings, open_grader
from grader.sandbox.start import can_fork
from grader.source.mutants import Mutant, mutants
from grader.submission import Submission, read_submission
from grader.verdicts import Report, Verdict

PAGE = Path(__file__).parents[1] / "docs" / "mutants.md"
LEAST_KILLED = 0.95
PACKAGES = ("numpy", "pytest")
OUR_FAULT = "grader's fault"
COLUMNS = (
    "exercise", "mutants", "killed", "of all", "survivors", "explained", "of the rest", "wrong answer", "exception",
    "limit", "named", "named by exception", "unnamed",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one mutant.

    Attributes:
        later_seed: The first further seed under which a survivor of the first one fails, if there is one.
    """

    mutant: Mutant
    report: Report
    later_seed: int | None

    @property
    def verdicts(self):
        return {case.verdict for case in self.report.cases} - {Verdict.PASSED, Verdict.BLOCKED}

    @property
    def how(self):
        """How it was killed, if it was; a fault of the grader's own is none of its merits."""
        if not self.verdicts:
            return "survived"
        order = (Verdict.GRADER_ERROR, Verdict.FAILED, Verdict.RUNTIME_ERROR)
        words = (OUR_FAULT, "wrong answer", "exception")
        return next(
            (word for verdict, word in zip(order, words, strict=True) if verdict in self.verdicts), "limit"
        )

    @property
    def names(self):
        """The mistakes that the diagnosis named, in the order of the cases; `*` where only exceptions agree."""
        named = [case for case in self.report.cases if case.mistake]
        shown = {case.mistake for case in named if case.verdict is Verdict.FAILED}
        return [
            name if name in shown else f"{name}*" for name in dict.fromkeys(case.mistake for case in named)
        ]

    @property
    def text(self):
        return f"{self.mutant.before}  ->  {self.mutant.after}"

    def remark(self, known):
        """What there is to say of a survivor."""
        later = f"  (fails with seed {self.later_seed})" if self.later_seed else ""
        return later + ("" if self.text in known else "  !")


def outcomes_of(exercise, settings):
    """Return what becomes of every mutant of an exercise's solution."""
    original = read_submission(exercise.solution, exercise)

    def grade(grader, source):
        submission = Submission(
            path=f"{exercise.id}.py",
            source=source,
            sha256="",
            tree=None,  # the rules are not what is tested
            syntax_error=None,
            entry_points=original.entry_points,
        )
        failing = []
        report = grader.grade(submission, on_extra_seed=lambda seed, _: failing.append(seed))
        return report, failing[0] if failing else None

    def drive(grader):
        report, seed = grade(grader, original.source)
        if not report.all_passed or seed is not None:
            raise SystemExit(f"{exercise.id}: the solution itself does not pass")
        found, outcomes = mutants(original.source), []
        for mutant in found:
            report, seed = grade(grader, mutant.source)
            outcomes.append(Outcome(mutant=mutant, report=report, later_seed=seed))
            print(f"{exercise.id}: {len(outcomes)} of {len(found)}", end="\r", file=sys.stderr, flush=True)
        return outcomes

    return open_grader(exercise, settings=settings, drive=drive)


def explained_in(page, exercise):
    """Return the survivors that the page's section on an exercise lists."""
    section = re.search(rf"^## {exercise.id}\b.*?(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
    return set() if section is None else {line.strip() for line in section[0].splitlines()}


def shown(title, outcomes, note=lambda outcome: ""):
    """Return lines that list mutants under a title; none where there are none."""
    lines = [f"  {item.mutant.line:4}  {item.text}{note(item)}" for item in outcomes]
    return ["", title, *lines] if lines else []


def share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "-"


def account(exercise, outcomes, known, *, with_names):
    """Return an exercise's row, its lists, and whether its suite and its section of the page are complete."""

    def those(*words):
        return [item for item in outcomes if item.how in words]

    killed, survivors = those("wrong answer", "exception", "limit"), those("survived")
    explained = [item for item in survivors if item.text in known]
    named = [item for item in killed if item.names]
    weak = [item for item in named if all(name.endswith("*") for name in item.names)]
    num_rest = len(outcomes) - len(explained)
    row = [exercise.id, len(outcomes), len(killed), share(len(killed), len(outcomes))]
    row += [len(survivors), len(explained), share(len(killed), num_rest)]
    row += [len(those(how)) for how in ("wrong answer", "exception", "limit")]
    row += [len(named), len(weak), len(killed) - len(named)]
    lines = shown(f"{exercise.id}: survivors", survivors, lambda item: item.remark(known))
    lines += shown(f"{exercise.id}: taken for the grader's fault, not counted as killed", those(OUR_FAULT))
    if with_names:
        lines += shown(f"{exercise.id}: named", named, lambda item: f"  [{', '.join(item.names)}]")
        unnamed = [item for item in killed if not item.names]
        lines += shown(f"{exercise.id}: unnamed", unnamed, lambda item: f"  ({item.how})")
    is_complete = len(survivors) == len(explained) and len(killed) >= LEAST_KILLED * num_rest
    return row, lines, is_complete


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--exercise", action="append", help="may be given several times; by default all")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument(
        "--extra-seeds", type=int, default=0, help="further seeds for the survivors of the first"
    )
    parser.add_argument("--names", action="store_true", help="list what the diagnosis says of killed mutants")
    options = parser.parse_args()
    course = find_course(None, os.environ)
    chosen = [course.exercise(name) for name in options.exercise] if options.exercise else course.exercises
    today = datetime.datetime.now(tz=datetime.UTC).date()
    versions = [f"{name} {importlib.metadata.version(name)}" for name in PACKAGES]
    print(", ".join([str(today), f"Python {platform.python_version()}", *versions, f"seed {options.seed}"]))
    settings = Settings(seed=options.seed, extra_seeds=options.extra_seeds, jail=can_fork())
    page = PAGE.read_text("utf-8") if PAGE.is_file() else ""
    rows, is_complete = [COLUMNS, ["---"] * len(COLUMNS)], True
    for exercise in chosen:
        outcomes = outcomes_of(exercise, settings)
        row, lines, is_one_complete = account(
            exercise, outcomes, explained_in(page, exercise), with_names=options.names
        )
        print("\n".join(lines), flush=True)
        rows.append(row)
        is_complete &= is_one_complete
    print()
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |")
    raise SystemExit(0 if is_complete else 1)


if __name__ == "__main__":
    main()
