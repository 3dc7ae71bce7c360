"""Workbench without a browser: training, changes while it runs, points, health, parameters, cards, locks."""

import asyncio
import json

import numpy as np
import pytest

from nnlib import BinaryCrossEntropy, Dense, DivergedError, NeuralNetwork, ReLU, RunCardError, Sigmoid, Tanh
from nnlib import initializer as start
from nnlib.data import moons, split
from widgets import Workbench
from widgets.stage import health
from widgets.stage.points import as_features, parted
from widgets.stage.stand_in import StandIn
from widgets.workbench.menus import OWN


def numbers(told):
    return np.frombuffer(told["data"], told["type"]).reshape(told["shape"])


def stats(browser):
    return dict(browser.frame["view"]["stats"])


def shown(**arguments):
    explorer = Workbench(**arguments)
    assert explorer.failure is None, explorer.failure
    return explorer, StandIn(explorer)


# Training ---------------------------------------------------------------------------------------------------------


def test_it_trains_as_nnlib_does():
    x_train, y_train, x_test, y_test = split(*moons(200, 0.1, 0), test=0.3, seed=0)
    blocks = ((Dense(4, start.Glorot()), Tanh()), (Dense(1, start.Glorot()), Sigmoid()))
    model = NeuralNetwork(blocks, BinaryCrossEntropy(), 0.3, seed=0)
    model.fit(x_train, y_train, epochs=30)
    explorer, browser = shown(hidden=[4])
    for _ in range(30):
        browser.press("step")
    np.testing.assert_array_equal(explorer.model.parameters, model.parameters)
    assert stats(browser)["Test loss"] == f"{model.evaluate(x_test, y_test):.4f}"
    losses = browser.frame["view"]["loss"]["curves"]
    assert [curve["name"] for curve in losses] == ["training", "test"]
    assert numbers(losses[0]["values"][-1])[-1] == pytest.approx(model.evaluate(x_train, y_train))


def test_a_step_is_an_epoch_or_an_update():
    explorer, browser = shown(batch="32")
    browser.press("step")
    assert (explorer.model.epoch, explorer.model.steps) == (1, 5), "140 points are 5 batches of up to 32"
    browser.set("mode", "single updates")
    browser.press("step")
    assert explorer.model.steps == 6
    explorer.finish_epoch()
    assert explorer.model.steps == 10


LIVE = {
    "learning_rate": 0.05, "l2": 0.5, "l1": 0.5, "optimizer": "Adam", "schedule": "exponential", "batch": "16",
    "activations": ["ReLU", "Sigmoid"], "dropout": 0.2, "loss": "MSE",
}  # fmt: skip


@pytest.mark.parametrize("name", LIVE)
def test_what_changes_while_it_runs_keeps_the_weights(name):
    explorer, browser = shown()
    browser.press("step")
    before = explorer.model.parameters.copy()
    browser.set(name, LIVE[name])
    assert browser.frame["failure"] is None and explorer.model.steps == 1
    np.testing.assert_array_equal(explorer.model.parameters, before)
    browser.press("step")
    assert browser.frame["failure"] is None, browser.frame["failure"]
    other, theirs = shown()
    theirs.press("step")
    theirs.press("step")
    assert not np.array_equal(explorer.model.parameters, other.model.parameters), f"{name} changed nothing"


@pytest.mark.parametrize(
    "name, value",
    [("data", "hills"), ("noise", 0.3), ("test", 0.0), ("seed", 3), ("features", ["x₁", "sin πx₂"]), ("hidden", []),
     ("hidden", [16] * 6), ("initializer", "Zeros"), ("examples", 30)],
)  # fmt: skip
def test_what_makes_another_network_begins_anew(name, value):
    explorer, browser = shown()
    browser.press("step")
    browser.set(name, value)
    assert browser.frame["failure"] is None and explorer.model.steps == 0
    browser.press("step")
    assert browser.frame["failure"] is None and explorer.model.steps == 1, browser.frame["failure"]
    assert len(explorer.activations) == len(explorer.hidden)


def test_no_feature_is_told_and_the_next_one_mends_it():
    explorer, browser = shown()
    browser.set("features", [])
    assert "at least one feature" in browser.frame["failure"]["message"]
    browser.set("features", ["x₁²", "x₂²"])
    assert browser.frame["failure"] is None and explorer.model.features == 2


