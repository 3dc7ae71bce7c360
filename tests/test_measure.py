"""What is measured of one part alone: slopes on both sides, what agrees with them, and which numbers are looked at."""

import numpy as np
import pytest

from nnlib import BatchNorm, BinaryCrossEntropy, Dense, Dropout, MeanAbsoluteError, NeuralNetwork, ReLU, Sigmoid
from nnlib.inspect.measure import STEP, Alone, Slopes, choose, columns_alone, grad_of_loss, nudged

X = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]])
G = np.array([[1.0, -2.0, 0.5], [3.0, 0.25, 1.0]])


def built(part, features=2):
    part.build(features, np.random.default_rng(0))
    return part


def slopes(central, left, right, noise=0.0):
    made = Slopes(np.shape(central))
    made.central[...], made.left[...], made.right[...], made.noise = central, left, right, noise
    return made


def test_a_sum_of_slopes_weighs_what_moves_with_them():
    made = Slopes((2, 2))
    up, middle, down = (np.array([[1.0, 2.0], [3.0, 4.0]]) * STEP * share for share in (3, 1, -2))
    made.put((0, slice(None)), up, down, middle, np.array([[1.0, 10.0], [100.0, 1000.0]]), 0)
    np.testing.assert_allclose(made.central[0], [2.5 * 301, 2.5 * 4020])
    np.testing.assert_allclose(made.right[0], [2 * 301, 2 * 4020])
    np.testing.assert_allclose(made.left[0], [3 * 301, 3 * 4020])
    assert np.isnan(made.central[1]).all() and np.isnan(made.left[1]).all() and np.isnan(made.right[1]).all()
    made.put((1, 1), up, down, middle, 2.0, None)
    assert made.central[1, 1] == pytest.approx(2 * 2.5 * 10) and np.isnan(made.central[1, 0])


def test_noise_is_the_rounding_of_what_was_added_up():
    made = Slopes((1, 1))
    made.put((0, 0), *3 * [np.array([[2.0, -3.0]])], np.array([[1.0, -4.0]]), None)
    assert made.noise == pytest.approx(16 * np.finfo(float).eps * 14 / STEP)
    made.put((0, 0), *3 * [np.array([[0.1, 0.1]])], 1.0, None)
    assert made.noise == pytest.approx(16 * np.finfo(float).eps * 14 / STEP), "the largest there was"


@pytest.mark.parametrize("array, agrees", [
    ([[1.0, 4.0]], True), ([[1.0 + 7e-6, 4.0]], True), ([[1.0 + 9e-6, 4.0]], False), ([[1.0, 4.0 - 9e-6]], False),
    ([[1.0], [4.0]], False), ([[1.0, np.nan]], False), ([[1.0, np.inf]], False), ([[-1.0, 4.0]], False),
])  # fmt: skip
def test_an_array_agrees_to_two_millionths_of_the_largest(array, agrees):
    assert slopes([[1.0, 4.0]], [[1.0, 4.0]], [[1.0, 4.0]]).agree(np.array(array)) is agrees


@pytest.mark.parametrize("tolerance, off, agrees", [
    (1e-3, 3e-3, True), (1e-3, 5e-3, False), (1e-8, 3e-8, True), (1e-8, 5e-8, False),
])  # fmt: skip
def test_another_tolerance_holds_beside_a_kink_as_well(tolerance, off, agrees):
    assert slopes([1.0, 4.0], [1.0, 4.0], [1.0, 4.0]).agree(np.array([1.0 + off, 4.0]), tolerance) is agrees
    assert slopes([0.5, 4.0], [0.0, 4.0], [1.0, 4.0]).agree(np.array([1.0 + off, 4.0]), tolerance) is agrees


@pytest.mark.parametrize("mine, agrees", [
    (0.0, True), (0.5, True), (0.2, True), (1.0, True), (1.1, False), (-0.1, False),
])  # fmt: skip
@pytest.mark.parametrize("sides", [(0.0, 1.0), (1.0, 0.0)])
def test_beside_a_kink_anything_between_its_sides_will_do(sides, mine, agrees):
    at_kink = slopes([0.5, 2.0], [sides[0], 2.0], [sides[1], 2.0])
    assert at_kink.agree(np.array([mine, 2.0])) is agrees
    assert not at_kink.agree(np.array([mine, 2.1])), "elsewhere there is none"


def test_a_bend_is_no_kink_and_what_was_not_measured_is_not_asked_for():
    assert not slopes([1.0, 1.0], [1.0004, 1.0], [0.9996, 1.0]).agree(np.array([1.0003, 1.0]))
    assert slopes([1.0, np.nan], [1.0, np.nan], [1.0, np.nan]).agree(np.array([1.0, 77.0]))
    assert slopes([1.0], [1.0], [1.0], noise=1e-3).agree(np.array([1.0009]))
    assert not slopes([1.0], [1.0], [1.0], noise=1e-3).agree(np.array([1.002]))
    flat = slopes([0.0], [0.0], [0.0])
    assert flat.agree(np.array([0.0])) and not flat.agree(np.array([1e-9]))


