"""Watch speaks where training cannot work, and says nothing where it can: false alarms are worse than silence."""

import contextlib
import copy
import itertools
import time
from pathlib import Path

import kept_words
import numpy as np
import pytest

from nnlib import (
    SGD,
    Adam,
    BatchNorm,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    DivergedError,
    Dropout,
    EarlyStopping,
    LeakyReLU,
    Linear,
    MeanAbsoluteError,
    MeanSquaredError,
    Momentum,
    NeuralNetwork,
    Normal,
    ReLU,
    RMSProp,
    Sigmoid,
    Softmax,
    Tanh,
    Zeros,
    blobs,
    circles,
    hills,
    line,
    load_breast_cancer,
    load_digits,
    load_penguins,
    load_zeros_and_ones,
    moons,
    one_hot,
    plane,
    spiral,
    split,
    standardise,
    xor,
)
from nnlib.inspect.mutants import MUTANTS
from nnlib.parts import FINDINGS, SENTENCES
from tools.kept import said_by_watch

WORDS = Path(__file__).with_name("watch.txt")


def net(last=Linear, loss=MeanSquaredError, rate=0.1, outputs=1, act=ReLU, hidden=(8,), seed=0, **options):
    layers = (*((Dense(units), act()) for units in hidden), (Dense(outputs), last()))
    optimizer = options.pop("optimizer", None) or SGD(rate)
    return NeuralNetwork(layers, loss(), optimizer=optimizer, seed=seed, **options)


def names(model):
    return [remark.name for remark in model.history.findings]


# It speaks ------------------------------------------------------------------------------------------------

X, Y = moons(60, 0.1, 0)
PLANE, HEIGHT = plane(100, 0.1, 0)


def fitted(model, x, y, **options):
    with contextlib.suppress(DivergedError):
        model.fit(x, y, **options)
    return model


class Copies(SGD):
    def rule(self, parameters, gradients):
        parameters = parameters - self.learning_rate * gradients


def millions():
    y = HEIGHT * 1e6
    return fitted(net(), PLANE, y, epochs=50, validation=(PLANE, y), callbacks=[EarlyStopping(patience=3)])


def pixels():
    x, y, *_ = load_zeros_and_ones()
    return fitted(net(Sigmoid, BinaryCrossEntropy, 0.5), x * 255, y, epochs=60)


CANCER = load_breast_cancer()[1]


def cancer_scaled():
    return standardise(load_breast_cancer()[0])


def cancer():
    x, y, *_ = load_breast_cancer()
    return fitted(net(Sigmoid, BinaryCrossEntropy, 0.1), x, y, epochs=100)


def zeros():
    model = net(Sigmoid, BinaryCrossEntropy, 0.5).build(2)
    model.parameters[:] = 0
    return fitted(model, X, Y, epochs=200)


def dead():
    model = net(Sigmoid, BinaryCrossEntropy, 0.1).build(2)
    model.layers[0][0].bias[:] = -50
    return fitted(model, X, Y, epochs=100)


def saturated():
    model = net(Sigmoid, BinaryCrossEntropy, 0.001, act=Tanh).build(2)
    model.layers[0][0].bias[:] = 30 * np.array([[1], [-1]] * 4)
    return fitted(model, X, Y, epochs=100)


