"""Data to learn from: real sets that come with the package, and sets drawn on the plane by a formula.

Everything has the shape `(features, examples)`: one column is one example. Labels are `(1, examples)`.

- `load_zeros_and_ones`, `load_mnist`, `load_digits`, `load_penguins`, `load_breast_cancer` read real data
  from files beside this module (nothing is downloaded) and return `x_train, y_train, x_test, y_test`.
- `blobs`, `moons`, `circles`, `spiral`, `xor`, `line` draw two classes, `plane` and `hills` draw numbers to
  predict. They all take `examples`, `noise` and `seed`, and return `x, y`.
- `split`, `standardise`, `one_hot` prepare data of your own.

Where each file came from, and under which licence, stands in `data/PROVENANCE.md`.
"""

from numbers import Integral, Real
from pathlib import Path

import numpy as np

PENGUIN_FEATURES = ("bill length (mm)", "bill depth (mm)", "flipper length (mm)", "body mass (g)")
PENGUIN_SPECIES = ("Adelie", "Chinstrap", "Gentoo")
_NUCLEUS = ("radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity",
            "concave points", "symmetry", "fractal dimension")  # fmt: skip
BREAST_CANCER_FEATURES = (
    *(f"mean {name}" for name in _NUCLEUS),
    *(f"{name} error" for name in _NUCLEUS),
    *(f"worst {name}" for name in _NUCLEUS),
)


# --- Real data ---


def load_zeros_and_ones():
    """Handwritten zeros and ones: the two-class problem of the first lesson.

    The 1,000 images of 0 and 1 among those of `load_mnist`: 700 to train on, 300 to test on, half of each digit
    in both. The division is fixed and is not that of `load_mnist`: a test image here may be one to train on
    there. A pixel is 0.0 (paper) to 1.0 (ink).

    Returns:
        x_train (784, 700) and x_test (784, 300), float64; reshape a column to (28, 28) to see the image.
        y_train (1, 700) and y_test (1, 300), float64, 0.0 for a zero and 1.0 for a one.

    Source: MNIST (LeCun, Cortes, Burges 1998), CC BY-SA 3.0; see data/MNIST-LICENSE.md.

    >>> x_train, y_train, x_test, y_test = load_zeros_and_ones()
    >>> x_train.shape, y_train.shape, x_test.shape, y_test.shape
    ((784, 700), (1, 700), (784, 300), (1, 300))
    """
    images, labels = _read("mnist", "images", "labels")
    chosen = labels < 2
    # 30 % makes 300 test images: one mistake is a third of a per cent.
    return _split_rows(images[chosen].reshape(-1, 784) / 255, labels[chosen].astype(np.float64), test=0.3)


def load_mnist():
    """Handwritten digits 0 to 9 in images of 28×28 pixels: 500 of each digit from MNIST's training set.

    The division is fixed: 4,000 images to train on and 1,000 to test on, equally many of each digit. MNIST's
    own test set is not in it, so the accuracies you reach are not comparable with published ones.

    Returns:
        x_train (784, 4000) and x_test (784, 1000), float64, 0.0 (paper) to 1.0 (ink).
        y_train (1, 4000) and y_test (1, 1000), int64, the digit; `one_hot` turns it into ten rows.

    Source: MNIST (LeCun, Cortes, Burges 1998), CC BY-SA 3.0; see data/MNIST-LICENSE.md.

    >>> x_train, y_train, x_test, y_test = load_mnist()
    >>> x_train.shape, np.bincount(y_test[0]).tolist()
    ((784, 4000), [100, 100, 100, 100, 100, 100, 100, 100, 100, 100])
    """
    images, labels = _read("mnist", "images", "labels")
    return _split_rows(images.reshape(-1, 784) / 255, labels.astype(np.int64))


def load_digits():
    """Handwritten digits 0 to 9 in images of 8×8 pixels: small enough to train in a second.

    The 1,797 images are scikit-learn's, which are the test part alone of a UCI set of 5,620: 13 people wrote
    them, and here the same people are in both parts. That makes the test easier than it was at UCI.

    Returns:
        x_train (64, 1438) and x_test (64, 359), float64, 0.0 (paper) to 1.0 (ink).
        y_train (1, 1438) and y_test (1, 359), int64, the digit.

    Source: Alpaydin and Kaynak (1998), UCI Machine Learning Repository, doi:10.24432/C50P49, CC BY 4.0.

    >>> x_train, y_train, x_test, y_test = load_digits()
    >>> x_train.shape, x_test.shape
    ((64, 1438), (64, 359))
    """
    images, labels = _read("digits", "images", "labels")
    return _split_rows(images.reshape(-1, 64) / 16, labels.astype(np.int64))


