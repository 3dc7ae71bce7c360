"""What is handed to the Workbench: data of any number of features and classes, a split, a model, an older copy."""

import json
import sys
import types

import numpy as np
import pytest

import widgets
from nnlib import CategoricalCrossEntropy, Dense, NeuralNetwork, ReLU, RunCardError, Softmax
from nnlib.data import moons, read_table, table_of
from widgets import Workbench
from widgets.stage.stand_in import StandIn
from widgets.workbench import dock
from widgets.workbench.given import Plane, taken

RNG = np.random.default_rng(0)
X, Y = moons(60, 0.1, 0)


def numbers(packed):
    return np.frombuffer(packed["data"], packed["type"]).reshape(packed["shape"])


def shown(**arguments):
    browser = StandIn(Workbench(hidden=[3], **arguments))
    browser.press("step")
    assert browser.frame["failure"] is None, browser.frame["failure"]
    return browser


def test_a_split_of_ones_own_is_not_split_anew():
    browser = shown(x=X[:, :40], y=Y[:, :40], x_test=X[:, 40:], y_test=Y[:, 40:])
    bench = browser.explorer
    assert np.array_equal(bench.x_train, X[:, :40]) and np.array_equal(bench.x_test, X[:, 40:])
    assert "test" not in bench.control_traits() and browser.frame["view"]["plane"]["hollow"] == 20
    card = json.loads(bench.card())
    assert [row[3] for row in card["points"]] == [0] * 40 + [1] * 20
    other = Workbench(card=bench.card())
    assert np.array_equal(other.x_train, bench.x_train) and np.array_equal(other.x_test, bench.x_test)
    assert np.array_equal(other.model.parameters, bench.model.parameters)