def deep():
    hidden = ((Dense(6, initializer=Normal(0.3)), Sigmoid()) for _ in range(9))
    model = NeuralNetwork((*hidden, (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0)
    return fitted(model, X, Y, epochs=150)


def by_heart():
    x, y = moons(24, 0.5, 0)
    model = net(Sigmoid, BinaryCrossEntropy, hidden=(64, 64), optimizer=Adam(0.02))
    return fitted(model, x, y, epochs=600, validation=moons(200, 0.5, 1))


def unlearnable():
    """Labels that have nothing to do with the inputs."""
    y = np.random.default_rng(1).permutation(np.repeat([0.0, 1.0], 100))[np.newaxis]
    x = np.random.default_rng(2).standard_normal((2, 200))
    return fitted(net(Sigmoid, BinaryCrossEntropy, 1e-4), x, y, epochs=300)


def dropped(rate, units, epochs=5):
    layers = ((Dense(units), ReLU(), Dropout(rate)), (Dense(1), Sigmoid()))
    return fitted(NeuralNetwork(layers, BinaryCrossEntropy(), 0.1, seed=0), X, Y, epochs=epochs)


def normed():
    layers = ((Dense(8), BatchNorm(), ReLU()), (Dense(1), Sigmoid()))
    return NeuralNetwork(layers, BinaryCrossEntropy(), 0.1, seed=0)


def rare():
    """Nine tenths are one class, and one straight border cannot find the others."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((2, 200))
    y = (np.hypot(*x) < 0.45).astype(float)[np.newaxis]
    return fitted(net(Sigmoid, BinaryCrossEntropy, 0.3, hidden=()), x, y, epochs=300)


SPEAKS = {
    "Softmax with one unit, labels 1": (
        "softmax_of_one",
        lambda: fitted(net(Softmax, CategoricalCrossEntropy, 0.5), X, np.ones_like(Y), epochs=10),
    ),
    "Softmax with one unit, BinaryCrossEntropy": (
        "softmax_of_one",
        lambda: fitted(net(Softmax, BinaryCrossEntropy, 0.5), X, Y, epochs=10),
    ),
    "BinaryCrossEntropy after ReLU": (
        "not_a_probability",
        lambda: fitted(net(ReLU, BinaryCrossEntropy, 0.5), X, Y, epochs=20),
    ),
    "BinaryCrossEntropy after Tanh": (
        "not_a_probability",
        lambda: fitted(net(Tanh, BinaryCrossEntropy, 0.5), X, Y, epochs=20),
    ),
    "BinaryCrossEntropy after Linear": (
        "not_a_probability",
        lambda: fitted(net(Linear, BinaryCrossEntropy, 0.01), X, Y, epochs=20),
    ),
    "BinaryCrossEntropy after LeakyReLU, which diverges in the first step": (
        "not_a_probability",
        lambda: fitted(net(LeakyReLU, BinaryCrossEntropy, hidden=(6,), seed=1), cancer_scaled(), CANCER, epochs=9),
    ),
    "ReLU last, targets -1 … 1": (
        "out_of_reach",
        lambda: fitted(net(ReLU), PLANE, HEIGHT, epochs=50),
    ),
    "Sigmoid last, targets 0 … 50": (
        "out_of_reach",
        lambda: fitted(net(Sigmoid), PLANE, HEIGHT * 25 + 25, epochs=50),
    ),
    "raw breast cancer": ("inputs_far", cancer),
    "pixels 0 … 255": ("inputs_far", pixels),
    "house prices, nothing scaled": (
        ("inputs_far", "targets_far", "loss_exploded"),
        lambda: fitted(net(rate=0.01), PLANE * 1000 + 2000, HEIGHT * 1e5 + 3e5, epochs=50),
    ),
    "targets in millions": (("targets_far", "loss_exploded"), millions),
    "a loss grown a thousandfold": (
        "loss_exploded",
        lambda: fitted(net(rate=1.2, act=Linear), PLANE * 1.5, HEIGHT, epochs=60),
    ),
    "all parameters zero": ("units_equal", zeros),
    "the same inputs for every example": (
        "inputs_equal",
        lambda: fitted(net(Sigmoid, BinaryCrossEntropy), np.ones_like(X), Y, epochs=20),
    ),
    "one class only": ("labels_equal", lambda: fitted(net(Sigmoid, BinaryCrossEntropy), X, np.ones_like(Y), epochs=20)),
    "the labels of another column": ("labels_equal", lambda: fitted(net(), X, np.full_like(Y, 7.5), epochs=20)),
    "dead layer": ("layer_dead", dead),
    "saturated layer": ("layer_saturated", saturated),
    "ten layers of Sigmoid": ("gradient_vanishes", deep),
    "BatchNorm with a batch of one": (
        "batch_of_one",
        lambda: fitted(normed(), X, Y, epochs=5, batch_size=1),
    ),
    "Dropout of nearly all of 8 units": ("dropout_high", lambda: dropped(0.99, 8)),
    "Dropout of nearly all of 300 units, and nothing learned": ("dropout_high", lambda: dropped(0.99, 300, epochs=60)),
    "a step on a copy": (
        "nothing_moves",
        lambda: fitted(net(Sigmoid, BinaryCrossEntropy, optimizer=Copies(0.1)), X, Y, epochs=10),
    ),
    "a learning rate of 0": (
        "nothing_moves",
        lambda: fitted(net(Sigmoid, BinaryCrossEntropy, 0.0), X, Y, epochs=10),
    ),
    "learned by heart": ("overfits", by_heart),
    "nothing to learn": (("no_progress", "largest_class", "same_answer"), unlearnable),
    "no better than the largest class": (("largest_class", "no_progress", "same_answer"), rare),
}  # fmt: skip


@pytest.mark.parametrize("case", SPEAKS)
def test_it_speaks(case, capsys):
    expected, run = SPEAKS[case]
    model = run()
    said = names(model)
    assert set(said) & set([expected] if isinstance(expected, str) else expected), said
    lines = capsys.readouterr().err.splitlines()
    assert lines == [f"Watch: {remark}" for remark in model.history.findings] and len(set(said)) == len(said)
    assert all("{" not in text and "nan" not in text for text in lines) and len(lines) <= 3, lines
    kept_words.compare(WORDS, case, "\n".join(lines), nearly=0.05)  # what is trained differs in its last digits


def zeros_and_ones():
    x, y, *_ = load_zeros_and_ones()
    return fitted(net(Sigmoid, BinaryCrossEntropy, 1.0, hidden=(64, 64)), x, y, epochs=100)


def all_the_same():
    layers = ((Dense(8, Zeros()), Tanh()), (Dense(1, Zeros()), Sigmoid()))
    return fitted(NeuralNetwork(layers, BinaryCrossEntropy(), 0.5, seed=0), *moons(200, 0.1, 0), epochs=500)


def thirty_points():
    x, y, *rest = split(*moons(330, noise=0.3, seed=0), test=300 / 330)
    model = net(Sigmoid, BinaryCrossEntropy, hidden=(16, 16), optimizer=Adam(0.01))
    return fitted(model, x, y, epochs=1000, validation=tuple(rest))


@pytest.mark.parametrize("seed", range(8))
def test_of_five_layers_that_begin_too_large_it_speaks_where_they_do_not_diverge(seed):
    x, y, *_ = load_zeros_and_ones()
    parts = [(Dense(64, initializer=Normal(1.0)), ReLU())] * 4
    layers = (*(map(copy.deepcopy, parts)), (Dense(1, initializer=Normal(1.0)), Sigmoid()))
    model = NeuralNetwork(layers, BinaryCrossEntropy(), 0.01, seed=seed)
    try:
        model.fit(x, y, epochs=30, batch_size=50)
    except DivergedError:
        return
    assert set(names(model)) & {"loss_exploded", "layer_dead"}


def with_bug(name):
    model = net(Sigmoid, BinaryCrossEntropy, 0.5, act=Tanh, hidden=(8, 8), seed=5).build(2)
    model.parameters[:] += 0.05 * np.random.default_rng(5).normal(size=model.parameters.size)
    return fitted(MUTANTS[name].apply(model), *circles(100, noise=0.1, seed=5), epochs=75, batch_size=25)


@pytest.mark.parametrize(
    "run, name", [(zeros_and_ones, "loss_exploded"), (all_the_same, "units_equal"), (thirty_points, "overfits")]
)
def test_it_speaks_of_the_runs_that_lessons_mean_to_fail(run, name):
    """Lessons 05, 11 and 13 keep it quiet, so that no prediction is spoilt; here it is on."""
    assert name in names(run())


@pytest.mark.parametrize("name", ["transposed", "gradients_pile_up", "mean_missing", "learning_rate_squared"])
def test_of_a_bug_of_lesson_10_it_speaks_only_where_the_loss_shows_it(name):
    model = with_bug(name)
    learns = model.history.loss[-1] < 0.6
    assert learns == (names(model) == []) == (name in ("transposed", "learning_rate_squared"))


def test_what_it_said_in_a_lesson_is_found_among_the_outputs():
    stderr = {"output_type": "stream", "name": "stderr", "text": "Watch: the inputs reach 255\nno matter\n"}
    assert said_by_watch([{"output_type": "stream", "name": "stdout", "text": "Watch: not"}, stderr]) == [
        "Watch: the inputs reach 255"
    ]
    assert said_by_watch(None) == []


def test_it_is_quiet_when_it_is_told_so(capsys):
    model = fitted_quietly(net(Softmax, BinaryCrossEntropy, 0.5))
    assert names(model) == [] and capsys.readouterr().err == ""


def fitted_quietly(model):
    model.fit(X, Y, epochs=5, watch=False)
    return model


def test_it_says_a_thing_once_however_often_fit_is_called(capsys):
    model = net(Softmax, BinaryCrossEntropy, 0.5)
    for _ in range(3):
        model.fit(X, Y, epochs=2)
    assert names(model) == ["softmax_of_one"] and capsys.readouterr().err.count("\n") == 1
    assert model.history.findings[0].epoch == 1 and "Sigmoid" in str(model.history.findings[0])


def test_every_name_is_said_of_some_case_or_is_a_part_of_one():
    said = set(itertools.chain.from_iterable([e] if isinstance(e, str) else e for e, _ in SPEAKS.values()))
    assert said == set(FINDINGS) == set(SENTENCES)


@pytest.mark.parametrize(("rate", "units"), [(0.5, 2), (0.8, 4), (0.9, 64), (0.95, 300)])
def test_of_dropout_under_which_a_network_learns_it_says_nothing(rate, units):
    model = dropped(rate, units, epochs=400)
    assert names(model) == [], model.history.findings


def test_it_changes_nothing():
    runs = []
    for watch in (True, False):
        layers = ((Dense(8), ReLU(), Dropout(0.2)), (Dense(1), Sigmoid()))
        model = NeuralNetwork(layers, BinaryCrossEntropy(), 0.1, seed=3)
        model.fit(X, Y, epochs=30, batch_size=16, watch=watch)
        runs.append(model.parameters.copy())
    assert np.array_equal(*runs)


# It is silent ---------------------------------------------------------------------------------------------


def sensible(number):
    """A network, a data set and options as a careful person would choose them."""
    rng = np.random.default_rng(number)
    x, y, kind = DATA[number % len(DATA)]()
    act = [ReLU, Tanh, LeakyReLU, Sigmoid][rng.integers(4)]
    hidden = [(8,), (16,), (8, 8), (16, 8)][rng.integers(4)]
    optimizer = [
        lambda: SGD(0.3 if kind != "number" else 0.05), lambda: Momentum(0.1 if kind != "number" else 0.02),
        lambda: Adam(0.01), lambda: RMSProp(0.005),
    ][rng.integers(4)]()  # fmt: skip
    last, loss, outputs = {
        "yes": (Sigmoid, BinaryCrossEntropy, 1),
        "class": (Softmax, CategoricalCrossEntropy, len(y)),
        "number": (Linear, [MeanSquaredError, MeanAbsoluteError][rng.integers(2)], 1),
    }[kind]
    parts = [(Dense(units), *([BatchNorm()] if rng.random() < 0.2 else []), act()) for units in hidden]
    factor = 0.01 if rng.random() < 0.3 else 0.0
    layers, options = (*parts, (Dense(outputs), last())), {"seed": number, "regularization_factor": factor}
    model = NeuralNetwork(layers, loss(), optimizer=optimizer, **options)
    size = [None, 16, 32][rng.integers(3)]
    epochs = int(rng.integers(20, 200)) if size is None else int(rng.integers(5, 60))
    return model, x, y, {"batch_size": size, "epochs": epochs}


DATA = [
    lambda: (*moons(150, 0.15, 1), "yes"), lambda: (*circles(150, 0.1, 2), "yes"), lambda: (*xor(150, 0.1, 3), "yes"),
    lambda: (*labelled(blobs(150, seed=4)), "class"), lambda: (*labelled(spiral(150, seed=5)), "class"),
    lambda: (*plane(120, 0.1, 6), "number"), lambda: (*hills(120, 0.1, 7), "number"),
    lambda: (*line(60, seed=8), "number"),
    lambda: (*penguins(), "class"),
]  # fmt: skip


def labelled(pair):
    x, y = pair
    return x, y if len(y) > 1 else one_hot(y)


def penguins():
    x, y, *_ = load_penguins()
    return standardise(x), labelled((x, y))[1]


@pytest.mark.parametrize("group", range(20))
def test_it_says_nothing_of_sensible_networks(group, capsys):
    for number in range(10 * group, 10 * group + 10):
        model, x, y, options = sensible(number)
        model.fit(x, y, **options)
        assert names(model) == [], (number, model, options, model.history.findings, model.history)
    assert capsys.readouterr().err == ""


def test_it_says_nothing_of_real_data_well_prepared():
    x, y, x_test, y_test = load_zeros_and_ones()
    model = net(Sigmoid, BinaryCrossEntropy, 0.5, hidden=(16,))
    model.fit(x, y, epochs=40, validation=(x_test, y_test))
    assert names(model) == []
    x, y, x_test, y_test = load_digits()
    model = net(Softmax, CategoricalCrossEntropy, 0.2, outputs=10, hidden=(32,))
    model.fit(x, one_hot(y, 10), epochs=10, batch_size=32, validation=(x_test, one_hot(y_test, 10)))
    assert names(model) == []


def test_it_says_nothing_of_a_run_that_starts_slowly():
    """Small first weights: all answers are alike at first, and it learns all the same."""
    layers = ((Dense(8, initializer=Normal(0.01)), Tanh()), (Dense(1, initializer=Normal(0.01)), Sigmoid()))
    model = NeuralNetwork(layers, BinaryCrossEntropy(), 1.0, seed=0)
    model.fit(X, Y, epochs=40)
    assert names(model) == []


@pytest.mark.parametrize("act, optimizer, epochs", [(Sigmoid, lambda: Adam(0.003), 80), (ReLU, lambda: Adam(0.001), 80),
                                                    (LeakyReLU, lambda: Momentum(0.01), 10)])  # fmt: skip
def test_it_says_nothing_of_standardised_inputs_with_one_far_out(act, optimizer, epochs):
    x = cancer_scaled()
    assert abs(x).max() > 12
    for seed in range(8):
        model = net(Sigmoid, BinaryCrossEntropy, act=act, hidden=(16,), optimizer=optimizer(), seed=seed)
        model.fit(x, CANCER, epochs=epochs)
        assert names(model) == [], (seed, model.history.findings)


def test_a_validation_loss_that_trembles_far_below_knowing_nothing_is_not_by_heart():
    for seed in range(16, 24):
        x, y = plane(180, 0.05, seed)
        parts = split(x, 3 * y, test=0.25, seed=seed)
        model = net(act=LeakyReLU, hidden=(32, 16, 8), optimizer=RMSProp(0.003), seed=seed)
        model.fit(*parts[:2], epochs=120, batch_size=32, validation=parts[2:])
        assert names(model) == [], (seed, model.history.findings)


def test_it_says_nothing_of_one_layer_that_begins_at_zero():
    model = net(Sigmoid, BinaryCrossEntropy, 0.5, hidden=()).build(2)
    model.parameters[:] = 0
    model.fit(X, Y, epochs=100)
    assert names(model) == []


# What it costs --------------------------------------------------------------------------------------------


@pytest.mark.alone
def test_it_costs_little():
    """Measured side by side in one run, smallest of several: a small network, where everything counts."""
    times = {True: [], False: []}
    for _ in range(15):
        for watch in (True, False):
            model = net(Sigmoid, BinaryCrossEntropy, 0.1, hidden=(16, 16))
            start = time.process_time()
            model.fit(X, Y, epochs=400, watch=watch)
            times[watch].append(time.process_time() - start)
    ratio = min(times[True]) / min(times[False])
    assert ratio < 1.2, f"watched training takes {ratio:.2f} times as long"

