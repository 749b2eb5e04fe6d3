"""Real data for exercises: small sets that come with the course, full sets that people bring themselves.

`load(name)` returns a `Dataset`, four fresh arrays. Labels are int64 in every set, so that their
differences do not wrap; images stay as they were published, unscaled.

| name | x_train, x_test | dtype, range of x | y |
|---|---|---|---|
| `and`, `or`, `nand`, `xor` | (4, 2) both: the truth table | float64, 0 and 1 | 0 and 1 |
| `digits` | (1437, 8, 8), (360, 8, 8) | uint8, 0 to 16 | 0 to 9 |
| `breast_cancer` | (455, 30), (114, 30) | float64, 0 to 4254 | 0 malignant, 1 benign |
| `fashion_mnist_small` | (4000, 28, 28), (1000, 28, 28) | uint8, 0 to 255 | 0 to 9, balanced |
| `fashion_mnist`, `mnist` | (60000, 28, 28), (10000, 28, 28) | uint8, 0 to 255 | 0 to 9 |

Theory of operation: the small sets are `.npz` files in the course's `datasets/`, checked against their
SHA-256 before they are parsed. The last two are never shipped and never downloaded. They are looked for in
the folder or file that the caller names, else in GRADE_DATA, in this program's cache folder and in that of
Keras; every array is checked against the published MD5 of its idx file, also where it comes from an `.npz`.
Source, licence and hashes of every file: `datasets/README.md`.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.course_folders import bundled_root
from grader.errors import StoreError, UsageError
from grader.idx_files import IdxFile, check, read_idx, read_npz
from grader.language import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DIGITS = tuple("0123456789")
_CLOTHES = (
    *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
    *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
)
_CELL = (
    *("radius", "texture", "perimeter", "area", "smoothness"),
    *("compactness", "concavity", "concave points", "symmetry", "fractal dimension"),
)
_CELL_FEATURES = (
    *(f"mean {measure}" for measure in _CELL),
    *(f"{measure} error" for measure in _CELL),
    *(f"worst {measure}" for measure in _CELL),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dataset:
    """Rows to train on and rows to test on; the module's table says which shapes, dtypes and ranges.

    Attributes:
        name: What it was loaded by.
        x_train: Inputs, one row a sample.
        y_train: int64 labels, shape (len(x_train),).
        x_test: Inputs of the test rows; a gate's truth table is both, since there are no other rows.
        y_test: int64 labels, shape (len(x_test),).
        class_names: What label 0, 1, … means.
        feature_names: The columns of a table; empty for images.
    """

    name: str
    x_train: NDArray[Any]
    y_train: NDArray[np.int64]
    x_test: NDArray[Any]
    y_test: NDArray[np.int64]
    class_names: tuple[str, ...]
    feature_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.x_train) != len(self.y_train) or len(self.x_test) != len(self.y_test):
            raise ValueError(f"`{self.name}`: rows and labels differ in number")


@dataclass(frozen=True, slots=True, kw_only=True)
class _SmallSet:
    """A set that comes with the course as `datasets/NAME.npz`."""

    sha256: str
    class_names: tuple[str, ...]
    feature_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _FullSet:
    """A set that people bring themselves: four idx files, or one `.npz` as Keras keeps it."""

    class_names: tuple[str, ...]
    files: Mapping[str, IdxFile]


def _idx_files(x_train: str, y_train: str, x_test: str, y_test: str) -> Mapping[str, IdxFile]:
    return {
        "x_train": IdxFile(name="train-images-idx3-ubyte", shape=(60000, 28, 28), md5=x_train),
        "y_train": IdxFile(name="train-labels-idx1-ubyte", shape=(60000,), md5=y_train),
        "x_test": IdxFile(name="t10k-images-idx3-ubyte", shape=(10000, 28, 28), md5=x_test),
        "y_test": IdxFile(name="t10k-labels-idx1-ubyte", shape=(10000,), md5=y_test),
    }


_GATES = {"and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "nand": (1, 1, 1, 0), "xor": (0, 1, 1, 0)}
_SMALL = {
    "digits": _SmallSet(
        sha256="9ecd4d8a9e0cd9eb218511e846881cf2b6f53316c1c53e2eb61caad44173ffa8",
        class_names=_DIGITS,
    ),
    "breast_cancer": _SmallSet(
        sha256="c5e7b1fabedcae3ef6a3f02788d5b718bacf78716a3ff92cc60a03e12de064ae",
        class_names=("malignant", "benign"),
        feature_names=_CELL_FEATURES,
    ),
    "fashion_mnist_small": _SmallSet(
        sha256="dc509dc449e33cc88790c58fec2c3ba5443b15583a3a24983347f71d0f289f0e",
        class_names=_CLOTHES,
    ),
}
_FULL = {
    "fashion_mnist": _FullSet(
        class_names=_CLOTHES,
        files=_idx_files(
            "f4a8712d7a061bf5bd6d2ca38dc4d50a",
            "9018921c3c673c538a1fc5bad174d6f9",
            "8181f5470baa50b63fa0f6fddb340f0a",
            "15d484375f8d13e6eb1aabb0c3f46965",
        ),
    ),
    "mnist": _FullSet(
        class_names=_DIGITS,
        files=_idx_files(
            "6bbc9ace898e44ae57da46a324031adb",
            "a25bea736e30d166cdddb491f175f624",
            "2646ac647ad5339dbf082846283269ea",
            "27ae3e4e09519cfbb04c329615203637",
        ),
    ),
}
_KNOWN = {idx.md5: f"{idx.name} ({name})" for name, full in _FULL.items() for idx in full.files.values()}
_MLP_WEIGHTS_SHA256 = "bc3cfd4a0205bf2e83501b8a5128bf73389c98793f22c87a6c2f5e7e3c82ddaa"
NAMES = (*_GATES, *_SMALL, *_FULL)


def load(name: str, *, path: str | Path | None = None) -> Dataset:
    """Return a dataset; nothing is ever downloaded.

    Args:
        name: One of `NAMES`.
        path: For `fashion_mnist` and `mnist`: the folder of the four idx files (`.gz` or not), one of these
            files, or an `.npz` with x_train, y_train, x_test, y_test. Without it the caches are searched.

    Raises:
        UsageError: There is no dataset of this name, its files are not on this machine, or they are not
            the published ones.
        StoreError: A file that comes with the course is missing or was changed.
        ExerciseError: This installation holds no course.
    """
    if name not in NAMES:
        raise _unknown(name)
    if name in _FULL:
        return _load_full(name, path)
    if path is not None:
        raise UsageError(
            tr("`{name}` comes with the grader. Expected no path. Received: {path}", name=name, path=path),
            hint=tr('Write `load("{name}")`', name=name),
        )
    return _gate(name) if name in _GATES else _load_small(name)


def load_mnist_mlp() -> dict[str, NDArray[np.float32]]:
    """Return the weights of a multilayer perceptron (sigmoid, sigmoid, softmax) that was trained on MNIST.

    Its inputs are images scaled to 0 to 1 and flattened; of the 10,000 test images it gets 93.52 % right.

    Returns:
        float32 arrays `W1` (784, 50), `b1` (50,), `W2` (50, 100), `b2` (100,), `W3` (100, 10), `b3` (10,),
        all between -1.5 and 1.3.

    Raises:
        StoreError: The file is missing or was changed.
        ExerciseError: This installation holds no course.
    """
    return _shipped_arrays("mnist_mlp_weights", _MLP_WEIGHTS_SHA256)


def cache_folder(environ: Mapping[str, str], *, platform: str = sys.platform) -> Path:
    """Return the folder in which this program looks for full sets without being told."""
    if platform == "win32":
        base = environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = environ.get("XDG_CACHE_HOME") or "~/.cache"
    return _expanded(Path(base)) / "neurograde"


def _unknown(name: str) -> UsageError:
    from difflib import get_close_matches

    nearest = get_close_matches(str(name)[:80].lower().replace("-", "_"), NAMES, n=1)
    return UsageError(
        tr(
            "There is no dataset of this name. Expected one of {names}. Received: {name}",
            names=", ".join(f"`{known}`" for known in NAMES),
            name=repr(name)[:80],
        ),
        hint=tr('Write `load("{name}")`', name=nearest[0]) if nearest else "",
    )


def _gate(name: str) -> Dataset:
    import numpy as np

    def inputs() -> NDArray[np.float64]:
        return np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float64)

    def labels() -> NDArray[np.int64]:
        return np.array(_GATES[name], np.int64)

    return Dataset(
        name=name,
        x_train=inputs(),
        y_train=labels(),
        x_test=inputs(),
        y_test=labels(),
        class_names=("0", "1"),
        feature_names=("x1", "x2"),
    )


def _load_small(name: str) -> Dataset:
    small = _SMALL[name]
    arrays = _shipped_arrays(name, small.sha256)
    return Dataset(
        name=name,
        x_train=arrays["x_train"],
        y_train=arrays["y_train"].astype("int64"),
        x_test=arrays["x_test"],
        y_test=arrays["y_test"].astype("int64"),
        class_names=small.class_names,
        feature_names=small.feature_names,
    )


def _shipped_arrays(name: str, sha256: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of `datasets/NAME.npz`, whose hash is checked before it is parsed."""
    file = bundled_root() / "datasets" / f"{name}.npz"
    remedy = tr("Install the grader again; its `datasets` folder must stay as it was")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise StoreError(
            tr("`{file}` cannot be read: {reason}", file=file, reason=error.strerror), hint=remedy
        ) from error
    received = hashlib.sha256(data).hexdigest()
    if received != sha256:
        raise StoreError(
            tr(
                "`{file}` was changed. Expected SHA-256 {expected}. Received: {received}",
                file=file,
                expected=sha256,
                received=received,
            ),
            hint=remedy,
        )
    import numpy as np

    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return dict(arrays)


