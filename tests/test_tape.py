"""The tape: what was there, exactly and for good; the source line that made it; bounded memory."""
# ruff: noqa: E501 - a row of a table is one line

import linecache
import textwrap

import numpy as np
import pytest

from nnlib import (
    SGD,
    Adam,
    BatchNorm,
    BinaryCrossEntropy,
    Dense,
    DivergedError,
    Dropout,
    Linear,
    MeanSquaredError,
    Momentum,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Tanh,
)
from nnlib.inspect.tape import Tape, first_divergence, source_of

X = np.random.default_rng(0).normal(size=(2, 9))
Y = (X[:1] * X[1:] > 0) * 1.0


def network(rate=0.5, seed=0, **settings):
    blocks = ((Dense(4), BatchNorm(), Tanh(), Dropout(0.25)), (Dense(3), ReLU()), (Dense(1), Sigmoid()))
    settings = {"optimizer": Momentum(rate), **settings}
    return NeuralNetwork(blocks, BinaryCrossEntropy(), seed=seed, **settings)


class Beside:
    """Copies everything itself at each phase, by other means than the tape's."""

    def on_train_begin(self, model):
        self.model, self.seen = model, {}

    def on_phase(self, phase):
        step = self.model.optimizer.steps + (phase != "update")
        for place in self.model.places:
            key = (step, phase, place.block, place.index)
            names = ("inputs", "output", "weights", "bias", "gamma", "beta", "grad_weights", "grad_bias", "grad_gamma")
            self.seen[key] = {
                name: np.array(getattr(place.part, name)) for name in names if getattr(place.part, name, None) is not None
            }
            self.seen[key]["grad_output"] = None if place.grad_output is None else place.grad_output.copy()
        self.seen[step, phase] = (self.model.loss_value, self.model.learning_rate)


def recorded(epochs=4, **settings):
    model, tape, beside = network(**settings), Tape(), Beside()
    model.fit(X, Y, epochs=epochs, batch_size=5, callbacks=[tape, beside])
    return model, tape, beside


def test_every_value_is_what_was_there():
    model, tape, beside = recorded()
    compared = 0
    for moment in tape:
        if moment.block == 0:
            continue
        there = beside.seen[moment.step, moment.phase, moment.block, moment.index]
        before = beside.seen[moment.step, "backward", moment.block, moment.index]
        for name, value in moment.values.items():
            expected = there.get(name, before.get(name.removesuffix("_before")))
            if name == "learning_rate":
                expected = beside.seen[moment.step, moment.phase][1]
            if name == "grad_inputs":
                below = [key for key in beside.seen if key[:2] == (moment.step, "backward") and len(key) == 4]
                below = [key for key in below if key[2:] < (moment.block, moment.index)]
                expected = beside.seen[max(below, key=lambda key: key[2:])]["grad_output"]
            if name in ("mask", "grad_beta", "beta_before", "beta"):
                continue
            np.testing.assert_array_equal(value, expected, err_msg=f"{name} of {moment}")
            compared += 1
    assert compared > 300
    assert model.steps == 8


def test_what_a_step_s_moments_hold():
    model, tape, _ = recorded()
    described = [(m.phase, m.block, m.index, m.method, tuple(m.values)) for m in tape.find(step=3)]
    dense = ("inputs", "weights", "bias", "output")
    back = ("grad_output", "inputs")
    update = ("learning_rate", "weights_before", "grad_weights", "weights", "bias_before", "grad_bias", "bias")
    assert described == [
        ("forward", 1, 0, "__call__", dense),
        ("forward", 1, 1, "__call__", ("inputs", "gamma", "beta", "output")),
        ("forward", 1, 2, "__call__", ("inputs", "output")),
        ("forward", 1, 3, "__call__", ("inputs", "output", "mask")),
        ("forward", 2, 0, "__call__", dense),
        ("forward", 2, 1, "__call__", ("inputs", "output")),
        ("forward", 3, 0, "__call__", dense),
        ("forward", 3, 1, "__call__", ("inputs", "output")),
        ("loss", 0, 0, "loss", ("z", "output", "labels", "loss")),
        ("backward", 0, 0, "loss.gradient", ("output", "labels", "grad_output")),
        ("backward", 3, 0, "parameter_gradients", (*back, "grad_weights", "grad_bias")),
        ("backward", 3, 0, "backward", (*back, "weights", "bias", "output", "grad_inputs")),
        ("backward", 2, 1, "backward", (*back, "output", "grad_inputs")),
        ("backward", 2, 0, "parameter_gradients", (*back, "grad_weights", "grad_bias")),
        ("backward", 2, 0, "backward", (*back, "weights", "bias", "output", "grad_inputs")),
        ("backward", 1, 3, "backward", (*back, "output", "grad_inputs")),
        ("backward", 1, 2, "backward", (*back, "output", "grad_inputs")),
        ("backward", 1, 1, "parameter_gradients", (*back, "grad_gamma", "grad_beta")),
        ("backward", 1, 1, "backward", (*back, "gamma", "beta", "output", "grad_inputs")),
        ("backward", 1, 0, "parameter_gradients", (*back, "grad_weights", "grad_bias")),
        ("update", 1, 0, "update", update),
        ("update", 1, 1, "update", tuple(n.replace("weights", "gamma").replace("bias", "beta") for n in update)),
        ("update", 2, 0, "update", update),
        ("update", 3, 0, "update", update),
    ]
    assert {moment.epoch for moment in tape.find(step=3)} == {2}
    assert [m.address for m in tape.find(step=3, block=0)] == [(3, "loss", 0, 0, "loss"), (3, "backward", 0, 0, "loss.gradient")]
    assert len(tape) == 8 * len(described)
    assert model.loss_value == tape.find(step=8, phase="loss")[0].values["loss"]


