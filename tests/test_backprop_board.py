"""BackpropBoard without a browser: its numbers against ones worked by hand and by nudging; how it reads and judges."""

import numpy as np
import pytest

from widgets import BackpropBoard
from widgets.backprop_board import FORMULAS, PARAMETERS, agrees, read
from widgets.stand_in import StandIn

BY_HAND = {
    "z1": 1.5, "a1": 1.5, "z2": -1, "a2": 0, "output": 2, "loss": 1,
    "grad_output": 2, "grad_v1": 3, "grad_v2": 0, "grad_c": 2, "grad_a1": 4, "grad_a2": 6, "grad_z1": 4, "grad_z2": 0,
    "grad_w11": 8, "grad_w12": 4, "grad_b1": 4, "grad_w21": 0, "grad_w22": 0, "grad_b2": 0,
}  # fmt: skip


def board(**more):
    return BackpropBoard(parameters=[1, -1, -1, 0.5, 0.5, 0.5, 2, 3, -1], x=[2, 1], y=1, **more)


class MyLeaky:
    def __call__(self, z):
        return np.where(z > 0, z, 0.5 * z)

    def gradient(self, z):
        return np.where(z > 0, 1.0, 0.5)


class Broken(MyLeaky):
    def gradient(self, z):
        return zz > 0  # noqa: F821


def test_every_number_worked_by_hand():
    explorer = board()
    assert explorer.failure is None, explorer.failure
    assert explorer.right.keys() == FORMULAS.keys()
    for box, number in BY_HAND.items():
        assert explorer.right[box] == pytest.approx(number), box


def loss_of(numbers):
    """The loss of a 2-2-1 network with ReLU, in plain Python."""
    a1 = max(0, numbers["w11"] * numbers["x1"] + numbers["w12"] * numbers["x2"] + numbers["b1"])
    a2 = max(0, numbers["w21"] * numbers["x1"] + numbers["w22"] * numbers["x2"] + numbers["b2"])
    return (numbers["v1"] * a1 + numbers["v2"] * a2 + numbers["c"] - numbers["y"]) ** 2


@pytest.mark.parametrize("seed", range(12))
def test_a_drawn_board_agrees_with_nudging_every_parameter(seed):
    explorer = BackpropBoard(seed=seed)
    assert explorer.right["loss"] == pytest.approx(loss_of(explorer.given))
    for name in PARAMETERS:
        up, down = (loss_of(explorer.given | {name: explorer.given[name] + nudge}) for nudge in (1e-5, -1e-5))
        assert explorer.right[f"grad_{name}"] == pytest.approx((up - down) / 2e-5, abs=1e-6), (seed, name)
    assert all(float(4 * one).is_integer() for one in explorer.given.values()), "round numbers"
    assert max(explorer.right["a1"], explorer.right["a2"]) > 0
    assert explorer.given == BackpropBoard(seed=seed).given, "a seed is one board"


@pytest.mark.parametrize("text", ["3/4", "0.75", ".7500", " 0,75 ", "+0.75", "6/8", "1.5/2"])
def test_ways_of_writing_a_number(text):
    number, places = read(text)
    assert agrees(number, places, 0.75), text


@pytest.mark.parametrize("text", ["", "three", "1/0", "1e3", "1 2 x", "0.7.5", "3//4", "<b>1</b>", "nan", "-"])
def test_what_is_no_number(text):
    assert read(text) == (None, 0)


@pytest.mark.parametrize(
    ("text", "right", "good"),
    [("0.33", 1 / 3, True), ("1/3", 1 / 3, True), ("0.3", 1 / 3, False), ("0.34", 1 / 3, False), ("0.00", 0.004, False),
     ("−2.67", -8 / 3, True), ("-0", 0.0, True), ("0.0", 0.001, False), ("2", 2.004, False), ("0.75", 0.7501, True)],
)  # fmt: skip
def test_rounding(text, right, good):
    assert agrees(*read(text), right) is good


