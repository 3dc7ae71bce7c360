"""The Workbench: time, the followed example, what flows, the panes, and the learner's own classes and points."""

import json
import re
import time
from itertools import pairwise

import numpy as np
import pytest

from nnlib import Dense
from nnlib.data import moons
from widgets import Workbench
from widgets.stage.figures import share
from widgets.stage.lean import Lean
from widgets.stage.stand_in import StandIn
from widgets.workbench.panes import NAMES, space


def made(**arguments):
    browser = StandIn(Workbench(**arguments))
    assert browser.frame["failure"] is None, browser.frame["failure"]
    return browser


def unpacked(told):
    return np.frombuffer(told["data"], told["type"]).reshape(told["shape"])


@pytest.mark.parametrize("pane", NAMES)
def test_every_pane_is_drawn_before_and_after_an_update(pane):
    browser = made(hidden=[3], pane=pane)
    for _ in range(13):  # a 2-3-1 network has twelve moments
        browser.press("moment")
        assert browser.frame["failure"] is None and browser.frame["view"]["pane"] == pane
    assert browser.frame["view"]["timeline"]["label"] == "Update 2, moment 1 of 12"


def test_time_goes_both_ways_and_the_network_is_shown_as_it_was():
    browser = made(hidden=[3])
    bench = browser.explorer
    for _ in range(40):
        browser.press("update")
    now, where = browser.frame["view"], bench.model.parameters.copy()
    assert not now["past"]
    browser.press("first")
    then = browser.frame["view"]
    assert then["past"] and then["timeline"]["short"] == "update 1"
    assert then["plane"]["map"]["data"] != now["plane"]["map"]["data"]
    assert then["stats"][0][1] != now["stats"][0][1], "the loss is that of then"
    assert np.array_equal(bench.model.parameters, where), "looking back changes nothing"
    browser.press("last")
    assert browser.frame["view"]["plane"]["map"]["data"] == now["plane"]["map"]["data"]
    browser.press("go_update", 9)
    assert browser.frame["view"]["timeline"]["short"] == "update 10"


def test_stepping_trains_exactly_as_play_does():
    browser, other = made(hidden=[3]), Workbench(hidden=[3])
    for _ in range(3 * 12):
        browser.press("moment")
    for _ in range(3):
        other._train_once(recorded=False)
    assert np.array_equal(browser.explorer.model.parameters, other.model.parameters)


def test_one_example_is_followed_and_all_by_a_switch():
    browser = made(hidden=[3], example=5)
    browser.press("moment")
    terms = {term["name"]: term for term in browser.frame["view"]["moment"]["equations"][0]["terms"] if "name" in term}
    assert terms["inputs"]["shape"] == [2, 1] and terms["output"]["shape"] == [3, 1]
    x, w = browser.explorer.x_train[:, 5:6], browser.explorer.moment.values
    assert np.allclose(unpacked(terms["output"]["numbers"]), w["weights"] @ x + w["bias"], atol=1e-6)
    browser.set("numbers", "all examples")
    terms = {term["name"]: term for term in browser.frame["view"]["moment"]["equations"][0]["terms"] if "name" in term}
    assert terms["inputs"]["shape"] == [2, 140]
    browser.press("nearest", [float(x[0, 0]), float(x[1, 0])])
    assert browser.explorer.example == 5 and browser.frame["view"]["followed"]["at"] == pytest.approx(x[:, 0].tolist())


def flows(told, amounts):
    """Whether what is drawn are these amounts, the largest as 127."""
    return np.allclose(unpacked(told["amounts"]), amounts / np.abs(amounts).max() * 127, atol=1)


