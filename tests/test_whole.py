"""A network that is looked at as a whole: each thing that is asked of it, of small ones in rows and in columns."""

import numpy as np
import pytest
from test_own_loop import Network, X, Y

from nnlib import diagnose
from nnlib.inspect.whole import Whole, shared_part, weights_whole


def whole(kind, rows=True, scale=1, **more):
    own = kind(rows)
    vars(own).update(more)
    return Whole(own, scale * (X if rows else X.T), Y if rows else Y.T)


def two(kind, rows):
    """A network with a hidden layer of four."""
    rng = np.random.default_rng(3)
    own = kind(rows)
    own.W, own.V = (rng.standard_normal(size if rows else size[::-1]) for size in ((3, 4), (4, 1)))
    own.b = rng.standard_normal((1, 4) if rows else (4, 1))
    return own


class Two(Network):
    def __call__(self, x):
        self.x, self.z = x, x @ self.W + self.b if self.rows else self.W @ x + self.b
        self.h = self.bend(self.z)
        self.output = np.tanh(self.h @ self.V if self.rows else self.V @ self.h)
        return self.output

    bend = staticmethod(np.tanh)

    def backward_step(self, y):
        d = 2 * (self.output - y) / y.size * (1 - self.output**2)
        self.dV = self.h.T @ d if self.rows else d @ self.h.T
        e = (d @ self.V.T if self.rows else self.V.T @ d) * (1 - self.h**2)
        self.dW = self.x.T @ e if self.rows else e @ self.x.T
        self.db = e.sum(axis=0 if self.rows else 1, keepdims=True)

    def update(self):
        self.W -= self.learning_rate * self.dW
        self.V -= self.learning_rate * self.dV
        self.b -= self.learning_rate * self.db


class Summed(Network):
    def loss(self, output, y):
        return np.sum((output - y) ** 2)

    def backward_step(self, y):
        super().backward_step(y)
        self.dW, self.db = self.dW * y.size, self.db * y.size


class Sized(Network):
    """Divides by the number of examples that came first."""

    count = None

    def backward_step(self, y):
        super().backward_step(y)
        self.count = self.count or y.size
        self.dW, self.db = self.dW * y.size / self.count, self.db * y.size / self.count


class Remembers(Network):
    kept = 0.0

    def backward_step(self, y):
        super().backward_step(y)
        self.kept = 0.5 * self.kept + self.dW
        self.dW = self.kept.copy()


class Moves(Network):
    def backward_step(self, y):
        super().backward_step(y)
        self.W -= self.learning_rate * self.dW
        self.b -= self.learning_rate * self.db


class Once(Moves):
    def update(self):
        pass


class Draws(Network):
    def backward_step(self, y):
        super().backward_step(y)
        self.dW = self.dW * np.random.random(self.dW.shape)  # noqa: NPY002


class Begins(Network):
    """Its gradients pile up, and its update sets them to zero."""

    def backward_step(self, y):
        old = getattr(self, "dW", 0 * self.W), getattr(self, "db", 0 * self.b)
        super().backward_step(y)
        self.dW, self.db = self.dW + old[0], self.db + old[1]

    def update(self):
        super().update()
        self.dW, self.db = 0 * self.dW, 0 * self.db


class Piles(Begins):
    update = Network.update


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize(("kind", "asked", "answer"), [
    (Network, Whole.of_a_mean, True), (Summed, Whole.of_a_mean, False), (Network, Whole.count, 9),
    (Network, Whole.of_size, None), (Summed, Whole.of_size, None),
    (Sized, Whole.of_size, ("examples_remembered", {"count": 9, "m": 4})),
    (Network, Whole.kept_from_before, None), (Remembers, Whole.kept_from_before, "remembers"),
    (Moves, Whole.kept_from_before, None), (Network, Whole.moves_again, True), (Once, Whole.moves_again, False),
    (Moves, Whole.moves_again, True), (Network, Whole.right_without_a_rate, True),
    (Moves, Whole.right_without_a_rate, True), (Sized, Whole.right_without_a_rate, True),
    (Draws, Whole.draws_on_the_way_back, True), (Network, Whole.draws_on_the_way_back, False),
    (Begins, Whole.begins_anew, True), (Piles, Whole.begins_anew, False), (Network, Whole.begins_anew, False),
    (Network, Whole.climbs, False), (Network, Whole.shared, None), (Network, Whole.decays_twice, None),
    (Network, Whole.beginning, None),
])  # fmt: skip
def test_what_is_asked_of_a_network(kind, asked, answer, rows):
    one = whole(kind, rows)
    before = one.own.W.copy(), one.own.b.copy()
    assert asked(one) == answer
    assert all(map(np.array_equal, before, (one.own.W, one.own.b))), "it is asked of a copy"