def test_the_schedule_is_followed():
    explorer, _ = shown(schedule="warm-up", stage=200, learning_rate=0.2)
    for _ in range(100):
        explorer._train_once()
    assert explorer.model.learning_rate == pytest.approx(0.1)


def test_play_runs_and_pause_ends_an_epoch():
    async def run():
        explorer = Workbench(loop=asyncio.get_running_loop(), batch="8")
        browser = StandIn(explorer)
        browser.press("play")
        while explorer.model.steps < 50:
            await asyncio.sleep(0.01)
        browser.press("pause")
        steps = explorer.model.steps
        assert explorer._between_epochs and not explorer.playing
        await asyncio.sleep(0.02)
        assert explorer.model.steps == steps
        explorer.close()

    asyncio.run(run())


def test_looking_changes_nothing():
    explorer, browser = shown(dropout=0.5, batch="16")
    other, _ = shown(dropout=0.5, batch="16")
    for _ in range(12):
        explorer._train_once()
        browser.press("probe", [0.1, 0.2])
        explorer.show()
        other._train_once()
    np.testing.assert_array_equal(explorer.model.parameters, other.model.parameters)


# Parts of one's own -----------------------------------------------------------------------------------------------


class MyReLU:
    def __call__(self, z):
        return np.maximum(z, 0)

    def gradient(self, z):
        return (z > 0).astype(float)


class MyRule:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradients):
        parameters -= self.learning_rate * gradients


def test_it_runs_classes_of_your_own_and_their_card():
    explorer, browser = shown(activation=MyReLU, optimizer=MyRule)
    assert explorer.activations == ["MyReLU", "MyReLU"] and explorer.optimizer == "MyRule"
    browser.press("step")
    other, _ = shown(activation=MyReLU, optimizer=MyRule, card=explorer.card())
    np.testing.assert_array_equal(other.model.parameters, explorer.model.parameters)


def test_an_exception_of_yours_is_shown():
    class Broken(MyReLU):
        def __call__(self, z):
            raise ZeroDivisionError("mine")

    assert Workbench(activation=Broken).failure["kind"] == "ZeroDivisionError"


# Points -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["x1,x2,label\n0.5,-1,1\n-1,0.25,0\n", "0.5 -1 1\n\n-1 0.25 0", "0,5;-1;1\n-1;0,25;0",
     "\ufeffa\tb\tc\n0.5\t-1\t1\n-1\t.25\t0"],
)  # fmt: skip
def test_points_are_read_however_they_are_parted(text):
    explorer, browser = shown(test=0.0)
    browser.press("paste", text)
    assert browser.frame["failure"] is None and explorer.preparation is None
    assert explorer.x_train.tolist() == [[0.5, -1.0], [-1.0, 0.25]] and explorer.y_train.tolist() == [[1.0, 0.0]]


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "empty"), ("a,b,c", "no example"), ("x,y,z\n1,2,nan", "column 'z'"), ("1,2,3\n1,2,inf", "line 2"),
        ("1,2,3\nx,y,z", "line 2"), (None, "a text or a file"), ({}, "no table yet"), ({"data": "%"}, "in pieces"),
        ({"text": "1,2\n", "target": 7}, "name of a column"), ({"size": 7e6, "name": "big.csv"}, "big.csv has 7 MB"),
    ],
)  # fmt: skip
def test_other_texts_are_refused_by_line(text, words):
    explorer, browser = shown()
    browser.press("paste", text)
    assert words in browser.frame["failure"]["message"]
    assert explorer.data == "moons", "nothing has changed"


def test_drawn_points_are_learned_from_while_it_runs_and_taken_away():
    explorer, browser = shown(test=0.0)
    browser.press("step")
    browser.set("pointer", "add class 1")
    browser.press("draw", [1.0, 1.0])
    assert explorer.data == OWN and explorer.model.steps == 1 and explorer.x_train.shape[1] == 201
    assert explorer.y_train[0, -1] == 1
    browser.set("pointer", "take away")
    browser.press("draw", [1.0, 1.0])
    assert explorer.x_train.shape[1] < 201
    browser.press("clear")
    assert explorer.x_train.shape[1] == 0 and browser.frame["failure"] is None
    browser.press("step")
    assert "draw some points" in browser.frame["failure"]["message"]
    browser.press("paste", "100,5,1.5\n300,7,2.5\n500,6,9")
    assert browser.frame["failure"] is None and not explorer.classes and np.abs(explorer.x_train).max() < 2
    browser.press("paste", "nonsense")
    assert "only one column" in browser.frame["failure"]["message"] and explorer._points[0].shape == (2, 3)


