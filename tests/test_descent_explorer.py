"""DescentExplorer without a browser: paths against ones worked by hand, landscapes of functions and of networks."""

import asyncio

import numpy as np
import pytest

from nnlib import SGD, Adam, BinaryCrossEntropy, Dense, He, NeuralNetwork, Sigmoid, Tanh
from nnlib.data import moons
from widgets import DescentExplorer, LossExplorer, SignalExplorer
from widgets.stage.landscape import LANDSCAPES, FunctionLandscape, ModelLandscape
from widgets.stage.stand_in import StandIn


class MySGD:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradients):
        parameters -= self.learning_rate * gradients


class Uphill(MySGD):
    def step(self, parameters, gradients):
        parameters += self.learning_rate * gradients


class Misspelt(MySGD):
    def step(self, parameters, gradients):
        parameters -= self.learning_rat * gradients


def update(parameters, gradients, learning_rate):
    return parameters - learning_rate * gradients


def test_a_step_by_hand():
    """Loss (w − 2)², start −1, rate 0.1: slope −6, step 0.6, loss 9 → 5.76."""
    explorer = DescentExplorer(landscape="one weight")
    browser = StandIn(explorer)
    browser.press("step")
    (row,) = browser.frame["view"]["rows"]
    assert row["cells"] == ["−1", "−6", "−0.1 · (−6) = 0.6", "−0.4"]
    assert browser.frame["view"]["stats"][1] == ["Loss", "5.76"]
    browser.press("back")
    assert explorer.steps == 0 and browser.frame["view"]["stats"][1] == ["Loss", "9"]


@pytest.mark.parametrize(
    "rate, state, distance",
    [(0.1, "going down", 3 * 0.8**20), (0.5, "on level ground", 0), (0.9, "across the valley", 3 * 0.8**20),
     (1.0, "coming no lower", 3), (1.1, "climbing", 3 * 1.2**20)],
)  # fmt: skip
def test_the_learning_rate_decides(rate, state, distance):
    """On (w − 2)² each step multiplies the distance from 2 by 1 − 2 · rate."""
    explorer = DescentExplorer(landscape="one weight", learning_rate=rate, steps=20)
    assert state in explorer.state(), explorer.state()
    assert abs(explorer.path[-1][0][0] - 2) == pytest.approx(distance, abs=1e-9)


@pytest.mark.parametrize(
    "rate, state, loss", [(0.05, "going down", 0.43), (0.09, "going down", 0.08), (0.1, "in q it jumps", 14.45)]
)
def test_on_another_landscape_as_many_steps_are_walked(rate, state, loss):
    explorer = DescentExplorer(landscape="one weight", steps=20)
    browser = StandIn(explorer)
    browser.set("landscape", "narrow valley")
    browser.set("learning_rate", rate)
    assert len(explorer.path) == 21 and explorer.path[-1][1] == pytest.approx(loss, abs=0.01)
    assert state in explorer.state(), explorer.state()


def test_the_same_steps_are_walked_anew():
    explorer = DescentExplorer(steps=5)
    browser = StandIn(explorer)
    browser.set("learning_rate", 0.25)
    assert len(explorer.path) == 6
    np.testing.assert_allclose(explorer.path[-1][0], np.array(explorer.path[0][0]) * 0.5**5, rtol=1e-6)
    browser.press("start", [1.0, -2.0])
    np.testing.assert_allclose(explorer.path[-1][0], np.array([1.0, -2.0]) * 0.5**5, rtol=1e-6)
    browser.press("start by", [1, 0])
    assert explorer.first == pytest.approx(1.06), "a hundredth of the picture's side"


def test_divergence_ends_the_walk_and_back_leads_out():
    explorer = DescentExplorer(landscape="bowl", learning_rate=1e10, steps=300)
    browser = StandIn(explorer)
    assert browser.frame["failure"] is None
    assert "diverged" in browser.frame["narration"] and "step" in browser.frame["disabled"]
    assert explorer.steps < 10
    browser.press("back")
    assert "diverged" not in browser.frame["narration"] and "step" not in browser.frame["disabled"]


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_landscape_is_drawn_and_walked(name):
    explorer = DescentExplorer(landscape=name, steps=10, learning_rate=0.05)
    view = StandIn(explorer).frame["view"]
    assert explorer.failure is None, explorer.failure
    assert explorer.path[-1][1] < explorer.path[0][1], "ten small steps lead down"
    assert (view["surface"] is None) == (name == "one weight")
    heights = explorer._shape
    assert heights is None or (heights.min(), heights.max()) == (0, 1)


