"""What is handed to the Workbench to learn from, as a network takes it, and the plane that it is seen over."""

import os
from dataclasses import dataclass

import numpy as np

from nnlib import BinaryCrossEntropy, CategoricalCrossEntropy, Sigmoid, Softmax

MOST_CLASSES, NAMED = 10, 30  # kinds of labels that are classes; features that may be chosen as an axis
ALONG = ("widest direction", "second widest")
DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass
class Given:
    """x `(features, examples)`, labels y `(1, examples)`, the same of those held back or None, and how many classes.

    `kinds` is 0 where the labels are numbers to predict; `said` tells what was done to them, and `names` are what the
    classes were called, if not by their numbers.
    """

    x: np.ndarray
    y: np.ndarray
    held: tuple | None
    kinds: int
    said: str = ""
    names: tuple = ()


def taken(x, y, x_test=None, y_test=None):
    """What was handed over as a `Given`. Raises ValueError that says what was expected, what came, and the mend."""
    x, y = table(x, "x"), labels(y, "y")
    examples_match(x, y, "")
    kinds, names, said = kinds_of(y)
    held = None
    if x_test is not None or y_test is not None:
        if x_test is None or y_test is None:
            raise ValueError("x_test and y_test belong together; one of them is missing")
        there = table(x_test, "x_test"), labels(y_test, "y_test")
        examples_match(*there, "_test")
        if len(there[0]) != len(x):
            raise ValueError(f"x has {len(x)} features, x_test {len(there[0])}: both need the same, in the same order")
        if kinds and not set(np.unique(there[1]).tolist()) <= set(names):
            raise ValueError(f"y_test has labels that y has not; y has {shown(names)}")
        held = there[0], renamed(there[1], kinds, names)
    return Given(x, renamed(y, kinds, names), held, kinds, said, tuple(names) if said else ())


def as_the_model_takes_them(model, x, y, x_test=None, y_test=None):
    """A `Given` for a model: the labels `(k, examples)` stay as they are. Raises ValueError as `taken` does."""
    parts = []
    for x_part, y_part, end in ((x, y, ""), (x_test, y_test, "_test")):
        if x_part is None and end:
            break
        if y_part is None:
            raise ValueError(f"y{end} is missing: a model needs its labels, Workbench(model=model, x=x, y=y)")
        y_part = np.atleast_2d(np.asarray(y_part))
        x_part = table(x_part, f"x{end}")
        if y_part.shape[1] != x_part.shape[1]:
            raise ValueError(
                f"x{end} {x_part.shape} and y{end} {y_part.shape} must have as many columns, one for each example"
            )
        parts.append((x_part, y_part.astype(float)))
    last = model.places[-1].part if getattr(model, "places", None) else None
    outputs = parts[0][1].shape[0]
    if isinstance(last, Softmax) or isinstance(model.loss, CategoricalCrossEntropy):
        kinds = max(outputs, 2)
    else:
        kinds = 2 * (outputs == 1 and (isinstance(last, Sigmoid) or isinstance(model.loss, BinaryCrossEntropy)))
    return Given(*parts[0], parts[1] if len(parts) > 1 else None, kinds)


def table(x, name):
    """`x` as finite numbers `(features, examples)`."""
    through = f"Workbench({name}=read_table(…)) takes files, tables and words"
    if isinstance(x, str | os.PathLike | dict) or hasattr(x, "columns"):
        raise TypeError(f"{name} is an array of numbers (features, examples), got {type(x).__name__}; {through}")
    try:
        x = np.asarray(x)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths: each feature has a number for each example") from None
    if x.ndim != 2 or not x.size:
        mend = f"; for one feature take {name}[np.newaxis]" if x.ndim == 1 and x.size else ""
        raise ValueError(f"{name} has the shape (features, examples), got {x.shape}{mend}")
    try:
        finite = np.isfinite(x := x.astype(float, casting="unsafe" if x.dtype.kind in "biufOUS" else "safe"))
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers, got {x.dtype}; {through}") from None
    if not finite.all():
        raise ValueError(f"{name} must be finite numbers; leave out the examples in which one is missing")
    return x


