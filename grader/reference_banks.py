"""Keras banks of a course: made, and recomputed on this machine to see by how much the values differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial, reduce
from importlib.util import find_spec
from typing import TypeAlias

from grader.course import Exercise
from grader.errors import ExerciseError
from grader.grading import policy
from grader.language import tr
from grader.sandbox.launch import open_launcher
from grader.sandbox.local import LocalModule, compile_trusted
from grader.sandbox.proxy import ModuleProxy, SubmissionRaisedError
from grader.sandbox.start import can_fork, start_parent
from grader.sandbox.wire import Value, encode
from grader.suite.keras_bank import (
    Bank,
    Provenance,
    bank_path,
    code_hash,
    open_bank,
    reference_path,
    write_bank,
)
from grader.suite.keras_cases import Case, to_plain
from grader.suite.keras_differences import Difference, difference
from grader.suite.keras_process import MakerFacts, ProcessFacts, ReferenceProcess, ReferenceRequest
from grader.suite.keras_reference import drive
from grader.suite.plugin import LocalSubject
from grader.suite.reference import Reference
from grader.suite.trial import Subject

DEFAULT_SEED = 2026
Tell: TypeAlias = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedCase:
    """One case of a bank, computed again here.

    Attributes:
        to_bank: The values computed here beside those of the bank.
        to_solution: The solution's values beside those computed here; None where it cannot run here.
    """

    exercise_id: str
    label: str
    case: Case
    to_bank: Difference
    to_solution: Difference | None

    @property
    def ok(self) -> bool:
        """Whether no tolerance is exceeded."""
        return self.to_bank.used <= 1 and (self.to_solution is None or self.to_solution.used <= 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The bank of one exercise, computed again here.

    Attributes:
        here: What computed it.
        bank: Where the bank comes from.
        without_solution: Why the solution could not run here; empty if it did.
    """

    exercise_id: str
    here: ProcessFacts
    bank: Provenance
    cases: tuple[ComparedCase, ...]
    without_solution: str


def with_reference(exercises: Sequence[Exercise]) -> list[Exercise]:
    """Return the exercises that have a Keras reference."""
    return [exercise for exercise in exercises if reference_path(exercise) is not None]


@contextmanager
def _running(exercise: Exercise, request: ReferenceRequest) -> Iterator[ReferenceProcess]:
    process = ReferenceProcess(reference_path(exercise), request)
    try:
        yield process
    finally:
        process.close()


def _compute(process: ReferenceProcess, makers: Sequence[MakerFacts], seed: int, tell: Tell) -> list[Case]:
    cases: list[Case] = []
    for maker in makers:
        tell(maker.name)
        sizes = (*maker.sizes, *maker.large)
        wanted = [(maker.name, size, dtype, seed) for size in sizes for dtype in maker.dtypes]
        cases += process.cases(wanted)
    return cases


def build(
    exercise: Exercise, request: ReferenceRequest, *, seed: int, today: date, tell: Tell
) -> tuple[Provenance, int]:
    """Make the bank of an exercise, and return where it comes from and how many cases it holds.

    Raises:
        GraderError: The exercise has no reference, Keras is missing, or a case cannot be computed.
    """
    reference, path = reference_path(exercise), bank_path(exercise)
    if reference is None or path is None:
        raise _no_reference(exercise)
    code = code_hash(reference)  # before Keras reads it: a file changed meanwhile makes the bank stale
    with _running(exercise, request) as process:
        tell(tr("starting Keras"))
        facts = process.facts
        cases = _compute(process, facts.makers, seed, tell)
    provenance = Provenance(
        keras=facts.keras,
        backend=facts.backend,
        backend_version=facts.backend_version,
        device=facts.device,
        device_name=facts.device_name,
        dtypes=tuple(dict.fromkeys(case.dtype for case in cases)),
        tf32=facts.tf32,
        numpy=facts.numpy,
        python=facts.python,
        seed=seed,
        date=today.isoformat(),
        code=code,
    )
    write_bank(path, cases, provenance)
    return provenance, len(cases)


def _no_reference(exercise: Exercise) -> ExerciseError:
    return ExerciseError(
        tr("{id} has no Keras reference. Expected a `keras_reference.py`", id=exercise.id),
        hint=tr("`grade reference show` names the exercises that have one"),
    )


def verify(exercise: Exercise, request: ReferenceRequest, *, tell: Tell) -> Comparison:
    """Compute the bank of an exercise again here, and compare the values with the bank's and the solution's.

    Raises:
        GraderError: There is no bank or a stale one, Keras is missing, or a case cannot be computed.
    """
    if reference_path(exercise) is None:
        raise _no_reference(exercise)
    bank = open_bank(exercise)
    recorded = bank.cases()
    with _running(exercise, request) as process, _solution(exercise) as solution:
        tell(tr("starting Keras"))
        facts = process.facts
        computed = _compute(process, facts.makers, bank.provenance.seed, tell)
        if len(computed) != len(recorded) or any(map(_other_inputs, computed, recorded)):
            raise _other_random_numbers(exercise, bank, facts)
        tell(tr("comparing"))
        compared = tuple(
            ComparedCase(
                exercise_id=exercise.id,
                label=now.label,
                case=now,
                to_bank=difference(_expected(now), before, bank.provenance.device),
                to_solution=None if solution is None else difference(solution(now), now, facts.device),
            )
            for now, before in zip(computed, recorded, strict=True)
        )
    return Comparison(
        exercise_id=exercise.id,
        here=facts,
        bank=bank.provenance,
        cases=compared,
        without_solution=_missing_packages(exercise),
    )