def load_penguins():
    """Three species of penguin by four measurements, in millimetres and grams (not standardised).

    Of 344 penguins, the 2 that were not measured are left out. `PENGUIN_FEATURES` names the rows of x, and
    `PENGUIN_SPECIES` the labels 0, 1, 2: Adelie (151), Chinstrap (68), Gentoo (123).

    Returns:
        x_train (4, 273) and x_test (4, 69), float64; y_train (1, 273) and y_test (1, 69), int64.

    Source: Gorman, Williams, Fraser (2014), doi:10.1371/journal.pone.0090081, CC0.

    >>> x_train, y_train, x_test, y_test = load_penguins()
    >>> [PENGUIN_SPECIES[label] for label in y_train[0, :3]]
    ['Gentoo', 'Gentoo', 'Chinstrap']
    """
    return _split_rows(*_read("penguins", "features", "species"))


def load_breast_cancer():
    """Is a tumour malignant? 569 tumours by 30 measurements of their cell nuclei (not standardised).

    The label is 1.0 for malignant (212) and 0.0 for benign (357), so that precision and recall are about
    finding the illness. scikit-learn has the same data with the two numbers the other way round.
    `BREAST_CANCER_FEATURES` names the rows of x.

    Returns:
        x_train (30, 456) and x_test (30, 113), float64; y_train (1, 456) and y_test (1, 113), float64.

    Source: Wolberg, Mangasarian, Street, Street (1995), UCI, doi:10.24432/C5DW2B, CC BY 4.0.

    >>> x_train, y_train, x_test, y_test = load_breast_cancer()
    >>> x_train.shape, int(y_train.sum() + y_test.sum())
    ((30, 456), 212)
    """
    features, benign = _read("breast_cancer", "features", "benign")
    return _split_rows(features, 1.0 - benign)


def _read(name, *arrays):
    path = Path(__file__).parent / "data" / f"{name}.npz"
    with np.load(path, allow_pickle=False) as file:
        return [file[array] for array in arrays]


def _split_rows(rows, labels, test=0.2):
    return split(rows.T, labels[np.newaxis], test=test, stratified=True)


# --- Two classes on the plane ---


def blobs(examples=200, noise=0.1, seed=0):
    """Two round clouds: discs of radius 0.4 about (−0.5, −0.5) for class 0 and (0.5, 0.5) for class 1.

    Args (the same for every set below):
        examples: how many points, at least 1; the two classes differ by at most one point.
        noise: standard deviation of the normal jitter that is added to both coordinates, in their own units.
            Without noise all coordinates lie between −1 and 1, so 0.1 is a twentieth of the picture's width.
        seed: the same seed gives the same points; another noise then moves these same points.

    Returns:
        x (2, examples) and y (1, examples), float64; y is 0.0 or 1.0.

    Raises ValueError where examples, noise or seed is not such a number.

    >>> x, y = blobs(examples=4, noise=0, seed=1)
    >>> x.shape, y.shape, bool(np.all((x[0] > 0) == (y[0] == 1)))
    ((2, 4), (1, 4), True)
    """
    rng, label = _start(examples, noise, seed)
    # The square root spreads the points evenly over the disc; without it they crowd at the centre.
    radius, angle = 0.4 * np.sqrt(rng.random(examples)), rng.uniform(0, 2 * np.pi, examples)
    centre = label - 0.5
    return _jitter(rng, noise, centre + radius * np.cos(angle), centre + radius * np.sin(angle)), label[None]


def moons(examples=200, noise=0.1, seed=0):
    """Two half-circles that reach into each other, which no straight line can separate.

    Class 0 lies on `((cos t − 0.5) / 1.5, (sin t − 0.25) / 1.5)`, 0 ≤ t ≤ π; class 1 is its point reflection.
    Arguments, result and errors are those of `blobs`. Source: the shape is scikit-learn's `make_moons`.

    >>> x, y = moons(examples=100, noise=0)
    >>> float(np.abs(x).max()) <= 1
    True
    """
    rng, label = _start(examples, noise, seed)
    angle = rng.uniform(0, np.pi, examples)
    side = 1 - 2 * label
    x1, x2 = side * (np.cos(angle) - 0.5) / 1.5, side * (np.sin(angle) - 0.25) / 1.5
    return _jitter(rng, noise, x1, x2), label[None]


