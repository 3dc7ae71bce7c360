"""Border: what a learner's code returns is examined where it comes in, so that a message names their code and mend.

Without it, a missing `return` is a riddle some lines later, in code that nobody here has written.
"""

import numpy as np


class BorderError(ValueError):
    """What a learner's code returned cannot be used. `code` is the function that returned it, where that is known."""

    def __init__(self, message, code=None):
        super().__init__(message)
        self.code = code


def name_of(thing):
    """`your Dense` for the learner's own class, object or function, `Dense` for nnlib's."""
    kind = thing if hasattr(thing, "__name__") else type(thing)
    return kind.__name__ if kind.__module__.partition(".")[0] == "nnlib" else f"your {kind.__name__}"


def by_name(own):
    """{name: thing} of what somebody handed over: one thing, several of them, or None."""
    several = own if isinstance(own, (list, tuple)) else [] if own is None else [own]
    return {name_of(one): one for one in several}


def method_of(thing, name="__call__"):
    """The function behind a class's or an object's method; a function itself."""
    kind = thing if isinstance(thing, type) or not hasattr(thing, "__class__") else type(thing)
    return thing if hasattr(thing, "__code__") else getattr(kind, name, None)


def taken(value, who, shape=None, given="", code=None, finite=False):
    """`value`, which `who` returned, as an array of floats of this `shape` (None: of any).

    `given` says what it was called with. Raises BorderError for None, for what is no number, for another shape, and
    with `finite` for numbers that are NaN or infinite.
    """
    if value is None:
        raise BorderError(f"{who} returned None: is `return` missing?", code)
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        what = f"the text {value!r:.60}" if isinstance(value, str) else f"a {type(value).__name__}"
        raise BorderError(f"{who} returned {what}: an array of numbers was expected", code)
    if shape is not None and array.shape != tuple(shape):
        was = f"{who} was called with {given} and returned" if given else f"{who} returned"
        raise BorderError(f"{was} the shape {array.shape}; {tuple(shape)} was expected{mend(array, shape)}", code)
    if finite and not np.isfinite(array).all():
        count = int((~np.isfinite(array)).sum())
        raise BorderError(f"{who} returned NaN or ∞ in {count} of {array.size} places: is something divided by 0, or "
                          "the log or the root of a number below 0 taken?", code)  # fmt: skip
    return array.astype(float)


def one_number(value, who, given="", code=None):
    """`value`, which `who` returned, as a float."""
    return float(taken(value, who, (), given, code))


def mend(array, shape):
    """What usually makes the shape of `array` the wanted one."""
    if array.ndim == 2 and array.shape == tuple(shape)[::-1]:
        return ": it lies on its side, `.T` turns it"
    if array.ndim == 0:
        return ": one number came for all, where each has its own"
    if array.size == np.prod(shape) and array.ndim < len(shape):
        return ": the numbers fit, an axis is gone; `keepdims=True` keeps it"
    return ""
