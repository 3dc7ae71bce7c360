"""NeuronExplorer: its line is where z = 0, sliding changes the bias alone, and the learner's classes answer."""

import re

import numpy as np
import pytest
from test_widgets import learners_module

from nnlib import Dense
from widgets.neuron_explorer import NeuronExplorer
from widgets.stage.stand_in import StandIn

TOMATOES = np.array([[0.8, 0.3, 0.9, 0.2, 0.6, 0.5], [0.5, 0.5, 0.7, 0.2, 0.8, 0.1]])
RIPE = np.array([[1, 0, 1, 0, 1, 0]])

MINE = """
class MyDense:
    def __init__(self, units):
        self.units = units
        self.weights = self.bias = None
        self.calls = 0

    def __call__(self, inputs):
        return self.weights @ inputs + self.bias


class Doubled(MyDense):
    def __call__(self, inputs):
        return 2 * (self.weights @ inputs + self.bias)


class Turned(MyDense):
    def __call__(self, inputs):
        return (self.weights @ inputs + self.bias).T


class Broken(MyDense):
    def __call__(self, inputs):
        return inputs @ self.weights


def step(z):
    return (z > 0) * 1.0
"""


def tomatoes(**controls):
    return NeuronExplorer(x=TOMATOES, y=RIPE, **{"w1": 2, "w2": 1, "bias": -1.5} | controls)


def test_the_numbers_of_the_lesson():
    explorer = tomatoes()
    assert explorer.z.round(10).tolist() == [[0.6, -0.4, 1.0, -0.9, 0.5, -0.4]]
    assert explorer.right() == 6
    assert explorer.worked(0) == "z = 2 · 0.8 + 1 · 0.5 − 1.5 = 0.6,  a = 0.646"
    assert explorer.about(1) == "Example 1, class 0: z = −0.4, on the negative side, a = 0.401: right."


def test_classes_that_have_names_are_called_by_them():
    explorer = tomatoes(classes=("unripe", "ripe"))
    assert explorer.about(1).startswith("Example 1, unripe: z = −0.4")
    assert StandIn(explorer).frame["view"]["plane"]["classes"] == ["unripe", "ripe"]
    with pytest.raises(ValueError, match="labels 0 and 1"):
        NeuronExplorer(classes=("one",))


@pytest.mark.parametrize("w1", [-2.0, 0.0, 0.3, 4.0])
@pytest.mark.parametrize("w2", [-1.0, 0.0, 2.5])
@pytest.mark.parametrize("bias", [-1.0, 0.0, 0.7])
def test_the_line_is_where_z_is_zero(w1, w2, bias):
    explorer = NeuronExplorer(w1=w1, w2=w2, bias=bias)
    foot, ends, tip = explorer.line()
    if w1 == w2 == 0:
        assert (foot, ends, tip) == (None, None, None)
        return
    weights = np.array([w1, w2])
    for point in [foot, *(ends or [])]:
        assert weights @ point + bias == pytest.approx(0, abs=1e-9), f"{point} is not on the line"
    low, high = explorer.middle - explorer.side, explorer.middle + explorer.side
    for end in ends or []:
        assert np.max(np.abs(end - explorer.middle)) == pytest.approx(explorer.side), "the line ends at the edge"
    corners = [weights @ [a, b] + bias for a in (low, high) for b in (low, high)]
    assert (ends is None) == (min(corners) > 0 or max(corners) < 0), "drawn where it crosses the plane, and only there"
    assert np.cross([*(tip - foot), 0], [*weights, 0])[2] == pytest.approx(0), "the arrow points along the weights"


def test_sliding_changes_the_bias_alone():
    explorer = tomatoes()
    browser = StandIn(explorer)
    browser.press("slide", [0.5, 0.4])
    assert (explorer.w1, explorer.w2, explorer.bias) == (2, 1, -1.4)
    browser.press("slide by", [1, 0])
    assert (explorer.w1, explorer.w2) == (2, 1)
    assert explorer.bias < -1.4, "the line went to the right"


def test_turning_turns_and_nothing_else():
    explorer = tomatoes()
    browser = StandIn(explorer)
    foot, size = explorer.line()[0], np.hypot(explorer.w1, explorer.w2)
    browser.press("turn", (foot + np.array([0.0, 0.1])).tolist())
    assert explorer.w1 == pytest.approx(0, abs=1e-3)
    assert explorer.w2 == pytest.approx(size, abs=1e-3), "a tip nearer to the foot makes no smaller weights"
    for number, keys in enumerate([[3, 0], [0, -7], [-40, 0], *[[1, 0]] * 30]):
        before = np.arctan2(explorer.w2, explorer.w1)
        browser.press("turn by", keys)
        assert np.hypot(explorer.w1, explorer.w2) == pytest.approx(size, abs=1e-3), number
        assert [explorer.w1, explorer.w2] @ foot + explorer.bias == pytest.approx(0, abs=2e-3), "round the same point"
        turned = (np.arctan2(explorer.w2, explorer.w1) - before + np.pi) % (2 * np.pi) - np.pi
        assert np.rad2deg(turned) == pytest.approx(2 * (keys[1] - keys[0]), abs=0.1)