def circles(examples=200, noise=0.1, seed=0):
    """A circle in a circle: class 0 at radius 0.9, class 1 at radius 0.4, both about (0, 0).

    Arguments, result and errors are those of `blobs`.

    >>> x, y = circles(examples=6, noise=0)
    >>> np.unique(np.hypot(*x).round(6)).tolist()
    [0.4, 0.9]
    """
    rng, label = _start(examples, noise, seed)
    angle = rng.uniform(0, 2 * np.pi, examples)
    radius = np.where(label == 1, 0.4, 0.9)
    return _jitter(rng, noise, radius * np.cos(angle), radius * np.sin(angle)), label[None]


def spiral(examples=200, noise=0.1, seed=0):
    """Two arms wound about each other, the hardest of these sets.

    An arm is `(r cos t, r sin t)` with r from 0.1 to 1 and t = 2πr, plus half a turn for class 1. The arms
    are at most 0.5 apart, so with noise above 0.1 they run into each other.
    Arguments, result and errors are those of `blobs`.

    >>> x, y = spiral(examples=50, noise=0)
    >>> bool(0.1 <= np.hypot(*x).min() and np.hypot(*x).max() <= 1)
    True
    """
    rng, label = _start(examples, noise, seed)
    radius = rng.uniform(0.1, 1, examples)
    angle = 2 * np.pi * radius + np.pi * label
    return _jitter(rng, noise, radius * np.cos(angle), radius * np.sin(angle)), label[None]


def xor(examples=200, noise=0.1, seed=0):
    """Four squares like a chessboard: class 1 where exactly one of the two coordinates is positive.

    Without noise no coordinate is nearer to 0 than 0.1. A single neuron cannot learn it (Minsky and Papert,
    *Perceptrons*, 1969); one hidden layer can. Arguments, result and errors are those of `blobs`.

    >>> x, y = xor(examples=8, noise=0)
    >>> bool(np.all((x[0] * x[1] < 0) == (y[0] == 1)))
    True
    """
    rng, label = _start(examples, noise, seed)
    size = rng.uniform(0.1, 1, (2, examples))
    sign = rng.choice((-1, 1), examples)
    return _jitter(rng, noise, sign * size[0], sign * (1 - 2 * label) * size[1]), label[None]


def line(examples=200, noise=0.1, seed=0):
    """Two classes on the two sides of the line 0.6 x₁ + 0.8 x₂ = 0: what one neuron can learn.

    0.6 x₁ + 0.8 x₂ is the signed distance from the line; without noise it is at least 0.05 for class 1 and at
    most −0.05 for class 0. Arguments, result and errors are those of `blobs`.

    >>> x, y = line(examples=8, noise=0)
    >>> bool(np.all((0.6 * x[0] + 0.8 * x[1] > 0) == (y[0] == 1)))
    True
    """
    rng, label = _start(examples, noise, seed)
    x1, x2 = rng.uniform(-0.95, 0.95, (2, examples))
    side = 2 * label - 1
    # A point on the wrong side is reflected in (0, 0); then every point moves 0.05 away from the line.
    turn = np.where((0.6 * x1 + 0.8 * x2 > 0) == (side > 0), 1, -1)
    return _jitter(rng, noise, turn * x1 + 0.05 * side * 0.6, turn * x2 + 0.05 * side * 0.8), label[None]


# --- A number to predict on the plane ---


def plane(examples=200, noise=0.1, seed=0):
    """A tilted plane: y = (x₁ + x₂) / 2, over the square from −1 to 1. One linear unit can learn it.

    Args:
        examples, seed: as in `blobs`.
        noise: standard deviation of the normal noise that is added to y. Without it y lies between −1 and 1.

    Returns:
        x (2, examples) and y (1, examples), float64. Errors are those of `blobs`.

    >>> x, y = plane(examples=50, noise=0)
    >>> bool(np.allclose(y, x.mean(axis=0)))
    True
    """
    rng, _ = _start(examples, noise, seed)
    x1, x2 = rng.uniform(-1, 1, (2, examples))
    return np.stack([x1, x2]), _jitter(rng, noise, (x1 + x2) / 2)


def hills(examples=200, noise=0.1, seed=0):
    """Two hills and two hollows: y = sin(π x₁) · sin(π x₂), over the square from −1 to 1.

    Arguments, result and errors are those of `plane`.

    >>> x, y = hills(examples=50, noise=0)
    >>> bool(np.all((y[0] > 0) == (x[0] * x[1] > 0)))
    True
    """
    rng, _ = _start(examples, noise, seed)
    x1, x2 = rng.uniform(-1, 1, (2, examples))
    return np.stack([x1, x2]), _jitter(rng, noise, np.sin(np.pi * x1) * np.sin(np.pi * x2))


