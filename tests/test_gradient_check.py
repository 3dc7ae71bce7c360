"""The gradient check: right networks pass whatever they are made of, wrong ones fail, and nothing is left changed."""

import copy
import math
import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnlib import (
    ELU,
    GELU,
    BatchNorm,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Dropout,
    Huber,
    LeakyReLU,
    Linear,
    MeanAbsoluteError,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Softmax,
    Softplus,
    Swish,
    Tanh,
    gradient_check,
)
from nnlib.inspect.chance import Chance
from nnlib.inspect.copies import copy_of
from nnlib.inspect.mutants import MUTANTS

ACTIVATIONS = (ReLU, LeakyReLU, ELU, GELU, Sigmoid, Tanh, Softplus, Swish, Linear, Softmax)
LOSSES = (BinaryCrossEntropy, CategoricalCrossEntropy, MeanSquaredError, MeanAbsoluteError, Huber)
LASTS = {BinaryCrossEntropy: (Sigmoid, Softmax), CategoricalCrossEntropy: (Softmax, Sigmoid)}


def network(middle, last, loss, outputs=1, units=4, features=3, seed=0, examples=6, **options):
    """A network with random parameters everywhere (zeros hide mistakes), and data for it."""
    rng = np.random.default_rng(seed)
    layers = ((Dense(units), *middle), (Dense(outputs), last))
    model = NeuralNetwork(layers, loss, 0.1, seed=seed, **options).build(features)
    model.parameters[:] += 0.3 * rng.standard_normal(model.parameters.size)
    x = rng.standard_normal((features, examples))
    if isinstance(loss, CategoricalCrossEntropy):
        y = np.eye(outputs)[rng.integers(0, outputs, examples)].T
    elif isinstance(loss, BinaryCrossEntropy):
        y = rng.integers(0, 2, (outputs, examples)).astype(float)
    else:
        y = rng.standard_normal((outputs, examples))
    return model, x, y


def passes(model, x, y):
    report = gradient_check(model, x, y)
    assert report.passed, f"expected every slope to agree, got\n{report}"
    assert report.checked == model.parameters.size
    assert report.relative_error < 1e-6, f"expected a relative error under 1e-6, got\n{report}"
    return report


# Right networks pass --------------------------------------------------------------------------------------


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("factors", [(0.0, 0.0), (0.7, 0.0), (0.0, 0.4), (0.7, 0.4)])
def test_every_loss_with_one_and_several_outputs_and_penalties(loss, outputs, factors):
    for last in LASTS.get(loss, (Linear, Tanh)):
        l2, l1 = factors
        model, x, y = network((Tanh(),), last(), loss(), outputs, regularization_factor=l2, l1_factor=l1)
        passes(model, x, y)


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("extra", [(), (BatchNorm,), (Dropout,), (BatchNorm, Dropout)])
def test_every_part(activation, outputs, extra):
    middle = [BatchNorm()] * (BatchNorm in extra) + [activation()] + [Dropout(0.4)] * (Dropout in extra)
    model, x, y = network(middle, Sigmoid(), BinaryCrossEntropy(), outputs, seed=3)
    passes(model, x, y)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(
    activation=st.sampled_from(ACTIVATIONS),
    loss=st.sampled_from(LOSSES),
    outputs=st.integers(1, 3),
    units=st.integers(1, 5),
    features=st.integers(1, 4),
    examples=st.integers(1, 9),
    batch_norm=st.booleans(),
    dropout=st.booleans(),
    l2=st.sampled_from([0.0, 0.1, 3.0]),
    l1=st.sampled_from([0.0, 0.2]),
    dtype=st.sampled_from([np.float64, np.float32]),
    seed=st.integers(0, 10**6),
)
def test_any_network(activation, loss, outputs, units, features, examples, batch_norm, dropout, l2, l1, dtype, seed):
    last = LASTS.get(loss, (Linear,))[0]
    middle = [BatchNorm()] * (batch_norm and examples > 2) + [activation()] + [Dropout(0.5)] * dropout
    model, x, y = network(
        middle, last(), loss(), outputs, units, features, seed, examples,
        dtype=dtype, regularization_factor=l2, l1_factor=l1,
    )  # fmt: skip
    passes(model, x, y)


