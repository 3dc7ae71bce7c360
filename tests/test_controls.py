"""Every control of every explorer: its ends are taken and drawn, what lies beyond is refused, and both say so."""

import numpy as np
import pytest
import traitlets
import walked

import widgets
from widgets.stage.controls import Choice, Choices, Control, Several, Sizes, Slider, Text, Whole, tour
from widgets.stage.stand_in import StandIn

MADE = {name: getattr(widgets, name) for name in widgets.PLACES if name not in ("Parsons", "Predict")}
CONTROLS = [(name, control) for name, kind in MADE.items() for control, trait in kind.class_traits().items()
            if isinstance(trait, Control)]  # fmt: skip
LIGHT = {"Workbench": {"hidden": [3]}, "SignalExplorer": {"depth": 3, "units": 8}}
DEAR = {("SignalExplorer", "depth"), ("SignalExplorer", "units"), ("Workbench", "examples"),
        ("DescentExplorer", "steps")}  # fmt: skip
"""The other end of these takes seconds; it is read and refused like all others."""


def made(name):
    return MADE[name](**(walked.large() if name == "DigitExplorer" else LIGHT.get(name, {})))


def values_of(trait, explorer):
    """What a control must take, and what it must not."""
    if isinstance(trait, Slider):  # a Whole is one
        least, most = trait.least, trait.most
        beyond = [most + 1, least - 1, float("nan"), "much", None, True]
        parts = [least + 0.5] if isinstance(trait, Whole) else []
        return [least, most, trait.low, trait.high, trait.default_value], [*beyond, *parts]
    if isinstance(trait, Choice):
        return [*trait.allowed(explorer)], ["nonsense", 3, None]
    if isinstance(trait, Several):
        allowed = trait.allowed(explorer)
        return [[*allowed[:1]], [*allowed[::-1]], [*allowed]], [["nonsense"], "text", 3]
    if isinstance(trait, Choices):
        return [[*trait.allowed(explorer)[: trait.most]]], [["nonsense"], [*trait.allowed(explorer)] * 6, 3]
    if isinstance(trait, Sizes):
        both = [[trait.low], [trait.high], [trait.low] * trait.most]
        return both, [[trait.low - 1], [trait.high + 1], [trait.low] * (trait.most + 1), [1.5], "text", None]
    assert isinstance(trait, Text)
    return ["", "x1 * x2"], ["x1 +", 3]


@pytest.mark.parametrize(("name", "control"), CONTROLS)
def test_what_a_control_may_be_is_taken_and_drawn_and_what_it_may_not_be_is_refused(name, control):
    explorer = made(name)
    browser, trait = StandIn(explorer), explorer.traits()[control]
    taken, refused = values_of(trait, explorer)
    for value in taken if (name, control) not in DEAR else taken[:1]:
        browser.set(control, value)
        told = browser.frame["failure"]  # some fit with others alone: a part to test on with one to choose by
        assert told is None or told["kind"] == "This cannot be done", (value, told)
        kept = getattr(explorer, control)
        value = value[: len(explorer.hidden)] if control == "activations" and name == "Workbench" else value
        assert kept == value or (isinstance(value, list) and sorted(kept) == sorted(value)), value
        assert browser.frame["values"][control] == kept and browser.frame["narration"]
    before = getattr(explorer, control)
    for value in refused:
        browser.set(control, value)
        told = browser.frame["failure"]
        assert told["kind"] == "This value is not taken" and getattr(explorer, control) == before, value
        with pytest.raises(traitlets.TraitError):
            setattr(explorer, control, value)
    explorer.close()


@pytest.mark.parametrize(("name", "control"), CONTROLS)
def test_the_browser_is_told_what_a_control_is(name, control):
    explorer = made(name)
    trait = explorer.traits()[control]
    (told,) = [one for one in explorer.controls if one["name"] == control]
    kinds = {Whole: "whole", Slider: "slider", Choice: "choice", Several: "several", Choices: "choices", Sizes: "sizes",
             Text: "text"}  # fmt: skip
    wanted = {"name": control, "kind": kinds[type(trait)], "label": trait.label, "help": trait.hint}
    if isinstance(trait, Slider):
        step = trait.step or (trait.high - trait.low) / 100
        wanted |= {"low": trait.low, "high": trait.high, "step": step, "log": trait.log, "least": trait.least,
                   "most": trait.most}  # fmt: skip
        assert trait.least <= trait.low < trait.high <= trait.most and (trait.low > 0 or not trait.log)
    elif isinstance(trait, Sizes):
        wanted |= {"item": trait.item, "low": trait.low, "high": trait.high, "most": trait.most}
    elif not isinstance(trait, Text):
        wanted |= {"options": list(explorer.options.get(control, trait.options))}
    if (name, control) == ("Workbench", "data"):  # a data set is seen before it is chosen
        wanted["pictures"] = told["pictures"]
        assert wanted["pictures"].keys() <= set(wanted["options"])
    assert told == wanted
    explorer.close()


@pytest.mark.parametrize("name", MADE)
def test_a_tour_takes_each_control_from_end_to_end_and_back(name):
    explorer = made(name)
    before = {control: getattr(explorer, control) for control in explorer.control_traits()}
    told = list(tour(explorer))
    for control, trait in explorer.control_traits().items():
        values = [one["value"] for one in told if one["name"] == control]
        if control in explorer.disabled() or isinstance(trait, (Several, Sizes, Choices, Text)):
            assert values == []
        elif isinstance(trait, Whole):
            first = [k for k in range(int(trait.low), int(trait.low) + 4) if k <= trait.high]
            assert values == [*(one for one in first if one != before[control]), before[control]]
        elif isinstance(trait, Slider):
            stops = np.geomspace(trait.low, trait.high, 5) if trait.log else np.linspace(trait.low, trait.high, 5)
            stops = [float(f"{one:.3g}") for one in stops]
            assert values == [*(one for one in stops if one != before[control]), before[control]]
        else:
            options = trait.allowed(explorer)[:6]
            assert values == [*(one for one in options if one != before[control]), before[control]]
    explorer.close()


def test_the_sliders_of_the_course_go_by_factors_where_factors_count():
    by_factors = {" ".join(one) for one in CONTROLS if getattr(MADE[one[0]].class_traits()[one[1]], "log", False)}
    assert by_factors == {"Workbench learning_rate", "Workbench epsilon", "DescentExplorer learning_rate"}
