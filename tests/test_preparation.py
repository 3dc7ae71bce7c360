"""Split, Preparation and Prepared: fitted on the training part alone, kept with the network, there and back."""

import copy
import csv
import datetime
import importlib.util
import io
import json
import re
import runpy
import types
import warnings

import numpy as np
import pytest

from nnlib import (
    BinaryCrossEntropy,
    Dense,
    NeuralNetwork,
    Preparation,
    Prepared,
    RunCardError,
    Sigmoid,
    TableError,
    Tanh,
    export_pytorch,
    load,
    read_card,
    read_table,
    save,
    split,
    standardise,
    table_of,
)
from nnlib.data import PENGUIN_FEATURES, PENGUIN_SPECIES, load_penguins
from nnlib.data.cells import Written
from nnlib.keep import RunCard, from_text, to_text


def mixed(rows=60, gaps=True):
    """A text with every kind of column: numbers, words, yes or no, dates, percent, and gaps in each."""
    lines, rng = ["size;where;wild;seen;share;kind"], np.random.default_rng(0)  # the same whichever test asks first
    for row in range(rows):
        size = f"{rng.normal(5 * (row % 3), 1):.2f}".replace(".", ",")
        cells = [size, ("land", "sea")[row % 2], ("yes", "no")[row % 5 % 2], f"{row % 28 + 1:02d}.03.2024", f"{row}%"]
        if gaps and row % 9 == 4:
            cells[row % 5] = ""
        lines.append(";".join([*cells, ("Käfer", "Fuchs", "Wal")[row % 3]]))
    return "\n".join(lines) + "\n"


def trained(table, epochs=40):
    train, test = split(table, seed=1)
    preparation = Preparation(train)
    network = NeuralNetwork(((Dense(6), Tanh()), preparation.last_block()), preparation.loss(), 0.3, seed=0)
    network.fit(*preparation(train), epochs=epochs)
    return Prepared(network, preparation), train, test


@pytest.fixture(scope="module")
def animals():
    return trained(read_table(mixed(), missing="fill", quiet=True))


# --- split ---


def test_three_parts_share_out_every_row_once_with_the_classes_in_the_same_shares():
    table = read_table(mixed(90, gaps=False), quiet=True)
    parts = split(table, test=0.2, validation=0.3, seed=4)
    assert [len(part) for part in parts] == [45, 27, 18]
    assert sorted(line for part in parts for line in part.lines) == list(table.lines)
    for part in parts:
        assert np.bincount(part.y[0]).tolist() == [len(part) / 3] * 3
    again = split(table, test=0.2, validation=0.3, seed=4)
    assert all(np.array_equal(one.lines, other.lines) for one, other in zip(parts, again, strict=True))
    assert not np.array_equal(split(table, seed=5)[0].lines, split(table, seed=4)[0].lines)


def test_arrays_split_in_three_as_tables_do_and_the_test_part_does_not_depend_on_it():
    x, y = np.arange(40.0).reshape(1, 40), np.arange(40)[np.newaxis] % 2
    x_train, y_train, x_valid, y_valid, x_test, y_test = split(x, y, validation=0.25, seed=2)
    assert (x_train.shape[1], x_valid.shape[1], x_test.shape[1]) == (22, 10, 8)
    np.testing.assert_array_equal(np.sort(np.hstack([x_train, x_valid, x_test])), x)
    for part, labels in ((x_train, y_train), (x_valid, y_valid), (x_test, y_test)):
        np.testing.assert_array_equal(part % 2, labels)
    np.testing.assert_array_equal(np.sort(x_test), np.sort(split(x, y, seed=2)[2]))


@pytest.mark.parametrize(
    "x, y, said",
    [
        ((150, 4), (150,), r"as in scikit-learn.*pass x\.T and y\[np\.newaxis, :\]"),
        ((150, 4), (150, 1), r"pass x\.T and y\.T"),
        ((150, 4), (1, 150), r"pass x\.T"),
        ((4, 150), (150, 1), r"pass y\.T"),
        ((4, 150), (150,), r"y\[np\.newaxis, :\]"),
    ],
)
def test_the_way_round_of_scikit_learn_is_named_with_its_mend(x, y, said):
    x, y = np.ones(x), np.arange(np.prod(y)).reshape(y) % 3
    for take in (split, table_of):
        with pytest.raises(ValueError, match=said):
            take(x, y)


