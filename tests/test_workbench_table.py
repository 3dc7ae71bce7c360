"""A table of the learner's own in the Workbench: pasted, dropped, handed over; told, prepared, kept on the card."""

import base64

import numpy as np
import pytest

from nnlib import (
    CategoricalCrossEntropy,
    Dense,
    MeanSquaredError,
    NeuralNetwork,
    Preparation,
    Prepared,
    RunCardError,
    Softmax,
    Tanh,
    load,
    read_table,
    split,
)
from nnlib.data import TABLES
from widgets import Workbench
from widgets.stage.stand_in import StandIn
from widgets.workbench import own_table
from widgets.workbench.as_here import as_here

PENGUINS = (TABLES / "penguins.csv").read_bytes()
BIRD = {"island": "Biscoe", "bill length (mm)": 47.2, "bill depth (mm)": 14.8, "flipper length (mm)": 216,
        "body mass (g)": 5000, "sex": "female"}  # fmt: skip


def dropped(content, **told):
    """What the browser sends of a file."""
    content = content.encode() if isinstance(content, str) else content
    return {"data": base64.b64encode(content).decode(), "name": "mine.csv", "size": len(content), **told}


@pytest.fixture
def browser():
    return StandIn(Workbench(hidden=[6]))


def trained(bench, updates=200):
    for _ in range(updates):
        bench._train_once(recorded=False)
    return bench


def test_a_dropped_file_is_told_prepared_and_learned_from(browser):
    bench = browser.explorer
    browser.press("paste", dropped(PENGUINS))
    assert "line 5, column 'bill length (mm)': 19 cells are missing" in browser.frame["failure"]["message"]
    browser.press("paste", {"missing": "drop"})  # the same file, read anew
    assert browser.frame["failure"] is None
    browser.set("pane", "Table")
    told = browser.frame["view"]["inside"]
    assert told["heading"] == "mine.csv, parted by commas, UTF-8, names in line 1: 333 rows, 6 columns and a target"
    assert told["notes"][-1].startswith("11 of 344 rows are left out, 333 kept")
    assert "'species', the last column, as none was named" in told["warnings"][0]
    ends, parts = told["network"]
    assert "ends in Dense(3), Softmax(), with CategoricalCrossEntropy()" in ends
    assert "233 rows to train on, 100 to test on" in parts
    assert told["target"] == "species" and told["missing"] == "drop" and told["task"] == "classes"
    assert told["columns"][0] == {"name": "species", "kind": "words", "out": "to predict",
                                  "what": "Adelie (146), Chinstrap (68), Gentoo (119)"}  # fmt: skip
    assert [one["out"] for one in told["columns"][1:]] == [""] * 6
    assert isinstance(bench.model.loss, CategoricalCrossEntropy) and bench.x_train.shape == (9, 233)
    np.testing.assert_allclose(bench.x_train[3].mean(), 0, atol=1e-12)
    assert browser.frame["view"]["names"] == ["Adelie", "Chinstrap", "Gentoo"]
    browser.set("across", "bill length (mm)")
    assert browser.frame["view"]["plane"]["names"] == ["bill length (mm)", "d₂"] or browser.frame["failure"] is None
    trained(bench)
    browser.press("probe", [0.3, 0.2])
    assert "% sure of " in browser.frame["view"]["probe"]["says"]
    assert "class" not in browser.frame["view"]["probe"]["says"]


def used(browser):
    """For each column of the pane whether it is learned from, the target's own word, or why it is left out."""
    browser.set("pane", "Table")
    return {one["name"]: one["out"] or True for one in browser.frame["view"]["inside"]["columns"]}


RECIPES = "no,flour,sugar,who,kind\n" + "".join(
    f"{n},{'' if n % 3 else n * 10},{n % 7}.5,cook {n},{n % 3 + 1}\n" for n in range(1, 61)
)