def test_scrubbing_back_shows_what_was_there_however_long_training_goes_on():
    model, tape, _ = recorded()
    kept = [{name: value.copy() for name, value in moment.values.items()} for moment in tape]
    model.fit(X * 2, Y, epochs=5, callbacks=[tape])
    model.parameters[:] = 0
    for moment, before in zip(tape, kept, strict=False):
        for name, value in moment.values.items():
            np.testing.assert_array_equal(value, before[name], err_msg=f"{name} of {moment}")
    assert tape[len(kept)].step == 9, "a second fit is recorded behind the first"
    np.testing.assert_array_equal(tape[0].values["inputs"], kept[0]["inputs"])
    assert tape[-1].address == list(tape)[-1].address
    with pytest.raises(IndexError, match=r"the tape holds \d+ moments"):
        tape[len(tape)]


def test_copies_cannot_be_written_to():
    _, tape, _ = recorded(epochs=1)
    for moment in tape:
        for name, value in moment.values.items():
            with pytest.raises(ValueError, match="read-only"):
                value[...] = 0
            assert not value.flags.writeable, name


def test_recording_does_not_change_the_run():
    model, _, _ = recorded()
    bare = network()
    bare.fit(X, Y, epochs=4, batch_size=5)
    np.testing.assert_array_equal(model.parameters, bare.parameters)


def test_the_formulas_can_be_worked_from_a_moment_s_values():
    _, tape, _ = recorded()
    for moment in tape.find(part="Dense(3)", phase="forward"):
        v = moment.values
        np.testing.assert_array_equal(v["weights"] @ v["inputs"] + v["bias"], v["output"])
    for moment in tape.find(part="Dense(3)", method="backward"):
        v = moment.values
        np.testing.assert_allclose(v["weights"].T @ v["grad_output"], v["grad_inputs"], rtol=1e-13)
    for moment in tape.find(part="Dense(3)", method="parameter_gradients"):
        v = moment.values
        np.testing.assert_allclose(v["grad_output"] @ v["inputs"].T / v["inputs"].shape[1], v["grad_weights"], rtol=1e-12)


def test_update_moments_fit_together():
    model, tape = network(optimizer=SGD(0.25)), Tape()
    model.fit(X, Y, epochs=3, callbacks=[tape])
    for step in (1, 2, 3):
        for moment in tape.find(step=step, phase="update"):
            for name in ("weights", "bias") if "Dense" in moment.part else ("gamma", "beta"):
                v = moment.values
                np.testing.assert_allclose(v[f"{name}_before"] - 0.25 * v[f"grad_{name}"], v[name], rtol=1e-13)
                if step < 3:
                    (after,) = tape.find(step=step + 1, phase="forward", block=moment.block, index=moment.index)
                    np.testing.assert_array_equal(v[name], after.values[name])


def test_gradients_that_the_optimiser_changes_are_shown_before_and_after():
    class Halves(SGD):
        def step(self, parameters, gradients):
            gradients *= 0.5
            super().step(parameters, gradients)

    tape = Tape()
    network(optimizer=Halves(0.1)).fit(X, Y, epochs=1, callbacks=[tape])
    before = tape.find(block=3, method="parameter_gradients")[0].values["grad_weights"]
    after = tape.find(block=3, phase="update")[0].values["grad_weights"]
    assert before.any()
    np.testing.assert_array_equal(after, before / 2)


