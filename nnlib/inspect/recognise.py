"""Which textbook function is a part? Told from its numbers alone, whatever its class is called."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnlib.activation import ELU, GELU, LeakyReLU, Linear, ReLU, Sigmoid, Softmax, Softplus, Swish, Tanh
from nnlib.loss import BinaryCrossEntropy, CategoricalCrossEntropy, Huber, MeanAbsoluteError, MeanSquaredError
from nnlib.parts.part import parameter_names

BENDS = (
    Linear(),
    ReLU(),
    LeakyReLU(0.01),
    LeakyReLU(0.1),
    LeakyReLU(0.2),
    ELU(),
    Sigmoid(),
    Tanh(),
    Softplus(),
    Swish(),
    GELU(),
)
LOSSES = (BinaryCrossEntropy(), CategoricalCrossEntropy(), MeanSquaredError(), MeanAbsoluteError(), Huber())


@dataclass
class Form:
    """What a part computes. `slip` names a mistake on the way up, if the output is that of a well-known wrong formula.

    For a layer, `weights` and `bias` are the names of its parameters, `rows` says that weights are `(units, features)`,
    `z` is `W @ x + b`, and `bend` the activation inside it (Linear if there is none). For an activation, `bend` alone.
    """

    weights: str | None = None
    bias: str | None = None
    rows: bool = True
    z: Any = None
    bend: Any = None
    slip: str | None = None

    def matrix(self, array):
        """An array like the weights as `(units, features)`."""
        return array if self.rows else array.T


def same(one, other, tolerance=1e-9):
    """Whether two arrays agree, relative to the largest number."""
    if np.shape(one) != np.shape(other) or not (np.isfinite(one).all() and np.isfinite(other).all()):
        return False
    scale = max(np.abs(one).max(initial=0), np.abs(other).max(initial=0))
    return bool(np.abs(np.subtract(one, other)).max(initial=0) <= tolerance * scale)


def rounded_to(output, near=0.0):
    """How many places numbers have, if they are few."""
    places = (count for count in range(1, 7) if np.abs(np.round(output, count) - output).max() <= near)
    return next(places, None) if np.unique(output).size > 3 else None


def form_of(part, x, output):
    """The `Form` of a part whose inputs `x` gave `output`, or None if it is none of the textbook's."""
    names = parameter_names(part)
    return layer(part, names, x, output) if names else activation(x, output)


def layer(part, names, x, output):
    for weights in (name for name in names if np.shape(getattr(part, name)) in pairs(x, output)):
        others = [name for name in names if name != weights and np.size(getattr(part, name)) == len(output)]
        bias = next(iter(others), None)
        b = 0.0 if bias is None else np.reshape(getattr(part, bias), (-1, 1))
        array = np.asarray(getattr(part, weights))
        for rows in (True, False):
            matrix = array if rows else array.T
            if matrix.shape != (len(output), len(x)):
                continue
            slips = [(None, matrix @ x + b)]
            if bias is not None:
                slips += [("bias_not_added", matrix @ x), ("bias_subtracted", matrix @ x - b)]
                slips += [("bias_inside", (matrix + b) @ x), ("bias_twice", matrix @ x + 2 * b)]
                slips += [("inputs_averaged", matrix @ x / len(x) + b)] if len(x) > 1 else []
                slips += [("bias_along_examples", matrix @ x + b.T)] if len(b) == x.shape[1] > 1 else []
            for slip, z in slips:
                bend = next((bend for bend in BENDS if same(bend(z), output)), None)
                if bend is not None:
                    square = len(set(array.shape)) == 1 and array.size > 1
                    slip = slip or ("transposed_forward" if square and not rows else None)
                    return Form(weights, bias, rows or square, matrix @ x + b if slip else z, bend, slip)
    return None


def pairs(x, output):
    return {(len(output), len(x)), (len(x), len(output))}


def activation(x, output):
    if x.shape != output.shape:
        return None
    for bend in (*BENDS, Softmax()):
        if same(bend(x), output):
            return Form(z=x, bend=bend)
    below = x < 0
    if below.any() and same(output[~below], x[~below]):
        share = output[below] / x[below]
        if np.ptp(share) <= 1e-9 and 0 < share.mean() < 1:
            return Form(z=x, bend=LeakyReLU(share.mean()))
        curve = output[below] / np.expm1(x[below])
        if np.ptp(curve) <= 1e-9 * abs(curve.mean()) and curve.mean() > 0:
            return Form(z=x, bend=ELU(curve.mean()))
    for bend in BENDS[2:]:
        if same(bend(-x), output):
            return Form(z=x, bend=bend, slip="falls")
    spread = np.exp(x - x.max())
    for total in (spread.sum(), spread.sum(axis=1, keepdims=True)):
        if same(spread / total, output):
            return Form(z=x, bend=Softmax(), slip="softmax_axis")
    return None


def known_loss(loss, output, labels):
    """(nnlib's loss, factor) if `loss` is `factor` times it, for several outputs; else None."""
    tries = [(output, labels), (output * 0.9 + 0.04, labels)]
    half = output.shape[1] // 2
    if half:
        tries.append((output[:, :half], labels[:, :half]))
    for kind in LOSSES:
        try:
            ratios = [loss(a.copy(), y.copy()) / kind(a, y) for a, y in tries]
        except (ValueError, ZeroDivisionError, ArithmeticError):
            continue
        m, few = output.shape[1], half or 1
        sums = [*ratios[:2], *(ratio * m / few for ratio in ratios[2:])]  # a sum grows with the examples
        for values in (ratios, sums):
            if np.isfinite(values).all() and np.ptp(values) <= 1e-9 * abs(values[0]) and values[0]:
                return kind, float(values[0])
    return None