def test_boxes_are_judged_one_by_one():
    explorer = board()
    browser = StandIn(explorer)
    assert browser.frame["view"]["next"] == "z1"
    browser.press("fill", ["z1", "3/2"])
    browser.press("fill", ["grad_c", "2.00"])
    browser.press("fill", ["a1", "x"])
    states = {name: box["state"] for name, box in browser.frame["view"]["boxes"].items()}
    assert (states["z1"], states["grad_c"], states["a1"], states["z2"]) == ("right", "right", "unread", "empty")
    assert browser.frame["view"]["stats"] == [["Right", "2 of 20"]]
    assert browser.frame["view"]["next"] == "a1"
    assert "'x' is not read as a number" in browser.frame["narration"]


@pytest.mark.parametrize(
    ("box", "text", "says"),
    [("grad_output", "1", "a 2 in front"), ("output", "-2", "the sign is not"), ("grad_a1", "2", "That is grad output"),
     ("grad_z2", "6", "That is grad a₂ alone"), ("grad_w11", "7", "Is z₁ right, before it?"),
     ("z1", "7", "Ask for a hint")],
)  # fmt: skip
def test_a_wrong_box_names_the_slip(box, text, says):
    browser = StandIn(board())
    browser.press("fill", [box, text])
    assert browser.frame["view"]["boxes"][box]["state"] == "wrong"
    assert says in browser.frame["narration"], browser.frame["narration"]


def test_hints_come_in_two_steps_and_go_with_their_box():
    browser = StandIn(board())
    assert browser.frame["view"]["hint"] == ""
    browser.press("hint")
    assert browser.frame["view"]["hint"] == "z₁ = w₁₁ · x₁ + w₁₂ · x₂ + b₁"
    browser.press("hint")
    assert browser.frame["view"]["hint"].endswith(" = 1 · 2 + (−1) · 1 + 0.5")
    browser.press("fill", ["z1", "1.5"])
    assert browser.frame["view"]["hint"] == ""


def test_a_full_board_has_moved_no_weight():
    explorer = board()
    browser = StandIn(explorer)
    for box, number in BY_HAND.items():
        browser.press("fill", [box, str(number)])
    assert browser.frame["view"]["stats"] == [["Right", "20 of 20"]]
    assert "no weight has moved: the nine parameters are 1, −1, −1, 0.5" in browser.frame["narration"]
    assert explorer.model.parameters.tolist() == [1, -1, -1, 0.5, 0.5, 0.5, 2, 3, -1]
    assert browser.frame["disabled"] == ["hint"]


def test_a_new_board_and_clear():
    browser = StandIn(board())
    browser.press("fill", ["z1", "1.5"])
    browser.press("clear")
    assert browser.frame["view"]["boxes"]["z1"]["typed"] == ""
    before = browser.explorer.given
    browser.press("new")
    assert browser.explorer.given != before and browser.explorer.given == BackpropBoard(seed=1).given
    browser.set("seed", 7)
    assert browser.explorer.given == BackpropBoard(seed=7).given


def test_an_activation_of_ones_own_changes_what_is_right():
    explorer = board(activation=MyLeaky)
    assert explorer.right["a2"] == pytest.approx(-0.5)
    assert explorer.right["output"] == pytest.approx(0.5)
    assert explorer.right["grad_z2"] == pytest.approx(2 * (0.5 - 1) * 3 * 0.5)


def test_a_mistake_in_ones_own_class_is_shown_with_its_line():
    browser = StandIn(board(activation=Broken))
    for _ in range(2):
        told = browser.frame["failure"]
        assert told["yours"] and told["source"].startswith("return zz > 0"), told
        browser.press("fill", ["z1", "1.5"])
    assert browser.frame["view"]["boxes"]["z1"]["state"] == "empty", "nothing to judge it by"


def test_what_is_refused():
    with pytest.raises(ValueError, match="nine parameters and an x of two numbers, got 3"):
        BackpropBoard(parameters=[1, 2, 3])
    with pytest.raises(TypeError, match="has no control 'speed'"):
        BackpropBoard(speed=1)
    with pytest.raises(ValueError, match="the boxes are z1"):
        board().fill("z9", "1")
