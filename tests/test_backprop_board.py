"""BackpropBoard without a browser: its numbers against ones worked by hand and by nudging; how it reads and judges."""

import numpy as np
import pytest
from traitlets import TraitError

from widgets import BackpropBoard
from widgets.backprop_board.boxes import Boxes, agrees, read
from widgets.backprop_board.slips import _candidates, slips
from widgets.stage.stand_in import StandIn

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
    assert explorer.right.keys() == explorer.formulas.keys() == BY_HAND.keys()
    for box, number in BY_HAND.items():
        assert explorer.right[box] == pytest.approx(number), box


def loss_of(numbers, inputs, hidden):
    """The loss of a small network with ReLU, in plain Python, from the names alone."""
    values, unit = {f"x{j}": numbers[f"x{j}"] for j in range(1, inputs + 1)}, 0
    coming = list(values)
    for units in hidden:
        made = []
        for i in range(unit + 1, unit + units + 1):
            z = sum(numbers[f"w{i}{name[1:]}"] * values[name] for name in coming) + numbers[f"b{i}"]
            values[f"a{i}"] = max(0, z)
            made.append(f"a{i}")
        unit, coming = unit + units, made
    output = sum(numbers[f"v{name[1:]}"] * values[name] for name in coming) + numbers["c"]
    return (output - numbers["y"]) ** 2


SIZES = [(2, [2]), (1, []), (3, []), (1, [1]), (3, [3]), (2, [2, 2]), (1, [3, 1]), (3, [3, 3])]


@pytest.mark.parametrize(("inputs", "hidden"), SIZES)
@pytest.mark.parametrize("seed", range(3))
def test_a_drawn_board_agrees_with_nudging_every_parameter(inputs, hidden, seed):
    explorer = BackpropBoard(inputs=inputs, hidden=hidden, seed=seed)
    assert explorer.failure is None and explorer.right.keys() == explorer.formulas.keys()
    assert explorer.right["loss"] == pytest.approx(loss_of(explorer.given, inputs, hidden))
    for name in explorer.boxes.parameters:
        up, down = (
            loss_of(explorer.given | {name: explorer.given[name] + nudge}, inputs, hidden) for nudge in (1e-5, -1e-5)
        )
        assert explorer.right[f"grad_{name}"] == pytest.approx((up - down) / 2e-5, abs=1e-5), (seed, name)
    assert all(float(4 * one).is_integer() for one in explorer.given.values()), "round numbers"
    for units, _ in explorer.boxes.layers:
        assert max(explorer.right[f"a{i}"] for i in units) > 0, "a unit is on in every layer"
    assert explorer.given == BackpropBoard(inputs=inputs, hidden=hidden, seed=seed).given, "a seed is one board"


@pytest.mark.parametrize(("inputs", "hidden"), SIZES)
def test_the_formula_of_every_box_gives_its_number(inputs, hidden):
    explorer = BackpropBoard(inputs=inputs, hidden=hidden, seed=1)
    known = explorer.given | explorer.right
    for box, formula in explorer.formulas.items():
        told = formula.replace("the activation of ", "relu").replace("the slope of the activation at ", "slope")
        told = told.replace("relu{", "relu({").replace("slope{", "slope({")
        told = told.replace("})²", "})**2").replace("·", "*").replace("−", "-")
        told += ")" if "relu(" in told or "slope(" in told else ""
        number = eval(
            told.format_map({name: f"({value!r})" for name, value in known.items()}),
            {"relu": lambda z: max(z, 0), "slope": lambda z: z > 0},
        )
        assert number == pytest.approx(explorer.right[box]), f"{box} = {formula}"


