"""Checks of what a caller hands in: each returns the value ready for use, or raises an error that says what was
expected, what came, and the likely mend.
"""

import math
import numbers
import warnings

import numpy as np

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


def told_if_not_finite(look, x):
    """The output of `look(x)`; a warning in words, instead of NumPy's, where it holds anything but finite numbers."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        output = look(x)[1]
    if not np.isfinite(output).all() and np.geterr()["over"] == "warn":  # whoever ignores overflow knows
        text = "the output holds numbers that are not finite: the weights are too large for these inputs"
        warnings.warn(text, RuntimeWarning, stacklevel=3)
    return output
