"""Run cards: what is saved is what was there, training goes on from it bit for bit, and no file can do harm."""

import functools
import inspect
import io
import json
import operator
import os
import pickle
import stat
import subprocess
import sys
import textwrap
import tracemalloc
import zipfile
from pathlib import Path

import kept_words
import numpy as np
import pytest

import nnlib
from nnlib import (
    ELU,
    GELU,
    SGD,
    Adam,
    AdamW,
    BatchNorm,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Checkpoint,
    Dense,
    Dropout,
    EarlyStopping,
    Glorot,
    He,
    Huber,
    LeakyReLU,
    LearningRateScheduler,
    Linear,
    MeanAbsoluteError,
    MeanSquaredError,
    Momentum,
    Nesterov,
    NeuralNetwork,
    Normal,
    ReLU,
    RMSProp,
    RunCard,
    RunCardError,
    Sigmoid,
    Softmax,
    Softplus,
    Swish,
    Tanh,
    Zeros,
    data_hash,
    from_text,
    load,
    read_card,
    save,
    to_text,
)
from nnlib.data import moons
from nnlib.keep.archive import npy_header, packed, unpacked
from nnlib.keep.card_rules import checked
from nnlib.keep.description import KINDS, signature_of
from nnlib.keep.run_card import bytes_of_text, text_in
from nnlib.keep.whole import write_whole
from nnlib.schedule import chain, constant, cosine, exponential, step_decay, warm_up

X, Y = moons(examples=60, noise=0.2, seed=5)
OPTIMIZERS = {
    "SGD": lambda: SGD(0.3),
    "Momentum": lambda: Momentum(0.05, 0.8),
    "Nesterov": lambda: Nesterov(0.05),
    "RMSProp": lambda: RMSProp(0.01, 0.95, 1e-7),
    "Adam": lambda: Adam(0.01, 0.85, 0.99, 1e-7),
    "AdamW": lambda: AdamW(0.01, weight_decay=0.1),
}


def network(optimizer="Adam", dtype=np.float64, dropout_seed=None, **settings):
    layers = (
        (Dense(6, Glorot()), BatchNorm(0.2), ReLU(), Dropout(0.3)),
        (Dense(5), Tanh(), Dropout(0.2, seed=dropout_seed)),
        (Dense(1), Sigmoid()),
    )
    rule = OPTIMIZERS[optimizer]()
    return NeuralNetwork(layers, BinaryCrossEntropy(), optimizer=rule, dtype=dtype, seed=7, **settings)


def small_card():
    """The bytes of a card with every kind of entry: buffers, optimiser's state, history, a generator of its own."""
    model = NeuralNetwork(
        ((Dense(3), BatchNorm(), ReLU(), Dropout(0.5, seed=1)), (Dense(1), Sigmoid())),
        BinaryCrossEntropy(), optimizer=Adam(0.01), seed=3,
    )  # fmt: skip
    model.fit(X, Y, epochs=2, batch_size=30)
    return RunCard.of(model).to_bytes()


CARD = small_card()
LIBRARY = Path(__file__).with_name("library.txt")


def content(model):
    """Everything that a card keeps, as bytes: equal if and only if the models are."""
    return RunCard.of(model).to_bytes()


def state_of(model):
    """What training depends on, read off the model without the run card's own code."""
    generators = [model.rng, *(place.part.rng for place in model.places if isinstance(place.part, Dropout))]
    values = {
        "parameters": model.parameters.tobytes(),
        "buffers": [getattr(part, name).tobytes() for part, name in model.buffers()],
        "optimizer": {name: array.tobytes() for name, array in model.optimizer.state.items()},
        "optimizer steps": model.optimizer.steps,
        "learning rate": model.learning_rate,
        "generators": [generator.bit_generator.state for generator in generators],
        "shared generators": [generator is model.rng for generator in generators],
        "epoch, steps": (model.epoch, model.steps),
        "history": (model.history.epochs, model.history.values),
        "settings": (model.seed, model.dtype, model.regularization_factor, model.l1_factor, model.clip_norm),
        "network": repr(model),
    }
    return values


def assert_same(one, other):
    mine, yours = state_of(one), state_of(other)
    for name, value in mine.items():
        assert value == yours[name], f"{name}: expected {str(value)[:300]}, got {str(yours[name])[:300]}"


# Round trips --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_resumed_training_equals_training_that_never_stopped(tmp_path, optimizer, dtype):
    settings = dict(regularization_factor=0.1, l1_factor=0.05, clip_norm=0.5, dropout_seed=11)
    fit = dict(batch_size=16, validation=(X[:, :20], Y[:, :20]))
    whole, cut = network(optimizer, dtype, **settings), network(optimizer, dtype, **settings)
    whole.fit(X, Y, epochs=9, **fit)
    cut.fit(X, Y, epochs=4, **fit)
    save(cut, tmp_path / "run.npz")
    resumed = load(tmp_path / "run.npz")
    assert_same(resumed, cut)
    resumed.fit(X, Y, epochs=5, **fit)
    assert_same(resumed, whole)
    assert resumed.parameters.dtype == dtype
    assert content(resumed) == content(whole)
    assert resumed.predict(X).tobytes() == whole.predict(X).tobytes()


@pytest.mark.parametrize("name, schedule", {
    "constant": constant(0.05),
    "step": step_decay(0.1, every=7),
    "exponential": exponential(0.1, half_life=9),
    "cosine": cosine(0.1, steps=30),
    "warm-up, then cosine": chain((5, warm_up(0.1, 5)), cosine(0.1, 20)),
}.items())  # fmt: skip
def test_a_schedule_goes_on_where_it_was(tmp_path, name, schedule):
    def trained(epochs, model):
        model.fit(X, Y, epochs=epochs, batch_size=20, callbacks=[LearningRateScheduler(schedule)])
        return model

    cut = trained(3, network("Momentum"))
    save(cut, tmp_path / "run.npz")
    resumed = load(tmp_path / "run.npz")
    assert resumed.learning_rate == schedule(9)
    assert_same(trained(5, resumed), trained(8, network("Momentum")))


def test_early_stopping_after_a_resume_is_early_stopping_in_a_second_fit(tmp_path):
    def trained(model):
        stop = EarlyStopping(patience=3)
        model.fit(X, Y, epochs=60, batch_size=16, validation=(X[:, ::3], Y[:, ::3]), callbacks=[stop])
        return model, stop.best_epoch

    model, _ = trained(network())
    save(model, tmp_path / "run.npz")
    (resumed, best), (whole, expected) = trained(load(tmp_path / "run.npz")), trained(model)
    assert whole.epoch < 120, "the run never stopped early, so it shows nothing"
    assert best == expected
    assert_same(resumed, whole)


