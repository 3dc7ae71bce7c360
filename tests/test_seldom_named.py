"""Mistakes that are made by half, and what stands at the edge of a rule: what is said there, and what is not."""

import ast
import builtins
import textwrap
from types import SimpleNamespace

import numpy as np
import pytest
from test_kinds import network
from test_own_networks import Lesson09, MyDense

from nnlib import (
    SGD,
    BinaryCrossEntropy,
    Dense,
    MeanSquaredError,
    NeuralNetwork,
    Sigmoid,
    check_functions,
    diagnose,
    gradient_check,
)
from nnlib.inspect import formulas, motion, step_lines
from nnlib.inspect.functions import slopes_of
from nnlib.inspect.model_slips import penalty
from nnlib.inspect.own import reached
from nnlib.inspect.predict import Undecided
from nnlib.inspect.whole import Whole
from nnlib.lines import Anew, mends
from nnlib.lines.anew import with_lines

# The loss -------------------------------------------------------------------------------------------------

GRADIENTS = [
    ("term_missing", lambda a, y: -y / a), ("term_missing", lambda a, y: (1 - y) / (1 - a)),
    ("sign_inside", lambda a, y: -y / a - (1 - y) / (1 - a)), ("sign_inside", lambda a, y: y / a + (1 - y) / (1 - a)),
    ("loss_for_slope", lambda a, y: 3 * np.abs(a - y)), ("loss_for_slope", lambda a, y: np.abs(a - y)),
    ("loss_for_slope", lambda a, y: 3 * (a - y) ** 2), ("loss_for_slope", lambda a, y: (a - y) ** 2),
    ("labels_for_output", lambda a, y: (a - y) / (y * (1 - y))), ("slope_after_shortcut", lambda a, y: a - y),
    ("gradient_of_another_loss", lambda a, y: 2 * (a - y)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "gradient"), GRADIENTS)
def test_a_wrong_slope_of_the_logarithms_is_named_with_three_outputs(kind, gradient):
    class Wrong(BinaryCrossEntropy):
        def gradient(self, output, labels):
            return gradient(output, labels) / 3

    found = diagnose(*network(loss=Wrong, last=Sigmoid))
    assert found is not None and found.kind == kind, found


# The penalty ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("of_weights", "of_bias", "kind"), [
    (1, 0, None), (0, 0, "l2_missing"), (2, 0, "l2_doubled"), (5, 0, "l2_not_averaged"), (0.5, 0, "penalty"),
    (1, 1, "l2_on_bias"), (1, 0.5, "penalty"), (1, -1, "penalty"), (2, 1, "penalty"), (0, 1, "penalty"),
    (-1, 0, "penalty"), (3, 0, "penalty"),
])  # fmt: skip
def test_a_share_of_the_weights_or_of_the_bias_in_the_gradients_is_named(of_weights, of_bias, kind):
    class Charges(NeuralNetwork):
        def _add_penalty_gradients(self, m):
            for layer, *_ in self.layers:
                layer.grad_weights += of_weights * self.regularization_factor / m * layer.weights
                layer.grad_bias += of_bias * self.regularization_factor / m * layer.bias

    found = diagnose(*network(kind=Charges, l2=0.7))
    assert (found and found.kind) == kind, found


@pytest.mark.parametrize(("largest", "noise", "kind"), [
    (-1000, 1e-3, "l2_doubled"), (-1000, 4e-3, None), (1000, 1e-3, "l2_doubled"), (-1e-3, 1e-8, None),
])  # fmt: skip
def test_what_is_no_share_is_measured_by_the_largest_slope(largest, noise, kind):
    model = NeuralNetwork(((Dense(1),),), MeanSquaredError(), 0.1, seed=0, regularization_factor=2e4).build(2)
    numeric = np.array([largest, 1e-4, 0.0])
    excess = 1e4 * np.append(model.layers[0][0].weights, 0.0)
    report = SimpleNamespace(numeric=numeric, analytic=numeric + excess + [0, 0, noise])
    found = penalty(model, np.zeros((2, 2)), None, report)
    assert (found and found[0]) == kind


