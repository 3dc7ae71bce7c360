"""Landscapes: a loss over two numbers (or one), to walk downhill on.

A landscape has `names` of its numbers, the `extent` of the picture as `[[low, high], …]`, a `begin`ning, and two
methods: `loss(point)` is a float, `slope(point)` the gradient, both for `point` an array with one number for each name.
"""

import copy
import inspect

import numpy as np

from nnlib import Dense, Linear, MeanSquaredError, NeuralNetwork
from nnlib.tape import parameters_of


class FunctionLandscape:
    """A given function of one or two numbers. Without `gradient`, its slope is measured between two near points."""

    fine = 1  # how coarse the picture may be, against the finest
    def __init__(self, function, gradient=None, names=None, extent=(-3, 3), begin=None):
        self.function, self.gradient = function, gradient
        count = len(names) if names else arguments(function)
        if count not in (1, 2):
            raise ValueError(f"a landscape is a function of one or two numbers, this one takes {count}")
        self.names = tuple(names) if names else ("p", "q")[:count] if count == 2 else ("w",)
        self.extent = pairs(extent, count)
        self.begin = [low + 0.15 * (high - low) for low, high in self.extent] if begin is None else list(begin)

    def loss(self, point):
        return one_number(self.function(*map(float, point)), "the function")

    def slope(self, point):
        if self.gradient is not None:
            slope = np.atleast_1d(np.asarray(self.gradient(*map(float, point)), float))
            if slope.shape != (len(self.names),):
                raise ValueError(f"the gradient gave shape {slope.shape}, expected ({len(self.names)},)")
            return slope
        slope = np.empty(len(self.names))
        for k in range(len(slope)):
            step = np.zeros(len(slope))
            step[k] = 1e-5 * max(1.0, abs(point[k]))
            slope[k] = (self.loss(point + step) - self.loss(point - step)) / (2 * step[k])
        return slope


class ModelLandscape:
    """The loss of a network over two of its parameters, or one; the others stay as they are, and so does your model.

    `which` are places in `model.parameters`; `names` replaces names such as `weights[0, 0] of block 1`.
    """

    fine = 2  # every point of the picture is a forward pass

    def __init__(self, model, x, y, which=(0, 1), names=None, extent=(-4, 4), begin=None):
        self.model = copy.deepcopy(model).build(np.shape(x)[0])
        self.x, self.y, self.which = x, y, list(which)
        known = parameter_names(self.model)
        if len(self.which) not in (1, 2) or not all(0 <= k < len(known) for k in self.which):
            raise ValueError(f"which are one or two places in the {len(known)} parameters, got {tuple(which)}")
        self.names = tuple(names) if names else tuple(known[k] for k in self.which)
        if len(self.names) != len(self.which):
            raise ValueError(f"{len(self.which)} parameters need as many names, got {self.names}")
        self.extent = pairs(extent, len(self.which))
        self.begin = list(map(float, self.model.parameters[self.which] if begin is None else begin))

    def loss(self, point):
        self.model.parameters[self.which] = point
        return self.model.evaluate(self.x, self.y)

    def slope(self, point):
        self.model.parameters[self.which] = point
        self.model(self.x)
        self.model.backward_step(self.y)
        return self.model.gradients[self.which].astype(float)


def pairs(extent, count):
    """`[low, high]` of each parameter, from one pair for all or one for each."""
    return [list(map(float, pair)) for pair in (extent if np.ndim(extent) == 2 else [extent] * count)]


def arguments(function):
    """How many numbers a function takes."""
    try:
        kinds = [one for one in inspect.signature(function).parameters.values() if one.default is one.empty]
    except (TypeError, ValueError):
        return 2
    return len(kinds)


def parameter_names(model):
    """A name for each number in `model.parameters`."""
    names = []
    for place in model.places:
        for name in parameters_of(place.part):
            where = np.ndindex(np.shape(getattr(place.part, name)))
            names += [f"{name}[{', '.join(map(str, at))}] of block {place.block}" for at in where]
    return names


def one_number(value, what):
    if np.ndim(value) != 0:
        raise ValueError(f"{what} gave shape {np.shape(value)}: one number, the loss, was expected")
    return float(value)


def line_fit():
    """The mean squared error of a line over its slope and its intercept, for eight points near y = 0.5 x + 1."""
    x = np.array([[-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 2.0, 2.5]])
    y = np.array([[0.1, 0.2, 0.6, 0.7, 1.3, 1.4, 2.1, 2.2]])
    model = NeuralNetwork(((Dense(1), Linear()),), MeanSquaredError(), 0.1, seed=0)
    return ModelLandscape(model, x, y, names=("weight", "bias"), extent=(-3, 4), begin=(-2.0, -2.0))


LANDSCAPES = {
    "one weight": lambda: FunctionLandscape(lambda w: (w - 2) ** 2, names=("w",), extent=(-2, 6), begin=[-1.0]),
    "bowl": lambda: FunctionLandscape(lambda p, q: p**2 + q**2, begin=(-2.4, 1.8)),
    "narrow valley": lambda: FunctionLandscape(lambda p, q: (p**2 + 20 * q**2) / 2, begin=(-2.6, 1.2)),
    "two valleys": lambda: FunctionLandscape(
        lambda p, q: (p**2 - 2) ** 2 / 2 + 0.6 * p + q**2, extent=(-2.4, 2.4), begin=(2.1, 1.6)
    ),
    "saddle": lambda: FunctionLandscape(lambda p, q: p**2 - q**2 + q**4 / 4 + 1, begin=(-2.2, 0.05)),
    "a line through points": line_fit,
}
