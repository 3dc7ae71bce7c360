"""LossExplorer without a browser: the numbers it shows against ones worked by hand, and a loss of the learner's."""

import math

import numpy as np
import pytest
import traitlets

from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid
from widgets import LossExplorer
from widgets.stage.stand_in import StandIn


class MyCrossEntropy:
    def __call__(self, output, labels):
        return float(-(labels * np.log(output) + (1 - labels) * np.log(1 - output)).mean())

    def gradient(self, output, labels):
        return (output - labels) / (output * (1 - output))


class Broken:
    def __call__(self, output, labels):
        return float(np.mean(output - labels) ** 2)

    def gradient(self, output, labels):
        return output - lables  # noqa: F821


class NotOneNumber(MyCrossEntropy):
    def __call__(self, output, labels):
        return -np.log(output)


def cells(browser):
    return {row["name"]: row["cells"] for row in browser.frame["view"]["rows"]}


def test_a_confident_mistake_by_hand():
    explorer = LossExplorer(probability=0.01)
    browser = StandIn(explorer)
    assert explorer.failure is None, explorer.failure
    cross, square = explorer.curves
    assert cross["loss"] == pytest.approx(-math.log(0.01))
    assert cross["gradient"] == pytest.approx(-1 / 0.01)
    assert cross["push"] == pytest.approx(0.99), "cross-entropy pushes by y − a"
    assert square["loss"] == pytest.approx(0.99**2)
    assert square["push"] == pytest.approx(2 * 0.99 * 0.01 * 0.99)
    assert cells(browser)["Cross-entropy"] == ["4.605", "−100 · 0.0099", "0.99 ↑ z up"]
    assert "confidently wrong" in browser.frame["narration"]


@pytest.mark.parametrize("label, z", [("1", -6.0), ("1", 0.5), ("0", 3.0), ("0", -2.0)])
def test_the_push_is_what_a_network_feels(label, z):
    """Minus the gradient of a one-neuron network's bias, whose derivative with respect to z is 1."""
    explorer = LossExplorer(label=label, z=z)
    model = NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(), 0.1, seed=0).build(1)
    model.parameters[:] = 0, z
    model(np.ones((1, 1)))
    model.backward_step(np.array([[float(label)]]))
    assert explorer.curves[0]["push"] == pytest.approx(-model.layers[0][0].grad_bias[0, 0], rel=1e-9)


def test_probability_and_z_move_each_other():
    explorer = LossExplorer()
    browser = StandIn(explorer)
    browser.set("z", -2.0)
    assert explorer.probability == pytest.approx(1 / (1 + math.exp(2)))
    browser.set("probability", 0.9)
    assert explorer.z == pytest.approx(math.log(9), abs=1e-5)
    browser.press("z by", -0.5)
    assert explorer.z == pytest.approx(math.log(9) - 0.5, abs=0.01)
    browser.press("probability", 0.25)
    assert explorer.z == pytest.approx(math.log(1 / 3), abs=1e-5)
    z = explorer.z
    browser.set("label", "0")
    assert explorer.z == z, "the label changes neither"
    explorer.probability = 0.75
    assert explorer.z == pytest.approx(math.log(3), abs=1e-5)


@pytest.mark.parametrize(("probability", "z"), [(1e-12, -25), (1e-11, -25), (1e-10, -23.025851), (1 - 1e-12, 25)])
def test_a_probability_far_out_moves_z_to_the_end_of_its_range(probability, z):
    explorer = LossExplorer()
    explorer.probability = probability
    assert explorer.z == z
    explorer = LossExplorer()
    explorer.z = 25.0
    assert explorer.probability == pytest.approx(1 - 1.39e-11, abs=1e-13)


def test_the_far_ends_stay_finite():
    explorer = LossExplorer(losses=["Cross-entropy", "Squared error", "Absolute error", "Huber"])
    browser = StandIn(explorer)
    for z in (-25, 25):
        for label in "01":
            browser.set("z", z)
            browser.set("label", label)
            assert browser.frame["failure"] is None, (z, label, browser.frame["failure"])
            for one in explorer.curves:
                assert np.isfinite([one["loss"], one["push"]]).all(), (z, label, one["name"])
    browser.set("z", -25)
    browser.set("label", "1")
    assert explorer.curves[0]["push"] == pytest.approx(1)
    assert explorer.curves[1]["push"] < 1e-10


def test_a_loss_of_ones_own_runs_beside_nnlibs():
    explorer = LossExplorer(loss=MyCrossEntropy, z=-3, losses=["your MyCrossEntropy", "Cross-entropy"])
    browser = StandIn(explorer)
    mine, reference = cells(browser)["your MyCrossEntropy"], cells(browser)["Cross-entropy"]
    assert mine == reference
    told = browser.frame["view"]["source"]
    assert told["yours"] and any("(output - labels) / (output * (1 - output))" in line[1] for line in told["lines"])


def test_the_losses_of_the_menu_come_with_ones_own():
    explorer = LossExplorer(loss=MyCrossEntropy())
    assert explorer.losses == ["your MyCrossEntropy", "Squared error"]


def test_a_mistake_in_ones_own_loss_is_shown_and_the_rest_stays():
    browser = StandIn(LossExplorer(loss=Broken))
    told = browser.frame["failure"]
    assert told["yours"] and told["source"].startswith("return output - lables"), told
    assert list(cells(browser)) == ["Squared error"]
    browser.set("z", 1.0)
    assert browser.frame["failure"] is not None
    browser.set("losses", ["Squared error", "Cross-entropy"])
    assert browser.frame["failure"] is None and len(cells(browser)) == 2


def test_a_loss_that_is_not_one_number_is_named():
    told = StandIn(LossExplorer(loss=NotOneNumber)).frame["failure"]
    assert "returned the shape (1, 1); () was expected" in told["message"], told


def test_no_loss_and_no_such_control():
    browser = StandIn(LossExplorer(losses=[]))
    assert browser.frame["failure"] is None and browser.frame["narration"] == "No loss is chosen."
    with pytest.raises(TypeError, match="has no control 'confidence'"):
        LossExplorer(confidence=0.3)


@pytest.mark.parametrize("typed", [1, 0])
def test_a_probability_that_no_loss_takes_is_refused_with_bounds_that_differ_from_it(typed):
    with pytest.raises(traitlets.TraitError, match=f"goes from 1e-12 to 0.999999999999, got {typed}$"):
        LossExplorer(probability=typed)


def test_a_sentence_about_ones_own_loss_begins_as_a_sentence_does():
    class Charge(MyCrossEntropy):
        pass

    assert ". Your Charge charges " in LossExplorer(loss=Charge).narrate()


def test_a_z_on_the_axis_leaves_the_axis_as_it_is():
    browser = StandIn(LossExplorer())
    for z in (-8, 8, 3, -7.99):
        browser.press("z", z)
        assert browser.frame["view"]["push"]["x"] == [-8, 8], z
    browser.set("z", -12)
    for z in (-15, 2, 15):
        browser.press("z", z)
        assert browser.frame["view"]["push"]["x"] == [-15, 15], z
