"""TwinRuns: equal twins are equal in every bit, each change parts them where it says, and the distance is measured."""

import numpy as np
import pytest

from nnlib import Dense
from widgets import TwinRuns
from widgets.stage.stand_in import StandIn
from widgets.twin_runs.explorer import CHANGES

PARTED = {  # step, phase, name of the first number that differs
    "the order of the batches": (1, "forward", "inputs"),
    "the first weights": (1, "forward", "weights"),
    "one label is wrong": (1, "loss", "labels"),
    "the last digit of one weight": (1, "forward", "weights"),
    "the learning rate, by a thousandth": (1, "update", "learning_rate"),
    "momentum in place of SGD": (2, "update", "weights"),
    "grad_weights in place of weights": (1, "backward", "grad_inputs"),
}


def opened(**options):
    twins = TwinRuns(**options)
    return twins, StandIn(twins)


def test_with_nothing_changed_not_one_bit_differs():
    twins, browser = opened(change="nothing", epochs=10)
    assert twins.distance.shape == (61,) and not twins.distance.any()
    assert np.array_equal(*twins.losses)
    assert "Not one bit differs in 60 steps" in browser.frame["narration"]
    assert browser.frame["view"]["source"] is None


@pytest.mark.parametrize("change", [name for name in CHANGES if name != "nothing"])
def test_a_change_parts_the_twins_where_it_acts(change):
    twins, browser = opened(change=change, epochs=10)
    moment, _, name = twins.parted
    step, phase, value = PARTED[change]
    at_most = 6 if change == "one label is wrong" else step  # it is met when its batch is dealt, in the first epoch
    assert step <= moment.step <= at_most and moment.phase == phase, f"parted at {moment}"
    assert name.endswith(value) or value in name, name
    assert twins.distance[-1] > 0
    assert f"step {moment.step}, {phase}" in browser.frame["narration"]
    digits = [row["cells"][1] for row in browser.frame["view"]["rows"]]
    assert len(set(digits)) == 2, digits


def test_the_last_digit_stays_small_and_a_wrong_line_does_not():
    small, _ = opened(change="the last digit of one weight", epochs=20)
    large, _ = opened(change="grad_weights in place of weights", epochs=20)
    assert small.distance[-1] < 1e-10 < 1e-2 < large.distance[-1]


def test_twins_of_your_own_class_and_their_errors():
    class Mine(Dense):
        def __call__(self, inputs):
            return self.weights @ inputs + self.bias

    _, browser = opened(dense=Mine, change="one label is wrong", epochs=5)
    assert browser.frame["failure"] is None

    class Broken(Dense):
        def __call__(self, inputs):
            raise ZeroDivisionError("my line")

    _, browser = opened(dense=Broken)
    assert browser.frame["failure"]["message"] == "my line" and browser.frame["failure"]["yours"]
    assert browser.frame["narration"] == "There are no twins to compare."


def test_a_rate_beyond_all_sense_is_drawn_as_far_as_it_goes():
    twins, browser = opened(learning_rate=1e10, activation="ReLU", change="the learning rate, by a thousandth")
    assert browser.frame["failure"] is None
    assert np.isfinite(twins.distance).all() and twins.distance[-1] > 1e6
    with pytest.raises(TypeError, match="has no control"):
        TwinRuns(colour="red")
