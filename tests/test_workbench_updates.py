"""Updates of the Workbench, moment by moment: order, equations, values, the learner's own classes, models and data."""

import asyncio
import time

import numpy as np
import pytest
from stepping import recorded
from test_widgets import learners_module

from nnlib import BinaryCrossEntropy, Dense, Glorot, NeuralNetwork, ReLU, Sigmoid, Tanh
from nnlib.data import DATASETS, moons
from widgets import Workbench
from widgets.stage.stand_in import StandIn


def test_step_goes_through_the_four_phases_of_the_first_update():
    explorer = recorded()
    seen = [explorer.moment.address]
    for _ in range(11):
        explorer.next_moment()
        seen.append(explorer.moment.address)
    assert [(phase, block, method) for _, phase, block, _, method in seen] == [
        ("forward", 1, "__call__"), ("forward", 1, "__call__"), ("forward", 2, "__call__"), ("forward", 2, "__call__"),
        ("loss", 0, "loss"), ("backward", 0, "loss.gradient"), ("backward", 2, "parameter_gradients"),
        ("backward", 2, "backward"), ("backward", 1, "backward"), ("backward", 1, "parameter_gradients"),
        ("update", 1, "update"), ("update", 2, "update"),
    ]  # fmt: skip
    assert explorer.model.steps == 1
    explorer.next_moment()
    assert (explorer.moment.step, explorer.moment.phase, explorer.model.steps) == (2, "forward", 2)


def test_scrubbing_back_shows_exactly_what_was_there():
    explorer = recorded(hidden=[3, 2])
    browser = StandIn(explorer)
    views = [browser.frame["view"]]
    for _ in range(40):
        browser.press("moment")
        views.append(browser.frame["view"])
    for then in reversed(views[:-1]):
        browser.press("back")
        now = browser.frame["view"]
        for name in ("diagram", "plane", "moment", "flow", "followed"):
            assert now[name] == then[name], name
        assert now["timeline"]["label"] == then["timeline"]["label"]
    assert {"back", "first"} <= set(browser.frame["disabled"])
    assert explorer.model.steps == 3, "looking back trained nothing"


def test_reset_and_whole_update():
    explorer = recorded()
    browser = StandIn(explorer)
    first = explorer.model.parameters.copy()
    browser.press("update")
    assert (explorer.moment.step, explorer.moment.phase) == (1, "update")
    browser.press("update")
    assert (explorer.moment.step, explorer.model.steps) == (2, 2)
    browser.press("back")
    browser.press("update")
    assert (explorer.moment.step, explorer.model.steps) == (2, 2), "it goes to the end of the update it is in"
    browser.press("reset")
    assert explorer.model.steps == 0 and explorer.moment is None
    browser.press("update")
    assert np.array_equal(explorer.model.parameters, first), "the same seed, the same network, the same update"


def test_the_explorer_trains_as_fit_does_and_looking_changes_nothing():
    explorer = recorded(hidden=[4], activations=["Tanh"], initializer="Glorot", seed=3, noise=0.1)
    browser = StandIn(explorer)
    for _ in range(5):
        browser.press("update")
        browser.press("back")
        browser.press("go", 0)
        browser.press("go", 10**6)

    layers = ((Dense(4, Glorot()), Tanh()), (Dense(1, Glorot()), Sigmoid()))
    model = NeuralNetwork(layers, BinaryCrossEntropy(), 0.5, seed=3)
    model.fit(*moons(200, 0.1, 3), epochs=explorer.model.steps)
    assert np.array_equal(model.parameters, explorer.model.parameters)


def equation(explorer, result):
    for told in explorer.frame["view"]["moment"]["equations"]:
        if told["result"] == result:
            return told["result"] + " = " + "".join(text for _, text in told["text"]), told["shapes"]
    raise AssertionError(f"no equation for {result} in {explorer.frame['view']['moment']['equations']}")


@pytest.mark.parametrize(
    "moment, result, formula, shapes",
    [
        (0, "output", "output = weights @ inputs + bias", "(4, 2) @ (2, 200) + (4, 1) → (4, 200)"),
        (1, "output", "output = tanh(z)", "tanh((4, 200)) → (4, 200)"),
        (5, "grad_output", "grad_output = output - labels", "(1, 200) - (1, 200) → (1, 200)"),
        (6, "grad_weights", "grad_weights = grad_output @ inputs.T / m", "(1, 200) @ (200, 4) / 200 → (1, 4)"),
        (7, "grad_inputs", "grad_inputs = weights.T @ grad_output", "(4, 1) @ (1, 200) → (4, 200)"),
        (10, "weights", "weights = weights_before - learning_rate * grad_weights", "(4, 2) - 0.5 * (4, 2) → (4, 2)"),
    ],
)
def test_equations_have_the_names_of_the_code_and_the_shapes_of_the_arrays(moment, result, formula, shapes):
    explorer = recorded()
    explorer.press("go", moment)
    explorer.show()
    assert equation(explorer, result) == (formula, shapes)


