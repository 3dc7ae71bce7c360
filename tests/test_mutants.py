"""Every mutant is wrong, in the way it says, and sets off the alarms it says: all measured here."""

import copy
import functools

import numpy as np
import pytest

import nnlib
from nnlib import (
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    DivergedError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
    gradient_check,
)
from nnlib.data import circles, load_digits, moons, one_hot
from nnlib.inspect.alarms import Frozen, sound
from nnlib.inspect.diagnose import diagnose
from nnlib.inspect.gradient_check import copy_of
from nnlib.inspect.mutant import ALARMS, practice
from nnlib.inspect.mutants import MUTANTS
from nnlib.inspect.tape import Tape
from nnlib.metric import accuracy

LIMITS = {"loss": 1.0, "accuracy": 0.125, "frozen": 0.8, "gradient_check": 1e-6, "update": 1e-6, "predict": 0.05}


def data(name, seed, examples=100):
    x, y = circles(examples, noise=0.1, seed=seed)
    return x, one_hot(y) if practice(name).layers[-1][0].units == 2 else y


def started(name, seed):
    """The practice network with biases that are not zero: zeros hide mistakes."""
    model = practice(name, seed).build(2)
    model.parameters[:] += 0.05 * np.random.default_rng(seed).standard_normal(model.parameters.size)
    return model


def trained(model, x, y, callbacks=()):
    """The loss after 300 steps by nnlib's own formula, infinite if training diverged."""
    try:
        model.fit(x, y, epochs=75, batch_size=25, callbacks=callbacks)
    except DivergedError:
        return np.inf
    return right_loss(model, x, y)


def right_loss(model, x, y):
    return getattr(model.loss, "right", model.loss)(model.predict(x), y)


@functools.lru_cache
def yardstick(name, seed):
    """Of the right network: the first loss, the last with hidden layers frozen, and the accuracy on new points."""
    x, y = data(name, seed)
    right = started(name, seed)
    start, frozen = right_loss(right, x, y), trained(copy_of(right), x, y, [Frozen()])
    trained(right, x, y)
    x_new, y_new = data(name, seed + 100, 500)
    return start, frozen, accuracy(right.predict(x_new), y_new)


def alike(name):
    """The first mutant that is practised on the same network."""
    return next(other for other in MUTANTS if likeness(other) == likeness(name))


def likeness(name):
    return repr(practice(name)), practice(name).regularization_factor


def measure(name, seed=0):
    """The alarms as numbers for one mutant, one start and one drawing of the points."""
    x, y = data(name, seed)
    right = started(name, seed)
    broken = MUTANTS[name].apply(right)
    checked = gradient_check(broken, x[:, :8], y[:, :8], sample=20)

    once, rule = copy_of(broken), copy.deepcopy(right.optimizer)
    once(x)
    once.backward_step(y)
    expected = once.parameters.copy()
    rule.step(expected, once.gradients)
    once.update()
    update = np.abs(once.parameters - expected).max() / np.abs(expected - right.parameters).max()

    predict, ones = np.abs(broken.predict(x) - broken.predict(x)).max(), np.ones((1, 4000))
    for part in (place.part for place in broken.places if hasattr(place.part, "predict")):
        predict = max(predict, abs(copy.deepcopy(part)(ones).mean() - copy.deepcopy(part).predict(ones).mean()))

    start, frozen, right_accuracy = yardstick(alike(name), seed)
    loss = trained(broken, x, y)
    x_new, y_new = data(name, seed + 100, 500)
    found = accuracy(broken.predict(x_new), y_new) if np.isfinite(loss) else 0
    return {
        "loss": loss / start,
        "accuracy": right_accuracy - found,
        "frozen": loss / frozen,
        "gradient_check": checked.relative_error,
        "update": update,
        "predict": predict,
    }


@pytest.mark.parametrize("name", MUTANTS)
def test_the_alarms_that_go_off_are_those_it_says(name):
    """A number within a tenth of its limit may fall on either side on another machine."""
    values = measure(name)
    for alarm, limit in LIMITS.items():
        if not 0.9 * limit < values[alarm] < 1.1 * limit:
            rings = values[alarm] >= limit
            assert rings == (alarm in MUTANTS[name].alarms), (
                f"{alarm} of {name} measured {values[alarm]:.3g}, limit {limit:g}; it says {MUTANTS[name].alarms}"
            )


