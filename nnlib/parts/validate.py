"""Checks of what a caller hands in: each returns the value ready for use, or raises an error that says what was
expected, what came, and the likely mend.
"""

import math
import numbers
import warnings

import numpy as np

from nnlib.parts.divergence import is_finite
from nnlib.parts.labels import matching
from nnlib.parts.part import name_of, parameter_names


def checked_blocks(layers):
    """`layers` as a tuple of tuples of parts, or an error that says which block is meant."""
    example = "((Dense(64), ReLU()), (Dense(1), Sigmoid()))"
    if not isinstance(layers, (tuple, list)) or not layers:
        raise TypeError(f"layers is a tuple of blocks such as {example}, got {layers!r}")
    seen = set()
    for number, block in enumerate(layers, start=1):
        if not isinstance(block, (tuple, list)) or not block:
            raise TypeError(
                f"block {number} of layers is {block!r}, expected a tuple of parts, as in {example}; "
                "a single block needs a comma behind it: ((Dense(1), Sigmoid()),)"
            )
        for part in block:
            if isinstance(part, type) or not callable(part):
                raise TypeError(f"block {number} holds {part!r}, expected a part such as ReLU(){instance_of(part)}")
            if id(part) in seen and (parameter_names(part) or hasattr(part, "units") or hasattr(part, "predict")):
                raise ValueError(f"{name_of(part)} of block {number} stands in the network twice: make a new one")
            seen.add(id(part))
    return tuple(tuple(block) for block in layers)


def instance_of(thing):
    return f"; make one: {thing.__name__}()" if isinstance(thing, type) else ""


def with_method(name, thing, method, arguments):
    """`thing`, if it is an object (not a class) with this method."""
    if isinstance(thing, type) or not hasattr(thing, method):
        raise TypeError(f"{name} needs an object with {method}({arguments}), got {thing!r}{instance_of(thing)}")
    return thing


def checked_callbacks(callbacks):
    """The callbacks as a tuple of objects."""
    if not isinstance(callbacks, (tuple, list)):
        raise TypeError(f"callbacks is a tuple or list of objects such as (EarlyStopping(),), got {callbacks!r}")
    for callback in callbacks:
        if isinstance(callback, type):
            raise TypeError(f"callbacks holds objects, got the class {callback.__name__}{instance_of(callback)}")
    return tuple(callbacks)


def pair(name, value):
    """`value` as (x, y), if it is two things."""
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise ValueError(f"{name} is a pair (x, y), got {type(value).__name__}")
    return value


def not_negative(name, value):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 <= value < math.inf:
        raise ValueError(f"{name} is a finite number, 0 or more, got {value!r}")
    return float(value)


def above_zero(name, value):
    """`value`, which may be infinite, for no limit."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not value > 0:
        raise ValueError(f"{name} is a number above 0, or math.inf for none, got {value!r}")
    return value


def whole(name, value):
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 1:
        raise ValueError(f"{name} is a whole number of at least 1, got {value!r}")
    return int(value)


def numbers_of(name, values, dtype):
    """`values` as an array of `dtype`: integers, booleans and other floats are converted, the rest is refused."""
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


def rows_for_columns(x, y):
    """Refuse data in which each row is an example, as most tables have it, with the mend for both arrays."""
    shape, flat = getattr(x, "shape", ()), getattr(y, "shape", ())
    if len(shape) == 2 and 1 < shape[0] != shape[1] and flat in ((shape[0],), (shape[0], 1)):
        labels = "labels[np.newaxis]" if len(flat) == 1 else "labels.T"
        raise ValueError(
            f"x has shape {shape} and labels {flat}: there one row is one example, here one column is; "
            f"expected (features, examples), so x.T and {labels}"
        )


def examples_of(name, x, dtype, features, finite):
    """`x` as `(features, examples)` of `dtype`; `features` None is any number; `finite` refuses what is not."""
    ready = type(x) is np.ndarray and x.dtype is dtype and x.ndim == 2 and x.shape[0] == features
    if not ready or x.shape[1] == 0:
        x = numbers_of(name, x, dtype)
        two_dimensional(name, x, features)
    if finite:
        all_finite(name, x)
    return x


def labels_for(loss, name, labels, dtype, outputs, examples):
    """`labels` as `(outputs, examples)` of `dtype`, by the loss's own rule for labels (`targets`) if it has one."""
    if type(labels) is np.ndarray and labels.dtype is dtype and labels.shape == (outputs, examples):
        return labels
    labels = numbers_of(name, labels, dtype)
    all_finite(name, labels)
    labels = getattr(loss, "targets", matching)(labels, outputs)
    return matching(labels, outputs, examples).astype(dtype, copy=False)


def all_finite(name, values):
    if not is_finite(values):
        bad = np.argwhere(~np.isfinite(values))[0]
        raise ValueError(
            f"{name} as {values.dtype} holds {values[tuple(bad)]} at {tuple(int(i) for i in bad)}: "
            "every value must be a finite number"
        )


def told_if_not_finite(look, x):
    """The output of `look(x)`; a warning in words, instead of NumPy's, where it holds anything but finite numbers."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        output = look(x)[1]
    if not np.isfinite(output).all() and np.geterr()["over"] == "warn":  # whoever ignores overflow knows
        text = "the output holds numbers that are not finite: the weights are too large for these inputs"
        warnings.warn(text, RuntimeWarning, stacklevel=3)
    return output


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


def same_examples(x, y):
    """Refuse inputs and labels with unequal numbers of columns."""
    if x.shape[1] != y.shape[1]:
        mend = "; one column is one example, so x.T" if x.shape[0] == y.shape[1] else ""
        raise ValueError(
            f"x has {x.shape[1]} examples and y has {y.shape[1]}: shapes {x.shape} and {y.shape}; "
            f"both need the same number of columns{mend}"
        )


def refuse_if_too_large(places, features, examples, bytes_each, limit):
    """MemoryError with the estimate, if a network would need more than `limit` MiB."""
    parameters = activations = 0
    for place in places:
        units = getattr(place.part, "units", None)
        if isinstance(units, numbers.Integral):
            parameters += units * (features + 1)
            features = int(units)
        activations += features * examples
    # five vectors like the parameters: gradient, two for an optimiser, the last good ones; output and gradient
    need = (5 * parameters + 2 * activations) * bytes_each / 2**20
    if need > limit:
        raise MemoryError(
            f"this network needs about {need:,.0f} MiB ({parameters:,} parameters, batches of {examples:,}), "
            f"more than memory_limit={limit:,} MiB; use fewer units, a smaller batch_size, or raise it"
        )
