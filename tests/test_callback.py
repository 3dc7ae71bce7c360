"""Callbacks: any subset of the methods, in order; each of nnlib's own."""

import csv
import io
import itertools

import numpy as np
import pytest

import nnlib
from nnlib import (
    BatchNorm,
    BinaryCrossEntropy,
    Checkpoint,
    CSVLogger,
    Dense,
    EarlyStopping,
    History,
    MeanSquaredError,
    NeuralNetwork,
    ProgressBar,
    Sigmoid,
    Tanh,
    load,
)

X = np.random.default_rng(0).normal(size=(2, 10))
Y = (X[:1] * X[1:] > 0) * 1.0
METHODS = (
    "on_train_begin", "on_epoch_begin", "on_step_begin", "on_phase", "on_step_end", "on_epoch_end", "on_train_end",
)  # fmt: skip


def network(**settings):
    blocks = ((Dense(6), BatchNorm(), Tanh()), (Dense(1), Sigmoid()))
    return NeuralNetwork(blocks, BinaryCrossEntropy(), **{"learning_rate": 0.5, "seed": 0, **settings})


def recorder(methods, events):
    """An object with these methods and no others."""
    return type("Recorder", (), {
        name: (lambda self, *values, name=name: events.append((name, *values))) for name in methods
    })()  # fmt: skip


def test_every_method_is_called_in_order():
    model, events = network(), []
    model.fit(X, Y, epochs=2, batch_size=6, callbacks=[recorder(METHODS, events)])
    losses = [event[2] for event in events if event[0] == "on_step_end"]
    phases = [("on_phase", phase) for phase in ("forward", "loss", "backward", "update")]

    def step(number):
        return [("on_step_begin", number), *phases, ("on_step_end", number, losses[number - 1])]

    means = [pytest.approx(0.6 * first + 0.4 * second) for first, second in (losses[:2], losses[2:])]
    assert events == [
        ("on_train_begin", model),
        ("on_epoch_begin", 1), *step(1), *step(2), ("on_epoch_end", 1, means[0]),
        ("on_epoch_begin", 2), *step(3), *step(4), ("on_epoch_end", 2, means[1]),
        ("on_train_end",),
    ]  # fmt: skip


SUBSETS = [(), *itertools.combinations(METHODS, 1), *itertools.combinations(METHODS, 2), METHODS[1:]]


@pytest.mark.parametrize("methods", SUBSETS, ids="+".join)
def test_any_subset_of_the_methods(methods):
    events = []
    network().fit(X, Y, epochs=2, callbacks=(recorder(methods, events),))
    assert {event[0] for event in events} == set(methods)


def test_callbacks_are_called_one_after_the_other():
    events = []
    callbacks = [recorder(["on_epoch_end"], events), recorder(["on_epoch_begin", "on_epoch_end"], events)]
    network().fit(X, Y, epochs=1, callbacks=callbacks)
    assert [event[0] for event in events] == ["on_epoch_begin", "on_epoch_end", "on_epoch_end"]


def test_phases_see_what_they_say():
    model, seen = network(), {}

    class Watch:
        def on_phase(self, phase):
            seen[phase] = (model.loss_value, model.gradients.copy(), model.parameters.copy())

        def on_train_begin(self, model):
            self.start = model.parameters.copy()

    watch = Watch()
    model.fit(X, Y, epochs=1, callbacks=[watch])
    assert seen["forward"][0] is None
    assert seen["loss"][0] == model.history.loss[0]
    assert not seen["loss"][1].any() and seen["backward"][1].any()
    np.testing.assert_array_equal(seen["backward"][2], watch.start)
    assert (seen["update"][2] != watch.start).any()


def test_an_error_in_a_callback_comes_out_and_ends_the_others():
    events = []

    class Fails:
        def on_epoch_end(self, epoch, loss):
            raise KeyboardInterrupt

    model = network()
    with pytest.raises(KeyboardInterrupt):
        model.fit(X, Y, epochs=5, callbacks=[Fails(), recorder(["on_train_end"], events)])
    assert events == [("on_train_end",)]
    assert model.steps == 1


