"""A network's own `predict`: each mistake is known by itself, in rows and in columns, and right ones are let be."""

import numpy as np
import pytest

from nnlib.inspect import predict
from nnlib.inspect.whole import Whole

SIZES = (3, 4, 5, 2)
BENDS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "tanh": np.tanh, "relu": lambda z: np.maximum(0, z), "": lambda z: z,
}  # fmt: skip


class Network:
    """A chain of layers; `up` goes up without one piece."""

    layers, learning_rate = (), 0.1

    def __init__(self, *bends, rows=True, bias=True, outputs=2, seed=0):
        rng, self.bends, self.rows = np.random.default_rng(seed), bends, rows
        sizes = (*SIZES[: len(bends)], outputs)
        turn = np.asarray if rows else np.transpose
        for k in range(1, len(sizes)):
            setattr(self, f"W{k}", turn(rng.standard_normal(sizes[k - 1 : k + 1])).copy())
            setattr(self, f"b{k}", turn(rng.standard_normal((1, sizes[k])) * bias).copy())

    def up(self, a, piece="", names=()):
        for k, bend in enumerate(self.bends, 1):
            if piece == "all that is done" and f"W{k}" in names:
                break
            left_out, W = piece if f"W{k}" in names else "", getattr(self, f"W{k}")
            a = a @ W if self.rows else W @ a
            if left_out != "the bias":
                a = a + getattr(self, f"b{k}")
            if bend == "softmax":
                e = np.exp(a - a.max(axis=self.rows * 1, keepdims=True))
                a = e / e.sum(axis=self.rows * 1, keepdims=True)
            elif left_out != "the activation":
                a = BENDS[bend](a)
        return a

    def __call__(self, x):
        self.output = self.up(x)
        return self.output

    def loss(self, output, y):
        return np.mean((output - y) ** 2)

    def backward_step(self, y):
        for k in range(1, len(self.bends) + 1):
            setattr(self, f"dW{k}", np.ones_like(getattr(self, f"W{k}")))
            setattr(self, f"db{k}", np.ones_like(getattr(self, f"b{k}")))

    def predict(self, x):
        return self.up(x)


def data(rows=True, outputs=2, m=9):
    rng = np.random.default_rng(5)
    x, y = rng.standard_normal((m, 3)), (rng.random((m, outputs)) > 0.5) * 1.0
    return (x, y) if rows else (x.T, y.T)


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("bends", [
    ("tanh", "relu", "sigmoid"), ("relu", "sigmoid", "softmax"), ("sigmoid", "tanh", ""), ("tanh", "sigmoid"),
    ("tanh", "softmax"), ("sigmoid",), ("softmax",),
])  # fmt: skip
def test_each_way_up_is_the_network_without_that_piece(bends, bias, rows):
    own, (x, y) = Network(*bends, rows=rows, bias=bias), data(rows)
    ways = predict.ways_up(whole := Whole(own, x, y))  # where biases that are all alike are moved apart
    names = [f"W{k}" for k in range(1, len(bends) + 1)]
    pieces = [("the activation", one) for one in names[:-1]]
    pieces += [("the activation", *names[:-1])] if len(names) == 3 else []
    pieces += [("all that is done", names[-1])] if len(names) > 1 else []
    pieces += [("the bias", one) for one in names]
    assert [*ways] == [None, *pieces]
    for key, way in ways.items():
        piece, *of = key or ("",)
        np.testing.assert_allclose(way, whole.own.up(x, piece, of))


class Skips(Network):
    def up(self, a):
        h = np.tanh(a @ self.W1) if self.rows else np.tanh(self.W1 @ a)
        return (h + 0.5 * a[:, :1]) @ self.W2 if self.rows else self.W2 @ (h + 0.5 * a[:1])


class Small(Network):
    """Gives out a hundred-millionth of what others do."""

    def __init__(self, *bends, **more):
        super().__init__(*bends, **more)
        self.W2, self.b2 = 1e-8 * self.W2, 1e-8 * self.b2


class Bent(Network):
    def up(self, a):
        return self.times(np.arctan(self.times(a, self.W1)), self.W2)

    def times(self, a, W):
        return a @ W if self.rows else W @ a


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize("kind", [Skips, Bent])
def test_of_what_is_no_chain_of_known_bends_no_piece_is_taken(kind, rows):
    assert predict.ways_up(Whole(kind("tanh", "", rows=rows), *data(rows))) is None


# What is said, and of which facts --------------------------------------------------------------------------