@pytest.mark.parametrize("kinds", [3, 4, 10])
def test_several_classes_have_a_map_of_the_winner(kinds):
    y = np.arange(60) % kinds
    browser = shown(x=X, y=y, test=0)
    bench, plane = browser.explorer, browser.frame["view"]["plane"]
    assert isinstance(bench.model.loss, CategoricalCrossEntropy) and bench.model.layers[-1][0].weights.shape[0] == kinds
    winner = bench.model.predict(bench.plane.lift(bench._grid)).argmax(axis=0)
    assert plane["kind"] == "many" and (numbers(plane["map"]).ravel() // 16 == winner).all()
    assert (numbers(plane["points"] | {"type": "float32"})[2] == y).all()
    right = (bench.model.predict(X).argmax(axis=0) == y).mean()
    assert dict(browser.frame["view"]["stats"])["Right"] == f"{100 * right:.1f} %"
    browser.press("probe", [0.2, 0.1])
    assert "sure of class" in browser.frame["view"]["probe"]["says"]
    for name in ("Weights", "Space", "Health", "Point", "Check"):
        browser.set("pane", name)
        assert browser.frame["failure"] is None
    browser.press("check")
    assert "Every slope agrees" in browser.frame["view"]["inside"]["said"]


def test_words_and_one_hot_columns_are_classes():
    given = taken(X, np.array(["b", "a", "c"] * 20))
    assert given.kinds == 3 and given.y[0, :3].tolist() == [1, 0, 2] and "a is class 0" in given.said
    assert taken(X, np.eye(3)[np.arange(60) % 3].T).y[0, :4].tolist() == [0, 1, 2, 0]


@pytest.mark.parametrize("features", [1, 3, 7, 40])
def test_any_number_of_features_is_seen_over_a_plane(features):
    x, y = RNG.normal(size=(features, 80)), np.arange(80) % 2
    browser = shown(x=x, y=y)
    bench, plane = browser.explorer, browser.frame["view"]["plane"]
    expected = bench.model.predict(bench.plane.lift(bench._grid))[0]
    np.testing.assert_allclose(numbers(plane["map"]).ravel(), 2 * expected - 1, atol=1e-5)
    assert plane["names"] == (["x₁", "label"] if features == 1 else ["d₁", "d₂"])
    browser.press("go_update", 0)
    browser.press("nearest", [0.3, 0.2])
    assert browser.frame["failure"] is None and len(browser.frame["view"]["followed"]["at"]) == 2
    browser.press("draw", [0.1, 0.1])
    assert "two numbers are its place" in browser.frame["failure"]["message"]
    other = Workbench(card=bench.card())
    assert np.array_equal(other.x_train, bench.x_train)
    assert np.array_equal(other.model.parameters, bench.model.parameters)


def test_two_features_may_be_the_axes():
    x = RNG.normal(size=(5, 80))
    browser = shown(x=x, y=np.arange(80) % 2)
    steps = browser.explorer.model.steps
    browser.set("across", "x₂")
    browser.set("up", "x₅")
    assert browser.frame["view"]["plane"]["names"] == ["x₂", "x₅"] and browser.explorer.model.steps == steps
    points = numbers(browser.frame["view"]["plane"]["points"] | {"type": "float32"})
    train = browser.explorer.x_train
    np.testing.assert_allclose(points[:2, : train.shape[1]], train[[1, 4]], atol=1e-6)


@pytest.mark.parametrize("features", [1, 2, 3, 6])
def test_what_lies_on_the_plane_comes_back_to_its_place(features):
    plane = Plane(RNG.normal(size=(features, 50)), np.zeros((1, 50)))
    places = RNG.normal(size=(2, 9))
    back = plane.flat(plane.lift(places))
    np.testing.assert_allclose(back[: min(features, 2)], places[: min(features, 2)], atol=1e-12)


def test_a_model_of_several_classes_is_copied_with_its_split():
    model = NeuralNetwork(((Dense(5), ReLU()), (Dense(3), Softmax())), CategoricalCrossEntropy(), 0.2, seed=1)
    x, y = RNG.normal(size=(7, 50)), np.eye(3)[np.arange(50) % 3].T
    before = model.build(7).parameters.copy()
    browser = StandIn(Workbench(model=model, x=x[:, :40], y=y[:, :40], x_test=x[:, 40:], y_test=y[:, 40:]))
    browser.press("step")
    bench = browser.explorer
    assert browser.frame["failure"] is None and bench.learning_rate == 0.2 and bench.x_test.shape == (7, 10)
    assert np.array_equal(model.parameters, before) and bench.model.steps == 1
    with pytest.raises(RunCardError, match="controls' own network"):
        bench.card()
    browser.press("reset")
    assert np.array_equal(bench.model.parameters, before), "Reset is the model as it was handed over"


@pytest.mark.parametrize(
    "arguments, error, said",
    [
        ({"model": NeuralNetwork(((Dense(1), ReLU()),), CategoricalCrossEntropy(), 0.1)}, TypeError, "need their data"),
        ({"y": Y}, TypeError, "need their data"),
        ({"x": X, "y": Y, "x_test": X}, ValueError, "belong together"),
        ({"x": X, "y": Y, "x_test": X[:1], "y_test": Y}, ValueError, "x has 2 features, x_test 1"),
        ({"x": X, "y": Y, "x_test": X, "y_test": Y + 5}, ValueError, "labels that y has not"),
        ({"x": X, "y": Y, "x_test": X, "y_test": Y, "test": 0.5}, TypeError, "test makes no sense"),
        ({"x": RNG.normal(size=(3, 60)), "y": Y, "data": "moons"}, TypeError, "data makes no sense"),
        ({"show": ("netwrok",)}, TypeError, "no 'netwrok' to show"),
        *(({"x": RNG.normal(size=(2, 3)), "y": np.array(y)}, ValueError, r"or one-hot columns \(classes, examples\)")
          for y in ([[2, 0, 1], [-1, 1, 0]], [[0.5, 0, 1], [0.5, 1, 0]], [[1, 0, 1], [1, 1, 0]])),
    ],
)
def test_what_does_not_go_together_is_named(arguments, error, said):
    with pytest.raises(error, match=said):
        Workbench(**arguments)


def test_only_what_is_to_be_shown_is_there():
    browser = StandIn(Workbench(hidden=[3], show=("network", "chain")))
    view = browser.frame["view"]
    assert set(view["away"]) == {"time", "data", "map", "loss", "moments"} and view["pane"] == "Chain"
    assert "code" in view["hidden"] and "chain" not in view["hidden"]
    assert StandIn(Workbench(hidden=[3])).frame["view"]["away"] == []


def test_that_nothing_moves_any_more_is_said():
    browser = StandIn(Workbench(hidden=[2], data="blobs", noise=0.05, learning_rate=0, test=0))
    for _ in range(520):
        browser.explorer._train_once(recorded=False)
    browser.explorer.show()
    assert "for 500 updates" in browser.frame["view"]["standing"]
    browser.set("learning_rate", 1)
    for _ in range(520):
        browser.explorer._train_once(recorded=False)
    browser.explorer.show()
    assert browser.frame["view"]["standing"] == ""


def test_older_copies_of_lessons_get_one_sentence():
    for name, lessons in (("StepExplorer", ("02", "07", "09")), ("Playground", ("00", "15"))):
        old = getattr(widgets, name)(dense=Dense, data="xor", hidden=(2,))
        assert "Workbench" in old.narrate() and all(f'reset("{number}")' in old.narrate() for number in lessons)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_two_labels_of_which_one_is_no_number_are_refused(bad):
    with pytest.raises(ValueError, match="the labels must be finite"):
        Workbench(x=np.arange(20.0).reshape(2, 10), y=np.where(np.arange(10) > 4, bad, 1.0)[np.newaxis])


def test_what_is_handed_over_without_a_name_is_told_its_name():
    with pytest.raises(TypeError, match=r"by name what it is: Workbench\(x=table\)"):
        Workbench(np.ones((2, 10)))


def test_the_dock_is_one_panel_that_goes_on_to_the_next_run_of_its_cell(monkeypatch):
    made = []

    class Sidecar:
        model_id, closed = "a panel", 0

        def __init__(self, **how):
            self.how = how
            made.append(self)

        def close(self):
            self.closed += 1

    monkeypatch.setitem(sys.modules, "sidecar", types.SimpleNamespace(Sidecar=Sidecar))
    for there, place in ((False, None), (True, "")):
        monkeypatch.setattr(dock, "THERE", there)
        browser = StandIn(Workbench(hidden=[2]))
        assert browser.frame["view"]["dock"] == place
        browser.press("dock")
    browser.press("dock")
    (panel,) = made
    assert panel.how == {"title": "Workbench", "anchor": "split-right"} and browser.frame["view"]["dock"] == "a panel"
    shown = panel.outputs[0]
    assert shown["output_type"] == "display_data" and shown["data"]["text/plain"] == browser.explorer.in_words()
    again = Workbench(hidden=[3])
    again.follow(browser.explorer)
    browser.explorer.close()
    assert again.docked_in() == "a panel" and panel.outputs[0]["data"]["text/plain"] == again.in_words()
    again.follow(Workbench(hidden=[2]))  # it has none to hand on
    assert (panel.closed, browser.explorer.docked_in()) == (0, "")
    again.close()
    assert panel.closed == 1 and again.docked_in() == ""


@pytest.mark.parametrize(
    "x, said",
    [
        ("penguins.csv", "got str; .*read_table"),
        ({"a": [1, 2], "k": ["x", "y"]}, "got dict; .*read_table"),
        (np.array([["wet", "dry"]]), "must be numbers, got <U3; .*read_table"),
        ([[1, 2], [3]], "rows of different lengths"),
        (np.ones((2, 4)) * 1j, "must be numbers, got complex128"),
        (np.ones((1, 2, 4)), r"\(features, examples\), got \(1, 2, 4\)$"),
    ],
)
def test_what_is_no_array_of_numbers_is_named_with_its_mend(x, said):
    with pytest.raises((TypeError, ValueError), match=said):
        Workbench(x=x, y=np.zeros((1, 4)))


def test_a_target_far_beyond_the_plane_is_scaled_where_its_columns_are_not_far():
    x = np.random.default_rng(0).uniform(-2, 2, (2, 60))
    bench = Workbench(x=table_of(x, 2e5 + 1e5 * x[:1], task="numbers"))
    assert abs(bench.y_train).max() < 5 and bench.preparation.target.deviation > 1e4


def test_a_regression_says_what_its_colours_stand_for():
    assert opened_ends(data="hills") == ["−1", "1"]
    rows = "".join(f"{k * k},{k % 3},{100 + 10 * k}\n" for k in range(20))
    table = read_table(f"size,rooms,price\n{rows}", target="price", quiet=True)
    ends = opened_ends(x=table, test=0)
    prices = 100 + 10 * np.arange(20)
    assert ends == [f"{prices.mean() + side * prices.std():.3g}" for side in (-1, 1)]


def opened_ends(**options):
    frame = StandIn(Workbench(hidden=[2], **options)).frame
    measure = dict(frame["view"]["stats"])["R²"]
    assert measure[0] == "−" and f"R², training {measure}" in frame["narration"], "a real minus sign, and its own name"
    assert frame["view"]["plane"]["kind"] == "numbers"
    return frame["view"]["names"]