def test_what_flows_is_weight_times_input_and_the_change_of_the_weight():
    browser = made(hidden=[3], example=7)
    bench = browser.explorer
    bench.go("forward", 1)
    told, values = browser.frame["view"]["flow"], bench.moment.values
    assert told["kind"] == "forward"
    assert flows(told, values["weights"] * values["inputs"][:, 7])
    numbers = browser.frame["view"]["diagram"]["columns"][1]["numbers"]
    assert numbers == pytest.approx(values["output"][:, 7].tolist()), "the units show the example's numbers"
    assert browser.frame["view"]["followed"]["example"] == 7
    bench.go("backward", 3)
    told, values = browser.frame["view"]["flow"], bench.moment.values
    assert told["kind"] == "back"
    assert flows(told, values["weights"] * values["grad_output"][:, 7:8])
    bench.go("update", 2)
    told, values = browser.frame["view"]["flow"], bench.moment.values
    assert told["kind"] == "update"
    assert flows(told, values["weights"] - values["weights_before"])
    assert np.allclose(values["weights"] - values["weights_before"], -bench.learning_rate * values["grad_weights"])


def test_going_somewhere_that_is_not_there_is_said():
    bench = made(hidden=[3]).explorer
    with pytest.raises(ValueError, match="forward has the moments 1 … 4"):
        bench.go("forward", 9)
    with pytest.raises(ValueError, match="a phase is one of forward, loss, backward, update"):
        bench.go("sideways")


def test_a_weight_by_hand_shows_the_network_as_it_stands_and_no_past_moment():
    browser = made(hidden=[3])
    for _ in range(3):
        browser.press("update")
    browser.press("first")
    assert browser.frame["view"]["past"] and browser.frame["view"]["flow"] is not None
    browser.press("choose", [1, 2, 0])
    browser.press("value", -3)
    view = browser.frame["view"]
    assert not view["past"] and view["flow"] is None and "numbers" not in view["diagram"]["columns"][1]
    assert unpacked(view["diagram"]["links"][0]["weights"])[2, 0] == -3
    browser.press("moment")
    assert browser.frame["view"]["flow"]["kind"] == "forward", "the next update begins, with that weight"
    assert browser.explorer.moment.values["weights"][2, 0] == -3


def test_a_tour_lights_one_part_after_another():
    browser = made(hidden=[3])
    browser.explorer.tour([("network", "Here the numbers flow."), ("map", "And this comes of it.")])
    assert browser.frame["view"]["tour"] == ["network", "Here the numbers flow.", True]
    browser.press("tour")
    assert browser.frame["view"]["tour"] == ["map", "And this comes of it.", True]
    browser.press("tour")
    assert browser.frame["view"]["tour"] == [None, "", False]
    browser.explorer.tour(zip(["loss", "map"], [0.5, "It falls."], strict=True))
    assert browser.frame["view"]["tour"] == ["loss", "0.5", True], "whatever holds pairs, and whatever can be read"
    browser.press("tour")
    assert browser.frame["view"]["tour"] == ["map", "It falls.", True]
    with pytest.raises(ValueError, match="a tour stops at time, data"):
        browser.explorer.tour([("cellar", "…")])


def test_the_gradients_of_this_network_are_checked():
    browser = made(hidden=[3], pane="Check")
    browser.press("check")
    told = browser.frame["view"]["inside"]
    assert told["said"].startswith("Every slope agrees: 13 parameters") and len(told["rows"]) == 4
    browser.press("update")
    assert "the network has moved on" in browser.frame["view"]["inside"]["said"]


class Wrong:
    """A layer whose weights' gradient lacks the mean."""

    def __init__(self, units):
        self.units = units

    def build(self, features, rng, dtype):
        self.weights, self.bias = rng.normal(size=(self.units, features)), np.zeros((self.units, 1))

    def __call__(self, x):
        return self.weights @ x + self.bias

    def parameter_gradients(self, dz):
        self.grad_weights, self.grad_bias = dz @ self.inputs.T, dz.mean(axis=1, keepdims=True)


def test_a_wrong_layer_of_ones_own_is_found_by_the_check():
    browser = made(dense=Wrong, hidden=[3], pane="Check")
    browser.press("check")
    told = browser.frame["view"]["inside"]
    assert told["said"].startswith("The slopes do not agree")
    assert [row[2] for row in told["rows"]] == ["WRONG", "agrees", "WRONG", "agrees"]


def test_a_class_that_was_defined_anew_is_taken_at_the_next_reset(monkeypatch):
    import __main__

    def layer(scale):
        kind = type("MyOwn", (Wrong,), {"scale": scale, "__module__": "__main__"})
        monkeypatch.setattr(__main__, "MyOwn", kind, raising=False)
        return kind

    browser = made(dense=layer(1), hidden=[2])
    layer(2)
    assert browser.explorer.model.layers[0][0].scale == 1
    browser.press("reset")
    assert browser.explorer.model.layers[0][0].scale == 2


