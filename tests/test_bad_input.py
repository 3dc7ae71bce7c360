"""Bad input: one clear error that names the shapes and the mend, and nothing is lost."""
# ruff: noqa: E501 - a row of a table is one line

import numpy as np
import pytest

from nnlib import (
    SGD,
    Adam,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Dense,
    Dropout,
    EarlyStopping,
    Linear,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
)

X = np.random.default_rng(0).normal(size=(3, 8))
BITS = (X[:1] > 0) * 1.0
CLASSES = np.arange(8).reshape(1, 8) % 4
NAN, INF = X.copy(), X.copy()
NAN[1, 2], INF[2, 7] = np.nan, -np.inf


def network(kind="yes or no", **settings):
    last, loss = {
        "yes or no": ((Dense(1), Sigmoid()), BinaryCrossEntropy()),
        "classes": ((Dense(4), Softmax()), CategoricalCrossEntropy()),
        "numbers": ((Dense(2), Linear()), MeanSquaredError()),
    }[kind]
    return NeuralNetwork(((Dense(5), Tanh(), Dropout(0.2)), last), loss, 0.1, seed=0, **settings)


GOOD = {"yes or no": BITS, "classes": CLASSES, "numbers": X[:2]}
FITTED = r"the network was built for \(3, examples\)"