def test_points_drawn_from_python_keep_the_network_too():
    explorer, browser = shown()
    browser.press("step")
    explorer.pointer = "add class 0"
    explorer.draw((0.0, 1.0))
    assert explorer.data == OWN and explorer.model.steps == 1
    assert explorer._points[0].shape == (2, 201)


def test_a_new_point_moves_no_other_into_another_part():
    x, y = np.arange(40.0).reshape(2, 20), np.zeros((1, 20))
    fewer, more = parted(x[:, :19], y[:, :19], 0.4, 3), parted(x, y, 0.4, 3)
    assert set(fewer[0][0]) <= set(more[0][0]) and set(fewer[2][0]) <= set(more[2][0])


def test_features_are_what_their_names_say():
    x = np.array([[0.5, -1.0], [2.0, 0.5]])
    made = as_features(x, ["x₁", "x₂²", "x₁x₂", "sin πx₁"])
    np.testing.assert_allclose(made, [[0.5, -1], [4, 0.25], [1, -0.5], [1, 0]], atol=1e-12)


# Health, forward pass, parameters -----------------------------------------------------------------------------------


def found(explorer):
    return [name for name, _ in explorer.health()]


def test_ills_are_called_by_name():
    explorer, browser = shown(activation="ReLU")
    browser.press("step")
    assert found(explorer) == []
    explorer.model.layers[0][0].bias[:3] = -50
    explorer.show()
    assert explorer.health()[0] == [
        "dead ReLU",
        "Layer 1: 3 of 8 units (1, 2, 3) are 0 for every training point; no gradient passes.",
    ]
    deep, theirs = shown(hidden=[8] * 6, activation="Sigmoid", initializer="Normal, 0.01")
    theirs.press("step")
    assert "vanishing gradients" in found(deep)
    wide, theirs = shown(initializer="Normal, 1", hidden=[16])
    wide.model.layers[0][0].weights *= 1000
    theirs.press("step")
    assert "saturated" in found(wide)


def test_where_nothing_is_found_it_says_what_was_looked_for():
    explorer, browser = shown(activation="ReLU")
    healthy = browser.frame["view"]["healthy"]
    assert healthy.startswith("No unit of nnlib's ReLU is 0") and healthy.endswith("come with the first update.")
    explorer.model.layers[0][0].bias[:3] = -50
    explorer.show()
    assert "dead ReLU" in found(explorer), "before any update, too"
    browser.press("step")
    assert browser.frame["view"]["healthy"].endswith("the gradients neither vanish nor explode.")
    browser.press("clear")
    assert browser.frame["view"]["healthy"] == "There is no point to send through the network."


def test_a_loss_stands_once_in_its_curve_and_one_that_a_hand_has_changed_beside_it():
    _, browser = shown(hidden=[3])

    def places():
        return browser.frame["view"]["loss"]["curves"][0]["values"][0]["shape"]

    assert places() == [1]
    browser.press("update")
    assert places() == [1]
    browser.press("update")
    assert places() == [2]
    browser.press("value", 3.0)
    assert places() == [3]


def test_dropout_can_be_set_where_there_is_a_hidden_layer():
    _, browser = shown(hidden=[3])
    assert "dropout" not in browser.frame["disabled"]
    browser.set("hidden", [])
    assert "dropout" in browser.frame["disabled"]


def test_the_numbers_in_the_units_are_of_one_point_and_it_is_said_whose_they_are():
    explorer, browser = shown(hidden=[3])
    assert browser.frame["view"]["whose"] == ""
    browser.press("probe", [0.25, -0.5])

    def numbers():
        return [column.get("numbers") for column in browser.frame["view"]["diagram"]["columns"]]

    probe = [values for _, values in browser.frame["view"]["probe"]["layers"]]
    assert (browser.frame["view"]["whose"], numbers()) == ("the point (0.25, −0.5)", probe)
    browser.press("moment")  # the first of the forward phase: of the last unit the example has no number yet
    assert browser.frame["view"]["whose"] == "example 0" and numbers()[2] is None
    assert numbers()[0] == pytest.approx(explorer.x_train[:, 0].tolist())
    browser.press("update")
    assert browser.frame["view"]["whose"] == "the point (0.25, −0.5)" and None not in numbers()


