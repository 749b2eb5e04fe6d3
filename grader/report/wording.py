"""The words that every rendering of a result shares: verdicts, points, notes and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import islice

from grader.language import active, tr
from grader.report.clean import clean, one_line, width
from grader.report.look import Look
from grader.source.places import Place
from grader.verdicts import CaseDetail, CaseResult, Frame, Jail, ReferenceInfo, Report, Verdict

MARKS = {
    Verdict.PASSED: "✓",
    Verdict.FAILED: "✗",
    Verdict.RUNTIME_ERROR: "!",
    Verdict.TIME_LIMIT: "!",
    Verdict.MEMORY_LIMIT: "!",
    Verdict.NOT_ATTEMPTED: "–",
    Verdict.BLOCKED: "·",
    Verdict.GRADER_ERROR: "?",
}
MAX_CHARACTERS = 2000  # of one message or one call: more is noise


def verdict_word(verdict: Verdict) -> str:
    """Return the verdict's name for people, so that a case reads without its mark and colour."""
    return _verdict_words(active())[verdict]


@cache
def _verdict_words(_language: str) -> dict[Verdict, str]:
    return {
        Verdict.PASSED: tr("passed"),
        Verdict.FAILED: tr("wrong"),
        Verdict.RUNTIME_ERROR: tr("error"),
        Verdict.TIME_LIMIT: tr("time limit"),
        Verdict.MEMORY_LIMIT: tr("memory limit"),
        Verdict.NOT_ATTEMPTED: tr("not written"),
        Verdict.BLOCKED: tr("waiting"),
        Verdict.GRADER_ERROR: tr("grader failed"),
    }


@lru_cache(maxsize=2048)
def number(points: float | None) -> str:
    """Return points with at most two decimals, or a dash where there are none."""
    return "–" if points is None else f"{points:.2f}".rstrip("0").rstrip(".")


def score(report: Report) -> str:
    """Return the score as a phrase, such as `12.5 / 20 points`."""
    if report.is_public_only:
        return public_tally(report)
    if report.score is None:
        return tr("no score")
    return tr("{score} / {max_score} points", score=number(report.score), max_score=number(report.max_score))


def public_tally(report: Report) -> str:
    """Return what a student kit says instead of a score."""
    num_passed = sum(case.verdict is Verdict.PASSED for case in report.cases)
    num_all = len(report.cases)
    if num_passed == num_all:
        return tr("{num} public cases passed; your teacher runs the hidden ones", num=num_passed)
    return tr(
        "{passed} of {all} public cases passed; your teacher runs the hidden ones too",
        passed=num_passed,
        all=num_all,
    )


def tally(report: Report) -> str:
    """Return how many cases passed."""
    num_passed = sum(case.verdict is Verdict.PASSED for case in report.cases)
    return tr("{passed} of {all} cases passed", passed=num_passed, all=len(report.cases))


def notes(report: Report) -> list[str]:
    """Return the facts that cost nothing: of the whole run, and of the cases that passed all the same."""
    counted = Counter(
        one_line(note)
        for case in report.cases
        if case.verdict is Verdict.PASSED
        for note in case.detail.notes
    )
    of_cases = [
        tr("{note} ({num} cases)", note=note, num=num) if num > 1 else note for note, num in counted.items()
    ]
    said = "" if report.problem is None else report.problem.exception
    of_run = [one_line(note) for note in report.notes if note != said]
    of_reference = [report.reference.note] if report.reference is not None and report.reference.note else []
    return [*of_run, *of_reference, *jail_note(report.jail), *of_cases]


def jail_note(jail: Jail) -> list[str]:
    """Return one line that says what the jail lacks; none where it is complete."""
    if jail.complete:
        return []
    lacking = ", ".join(jail.missing) or tr("everything")
    return [tr("this ran without a complete jail (missing: {parts}): for your own code only", parts=lacking)]


def reference_line(reference: ReferenceInfo) -> str:
    """Return with which Keras the cases were compared, such as `Keras 3.15.1 on tensorflow 2.21.0, CPU bank`."""
    device = reference.device.upper()
    place = tr("{device} bank", device=device) if reference.mode == "recorded" else device
    if reference.mode != "recorded" and reference.device_name:
        place = f"{device} ({one_line(reference.device_name)})"
    return tr(
        "Keras {keras} on {backend} {version}, {place}",
        keras=reference.keras,
        backend=reference.backend,
        version=reference.backend_version,
        place=place,
    )


# What a case may be that waits for something else, or whose function is not there.
_NOT_RUN = frozenset({Verdict.RUNTIME_ERROR, Verdict.NOT_ATTEMPTED, Verdict.BLOCKED})


def shown_cases(report: Report, *, only_failed: bool) -> tuple[CaseResult, ...]:
    """Return the cases that get a line of their own; none where nothing could run: the problem says it all."""
    if is_nothing_run(report):
        return ()
    return first_failed(report) if only_failed else report.cases


def is_nothing_run(report: Report) -> bool:
    """Return whether one problem kept every case from its first call, such as a syntax error."""
    return report.problem is not None and all(
        case.verdict in _NOT_RUN and not case.detail.call for case in report.cases
    )


def nothing_run(report: Report) -> str:
    """Return the line that stands for all cases where none could run."""
    return tr("None of the {n} cases could run: they wait for what is said above", n=len(report.cases))


