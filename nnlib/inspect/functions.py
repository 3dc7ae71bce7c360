"""A gradient check for anything: a loss, some arrays, and their gradients.

parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
print(check_functions(lambda: loss_of(x, y, parameters), parameters, lambda: gradients_of(x, y, parameters)))
"""

import copy
import inspect
from dataclasses import dataclass

import numpy as np

from nnlib.inspect.diagnosis import Diagnosis, diagnose_arrays
from nnlib.inspect.gradient_check import choose


@dataclass(frozen=True, repr=False)
class FunctionsReport:
    """What `check_functions` found, array by array: `arrays` is {name: (analytic, numeric, passed)}.

    `numeric` holds NaN where nothing was measured. `diagnosis` names the mistake if there is one.
    """

    arrays: dict
    tolerance: float
    diagnosis: Diagnosis | None

    @property
    def passed(self):
        return self.diagnosis is None

    def __repr__(self):
        lines = []
        for name, (analytic, numeric, passed) in self.arrays.items():
            error = (
                f"relative error {relative_error(analytic, numeric):.1e}" if np.shape(analytic) == numeric.shape else ""
            )
            lines.append(f"{name:10} {numeric.shape!s:10} {'agrees' if passed else 'WRONG'}  {error}".rstrip())
        if self.passed:
            return "\n".join([*lines, f"PASSED: all slopes agree within {self.tolerance:g}"])
        return "\n".join([*lines, f"FAILED: {self.diagnosis}"])


def check_functions(loss, parameters, gradients, m=None, k=None, sample=None, tolerance=1e-6, epsilon=1e-5, seed=0):
    """Compare gradients of one's own with slopes measured on `loss`, for arrays of any names.

        numeric = (loss with the parameter + epsilon - loss with it - epsilon) / (2 epsilon)

    `parameters` is a dictionary of arrays (or a list of them), in forward order. `loss` is a function that returns a
    number: of no argument, and then it must look at these very arrays, or of one, the dictionary. `gradients` is a
    dictionary with the same names, or with d, dL_ or grad_ before them (`dW1` for `W1`), or a function like `loss` that
    returns one; a list has the order of the parameters. `m` and `k`, the numbers of examples and outputs, help to name
    a factor. `sample` checks that many numbers, drawn with `seed`.

    The arrays are moved in place while it measures, and are back, bit for bit, at the end. Returns a `FunctionsReport`:
    print it, or ask `report.passed`. Raises TypeError for what is no such function or dictionary, ValueError if a
    gradient is missing, if the loss does not move with the arrays it was given, or if it differs from call to call.

    >>> w, x, y = np.array([2.0]), np.array([1.0, 3.0]), np.array([1.0, 2.0])
    >>> loss = lambda: ((w * x - y) ** 2).mean()
    >>> check_functions(loss, {"w": w}, {"w": [(2 * (w * x - y) * x).mean()]}).passed
    True
    """
    parameters = named("parameters", parameters)
    for name, array in parameters.items():
        if not isinstance(array, np.ndarray) or array.dtype != np.float64:
            kind = getattr(array, "dtype", type(array).__name__)
            raise TypeError(f"parameters[{name!r}] is {kind}, expected an array of float64: np.array(…, dtype=float)")
    call = caller("loss", loss, parameters)
    first, second = number(call()), number(call())
    if first != second:
        raise ValueError(f"loss() gave {first:g} and then {second:g} for the same numbers: it must not draw anew")
    came = named("gradients", caller("gradients", gradients, parameters)() if callable(gradients) else gradients)
    analytic = {name: array_of(found(name, came, i)) for i, name in enumerate(parameters)}

    numeric, alike = {}, True
    indices = choose_in(parameters, sample, seed)
    for name, array in parameters.items():
        numeric[name] = np.full(array.shape, np.nan)
        for place in indices[name]:
            index = np.unravel_index(place, array.shape)
            kept = array[index]
            step = epsilon * max(1, abs(kept))
            try:
                array[index] = kept + step
                up, high = number(call()), array[index]
                array[index] = kept - step
                down, low = number(call()), array[index]
            finally:
                array[index] = kept
            numeric[name][index] = (up - down) / (high - low)
            alike = alike and up == down
    if alike and any(np.any(np.asarray(array, dtype=object) != 0) for array in analytic.values()):
        raise ValueError(
            "the loss stays the same whatever is done to the parameters: loss() must compute with the arrays that were "
            "given, not with copies of them"
        )
    small = 16 * np.finfo(float).eps * max(abs(first), 1e-3) / (epsilon * tolerance)
    right = {
        name: np.where(np.isnan(values), zeros_like_of(analytic[name], values), values)
        for name, values in numeric.items()
    }
    passed = {name: agree(analytic[name], numeric[name], tolerance, small) for name in parameters}
    told = {name: label(name) for name in parameters}
    settled = {told[name]: analytic[name] if passed[name] else right[name] for name in parameters}
    mine = {told[name]: array for name, array in analytic.items()}
    diagnosis = None if all(passed.values()) else diagnose_arrays(mine, settled, m=m, k=k)
    return FunctionsReport(
        {name: (analytic[name], numeric[name], passed[name]) for name in parameters}, tolerance, diagnosis
    )


