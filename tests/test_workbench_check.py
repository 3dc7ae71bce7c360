"""The Workbench's pane Check: its slopes are those of the loss, wrong ones are told, and no ε mends a wrong one."""

import numpy as np
import pytest

from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, ReLU, Sigmoid, gradient_check
from nnlib.data import moons
from nnlib.inspect.mutants import MUTANTS
from widgets import Workbench
from widgets.stage.stand_in import StandIn
from widgets.workbench.check import plainly


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


class Averaged(MyDense):
    def backward(self, dz):
        below = super().backward(dz)
        self.grad_bias = dz.mean(axis=1, keepdims=True)
        return below


def opened(**options):
    given = options if "model" in options else {"hidden": [4], **options}
    browser = StandIn(Workbench(pane="Check", **given))
    return browser.explorer, browser


def told(browser):
    return browser.frame["view"]["inside"]


def marks(browser):
    return [mark for array in told(browser)["arrays"] for mark in array["marks"]]


def test_a_right_network_agrees_everywhere_and_its_slopes_are_those_of_the_check():
    bench, browser = opened()
    report = gradient_check(bench.model, bench.x_train[:, :20], bench.y_train[:, :20])
    assert set(marks(browser)) == {0}
    np.testing.assert_allclose(bench._checked.analytic, report.analytic, rtol=1e-12)
    np.testing.assert_allclose(bench._checked.numeric, report.numeric, atol=1e-9)
    assert browser.frame["narration"].startswith("Every slope agrees: 17 parameters")


def test_the_slip_is_marked_below_the_last_layers_only_and_named():
    bench, browser = opened(mistake="grad_weights_for_weights")
    arrays = told(browser)["arrays"]
    assert [array["name"] for array in arrays if 1 in array["marks"]] == ["weights of layer 1", "bias of layer 1"]
    assert "through the gradient of the weights" in told(browser)["said"]
    first, count = arrays[0]["first"], len(arrays[0]["marks"])
    assert first <= told(browser)["at"] < first + count, "a wrong slope is chosen to begin with"
    before = bench.model.parameters.copy()
    browser.press("update")
    assert type(bench.model.layers[0][0]) is Dense and not np.array_equal(bench.model.parameters, before)
    assert "the network has moved on" in told(browser)["said"]


@pytest.mark.parametrize(("name", "part"), [
    ("mean_missing", "in layers 1, 2, 3."), ("bias_summed", "in the bias of layer 1, the bias of layer 2, the bias of"),
])  # fmt: skip
def test_a_mistake_is_in_every_layer_of_ones_own_too(name, part):
    """Its `backward` fills the gradients itself, and once filled the right ones over the wrong."""
    _, browser = opened(hidden=[3, 3], dense=Averaged, mistake=MUTANTS[name].title)
    assert part in told(browser)["said"]


def test_the_valley_has_a_bottom_for_a_right_slope_and_none_for_a_wrong_one():
    bench, browser = opened()
    right = bench._checked._valley()
    bottom = right.argmin()
    assert right.min() < -8, f"the best ε has the error 10^{right.min():.1f}"
    assert right[0] > right[bottom] + 3 and right[-1] > right[bottom] + 3, (right[0], right[bottom], right[-1])
    browser.set("mistake", MUTANTS["mean_missing"].title)
    wrong = bench._checked._valley()
    assert wrong[4:-4].min() > -2, f"a wrong slope seemed right to 10^{wrong.min():.1f}"


def test_epsilon_moves_by_key_by_pointer_and_by_number():
    bench, browser = opened()
    browser.press("power by", -0.25)
    assert bench.epsilon == pytest.approx(10**-5.25, rel=0.01)
    browser.press("power", -12.0)
    assert bench.epsilon == pytest.approx(1e-12)
    assert 1 in marks(browser), "with so small an ε rounding drowns some slopes"
    browser.press("power", 40)
    assert bench.epsilon == 0.1
    browser.set("epsilon", "0.00001")
    assert set(marks(browser)) == {0}


def test_the_ring_stands_on_the_curve_where_rounding_makes_the_error_jump_too():
    bench, browser = opened()
    for power in (-12.4, -11.9, -11.31, -6.2):  # where a pointer lets it go
        browser.press("power", power)
        at = told(browser)["valley"]["at"]
        (x, y, _), = told(browser)["valley"]["dots"]
        assert x == at == pytest.approx(round(4 * power) / 4, abs=0.01)
        assert y == bench._checked._valley()[round(4 * (at + 13))]
    browser.set("epsilon", "4.2e-13")
    (x, y, _), = told(browser)["valley"]["dots"]
    assert y == bench._checked._valley()[round(4 * (x + 13))]


@pytest.mark.parametrize(("epsilon", "size"), [(0.1, "large"), (1.8e-12, "small")])
def test_of_an_epsilon_that_does_not_suit_one_true_thing_is_said(epsilon, size):
    bench, browser = opened(epsilon=epsilon)
    agree, count = marks(browser).count(0) + marks(browser).count(2), len(marks(browser))
    assert agree < count
    said = told(browser)["said"]
    assert f"{agree} of {count} slopes agree" in said and f"This ε is too {size}" in said, said
    assert "Every slope agrees" not in said and f"with ε = 0.00001 all {count} agree" in said, said
    browser.set("epsilon", 1e-5)
    assert told(browser)["said"].startswith("Every slope agrees") and set(marks(browser)) <= {0, 2}
    browser.set("mistake", MUTANTS["mean_missing"].title)
    browser.set("epsilon", epsilon)
    assert told(browser)["said"].startswith("The slopes do not agree")
    browser.set("mistake", MUTANTS["grad_weights_for_weights"].title)
    alone = marks(browser).count(1) - int(bench._checked.report.wrong.sum())
    assert alone > 0 and f"{alone} of the crosses come from this ε alone" in told(browser)["said"]
    bench.close()


