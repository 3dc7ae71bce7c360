"""A training loop of one's own: what goes wrong between its phases is known by itself, in rows and in columns."""

import numpy as np
import pytest

from nnlib.inspect import loop

X, Y = np.random.default_rng(5).standard_normal((9, 3)), np.arange(9.0)[:, None] ** 2 / 81


class Network:
    """One layer, of rows or of columns; `fit` stands in the classes below."""

    layers, features = (), 3

    def __init__(self, rows):
        self.rows, self.learning_rate = rows, 0.05
        rng = np.random.default_rng(0)
        self.W, self.b = rng.standard_normal((self.features, 1)), np.zeros((1, 1))
        if not rows:
            self.W = self.W.T.copy()

    def __call__(self, x):
        self.x = x
        self.output = x @ self.W + self.b if self.rows else self.W @ x + self.b
        return self.output

    def loss(self, output, y):
        return np.mean((output - y) ** 2)

    def backward_step(self, y):
        d = 2 * (self.output - y) / y.size
        self.dW = self.x.T @ d if self.rows else d @ self.x.T
        self.db = d.sum().reshape(1, 1)

    def update(self):
        self.W -= self.learning_rate * self.dW
        self.b -= self.learning_rate * self.db

    def cut(self, x, start, stop):
        return x[start:stop] if self.rows else x[:, start:stop]

    def step(self, x, y):
        self(x)
        self.backward_step(y)
        self.update()


class Whole(Network):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            self.step(x, y)


class Batches(Network):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            for start in range(0, 9, 3):
                self.step(self.cut(x, start, start + 3), self.cut(y, start, start + 3))


class Scaled(Network):
    def fit(self, x, y, epochs=10):
        y = (y - y.mean()) / y.std()
        for _ in range(epochs):
            for start in range(0, 9, 3):
                self.step(self.cut(x, start, start + 3), self.cut(y, start, start + 3))


class Shuffled(Network):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            order = np.random.permutation(9)  # noqa: NPY002
            for start in range(0, 9, 3):
                some = order[start : start + 3]
                self.step(x[some] if self.rows else x[:, some], y[some] if self.rows else y[:, some])


class InPlace(Network):
    """Writes into the examples that it is given."""

    def fit(self, x, y, epochs=10):
        x -= x.mean()
        for _ in range(epochs):
            self.step(x, y)


class Torn(Network):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            order = np.random.permutation(9)  # noqa: NPY002
            for start in range(0, 9, 3):
                some = order[start : start + 3]
                self.step(x[some] if self.rows else x[:, some], self.cut(y, start, start + 3))


class ScaledTorn(Network):
    def fit(self, x, y, epochs=10):
        y = (y - y.min()) / (y.max() - y.min()) * 1.0
        for _ in range(epochs):
            for start in range(0, 9, 3):
                self.step(self.cut(x, start, start + 3), self.cut(y, 6 - start, 9 - start))


class UpdateFirst(Network):
    def fit(self, x, y, epochs=10):
        self(x)
        self.backward_step(y)
        for _ in range(epochs):
            self(x)
            self.update()
            self.backward_step(y)


class StepsAgain(Network):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            self.step(x, y)
            self.update()


class UpForgotten(Network):
    def fit(self, x, y, epochs=10):
        self(x)
        for _ in range(epochs):
            self.backward_step(y)
            self.update()


class Empty(Network):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            for start in range(0, 12, 3):
                self.step(self.cut(x, start, start + 3), self.cut(y, start, start + 3))


class Overlap(Network):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            for start in range(5):
                self.step(self.cut(x, start, start + 3), self.cut(y, start, start + 3))


class SameBatch(Network):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            for _ in range(3):
                self.step(self.cut(x, 0, 3), self.cut(y, 0, 3))


