"""The author's proof: `grade verify` shows that an exercise grades what it claims to grade.

The stub must fail as not attempted, the solution must get full points under many seeds, every known mistake
must be rejected and told apart from the others, and nonsense must never look like our own fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.confusion import Confusion, measure, mutant_problems, naming_problems, right_problems
from grader.course import Exercise
from grader.errors import ExerciseError
from grader.exercise_files import undeclared_files
from grader.grading import Grader, Settings, open_grader
from grader.hints import find_code, load_hints
from grader.language import Text, tr
from grader.reference_banks import check_bank, with_reference
from grader.submission import Submission, read_submission
from grader.verdicts import Report, Verdict

if TYPE_CHECKING:
    from grader.suite.mistakes import Mistake
    from grader.suite.trial import CaseRun

NUM_SEEDS = 20
UNWRITTEN = re.compile(r"\(to be written\)|\(아직 쓰지 않음\)")
_HANGUL = re.compile(r"[가-힣]")
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
    rows: list[VerifyRow] = []
    confusions: list[Confusion] = []
    for exercise in exercises:
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
    yield row(tr("texts in both languages"), _text_problems(exercise))
    yield row(tr("hints for learners"), _learner_hint_problems(exercise))
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


# --- texts ---------------------------------------------------------------------------------------------------


def _text_problems(exercise: Exercise) -> list[str]:
    problems: list[str] = []
    for language in ("en", "ko"):
        path = exercise.statement(language)
        text = path.read_text("utf-8")
        if UNWRITTEN.search(text) or not text.strip():
            problems.append(tr("`{file}` is not written yet", file=path.name))
        elif language == "ko" and not _HANGUL.search(text):
            problems.append(tr("`{file}` is not Korean", file=path.name))
        problems += [
            tr("`{file}` does not mention `{name}`", file=path.name, name=name)
            for name in exercise.names
            if name not in text
        ]
    problems += _bilingual_problems("title", exercise.title)
    return problems + [
        p for name in exercise.skill_names for p in _bilingual_problems(f"skill {name.en}", name)
    ]


def _learner_hint_problems(exercise: Exercise) -> list[str]:
    try:
        hints = load_hints(exercise)
        solution = "" if exercise.solution is None else exercise.solution.read_text("utf-8")
        given_away = [find_code(hint, solution) for hint in hints]
    except (ExerciseError, OSError, UnicodeDecodeError) as error:
        return [str(error)]
    problems = [] if hints else [tr("`{file}` is not written yet", file=exercise.hints.name)]
    for number, (hint, code) in enumerate(zip(hints, given_away, strict=True), start=1):
        what = tr("{file}: hint {number}", file=exercise.hints.name, number=number)
        problems += _bilingual_problems(what, hint.text)
        problems += [tr("{what} holds code of the solution: {code}", what=what, code=code)] if code else []
    named = {hint.entry_point for hint in hints}
    missing = [name for name in exercise.names if hints and name not in named]
    return problems + [
        tr("`{file}` has no hint for `{name}`", file=exercise.hints.name, name=name) for name in missing
    ]


def _bilingual_problems(what: str, text: Text) -> list[str]:
    problems = []
    if not text.en.strip() or UNWRITTEN.search(text.en):
        problems.append(tr("{what}: English is missing", what=what))
    if not _HANGUL.search(text.ko) or UNWRITTEN.search(text.ko):
        problems.append(tr("{what}: Korean is missing", what=what))
    return problems


def _case_problems(grader: Grader) -> list[str]:
    problems: list[str] = []
    ids = [case.case_id.partition("[")[0] for case in grader.suite.cases]
    for case in grader.suite.cases:
        if not case.is_titled:
            problems.append(tr("`{id}` has no title", id=case.case_id))
            continue
        problems += _bilingual_problems(case.case_id, case.title)
        if case.hint is not None:
            problems += _bilingual_problems(case.case_id, case.hint)
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
    return [problem for item in mistakes for problem in _bilingual_problems(item.id, item.hint)]


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