def test_a_checkpoint_of_a_killed_run_resumes_it(tmp_path):
    class Killed(Exception):
        pass

    class Kill:
        def on_step_begin(self, step):
            if step == 22:  # 4 steps an epoch: in the middle of the sixth
                raise Killed

    model = network()
    with pytest.raises(Killed):
        model.fit(X, Y, epochs=9, batch_size=16, callbacks=[Checkpoint(tmp_path / "run.npz"), Kill()])
    resumed = load(tmp_path / "run.npz")
    assert (resumed.epoch, resumed.steps) == (5, 20)
    resumed.fit(X, Y, epochs=4, batch_size=16)
    whole = network()
    whole.fit(X, Y, epochs=9, batch_size=16)
    assert_same(resumed, whole)


def test_full_batches_and_several_rounds_of_saving(tmp_path):
    whole, model = network("Nesterov"), network("Nesterov")
    whole.fit(X, Y, epochs=12)
    for _ in range(4):
        model.fit(X, Y, epochs=3)
        save(model, tmp_path / "run.npz")
        model = load(tmp_path / "run.npz")
    assert_same(model, whole)


PARTS = [Linear(), ReLU(), LeakyReLU(0.2), ELU(1.5), Sigmoid(), Tanh(), Softplus(), Swish(), GELU(), Softmax(),
         BatchNorm(0.3), Dropout(0.25), Dropout(0.25, seed=2)]  # fmt: skip


@pytest.mark.parametrize("part", PARTS, ids=repr)
def test_every_part_comes_back(part):
    model = NeuralNetwork(((Dense(4), part), (Dense(2),)), MeanSquaredError(), 0.01, seed=0)
    model.fit(X, np.vstack([Y, 1 - Y]), epochs=2, batch_size=20)
    loaded = from_text(to_text(model))
    assert_same(loaded, model)
    assert vars(loaded.layers[0][1]).keys() >= {"rng"} if isinstance(part, Dropout) else True
    assert loaded.predict(X).tobytes() == model.predict(X).tobytes()


@pytest.mark.parametrize("loss", [BinaryCrossEntropy(), MeanSquaredError(), MeanAbsoluteError(), Huber(0.7)], ids=repr)
def test_every_loss_comes_back(loss):
    model = NeuralNetwork(((Dense(1), Sigmoid()),), loss, 0.1, seed=0)
    model.fit(X, Y, epochs=2)
    loaded = from_text(to_text(model))
    assert_same(loaded, model)
    assert (type(loaded.loss), vars(loaded.loss)) == (type(loss), vars(loss))
    assert loaded.evaluate(X, Y) == model.evaluate(X, Y)


def test_classes_and_their_loss_come_back():
    model = NeuralNetwork(((Dense(3), Softmax()),), CategoricalCrossEntropy(), 0.1, seed=0)
    model.fit(X, np.arange(60) % 3, epochs=2, batch_size=7)
    assert_same(from_text(to_text(model)), model)


@pytest.mark.parametrize("initializer", [He(), Glorot(), Normal(0.3), Zeros()], ids=lambda one: type(one).__name__)
def test_every_initializer_comes_back(initializer):
    model = NeuralNetwork(((Dense(3, initializer), Tanh()),), MeanSquaredError(), 0.1, seed=0).build(2)
    loaded = from_text(to_text(model)).layers[0][0].initializer
    assert (type(loaded), vars(loaded)) == (type(initializer), vars(initializer))


def test_a_card_knows_every_class_of_nnlib_and_every_setting_of_a_network():
    public = {name for name in nnlib.__all__ if inspect.isclass(getattr(nnlib, name))}
    others = {"CSVLogger", "Checkpoint", "DivergedError", "EarlyStopping", "History", "LearningRateScheduler",
              "NeuralNetwork", "Preparation", "Prepared", "ProgressBar", "RunCard", "RunCardError", "Table",
                  "TableError", "Tape"}  # fmt: skip
    known = {name for kind in KINDS.values() for name in kind}
    assert public - others - known == set(), "a public class that no card can name"
    for kind in KINDS.values():
        for cls in kind.values():
            thing = cls(**{name: 0.5 for name in ("learning_rate", "rate") if name in signature_of(cls)}
                        | {name: 2 for name in ("units",) if name in signature_of(cls)})  # fmt: skip
            missing = [name for name in signature_of(cls) if not hasattr(thing, name)]
            assert not missing, f"{cls.__name__} does not keep {missing} under their own names, so a card cannot"
    settings = set(inspect.signature(NeuralNetwork).parameters) - {"layers", "loss", "learning_rate", "optimizer"}
    assert settings <= set(RunCard.from_bytes(CARD).fields), "a setting of NeuralNetwork that no card keeps"


def test_one_activation_in_two_blocks_stays_one():
    bend = Tanh()
    model = NeuralNetwork(((Dense(3), bend), (Dense(2), bend), (Dense(1),)), MeanSquaredError(), 0.1).build(2)
    loaded = from_text(to_text(model))
    assert loaded.layers[0][1] is loaded.layers[1][1]
    assert loaded.layers[0][0] is not loaded.layers[1][0]


def test_dropouts_that_share_a_generator_share_it_afterwards():
    model = network(dropout_seed=None)
    model.fit(X, Y, epochs=1, batch_size=16)
    loaded = from_text(to_text(model))
    first, second = loaded.layers[0][3], loaded.layers[1][2]
    assert first.rng is loaded.rng and second.rng is loaded.rng


@pytest.mark.parametrize("seed", [None, 5, np.int64(5), [1, 2]], ids=str)
def test_a_seed_is_kept_where_it_is_numbers(seed):
    model = NeuralNetwork(((Dense(1),),), MeanSquaredError(), 0.1, seed=seed).build(2)
    assert from_text(to_text(model)).seed == seed
    generator = np.random.default_rng(3)
    model = NeuralNetwork(((Dense(1),),), MeanSquaredError(), 0.1, seed=generator).build(2)
    loaded = from_text(to_text(model))
    assert loaded.seed is None and loaded.rng.random() == model.rng.random()


def test_a_loss_of_the_validation_data_may_be_infinite():
    model = network()
    model.fit(X, Y, epochs=1)
    model.history.values["validation_loss"] = [float("inf")]
    assert from_text(to_text(model)).history["validation_loss"] == [float("inf")]


def test_a_limit_on_memory_stays_even_if_it_is_none():
    for limit in (100, float("inf")):
        model = NeuralNetwork(((Dense(1),),), MeanSquaredError(), 0.1, memory_limit=limit).build(2)
        assert from_text(to_text(model)).memory_limit == limit


