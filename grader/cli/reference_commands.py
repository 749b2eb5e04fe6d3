"""`grade reference`: the Keras banks are made, recomputed on this machine, and shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import console
from grader.cli.help import HelpfulCommand, HelpfulGroup, later
from grader.cli.options import Backend, Device, exercise_ids, options_of, read_choice, read_seed
from grader.cli.parameters import WRITE, BackendOption, DeviceOption, SeedOption
from grader.errors import ExitCode, UsageError
from grader.language import tr

if TYPE_CHECKING:
    from grader.course import Exercise
    from grader.reference_banks import ComparedCase, Comparison
    from grader.suite.keras_differences import Difference
    from grader.suite.keras_process import ReferenceRequest

ExercisesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="EXERCISE",
        help=later("Which ones; otherwise all that have a Keras reference."),
        autocompletion=exercise_ids,
    ),
]

reference = typer.Typer(
    name="reference",
    cls=HelpfulGroup,
    help=later(
        "Make, recompute and show what Keras computes for the exercises.\n\n"
        "A check compares with a bank of cases that Keras computed once. The bank says with which Keras, on which "
        "device and when; `verify` computes it again here and shows by how much the values differ."
    ),
    epilog=later(
        "grade reference show  # where the banks come from\n"
        "grade reference verify ex05  # compute it again here\n"
        "grade reference build ex05  # after a change of keras_reference.py"
    ),
)


@reference.callback(invoke_without_command=True)
def _without_command(context: typer.Context) -> None:
    """Show the help where no command was named."""
    if context.invoked_subcommand is None:
        console.err(context.get_help() + "\n")
        raise typer.Exit(ExitCode.WRONG_USE)


@reference.command(
    rich_help_panel=WRITE,
    cls=HelpfulCommand,
    help=later(
        "Let Keras compute the cases of a bank, and write it.\n\n"
        "It is needed after a change of `keras_reference.py`: a bank that does not belong to its code is refused."
    ),
    epilog=later(
        "grade reference build ex05\ngrade reference build --backend jax --device gpu  # a bank made on a GPU"
    ),
)
def build(
    context: typer.Context,
    exercises: ExercisesArgument = None,
    *,
    seed: SeedOption = None,
    device: DeviceOption = None,
    backend: BackendOption = None,
) -> None:
    """Make banks."""
    from datetime import UTC, datetime

    from grader import reference_banks

    request = request_of(device, backend)
    number = reference_banks.DEFAULT_SEED if seed is None else read_seed(seed)
    options = options_of(context)
    for exercise in _chosen(context, exercises or []):

        def tell(what: str, name: str = exercise.id) -> None:
            console.progress(f"{name}: {what}", plain=options.plain)

        today = datetime.now(UTC).date()
        origin, num_cases = reference_banks.build(exercise, request, seed=number, today=today, tell=tell)
        console.progress("", plain=options.plain)
        console.out(
            tr(
                "{id}: {num} cases, {device} bank, Keras {keras} on {backend} {version}",
                id=exercise.id,
                num=num_cases,
                device=origin.device.upper(),
                keras=origin.keras,
                backend=origin.backend,
                version=origin.backend_version,
            )
            + "\n"
        )


@reference.command(
    rich_help_panel=WRITE,
    cls=HelpfulCommand,
    help=later(
        "Compute the banks again on this machine and show by how much the values differ.\n\n"
        "Each case has two lines: the values computed here beside those of the bank, and those of the numpy "
        "solution beside the values computed here. A line holds the largest absolute and relative difference, the "
        "largest one in units in the last place (ULP), the tolerance that the suite uses and how much of it was "
        "used up. Exit status 1 where a tolerance is exceeded."
    ),
    epilog=later(
        "grade reference verify ex05\n"
        "grade reference verify --device gpu --backend jax  # on a GPU\n"
        "grade reference verify --device gpu --backend jax --allow-tf32  # what TensorFloat-32 costs"
    ),
)
def verify(
    context: typer.Context,
    exercises: ExercisesArgument = None,
    *,
    device: DeviceOption = None,
    backend: BackendOption = None,
    summary: Annotated[
        bool, typer.Option("--summary", help=later("One line for each function and dtype: the worst case."))
    ] = False,
    allow_tf32: Annotated[
        bool,
        typer.Option(
            "--allow-tf32", help=later("Leave TensorFloat-32 on, to measure what it costs. Never for a bank.")
        ),
    ] = False,
) -> None:
    """Recompute banks."""
    from grader import reference_banks

    request = request_of(device, backend, allow_tf32=allow_tf32)
    options = options_of(context)
    look = console.stdout_look(plain=options.plain)
    headers = (
        tr("Case"), tr("Compared with"), tr("absolute"), tr("relative"), tr("ULP"), tr("tolerance"), tr("used"),
    )  # fmt: skip
    all_ok = True
    for exercise in _chosen(context, exercises or []):

        def tell(what: str, name: str = exercise.id) -> None:
            console.progress(f"{name}: {what}", plain=options.plain)

        found = reference_banks.verify(exercise, request, tell=tell)
        console.progress("", plain=options.plain)
        console.err(_origins(found))
        cases = reference_banks.by_function(found.cases) if summary else found.cases
        rows = [row for case in cases for row in _rows(case)]
        console.out(console.renderer(look).table(headers, rows, look=look))
        all_ok = all_ok and all(case.ok for case in found.cases)
        console.err(_outcome(found) + "\n\n")
    raise typer.Exit(ExitCode.ALL_PASSED if all_ok else ExitCode.SOME_FAILED)


@reference.command(
    rich_help_panel=WRITE,
    cls=HelpfulCommand,
    help=later("Show where the banks come from: Keras, backend, device, date, and whether they are fresh."),
    epilog=later("grade reference show\ngrade reference show ex05"),
)
def show(context: typer.Context, exercises: ExercisesArgument = None) -> None:
    """Show provenance."""
    from grader.reference_banks import facts_of

    options = options_of(context)
    look = console.stdout_look(plain=options.plain)
    headers = (tr("Exercise"), tr("What"), tr("Found"))
    rows: list[tuple[str, str, str]] = []
    for exercise in _chosen(context, exercises or []):
        facts = facts_of(exercise)
        rows += [
            (exercise.id if number == 0 or look.plain else "", name, text)
            for number, (name, text) in enumerate(facts)
        ]
    console.out(console.renderer(look).table(headers, rows, look=look))


def request_of(device: str | None, backend: str | None, *, allow_tf32: bool = False) -> ReferenceRequest:
    """Return the reference process that options ask for.

    Raises:
        UsageError: One of them has no such value.
    """
    from grader.suite.keras_process import ReferenceRequest

    return ReferenceRequest(
        device=str(Device.AUTO if device is None else read_choice("--device", device, Device)),
        backend="" if backend is None else str(read_choice("--backend", backend, Backend)),
        tf32=allow_tf32,
    )


def _chosen(context: typer.Context, names: Sequence[str]) -> list[Exercise]:
    """Return the exercises that are meant, in the course's order if none was named."""
    from grader.reference_banks import with_reference

    course = options_of(context).course()
    if names:
        return [course.exercise(name) for name in names]
    found = with_reference(course.exercises)
    if not found:
        raise UsageError(
            tr("No exercise of this course has a Keras reference. Expected a `keras_reference.py`"),
            hint=tr("Write one beside a solution; CONTRIBUTING.md says how"),
        )
    return found