def _load_full(name: str, path: str | Path | None) -> Dataset:
    import numpy as np

    place = _find(name, path)
    full = _FULL[name]
    hint = _remedy(name)
    arrays: dict[str, NDArray[np.uint8]] = {}
    for key, idx in full.files.items():
        if place.is_dir():
            file = _file_in(place, idx, name)
            data, label = read_idx(file, idx, hint=hint), str(file)
        else:
            data, label = read_npz(place, key, idx, hint=hint), f"{place}: {key}"
        check(data, idx, label=label, hint=hint, known=_KNOWN)
        arrays[key] = np.frombuffer(data, np.uint8, offset=len(idx.header)).reshape(idx.shape)
    return Dataset(
        name=name,
        x_train=arrays["x_train"].copy(),
        y_train=arrays["y_train"].astype(np.int64),
        x_test=arrays["x_test"].copy(),
        y_test=arrays["y_test"].astype(np.int64),
        class_names=full.class_names,
    )


def _find(name: str, path: str | Path | None) -> Path:
    """Return the folder with idx files, or the `.npz`, that holds the full set."""
    if path is None:
        roots = tuple(_caches(os.environ))
    else:
        named = _expanded(Path(path))
        if named.suffix == ".npz" and _is_file(named):
            return named
        roots = (named.parent if _is_file(named) else named,)
    files = _FULL[name].files.values()
    for root in roots:
        for folder in (root, root / name, root / name.replace("_", "-")):
            if any(_is_file(folder / f"{idx.name}{suffix}") for idx in files for suffix in ("", ".gz")):
                return folder
            if _is_file(folder / f"{name}.npz"):
                return folder / f"{name}.npz"
    raise UsageError(
        tr(
            "The files of `{name}` are not here. Expected {files}, all four, or `{name}.npz`. Looked in {folders}",
            name=name,
            files=_file_names(name),
            folders=", ".join(f"`{root}`" for root in roots),
        ),
        hint=_remedy(name),
    )


