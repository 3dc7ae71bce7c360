"""What numbers beside their parameters show: factors, shares, exchanged arrays, and how far gradients are off."""

from types import SimpleNamespace

import numpy as np
import pytest

from nnlib import Dense, Tanh
from nnlib.inspect import check_functions
from nnlib.inspect.clues import Clues, factor_kinds, matches, ratio, with_factor
from nnlib.inspect.diagnosis import Diagnosis
from nnlib.inspect.function_slips import (
    by_numbers,
    close_or_no,
    count_for_ratio,
    is_small,
    moves_or_remembers,
    one_array,
    share_of,
    takes_one,
    told_of_slope,
    without_small,
)
from nnlib.inspect.functions import agree, relative_error

W, V = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]]), np.array([[2.0, -1.0]])
DW, DV = np.array([[0.1, 0.2, -0.3], [0.4, -0.5, 0.6]]), np.array([[0.7, -0.8]])


def found(mine_w, mine_v=DV, parameters=None, numeric=None):
    parameters, mine = parameters or {"W": W, "V": V}, {"W": np.asarray(mine_w), "V": np.asarray(mine_v)}
    numeric = numeric or {"W": DW, "V": DV}
    passed = {name: np.shape(mine[name]) == numeric[name].shape and np.allclose(mine[name], numeric[name])
              for name in mine}  # fmt: skip
    return by_numbers(parameters, mine, numeric, passed, m=9)


@pytest.mark.parametrize("mine_w, mine_v, kind, facts", [
    (DW + 0.3 * W, DV + 0.3 * V, "l2_other", {"share": 0.3, "way": "too much"}),
    (DW - 0.3 * W, DV - 0.3 * V, "l2_other", {"share": 0.3, "way": "too little"}),
    (DW - 0.3 * W, DV, "l2_other", {"share": 0.3, "way": "too little"}),
    (DW + 0.2 * np.sign(W), DV, "l1_other", {"share": 0.2, "way": "too much"}),
    (DW - 0.2 * np.sign(W), DV, "l1_other", {"share": 0.2, "way": "too little"}),
    (DW + 0.3 * W - 0.2 * np.sign(W), DV, "l2_for_l1", {"share": 0.3, "other": 0.2}),
    (DW + 0.3 * W - 0.2 * np.sign(W), DV + 0.3 * V - 0.2 * np.sign(V), "l2_for_l1", {"share": 0.3, "other": 0.2}),
    (np.trunc(DW).astype(int), DV, "whole_numbers", {}),
])  # fmt: skip
def test_what_is_too_much_is_a_share_of_the_parameters(mine_w, mine_v, kind, facts):
    diagnosis = found(mine_w, mine_v)
    assert diagnosis.kind == kind and {name: diagnosis.evidence[name] for name in facts} == pytest.approx(facts)


@pytest.mark.parametrize("which, part", [
    ("first row", np.s_[:1]), ("last row", np.s_[1:]), ("first column", np.s_[:, :1]), ("last column", np.s_[:, 2:]),
    (None, np.s_[:, 1:2]), (None, np.s_[:, 1:]),
])  # fmt: skip
@pytest.mark.parametrize("share, way", [(0.3, "too much"), (-0.3, "too little"), (-2, "too little")])
def test_a_share_of_the_first_or_last_row_or_column_alone_is_told_with_its_place(which, part, share, way):
    mine = DW.copy()
    mine[part] += share * W[part]
    diagnosis = found(mine)
    assert (diagnosis and diagnosis.kind) == (which and "l2_in_part")
    told = {"which": which, "share": pytest.approx(abs(share)), "way": way}
    assert which is None or {name: diagnosis.evidence[name] for name in told} == told


@pytest.mark.parametrize("mine_w, mine_v", [
    (DW + 0.3 * W + 0.2 * np.sign(W), DV), (DW + 0.1, DV), (DW[:1], DV), (2 * DW, DV), (DW.astype(object) + 1, DV),
    (DW + 0.3 * W, DV + 0.5 * V), (np.trunc(DW).astype(int) + 2, DV),
])  # fmt: skip
def test_what_is_no_share_has_no_name_of_that_kind(mine_w, mine_v):
    assert found(mine_w, mine_v) is None


def test_a_gradient_for_each_example_is_told_where_there_are_several():
    for m, kind in ((3, "parameter_per_example"), (1, None)):
        whole = np.arange(1.0, 3 * m + 1).reshape(3, m)
        mine = {"b": whole.sum(axis=1)}
        diagnosis = by_numbers({"b": -whole}, mine, {"b": whole}, {"b": False}, m)
        assert (diagnosis and diagnosis.kind) == kind