def test_a_validation_part_that_leaves_nothing_is_refused():
    with pytest.raises(ValueError, match=r"less than 1 − test = 0\.8, but is 0\.8"):
        split(np.ones((1, 9)), np.ones((1, 9)), validation=0.8)
    with pytest.raises(ValueError, match="3 examples or more of each class, but class 'y' has 2"):
        split(read_table("a,b\n1,x\n2,y\n3,x\n4,y\n5,x\n", quiet=True), validation=0.2)
    with pytest.raises(TypeError, match="holds its target itself"):
        split(read_table("a,b\n1,x\n2,y\n", quiet=True), np.ones((1, 2)))


# --- Preparation ---


def test_it_scales_as_standardise_does_with_the_training_part_alone():
    x, y, _, _ = load_penguins()
    train, test = split(table_of(x, y, PENGUIN_FEATURES, PENGUIN_SPECIES, "species"), seed=3)
    preparation = Preparation(train)
    expected, expected_test = standardise(train.x, test.x)
    np.testing.assert_allclose(preparation.x(train), expected, atol=1e-12)
    np.testing.assert_allclose(preparation.x(test), expected_test, atol=1e-12)
    assert preparation.y(train).shape == (3, len(train)) and (preparation.y(train).sum(axis=0) == 1).all()


def test_nothing_of_the_test_part_is_in_it():
    text = mixed()
    table = read_table(text, missing="fill", quiet=True)
    train, test = split(table, seed=1)
    spoilt = list(text.splitlines())
    for line in test.lines:
        cells = spoilt[line - 1].split(";")
        spoilt[line - 1] = ";".join(["999999", *cells[1:3], "01.01.1900", "77%", cells[5]])
    other, _ = split(read_table("\n".join(spoilt), missing="fill", quiet=True), seed=1)
    assert Preparation(other).fields() == Preparation(train).fields()


ISLANDS = "size,island,kind\n" + "".join(f"{n},{'AB'[n % 2]},{'xy'[n // 2 % 2]}\n" for n in range(20)) + "9,C,x\n"


def test_the_words_that_become_features_are_those_of_the_training_part():
    """A word that stands in the test part alone makes no feature: no weight for it could ever be trained."""
    table = read_table(ISLANDS, quiet=True)
    assert table.column("island").words == ("A", "B", "C")
    train, rest = table.take(np.arange(20)), table.take([20])
    strict = Preparation(train)
    assert strict.columns[1].words == ("A", "B") and strict.features == 3
    with pytest.raises(TableError, match=r"line 22, column 'island': 'C' is none of.*unknown='zeros'"):
        strict.x(rest)
    lenient = Preparation(train, unknown="zeros")
    assert lenient.x(rest)[1:].tolist() == [[0], [0]]
    np.testing.assert_array_equal(lenient.x(train), strict.x(train))
    assert Preparation.of(lenient.fields()).fields() == lenient.fields()
    with pytest.raises(ValueError, match="'refuse' or 'zeros'"):
        Preparation(train, unknown="ignore")


def test_the_classes_are_those_of_the_training_part():
    table = read_table("size,kind\n" + "1,a\n2,b\n" * 5 + "3,c\n", quiet=True)
    preparation = Preparation(table.take(np.arange(10)))
    assert preparation.classes == ("a", "b") and preparation.outputs == 1
    with pytest.raises(TableError, match="line 12, column 'kind': 'c' is none of the words"):
        preparation.y(table)
    with pytest.raises(TableError, match="has one class only, 'a'"):
        Preparation(table.take([0, 2]))


def test_words_that_differ_in_capitals_alone_stay_apart():
    table = read_table("island,kind\n" + "Ab,x\nAB,y\n" * 6, quiet=True)
    preparation = Preparation(table)
    assert preparation.x(table)[:, :2].tolist() == [[0, 1], [1, 0]]
    with pytest.raises(TableError, match="'ab' is none"):
        preparation.x(preparation.read("island\nab\n"))


def test_gaps_are_filled_with_the_median_and_the_most_frequent_word_of_the_training_part(animals):
    prepared, train, _ = animals
    size, where = prepared.preparation.columns[:2]
    values = train.column("size").values
    assert size.fill == np.median(values[~np.isnan(values)])
    assert where.words == ("land", "sea")
    x = prepared.preparation.x(train)
    assert np.isfinite(x).all() and x.shape == (6, len(train))
    np.testing.assert_allclose(x[0], (np.where(np.isnan(values), size.fill, values) - size.mean) / size.deviation)