class LastLeftOut(Network):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            for k in range((x.shape[0] if self.rows else x.shape[1]) // 4):
                self.step(self.cut(x, 4 * k, 4 * k + 4), self.cut(y, 4 * k, 4 * k + 4))


class EndsAtOnce(Network):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            for start in range(0, 9, 3):
                self(self.cut(x, start, start + 3))
                self.backward_step(self.cut(y, start, start + 3))
                self.update()
                break


class RateFalls(Network):
    def fit(self, x, y, epochs=10):
        for epoch in range(epochs):
            self.learning_rate = 0.05 / (1 + 0.1 * epoch)
            self.step(x, y)


class RateCompounds(Network):
    def fit(self, x, y, epochs=10):
        for epoch in range(epochs):
            self.learning_rate = self.learning_rate / (1 + 0.1 * epoch)
            self.step(x, y)


class Adam(Network):
    """With moments, and a number `t` of steps that its loop counts."""

    def __init__(self, rows):
        super().__init__(rows)
        self.t, self.m, self.v = 0, np.zeros_like(self.W), np.zeros_like(self.W)

    def update(self):
        self.m = 0.9 * self.m + 0.1 * self.dW
        self.v = 0.99 * self.v + 0.01 * self.dW**2
        m, v = self.m / (1 - 0.9**self.t), self.v / (1 - 0.99**self.t)
        self.W -= self.learning_rate * m / (np.sqrt(v) + 1e-8)


class Counts(Adam):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            for start in range(0, 9, 3):
                self.t += 1
                self.step(self.cut(x, start, start + 3), self.cut(y, start, start + 3))


class CountsRounds(Adam):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            self.t += 1
            for start in range(0, 9, 3):
                self.step(self.cut(x, start, start + 3), self.cut(y, start, start + 3))


class CountsAnew(Adam):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            self.t = 0
            for start in range(0, 9, 3):
                self.t += 1
                self.step(self.cut(x, start, start + 3), self.cut(y, start, start + 3))


class MemoryAnew(Adam):
    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            self.t += 1
            self.m, self.v = np.zeros_like(self.W), np.zeros_like(self.W)
            self.step(x, y)


SAID = {
    Whole: None, Batches: None, InPlace: None, Scaled: None, Shuffled: None, RateFalls: None, Counts: None,
    Torn: ("pairs_torn", {}), ScaledTorn: ("pairs_torn", {}), UpdateFirst: ("update_before_back", {}),
    StepsAgain: ("steps_again", {}), UpForgotten: ("way_up_forgotten", {}), Empty: ("batch_empty", {}),
    Overlap: ("batches_overlap", {"unseen": 2, "of": 9, "size": 3}),
    SameBatch: ("same_batch", {"unseen": 6, "of": 9, "size": 3, "count": 3}),
    LastLeftOut: ("last_batch_left_out", {"unseen": 1, "of": 9, "size": 4}),
    EndsAtOnce: ("ends_at_once", {"line": "for start in range(0, 9, 3):"}),
    RateCompounds: ("rate_falls_faster", {"count": 6}),
    CountsRounds: ("adam_counter_of_rounds", {"t": "t", "count": 3}),
    CountsAnew: ("adam_counter_anew", {"t": "t", "count": 1}),
    MemoryAnew: ("memory_begins_anew", {"memory": "m"}),
}  # fmt: skip


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize("kind", SAID)
def test_what_goes_wrong_between_the_phases_is_known(kind, rows, monkeypatch):
    told = []
    monkeypatch.setattr(loop, "sentence", lambda kind, facts: told.append((kind, facts)) or kind)
    own, (x, y) = kind(rows), (X, Y) if rows else (X.T, Y.T)
    before = own.W.copy(), x.copy(), y.copy()
    found = loop.torn(own, x, y)
    assert all(map(np.array_equal, before, (own.W, x, y))), "it is run on a copy"
    if SAID[kind] is None:
        assert found is None, found
    else:
        (name, facts), = told
        assert found.kind == name == SAID[kind][0] and found.evidence == {"method": "fit"}
        assert facts.items() >= ({"name": "fit"} | SAID[kind][1]).items()
