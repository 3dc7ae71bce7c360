"""Predict: nothing behind the gate before a prediction, one prediction, and how far off it was, worked out."""

import numpy as np
import pytest

from widgets import LossExplorer, Predict
from widgets.predict.explorer import LEVELS
from widgets.predict.sketch import COLUMNS
from widgets.stage.stand_in import StandIn

CHOICES = ["0.1", "0.5", "0.9"]
AXES = ("epoch", 0, 50, "loss", 0, 1)


def opened(question="Which?", **options):
    gate = Predict(question, **options)
    return gate, StandIn(gate)


def view(browser):
    return browser.frame["view"]


# --- The gate ---


def test_the_explorer_is_made_when_the_prediction_is():
    made = []

    def explorer():
        made.append(LossExplorer())
        return made[-1]

    gate, browser = opened(choose=CHOICES, explorer=explorer)
    for name, detail in (("choose", "b"), ("sure", 80)):
        assert browser.frame["disabled"] == ([] if gate.answer else ["commit"])
        browser.press(name, detail)
        assert made == [] and view(browser)["inner"] is None and gate.explorer is None
    browser.press("commit")
    assert gate.explorer is made[0] and view(browser)["inner"] == made[0].model_id
    assert view(browser)["beside"] == [["You predicted", "b – 0.5, 80 % sure"]]
    assert "Your" not in browser.frame["narration"] and "b – 0.5" in browser.frame["narration"]


def test_an_explorer_that_is_there_already_has_no_view_before():
    inside = LossExplorer()
    _, browser = opened(choose=CHOICES, explorer=inside)
    assert inside.model_id not in str(browser.frame)
    browser.press("choose", "a")
    assert inside.model_id not in str(browser.frame)
    browser.press("commit")
    assert view(browser)["inner"] == inside.model_id


def test_nothing_opens_without_a_prediction():
    gate, browser = opened(choose=CHOICES, explorer=LossExplorer)
    browser.press("sure", 90)
    browser.press("commit")
    assert not gate.made and gate.explorer is None and browser.frame["disabled"] == ["commit"]


def test_a_prediction_stands():
    gate, browser = opened(choose=CHOICES, truth="c")
    for name, detail in (("choose", "a"), ("commit", None), ("choose", "c"), ("sure", 50), ("commit", None)):
        browser.press(name, detail)
    assert gate.answer == "a" and gate.right is False and gate.sure is None
    assert view(browser)["beside"] == [["You predicted", "a – 0.1"], ["It was", "c – 0.9"]]


def test_what_fails_behind_the_gate_leaves_the_prediction_open():
    told, ready = [], []

    def truth():
        return "b" if ready else undefined  # noqa: F821

    gate, browser = opened(choose=CHOICES, truth=truth, record=told.append)
    browser.press("choose", "b")
    browser.press("commit")
    assert browser.frame["failure"]["kind"] == "NameError" and not gate.made and told == []
    ready.append(True)
    browser.press("commit")
    assert gate.made and gate.right and told == [{"answer": "b", "sure": None, "right": True}]


def test_closing_the_gate_closes_what_is_behind_it():
    for explorer, commit in ((LossExplorer, True), (LossExplorer(), False)):
        gate, browser = opened(choose=CHOICES, explorer=explorer)
        if commit:
            browser.press("choose", "a")
            browser.press("commit")
        inside = gate.explorer or explorer
        gate.close()
        assert inside.closed


def test_a_prediction_made_already_opens_the_gate_and_is_not_recorded_again():
    told = []
    gate, browser = opened(choose=CHOICES, explorer=LossExplorer, record=told.append, answer="b", sure=70)
    assert gate.explorer is not None and told == []
    assert view(browser)["beside"] == [["You predicted", "b – 0.5, 70 % sure"]]


def test_what_is_recorded_may_answer():
    gate, browser = opened(choose=CHOICES, record=lambda prediction: [f"Noted: {prediction['answer']}."])
    browser.press("choose", "c")
    browser.press("commit")
    assert view(browser)["says"] == ["Noted: c."]
    assert gate._repr_mimebundle_()[0]["text/plain"].startswith("✓ NOTED  Predict first. Which? You predicted: c")