@pytest.mark.parametrize("scale", [1e-3, 100.0])
def test_small_and_large_inputs_and_labels(scale):
    for last, loss in ((Linear(), MeanSquaredError()), (Sigmoid(), BinaryCrossEntropy())):
        model, x, y = network((Tanh(),), last, loss)
        passes(model, x * scale, y if isinstance(loss, BinaryCrossEntropy) else y * scale)


def test_a_confident_and_wrong_network_does_not_loosen_the_check():
    model, x, y = network((Tanh(),), Sigmoid(), BinaryCrossEntropy())
    model.layers[1][0].bias[...] = 40.0
    y[...] = 0
    passes(model, x, y)
    broken = MUTANTS["grad_weights_for_weights"].apply(model)
    assert not gradient_check(broken, x, y).passed


# Kinks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("activation", [ReLU, LeakyReLU, ELU])
def test_standing_exactly_on_a_kink_is_no_false_alarm(activation):
    """XOR with biases of zero: the example (0, 0) puts every unit of both hidden layers at z = 0."""
    x, y = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0.0, 1, 1, 0]])
    layers = ((Dense(4), activation()), (Dense(4), activation()), (Dense(1), Sigmoid()))
    report = passes(NeuralNetwork(layers, BinaryCrossEntropy(), 0.1, seed=1), x, y)
    if activation is not ELU:  # ELU's slope does not jump
        assert report.kinks.sum() == 8, f"expected the 8 hidden biases at a kink, got {report}"


@pytest.mark.parametrize("distance", [1e-4, 9e-6, 1e-6, 1e-7, 1e-8, 1e-12, -1e-6, 0.0])
def test_a_kink_at_any_distance_is_no_false_alarm(distance):
    model, x, y = network((ReLU(),), Linear(), MeanSquaredError(), examples=2)
    layer = model.layers[0][0]
    layer.bias[1] -= layer(x)[1, 0] - distance  # unit 1 stands that near to its kink, for the first example
    report = passes(model, x, y)
    if 0 < abs(distance) < 9e-6:
        assert report.kinks.any()


def test_kinks_of_the_losses_and_of_l1():
    model, x, y = network((Tanh(),), Linear(), MeanAbsoluteError(), l1_factor=0.5)
    model.layers[0][0].weights[1, 1] = 0.0  # sign(0) = 0 lies in the middle of both sides: it agrees as it is
    passes(model, x, y)
    model.layers[0][0].weights[1, 1] = 1e-6
    y[:, 0] = model.predict(x)[:, 0] + 1e-7
    assert passes(model, x, y).kinks.sum() >= 2
    model, x, y = network((Tanh(),), Linear(), Huber(1.0))
    y[:, 0] = model.predict(x)[:, 0] - 1.0
    passes(model, x, y)


@pytest.mark.parametrize("distance", [1e-6, 0.0])
def test_a_kink_hides_no_mistake(distance):
    model, x, y = network((ReLU(),), Linear(), MeanSquaredError(), examples=2)
    layer = model.layers[0][0]
    layer.bias[1] -= layer(x)[1, 0] - distance
    report = gradient_check(MUTANTS["bias_summed"].apply(model), x, y)
    assert not report.passed and report.rows[1].name == "bias"
    alive = np.abs(report.analytic[12:16]) > 0
    assert (report.wrong[12:16] == alive).all(), f"expected every bias that has a slope to be wrong, got\n{report}"