def test_two_valleys_end_where_they_begin():
    right = DescentExplorer(landscape="two valleys", steps=100, learning_rate=0.05)
    left = DescentExplorer(landscape="two valleys", steps=100, learning_rate=0.05, first=-2.1)
    assert right.path[-1][0][0] > 1 and left.path[-1][0][0] < -1
    assert left.path[-1][1] < right.path[-1][1], "the valley on the left is deeper"


def test_a_function_of_ones_own():
    explorer = DescentExplorer(function=lambda a, b: (a - 1) ** 2 + 3 * b, names=("a", "b"), extent=((-1, 3), (0, 1)))
    assert explorer.controls[0]["name"] == "rule"
    np.testing.assert_allclose(explorer.land.slope(np.array([2.0, 5.0])), [2, 3], rtol=1e-6)
    told = DescentExplorer(function=lambda a, b: 0.0, gradient=lambda a, b: [a, b], steps=1)
    np.testing.assert_allclose(told.path[1][0], 0.9 * told.path[0][0])
    with pytest.raises(TypeError, match="needs the data too"):
        DescentExplorer(model=NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(), 0.1))


def test_a_network_walks_as_it_trains():
    """All parameters of one neuron are on the map, so the path is the path of `fit`."""
    x, y = np.array([[-1.0, 0.5, 2.0, 3.0]]), np.array([[0.0, 0.0, 1.0, 1.0]])
    model = NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(), 0.5, seed=3).build(1)
    before = model.parameters.copy()
    explorer = DescentExplorer(model=model, x=x, y=y, learning_rate=0.5, steps=25)
    assert explorer.land.names == ("weights[0, 0] of layer 1", "bias[0, 0] of layer 1")
    np.testing.assert_array_equal(model.parameters, before, "looking leaves the model alone")
    model.fit(x, y, epochs=25)
    np.testing.assert_allclose(explorer.path[-1][0], model.parameters, rtol=1e-12)