def test_the_space_pane_follows_the_points_through_the_blocks():
    browser = made(hidden=[2, 4], pane="Space")
    told = browser.frame["view"]["inside"]["spaces"]
    x, first, second = browser.explorer.x_train, *(block[0] for block in browser.explorer.model.layers[:2])
    seen = np.tanh(second.weights @ np.tanh(first.weights @ x + first.bias) + second.bias)
    sizes = np.linalg.svd(seen - seen.mean(axis=1, keepdims=True), compute_uv=False) ** 2
    held = f"({share(sizes[:2].sum() / sizes.sum())} of their spread)"
    how = ["its two units", "its two units", f"its 4 units, along their two widest directions {held}",
           "its one unit, across"]  # fmt: skip
    assert [space["how"] for space in told] == how
    assert np.allclose(unpacked(told[0]["points"]), x, atol=1e-6)
    first = browser.explorer.model.layers[0]
    assert np.allclose(unpacked(told[1]["points"]), np.tanh(first[0].predict(x) if hasattr(first[0], "predict")
                       else first[0].weights @ x + first[0].bias), atol=1e-5)  # fmt: skip


def test_labels_of_two_kinds_are_classes_and_it_is_said():
    x, y = moons(20, 0.1, 0)
    browser = made(x=x, y=2 * y - 1, hidden=[2])
    assert browser.explorer.classes and set(browser.explorer.y_train.ravel()) == {0.0, 1.0}
    assert "Label -1.0 is called class 0, and 1.0 class 1." in browser.frame["narration"]
    browser = made(x=x, y=np.where(y > 0, "yes", "no"), hidden=[2])
    view = browser.frame["view"]
    assert browser.explorer.classes and view["names"] == view["plane"]["classes"] == ["no", "yes"]
    browser.press("probe", [0, 0])
    assert re.search("sure of (no|yes)$", browser.frame["view"]["probe"]["says"])
    browser.press("clear")
    assert browser.frame["view"]["names"] == ["0", "1"], "the names went with their points"


@pytest.mark.parametrize(
    "x, y, said",
    [
        (np.zeros((9, 2)), np.zeros(9), "turn the table round with x.T"),
        (np.zeros((2, 9)), np.zeros(8), "belong to the same examples"),
        (np.zeros((2, 9)), None, "y is missing"),
        (np.zeros(9), np.zeros(9), "x\\[np.newaxis\\]"),
        (np.zeros((2, 0)), np.zeros(0), "shape \\(features, examples\\)"),
        (np.array([["a"] * 4] * 2), np.zeros(4), "must be numbers"),
        (np.zeros((2, 12)), np.array(list("abcdefghijkl")), "12 different words"),
        (np.zeros((2, 4)), np.ones((3, 4)), "one-hot columns"),
        (np.zeros((2, 4)), np.array([0.5, np.nan, 1, 2]), "labels must be finite"),
        ([[1, 2], [3]], [0, 1], "rows of different lengths"),
        (np.full((2, 4), np.nan), np.array([0, 1, 0, 1]), "finite numbers"),
    ],
)
def test_points_that_do_not_fit_are_named_with_the_mend(x, y, said):
    with pytest.raises(ValueError, match=said):
        Workbench(x=x, y=y)


def test_in_a_locked_room_time_and_looking_are_free():
    browser = made(hidden=[3], only=("learning_rate",))
    for act, *detail in (("moment",), ("update",), ("back",), ("first",), ("nearest", [0.1, 0.2])):
        browser.press(act, *detail)
        assert browser.frame["failure"] is None
    for name, value in (("pane", "Space"), ("example", 3), ("numbers", "all examples"), ("learning_rate", 0.1)):
        browser.set(name, value)
        assert browser.frame["failure"] is None
    browser.set("noise", 0.4)
    assert "locked" in browser.frame["failure"]["message"]


