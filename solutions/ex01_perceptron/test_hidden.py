"""Hidden suite of ex01: every shape that a step and a perceptron may get, ties, and training that must end.

Random inputs are small multiples of a power of two, so that sums are exact in whatever order they are added:
a sum of 0 is 0 for everyone. A case makes its calls before it compares the first result, so that a diagnosis
sees all of them. What training returns is graded by the side on which each sample lies, never by its weights.
"""

import numpy as np

from grader.language import Text
from grader.suite.compare import assert_array, assert_close, assert_unchanged, require
from grader.suite.marks import hint, points, requires, title

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
GATES = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "NAND": [1, 1, 1, 0]}
XOR = [0, 1, 1, 0]


def inputs(rng, *shape):
    """Draw whole numbers and halves from -4 to 4."""
    return rng.integers(-8, 9, size=shape) / 2


def signs(rng, *shape):
    """Draw numbers of both signs and none of them 0: at least one of each sign, in random places."""
    size = int(np.prod(shape))
    drawn = rng.integers(1, 9, size=size) / 2
    drawn[: size // 2] *= -1
    return drawn[rng.permutation(size)].reshape(shape)


def separable(rng, num, n):
    """Draw samples and the targets that a line gives them, with both classes, in random order.

    Of the line w·x + b = 0, w has length 1 and b lies within ±0.5; no sample is nearer to it than 0.5, and
    none has a coordinate beyond ±2. By Novikoff's bound (4n + 1) · (1 + 0.25) / 0.25 updates are enough, in
    whatever order the samples come: 65 for n = 3, so that 100 epochs always do.
    """
    w = rng.normal(size=n)
    w /= np.sqrt(np.sum(w**2))
    b = float(rng.uniform(-0.5, 0.5))
    while True:
        X = rng.integers(-8, 9, size=(8 * num, n)) / 4
        sums = X @ w + b
        below, above = X[sums < -0.5], X[sums > 0.5]
        if len(below) >= num // 2 and len(above) >= num // 2:
            break
    X = np.concatenate([below[: num // 2], above[: num // 2]])
    t = np.repeat([0, 1], num // 2)
    order = rng.permutation(len(X))
    return X[order], t[order]


def unit(pair, n):
    """Return w and b as floats, once they are known to be finite numbers in the right shapes."""
    require(
        isinstance(pair, tuple | list) and len(pair) == 2,
        Text(en="Expected the pair (w, b)", ko="(w, b) 두 개를 돌려주어야 해요"),
        received=pair,
    )
    w, b = pair
    floats = [value for value in pair if isinstance(value, np.ndarray | float)]
    require(
        all(value.dtype.kind not in "fc" or np.all(np.isfinite(value)) for value in map(np.asarray, floats)),
        Text(en="Expected finite numbers in w and b", ko="w와 b는 유한한 수여야 해요"),
        received=floats,
    )
    # Any finite numbers will do: only type and shape are compared.
    assert_close(w, np.zeros(n), rtol=0, atol=np.inf, name="w")
    assert_close(b, np.zeros_like(b) if np.ndim(b) == 1 else 0.0, rtol=0, atol=np.inf, name="b")
    return np.asarray(w, dtype=float), float(np.asarray(b, dtype=float).sum())


def check_separates(pair, X, t):
    """Check that `pair` is (w, b), and that this unit gives every sample its target."""
    w, b = unit(pair, X.shape[1])
    with np.errstate(all="ignore"):
        outputs = np.where(X @ w + b > 0, 1, 0)
    shown = ", ".join(f"{weight:.6g}" for weight in w)
    assert_close(outputs, t, name=f"step(X @ w + b), w = [{shown}], b = {b:.6g}")


# ------------------------------------------------------------------------------------------- step function
