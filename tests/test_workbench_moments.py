"""Moments of the Workbench: how its three views of a moment are linked, the tracer and the comparison."""

import numpy as np
import pytest
from stepping import recorded

from lessons.checks.remember import book
from nnlib import Adam, BatchNorm, BinaryCrossEntropy, Dense, NeuralNetwork, ReLU, Sigmoid
from nnlib.data import moons
from widgets import Workbench
from widgets.stage.stand_in import StandIn


class MyDense:
    """A layer as a learner writes it, with arguments named otherwise."""

    def __init__(self, units):
        self.units = units

    def build(self, features, rng, dtype):
        self.weights = rng.normal(size=(self.units, features))
        self.bias = np.zeros((self.units, 1))

    def __call__(self, x):
        return self.weights @ x + self.bias

    def parameter_gradients(self, dz):
        self.grad_weights = dz @ self.inputs.T / dz.shape[1]
        self.grad_bias = dz.mean(axis=1, keepdims=True)


def test_a_class_of_ones_own_is_taken_without_its_name():
    explorer = recorded(dense=MyDense)
    assert explorer.failure is None
    assert isinstance(explorer.model.layers[0][0], MyDense) and isinstance(explorer.model.layers[1][0], MyDense)


class BuiltOnNnlib(Dense):
    """Lesson 07's: the way back is the learner's, the rest nnlib's."""

    __repr__ = object.__repr__

    def backward(self, dz):
        gradients = dz @ self.inputs.T / dz.shape[1], dz.mean(axis=1, keepdims=True)
        self.grad_weights, self.grad_bias = gradients
        return self.weights.T @ dz


@pytest.mark.parametrize("block", [1, 2])
def test_of_a_class_built_on_nnlib_s_the_lines_that_ran_are_marked_and_whose_they_are_is_said(block):
    explorer = recorded(dense=BuiltOnNnlib, pane="Code")
    filled = told_at(explorer, block=block, index=0, method="parameter_gradients")
    (here,) = [one for part in explorer.frame["view"]["track"] for one in part["moments"] if one["here"]]
    assert here["label"].startswith(f"Layer {block}, BuiltOnNnlib: how the loss changes with its parameters")
    assert filled["source"]["method"] == "BuiltOnNnlib.backward" and filled["source"]["whose"] == "your code"
    ran = [text.strip() for _, text, ran in filled["source"]["lines"] if ran]
    assert [line.split(" = ")[0] for line in ran] == ["gradients", "self.grad_weights, self.grad_bias"]
    assert {one["result"] for one in filled["equations"]} == {"grad_weights", "grad_bias"}
    if block == 2:
        back = told_at(explorer, block=block, index=0, method="backward")["source"]
        assert [text.strip() for _, text, ran in back["lines"] if ran] == ["return self.weights.T @ dz"]
    called = told_at(explorer, block=block, index=0, method="__call__")["source"]
    assert called["whose"] == "nnlib's: your BuiltOnNnlib has no __call__ of its own"
    assert told_at(explorer, block=block, index=1, method="__call__")["source"]["whose"] == "", "nnlib's own part"
    columns = explorer.frame["view"]["diagram"]["columns"]
    assert [column["title"] for column in columns[1:]] == ["BuiltOnNnlib"] * (len(columns) - 1), "without brackets"


def test_lines_that_are_neither_the_learner_s_nor_nnlib_s_are_called_neither():
    class MyDense(book.solution_piece("02.4", "Dense")):
        backward = BuiltOnNnlib.backward

    explorer = recorded(dense=MyDense, pane="Code")
    called = told_at(explorer, block=1, index=0, method="__call__")["source"]
    assert called["where"] == "<solution of 02.4>" and called["whose"] == ""


# Three views, linked ----------------------------------------------------------------------------------------------


def told_at(explorer, **address):
    """The moment's panel at the first moment of the first update with this address."""
    moments = explorer.tape.steps[0]
    explorer.press("go", next(k for k, moment in enumerate(moments)
                              if all(getattr(moment, name) == value for name, value in address.items())))  # fmt: skip
    explorer.show()
    assert explorer.failure is None, explorer.failure
    return explorer.frame["view"]["moment"]