def test_a_small_mistake_is_found():
    """A relative error of 1e-5 in one number of 25."""

    class Slightly(Dense):
        def parameter_gradients(self, grad_output):
            super().parameter_gradients(grad_output)
            self.grad_weights[2, 1] *= 1 + 1e-4

    model, x, y = network((Tanh(),), Sigmoid(), BinaryCrossEntropy())
    layer = Slightly(4)
    wrong = NeuralNetwork(((layer, Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0).build(3)
    wrong.parameters[:] = model.parameters
    report = gradient_check(wrong, x, y)
    assert np.flatnonzero(report.wrong).tolist() == [2 * 3 + 1], report


# The report -----------------------------------------------------------------------------------------------


def test_report_as_text():
    model, x, y = network((Tanh(),), Sigmoid(), BinaryCrossEntropy())
    lines = repr(gradient_check(model, x, y)).splitlines()
    assert lines[0].split() == ["block", "part", "parameter", "checked", "kinks", "relative", "error", "verdict"]
    assert lines[-1] == "PASSED: all 21 slopes agree within 1e-06"
    assert [line.split()[-1] for line in lines[2:-1]] == ["agrees"] * 4
    assert all(line.index("Dense") == lines[0].index("part") for line in lines[2:-1])
    wrong = gradient_check(MUTANTS["bias_gradient_missing"].apply(model), x, y)
    assert repr(wrong).splitlines()[-1] == "FAILED: 5 of 21 slopes disagree by more than 1e-06"
    assert [row.verdict for row in wrong.rows] == ["agrees", "WRONG"] * 2
    assert wrong.rows[1].relative_error == pytest.approx(1.0)


def test_numbers_for_pictures():
    model, x, y = network((Tanh(),), Sigmoid(), BinaryCrossEntropy())
    report = gradient_check(model, x, y)
    model(x)
    model.backward_step(y)
    assert np.array_equal(report.analytic, model.gradients)
    assert np.allclose(report.numeric, model.gradients, rtol=1e-6, atol=1e-9)


def test_gradients_that_are_all_zero_are_said_to_prove_nothing():
    model, x, y = network((ReLU(),), Sigmoid(), BinaryCrossEntropy())
    model.layers[0][0].bias[...] = -100
    report = gradient_check(model, x, y)
    assert [row.verdict for row in report.rows] == ["all zero", "all zero", "all zero", "agrees"]


@pytest.mark.parametrize("sample", [1, 3, 4, 9, 20, 21, 1000])
def test_sample(sample):
    model, x, y = network((Tanh(),), Sigmoid(), BinaryCrossEntropy())
    report = gradient_check(model, x, y, sample=sample, seed=5)
    assert report.checked == np.isfinite(report.numeric).sum() == min(sample, 21)
    again = gradient_check(model, x, y, sample=sample, seed=5)
    assert np.array_equal(report.numeric, again.numeric, equal_nan=True)
    if sample >= 4:
        assert all(row.checked for row in report.rows), f"expected some of every array, got\n{report}"
    else:
        assert "not checked" in repr(report)


# Nothing is changed ---------------------------------------------------------------------------------------


def snapshot(model):
    hidden = ("rng", "initializer", "place")
    state = [model.parameters.copy(), model.gradients.copy(), model.rng.bit_generator.state, model.loss_value]
    for place in model.places:
        values = {name: copy.deepcopy(value) for name, value in vars(place.part).items() if name not in hidden}
        state += [values, place.inputs, place.output, place.grad_output]
        if hasattr(place.part, "rng"):
            state.append(place.part.rng.bit_generator.state)
    return state


def test_the_model_stays_as_it_was():
    middle = (BatchNorm(), ReLU(), Dropout(0.3), Tanh(), Dropout(0.2, seed=1))
    model, x, y = network(middle, Sigmoid(), BinaryCrossEntropy(), dtype=np.float32)
    model.fit(x, y, epochs=2, batch_size=3)
    views = [model.layers[0][0].weights, model.layers[0][0].grad_bias]
    before, data, outside = snapshot(model), (x.copy(), y.copy()), np.random.get_state()  # noqa: NPY002
    passes(model, x, y)
    np.testing.assert_equal(snapshot(model), before)
    np.testing.assert_equal((x, y), data)
    np.testing.assert_equal(np.random.get_state(), outside)  # noqa: NPY002
    assert model.layers[0][0].weights is views[0] and model.layers[0][0].grad_bias is views[1]
    assert model.parameters.dtype == np.float32
    assert len(model.history.loss) == 2


def test_training_goes_on_as_if_nothing_had_been_checked():
    runs = []
    for check in (False, True):
        model, x, y = network((ReLU(), Dropout(0.3)), Sigmoid(), BinaryCrossEntropy())
        for _ in model.training(x, y, epochs=4, batch_size=2):
            if check:
                gradient_check(model, x, y, sample=2)
        runs.append(model.parameters.copy())
    assert np.array_equal(*runs)


def test_a_model_that_has_seen_no_data_is_built():
    model = NeuralNetwork(((Dense(3), Tanh()), (Dense(1), Linear())), MeanSquaredError(), 0.1, seed=0)
    assert gradient_check(model, np.eye(2), np.ones((1, 2))).passed
    assert model.features == 2


def test_copy_of_shares_nothing_that_changes():
    model, x, y = network((ReLU(), Dropout(0.3)), Sigmoid(), BinaryCrossEntropy())
    twin = copy_of(model)
    assert np.array_equal(model(x), twin(x)), "expected the same mask from the copied random numbers"
    twin.fit(x, y, epochs=1)
    assert not np.array_equal(model.parameters, twin.parameters) and not model.history.loss
    assert twin.layers[0][0].weights is twin.places[0].part.weights


# Learners' own classes ------------------------------------------------------------------------------------


class MyLayer:
    def __init__(self, units, features):
        self.weights = np.random.default_rng(2).standard_normal((units, features))
        self.bias = np.full((units, 1), 0.1)

    def __call__(self, inputs):
        return self.weights @ inputs + self.bias


class MyReLU:
    def __call__(self, z):
        return z * (z > 0)

    def gradient(self, z):
        return 1.0 * (z > 0)


class MyLoss:
    def __call__(self, output, labels):
        return float(((output - labels) ** 4).mean())

    def gradient(self, output, labels):
        return 4 * (output - labels) ** 3 / len(output)


class MyDropout:
    def __call__(self, inputs):
        self.mask = np.random.rand(*inputs.shape) > 0.5  # noqa: NPY002 - what learners write
        return inputs * self.mask

    def backward(self, grad_output):
        return grad_output * self.mask

    def predict(self, inputs):
        return inputs / 2


def test_own_layer_activation_loss_and_dropout():
    layers = ((MyLayer(4, 3), MyReLU(), MyDropout()), (MyLayer(2, 4), Tanh()))
    model = NeuralNetwork(layers, MyLoss(), 0.1)
    x, y = np.random.default_rng(0).standard_normal((2, 3, 6))
    passes(model, x, y[:2])


def test_own_wrong_activation_is_found_in_the_layer_below_it():
    class Wrong(MyReLU):
        def gradient(self, z):
            return np.ones_like(z)

    model, x, y = network((Wrong(),), Linear(), MyLoss())
    assert [row.passed for row in gradient_check(model, x, y).rows] == [False, False, True, True]


def test_an_error_in_an_own_class_comes_out_and_leaves_the_model_alone():
    class Breaks(MyReLU):
        def gradient(self, z):
            raise ZeroDivisionError("mine")

    model, x, y = network((Breaks(),), Linear(), MyLoss())
    before = snapshot(model)
    with pytest.raises(ZeroDivisionError, match="mine"):
        gradient_check(model, x, y)
    np.testing.assert_equal(snapshot(model), before)


def test_a_loss_that_cannot_be_repeated_is_refused():
    class Unrepeatable(MyReLU):
        calls = 0

        def __call__(self, z):
            self.calls += 1
            return z * self.calls

    model, x, y = network((Unrepeatable(),), Linear(), MyLoss())
    with pytest.raises(ValueError, match="keep a numpy Generator in the part"):
        gradient_check(model, x, y)


def test_chance_repeats_draws_that_no_generator_of_the_network_makes():
    notebook = np.random.default_rng(3)

    class Draws(MyReLU):
        def __call__(self, z):
            draws = (np.random.default_rng().random(), np.random.rand(), random.random(), notebook.random())  # noqa: NPY002
            return z * sum(draws)

    model, x, _ = network((Draws(),), Linear(), MyLoss())
    chance, outputs, state = Chance(model), [], notebook.bit_generator.state
    for _ in range(2):
        with chance:
            outputs.append(model(x))
    assert np.array_equal(*outputs) and notebook.bit_generator.state == state, "the notebook's go on"
    assert not np.array_equal(outputs[0], model(x))


def test_a_part_in_float32_is_measured_coarsely_and_still_judged():
    class Single(MyReLU):
        def __call__(self, z):
            return super().__call__(z).astype(np.float32)

    class Wrong(Single):
        def gradient(self, z):
            return 1.2 * super().gradient(z)

    for part, right in ((Single, True), (Wrong, False)):
        report = gradient_check(*network((part(),), Linear(), MyLoss()))
        assert report.passed == right and report.tolerance == 0.02, report


def test_an_own_class_that_changes_its_inputs_does_not_change_the_data():
    class InPlace(MyReLU):
        def __call__(self, z):
            z *= 2
            return z

        def gradient(self, z):
            return np.full_like(z, 2.0)

    model = NeuralNetwork(((InPlace(),), (Dense(1), Linear())), MyLoss(), 0.1, seed=0).build(2)
    x, y = np.eye(2), np.ones((1, 2))
    with pytest.raises(ValueError, match="two forward passes"):
        gradient_check(model, x, y)
    assert np.array_equal(x, np.eye(2))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tolerance": 0}, "tolerance is a small positive number"),
        ({"epsilon": -1e-5}, "epsilon is a small positive number"),
        ({"epsilon": math.nan}, "epsilon is a small positive number"),
        ({"sample": 0}, "sample is a whole number"),
        ({"sample": 2.5}, "sample is a whole number"),
        ({"sample": True}, "sample is a whole number"),
    ],
)
def test_options_that_cannot_be_meant(options, message):
    model, x, y = network((Tanh(),), Sigmoid(), BinaryCrossEntropy())
    with pytest.raises(ValueError, match=message):
        gradient_check(model, x, y, **options)