def test_weights_assigned_by_hand_are_saved():
    model = network()
    model.build(2)
    model.layers[0][0].weights = np.arange(12.0).reshape(6, 2)
    assert from_text(to_text(model)).layers[0][0].weights.tolist() == np.arange(12.0).reshape(6, 2).tolist()


def test_the_loaded_network_can_be_changed_in_place():
    loaded = from_text(to_text(RunCard.from_bytes(CARD).model()))
    loaded.layers[0][0].weights -= 1
    loaded.layers[0][1].running_mean += 1
    loaded.optimizer.state["total"] += 1
    assert loaded.parameters[0] == loaded.layers[0][0].weights[0, 0]


# The file, its text form, and what it says --------------------------------------------------------------------


def test_numpy_opens_a_card_without_pickles(tmp_path):
    model = RunCard.from_bytes(CARD).model()
    save(model, tmp_path / "run.npz")
    with np.load(tmp_path / "run.npz", allow_pickle=False) as file:
        assert np.array_equal(file["parameters"], model.parameters)
        assert file["part1.running_mean"].shape == (3, 1)
        assert json.loads(file["card.json"])["parts"][0]["nnlib"] == "Dense"


@pytest.mark.parametrize("shape", [(), (5,), (3, 1), (0,), (2, 3, 4), (2**31 - 1,) * 8])
@pytest.mark.parametrize("dtype", ["<f8", "<f4", "<i8"])
def test_headers_are_numpys(dtype, shape):
    header = io.BytesIO(npy_header(dtype, shape))
    assert np.lib.format.read_magic(header) == (1, 0)
    assert np.lib.format.read_array_header_1_0(header) == (shape, False, np.dtype(dtype))
    assert header.read() == b"" and header.tell() % 64 == 0


def test_the_same_card_is_the_same_bytes():
    assert RunCard.from_bytes(CARD).to_bytes() == CARD
    assert content(RunCard.from_bytes(CARD).model()) == CARD


def test_data_are_recognised_by_their_numbers(tmp_path):
    model = network()
    model.fit(X, Y, epochs=2, callbacks=[])
    save(model, tmp_path / "run.npz", data=(X, Y), data_name="moons(60, 0.2, 5)")
    card = read_card(tmp_path / "run.npz")
    assert (card.data_name, card.data_hash) == ("moons(60, 0.2, 5)", data_hash(X, Y))
    assert card.has_data(X, Y) and card.has_data(X.tolist(), Y.astype(int))
    assert not card.has_data(X, 1 - Y) and not card.has_data(X.T, Y) and not card.has_data(Y, X)
    assert data_hash(X.T.copy().T) == data_hash(X), "the order in memory must not count"
    loaded = load(tmp_path / "run.npz")
    save(loaded, tmp_path / "again.npz")
    assert read_card(tmp_path / "again.npz").has_data(X, Y)
    save(loaded, tmp_path / "again.npz", data=(X[:, :9], Y[:, :9]))
    assert read_card(tmp_path / "again.npz").data_name == "", "other data must not keep the old name"


def test_a_card_tells_what_it_holds_without_a_network(tmp_path, monkeypatch):
    (tmp_path / "run.npz").write_bytes(CARD)
    monkeypatch.setattr(NeuralNetwork, "__init__", lambda *_, **__: pytest.fail("a network was built"))
    card = read_card(tmp_path / "run.npz")
    text = str(card)
    for words in ("Dense(units=3", "Dropout(rate=0.5)", "Adam(learning_rate=0.01", "2 epochs, 4 steps, seed 3",
                  "2 features, float64", "at last    loss 1.14459", "loss       BinaryCrossEntropy()"):  # fmt: skip
        assert words in text, f"expected {words!r} in\n{text}"
    assert len(card.history["loss"]) == 2


def test_a_card_of_a_network_that_saw_nothing_says_so(tmp_path):
    save(NeuralNetwork(((Dense(1),),), MeanSquaredError(), 0.1, seed=0).build(2), tmp_path / "new.npz")
    told = [line for line in str(read_card(tmp_path / "new.npz")).splitlines() if not line.startswith("nnlib")]
    assert told[1:] == [
        "inputs     2 features, float64", "parameters 3", "loss       MeanSquaredError()",
        "optimizer  SGD(learning_rate=0.1)", "trained    0 epochs, 0 steps, seed 0", "at last    not trained",
        "data       no name, SHA-256 not kept",
    ]  # fmt: skip


def test_text_survives_what_mail_does_to_it():
    model = RunCard.from_bytes(CARD).model()
    text = to_text(model)
    assert max(map(len, text.splitlines())) <= 80
    for changed in (text.replace("\n", "\r\n"), f"\n\n  {text}\n", text.replace("\n", " "), text.replace("\n", "\n\t")):
        assert content(from_text(changed)) == CARD


def test_spaces_of_every_kind_are_taken_out_of_a_text():
    first, *lines = to_text(RunCard.from_bytes(CARD).model()).splitlines()
    for space in filter(str.isspace, map(chr, range(sys.maxunicode + 1))):
        assert bytes_of_text(f"{first}\n{space}{space.join(lines[:-1])}\n{lines[-1]}") == CARD, ascii(space)


def test_text_that_lost_something_says_so():
    text = to_text(RunCard.from_bytes(CARD).model())
    lines = text.splitlines()
    for changed, words in (
        ("\n".join(lines[:-1]), "end-of-card"),
        ("\n".join(lines[1:]), "nnlib-run-card"),
        ("\n".join(lines[:5] + lines[6:]), "missing or changed"),
        (text.replace(lines[4], lines[4].swapcase()), "missing or changed"),
        (text.replace(lines[4], lines[4][:-4] + "ä==="), "characters that no card has"),
        ("", "begins with"),
        (None, "at most"),
        ("a" * 2**24, "at most"),
    ):
        with pytest.raises(RunCardError, match=words):
            from_text(changed)


def test_a_large_network_is_no_text():
    model = NeuralNetwork(((Dense(500),), (Dense(1000),)), MeanSquaredError(), 0.1).build(2)
    with pytest.raises(RunCardError, match="share the file"):
        to_text(model)


