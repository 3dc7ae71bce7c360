"""Equations: what is printed is what the recorded numbers confirm, and nothing else."""

import numpy as np
import pytest

from nnlib import Adam, BinaryCrossEntropy, Dense, MeanSquaredError, NeuralNetwork, Sigmoid, Tanh
from nnlib.data import moons
from nnlib.inspect import Tape
from widgets.stage.confirmed import as_python
from widgets.stage.formulas import Equation, equations
from widgets.stage.matrix import terms
from widgets.stage.moment import moment_view


def told(model):
    """{(block, method): {result: right side}} of one update of a network."""
    x, y = moons(20, 0.1, 0)
    tape = Tape()
    model.fit(x, y, epochs=1, callbacks=[tape])
    found = {}
    for moment in tape:
        if moment.phase == "update":
            owner = model.optimizer
        elif moment.block:
            owner = next(p.part for p in model.places if (p.block, p.index) == (moment.block, moment.index))
        else:
            owner = model.loss_formula
        for one in equations(moment, owner):
            found[moment.block, moment.method, one.result] = one.text.removeprefix(f"{one.result} = ")
    return found


def network(dense=Dense, loss=BinaryCrossEntropy, **options):
    return NeuralNetwork(
        ((dense(3), Tanh()), (dense(1), Sigmoid())), loss(), seed=0, **({"learning_rate": 0.1} | options)
    )


class Own:
    def __init__(self, units):
        self.units = units

    def build(self, features, rng, dtype):
        self.weights, self.bias = rng.normal(size=(self.units, features)), np.zeros((self.units, 1))

    def __call__(self, x):
        return self.weights @ x + self.bias


def layer_gradients(inputs, dz):
    m = dz.shape[1]
    slope = dz @ inputs.T / m
    return slope, np.sum(dz, axis=1, keepdims=True) / m


def send_back(matrix, upstream):
    return matrix.T @ upstream


class Handing(Own):
    """As lesson 07 writes it: the work is done by functions of one's own."""

    def backward(self, dz):
        gradients = layer_gradients(self.inputs, dz)
        self.grad_weights, self.grad_bias = gradients
        return send_back(self.weights, dz)


class Looping(Own):
    """No line of it is the whole result."""

    def backward(self, dz):
        self.grad_weights = np.zeros_like(self.weights)
        for k in range(dz.shape[1]):
            self.grad_weights += dz[:, k : k + 1] @ self.inputs[:, k : k + 1].T / dz.shape[1]
        self.grad_bias = dz.mean(axis=1, keepdims=True)
        return self.weights.T @ dz


def test_functions_of_ones_own_are_followed_to_the_line_that_is_true():
    found = told(network(Handing))
    assert found[2, "parameter_gradients", "grad_weights"] == "grad_output @ inputs.T / m"
    assert found[2, "parameter_gradients", "grad_bias"] == "np.sum(grad_output, axis=1, keepdims=True) / m"
    assert found[2, "backward", "grad_inputs"] == "weights.T @ grad_output"


def test_the_lines_that_are_shown_are_those_of_the_function_that_does_the_work():
    model = network(Handing)
    tape = Tape()
    model.fit(*moons(20, 0.1, 0), epochs=1, callbacks=[tape])
    part = model.places[2].part

    def shown(method):
        moment = tape.find(block=2, method=method)[0]
        view = moment_view(moment, equations(moment, part), (5, 5), part, 3)
        code = view["source"]
        ran = [(text, words) for (_, text, ran), words in zip(code["lines"], code["words"], strict=True) if ran]
        return code["method"], [text for text, _ in ran], [dict(one for one in words if one[1]) for _, words in ran], [
            "".join(piece for _, piece in one["text"]) for one in view["equations"]
        ], view["places"]

    name, lines, words, told, places = shown("parameter_gradients")
    assert name == "layer_gradients, called by Handing.backward"
    assert lines == ["m = dz.shape[1]", "slope = dz @ inputs.T / m",
                     "return slope, np.sum(dz, axis=1, keepdims=True) / m"]  # fmt: skip
    assert words[1] == {"dz": "dz", "inputs": "inputs"}
    assert told == ["dz @ inputs.T / m", "np.sum(dz, axis=1, keepdims=True) / m"], "in the names of the lines"
    assert places["dz"] == ["units", 2] and "grad_output" not in places
    name, lines, words, told, places = shown("backward")
    assert (name, lines) == ("send_back, called by Handing.backward", ["return matrix.T @ upstream"])
    assert words == [{"return": "grad_inputs", "matrix": "weights", "upstream": "upstream"}]
    assert told == ["weights.T @ upstream"] and "upstream" in places


