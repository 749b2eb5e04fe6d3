"""The author's proof: `grade verify` shows that an exercise grades what it claims to grade.

The stub must fail as not attempted, the solution must get full points under many seeds, every known mistake
must be rejected and told apart from the others, and nonsense must never look like our own fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.confusion import Confusion, measure, mutant_problems, naming_problems, right_problems
from grader.course import Exercise
from grader.errors import ExerciseError
from grader.exercise_files import undeclared_files
from grader.exercise_texts import bilingual_problems, learner_hint_problems, text_problems
from grader.grading import Grader, Settings, open_grader
from grader.language import activate, active, tr
from grader.processes import end_pool, num_cores, open_pool
from grader.reference_banks import check_bank, with_reference
from grader.submission import Submission, read_submission
from grader.verdicts import Report, Verdict

if TYPE_CHECKING:
    from grader.suite.mistakes import Mistake
    from grader.suite.trial import CaseRun

NUM_SEEDS = 20
# What a confused submission may return: no suite may take any of it for its own fault.
_JUNK = {
    "None": "None",
    "a string": "'text'",
    "an empty list": "[]",
    "an object": "object()",
    "NaN": "float('nan')",
    "a huge array": "__import__('numpy').zeros((3, 1, 2, 2))",
    "a dict": "{'a': 1}",
    "zero": "0.0",
    "its first argument": "args[0] if args else None",
    "an exception": "(_ for _ in ()).throw(ValueError('nonsense'))",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyRow:
    """One check of one exercise.

    Attributes:
        check: What was checked, in the run's language.
        ok: Whether it holds.
        detail: A count, or what is wrong and what to do about it.
    """

    exercise_id: str
    check: str
    ok: bool
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """Every check of every exercise.

    Attributes:
        rows: The checks, in their order.
        confusions: What the diagnosis says, one table for each exercise whose mistakes run here.
    """

    rows: tuple[VerifyRow, ...]
    confusions: tuple[Confusion, ...] = ()

    @property
    def all_ok(self) -> bool:
        """Whether there were checks and all of them hold."""
        return bool(self.rows) and all(row.ok for row in self.rows)


def verify(
    exercises: Iterable[Exercise],
    *,
    settings: Settings,
    on_progress: Callable[[VerifyRow], None],
    num_mutants: int = 0,
) -> VerifyReport:
    """Return the proof for `exercises`.

    Args:
        exercises: What is verified.
        settings: How the runs are done; the seeds follow on `settings.seed`.
        on_progress: Called with every row as soon as it is known.
        num_mutants: How many wrong answers that nobody declared are tried for each exercise.
    """
    chosen = list(exercises)
    num_processes = min(num_cores(), len(chosen))
    if num_processes < 2:
        reports = [_prove(exercise, settings, num_mutants, on_progress) for exercise in chosen]
    else:
        reports = _prove_side_by_side(chosen, settings, num_mutants, on_progress, num_processes)
    return VerifyReport(
        rows=tuple(row for report in reports for row in report.rows),
        confusions=tuple(table for report in reports for table in report.confusions),
    )


def _prove_side_by_side(
    exercises: Sequence[Exercise],
    settings: Settings,
    num_mutants: int,
    on_progress: Callable[[VerifyRow], None],
    num_processes: int,
) -> list[VerifyReport]:
    """Return the proofs of exercises in their order, made in processes of their own, what takes longest first."""
    pool = open_pool(num_processes)
    try:
        order = sorted(exercises, key=lambda exercise: not exercise.needs_worker)
        waiting = {
            pool.submit(_prove_in_process, exercise, settings, num_mutants, active()): exercise.id
            for exercise in order
        }
        reports: dict[str, VerifyReport] = {}
        for done in as_completed(waiting):
            report = reports[waiting[done]] = done.result()
            for row in report.rows[-1:]:
                on_progress(row)
    finally:
        end_pool(pool)
    return [reports[exercise.id] for exercise in exercises]


def _prove_in_process(
    exercise: Exercise, settings: Settings, num_mutants: int, language: str
) -> VerifyReport:
    activate(language)
    return _prove(exercise, settings, num_mutants, lambda _: None)


def _prove(
    exercise: Exercise, settings: Settings, num_mutants: int, on_progress: Callable[[VerifyRow], None]
) -> VerifyReport:
    rows: list[VerifyRow] = []
    confusions: list[Confusion] = []
    for row in _verify_one(exercise, settings, num_mutants, confusions):
        rows.append(row)
        on_progress(row)
    return VerifyReport(rows=tuple(rows), confusions=tuple(confusions))


def _verify_one(
    exercise: Exercise, settings: Settings, num_mutants: int, confusions: list[Confusion]
) -> Iterator[VerifyRow]:
    def row(check: str, problems: Sequence[str], detail: str = "") -> VerifyRow:
        shown = "; ".join(problems[:5]) + (f" (+{len(problems) - 5})" if len(problems) > 5 else "")
        return VerifyRow(exercise_id=exercise.id, check=check, ok=not problems, detail=shown or detail)

    extra = [str(path.relative_to(exercise.folder.parent.parent)) for path in undeclared_files(exercise)]
    yield row(
        tr("every file is declared"), [tr("`{file}` is not: add it to `files`", file=name) for name in extra]
    )
    yield row(tr("texts in both languages"), text_problems(exercise))
    yield row(tr("hints for learners"), learner_hint_problems(exercise))
    if exercise.solution_folder is None:
        yield row(tr("solutions"), [tr("this course has no `solutions/` folder: there is nothing to prove")])
        return
    if with_reference([exercise]):
        yield row(tr("the Keras bank is fresh, the solution agrees"), *check_bank(exercise))
    try:
        proof: list[VerifyRow] = []
        open_grader(
            exercise,
            settings=replace(settings, extra_seeds=NUM_SEEDS - 1),
            drive=lambda grader: proof.extend(
                row(*check) for check in _run_checks(grader, settings, num_mutants, confusions)
            ),
        )
    except ExerciseError as error:
        yield row(tr("suite and solution load"), [error.message])
        return
    yield from proof


def _run_checks(
    grader: Grader, settings: Settings, num_mutants: int, confusions: list[Confusion]
) -> Iterator[tuple[str, list[str], str]]:
    exercise, mistakes = grader.exercise, grader.reference.mistakes
    yield tr("cases: titles, points, names"), _case_problems(grader), str(len(grader.suite.cases))
    yield tr("the stub is not attempted"), _stub_problems(grader), ""
    yield tr("the solution gets full points"), *_solution_problems(grader)
    yield tr("public cases need no solution"), _public_problems(exercise), ""
    yield tr("nonsense is never our fault"), _junk_problems(grader), str(len(_JUNK))
    yield tr("hints in both languages"), _hint_problems(mistakes), ""
    runs = {index: _run_mistake(grader, index, settings.seed) for index in range(len(mistakes))}
    survivors = [item.id for index, item in enumerate(mistakes) if _is_accepted(runs[index])]
    problems = [tr("`{id}` gets full points", id=name) for name in survivors]
    if len({item.id for item in mistakes}) < 5:
        problems.append(tr("fewer than five known mistakes"))
    problems += [
        tr("`{id}` breaks the suite: {message}", id=mistakes[index].id, message=run.result.message)
        for index, case_runs in runs.items()
        for run in case_runs
        if run.result.verdict is Verdict.GRADER_ERROR
    ]
    yield tr("every known mistake is rejected"), problems, str(len(mistakes))
    yield tr("known mistakes are told apart"), _indistinct(mistakes, runs), ""
    if exercise.needs_worker:
        return  # seconds for every mistake: its cases carry the hints themselves
    confusion = measure(grader, list(runs.values()), seed=settings.seed, num_mutants=num_mutants)
    confusions.append(confusion)
    yield (
        tr("every known mistake is named"),
        naming_problems(confusion),
        str(len({item.id for item in mistakes})),
    )
    yield tr("right answers are given no name"), right_problems(confusion), str(len(confusion.alternatives))
    if confusion.mutants:
        yield tr("unknown mistakes are hardly misnamed"), *mutant_problems(confusion)


def _case_problems(grader: Grader) -> list[str]:
    problems: list[str] = []
    ids = [case.case_id.partition("[")[0] for case in grader.suite.cases]
    for case in grader.suite.cases:
        if not case.is_titled:
            problems.append(tr("`{id}` has no title", id=case.case_id))
            continue
        problems += bilingual_problems(case.case_id, case.title)
        if case.hint is not None:
            problems += bilingual_problems(case.case_id, case.hint)
        problems += [
            tr("`{id}` requires `{name}`, which is no case", id=case.case_id, name=name)
            for name in case.requires
            if name.partition("[")[0] not in ids
        ]
    total = sum(case.max_points for case in grader.suite.cases)
    wanted = grader.exercise.total_points
    if abs(total - wanted) > 1e-9:
        problems.append(
            tr("the cases' points add up to {total:g}, not {wanted:g}", total=total, wanted=wanted)
        )
    for file in ("test_public.py", "test_hidden.py"):
        if not any(case.file == file for case in grader.suite.cases):
            problems.append(tr("`{file}` holds no case", file=file))
    return problems


def _hint_problems(mistakes: Sequence[Mistake]) -> list[str]:
    return [problem for item in mistakes for problem in bilingual_problems(item.id, item.hint)]


def _public_problems(exercise: Exercise) -> list[str]:
    """Return what a student kit, which has no solution, could not run."""
    text = exercise.public_suite.read_text("utf-8")
    return [
        tr("`test_public.py` uses `{name}`, which students do not have", name=name)
        for name in ("solution", "keras_reference")
        if re.search(rf"def test_\w+\([^)]*\b{name}\b", text)
    ]


# --- runs ----------------------------------------------------------------------------------------------------


def _stub_problems(grader: Grader) -> list[str]:
    report = grader.grade(read_submission(grader.exercise.stub, grader.exercise))
    return [
        tr("`{id}`: {verdict} {message}", id=case.case_id, verdict=case.verdict, message=case.message)
        for case in report.cases
        if case.verdict not in (Verdict.NOT_ATTEMPTED, Verdict.BLOCKED)
    ]


def _solution_problems(grader: Grader) -> tuple[list[str], str]:
    exercise = grader.exercise
    if exercise.solution is None:
        return [tr("there is no solution")], ""
    problems: list[str] = []

    def note(seed: int, report: Report) -> None:
        problems.extend(
            tr(
                "seed {seed}, `{id}`: {message}",
                seed=seed,
                id=case.case_id,
                message=case.message or case.verdict,
            )
            for case in report.cases
            if case.verdict is not Verdict.PASSED
        )

    report = grader.grade(read_submission(exercise.solution, exercise), on_extra_seed=note)
    if not report.all_passed:
        note(report.seed, report)
    if report.problem is not None:
        problems.append(report.problem.exception)
    return problems, tr("{n} seeds", n=NUM_SEEDS)


def _junk_problems(grader: Grader) -> list[str]:
    problems: list[str] = []
    names = grader.exercise.names
    for label, value in _JUNK.items():
        lines = [f"{name} = lambda *args, **kwargs: {value}" for name in names]
        submission = Submission(
            path=f"{label}.py",
            source="\n".join(lines),
            sha256="",
            tree=None,
            syntax_error=None,
            entry_points={name: name for name in names},
        )
        report = grader.grade(submission)
        problems += [
            tr("returning {label}, `{id}`: {message}", label=label, id=case.case_id, message=case.message)
            for case in report.cases
            if case.verdict is Verdict.GRADER_ERROR
        ]
        if report.score:
            earned = next(case.case_id for case in report.cases if case.points)
            problems.append(
                tr(
                    "returning {label} gets {score:g} points: let `{id}` rest on another case with `@requires`",
                    label=label, score=report.score, id=earned,
                )
            )  # fmt: skip
    return problems


# --- mistakes ------------------------------------------------------------------------------------------------


def _run_mistake(grader: Grader, index: int, seed: int) -> list[CaseRun]:
    subject = grader.reference.with_mistake(index)
    try:
        return grader.suite.run(subject, seed=seed)
    finally:
        subject.close()


def _is_accepted(runs: Sequence[CaseRun]) -> bool:
    return all(run.result.verdict is Verdict.PASSED for run in runs)


def _indistinct(mistakes: Sequence[Mistake], runs: dict[int, list[CaseRun]]) -> list[str]:
    """Return the pairs of mistakes with different ids that no case tells apart."""
    from grader.suite.transcript import same_calls

    problems = []
    for left in range(len(mistakes)):
        for right in range(left + 1, len(mistakes)):
            if mistakes[left].id == mistakes[right].id:
                continue
            pairs = zip(runs[left], runs[right], strict=True)
            if all(same_calls(one.calls, other.calls) for one, other in pairs):
                problems.append(
                    tr("no case tells `{a}` from `{b}`", a=mistakes[left].id, b=mistakes[right].id)
                )
    return problems