HEARD = ("mean_missing", "grad_weights_for_weights", "stale_inputs", "step_uphill", "transposed")


@pytest.mark.parametrize("name", HEARD)
def test_the_four_alarms_of_the_lab_ring_as_they_were_measured(name):
    right = started(name, 0)
    broken, before = MUTANTS[name].apply(right), right.parameters.copy()
    alarms = sound(broken, right, *data(name, 0), *data(name, 100))
    rings = {alarm.name for alarm in alarms if alarm.rings}
    assert rings == set(MUTANTS[name].alarms) & {alarm.name for alarm in alarms}, alarms
    assert not any(alarm.rings for alarm in sound(right, right, *data(name, 0), *data(name, 100)))
    assert np.array_equal(right.parameters, before)


@pytest.mark.parametrize("name", sorted({alike(name) for name in MUTANTS}))
def test_no_alarm_goes_off_for_the_right_network(name):
    """Without this, an alarm that always rings would pass for a good one."""
    x, y = data(name, 0)
    right = started(name, 0)
    assert gradient_check(right, x[:, :8], y[:, :8], sample=20).passed
    assert np.array_equal(right.predict(x), right.predict(x))
    start, frozen, right_accuracy = yardstick(name, 0)
    loss = trained(right, x, y)
    assert loss < 0.6 * start and loss < 0.6 * frozen, f"{loss:.3f} from {start:.3f}, frozen {frozen:.3f}"
    assert right_accuracy > 0.8, f"expected most new points right, got {right_accuracy:.3f}"


def test_every_alarm_is_explained_and_goes_off_for_something():
    assert set(ALARMS) == set(LIMITS) == {alarm for mutant in MUTANTS.values() for alarm in mutant.alarms}


@pytest.mark.parametrize("name", MUTANTS)
def test_what_a_mutant_says(name):
    mutant = MUTANTS[name]
    assert mutant.name == name and mutant.phase in ("forward", "loss", "backward", "update")
    assert mutant.title[-1].isalnum() and mutant.explanation[-1] == "." and mutant.hint[-1] in "?."
    assert mutant.alarms, f"{name} sets off no alarm: nobody could find it"
    mutant.hint.format(m=5, k=2, others=4, where="Tanh", last="Sigmoid")


def held_by(kind):
    """What a class holds, but what `copy` notes in it the first time."""
    return {name: value for name, value in vars(kind).items() if name != "__slotnames__"}


@pytest.mark.parametrize("name", MUTANTS)
def test_apply_changes_a_copy_and_nothing_else(name):
    model = started(name, 0)
    kinds = {value: held_by(value) for value in vars(nnlib).values() if isinstance(value, type)}
    before, types = model.parameters.copy(), [type(place.part) for place in model.places]
    broken = MUTANTS[name].apply(model)
    x, y = data(name, 0)
    broken.fit(x, y, epochs=1)
    assert np.array_equal(model.parameters, before)
    assert [type(place.part) for place in model.places] == types and type(model) is NeuralNetwork
    assert all(held_by(kind) == kept for kind, kept in kinds.items()), "a class of nnlib was changed"
    assert repr(broken) == repr(model)


@pytest.mark.parametrize("name", MUTANTS)
def test_the_tape_shows_the_wrong_line_under_the_right_name(name):
    mutant = MUTANTS[name]
    if mutant.phase == "loss" or mutant.method in ("predict", "_add_penalty_gradients"):  # no moment of their own
        return
    broken, tape = mutant.apply(started(name, 0)), Tape()
    x, y = data(name, 0)
    broken.fit(x, y, epochs=1, callbacks=[tape])
    wrong = [moment for moment in tape if moment.source and moment.source.file.endswith("mutants.py")]
    method = {"gradient": "loss.gradient", "step": "update"}.get(mutant.method, mutant.method)
    assert wrong and {moment.method for moment in wrong} == {method}, wrong
    shown = "".join("".join(wrong[0].source.lines).split())
    assert "mutant(" not in shown and name not in shown, f"the tape gives the name away: {shown}"


def test_the_practice_network_of_a_seed_is_always_the_same():
    one, again, other = (practice("slope_missing", *seed).build(2).parameters for seed in ((), (0,), (1,)))
    assert np.array_equal(one, again) and not np.isclose(one[one != 0], other[one != 0]).any()