@pytest.mark.parametrize(
    "target, outputs, last, loss",
    [
        ([0, 1, 0, 1], 1, "Sigmoid", "BinaryCrossEntropy"),
        (["a", "b", "a", "b"], 1, "Sigmoid", "BinaryCrossEntropy"),
        (["a", "b", "c", "b"], 3, "Softmax", "CategoricalCrossEntropy"),
        ([1, 2, 3, 2, 1, 3], 3, "Softmax", "CategoricalCrossEntropy"),
        ([10.5, 20.5, 11.5, 9.25], 1, "Linear", "MeanSquaredError"),
    ],
)
def test_the_last_block_and_the_loss_follow_from_the_target(target, outputs, last, loss):
    table = table_of(np.arange(len(target))[np.newaxis], np.array(target)[np.newaxis])
    preparation = Preparation(table)
    dense, activation = preparation.last_block()
    assert (dense.units, type(activation).__name__, type(preparation.loss()).__name__) == (outputs, last, loss)
    assert preparation.y(table).shape == (outputs, len(target))
    assert last in repr(preparation) and loss in repr(preparation)


def test_a_regression_is_scaled_and_scaled_back():
    x = np.random.default_rng(0).normal(size=(2, 80))
    y = 250_000 + 40_000 * x[:1] - 15_000 * x[1:]
    train, test = split(table_of(x, y, ("rooms", "age"), target="price"), seed=0)
    preparation = Preparation(train)
    scaled = preparation.y(train)
    assert abs(scaled.mean()) < 1e-12 and abs(scaled.std() - 1) < 1e-12
    np.testing.assert_allclose(preparation.back(scaled), train.y)
    network = NeuralNetwork((preparation.last_block(),), preparation.loss(), 0.3, seed=0)
    network.fit(*preparation(train), epochs=200)
    found = Prepared(network, preparation)
    score = found.score(test)
    assert score["r_squared"] > 0.9999 and score["mean_error"] < 10
    answer = found.predict({"rooms": [0.0], "age": [0.0]})
    assert answer.shape == (1, 1) and abs(answer.item() - 250_000) < 50
    [(price, unit)] = found.predict_table({"rooms": 0.0, "age": 0.0})
    assert price == answer.item() and unit == "price"
    with pytest.raises(TypeError, match=r"'price' is a number, no class: predict_table\(source\)"):
        found.classify_table({"rooms": 0.0, "age": 0.0})


# --- Prepared ---


def test_new_rows_are_classified_however_they_are_written(animals):
    prepared, _, test = animals
    rows = "kind,share,seen,wild,where,size\n,10%,2024-03-05,yes,SEA,5.1\n,,2024-03-06,no,land,0.2\n"
    answers = prepared.classify_table(rows)
    assert [name in ("Käfer", "Fuchs", "Wal") and 1 / 3 <= p <= 1 for name, p in answers] == [True, True]
    one = {"size": 5.1, "where": "sea", "seen": "2024-03-05", "share": "10%"}
    [(name, p)] = prepared.classify_table({**one, "wild": "yes"})
    assert name == answers[0][0] and p == pytest.approx(answers[0][1], abs=1e-12)
    assert prepared.classify_table(test)[0][0] in ("Käfer", "Fuchs", "Wal")
    assert prepared.predict(test).shape == (3, len(test))
    assert prepared.score(test)["accuracy"] > 0.6
    assert prepared.score(test)["largest_class"] == np.bincount(test.y[0]).max() / len(test)
    with pytest.raises(TypeError, match=r"'kind' is a class, no number: classify_table\(source\)"):
        prepared.predict_table(one)


@pytest.mark.parametrize(
    "text, said",
    [
        ("size;where;wild;seen\n5,1;sea;yes;05.03.2024\n", "no column 'share'"),
        ("size;where;wild;seen;share\n5,1;moon;yes;05.03.2024;1%\n", "line 2, column 'where': 'moon' is none"),
        ("size;where;wild;seen;share\nbig;sea;yes;05.03.2024;1%\n", r"column 'size': it holds words, and .* numbers"),
        ("size;where;wild;seen;share\n5,1;sea;yes;05.03.2024;1\n", r"column 'share': it holds numbers, and .* percent"),
        ("size;where;wild;seen;share\n5,1;sea;yes;05/03/2024;1%\n", "both ways: say day_first"),
    ],
)
def test_new_rows_that_do_not_fit_are_named(animals, text, said):
    with pytest.raises(TableError, match=said):
        animals[0].classify_table(text)


