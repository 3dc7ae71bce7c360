"""A gradient check for anything: a loss, some arrays, and their gradients.

parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
print(check_functions(lambda: loss_of(x, y, parameters), parameters, lambda: gradients_of(x, y, parameters)))
"""

import contextlib
import copy
import re
import time
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from nnlib.inspect.diagnosis import Diagnosis, diagnose_arrays
from nnlib.inspect.function_slips import (
    BESIDE,
    VAGUE,
    by_numbers,
    count_for_ratio,
    counts_around,
    in_a_slope,
    in_the_gradients,
    in_the_lines,
    in_the_loss,
    in_the_way_up,
    moves_or_remembers,
    numbers_around,
    takes_one,
    without_small_numbers,
)
from nnlib.inspect.graph import graph_of
from nnlib.inspect.handed import containers, gathered, handed, in_double, named
from nnlib.inspect.measure import choose
from nnlib.inspect.operations import OF_OPERATIONS
from nnlib.inspect.sentences import sentence, the_arrays
from nnlib.inspect.ways_back import wrong_way

WAYWARD = VAGUE | {"zeros", "ratio", "other_count", "rows_equal", "columns_equal"}
"""Kinds of numbers that a wrong way back may give."""
SMALLER = tuple(0.5**k for k in range(6))
"""What parameters are multiplied by, one after the other, until the slopes of the loss can be measured."""
SPREAD = 0.3  # of the tolerance: how far slopes measured with several steps may be apart
TOO_FEW = "the loss has too few digits for its slope to be measured, as has log(1 - a) where a is nearly 1"


@dataclass(frozen=True, repr=False)
class FunctionsReport:
    """What `check_functions` found, array by array: `arrays` is {name: (analytic, numeric, passed)}.

    `numeric` holds NaN where nothing was measured. `diagnosis` names the mistake if there is one. `times` is what the
    parameters were multiplied by to be measured: 1, unless the loss has no slope there that can be.
    """

    arrays: dict
    tolerance: float
    diagnosis: Diagnosis | None
    times: float = 1.0

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
        if self.times != 1:
            lines.append(f"Measured with your arrays times {self.times:g}: as they are, {TOO_FEW}.")
        if self.passed:
            return "\n".join([*lines, f"PASSED: all slopes agree within {self.tolerance:g}"])
        return "\n".join([*lines, f"FAILED: {self.diagnosis}"])


@np.errstate(all="ignore")
def check_functions(loss, parameters, gradients, m=None, k=None, sample=None, tolerance=1e-6, epsilon=1e-5, seed=0):
    """Compare gradients of one's own with slopes measured on `loss`, for arrays of any names.

        numeric = (loss with the parameter + epsilon - loss with it - epsilon) / (2 epsilon)

    `parameters` is a dictionary of arrays, a list of them, or a list of such dictionaries, in forward order. `loss` is
    a function that returns a number: of no argument, and then it must look at these very arrays, or of one, what
    `parameters` is; then single numbers and float32 may be in it, too. `gradients` is built alike, with the same names,
    or with d, dL_ or grad_ before them (`dW1` for `W1`), or a function like `loss` that returns that; a list has the
    order of the parameters. `m` and `k`, the numbers of examples and outputs, help to name a factor. `sample` checks
    that many numbers, drawn with `seed`.

    What is wrong is named by the numbers, by well-known wrong ways back through what the loss computes, and by the line
    of yours that puts it right, if `gradients` is a function.

    The arrays are moved in place while it measures, and are back, bit for bit, at the end. Returns a `FunctionsReport`:
    print it, or ask `report.passed`. Raises TypeError for what is no such function or dictionary, ValueError if a
    gradient is missing, if the loss does not move with the arrays it was given, or if it differs from call to call.

    >>> w, x, y = np.array([2.0]), np.array([1.0, 3.0]), np.array([1.0, 2.0])
    >>> loss = lambda: ((w * x - y) ** 2).mean()
    >>> check_functions(loss, {"w": w}, {"w": [(2 * (w * x - y) * x).mean()]}).passed
    True
    """
    return compared(loss, parameters, gradients, sample, tolerance, epsilon, seed, (m, k))


