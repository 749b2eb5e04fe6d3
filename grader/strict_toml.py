"""TOML read strictly: every key, type and value is checked, and an error names file, key and remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from reprlib import Repr
from typing import TypeGuard

from grader.errors import ExerciseError
from grader.language import tr


def shown(value: object) -> str:
    """Return a short `repr` of any value that TOML can hold."""
    short = Repr()
    short.maxstring = short.maxother = short.maxlong = 60
    short.maxlevel = 3
    try:
        return short.repr(value)
    except ValueError:  # an integer too long to be written in decimal
        return type(value).__name__


def is_line(value: object) -> TypeGuard[str]:
    """Return whether `value` is one printable line of text that is not blank."""
    return isinstance(value, str) and value.isprintable() and bool(value.strip())


def read_toml(file: Path, *, hint: str) -> dict[str, object]:
    """Return the table that `file` holds; a byte order mark is no error.

    Raises:
        ExerciseError: The file cannot be read or is not valid TOML in UTF-8.
    """
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ExerciseError(
            tr("`{file}` cannot be read: {reason}", file=file, reason=error.strerror), hint=hint
        ) from error
    except (ValueError, RecursionError) as error:  # not TOML, not UTF-8, or nested beyond all reason
        raise ExerciseError(
            tr("`{file}` is not valid TOML: {reason}", file=file, reason=error), hint=hint
        ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a TOML file.

    Attributes:
        file: Where it stands; for messages.
        values: What it holds.
        hint: What an author does once the error is put right.
        examples: For each key, a line that would be accepted.
        prefix: Where in the file the table stands, such as `limits.`; for messages.
    """

    file: Path
    values: Mapping[str, object]
    hint: str
    examples: Mapping[str, str]
    prefix: str = ""

    def problem(self, key: str, *, expected: str, received: str) -> ExerciseError:
        """Return the error that says what is wrong with one key."""
        example = self.examples.get(self.prefix.partition("[")[0] + key, "")
        remedy = (
            tr("Write for example `{example}`. {hint}", example=example, hint=self.hint)
            if example
            else self.hint
        )
        return ExerciseError(
            tr(
                "`{file}`: the key `{key}` is wrong. Expected {expected}. Received: {received}",
                file=self.file,
                key=self.prefix + key,
                expected=expected,
                received=received,
            ),
            hint=remedy,
        )

    def check_keys(self, *, required: Sequence[str], optional: Sequence[str] = ()) -> None:
        """Refuse a key that is unknown or missing.

        Raises:
            ExerciseError: There is one.
        """
        known = [*required, *optional]
        for key in self.values:
            if key not in known:
                raise self._unknown(key, known)
        for key in required:
            if key not in self.values:
                raise self.problem(key, expected=tr("this key"), received=tr("nothing: the key is missing"))

    def _unknown(self, key: str, known: Sequence[str]) -> ExerciseError:
        from difflib import get_close_matches

        nearest = get_close_matches(key[:80], known, n=1, cutoff=0.5)
        names = ", ".join(f"`{self.prefix}{name}`" for name in known)
        remedy = (
            tr("Did you mean `{key}`? {hint}", key=self.prefix + nearest[0], hint=self.hint)
            if nearest
            else tr("Remove the key. {hint}", hint=self.hint)
        )
        return ExerciseError(
            tr(
                "`{file}`: there is no key of this name. Expected one of {names}. Received: {key}",
                file=self.file,
                names=names,
                key=shown(self.prefix + key),
            ),
            hint=remedy,
        )

    def integer(self, key: str, *, minimum: int, maximum: int, default: int | None = None) -> int:
        """Return an integer; True and False are none. A key that is not there has the default value."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not minimum <= value <= maximum:
            expected = tr("an integer from {minimum} to {maximum}", minimum=minimum, maximum=maximum)
            raise self.problem(key, expected=expected, received=shown(value))
        return value

    def number(self, key: str, *, maximum: int, default: float | None = None) -> float:
        """Return a number above 0; True, False and NaN are none. A key that is not there has the default."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= maximum:
            expected = tr("a number above 0 and at most {maximum}", maximum=maximum)
            raise self.problem(key, expected=expected, received=shown(value))
        return float(value)

    def text(self, key: str) -> str:
        """Return a text of one printable line that is not blank."""
        value = self.values[key]
        if not is_line(value):
            raise self.problem(key, expected=tr("one line of text"), received=shown(value))
        return value

    def choice(self, key: str, choices: Sequence[str], *, default: str) -> str:
        """Return one of `choices`, or `default` where the key is missing."""
        value = self.text(key) if key in self.values else default
        if value not in choices and value != default:
            raise self.problem(key, expected=" | ".join(choices), received=shown(value))
        return value

    def texts(
        self,
        key: str,
        *,
        is_valid: Callable[[str], bool] = is_line,
        expected: str = "",
        min_size: int = 0,
    ) -> tuple[str, ...]:
        """Return a list of texts, all different; a key that is not there is an empty list."""
        values = self.values.get(key, [])
        what = expected or tr("lines of text")
        if not isinstance(values, list) or len(values) < min_size:
            form = (
                tr("a list of {what}") if min_size == 0 else tr("a list with at least one entry, of {what}")
            )
            raise self.problem(key, expected=form.format(what=what), received=shown(values))
        found: dict[str, None] = {}
        for position, value in enumerate(values):
            if not (is_line(value) and is_valid(value)):
                received = f"[{position}] = {shown(value)}"
                raise self.problem(key, expected=tr("a list of {what}", what=what), received=received)
            if value in found:
                raise self.problem(
                    key, expected=tr("each entry once"), received=tr("{value} twice", value=shown(value))
                )
            found[value] = None
        return tuple(found)

    def table(self, key: str) -> Table:
        """Return the table under `key`; a key that is not there is an empty table."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.problem(key, expected=tr("a table"), received=shown(value))
        return self._inner(value, f"{self.prefix}{key}.")

    def tables(self, key: str) -> Iterator[Table]:
        """Yield the tables of the array under `key`, of which there is at least one."""
        values = self.values[key]
        if not isinstance(values, list) or not values or not all(isinstance(value, dict) for value in values):
            raise self.problem(key, expected=tr("at least one table"), received=shown(values))
        for position, value in enumerate(values):
            yield self._inner(value, f"{self.prefix}{key}[{position}].")

    def _inner(self, values: Mapping[str, object], prefix: str) -> Table:
        return Table(file=self.file, values=values, hint=self.hint, examples=self.examples, prefix=prefix)
