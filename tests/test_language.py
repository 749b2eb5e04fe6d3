"""The catalogue: every message has Korean, the fields agree, and the compiled file is current."""

import ast
import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from grader.language import Text, activate, active, chosen, tr
from grader.locale import __main__ as script
from grader.locale import catalogue

PACKAGE = Path(__file__).resolve().parents[1] / "grader"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_course" not in path.parts)


def calls_of(name):
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield path.relative_to(PACKAGE), node


def literals():
    """Return every literal first argument of `tr` and `later`, found without Babel."""
    found = {}
    for name in ("tr", "later"):
        for path, call in calls_of(name):
            if call.args and isinstance(call.args[0], ast.Constant):
                found[call.args[0].value] = f"{path}:{call.lineno}"
    return found


@pytest.fixture(scope="module")
def korean():
    return {message.id: message for message in catalogue.read() if message.id}


def test_every_message_of_the_source_has_korean(korean):
    missing = [f"{where}: {message!r}" for message, where in literals().items() if message not in korean]
    missing += [repr(name) for name, entry in korean.items() if not entry.string]
    assert not missing, "run `python -m grader.locale`, then write the Korean"
    assert len(korean) > 200


def test_no_entry_is_a_guess(korean):
    assert not [name for name, entry in korean.items() if entry.fuzzy]


def test_no_entry_is_left_over(korean):
    assert set(korean) == set(literals())
    assert not catalogue.read().obsolete


def test_fields_agree(korean):
    wrong = [
        name for name, entry in korean.items() if catalogue.fields(name) != catalogue.fields(entry.string)
    ]
    assert not wrong


def test_commands_in_backquotes_agree(korean):
    """What a person is to type is the same in both languages."""
    for name, entry in korean.items():
        for command in name.split("`")[1::2]:
            if command.startswith(("grade ", "pip ")):
                assert f"`{command}`" in entry.string


def test_korean_is_korean(korean):
    """Only what is code in both languages may stand without Korean letters."""
    same = {
        name for name, entry in korean.items() if not any("가" <= letter <= "힣" for letter in entry.string)
    }
    assert same <= {"dtype", "shape", "UTF-16", "grade doctor", "`{id}`: {verdict} {message}"}


def test_fields_are_filled_by_keywords_that_the_message_has():
    wrong = []
    for path, call in calls_of("tr"):
        if not (call.args and isinstance(call.args[0], ast.Constant)):
            continue
        given = {keyword.arg for keyword in call.keywords}
        wanted = {field.partition(":")[0] for field in catalogue.fields(call.args[0].value)}
        if given and None not in given and given != wanted:  # without any, it is formatted later
            wrong.append(f"{path}:{call.lineno}")
    assert not wrong


def test_no_message_is_put_together_before_it_is_looked_up():
    """An f-string or a sum is another message at every run: the catalogue cannot hold it."""
    wrong = [
        f"{path}:{call.lineno}"
        for name in ("tr", "later")
        for path, call in calls_of(name)
        if call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert not wrong


def test_every_text_in_the_package_is_bilingual():
    for path, call in calls_of("Text"):
        if path.name == "terminal.py":  # rich's Text
            continue
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if None in given:
            continue
        assert set(given) == {"en", "ko"}, path
        assert all(not isinstance(value, ast.Constant) or value.value.strip() for value in given.values()), (
            path
        )


def test_the_compiled_file_is_current(korean):
    with catalogue.MO_FILE.open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    compiled.pop("")
    assert compiled == {name: entry.string for name, entry in korean.items()}


def test_the_script_would_change_nothing():
    assert catalogue.po_text(catalogue.updated()).count(b"msgid") == catalogue.PO_FILE.read_bytes().count(
        b"msgid"
    )
    assert catalogue.untranslated(catalogue.updated()) == []


def test_the_script_names_what_needs_korean():
    catalog = Catalog(locale="ko")
    catalog.add("done", "끝")
    catalog.add("missing")
    catalog.add("guessed", "추측", flags=["fuzzy"])
    assert catalogue.untranslated(catalog) == ["missing", "guessed"]


def test_fields_of_a_message():
    assert catalogue.fields("{a} of {b:.3g} {{no}}") == {"a", "b:.3g"}


def test_the_script_writes_both_files(tmp_path, monkeypatch, capsys):
    """On a copy, so that no test writes into the source."""
    copy = tmp_path / "new" / "grader.po"
    current = catalogue.PO_FILE.read_bytes()
    monkeypatch.setattr(catalogue, "PO_FILE", copy)
    monkeypatch.setattr(catalogue, "MO_FILE", copy.with_suffix(".mo"))
    assert script.main() == 1  # from nothing: every message lacks its Korean
    assert "no Korean yet: 'passed'" in capsys.readouterr().err
    copy.write_bytes(current)
    assert script.main() == 0
    assert capsys.readouterr().out.endswith("messages, 0 without Korean\n")
    with copy.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("passed") == "통과"


# Choosing and using a language


def test_tr_speaks_the_active_language():
    assert tr("passed") == "passed"
    activate("ko")
    assert active() == "ko"
    assert tr("passed") == "통과"
    assert tr("seed {seed}", seed=7) == "시드 7"
    assert tr("not in the catalogue {x}", x=1) == "not in the catalogue 1"


def test_a_text_speaks_the_active_language():
    text = Text(en="kernel", ko="커널")
    assert str(text) == "kernel"
    activate("ko")
    assert str(text) == "커널"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="'fr'"):
        activate("fr")


@pytest.mark.parametrize(
    ("arguments", "environ", "language"),
    [
        (["--lang", "ko", "list"], {"LANG": "en_US.UTF-8"}, "ko"),
        (["list", "--lang=ko"], {}, "ko"),
        (["list", "--lang", "en"], {"GRADE_LANG": "ko"}, "en"),
        (["list"], {"GRADE_LANG": "ko", "LC_ALL": "C"}, "ko"),
        (["list"], {"GRADE_LANG": "en", "LANG": "ko_KR.UTF-8"}, "en"),
        (["list"], {"LANG": "ko_KR.UTF-8"}, "ko"),
        (["list"], {"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, "en"),
        (["list", "--lang"], {"LANG": "C"}, "en"),
        (["list", "--lang", "fr"], {"LANG": "ko_KR.UTF-8"}, "ko"),
    ],
)
def test_the_language_is_chosen_from_option_then_environment(arguments, environ, language):
    assert chosen(arguments, environ) == language
