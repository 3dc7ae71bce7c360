"""Losses: known values, gradients against central differences for any k, both kinds of labels, the pairs' shortcuts."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import (
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Huber,
    MeanAbsoluteError,
    MeanSquaredError,
    Sigmoid,
    Softmax,
)
from nnlib.loss import BinaryCrossEntropyFromZ, CategoricalCrossEntropyFromZ

CLASSES = [[0.25, 0.5], [0.75, 0.5]]
KNOWN = [
    # (loss, output, labels, value, gradient), columns are examples
    (MeanSquaredError(), [[1, 4]], [[1, 2]], 2, [[0, 4]]),  # (0 + 4) / 2; 2 · error
    (MeanSquaredError(), [[1, 4], [0, 3]], [[1, 2], [2, 3]], 2, [[0, 2], [-2, 0]]),  # (0 + 4 + 4 + 0) / 4; k = 2
    (MeanAbsoluteError(), [[1, 4], [0, 3]], [[1, 2], [2, 3]], 1, [[0, 0.5], [-0.5, 0]]),  # (2 + 2) / 4; sign / 2
    (Huber(), [[1, 4]], [[1, 2]], 0.75, [[0, 1]]),  # error 2 beyond delta 1: 1 (2 - 1/2), / 2
    (Huber(2.0), [[1, 5]], [[2, 2]], 2.25, [[-1, 2]]),  # 1/2 and 2 (3 - 1) = 4, / 2
    (Huber(3.0), [[5], [0]], [[2], [0]], 2.25, [[1.5], [0]]),  # exactly delta: 9/2, over two outputs
    (BinaryCrossEntropy(), [[0.75, 0.5]], [[1, 0]], (math.log(4 / 3) + math.log(2)) / 2, [[-4 / 3, 2]]),
    (BinaryCrossEntropy(), [[0.75], [0.5]], [[1], [0]], (math.log(4 / 3) + math.log(2)) / 2, [[-2 / 3], [1]]),
    (BinaryCrossEntropy(), [[0.5]], [[0.25]], math.log(2), [[1]]),  # a probability as label: 0.25 / 0.25
    (CategoricalCrossEntropy(), CLASSES, [[0, 1], [1, 0]], (math.log(4 / 3) + math.log(2)) / 2, [[0, -2], [-4 / 3, 0]]),
    (CategoricalCrossEntropy(), CLASSES, [[1, 0]], (math.log(4 / 3) + math.log(2)) / 2, [[0, -2], [-4 / 3, 0]]),
    (CategoricalCrossEntropy(), CLASSES, [1, 0], (math.log(4 / 3) + math.log(2)) / 2, [[0, -2], [-4 / 3, 0]]),
    (CategoricalCrossEntropy(), [[0.5], [0.25], [0.25]], [[0], [0.5], [0.5]], math.log(4), [[0], [-2], [-2]]),
]  # fmt: skip


@pytest.mark.parametrize(("loss", "output", "labels", "value", "gradient"), KNOWN)
def test_value_and_gradient_worked_by_hand(loss, output, labels, value, gradient):
    output, labels = np.array(output, float), np.array(labels, float)
    got = loss(output, labels)
    assert type(got) is float, f"{loss!r} returned {type(got)}"
    assert got == pytest.approx(value, rel=1e-14)
    np.testing.assert_allclose(loss.gradient(output, labels), gradient, rtol=1e-14, err_msg=repr(loss))


def central_differences(function, at, step=1e-6):
    slopes = np.empty_like(at)
    for index in np.ndindex(*at.shape):
        up, down = at.copy(), at.copy()
        up[index] += step
        down[index] -= step
        slopes[index] = (function(up) - function(down)) / (up[index] - down[index])
    return slopes


def case(loss, k, m, rng):
    """Probabilities and labels that suit the loss, away from the corners of MAE and Huber."""
    if isinstance(loss, CategoricalCrossEntropy):
        return rng.dirichlet(np.ones(k), m).T * 0.9 + 0.1 / k, np.eye(k)[:, rng.integers(0, k, m)]
    if isinstance(loss, BinaryCrossEntropy):
        return rng.uniform(0.05, 0.95, (k, m)), rng.integers(0, 2, (k, m)).astype(float)
    output = rng.normal(0, 2, (k, m))
    error = rng.choice([-1, 1], (k, m)) * rng.choice([0.3, 0.6, 1.5, 4.0], (k, m))
    return output, output - error


LOSSES = [MeanSquaredError(), MeanAbsoluteError(), Huber(), Huber(2.0), BinaryCrossEntropy(), CategoricalCrossEntropy()]


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
@settings(max_examples=25, deadline=None)
@given(k=st.integers(1, 4), m=st.integers(1, 5), seed=st.integers(0, 10**6))
def test_gradient_is_m_times_the_derivative(loss, k, m, seed):
    output, labels = case(loss, k, m, np.random.default_rng(seed))
    measured = m * central_differences(lambda at: loss(at, labels), output)
    np.testing.assert_allclose(loss.gradient(output, labels), measured, rtol=1e-6, atol=1e-6, err_msg=repr(loss))


@settings(max_examples=25, deadline=None)
@given(k=st.integers(2, 5), m=st.integers(1, 6), seed=st.integers(0, 10**6))
def test_class_numbers_mean_what_one_hot_means(k, m, seed):
    rng, loss = np.random.default_rng(seed), CategoricalCrossEntropy()
    output, numbers = rng.dirichlet(np.ones(k), m).T + 1e-3, rng.integers(0, k, m)
    one_hot = np.eye(k)[:, numbers]
    for labels in (numbers, numbers.reshape(1, -1), numbers.astype(float)):
        assert loss(output, labels) == pytest.approx(loss(output, one_hot), rel=1e-15, abs=1e-15)
        np.testing.assert_array_equal(loss.gradient(output, labels), loss.gradient(output, one_hot))


PAIRS = [
    (Sigmoid(), BinaryCrossEntropy(), BinaryCrossEntropyFromZ()),
    (Softmax(), CategoricalCrossEntropy(), CategoricalCrossEntropyFromZ()),
]


@pytest.mark.parametrize(("activation", "loss", "shortcut"), PAIRS, ids=["Sigmoid", "Softmax"])
@settings(max_examples=25, deadline=None)
@given(k=st.integers(1, 4), m=st.integers(1, 5), seed=st.integers(0, 10**6), scale=st.floats(0.1, 12))
def test_the_shortcut_agrees_with_the_long_way(activation, loss, shortcut, k, m, seed, scale):
    rng = np.random.default_rng(seed)
    z = rng.uniform(-scale, scale, (k, m))
    _, labels = case(loss, k, m, rng)
    activation.inputs, activation.output = z, activation(z)
    assert shortcut(z, labels) == pytest.approx(loss(activation.output, labels), rel=1e-9, abs=1e-9)
    long_way = activation.backward(loss.gradient(activation.output, labels))
    np.testing.assert_allclose(shortcut.gradient(activation.output, labels), long_way, rtol=1e-8, atol=1e-9)
    measured = m * central_differences(lambda at: shortcut(at, labels), z)
    np.testing.assert_allclose(shortcut.gradient(activation.output, labels), measured, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_shortcuts_are_exact_far_out(dtype):
    z, labels = np.array([[1000.0, -1000.0, 1000.0, -1000.0]], dtype), np.array([[1, 1, 0, 0]], dtype)
    assert BinaryCrossEntropyFromZ()(z, labels) == 500  # right, wrong by 1000, wrong by 1000, right: 2000 / 4
    gradient = BinaryCrossEntropyFromZ().gradient(Sigmoid()(z), labels)
    np.testing.assert_array_equal(gradient, [[0, -1, 1, 0]])
    assert gradient.dtype == dtype
    z = np.array([[1000.0, -1000.0], [-1000.0, 1000.0], [0.0, 0.0]], dtype)
    labels = np.array([[0, 0], [1, 0], [0, 1]], dtype)
    assert CategoricalCrossEntropyFromZ()(z, labels) == 1500  # 2000 behind the winner, 1000 behind it: 3000 / 2
    gradient = CategoricalCrossEntropyFromZ().gradient(Softmax()(z), labels)
    np.testing.assert_array_equal(gradient, [[1, 0], [-1, 1], [0, -1]])
    assert gradient.dtype == dtype


def test_examples_far_from_each_other_do_not_drown_one_another():
    z = np.array([[1000.0, -1000.0], [1000.0, -1001.0]])  # two examples, both near even
    expected = (math.log(2) + math.log(1 + math.exp(-1))) / 2  # even; -1000 against -1001
    assert CategoricalCrossEntropyFromZ()(z, np.array([0, 0])) == pytest.approx(expected, rel=1e-12)
    np.testing.assert_allclose(Softmax()(z), [[0.5, 0.7310585786], [0.5, 0.2689414214]], atol=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("loss", [BinaryCrossEntropy(), CategoricalCrossEntropy()], ids=repr)
def test_bare_probabilities_of_0_and_1_stay_finite(loss, dtype):
    output, labels = np.array([[0, 1], [1, 0]], dtype), np.array([[1, 0], [0, 1]], dtype)  # wrong, quite sure
    at_most = -math.log(np.finfo(dtype).tiny)
    assert loss(output, labels) == pytest.approx(at_most, rel=1e-6)
    assert np.isfinite(loss.gradient(output, labels)).all()
    right = loss(output, 1 - labels)
    assert right == pytest.approx(0, abs=1e-30), f"sure and right costs {right}"


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
def test_float32_stays_float32(loss):
    output, labels = (values.astype(np.float32) for values in case(loss, 3, 4, np.random.default_rng(0)))
    assert loss.gradient(output, labels).dtype == np.float32


def test_whole_numbers_are_probabilities_too():
    assert BinaryCrossEntropy()(np.array([[1, 0]]), np.array([[1, 0]])) == pytest.approx(0, abs=1e-300)


SHAPES = [
    ((3,), (1, 3), r"labels have shape \(3,\), .*\(1, 3\).*labels.reshape\(1, -1\)"),
    ((3, 1), (1, 3), r"labels have shape \(3, 1\), .*\(1, 3\).*labels.T"),
    ((1, 4), (1, 3), r"labels have shape \(1, 4\), .*\(1, 3\).*same examples"),
    ((2, 3), (1, 3), r"labels have shape \(2, 3\), .*\(1, 3\).*one unit a class"),
    ((1, 3), (2, 3), r"labels have shape \(1, 3\), .*\(2, 3\)"),
]


@pytest.mark.parametrize("loss", [loss for loss in LOSSES if not isinstance(loss, CategoricalCrossEntropy)], ids=repr)
@pytest.mark.parametrize(("labels", "output", "message"), SHAPES)
def test_labels_of_another_shape_are_refused_not_broadcast(loss, labels, output, message):
    for method in (loss, loss.gradient):
        with pytest.raises(ValueError, match=message):
            method(np.full(output, 0.5), np.zeros(labels))


@pytest.mark.parametrize("delta", [0, -1.0, math.nan])
def test_huber_refuses_a_delta_that_is_not_positive(delta):
    with pytest.raises(ValueError, match=r"Huber\(delta\) needs a positive number, got"):
        Huber(delta)


def test_labels_that_would_stretch_over_z_are_refused():
    of_z = BinaryCrossEntropyFromZ()
    for z, labels in ((np.zeros((1, 3)), np.zeros((3, 1))), (np.zeros((2, 3)), np.zeros(3))):
        for call in (of_z, of_z.gradient):
            with pytest.raises(ValueError, match="labels have shape"):
                call(z, labels)


def test_one_output_of_a_cross_entropy_for_several_classes_names_the_mend():
    with pytest.raises(ValueError, match="one output for yes or no takes Sigmoid and BinaryCrossEntropy"):
        CategoricalCrossEntropy().targets(np.array([[0.0, 1.0]]), 1)