def test_a_gap_is_refused_by_a_network_that_never_had_one():
    prepared, _, _ = trained(read_table(mixed(gaps=False), quiet=True), epochs=1)
    with pytest.raises(TableError, match="line 2, column 'size': the cell is missing, and the network was trained on whole"):
        prepared.classify_table("size;where;wild;seen;share\n;sea;yes;05.03.2024;1%\n")


def test_arrays_go_in_as_columns_and_the_other_way_round_is_named():
    x, y, _, _ = load_penguins()
    prepared, _, _ = trained(table_of(x, y, PENGUIN_FEATURES, PENGUIN_SPECIES, "species"))
    answers = prepared.classify_table(x[:, :5])
    assert [name for name, _ in answers] == [PENGUIN_SPECIES[label] for label in y[0, :5]]
    with pytest.raises(ValueError, match=r"expected \(4, examples\).*got \(5, 4\).*pass x\.T"):
        prepared.predict(x[:, :5].T)
    with pytest.raises(ValueError, match=r"expected \(4, examples\).*got \(5, 4\).*pass x\.T"):
        prepared.predict(x[:, :5].T.tolist())
    for neither in (x[:3], x[:, 0], np.stack([x, x]).T):
        with pytest.raises(ValueError, match=rf"got {re.escape(str(neither.shape))}$"):
            prepared.predict(neither)
    assert prepared.classify_table(x[:, :5].tolist()) == answers
    rows = [dict(zip(PENGUIN_FEATURES, one, strict=True)) for one in x[:, :5].T]
    assert prepared.classify_table(rows) == answers


def test_a_network_of_other_inputs_or_outputs_is_refused(animals):
    prepared, train, _ = animals
    wrong = NeuralNetwork(((Dense(1),),), prepared.preparation.loss(), 0.1).build(3)
    with pytest.raises(ValueError, match="takes 3 features, and the preparation makes 6"):
        Prepared(wrong, prepared.preparation)
    wrong = NeuralNetwork(((Dense(2),),), prepared.preparation.loss(), 0.1).build(6)
    with pytest.raises(ValueError, match="has 2 outputs, and 'kind' needs 3"):
        Prepared(wrong, prepared.preparation).predict(train)
    with pytest.raises(TypeError, match="needs a Preparation"):
        Prepared(prepared.network, train)
    with pytest.raises(TypeError, match="training part of a table"):
        Preparation(np.ones((2, 2)))


# --- Kept ---
# ruff: noqa: E501


def test_network_and_preparation_are_saved_and_sent_as_one(animals, tmp_path):
    prepared, train, test = animals
    save(prepared, tmp_path / "animals.npz", data=prepared.preparation(train), data_name="animals")
    again = load(tmp_path / "animals.npz")
    assert isinstance(again, Prepared) and again.classify_table(test) == prepared.classify_table(test)
    assert again.preparation.fields() == prepared.preparation.fields()
    assert from_text(to_text(prepared)).classify_table(test) == prepared.classify_table(test)
    card = read_card(tmp_path / "animals.npz")
    assert card.has_data(*prepared.preparation(train)) and "target 'kind': 3 classes" in str(card)
    save(prepared.network, tmp_path / "alone.npz")
    assert isinstance(load(tmp_path / "alone.npz"), NeuralNetwork)
    assert read_card(tmp_path / "alone.npz").fields["format"] == 1 and card.fields["format"] == 2


def changed(fields, path, value):
    fields = copy.deepcopy(fields)
    inner = fields["preparation"]
    for step in path[:-1]:
        inner = inner[step]
    if value is KeyError:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return fields


