"""The step explorer: how its three views of a moment are linked, the tracer and the comparison."""

import numpy as np
import pytest

from nnlib import Adam, BatchNorm, BinaryCrossEntropy, Dense, NeuralNetwork, ReLU, Sigmoid
from nnlib.data import moons
from widgets.stand_in import StandIn
from widgets.step_explorer import StepExplorer


class MyDense:
    """A layer as a learner writes it, with arguments named otherwise."""

    def __init__(self, units):
        self.units = units

    def build(self, features, rng, dtype):
        self.weights = rng.normal(size=(self.units, features))
        self.bias = np.zeros((self.units, 1))

    def __call__(self, x):
        return self.weights @ x + self.bias

    def parameter_gradients(self, dz):
        self.grad_weights = dz @ self.inputs.T / dz.shape[1]
        self.grad_bias = dz.mean(axis=1, keepdims=True)


def test_a_class_of_ones_own_is_taken_without_its_name():
    explorer = StepExplorer(MyDense)
    assert explorer.failure is None
    assert isinstance(explorer.model.layers[0][0], MyDense) and isinstance(explorer.model.layers[1][0], MyDense)


# Three views, linked ----------------------------------------------------------------------------------------------


def told_at(explorer, **address):
    """The moment's panel at the first moment of the first update with this address."""
    moments = explorer.tape.steps[0]
    explorer.press("go", next(k for k, moment in enumerate(moments)
                              if all(getattr(moment, name) == value for name, value in address.items())))  # fmt: skip
    explorer.show()
    assert explorer.failure is None, explorer.failure
    return explorer.frame["view"]["moment"]


def linked(told):
    """{word: names of values} of the lines that ran."""
    lines = zip(told["source"]["lines"], told["source"]["words"], strict=True)
    for (_, text, _), pieces in lines:
        assert "".join(piece for piece, _ in pieces) == text
    ran = [words for (_, _, ran), words in zip(told["source"]["lines"], told["source"]["words"], strict=True) if ran]
    return {word: names for words in ran for word, names in words if names}


@pytest.mark.parametrize(
    "address, words, places",
    [
        ({"phase": "forward", "block": 1, "index": 0},
         {"return": "output", "weights": "weights", "inputs": "inputs", "bias": "bias"},
         {"weights": ["edges", 1], "bias": ["biases", 1], "inputs": ["units", 0], "output": ["units", 1]}),
        ({"phase": "forward", "block": 1, "index": 1}, {"return": "output", "z": "inputs"},
         {"inputs": ["units", 1], "output": ["units", 1]}),
        ({"phase": "loss"}, {"return": "loss", "z": "z", "labels": "labels"},
         {"z": ["units", 2], "labels": ["units", 2]}),
        ({"method": "parameter_gradients", "block": 2},
         {"grad_output": "grad_output", "grad_weights": "grad_weights", "inputs": "inputs", "grad_bias": "grad_bias"},
         {"grad_weights": ["edges", 2], "grad_bias": ["biases", 2], "inputs": ["units", 1]}),
        ({"method": "backward", "block": 2},
         {"return": "grad_inputs", "weights": "weights", "grad_output": "grad_output"}, {"grad_inputs": ["units", 1]}),
        ({"phase": "update", "block": 1},
         {"parameters": "weights_before weights bias_before bias", "gradients": "grad_weights grad_bias",
          "learning_rate": "learning_rate"},
         {"weights_before": ["edges", 1], "grad_weights": ["edges", 1], "bias_before": ["biases", 1]}),
    ],
)  # fmt: skip
def test_words_of_the_code_and_places_in_the_diagram_belong_to_the_values(address, words, places):
    told = told_at(StepExplorer(), **address)
    assert linked(told) == words
    assert {name: told["places"][name] for name in places} == places


def test_a_learners_own_names_stand_for_the_values_too():
    explorer = StepExplorer(MyDense)
    assert linked(told_at(explorer, phase="forward", index=0)) == {
        "return": "output", "weights": "weights", "x": "inputs", "bias": "bias"}  # fmt: skip
    told = linked(told_at(explorer, method="parameter_gradients"))
    assert told["dz"] == "grad_output" and told["inputs"] == "inputs"