def test_any_result_can_be_behind_the_gate():
    _, browser = opened(choose=CHOICES, explorer=lambda: np.arange(3))
    browser.press("choose", "a")
    browser.press("commit")
    assert view(browser)["shown"] == "[0 1 2]" and view(browser)["inner"] is None


@pytest.mark.parametrize("sure", [0, 49, 65, 101, "80", None, -80])
def test_how_sure_is_one_of_the_levels_or_nothing(sure):
    gate, browser = opened(choose=CHOICES)
    browser.press("sure", 80)
    browser.press("sure", sure)
    assert gate.sure is None and sure not in LEVELS


# --- Numbers ---


@pytest.mark.parametrize(("options", "typed", "right", "says"), [
    ({"truth": 4}, "12", False, "8 too high."),
    ({"truth": 12}, "4", False, "8 too low."),
    ({"truth": 100}, "109", True, "Near enough: 9 too high."),
    ({"truth": 100}, "111", False, "11 too high."),
    ({"truth": 100, "tolerance": 2}, "103", False, "3 too high."),
    ({"truth": -10, "tolerance": 0, "number": ""}, "-12", False, "2 too low."),
    ({"truth": 7}, "7", True, "Exactly."),
    ({"truth": 7, "tolerance": 0}, "7,0", True, "Exactly."),
    ({"truth": 100, "scale": "ratio"}, "300", False, "3 times too large."),
    ({"truth": 100, "scale": "ratio"}, "20", False, "5 times too small."),
    ({"truth": 100, "scale": "ratio", "tolerance": 2}, "51", True, "Near enough: 1.96 times too small."),
])  # fmt: skip
def test_a_number_is_told_how_far_off_it_is(options, typed, right, says):
    gate, browser = opened(**{"number": "steps"} | options)
    browser.press("number", typed)
    browser.press("commit")
    assert (gate.right, view(browser)["says"]) == (right, [says])


def test_what_is_no_number_is_told_and_nothing_opens():
    gate, browser = opened(number="steps", truth=4)
    browser.press("number", "many")
    assert "Your guess is a number" in browser.frame["failure"]["message"] and browser.frame["disabled"] == ["commit"]
    browser.press("number", "3")
    browser.press("number", "")
    assert gate.answer is None, "an emptied field is no guess"
    gate, browser = opened(number="steps", truth=4, scale="ratio")
    browser.press("number", "0")
    browser.press("commit")
    assert "a ratio compares numbers above 0" in browser.frame["failure"]["message"] and not gate.made


# --- Sketches ---


def test_a_stroke_fills_every_column_it_passes():
    gate, browser = opened(sketch=AXES, truth=[0, 0])
    browser.press("draw", [[0, 0], [25, 0.5], [50, 1]])
    assert np.allclose(gate.sketch.curve(), np.linspace(0, 1, COLUMNS))
    browser.press("draw", [[50, 0], [25, 0.5]])
    assert np.allclose(gate.sketch.curve()[25:], np.linspace(0.5, 0, 26)), "from right to left, over what was there"
    assert np.allclose(gate.sketch.curve()[:25], np.linspace(0, 0.5, 26)[:25])
    browser.press("draw", [[-99, 7], [0, 7], ["nan", 0.1]])
    assert gate.sketch.curve()[0] == 1, "outside is the edge; what is no number is nowhere"
    browser.press("clear")
    assert browser.frame["disabled"] == ["commit"]


def test_keys_move_along_and_set_the_height():
    gate, browser = opened(sketch=AXES, truth=[0, 0])
    browser.press("column by", 0)
    assert browser.frame["narration"] == "epoch 0: loss 0.5, not drawn yet."
    for _ in range(20):
        browser.press("height by", 1)
    assert browser.frame["narration"] == "epoch 0: loss 0.9."
    browser.press("column by", 10)
    browser.press("height by", -5)
    assert browser.frame["narration"] == "epoch 10: loss 0.8."
    assert np.allclose(gate.sketch.curve(), np.interp(np.arange(COLUMNS), [0, 10], [0.9, 0.8]))
    browser.press("column by", 999)
    browser.press("height by", -999)
    assert browser.frame["narration"] == "epoch 50: loss 0."


