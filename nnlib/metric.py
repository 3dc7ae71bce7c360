"""Metrics: numbers for people. A loss is for training; these say how good the answers are.

`output` are a network's outputs and `labels` the truth, both `(k, examples)` or, for classes, also whole numbers
`(1, examples)`. One row of outputs is a yes-or-no question, yes from 0.5 on; several rows are classes, the
largest wins.
"""

import numpy as np

from nnlib.loss import BinaryCrossEntropy, CategoricalCrossEntropy


def accuracy(output, labels):
    """The part of the examples whose class is right, 0 … 1.

    >>> accuracy(np.array([[0.9, 0.2, 0.6]]), np.array([[1, 0, 0]])).round(3)
    np.float64(0.667)
    """
    output, labels = together(output, labels)
    return (classes(output) == classes(labels)).mean()


def confusion_matrix(output, labels, count=None):
    """Row i, column j: how many examples of class i were called j, `(count, count)` whole numbers.

    >>> confusion_matrix(np.array([[0.9, 0.2, 0.6]]), np.array([[1, 0, 0]]))
    array([[1, 1],
           [0, 1]])
    """
    output, labels = together(output, labels)
    truth, answer = classes(labels), classes(output)
    count = count or int(max(truth.max(), answer.max(), 1)) + 1
    table = np.zeros((count, count), int)
    np.add.at(table, (truth, answer), 1)
    return table


def precision(output, labels, positive=1):
    """Of the examples called `positive`, the part that are; 0 if none was.

    >>> precision(np.array([[0.9, 0.2, 0.6]]), np.array([[1, 0, 0]]))
    0.5
    """
    output, labels = together(output, labels)
    return part_of(classes(labels) == positive, classes(output) == positive)


def recall(output, labels, positive=1):
    """Of the examples that are `positive`, the part that were called so; 0 if there are none.

    >>> recall(np.array([[0.9, 0.2, 0.6]]), np.array([[1, 0, 0]]))
    1.0
    """
    output, labels = together(output, labels)
    return part_of(classes(output) == positive, classes(labels) == positive)


def f1(output, labels, positive=1):
    """The harmonic mean of precision and recall, `2 p r / (p + r)`; 0 if both are.

    >>> round(f1(np.array([[0.9, 0.2, 0.6]]), np.array([[1, 0, 0]])), 3)
    0.667
    """
    p, r = precision(output, labels, positive), recall(output, labels, positive)
    return 2 * p * r / (p + r) if p + r else 0.0


def r_squared(output, labels):
    """How much of the labels' spread is explained: 1 is perfect, 0 no better than their mean.

        1 - sum of (labels - output)² / sum of (labels - mean of labels)²

    For labels that are all equal it is 1 if every output is right, else 0.

    >>> r_squared(np.array([[1., 2., 3.]]), np.array([[1., 2., 4.]])).round(3)
    np.float64(0.786)
    """
    output, labels = together(output, labels, alike=True)
    left = ((labels - output) ** 2).sum()
    spread = ((labels - labels.mean(axis=1, keepdims=True)) ** 2).sum()
    return 1 - left / spread if spread else float(left == 0)


def default_metrics(loss):
    """What `fit(validation=…)` reports besides the loss: accuracy for cross-entropies, R² for the rest."""
    return (accuracy,) if isinstance(loss, BinaryCrossEntropy | CategoricalCrossEntropy) else (r_squared,)


def together(output, labels, alike=False):
    """Outputs and labels as arrays `(k, examples)`, a flat one as a row; ValueError where they do not belong together.

    Labels may be one row for several rows of outputs, the numbers of classes, unless the two must be `alike`.
    """
    output, labels = np.atleast_2d(output), np.atleast_2d(labels)
    if labels.dtype.kind not in "biuf":
        raise TypeError(f"labels hold {labels.dtype} values, expected numbers; read_table makes classes of words")

    def fit(one, other):
        return one.shape[1] == other.shape[1] and len(other) in ((len(one),) if alike else (1, len(one)))

    if fit(output, labels):
        return output, labels
    mends = {"output.T": (output.T, labels), "labels.T": (output, labels.T), "both with .T": (output.T, labels.T)}
    fitting = [how for how, pair in mends.items() if fit(*pair)]
    mend = f"; pass {max(fitting, key=lambda how: mends[how][0].shape[1])}" if fitting else ""  # examples are many
    raise ValueError(
        f"output has shape {output.shape} and labels {labels.shape}, expected (k, examples): one column is one example"
        f"{mend}"
    )


def classes(values):
    """The class of each example, whole numbers `(examples,)`, from outputs or labels."""
    values = np.atleast_2d(values)
    if len(values) > 1:
        return values.argmax(axis=0)
    return values[0].astype(int) if np.all(values == np.floor(values)) else (values[0] >= 0.5).astype(int)


def part_of(hits, among):
    return float((hits & among).sum() / among.sum()) if among.any() else 0.0
