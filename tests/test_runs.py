"""What shows only when a network is run on, each by itself: too long steps, labels out of reach, what is cut."""

import numpy as np
import pytest
from test_kinds import network
from test_own_loop import Network, X, Y

from nnlib import ReLU, Sigmoid, Tanh
from nnlib.inspect import runs
from nnlib.inspect.whole import Whole


class Bent(Network):
    bend = staticmethod(lambda z: z)

    def __call__(self, x):
        self.output = self.bend(100 * super().__call__(x))
        return self.output


class Uphill(Network):
    def update(self):
        self.W += self.learning_rate * self.dW
        self.b += self.learning_rate * self.db


def runner(kind, rows, y=Y, rate=0.05, **more):
    own, (x, y) = kind(rows), (X, y) if rows else (X.T, y.T)
    vars(own).update(learning_rate=rate, **more)
    whole = Whole(own, x, y)
    return runs.Runner(whole, x, y, np.full(y.shape, y.mean()))


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize(("kind", "rate", "share"), [
    (Network, 0.05, None), (Network, 0.5, None), (Network, 2.0, 10), (Network, 15.0, 100), (Network, 400.0, 1000),
    (Network, 4e3, 10_000), (Network, 1e6, None), (Uphill, 0.5, None), (Uphill, 15.0, None),
])  # fmt: skip
def test_steps_are_too_long_where_they_stay_far_up_and_shorter_ones_go_down(kind, rate, share, rows):
    one = runner(kind, rows, rate=rate)
    before = one.values()
    found = runs.steps_too_long(one, rate)
    assert np.array_equal(one.values(), before)
    if share is None:
        assert found is None
    else:
        name, facts = found
        assert name == "steps_too_long" and facts["share"] == pytest.approx(share)
        assert facts["rate"] == f" of {rate:g}" and facts["low"] < facts["first"] == one.loss() < facts["last"]
        assert runs.steps_too_long(one, 0.0)[1]["rate"] == "" and 1 < facts["count"] <= runs.STEPS


BENDS = {"": lambda z: z, "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "relu": lambda z: np.maximum(0, z),
         "above two": lambda z: 2 + np.maximum(0, z), "below zero": lambda z: np.minimum(z, 0),
         "tanh": np.tanh}  # fmt: skip


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize(("bend", "scale", "found"), [
    ("", (9, -4), None), ("sigmoid", (1, 0), None), ("sigmoid", (4, 0), ("above", 1)), ("relu", (9, -4), ("below", 0)),
    ("sigmoid", (2, -1), ("below", 0)), ("relu", (9, 0), None), ("above two", (1, 0), ("below", 2)),
    ("tanh", (1, 0), None),
    ("below zero", (1, 0), ("above", 0)), ("tanh", (3, 0), ("above", 1)), ("sigmoid", (1.04, 0), None),
])  # fmt: skip
def test_labels_that_no_output_comes_near_are_told_with_the_bound(bend, scale, found, rows):
    y = scale[0] * Y + scale[1]
    one = runner(Bent, rows, y, bend=BENDS[bend])
    before = one.values()
    told = runs.out_of_reach(one)
    assert np.array_equal(one.values(), before)
    if found is None:
        assert told is None
    else:
        way = 1 if found[0] == "below" else -1
        beyond = (way * y < way * found[1] - 0.05 * np.ptp(y)).sum()
        assert told == ("out_of_reach", {"side": found[0], "bound": pytest.approx(found[1], abs=1e-6),
                                         "beyond": beyond, "of": 9})  # fmt: skip


def test_a_bound_says_nothing_where_the_loss_is_not_least_at_the_labels():
    one = runner(Bent, True, 4 * Y, bend=BENDS["sigmoid"])
    assert runs.out_of_reach(one)
    for loss in (lambda output, y: np.mean(output), lambda output, y: np.nan, lambda output, y: 1.0):
        one.own.loss = loss
        assert runs.out_of_reach(one) is None
    assert runs.out_of_reach(runner(Bent, True, 0 * Y, bend=BENDS["above two"])) is None, "all labels are the same"


@pytest.mark.parametrize("bend", [Sigmoid, Tanh, ReLU])
def test_a_network_of_nnlibs_is_run_as_one_of_ones_own(bend):
    model, x, y = network(bend=ReLU, last=bend)
    model.parameters[:] *= 3
    one = runs.Runner(model, x, y + 3, None)
    before = one.values()
    told = runs.out_of_reach(one)
    assert (told and told[0]) == (None if bend is ReLU else "out_of_reach") and np.array_equal(one.values(), before)
    assert np.array_equal(before, model.parameters) and len(one.losses(0.5)) == runs.STEPS + 1
    one.step(0.5)
    half = one.values() - before
    one.put(before)
    one.step(1)
    np.testing.assert_allclose(one.values() - before, 2 * half, rtol=1e-6, atol=1e-12)
    assert np.array_equal(before, model.parameters), "it is a copy"


class Cut(Network):
    def __call__(self, x):
        self.whole = x.astype(int) if self.cut else x
        z = self.whole @ self.W if self.rows else self.W @ self.whole
        self.x, self.output = x, z + self.b
        return self.output


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize(("cut", "size", "found"), [(True, 0.1, True), (True, 9, False), (False, 0.1, False)])
def test_what_is_cut_to_whole_numbers_is_told_if_weights_change_nothing_by_it(cut, size, found, rows):
    own, (x, y) = Cut(rows), (size * X, Y) if rows else (size * X.T, Y.T)
    own.cut = cut
    one = runs.Runner(Whole(own, x, y), x, y, None)
    told = runs.cut(one, [("W", slice(0, 3))])
    assert told == (("cut_on_the_way", {"names": "W", "name": "whole"}) if found else None)


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize(("times", "found"), [(1.0, None), (300.0, "inputs_large")])
def test_large_inputs_are_told_where_small_ones_learn_with_the_same_steps(times, found, rows):
    one = runner(Network, rows, rate=0.05)
    one = runs.Runner(one.net, times * one.x, one.y, one.equal)
    before = one.values()
    got = runs.inputs_large(one)
    assert (got[0] if got else None) == found and np.array_equal(one.values(), before)
    if got:
        assert got[1]["size"] == np.abs(one.x).max() and got[1]["low"] < 0.8 * got[1]["equal"]


class OneLabel(Network):
    def loss(self, output, labels):
        return float(np.mean(labels * (output - 1) ** 2))


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize("kind", [Network, OneLabel])
def test_a_loss_that_one_of_two_labels_never_meets(kind, rows):
    got = runs.costs_nothing(runner(kind, rows, y=(np.median(Y) < Y) * 1.0))
    assert (got is None) == (kind is Network)
    assert got is None or (got[0], got[1]["label"], got[1]["other"]) == ("label_costs_nothing", 0, 1)