class Drops(Network):
    """Dropout behind the hidden layer; `scale` is what a number that stays is multiplied with."""

    kept, scale, training = 0.6, 1 / 0.6, True

    def up(self, a):
        h = np.tanh(self.times(a, self.W1) + self.b1)
        if self.training:
            h = h * (np.random.random(h.shape) < self.kept) * self.scale  # noqa: NPY002
        return self.times(h, self.W2) + self.b2 if self.bends[1] == "" else BENDS["sigmoid"](self.times(h, self.W2))

    times = Bent.times

    def predict(self, x):
        self.training = False
        out = self.up(x)
        self.training = True
        return out


class Normed(Network):
    """Batch-norm behind the first layer: `kept` is what is remembered of the variance."""

    @staticmethod
    def kept(variance):
        return variance

    def up(self, a, training=True):
        z = Bent.times(self, a, self.W1) + self.b1
        mean, variance = (one(z, axis=0 if self.rows else 1, keepdims=True) for one in (np.mean, np.var))
        if not hasattr(self, "running"):
            self.running = [0 * mean, 0 * mean + 1]
        if training:
            self.running = [0.9 * old + 0.1 * new for old, new in
                            zip(self.running, (mean, self.kept(variance)), strict=True)]  # fmt: skip
        else:
            mean, variance = self.running
        return Bent.times(self, np.tanh((z - mean) / np.sqrt(variance + 1e-5)), self.W2) + self.b2

    def predict(self, x):
        return self.up(x, training=False)


def turned(own, one):
    return one if own.rows else one.T


def made(base=Network, bends=("tanh", "sigmoid"), says=None, outputs=2, **more):
    """A network whose `predict` is `says(self, x, what the network gives out, each row an example)`."""
    def predict(self, x):
        said = says(self, x, turned(self, self.up(x)))
        return turned(self, said) if np.ndim(said) == 2 else said

    kind = type("Made", (base,), {"__module__": __name__} | more | ({"predict": predict} if says else {}))
    return lambda rows: kind(*bends, rows=rows, outputs=outputs)


def decided(said):
    return {"outputs": 1, "says": said}


def score(self, x, y):
    return np.mean(np.ravel(self.predict(x)) == np.ravel(y)[:, None])


def sure(self, x):
    return Drops.predict(self, x) > 0.5


