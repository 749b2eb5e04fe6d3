"""Help that teaches: one page for each command, in the active language, with examples.

typer's own pages are bypassed: they speak English only, break lines by letters instead of terminal columns,
and importing rich for them costs a tenth of a second.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

from grader.errors import UsageError
from grader.language import tr
from grader.report.clean import pad, width, wrap
from grader.report.look import look_of

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter, Parameter

_VALUE_OPTIONS = ("--lang", "--course")  # may stand before or behind the command
_FLAGS = ("--plain",)
_BOLD, _CYAN, _DIM, _RESET = "\x1b[1m", "\x1b[36m", "\x1b[2m", "\x1b[0m"
_MAX_TERM = 26  # columns of an option's name; a longer one stands on a line of its own


def later(message: str) -> str:
    """Mark a message for the catalogue that `tr` looks up when it is shown."""
    return message


# What typer says of its own options.
_TYPERS_OWN = (
    later("Install completion for the current shell."),
    later("Show completion for the current shell, to copy it or customize the installation."),
    later("Show this message and exit."),
)


class HelpfulCommand(TyperCommand):
    """A command with our help page and our errors."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the command's page."""
        formatter.write(_page(self, ctx, []))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse, and refuse arguments that are too many."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise UsageError(
                tr(
                    "`{command}` does not take so many arguments. Left over: {rest}",
                    command=ctx.command_path,
                    rest=" ".join(rest),
                ),
                hint=help_hint(ctx.command_path),
            )
        return rest


class HelpfulGroup(TyperGroup):
    """The command `grade` itself."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the page with every command."""
        formatter.write(_page(self, ctx, [self.commands[name] for name in self.list_commands(ctx)]))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse with the options that may stand anywhere moved to the front."""
        return super().parse_args(ctx, hoisted(args))

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that is meant, or say which one may have been."""
        if (
            args
            and args[0] not in self.commands
            and not args[0].startswith("-")
            and not ctx.resilient_parsing
        ):
            near = get_close_matches(args[0], self.commands, n=1)
            suggestion = (
                tr("Did you mean `{command}`?", command=f"{ctx.command_path} {near[0]}")
                if near
                else help_hint(ctx.command_path)
            )
            raise UsageError(tr("There is no command `{name}`", name=args[0]), hint=suggestion)
        return super().resolve_command(ctx, args)


def hoisted(args: Sequence[str]) -> list[str]:
    """Return `args` with `--lang`, `--course` and `--plain` in front of everything else, up to a `--`."""
    end = args.index("--") if "--" in args else len(args)
    front: list[str] = []
    rest: list[str] = []
    position = 0
    while position < end:
        size = 2 if args[position] in _VALUE_OPTIONS else 1
        is_ours = (
            size == 2
            or args[position] in _FLAGS
            or args[position].startswith(tuple(f"{name}=" for name in _VALUE_OPTIONS))
        )
        (front if is_ours else rest).extend(args[position : min(position + size, end)])
        position += size
    return [*front, *rest, *args[end:]]


def command_word(args: Sequence[str]) -> str | None:
    """Return the word of a command line that stands where a command must stand; None without one."""
    words = iter(hoisted(args))
    for word in words:
        if word in _VALUE_OPTIONS:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def help_hint(command_path: str) -> str:
    """Return the hint that leads to a command's page."""
    return tr("`{command} --help` shows what it takes", command=command_path)