# Memory --------------------------------------------------------------------------------------------------------


def test_every_nth_step():
    model, tape = network(), Tape(every=3)
    model.fit(X, Y, epochs=10, callbacks=[tape])
    assert sorted({moment.step for moment in tape}) == [1, 4, 7, 10]


@pytest.mark.parametrize("every", [0, -1, 1.5, True])
def test_every_is_a_whole_number(every):
    with pytest.raises(ValueError, match="every is a whole number of at least 1, got"):
        Tape(every=every)


def test_memory_is_bounded_and_the_whole_run_stays_covered():
    model, tape = network(), Tape(limit=0.1)
    whole = Tape(limit=100)
    model.fit(X, Y, epochs=200, callbacks=[tape, whole])
    held = {id(value): value.nbytes for moment in tape for value in moment.values.values()}
    assert sum(held.values()) == tape.size <= 0.1 * 2**20 < whole.size
    steps = sorted({moment.step for moment in tape})
    recent = len(steps) // 3
    assert steps[0] == 1 and steps[-recent:] == list(range(201 - recent, 201)), f"gaps at the end of {steps}"
    assert len(steps) > 8 and np.diff(steps).max() <= 64, f"too wide a gap in {steps}"
    assert len(whole) == 200 * len(tape.find(step=200)), "each step is there whole or not at all"
    everything = {moment.address: moment for moment in whole}
    for moment in tape:
        for name, value in moment.values.items():
            np.testing.assert_array_equal(value, everything[moment.address].values[name])


def test_a_limit_below_one_step_keeps_two():
    model, tape = network(), Tape(limit=0)
    model.fit(X, Y, epochs=7, callbacks=[tape])
    assert sorted({moment.step for moment in tape}) == [1, 7]


def test_clear():
    _, tape, _ = recorded(epochs=1)
    tape.clear()
    assert (len(tape), tape.size, list(tape)) == (0, 0, [])
    assert repr(tape) == "Tape(0 steps, 0 moments, 0.0 MiB)"


def diverged(activation, rate):
    model, tape = NeuralNetwork(((Dense(3), activation), (Dense(1),)), MeanSquaredError(), rate, seed=0), Tape()
    with pytest.raises(DivergedError) as caught, np.errstate(invalid="ignore"):
        model.fit(X * 1e3, Y, epochs=50, callbacks=[tape])
    return tape, caught.value.step


def test_the_step_that_diverged_is_on_the_tape():
    tape, step = diverged(Tanh(), 1e60)
    assert (tape[-1].step, tape[-1].phase) == (step, "forward")
    assert [moment.phase for moment in tape.find(step=step)] == ["forward"] * 3


def test_a_run_that_is_dropped_between_two_steps_is_whole():
    model, tape = network(), Tape()
    run = model.training(X, Y, callbacks=[tape])
    next(run), next(run)
    run.close()
    assert len(tape) == 2 * len(tape.find(step=1))


# Two tapes -----------------------------------------------------------------------------------------------------


def test_equal_runs_do_not_diverge():
    assert first_divergence(recorded()[1], recorded()[1]) is None


def test_no_number_is_equal_to_no_number():
    class Root(Linear):
        def __call__(self, inputs):
            return np.sqrt(inputs)

    one, other = (diverged(Root(), 0.1)[0] for _ in range(2))
    assert np.isnan(one[-1].values["output"]).any()
    assert first_divergence(one, other) is None


def test_the_first_difference_of_two_runs():
    class Wrong(Dense):
        def backward(self, grad_output):
            return self.grad_weights.T @ grad_output

    def tape_of(layer):
        tape = Tape()
        blocks = ((Dense(3), Tanh()), (layer(2), Tanh()), (Dense(1), Linear()))
        NeuralNetwork(blocks, MeanSquaredError(), 0.1, seed=0).fit(X, Y, epochs=3, callbacks=[tape])
        return tape

    right, wrong = tape_of(Dense), tape_of(Wrong)
    one, other, name = first_divergence(right, wrong)
    assert one.address == other.address == (1, "backward", 2, 0, "backward")
    assert name == "grad_inputs"
    assert (one.part, other.part) == ("Dense(2)", "Wrong(2)")
    assert first_divergence(right, wrong, tolerance=1e6) is None


def test_another_shape_is_a_difference_and_a_missing_step_is_none():
    tapes = []
    for examples in (9, 8):
        tapes.append(Tape())
        network().fit(X[:, :examples], Y[:, :examples], epochs=2, callbacks=[tapes[-1]])
    assert first_divergence(*tapes)[2] == "inputs"
    longer, shorter = recorded(epochs=4)[1], recorded(epochs=2)[1]
    assert first_divergence(longer, shorter) is None