@pytest.mark.parametrize(
    "path, value",
    [
        (["filling"], 1), (["filling"], KeyError), (["more"], 1), (["columns"], []), (["columns"], {}), (["columns"], None),
        (["columns", 0], None), (["columns", 0, "name"], 3), (["columns", 0, "name"], "x" * 201),
        (["columns", 0, "name"], "a\nb"), (["columns", 0, "unit"], 3), (["columns", 0, "name"], "where"), (["columns", 0, "name"], "kind"),
        (["columns", 0, "kind"], "code"), (["columns", 0, "kind"], ["numbers"]), (["columns", 0, "kind"], "words"),
        (["columns", 0, "words"], ["a"]), (["columns", 0, "mean"], "0"), (["columns", 0, "mean"], True),
        (["columns", 0, "mean"], 2**70), (["columns", 0, "deviation"], 0), (["columns", 0, "deviation"], -1.0),
        (["columns", 1, "words"], []), (["columns", 1, "words"], ["land", "land"]), (["columns", 1, "words"], ["land", 7]),
        (["columns", 1, "fill"], 2.0), (["columns", 1, "fill"], 0.5), (["columns", 1, "fill"], -1.0),
        (["columns", 1, "words"], ["land", "sea", "air"]), (["columns", 2, "words"], ["no"]), (["columns", 2, "more"], 1),
        (["unknown"], "ignore"), (["unknown"], []), (["unknown"], KeyError), (["target", "words"], ["Wal"]),
        (["target"], None), (["target", "kind"], "numbers"), (["target", "words"], []), (["target", "name"], KeyError),
        (["written"], None), (["written"], KeyError), (["written", "decimal"], ";"), (["written", "day_first"], 1),
        (["written", "day_first"], "yes"), (["written", "also_missing"], "-9"), (["written", "also_missing"], [9]),
        (["written", "more"], 1),
    ],
)  # fmt: skip
def test_a_preparation_that_nobody_could_have_written_is_refused(animals, path, value):
    card = RunCard.of(animals[0])
    fields = changed(card.fields, path, value)
    with pytest.raises(RunCardError):
        RunCard.from_bytes(RunCard(json.loads(json.dumps(fields)), card.arrays).to_bytes())


def test_a_format_and_a_preparation_belong_together(animals):
    card = RunCard.of(animals[0])
    for fields in ({**card.fields, "format": 1}, {k: v for k, v in card.fields.items() if k != "preparation"}):
        with pytest.raises(RunCardError, match="fields that"):
            RunCard.from_bytes(RunCard(fields, card.arrays).to_bytes())


def rows_in_the_script(prepared):
    """What the script for PyTorch makes of rows, without PyTorch: its names, with `prepared` giving an array."""
    script = export_pytorch(prepared)
    compile(script, "animals.py", "exec")
    space = {"torch": types.SimpleNamespace(tensor=lambda rows, dtype: np.array(rows)), "DTYPE": None}
    exec(script[script.index("# How cells are read") : script.index("def answers(")], space)
    return space


def test_the_script_for_pytorch_prepares_rows_as_nnlib_does(animals):
    """Rows as they stand in the file, words, dates, decimal commas, percent and gaps: the same inputs."""
    prepared, _, _ = animals
    space = rows_in_the_script(prepared)
    text = mixed()
    again = read_table(text, missing="fill", quiet=True)
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    np.testing.assert_allclose(space["prepared"](rows).T, prepared.preparation.x(again), atol=1e-12)
    np.testing.assert_allclose(space["prepared"](rows[0]).T, prepared.preparation.x(again.take([0])), atol=1e-12)
    assert space["CLASSES"] == ["Fuchs", "Käfer", "Wal"] and space["DECIMAL"] == ","
    strange = {**rows[0], "where": "moon"}
    with pytest.raises(ValueError):
        space["prepared"]([strange])
    space["ZEROS"] = True
    assert space["prepared"]([strange])[0][1:3].tolist() == [0, 0]


NEW = {"size": "5,1", "where": "sea", "wild": "yes", "seen": "05.03.2024", "share": "10%"}


@pytest.mark.parametrize(
    "change",
    [
        {}, {"size": 5.1}, {"size": "5.1"}, {"size": "1.234,5"}, {"size": ""}, {"size": None}, {"size": float("nan")},
        {"size": "k.A."}, {"size": "big"}, {"size": True}, {"where": "SEA"}, {"where": "moon"}, {"where": ""},
        {"where": 3}, {"wild": "Yes"}, {"wild": "maybe"}, {"wild": 1.0}, {"seen": "2024-03-05"}, {"seen": 19787.0},
        {"seen": "5. März 2024"}, {"seen": "05/03/2024"}, {"seen": "2024-03-05T12:00"}, {"seen": "soon"},
        {"seen": datetime.date(2024, 3, 5)}, {"seen": "?"}, {"share": 0.1}, {"share": "10"}, {"share": "7,5 %"},
        {"share": "n/a"}, {"share": "%"},
    ],
    ids=repr,
)  # fmt: skip
def test_script_and_nnlib_take_the_same_rows_and_refuse_the_same_with_a_sentence(animals, change):
    prepared, space = animals[0], rows_in_the_script(animals[0])
    row = {**NEW, **change}
    try:
        expected = prepared.preparation.x(prepared.preparation.read(row))
    except TableError:
        with pytest.raises(ValueError, match=rf"row 1, column '{next(iter(change))}': .* (none|not|both)") as caught:
            space["prepared"]([row])
        assert "\n" not in str(caught.value)
    else:
        np.testing.assert_allclose(space["prepared"]([row]).T, expected, atol=1e-12)