def test_data_that_do_not_fit():
    model, x, y = network((Tanh(),), Sigmoid(), BinaryCrossEntropy())
    with pytest.raises(ValueError, match=r"x has 6 examples and y has 5"):
        gradient_check(model, x, y[:, :5])
    with pytest.raises(ValueError, match=r"x\.T"):
        gradient_check(model, x.T, y)


def test_chance_repeats_every_draw():
    model, x, _ = network((Dropout(0.5),), Linear(), MyLoss())
    chance = Chance(model)
    draws = []
    for _ in range(2):
        with chance:
            draws.append(model(x))
    assert np.array_equal(*draws) and not np.array_equal(draws[0], model(x))


NOTEBOOK = np.random.default_rng(3)


def drawn(shape, deep=2):
    return drawn(shape, deep - 1) if deep else NOTEBOOK.random(shape)


@pytest.mark.parametrize(("method", "goes_back", "loops", "repeats"), [
    ("helper", False, False, True), ("fit", True, False, False), ("fit", True, True, True),
    ("update", True, False, True), ("__init__", False, True, False),
])  # fmt: skip
def test_what_a_loop_draws_counts_where_it_is_run(method, goes_back, loops, repeats):
    notebook = np.random.default_rng(4)

    def draw(self):
        return notebook.random(3)

    def train(self):
        self.backward_step()
        return notebook.random(3)

    chance = Chance(parts=[object.__new__(type("Own", (), {method: train if goes_back else draw}))], loops=loops)
    draws = []
    for _ in range(2):
        with chance:
            draws.append(notebook.random(3))
    assert np.array_equal(*draws) == repeats


def test_chance_finds_generators_through_functions_that_call_themselves():
    class Noise:
        def __call__(self, inputs):
            return inputs + drawn(inputs.shape)

    noise, state = Noise(), NOTEBOOK.bit_generator.state
    chance = Chance(parts=[noise])
    draws = []
    for _ in range(2):
        with chance:
            draws.append(noise(np.zeros((2, 3))))
    assert np.array_equal(*draws) and draws[0].all() and NOTEBOOK.bit_generator.state == state
