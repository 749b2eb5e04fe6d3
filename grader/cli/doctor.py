"""`grade doctor`: what works on this machine, found without importing anything heavy."""

from __future__ import annotations

import locale
import platform
import sys
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import typer

from grader import __version__
from grader.cli import console
from grader.cli.options import Options, options_of
from grader.errors import ExitCode, GraderError
from grader.language import active, tr

_NEEDED = ("numpy", "pytest", "rich", "typer", "msgpack")
_NEEDED_ON_LINUX = ("landlockpy", "pyseccomp")

Row = tuple[str, str, str]
_OK, _BAD, _INFO = "✓", "✗", "·"


def doctor(context: typer.Context, *, devices: bool = False) -> None:
    """Write what works; end with 3 where something that the grader needs does not.

    Args:
        context: Of the command line.
        devices: Whether each Keras backend is started to see on what it computes.
    """
    options = options_of(context)
    look = console.stdout_look(plain=options.plain)
    needed = [*_packages(), *_course(options)]
    rows = [*_program(), *needed, *_jail(), *_keras(), *(_devices(options) if devices else [])]
    rows += _language()
    words = {_OK: tr("ok"), _BAD: tr("missing"), _INFO: tr("note")}
    shown = [(console.status(mark, words[mark], look), label, text) for mark, label, text in rows]
    console.out(console.renderer(look).table((tr("Status"), tr("What"), tr("Found")), shown, look=look))
    is_broken = any(mark == _BAD for mark, _, _ in needed)
    raise typer.Exit(ExitCode.GRADER_FAILED if is_broken else ExitCode.ALL_PASSED)


def _program() -> list[Row]:
    python = f"{platform.python_version()}, {sys.executable}"
    return [
        (_OK, "grade", __version__),
        (_OK, "Python", python),
        (_INFO, tr("system"), f"{platform.system()} {platform.release()}, {platform.machine()}"),
    ]


def _packages() -> list[Row]:
    names = (*_NEEDED, *(_NEEDED_ON_LINUX if sys.platform == "linux" else ()))
    return [_package(name) for name in names]


def _package(name: str) -> Row:
    try:
        return _OK, name, metadata.version(name)
    except metadata.PackageNotFoundError:
        return _BAD, name, tr("not installed: `pip install {name}`", name=name)


def _jail() -> list[Row]:
    from grader.sandbox import confine

    rows: list[Row] = []
    for status in confine.probe():
        label = tr("jail: {part}", part=status.part)
        rows.append((_OK if status.is_available else _BAD, label, status.reason))
    if rows and all(mark == _OK for mark, _, _ in rows):
        return [*rows, (_OK, tr("jail"), tr("complete: code of others can be graded here"))]
    return [*rows, (_BAD, tr("jail"), tr("not complete: grade your own code only"))]


def _keras() -> list[Row]:
    from grader.keras_backends import installed_backends

    found = installed_backends()
    if find_spec("keras") is None or not found:
        return [(_INFO, "keras", tr("not here: exercises with Keras need `pip install 'neurograde[keras]'`"))]
    backends = ", ".join(f"{name} {version}" for name, version in found.items())
    rows: list[Row] = [(_OK, "keras", f"{metadata.version('keras')} ({backends})")]
    cards = _cards()
    said = ", ".join(cards) if cards else tr("no NVIDIA driver found")
    advice = tr("`grade doctor --devices` asks each backend")
    return [*rows, (_INFO, "GPU", f"{said}; {advice}")]


def _cards() -> list[str]:
    """Return the names of the cards that NVIDIA's driver lists: a file for each, nothing is started."""
    names = []
    for path in sorted(Path("/proc/driver/nvidia/gpus").glob("*/information")):
        try:
            lines = path.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            continue
        names += [line.partition(":")[2].strip() for line in lines if line.startswith("Model:")]
    return names


def _devices(options: Options) -> list[Row]:
    """Return on what each installed backend computes, asked in a process of its own."""
    from grader.keras_backends import installed_backends
    from grader.suite.keras_process import ReferenceProcess, ReferenceRequest

    rows: list[Row] = []
    for name in installed_backends():
        console.progress(name, plain=options.plain)
        try:
            process = ReferenceProcess(None, ReferenceRequest(backend=name))
            try:
                facts = process.facts
            finally:
                process.close()
            rows.append((_OK, f"keras: {name}", f"{facts.device.upper()} ({facts.device_name})"))
        except GraderError as error:
            rows.append((_BAD, f"keras: {name}", error.message))
    console.progress("", plain=options.plain)
    return rows


def _language() -> list[Row]:
    encodings = tr(
        "stdout {stdout}, files {files}",
        stdout=sys.stdout.encoding,
        files=locale.getpreferredencoding(do_setlocale=False),
    )
    return [(_INFO, tr("language"), active()), (_INFO, tr("encoding"), encodings)]


def _course(options: Options) -> list[Row]:
    try:
        course = options.course()
        exercises = course.exercises
    except GraderError as error:
        return [(_BAD, tr("course"), error.message)]
    has_solutions = any(exercise.solution_folder is not None for exercise in exercises)
    kind = tr("with solutions") if has_solutions else tr("a kit without solutions")
    found = tr("exercises: {num}; {kind}; in {root}", num=len(exercises), kind=kind, root=course.root)
    return [(_OK, tr("course"), found)]