def test_a_callback_may_steer():
    class Steers:
        def on_train_begin(self, model):
            self.model = model

        def on_step_end(self, step, loss):
            self.model.learning_rate = 0.1 * step

    model = network()
    model.fit(X, Y, epochs=2, callbacks=[Steers()])
    assert model.learning_rate == pytest.approx(0.2)


def test_stop_training():
    model = network()

    class Stops:
        def on_epoch_end(self, epoch, loss):
            model.stop_training = epoch == 3

    assert model.fit(X, Y, epochs=100, callbacks=[Stops()]).epochs == [1, 2, 3]
    assert model.fit(X, Y, epochs=2).epochs == [1, 2, 3, 4, 5], "the next fit begins anew"


def test_history_of_one_s_own():
    mine, model = History(), network()
    model.fit(X, Y, epochs=2)
    model.fit(X, Y, epochs=2, validation=(X, Y), callbacks=[mine])
    assert mine.epochs == [3, 4]
    assert mine.loss == model.history.loss[2:]
    assert all(type(value) is float for values in mine.values.values() for value in values)
    assert repr(mine).startswith("History(2 epochs: loss 0.")
    assert repr(History()) == "History(0 epochs)"


# EarlyStopping -------------------------------------------------------------------------------------------------


def worsening(model, scores):
    """Writes these numbers into the report as `score`."""

    class Scores:
        def on_epoch_end(self, epoch, loss):
            model.report["score"] = scores[epoch - 1]

    return Scores()


@pytest.mark.parametrize(
    ("scores", "patience", "epochs", "best"),
    [
        ([5, 4, 3, 4, 4, 4, 4], 2, 5, 3),
        ([5, 4, 3, 4, 2, 4, 4], 2, 7, 5),
        ([5, 5, 5, 5, 5, 5, 5], 3, 4, 1),  # as good is not better
        ([1, 2, 3, 4, 5, 6, 7], 1, 2, 1),
        ([7, 6, 5, 4, 3, 2, 1], 1, 7, 7),
        ([float("nan")] * 7, 3, 3, None),
        ([float("nan"), 3, 2, float("nan"), float("nan"), 1, 1], 2, 5, 3),
    ],
)
def test_early_stopping_stops_and_goes_back(scores, patience, epochs, best):
    model, kept = network(), []

    class Keeps:
        def on_epoch_end(self, epoch, loss):
            norm = model.layers[0][1]
            kept.append((model.parameters.copy(), norm.running_mean.copy(), norm.running_variance.copy()))

    stopping = EarlyStopping(patience, watch="score")
    model.fit(X, Y, epochs=7, callbacks=[worsening(model, scores), Keeps(), stopping])
    assert (len(kept), stopping.best_epoch) == (epochs, best)
    back = kept[(best or epochs) - 1]
    norm = model.layers[0][1]
    for got, expected in zip((model.parameters, norm.running_mean, norm.running_variance), back, strict=True):
        np.testing.assert_array_equal(got, expected)
    if best:
        assert stopping.best == scores[best - 1]


def test_early_stopping_counts_its_patience_anew_in_each_fit():
    model = network()
    model.fit(X, Y, epochs=50)
    stopping = EarlyStopping(3, watch="score")
    model.fit(X, Y, epochs=9, callbacks=[worsening(model, [np.nan] * 99), stopping])
    assert model.epoch == 53


def test_early_stopping_on_the_validation_loss_ends_with_its_best():
    model, rng = network(), np.random.default_rng(1)
    x, y = rng.normal(size=(2, 10)), rng.integers(0, 2, (1, 10))
    history = model.fit(X, Y, epochs=400, validation=(x, y), callbacks=[EarlyStopping(5)])
    assert len(history.loss) < 400
    assert model.evaluate(x, y) == min(history["validation_loss"])


