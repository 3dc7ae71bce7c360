"""Points: data on the plane that somebody drew, pasted or keeps in a CSV file, and the input features made of them."""

import math

import numpy as np

from nnlib.data import read_table

MOST, LONGEST = 2000, 200_000  # points, and letters of a text, that are taken
WIDE = 3  # features that go further than this from 0 are standardised

FEATURES = {
    "x₁": lambda x: x[0],
    "x₂": lambda x: x[1],
    "x₁²": lambda x: x[0] ** 2,
    "x₂²": lambda x: x[1] ** 2,
    "x₁x₂": lambda x: x[0] * x[1],
    "sin πx₁": lambda x: np.sin(math.pi * x[0]),
    "sin πx₂": lambda x: np.sin(math.pi * x[1]),
}
"""Input features by name, each a function of the points `(2, examples)`. The π makes one wave of the plane's width."""


def as_features(x, names):
    """The features that the network is given, `(len(names), examples)`, for points `x` `(2, examples)`."""
    return np.stack([FEATURES[name](x) for name in names])


def read_points(text):
    """The points in a table, written as `read_table` reads it: x `(2, examples)`, y `(1, examples)`.

    Two columns are the place, the last one is the label: a number, or a word, of which the classes 0, 1 … are made.
    Raises ValueError that names line, column and mend, also for other columns and for more than 2,000 points.

    >>> x, y = read_points("x1;x2;label" + chr(10) + "0,5;-1;apple" + chr(10) + "0,25;1;pear")
    >>> x.tolist(), y.tolist()
    ([[0.5, 0.25], [-1.0, 1.0]], [[0.0, 1.0]])
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        raise ValueError(f"points are a text of at most {LONGEST:,} letters")
    table = read_table(text.encode(), keep=True, quiet=True)
    if len(table.feature_names) != 2 or len(table) > MOST:
        raise ValueError(
            f"expected up to {MOST:,} lines of x₁, x₂ and a label, such as 0.5, -0.2, 1; got {len(table):,} lines of "
            f"{', '.join(table.feature_names)} and the label {table.target.name}"
        )
    return table.x, table.y.astype(float)


def are_classes(y):
    """Whether labels `(1, examples)` are the classes 0 and 1; otherwise they are numbers to predict."""
    return bool(np.isin(y, (0, 1)).all())


def parted(x, y, test, seed):
    """x_train, y_train, x_test, y_test: each point's part is drawn for itself, so a new point moves no other.

    `test` is the part to test on; the first two points are always there to train on.
    """
    is_test = np.random.default_rng(seed).random(x.shape[1]) < test
    is_test[:2] = False
    return x[:, ~is_test], y[:, ~is_test], x[:, is_test], y[:, is_test]