def linked(told):
    """{word: names of values} of the lines that ran."""
    lines = zip(told["source"]["lines"], told["source"]["words"], strict=True)
    for (_, text, _), pieces in lines:
        assert "".join(piece for piece, _ in pieces) == text
    ran = [words for (_, _, ran), words in zip(told["source"]["lines"], told["source"]["words"], strict=True) if ran]
    return {word: names for words in ran for word, names in words if names}


@pytest.mark.parametrize(
    "address, words, places",
    [
        ({"phase": "forward", "block": 1, "index": 0},
         {"return": "output", "weights": "weights", "inputs": "inputs", "bias": "bias"},
         {"weights": ["edges", 1], "bias": ["biases", 1], "inputs": ["units", 0], "output": ["units", 1]}),
        ({"phase": "forward", "block": 1, "index": 1}, {"return": "output", "z": "z"},
         {"z": ["units", 1], "output": ["units", 1]}),
        ({"phase": "loss"}, {"return": "loss", "z": "z", "labels": "labels"},
         {"z": ["units", 2], "labels": ["units", 2]}),
        ({"method": "parameter_gradients", "block": 2},
         {"grad_output": "grad_output", "grad_weights": "grad_weights", "inputs": "inputs", "grad_bias": "grad_bias"},
         {"grad_weights": ["edges", 2], "grad_bias": ["biases", 2], "inputs": ["units", 1]}),
        ({"method": "backward", "block": 2},
         {"return": "grad_inputs", "weights": "weights", "grad_output": "grad_output"}, {"grad_inputs": ["units", 1]}),
        ({"phase": "update", "block": 1},
         {"parameters": "weights_before weights bias_before bias", "gradients": "grad_weights grad_bias",
          "learning_rate": "learning_rate"},
         {"weights_before": ["edges", 1], "grad_weights": ["edges", 1], "bias_before": ["biases", 1]}),
    ],
)  # fmt: skip
def test_words_of_the_code_and_places_in_the_diagram_belong_to_the_values(address, words, places):
    told = told_at(recorded(), **address)
    assert linked(told) == words
    assert {name: told["places"][name] for name in places} == places


def test_a_learners_own_names_stand_for_the_values_too():
    explorer = recorded(dense=MyDense)
    assert linked(told_at(explorer, phase="forward", index=0)) == {
        "return": "output", "weights": "weights", "x": "x", "bias": "bias"}  # fmt: skip
    told = linked(told_at(explorer, method="parameter_gradients"))
    assert told["dz"] == "dz" and told["inputs"] == "inputs"


def test_normalisation_and_other_optimisers_are_linked():
    layers = ((Dense(3), BatchNorm(), ReLU()), (Dense(1), Sigmoid()))
    x, y = moons(20, 0.1, 0)
    model = NeuralNetwork(layers, BinaryCrossEntropy(), optimizer=Adam(0.01), seed=0)
    explorer = recorded(model=model, x=x, y=y)
    told = told_at(explorer, phase="forward", index=1)
    assert told["places"]["gamma"] == ["units", 1]
    assert {"return", "gamma", "beta"} <= set(linked(told))
    assert linked(told_at(explorer, phase="update", index=1))["gradients"] == "grad_gamma grad_beta"
    browser = StandIn(explorer)
    for _ in range(30):
        browser.press("moment")
        assert browser.frame["failure"] is None


# The tracer -------------------------------------------------------------------------------------------------------


class NoMean(MyDense):
    def parameter_gradients(self, dz):
        self.grad_weights = dz @ self.inputs.T
        self.grad_bias = dz.sum(axis=1, keepdims=True)


