"""How a mistake is told by its numbers: the factors, the rules and the places that naming compares with."""

from types import SimpleNamespace

import numpy as np
import pytest

from nnlib import SGD, BinaryCrossEntropy, Dense, MeanSquaredError, NeuralNetwork, ReLU
from nnlib.activation import ELU, LeakyReLU, Sigmoid, Softmax
from nnlib.inspect.clues import ratio
from nnlib.inspect.formulas import adams
from nnlib.inspect.later import beginning, ratio_of_all
from nnlib.inspect.locate import Walk
from nnlib.inspect.motion import STEPS
from nnlib.inspect.naming import signs_lost, value_kind
from nnlib.inspect.recognise import BENDS, form_of, known_loss, rounded_to, same
from nnlib.parts.divergence import first_not_finite


@pytest.mark.parametrize(
    "share, kind",
    [
        (3.0, "loss_summed"), (6.0, "loss_summed"), (5.0, "loss_factor"), (-1.0, "loss_sign"), (-3.0, "loss_factor"),
        (0.5, "factor_two_extra"), (1 / np.log(2), "log_base"), (1 / np.log(10), "log_base"), (7.0, "loss_factor"),
    ],
)  # fmt: skip
def test_a_factor_in_the_value_of_a_loss_has_its_name(share, kind):
    assert value_kind(share, m=3, k=2) == kind


def test_one_factor_between_two_arrays_is_measured_by_the_largest_number():
    array = np.array([1.0, 0.0, 0.0, 0.0])
    assert ratio(-2 * array, array) == -2
    assert ratio(np.array([2.0, 4e-6, 0, 0]), array) == pytest.approx(2)
    assert ratio(np.array([2.0, 8e-6, 0, 0]), array) is None
    assert ratio(array, 0 * array) is None


def test_numbers_of_the_right_size_and_another_sign_are_counted_down_to_a_thousandth_of_the_largest():
    right = np.array([1.0, 0.001, -0.5, 0.0, np.nan])
    assert signs_lost(np.array([1.0, -0.001, -0.5, 0.0, 7.0]), right) == [("some_signs", {"wrong": 1, "of": 4})]
    assert signs_lost(np.array([1.0, 0.001, 0.5, 0.0, 7.0]), right) == [("some_signs", {"wrong": 1, "of": 4})]
    assert signs_lost(right, right) == signs_lost(-right, right) == [], "none, or all: that is a factor"
    assert signs_lost(np.array([1.0, -0.0004, -0.5, 0.0, 7.0]), np.array([1.0, 0.0004, -0.5, 0.0, np.nan])) == []
    assert signs_lost(np.array([1.0, -0.002, -0.5, 0.0, 7.0]), right) == [] == signs_lost(right[:2], right)


def test_one_factor_between_all_arrays():
    right = {"weights": np.array([[1.0, -2.0]]), "bias": np.array([[0.5]])}
    got = {name: 3 * array for name, array in right.items()}
    assert ratio_of_all(got, right, list(right)) == pytest.approx(3)
    assert ratio_of_all(got | {"bias": right["bias"]}, right, list(right)) is None


def test_a_hidden_layer_of_one_unit_has_no_units_that_are_equal():
    def kind(units):
        model = NeuralNetwork(((Dense(units), ReLU()), (Dense(1),)), MeanSquaredError(), learning_rate=0.1)
        model.build(2)
        for (layer, *_) in model.layers:
            layer.weights[:] = 0.5
        return beginning(model)

    assert kind(1) is None
    assert kind(2)[:2] == ("units_equal", {"units": 2})


def test_a_factor_that_the_layers_put_in_again_is_found():
    place = SimpleNamespace(block=1, part=Dense(2))
    central = np.array([[0.5, -2.0], [1.0, 0.25]])
    truth = SimpleNamespace(central=central, agree=lambda mine: np.allclose(mine, central))
    walk = SimpleNamespace(model=SimpleNamespace(places=[place]), agrees={(1, "weights"), (1, "bias")})
    assert Walk.scale_of(walk, -3 * central, truth) == pytest.approx(-3)
    assert Walk.scale_of(walk, central + 1, truth) == 1
    assert Walk.scale_of(walk, -3 * central[:1], truth) == 1
    walk.agrees.discard((1, "bias"))
    assert Walk.scale_of(walk, -3 * central, truth) == 1


