"""The gradient check: is what the backward pass says also what the loss does?

    print(gradient_check(model, x, y))

Move one parameter up a little and down a little, see how the loss changes, and the slope is known without any
formula. Too slow to train with, and just right for finding out whether the fast way is right.
"""

import copy
from dataclasses import dataclass

import numpy as np

from nnlib.inspect.chance import Chance
from nnlib.inspect.copies import copy_of, parameter_slices
from nnlib.inspect.measure import choose
from nnlib.inspect.own import as_model
from nnlib.inspect.whole import Whole
from nnlib.parts.part import name_of


@dataclass(frozen=True)
class Row:
    """The check of one parameter array, such as the weights of block 2.

    `largest` is its largest analytic slope, `checked` of `size` numbers were compared, `kinks` of them beside a
    kink, `wrong` of them disagree.
    """

    block: int
    part: str
    name: str
    shape: tuple
    size: int
    checked: int
    kinks: int
    wrong: int
    largest: float
    relative_error: float
    tolerance: float

    @property
    def passed(self):
        return self.wrong == 0

    @property
    def verdict(self):
        """One word or two: "agrees", "WRONG", "all zero" (right, but nothing was put to the test), "not checked"."""
        if not self.checked:
            return "not checked"
        if not self.passed:
            return "WRONG"
        return "all zero" if self.largest == 0 else "agrees"


@dataclass(frozen=True, repr=False)
class Report:
    """What `gradient_check` found: `passed`, one of `rows` an array, and the numbers that were compared.

    `numeric` and `analytic` are vectors in the order of `model.parameters`, NaN where nothing was checked;
    `kinks` and `wrong` are Booleans of the same length.
    """

    rows: tuple
    numeric: np.ndarray
    analytic: np.ndarray
    kinks: np.ndarray
    wrong: np.ndarray
    tolerance: float
    coarse: str = ""  # the part that computes in float32, if one does: all was measured with long steps then

    @property
    def passed(self):
        return all(row.passed for row in self.rows)

    @property
    def relative_error(self):
        """The largest of the rows."""
        return max((row.relative_error for row in self.rows), default=0.0)

    @property
    def checked(self):
        return sum(row.checked for row in self.rows)

    def __repr__(self):
        head = ("block", "part", "parameter", "checked", "kinks", "relative error", "verdict")
        body = [
            (
                str(row.block),
                row.part,
                f"{row.name} {row.shape}",
                f"{row.checked} of {row.size}",
                str(row.kinks),
                f"{row.relative_error:.1e}" if row.checked else "",
                row.verdict,
            )
            for row in self.rows
        ]
        widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
        lines = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in (head, *body)]
        lines.insert(1, "  ".join("-" * width for width in widths))
        last = f"PASSED: all {self.checked} slopes agree within {self.tolerance:g}"
        if not self.passed:
            last = f"FAILED: {int(self.wrong.sum())} of {self.checked} slopes disagree by more than {self.tolerance:g}"
        if self.coarse:
            last += f"; {self.coarse} computes in float32, so no slope is measured more finely"
        return "\n".join([*lines, last])