# Sources -------------------------------------------------------------------------------------------------------

CELL = '''
class CellDense:
    """Written in a notebook."""

    def __init__(self, weights):
        self.weights, self.bias = weights, np.zeros((len(weights), 1))

    def __call__(self, inputs):
        """z of one's own."""
        z = self.weights @ inputs  # weigh
        return z + self.bias

    def backward(self, grad_output):
        m = grad_output.shape[1]
        self.grad_weights = grad_output @ self.inputs.T / m
        self.grad_bias = grad_output.mean(axis=1, keepdims=True)
        return self.weights.T @ grad_output

class CellCube:
    __call__ = lambda self, z: z**3
    gradient = lambda self, z: 3 * z**2

class CellLoss:
    def __call__(self, output, labels):
        return float(((output - labels) ** 2).mean())

    def gradient(self, output, labels):
        error = output - labels
        slope = 2 * error
        return slope

class CellSGD:
    learning_rate = 0.1

    def step(self, parameters, gradients):
        parameters -= self.learning_rate * gradients
'''


def cell(source, name):
    """Run source as a notebook does: compiled under a name, its lines in linecache."""
    if name:
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    space = {"np": np}
    exec(compile(source, name or "<unknown>", "exec"), space)
    return space


def tape_of_cell(name):
    space, tape = cell(CELL, name), Tape()
    weights = np.random.default_rng(0).normal(size=(3, 2))
    blocks = ((space["CellDense"](weights), space["CellCube"]()), (Dense(1), Linear()))
    model = NeuralNetwork(blocks, space["CellLoss"](), optimizer=space["CellSGD"](), seed=0)
    model.fit(X, Y, epochs=2, callbacks=[tape])
    return tape


FORMULAS = [
    ({"phase": "forward", "block": 1, "index": 0}, "CellDense.__call__", "return z + bias"),
    ({"phase": "forward", "block": 1, "index": 1}, "CellCube.<lambda>", "__call__ = lambda self, z: z**3"),
    ({"phase": "forward", "block": 2, "index": 0}, "Dense.__call__", "return weights @ inputs + bias"),
    ({"phase": "loss"}, "CellLoss.__call__", "return float(((output - labels) ** 2).mean())"),
    ({"phase": "backward", "block": 0}, "CellLoss.gradient", "slope = 2 * error"),
    ({"phase": "backward", "block": 1, "method": "parameter_gradients"}, "CellDense.backward",
     "m = grad_output.shape[1]; grad_weights = grad_output @ inputs.T / m; grad_bias = grad_output.mean(axis=1, keepdims=True)"),
    ({"phase": "update", "block": 1}, "CellSGD.step", "parameters -= learning_rate * gradients"),
]


@pytest.mark.parametrize(("address", "owner", "formula"), FORMULAS)
def test_the_line_that_ran_is_shown_also_from_a_notebook_s_cell(address, owner, formula):
    for moment in tape_of_cell("<ipython-input-7-abc>").find(step=1, **address):
        source = moment.source
        assert f"{source.owner}.{source.method}" == owner
        assert source.formula == formula, source
        assert "\n".join(source.lines).count('"""') == 0, "no docstring"
        if owner.startswith("Cell"):
            assert source.file == "<ipython-input-7-abc>"
            assert CELL.splitlines()[source.first - 1].strip() == source.lines[0].strip()


BUILT_ON = """
def gradients_of(inputs, dz):
    return FACTOR * dz @ inputs.T / dz.shape[1], dz.mean(axis=1, keepdims=True)

class MyDense(Dense):
    def backward(self, dz):
        handed = self.weights.T @ dz
        gradients = gradients_of(self.inputs, dz)
        self.grad_weights, self.grad_bias = gradients
        return handed

class HandsDown(Dense):
    def backward(self, dz):
        return self.weights.T @ dz
"""


Bare = type("Bare", (), {name: vars(Dense)[name] for name in ("__init__", "__repr__", "build", "__call__", "parameters")})