def test_columns_are_ticked_and_unticked_before_the_table_is_taken_and_after(browser):
    bench = browser.explorer
    browser.press("paste", dropped(RECIPES))
    why = browser.frame["failure"]["message"]
    assert "gaps are in 'flour': left out, it leaves no gap" in why and bench.data == "moons"
    assert used(browser) == {"no": "it counts the rows", "flour": True, "sugar": True, "kind": "to predict",
                             "who": "it has 60 different words, too many to make a feature of each"}  # fmt: skip
    told = browser.frame["view"]["inside"]
    assert told["heading"].startswith("Not taken yet. mine.csv") and told["target"] == "kind" and told["free"]
    assert "40 missing" in next(one["what"] for one in told["columns"] if one["name"] == "flour")
    browser.press("paste", {"column": "flour", "use": False})
    assert browser.frame["failure"] is None and bench.preparation.feature_names == ("sugar",) and bench.kinds == 3
    assert used(browser)["flour"] == "as you asked" and used(browser)["kind"] == "to predict"
    assert "task='numbers'" in browser.frame["view"]["inside"]["warnings"][1]
    browser.press("paste", {"task": "numbers"})
    assert bench.kinds == 0 and browser.frame["view"]["inside"]["task"] == "numbers"
    browser.press("paste", {"column": "no", "use": True})
    assert bench.preparation.feature_names == ("no", "sugar") and used(browser)["no"] is True
    browser.press("paste", {"column": "flour", "use": True})
    assert "40 cells are missing" in browser.frame["failure"]["message"]
    assert used(browser)["flour"] == "as you asked", "a choice that is refused changes nothing"
    browser.press("paste", {"missing": "fill"})
    assert browser.frame["failure"] is None and bench.preparation.feature_names == ("no", "sugar")
    browser.press("paste", {"column": "flour", "use": True})
    assert bench.preparation.feature_names == ("no", "flour", "sugar")
    browser.press("paste", {"target": "sugar"})
    assert bench.preparation.target.name == "sugar" and used(browser)["kind"] is True
    browser.press("paste", {"column": "kind", "use": False})
    assert bench.preparation.feature_names == ("no", "flour")
    browser.press("paste", {"target": "kind"})
    assert bench.preparation.target.name == "kind" and "kind" not in bench.preparation.feature_names


def test_a_column_that_cannot_be_read_can_be_left_out(browser):
    rows = "".join(f"{n}.5,{'oops' if n == 20 else n * 7},{n % 9},{'xy'[n % 2]}\n" for n in range(40))
    browser.press("paste", dropped("long,deep,high,kind\n" + rows))
    assert "line 22, column 'deep': 'oops' is no number" in browser.frame["failure"]["message"]
    assert used(browser) == {"kind": "to predict", "long": True, "high": True, "deep": True}
    assert "'oops' is no number" in browser.frame["view"]["inside"]["columns"][-1]["what"]
    browser.press("paste", {"column": "deep", "use": False})
    assert browser.frame["failure"] is None and browser.explorer.preparation.feature_names == ("long", "high")


def test_of_what_is_no_table_there_is_nothing_to_choose_and_a_table_that_was_handed_over_is_told(browser):
    browser.set("pane", "Table")
    browser.press("paste", dropped(b"PK\x03\x04" + bytes(99)))
    assert browser.frame["view"]["inside"] is None
    browser.press("paste", dropped(RECIPES))
    browser.press("clear")
    assert browser.frame["view"]["inside"] is None
    wines = read_table(TABLES / "wines.csv", target="grower", quiet=True)
    bench = StandIn(Workbench(x=wines, hidden=[2], pane="Table"))
    told = bench.frame["view"]["inside"]
    assert not told["free"] and told["columns"][0]["name"] == "grower" and len(told["columns"]) == 14


def test_another_target_makes_another_end(browser):
    bench = browser.explorer
    browser.press("paste", dropped(PENGUINS, missing="drop", target="body mass (g)"))
    assert browser.frame["failure"] is None and not bench.classes and isinstance(bench.model.loss, MeanSquaredError)
    assert abs(bench.y_train.mean()) < 1e-12 and abs(bench.y_train.std() - 1) < 1e-12
    trained(bench)
    browser.press("probe", [0.3, 0.2])
    name, value = browser.frame["view"]["probe"]["says"].split(": ")
    assert name == "body mass (g)" and 2500 < float(value.replace(",", "")) < 6500
    browser.press("paste", {"target": "sex"})
    assert bench.kinds == 2 and browser.frame["view"]["names"] == ["female", "male"]
    browser.press("paste", {"target": "wings"})
    assert "there is no column 'wings'" in browser.frame["failure"]["message"] and bench.kinds == 2


def test_the_part_to_test_on_and_the_seed_part_it_anew_and_nothing_of_it_is_in_the_scale(browser):
    bench = browser.explorer
    browser.press("paste", dropped(PENGUINS, missing="drop"))
    browser.set("test", 0.5)
    assert bench.x_test.shape[1] == 167
    table = read_table(PENGUINS, missing="drop", quiet=True)
    train, test = split(table, test=0.5, seed=0)
    expected = Preparation(train)
    np.testing.assert_array_equal(bench.x_train, expected.x(train))
    np.testing.assert_array_equal(bench.x_test, expected.x(test))
    browser.set("test", 0)
    assert bench.x_test.shape[1] == 0 and bench.x_train.shape[1] == 333
    browser.set("data", "circles")
    assert bench.preparation is None and browser.frame["view"]["names"] == ["0", "1"] and bench.x_train.shape[0] == 2
    browser.press("step")
    assert browser.frame["failure"] is None


