"""The Workbench's pane Compare: equal twins are equal in every bit, each change parts them where it says."""

import numpy as np
import pytest

from nnlib import Dense
from widgets import Workbench
from widgets.stage.stand_in import StandIn
from widgets.workbench import twins
from widgets.workbench.twins import CHANGES

PARTED = {  # update, phase, name of the first number that differs
    "the order of the batches": (1, "forward", "inputs"),
    "the first weights": (1, "forward", "weights"),
    "one label": (1, "loss", "labels"),
    "the last digit of one weight": (1, "forward", "weights"),
    "the pace, by a thousandth": (1, "update", "learning_rate"),
    "momentum in place of its rule": (2, "update", "weights"),
    "grad_weights in place of weights": (1, "backward", "grad_inputs"),
}


@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr(twins, "LEAST", 60)


def opened(change="nothing", **options):
    browser = StandIn(Workbench(pane="Compare", change=change, batch="32", **{"hidden": [6, 6], **options}))
    browser.press("twins")
    return browser.explorer._twins, browser


@pytest.mark.parametrize(("given", "change"), [
    ({}, "the first weights"), ({"batch": "all at once"}, "the first weights"),
    ({"batch": "16"}, "the order of the batches"), ({"change": "one label"}, "one label"),
])  # fmt: skip
def test_it_begins_with_a_change_that_is_one(given, change):
    assert Workbench(hidden=[2], **given).change == change


def test_with_nothing_changed_not_one_bit_differs():
    pair, browser = opened(dropout=0.2)
    assert len(pair.distance) == 61 and not any(pair.distance)
    assert np.array_equal(*pair.losses) and len(pair.losses[0]) == 12
    assert "Not one bit differs in 60 updates" in browser.frame["narration"]
    assert browser.frame["view"]["inside"]["source"] is None
    bench = browser.explorer
    for _ in range(60):
        bench._train_once()
    other = StandIn(Workbench(batch="32", hidden=[6, 6], dropout=0.2)).explorer
    for _ in range(60):
        other._train_once()
    assert np.array_equal(bench.model.parameters, other.model.parameters), "twins change nothing of the run"


@pytest.mark.parametrize("change", CHANGES[1:])
def test_a_change_parts_the_twins_where_it_acts(change):
    pair, browser = opened(change)
    moment, _, name = pair.parted
    step, phase, value = PARTED[change]
    at_most = 6 if change == "one label" else step  # it is met when its batch is dealt, in the first epoch
    assert step <= moment.step <= at_most and moment.phase == phase, f"parted at {moment}"
    assert name.endswith(value) or value in name, name
    assert pair.distance[-1] > 0
    assert f"update {moment.step}, {phase}" in browser.frame["narration"]
    told = browser.frame["view"]["inside"]
    assert len({row["cells"][1] for row in told["rows"]}) == 2, told["rows"]


def test_the_last_digit_stays_small_and_a_wrong_line_does_not():
    small, large = (opened(change)[0] for change in (CHANGES[4], CHANGES[7]))
    assert small.distance[-1] < 1e-10 < 1e-2 < large.distance[-1]


def test_classes_numbers_and_one_batch():
    _, browser = opened("one label", x=np.arange(30.0).reshape(1, 30) / 30, y=np.arange(30.0) ** 2 / 900)
    assert browser.frame["failure"] is None and browser.explorer._twins.parted
    x = np.random.default_rng(0).normal(size=(2, 60))
    _, browser = opened("one label", x=x, y=np.arange(60) % 3)
    assert browser.frame["failure"] is None and browser.explorer._twins.parted
    browser = StandIn(Workbench(pane="Compare", change=CHANGES[1]))
    browser.press("twins")
    assert "All examples are one batch, so their order is nothing" in browser.frame["narration"]


def test_twins_of_your_own_class_and_their_errors():
    class Mine(Dense):
        def __call__(self, inputs):
            return self.weights @ inputs + self.bias

    _, browser = opened("one label", dense=Mine)
    assert browser.frame["failure"] is None

    class Late(Dense):
        seen = 0

        def parameter_gradients(self, dz):
            raise ZeroDivisionError("my line")

    _, browser = opened(dense=Late)
    assert browser.frame["failure"]["message"] == "my line" and browser.frame["failure"]["yours"]
    assert browser.frame["view"]["inside"] is None


def test_a_rate_beyond_all_sense_is_drawn_as_far_as_it_goes():
    pair, browser = opened("the pace, by a thousandth", learning_rate=1e10, activation="ReLU")
    assert browser.frame["failure"] is None
    assert np.isfinite(pair.distance).all() and pair.distance[-1] > 1e6
