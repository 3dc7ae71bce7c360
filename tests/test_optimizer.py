"""Optimisers: two steps of each worked by hand, state, counter, refused settings."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlib.optimizer
from nnlib import SGD, Adam, AdamW, Dense, MeanSquaredError, Momentum, Nesterov, NeuralNetwork, RMSProp

STEPS = [
    # start 1, gradient 2 and then -1, learning rate 0.1
    (SGD(0.1), 0.8, 0.9),
    (Momentum(0.1, 0.5), 0.8, 0.8),  # velocity 2; 0.5 · 2 - 1 = 0
    (Nesterov(0.1, 0.5), 0.7, 0.8),  # velocity 2: 2 + 0.5 · 2 = 3; velocity 0: -1
    # mean square 0.25 · 4 = 1, step 0.1 · 2 / 1; then 0.75 + 0.25 = 1, step -0.1 · 1 / 1
    (RMSProp(0.1, decay=0.75, epsilon=0), 0.8, 0.9),
    # step 1: both corrections undo the (1 - beta): 0.1 · 2 / 2; step 2: mean (0.5·1 - 0.5)/(1 - 0.25) = 0
    (Adam(0.1, beta1=0.5, beta2=0.75, epsilon=0), 0.9, 0.9),
    # first 1 - 0.1 · 2 = 0.8 times the parameter, then Adam's step: 0.8 - 0.1; 0.7 · 0.8 - 0
    (AdamW(0.1, beta1=0.5, beta2=0.75, epsilon=0, weight_decay=2), 0.7, 0.56),
]


@pytest.mark.parametrize(("optimizer", "first", "second"), STEPS, ids=[type(row[0]).__name__ for row in STEPS])
def test_two_steps_by_hand(optimizer, first, second):
    parameters = np.array([1.0])
    optimizer.reset()
    for gradient, expected in ((2.0, first), (-1.0, second)):
        assert optimizer.step(parameters, np.array([gradient])) is None
        assert parameters[0] == pytest.approx(expected, rel=1e-14), f"{optimizer!r}, step {optimizer.steps}"


def test_epsilon_stands_outside_the_root_and_after_the_correction():
    parameters = np.array([1.0])
    Adam(0.1, epsilon=2.0).step(parameters, np.array([2.0]))
    assert parameters[0] == pytest.approx(1 - 0.1 * 2 / (2 + 2.0), rel=1e-14)
    parameters = np.array([1.0])
    RMSProp(0.1, decay=0.75, epsilon=3.0).step(parameters, np.array([2.0]))  # root of a quarter of 4 is 1
    assert parameters[0] == pytest.approx(1 - 0.1 * 2 / (1 + 3.0), rel=1e-14)


def plain_adam(parameters, gradients, learning_rate, beta1, beta2, epsilon):
    """The docstring's formula word for word."""
    mean = mean_square = np.zeros_like(parameters)
    for t, gradient in enumerate(gradients, start=1):
        mean = beta1 * mean + (1 - beta1) * gradient
        mean_square = beta2 * mean_square + (1 - beta2) * gradient**2
        size = np.sqrt(mean_square / (1 - beta2**t)) + epsilon
        parameters = parameters - learning_rate * mean / (1 - beta1**t) / size
    return parameters


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, 0.99), st.floats(0, 0.9999), st.floats(1e-10, 1), st.floats(1e-4, 1))
def test_adam_s_ten_passes_are_its_formula(seed, beta1, beta2, epsilon, rate):
    gradients = np.random.default_rng(seed).normal(0, 3, (20, 5))
    parameters, adam = np.linspace(-1, 1, 5), Adam(rate, beta1, beta2, epsilon)
    for gradient in gradients:
        adam.step(parameters, gradient)
    expected = plain_adam(np.linspace(-1, 1, 5), gradients, rate, beta1, beta2, epsilon)
    np.testing.assert_allclose(parameters, expected, rtol=1e-10, atol=1e-12)


OPTIMIZERS = [SGD, Momentum, Nesterov, RMSProp, Adam, AdamW]


@pytest.mark.parametrize("make", OPTIMIZERS)
def test_parameters_change_in_place_gradients_do_not(make):
    parameters, gradients = np.ones(3), np.array([1.0, -2.0, 0.5])
    kept = gradients.copy()
    make(0.1).step(parameters, gradients)
    np.testing.assert_array_equal(gradients, kept)
    assert (parameters != 1).all()


@pytest.mark.parametrize("make", OPTIMIZERS)
def test_float32_stays_float32(make):
    optimizer, parameters = make(np.float64(0.1)), np.ones(3, np.float32)
    for _ in range(3):
        optimizer.step(parameters, np.ones(3, np.float32))
    assert {name: array.dtype for name, array in optimizer.state.items() if array.dtype != np.float32} == {}