def test_early_stopping_without_its_value_says_which_there_are():
    with pytest.raises(KeyError, match=r"EarlyStopping watches 'validation_loss', an epoch has loss; give fit vali"):
        network().fit(X, Y, epochs=2, callbacks=[EarlyStopping()])


# The others ----------------------------------------------------------------------------------------------------


def test_csv_logger(tmp_path):
    path, model = tmp_path / "log.csv", network()
    run = model.training(X, Y, epochs=3, validation=(X, Y), callbacks=[CSVLogger(path)])
    next(run)
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2, "each line is on disk as soon as its epoch is over"
    for _ in run:
        pass
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["epoch", "loss", "validation_loss", "validation_accuracy"]
    assert [int(row["epoch"]) for row in rows] == [1, 2, 3]
    for name in ("loss", "validation_loss", "validation_accuracy"):
        assert [float(row[name]) for row in rows] == model.history[name], "all digits"


def test_csv_logger_closes_its_file_when_training_breaks_off(tmp_path):
    run = network().training(X, Y, callbacks=[CSVLogger(str(tmp_path / "log.csv"))])
    next(run)
    run.close()
    (tmp_path / "log.csv").unlink()


def test_progress_bar(monkeypatch):
    tqdm = pytest.importorskip("tqdm.auto")
    out, bars = io.StringIO(), []

    def bar(**arguments):
        from tqdm import tqdm as plain

        bars.append(plain(file=out, mininterval=0, **arguments))
        return bars[-1]

    monkeypatch.setattr(tqdm, "tqdm", bar)
    model = network()
    model.fit(X, Y, epochs=4)
    model.fit(X, Y, epochs=3, callbacks=[ProgressBar()])
    assert (bars[0].n, bars[0].total) == (3, 3)
    assert f"loss {model.history.loss[-1]:.4g}" in out.getvalue()
    assert bars[0].disable, "closed"


def test_checkpoint_can_be_gone_on_from(tmp_path):
    path, model = tmp_path / "run.npz", network()
    model.fit(X, Y, epochs=5, batch_size=4, callbacks=[Checkpoint(path, every=2)])
    loaded = load(path)
    assert loaded.epoch == 4
    loaded.fit(X, Y, epochs=1, batch_size=4)
    np.testing.assert_array_equal(loaded.parameters, model.parameters)
    assert loaded.history.loss == model.history.loss


def test_regression_reports_r_squared():
    model = NeuralNetwork(((Dense(1),),), MeanSquaredError(), 0.1, seed=0)
    history = model.fit(X, X[:1], epochs=200, validation=(X, X[:1]))
    assert history["validation_r_squared"][-1] == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    "callback, call",
    [
        (nnlib.CSVLogger("never.csv"), lambda one: one.on_epoch_end(1, 0.5)),
        (nnlib.CSVLogger("never.csv"), lambda one: one.on_train_end()),
        (nnlib.EarlyStopping(), lambda one: one.on_epoch_end(1, 0.5)),
        (nnlib.LearningRateScheduler(lambda step: 0.1), lambda one: one.on_step_begin(1)),
        (nnlib.ProgressBar(), lambda one: one.on_epoch_end(1, 0.5)),
        (nnlib.ProgressBar(), lambda one: one.on_train_end()),
        (nnlib.History(), lambda one: one.on_epoch_end(1, 0.5)),
    ],
)
def test_a_callback_that_is_called_by_hand_says_what_is_missing(callback, call):
    with pytest.raises(RuntimeError, match=f"{type(callback).__name__} watches no network yet: hand it to fit"):
        call(callback)


def test_words_are_no_labels_and_the_reader_is_named():
    model = nnlib.NeuralNetwork(((nnlib.Dense(1), nnlib.Sigmoid()),), nnlib.BinaryCrossEntropy(), 0.1)
    with pytest.raises(TypeError, match="read_table makes classes and features of words"):
        model.fit(np.ones((2, 2)), np.array([["yes", "no"]]))