def test_what_is_below_zero_is_to_rise():
    one = whole(Network)
    one.own.loss = lambda output, y: -np.mean((output - y) ** 2)
    assert one.climbs() is True


@pytest.mark.parametrize("rows", [True, False])
def test_hidden_units_that_are_all_the_same_are_counted(rows):
    own, (x, y) = two(Two, rows), (X, Y) if rows else (X.T, Y.T)
    assert Whole(own, x, y).beginning() is None
    turn = np.asarray if rows else np.transpose
    turn(own.W)[:], turn(own.b)[:] = [[0.3], [0.1], [-0.2]], 0.4
    assert Whole(own, x, y).beginning() is None, "what weighs them makes them differ"
    own.V[:] = 0.7
    found = Whole(own, x, y).beginning()
    assert found.kind == "units_equal" and found.evidence == {"units": 4} and str(found).startswith("W: ")
    turn(own.b)[0, 1] = 0.5
    assert Whole(own, x, y).beginning() is None


@pytest.mark.parametrize("rows", [True, False])
def test_a_bend_that_little_gets_through_is_told_with_its_share(rows):
    own, (x, y) = two(Two, rows), (X, Y) if rows else (X.T, Y.T)
    assert Whole(own, x, y).saturated() is None
    own.W *= 100
    own.V *= 20
    found = Whole(own, x, y).saturated()
    assert found.kind == "saturated" and str(found).startswith("W: ") and 2 / 3 < found.evidence["share"] <= 1
    assert found.evidence["size"] == pytest.approx(np.abs(own(x) * 0 + np.abs(own.z).mean()).mean())
    assert Whole(own, x, own(x)).saturated() is None, "it says what it is to say"
    own.bend = lambda z: np.maximum(0, z)
    assert Whole(own, x, y).saturated() is None


class Part:
    def __init__(self):
        self.W = np.random.default_rng(1).standard_normal((3, 3))

    def forward(self, x):
        self.x, self.h = x, np.tanh(x @ self.W)
        return self.h

    def backward(self, g):
        g = g * (1 - self.h**2)
        self.dW = self.x.T @ g
        return g @ self.W.T


class OfParts:
    def __init__(self, *layers):
        self.layers = [*layers]

    def __call__(self, x):
        for part in self.layers:
            x = part.forward(x)
        self.output = x
        return x

    def loss(self, output, y):
        return np.mean((output - y) ** 2)

    def backward_step(self, y):
        g = 2 * (self.output - y) / y.size
        for part in self.layers[::-1]:
            g = part.backward(g)


def test_one_part_in_two_places_is_told_if_two_would_be_right():
    x, y = X, np.tile(Y, (1, 3))
    one, other = Part(), Part()
    found = shared_part(OfParts(one, other, one), x, y)
    assert found.kind == "shared_part" and "`layers[0]` and `layers[2]`" in str(found) and "Part" in str(found)
    assert shared_part(OfParts(one, other), x, y) is None
    assert shared_part(OfParts(one, other, one), x, y, held={3}) is None
    wrong = type("Wrong", (Part,), {"__module__": __name__, "backward": lambda self, g: 2 * Part.backward(self, g)})()
    assert shared_part(OfParts(wrong, wrong), x, y) is None, "with two it would still be wrong"


@pytest.mark.parametrize("rows", [True, False])
def test_weights_of_whole_numbers_are_told_unless_a_step_makes_others_of_them(rows):
    own, (x, y) = Network(rows), (X, Y) if rows else (X.T, Y.T)
    assert weights_whole(own, x, y) is None
    own.W = np.ones(own.W.shape, int)
    own.dW, own.count, own.dcount = own.W + 0.5, np.arange(3), np.arange(2)
    assert weights_whole(own, x, y).evidence == {"names": "W"}, "a step into them fails, and they stay"
    own.update = lambda: setattr(own, "W", own.W - 0.1 * own.dW)
    assert str(weights_whole(own, x, y)).count("W") >= 1

    class Steps(Network):
        def update(self):
            self.W = self.W - self.learning_rate * self.dW

    own = Steps(rows)
    own.W = np.ones(own.W.shape, int)
    assert weights_whole(own, x, y) is None
    del Steps.update
    assert weights_whole(own, x, y).kind == "weights_whole"


def test_a_network_without_gradients_is_asked_for_them():
    own = Network(True)
    own.backward_step = lambda y: None
    with pytest.raises(TypeError, match="are not to be found: keep each beside its parameter"):
        Whole(own, X, Y)


@pytest.mark.parametrize(("kind", "said"), [
    (Network, None), (Draws, "mask_redrawn"), (Remembers, "remembers"), (Moves, "update_in_backward"),
    (Once, None), (Sized, "examples_remembered"),
])  # fmt: skip
def test_what_is_asked_is_said_in_a_diagnosis(kind, said):
    found = diagnose(kind(True), X, Y)
    assert (found and found.kind) == said, found
