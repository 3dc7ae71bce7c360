"""Layers: known values worked by hand, gradients of every part inside a network, two modes, sizes that are refused."""

import copy
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlib
from nnlib import (
    BatchNorm,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Dropout,
    Huber,
    Linear,
    MeanAbsoluteError,
    MeanSquaredError,
    NeuralNetwork,
    Sigmoid,
    Softmax,
    Tanh,
)


def central_differences(model, x, y, step=1e-6):
    """The slope of the training loss along every parameter, with the same dropout masks each time."""
    generators = {id(g): g for p in model.places for g in vars(p.part).values() if isinstance(g, np.random.Generator)}
    states = {key: generator.bit_generator.state for key, generator in generators.items()}

    def loss_at(parameters):
        for key, generator in generators.items():
            generator.bit_generator.state = states[key]
        model.parameters[:] = parameters
        model(x)
        return model.training_loss(y)

    here, slopes = model.parameters.copy(), np.empty(model.parameters.size)
    for index in range(here.size):
        up, down = here.copy(), here.copy()
        up[index] += step
        down[index] -= step
        slopes[index] = (loss_at(up) - loss_at(down)) / (up[index] - down[index])
    loss_at(here)
    return slopes


def assert_gradients_agree(model, x, y):
    measured = central_differences(model, x, y)
    model.backward_step(y)
    error = np.abs(model.gradients - measured).max() / max(np.abs(measured).max(), 1e-3)
    assert error < 1e-6, f"{model!r}: relative error {error:.2g}\ngot      {model.gradients}\nexpected {measured}"


def moved(model, features, seed=0):
    """The network built, its parameters away from their zeros and ones."""
    model.build(features)
    model.parameters[:] += np.random.default_rng(seed).normal(0, 0.3, model.parameters.size)
    return model


def test_dense_by_hand():
    layer = Dense(2)
    layer.weights, layer.bias = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, -1.0]]), np.array([[0.5], [-1.0]])
    layer.inputs = np.array([[3.0, 1.0], [1.0, 0.0], [2.0, 1.0]])
    # example 1: 3 + 2 + 0.5, 1 - 2 - 1; example 2: 1 + 0.5, -1 - 1
    np.testing.assert_array_equal(layer(layer.inputs), [[5.5, 1.5], [-2, -2]])
    grad = np.array([[1.0, 3.0], [2.0, 0.0]])
    layer.parameter_gradients(grad)
    # row 1: (1 · (3, 1, 2) + 3 · (1, 0, 1)) / 2; row 2: 2 · (3, 1, 2) / 2
    np.testing.assert_array_equal(layer.grad_weights, [[3, 0.5, 2.5], [3, 1, 2]])
    np.testing.assert_array_equal(layer.grad_bias, [[2], [1]])  # (1 + 3) / 2, 2 / 2
    # weights.T @ grad: (1·1 + 0·2, 1·3), (2·1 + 1·2, 2·3), (-1·2, 0)
    np.testing.assert_array_equal(layer.backward(grad), [[1, 3], [4, 6], [-2, 0]])


def test_the_mean_over_examples_is_taken_once():
    """The same batch twice over has the same gradient, however the network is built."""
    x, y = np.random.default_rng(0).normal(size=(2, 6, 3))[:, :3], np.array([[0.0, 1, 1]])
    gradients = []
    for copies in (1, 2, 5):
        blocks = ((Dense(3), BatchNorm(), Tanh()), (Dense(1), Sigmoid()))
        model = moved(NeuralNetwork(blocks, BinaryCrossEntropy(), 0.1, seed=1), 3)
        model(np.tile(x[0], copies))
        model.backward_step(np.tile(y, copies))
        gradients.append(model.gradients.copy())
    np.testing.assert_allclose(gradients[1], gradients[0], rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(gradients[2], gradients[0], rtol=1e-12, atol=1e-15)


LOSSES = {
    "MSE": (MeanSquaredError, Linear),
    "MAE": (MeanAbsoluteError, Tanh),
    "Huber": (Huber, Linear),
    "BCE": (BinaryCrossEntropy, Sigmoid),
    "CCE": (CategoricalCrossEntropy, Softmax),
}


@pytest.mark.parametrize(("name", "k"), list(itertools.product(LOSSES, (1, 3))))
@settings(max_examples=8, deadline=None)
@given(m=st.integers(1, 5), l2=st.sampled_from([0, 0.7]), l1=st.sampled_from([0, 0.3]), seed=st.integers(0, 10**6))
def test_every_loss_any_outputs_l1_and_l2(name, k, m, l2, l1, seed):
    loss, last = LOSSES[name]
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, m)), rng.normal(0, 3, (k, m))
    if name == "BCE":
        y = (y > 0).astype(float)
    if name == "CCE":
        y = np.eye(k)[:, rng.integers(0, k, m)]
    blocks = ((Dense(3), Tanh()), (Dense(k), last()))
    model = NeuralNetwork(blocks, loss(), 0.1, regularization_factor=l2, l1_factor=l1, seed=seed)
    assert_gradients_agree(moved(model, 2, seed), x, y)