class Charged:
    """A network with an L2 term of 0.1 in its loss, whose step takes a share of the weights off besides."""

    layers = ()

    def __init__(self, decay, **numbers):
        rng = np.random.default_rng(5)
        self.W1, self.W2, self.learning_rate = rng.standard_normal((4, 3)), rng.standard_normal((1, 4)), 0.05
        self.decay = decay
        vars(self).update(numbers)

    def __call__(self, x):
        self.x, self.h = x, np.tanh(self.W1 @ x)
        return self.W2 @ self.h

    def loss(self, output, y):
        return np.mean((output - y) ** 2) + 0.1 / 2 * ((self.W1**2).sum() + (self.W2**2).sum())

    def backward_step(self, y):
        d = 2 * (self.W2 @ self.h - y) / y.size
        self.dW2 = d @ self.h.T + 0.1 * self.W2
        self.dW1 = (self.W2.T @ d * (1 - self.h**2)) @ self.x.T + 0.1 * self.W1

    def update(self):
        self.W1 -= self.learning_rate * (self.dW1 + self.decay * self.W1)
        self.W2 -= self.learning_rate * (self.dW2 + self.decay * self.W2)


@pytest.mark.parametrize(("decay", "numbers", "kind"), [
    (0.1, {}, "decay_twice"), (0, {}, None), (0.2, {}, None), (0.05, {}, None), (-0.1, {}, "decay_grows"),
    (0, {"beta1": 1.0, "beta2": 1.0}, None), (0, {"beta2": 1.5}, None),  # which no rule can be divided by
])  # fmt: skip
def test_a_decay_is_there_twice_where_it_is_the_same_in_loss_and_step(decay, numbers, kind):
    x = np.random.default_rng(1).standard_normal((3, 12))
    found = diagnose(Charged(decay, **numbers), x, np.sin(x.sum(axis=0, keepdims=True)))
    assert (found and found.kind) == kind, found


# Slopes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1.0, 1e5, 1e9])
def test_the_step_grows_with_the_parameter_on_either_side_of_zero(size):
    w = np.array([size, -size])
    slopes = slopes_of(lambda: float(((w / size) ** 2).sum()), {"w": w}, {"w": [0, 1]})["w"]
    np.testing.assert_allclose(slopes * size, [2, -2], rtol=1e-9)


@pytest.mark.parametrize(("slope", "right"), [
    (-1, True), (-0.3, True), (0, True), (0.0005, True), (1, True), (1.1, False), (-1.1, False),
])  # fmt: skip
@pytest.mark.parametrize("at", [0.0, -1e4])
def test_at_a_kink_every_slope_between_both_sides_is_right(slope, right, at):
    w = np.array([at, 2.0])
    report = check_functions(lambda: float(abs(w[0] - at) + w[1]), {"w": w}, {"w": np.array([slope, 1.0])})
    assert report.passed == right, report


def test_a_loss_of_several_numbers_is_refused_and_a_report_says_what_passed():
    w = np.array([2.0, 3.0])
    with pytest.raises(TypeError) as refused:
        check_functions(lambda: w * w, {"w": w}, {"w": 2 * w})
    assert str(refused.value) == "loss() returned (2,) numbers, expected one: take their mean"
    report = check_functions(lambda: (w * w).sum(), {"w": w}, {"w": 2 * w})
    assert str(report).splitlines()[1:] == ["PASSED: all slopes agree within 1e-06"]