@pytest.mark.parametrize("base", [Dense, Bare])
def test_what_a_class_built_on_another_fills_in_backward_is_what_is_kept_and_shown_in_every_layer(base):
    """`base` is nnlib's Dense with its own `parameter_gradients`, or a layer of one's own without any."""
    kept = {}
    for factor in (1, 3):
        space, tape = {"Dense": base, "FACTOR": factor}, Tape()
        linecache.cache["<cell-3>"] = (len(BUILT_ON), None, BUILT_ON.splitlines(keepends=True), "<cell-3>")
        exec(compile(BUILT_ON, "<cell-3>", "exec"), space)
        blocks = ((space["MyDense"](3), ReLU()), (space["MyDense"](1), Sigmoid()))
        NeuralNetwork(blocks, BinaryCrossEntropy(), 0.1, seed=0).fit(X, Y, epochs=1, callbacks=[tape])
        filled = tape.find(method="parameter_gradients")
        assert [moment.block for moment in filled] == [2, 1]
        for moment in filled:
            assert moment.source.formula == "gradients = gradients_of(inputs, dz); grad_weights, grad_bias = gradients"
            kept[factor, moment.block] = moment.values["grad_weights"]
        (back,) = tape.find(method="backward", part=filled[0].part)
        assert back.source.formula == "handed = weights.T @ dz"
    for block in (1, 2):
        np.testing.assert_allclose(kept[3, block], 3 * kept[1, block])


def test_a_backward_that_hands_down_alone_leaves_the_gradients_to_nnlib():
    space, tape = {"Dense": Dense}, Tape()
    exec(BUILT_ON, space)
    model = NeuralNetwork(((space["HandsDown"](3), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0)
    model.fit(X, Y, epochs=1, callbacks=[tape])
    assert {moment.source.owner for moment in tape.find(method="parameter_gradients")} == {"Dense"}


def test_parts_without_a_repr_go_by_their_class():
    assert {moment.part for moment in tape_of_cell("<ipython-input-8>")} >= {"CellDense()", "CellCube()", "CellLoss()"}


def test_classes_without_source_have_none():
    tape = tape_of_cell(None)
    own = [m for m in tape if m.part.startswith("Cell") and (m.part, m.method) != ("CellCube()", "backward")]
    assert len(own) > 10 and {m.source for m in own} == {None}
    assert all(m.source for m in tape if m.part in ("Dense(1)", "Linear()") and m.phase != "update")


def test_a_class_run_anew_shows_its_new_line():
    old = cell("class A:\n    def __call__(self, z):\n        return z + 1\n", "<cell-1>")["A"]
    assert source_of(old.__call__).formula == "return z + 1"
    new = cell("class A:\n    def __call__(self, z):\n        return z + 2\n", "<cell-2>")["A"]
    assert source_of(new.__call__).formula == "return z + 2"


@pytest.mark.parametrize("thing", [len, np.tanh, None, 3, int.__add__])
def test_things_without_source(thing):
    assert source_of(thing) is None


def test_an_optimiser_of_one_s_own_that_inherits_shows_its_own_step():
    class Mine(SGD):
        def step(self, parameters, gradients):
            parameters -= 0.125 * gradients

    class Rule(SGD):
        def rule(self, parameters, gradients):
            parameters -= 0.5 * gradients

    for optimizer, formula in ((Mine(0.1), "0.125"), (Rule(0.1), "0.5"), (SGD(0.1), "learning_rate"), (Adam(0.1), "beta1")):
        model, tape = network(optimizer=optimizer), Tape()
        model.fit(X, Y, epochs=1, callbacks=[tape])
        assert formula in tape.find(phase="update")[0].source.formula


@pytest.mark.parametrize(("body", "formula"), [
    ("parameters -= 0.1 * gradients", "parameters -= 0.1 * gradients"),
    ("parameters[...] = update(parameters, gradients)", "parameters[...] = update(parameters, gradients)"),
    ("parameters[:] -= 0.1 * gradients", "parameters[:] -= 0.1 * gradients"),
    ("np.subtract(parameters, 0.1 * gradients, out=parameters)",
     "np.subtract(parameters, 0.1 * gradients, out=parameters)"),
    ("np.copyto(parameters, update(parameters, gradients))", "np.copyto(parameters, update(parameters, gradients))"),
    ("made = np.zeros(2)\nfor k in range(2):\n    parameters[k] -= gradients[k]", "parameters[k] -= gradients[k]"),
    ("parameters[...] = 0\nparameters += gradients", "parameters += gradients"),
    ("parameters[0] = 0\nprint(parameters, end='')", "parameters[0] = 0"),
    ("if True:\n    parameters[:] = 0\nelse:\n    parameters[:] = 1", "return parameters"),  # which one is not known
])  # fmt: skip
def test_the_formula_of_what_changes_in_place_is_the_line_that_changes_it(body, formula):
    text = "class Mine:\n    def step(self, parameters, gradients):\n"
    text += textwrap.indent(f"{body}\nreturn parameters\n", " " * 8)
    assert source_of(cell(text, f"<in place: {body}>")["Mine"].step).formula == formula