ACTIVATIONS = ["ELU", "GELU", "LeakyReLU", "Linear", "ReLU", "Sigmoid", "Softmax", "Softplus", "Swish", "Tanh"]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", [BinaryCrossEntropy(), MeanSquaredError()], ids=repr)
def test_every_activation_inside_and_last(activation, loss):
    rng, make = np.random.default_rng(5), getattr(nnlib, activation)
    x, y = rng.normal(size=(3, 4)), rng.integers(0, 2, (2, 4)).astype(float)
    last = Sigmoid() if isinstance(loss, BinaryCrossEntropy) else make()
    assert_gradients_agree(moved(NeuralNetwork(((Dense(4), make()), (Dense(2), last)), loss, 0.1, seed=2), 3), x, y)


BLOCKS = {
    "batch norm before": lambda: ((Dense(4), BatchNorm(), Tanh()), (Dense(2), Linear())),
    "batch norm after": lambda: ((Dense(4), Tanh(), BatchNorm()), (Dense(2), Linear())),
    "batch norm first": lambda: ((BatchNorm(), Dense(4), Tanh()), (Dense(2), Linear())),
    "batch norm twice, last": lambda: ((Dense(4), BatchNorm(), Tanh()), (Dense(2), BatchNorm())),
    "dropout": lambda: ((Dense(6), Tanh(), Dropout(0.4)), (Dense(2), Linear())),
    "dropout, seeded, first": lambda: ((Dropout(0.3, seed=1), Dense(4), Tanh()), (Dense(2), Linear())),
    "all at once": lambda: ((Dense(5), BatchNorm(), Tanh(), Dropout(0.2)), (Dense(4), Tanh()), (Dense(2), Softmax())),
    "no activation": lambda: ((Dense(4),), (Dense(2),)),
    "one part a block": lambda: ((Dense(4),), (Tanh(),), (Dense(2),)),
}


@pytest.mark.parametrize("blocks", BLOCKS.values(), ids=BLOCKS)
def test_every_layer_anywhere(blocks):
    rng = np.random.default_rng(6)
    x, y = rng.normal(size=(3, 7)), rng.normal(size=(2, 7))
    model = NeuralNetwork(blocks(), MeanSquaredError(), 0.1, regularization_factor=0.4, seed=3)
    assert_gradients_agree(moved(model, 3), x, y)


def test_the_same_activation_object_in_two_blocks():
    tanh, rng = Tanh(), np.random.default_rng(7)
    model = NeuralNetwork(((Dense(3), tanh), (Dense(3), tanh), (Dense(1), tanh)), MeanSquaredError(), 0.1, seed=4)
    assert_gradients_agree(moved(model, 2), rng.normal(size=(2, 5)), rng.normal(size=(1, 5)))


def test_batch_norm_by_hand():
    layer = BatchNorm(momentum=0.25)
    layer.build(2, None)
    layer.epsilon = 0.0
    layer.gamma, layer.beta = np.array([[2.0], [1.0]]), np.array([[1.0], [0.0]])
    inputs = np.array([[1.0, 3.0], [10.0, 10.5]])
    # row 1: mean 2, variance 1: -1 and 1, then 2 · … + 1; row 2: mean 10.25, deviation 0.25
    np.testing.assert_allclose(layer(inputs), [[-1, 3], [-1, 1]], rtol=1e-12)
    np.testing.assert_allclose(layer.running_mean, [[0.5], [2.5625]])  # a quarter of 2 and of 10.25, from 0
    # three quarters of 1, and a quarter of the unbiased variances 2 and 0.125
    np.testing.assert_allclose(layer.running_variance, [[1.25], [0.78125]])
    # (0.5 - 0.5) / … and (2.5625 - 2.5625) / … are 0: beta is left
    np.testing.assert_allclose(layer.predict(np.array([[0.5], [2.5625]])), [[1], [0]], atol=1e-15)
    layer.parameter_gradients(np.array([[1.0, 2.0], [4.0, 0.0]]))
    np.testing.assert_allclose(layer.grad_gamma, [[0.5], [-2]])  # (-1 + 2) / 2, -4 / 2
    np.testing.assert_allclose(layer.grad_beta, [[1.5], [2]])


def test_batch_norm_of_one_example_is_finite():
    layer = BatchNorm()
    np.testing.assert_array_equal(layer(np.array([[5.0], [-3.0]])), [[0], [0]])
    assert np.isfinite(layer.running_variance).all()