@pytest.mark.parametrize(("n", "kept", "told"), [
    (2, (1,), "lacks what comes of the first one"), (2, (0,), "lacks what comes of the second one"),
    (3, (2,), "holds what came of the last time alone"), (3, (0,), "holds what came of the first time alone"),
    (3, (1, 2), "lacks what comes of the first one"), (3, (0, 2), "lacks what comes of the second one"),
    (3, (0, 1), "lacks what comes of the third one"), (4, (0, 1, 2), "lacks what comes of the fourth one"),
    (5, (1, 2, 3, 4), "lacks what comes of the first one"), (5, (0, 1, 2, 3), "lacks what comes of the last one"),
    (5, (4,), "holds what came of the last time alone"),
])  # fmt: skip
def test_an_array_that_is_used_several_times_and_not_counted_each_time_is_told_with_the_times(n, kept, told):
    p, x = {"W": np.array([[0.6, -0.4], [0.5, 0.9]])}, np.array([[1.0, 2, -1], [0.5, -1, 3]])

    def loss():
        h = x
        for _ in range(n):
            h = p["W"] @ h
        return (h**2).sum() / 3

    steps = [x]
    for _ in range(n):
        steps.append(p["W"] @ steps[-1])
    shares, d = {}, 2 * steps[-1] / 3
    for k in reversed(range(n)):
        shares[k], d = d @ steps[k].T, p["W"].T @ d
    assert check_functions(loss, p, {"W": builtins.sum(shares.values())}).passed
    found = check_functions(loss, p, {"W": builtins.sum(shares[k] for k in kept)}, m=3).diagnosis
    assert f"The loss meets them all {n} times, and your gradient {told}" in str(found), found


# Networks of one's own ------------------------------------------------------------------------------------


class Tanh:
    def __call__(self, z):
        self.a = np.tanh(z)
        return self.a

    def gradient(self, z):
        return 1 - self.a**2


@pytest.mark.parametrize("blocks", [2, 3])
def test_one_object_in_two_or_three_blocks_is_named(blocks):
    part, (x, y) = Tanh(), (np.random.default_rng(0).standard_normal((2, 9)), np.ones((1, 9)))
    layers = (*((MyDense(3), part) for _ in range(blocks)), (MyDense(1), Sigmoid()))
    found = diagnose(Lesson09(layers, BinaryCrossEntropy(), SGD(0.5)), x, y)
    assert found.kind == "shared_part"
    told = "Blocks 1 and 2" if blocks == 2 else "Blocks 1 and 2 and 3"
    assert str(found).startswith(f"{told} share one Tanh object"), found


def test_a_network_that_gives_out_what_no_part_does_is_named():
    class Halved(Lesson09):
        def __call__(self, x):
            self.output = 0.5 * super().__call__(x)
            return self.output

    class Squares(MeanSquaredError):
        def __call__(self, a, y):
            return super().__call__(np.asarray(a), y)

    layers = ((MyDense(3), Tanh()), (MyDense(1), Sigmoid()))
    found = diagnose(Halved(layers, Squares(), SGD(0.5)), np.eye(2), np.array([[0.0, 1.0]]))
    assert found.kind == "way_up_differs" and "none of what comes in between" in str(found)


class Layer:
    """A layer for data in rows, that nnlib can only look at from outside."""

    def __init__(self, inputs, outputs, factor=1.0):
        self.W, self.b = 0.4 * np.cos(np.arange(inputs * outputs)).reshape(inputs, outputs), np.zeros(outputs)
        self.dW, self.db, self.factor = np.zeros_like(self.W), np.zeros_like(self.b), factor

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, d):
        self.dW, self.db = self.factor * self.x.T @ d, d.sum(axis=0)
        return d @ self.W.T


class Bend:
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, d):
        return d * (1 - self.a**2)


class Rows:
    def __init__(self, *layers):
        self.layers = [*layers]

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        self.output = x
        return x

    def loss(self, output, labels):
        return ((output - labels) ** 2).mean()

    def backward_step(self, labels):
        d = 2 * (self.output - labels) / labels.size
        for layer in reversed(self.layers):
            d = layer.backward(d)