def check_bank(exercise: Exercise) -> tuple[list[str], str]:
    """Return what is wrong with an exercise's bank, and what there is to say about it.

    The solution is asked for every case of the bank; one that runs in a worker, for those of a check alone.
    """
    try:
        bank = open_bank(exercise)
        cases = [case for case in bank.cases() if not (case.is_large and exercise.needs_worker)]
        device = bank.provenance.device
        with _solution(exercise) as solution:
            values = [] if solution is None else [(case, solution(case)) for case in cases]
        used = [(case, difference(received, case, device).used) for case, received in values]
    except ExerciseError as error:
        return [f"{error.message}. {error.hint}"], ""
    problems = [
        tr("`{case}`: {share} of the tolerance", case=case.label, share=f"{100 * share:.2g} %")
        for case, share in used
        if share > 1
    ]
    hidden = "" if exercise.hidden_suite is None else exercise.hidden_suite.read_text("utf-8")
    if "keras_reference" not in hidden:
        problems.append(tr("no case of `test_hidden.py` asks for `keras_reference`"))
    origin = bank.provenance
    kind = tr("{device} bank, made on {date}", device=origin.device.upper(), date=origin.date)
    return problems, f"{len(bank)}, {kind}"


def _other_inputs(one: Case, other: Case) -> bool:
    """Return whether two cases ask for different things."""

    def asked(case: Case) -> list[Value]:
        *head, rows = to_plain(case)
        return [*head, [[*row[:3], *row[4:]] for row in rows]]  # all but what is expected

    return encode(asked(one)) != encode(asked(other))


def _other_random_numbers(exercise: Exercise, bank: Bank, facts: ProcessFacts) -> ExerciseError:
    return ExerciseError(
        tr(
            "The inputs drawn here are not those of the bank of {id}. It was made with numpy {before}; this is {now}",
            id=exercise.id,
            before=bank.provenance.numpy,
            now=facts.numpy,
        ),
        hint=tr("Run `grade reference build {id}`", id=exercise.id),
    )


def _missing_packages(exercise: Exercise) -> str:
    missing = [name for name in exercise.allowed_imports if find_spec(name) is None]
    return tr("{packages} is not installed", packages=", ".join(missing)) if missing else ""


@contextmanager
def _solution(exercise: Exercise) -> Iterator[Callable[[Case], list[Value]] | None]:
    """Yield what gives the solution's values for a case; None where it cannot run here."""
    if exercise.solution is None or _missing_packages(exercise):
        yield None
        return
    if not exercise.needs_worker:
        yield partial(_values, LocalSubject(LocalModule(compile_trusted(exercise.solution))))
        return
    launcher = open_launcher(policy(exercise, jail=False), start_parent() if can_fork() else None)
    try:
        subject = Reference(exercise, launcher, seed=0).solution()
        yield partial(_values, subject)
        subject.close()
    finally:
        launcher.close()


def _values(subject: Subject, case: Case) -> list[Value]:
    subject.begin_case(0)
    try:
        return drive(ModuleProxy(subject, subject.resolve), case)
    except SubmissionRaisedError as error:
        raise ExerciseError(
            tr(
                "The solution raised {error} on the reference case `{case}`",
                error=f"{error.raised.type_names[0]}: {error.raised.message}",
                case=case.label,
            ),
            hint=tr("Put the solution or `keras_reference.py` right"),
        ) from error


def by_function(cases: Sequence[ComparedCase]) -> list[ComparedCase]:
    """Return the worst of the cases of each function and dtype, as one."""
    worst: dict[str, ComparedCase] = {}
    for one in cases:
        label = f"{one.case.function} {one.case.dtype}"
        other = worst.get(label)
        if other is None:
            worst[label] = replace(one, label=label)
            continue
        solutions = [item for item in (one.to_solution, other.to_solution) if item is not None]
        worst[label] = replace(
            other,
            to_bank=other.to_bank.worst(one.to_bank),
            to_solution=reduce(Difference.worst, solutions) if solutions else None,
        )
    return list(worst.values())


def facts_of(exercise: Exercise) -> list[tuple[str, str]]:
    """Return where an exercise's bank comes from, as names and texts for a table.

    Raises:
        ExerciseError: There is no bank, or it cannot be read.
    """
    reference, path = reference_path(exercise), bank_path(exercise)
    if reference is None or path is None:
        raise _no_reference(exercise)
    if not path.is_file():
        return [(tr("bank"), tr("none yet: run `grade reference build {id}`", id=exercise.id))]
    bank = Bank(path)
    origin = bank.provenance
    is_fresh = origin.code == code_hash(reference)
    cases = ", ".join(f"{name} {len(numbers)}" for name, numbers in bank.functions.items())
    return [
        (tr("bank"), tr("{device} bank, made on {date}", device=origin.device.upper(), date=origin.date)),
        (tr("fresh"), tr("yes") if is_fresh else tr("no: run `grade reference build {id}`", id=exercise.id)),
        ("Keras", f"{origin.keras}, {origin.backend} {origin.backend_version}"),
        (tr("device"), origin.device_name),
        ("dtype", ", ".join(origin.dtypes)),
        ("TensorFloat-32", tr("on") if origin.tf32 else tr("off")),
        ("numpy, Python", f"{origin.numpy}, {origin.python}"),
        (tr("seed"), str(origin.seed)),
        (tr("cases"), f"{len(bank)}: {cases}"),
        (tr("code"), origin.code[:16]),
    ]


def _expected(case: Case) -> list[Value]:
    return [step.expected for step in case.steps]
