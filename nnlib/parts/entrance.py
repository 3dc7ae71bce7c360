"""The way into a network: every array that a caller hands in becomes one that the network can use, or an error that
says what was expected, what came, and the likely mend.
"""

import numbers

import numpy as np

from nnlib.parts.divergence import is_finite
from nnlib.parts.labels import matching
from nnlib.parts.part import unbuilt_if_refused
from nnlib.parts.validate import pair, whole


class Entrance:
    """Where data come into `model`: its number of features and outputs, dtype, loss and memory decide what may."""

    def __init__(self, model):
        self.model = model

    def examples(self, x, finite=False, name="x"):
        """`x` as `(features, m)` of the network's dtype, which it builds if need be; `finite` refuses nan and inf."""
        model = self.model
        ready = type(x) is np.ndarray and x.dtype is model.dtype and x.ndim == 2 and x.shape[0] == model.features
        if not ready or x.shape[1] == 0:
            x = numbers_of(name, x, model.dtype)
            two_dimensional(name, x, model.features)
        if finite:
            all_finite(name, x)
        if model.features is None:
            model.build(x.shape[0])
        model._parameters.take_back()
        return x

    def labels(self, labels, outputs, examples=None, name="labels"):
        """`labels` as `(outputs, examples)`, by the loss's own rule for labels (`targets`) if it has one."""
        dtype = self.model.dtype
        if type(labels) is np.ndarray and labels.dtype is dtype and labels.shape == (outputs, examples):
            return labels
        labels = numbers_of(name, labels, dtype)
        all_finite(name, labels)
        labels = getattr(self.model.loss, "targets", matching)(labels, outputs)
        return matching(labels, outputs, examples).astype(dtype, copy=False)

    def pair(self, x, y, which=""):
        """Inputs `(features, m)` and labels `(outputs, m)` that belong together."""
        rows_for_columns(x, y)
        with unbuilt_if_refused(self.model):
            x = self.examples(x, finite=True, name=f"{which}x")
            with np.errstate(all="ignore"):  # how many outputs there are, whatever they say
                _, output = self.model._look(np.zeros((self.model.features, 1), self.model.dtype))
            y = self.labels(y, len(output), name=f"{which}labels")
            same_examples(x, y)
        return x, y

    def training_data(self, x, y, batch_size, validation):
        """What `fit` trains on: inputs and labels, the size of a batch, and the validation pair or None."""
        size = None if batch_size is None else whole("batch_size", batch_size)
        with unbuilt_if_refused(self.model):
            x, y = self.pair(x, y)
            size = x.shape[1] if size is None else min(size, x.shape[1])
            self.refuse_if_too_large(x.shape[0], size)
            if validation is not None:
                validation = self.pair(*pair("validation", validation), "validation ")
        return x, y, size, validation

    def refuse_if_too_large(self, features, examples):
        """MemoryError with the estimate, if the network would need more than its `memory_limit` MiB."""
        parameters = activations = 0
        for place in self.model.places:
            units = getattr(place.part, "units", None)
            if isinstance(units, numbers.Integral):
                parameters += units * (features + 1)
                features = int(units)
            activations += features * examples
        # five vectors like the parameters: gradient, two for an optimiser, the last good ones; output and gradient
        need, limit = (5 * parameters + 2 * activations) * self.model.dtype.itemsize / 2**20, self.model.memory_limit
        if need > limit:
            raise MemoryError(
                f"this network needs about {need:,.0f} MiB ({parameters:,} parameters, batches of {examples:,}), "
                f"more than memory_limit={limit:,} MiB; use fewer units, a smaller batch_size, or raise it"
            )


def numbers_of(name, values, dtype):
    """`values` as an array of `dtype`: integers, booleans and other floats are converted, the rest is refused."""
    if hasattr(values, "feature_names") and hasattr(values, "lines"):
        raise TypeError(f"{name} is a table: preparation = Preparation(train) makes arrays, fit(*preparation(train))")
    try:
        values = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} cannot be made into an array: its rows have different lengths") from error
    if values.dtype.kind not in "biuf":
        raise TypeError(
            f"{name} holds {values.dtype} values, expected real numbers; np.asarray(values, float) may convert "
            "numbers that are written as words, and read_table makes classes and features of words"
        )
    with np.errstate(over="ignore"):  # 1e300 as float32 is infinite: all_finite says so better
        return values.astype(dtype, copy=False)


def all_finite(name, values):
    if not is_finite(values):
        bad = np.argwhere(~np.isfinite(values))[0]
        raise ValueError(
            f"{name} as {values.dtype} holds {values[tuple(bad)]} at {tuple(int(i) for i in bad)}: "
            "every value must be a finite number"
        )


def two_dimensional(name, x, features=None):
    """Refuse `x` unless it is `(features, examples)` with at least one of each; `features` None is any number."""
    if x.ndim != 2:
        mend = "; one column is one example: put all that belongs to it into one column"
        if x.ndim == 1:
            mend = "; one feature: x.reshape(1, -1), one example: x.reshape(-1, 1)"
        raise ValueError(f"{name} has shape {x.shape}, expected (features, examples){mend}")
    if 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}: there must be at least one feature and one example")
    if features not in (None, x.shape[0]):
        mend = "; one column is one example, so x.T" if x.shape[1] == features else ""
        raise ValueError(f"{name} has shape {x.shape}, but the network was built for ({features}, examples){mend}")


def rows_for_columns(x, y):
    """Refuse data in which each row is an example, as most tables have it, with the mend for both arrays."""
    shape, flat = shape_of(x), shape_of(y)
    if len(shape) == 2 and 1 < shape[0] != shape[1] and flat in ((shape[0],), (shape[0], 1)):
        labels = "labels[np.newaxis]" if len(flat) == 1 else "labels.T"
        raise ValueError(
            f"x has shape {shape} and labels {flat}: there one row is one example, here one column is; "
            f"expected (features, examples), so x.T and {labels}"
            + ("" if isinstance(x, np.ndarray) else "; np.array makes arrays of lists")
        )


def shape_of(values):
    """The shape of an array, of lists or of what has one; () where rows have different lengths."""
    try:
        return getattr(values, "shape", None) or np.shape(values)
    except ValueError:
        return ()


def same_examples(x, y):
    """Refuse inputs and labels with unequal numbers of columns."""
    if x.shape[1] != y.shape[1]:
        mend = "; one column is one example, so x.T" if x.shape[0] == y.shape[1] else ""
        raise ValueError(
            f"x has {x.shape[1]} examples and y has {y.shape[1]}: shapes {x.shape} and {y.shape}; "
            f"both need the same number of columns{mend}"
        )