def test_the_formulas_of_two_hidden_layers_add_up_over_the_ways_back():
    formulas = Boxes(2, [2, 2]).formulas
    assert formulas["z3"] == "{w31} · {a1} + {w32} · {a2} + {b3}"
    assert formulas["grad_a1"] == "{grad_z3} · {w31} + {grad_z4} · {w41}"
    assert formulas["output"] == "{v3} · {a3} + {v4} · {a4} + {c}"
    order = list(formulas)
    assert order.index("loss") < order.index("grad_output") < order.index("grad_z4") < order.index("grad_a1")


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
     ("grad_z2", "6", "The size is right, but at z₂ = "),
     ("grad_w21", "12", "The size is right, but at z₂ = −1 the bend is flat: its slope is 0."),
     ("grad_b1", "0", "At z₁ = 1.5 the bend is not flat: its slope is not 0."),
     ("grad_w11", "7", "It is made with grad z₁, which is still empty."),
     ("output", "3", "c is not in it."), ("z1", "1", "b₁ is not in it."), ("z1", "2.5", "w₁₂ · x₂ is not in it."),
     ("z1", "7", "Ask for a hint"), ("z1", "3.5", "w₁₂ · x₂ has come in with the wrong sign."),
     ("grad_c", "1", "That is the local slope alone. grad output arrives there, and belongs in it."),
     ("grad_c", "-2", "The size is right, the sign is not. Or: It is multiplied by c itself."),
     ("grad_b1", "1", "That is the local slope alone. grad z₁ arrives there"),
     ("grad_b1", "2", "It is multiplied by b₁ itself. If a bias moves by 1, so does the sum that it stands in."),
     ("grad_v2", "-2", "It is multiplied by z₂. What does v₂ read?"),
     ("grad_v2", "6", "It is multiplied by v₂ itself, and not by what v₂ multiplies."),
     ("grad_z1", "6", "At the bend it is multiplied by a₁, which went out there. The chain rule wants the slope"),
     ("grad_z2", "-6", "At the bend it is multiplied by z₂, which went in there.")],
)  # fmt: skip
def test_a_wrong_box_names_the_slip(box, text, says):
    browser = StandIn(board())
    browser.press("fill", [box, text])
    assert browser.frame["view"]["boxes"][box]["state"] == "wrong"
    assert says in browser.frame["narration"], browser.frame["narration"]


@pytest.mark.parametrize(
    ("box", "text", "says"),
    [("z2", "-1.5", "w₂₂ · x₂ is not in it. Or: b₂ is not in it."),
     ("loss", "2", "That is the slope of the square, and the square is asked for. Or: That is output alone"),
     ("grad_w12", "-4", "The size is right, the sign is not. Or: It is multiplied by w₁₂ itself")],
)  # fmt: skip
def test_where_two_slips_give_the_number_neither_is_said_alone(box, text, says):
    explorer = board()
    explorer.fill(box, text)
    assert f"is not right. {says}" in explorer.narrate()
    third = BackpropBoard(seed=3)
    third.fill("z2", "3")
    assert "z₂ = 3 is not right. More than one slip gives this number." in third.narrate()


@pytest.mark.parametrize(("inputs", "hidden"), SIZES)
def test_a_slip_is_said_of_a_wrong_number_alone_and_its_number_comes_out(inputs, hidden):
    for seed in range(4):
        explorer = BackpropBoard(inputs=inputs, hidden=hidden, seed=seed)
        known = explorer.given | explorer.right
        for box, formula in explorer.formulas.items():
            assert not slips(box, known[box], formula, known), (box, formula)
            for value, says in _candidates(box, formula, known):
                assert np.isclose(value, known[box]) or says in slips(box, value, formula, known), (box, value, says)


def test_a_wrong_box_is_asked_about_by_what_it_is_made_with_and_not_by_its_place_in_the_order():
    browser = StandIn(board())
    for box, text in (("grad_output", "2"), ("grad_a1", "3")):
        browser.press("fill", [box, text])
    assert "grad a₁ = 3 is not right. It is made with grad output and v₁." in browser.frame["narration"]
    for box, text in (("grad_z1", "7"), ("grad_w11", "9")):
        browser.press("fill", [box, text])
    assert "It is made with grad z₁, which is not right." in browser.frame["narration"]


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
    assert "no weight has moved: the 9 parameters are 1, −1, −1, 0.5" in browser.frame["narration"]
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
    browser.press("fill", ["z1", "1.5"])
    browser.set("hidden", [1, 2])
    assert browser.frame["failure"] is None and browser.frame["view"]["stats"] == [["Right", "0 of 25"]]
    assert [len(cards) for cards in browser.frame["view"]["columns"]] == [1, 2, 2]


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
    with pytest.raises(ValueError, match="has 9 parameters and an x of 2 numbers, got 3"):
        BackpropBoard(parameters=[1, 2, 3])
    with pytest.raises(ValueError, match=r"hidden=\[\] has 2 parameters and an x of 1 numbers, got 2 .* shape \(2,\)"):
        BackpropBoard(inputs=1, hidden=[], parameters=[1, 2], x=[1, 2])
    with pytest.raises(TraitError, match="Units in hidden layer is a whole number from 1 to 3, got 4"):
        BackpropBoard(hidden=[4])
    with pytest.raises(TypeError, match="has no control 'speed'"):
        BackpropBoard(speed=1)
    with pytest.raises(ValueError, match="the boxes are z1"):
        board().fill("z9", "1")


def test_it_says_how_many_boxes_are_right_and_which_comes_next():
    explorer = board()
    assert f"0 of {len(explorer.formulas)} boxes are right. The next one is " in explorer.narrate()
