"""Networks that are not nnlib's: a class as lesson 09 has it, and arrays in a dictionary."""

import numpy as np
import pytest

from lessons.checks.remember.book import solution_piece
from nnlib import (
    SGD,
    BinaryCrossEntropy,
    Dense,
    NeuralNetwork,
    Sigmoid,
    Tanh,
    check_functions,
    diagnose,
    gradient_check,
)
from nnlib.data import moons

X, Y = moons(20, 0.1, 0)
Lesson09 = solution_piece("09.5", "NeuralNetwork")


class MyDense(Dense):
    def backward(self, dz):
        self.grad_weights = dz @ self.inputs.T / dz.shape[1]
        self.grad_bias = dz.mean(axis=1, keepdims=True)
        return self.weights.T @ dz


def own(kind=Lesson09, dense=MyDense, activation=Tanh):
    return kind(((dense(4), activation()), (dense(1), Sigmoid())), BinaryCrossEntropy(), SGD(0.5))


def test_the_class_of_lesson_09_is_checked_as_it_is():
    model = own()
    for ready in (False, True):
        if ready:
            model.fit(X, Y, 5)
            before = [layer.weights.copy() for layer, _ in model.layers]
        report = gradient_check(model, X, Y)
        assert report.passed and report.checked == 17, report
        assert diagnose(model, X, Y) is None
    assert all(np.array_equal(layer.weights, kept) for (layer, _), kept in zip(model.layers, before, strict=True))


def ways_back():
    class NotReversed(Lesson09):
        def backward_step(self, labels):
            grad = self.loss.gradient(self.output, labels)
            for layer, activation in reversed(self.layers):
                grad = layer.backward(grad * activation.gradient(activation(layer.output)))

    class NoSlope(Lesson09):
        def backward_step(self, labels):
            grad = self.loss.gradient(self.output, labels)
            for layer, _ in reversed(self.layers):
                grad = layer.backward(grad)

    class Swapped(Lesson09):
        def backward_step(self, labels):
            grad = -self.loss.gradient(self.output, labels)
            for layer, activation in reversed(self.layers):
                grad = layer.backward(grad * activation.gradient(layer.output))

    class Moves(Lesson09):
        def backward_step(self, labels):
            grad = self.loss.gradient(self.output, labels)
            for layer, activation in reversed(self.layers):
                grad = layer.backward(grad * activation.gradient(layer.output))
                self.optimizer.step(layer.weights, layer.grad_weights)
                self.optimizer.step(layer.bias, layer.grad_bias)

        def update(self):
            pass

    class Idle(Lesson09):
        def update(self):
            pass

    class Shortcut(Lesson09):
        def backward_step(self, labels):
            grad = self.output - labels
            for layer, activation in reversed(self.layers):
                grad = layer.backward(grad * activation.gradient(layer.output))

    return {
        "slope_at_output": NotReversed, "slope_missing": NoSlope, "gradient_sign": Swapped, "update_in_backward": Moves,
        "nothing_moves": Idle, "slope_after_shortcut": Shortcut,
    }  # fmt: skip


@pytest.mark.parametrize("kind", ways_back())
def test_a_slip_in_ones_own_way_back_is_named(kind):
    found = diagnose(own(ways_back()[kind]), X, Y)
    assert found is not None and found.kind == kind, found


def test_a_slip_in_a_part_of_ones_own_network_is_named():
    class Sums(MyDense):
        def backward(self, dz):
            handed = super().backward(dz)
            self.grad_weights = dz @ self.inputs.T
            return handed

    found = diagnose(own(dense=Sums), X, Y)
    assert found.kind == "mean_missing" and "20 times too large" in str(found), found

    class Value(Tanh):
        def gradient(self, z):
            return self(z)

    assert diagnose(own(activation=Value), X, Y).kind == "value_for_slope"


# Arrays in a dictionary -----------------------------------------------------------------------------------


def tutorial(seed=0):
    """Two layers, as most tutorials write them: parameters in a dictionary, functions around it."""
    rng = np.random.default_rng(seed)
    p = {
        "W1": rng.standard_normal((3, 2)), "b1": rng.standard_normal((3, 1)),
        "W2": rng.standard_normal((1, 3)), "b2": rng.standard_normal((1, 1)),
    }  # fmt: skip

    def forward(p):
        a1 = np.tanh(p["W1"] @ X + p["b1"])
        return a1, 1 / (1 + np.exp(-(p["W2"] @ a1 + p["b2"])))

    def loss(p):
        _, a2 = forward(p)
        return -(Y * np.log(a2) + (1 - Y) * np.log(1 - a2)).mean()

    def gradients(p):
        m, (a1, a2) = X.shape[1], forward(p)
        dz2 = a2 - Y
        dz1 = p["W2"].T @ dz2 * (1 - a1**2)
        return {
            "dW1": dz1 @ X.T / m, "db1": dz1.mean(axis=1, keepdims=True),
            "dW2": dz2 @ a1.T / m, "db2": dz2.mean(axis=1, keepdims=True),
        }  # fmt: skip

    return p, loss, gradients


def test_a_dictionary_of_arrays_is_checked():
    p, loss, gradients = tutorial()
    before = {name: array.copy() for name, array in p.items()}
    for report in (check_functions(loss, p, gradients), check_functions(lambda: loss(p), p, gradients(p), sample=8)):
        assert report.passed and "PASSED" in repr(report), report
    np.testing.assert_equal(p, before)


