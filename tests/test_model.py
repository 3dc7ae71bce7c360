"""The network's contract: four phases, one loop, looking without touching, the same seed the same run, divergence."""

import ast
import copy
import io
import math
import pickle
import tokenize
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlib
from nnlib import (
    SGD,
    Adam,
    AdamW,
    BatchNorm,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    DivergedError,
    Dropout,
    EarlyStopping,
    Linear,
    MeanSquaredError,
    Momentum,
    Nesterov,
    NeuralNetwork,
    ReLU,
    RMSProp,
    Sigmoid,
    Softmax,
    Tanh,
    data,
)
from nnlib.metric import accuracy, r_squared

X = np.random.default_rng(0).normal(size=(3, 20))
Y = (X[:1] > 0).astype(float)


def network(seed=0, rate=0.1, **settings):
    blocks = ((Dense(5), BatchNorm(), Tanh(), Dropout(0.3)), (Dense(4), ReLU()), (Dense(1), Sigmoid()))
    return NeuralNetwork(blocks, BinaryCrossEntropy(), rate, seed=seed, **settings)


def plain(*sizes, last=Linear, loss=MeanSquaredError, rate=0.1, **settings):
    blocks = (*((Dense(units), Tanh()) for units in sizes[:-1]), (Dense(sizes[-1]), last()))
    settings = {"seed": 0, **settings}
    return NeuralNetwork(blocks, loss(), None if "optimizer" in settings else rate, **settings)


def everything(thing, seen=None, path="model"):
    """Every number, array and random state that can be reached from an object, by its path."""
    seen = {} if seen is None else seen
    if isinstance(thing, np.ndarray):
        seen[path] = thing.copy()
    elif isinstance(thing, np.random.Generator):
        seen[path] = repr(thing.bit_generator.state)
    elif isinstance(thing, dict):
        for name, value in thing.items():
            everything(value, seen, f"{path}.{name}")
    elif isinstance(thing, list | tuple):
        for number, value in enumerate(thing):
            everything(value, seen, f"{path}[{number}]")
    elif isinstance(thing, float | int | str | type(None)):
        seen[path] = thing
    elif type(thing).__module__.startswith(("nnlib", "test", __name__)) and path.count(".") < 8:
        names = vars(thing) if hasattr(thing, "__dict__") else {n: getattr(thing, n) for n in thing.__slots__}
        everything({name: value for name, value in names.items() if name != "place"}, seen, path)
    return seen


def assert_same(before, after):
    assert before.keys() == after.keys(), before.keys() ^ after.keys()
    changed = [path for path in before if not np.array_equal(before[path], after[path])]
    assert changed == [], f"changed: {changed}"


# One step by hand ---------------------------------------------------------------------------------------------


def test_four_phases_by_hand():
    """One neuron, two examples, L2 with factor 4."""
    layer = Dense(1)
    layer.weights, layer.bias = np.array([[1.0, 2.0]]), np.array([[1.0]])
    model = NeuralNetwork(((layer, Linear()),), MeanSquaredError(), 0.1, regularization_factor=4.0)
    x, y = np.array([[1.0, 0.0], [1.0, 2.0]]), np.array([[3.0, 6.0]])
    np.testing.assert_array_equal(model(x), [[4, 5]])  # 1 + 2 + 1, 4 + 1
    # mean of 1 and 1 is 1; L2 4 / (2 · 2) · (1 + 4) = 5
    assert model.training_loss(y) == 6
    assert model.loss(model(x), y) == 1
    model.backward_step(y)
    # gradients of the examples 2 and -2: weights (2 · 1 + -2 · 0, 2 · 1 - 2 · 2) / 2 = (1, -1), and 4 / 2 · W
    np.testing.assert_array_equal(layer.grad_weights, [[1 + 2, -1 + 4]])
    np.testing.assert_array_equal(layer.grad_bias, [[0]])
    model.update()
    np.testing.assert_allclose(layer.weights, [[0.7, 1.7]], rtol=1e-15)
    np.testing.assert_array_equal(layer.bias, [[1]])
    assert model.steps == model.optimizer.steps == 1
    assert model.evaluate(x, y) == pytest.approx(((2.7 + 0.7 - 3 - 0) ** 2 + (3.4 + 1 - 6) ** 2) / 2 + 0.0)