def paths(value, before=()):
    """The way to every field of a card's text, and to what is in it."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from ([*before, key], *paths(inner, (*before, key)))


def test_every_field_is_asked_for_what_it_holds():
    """What is taken in the place of each, and all that is said of the rest."""
    card, taken, said = RunCard.from_bytes(CARD), [], {}
    for path in paths(card.fields):
        for value in (None, True, -1, 10**9, 0.5, "x", [], {"a": 1}):
            fields = json.loads(json.dumps(card.fields))
            *way, last = path
            inner = functools.reduce(operator.getitem, way, fields)
            inner[last] = value
            try:
                checked(fields, card.arrays)
                taken.append(f"{'|'.join(map(str, path))} = {value!r}")
            except RunCardError as refused:
                said[str(refused)] = None
    kept_words.compare(LIBRARY, "run_card each field", "\n".join((*taken, *said)))


# What cannot be saved -----------------------------------------------------------------------------------------


def test_saving_refuses_what_could_not_be_loaded(tmp_path):
    path = tmp_path / "run.npz"
    with pytest.raises(RunCardError, match="build"):
        save(network(), path)
    model = network().build(2)
    model.parameters[3] = np.nan
    with pytest.raises(RunCardError, match="parameters holds numbers that are not finite"):
        save(model, path)
    model = network().build(2)
    model.rng = np.random.Generator(np.random.MT19937(0))
    with pytest.raises(RunCardError, match="default_rng"):
        save(model, path)
    model = network().build(2)
    with pytest.raises(RunCardError, match="data_name"):
        save(model, path, data_name="moons\n" * 100)
    assert not list(tmp_path.iterdir()), "a refused save must leave nothing behind"


def test_a_missing_file_is_an_os_error_and_a_large_one_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.npz")
    with open(tmp_path / "large.npz", "wb") as file:
        file.truncate(3 * 2**20)
    with pytest.raises(RunCardError, match="limit=2 MiB"):
        load(tmp_path / "large.npz", limit=2)


def test_a_network_over_the_limit_is_refused_and_the_mend_named(tmp_path):
    model = NeuralNetwork(((Dense(300),), (Dense(300),)), MeanSquaredError(), 0.1, seed=0).build(2)
    save(model, tmp_path / "run.npz")
    with pytest.raises(RunCardError, match=r"give load\(path, limit"):
        load(tmp_path / "run.npz", limit=2)
    assert_same(load(tmp_path / "run.npz", limit=8), model)


# Classes of one's own -----------------------------------------------------------------------------------------


class MyDense:
    """A learner's layer, without build, backward or parameter_gradients."""

    def __init__(self, units, spread=0.5):
        self.units, self.spread = units, spread
        self.weights = self.bias = None
        self.noise = np.random.default_rng(4)

    def __call__(self, x):
        if self.weights is None:
            self.weights = self.noise.normal(0, self.spread, (self.units, x.shape[0]))
            self.bias = np.zeros((self.units, 1))
        self.noise.random()
        return self.weights @ x + self.bias


class MyReLU:
    def __call__(self, z):
        return np.maximum(z, 0)

    def gradient(self, z):
        return (z > 0) * 1.0


class MyLoss:
    def __init__(self, power=2):
        self.power = power

    def __call__(self, output, labels):
        return float((np.abs(output - labels) ** self.power).mean())

    def gradient(self, output, labels):
        return self.power * np.sign(output - labels) * np.abs(output - labels) ** (self.power - 1)


class MyMomentum:
    def __init__(self, learning_rate):
        self.learning_rate, self.velocity, self.count, self.warm = learning_rate, 0.0, 0, [1, 2]

    def step(self, parameters, gradients):
        self.count += 1
        self.velocity = 0.9 * self.velocity + gradients
        parameters -= self.learning_rate / self.count * self.velocity


MINE = {"MyDense": MyDense, "MyReLU": MyReLU, "MyLoss": MyLoss, "MyMomentum": MyMomentum}


def own_network():
    layers = ((MyDense(4, spread=0.7), MyReLU()), (Dense(3), Tanh()), (MyDense(1), Linear()))
    return NeuralNetwork(layers, MyLoss(2), optimizer=MyMomentum(0.05), seed=1)


def test_classes_of_your_own_resume_bit_for_bit(tmp_path):
    whole, cut = own_network(), own_network()
    whole.fit(X, Y, epochs=6, batch_size=16, metrics=())
    cut.fit(X, Y, epochs=3, batch_size=16, metrics=())
    save(cut, tmp_path / "run.npz")
    resumed = load(tmp_path / "run.npz", classes=MINE)
    assert resumed.layers[0][0].spread == 0.7
    resumed.fit(X, Y, epochs=3, batch_size=16, metrics=())
    assert content(resumed) == content(whole)
    assert np.array_equal(resumed.optimizer.velocity, whole.optimizer.velocity)
    assert resumed.layers[0][0].noise.bit_generator.state == whole.layers[0][0].noise.bit_generator.state


def test_a_class_that_is_missing_is_named_with_the_mend(tmp_path):
    model = own_network().build(2)
    save(model, tmp_path / "run.npz")
    for name in MINE:
        some = {other: cls for other, cls in MINE.items() if other != name}
        with pytest.raises(RunCardError, match=rf'{name}.*classes={{"{name}": {name}}}'):
            load(tmp_path / "run.npz", classes=some)
    assert "MyDense(units=4, spread=0.7)" in str(read_card(tmp_path / "run.npz"))


def test_a_class_called_like_nnlibs_is_not_taken_for_it():
    class Dense(MyDense):
        pass

    model = NeuralNetwork(((Dense(1), Linear()),), MeanSquaredError(), 0.1).build(2)
    text = to_text(model)
    with pytest.raises(RunCardError, match="Dense of its maker's own"):
        from_text(text)
    assert type(from_text(text, {"Dense": Dense}).layers[0][0]) is Dense


def test_a_function_and_a_class_with_arguments_out_of_sight():
    def bend(z):
        return np.tanh(z)

    bend.gradient = lambda z: 1 - np.tanh(z) ** 2

    class Hidden(MyDense):
        def __init__(self, how_many):
            super().__init__(how_many)

    def ones(shape, rng):
        return np.ones(shape)

    model = NeuralNetwork(((Hidden(2), bend), (Dense(1, ones),)), MeanSquaredError(), 0.1, seed=0)
    model.fit(X, Y, epochs=2, metrics=())
    text = to_text(model)
    own = {"bend": bend, "Hidden": Hidden, "ones": ones}
    with pytest.raises(RunCardError, match=r'classes={"Hidden": a function that makes one}'):
        from_text(text, own)
    loaded = from_text(text, {**own, "Hidden": lambda: Hidden(2)})
    assert content(loaded) == text_content(text) and loaded.layers[1][0].initializer is ones
    with pytest.raises(RunCardError, match="has"):
        from_text(text, {**own, "Hidden": lambda: Hidden(3)})