def test_slopes_that_were_not_measured_are_not_zero():
    numeric = {"W": np.array([[0.0, np.nan, 0], [0, 0, 0]]), "V": DV}
    assert getattr(found(DW, numeric=numeric), "kind", None) != "without_effect"
    assert found(DW, numeric={"W": 0 * DW, "V": DV}).kind == "without_effect"


def test_arrays_in_each_others_place_are_told_apart_from_copies():
    square = {"W": W, "V": -W}
    numeric = {"W": DW, "V": 2 * DW}
    diagnosis = found(2 * DW, DW, square, numeric)
    assert diagnosis.kind == "exchanged" and diagnosis.evidence == {"keys": ["W", "V"], "order": ["V", "W"]}
    diagnosis = found(2 * DW, 2 * DW, square, numeric)
    assert diagnosis.kind == "copied" and diagnosis.evidence == {"keys": ["W"], "order": ["V"]}
    assert found(0 * DW, 0 * DW, square, {"W": DW, "V": 0 * DW}) is None, "zeros are no copy"
    diagnosis = found(DW, DW + 1, square, {"W": DW, "V": 0 * DW})
    assert diagnosis.kind == "without_effect" and diagnosis.evidence == {"keys": ["V"]}


def test_arrays_are_told_apart_by_the_numbers_that_were_measured():
    nan = np.nan
    right = {"A": np.array([[1.0, 2], [3, 4]]), "B": np.array([[5.0, 6], [7, 8]]), "C": np.array([[0.0, 9], [1, 1]])}
    numeric = {"A": np.array([[1, nan], [nan, 4]]), "B": np.array([[nan, 6], [7, nan]]), "C": right["C"].copy()}
    numeric["C"][0, 0] = nan
    for mine, kind, order in (
        (["B", "A", "C"], "exchanged", ["B", "A"]), (["C", "C", "C"], "copied", ["C", "C"]),
        (["B", "C", "B"], "copied", ["B", "C", "B"]), (["B", "C", "A"], "exchanged", ["B", "C", "A"]),
    ):  # fmt: skip
        given = {name: right[its] for name, its in zip("ABC", mine, strict=True)}
        passed = {name: name == its for name, its in zip("ABC", mine, strict=True)}
        diagnosis = by_numbers(right, given, numeric, passed, m=9)
        assert (diagnosis.kind, diagnosis.evidence["order"]) == (kind, order)


def test_one_array_under_two_names_has_one_gradient():
    shared = {"W": W, "V": W[:]}
    whole = {"W": DW, "V": DW}
    assert one_array(shared, {"W": 0.25 * DW, "V": 0.75 * DW}, whole, ["W", "V"]) == ["W", "V"]
    assert one_array(shared, {"W": 0.25 * DW, "V": 0.5 * DW}, whole, ["W", "V"]) == []
    assert one_array(shared, {"W": 0.25 * DW, "V": 0.75 * DW[:1]}, whole, ["W", "V"]) == []
    assert one_array(shared, {"W": 0.25 * DW, "V": 0.75 * DW[0]}, whole, ["W", "V"]) == [], "they add up, broadcast"
    assert one_array({"W": W, "V": W.copy()}, {"W": 0.25 * DW, "V": 0.75 * DW}, whole, ["W", "V"]) == []


def test_a_share_is_the_same_for_all_numbers():
    assert share_of(0.3 * W, W) == pytest.approx(0.3) and share_of(-2 * W, W) == pytest.approx(-2)
    assert share_of(0.3 * W + [[0.0, 0, 1e-3], [0, 0, 0]], W) is None
    assert share_of(1e-3 * (0.3 * W + [[0.0, 0, 1e-4], [0, 0, 0]]), W) is None, "of small numbers too"
    assert share_of(0 * W, W) is None


def test_how_far_gradients_are_off_is_measured_by_the_largest():
    assert relative_error(np.array([3.0, -1.0]), np.array([1.0, -1.0])) == 0.5
    assert relative_error(np.array([3.0, 7.0]), np.array([1.0, np.nan])) == 0.5
    assert relative_error(np.zeros(2), np.zeros(2)) == 0 and relative_error(np.ones(2), np.full(2, np.nan)) == 0
    assert relative_error(np.array([1.0, 2.0]), np.array([-1.0, 2.0])) == 0.5