def test_l1_by_hand():
    layer = Dense(1)
    layer.weights = np.array([[1.0, -2.0]])
    model = NeuralNetwork(((layer, Linear()),), MeanSquaredError(), 0.1, l1_factor=4.0)
    output = model(np.array([[1.0, 0.0], [1.0, 0.0]]))  # -1 and 0
    assert model.training_loss(output) == 6  # no error; 4 / 2 · (1 + 2)
    model.backward_step(output)
    np.testing.assert_array_equal(layer.grad_weights, [[2, -2]])  # 4 / 2 · sign


@pytest.mark.parametrize(("clip", "expected"), [(2.0, [0.4, -1.2, 1.55]), (6.0, [1.0, -2.0, 0.5])])
def test_clip_norm_shortens_the_whole_gradient(clip, expected):
    model = plain(1, rate=1.0, clip_norm=clip).build(2)
    model.parameters[:] = 0
    model.gradients[:] = gradient = np.array([-1.0, 2.0, -0.5]) if clip == 6 else np.array([-1.0, 3.0, -3.875])
    model.update()
    length = math.sqrt(gradient @ gradient)
    np.testing.assert_allclose(model.parameters, -gradient * min(1, clip / length), rtol=1e-12)
    if clip == 2:  # length 5.0015…: the direction stays
        assert np.linalg.norm(model.parameters) == pytest.approx(2)
    else:
        np.testing.assert_array_equal(-gradient, expected)


def test_clip_norm_bears_gradients_whose_squares_overflow():
    model = plain(1, rate=1.0, clip_norm=1.0, dtype=np.float32).build(2)
    model.parameters[:] = 0
    model.gradients[:] = [3e30, 0, -4e30]
    model.update()
    np.testing.assert_allclose(model.parameters, [-0.6, 0, 0.8], rtol=1e-6)


# One loop ------------------------------------------------------------------------------------------------------


@settings(max_examples=15, deadline=None)
@given(m=st.integers(1, 23), size=st.integers(1, 25), factor=st.sampled_from([0.0, 0.5]), seed=st.integers(0, 99))
def test_an_epoch_s_loss_is_the_example_weighted_mean_of_its_batches(m, size, factor, seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, m)), rng.normal(size=(1, m))
    model, sizes = plain(3, 1, regularization_factor=factor, l1_factor=factor, seed=seed), []

    class Watch:
        def on_phase(self, phase):
            if phase == "loss":
                part = model.places[0].inputs
                sizes.append(part.shape[1])

    losses = list(model.training(x, y, epochs=2, batch_size=size, callbacks=[Watch()]))
    per_epoch = math.ceil(m / size)
    assert len(losses) == len(sizes) == 2 * per_epoch
    for epoch in range(2):
        here = slice(epoch * per_epoch, (epoch + 1) * per_epoch)
        assert sum(sizes[here]) == m, "each example once an epoch"
        assert model.history.loss[epoch] == pytest.approx(np.average(losses[here], weights=sizes[here]), rel=1e-12)


def test_every_epoch_has_a_new_order_and_pairs_stay_together():
    model, seen = plain(1), []
    x = np.arange(12.0).reshape(1, 12)

    class Watch:
        def on_phase(self, phase):
            if phase == "loss":
                seen.append(model.places[0].inputs[0].copy())
                np.testing.assert_array_equal(model.labels, -model.places[0].inputs)

    model.fit(x, -x, epochs=2, batch_size=4, callbacks=[Watch()])
    one, other = np.concatenate(seen[:3]), np.concatenate(seen[3:])
    assert sorted(one) == sorted(other) == list(range(12))
    assert (one != other).any()