@pytest.mark.parametrize(("places", "factor", "told"), [
    ((1, 3), 1.0, "`layers[1]` and `layers[3]` share one Bend"), ((3, 5), 1.0, "`layers[3]` and `layers[5]` share one"),
    ((1, 3, 5), 1.0, "`layers[1]` and `layers[3]` and `layers[5]` share one Bend"), ((), 1.0, None),
    ((1, 3), 0.5, None),
])  # fmt: skip
def test_a_part_in_several_places_of_a_network_in_rows_is_named_where_that_is_all(places, factor, told):
    one = Bend()
    bends = [one if place in places else Bend() for place in (1, 3, 5)]
    layers = (Layer(2, 3), bends[0], Layer(3, 3), bends[1], Layer(3, 3), bends[2], Layer(3, 1, factor))
    x = np.sin(np.arange(14.0)).reshape(7, 2)
    found = Whole(Rows(*layers), x, np.cos(np.arange(7.0)).reshape(7, 1)).shared()
    assert found is None if told is None else str(found).startswith(told), found


def test_what_is_held_in_a_dictionary_is_read_and_written_there():
    kind = type("Holder", (), {"W": reached("p", "W"), "b": reached("", "bias")})
    held = kind()
    held.p, held.bias = {"W": 1}, 2
    assert (held.W, held.b) == (1, 2)
    held.W, held.b = 3, 4
    assert (held.p, held.bias) == ({"W": 3}, 4)


def test_a_coarse_part_is_told_of_under_the_report():
    class Single(Tanh):
        def __call__(self, z):
            return super().__call__(z).astype(np.float32)

    model = NeuralNetwork(((Dense(2), Single()), (Dense(1),)), MeanSquaredError(), 0.1, seed=0)
    told = str(gradient_check(model, np.eye(2), np.array([[0.0, 1.0]]))).splitlines()[-1]
    assert told == "PASSED: all 9 slopes agree within 0.02; Single() of block 1 computes in float32, so no slope is " \
                   "measured more finely"  # fmt: skip


# Lines ----------------------------------------------------------------------------------------------------


def sum(values):  # a name that a learner may take too
    return builtins.sum(values) + 100


def adds(values):
    return sum(values), max(values)


def test_a_function_of_ones_own_that_is_called_like_pythons_stays_ones_own():
    others = {id(builtins.sum): lambda values: -1, id(builtins.max): lambda values: -2}
    assert Anew(stand_ins=others)(adds)([1, 2]) == (103, -2)
    again = with_lines(adds, "def adds(values):\n    return sum(values), max(values)")
    assert adds([1, 2]) == (103, 2) == again([1, 2])


@pytest.mark.parametrize(("body", "mended", "kind", "said"), [
    ("return a + sqrt(b)", "return sqrt(a + b)", "bracket-too-early", "`sqrt(b)` opens its bracket behind the `+`."),
    ("return sqrt(a) + b", "return sqrt(a + b)", "bracket-too-early", "`sqrt(a)` closes its bracket before the `+`."),
    ("return all([a, b])", "return any([a, b])", "any-or-all",
     "`all` asks whether every one of them is, and that is not the question here."),
    ("return any([a, b])", "return all([a, b])", "any-or-all",
     "`any` asks whether at least one of them is, and that is not the question here."),
    ("a = 2 * b\nself.x = c\nreturn self.x, self.a", "self.a = 2 * b\nself.x = c\nreturn (self.x, self.a)",
     "filled-elsewhere", "`a` is filled, which ends with the call, and `self.a` is what it was."),
    ("return np.roll(a, 3, axis=2)", "return np.roll(a, 3, axis=1)", "constant",
     "`axis=2` is another axis than the one that belongs there."),
    ("if a:\n    b = 1\nreturn b", "b = 1\nreturn b", "condition-too-many",
     "Your line `if a:` leaves out what belongs there: what stands inside it is to be done each time."),
    ("b -= a\nreturn b", "b += a\nreturn b", "operator", "`−=` stands where another sign belongs."),
    ("d = a // 2 + b // 2 + c // 2 + 1\nreturn d", "d = a / 2 + b / 2 + c / 2 + 1\nreturn d", "cut-to-whole",
     "`//` before `2` cuts off what stands behind the point. The same goes for 2 more places in that line."),
    ("if a:\n    b = 1\nelse:\n    b = 2\n    c = 3\nreturn b", "if a:\n    b = 1\nelse:\n    b = 2\nreturn b",
     "line-too-much", "Your line `c = 3` below `else:` does not belong there."),
])  # fmt: skip
def test_a_mend_is_said_in_these_words(body, mended, kind, said):
    wrong, right = ("def f(a, b, c):\n" + textwrap.indent(text, "    ") for text in (body, mended))
    assert [one.kind for one in mends(wrong) if one.text == right.strip() and one.says.endswith(said)] == [kind]