def test_nothing_of_the_part_to_choose_by_is_in_the_scale(browser, tmp_path):
    bench = browser.explorer
    browser.press("paste", dropped(PENGUINS, missing="drop"))
    browser.set("validation", 0.3)
    assert browser.frame["failure"] is None and bench.x_valid.shape[1] > 40
    numbers = bench.x_train[[name.endswith("(mm)") for name in bench.names()]]
    np.testing.assert_allclose(numbers.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(numbers.std(axis=1), 1, atol=1e-12)
    other = Workbench(card=bench.card())
    np.testing.assert_array_equal(other.x_train, bench.x_train)
    np.testing.assert_array_equal(other.x_valid, bench.x_valid)
    browser.press("paste", {"text": "length;width;kind\n" + "".join(f"{n}.5;{n * n};{'ab'[n % 2]}\n" for n in range(30))
                            + "99;7.5;c\n", "missing": "refuse"})  # fmt: skip
    browser.set("test", 0)
    browser.set("validation", 0.8)
    assert browser.frame["failure"] is None and bench.kinds == 3, "the one c is there to learn from"


def test_the_card_holds_the_preparation(browser, tmp_path):
    bench = browser.explorer
    browser.press("paste", dropped(PENGUINS, missing="drop"))
    trained(bench)
    text = bench.card()
    other = Workbench(card=text)
    assert np.array_equal(other.model.parameters, bench.model.parameters) and np.array_equal(other.x_test, bench.x_test)
    answer = bench.prepared.classify_table(BIRD)
    assert answer[0][0] == "Gentoo" and answer == other.prepared.classify_table(BIRD)
    (tmp_path / "workbench.json").write_text(text)
    assert load(tmp_path / "workbench.json").classify_table(BIRD) == answer
    with pytest.raises(ValueError, match="no table is learned from here"):
        Workbench().prepared  # noqa: B018
    fewer = text.replace('"inputs": 9', '"inputs": 8')
    with pytest.raises(RunCardError, match=r"lists of 9 numbers"):
        Workbench(card=fewer)


def test_a_card_that_would_be_too_large_says_what_to_keep_instead():
    bench = Workbench(x=np.random.default_rng(0).normal(size=(60, 1900)), y=np.arange(1900) % 2, hidden=[3])
    with pytest.raises(RunCardError, match="without its data"):
        bench.card()


def test_tables_that_were_split_are_not_split_anew():
    table = read_table(TABLES / "wines.csv", target="grower", quiet=True)
    train, valid, _ = split(table, validation=0.2, seed=3)
    bench = StandIn(Workbench(x=train, x_test=valid, hidden=[4])).explorer
    preparation = Preparation(train)
    np.testing.assert_array_equal(bench.x_train, preparation.x(train))
    np.testing.assert_array_equal(bench.x_test, preparation.x(valid))
    assert "test" not in bench.control_traits() and bench.failure is None
    network = NeuralNetwork(((Dense(4), Tanh()), preparation.last_block()), preparation.loss(), 0.3, seed=0)
    network.fit(*preparation(train), epochs=3)
    bench = StandIn(Workbench(model=Prepared(network, preparation), x=train, x_test=valid))
    assert bench.explorer.x_train.shape == (13, len(train)) and bench.frame["view"]["names"] == ["A", "B", "C"]
    assert bench.frame["failure"] is None
    one = Workbench(x=table, test=0.25, across="ash")
    assert one.across == "ash" and one.failure is None and 40 < one.x_test.shape[1] < 48


def test_a_column_of_two_numbers_is_drawn_on_and_another_table_takes_its_place(browser):
    bench = browser.explorer
    rows = "".join(f"{100 + n},{5 * n},{'ab'[n % 2]}\n" for n in range(40))
    browser.press("paste", dropped("size,weight,kind\n" + rows))
    assert browser.frame["failure"] is None and np.abs(bench.x_train).max() < 3 and bench.is_drawable
    browser.set("pointer", "add class 1")
    before = bench.x_train.shape[1]
    browser.press("draw", [0.1, 0.1])
    assert bench.x_train.shape[1] == before + 1 and bench.prepared.preparation.classes == ("a", "b")
    browser.press("clear")
    assert bench.x_train.shape == (2, 0) and bench.preparation is None


def test_two_numbers_with_a_gap_are_filled_and_no_points_of_the_plane(browser):
    rows = "".join(f"{n / 30},{'' if n == 7 else n / 20},{'ab'[n % 2]}\n" for n in range(40))
    browser.press("paste", dropped("size,weight,kind\n" + rows, missing="fill"))
    assert browser.frame["failure"] is None and browser.explorer.preparation.filling
    assert np.isfinite(browser.explorer.x_train).all()


@pytest.mark.parametrize(
    "content, said",
    [
        ("name,kind\n" + "".join(f"n{n},{'ab'[n % 2]}\n" for n in range(20)), "nothing to learn from"),
        ("a,b\n1,x\n2,x\n3,x\n4,x\n", "one class only"),
        (b"PK\x03\x04" + bytes(99), "xlsx"),
        (b"\x89PNG" + bytes(99), "read_picture"),
        ("a,b,c\n1,2,3\n4,5\n6,7,8,9\n", "line 3: it has 2 cells"),
    ],
)
def test_what_cannot_be_learned_from_is_named_and_nothing_changes(browser, content, said):
    browser.press("paste", dropped(content))
    assert said in browser.frame["failure"]["message"] and browser.explorer.data == "moons"
    browser.press("step")
    assert browser.frame["failure"] is None


def test_more_rows_than_can_be_drawn_are_a_sample_and_said(browser):
    rows = "".join(f"{n % 7},{n % 5 + 0.5},{n % 3},{'ab'[n % 2]}\n" for n in range(5000))
    browser.press("paste", dropped("a,b,c,kind\n" + rows))
    browser.set("pane", "Table")
    assert "2,000 of its 5,000 rows are taken here" in browser.frame["view"]["inside"]["notes"][-1]


@pytest.mark.parametrize(
    "arguments, said",
    [
        ({"y": [1]}, "holds its target itself"), ({"x_test": np.zeros((3, 2))}, "so x_test is one too"),
        ({"model": NeuralNetwork(((Dense(3), Softmax()),), CategoricalCrossEntropy(), 0.1)}, "a network arrays"),
    ],
)  # fmt: skip
def test_what_does_not_go_with_a_table_is_named(arguments, said):
    with pytest.raises(TypeError, match=said):
        Workbench(x=read_table(TABLES / "wines.csv", quiet=True), **arguments)


def test_where_pasting_is_locked_a_dropped_file_is_refused():
    browser = StandIn(Workbench(hidden=[3], lock=("data",)))
    browser.press("paste", dropped(PENGUINS, missing="drop"))
    assert "locked" in browser.frame["failure"]["message"]


def test_what_watch_finds_stands_in_the_pane_health(browser, capsys):
    """Pixels of 0 … 255 that nobody scaled: said in the pane, in the sentences, and not on stderr."""
    x = np.random.default_rng(0).uniform(0, 255, size=(20, 60))
    browser = StandIn(Workbench(x=x, y=np.arange(60) % 2, hidden=[4], learning_rate=1, test=0, pane="Health"))
    trained(browser.explorer, 100)
    browser.explorer.show()
    found = dict(browser.frame["view"]["health"])
    assert "inputs far" in found and "standardise(x)" in found["inputs far"], found
    assert capsys.readouterr().err == ""
    browser.press("reset")
    assert "inputs far" not in dict(browser.frame["view"]["health"])


@pytest.mark.parametrize(("missing", "filled"), [("refuse", False), ("drop", False), ("fill", True)])
def test_of_gaps_that_are_not_to_be_filled_nobody_says_that_they_are(missing, filled):
    gap = {"text": "a,b,c\n1,2,x\n,3,y\n4,5,x\n7,6,y", "missing": missing}
    told = own_table.refused(gap, "19 cells are missing")
    assert told["heading"].startswith("Not taken yet.")
    assert told["why"] == "19 cells are missing"
    assert any("to be filled" in note for note in told["notes"]) == filled


@pytest.mark.parametrize(("there", "here"), [
    ("2 cells are missing in 2 of 4 rows (1 in 'b (mm)', 1 in 'c'), this is the first; missing='drop' leaves these "
     "rows out, missing='fill' fills them from the training part; most gaps are in 'b' and 'c': leave_out=('b', 'c') "
     "leaves no gap",
     "2 cells are missing in 2 of 4 rows, this is the first; the menu “Missing cells” leaves these rows out, or fills "
     "them in from the training part; most gaps are in 'b' and 'c': left out, they leave no gap"),
    ("2 of 4 rows are many to lose; most gaps are in 'b': leave_out='b' leaves no gap; missing='fill' keeps 4",
     "2 of 4 rows are many to lose; most gaps are in 'b': left out, it leaves no gap; “Missing cells: fill in” "
     "keeps 4"),
    ("filled, it says little; leave_out='b'?", "filled, it says little; leave 'b' out?"),
    ("as a number of the rows does: leave_out='a' if it says no more",
     "as a number of the rows does: leave 'a' out if it says no more"),
    ("as none was named: target='d' would be another", "as none was named: 'd' would be another"),
])  # fmt: skip
def test_what_a_table_lacks_is_said_in_the_words_of_the_pane(there, here):
    assert as_here(there) == here
