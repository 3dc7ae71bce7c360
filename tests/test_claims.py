"""What lessons claim holds for any seed. A cell that claims so carries the tag `claim:` and the name of its test."""

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from nnlib import Adam, BinaryCrossEntropy, Dense, Dropout, He, NeuralNetwork, ReLU, Sigmoid
from nnlib.data import moons

SOURCES = Path(__file__).resolve().parent.parent / "lessons" / "source"
TAG = re.compile(r'"claim:(\w+)"')


def test_every_claim_of_a_lesson_has_its_test_and_every_test_its_claim():
    claimed = Counter(name for path in SOURCES.glob("*.py") for name in TAG.findall(path.read_text(encoding="utf-8")))
    tests = {name for name in globals() if name.startswith("test_")}
    tests.remove("test_every_claim_of_a_lesson_has_its_test_and_every_test_its_claim")
    assert {*claimed} == tests
    assert set(claimed.values()) == {1}


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


# --- Lesson 13 ---


def losses(seed, hidden=2, rate=0.0, factor=0.0, points=30):
    x, y = moons(points + 1300, noise=0.3, seed=seed)
    blocks = [(Dense(16), ReLU(), Dropout(rate, seed=0)) for _ in range(hidden)]
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
