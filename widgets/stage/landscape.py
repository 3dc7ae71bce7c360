"""Landscapes: a loss over two numbers (or one), to walk downhill on.

A landscape has `names` of its numbers, the `extent` of the picture as `[[low, high], …]`, a `begin`ning, and two
methods: `loss(point)` is a float, `slope(point)` the gradient, both for `point` an array with one number for each name.
"""

import copy
import inspect

import numpy as np

from nnlib import BinaryCrossEntropy, Dense, Glorot, Linear, MeanSquaredError, NeuralNetwork, Sigmoid, Tanh
from nnlib.data import moons
from nnlib.inspect import parameters_of
from widgets.stage.border import method_of, name_of, one_number, taken
from widgets.stage.figures import entry


def seen(land, count):
    """(heights from 0 to 1 `(count, count)`, lowest loss, highest) of a landscape of two numbers."""
    across, up = (np.linspace(*pair, count) for pair in land.extent)
    with np.errstate(all="ignore"):
        losses = np.array([[land.loss(np.array([p, q])) for p in across] for q in up])
    low, high = np.nanmin(losses), np.max(losses[np.isfinite(losses)])
    return np.sqrt((losses - low) / (high - low or 1.0)), float(low), float(high)  # the bottom of a valley is seen too


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
        value, function = self.function(*map(float, point)), self.function
        return one_number(value, name_of(function), "single numbers", method_of(function))

    def slope(self, point):
        if self.gradient is not None:
            slope = np.atleast_1d(taken(self.gradient(*map(float, point)), name_of(self.gradient), code=self.gradient))
            given = f"{len(self.names)} numbers" if len(self.names) > 1 else "one number"
            return taken(slope, name_of(self.gradient), (len(self.names),), given, self.gradient)
        slope = np.empty(len(self.names))
        for k in range(len(slope)):
            step = np.zeros(len(slope))
            step[k] = 1e-5 * max(1.0, abs(point[k]))
            slope[k] = (self.loss(point + step) - self.loss(point - step)) / (2 * step[k])
        return slope


class ModelLandscape:
    """The loss of a network over two numbers, or one; the other parameters stay as they are, and so does your model.

    The numbers are places in `model.parameters` (`which`); or, with `directions`, how far to go from where the model
    stands along two directions, each an array as long as `model.parameters`. `directions="random"` draws two. `names`
    replaces names such as `weights[0, 0] of layer 1`.

        parameters = base + point @ ways    (parameters,) = (parameters,) + (2,) @ (2, parameters)
        slope      = ways @ gradients       (2,)
    """

    fine = 2  # every point of the picture is a forward pass

    def __init__(self, model, x, y, which=(0, 1), names=None, extent=None, begin=None, directions=None, seed=0):
        self.model = copy.deepcopy(model).build(np.shape(x)[0])
        self.x, self.y = x, y
        self.base = self.model.parameters.astype(float)
        if directions is None:
            known, reach = self._along_parameters(list(which)), (-4, 4)
        else:
            known, reach = self._along_directions(directions, seed), (-1, 1)
        self.names = tuple(names) if names else known
        if len(self.names) != len(self.ways):
            raise ValueError(f"{len(self.ways)} parameters need as many names, got {self.names}")
        self.extent = pairs(reach if extent is None else extent, len(self.ways))
        start = self.ways @ (self.model.parameters - self.base)
        self.begin = list(map(float, start if begin is None else begin))

    def _along_parameters(self, which):
        known = parameter_names(self.model)
        if len(which) not in (1, 2) or not all(0 <= k < len(known) for k in which):
            raise ValueError(f"which are one or two places in the {len(known)} parameters, got {tuple(which)}")
        self.ways, self.base[which] = np.eye(len(known))[which], 0
        return tuple(known[k] for k in which)

    def _along_directions(self, directions, seed):
        if isinstance(directions, str) and directions == "random":
            directions = random_directions(self.model, seed)
        self.ways = np.atleast_2d(np.asarray(directions, float))
        if self.ways.shape not in ((1, len(self.base)), (2, len(self.base))):
            raise ValueError(
                f"directions are one or two arrays of {len(self.base)} numbers, one for each parameter, or "
                f'"random"; got shape {self.ways.shape}'
            )
        return ("direction 1", "direction 2")[: len(self.ways)]

    def loss(self, point):
        self.model.parameters[:] = self.base + point @ self.ways
        return self.model.evaluate(self.x, self.y)

    def slope(self, point):
        self.model.parameters[:] = self.base + point @ self.ways
        self.model(self.x)
        self.model.backward_step(self.y)
        return self.ways @ self.model.gradients.astype(float)


