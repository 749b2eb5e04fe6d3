"""The course's own code as subjects: the solution, and the solution with a known mistake in it.

A numpy solution runs in the grader, behind the same border as a submission. One that needs more (Keras) runs in
a worker of its own, so that the grader never imports TensorFlow.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import cached_property
from types import CodeType
from typing import TYPE_CHECKING

from grader.course import Exercise
from grader.errors import ExerciseError
from grader.sandbox.host import Session
from grader.sandbox.launch import Launcher
from grader.sandbox.local import LocalModule, compile_trusted
from grader.suite.effort import Effort, compile_counted
from grader.suite.plugin import LocalSubject
from grader.suite.subject import CourseSubject
from grader.suite.trial import Subject

if TYPE_CHECKING:  # needed only when a case fails
    from grader.suite.mistake_sources import MistakeSource
    from grader.suite.mistakes import Mistake

_PATIENCE = 4  # the course's own code gets this many times the submission's limits


class Reference:
    """Makes subjects from an exercise's solution and known mistakes.

    Args:
        exercise: Whose code it is.
        launcher: Starts the workers of this exercise.
        seed: Of the workers' global random generators.
    """

    def __init__(self, exercise: Exercise, launcher: Launcher, *, seed: int) -> None:
        self._exercise = exercise
        self._launcher = launcher
        self._seed = seed
        self.effort = Effort()  # of what is run again with mistakes in it
        path = exercise.solution
        self._code = compile("", "solution.py", "exec") if path is None else compile_trusted(path)

    def solution(self) -> Subject:
        """Return a fresh reference solution."""
        if not self._exercise.needs_worker or self._exercise.solution is None:
            return LocalSubject(LocalModule(self._code))
        return self._in_worker(self._exercise.solution.read_text("utf-8"))

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        """The known mistakes, in the order of `mistakes.py`."""
        if self._exercise.needs_worker:
            return tuple(item.mistake for item in self._sources)
        from grader.suite.mistakes import load_mistakes

        return load_mistakes(self._exercise, self.effort)

    @cached_property
    def _uses(self) -> dict[str, set[str]]:
        """For each top-level name of the solution, the names that its value rests on, itself included."""
        path = self._exercise.solution
        tree = ast.parse("" if path is None else path.read_text("utf-8"))
        direct = {
            node.name: {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)} | {node.name}
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
        for _ in direct:  # at most as many rounds as there are names
            for names in direct.values():
                names |= {deeper for name in names & direct.keys() for deeper in direct[name]}
        return direct

    def overlaps(self, left: int, right: int) -> bool:
        """Return whether two mistakes stand in for a common name, so that no solution can hold both."""
        return not self.mistakes[left].replaces.keys().isdisjoint(self.mistakes[right].replaces)

    def matters(self, index: int, functions: set[str]) -> bool:
        """Return whether a mistake can change what these functions of the solution do; in doubt it can."""
        if not functions <= self._uses.keys():
            return True  # a function that the suite defined may call anything
        reached = {name for function in functions for name in self._uses.get(function, {function})}
        return not reached.isdisjoint(self.mistakes[index].replaces)

    @property
    def is_local(self) -> bool:
        """Whether the solution and its mistakes run here, in a fraction of a millisecond."""
        return not self._exercise.needs_worker and self._exercise.solution is not None

    def with_mistakes(self, indices: tuple[int, ...]) -> Subject:
        """Return a fresh local solution in which these mistakes stand; their names do not overlap."""
        replaced = {name: value for index in indices for name, value in self.mistakes[index].replaces.items()}
        return LocalSubject(LocalModule(self._counted, replaced, self.effort.bindings))

    def with_mistake(self, index: int) -> Subject:
        """Return a fresh solution in which the mistake of that index stands."""
        if self._exercise.needs_worker:
            return self._in_worker(self._sources[index].source)
        return self.with_mistakes((index,))

    @cached_property
    def _counted(self) -> CodeType:
        """The solution as code that counts its steps."""
        path = self._exercise.solution
        return self._code if path is None else compile_counted(path)

    @cached_property
    def _sources(self) -> tuple[MistakeSource, ...]:
        if self._exercise.mistakes is None or self._exercise.solution is None:
            raise ExerciseError("This course has no mistakes", hint="Run it from the teacher's course")
        from grader.suite.mistake_sources import read_mistake_sources

        return read_mistake_sources(self._exercise.mistakes, self._exercise.solution)

    def _in_worker(self, source: str) -> CourseSubject:
        limits = self._exercise.limits
        session = Session(
            self._launcher,
            source=source,
            filename=f"{self._exercise.id}.py",
            entry_points=self._exercise.entry_points,
            limits=replace(
                limits, case_s=limits.case_s * _PATIENCE, submission_s=limits.submission_s * _PATIENCE
            ),
            seed=self._seed,
        )
        return CourseSubject(session)