@np.errstate(all="ignore")
def gradient_check(model, x, y, sample=None, seed=0, tolerance=1e-6, epsilon=1e-5):
    """Compare the gradients of `model.backward_step` with slopes measured on `model.training_loss`.

        numeric        = (loss(parameter + epsilon) - loss(parameter - epsilon)) / (2 epsilon)
        relative error = |analytic - numeric| / max(|analytic| + |numeric|, small)

    `|…|` is the largest entry of one parameter array: a slope of 1e-9 beside others of 0.1 need not have seven
    right digits. `small` is the size below which float64 cannot measure a slope to `tolerance`, because the
    loss itself is rounded: 16 · 2.2e-16 · (loss + |output · its gradient|) / (epsilon · tolerance), about 1e-4.

    `x` `(features, examples)`, `y` `(k, examples)`. Each checked parameter costs two forward passes: 20 examples
    are enough. `sample=500` checks that many parameters, drawn with `seed`, some from every array. Returns a
    `Report`; `print` it, or ask `report.passed`.

    Everything happens on a copy of the network in float64 (whatever its own dtype: float32 has too few digits to
    measure 1e-6), so the model stays as it was, bit for bit; one that has not seen data is built first. A part of your
    own that computes in float32 all the same is measured with epsilon 0.01 and tolerance 0.02. Every
    forward pass starts from the same random numbers, so Dropout drops the same ones each time. BatchNorm is checked
    as it trains, with the batch's own mean and variance.

    Where the slope jumps, as ReLU's does at 0, the two sides differ and the measured slope lies somewhere in
    between. A parameter that disagrees is therefore measured again with steps of epsilon / 10, / 100 and / 1000, and
    then, in case it stands exactly on a kink, with all parameters moved by about 1e-4, where both slopes are taken
    anew. It counts as a kink if the disagreement goes away, as wrong if it stays.

    Raises what the network raises: ValueError for data that do not fit, and ValueError if two forward passes on the
    same data give different losses. An error inside a part of your own comes out as it is.

    >>> from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid, Tanh
    >>> model = NeuralNetwork(((Dense(3), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0)
    >>> report = gradient_check(model, np.array([[0., 0., 1., 1.], [0., 1., 0., 1.]]), np.array([[0., 1., 1., 0.]]))
    >>> report.passed, report.checked
    (True, 13)

    Source: Karpathy, CS231n notes, "Gradient checks"; Goodfellow, Bengio and Courville (2016), "Deep Learning",
    section 11.5.
    """
    for name, value in (("tolerance", tolerance), ("epsilon", epsilon)):
        if not 0 < value < 1:
            raise ValueError(f"{name} is a small positive number, such as 1e-6, got {value!r}")
    if sample is not None and (isinstance(sample, bool) or not isinstance(sample, (int, np.integer)) or sample < 1):
        raise ValueError(f"sample is a whole number of parameters to check, or None for all of them, got {sample!r}")
    whole, model = model, as_model(model, x, y)
    if model is None:
        return report_of(Whole(whole, x, y), sample, seed, tolerance, epsilon)
    model.entrance.examples(x, finite=True)  # builds the network, if need be
    twin = copy_of(model, np.float64)
    coarse = float32_part(twin, twin.entrance.examples(x))
    if coarse is not None:
        tolerance, epsilon = max(tolerance, 2e-2), max(epsilon, 1e-2)
    probe = Probe(twin, *twin.entrance.pair(x, y), tolerance, epsilon, np.float64 if coarse is None else np.float32)
    groups = parameter_slices(twin)
    chosen = choose(groups, sample, np.random.default_rng(seed))

    analytic, numeric = np.full((2, twin.parameters.size), np.nan)
    kinks, wrong = np.zeros((2, analytic.size), bool)
    here, gradient, small = probe.stand(twin.parameters.copy())
    nudged = None
    rows = []
    for (place, name, piece), indices in zip(groups, chosen, strict=True):
        analytic[indices] = gradient[indices]
        numeric[indices] = [probe.slope(here, index, epsilon) for index in indices]
        scale = max(largest(gradient[piece]) + largest(numeric[indices]), small)
        for index in indices[np.abs(analytic[indices] - numeric[indices]) > tolerance * scale]:
            again = probe.look_closer(here, gradient, small, index, scale, numeric[index])
            if again is None:
                if nudged is None:
                    shift = 1e-4 * np.random.default_rng(seed).standard_normal(here.size) * np.maximum(1, np.abs(here))
                    nudged = probe.stand(here + shift)
                again = probe.look_closer(*nudged, index, scale)
            if again is None:
                wrong[index] = True
            else:
                kinks[index] = True
                analytic[index], numeric[index] = again
        error = largest(analytic[indices] - numeric[indices])
        scale = max(largest(analytic[indices]) + largest(numeric[indices]), small)
        rows.append(
            Row(
                block=place.block,
                part=name_of(place.part),
                name=name,
                shape=getattr(place.part, name).shape,
                size=piece.stop - piece.start,
                checked=len(indices),
                kinks=int(kinks[indices].sum()),
                wrong=int(wrong[indices].sum()),
                largest=largest(analytic[indices]),
                relative_error=error / scale if np.isfinite(error) else np.inf,
                tolerance=tolerance,
            )
        )
    name = "" if coarse is None else f"{name_of(coarse.part)} of block {coarse.block}"
    return Report(tuple(rows), numeric, analytic, kinks, wrong, tolerance, name)