def random_directions(model, seed=0):
    """Two random directions `(2, parameters)`, in each layer as long as its weights are: a step of 1 changes all alike.

    Parameters that are no weights stay. Without the scaling a picture shows how large the weights are, and not how the
    loss lies around them.

    Source: Li, Xu, Taylor, Studer and Goldstein (2018), "Visualizing the Loss Landscape of Neural Nets".
    """
    rng, pieces = np.random.default_rng(seed), []
    for place in model.places:
        for name in parameters_of(place.part):
            array = getattr(place.part, name)
            drawn = rng.normal(size=(2, array.size))
            length = np.linalg.norm(array) if name == "weights" else 0
            pieces.append(drawn * length / np.linalg.norm(drawn, axis=1, keepdims=True))
    return np.hstack(pieces)


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
            names += [f"{entry(name, at)} of layer {place.block}" for at in where]
    return names


def line_fit():
    """The mean squared error of a line over its slope and its intercept, for eight points near y = 0.5 x + 1."""
    x = np.array([[-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 2.0, 2.5]])
    y = np.array([[0.1, 0.2, 0.6, 0.7, 1.3, 1.4, 2.1, 2.2]])
    model = NeuralNetwork(((Dense(1), Linear()),), MeanSquaredError(), 0.1, seed=0)
    return ModelLandscape(model, x, y, names=("weight", "bias"), extent=(-3, 4), begin=(-2.0, -2.0))


def network_fit():
    """The loss of a trained 2-8-1 network around where training has brought it, along two random directions."""
    x, y = moons(100, 0.1, 0)
    blocks = ((Dense(8, Glorot()), Tanh()), (Dense(1, Glorot()), Sigmoid()))
    model = NeuralNetwork(blocks, BinaryCrossEntropy(), 1.0, seed=0)
    model.fit(x, y, epochs=300)
    return ModelLandscape(model, x, y, directions="random", extent=(-1.5, 1.5), begin=(0.3, 0.9))


LANDSCAPES = {  # with the slope by its formula: of a measured one the rounding is seen where the ground is level
    "one weight": lambda: FunctionLandscape(
        lambda w: (w - 2) ** 2, lambda w: 2 * (w - 2), names=("w",), extent=(-2, 6), begin=[-1.0]
    ),
    "bowl": lambda: FunctionLandscape(lambda p, q: p**2 + q**2, lambda p, q: (2 * p, 2 * q), begin=(-2.4, 1.8)),
    "narrow valley": lambda: FunctionLandscape(
        lambda p, q: (p**2 + 20 * q**2) / 2, lambda p, q: (p, 20 * q), begin=(-2.6, 1.2)
    ),
    "two valleys": lambda: FunctionLandscape(
        lambda p, q: (p**2 - 2) ** 2 / 2 + 0.6 * p + q**2, lambda p, q: (2 * p * (p**2 - 2) + 0.6, 2 * q),
        extent=(-2.4, 2.4), begin=(2.1, 1.6),
    ),
    "saddle": lambda: FunctionLandscape(
        lambda p, q: p**2 - q**2 + q**4 / 4 + 1, lambda p, q: (2 * p, q**3 - 2 * q), begin=(-2.2, 0.05)
    ),
    "a line through points": line_fit,
    "around a network": network_fit,
}  # fmt: skip