def test_fit_is_the_manual_loop():
    fitted, stepped = network(), network()
    fitted.fit(X, Y, epochs=4)
    losses = []
    for _ in range(4):
        stepped(X)
        losses.append(stepped.training_loss(Y))
        stepped.backward_step(Y)
        stepped.update()
    np.testing.assert_array_equal(stepped.parameters, fitted.parameters)
    assert losses == fitted.history.loss


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_same_seed_is_the_same_run(dtype):
    runs = []
    for seed in (5, 5, 6):
        model = network(seed, optimizer=Adam(0.01), rate=None, dtype=dtype)
        model.fit(X, Y, epochs=5, batch_size=6, validation=(X, Y))
        runs.append((model.parameters.copy(), model.history.values))
    np.testing.assert_array_equal(runs[0][0], runs[1][0])
    assert runs[0][1] == runs[1][1]
    assert (runs[0][0] != runs[2][0]).any()


def test_validation_and_looking_do_not_change_the_run():
    quiet, watched = network(), network()
    quiet.fit(X, Y, epochs=5, batch_size=6)
    for _ in watched.training(X, Y, epochs=5, batch_size=6, validation=(X, Y)):
        watched.predict(X), watched.evaluate(X, Y), watched.classify(X)
    np.testing.assert_array_equal(quiet.parameters, watched.parameters)


def test_training_can_be_stopped_and_goes_on():
    whole, halves = network(), network()
    whole.fit(X, Y, epochs=6, batch_size=7)
    run = halves.training(X, Y, epochs=6, batch_size=7)
    for _ in range(4):
        next(run)
    assert halves.steps == 4
    for _ in run:
        pass
    np.testing.assert_array_equal(whole.parameters, halves.parameters)
    assert halves.history.loss == whole.history.loss


def test_a_dropped_run_ends_its_callbacks_and_another_can_follow():
    model, ended = network(), []

    class Watch:
        def on_train_end(self):
            ended.append(True)

    run = model.training(X, Y, epochs=6, callbacks=[Watch()])
    next(run)
    run.close()
    assert ended == [True]
    assert len(model.fit(X, Y, epochs=2).loss) == 3
    assert (model.steps, model.epoch, model.history.epochs) == (3, 3, [1, 2, 3])


def test_fit_returns_its_history_and_goes_on_from_fit_to_fit():
    model = network()
    history = model.fit(X, Y, epochs=3, validation=(X, Y))
    assert history is model.history
    assert history is model.fit(X, Y, epochs=2, validation=(X, Y))
    assert history.epochs == [1, 2, 3, 4, 5]
    assert {name: len(values) for name, values in history.values.items()} == {
        "loss": 5, "validation_loss": 5, "validation_accuracy": 5,
    }  # fmt: skip
    assert history["validation_loss"][-1] == model.evaluate(X, Y)


def test_metrics_of_one_s_own():
    def half(output, labels):
        return 0.5

    history = network().fit(X, Y, epochs=1, validation=(X, Y), metrics=[half])
    assert history["validation_half"] == [0.5]
    assert "validation_accuracy" not in history.values


def test_a_step_of_0_moves_nothing():
    model = plain(4, 1, rate=0.0).build(3)
    before = model.parameters.copy()
    model.fit(X, Y, epochs=2)
    np.testing.assert_array_equal(model.parameters, before)


# Looking without touching -----------------------------------------------------------------------------------------