def test_a_script_names_a_column_that_a_row_has_not_and_a_gap_that_it_cannot_fill():
    prepared, _, _ = trained(read_table(mixed(gaps=False), quiet=True), epochs=1)
    prepare = rows_in_the_script(prepared)["prepared"]
    with pytest.raises(ValueError, match="row 2: there is no 'seen', it has 'size', 'where', 'wild', 'share'"):
        prepare([NEW, {name: value for name, value in NEW.items() if name != "seen"}])
    with pytest.raises(ValueError, match="row 1, column 'size': the cell is missing, and the network was trained on"):
        prepare([{**NEW, "size": "NA"}])


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")
def test_answers_of_a_script_are_those_of_nnlib(animals, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch  # noqa: F401
    prepared, _, _ = animals
    export_pytorch(prepared, tmp_path / "animals.py")
    answers = runpy.run_path(str(tmp_path / "animals.py"))["answers"]
    text = mixed()
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    for [one, p], [other, q] in zip(answers(rows), prepared.classify_table(text), strict=True):
        assert one == other and abs(p - q) < 1e-9
    x = np.random.default_rng(0).normal(size=(2, 60))
    prepared, _, _ = trained(table_of(x, 250_000 + 40_000 * x[:1], ("rooms", "age"), target="price"))
    export_pytorch(prepared, tmp_path / "prices.py")
    [(price, name)] = runpy.run_path(str(tmp_path / "prices.py"))["answers"]({"rooms": 0.5, "age": "-1,25"})
    [(expected, unit)] = prepared.predict_table({"rooms": 0.5, "age": "-1,25"})
    assert abs(price - expected) < 1e-6 and name == unit == "price"


def test_names_in_a_script_are_text_and_nothing_else():
    name = "'''\"\"\"{0}\\\nimport os"
    table = read_table({name: [1.0, 2.0, 4.0], "b": [1, 2, 3], "kind": ["x", 'y"""', "x"]}, quiet=True)
    prepared, _, _ = trained_as_is(table)
    tree = compile(export_pytorch(prepared), "s.py", "exec")
    assert tree and "import os" in prepared.preparation.columns[0].name


def trained_as_is(table):
    preparation = Preparation(table)
    network = NeuralNetwork((preparation.last_block(),), preparation.loss(), 0.1, seed=0).build(preparation.features)
    return Prepared(network, preparation), table, table


def test_a_table_that_is_handed_to_a_network_names_the_preparation():
    table = read_table("a,k\n1,x\n2,y\n3,x\n", quiet=True)
    model = NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(), 0.1)
    for call in (lambda: model.fit(table, table), lambda: model.predict(table)):
        with pytest.raises(TypeError, match=r"is a table: preparation = Preparation\(train\) makes arrays"):
            call()


def test_numbers_whose_squares_no_float_holds_are_scaled():
    table = read_table("h,k\n" + "".join(f"{n + 1}e300,{'ab'[n % 2]}\n" for n in range(12)), quiet=True)
    expected = standardise(np.arange(1.0, 13)[np.newaxis])
    np.testing.assert_allclose(Preparation(table).x(table), expected, rtol=1e-12)


def test_arrays_are_no_table():
    train, _ = split(read_table(mixed(gaps=False), quiet=True), test=0.2, seed=0)
    with pytest.raises(TypeError, match=r"array of shape \(9, 2\); table_of"):
        Preparation(train)(np.ones((9, 2)))


def test_a_new_row_may_be_written_as_the_file_was():
    lines = [f"{size},{size % 7};{size % 9} %;{'ab'[size % 2]}" for size in range(40, 70)]
    train, _ = split(read_table("\n".join(["size;share;kind", *lines]), quiet=True), test=0.2, seed=0)
    preparation = Preparation(train)
    expected = preparation.x(preparation.read({"size": 50.5, "share": "3 %"}))
    for row in ({"size": "50,5", "share": "3,0 %"}, {"size": 50.5, "share": "3 %"}, {"size": "50.5", "share": "3 %"},
                "share;size\n3 %;50,5\n", "share,size\n3 %,50.5\n"):  # fmt: skip
        np.testing.assert_allclose(preparation.x(preparation.read(row)), expected)
    with pytest.raises(TableError, match=r"column 'size': it holds words.*: 'fifty' is none as it stands"):
        preparation.x(preparation.read({"size": "fifty", "share": "3 %"}))
    with pytest.raises(TableError, match="column 'size': cm stands beside its numbers, and in the training part nothing"):
        preparation.x(preparation.read({"size": "50cm", "share": "3 %"}))
    with pytest.raises(TableError, match="write 12 % as '12 %', not as"):
        preparation.x(preparation.read({"size": 50.5, "share": 0.03}))


