"""Known mistakes: the wrong solutions that learners really write, with the misconception's name and a hint."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import CodeType, ModuleType
from typing import Any, TypeVar

from grader.course import Exercise
from grader.errors import ExerciseError
from grader.language import Text
from grader.sandbox.local import LocalModule
from grader.suite.effort import Effort, compile_counted

T = TypeVar("T", bound=Callable[..., Any])
_ATTRIBUTE = "__grader_mistake__"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One wrong solution.

    Attributes:
        id: Names the misconception, such as `kernel_not_flipped`.
        replaces: The solution's names that it stands in for, each with what stands there instead.
        hint: For the learner; it asks and never tells.
    """

    id: str
    replaces: Mapping[str, Any]
    hint: Text


def mistake(id: str, *, replaces: str | tuple[str, ...], hint: Text) -> Callable[[T], T]:
    """Declare a wrong alternative for names of the solution.

    Args:
        id: The misconception's name; two mistakes of one id are two ways to write it.
        replaces: One name: the decorated function or class stands in for it. Several names: the decorated
            class holds an alternative for each.
        hint: For the learner, in both languages.
    """

    def mark(alternative: T) -> T:
        if isinstance(replaces, str):
            stands_in = {replaces: alternative}
        else:
            members = vars(alternative)
            missing = [name for name in replaces if name not in members]
            if missing:
                raise ExerciseError(
                    f"Mistake `{id}` has no alternative for {', '.join(missing)}",
                    hint=f"Define it in `{alternative.__name__}`",
                )
            stands_in = {name: members[name] for name in replaces}
        setattr(alternative, _ATTRIBUTE, Mistake(id=id, replaces=stands_in, hint=hint))
        return alternative

    return mark


def declared_mistakes(namespace: Mapping[str, Any]) -> tuple[Mistake, ...]:
    """Return the mistakes that a `mistakes.py` declares, in its order."""
    found = [getattr(value, _ATTRIBUTE, None) for value in namespace.values()]
    mistakes = {id(item): item for item in found if isinstance(item, Mistake)}
    return tuple(mistakes.values())


def run_mistakes_file(
    code: CodeType, solution: Mapping[str, Any], given: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Run a `mistakes.py` and return its globals.

    Args:
        code: The compiled file.
        solution: The reference module's globals: what `from solution import …` finds meanwhile.
        given: Names that are bound before it runs.

    Raises:
        ExerciseError: The file raised.
    """
    reference = ModuleType("solution")
    reference.__dict__.update(solution)
    module = ModuleType("mistakes")
    module.__dict__.update(given or {})
    module.__file__ = code.co_filename
    before = sys.modules.get("solution")
    sys.modules["solution"] = reference
    try:
        exec(code, module.__dict__)  # noqa: S102 - the course's own file
    except Exception as error:
        raise ExerciseError(
            f"`{code.co_filename}` raised {type(error).__name__}: {error}",
            hint="Run `grade verify` again after the fix",
        ) from error
    finally:
        if before is None:
            del sys.modules["solution"]
        else:
            sys.modules["solution"] = before
    return module.__dict__


def load_mistakes(exercise: Exercise, effort: Effort) -> tuple[Mistake, ...]:
    """Return the known mistakes of an exercise.

    Args:
        exercise: Whose.
        effort: Counts what they do when they are run.

    Raises:
        ExerciseError: `mistakes.py` cannot be loaded, or replaces what the solution does not define.
    """
    if exercise.mistakes is None or exercise.solution is None:
        return ()
    solution = LocalModule(compile_counted(exercise.solution), given=effort.bindings)
    namespace = run_mistakes_file(compile_counted(exercise.mistakes), solution.namespace, effort.bindings)
    mistakes = declared_mistakes(namespace)
    for item in mistakes:
        unknown = [name for name in item.replaces if name not in solution.namespace]
        if unknown:
            raise ExerciseError(
                f"Mistake `{item.id}` replaces {', '.join(unknown)}, which the solution does not define",
                hint=f"Expected one of {', '.join(exercise.names)}",
            )
    return mistakes
