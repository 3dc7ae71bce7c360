"""How a mistake is told by its numbers: the factors, the rules and the places that naming compares with."""

from types import SimpleNamespace

import numpy as np
import pytest

from nnlib import SGD, BinaryCrossEntropy, Dense, MeanSquaredError, NeuralNetwork, ReLU
from nnlib.inspect.clues import ratio
from nnlib.inspect.formulas import adams
from nnlib.inspect.later import beginning, ratio_of_all
from nnlib.inspect.locate import Walk
from nnlib.inspect.motion import STEPS
from nnlib.inspect.naming import signs_lost, value_kind
from nnlib.inspect.recognise import known_loss
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
