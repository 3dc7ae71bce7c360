"""Initialisers: the spread that each one states, its shape, and its seed."""

import math

import numpy as np
import pytest

from nnlib import Glorot, He, Normal, Zeros

SPREAD = [
    (He(), math.sqrt(2 / 200)),  # 0.1
    (Glorot(), math.sqrt(2 / (200 + 300))),  # uniform in ±sqrt(6/500): variance limit²/3 = 2/500
    (Normal(), 0.01),
    (Normal(scale=3.0), 3.0),
    (Zeros(), 0.0),
]


@pytest.mark.parametrize(("initializer", "spread"), SPREAD)
def test_mean_and_spread(initializer, spread):
    weights = initializer((300, 200), np.random.default_rng(1))
    assert weights.shape == (300, 200)
    # 60,000 draws: the mean is off by spread / 245, so five times that is never met by chance
    assert abs(weights.mean()) <= 5 * spread / math.sqrt(weights.size), weights.mean()
    assert weights.std() == pytest.approx(spread, rel=0.02)


def test_he_looks_at_the_features_not_the_units():
    wide, tall = He()((4, 10_000), np.random.default_rng(0)), He()((10_000, 4), np.random.default_rng(0))
    assert wide.std() == pytest.approx(math.sqrt(2 / 10_000), rel=0.05)
    assert tall.std() == pytest.approx(math.sqrt(2 / 4), rel=0.05)


def test_glorot_is_uniform_up_to_its_limit():
    weights, limit = Glorot()((300, 300), np.random.default_rng(0)), 0.1  # sqrt(6 / 600)
    assert 0.0999 < np.abs(weights).max() <= limit
    assert np.mean(np.abs(weights) < limit / 2) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("initializer", [He(), Glorot(), Normal(), Zeros()])
def test_the_same_seed_draws_the_same_weights(initializer):
    one, other = (initializer((5, 7), np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(one, other)