def test_a_backward_of_ones_own_beside_nnlibs_other_methods_speaks_with_its_own_names():
    class Beside(Dense):
        def backward(self, dz):
            self.grad_weights, self.grad_bias = layer_gradients(self.inputs, dz)
            return send_back(self.weights, dz)

    found = told(network(Beside))
    assert found[1, "parameter_gradients", "grad_weights"] == "grad_output @ inputs.T / m"
    assert found[2, "backward", "grad_inputs"] == "weights.T @ grad_output"


def test_where_no_line_is_the_result_no_equation_is_shown():
    found = told(network(Looping))
    assert found[2, "parameter_gradients", "grad_weights"] == ""
    assert found[2, "parameter_gradients", "grad_bias"] == "grad_output.mean(axis=1, keepdims=True)"
    assert found[2, "backward", "grad_inputs"] == "weights.T @ grad_output"


def test_the_librarys_formulas_are_confirmed():
    found = told(network())
    assert found[1, "__call__", "output"] == "tanh(inputs)"  # of the block the activation comes last
    assert found[2, "parameter_gradients", "grad_weights"] == "grad_output @ inputs.T / m"
    assert found[2, "parameter_gradients", "grad_bias"] == "grad_output summed over m / m"
    assert found[1, "backward", "grad_inputs"] == "grad_output * f'(inputs)"
    assert found[0, "loss", "loss"] == "mean of max(z, 0) - labels z + log(1 + exp(-|z|))"
    assert found[1, "update", "weights"] == "weights_before - learning_rate * grad_weights"
    assert told(network(loss=MeanSquaredError))[0, "loss", "loss"] == "mean of (output - labels)²"


def test_half_a_rule_is_not_passed_off_as_the_whole():
    found = told(network(optimizer=Adam(0.01), learning_rate=None))
    assert found[1, "update", "weights"] == "", "the second half of Adam's step stands in another line"


def moved(parameters, gradients, rate):
    return parameters - rate * gradients


class InPlace:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradients):
        parameters -= self.learning_rate * gradients
        return parameters


class ByAName(InPlace):
    def step(self, weights, slopes):
        way = self.learning_rate * slopes
        weights[:] = weights - way
        return weights


class ByAFunction(InPlace):
    def step(self, parameters, gradients):
        parameters[...] = moved(parameters, gradients, self.learning_rate)
        return parameters


class NumberByNumber(InPlace):
    def step(self, parameters, gradients):
        for k in range(len(parameters)):
            parameters[k] -= self.learning_rate * gradients[k]
        return parameters


class WithAMemory(InPlace):
    def step(self, parameters, gradients):
        self.velocity = 0.9 * getattr(self, "velocity", 0) + gradients
        parameters -= self.learning_rate * self.velocity
        return parameters


@pytest.mark.parametrize(("optimizer", "wanted"), [
    (InPlace, "weights_before - learning_rate * grad_weights"),
    (ByAName, "weights_before - learning_rate * grad_weights"),
    (ByAFunction, "weights_before - learning_rate * grad_weights"),
    (NumberByNumber, ""),
    (WithAMemory, ""),
])  # fmt: skip
def test_the_step_of_an_optimiser_of_ones_own_is_read_off_its_lines(optimizer, wanted):
    found = told(network(optimizer=optimizer(0.1), learning_rate=None))
    for block in (1, 2):
        assert found[block, "update", "weights"] == wanted
        assert found[block, "update", "bias"] == wanted.replace("weights", "bias")


def test_where_a_step_is_not_confirmed_each_parameter_stands_with_what_is_its_own():
    """Both parameters' arrays under each of their names filled the pane twice over and ran out of it."""
    values = {"learning_rate": np.float64(0.1)} | {name: np.ones((2, 2)) for name in (
        "weights_before", "grad_weights", "weights", "bias_before", "grad_bias", "bias")}  # fmt: skip
    shown = [[one["name"] for one in terms(Equation(name, ()), values)] for name in ("weights", "bias")]
    assert shown == [["learning_rate", f"{name}_before", f"grad_{name}", name] for name in ("weights", "bias")]


def test_the_gradient_with_a_penalty_is_not_said_to_be_without():
    found = told(network(regularization_factor=0.5))
    assert found[2, "parameter_gradients", "grad_weights"] == ""
    assert found[2, "parameter_gradients", "grad_bias"] == "grad_output summed over m / m"


@pytest.mark.parametrize(
    "formula, python",
    [
        ("2 (output - labels) / k", "2 * (output - labels) / k"),
        ("mean of (output - labels)²", "mean_of((output - labels)**2)"),
        ("mean of -labels log(output)", "mean_of(-labels * log(output))"),
        (
            "inputs where inputs > 0, else alpha (exp(inputs) - 1)",
            "where(inputs > 0, inputs, alpha * (exp(inputs) - 1))",
        ),
        ("log(1 + exp(-|z|))", "log(1 + exp(-abs(z)))"),
        ("x if x > 0 else 0", "x if x > 0 else 0"),
    ],
)
def test_a_docstrings_formula_as_python(formula, python):
    assert as_python(formula) == python