def test_the_slider_of_updates_moves_nothing_while_none_is_recorded():
    browser = made()
    browser.press("go_update", 0)
    assert not browser.frame["failure"]
    assert browser.explorer.model.steps == 0


def test_going_back_is_marked_in_the_loss_curve_and_changes_nothing_of_it():
    browser = made(hidden=[3])
    for _ in range(5):
        browser.press("step")
    now = browser.frame["view"]["loss"]
    browser.press("go_update", 1)
    then = browser.frame["view"]["loss"]
    assert (now["at"], then["at"]) == (None, 2)
    (past, *_), (present, *_) = ([unpacked(part) for part in told["curves"][0]["values"]] for told in (then, now))
    assert past.tolist() == present.tolist(), "the network as it stands is the last of it"
    browser.press("last")
    browser.press("moment")
    losses = unpacked(browser.frame["view"]["loss"]["curves"][0]["values"][-1])
    assert losses[-1] == pytest.approx(
        browser.explorer.model.evaluate(browser.explorer.x_train, browser.explorer.y_train), rel=1e-5
    )


def test_a_frame_of_play_is_small_and_the_picture_after_it_fine():
    browser = made(hidden=[8, 8], test=0)
    bench = browser.explorer
    for _ in range(700):  # a whole curve of the loss
        bench._train_once(recorded=False)
    bench.step()
    bench.playing = bench._played = True
    for _ in range(10):
        for _ in range(6):
            bench._train_once(recorded=False)
        bench._send_frame()
        assert size_of(sent(bench)) <= 15_000, "what stood before Play is not sent again, from the first frame on"
    told = bench._state()["view"]
    size = len(told["plane"]["map"]["data"])
    maps = sum(len(column["maps"]["data"]) for column in told["diagram"]["columns"])
    assert (size, maps) == (48 * 48, 19 * 16 * 16)
    bench.playing = False
    bench._send_frame()
    assert browser.frame["view"]["plane"]["map"]["type"] == "float32"
    assert sum(len(column["maps"]["data"]) for column in browser.frame["view"]["diagram"]["columns"]) == 19 * 24 * 24


def test_what_stands_still_is_sent_once():
    browser = made(hidden=[8, 8], test=0)
    bench = browser.explorer
    bench.playing = bench._played = True
    sizes, kept = [], []
    for _ in range(60):
        for _ in range(30):
            bench._train_once(recorded=False)
        bench._send_frame()
        assert whole(sent(bench), bench.kept) == bench.frame, "the browser puts the whole frame together again"
        sizes.append(size_of(sent(bench)))
        kept.append(bench.kept)
    view = sent(bench)["view"]
    assert view["plane"]["points"] == {"kept": "/view/plane/points"} and sent(bench)["values"] == {"kept": "/values"}
    assert {"kept"} in map(set, view["loss"]["curves"][0]["values"])
    assert sum(one is not other for one, other in pairwise(kept)) < 10, "what is kept is itself sent seldom"
    assert max(sizes) <= 15_000 and sum(sizes[1:]) / len(sizes[1:]) < 12_500
    assert view["plane"]["map"]["data"] and bench.frame["view"]["plane"]["points"]["data"], "Python has all of it"


def test_a_part_that_changes_after_it_was_kept_is_sent():
    lean = Lean()
    frame = lambda value: {"a": {"type": "float32", "data": bytes([value]) * 80}, "few": {"data": b"12"}}  # noqa: E731
    told = [lean(frame(1)) for _ in range(4)]
    assert told == [frame(1), *[{"a": {"kept": "/a"}, "few": {"data": b"12"}}] * 3]
    assert lean.kept == {"/a": frame(1)["a"]} and lean(frame(2)) == frame(2)
    words = lambda number: {"number": number, "names": [["a" * 70], ["b" if number < 3 else "c"]]}  # noqa: E731
    assert lean(words(1)) == words(1) and lean(words(2)) == {"number": 2, "names": {"kept": "/names"}}
    assert lean(words(3)) == {"number": 3, "names": [{"kept": "/names/0"}, ["c"]]}, "and what stands still in it"


def sent(explorer):
    """The frame as it goes to the browser."""
    return explorer.get_state("frame")["frame"]