@pytest.mark.parametrize("make", OPTIMIZERS)
def test_one_counter_and_reset(make):
    optimizer, parameters = make(0.1), np.ones(2)
    runs = []
    for _ in range(2):
        parameters[:] = 1
        for _ in range(3):
            optimizer.step(parameters, np.array([1.0, -2.0]))
        runs.append(parameters.copy())
        assert optimizer.steps == 3
        optimizer.reset()
        assert (optimizer.steps, optimizer.state) == (0, {})
    np.testing.assert_array_equal(*runs)


@pytest.mark.parametrize("make", [Momentum, Nesterov, RMSProp, Adam, AdamW])
def test_one_optimiser_for_two_networks_is_refused(make):
    optimizer = make(0.1)
    optimizer.step(np.ones(3), np.ones(3))
    with pytest.raises(ValueError, match=r"stepped a network with 3 parameters and is now given 4: .* of its own"):
        optimizer.step(np.ones(4), np.ones(4))


RATES = [math.nan, math.inf, -math.inf, -0.1, True, None, "0.1", [0.1], 1j]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("make", OPTIMIZERS)
def test_learning_rates_that_are_refused(make, rate):
    with pytest.raises(ValueError, match=r"a learning rate is a finite number, 0 or more, got .*; 0.1 is"):
        make(rate)


@pytest.mark.parametrize("rate", RATES)
def test_a_refused_learning_rate_leaves_the_old_one(rate):
    model = NeuralNetwork(((Dense(1),),), MeanSquaredError(), 0.25)
    with pytest.raises(ValueError, match="a learning rate is a finite number"):
        model.learning_rate = rate
    assert model.learning_rate == model.optimizer.learning_rate == 0.25


@pytest.mark.parametrize("value", [-0.1, 1, 1.5, math.nan, True, None])
@pytest.mark.parametrize(
    "make", [lambda v: Momentum(0.1, v), lambda v: RMSProp(0.1, v), lambda v: Adam(0.1, v), lambda v: Adam(0.1, 0.9, v)]
)
def test_fractions_that_are_refused(make, value):
    with pytest.raises(ValueError, match="is the part that is kept, at least 0 and less than 1, got"):
        make(value)


@pytest.mark.parametrize("make", OPTIMIZERS)
def test_names_itself(make):
    assert repr(make(0.25)) == f"{make.__name__}(learning_rate=0.25)"


@pytest.mark.parametrize("make", [SGD, Momentum, Nesterov, RMSProp, Adam, AdamW])
def test_long_vectors_are_taken_in_pieces_that_change_no_bit(make, monkeypatch):
    rng = np.random.default_rng(3)
    first, slopes = rng.standard_normal(1000), rng.standard_normal((4, 1000))
    ends = []
    for piece in (1000, 999, 64, 10**6):
        monkeypatch.setattr(nnlib.optimizer, "PIECE", piece)
        optimizer, parameters = make(learning_rate=0.01), first.copy()
        for slope in slopes:
            optimizer.step(parameters, slope)
        ends.append([parameters, *optimizer.state.values()])
        assert all(one.shape == (1000,) for one in optimizer.state.values())
    assert all(np.array_equal(ends[0], one) for one in ends[1:])
    assert not np.array_equal(ends[0][0], first) and optimizer.steps == 4


def test_a_rule_of_ones_own_sees_the_long_vector_whole():
    class Normed(Momentum):
        def rule(self, parameters, gradients):
            self.memory("velocity", parameters)[:] = gradients / np.linalg.norm(gradients)
            parameters -= self.learning_rate * self.memory("velocity", parameters)

    size = nnlib.optimizer.PIECE + 10
    optimizer, parameters = Normed(1.0), np.zeros(size)
    optimizer.step(parameters, np.ones(size))
    assert np.linalg.norm(parameters) == pytest.approx(1.0) and np.ptp(parameters) == 0


def test_an_optimiser_of_another_network_is_refused_in_pieces_too(monkeypatch):
    monkeypatch.setattr(nnlib.optimizer, "PIECE", 8)
    optimizer = Momentum(0.1)
    optimizer.step(np.zeros(20), np.ones(20))
    with pytest.raises(ValueError, match="has stepped a network with 20 parameters and is now given 30:"):
        optimizer.step(np.zeros(30), np.ones(30))
    parameters = np.zeros(20)
    optimizer.step(parameters, np.ones(20))
    assert parameters == pytest.approx(np.full(20, -0.19)), "and is as it was"