def test_apply_in_chosen_places_and_before_the_first_data():
    model = practice("slope_missing")
    broken = MUTANTS["slope_missing"].apply(model, places=(3,))
    pairs = zip(broken.places, model.places, strict=True)
    assert [type(place.part) is type(other.part) for place, other in pairs] == [True, True, True, False, True, True]
    broken.fit(*data("slope_missing", 0), epochs=1)
    assert model.features is None
    with pytest.raises(ValueError, match=r"slope is missing.* has no place in"):
        MUTANTS["slope_missing"].apply(model, places=(0,))


@pytest.mark.parametrize(("name", "each"), [("step_uphill", 1), ("learning_rate_squared", 1),
                                            ("adam_counter_per_layer", 3)])  # fmt: skip
def test_a_wrong_step_is_counted_as_the_right_one_but_where_that_is_the_mistake(name, each):
    broken = MUTANTS[name].apply(practice(name))
    broken.fit(*data(name, 0), epochs=4)
    assert broken.optimizer.steps == 4 * each


# The slip that stood in the seed of this course for 19 months --------------------------------------------


def slip_and_frozen(model, x, y, **options):
    """The losses of the same start: at first, trained rightly, with the slip, and with frozen hidden layers."""
    model.build(len(x))
    slip, frozen = MUTANTS["grad_weights_for_weights"].apply(model), copy_of(model)
    losses = [model.evaluate(x, y)]
    for network, callbacks in ((model, ()), (slip, ()), (frozen, (Frozen(),))):
        network.fit(x, y, callbacks=callbacks, **options)
        losses.append(network.evaluate(x, y))
    return losses, slip, frozen


@pytest.mark.parametrize("seed", range(3))
def test_the_slip_on_moons(seed):
    x, y = moons(200, noise=0.2, seed=0)
    layers = ((Dense(8), Tanh()), (Dense(8), Tanh()), (Dense(1), Sigmoid()))
    model = NeuralNetwork(layers, BinaryCrossEntropy(), 0.5, seed=seed)
    (start, right, wrong, frozen), slip, _ = slip_and_frozen(model, x, y, epochs=500)
    numbers = f"start {start:.3f}, right {right:.3f}, slip {wrong:.3f}, frozen {frozen:.3f}"
    assert wrong < 0.75 * start, f"the loss should fall all the same: {numbers}"
    assert wrong > 0.95 * frozen, f"the slip should be no better than frozen hidden layers: {numbers}"
    assert right < 0.85 * frozen, f"the right network should be better than frozen ones: {numbers}"
    report = gradient_check(slip, x[:, :20], y[:, :20])
    assert [row.passed for row in report.rows] == [False] * 4 + [True] * 2, f"only the last layer is right: {report}"
    found = diagnose(slip, x[:, :20], y[:, :20])
    assert (found.kind, found.also) == ("grad_weights_for_weights", ())


def test_the_slip_on_digits():
    x, y, x_test, y_test = load_digits()
    layers = ((Dense(16), ReLU()), (Dense(16), ReLU()), (Dense(10), Softmax()))
    model = NeuralNetwork(layers, CategoricalCrossEntropy(), 0.2, seed=0)
    (start, right, wrong, frozen), slip, still = slip_and_frozen(model, x, y, epochs=10, batch_size=32)
    numbers = f"start {start:.3f}, right {right:.3f}, slip {wrong:.3f}, frozen {frozen:.3f}"
    assert right < 0.3 * frozen and frozen < wrong < start, numbers
    scores = [(network.classify(x_test) == y_test).mean() for network in (model, still, slip)]
    assert scores[0] > 0.9 and scores[0] > scores[1] + 0.2 and scores[1] > scores[2], scores
    assert not gradient_check(slip, x[:, :10], y[:, :10], sample=60).passed
    assert diagnose(slip, x[:, :10], y[:, :10]).kind == "grad_weights_for_weights"


def test_with_a_single_layer_there_is_no_hidden_one_that_could_be_frozen():
    x, y = np.random.default_rng(0).standard_normal((2, 3, 8))
    free, frozen = (NeuralNetwork(((Dense(3),),), nnlib.MeanSquaredError(), 0.1, seed=1) for _ in range(2))
    free.fit(x, y, epochs=3, watch=False)
    frozen.fit(x, y, epochs=3, watch=False, callbacks=[Frozen()])
    assert np.array_equal(free.parameters, frozen.parameters)