def test_normalisation_and_other_optimisers_are_linked():
    layers = ((Dense(3), BatchNorm(), ReLU()), (Dense(1), Sigmoid()))
    x, y = moons(20, 0.1, 0)
    model = NeuralNetwork(layers, BinaryCrossEntropy(), optimizer=Adam(0.01), seed=0)
    explorer = StepExplorer(model=model, x=x, y=y)
    told = told_at(explorer, phase="forward", index=1)
    assert told["places"]["gamma"] == ["units", 1]
    assert {"return", "gamma", "beta"} <= set(linked(told))
    assert linked(told_at(explorer, phase="update", index=1))["gradients"] == "grad_gamma grad_beta"
    browser = StandIn(explorer)
    for _ in range(30):
        browser.press("step")
        assert browser.frame["failure"] is None


# The tracer -------------------------------------------------------------------------------------------------------


class NoMean(MyDense):
    def parameter_gradients(self, dz):
        self.grad_weights = dz @ self.inputs.T
        self.grad_bias = dz.sum(axis=1, keepdims=True)


def test_a_weight_of_the_diagram_and_a_cell_of_a_matrix_are_traced():
    explorer = StepExplorer(hidden=[4, 3])
    browser = StandIn(explorer)
    assert browser.frame["view"]["tracer"] is None, "only when asked for"
    browser.press("trace", [2, "weights", 1, 3])
    told = browser.frame["view"]["tracer"]
    assert told["title"] == "grad_weights[1, 3] of block 2 in update 1" and told["agrees"]
    recorded = next(m for m in explorer.tape.steps[0] if m.block == 2 and m.method == "parameter_gradients")
    assert told["rows"][-1]["recorded"] == f"{recorded.values['grad_weights'][1, 3]:.4g}".replace("-", "−")
    assert "Traced: grad_weights[1, 3] of block 2 in update 1." in browser.frame["narration"]

    told_at(explorer, phase="update", block=1)
    browser.press("trace", [None, "bias_before", 2, 0])  # a cell of the moment's matrix
    assert browser.frame["view"]["tracer"]["title"] == "grad_bias[2] of block 1 in update 1"
    browser.press("update")
    browser.press("update")
    assert browser.frame["view"]["tracer"]["title"] == "grad_bias[2] of block 1 in update 2", "it goes along"
    browser.press("untrace")
    assert browser.frame["view"]["tracer"] is None and "Traced" not in browser.frame["narration"]


def test_the_example_is_chosen_and_the_path_followed():
    explorer = StepExplorer(hidden=[4, 3])
    browser = StandIn(explorer)
    model = explorer.model
    browser.press("trace", [1, "weights", 0, 1])
    first = browser.frame["view"]["tracer"]
    browser.set("example", 5)
    told = browser.frame["view"]["tracer"]
    assert explorer.model is model, "another example is no other network"
    assert told["example"] == [5, 200] and told["rows"][0] != first["rows"][0]
    assert told["rows"][-1] == first["rows"][-1], "the mean is that of all examples"
    for unit in range(3):
        browser.press("follow", [2, unit])
        assert browser.frame["view"]["tracer"]["path"][1] == {"kind": "edges", "column": 2, "unit": unit, "source": 0}
    browser.set("example", 200)
    told = browser.frame["view"]["tracer"]
    assert browser.frame["failure"] is None and told["rows"] == []
    assert told["verdict"] == "This update had 200 examples, 0 … 199; there is no example 200."
    browser.press("reset")
    assert browser.frame["view"]["tracer"] is None


def test_a_learners_missing_mean_is_seen_in_the_tracer():
    browser = StandIn(StepExplorer(NoMean, learning_rate=0.001))
    browser.press("trace", [1, "weights", 0, 0])
    told = browser.frame["view"]["tracer"]
    assert not told["agrees"] and "200 times as much, and there are 200 examples" in told["verdict"]
    assert "They part at the mean" in browser.frame["narration"]