LOOKS = {
    "predict": lambda model: model.predict(X * 2),
    "classify": lambda model: model.classify(X * 2),
    "evaluate": lambda model: model.evaluate(X * 2, Y),
    "measure": lambda model: model.measure(X * 2, Y),
    "predict one": lambda model: model.predict(X[:, :1]),
    "repr": repr,
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_looking_changes_no_stored_value(look):
    model = network(optimizer=Adam(0.01), rate=None)
    model.fit(X, Y, epochs=3, batch_size=6)
    before = everything(model)
    look(model)
    assert_same(before, everything(model))
    assert len(before) > 60, "there is something to compare"


def test_predict_turns_dropout_off_and_uses_running_values():
    model = network()
    model.fit(X, Y, epochs=3)
    np.testing.assert_array_equal(model.predict(X), model.predict(X))
    apart = np.hstack([model.predict(X[:, [i]]) for i in range(20)])
    np.testing.assert_allclose(apart, model.predict(X), rtol=1e-12, err_msg="an example's answer depends on the others")
    assert (model(X) != model(X)).any(), "in training mode dropout draws anew"


def test_classify_by_hand():
    layer = Dense(1)
    layer.weights = np.array([[1.0]])
    yes_or_no = NeuralNetwork(((layer, Sigmoid()),), BinaryCrossEntropy(), 0.1)
    np.testing.assert_array_equal(yes_or_no.classify([[-1, 0, 1]]), [[0, 1, 1]])
    layer = Dense(3)
    layer.weights = np.array([[1.0], [0.0], [-1.0]])
    classes = NeuralNetwork(((layer, Softmax()),), CategoricalCrossEntropy(), 0.1)
    np.testing.assert_array_equal(classes.classify([[2.0, -2.0]]), [[0, 2]])
    layer = Dense(3)
    layer.weights = np.array([[1.0], [2.0], [-1.0]])
    several = NeuralNetwork(((layer, Sigmoid()),), BinaryCrossEntropy(), 0.1)
    np.testing.assert_array_equal(several.classify([[2.0]]), [[1], [1], [0]])


def test_measure_is_evaluate_and_the_metrics_by_one_forward_pass():
    passes = []

    class Counted(Dense):
        def predict(self, inputs):
            passes.append(inputs.shape)
            return super().__call__(inputs)

    model = NeuralNetwork(((Counted(3), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0)
    right = float(accuracy(model.predict(X), Y))
    passes.clear()
    measured = model.measure(X, Y)
    assert passes.count(X.shape) == 1
    assert measured == {"loss": model.evaluate(X, Y), "accuracy": right}
    assert list(model.measure(X, Y, [r_squared])) == ["loss", "r_squared"]


def test_evaluate_is_the_data_loss_without_penalties():
    model = plain(3, 1, regularization_factor=5.0, l1_factor=2.0)
    output = model(X)
    assert type(model.evaluate(X, Y)) is float
    assert model.evaluate(X, Y) == model.loss(output, Y) < model.training_loss(Y)


@pytest.mark.parametrize("last", [Linear, Sigmoid, Dropout])
def test_what_was_returned_is_never_written_to_again(last):
    part = Dropout(0.2) if last is Dropout else last()
    model = NeuralNetwork(((Dense(3), Tanh()), (Dense(1), part)), MeanSquaredError(), 0.1, seed=0)
    returned = [model(X), model.predict(X), model.classify(X), model.predict(X[:, :4])]
    run = model.training(X, Y, epochs=9, batch_size=7)
    returned += [model.predict(X) for _ in run]
    kept = [array.copy() for array in returned]
    model.fit(X, Y, epochs=3)
    model(X), model.backward_step(Y), model.update(), model.predict(X)
    for array, before in zip(returned, kept, strict=True):
        np.testing.assert_array_equal(array, before)


def test_data_are_left_alone():
    x, y = X.copy(), Y.copy()
    x.setflags(write=False), y.setflags(write=False)
    network().fit(x, y, epochs=3, batch_size=6, validation=(x, y))
    np.testing.assert_array_equal(x, X)


# Parameters --------------------------------------------------------------------------------------------------------


def test_layers_arrays_are_views_of_the_flat_vectors():
    model = network().build(3)
    model(X), model.backward_step(Y)
    dense, norm = model.layers[0][0], model.layers[0][1]
    assert model.parameters.size == 5 * 4 + 10 + 4 * 6 + 5
    np.testing.assert_array_equal(model.parameters[:15].reshape(5, 3), dense.weights)
    np.testing.assert_array_equal(model.gradients[:15].reshape(5, 3), dense.grad_weights)
    np.testing.assert_array_equal(model.parameters[20:25].reshape(5, 1), norm.gamma)
    model.parameters[0] = 7
    assert dense.weights[0, 0] == 7
    dense.bias[1] = 8
    assert model.parameters[16] == 8


@pytest.mark.parametrize("how", ["in place", "by rebinding", "a whole number array", "a list"])
def test_weights_can_be_assigned(how):
    model = plain(2, 1).build(3)
    layer, values = model.layers[0][0], np.arange(6).reshape(2, 3)
    if how == "in place":
        layer.weights[:] = values
    else:
        layer.weights = {"by rebinding": values * 1.0, "a whole number array": values, "a list": values.tolist()}[how]
    expected = np.tanh(values @ X + layer.bias)
    np.testing.assert_allclose(model.predict(X), model.layers[1][0].weights @ expected, rtol=1e-12)
    np.testing.assert_array_equal(model.parameters[:6], np.arange(6))
    model(X), model.backward_step(Y), model.update()
    np.testing.assert_allclose(layer.weights, values - 0.1 * layer.grad_weights, rtol=1e-12)
    np.testing.assert_array_equal(model.parameters[:6].reshape(2, 3), layer.weights)


def test_gradients_can_be_assigned():
    model = plain(2, 1).build(3)
    before = model.parameters.copy()
    for layer in (model.layers[0][0], model.layers[1][0]):
        layer.grad_weights, layer.grad_bias = np.ones_like(layer.weights), np.full_like(layer.bias, 2)
    model.update()
    np.testing.assert_allclose(before - model.parameters, [*[0.1] * 6, *[0.2] * 2, *[0.1] * 2, 0.2], rtol=1e-12)


def test_assigning_another_shape_names_the_part_and_both_shapes():
    model = plain(2, 1).build(3)
    model.layers[0][0].weights = np.ones((3, 2))
    with pytest.raises(ValueError, match=r"weights of block 1, Dense\(2\) has shape \(3, 2\), expected \(2, 3\)"):
        model(X)


def test_float64_assigned_to_a_float32_network_is_converted():
    model = plain(2, 1, dtype=np.float32).build(3)
    model.layers[0][0].weights = np.ones((2, 3))
    assert model.predict(X).dtype == np.float32
    assert model.layers[0][0].weights.dtype == np.float32


@pytest.mark.parametrize("optimizer", [SGD, Momentum, Nesterov, RMSProp, Adam, AdamW])
def test_float32_is_never_changed(optimizer):
    blocks = (
        (Dense(5), BatchNorm(), nnlib.ELU(np.float64(1.5)), Dropout(0.3)), (Dense(5), nnlib.LeakyReLU(np.float64(0.1))),
        (Dense(4), nnlib.GELU()), (Dense(4), nnlib.Swish()), (Dense(3), nnlib.Softplus()), (Dense(3), Softmax()),
    )  # fmt: skip
    model = NeuralNetwork(
        blocks, CategoricalCrossEntropy(), optimizer=optimizer(0.01), regularization_factor=0.1, l1_factor=0.1,
        clip_norm=1.0, dtype=np.float32, seed=0,
    )  # fmt: skip
    model.fit(X, np.arange(20) % 3, epochs=3, batch_size=7, validation=(X, np.arange(20) % 3))
    wide = [path for path, value in everything(model).items() if getattr(value, "dtype", None) == np.float64]
    assert wide == [], f"float64 in a float32 network: {wide}"
    assert model.predict(X).dtype == np.float32
    for place in model.places[:-1]:  # the last has no gradient of its own: Softmax takes the shortcut
        assert place.grad_output.dtype == np.float32, place


@pytest.mark.parametrize("way", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_a_copy_trains_on_its_own(way):
    model = network(optimizer=Adam(0.01), rate=None)
    model.fit(X, Y, epochs=2)
    twin, before = way(model), model.parameters.copy()
    np.testing.assert_array_equal(twin.predict(X), model.predict(X))
    twin.fit(X, Y, epochs=3)
    np.testing.assert_array_equal(model.parameters, before)
    assert (twin.predict(X) != model.predict(X)).any(), "the copy's layers do not follow its training"
    model.fit(X, Y, epochs=3)
    np.testing.assert_array_equal(twin.parameters, model.parameters)


def test_learning_rate_reads_and_sets_the_optimiser_s():
    model = plain(1, optimizer=Adam(0.5))
    assert model.learning_rate == 0.5
    model.learning_rate = 0.25
    assert model.optimizer.learning_rate == 0.25


# Divergence --------------------------------------------------------------------------------------------------------


def test_divergence_names_what_happened_and_goes_back():
    model, losses = plain(4, 1, rate=1e9), []
    x, y = X * 1e3, Y
    with pytest.raises(DivergedError) as caught:
        for loss in model.training(x, y, epochs=300):
            losses.append(loss)
            last = model.parameters.copy()
    error = caught.value
    assert len(losses) >= 2
    assert (error.epoch, error.step, error.learning_rate) == (len(losses) + 1, len(losses) + 1, 1e9)
    for piece in (f"epoch {error.epoch}", f"step {error.step}", "1e+09", "block", "1e+08 for a start"):
        assert piece in str(error), f"{piece!r} is missing in {error}"
    assert model.evaluate(x, y) == losses[-1], "the parameters with the last finite loss are back"
    assert (model.parameters != last).any()
    assert model.history.loss == losses


def test_the_very_last_update_is_looked_at_too():
    model = plain(1, rate=1e200)
    with pytest.raises(DivergedError) as caught:
        model.fit(X, Y, epochs=1)
    assert (caught.value.epoch, caught.value.step) == (1, 1)
    assert math.isfinite(model.evaluate(X, Y))
    assert model.evaluate(X, Y) == model.history.loss[-1]


def test_where_no_update_was_made_no_learning_rate_is_blamed():
    model = plain(1).build(3)
    model.layers[0][0].weights[:] = 1e308
    with pytest.raises(DivergedError, match=r"not finite in block 1, .*no update has been made") as caught:
        model.fit(X * 100, Y, epochs=1)
    assert "smaller" not in str(caught.value)


def test_a_penalty_that_overflows_is_divergence_too():
    model = plain(1, rate=1.0, regularization_factor=1.0).build(3)
    model.layers[0][0].weights[:] = 1e160  # its square is no number, and neither is the loss
    with pytest.raises(DivergedError, match=r"the loss itself"):
        model.fit(X * 1e-160, Y, epochs=1)

    class Leap:
        learning_rate = 0.1

        def step(self, parameters, gradients):
            return np.array([1e160, 1e160, 1e160, 0.0])

    model = plain(1, optimizer=Leap(), regularization_factor=1.0)
    with pytest.raises(DivergedError, match=r"the loss itself"):
        model.fit(X * 1e-160, Y, epochs=1)  # the very last update
    assert model.parameters.max() < 10


def test_batch_norm_s_running_values_go_back_too():
    model = NeuralNetwork(((Dense(3), BatchNorm(), Tanh()), (Dense(1), Linear())), MeanSquaredError(), 0.1, seed=0)
    model.fit(X, Y, epochs=3)
    model.learning_rate = 1e200
    with pytest.raises(DivergedError):
        model.fit(X, Y, epochs=3)
    for path, value in everything(model).items():
        if "running" in path:
            assert np.isfinite(value).all(), path
    assert math.isfinite(model.evaluate(X, Y))


def test_after_divergence_training_goes_on_at_a_smaller_rate():
    model = plain(4, 1, optimizer=Momentum(1e60))
    with pytest.raises(DivergedError):
        model.fit(X, Y, epochs=50)
    assert model.optimizer.state == {}
    model.learning_rate = 0.05
    before = model.evaluate(X, Y)
    model.fit(X, Y, epochs=20)
    assert model.evaluate(X, Y) < before


class HidesNotANumber:
    """A learner's ReLU: comparing with NaN is False, so a dead network looks healthy."""

    def __call__(self, z):
        return np.where(z > 0, z, 0.0)

    def gradient(self, z):
        return (z > 0) * 1.0


class LossThatHides:
    def __call__(self, output, labels):
        return float(np.nan_to_num(output - labels, posinf=1e3, neginf=-1e3).clip(-1e3, 1e3).mean() ** 2)

    def gradient(self, output, labels):
        return 2 * (output - labels)


@pytest.mark.parametrize(("activation", "loss"), [(HidesNotANumber, MeanSquaredError), (Linear, LossThatHides)])
@pytest.mark.parametrize("size", [None, 6])
def test_numbers_that_a_learner_s_class_hides_are_found(activation, loss, size):
    blocks = ((Dense(4), activation()), (Dense(1), Linear()))
    model = NeuralNetwork(blocks, loss(), 1e30, seed=0)
    with pytest.raises(DivergedError):
        model.fit(X, Y, epochs=100, batch_size=size)
    assert np.isfinite(model.parameters).all()


OPTIMIZERS = [SGD, Momentum, Nesterov, RMSProp, Adam, AdamW]


@pytest.mark.parametrize("rate", [1e-6, 1e-3, 1.0, 1e3, 1e6, 1e10])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_any_learning_rate_on_any_data_ends_finite_or_says_so(rate, optimizer):
    """Never a NaN in silence, never an infinite loss called fitted, and no warning of NumPy's gets through."""
    for number, name in enumerate(data.DATASETS):
        x, y = getattr(data, name)(40, seed=1)
        regression = name in data.REGRESSIONS
        loss, last = (MeanSquaredError(), Linear()) if regression else (BinaryCrossEntropy(), Sigmoid())
        hidden = (ReLU, Tanh, nnlib.GELU, HidesNotANumber)[number % 4]
        middle = (BatchNorm(),) if number % 3 == 0 else ()
        blocks = ((Dense(6), *middle, hidden()), (Dense(6), hidden()), (Dense(1), last))
        dtype = np.float32 if number % 2 else np.float64
        model = NeuralNetwork(blocks, loss, optimizer=optimizer(rate), seed=number, dtype=dtype)
        where = f"{name}, {optimizer.__name__} at {rate:g}, {dtype.__name__}"
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                model.fit(x, y, epochs=12, batch_size=(None, 16)[number % 2], validation=(x, y))
                assert math.isfinite(model.evaluate(x, y)), f"{where}: fitted with loss {model.evaluate(x, y)}"
            except DivergedError as error:
                assert f"{rate:g}" in str(error), where
        assert np.isfinite(model.parameters).all(), f"{where}: parameters are not finite"
        assert np.isfinite(model.history.loss).all(), f"{where}: {model.history.loss}"


def test_a_run_dropped_right_after_a_bad_update_is_finite():
    model = plain(4, 1, rate=1e308)
    run = model.training(X * 1e3, Y, epochs=100)
    with pytest.raises(DivergedError):
        for _ in run:
            assert np.isfinite(model.parameters).all(), "between two steps the parameters were not finite"


def test_early_stopping_and_divergence_agree():
    model = plain(4, 1, rate=1e9)
    with pytest.raises(DivergedError):
        model.fit(X * 1e3, Y, epochs=300, validation=(X, Y), callbacks=[EarlyStopping(patience=400)])
    assert model.evaluate(X, Y) == min(model.history["validation_loss"])


# The house -------------------------------------------------------------------------------------------------------

HERE = Path(nnlib.__file__).parent


def code_lines(path):
    """Lines of code: no blank lines, no comments, no docstrings."""
    text = path.read_text(encoding="utf-8")
    strings = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            strings |= set(range(node.lineno, node.end_lineno + 1))
    blank = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in blank:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return len(lines - strings)


@pytest.mark.parametrize("name", nnlib.__all__)
def test_every_public_name_is_documented(name):
    thing = getattr(nnlib, name)
    text = thing.__doc__ or ""
    assert len(text.split()) >= 6, f"{name} has no docstring to speak of: {text!r}"
    if getattr(thing, "__module__", "").removeprefix("nnlib.") in ("activation", "layer", "loss", "optimizer"):
        assert "=" in text or "f(z)" in text, f"{name}'s docstring states no formula"


@pytest.mark.parametrize("path", sorted(HERE.rglob("*.py")), ids=lambda path: str(path.relative_to(HERE)))
def test_every_module_opens_with_a_docstring(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path.name} has no docstring"


TAUGHT = [
    "layer", "activation", "loss", "initializer", "model", "training", "optimizer", "schedule", "callback", "metric",
    "watch",
]  # fmt: skip


def test_the_front_room_holds_what_is_taught_and_nothing_else():
    assert {path.stem for path in HERE.glob("*.py")} == {*TAUGHT, "__init__"}


@pytest.mark.parametrize("path", [path for path in sorted(HERE.rglob("*.py")) if path.stem in TAUGHT
                                  or path.parent.name in ("parts", "data")], ids=lambda path: path.stem)  # fmt: skip
def test_modules_stay_short(path):
    longest = 260 if path.stem in ("model", "watch", "reader", "column") else 230  # phases; a tutor; tables of people
    assert code_lines(path) <= longest, f"{path.name} has {code_lines(path)} lines of code"
