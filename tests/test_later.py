"""What a gradient check of one batch cannot see, each suspect by itself: batches, steps, predicting, the start."""

from types import SimpleNamespace

import numpy as np
import pytest
from test_kinds import network

from nnlib import (
    BatchNorm,
    BinaryCrossEntropy,
    Dense,
    Dropout,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)
from nnlib.inspect import later

RNG = np.random.default_rng(8)
G, P = RNG.standard_normal((2, 9))
G = np.abs(G) * [1, -1, -1, 1, 1, -1, 1, -1, 1]
PIECES = [("W", SimpleNamespace(), slice(0, 4)), ("b", SimpleNamespace(), slice(4, 5)), ("V", SimpleNamespace(),
          slice(5, 9))]  # fmt: skip


# Where a step takes some arrays -------------------------------------------------------------------------------


def moved(**other):
    """A step along the gradient but for some arrays."""
    made = -0.1 * G
    for name, _, piece in PIECES:
        if name in other:
            made[piece] = other[name](G[piece], P[piece])
    return made


@pytest.mark.parametrize(("other", "found"), [
    ({}, None), ({"W": lambda g, p: 0 * g}, ("never_moves", ["W"])), ({"W": lambda g, p: g}, ("array_uphill", ["W"])),
    ({"W": lambda g, p: -0.1 * g - p}, ("old_gone", ["W"])), ({"V": lambda g, p: -0.1 * g - p}, ("old_gone", ["V"])),
    ({"W": lambda g, p: -0.1 * g - 0.01 * p}, None), ({"W": lambda g, p: -0.1 * g - 0.1 * np.sign(p)}, None),
    ({"W": lambda g, p: -np.roll(g, 1)}, ("moves_elsewhere", ["W"])),
    ({"V": lambda g, p: g**3}, ("array_uphill", ["V"])),
    ({"b": lambda g, p: 0 * g, "V": lambda g, p: 0 * g}, ("never_moves", ["b", "V"])),
    ({"W": lambda g, p: -np.sign(g) * g**2}, None),
    (dict.fromkeys("WbV", lambda g, p: 0 * g), None), (dict.fromkeys("WbV", lambda g, p: g), None),
])  # fmt: skip
def test_arrays_that_a_step_takes_elsewhere_are_told_if_others_go_along_their_gradient(other, found):
    assert later.astray(PIECES, moved(**other), G, P, None) == found


def test_what_is_frozen_may_stay_and_what_begins_at_zero_has_nothing_to_lose():
    still = moved(W=lambda g, p: 0 * g)
    for word in ("trainable", "frozen", "requires_grad"):
        pieces = [(name, SimpleNamespace(**{word: False}), piece) for name, _, piece in PIECES]
        assert later.astray(pieces, still, G, P, None) is None
    gone, start = moved(W=lambda g, p: -0.1 * g - p), P.copy()
    start[:4], gone[:4] = 0, -0.1 * G[:4]
    assert later.astray(PIECES, gone, G, start, None) is None


def test_an_array_goes_elsewhere_only_where_a_larger_one_is_known_to_go_along_its_gradient():
    small = [("W", SimpleNamespace(), slice(0, 6)), ("b", SimpleNamespace(), slice(6, 9))]
    step = np.append(-np.roll(G[:6], 1), -0.1 * G[6:])
    assert later.astray(small, step, G, P, None) is None
    large = [("W", SimpleNamespace(), slice(0, 5)), ("b", SimpleNamespace(), slice(5, 9))]
    assert later.astray(large, np.append(-np.roll(G[:5], 1), -0.1 * G[5:]), G, P, None) == ("moves_elsewhere", ["W"])


@pytest.mark.parametrize("shares", [(-0.1, 0, 0), (-0.1, -1, 0), (-0.1, -0.2, -0.3), (0, 0, 0.5), (0, 1, 0)])
def test_a_move_is_explained_by_gradient_parameters_and_signs(shares):
    made = shares @ np.stack([G, P, np.sign(P)])
    np.testing.assert_allclose(later.explained(made, G, P), shares, atol=1e-9)
    assert later.explained(made + 1e-5 * np.arange(9), G, P) is None


def test_what_does_not_move_is_not_explained():
    assert later.explained(0 * G, G, P) is None