@pytest.mark.parametrize("mine, tolerance, small, agrees", [
    ([1.0, 3.0], 1e-6, 0, True), ([1.0, 3.0 + 5e-6], 1e-6, 0, True), ([1.0, 3.0 + 7e-6], 1e-6, 0, False),
    ([1.0 + 7e-6, 3.0], 1e-6, 0, False), ([1.0 + 7e-6, 3.0], 1e-5, 0, True), ([1.0 + 7e-6, 3.0], 1e-6, 10, True),
    ([1.0, np.nan], 1e-6, 0, False), ([1.0, 3.0, 5.0], 1e-6, 0, False), ([[1.0, 3.0]], 1e-6, 0, False),
])  # fmt: skip
def test_gradients_agree_relative_to_the_largest_of_both(mine, tolerance, small, agrees):
    assert agree(np.array(mine), np.array([1.0, 3.0]), tolerance, small) is agrees
    assert agree(np.array([1.0, 77.0]), np.array([1.0, np.nan]), tolerance, small), "what was not measured may be any"
    assert not agree(np.array(["1", "3"]), np.array([1.0, 3.0]), tolerance, small)


def test_gradients_that_move_parameters_or_pile_up_are_named():
    parameters, total = {"W": W.copy()}, np.zeros_like(W)

    def piles(p):
        total[...] += DW
        return {"W": total}

    assert moves_or_remembers(piles, parameters, ["W"], lambda: 0).kind == "update_in_gradients"
    assert moves_or_remembers(piles, parameters, [], lambda: 0).kind == "gradients_pile_up"
    assert moves_or_remembers(lambda p: {"W": DW}, parameters, [], lambda: 0) is None
    assert moves_or_remembers({"W": DW}, parameters, [], lambda: 0) is None
    assert moves_or_remembers(lambda p: {"W": DW * np.random.default_rng().random()}, parameters, [], int) is None


def test_gradients_of_other_shapes_each_time_do_not_pile_up():
    calls = []

    def grows(p):
        calls.append(0)
        return {"W": np.full(len(calls), 1.0 * len(calls)), "b": np.full(2, 1.0 * len(calls))}

    assert moves_or_remembers(grows, {"W": W}, [], lambda: 0) is None


def test_a_number_for_safety_is_far_below_one_or_lacks_little_to_it():
    kept = {1e-7: 0.0, 1 - 1e-7: 1.0, -1e-7: 0.0, 2.000001: 2.000001, 1e-3: 1e-3, 1.0: 1.0, 0.0: 0.0}
    assert {one: without_small(one) for one in kept} == kept
    assert not is_small(1) and not is_small("1e-7") and not is_small(np.float32(1e-7))


def test_numbers_agree_where_they_were_measured_and_are_numbers():
    numeric = np.array([1.0, np.nan])
    assert close_or_no(np.array([1.0, 5]), numeric) and close_or_no(np.array([1, 5]), numeric)
    assert not close_or_no(np.array([1.0, 5], dtype=object), numeric)
    assert not close_or_no(np.array([1.0]), numeric) and not close_or_no(np.array([2.0, 5]), numeric)


def test_what_a_function_wants_is_told_by_its_arguments():
    class Callable:
        def __call__(self, parameters, scale=1):
            return parameters

        def method(self, parameters):
            return parameters

        def own(self):
            return self

    assert takes_one(lambda p: p) and takes_one(Callable()) and takes_one(Callable().method)
    assert not takes_one(lambda: 0) and not takes_one(lambda p=1: p) and not takes_one(Callable().own)
    assert not takes_one(type("Starred", (), {"__call__": lambda self, *given, **named: 0})())
    assert not takes_one(type("Named", (), {"__call__": lambda self, *, scale: 0})())
    assert not takes_one(type("Half", (), {"__call__": lambda self, scale=2: 0})()) and not takes_one(dict)


@pytest.mark.parametrize("ratio, m, numbers, kind", [
    (3.0, 12, {}, "other_count"), (24.0, 12, {}, None), (2.5, 12, {}, None), (3.0, None, {}, None),
    (2.5, 12, {"scale": 2.5}, "factor_of_yours"), (2.5, 12, {"scale": 0.4}, "factor_of_yours"),
    (2.5, 12, {"scale": 2.6, "zero": 0.0}, None), (0.0, 12, {"zero": 0.0}, None),
])  # fmt: skip
def test_a_factor_is_told_by_what_is_counted_or_by_a_number_of_ones_own(ratio, m, numbers, kind):
    given = Diagnosis("ratio", "", {"ratio": ratio})
    assert count_for_ratio(given, m, numbers).kind == (kind or "ratio")
    other = Diagnosis("double", "", {"ratio": ratio})
    assert count_for_ratio(other, m, numbers) is other


