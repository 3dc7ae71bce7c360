"""A mutant: a right network with one wrong line, where it can stand, and one to practise on.

Nothing of nnlib is changed: `apply` returns a copy whose parts are of a subclass with that one method.
"""


import copy
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from nnlib.activation import Linear, Sigmoid, Softmax, Tanh
from nnlib.inspect.copies import copy_of
from nnlib.layer import Dense, Dropout
from nnlib.loss import BinaryCrossEntropy, CategoricalCrossEntropy, MeanSquaredError
from nnlib.model import NeuralNetwork
from nnlib.optimizer import SGD, Adam
from nnlib.parts.part import needs_backward, parameter_names

ALARMS = {
    "loss": "After training, the loss is no lower than at the start, or no number any more.",
    "accuracy": "New points are classified worse than by the right network, by an eighth of them or more.",
    "frozen": "The loss ends no lower than with hidden layers that never moved (less than a fifth lower).",
    "gradient_check": "The gradient check fails.",
    "update": "One update moves the parameters elsewhere than the optimiser's rule.",
    "predict": "Predicting twice gives two answers, or Dropout gives less on average in training than in predicting.",
}
"""What can tell that something is wrong. `Mutant.alarms` names those that went off when it was measured."""

MUTANTS = {}
"""All mutants by name."""


@dataclass(frozen=True)
class Mutant:
    """One wrong line, `function`, that takes the place of a `method`.

    `title` and `explanation` tell what is wrong, for afterwards. `hint` coaches: `diagnose` fills in `{m}`, `{k}`
    and `{where}`. `phase` is "forward", "loss", "backward" or "update". `alarms` are those of `ALARMS` that go off
    on `practice(name)` in 300 steps of 25 of 100 points on two circles.
    """

    name: str
    title: str
    explanation: str
    hint: str
    phase: str
    alarms: tuple
    method: str
    on: Callable = field(repr=False)
    function: Callable = field(repr=False)

    def spots(self, model):
        """The parts (or the loss, the optimiser, the model) where this mistake can stand.

        The last activation is left out where the network takes the shortcut from z: nobody asks for its slope. Of the
        activations, only the first is skipped on the way up.
        """
        spots = self.on(model)
        if self.on is activations and self.phase == "forward":
            return spots[:1]
        if self.on in (activations, s_curves) and model.loss_formula is not model.loss:
            spots = [part for part in spots if part is not model.places[-1].part]
        return spots

    def apply(self, model, places=None):
        """A copy of `model`, parameters and random numbers too, with this mistake in all its spots.

        `places=(0, 3)` puts it in those of `model.places` alone. Raises ValueError if there is no spot for it.
        """
        twin = copy_of(model)
        spots = self.spots(twin)
        if places is not None:
            chosen = {id(twin.places[index].part) for index in places}
            spots = [part for part in self.on(twin) if id(part) in chosen]
        if not spots:
            raise ValueError(f"{self.title!r} has no place in {model!r}; practice({self.name!r}) is a network that has")
        layers = [place.part for place in twin.places if is_dense(place.part)]
        for spot in {id(spot): spot for spot in spots}.values():
            if spot is twin.loss:
                spot.right = copy.copy(spot)
            elif spot is twin.optimizer:
                spot.layers = len(layers)
            elif spot in layers:
                spot.below = layers[layers.index(spot) - 1] if spot is not layers[0] else None
            right = type(spot)
            changed = {self.method: self.function, "__module__": right.__module__, "__doc__": right.__doc__}
            if self.method == "parameter_gradients" and needs_backward(spot):
                changed["backward"] = self._after(right.backward)
            spot.__class__ = type(right.__name__, (right,), changed)
        return twin


    def _after(self, backward):
        """The `backward` of a class of one's own that fills its gradients there, with the wrong line after it."""

        def both(part, grad_output):
            below = backward(part, grad_output)
            self.function(part, grad_output)
            return below

        return both


def practice(name, seed=0):
    """A small network, for two classes of points on a plane, in which the mutant `name` can be put and seen."""
    hidden = ((Dense(8), Tanh()), (Dense(8), Tanh()))
    if name.startswith("dropout"):
        hidden = ((Dense(8), Tanh(), Dropout(0.3)), (Dense(8), Tanh(), Dropout(0.3)))
    last, loss, optimizer = (Dense(1), Sigmoid()), BinaryCrossEntropy(), SGD(1.0)
    if name in ("outputs_missing", "outputs_twice"):
        last, loss, optimizer = (Dense(2), Linear()), MeanSquaredError(), SGD(0.1)
    elif name.startswith("factor_two"):
        last, loss, optimizer = (Dense(1), Linear()), MeanSquaredError(), SGD(0.1)
    elif name == "softmax_elementwise":
        last, loss = (Dense(2), Softmax()), CategoricalCrossEntropy()
    elif name == "learning_rate_squared":
        optimizer = SGD(0.5)
    elif name == "adam_counter_per_layer":
        optimizer = Adam(0.01)
    factor = 0.1 if name.startswith("l2") else 0.0
    return NeuralNetwork((*hidden, last), loss, optimizer=optimizer, regularization_factor=factor, seed=seed)


# Where a mistake can stand --------------------------------------------------------------------------------


def is_dense(part):
    return parameter_names(part) == ("weights", "bias") and hasattr(part, "weights")


def dense_layers(model):
    return [place.part for place in model.places if is_dense(place.part)]


def square_layers(model):
    return [part for part in dense_layers(model)[1:] if len(set(np.shape(part.weights))) == 1]


def activations(model):
    return [place.part for place in model.places if hasattr(place.part, "gradient") and not is_dense(place.part)]


def s_curves(model):
    return [part for part in activations(model) if isinstance(part, Sigmoid | Tanh)]


def softmaxes(model):
    return [place.part for place in model.places if isinstance(place.part, Softmax)]


def dropouts(model):
    return [place.part for place in model.places if isinstance(place.part, Dropout)]


def the_loss(model):
    return [model.loss]


def loss_with_shortcut(model):
    pair = isinstance(model.places[-1].part, Sigmoid | Softmax)
    return [model.loss] if pair and isinstance(model.loss, BinaryCrossEntropy | CategoricalCrossEntropy) else []


def the_model(model):
    return [model] if model.regularization_factor else []


def the_optimizer(model):
    return [model.optimizer]


def adam(model):
    return [model.optimizer] if isinstance(model.optimizer, Adam) else []


def mutant(phase, on, method, title, explanation, hint, alarms):
    """Registers the function below it, a wrong `method` for the spots that `on` finds, under its own name."""

    def register(function):
        name = function.__name__
        MUTANTS[name] = Mutant(name, title, explanation, hint, phase, alarms, method, on, function)
        function.__qualname__ = f"{on.__name__}.{method}"
        return function

    return register