def test_steps_are_shorter_by_units_or_by_examples():
    pieces = [("W", 4, slice(0, 4)), ("b", 1, slice(4, 5)), ("V", 2, slice(5, 9))]
    step = 0.1 * G
    assert later.shorter(pieces, step, G, 7) is None

    def divided(**by):
        return later.shorter(pieces, np.concatenate([step[piece] / by.get(name, 1) for name, _, piece in pieces]), G, 7)

    assert divided(W=4, V=2) == ("step_divided", {"of": "its units"}, ["W", "V"])
    assert divided(W=7) == ("step_divided", {"of": "examples"}, ["W"])
    assert divided(W=7, V=7) == ("step_divided", {"of": "examples"}, ["W", "V"])
    assert divided(W=4) is None, "any other number may be four"
    assert divided(W=4, V=3) is None and divided(W=-4, V=-2) is None and divided(W=1e9) is None
    assert later.shorter(pieces, np.append(np.roll(G[:5], 1), step[5:]), G, 7) is None


def test_one_factor_between_all_arrays():
    got, right = {0: 3 * G, 1: 3 * P, 2: P}, {0: G, 1: P, 2: P}
    assert later.ratio_of_all(got, right, [0, 1]) == pytest.approx(3) and later.ratio_of_all(got, right, [0, 2]) is None
    assert later.ratio_of_all(right, {0: 0 * G}, [0]) is None and later.ratio_of_all({0: G[1:]}, {0: G}, [0]) is None
    assert later.ratio_of_all({0: 3 * G + 1e-5}, {0: G}, [0]) is None
    assert later.ratio_of_all({0: 0 * G}, {0: G}, [0]) == 0


# Later batches ------------------------------------------------------------------------------------------------


class Sized(Dense):
    """Divides by the number of examples that came first."""

    count = None

    def parameter_gradients(self, g):
        self.count = self.count or g.shape[1]
        self.grad_weights, self.grad_bias = g @ self.inputs.T / self.count, g.sum(axis=1, keepdims=True) / self.count


class Stale(Dense):
    """Meets the inputs of the batch before."""

    old = None

    def __call__(self, inputs):
        self.old, self.now = getattr(self, "now", inputs), inputs
        return super().__call__(inputs)

    def parameter_gradients(self, g):
        old = self.old if self.old.shape == self.inputs.shape else self.inputs
        self.grad_weights, self.grad_bias = g @ old.T / g.shape[1], g.mean(axis=1, keepdims=True)


class Remembers(Dense):
    kept = 0.0

    def parameter_gradients(self, g):
        self.kept = 0.5 * self.kept + g @ self.inputs.T / g.shape[1]
        self.grad_weights, self.grad_bias = self.kept, g.mean(axis=1, keepdims=True)


@pytest.mark.parametrize(("layer", "kind", "facts"), [
    (Dense, None, {}), (Sized, "examples_remembered", {"count": 2}), (Stale, "stale_inputs", {}),
    (Remembers, "remembers", {}),
])  # fmt: skip
def test_a_gradient_that_hangs_on_the_batch_before(layer, kind, facts):
    model, x, y = network(layer)
    found = later.second_batch(model, x, y)
    assert (found and found[:2]) == (kind and (kind, facts)), found
    if kind:
        assert found[2] == [model.places[0]]
    again = later.second_batch(model, x, y, wrong=True)
    assert (again and again[0]) == {"remembers": "remembers"}.get(kind), again


# Predicting ---------------------------------------------------------------------------------------------------


class Drawn(Dropout):
    """`kept` and `scale` are what stays and how it is multiplied, `usual` what is predicted."""

    rate_of_it, scale, usual = 0.4, 1 / 0.6, 1.0

    def __call__(self, inputs):
        self.mask = (np.random.random(inputs.shape) >= self.rate_of_it) * self.scale  # noqa: NPY002
        return inputs * self.mask

    def predict(self, inputs):
        return self.usual * inputs


def part(base, **more):
    return type("Part", (base,), {"__module__": __name__, **more})(*([0.4] if issubclass(base, Dropout) else []))