@pytest.mark.parametrize(("kind", "change"), [
    ("mean_missing", lambda g: {name: 20 * array for name, array in g.items()}),
    ("sign", lambda g: {name: -array for name, array in g.items()}),
    ("bias_summed", lambda g: {**g, "db1": 20 * g["db1"], "db2": 20 * g["db2"]}),
    ("transposed", lambda g: {**g, "dW1": g["dW1"].T}),
    ("flat", lambda g: {**g, "db1": g["db1"][:, 0]}),
    ("handed_down", lambda g: {**g, "dW1": np.exp(g["dW1"]), "db1": np.exp(g["db1"])}),
    ("not_finite", lambda g: {**g, "dW2": g["dW2"] * np.nan}),
])  # fmt: skip
def test_wrong_gradients_in_a_dictionary_are_named(kind, change):
    p, loss, gradients = tutorial()
    report = check_functions(loss, p, change(gradients(p)), m=20)
    assert not report.passed and report.diagnosis.kind == kind, report
    assert "FAILED" in repr(report) and "WRONG" in repr(report)


def test_what_cannot_be_checked_says_what_is_expected():
    p, loss, gradients = tutorial()
    with pytest.raises(TypeError, match="check_functions"):
        gradient_check(p, X, Y)
    with pytest.raises(TypeError, match="check_functions"):
        diagnose(p, X, Y)
    with pytest.raises(TypeError, match="loss is a function"):
        check_functions(0.7, p, gradients)
    with pytest.raises(TypeError, match="dictionary of arrays"):
        check_functions(loss, 3, gradients)
    with pytest.raises(TypeError, match="float64"):
        check_functions(loss, {"W1": [1, 2]}, gradients)
    with pytest.raises(ValueError, match="gradients has no 'W1'"):
        check_functions(loss, p, {"V": 1})
    copied = {name: array.copy() for name, array in p.items()}
    with pytest.raises(ValueError, match="not with copies"):
        check_functions(lambda: loss(copied), p, gradients(p))
    with pytest.raises(ValueError, match="must not draw anew"):
        check_functions(lambda: np.random.default_rng().random(), p, gradients(p))


def updates():
    class Uphill(Lesson09):
        def update(self):
            for layer, _ in self.layers:
                layer.weights = layer.weights + self.optimizer.learning_rate * layer.grad_weights
                layer.bias = layer.bias + self.optimizer.learning_rate * layer.grad_bias

    class NoBias(Lesson09):
        def update(self):
            for layer, _ in self.layers:
                self.optimizer.step(layer.weights, layer.grad_weights)

    class LastLayerLeftOut(Lesson09):
        def update(self):
            for layer, _ in self.layers[:-1]:
                self.optimizer.step(layer.weights, layer.grad_weights)
                self.optimizer.step(layer.bias, layer.grad_bias)

    class RateTwice(Lesson09):
        def update(self):
            for layer, _ in self.layers:
                self.optimizer.step(layer.weights, self.optimizer.learning_rate * layer.grad_weights)
                self.optimizer.step(layer.bias, self.optimizer.learning_rate * layer.grad_bias)

    return {"step_uphill": Uphill, "never_moves": NoBias, "never_moves ": LastLayerLeftOut,
            "learning_rate_squared": RateTwice}  # fmt: skip


@pytest.mark.parametrize("kind", updates())
def test_a_slip_in_ones_own_update_is_named(kind):
    assert diagnose(own(updates()[kind]), X, Y).kind == kind.strip()


def test_an_update_that_leaves_a_layer_frozen_is_not_accused():
    class Frozen(Lesson09):
        def update(self):
            for layer, _ in self.layers:
                if layer.trainable:
                    self.optimizer.step(layer.weights, layer.grad_weights)
                    self.optimizer.step(layer.bias, layer.grad_bias)

    model = own(Frozen)
    for index, (layer, _) in enumerate(model.layers):
        layer.trainable = index > 0
    assert diagnose(model, X, Y) is None


class Momentum:
    """SGD with momentum as it is written everywhere, whatever the momentum."""

    def __init__(self, learning_rate, momentum):
        self.learning_rate, self.momentum, self.v = learning_rate, momentum, 0.0

    def step(self, parameters, gradients):
        self.v = self.momentum * self.v - self.learning_rate * gradients
        parameters += self.v


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_a_momentum_of_zero_asks_for_no_memory(momentum):
    layers = [(Dense(4), Tanh()), (Dense(1), Sigmoid())]
    model = NeuralNetwork(layers, BinaryCrossEntropy(), optimizer=Momentum(0.5, momentum))
    assert diagnose(model, X, Y) is None


class Residual(Dense):
    """As many units as inputs, and its inputs are added: what it gives is no form that is known."""

    def __call__(self, x):
        return super().__call__(x) + x

    def backward(self, dz):
        return self.grad_weights_alone(dz) + dz

    def grad_weights_alone(self, dz):
        return super().backward(2 * dz)  # wrong: twice


def test_a_layer_whose_output_is_no_known_form_is_looked_at_whatever_its_sizes():
    layers = [(Dense(4), Tanh()), (Residual(4), Tanh()), (Dense(1), Sigmoid())]
    found = diagnose(NeuralNetwork(layers, BinaryCrossEntropy(), optimizer=SGD(0.5)), X, Y)
    assert str(found).startswith("Block 2, Residual: ")