def text_content(text):
    import base64

    return base64.b64decode("".join(text.split()[2:-1]))


def test_an_optimizer_with_something_that_no_card_can_keep():
    class Odd(MyMomentum):
        pass

    optimizer = Odd(0.1)
    optimizer.schedule = cosine(0.1, 10)
    model = NeuralNetwork(((Dense(1),),), MeanSquaredError(), optimizer=optimizer).build(2)
    with pytest.raises(RunCardError, match=r"schedule of .* is a function"):
        to_text(model)


def test_what_is_no_text_of_a_card_of_the_workbench_is_named():
    assert text_in(b'{"network": ["one", "two"]}') == "one\ntwo"
    for network in ("one", [1], None):
        with pytest.raises(RunCardError, match="a card of the Workbench holds a network as lines of text, got"):
            text_in(json.dumps({"network": network}).encode())


def test_an_array_of_another_shape_than_the_class_keeps_is_refused():
    class Keeps(MyReLU):
        buffers = ("kept",)

        def __init__(self, count=2):
            self.kept = np.ones(count)

    text = to_text(NeuralNetwork(((Dense(1), Keeps()),), MeanSquaredError(), 0.1).build(2))
    assert from_text(text, {"Keeps": Keeps}).layers[0][1].kept.shape == (2,)
    with pytest.raises(RunCardError, match="the card has no kept of the right shape for"):
        from_text(text, {"Keeps": lambda: Keeps(3)})


@pytest.mark.parametrize("fields, arrays, said", [
    ({}, {"a": np.zeros(2, np.int8)}, "a holds int8 values, a card keeps float64, float32 and int64"),
    ({"a": "b" * 2**20}, {}, "the description of the network takes 1,048,596 bytes, a card holds 1,048,576"),
    ({}, {"a": np.broadcast_to(0.0, (2**28,))}, "1 arrays of 2,048 MiB, a card holds 4,096 and 2 GiB"),
    ({}, {f"a{k}": np.zeros(0) for k in range(4096)}, "4,096 arrays of 0 MiB, a card holds 4,096 and 2 GiB"),
])  # fmt: skip
def test_what_no_card_holds_is_not_packed(fields, arrays, said):
    with pytest.raises(RunCardError) as refused:
        packed(fields, arrays)
    assert str(refused.value) == said
    with pytest.raises(RunCardError, match="the file holds 4,097 entries, a card at most 4,096"):
        unpacked(zipped([(f"a{k}", b"") for k in range(4097)]))


# Attacks ------------------------------------------------------------------------------------------------------

NOTICED = []


class Payload:
    """Unpickling this would be noticed."""

    def __reduce__(self):
        return NOTICED.append, ("unpickled",)


def entries(data=CARD):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def zipped(pairs, method=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in pairs:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def with_entry(name, content):
    return zipped({**entries(), name: content}.items())


def with_json(change):
    """The card after `change(fields)`, with sound entries and check sums."""
    fields = json.loads(entries()["card.json"])
    result = change(fields)
    return with_entry("card.json", json.dumps(fields if result is None else result).encode())


def setting(path, value):
    """The card with one field of its text replaced, such as `parts.0.arguments.units`."""

    def change(fields):
        *way, last = [int(step) if step.isdigit() else step for step in path.split("|")]
        for step in way:
            fields = fields[step]
        fields[last] = value

    return lambda: with_json(change)


def with_array(name, change):
    """The card with one array changed, everything else in order."""

    def attack():
        card = RunCard.from_bytes(CARD)
        arrays = {**card.arrays, name: card.arrays[name].copy()}
        arrays[name] = change(arrays[name])
        return packed(card.fields, arrays)

    return attack


def with_value(value):
    def change(array):
        array.flat[1] = value
        return array

    return change


def saved(array, **options):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, **options)
    return file.getvalue()


def patched(position_of, replacement, shift=0):
    """The card with bytes overwritten after every occurrence of a zip signature."""

    def attack():
        data, start = bytearray(CARD), 0
        while (start := data.find(position_of, start)) >= 0:
            data[start + shift : start + shift + len(replacement)] = replacement
            start += 4
        return bytes(data)

    return attack


def twice():
    pairs = list(entries().items())
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zipped([*pairs, pairs[1]])


