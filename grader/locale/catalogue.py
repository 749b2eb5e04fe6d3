"""Extraction, update and compilation of the catalogue, with Babel (which only developers install)."""

from __future__ import annotations

import io
import string
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
PO_FILE = PACKAGE / "locale" / "ko" / "LC_MESSAGES" / "grader.po"
MO_FILE = PO_FILE.with_suffix(".mo")
_KEYWORDS = {"tr": None, "later": None}
# A fixed date: the file changes when its messages do, not when the script runs.
_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def extract() -> Catalog:
    """Return every message of the package, without translations."""
    template = Catalog(domain="grader", project="neurograde", creation_date=_DATE, charset="utf-8")
    found = extract_from_dir(
        PACKAGE, method_map=[("**.py", "python")], keywords=_KEYWORDS, strip_comment_tags=True
    )
    for filename, _, message, _, _ in sorted(found, key=lambda item: (item[0], item[1])):
        template.add(message, locations=[(f"grader/{filename}", 0)])
    return template


def read() -> Catalog:
    """Return the Korean catalogue as it stands."""
    if not PO_FILE.exists():
        return Catalog(locale="ko", domain="grader", creation_date=_DATE, revision_date=_DATE, fuzzy=False)
    with PO_FILE.open("rb") as file:
        return read_po(file, locale="ko", domain="grader")


def updated() -> Catalog:
    """Return the Korean catalogue with new messages added and old ones dropped; nothing is guessed."""
    catalog = read()
    catalog.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.header_comment = "# Korean catalogue of neurograde."
    catalog.creation_date = catalog.revision_date = _DATE
    catalog.last_translator = "The neurograde authors"
    catalog.language_team = "Korean"
    catalog.project, catalog.version = "neurograde", "1"
    catalog.msgid_bugs_address = ""
    catalog.fuzzy = False
    for message in catalog:
        message.flags.discard("python-format")  # our fields are in braces; `%` is a percent sign
    return catalog


def po_text(catalog: Catalog) -> bytes:
    """Return the catalogue as the text of a `.po` file."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, sort_output=False, include_lineno=False)
    return buffer.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """Return the catalogue as the bytes of a `.mo` file."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """Return the messages that have no Korean, or only a guess."""
    return [str(message.id) for message in catalog if message.id and (not message.string or message.fuzzy)]


def fields(text: str) -> set[str]:
    """Return the `{name}` fields of a message, each with its format."""
    parts = string.Formatter().parse(text)
    return {f"{name}:{spec}" if spec else name for _, name, spec, _ in parts if name is not None}