@pytest.mark.parametrize("truth", [
    [1.0, 0.5, 0.0], np.linspace(1, 0, 300), lambda x: 1 - x / 50, lambda: [1, 0], lambda: np.linspace(1, 0, 7),
])  # fmt: skip
def test_the_distance_is_the_mean_over_x(truth):
    gate, browser = opened(sketch=AXES, truth=truth)
    browser.press("draw", [[0, 0.5], [50, 0.5]])
    browser.press("commit")
    assert gate.apart == pytest.approx(0.25, abs=1e-6), "|0.5 − (1 − x/50)|, on average"
    assert view(browser)["says"][0].startswith("On average your curve is 0.25 away")
    assert "They differ most at epoch 0: you drew 0.5, it is 1." in view(browser)["says"]
    assert [curve["name"] for curve in view(browser)["plot"]["curves"]] == ["your sketch", "what happened"]


def test_a_truth_with_gaps_is_measured_where_it_is():
    gate, browser = opened(sketch=AXES, truth=lambda x: np.where(x < 25, np.nan, 0.75))
    browser.press("draw", [[0, 0.5], [50, 0.5]])
    browser.press("commit")
    assert gate.apart == pytest.approx(0.25)  # half of the sheet, and not 0.125


def test_the_true_curve_is_nowhere_before():
    asked = []
    _, browser = opened(sketch=AXES, truth=lambda: asked.append(1) or [1, 0], tolerance=0.3)
    browser.press("draw", [[0, 1], [50, 0]])
    assert asked == [] and len(view(browser)["plot"]["curves"]) == 1
    browser.press("commit")
    assert asked == [1] and browser.explorer.right is True and view(browser)["says"][0].startswith("On average")


# --- Bad input ---


@pytest.mark.parametrize(("options", "kind", "says"), [
    ({}, TypeError, "one of choose=, number= and sketch=, got none"),
    ({"choose": CHOICES, "number": "steps"}, TypeError, "got choose and number"),
    ({"choose": ["one"]}, ValueError, "at least two things"),
    ({"choose": CHOICES, "truth": "z"}, ValueError, "the choices are a, b, c, got 'z'"),
    ({"choose": CHOICES, "answer": "z", "truth": "a"}, ValueError, "the choices are"),
    ({"number": "steps", "scale": "log"}, ValueError, '"difference" or "ratio"'),
    ({"sketch": ("x", 0, 1), "truth": [0, 1]}, ValueError, "x name, from, to"),
    ({"sketch": ("x", 1, 0, "y", 0, 1), "truth": [0, 1]}, ValueError, "from a smaller to a larger"),
    ({"sketch": AXES}, TypeError, "a sketch needs a truth"),
])  # fmt: skip
def test_bad_input_gets_one_clear_error(options, kind, says):
    with pytest.raises(kind, match=says):
        Predict("Which?", **options)


@pytest.mark.parametrize("truth", [[1], 3.0, [[1, 2], [3, 4]], lambda x: x[:1], [np.nan, np.nan]])
def test_a_truth_that_is_no_curve_is_told(truth):
    gate, browser = opened(sketch=AXES, truth=truth)
    browser.press("draw", [[0, 0.5], [50, 0.5]])
    browser.press("commit")
    assert "a row of at least two numbers" in browser.frame["failure"]["message"] and not gate.made


@pytest.mark.parametrize(("name", "detail"), [("choose", "z"), ("number", "3"), ("draw", [[0, 0]]), ("jump", None)])
def test_odd_presses_are_told_and_survived(name, detail):
    gate, browser = opened(choose=CHOICES)
    browser.press(name, detail)
    assert browser.frame["failure"]["kind"] == "This cannot be done" and gate.answer is None
