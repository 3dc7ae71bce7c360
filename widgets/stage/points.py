"""Points: data on the plane that somebody drew or typed, and the input features made of them."""

import math

import numpy as np

from nnlib.data import split

MOST = 2000  # points that are taken
WIDE = 3  # points lie within −3 … 3; what goes further is a table, and is scaled

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


def held_back(y, part, seed):
    """Which of the examples with labels `(1, examples)` are held back: each is drawn for itself, so no new one moves
    another. The first two are there to train on, and of up to ten kinds of labels the first of each.
    """
    told = np.random.default_rng(seed).random(y.shape[1]) < part
    first = np.unique(y[0], return_index=True)[1]
    told[[0, 1][: y.shape[1]]] = False
    told[first if len(first) <= 10 else []] = False
    return told


def parted(x, y, test, seed):
    """x_train, y_train, x_test, y_test as `held_back` draws them; `test` is the part to test on."""
    is_test = held_back(y, test, seed)
    return x[:, ~is_test], y[:, ~is_test], x[:, is_test], y[:, is_test]


def divided(x, y, test, seed):
    """The same parts of points that a formula has drawn, as `nnlib.data.split` shuffles them; `test` may be 0."""
    return split(x, y, test, seed) if test else (x, y, x[:, :0], y[:, :0])
