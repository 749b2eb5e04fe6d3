"""What is documented: every command, in its own help and in the README."""

from pathlib import Path

import pytest
from typer.main import get_command

from grader.cli.app import new_app
from grader.language import activate, tr

README = Path(__file__).resolve().parents[1] / "README.md"
TOP = get_command(new_app()).commands
# Commands of a group by both names, such as `reference build`.
COMMANDS = TOP | {
    f"{name} {sub_name}": sub
    for name, group in TOP.items()
    for sub_name, sub in getattr(group, "commands", {}).items()
}
PARAMETERS = [param for command in COMMANDS.values() for param in command.params]
OPTIONS = sorted({option for param in PARAMETERS for option in param.opts if option.startswith("--")})


def test_the_commands_are_those_of_the_contract():
    assert set(TOP) == {
        "init",
        "next",
        "reset",
        "progress",
        "watch",
        "solution",
        "list",
        "show",
        "check",
        "hint",
        "verify",
        "new",
        "doctor",
        "reference",
        "batch",
        "release",
        "report",
        "export",
        "feedback",
        "override",
        "waive",
        "purge",
        "regrade",
        "replay",
        "demo",
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_examples_and_explained_parameters(name):
    command = COMMANDS[name]
    assert command.help
    assert command.epilog.startswith(f"grade {name}")
    assert all(param.help for param in command.params)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_is_translated(name):
    command = COMMANDS[name]
    messages = [command.help, command.rich_help_panel, *(param.help for param in command.params)]
    activate("ko")
    for message in messages:
        assert tr(message) != message


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name):
    assert f"`grade {name}" in README.read_text("utf-8")


@pytest.mark.parametrize("option", ["--lang", "--course", "--plain", "--version", "--install-completion"])
def test_every_shared_option_is_in_the_readme(option):
    assert option in README.read_text("utf-8")


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_of_a_command_is_in_the_readme(option):
    assert option in README.read_text("utf-8")
