"""What lessons claim holds for any seed. A cell that claims so carries the tag `claim:` and the name of its test."""

import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from lessons.checks.remember import book
from nnlib import Adam, BinaryCrossEntropy, Dense, Dropout, He, NeuralNetwork, ReLU, Sigmoid
from nnlib.callback import LearningRateScheduler
from nnlib.data import load_mnist, load_zeros_and_ones, moons

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

import claims

SOURCES = Path(__file__).resolve().parent.parent / "lessons" / "source"
TAG = re.compile(r'"claim:(\w+)"')


def test_every_claim_of_a_lesson_has_its_test_and_every_test_its_claim():
    claimed = Counter(name for path in SOURCES.glob("*.py") for name in TAG.findall(path.read_text(encoding="utf-8")))
    here = Path(__file__).read_text(encoding="utf-8").split("# --- Lesson 02 ---")[-1]
    more = (Path(__file__).parent / "test_more_claims.py").read_text(encoding="utf-8")
    assert {*claimed} == set(re.findall(r"^def (test_\w+)", here + more, re.MULTILINE))
    assert set(claimed.values()) == {1}


def test_every_sentence_that_claims_much_has_been_weighed_and_is_still_there():
    sentences = {sentence for path in SOURCES.glob("[0-9][0-9]_*.py") for _, sentence in claims.claims(path)}
    known = claims.weighed()
    assert sorted(sentences - known.keys()) == [], "reword it, give it a test, or say in tests/claims.txt what it is"
    assert sorted(known.keys() - sentences) == [], "these sentences of tests/claims.txt are in no lesson any more"


def test_the_report_lists_sentences_that_claim_much_and_no_tagged_ones(tmp_path):
    source = tmp_path / "00_some.py"
    source.write_text(
        "# %% [markdown]\n# One falls. It always falls.\n#\n# - **a** – it never does\n\n"
        '# %% [markdown] tags=["claim:test_it"]\n# Every one falls.\n\n# %%\nmost = 1\n', encoding="utf-8"
    )
    assert list(claims.claims(source)) == [(2, "It always falls.")]


# --- Lesson 02 ---


@pytest.mark.parametrize("seed", range(12))
def test_the_weight_of_redness_ends_below_zero(seed):
    kiwis = np.array([[0.1, 0.7, 0.2, 0.8, 0.3, 0.9], [0.7, 0.3, 0.9, 0.2, 0.8, 0.4]])
    neuron = NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(), 0.5, seed=seed)
    neuron.fit(kiwis, np.array([[1, 0, 1, 0, 1, 0]]), epochs=300)
    assert neuron.layers[0][0].weights[0, 0] < 0 < neuron.layers[0][0].weights[0, 1]


# --- Lesson 05 ---


def test_the_number_of_steps_falls_then_rises_with_the_rate():
    def steps(rate):
        w = -3.0
        for step in range(200):
            w -= rate * 1.25 * (w - 2)
            if abs(w - 2) < 0.01:
                return step
        return np.inf

    counted = [steps(rate) for rate in np.geomspace(0.05, 1.55, 40)]
    turn = int(np.argmin(counted))
    assert 0 < turn < 39
    assert counted[:turn] == sorted(counted[:turn], reverse=True) and counted[turn:] == sorted(counted[turn:])


# --- Lesson 08 ---