def test_matrices_on_the_screen_are_the_arrays_of_the_moment():
    explorer = recorded()
    explorer.press("go", 6)
    explorer.show()
    cards = [term for term in explorer.frame["view"]["moment"]["equations"][0]["terms"] if term["kind"] == "matrix"]
    assert [card["name"] for card in cards] == ["grad_weights", "grad_output", "inputs.T"]
    values = explorer.moment.values
    for card, array in zip(cards, (values["grad_weights"], values["grad_output"], values["inputs"].T), strict=True):
        shown = np.frombuffer(card["numbers"]["data"], np.float32).reshape(card["numbers"]["shape"])
        assert card["shape"] == list(array.shape)
        assert np.array_equal(shown, array.astype(np.float32))


MY_DENSE = """
import numpy as np

class MyDense:
    def __init__(self, units):
        self.units = units

    def build(self, features, rng, dtype):
        self.weights = rng.normal(size=(self.units, features))
        self.bias = np.zeros((self.units, 1))

    def __call__(self, x):
        return self.weights @ x + self.bias

    def parameter_gradients(self, dz):
        m = dz.shape[1]
        self.grad_weights = dz @ self.inputs.T / m
        self.grad_bias = dz.mean(axis=1, keepdims=True)

class MyReLU:
    def __call__(self, z):
        return np.maximum(z, 0)

    def gradient(self, z):
        return (z > 0).astype(float)

class MyLoss:
    def __call__(self, output, labels):
        return float(((output - labels) ** 2).mean())

    def gradient(self, output, labels):
        return 2 * (output - labels)

class Wrong(MyDense):
    def __call__(self, x):
        return self.weights.T @ x + self.bias

class BreaksLater(MyDense):
    def parameter_gradients(self, dz):
        raise RuntimeError("not written yet")
"""


def test_a_learners_own_classes_are_what_runs_and_what_is_shown(tmp_path):
    mine = learners_module(tmp_path, MY_DENSE)
    explorer = recorded(dense=mine.MyDense, activation=mine.MyReLU, loss=mine.MyLoss)
    browser = StandIn(explorer)
    assert browser.frame["failure"] is None
    told = browser.frame["view"]["moment"]
    assert told["source"]["yours"] and told["source"]["where"].endswith("my_layers.py")
    assert [line for line in told["source"]["lines"] if line[2]] == [[13, "return self.weights @ x + self.bias", True]]
    assert equation(explorer, "output") == ("output = weights @ x + bias", "(4, 2) @ (2, 200) + (4, 1) → (4, 200)")
    options = {control["name"]: control.get("options") for control in explorer.controls}
    assert "MyReLU" in options["activations"] and explorer.activations == ["MyReLU"]
    browser.press("moment")
    assert equation(explorer, "output")[0] == "output = np.maximum(z, 0)"
    while explorer.moment.method != "parameter_gradients":
        browser.press("moment")
    text, shapes = equation(explorer, "grad_weights")
    assert (text, shapes) == ("grad_weights = dz @ inputs.T / m", "(1, 200) @ (200, 4) / 200 → (1, 4)")
    assert explorer.frame["view"]["moment"]["source"]["yours"]


def test_a_mistake_in_a_learners_class_is_shown_with_its_line_and_can_be_mended(tmp_path):
    mine = learners_module(tmp_path, MY_DENSE)
    explorer = recorded(dense=mine.Wrong)
    browser = StandIn(explorer)
    told = browser.frame["failure"]
    assert told["yours"] and told["source"] == "return self.weights.T @ x + self.bias", told
    browser.press("moment")
    assert "press Reset" in browser.frame["failure"]["message"]
    mine.Wrong.__call__ = mine.MyDense.__call__
    browser.press("reset")
    browser.press("moment")
    assert browser.frame["failure"] is None and browser.frame["view"]["moment"]["phase"] == "forward"


def test_a_mistake_in_the_middle_of_a_step_is_shown(tmp_path):
    mine = learners_module(tmp_path, MY_DENSE)
    browser = StandIn(recorded(dense=mine.BreaksLater))
    told = browser.frame["failure"]
    assert (told["kind"], told["source"]) == ("RuntimeError", 'raise RuntimeError("not written yet")')


def test_every_data_set_activation_and_size_can_be_chosen():
    explorer = recorded()
    browser = StandIn(explorer)
    for name in DATASETS:
        browser.set("data", name)
        assert browser.frame["failure"] is None, (name, browser.frame["failure"])
        assert browser.frame["view"]["plane"]["kind"] == ("numbers" if name in ("plane", "hills") else "classes")
    for hidden in ([], [1], [16, 16, 16, 16], [4, 1]):
        browser.set("hidden", hidden)
        assert len(browser.frame["view"]["diagram"]["columns"]) == len(hidden) + 2
    for name in ("ReLU", "Sigmoid", "Tanh"):
        browser.set("activations", [name, name])
        assert browser.frame["view"]["diagram"]["columns"][1]["subtitle"] == name
    assert browser.frame["failure"] is None


