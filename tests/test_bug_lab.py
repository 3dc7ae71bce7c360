"""BugLab: every case is what it says afterwards, the alarms are those of the suspect, and the score counts."""

import numpy as np
import pytest

from nnlib.inspect.mutants import MUTANTS
from widgets import BugLab
from widgets.bug_lab.explorer import ALARMS, NOTHING, OPEN, OWN, SUSPECTS, sizes
from widgets.stage.figures import number
from widgets.stage.stand_in import StandIn


class MyDense:
    def __init__(self, units):
        self.units = units

    def build(self, features, rng, dtype=float):
        self.weights = rng.normal(size=(self.units, features)).astype(dtype)
        self.bias = np.zeros((self.units, 1), dtype)

    def __call__(self, inputs):
        return self.weights @ inputs + self.bias


class Forgetful(MyDense):
    def backward(self, dz):
        self.grad_weights = dz @ self.inputs.T
        self.grad_bias = dz.sum(axis=1, keepdims=True)
        return self.weights.T @ dz


def opened(**options):
    lab = BugLab(**options)
    return lab, StandIn(lab)


def rings(browser):
    return [row["cells"][3] for row in browser.frame["view"]["alarms"]]


def case_of(kind):
    return next(case for case in range(1, 12) if BugLab(case=case).kind == kind)


def test_eleven_cases_hold_every_bug_once_and_one_right_network():
    for first in (1, 12):
        kinds = [BugLab(case=case).kind for case in range(first, first + 11)]
        assert sorted(map(str, kinds)) == sorted(map(str, (*SUSPECTS, None))), kinds
    assert [BugLab(case=case).kind for case in range(1, 12)] != [BugLab(case=case).kind for case in range(12, 23)]


HEARD = (None, "grad_weights_for_weights", "stale_inputs", "transposed", "learning_rate_squared")


@pytest.mark.parametrize("kind", HEARD)
def test_the_alarms_ring_as_the_bug_was_measured(kind):
    lab, browser = opened(case=case_of(kind))
    browser.press("sound")
    measured = () if kind is None else MUTANTS[kind].alarms
    assert rings(browser) == ["rings" if name in measured else "silent" for name in ALARMS if name != "update"] + [
        "rings" if kind == "learning_rate_squared" else "silent"], lab.alarms  # fmt: skip
    wrong = [row["name"] for row in browser.frame["view"]["arrays"] if row["cells"][0] == "WRONG"]
    assert bool(wrong) == ("gradient_check" in measured)


def test_one_step_after_the_other_and_the_score():
    lab, browser = opened(case=case_of("mean_missing"))
    view = browser.frame["view"]
    assert (view["stage"], view["alarms"], view["source"]) == ("predict", [], None)
    assert "MUTANTS" not in browser.frame["narration"] and "mean" not in browser.frame["narration"]
    browser.press("judge")
    assert lab.stage == "predict", "nothing can be named before the alarms"
    browser.set("expected", ["the loss", "the check"])
    browser.press("sound")
    assert browser.frame["view"]["stats"][1] == ["Alarms foreseen", "3 of 5"]
    assert "each 20 times it" in browser.frame["view"]["arrays"][0]["cells"][1]
    browser.press("judge")
    assert browser.frame["failure"]["kind"] == "This cannot be done", "Python's words are for a learner's own code"
    assert "choose what is wrong" in browser.frame["failure"]["message"]
    browser.set("verdict", MUTANTS["mean_missing"].title)
    browser.press("judge")
    assert browser.frame["view"]["stats"][2] == ["Bugs named", "1 of 1"]
    assert MUTANTS["mean_missing"].explanation in browser.frame["narration"]
    for name, line in (("source", "np.matmul(grad_output, self.inputs.T"), ("mended", "share = grad_output / m")):
        assert any(line in text for _, text, _ in browser.frame["view"][name]["lines"]), browser.frame["view"][name]
    browser.press("judge")
    assert lab.named == 1, "a bug is named once"
    browser.press("next")
    assert (lab.stage, lab.verdict, lab.expected) == ("predict", OPEN, [])


def shown(lab):
    """What a reader can tell cases apart by: which alarms ring, and of each array how its gradient is wrong, where a
    size is said in the words of the lesson: a multiple, all 0, the same size, larger, or less than a third.
    """
    arrays = []
    for row in lab.view()["arrays"]:
        verdict, size = row["cells"]
        if size.startswith("the largest"):
            times = float(size.split()[1])
            size = "the same" if times == 1 else "a third or less" if times < 1 / 3 else "larger"
        both = row["name"].startswith("weights") or "largest" not in row["cells"][1]
        arrays.append((verdict, size) if both else verdict)
    return tuple(alarm.rings for alarm in lab.alarms), tuple(arrays)