def test_a_run_that_explodes_is_called_so():
    explorer, browser = shown(data="plane", learning_rate=1e6, activation="ReLU")
    for _ in range(60):
        browser.press("step")
        if browser.frame["failure"]:
            break
    assert browser.frame["failure"]["kind"] == DivergedError.__name__
    assert "exploded" in found(explorer)


def test_gradients_that_are_too_long_are_called_exploding():
    model = NeuralNetwork(((Dense(2), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0).build(2)
    for block in model.layers:
        block[0].grad_weights[:] = 1.0
    model.layers[1][0].grad_weights[:] = np.inf
    assert [name for name, _ in health.gradient_findings(model)] == ["exploding gradients"]


def test_the_forward_pass_of_a_point_is_the_networks():
    explorer, browser = shown(features=["x₁", "x₁x₂"])
    browser.press("probe", [0.5, -0.4])
    probe = browser.frame["view"]["probe"]
    assert [name for name, _ in probe["layers"]] == ["Inputs", "Tanh", "Tanh", "Sigmoid"]
    expected = explorer.model.predict(np.array([[0.5], [-0.2]])).item()
    assert probe["layers"][-1][1] == [pytest.approx(expected, abs=1e-6)]
    assert "sure of class" in probe["says"]
    browser.press("probe")
    assert browser.frame["view"]["probe"] is None


def test_a_weight_and_a_bias_are_edited():
    explorer, browser = shown()
    browser.press("choose", [2, 3, 1])
    browser.press("value", 2.5)
    assert explorer.model.layers[1][0].weights[3, 1] == 2.5 and browser.frame["view"]["chosen"]["value"] == 2.5
    browser.press("choose", [3, 9, None])
    assert browser.frame["view"]["chosen"]["unit"] == 0, "there is one unit only"
    browser.press("value", -1)
    assert explorer.model.layers[2][0].bias[0, 0] == -1
    browser.press("value", float("nan"))
    assert "finite" in browser.frame["failure"]["message"] and explorer.model.layers[2][0].bias[0, 0] == -1


def test_edges_show_gradients():
    explorer, browser = shown()
    browser.press("step")
    browser.set("edges", "gradients")
    link = browser.frame["view"]["diagram"]["links"][1]
    assert link["name"] == "grad_weights"
    np.testing.assert_allclose(numbers(link["weights"]), explorer.model.layers[1][0].grad_weights, rtol=1e-5)


# Cards --------------------------------------------------------------------------------------------------------------


def test_a_card_goes_on_bit_for_bit():
    explorer, browser = shown(
        data="spiral", optimizer="Adam", learning_rate=0.01, batch="16", dropout=0.1, features=["x₁", "x₂²"]
    )
    explorer._train_once()
    other, theirs = shown(card=explorer.card())
    assert other.data == "spiral" and other.model.epoch == 1
    for _ in range(3):
        browser.press("step")
        theirs.press("step")
    np.testing.assert_array_equal(other.model.parameters, explorer.model.parameters)
    assert stats(browser) == stats(theirs)


def test_each_card_has_a_number_of_its_own_so_that_the_page_takes_it_again():
    explorer, browser = shown()
    assert browser.frame["view"]["card"] == {"number": 0, "text": ""}
    for number in (1, 2):
        text = explorer.card()
        assert browser.frame["view"]["card"] == {"number": number, "text": text}


def test_a_card_carries_points_of_your_own():
    x, y = moons(40, 0.2, 1)
    explorer, browser = shown(x=x, y=y)
    browser.press("make_card")
    text = browser.frame["view"]["card"]["text"]
    other, theirs = shown()
    theirs.press("card", text)
    assert theirs.frame["failure"] is None and other.data == OWN
    np.testing.assert_array_equal(other.x_train, explorer.x_train)


def changed_card(change):
    card = json.loads(Workbench().card())
    change(card)
    return json.dumps(card)


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda card: card.pop("points"), "a card of the Workbench has"),
        (lambda card: card.update(more=1), "a card of the Workbench has"),
        (lambda card: card["settings"].update(hidden=[99]), "a setting is not taken"),
        (lambda card: card["settings"].update(hidden=[4]), "not the one that its settings describe"),
        (lambda card: card["settings"].update(loss="MSE"), "not the one that its settings describe"),
        (lambda card: card["settings"].update(features=[]), "make no network"),
        (lambda card: card["settings"].pop("seed"), "the settings are"),
        (lambda card: card["settings"].update(data=OWN), "points belong to"),
        (lambda card: card["settings"].update(noise=10**400), "a setting is not taken"),
        (lambda card: card["settings"].update(data=["moons"]), "a setting is not taken"),
        (lambda card: card["settings"].update(activations=[["Tanh"]]), "a setting is not taken"),
        (lambda card: card.update(points=[[1, 2]]), "lists of 3 numbers"),
        (lambda card: card.update(points=[[1, 2, True]]), "lists of 3 numbers"),
        (lambda card: card.update(network="x"), "a list of lines"),
        (lambda card: card["network"].__setitem__(3, "A" * 76), "missing or changed"),
    ],
)
def test_a_card_that_is_none_changes_nothing(change, words):
    explorer, browser = shown(hidden=[5])
    browser.press("step")
    before = explorer.model.parameters.copy()
    browser.press("card", changed_card(change))
    assert browser.frame["failure"]["kind"] == RunCardError.__name__, browser.frame["failure"]
    assert words in browser.frame["failure"]["message"]
    assert explorer.hidden == [5] and explorer.model.steps == 1
    np.testing.assert_array_equal(explorer.model.parameters, before)
    browser.press("step")
    assert browser.frame["failure"] is None and explorer.model.steps == 2


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "NaN", '{"a": 1, "a": 2}', "__import__('os').system('x')", None, "[" * 9000]
)
def test_other_texts_are_no_cards(text):
    with pytest.raises(RunCardError):
        Workbench().load_card(text)


