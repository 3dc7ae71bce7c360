"""Every slope that may stand in another's place, at every activation and within a layer: told by its own name."""

import copy

import numpy as np
import pytest
from test_kinds import network

from nnlib import Dense, Dropout, Linear, Softmax, diagnose
from nnlib.inspect.naming import wrong_slopes
from nnlib.inspect.recognise import BENDS, same

Z = np.linspace(-3, 3, 13)
SLIPS = [(bend, kind, k) for bend in BENDS[1:] for k, (kind, slope) in enumerate(wrong_slopes(None, bend, Z))
         if not same(slope, bend.gradient(Z))]  # fmt: skip
CALLED = [f"{bend!r} {kind} {k}" for bend, kind, k in SLIPS]


def kinds_of(found):
    return {found.kind, *found.also, *(one.kind for one in found.besides)} if found else set()


@pytest.mark.parametrize(("bend", "kind", "k"), SLIPS, ids=CALLED)
def test_a_slope_in_anothers_place_is_named_at_an_activation(bend, kind, k):
    """Slopes that are the same numbers have the names of all."""
    class Wrong(type(bend)):
        def gradient(self, z):
            return wrong_slopes(None, bend, z)[k][1]

    wrong = copy.copy(bend)
    wrong.__class__ = Wrong
    found = diagnose(*network(bend=lambda: wrong))
    assert kind in kinds_of(found), found


def bent(bend, slope):
    """A layer with an activation within it."""
    class Bent(Dense):
        def __call__(self, inputs):
            self.z = super().__call__(inputs)
            return bend(self.z)

        def parameter_gradients(self, g):
            super().parameter_gradients(g * slope(self.z))

        def backward(self, g):
            return super().backward(g * slope(self.z))

    return Bent


@pytest.mark.parametrize(("bend", "kind", "k"), SLIPS, ids=CALLED)
def test_a_slope_in_anothers_place_is_named_within_a_layer(bend, kind, k):
    found = diagnose(*network(layer=bent(bend, lambda z: wrong_slopes(None, bend, z)[k][1]), bend=Linear))
    assert kind in kinds_of(found), found


@pytest.mark.parametrize("bend", BENDS, ids=repr)
def test_the_right_slope_has_no_name(bend):
    assert diagnose(*network(bend=lambda: copy.copy(bend))) is None
    assert diagnose(*network(layer=bent(bend, bend.gradient), bend=Linear)) is None


@pytest.mark.parametrize(("kind", "down"), [
    ("softmax_elementwise", lambda a, g: g * a * (1 - a)), ("slope_missing", lambda a, g: g),
    ("softmax_cross_missing", lambda a, g: g * a), ("value_for_slope", lambda a, g: a),
    ("softmax_axis", lambda a, g: a * (g - (g * a).sum(axis=1, keepdims=True))),
    ("softmax_axis", lambda a, g: a * (g - (g * a).sum())), ("ratio", lambda a, g: a * (g - (g * a).sum(axis=0)) / 2),
    (None, lambda a, g: a * (g - (g * a).sum(axis=0))),
])  # fmt: skip
def test_what_a_softmax_hands_down_is_named(kind, down):
    class Wrong(Softmax):
        def backward(self, g):
            return down(self.output, g)

    found = diagnose(*network(last=Wrong))
    assert kind in kinds_of(found) or kind is found is None, found


@pytest.mark.parametrize("scale", [1.0, 1 / 0.6, 0.5])
@pytest.mark.parametrize(("kind", "down"), [
    ("mask_missing", lambda mask, g: g), ("mask_unscaled", lambda mask, g: g * (mask > 0)),
    (None, lambda mask, g: g * mask), ("mask_inverted", lambda mask, g: g * (mask == 0) * mask.max()),
])  # fmt: skip
def test_what_a_dropout_hands_down_is_named_however_it_is_scaled(kind, down, scale):
    class Wrong(Dropout):
        def __call__(self, inputs):
            self.mask = (self.rng.random(inputs.shape) >= self.rate) * scale
            return inputs * self.mask

        def predict(self, inputs):
            return (1 - self.rate) * scale * inputs

        def backward(self, g):
            return down(self.mask, g)

    kind = None if (kind, scale) == ("mask_unscaled", 1.0) else kind
    found = diagnose(*network(middle=[lambda: Wrong(0.4, seed=1)]))
    assert kind in kinds_of(found) or kind is found is None, found


LAYERS = {
    "grad_weights_for_weights": lambda self, g, d: self.grad_weights.T @ g, "weights_skipped": lambda self, g, d: g,
    "gradient_sign": lambda self, g, d: -d, "ratio": lambda self, g, d: d / 2, "zeros": lambda self, g, d: 0 * d,
    "mean_handed_down": lambda self, g, d: d / g.shape[1], None: lambda self, g, d: d,
    "mean_missing": lambda self, g, d: d * g.shape[1],
    "weights_not_transposed": lambda self, g, d: self.weights @ g,
}  # fmt: skip


@pytest.mark.parametrize("kind", LAYERS)
def test_what_a_layer_hands_down_is_named(kind):
    class Wrong(Dense):
        def backward(self, g):
            return LAYERS[kind](self, g, super().backward(g))

    model, x, y = network(middle=[lambda: Wrong(5)])
    found = diagnose(model, x, y)
    assert kind in kinds_of(found) or kind is found is None, found
