"""Real data that come with the package: nothing is downloaded.

Every loader returns `x_train, y_train, x_test, y_test`, with the shapes `(features, examples)` and `(1, examples)`.
Where each file came from, and under which licence, stands in `PROVENANCE.md`.
"""

from pathlib import Path

import numpy as np

from nnlib.data.prepare import split

TABLES = Path(__file__).parent / "tables"
"""The folder of three tables as files, for `read_table`: penguins.csv (words and gaps), wines.csv (13 columns of
numbers, three classes) and cars.csv (a number to predict)."""
PENGUIN_FEATURES = ("bill length (mm)", "bill depth (mm)", "flipper length (mm)", "body mass (g)")
PENGUIN_SPECIES = ("Adelie", "Chinstrap", "Gentoo")
_NUCLEUS = ("radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity",
            "concave points", "symmetry", "fractal dimension")  # fmt: skip
BREAST_CANCER_FEATURES = (
    *(f"mean {name}" for name in _NUCLEUS),
    *(f"{name} error" for name in _NUCLEUS),
    *(f"worst {name}" for name in _NUCLEUS),
)


def load_zeros_and_ones():
    """Handwritten zeros and ones: the two-class problem of the first lesson.

    The 1,000 images of 0 and 1 among those of `load_mnist`: 700 to train on, 300 to test on, half of each digit
    in both. The division is fixed and is not that of `load_mnist`: a test image here may be one to train on
    there. A pixel is 0.0 (paper) to 1.0 (ink).

    Returns:
        x_train (784, 700) and x_test (784, 300), float64; reshape a column to (28, 28) to see the image.
        y_train (1, 700) and y_test (1, 300), float64, 0.0 for a zero and 1.0 for a one.

    Source: MNIST (LeCun, Cortes, Burges 1998), CC BY-SA 3.0; see MNIST-LICENSE.md.

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

    Source: MNIST (LeCun, Cortes, Burges 1998), CC BY-SA 3.0; see MNIST-LICENSE.md.

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
    path = Path(__file__).parent / f"{name}.npz"
    with np.load(path, allow_pickle=False) as file:
        return [file[array] for array in arrays]


def _split_rows(rows, labels, test=0.2):
    return split(rows.T, labels[np.newaxis], test=test, stratified=True)