def test_adams_wrong_rules_step_as_one_who_writes_them_so():
    rate, one, two, small = 0.1, 0.9, 0.99, 1e-8
    gradients = np.random.default_rng(1).normal(size=(STEPS, 3))
    rules = {}
    for kind, change, _ in adams(rate, one, two, small, gradients, layers=2):
        rules.setdefault(kind, change)
    first = second = 0
    for t, gradient in enumerate(gradients, start=1):
        first, second = one * first + (1 - one) * gradient, two * second + (1 - two) * gradient**2
        stepped = {
            None: first / (1 - one**t) / (np.sqrt(second / (1 - two**t)) + small),
            "adam_uncorrected": first / (np.sqrt(second) + small),
            "velocity_forgotten": (1 - one) * gradient / (1 - one**t)
            / (np.sqrt((1 - two) * gradient**2 / (1 - two**t)) + small),
        }  # fmt: skip
        for kind, direction in stepped.items():
            np.testing.assert_allclose(rules[kind][t - 1], -rate * direction, err_msg=f"{kind} at step {t}")


def test_where_numbers_stopped_being_finite_is_said_in_words():
    model = NeuralNetwork(((Dense(2), ReLU()), (Dense(1),)), MeanSquaredError(), learning_rate=0.1)
    model(np.ones((2, 3)))
    places, names = model.places, lambda part: ("weights", "bias") if isinstance(part, Dense) else ()
    assert first_not_finite(places, names).startswith("the loss itself, with outputs as large as ")
    places[1].output = np.full((2, 3), np.inf)
    assert first_not_finite(places, names) == repr(places[1])
    model.layers[0][0].bias[:] = np.nan
    assert first_not_finite(places, names) == f"the parameters of {places[0]!r}"


@pytest.mark.parametrize("both", [{}, {"learning_rate": 0.1, "optimizer": SGD(0.1)}])
def test_one_of_two_rates_is_asked_for_in_full(both):
    with pytest.raises(ValueError) as error:
        NeuralNetwork(((Dense(1),),), MeanSquaredError(), **both)
    assert str(error.value) == (
        "give one of the two: learning_rate=0.1, which means SGD(0.1), or optimizer=Adam(0.001)"
    )


@pytest.mark.parametrize("share", [1.0, 3.0, -0.5])
def test_a_loss_is_known_by_its_values_up_to_the_ends_of_a_probability(share):
    output, labels = np.array([[0.01, 0.99, 0.5, 0.95]]), np.array([[0.0, 1.0, 1.0, 0.0]])
    kind, found = known_loss(lambda a, y: share * BinaryCrossEntropy()(a, y), output, labels)
    assert type(kind) is BinaryCrossEntropy and found == pytest.approx(share)
    kind, found = known_loss(lambda a, y: share * a.shape[1] * BinaryCrossEntropy()(a, y), output, labels)
    assert type(kind) is BinaryCrossEntropy and found == pytest.approx(4 * share)
    assert known_loss(lambda a, y: share * (a.sum() + 1), output, labels) is None


X = np.array([[-1.5, 0.4, 2.0, -0.3], [0.7, -2.5, 0.1, 1.1], [-0.2, 1.3, -1.0, 0.9]])
CURVES = {  # what comes out of X: the name of the function, its number, and what is wrong with it
    **{f"{type(one).__name__} {getattr(one, 'slope', '')}":
       (one(X), type(one).__name__, getattr(one, "slope", None), None) for one in (*BENDS, Softmax())},
    "a leak of its own": (LeakyReLU(0.37)(X), "LeakyReLU", 0.37, None),
    "a bend of its own": (ELU(0.37)(X), "ELU", 0.37, None),
    "a leak that goes up": (LeakyReLU(-0.37)(X), None, None, None),
    "a leak steeper than the line": (LeakyReLU(1.37)(X), None, None, None),
    "a bend that goes up": (np.where(X < 0, -0.37 * np.expm1(X), X), None, None, None),
    "two leaks": (np.where(X < -1, 0.2 * X, LeakyReLU(0.3)(X)), None, None, None),
    "otherwise above": (np.where(X > 1, 2 * X, LeakyReLU(0.3)(X)), None, None, None),
    "a wave": (np.sin(X), None, None, None),
    "leaks the other way round": (LeakyReLU(0.1)(-X), "LeakyReLU", 0.1, "falls"),
    "a sigmoid that falls": (Sigmoid()(-X), "Sigmoid", None, "falls"),
    "a line that falls": (-X, None, None, None),
    "softmax of all": (np.exp(X) / np.exp(X).sum(), "Softmax", None, "softmax_axis"),
    "softmax along examples": (np.exp(X) / np.exp(X).sum(axis=1, keepdims=True), "Softmax", None, "softmax_axis"),
    "of other shape": (X[:2], None, None, None),
    "almost a sigmoid": (Sigmoid()(X) + 1e-7, None, None, None),
}  # fmt: skip