_GENERATORS = (blobs, moons, circles, spiral, xor, line, plane, hills)
DATASETS = {generator.__name__: generator for generator in _GENERATORS}  # every generated set by its name
REGRESSIONS = ("plane", "hills")  # those with a number to predict; the others have two classes


def _start(examples, noise, seed):
    """The random generator and the class, 0.0 or 1.0, of each example in a mixed order."""
    if not _is_whole(examples) or examples < 1:
        raise ValueError(f"examples must be a whole number, 1 or more, but is {examples!r}; try examples=200")
    if not isinstance(noise, Real) or isinstance(noise, bool) or not 0 <= noise < np.inf:
        raise ValueError(f"noise must be a finite number, 0 or more, but is {noise!r}; try noise=0.1")
    rng = _generator(seed)
    return rng, rng.permutation(np.arange(examples) % 2).astype(float)


def _jitter(rng, noise, *rows):
    return np.stack(rows) + noise * rng.normal(size=(len(rows), rows[0].size))


# --- Preparing data ---


def split(x, y, test=0.2, seed=0, stratified=False):
    """Shuffle the examples and divide them into a part to train on and a part to test on.

    Args:
        x: (features, examples).
        y: (outputs, examples), in the same order.
        test: the fraction of the examples to test on, between 0 and 1. Both parts get at least one example.
        seed: the same seed gives the same division.
        stratified: True keeps the proportion of the classes the same in both parts.

    Returns:
        x_train, y_train, x_test, y_test: copies, with the dtypes of x and y.

    Raises ValueError where the shapes do not fit each other, test is not such a fraction, or there are fewer
    than two examples (of each class, if stratified).

    >>> x_train, y_train, x_test, y_test = split(np.arange(10).reshape(1, 10), np.arange(10).reshape(1, 10))
    >>> x_test.shape, bool(np.all(x_test == y_test)), sorted([*x_train[0].tolist(), *x_test[0].tolist()])
    ((1, 2), True, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    """
    x, y = np.asarray(x), np.asarray(y)
    for name, array in (("x", x), ("y", y)):
        _check_two_axes(name, array)
    examples = x.shape[1]
    if y.shape[1] != examples:
        row_wise = "x" if x.shape[0] == y.shape[1] else "y" if y.shape[0] == examples else None
        mend = f"; pass {row_wise}.T, its examples are rows" if row_wise else ""
        raise ValueError(
            "x and y must have the same number of examples (columns), "
            f"but x is {x.shape} and y is {y.shape}{mend}"
        )
    if not isinstance(test, Real) or not 0 < test < 1:
        raise ValueError(f"test must be a fraction between 0 and 1, but is {test!r}; try test=0.2")
    classes = np.unique(y, axis=1, return_inverse=True)[1].ravel() if stratified else np.zeros(examples, int)
    sizes = np.bincount(classes, minlength=1)
    if sizes.min() < 2:
        if stratified:
            raise ValueError(
                f"a stratified split needs 2 examples or more of each class, but one has {sizes.min()}; "
                "leave that class out, or leave out stratified=True if y holds numbers to predict"
            )
        raise ValueError(f"a split needs 2 examples or more, one for each part, but got {sizes.min()}")
    order = _generator(seed).permutation(examples)
    is_test = np.zeros(examples, bool)
    for label, size in enumerate(sizes):
        count = min(max(round(test * size), 1), size - 1)
        is_test[order[classes[order] == label][:count]] = True
    train_order, test_order = order[~is_test[order]], order[is_test[order]]
    return x[:, train_order], y[:, train_order], x[:, test_order], y[:, test_order]


