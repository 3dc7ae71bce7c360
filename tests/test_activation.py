"""Activations: known values worked by hand, slopes against central differences, finite at ±1000, float32 kept."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import ELU, GELU, LeakyReLU, Linear, ReLU, Sigmoid, Softmax, Softplus, Swish, Tanh
from nnlib.parts.part import backward

ELEMENTWISE = [
    Linear(), ReLU(), LeakyReLU(), LeakyReLU(0.3), ELU(), ELU(0.5), Sigmoid(), Tanh(), Softplus(), Swish(), GELU(),
]  # fmt: skip
KINKED = (ReLU, LeakyReLU, ELU)

KNOWN = [
    (Linear(), -2.0, -2.0, 1.0),
    (ReLU(), -2.0, 0.0, 0.0),
    (ReLU(), 0.0, 0.0, 0.0),  # the slope at the kink is said to be 0
    (ReLU(), 3.0, 3.0, 1.0),
    (LeakyReLU(0.1), -2.0, -0.2, 0.1),  # 0.1 · -2
    (LeakyReLU(0.1), 2.0, 2.0, 1.0),
    (ELU(2.0), -math.log(2), -1.0, 1.0),  # 2 (1/2 - 1) = -1, slope 2 · 1/2 = 1
    (ELU(2.0), 5.0, 5.0, 1.0),
    (Sigmoid(), 0.0, 0.5, 0.25),  # 1/2 · 1/2
    (Sigmoid(), math.log(3), 0.75, 0.1875),  # 1 / (1 + 1/3) = 3/4, slope 3/4 · 1/4
    (Sigmoid(), -math.log(3), 0.25, 0.1875),
    (Tanh(), 0.0, 0.0, 1.0),
    (Tanh(), math.log(2), 0.6, 0.64),  # (2 - 1/2) / (2 + 1/2) = 3/5, slope 1 - 9/25
    (Softplus(), 0.0, math.log(2), 0.5),
    (Softplus(), math.log(3), math.log(4), 0.75),  # log(1 + 3), slope sigmoid(log 3)
    (Swish(), math.log(3), 0.75 * math.log(3), 0.75 + math.log(3) * 0.1875),
    (GELU(), 0.0, 0.0, 0.5),  # slope (1 + tanh 0) / 2
    # u = 0.7978846 · (1 + 0.044715) = 0.8335621, tanh(u) = 0.6823838, f = 1.6823838 / 2;
    # slope 0.8411919 + (1 - 0.4656477) / 2 · 0.7978846 · 1.134145 = 0.8411919 + 0.2417722
    (GELU(), 1.0, 0.8411919906, 0.8411919906 + 0.2417720932),
]


@pytest.mark.parametrize(("activation", "z", "value", "slope"), KNOWN)
def test_value_and_slope_worked_by_hand(activation, z, value, slope):
    at = np.array([[z]])
    assert activation(at)[0, 0] == pytest.approx(value, abs=1e-9), f"{activation!r}({z})"
    assert activation.gradient(at)[0, 0] == pytest.approx(slope, abs=1e-9), f"slope of {activation!r} at {z}"


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=repr)
@settings(max_examples=40, deadline=None)
@given(z=st.floats(-1000, 1000))
def test_slope_is_the_central_difference(activation, z):
    if isinstance(activation, KINKED) and abs(z) < 1e-4:
        z += 1e-3
    step = 1e-5 * max(1.0, abs(z))
    up, here, down = np.array([[z + step]]), np.array([[z]]), np.array([[z - step]])
    measured = ((activation(up) - activation(down)) / (up - down))[0, 0]
    stated = activation.gradient(here)[0, 0]
    assert stated == pytest.approx(measured, rel=2e-6, abs=2e-8), f"{activation!r} at z = {z!r}"


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("activation", [*ELEMENTWISE, LeakyReLU(np.float64(0.2)), ELU(np.float64(2))], ids=repr)
def test_far_out_values_and_slopes_are_finite_and_of_the_same_type(activation, dtype):
    z = np.array([[-1000.0, -100.0, -0.0, 0.0, 100.0, 1000.0]], dtype)
    for what, result in (("value", activation(z)), ("slope", activation.gradient(z))):
        assert np.isfinite(result).all(), f"{what} of {activation!r} at {z}: {result}"
        assert result.dtype == dtype, f"{what} of {activation!r} of {z.dtype} is {result.dtype}"
        assert result.shape == z.shape


FAR = [  # value at -1000, value at 1000, slope at -1000, slope at 1000
    (Sigmoid(), 0, 1, 0, 0),
    (Tanh(), -1, 1, 0, 0),
    (Softplus(), 0, 1000, 0, 1),
    (Swish(), 0, 1000, 0, 1),
    (GELU(), 0, 1000, 0, 1),
    (ELU(0.5), -0.5, 1000, 0, 1),
    (ReLU(), 0, 1000, 0, 1),
]


@pytest.mark.parametrize(("activation", "low", "high", "low_slope", "high_slope"), FAR)
def test_far_out_values_are_right(activation, low, high, low_slope, high_slope):
    z = np.array([[-1000.0, 1000.0]])
    np.testing.assert_array_equal(activation(z), [[low, high]], err_msg=repr(activation))
    np.testing.assert_array_equal(activation.gradient(z), [[low_slope, high_slope]], err_msg=repr(activation))


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=repr)
def test_not_a_number_is_not_hidden(activation):
    assert np.isnan(activation(np.array([[np.nan]]))).all(), f"{activation!r} hides NaN"


@pytest.mark.parametrize("activation", [*ELEMENTWISE, Softmax()], ids=repr)
def test_inputs_are_left_alone(activation):
    z = np.array([[-1.0, 2.0], [0.5, -3.0]])
    before = z.copy()
    activation.inputs, activation.output = z, activation(z)
    backward(activation, np.ones_like(z))
    np.testing.assert_array_equal(z, before)


def test_elementwise_backward_is_the_chain_rule():
    tanh = Tanh()
    tanh.inputs = np.array([[math.log(2)]])  # slope 0.64, see above
    assert tanh.backward(np.array([[2.0]]))[0, 0] == pytest.approx(1.28)


def test_softmax_by_hand():
    z = np.log(np.array([[1.0, 2.0], [3.0, 2.0]]))  # exp gives 1, 3 and 2, 2: a quarter, three; a half, a half
    np.testing.assert_allclose(Softmax()(z), [[0.25, 0.5], [0.75, 0.5]], rtol=1e-15)


def test_softmax_backward_by_hand():
    softmax = Softmax()
    softmax.output = np.array([[0.25], [0.75]])
    # average = 0.25 · 1 + 0.75 · 2 = 1.75; 0.25 (1 - 1.75), 0.75 (2 - 1.75)
    np.testing.assert_allclose(softmax.backward(np.array([[1.0], [2.0]])), [[-0.1875], [0.1875]], rtol=1e-15)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=6), st.floats(-500, 500), st.integers(0, 10**6))
def test_softmax_properties(z, shift, seed):
    softmax, z = Softmax(), np.array(z)[:, np.newaxis]
    output = softmax(z)
    assert output.sum() == pytest.approx(1, abs=1e-12)
    assert (output >= 0).all()
    np.testing.assert_allclose(softmax(z + shift), output, atol=1e-10, err_msg=f"z = {z.T}, shift {shift}")
    softmax.output, grad = output, np.random.default_rng(seed).normal(size=z.shape)
    jacobian = np.diag(output[:, 0]) - output @ output.T
    np.testing.assert_allclose(softmax.backward(grad), jacobian @ grad, atol=1e-12, err_msg=f"z = {z.T}")