RARE = {"kept": 0.3, "scale": 1 / 0.3}
CLASSES = {"bends": ("tanh", "softmax"), "outputs": 3}
WRONG = {
    "dropout_when_predicting": (made(Drops, ("tanh", ""), predict=lambda self, x: self.up(x)), {}),
    "batch_when_predicting": (made(says=lambda self, x, out: out - out.mean(axis=0)), {}),
    "batch_when_predicting yes": (made(**decided(lambda self, x, out: out > out.mean())), {}),
    "predict_remembers": (made(predict=lambda self, x: getattr(self, "output", self.up(x))), {}),
    "running_values_wrong": (made(Normed, ("tanh", ""), kept=staticmethod(lambda variance: 0.1 * variance)), {}),
    "mode_stays": (made(Drops, ("tanh", ""), predict=lambda self, x: (
        setattr(self, "training", False) or self.up(x))), {}),
    "dropout_unscaled": (made(Drops, ("tanh", ""), scale=1.0), {}),
    "dropout_scale": (made(Drops, ("tanh", ""), scale=0.6), {"kept": 0.6, "scale": 0.6, "share": 0.36, "usual": 1}),
    "dropout_scale large": (made(Drops, ("tanh", ""), kept=0.73, scale=3.0), {"scale": 3}),
    "dropout_exchanged": (made(Drops, ("tanh", ""), scale=1 / 0.4), {"kept": 0.6, "left": 0.4, "scale": 2.5}),
    "dropout_scaled_twice": (made(Drops, ("tanh", ""), **RARE | {"scale": 1 / 0.09}), {"scale": 1 / 0.09}),
    "dropout_unscaled yes": (made(Drops, outputs=1, scale=1.0, predict=sure), {}),
    "piece_left_out": (made(predict=lambda self, x: self.up(x, "the activation", ["W1"])),
                       {"what": "the activation", "where": "layer of `W1`"}),
    "piece_left_out both": (made(bends=("tanh", "relu", ""), predict=lambda self, x: (
        self.up(x, "the activation", ["W1", "W2"]))), {"what": "the activation", "where": "layers of `W1` and `W2`"}),
    "piece_left_out bias": (made(bends=("tanh", "relu", ""), predict=lambda self, x: self.up(x, "the bias", ["W2"])),
                            {"what": "the bias", "where": "layer of `W2`"}),
    "piece_left_out small": (made(Small, ("tanh", ""), predict=lambda self, x: self.up(x, "the activation", ["W1"])),
                             {"where": "layer of `W1`"}),
    "piece_left_out yes": (made(**decided(lambda self, x, out: (
        turned(self, self.up(x, "the activation", ["W1"])) > 0.5))), {"where": "layer of `W1`"}),
    "array_unheard": (made(Skips, ("tanh", ""), says=lambda self, x, out: (
        np.tanh(turned(self, x) @ np.ones((3, 4))) @ turned(self, self.W2))), {"names": "`W1`"}),
    "bent_twice": (made(says=lambda self, x, out: np.exp(out) / np.exp(out).sum(1)[:, None], **CLASSES),
                   {"method": "predict", "bend": "Softmax"}),
    "bent_twice sigmoid": (made(says=lambda self, x, out: BENDS["sigmoid"](out)), {"bend": "Sigmoid"}),
    "bent_twice probabilities": (made(predict_proba=lambda self, x: BENDS["sigmoid"](self.up(x)),
                                      says=lambda self, x, out: out > 0.5), {"method": "predict_proba"}),
    "answers_cut": (made(bends=("relu", "sigmoid"), **decided(lambda self, x, out: out.astype(int))), {"k": 1}),
    "answers_turned": (made(**decided(lambda self, x, out: out <= 0.5)), {"k": 1, "m": 9}),
    "smallest_for_largest": (made(says=lambda self, x, out: out.argmin(axis=1), **CLASSES), {"k": 3, "m": 9}),
    "largest_of_all": (made(predict=lambda self, x: self.up(x).argmax(), **CLASSES), {"k": 3, "m": 9}),
    "largest_of_examples": (made(says=lambda self, x, out: out.argmax(axis=0), **CLASSES), {"k": 3, "m": 9}),
    "largest_of_yes": (made(says=lambda self, x, out: (out > 0.5).argmax(axis=1), **CLASSES), {"k": 3, "m": 9}),
    "one_answer": (made(**decided(lambda self, x, out: 1.0 * (out > 2))), {"answer": 0}),
    "one_answer_of": (made(says=lambda self, x, out: np.ones(len(out)), **CLASSES), {"answer": 1, "k": 3}),
    "score_of_pairs": (made(accuracy=score, **decided(lambda self, x, out: 1.0 * (out > 0.5))),
                       {"name": "accuracy", "m": 9, "pairs": 81}),
    "score_of_pairs percent": (made(score=lambda self, x, y: 100 * score(self, x, y),
                                    **decided(lambda self, x, out: 1.0 * (out > 0.5))), {"name": "score"}),
}  # fmt: skip


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize("name", WRONG)
def test_each_mistake_is_known_by_itself(name, rows):
    make, facts = WRONG[name]
    own = make(rows)
    found = predict.mistaken(own, *data(rows, own.b2.size))
    assert found and found[0] == name.partition(" ")[0], found
    for fact, value in facts.items():
        assert found[1][fact] == (value if isinstance(value, str) else pytest.approx(value)), found


@pytest.mark.parametrize("kept", [0.5, 0.58, 0.6, 0.618, 0.65, 0.8])
def test_which_mistake_of_two_a_dropout_makes_is_said_only_where_the_other_does_not_fit(kept):
    """What is kept 0.618 times and scaled twice is as large as what is scaled by what is left out, 0.382."""
    twice, exchanged = (predict.of_dropout(made(Drops, ("tanh", ""), kept=kept, scale=scale)(True), *data(), None)
                        for scale in (kept**-2, 1 / (1 - kept)))  # fmt: skip
    near = kept == 0.618
    assert twice[0] == ("dropout_scale" if near else "dropout_scaled_twice")
    assert (exchanged and exchanged[0]) == (None if kept == 0.5 else "dropout_scale" if near else "dropout_exchanged")


RIGHT = {
    "the same": made(says=lambda self, x, out: out), "yes and no": made(**decided(lambda self, x, out: out > 0.5)),
    "a class": made(says=lambda self, x, out: out.argmax(axis=1), **CLASSES),
    "dropout": made(Drops, ("tanh", "")), "dropout, rare": made(Drops, ("tanh", ""), **RARE),
    "none": made(), "batch-norm": made(Normed, ("tanh", "")),
    "batch-norm, as others do": made(Normed, ("tanh", ""), kept=staticmethod(lambda variance: 9 / 8 * variance)),
    "a score": made(score=lambda self, x, y: np.mean(np.ravel(self.predict(x)) == np.ravel(y)),
                                    **decided(lambda self, x, out: 1.0 * (out > 0.5))),
}  # fmt: skip


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize("name", RIGHT)
def test_of_what_is_right_nothing_is_said(name, rows):
    own = RIGHT[name](rows)
    assert predict.mistaken(own, *data(rows, getattr(own, f"b{len(own.bends)}").size)) is None
