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
from nnlib.inspect import function_slips
from nnlib.inspect.loop import ends_at_once, labels_moved, pairs, places_of, torn_in
from nnlib.inspect.whole import Whole
from nnlib.lines import mended

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


class MovesOnTheWay(Lesson09):
    def backward_step(self, labels):
        grad = self.loss.gradient(self.output, labels)
        for layer, activation in reversed(self.layers):
            grad = self.down(layer, grad * activation.gradient(layer.output))

    def down(self, layer, grad):
        grad = layer.backward(grad)
        self.step(layer)
        return grad

    def step(self, layer):
        self.optimizer.step(layer.weights, layer.grad_weights)
        self.optimizer.step(layer.bias, layer.grad_bias)

    def update(self):
        pass


def test_a_layer_may_be_moved_on_the_way_back_once_it_has_handed_the_error_down():
    assert gradient_check(own(MovesOnTheWay), X, Y).passed
    assert diagnose(own(MovesOnTheWay), X, Y) is None


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

    class Moves(MovesOnTheWay):
        def down(self, layer, grad):
            layer.backward(grad)
            self.step(layer)
            return layer.weights.T @ grad

    class Idle(Lesson09):
        def update(self):
            pass

    class Shortcut(Lesson09):
        def backward_step(self, labels):
            grad = self.output - labels
            for layer, activation in reversed(self.layers):
                grad = layer.backward(grad * activation.gradient(layer.output))

    return {
        "slope_at_output": NotReversed, "slope_missing": NoSlope, "gradient_sign": Swapped, "moved_first": Moves,
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


@pytest.mark.parametrize("ask", [diagnose, gradient_check])
def test_a_network_that_gives_nothing_is_told_which_word_is_missing(ask):
    class Silent(Lesson09):
        def __call__(self, x):
            super().__call__(x)

    with pytest.raises(TypeError, match="`return`; expected what its last part gives"):
        ask(own(Silent), X, Y)


def test_what_cannot_be_checked_says_what_is_expected():
    p, loss, gradients = tutorial()
    with pytest.raises(TypeError, match="check_functions"):
        gradient_check(p, X, Y)
    with pytest.raises(TypeError, match="check_functions"):
        diagnose(p, X, Y)
    for thing in (np.tanh, Tanh(), type("Silent", (), {"layers": [], "loss": 0, "backward_step": 0})()):
        with pytest.raises(TypeError) as error:
            diagnose(thing, X, Y)
        assert str(error.value) == (
            f"a network has layers, loss, model(x) and backward_step(labels), got {type(thing).__name__}; "
            "for arrays and functions of your own there is check_functions(loss, parameters, gradients)")
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
    draws = np.random.default_rng(0)
    with pytest.raises(ValueError, match="must not draw anew"):
        check_functions(draws.random, p, gradients(p))


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

    class TwoSteps(Lesson09):
        def update(self):
            for layer, _ in 2 * tuple(self.layers):
                self.optimizer.step(layer.weights, layer.grad_weights)
                self.optimizer.step(layer.bias, layer.grad_bias)

    class AnotherGradient(Lesson09):
        def update(self):
            for layer, _ in self.layers:
                layer.weights -= self.optimizer.learning_rate * layer.grad_weights
                layer.bias -= self.optimizer.learning_rate * layer.grad_weights.mean(axis=1, keepdims=True)

    return {"steps_twice": TwoSteps, "moves_elsewhere": AnotherGradient, "step_uphill": Uphill,
            "never_moves": NoBias, "never_moves ": LastLayerLeftOut,
            "learning_rate_squared": RateTwice}  # fmt: skip


@pytest.mark.parametrize("kind", updates())
def test_a_slip_in_ones_own_update_is_named(kind):
    assert diagnose(own(updates()[kind]), X, Y).kind == kind.strip()


def test_updates_that_are_right_and_unlike_the_optimiser_are_not_accused():
    class Decay(Lesson09):
        def update(self):
            for layer, _ in self.layers:
                layer.weights -= 0.1 * layer.grad_weights + 0.1 * layer.weights
                layer.bias -= 0.2 * layer.grad_bias

    class Speed(Lesson09):
        def update(self):
            speeds = vars(self).setdefault("speeds", {})
            for i, (layer, _) in enumerate(self.layers):
                for name in ("weights", "bias"):
                    speeds[i, name] = 0.9 * speeds.get((i, name), 0) - 0.1 * getattr(layer, f"grad_{name}")
                    setattr(layer, name, getattr(layer, name) + speeds[i, name])

    for kind in (Decay, Speed):
        assert diagnose(own(kind), X, Y) is None


def test_a_way_up_that_leaves_a_part_out_is_named():
    class NoLast(Lesson09):
        def __call__(self, x):
            super().__call__(x)
            self.output = self.layers[-1][0].output
            return self.output

    class Squares:
        def __call__(self, a, y):
            return float(((a - y) ** 2).mean())

        def gradient(self, a, y):
            return 2 * (a - y)

    model = NoLast(((MyDense(4), Tanh()), (MyDense(1), Sigmoid())), Squares(), SGD(0.5))
    found = diagnose(model, X, Y)
    assert found.kind == "way_up_differs" and "what comes into Sigmoid of block 2" in str(found)


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


def test_one_object_in_two_blocks_is_named():
    class Remembers:
        def __call__(self, z):
            self.a = np.tanh(z)
            return self.a

        def gradient(self, z):
            return 1 - self.a**2

    part = Remembers()
    blocks = ((MyDense(3), part), (MyDense(3), part), (MyDense(1), Sigmoid()))
    found = diagnose(Lesson09(blocks, BinaryCrossEntropy(), SGD(0.5)), X, Y)
    assert found.kind == "shared_part" and "Blocks 1 and 2 share one Remembers" in str(found)


def test_a_line_of_ones_own_way_back_is_named():
    class CutOff(Lesson09):
        def backward_step(self, labels):
            grad = self.loss.gradient(self.output, labels)
            grad = np.maximum(grad, 0)
            for layer, activation in reversed(self.layers):
                grad = layer.backward(grad * activation.gradient(layer.output))

    found = diagnose(own(CutOff), X, Y)
    assert found.kind == "line_too_much" and "`grad = np.maximum(grad, 0)`" in str(found), found


# What stands in a function's lines ------------------------------------------------------------------------

XS = np.random.default_rng(3).normal(size=(18, 2))
TS = np.eye(3)[np.random.default_rng(4).integers(0, 3, 18)]
LAM = 0.3


def start(hidden=5):
    rng = np.random.default_rng(1)
    return {
        "W1": rng.normal(size=(2, hidden)) * 0.7, "b1": np.zeros((1, hidden)),
        "W2": rng.normal(size=(hidden, 3)) * 0.7, "b2": np.zeros((1, 3)),
    }  # fmt: skip


def forward(p):
    z1 = XS @ p["W1"] + p["b1"]
    a1 = np.tanh(z1)
    e = np.exp(a1 @ p["W2"] + p["b2"])
    return z1, a1, e / e.sum(axis=1, keepdims=True)


def cross_entropy(p):
    return -np.mean(np.sum(TS * np.log(forward(p)[2]), axis=1))


def penalised(p):
    return cross_entropy(p) + LAM / 2 * (np.sum(p["W1"] ** 2) + np.sum(p["W2"] ** 2))


def gradients(p):
    _, a1, out = forward(p)
    m = len(XS)
    dz2 = (out - TS) / m
    dz1 = dz2 @ p["W2"].T * (1 - a1**2)
    dW1 = XS.T @ dz1
    dW2 = a1.T @ dz2
    return {"W1": dW1, "b1": dz1.sum(axis=0, keepdims=True), "W2": dW2, "b2": dz2.sum(axis=0, keepdims=True)}


def z_for_a(p):
    z1, a1, out = forward(p)
    dz2 = (out - TS) / len(XS)
    dz1 = dz2 @ p["W2"].T * (1 - z1**2)
    dW1 = XS.T @ dz1
    dW2 = a1.T @ dz2
    return {"W1": dW1, "b1": dz1.sum(axis=0, keepdims=True), "W2": dW2, "b2": dz2.sum(axis=0, keepdims=True)}


def other_axis(p):
    _, a1, out = forward(p)
    dz2 = (out - TS) / len(XS)
    dz1 = dz2 @ p["W2"].T * (1 - a1**2)
    db1, db2 = dz1.sum(axis=1, keepdims=True), dz2.sum(axis=1, keepdims=True)
    return {"W1": XS.T @ dz1, "b1": db1, "W2": a1.T @ dz2, "b2": db2}


def counts_features(p):
    _, a1, out = forward(p)
    m = XS.shape[1]
    dz2 = (out - TS) / m
    dz1 = dz2 @ p["W2"].T * (1 - a1**2)
    return {"W1": XS.T @ dz1, "b1": dz1.sum(0, keepdims=True), "W2": a1.T @ dz2, "b2": dz2.sum(0, keepdims=True)}


def updated_before(p):
    _, a1, out = forward(p)
    dz2 = (out - TS) / len(XS)
    dW2 = a1.T @ dz2
    W2 = p["W2"] - 0.5 * dW2
    dz1 = dz2 @ W2.T * (1 - a1**2)
    return {"W1": XS.T @ dz1, "b1": dz1.sum(0, keepdims=True), "W2": dW2, "b2": dz2.sum(0, keepdims=True)}


def inputs_above(p):
    _, a1, out = forward(p)
    dz2 = (out - TS) / len(XS)
    dz1 = dz2 @ p["W2"].T * (1 - a1**2)
    dW2 = XS.T @ dz2
    return {"W1": XS.T @ dz1, "b1": dz1.sum(0, keepdims=True), "W2": dW2, "b2": dz2.sum(0, keepdims=True)}


def value_for_slope(p):
    _, a1, out = forward(p)
    dz2 = (out - TS) / len(XS)
    dz1 = dz2 @ p["W2"].T * np.tanh(a1)
    return {"W1": XS.T @ dz1, "b1": dz1.sum(0, keepdims=True), "W2": a1.T @ dz2, "b2": dz2.sum(0, keepdims=True)}


def kept(p):
    z1, a1, out = forward(p)
    return {"z": z1, "a": a1, "out": out}


def another_key(p):
    cache = kept(p)
    dz2 = (cache["out"] - TS) / len(XS)
    dz1 = dz2 @ p["W2"].T * (1 - np.tanh(cache["z"]) ** 2)
    dW2 = cache["z"].T @ dz2
    return {"W1": XS.T @ dz1, "b1": dz1.sum(0, keepdims=True), "W2": dW2, "b2": dz2.sum(0, keepdims=True)}


@pytest.mark.parametrize(("wrong", "kind", "line"), [
    (value_for_slope, "another_slope", "`np.tanh(a1)` is not the slope that belongs there"),
    (another_key, "another_key", "`dW2 = cache[\"z\"].T @ dz2` `cache['z']` stands where something else belongs"),
    (z_for_a, "another_variable", "`dz1 = dz2 @ p[\"W2\"].T * (1 - z1**2)` `z1` stands where"),
    (other_axis, "one_per_example", "18 examples is left. Over which axis do you add up? In your line `db1, db2 ="),
    (counts_features, "other_count", "divided by 2 and not by the 18 examples"),
    (updated_before, "too_much", "`W2 = p[\"W2\"] - 0.5 * dW2` `− (0.5 * dW2)` is too much"),
    (inputs_above, "another_variable", "`dW2 = XS.T @ dz2` `XS` stands where another variable belongs"),
])  # fmt: skip
def test_the_line_that_is_wrong_is_named(wrong, kind, line, monkeypatch):
    patient = lambda functions, right, beside=(), seconds=3.0, kinds=None: mended(  # noqa: E731
        functions, right, beside, 10 * seconds, kinds)  # fmt: skip
    monkeypatch.setattr(function_slips, "mended", patient)  # where the machine is busy
    parameters = start(2 if wrong is inputs_above else 5)
    before = {name: array.copy() for name, array in parameters.items()}
    for given in (wrong, lambda: wrong(parameters)):
        report = check_functions(cross_entropy, parameters, given, m=18, k=3)
        found = report.diagnosis
        assert kind in (found.kind, *found.also) and line in str(found), report
        assert "With that mended, all comes out right." in str(report.diagnosis)
    np.testing.assert_equal(parameters, before)
    assert check_functions(cross_entropy, parameters, gradients, m=18).passed


def test_what_the_numbers_show_beside_their_parameters():
    p = start()

    def judged(change, loss=penalised):
        made = gradients(p)
        change(made)
        return check_functions(loss, p, made, m=18, k=3)

    def right(made):
        made["W1"] += LAM * p["W1"]
        made["W2"] += LAM * p["W2"]

    def forgotten(made):
        made["W2"] += LAM * p["W2"]

    def minus(made):
        made["W1"] -= LAM * p["W1"]
        made["W2"] -= LAM * p["W2"]

    assert judged(right).passed
    found = judged(forgotten).diagnosis
    assert found.kind == "l2_missing_there" and "W1 is right but for 0.3 times" in str(found)
    found = judged(minus).diagnosis
    assert found.kind == "l2_other" and "W1 and W2 is the right one and 0.6 times the array itself too" in str(found)

    p = {"A": np.array([[1.0, 2], [3, 4]]), "B": np.array([[2.0, 1], [0, 5]])}
    right = {"A": 2 * p["A"], "B": 4 * p["B"] ** 3}

    def loss():
        return (p["A"] ** 2).sum() + (p["B"] ** 4).sum()

    found = check_functions(loss, p, {"A": right["B"], "B": right["A"]}).diagnosis
    assert found.kind == "exchanged" and "for A is that of B, what you give for B is that of A" in str(found)
    p["B"] += 0.25
    found = check_functions(loss, p, {"A": 2 * p["A"], "B": (4 * p["B"] ** 3).astype(int)}).diagnosis
    assert found.kind == "whole_numbers" and "of B holds" in str(found)


def test_gradients_in_another_order_are_named_whatever_their_shapes():
    p = list(start().values())
    named = dict(zip(("W1", "b1", "W2", "b2"), p, strict=True))
    made = list(gradients(named).values())
    assert check_functions(lambda: cross_entropy(named), p, made).passed
    found = check_functions(lambda: cross_entropy(named), p, made[::-1]).diagnosis
    assert found.kind == "exchanged" and "what you give for 0 is that of 3" in str(found)


def test_a_column_that_met_a_row_on_the_way_back_is_named():
    x, y = XS, XS @ [1.0, -0.5] + 0.3
    p = {"w": np.array([[0.4], [1.2]]), "b": np.zeros(1)}

    def loss():
        return np.mean((x @ p["w"] + p["b"] - y[:, None]) ** 2)

    def back():
        error = (x @ p["w"] + p["b"] - y).mean(axis=1, keepdims=True)
        return {"w": 2 * x.T @ error / len(x), "b": 2 * error.mean(axis=0)}

    found = check_functions(loss, p, back, m=18).diagnosis
    assert found.kind == "column_met_row" and str(found).startswith("On your way back: ")


def test_a_column_that_met_a_row_in_the_loss_is_named():
    x, y = XS, XS @ [1.0, -0.5] + 0.3
    p = {"w": np.array([[0.4], [1.2]]), "b": np.zeros(1)}
    error = x @ p["w"] + p["b"] - y[:, None]
    made = {"w": 2 * x.T @ error / len(x), "b": 2 * error.mean(axis=0)}
    for loss in (lambda: np.mean((x @ p["w"] + p["b"] - y) ** 2), lambda p: ((y - (x @ p["w"] + p["b"])) ** 2).mean()):
        found = check_functions(loss, p, made, m=18).diagnosis
        assert found.kind == "column_met_row" and "18 in a row make 324" in str(found)

    def distances():
        return np.mean((x @ p["w"] - (x @ p["w"]).T) ** 2)  # a table that is meant

    wanted = {"w": 4 * np.cov(x.T, bias=True) @ p["w"]}
    assert check_functions(distances, {"w": p["w"]}, wanted, m=18).passed


def test_a_run_that_begins_with_an_update_or_a_way_back_is_read_too():
    """Such a loop goes up elsewhere; what nobody saw is no mistake."""
    x, y = np.arange(6.0).reshape(3, 2), np.array([[0.0], [1.0], [1.0]])
    assert torn_in([("back", y), ("update",)], x, y, np.asarray) is None
    assert torn_in([("update",)], x, y, np.asarray) is None
    assert torn_in([("update",), ("update",)], x, y, np.asarray) == "steps_again"
    assert torn_in([("up", x), ("back", y[::-1]), ("update",)], x, y, np.asarray) == "pairs_torn"


ROWS = np.arange(8.0).reshape(4, 2)
ASKED = np.array([[0.0], [1.0], [1.0], [0.0]])
UP, BACK, UPDATE, OTHER = ("up", ROWS), ("back", ASKED), ("update",), ("other",)


@pytest.mark.parametrize(("called", "said"), [
    ([UP, BACK, UPDATE, UP, BACK, UPDATE], None), ([UP, UPDATE, BACK], "update_before_back"), ([UP, UPDATE], None),
    ([UP, UPDATE, UP, BACK], "update_before_back"), ([UP, BACK, UPDATE, UPDATE], "steps_again"),
    ([UP, BACK, UPDATE, BACK, UPDATE], "way_up_forgotten"), ([UP, BACK, UPDATE, OTHER, BACK, UPDATE], None),
    ([OTHER, UP, OTHER, BACK, UPDATE], None), ([UP, BACK, BACK, UPDATE], None),
    ([UP, ("back", ASKED[::-1]), UPDATE], None), ([UP, ("back", np.roll(ASKED, 1)), UPDATE], "pairs_torn"),
    ([OTHER, ("back", np.roll(ASKED, 1)), UPDATE], None), ([UP, OTHER, UPDATE, UP, BACK], None), ([], None),
])  # fmt: skip
def test_the_phases_of_a_loop_come_in_their_order(called, said):
    assert torn_in(called, ROWS, ASKED, np.asarray) == said


@pytest.mark.parametrize(("inputs", "answers", "said"), [
    (ROWS, ASKED, None), (ROWS[:2], ASKED[:2], None), (ROWS[1:3], ASKED[1:3], None),
    (ROWS[:2], ASKED[1:3], "pairs_torn"),
    (ROWS[:2], ASKED, None), (ROWS[:0], ASKED[:0], None), (ROWS[:2] + 0.5, ASKED[1:3], None),
    (ROWS[:2], np.array([[1.0], [0.9]]), None), (ROWS[:2, :1], ASKED[1:3], None), (ROWS[:2], ASKED[1:3, 0], None),
    (ROWS[:2], np.hstack([ASKED, ASKED])[1:3], None), (ROWS[0], ASKED[0], None),
])  # fmt: skip
def test_examples_that_have_the_labels_of_others_are_told_where_both_are_known(inputs, answers, said):
    assert pairs(inputs, answers, ROWS, ASKED) == said
    assert pairs(np.vstack([inputs, inputs]), np.concatenate([answers, answers]), ROWS[[0, 0, 1, 1]], ASKED) is None
    if answers.ndim == 2 and answers.shape[1] == 1:
        assert pairs(inputs, answers[:, 0], ROWS, ASKED[:, 0]) == said


def test_the_places_of_a_batch_are_those_of_its_examples():
    def places(*called):
        found = places_of(called, ROWS, np.asarray)
        return found if found is None else [one.tolist() for one in found]

    two, one = ("up", ROWS[[2, 0]]), ("up", ROWS[[3]])
    assert places(two, BACK, UPDATE, one, BACK, UPDATE) == [[2, 0], [3]]
    assert places(two, one, BACK, UPDATE) == [[3]] and places(two, UPDATE, BACK) == [[2, 0]] == places(two, OTHER, BACK)
    assert places(two, UPDATE) == [] == places() and places(("up", ROWS[:0]), BACK) == [[]]
    for other in (ROWS + 0.5, ROWS[0], ROWS[:, :1]):
        assert places(("up", other), BACK) is None
    assert places_of([two, BACK], ROWS[[0, 0, 2]], np.asarray) is None, "one that comes twice has no place of its own"


@pytest.mark.parametrize(("came", "facts"), [
    ([[0, 1], [-1, 0]], {"by": -1, "least": 0, "other": -1}),
    ([[-2, -1], [0, -1]], {"by": -2, "least": 0, "other": -2}),
    ([[0, 1, 2]], None), ([[1, 2, 3]], None), ([[-1, 0]], None), ([[-1, 0, 2]], None), ([[[-1], [0], [1]]], None),
    ([], None),
])  # fmt: skip
def test_labels_of_which_a_loop_takes_too_much_are_told(came, facts):
    labels = np.array([0, 1, 2, 1])
    called = [("back", np.array(one)) for one in came]
    assert labels_moved(called, labels) == (facts and ("labels_moved", facts))
    assert labels_moved(called, labels + 0.5) is labels_moved(called, labels[np.newaxis]) is None
    assert labels_moved(called, labels - 1) is None, "those that are given are below 0 themselves"


def test_a_loop_ends_at_once_where_its_last_line_is_a_break_of_its_own():
    def once(self, batches):
        for _, y in batches:
            self.backward_step(y)
            break

    def at_last(self, batches):
        for x, y in batches:
            self.backward_step(y)
            if x is None:
                break

    def of_others(self, batches):
        for x in batches:
            self.show(x)
            break
        for y in batches:
            self.backward_step(y)

    assert ends_at_once(once) == ("ends_at_once", {"line": "for _, y in batches:"})
    assert ends_at_once(at_last) is ends_at_once(of_others) is None


@pytest.mark.parametrize(("factor", "draws"), [(1, False), (np.nan, False), (None, True)])
def test_gradients_that_are_no_numbers_are_drawn_by_nobody(factor, draws):
    rng = np.random.default_rng(0)

    class Times(Lesson09):
        def backward_step(self, labels):
            super().backward_step(labels)
            self.layers[0][0].grad_weights = self.layers[0][0].grad_weights * (factor or rng.random())

    assert Whole(own(Times), X, Y).draws_on_the_way_back() == draws