GERMAN = "Größe;Preis;Tag;Art\n" + "".join(
    f"{n},{n % 7};1.{n:03d},50;{n - 5}/{n % 12 + 1}/2024;{'ab'[n % 2]}\n" for n in range(10, 30)
)


def test_what_a_new_row_leaves_open_is_read_as_the_training_file_was():
    """A comma, a point, a date alone can be read in two ways: as in the training file, or the row is refused."""
    german, plain = (Preparation(read_table(text, quiet=True, also_missing=-999)) for text in (
        GERMAN, GERMAN.replace(".", "").replace(",", ".").replace(";", ",")))  # fmt: skip
    row = {"Größe": "19,5", "Preis": "1.234", "Tag": "3/4/2024"}

    def values(preparation, row, **how):
        table = preparation.read(row, **how)
        return [preparation.columns[at].mean + preparation.columns[at].deviation * x for at, x in
                enumerate(preparation.x(table)[:, 0])]  # fmt: skip

    third_of_april = 19816
    np.testing.assert_allclose(values(german, row), [19.5, 1234, third_of_april])
    np.testing.assert_allclose(values(plain, {**row, "Größe": 19.5}), [19.5, 1.234, third_of_april])
    np.testing.assert_allclose(values(german, row, day_first=False)[2], 19786, err_msg="what is said comes first")
    with pytest.raises(TableError, match="'Größe': the cell is missing"):
        values(german, {**row, "Größe": -999})
    for gap in "k.A.", "unknown", "NA":
        with pytest.raises(TableError, match="'Größe': the cell is missing"):
            values(german, {**row, "Größe": gap})
    american = GERMAN.replace(";Art", ";Kind")
    for n in range(10, 30):
        american = american.replace(f"{n - 5}/{n % 12 + 1}/2024", f"{n % 12 + 1}/{n - 5}/2024")
    american = Preparation(read_table(american, quiet=True))
    np.testing.assert_allclose(values(american, row)[2], 19786, err_msg="4 March, as in the training file")
    again = Preparation.of(json.loads(json.dumps(german.fields())))
    np.testing.assert_allclose(values(again, row), [19.5, 1234, third_of_april])


RUNS = "way;took;pulse;price\n" + "".join(
    f"{n % 9 + 4},{n % 7} km;0:{n % 30 + 20}:00;{120 + n};CHF {n % 7 + 10},50\n" for n in range(30)
)


def test_a_unit_beside_the_numbers_is_remembered(tmp_path):
    """5,0 km, 5.0 and "5,0" are the same way; 500 m is refused and never taken as 500 km."""
    prepared, train, _ = trained(read_table(RUNS, quiet=True), epochs=5)
    preparation = prepared.preparation
    assert [one.unit for one in preparation.columns] == ["km", "", ""] and preparation.target.unit == "CHF"
    assert train.column("way").kind == "numbers" and "'way': km beside the numbers is left out" in train.notes
    row = {"way": "5,0 km", "took": "0:25:00", "pulse": 130}
    space = rows_in_the_script(prepared)
    expected = preparation.x(preparation.read(row))
    for way in "5,0", 5.0, "5,00km", "5.0 km":
        np.testing.assert_array_equal(preparation.x(preparation.read({**row, "way": way})), expected)
        np.testing.assert_allclose(space["prepared"]({**row, "way": way}).T, expected)
    with pytest.raises(TableError, match="'way': m stands beside its numbers, and in the training part km: write them in"):
        preparation.x(preparation.read({**row, "way": "500 m"}))
    with pytest.raises(ValueError, match="row 1, column 'way': '500 m' is not a number"):
        space["prepared"]({**row, "way": "500 m"})
    [(price, what)] = prepared.predict_table(row)
    assert 5 < price < 25 and what == "price, CHF" and space["TARGET"] == what
    save(prepared, tmp_path / "runs.npz")
    assert load(tmp_path / "runs.npz").predict_table(row) == [(price, what)]


