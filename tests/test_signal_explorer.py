"""SignalExplorer: the numbers are those of the passes, and each illness is called by its name and by no other's."""

import numpy as np
import pytest

from nnlib import He, Tanh
from widgets import SignalExplorer
from widgets.stage.stand_in import StandIn


class MyHe:
    def __call__(self, shape, rng):
        return rng.normal(0.0, np.sqrt(2 / shape[1]), shape)


class MyDense:
    def __init__(self, units):
        self.units = units

    def build(self, features, rng, dtype=float):
        self.weights = rng.normal(size=(self.units, features)).astype(dtype)
        self.bias = np.zeros((self.units, 1), dtype)

    def __call__(self, inputs):
        return self.weights @ inputs + self.bias


def opened(**options):
    explorer = SignalExplorer(**options)
    return explorer, StandIn(explorer)


def test_the_activations_and_gradients_are_those_of_a_forward_and_a_backward_pass():
    explorer, _ = opened(depth=3, activation="Tanh")
    rng = np.random.default_rng(0)
    x = rng.normal(size=(64, 200))
    for layer in explorer.layers:
        x = np.tanh(layer["weights"] @ x)
        np.testing.assert_allclose(layer["given"], x, rtol=1e-12)
    first, second = explorer.layers[:2]
    down = second["weights"].T @ second["got"] * (1 - first["given"] ** 2)
    np.testing.assert_allclose(first["got"], down, rtol=1e-9)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"start_from": "He", "activation": "ReLU"}, set()),
        ({"start_from": "Glorot", "activation": "Tanh"}, set()),
        ({"start_from": "size 1", "activation": "ReLU"}, {"exploded"}),
        ({"start_from": "size 0.01", "activation": "Tanh"}, {"vanished"}),
        ({"start_from": "zeros", "activation": "Tanh"}, {"all units the same", "vanished"}),
        ({"start_from": "size 1", "activation": "Tanh"}, {"saturated"}),
        ({"start_from": "Glorot", "activation": "Sigmoid"}, {"nearly the same for every example"}),
    ],
)
def test_an_illness_has_its_own_name(options, named):
    explorer, browser = opened(**options)
    layers = browser.frame["view"]["rows"][0]["layers"]
    told = {matter.split(":")[0] for layer in layers for matter in layer["matters"].values()}
    assert {name for name in told if "always off" not in name} == named
    carries = "carries the signal" in browser.frame["narration"]
    assert carries == (not named) or "always off" in browser.frame["narration"]
    assert explorer.failure is None


@pytest.mark.parametrize(("options", "count"), [({}, 41_665), ({"depth": 2, "units": 3, "dense": MyDense}, 28)])
def test_all_parameters_are_counted(options, count):
    assert ["Parameters", f"{count:,}"] in opened(**options)[1].frame["view"]["stats"]


def test_a_function_of_shape_and_rng_draws_the_first_weights():
    explorer, browser = opened(initializer=lambda shape, rng: rng.normal(size=shape), depth=2)
    assert browser.frame["failure"] is None and len(explorer.layers) == 2


def test_the_gradients_of_the_whole_network_are_told():
    assert "The gradients explode" in opened(start_from="size 1")[1].frame["narration"]
    assert "The gradients vanish" in opened(activation="Sigmoid", start_from="Glorot")[1].frame["narration"]
    assert "No gradient arrives" in opened(start_from="zeros")[1].frame["narration"]


def test_every_layer_has_its_two_histograms_and_its_place_on_the_lines():
    explorer, browser = opened(depth=7)
    view = browser.frame["view"]
    assert [len(row["layers"]) for row in view["rows"]] == [7, 7]
    assert len(view["sizes"]["dots"]) == 14
    counts = np.frombuffer(view["rows"][0]["layers"][0]["counts"]["data"], np.float32)
    assert counts.max() == 1 and counts.min() >= 0
    browser.set("depth", 1)
    assert [len(row["layers"]) for row in browser.frame["view"]["rows"]] == [1, 1]
    given, _ = explorer.sizes()
    assert given[0] == pytest.approx(np.std(explorer.layers[0]["given"]))


def test_your_initializer_is_used_and_your_line_shown():
    explorer, browser = opened(initializer=MyHe)
    assert explorer.start_from == "your MyHe"
    np.testing.assert_array_equal(explorer.layers[0]["weights"], opened()[0].layers[0]["weights"])
    assert any("np.sqrt(2 / shape[1])" in line for _, line, _ in browser.frame["view"]["source"]["lines"])
    browser.set("start_from", "He")
    assert browser.frame["view"]["source"] is None
    assert opened(initializer=He())[0].failure is None


def test_your_layer_draws_its_own_weights():
    explorer, browser = opened(dense=MyDense, activation=Tanh)
    assert explorer.layers[0]["weights"].std() == pytest.approx(1, abs=0.1)
    assert "start_from" not in explorer.control_traits()
    assert "self.weights" in str(browser.frame["view"]["source"])


def test_an_error_of_yours_is_shown_and_another_choice_mends_it():
    class Broken:
        def __call__(self, shape, rng):
            raise ZeroDivisionError("my weights")

    _, browser = opened(initializer=Broken)
    assert browser.frame["failure"]["message"] == "my weights" and browser.frame["failure"]["yours"]
    assert browser.frame["narration"] == "There is no network to send a signal through."
    browser.set("start_from", "He")
    assert browser.frame["failure"] is None


def test_numbers_beyond_all_range_are_told_and_drawn():
    class Vast:
        def __call__(self, shape, rng):
            return rng.normal(0.0, 1e40, shape)

    _, browser = opened(initializer=Vast, depth=20)
    assert browser.frame["narration"] == "The numbers have left the range of floats."
    with pytest.raises(TypeError, match="has no control"):
        SignalExplorer(colour="red")