def test_every_slope_agrees_is_said_only_where_no_cell_is_crossed():
    """Networks with bends, in which a slope beside one may disagree at the usual ε."""
    for seed in range(6):
        bench, browser = opened(hidden=[3, 3], activations=["ReLU", "ReLU"], seed=seed)
        for power in (-13, -9, -5, -3, -1):
            browser.set("epsilon", 10.0**power)
            assert told(browser)["said"].startswith("Every slope agrees") == (1 not in marks(browser)), (seed, power)
        bench.close()


def test_the_mistakes_that_are_offered_can_be_named():
    bench, browser = opened(mistakes=("mean_missing", "stale_inputs"))
    offered = next(control for control in bench.controls if control["name"] == "mistake")["options"]
    assert offered == ["none", MUTANTS["mean_missing"].title, MUTANTS["stale_inputs"].title]
    browser.set("mistake", offered[1])
    assert 1 in marks(browser)
    browser.set("mistake", MUTANTS["transposed"].title)
    assert browser.frame["failure"] and bench.mistake == offered[1]
    with pytest.raises(TypeError, match="there is no mistake 'softness' to put in; there are: mean_missing"):
        opened(mistakes=["softness"])


def test_a_chosen_cell_is_told_by_its_name_and_numbers():
    _, browser = opened()
    browser.press("cell", 13)
    assert told(browser)["at"] == 13
    assert told(browser)["chosen"][0] == ["slope of", "weights[0, 1] of layer 2"]
    assert "weights[0, 1] of layer 2: the backward pass says" in browser.frame["narration"]
    browser.press("cell", 10**9)
    assert told(browser)["at"] == 16


def test_one_parameter_is_chosen_in_the_picture_in_the_check_and_in_the_chain():
    bench, browser = opened()
    browser.press("update")
    browser.press("check")
    for cell, place in ((13, (2, 0, 1)), (9, (1, 1, None)), (2, (1, 1, 0))):
        browser.press("cell", cell)
        chosen = browser.frame["view"]["chosen"]
        assert (chosen["layer"], chosen["unit"], chosen["input"]) == place
        assert bench._traced == (place[0], "bias" if place[2] is None else "weights", place[1], place[2])
    browser.press("choose", [2, 0, 3])
    assert told(browser)["at"] == 15
    browser.press("choose", [2, 0, None])
    browser.press("check")
    assert told(browser)["at"] == 16 and told(browser)["chosen"][0][1] == "bias[0, 0] of layer 2"


def test_a_mistake_that_the_check_does_not_see_or_that_has_no_place_is_told():
    _, browser = opened(mistake="stale_inputs")
    assert set(marks(browser)) == {0}
    assert "It does not see this mistake" in told(browser)["said"]
    browser.set("hidden", [])
    browser.set("mistake", MUTANTS["slope_missing"].title)
    assert "has no place for the mistake" in browser.frame["failure"]["message"]
    browser.set("mistake", "none")
    assert browser.frame["failure"] is None and len(marks(browser)) == 3


def test_a_class_of_your_own_is_checked_named_and_quoted():
    _, browser = opened(dense=MyDense, activation=ReLU)
    wrong = [array["name"] for array in told(browser)["arrays"] if 1 in array["marks"]]
    assert wrong == ["bias of layer 1", "bias of layer 2"]
    assert "20 times too large" in told(browser)["said"]
    assert "self.grad_bias = dz.sum" in str(told(browser)["source"]), told(browser)["source"]


def test_an_error_in_your_class_is_shown_and_another_activation_brings_it_back():
    class Broken:
        def __call__(self, z):
            return np.maximum(z, 0)

        def gradient(self, z):
            raise ZeroDivisionError("my slope")

    _, browser = opened(activation=Broken)
    assert browser.frame["failure"]["message"] == "my slope" and browser.frame["failure"]["yours"]
    browser.set("activations", ["Tanh"])
    browser.press("check")
    assert browser.frame["failure"] is None and set(marks(browser)) == {0}


def test_a_model_of_your_own_stays_as_it_was_and_a_large_one_is_told_by_its_arrays():
    x, y = moons(80)
    model = NeuralNetwork(((Dense(3), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.5, seed=1)
    model.fit(x, y, epochs=3)
    before = model.parameters.copy()
    _, browser = opened(model=model, x=x, y=y)
    browser.set("mistake", MUTANTS["mean_missing"].title)
    assert 1 in marks(browser)
    np.testing.assert_array_equal(model.parameters, before)
    model = NeuralNetwork(((Dense(200), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.5)
    _, browser = opened(model=model, x=x, y=y)
    assert told(browser)["arrays"] == [] and len(told(browser)["rows"]) == 4


def test_the_valley_is_drawn_from_a_tiny_step_to_a_large_one():
    bench, browser = opened()
    assert told(browser)["valley"]["x"] == [-13, -1]
    bench.close()


def test_an_epsilon_has_two_digits_and_an_e_where_it_is_long():
    told = {0.1: "0.1", 0.016: "0.016", 1e-5: "0.00001", 9.1e-7: "0.00000091", 8.9e-7: "8.9e−07", 2e-13: "2e−13"}
    assert {epsilon: plainly(epsilon) for epsilon in told} == told