def test_what_neither_the_rows_nor_the_training_file_say_is_refused():
    whole = Preparation(read_table("size,day,kind\n" + "".join(
        f"{n},2024-01-{n:02d},{'ab'[n % 2]}\n" for n in range(10, 30)), quiet=True))  # fmt: skip
    assert whole.written == Written()
    for row, said in (
        ({"size": "1,234", "day": "2024-01-02"}, r"numbers such as 1,234 can be read both ways: say decimal='\.'"),
        ({"size": "12", "day": "3/4/2024"}, "column 'day': its dates can be read both ways: say day_first=True"),
    ):
        with pytest.raises(TableError, match=said):
            whole.read(row)
    assert whole.read({"size": "1,234", "day": "2024-01-02"}, decimal=".").column("size").values == 1234
    assert whole.read({"size": "1,23", "day": "13/4/2024"}).column("size").values == 1.23


def test_a_number_far_from_all_that_was_trained_on_is_named_and_answered(animals, capsys):
    prepared, _, test = animals
    prepared.classify_table(test)
    assert capsys.readouterr().err == "", "rows as they were trained on need no word"
    [(kind, _)] = prepared.classify_table({"size": 500.0, "where": "sea", "wild": "yes", "seen": "2024-03-01",
                                           "share": "3%"})  # fmt: skip
    said = capsys.readouterr().err
    assert kind in prepared.preparation.classes
    assert said.startswith("Prepared: 'size' is 500 in row 1, and was ") and "decimal point" in said, said
    assert said.count("\n") == 1


def test_of_several_rows_the_furthest_is_named(capsys):
    table = table_of(np.vstack([np.random.default_rng(0).normal(size=(2, 90))]), (np.arange(90) % 2)[np.newaxis].astype(float))
    prepared, _, _ = trained(table, epochs=2)
    names = [one.name for one in prepared.preparation.columns]
    prepared.predict(np.array([[0.0, 20.0, 0.5], [0.0, 0.0, -3000.0]]))
    said = capsys.readouterr().err
    assert f"{names[1]!r} is -3000 in row 3" in said and "2 such rows" in said, said


def cell_of(value, mark):
    """A value as a table of this decimal mark has it: numbers, euros or dollars, days."""
    if isinstance(value, np.datetime64):
        day = str(value)
        return day if mark == "." else f"{day[8:]}.{day[5:7]}.{day[:4]}"
    if isinstance(value, tuple):
        money = f"{value[0]:.2f}".replace(".", mark)
        return f"${money}" if mark == "." else f"{money} $"
    return str(value).replace(".", mark) if isinstance(value, float) else str(value)


@pytest.mark.parametrize("seed", range(40))
def test_new_rows_in_other_columns_order_and_dialect_become_the_same_inputs(seed):
    rng = np.random.default_rng(seed)
    rows = int(rng.integers(12, 60))
    kinds = [
        lambda: np.round(rng.normal(size=rows), 3).tolist(),
        lambda: rng.integers(0, 100, rows).tolist(),
        lambda: rng.choice(["rot", "grün", "blau und rot"], rows).tolist(),
        lambda: rng.choice(["ja", "nein"], rows).tolist(),
        lambda: list(np.datetime64("2015-01-01") + rng.integers(0, 4000, rows)),
        lambda: [(float(value),) for value in np.round(rng.uniform(0, 1e5, rows), 2)],
    ]
    columns = {"first": kinds[0]()} | {f"c{at}": kinds[rng.integers(6)]() for at in range(int(rng.integers(0, 5)))}
    columns["kind"] = ["ABC"[row % 3] for row in range(rows)]

    def written(order, mark, separator):
        file = io.StringIO()
        writer = csv.writer(file, delimiter=separator)
        writer.writerows([order, *([cell_of(columns[name][row], mark) for name in order] for row in range(rows))])
        return file.getvalue()

    table = read_table(written([*columns], ".", ",").encode(), "kind", keep=True, quiet=True)
    preparation = Preparation(table)
    for mark, separator, encoding in ((",", ";", "cp1252"), (",", "\t", "utf-16"), (".", "|", "utf-8")):
        order = rng.permutation([*columns]).tolist()
        again = preparation.read(written(order, mark, separator).encode(encoding))
        np.testing.assert_allclose(preparation.x(again), preparation.x(table), atol=1e-9)
