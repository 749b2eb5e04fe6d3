"""What the suites see: mutants of every solution, run through the exercise's own cases.

Run:  python benchmarks/mutants.py [--exercise ex05] [--seed 2026] [--extra-seeds 20] [--names] [--first]

A mutant is the solution with one small change (`grader/source/mutants.py`). It is graded like a submission: in a
jailed worker, under the exercise's limits. It is killed when a case does not pass: by a wrong answer, else by an
exception, else by a limit. What then survives stands in `docs/mutants.md` with the reason why it is right all the
same; a survivor that does not is marked `!`, and the exit status is 1. The last columns say for how many killed
mutants the diagnosis named a known mistake, and for how many of these an exception was all that it had to go by;
`--names` lists them. With `--first` the cases run from the quickest to the slowest until one fails, and nothing is
diagnosed: for ex02 and ex08, where some cases train for seconds.
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
from grader.sandbox.start import ONE_THREAD, can_fork
from grader.source.mutants import Mutant, mutants
from grader.submission import Submission, read_submission
from grader.suite.subject import SubmissionSubject
from grader.verdicts import CaseResult, Verdict

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
    cases: tuple[CaseResult, ...]
    later_seed: int | None

    @property
    def verdicts(self):
        return {case.verdict for case in self.cases} - {Verdict.PASSED, Verdict.BLOCKED}

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
        named = [case for case in self.cases if case.mistake]
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


def graded(grader, submission):
    """Return the results of every case, with what the diagnosis says, and the first further seed that fails."""
    failing = []
    report = grader.grade(submission, on_extra_seed=lambda seed, _: failing.append(seed))
    return report.cases, failing[0] if failing else None


class UntilOneFails:
    """Runs the cases of one exercise from the quickest to the slowest, until one does not pass.

    Args:
        grader: Of the exercise.
        settings: The seed of the run, and how many further seeds a survivor has to survive.
        solution: What the durations are taken from.
    """

    def __init__(self, grader, settings, solution):
        self._grader = grader
        self._settings = settings
        results = self._run(solution, settings.seed, [None])
        self._order = [case.case_id for case in sorted(results, key=lambda case: case.duration_s)]

    def _run(self, submission, seed, steps):
        session = self._grader._session(submission)
        subject = SubmissionSubject(session, self._grader.exercise, (), submission)
        results = []
        try:
            subject.load()
            for step in steps:
                runs = self._grader.suite.run(
                    subject, seed=seed, only=lambda case, step=step: step in (None, case.case_id)
                )
                results += [run.result for run in runs]
                if any(run.result.verdict is not Verdict.PASSED for run in runs):
                    break
        finally:
            session.close()
        return tuple(results)

    def __call__(self, grader, submission):
        """Return the results up to the first case that did not pass, and the first further seed that fails."""
        del grader
        first, *others = range(self._settings.seed, self._settings.seed + 1 + self._settings.extra_seeds)
        results = self._run(submission, first, self._order)
        if results[-1].verdict is not Verdict.PASSED:
            return results, None
        for seed in others:
            if self._run(submission, seed, self._order)[-1].verdict is not Verdict.PASSED:
                return results, seed
        return results, None


def outcomes_of(exercise, settings, *, until_one_fails):
    """Return what becomes of every mutant of an exercise's solution."""
    original = read_submission(exercise.solution, exercise)

    def mutated(source):
        return Submission(
            path=f"{exercise.id}.py",
            source=source,
            sha256="",
            tree=None,  # the rules are not what is tested
            syntax_error=None,
            entry_points=original.entry_points,
        )

    def drive(grader):
        grade = UntilOneFails(grader, settings, original) if until_one_fails else graded
        cases, seed = grade(grader, original)
        if seed is not None or any(case.verdict is not Verdict.PASSED for case in cases):
            raise SystemExit(f"{exercise.id}: the solution itself does not pass")
        found, outcomes = mutants(original.source), []
        for mutant in found:
            cases, seed = grade(grader, mutated(mutant.source))
            outcomes.append(Outcome(mutant=mutant, cases=cases, later_seed=seed))
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
    parser.add_argument("--first", action="store_true", help="stop at the first case that fails")
    options = parser.parse_args()
    os.environ.update(ONE_THREAD)
    course = find_course(None, os.environ)
    chosen = [course.exercise(name) for name in options.exercise] if options.exercise else course.exercises
    today = datetime.datetime.now(tz=datetime.UTC).date()
    versions = [f"{name} {importlib.metadata.version(name)}" for name in PACKAGES]
    print(", ".join([str(today), f"Python {platform.python_version()}", *versions, f"seed {options.seed}"]))
    settings = Settings(seed=options.seed, extra_seeds=options.extra_seeds, jail=can_fork())
    page = PAGE.read_text("utf-8") if PAGE.is_file() else ""
    rows, is_complete = [COLUMNS, ["---"] * len(COLUMNS)], True
    for exercise in chosen:
        outcomes = outcomes_of(exercise, settings, until_one_fails=options.first)
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