BAD_X = [
    # what, x, type, message
    ("one feature as 1-D", X[0], ValueError, r"x has shape \(8,\), expected \(features, examples\); one feature: x.reshape\(1, -1\), one example: x.reshape\(-1, 1\)"),
    ("images", np.ones((2, 2, 8)), ValueError, r"x has shape \(2, 2, 8\), expected \(features, examples\); .*one column"),
    ("a number", 3.0, ValueError, r"x has shape \(\), expected \(features, examples\)"),
    ("no examples", np.ones((3, 0)), ValueError, r"x has shape \(3, 0\): there must be at least one feature and one ex"),
    ("no features", np.ones((0, 8)), ValueError, r"x has shape \(0, 8\): there must be at least one feature and one ex"),
    ("an empty list", [], ValueError, r"x has shape \(0,\)"),
    ("NaN", NAN, ValueError, r"x as float64 holds nan at \(1, 2\): every value must be a finite number"),
    ("infinity", INF, ValueError, r"x as float64 holds -inf at \(2, 7\): every value must be a finite number"),
    ("complex", X + 0j, TypeError, r"x holds complex128 values, expected real numbers; np.asarray\(values, float\) may"),
    ("objects", X.astype(object), TypeError, r"x holds object values, expected real numbers; np.asarray\(values, float\)"),
    ("words", X.astype(str), TypeError, r"x holds <U\d+ values, expected real numbers"),
    ("a list of words", [["a", "b"]], TypeError, r"x holds <U1 values, expected real numbers; .*read_table makes"),
    ("dates", np.array([["2020-01-01"]], "M8[D]"), TypeError, r"x holds datetime64\[D\] values, expected real numbers"),
    ("None", None, TypeError, r"x holds object values, expected real numbers"),
    ("rows of different lengths", [[1, 2], [3]], ValueError, r"x cannot be made into an array: its rows have different"),
]  # fmt: skip
BAD_X_LATER = [
    ("transposed", X.T, ValueError, r"x has shape \(8, 3\), but " + FITTED + "; one column is one example, so x.T"),
    ("fewer features", X[:2], ValueError, r"x has shape \(2, 8\), but " + FITTED),
    ("more features", np.ones((4, 8)), ValueError, r"x has shape \(4, 8\), but " + FITTED),
]
BAD_Y = [
    ("yes or no", "1-D", BITS[0], ValueError, r"labels have shape \(8,\), .*needs \(1, examples\); labels.reshape\(1, -1\)"),
    ("yes or no", "transposed", BITS.T, ValueError, r"labels have shape \(8, 1\), .*needs \(1, .*"),
    ("yes or no", "fewer", BITS[:, :7], ValueError, r"x has 8 examples and y has 7: shapes \(3, 8\) and \(1, 7\); both need"),
    ("yes or no", "one-hot", np.eye(2)[:, [0] * 8], ValueError, r"\(2, 8\).*needs \(1, .*one unit a class"),
    ("yes or no", "-1 and 1", 2 * BITS - 1, ValueError, r"from 0 to 1, got -1 … 1; labels -1 and 1 become .*\(labels \+ 1\) / 2"),
    ("yes or no", "class numbers", CLASSES, ValueError, r"from 0 to 1, got 0 … 3; .*Softmax and CategoricalCrossEntropy"),
    ("yes or no", "NaN", BITS * np.nan, ValueError, r"labels as float64 holds nan at \(0, 0\): every value must be a finite"),
    ("yes or no", "words", BITS.astype(str), TypeError, r"labels holds <U\d+ values, expected real numbers"),
    ("yes or no", "species", np.array([["Adelie"] * 8]), TypeError, r"labels holds <U6 values.*read_table makes classes"),
    ("yes or no", "objects", BITS.astype(object), TypeError, r"labels holds object values"),
    ("yes or no", "none", np.ones((1, 0)), ValueError, r"\(1, 0\)"),
    ("classes", "negative", CLASSES - 1, ValueError, r"whole numbers, 0 or more, but one is -1"),
    ("classes", "too large", CLASSES + 1, ValueError, r"at most classes − 1 = 3, but one is 4"),
    ("classes", "fractional", CLASSES + 0.5, ValueError, r"whole numbers, 0 or more, but one is 0.5"),
    ("classes", "NaN", CLASSES * np.nan, ValueError, r"labels as float64 holds nan at \(0, 0\)"),
    ("classes", "fewer", CLASSES[:, :5], ValueError, r"x has 8 examples and y has 5"),
    ("classes", "transposed", CLASSES.T, ValueError, r"\(8, 1\).*\(4, examples\)"),
    ("classes", "one-hot transposed", np.eye(4)[CLASSES[0]], ValueError, r"\(8, 4\).*\(4, examples\); one column .* labels.T"),
    ("classes", "one-hot of 3", np.eye(3)[:, CLASSES[0] % 3], ValueError, r"\(3, 8\).*\(4, examples\)"),
    ("classes", "columns of 2", 2 * np.eye(4)[:, CLASSES[0]], ValueError, r"one-hot labels, each column adding up to 1.*to 2"),
    ("numbers", "one row", X[:1], ValueError, r"labels have shape \(1, 8\), .*needs \(2, examples\)"),
    ("numbers", "transposed", X[:2].T, ValueError, r"\(8, 2\), .*\(2, examples\); one column is one example, so labels.T"),
    ("numbers", "infinity", X[:2] * np.inf, ValueError, r"labels as float64 holds -?inf at \(0, 0\)"),
]  # fmt: skip


ROWS = [
    (X.T, BITS[0], r"x has shape \(8, 3\) and labels \(8,\): there one row is one example.*x.T and labels\[np.newaxis\]"),
    (X.T, BITS.T, r"x has shape \(8, 3\) and labels \(8, 1\): .*x.T and labels.T"),
    (X.T.tolist(), BITS[0].tolist(), r"\(8, 3\) and labels \(8,\): there one row is one.*x.T and labels\[np.newaxis\]; np.array"),
    (X.T.tolist(), BITS.T.tolist(), r"x has shape \(8, 3\) and labels \(8, 1\): .*x.T and labels.T; np.array makes"),
]