class Product:
    """A network of one array, whose way back is to be written."""

    def __init__(self):
        self.layers, self.W, self.dW = [], np.array([[0.5, -1.0]]), None

    def __call__(self, x):
        self.x, self.output = x, self.W @ x
        return self.output

    def loss(self, output, labels):
        return float(((output - labels) ** 2).mean())

    def backward_step(self, labels):
        self.dW = 2 * (self.output - labels) @ self.x.T / labels.size


def test_a_way_back_that_moves_what_an_update_moves_too_is_refused():
    class Moves(Product):
        def backward_step(self, labels):
            super().backward_step(labels)
            self.W = self.W - 0.1 * self.dW

    class Twice(Moves):
        def update(self):
            self.W = self.W - 0.1 * self.dW

    for kind in (Product, Moves):
        assert gradient_check(kind(), np.eye(2), np.ones((1, 2))).passed
    with pytest.raises(ValueError) as refused:
        gradient_check(Twice(), np.eye(2), np.ones((1, 2)))
    assert str(refused.value) == "W: the way back moves them, so the gradients are those of other parameters"


def test_a_call_that_is_missing_is_said_in_these_words():
    wrong, right = "def f(a, b):\n    return a - b", "def f(a, b):\n    return np.max(a - b)"
    found = [one.says for one in mends(wrong, "d.max()") if one.text == right and one.kind == "call-missing"]
    assert found == ["In your line `return a - b` `a - b` goes on as it is: `max` is missing."]


def test_arrays_without_gradients_are_named_with_the_mend():
    class Silent(Product):
        def backward_step(self, labels):
            self.elsewhere = 2 * (self.output - labels)

    with pytest.raises(TypeError) as refused:
        diagnose(Silent(), np.eye(2), np.ones((1, 2)))
    assert str(refused.value) == (
        "the gradients of Silent() are not to be found: keep each beside its parameter under a name like its own, such "
        "as dW for W, or use check_functions(loss, parameters, gradients)")


# Rules of optimisers --------------------------------------------------------------------------------------


class Nesterov:
    def __init__(self, momentum=0.9):
        self.learning_rate, self.momentum, self.size, self.v = 0.05, momentum, 4, np.zeros(4)

    def reset(self):
        self.v = np.zeros(4)

    def step(self, parameters, gradient):
        parameters -= self.learning_rate * gradient


class MyNesterov(Nesterov):
    def step(self, parameters, gradient):
        self.v = self.momentum * self.v + gradient
        parameters -= self.learning_rate * self.v


@pytest.mark.parametrize(("kind", "now"), [
    (Nesterov, "the rate times the gradient"), (MyNesterov, "those of momentum"),
])  # fmt: skip
def test_an_optimiser_that_follows_another_rule_than_its_name_says_is_told_which(kind, now):
    found, facts = step_lines.by_line(kind(), 1)
    assert found.startswith("another_rule") and facts["now"] == now and facts["rule"] == "Nesterov's momentum"