def test_a_weight_of_the_diagram_and_a_cell_of_a_matrix_are_traced():
    explorer = recorded(hidden=[4, 3])
    browser = StandIn(explorer)
    assert browser.frame["view"]["tracer"] is None, "only when asked for"
    browser.press("trace", [2, "weights", 1, 3])
    told = browser.frame["view"]["tracer"]
    assert told["title"] == "grad_weights[1, 3] of layer 2 in update 1" and told["agrees"]
    made = next(m for m in explorer.tape.steps[0] if m.block == 2 and m.method == "parameter_gradients")
    assert told["rows"][-1]["recorded"] == f"{made.values['grad_weights'][1, 3]:.4g}".replace("-", "−")
    assert "Traced: grad_weights[1, 3] of layer 2 in update 1." in browser.frame["narration"]

    told_at(explorer, phase="update", block=1)
    browser.press("trace", [None, "bias_before", 2, 0])  # a cell of the moment's matrix
    assert browser.frame["view"]["tracer"]["title"] == "grad_bias[2] of layer 1 in update 1"
    browser.press("update")
    browser.press("update")
    assert browser.frame["view"]["tracer"]["title"] == "grad_bias[2] of layer 1 in update 2", "it goes along"
    browser.press("untrace")
    assert browser.frame["view"]["tracer"] is None and "Traced" not in browser.frame["narration"]


def test_the_example_is_chosen_and_the_path_followed():
    explorer = recorded(hidden=[4, 3])
    browser = StandIn(explorer)
    model = explorer.model
    browser.press("trace", [1, "weights", 0, 1])
    first = browser.frame["view"]["tracer"]
    browser.set("example", 5)
    told = browser.frame["view"]["tracer"]
    assert explorer.model is model, "another example is no other network"
    assert told["example"] == [5, 200] and told["rows"][0] != first["rows"][0]
    assert told["rows"][-1] == first["rows"][-1], "the mean is that of all examples"
    for unit in range(3):
        browser.press("follow", [2, unit])
        assert browser.frame["view"]["tracer"]["path"][1] == {"kind": "edges", "column": 2, "unit": unit, "source": 0}
    browser.set("example", 200)
    told = browser.frame["view"]["tracer"]
    assert browser.frame["failure"] is None and told["rows"] == []
    assert told["verdict"] == "This update had 200 examples, 0 … 199; there is no example 200."
    browser.press("reset")
    assert browser.frame["view"]["tracer"] is None


def test_a_learners_missing_mean_is_seen_in_the_tracer():
    browser = StandIn(recorded(dense=NoMean, learning_rate=0.001))
    browser.press("trace", [1, "weights", 0, 0])
    told = browser.frame["view"]["tracer"]
    assert not told["agrees"] and "200 times as much, and there are 200 examples" in told["verdict"]
    assert "They part at the mean" in browser.frame["narration"]


# Two moments compared ---------------------------------------------------------------------------------------------


def card(told, number):
    packed = told["cards"][number]["numbers"]
    return np.frombuffer(packed["data"], np.float32).reshape(packed["shape"])


def test_the_weights_of_two_updates_stand_side_by_side():
    explorer = recorded()
    browser = StandIn(explorer)
    assert browser.frame["view"]["comparison"] is None, "only when asked for"
    before = explorer.moment.values["weights"]
    browser.press("pin")
    assert browser.frame["view"]["comparison"]["said"].startswith("This is the pinned moment.")
    for _ in range(99):
        explorer._train_once()
    explorer._train_once()
    browser.press("same")
    assert explorer.moment.address == (100 + 1, "forward", 1, 0, "__call__")
    after = explorer.moment.values["weights"]
    told = browser.frame["view"]["comparison"]
    assert told["pinned"] == "update 1, forward, layer 1, Dense(4)" and not told["elsewhere"]
    assert told["name"] == "output", "what the moment gives comes first"
    browser.press("compare", "weights")
    told = browser.frame["view"]["comparison"]
    assert told["name"] == "weights"
    assert [one["name"] for one in told["cards"]] == ["pinned", "now", "now − pinned"]
    for number, array in enumerate((before, after, after - before)):
        assert np.array_equal(card(told, number), array.astype(np.float32))
    assert told["cards"][0]["scale"] == told["cards"][1]["scale"], "one colour means one number in both"
    unit, source = np.unravel_index(np.argmax(np.abs(after - before)), before.shape)
    row = next(row for row in told["rows"] if row["name"] == "weights")
    assert row["at"] == f"weights[{unit}, {source}]"
    assert float(row["change"].replace("−", "-")) == pytest.approx((after - before)[unit, source], rel=1e-3)
    assert next(row for row in told["rows"] if row["name"] == "inputs")["at"] == "nowhere", "the same data"
    browser.set("pane", "Compare")
    said = browser.frame["narration"]
    assert f"weights[{unit}, {source}] from {row['pinned']} to {row['now']}" in said
    assert "The same in both: inputs." in said
    browser.press("unpin")
    assert browser.frame["view"]["comparison"] is None and "Compared with" not in browser.frame["narration"]