def report_of(whole, sample, seed, tolerance, epsilon):
    """The `Report` of a network that is looked at as a whole."""
    checked, moved = whole.checked(sample, seed=seed, tolerance=tolerance, epsilon=epsilon)
    if moved and whole.moves_again():  # else going back and updating may be one
        raise ValueError(f"{', '.join(moved)}: the way back moves them, so the gradients are those of other parameters")
    rows, vectors = [], []
    for (name, (mine, right, passed)), (holder, _) in zip(checked.arrays.items(), whole.sizes(), strict=True):
        known = np.isfinite(right)
        mine = np.asarray(mine, float) if np.shape(mine) == right.shape else np.full(right.shape, np.nan)
        wrong = known & (np.full(right.shape, not passed))
        error, size = largest((mine - right)[known]), largest(mine[known]) + largest(right[known])
        vectors.append([np.ravel(one) for one in (right, np.where(known, mine, np.nan), wrong)])
        part = name_of(whole.holders[holder])
        rows.append(Row(holder, part, name, right.shape, right.size, int(known.sum()), 0, int(wrong.sum()),
                        largest(mine[known]), error / size if size else 0.0, tolerance))  # fmt: skip
    numeric, analytic, wrong = (np.concatenate(one) for one in zip(*vectors, strict=True))
    return Report(tuple(rows), numeric, analytic, np.zeros_like(wrong), wrong, tolerance)


class Probe:
    """The loss of a network as a function of its flat parameter vector, with every draw of chance repeated."""

    def __init__(self, model, x, y, tolerance, epsilon, dtype=np.float64):
        self.digits = np.finfo(dtype).eps
        self.model, self.x, self.y = model, np.array(x), np.array(y)
        self.tolerance, self.epsilon = tolerance, epsilon
        self.chance = Chance(model)
        first, second = self.loss(model.parameters.copy()), self.loss(model.parameters.copy())
        if not np.array_equal(first, second, equal_nan=True):
            raise ValueError(
                f"two forward passes with the same parameters and data gave the losses {first:g} and {second:g}: "
                "a part draws new random numbers, or changes itself, with every call; keep a numpy Generator in "
                "the part as self.rng, so that its draws can be repeated"
            )

    def loss(self, parameters, backward=False):
        """The training loss with these parameters, and the way back after it if it is wanted."""
        self.model.parameters[:] = parameters
        with self.chance:
            self.model(self.x)
            loss = self.model.training_loss(self.y)
            if backward:
                self.model.backward_step(self.y)
        return loss

    def stand(self, parameters):
        """Parameters, the analytic gradient there, and the size below which a slope cannot be measured."""
        loss = self.loss(parameters, backward=True)
        last, formula = self.model.places[-1], self.model.loss_formula
        value = last.output if formula is self.model.loss else last.inputs
        rounded = np.abs(value * formula.gradient(last.output, self.y)).sum() / self.x.shape[1]
        noise = 16 * self.digits * max(abs(loss) + rounded, np.finfo(float).tiny / self.digits)
        return parameters, self.model.gradients.copy(), noise / (self.epsilon * self.tolerance)

    def slope(self, parameters, index, epsilon):
        """The central difference of the loss along one parameter."""
        up, down = parameters.copy(), parameters.copy()
        step = epsilon * max(1, abs(parameters[index]))
        up[index] += step
        down[index] -= step
        return (self.loss(up) - self.loss(down)) / (up[index] - down[index])

    def look_closer(self, parameters, gradient, small, index, scale, before=None):
        """(analytic, numeric) of a step where they agree, or None if they disagree at every one.

        A smaller step measures with more noise. So it is not enough that the disagreement drowns in it: it must
        also fall to a third of what it was.
        """
        analytic = gradient[index]
        shares = (1, 10, 100, 1000) if before is None else (10, 100, 1000)
        disagreement = np.inf if before is None else abs(analytic - before)
        for share in shares:
            numeric = self.slope(parameters, index, self.epsilon / share)
            bound = max(self.tolerance * scale, self.tolerance * small * share)
            if abs(analytic - numeric) <= min(bound, disagreement / 3):
                return analytic, numeric
        return None


def float32_part(model, x):
    """The first place whose part returns float32 for float64, or rounds to it what comes in, or None."""
    with Chance(model):
        for place in model.places:
            came, x = x, copy.deepcopy(place.part)(np.array(x))
            if getattr(x, "dtype", None) == np.float32 or (place.own and rounds(place.part, came, x)):
                return place
    return None


def rounds(part, x, output):
    """Whether inputs make no difference beyond the digits of float32, and make one within them."""
    finer, coarser = (copy.deepcopy(part)(x * (1 + share)) for share in (1e-11, 1e-6))
    return np.array_equal(finer, output) and not np.array_equal(coarser, output)


def largest(values):
    """The largest absolute value, 0 for none."""
    return float(np.abs(values).max(initial=0.0))
