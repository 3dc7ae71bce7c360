"""Yardsticks for a training: what always the same answer costs, what a last layer can give, how many are right."""

import copy
import math

import numpy as np

from nnlib.parts.part import parameter_names


def always_the_same(loss, labels):
    """The loss of always the same answer, the mean of the labels `(k, examples)`: what to beat. NaN if it has none."""
    always = np.repeat(labels.mean(axis=1, keepdims=True), labels.shape[1], axis=1)
    try:
        with np.errstate(all="ignore"):
            return float(loss(always, labels))
    except Exception:  # a loss of the learner's own that wants something else
        return math.nan


def reach(place, dtype):
    """The smallest and the largest number that an activation gives, infinite if it grows on; None if it is none."""
    if parameter_names(place.part) or not hasattr(place.part, "gradient"):
        return None
    z = np.repeat([[-1e4, -1e3, -1.0, 0.0, 1.0, 1e3, 1e4]], len(place.output), axis=0).astype(dtype)
    try:
        with np.errstate(all="ignore"):
            values = np.asarray(copy.copy(place.part)(z), float)
    except Exception:  # an activation of the learner's own that takes no such numbers
        return None
    nearer = values[:, 1:-1]
    least, most = nearer.min(), nearer.max()
    grows = 1 + 1e-3 * max(abs(least), abs(most))
    return (
        -np.inf if values.min() < least - grows else float(least),
        np.inf if values.max() > most + grows else float(most),
    )


def span(least, most):
    """Those two in words."""
    if least == -np.inf:
        return "any number" if most == np.inf else f"{most:.3g} and less"
    return f"{least:.3g} and more" if most == np.inf else f"{least:.3g} … {most:.3g}"


def alike(rows):
    """Whether all rows are the same."""
    return np.ptp(rows, axis=0).max() == 0


def is_log_loss(loss):
    """Whether a loss is a cross-entropy, by its numbers."""
    for output, label in (([[0.25]], [[1.0]]), ([[0.25], [0.75]], [[1.0], [0.0]])):
        try:
            if abs(float(loss(np.array(output), np.array(label))) - math.log(4)) < 1e-9:
                return True
        except Exception:  # a loss of the learner's own that wants other labels
            continue
    return False


def classes_of(array):
    return array.argmax(axis=0) if len(array) > 1 else (array[0] >= 0.5).astype(int)


def largest_class(labels):
    return float(np.bincount(classes_of(labels)).max() / labels.shape[1])


def right_answers(output, labels):
    return float((classes_of(output) == classes_of(labels)).mean())
