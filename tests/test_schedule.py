"""Schedules: plain functions of the step, from 1."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import SGD, Dense, LearningRateScheduler, MeanSquaredError, NeuralNetwork
from nnlib.schedule import chain, constant, cosine, exponential, step_decay, warm_up

KNOWN = [
    (constant(0.3), {1: 0.3, 10**6: 0.3}),
    (step_decay(1.0, every=3, factor=0.1), {1: 1, 3: 1, 4: 0.1, 6: 0.1, 7: 0.01}),
    (exponential(1.0, half_life=2), {1: 1, 2: 0.5**0.5, 3: 0.5, 7: 0.125}),
    (cosine(1.0, steps=4), {1: 1, 2: (1 + 0.5**0.5) / 2, 3: 0.5, 4: (1 - 0.5**0.5) / 2, 5: 0, 99: 0}),
    (cosine(1.0, steps=2, lowest=0.2), {1: 1, 2: 0.6, 3: 0.2, 4: 0.2}),  # half way between 1 and 0.2
    (warm_up(0.8, steps=4), {1: 0.2, 2: 0.4, 3: 0.6, 4: 0.8, 5: 0.8}),
    (warm_up(0.8, steps=1), {1: 0.8, 2: 0.8}),
    (chain((2, warm_up(1.0, 2)), (2, constant(1.0)), cosine(1.0, 2)), {1: 0.5, 2: 1, 3: 1, 4: 1, 5: 1, 6: 0.5, 7: 0}),
    (chain(constant(0.5)), {1: 0.5, 7: 0.5}),
]


@pytest.mark.parametrize(("schedule", "expected"), KNOWN)
def test_rates_by_hand(schedule, expected):
    assert {step: schedule(step) for step in expected} == pytest.approx(expected, abs=1e-15)


@given(st.floats(1e-6, 10), st.integers(1, 50), st.integers(1, 200))
def test_no_schedule_exceeds_its_rate_or_goes_below_0(rate, steps, step):
    for schedule in (step_decay(rate, steps), exponential(rate, steps), cosine(rate, steps), warm_up(rate, steps)):
        assert 0 <= schedule(step) <= rate * (1 + 1e-12)


def test_the_scheduler_sets_the_rate_before_each_step_and_goes_on_in_the_next_fit():
    used = []

    class Watched(SGD):
        def rule(self, parameters, gradients):
            used.append(self.learning_rate)

    model = NeuralNetwork(((Dense(1),),), MeanSquaredError(), optimizer=Watched(9.0), seed=0)
    scheduler = LearningRateScheduler(lambda step: step / 100)
    x, y = np.ones((1, 4)), np.ones((1, 4))
    model.fit(x, y, epochs=2, batch_size=2, callbacks=[scheduler])
    model.fit(x, y, epochs=1, batch_size=2, callbacks=[scheduler])
    assert used == [0.01, 0.02, 0.03, 0.04, 0.05, 0.06]
    assert model.learning_rate == 0.06
