"""Which modules a command line loads, and that none of its commands is missing."""

import subprocess
import sys
from importlib import import_module

import pytest
import typer
from typer.main import get_command

from grader.cli import app
from grader.cli.help import command_word


def commands_of(module):
    alone = typer.Typer()
    import_module(f"grader.cli.{module}").register(alone)
    names = [info.name or info.callback.__name__ for info in alone.registered_commands]
    return [*names, *(info.typer_instance.info.name for info in alone.registered_groups)]


@pytest.mark.parametrize("module", app._MODULES)
def test_the_table_of_modules_names_their_commands(module):
    assert commands_of(module) == list(app._MODULES[module])


def test_without_a_command_all_are_there():
    expected = {name for names in app._MODULES.values() for name in names}
    assert set(get_command(app.new_app()).commands) == expected
    assert set(get_command(app.new_app(["--lang", "ko", "--help"])).commands) == expected
    assert set(get_command(app.new_app(["chekc", "ex05"])).commands) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["check", "ex05"], "check"),
        (["--lang", "ko", "check"], "check"),
        (["--lang=ko", "--plain", "--course", "list", "hint"], "hint"),
        (["check", "--course"], None),
        (["--version"], None),
        (["--course", "check"], None),
        ([], None),
    ],
)
def test_the_word_at_the_place_of_the_command(arguments, expected):
    assert command_word(arguments) == expected


def test_a_check_does_not_wait_for_the_modules_of_other_commands():
    code = "import sys; from grader.cli.main import run; run(['list']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "grader.cli.check_commands" in loaded
    needed = {
        "check_commands",
        "workspace_commands",
        "reference_commands",
    }  # the last two hold what others share
    assert not loaded & {f"grader.cli.{name}" for name in app._MODULES if name not in needed}