@settings(max_examples=20, deadline=None)
@given(rate=st.floats(0, 0.9), seed=st.integers(0, 10**6))
def test_dropout_keeps_the_average_and_passes_the_same_gradient(rate, seed):
    layer, inputs = Dropout(rate, seed=seed), np.ones((50, 200))
    output = layer(inputs)
    kept = output != 0
    np.testing.assert_allclose(output[kept], 1 / (1 - rate))
    deviation = np.sqrt(rate * (1 - rate) / output.size)
    assert abs(kept.mean() - (1 - rate)) <= 5 * deviation, f"{kept.mean()} kept at rate {rate}"
    np.testing.assert_array_equal(layer.backward(inputs), output)
    np.testing.assert_array_equal(layer.predict(inputs), inputs)


def test_dropout_draws_anew_each_time_and_from_its_seed():
    one, other = Dropout(0.5, seed=3), Dropout(0.5, seed=3)
    inputs = np.ones((10, 10))
    first, second = one(inputs), one(inputs)
    assert (first != second).any()
    np.testing.assert_array_equal(first, other(inputs))


@pytest.mark.parametrize("units", [0, -1, 1.0, 2.5, True, False, None, "4", [4], np.float64(3), np.nan])
def test_sizes_that_are_no_whole_number_are_refused(units):
    with pytest.raises(ValueError, match=r"Dense\(units\) needs a whole number of at least 1, got"):
        Dense(units)


def test_numpy_whole_numbers_are_sizes():
    assert Dense(np.int64(3)).units == 3


@pytest.mark.parametrize("rate", [-0.1, 1, 1.5, np.nan, np.inf, True, None, "0.5"])
def test_dropout_rates_that_are_refused(rate):
    with pytest.raises(ValueError, match=r"Dropout\(rate\) .* at least 0 and less than 1, got"):
        Dropout(rate)


@pytest.mark.parametrize("momentum", [-0.1, 1.5, np.nan, True, None, "0.5"])
def test_batch_norm_momenta_that_are_refused(momentum):
    with pytest.raises(ValueError, match=r"BatchNorm\(momentum\) lies between 0 and 1, got"):
        BatchNorm(momentum)


def test_a_layer_alone_builds_itself_at_its_first_call():
    layer, norm = Dense(3), BatchNorm()
    assert layer(np.ones((4, 2))).shape == (3, 2)
    assert (layer.weights.shape, layer.bias.shape) == ((3, 4), (3, 1))
    assert norm(np.ones((4, 2), np.float32)).dtype == np.float32


def test_what_was_assigned_before_the_first_batch_is_what_the_network_starts_from():
    weights, bias = np.array([[1.0, -2.0]]), np.array([[0.5]])
    layer = Dense(1)
    layer.weights, layer.bias = weights, bias
    model = NeuralNetwork(((layer, Linear()),), MeanSquaredError(), 0.1)
    np.testing.assert_array_equal(model(np.array([[3.0], [1.0]])), [[1.5]])  # 3 - 2 + 0.5
    model.backward_step(np.array([[0.0]]))
    model.update()
    np.testing.assert_array_equal(weights, [[1, -2]], "the learner's own array was written to")
    half = Dense(1)
    half.weights = weights
    np.testing.assert_array_equal(half(np.array([[3.0], [1.0]])), [[1.0]])  # bias starts at 0


def test_assigned_weights_of_another_shape_are_refused_with_both_shapes():
    layer = Dense(2)
    layer.weights = np.ones((3, 2))
    model = NeuralNetwork(((layer, Linear()),), MeanSquaredError(), 0.1)
    with pytest.raises(ValueError, match=r"weights of Dense\(2\) has shape \(3, 2\), 4 features need \(2, 4\)"):
        model(np.ones((4, 1)))


def test_a_second_network_of_the_same_layers_draws_anew_and_the_first_says_so():
    layers = ((Dense(2), Linear()),)
    first = NeuralNetwork(layers, MeanSquaredError(), 0.1, seed=0)
    drawn = first.build(2).parameters.copy()
    first.parameters[:] = 7.0
    second = NeuralNetwork(layers, MeanSquaredError(), 0.1, seed=0).build(2)
    np.testing.assert_array_equal(second.parameters, drawn)
    for look in (lambda: first.parameters, lambda: first(np.ones((2, 1))), lambda: first.predict(np.ones((2, 1)))):
        with pytest.raises(RuntimeError, match=r"block 1, Dense\(2\) has been built into another network"):
            look()


def test_a_layer_can_be_copied():
    model = NeuralNetwork(((Dense(2), BatchNorm(), Tanh()),), MeanSquaredError(), 0.1, seed=0)
    model(np.ones((2, 3)))
    twin = copy.deepcopy(model.layers[0][0])
    twin.weights[:] = 0
    assert model.layers[0][0].weights.any()


def test_dropout_alone_throws_dice_of_its_own():
    layer, ones = Dropout(0.5), np.ones((20, 50))
    first, second = layer(ones), layer(ones)
    assert set(np.unique(first)) == {0.0, 2.0} and not np.array_equal(first, second)
    assert not np.array_equal(first, Dropout(0.5)(ones)), "without a seed each layer has other ones"
