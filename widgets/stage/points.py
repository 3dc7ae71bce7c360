"""Points: data on the plane that somebody drew, pasted or keeps in a CSV file, and the input features made of them."""

import math
import re

import numpy as np

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
    """The points in `text`, one a line as `x₁, x₂, label`: x `(2, examples)`, y `(1, examples)`.

    Numbers are parted by commas, semicolons, tabs or spaces; where they are not parted by commas, a comma may be the
    decimal point. A first line of names is passed over, and empty lines are. Raises ValueError that names the first
    line that is anything else, or if there are more than 2,000 points.

    >>> x, y = read_points("x1,x2,label" + chr(10) + "0.5,-1,1")
    >>> x.tolist(), y.tolist()
    ([[0.5], [-1.0]], [[1.0]])
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        raise ValueError(f"points are a text of at most {LONGEST:,} letters")
    lines = [(number, line) for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1) if line.strip()]
    if lines and not any(as_number(word) is not None for word in re.split(r"[,;\s]+", lines[0][1].strip())):
        del lines[0]
    rows = []
    for number, line in lines:
        row = numbers_of(line)
        if row is None:
            raise ValueError(f"line {number} is {line[:60]!a}, expected three finite numbers: x₁, x₂ and the label")
        rows.append(row)
    if not rows or len(rows) > MOST:
        raise ValueError(f"expected 1 to {MOST:,} lines such as 0.5, -0.2, 1; got {len(rows):,}")
    table = np.array(rows).T
    return table[:2], table[2:]


def numbers_of(line):
    """The three finite numbers in a line, or None."""
    for separators in (";", "\t", ",", None):
        words = line.split(separators)
        row = [as_number(word if separators == "," else word.replace(",", ".")) for word in words]
        if len(row) == 3 and None not in row:
            return row
    return None


def as_number(word):
    """The finite number that a word is, or None."""
    try:
        value = float(word)
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None


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