def first_failed(report: Report, most: int = 6) -> tuple[CaseResult, ...]:
    """Return the first cases that did not pass, for a screen that has to be short."""
    failed = (case for case in report.cases if case.verdict not in {Verdict.PASSED, Verdict.BLOCKED})
    return tuple(islice(failed, most))


def explained(report: Report, num: int) -> tuple[list[CaseResult], int]:
    """Return the failed cases that are explained, in the suite's order, and how many more there are.

    The first is among them, because a person begins there; then one for each mistake that was named, because
    nothing says more; then those of functions and lines that no earlier case was about, because the others often
    have the same cause; then these.
    """
    cases = [case for case in report.cases if _has_more(case, report.problem)]
    first_named = {case.mistake: case for case in reversed(cases) if case.mistake}
    order = [*cases[:1], *reversed(first_named.values()), *_of_new_places(cases), *cases]
    chosen = {id(case) for case in list({id(case): case for case in order}.values())[:num]}
    return [case for case in cases if id(case) in chosen], max(0, len(cases) - num)


def _of_new_places(cases: list[CaseResult]) -> list[CaseResult]:
    """Return the cases of which neither the function that was called nor the line that raised came before."""
    found, seen = [], set[int | str]()
    for case in cases:
        frames = case.detail.frames
        places: set[int | str] = {case.detail.call.partition("(")[0], *(frame.line for frame in frames[-1:])}
        if seen.isdisjoint(places):
            found.append(case)
        seen |= places
    return found


def hint_label(case: CaseResult) -> str:
    """Return what a case's hint is: proven for this very code, or the author's advice for whoever fails here."""
    return tr("diagnosis") if case.mistake else tr("hint")


def proof() -> str:
    """Return what a diagnosis rests on, in one sentence."""
    return tr("your results are exactly those of this mistake")


def _has_more(case: CaseResult, problem: CaseDetail | None) -> bool:
    if case.verdict in {Verdict.PASSED, Verdict.BLOCKED, Verdict.NOT_ATTEMPTED}:
        return False
    detail = case.detail
    evidence = bool(detail.call or detail.mismatch or detail.frames)
    if problem is not None and not evidence:
        return bool(case.hint)  # its message only repeats the problem
    return evidence or bool(case.hint or case.message or detail.exception)


def place(frame: Frame, column: int | None = None) -> str:
    """Return where a frame of the learner's traceback stands."""
    where = Place(line=frame.line, cell=frame.cell)
    if column is not None:
        return where.with_column(column)
    if frame.function in {"", "<module>"}:
        return str(where)
    return tr("{place}, in {function}", place=where, function=one_line(frame.function))


def caret(detail: CaseDetail) -> str:
    """Return a line with a caret under the problem's column in the last frame's source; empty if unknown."""
    if detail.column is None or not detail.frames:
        return ""
    source = detail.frames[-1].source.rstrip("\n")
    before = clean(source[: max(0, detail.column - 1)])
    return " " * width(before) + "^"


def command(report: Report, look: Look, *options: str) -> str:
    """Return the command that grades this file again."""
    named = [] if report.path == f"{report.exercise_id}.py" else [report.path]
    return look.command("check", report.exercise_id, *named, *options)


def next_step(report: Report, look: Look) -> str:
    """Return what to do now, in one sentence."""
    again = one_line(command(report, look))
    if report.verdict is Verdict.GRADER_ERROR:
        return tr("This is not your fault: run `grade doctor` to see what is wrong with this machine")
    if report.all_passed and report.is_public_only:
        return tr("Hand in `{path}`; test more cases of your own first", path=one_line(report.path))
    if report.all_passed:
        return tr("`{command}` says what to do now", command=look.command("next"))
    if report.problem is not None:
        return tr("First fix the problem shown at the top, then run `{command}`", command=again)
    if report.verdict is Verdict.NOT_ATTEMPTED:
        path = one_line(report.path)
        return tr("Write the functions in `{path}`, then run `{command}`", path=path, command=again)
    first = next(case for case in report.cases if case.verdict not in {Verdict.PASSED, Verdict.BLOCKED})
    return tr("Begin with “{title}”, then run `{command}`", title=one_line(first.title), command=again)


def seed_failure(report: Report) -> str:
    """Return the sentence above a failure that only another seed showed."""
    return tr("Full points, but with other random inputs (seed {seed}) this went wrong:", seed=report.seed)


def seed_step(report: Report, look: Look) -> str:
    """Return what to do about a failure that only another seed showed."""
    again = one_line(command(report, look, "--seed", str(report.seed)))
    return tr("`{command}` shows it again", command=again)


def seeds_passed(num_seeds: int) -> str:
    """Return the sentence after the further seeds went well."""
    return tr("and {num} further seeds went well", num=num_seeds)


def shortened(text: str) -> str:
    """Return `text` cut to the number of characters worth reading."""
    return text if len(text) <= MAX_CHARACTERS else text[:MAX_CHARACTERS] + " …"


def printed(output: str, max_lines: int) -> tuple[Sequence[str], int]:
    """Return the first lines that a submission printed, and how many more there are."""
    lines = output.strip("\n").splitlines()
    return lines[:max_lines], max(0, len(lines) - max_lines)
