"""ActivationExplorer: its curves are what the classes give, its words are true, and a broken class spoils nothing."""

import json
import math

import numpy as np
import pytest
from test_widgets import learners_module

from widgets.activation_explorer.explorer import NAMES, ActivationExplorer
from widgets.stage.stand_in import StandIn

MINE = """
import numpy as np


class Sigmoid:
    def __call__(self, z):
        return 1 / (1 + np.exp(-z))


class ReLU:
    def __call__(self, z):
        return np.maximum(z, 0)

    def gradient(self, z):
        return (z > 0) * 1.0


class Backwards:
    def __call__(self, z):
        return z ** 2

    def backward(self, grad_output):
        return grad_output * 2 * self.inputs


class Broken:
    def __call__(self, z):
        return z.maximum(0)


class Flat:
    def __call__(self, z):
        return z.ravel()


def cube(z):
    return z ** 3
"""


def curve(explorer, name):
    return next(one for one in explorer.curves if one["name"] == name)


def test_values_and_slopes_at_a_point():
    explorer = ActivationExplorer(activations=["Sigmoid", "Tanh", "ReLU"], z=-1.5)
    sigmoid = 1 / (1 + math.exp(1.5))
    expected = {"Sigmoid": (sigmoid, sigmoid * (1 - sigmoid)), "Tanh": (math.tanh(-1.5), 1 - math.tanh(-1.5) ** 2),
                "ReLU": (0, 0)}  # fmt: skip
    for name, at in expected.items():
        assert curve(explorer, name)["at"] == pytest.approx(at, abs=1e-12), name
    assert "ReLU has f = 0 and f′ = 0, flat: f′ is 0, nothing gets through." in explorer.narrate()


@pytest.mark.parametrize("name", NAMES)
def test_the_slope_is_the_slope_of_the_curve(name):
    explorer = ActivationExplorer(activations=[name], z=1.0)
    one = curve(explorer, name)
    z = one["line"]
    measured = np.gradient(one["value"], z)
    away = np.abs(z) > 0.1  # not at the kinks
    assert np.allclose(one["slope"][away], measured[away], atol=2e-3)


@pytest.mark.parametrize("z, kind", [(0, "steep"), (3, "steep"), (4.3, "steep"), (4.4, "flat"), (50, "flat")])
def test_saturation_is_less_than_a_twentieth_of_the_steepest(z, kind):
    slope = math.exp(-z) / (1 + math.exp(-z)) ** 2
    assert (kind == "flat") == (slope / 0.25 < 0.05), "the case itself"
    assert curve(ActivationExplorer(z=z), "Sigmoid")["kind"] == kind


def test_the_hatched_parts_are_the_first_curves_own():
    (left, right) = ActivationExplorer().view()["flat"]
    assert left[0] == -8 and right[1] == 8
    assert left[1] == pytest.approx(-4.36, abs=0.05) and right[0] == pytest.approx(4.36, abs=0.05)
    assert ActivationExplorer(activations=["ReLU"]).view()["flat"] == [[-8.0, 0.0]]
    assert ActivationExplorer(activations=["Linear"]).view()["flat"] == []


def test_the_naive_sigmoid_overflows_and_the_stable_one_does_not():
    explorer = ActivationExplorer(activations=["Sigmoid", "Sigmoid, naive"], z=-1000)
    assert curve(explorer, "Sigmoid")["at"] == (0, 0)
    assert curve(explorer, "Sigmoid")["warnings"] == []
    naive = curve(explorer, "Sigmoid, naive")
    assert naive["at"][0] == 0 and math.isnan(naive["at"][1])
    assert naive["kind"] == "broken"
    assert any("overflow encountered in exp" in told for told in naive["warnings"])
    assert any("overflow" in note for note in explorer.view()["notes"])
    json.dumps(explorer.view(), default=lambda data: len(bytes(data)), allow_nan=False)
    explorer.z = 2.0
    assert explorer.view()["notes"] == [], "no warning where nothing overflows"


def test_the_learners_own_classes(tmp_path):
    mine = learners_module(tmp_path, MINE, "my_activations")
    explorer = ActivationExplorer(activation=[mine.Sigmoid, mine.ReLU(), mine.Backwards, mine.cube], z=2)
    assert explorer.activations == ["your Sigmoid", "your ReLU", "your Backwards", "your cube"]
    sigmoid = 1 / (1 + math.exp(-2))
    assert curve(explorer, "your Sigmoid")["at"] == pytest.approx((sigmoid, sigmoid * (1 - sigmoid)))
    assert curve(explorer, "your ReLU")["at"] == (2, 1)
    assert ". Your ReLU has f = 2 and f′ = 1" in explorer.narrate()
    assert curve(explorer, "your Backwards")["at"] == (4, 4)
    assert curve(explorer, "your cube")["at"] == pytest.approx((8, 12))
    told = " ".join(explorer.view()["notes"])
    assert "your Sigmoid has no gradient(z)" in told and "your ReLU" not in told
    explorer.z = -800
    assert "in your code (" in " ".join(explorer.view()["notes"]), explorer.view()["notes"]


def test_a_broken_class_is_told_of_and_the_others_are_drawn(tmp_path):
    mine = learners_module(tmp_path, MINE, "my_activations")
    browser = StandIn(ActivationExplorer(activation=[mine.Broken, mine.ReLU]))
    assert browser.frame["failure"]["source"] == "return z.maximum(0)"
    assert [one["name"] for one in browser.frame["view"]["curves"]] == ["your ReLU"]
    browser.set("activations", ["your ReLU", "Tanh"])
    assert browser.frame["failure"] is None
    assert [one["name"] for one in browser.frame["view"]["curves"]] == ["your ReLU", "Tanh"]
    flat = ActivationExplorer(activation=mine.Flat)
    assert "an axis is gone; `keepdims=True` keeps it" in flat.failure["message"]
    flat.activations = ["ReLU"]
    assert flat.failure is None


def test_the_point_is_moved():
    explorer = ActivationExplorer()
    browser = StandIn(explorer)
    browser.press("move", 2.3456)
    assert explorer.z == 2.35
    browser.press("move by", -0.1)
    assert explorer.z == 2.25
    browser.press("move", 1e9)
    assert explorer.z == 1e4
    browser.set("activations", ["Nonsense"])
    assert "got 'Nonsense'" in browser.frame["failure"]["message"]
    browser.set("activations", [])
    assert browser.frame["narration"] == "No activation is chosen."