def _caches(environ: Mapping[str, str]) -> Iterator[Path]:
    if environ.get("GRADE_DATA"):
        yield _expanded(Path(environ["GRADE_DATA"]))
    yield cache_folder(environ)
    yield _expanded(Path(environ.get("KERAS_HOME") or "~/.keras")) / "datasets"


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:  # nobody of that name, or a process without a home
        return path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # not allowed to look, a name too long
        return False


def _file_names(name: str) -> str:
    return ", ".join(f"`{idx.name}.gz`" for idx in _FULL[name].files.values())


def _remedy(name: str) -> str:
    return tr(
        "The grader downloads nothing. Where Keras is installed, `{command}` fetches the set to a place where"
        ' the grader looks. Or put the files into `{folder}`, or name theirs: `load("{name}", path="…")`',
        command=f'python -c "import keras; keras.datasets.{name}.load_data()"',
        folder=cache_folder(os.environ) / name,
        name=name,
    )


def _file_in(folder: Path, idx: IdxFile, name: str) -> Path:
    for file in (folder / idx.name, folder / f"{idx.name}.gz"):
        if _is_file(file):
            return file
    raise UsageError(
        tr(
            "`{folder}` holds `{name}` only in part. Expected `{file}` too",
            folder=folder,
            name=name,
            file=f"{idx.name}.gz",
        ),
        hint=_remedy(name),
    )