@pytest.mark.parametrize("name", CURVES)
def test_a_function_is_known_by_its_numbers(name):
    output, kind, number, slip = CURVES[name]
    form = form_of(object(), X, output)
    if kind is None:
        assert form is None
        return
    assert (type(form.bend).__name__, form.slip, form.weights, form.z is X) == (kind, slip, None, True)
    if number is not None:
        assert getattr(form.bend, "slope", getattr(form.bend, "alpha", None)) == pytest.approx(number)


W, B = np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7]]), np.array([[0.4], [-0.9]])
S = np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7], [0.2, 0.8, -0.4]])
C = np.array([[0.4], [-0.9], [0.7]])
LAYERS = {  # the arrays, what comes out, and (weights, bias, rows, bend, slip, whether z is the right one)
    "as it is": ({"weights": W, "bias": B}, W @ X + B, ("weights", "bias", True, "Linear", None)),
    "bent": ({"weights": W, "bias": B}, np.tanh(W @ X + B), ("weights", "bias", True, "Tanh", None)),
    "columns": ({"weights": W.T, "bias": B}, W @ X + B, ("weights", "bias", False, "Linear", None)),
    "a flat bias": ({"bias": B[:, 0], "weights": W}, W @ X + B, ("weights", "bias", True, "Linear", None)),
    "no bias": ({"weights": W}, W @ X, ("weights", None, True, "Linear", None)),
    "not added": ({"weights": W, "bias": B}, W @ X, ("weights", "bias", True, "Linear", "bias_not_added")),
    "taken off": ({"weights": W, "bias": B}, W @ X - B, ("weights", "bias", True, "Linear", "bias_subtracted")),
    "inside": ({"weights": W, "bias": B}, (W + B) @ X, ("weights", "bias", True, "Linear", "bias_inside")),
    "square": ({"weights": S, "bias": C}, S @ X + C, ("weights", "bias", True, "Linear", None)),
    "square and turned": ({"weights": S, "bias": C}, S.T @ X + C,
                          ("weights", "bias", True, "Linear", "transposed_forward")),
    "along the examples": ({"weights": np.vstack([W, W]), "bias": np.vstack([B, B])},
                           np.vstack([W, W]) @ X + np.vstack([B, B]).T,
                           ("weights", "bias", True, "Linear", "bias_along_examples")),
    "twice the bias": ({"weights": W, "bias": B}, W @ X + 2 * B, ("weights", "bias", True, "Linear", "bias_twice")),
    "half the bias": ({"weights": W, "bias": B}, W @ X + B / 2, None),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_is_known_by_its_numbers(name):
    arrays, output, said = LAYERS[name]
    form = form_of(SimpleNamespace(parameters=tuple(arrays), **arrays), X, output)
    if said is None:
        assert form is None
        return
    assert (form.weights, form.bias, form.rows, type(form.bend).__name__, form.slip) == said
    z = form.matrix(arrays["weights"]) @ X + np.reshape(arrays.get("bias", 0.0), (-1, 1))
    if said[4] != "transposed_forward":
        np.testing.assert_allclose(form.z, z, rtol=1e-12)


@pytest.mark.parametrize(("numbers", "places"), [
    ([0.5, 1.25, -3.0, 0.1], 2), ([0.5, 1.2, -3.0, 0.1], 1), ([1.0, 2.0, 3.0, 4.0], 1), ([0.5, 1.2, 0.5, 1.2], None),
    ([0.5, 1.2, 0.1], None), ([0.123456, 1.2, 0.1, 0.5], 6), ([0.1234567, 1.2, 0.1, 0.5], None),
])  # fmt: skip
def test_more_than_three_numbers_of_few_places_are_rounded(numbers, places):
    assert rounded_to(np.array(numbers)) == places


def test_two_arrays_are_the_same_up_to_a_part_of_the_largest_number():
    one, off = np.array([1e3, 1.0]), np.array([0, 2e-6])
    assert same(one, one + 0.45 * off) and not same(one, one + off) and same(one, one + off, 1e-8)
    assert same(0 * one, 0 * one) and not same(one, one[:1]) and not same(one, [1e3, np.nan])
    assert not same([np.inf], [np.inf]) and same(np.zeros(0), np.zeros(0))