def overlapping():
    """A second directory entry, under a new name, for the bytes of the first array."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries().items():
            archive.writestr(zipfile.ZipInfo(name), content)
        again = zipfile.ZipInfo("part9.more.npy")
        first = archive.infolist()[1]
        for name in ("CRC", "compress_size", "file_size", "header_offset"):
            setattr(again, name, getattr(first, name))
        archive.filelist.append(again)
    return file.getvalue()


def renamed(old, new):
    return lambda: zipped([(new if name == old else name, content) for name, content in entries().items()])


ATTACKS = {
    "an object array": lambda: with_entry("parameters.npy", saved(np.array([Payload()], object), allow_pickle=True)),
    "an object array, declared": setting("arrays|parameters", ["|O", [19]]),
    "a pickle": lambda: pickle.dumps(Payload()),
    "a pickle as the text": lambda: with_entry("card.json", pickle.dumps(Payload())),
    "a zip bomb": lambda: zipped({**entries(), "history.npy": bytes(2**26)}.items(), zipfile.ZIP_DEFLATED),
    "a compressed entry": lambda: zipped(entries().items(), zipfile.ZIP_DEFLATED),
    "a size of 4 GiB in the directory": patched(b"PK\x01\x02", b"\xfe\xff\xff\xff\xfe\xff\xff\xff", 20),
    "a size of 2^64 - 1": patched(b"PK\x01\x02", b"\xff\xff\xff\xff\xff\xff\xff\xff", 20),
    "an offset beyond the file": patched(b"PK\x01\x02", b"\xff\xff\xff\x7f", 42),
    "a shape bomb": lambda: with_entry("parameters.npy", npy_header("<f8", (2**40,)) + bytes(64)),
    "a shape bomb, declared": setting("arrays|parameters", ["<f8", [2**31 - 1] * 8]),
    "a shape with 10,000 axes": setting("arrays|parameters", ["<f8", [1] * 10_000]),
    "a negative length": setting("arrays|parameters", ["<f8", [-19]]),
    "two negative lengths": setting("arrays|parameters", ["<f8", [-4, -4]]),
    "a length that is no number": setting("arrays|parameters", ["<f8", [19.0]]),
    "a length that is true": setting("arrays|parameters", ["<f8", [True, 19]]),
    "a negative length of the history": setting("history", {"loss": 3, "other": -1}),
    "a path upwards in a name": renamed("parameters.npy", "../../parameters.npy"),
    "an absolute path in a name": renamed("parameters.npy", "/tmp/parameters.npy"),
    "a drive in a name": renamed("parameters.npy", "C:\\parameters.npy"),
    "a zero byte in a name": patched(b"parameters.npy", b"parameters\x00npy"),
    "a name in wide letters": renamed("parameters.npy", "ｐarameters.npy"),
    "the same name twice": twice,
    "entries that overlap": overlapping,
    "an extra entry": lambda: with_entry("extra.npy", saved(np.zeros(1))),
    "an extra entry that is no array": lambda: with_entry("readme.txt", b"hello"),
    "an extra array, declared": lambda: packed(
        RunCard.from_bytes(CARD).fields, {**RunCard.from_bytes(CARD).arrays, "more": np.zeros(3)}
    ),
    "a missing array": lambda: zipped([pair for pair in entries().items() if pair[0] != "state.total.npy"]),
    "a missing buffer, undeclared too": lambda: packed(
        RunCard.from_bytes(CARD).fields,
        {name: array for name, array in RunCard.from_bytes(CARD).arrays.items() if name != "part1.running_mean"},
    ),
    "a missing text": lambda: zipped([pair for pair in entries().items() if pair[0] != "card.json"]),
    "no entries": lambda: zipped([]),
    "nothing": lambda: b"",
    "an encrypted entry": patched(b"PK\x01\x02", b"\x01\x00", 8),
    "a wrong check sum": patched(b"PK\x01\x02", b"\x00\x00\x00\x00", 16),
    "an unknown compression": patched(b"PK\x01\x02", b"\x63\x00", 10),
    "a later format": setting("format", 2),
    "a format that is true": setting("format", True),
    "a format that is text": setting("format", "1"),
    "columns first": lambda: with_entry("part1.running_mean.npy", saved(np.asfortranarray(np.ones((3, 2))))[:-24]),
    "columns first in the header": lambda: with_entry(
        "parameters.npy", entries()["parameters.npy"].replace(b"False, ", b"True,  ")
    ),
    "big-endian numbers": lambda: with_entry("parameters.npy", saved(np.zeros(19, ">f8"))),
    "complex numbers": setting("arrays|parameters", ["<c16", [19]]),
    "a text array": setting("arrays|parameters", ["<U9", [19]]),
    "a header with code": lambda: with_entry(
        "parameters.npy", entries()["parameters.npy"].replace(b"(19,)", b"exit()")
    ),
    "an array that is too short": lambda: with_entry("parameters.npy", entries()["parameters.npy"][:-8]),
    "an array that is too long": lambda: with_entry("parameters.npy", entries()["parameters.npy"] + bytes(8)),
    "another architecture": setting("parts|0|arguments|units", 4),
    "another number of features": setting("features", 3),
    "another dtype": setting("dtype", "float32"),
    "a half dtype": setting("dtype", "float16"),
    "weights shaped the other way": setting("parts|0|parameters|weights", [2, 3]),
    "a layer of 10^12 units": setting("parts|0|arguments|units", 10**12),
    "a layer of -3 units": setting("parts|0|arguments|units", -3),
    "an infinite rate": setting("optimizer|arguments|learning_rate", 10**400),
    "a negative rate": setting("optimizer|arguments|learning_rate", -0.1),
    "a rate that is text": setting("optimizer|arguments|learning_rate", "0.1"),
    "a dropout of 1": setting("parts|3|arguments|rate", 1),
    "weights that are not numbers": with_array("parameters", with_value(np.nan)),
    "infinite weights": with_array("parameters", with_value(np.inf)),
    "an infinite buffer": with_array("part1.running_mean", with_value(-np.inf)),
    "a negative variance": with_array("part1.running_variance", with_value(-1.0)),
    "a negative mean of squares": with_array("state.total_square", with_value(-1e-9)),
    "an optimiser's state that is not finite": with_array("state.total", with_value(np.nan)),
    "an optimiser's state of another length": with_array("state.total", lambda array: array[:-1]),
    "parameters of another dtype": with_array("parameters", lambda array: array.astype(np.float32)),
    "a class of Python's": setting("loss|nnlib", "object"),
    "a class by its path": setting("parts|0|nnlib", "os.system"),
    "a class of nnlib in the wrong place": setting("parts|0|nnlib", "Adam"),
    "a class of nnlib that is no part of a network": setting("parts|0|nnlib", "NeuralNetwork"),
    "a class that is a list": setting("parts|0|nnlib", ["Dense"]),
    "a class in letters that look alike": setting("parts|0|nnlib", "Dеnse"),
    "a class of somebody's own": setting("loss", {"own": "__import__", "arguments": {"name": "os"}}),
    "an argument too many": setting("parts|0|arguments|evil", 1),
    "an argument with two underscores": setting("parts|0|arguments|__class__", 1),
    "an initialiser that is text": setting("parts|0|arguments|initializer", "os.system"),
    "an initialiser in itself": setting(
        "parts|0|arguments|initializer", {"nnlib": "He", "arguments": {"initializer": {"nnlib": "He"}}}
    ),
    "a field too many": setting("evil", 1),
    "a field too few": lambda: with_json(lambda fields: fields.pop("seed") and None),
    "a name that turns the text around": setting("data_name", "\u202eevil"),
    "half a letter": setting("data_name", "\ud800"),
    "a name of 1 MB": setting("data_name", "a" * 2**20),
    "text that is no UTF-8": lambda: with_entry("card.json", entries()["card.json"].replace(b"Dense", b"D\xffnse")),
    "text of 64 MB": lambda: with_entry("card.json", b" " * 2**26),
    "text 100,000 lists deep": lambda: with_entry("card.json", b"[" * 100_000),
    "text with a number of 100,000 digits": setting("epoch", 10**4000),
    "text that is a list": lambda: with_json(lambda fields: [fields]),
    "text with NaN": lambda: with_entry("card.json", entries()["card.json"].replace(b"0.01", b"NaN ")),
    "text with an infinite number": lambda: with_entry("card.json", entries()["card.json"].replace(b"0.01", b"1e999")),
    "a field twice": lambda: with_entry(
        "card.json", entries()["card.json"].replace(b'{"format":1', b'{"format":1,"format":1')
    ),
    "a negative epoch": setting("epoch", -1),
    "a fractional step": setting("steps", 1.5),
    "a step that is true": setting("steps", True),
    "a generator out of range": setting("generators|0|state", 2**128),
    "an even generator": setting("generators|0|inc", 2),
    "a generator that is not there": setting("parts|3|generators|rng", 9),
    "a generator before the first": setting("parts|3|generators|rng", -1),
    "a generator where none is": setting("parts|0|generators", {"__class__": 0}),
    "no generators": setting("generators", []),
    "no blocks": setting("blocks", []),
    "an empty block": setting("blocks", [[0, 1, 2, 3], [], [4, 5]]),
    "a part that is not there": setting("blocks", [[0, 1, 2, 3], [4, 6]]),
    "a part that is not used": setting("blocks", [[0, 1, 2, 3], [4]]),
    "a layer in two blocks": setting("blocks", [[0, 1, 2, 3], [4, 5, 4]]),
    "a history of nothing": setting("history", {}),
    "a history that is too long": setting("history", {"loss": 3}),
    "a history that is a list": setting("history", ["loss"]),
    "a history without a loss": setting("history", {"other": 2}),
    "a history with a name of two lines": setting("history", {"loss": 2, "a\nb": 0}),
    "an attribute too many of the optimiser": setting("optimizer|attributes", {"steps": 4, "evil": 1}),
    "a negative step of the optimiser": setting("optimizer|attributes|steps", -1),
    "parameters that are a list": setting("parts|0|parameters", [3, 2]),
    "a seed of 101 numbers": setting("seed", [1] * 101),
    "blocks of 2001 parts": setting("blocks", [[0] * 2001]),
    "1001 generators": setting("generators", [None] * 1001),
    "a generator that nobody has": lambda: with_json(lambda fields: fields["generators"].extend(fields["generators"])),
    "two generators in a dropout": setting("parts|3|generators", {"rng": 0, "more": 0}),
    "an array of nine axes": setting("parts|0|parameters|weights", [1] * 9),
    "arguments that are a list": setting("loss", {"own": "Mine", "arguments": [1]}),
    "an argument that is a dictionary": setting("loss", {"own": "Mine", "arguments": {"power": {}}}),
    "generators that are a number": setting("generators", 3),
    "parts that are none": setting("parts", None),
    "blocks that are text": setting("blocks", "x"),
    "a generator in the place of a class": setting(
        "parts|0", {"own": "Mine", "parameters": {}, "generators": {"__class__": 0}}
    ),
    "a buffer in the place of a class": lambda: packed(
        json.loads(entries(setting("parts|0", {"own": "Mine", "parameters": {}, "generators": {}})())["card.json"]),
        {**RunCard.from_bytes(CARD).arrays, "part0.__class__": np.zeros(1)},
    ),
    "another number in an array": lambda: CARD.replace(
        entries()["parameters.npy"], entries()["parameters.npy"][:-1] + b"\x7f"
    ),
    "a negative regularisation": setting("regularization_factor", -1),
    "a negative clip": setting("clip_norm", -1),
    "a file of another kind": lambda: b"\x89PNG\r\n\x1a\n" + bytes(500),
}  # fmt: skip


def test_there_are_enough_attacks_and_the_card_under_attack_is_sound():
    assert len(ATTACKS) >= 15
    assert content(RunCard.from_bytes(with_json(lambda fields: None)).model()) == CARD


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_an_attack_ends_in_a_run_card_error(tmp_path, attack):
    data = attack()
    assert data != CARD, "the attack changed nothing"
    path = tmp_path / "run.npz"
    path.write_bytes(data)
    NOTICED.clear()
    tracemalloc.start()
    try:
        with pytest.raises(RunCardError) as caught:
            load(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert not NOTICED, "loading ran a stranger's code"
    assert len(str(caught.value)) < 600
    assert peak < 3 * len(data) + 4 * 2**20, f"{peak / 2**20:.1f} MiB for a file of {len(data) / 2**20:.1f} MiB"
    with pytest.raises(RunCardError):
        card = read_card(path)
        card.model()


def test_every_cut_of_a_card_is_refused():
    for length in range(len(CARD)):
        with pytest.raises(RunCardError):
            RunCard.from_bytes(CARD[:length])


def test_a_card_cannot_set_methods_or_classes_of_your_own_optimizer():
    model = NeuralNetwork(((Dense(1),),), MeanSquaredError(), optimizer=MyMomentum(0.1)).build(2)
    card = RunCard.of(model)
    for name in ("step", "__class__", "__dict__", "a b", "ｓtep"):
        fields = {**card.fields, "optimizer": {**card.fields["optimizer"], "attributes": {name: 1}}}
        with pytest.raises(RunCardError):
            RunCard.from_bytes(packed(fields, card.arrays)).model(MINE)
        with pytest.raises(RunCardError):
            RunCard.from_bytes(packed(card.fields, {**card.arrays, f"optimizer.{name}": np.zeros(3)})).model(MINE)


def with_a_hole(card):
    """The card with eight bytes between its entries and its directory, which the end of the file still finds."""
    directory = card.index(b"PK\x01\x02")
    offset = int.from_bytes(card[-6:-2], "little") + 8
    return card[:directory] + b"12345678" + card[directory:-6] + offset.to_bytes(4, "little") + card[-2:]


def with_a_comment(card):
    return card[:-2] + b"\x08\x00" + b"12345678"


@pytest.mark.parametrize("changed", [lambda card: b"#!/bin/sh\n" + card, with_a_hole, with_a_comment])
def test_bytes_that_belong_to_no_entry_are_refused(changed):
    assert zipfile.ZipFile(io.BytesIO(changed(CARD))).testzip() is None
    with pytest.raises(RunCardError, match="bytes that belong to no entry"):
        RunCard.from_bytes(changed(CARD))


# Writing whole or not at all ----------------------------------------------------------------------------------


@pytest.mark.parametrize("call", ["open", "os.fsync", "os.replace", "os.urandom"])
def test_a_save_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, call):
    path = tmp_path / "run.npz"
    path.write_bytes(CARD)

    def fail(*_, **__):
        raise OSError("the disk is full")

    monkeypatch.setattr(f"nnlib.keep.whole.{call}", fail, raising=False)
    with pytest.raises(OSError, match="the disk is full"):
        save(network().build(2), path)
    assert path.read_bytes() == CARD and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [OSError("No space left on device"), KeyboardInterrupt()], ids=repr)
def test_a_write_that_breaks_off_leaves_the_old_file(tmp_path, monkeypatch, error):
    path = tmp_path / "run.npz"
    path.write_bytes(CARD)

    class Breaks(io.FileIO):
        def write(self, data):
            super().write(data[:100])
            raise error

    monkeypatch.setattr("nnlib.keep.whole.open", lambda name, mode: Breaks(name, mode), raising=False)
    with pytest.raises(type(error)):
        write_whole(path, CARD * 2)
    assert path.read_bytes() == CARD and list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_synced_does_not_matter(tmp_path, monkeypatch):
    def fail(*_):
        raise PermissionError("folders cannot be opened here")

    monkeypatch.setattr("nnlib.keep.whole.os.open", fail)
    write_whole(tmp_path / "run.npz", CARD)
    assert (tmp_path / "run.npz").read_bytes() == CARD


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits, and links need a right of their own")
def test_a_new_file_has_the_usual_permissions_and_a_link_stays_a_link(tmp_path):
    (tmp_path / "usual").write_bytes(b"")
    (tmp_path / "link.npz").symlink_to("run.npz")
    write_whole(tmp_path / "link.npz", CARD)
    assert (tmp_path / "link.npz").is_symlink() and (tmp_path / "run.npz").read_bytes() == CARD
    assert (tmp_path / "run.npz").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path, mode):
    path = tmp_path / "run.npz"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_whole(path, CARD)
    assert path.read_bytes() == CARD and stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
@pytest.mark.parametrize("through_a_link", [False, True])
def test_what_is_no_regular_file_is_not_replaced(tmp_path, through_a_link):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    path = tmp_path / "link" if through_a_link else pipe
    if through_a_link:
        path.symlink_to(pipe)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OSError, match="is no regular file and stays as it is; save under another name"):
        save(network().build(2), path)
    assert pipe.is_fifo() and sorted(tmp_path.iterdir()) == before


def test_a_folder_is_not_replaced(tmp_path):
    with pytest.raises(OSError, match="is no regular file"):
        save(network().build(2), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "runs/"])
def test_the_name_of_a_folder_is_no_name_for_a_file(tmp_path, monkeypatch, name):
    """Not even where there is no such folder yet: a file called `runs` would be found by nobody."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OSError, match="names a folder"):
        save(network().build(2), name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows counts a path's characters, and has no links without a right")
def test_every_path_that_names_a_file_is_taken(tmp_path, monkeypatch):
    """The longest name that a disk takes, in letters of several bytes, as bytes, along links, by way of `..`."""
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    (tmp_path / "first").symlink_to("second")
    (tmp_path / "second").symlink_to("sub/beyond the links.npz")
    paths = ["n" * 251 + ".npz", "ñ" * 125 + ".npz", os.fsencode(tmp_path / "as bytes.npz"), "../sub/../up.npz",
             b"not \xff text.npz", tmp_path / "first", "line\nend.npz", "'quoted \" name.npz"]  # fmt: skip
    for path in paths:
        for whole in (b"old", CARD):
            write_whole(path, whole)
        with open(path, "rb") as file:
            assert file.read() == CARD, path
    assert len(list((tmp_path / "sub").iterdir())) == len(paths) - 2 and not list(tmp_path.rglob("*.part"))
    (tmp_path / "round").symlink_to("round")
    for impossible in (tmp_path / "round", "n" * 256, "none/such.npz"):
        with pytest.raises(OSError, match=r"."):
            write_whole(impossible, CARD)


KILLER = textwrap.dedent("""
    import os, resource, signal, sys
    from nnlib import load, save

    folder, count = sys.argv[1], int(sys.argv[2])
    path = os.path.join(folder, "run.npz")
    old, new = (open(os.path.join(folder, name), "rb").read() for name in ("old", "new"))
    model = load(os.path.join(folder, "new"))

    def trace(at):
        seen = []
        def local(frame, event, argument):
            if event == "line":
                seen.append(frame.f_code.co_name)
                if len(seen) == at:
                    os._exit(9)
            return local
        sys.settrace(lambda frame, event, argument: local)
        save(model, path)
        sys.settrace(None)
        return seen

    def after(kill):
        with open(path, "wb") as file:
            file.write(old)
        child = os.fork()
        if child == 0:
            kill()
            save(model, path)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        whole = {old: "old", new: "new"}.get(open(path, "rb").read(), "BROKEN")
        if whole != "BROKEN":
            load(path)
        how = os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        print(how, whole)

    def full_at(length):
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (length, length))

    for number in range(count):  # killed by the system with so many bytes written
        after(lambda: full_at(len(new) * number // count))
    lines = trace(0)
    writing = [at for at, name in enumerate(lines, start=1) if name == "write_whole"]
    others = range(1, len(lines), max(len(lines) // count, 1))
    for at in sorted({*writing, *others}):  # gone before this line
        after(lambda: trace(at))
""")


@pytest.mark.skipif(os.name == "nt", reason="needs fork and limits on the size of files")
def test_a_save_killed_anywhere_leaves_the_old_or_the_new_file_whole(tmp_path):
    (tmp_path / "old").write_bytes(CARD)
    model = network()
    model.fit(X, Y, epochs=2)
    save(model, tmp_path / "new")
    root = Path(nnlib.__file__).parents[1]
    result = subprocess.run(
        [sys.executable, "-c", KILLER, tmp_path, "30"],
        capture_output=True, text=True, timeout=120, cwd=root,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    outcomes = result.stdout.splitlines()
    assert not [line for line in outcomes if "BROKEN" in line], "a kill left a file that is neither old nor new"
    signal_of_size, gone = [line for line in outcomes if line.startswith("25 ")], [x for x in outcomes if x[:2] == "9 "]
    assert len(signal_of_size) >= 29 and len(gone) >= 30 and len(outcomes) >= 60, outcomes
    assert {"9 old", "9 new"} <= set(outcomes), "the kills did not reach both sides of the move"


def test_data_that_the_network_cannot_have_seen_are_not_kept_with_it(tmp_path):
    model = NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(), 0.1, seed=0).build(len(X))
    for data, mend in (((X.T, Y.ravel()), "x.T and labels"), ((X, Y.T), "labels.T"), ((X.T, Y), "x.T")):
        with pytest.raises(ValueError, match=mend):
            save(model, tmp_path / "run.npz", data=data)
    assert not (tmp_path / "run.npz").exists()


def test_a_card_with_a_preparation_says_in_lines_what_it_predicts():
    table = nnlib.read_table("a,kind,c\n1,x,yes\n2,y,no\n3,x,yes\n4,x,no\n5,y,no\n6,x,yes\n", quiet=True)
    made = nnlib.Preparation(table)
    model = NeuralNetwork(((Dense(2), Sigmoid()), made.last_block()), made.loss(), 0.1, seed=0).build(3)
    assert str(RunCard.of(nnlib.Prepared(model, made))).endswith(
        "\npredicts   2 columns, 1 of them scaled, make 3 features\n           target 'c': 2 classes\n"
        "           last block (Dense(1), Sigmoid()), loss BinaryCrossEntropy()")