PARTS = {
    "drawn": (None, part(Drawn)), "nnlib's": (None, Dropout(0.4)), "norm": (None, BatchNorm()), "relu": (None, ReLU()),
    "dropout_exchanged": ("dropout_exchanged", part(Drawn, scale=1 / 0.4)),
    "unscaled": ("dropout_unscaled", part(Drawn, scale=1.0)), "scale": ("dropout_scale", part(Drawn, scale=3.0)),
    "a little": ("dropout_scale", part(Drawn, scale=1.5)),
    "unscaled, usual": (None, part(Drawn, scale=1.0, usual=0.6)),
    "scaled, usual": ("dropout_scaled_twice", part(Drawn, usual=0.6)),
    "draws": ("dropout_when_predicting", part(Drawn, predict=Drawn.__call__)),
    "company": ("batch_when_predicting", part(BatchNorm, predict=lambda self, x: x - x.mean(axis=1, keepdims=True))),
    "stuck": ("running_values_stuck", part(BatchNorm, predict=lambda self, x: x / 3 + 2)),
    "scale missing": ("scale_when_predicting", part(BatchNorm, predict=lambda self, x: (
        (x - self.running_mean) / np.sqrt(self.running_variance + 1e-5)))),
    "no root": ("running_values_wrong", part(BatchNorm, predict=lambda self, x: self.beta + self.gamma * (
        (x - self.running_mean) / (self.running_variance + 1e-5)))),
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_a_part_that_predicts_as_it_should_not(name):
    kind, middle = PARTS[name]
    model = NeuralNetwork(((Dense(5), middle, Tanh()), (Dense(3),)), MeanSquaredError(), 0.1, seed=3).build(4)
    if isinstance(middle, BatchNorm):
        middle.gamma[:], middle.beta[:] = 1.7, 0.6
    x = 2 * np.random.default_rng(4).standard_normal((4, 12)) + 1
    before = model.parameters.copy()
    found = later.predicting(model, x)
    assert (found and found[0]) == kind and np.array_equal(before, model.parameters), found
    if kind:
        assert found[2][0].part.__class__ is middle.__class__
    if kind == "dropout_exchanged":
        assert found[1]["kept"] == pytest.approx(0.6, abs=0.01) and found[1]["left"] == pytest.approx(0.4, abs=0.01)
        assert found[1]["scale"] == pytest.approx(2.5)
    if kind == "dropout_scale":
        assert found[1]["share"] == pytest.approx(0.6 * middle.scale, abs=0.02) and found[1]["usual"] == 1


# The beginning ------------------------------------------------------------------------------------------------


def begun(first=0.3, last=0.3, bias=0.0, units=5):
    """A network whose hidden units all begin with the same weights, and are weighed alike."""
    layers = ((Dense(units), Tanh()), (Dense(3),))
    model = NeuralNetwork(layers, MeanSquaredError(), 0.1, seed=3).build(4)
    if first is not None:
        model.layers[0][0].weights[:] = [[first, 2 * first, 0, first]]
    if last is not None:
        model.layers[1][0].weights[:] = [[last], [-last], [2 * last]]
    model.layers[0][0].bias[:] = bias
    return model


def test_units_that_begin_the_same_stay_the_same():
    model = begun()
    assert later.beginning(model) == ("units_equal", {"units": 5}, [model.places[0]])
    assert later.beginning(begun(0.0, 0.0)) is not None and later.beginning(begun(bias=0.7)) is not None
    for other in (begun(first=None), begun(last=None), begun(bias=np.arange(5.0)[:, None]), begun(units=1)):
        assert later.beginning(other) is None


def test_a_bend_that_little_gets_through_is_told_if_equal_answers_are_better():
    for bend, size, share in ((Sigmoid, 60, True), (Tanh, 60, True), (Tanh, 0.5, False), (ReLU, 60, False)):
        model, x, y = network(bend=bend)
        model.layers[0][0].weights[:] *= size
        model.layers[1][0].weights[:] *= 20
        found = later.saturated(model, x, y)
        assert bool(found) == share, (bend, size, found)
        if share:
            assert found[0] == "saturated" and found[2][0].part.__class__ is bend and 2 / 3 < found[1]["share"] <= 1
        better = model.predict(x)
        assert later.saturated(model, x, better) is None, "it says what it is to say"
    model = NeuralNetwork(((Dense(5), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=3).build(2)
    model.layers[0][0].weights[:] *= 60
    model.layers[1][0].weights[:] *= 9
    x = np.random.default_rng(2).standard_normal((2, 12))
    right = np.round(model.predict(x))
    assert later.saturated(model, x, right) is None and later.saturated(model, x, 1 - right)[0] == "saturated"
    model, x, y = network(last=Tanh)
    model.layers[1][0].weights[:] *= 60
    assert later.saturated(model, x, y) is None, "its last bend is none within it"


def test_where_it_is_is_said_by_block_and_class():
    model = NeuralNetwork(((Dense(4), Tanh()), (Dense(4), ReLU()), (Dense(2), Softmax())), MeanSquaredError(), 0.1)
    one, bend, two, _, three, _ = model.build(3).places
    assert later.label([one]) == "Block 1, Dense(4)" and later.label([three]) == "Block 3, Dense(2)"
    assert later.label([one, two]) == "Blocks 1 and 2, Dense"
    assert later.label([one, two, three]) == "Blocks 1, 2 and 3, Dense"
    assert later.label([one, bend]) == "Block 1" and later.label([bend, three]) == "Blocks 1 and 3"
    mine = type("Mine", (Dense,), {"__module__": __name__})(3)
    assert later.called(mine) == "Mine" and later.called(Dense(3)) == "Dense(3)"
