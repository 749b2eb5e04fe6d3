"""What the author declares about a case: the marks of a test function as a record."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from grader.language import Text
from grader.suite.marks import NAMES, mark_of
from grader.verdicts import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDeclaration:
    """What the author says about one case.

    Attributes:
        is_titled: Whether the author gave a title; otherwise the id stands for it.
    """

    case_id: str
    title: Text
    max_points: float
    visibility: Visibility
    hint: Text | None
    requires: tuple[str, ...]
    is_titled: bool
    file: str


def declare(item: pytest.Function) -> CaseDeclaration:
    """Return what the marks of a collected test function say."""
    marks = {name: mark_of(item, name) for name in NAMES}
    is_public = item.path.name == "test_public.py"
    default = Visibility.VISIBLE if is_public else Visibility.HIDDEN
    title = marks["title"][0] if marks["title"] else Text(en=item.name, ko=item.name)
    return CaseDeclaration(
        case_id=item.name,
        title=title,
        max_points=float(marks["points"][0]) if marks["points"] else 1.0,
        visibility=marks["visibility"][0] if marks["visibility"] else default,
        hint=marks["hint"][0] if marks["hint"] else None,
        requires=tuple(marks["requires"]),
        is_titled=bool(marks["title"]),
        file=item.path.name,
    )