def labels(y, name):
    """`y` as one label for each example; of one-hot columns, the number of the class."""
    if y is None:
        raise ValueError(f"{name} is missing: hand over a label for each example, Workbench(x=x, y=y)")
    y = np.asarray(y)
    if y.ndim == 2 and min(y.shape) > 1:
        if not (np.isin(y, (0, 1)).all() and (y.sum(axis=0) == 1).all()):
            raise ValueError(
                f"{name} has one label for each example, or one-hot columns (classes, examples); got {y.shape}"
            )
        return y.argmax(axis=0)
    return np.ravel(y)


def examples_match(x, y, end):
    if x.shape[1] == y.size:
        return
    same = f"x{end} and y{end} must belong to the same examples"
    mend = f"turn the table round with x{end}.T" if len(x) == y.size else same
    raise ValueError(
        f"expected x{end} of shape (features, examples) and a label for each example, got {x.shape} and "
        f"{y.size} labels; {mend}"
    )


def kinds_of(y):
    """(how many classes, their labels, what is done to them, in words); no class if they are numbers to predict."""
    number = np.issubdtype(y.dtype, np.number)
    if number and not np.isfinite(y).all():
        raise ValueError("the labels must be finite; leave out the examples in which one is missing")
    names = np.unique(y).tolist()
    whole = number and all(float(name).is_integer() for name in names[: MOST_CLASSES + 1])
    if set(names) <= {0, 1}:
        return 2, [0, 1], ""
    if len(names) == 2:
        return 2, names, f"Label {names[0]} is called class 0, and {names[1]} class 1."
    if 2 < len(names) <= MOST_CLASSES and (not number or (whole and len(names) < y.size / 2)):
        same = names == list(range(len(names)))
        said = ", ".join(f"{name} is class {number}" for number, name in enumerate(names))
        return len(names), names, "" if same else f"Of the labels {said}."
    if not number:
        raise ValueError(f"the labels are {len(names)} different words; {MOST_CLASSES} classes are taken at most")
    return 0, names, ""


def renamed(y, kinds, names):
    return (y if not kinds else np.searchsorted(names, y)).astype(float)[np.newaxis]


def shown(names):
    return ", ".join(map(str, names[:4])) + (" …" if len(names) > 4 else "")


def feature_names(count):
    return [f"x{str(number).translate(DIGITS)}" for number in range(1, count + 1)]


class Plane:
    """The plane that maps are drawn over: two features of `x` `(features, examples)`, or its two widest directions.

    The directions are called d₁ and d₂. Features that are no axis are as they are on average. One feature lies across,
    and the label up.
    """

    def __init__(self, x, y, across=ALONG[0], up=ALONG[1], names=None):
        count, names = len(x), list(names or feature_names(len(x)))
        self.x, self.top = x, float(np.abs(y).max(initial=1))
        chosen = names if count <= 2 else [across, up]
        middle = x.mean(axis=1, keepdims=True) if x.size else np.zeros((count, 1))
        if set(chosen) <= set(names):
            self.axes = np.eye(count, 2) if count == 1 else np.eye(count)[:, [names.index(name) for name in chosen]]
            self.origin = middle * (self.axes.sum(axis=1, keepdims=True) == 0)
        else:
            chosen, self.origin, self.axes = ["d₁", "d₂"], middle, widest(x - middle)
        self.names = chosen if count > 1 else [*names, "label"]

    def lift(self, places):
        """The inputs `(features, places)` for places of the plane `(2, places)`."""
        return self.origin + self.axes @ places

    def flat(self, x, y=None):
        """Where examples lie on the plane, `(2, examples)`."""
        told = self.axes.T @ (x - self.origin)
        if len(x) == 1 and y is not None:
            told[1] = y[0] / self.top
        return told


def widest(x):
    """The two directions `(features, 2)` in which columns of mean 0 are spread most, of a sign that does not jump."""
    axes = np.linalg.svd(x @ x.T)[0][:, :2] if x.shape[1] > 1 else np.eye(len(x), 2)
    return axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1, 1)