def standardise(x_train, *others):
    """Give every feature mean 0 and standard deviation 1 in the training part: `(x − mean) / deviation`.

    Mean and deviation are those of `x_train` alone, and the others are treated with the same two numbers: a
    test part that helped to choose them would no longer be unseen. A feature that is constant in `x_train` is
    only moved to 0.

    Args:
        x_train: (features, examples), finite numbers.
        others: more arrays with the same features: the test part, or an example to classify later.

    Returns:
        new arrays, as many as were given: one array for one, a tuple for several. float32 stays float32,
        everything else becomes float64.

    Raises ValueError for other shapes, no examples, NaN or infinity.

    >>> x_train, x_test = standardise([[1, 2, 3], [7, 7, 7]], [[4], [8]])
    >>> x_train.round(2).tolist(), x_test.round(2).tolist()
    ([[-1.22, 0.0, 1.22], [0.0, 0.0, 0.0]], [[2.45], [1.0]])
    """
    names = ("x_train", *(f"array {position}" for position in range(2, len(others) + 2)))
    arrays = [_as_features(name, array) for name, array in zip(names, (x_train, *others), strict=True)]
    train = arrays[0].astype(np.float64)
    if train.shape[1] == 0:
        raise ValueError(f"x_train must have an example or more, but is {train.shape}")
    for name, array in zip(names, arrays, strict=True):
        if array.shape[0] != train.shape[0]:
            raise ValueError(
                f"every array must have the features (rows) of x_train, which is {train.shape}, "
                f"but {name} is {array.shape}"
            )
    # A constant feature's computed mean can be off in the last digit; its first value is exact.
    constant = train.max(axis=1, keepdims=True) == train.min(axis=1, keepdims=True)
    mean = np.where(constant, train[:, :1], train.mean(axis=1, keepdims=True))
    deviation = train.std(axis=1, keepdims=True)
    deviation[constant | (deviation == 0)] = 1
    result = tuple(((array - mean) / deviation).astype(array.dtype) for array in arrays)
    return result if others else result[0]


def one_hot(labels, classes=None):
    """One row for each class: `result[c, i] = 1` where example i has label c, and 0 elsewhere.

    Args:
        labels: (1, examples) or (examples,), whole numbers from 0 to classes − 1.
        classes: how many classes there are; without it, the largest label + 1. Give it where the largest
            label may be missing, as it can be in a small test part.

    Returns:
        (classes, examples), float64.

    Raises ValueError for labels that are negative, fractional, NaN, too large, or one-hot already, and for a
    result of more than 512 MB (years or identity numbers in place of class numbers).

    >>> one_hot([[2, 0, 1]])
    array([[0., 1., 0.],
           [0., 0., 1.],
           [1., 0., 0.]])
    """
    labels = np.asarray(labels)
    if labels.ndim not in (1, 2) or (labels.ndim == 2 and len(labels) != 1) or labels.size == 0:
        column = labels.ndim == 2 and labels.shape[1] == 1
        one_hot_already = labels.ndim == 2 and labels.size and np.isin(labels, (0, 1)).all()
        mend = "; pass labels.T" if column else "; they seem to be one-hot already" if one_hot_already else ""
        raise ValueError(f"labels must have the shape (1, examples), but have the shape {labels.shape}{mend}")
    if labels.dtype.kind not in "iuf":
        raise ValueError(f"labels must be whole numbers from 0, but have the dtype {labels.dtype}")
    flat = labels.ravel()
    wrong = flat[~((flat >= 0) & (flat == np.floor(flat)) & (flat < np.inf))]
    if wrong.size:
        raise ValueError(f"labels must be whole numbers, 0 or more, but one is {wrong[0]}")
    largest = int(flat.max())
    if classes is None:
        classes = largest + 1
    if not _is_whole(classes) or classes < 1:
        raise ValueError(f"classes must be a whole number, 1 or more, but is {classes!r}")
    if largest >= classes:
        raise ValueError(f"labels must be at most classes − 1 = {classes - 1}, but one is {largest}")
    if classes * flat.size * 8 > 512e6:
        raise ValueError(f"{classes} classes × {flat.size} examples exceed 512 MB; number the classes from 0")
    return (np.arange(classes)[:, np.newaxis] == flat).astype(np.float64)


def _is_whole(value):
    return isinstance(value, Integral) and not isinstance(value, bool)


def _generator(seed):
    if not _is_whole(seed) or seed < 0:
        raise ValueError(f"seed must be a whole number, 0 or more, but is {seed!r}; try seed=0")
    return np.random.default_rng(seed)


def _check_two_axes(name, array):
    if array.ndim != 2:
        mend = f"; {name}[np.newaxis, :] makes one row of it" if array.ndim == 1 else ""
        raise ValueError(f"{name} must have two axes, (rows, examples), but its shape is {array.shape}{mend}")


def _as_features(name, array):
    array = np.asarray(array)
    _check_two_axes(name, array)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers, but has the dtype {array.dtype}")
    if array.dtype != np.float32:
        array = array.astype(np.float64)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must hold finite numbers, but has NaN or infinity; drop those examples")
    return array
