"""Auto-grading for an introductory deep-learning course.

The answer never enters the student's process: hidden suites, solutions and expected values live in the
grader; the submission lives in a jailed worker; only plain values cross.
"""

__version__ = "0.1.0"


def load_ipython_extension(shell: object) -> None:
    """Register `%grade`, `%hint` and `%progress` in a notebook: `%load_ext grader`."""
    from importlib import (
        import_module,
    )  # by name: this package is the lowest layer, the magics are the highest

    import_module("grader.ipython").load(shell)
