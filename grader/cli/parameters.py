"""Arguments, options and help panels that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.help import later
from grader.cli.options import exercise_ids

LEARN = later("For learners")
TEACH = later("For teachers")
WRITE = later("For authors of exercises")
MACHINE = later("This machine")

ExerciseArgument = Annotated[
    str,
    typer.Argument(
        metavar="EXERCISE", help=later("The exercise's id, such as ex05."), autocompletion=exercise_ids
    ),
]
ExerciseOrLastArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="EXERCISE",
        help=later("The exercise's id, such as ex05; otherwise the one that you edited last."),
        autocompletion=exercise_ids,
    ),
]
SeedOption = Annotated[
    str | None,
    typer.Option("--seed", metavar="N", help=later("Seed of the random inputs; it is always shown.")),
]
DeviceOption = Annotated[
    str | None,
    typer.Option(
        "--device",
        metavar="auto|cpu|gpu",
        help=later("On what Keras computes; auto takes a GPU where there is one."),
    ),
]
BackendOption = Annotated[
    str | None,
    typer.Option(
        "--backend",
        metavar="tensorflow|jax|torch",
        help=later("With what Keras computes; otherwise the first of these that is installed."),
    ),
]
OutArgument = Annotated[
    Path, typer.Argument(metavar="OUT", help=later("The folder that `grade batch` wrote."))
]
