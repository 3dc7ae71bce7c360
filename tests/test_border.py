"""What learners' code returns is examined where it comes in: the message names their class and the mend."""

import numpy as np
import pytest
from test_widgets import learners_module

from widgets import (
    ActivationExplorer,
    BackpropBoard,
    BugLab,
    DescentExplorer,
    DigitExplorer,
    LossExplorer,
    NeuronExplorer,
    ShapeTracer,
    SignalExplorer,
)  # fmt: skip
from widgets.stage.stand_in import StandIn

MINE = """
import numpy as np

class Dense:
    def __init__(self, units):
        self.units = units
    def build(self, features, rng, dtype=float):
        self.weights, self.bias = rng.normal(size=(self.units, features)), np.zeros((self.units, 1))
    def __call__(self, inputs):
        return self.weights @ inputs + self.bias

class NoReturn(Dense):
    def __call__(self, inputs):
        self.weights @ inputs + self.bias

class OnItsSide(Dense):
    def __call__(self, inputs):
        return (self.weights @ inputs + self.bias).T

class NaN(Dense):
    def __call__(self, inputs):
        return np.log(-np.abs(self.weights @ inputs) - 1)

class Text(Dense):
    def __call__(self, inputs):
        return "z"

class NoValue:
    def __call__(self, z):
        np.tanh(z)
    def gradient(self, z):
        return 1 - np.tanh(z) ** 2

class NoSlope:
    def __call__(self, z):
        return np.tanh(z)
    def gradient(self, z):
        1 - np.tanh(z) ** 2

class OneForAll(NoSlope):
    def __call__(self, z):
        return np.tanh(z).mean()

class NoLoss:
    def __call__(self, output, labels):
        ((output - labels) ** 2).mean()
    def gradient(self, output, labels):
        return output - labels

class NoLossGradient(NoLoss):
    def __call__(self, output, labels):
        return ((output - labels) ** 2).mean()
    def gradient(self, output, labels):
        output - labels

class NoMean(NoLossGradient):
    def __call__(self, output, labels):
        return (output - labels) ** 2

class NoWeights:
    def __call__(self, shape, rng):
        rng.normal(size=shape)

class FiveClasses:
    def __call__(self, x):
        return np.ones((5, x.shape[1])) / 5

class Labels:
    def __call__(self, x):
        return np.zeros(x.shape[1])

class Rebinds:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
    def step(self, parameters, gradients):
        parameters = parameters - self.learning_rate * gradients

def no_return(*numbers):
    sum(numbers)

def update(parameters, gradients, learning_rate):
    return parameters[:1] - learning_rate * gradients[:1]
"""
RETURN = "is `return` missing?"
CASES = [
    (NeuronExplorer, {"dense": "NoReturn"}, "your NoReturn", RETURN),
    (NeuronExplorer, {"dense": "OnItsSide"}, "your OnItsSide", "`.T` turns it"),
    (NeuronExplorer, {"dense": "NaN"}, "your NaN", "NaN or ∞ in 60 of 60 places"),
    (NeuronExplorer, {"dense": "Text"}, "your Text", "the text 'z'"),
    (NeuronExplorer, {"activation": "NoValue"}, "your NoValue", RETURN),
    (NeuronExplorer, {"activation": "OneForAll"}, "your OneForAll", "one number came for all"),
    (ActivationExplorer, {"activation": "NoValue"}, "your NoValue", RETURN),
    (ActivationExplorer, {"activation": "NoSlope"}, "your NoSlope.gradient", RETURN),
    (LossExplorer, {"loss": "NoLoss"}, "your NoLoss", RETURN),
    (LossExplorer, {"loss": "NoLossGradient"}, "your NoLossGradient.gradient", RETURN),
    (LossExplorer, {"loss": "NoMean"}, "your NoMean", "the shape (1, 1); () was expected"),
    (BackpropBoard, {"dense": "NoReturn"}, "your NoReturn", RETURN),
    (BackpropBoard, {"dense": "NaN"}, "your NaN", "NaN or ∞"),
    (BackpropBoard, {"activation": "NoSlope"}, "your NoSlope.gradient", RETURN),
    (BugLab, {"dense": "OnItsSide"}, "your OnItsSide", "`.T` turns it"),
    (SignalExplorer, {"initializer": "NoWeights"}, "your NoWeights", RETURN),
    (SignalExplorer, {"dense": "NoReturn"}, "your NoReturn", RETURN),
    (SignalExplorer, {"activation": "NoValue"}, "your NoValue", RETURN),
    (DescentExplorer, {"function": "no_return", "names": ("p", "q")}, "your no_return", RETURN),
    (DescentExplorer, {"optimizer": "update", "steps": 2}, "your update", "the shape (1,); (2,) was expected"),
    (DigitExplorer, {"model": "FiveClasses"}, "your FiveClasses", "5 rows, one for each class"),
    (DigitExplorer, {"model": "Labels"}, "your Labels", "one column for each image"),
    (ShapeTracer, {"operation": "no_return", "a": (2, 2), "b": (2, 2)}, "your no_return", RETURN),
]


@pytest.fixture
def mine(tmp_path):
    return learners_module(tmp_path, MINE, "my_parts")


IDS = [f"{explorer.__name__}-{who[5:]}" for explorer, _, who, _ in CASES]


@pytest.mark.parametrize(("explorer", "given", "who", "says"), CASES, ids=IDS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_the_message_names_their_code_and_the_mend(mine, explorer, given, who, says):
    own = {name: getattr(mine, value) if isinstance(value, str) and hasattr(mine, value) else value
           for name, value in given.items()}  # fmt: skip
    if isinstance(own.get("model"), type):
        own["model"] = own["model"]()
    browser = StandIn(explorer(**own))
    told = browser.frame["failure"]
    assert told["message"].startswith(who) and says in told["message"], told
    assert told["yours"] and told["where"].endswith("my_parts.py") and told["source"].startswith("def "), told


def test_it_stays_until_it_is_mended(mine):
    explorer = NeuronExplorer(dense=mine.NoReturn)
    browser = StandIn(explorer)
    browser.press("reset")
    browser.set("w1", 2)
    assert RETURN in browser.frame["failure"]["message"]
    mine.NoReturn.__call__ = mine.Dense.__call__
    browser.set("w1", 1)
    assert browser.frame["failure"] is None and browser.frame["view"]


def test_an_optimiser_that_moves_nothing_is_told(mine):
    alone = StandIn(DescentExplorer(optimizer=mine.Rebinds, steps=3))
    assert "your Rebinds.step leaves the parameters as they are" in alone.frame["narration"]
    race = StandIn(DescentExplorer(optimizer=[mine.Rebinds], steps=3))
    assert "Your Rebinds with the rate 0.05 moves nothing" in race.frame["narration"]
    assert np.isfinite(race.frame["view"]["goal"])
