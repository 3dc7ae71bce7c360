"""Labels: the forms in which a loss takes them."""

from numbers import Integral

import numpy as np


def matching(labels, outputs, examples=None):
    """`labels` as they are, if there is one for each of the network's `outputs`; else a ValueError that says why."""
    shape = labels.shape if isinstance(labels, np.ndarray) else np.shape(labels)
    if shape == (outputs, examples) or (examples is None and len(shape) == 2 and shape[0] == outputs):
        return labels
    expected = f"({outputs}, {'examples' if examples is None else examples})"
    mend = ""
    if len(shape) == 1:
        mend = "; labels.reshape(1, -1) makes a row of them"
    elif len(shape) == 2 and shape[1] == outputs and examples in (None, shape[0]):
        mend = "; one column is one example, so labels.T"
    elif len(shape) == 2 and shape[0] == outputs:
        mend = "; inputs and labels must belong to the same examples"
    elif outputs == 1 and len(shape) == 2:
        mend = "; for several classes the last layer needs one unit a class"
    raise ValueError(f"labels have shape {shape}, the network's output needs {expected}{mend}")


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
        mend = "; read_table makes numbers of words" if labels.dtype.kind in "OUS" else ""
        raise ValueError(f"labels must be whole numbers from 0, but have the dtype {labels.dtype}{mend}")
    flat = labels.ravel()
    wrong = flat[~((flat >= 0) & (flat == np.floor(flat)) & (flat < np.inf))]
    if wrong.size:
        raise ValueError(f"labels must be whole numbers, 0 or more, but one is {wrong[0]}")
    largest = int(flat.max())
    if classes is None:
        classes = largest + 1
    if not is_whole(classes) or classes < 1:
        raise ValueError(f"classes must be a whole number, 1 or more, but is {classes!r}")
    if largest >= classes:
        raise ValueError(f"labels must be at most classes − 1 = {classes - 1}, but one is {largest}")
    if classes * flat.size * 8 > 512e6:
        raise ValueError(f"{classes} classes × {flat.size} examples exceed 512 MB; number the classes from 0")
    return (np.arange(classes)[:, np.newaxis] == flat).astype(np.float64)


def is_whole(value):
    return isinstance(value, Integral) and not isinstance(value, bool)
