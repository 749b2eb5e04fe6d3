"""The data: shipped sets as documented, full sets found and checked, bad files named."""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from grader.datasets import NAMES, Dataset, cache_folder, load, load_mnist_mlp
from grader.errors import UsageError

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "datasets"
README = (FOLDER / "README.md").read_text("utf-8")
FULL = ROOT.parent / "shared" / "data"
IMAGES = "train-images-idx3-ubyte"
FILES = (IMAGES, "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
SHIPPED = ("digits", "breast_cancer", "fashion_mnist_small")
PARTS = ("x_train", "y_train", "x_test", "y_test")

needs_full_sets = pytest.mark.skipif(
    not FULL.is_dir(), reason="the full sets of MNIST and Fashion-MNIST do not lie beside the repository"
)


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    """A home without caches, so that this machine's own data plays no part."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder))
    for name in ("GRADE_DATA", "KERAS_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


def counts(labels):
    return np.bincount(labels).tolist()


def documented(name):
    """Return the row of a shipped file in the README."""
    (row,) = [line for line in README.splitlines() if line.startswith(f"| `{name}.npz`")]
    return row


# The sets that come with the course


@pytest.mark.parametrize("name", [*SHIPPED, "mnist_mlp_weights"])
def test_the_readme_gives_licence_and_hash_of_every_file(name):
    row = documented(name)
    assert hashlib.sha256((FOLDER / f"{name}.npz").read_bytes()).hexdigest() in row
    assert "MIT" in row or "CC BY 4.0" in row


def test_the_folder_holds_what_the_readme_names_and_is_small():
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    assert {path.name for path in FOLDER.glob("*.npz")} == set(re.findall(r"^\| `(\w+\.npz)`", README, re.M))
    assert sum(path.stat().st_size for path in files) <= 3_000_000
    assert {path.name for path in (FOLDER / "licenses").iterdir()} == {
        "fashion_mnist.txt",
        "mnist_mlp_weights.txt",
        "scikit_learn.txt",
    }


@pytest.mark.parametrize("name", SHIPPED)
def test_shapes_dtypes_and_ranges_are_those_of_the_readme(name):
    data, row = load(name), documented(name)
    for part in PARTS:
        array = getattr(data, part)
        assert f"`{part}` ({', '.join(map(str, array.shape))}{',' if array.ndim == 1 else ''})" in row
    assert data.x_train.dtype == data.x_test.dtype
    assert f"{data.x_train.dtype}, 0 to {max(data.x_train.max(), data.x_test.max()):.0f}" in row
    assert min(data.x_train.min(), data.x_test.min()) == 0
    assert data.y_train.dtype == data.y_test.dtype == np.int64
    assert set(data.y_train) == set(data.y_test) == set(range(len(data.class_names)))
    assert data.x_train.flags.writeable
    assert data.y_test.flags.writeable


def test_the_digits_are_the_1797_of_uci():
    data = load("digits")
    # The class counts of the test part, as UCI publishes them.
    assert counts(np.concatenate([data.y_train, data.y_test])) == [
        *(178, 182, 177, 183, 181, 182, 181, 179, 174, 180),
    ]
    assert data.x_train[0, 0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert data.class_names[data.y_train[0]] == "0"


def test_the_breast_cancer_table_is_stratified_and_has_the_published_extremes():
    data = load("breast_cancer")
    assert (counts(data.y_train), counts(data.y_test)) == ([170, 285], [42, 72])
    assert len(data.feature_names) == len(set(data.feature_names)) == 30
    columns = dict(zip(data.feature_names, np.concatenate([data.x_train, data.x_test]).T, strict=True))
    for feature, low, high in [
        ("mean radius", 6.981, 28.11),
        ("mean fractal dimension", 0.04996, 0.09744),
        ("area error", 6.802, 542.2),
        ("worst area", 185.2, 4254.0),
        ("worst concave points", 0.0, 0.291),
    ]:
        assert (columns[feature].min(), columns[feature].max()) == (low, high)
    x, y = np.concatenate([data.x_train, data.x_test]), np.concatenate([data.y_train, data.y_test])
    malignant, benign = (x[y == data.class_names.index(name), 0].mean() for name in ("malignant", "benign"))
    assert malignant > benign + 5  # malignant nuclei are larger


def test_the_small_fashion_mnist_is_balanced():
    data = load("fashion_mnist_small")
    assert (counts(data.y_train), counts(data.y_test)) == ([400] * 10, [100] * 10)
    assert data.class_names[:2] == ("T-shirt/top", "Trouser")
    assert len(np.unique(np.concatenate([data.x_train, data.x_test]), axis=0)) > 4990


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("and", lambda a, b: a and b),
        ("or", lambda a, b: a or b),
        ("nand", lambda a, b: not (a and b)),
        ("xor", lambda a, b: a != b),
    ],
)
def test_gates_are_truth_tables(name, function):
    data = load(name)
    assert data.x_train.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert data.y_train.tolist() == [int(function(bool(a), bool(b))) for a, b in data.x_train]
    assert data.x_test.tolist() == data.x_train.tolist()
    assert data.y_test.tolist() == data.y_train.tolist()
    data.x_train[0] = 7
    assert data.x_test[0].tolist() == load(name).x_train[0].tolist() == [0, 0]


def test_the_weights_fit_together():
    weights = load_mnist_mlp()
    assert {name: array.shape for name, array in weights.items()} == {
        "W1": (784, 50),
        "b1": (50,),
        "W2": (50, 100),
        "b2": (100,),
        "W3": (100, 10),
        "b3": (10,),
    }
    assert all(array.dtype == np.float32 for array in weights.values())
    assert min(array.min() for array in weights.values()) > -1.43
    assert max(array.max() for array in weights.values()) < 1.26


@needs_full_sets
def test_the_weights_read_mnist_as_documented():
    weights, data = load_mnist_mlp(), load("mnist", path=FULL)
    outputs = data.x_test.reshape(-1, 784) / np.float32(255)
    for layer in "12":
        outputs = 1 / (1 + np.exp(-(outputs @ weights[f"W{layer}"] + weights[f"b{layer}"])))
    logits = outputs @ weights["W3"] + weights["b3"]
    assert np.mean(logits.argmax(axis=1) == data.y_test) == pytest.approx(0.9352, abs=0.0002)


def test_a_dataset_whose_parts_differ_in_length_is_refused():
    x, y = np.zeros((3, 2)), np.zeros(2, np.int64)
    with pytest.raises(ValueError, match="differ in number"):
        Dataset(name="odd", x_train=x, y_train=y, x_test=x, y_test=y, class_names=("0", "1"))


def test_importing_the_loader_does_not_import_numpy():
    script = "import sys, grader.datasets; print('numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "False"


def test_loading_downloads_nothing():
    script = (
        "import json, sys\n"
        "events = []\n"
        "sys.addaudithook(lambda event, _: events.append(event))\n"
        "from grader import datasets\n"
        "from grader.errors import UsageError\n"
        "missing = []\n"
        "for name in datasets.NAMES:\n"
        "    try:\n"
        "        datasets.load(name)\n"
        "    except UsageError:\n"
        "        missing.append(name)\n"
        "print(json.dumps([missing, [e for e in events if e.startswith(('socket', 'subprocess', 'urllib'))]]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert json.loads(done.stdout) == [["fashion_mnist", "mnist"], []]


@pytest.mark.parametrize("change", ["missing", "cut", "changed", "folder"])
def test_a_shipped_file_that_is_not_ours_is_refused(tmp_path, change):
    """A whole installation, one of whose files was damaged."""
    package = tmp_path / "site" / "grader"
    shutil.copytree(ROOT / "grader", package, ignore=shutil.ignore_patterns("__pycache__", "_course"))
    (package / "_course" / "exercises").mkdir(parents=True)
    shutil.copytree(FOLDER, package / "_course" / "datasets")
    file = package / "_course" / "datasets" / "digits.npz"
    data = file.read_bytes()
    file.unlink()
    if change == "folder":
        file.mkdir()
    elif change != "missing":
        file.write_bytes(data[:-100] if change == "cut" else data[:-1] + bytes([data[-1] ^ 1]))
    script = (
        "import grader.datasets as d\n"
        "from grader.errors import StoreError\n"
        "print(len(d.load('breast_cancer').x_train), d.__file__)\n"
        "try:\n    d.load('digits')\nexcept StoreError as error:\n    print(error, error.hint)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=package.parent
    )
    first, second = done.stdout.splitlines()
    assert first == f"455 {package / 'datasets.py'}"
    assert f"`{file}` {'was changed' if change in ('cut', 'changed') else 'cannot be read'}" in second
    assert "Install the grader again" in second


# The full sets


@needs_full_sets
@pytest.mark.parametrize("name", ["fashion_mnist", "mnist"])
def test_the_full_sets_are_read_from_a_folder_that_is_named(name):
    data = load(name, path=FULL / name)
    assert (data.x_train.shape, data.x_test.shape) == ((60000, 28, 28), (10000, 28, 28))
    assert (data.x_train.dtype, data.y_train.dtype) == (np.uint8, np.int64)
    assert (data.x_train.min(), data.x_train.max()) == (0, 255)
    assert set(data.y_train) == set(data.y_test) == set(range(10))
    assert data.x_train.flags.writeable


@needs_full_sets
def test_the_small_fashion_mnist_is_the_beginning_of_the_full_one():
    small, full = load("fashion_mnist_small"), load("fashion_mnist", path=FULL)
    for label in range(10):
        first = full.x_train[full.y_train == label][:400]
        assert np.array_equal(small.x_train[small.y_train == label], first)
        first = full.x_test[full.y_test == label][:100]
        assert np.array_equal(small.x_test[small.y_test == label], first)


def link_full_set(folder, name="fashion_mnist", leave_out=()):
    folder.mkdir(parents=True)
    for file in FILES:
        if file not in leave_out:
            (folder / f"{file}.gz").symlink_to(FULL / name / f"{file}.gz")
    return folder


@needs_full_sets
@pytest.mark.parametrize(
    ("variable", "below"),
    [
        ("GRADE_DATA", "fashion_mnist"),
        ("GRADE_DATA", ""),
        ("XDG_CACHE_HOME", "neurograde/fashion_mnist"),
        ("KERAS_HOME", "datasets/fashion-mnist"),
        (None, ".keras/datasets/fashion-mnist"),
    ],
)
def test_the_caches_are_searched(monkeypatch, home, tmp_path, variable, below):
    if variable == "XDG_CACHE_HOME" and sys.platform in ("darwin", "win32"):
        pytest.skip("this platform has its own place for caches")
    place = tmp_path / "place" if variable else home
    link_full_set(place / below)
    if variable:
        monkeypatch.setenv(variable, str(place))
    assert load("fashion_mnist").y_test[:4].tolist() == [9, 2, 1, 1]


@needs_full_sets
def test_a_file_that_is_named_stands_for_its_folder():
    data = load("fashion_mnist", path=FULL / "fashion_mnist" / f"{IMAGES}.gz")
    assert len(data.x_train) == 60000


@needs_full_sets
def test_files_that_are_not_packed_and_an_npz_hold_the_same(tmp_path):
    expected = load("mnist", path=FULL)
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    for file in FILES:
        (unpacked / file).write_bytes(gzip.decompress((FULL / "mnist" / f"{file}.gz").read_bytes()))
    arrays = {
        "x_train": expected.x_train,
        "y_train": expected.y_train.astype(np.uint8),
        "x_test": expected.x_test,
        "y_test": expected.y_test.astype(np.uint8),
    }
    np.savez(tmp_path / "mnist.npz", **arrays)
    for path in (unpacked, tmp_path / "mnist.npz", tmp_path):
        found = load("mnist", path=path)
        assert all(np.array_equal(getattr(found, part), getattr(expected, part)) for part in PARTS)
    np.savez(tmp_path / "mnist.npz", **{**arrays, "y_test": arrays["y_test"][::-1]})
    assert "mnist.npz: y_test` is not the published file" in refused("mnist", tmp_path).message
    np.savez(tmp_path / "mnist.npz", x_train=arrays["x_train"])
    assert "lacks an array. Expected one of the name `y_train`" in refused("mnist", tmp_path).message


# Files that are missing or wrong


def refused(name, path):
    with pytest.raises(UsageError) as caught:
        load(name, path=path)
    assert caught.value.exit_code == 2
    return caught.value


@pytest.mark.parametrize("name", ["fashion_mnist", "mnist"])
def test_a_set_that_is_missing_is_explained(monkeypatch, tmp_path, name):
    monkeypatch.setenv("GRADE_DATA", str(tmp_path / "nowhere"))
    error = refused(name, None)
    assert all(f"`{file}.gz`" in error.message for file in FILES)
    assert f"`{tmp_path / 'nowhere'}`" in error.message
    assert str(Path(".keras") / "datasets") in error.message
    assert "The grader downloads nothing" in error.hint
    assert f"keras.datasets.{name}.load_data()" in error.hint
    assert f'load("{name}", path=' in error.hint


@pytest.mark.parametrize(
    "path", ["nowhere", "nowhere.npz", "~nobody-of-this-name/data", "x" * 5000, "a\0b", ""]
)
def test_a_path_that_leads_nowhere_is_explained(monkeypatch, tmp_path, path):
    monkeypatch.chdir(tmp_path)
    assert "The files of `mnist` are not here" in refused("mnist", path).message


def test_the_name_of_a_file_may_be_that_of_a_folder(tmp_path):
    for file in FILES:
        (tmp_path / file).mkdir()
    assert "are not here" in refused("mnist", tmp_path).message
    (tmp_path / "mnist.npz").mkdir()
    assert "are not here" in refused("mnist", tmp_path / "mnist.npz").message


@needs_full_sets
def test_a_set_that_is_there_in_part_is_explained(tmp_path):
    folder = link_full_set(tmp_path / "part", leave_out=(FILES[1],))
    error = refused("fashion_mnist", folder)
    assert error.message == f"`{folder}` holds `fashion_mnist` only in part. Expected `{FILES[1]}.gz` too"


HEADER = bytes.fromhex("00000803 0000ea60 0000001c 0000001c")
TEST_HEADER = bytes.fromhex("00000803 00002710 0000001c 0000001c")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Received: an empty file"),
        (b"<html>not found</html>", "Received: a file that begins with the bytes 3c 68 74 6d"),
        (b"\0\0\x08\x03\0\0", "Received: a file that begins with the bytes 00 00 08 03"),
        (b"\0\0\x08\xff" + bytes(40), "Received: a file that begins with the bytes 00 00 08 ff"),
        (TEST_HEADER + bytes(100), "Received: an idx file of the shape 10000×28×28"),
        (HEADER + bytes(100), "Expected 47040016 bytes. Received: 116 bytes"),
        (HEADER + bytes(47_040_001), "Expected 47040016 bytes. Received: more"),
        (HEADER + bytes(47_040_000), "Expected MD5 f4a8712d7a061bf5bd6d2ca38dc4d50a. Received: MD5 "),
        (gzip.compress(HEADER + bytes(100)), "Expected 47040016 bytes. Received: 116 bytes"),
        (gzip.compress(HEADER + bytes(48_000_000), 1), "Expected 47040016 bytes. Received: more"),
        (gzip.compress(HEADER + bytes(100))[:-9], "is damaged or cut off"),
        (gzip.compress(HEADER + bytes(100))[:-4] + b"1234", "is damaged or cut off"),
        (b"\x1f\x8b", "is damaged or cut off"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + b"\xff" * 50, "is damaged or cut off"),
        (b"\x1f\x8b\x09" + bytes(50), "is damaged or cut off"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else None,
)
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_a_file_that_is_not_the_published_one_is_explained(tmp_path, data, said, suffix):
    file = tmp_path / f"{IMAGES}{suffix}"
    file.write_bytes(data)
    error = refused("fashion_mnist", tmp_path)
    assert error.message.startswith(f"`{file}` ")
    assert said in error.message
    assert "The grader downloads nothing" in error.hint


@needs_full_sets
def test_the_files_of_the_other_set_are_recognised():
    error = refused("fashion_mnist", FULL / "mnist")
    assert f"Expected {IMAGES} (fashion_mnist). Received: {IMAGES} (mnist)" in error.message


@needs_full_sets
def test_a_real_file_that_was_cut_off_is_explained(tmp_path):
    folder = link_full_set(tmp_path / "set", leave_out=(FILES[3],))
    real = (FULL / "fashion_mnist" / f"{FILES[3]}.gz").read_bytes()
    (folder / f"{FILES[3]}.gz").write_bytes(real[: len(real) // 2])
    assert "is damaged or cut off" in refused("fashion_mnist", folder).message


def zip_with(path, content, name="x_train.npy"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def test_an_npz_that_is_wrong_is_explained(tmp_path):
    file = tmp_path / "mnist.npz"
    file.write_bytes(b"PK\x03\x04 and no more")
    assert "is damaged or cut off" in refused("mnist", file).message
    zip_with(file, b"no array")
    assert "is damaged or cut off" in refused("mnist", file).message
    zip_with(file, b"", name="other.npy")
    assert "lacks an array. Expected one of the name `x_train`" in refused("mnist", file).message
    np.savez(file, x_train=np.zeros((2, 28, 28), np.uint8))
    assert "Expected 47040016 bytes. Received: 1584 bytes" in refused("mnist", file).message


def test_objects_in_an_npz_are_not_built(tmp_path):
    class Trap:
        def __reduce__(self):
            return (Path.write_text, (tmp_path / "sprung", "x"))

    file = tmp_path / "mnist.npz"
    np.savez(file, x_train=np.array([Trap()], dtype=object), allow_pickle=True)
    assert "is not the published file" in refused("mnist", file).message
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    "name", ["", "MNIST", "fashion-mnist", "nothing", "../digits", "x" * 10_000, None, 3]
)
def test_a_name_that_is_not_known_is_explained(name):
    error = refused(name, None)
    assert all(f"`{known}`" in error.message for known in NAMES)
    assert len(error.message) < 400


@pytest.mark.parametrize(("name", "meant"), [("MNIST", "mnist"), ("fashion-mnist", "fashion_mnist")])
def test_a_name_that_is_nearly_right_is_put_right(name, meant):
    assert refused(name, None).hint == f'Write `load("{meant}")`'


@pytest.mark.parametrize("name", ["xor", "digits"])
def test_what_comes_with_the_grader_takes_no_path(tmp_path, name):
    error = refused(name, tmp_path)
    assert "Expected no path" in error.message
    assert error.hint == f'Write `load("{name}")`'


def test_every_platform_has_its_cache_folder():
    home = Path.home()
    assert cache_folder({}, platform="linux") == home / ".cache" / "neurograde"
    assert cache_folder({"XDG_CACHE_HOME": "/c"}, platform="linux") == Path("/c/neurograde")
    assert (
        cache_folder({"XDG_CACHE_HOME": "/c"}, platform="darwin")
        == home / "Library" / "Caches" / "neurograde"
    )
    assert cache_folder({}, platform="win32") == home / "AppData" / "Local" / "neurograde"
    assert cache_folder({"LOCALAPPDATA": "/l"}, platform="win32") == Path("/l/neurograde")