def _rows(compared: ComparedCase) -> list[tuple[str, ...]]:
    rows = [(compared.label, tr("the bank"), *_cells(compared.to_bank))]
    if compared.to_solution is not None:
        rows.append(("", tr("the solution"), *_cells(compared.to_solution)))
    return rows


def _cells(difference: Difference) -> tuple[str, ...]:
    share = f"{100 * difference.used:.2g} %"
    return (
        f"{difference.absolute:.1e}",
        f"{difference.relative:.1e}",
        f"{difference.ulps:.2g}",
        f"{difference.tolerance:.1e}",
        share if difference.used <= 1 else f"{share} !",
    )


def _origins(found: Comparison) -> str:
    """Return what computed the values, here and in the bank."""
    here, bank = found.here, found.bank
    lines = [
        tr(
            "{id}: computed here with Keras {keras} on {backend} {version}, {device} ({name})",
            id=found.exercise_id,
            keras=here.keras,
            backend=here.backend,
            version=here.backend_version,
            device=here.device.upper(),
            name=here.device_name,
        ),
        tr(
            "{id}: {device} bank of {date}, Keras {keras} on {backend} {version}",
            id=found.exercise_id,
            device=bank.device.upper(),
            date=bank.date,
            keras=bank.keras,
            backend=bank.backend,
            version=bank.backend_version,
        ),
    ]
    if here.tf32:
        lines.append(tr("TensorFloat-32 is on: these differences are no measure of a bank"))
    if found.without_solution:
        lines.append(tr("not compared with the solution: {reason}", reason=found.without_solution))
    return "\n".join(lines) + "\n"


def _outcome(found: Comparison) -> str:
    num_exceeded = sum(not case.ok for case in found.cases)
    to_bank = max(case.to_bank.used for case in found.cases)
    used = [case.to_solution.used for case in found.cases if case.to_solution is not None]
    parts = [tr("{num} cases, {failed} beyond the tolerance", num=len(found.cases), failed=num_exceeded)]
    parts.append(tr("at most {share} of it used against the bank", share=f"{100 * to_bank:.2g} %"))
    if used:
        parts.append(tr("{share} against the solution", share=f"{100 * max(used):.2g} %"))
    return "; ".join(parts)


def register(app: typer.Typer) -> None:
    """Add the commands to `grade`."""
    app.add_typer(reference, rich_help_panel=WRITE)