def test_sliding_then_turning_goes_round_the_point_that_was_slid_through():
    explorer = tomatoes()
    browser = StandIn(explorer)
    browser.press("slide", [0.7, 0.3])
    browser.press("turn by", [10, 0])
    assert explorer.line()[0].tolist() == [0.7, 0.3]
    browser.set("bias", -1.0)
    assert [explorer.w1, explorer.w2] @ explorer.line()[0] - 1 == pytest.approx(0, abs=1e-9), "another foot"


def test_without_weights_the_line_can_be_made_again():
    explorer = tomatoes(w1=0, w2=0)
    assert "no line" in explorer.narrate()
    browser = StandIn(explorer)
    browser.press("slide by", [1, 0])
    browser.press("turn by", [2, 0])
    assert browser.frame["failure"] is None
    assert explorer.w1 > 0 and explorer.line()[0] is not None
    browser.press("reset")
    assert (explorer.w1, explorer.w2, explorer.bias) == (0, 0, -1.5)


def test_a_click_chooses_the_nearest_example():
    explorer = tomatoes()
    browser = StandIn(explorer)
    browser.press("choose", [0.19, 0.25])
    assert explorer.example == 3
    assert browser.frame["view"]["chosen"] == [0.2, 0.2]
    browser.set("example", 59)
    assert explorer.example == 5, "there are six examples, counted from 0"


def test_the_map_is_the_learners_answer(tmp_path):
    mine = learners_module(tmp_path, MINE)
    usual, own = tomatoes(), tomatoes(dense=mine.MyDense)
    assert own.view()["plane"]["map"] == usual.view()["plane"]["map"]
    assert own.view()["source"]["yours"]
    assert any(ran and "self.weights @ inputs" in line for _, line, ran in own.view()["source"]["lines"])
    doubled = tomatoes(dense=mine.Doubled)
    assert doubled.z == pytest.approx(2 * usual.z)
    sharp = tomatoes(dense=mine.MyDense, activation=mine.step)
    assert set(np.frombuffer(sharp.view()["plane"]["map"]["data"], np.int8)) == {-127, 127}


def test_a_mistake_of_the_learner_is_shown_and_the_explorer_lives_on(tmp_path):
    mine = learners_module(tmp_path, MINE)
    broken = tomatoes(dense=mine.Broken)
    assert broken.failure["source"] == "return inputs @ self.weights"
    assert broken.narrate() == "The neuron has given nothing to draw."
    turned = StandIn(tomatoes(dense=mine.Turned))
    told = turned.frame["failure"]["message"]
    assert re.search(r"the shape \((\d+), 1\); \(1, \1\) was expected: it lies on its side, `.T` turns it", told), told
    mine.Turned.__call__ = mine.MyDense.__call__
    turned.set("bias", -1)
    assert turned.frame["failure"] is None
    assert turned.frame["view"]["stats"] == [["Right", "4 of 6"]]


@pytest.mark.parametrize("x, y", [(np.ones((3, 6)), RIPE), (TOMATOES, np.ones((1, 5))), (TOMATOES.T, RIPE)])
def test_other_shapes_are_refused(x, y):
    with pytest.raises(ValueError, match="two features"):
        NeuronExplorer(x=x, y=y)


def test_a_data_set_is_chosen_and_unknown_controls_are_refused():
    explorer = NeuronExplorer()
    StandIn(explorer).set("data", "xor")
    assert explorer.x.shape == (2, 60)
    with pytest.raises(TypeError, match="no control 'weights'"):
        NeuronExplorer(weights=[1, 2])


def test_the_plane_holds_all_examples_of_ones_own_with_room_around_them():
    explorer = NeuronExplorer(x=np.array([[10.0, 14.0, 12.0], [11.0, 10.0, 20.0]]), y=np.array([[0, 1, 1]]))
    assert (explorer.middle, explorer.side) == (15.0, 5.75)
    for low, high in zip(explorer.points.min(axis=1), explorer.points.max(axis=1), strict=True):
        assert (low, high) == (9.25, 20.75)
    explorer.example = 7  # there are three
    assert explorer.example == 2


def test_the_chosen_example_is_one_that_is_there_from_the_beginning():
    explorer = NeuronExplorer(x=np.array([[0.0, 1, 2], [1, 0, 2]]), y=np.array([[0.0, 1, 1]]), example=9)
    assert explorer.example == 2 and explorer.view()["chosen"] == [2, 2]


def test_the_numbers_of_an_example_worked_by_hand_come_to_the_z_that_stands_there():
    explorer = NeuronExplorer(w1=-1, w2=2)
    said = [explorer.worked(k).replace("−", "-") for k in range(explorer.x.shape[1])]
    equal = [one for one in said if "≈" not in one]
    assert len(equal) > 0.9 * len(said), "the others are so near 0 that the figures printed do not settle any of z"
    for one in equal:
        left, z = one.removeprefix("z = ").split(",")[0].rsplit(" = ", 1)
        figures = len(z.lstrip("-0.").replace(".", ""))
        assert float(f"{eval(left.replace('·', '*')):.{figures}g}") == float(z), one


def test_a_layer_that_gives_something_else_is_not_said_to_give_the_sum():
    class Twice(Dense):
        def __call__(self, inputs):
            return 2 * super().__call__(inputs)

    explorer = NeuronExplorer(dense=Twice, x=[[0.8], [0.5]], y=[1], w1=2, w2=1, bias=-1.5)
    assert explorer.worked(0) == "z = 1.2, not 2 · 0.8 + 1 · 0.5 − 1.5,  a = 0.769"