@pytest.mark.parametrize(("x", "y", "message"), ROWS)
def test_a_row_for_each_example_is_named_with_the_mend_of_both_arrays(x, y, message):
    model = NeuralNetwork(((Dense(2), Tanh()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, seed=0)
    for call in (model.fit, model.evaluate):
        with pytest.raises(ValueError, match=message):
            call(x, y)
    assert model.features is None


def names(rows, at=0):
    return [" ".join(str(part) for part in row[at : at + 1 + (at == 0 and row[0] in GOOD)]) for row in rows]


def state(model):
    """What must survive an error: parameters, arrays of the parts, counters, random numbers."""
    kept = {"features": model.features, "steps": model.steps, "epoch": model.epoch, "rng": repr(model.rng.bit_generator.state),
            "history": repr(model.history.values), "loss": model.loss_value, "labels": repr(model.labels)}  # fmt: skip
    for number, place in enumerate(model.places):
        for name, value in vars(place.part).items():
            if name != "place":
                kept[f"{number}.{name}"] = value.copy() if isinstance(value, np.ndarray) else repr(value)
    return kept


def refused(model, call, error, message):
    before = state(model)
    with pytest.raises(error, match=message):
        call()
    after = state(model)
    changed = [name for name in {**before, **after} if not np.array_equal(before.get(name), after.get(name))]
    assert changed == [], f"the refused call changed {changed}"


WAYS = {
    "fit": lambda model, x, y: model.fit(x, y, epochs=1),
    "training": lambda model, x, y: model.training(x, y),
    "evaluate": lambda model, x, y: model.evaluate(x, y),
    "validation": lambda model, x, y: model.fit(X, BITS, epochs=1, validation=(x, y)),
}


@pytest.mark.parametrize("way", [*WAYS, "predict", "classify", "forward"])
@pytest.mark.parametrize(("what", "x", "error", "message"), BAD_X, ids=names(BAD_X))
@pytest.mark.parametrize("first", [True, False], ids=["first call", "later"])
def test_inputs_that_are_refused(what, x, error, message, first, way):
    model = network()
    if not first:
        model.fit(X, BITS, epochs=2, batch_size=3)
    if way == "forward" and what in ("NaN", "infinity"):
        return  # model(x) does not look at every number: the loss shows it
    call = {"predict": model.predict, "classify": model.classify, "forward": model}.get(way)
    refused(model, lambda: call(x) if call else WAYS[way](model, x, BITS), error, message)


@pytest.mark.parametrize("way", [*WAYS, "predict", "forward"])
@pytest.mark.parametrize(("what", "x", "error", "message"), BAD_X_LATER, ids=names(BAD_X_LATER))
def test_another_number_of_features_later(what, x, error, message, way):
    model = network()
    model.fit(X, BITS, epochs=2)
    call = {"predict": model.predict, "forward": model}.get(way)
    refused(model, lambda: call(x) if call else WAYS[way](model, x, BITS), error, message)


@pytest.mark.parametrize("way", ["fit", "evaluate"])
@pytest.mark.parametrize(("kind", "what", "y", "error", "message"), BAD_Y, ids=names(BAD_Y))
@pytest.mark.parametrize("first", [True, False], ids=["first call", "later"])
def test_labels_that_are_refused(kind, what, y, error, message, first, way):
    model = network(kind)
    if not first:
        model.fit(X, GOOD[kind], epochs=2, batch_size=3)
    refused(model, lambda: WAYS[way](model, X, y), error, message)


@pytest.mark.parametrize("method", ["training_loss", "backward_step"])
def test_the_phases_refuse_labels_of_other_examples(method):
    model = network()
    model(X)
    call = getattr(model, method)
    refused(model, lambda: call(BITS[0]), ValueError, r"labels have shape \(8,\), .*\(1, .*\); labels.reshape\(1, -1\)")
    refused(model, lambda: call(BITS.T), ValueError, r"labels have shape \(8, 1\), .*needs \(1, ")
    refused(model, lambda: call(BITS[:, :5]), ValueError, r"labels have shape \(1, 5\), .*\(1, 8\).*the same examples")


def test_after_a_refused_first_call_the_right_one_is_a_first_call():
    mistaken, right = network(), network()
    for bad in (X.T, NAN, X[:, :5]):
        with pytest.raises(ValueError, match=r"examples|finite"):
            mistaken.fit(bad, BITS, epochs=1)
    assert mistaken.fit(X, BITS, epochs=3).loss == right.fit(X, BITS, epochs=3).loss


def test_inputs_transposed_at_the_first_call_are_recognised_by_the_labels():
    with pytest.raises(ValueError, match=r"x has 3 examples and y has 8: shapes \(8, 3\) and \(1, 8\); .* so x.T"):
        network().fit(X.T, BITS)


CONVERTED = {
    "uint8": (X * 10).astype(np.uint8), "int32": (X * 10).astype(np.int32), "bool": X > 0, "float16": X.astype(np.float16),
    "float32": X.astype(np.float32), "big-endian": X.astype(">f8"), "a list": X.tolist(), "a tuple": tuple(map(tuple, X)),
    "a matrix": X.view(np.matrix), "column-major": np.asfortranarray(X), "every second": np.repeat(X, 2, axis=1)[:, ::2],
}  # fmt: skip


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("x", CONVERTED.values(), ids=CONVERTED)
def test_other_real_numbers_are_converted_once(x, dtype):
    plain = np.array(x, dtype)
    one, other = network(dtype=dtype), network(dtype=dtype)
    assert one.fit(x, BITS, epochs=2).loss == other.fit(plain, BITS, epochs=2).loss
    assert type(one.predict(x)) is np.ndarray
    assert one.predict(x).dtype == dtype
    np.testing.assert_array_equal(one.predict(x), other.predict(plain))


def test_bytes_are_not_added_as_bytes():
    """200 + 100 is 44 in uint8."""
    layer = Dense(1)
    layer.weights = np.array([[1.0, 1.0]])
    model = NeuralNetwork(((layer, Linear()),), MeanSquaredError(), 0.1)
    assert model.predict(np.array([[200], [100]], np.uint8))[0, 0] == 300


def test_numbers_too_large_for_float32_are_named():
    with pytest.raises(ValueError, match=r"x as float32 holds inf at \(0, 0\)"):
        network(dtype=np.float32).fit(X * 1e300, BITS)


LABELS = {
    "yes or no": [BITS, BITS.astype(int), BITS > 0, BITS.tolist(), BITS.astype(np.uint8), BITS.astype(np.float16)],
    "classes": [CLASSES, CLASSES[0], CLASSES * 1.0, np.eye(4)[:, CLASSES[0]], CLASSES.tolist(), np.eye(4, dtype=int)[:, CLASSES[0]]],
}


@pytest.mark.parametrize("kind", LABELS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_labels_of_every_kind_mean_the_same(kind, dtype):
    losses = [network(kind, dtype=dtype).fit(X, y, epochs=3).loss for y in LABELS[kind]]
    assert losses == [losses[0]] * len(losses)


@pytest.mark.parametrize("m", [1, 8])
@pytest.mark.parametrize(("kind", "label"), [("yes or no", 0), ("yes or no", 1), ("classes", 0), ("classes", 3)])
def test_one_class_only_and_one_example_train(kind, label, m):
    model = network(kind)
    loss = model.fit(X[:, :m], np.full((1, m), label), epochs=30, validation=(X, np.full((1, 8), label))).loss
    assert loss[-1] < loss[0], f"{loss[0]} … {loss[-1]}"
    assert np.isfinite(model.parameters).all()


SETTINGS = [
    ({"learning_rate": np.nan}, ValueError, "a learning rate is a finite number, 0 or more, got nan"),
    ({"learning_rate": np.inf}, ValueError, "a learning rate is a finite number, 0 or more, got inf"),
    ({"learning_rate": -0.1}, ValueError, "a learning rate is a finite number, 0 or more, got -0.1"),
    ({"learning_rate": "0.1"}, ValueError, "a learning rate is a finite number, 0 or more, got '0.1'"),
    ({}, ValueError, "give one of the two: learning_rate=0.1, which means SGD"),
    ({"learning_rate": 0.1, "optimizer": SGD(0.1)}, ValueError, "give one of the two"),
    ({"optimizer": Adam}, TypeError, r"optimizer needs an object with step\(.*got .*make one: Adam\(\)"),
    ({"optimizer": "adam"}, TypeError, r"optimizer needs an object with step\(.*got 'adam'"),
    ({"learning_rate": 0.1, "loss": MeanSquaredError}, TypeError, r"loss needs .* gradient\(.*: MeanSquaredError\(\)"),
    ({"learning_rate": 0.1, "loss": "mse"}, TypeError, r"loss needs an object with gradient\(.*got 'mse'"),
    ({"learning_rate": 0.1, "loss": abs}, TypeError, r"loss needs an object with gradient"),
    ({"learning_rate": 0.1, "regularization_factor": -1}, ValueError, "regularization_factor is a finite number, 0 or"),
    ({"learning_rate": 0.1, "regularization_factor": np.nan}, ValueError, "regularization_factor is .* got nan"),
    ({"learning_rate": 0.1, "l1_factor": np.inf}, ValueError, "l1_factor is a finite number, 0 or more, got inf"),
    ({"learning_rate": 0.1, "clip_norm": True}, ValueError, "clip_norm is a finite number, 0 or more, got True"),
    ({"learning_rate": 0.1, "dtype": np.float16}, ValueError, "dtype is float64 or float32, got float16"),
    ({"learning_rate": 0.1, "dtype": int}, ValueError, "dtype is float64 or float32, got int64"),
    ({"learning_rate": SGD(0.1)}, TypeError, r"learning_rate is a number, got SGD\(.*\): .* as optimizer=…"),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "error", "message"), SETTINGS)
def test_settings_that_are_refused(settings, error, message):
    with pytest.raises(error, match=message):
        NeuralNetwork(**{"layers": ((Dense(1), Sigmoid()),), "loss": BinaryCrossEntropy(), **settings})


shared = Dense(3)
LAYERS = [
    ((), TypeError, r"layers is a tuple of blocks such as .* got \(\)"),
    (Dense(1), TypeError, r"layers is a tuple of blocks such as .* got Dense\(1\)"),
    ((Dense(1), Sigmoid()), TypeError, r"block 1 of layers is Dense\(1\), expected a tuple of parts.*a comma behind it"),
    (((Dense(1), Sigmoid()), ()), TypeError, r"block 2 of layers is \(\)"),
    (((Dense, Sigmoid()),), TypeError, r"block 1 holds <class .*Dense'>, expected a part such as ReLU\(\); make one: Dense\(\)"),
    (((Dense(1), "relu"),), TypeError, r"block 1 holds 'relu', expected a part such as ReLU\(\)"),
    (((Dense(1), None),), TypeError, r"block 1 holds None"),
    (((shared, Tanh()), (shared, Sigmoid())), ValueError, r"Dense\(3\) of block 2 stands in the network twice: make a new"),
    (((shared, shared),), ValueError, r"Dense\(3\) of block 1 stands in the network twice"),
]


@pytest.mark.parametrize(("layers", "error", "message"), LAYERS)
def test_layers_that_are_refused(layers, error, message):
    with pytest.raises(error, match=message):
        NeuralNetwork(layers, BinaryCrossEntropy(), 0.1)


FIT = [
    ({"epochs": 0}, ValueError, "epochs is a whole number of at least 1, got 0"),
    ({"epochs": 2.5}, ValueError, "epochs is a whole number of at least 1, got 2.5"),
    ({"epochs": True}, ValueError, "epochs is a whole number of at least 1, got True"),
    ({"batch_size": 0}, ValueError, "batch_size is a whole number of at least 1, got 0"),
    ({"batch_size": -4}, ValueError, "batch_size is a whole number of at least 1, got -4"),
    ({"batch_size": "all"}, ValueError, "batch_size is a whole number of at least 1, got 'all'"),
    ({"callbacks": [EarlyStopping]}, TypeError, r"callbacks holds objects, got the class EarlyStopping; make one"),
    ({"callbacks": EarlyStopping()}, TypeError, r"callbacks is a tuple or list of objects .* got .*EarlyStopping"),
    ({"validation": (X.T, BITS)}, ValueError, r"validation x has shape \(8, 3\), but the network was built for \(3, examples\)"),
    ({"validation": (NAN, BITS)}, ValueError, r"validation x as float64 holds nan at \(1, 2\)"),
    ({"validation": (X, BITS * np.nan)}, ValueError, r"validation labels as float64 holds nan at \(0, 0\)"),
    ({"validation": X}, ValueError, r"validation is a pair \(x, y\)"),
]


@pytest.mark.parametrize("first", [True, False], ids=["first call", "later"])
@pytest.mark.parametrize(("arguments", "error", "message"), FIT)
def test_arguments_of_fit_that_are_refused(arguments, error, message, first):
    model = network()
    if not first:
        model.fit(X, BITS, epochs=2)
    refused(model, lambda: model.fit(X, BITS, **arguments), error, message)


@pytest.mark.parametrize("features", [0, -1, 2.5, True, None, "3"])
def test_build_refuses_what_is_no_number_of_features(features):
    model = network()
    refused(model, lambda: model.build(features), ValueError, "features is a whole number of at least 1, got")


def test_build_for_another_number_of_features_is_refused():
    model = network().build(3)
    assert model.build(3) is model
    refused(model, lambda: model.build(4), ValueError, r"build\(4\): the network has been built for 3 features")


EARLY = {
    "parameters": lambda model: model.parameters,
    "gradients": lambda model: model.gradients,
    "update": lambda model: model.update(),
}


@pytest.mark.parametrize("call", EARLY.values(), ids=EARLY)
def test_parameters_before_there_are_any(call):
    with pytest.raises(RuntimeError, match=r"the network has no parameters yet: .*model.build\(features\) draws them now"):
        call(network())


@pytest.mark.parametrize("method", ["training_loss", "backward_step"])
def test_phases_out_of_order(method):
    for model in (network(), network().build(3)):
        with pytest.raises(RuntimeError, match=r"there is no output yet: .*need model\(x\) before"):
            getattr(model, method)(BITS)


LARGE = [
    # 5 · 8 bytes · (1e9 · 4 + 1e9 + 1) parameters, and for one example 2 · 8 bytes · (2 · 1e9 + 2): 221,252 MiB
    ("parameters", lambda: NeuralNetwork(((Dense(10**9), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1), None, "221,252 MiB"),
    # 5 · 8 bytes · 250,001 parameters are 10 MiB, 2 · 8 bytes · 8 examples · 100,002 activations 12 MiB
    ("all examples at once", lambda: NeuralNetwork(((Dense(50_000), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 0.1, memory_limit=16), None, "batches of 8"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "make", "size", "estimate"), LARGE, ids=["parameters", "activations"])
def test_what_would_not_fit_into_memory_is_refused_before_it_is_built(what, make, size, estimate):
    model = make()
    message = r"this network needs about .* MiB \(.* parameters, batches of \d+\), more than memory_limit=\d+ MiB"
    refused(model, lambda: model.fit(X, BITS, batch_size=size), MemoryError, message)
    with pytest.raises(MemoryError, match=estimate):
        model.fit(X, BITS, batch_size=size)
    assert model.features is None
    assert model.layers[0][0].weights is None


def test_a_smaller_batch_fits_where_all_examples_do_not():
    model = NeuralNetwork(((Dense(40_000), ReLU()), (Dense(1), Sigmoid())), BinaryCrossEntropy(), 1e-6, memory_limit=11)
    with pytest.raises(MemoryError, match="a smaller batch_size"):
        model.fit(X, BITS)
    model.fit(X, BITS, epochs=1, batch_size=2)


def test_a_network_without_parameters_is_refused():
    with pytest.raises(ValueError, match=r"no parameters to train: a block needs a layer, such as Dense\(1\)"):
        NeuralNetwork(((Tanh(),),), MeanSquaredError(), 0.1)(X)
