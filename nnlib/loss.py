"""Losses: one number that says how wrong the network is, and its slope.

A loss is called with the network's output `(k, m)` and the labels `(k, m)`, k outputs and m examples, and
returns a float: a mean over the examples. `gradient(output, labels)` `(k, m)` holds each example's own
gradient, so it is m times the derivative of that float; the layers take the mean over the examples.

`targets(labels, outputs)` is asked once before training or evaluation: it refuses labels that cannot be meant.
"""

import numpy as np

from nnlib.parts.labels import matching, one_hot


class MeanSquaredError:
    """The squared distance to the label, averaged over outputs and examples.

        loss     = mean of (output - labels)²
        gradient = 2 (output - labels) / k        (k, m)

    >>> loss = MeanSquaredError()
    >>> loss(np.array([[1., 4.]]), np.array([[1., 2.]]))    # (0² + 2²) / 2
    2.0
    >>> loss.gradient(np.array([[1., 4.]]), np.array([[1., 2.]]))
    array([[0., 4.]])
    """

    def __repr__(self):
        return f"{type(self).__name__}()"

    def targets(self, labels, outputs):
        return matching(labels, outputs)

    def __call__(self, output, labels):
        error = output - matching(labels, *output.shape)
        return float((error * error).mean())

    def gradient(self, output, labels):
        labels = matching(labels, *output.shape)
        return 2 * (output - labels) / output.shape[0]


class MeanAbsoluteError(MeanSquaredError):
    """The distance to the label, averaged over outputs and examples: one far point pulls no harder than a near one.

        loss     = mean of |output - labels|
        gradient = sign(output - labels) / k      (k, m); 0 where they are equal

    >>> MeanAbsoluteError()(np.array([[1., 4.]]), np.array([[1., 2.]]))
    1.0
    """

    def __call__(self, output, labels):
        labels = matching(labels, *output.shape)
        return float(np.abs(output - labels).mean())

    def gradient(self, output, labels):
        labels = matching(labels, *output.shape)
        return np.sign(output - labels) / output.shape[0]


class Huber(MeanSquaredError):
    """Squared for errors up to `delta`, straight beyond: calm about outliers and smooth at 0.

        error    = output - labels
        loss     = mean of error² / 2 where |error| <= delta, else delta (|error| - delta / 2)
        gradient = error clipped to ±delta, / k   (k, m)

    >>> Huber(delta=1.0)(np.array([[1., 4.]]), np.array([[1., 2.]]))    # (0 + 1 · (2 - 0.5)) / 2
    0.75

    Source: Huber (1964), "Robust Estimation of a Location Parameter".
    """

    def __init__(self, delta=1.0):
        if not delta > 0:
            raise ValueError(f"Huber(delta) needs a positive number, got {delta!r}")
        self.delta = delta

    def __repr__(self):
        return f"{type(self).__name__}({self.delta:g})"

    def __call__(self, output, labels):
        error = np.abs(output - matching(labels, *output.shape))
        near = np.minimum(error, self.delta)
        return float((near * (error - near / 2)).mean())

    def gradient(self, output, labels):
        error = output - matching(labels, *output.shape)
        return np.clip(error, -self.delta, self.delta) / output.shape[0]


class BinaryCrossEntropy:
    """The surprise at each yes-or-no answer, given the probability that the network gave to yes.

        loss     = mean of -labels log(output) - (1 - labels) log(1 - output)
        gradient = (output - labels) / (k output (1 - output))      (k, m)

    `output` are probabilities `(k, m)`, `labels` 0 or 1 (or a probability between). Called on bare
    probabilities, every `output`, `1 - output` and `output (1 - output)` below the smallest normal number of
    its dtype (2.2e-308 in float64) counts as that number, so a confident mistake costs about 708, never
    infinity. A network that ends in Sigmoid needs no such clip: it takes `BinaryCrossEntropyFromZ`.

    >>> round(BinaryCrossEntropy()(np.array([[0.9, 0.2]]), np.array([[1., 0.]])), 6)    # (-log 0.9 - log 0.8) / 2
    0.164252
    """

    def __repr__(self):
        return f"{type(self).__name__}()"

    def targets(self, labels, outputs):
        labels = matching(labels, outputs)
        if labels.size and not (labels.min() >= 0 and labels.max() <= 1):
            raise ValueError(
                f"{self!r} needs labels from 0 to 1, got {labels.min():g} … {labels.max():g}; "
                "labels -1 and 1 become 0 and 1 by (labels + 1) / 2, more than two classes need Softmax "
                "and CategoricalCrossEntropy"
            )
        return labels

    def __call__(self, output, labels):
        labels = matching(labels, *output.shape)
        yes, no = at_least_tiny(output), at_least_tiny(1 - output)
        return float(-(labels * np.log(yes) + (1 - labels) * np.log(no)).mean())

    def gradient(self, output, labels):
        labels = matching(labels, *output.shape)
        return (output - labels) / (output.shape[0] * at_least_tiny(output * (1 - output)))