def whole(told, kept):
    """A frame put together again, as `assembled` of stage.js does it."""
    if isinstance(told, list):
        return [whole(one, kept) for one in told]
    if not isinstance(told, dict):
        return told
    return kept[told["kept"]] if "kept" in told else {name: whole(one, kept) for name, one in told.items()}


def size_of(value):
    """Bytes of a frame on its way: its arrays, and the rest as text."""
    arrays = []
    text = json.dumps(value, default=lambda one: arrays.append(len(one)), ensure_ascii=False)
    return len(text.encode()) + sum(arrays)


def test_the_surface_is_the_loss_round_this_network_and_the_path_leads_there():
    browser = made(hidden=[3], pane="Surface", test=0)
    assert "by chance" in browser.frame["view"]["inside"]["said"], "there is no path yet"
    bench = browser.explorer
    for _ in range(40):
        browser.press("update")
    told = browser.frame["view"]["inside"]
    plot, loss = told["plot"], bench.model.evaluate(bench.inputs(bench.x_train), bench.y_train)
    path = unpacked(plot["paths"][0]["values"])
    assert np.allclose(path[-1], 0) and len(path) == 41 and "furthest" in told["said"]
    assert float(told["said"].split("here is ")[1].split(";")[0]) == pytest.approx(loss, rel=1e-3)
    heights, (low, high) = unpacked(plot["heights"]), plot["range"]
    count = len(heights)
    across, up = (np.linspace(*plot[axis], count) for axis in ("x", "y"))
    at = np.abs(up).argmin(), np.abs(across).argmin()  # the place nearest to the network itself
    assert low + heights[at] ** 2 * (high - low) == pytest.approx(loss, abs=0.1 * (high - low))
    before = bench.model.parameters.copy()
    browser.press("first")
    assert len(unpacked(browser.frame["view"]["inside"]["plot"]["paths"][0]["values"])) == 1, "up to where it stood"
    assert np.array_equal(bench.model.parameters, before), "looking round changes nothing"


def test_the_surface_of_a_slow_layer_is_not_waited_for():
    class Slow(Dense):
        def __call__(self, x):
            time.sleep(0.01)
            return super().__call__(x)

    browser = made(hidden=[3], pane="Surface", dense=Slow)
    told = browser.frame["view"]["inside"]
    said = "One loss takes … ms, and the picture needs 121: that is too long. Take fewer points, or fewer units."
    assert told["plot"] is None and re.sub(r"\d+(?= ms)", "…", told["said"]) == said


def test_the_bend_of_the_chosen_unit_is_at_the_followed_examples_z():
    browser = made(hidden=[3], pane="Activation", example=4)
    browser.press("choose", [1, 2, None])
    bench, told = browser.explorer, browser.frame["view"]["inside"]
    z = (bench.model.layers[0][0].weights @ bench.x_train[:, 4:5])[2, 0] + bench.model.layers[0][0].bias[2, 0]
    assert told["curves"]["z"] == pytest.approx(z, abs=1e-5) and "Unit 2 of layer 1, Tanh" in told["said"]
    assert told["curves"]["curves"][0]["at"] == pytest.approx([np.tanh(z), 1 - np.tanh(z) ** 2], abs=1e-5)
    browser = made(x=np.eye(3, 30), y=np.arange(30) % 3, hidden=[3], pane="Activation")
    browser.press("choose", [2, 1, None])
    told = browser.frame["view"]["inside"]
    assert told["curves"] is None and "against the others" in told["said"]


def test_the_network_is_a_pytorch_script_by_a_press():
    browser = made(hidden=[3])
    browser.press("pytorch")
    told = browser.frame["view"]["script"]
    assert told["number"] == 1 and "import torch" in told["text"] and "Tanh()" in told["text"]
    compile(told["text"], "network.py", "exec")

    class MyDense(Dense):
        pass

    browser = made(hidden=[3], dense=MyDense)
    browser.press("pytorch")
    assert "is no part of nnlib" in browser.frame["failure"]["message"]