def test_where_one_example_is_followed_it_alone_is_compared():
    explorer = recorded(numbers="one example", example=7, pane="Compare")
    browser = StandIn(explorer)
    browser.press("pin")
    before = explorer.moment.values["output"]
    explorer._train_once(recorded=True)
    browser.press("same")
    told = browser.frame["view"]["comparison"]
    assert told["name"] == "output" and [one["shape"] for one in told["cards"]] == [[4, 1]] * 3
    change = explorer.moment.values["output"] - before
    assert np.abs(change).argmax(axis=1).tolist() != [7] * 4, "or all examples would tell the same"
    assert np.array_equal(card(told, 2), change[:, 7:8].astype(np.float32))
    unit = np.abs(change[:, 7]).argmax()
    assert next(row for row in told["rows"] if row["name"] == "output")["at"] == f"output[{unit}, 0]"
    assert f"output[{unit}, 0] from " in browser.frame["narration"] and ", example 7. " in browser.frame["narration"]


def test_moments_of_different_parts_are_not_subtracted():
    explorer = recorded()
    browser = StandIn(explorer)
    browser.press("pin")
    browser.press("moment")
    told = browser.frame["view"]["comparison"]
    assert told["rows"] == told["cards"] == [] and told["elsewhere"]
    assert told["said"] == (
        "Pinned is update 1, forward, layer 1, Dense(4). This moment belongs to layer 1, Tanh and holds other "
        "values, so there is nothing to subtract. Go to a moment of layer 1, Dense(4)."
    )
    told_at(explorer, phase="update", block=1)  # the same part in another phase: what both hold
    names = [row["name"] for row in browser.frame["view"]["comparison"]["rows"]]
    assert names == ["weights", "bias"]


def test_a_pinned_moment_outlives_the_tape_but_not_the_network():
    explorer = recorded(hidden=[8, 8])
    browser = StandIn(explorer)
    browser.press("pin")
    explorer.tape.limit = 0.5
    for _ in range(60):
        explorer._train_once()
    explorer._train_once(recorded=True)
    browser.press("same")
    assert browser.frame["failure"] is None and browser.frame["view"]["comparison"]["rows"]
    browser.set("hidden", [3])
    assert browser.frame["view"]["comparison"] is None, "another network has other parts"


def test_numbers_that_are_not_finite_are_compared_too():
    from widgets.stage.comparison import largest_change

    before = np.array([[1.0, np.nan, 2.0], [0.0, np.inf, 5.0]])
    assert largest_change(before, before.copy()) is None
    after = before.copy()
    after[1, 2] = np.nan
    after[0, 0] = 100.0
    assert largest_change(before, after) == (1, 2)
    assert largest_change(np.float64(2.0), np.float64(3.0)) == ()


def test_play_sends_the_slow_panels_four_times_a_second_at_most(monkeypatch):
    monkeypatch.setattr("widgets.stage.recorded.time.monotonic", lambda: 1000.0)
    explorer = recorded()
    browser = StandIn(explorer)
    browser.press("pin")
    browser.press("trace", [1, "weights", 0, 0])
    explorer.playing = True
    panels = []
    for _ in range(10):
        explorer.advance()
        panels.append(explorer.view().get("tracer"))
        assert "Traced" not in explorer.narrate(), "nor is anything traced for the sentences of every frame"
    assert sum(one is not None for one in panels) <= 1, "ten frames come within a quarter of a second"


# The moment in sentences ------------------------------------------------------------------------------------------