def test_the_learning_rate_changes_without_a_new_network():
    explorer = recorded()
    browser = StandIn(explorer)
    browser.press("update")
    model = explorer.model
    browser.set("learning_rate", 0.1)
    assert explorer.model is model and model.learning_rate == 0.1
    browser.set("noise", 0.2)
    assert explorer.model is not model and explorer.model.learning_rate == 0.1


def test_divergence_is_named_and_survived():
    explorer = recorded(data="hills", activations=["ReLU"], learning_rate=1e10)
    browser = StandIn(explorer)
    told = []
    for _ in range(60):
        browser.press("update")
        told.append(browser.frame["failure"])
    assert "DivergedError" in [failure["kind"] for failure in told if failure], told
    browser.set("learning_rate", 0.1)
    browser.press("reset")
    browser.press("update")
    assert browser.frame["failure"] is None


def test_a_model_and_data_of_ones_own_are_copied_and_shown():
    rng = np.random.default_rng(0)
    x, y = rng.random((784, 120)), rng.integers(0, 2, (1, 120)).astype(float)
    layers = ((Dense(64), ReLU()), (Dense(64), ReLU()), (Dense(1), Sigmoid()))
    model = NeuralNetwork(layers, BinaryCrossEntropy(), learning_rate=0.1, seed=0).build(784)
    before = model.parameters.copy()
    explorer = recorded(model=model, x=x, y=y)
    browser = StandIn(explorer)
    for _ in range(18):
        browser.press("moment")
        assert browser.frame["failure"] is None, browser.frame["failure"]
    view = browser.frame["view"]
    assert view["plane"]["names"] == ["d₁", "d₂"]
    assert [column["units"] for column in view["diagram"]["columns"]] == [784, 64, 64, 1]
    assert all(len(column["shown"]) <= 16 for column in view["diagram"]["columns"])
    names = {control["name"] for control in explorer.controls}
    assert not names & {"data", "hidden", "activations", "loss", "optimizer", "seed", "features", "pointer"}
    assert {"learning_rate", "schedule", "batch", "l1", "l2", "example", "across", "up"} <= names
    assert np.array_equal(model.parameters, before) and model.steps == 0, "the given model stays as it is"


def test_a_model_without_data_is_refused():
    model = NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(), 0.1)
    with pytest.raises(TypeError, match="need their data"):
        Workbench(model=model)


def test_own_data_with_one_feature():
    x, y = np.array([[-1.0, 0.0, 1.0]]), np.array([[0.0, 0.0, 1.0]])
    browser = StandIn(recorded(hidden=[], x=x, y=y))
    assert browser.frame["failure"] is None
    assert browser.frame["view"]["plane"]["names"] == ["x₁", "label"]
    assert browser.frame["view"]["moment"]["equations"][0]["shapes"] == "(1, 1) @ (1, 3) + (1, 1) → (1, 3)"


def test_play_trains_and_pause_ends_where_the_network_stands():
    async def main():
        explorer = recorded(loop=asyncio.get_running_loop())
        browser = StandIn(explorer)
        browser.press("play")
        await asyncio.sleep(0.5)
        browser.press("pause")
        await asyncio.sleep(0.05)
        assert explorer.model.steps > 5
        assert explorer.moment.step == explorer.model.steps
        assert len(explorer.tape.steps) > 1, "the tape holds updates on the way"
        assert explorer._record.losses[-1][0] < explorer._record.losses[0][0]
        explorer.close()

    asyncio.run(main())


@pytest.mark.parametrize("speed, phase", [("single moments", "forward"), ("single updates", "update")])
def test_slow_play_waits_between_moments_and_pause_does_not_wait(speed, phase):
    async def main():
        explorer = recorded(mode=speed, loop=asyncio.get_running_loop())
        browser = StandIn(explorer)
        browser.press("play")
        await asyncio.sleep(0.1)
        assert (explorer.moment.phase, explorer.model.steps) == (phase, 1 if phase == "forward" else 2)
        started = time.perf_counter()
        browser.press("pause")
        while not explorer._task.done():
            await asyncio.sleep(0.002)
        assert time.perf_counter() - started < 0.3
        explorer.close()

    asyncio.run(main())


def test_a_long_run_is_held_in_bounded_memory():
    explorer = recorded(hidden=[8, 8])
    for number in range(3000):
        explorer._train_once(recorded=number % 5 == 0)
    assert explorer.tape.size <= explorer.tape.limit * 2**20
    assert len(explorer._record.steps) <= explorer._record.full and explorer._record.steps[0] == 1
    assert explorer.model.history.loss == []
