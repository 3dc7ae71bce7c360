"""GradientCheckExplorer: the slopes it shows are those of the loss, wrong ones are told, and no ε mends a wrong one."""

import numpy as np
import pytest

from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, ReLU, Sigmoid, gradient_check
from nnlib.data import moons
from nnlib.inspect.mutants import MUTANTS
from widgets import GradientCheckExplorer
from widgets.stage.stand_in import StandIn


class MyDense:
    def __init__(self, units):
        self.units = units

    def build(self, features, rng, dtype=float):
        self.weights = rng.normal(size=(self.units, features)).astype(dtype)
        self.bias = np.zeros((self.units, 1), dtype)

    def __call__(self, inputs):
        return self.weights @ inputs + self.bias

    def backward(self, dz):
        self.grad_weights = dz @ self.inputs.T / dz.shape[1]
        self.grad_bias = dz.sum(axis=1, keepdims=True)
        return self.weights.T @ dz


def opened(**options):
    explorer = GradientCheckExplorer(**options)
    return explorer, StandIn(explorer)


def marks(browser):
    return [mark for array in browser.frame["view"]["arrays"] for mark in array["marks"]]


def test_a_right_network_agrees_everywhere_and_its_slopes_are_those_of_the_check():
    explorer, browser = opened()
    report = gradient_check(explorer.right, explorer.x, explorer.y)
    assert set(marks(browser)) == {0}
    np.testing.assert_allclose(explorer.analytic, report.analytic, rtol=1e-12)
    np.testing.assert_allclose(explorer.numeric, report.numeric, atol=1e-9)
    assert "passes: all 17 slopes agree" in browser.frame["narration"]


def test_the_slip_is_marked_below_the_last_layers_only_and_named():
    _, browser = opened(mistake="grad_weights_for_weights")
    arrays = browser.frame["view"]["arrays"]
    assert [array["name"] for array in arrays if 1 in array["marks"]] == ["weights of block 1", "bias of block 1"]
    assert "through the gradient of the weights" in browser.frame["narration"]
    first, count = arrays[0]["first"], len(arrays[0]["marks"])
    assert first <= browser.frame["view"]["at"] < first + count, "a wrong slope is chosen to begin with"


def test_the_valley_has_a_bottom_for_a_right_slope_and_none_for_a_wrong_one():
    explorer, browser = opened()
    right = explorer._valley()
    bottom = right.argmin()
    assert right.min() < -8, f"the best ε has the error 10^{right.min():.1f}"
    assert right[0] > right[bottom] + 3 and right[-1] > right[bottom] + 3, (right[0], right[bottom], right[-1])
    browser.set("mistake", MUTANTS["mean_missing"].title)
    wrong = explorer._valley()
    assert wrong[4:-4].min() > -1, f"a wrong slope seemed right to 10^{wrong.min():.1f}"


def test_epsilon_moves_by_key_by_pointer_and_by_number():
    explorer, browser = opened()
    browser.press("power by", -0.25)
    assert explorer.epsilon == pytest.approx(10**-5.25, rel=0.01)
    browser.press("power", -12.0)
    assert explorer.epsilon == pytest.approx(1e-12)
    assert 1 in marks(browser), "with so small an ε rounding drowns some slopes"
    browser.press("power", 40)
    assert explorer.epsilon == 0.1
    browser.set("epsilon", "0.00001")
    assert set(marks(browser)) == {0}
    assert browser.frame["disabled"] == ["reset"]


def test_a_chosen_cell_is_told_by_its_name_and_numbers():
    explorer, browser = opened()
    browser.press("choose", 13)
    assert browser.frame["view"]["at"] == 13
    assert explorer.called(13) == "weights[0, 1] of block 2"
    assert "weights[0, 1] of block 2: the backward pass says" in browser.frame["narration"]
    browser.press("choose", 10**9)
    assert browser.frame["view"]["at"] == 16


def test_a_mistake_that_the_check_does_not_see_is_said_to_be_unseen():
    _, browser = opened(mistake="stale_inputs")
    assert set(marks(browser)) == {0}
    assert "It does not see this mistake" in browser.frame["narration"]


def test_a_class_of_your_own_is_checked_named_and_quoted():
    _, browser = opened(dense=MyDense, activation=ReLU)
    wrong = [array["name"] for array in browser.frame["view"]["arrays"] if 1 in array["marks"]]
    assert wrong == ["bias of block 1", "bias of block 2"]
    assert "20 times too large" in browser.frame["narration"]
    assert "self.grad_bias = dz.sum" in str(browser.frame["view"]["source"]), browser.frame["view"]["source"]


def test_an_error_in_your_class_is_shown_and_another_activation_brings_it_back():
    class Broken:
        def __call__(self, z):
            return np.maximum(z, 0)

        def gradient(self, z):
            raise ZeroDivisionError("my slope")

    _, browser = opened(activation=Broken)
    assert browser.frame["failure"]["message"] == "my slope"
    assert browser.frame["failure"]["yours"]
    browser.set("activation", "Tanh")
    assert browser.frame["failure"] is None
    assert set(marks(browser)) == {0}


def test_a_model_of_your_own_is_copied_and_stays_as_it_was():
    x, y = moons(80)
    model = NeuralNetwork(((Dense(3), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.5, seed=1)
    model.fit(x, y, epochs=3)
    before = model.parameters.copy()
    explorer, browser = opened(model=model, x=x, y=y)
    browser.set("mistake", MUTANTS["mean_missing"].title)
    assert 1 in marks(browser)
    np.testing.assert_array_equal(model.parameters, before)
    assert explorer.x.shape == (2, 50)
    assert "hidden" not in explorer.control_traits()


def test_what_cannot_be_shown_is_refused_with_words():
    x, y = moons(20)
    with pytest.raises(TypeError, match="needs the data too"):
        GradientCheckExplorer(model=NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(), 0.5))
    with pytest.raises(TypeError, match="has no control"):
        GradientCheckExplorer(colour="red")
    model = NeuralNetwork(((Dense(200), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.5)
    explorer, browser = opened(model=model, x=x, y=y)
    assert "801 parameters" in browser.frame["failure"]["message"]
    assert browser.frame["narration"] == "There is no network to check."
    explorer.close()


def test_a_network_is_built_anew_for_another_size_data_set_and_seed():
    explorer, browser = opened()
    for name, value, parameters in (("hidden", [3, 2], 20), ("data", "xor", 20), ("seed", 7, 20), ("hidden", [], 3)):
        browser.set(name, value)
        assert browser.frame["failure"] is None
        assert explorer.analytic.size == parameters, name
        assert set(marks(browser)) <= {0, 2}
    browser.set("hidden", [4])
    browser.set("mistake", MUTANTS["slope_missing"].title)
    assert 1 in marks(browser)
    browser.set("hidden", [])
    assert explorer.mistake == "none", "a network without a bend has no slope to forget"
