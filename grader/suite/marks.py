"""What an author says about a case, as decorators of a pytest function.

They are ordinary pytest marks, so that a suite stays an ordinary pytest file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pytest

from grader.language import Text
from grader.verdicts import Visibility

F = TypeVar("F", bound=Callable[..., Any])

NAMES = ("points", "title", "visibility", "hint", "requires")


def points(number: float) -> Callable[[F], F]:
    """Say how many points the case earns when it passes (default: 1)."""
    return pytest.mark.points(number)


def title(*, en: str, ko: str) -> Callable[[F], F]:
    """Say in both languages what the case is about."""
    return pytest.mark.title(Text(en=en, ko=ko))


def visibility(word: str) -> Callable[[F], F]:
    """Say when a learner may see the details in graded feedback: a word of `verdicts.Visibility`."""
    return pytest.mark.visibility(Visibility(word))


def hint(*, en: str, ko: str) -> Callable[[F], F]:
    """Give a hint that is shown when the case fails and no known mistake explains it better."""
    return pytest.mark.hint(Text(en=en, ko=ko))


def requires(*case_names: str) -> Callable[[F], F]:
    """Name cases without which this one is blocked, not failed."""
    return pytest.mark.requires(*case_names)


def mark_of(item: pytest.Item, name: str) -> Sequence[Any]:
    """Return the arguments of the item's closest mark `name`, or nothing."""
    mark = item.get_closest_marker(name)
    return () if mark is None else mark.args