def compared(loss, parameters, gradients, sample, tolerance, epsilon, seed, counts=None):
    """The `FunctionsReport` of `check_functions`; without `counts`, (m, k), what is wrong has no name in it."""
    passed_on = takes_one(loss) and (takes_one(gradients) or not callable(gradients))
    parameters = named(parameters, in_double if passed_on else lambda array: array)
    for name, array in parameters.items():
        if not isinstance(array, np.ndarray) or array.dtype != np.float64:
            kind = getattr(array, "dtype", type(array).__name__)
            raise TypeError(f"parameters[{name!r}] is {kind}, expected an array of float64: np.array(…, dtype=float)")
    kept = {name: array.copy() for name, array in parameters.items()}
    try:
        for times in (*SMALLER, 1.0):
            for name, array in parameters.items():
                array[...] = times * kept[name]
            judge, analytic, numeric, moved = measured(loss, parameters, gradients, sample, tolerance, epsilon, seed)
            passed = judge.passed(analytic, numeric)
            if judge.finite and (all(passed.values()) or judge.can_measure(loss, passed, analytic, numeric)):
                break
        diagnosis = judge.diagnosis(loss, gradients, analytic, numeric, moved, counts)
    finally:
        for name, array in parameters.items():
            array[...] = kept[name]
    arrays = {name: (analytic[name], numeric[name], passed[name]) for name in parameters}
    return FunctionsReport(arrays, tolerance, diagnosis, times)


def measured(loss, parameters, gradients, sample, tolerance, epsilon, seed):
    """(`Judge`, the gradients given, the slopes, the names of the arrays that were moved) for arrays as they are."""
    call = caller("loss", loss, parameters)
    first, second = number(call()), number(call())
    if not np.array_equal(first, second, equal_nan=True):
        raise ValueError(f"loss() gave {first:g} and then {second:g} for the same numbers: it must not draw anew")
    before = {name: array.copy() for name, array in parameters.items()}
    analytic = gradients_from(gradients, parameters)
    moved = [name for name, array in parameters.items() if not np.array_equal(array, before[name], equal_nan=True)]
    for name in moved:
        parameters[name][...] = before[name]
    places = choose_in(parameters, sample, seed)
    numeric = slopes_of(call, parameters, places, epsilon)
    finite = all(np.isfinite([first, *numeric[name].flat[places[name]]]).all() for name in parameters)
    small = 16 * np.finfo(float).eps * max(abs(first), 1e-3) / (epsilon * tolerance)
    judge = Judge(parameters, call, finite, tolerance, epsilon, small)
    if not all(judge.passed(analytic, numeric).values()):
        looked_at_closer(call, parameters, analytic, numeric, tolerance, epsilon)
    if not all(judge.passed(analytic, numeric).values()):
        numeric = judge.finer(loss, analytic, numeric) or numeric
    return judge, analytic, numeric, moved


def gradients_from(gradients, parameters):
    """`{name: its gradient}`, from a dictionary or a function."""
    given = containers(handed(parameters))  # it may put other arrays there
    came = caller("gradients", gradients, given)() if callable(gradients) else gradients
    return {name: array_of(one) for name, one in gathered(parameters, came).items()}


def slopes_of(call, parameters, indices, epsilon=1e-5):
    """`{name: slopes}` of a loss, measured at the places that `indices` tells of each array; NaN elsewhere."""
    numeric = {}
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
    return numeric


def looked_at_closer(call, parameters, analytic, numeric, tolerance, epsilon):
    """Where a gradient is not the slope, take the slope of a longer or shorter step, if it is that.

    A long step drowns rounding, a short one does not reach the next kink. Where a loss has one at these very numbers,
    take the slope that is given, if it lies between both sides.
    """
    middle = number(call())
    for name, array in parameters.items():
        mine = analytic[name]
        if np.shape(mine) != array.shape or mine.dtype.kind not in "biuf":
            continue
        scale = np.nanmax(np.abs(numeric[name]), initial=1e-12)
        for place in map(tuple, np.argwhere(np.abs(mine - numeric[name]) > 1e-6 * scale)):
            where = {name: [np.ravel_multi_index(place, array.shape)] if place else [0]}
            steps = (slopes_of(call, {name: array}, where, share * epsilon)[name][place] for share in (10, 0.1, 0.01))
            other = next((slope for slope in steps if abs(mine[place] - slope) <= tolerance * scale), None)
            if other is not None:
                numeric[name][place] = other
                continue
            kept, step = array[place], epsilon * max(1, abs(array[place]))
            try:
                array[place] = kept + step
                right = (number(call()) - middle) / step
                array[place] = kept - step
                left = (middle - number(call())) / step
            finally:
                array[place] = kept
            near = 1e-3 * abs(right - left)
            if abs(right - left) > 1e-2 * scale and min(left, right) - near <= mine[place] <= max(left, right) + near:
                numeric[name][place] = mine[place]


