"""The shape of the code: who may import whom, how long a module may be, what a start may load."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "grader"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_course" not in path.parts)

# From the top down: a module imports from its own layer or from one below it, never from one above.
LAYERS = [
    ["grader.cli", "grader.__main__", "grader.ipython"],
    ["grader.attacks"],
    ["grader.report"],
    ["grader.batch"],
    [
        "grader.watching",
        "grader.authoring",
        "grader.confusion",
        "grader.exercise_texts",
        "grader.explanations",
        "grader.scaffold",
        "grader.release",
        "grader.reference_banks",
        "grader.demo",
    ],
    ["grader.grading"],
    ["grader.suite"],
    ["grader.gradebook"],
    ["grader.sandbox", "grader.processes"],
    ["grader.intake"],
    ["grader.submission", "grader.notebook", "grader.source"],
    ["grader.standing"],
    ["grader.hints", "grader.workspace", "grader.progress"],
    ["grader.notebook_kit", "grader.attempts"],
    [
        "grader.course",
        "grader.course_folders",
        "grader.exercise_checks",
        "grader.exercise_files",
        "grader.idx_files",
        "grader.strict_toml",
        "grader.datasets",
    ],
    ["grader.verdicts"],
    ["grader.store"],
    [
        "grader.errors",
        "grader.language",
        "grader.locale",
        "grader.keras_backends",
        "grader.made_once",
        "grader",
    ],
]


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(name):
    while name:
        for number, prefixes in enumerate(LAYERS):
            if name in prefixes:
                return number
        name = name.rpartition(".")[0]
    raise AssertionError("a module without a layer")


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("grader"):
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("grader"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_arrows_point_down(path):
    own = layer_of(module_name(path))
    upward = [name for name in imports_of(path) if layer_of(name) < own]
    assert not upward


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_short_and_say_what_they_are(path):
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(ast.parse(text))


def test_packages_do_not_re_export():
    for path in PACKAGE.rglob("__init__.py"):
        body = ast.parse(path.read_text("utf-8")).body
        assert all(not isinstance(node, ast.Import | ast.ImportFrom) for node in body), path


def test_there_are_no_drawers():
    assert not [
        path for path in MODULES if path.stem in {"utils", "util", "helpers", "common", "misc", "base"}
    ]


def loaded_by(code):
    script = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_the_command_line_starts_light():
    loaded = loaded_by("import grader.cli.main")
    assert not loaded & {"numpy", "pytest", "tensorflow", "keras", "hypothesis", "msgpack"}


def test_the_grader_never_loads_tensorflow():
    loaded = loaded_by(
        "import grader.authoring, grader.suite.plugin, grader.suite.subject, grader.sandbox.launch"
    )
    assert "numpy" in loaded
    assert not loaded & {"tensorflow", "keras", "jax", "torch", "hypothesis"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_can_be_imported_without_fork_resource_or_sockets(path):
    """Importing must work where the platform has none of them (Windows)."""
    name = module_name(path)
    if name.endswith("__main__"):
        pytest.skip("importing it runs it")
    script = (
        "import sys, os, socket\n"
        "for name in ('resource', 'fcntl', 'pwd', 'grp', 'termios', 'landlockpy', 'pyseccomp'):\n"
        "    sys.modules[name] = None\n"
        "for owner, name in ((os, 'fork'), (socket, 'AF_UNIX'), (socket, 'send_fds'), (socket, 'recv_fds')):\n"
        "    if hasattr(owner, name):\n"
        "        delattr(owner, name)\n"
        f"import {name}\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
