"""Parameters on the way of a training loop of one's own: what is lost there is known by itself, in rows and columns."""

import numpy as np
import pytest
from test_own_loop import Batches, Counts, Network, RateFalls, Shuffled, Whole, Y

from nnlib.inspect import kept


class OneRound(Network):
    def fit(self, x, y, epochs=10):
        for epoch in range(epochs):
            for start in range(0, 9, 3):
                self.step(self.cut(x, start, start + 3), self.cut(y, start, start + 3))
            return epoch


class BeginsAnew(Network):
    def fit(self, x, y, epochs=10):
        first = self.W.copy(), self.b.copy()
        for _ in range(epochs):
            self.W, self.b = first[0].copy(), first[1].copy()
            for start in range(0, 9, 3):
                self.step(self.cut(x, start, start + 3), self.cut(y, start, start + 3))


class BiasAnew(Network):
    def fit(self, x, y, epochs=10):
        for epoch in range(epochs):
            self.b = np.full((1, 1), 0.1 * epoch)
            for start in range(0, 9, 3):
                self.step(self.cut(x, start, start + 3), self.cut(y, start, start + 3))


class Unused(Network):
    """Three ways back for each update, which takes the last one alone."""

    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            for start in range(0, 9, 3):
                self(self.cut(x, start, start + 3))
                self.backward_step(self.cut(y, start, start + 3))
            self.update()


class Piling(Network):
    """Three ways back for each update, which takes the sum of them: three times the mean where each is a mean."""

    share = 1.0

    def backward_step(self, y):
        old = getattr(self, "dW", 0 * self.W), getattr(self, "db", 0 * self.b)
        super().backward_step(y)
        self.dW, self.db = self.dW * self.share + old[0], self.db * self.share + old[1]

    def zero_grad(self):
        self.dW, self.db = 0 * self.W, 0 * self.b

    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            self.zero_grad()
            for start in range(0, 9, 3):
                self(self.cut(x, start, start + 3))
                self.backward_step(self.cut(y, start, start + 3))
            self.update()


class HalfOfAll(Piling):
    """A batch of six of nine, in two parts, whose gradients are added and divided as if there were three."""

    def update(self):
        self.W -= self.learning_rate * self.dW / 3
        self.b -= self.learning_rate * self.db / 3

    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            self.zero_grad()
            for start in (0, 3):
                self(self.cut(x, start, start + 3))
                self.backward_step(self.cut(y, start, start + 3))
            self.update()


class MeanOfParts(Piling):
    share = 1 / 3


class Within(Piling):
    """Steps after each batch, and its gradients are set to zero once a round: there are more weights than batches."""

    features = 15

    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            self.zero_grad()
            for start in range(0, 9, 3):
                self(self.cut(x, start, start + 3))
                self.backward_step(self.cut(y, start, start + 3))
                self.update()


class Best(Network):
    """Comes back to the best parameters, of which it keeps copies."""

    def fit(self, x, y, epochs=10):
        best, kept = np.inf, None
        for _ in range(epochs):
            self.step(x, y)
            now = self.loss(self(x), y)
            if now < best:
                best, kept = now, (self.W.copy(), self.b.copy())
        self.W, self.b = kept


class NotKept(Network):
    def fit(self, x, y, epochs=10):
        best, kept = np.inf, None
        for _ in range(epochs):
            self.step(x, y)
            now = self.loss(self(x), y)
            if now < best:
                best, kept = now, (self.W, self.b)
        self.W, self.b = kept


class NeverBack(Network):
    def fit(self, x, y, epochs=10):
        best = np.inf
        for _ in range(epochs):
            self.step(x, y)
            now = self.loss(self(x), y)
            if now < best:
                best = now
                best_weights = self.W.copy()  # noqa: F841


class Worst(Network):
    def fit(self, x, y, epochs=10):
        best, kept = 0.0, None
        for _ in range(epochs):
            self.step(x, y)
            loss = self.loss(self(x), y)
            if loss > best:
                best, kept = loss, (self.W.copy(), self.b.copy())
        self.W, self.b = kept


class UpOtherwise(Network):
    def __call__(self, x, training=False):
        self.x, self.z = x, x @ self.W + self.b if self.rows else self.W @ x + self.b
        self.output = np.tanh(self.z) if training else self.z
        return self.output

    def fit(self, x, y, epochs=10):
        for _ in range(epochs):
            self(x, training=True)
            self.backward_step(y)
            self.update()


class UpTheSame(UpOtherwise):
    def __call__(self, x, training=False):
        return super().__call__(x)


SAID = {
    Whole: None, Batches: None, Shuffled: None, RateFalls: None, Counts: None, Best: None, MeanOfParts: None,
    UpTheSame: None, OneRound: ("one_round", {}), BeginsAnew: ("begins_anew", {}), BiasAnew: ("begins_anew", {}),
    Unused: ("gradients_unused", {}), HalfOfAll: ("batch_of_all", {"count": 6, "of": 9}), Piling: None,
    Within: ("steps_within", {}),
    NotKept: ("best_not_kept", {"line": "best, kept = now, (self.W, self.b)"}),
    NeverBack: ("best_never_back", {"name_of_it": "best_weights"}), Worst: ("worst_kept", {}),
    UpOtherwise: ("up_otherwise", {"with": "training=True"}),
}  # fmt: skip


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize("kind", SAID)
def test_what_is_lost_on_the_way_is_known(kind, rows):
    x = np.random.default_rng(6).standard_normal((9, kind.features))
    own, (x, y) = kind(rows), (x, Y) if rows else (x.T, Y.T)
    before = own.W.copy(), x.copy(), y.copy()
    found = kept.lost_on_the_way(own, x, y)
    assert all(map(np.array_equal, before, (own.W, x, y))), "it is run on a copy"
    if SAID[kind] is None:
        assert found is None, found
    else:
        name, facts = SAID[kind]
        assert found.kind == name and found.evidence == {"name": "fit"} | facts