def rates_of(kind):
    """Steps of the rules that are less well known, one after the other, as their papers write them down."""
    rate, b, c, d, small = 0.1, 0.9, 0.99, 0.8, 0.01
    gradients = np.random.default_rng(0).standard_normal((motion.STEPS, 3))
    m = v = most = w = centre = np.zeros(3)
    velocity, lion = np.zeros(3), np.zeros(3)
    moves = []
    for t, g in enumerate(gradients, start=1):
        ahead = np.sign(b * lion + (1 - b) * g)
        lion = c * lion + (1 - c) * g
        m, v, most = b * m + (1 - b) * g, c * v + (1 - c) * g * g, np.maximum(c * most, abs(g))
        believed = c * (moves[-1][1] if moves else 0) + (1 - c) * (g - m) ** 2
        w, centre = d * w + (1 - d) * g * g, d * centre + (1 - d) * g
        velocity = b * velocity + g / (np.sqrt(w) + small)
        right = m / (1 - b**t)
        step = {
            "AdaMax": right / (most + small), "AdaBelief": right / (np.sqrt(believed / (1 - c**t)) + small),
            "Nadam": (b * right + (1 - b) * g / (1 - b**t)) / (np.sqrt(v / (1 - c**t)) + small),
            "centred RMSProp": g / (np.sqrt(w - centre**2) + small), "sign descent": np.sign(g), "Lion": ahead,
            "RMSProp with momentum": velocity,
        }[kind]  # fmt: skip
        moves.append((-rate * step, believed))
    return (rate, b, b, c, d, small, gradients), np.array([one for one, _ in moves])


@pytest.mark.parametrize("kind", ["AdaMax", "AdaBelief", "Nadam", "centred RMSProp", "sign descent", "Lion",
                                  "RMSProp with momentum"])  # fmt: skip
def test_a_rule_that_is_less_well_known_steps_as_it_is_written_down(kind):
    given, moves = rates_of(kind)
    of_kind = [rule for right, rule, facts in formulas.relatives(*given) if facts["rule"] == kind and right is None]
    assert any(np.allclose(rule, moves, rtol=1e-9, equal_nan=True) for rule in of_kind)


def test_two_slips_in_a_rule_do_not_bear_the_name_of_one():
    gradients, epsilon = np.random.default_rng(0).standard_normal((motion.STEPS, 3)), 1e-3
    known = [made for _, made, _ in formulas.rules((0.1, 0.9, 0.99, 0.9, 0.999, epsilon, 1.0), gradients, 1, None)]
    for sizes, is_known in ((gradients**2, True), (np.abs(gradients), False)):
        moves = -0.1 * (gradients / np.sqrt(formulas.mean(sizes, 0.99, 0.01)) + epsilon)
        assert any(np.allclose(moves, rule, rtol=1e-9, equal_nan=True) for rule in known) == is_known


# A prediction ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("line", "undecided"), [
    ("self(x) > 0.5", "self(x)"), ("(self(x) >= 0).astype(int)", "self(x)"), ("1 * (self(x) > 0.5)", "1 * self(x)"),
    ("np.argmax(self(x), axis=0)", "self(x)"), ("self(x).argmax(axis=0)", "self(x)"), ("np.round(self(x))", "self(x)"),
    ("np.where(self(x) > 0.5, 1, 0)", "self(x)"), ("1 if self(x) > 0.5 else 0", "self(x)"),
    ("'yes' if self(x).round() else 'no'", "self(x)"), ("float(self(x) > 0.5)", "float(self(x))"),
    ("self(x) > 0.5 if x.ndim > 1 else self(x[:, None]) > 0.5", "self(x) if x.ndim > 1 else self(x[:, None])"),
    ("self(x) > self.least", "self(x) > self.least"), ("0 < self(x) < 1", "0 < self(x) < 1"),
    ("self(x).sum(axis=0)", "self(x).sum(axis=0)"),
])  # fmt: skip
def test_numbers_stand_in_the_place_of_what_is_decided_by_them(line, undecided):
    whole = "if x.ndim > 1:\n    a = {0}\nelse:\n    a = {0}"
    made = Undecided().visit(ast.parse(whole.format(line)))
    assert ast.unparse(made) == whole.format(undecided)