def trained(seed, slip=False, frozen=False):
    """The last loss of lesson 08's network, with the wrong line or with hidden layers that do not learn."""
    x, y = moons(200, 0.1, 0)
    model = NeuralNetwork(
        ((Dense(8), ReLU()), (Dense(8), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.3, seed=seed
    ).build(2)
    rng = np.random.default_rng(seed)
    layers = [block[0] for block in model.layers]
    for layer in layers:
        layer.weights[...] = rng.normal(size=layer.weights.shape)
        layer.bias[...] = 0
        if slip:
            layer.backward = lambda grad_output, layer=layer: layer.grad_weights.T @ grad_output
    for _ in range(500):
        model(x)
        loss = model.training_loss(y)
        model.backward_step(y)
        for layer in layers[-1:] if frozen else layers:
            layer.weights[...] -= 0.3 * layer.grad_weights
            layer.bias[...] -= 0.3 * layer.grad_bias
    return loss


@pytest.mark.parametrize("first", (0, 8))
def test_the_right_line_ends_far_below_the_other_two(first):
    better = 0
    for seed in range(first, first + 8):
        right, published, frozen = trained(seed), trained(seed, slip=True), trained(seed, frozen=True)
        assert right < 0.5 * published and right < 0.7 * frozen, (seed, right, published, frozen)
        better += published > frozen
    assert better >= 5, "the published line is seldom worse than frozen layers"


@pytest.mark.parametrize("seed", range(8))
def test_a_right_gradient_agrees_to_six_digits_but_at_a_corner_and_where_it_is_flat(seed):
    check = book.solution_namespace("08.5")["gradient_check"]
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(3, 20)), (rng.random((1, 20)) > 0.5) * 1.0

    def answers(weights):
        return 1 / (1 + np.exp(-(weights[np.newaxis] @ x)))

    def surprise(weights):
        return -np.log(1 - np.abs(answers(weights) - y)).mean()

    weights = rng.normal(size=3)
    assert check(surprise, weights, x @ (answers(weights) - y)[0] / 20) < 1e-6

    def flat(z):
        return (1 / (1 + np.exp(-z[0])) - 1) ** 2

    a = 1 / (1 + np.exp(18 + seed / 4))
    assert check(flat, np.array([-18 - seed / 4]), np.array([2 * (a - 1) * a * (1 - a)])) > 1e-6
    far, large = 5e-4, 100.0 + seed  # the corner is fifty steps of ε away, and the input is large
    assert check(lambda v: max(0.0, large * v[0] + v[1]), np.array([0.0, -far]), np.zeros(2)) > 0.5


@pytest.mark.parametrize("seed", range(8))
def test_a_much_smaller_step_measures_many_times_worse(seed):
    x, y = (part[:, :20] for part in moons(200, 0.1, seed))
    layers = ((Dense(8), ReLU()), (Dense(8), ReLU()), (Dense(1), Sigmoid()))
    network = NeuralNetwork(layers, BinaryCrossEntropy(), 0.1, seed=seed)
    network(x)
    network.backward_step(y)
    analytic = np.concatenate([array.ravel() for layer in network.layers
                               for array in (layer[0].grad_weights, layer[0].grad_bias)])  # fmt: skip
    here, errors = network.parameters.copy(), []
    for step in (1e-5, 1e-13):
        measured = []
        for one in np.eye(here.size):
            sides = []
            for way in (step, -step):
                network.parameters[:] = here + way * one
                sides.append(network.evaluate(x, y))
            measured.append((sides[0] - sides[1]) / (2 * step))
        errors.append(np.abs(analytic - measured).max() / (np.abs(analytic).max() + np.abs(measured).max()))
    assert errors[0] < 1e-7 and errors[1] > 1000 * errors[0], errors


# --- Lesson 09 ---


@pytest.mark.parametrize("seed", range(8))
def test_weights_of_size_1_end_at_a_coin_toss_and_a_tenth_of_them_read_the_digits(seed):
    x_train, y_train, x_test, y_test = load_zeros_and_ones()
    rights = []
    for scale in (1.0, 0.1):
        rng = np.random.default_rng(seed)
        w1, w2 = (scale * rng.normal(size=shape) for shape in ((16, 784), (1, 16)))
        b1, b2 = np.zeros((16, 1)), np.zeros((1, 1))
        with np.errstate(all="ignore"):
            exact = []
            for epoch in range(60):
                z1 = w1 @ x_train + b1
                h = np.maximum(z1, 0)
                z2 = w2 @ h + b2
                a = 1 / (1 + np.exp(-z2))
                exact.append(((a == 0) | (a == 1)).any())
                if epoch == 0:
                    assert np.abs(z2).max() > 30 if scale == 1 else np.abs(z2).max() < 2
                    assert scale < 1 or np.median(np.abs(z1)) > 4
                dz2 = (a - y_train) / (a * (1 - a)) * a * (1 - a)
                dz1 = (w2.T @ dz2) * (h > 0)
                w2 -= 0.5 * dz2 @ h.T / 700
                b2 -= 0.5 * dz2.mean()
                w1 -= 0.5 * dz1 @ x_train.T / 700
                b1 -= 0.5 * dz1.mean(axis=1, keepdims=True)
            output = 1 / (1 + np.exp(-(w2 @ np.maximum(w1 @ x_test + b1, 0) + b2)))
        rights.append(np.mean((output > 0.5) == y_test))
        assert any(exact[:2]) == (scale == 1) and np.isnan(w1).any() == (scale == 1)
    assert rights[0] < 0.6 and rights[1] > 0.95


# --- Lesson 11 ---


def test_he_changes_the_size_little_over_ten_layers():
    for seed in range(24):
        rng = np.random.default_rng(seed)
        x, sizes = rng.normal(size=(64, 200)), {}
        for name, size in (("He", None), ("1", 1.0), ("0.01", 0.01)):
            z = x
            for _ in range(10):
                weights = He()((64, 64), rng) if size is None else rng.normal(0, size, (64, 64))
                z = np.maximum(weights @ z, 0)
            sizes[name] = z.std()
        assert 0.2 < sizes["He"] < 3, (seed, sizes)
        assert sizes["1"] > 1e6 and sizes["0.01"] < 1e-10, (seed, sizes)


# --- Lesson 12 ---


def of_lesson_12(seed, **how):
    layers = ((Dense(8), ReLU()), (Dense(1), Sigmoid()))
    return NeuralNetwork(layers, BinaryCrossEntropy(), seed=seed, **how)


@pytest.mark.parametrize("seed", range(8))
def test_the_smaller_of_three_batches_gets_further_in_twenty_epochs(seed):
    x, y = moons(1000, 0.1, seed)
    losses = []
    for size in (1000, 100, 10):
        model = of_lesson_12(seed, learning_rate=0.3)
        model.fit(x, y, epochs=20, batch_size=size)
        losses.append(model.evaluate(x, y))
    assert losses[0] > losses[1] > losses[2]


@pytest.mark.parametrize("seed", range(8))
def test_a_schedule_ends_the_shaking(seed):
    x, y = moons(1000, 0.1, seed)
    rate = lambda step: 0.2 * step / 50 if step <= 50 else 0.1 * (1 + np.cos(np.pi * (step - 50) / 1950))  # noqa: E731
    shaking = []
    for callbacks in ((), [LearningRateScheduler(rate)]):
        model = of_lesson_12(seed, optimizer=Adam(0.2))
        losses = model.fit(x, y, epochs=20, batch_size=10, callbacks=callbacks).loss
        shaking.append(np.std(np.diff(losses[-8:])))
    assert shaking[1] < shaking[0] / 2


# --- Lesson 13 ---


def losses(seed, hidden=2, rate=0.0, factor=0.0, points=30):
    x, y = moons(points + 1300, noise=0.3, seed=seed)
    blocks = [(Dense(16), ReLU(), Dropout(rate, seed=layer)) for layer in range(hidden)]
    network = NeuralNetwork(
        (*blocks, (Dense(1), Sigmoid())), BinaryCrossEntropy(), optimizer=Adam(0.01), regularization_factor=factor,
        seed=seed,
    )  # fmt: skip
    network.fit(x[:, :points], y[:, :points], epochs=300)
    return network.evaluate(x[:, points : points + 300], y[:, points : points + 300])


@pytest.mark.parametrize("first", (0, 8, 16, 24))
def test_no_remedy_wins_every_draw(first):
    changes = {
        "L2": {"factor": 0.5}, "dropout": {"rate": 0.4}, "200 points": {"points": 200}, "straight": {"hidden": 0},
    }  # fmt: skip
    winners = Counter()
    for seed in range(first, first + 8):
        nothing, found = losses(seed), {name: losses(seed, **change) for name, change in changes.items()}
        winners[min(found, key=found.get)] += 1
        for name in ("L2", "200 points", "straight"):
            assert found[name] < 0.7 * nothing, (seed, name, found[name], nothing)
    assert max(winners.values()) < 8, winners


# --- Lesson 14 ---


class LongWay:
    """Lesson 14's Softmax: nnlib does not know it, so no shortcut is taken."""

    def __call__(self, z):
        powers = np.exp(z - z.max(axis=0, keepdims=True))
        return powers / powers.sum(axis=0, keepdims=True)

    def backward(self, grad_output):
        average = (self.output * grad_output).sum(axis=0, keepdims=True)
        return self.output * (grad_output - average)


class Surprise:
    def __call__(self, output, labels):
        return float(-np.log(np.maximum((labels * output).sum(axis=0), 1e-300)).mean())

    def gradient(self, output, labels):
        return -labels / np.maximum(output, 1e-300)


class ShortcutInTheLoss(Surprise):
    def gradient(self, output, labels):
        return output - labels


def of_lesson_14(loss, spread, seed):
    """The network after its ten epochs, its losses, and a function for the share of images that it reads."""
    x, y, x_test, y_test = load_mnist()
    layers = ((Dense(32), ReLU()), (Dense(10), LongWay()))
    network = NeuralNetwork(layers, loss, learning_rate=0.3, seed=seed).build(784)
    network.parameters[:] *= spread
    losses = network.fit(x, np.eye(10)[:, y[0].astype(int)], epochs=10, batch_size=64).loss
    return losses, lambda images: np.mean(network.predict(images).argmax(axis=0) == y_test[0]), x_test


@pytest.mark.parametrize("seed", range(8))
def test_the_shortcut_twice_costs_little_after_a_mild_beginning_and_much_after_a_bold_one(seed):
    once, right, x_test = of_lesson_14(Surprise(), 1, seed)
    twice, careless, _ = of_lesson_14(ShortcutInTheLoss(), 1, seed)
    assert (np.diff(once) < 0).all() and (np.diff(twice) < 0).all()
    assert right(x_test) - careless(x_test) < 0.05
    bold, _, _ = of_lesson_14(Surprise(), 10, seed)
    bold_twice, _, _ = of_lesson_14(ShortcutInTheLoss(), 10, seed)
    assert bold_twice[-1] > 10 * bold[-1]


@pytest.mark.parametrize("seed", range(8))
def test_moved_by_four_pixels_a_quarter_is_read(seed):
    _, right, x_test = of_lesson_14(Surprise(), 1, seed)
    wider = np.pad(x_test.reshape(28, 28, -1), ((0, 0), (4, 0), (0, 0)))
    assert 0.2 < right(wider[:, :28].reshape(784, -1)) < 0.3
