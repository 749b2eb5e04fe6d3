"""Whether the packages that an exercise's submissions may use are installed here."""

from __future__ import annotations

import importlib.util

from grader.course import Exercise
from grader.errors import SandboxError
from grader.language import tr


def check_packages(exercise: Exercise) -> None:
    """Raise SandboxError where the packages that submissions may use are not installed."""
    missing = [name for name in exercise.allowed_imports if importlib.util.find_spec(name) is None]
    if missing:
        raise SandboxError(
            tr(
                "{id} is not available here: it needs {packages}, which is not installed",
                id=exercise.id,
                packages=", ".join(missing),
            ),
            hint=tr(
                "Install it with `pip install 'neurograde[keras]'`, or from a checkout `pip install '.[keras]'`"
            ),
        )