def test_a_helper_that_is_a_wrong_slope_is_told_with_its_numbers():
    def bend(z, deriv=False):
        return 2 * np.exp(z) if deriv else np.exp(z)

    def of_output(a):
        return a

    def off_below(z):
        return np.exp(z) - 0.25 * (z < 0)

    told = told_of_slope(of_output, bend)
    assert told.kind == "slope_of_output" and told.evidence == {"helper": "of_output", "bend": "bend", "numbers": ""}
    told = told_of_slope(off_below, bend)
    assert told.kind == "slope_of_helper" and told.evidence["helper"] == "off_below"
    assert told.evidence["numbers"] == " At -0.7 it gives 0.2466, where `bend` has 0.4966."
    told = told_of_slope(bend, bend)
    assert told.kind == "slope_of_helper" and told.evidence["helper"] == "bend(…, deriv=…)"
    assert told.evidence["numbers"] == ""
    assert told_of_slope(lambda z: z["W"], bend).evidence["numbers"] == "", "it is told of without numbers"


# Factors ---------------------------------------------------------------------------------------------------


def clues(what="weights", mine=None, right=DW, scale=1.0, bias="bias"):
    slopes = SimpleNamespace(agree=lambda array: np.shape(array) == right.shape and np.allclose(array, right))
    fault = SimpleNamespace(what=what, scale=scale, right=right, slopes=slopes)
    return SimpleNamespace(m=8, k=3, fault=fault, mine=mine, form=SimpleNamespace(bias=bias, weights="weights"),
                           facts={"units": 5, "features": 4})  # fmt: skip


