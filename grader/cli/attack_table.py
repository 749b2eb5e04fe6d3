"""`grade verify --attacks DIR`: hostile submissions tried, and what came of each family."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from grader.attacks.corpus import Attack, Family, read_corpus
from grader.attacks.ground import open_ground
from grader.attacks.in_batch import BatchOutcome, try_in_batch
from grader.attacks.trial import Outcome
from grader.attacks.trial import try_attacks as run_trial
from grader.cli import console
from grader.cli.options import options_of, read_seed
from grader.errors import ExitCode, UsageError
from grader.grading import DEFAULT_SEED, Settings
from grader.language import tr

_SHRINK_S = 0.2


def try_attacks(
    context: typer.Context, folder: Path, exercise_ids: Sequence[str], *, seed: str | None
) -> None:
    """Write a table of what came of the attacks in `folder`; end with 1 where one got anywhere.

    Args:
        context: Of the command line.
        folder: Holds the attacks.
        exercise_ids: Only the attacks on these; all of them where none is named.
        seed: Of the random inputs.
    """
    options = options_of(context)
    settings = Settings(seed=DEFAULT_SEED if seed is None else read_seed(seed), shrink_s=_SHRINK_S)
    attacks = _chosen(read_corpus(folder), exercise_ids)

    def tell(outcome: Outcome) -> None:
        console.progress(outcome.attack.name, plain=options.plain)

    outcomes = run_trial(options.course(), attacks, settings=settings, on_outcome=tell)
    console.progress(tr("all of them in one class"), plain=options.plain)
    with open_ground(options.course(), frozenset(attack.exercise_id for attack in attacks)) as ground:
        class_outcome = try_in_batch(ground, attacks)
    console.progress("", plain=options.plain)
    look = console.stdout_look(plain=options.plain)
    headers = (
        tr("Family"), tr("Attacks"), tr("Held: check"), tr("Held: batch"), tr("Points"), tr("Longest"),
        tr("Grader's memory"),
    )  # fmt: skip
    rows = [_row(*group, class_outcome) for group in _groups(outcomes)]
    console.out(console.renderer(look).table(headers, rows, look=look))
    broken = [outcome for outcome in outcomes if not outcome.is_held]
    for outcome in broken:
        console.err(f"\n{outcome.attack.name}: {outcome.attack.goal}\n")
        console.err("".join(f"  {breach}\n" for breach in outcome.breaches))
    for breach in class_outcome.breaches:
        console.err(f"\ngrade batch: {breach}\n")
    failed = {outcome.attack.name for outcome in broken}
    failed |= {outcome.attack.name for outcome in outcomes} - class_outcome.held
    console.err(
        "\n"
        + tr(
            "{num} attacks on `check` and, among {honest} honest submissions, on `batch`; {failed} got somewhere",
            num=len(outcomes),
            honest=class_outcome.num_honest,
            failed=len(failed),
        )
        + "\n"
    )
    is_held = not failed and not class_outcome.breaches
    raise typer.Exit(ExitCode.ALL_PASSED if is_held else ExitCode.SOME_FAILED)


def _chosen(attacks: Sequence[Attack], exercise_ids: Sequence[str]) -> list[Attack]:
    chosen = [attack for attack in attacks if not exercise_ids or attack.exercise_id in exercise_ids]
    if not chosen:
        names = ", ".join(sorted({attack.exercise_id for attack in attacks}))
        raise UsageError(
            tr(
                "No attack is meant for {ids}. Expected some of {names}",
                ids=", ".join(exercise_ids),
                names=names,
            ),
            hint="grade verify --attacks tests/attacks",
        )
    return chosen


def _groups(outcomes: Sequence[Outcome]) -> list[tuple[Family, list[Outcome]]]:
    groups = [(family, [found for found in outcomes if found.attack.family is family]) for family in Family]
    return [group for group in groups if group[1]]


def _row(family: Family, outcomes: Sequence[Outcome], class_outcome: BatchOutcome) -> tuple[str, ...]:
    scores = [outcome.score for outcome in outcomes]
    earned = tr("none") if None in scores else f"{sum(score for score in scores if score is not None):g}"
    allowed = sum(outcome.attack.max_points for outcome in outcomes)
    return (
        _family_name(family),
        str(len(outcomes)),
        str(sum(outcome.is_held for outcome in outcomes)),
        str(sum(outcome.attack.name in class_outcome.held for outcome in outcomes)),
        tr("{earned} of {allowed:g} computed", earned=earned, allowed=allowed) if allowed else earned,
        f"{max(outcome.duration_s for outcome in outcomes):.1f} s",
        f"{max(outcome.memory_mib for outcome in outcomes):.0f} MiB",
    )


def _family_name(family: Family) -> str:
    match family:
        case Family.FORGE:
            return tr("forging the result")
        case Family.READ:
            return tr("reading the answer")
        case Family.LIE:
            return tr("lying values")
        case Family.LIMITS:
            return tr("escaping limits")
        case Family.WIRE:
            return tr("through the wire")
        case Family.ESCAPE:
            return tr("out of the jail")
        case Family.NEXT:
            return tr("the next submission")
        case Family.REPORT:
            return tr("reports, archives, notebooks")