# Locks --------------------------------------------------------------------------------------------------------------


def test_locked_controls_are_shown_and_refused_and_python_may_still_set_them():
    explorer, browser = shown(lock=("data", "layers", "card"))
    assert {"data", "hidden", "activations", "card"} <= set(browser.frame["disabled"])
    browser.set("hidden", [2])
    assert browser.frame["failure"]["message"] == "Hidden layers is locked here" and explorer.hidden == [8, 8]
    browser.press("card", "text")
    assert "locked" in browser.frame["failure"]["message"]
    explorer.hidden = [3]
    assert explorer.model.layers[0][0].units == 3


def test_what_is_locked_cannot_be_changed_by_a_way_round():
    explorer, browser = shown(lock=("data", "parameters"))
    before = explorer.model.parameters.copy()
    for press, detail in (("draw", [0, 0]), ("clear", None), ("paste", "1,1,1"), ("value", 3.0)):
        browser.press(press, detail)
        assert "locked" in browser.frame["failure"]["message"], press
    browser.press("card", Workbench(data="xor").card())
    assert "Data is locked here" in browser.frame["failure"]["message"] and explorer.data == "moons"
    np.testing.assert_array_equal(explorer.model.parameters, before)
    browser.press("card", Workbench(seed=0, learning_rate=0.01).card())
    assert browser.frame["failure"] is None and explorer.learning_rate == 0.01
    assert Workbench(card=Workbench(data="xor").card(), lock=("data",)).data == "xor", "a teacher's own card"


def test_hidden_controls_are_not_described():
    explorer, browser = shown(hide=("seed", "card"))
    assert "seed" not in [told["name"] for told in explorer.controls] and "card" in browser.frame["view"]["hidden"]
    browser.set("seed", 3)
    assert "locked" in browser.frame["failure"]["message"]


def test_names_that_nothing_has_are_refused():
    with pytest.raises(TypeError, match="there is no 'dta' to lock or hide"):
        Workbench(lock=("dta",))
    with pytest.raises(TypeError, match="there is no 'rate' to lock or hide"):
        Workbench(only=("rate",))
    with pytest.raises(TypeError, match="no control 'sped'"):
        Workbench(sped=1)


def test_closing_lets_go_of_the_network():
    explorer = Workbench()
    explorer.close()
    assert explorer.model is None


def test_the_first_point_drawn_over_numbers_to_predict_stands_alone():
    explorer = Workbench(data="hills", pointer="add class 1")
    explorer.draw((0.5, -0.25))
    x, y = explorer._points
    assert x.tolist() == [[0.5], [-0.25]] and y.shape == (1, 1)
