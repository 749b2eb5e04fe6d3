"""Entry point of `grade`: the only place where an error becomes text on stderr and an exit code."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Sequence

from grader.cli import console
from grader.errors import ExitCode, GraderError, UsageError
from grader.language import activate, active, chosen, tr
from grader.sandbox.start import ONE_THREAD, start_early

_INTERRUPTED = 130  # 128 + SIGINT, as shells have it
_PIPE_CLOSED = 141  # 128 + SIGPIPE


def main() -> None:
    """Run the command line of this process."""
    # A command lives for less than a second: collecting the garbage of its imports would take a tenth of that.
    gc.disable()
    console.fill_closed_streams()  # first: what is opened next must not get their numbers
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # closed, or nobody reads it any more
            stream.flush()
    os._exit(code)  # all is written and closed; taking numpy and pytest apart would cost another 20 ms


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    console.make_safe()
    os.environ.update(ONE_THREAD)  # before numpy is loaded
    if {"check", "hint"} & set(
        arguments[:6]
    ):  # the worker's imports take as long as ours: let them run side by side
        start_early()
    try:
        wanted = chosen(arguments)
        # Before anything is said, so that help has its language. JSON can hold Korean in any encoding.
        activate(wanted if "json" in arguments else console.shown_language(wanted))
        if active() != wanted:
            console.show_no_korean()
        code = _dispatch(arguments)
        console.out("")
    except GraderError as error:
        console.show_error(error)
        code = error.exit_code
    except KeyboardInterrupt:
        console.show_interrupted()
        code = _INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        code = _PIPE_CLOSED
    except Exception as bug:  # noqa: BLE001 - the last border: a bug must not look like "some case failed"
        console.show_bug(bug)
        code = ExitCode.GRADER_FAILED
    return code


def _dispatch(arguments: Sequence[str]) -> int:
    import typer
    from typer.main import get_command

    from grader.cli.app import new_app

    if "_GRADE_COMPLETE" in os.environ:  # the shell asks what may follow
        get_command(new_app()).main(args=list(arguments), prog_name="grade")
    command = get_command(new_app(arguments))
    # What every wrong command line raises; typer has no public name for it.
    parser_error: type[BaseException] = typer.BadParameter.__bases__[0]
    try:
        with command.make_context("grade", list(arguments)) as context:
            command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except parser_error as error:
        raise _translated(error) from None
    return ExitCode.ALL_PASSED


def _translated(error: BaseException) -> UsageError:
    """Return what the parser of the command line says, in our words."""
    from grader.cli.help import help_hint

    context = getattr(error, "ctx", None)
    hint = help_hint(context.command_path if context else "grade")
    option = str(getattr(error, "option_name", ""))
    said = str(getattr(error, "message", error))
    match type(error).__name__:
        case "NoSuchOption":
            message = tr("There is no option `{option}`", option=option)
            near = sorted(getattr(error, "possibilities", None) or [])
            if near:
                hint = tr("Did you mean `{option}`?", option=near[0])
        case "BadOptionUsage" if "does not take" in said:
            message = tr("`{option}` takes no value", option=option)
        case "BadOptionUsage":
            message = tr("`{option}` needs a value", option=option)
        case "MissingParameter":
            param = getattr(error, "param", None)
            name = (getattr(param, "metavar", None) or str(getattr(param, "name", ""))).upper()
            message = tr("Something is missing. Expected {name}", name=name)
        case _:
            message = said
    return UsageError(message, hint=hint)


def _forget_stdout() -> None:
    """Point stdout at nothing: whoever read it has gone, and Python would complain when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
