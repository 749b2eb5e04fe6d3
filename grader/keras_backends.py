"""Which of Keras's backends are installed, found without importing any."""

from __future__ import annotations

from importlib import metadata
from importlib.util import find_spec

BACKENDS = ("tensorflow", "jax", "torch")  # in the order of preference


def installed_backends() -> dict[str, str]:
    """Return the version of each backend that is installed, without importing any."""
    found = {}
    for name in BACKENDS:
        if find_spec(name) is not None:
            try:
                found[name] = metadata.version(name)
            except metadata.PackageNotFoundError:
                found[name] = "?"
    return found