def _page(command: Command, ctx: Context, commands: Sequence[Command]) -> str:
    look = look_of(sys.stdout, os.environ)
    summary, *paragraphs = _said(command.help).split("\n\n")
    lines = [*wrap(summary, look.width), "", _heading(tr("Usage"), _usage(command, ctx, commands)), ""]
    for paragraph in paragraphs:
        lines += [*wrap(paragraph, look.width), ""]
    panels: dict[str, list[tuple[str, str]]] = {}
    for entry in commands:
        pair = (entry.name or "", _said(entry.help).split("\n\n")[0])
        panels.setdefault(getattr(entry, "rich_help_panel", None) or "", []).append(pair)
    for panel, entries in panels.items():
        lines += _section(_said(panel), entries, look.width)
    params = command.get_params(ctx)
    arguments = [
        (_metavar(param), _help_of(param)) for param in params if param.param_type_name == "argument"
    ]
    options = [(_names(param), _help_of(param)) for param in params if param.param_type_name == "option"]
    lines += _section(tr("Arguments"), arguments, look.width)
    lines += _section(tr("Options"), options, look.width)
    if not commands and ctx.parent is not None:
        top = ctx.find_root().command
        shared = [param for param in top.params if {*param.opts} & {*_VALUE_OPTIONS, *_FLAGS}]
        lines += _section(tr("With every command"), [(_names(p), _help_of(p)) for p in shared], look.width)
    lines += _examples(_said(command.epilog))
    text = "\n".join(lines).rstrip("\n") + "\n"
    return look.fit(_colored(text) if look.color else text)


def _said(message: str | None) -> str:
    """Return a marked message in the active language; the empty message is the catalogue's header."""
    return tr(message) if message else ""


def _heading(label: str, text: str = "") -> str:
    return f"{label}: {text}".rstrip()


def _usage(command: Command, ctx: Context, commands: Sequence[Command]) -> str:
    pieces = [ctx.command_path, "[OPTIONS]"]
    if commands:
        pieces += ["COMMAND", "..."]
    for param in command.get_params(ctx):
        if param.param_type_name == "argument":
            name = _metavar(param)
            pieces.append(name if param.required else f"[{name}]")
    return " ".join(pieces)


def _metavar(param: Parameter) -> str:
    return (param.metavar or str(param.name).upper()) + ("..." if param.nargs == -1 else "")


def _names(param: Parameter) -> str:
    is_flag = bool(getattr(param, "is_flag", False))
    value = "" if is_flag or not param.metavar else f" {param.metavar}"
    return ", ".join([*param.opts, *param.secondary_opts]) + value


def _help_of(param: Parameter) -> str:
    return _said(getattr(param, "help", None))


def _section(label: str, entries: Sequence[tuple[str, str]], columns: int) -> list[str]:
    if not entries:
        return []
    term_width = min(_MAX_TERM, max(width(term) for term, _ in entries))
    lines = [_heading(label)]
    for term, text in entries:
        first, *more = wrap(text, columns - term_width - 4)
        if width(term) > term_width:
            lines += [f"  {term}", f"  {' ' * term_width}  {first}"]
        else:
            lines.append(f"  {pad(term, term_width)}  {first}".rstrip())
        lines += [f"  {' ' * term_width}  {line}" for line in more]
    return [*lines, ""]


def _examples(text: str) -> list[str]:
    """Return the examples of an epilog: lines of a command, two spaces, a number sign and what it does."""
    pairs = [line.partition("  # ") for line in text.splitlines()]
    if not pairs:
        return []
    longest = max(width(command) for command, _, _ in pairs)
    lines = [_heading(tr("Examples"))]
    for command, _, remark in pairs:
        lines.append(f"  {pad(command, longest)}  # {remark}" if remark else f"  {command}")
    return [*lines, ""]


def _colored(text: str) -> str:
    return "\n".join(_colored_lines(text.split("\n")))


def _colored_lines(lines: Iterable[str]) -> Iterable[str]:
    for number, line in enumerate(lines):
        if number == 0:
            yield f"{_BOLD}{line}{_RESET}"
        elif line.startswith("  ") and not line.startswith("   "):
            term, gap, text = line[2:].partition("  ")
            yield f"  {_CYAN}{term}{_RESET}{gap}{text}" if text else f"  {_CYAN}{term}{_RESET}"
        elif line.endswith(":") and not line.startswith(" "):
            yield f"{_BOLD}{line}{_RESET}"
        else:
            yield line