def test_the_sentences_name_the_part_and_the_largest_entry_with_whose_it_is():
    explorer = recorded(activations=["ReLU"])
    told_at(explorer, method="parameter_gradients", block=1)
    gradient = explorer.moment.values["grad_weights"]
    unit, source = np.unravel_index(np.argmax(np.abs(gradient)), gradient.shape)
    said = explorer.frame["narration"]
    assert said.startswith("Backward, 10 of 12: Layer 1, Dense(4). How the loss changes with each parameter: ")
    assert "the mean over 200 examples." in said
    value = f"{gradient[unit, source]:.4g}".replace("-", "−")
    assert f"Furthest from 0: grad_weights {value} (unit {unit}, input {source}), grad_bias " in said

    told_at(explorer, method="backward", block=1, index=1)
    values = explorer.moment.values
    flat = int(np.sum((values["inputs"] <= 0) & (values["grad_output"] != 0)))
    assert 0 < flat < 800 and f"held back where it was flat: {flat} of 800 numbers end here." in explorer.narrate()
    unit, example = np.unravel_index(np.argmax(np.abs(values["grad_inputs"])), (4, 200))
    assert f"(unit {unit}, example {example})." in explorer.narrate()


def test_of_the_example_that_is_followed_its_own_numbers_are_told():
    explorer = recorded(numbers="one example", example=7)
    told_at(explorer, method="__call__", block=1, index=0)
    values = explorer.moment.values["output"][:, 7]
    unit = int(np.argmax(np.abs(values)))
    told = f"{values[unit]:.4g}".replace("-", "−")
    said = "Forward, 1 of 12: Layer 1, Dense(4), example 7. Each unit weighs its 2 inputs and adds its bias."
    assert explorer.narrate() == f"{said} Furthest from 0: output {told} (unit {unit})."


def test_of_what_is_left_out_no_slope_is_told():
    explorer = recorded(dropout=0.5)
    told_at(explorer, method="backward", block=1, index=2)
    assert "The gradient goes back through Dropout(0.5): " in explorer.narrate() and "steep" not in explorer.narrate()


def test_the_sentences_of_an_update_say_the_rate_and_the_longest_step():
    explorer = recorded()
    told_at(explorer, phase="update", block=1)
    values = explorer.moment.values
    step = values["weights"] - values["weights_before"]
    at = np.unravel_index(np.argmax(np.abs(step)), step.shape)
    by = f"{step[at]:+.4g}".replace("-", "−")
    said = explorer.narrate()
    assert "One step against the gradient, times the learning rate, 0.5." in said
    assert f"Moves furthest: weights[{at[0]}, {at[1]}] by {by}, bias[" in said


def test_the_step_of_another_optimiser_is_not_called_one_against_the_gradient():
    explorer = recorded(optimizer="Adam")
    told_at(explorer, phase="update", block=1)
    said = explorer.narrate()
    assert "Dense(4). Adam makes each step out of the gradients; the learning rate is 0.5" in said
    assert "against" not in said


@pytest.mark.parametrize(("loss", "of", "more"), [
    ("cross-entropy", "BinaryCrossEntropy with Sigmoid",
     "How fast the loss grows with each z: both slopes, multiplied"),
    ("MSE", "MeanSquaredError. ", "How fast the loss grows with each output"),
])  # fmt: skip
def test_the_gradient_of_a_loss_says_of_what_it_is_one_and_what_it_is_divided_by(loss, of, more):
    explorer = recorded(loss=loss)
    equation = told_at(explorer, method="loss.gradient")["equations"][0]
    said = explorer.narrate()
    assert of in said and f"{more}, divided by the number of outputs, 1, not of examples." in said, said
    values = explorer.moment.values
    assert "/ k" not in "".join(text for _, text in equation["text"]) and "/ 1" not in equation["shapes"], equation
    by_hand = (1 if loss == "cross-entropy" else 2) * (values["output"] - values["labels"])
    np.testing.assert_allclose(values["grad_output"], by_hand, atol=1e-12)


@pytest.mark.parametrize("place", [(1, 2, 1), (2, 0, None)])
def test_what_was_chosen_before_the_pane_chain_is_traced_in_it(place):
    browser = StandIn(Workbench(hidden=[3]))
    browser.press("update")
    browser.press("choose", list(place))
    browser.set("pane", "Chain")
    layer, unit, source = place
    wanted = {"kind": "biases" if source is None else "edges", "column": layer, "unit": unit, "source": source}
    assert browser.frame["view"]["tracer"]["path"][0] == wanted