def test_a_layer_of_float32_is_named_as_such_and_not_as_wrong_slopes():
    class MyDense(Dense):
        def __call__(self, inputs):
            return super().__call__(inputs).astype(np.float32)

    browser = made(hidden=[3], dense=MyDense, pane="Check")
    browser.press("update")
    browser.press("check")
    told = browser.frame["view"]["inside"]
    assert "The backward pass is right: measured as coarsely as its numbers are" in told["said"]
    assert "of block 1 computes in float32" in told["said"]
    assert {verdict for *_, verdict in told["rows"]} == {"agrees"}
    browser = made(hidden=[3], pane="Check")
    browser.press("check")
    assert "float32" not in browser.frame["view"]["inside"]["said"]


RNG = np.random.default_rng(0)
PLANE = RNG.uniform(-1, 1, (2, 60))


@pytest.mark.parametrize("labels", [PLANE[0] > 0, np.arange(60) % 3, 3.0 * PLANE[0] - PLANE[1]],
                         ids=["two classes", "three classes", "numbers"])  # fmt: skip
def test_the_map_shows_how_sure_the_network_is_or_its_answer_alone(labels):
    browser = StandIn(Workbench(x=PLANE, y=labels))
    told = browser.frame["view"]["plane"]
    sure = unpacked(told["map"])
    browser.set("colours", "the answer alone")
    answer = unpacked(browser.frame["view"]["plane"]["map"])
    if told["kind"] == "many":
        assert (answer // 16 == sure // 16).all() and (answer % 16 == 15).all()
    elif told["kind"] == "classes":
        assert ((answer == 1) == (sure >= 0)).all() and set(np.unique(answer)) == {-1, 1}
    else:
        assert len(np.unique(answer)) <= 10 and np.abs(np.clip(sure, -1, 1) - answer).max() <= 0.1 + 1e-6
    browser.set("colours", "how sure")
    assert (unpacked(browser.frame["view"]["plane"]["map"]) == sure).all()


def test_the_points_of_the_pane_space_have_the_classes_of_their_labels():
    rng = np.random.default_rng(1)
    x, classes = rng.normal(size=(2, 60)), np.arange(60) % 3
    explorer = Workbench(x=x, y=np.eye(3)[:, classes], pane="Space")
    labels = explorer.y_train.argmax(axis=0)
    told = space(explorer)
    assert told["kind"] == "many" and set(labels) == {0, 1, 2}
    np.testing.assert_array_equal(np.ravel(unpacked(told["labels"])), labels)


def test_a_loss_beyond_the_top_of_its_axis_is_said_there():
    bench = made(data="circles", hidden=[4], learning_rate=100).explorer
    assert bench.frame["view"]["loss"]["above"] == ""
    for rate, updates in ((100, 3), (0.3, 200)):
        bench.learning_rate = rate
        for _ in range(updates):
            bench.whole_update()
    told = bench.view()["loss"]
    highest = max(unpacked(part).max() for curve in told["curves"] for part in curve["values"])
    assert highest > told["y"][1] and told["above"] == f"↑ up to {highest:.3g}"


def test_while_it_runs_the_gradient_of_each_weight_is_how_fast_its_dashes_move():
    bench = Workbench(hidden=[4], seed=3)
    bench.playing, bench._played = True, True
    bench._train_once()
    told = bench.view()["flow"]
    assert told["kind"] == "speed" and len(told["amounts"]) == 2
    for amounts, (layer, *_) in zip(told["amounts"], bench.model.layers, strict=True):
        sizes = unpacked(amounts)
        wanted = 127 * np.sqrt(np.minimum(1, np.abs(layer.grad_weights) / 0.1))
        assert np.abs(sizes - wanted).max() <= 1 and sizes.max() > 20
    bench.playing = False
    assert bench.view()["flow"]["kind"] == "update", "and where it stands, what the last moment has moved"


class Breaks:
    def __call__(self, z):
        raise ArithmeticError("the third block")

    def gradient(self, z):
        return z


def test_the_block_that_fails_is_told():
    bench = Workbench(hidden=[4, 3], activations=["Tanh", "Tanh"])
    browser = StandIn(bench)
    bench.model.layers[1][1].__class__ = Breaks
    browser.press("update")
    assert browser.frame["failure"]["message"] == "the third block" and browser.frame["failure"]["block"] == 2