@dataclass(frozen=True)
class Judge:
    """What says whether gradients are right, and looks for the name of what is wrong with them."""

    parameters: dict
    call: Any
    finite: bool  # the loss, and all slopes
    tolerance: float
    epsilon: float
    small: float

    def passed(self, analytic, numeric):
        return {name: agree(analytic[name], numeric[name], self.tolerance, self.small) for name in self.parameters}

    def can_measure(self, loss, passed, analytic, numeric):
        """Whether, where a gradient is not the slope, slopes measured with other steps are the same.

        A logarithm may be near its end, and what keeps it from there may hide that.
        """
        call, near = self.call, partial(without_small_numbers, loss, [*self.parameters.values()])
        with contextlib.suppress(ArithmeticError, ValueError):
            call = caller("loss", made, self.parameters) if (made := near()) is not None else call
            if not np.isfinite(number(call())):
                return False
            for name in [name for name in passed if not passed[name]]:
                if np.shape(analytic[name]) != numeric[name].shape or analytic[name].dtype.kind not in "biuf":
                    continue
                array, scale = self.parameters[name], np.nanmax(np.abs(numeric[name]), initial=1e-12)
                off = np.flatnonzero(~(np.abs(analytic[name] - numeric[name]) <= self.tolerance * scale))
                places = off[:: max(1, len(off) // 6)]
                several = [slopes_of(call, {name: array}, {name: places}, step * self.epsilon) for step in (0.5, 1, 2)]
                spread = np.ptp([one[name].flat[places] for one in several], axis=0)
                if not (spread <= max(SPREAD * self.tolerance * scale, 4 * self.small * self.tolerance)).all():
                    return False
            self.call()
            return True
        return False

    def diagnosis(self, loss, gradients, analytic, numeric, moved, counts):
        """The `Diagnosis` of gradients, or None; ValueError if the loss does not move, or is no number.

        Without `counts`, (m, k), no name is looked for.
        """
        still = not any(np.nan_to_num(array).any() for array in numeric.values())
        if still and any(np.any(np.asarray(array, dtype=object) != 0) for array in analytic.values()):
            if not np.isfinite(loss_now := number(self.call())):
                raise ValueError(
                    f"the loss is {loss_now:g} with these parameters, and with smaller ones too: what does it divide "
                    "by, or take the logarithm of?"
                )
            raise ValueError(
                "the loss stays the same whatever is done to the parameters: loss() must compute with the arrays that "
                "were given, not with copies of them"
            )
        found = moves_or_remembers(gradients, self.parameters, moved, self.call)
        if found is not None or all(self.passed(analytic, numeric).values()):
            return found
        if counts is None:
            return Diagnosis("unknown", "", {})
        pairs = zip(counts, counts_around(loss, self.parameters), strict=True)
        return self.named(loss, gradients, analytic, numeric, *(guess if it is None else it for it, guess in pairs))

    def finer(self, loss, analytic, numeric):
        """The slopes without a small number in the loss that it has for safety alone, if the gradients are these."""
        made = without_small_numbers(loss, [*self.parameters.values()])
        if made is None:
            return None
        self.call()
        slopes, every = None, {name: np.flatnonzero(np.isfinite(array)) for name, array in numeric.items()}
        few = {name: one[:: max(1, len(one) // 3)] for name, one in every.items()}
        for places in (few, every):  # most fail at once
            with contextlib.suppress(ArithmeticError, ValueError):
                slopes = slopes_of(caller("loss", made, self.parameters), self.parameters, places)
            measured = slopes and all(np.isfinite(slopes[name].flat[places[name]]).all() for name in slopes)
            if not measured or not all(self.passed(analytic, slopes).values()):
                return None
        return slopes

    def named(self, loss, gradients, analytic, numeric, m, k):
        """The `Diagnosis`: a column that met a row in the loss, what the numbers show, and which line puts it right."""
        places = {name: np.flatnonzero(np.isfinite(array)) for name, array in numeric.items()}
        found = in_the_loss(
            loss, self.parameters, takes_one(loss), analytic, lambda call: slopes_of(call, self.parameters, places),
            lambda change: gradients_from(change(gradients), self.parameters) if callable(gradients) else {},
        )  # fmt: skip
        if found is not None:
            return found
        passed = self.passed(analytic, numeric)
        found = by_numbers(self.parameters, analytic, numeric, passed, m)
        if found is None:
            right = {
                name: np.where(np.isnan(values), zeros_like_of(analytic[name], values), values)
                for name, values in numeric.items()
            }
            settled = {label(name): analytic[name] if passed[name] else right[name] for name in right}
            found = diagnose_arrays({label(name): array for name, array in analytic.items()}, settled, m=m, k=k)
            found = count_for_ratio(which(found, passed), m, numbers_around(loss, gradients))
            if found.kind == "sign" and (now := number(self.call())) < 0:
                text = sentence("loss_below_zero", {"loss": now})
                found = replace(found, kind="loss_sign", sentence=text, also=(*found.also, "sign"))
        if found.kind in VAGUE and (idle := self.without_effect(analytic, numeric)):
            one = "it" if len(idle) == 1 and " of the " not in idle[0] else "them"
            facts = {"names": " and ".join(idle), "one": one}
            return Diagnosis("without_effect", sentence("without_effect", facts), {"keys": idle})
        begun = time.thread_time()
        way = self.way_back(loss, analytic, numeric, m, k) if found.kind in WAYWARD else None
        if way is not None and found.kind == "l2_missing_there" and way.kind.startswith("use_"):  # that use is the term
            way = None
        unsure = way is not None and (way.also or way.kind in OF_OPERATIONS)  # may be one line's, or the loss's
        if way is not None and (not unsure or not callable(gradients)):
            found = way
        if way is not None and way.kind == "another_loss":
            return in_the_way_up(loss, gradients, self.parameters, self.fits, axes=False) or way
        if not callable(gradients) or (found is not way and found.kind not in VAGUE | BESIDE):
            return found
        agrees = partial(self.right_here_and_elsewhere, numeric, passed)
        met = in_the_gradients(gradients, self.parameters, self.call, agrees)
        vague, arrays = found.kind in VAGUE, list(self.parameters.values())
        if met is None and vague:
            met = in_a_slope(loss, gradients, self.call, agrees, arrays)
        if met is not None:
            return met
        weights = [name for name, array in self.parameters.items() if np.ndim(array) > 1] or [*passed]
        doubted = vague and not any(passed[name] for name in weights)  # the way up: else the last would be right
        if doubted and (up := in_the_way_up(loss, gradients, self.parameters, self.fits, axes=True)) is not None:
            return up
        left = 3.0 - (time.thread_time() - begun)
        seconds = (left - 0.5 if doubted else left) if way is None and vague else 1.0  # with a name it is an addition
        told = in_the_lines(loss, gradients, self.call, agrees, found, arrays, seconds)
        lost = vague and told is found
        up = in_the_way_up(loss, gradients, self.parameters, self.fits, axes=False) if lost and doubted else None
        up = up or (in_the_way_up(loss, gradients, self.parameters, self.fits, axes=None) if lost else None)
        return up or (way if told is found and way is not None else told)

    def without_effect(self, analytic, numeric):
        """What arrays with a gradient are called, or some numbers of them, that the loss never hangs on."""
        idle, found, rng = [], [], np.random.default_rng(0)
        for name, array in self.parameters.items():
            slopes, given = np.nan_to_num(numeric[name]), np.asarray(analytic[name], float)
            known = np.isfinite(numeric[name]) | (not slopes.any())
            still = known & (slopes == 0) & (given != 0 if given.shape == slopes.shape else not slopes.any())
            if 2 * still.sum() >= still.size and isinstance(array, np.ndarray):
                idle.append((name, array, slopes, still))
        before = number(self.call()) if idle else None
        for name, array, slopes, still in idle:
            kept, losses = array.copy(), []
            for size in (0.3, 1.0, 3.0):
                array[still] = size * rng.standard_normal(still.sum())
                losses.append(number(self.call()))
            array[...] = kept
            its = the_arrays([name], "")
            part = its if not slopes.any() else f"{still.sum()} of the {still.size} numbers of {its}"
            found += [part] if {*losses} == {before} else []
        if idle:
            self.call()
        return found

    def way_back(self, loss, analytic, numeric, m, k):
        """The `Diagnosis` of a well-known wrong way back through the loss, by what it computes, or None."""
        if any(np.shape(analytic[name]) != numeric[name].shape for name in numeric):
            return None
        try:
            graph = graph_of(loss, self.parameters, takes_one(loss))
            if graph is None or not all(self.passed(graph.back(), numeric).values()):
                return None
            return wrong_way(graph, analytic, m, k)
        except (ValueError, LookupError, TypeError, ArithmeticError):  # of shapes that no layer has
            return None

    def fits(self, loss, gradients):
        """Whether gradients are those of a loss, here and at other parameters."""
        rng, kept = np.random.default_rng(0), {name: array.copy() for name, array in self.parameters.items()}
        call = caller("loss", loss, self.parameters)
        try:
            for far, sample in ((0.0, 3), (0.1, 12)):  # most changes fail at once
                for array in self.parameters.values():
                    array += far * rng.standard_normal(array.shape)
                call()
                mine = gradients_from(gradients, self.parameters)
                places = choose_in(self.parameters, sample, 1)
                numeric = slopes_of(call, self.parameters, places)
                measured = all(np.isfinite(numeric[name].flat[places[name]]).all() for name in numeric)
                if not measured or not all(self.passed(mine, numeric).values()):
                    return False
        finally:
            for name, array in self.parameters.items():
                array[...] = kept[name]
        return True

    def right_here_and_elsewhere(self, numeric, before, gradients):
        """1 if a function gives the measured slopes, and those of other parameters too; else the share that it gives.

        That is 0 where it does not give what was right `before`.
        """
        passed = self.passed(gradients_from(gradients, self.parameters), numeric)
        if not all(passed.values()):
            spoiled = any(before[name] and not passed[name] for name in passed)
            return 0 if spoiled else sum(passed.values()) / len(passed)
        rng, kept = np.random.default_rng(0), {name: array.copy() for name, array in self.parameters.items()}
        try:
            for array in self.parameters.values():
                array += 0.1 * rng.standard_normal(array.shape)
            numeric = slopes_of(self.call, self.parameters, choose_in(self.parameters, 20, 1))
            self.call()
            return all(self.passed(gradients_from(gradients, self.parameters), numeric).values())
        finally:
            for name, array in self.parameters.items():
                array[...] = kept[name]
            self.call()


def which(diagnosis, passed):
    """The diagnosis with the arrays that are meant, where that is not all of them, and not said yet."""
    wrong = [str(name) for name in passed if not passed[name]]
    if len(wrong) == len(passed) or any(name in diagnosis.sentence for name in wrong) or diagnosis.kind in VAGUE:
        return diagnosis
    return replace(diagnosis, sentence=f"{' and '.join(wrong)}: {diagnosis.sentence}")


def caller(what, function, parameters):
    """The function without arguments, whether it takes none or the parameters."""
    if not callable(function):
        raise TypeError(
            f"{what} is a function, such as lambda: …, got {type(function).__name__}; a value cannot be moved"
        )
    return (lambda: function(handed(parameters))) if takes_one(function) else function


def number(value):
    if np.size(value) != 1:
        raise TypeError(f"loss() returned {np.shape(value)} numbers, expected one: take their mean")
    return float(np.asarray(value).reshape(()))


def label(name):
    """The name, with what it usually stands for: "b1 bias"."""
    words = re.findall(r"[a-z]\w*", str(name), re.IGNORECASE)
    kind = {"b": "bias", "w": "weights"}.get(words[-1][0].lower(), "") if words else ""
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