def named(what, arrays):
    """A dictionary as it is, a list by its places; else a TypeError."""
    if isinstance(arrays, dict) and arrays:
        return arrays
    if isinstance(arrays, (list, tuple)) and arrays:
        return {str(index): array for index, array in enumerate(arrays)}
    raise TypeError(f"{what} is a dictionary of arrays such as {{'W1': W1, 'b1': b1}}, got {type(arrays).__name__}")


def caller(what, function, parameters):
    """The function without arguments, whether it takes none or the parameters."""
    if not callable(function):
        raise TypeError(
            f"{what} is a function, such as lambda: …, got {type(function).__name__}; a value cannot be moved"
        )
    try:
        takes = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty and p.kind <= 1]
    except (TypeError, ValueError):
        takes = []
    return (lambda: function(parameters)) if takes else function


def number(value):
    if np.size(value) != 1:
        raise TypeError(f"loss() returned {np.shape(value)} numbers, expected one: take their mean")
    return float(np.asarray(value).reshape(()))


def found(name, came, index):
    """The gradient of a parameter, under its own name or one of the usual ones."""
    for usual in (name, f"d{name}", f"grad_{name}", f"dL_{name}", f"d_{name}", str(index)):
        if usual in came:
            return came[usual]
    raise ValueError(f"gradients has no {name!r} (nor d{name} or grad_{name}); it has {', '.join(map(str, came))}")


def label(name):
    """The name, with what it usually stands for: "b1 bias"."""
    kind = {"b": "bias", "w": "weights"}.get(str(name)[:1].lower(), "")
    return name if not kind or kind in str(name).lower() else f"{name} {kind}"


def array_of(value):
    try:
        return copy.copy(np.asarray(value))
    except ValueError:
        return value


def choose_in(parameters, sample, seed):
    """{name: places in it} of the numbers to measure."""
    start, pieces = 0, []
    for array in parameters.values():
        pieces.append((None, None, slice(start, start + array.size)))
        start += array.size
    chosen = choose(pieces, sample, np.random.default_rng(seed))
    return {
        name: indices - piece.start for name, indices, (_, _, piece) in zip(parameters, chosen, pieces, strict=True)
    }


def zeros_like_of(mine, values):
    """What stands where nothing was measured: the learner's own number, which is then not judged."""
    return mine if np.shape(mine) == values.shape else np.zeros(values.shape)


def agree(mine, numeric, tolerance, small):
    if np.shape(mine) != numeric.shape or mine.dtype.kind not in "biuf" or not np.isfinite(mine).all():
        return False
    known = np.isfinite(numeric)
    scale = max(np.abs(mine[known]).max(initial=0) + np.abs(numeric[known]).max(initial=0), small)
    return bool(np.abs(mine - numeric)[known].max(initial=0) <= tolerance * scale)


def relative_error(mine, numeric):
    known = np.isfinite(numeric)
    scale = np.abs(mine[known]).max(initial=0) + np.abs(numeric[known]).max(initial=0)
    return float(np.abs(mine - numeric)[known].max(initial=0) / scale) if scale else 0.0