class CategoricalCrossEntropy:
    """The surprise at the right class, given the probabilities that the network gave to all k.

        loss     = mean over examples of the sum over classes of -labels log(output)
        gradient = -labels / output               (k, m)

    `output` are probabilities `(k, m)` that add up to 1 for each example. `labels` are one-hot `(k, m)`, or
    the number of the class, 0 … k - 1, as `(1, m)` or `(m,)`. An `output` below the smallest normal number
    of its dtype counts as that number. A network that ends in Softmax takes `CategoricalCrossEntropyFromZ`.

    >>> CategoricalCrossEntropy()(np.array([[0.7], [0.2], [0.1]]), np.array([1]))    # -log 0.2
    1.6094379124341003
    """

    def __repr__(self):
        return f"{type(self).__name__}()"

    def targets(self, labels, outputs):
        labels = classes_to_columns(labels, outputs)
        if labels.size and not (labels.min() >= 0 and np.allclose(labels.sum(axis=0), 1)):
            of_one = "; one output for yes or no takes Sigmoid and BinaryCrossEntropy, several classes a unit each"
            raise ValueError(
                f"{self!r} needs one-hot labels, each column adding up to 1, or whole numbers 0 … {outputs - 1} "
                f"in one row; got shape {labels.shape}, columns adding up to {labels.sum(axis=0).min():g} … "
                f"{labels.sum(axis=0).max():g}{of_one if outputs == 1 else ''}"
            )
        return labels

    def __call__(self, output, labels):
        labels = classes_to_columns(labels, *output.shape)
        return float(-(labels * np.log(at_least_tiny(output))).sum() / output.shape[1])

    def gradient(self, output, labels):
        labels = classes_to_columns(labels, *output.shape)
        return -labels / at_least_tiny(output)


class BinaryCrossEntropyFromZ:
    """BinaryCrossEntropy of Sigmoid, in one step, from the z before the Sigmoid: exact for every finite z.

        loss   = mean of max(z, 0) - labels z + log(1 + exp(-|z|))
        grad_z = (output - labels) / k            (k, m), output = sigmoid(z)

    `output (1 - output)`, the slope of Sigmoid, cancels against the denominator of the loss's gradient. So the
    long way and this one agree wherever the long way is finite.

    >>> BinaryCrossEntropyFromZ()(np.array([[1000., -1000.]]), np.array([[1., 1.]]))
    500.0
    """

    def __call__(self, z, labels):
        labels = matching(labels, *z.shape)
        return float((np.maximum(z, 0) - labels * z + np.log1p(np.exp(-np.abs(z)))).sum() / z.size)

    def gradient(self, output, labels):
        labels = matching(labels, *output.shape)
        return (output - labels) / output.shape[0]


class CategoricalCrossEntropyFromZ:
    """CategoricalCrossEntropy of Softmax, in one step, from the z before the Softmax: exact for every finite z.

        log_output = z - max(z) - log(sum of exp(z - max(z)))       (k, m), max and sum over the k classes
        loss       = mean over examples of the sum over classes of -labels log_output
        grad_z     = output - labels                                (k, m), output = softmax(z)

    >>> CategoricalCrossEntropyFromZ()(np.array([[1000.], [0.]]), np.array([1]))
    1000.0
    """

    def __call__(self, z, labels):
        labels = classes_to_columns(labels, *z.shape)
        shifted = z - z.max(axis=0, keepdims=True)
        log_output = shifted - np.log(np.exp(shifted).sum(axis=0, keepdims=True))
        return float(-(labels * log_output).sum() / z.shape[1])

    def gradient(self, output, labels):
        labels = classes_to_columns(labels, *output.shape)
        return output - labels


def at_least_tiny(probability):
    return np.maximum(probability, np.finfo(np.result_type(probability, 0.0)).tiny)


def classes_to_columns(labels, outputs, examples=None):
    """One-hot labels as they are; class numbers `(1, m)` or `(m,)` as one-hot columns `(outputs, m)`."""
    labels = np.asarray(labels)
    if outputs > 1 and (labels.ndim == 1 or labels.shape[:-1] == (1,)):
        return one_hot(matching(labels.reshape(1, -1), 1, examples), outputs)
    return matching(labels, outputs, examples)