FACTORS = {
    "weights": [
        (-1, ["gradient_sign"]), (0, ["weights_gradient_missing"]), (8, ["mean_missing"]), (1 / 8, ["mean_twice"]),
        (-8, ["mean_missing_sign"]), (2, ["features_for_examples", "double"]), (1.6, ["units_for_examples"]),
        (0.5, ["half"]), (8 / 6, ["other_count"]), (8 / 7, ["other_count"]), (1.7, ["ratio"]), (8.001, ["ratio"]),
    ],
    "bias": [(0, ["bias_gradient_missing"]), (8, ["mean_missing"])],
    "inputs": [
        (0, ["zeros"]), (1 / 8, ["mean_handed_down"]), (8, ["mean_missing"]), (8 / 6, ["ratio"]), (0.5, ["ratio"]),
        (-1, ["gradient_sign"]),
    ],
    "loss": [
        (0, ["zeros"]), (8, ["mean_missing"]), (1 / 8, ["mean_twice"]), (3, ["outputs_missing"]), (8 / 6, ["ratio"]),
        (1 / 3, ["outputs_twice"]), (0.5, ["factor_two_missing"]), (2, ["factor_two_extra"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize("what, factor, kinds", [(what, *one) for what, table in FACTORS.items() for one in table])
def test_a_factor_has_the_names_that_its_place_can_give_it(what, factor, kinds):
    told = clues(what)
    assert factor_kinds(told, factor) == kinds and told.facts["ratio"] == factor
    assert ("count" in told.facts) is (kinds == ["other_count"])
    if kinds == ["other_count"]:
        assert told.facts["count"] == round(8 / factor)


def test_one_factor_is_looked_for_where_the_right_numbers_are_known():
    assert with_factor(clues(mine=8 * DW)) == [("mean_missing", {})] and with_factor(clues(mine=DW)) == []
    assert with_factor(clues(mine=DW + 1)) == []
    right = np.where(DW > 0.3, np.nan, DW)
    assert ratio(2 * DW, right) == pytest.approx(2) and ratio(np.where(DW > 0, np.inf, DW), DW) is None
    assert with_factor(clues(mine=np.array([[1.7]]), right=np.array([[1.0]]))) == [], "of one number any is a multiple"
    assert with_factor(clues(mine=8 * DW, scale=8.0)) == [("mean_in_loss_too", {})]
    assert with_factor(clues("inputs", mine=8 * DW, scale=8.0)) == []


def test_a_formula_that_is_exact_comes_before_those_with_a_factor():
    told = clues(mine=3 * DW + 1)
    table = [("right", DW), ("none", None), ("shape", DW[:1]), ("far", DW + 5), ("exact", 3 * DW + 1),
             ("eighth", (3 * DW + 1) / 8), ("zeros", 0 * DW)]  # fmt: skip
    assert list(matches(told, table)) == [("exact", {})]
    assert list(matches(told, [one for one in table if one[0] != "exact"])) == [("eighth mean_missing", {})]
    assert list(matches(told, [("third", (3 * DW + 1) / 1.7)])) == []


def test_what_is_known_at_a_place_is_what_went_in_and_came_out():
    parts = [Dense(2), Tanh(), Dense(1), Tanh()]
    for part, features in ((parts[0], 3), (parts[2], 2)):
        part.build(features, np.random.default_rng(0))
    values = [np.random.default_rng(1).standard_normal((3, 6))]
    for part in parts:
        values.append(part(values[-1]))
    places = [SimpleNamespace(block=1 + k // 2, part=part) for k, part in enumerate(parts)]
    walk = SimpleNamespace(model=SimpleNamespace(places=places), values=values,
                           parts=[SimpleNamespace(part=part) for part in parts])  # fmt: skip
    told = Clues(walk, SimpleNamespace(place=places[2], mine=1, arriving=2, what="weights"))
    assert (told.mine, told.g, told.m, told.k) == (1, 2, 6, 1) and told.x is values[2] and told.output is values[3]
    assert told.above is values[4] and [id(one) for one in told.below] == [id(one) for one in values[:2]]
    assert told.facts == {"m": 6, "k": 1, "others": 5, "last": "Tanh", "where": "Dense", "units": 1, "features": 2,
                          "bend": "Linear"}  # fmt: skip
    assert Clues(walk, SimpleNamespace(place=places[1], mine=1, arriving=2, what="inputs")).above is None
    of_loss = Clues(walk, SimpleNamespace(place=None, mine=1, arriving=2, what="loss"))
    assert of_loss.facts["where"] == "the loss" and not hasattr(of_loss, "x")


@np.errstate(all="ignore")
def test_a_loss_that_is_no_number_is_said_to_be_none():
    w = np.array([1.0, 2.0])
    with pytest.raises(ValueError, match="the loss is nan with these parameters, and with smaller ones too"):
        check_functions(lambda: np.sqrt(-1 - w @ w), {"w": w}, {"w": w})


@np.errstate(all="ignore")
def test_arrays_are_made_smaller_until_slopes_can_be_measured_and_are_put_back():
    w = np.array([40.0, -1.0])

    def loss():
        return -np.log(1 - 1 / (1 + np.exp(-w))).sum()

    report = check_functions(loss, {"w": w}, lambda: {"w": 1 / (1 + np.exp(-w))})
    assert report.passed and report.times == 0.25
    assert str(report).splitlines()[1] == (
        "Measured with your arrays times 0.25: as they are, the loss has too few digits for its slope to be measured, "
        "as has log(1 - a) where a is nearly 1."
    )
    assert (w == [40.0, -1.0]).all()


def test_where_a_small_number_alone_keeps_the_loss_finite_arrays_are_made_smaller_too():
    """At 300 the slope of log(1 - a + 1e-12) is 0: it says nothing of a gradient that leaves the small number out."""
    w = np.array([300.0, -1.0])

    def loss():
        return -np.log(1 - 1 / (1 + np.exp(-w)) + 1e-12).sum()

    report = check_functions(loss, {"w": w}, lambda: {"w": 1 / (1 + np.exp(-w))})
    assert report.passed and report.times == 1 / 32
    wrong = check_functions(loss, {"w": w}, lambda: {"w": 1.01 / (1 + np.exp(-w))})
    assert not wrong.passed and wrong.times == 1 / 32


@pytest.mark.parametrize(("loss", "slope"), [
    (lambda p: np.maximum(0, p["w"] + 3e-6).sum(), lambda p: (p["w"] > -3e-6) * 1.0),
    (lambda p: np.log(np.cosh(3e-3 * p["w"])).sum(), lambda p: 3e-3 * np.tanh(3e-3 * p["w"])),
])  # fmt: skip
def test_a_kink_within_the_step_and_rounding_are_seen_through_with_another_step(loss, slope):
    p = {"w": np.array([0.0, 0.3, -0.002])}
    assert check_functions(loss, p, lambda p: {"w": slope(p)}).passed
    wrong = check_functions(loss, p, lambda p: {"w": 1.01 * slope(p)})
    assert not wrong.passed and wrong.times == 1