def test_two_parameters_of_a_larger_network():
    x, y = moons(60, 0.1, 0)
    model = NeuralNetwork(((Dense(3), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.5, seed=1)
    land = ModelLandscape(model, x, y, which=(0, 9))
    assert land.names == ("weights[0, 0] of layer 1", "weights[0, 0] of layer 2")
    point = np.array(land.begin)
    for k in range(2):
        step = np.eye(2)[k] * 1e-6
        measured = (land.loss(point + step) - land.loss(point - step)) / 2e-6
        assert land.slope(point)[k] == pytest.approx(measured, rel=1e-5)
    with pytest.raises(ValueError, match="places in the 13 parameters"):
        ModelLandscape(model, x, y, which=(0, 13))


def test_two_directions_through_all_parameters():
    x, y = moons(60, 0.1, 0)
    model = NeuralNetwork(((Dense(3), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.5, seed=1).build(2)
    before = model.parameters.copy()
    land = ModelLandscape(model, x, y, directions="random", seed=4)
    assert land.begin == [0, 0] and land.loss(np.zeros(2)) == model.evaluate(x, y), "the middle is where the model is"
    for k, step in enumerate(np.eye(2) * 1e-6):
        point = np.array([0.3, -0.2])
        measured = (land.loss(point + step) - land.loss(point - step)) / 2e-6
        assert land.slope(point)[k] == pytest.approx(measured, rel=1e-5)
    lengths = np.linalg.norm(land.ways[:, :6], axis=1), np.linalg.norm(land.ways[:, 9:12], axis=1)
    np.testing.assert_allclose(lengths[0], np.linalg.norm(before[:6]), err_msg="as long as the weights of layer 1")
    np.testing.assert_allclose(lengths[1], np.linalg.norm(before[9:12]), err_msg="as long as the weights of layer 2")
    assert not land.ways[:, 6:9].any() and not land.ways[:, 12].any(), "biases stay"
    np.testing.assert_array_equal(model.parameters, before, "looking leaves the model alone")

    explorer = DescentExplorer(model=model, x=x, y=y, directions=np.eye(13)[[0, 12]], names=("down", "bias"))
    assert explorer.land.names == ("down", "bias") and explorer.failure is None
    with pytest.raises(ValueError, match=r"one or two arrays of 13 numbers.*got shape \(2, 3\)"):
        ModelLandscape(model, x, y, directions=np.ones((2, 3)))


@pytest.mark.parametrize("own", [MySGD, MySGD(0.3), update])
def test_ones_own_optimiser_makes_the_steps(own):
    explorer = DescentExplorer(optimizer=own, learning_rate=0.2, steps=4)
    browser = StandIn(explorer)
    assert explorer.rule.startswith("your "), explorer.rule
    np.testing.assert_allclose(explorer.path[-1][0], np.array(explorer.path[0][0]) * 0.6**4, rtol=1e-6)
    assert browser.frame["view"]["source"]["yours"]
    browser.set("rule", "Adam")
    np.testing.assert_allclose(explorer.path[1][0] - explorer.path[0][0], [0.2, -0.2], rtol=1e-6)
    assert browser.frame["view"]["source"] is None


def test_momentum_goes_on_where_it_was():
    by_one = DescentExplorer(rule="Momentum", learning_rate=0.02)
    browser = StandIn(by_one)
    for name in ["step"] * 6 + ["back"] * 3 + ["step"] * 5:
        browser.press(name)
    at_once = DescentExplorer(rule="Momentum", learning_rate=0.02, steps=8)
    np.testing.assert_array_equal(by_one.path[-1][0], at_once.path[-1][0])


def test_a_mistake_in_ones_own_optimiser_is_shown():
    explorer = DescentExplorer(optimizer=Misspelt, steps=1)
    browser = StandIn(explorer)
    told = browser.frame["failure"]
    assert told["yours"] and "learning_rat *" in told["source"], told
    browser.set("rule", "SGD")
    assert browser.frame["failure"] is None and len(explorer.path) == 2
    climbing = DescentExplorer(optimizer=Uphill, steps=4)
    assert "climbing" in climbing.state()


def test_an_update_that_loses_the_shape_is_named():
    explorer = DescentExplorer(optimizer=lambda p, g, rate: float(p[0]), steps=1)
    assert "(2,) was expected" in StandIn(explorer).frame["failure"]["message"]


def test_adam_of_nnlib_agrees():
    explorer = DescentExplorer(rule="Adam", learning_rate=0.1, steps=7)
    point, optimizer = np.array(explorer.path[0][0]), Adam(0.1)
    for _ in range(7):
        optimizer.step(point, 2 * point)
    np.testing.assert_allclose(explorer.path[-1][0], point, rtol=1e-6)


def test_play_walks_until_the_ground_is_level(monkeypatch):
    monkeypatch.setattr("widgets.descent_explorer.explorer.PAUSE", 0)

    async def main():
        explorer = DescentExplorer(landscape="one weight", learning_rate=0.4, loop=asyncio.get_running_loop())
        browser = StandIn(explorer)
        browser.press("play")
        for _ in range(100):
            await asyncio.sleep(0.05)
            if not explorer.playing:
                break
        assert not explorer.playing and abs(explorer.path[-1][2][0]) < 1e-3, explorer.state()
        explorer.close()

    asyncio.run(main())


@pytest.mark.parametrize(
    "name, place, loss",
    [
        ("one weight", (2,), 0), ("one weight", (-1,), 9), ("bowl", (1, 2), 5), ("narrow valley", (1, 1), 10.5),
        ("two valleys", (0, 0), 2), ("two valleys", (1, 2), 5.1), ("saddle", (0, 0), 1), ("saddle", (1, 0), 2),
        ("saddle", (0, 1), 0.25),
    ],
)  # fmt: skip
def test_a_landscape_is_as_high_as_its_formula_says(name, place, loss):
    assert LANDSCAPES[name]().loss(np.array(place, float)) == pytest.approx(loss)


@pytest.mark.parametrize("name", [name for name, land in LANDSCAPES.items() if isinstance(land(), FunctionLandscape)])
def test_a_slope_of_a_landscape_is_that_of_its_formula(name):
    land, rng = LANDSCAPES[name](), np.random.default_rng(0)
    measured = FunctionLandscape(land.function)
    for place in rng.uniform(*np.array(land.extent).T, (20, len(land.names))):
        np.testing.assert_allclose(land.slope(place), measured.slope(place), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name, rate", [("one weight", 0.5), ("bowl", 0.5)])
def test_who_arrives_at_once_stands_on_level_ground_without_dust(name, rate):
    """A measured slope was 2.22e−16 there, and 2.8 times what 20 q gives at the bottom of the narrow valley."""
    explorer = DescentExplorer(landscape=name, learning_rate=rate, steps=20)
    assert explorer.state() == "on level ground: the slope is 0"
    for place, loss, slope in explorer.path[1:]:
        assert loss == 0 and not np.any(slope), (place, loss, slope)
    explorer = DescentExplorer(landscape="narrow valley", learning_rate=0.05, steps=20)
    for (p, q), _, slope in explorer.path:
        assert list(slope) == [p, 20 * q]


@pytest.mark.parametrize("steps, room", [(0, 10), (3, 10), (12, 12)])
def test_the_curve_of_losses_has_room_for_ten_and_stands_at_the_last_step(steps, room):
    explorer = DescentExplorer(landscape="bowl")
    for _ in range(steps):
        explorer.press("step")
    drawn = explorer._losses()
    assert drawn["at"] == steps and drawn["x"] == [0, room] and drawn["dots"][0][0] == steps
    explorer.close()


def test_each_slope_is_told_with_its_parameter_and_the_steepness_with_them():
    browser = StandIn(DescentExplorer())
    assert "the slope −4.8 along p and 3.6 along q; straight uphill the steepness is 6." in browser.frame["narration"]
    assert browser.frame["view"]["stats"][2] == ["Steepness", "6"]
    browser.set("first", 150)
    assert "the loss is 22,503 and" in browser.frame["narration"], "13,230 and not 1.323e+04"


def test_the_numbers_of_the_start_have_the_names_of_the_landscape():
    explorer = DescentExplorer(landscape="one weight")
    assert explorer.view()["names"] == ["w"]
    explorer.landscape = "narrow valley"
    assert explorer.view()["names"] == ["p", "q"]
    explorer.racers = ["SGD", "Adam"]
    assert explorer.view()["names"] == ["p", "q"]


def test_what_stands_in_for_your_own_is_not_called_yours():
    own = type("SGD", (SGD,), {"__module__": "__main__"})
    assert DescentExplorer(optimizer=SGD).rule == "SGD"
    assert DescentExplorer(optimizer=own).rule == "your SGD"
    race = DescentExplorer(optimizer=[SGD, own])
    assert race.racers[:2] == ["SGD", "your SGD"] and len(set(race.options["racers"])) == len(race.options["racers"])
    assert SignalExplorer(initializer=He).start_from == "He"
    assert LossExplorer(loss=BinaryCrossEntropy).losses[0] == "BinaryCrossEntropy"


def test_a_wide_landscape_is_drawn_as_wide_and_begins_where_it_was_told_to():
    explorer = DescentExplorer(lambda w1, w2: w1**2 + w2**2, extent=((-1, 3), (-5, 2)), first=2.0, second=-4.0)
    surface = StandIn(explorer).frame["view"]["surface"]
    assert (list(surface["x"]), list(surface["y"]), surface["start"]) == ([-1, 3], [-5, 2], [2.0, -4.0])


def test_only_an_optimiser_with_a_step_is_told_to_change_the_parameters_in_place():
    class Idle(MySGD):
        def step(self, parameters, gradients):
            parameters = parameters - self.learning_rate * gradients

    def stays(parameters, gradients, learning_rate):
        return parameters

    for own, told in ((Idle, True), (stays, False)):
        state = DescentExplorer(landscape="one weight", optimizer=own, steps=3).state()
        assert state.startswith("standing still") and ("changes them in place" in state) is told