def test_what_is_handed_down_is_measured_with_examples_apart_and_together():
    layer = built(Dense(2))
    np.testing.assert_allclose(Alone(layer).grad_inputs(X, G).central, layer.weights.T @ G, rtol=1e-8)
    norm = built(BatchNorm())
    norm(X)
    right = norm.backward(G)
    made = Alone(norm).grad_inputs(X, G)
    np.testing.assert_allclose(made.central, right, atol=1e-9)
    assert made.agree(right) and not made.agree(1.001 * right)


def test_gradients_of_parameters_are_means_over_the_examples():
    layer = built(Dense(2))
    alone, kept = Alone(layer), layer.weights.copy()
    np.testing.assert_allclose(alone.grad_parameter("weights", X, G).central, G @ X.T / 3, rtol=1e-8)
    np.testing.assert_allclose(alone.grad_parameter("bias", X, G).central, G.mean(axis=1, keepdims=True), rtol=1e-8)
    assert np.array_equal(layer.weights, kept) and np.array_equal(alone.start["weights"], kept)


def test_of_a_large_array_three_hundred_numbers_are_measured_others_with_another_seed():
    layer = built(Dense(20), 16)
    x, g = np.ones((16, 2)), np.ones((20, 2))
    one, same, other = (np.isfinite(Alone(layer).grad_parameter("weights", x, g, seed).central) for seed in (0, 0, 1))
    assert one.sum() == other.sum() == 300 and np.array_equal(one, same) and not np.array_equal(one, other)
    layer = built(Dense(20), 15)
    assert np.isfinite(Alone(layer).grad_parameter("weights", x[:15], g).central).all(), "300 are not many"


def test_a_part_called_again_draws_the_same_and_is_left_as_it_is():
    part = built(Dropout(0.5, seed=3))
    alone = Alone(part)
    x = np.arange(1.0, 41).reshape(2, 20)
    first = alone(x)
    assert np.array_equal(alone(x), first) and 0 < (first == 0).sum() < 40
    first[:] = 7
    assert not np.array_equal(alone(x), first) and np.array_equal(x, np.arange(1.0, 41).reshape(2, 20))


def test_whether_examples_are_apart_is_found_by_moving_the_first():
    assert columns_alone(lambda x: 2 * x, X) and columns_alone(built(Dense(3)), X)
    assert not columns_alone(lambda x: x - x.mean(axis=1, keepdims=True), X)
    assert columns_alone(lambda x: x - x.mean(axis=1, keepdims=True), X[:, :1]), "one alone has no others"
    assert not columns_alone(lambda x: x * (x[:, :1] != 0), np.array([[0.0, 1.0]])), "0 is moved too"


def test_a_loss_is_measured_for_each_example_also_near_the_end_of_a_logarithm():
    output, labels = np.array([[0.2, 1e-7, 0.999999]]), np.array([[1.0, 0.0, 1.0]])
    made = grad_of_loss(BinaryCrossEntropy(), output, labels)
    np.testing.assert_allclose(made.central, BinaryCrossEntropy().gradient(output, labels), rtol=1e-5)
    kink = grad_of_loss(MeanAbsoluteError(), np.array([[1.0, 3.0]]), np.array([[1.0, 1.0]]))
    np.testing.assert_allclose([kink.left, kink.central, kink.right], [[[-1, 1]], [[0, 1]], [[1, 1]]], atol=1e-9)
    assert output[0, 0] == 0.2


def test_parameters_that_are_all_alike_are_moved_apart_and_no_others():
    model = NeuralNetwork(((Dense(3), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0).build(4)
    first, last = (block[0] for block in model.layers)
    first.weights[:], kept = 0.0, last.weights.copy()
    assert nudged(model) is model
    assert np.array_equal(last.weights, kept)
    assert (np.abs(first.weights) >= 0.4 / 2).all() and (np.abs(first.weights) <= 1.4 / 2).all()
    assert (np.abs(first.bias) >= 0.4 * 0.3).all() and (np.abs(first.bias) <= 1.4 * 0.3).all()
    assert len(np.unique(first.weights)) == 12 and (first.weights > 0).any() and (first.weights < 0).any()
    np.testing.assert_array_equal(model.parameters[:12].reshape(3, 4), first.weights)


def groups(*sizes):
    ends = np.cumsum(sizes)
    return [(None, None, slice(end - size, end)) for size, end in zip(sizes, ends, strict=True)]


@pytest.mark.parametrize("sizes, sample, counts", [
    ((4, 2), None, (4, 2)), ((4, 2), 6, (4, 2)), ((4, 2), 99, (4, 2)), ((40, 2, 30), 12, (5, 2, 5)),
    ((40, 2, 30), 3, (1, 1, 1)), ((40, 2, 30), 2, (1, 1, 0)), ((40, 2, 30), 4, (2, 1, 1)), ((3, 0, 5), 4, (2, 0, 2)),
])  # fmt: skip
def test_a_sample_is_shared_out_fairly(sizes, sample, counts):
    chosen = choose(groups(*sizes), sample, np.random.default_rng(0))
    assert tuple(map(len, chosen)) == counts
    for (_, _, piece), one in zip(groups(*sizes), chosen, strict=True):
        assert list(one) == sorted(set(one)) and all(piece.start <= k < piece.stop for k in one)