def test_a_gradient_whose_numbers_stand_elsewhere_is_not_called_once_as_large():
    _, browser = opened(case=case_of("transposed"))
    browser.press("sound")
    told = {row["cells"][1] for row in browser.frame["view"]["arrays"] if row["cells"][0] == "WRONG"}
    assert told == {"same numbers, other places"}


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_any_two_bugs_differ_in_what_is_shown(turn):
    """The lesson promises that a bug can be named from what rings and from the table of gradients."""
    seen = {}
    for case in range(11 * turn + 1, 11 * turn + 12):
        lab = BugLab(case=case)
        lab._sound()
        found = shown(lab)
        assert found not in seen, f"{lab.kind} looks like {seen[found]}: {found}"
        seen[found] = lab.kind
        if lab.kind in ("slope_missing", "grad_weights_for_weights"):
            of_weights = [row["cells"][1] for row in lab.view()["arrays"] if row["name"].startswith("weights")]
            for size in of_weights[:2]:
                assert (float(size.split()[1]) > 1) == (lab.kind == "slope_missing"), (case, lab.kind, size)


def test_the_sentence_the_curve_and_the_table_tell_one_last_loss_and_what_it_is_compared_with():
    for case in (1, 2, 3):
        lab, browser = opened(case=case)
        browser.press("sound")
        first, last = lab.losses[0], lab.losses[-1]
        assert (first, last) == (lab.alarms[0].limit, lab.alarms[0].suspect) and len(lab.losses) == 76
        cells = {row["name"]: row["cells"] for row in browser.frame["view"]["alarms"]}
        assert cells["the loss"][0] == number(last, 3) and cells["the loss"][2] == f"{number(first, 3)} at first"
        frozen = float(cells["the frozen layers"][2].split()[0])
        assert lab.alarms[2].rings == (last >= 0.8 * frozen) and cells["the frozen layers"][2].endswith("frozen")
        assert cells["the check"][2] == "0.000001"
        browser.press("again")
        both = f"the suspect's loss is {number(first, 3)}, after 75 epochs it is {number(last, 3)}"
        assert both in browser.frame["narration"]


def test_a_wrong_name_is_told_from_the_right_one():
    lab, browser = opened(case=case_of(None))
    browser.press("sound")
    browser.set("verdict", MUTANTS["mean_twice"].title)
    browser.press("judge")
    assert lab.named == 0
    assert f"You said: {MUTANTS['mean_twice'].title}. It was: {NOTHING}." in browser.frame["narration"]
    browser.press("again")
    assert lab.stage == "predict"


def test_your_own_layer_is_the_suspect():
    lab, browser = opened(dense=Forgetful)
    assert lab.kind == "mean_missing"
    browser.press("sound")
    assert rings(browser)[3] == "rings"
    right, browser = opened(dense=MyDense)
    assert right.kind is None
    browser.press("sound")
    assert rings(browser) == ["silent"] * 5
    browser.set("verdict", NOTHING)
    browser.press("judge")
    assert right.named == 1
    assert OWN in right.options["verdict"] and "case" not in right.control_traits()


def test_an_error_in_your_layer_is_shown_with_your_line():
    class Broken(MyDense):
        def __call__(self, inputs):
            raise ZeroDivisionError("my line")

    lab, browser = opened(dense=Broken)
    assert browser.frame["failure"]["message"] == "my line" and browser.frame["failure"]["yours"]
    assert browser.frame["narration"] == "There is no suspect."
    browser.press("sound")
    assert browser.frame["failure"] is not None
    lab.close()


def test_a_suspect_that_diverges_has_a_curve_that_ends():
    lab, browser = opened(case=case_of("gradient_sign"))
    assert browser.frame["failure"] is None
    browser.press("sound")
    assert rings(browser) == [*["rings"] * 4, "silent"], "each step is −rate · gradient"
    assert np.isfinite(lab.losses).all()


def test_the_same_case_is_the_same_bug_and_another_name_is_no_control():
    assert BugLab(case=5).kind == BugLab(case=5).kind
    with pytest.raises(TypeError, match="has no control"):
        BugLab(colour="red")


def test_a_wrong_gradient_is_a_multiple_of_the_measured_one_or_has_a_largest_number():
    given, none = np.array([1.0, 2.0]), np.zeros(2)
    pairs = ((none, given), (-3 * given, given), (given[::-1], given), (given + np.array([3, 0]), given), (given, none))
    assert [sizes(*both) for both in pairs] == [
        "all are 0", "each −3 times it", "same numbers, other places", "largest 2 times as large",
        "the measured are all 0"]  # fmt: skip
